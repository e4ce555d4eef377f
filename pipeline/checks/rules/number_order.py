"""Two numbers of one unit that changed places: each stands there, but says the other's thing."""

import itertools
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.matching import ranged, swapped


def run(pair: Pair) -> Iterator[str]:
    times = sorted(pair.agreement.times, key=lambda found: found.english.at)
    for one, other in itertools.pairwise(times):
        if one.english.minutes != other.english.minutes and one.translation.at > other.translation.at:
            yield f"{one.english.text} comes before {other.english.text} in the English and after it in the translation. Check the times."
    for first, second in swapped(pair.agreement, pair.ours, free=pair.language.free_order):
        if not ranged(first.english, second.english, pair.ours):
            yield f"{first.english.text} comes before {second.english.text} in the English and after it in the translation. Check that each number stands where it belongs."


CHECK = Check(
    "number-order",
    Level.ERROR,
    run,
    needs=needs.numbers,
    good=(("es", "10 % of men and 20 % of women", "10 % de los hombres y 20 % de las mujeres"),),
    bad=(
        ("es", "6 a.m. to 10 a.m.", "De 10 a.m. a 6 a.m."),
        ("es", "10 % of men and 20 % of women", "20 % de los hombres y 10 % de las mujeres"),
    ),
)
