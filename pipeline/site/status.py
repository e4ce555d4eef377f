"""The status page: one self-contained HTML file that a coordinator can put on a screen."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.changes import Log
from pipeline.core.locales import Locale
from pipeline.core.model import Finding, Level, Output
from pipeline.core.settings import Settings
from pipeline.core.states import State
from pipeline.resolve import Coverage, worklist
from pipeline.resolve.coverage import EDITOR, REVIEWERS, TRANSLATOR, Tally
from pipeline.resolve.worklist import Blocks
from pipeline.site import contents, templates

ROLES = (TRANSLATOR, *sorted(REVIEWERS, reverse=True), EDITOR)
AWAITED = {
    "translator": "a text to translate, or to bring up to date",
    "reviser": "a translation to read beside its English, and to sign for",
    "clinician": "a text to read, and to sign for",
    "editor": "a withdrawn text to mend, or to have two people approve",
}
NEXT = 12
"""How many messages of a language's worklist are listed."""
EDITS = 40
"""How many rows of the worklist over all languages are listed."""


def output(
    settings: Settings,
    measured: Sequence[Coverage],
    findings: Sequence[Finding],
    titles: Mapping[str, str],
    log: Log,
    blocks: Blocks,
    today: datetime.date | None,
    hrefs: Mapping[str, Mapping[str, str]] = {},
) -> Output:
    """`status/index.html` from the same figures as the other reports.

    `today` is None where the build is not told its day, so that the same input gives the same bytes. `hrefs` are the addresses of
    pages below the folder of each language that is published, by locale name and source file.
    """
    languages = [language_view(language, settings.by_name[language.locale], titles, blocks) for language in measured]
    pages = list(dict.fromkeys(path for language in measured for path in language.pages))
    edited = [row for row in worklist.rows(measured, blocks) if row.state.traits.pressing]
    env = templates.environment(Path(__file__).parent)
    body = templates.page(
        env,
        "status.html",
        languages=languages,
        pages=[(path, titles.get(path, path)) for path in pages],
        states=list(State),
        findings=findings,
        edits=edited[:EDITS],
        more_edits=edited[EDITS:],
        decisions=worklist.decisions(log),
        roles=[role for role in ROLES if any(language.whole.waits.get(role) for language in measured)],
        awaited=AWAITED,
        english=sum(not found.locale and found.level >= Level.WARNING for found in findings),
        page=lambda path, locale: address(hrefs, settings.by_name[locale], path),
        section=section,
        file=lambda path: contents.edited(settings, path),
        catalog=lambda locale: settings.catalog_path(settings.by_name[locale]),
        tag=lambda locale: settings.by_name[locale].tag,
        project=settings.project,
        date=today.isoformat() if today else "",
        age=lambda since: worklist.age(since, today) if today else "",
    )
    return Output("status/index.html", body)


def address(hrefs: Mapping[str, Mapping[str, str]], locale: Locale, path: str) -> str:
    """The way from the status page to a page in a language; "" where there is none."""
    href = hrefs.get(locale.name, {}).get(path)
    return "" if href is None else f"../{locale.tag}/{href}"


def section(row: worklist.Task) -> str:
    """The way to the section of a page that a block stands in; "" where it is not in one, as above the first heading (`top`)."""
    name = row.block.rpartition(".")[0]
    return f"#{quote(name)}" if name not in {"", "top"} and row.message.span.path.startswith("source/") else ""


def language_view(language: Coverage, locale: Any, titles: Mapping[str, str], blocks: Blocks) -> dict[str, Any]:
    """One language as the page shows it: its bar, its pages, what to do next (gravest first, in reading order)."""
    todo = worklist.rows([language], blocks)
    return {
        "locale": locale,
        "tally": bar(language.whole),
        "pages": {path: bar(part) for path, part in language.pages.items()},
        "next": [(row, titles.get(row.message.span.path, row.message.span.path)) for row in todo[:NEXT]],
        "more": max(0, len(todo) - NEXT),
        "order": {
            "left": -language.whole.total_words + language.whole.done_words,
            "reviewed": -language.whole.reviewed,
            "english": -len([row for row in todo if row.turned]),
        },
    }


def bar(found: Tally) -> dict[str, Any]:
    """A tally with the widths of its bar, in percent of words; of those that are done, what a machine made alone is apart."""
    whole = found.total_words or 1
    made = dict(found.words)
    left = found.machine_words
    for state in (state for state in State if state.done):
        made[state], left = max(made[state] - left, 0), max(left - made[state], 0)
    return {
        "share": found.said,
        "done": found.whole,
        "translated": found.share == 1,
        "waits": found.waits,
        "total": found.total,
        "words": found.total_words,
        "counts": {state.value: found.messages[state] for state in State},
        "word_counts": {state.value: found.words[state] for state in State},
        "widths": {state.value: round(100 * made[state] / whole, 2) for state in State},
        "alone": round(100 * found.machine_words / whole, 2),
        "left": found.total_words - found.done_words,
        "machine": found.machine,
        "reviewed": found.reviewed,
        "withheld": found.withheld,
    }
