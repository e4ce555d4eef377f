"""How alike two texts are, and where two sequences differ. The one module that knows rapidfuzz."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from pipeline.core.model import Key

CUTOFF = 65.0
"""Least likeness (rapidfuzz ratio, 0–100) at which an old translation is offered; msgmerge and Babel use about 60."""
RARE_WORDS, CANDIDATES = 8, 48
NO_WORDS = frozenset[str]()


class Stretch(NamedTuple):
    """One stretch of a comparison: `old[start:end]` became `new[begin:finish]`; `same` where the two are equal."""

    same: bool
    start: int
    end: int
    begin: int
    finish: int


def ratio(one: Sequence[Hashable], other: Sequence[Hashable], cutoff: float = 0.0) -> float:
    """How alike two texts, or two lists of words, are: 0 to 100; 0 below `cutoff`."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(one, other, score_cutoff=cutoff))


def spans(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Stretch]:
    """The stretches of two sequences in order, by their longest common subsequence; what lies between is one stretch."""
    return iter(stretches(tuple(old), tuple(new)))


@lru_cache(4)
def stretches(old: tuple[Hashable, ...], new: tuple[Hashable, ...]) -> tuple[Stretch, ...]:
    """The same: two texts are compared a dozen times, word by word and by their roots."""
    return tuple(compared(old, new))


def compared(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Stretch]:
    """The stretches of two sequences, found anew."""
    from rapidfuzz.distance import Indel

    at = (0, 0)
    for block in Indel.opcodes(old, new):
        if block.tag != "equal":
            continue
        start, begin = block.src_start, block.dest_start
        if at != (start, begin):
            yield Stretch(False, at[0], start, at[1], begin)
        at = block.src_end, block.dest_end
        yield Stretch(True, start, at[0], begin, at[1])
    if at != (len(old), len(new)):
        yield Stretch(False, at[0], len(old), at[1], len(new))


def letters_apart(one: str, other: str) -> int:
    """How many letters two words are apart: each left out, put in, another, or changed places with its neighbour."""
    from rapidfuzz.distance import DamerauLevenshtein

    return int(DamerauLevenshtein.distance(one, other))


class Match(NamedTuple):
    """An old message that is like a new one, and how much (0–100)."""

    score: float
    new: Key
    old: Key


def similar(new: Iterable[Key], old: Iterable[Key]) -> tuple[Match, ...]:
    """Which old messages are like which new ones, best first; of equals, the earlier new one, then the old one by text.

    Only messages that share their rarest words are compared, so the cost grows with the messages, not their product.
    """
    place = {key: at for at, key in enumerate(dict.fromkeys(new))}
    wanted = {key.context: set[str]() for key in place}
    for key in place:
        wanted[key.context].update(tokens(key.msgid))
    index: dict[tuple[str | None, str], list[Key]] = defaultdict(list)
    for key in dict.fromkeys(old):
        for word in wanted.get(key.context, NO_WORDS).intersection(tokens(key.msgid)):
            index[key.context, word].append(key)
    found = [match for key in place for match in nearest(key, index)]
    return tuple(sorted(found, key=lambda match: (-match.score, place[match.new], match.old.msgid)))


def nearest(key: Key, index: Mapping[tuple[str | None, str], Sequence[Key]]) -> Iterator[Match]:
    """The old messages like `key` in its own context, among those that share its rarest words."""
    words = sorted(word for word in set(tokens(key.msgid)) if (key.context, word) in index)
    lists = sorted((index[key.context, word] for word in words), key=len)
    shared = Counter(chain.from_iterable(found[:500] for found in lists[:RARE_WORDS]))
    for old, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0].msgid))[:CANDIDATES]:
        score = ratio(key.msgid, old.msgid, CUTOFF)
        if score:
            yield Match(score, key, old)


def tokens(text: str) -> list[str]:
    """The words of a message for the index; a text without spaces counts by its three-letter pieces as well."""
    lower = text.lower()
    found = lower.split()
    return found if len(found) > 2 else [*found, *(lower[at : at + 3] for at in range(len(lower) - 2))]
