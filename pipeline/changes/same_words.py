"""Texts of a copy that are letter for letter those of the English: names and keys, which stay, and words that may be English still."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.changes.parts import Part
from pipeline.core.inline import WORDED

PARTED = re.compile(r"[\s,;]+")
NAMED = re.compile(
    r"[A-Za-z0-9.]*[A-Za-z0-9]_[A-Za-z0-9_.]+|_[A-Za-z0-9_]+|(?:[CMSAH]-)+\S+|\^\S|--?[A-Za-z][\w-]*|[a-z]+[A-Z]\w*"
)
"""What no language writes in another way: `MOVE_LEFT`, `C-v`, `^X`, `--help`, `keepAlive`."""
CAPITALS = re.compile(r"[A-Z][A-Z0-9]*")
"""What may be a word or a key: `LEFT`."""
ODDLY = re.compile(r"[a-z][A-Z]|[0-9_@\\]|\w[.:]\w|://")
"""What stands in a name for a program, an address, a measure, and in no word."""
LONE = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*[.:!?]?")
"""One word."""
KEYS = re.compile(r"(?:[A-Z]+|[CMSAH]-\S|\S)(?:, (?:[A-Z]+|[CMSAH]-\S|\S))+")
"""Keys by their names: `SPC, RET, RIGHT`."""
NAME = re.compile(r"[A-Z][^\W\d_]+")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
ENDS = ".:;!?… "
SIGN = re.compile(r"\w|[^\w\s]+")
"""A key by what it writes."""
MOST_NAMES = 8


def named(text: str) -> list[str]:
    """The names for programs and the keys that are all of a text (`MOVE_LEFT`, `SPC, C-v, +`), less what may be a word; none where it
    has words as well."""
    some = PARTED.split(text.strip())
    if len(some) > MOST_NAMES or not any(map(NAMED.fullmatch, some)):
        return []
    if any(
        len(one) > 1 and len(two) > 1 and CAPITALS.fullmatch(one) and CAPITALS.fullmatch(two)
        for one, two in pairwise(some)
    ):
        return []  # DO NOT USE --force
    rest = sorted(one for one in some if not CAPITALS.fullmatch(one))
    return rest if all(NAMED.fullmatch(one) or SIGN.fullmatch(one) for one in rest) else []


def wordless(text: str) -> bool:
    """Whether a text has no word of any language: signs, numbers, addresses, names for programs (`MENU:UP`, `SunOS 4.1.x`), or a
    person's name with an address behind it."""
    words = [one for one in PARTED.split(text.strip()) if not is_sign(one)]
    return not words or ("@" in text and len(words) < 4 and all(NAME.fullmatch(one) for one in words))


def is_sign(token: str) -> bool:
    """Whether what stands between spaces is no word."""
    token = token.strip(".:!?…()[]<>\"'“”‘’")
    return (
        not any(map(str.isalpha, token))
        or SIGN.fullmatch(token) is not None
        or NAMED.fullmatch(token) is not None
        or (ODDLY.search(token) is not None and token.isascii())
    )


def same_words(one: Part, two: Part) -> bool:
    """Whether two blocks say the same in the same words, whatever sign ends them; several words are the same in other tags, too."""
    ours, theirs = (" ".join(part.text.split()) for part in (one, two))
    if ours == theirs or (ours.rstrip(ENDS) == theirs.rstrip(ENDS) != ""):
        return True
    words = one.plain.split()
    return len(words) > 1 and words == two.plain.split() and not wordless(one.plain)


def has_words_in_tags(part: Part) -> bool:
    """Whether a text has words in attributes of its tags (`alt`)."""
    found = (WORDED.finditer(node.text) for node in part.inline.nodes if node.kind == "html" and "=" in node.text)
    return any(not wordless(value[2].strip("\"'")) for some in found for value in some)
