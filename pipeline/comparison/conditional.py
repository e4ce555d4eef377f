"""A condition that a translation tells by another wording: *hễ … thì*, *en cas de*, a noun, a verb that opens a German sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.text.languages import tables_of
from pipeline.text.languages.table import Language
from pipeline.text.statements import BREAKS, Statement
from pipeline.text.tokens import Token
from pipeline.text.wordings import says


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


def headed(english: Statement, translation: Statement) -> bool:
    """Whether a translation has a heading that the English has not, and so may tell its condition there: *allergie : …*, *выпал катетер — …*."""
    ours, theirs = (
        [at for at, token in enumerate(said.tokens) if token.text in HEADING] for said in (english, translation)
    )
    if len(theirs) <= len(ours) or not 0 < theirs[0] <= HEAD:
        return False
    ordered = {act for act, places in english.values("act").items() if not english.conditional.issuperset(places)}
    told = {act for act, places in translation.values("act").items() if min(places) < theirs[0]}
    return ordered.isdisjoint(told) and all(at > theirs[0] for at in translation.negations)


HEADING, HEAD = frozenset(":—–→|-"), 12
"""Signs that end a heading, and how many words it has at most."""


def contained(english: Statement, translation: Statement) -> bool:
    """Whether all that an English condition names stands in the translation, or what may stand for it: *if the wound bleeds*, *une plaie qui saigne*."""
    meant = {
        (slot, value)
        for slot in NAMED
        for value, places in english.values(slot).items()
        if value != "self" and not english.conditional.isdisjoint(places)
    }
    told = [one for slot, one in meant if one in translation.values(slot) or translation.excused(slot, one)]
    return bool(meant) and len(told) == len(meant)


NAMED = ("act", "body", "finding", "symptom", "part", "object", "food", "remedy", "who", "person")
"""The slots of what a condition names."""
BEING = frozenset(["are", "have", "become", "get"])
SHORT = 5
"""Words of a condition that may be told by a noun, at most."""


def conditioned(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether *if* is told by another wording: *hễ … thì*, *होते ही*, *en cas de*, a verb that opens a German sentence."""
    theirs = translation.tokens
    if says(theirs, language, "conditional"):
        return True
    if says(theirs, language, "as-soon") and SOON.isdisjoint(token.text for token in english.tokens):
        return True
    if language.code == "ar" and any(
        token.text in IN and (not at or theirs[at - 1].text in BREAKS) for at, token in enumerate(theirs)
    ):
        return True
    return language.knows("clause-comma") and inverted(theirs)


SOON = frozenset(["soon", "once", "when", "whenever"])
"""English words that what says *as soon as* elsewhere may stand for."""
IN = frozenset(["ان", "وان", "فان"])
"""Arabic *in*, if, written as *an*, that, is; which opens no clause that nothing stands before."""


def during(value: str, translation: Statement, language: Language) -> bool:
    """Whether *while* is told by how long something lasts: *طوال فترة العلاج*."""
    return value == "while" and says(translation.tokens, language, "during")


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
