"""Sections of a page that may have changed places in its copy: nothing in them says which is which, and each would do as well under the
heading of the other. Whoever keeps the sections of a page in the order of the alphabet has them in another order in each language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

Row = tuple[int | None, int | None]
HEADING = "heading "
CLEAR = 1.0
"""How much likelier the order of two sections is than the other way round, for it to be certain."""
NEAR = 24
"""How many of its neighbours a section is compared with, on either side."""


class Section(NamedTuple):
    """A heading and all below it: its level, the section that it is a part of, and its rows."""

    level: int
    above: int
    rows: range


def sections(kinds: Sequence[str]) -> Iterator[Section]:
    """The sections of a page, by the kinds of its rows."""
    heads = [(at, int(kind.removeprefix(HEADING))) for at, kind in enumerate(kinds) if kind.startswith(HEADING)]
    path: list[tuple[int, int]] = []
    for place, (at, level) in enumerate(heads):
        while path and path[-1][1] >= level:
            path.pop()
        end = next((other for other, deep in heads[place + 1 :] if deep <= level), len(kinds))
        yield Section(level, path[-1][0] if path else -1, range(at, end))
        path.append((at, level))


def swapped(
    rows: Sequence[Row],
    kinds: Sequence[str],
    firm: Sequence[bool],
    score: Callable[[int, int], float],
) -> frozenset[int]:
    """The rows that stand in sections which may be each other's. `kinds`, `firm`: of each row, the kind of its English and whether it
    stands by itself; `score`: how likely a block of the English and one of the copy are one."""
    whole = [
        one
        for one in sections(kinds)
        if not any(firm[at] for at in one.rows) and all(None not in rows[at] for at in one.rows)
    ]
    found: set[int] = set()
    order = itemgetter(1, 0)  # those beside each other: of one section and one level
    for _, some in groupby(sorted(whole, key=order), key=order):
        beside = [*some]
        for at, one in enumerate(beside):
            for two in beside[at + 1 : at + 1 + NEAR]:
                if alike(one, two, kinds) and crossed(one, two, rows, score):
                    found.update(one.rows, two.rows)
    return frozenset(found)


def alike(one: Section, two: Section, kinds: Sequence[str]) -> bool:
    """Whether two sections have the same blocks."""
    return [kinds[at] for at in one.rows] == [kinds[at] for at in two.rows]


def crossed(one: Section, two: Section, rows: Sequence[Row], score: Callable[[int, int], float]) -> bool:
    """Whether two sections would do nearly as well the other way round."""
    lead = 0.0
    for first, second in zip(one.rows, two.rows, strict=True):
        (ours, copy), (theirs, other) = rows[first], rows[second]
        assert ours is not None and copy is not None and theirs is not None and other is not None
        lead += score(ours, copy) + score(theirs, other) - score(ours, other) - score(theirs, copy)
    return lead < CLEAR
