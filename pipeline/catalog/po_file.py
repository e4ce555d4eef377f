"""Gettext catalogs: a PO file ⇄ its entries, every byte of what nobody changed kept. The one module that knows polib.

A file with an entry that cannot be read is never written; what is written is read back first, by us and by polib.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from pipeline.catalog import po_sound
from pipeline.catalog.po_entry import BODY, ORDER, Entry, Problem, Source, Unread, written
from pipeline.catalog.po_reader import BARE, PoReader
from pipeline.catalog.po_sound import JOINED, is_joined
from pipeline.core import disk, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Key, Level, Span

CHARSET = re.compile(
    rb'^(?:msgstr[ \t]*)?"(?:[^\n]*\\n)?Content-Type:(?:[^"\\\n]|"[ \t]*\r?\n")*?charset=([\w.:-]+)', re.I | re.M | re.A
)
PLAIN = frozenset({"utf-8", "utf8", "ascii", "us-ascii", "iso-8859-1"})
"""Character sets that give back every byte that they were read from."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """A PO file as values. `body` is what was read (None: no file yet); `text()` is what would be written; `said` is what is
    known to be wrong in it from elsewhere than the file; `unused` are the translations of entries that cannot be read."""

    path: str
    header: Entry | None = None
    header_at: int = 0
    entries: tuple[Entry, ...] = ()
    tail: tuple[str, ...] = ("",)
    newline: str = "\n"
    encoding: str = "utf-8"
    body: bytes | None = None
    problems: tuple[Problem, ...] = ()
    said: tuple[Finding, ...] = ()
    unused: tuple[Unread, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether something in the file could not be read; such a file is never written."""
        return any(problem.fatal for problem in self.problems)

    def live(self) -> dict[Key, Entry]:
        """The entries that are not obsolete, by key."""
        return {entry.key: entry for entry in self.entries if not entry.obsolete}

    def metadata(self, name: str) -> str:
        """A header field's value, "" where it is missing."""
        lines = self.header.strings[0].split("\n") if self.header and self.header.strings else []
        return next(
            (line.partition(":")[2].strip() for line in lines if line.lower().startswith(f"{name.lower()}:")), ""
        )

    def text(self) -> str:
        """The whole file."""
        entries = list(self.entries)
        if self.header:
            entries.insert(self.header_at, self.header)
        lines: list[str] = []
        above = 0
        for entry in entries:
            if isinstance(entry.written, Source):
                found = entry.written.block(entry.line)
                lines += [found] if self.newline == "\n" else found.split("\n")
            else:
                if lines and entry.written[0][0] != "blank" and not 0 < above < entry.line:
                    lines.append("")
                lines += [line for _, line in entry.written]
            above = entry.line
        lines += self.tail
        return "\n".join(lines if self.newline == "\n" else [*map(self.end, lines[:-1]), *lines[-1:]])

    def end(self, line: str) -> str:
        """A line with its ending less the newline: its own where it was read (see BARE), the file's where we wrote it."""
        if line.endswith(BARE):
            return line.removesuffix(BARE)
        return line + "\r" if self.newline == "\r\n" and not line.endswith("\r") else line

    def findings(self, locale: str) -> tuple[Finding, ...]:
        """What is wrong with the file: one error for everything unreadable, and one warning each for the rest."""
        fatal = [problem for problem in self.problems if problem.fatal]
        found = [
            Finding(
                "catalog",
                Level.ERROR if problem.error else Level.WARNING,
                f"{problem.what}. {problem.todo.removesuffix('.')}.",
                Span(self.path, problem.line),
                locale,
            )
            for problem in self.problems
            if not problem.fatal
        ]
        if fatal:
            first, *rest = fatal
            more = (
                f" {len(rest)} more such place{'s' * (len(rest) > 1)}: line {', '.join(str(p.line) for p in rest[:8])}{', …' * (len(rest) > 8)}."
                if rest
                else ""
            )
            text = f"{first.what}. {first.todo}{more} Until then its unreadable strings are shown in English, and Lockstep does not write this file."
            found.insert(0, Finding("catalog", Level.ERROR, text, Span(self.path, first.line), locale))
        return tuple(found)


def load(root: Path, path: str) -> Catalog:
    """Read the catalog at `path` (relative to `root`); an empty one where there is no file. Never raises for its content."""
    try:
        body = inputs.read(root, path)
    except LockstepError as problem:
        return Catalog(path, problems=(Problem(1, f"This file {problem.what}", problem.todo),), body=b"")
    return Catalog(path) if body is None else parse(path, body)


def parse(path: str, body: bytes) -> Catalog:
    """Read a catalog's bytes."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or body.count(b"\0") > len(body) // 4 > 0:
        wide = Problem(1, "Saved as UTF-16", "Save it as UTF-8.")
        return Catalog(path, body=body, problems=(wide,), unused=wide_texts(body))
    found = CHARSET.search(body[:8192])
    encoding = found[1].decode().lower() if found and found[1] != b"CHARSET" else "utf-8"
    problems: list[Problem] = []
    source = None
    try:
        try:
            text = body.decode(encoding)
            source = Source(body, encoding) if encoding in PLAIN else None
        except UnicodeDecodeError:
            text = body.decode(encoding, errors="surrogateescape")
        if encoding not in PLAIN and text.encode(encoding, errors="surrogateescape") != body:
            raise UnicodeError("what is read cannot be written back")
    except (LookupError, UnicodeError):
        problems.append(
            Problem(
                body[: found.start(1)].count(b"\n") + 1 if found else 1,
                f"Unknown character set {encoding!r}",
                "Save the file as UTF-8 and write `charset=UTF-8` in its header.",
            )
        )
        encoding, text = "utf-8", body.decode("utf-8", errors="surrogateescape")
    if text.startswith("\ufeff"):
        problems.append(
            Problem(
                1, "Starts with a byte-order mark, which gettext refuses", "Save it as UTF-8 without BOM (signature)."
            )
        )
        text = text[1:]
    newline = "\r\n" if "\r" in text and text.count("\r\n") * 2 > text.count("\n") else "\n"
    reader = PoReader(encoding, problems, newline, source)
    reader.read(text)
    if reader.header or (reader.entries and not reader.problems):
        reader.problems += [*po_sound.problems(reader.header, reader.entries, plain=text.isascii())]
    if JOINED in text:
        reader.entries = [one for one in reader.entries if one.fuzzy or not any(map(is_joined, one.strings))]
    return Catalog(
        path,
        reader.header,
        reader.header_at,
        tuple(reader.entries),
        tuple(reader.tail),
        newline,
        encoding,
        body,
        tuple(sorted(reader.problems, key=lambda problem: problem.line)),
        unused=tuple(reader.unused),
    )


def wide_texts(body: bytes) -> tuple[Unread, ...]:
    """The translations in a file that was saved as UTF-16."""
    order = (
        "utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-16-be" if body[:1] == b"\0" else "utf-16-le"
    )
    reader = PoReader("utf-8", [])
    reader.read(body.decode(order, "replace").replace("\r\n", "\n"))
    return (*(Unread(entry.key, entry.strings) for entry in reader.entries if entry.translated), *reader.unused)


def save(root: Path, catalog: Catalog) -> bytes | None:
    """Write the catalog if its text changed. Returns what was written, None where nothing was.

    Raises LockstepError when the file changed on disk since it was read, when its character set lacks a character,
    or when another reader of PO files (polib) would not read back what we mean to write.
    """
    text = catalog.text()
    try:
        body = text.encode(catalog.encoding, errors="surrogateescape" if catalog.broken else "strict")
    except UnicodeEncodeError as problem:
        raise LockstepError(
            f"the character {problem.object[problem.start]!r} does not exist in {catalog.encoding}",
            path=catalog.path,
            todo="Convert the file once: msgconv -t UTF-8.",
        ) from problem
    if body == catalog.body:
        return None
    if catalog.broken:
        raise LockstepError(
            "is broken and is not written", path=catalog.path, todo="Run `lockstep check` to see where."
        )
    del text  # of a large catalog it is as much as all else about it: reading back needs the bytes
    reads_back(catalog, body)
    disk.replace(inside(root, catalog.path), body, expected=catalog.body)
    return body


def inside(root: Path, path: str) -> Path:
    """Where a catalog is written: the file itself where its name is a link. Raises LockstepError when that is outside the site."""
    target = (root / path).resolve()
    if not target.is_relative_to(root.resolve()):
        raise LockstepError(
            f"is a link out of the site, to {target}",
            path=path,
            todo="Put the file itself here, or link inside the site.",
        )
    return target


def verify(catalog: Catalog, text: str) -> None:
    """Refuse to write a text that would read differently (see `reads_back`)."""
    reads_back(catalog, text.encode(catalog.encoding))


def reads_back(catalog: Catalog, body: bytes) -> None:
    """Refuse to write what would read differently: read back by ourselves, and by polib what we wrote ourselves and is not plain."""
    odd = differing(map(value_of, parse(catalog.path, body).entries), map(value_of, catalog.entries))
    ours = [e for e in catalog.entries if e.key.msgid and not isinstance(e.written, Source) and not plain(e) and own(e)]
    try:
        odd = odd or (differing(*read_by_polib(ours)) if ours else "")
    except OSError as problem:  # polib's syntax error
        odd = str(problem)
    if odd:
        raise LockstepError(
            f"what would be written does not read back: {odd[:120]}",
            path=catalog.path,
            todo="Nothing was written. This is a bug in Lockstep: please report it with this file.",
        )


def value_of(entry: Entry) -> object:
    """An entry's values, without its place and its comments for people."""
    return entry[:4], entry[6:9]


def plain(entry: Entry) -> bool:
    """Whether no reader of PO files can be in doubt about an entry's strings: there is no escape in them, nor what some take for
    the end of a line."""
    return all(
        "\\" not in line and line.isprintable() for part, line in entry.lines if part in BODY or part == "previous"
    )


def own(entry: Entry) -> bool:
    """Whether we wrote all of an entry's strings; those of other tools may be in words that polib does not know (`\x41`)."""
    return all(
        [line for name, line in entry.lines if name == part] == written(entry, part)
        for part in ("previous", *ORDER[6:])
    )


def differing(read: Iterable[object], meant: Iterable[object]) -> str:
    """The first value that was not read as it was meant, "" where there is none."""
    return next((repr(one or other) for one, other in zip_longest(read, meant) if one != other), "")


def read_by_polib(entries: Sequence[Entry]) -> tuple[list[object], list[object]]:
    """Entries as polib reads their lines, and as we mean them."""
    import polib

    text = (
        "\n".join(line for entry in entries for part, line in entry.lines if part in BODY or part == "previous") + "\n"
    )
    plain = dict.fromkeys(
        (28, 29, 30, 133, 8232, 8233), " "
    )  # polib splits lines at these; \v and \f are escaped in strings
    escaped = plain | {0x07: "\\a"}  # polib leaves this escape as it is
    theirs = polib.pofile(text.translate(plain | {0x0B: " ", 0x0C: " "}), check_for_duplicates=False)
    read: list[object] = [
        (
            e.msgctxt,
            e.msgid,
            tuple(v for _, v in sorted(e.msgstr_plural.items())) if e.msgstr_plural else e.msgstr,
            bool(e.obsolete),
        )
        for e in theirs
    ]
    meant: list[object] = [
        (
            flat(e.key.context, escaped),
            flat(e.key.msgid, escaped),
            flat(e.strings[0], escaped) if e.plural is None else tuple(flat(s, escaped) or "" for s in e.strings),
            e.obsolete,
        )
        for e in entries
    ]
    return read, meant


def flat(text: str | None, table: Mapping[int, str]) -> str | None:
    return text if text is None else text.translate(table)
