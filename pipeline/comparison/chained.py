"""Lists whose items each have their *and* written onto them, behind a comma: Arabic *الحمى، والسعال، والألم*."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.comparison.lost_values import letters
from pipeline.text.languages.table import Language
from pipeline.text.listing import COMMAS, ENDS, clausal, joins, lists, parts_of
from pipeline.text.tokens import Token


def chained(english: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a translation chains more items than the English has, however that is read: commas with short stretches between, the
    last of them before an *and* or *or*. Asked only where the English surely has a list."""
    if sum(token.text in COMMAS for token in theirs) < LEAST:
        return False
    found = lists(english, english=True)
    if not found:
        return False
    first = found[0]
    widest = max(letters(english[start:end]) for start, end in first.items[1:-1])
    limit = ROOM * widest * (language.length or 1) + SLACK
    most = max(len(first.items), parts_of(english, spaces=True), *[len(listed.items) for listed in lists(english)])
    return longest(theirs, limit) + 1 > most


ROOM, SLACK = 1.5, 8
"""How much longer than the longest item of an English list one of its translation may be, and how many letters besides."""


def longest(tokens: Sequence[Token], limit: float) -> int:
    """How many commas the longest chain has."""
    commas = [at for at, token in enumerate(tokens) if token.text in COMMAS]
    most = begin = 0
    for place, at in enumerate(commas):
        if place and not near(tokens, commas[place - 1], at, limit):
            begin = place
        if joined(tokens, at):
            most = max(most, place - begin + 1)
    return most if most >= LEAST else 0


LEAST = 2
"""Commas of a chain, at least."""


def joined(tokens: Sequence[Token], comma: int) -> bool:
    """Whether *and* or *or* stands behind a comma."""
    return comma + 1 < len(tokens) and joins(tokens[comma + 1])


def near(tokens: Sequence[Token], one: int, other: int, limit: float) -> bool:
    """Whether something as short as an item stands between two commas, and no clause."""
    between = tokens[one + 1 : other]
    return (
        not clausal(tokens, one) and not any(token.text in ENDS for token in between) and 0 < letters(between) <= limit
    )
