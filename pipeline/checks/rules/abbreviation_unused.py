"""An abbreviation that a translation explains, and that no text of it has where the English has its own."""

from collections.abc import Iterator, Sequence

from pipeline.checks.check import Across, Remark, Texts
from pipeline.core.abbreviations import explained, places
from pipeline.core.inline import Inline
from pipeline.core.model import Level
from pipeline.text import Language


def reads(english: Inline, translation: Inline, language: Language) -> str:
    """What both explain."""
    ours, theirs = explained(english.source), explained(translation.source)
    return f"{ours[0]}\n{theirs[0]}" if ours and theirs else ""


def judge(read: Sequence[str], texts: Texts, language: Language) -> Iterator[Remark]:
    lists = {at: one.split("\n") for at, one in enumerate(read) if one}
    if not lists:
        return
    english, translated = ({pair[side] for pair in lists.values()} for side in (0, 1))
    others = [at for at in range(len(read)) if at not in lists]
    used = said([texts.english(at).source for at in others], english)
    there = said([texts.translation(at).source for at in others], translated)
    for at, (term, own) in lists.items():
        if term in used and own not in there:
            yield (
                at,
                f"No translated text has “{own}”, so readers are never told what it is. Write in brackets what the texts have where the English has “{term}”.",
                at,
            )


def said(texts: Sequence[str], terms: set[str]) -> set[str]:
    """Which of some abbreviations stand in texts."""
    return {text[start:end] for text in texts for start, end in places(text, terms)}


CHECK = Across("abbreviation-unused", Level.WARNING, reads, judge)
