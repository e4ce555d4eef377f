"""What two texts tell their readers to do differently, slot by slot: per dose that became per day, a lost *if*, at least for at most.

The two may be an English text and its translation, or an English text before and after an edit: each is read with its own
language's tables, and values are compared. What a language's tables do not have is never asked about.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.languages import Language, Sense
from pipeline.text.quantities import Reading
from pipeline.text.statements import (
    CONDITIONS,
    OBLIGING,
    Bound,
    Statement,
    bounded,
    bounds,
    denies,
    flatly,
    forbidding,
    orders,
    together,
)


class Difference(NamedTuple):
    """A value of a slot that one text says and the other does not: `was` and `now`, "" where it says none; whether that it is lost is
    as sure as that it became another."""

    slot: str
    was: str
    now: str
    sure: bool = False


NAMED = (
    "basis",
    "frequency",
    "route",
    "who",
    "body",
    "day",
    "urgency",
    "contact",
    "colour",
    "finding",
    "meal",
    "share",
    "act",
)
"""The slots whose values stand for themselves."""
ONCE = frozenset(["basis", "frequency", "route", "day", "urgency", "contact", "colour", "meal", "share"])
"""The slots that a sentence fills once as a rule, so that another value is in the place of the first wherever it stands."""
ASKED = frozenset(["basis", "route", "day", "urgency", "contact", "colour"])
"""The slots of which a lost value is asked. The others may be told in too many ways (*hand rub*, *blood pressure*)."""
ASKED_VALUES = frozenset(["every-other", "as-needed", "child", "baby", "adult", "pregnant", "breastfeeding"])
"""Values of other slots of which it is asked too."""
SURE = frozenset(["who", "contact"])
"""Slots of which a lost value is as sure as another in its place."""
ASKED_CONDITIONS = CONDITIONS - {"when", "even-if"}
"""Conditions of which it is asked; *when* is often no condition: *When to get help*."""


@lru_cache(maxsize=256)
def asked(source: Language, language: Language) -> frozenset[Sense]:
    """The values of slots that a text of one language can be asked for in another."""
    kinds = {*NAMED}
    return frozenset([sense for sense in source.slots & language.slots if sense.kind in kinds])


@lru_cache(maxsize=256)
def turning(language: Language) -> frozenset[Sense]:
    """The bounds and conditions of a language."""
    return frozenset([sense for sense in language.slots if sense.kind in {"bound", "condition"}])


def told_apart(ours: Reading, theirs: Reading, source: Language, language: Language) -> bool:
    """Whether two texts may say anything differently: by the values of their slots alone, wherever they stand."""
    said, found = ours.slots, theirs.slots
    if not said <= found and not (said & asked(source, language)) <= found:
        return True
    if not OPPOSITES.isdisjoint(found) and not OPPOSITES.isdisjoint(found - said):
        return True  # a child that is named twice, and once an adult
    if EMPTY in found and EMPTY not in said:
        return True
    turns = turning(language)
    if ((MUST in said) is not (MUST in found) and (MAY in said or MAY in found)) or theirs.denials > ours.denials:
        return True
    if turns.isdisjoint(said):
        return UNLESS in found and UNLESS not in said
    return (said & turns) != (found & turns) or "not" in ours.says or "not" in theirs.says


UNLESS, MUST, MAY = Sense("condition", "unless"), Sense("modal", "must"), Sense("modal", "may")
EMPTY = Sense("meal", "empty")


def differences(ours: Reading, theirs: Reading, source: Language, language: Language) -> tuple[Difference, ...]:
    """What two texts say differently, in the order of the sentences."""
    return tuple(
        [
            found
            for one, other in together(ours, theirs, source, language)
            for found in differing(one, other, source, language)
        ]
    )


def differing(one: Statement, other: Statement, source: Language, language: Language) -> Iterator[Difference]:
    """What two sentences say differently."""
    for slot in NAMED:
        if slot in one.says or slot in other.says:
            yield from named(slot, one, other, source, language)
    if OBLIGED.intersection(other.values("modal")) and language.knows("denies") and forbidden(one, other):
        yield Difference("modal", "must", "must not")
    elif "must" in one.values("modal"):
        yield from weakened(one, other, language)
    elif "may" in one.values("modal") and "must" in other.values("modal"):
        yield from obliged(one, other, language)
    if "bound" in one.says and language.knows("bound"):
        yield from bounded_otherwise(one, other, language)
    if ("condition" in one.says or "condition" in other.says) and language.knows("condition"):
        yield from conditions(one, other, language)


def named(slot: str, one: Statement, other: Statement, source: Language, language: Language) -> Iterator[Difference]:
    """The values of a slot that changed or were lost."""
    ours, theirs = one.values(slot), other.values(slot)
    gone = [value for value in ours if language.knows(slot, value) and wanting(slot, value, one, other, language)]
    if slot in AGAINST:
        yield from turned(slot, one, other, gone)
    if slot == "act":
        yield from multiplied(one, other)
    if slot == "meal":
        yield from fasting(one, other)
    if not gone:
        return
    if slot == "act":
        yield from otherwise(gone, one, other, language)
        return
    if slot == "meal" and len(ours) > len(theirs) == 1 and "or" not in other.values("join"):
        yield Difference(slot, next(value for value in ours if value not in theirs), "", True)
        return  # with or without food: with food
    if slot == "meal" and len(one.negations) != len(other.negations):
        return  # without food: not with food
    came = [value for value in theirs if source.knows(slot, value) and wanting(slot, value, other, one, language)]
    for value in gone:
        places = one.values(slot)[value]
        instead = next((new for new in came if slot in ONCE or beside(places, theirs[new], one, other, language)), "")
        if instead:
            came.remove(instead)
            yield Difference(slot, value, instead)
        elif (slot in ASKED or value in ASKED_VALUES) and value not in theirs and lost(slot, value, other, language):
            yield Difference(slot, value, "", slot in SURE)


def turned(slot: str, one: Statement, other: Statement, gone: Sequence[str]) -> Iterator[Difference]:
    """Persons and organs in whose place others stand, though a word near by might excuse them: a pregnant *man*."""
    ours, theirs = one.values(slot), other.values(slot)
    for value, against in AGAINST[slot] if ours and theirs and ours.keys() != theirs.keys() else ():
        if (
            value not in gone
            and len(theirs.get(value, ())) < len(ours.get(value, ()))
            and len(theirs.get(against, ())) > len(ours.get(against, ()))
            and set(one.excused(slot, against)) <= set(ours.get(against, ()))
        ):
            yield Difference(slot, value, against)
            return


AGAINST = {
    "who": (
        *itertools.permutations(("child", "adult"), 2),
        *itertools.permutations(("woman", "man"), 2),
        *itertools.permutations(("baby", "adult"), 2),
        *itertools.permutations(("elderly", "young"), 2),
        *itertools.permutations(("pregnant", "breastfeeding"), 2),
        ("baby", "elderly"),
        ("pregnant", "elderly"),
    ),
    "body": (
        *itertools.permutations(("kidney", "liver", "heart", "lung", "brain"), 2),
        *itertools.permutations(("eye", "ear", "nose", "mouth"), 2),
    ),
}
"""Persons and organs that are never one another."""
OPPOSITES = frozenset([Sense(slot, value) for slot, pairs in AGAINST.items() for pair in pairs for value in pair])


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
    if not orders(one.tokens) and not beside(ours["must"], theirs["may"], one, other, language):
        return
    if language.knows("modal", "must") and wanting("modal", "must", one, other, language):
        yield Difference("modal", "must", "may")


ABLE = frozenset(["can't", "cannot", "couldn't", "able", "unable"])
"""English words that other languages say with what they have for *may*."""


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
    count = len(forbidding(other, OBLIGING, 2))
    if not count or len(other.negations) <= len(one.negations) or any(token.sense("other") for token in one.tokens):
        return False
    never = [at for at, token in enumerate(one.tokens) if token.text in NEVER and denies(token)]
    said = len({*forbidding(one, OBLIGING | {("modal", "may")}, 4), *never})
    return count > max(said, len(flatly(one))) + sum(
        DENYING in token.senses and not denies(token) for token in one.tokens
    )


ONLY = Sense("says", "only")
OBLIGED = frozenset(["must", "should", "must-not"])
DENYING = (Sense("denies", "not"), 1)
NEVER = frozenset("never avoid no nobody none nor neither without nothing".split())  # noqa: SIM905
"""English words that say no to what is done without a verb beside them."""


OPPOSED = {
    frozenset(pair.split("/"))
    for pair in [
        "stop/continue",
        "start/stop",
        "stop/take",
        "take/avoid",
        "use/avoid",
        "drink/avoid",
        "eat/avoid",
        "give/avoid",
        "continue/avoid",
        "skip/double",
        "turn-on/turn-off",
        "stop/turn-on",
        "double/halve",
        "double/triple",
        "triple/halve",
        "skip/take",
        "swallow/chew",
        "swallow/crush",
        "swallow/inject",
        "swallow/apply",
        "inject/apply",
        "take/inject",
        "call/wait",
        "stop/change",
    ]
}
"""Acts of which the one is another order than the other; other acts may be told in many ways."""


def otherwise(gone: Sequence[str], one: Statement, other: Statement, language: Language) -> Iterator[Difference]:
    """Acts of an instruction in whose place the translation has one that is another order."""
    if not orders(one.tokens):
        return
    ours, theirs = one.values("act"), other.values("act")
    for value in gone:
        for new in theirs:
            if (
                frozenset([value, new]) in OPPOSED
                and new not in ours
                and not one.excused("act", new)
                and beside(ours[value], theirs[new], one, other, language)
            ):
                yield Difference("act", value, new)
                return


def multiplied(one: Statement, other: Statement) -> Iterator[Difference]:
    """A dose that is doubled and not halved, wherever the two words stand, and whatever else may be said by a two beside them."""
    ours, theirs = one.values("act"), other.values("act")
    besides = {TIMES[token.text] for token in one.tokens if token.text in TIMES}
    for value, new in itertools.permutations(("double", "triple", "halve"), 2):
        if value in ours and value not in theirs and new in theirs and new not in ours and new not in besides:
            yield Difference("act", value, new)
            return


def fasting(one: Statement, other: Statement) -> Iterator[Difference]:
    """What is taken without food of which the English says nothing like it: *sin comer*, where it says *after eating*."""
    ours, theirs = one.values("meal"), other.values("meal")
    if ours or "empty" not in theirs or "fed" in theirs or one.negations or one.excused("meal", "empty"):
        return
    if ("says", "before") not in [sense for sense, _ in said_by(one)]:
        yield Difference("meal", "with food or at any time", "empty")


TIMES = {
    "twice": "double",
    "dual": "double",
    "extra": "double",
    "thrice": "triple",
    "half": "halve",
    "double": "double",
}
"""English words that other languages say with what they have for doubling and halving."""


def beside(ours: Sequence[int], theirs: Sequence[int], one: Statement, other: Statement, language: Language) -> bool:
    """Whether something stands in the other sentence about where it stands in the one."""
    here, there = len(one.tokens), len(other.tokens)
    far = max(AFAR if language.loose_order else NEARBY, STEPS / here)
    return any(abs(at / here - place / there) <= far for at in ours for place in theirs)


NEARBY, AFAR = 0.3, 0.6
"""How far from where one text says something the other may have what stands for it, as a share of the sentence; and where a
language puts the parts of a sentence in another order."""
STEPS = 5
"""Words that are always near."""


def wanting(slot: str, value: str, one: Statement, other: Statement, language: Language) -> bool:
    """Whether a value that the one says is said less often in the other, with nothing near that may stand for it."""
    said, found = one.values(slot)[value], other.values(slot).get(value, ())
    if len(found) >= len(said):
        return False
    excuses = other.excused(slot, value)
    if not excuses:
        return True
    here, there = len(one.tokens), len(other.tokens)
    far = max(AFAR if language.loose_order else NEARBY, STEPS / here)
    return not any(abs(at / here - place / there) <= far for at in said for place in excuses)


def bounded_otherwise(one: Statement, other: Statement, language: Language) -> Iterator[Difference]:
    """Bounds of numbers that turned round or were lost."""
    ours = [bound for bound in bounds(one) if bounded(one, bound.at)]
    every = bounds(other)
    theirs = [bound for bound in every if bounded(other, bound.at)]
    if not ours:
        return
    floors, ceilings = count(ours, True), count(ours, False)
    found, roofs = count(theirs, True), count(theirs, False)
    sure = [bound for bound in theirs if not bound.weak]
    if (floors > found and count(sure, False) > ceilings) or (ceilings > roofs and count(sure, True) > floors):
        was, now = ("at least", "at most") if floors > found else ("at most", "at least")
        yield Difference("bound", was, now)
        return
    if theirs or not all(lost("bound", value, other, language) for value in one.values("bound")):
        return
    if any(bound.floor is bool(floors) for bound in every):
        return  # it stands there, some words off its number
    yield Difference("bound", "at least" if floors else "at most", "")


def lost(slot: str, value: str, other: Statement, language: Language, *, anywhere: bool = False) -> bool:
    """Whether the absence of a value tells anything in a language, and nothing stands for it; `anywhere`: whatever stands for it."""
    known = language.knows(slot, value) and not language.knows("many", f"{slot} {value}")
    return known and (anywhere or not other.excused(slot, value))


def count(made: Sequence[Bound], floor: bool) -> int:
    return sum(bound.floor is floor for bound in made)


EXCEPTING = frozenset("except excepting excluding only without until otherwise barring than but".split())  # noqa: SIM905
"""English words that are *unless* beside a no."""
EXCEPTIONS = ("except", "exclud")
"""How English words begin that are *unless* without one."""


def said_by(said: Statement) -> list[tuple[tuple[str, str], int]]:
    """All that the words of a sentence say beside its slots."""
    return [sense for token in said.tokens for sense in token.senses]


def excepting(said: Statement, conditions: Mapping[str, Sequence[int]]) -> bool:
    """Whether a word stands in a sentence that may be *unless*, and is neither a no nor another condition."""
    plain = {at for places in conditions.values() for at in places} | set(said.negations)
    return any(at not in plain for at in said.excused("condition", "unless"))


def conditions(one: Statement, other: Statement, language: Language) -> Iterator[Difference]:
    """Conditions that were lost, or turned into *unless*."""
    ours, theirs = one.values("condition"), other.values("condition")
    if "unless" in ours and not ({"unless", "only-if", "until"} & theirs.keys()):
        only = ONLY in [sense for sense, _ in said_by(other)]
        if theirs and len(other.negations) <= len(one.negations) and not only and not excepting(other, theirs):
            yield Difference(
                "condition", "unless", next(iter(theirs))
            )  # a plain *if* is unless where it has one more no with it
        elif not theirs and not other.excused("condition", "unless"):
            yield Difference("condition", "unless", "")
    elif "unless" in theirs and not ({"unless", "only-if"} & ours.keys()):
        if any(set(places) & set(theirs["unless"]) for value, places in theirs.items() if value in ours):
            return  # जब तक is until, while and unless
        if any(token.text.startswith(EXCEPTIONS) for token in one.tokens):
            return  # `with the exception of` is unless with a noun
        if one.negations and ("until" in ours or any(token.text in EXCEPTING for token in one.tokens)):
            return  # `not until`, `no … except` are unless as well
        without = [at for at in other.negations if at not in theirs["unless"]]
        if len(without) < len(one.negations):
            return  # `if not` is unless
        if without and ONLY in [sense for sense, _ in said_by(one)]:
            return  # `only works if` is `does not work unless`
        yield Difference("condition", next(iter(ours), ""), "unless")
    elif ours.keys() == {"if"} and set(theirs.get("until", ())) & set(theirs.get("while", ())) and "if" not in theirs:
        yield Difference("condition", "if", "until")  # जब तक with its no is unless
    elif unanswered := [value for value in ours if theirs.keys().isdisjoint(ANSWERED.get(value, CONDITIONS))]:
        yield from unconditional(unanswered, one, other, language)


ANSWERED = {
    "if": CONDITIONS - {"while", "until"},
    "only-if": CONDITIONS - {"while", "until"},
    "unless": CONDITIONS - {"while"},
    "until": CONDITIONS - {"while", "even-if"},
}
"""Conditions of which not any other may stand for them: *during* is no *if*."""


def unconditional(values: Sequence[str], one: Statement, other: Statement, language: Language) -> Iterator[Difference]:
    """A condition whose translation has none: nothing stands there that may be one, or the sentence is as much shorter than its
    language needs as if its clause had been left out."""
    ours = [value for value in values if value in CONDITIONS and language.knows("condition", value)]
    gone = [value for value in ours if value in ASKED_CONDITIONS and unexcused(value, one, other, language)]
    length = letters(other) / max(letters(one) * language.length, 1) if language.length else 1.0
    short = length < min(SHORT, 1 - CUT * len(one.conditional) / len(one.tokens))
    if gone or (ours and short):
        yield Difference("condition", (gone or ours)[0], "", short and (bool(gone) or length < HALVED))


SHORT, CUT, HALVED = 0.8, 0.7, 0.6
"""What share of the length that a sentence needs is little, how much of the length of a clause it lacks without it, and what share
leaves no doubt."""


def letters(said: Statement) -> int:
    """How long a sentence is, its signs and spaces left out."""
    return sum([len(token.text) for token in said.tokens if token.kind != "sign"])


def unexcused(value: str, one: Statement, other: Statement, language: Language) -> bool:
    """Whether nothing in a sentence may stand for a condition of the other: of one that opens it, nothing at its start."""
    if not lost("condition", value, other, language, anywhere=True):
        return False
    excuses = other.excused("condition", value)
    if not excuses:
        return True
    here, there = len(one.tokens), len(other.tokens)
    opening = min(one.values("condition")[value]) <= OPENING
    return opening and min(excuses) / there > max(ATSTART, OPENING / here)


OPENING, ATSTART = 1, 0.2
"""Words before a condition that opens its sentence, at most; and which share of a sentence is its start."""
