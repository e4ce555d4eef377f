"""Something that a sentence tells the patient and its translation does not: how often, at most, if, by mouth, to whom."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import told
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    for found in dict.fromkeys(pair.differences):
        if not found.now and not found.sure and not found.unsure:
            was = told(found.slot, found.was, pair.ours.tokens, pair.source_language)
            yield f"The English says {was}, the translation does not. Say it as well."


CHECK = Check(
    "statement-missing",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.statements,
    good=(("es", "Take it as needed", "Tómelo si lo necesita"),),
    bad=(
        ("es", "Take 1 tablet as needed", "Tome 1 comprimido"),
        ("es", "Wait at least 4 hours", "Espere 4 horas"),
    ),
    strict=Level.ERROR,
)
