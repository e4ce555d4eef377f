"""A bound, a wait or an order that a translation tells by other wordings: *do not … for 72 hours* as *only after three days*."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.text.languages import tables_of
from pipeline.text.languages.table import Language
from pipeline.text.statements import WITHOUT, Statement, bounds, denies, flatly
from pipeline.text.tokens import Token
from pipeline.text.wordings import says


def limited(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether a ban is told by its limit: *do not drive for two days* as *drive again after two days at the earliest*, *not without
    asking* as *only after asking*. What is done *only within* the time is no ban at all."""
    ours, theirs, source = clauses_with_no(english), translation.tokens, tables_of("en")
    if ahead(translation, language):
        return False
    only = says(theirs, language, "only") and not says(ours, source, "only")
    if says(ours, source, "age") and says(theirs, language, "least", "earliest"):
        return not translation.values("bound").get("under")
    if says(theirs, language, "inside"):
        return False
    if "wait" not in english.values("act") and says(ours, source, "limit"):
        return says(theirs, language, "earliest", "waiting") or (only and says(theirs, language, "onward"))
    if any(token.text == "until" for token in ours) and allowed_then(translation, language):
        return True
    if only and says(ours, source, "permission") and asked_alike(english, translation, language):
        without = any(token.text in WITHOUT and denies(token) for token in theirs)
        return not without and "empty" not in translation.values("meal")
    return False


def ahead(translation: Statement, language: Language) -> bool:
    """Whether a translation tells flatly of what goes before something, and neither of waiting nor of what comes after: *only before you
    sleep*."""
    tokens = translation.tokens
    if translation.negations or "wait" in translation.values("act") or not any(token.has(BEFORE) for token in tokens):
        return False
    return not any(token.has(AFTER) for token in tokens) and not says(tokens, language, "onward", "waiting")


def asked_alike(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether one of those whom an English sentence names stands in the translation too, or it names nobody."""
    named = [value for value in english.values("who") if language.knows("who", value)]
    return not named or any(value in translation.values("who") or translation.excused("who", value) for value in named)


def allowed_then(translation: Statement, language: Language) -> bool:
    """Whether a translation says from when something may be done: *you may, once …*; not *while*."""
    if "may" not in translation.values("modal") or "while" in translation.values("condition"):
        return False
    return "when" in translation.values("condition") or says(translation.tokens, language, "onward")


def clauses_with_no(said: Statement) -> Sequence[Token]:
    """The parts of a sentence, between semicolons and colons, that say no."""
    found: list[Token] = []
    start, tokens = 0, said.tokens
    for end in [*(at for at, token in enumerate(tokens) if token.text in PARTING), len(tokens)]:
        if any(map(denies, tokens[start:end])):
            found += tokens[start:end]
        start = end
    return found


PARTING = frozenset(";:")
BEFORE = ("says", "before")


def capped(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether *at most* is told as what must not be exceeded."""
    bounds = english.values("bound")
    if not ({"at-most", "under"} & bounds.keys() or says(english.tokens, tables_of("en"), "limiting")):
        return False
    return says(translation.tokens, language, "exceeding")


def confined(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what must not be *more than* so much is told as so much at most, or as that to which it is limited."""
    ours = [bound for bound in bounds(english) if not bound.floor]
    if not (ours and flatly(english) and english.values("bound").get("over")):
        return False
    return not any(bound.floor for bound in bounds(translation)) and says(
        translation.tokens, language, "most", "confining"
    )


def bounded_ahead(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether *at least so long before* is told as *so long before at the latest*."""
    return (
        says(english.tokens, tables_of("en"), "ahead")
        and says(translation.tokens, language, "latest")
        and any(token.has(BEFORE) for token in translation.tokens)
    )


def bounded(english: Statement, translation: Statement, language: Language, *, floor: bool) -> bool:
    """Whether a bound of an English sentence that no word of a translation says is told by a wording there: *at least a week ahead* by *at the
    latest*."""
    if floor and says(english.tokens, tables_of("en"), "ahead") and says(translation.tokens, language, "latest"):
        return True
    return says(
        translation.tokens,
        language,
        *(("least", "earliest") if floor else ("most", "exceeding", "confining", "not-yet")),
    )


def awaited(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether *until* is told by what may be done only then: *erst wenn*, *rồi mới*; not where that is still forbidden."""
    ours, theirs = english.tokens, translation.tokens
    if english.negations and len(translation.negations) >= len(english.negations):
        return False
    if says(theirs, language, "earliest"):
        return not ahead(translation, language)
    if "wait" in english.values("act") and any(token.text == "before" for token in ours):
        return any(token.has(AFTER) for token in theirs)
    return says(theirs, language, "only") and says(theirs, language, "onward") and not says(theirs, language, "inside")


AFTER = ("says", "after")


def parted(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether a time to be left before something is told as that after which alone it may be: *leave two hours before tea* as *tea only
    two hours later*."""
    if says(english.tokens, tables_of("en"), "passing"):
        return True
    if "until" in english.values("condition") and "wait" in english.values("act"):
        return True  # wait until he allows it before you drive: drive after he allows it
    if "wait" in translation.values("act") or not says(english.tokens, tables_of("en"), "gap"):
        return False
    return says(translation.tokens, language, "only", "earliest")


def behind(one: str, english: Statement, translation: Statement, language: Language) -> bool:
    """Whether *before* and *after* tell one order, since they are said of the other act each: *rest before trying again*, *try again after
    a rest*. What stands at the *after* is what stands before the *before*, and nothing of what that is said of."""
    mine, yours = (("says", concept) for concept in ((one, "after") if one == "before" else (one, "before")))
    ours, theirs = english.tokens, translation.tokens
    here, there = (
        [at for at, token in enumerate(tokens) if token.has(sense)] for tokens, sense in ((ours, mine), (theirs, yours))
    )
    if len(here) != 1 or len(there) != 1:
        return False
    led, said_of = done(ours[max(here[0] - NEAR, 0) : here[0]]), done(ours[here[0] + 1 : here[0] + NEAR])
    start = there[0]
    beside = theirs[max(start - NEXT, 0) : start] if language.free_order else theirs[start + 1 : start + NEXT - 1]
    told = done(beside)
    return bool(told & led - said_of) and not told & said_of


def done(tokens: Sequence[Token]) -> set[tuple[str, str]]:
    """The acts and things that some words name."""
    return {sense for token in tokens for sense, _ in token.slots if sense.kind in NAMED}


NAMED = frozenset("act food object mealtime part body".split())  # noqa: SIM905
NEAR, NEXT = 8, 4
"""How many words before and behind a *before* are read, and at its answer."""


def ended(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether *until it is all gone* is told as *to the end*."""
    return says(english.tokens, tables_of("en"), "until-gone") and says(translation.tokens, language, "to-the-end")


def finished(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether an *until* of a translation is that of *until the end*, of what the English says to finish."""
    return says(english.tokens, tables_of("en"), "to-the-end") and says(translation.tokens, language, "to-the-end")


def vague(tokens: Sequence[Token]) -> bool:
    """Whether an English sentence says *within* of some time that has no number: *within weeks*, *within a few days*."""
    return any(
        token.text == "within"
        and any(one.text in LONG for one in tokens[at + 1 : at + NEXT])
        and not any(one.kind == "number" or one.sense("number") for one in tokens[at + 1 : at + NEXT])
        for at, token in enumerate(tokens)
    )


LONG = frozenset("hours days weeks months years".split())  # noqa: SIM905
"""English words for times of which there are several."""
