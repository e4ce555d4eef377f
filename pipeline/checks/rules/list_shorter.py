"""What may be a list of the English has more items than its translation; a list beyond doubt is for `list-item`."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.growth import borne_out, shrank
from pipeline.checks.lists import shorter
from pipeline.comparison.joined import sparing
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    found = [*shorter(pair, plain=False)]
    if (
        not found
        and needs.lists(pair)
        and sparing(pair.language)
        and shrank(pair)
        and not any(shorter(pair, plain=True))
    ):
        found = [
            "Something that the English parts by commas seems to be missing in the translation. Add what is missing."
        ]
    if found and borne_out(pair, more=False):
        yield from found


CHECK = Check(
    "list-shorter",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.lists,
    speaks=lambda language: language.knows("join"),
    good=(("es", "The kit has tape, pads in a bag, and a tube", "El kit tiene cinta, gasas en una bolsa y un tubo"),),
    bad=(("es", "The kit has tape, pads in a bag, and a tube", "El kit tiene gasas en una bolsa y un tubo"),),
    strict=Level.ERROR,
)
