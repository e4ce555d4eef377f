"""Gettext catalogs: PO text ⇄ values, every byte of an entry that nobody changed kept. The one module that knows polib.

A catalog is read line by line and never given up: an entry that cannot be read is set aside with its line and what is
wrong, the others are used, and a file with such an entry is never written. What is written is read back by polib first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polib

from pipeline import disk
from pipeline.errors import LockstepError
from pipeline.model import Finding, Key, Level, Span

ORDER = ("blank", "note", "extracted", "reference", "flag", "previous", "context", "id", "plural", "string")
BODY = frozenset(ORDER[6:])
KEYWORD = re.compile(r"\s*(msgctxt|msgid_plural|msgid|msgstr)\s*(?:\[\s*(\d+)\s*\])?\s*\"(.*)\"\s*\Z")
MORE = re.compile(r"\s*\"(.*)\"\s*\Z")
SEVERAL = re.compile(r"(?:[^\"\\]|\\.)*(?:\"\s*\"(?:[^\"\\]|\\.)*)+\Z")
"""Several strings on one line, which count as one (as in C)."""
STRING = re.compile(r"(?:[^\"\\]|\\(?:[abfnrtv\\\"'?]|[0-7]{1,3}|x[0-9a-fA-F]{1,2}))*\Z")
CONFLICT = re.compile(r"(<{7}|\|{7}|>{7})(\s|\Z)|={7}\s*\Z")
CHARSET = re.compile(
    rb'^(?:msgstr[ \t]*)?"(?:[^\n]*\\n)?Content-Type:(?:[^"\\\n]|"[ \t]*\r?\n")*?charset=([\w.:-]+)', re.I | re.M | re.A
)
BARE = "\n"
"""Marks a line that was read with a bare newline in a file whose lines end with CR LF."""
FIELDS = {"msgctxt": "context", "msgid": "id", "msgid_plural": "plural", "msgstr": "string"}
UNDECODED = re.compile("[\udc80-\udcff]")
ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)")
NAMED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass(frozen=True, slots=True)
class Previous:
    """What `#|` keeps: the message that a fuzzy translation was made for."""

    key: Key
    plural: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalog. `lines` is the text it is written as: `(part, line)` pairs, part one of ORDER.

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
    lines: tuple[tuple[str, str], ...] = ()

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


@dataclass(frozen=True, slots=True)
class Catalog:
    """A PO file as values. `body` is what was read (None: no file yet); `text()` is what would be written."""

    path: str
    header: Entry | None = None
    header_at: int = 0
    entries: tuple[Entry, ...] = ()
    tail: tuple[str, ...] = ("",)
    newline: str = "\n"
    encoding: str = "utf-8"
    body: bytes | None = None
    problems: tuple[Problem, ...] = ()

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
            if lines and entry.lines[0][0] != "blank" and not 0 < above < entry.line:
                lines.append("")
            above = entry.line
            lines.extend(line for _, line in entry.lines)
        lines += self.tail
        return "\n".join([*map(self.end, lines[:-1]), *lines[-1:]])

    def end(self, line: str) -> str:
        """A line with its ending less the newline: its own where it was read (see BARE), the file's where we wrote it."""
        if line.endswith(BARE):
            return line.removesuffix(BARE)
        return line + "\r" if self.newline == "\r\n" and not line.endswith("\r") else line

    def findings(self, locale: str) -> tuple[Finding, ...]:
        """What is wrong with the file: one error for everything unreadable, and one warning each for the rest."""
        fatal = [problem for problem in self.problems if problem.fatal]
        found = [
            Finding("catalog", Level.WARNING, f"{problem.what}. {problem.todo}", Span(self.path, problem.line), locale)
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
        body = disk.read(root / path)
    except OSError as problem:
        return Catalog(
            path, problems=(Problem(1, f"Cannot be opened: {problem.strerror}", "Mend its permissions."),), body=b""
        )
    return Catalog(path) if body is None else parse(path, body)


def parse(path: str, body: bytes) -> Catalog:
    """Read a catalog's bytes."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or body.count(b"\0") > len(body) // 4 > 0:
        wide = Problem(1, "Saved as UTF-16", "Save it as UTF-8.")
        return Catalog(path, body=body, problems=(wide,))
    found = CHARSET.search(body[:8192])
    encoding = found[1].decode().lower() if found and found[1] != b"CHARSET" else "utf-8"
    problems = []
    try:
        text = body.decode(encoding, errors="surrogateescape")
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
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    reader = Reader(encoding, problems=problems, newline=newline)
    reader.read(text)
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
    )


@dataclass(slots=True)
class Reader:
    """One pass over a catalog's lines. It lives for that pass only; what leaves is the frozen Catalog."""

    encoding: str
    problems: list[Problem]
    newline: str = "\n"
    header: Entry | None = None
    header_at: int = 0
    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, list[list[str]]] = field(default_factory=dict)
    before: dict[str, list[list[str]]] = field(default_factory=dict)
    current: list[str] | None = None
    obsolete: bool = False
    bad: bool = False
    first: int = 0
    conflict: bool = False

    def read(self, text: str) -> None:
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            bare = self.newline == "\r\n" and not line.endswith("\r") and number < len(lines)
            self.take(number, line + BARE * bare, line.removesuffix("\r"))
        if self.values:
            self.finish(len(lines))
        self.tail = [line for _, line in self.lines]
        if self.conflict:
            self.wrong(
                len(lines),
                "A merge conflict that does not end",
                "Resolve it and remove the <<<<<<< ======= >>>>>>> lines.",
            )
        self.check_plurals()
        self.check_duplicates()

    def take(self, number: int, raw: str, line: str) -> None:
        """Read one line."""
        if CONFLICT.match(line):
            if line.startswith("<"):
                self.wrong(
                    number, "A merge conflict was committed", "Resolve it and remove the <<<<<<< ======= >>>>>>> lines."
                )
            self.conflict = not line.startswith(">")
            self.drop()
            return
        if self.conflict:
            return
        if "\0" in line:
            self.wrong(number, "A NUL byte in the file", "Remove it, or restore this entry from git.")
        elif UNDECODED.search(line):
            self.wrong(
                number,
                f"Bytes that are not {self.encoding.upper()}",
                "Save the file as UTF-8 and write `charset=UTF-8` in its header.",
            )
        if not line.strip():
            if "string" in self.values or (self.bad and self.values):
                self.finish(number)
            self.lines.append(("blank", raw))
        elif line.startswith("#~") and not line[2:].strip():
            if "string" in self.values:
                self.finish(number)
            self.lines.append(("blank", raw))
        elif line.startswith("#") and not line.startswith("#~"):
            if self.values:
                self.finish(number)
            self.lines.append((part_of(line), raw))
            if line.startswith("#|"):
                self.keyword(number, line[2:], self.before, raw, previous=True)
        elif line.startswith("#~|"):
            if self.values:
                self.finish(number)
            self.lines.append(("previous", raw))
            self.keyword(number, line[3:], self.before, raw, previous=True)
        else:
            gone = line.startswith("#~")
            if self.values and "string" in self.values and gone != self.obsolete:
                self.finish(number)
            self.obsolete = gone
            self.keyword(number, line[2:] if gone else line, self.values, raw)

    def keyword(
        self, number: int, line: str, values: dict[str, list[list[str]]], raw: str, *, previous: bool = False
    ) -> None:
        """Read a keyword line or a continuation line into `values`."""
        match, more = KEYWORD.match(line), None
        if match:
            name, index, string = FIELDS[match[1]], match[2], match[3]
            if not previous and "string" in self.values and name in {"context", "id"}:
                gone = self.obsolete
                self.finish(number)
                values = self.values
                self.obsolete = gone
            wanted = len(values.get(name, [])) if name == "string" else 0
            if (
                (name == "string" and "id" not in values)
                or int(index or 0) != wanted
                or (name != "string" and name in values)
            ):
                self.wrong(
                    number,
                    f"`{match[1]}` out of place",
                    "An entry is msgctxt, msgid, msgid_plural, msgstr, each once and in this order.",
                )
            self.current = []
            values.setdefault(name, []).append(self.current)
            if not previous and not self.first:
                self.first = number
        elif (more := MORE.match(line)) and self.current is not None:
            string = more[1]
            name = next(
                (self.lines[at][0] for at in range(len(self.lines) - 1, -1, -1) if self.lines[at][0] in BODY), "id"
            )
        else:
            self.unreadable(number, line)
            return
        if '"' in string and SEVERAL.match(string):
            string = re.sub(r"((?:[^\"\\]|\\.)*)\"\s*\"", r"\1", string)
        if not STRING.match(string):
            self.wrong(
                number,
                "A bad escape, a quotation mark without a backslash, or two keywords on one line",
                'Inside a string write \\" for a quotation mark and \\\\ for a backslash; begin each keyword on its own line.',
            )
        if self.current is not None:
            self.current.append(string)
        if not previous:
            self.lines.append((name, raw))

    def unreadable(self, number: int, line: str) -> None:
        """Say what is wrong with a line that is neither comment nor string."""
        if line.count('"') == 1 or (line.strip().startswith(("msg", '"')) and not line.rstrip().endswith('"')):
            self.wrong(
                number,
                "A string that does not end on its line (the file may be cut off here)",
                'Close it with ", or restore the end of the file from git.',
            )
        else:
            self.wrong(
                number,
                f"Not a line of a catalog: {line.strip()[:40]!r}",
                "Put it inside quotation marks, or start it with # if it is a comment.",
            )

    def wrong(self, number: int, what: str, todo: str) -> None:
        if not self.bad:
            self.problems.append(Problem(number, what, todo))
        self.bad = True

    def drop(self) -> None:
        """Set aside the entry being read."""
        self.lines, self.values, self.before, self.current = [], {}, {}, None
        self.obsolete, self.bad, self.first = False, False, 0

    def finish(self, number: int) -> None:
        """End the entry being read, and keep it when all of it could be read."""
        if not self.bad and ("id" not in self.values or "string" not in self.values):
            self.wrong(
                self.first or number,
                "An entry without msgid or msgstr (the file may be cut off here)",
                "Complete it, or restore it from git.",
            )
        if not self.bad:
            entry = self.entry()
            if entry.key != (None, "") or entry.obsolete:
                self.entries.append(entry)
            elif self.header is None:
                self.header, self.header_at = entry, len(self.entries)
            else:
                self.wrong(entry.line, "A second header", "Keep the first one.")
        self.drop()

    def entry(self) -> Entry:
        def value(values: dict[str, list[list[str]]], name: str) -> str | None:
            return unescape("".join(values[name][0])) if name in values else None

        text = {part: [line.rstrip("\r\n") for name, line in self.lines if name == part] for part in ORDER[1:5]}
        before = value(self.before, "id")
        return Entry(
            key=Key(value(self.values, "context"), value(self.values, "id") or ""),
            strings=tuple(unescape("".join(parts)) for parts in self.values["string"]),
            plural=value(self.values, "plural"),
            notes=tuple(line[1:].removeprefix(" ").rstrip() for line in text["note"]),
            extracted=tuple(line[2:].strip() for line in text["extracted"]),
            references=tuple(ref for line in text["reference"] for ref in references(line[2:])),
            flags=tuple(flag.strip() for line in text["flag"] for flag in line[2:].split(",") if flag.strip()),
            previous=None
            if before is None
            else Previous(Key(value(self.before, "context"), before), value(self.before, "plural")),
            obsolete=self.obsolete,
            line=self.first,
            lines=tuple(self.lines),
        )

    def check_plurals(self) -> None:
        """Entries whose number of forms is not the header's: msgfmt refuses them, and so do we."""
        header = self.header.strings[0] if self.header else ""
        match = re.search(r"nplurals\s*=\s*(\d+)", header)
        if match is None:
            return
        for entry in self.entries:
            if entry.plural is not None and not entry.obsolete and len(entry.strings) != int(match[1]):
                self.problems.append(
                    Problem(
                        entry.line,
                        f"{len(entry.strings)} plural forms where the header says nplurals={match[1]}",
                        "Give every form (msgstr[0] …), or correct Plural-Forms; until then the English is shown",
                        fatal=False,
                    )
                )

    def check_duplicates(self) -> None:
        """Keys that stand twice: which translation is meant cannot be told, so neither is used where they differ."""
        seen: dict[Key, Entry] = {}
        clash = set()
        for entry in self.entries:
            if entry.obsolete:
                continue
            if entry.key in seen:
                self.problems.append(
                    Problem(
                        entry.line,
                        f"The message of line {seen[entry.key].line} a second time",
                        "Keep one of the two (msguniq merges them).",
                    )
                )
                if seen[entry.key].strings != entry.strings:
                    clash.add(entry.key)
            seen.setdefault(entry.key, entry)
        self.entries = [
            entry for entry in self.entries if entry.obsolete or (entry.key not in clash and seen[entry.key] is entry)
        ]


def part_of(line: str) -> str:
    """Which part of an entry a comment line is. `#=` is read as `#,` (gettext 1.0)."""
    return {".": "extracted", ":": "reference", ",": "flag", "=": "flag", "|": "previous"}.get(line[1:2], "note")


def references(text: str) -> Iterator[str]:
    """The references on a `#:` line; a name with spaces stands between U+2068 and U+2069 (gettext manual)."""
    return (match[1] or match[0] for match in re.finditer("\u2068([^\u2069]*)\u2069(?::\\d+)?|\\S+", text))


def unescape(text: str) -> str:
    """The value of a string as it stands between its quotation marks."""

    def char(match: re.Match[str]) -> str:
        code = match[1]
        if code[0] == "x":
            return chr(int(code[1:], 16))
        return chr(int(code, 8)) if code[0] in "01234567" else NAMED.get(code, code)

    return ESCAPE.sub(char, text) if "\\" in text else text


def quoted(keyword: str, text: str) -> list[str]:
    """`keyword "text"` as msgcat --no-wrap writes it: one line, or one a newline after an empty string."""
    pieces = re.findall(r"[^\n]*\n|[^\n]+\Z", text) or [""]
    strings = [quote(piece) for piece in pieces]
    return [f"{keyword} {strings[0]}"] if len(strings) == 1 else [f'{keyword} ""', *strings]


def quote(text: str) -> str:
    """`text` as one string of a catalog, quotation marks and all; `unescape` is the way back."""
    return '"' + polib.escape(text).replace("\a", r"\a") + '"'


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
    lines = [pair for pair in old.lines if pair[0] == "blank"][:1]
    for part in ORDER[1:]:
        if PARTS[part](old) == PARTS[part](new):
            lines += [
                (part, marked(line, old.obsolete, new.obsolete) if part in BODY or part == "previous" else line)
                for name, line in old.lines
                if name == part
            ]
        else:
            lines += [(part, line) for line in written(new, part)]
    return replace(new, lines=tuple(lines))


def marked(line: str, was: bool, now: bool) -> str:
    """A body line with the obsolete mark put on or taken off."""
    if was == now:
        return line
    if now:
        return line.replace("#|", "#~|", 1) if line.startswith("#|") else f"#~ {line}"
    return line.replace("#~|", "#|", 1) if line.startswith("#~|") else line[2:].removeprefix(" ")


def save(root: Path, catalog: Catalog) -> bool:
    """Write the catalog if its text changed. True when the file was written.

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
        return False
    if catalog.broken:
        raise LockstepError(
            "is broken and is not written", path=catalog.path, todo="Run `lockstep check` to see where."
        )
    verify(catalog, text)
    disk.replace(inside(root, catalog.path), body, expected=catalog.body)
    return True


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
    """Refuse to write what would read differently: read back by ourselves, and by polib what we wrote ourselves."""
    again = parse(catalog.path, text.encode(catalog.encoding))
    odd = differing(map(value_of, again.entries), map(value_of, catalog.entries))
    ours = [entry for entry in catalog.entries if entry.key.msgid and own(entry)]
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


def value_of(entry: Entry) -> Entry:
    """An entry without its place and its comments for people."""
    return replace(entry, lines=(), line=0, extracted=(), references=())


def own(entry: Entry) -> bool:
    """Whether we wrote all of an entry's strings; those of other tools may be in words that polib does not know (`\\x41`)."""
    return all(
        [line for name, line in entry.lines if name == part] == written(entry, part)
        for part in ("previous", *ORDER[6:])
    )


def differing(read: Iterable[object], meant: Iterable[object]) -> str:
    """One of the values that are not in both, "" where there is none."""
    one, other = Counter(map(repr, read)), Counter(map(repr, meant))
    return next(iter([*(other - one), *(one - other)]), "")


def read_by_polib(entries: Sequence[Entry]) -> tuple[list[object], list[object]]:
    """Entries as polib reads their lines, and as we mean them."""
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


def header_lines(fields: Iterable[tuple[str, str]]) -> str:
    """Header fields as the msgstr of the entry for ""."""
    return "".join(f"{name}: {value}\n" for name, value in fields)
