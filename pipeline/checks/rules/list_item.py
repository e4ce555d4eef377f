"""An item that a plain list of the translation lacks or has more: *call us if you have a fever, chills, or a stiff neck*."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.lists import shorter
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    yield from shorter(pair, plain=True)


CHECK = Check(
    "list-item",
    Level.ERROR,
    run,
    needs=needs.lists,
    speaks=lambda language: language.knows("join"),
    good=(("es", "Call us if you have a fever, chills, or pain", "Llámenos si tiene fiebre, escalofríos o dolor"),),
    bad=(
        ("es", "Call us if you have a fever, chills, or pain", "Llámenos si tiene fiebre o dolor"),
        ("es", "Avoid wine, beer, or juice", "Evite el vino, la cerveza, la leche o el jugo"),
    ),
)
