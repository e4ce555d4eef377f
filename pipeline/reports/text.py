"""The figures and findings for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.coverage import Coverage, Tally
from pipeline.locales import Locale
from pipeline.model import Finding, Level, State

COUNTED = "A message that stands on several pages counts once in its language's total."
STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "dim"}


def table(measured: Sequence[Coverage], locales: Mapping[str, Locale]) -> Any:
    """A row a language: share translated, and messages by state."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, header_style="bold")
    made.add_column("language")
    for name in ("translated", "stale", "untranslated", "unsafe", "of", "words left"):
        made.add_column(name, justify="right")
    for language in measured:
        made.add_row(f"{language.locale}  [dim]{locales[language.locale].english}[/]", *row(language.whole))
    return made


def pages_table(language: Coverage, locale: Locale) -> Any:
    """A row a page of one language, the ones with most to do first."""
    from rich.table import Table

    made = Table(
        box=None,
        pad_edge=False,
        header_style="bold",
        title=f"{language.locale}  {locale.english}",
        title_justify="left",
    )
    made.add_column("file")
    for name in ("translated", "stale", "untranslated", "unsafe", "of", "words left"):
        made.add_column(name, justify="right")
    for path, part in sorted(language.pages.items(), key=lambda item: (item[1].share, item[0])):
        made.add_row(path, *row(part))
    return made


def row(found: Tally) -> list[str]:
    """One tally as cells; zeros are dim, so that what needs a person stands out."""

    def count(state: State, style: str) -> str:
        number = found.messages[state]
        return f"[{style}]{number}[/]" if number else "[dim]0[/]"

    left = found.total_words - found.words[State.TRANSLATED]
    done = "green" if found.share == 1 else "cyan"
    return [
        f"[{done}]{found.messages[State.TRANSLATED]} ({percent(found.share)})[/]",
        count(State.STALE, "yellow"),
        count(State.UNTRANSLATED, "magenta"),
        count(State.UNSAFE, "bold red"),
        str(found.total),
        str(left) if left else "[dim]0[/]",
    ]


def percent(share: float) -> str:
    """A share as a whole percentage; 100 % only when nothing is left."""
    return "100%" if share == 1 else f"{min(int(share * 100 + 1e-9), 99)}%"  # 0.29 * 100 is 28.999…


def finding(found: Finding) -> Any:
    """One finding: place, level, and what to do; the English it is about below it."""
    from rich.text import Text

    line = Text.assemble(
        (str(found.span), "bold"), ": ", (str(found.level), STYLES[found.level]), f" [{found.code}] ", found.text
    )
    if found.key is not None:
        about = found.key.msgid if len(found.key.msgid) < 90 else found.key.msgid[:87] + "…"
        line.append(f"\n    {found.source or ''}: {about}", style="dim")
    return line


def summary(found: Iterable[Finding]) -> str:
    """How many findings of each level."""
    levels = [one.level for one in found]
    counts = [
        f"{levels.count(level)} {level}{'s' * (levels.count(level) != 1)}"
        for level in (Level.ERROR, Level.WARNING, Level.INFO)
        if level in levels
    ]
    return ", ".join(counts) or "nothing found"
