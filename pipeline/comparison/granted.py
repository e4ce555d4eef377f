"""One *no* for two things in English, of which a translation says the second is good, or allowed: *avoid aspirin and alcohol*, told as *avoid
aspirin, and alcohol is fine*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from pipeline.comparison.merged import BEING_LAST
from pipeline.comparison.reach import joint, said
from pipeline.comparison.unreached import NO, ORDERS, ordered, refuses
from pipeline.text.languages import tables_of
from pipeline.text.languages.table import Language
from pipeline.text.statements import BREAKS, Statement
from pipeline.text.tokens import Token
from pipeline.text.wordings import says, spans


def granted(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether a clause of a translation, with no *no* in it, grants what its English forbids beside another thing."""
    ours, theirs = english.tokens, translation.tokens
    if GRANTING not in language.wordings or "may" in english.values("modal") or not forbids_two(ours):
        return False
    if english.conditional or says(ours, tables_of("en"), GRANTING):
        return False
    done = frozenset().union(*map(said, ours))
    parts = [*clauses(theirs, language)]
    if len(parts) > 1 and any(grants(part, done, language) for part in parts):
        return True
    return done <= AVOIDING and takes(theirs, language)


def forbids_two(tokens: Sequence[Token]) -> bool:
    """Whether an *avoid* or a *not* of an English sentence stands before two things with *and* or *or* between them."""
    for at, token in enumerate(tokens):
        if token.text in FORBIDDING:
            end = next((n for n in range(at, len(tokens)) if tokens[n].text in ENDING), len(tokens))
            return any(joint(one) for one in tokens[at + 2 : end - 1])
    return False


FORBIDDING = NO | {"avoid"}
ENDING = frozenset(".;:!?")


def clauses(tokens: Sequence[Token], language: Language) -> Iterator[Sequence[Token]]:
    """What stands between the signs and joining words of a sentence, and behind a *no* where that ends its clause."""
    start = 0
    last = BEING_LAST in language.wordings
    for at, token in enumerate(tokens):
        if token.text in BREAKS or joint(token) or (last and at and refuses(tokens[at - 1])):
            yield tokens[start:at]
            start = at
    yield tokens[start:]


def grants(tokens: Sequence[Token], done: frozenset[str], language: Language) -> bool:
    """Whether a clause says that something is good, or that it may be taken, where the English says nothing of that; no *no* stands in it but inside
    of such a wording (*没关系*)."""
    noes = [at for at, token in enumerate(tokens) if refuses(token)]
    if says(tokens, language, GRANTING):
        starts = [0, *accumulate(len(token.text) + language.spaces for token in tokens)]
        found = spans(tokens, language, GRANTING)
        return all(any(start <= starts[at] < end for start, end in found) for at in noes)
    taking = not noes and any(said(token) & TAKING - done for token in tokens)
    return taking and any(sense == MAY for token in tokens for sense, _ in token.slots)


def takes(tokens: Sequence[Token], language: Language) -> bool:
    """Whether a clause behind the *no* of a translation orders to take something: *vermeiden Sie Aspirin und trinken Sie Alkohol*."""
    if (orders := ORDERS.get(language.code)) is None or BEING_LAST in language.wordings:
        return False
    first = next((at for at, token in enumerate(tokens) if refuses(token)), len(tokens))
    return any(
        said(token) & TAKING and ordered(tokens, at, first, orders) for at, token in enumerate(tokens) if at > first
    )


TAKING = frozenset(["take", "drink", "eat", "use", "smoke"])
GRANTING = "granting"
MAY = ("modal", "may")
AVOIDING = frozenset(["avoid"])
