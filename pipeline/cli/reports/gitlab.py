"""GitLab's code quality report: a JSON array (GitLab Docs, "Code quality report format")."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.cli.reports.rows import Report
from pipeline.core.model import Level

SEVERITY = {Level.ERROR: "critical", Level.WARNING: "minor", Level.INFO: "info"}


def lines(report: Report) -> Iterator[str]:
    """The report as one document."""
    found = [
        {
            "description": f"{row.finding.text} [{row.finding.locale}]" if row.finding.locale else row.finding.text,
            "check_name": row.finding.code,
            "fingerprint": row.mark,
            "severity": SEVERITY[row.finding.level],
            "location": {"path": row.place.path, "lines": {"begin": row.place.line}},
            **({"content": {"body": row.words}} if row.finding.key else {}),
        }
        for row in report.every
    ]
    yield json.dumps(found, ensure_ascii=False, indent=2)
