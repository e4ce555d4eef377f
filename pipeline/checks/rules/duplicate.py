"""One translation under two English texts that say different things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from pipeline.checks.check import LINE, Across, Remark, Texts
from pipeline.core.inline import Inline
from pipeline.core.model import Level
from pipeline.text import Language
from pipeline.text.quantities import visible
from pipeline.text.similarity import ratio

LEAST = 12
"""Shorter translations may well serve two English texts: *Sí*, *Llame ahora*."""


def reads(english: Inline, translation: Inline, language: Language) -> str:
    """A hash of the translation, if it is long enough."""
    said = translation.source
    if len(said) < (LEAST if language.spaces else LEAST // 2):
        return ""
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def judge(read: Sequence[str], texts: Texts, language: Language) -> Iterator[Remark]:
    seen: dict[str, int] = {}
    for at, said in enumerate(read):
        first = seen.setdefault(said, at) if said else at
        if first != at and ratio(visible(texts.english(first)), visible(texts.english(at))) < 75:
            yield (
                at,
                f"“{short(texts.english(at).source)}” has the same translation as “{short(texts.english(first).source)}” "
                f"(line {LINE}). Check which of the two it belongs to.",
                first,
            )


def short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= 40 else f"{text[:39]}…"


CHECK = Across("duplicate", Level.WARNING, reads, judge)
