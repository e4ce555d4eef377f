"""Something that a sentence tells the patient, and that its translation seems to tell by other words: *if you miss a dose*, *dose oubliée :*."""

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
            was = told(found.slot, found.was, pair.ours.tokens, pair.source_language)
            yield f"The English says {was}, and the translation tells it by other words, if at all. Check that it says the same."


CHECK = Check(
    "statement-unsure",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.statements,
    good=(("fr", "If you miss a dose, take it now", "Si vous oubliez une dose, prenez-la tout de suite"),),
    bad=(("fr", "If you miss a dose, take it now", "Dose oubliée : prenez-la tout de suite"),),
)
