"""An item that a plain list of the translation lacks or has more: *call us if you have a fever, chills, or a stiff neck*."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.growth import counting, grew, surely_gone
from pipeline.checks.lists import shorter
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    found = [*shorter(pair, plain=True)]
    yield from found
    if not found and surely_gone(pair):
        yield "An item of a list of the English is not in the translation. Add what is missing."
    elif not found and counting(pair.language) and needs.joined_more(pair) and any(grew(pair)):
        yield "A list of the translation has more items than the English joins. Take out what the English does not have."


CHECK = Check(
    "list-item",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.joined,
    speaks=lambda language: language.knows("join"),
    good=(("es", "Call us if you have a fever, chills, or pain", "Llámenos si tiene fiebre, escalofríos o dolor"),),
    bad=(
        ("es", "Call us if you have a fever, chills, or pain", "Llámenos si tiene fiebre o dolor"),
        ("es", "Avoid wine, beer, or juice", "Evite el vino, la cerveza, la leche o el jugo"),
    ),
)
