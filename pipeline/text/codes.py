"""Codes that two texts share letter for letter (hashes, addresses, keys, versions, options, names of files): they say nothing of quantities,
and neither their words nor their points belong to a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

MIXED = re.compile(r"\d(?:[^\W\d_]+\d|(?<=[^\W\d_]\d)\d*[^\W\d_]|\.\d+\.\d)")
"""What is in every code that could be read as quantities: letters and digits by turns, or a number of three parts. It begins with
a digit, so that texts are searched for digits and for nothing else."""
CODE = re.compile(r"[!#-&*+./0-9:<-Z\\^-z|~-]*[#-&*+/0-9<=>@A-Z\\^-z|~-]")
"""What stands between spaces, brackets, quotation marks or the letters of another script, less the marks that end a sentence."""
QUANTITY = re.compile(
    r"[<>≤≥~±+-]?(?:\d+(?:[.,:'/]\d+)*[^\W\d_]{0,12}){1,2}(?:[-/x×*–](?:\d+(?:[.,:'/]\d+)*)?[^\W\d_]{0,12}){0,3}%?"
)
"""A number or two with their units: 5mg, 1h30min, 10mg/5ml, 2x5mg, 5-10mg, 12:30."""
HIDDEN = "\u2022"
NAME = re.compile(
    r"(?<![\w-])--?\[?[a-z][\w\[\]-]*[\w\]]|(?<![\w@/:.{-])[a-z]\w+(?:[._][a-z]\w+)+(?![\w@/:-]|\.\w)", re.I | re.A
)
"""An option (*--no-sync*), or words written together by points or low lines (*index.theme*); no *a.m.* nor *U.S.*, and no fact in
braces, which stands for what may be a quantity."""
NAMING = re.compile(r"(?<![\w-])-|\w\w\.[a-z]|_", re.I | re.A)
"""What is in every such name: looked for first."""


def without_codes(ours: str, theirs: str) -> tuple[str, str]:
    """Two texts with the codes that stand in both as often made into signs; what may be a quantity is never one of them."""
    here, mixed = codes_of(ours)
    if here and any(map(theirs.__contains__, here)):
        ours, theirs = without_names(ours, theirs, here)
    if not mixed or not MIXED.search(theirs):
        return ours, theirs
    shared = Counter(filter(is_code, CODE.findall(ours)))
    found = Counter(one for one in CODE.findall(theirs) if one in shared)
    same = {one for one, count in shared.items() if found[one] == count}
    if not same:
        return ours, theirs

    def hidden(match: re.Match[str]) -> str:
        return HIDDEN * len(match[0]) if match[0] in same else match[0]

    return CODE.sub(hidden, ours), CODE.sub(hidden, theirs)


@lru_cache(maxsize=1 << 12)
def codes_of(text: str) -> tuple[Counter[str], bool]:
    """The names of options and files in an English text, and whether it may have other codes: every language asks for them."""
    return Counter(NAME.findall(text) if NAMING.search(text) else ()), MIXED.search(text) is not None


def without_names(ours: str, theirs: str, here: Mapping[str, int]) -> tuple[str, str]:
    """Two texts with the names of options and files that stand in both made into one sign each."""
    there = Counter(NAME.findall(theirs))
    same = {one for one, count in here.items() if there[one] == count}
    if not same:
        return ours, theirs

    def hidden(match: re.Match[str]) -> str:
        return HIDDEN if match[0] in same else match[0]

    return NAME.sub(hidden, ours), NAME.sub(hidden, theirs)


def is_code(word: str) -> bool:
    """Whether a word mixes letters and digits as no quantity does."""
    return MIXED.search(word) is not None and QUANTITY.fullmatch(word) is None
