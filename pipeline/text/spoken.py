"""Times of day in words: *las ocho y media*, *huit heures moins le quart*, *halb neun*, *половина девятого*.

They are looked for only where a time of the other text has no answer, so that no plain number of a text becomes a time. The forms
are rows of `[wordings]`: `#` is an hour, `##` minutes, `#.` an hour as the ordinal of the one that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.clocks import Clock, part_of_day
from pipeline.text.figures import numeral
from pipeline.text.languages.rows import forms_of
from pipeline.text.languages.table import Language
from pipeline.text.tokens import NUMERAL_RUN, Token, written

ROWS = {
    "half-past": (30, 0),
    "quarter-past": (15, 0),
    "third-past": (20, 0),
    "three-quarters-past": (45, 0),
    "quarter-to": (-15, 0),
    "third-to": (-20, 0),
    "half-to": (-30, 0),
    "quarter-of": (-45, 0),
    "minutes-past": (0, 1),
    "minutes-to": (0, -1),
    "minutes-of": (-60, 1),
    "on-the-hour": (0, 0),
    "half-past-one": (90, 0),
    "half-past-two": (150, 0),
}
"""Row → how many minutes lie between its hour and the time, and whether those that are said are added or taken away."""
HOUR, MINUTES, ORDINAL = "#", "##", "#."
HOURS, MINUTE, DAY = 24, 60, 24 * 60


class Piece(NamedTuple):
    """A word of a text, or a number up to 59 in words or figures: its value (-1 for none), whether it is an ordinal, and where it stands."""

    text: str
    value: int
    ordinal: bool
    at: int
    end: int


@lru_cache(maxsize=64)
def forms(language: Language) -> tuple[tuple[tuple[str, ...], int, int], ...]:
    """The forms of a language's times in words, the longest first, with what their row says."""
    found = [
        (tuple(form.split()), offset, sign)
        for row, (offset, sign) in ROWS.items()
        for form in forms_of(language.wordings.get(row, ""))
    ]
    return tuple(sorted(found, key=lambda form: -len(form[0])))


def spoken(tokens: Sequence[Token], language: Language) -> list[Clock]:
    """The times of day of a text that are told in words."""
    if not forms(language):
        return []
    found, pieces, at = list[Clock](), list(pieces_of(tokens, language)), 0
    while at < len(pieces):
        clock, length = told(pieces, at, tokens, language)
        if clock and length > 1 and not clock.minute:
            later, more = told(pieces, at + 1, tokens, language)  # *las ocho*, *ocho y media*
            if later and later.minute and more > 1:
                clock, length = later, more + 1
        if clock:
            found.append(clock)
        at += length or 1
    return found


def told(pieces: Sequence[Piece], start: int, tokens: Sequence[Token], language: Language) -> tuple[Clock | None, int]:
    """The time that begins with a piece, and how many it takes."""
    for form, offset, sign in forms(language):
        here = pieces[start : start + len(form)]
        if len(here) < len(form) or not all(map(fits, form, here)):
            continue
        values = dict(zip(form, here, strict=True))
        hour = values.get(HOUR) or values.get(ORDINAL) or here[0]._replace(value=0)
        minutes = hour.value * 60 + offset + (sign * values[MINUTES].value if sign else 0)
        first, last = here[0].at, here[-1].end
        part, end = part_of_day(tokens, first, hour.end, first=False)
        if not part or hour.end >= end:
            part, end = part_of_day(tokens, first, last, first=False)
        minutes %= DAY if hour.value > HOURS // 2 else DAY // 2
        shown = minutes // 60 or (12 if hour.value <= HOURS // 2 else 0)
        end = max(end, last)
        return Clock(shown, minutes % 60, part, written(tokens, first, end), first, end), len(form)
    return None, 0


def fits(wanted: str, piece: Piece) -> bool:
    """Whether a piece is what stands in a form at its place."""
    if wanted == HOUR:
        return 0 <= piece.value <= HOURS and not piece.ordinal
    if wanted == MINUTES:
        return 0 < piece.value < MINUTE and not piece.ordinal
    if wanted == ORDINAL:
        return 0 < piece.value <= HOURS // 2 and piece.ordinal
    return piece.text.startswith(wanted[:-1]) if wanted.endswith("*") else piece.text == wanted


def pieces_of(tokens: Sequence[Token], language: Language) -> Iterator[Piece]:
    """The words of a text, with numbers of several words as one."""
    at = 0
    while at < len(tokens):
        piece = numbered(tokens, at) or halved(tokens, at, language) or Piece(tokens[at].text, -1, False, at, at + 1)
        if piece.text == HALF:
            yield piece._replace(text=HALF, value=-1, ordinal=False)
        yield piece
        at = piece.end


def numbered(tokens: Sequence[Token], at: int) -> Piece | None:
    """A number up to 59, noon or midnight, or an ordinal, that begins at a place."""
    token = tokens[at]
    if token.kind == "number":
        return (
            Piece("", int(token.text), False, at, at + 1) if token.text.isdecimal() and len(token.text) <= 2 else None
        )
    for word, value in (("noon", 12), ("midnight", 0)):
        if said := token.sense(word):
            return Piece("", value, False, at, at + said[1])
    if (said := token.sense("number")) and said[0].isdigit() and int(said[0]) < MINUTE:
        value, end = int(said[0]), at + said[1]
        if value >= TWENTY and value % 10 == 0:
            behind = end + (end < len(tokens) and tokens[end].text in ANDS)
            ones = tokens[behind].sense("number") if behind < len(tokens) else None
            if ones and ones[0].isdigit() and 0 < int(ones[0]) < TEN:
                value, end = value + int(ones[0]), behind + ones[1]
        return Piece(token.text, value, False, at, end)
    if not token.senses and token.kind == "word" and NUMERAL_RUN.fullmatch(token.text):
        value = numeral(token.text) or MINUTE
        return Piece(token.text, value, False, at, at + 1) if value < MINUTE else None
    if (said := token.sense("ordinal")) and said[0].isdigit():
        return Piece(token.text, int(said[0]), True, at, at + said[1])
    return None


TEN, TWENTY = 10, 20
ANDS = frozenset(["y", "e", "et"])
HALF = "пол"


def halved(tokens: Sequence[Token], at: int, language: Language) -> Piece | None:
    """A Russian half hour that is written onto its hour: *полдевятого*."""
    text = tokens[at].text
    if not text.startswith(HALF):
        return None
    for form in language.exact.get(text.removeprefix(HALF), ()):
        for sense in form.senses if len(form.words) == 1 else ():
            if sense.kind == "ordinal" and sense.value.isdigit():
                return Piece(HALF, int(sense.value), True, at, at + 1)
    return None
