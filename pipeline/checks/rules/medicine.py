"""A medicine that became another one."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    ours, theirs = pair.ours.medicines, pair.theirs.medicines
    gone, came = sorted(ours - theirs), sorted(theirs - ours)
    if gone and came:
        yield f"The English says {gone[0]}, the translation {came[0]}. Write the same medicine."
    elif came:
        yield f"The translation says {came[0]}, the English does not. Write the medicine that the English names."


CHECK = Check(
    "medicine",
    Level.ERROR,
    run,
    needs=needs.medicines,
    good=(
        ("es", "Take morphine", "Tome morfina"),
        ("ru", "Take morphine", "Примите морфин"),
        ("fr", "Take acetaminophen", "Prenez du paracétamol"),
    ),
    bad=(("es", "Take morphine", "Tome hidromorfona"), ("ru", "Take baclofen", "Примите морфин")),
)
