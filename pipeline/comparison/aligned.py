"""Whether an item of a list has no answer in a translation, or answers nothing: what stands between the commas and joining words of two
sentences is set side by side, by its length, by what parts it and by what both say, once with all of it answered and once with
one item left over. How much likelier the second is tells it (Gale and Church 1993, of sentences)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.comparison.anchored import anchors, itemizing, opening
from pipeline.comparison.joined import both_sexes, latin, plain
from pipeline.text.listing import COMMAS, ENUMERATING, YEAR, clausal, clitic, enclitic, joins, liking
from pipeline.text.tokens import Token

Costs = tuple[float, float, float]
INFINITE = 1e9
NONE: Costs = (INFINITE, INFINITE, INFINITE)


class Part(NamedTuple):
    """What stands between two marks of a sentence: what `parts` it from what is before it, its letters, from where to where it goes."""

    parts: str
    letters: int
    start: int
    end: int


BEGIN, COMMA, JOINT, STRONG, CLAUSE, OPENS = "|", ",", "&", ";", "c", "o"
"""What stands before a part: nothing, a comma that may part items, *and* or *or*, a stronger mark or a bracket, a comma before a clause or about an
adverb, *such as*."""
RANK = (STRONG, BEGIN, OPENS, JOINT, CLAUSE, COMMA)
"""Which of several marks in a row says what parts."""
STRONGER = frozenset(";:—–()!?；：（）؛！？؟")
STOPS = frozenset(".。।۔")


def parts_of(tokens: Sequence[Token], *, english: bool) -> list[Part]:
    """The parts of a sentence."""
    items = {*itemizing(tokens)} if english else None
    apart = any(token.text == ENUMERATING for token in tokens)
    again = bracketed(tokens)
    found: list[Part] = []
    mark, letters, start = BEGIN, 0, 0
    for at, token in enumerate(tokens):
        if at in again:
            continue
        if not token.slots and token.kind != "sign":
            letters += len(token.text)
            continue
        parts = marked(tokens, at, items, apart=apart)
        if parts == JOINT and enclitic(token):
            letters += len(token.text) - 1
        if parts and letters:
            found.append(Part(mark, letters, start, at))
            mark, letters, start = parts, 0, at + 1
        elif parts:
            mark, start = min(mark, parts, key=RANK.index), at + 1
        elif token.kind != "sign":
            letters += len(token.text)
        if parts == JOINT and clitic(token):
            letters += len(token.text) - 1
    if letters:
        found.append(Part(mark, letters, start, len(tokens)))
    return found


def bracketed(tokens: Sequence[Token]) -> set[int]:
    """Where few words in brackets stand, with these: what is said again in short, *(EU/EEA)*."""
    found: set[int] = set()
    begun = -1
    for at, token in enumerate(tokens):
        if token.text in OPENED:
            begun = at
        elif token.text in CLOSED and begun >= 0 and at - begun <= SHORT + 1:
            found.update(range(begun, at + 1))
            begun = -1
    return found


OPENED, CLOSED = frozenset("(（"), frozenset(")）")
SHORT = 3
"""Words of what is said again in short, at most."""


def marked(tokens: Sequence[Token], at: int, items: set[int] | None, *, apart: bool) -> str:
    """What a token is before the part that follows it; "" where it belongs to one. `items`: where English marks stand that may part items;
    None in a translation. `apart`: whether another comma parts the items."""
    token = tokens[at]
    if token.kind == "sign":
        if token.text in COMMAS:
            joined = at + 1 < len(tokens) and joins(tokens[at + 1])
            if items is not None:
                dated = at + 1 < len(tokens) and YEAR.fullmatch(tokens[at + 1].text)
                return "" if dated else COMMA if at in items or joined else CLAUSE
            if at + 1 < len(tokens) and clitic(tokens[at + 1]):
                return JOINT
            other = apart and token.text != ENUMERATING
            return CLAUSE if other or clausal(tokens, at) or opening(tokens, at) else COMMA
        return STRONG if token.text in STRONGER else CLAUSE if token.text in STOPS else ""
    if token.slots:
        if joins(token):
            return JOINT
        if token.slot("join") == "opens" and not (items is not None and liking(tokens, at)):
            return OPENS
    return ""


REMOVED = {COMMA: 2.2, JOINT: 1.5, STRONG: 1.5, CLAUSE: 1.1, OPENS: 1.4, BEGIN: 0.0}
"""How unlikely it is that a mark stands in one of the texts alone."""
LIKE = {
    both: cost
    for two, cost in (
        *(((one, one), 0.0) for one in RANK),
        ((COMMA, JOINT), 2.5),
        ((COMMA, STRONG), 1.5),
        ((COMMA, CLAUSE), 0.3),
        ((STRONG, CLAUSE), 0.3),
        ((OPENS, COMMA), 1.0),
        ((OPENS, STRONG), 0.7),
        ((OPENS, CLAUSE), 1.0),
        ((OPENS, BEGIN), 0.7),
    )
    for both in (two, two[::-1])
}
"""How unlikely it is that a mark of the one text is another in the other, where they are no strangers."""
STRANGE = 3.0
TOGETHER = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
"""How many parts of the one text may be as many of the other."""
CROSSED = 0.8
"""What of the marks counts that are left out where two parts are two."""
HELD, ASTRAY, UNSAID = 0.5, 1.0, 2.0
"""What it counts that what both say stands in parts that answer each other, that it does not, and that it is left over."""
VARIANCE, LEAST = 6.0, 18.0
"""How much lengths vary, by the letters of both, and at least."""
LONGEST = 30
"""Letters of an item in English, at most."""
MOST = 25
"""Parts of a sentence that are set side by side, at most."""


def unanswered(english: Sequence[Token], theirs: Sequence[Token], scale: float) -> tuple[float, float]:
    """How much likelier it is that the translation lacks an item of the English than that it says all of it otherwise; and that it has one
    more. Below zero where it is not."""
    ours, yours = parts_of(english, english=True), parts_of(theirs, english=False)
    if not (0 < len(ours) <= MOST and 0 < len(yours) <= MOST) or not any(part.parts == JOINT for part in ours):
        return NEVER, NEVER
    if alike(ours, yours, scale):
        return NEVER, NEVER
    lacking, more = len(yours) <= len(ours), len(yours) >= len(ours) and not both_sexes(theirs)
    links = [*linked(english, theirs, ours, yours)]
    whole, less, longer = costs(english, theirs, ours, yours, links, scale)
    if whole >= INFINITE:
        return NEVER, NEVER
    off = min(whole, less, longer) / len(ours)  # where the rest does not fit either, an item says little
    return whole - less - off if lacking else NEVER, whole - longer - off if more else NEVER


def alike(ours: Sequence[Part], yours: Sequence[Part], scale: float) -> bool:
    """Whether each part answers the one in its place so well that nothing can be left over: asked first, for it is soon told."""
    if len(ours) != len(yours):
        return False
    cost = sum(LIKE.get((one.parts, other.parts), STRANGE) for one, other in zip(ours, yours, strict=True))
    return cost + sum(unlike(one.letters * scale, other.letters) for one, other in zip(ours, yours, strict=True)) < EVEN


def unlike(needed: float, letters: float) -> float:
    """How unlikely it is that what needs so many letters has so many."""
    return (letters - needed) ** 2 / (VARIANCE * (letters + needed) + LEAST)


EVEN = 2.0
"""How unlikely all may be, at most."""
NEVER = -99.0


ADDED = frozenset((COMMA, JOINT))
"""What stands before an item that a translation has more."""


def costs(
    english: Sequence[Token],
    theirs: Sequence[Token],
    ours: Sequence[Part],
    yours: Sequence[Part],
    links: Sequence[tuple[int, int]],
    scale: float,
) -> tuple[float, float, float]:
    """How unlikely it is that all parts answer each other, that one item of the English is left over, and one of the translation."""
    left, over = leaving(english, theirs, ours, yours, links, scale)
    here, there = sums([part.letters * scale for part in ours]), sums([part.letters for part in yours])
    gone, come = sums([REMOVED[part.parts] for part in ours]), sums([REMOVED[part.parts] for part in yours])
    answers = [[two for one, two in links if one == at] for at in range(len(ours))]
    table = [[NONE] * (len(yours) + 1) for _ in range(len(ours) + 1)]
    table[0][0] = 0.0, INFINITE, INFINITE
    for i, row in enumerate(table):
        for j, cell in enumerate(row):
            if cell is NONE:
                continue
            for one, other in TOGETHER:
                to, at = i + one, j + other
                if to > len(ours) or at > len(yours):
                    continue
                needed, letters = here[to] - here[i], there[at] - there[j]
                cost = (letters - needed) ** 2 / (VARIANCE * (letters + needed) + LEAST)  # `unlike`
                cost += LIKE.get((ours[i].parts, yours[j].parts), STRANGE)
                if one + other > TWO:
                    out = gone[to] - gone[i + 1] + come[at] - come[j + 1]
                    cost += out if one == 1 or other == 1 else out * CROSSED
                for part in answers[i] if one == 1 else itertools.chain(*answers[i:to]):
                    cost += -HELD if j <= part < at else ASTRAY
                table[to][at] = least(table[to][at], cell[0] + cost, cell[1] + cost, cell[2] + cost)
            if i < len(ours) and left[i] < INFINITE:
                table[i + 1][j] = least(table[i + 1][j], INFINITE, cell[0] + left[i], INFINITE)
            if 0 < j < len(yours) and over[j] < INFINITE:
                table[i][j + 1] = row[j + 1] = least(row[j + 1], INFINITE, INFINITE, cell[0] + over[j])
    return table[-1][-1]


def least(cell: Costs, whole: float, less: float, more: float) -> Costs:
    """The lesser of what a cell has and what is found, one by one."""
    return (
        whole if whole < cell[0] else cell[0],
        less if less < cell[1] else cell[1],
        more if more < cell[2] else cell[2],
    )


def leaving(
    english: Sequence[Token],
    theirs: Sequence[Token],
    ours: Sequence[Part],
    yours: Sequence[Part],
    links: Sequence[tuple[int, int]],
    scale: float,
) -> tuple[list[float], list[float]]:
    """How unlikely it is that each part of the English is left over, by what both texts say, and each of the translation; infinite where it is no item,
    or longer than one."""
    left, over = [INFINITE] * len(ours), [INFINITE] * len(yours)
    for at, (part, item) in enumerate(zip(ours, listed(ours, english), strict=True)):
        if item and part.letters <= LONGEST:
            left[at] = UNSAID * sum(one == at for one, _ in links)
    for at, (part, item) in enumerate(zip(yours, listed(yours, theirs), strict=True)):
        if item and part.parts in ADDED and part.letters <= LONGEST * scale:
            over[at] = UNSAID * sum(two == at for _, two in links)
    return left, over


TWO = 2


def sums(each: Sequence[float]) -> list[float]:
    """What all before each one are together, and all."""
    return [0.0, *itertools.accumulate(each)]


def listed(parts: Sequence[Part], tokens: Sequence[Token]) -> list[bool]:
    """Whether each part is an item: a joining word follows it, or a comma and another item; and no number stands in it."""
    found = [False] * len(parts)
    for at in range(len(parts) - 2, -1, -1):
        after = parts[at + 1].parts
        found[at] = after == JOINT or (after == COMMA and found[at + 1])
    return [
        item and not any(token.kind == "number" for token in tokens[part.start : part.end])
        for item, part in zip(found, parts, strict=True)
    ]


def linked(
    english: Sequence[Token], theirs: Sequence[Token], ours: Sequence[Part], yours: Sequence[Part]
) -> Iterator[tuple[int, int]]:
    """Which parts say what both sentences say once: numbers, names, what tables know, and words that are alike in Latin letters."""
    mine, other = rooted(english), rooted(theirs)
    alike = [(mine[root], other[root]) for root in mine.keys() & other.keys()]
    for one, two in [*anchors(english, theirs), *alike]:
        at, to = within(ours, one), within(yours, two)
        if at >= 0 and to >= 0:
            yield at, to


def within(parts: Sequence[Part], place: int) -> int:
    """In which part a token stands; -1 where it is a mark."""
    return next((at for at, part in enumerate(parts) if part.start <= place < part.end), -1)


def rooted(tokens: Sequence[Token]) -> dict[str, int]:
    """Where words stand, by their first letters, of which only one begins so in a sentence."""
    places: dict[str, int] = {}
    for at, token in enumerate(tokens):
        if token.kind == "word" and len(token.text) > ROOT and latin(token.text[0]) and latin(token.text[-1]):
            root = plain(token.text)[:ROOT]
            places[root] = -1 if root in places else at
    return {root: at for root, at in places.items() if at >= 0}


ROOT = 4
"""Letters that words of two languages which say one thing begin with."""
