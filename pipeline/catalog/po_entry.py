"""One entry of a PO file: its values, and the lines it is written as.

What nobody changed keeps its lines; what is written anew is what msgcat --no-wrap --add-location=file writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.core.model import Key

Pair = tuple[str, str]
"""A line of an entry: its part, one of ORDER, and its text."""
ORDER = ("blank", "note", "extracted", "reference", "flag", "previous", "context", "id", "plural", "string")
BODY = frozenset(ORDER[6:])
ESCAPES = str.maketrans(
    {"\\": r"\\", '"': r"\"", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\a": r"\a", "\b": r"\b", "\f": r"\f", "\v": r"\v"}
)


class Lines(Sequence[Pair]):
    """The lines of a well-formed entry as they stand in its file; they are told apart when somebody asks for them."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Each line with its part."""
        found: list[Pair] = []
        part = "blank"
        for line in self.text.split("\n"):
            if not line or (line[0] == "#" and line[1:2] != "~"):
                part = part_of(line) if line else "blank"
            elif line.startswith("#~|"):
                part = "previous"
            else:
                part = KEYWORDS.get(line.removeprefix("#~ ")[:6], part)
            found.append((part, line))
        return tuple(found)

    def __getitem__(self, at: Any) -> Any:
        return self.pairs[at]

    def __len__(self) -> int:
        return self.text.count("\n") + 1

    def __iter__(self) -> Iterator[Pair]:
        return iter(self.pairs)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Lines):
            return self.text == other.text
        return isinstance(other, tuple) and self.pairs == other

    def __hash__(self) -> int:
        return hash(self.pairs)


KEYWORDS = {"msgctx": "context", "msgid ": "id", "msgid_": "plural", "msgstr": "string"}


@dataclass(frozen=True, slots=True)
class Previous:
    """What `#|` keeps: the message that a fuzzy translation was made for."""

    key: Key
    plural: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalog. `lines` is the text it is written as, as pairs.

    `notes` (`# `) are the translator's, `extracted` (`#.`) ours; `line` is that of its first keyword, 1-based.
    """

    key: Key
    strings: tuple[str, ...]
    plural: str | None = None
    notes: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: Previous | None = None
    obsolete: bool = False
    line: int = 0
    lines: Sequence[Pair] = ()

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Whether any of its strings has text (fuzzy or not)."""
        return any(self.strings)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: line, what, and what to do. `fatal` when the entry it stands in cannot be read."""

    line: int
    what: str
    todo: str
    fatal: bool = True


def part_of(line: str) -> str:
    """Which part of an entry a comment line is. `#=` is read as `#,` (gettext 1.0)."""
    return {".": "extracted", ":": "reference", ",": "flag", "=": "flag", "|": "previous"}.get(line[1:2], "note")


def quoted(keyword: str, text: str) -> list[str]:
    """`keyword "text"` as msgcat --no-wrap writes it: one line, or one a newline after an empty string."""
    pieces = re.findall(r"[^\n]*\n|[^\n]+\Z", text) or [""]
    strings = [quote(piece) for piece in pieces]
    return [f"{keyword} {strings[0]}"] if len(strings) == 1 else [f'{keyword} ""', *strings]


def quote(text: str) -> str:
    """`text` as one string of a catalog, quotation marks and all; `unescape` is the way back."""
    return '"' + text.translate(ESCAPES) + '"'


def remark(mark: str, text: str) -> str:
    """A comment line. gettext goes on to the next line after a backslash at the end, so a space follows one."""
    return f"{mark} {text}".rstrip() + " " * text.endswith("\\")


def written(entry: Entry, part: str) -> list[str]:
    """One part of an entry, as msgcat --no-wrap --add-location=file writes it."""
    key, before = entry.key, entry.previous
    match part:
        case "note":
            return [remark("#", line) for line in entry.notes]
        case "extracted":
            return [remark("#.", line) for line in entry.extracted]
        case "reference":
            names = [f"\u2068{name}\u2069" if re.search(r"\s", name) else name for name in entry.references]
            return folded(names)
        case "flag":
            return [f"#, {', '.join(entry.flags)}"] if entry.flags else []
        case "previous" if before is not None:
            lines = quoted("msgctxt", before.key.context) if before.key.context is not None else []
            lines += quoted("msgid", before.key.msgid)
            lines += quoted("msgid_plural", before.plural) if before.plural is not None else []
            return [f"{'#~|' if entry.obsolete else '#|'} {line}" for line in lines]
        case "context":
            lines = quoted("msgctxt", key.context) if key.context is not None else []
        case "id":
            lines = quoted("msgid", key.msgid)
        case "plural":
            lines = quoted("msgid_plural", entry.plural) if entry.plural is not None else []
        case "string" if entry.plural is None:
            lines = quoted("msgstr", entry.strings[0])
        case "string":
            lines = [line for at, text in enumerate(entry.strings) for line in quoted(f"msgstr[{at}]", text)]
        case _:
            lines = []
    return [f"#~ {line}" if entry.obsolete else line for line in lines]


def folded(names: Iterable[str]) -> list[str]:
    """References on `#:` lines of at most 79 bytes, as msgcat folds them even with --no-wrap."""
    lines: list[str] = []
    for name in names:
        if lines and len(f"{lines[-1]} {name}".encode()) <= 79:
            lines[-1] += f" {name}"
        else:
            lines.append(f"#: {name}")
    return lines


PARTS: Mapping[str, Callable[[Entry], object]] = {
    "note": lambda e: e.notes,
    "extracted": lambda e: e.extracted,
    "reference": lambda e: e.references,
    "flag": lambda e: e.flags,
    "previous": lambda e: e.previous,
    "context": lambda e: e.key.context,
    "id": lambda e: e.key.msgid,
    "plural": lambda e: e.plural,
    "string": lambda e: e.strings,
}


def fresh(entry: Entry) -> Entry:
    """The entry with all its lines written anew, a blank line before it."""
    lines = [("blank", "")] * bool(entry.key.msgid) + [
        (part, line) for part in ORDER[1:] for line in written(entry, part)
    ]
    return replace(entry, lines=tuple(lines))


def amended(old: Entry, new: Entry) -> Entry:
    """`new` with the lines of `old` wherever the two agree, so that what nobody changed keeps its bytes and wrapping."""
    if new.obsolete:
        new = replace(new, extracted=(), references=())
    if all(value(old) == value(new) for value in PARTS.values()) and old.obsolete == new.obsolete:
        return old
    kept: dict[str, list[Pair]] = {part: [] for part in ORDER}
    for pair in old.lines:
        kept[pair[0]].append(pair)
    lines = kept["blank"][:1]
    for part in ORDER[1:]:
        if PARTS[part](old) != PARTS[part](new):
            lines += [(part, line) for line in written(new, part)]
        elif old.obsolete != new.obsolete and (part in BODY or part == "previous"):
            lines += [(part, marked(line, old.obsolete, new.obsolete)) for _, line in kept[part]]
        else:
            lines += kept[part]
    return replace(new, lines=tuple(lines))


def marked(line: str, was: bool, now: bool) -> str:
    """A body line with the obsolete mark put on or taken off."""
    if was == now:
        return line
    if now:
        return line.replace("#|", "#~|", 1) if line.startswith("#|") else f"#~ {line}"
    return line.replace("#~|", "#|", 1) if line.startswith("#~|") else line[2:].removeprefix(" ")


def header_lines(fields: Iterable[tuple[str, str]]) -> str:
    """Header fields as the msgstr of the entry for ""."""
    return "".join(f"{name}: {value}\n" for name, value in fields)
