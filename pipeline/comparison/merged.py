"""Two *no*s of an English sentence that one says in a translation: *avoid touching your face and avoid contact* as *avoid touching … and contact*."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.text.languages.table import Language
from pipeline.text.listing import COMMAS
from pipeline.text.statements import BREAKS, JOINED, denies
from pipeline.text.tokens import Token
from pipeline.text.wordings import spans


def merged(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> int:
    """How many *no*s of an English sentence a translation may say by another one of it."""
    return again(ours, theirs, language) + stated(ours, theirs, language)


def again(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> int:
    """How often an English sentence says anew to avoid a thing, which one word at the end may say of both."""
    shunned = [after for before, after in pairwise(ours) if before.text == "avoid"]
    more = sum(not after.text.endswith("ing") for after in shunned[1:])
    if not more or not any(map(denies, theirs)) or does_else(ours, theirs):
        return 0
    if language.free_order:
        return more if any(map(denies, closing(theirs))) else 0
    last = max(at for at, token in enumerate(ours) if token.text == "avoid")
    return more if reaching(theirs, {value for token in ours[last:] for (_, value), _ in token.slots}) else 0


def reaching(tokens: Sequence[Token], shunned: set[str]) -> bool:
    """Whether what follows a *no* and an *and* in its clause is what the English avoids in the second place, with at most an article before it."""
    over = False
    for at, token in enumerate(tokens):
        if token.text in BREAKS - COMMAS:
            over = False
        elif token.senses and denies(token):
            over = True
        elif over and token.slot("join") in JOINED:
            for one in tokens[at : at + 3]:
                if not shunned.isdisjoint(value for (_, value), _ in one.slots):
                    return True
                if one is not token and len(one.text) > ARTICLE:
                    return False
            return False
    return False


ARTICLE = 3
"""Letters of an article, at most."""


def does_else(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether a translation says that something is done of which its English says nothing: *take aspirin and avoid alcohol*."""
    said = {value for token in ours for (kind, value), _ in token.slots if kind in {"act", "act?"}}
    return any(
        kind in {"act", "act?"} and value not in said and value in TAKING
        for token in theirs
        for (kind, value), _ in token.slots
    )


TAKING = frozenset(["take", "drink", "eat", "use", "give", "apply", "inject", "smoke"])


def closing(tokens: Sequence[Token]) -> Sequence[Token]:
    """The last words of a sentence, where a language has the verb of all that stands before."""
    return [token for token in tokens if token.kind == "word"][-2:]


def stated(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> int:
    """How often an English sentence says again of something that it *is not*, where a language has its verb at the end: one *are not* says it of
    all."""
    nots = sum(before.text in BEING and token.text == "not" for before, token in pairwise(ours))
    if nots <= 1 or not any(token.slot("join") in JOINED for token in ours):
        return 0
    if BEING_LAST not in language.wordings or len(spans(theirs, language, BEING_LAST)) > 1:
        return 0  # each is said to be, or not
    return nots - 1 if any(map(denies, closing(theirs))) else 0


BEING = frozenset(["is", "are", "was", "were"])
BEING_LAST = "being-last"
"""The row of what says that something is or is not, in languages whose verb stands last, with its *no*."""
