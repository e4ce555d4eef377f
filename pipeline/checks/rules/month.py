"""A date in another month than the English has."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    found = pair.agreement
    gone = [item for item in found.months_missing if item.attached]
    came = found.months_extra or found.extra
    if gone and came:
        yield f"The English says {gone[0].text}, the translation {came[0].text}. Write the same month."


CHECK = Check(
    "month",
    Level.ERROR,
    run,
    needs=needs.numbers,
    good=(("es", "On June 5", "El 5 de junio"),),
    bad=(("es", "On June 5", "El 5 de julio"),),
)
