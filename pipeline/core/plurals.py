"""Plural rules: the `Plural-Forms` of a catalog as the rule that it states, compared with others by what it picks from 0 to a million."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.core.expression import LIMIT, MAX_LENGTH, Expression, Shape, joined, read

HEADER = re.compile(r"\s*nplurals\s*=\s*0*([1-9])\s*;\s*plural\s*=([^;]*);?\s*\Z", re.A)
MAX_LOOKS = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that picks one of `count` forms."""

    count: int
    picks: Expression
    shape: Shape

    def form(self, number: int) -> int:
        """The form for a number."""
        return self.picks.of(number)


@lru_cache
def plural_rule(header: str) -> Rule | None:
    """The rule of a `Plural-Forms` header, None where it states none: it cannot be read, or picks a form that there is not."""
    found = HEADER.match(header) if len(header) <= MAX_LENGTH else None
    if found is None:
        return None
    try:
        picks = read(found[2])
        rule = Rule(int(found[1]), picks, joined(picks.shape()))
        picked = {rule.form(number) for number in looks(rule.shape)}
    except ValueError:
        return None
    return rule if picked <= set(range(rule.count)) else None


def looks(found: Shape) -> Iterator[int]:
    """The numbers that all others up to a million behave as: a whole period from each edge on. Raises ValueError where they
    are too many."""
    edges = sorted(edge for edge in found.edges | {0} if edge <= LIMIT)
    if len(edges) * found.period > MAX_LOOKS:
        raise ValueError("too much to look at")
    for edge, following in pairwise([*edges, LIMIT + 1]):
        yield from range(edge, min(edge + found.period, following))


@lru_cache
def cover(header: str, other: str, first: int = 0) -> tuple[frozenset[int], ...] | None:
    """For each form of one rule, the forms of another that stand for the same numbers from `first` on, none for a form that no number
    has. None where either is no rule, or too much would have to be looked at."""
    one, two = plural_rule(header), plural_rule(other)
    if one is None or two is None:
        return None
    found: list[set[int]] = [set() for _ in range(one.count)]
    try:
        for number in looks(joined(one.shape, two.shape, Shape(edges=frozenset([first])))):
            if number >= first:
                found[one.form(number)].add(two.form(number))
    except ValueError:
        return None
    return tuple(map(frozenset, found))


def refines(header: str, other: str) -> bool:
    """Whether a rule tells apart all numbers that another one does; in which order its forms are does not matter."""
    met = cover(header, other)
    return met is not None and all(len(forms) <= 1 for forms in met)


@lru_cache
def fitting(header: str, own: tuple[str, ...], count: int) -> str:
    """The rule that picks among `count` forms: the catalog's where it tells apart what a rule of the language does, else the
    language's that has so many forms, else the catalog's all the same; "" where none has so many. `own`: the language's."""
    stated = plural_rule(header)
    fits = stated is not None and stated.count == count
    if fits and any(refines(header, rule) for rule in own):
        return header
    ours = (rule for rule in own if (known := plural_rule(rule)) and known.count == count)
    return next(ours, header if fits else "")


def spread(strings: Sequence[str], own: str, header: str, first: int = 0) -> tuple[str, ...]:
    """Texts by one rule as another one asks for them; "" for a form that no single text is right for. `first`: the least number that
    is ever said in them; a form that none of those has may have any text."""
    every, said = cover(header, own) or (), cover(header, own, first) or ()
    return tuple(single(strings, forms) or single(strings, later) for forms, later in zip(every, said, strict=True))


def single(strings: Sequence[str], forms: frozenset[int]) -> str:
    """The text that some forms have in common, the last of all where there are none; "" where they have several."""
    texts = {strings[form] for form in forms} or {strings[-1]}
    return texts.pop() if len(texts) == 1 else ""


def completed(strings: tuple[str, ...], header: str, own: Sequence[str]) -> tuple[str, ...]:
    """The texts, each empty form in the words of a filled one that a simpler rule of the language has for its numbers too
    (Spanish millions are others), and of any where no number has it."""
    for rule in own:
        met = cover(header, rule)
        if all(strings) or met is None or len(met) != len(strings):
            continue
        filled = [(forms, text) for forms, text in zip(met, strings, strict=True) if text and len(forms) == 1]
        strings = tuple(
            text or next((words for there, words in filled if len(forms) <= 1 and forms <= there), "")
            for forms, text in zip(met, strings, strict=True)
        )
    return strings
