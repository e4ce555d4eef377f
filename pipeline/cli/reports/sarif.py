"""SARIF 2.1.0 (OASIS), as code scanning takes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from pipeline import __version__
from pipeline.cli.reports.rows import Report, Row
from pipeline.core.model import Level, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
MOST = 25_000
"""How many results of a run GitHub takes."""


def lines(report: Report) -> Iterator[str]:
    """The log as one document."""
    rows = report.every[:MOST]
    codes = {code: at for at, code in enumerate(sorted({row.finding.code for row in rows}))}
    driver = {
        "name": "Lockstep",
        "semanticVersion": __version__,
        "rules": [
            {"id": code, "name": camel(code), "shortDescription": {"text": code.replace("-", " ")}} for code in codes
        ],
    }
    notes = [{"message": {"text": f"{title}: {text}"}, "level": "error"} for title, text in report.said]
    if len(report.every) > MOST:
        notes.append({"message": {"text": f"{len(report.every) - MOST} more findings are left out"}, "level": "note"})
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "results": [result(row, codes[row.finding.code]) for row in rows],
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def result(row: Row, at: int) -> dict[str, Any]:
    """One finding."""
    made: dict[str, Any] = {
        "ruleId": row.finding.code,
        "ruleIndex": at,
        "level": LEVELS[row.finding.level],
        "message": {"text": row.words},
        "locations": [{"physicalLocation": physical(row.place)}],
        "partialFingerprints": {"primaryLocationLineHash": row.mark, "lockstep/v1": row.mark},
    }
    if row.beside:
        made["relatedLocations"] = [
            {"id": 1, "physicalLocation": physical(row.beside), "message": {"text": "the other half of this message"}}
        ]
    if row.finding.locale:
        made["properties"] = {"tags": [row.finding.locale]}
    return made


def physical(place: Span) -> dict[str, Any]:
    """A place, relative to the checkout."""
    return {
        "artifactLocation": {"uri": quote(place.path), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": place.line},
    }


def camel(code: str) -> str:
    """A code as a readable name: `NumberMissing`."""
    return "".join(word.capitalize() for word in code.split("-"))
