"""A number with another unit than the English has: mg is not g, hours are not days, °F is not °C."""

from collections.abc import Iterator

from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.matching import Matched, primary

SAME = {
    frozenset(pair.split("/"))
    for pair in ["iu/unit", "degree/celsius", "degree/fahrenheit", "tablet/capsule", "pound/dollar", "dl/l"]
}
"""Units that translators rightly use for one another, or whose words are the same."""


def run(pair: Pair) -> Iterator[str]:
    for found in pair.agreement.matched:
        if changed(found):
            yield f"The English says {found.english.text} {found.english.unit}, the translation {found.translation.text} {found.translation.unit}. Write the same unit."


def changed(found: Matched) -> bool:
    """Whether both numbers have a unit, and not the same."""
    ours, theirs = primary(found.english), primary(found.translation)
    if not ours or not theirs:
        return False
    if ours == theirs:
        return (
            "/" in found.english.unit and "/" in found.translation.unit and found.english.unit != found.translation.unit
        )
    return frozenset([ours, theirs]) not in SAME


CHECK = Check(
    "unit",
    Level.ERROR,
    run,
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
