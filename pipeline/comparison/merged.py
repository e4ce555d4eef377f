"""Two *no*s of an English sentence that one says in a translation: *avoid touching your face and avoid contact* as *avoid touching … and contact*."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.text.languages.table import Language
from pipeline.text.listing import COMMAS
from pipeline.text.statements import BREAKS, JOINED, denies
from pipeline.text.tokens import Token


def merged(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> int:
    """How many *no*s of an English sentence a translation may say by another one of it."""
    return again(ours, theirs, language) + stated(ours, theirs, language)


def again(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> int:
    """How often an English sentence says anew to avoid a thing, which one word may say of both: nothing that is done stands behind the *and*
    of its translation. A language of which no word for *and* is known is not asked for it."""
    shunned = [after for before, after in pairwise(ours) if before.text == "avoid"]
    more = sum(not after.text.endswith("ing") for after in shunned[1:])
    if not more or not any(map(denies, theirs)):
        return 0
    if language.free_order:
        return more if any(map(denies, closing(theirs))) else 0
    return more if not language.knows("join") or reaching(theirs) else 0


def closing(tokens: Sequence[Token]) -> Sequence[Token]:
    """The last words of a sentence, where a language has the verb of all that stands before."""
    return [token for token in tokens if token.kind == "word"][-2:]


def reaching(tokens: Sequence[Token]) -> bool:
    """Whether behind a *no* and an *and* in its clause nothing that is done follows."""
    over = False
    for at, token in enumerate(tokens):
        if token.text in BREAKS - COMMAS:
            over = False
        elif token.senses and denies(token):
            over = True
        elif over and token.slot("join") in JOINED:
            return not any(one.slot("act") for one in tokens[at + 1 : at + 3])
    return False


def stated(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> int:
    """How often an English sentence says again of something that it *is not*, where a language has its verb at the end: one *are not* says it of
    all."""
    if language.code not in VERB_LAST:
        return 0
    nots = sum(before.text in BEING and token.text == "not" for before, token in pairwise(ours))
    if nots <= 1 or not any(token.slot("join") in JOINED for token in ours):
        return 0
    return nots - 1 if any(map(denies, closing(theirs))) else 0


BEING = frozenset(["is", "are", "was", "were"])
VERB_LAST = frozenset(["fa", "ur", "hi", "ko"])
"""Languages whose verb stands last, with its *no*."""
