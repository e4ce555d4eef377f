"""A number with another unit than the English has: mg is not g, hours are not days, °F is not °C."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import unit_changed
from pipeline.comparison.answering import measure
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for found in pair.agreement.matched:
        if unit_changed(found, pair.language):
            yield f"The English says {found.english.text} {measure(found.english)}, the translation {found.translation.text} {measure(found.translation)}. Write the same unit."


CHECK = Check(
    "unit",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.measured,
    good=(
        ("es", "Take 5 mcg", "Tome 5 µg"),
        ("ru", "Take 5 mg", "Примите 5 мг"),
        ("zh_Hans", "Take 5 mg", "服用5毫克"),
        ("es", "20% of people", "20 % de las personas"),
        ("es", "Wait 2 hours", "Espere 2 horas"),
    ),
    bad=(
        ("es", "Take 5 mg", "Tome 5 g"),
        ("es", "Take 5 mg", "Tome 5 mcg"),
        ("es", "Above 38 °C", "Más de 38 °F"),
        ("es", "Wait 2 hours", "Espere 2 días"),
        ("es", "2 mg every 6 hours", "6 mg cada 2 horas"),
    ),
)
