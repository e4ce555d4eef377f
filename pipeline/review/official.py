"""Official notices `locale/official/NAME.LOCALE.txt`: texts that the site has to show word for word, each in its own language, as the
language-assistance notices of 45 CFR 92.11. Nobody translates them here, no machine and no fuzzy match: they are supplied.

Each file is bound by the SHA-256 of its bytes in `locale/official.jsonl`, by a named person. What is not the text that was bound last
is not shown, and that is an error: nothing else takes its place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.changes import people
from pipeline.changes.people import EVERYBODY, OFFICIAL, People
from pipeline.content.files import below
from pipeline.core import inputs, locales, starter
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import Fields, Ledger, written
from pipeline.core.locales import NAME
from pipeline.core.model import Finding, Level, Span
from pipeline.core.settings import Settings
from pipeline.core.signers import signer

FOLDER, PATH = "locale/official", "locale/official.jsonl"
CODE, MISSING = "official", "official-missing"
FILE = re.compile(r"([a-z0-9][a-z0-9-]{0,60})\.([A-Za-z_0-9]+)\.txt")
SHA = re.compile(r"[0-9a-f]{64}")
LONGEST = 4000
"""The most characters of a notice: it stands on every page."""
UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that no text has: controls, and those that turn the order of others round."""
PRINTED = "official"
"""What a template says where it prints the notices."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that is bound: its name with that of its language, the tag and direction, its paragraphs, by whom and since when."""

    name: str
    locale: str
    lang: str
    dir: str
    paragraphs: tuple[str, ...]
    by: str
    since: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A person's word that the bytes of a file are the text to be shown."""

    file: str
    sha256: str
    by: str
    date: str

    def line(self) -> str:
        """The line as it stands in the file."""
        return written({name: getattr(self, name) for name in ("file", "sha256", "by", "date")})

    @staticmethod
    def parse(found: Fields) -> Bound:
        """A line of the file. Raises ValueError with what is wrong."""
        file, sha, by = found.text("file", None), found.text("sha256", None), found.text("by", None)
        if not FILE.fullmatch(file):
            raise ValueError("`file` is the name of a notice, as assistance.es.txt")
        if not SHA.fullmatch(sha):
            raise ValueError("`sha256` is 64 hex digits")
        if not signer(by):
            raise ValueError("`by` is the name of a person")
        return Bound(file, sha, by, found.time("date"))


@dataclass(frozen=True)
class Bindings(Ledger[Bound]):
    """Who bound which text. What is dated after `now` counts for nothing."""

    path: str = PATH
    now: str = "9999-12-31T23:59:59Z"
    who: People = EVERYBODY

    code, until = CODE, "Until then what it binds is not shown."
    parse = staticmethod(Bound.parse)

    @cached_property
    def last(self) -> Mapping[str, Bound]:
        """The last word about each file that counts."""
        rows = (row for row in self.rows if row.date <= self.now and self.who.heard(row.by, OFFICIAL))
        return {row.file: row for row in sorted(rows, key=lambda row: (row.date, row.line()))}


@dataclass(frozen=True)
class Official:
    """The notices of a site as they are to be shown, and what is wrong with others."""

    notices: tuple[Notice, ...] = ()
    findings: tuple[Finding, ...] = ()

    def first(self, locale: str, source: str) -> tuple[Notice, ...]:
        """The notices in the order of a page: those in its own language, those in the source's, all others."""
        order = [locale, source]
        return tuple(sorted(self.notices, key=lambda one: order.index(one.locale) if one.locale in order else 2))


def sha(body: bytes) -> str:
    """How the ledger names a text."""
    return hashlib.sha256(body).hexdigest()


def names(root: Path) -> list[str]:
    """The files in the folder of notices."""
    return [path.removeprefix(f"{FOLDER}/") for path in below(root, FOLDER)]


def load(settings: Settings, now: str) -> Official:
    """The notices of a site, as of a UTC time. Never raises: what is wrong is a finding."""
    root, found, notices = settings.root, list[Finding](), list[Notice]()
    bindings = Bindings(now=now, who=people.load(root)).load(root)
    for name in names(root):
        try:
            notices.append(read(root, name, bindings))
        except LockstepError as problem:
            what = f"This notice is not shown: {problem.what}. {problem.todo}"
            found.append(Finding(CODE, Level.ERROR, what, Span(f"{FOLDER}/{name}", 1)))
    for row in bindings.last.values():
        if inputs.read(root, f"{FOLDER}/{row.file}") is None:
            text = (
                f"{FOLDER}/{row.file} is bound by {row.by} and is not there, so it is not shown. Restore it from git."
            )
            found.append(Finding(CODE, Level.ERROR, text, bindings.span(row)))
    found += bindings.findings
    if notices or found or settings.official:
        found += unprinted(root)
        found += missing(settings, notices)
    return Official(tuple(notices), tuple(found))


def read(root: Path, name: str, bindings: Bindings) -> Notice:
    """One notice. Raises LockstepError where it is not to be shown."""
    match = FILE.fullmatch(name)
    if not match or not NAME.match(match[2]):
        raise LockstepError("its name is not that of a notice", todo="Call it NAME.LOCALE.txt, as assistance.es.txt.")
    body = inputs.read(root, f"{FOLDER}/{name}") or b""
    paragraphs = text_of(body)
    row = bindings.last.get(name)
    bind = f'whoever answers for it runs lockstep official --bind {name} --by "NAME"'
    if row is None:
        said = next((one for one in bindings.rows if one.file == name), None)
        why = bindings.who.unlisted(said.by, OFFICIAL) or "its line is dated later than now" if said else ""
        raise LockstepError(f"nobody has bound it{f', for {why}' if why else ''}", todo=f"Then {bind}.")
    if row.sha256 != sha(body):
        raise LockstepError(
            f"it is not the text that {row.by} bound on {row.date[:10]}", todo=f"Restore it from git, or {bind}."
        )
    locale = locales.make(match[2])
    return Notice(
        name.removesuffix(".txt"), locale.name, locale.tag, locale.direction, paragraphs, row.by, row.date[:10]
    )


def text_of(body: bytes) -> tuple[str, ...]:
    """The paragraphs of a notice. Raises LockstepError where it is none."""
    try:
        text = body.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        raise LockstepError("it is not UTF-8", todo="Save it as UTF-8.") from problem
    if odd := UNPRINTED.search(text):
        raise LockstepError(f"it has a character that cannot be seen (U+{ord(odd[0]):04X})", todo="Take it out.")
    if len(text) > LONGEST:
        raise LockstepError(
            f"it has more than {LONGEST} characters", todo="It stands on every page: give the short form."
        )
    found = tuple(" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text) if part.strip())
    if not found:
        raise LockstepError("it is empty", todo="Put its text there, or remove the file.")
    return found


def unprinted(root: Path) -> Iterator[Finding]:
    """Where a template of pages does not print the notices."""
    for name in ("page.html", "handout.html", "paper.html"):
        path = f"templates/{name}"
        body = inputs.read(root, path)
        if body is not None and not prints(body.decode("utf-8", "replace")):
            text = "The official notices are not on these pages: this template does not print them. Take over `official` from a new site's."
            yield Finding(CODE, Level.ERROR, text, Span(path, 1))


def prints(text: str) -> bool:
    """Whether a template prints the notices: itself, or by one of ours that it takes in, in a part that it does not write anew."""
    if PRINTED in text:
        return True
    anew = {name for name, said in BLOCK.findall(text) if "super()" not in said}
    return any(
        CALLED in BLOCK.sub(lambda block: "" if block[1] in anew else block[0], ours)
        for _, ours in starter.inherited(text)
    )


BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)[^%]*%\}(.*?)\{%-?\s*endblock", re.S)
CALLED = "official_notices(official)"
"""How our templates print them."""


def missing(settings: Settings, notices: Sequence[Notice]) -> Iterator[Finding]:
    """The languages in which a notice is missing: of those in the settings, else of the site's own."""
    wanted = [locales.make(name) for name in settings.official] or [*settings.by_name.values()]
    every = {match[1] for name in names(settings.root) if (match := FILE.fullmatch(name))} or {"NAME"}
    have = {one.name for one in notices} | {name.removesuffix(".txt") for name in names(settings.root)}
    for name in sorted(every):
        lacking = [one for one in wanted if f"{name}.{one.name}" not in have]
        if lacking:
            said = ", ".join(f"{one.english} ({one.name})" for one in lacking)
            text = f"The notice {name!r} is missing in {said}. Put the official text there as {FOLDER}/{name}.LOCALE.txt, and bind it."
            yield Finding(MISSING, Level.WARNING, text, Span(FOLDER, 1))
