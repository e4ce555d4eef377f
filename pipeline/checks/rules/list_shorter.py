"""What may be a list of the English has more items than its translation; a list beyond doubt is for `list-item`."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.lists import shorter
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    yield from shorter(pair, plain=False)


CHECK = Check(
    "list-shorter",
    Level.WARNING,
    run,
    needs=needs.lists,
    speaks=lambda language: language.knows("join"),
    good=(("es", "The kit has tape, pads in a bag, and a tube", "El kit tiene cinta, gasas en una bolsa y un tubo"),),
    bad=(("es", "The kit has tape, pads in a bag, and a tube", "El kit tiene cinta y un tubo"),),
    strict=Level.ERROR,
)
