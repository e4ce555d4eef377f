"""Whether one of two sentences says no where the other does not, or says no to something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.checks.comparison import (
    CONTRARY,
    FLIPS,
    NONE,
    NOT,
    close,
    concepts,
    excuses,
    places,
    reach,
    unanswered,
    within,
)
from pipeline.comparison.carried import additions, denials
from pipeline.comparison.conditions import AFTER, EXCEPTIONS, spanned
from pipeline.comparison.implied import listed_no
from pipeline.comparison.keeping import AGAINST, keeps
from pipeline.comparison.limits import BEFORE, ahead
from pipeline.comparison.merged import merged
from pipeline.comparison.reach import overreaches, reached
from pipeline.comparison.reach import said as acts
from pipeline.comparison.unreached import fasts, whole
from pipeline.text import Language
from pipeline.text.languages import tables_of
from pipeline.text.quantities import read
from pipeline.text.spelling import normal
from pipeline.text.statements import WITHOUT, Statement, bounded, denies, flatly, forbids
from pipeline.text.tokens import Token, ends
from pipeline.text.wordings import says


def dropped(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether the English says no and its translation does not, or less often.

    Words that may stand for one (*prevent*, *until*, *un-*) make up for it, as far as they stand near where it is wanted and
    answer no such word of the English (*hasta* to *until*), nor another concept that it says (*suspenda* to *stop*). So do
    bounds and conditions that hold a no in themselves (*no more than*, *unless*). A flat *do not* is made up for by words alone
    that hold a no in themselves (*avoid*, *unable*), where the language has a table of these; there, no word makes up for any no by
    how it begins (*disponible* is no *dis-*).
    """
    ours, theirs = english.tokens, translation.tokens
    wanted, found = places(ours, NOT), places(theirs, NOT)
    both = "avoid" in english.values("act") and "avoid" in translation.values("act")
    if both and len(wanted) <= len(found) and shunning(ours, denied=False) >= shunning(theirs, denied=True) > 0:
        found = places([token for token in theirs if not shuns(token, denied=True)], NOT)
    if hesitating(english, translation, language):
        return True
    if len(wanted) <= len(found):
        return False
    excepted = sum(token.text.startswith(EXCEPTIONS) for token in ours)
    early = (
        ahead(translation, language) and "before" not in concepts(ours) and all(token.text != "ago" for token in ours)
    )
    if holding(translation) > holding(english) + excepted and not early:
        return False
    if len(wanted) == len(found) + 1 and (
        fed(ours, "fed", theirs, "empty")
        or turned(ours, theirs)
        or exclusive(english, theirs)
        or fasts(ours, theirs)
        or whole(ours, theirs)
        or onwards(english, translation, language)
    ):
        return False
    told = denials(english, translation, language) + contrary(ours, theirs) + merged(ours, theirs, language)
    told += max(mentioned(ours) - mentioned(theirs), 0) + echoed(ours, theirs)
    if len(wanted) - len(found) <= told:
        return False
    far = reach(ours, free=language.loose_order)
    if early and any(token.text == "until" for token in ours):
        ours = [token._replace(senses=()) if token.text == "until" else token for token in ours]
        theirs = [
            token._replace(senses=()) if token.has(BEFORE) or alone([token], language) else token for token in theirs
        ]
    instead, answered = excuses(theirs, "not", concepts(ours)), excuses(ours, "not", concepts(theirs))
    if language.knows("denies"):
        instead = instead._replace(hints=())
    else:
        answered = answered._replace(
            hints=()
        )  # an English *un-* that holds a no is `denying`: *image*, *under* are chance
    flat = [at / len(ours) for at in flatly(english)] if language.knows("denies") else ()
    said = sum(token.text in ECHOED for token in ours)
    for at in unanswered(wanted, found):
        denying = close(at, instead.denying, far)
        if denying > close(at, answered.denying, far) + said:
            continue
        near = within(at, instead, far)
        if at in flat or not near or near <= within(at, answered, far) + said:
            return True
    return False


def mentioned(tokens: Sequence[Token]) -> int:
    """How many *no*s of a sentence are named and not said: alone in quotation marks (*the value "none"*), or as the other answer (*Yes/No*).
    A *not* is said in quotation marks too: it is stressed."""
    return sum(
        denies(token)
        and token.text != "not"
        and (
            {tokens[at - 1].text, tokens[at + 1].text} <= QUOTED
            or (tokens[at - 1].text == "/" and tokens[at - 2].text == "yes")
        )
        for at, token in enumerate(tokens[:-1])
        if at
    )


QUOTED = frozenset("\"'“”„‘’«»‹›「」『』")


def echoed(ours: Sequence[Token], theirs: Sequence[Token]) -> int:
    """How many times a translation has the English *none* as it stands, which is then the name of something."""
    bare = sum(denies(token) and token.text == "none" for token in ours) - mentioned(ours)
    return min(max(bare, 0), sum(token.text == "none" and not denies(token) for token in theirs))


def hesitating(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what is to be done without hesitation is to be hesitated about: *dude en llamarnos*."""
    unhesitating = says(english.tokens, tables_of("en"), "unhesitating")
    if not unhesitating or any(no_word(token.text, language) for token in translation.tokens):
        return False
    return says(translation.tokens, language, "hesitating")


def no_word(text: str, language: Language) -> bool:
    """Whether a word alone says no, though a longer phrase hides it where it stands (*no dude*)."""
    return any(NOT in form.senses and len(form.words) == 1 for form in language.exact.get(text, ()))


def shunning(tokens: Sequence[Token], *, denied: bool) -> int:
    """How many words of a sentence say to avoid something, by a no or without one: *stay away from*, *jauhi*."""
    return sum(shuns(token, denied=denied) for token in tokens)


def shuns(token: Token, *, denied: bool) -> bool:
    """Whether a word says to avoid something, by a no or without one."""
    return bool(token.slots) and token.slot("act") == "avoid" and denies(token) is denied


ECHOED = frozenset(["otherwise", "else", "fast", "fasting", "stomach"])
"""English words that a translation says by what elsewhere stands for *if not* and *no food*: *Do not stop, otherwise …*."""


def onwards(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether *not … until* is told as *only after*, or as *wait … before*: *erst nach*, *ne … qu'après*, *attendez … avant de*. Not where
    it is the waiting that is forbidden: *do not wait until it gets worse*."""
    if "until" not in english.values("condition") or "wait" in english.values("act"):
        return False
    tokens, said = translation.tokens, concepts(translation.tokens)
    if "before" in said and "wait" in translation.values("act"):
        return True
    if "after" not in said or any(spanned(tokens, at) for at, token in enumerate(tokens) if token.has(AFTER)):
        return False  # only in the two hours after
    return says(tokens, language, "only", "earliest")


def exclusive(english: Statement, translation: Sequence[Token]) -> bool:
    """Whether *not … unless* is told as *only … if*: with an *only* that the English has not."""
    return (
        bool(english.values("condition").get("unless"))
        and "only" in concepts(translation)
        and "only" not in concepts(english.tokens)
        and not any(token.slot("condition") == "unless" for token in translation)
    )


def added(english: Statement, translation: Statement, language: Language, *, strict: bool) -> bool:
    """Whether a translation says no and its English does not, with no word that may stand for one, but those for a concept that
    the translation says as well: *stop* is no excuse for *do not stop*. `strict`: nor but those that stand near, and not by how they begin
    (*inject* is no *in-*)."""
    ours, theirs = english.tokens, translation.tokens
    if any(token.text == "whether" for token in ours):
        ours, theirs = unasked(ours, tables_of("en")), unasked(theirs, language)
    denied, answers = places(theirs, NOT), places(ours, NOT)
    if len(denied) <= len(answers) or holding(english) > holding(translation):
        return False
    if len(denied) - sum(wonders(theirs, at, language) for at in range(len(theirs))) <= len(answers):
        return False
    if len(denied) - len(answers) <= idle(ours, theirs, language):
        return False
    if strict and overreaches(ours, theirs, language):
        return True
    if strict and answers and without(ours, theirs, language):
        return True
    if answers and unneeded(ours, theirs, language):
        return True
    if len(denied) - len(answers) <= additions(english, translation, language):
        return False
    if len(denied) == len(answers) + 1 and (
        turned(ours, theirs) or either_way(ours) or fed(ours, "empty", theirs, "fed") or discarded(ours, theirs)
    ):
        return False
    if answers or keeps(ours, theirs) or (strict and repeated(ours, theirs, language)):
        return False
    meant = concepts(theirs)
    instead = excuses(
        ours,
        "not",
        meant if strict else meant & STOPPING,
        common=forbidden(ours, theirs, language) if strict else NONE,
        sure=strict,
    )
    if instead.denying and language.knows("denies"):
        return False
    if strict:
        free = language.loose_order
        far = max(CLOSE, CLOSE_WORDS / len(theirs)) if not free else reach(theirs, free=free)
        return not any(close(at, instead.words, far) for at in denied)
    return not instead.words and not instead.hints


def idle(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> int:
    """How many *no*s of a translation deny nothing, as one of its English: *not just*, beside an *only*; *no problem* and no more; *or not at all*,
    behind an *or*."""
    texts = [token.text for token in ours]
    if len(texts) <= FRAGMENT and any(pair in NOTHING_WRONG for pair in pairwise(texts)):
        return 1
    found = 0
    if any(one == "not" and other in JUST for one, other in pairwise(texts)):
        found += any(denies(one) and alone(theirs[max(at - 2, 0) : at + 4], language) for at, one in enumerate(theirs))
    if any(texts[at : at + 4] == ["or", "not", "at", "all"] for at in range(len(texts))):
        places_of = [at for at, token in enumerate(theirs) if token.slot("join") == "or"]
        found += any(denies(one) for at in places_of for one in theirs[at + 1 : at + 4])
    return found


FRAGMENT = 5
"""Words and signs of what is said by itself: *No problem!*"""
NOTHING_WRONG = frozenset([("no", "problem"), ("no", "problems"), ("no", "doubt"), ("no", "wonder")])
JUST = frozenset(["just", "only", "merely", "simply"])


def alone(tokens: Sequence[Token], language: Language) -> bool:
    """Whether some words say *only* or *simply*, or may."""
    return any(sense in ONLYS for token in tokens for sense, _ in token.senses) or says(
        tokens, language, "only", "merely"
    )


ONLYS = frozenset([("says", "only"), ("excuses", "only")])


def forbidden(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> frozenset[str]:
    """The words by which an English sentence says acts that a translation forbids: *wait* is no excuse for *do not wait*."""
    over = reached(theirs, language)
    shunned = frozenset().union(*(acts(theirs[at]) for at in over))
    return frozenset([token.text for token in ours if not shunned.isdisjoint(acts(token))]) if shunned else NONE


def unneeded(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether what must be, or is needed, need not be in a translation: *if you do need to travel*, told as *if you need not travel*."""
    needed = [at for at, token in enumerate(ours) if token.text in NEEDED]
    if not needed or says(ours, tables_of("en"), "needless") or any(token.text.startswith(UNNEEDED) for token in ours):
        return False
    if any(denies(token) for at in needed for token in ours[max(at - NEAR, 0) : at + NEAR]):
        return False
    return says(theirs, language, "needless")


NEEDED = frozenset("need needs needed must".split())  # noqa: SIM905
UNNEEDED = ("un", "non", "free", "without", "option", "instead", "rather", "enough", "longer")
"""How English words begin that another language may say by what need not be."""
NEAR = 3


def without(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether what must not be done *with* something must not be done without it: *do not take it without alcohol*."""
    texts = [token.text for token in ours]
    if texts.count("with") != 1 or not NOTS.isdisjoint(texts) or says(theirs, language, "with"):
        return False
    found = [at for at, token in enumerate(theirs) if denies(token) and token.text in WITHOUT]
    if len(found) != 1:
        return False
    done = frozenset().union(*map(acts, ours))
    return all(acts(token) <= done for token in theirs[found[0] + 1 : found[0] + SOON])


SOON = 8
"""Within how many words behind a *without* an act is what is not done: not to bed *with* makeup on, *sin quitárselo*."""
NOTS = frozenset("without before unless until if when".split())  # noqa: SIM905


def repeated(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether all that a translation forbids is the opposite of what both texts say is to be done: *sit up, do not lie down*."""
    over = reached(theirs, language)
    shunned = [done for at in over if (done := acts(theirs[at]))]
    done = frozenset().union(*map(acts, ours))
    against = frozenset().union(*(AGAINST.get(act, NONE) for act in done & frozenset().union(*map(acts, theirs))))
    return bool(shunned) and all(not one.isdisjoint(against) and one.isdisjoint(done) for one in shunned)


def fed(ours: Sequence[Token], here: str, theirs: Sequence[Token], there: str) -> bool:
    """Whether a no makes one of what both sentences say of food: not with food, without food."""
    return [{token.slot("meal") for token in tokens} - {""} for tokens in (ours, theirs)] == [{here}, {there}]


def discarded(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether what is to be thrown away is not to be used."""
    return (
        any(token.text in DISCARDING for token in ours)
        and any(token.slot("act") in USING for token in theirs)
        and not any(token.slot("act") in USING for token in ours)
    )


DISCARDING = frozenset(["discard", "dispose", "throw"])
USING = frozenset(["use", "take", "inject", "apply", "give", "drink"])


def either_way(tokens: Sequence[Token]) -> bool:
    """Whether an English sentence says *with or without*."""
    return any(token.text == "without" and at and tokens[at - 1].text == "or" for at, token in enumerate(tokens))


def unasked(tokens: Sequence[Token], language: Language) -> Sequence[Token]:
    """A sentence that asks *whether*, without the *not* of its *or not*, which forbids nothing (*o no*, Vietnamese *có … không*); any
    other *not* is one."""
    return [
        token._replace(senses=())
        if token.senses and denies(token) and (not forbids(tokens, at) or asks(tokens, at, language))
        else token
        for at, token in enumerate(tokens)
    ]


def asks(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a *not* is the last word of a clause, which makes it a question (Vietnamese *không*)."""
    return ends(tokens, at + 1) and says(tokens[at : at + 1], language, "asking")


def wonders(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a word is a *not* that asks: Russian *не пора ли*, *нет ли повреждений*. It may answer a no of the English all the same."""
    return denies(tokens[at]) and says(tokens[at + 1 : at + 3], language, "whether")


CLOSE, CLOSE_WORDS = 0.2, 3
"""How far from a *not* of an instruction what may stand for it is, as a share of the sentence or in words, at most."""
STOPPING = frozenset(["stop", "avoid", "skip", "miss"])
"""What is done by not doing something."""


def holding(said: Statement) -> int:
    """How many bounds and conditions of a sentence hold a no in themselves."""
    bound, condition = said.values("bound"), said.values("condition")
    near = sum(
        bounded(said, at) and not said.tokens[at].has(WITHIN)
        for value in ("at-least", "at-most")
        for at in bound.get(value, ())
    )
    return near + sum(len(condition.get(value, ())) for value in ("unless", "only-if"))


WITHIN = ("says", "within")


def moved(one: Statement, other: Statement) -> bool:
    """Whether a no went from what is told to the condition under which it is told, or back."""
    if not one.conditional or not other.conditional or len(one.negations) != 1:
        return False
    if one.values("condition").keys() != other.values("condition").keys() or len(other.tokens) > LONGEST:
        return False
    if other.values("condition").keys() <= CONCEDING:
        return False  # `although …` is no condition, and often nothing parts it from what follows
    if min(other.conditional) == 0 and not any(at not in other.conditional for at, _ in enumerate(other.tokens[:-1])):
        return False  # a condition that nothing parts from what follows it
    if listed_no(one) or blocks(other) < blocks(one):
        return False  # what stands between two conditions is read as part of the first
    ours, theirs = parted(one), parted(other)
    if ours == theirs or ours not in CROSSED or theirs not in CROSSED:
        return False
    # a condition may have commas in it: what follows its word may be part of it
    return theirs[1] or min(other.negations) < min(other.conditional)


def blocks(said: Statement) -> int:
    """How many stretches of a sentence are condition."""
    return sum(at - 1 not in said.conditional for at in said.conditional)


CONCEDING = frozenset(["even-if", "while"])
LONGEST = 24
"""Words of a sentence whose two parts can be told apart, at most."""
CROSSED = {(True, False), (False, True)}


EMPHASIS = re.compile(r"(\*\*|__|[*_])(?=\S)(.+?)(?<=\S)\1")


def unstressed(english: str, translation: str, source: Language, language: Language) -> bool:
    """Whether the English stresses its no (*Do **not** take it*), and its translation stresses something else."""
    ours = [read(normal(match[2]), source) for match in EMPHASIS.finditer(english)]
    if not any(found.denials and len(found.words) <= found.denials + 1 for found in ours):
        return False
    theirs = [read(normal(match[2]), language) for match in EMPHASIS.finditer(translation)]
    return bool(theirs) and not any(found.denials for found in theirs)


def parted(said: Statement) -> tuple[bool, bool]:
    """Whether a sentence says no in what it tells, and in its condition."""
    denied = said.negations
    return any(at not in said.conditional for at in denied), any(at in said.conditional for at in denied)


def turned(english: Sequence[Token], translation: Sequence[Token]) -> bool:
    """Whether a translation says by an opposite what the English says by a negation."""
    return opposite(english, translation, FLIPS)


def contrary(english: Sequence[Token], translation: Sequence[Token]) -> bool:
    """Whether a translation tells the state in which something is to be where its English forbids the opposite one: *never higher than*,
    *always lower*."""
    return opposite(english, translation, CONTRARY)


def opposite(english: Sequence[Token], translation: Sequence[Token], pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether a translation says the one of two opposites, and its English the other alone."""
    ours, theirs = concepts(english), concepts(translation)
    return any(one in ours and one not in theirs and other in theirs and other not in ours for one, other in pairs)
