"""Two numbers of which each stands at the other's thing, in whatever order a language puts them: told by their units, by brackets and by what
they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.comparison.answering import Matched, primary
from pipeline.text.figures import Item
from pipeline.text.languages.table import NOUNS
from pipeline.text.quantities import Reading
from pipeline.text.tokens import Token


def traded(matched: Sequence[Matched], ours: Reading, theirs: Reading) -> Iterator[tuple[Matched, Matched]]:
    """The numbers that a translation says each at the thing of another."""
    plain = [
        found
        for found in matched
        if found.english.digits and found.translation.digits and not found.english.attached and alone(found, matched)
    ]
    if len(plain) < 2 or len(plain) > MOST:
        return
    brackets = (depths(ours.tokens), depths(theirs.tokens)) if "(" in ours.text else None
    for one, other in combinations(plain, 2):
        if (
            units(one, other)
            or units(other, one)
            or (brackets and bracketed(one, other, brackets))
            or counted(one, other, ours, theirs)
        ):
            yield one, other


MOST = 12
"""Numbers of a text, at most, of which each is held to each."""


def alone(found: Matched, matched: Sequence[Matched]) -> bool:
    """Whether no other number of a text has the same value."""
    return sum(one.english.value == found.english.value for one in matched) == 1


def units(one: Matched, other: Matched) -> bool:
    """Whether the unit of the first number stands behind the second in the translation, which has none in the English."""
    unit = primary(one.english)
    return bool(unit) and not one.translation.unit and not other.english.unit and primary(other.translation) == unit


def bracketed(one: Matched, other: Matched, brackets: tuple[Sequence[bool], Sequence[bool]]) -> bool:
    """Whether one of two numbers stands in brackets in the English, and the other in the translation."""
    ours, theirs = brackets
    here = ours[one.english.at], ours[other.english.at]
    there = theirs[one.translation.at], theirs[other.translation.at]
    return here[0] is not here[1] and here == there[::-1]


def kept(one: Matched, other: Matched, ours: Reading, theirs: Reading) -> bool:
    """Whether the same one of two numbers stands in brackets in both texts."""
    here, there = depths(ours.tokens), depths(theirs.tokens)
    first = here[one.english.at], here[other.english.at]
    return first[0] is not first[1] and first == (there[one.translation.at], there[other.translation.at])


def depths(tokens: Sequence[Token]) -> list[bool]:
    """Of each token whether it stands in brackets."""
    depth, found = 0, []
    for token in tokens:
        if token.text in OPEN:
            depth += 1
        found.append(depth > 0)
        if token.text in CLOSED:
            depth = max(depth - 1, 0)
    return found


OPEN, CLOSED = frozenset("(（[［"), frozenset(")）]］")


def counted(one: Matched, other: Matched, ours: Reading, theirs: Reading) -> bool:
    """Whether what each of two numbers counts in the English stands at the other one in the translation."""
    first, second = behind(one.english, ours.tokens), behind(other.english, ours.tokens)
    if not first or not second or first & second:
        return False
    mine, yours = behind(one.translation, theirs.tokens, may=True), behind(other.translation, theirs.tokens, may=True)
    return bool(first & yours and second & mine) and not (first & mine or second & yours)


def behind(item: Item, tokens: Sequence[Token], *, may: bool = False) -> frozenset[tuple[str, str]]:
    """What stands right behind a number, up to a sign or another number; `may`: by words that only excuse it too."""
    found: set[tuple[str, str]] = set()
    for token in tokens[item.end : item.end + NEAR]:
        if token.kind in ENDING:
            break
        for (kind, value), _ in token.slots:
            if kind in NOUNS or (may and kind[-1:] == "?" and kind[:-1] in NOUNS):
                found.add((kind.rstrip("?"), value))
        if found and not may:
            break
    return frozenset(found)


ENDING = frozenset(["sign", "number", "fact"])
NEAR = 5
"""Words behind a number in which what it counts stands."""
