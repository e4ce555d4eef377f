"""What an editor is told, in our own words; `server` puts it into the protocol's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.core.model import Finding, Level, Severity


@dataclass(frozen=True, slots=True)
class Said:
    """Something about a line (from 1). `level` None is a hint: nothing is wrong."""

    line: int
    level: Level | None
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a file, from `start` (from 1) on, so many of them, with what takes their place, ended as the file's are."""

    start: int
    count: int
    new: tuple[str, ...]
    newline: str = "\n"


@dataclass(frozen=True, slots=True)
class Fix:
    """Something that an editor may do: a change of lines, or an act with its arguments. `code`: of the finding that it answers."""

    title: str
    code: str = ""
    change: Lines | None = None
    act: str = ""
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file of the site."""

    path: str
    line: int


GRADES = {Severity.CRITICAL: Level.WARNING, Severity.WORDING: Level.INFO, Severity.COSMETIC: None}


def of_findings(found: Iterable[Finding]) -> tuple[Said, ...]:
    """Findings about one file, each once, in its order."""
    said = (Said(one.span.line, one.level, one.code, one.text) for one in found)
    return tuple(sorted(dict.fromkeys(said), key=lambda one: (one.line, one.code, one.text)))


def marked(runs: Sequence[tuple[str, str]]) -> str:
    """A difference of words in Markdown."""
    shape = {"=": "{}", "-": "~~{}~~", "+": "**{}**"}
    return " ".join(shape[sign].format(escaped(text)) for sign, text in runs)


def escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#+-.!|~&" else char for char in text)


def listed(names: Sequence[str], most: int = 8) -> str:
    """Names in a row."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
