"""Abbreviations that a page explains (`*[WHO]: World Health Organization`), and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipeline.core.inline import FACT

LONGEST = 80
"""The most characters of an abbreviation."""
EXPLAINED = re.compile(rf"\*\[([^\[\]\n]{{1,{LONGEST}}})\]\s?[:：]\s*+(\S.{{0,2000}})", re.S)
"""An abbreviation and what it stands for, as an author writes it, and a translator after them."""
JOINED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f"
"""Letters of scripts that have no spaces, or that write endings on to a word of another script: a word may stand right beside them."""
BEGINS = re.compile(rf"(?<![^\W{JOINED}])\S")
"""Where a word may begin. (One in a script without spaces may begin at each of its letters.)"""
GOES_ON = re.compile(rf"[^\W{JOINED}]")


def explained(source: str) -> tuple[str, str] | None:
    """What a definition explains, and as what; None for a text that is none."""
    found = EXPLAINED.fullmatch(source) if source.startswith("*[") else None
    return (found[1].strip(), found[2].strip()) if found and found[1].strip() else None


def places(text: str, terms: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where one of some terms stands in a text as a word, the longest first; none in a placeholder. As long as the text is, whatever
    the number of terms."""
    lengths = sorted({len(one) for one in terms}, reverse=True)
    firsts = {one[0] for one in terms}
    apart = [(one.start(), one.end()) for one in FACT.finditer(text)] if "{" in text else []
    at = 0
    for begun in BEGINS.finditer(text):
        start = begun.start()
        if start < at or text[start] not in firsts:
            continue
        for length in lengths:
            end = start + length
            if (
                end <= len(text)
                and text[start:end] in terms
                and not (GOES_ON.match(text[end - 1]) and GOES_ON.match(text, end))
            ):
                if not any(first < end and start < last for first, last in apart):
                    yield start, end
                at = end
                break
