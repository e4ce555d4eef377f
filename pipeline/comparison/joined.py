"""What a sentence joins by *and* or *or*, joining word by joining word: whether a translation has only one of two things, or more
than its English."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.comparison.lost_values import letters
from pipeline.comparison.reach import forgotten, told_in_order
from pipeline.core.forms import normalized
from pipeline.text.languages.table import Language
from pipeline.text.listing import (
    COMMAS,
    ENDS,
    ENUMERATING,
    FRONTED,
    ROOM,
    clausal,
    clitic,
    enumerated,
    joins,
    liking,
    lists,
    parts_of,
    separators,
    short_items,
)
from pipeline.text.quantities import Reading
from pipeline.text.tokens import Token
from pipeline.text.wordings import says


def pairing(language: Language) -> bool:
    """Whether a language joins two things by a word where English does: not one that says them as one word or by a verb form (zh, vi, hi)."""
    return language.knows("join") and language.spaces and not language.free_order and language.code not in COMPOUNDING


def joining(language: Language) -> bool:
    """Whether it can be told that a language says one of two things alone: by a joining word, or by the act that is gone."""
    return pairing(language) or language.code in ACTING


ACTING = frozenset(["zh", "vi", "hi"])


def sparing(language: Language) -> bool:
    """Whether a language sets no commas but where English may, and writes its *and* apart."""
    commas = language.loose_order or language.knows("clause-comma")
    return language.knows("join") and language.code != "ar" and not commas


def halved(english: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a sentence joins what its translation does not: that has no joining word nor comma at all, and is as much shorter than
    its language needs as if one of two things were gone."""
    if separators(theirs) or says(theirs, language, "then") or told_in_order(english, theirs):
        return False
    if not any(joins(token) and things(english, at) for at, token in enumerate(english)):
        return False
    if not pairing(language) and not forgotten(english, theirs, language):
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


def further(english: Sequence[Token], theirs: Sequence[Token]) -> int:
    """How many commas and joining words more a translation has, those between two sexes of one thing aside; fewer where it is below zero."""
    more = separators(theirs) - separators(english)
    return max(more - both_sexes(theirs), 0) if more > 0 else more


def both_sexes(tokens: Sequence[Token]) -> int:
    """How often a sentence names those of either sex side by side: *Ihre Ärztin, Ihren Arzt*, *hermanos, hermanas*."""
    stretches: list[dict[str, list[str]]] = [{}]
    for token in tokens:
        if (token.kind == "sign" and token.text in COMMAS) or (token.slots and joins(token)):
            stretches.append({})
        elif token.kind == "word" and len(token.text) > ROOT and latin(token.text[-1]):
            word = plain(token.text)
            stretches[-1].setdefault(word[:ROOT], []).append(word)
    return sum(
        any(of_either_sex(one, other) for root in here.keys() & there for one in here[root] for other in there[root])
        for here, there in itertools.pairwise(stretches)
    )


def latin(letter: str) -> bool:
    """Whether a letter may be a Latin one, as all these endings are."""
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"


def of_either_sex(one: str, other: str) -> bool:
    """Whether two words differ as *hermano* and *hermana*, *infirmier* and *infirmière*, *Arzt* and *Ärztin* do; not as one and many."""
    short, long = sorted((one, other), key=len)
    for ending in ("innen", "in"):
        if long.endswith(ending) and len(long) > len(ending) + ROOT and short.startswith(long.removesuffix(ending)):
            return True
    if short == long or (long.startswith(short) and long[len(short) :] in PLURAL):
        return False
    root = next((at for at, (mine, yours) in enumerate(zip(short, long, strict=False)) if mine != yours), len(short))
    ends = short[root:], long[root:]
    return root >= ROOT and (ends in SEXES or ends[::-1] in SEXES)


def plain(word: str) -> str:
    """A word without accents."""
    if word.isascii():
        return word
    return "".join(char for char in normalized("NFD", word) if not unicodedata.combining(char))


ROOT = 3
"""Letters, at least, of a word before its ending, less what is alike in *niños* and *niñas*."""
PLURAL = frozenset(["s", "es", "n", "en"])
SEXES = frozenset([("o", "a"), ("os", "as"), ("", "e"), ("", "a"), ("s", "es"), ("es", "as"), ("s", "as"), ("e", "a")])
"""Endings of a man and a woman in Romance languages, of one and of many."""


@lru_cache(maxsize=1 << 12)
def most_joined(english: Reading) -> tuple[int, ...]:
    """How many things each sentence of an English text joins, however it is read, two at least; 0 where none can be told to be more: it joins
    nothing, or has a *both* (*à la fois*, said between commas)."""
    return tuple([joined_most(tokens) for tokens in english.sentences])


def joined_most(tokens: Sequence[Token]) -> int:
    """The same of one sentence."""
    if not any(token.slots and joins(token) for token in tokens) or any(token.text == "both" for token in tokens):
        return 0
    return max(2, parts_of(tokens, spaces=True), *[len(listed.items) for listed in lists(tokens)])


def grown(english: Sequence[Token], theirs: Sequence[Token], language: Language, most: int) -> bool:
    """Whether a translation that has more commas and joining words than its English has a list where that, however it is read, joins
    two things: three or more that are as short as things are. `most`: how many the English joins (`most_joined`)."""
    if not most:
        return False
    limit = ROOM * LETTERS * (language.length or 1)
    first = enumerated(theirs)
    fronted = language.loose_order or not english[0].slot("act")  # an order begins with its verb in both
    fronted = fronted or (not theirs[0].slot("act") and any(token.text in FRONTED for token in english))
    return any(
        short_items(theirs, at, limit, first, fronted=fronted) > most
        for at, token in enumerate(theirs)
        if token.slots and joins(token)
    )


LETTERS = 20
"""How long a thing is as a rule, at most, in letters of an English one."""


class Joint(NamedTuple):
    """A joining word, and how many letters each stretch between commas has before it, the nearest first: back to where its clause,
    another joining word or *such as* ends them."""

    at: int
    parts: tuple[int, ...]


def joints(tokens: Sequence[Token], *, english: bool = False) -> Iterator[Joint]:
    """The joining words of a sentence that are words of their own."""
    commas = {ENUMERATING} if any(token.text == ENUMERATING for token in tokens) else COMMAS
    parts = [0]
    for at, token in enumerate(tokens):
        if token.text in ENDS or token.text in BRACKETS:
            parts = [0]
        elif token.text in commas:
            parts = [0] if clausal(tokens, at) else [*parts, 0]
        elif token.kind == "sign":
            if token.text in COMMAS:
                parts = [0]  # where 、 parts the items, the other comma ends what stands before them
        elif token.slots and token.slot("join") == "opens" and not (english and liking(tokens, at)):
            parts = [0]
        elif token.slots and joins(token) and not clitic(token):
            if len(parts) > 1 and not parts[-1]:
                parts.pop()  # the comma before `and`
            yield Joint(at, tuple(parts[::-1]))
            parts = [0]
        else:
            parts[-1] += len(token.text)


BRACKETS = frozenset("()（）")


def outnumbered(english: Sequence[Token], theirs: Sequence[Token], language: Language) -> Iterator[tuple[int, bool]]:
    """Where English joining words stand whose lists have more items in a translation with more commas and joining words in all, and
    whether nothing behind it may have gone before the list there. Both texts join equally often, so each joining word has its answer;
    the translation has more commas before this one, between stretches as short as things are; and what opens the list is as long as
    the English needs, and was not parted by one of them."""
    ours, yours = [*joints(english, english=True)], [*joints(theirs)]
    if len(ours) != len(yours):
        return
    scale = language.length or 1
    for mine, answer in zip(ours, yours, strict=True):
        if len(mine.parts) < LISTED or len(answer.parts) <= len(mine.parts):
            continue
        first, second, needed = answer.parts[-1], answer.parts[-2], mine.parts[-1] * scale
        short = itertools.takewhile(lambda length: 0 < length <= LENGTHY * scale, answer.parts[:-1])
        if first and sum(1 for _ in short) >= len(mine.parts) and first * (first + second) > needed * needed:
            behind = itertools.pairwise(english[mine.at :])
            yield mine.at, not any(token.text in FRONTED and before.text != "such" for before, token in behind)


def outnumbering(english: Sequence[Token], theirs: Sequence[Token], listed: Mapping[int, int]) -> bool:
    """Whether a list of the English, told by where its joining word stands and how many items it has, has fewer in a translation with
    fewer commas and joining words in all: the other lists of the sentence do not answer for it. Both texts join equally often."""
    ours, yours = [*joints(english, english=True)], [*joints(theirs)]
    return len(ours) == len(yours) and any(
        len(answer.parts) + 1 < listed.get(mine.at, 0) for mine, answer in zip(ours, yours, strict=True)
    )


LISTED = 2
"""Stretches before a joining word that make it that of a list."""
LENGTHY = 30
"""Letters of an item in English, at most, that a comma may part from others."""
