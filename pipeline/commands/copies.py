"""Translated copies of pages: where a site keeps them, and which English each was made from, as far as git tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import NamedTuple

from pipeline.commands import spelt, unpublished, versions
from pipeline.commands.unpublished import Kept
from pipeline.content import files, imported_pages, includes, marks, sources
from pipeline.content.inline_html import same
from pipeline.content.marks import Marks
from pipeline.core import git, inputs, tags
from pipeline.core.errors import LockstepError
from pipeline.core.model import HTML_FILES, Document
from pipeline.core.options import HTML, SourceMapping
from pipeline.project.project import Project
from pipeline.text import han

PAGE = "{page}"
PARTS = (".md", ".mdx", ".markdown")
PROSE = (".md", ".mdx", ".markdown", *HTML_FILES)
MOST_STEPS = 50
"""How many revisions of an English page are looked at one by one; what is older is one step."""
NEGOTIATED = re.compile(r"(.+\.(?:md|mdx|markdown|html?))\.([A-Za-z][A-Za-z_-]{1,10})(\.utf-?8)?", re.S | re.I)
"""A page with its language behind its ending, as servers choose it by what a reader's browser asks for: `guide.html.es`."""
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


class Left(NamedTuple):
    """What a search says of a language, in words."""

    locale: str
    said: str


class Search(NamedTuple):
    """What was found in a folder: a place for each language, the English among them, and what a person should look at."""

    found: dict[str, Where]
    left: tuple[Left, ...] = ()


def found(project: Project, folder: Path) -> dict[str, Where]:
    """Where a site of another tool keeps the pages of each language of ours, by its name."""
    return search(project, folder).found


def search(project: Project, folder: Path) -> Search:
    """Where a site of another tool keeps the pages of each language of ours, by its name, the English among them: the place that
    has most pages that are called as ours, and is of the same version of the site. A language that the site has once may have a region
    there (`nb-no`): one. Where two places have a page in different words, it is the one beside the English that is ours, or none."""
    tag = project.settings.english.tag
    ours = {
        files.unsuffixed(path, tag).rpartition(".")[0].removeprefix("source/"): path for path in project.content.by_path
    }
    names = ours.keys()
    paths = [
        path.removeprefix("./")
        for path in files.inside(str(folder), ".")
        if bare(path).endswith(PROSE) and NEVER.isdisjoint(path.split("/")[:-1])
    ]
    english = project.settings.english.name
    known = (*(one.name for one in project.settings.locales), english)
    every: dict[str, Counter[Where]] = {}
    native: list[tuple[str, str, str]] = []
    for path in paths:
        seen = [one for one in places(folder, path, names) if one[1] in names and spelt.language(one[2], known)]
        for place, _, said in seen:
            every.setdefault(said, Counter())[place] += 1
        if not seen or all(spelt.locale(said, known) == english for _, _, said in seen):
            may_be = [(place, name) for place, name, _ in seen] + [*roots(folder, path)]
            native += [(path, below(folder, place), name) for place, name in may_be]
    homes = versions.homes(project.root, folder, ours, native)
    version = versions.marks(homes[0]) if homes else ()
    votes, others = {}, {}
    for said, some in every.items():
        mine = {where: count for where, count in some.items() if versions.marks(below(folder, where)) == version}
        others[said] = Counter({where: count for where, count in some.items() if where not in mine})
        if mine:
            votes[said] = Counter(mine)
    best = {
        said: max(some, key=lambda where: (some[where], -len(str(where)), str(where))) for said, some in votes.items()
    }
    made: dict[str, Where] = {}
    left: list[Left] = []
    for locale in known:
        its = [said for said in best if spelt.locale(said, known) == locale]
        own = [said for said in its if spelt.read(said) == spelt.read(spelt.tag(locale))] or its
        most = sorted(own, key=lambda said: (-votes[said][best[said]], said != spelt.tag(locale), said))
        if most and len({spelt.read(said) for said in own}) == 1:
            alike = rivals(folder, best[most[0]], most[0], votes[most[0]], names)
            nearest = {where: versions.near(below(folder, where), homes) for where in alike}
            first = [where for where in alike if nearest[where] == max(nearest.values())]
            script = written(first[0], locale, names)
            if script and tags.another_script(most[0], locale, script):
                todo = f"If it is {locale} all the same, say {locale}={first[0]}"
                left.append(Left(locale, f"{first[0]} ({most[0]}) was not taken: its texts are in {script}. {todo}"))
            elif len(first) == 1:
                made[locale] = first[0]
                rest = [str(where) for where in alike if where != first[0]]
                left += [
                    Left(locale, f"{one} was not taken, since {first[0]}, beside the English, is {locale}")
                    for one in rest
                ]
            else:
                places_of = " and ".join(str(where) for where in alike)
                todo = f"Say which is that of this site: {locale}={first[0]}"
                left.append(
                    Left(locale, f"{places_of} have the same pages in other words, so neither was taken. {todo}")
                )
    left += apart(folder, made, others, known)
    if english not in made:
        taken = {path for where in best.values() for path in under(folder, where, paths)}
        home = Counter(
            where
            for path in paths
            if path not in taken
            for where, name in roots(folder, path)
            if name in names and versions.marks(below(folder, where)) == version
        )
        if home:
            made[english] = max(home, key=lambda where: (home[where], -len(str(where)), str(where)))
    told = {one.locale for one in left}
    return Search(made, (*left, *not_taken(made, best, votes, known, told)))


def apart(
    folder: Path, made: Mapping[str, Where], others: Mapping[str, Counter[Where]], known: Sequence[str]
) -> Iterator[Left]:
    """What seems to be copies of another version of the site, one place for each version that has some."""
    for said, some in sorted(others.items()):
        name = likely(said, known)
        shown = {versions.marks(below(folder, where)): where for where, _ in reversed(some.most_common())}
        for where in sorted(shown.values(), key=str) if name != known[-1] else ():
            what = "it seems to be of another version of the site, or kept from former days"
            todo = (
                f", and {made[name]} is {name}" if name in made else f". If it is that of this site, say {name}={where}"
            )
            yield Left(name, f"{where} ({said}) was not taken: {what}{todo}")


def below(folder: Path, where: Where) -> str:
    """The path of a place below the folder that was searched."""
    return where.folder.relative_to(folder).as_posix()


def written(where: Where, locale: str, names: Collection[str]) -> str:
    """The script that the copies of a Chinese are in; "" for other languages, and where their characters do not tell."""
    if tags.subtags(locale)[0] != "zh":
        return ""
    some = [versions.text(where.folder, path) for name, path in where.pages.items() if name in names]
    return han.written(b"\n".join(some).decode(errors="replace"))


def rivals(folder: Path, best: Where, said: str, votes: Collection[Where], names: Collection[str]) -> list[Where]:
    """A place of a language, and others of it elsewhere that have one of its pages in other words."""
    found = [best]
    for where in sorted(votes, key=str):
        if not any(is_one_tree(folder, where, one, said) for one in found) and contradict(where, best, names):
            found.append(where)
    return found


def is_one_tree(folder: Path, one: Where, two: Where, said: str) -> bool:
    """Whether two places are in one another, or in one folder of their language."""
    trees = []
    for where in (one, two):
        parts = below(folder, where).split("/")
        at = next((at for at, part in enumerate(parts) if spelt.tag(part.lstrip("_")) == said), len(parts) - 1)
        trees.append(Path(*parts[: at + 1]))
    return trees[0] in (trees[1], *trees[1].parents) or trees[1] in trees[0].parents


def contradict(one: Where, two: Where, names: Collection[str]) -> bool:
    """Whether two places have a page in other words."""
    return any(
        versions.text(one.folder, one.pages[name]) != versions.text(two.folder, two.pages[name])
        for name in names
        if name in one.pages and name in two.pages
    )


def not_taken(
    made: Mapping[str, Where],
    best: Mapping[str, Where],
    votes: Mapping[str, Counter[Where]],
    known: Sequence[str],
    told: Collection[str],
) -> Iterator[Left]:
    """What seems to be copies in a language of ours and is not taken, and the languages that none were found of. `told`: languages of
    which it is said already why they are not taken."""
    most = max((votes[said][where] for said, where in best.items()), default=0)
    for said, where in sorted(best.items()):
        name = likely(said, known)
        if (
            where in made.values()
            or votes[said][where] * 4 < most
            or (name in told and spelt.locale(said, known) == name)
        ):
            continue
        if name in made:
            yield Left(name, f"{where} ({said}) was not taken, since {made[name]} is {name}")
        else:
            yield Left(
                name, f"{where} ({said}) was not taken: it may be another {name}. If it is that, say {name}={where}"
            )
    for name in known[:-1]:
        if name not in made and name not in told and not any(likely(said, known) == name for said in best):
            yield Left(
                name,
                f"no copies were found in {name}. Say where: {name}=docs/{name}, or {name}=content/{{page}}.{name}.md",
            )


def bare(path: str) -> str:
    """A path without a language behind its ending."""
    found = NEGOTIATED.fullmatch(path)
    return found[1] if found and spelt.read(spelt.tag(found[2])) else path


def likely(said: str, known: Sequence[str]) -> str:
    """The language of ours that a tag is nearest to."""
    return spelt.locale(said, known) or next(name for name in known if spelt.language(said, (name,)))


def places(folder: Path, path: str, names: Collection[str]) -> Iterator[tuple[Where, str, str]]:
    """The places that a path is of, if it may be of a language, with the name of its page there and how the language is spelt.
    `names`: of the pages, one of which may be called `install-it`."""
    *above, last = path.split("/")
    if bare(path) != path and (found := NEGOTIATED.fullmatch(last)):
        page, _, suffix = found[1].rpartition(".")
        for at in range(len(above) + 1):
            tail = last.removeprefix(found[1])
            where = Where(folder.joinpath(*above[:at]), f"{PAGE}.{suffix}{tail}")
            yield where, "/".join([*above[at:], page]), spelt.tag(found[2])
        return
    stem, _, suffix = last.rpartition(".")
    for page, tail in spelt.suffixes(stem):
        for at in range(len(above) + 1):
            if "/".join([*above[at:], stem]) not in names:
                where = Where(folder.joinpath(*above[:at]), f"{PAGE}{tail}.{suffix}")
                yield where, "/".join([*above[at:], page]), spelt.tag(tail[1:])
    for at, part in enumerate(above):
        if spelt.read(said := spelt.tag(part.lstrip("_"))):
            for below in range(at + 1, len(above) + 1):
                yield Where(folder.joinpath(*above[:below])), "/".join([*above[below:], stem]), said


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
    kept: Kept | None = None
    """What it says of itself that kept it from readers."""

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


def read(
    project: Project,
    where: Where,
    english: Where | None,
    missing: Callable[[str], None],
    known_english: dict[str, Document] | None = None,
) -> Iterator[Copy]:
    """The copies of a language with their English. What has none on the site, or cannot be read, is said to `missing`.
    `known_english`: pages of the site that were read for another language, to be added to."""
    pages_read = {} if known_english is None else known_english
    whose = included(project)
    tag = project.settings.english.tag
    here = {
        files.unsuffixed(path, tag).partition("/")[2].rpartition(".")[0]: path
        for path in (*whose, *project.content.by_path)
    }
    pages, known = where.pages, marks.of(project.settings)
    held = {path.partition("/")[2].rpartition(".")[0]: path for path in project.apart}
    for name in sorted({*pages} - {*here}):
        if name in held:
            missing(f"{where.folder / pages[name]}: its page cannot be read. Mend {held[name]}, then adopt again")
        elif bare(pages[name]).endswith(PROSE):
            missing(f"{where.folder / pages[name]}: {NO_PAGE} {name}")
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
        if bare(path).lower().endswith(HTML_FILES) != page.lower().endswith(HTML_FILES):
            missing(f"{shown}: {page} is in another format, so that nobody can tell which text is which")
            continue
        try:
            body = inputs.plain(shown, shown, inputs.most_of(shown)) or b""
            if mapping.method == HTML:
                body = LETTER.sub(lettered, body)
            asked = [body, *([was.body, *(one for _, one in (*was.older.values(), *was.steps))] if was else ())]
            read_as = part(project, page, mapping, known) if page in whose else alone
            parsed = {one: read_as(one, page, mapping, known) for one in dict.fromkeys(asked)}
            now = read_as(inputs.read(project.root, page) or b"", page, mapping, known) if page in whose else None
        except LockstepError as problem:
            missing(f"{shown}: {problem.what}")
            continue
        text = body.decode(errors="replace")
        back = unpublished.kept(text, project.clock.day)
        if was is None:
            english_now = now or pages_read.get(page) or as_written(project, page, mapping, known)
            pages_read[page] = english_now
            yield Copy(shown, page, english_now, parsed[body], body=text, today=now, kept=back)
            continue
        older = {line: (time, parsed[one]) for line, (time, one) in was.older.items()}
        steps = [(day, parsed[one]) for day, one in was.steps]
        yield Copy(shown, page, parsed[was.body], parsed[body], True, older, steps, text, now, back)


NO_PAGE = "no page of the site is called"
LETTER = re.compile(rb"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def lettered(entity: re.Match[bytes]) -> bytes:
    """What stands for a letter in HTML as that letter, so that people can read and search it; a sign of the markup, and what nobody sees, as
    it is."""
    said = unescape(entity[0].decode())
    visible = len(said) == 1 and said.isprintable() and not said.isspace() and not said.isascii()
    return said.encode() if visible else entity[0]


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
