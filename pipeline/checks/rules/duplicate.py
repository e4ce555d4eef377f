"""One translation under two English texts that say different things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.checks.check import Across, CatalogRow
from pipeline.core.model import Level
from pipeline.text import Language
from pipeline.text.quantities import visible
from pipeline.text.similarity import ratio

LEAST = 12
"""Shorter translations may well serve two English texts: *Sí*, *Llame ahora*."""


def run(rows: Sequence[CatalogRow], language: Language) -> Iterator[tuple[int, str]]:
    seen: dict[str, int] = {}
    for at, row in enumerate(rows):
        said = row.translation.source
        if len(said) < (LEAST if language.spaces else LEAST // 2):
            continue
        first = seen.setdefault(said, at)
        if first != at and ratio(visible(rows[first].english), visible(row.english)) < 75:
            yield (
                at,
                f"“{short(row.english.source)}” has the same translation as “{short(rows[first].english.source)}” "
                f"(line {rows[first].line}). Check which of the two it belongs to.",
            )


def short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= 40 else f"{text[:39]}…"


CHECK = Across("duplicate", Level.WARNING, run)
