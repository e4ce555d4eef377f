"""What carries a *no*, a bound or a condition in a translation that has no word for it: *do not … for 72 hours* as *only after three days*.

Where something seems to be lost, or brought in, it is asked here whether the two texts have wordings (`text/wordings`) that may well say the
same. Each answers only an English one of its own kind, so that a *no* that is simply gone is carried by nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.comparison.implied import firmly, implied, looked_for, own, starved, staying, troubled
from pipeline.comparison.reach import reached, said
from pipeline.text.languages import Language, tables_of
from pipeline.text.statements import WITHOUT, Statement, denies, flatly
from pipeline.text.tokens import Token
from pipeline.text.wordings import says

ANSWERING = (
    ("untroubled", ("untroubled",)),
    ("alone", ("alone",)),
    ("together", ("together",)),
    ("faulty", ("faulty",)),
    ("lasting", ("lasting",)),
    ("reuse", ("single-use",)),
    ("uncovered", ("covered",)),
)
"""English wordings with a *no*, and those of a translation that say the same without one: *nothing to worry about*, *unbedenklich*."""


def denials(english: Statement, translation: Statement, language: Language) -> int:
    """How many *no*s of an English sentence a translation carries by wordings without one."""
    if not language.wordings or len(english.tokens) > LONG:
        return 0
    ours, theirs, source = english.tokens, translation.tokens, tables_of("en")
    found = [says(ours, source, row) and says(theirs, language, *rows) for row, rows in ANSWERING]
    return (
        sum(found)
        + limited(english, translation, language) * (1 + any(token.text == "without" for token in ours))
        + unneeded(english, translation, language)
        + prompt(english, translation, language)
        + reachless(english, translation, language)
        + lapsed(english, translation, language)
        + replaced(english, translation, language)
        + shunned(english, translation, language)
        + troubled(english, translation, language)
        + own(english, translation, language)
        + starved(english, translation)
    )


def shunned(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what is to be avoided, or not to be done, is told by a verb that holds a *no*, wherever it stands: *verzichten auf*,
    *отказываться*. One that says *not* by the tables answers already."""
    told = {
        at + place
        for at, token in enumerate(translation.tokens)
        if denies(token)
        for place in range(max(length for sense, length in token.senses if sense == NOT))
    }
    theirs = [token for at, token in enumerate(translation.tokens) if at not in told]
    if says(english.tokens, tables_of("en"), "away-from"):
        return False
    return says(theirs, language, "shun") and not any(
        token.text in SHUNNED for token in english.tokens if not denies(token)
    )


SHUNNED = frozenset(
    "prevent prevents preventing protect refuse refused banned forbidden prohibited contraindicated refrain abstain skip stop exclude excluded ban bans prohibition".split()  # noqa: SIM905
)
"""English words beside a *no* that such a verb may answer."""


LONG = 45
"""Words of a sentence, at most, in which a wording surely stands for what is missing."""


def replaced(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether *do not come; ring us instead* is told as *ring us instead of coming*."""
    ours = [token.text for token in english.tokens]
    if not flatly(english) or "instead" not in ours or ("instead", "of") in pairwise(ours):
        return False
    return says(translation.tokens, language, "instead")


def lapsed(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether the *no* of a condition is told by a word for what is amiss: *if it will not move* as *wenn er klemmt*."""
    inside = any(at in english.conditional for at in english.negations)
    return inside and says(translation.tokens, language, "adverse", "lasting", "faulty")


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


def unneeded(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what need not be done is told by what may be: *there is no need to fast* as *you may eat before it*."""
    ours, theirs = english.tokens, translation.tokens
    if not says(ours, tables_of("en"), "needless") or not says(theirs, language, "optional"):
        return False
    return "must" not in translation.values("modal") and not says(theirs, language, "needing")


def prompt(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what is to be done without hesitation or delay is told to be done at once or at any time."""
    if "wait" in translation.values("act") or not says(english.tokens, tables_of("en"), "unhesitating"):
        return False
    return says(translation.tokens, language, "promptly")


def reachless(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what must not lie where somebody reaches it is to be kept out of reach."""
    return says(english.tokens, tables_of("en"), "within-reach") and says(translation.tokens, language, "away")


def additions(english: Statement, translation: Statement, language: Language) -> int:
    """How many *no*s of a translation an English sentence has by wordings without one: *apart from swimming*, *check for stones*,
    *up to three* (*no more than three*)."""
    if not language.wordings:
        return 0
    ours, theirs, source = english.tokens, translation.tokens, tables_of("en")
    without = any(token.text in WITHOUT and denies(token) for token in theirs)
    found = [
        capped(english, translation, language),
        says(ours, source, "freely") and says(theirs, language, "freely"),
        says(ours, source, "aside"),
        looked_for(english, translation, language),
        implied(english, translation, language),
        firmly(english, translation, language),
        staying(english, translation, language),
        without and says(ours, source, "taking-off"),
        says(ours, source, "prevented"),
        first(english, translation, language),
        says(ours, source, "otherwise") and says(theirs, language, "otherwise"),
    ]
    return sum(found)


def first(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what is to be done before an act is told as that act forbidden before it: *call us before you stop* as *do not stop without
    calling us*."""
    ours, theirs = english.tokens, translation.tokens
    at = next((at for at, token in enumerate(ours) if token.text == "before"), len(ours))
    later = frozenset().union(*map(said, ours[at + 1 :]))
    barred = frozenset().union(*(said(theirs[place]) for place in reached(theirs, language)))
    if not barred or not barred <= later:
        return False
    return any(token.has(BEFORE) or token.text in WITHOUT for token in theirs)


BEFORE, NOT = ("says", "before"), ("says", "not")


def shielded(english: Statement) -> bool:
    """Whether an English sentence says to keep something away from something, which it may well be said not to touch."""
    return says(english.tokens, tables_of("en"), "away-from")


def capped(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether *at most* is told as what must not be exceeded."""
    bounds = english.values("bound")
    if not ({"at-most", "under"} & bounds.keys() or says(english.tokens, tables_of("en"), "limiting")):
        return False
    return says(translation.tokens, language, "exceeding")


def bounded(translation: Statement, language: Language, *, floor: bool) -> bool:
    """Whether a bound of an English sentence that no word of a translation says is told by a wording there."""
    return says(translation.tokens, language, *(("least", "earliest") if floor else ("most", "exceeding")))


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


def described(value: str, english: Statement, translation: Statement) -> bool:
    """Whether a short condition is told by a noun: *if you are pregnant* as *in pregnancy*. All that it says of persons and what they have
    stands in the translation."""
    being = any(token.text == "you" and then.text in BEING for token, then in pairwise(english.tokens))
    if len(english.conditional) > SHORT or not (being or value == "while"):
        return False
    meant = {
        (slot, one)
        for slot in ("who", "finding", "symptom", "person")
        for one, places in english.values(slot).items()
        if not english.conditional.isdisjoint(places)
    }
    return bool(meant) and all(one in translation.values(slot) for slot, one in meant)


BEING = frozenset(["are", "have", "become", "get"])
SHORT = 5
"""Words of a condition that may be told by a noun, at most."""


def conditioned(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether *if* is told by another wording: *hễ … thì*, *होते ही*, *en cas de*, a verb that opens a German sentence."""
    theirs = translation.tokens
    if says(theirs, language, "conditional"):
        return True
    return language.knows("clause-comma") and inverted(theirs)


def untroubled(english: Statement) -> bool:
    """Whether the *if* of a sentence is that of *do not be surprised if*."""
    return says(english.tokens, tables_of("en"), "untroubled")


def inverted(tokens: Sequence[Token]) -> bool:
    """Whether a German sentence begins with a clause whose verb stands first: *ist die Nadel verbogen, …*."""
    if (
        len(tokens) < CLAUSE
        or not tokens[0].text.endswith(("t", "en", "te"))
        or tokens[1].text in {"sie", "bitte", "nicht"}
    ):
        return False
    comma = next((at for at, token in enumerate(tokens) if token.text == ","), len(tokens))
    return comma >= CLAUSE - 2 and any(
        token.text in {"sie", "so", "dann", "bitte"} for token in tokens[comma + 1 : comma + 4]
    )


CLAUSE = 6


def excepted(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what is to be left as it is unless something happens is told as what is to be changed only then."""
    if says(english.tokens, tables_of("en"), "only"):
        return False
    return says(translation.tokens, language, "only", "earliest")


def anyway(value: str, english: Statement, translation: Statement, language: Language) -> bool:
    """Whether a value that no word of a translation says is told otherwise: *each time* as *always*, a child by its age."""
    ours, theirs, source = english.tokens, translation.tokens, tables_of("en")
    if value == "now":
        return any(says(ours, source, row) and says(theirs, language, row) for row in ("right-before", "right-after"))
    if value == "dose":
        return says(ours, source, "each-time") and says(theirs, language, "always")
    if value in {"child", "adult", "baby"}:
        if under_age(ours):
            return any(token.sense("ordinal") or token.sense("number") or token.kind == "number" for token in theirs)
        return says(ours, source, "age") and any(token.sense("unit") == ("year", 1) for token in theirs)
    return False


def under_age(ours: Sequence[Token]) -> bool:
    """Whether English persons are told by their age in years, without these: *children under 16*."""
    return any(
        token.slot("who") and then.text in AGED and (number.kind == "number" or bool(number.sense("number")))
        for token, then, number in zip(ours, ours[1:], ours[2:], strict=False)
    )


AGED = frozenset("under over below above aged".split())  # noqa: SIM905


def finished(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether an *until* of a translation is that of *until the end*, of what the English says to finish."""
    return says(english.tokens, tables_of("en"), "to-the-end") and says(translation.tokens, language, "to-the-end")
