"""A unit of time or measure in words that is another in the translation: every day is not every week."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import full_day, unit_changed
from pipeline.core.model import Level
from pipeline.text.figures import DURATIONS, Item
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
    spans = [found for found in pair.agreement.matched if found.how == "span"]  # 24 hours are a day
    mine = spoken(pair.ours) | counted(pair.ours, [found.english for found in spans])
    yours = spoken(pair.theirs) | counted(pair.theirs, [found.translation for found in spans])
    whole_day = any(item.value == 24 and item.unit == "hour" for item in pair.agreement.missing)
    full = any(full_day(item, pair) for item in pair.theirs.items)
    ours, theirs = pair.ours.sentences, pair.theirs.sentences
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else [(pair.ours.tokens, pair.theirs.tokens)]
    for english, translation in pairs:
        here, there = units(english, mine), units(translation, yours)
        for kind in KINDS:
            gone, came = sorted((here.keys() - there.keys()) & kind), sorted((there.keys() - here.keys()) & kind)
            if gone == ["hour"] and came == ["day"] and whole_day:
                continue  # the same, where the day has no number
            if gone == ["day"] and came == ["hour"] and full:
                continue
            if gone == ["week"] and came == ["month"] and monthly(pair):
                continue  # four weeks are a month
            if gone and came:
                yield f"The English says {gone[0]}, the translation {came[0]}. Write the same unit."


def monthly(pair: Pair) -> bool:
    """Whether the English says four weeks and the translation a month of which it says no number, or six and a month and a half."""
    weeks = {item.value for item in pair.ours.items if item.unit == "week"}
    halves = any(token.sense("fraction") for token in pair.theirs.tokens)
    counted = any(item.unit == "month" and item.value not in {1, MONTH_AND_A_HALF} for item in pair.theirs.items)
    return not counted and ((weeks == {4} and not halves) or (weeks == {6} and halves))


MONTH_AND_A_HALF = 1.5


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


def counted(reading: Reading, items: Sequence[Item]) -> frozenset[int]:
    """Where the words of numbers stand, and the unit of each, in it, or before or behind it; of a part of one, that unit a few words
    off: *half an hour*, *an hour and a half*. No other unit beside it is meant, as in *half an hour a day*."""
    tokens = reading.tokens
    return frozenset(tokens[at].start for item in items for at in (*range(item.at, item.end), *unit_of(tokens, item)))


def unit_of(tokens: Sequence[Token], item: Item) -> Sequence[int]:
    """Where the unit of a number stands that has none in itself: the first behind it, or else the last before it."""
    far = 1 if item.unit else PARTED
    own = range(item.at, min(item.end, len(tokens)))
    behind = range(item.end, min(item.end + far - bool(item.unit), len(tokens)))
    before = range(item.at - 1, max(item.at - 1 - far, -1), -1)
    if any(names(tokens[at]) for at in own):
        return []
    return [at for at in (*behind, *before) if names(tokens[at])][:1]


def names(token: Token) -> bool:
    """Whether a word names a unit."""
    return token.sense("unit") is not None


PARTED = 3
"""Words between a part and the unit of which it is one, at most, that unit with them."""


def units(tokens: Sequence[Token], told: frozenset[int]) -> Counter[str]:
    """The units that a sentence names in words."""
    return Counter(
        said[0] for token in tokens if len(token.text) > 1 and (said := token.sense("unit")) and token.start not in told
    )


CHECK = Check(
    "unit-word",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.units,
    good=(("es", "Every day", "Cada día"), ("fa", "Every day at 08:00", "هر روز در ساعت ۰۸:۰۰")),
    bad=(("es", "Every day", "Cada semana"), ("es", "Once a week", "Una vez al mes")),
)
