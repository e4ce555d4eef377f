"""English words without the endings of their inflection, to be compared by."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.text import opposites

SUFFIX = re.compile(r"(?:ies|ied|ying|(?<=[sxz])es|ing|ed|(?<!s)s)$")
IRREGULAR = {
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "dies": "die",
    "died": "die",
    "lies": "lie",
    "ties": "tie",
    "tied": "tie",
}
"""Forms of verbs that are too short for an ending to be told from them."""


@lru_cache(1 << 14)
def stemmed(word: str) -> str:
    """A word without the ending of its inflection, the same for stop, stops, stopped and stopping; one word for synonyms."""
    word = opposites.SYNONYMS.get(word, word)
    if len(word) < 4:
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    found = SUFFIX.search(word)
    if found and found.start() == 2 and found[0] in {"ies", "ied", "ying"}:  # tries, dried, buying
        return f"{word[:2]}y"
    if not found or found.start() < 3:
        return word[:-1] if word.endswith("e") else word
    root = word[: found.start()]
    if found[0] in {"ies", "ied", "ying"}:
        return f"{root}y"
    if found[0] in {"ing", "ed"} and len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
        root = root[:-1]
    return root.removesuffix("e")
