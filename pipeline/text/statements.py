"""What a text tells its reader to do: each sentence as the slots that it fills (how often, at most, by mouth, if, to whom).

A sentence is read with the `[slots.*]` of its language (told in `languages/README.md`). A *part* of it is what it tells, or
the condition under which it tells it: *do not stop* | *if you feel well* says another thing than *stop* | *if you do not feel well*.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.core.records import record
from pipeline.text.languages.table import SLOTS, Language
from pipeline.text.quantities import Reading
from pipeline.text.tokens import NOT, Said, Token

Places = Mapping[str, Mapping[str, Sequence[int]]]
"""Slot → value → the tokens at which it is said."""


@record
class Statement:
    """One sentence: its tokens, what it says by slot, which tokens say or excuse anything, and which are its condition."""

    tokens: Sequence[Token]
    says: Places
    slotted: Sequence[tuple[int, Said]]
    conditional: frozenset[int]

    @property
    def negations(self) -> list[int]:
        """Where it says no or not; *neither … nor* once."""
        return [at for at, token in enumerate(self.tokens) if token[3] and token.has(NOT) and token[0] != "nor"]

    def values(self, slot: str) -> Mapping[str, Sequence[int]]:
        """The values of a slot that are said."""
        return self.says.get(slot, {})

    def excused(self, slot: str, value: str) -> Sequence[int]:
        """Where something stands that may stand for a value of a slot."""
        sense = (f"{slot}?", value)
        return [at for at, slots in self.slotted if sense in [one for one, _ in slots]]


def denies(token: Token) -> bool:
    """Whether a token says no or not."""
    return token.has(NOT)


def flatly(said: Statement) -> list[int]:
    """Where an English sentence says no to what is done: *do not*, *should not*; not *is not*, nor *no*."""
    texts = ["", *(token.text for token in said.tokens)]
    return [
        at
        for at, (before, text) in enumerate(itertools.pairwise(texts))
        if text in FLAT or (text == "not" and before in AUXILIARIES)
    ]


AUXILIARIES = frozenset("do does did should must shall may".split())  # noqa: SIM905
FLAT = frozenset([f"{word}n't" for word in AUXILIARIES])
"""English words that say no to what is done."""


def forbidding(said: Statement, obliging: frozenset[tuple[str, str]], behind: int) -> set[int]:
    """Where a sentence says no to what must be done: words that say so, and the *not* up to two words before those that oblige
    or as many as `behind` behind them."""
    found: set[int] = set()
    for at, slots in said.slotted:
        meant = [sense for sense, _ in slots]
        if MUST_NOT in meant:
            found.add(at)
        elif not obliging.isdisjoint(meant):
            near = range(max(at - 2, 0), min(at + behind + 1, len(said.tokens)))
            found.update([other for other in near if said.tokens[other].senses and forbids(said.tokens, other)][:1])
    return found


def forbids(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word says no, and is not the second half of *whether or not* (*deverá ou não*)."""
    return denies(tokens[at]) and not (at and tokens[at - 1].slot("join") == "or")


MUST_NOT = ("modal", "must-not")
OBLIGING = frozenset([("modal", "must"), ("modal", "should")])


BREAKS = frozenset(",;:،؛；，：—–.!?。！？؟।۔።")
"""Signs that end a condition."""
CONDITIONS = frozenset(["if", "unless", "only-if", "even-if", "when", "while", "until"])


def statement(tokens: Sequence[Token], language: Language) -> Statement:
    """A sentence read for its slots."""
    says: dict[str, dict[str, list[int]]] = {}
    slotted = [(at, token[4]) for at, token in enumerate(tokens) if token[4]]
    for at, slots in slotted:
        for (kind, value), _ in slots:
            if kind in SLOTS:
                says.setdefault(kind, {}).setdefault(value, []).append(at)
    starts = sorted(
        at
        for value, places in says.get("condition", {}).items()
        for at in places
        if value != "until" or not language.knows("clause-comma") or not at or tokens[at - 1].text in BREAKS
    )  # `bis Montag` is no clause
    return Statement(tokens, says, slotted, conditional(tokens, starts, language) if starts else frozenset())


def conditional(tokens: Sequence[Token], starts: Sequence[int], language: Language) -> frozenset[int]:
    """The tokens of a sentence that are its condition: from *if* or *when* to the next break. Where the parts of a sentence come
    in another order, the word may stand last: then from the break before."""
    found: set[int] = set()
    before = end = 0
    for start in starts:
        begin = start
        if language.free_order:
            while begin > before and tokens[begin - 1].text not in BREAKS:
                begin -= 1
        begin, before = max(begin, end), start
        if end <= start:
            end = start + 1
            while end < len(tokens) and tokens[end].text not in BREAKS and not resumes(tokens, end):
                end += 1
        found.update(range(begin, end))
    return frozenset(found)


def resumes(tokens: Sequence[Token], at: int) -> bool:
    """Whether *and* or *or* stands at a place, and after it what is to be done."""
    return tokens[at].slot("join") in JOINED and any(token.slot("act") for token in tokens[at + 1 : at + 3])


JOINED = frozenset(["and", "or"])
"""What joins the last item of a list, or what is told to what is told."""


def stated(reading: Reading, language: Language) -> tuple[Statement, ...]:
    """The sentences of a reading as statements."""
    return tuple([statement(tokens, language) for tokens in reading.sentences])


statements, lately = lru_cache(maxsize=1 << 12)(stated), lru_cache(maxsize=16)(stated)
"""The same, kept: of the English, which every language asks for; of a translation, while the checks of one pair ask for it."""


@lru_cache(maxsize=16)
def whole(reading: Reading, language: Language) -> Statement:
    """A whole text as one statement."""
    return statement(reading.tokens, language)


def together(
    ours: Reading, theirs: Reading, source: Language, language: Language
) -> Iterator[tuple[Statement, Statement]]:
    """The statements of two texts side by side: sentence by sentence where there are as many, else as wholes."""
    if len(ours.sentences) == len(theirs.sentences):
        yield from zip(statements(ours, source), lately(theirs, language), strict=True)
    elif ours.tokens and theirs.tokens:
        yield whole(ours, source), whole(theirs, language)


class Bound(NamedTuple):
    """At least (`floor`) or at most, and where it is said; `weak` where the word may as well be *until* or *to*."""

    floor: bool
    at: int
    weak: bool = False


FLOORS = {"at-least": True, "over": True, "at-most": False, "under": False}
TURNED = frozenset(["over", "under"])
"""Bounds that a *not* turns round: not over is at most. The others hold their *no* in themselves."""


def bounds(said: Statement, *, ages: bool = False) -> list[Bound]:
    """The bounds of a statement, those that its negation turns round turned, in the order in which they are said. `ages`: those of
    persons of an age stay as they are."""
    made: list[Bound] = []
    values = said.values("bound")
    if not values:
        return made
    denied = [at for at in said.negations if said.tokens[at].text not in WITHOUT]
    for value, places in values.items():
        for at in places:
            floor = FLOORS.get(value)
            if floor is None:
                continue
            if value in TURNED and not (ages and aged(said, at)) and any(reaches(said, place, at) for place in denied):
                floor = not floor
            weak = said.tokens[at].slot("condition") == "until"
            made.append(Bound(floor, at, weak))
    return sorted(dict.fromkeys(made), key=lambda bound: bound.at)


def aged(said: Statement, at: int) -> bool:
    """Whether a bound is that of the age of those of whom a sentence tells something: *babies under six months should not*."""
    who = said.says.get("who", {})
    if AGES.isdisjoint(who):
        return False
    after, before = said.tokens[at + 1 : at + 5], said.tokens[max(at - 4, 0) : at]
    beside = any(at - 1 in who[value] for value in AGES & who.keys())
    if beside and after and (after[0].kind == "number" or bool(after[0].sense("number"))):
        return True  # children under 16
    return any(
        unit[0] in {"year", "month"} for token in (*after, *before) if token.senses and (unit := token.sense("unit"))
    )


AGES = frozenset(["baby", "child", "adult"])


def reaches(said: Statement, denial: int, at: int) -> bool:
    """Whether a *not* turns a bound round: it stands in the same clause, some words before, or behind it where a language puts it there."""
    if abs(at - denial) > REACH or (denial in said.conditional) != (at in said.conditional):
        return False
    if said.tokens[denial].text in LACKING and abs(at - denial) > 1:
        return False  # 没有症状超过两周: without symptoms, over two weeks
    first, last = sorted((denial, at))
    between = said.tokens[first:last]
    joined = denial > at and any(
        token.slots and token.slot("join") in JOINED for token in between
    )  # `over 500 urban and nonurban`
    if denial > at and any(token.text in RELATIVE for token in between):
        return False  # over 39 °C that does not come down
    return not joined and not any(token.text in BREAKS for token in between)


WITHOUT = frozenset(
    "without sin sem senza sans san ohne без tanpa bila بدون بلا بغير بغیر बिना 无 非 未 غير غیر zonder bez".split()  # noqa: SIM905
)
"""What says no to the noun behind it, and turns no bound."""
LACKING = frozenset(["没有"])
"""Chinese words that say no to what stands right behind them."""
RELATIVE = frozenset(["that", "which", "who"])
"""English words that open a clause of which a *not* in it is."""
REACH = 8
"""Words between a *not* and the bound that it turns, at most."""
NEAR = 3
"""Words between a bound and its number, at most."""


def bounded(said: Statement, at: int) -> bool:
    """Whether a number stands near a place, or a fact, which may have one."""
    start = max(at - NEAR, 0)
    return any(
        token.kind in NUMBERED
        or (token.senses and any(map(token.sense, NUMERAL)) and not pronoun(said.tokens, start + place))
        for place, token in enumerate(said.tokens[start : at + NEAR + 3])
    )


def pronoun(tokens: Sequence[Token], at: int) -> bool:
    """Whether an English *one* counts nothing: *the one below*, *this one*."""
    return tokens[at].text == "one" and at > 0 and tokens[at - 1].text in POINTING


POINTING = frozenset(["the", "this", "that", "which", "another", "each", "any"])


NUMBERED = frozenset(["number", "fact"])
"""Kinds of tokens that are a number or stand for what may be one."""


NUMERAL = ("number", "scale", "fraction")
"""Senses that make a word part of a number: *up to a million*."""
