"""Acts that became others of their class: *press* told as *pull*, *chew* as *swallow*, *postpone* as *cancel*.

Verbs are told too freely for a table of words to ask for one. So it is asked only of an order, and only where the translation has no form
of the act and none that may stand for it, and orders in about its place another act that excludes it, of which the English says nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, permutations, product
from typing import NamedTuple

from pipeline.comparison.lost_values import Difference, beside
from pipeline.text.acts import Acts, acts, offsets
from pipeline.text.imperatives import BEFORE_ORDER, FOLLOWING, NAMES, orders
from pipeline.text.languages.table import Language
from pipeline.text.quantities import Reading
from pipeline.text.statements import BREAKS, Statement
from pipeline.text.tokens import Token

ENGLISH = "en"
BEFORE = BEFORE_ORDER | frozenset(
    "don't dont not to must should shall may can cannot can't shouldn't mustn't do".split()  # noqa: SIM905
)
"""English words behind which a verb tells what is to be done."""
OBLIGING = frozenset("don't dont not must should shall mustn't shouldn't please always never".split())  # noqa: SIM905
"""Those of them that make an order of any verb."""
FOLLOWERS = FOLLOWING | frozenset(
    "us me our ours everything something more less as if when while at in for into from to".split()  # noqa: SIM905
)
"""English words that follow a verb of an order."""
HAVING = frozenset("have has had need needs able want wants likely going used how easy hard due try trying".split())  # noqa: SIM905
"""English words before a *to* behind which no verb is ordered."""
BEFORE_ING = frozenset("avoid without before after stop keep from by start try not".split())  # noqa: SIM905
"""English words behind which a form in *-ing* does."""

LONG = 40
"""Words of a sentence from which on it tells too much to tell which act stands for which."""
NEVER = ("says", "never")
TURN, SWITCHED = "turn", frozenset(["turn-on", "turn-off"])
"""An act, and those that tell of no turning though they begin so: *turn the pump on*."""
FOR = frozenset("para pour чтобы zum um de للتخلص لكي để".split())  # noqa: SIM905
"""Words of all languages behind which a verb tells what for."""


class Ordered(NamedTuple):
    """An act that an English sentence orders, and at which token."""

    act: str
    at: int


def rivals_of(known: Acts) -> dict[str, frozenset[str]]:
    """The acts that each act excludes, as the table of English has them: those of a class (`press=pinch pull turn`), and those of a wide
    one that are not akin."""
    akin = {
        pair for act, others in known.kin.items() for other in others.split() for pair in ((act, other), (other, act))
    }
    found: dict[str, set[str]] = {}
    for line, wide in [
        *((line, False) for line in known.classes.values()),
        *((line, True) for line in known.wide.values()),
    ]:
        for groups in permutations([group.split("=") for group in line.split()], 2):
            for one, other in product(*groups):
                if not wide or (one, other) not in akin:
                    found.setdefault(one, set()).add(other)
    return {act: frozenset(others) for act, others in found.items()}


@lru_cache(maxsize=1)
def english() -> tuple[Acts, Mapping[str, frozenset[str]], Mapping[str, Sequence[str]]]:
    """The acts of English, what each excludes, and those that may begin with a word."""
    known = acts(ENGLISH)
    assert known is not None
    first: dict[str, list[str]] = {}
    for act, row in known.rows.items():
        for form in row.partition("|")[0].split(","):
            word = form.split()[0]
            if act not in first.setdefault(word, []):
                first[word].append(act)
    return known, rivals_of(known), first


def ordered(tokens: Sequence[Token]) -> list[Ordered]:
    """The acts that an English sentence orders, each once."""
    known, _, first = english()
    places = [at for at, token in enumerate(tokens) if token.text in first and opens(tokens, at)]
    if places and not orders(tokens):
        places = [at for at in places if commands(tokens, at)]
    if not places or len(tokens) > LONG:
        return []
    text, begins = known.text(tokens), offsets(tokens, known.spaces)
    found: dict[str, Ordered] = {}
    for at in places:
        here = [act for act in first[tokens[at].text] if known.says(act).match(text, begins[at])]
        for act in here:
            if act != TURN or SWITCHED.isdisjoint(here):
                found.setdefault(act, Ordered(act, at))
    return list(found.values())


def opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether an English verb stands where an order has it: where a clause opens, or behind a word that leads to one. One that is as often a
    name of something is none before what may not follow a verb."""
    text, before = tokens[at].text, tokens[at - 1] if at else None
    if before is not None and before.text == "to" and at > 1 and tokens[at - 2].text in HAVING:
        return False
    if text.endswith("ing"):
        return before is not None and before.text in BEFORE_ING
    if before is not None and before.kind != "sign" and before.text not in BEFORE and not before.text.endswith("ly"):
        return False
    if before is not None and before.kind == "sign" and before.text not in BREAKS and before.text not in "•-*(":
        return False
    return text not in NAMES or (at + 1 < len(tokens) and tokens[at + 1].text in FOLLOWERS)


def commands(tokens: Sequence[Token], at: int) -> bool:
    """Whether an English verb opens a sentence or a part of it, or stands behind *must* or *not*, before what follows a verb."""
    leads = not at or tokens[at - 1].kind == "sign" or tokens[at - 1].text in OBLIGING
    return leads and at + 1 < len(tokens) and tokens[at + 1].text in FOLLOWERS


@lru_cache(maxsize=1 << 12)
def asked(reading: Reading) -> tuple[str, ...]:
    """The acts that an English text orders."""
    return tuple(dict.fromkeys(found.act for tokens in reading.sentences for found in ordered(tokens)))


def told_apart(ours: Reading, theirs: Reading, source: Language, language: Language) -> bool:
    """Whether an English text orders an act of which a translation has nothing."""
    if source.code != ENGLISH or not (orders := asked(ours)):
        return False
    known = acts(language.code)
    if known is None:
        return False
    text = known.text(theirs.tokens)
    return any(act in known.rows and not any(known.answered(act, text)) for act in orders)


def became(one: Statement, other: Statement, source: Language, language: Language) -> Iterator[Difference]:
    """Acts that one sentence orders and in whose place the other orders one that excludes them."""
    known = acts(language.code) if source.code == ENGLISH else None
    if known is None or bool(one.negations) is not says_no(other):
        return  # to discard is not to use again
    ours, rivals, _ = english()
    theirs = said = ""
    covered: Covered | None = None
    for act, at in ordered(one.tokens):
        if act not in known.rows:
            continue
        theirs = theirs or known.text(other.tokens)
        if any(known.answered(act, theirs)):
            continue
        said = said or ours.text(one.tokens)
        purpose = at and one.tokens[at - 1].text == "to"
        for rival in sorted(rivals.get(act, ())):
            if rival not in known.rows or any(ours.answered(rival, said)):
                continue
            near = [
                span
                for place, span in places(rival, other, known, theirs)
                if (language.free_order or beside([at], [place], one, other, language))
                and (purpose or not place or other.tokens[place - 1].text not in FOR)
            ]
            if near:
                covered = covered or covering(theirs, said, known)
                if not all(covered.over(span) for span in near):
                    yield Difference("act", act, rival)
                    break


def says_no(sentence: Statement) -> bool:
    """Whether a translation says no or never."""
    return bool(sentence.negations) or any(token.has(NEVER) for token in sentence.tokens)


def places(act: str, sentence: Statement, known: Acts, text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where a sentence orders an act: at which token, and where in its text."""
    begins = offsets(sentence.tokens, known.spaces)
    for found in known.said(act, text):
        yield bisect_right(begins, found.start()) - 1, found.span()


class Covered(NamedTuple):
    """What may stand for acts in a text: where each of them begins, in order, and how far any of them goes that has begun by then."""

    starts: Sequence[int]
    ends: Sequence[int]

    def over(self, span: tuple[int, int]) -> bool:
        """Whether something of it stands over a place."""
        begun = bisect_left(self.starts, span[1])
        return begun > 0 and span[0] < self.ends[begun - 1]


def covering(text: str, english_text: str, known: Acts) -> Covered:
    """What may stand in a translation for any act of which the English tells in any way."""
    ours, _, _ = english()
    told = [act for act in ours.rows if act in known.rows and any(ours.said(act, english_text))]
    spans = sorted(found.span() for act in told for found in known.answered(act, text))
    return Covered([start for start, _ in spans], [*accumulate([end for _, end in spans], max)])
