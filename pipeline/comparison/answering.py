"""Numbers that answer each other, found by what they have in common: in a time that grows as the texts do."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from pipeline.text.figures import Item, Value
from pipeline.text.measures import JOINTS
from pipeline.text.tokens import Token


class Matched(NamedTuple):
    """A number of the English, that of the translation which says the same, and how: same, format, word, scale."""

    english: Item
    translation: Item
    how: str = "same"


def primary(item: Item) -> str:
    """The unit without what it is per."""
    return item.unit.partition("/")[0]


COUNTED = frozenset(["time", "dose", "patch", "packet", "visit", "injection"])
"""Things that medicine is counted by: 2 tablets are not 2 times."""


def measure(item: Item) -> str:
    """The unit of a number without what it is per, or the thing of medicine that it counts."""
    return primary(item) or (item.thing if item.thing in COUNTED else "")


def share(item: Item) -> Value | None:
    """A half and 50 % are one."""
    if item.kind == "fraction" and 0 < item.value < 1:
        return item.value * 100
    return item.value if primary(item) == "percent" else None


Keys = Callable[[Item], Sequence[Hashable]]
"""What a number is sought by: two that have a key in common say the same."""


def answered(left: list[Item], right: list[Item], mine: Keys, yours: Keys, how: str = "same") -> list[Matched]:
    """The numbers that answer each other, taken out of both lists: of several the nearest in kind, then the first that stands there."""
    found: list[Matched] = []
    if not left or not right:
        return found
    waiting: dict[Hashable, dict[tuple[str, str, str], deque[int]]] = {}
    for at, other in enumerate(right):
        for key in yours(other):
            waiting.setdefault(key, {}).setdefault((measure(other), other.thing, other.kind), deque()).append(at)
    taken: set[int] = set()
    over = []
    for item in left:
        best: tuple[tuple[bool, bool, bool], int] | None = None
        for key in mine(item):
            for sort, places in waiting.get(key, {}).items():
                while places and places[0] in taken:
                    places.popleft()
                if places:
                    here = (sort[0] != measure(item), sort[1] != item.thing, sort[2] != item.kind), places[0]
                    best = min(best or here, here)
        if best is None:
            over.append(item)
        else:
            taken.add(best[1])
            found.append(Matched(item, right[best[1]], how))
    left[:] = over
    right[:] = [other for at, other in enumerate(right) if at not in taken]
    return found


def same_value(item: Item) -> Sequence[Hashable]:
    return (item.value,)


def shares(item: Item) -> Sequence[Hashable]:
    """What a number says, and what it says as a share: a half and 50 % are one."""
    part = share(item)
    return (item.value,) if part is None else (item.value, ("share", part))


def years(item: Item) -> Sequence[Hashable]:
    """A year, and one without its century: 2019–20, the 1990s."""
    if not isinstance(item.value, int):
        return ()
    if 1900 <= item.value < 2100:
        return (("long", item.value % 100),)
    return (("short", item.value),) if item.value < 100 else ()


def century(item: Item) -> Sequence[Hashable]:
    """What answers it: a short one the long, and the other way round."""
    if not isinstance(item.value, int):
        return ()
    if 1900 <= item.value < 2100:
        return (("short", item.value % 100),)
    return (("long", item.value),) if item.value < 100 else ()


def scaled(items: Sequence[Item], tokens: Sequence[Token]) -> dict[Item, Value]:
    """The numbers that may share the scale of their neighbour in a range, and what they then say: the 2 of *2 to 3 million*, of
    200-300万, and the 3 of *milioni 2 na 3*."""
    found: dict[Item, Value] = {}
    for one, other in itertools.pairwise(items):
        between = tokens[one.end : other.at]
        if not 0 < len(between) <= 2 or not all(token.text in JOINTS for token in between):
            continue
        for here, there in ((one, other), (other, one)):
            alike = not measure(here) or measure(here) == measure(there)  # 2 tablets and 3 thousand units
            if alike and there.base not in {0, there.value} and here.value == here.base and here not in found:
                value = Fraction(here.value) * there.value / there.base
                found[here] = value if value.denominator > 1 else int(value)
    return found


def either(item: Item, other: Mapping[Item, Value]) -> tuple[Value, ...]:
    """What a number may say as well."""
    return (other[item],) if item in other else ()


PARTS = {"thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5, "sixths": 6, "eighths": 8, "tenths": 10}


def parts(item: Item, tokens: Sequence[Token]) -> tuple[Hashable, ...]:
    """What share an English number of parts is: *two fifths* are 40 %."""
    after = tokens[item.end].text if item.end < len(tokens) else ""
    if after in PERIODS:
        return (item.value * PERIODS[after],)
    return (("share", Fraction(item.value * 100, PARTS[after])),) if after in PARTS else ()


def doubled(item: Item, tokens: Sequence[Token]) -> tuple[Hashable, ...]:
    """What Arabic writes for two of a part: *khumsā*, two fifths, as *five*, and *khumsayn* as *fifty*."""
    after = tokens[item.end].text if item.end < len(tokens) else ""
    return (PARTS[after], PARTS[after] * 10) if after in PARTS and item.value == 2 else ()


def dual_part(item: Item, tokens: Sequence[Token]) -> bool:
    """Whether an Arabic number is written as two of a part is: *khumsay* before a noun, *al-khumsayn*; and not *khums*, *khamsīn* of something."""
    said = tokens[item.at].text
    whole = said.removeprefix("و").removeprefix("ب").removeprefix("ل").startswith("ال")
    return said.endswith(("ي", "ا", "ى")) or (whole and said.endswith(("ين", "ان")))


SPANS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


def span(item: Item) -> Sequence[Hashable]:
    """How long a number of units of time is: 24 hours are a day, and two weeks are fourteen days; with what it is per, where that stands
    in its unit (*90 minutes par semaine*)."""
    unit, _, per = item.unit.partition("/")
    if unit not in SIZES or not item.value:
        return ()
    long = sized(item.value, unit)
    return ((long, per),) if per else (long,)


VOLUMES = {"ml": 1, "cl": 10, "dl": 100, "l": 1000}
"""Measures of what is drunk, in millilitres: *half a litre* is 500 ml."""
MONTHS = {"month": 1, "year": 12}
"""Spans that are told in months."""
SIZES = SPANS.keys() | VOLUMES.keys() | MONTHS.keys()


def sized(value: Value, unit: str) -> Hashable:
    """How long, or how much, a number of a unit is."""
    if unit in MONTHS:
        return ("months", value * MONTHS[unit])
    return ("volume", value * VOLUMES[unit]) if unit in VOLUMES else value * SPANS[unit]


def whole_spans(items: Sequence[Item]) -> Sequence[Item]:
    """Numbers, hours and the minutes right behind them as one: 1 h 30 min."""
    found: list[Item] = []
    for item in items:
        last = found[-1] if found else None
        if last and (last.unit, item.unit) == ("hour", "minute") and last.end == item.at:
            value = last.value + Fraction(item.value) / 60
            found[-1] = last._replace(value=value, text=f"{last.text} {item.text}", end=item.end)
        else:
            found.append(item)
    return found


def spans(item: Item, tokens: Sequence[Token]) -> Sequence[Hashable]:
    """The same of an English number, and of a part of one such unit: half an hour is 30 minutes, *an hour and a half* 90."""
    after = tokens[item.end].text if item.end < len(tokens) else ""
    if item.unit or not (item.kind == "fraction" or after in PARTS):
        return span(item)
    if after in PARTS:
        item = item._replace(value=Fraction(item.value) / PARTS[after], end=item.end + 1)
    elif item.at and tokens[item.at].text in PARTS and tokens[item.at - 1].sense("number"):
        return ()  # the *quarters* of three
    unit, behind, end = timed_part(item, tokens)
    if not unit:
        return ()
    long = sized(item.value + behind, unit)
    per = tokens[end + 1].sense("unit") if end + 1 < len(tokens) and tokens[end].text in PER else None
    return (long, (long, per[0])) if per else (long,)


def timed_part(item: Item, tokens: Sequence[Token]) -> tuple[str, bool, int]:
    """The unit of time of which an English fraction is a part, "" where it is of none; whether the part comes on top of a whole one; and
    where what is said of it ends."""
    article, whole, *joint = tokens[item.at - AND_A : item.at] if item.at >= AND_A else [NO_WORD] * 2
    unit = whole.sense("unit")
    if unit and unit[0] in SIZES and article.text in OF_A and [token.text for token in joint] == ["and", "a"]:
        return unit[0], True, item.end
    at = item.end
    while at < len(tokens) and at < item.end + LINKS and tokens[at].text in OF_A:
        at += 1
    unit = tokens[at].sense("unit") if item.end < at < len(tokens) else None
    if unit and unit[0] in SIZES:
        return unit[0], False, at + 1
    return "", False, item.end


NO_WORD = Token("", "word", 0)
PER = frozenset(["a", "an", "per", "each", "every"])
"""English words between a time and what it is per."""
OF_A, LINKS = frozenset(["of", "a", "an", "the"]), 2
"""English words between a part and its unit, and how many of them at most."""
AND_A = 4
"""Words of *an hour and a*, before its *half*."""


def roughly(item: Item, language: str) -> Sequence[Hashable]:
    """What else people call an English number of weeks: four a month, six a month and a half; in Romance languages one week eight days, and two
    fifteen."""
    if item.unit != "week":
        return ()
    days = WEEKS_IN_DAYS.get(item.value) if language in ROMANCE else None
    months = WEEKS_IN_MONTHS.get(item.value)
    return (*([("months", months)] if months else []), *([days * SPANS["day"]] if days else []))


WEEKS_IN_MONTHS: Mapping[Value, Value] = {4: 1, 6: Fraction(3, 2), 8: 2, 12: 3, 26: 6, 52: 12}
WEEKS_IN_DAYS: Mapping[Value, int] = {1: 8, 2: 15}
ROMANCE = frozenset(["es", "fr", "pt", "it", "ca", "ro"])


PERIODS = {"decades": 10, "centuries": 100}
"""Years that some languages count one by one: *two decades* are 二十年."""
