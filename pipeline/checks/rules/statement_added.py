"""Something that a translation tells the patient and its English does not: at most, at least."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import told
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    for found in dict.fromkeys(pair.differences):
        if not found.was and not found.sure:
            now = told(found.slot, found.now, pair.theirs.tokens, pair.language)
            yield f"The translation says {now}, the English does not. Say what the English says."


CHECK = Check(
    "statement-added",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.statements,
    good=(
        ("es", "Rinse for 20 seconds", "Enjuague durante 20 segundos"),
        ("es", "Rinse it within 20 seconds", "Enjuáguelo en 20 segundos como máximo"),
    ),
    bad=(("es", "Rinse for 20 seconds", "Enjuague durante al menos 20 segundos"),),
)
