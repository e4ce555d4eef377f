"""The review ledger for an auditor: CSV for a spreadsheet, or a page of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.commands.review import AuditRow
from pipeline.core.locales import Locale
from pipeline.site import templates

COLUMNS = (
    "page", "block", "text", "translation", "message", "translation id", "origin", "role", "who", "qualification", "when",
    "method", "note", "valid", "why not", "page since",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cells(row: AuditRow) -> list[str]:
    """A row in the order of `COLUMNS`."""
    line = row.line
    valid = "" if line is None else "no" if row.why else "yes"
    signed = (
        ("", "", row.origin, "", "", "", "", "", "")
        if line is None
        else (
            line.pair.message,
            line.pair.translation,
            row.origin,
            line.role,
            line.name,
            line.qualification,
            line.date,
            line.method,
            line.note,
        )
    )
    return [row.page, row.block, row.english, row.translation, *signed, valid, row.why, row.read]


def as_csv(found: Iterable[AuditRow]) -> str:
    """All rows as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    made = csv.writer(out, lineterminator="\r\n")
    made.writerow(COLUMNS)
    for row in found:
        made.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells(row)])
    return out.getvalue()


def as_html(found: Sequence[AuditRow], locale: Locale, project: str, day: str) -> str:
    """All rows as one self-contained page."""
    env = templates.environment(Path(__file__).parent)
    pages: dict[str, list[AuditRow]] = {}
    for row in found:
        pages.setdefault(row.page or "No page any more", []).append(row)
    return templates.page(
        env, "reviews_report.html", pages=pages, locale=locale, project=project, day=day, figures=figures(found)
    ).decode()


def figures(found: Sequence[AuditRow]) -> Mapping[str, Any]:
    """How many texts there are, how many of them somebody vouches for, and how many signatures hold."""
    here = {(row.page, row.block) for row in found if row.english}
    signed = {(row.page, row.block) for row in found if row.english and row.line and not row.why}
    valid = sum(1 for row in found if row.line and not row.why)
    return {
        "texts": len(here),
        "signed": len(signed),
        "valid": valid,
        "void": sum(1 for row in found if row.line) - valid,
    }
