"""The lists of a sentence: *fever, chills, or a stiff neck* has three items."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.languages import Language
from pipeline.text.quantities import Reading
from pipeline.text.statements import JOINED, Statement
from pipeline.text.tokens import Token

COMMAS = frozenset(",、،，")
ENDS = frozenset(".!?。！？؟।۔:：—–();；؛")
LONGEST = 4
"""Words of an item of an English list, at most."""
WIDEST = 9
"""Words of an item in a translation, at most."""
NARROW = 5
"""Words of one where the English list is plain."""
LETTERS = 4
"""Letters of a word where no spaces are written."""
ASIDE = frozenset(
    "it we they he she this that these those there is are was were has have had will would can could said say says which who "  # noqa: SIM905
    "what how why however moreover therefore also for example including depending unlike although".split()
)
"""English words of which no short item of a list is made: what has one is a clause of its own."""
OPENING = frozenset(
    "in on at for as after before during since by from to with without if when while because due".split()  # noqa: SIM905
)
"""English words that open a sentence with what is no item: *In particular, …*."""


ADDED = OPENING | ASIDE | {"and", "or", "but", "so", "where"}
"""English words with which no item of a plain list begins."""
RELATING = frozenset(["in", "at", "from", "with", "on", "for", "to", "between"])
"""English words that no item of a plain list has in it: *severe, hospitalized cases in Denmark, Germany, and Austria*."""
QUOTES = frozenset('"“”()«»')


class Listed(NamedTuple):
    """A list of a sentence: from where to where each of its items stands. The first and the last are as long as any. `plain` where
    it is nothing else than a list: its last comma stands before *and*, it has four items or more, or *such as* opens it, and its
    items are short names of things."""

    items: tuple[tuple[int, int], ...]
    plain: bool = False


OPENS = ("join", "opens")
REPEATED = frozenset(["او"])
"""Words for *or* that stand before each item of a list."""


YEAR = re.compile(r"(?:19|20)\d\d")
LIKED = frozenset("not would i you we they who don't doesn't didn't patients people".split())  # noqa: SIM905
"""English words after which *like* is a verb, and opens no list."""


def liking(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is the verb *like*."""
    return tokens[at].text == "like" and at > 0 and tokens[at - 1].text in LIKED


def joins(token: Token) -> bool:
    """Whether a token is *and* or *or*."""
    return bool(token.slots) and token.kind == "word" and token.slot("join") in JOINED


def lists(tokens: Sequence[Token], *, spaces: bool = True, english: bool = False) -> tuple[Listed, ...]:
    """The lists of a sentence that have three items or more, the longest first: from an *and* or *or* back over commas, as far
    as only few words stand between. English is held to shorter items, and to words that items are made of."""
    found = [
        listed
        for at, token in enumerate(tokens)
        if joins(token) and (listed := listed_before(tokens, at, spaces, english))
    ]
    return tuple(sorted(found, key=lambda listed: -len(listed.items)))


def listed_before(tokens: Sequence[Token], join: int, spaces: bool, english: bool) -> Listed | None:
    """The list whose last item a joining word opens; None where there is none."""
    most = LONGEST if english else WIDEST
    marks = [join]
    length = 0
    words: list[str] = []
    opener = False
    at = join - 1
    if at >= 0 and tokens[at].text in COMMAS:  # the comma before `and`
        at -= 1
    while at >= 0 and tokens[at].text not in ENDS:
        token = tokens[at]
        if token.text in COMMAS:
            if not length or length > most or (english and not ASIDE.isdisjoint(words)):
                break
            if english and length == 1 and YEAR.fullmatch(tokens[at + 1].text):
                return None  # `December 15, 2016 and January 14, 2017`
            marks.append(at)
            length, words = 0, []
        elif token.kind != "sign":
            if token.slots and token.slot("join") == "opens" and not (english and liking(tokens, at)):
                opener = True  # `including`, `such as`: what stands before is no item
                if len(words) < next(length for sense, length in token.slots if sense == OPENS) and len(marks) > 1:
                    marks.pop()  # For example, …
                break
            if joins(token) and not clitic(token) and token.text not in REPEATED:
                if english:
                    return None  # `what to eat and drink`
                opener = True  # another list, which ends here
                break
            length += measure(token, spaces)
            words.append(token.text)
        at -= 1
    opened = not opener and (at < 0 or tokens[at].text in ENDS)
    if english and len(marks) > 1 and opened and words and (words[-1] in OPENING or words[-1] in ASIDE):
        marks.pop()  # In particular, …
    if len(marks) < 2 or (english and len(marks) == 2 and opened and tokens[join - 1].text not in COMMAS):
        return None  # `Call us now, day or night`
    if english and join + 1 < len(tokens) and tokens[join + 1].slot("act"):
        return None  # `Lie flat, drink water, and call us`
    marks.reverse()
    edges = [at + 1 if opener else max(marks[0] - most, 0), *marks, min(join + most, len(tokens))]
    items = tuple(itertools.pairwise(edges))
    return Listed(
        items,
        english and (opener or len(items) > TWO_AND_ONE or tokens[join - 1].text in COMMAS) and plain(tokens, items),
    )


TWO_AND_ONE = 3
"""Items of a list that may as well be an aside and two of something: *in London, paper and soap*."""


def plain(tokens: Sequence[Token], items: Sequence[tuple[int, int]]) -> bool:
    """Whether the items of an English list are short names of things: no clause, nothing quoted, no aside."""
    for start, end in items[1:-1]:
        words = [token.text for token in tokens[start:end] if token.kind != "sign"]
        if (
            not words
            or words[0] in ADDED
            or not RELATING.isdisjoint(words)
            or any(token.text in QUOTES for token in tokens[start:end])
        ):
            return False
    last = [token.text for token in tokens[slice(*items[-1])] if token.kind != "sign"]
    return len(last) > 1 and not (len(last) > 2 and (last[2] in ADDED or last[1].endswith("ed")))


def measure(token: Token, spaces: bool) -> int:
    """How many words a token is as good as."""
    return 1 if spaces or token.text.isascii() else (len(token.text) + LETTERS - 1) // LETTERS


def parts_of(tokens: Sequence[Token], *, spaces: bool, widest: int = WIDEST) -> int:
    """Into how many short parts commas and joining words part a stretch of a sentence, at most."""
    longest = parts = length = 0
    last = False
    for token in tokens:
        if token.text in ENDS or (token.slots and token.slot("join") == "opens"):
            parts = length = 0
            last = False
            continue
        join = joins(token)
        if last and not join and token.text in COMMAS and spaces:
            parts, length, last = 0, 0, False  # what follows the last item is none
        elif join or token.text in COMMAS:
            last = last or (join and not clitic(token))
            if length or not parts:
                parts = parts + 1 if parts and length <= widest else 2
            length = int(join and clitic(token))
            longest = max(longest, parts)
        elif token.kind != "sign":
            length += measure(token, spaces)
    return longest


def clitic(token: Token) -> bool:
    """Whether a joining word is written onto the word that it joins, as in Arabic."""
    return token.text[0] == "و" and len(token.text) > 1


def shortened(ours: Sequence[Listed], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a translation has no list of as many items as the longest of its English. Arabic sets *and* before each item."""
    found = lists(theirs, spaces=language.spaces)
    longest = len(found[0].items) if found else 0
    if not found or language.code == "ar":
        longest = max(longest, parts_of(theirs, spaces=language.spaces, widest=NARROW if ours[0].plain else WIDEST))
    if longest < len(ours[0].items):
        return True
    # several lists: the shorter ones too, where each of them has its answer
    return (
        language.code != "ar"
        and len(ours) > 1
        and any(
            len(one.items) > len(other.items)
            for one, other in itertools.zip_longest(ours, found[: len(ours)], fillvalue=NO_LIST)
        )
    )


NO_LIST = Listed(())


@lru_cache(maxsize=1 << 13)
def english_lists(reading: Reading) -> tuple[tuple[Listed, ...], ...]:
    """The lists of each sentence of an English text; of the whole text last, where it has several."""
    parts = reading.sentences if len(reading.sentences) == 1 else (*reading.sentences, reading.tokens)
    return tuple([lists(tokens, english=True) for tokens in parts])


def unsaid(ours: Statement, listed: Listed, theirs: Statement, here: Set[str], language: Language) -> str:
    """What an item of an English list names and its translation does not: fever, children; or a name that stands in no
    translation otherwise than in Latin letters, where other items of the list do so. "" where nothing is missing."""
    first, last = listed.items[0][0], listed.items[-1][1]
    for slot in LISTED:
        for value, places in ours.values(slot).items():
            if (
                any(first <= at < last for at in places)
                and language.knows(slot, value)
                and not language.knows("many", f"{slot} {value}")
                and value not in theirs.values(slot)
                and not theirs.excused(slot, value)
            ):
                return value.replace("-", " ")
    names = [
        [token.text for token in ours.tokens[start:end] if token.kind == "word"] for start, end in listed.items[1:-1]
    ]
    alone = [words[0] for words in names if len(words) == 1]
    gone = [name for name in alone if name not in here]
    return gone[0] if len(gone) == 1 and len(alone) > NAMES else ""


LISTED = ("finding", "who", "colour", "day", "contact", "route")
"""The slots whose values are items of lists."""
NAMES = 2
"""Items that stand in the translation letter for letter where one more is asked for, at least."""
