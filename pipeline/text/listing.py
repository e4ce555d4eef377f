"""The lists of a sentence: *fever, chills, or a stiff neck* has three items."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.quantities import Reading
from pipeline.text.tokens import Token

COMMAS = frozenset(",、،，")
ENDS = frozenset(".!?。！？؟।۔:：—–();；؛")
LONGEST = 5
"""Words of an item between two others, at most."""
LETTERS = 4
"""Letters of a word where no spaces are written."""
ASIDE = frozenset(
    "it we they he she this that these those there is are was were has have had will would can could said say says which who "  # noqa: SIM905
    "however moreover therefore also for example including depending unlike although".split()
)
"""English words of which no short item of a list is made: what has one is a clause of its own."""
OPENING = frozenset(
    [
        "in",
        "on",
        "at",
        "for",
        "as",
        "after",
        "before",
        "during",
        "since",
        "by",
        "from",
        "to",
        "with",
        "without",
        "if",
        "when",
        "while",
        "because",
        "due",
    ]
)
"""English words that open a sentence with what is no item: *In particular, …*."""


class Lists(NamedTuple):
    """The lists of a sentence, each by how many items it has, the longest first; and how many commas and joining words there are."""

    items: tuple[int, ...]
    marks: int


def joins(token: Token) -> bool:
    """Whether a token is *and* or *or*."""
    return bool(token.slots) and token.kind == "word" and token.slot("join") != ""


def lists(tokens: Sequence[Token], *, spaces: bool = True, english: bool = False) -> Lists:
    """The lists of a sentence that have three items or more: commas, and a last *and* or *or*, with a few words between each two.
    The first and the last item are as long as they please. Only English is held to one *and* a list (Arabic has it before each
    item), and to words that items are made of."""
    found: list[int] = []
    marks = items = length = 0
    joined = aside = loose = False

    def close() -> None:
        nonlocal items, joined, loose
        if items >= (4 if loose else 3) and joined:
            found.append(items)
        items, joined, loose = 0, False, False

    for token in tokens:
        text = token.text
        if text in ENDS:
            close()
            length, aside = 0, False
            continue
        join = joins(token)
        if not join and text not in COMMAS:
            if token.kind != "sign":
                length += 1 if spaces or text.isascii() else (len(text) + LETTERS - 1) // LETTERS
                aside = aside or (english and ((items and text in ASIDE) or (length == 1 and text in OPENING)))
            continue
        if not length and items:  # a comma before `and`
            joined = joined or join
            length = int(join and text[0] == "و" and len(text) > 1)
            continue
        marks += 1
        if loose:  # the *and* was inside an item
            items, joined, loose = 0, False, False
        if (joined and english) or (items and (length > LONGEST or aside)):
            close()
        items = items + 1 if items else (1 if aside else 2)
        joined, loose = join, join and english
        length, aside = int(join and text[0] == "و" and len(text) > 1), False
    close()
    return Lists(tuple(sorted(found, reverse=True)), marks)


def shortened(ours: Lists, theirs: Lists) -> tuple[int, int] | None:
    """A list of the English that has one item less in the translation: how many items both have; None where there is none."""
    if not ours.items:
        return None
    longest = ours.items[0]
    if theirs.marks < sum(count - 1 for count in ours.items):
        return longest, max(longest - 1, 1)
    if longest > 3 and theirs.items and theirs.items[0] == longest - 1:
        return longest, theirs.items[0]
    return None


@lru_cache(maxsize=1 << 13)
def english_lists(reading: Reading) -> tuple[Lists, ...]:
    """The lists of each sentence of an English text; of the whole text last, where it has several."""
    parts = reading.sentences if len(reading.sentences) == 1 else (*reading.sentences, reading.tokens)
    return tuple([lists(tokens, english=True) for tokens in parts])
