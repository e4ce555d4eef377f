"""What carries a *no*, a bound or a condition in a translation that has no word for it: *do not … for 72 hours* as *only after three days*.

Where something seems to be lost, or brought in, it is asked here whether the two texts have wordings (`text/wordings`) that may well say the
same. Each answers only an English one of its own kind, so that a *no* that is simply gone is carried by nothing.
"""

from __future__ import annotations

from pipeline.text.languages import Language, tables_of
from pipeline.text.statements import WITHOUT, Statement, denies
from pipeline.text.wordings import says

ANSWERING = (
    ("untroubled", ("untroubled",)),
    ("alone", ("alone",)),
    ("together", ("together",)),
    ("faulty", ("faulty",)),
    ("lasting", ("lasting",)),
)
"""English wordings with a *no*, and those of a translation that say the same without one: *nothing to worry about*, *unbedenklich*."""


def denials(english: Statement, translation: Statement, language: Language) -> int:
    """How many *no*s of an English sentence a translation carries by wordings without one."""
    if not language.wordings:
        return 0
    ours, theirs, source = english.tokens, translation.tokens, tables_of("en")
    found = [says(ours, source, row) and says(theirs, language, *rows) for row, rows in ANSWERING]
    return (
        sum(found)
        + limited(english, translation, language) * (1 + any(token.text == "without" for token in ours))
        + unneeded(english, translation, language)
        + prompt(english, translation, language)
        + reachless(english, translation, language)
    )


def limited(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether a ban is told by its limit: *do not drive for two days* as *drive again after two days at the earliest*, *not without
    asking* as *only after asking*. What is done *only within* the time is no ban at all."""
    ours, theirs, source = english.tokens, translation.tokens, tables_of("en")
    only = says(theirs, language, "only") and not says(ours, source, "only")
    if only and says(ours, source, "age"):
        return says(theirs, language, "least") and not translation.values("bound").get("under")
    if says(theirs, language, "inside"):
        return False
    if "wait" not in english.values("act") and says(ours, source, "limit"):
        return says(theirs, language, "earliest", "waiting") or (only and says(theirs, language, "onward"))
    if only and says(ours, source, "permission"):
        return not any(token.text in WITHOUT and denies(token) for token in theirs)
    return False


def unneeded(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what need not be done is told by what may be: *there is no need to fast* as *you may eat before it*."""
    ours, theirs = english.tokens, translation.tokens
    if not says(ours, tables_of("en"), "needless") or not says(theirs, language, "optional", "needless"):
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
        says(ours, source, "looking"),
        without and says(ours, source, "taking-off"),
    ]
    return sum(found)


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
        return True
    if "wait" in english.values("act") and any(token.text == "before" for token in ours):
        return any(token.has(AFTER) for token in theirs)
    return says(theirs, language, "only") and says(theirs, language, "onward") and not says(theirs, language, "inside")


AFTER = ("says", "after")


def finished(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether an *until* of a translation is that of *until the end*, of what the English says to finish."""
    return says(english.tokens, tables_of("en"), "to-the-end") and says(translation.tokens, language, "to-the-end")
