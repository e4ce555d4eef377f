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
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.changes import people
from pipeline.changes.people import People
from pipeline.core import disk, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.measures import values_in
from pipeline.core.model import Finding, Key, Level, Span, ident
from pipeline.core.schema import ANYTHING, Node, Option, table, text
from pipeline.core.signers import signer

KEYS = ("check", "message", "translation", "text", "reason", "by", "on")


@dataclass(frozen=True, slots=True)
class Accepted:
    """One exception: the check it silences, the two texts it is bound to, who accepted it and why, its line; what the text stood under,
    and the values that the facts with figures had which it names."""

    check: str
    message: str
    translation: str
    reason: str
    by: str
    line: int
    under: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppressions:
    """One language's exceptions and what is wrong with its file; `path` is relative to the site's root, `facts` are those with figures
    as they are now."""

    path: str = ""
    rows: tuple[Accepted, ...] = ()
    findings: tuple[Finding, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def of(self, check: str, key: Key, strings: Sequence[str]) -> Iterator[Accepted]:
        """The exceptions about a finding of `check` about this very pair of texts, where the facts in it have the values that they had."""
        message, translation = (ident(key), hash_of(strings)) if self.rows else ("", "")
        for row in self.rows:
            bound = row.check == check and row.message == message and row.translation == translation
            if bound and row.values == values_in(key.msgid, self.facts):
                yield row

    def silences(self, check: str, key: Key, strings: Sequence[str]) -> bool:
        """Whether a finding of `check` about this very pair of texts was accepted, and holds."""
        return any(self.of(check, key, strings))


def accepted(
    node: Node, check: str, message: str, translation: str, reason: str, by: str, on: str, rest: Mapping[str, object]
) -> Accepted:
    """A row of the file; what else stands in it is for its readers."""
    return Accepted(
        check,
        message,
        translation,
        reason,
        by,
        node.child("check", check).line,
        texts_of(rest.get("under")),
        texts_of(rest.get("values")),
    )


def texts_of(said: object) -> tuple[str, ...]:
    """Texts that a row has as JSON, () where it has none: what the text stood under, and values of facts, when somebody accepted it."""
    try:
        found = json.loads(said) if isinstance(said, str) else []
    except ValueError:
        found = []
    return tuple(map(str, found)) if isinstance(found, list) else ()


TEXT = text("a text that is not blank", r"\S").then(str)
KINDS = {key: TEXT for key in KEYS if key != "text"} | {"by": text("the name of a person", fits=signer).then(str)}
ROW = table(accepted, *(Option(key, kind, required=True) for key, kind in KINDS.items()), rest=ANYTHING)


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
    try:
        body = inputs.read(root, path)
    except LockstepError as problem:
        return Suppressions(path, (), (wrong(path, 1, locale, f"This file {problem.what}. {problem.todo}"),))
    return parsed(body, path, locale, people.load(root))


def parsed(body: bytes | None, path: str, locale: str, who: People) -> Suppressions:
    """The exceptions that a file's bytes say, of those who are heard."""
    if body is None:
        return Suppressions(path)
    from pipeline.content import yaml

    try:
        found = yaml.load(path, body.decode())
    except UnicodeDecodeError:
        return Suppressions(path, (), (wrong(path, 1, locale, "This file is not UTF-8. Save it as UTF-8."),))
    except LockstepError as problem:
        return Suppressions(path, (), (wrong(path, problem.line or 1, locale, f"{problem.what}. {problem.todo}"),))
    top = yaml.node(path, found)
    listed = top.child("exceptions", found.get("exceptions") or [])
    rows, findings = [], []
    for key in sorted(found.keys() - {"exceptions"}):
        text = f"`{key}` is not a setting of this file, which has `exceptions` alone."
        findings.append(wrong(path, top.child(key, found[key]).line, locale, text))
    for at, row in enumerate(listed.value if isinstance(listed.value, list) else [listed.value]):
        try:
            made = ROW.read(listed.child(at, row))
            if who.heard(made.by, people.ACCEPT, locale):
                rows.append(made)
            else:
                why = who.unlisted(made.by, people.ACCEPT, locale)
                findings.append(wrong(path, made.line, locale, f"Nothing is accepted by this: {why}."))
        except LockstepError as problem:
            findings.append(
                wrong(path, problem.line or 1, locale, f"{problem.what}. `lockstep accept` writes such rows.")
            )
    return Suppressions(path, tuple(rows), tuple(findings))


def wrong(path: str, line: int, locale: str, text: str) -> Finding:
    return Finding("exceptions", Level.ERROR, text, Span(path, line), locale)


class Longer(NamedTuple):
    """A language's file with more exceptions, not yet written: its path, the bytes it has (None: no file) and those that it gets."""

    path: str
    old: bytes | None
    new: bytes

    def save(self, root: Path) -> None:
        """Write it. Raises LockstepError where the file changed meanwhile."""
        disk.replace(root / self.path, self.new, expected=self.old)


def longer(root: Path, locale: str, rows: Sequence[dict[str, str]]) -> Longer:
    """A language's file with exceptions more at its end, its bytes kept. Raises LockstepError where it cannot be read."""
    from pipeline.content import yaml

    path = path_of(locale)
    body = inputs.read(root, path)
    text = (body or b"").decode() or "exceptions:\n"
    if not text.endswith("\n"):
        text += "\n"
    for row in rows:
        lines = [f"{key}: {quoted(' '.join(row[key].split()))}" for key in KEYS if key in row]
        lines += [f"{key}: {quoted(row[key])}" for key in ("under", "values") if key in row]
        text += "  - " + "\n    ".join(lines) + "\n"
    yaml.load(path, text)
    return Longer(path, body, text.encode())


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, on one line."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
