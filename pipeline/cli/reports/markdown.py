"""A summary in Markdown, for the page of a run or a comment: how many of what in which language, then the gravest findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.cli.reports.rows import Report, Row, counted, shortened
from pipeline.core.model import Level

SHOWN = 50
"""How many findings are written out."""
MEANT = re.compile(r"([\\`*_{}\[\]<>()#+!|~@&$-])")


def lines(report: Report) -> Iterator[str]:
    """The summary, a line at a time."""
    failed = bool(report.said) or any(map(report.fails, report.rows))
    yield f"### Lockstep: {'failed' if failed else 'passed'}"
    yield ""
    yield plain(report.figures)
    for title, text in report.said:
        yield ""
        yield f"- **{plain(title)}**: {plain(text)}"
    if report.rows:
        yield from table(report)
    for row in report.rows[:SHOWN]:
        yield entry(row)
    if len(report.rows) > SHOWN:
        yield ""
        yield f"… and {len(report.rows) - SHOWN} more: `lockstep check` lists them."
    if report.hints:
        yield ""
        yield f"<details><summary>{len(report.hints)} hint{'s' * (len(report.hints) != 1)} about the English, which hold nothing up</summary>"
        yield ""
        for row in report.hints[:SHOWN]:
            yield entry(row)
        if len(report.hints) > SHOWN:
            yield ""
            yield f"… and {len(report.hints) - SHOWN} more: `lockstep check` lists them."
        yield ""
        yield "</details>"


def table(report: Report) -> Iterator[str]:
    """How many findings of each level each language has."""
    yield ""
    yield "| | errors | warnings | notes |"
    yield "|---|--:|--:|--:|"
    for locale, levels in counted(report.rows):
        cells = " | ".join(str(levels[level]) for level in (Level.ERROR, Level.WARNING, Level.INFO))
        yield f"| {plain(locale) or 'source'} | {cells} |"
    yield ""


def entry(row: Row) -> str:
    """One finding as a list item."""
    about = f" — {plain(shortened(row.finding.key.msgid, 120))}" if row.finding.key else ""
    beside = f" ({code(str(row.beside))})" if row.beside else ""
    return f"- {row.finding.level} {code(row.finding.code)} {code(str(row.place))}{beside}: {plain(row.finding.text)}{about}"


def plain(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return MEANT.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """A text as code, whatever back ticks it has."""
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if "`" in text else ""
    return f"{ticks}{pad}{' '.join(text.split())}{pad}{ticks}"
