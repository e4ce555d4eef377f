"""What carries a *no* in a translation that has no word for it: *nothing to worry about* as *unbedenklich*.

Where something seems to be lost, or brought in, it is asked here whether the two texts have wordings (`text/wordings`) that may well say the
same. Each answers only an English one of its own kind, so that a *no* that is simply gone is carried by nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, pairwise, starmap

from pipeline.comparison.affirmed import affirmed, asked_first, kept, spared
from pipeline.comparison.implied import firmly, implied, looked_for, own, starved, staying, troubled
from pipeline.comparison.limits import BEFORE, capped, confined, limited
from pipeline.comparison.reach import reached, said
from pipeline.comparison.unsure import OMITTING
from pipeline.text.languages import tables_of
from pipeline.text.languages.table import Language
from pipeline.text.statements import WITHOUT, Statement, denies, flatly
from pipeline.text.tokens import Token
from pipeline.text.wordings import says, spans

ANSWERING = (
    ("untroubled", ("untroubled",)),
    ("alone", ("alone",)),
    ("together", ("together",)),
    ("faulty", ("faulty",)),
    ("lasting", ("lasting",)),
    ("reuse", ("single-use",)),
    ("uncovered", ("covered",)),
    ("unswallowed", ("spit",)),
    ("unbroken", ("intact",)),
    ("little", ("little",)),
    ("damaged", ("healthy",)),
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
        + asked_first(english, translation)
        + (says(ours, source, "no-longer") and says(theirs, language, "ceasing"))
        + (says(ours, source, "so-that-not") and says(theirs, language, "otherwise"))
        + sooner(english, translation)
        + unfailing(english, translation, language)
        + confined(english, translation, language)
        + kept(english, translation, language)
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
    if says(english.tokens, tables_of("en"), "away-from") or any(token.text in OMITTING for token in english.tokens):
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


def unneeded(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what need not be done is told by what may be: *there is no need to fast* as *you may eat before it*."""
    ours, theirs = english.tokens, translation.tokens
    if not says(ours, tables_of("en"), "needless"):
        return False
    if says(theirs, language, "needless"):
        return True
    if not says(theirs, language, "optional"):
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
        affirmed(english, translation),
        unhindered(english, translation, language),
        accompanied(english, translation, language),
        ceased(english, translation, language),
        "now" in english.values("urgency") and inside(theirs, language, "at-once"),
        inside(theirs, language, "less-part"),
        says(ours, source, "only") and says(theirs, language, "nothing-but"),
        upright(english, translation),
        soon(english) and inside(theirs, language, "not-yet"),
        *(inside(theirs, language, row) for row in FOREGONE if says(ours, source, row)),
        "only-if" in english.values("condition") and "unless" in translation.values("condition"),
        says(ours, source, "lowering") and says(theirs, language, "so-that-not"),
        says(ours, source, "left-behind") and says(theirs, language, "bringing-in"),
        going_on(english, translation),
        says(ours, source, "separate") and inside(theirs, language, "not-same"),
        says(ours, source, "otherwise") and says(theirs, language, "otherwise"),
    ]
    return sum(found)


def sooner(english: Statement, translation: Statement) -> bool:
    """Whether what is not to be waited for is told as what something is to be done before: *do not wait until it hurts before you ask*."""
    waits = "wait" in english.values("act") and bool(flatly(english))
    return waits and any(token.has(BEFORE) for token in translation.tokens) and "wait" not in translation.values("act")


def unfailing(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what is not to be skipped or forgotten is told as what is always to be done."""
    skipped = any(token.text in FAILING_TO for token in english.tokens) and bool(flatly(english))
    return (
        skipped
        and says(translation.tokens, language, "always")
        and not {"skip", "stop"} & translation.values("act").keys()
    )


FAILING_TO = frozenset(["skip", "miss", "forget", "omit"])


def going_on(english: Statement, translation: Statement) -> bool:
    """Whether what is to be gone on with is told as what is not to be stopped."""
    ours, theirs = english.values("act"), translation.values("act")
    if "continue" not in ours or "stop" in ours or "stop" not in theirs:
        return False
    return spared("continue", "stop", english, translation)


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


def unhindered(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what may be done is told as what nothing hinders: *you can go on breastfeeding* as *it does not keep you from it*."""
    allowed = "may" in english.values("modal") or any(token.text in ALLOWING for token in english.tokens)
    return allowed and says(translation.tokens, language, "unhindered")


ALLOWING = frozenset("safe safely fine ok okay allowed permitted free right able".split())  # noqa: SIM905
"""English words that let something be done."""


def accompanied(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether somebody who is to be there is told by *not alone*."""
    return says(english.tokens, tables_of("en"), "accompanied") and says(translation.tokens, language, "not-alone")


FOREGONE = (
    "keep-it",
    "remember",
    "unhurried",
    "rest",
    "early",
    "free",
    "harmless",
    "alone-only",
    "loosely",
    "enough",
)
"""Rows of English wordings, and of what a translation may tell of each by its contrary with a *no*: *keep it*, *do not throw it away*; *bring
all*, *do not forget any*; *slowly*, *do not hurry*."""


def upright(english: Statement, translation: Statement) -> bool:
    """Whether what is told of sitting or staying upright is told as not lying down."""
    ours, theirs = english.tokens, translation.tokens
    if any(token.has(LYING) for token in ours) or not any(token.text in UPRIGHT for token in ours):
        return False
    return any(
        token.has(LYING) and any(map(denies, theirs[max(at - NEAR, 0) : at + NEAR])) for at, token in enumerate(theirs)
    )


LYING, NEAR = ("says", "lie"), 3
UPRIGHT = frozenset(["upright", "sit", "sitting", "stand", "standing"])


def soon(english: Statement) -> bool:
    """Whether an English sentence says that something is so within a while, or less than so much: *before half an hour has passed*."""
    return any(token.has(WITHIN) or token.text == "less" for token in english.tokens) or bool(
        {"under", "at-most"} & english.values("bound").keys()
    )


WITHIN = ("says", "within")


def inside(tokens: Sequence[Token], language: Language, row: str) -> int:
    """How many *no*s of a sentence stand in the wordings of a row: *without any delay*."""
    gap = 1 if language.spaces else 0
    starts = accumulate((len(token.text) + gap for token in tokens), initial=0)
    places = [start for start, token in zip(starts, tokens, strict=False) if denies(token)]
    within = frozenset(chain.from_iterable(starmap(range, spans(tokens, language, row) if places else ())))
    return sum(place in within for place in places)


def ceased(english: Statement, translation: Statement, language: Language) -> int:
    """How many *no*s of a translation tell what is to be stopped as what must not be done any more: *stop drinking at ten* as *from ten on do not drink*. Not where
    the translation has a word for stopping, nor where it forbids anything else."""
    ours, theirs = english.tokens, translation.tokens
    at = next((at for at, token in enumerate(ours) if token.slot("act") == "stop" or token.has(STOP)), -1)
    if at < 0 or any(map(denies, ours[max(at - 4, 0) : at])):
        return 0
    if any(token.slot("act") == "stop" or token.has(STOP) for token in theirs):
        return 0
    stopped = frozenset().union(*map(said, ours[at + 1 : at + 5]))
    barred = frozenset().union(*(said(theirs[place]) for place in reached(theirs, language)))
    return len(translation.negations) if barred <= stopped else 0


STOP = ("says", "stop")


def shielded(english: Statement) -> bool:
    """Whether an English sentence says to keep something away from something, which it may well be said not to touch."""
    return says(english.tokens, tables_of("en"), "away-from")


def anyway(value: str, english: Statement, translation: Statement, language: Language) -> bool:
    """Whether a value that no word of a translation says is told otherwise: *each time* as *always*, a child by its age."""
    ours, theirs, source = english.tokens, translation.tokens, tables_of("en")
    if value == "night" and any(token.text in BED for token in ours):
        return any(sense in SLEEPING for token in theirs for sense, _ in token.senses)
    if value == "now":
        if says(theirs, language, "at-once"):
            return True
        return any(says(ours, source, row) and says(theirs, language, row) for row in ("right-before", "right-after"))
    if value == "dose":
        each = "every" in translation.values("frequency") or says(theirs, language, "always")
        return each and says(ours, source, "each-time")
    if value == "day" and says(ours, source, "same-each-day") and says(theirs, language, "same-hour"):
        return True
    if value in {"child", "adult", "baby"}:
        if under_age(ours):
            return any(
                token.kind == "number"
                or any(map(token.sense, ("ordinal", "number", "fraction")))
                or token.sense("unit") == ("year", 1)
                for token in theirs
            )
        return says(ours, source, "age") and any(token.sense("unit") == ("year", 1) for token in theirs)
    return False


def lasting(ours: Sequence[Token], at: int) -> bool:
    """Whether an English *an hour* is how long or how soon, and not what something is per: *within an hour*."""
    return at > 0 and ours[at].text in {"a", "an"} and ours[at - 1].text in SPANNING


SPANNING = frozenset(
    [
        "within",
        "in",
        "for",
        "after",
        "about",
        "over",
        "under",
        "than",
        "least",
        "half",
        "around",
        "nearly",
        "almost",
        "until",
        "till",
        "by",
        "before",
        "only",
    ]
)
"""English words before how long something is."""


def under_age(ours: Sequence[Token]) -> bool:
    """Whether English persons are told by their age in years, without these: *children under 16*."""
    return any(
        token.slot("who") and then.text in AGED and (number.kind == "number" or bool(number.sense("number")))
        for token, then, number in zip(ours, ours[1:], ours[2:], strict=False)
    )


BED = frozenset(["bedtime", "bed"])
SLEEPING = frozenset([("says", "sleep"), ("excuses", "sleep")])
"""What tells of the time at which one goes to bed."""
AGED = frozenset("under over below above aged".split())  # noqa: SIM905
NOT = ("says", "not")
