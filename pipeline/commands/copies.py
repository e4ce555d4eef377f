"""Translated copies of pages: where a site keeps them, and which English each was made from, as far as git tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pipeline.content import files, imported_pages, includes, marks, sources
from pipeline.content.inline_html import same
from pipeline.content.marks import Marks
from pipeline.core import git, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import HTML_FILES, Document
from pipeline.core.options import HTML, SourceMapping
from pipeline.project.project import Project

PAGE = "{page}"
PARTS = (".md", ".mdx", ".markdown")
PROSE = (".md", ".mdx", ".markdown", *HTML_FILES)
MOST_STEPS = 50
"""How many revisions of an English page are looked at one by one; what is older is one step."""
NEVER = frozenset(["node_modules", "dist", "build", "_site", "site", "public", "vendor"])
"""Folders that no one writes pages in: what other tools made or brought."""


@dataclass(frozen=True)
class Where:
    """Where the pages of a language are: a folder, or a path with `{page}` in it. `pattern` finds the name of a page in a path
    below the folder."""

    folder: Path
    form: str = PAGE

    @staticmethod
    def parse(text: str) -> Where:
        """A folder or pattern as a person writes it. Raises LockstepError where there is no such folder."""
        before, mark, after = text.partition(PAGE)
        folder, slash, begin = before.rpartition("/") if mark else (text, "", "")
        home = Path(folder or slash or ".")
        if not home.is_dir():
            todo = "Give it as es=docs/es or es=content/{page}.es.md"
            raise LockstepError("there is no such folder", path=home, todo=todo)
        return Where(home, f"{begin}{PAGE}{after}" if mark else PAGE)

    def __str__(self) -> str:
        return f"{self.folder}/{self.form}" if self.form != PAGE else str(self.folder)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        begin, _, end = self.form.partition(PAGE)
        return re.compile(f"{re.escape(begin)}(.+?){re.escape(end) or '[.][^./]+'}", re.S)

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The paths below the folder by the name of their page, sorted."""
        names = sorted(name.removeprefix("./") for name in files.inside(str(self.folder), "."))
        return {match[1]: name for name in names if (match := self.pattern.fullmatch(name))}


# Found without being told ------------------------------------------------------------------------------------------------


def found(project: Project, folder: Path) -> dict[str, Where]:
    """Where a site of another tool keeps the pages of each language of ours, by its name, the English among them: the place that
    has most pages that are called as ours."""
    names = {name.rpartition(".")[0].removeprefix("source/") for name in project.content.by_path}
    paths = [
        path.removeprefix("./")
        for path in files.inside(str(folder), ".")
        if path.endswith(PROSE) and NEVER.isdisjoint(path.split("/")[:-1])
    ]
    settings = project.settings
    made: dict[str, Where] = {}
    votes: dict[str, Counter[Where]] = {}
    for locale in (*settings.locales, settings.english):
        spelt = spellings(locale.name)
        votes[locale.name] = Counter(
            where for path in paths for where, name in places(folder, path, spelt) if name in names
        )
    english = settings.english.name
    if not votes[english]:
        taken = {path for some in votes.values() for where in some for path in under(folder, where, paths)}
        for path in paths:
            if path not in taken:
                votes[english].update(where for where, name in roots(folder, path) if name in names)
    for name, some in votes.items():
        if some:
            made[name] = max(some, key=lambda where: (some[where], -len(str(where)), str(where)))
    return made


def spellings(locale: str) -> frozenset[str]:
    """How a folder or suffix may spell a language, in small letters with `-`."""
    parts = locale.lower().split("_")
    made = {"-".join(parts)}
    if len(parts) > 1:
        made.add(f"{parts[0]}-{parts[-1]}")
    made |= {"zh-hans": {"zh", "zh-cn"}, "zh-hant": {"zh-tw"}}.get("-".join(parts), set())
    return frozenset(made)


def places(folder: Path, path: str, spelt: frozenset[str]) -> Iterator[tuple[Where, str]]:
    """The places that a path is of, if it is of a language, with the name of its page there."""
    *above, last = path.split("/")
    stem, _, suffix = last.rpartition(".")
    page, _, tag = stem.rpartition(".")
    if page and tag.lower().replace("_", "-") in spelt:
        for at in range(len(above) + 1):
            yield Where(folder.joinpath(*above[:at]), f"{PAGE}.{tag}.{suffix}"), "/".join([*above[at:], page])
    for at, part in enumerate(above):
        if part.lower().lstrip("_").replace("_", "-") in spelt:
            for below in range(at + 1, len(above) + 1):
                yield Where(folder.joinpath(*above[:below])), "/".join([*above[below:], stem])


def roots(folder: Path, path: str) -> Iterator[tuple[Where, str]]:
    """The places that a path of no language may be of."""
    *above, last = path.split("/")
    for at in range(len(above) + 1):
        yield Where(folder.joinpath(*above[:at])), "/".join([*above[at:], last.rpartition(".")[0]])


def under(folder: Path, where: Where, paths: Sequence[str]) -> Iterator[str]:
    """The paths that a place has pages at."""
    begin = where.folder.relative_to(folder).as_posix()
    for path in paths:
        below = path if begin == "." else path.removeprefix(f"{begin}/")
        if (begin == "." or below != path) and where.pattern.fullmatch(below):
            yield path


# Read ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Copy:
    """A translated copy of a page: its path as people call it, the site's page, and both read: the English as of the commit that
    last changed the copy, where git has it (`dated`). `older` is the English that a line of the copy was written by, where it is
    another one, with the time of that line; `steps` is every English from the oldest of these on, with its day (an ISO date)."""

    path: str
    page: str
    english: Document
    copy: Document
    dated: bool = False
    older: Mapping[int, tuple[int, Document]] = field(default_factory=dict)
    steps: Sequence[tuple[str, Document]] = ()
    body: str = ""
    today: Document | None = None
    """The English of today of a file that is no page, but a part of some."""

    @cached_property
    def rows(self) -> Sequence[str]:
        return self.body.split("\n")

    def then(self, line: int, below: int) -> Document | None:
        """The English of the time of a block that begins on a line, where it is older than that of its page; `below`: the line of
        the next block. A block is as new as its newest line."""
        if not self.older:
            return None
        last = line
        while last + 1 < max(below, line + 1) and last < len(self.rows) and self.rows[last].strip():
            last += 1
        known = [self.older.get(at) for at in range(line, last + 1)]
        if not known or None in known:
            return None
        return max((one for one in known if one), key=lambda one: one[0])[1]


class Then(NamedTuple):
    """An English page as it was when its copy was last changed, what other English lines of the copy are of (by line: the time of
    that, and the bytes), and every English since the oldest of these, with its day."""

    body: bytes
    older: Mapping[int, tuple[int, bytes]]
    steps: Sequence[tuple[str, bytes]]


def read(project: Project, where: Where, english: Where | None, missing: Callable[[str], None]) -> Iterator[Copy]:
    """The copies of a language with their English. What has none on the site, or cannot be read, is said to `missing`."""
    whose = included(project)
    here = {path.partition("/")[2].rpartition(".")[0]: path for path in (*whose, *project.content.by_path)}
    pages, known = where.pages, marks.of(project.settings)
    held = {path.partition("/")[2].rpartition(".")[0]: path for path in project.apart}
    for name in sorted({*pages} - {*here}):
        if name in held:
            missing(f"{where.folder / pages[name]}: its page cannot be read. Mend {held[name]}, then adopt again")
        elif pages[name].endswith(PROSE):
            missing(f"{where.folder / pages[name]}: no page of the site is called {name}")
    home = english or Where(project.root / "source")
    theirs = {
        name: english.pages.get(name, "") if english else here[name].removeprefix("source/")
        for name in pages
        if name in here
    }
    then = past(where, home, {name: path for name, path in theirs.items() if path}, missing)
    mappings = dict(files.files(project.settings))
    for name, path in pages.items():
        if name not in here:
            continue
        page, shown, was = here[name], str(where.folder / path), then.get(name)
        mapping = mappings[whose.get(page, page)]
        if path.lower().endswith(HTML_FILES) != page.lower().endswith(HTML_FILES):
            missing(f"{shown}: {page} is in another format, so that nobody can tell which text is which")
            continue
        try:
            body = inputs.plain(shown, shown, inputs.most_of(shown)) or b""
            asked = [body, *([was.body, *(one for _, one in (*was.older.values(), *was.steps))] if was else ())]
            read_as = part(project, page, mapping, known) if page in whose else alone
            parsed = {one: read_as(one, page, mapping, known) for one in dict.fromkeys(asked)}
            now = read_as(inputs.read(project.root, page) or b"", page, mapping, known) if page in whose else None
        except LockstepError as problem:
            missing(f"{shown}: {problem.what}")
            continue
        text = body.decode(errors="replace")
        if was is None:
            english_now = now or as_written(project, page, mapping, known)
            yield Copy(shown, page, english_now, parsed[body], body=text, today=now)
            continue
        older = {line: (time, parsed[one]) for line, (time, one) in was.older.items()}
        steps = [(day, parsed[one]) for day, one in was.steps]
        yield Copy(shown, page, parsed[was.body], parsed[body], True, older, steps, text, now)


Reads = Callable[[bytes, str, SourceMapping, Marks], Document]


def included(project: Project) -> dict[str, str]:
    """The files in Markdown that are parts of pages and no pages themselves, each with a page that includes it."""
    found: dict[str, str] = {}
    for page, names in project.content.included.items():
        for name in names:
            if name.endswith(PARTS) and name not in project.content.by_path and (project.root / name).is_file():
                found.setdefault(name, page)
    return found


def part(project: Project, path: str, mapping: SourceMapping, known: Marks) -> Reads:
    """How a part of pages is read so that its texts are those of the pages: with its addresses as they stand, or, as MDX does, told
    from the root."""
    ours = {message.key for message in project.content.messages()}
    body = inputs.read(project.root, path) or b""

    def rooted(body: bytes, path: str, mapping: SourceMapping, known: Marks) -> Document:
        text = imported_pages.as_imported(path, files.decoded(body, path).replace("\r\n", "\n"))
        return alone(text.encode(), path, mapping, known)

    def known_texts(reads: Reads) -> int:
        return sum(message.key in ours for message in reads(body, path, mapping, known).messages())

    return max(alone, rooted, key=known_texts)


def as_written(project: Project, page: str, mapping: SourceMapping, known: Marks) -> Document:
    """A page of the site with the addresses of its tags as its author wrote them, and without what it includes, as its copy is."""
    if mapping.method != HTML and page not in project.content.included:
        return project.content.by_path[page].document
    return alone(inputs.read(project.root, page) or b"", page, mapping, known)


def alone(body: bytes, page: str, mapping: SourceMapping, known: Marks) -> Document:
    """A page or a copy of one, without what it includes."""
    return sources.document(body, page, mapping, same, known, includes.alone(page, body, mapping.method, known))


def past(where: Where, english: Where, pages: Mapping[str, str], missing: Callable[[str], None]) -> dict[str, Then]:
    """The English of each page as of the commits that its copy is from; what git does not have is not there. In a clone without
    its history every file seems new, which is said to `missing`."""
    try:
        if git.position(where.folder.resolve()) is None or git.position(english.folder.resolve()) is None:
            return {}
        if git.shallow(where.folder) or git.shallow(english.folder):
            missing(
                f"{where.folder}: the history is not in this clone, so nothing is known to be stale: git fetch --unshallow"
            )
            return {}
        copied = git.touches(where.folder, [where.pages[name] for name in pages])
        written = git.touches(english.folder, pages.values())
    except LockstepError:
        return {}
    asked = {name: copied[where.pages[name]] for name in pages if where.pages[name] in copied}
    bodies = git.versions(english.folder, [f"{some[0].name}:./{pages[name]}" for name, some in asked.items()])
    made = {}
    for (name, some), body in zip(asked.items(), bodies, strict=True):
        if body is not None:
            edits = written.get(pages[name], [])
            between = len(some) > 1 and any(some[-1].time < one.time for one in edits)
            older = lines_of(where, where.pages[name], english, pages[name], some, body) if between else {}
            first = min(older.values(), default=(some[0].time, body))
            since = [one for one in reversed(edits) if one.time > first[0]][-MOST_STEPS:]
            each = git.versions(english.folder, [f"{one.name}:./{pages[name]}" for one in since])
            steps = [(one.day, text) for one, text in zip(since, each, strict=True) if text is not None]
            made[name] = Then(body, older, [("", first[1]), *steps])
    return made


def lines_of(
    where: Where, path: str, english: Where, page: str, touches: Sequence[git.Touch], now: bytes
) -> dict[int, tuple[int, bytes]]:
    """What English the lines of a copy are of, where it is another than that of its newest commit."""
    times = {one.name: one.time for one in touches[1:]}
    rows = {line: name for line, name in git.lines(where.folder, path).items() if name in times}
    names = list(dict.fromkeys(rows.values()))
    bodies = dict(zip(names, git.versions(english.folder, [f"{name}:./{page}" for name in names]), strict=True))
    found = {line: (times[name], body) for line, name in rows.items() if (body := bodies[name]) is not None}
    return {line: one for line, one in found.items() if one[1] != now}
