"""Prose of any language, counted: sentences, and characters weighed so that scripts can be compared."""

from __future__ import annotations

import re

from pipeline.markup import FACT

STOPS = ".!?…。！？｡।॥۔؟።፧။។"
END = re.compile(
    r"(?:(?<!\b[a-z])(?<!\b[a-z]\.[a-z])(?<!\bdr)(?<!\bmr)(?<!\bst)(?<!\bvs)(?<!\bmrs)(?<!\bsra)(?<!\bp\. ej)(?<!\bapprox)(?<!\betc)[.!?…]+[\"'”’»)\]]*(?=\s+[^\s\d]|\s*$|(?<=[^\W\d_]{4}[.!?])\s+\d)|[。！？｡।॥۔؟።፧။។]+[\"'”’»)\]」』）]*)"
)
SPACE = re.compile(r"\s+")


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
    """The characters of a text without spaces and placeholders' braces."""
    if "{" in text:
        text = FACT.sub("12345", text)
    return len(text) - text.count(" ") - text.count("\u2005")
