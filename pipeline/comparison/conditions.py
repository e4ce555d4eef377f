"""Conditions that one text says and the other does not: a lost *if*, an *unless* that became one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.comparison import conditional
from pipeline.comparison.limits import awaited, ended, finished
from pipeline.comparison.lost_values import ONLY, Difference, letters, lost, said_by
from pipeline.text.imperatives import orders
from pipeline.text.languages.table import Language, Sense
from pipeline.text.statements import CONDITIONS, Statement
from pipeline.text.tokens import Token
from pipeline.text.wordings import says

ASKED_CONDITIONS = CONDITIONS - {"when", "even-if"}
"""Conditions of which it is asked; *when* is often no condition: *When to get help*."""
EXCEPTING = frozenset("except excepting excluding only without until otherwise barring than but".split())  # noqa: SIM905
"""English words that are *unless* beside a no."""


def excepts(tokens: Sequence[Token], at: int) -> bool:
    """Whether an English word is *unless* beside a no; a *than* is in *other than* alone."""
    text = tokens[at].text
    return text in EXCEPTING and (text != "than" or (at > 0 and tokens[at - 1].text in {"other", "rather"}))


EXCEPTIONS = ("except", "exclud")
"""How English words begin that are *unless* without one."""


def excepting(said: Statement, conditions: Mapping[str, Sequence[int]]) -> bool:
    """Whether a word stands in a sentence that may be *unless*, and is neither a no nor another condition."""
    plain = {at for places in conditions.values() for at in places} | set(said.negations)
    return any(at not in plain for at in said.excused("condition", "unless"))


def changed_conditions(one: Statement, other: Statement, language: Language) -> Iterator[Difference]:
    """Conditions that were lost, or turned into *unless*."""
    ours, theirs = one.values("condition"), other.values("condition")
    if "only-if" in ours and "even-if" in theirs and conceding(one, other):
        yield Difference("condition", "only-if", "even-if")
    elif (
        "if" in ours
        and "even-if" in theirs
        and not aside(theirs, other)
        and conceding(one, other)
        and acting(one, other)
    ):
        yield Difference("condition", "if", "even-if")
    elif "even-if" in ours and {"if", "when"} & theirs.keys() and conditioned(other, language) and acting(one, other):
        yield Difference("condition", "even-if", "if")
    elif "until" in ours and "until" not in theirs and afterwards(one, other, language):
        yield Difference("condition", "until", "after")
    elif (
        "until" in theirs
        and "until" not in ours
        and AFTER in [sense for sense, _ in said_by(one)]
        and afterwards(other, one, language)
        and not finished(one, other, language)
    ):
        yield Difference("condition", "after", "until")
    elif "until" in theirs and "until" not in ours and starting(one, other):
        yield Difference("condition", "once", "until")
    elif "unless" in ours and not ({"unless", "only-if", "until"} & theirs.keys()):
        only = ONLY in [sense for sense, _ in said_by(other)]
        if theirs and len(other.negations) <= len(one.negations) and not only and not excepting(other, theirs):
            yield Difference(
                "condition", "unless", next(iter(theirs))
            )  # a plain *if* is unless where it has one more no with it
        elif not theirs and not other.excused("condition", "unless") and not conditional.excepted(one, other, language):
            yield Difference("condition", "unless", "")
    elif "unless" in theirs and not ({"unless", "only-if"} & ours.keys()):
        if any(
            as_long(other, at, value) for value in ours for at in set(theirs.get(value, ())) & set(theirs["unless"])
        ):
            return  # जब तक is until, while and unless
        if any(token.text.startswith(EXCEPTIONS) for token in one.tokens):
            return  # `with the exception of` is unless with a noun
        limits = [*ours.get("until", ()), *(at for at, _ in enumerate(one.tokens) if excepts(one.tokens, at))]
        if any(together(one.tokens, no, at) for no in one.negations for at in limits):
            return  # `not until`, `no … except` are unless as well
        without = [at for at in other.negations if at not in theirs["unless"]]
        if len(without) < len(one.negations):
            return  # `if not` is unless
        if (without or "only-if" in theirs) and ONLY in [sense for sense, _ in said_by(one)]:
            return  # `only works if` is `does not work unless`
        yield Difference("condition", next(iter(ours), ""), "unless")
    elif ours.keys() == {"if"} and set(theirs.get("until", ())) & set(theirs.get("while", ())) and "if" not in theirs:
        yield Difference("condition", "if", "until")  # जब तक with its no is unless
    elif (
        "until" in ours
        and len(one.negations) > len(other.negations)
        and {AFTER, ONLY} <= {sense for sense, _ in said_by(other)}
    ):
        return  # not until: only after
    elif unanswered := [value for value in ours if theirs.keys().isdisjoint(ANSWERED.get(value, CONDITIONS))]:
        yield from unconditional(unanswered, one, other, language)


def conceding(one: Statement, other: Statement) -> bool:
    """Whether what is to be done under one condition only is to be done even where it is not so."""
    only = {*other.values("condition")} & {"only-if", "unless"} or ONLY in [sense for sense, _ in said_by(other)]
    return not only and "even-if" not in one.values("condition") and all(t.text not in EVEN for t in one.tokens)


def aside(theirs: Mapping[str, Sequence[int]], other: Statement) -> bool:
    """Whether an *even if* stands between the *if* of a translation and what is then to be done: *if they come on, be it a single one, call*."""
    acts = [at for places in other.values("act").values() for at in places]
    return any(min(theirs.get("if", (at,))) < at < max(acts, default=0) for at in theirs["even-if"])


def together(tokens: Sequence[Token], one: int, other: int) -> bool:
    """Whether no semicolon or colon parts two words of a sentence."""
    return all(token.text not in PARTING for token in tokens[min(one, other) : max(one, other)])


PARTING = frozenset(";:")


def starting(one: Statement, other: Statement) -> bool:
    """Whether something is so once something else has happened in the English alone: *once you have started it*."""
    once = any(token.text == "once" and then.text in SUBJECTS for token, then in pairwise(one.tokens))
    return once and not one.negations and not other.negations and "when" not in other.values("condition")


SUBJECTS = frozenset("you it they the your he she this".split())  # noqa: SIM905


def acting(one: Statement, other: Statement) -> bool:
    """Whether something is to be done, in both: what is not to be done *if you feel well* is not to be done *even if* so, and what goes on neither."""
    if any(at not in said.conditional for said in (one, other) for at in said.negations):
        return False
    if "continue" in {*one.values("act"), *other.values("act")}:
        return False
    return orders(one.tokens) and not any(token.text in LASTING for token in one.tokens)


LASTING = frozenset("keep stay remain leave continue still finish always every complete".split())  # noqa: SIM905


def conditioned(said: Statement, language: Language) -> bool:
    """Whether a sentence has a plain condition, and no word that may concede."""
    plain = {at for value in ("if", "when") for at in said.values("condition").get(value, ())}
    if says(said.tokens, language, "also"):
        return False
    if any((token.text, then.text) in RUSSIAN_ALSO for token, then in pairwise(said.tokens)):
        return False
    return (
        said.values("condition").keys().isdisjoint(["even-if", "while"])
        and set(said.excused("condition", "even-if")) <= plain
    )


RUSSIAN_ALSO = frozenset(("и", then) for then in ("при", "если", "когда", "тогда", "в"))


def as_long(said: Statement, at: int, value: str) -> bool:
    """Whether one form says a condition and *unless*: जब तक, not the if of a longer *если только не*."""
    lengths = {sense.value: length for sense, length in said.tokens[at].slots if sense.kind == "condition"}
    return lengths.get(value, 0) >= lengths.get("unless", 0)


EVEN = frozenset(["even", "though", "although", "anyway", "regardless"])


def afterwards(one: Statement, other: Statement, language: Language) -> bool:
    """Whether what is not to be done until something is not to be done after it: it is still forbidden there, and no word says before,
    until, only or except."""
    if len(one.negations) != len(other.negations) or language.code not in AFTERWARDS or "wait" in one.values("act"):
        return False
    if AFTER in [sense for sense, _ in said_by(one)]:
        return False
    meant = [(at, sense) for at, token in enumerate(other.tokens) for sense, _ in token.senses]
    if (
        not TILL.isdisjoint([sense for _, sense in meant])
        or {"unless", "only-if", "while"} & other.values("condition").keys()
    ):
        return False
    places = [at for at, sense in meant if sense == AFTER]
    if any(spanned(other.tokens, at) for at in places) or any(token.text in EARLIER for token in other.tokens):
        return False  # no other dose in the 6 hours after it
    return bool(places) and not any(other.tokens[at - 1].text in EXCEPTING_AFTER for at in places if at)


def spanned(tokens: Sequence[Token], at: int) -> bool:
    """Whether a while stands right before a place, and before it what makes it one within which something is so: in the 6 hours after, less
    than 6 hours after, the first day after."""
    start = max(at - 4, 0)
    if any(token.sense("ordinal") for token in tokens[start:at]):
        return True
    counted = [
        back for back in range(at - 1, start, -1) if tokens[back].kind == "number" or tokens[back].sense("number")
    ]
    number = next(iter(counted), 0)
    return any(
        token.slot("bound") in {"under", "at-most"}
        or any(kind in {"says", "excuses"} and value == "within" for (kind, value), _ in token.senses)
        for token in tokens[max(number - 3, 0) : number]
    )


EARLIER = frozenset(["раньше", "ранее"])
"""Russian words by which *not after* is not before: *не раньше чем через 6 часов после*."""
AFTERWARDS = frozenset("es fr pt de ru zh ar vi hi id fa ur ht".split())  # noqa: SIM905
AFTER, TILL = (
    Sense("says", "after"),
    frozenset([Sense("says", "before"), Sense("says", "until"), Sense("says", "only")]),
)
EXCEPTING_AFTER = frozenset("qu' que sino senão الا erst только лишь sauf".split())  # noqa: SIM905
"""Words with which *not after* is after alone: French *ne … qu'après*, Arabic *illā baʿda*."""


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
    if any(token.text in ASKED_BY for token in other.tokens) and not any(
        token.text in ASKED_BY for token in one.tokens
    ):
        return  # have you vomited? take it again
    if any(token.text == "?" for token in one.tokens) and asks(one) and any(t.text in ASKED_BY for t in other.tokens):
        return  # what should I do if I forget a dose: a dose forgotten, what now?
    ours = [value for value in values if value in CONDITIONS and language.knows("condition", value)]
    if conditional.untroubled(one):
        return  # do not be surprised if
    if "until" in ours and (
        awaited(one, other, language) or says(other.tokens, language, "up-to") or ended(one, other, language)
    ):
        ours.remove("until")
    if "when" in ours and conditional.contained(one, other) and conditional.conditioned(one, other, language):
        ours.remove("when")
    if "if" in ours and conditional.conditioned(one, other, language):
        ours.remove("if")
    ours = [value for value in ours if not conditional.during(value, other, language)]
    ours = [value for value in ours if value not in STATES or not conditional.described(value, one, other)]
    if not ours:
        return
    gone = [value for value in ours if value in ASKED_CONDITIONS and unexcused(value, one, other, language)]
    length = letters(other.tokens) / max(letters(one.tokens) * language.length, 1) if language.length else 1.0
    short = length < min(SHORT, 1 - CUT * len(one.conditional) / len(one.tokens))
    if short and not gone:
        ours = [value for value in ours if value != "even-if" or not other.excused("condition", value)]
    told = conditional.contained(one, other)
    if told and says(other.tokens, language, "only", "earliest"):
        gone, ours = ([value for value in values if value != "only-if"] for values in (gone, ours))
    if (told or conditional.headed(one, other)) and (
        gone in (["if"], ["while"]) or (not gone and ours == ["when"] and short and len(one.conditional) <= BRIEF)
    ):
        yield Difference("condition", ours[0], "", unsure=True)
    elif gone or (ours and short):
        yield Difference("condition", (gone or ours)[0], "", short and (bool(gone) or length < HALVED))


BRIEF = 4
"""Words of a condition that a noun may well stand for: *when you shower*."""
STATES = frozenset(["if", "when", "while"])


def asks(said: Statement) -> bool:
    """Whether an English question asks what is to be done if something happens, so that it may be told first and asked about."""
    return said.tokens[0].text in {"what", "how", "who", "where"}


ASKED_BY = frozenset("?？؟¿")
"""What a condition may be told by, as a question."""
SHORT, CUT, HALVED = 0.8, 0.7, 0.6
"""What share of the length that a sentence needs is little, how much of the length of a clause it lacks without it, and what share
leaves no doubt."""


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
