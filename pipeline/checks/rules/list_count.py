"""A list that seems to have fewer items in the translation, which joins as much as its English all the same: *A and B, C* for *A, B, and C*.

Good translators write a list in another order and with other marks, so this withholds nothing.
"""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.lists import shorter
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for plain in (True, False):
        yield from shorter(pair, plain=plain, sure=False)


CHECK = Check(
    "list-count",
    Level.WARNING,
    run,
    needs=needs.joined,
    speaks=lambda language: language.knows("join"),
    good=(("es", "Call us if you have a fever, chills, or pain", "Llámenos si tiene fiebre, escalofríos o dolor"),),
    bad=(("es", "The kit has tape, pads, wipes, and gel", "En la caja hay cinta y gasas, cerradas, toallitas"),),
)
