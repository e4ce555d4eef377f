"""Lists whose items stand in another order: "asthma, kidney disease or a stomach ulcer", "a stomach ulcer, asthma or kidney disease"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.severity.order import CLAUSE, FOCUS, JOINING, weighs
from pipeline.text import lexicon
from pipeline.text.english import Word
from pipeline.text.stems import stemmed

Part = Sequence[Word]
ITEM = 4
"""Words of the first and the last item of a list, at most."""


class Listing(NamedTuple):
    """Where a list stands in a sentence, and where each of its items begins and ends."""

    start: int
    end: int
    items: tuple[tuple[int, int], ...]


def relisted(was: Part, now: Part) -> Iterator[list[Word]]:
    """What a sentence would be if a list had its items in the order in which the other sentence has them."""
    for theirs in listings(was):
        wanted = [roots(was, *item) for item in theirs.items]
        for ours in listings(now):
            found = [roots(now, *item) for item in ours.items]
            if found == wanted or sorted(found) != sorted(wanted) or len({*found}) < len(found):
                continue
            items = [now[slice(*ours.items[found.index(one)])] for one in wanted]
            yield [*now[: ours.start], *written(items, now, ours), *now[ours.end :]]


def roots(found: Part, start: int, end: int) -> tuple[str, ...]:
    return tuple(stemmed(word.same) for word in found[start:end])


def written(items: Sequence[Part], now: Part, ours: Listing) -> Iterator[Word]:
    """The items with the marks and the conjunction of the list that they are of."""
    for part, (start, end) in zip(items, ours.items, strict=True):
        yield from [part[0]._replace(before=now[start].before), *part[1:]]
        if end < ours.end and now[end].same in {"and", "or"}:
            yield now[end]


def listings(found: Part) -> Iterator[Listing]:
    """The lists of three items and more in a sentence, each for every place at which its first item may begin and its last may end. None whose
    items are acts, count or deny."""
    for link in range(3, len(found) - 1):
        if found[link].same not in {"and", "or"}:
            continue
        marks = [link]
        while (
            mark := next(
                (at for at in range(marks[0] - 1, max(marks[0] - ITEM - 2, 0), -1) if found[at].before.strip("-")), 0
            )
        ) and (found[mark].before.strip() == ","):
            marks.insert(0, mark)
        if len(marks) < 2:
            continue
        middle = [(start, end) for start, end in pairwise(marks)]
        for start in range(marks[0] - 1, max(marks[0] - ITEM - 1, -1), -1):
            for end in range(link + 2, min(link + 2 + ITEM, len(found) + 1)):
                items = ((start, marks[0]), *middle, (link + 1, end))
                if all(plain(found, *item) for item in items):
                    yield Listing(start, end, items)


def plain(found: Part, start: int, end: int) -> bool:
    """Whether words are an item of a list of things."""
    part = found[start:end]
    if not part or any(word.before.strip("-") for word in part[1:]) or part[0].same in lexicon.IMPERATIVES:
        return False
    return not any(word.same in CLAUSE | FOCUS | {"and", "or", "then"} or weighs([word], 0) for word in part)


OPENING = frozenset("you we they it do this there".split())  # noqa: SIM905
"""Words with which a clause begins, and no thing."""


def behind_list(found: Part, cut: int) -> int:
    """Where a clause ends whose first comma is one of a list: "if you have asthma, gout or an ulcer, tell us". 0 where that comma ends it."""
    link = next((at for at in range(cut + 1, min(len(found), cut + 3 * ITEM)) if found[at].same in {"and", "or"}), 0)
    if not link:
        return 0
    end = next((at for at in range(link + 2, len(found)) if found[at].before.strip("-")), len(found))
    parts = [at for at in range(cut, min(end, len(found) - 1)) if found[at].before.strip("-") or at - 1 == link]
    own = any(found[at].same in lexicon.IMPERATIVES | OPENING | JOINING for at in parts)
    return 0 if own or (end < len(found) and found[end].same in JOINING) else end
