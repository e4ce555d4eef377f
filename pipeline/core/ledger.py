"""Append-only files of one JSON object a line, keys sorted: their order carries nothing, so git may merge them by union."""

from __future__ import annotations

import datetime
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

from pipeline.core import disk, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Level, Span

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
ID, DAY, TIME = (
    re.compile(pattern) for pattern in (r"[0-9a-f]{16}", r"\d{4}-\d{2}-\d{2}", r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
)


class Line(Protocol):
    """A row of a ledger: a value that knows how it is written."""

    def line(self) -> str: ...


Row = TypeVar("Row", bound=Line)


@dataclass(frozen=True)
class Ledger(ABC, Generic[Row]):
    """The rows of a file, each once, what of it cannot be read, and the bytes read (None: no file).

    A kind of ledger says how a row is parsed, the code of its findings, and what holds `until` a broken line is mended.
    """

    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    body: bytes | None = None
    path: str = ""
    locale: str = ""
    numbers: tuple[int, ...] = ()

    code: ClassVar[str]
    until: ClassVar[str]
    vital: ClassVar[bool] = False

    @staticmethod
    @abstractmethod
    def parse(found: Fields) -> Row:
        """A row from the object of its line. Raises ValueError with what is wrong."""

    @cached_property
    def numbered(self) -> Mapping[Row, int]:
        """The line of the file on which each row first stands."""
        return dict(zip(self.rows, self.numbers, strict=False))

    def span(self, row: Row) -> Span:
        """Where a row can be opened."""
        return Span(self.path, self.numbered.get(row, 1))

    def added(self, rows: Iterable[Row]) -> Self:
        """The ledger with more rows; those it has already are not written a second time."""
        known = set(self.rows)
        new = tuple(dict.fromkeys(row for row in rows if row not in known))
        if not new:
            return self
        old = self.body or b""
        if old and not old.endswith(b"\n"):
            old += b"\n"
        last = old.count(b"\n")
        return replace(
            self,
            rows=(*self.rows, *new),
            body=old + "".join(f"{row.line()}\n" for row in new).encode(errors="replace"),
            numbers=(*self.numbers, *range(last + 1, last + 1 + len(new))),
        )

    def read(self, body: bytes | None) -> Self:
        """This ledger with what a file's bytes say. Never raises: a line that cannot be read is a finding."""
        rows: dict[Row, int] = {}
        findings = []
        for number, raw in enumerate((body or b"").split(b"\n"), 1):
            if not raw.strip():
                continue
            try:
                rows.setdefault(row_of(self.parse, raw), number)
            except (ValueError, RecursionError) as problem:
                what = "not UTF-8" if isinstance(problem, UnicodeDecodeError) else str(problem)
                text = (
                    f"This line cannot be read: {what}. Restore it from git; where two branches conflict, keep the lines "
                    f"of both. {self.until}"
                )
                findings.append(Finding(self.code, Level.ERROR, text, Span(self.path, number), self.locale))
        return replace(self, rows=tuple(rows), findings=tuple(findings), body=body, numbers=tuple(rows.values()))

    def load(self, root: Path) -> Self:
        """This ledger as its file under a site's root has it; without rows where there is no file. A file that may not be read
        is a finding; raises LockstepError for one of a kind that nothing goes on without (`vital`)."""
        try:
            return self.read(inputs.read(root, self.path))
        except LockstepError as problem:
            if self.vital:
                raise
            text = f"This file {problem.what}. {problem.todo} {self.until}"
            found = Finding(self.code, Level.ERROR, text, Span(self.path, 1), self.locale)
            return replace(self, rows=(), findings=(found,), body=b"", numbers=())

    def __getstate__(self) -> dict[str, Any]:
        """What travels: the fields, and nothing that was worked out from them."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


@lru_cache(maxsize=4096)
def row_of(parse: Callable[[Fields], Row], raw: bytes) -> Row:
    """The row of a line, read once in a process: a desk reads its ledgers again and again. Raises ValueError with what is wrong."""
    return parse(Fields.of(raw.decode()))


def save(root: Path, old: Ledger[Row], new: Ledger[Row]) -> bool:
    """Write the file of a ledger if it has new lines. Raises LockstepError where it changed on disk meanwhile."""
    if new.body == old.body:
        return False
    disk.replace(root / new.path, new.body or b"", expected=old.body)
    return True


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object, asked key by key. Every answer is what it was asked for, or a ValueError that names the key."""

    found: Mapping[str, Any]

    @staticmethod
    def of(line: str) -> Fields:
        """A line as an object."""
        try:
            found = json.loads(line)
        except json.JSONDecodeError as problem:
            raise ValueError(f"not JSON ({problem.msg})") from problem
        except RecursionError as problem:
            raise ValueError("nested too deeply") from problem
        except ValueError as problem:  # Python reads no integer of more than 4,300 digits
            raise ValueError("a number of too many digits") from problem
        if not isinstance(found, dict):
            raise ValueError("not a JSON object")
        try:
            (json.dumps(found, ensure_ascii=False) if "\\u" in line else line).encode()
        except UnicodeEncodeError as problem:
            raise ValueError("half a character, which is no text") from problem
        return Fields(found)

    def has(self, key: str) -> bool:
        """Whether the key says anything: it is there and not empty."""
        return bool(self.found.get(key))

    def raw(self, key: str, default: str | None = None) -> str:
        """Any string."""
        value = self.found.get(key, default)
        if not isinstance(value, str):
            raise ValueError(f"`{key}` is a text")
        return value

    def text(self, key: str, default: str | None = "") -> str:
        """A text without control characters, which a terminal would obey."""
        value = self.raw(key, default)
        if CONTROL.search(value):
            raise ValueError(f"`{key}` is a text without control characters")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        value = self.found.get(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise ValueError(f"`{key}` is a list of texts")
        return tuple(value)

    def triples(self, key: str) -> tuple[tuple[str, str, str], ...]:
        """A list of lists of three strings."""
        value = self.found.get(key)
        if not isinstance(value, list) or not all(
            isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) for part in one) for one in value
        ):
            raise ValueError(f"`{key}` is a list of lists of three texts")
        return tuple((one, two, three) for one, two, three in value)

    def choice(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """One of some words. A default need not be one of them."""
        value = self.found.get(key, default)
        if not isinstance(value, str) or (value not in choices and value != default):
            *most, last = choices
            raise ValueError(f"`{key}` is {', '.join(most)} or {last}")
        return value

    def part(self, key: str) -> Fields | None:
        """An object inside this one; None where there is none."""
        value = self.found.get(key)
        if value and not isinstance(value, dict):
            raise ValueError(f"`{key}` is an object")
        return Fields(value) if value else None

    def ident(self, key: str) -> str:
        """The id of a text."""
        return as_id(key, self.found.get(key))

    def ident_if_any(self, key: str) -> str | None:
        return None if self.found.get(key) is None else self.ident(key)

    def two_idents(self, key: str) -> tuple[str, str]:
        """A list of two ids of texts."""
        value = self.found.get(key)
        if not isinstance(value, list) or len(value) != 2:
            raise ValueError(f"`{key}` is a list of two ids")
        return as_id(key, value[0]), as_id(key, value[1])

    def day(self, key: str) -> str:
        """A day of the calendar."""
        return self.dated(key, "a date as in 2026-01-31", DAY)

    def time(self, key: str) -> str:
        """A UTC time."""
        return self.dated(key, "a UTC time as in 2026-01-31T08:00:00Z", TIME)

    def day_or_time(self, key: str) -> str:
        return self.dated(key, "a day or a UTC time as in 2026-01-31T08:00:00Z", DAY, TIME)

    def dated(self, key: str, what: str, *forms: re.Pattern[str]) -> str:
        value = self.found.get(key)
        try:
            if isinstance(value, str) and any(form.fullmatch(value) for form in forms):
                datetime.datetime.fromisoformat(value)
                return value
        except ValueError:
            pass
        raise ValueError(f"`{key}` is {what}")


def as_id(key: str, value: object) -> str:
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise ValueError(f"`{key}` is an id of 16 hex digits")
    return value


def written(found: Mapping[str, Any]) -> str:
    """An object as a line, without the newline; values that are empty are left out."""
    kept = {name: value for name, value in found.items() if value not in ("", None, [], False)}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)
