"""A unit of time or measure in words that is another in the translation: every day is not every week."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import unit_changed
from pipeline.core.model import Level
from pipeline.text.figures import DURATIONS
from pipeline.text.quantities import Reading
from pipeline.text.tokens import Token

KINDS = (
    DURATIONS - {"second"},
    frozenset(["teaspoon", "tablespoon", "cup"]),
    frozenset(["mg", "mcg", "g", "kg"]),
    frozenset(["inch", "foot", "mile", "cm", "m", "km"]),
)

ANY = frozenset().union(*KINDS)


def run(pair: Pair) -> Iterator[str]:
    if pair.language.rough and (not pair.strict or pair.language.knows("rough")):
        return
    if not pair.ours.units & ANY or not pair.theirs.units & ANY:
        return
    if any(unit_changed(found, pair.language) for found in pair.agreement.matched):
        return  # said already, by the number
    if any(found.how == "span" for found in pair.agreement.matched):
        return  # 24 hours are a day
    ours, theirs = pair.ours.sentences, pair.theirs.sentences
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else [(pair.ours.tokens, pair.theirs.tokens)]
    for english, translation in pairs:
        here, there = units(english, spoken(pair.ours)), units(translation, spoken(pair.theirs))
        for kind in KINDS:
            gone, came = sorted((here.keys() - there.keys()) & kind), sorted((there.keys() - here.keys()) & kind)
            if gone == ["hour"] and came == ["day"] and any(item.value == 24 for item in pair.ours.items):
                continue  # the same, where the day has no number
            if gone and came:
                yield f"The English says {gone[0]}, the translation {came[0]}. Write the same unit."


def spoken(reading: Reading) -> frozenset[int]:
    """Where words stand that may belong to a time of day: `ساعت ۸` is eight o'clock, and no hour."""
    return frozenset(
        [
            reading.tokens[at].start
            for clock in reading.clocks
            for at in range(max(clock.at - 2, 0), clock.at)
            if (said := reading.tokens[at].sense("unit")) and at + said[1] == clock.at
        ]
    )


def units(tokens: Sequence[Token], clocks: frozenset[int]) -> Counter[str]:
    """The units that a sentence names in words."""
    return Counter(
        said[0]
        for token in tokens
        if len(token.text) > 1 and (said := token.sense("unit")) and token.start not in clocks
    )


CHECK = Check(
    "unit-word",
    Level.ERROR,
    run,
    needs=needs.units,
    good=(("es", "Every day", "Cada día"), ("fa", "Every day at 08:00", "هر روز در ساعت ۰۸:۰۰")),
    bad=(("es", "Every day", "Cada semana"), ("es", "Once a week", "Una vez al mes")),
)
