"""Which number of a translation answers which number of its English, and what is left over on either side.

Values are compared, not spellings. What may vary without harm (a word for a digit, XIX for 19th, 12 hours for 24, 2019–20
for 2019–2020) is matched here once, so that no check has to excuse it again.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.clocks import Clock
from pipeline.text.figures import DOSES, Item, Value
from pipeline.text.languages import Language
from pipeline.text.quantities import Reading


class Matched(NamedTuple):
    """A number of the English, that of the translation which says the same, and how: same, format, word, scale."""

    english: Item
    translation: Item
    how: str = "same"


class Timed(NamedTuple):
    """A time of day of the English and the one of the translation that answers it."""

    english: Clock
    translation: Clock


@dataclass(frozen=True, slots=True)
class Agreement:
    """What of two readings agrees and what does not; `missing` and `extra` are digits, the `words_` number words."""

    matched: tuple[Matched, ...]
    times: tuple[Timed, ...]
    missing: tuple[Item, ...]
    extra: tuple[Item, ...]
    words_missing: tuple[Item, ...]
    words_extra: tuple[Item, ...]
    months_missing: tuple[Item, ...]
    months_extra: tuple[Item, ...]


NOTHING = Agreement((), (), (), (), (), (), (), ())
FREQUENCY = re.compile(
    r"\b(?:once|twice|thrice|(?:\d+|one|two|three|four|five|six)(?:\s?(?:-|to|or)\s?(?:\d+|two|three|four|five|six))? times?)"
    r" (?:a|an|per|each|every|daily|weekly|nightly)\b|\bevery (?:\d+|two|three|four|six|eight|twelve)\b"
)
ROMAN = re.compile(r"(?=[ivxl])(xl|l?x{0,3})(ix|iv|v?i{0,3})$")


@lru_cache(maxsize=1 << 13)
def dose(reading: Reading) -> bool:
    """Whether an English text carries a dose or a contact: a number with a unit of medicine, times a day, a phone."""
    return (
        bool(reading.phones)
        or any(item.digits and primary(item) in DOSES for item in reading.items)
        or FREQUENCY.search(reading.text) is not None
    )


def primary(item: Item) -> str:
    """The unit without what it is per."""
    return item.unit.partition("/")[0]


COUNTED = frozenset(["time", "dose", "patch", "packet", "visit", "injection"])
"""Things that medicine is counted by: 2 tablets are not 2 times."""


def measure(item: Item) -> str:
    """The unit of a number without what it is per, or the thing of medicine that it counts."""
    return primary(item) or (item.thing if item.thing in COUNTED else "")


def agree(english: Reading, translation: Reading, language: Language) -> Agreement:
    """Match the numbers and times of two readings."""
    if not english.clocks and not translation.clocks:
        if not english.items and not translation.items:
            return NOTHING
        if (matched := told_alike(english.items, translation.items)) is not None:
            return Agreement(matched, (), (), (), (), (), (), ())
    times, lone, alone = timed(english, translation)
    ours = [*(item for item in english.items if item.digits), *(hours(clock) for clock in lone)]
    theirs = [*(item for item in translation.items if item.digits), *(hours(clock) for clock in alone)]
    pool = [item for item in translation.items if not item.digits]
    words = [item for item in english.items if not item.digits]
    found: list[Matched] = []

    def pair(left: list[Item], right: list[Item], same: Callable[[Item, Item], bool], how: str = "same") -> None:
        for item in tuple(left):
            alike = [other for other in right if same(item, other)]
            if alike:
                best = min(
                    alike,
                    key=lambda other: (
                        measure(other) != measure(item),
                        other.thing != item.thing,
                        other.kind != item.kind,
                    ),
                )
                found.append(Matched(item, best, how))
                left.remove(item)
                right.remove(best)

    for clock in lone:  # 3 p.m. as a plain 15, or `15 h`, which may be a time and may be a while
        item = next((item for item in theirs if item.value == clock.minutes // 60 and not clock.minute), None)
        early = next(
            (item for item in theirs if item.value == clock.hour and primary(item) == "hour" and not clock.minute), None
        )
        if item and primary(item) in {"", "hour"}:
            theirs.remove(item)
            ours.remove(hours(clock))
        elif early and language.knows("oclock") and isinstance(early.value, int):
            theirs.remove(early)
            ours.remove(hours(clock))
            times.append(Timed(clock, Clock(early.value, 0, "", early.text, early.at, early.end)))
    for clock in lone:  # 12:00 a.m. as midnight
        word = {0: "midnight", 720: "noon"}.get(clock.minutes, "")
        if word and hours(clock) in ours and any(token.sense(word) for token in translation.tokens):
            ours.remove(hours(clock))
    pair(ours, theirs, lambda a, b: a.value == b.value and measure(a) == measure(b))
    pair(ours, theirs, lambda a, b: a.value == b.value)
    if not language.knows("scale"):
        pair(ours, theirs, lambda a, b: a.base == b.base and a.base != a.value, "scale")
    pair(ours, theirs, lambda a, b: a.value == b.other, "format")
    pair(words, pool, lambda a, b: a.kind == b.kind == "month" and a.value == b.value)
    pair(ours, pool, lambda a, b: a.value == b.value, "word")
    pair(ours, theirs, same_year, "year")
    pair(ours, pool, same_year, "year")
    pair(words, pool, lambda a, b: a.value == b.value and measure(a) == measure(b) != "")
    pair(words, theirs, lambda a, b: a.value == b.value or (share(a) is not None and share(a) == share(b)))
    pair(words, pool, lambda a, b: a.value == b.value and (a.kind == "month") == (b.kind == "month"))
    ours = [item for item in ours if not roman(item, translation)]
    theirs = [item for item in theirs if not roman(item, english)]
    if not any(item.attached for item in theirs):
        ours = [item for item in ours if not item.attached]
    if not any(item.attached for item in ours):
        theirs = [item for item in theirs if not item.attached]
    return Agreement(
        tuple(sorted(found, key=lambda one: one.english.at)),
        tuple(times),
        tuple(ours),
        tuple(theirs),
        tuple(item for item in words if item.kind in {"word", "count"}),
        tuple(
            item
            for item in pool
            if (item.kind in {"word", "count"} or (item.kind == "fraction" and item.unit and language.spaces))
            and item.value != 1
        ),
        tuple(item for item in words if item.kind == "month"),
        tuple(item for item in pool if item.kind == "month"),
    )


def told_alike(english: Sequence[Item], translation: Sequence[Item]) -> tuple[Matched, ...] | None:
    """The numbers of two texts that have the same digits, each once, in some order; None for any others."""
    answers = {item.value: item for item in translation}
    if len(english) != len(translation) or len(answers) != len(english):
        return None
    if not all(item.kind == "digits" for item in (*english, *translation)):
        return None
    if not all(item.value in answers for item in english) or len({item.value for item in english}) < len(english):
        return None
    return tuple([Matched(item, answers[item.value]) for item in english])


def timed(english: Reading, translation: Reading) -> tuple[list[Timed], list[Clock], list[Clock]]:
    """The times of day of both, matched; and those of each that nothing answers."""
    ours, theirs, times = list(english.clocks), list(translation.clocks), []
    for same in SAME_TIME:
        for clock in tuple(ours):
            found = next((other for other in theirs if same(clock, other)), None)
            if found:
                times.append(Timed(clock, found))
                ours.remove(clock)
                theirs.remove(found)
    return times, ours, theirs


SAME_TIME: tuple[Callable[[Clock, Clock], bool], ...] = (
    lambda one, other: one.minutes == other.minutes and bool(one.part) == bool(other.part),
    lambda one, other: one.minutes == other.minutes,
    lambda one, other: (one.hour % 12, one.minute) == (other.hour % 12, other.minute),
)
"""When two times are one, the surest first; the last may be twelve hours apart."""


def hours(clock: Clock) -> Item:
    """A time of day that nothing answers, as the number it is written with."""
    value: Value = Fraction(clock.hour * 100 + clock.minute, 100) if clock.minute else clock.hour
    return Item(value, "digits", clock.text, clock.at, clock.end)


def share(item: Item) -> Value | None:
    """A half and 50 % are one."""
    if item.kind == "fraction" and 0 < item.value < 1:
        return item.value * 100
    return item.value if primary(item) == "percent" else None


def same_year(english: Item, translation: Item) -> bool:
    """Whether one is the other without its century: 2019–20, the 1990s."""
    long, short = sorted((english.value, translation.value), reverse=True)
    return (
        isinstance(long, int) and isinstance(short, int) and 1900 <= long < 2100 and short < 100 and long % 100 == short
    )


def roman(item: Item, reading: Reading) -> bool:
    """Whether a number up to 39 stands in the other text in Roman figures."""
    if not isinstance(item.value, int) or not 0 < item.value < 40:
        return False
    return any(
        token.kind == "word" and token.text[0] in "ivxl" and figure(token.text) == item.value
        for token in reading.tokens
    )


def figure(text: str) -> int:
    """A Roman figure in small letters as a number, French endings left out (xixe); 0 for what is none."""
    text = re.sub(r"(?<=[ivxl])(?:e|er|re|ème|è)$", "", text)
    if not ROMAN.fullmatch(text):
        return 0
    total = 0
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[char] for char in text]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total


def dated(found: Matched, reading: Reading) -> bool:
    """Whether a number is part of a date, whose parts each language puts in its own order."""
    item = found.english
    if not item.unit and isinstance(item.value, int) and 1900 <= item.value < 2100:
        return True
    near = {month.at for month in reading.items if month.kind == "month" and month.attached}
    return not item.unit and bool(near & {item.at - 1, item.at - 2, item.end, item.end + 1})


def swapped(
    agreement: Agreement, reading: Reading, *, free: bool = False, years: bool = False, bare: bool = False
) -> Iterator[tuple[Matched, Matched]]:
    """Numbers that stand the other way round in the translation than in the English, each beside the other's thing.

    `years`: parts of dates too, which languages otherwise put in their own order. Two that took their units or things along are where they belong. `free`: the language puts what follows a noun in English
    before it (*1,500 people in 12 countries*), so there such numbers tell nothing.
    """
    if len(agreement.matched) < 2:
        return
    plain = [
        found
        for found in agreement.matched
        if found.english.kind in AMOUNTS
        and found.translation.kind in AMOUNTS
        and not found.english.attached
        and (years or not dated(found, reading))
    ]
    pairs = itertools.pairwise(plain) if free else itertools.combinations(plain, 2)
    for first, second in pairs:
        if first.english.value == second.english.value or first.translation.at < second.translation.at:
            continue
        if not all((found.english.digits and found.translation.digits) or measured(found) for found in (first, second)):
            continue
        if primary(first.english) != primary(second.english) and (free or along(first) or along(second)):
            continue
        if along(first) and along(second) and thing(first.english) != thing(second.english):
            continue
        if free and bare is surely(first, second, reading):
            continue
        if bare and not first.english.unit and nested(first.english, second.english, reading):
            continue
        yield first, second


def surely(first: Matched, second: Matched, reading: Reading) -> bool:
    """Whether two numbers of one unit or thing stand side by side, neither in what describes the other."""
    return bool(thing(first.english)) and not nested(first.english, second.english, reading)


AMOUNTS = frozenset(["digits", "word", "count"])


def measured(found: Matched) -> bool:
    """Whether both numbers have a unit, or a thing that medicine is counted by."""
    return bool(measure(found.english) and measure(found.translation))


def thing(item: Item) -> str:
    """What a number counts or measures, "" where nothing is known."""
    return primary(item) or item.thing


def along(found: Matched) -> bool:
    """Whether a number has its unit or thing in the translation too."""
    return thing(found.english) == thing(found.translation) != ""


def nested(first: Item, second: Item, reading: Reading) -> bool:
    """Whether the second number stands in what describes the first: `5 of 10`, `12 people in 3 groups`."""
    return any(token.text in NESTING for token in reading.tokens[first.end : second.at])


NESTING = frozenset("aged of in from among per within on at to by under with for".split())  # noqa: SIM905


def ranged(first: Item, second: Item, reading: Reading) -> bool:
    """Whether two numbers are the ends of one range: `2 to 3`, `2–3`, `between 2 and 3`."""
    if second.at - first.at > 4:
        return False
    between: Sequence[str] = [token.text for token in reading.tokens[first.at + 1 : second.at]]
    joints = [text for text in between if text in {"-", "–", "—", "‐", "‑", "~", "to", "and", "through", "thru"}]
    if not joints or any(text in {".", ",", ";", "(", ")"} for text in between):
        return False
    return joints != ["and"] or any(
        token.text == "between" for token in reading.tokens[max(first.at - 3, 0) : first.at]
    )
