"""What named people accepted although a check complains: `locale/<l>/exceptions.yaml`.

exceptions:
  - check: number-missing
    message: 0a1b2c3d4e5f6071
    translation: 8899aabbccddeeff
    text: Take 2 tablets
    reason: the label says two in words
    by: Ana Ruiz
    on: "2026-11-24"

`message` is the id of the English (as in the edit log), `translation` that of the translation, so an exception ends by
itself when either text changes by one character. `text` is for readers of the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.content import yaml
from pipeline.core import disk
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Level, Span

KEYS = ("check", "message", "translation", "text", "reason", "by", "on")


@dataclass(frozen=True, slots=True)
class Accepted:
    """One exception: the check it silences, the two texts it is bound to, who accepted it and why, its line."""

    check: str
    message: str
    translation: str
    reason: str
    by: str
    line: int


@dataclass(frozen=True, slots=True)
class Suppressions:
    """One language's exceptions and what is wrong with its file; `path` is relative to the site's root."""

    path: str = ""
    rows: tuple[Accepted, ...] = ()
    findings: tuple[Finding, ...] = ()

    def silences(self, check: str, message: str, strings: Sequence[str]) -> bool:
        """Whether a finding of `check` about this very pair of texts was accepted."""
        return any(
            row.check == check and row.message == message and row.translation == hash_of(strings) for row in self.rows
        )


NO_SUPPRESSIONS = Suppressions()


def hash_of(strings: Sequence[str]) -> str:
    """A translation's id: the first 16 hex digits of the SHA-256 of its forms, joined by U+0004."""
    return hashlib.sha256("\x04".join(strings).encode(errors="surrogatepass")).hexdigest()[:16]


def path_of(locale: str) -> str:
    """Where a language's exceptions are, relative to the root."""
    return f"locale/{locale}/exceptions.yaml"


def load(root: Path, locale: str) -> Suppressions:
    """The exceptions of a language. What cannot be read accepts nothing, and is a finding."""
    path = path_of(locale)
    body = disk.read(root / path)
    if body is None:
        return Suppressions(path)
    try:
        found = yaml.load(path, body.decode())
    except UnicodeDecodeError:
        return Suppressions(path, (), (wrong(path, 1, locale, "This file is not UTF-8. Save it as UTF-8."),))
    except LockstepError as problem:
        return Suppressions(path, (), (wrong(path, problem.line or 1, locale, f"{problem.what}. {problem.todo}"),))
    listed = found.get("exceptions", [])
    rows, findings = [], []
    for row in listed if isinstance(listed, list) else [listed]:
        if not isinstance(row, dict) or not all(
            isinstance(row.get(key), str) and row[key].strip() for key in KEYS if key != "text"
        ):
            line = min((line_of(value) for value in row.values()), default=1) if isinstance(row, dict) else line_of(row)
            text = f"An exception has {', '.join(KEYS)}, all of them texts. `lockstep accept` writes one."
            findings.append(wrong(path, line, locale, text))
            continue
        check, message, translation, reason, by = (str(row[key]) for key in KEYS if key not in {"text", "on"})
        rows.append(Accepted(check, message, translation, reason, by, line_of(row["check"])))
    return Suppressions(path, tuple(rows), tuple(findings))


def line_of(value: object) -> int:
    return getattr(value, "line", 1)


def wrong(path: str, line: int, locale: str, text: str) -> Finding:
    return Finding("exceptions", Level.ERROR, text, Span(path, line), locale)


def added(root: Path, locale: str, row: dict[str, str]) -> str:
    """Append one exception to a language's file, its bytes kept; returns the file's path."""
    path = path_of(locale)
    body = disk.read(root / path)
    text = (body or b"").decode() or "exceptions:\n"
    if not text.endswith("\n"):
        text += "\n"
    lines = [f"{key}: {quoted(row[key])}" for key in KEYS]
    text += "  - " + "\n    ".join(lines) + "\n"
    yaml.load(path, text)
    disk.replace(root / path, text.encode(), expected=body)
    return path


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, on one line."""
    inner = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
