"""Prose of any language, counted: sentences, and characters weighed so that scripts can be compared."""

from __future__ import annotations

import re
import unicodedata

from pipeline.markup import FACT

STOPS = ".!?…。！？｡।॥۔؟።፧။។"
END = re.compile(
    r"(?:(?<!\b[a-z])(?<!\b[a-z]\.[a-z])(?<!\bdr)(?<!\bmr)(?<!\bst)(?<!\bvs)(?<!\bmrs)(?<!\bsra)(?<!\bp\. ej)(?<!\bapprox)(?<!\betc)[.!?…]+[\"'”’»)\]]*(?=\s+[^\s\d]|\s*$|(?<=[^\W\d_]{4}[.!?])\s+\d)|[。！？｡।॥۔؟።፧။។]+[\"'”’»)\]」』）]*)"
)
LETTER = re.compile("[a-z]")


def sentences(text: str) -> int:
    """How many sentences a normal text has; what follows the last full stop counts where it is long."""
    last = count = 0
    for match in END.finditer(text):
        if text[last : match.start()].strip(" \u2005"):
            count += 1
        last = match.end()
    rest = text[last:].strip(" \u2005\"'”’»)").strip()
    return count + (len(rest) > 6)


def weight(text: str) -> int:
    """The letters of a text, placeholders left out; vowel signs count as letters."""
    if "{" in text:
        text = FACT.sub("", text)
    if text.isascii():
        return len(LETTER.findall(text))
    return sum(unicodedata.category(char)[0] in "LM" for char in text)
