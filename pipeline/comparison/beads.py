"""Which sentences of a translation say what which of the English say: sentences in their order, one by one or few together, set side by
side by their lengths and by what both say (Gale and Church 1993, who call such a pair a bead)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from pipeline.comparison.aligned import INFINITE, sums, unlike
from pipeline.text.quantities import Reading
from pipeline.text.tokens import Token


class Bead(NamedTuple):
    """From which sentence to which of the English, and of the translation."""

    ours: tuple[int, int]
    theirs: tuple[int, int]


class Beads(NamedTuple):
    """The beads of two texts, and whether it is sure that they are these: all are as long as they need to be, and nothing that both texts say
    once stands astray."""

    found: Sequence[Bead] = ()
    sure: bool = False


SHAPES = {(1, 1): 0.0, (1, 2): 1.5, (2, 1): 1.5, (2, 2): 3.0, (1, 3): 4.0, (3, 1): 4.0}
"""So many sentences of the one text are so many of the other, and how unlikely that is."""
ASTRAY = 2.0
"""How unlikely it is that what both texts say once stands in sentences that do not answer each other."""
EVEN, FITTING, MOST = 1.5, 4.0, 24
"""How unlike the lengths of two sentences are at most that surely answer each other, at their places and where they were sought; sentences
that are set side by side, at most."""


def beads(ours: Reading, theirs: Reading, scale: float) -> Beads:
    """The sentences of two texts side by side, the likeliest way; none where a text has one alone, or too many."""
    here, there = ours.sentences, theirs.sentences
    if not (1 < len(here) <= MOST and 1 < len(there) <= MOST):
        return Beads()
    letters = [length(tokens) for tokens in there]
    needed = [length(tokens) * (scale or 1) for tokens in here]
    links = [*linked(ours, theirs)]
    if all(one == two for one, two in links) and alike(needed, letters):
        return Beads([Bead((at, at + 1), (at, at + 1)) for at in range(len(here))], True)
    before, behind = sums(needed), sums(letters)
    found = likeliest(before, behind, links)
    return Beads(found, all(fits(bead, before, behind, links) for bead in found))


def fits(bead: Bead, here: Sequence[float], there: Sequence[float], links: Sequence[tuple[int, int]]) -> bool:
    """Whether a bead is about as long as it needs to be, and says what only it says in both texts."""
    (start, end), (first, last) = bead
    if unlike(here[end] - here[start], there[last] - there[first]) > FITTING:
        return False
    return all((start <= one < end) is (first <= two < last) for one, two in links)


def alike(needed: Sequence[float], letters: Sequence[int]) -> bool:
    """Whether each sentence is about as long as the one in its place needs to be."""
    if len(needed) != len(letters):
        return False
    return all(unlike(one, two) < EVEN for one, two in zip(needed, letters, strict=True))


def length(tokens: Sequence[Token]) -> int:
    """The letters of a sentence."""
    return sum([len(token.text) for token in tokens if token.kind != "sign"])


def likeliest(here: Sequence[float], there: Sequence[float], links: Sequence[tuple[int, int]]) -> Sequence[Bead]:
    """The likeliest beads, by how many letters all sentences before each one need and have, and by what both say once."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for at in range(len(here)):
        for place in range(len(there)):
            if (at, place) not in best:
                continue
            for (one, two), odd in SHAPES.items():
                end = at + one, place + two
                if end[0] >= len(here) or end[1] >= len(there):
                    continue
                cost = best[at, place][0] + odd
                cost += unlike(here[end[0]] - here[at], there[end[1]] - there[place])
                cost += ASTRAY * sum([(at <= i < end[0]) is not (place <= j < end[1]) for i, j in links]) / 2
                if cost < best.get(end, (INFINITE,))[0]:
                    best[end] = cost, (at, place)
    return tuple(traced(best, (len(here) - 1, len(there) - 1)))[::-1]


def traced(best: dict[tuple[int, int], tuple[float, tuple[int, int]]], end: tuple[int, int]) -> Iterator[Bead]:
    """The beads of a way, the last first; none where no way leads to the end."""
    while end in best and end != (0, 0):
        at = best[end][1]
        yield Bead((at[0], end[0]), (at[1], end[1]))
        end = at


def linked(ours: Reading, theirs: Reading) -> Iterator[tuple[int, int]]:
    """In which sentences of both texts something stands that each of them says in one sentence alone: a number, a name or word in Latin
    letters, what the tables know."""
    here, there = once(ours), once(theirs)
    for said in here.keys() & there.keys():
        yield here[said], there[said]


def once(reading: Reading) -> dict[Hashable, int]:
    """What a text says in one sentence alone, and in which."""
    starts = [tokens[0].start for tokens in reading.sentences]
    found: dict[Hashable, int] = {}
    for item in reading.items:
        put(found, item.value, max(bisect_right(starts, reading.tokens[item.at].start) - 1, 0))
    for at, tokens in enumerate(reading.sentences):
        for token in tokens:
            if token.kind == "word" and len(token.text) > SHORT and token.text.isascii():
                put(found, token.text, at)
            for sense, _ in (*token.senses, *token.slots):
                if sense.kind in TELLING:
                    put(found, sense, at)
    return {said: at for said, at in found.items() if at >= 0}


def put(found: dict[Hashable, int], said: Hashable, at: int) -> None:
    """Note where something stands; -1 where it stands in several sentences."""
    found[said] = at if found.get(said, at) == at else -1


SHORT = 3
TELLING = frozenset(["name", "month", "body", "who", "finding", "act", "day", "symptom", "route", "says", "condition"])
"""The kinds of senses that tell which sentence answers which."""
