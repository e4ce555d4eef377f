"""How far a *no* reaches over what is ordered: *do not open the box or call us* forbids both, *do not open it, and call us* one alone.

An English sentence orders acts, each by a verb that opens its clause. A translation says the same acts by words that its tables know. Its *no* reaches all
that stands behind it in its clause: over *or* and *nor*, over *and* to a noun; not over *and* to another act, nor over a comma, *but* or a point. Where a
language puts its *no* behind the verb (German), the act right before it is reached as well.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.comparison.keeping import KEEPING, NOT
from pipeline.text.imperatives import BEFORE_ORDER, begins
from pipeline.text.languages.table import Language
from pipeline.text.listing import COMMAS
from pipeline.text.statements import BREAKS, JOINED, WITHOUT
from pipeline.text.tokens import Token


class Order(NamedTuple):
    """An act that an English sentence orders: where, what its tables call it, and whether it is forbidden; None where that is not clear
    (*do not drink and drive*)."""

    at: int
    acts: frozenset[str]
    forbidden: bool | None


NO = frozenset(["not", "n't", "never", "don't", "no", "without", "avoid"])
TURNING = frozenset(["but", "then", "instead"])
"""English words behind which another order is not forbidden by the *not* before them."""


def orders(tokens: Sequence[Token]) -> Iterator[Order]:
    """The acts that an English sentence orders or forbids."""
    start, forbidden = True, False
    unclear = False
    for at, token in enumerate(tokens):
        text = token.text
        if token.kind == "sign":
            start = True
            if text in COMMAS:
                unclear = unclear or forbidden
            elif text in BREAKS:
                forbidden = unclear = False
            continue
        if text in NO and start:
            forbidden, unclear = True, False
            continue
        acts = said(token) if start and not text.endswith("ing") else frozenset()
        ordered = (forbidden and not unclear and text not in BEFORE_ORDER) or (start and begins(tokens, at))
        if acts or (start and ordered and text not in {"do", "don't"}):
            if acts or text in KEEPING or forbidden:
                yield Order(at, acts, None if unclear else forbidden)
            start = False
            continue
        if text in TURNING:
            start, forbidden, unclear = True, False, False
        elif joining := token.slot("join"):
            start = start or joining in JOINED
            unclear = unclear or (forbidden and joining == "and")
        else:
            start = start and (text in BEFORE_ORDER or text == "do")


def said(token: Token) -> frozenset[str]:
    """What a word says that is done, or how things become."""
    return frozenset(
        [sense.value for sense, _ in token.senses if sense.kind == "says" and sense.value in DONE]
        + [sense.value for sense, _ in token.slots if sense.kind == "act"]
    )


DONE = frozenset(
    "stop continue start open closed cover uncover raise put_down put_on remove connect disconnect sit stand lie sleep wake wet dry clean full empty tight loose "  # noqa: SIM905
    "dirty push pull inhale exhale bent straight".split()
)
"""Concepts whose words are verbs as a rule."""


def reached(tokens: Sequence[Token], language: Language) -> frozenset[int]:
    """The places of a translation that a *no* reaches."""
    found: set[int] = set()
    onward: set[int] = set()
    for at, token in enumerate(tokens):
        if not denies(token) or token.text in WITHOUT:
            continue
        length = max(length for sense, length in token.senses if sense == NOT)
        if language.knows("clause-comma"):
            found.update(before(tokens, at))
        elif opening := language.parted_no[0]:
            found.update(between(tokens, at, opening))
        elif language.code in ENDING:
            found.update(clause(tokens, at))
        onward.update(itertools.takewhile(lambda place: place not in onward, behind(tokens, at + length)))
    return frozenset(found | onward)


def denies(token: Token) -> bool:
    """Whether a word says no; *avoid* reaches what stands behind it as well."""
    return bool(token.senses) and any(sense == NOT for sense, _ in token.senses)


def before(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """The act that stands right before a *no*, in its clause."""
    for place in range(at - 1, max(at - BACK, -1), -1):
        if tokens[place].text in BREAKS or joint(tokens[place]):
            return
        if said(tokens[place]):
            yield place
            return


def clause(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """What stands before a *no* in its clause, where a language says it at the end."""
    for place in range(at - 1, max(at - LONG, -1), -1):
        if tokens[place].text in BREAKS or joint(tokens[place]) == "and":
            return
        yield place


ENDING, LONG = frozenset(["hi", "ur"]), 12
"""Languages of which that is so, and how many words of such a clause are read."""


def between(tokens: Sequence[Token], at: int, opening: frozenset[str]) -> Iterator[int]:
    """What stands between the two words of a *no*: *ne le conservez pas*."""
    back = tokens[max(at - BACK, 0) : at]
    first = next((place for place, token in enumerate(back) if token.text in opening), len(back))
    yield from range(at - len(back) + first, at)


BACK = 5
"""So far before a *no* stands the verb that it is of: *öffnen Sie die Schachtel nicht*."""


def behind(tokens: Sequence[Token], start: int) -> Iterator[int]:
    """What stands behind a *no* in its clause."""
    for at in range(start, len(tokens)):
        text = tokens[at].text
        if text in BREAKS or text in WITHOUT or text == ORDERING or tokens[at].slot("condition"):
            return  # do not touch it without washing: wash before you touch it
        if joint(tokens[at]) == "and" and (any(map(said, tokens[at : at + NEXT])) or commands(tokens, at)):
            return
        yield at


ORDERING = "hãy"
"""Stands before what is ordered in Vietnamese: *mà hãy nuốt*."""


def commands(tokens: Sequence[Token], at: int) -> bool:
    """Whether an order follows *and* whatever its verb says: German *und machen Sie*, Arabic *wa-* and the *i-* of an order, no article."""
    text = tokens[at].text
    return polite(tokens, at) or (text.startswith("وا") and not text.startswith("وال"))


def polite(tokens: Sequence[Token], at: int) -> bool:
    """Whether a German order follows: *und machen Sie es nass*."""
    return at + 2 < len(tokens) and tokens[at + 2].text == "sie"


NEXT = 4
"""Among so many words from *and* on stands the verb of another order."""


def joint(token: Token) -> str:
    """*And* or *or*, "" for any other word."""
    return next((sense.value for sense, _ in token.slots if sense.kind == "join" and sense.value in JOINED), "")


def overreaches(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a translation forbids an act that its English orders beside another one, or says that act no more, so that its *no* reaches
    what was to be done with it: *do not take off the patch and the tablets*."""
    asked = list(orders(ours))
    if len(asked) < MANY or all(order.forbidden is not False for order in asked):
        return False
    if any(token.text == "only" or token.slot("condition") in EXCLUDING for token in ours):
        return False  # open it only when …: do not open it until …
    over = reached(theirs, language)
    shunned = frozenset[str]().union(*(order.acts for order in asked if order.forbidden is not False))
    told = [(at, done) for at, token in enumerate(theirs) if (done := said(token))]
    seen: set[frozenset[str]] = set()
    for order in asked:
        acts = order.acts - shunned - SHUNNING
        if order.forbidden is not False or not acts or acts in seen:
            continue
        if order is not asked[0]:
            seen.add(acts)  # of an act that is ordered again the same is said
        places = [at for at, done in told if not acts.isdisjoint(done)]
        if places and over.issuperset(places):
            return True
        if (
            not places
            and ours[asked[0].at].text in KEEPING
            and order is not asked[0]
            and swallowed(acts, theirs, language)
        ):
            return True
    return False


def exchanged(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether of two acts the English orders one and forbids the other, and a translation forbids the first: *do not close it and shake it*
    for *close it and do not shake it*."""
    asked = list(orders(ours))
    wanted = [order.acts for order in asked if order.forbidden is False and order.acts]
    shunned = [order.acts for order in asked if order.forbidden]
    if not wanted or not shunned or any(token.text == "only" or token.slot("condition") in EXCLUDING for token in ours):
        return False
    if told_in_order(ours, theirs):
        return False
    over = reached(theirs, language)
    told = [(at, done) for at, token in enumerate(theirs) if (done := said(token))]
    banned = frozenset[str]().union(*shunned) | SHUNNING
    if any(not banned.isdisjoint(done) for at, done in told if at in over):
        return False
    places = [[at for at, done in told if not (acts - banned).isdisjoint(done)] for acts in wanted]
    return any(found and over.issuperset(found) for found in places)


def swallowed(acts: frozenset[str], theirs: Sequence[Token], language: Language) -> bool:
    """Whether nothing in a translation may stand for an act, though it joins something that one would do it with."""
    if not all(language.knows("act", act) for act in acts) or not any(map(joint, theirs)):
        return False
    return not any(
        value in acts and kind in DOUBTED
        for token in theirs
        for said_of in (token.senses, token.slots)
        for (kind, value), _ in said_of
    )


def forgotten(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a translation says one of two acts that its English orders or forbids, and nothing that may stand for the other."""
    asked = [order.acts for order in orders(ours) if order.acts]
    if len(asked) < MANY or any(token.slot("condition") for token in ours):
        return False
    meant = [(kind, value) for token in theirs for found in (token.senses, token.slots) for (kind, value), _ in found]
    there = frozenset().union(*map(said, theirs))
    maybe = {value for kind, value in meant if kind in DOUBTED}
    gone = [
        acts
        for acts in asked
        if acts.isdisjoint(there | maybe)
        and all(language.knows("act", act) or language.knows("says", act) for act in acts)
    ]
    return bool(gone) and any(not acts.isdisjoint(there) for acts in asked)


def told_in_order(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether a translation alone tells what is done by a word for before or after: *open the box after you wash your hands*."""
    return any(map(ordering, theirs)) and not any(map(ordering, ours))


def ordering(token: Token) -> bool:
    """Whether a word says before or after."""
    return any(sense in IN_TIME for sense, _ in token.senses)


IN_TIME = frozenset([("says", "before"), ("says", "after")])
DOUBTED = frozenset(["act?", "excuses", "hints"])


MANY = 2
SHUNNING = frozenset(["avoid", "skip", "miss"])
"""Acts of doing nothing."""
EXCLUDING = frozenset(["until", "unless", "only-if"])
