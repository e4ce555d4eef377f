"""Something that a sentence tells the patient and that became another thing: per dose and per day, by mouth and into the vein; or a
condition or person that is surely lost."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import told
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    for found in dict.fromkeys(pair.differences):
        if found.unsure:
            continue
        was = told(found.slot, found.was, pair.ours.tokens, pair.source_language)
        if found.was and found.now:
            now = told(found.slot, found.now, pair.theirs.tokens, pair.language)
            yield f"The English says {was}, the translation {now}. Write the same."
        elif found.sure and found.was:
            yield f"The English says {was}, the translation leaves it out. Say it as well."
        elif found.sure:
            now = told(found.slot, found.now, pair.theirs.tokens, pair.language)
            yield f"The translation says {now}, and that is not what the English says. Take it out."


CHECK = Check(
    "statement",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.statements,
    good=(("es", "Take 5 mg a day", "Tome 5 mg al día"), ("es", "Wait at least 4 hours", "Espere al menos 4 horas")),
    bad=(
        ("es", "Take 5 mg per dose", "Tome 5 mg al día"),
        ("es", "Wait at least 4 hours", "Espere como máximo 4 horas"),
        ("es", "Call us if it lasts", "Llámenos a menos que dure"),
        ("es", "Take 2 tablets if it hurts", "Tome 2 comprimidos"),
        ("es", "Wait 2 hours", "Espere como máximo 2 horas"),
    ),
)
