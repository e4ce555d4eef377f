"""Orders to keep something as it is that a translation tells by forbidding its opposite: *stay lying down* as *do not get up*."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.text.listing import COMMAS
from pipeline.text.tokens import Token

KEEPING = frozenset("keep stay remain leave continue hold".split())  # noqa: SIM905
"""English words of an order that nothing is to change."""
AGAINST = {
    "lie": frozenset(["stand", "sit", "raise", "wake"]),
    "sit": frozenset(["stand", "raise", "lie"]),
    "stand": frozenset(["sit", "lie"]),
    "wake": frozenset(["sleep"]),
    "closed": frozenset(["open", "turn-on"]),
    "open": frozenset(["closed"]),
    "dry": frozenset(["wet"]),
    "cover": frozenset(["uncover", "remove"]),
    "straight": frozenset(["bent"]),
    "clean": frozenset(["dirty"]),
    "continue": frozenset(["stop"]),
    "on": frozenset(["turn-off", "remove"]),
    "off": frozenset(["turn-on", "put_on"]),
    "raise": frozenset(["put_down"]),
    "connect": frozenset(["disconnect"]),
}
"""What changes each of the states that an order may keep."""
STATES = frozenset(["on", "off"])
"""States that English says by a word that says many other things: in the translation they are what is turned or put so."""
BRINGING = {"on": frozenset(["turn-on", "put_on"]), "off": frozenset(["turn-off", "remove"])}
LOOSE = frozenset(["stand", "sit", "turn-off"])
"""What is also told by a word that only may stand for it: *no se incorpore*, *nicht … auf*."""
ORDER = 2
"""Among so many first words the word stands that an order to keep something begins with: *please keep*."""


def keeps(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether an English sentence orders to keep a state and its translation forbids to end it: it says one *no* more, what ends the state,
    and nothing of the state itself."""
    begin = next((at for at, token in enumerate(ours[:ORDER]) if token.text in KEEPING), -1)
    if begin < 0 or nots(ours) or nots(theirs) != 1 or goes_on(ours, theirs):
        return False
    state, ended = said(ours), said(theirs)
    state |= {token.text for token in ours[begin:] if token.text in STATES}
    loosely = said(theirs, loosely=True) & LOOSE
    return any(
        (AGAINST[one] & ended - state or AGAINST[one] & loosely - state)
        and one not in ended
        and BRINGING.get(one, frozenset()).isdisjoint(ended)
        for one in state & AGAINST.keys()
    )


def keeps_on(tokens: Sequence[Token], state: str) -> bool:
    """Whether an English sentence orders to keep something on, or off, and says nothing of the other: *leave the alarm on*, *keep the pump
    switched on at all times*; not *keep it on your belt*."""
    other = "off" if state == "on" else "on"
    texts = [token.text for token in tokens]
    if other in texts:
        return False
    for at, text in enumerate(texts):
        if text in KEEPING and (not at or tokens[at - 1].kind == "sign" or texts[at - 1] in LEADING):
            for place in range(at + 1, min(at + CLAUSE, len(texts))):
                if tokens[place].kind == "sign" or tokens[place].slot("join"):
                    break
                if texts[place] == state and closing([*texts[place + 1 : place + 2], ""][0]):
                    return not nots(tokens[:place])
    return False


def closing(text: str) -> bool:
    """Whether *on* or *off* has nothing behind it that something could be on."""
    return not text or not text.isalpha() or text in BEHIND


LEADING = frozenset("please always and or then must should to but".split())  # noqa: SIM905
CLAUSE = 8
BEHIND = frozenset(
    "at during while when until unless if in for overnight always all and or even so as whenever day through throughout before after to".split()  # noqa: SIM905
)
"""English words behind an *on* that ends what is said of a state."""


def goes_on(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether an *or* that the English does not have carries the *no* on to what ends no state: *do not get up or call your doctor*."""
    alternatives = [at for at, token in enumerate(theirs) if token.slot("join") == "or" or token.text == LISTING]
    if len(alternatives) <= sum(token.slot("join") == "or" or token.text in COMMAS for token in ours):
        return False
    told, changing = said(ours), frozenset().union(*(AGAINST[one] for one in said(ours) & AGAINST.keys()))
    changing |= {end for token in ours if token.text in STATES for end in AGAINST[token.text]}
    for at, end in pairwise([*alternatives, len(theirs)]):
        there = said(theirs[at:end]) | (said(theirs[at:end], loosely=True) & LOOSE)
        if there.isdisjoint(changing) or not there.isdisjoint(told - changing - AGAINST.keys()):
            return True
    return False


LISTING = "、"
"""Joins what is forbidden with no *or*."""


def nots(tokens: Sequence[Token]) -> int:
    """How many words say no, those for *avoid* aside: *to avoid an infection* forbids nothing."""
    return sum(
        any(sense == NOT for sense, _ in token.senses) and token.slot("act") != "avoid"
        for token in tokens
        if token.senses
    )


NOT = ("says", "not")


def said(tokens: Sequence[Token], *, loosely: bool = False) -> set[str]:
    """What a sentence says of what is done, and how things are; `loosely`: what it may say."""
    kinds = ("excuses", "hints", "act?") if loosely else ("says", "act")
    return {
        value for token in tokens for said in (token.senses, token.slots) for (kind, value), _ in said if kind in kinds
    }
