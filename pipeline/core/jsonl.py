"""Append-only files of one JSON object a line, keys sorted: their order carries nothing, so git may merge them by union."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pipeline.core.model import Finding, Level, Span

Row = TypeVar("Row")


def written(found: Mapping[str, Any]) -> str:
    """An object as a line, without the newline; values that are empty are left out."""
    kept = {name: value for name, value in found.items() if value not in ("", None, [], False)}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def obj(line: str) -> dict[str, Any]:
    """One line as an object. Raises ValueError with what is wrong."""
    try:
        found = json.loads(line)
    except json.JSONDecodeError as problem:
        raise ValueError(f"not JSON ({problem.msg})") from problem
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    json.dumps(found, ensure_ascii=False).encode()  # half a character is no text: UnicodeEncodeError is a ValueError
    return found


def is_text(value: object) -> bool:
    """Whether a value is a text without control characters, which a terminal would obey."""
    return isinstance(value, str) and not re.search(r"[\x00-\x1f\x7f-\x9f]", value)


def is_day(text: object) -> bool:
    """Whether a value is a day of the calendar as in 2026-01-31."""
    return isinstance(text, str) and bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)) and dated(text)


def is_time(text: object) -> bool:
    """Whether a value is a UTC time as in 2026-01-31T08:00:00Z."""
    return isinstance(text, str) and bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", text)) and dated(text)


def dated(text: str) -> bool:
    try:
        return bool(datetime.datetime.fromisoformat(text))
    except ValueError:
        return False


def read(
    path: str, body: bytes | None, parse: Callable[[str], Row], code: str, until: str, locale: str = ""
) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """The rows of a file, each once, and what cannot be read. `until` says what holds until a broken line is mended."""
    rows: dict[Row, None] = {}
    findings = []
    for number, raw in enumerate((body or b"").split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            rows[parse(raw.decode())] = None
        except (ValueError, RecursionError) as problem:
            what = "not UTF-8" if isinstance(problem, UnicodeDecodeError) else str(problem)
            text = (
                f"This line cannot be read: {what}. Restore it from git; where two branches conflict, keep the lines of "
                f"both. {until}"
            )
            findings.append(Finding(code, Level.ERROR, text, Span(path, number), locale))
    return tuple(rows), tuple(findings)


def appended(body: bytes | None, lines: Iterable[str]) -> bytes:
    """The file with more lines at its end."""
    old = body or b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    return old + "".join(f"{line}\n" for line in lines).encode(errors="replace")
