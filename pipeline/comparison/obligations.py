"""What a reader must, may and must not do: an obligation that one text says and the other weakens, adds or turns round."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.comparison.keeping import keeps
from pipeline.comparison.lost_values import ONLY, Difference, beside, said_by, wanting
from pipeline.comparison.unreached import alternatives
from pipeline.text.imperatives import orders
from pipeline.text.languages import tables_of
from pipeline.text.languages.table import Language, Sense
from pipeline.text.statements import OBLIGING, Statement, denies, flatly, forbidding
from pipeline.text.wordings import says


def weakened(one: Statement, other: Statement, language: Language) -> Iterator[Difference]:
    """A *must* that became a *may*: it is said less often, with nothing near that may stand for it, and *may* more often than
    the English has it or what may stand for it."""
    ours, theirs = one.values("modal"), other.values("modal")
    if "may" not in theirs or forbidding(one, OBLIGING, 3):
        return  # what one must not do, one cannot do
    free = len(set(one.excused("modal", "may")) - set(ours.get("may", ())))
    taken = len(set(other.excused("modal", "may")) - set(theirs["may"]))
    able = sum(token.text in ABLE for token in one.tokens)
    if len(theirs["may"]) <= len(ours.get("may", ())) + able + max(free - able - taken, 0):
        return
    if says(other.tokens, language, "earliest"):
        return  # it must be set to go on: once it is set, one may
    if all(ONLY in [sense for sense, _ in said_by(said)] for said in (one, other)):
        return  # you must only take it with food: you may only take it with food
    if not orders(one.tokens) and not beside(ours["must"], theirs["may"], one, other, language):
        return
    if language.knows("modal", "must") and wanting("modal", "must", one, other, language):
        yield Difference("modal", "must", "may")


def advised(one: Statement, other: Statement, language: Language) -> Iterator[Difference]:
    """A *should* of an instruction that became a *may*, with nothing that may stand for *should*."""
    ours, theirs = one.values("modal"), other.values("modal")
    if "may" not in theirs or "may" in ours or not OBLIGED.isdisjoint(theirs) or min(ours["should"]) == 0:
        return  # `Should you need help`
    if len(one.negations) != len(other.negations) or one.negations or not orders(one.tokens):
        return
    if set(one.excused("modal", "may")) - set(ours["should"]) or any(token.text in ABLE for token in one.tokens):
        return
    instead = {*other.excused("modal", "should"), *other.excused("modal", "must")} - set(theirs["may"])
    if (
        not instead
        and language.knows("modal", "should")
        and beside(ours["should"], theirs["may"], one, other, language)
    ):
        yield Difference("modal", "should", "may")


def recommended(one: Statement, other: Statement, language: Language) -> bool:
    """Whether what must be done is told as what is advised: *required* as *se recomienda*. Neither text says the other of the two."""
    if not language.wordings or one.negations or other.negations or "must" in other.values("modal"):
        return False
    if "must" not in one.values("modal") and not any(token.text in REQUIRED for token in one.tokens):
        return False
    source, theirs = tables_of("en"), other.tokens
    if not says(one.tokens, source, "obliging") or says(one.tokens, source, "recommending"):
        return False
    return says(theirs, language, "recommending") and not says(theirs, language, "needing")


REQUIRED = frozenset(["required", "mandatory", "compulsory", "obligatory"])
"""English words besides *must* that leave nobody a choice."""
ABLE = frozenset(["can't", "cannot", "couldn't", "able", "unable"])
"""English words that other languages say with what they have for *may*."""


def hurried(one: Statement, other: Statement, language: Language) -> bool:
    """Whether who must wait in English need not in a translation: nothing there says to wait, or may, nor a *no*, nor what comes only after."""
    if "wait" not in one.values("act") or "must" not in one.values("modal") or one.negations or other.negations:
        return False
    if not language.knows("act", "wait") or "wait" in other.values("act") or other.excused("act", "wait"):
        return False
    if "until" in other.values("condition") or any(token.has(AFTER) for token in other.tokens):
        return False
    return not says(other.tokens, language, "only", "earliest", "waiting", "onward")


AFTER = ("says", "after")


def obliged(one: Statement, other: Statement, language: Language) -> Iterator[Difference]:
    """A *you may* of an instruction that became a *must*, with nothing that may stand for *may*."""
    ours, theirs = one.values("modal"), other.values("modal")
    if not {"must", "should"}.isdisjoint(ours) or "may" in theirs or len(one.negations) != len(other.negations):
        return
    if not any(one.tokens[at - 1].text == "you" for at in ours["may"] if at) or not orders(one.tokens):
        return
    if language.knows("modal", "may") and set(other.excused("modal", "may")) <= set(theirs["must"]):
        yield Difference("modal", "may", "must")


def forbidden(one: Statement, other: Statement) -> bool:
    """Whether a sentence says no to what must be done, more often than the English says no to what must or may be done, or says
    it by words that hold a no in themselves."""
    if ONLY in [sense for sense, _ in said_by(one)]:
        return False  # `only … is needed` may be `no more … is needed than`
    if "stop" in one.values("act") and "stop" not in other.values("act"):
        return False  # stop smoking: do not smoke
    if keeps(one.tokens, other.tokens):
        return False  # keep it dry: do not wet it
    count = len(forbidding(other, OBLIGING, 2))
    if not count or len(other.negations) <= len(one.negations) or any(token.sense("other") for token in one.tokens):
        return False
    never = [at for at, token in enumerate(one.tokens) if token.text in NEVER and denies(token)]
    said = len({*forbidding(one, OBLIGING | {("modal", "may")}, 4), *never})
    return count > max(said, len(flatly(one))) + alternatives(one.tokens) + sum(
        DENYING in token.senses and not denies(token) for token in one.tokens
    )


OBLIGED = frozenset(["must", "should", "must-not"])
DENYING = (Sense("denies", "not"), 1)
NEVER = frozenset("never avoid no nobody none nor neither without nothing".split())  # noqa: SIM905
"""English words that say no to what is done without a verb beside them."""
