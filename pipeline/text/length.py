"""The length of a text, so that languages can be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.core.inline import FACT
from pipeline.text.spelling import PUNCTUATION

LETTERS = re.compile(rf"[^\s\d{PUNCTUATION}]+")


@lru_cache(maxsize=1 << 10)
def weight(text: str) -> int:
    """The letters of a normal text, vowel signs among them, placeholders left out."""
    return sum(map(len, LETTERS.findall(FACT.sub("", text) if "{" in text else text)))
