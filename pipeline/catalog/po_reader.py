"""Reading PO text: one pass over its lines, never given up.

An entry that cannot be read is set aside with its line, what is wrong and what to do; the others are kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from pipeline.catalog import po_regular
from pipeline.catalog.po_entry import (
    BODY,
    REMARKS,
    Entry,
    Pair,
    Previous,
    Problem,
    Source,
    Unread,
    part_of,
    remarks,
    string_line,
)
from pipeline.core.model import Key

KEYWORD = re.compile(r"\s*(msgctxt|msgid_plural|msgid|msgstr)\s*(?:\[\s*([0-9]+)\s*\])?\s*\"(.*)\"\s*\Z", re.A)
MORE = re.compile(r"\s*\"(.*)\"\s*\Z", re.A)
SEVERAL = re.compile(r"(?:[^\"\\]|\\.)*(?:\"\s*\"(?:[^\"\\]|\\.)*)+\Z")
"""Several strings on one line, which count as one (as in C)."""
STRING = re.compile(r"(?:[^\"\\]|\\(?:[abfnrtv\\\"'?]|[0-7]{1,3}|x[0-9a-fA-F]{1,2}))*\Z")
MARKED = re.compile(r"(?:[^\\]|\\(?:[abfnrtv\\\"'?]|[0-7]{1,3}|x[0-9a-fA-F]{1,2}))*\Z", re.S)
"""The same with quotation marks that lack their backslash."""
CONFLICT = re.compile(r"(<{7}|\|{7}|>{7})(\s|\Z)|={7}\s*\Z")
BARE = "\n"
"""Marks a line that was read with a bare newline in a file whose lines end with CR LF."""
FIELDS = {"msgctxt": "context", "msgid": "id", "msgid_plural": "plural", "msgstr": "string"}
KEY = itemgetter(0)
UNDECODED = re.compile("[\udc80-\udcff]")
ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)")
NAMED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass(slots=True)
class PoReader:
    """One pass over a catalog's lines. It lives for that pass only; what leaves is the frozen Catalog."""

    encoding: str
    problems: list[Problem]
    newline: str = "\n"
    source: Source | None = None
    """The file, where it is known that all of it could be decoded."""
    header: Entry | None = None
    header_at: int = 0
    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    lines: list[Pair] = field(default_factory=list)
    values: dict[str, list[list[str]]] = field(default_factory=dict)
    before: dict[str, list[list[str]]] = field(default_factory=dict)
    current: list[str] | None = None
    obsolete: bool = False
    bad: bool = False
    torn: bool = False
    first: int = 0
    conflict: bool = False
    unused: list[Unread] = field(default_factory=list)
    """The translations of entries that could not be read."""
    is_catalog: bool = True
    """Whether there is an entry at all: of a file that is something else no word is repeated, which may be a secret."""

    def read(self, text: str, *, by_line: bool = False) -> None:
        """Read a whole file. `by_line` is slower and finds the same."""
        lines = text.count("\n") + 1
        self.is_catalog = "msgid" in text
        if by_line or "\r" in text or "\0" in text or not (self.source or encodable(text)):
            self.take_lines(1, text.split("\n"), lines)
        else:
            self.take_blocks(text)
        if self.values:
            self.finish(lines)
        self.tail = [line for _, line in self.lines]
        if self.conflict:
            self.wrong(
                lines,
                "A merge conflict that does not end",
                "Resolve it and remove the <<<<<<< ======= >>>>>>> lines.",
            )
        self.check_plurals()
        self.check_duplicates()

    def take_lines(self, first: int, lines: Sequence[str], last: int) -> None:
        """Read lines one by one; the file has `last` of them."""
        for number, line in enumerate(lines, first):
            bare = self.newline == "\r\n" and not line.endswith("\r") and number < last
            self.take(number, line + BARE * bare, line.removesuffix("\r"))

    def take_blocks(self, text: str) -> None:
        """Read a file by what blank lines part: regular entries many at once, all else line by line."""
        end = len(text) - text.endswith("\n")
        start = text.find("\n\n", 0, end)
        start = end if start < 0 else start
        self.take_lines(1, text[:start].split("\n"), -1)
        line, source = text.count("\n", 0, start) + 1, self.source or Source(text.encode(), "utf-8")
        for window in po_regular.windows(text, start, end):
            free = self.between(line)
            line = po_regular.read(window, line, source, self.entries, self.take_text, free=free)
        if end < len(text):
            self.take(line, "", "")

    def take_text(self, text: str, line: int) -> bool:
        """Read some whole lines, after line `line` of the file and its end; whether a regular entry may follow."""
        rest = text.split("\n")[1:]
        self.take_lines(line + 1, rest, -1)
        return self.between(line + len(rest))

    def between(self, line: int) -> bool:
        """Whether nothing that was read up to a line waits for the next one, which is blank."""
        if "string" in self.values or (self.bad and self.values):
            self.finish(line + 1)
        return not (self.values or self.before or self.lines or self.bad or self.conflict)

    def take(self, number: int, raw: str, line: str) -> None:
        """Read one line."""
        if CONFLICT.match(line):
            if line.startswith("<") or not self.conflict:
                self.wrong(number, "A merge conflict that nobody has resolved", KEEP if by_entry(line) else RESOLVE)
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
            if "string" in self.values and gone != self.obsolete:
                self.finish(number)
            elif self.values and gone != self.obsolete:
                self.wrong(
                    number, "An entry that is obsolete (#~) in part only", "Begin all of its lines with #~, or none."
                )
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
                (name == "string" and ("id" not in values or previous))
                or (index or "0").lstrip("0") != (str(wanted) if wanted else "")
                or (name != "string" and name in values)
                or (name == "plural" and "id" not in values)
                or (name in {"context", "id"} and not {"id", "plural", "string"}.isdisjoint(values))
            ):
                self.wrong(
                    number,
                    f"`{match[1]}` out of place",
                    "An entry is msgctxt, msgid, msgid_plural, msgstr, each once and in this order.",
                )
            if name == "string" and (index is None) == ("plural" in values):
                self.wrong(
                    number,
                    "`msgstr` where a message with a plural has `msgstr[0]`"
                    if index is None
                    else "`msgstr[…]` of a message that has no msgid_plural",
                    "Restore the missing line from git: msgid_plural and msgstr[0], msgstr[1] … belong together.",
                )
            self.current = []
            values.setdefault(name, []).append(self.current)
            if not previous and not self.first:
                self.first = number
        elif (more := MORE.match(line)) and self.current is not None and (previous or self.values):
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
        self.torn = self.torn or "string" not in self.values
        if line.count('"') == 1 or (line.strip().startswith(("msg", '"')) and not line.rstrip().endswith('"')):
            self.wrong(
                number,
                "A string that does not end on its line (the file may be cut off here)",
                'Close it with ", or restore the end of the file from git.',
            )
        else:
            self.wrong(
                number,
                f"Not a line of a catalog: {line.strip()[:40]!r}" if self.is_catalog else "Not a line of a catalog",
                "Put it inside quotation marks, or start it with # if it is a comment.",
            )

    def wrong(self, number: int, what: str, todo: str) -> None:
        if not self.bad:
            self.problems.append(Problem(number, what, todo))
        self.bad = True

    def drop(self) -> None:
        """Set aside the entry being read."""
        self.lines, self.values, self.before, self.current = [], {}, {}, None
        self.obsolete, self.bad, self.torn, self.first = False, False, False, 0

    def finish(self, number: int) -> None:
        """End the entry being read, and keep it when all of it could be read."""
        if not self.bad and ("id" not in self.values or "string" not in self.values):
            self.wrong(
                self.first or number,
                "An entry without msgid or msgstr (the file may be cut off here)",
                "Complete it, or restore it from git.",
            )
        if not self.bad and self.before and "id" not in self.before:
            what = "A former context (`#| msgctxt`) without a former text: gettext, so Poedit and Weblate, cannot read this file"
            self.problems.append(
                Problem(self.first, what, "Remove the `#|` lines of this entry.", fatal=False, error=True)
            )
        if not self.bad:
            self.keep(self.entry())
        elif strings := self.texts("string"):
            self.unused.append(self.unread(strings))
        self.drop()

    def unread(self, strings: tuple[str, ...]) -> Unread:
        """An entry that cannot be read; without its message where that is what is wrong, by more than a quotation mark."""
        context, ids = self.texts("context"), self.texts("id")
        said = ["".join(parts) for name in ("context", "id") for parts in self.values.get(name, ())]
        whole = bool(ids) and not self.torn and all(MARKED.match(one) and '" msg' not in one for one in said)
        key = Key(context[0] if context else None, ids[0]) if whole else None
        return Unread(key, strings, not all(map(STRING.match, said)))

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a keyword, a quotation mark without a backslash as one with it."""
        return tuple(unescape("".join(parts)) for parts in self.values.get(name, ()))

    def keep(self, entry: Entry) -> None:
        """Take in an entry that could be read: the header, or one of the others."""
        if entry.key != (None, "") or entry.obsolete:
            self.entries.append(entry)
        elif self.header is None:
            self.header, self.header_at = entry, len(self.entries)
        else:
            self.wrong(entry.line, "A second header", "Keep the first one.")

    def entry(self) -> Entry:
        def text(values: dict[str, list[list[str]]], name: str) -> str | None:
            return unescape("".join(values[name][0])) if name in values else None

        said = remarks(line.rstrip("\r") for part, line in self.lines if part in REMARKS)
        notes, extracted, refs, flags = said or ((), (), (), ())
        before = text(self.before, "id")
        return Entry(
            key=Key(text(self.values, "context"), text(self.values, "id") or ""),
            strings=tuple(unescape("".join(parts)) for parts in self.values["string"]),
            plural=text(self.values, "plural"),
            notes=notes,
            extracted=extracted,
            references=refs,
            flags=flags,
            previous=None
            if before is None
            else Previous(Key(text(self.before, "context"), before), text(self.before, "plural")),
            obsolete=self.obsolete,
            line=self.first,
            written=tuple(self.lines),
        )

    def check_plurals(self) -> None:
        """Entries whose number of forms is not the header's: msgfmt refuses them, and so do we."""
        header = self.header.strings[0] if self.header else ""
        match = re.search(r"nplurals\s*=\s*([0-9]+)", header)
        if match is None:
            return
        counted = [entry for entry in self.entries if entry.plural is not None and not entry.obsolete]
        wanted = match[1].lstrip("0")[:20]
        odd = [entry for entry in counted if str(len(entry.strings)) != wanted]
        for entry in odd:
            what, todo = forms_of(len(entry.strings), wanted, usual=len(odd) < len(counted))
            self.problems.append(Problem(string_line(entry), what, todo, fatal=False, error=True))

    def check_duplicates(self) -> None:
        """Keys that stand twice: which translation is meant cannot be told, so neither is used where they differ."""
        if len(set(map(KEY, self.entries))) == len(self.entries):
            return
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


def encodable(text: str) -> bool:
    """Whether all of a text could be decoded (see UNDECODED)."""
    return text.isascii() or UNDECODED.search(text) is None


def unescape(text: str) -> str:
    """The value of a string as it stands between its quotation marks."""

    def char(match: re.Match[str]) -> str:
        code = match[1]
        if code[0] == "x":
            return chr(int(code[1:], 16)) if code[1:] else code
        return chr(int(code, 8)) if code[0] in "01234567" else NAMED.get(code, code)

    return ESCAPE.sub(char, text) if "\\" in text else text


KEEP = "Keep what is right and remove the <<<<<<< ======= >>>>>>> lines."
RESOLVE = (
    f"{KEEP} Or merge again by entries, which leaves fewer conflicts: "
    "`lockstep merge-driver --help` says how git does so by itself."
)
"""What to do about a conflict: of one entry, which `lockstep merge-driver` left to people; and of lines."""


def by_entry(line: str) -> bool:
    """Whether a conflict's first line is one that `lockstep merge-driver` writes: git names a branch or a commit there."""
    return line.split() == ["<<<<<<<", "ours"]


def forms_of(has: int, wanted: str, *, usual: bool) -> tuple[str, str]:
    """What is wrong where an entry has another number of forms than the header states, and what to do. `usual`: other entries have
    that number, so it is this one that lost some or has too many."""
    if not usual or len(wanted) > 1:
        what = f"{has} plural forms where the header says nplurals={wanted}"
        return what, "Give every form (msgstr[0] …), or correct Plural-Forms: gettext refuses the file"
    if has < int(wanted):
        gone = ", ".join(f"msgstr[{form}]" for form in range(has, int(wanted)))
        return f"{has} of {wanted} plural forms: {gone} is missing", "Write it in: gettext refuses the file without it"
    todo = "Keep as many: gettext refuses the file; or let `lockstep update --mend-headers` find a rule with a place for each"
    return f"{has} plural forms where the header and other texts have {wanted}", todo
