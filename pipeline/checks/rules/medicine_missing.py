"""A medicine of the English that the translation does not name."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.medicines import readable


def run(pair: Pair) -> Iterator[str]:
    ours, theirs = pair.ours.medicines, pair.theirs.medicines
    if theirs - ours:
        return
    for name in sorted(ours - theirs):
        if readable(pair.language) or pair.language.knows("name", name):
            yield f"The English names {name}, the translation does not. Write the medicine's name."


CHECK = Check(
    "medicine-missing",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.medicines,
    good=(("es", "Take morphine", "Tome morfina"),),
    bad=(("es", "Take morphine", "Tome el medicamento"),),
)
