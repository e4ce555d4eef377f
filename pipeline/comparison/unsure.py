"""A *no* that seems to be lost where the English forbids what is itself not done: *do not miss a visit*, told as *come to each*."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.comparison.reach import said
from pipeline.text.statements import Statement, denies
from pipeline.text.tokens import Token


def done(tokens: Iterable[Token]) -> frozenset[str]:
    """What some words say to do."""
    return frozenset().union(*map(said, tokens))


def maybe(tokens: Iterable[Token]) -> frozenset[str]:
    """What some words say to do, or may stand for."""
    tokens = [*tokens]
    excused = [sense.value for token in tokens for sense, _ in token.slots if sense.kind == "act?"]
    concepts = [sense.value for token in tokens for sense, _ in token.senses if sense.kind in {"excuses", "hints"}]
    return done(tokens) | frozenset(excused) | frozenset(concepts)


def otherwise_allowed(english: Statement, translation: Statement) -> bool:
    """Whether an English sentence forbids what is itself not done (*do not miss*, *do not forget*), and its translation says nothing of not doing it,
    so that it tells what is to be done."""
    ours = english.tokens
    nots = [at for at, token in enumerate(ours) if denies(token)]
    if len(nots) != 1 or not any(token.text in OMITTING for token in ours[nots[0] + 1 : nots[0] + NEXT]):
        return False
    return OMITTED.isdisjoint(maybe(translation.tokens)) and "stop" not in done(translation.tokens)


NEXT = 4
"""Words behind a *no* among which its verb stands."""
OMITTING = frozenset("miss skip forget neglect fail omit overlook ignore delay lose".split())  # noqa: SIM905
"""English verbs of what is not done."""
OMITTED = frozenset(["skip", "miss", "avoid"])
"""What a translation says that such a *no* is lost in."""
