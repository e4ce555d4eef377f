"""Which lines of a catalog stand beside the English of another line, told by figures and names alone.

Some translations of public corpora slipped against their English. What a check says of such a line is right, so it is counted apart. No
language is known here and none of the tables: a line *agrees* where a figure or a name of its English (two capitals or a digit in a
word) stands in its translation, and *disagrees* where both have some and share none. What agrees by a name that stands all over the
catalog tells nothing. One line may disagree by itself (an abbreviation that is translated too): only where lines about it, in the order of
the catalog, disagree as well has the text slipped, and then what lies between two such lines has slipped with them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

NAME = re.compile(r"[A-Za-z]*[A-Z][a-z]*[A-Z\d][A-Za-z\d]*")
NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009 ٬٫]\d{3})*(?:[.,٫]\d+)?")
COMMON = 0.02
"""A name in more than this share of the lines agrees by chance."""
ABOUT, MOST = 2, 2
"""So many lines that tell anything are asked on either side, and so many of them disagree at least where the text slipped."""


def facts(text: str) -> frozenset[str]:
    """The figures and names of a text: figures of any script without their marks, names without an ending s."""
    plain = "".join(
        str(unicodedata.digit(char)) if unicodedata.digit(char, None) is not None else char for char in text
    )
    figures = [re.sub(r"\D", "", match[0]) for match in NUMBER.finditer(plain)]
    return frozenset([*figures, *(match[0].lower().rstrip("s") for match in NAME.finditer(plain))])


def astray(rows: Sequence[tuple[str, str]]) -> frozenset[int]:
    """The places of the lines, English and translation each, whose translation is another line's."""
    both = [(facts(english), facts(text)) for english, text in rows]
    every = Counter(fact for ours, _ in both for fact in ours)
    common = {fact for fact, count in every.items() if count > COMMON * len(rows)}
    told = [
        (at, not ours & theirs)
        for at, (ours, theirs) in enumerate(both)
        if ours and theirs and (not ours & theirs or (ours & theirs) - common)
    ]
    slipped = [
        disagrees and sum(other for _, other in (*told[max(n - ABOUT, 0) : n], *told[n + 1 : n + 1 + ABOUT])) >= MOST
        for n, (_, disagrees) in enumerate(told)
    ]
    found = {at for (at, _), gone in zip(told, slipped, strict=True) if gone}
    for (one, (start, _)), (other, (end, _)) in pairwise(enumerate(told)):
        if slipped[one] and slipped[other]:
            found.update(range(start, end))
    return frozenset(found)
