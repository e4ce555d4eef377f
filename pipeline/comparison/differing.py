"""What two texts tell their readers to do differently, slot by slot: per dose that became per day, a lost *if*, at least for at most.

The two may be an English text and its translation, or an English text before and after an edit: each is read with its own
language's tables, and values are compared. What a language's tables do not have is never asked about.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.comparison import acts, carried, limits, qualified, things
from pipeline.comparison.added_bounds import bounded_more
from pipeline.comparison.affirmed import spared
from pipeline.comparison.conditions import changed_conditions
from pipeline.comparison.exchanged import KOREAN, PAIR, denied_instead, switched_round
from pipeline.comparison.implied import staying
from pipeline.comparison.keeping import keeps, keeps_on
from pipeline.comparison.lost_values import Difference, beside, lost, said_by, times_of_day, wanting
from pipeline.comparison.obligations import (
    OBLIGED,
    REQUIRED,
    advised,
    forbidden,
    hurried,
    obliged,
    recommended,
    weakened,
)
from pipeline.comparison.unreached import LISTED, lost_acts
from pipeline.text.imperatives import orders
from pipeline.text.languages.table import Language, Sense
from pipeline.text.quantities import Reading
from pipeline.text.statements import BREAKS, FLOORS, Bound, Statement, bounded, bounds, together
from pipeline.text.wordings import says

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
    "mealtime",
    "share",
    "storage",
    "act",
)
"""The slots whose values stand for themselves."""
ONCE = frozenset(
    ["basis", "frequency", "route", "day", "urgency", "contact", "colour", "meal", "mealtime", "share", "storage"]
)
"""The slots that a sentence fills once as a rule, so that another value is in the place of the first wherever it stands."""
ASKED = frozenset(["basis", "route", "day", "urgency", "contact", "colour"])
"""The slots of which a lost value is asked. The others may be told in too many ways (*hand rub*, *blood pressure*)."""
ASKED_VALUES = frozenset(["every-other", "as-needed", "child", "baby", "adult", "pregnant", "breastfeeding"])
"""Values of other slots of which it is asked too."""
SURE = frozenset(["who", "contact"])
"""Slots of which a lost value is as sure as another in its place."""


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
    if things.told_apart(said, found) or qualified.told_apart(ours, theirs):
        return True
    if not OPPOSITES.isdisjoint(found) and not OPPOSITES.isdisjoint(found - said):
        return True  # a child that is named twice, and once an adult
    if AVOID in said and not AVOIDED.isdisjoint(found - said):
        return True  # avoid twice, and once take
    if SELF in found and SELF not in said:
        return True
    if EVERY in said and EVERY not in found and not SELDOM.isdisjoint(found - said):
        return True  # every injection, and once a week
    if not DAYS.isdisjoint(said) and not DAYS.isdisjoint(found - said):
        return True  # Monday twice, and once a Tuesday
    if not MEALLESS.isdisjoint(found - said) or not SWITCHED.isdisjoint(found - said):
        return True
    if SHOULD in said and MAY in found and MAY not in said:
        return True
    if said >= SWITCHED and found >= SWITCHED:
        return True
    if "not" in ours.says and "not" in theirs.says and twofold(said & found):
        return True
    if MUST not in found and (MUST in said or not REQUIRED.isdisjoint(ours.vocabulary)):
        return True
    turns = turning(language)
    if ((MUST in said) is not (MUST in found) and (MAY in said or MAY in found)) or theirs.denials > ours.denials:
        return True
    if turns.isdisjoint(said):
        if not BOUNDS.isdisjoint(found):
            return True
        if UNTIL in found and UNTIL not in said and ("after" in ours.says or "once" in ours.vocabulary):
            return True
        return UNLESS in found and UNLESS not in said
    return (said & turns) != (found & turns) or "not" in ours.says or "not" in theirs.says


AVOID = Sense("act", "avoid")
AVOIDED = frozenset([Sense("act", act) for act in ("take", "use", "drink", "eat", "give", "continue")])


def twofold(said: frozenset[Sense]) -> bool:
    """Whether two values of a slot are said that one may be said instead of."""
    kinds = [sense.kind for sense in said if sense.kind in ONCE or sense.kind in {"body", "act", *things.THINGS}]
    return len(kinds) > len({*kinds})


DAYS = frozenset([Sense("day", f"{day}day") for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")])
SELF = Sense("who", "self")
EVERY = Sense("frequency", "every")
SELDOM = frozenset(Sense("basis", basis) for basis in ("week", "month", "year"))
BOUNDS = frozenset(Sense("bound", bound) for bound in FLOORS)
UNLESS, UNTIL = Sense("condition", "unless"), Sense("condition", "until")
SWITCHED = frozenset([Sense("act", "turn-on"), Sense("act", "turn-off")])
MEALLESS = frozenset([Sense("meal", "empty"), Sense("meal", "between")])
MUST, SHOULD, MAY = Sense("modal", "must"), Sense("modal", "should"), Sense("modal", "may")


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
    yield from things.became(one, other, source, language)
    yield from acts.became(one, other, source, language)
    if "self" in other.values("who") and alone(one, other):
        yield Difference("who", "somebody else", "you yourself")
    if OBLIGED.intersection(other.values("modal")) and language.knows("denies") and forbidden(one, other):
        if not (
            limits.capped(one, other, language)
            or carried.shielded(one)
            or carried.accompanied(one, other, language)
            or staying(one, other, language)
            or explained(one, other, language)
        ):
            yield Difference("modal", "must", "must not")
    elif "must" in one.values("modal"):
        yield from weakened(one, other, language)
    elif "should" in one.values("modal"):
        yield from advised(one, other, language)
    elif "may" in one.values("modal") and "must" in other.values("modal"):
        yield from obliged(one, other, language)
    if hurried(one, other, language):
        yield Difference("act", "wait", "", unsure=True)
    if recommended(one, other, language):
        yield Difference("modal", "must", "recommended")
    if "bound" in one.says and language.knows("bound"):
        yield from bounded_otherwise(one, other, language)
    elif "bound" in other.says and source.knows("bound"):
        yield from bounded_more(one, other)
    yield from qualified.qualified(one, other, language)
    if ("condition" in one.says or "condition" in other.says) and language.knows("condition"):
        yield from changed_conditions(one, other, language)


def explained(one: Statement, other: Statement, language: Language) -> bool:
    """Whether all that a translation says no to more than its English is told by other wordings there."""
    return carried.additions(one, other, language) >= len(other.negations) - len(one.negations) > 0


def named(slot: str, one: Statement, other: Statement, source: Language, language: Language) -> Iterator[Difference]:
    """The values of a slot that changed or were lost."""
    ours, theirs = one.values(slot), other.values(slot)
    gone = [
        value
        for value in ours
        if value != "self" and language.knows(slot, value) and wanting(slot, value, one, other, language)
    ]
    if slot == "basis":
        gone = [value for value in gone if not all(carried.lasting(one.tokens, at) for at in ours[value])]
    if slot in AGAINST:
        yield from turned(slot, one, other, gone)
    if slot == "act":
        yield from multiplied(one, other)
        yield from switched(one, other)
        if not LISTED.isdisjoint(ours) and one.negations:
            yield from (Difference(slot, act, "", True) for act in lost_acts(one.tokens, other.tokens, language))
        if ours.keys() >= SWITCHED_ROUND and switched_round(one, other, (source, language)):
            yield Difference("act", "off and on", "on and off")
    if slot == "basis" and (was := paired(one, other)):
        yield Difference("frequency", *was)
        return
    if slot == "frequency" and (seldom := rarer(one, other)):
        yield Difference(slot, "every", seldom)
        return
    if slot == "frequency" and twice(one, other):
        yield Difference(slot, "every-other", "twice")
        return
    if slot == "meal":
        yield from fasting(one, other)
    if (
        len(ours) == PAIR
        and one.negations
        and (language.code == KOREAN or (len(theirs) >= PAIR and not language.free_order))
    ):
        for said, shunned in denied_instead(slot, one, other, language):
            yield Difference(slot, f"{said}, not {shunned}", f"{shunned}, not {said}")
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
    came = [
        value
        for value in theirs
        if source.knows(slot, value)
        and wanting(slot, value, other, one, language)
        and not as_well(slot, value, one, other)
    ]
    for value in gone:
        if value == "woman" and "man" not in theirs and not EXPECTING.isdisjoint(theirs):
            continue  # women in pregnancy: those who are pregnant
        places = one.values(slot)[value]
        instead = next(
            (
                new
                for new in came
                if slot in ONCE
                or (value, new) in AGAINST.get(slot, ())
                or beside(places, theirs[new], one, other, language)
            ),
            "",
        )
        if value == "day" and slot == "basis" and parted_day(one, other):
            continue  # twice a day: morning and evening
        if instead:
            came.remove(instead)
            nightly = (value, instead) == ("day", "night") and not counted(one)
            yield Difference(slot, value, instead, unsure=nightly)  # every day: every evening
        elif (
            (slot in ASKED or value in ASKED_VALUES)
            and value not in theirs
            and lost(slot, value, other, language)
            and not carried.anyway(value, one, other, language)
        ):
            meant = (
                value in {"child", "baby"}
                and all(yours(one, at) for at in one.values(slot)[value])
                and says(other.tokens, language, "pronoun")
            )
            yield Difference(slot, value, "", slot in SURE, unsure=meant)


EXPECTING = frozenset(["pregnant", "breastfeeding", "mother"])
"""Persons who are women."""


def yours(said: Statement, at: int) -> bool:
    """Whether an English person is the reader's: *your child*, of whom the text tells anyway."""
    return at > 0 and said.tokens[at - 1].text in {"your", "the"}  # and a pronoun may say it again


def parted_day(one: Statement, other: Statement) -> bool:
    """Whether a translation names as many times of the day as the English says times a day."""
    named = times_of_day(other)
    return named > 1 and str(named) in {
        said[0] for token in one.tokens if (said := token.sense("count") or token.sense("number"))
    }


def counted(said: Statement) -> bool:
    """Whether a sentence says how often, or a number."""
    return any(token.kind == "number" or token.sense("count") or token.sense("number") for token in said.tokens)


def as_well(slot: str, value: str, one: Statement, other: Statement) -> bool:
    """Whether the words of a translation for a value say another one of its English as well: Vietnamese *chân*, leg and foot."""
    ours = one.values(slot)
    return all(
        any(sense.kind == slot and sense.value != value and sense.value in ours for sense, _ in other.tokens[at].slots)
        for at in other.values(slot)[value]
    )


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
        *itertools.permutations(("knee", "elbow", "wrist", "ankle"), 2),
    ),
}
"""Persons and organs that are never one another."""
OPPOSITES = frozenset([Sense(slot, value) for slot, pairs in AGAINST.items() for pair in pairs for value in pair])


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
    if not orders(one.tokens) or keeps(one.tokens, other.tokens):
        return
    ours, theirs = one.values("act"), other.values("act")
    for value in gone:
        for new in theirs:
            if (
                frozenset([value, new]) in OPPOSED
                and new not in ours
                and not one.excused("act", new)
                and beside(ours[value], theirs[new], one, other, language)
                and not spared(value, new, one, other)
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
    if "skip" not in ours or "double" not in theirs or "double" in ours or other.negations:
        return
    if not any(token.text in TIMES for token in one.tokens) and not one.excused("act", "double"):
        yield Difference("act", "skip", "double")


def twice(one: Statement, other: Statement) -> bool:
    """Whether every other day is told as twice: by a phrase that counts so, which the English has not."""
    if "every-other" not in one.values("frequency") or "every-other" in other.values("frequency"):
        return False
    if any(token.text in TIMES for token in one.tokens):
        return False
    found = [said for token in other.tokens if token.senses and (said := token.sense("count"))]
    return any(value == "2" and length > 1 for value, length in found) and "day" in other.values("basis")


def alone(one: Statement, other: Statement) -> bool:
    """Whether somebody is to do alone in a translation what the English has somebody else do, or help with, or says nothing of."""
    if "self" in one.values("who") or one.excused("who", "self") or len(other.negations) > len(one.negations) + 1:
        return False
    if any(token.text in TEACHING for token in one.tokens):
        return False  # the nurse shows how it is done
    if denied(other):
        return False  # nobody is to do it alone
    return any(
        token.text in HAVING_DONE
        and any(then.slot("who") or then.text in OTHERS for then in one.tokens[at + 1 : at + 4])
        for at, token in enumerate(one.tokens)
    )


def denied(said: Statement) -> bool:
    """Whether wherever somebody does something alone there is a no in the same clause."""
    alone, denials = ({*places} for places in (said.values("who")["self"], said.negations))
    found = no = False
    for at, token in enumerate(said.tokens):
        if token.text in BREAKS:
            if found and not no:
                return False
            found = no = False
        found, no = found or at in alone, no or at in denials
    return no or not found


TEACHING = frozenset("how show shows teach teaches explain learn instruct instructions train tell".split())  # noqa: SIM905
HAVING_DONE = frozenset(["have", "ask", "let", "by", "get", "help", "helps"])
OTHERS = frozenset(
    "someone somebody nurse doctor partner friend helper caregiver carer parent surgeon midwife staff relative patient you".split()  # noqa: SIM905
)
"""Who does something for the reader, behind a word that says so: *have the nurse*, *by a doctor*."""


def rarer(one: Statement, other: Statement) -> str:
    """How often something is done in a translation that the English says of each: *every injection*, *each morning*, and once a week; "" where it
    says so too, or anything of a week."""
    if "every" not in one.values("frequency") or "every" in other.values("frequency"):
        return ""
    return next(
        (f"per {basis}" for basis in ("week", "month", "year") if basis in other.values("basis") and never(one, basis)),
        "",
    )


def paired(one: Statement, other: Statement) -> tuple[str, str] | None:
    """What a count is per in each of two sentences, where they count alike and not per the same: *twice a week* and *twice a month*, though
    the week is named besides."""
    ours, theirs = per(one), per(other)
    for value, basis in ours.items():
        there = theirs.get(value, basis)
        if there != basis and basis not in theirs.values() and never(one, there):
            return f"per {basis}", f"per {there}"
    named = times_of_day(other)
    if named > 1 and not times_of_day(one) and "day" in ours.values() and not (theirs or counted(other)):
        wanted = next(value for value, basis in ours.items() if basis == "day")
        if wanted in FEW and wanted != str(named):
            return f"{wanted} times a day", f"{named} times of the day"
    return None


FEW = frozenset("123")
"""How often a day what is done at times of the day is done."""


def per(said: Statement) -> dict[str, str]:
    """Each count of a sentence that stands beside what it is per: *three times a week*."""
    found: dict[str, str] = {}
    for basis in PERIODS:
        for at in said.values("basis").get(basis, ()):
            for token in (*said.tokens[max(at - BESIDE, 0) : at][::-1], *said.tokens[at + 1 : at + 1 + BESIDE]):
                count = token.sense("count") or token.sense("number")
                if token.kind == "number" or count:
                    found.setdefault(token.text if token.kind == "number" else count[0] if count else "", basis)
                    break
    return found


PERIODS, BESIDE = ("day", "week", "month", "year"), 2
"""What something is done so often in, and how many words stand between a count and it at most."""


def never(said: Statement, basis: str) -> bool:
    """Whether a sentence says nothing of a week, a month or a year."""
    return (
        basis not in said.values("basis")
        and not said.values("day")
        and not said.excused("basis", basis)
        and not any(token.sense("unit") == (basis, 1) or token.text in LONG_PERIODS for token in said.tokens)
    )


LONG_PERIODS = frozenset("4 7 8 12 14 15 28 30 31 52 365".split())  # noqa: SIM905
"""Figures by which a week, a month or a year is told."""


def switched(one: Statement, other: Statement) -> Iterator[Difference]:
    """What is to be kept on and is switched off, or the other way round: *leave the alarm on*, *apague la alarma*."""
    ours, theirs = one.values("act"), other.values("act")
    if SWITCHED_ROUND.isdisjoint(theirs) or not STOPPING.isdisjoint([*ours, *(token.text for token in one.tokens)]):
        return
    for state, (kept, new) in SWITCHES.items():
        if (
            new in theirs
            and kept not in theirs
            and new not in ours
            and keeps_on(one.tokens, state)
            and len(other.negations) <= len(one.negations)
        ):
            yield Difference("act", f"keep {state}", new)
            return


STOPPING = frozenset(
    "stop start open close shut quit discontinue pause cease end finish garment garments clothes clothing underwear".split()  # noqa: SIM905
)
"""Acts, and English words, for what other languages say by what switches off and on: French *arrêtez*, Arabic *أغلق*, Chinese *关*, Spanish *prenda*."""
SWITCHED_ROUND = frozenset(["turn-on", "turn-off"])
SWITCHES = {"on": ("turn-on", "turn-off"), "off": ("turn-off", "turn-on")}
"""How English says that something is switched so, and the acts of switching it so and back."""


def fasting(one: Statement, other: Statement) -> Iterator[Difference]:
    """What is taken without food of which the English says nothing like it: *sin comer*, where it says *after eating*; or between
    meals, where it names one of them or says *with food*."""
    ours, theirs = one.values("meal"), other.values("meal")
    if "between" in theirs and "between" not in ours and not one.excused("meal", "between"):
        if "fed" in ours or one.values("mealtime"):
            yield Difference("meal", "at a meal", "between")
        return
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
        if [bound.floor for bound in bounds(one, ages=True)] == [bound.floor for bound in bounds(other, ages=True)]:
            return  # babies under six months should not be given water
        if floors > found and limits.bounded_ahead(one, other, language):
            return  # at least a week before: a week before at the latest
        was, now = ("at least", "at most") if floors > found else ("at most", "at least")
        yield Difference("bound", was, now)
        return
    if theirs or not all(lost("bound", value, other, language) for value in one.values("bound")):
        return
    if any(bound.floor is bool(floors) for bound in every):
        return  # it stands there, some words off its number
    if limits.bounded(one, other, language, floor=bool(floors)):
        return
    yield Difference("bound", "at least" if floors else "at most", "")


def count(made: Sequence[Bound], floor: bool) -> int:
    return sum(bound.floor is floor for bound in made)
