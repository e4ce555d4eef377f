"""A bound that a translation brings in: *7 days* told as *at most 7 days*, *wait 2 hours* as *no more than 2 hours*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.comparison.lost_values import Difference
from pipeline.text.figures import DOSES
from pipeline.text.imperatives import orders
from pipeline.text.statements import FLOORS, NEAR, NUMBERED, NUMERAL, TURNED, Bound, Statement, bounded, bounds, flatly
from pipeline.text.tokens import Token


def bounded_more(one: Statement, other: Statement) -> Iterator[Difference]:
    """The bound of a number that a translation says and its English, which says none, does not. One that turns the sense is as sure as another
    value in its place."""
    if flatly(one) or "until" in one.values("condition"):
        return  # do not drive for 48 hours: drive after 48 hours at the earliest
    if not any(numeral(token) for token in one.tokens) or any(token.text in BOUNDING for token in one.tokens):
        return
    figures = frozenset([token.text for token in one.tokens if token.kind == "number"])
    for bound in bounds(other):
        said = values(other, bound)
        if (
            bound.weak
            or other.tokens[bound.at].text in LOOSE
            or not bounded(other, bound.at)
            or allowed(one, said, floor=bound.floor)
        ):
            continue
        if any_one(one, other, bound):
            continue
        if said.isdisjoint(TURNED) or any(token.text in figures for token in beside(other, bound, 1)):
            now = "at least" if bound.floor else "at most"
            yield Difference("bound", "", now, sure=turns(one, other, bound))
            return


def any_one(one: Statement, other: Statement, bound: Bound) -> bool:
    """Whether a bound is that of *at least one* of some, and the English says one of nothing."""
    ones = any(single(token) for token in beside(other, bound, NEAR))
    return bound.floor and ones and not any(map(single, one.tokens))


def single(token: Token) -> bool:
    """Whether a token says one."""
    return token.text == "1" or (bool(token.senses) and (token.sense("number") or ("", 0))[0] == "1")


def numeral(token: Token) -> bool:
    """Whether a token is a number or part of one, or stands for what may be one."""
    return token.kind in NUMBERED or (bool(token.senses) and any(map(token.sense, NUMERAL)))


def values(said: Statement, bound: Bound) -> frozenset[str]:
    """What the word of a bound says: at least, over."""
    return frozenset([value for value, places in said.values("bound").items() if bound.at in places])


def allowed(one: Statement, said: frozenset[str], *, floor: bool) -> bool:
    """Whether a word of the English may say such a bound; a word that may say *under* is no *at most*."""
    alike = [
        value for value, low in FLOORS.items() if low is floor and (value not in TURNED or not TURNED.isdisjoint(said))
    ]
    return any(one.excused("bound", value) for value in alike)


def beside(said: Statement, bound: Bound, far: int) -> Sequence[Token]:
    """The words beside those of a bound, on both sides."""
    long = max(length for (kind, _), length in said.tokens[bound.at].slots if kind == "bound")
    end = bound.at + long
    return (*said.tokens[max(bound.at - far, 0) : bound.at], *said.tokens[end : end + far])


def turns(one: Statement, other: Statement, bound: Bound) -> bool:
    """Whether a bound turns what the English says: a wait that is the longest, a term that is the shortest, a dose that is the least."""
    if not bound.floor:
        return "wait" in one.values("act")
    if any(token.has(WITHIN) for token in one.tokens):
        return True
    dosed = any(
        (unit := token.sense("unit")) and unit[0] in DOSES for token in beside(other, bound, NEAR) if token.senses
    )
    return dosed and orders(one.tokens)


WITHIN = ("says", "within")
LOOSE = frozenset("高达 多达 长达 以内 之内".split())  # noqa: SIM905
"""Chinese words of a bound that may as well call a number high, or say *in* so long."""
BOUNDING = frozenset("≥ ≤ > < + later newer surpass surpasses surpassed surpassing".split())  # noqa: SIM905
"""Signs and English words that say a bound and are in no table."""
