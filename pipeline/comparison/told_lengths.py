"""Lengths of time, and shares, that a translation tells in words of its own: *ثلث ساعة*, a third of an hour; *八成*, eight parts of ten.

They are rows of `[wordings]` with a `#` where a number stands, and are looked for only where a number of the English has no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.text.figures import Item, numeral
from pipeline.text.languages.rows import forms_of
from pipeline.text.languages.table import Language
from pipeline.text.tokens import Token
from pipeline.text.wordings import written

FORTNIGHT = ((14, "day"), (15, "day"), (2, "week"))
LENGTHS = {
    "quarter-hour": ((15, "minute"),),
    "third-hour": ((20, "minute"),),
    "half-hour": ((30, "minute"),),
    "two-thirds-hour": ((40, "minute"),),
    "three-quarters-hour": ((45, "minute"),),
    "hour-and-quarter": ((75, "minute"),),
    "hour-and-half": ((90, "minute"),),
    "day-night": ((24, "hour"), (1, "day")),
    "one-week": ((7, "day"), (1, "week")),
    "half-month": FORTNIGHT,
    "month-and-half": ((6, "week"), (45, "day")),
    "half-year": ((6, "month"),),
    "one-year": ((12, "month"), (1, "year")),
}
"""The rows that tell a length of time, and what each is in figures."""
COUNTED = {
    "quarters-hour": (15, 0, "minute"),
    "hours-and-quarter": (60, 15, "minute"),
    "hours-and-half": (60, 30, "minute"),
    "hours-less-quarter": (60, -15, "minute"),
    "days-nights": (24, 0, "hour"),
    "years": (12, 0, "month"),
    "years-and-half": (12, 6, "month"),
    "tenths": (10, 0, "percent"),
}
"""The rows with a number: what each of that many is, what comes on top of it, and the unit; parts of ten are tens of 100 (Chinese *八成*)."""


def numbered(tokens: Sequence[Token], language: Language) -> tuple[str, list[tuple[int, int, int]]]:
    """The words of a text, its numbers in figures between two `#`; and where each word starts in it, and the tokens that it is made of."""
    made: list[str] = []
    places: list[tuple[int, int, int]] = []
    at = size = 0
    gap = 1 if language.spaces else 0
    while at < len(tokens):
        token, length = tokens[at], 1
        value = token.text if token.kind == "number" and token.text.isdecimal() else ""
        counted = bool(at) and token.sense("unit") and (made[-1].endswith("#") or tokens[at - 1].sense("fraction"))
        for kind in (
            ("number", "ordinal") if not (value or counted) and token.senses else ()
        ):  # Vietnamese *nửa năm*, where *năm* is no five
            if (said := token.sense(kind)) and said[0].isdecimal():
                value, length = said
                break
        if not value and not language.spaces and token.kind == "word" and (known := figure(token.text)) is not None:
            value = str(known)
        word = f"#{value}#" if value else token.text
        places.append((size, at, at + length))
        made.append(word)
        size += len(word) + gap
        at += length
    return (" " * gap).join(made), places


def figure(text: str) -> int | None:
    """A Chinese numeral as a number; None for any other word."""
    return numeral(text) if NUMERALS.fullmatch(text) else None


NUMERALS = re.compile(r"[〇零一二两三四五六七八九十百]+")


@lru_cache(maxsize=1 << 9)
def pattern(language: Language, row: str) -> re.Pattern[str] | None:
    """What finds the wordings of a row; None where the language has none."""
    said = [one for form in forms_of(language.wordings.get(row, "")) if (one := written(form, language))]
    if not said:
        return None
    whole = "|".join(sorted(said, key=len, reverse=True)).replace(re.escape("#"), r"#(\d{1,4})#")
    return re.compile(rf"(?<!\S)(?:{whole})(?!\S)" if language.spaces else whole)


def found(tokens: Sequence[Token], language: Language, row: str) -> Iterator[tuple[Sequence[int], int, int]]:
    """The numbers of each wording of a row in a text, and the tokens at which it begins and ends."""
    sought = pattern(language, row)
    if sought is None:
        return
    text, places = numbered(tokens, language)
    for match in sought.finditer(text):
        inside = [(start, end) for begun, start, end in places if match.start() <= begun < match.end()]
        if inside:
            yield [int(one) for one in match.groups() if one], inside[0][0], inside[-1][1]


def lengths(tokens: Sequence[Token], language: Language) -> list[Item]:
    """The lengths of time that a text tells in words, as each may be told in figures, and its parts of ten. Of wordings that overlap the
    longest counts: *two hours and a half* has no half an hour."""
    made = [
        Item(value, "fraction", " ".join(token.text for token in tokens[at:end]), at, end, unit, base=value)
        for row, figures in LENGTHS.items()
        for _, at, end in found(tokens, language, row)
        for value, unit in figures
    ]
    for row, (each, besides, unit) in COUNTED.items():
        for numbers, at, end in found(tokens, language, row):
            text, value = " ".join(token.text for token in tokens[at:end]), numbers[0] * each + besides
            made.append(Item(value, "fraction", text, at, end, unit, base=value))
    return [one for one in made if not any(overlaps(one, other) and longer(other, one) for other in made)]


def longer(one: Item, other: Item) -> bool:
    """Whether a wording has more words than another."""
    return one.end - one.at > other.end - other.at


def overlaps(one: Item, other: Item) -> bool:
    """Whether two numbers of a text share a token."""
    return one.at < other.end and other.at < one.end
