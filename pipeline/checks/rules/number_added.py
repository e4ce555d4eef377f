"""A number that the translation has and the English does not."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.plural or pair.agreement.missing:
        return
    for item in pair.agreement.extra:
        yield f"The translation says {item.text}, the English does not. Remove the number."


CHECK = Check(
    "number-added",
    Level.WARNING,
    run,
    needs=needs.numbers,
    good=(("es", "Twice a day", "2 veces al día"),),
    bad=(("es", "Take your medicine", "Tome 2 medicinas"),),
    strict=Level.ERROR,
)
