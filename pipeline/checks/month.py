"""A date in another month than the English has."""

from collections.abc import Iterator

from pipeline.checks import Check, Pair
from pipeline.model import Level


def run(pair: Pair) -> Iterator[str]:
    found = pair.agreement
    gone = [item for item in found.months_missing if item.text not in AMBIGUOUS]
    if gone and found.months_extra:
        yield f"The English says {gone[0].text}, the translation {found.months_extra[0].text}. Write the same month."


AMBIGUOUS = frozenset(["may", "march", "mar"])

CHECK = Check(
    "month",
    Level.ERROR,
    run,
    good=(("es", "On June 5", "El 5 de junio"),),
    bad=(("es", "On June 5", "El 5 de julio"),),
)
