"""Whether a catalog that could be read is one that gettext's tools take, and says one thing only: its header, field by field, and
what `msgfmt -c` asks of an entry. Each complaint is at the line of what it is about.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pipeline.catalog.po_entry import Entry, Problem, string_line
from pipeline.catalog.po_header import stated
from pipeline.core.model import Key
from pipeline.core.plurals import plural_rule

ONCE = frozenset({"content-type", "language", "plural-forms", "mime-version", "content-transfer-encoding"})
"""The fields of a header that tools act on: twice, and no one knows which is meant."""
CHARSET = re.compile(r"charset=([\w.:-]+)", re.I | re.A)
JOINED = "#-#-#-#-#"
"""How msgcat parts what it could not merge (gettext manual, "Invoking the msgcat Program")."""
PYTHON = re.compile(r"%\((\w+)\)[#0 +-]*\d*(?:\.\d+)?([a-zA-Z])|%%|(%)")
BRACE = re.compile(r"\{\{|\}\}|\{([^{}!:]*)[^{}]*\}|([{}])")
FORMATS = {"python-format": PYTHON, "python-brace-format": BRACE}
FOREIGN = re.compile(r"(?:source|templates)/")
"""Where a reference begins of which the checks of translations speak."""


def problems(header: Entry | None, entries: Sequence[Entry], *, plain: bool) -> Iterator[Problem]:
    """What is wrong. `plain`: all of the file is ASCII."""
    if header is None:
        what = "There is no header"
        yield wrong(
            1, what, 'Begin the file with msgid "" and a msgstr that names Language, Content-Type and Plural-Forms'
        )
    else:
        yield from of_header(header, entries, plain=plain)
    for entry in entries:
        if entry.strings[0][:5] == JOINED[:5] or (entry.plural is not None and any(map(is_joined, entry.strings))):
            yield from joined(entry)
        elif "\n" in entry.strings[0] or "\n" in entry.key.msgid:
            yield from ends(entry)
        if entry.flags and entry.flags != FUZZY:
            yield from formats(entry)
            yield from flags(entry)
    yield from twice(entry for entry in entries if entry.obsolete)


def wrong(line: int, what: str, todo: str, *, fatal: bool = False) -> Problem:
    return Problem(line, what, todo, fatal=fatal, error=True)


def of_header(header: Entry, entries: Sequence[Entry], *, plain: bool) -> Iterator[Problem]:
    """What is wrong in a header."""
    found: dict[str, tuple[str, int]] = {}
    for name, value, line in stated(header):
        if JOINED in name or JOINED in value:
            yield wrong(line, "Two headers that msgcat could not merge", "Keep the fields of one of them.")
            return
        before = found.setdefault(name, (value, line))
        if name in ONCE and before[1] != line:
            what = f"`{name.title()}` a second time (first on line {before[1]})"
            contradicts = before[0].lower() != value.lower()
            if contradicts:
                yield wrong(line, f"{what}, and it says something else", "Keep the right one.", fatal=True)
            else:
                yield Problem(line, what, "Keep one of the two; `lockstep update --mend-headers` does so", fatal=False)
    kind, line = found.get("content-type", ("", header.line))
    named = CHARSET.search(kind)
    if named is None or (named[1] == "CHARSET" and not plain):
        what = "The header names no character set" if named is None else "The header's character set is still `CHARSET`"
        yield Problem(line, what, 'Write "Content-Type: text/plain; charset=UTF-8\\n"', fatal=False, error=not plain)
    counted = next((entry for entry in entries if entry.plural is not None and not entry.obsolete), None)
    rule, line = found.get("plural-forms", ("", header.line))
    if counted is not None and (not rule or "INTEGER" in rule):
        what = f"No Plural-Forms, and the message of line {counted.line} has a plural"
        todo = "Write the plural rule of the language into the header; until then its own is used"
        yield Problem(line, what, todo, fatal=False, error=False)
    elif rule and "INTEGER" not in rule and plural_rule(rule) is None:
        yield wrong(
            line, "Plural-Forms states no plural rule, or picks a form that there is not", "Write the language's"
        )


def is_joined(text: str) -> bool:
    """Whether msgcat left two texts in one."""
    return text.startswith(JOINED)


def joined(entry: Entry) -> Iterator[Problem]:
    """An entry of which msgcat could not decide."""
    if any(map(is_joined, entry.strings)):
        what = "Two translations that msgcat could not merge (#-#-#-#-#)"
        todo = "Keep one of them, and remove the lines that begin with #-#-#-#-#."
        yield wrong(string_line(entry), what, todo, fatal=not entry.fuzzy)


def ends(entry: Entry) -> Iterator[Problem]:
    """A text and its translation of which one begins or ends with a new line, the other not: gettext refuses the file."""
    if entry.fuzzy or entry.obsolete:
        return
    msgid = entry.key.msgid
    for at, text in enumerate(entry.strings):
        for side, cut in (("begin", slice(0, 1)), ("end", slice(-1, None))):
            if text and (text[cut] == "\n") != (msgid[cut] == "\n"):
                what = f"Of msgid and msgstr one {side}s with \\n, the other does not: gettext refuses the file"
                yield Problem(string_line(entry, at), what, "Write \\n in both or in none", fatal=False)


FUZZY = ("fuzzy",)


def flags(entry: Entry) -> Iterator[Problem]:
    """Flags that are misspelt where that matters, or that contradict each other."""
    for flag in entry.flags:
        if flag != "fuzzy" and flag[:1] in "fF" and difflib.get_close_matches(flag.lower(), FUZZY, 1, 0.8):
            what = f"`#, {flag}` is no flag, so this translation is taken for finished"
            yield wrong(entry.line, what, "Write `#, fuzzy` if it is a draft; else remove the flag")
        if f"no-{flag}" in entry.flags:
            yield Problem(
                entry.line,
                f"The flags `{flag}` and `no-{flag}` contradict each other",
                "Keep the right one",
                fatal=False,
            )


def twice(obsolete: Iterable[Entry]) -> Iterator[Problem]:
    """Obsolete entries of one message with two texts: both are kept, and which of them comes back is for a person to say."""
    first: dict[Key, Entry] = {}
    for entry in obsolete:
        before = first.setdefault(entry.key, entry)
        if before is not entry and before.strings != entry.strings and any(before.strings) and any(entry.strings):
            what = f"The obsolete message of line {before.line} a second time, with another translation"
            yield Problem(entry.line, what, "Both are kept; remove the one that is wrong", fatal=False)


def formats(entry: Entry) -> Iterator[Problem]:
    """A text of another tool whose translation would be filled in otherwise than its English."""
    for flag in entry.flags:
        form = FORMATS.get(flag)
        if form is None or entry.fuzzy or entry.obsolete or any(map(FOREIGN.match, entry.references)):
            continue
        wanted = [named(form, text) for text in (entry.key.msgid, entry.plural or entry.key.msgid)]
        for at, text in enumerate(entry.strings):
            if text and named(form, text) not in wanted:
                what = f"The placeholders are not those of the English ({flag})"
                yield wrong(string_line(entry, at), what, "Write each as the English has it")


def named(form: re.Pattern[str], text: str) -> Counter[tuple[str, ...]]:
    """The placeholders of a text, each with how often it stands there."""
    return Counter(tuple(part or "" for part in match.groups()) for match in form.finditer(text) if any(match.groups()))
