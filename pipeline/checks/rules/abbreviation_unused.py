"""An abbreviation that a translation explains, and that no text of it has where the English has its own."""

from collections.abc import Iterator, Sequence

from pipeline.checks.check import Across, CatalogRow
from pipeline.core.abbreviations import explained, places
from pipeline.core.model import Level
from pipeline.text import Language


def run(rows: Sequence[CatalogRow], language: Language) -> Iterator[tuple[int, str]]:
    lists = {
        at: (ours[0], theirs[0])
        for at, row in enumerate(rows)
        if (ours := explained(row.english.source)) and (theirs := explained(row.translation.source))
    }
    if not lists:
        return
    english, translated = ({pair[side] for pair in lists.values()} for side in (0, 1))
    texts = [row for at, row in enumerate(rows) if at not in lists]
    used = said([row.english.source for row in texts], english)
    there = said([row.translation.source for row in texts], translated)
    for at, (term, own) in lists.items():
        if term in used and own not in there:
            yield (
                at,
                f"No translated text has “{own}”, so readers are never told what it is. Write in brackets what the texts have where the English has “{term}”.",
            )


def said(texts: Sequence[str], terms: set[str]) -> set[str]:
    """Which of some abbreviations stand in texts."""
    return {text[start:end] for text in texts for start, end in places(text, terms)}


CHECK = Across("abbreviation-unused", Level.WARNING, run)
