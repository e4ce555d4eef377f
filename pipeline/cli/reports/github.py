"""Workflow commands of GitHub Actions: an annotation a finding, as far as GitHub shows them.

Source: GitHub Docs, "Workflow commands for GitHub Actions"; escaping as `@actions/core` does it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.cli.reports.rows import Report
from pipeline.core.model import Level

SHOWN = 10
"""How many annotations of a kind GitHub shows of one step."""
KINDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
WORDS = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
VALUE = WORDS | str.maketrans({":": "%3A", ",": "%2C"})


def lines(report: Report) -> Iterator[str]:
    """The annotations, gravest and nearest to the change first, ten a kind; then how many more there are, and the figures."""
    left = Counter[Level]()
    for title, text in report.said:
        yield f"::error title={title.translate(VALUE)}::{text.translate(WORDS)}"
    for row in report.rows:
        left[row.finding.level] += 1
        if left[row.finding.level] + len(report.said) * (row.finding.level is Level.ERROR) > SHOWN:
            continue
        where = f"file={row.place.path.translate(VALUE)},line={row.place.line},title={row.title.translate(VALUE)}"
        yield f"::{KINDS[row.finding.level]} {where}::{row.words.translate(WORDS)}"
    for level, kind in KINDS.items():
        more = left[level] - max(0, SHOWN - len(report.said) * (level is Level.ERROR))
        if more > 0:
            yield f"{more} more {kind}{'s' * (more != 1)} without an annotation: lockstep check lists them."
    if report.hints:
        count = len(report.hints)
        yield f"{count} hint{'s' * (count != 1)} about the English without an annotation: lockstep check lists {'them' if count != 1 else 'it'}."
    yield report.figures.translate(WORDS)
