"""Two things that a sentence joins by *and* or *or*: whether a translation has only one of them, or a third."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.text.languages import Language
from pipeline.text.listing import ROOM, joins, lists, parts_of, separators, short_items
from pipeline.text.lost_values import letters
from pipeline.text.tokens import Token


def pairing(language: Language) -> bool:
    """Whether a language joins two things by a word where English does: not one that says them as one word or by a verb form (zh, vi, hi)."""
    return language.knows("join") and language.spaces and not language.free_order and language.code not in COMPOUNDING


def sparing(language: Language) -> bool:
    """Whether a language sets no commas but where English may, and writes its *and* apart."""
    commas = language.loose_order or language.knows("clause-comma")
    return language.knows("join") and language.code != "ar" and not commas


def halved(english: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a sentence joins what its translation does not: that has no joining word nor comma at all, and is as much shorter than
    its language needs as if one of two things were gone."""
    if separators(theirs):
        return False
    if not any(joins(token) and things(english, at) for at, token in enumerate(english)):
        return False
    return letters(theirs) < SHORT * letters(english) * language.length


def things(tokens: Sequence[Token], at: int) -> bool:
    """Whether a joining word stands between two things, and not in a number or a range: *two and a half*, *between 2 and 5*; nor
    where two words say one thing: *go and see*, *as and when*, *again and again*."""
    if 0 < at < len(tokens) - 1:
        before, after = tokens[at - 1].text, tokens[at + 1].text
        if before == after or before in LEADING or (before, after) in ONE:
            return False
    around = tokens[max(at - REACH, 0) : at + REACH + 1]
    return not any(token.kind == "number" or any(token.sense(kind) for kind in NUMERAL) for token in around)


LEADING = frozenset(["go", "come", "try"])
"""English verbs that say with another one what that says alone."""
ONE = frozenset(
    tuple(pair.split("/"))
    for pair in "as/when if/when safe/sound day/night night/day wait/see wait/watch now/then first/foremost sooner/later each/every "  # noqa: SIM905
    "one/only here/there up/about out/about peace/quiet".split()
)
"""English words that say one thing together."""
NUMERAL = ("number", "fraction", "scale", "ordinal")
REACH = 3
"""Words about a joining word among which a number makes it part of one."""
COMPOUNDING = frozenset(["vi"])
"""Languages of spaces that say two things as one word: *ăn uống*, eat and drink."""
SHORT = 0.85
"""What share of the length that a sentence needs tells that something is gone, where nothing joins anything any more."""


def grown(english: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a translation has a list where its English, however it is read, joins two things: three or more that are as short as things
    are, with more commas and joining words in all."""
    if separators(theirs) <= separators(english) or not any(map(joins, english)):
        return False
    most = max(2, parts_of(english, spaces=True), *[len(listed.items) for listed in lists(english)])
    limit = ROOM * LETTERS * (language.length or 1)
    fronted = not english[0].slot("act")  # an order begins with its verb in both
    return any(
        short_items(theirs, at, limit, fronted=fronted) > most
        for at, token in enumerate(theirs)
        if token.slots and joins(token)
    )


LETTERS = 20
"""How long a thing is as a rule, at most, in letters of an English one."""
