"""Dates of two texts, of which the translation gives one the day or the month of another, or says its day as its month: *March 5* told as 5月3日."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from pipeline.text.figures import Item
from pipeline.text.languages.table import Language
from pipeline.text.quantities import Reading


class Date(NamedTuple):
    """A day of a month, and of a year where one is said."""

    month: int
    day: int
    year: int
    text: str


def turned(ours: Reading, theirs: Reading, language: Language) -> Iterator[tuple[Date, Date]]:
    """The dates of an English text that its translation has otherwise, by the same numbers."""
    if not any(item.kind == "month" for item in ours.items):
        return
    mine, yours = dates(ours, ""), dates(theirs, language.code)
    lost = [date for date in mine if not any(same(date, other) for other in yours)]
    came = [date for date in yours if not any(same(date, other) for other in mine)]
    for date in lost:
        for other in came:
            if (other.month, other.day) == (date.day, date.month) or crosses(date, other):
                yield date, other
    for (first, second), (one, other) in ((a, b) for a in combinations(lost, 2) for b in combinations(came, 2)):
        for here, there in ((one, other), (other, one)):
            if exchanges(first, second, here, there):
                yield first, here


def same(one: Date, other: Date) -> bool:
    """Whether two dates are one, as far as both say it."""
    return one[:2] == other[:2] and (one.year == other.year or not one.year or not other.year)


def crosses(date: Date, other: Date) -> bool:
    """Whether the year of a date stands in the place of its day or of its month."""
    return bool(date.year) and sorted(date[:3]) == sorted(other[:3])


def exchanges(first: Date, second: Date, here: Date, there: Date) -> bool:
    """Whether two dates have the parts of two others, one part of each in the other's place."""
    for part in range(3):
        others = [at for at in range(3) if at != part]
        if (first[part], second[part]) == (there[part], here[part]) and all(
            (first[at], second[at]) == (here[at], there[at]) for at in others
        ):
            return True
    return False


def dates(reading: Reading, code: str) -> Sequence[Date]:
    """The dates of a text: where its language writes months in figures, by the words between these; elsewhere by the names of months."""
    if pattern := WRITTEN.get(code):
        return [
            Date(int(found["month"]), int(found["day"]), int(found["year"] or 0), found[0].strip())
            for found in pattern.finditer(reading.text)
        ]
    return [date for at, item in enumerate(reading.items) if item.kind == "month" and (date := dated(reading, at))]


N = r"[0-9]{1,4}"
WRITTEN = {
    **dict.fromkeys(
        ("zh", "ja"), re.compile(rf"(?:(?P<year>{N})\s*年\s*)?(?P<month>{N})\s*月\s*(?P<day>{N})\s*[日号]")
    ),
    "ko": re.compile(rf"(?:(?P<year>{N})\s*년\s*)?(?P<month>{N})\s*월\s*(?P<day>{N})\s*일"),
    "vi": re.compile(rf"ngày (?P<day>{N}) tháng (?P<month>{N})(?: năm (?P<year>{N}))?"),
}
"""How languages write a date whose month is a number."""


def dated(reading: Reading, at: int) -> Date | None:
    """The date of a month that is said by name, with its day right before or behind it, but not both."""
    month = reading.items[at]
    before = reading.items[at - 1] if at else None
    after = reading.items[at + 1] if at + 1 < len(reading.items) else None
    day = before if before and of_month(before) and joined(reading, before, month) else None
    late = after if after and of_month(after) and joined(reading, month, after) else None
    if (day is None) is (late is None):
        return None
    found, last = (day, month) if day else (late, late)
    if found is None or last is None:
        return None
    year = next((item for item in reading.items[at + 1 : at + 3] if item.at >= last.end), None)
    told = year is not None and year.value in YEARS and joined(reading, last, year, ",")
    text = " ".join(token.text for token in reading.tokens[min(month.at, found.at) : max(month.end, found.end)])
    return Date(int(month.value), int(found.value), int(year.value) if year and told else 0, text)


YEARS = frozenset(range(1900, 2100))


def of_month(item: Item) -> bool:
    """Whether a number may be the day of a month."""
    return item.digits and item.unit in {"", "day"} and item.value in DAYS


DAYS = frozenset(range(1, 32))


def joined(reading: Reading, one: Item, other: Item, comma: str = "") -> bool:
    """Whether nothing stands between two parts of a date but short words that join nothing: *5 de marzo*; before its year a comma too."""
    between = reading.tokens[one.end : other.at]
    return len(between) <= NEAR and all(
        token.text == comma or (token.text.isalpha() and len(token.text) <= SHORT and not token.slot("join"))
        for token in between
    )


NEAR, SHORT = 2, 3
