"""Whether a part of a sentence lost something that stands between commas, or has more: the two texts are compared stretch by stretch,
between what both say once (a number, a name, a unit, a condition), by their commas and joining words and by their lengths."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import sqrt

from pipeline.comparison.lost_values import letters
from pipeline.text.listing import CLAUSAL, COMMAS, OPENING, QUOTES, clausal, joins, separators
from pipeline.text.tokens import Token

Stretch = tuple[int, int]
"""From where to where a part of a sentence goes."""


def shortfall(english: Sequence[Token], theirs: Sequence[Token], scale: float) -> float:
    """How much shorter than its English a stretch of a translation is that has fewer commas and joining words than may part items there:
    in letters, by the root of those that it needs; 0.0 where none is. The whole sentence has to agree."""
    count = separators(theirs)
    if count >= separators(english) or not any(map(joins, english)):
        return 0.0
    parting = itemizing(english)
    if count - 1 >= len(parting):
        return 0.0
    both = [(english[slice(*mine)], theirs[slice(*yours)], mine) for mine, yours in stretches(english, theirs)]
    answered = [comma(here, 0) and comma(there, 0) and mine[0] not in parting for here, there, mine in both]
    if count - sum(answered) >= len(parting):
        return 0.0
    most = 0.0
    for (here, there, mine), opened in zip(both, answered, strict=True):
        needed = bisect_left(parting, mine[1]) - bisect_left(parting, mine[0])
        if separators(there) - opened < needed:
            most = max(most, -surplus(here, there, scale))
    return most


def overrun(english: Sequence[Token], theirs: Sequence[Token], scale: float) -> float:
    """The same of a stretch of a translation with more of them in all (`joined.further`), and something short between a comma and a joining
    word: how much longer than its English it is; 0.0 where none is. `SURE` where the English joins two things that both texts say, and
    nothing else stands there."""
    if not any(token[4] and joins(token) for token in english):
        return 0.0
    most = 0.0
    for mine, yours in stretches(english, theirs):
        here, there = english[slice(*mine)], theirs[slice(*yours)]
        if any(map(joins, here)) and listing(here, there, LENGTHY * scale):
            alone = mine[0] > 0 and mine[1] < len(english) and all(len(token.text) <= ARTICLE for token in here)
            most = max(most, SURE if alone else surplus(here, there, scale))
    return most


SURE = 9.0
ARTICLE = 3
"""Letters of an English word, at most, that may stand before a thing: *and the*."""
LENGTHY = 30
"""Letters of an item in English, at most, that a comma may part from others."""


def surplus(here: Sequence[Token], there: Sequence[Token], scale: float) -> float:
    """How many letters longer than its English needs a stretch is, by the root of these: what is long varies more."""
    needed = letters(here) * scale
    more = letters(there) - needed
    return more / sqrt(needed + SMOOTH) if abs(more) >= LEAST else 0.0


LEAST = 4
"""Letters of an item, at least."""
SMOOTH = 9
"""Letters by which a stretch may vary that has none."""


def listing(here: Sequence[Token], there: Sequence[Token], limit: float) -> bool:
    """Whether a stretch of a translation has more places where items are parted than its English, and one of them before a joining word
    with something short between."""
    places: list[tuple[int, bool]] = []
    before = False
    for at, token in enumerate(there):
        join = joins(token)
        parts = comma(there, at) and not clausal(there, at) and not opening(there, at)
        if not (parts or join):
            before = False
        elif before:
            places[-1] = at, join or places[-1][1]
        else:
            places.append((at, join))
            before = True
    if len(places) <= separators(here):
        return False
    return any(
        second and not first and 0 < letters(there[start + 1 : end]) <= limit
        for (start, first), (end, second) in pairwise(places)
    )


def comma(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma stands at a place."""
    return at < len(tokens) and tokens[at].kind == "sign" and tokens[at].text in COMMAS


def opening(tokens: Sequence[Token], at: int) -> bool:
    """Whether *such as* stands behind a comma."""
    return at + 1 < len(tokens) and tokens[at + 1].slot("join") == "opens"


def itemizing(tokens: Sequence[Token]) -> list[int]:
    """Where the commas and joining words of an English sentence stand that may part items: not those about an adverb (*this, however, …*),
    behind what opens the sentence (*in 2008, …*), before a clause or *such as*."""
    commas = [at for at in range(len(tokens)) if comma(tokens, at)]
    aside = {at for at in commas if leads(tokens, at)}
    for start, end in zip([-1, *commas], [*commas, len(tokens)], strict=True):
        words = [token.text for token in tokens[start + 1 : end] if token.kind != "sign"]
        if len(words) == 1 and (words[0] in ADVERBS or words[0].endswith("ly")):
            aside |= {start, end}
        elif words and (start < 0 or tokens[start + 1].text in QUOTES) and words[0] in OPENERS:
            aside.add(end)
    found: list[int] = []
    before = False
    for at, token in enumerate(tokens):
        if parts := joins(token) or comma(tokens, at):
            joined = at + 1 < len(tokens) and joins(tokens[at + 1])
            if not before and (at not in aside or joined):
                found.append(at)
        before = parts
    return found


def leads(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause, an aside or what somebody says begins behind an English comma."""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return after in CLAUSAL or after in ASIDES or after in QUOTES


ADVERBS = frozenset(
    "however therefore thus moreover furthermore e.g i.e then also too instead first second third likewise still rather overall hence though".split()  # noqa: SIM905
)
"""English words that stand between commas and are no items."""
OPENERS = OPENING | {"as", "although"}
"""English words with which what stands first in a sentence, or in what somebody says, may be no item."""
ASIDES = frozenset("but so including especially such with without while when if as causing leading".split())  # noqa: SIM905
"""English words that begin a clause or an aside behind a comma, beside `CLAUSAL`."""


def stretches(english: Sequence[Token], theirs: Sequence[Token]) -> Iterator[tuple[Stretch, Stretch]]:
    """The stretches of two sentences between what both say once, in one order."""
    left = right = 0
    for mine, yours in [*anchors(english, theirs), (len(english), len(theirs))]:
        yield (left, mine), (right, yours)
        left, right = mine + 1, yours + 1


def anchors(english: Sequence[Token], theirs: Sequence[Token]) -> list[tuple[int, int]]:
    """Where what both sentences say once stands in each: as many places as stand in one order in both."""
    mine, yours = said_once(english), said_once(theirs)
    pairs = sorted({(mine[said], yours[said]) for said in mine.keys() & yours.keys()})
    ends: list[int] = []  # of the chains of each length, the last place in the translation
    chains: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        if length == len(ends):
            ends.append(place)
            chains.append(at)
        elif length == 0 or pairs[chains[length - 1]][0] < pairs[at][0]:
            ends[length] = place
            chains[length] = at
        before.append(chains[length - 1] if length else -1)
    found: list[tuple[int, int]] = []
    last = chains[-1] if chains else -1
    while last >= 0:
        if not found or pairs[last][0] < found[-1][0]:
            found.append(pairs[last])
        last = before[last]
    return found[::-1]


def said_once(tokens: Sequence[Token]) -> dict[tuple[str, str], int]:
    """What a sentence says once, with where: numbers, words in Latin letters, and what its language's tables know."""
    places: dict[tuple[str, str], int] = {}
    twice: set[tuple[str, str]] = set()
    for at, (text, sort, _, senses, slots) in enumerate(tokens):
        said: list[tuple[str, str]] = []
        if sort == "number":
            said.append(("number", text.replace(",", "").replace(".", "")))
        elif sort != "sign" and len(text) > SHORT and text.isascii():
            said.append(("word", text))
        for sense, _ in slots:
            if sense[0] != "join" and sense[0][-1] != "?":
                said.append(sense)
        for sense, _ in senses:
            if sense[0] in SENSES:
                said.append(sense)
        for one in said:
            if one in places:
                twice.add(one)
            places[one] = at
    return {one: at for one, at in places.items() if one not in twice}


SENSES = frozenset(["says", "month", "unit"])
SHORT = 2
"""Letters of a word, at most, that may be another language's word as well."""
