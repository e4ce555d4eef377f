"""One entry of a PO file: its values, and the lines it is written as.

What nobody changed keeps its lines; what is written anew is what msgcat --no-wrap --add-location=file writes.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import NamedTuple

from pipeline.core.model import Key, ident

Pair = tuple[str, str]
"""A line of an entry: its part, one of ORDER, and its text."""
ORDER = ("blank", "note", "extracted", "reference", "flag", "previous", "context", "id", "plural", "string")
BODY = frozenset(ORDER[6:])
ESCAPES = {
    "\\": r"\\", '"': r"\"", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\a": r"\a", "\b": r"\b", "\f": r"\f", "\v": r"\v"
}  # fmt: skip
SPACE, LINE = re.compile(r"\s"), re.compile(r"[^\n]*\n|[^\n]+\Z")
NEWLINE = re.compile(rb"\n")


class Source:
    """The file that regular entries were read from, to find their lines in when somebody asks for them."""

    __slots__ = ("body", "encoding", "ends")

    def __init__(self, body: bytes, encoding: str) -> None:
        self.body = body
        self.encoding = encoding
        self.ends: array[int] | None = None
        """Where each line ends. The lines themselves, kept as texts, would weigh more than all entries."""

    def lines(self, at: int) -> list[str]:
        """The lines of the entry that has line `at`, 1-based: from the blank one before it on, up to the next one."""
        found = self.block(at)
        return found.split("\n") if found else []

    def block(self, at: int) -> str:
        """The same as one text."""
        if self.ends is None:
            self.ends = array("Q", [*(found.start() for found in NEWLINE.finditer(self.body)), len(self.body)])
        begin = self.ends[at - 2] + 1 if at > 1 else 0
        end = self.ends[at - 1]
        if begin == end:
            return ""
        begin = self.body.rfind(b"\n\n", 0, begin) + 1
        end = self.body.find(b"\n\n", end)
        if end < 0:
            end = len(self.body) - self.body.endswith(b"\n")
        return self.body[begin:end].decode(self.encoding)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Source) and self.body == other.body)

    def __hash__(self) -> int:
        return hash(self.body)

    def __reduce__(self) -> tuple[type[Source], tuple[bytes, str]]:
        return Source, (self.body, self.encoding)


def parts_of(lines: Iterable[str]) -> Iterator[Pair]:
    """The lines of a regular entry, each with its part."""
    part = "blank"
    for line in lines:
        if not line or (line[0] == "#" and line[1:2] != "~"):
            part = part_of(line) if line else "blank"
        elif line.startswith("#~|"):
            part = "previous"
        else:
            part = KEYWORDS.get(line.removeprefix("#~ ")[:6], part)
        yield part, line


KEYWORDS = {"msgctx": "context", "msgid ": "id", "msgid_": "plural", "msgstr": "string"}


@dataclass(frozen=True, slots=True)
class Previous:
    """What `#|` keeps: the message that a fuzzy translation was made for."""

    key: Key
    plural: str | None = None


class Entry(NamedTuple):
    """One entry of a catalog. `notes` (`# `) are the translator's, `extracted` (`#.`) ours; `line` is that of its first keyword,
    1-based. `written` is the text it is written as: its lines with their parts, or the source of a regular entry that has them
    around `line`.

    A tuple, since a site is read entry by entry, and a tuple is made in a tenth of the time of an object.
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
    written: Source | tuple[Pair, ...] = ()

    @property
    def lines(self) -> tuple[Pair, ...]:
        """The lines it is written as, each with its part, one of ORDER."""
        if isinstance(self.written, Source):
            return tuple(parts_of(self.written.lines(self.line)))
        return self.written

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Whether any of its strings has text (fuzzy or not)."""
        return any(self.strings)


class Unread(NamedTuple):
    """The translation of an entry that cannot be read, and its message (None: it cannot be told); `marks` where that has quotation
    marks without a backslash, which may be the slip, or only stand there by it."""

    key: Key | None
    strings: tuple[str, ...]
    marks: bool = False

    def among(self, wanted: Collection[Key], every: Sequence[Key], known: Collection[str]) -> Sequence[Key]:
        """Which of some messages it may be; `every` are those, in order, that one may be of which nobody can tell, and `known` the
        ids of messages that it may be instead."""
        if self.key is None or (self.marks and self.key not in wanted and ident(self.key) not in known):
            return every
        return (self.key,) if self.key in wanted else ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: line, what, and what to do. `fatal` when the entry it stands in cannot be read; else `error`
    says whether it is an error or a warning."""

    line: int
    what: str
    todo: str
    fatal: bool = True
    error: bool = False


def string_line(entry: Entry, form: int = 0) -> int:
    """The line of an entry's translation, of one of its forms where it has several."""
    at, begun = entry.line, 0
    for part, line in entry.lines:
        if part == "string" and "msgstr" in line:
            begun += 1
            if begun > form:
                return at
        at += part in BODY
    return entry.line


def part_of(line: str) -> str:
    """Which part of an entry a comment line is. `#=` is read as `#,` (gettext 1.0)."""
    return {".": "extracted", ":": "reference", ",": "flag", "=": "flag", "|": "previous"}.get(line[1:2], "note")


Texts = tuple[str, ...]
REMARKS = frozenset(ORDER[1:5])


def remarks(lines: Iterable[str]) -> tuple[Texts, Texts, Texts, Texts] | None:
    """Notes, extracted comments, references and flags of an entry, from the lines above it; None where one is no comment."""
    notes: list[str] = []
    extracted: list[str] = []
    refs: list[str] = []
    flags: list[str] = []
    for line in lines:
        mark = line[:2]
        if mark == "#:":
            refs += references(line[2:])
        elif mark == "#.":
            extracted.append(line[2:].strip())
        elif mark in {"#,", "#="}:
            flags += filter(None, map(str.strip, line[2:].split(",")))
        elif mark[:1] == "#" and mark not in {"#~", "#|"}:
            notes.append(line[1:].removeprefix(" ").rstrip())
        else:
            return None
    return tuple(notes), tuple(extracted), tuple(refs), tuple(flags)


def references(text: str) -> list[str]:
    """The references on a `#:` line; a name with spaces stands between U+2068 and U+2069 (gettext manual)."""
    if "\u2068" not in text:
        return text.split()
    return [match[1] or match[0] for match in re.finditer("\u2068([^\u2069]*)\u2069(?::\\d+)?|\\S+", text)]


def quoted(keyword: str, text: str) -> list[str]:
    """`keyword "text"` as msgcat --no-wrap writes it: one line, or one a newline after an empty string."""
    if "\n" not in text:
        return [f"{keyword} {quote(text)}"]
    strings = [quote(piece) for piece in LINE.findall(text)]
    return [f"{keyword} {strings[0]}"] if len(strings) == 1 else [f'{keyword} ""', *strings]


def quote(text: str) -> str:
    """`text` as one string of a catalog, quotation marks and all; `unescape` is the way back."""
    for char, escape in ESCAPES.items():
        if char in text:
            text = text.replace(char, escape)
    return f'"{text}"'


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
            names = [f"\u2068{name}\u2069" if SPACE.search(name) else name for name in entry.references]
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
    "note": itemgetter(3),
    "extracted": itemgetter(4),
    "reference": itemgetter(5),
    "flag": itemgetter(6),
    "previous": itemgetter(7),
    "context": attrgetter("key.context"),
    "id": attrgetter("key.msgid"),
    "plural": itemgetter(2),
    "string": itemgetter(1),
}
"""What each part says, by its place in an entry."""


def fresh(entry: Entry) -> Entry:
    """The entry with all its lines written anew, a blank line before it."""
    lines = [("blank", "")] * bool(entry.key.msgid)
    for part, value in PARTS.items():
        if value(entry) not in {None, ()}:
            lines += [(part, line) for line in written(entry, part)]
    return entry._replace(written=tuple(lines))


def amended(old: Entry, new: Entry) -> Entry:
    """`new` with the lines of `old` wherever the two agree, so that what nobody changed keeps its bytes and wrapping."""
    if new.obsolete and (new.extracted or new.references):
        new = new._replace(extracted=(), references=())
    if old[:9] == new[:9]:  # all but the place
        return old
    kept: dict[str, list[Pair]] = {}
    for pair in old.lines:
        kept.setdefault(pair[0], []).append(pair)
    lines, turned = kept.get("blank", [])[:1], old.obsolete != new.obsolete
    for part, value in PARTS.items():
        renamed = part == "string" and (old.plural is None) != (new.plural is None)  # msgstr or msgstr[0]
        if value(old) != value(new) or renamed:
            lines += [(part, line) for line in written(new, part)]
        elif part not in kept:
            continue
        elif turned and (part in BODY or part == "previous"):
            lines += [(part, marked(line, old.obsolete, new.obsolete)) for _, line in kept[part]]
        else:
            lines += kept[part]
    return new._replace(written=tuple(lines))


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
