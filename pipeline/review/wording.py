"""A wording: what a text says, whatever it looks like. Case, punctuation, markup and spaces tell no two wordings apart.

Numbers keep what is inside them and their sign, since 3.5 mg is not 35 mg. In doubt two texts are one wording: what was
withdrawn must not come back by a comma less, and two people can approve it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from pipeline.content import parse, plain
from pipeline.core.forms import normalized
from pipeline.core.inline import NO_FACTS, NOWHERE, Syntax
from pipeline.core.model import Key

DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
TOKEN = re.compile(r"(?:(?<!\w)[-+±])?\d+(?:[.,:/-]\d+)*|[<>≤≥=≈~%‰°$€£]|[^\W\d_]+(?:['’ʼ-]?[^\W\d_]+)*")
"""A number with its sign and what stands in it, a sign that is said, a word."""
MARKS = re.compile("['’ʼ-]")


@lru_cache(maxsize=1 << 14)
def words(msgid: str) -> tuple[str, ...]:
    """What a text says, word by word. It is read as Markdown wherever it stands: a title is the same wording."""
    text = plain(parse(msgid, Syntax.MARKDOWN, NOWHERE), NO_FACTS)
    text = normalized("NFKC", text).casefold().translate(DASHES)
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return tuple(found if any(map(str.isdigit, found)) else MARKS.sub("", found) for found in TOKEN.findall(text))


@lru_cache(maxsize=1 << 14)
def wording(key: Key) -> str:
    """The id of what a message says, whatever its context: 16 hex digits; "" for one without words. Where words are parted does
    not count, but beside numbers it does."""
    said = ""
    for word in words(key.msgid):
        joined = said and said[-1].isalpha() and word[0].isalpha()
        said += word if joined or not said else f" {word}"
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:16] if said else ""


def holds(text: str, within: str) -> bool:
    """Whether a text says another, of two words or more, within a longer one."""
    some, others = words(text), words(within)
    return len(some) > 1 and f" {' '.join(some)} " in f" {' '.join(others)} "
