"""Differences between two sentences, and when a value is lost: said less often, with nothing near that may stand for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.text.languages.table import Language, Sense
from pipeline.text.statements import Statement
from pipeline.text.tokens import Token


class Difference(NamedTuple):
    """A value of a slot that one text says and the other does not: `was` and `now`, "" where it says none; whether that it is lost is
    as sure as that it became another; and whether words stand there that may say it (`unsure`)."""

    slot: str
    was: str
    now: str
    sure: bool = False
    unsure: bool = False


def beside(ours: Sequence[int], theirs: Sequence[int], one: Statement, other: Statement, language: Language) -> bool:
    """Whether something stands in the other sentence about where it stands in the one."""
    here, there = len(one.tokens), len(other.tokens)
    far = max(AFAR if language.loose_order else NEARBY, STEPS / here)
    places = sorted(theirs)
    for at in ours:
        next_to = bisect_left(places, at * there / here)
        if any(abs(at / here - place / there) <= far for place in places[max(next_to - 1, 0) : next_to + 1]):
            return True
    return False


NEARBY, AFAR = 0.3, 0.6
"""How far from where one text says something the other may have what stands for it, as a share of the sentence; and where a
language puts the parts of a sentence in another order."""
STEPS = 5
"""Words that are always near."""


def wanting(slot: str, value: str, one: Statement, other: Statement, language: Language) -> bool:
    """Whether a value that the one says is said less often in the other, with nothing near that may stand for it."""
    said, found = one.values(slot)[value], other.values(slot).get(value, ())
    if len(found) >= len(said):
        return False
    return not beside(said, other.excused(slot, value), one, other, language)


def lost(slot: str, value: str, other: Statement, language: Language, *, anywhere: bool = False) -> bool:
    """Whether the absence of a value tells anything in a language, and nothing stands for it; `anywhere`: whatever stands for it."""
    known = language.knows(slot, value) and not language.knows("many", f"{slot} {value}")
    return known and (anywhere or not other.excused(slot, value))


def said_by(said: Statement) -> list[tuple[tuple[str, str], int]]:
    """All that the words of a sentence say beside its slots."""
    return [sense for token in said.tokens for sense in token.senses]


ONLY = Sense("says", "only")


def letters(tokens: Sequence[Token]) -> int:
    """How long a sentence is, its signs and spaces left out."""
    return sum([len(token.text) for token in tokens if token.kind != "sign"])


def times_of_day(said: Statement) -> int:
    """How many times of the day a sentence names: *matin et soir* are two, and as many times a day."""
    meant = {value for (kind, value), _ in said_by(said) if kind in {"says", "noon"}}
    return sum(not one.isdisjoint(meant) for one in ({"morning"}, {"noon"}, {"evening", "night"}))
