"""The work of each language, in this process or in several: the same values whatever their number and order."""

from __future__ import annotations

import gc
import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from typing import IO, Any, NamedTuple, Protocol

from pipeline.checks import glossary
from pipeline.commands import pieces
from pipeline.commands.earlier import Earlier, mark
from pipeline.commands.project import Project
from pipeline.content.fixed import FILE
from pipeline.core import pickled
from pipeline.core.cache import digest, program
from pipeline.core.crew import Crew, Task, cores
from pipeline.core.model import Output
from pipeline.resolve import Coverage, Table
from pipeline.resolve.publication import Plan, Standing, plan, standing
from pipeline.site import Site, manifest, search
from pipeline.site.pages import Edition
from pipeline.site.templates import Printed

PAYS = 20_000
"""Messages in all languages from which on several processes are faster than one."""
KEPT = 100_000
"""Messages in all languages up to which every table stays in memory from deciding to rendering; from there on it waits on disk."""
CHUNK = 16
"""Pages that are rendered as one task."""


class Decided(NamedTuple):
    """What others ask of a language whose messages are decided: how far it is (None: it is the source language), what is let out
    of it, its table without its pages, and a digest of what that says to readers."""

    coverage: Coverage | None
    standing: Standing | None
    shared: Table
    mark: str = ""


class Stretch(NamedTuple):
    """Pages of one language, from one place in the reading order to another."""

    name: str
    start: int
    stop: int


class Hands(Protocol):
    """Who does tasks, as `Crew` promises."""

    jobs: int

    def each(
        self, function: Callable[..., Any], tasks: Iterable[Task]
    ) -> Iterator[tuple[int, tuple[Any, ...], Any]]: ...
    def tell(self, function: Callable[..., Any], *arguments: Any) -> None: ...


class Made(NamedTuple):
    """A page, what its manifest says of it (JSON), what it printed outside of blocks, by the tag of the language, the key that a
    later run finds it by ("" where it is not kept), and the answer about its papers: where it stands, and its HTML."""

    output: Output
    digest: str
    entry: str
    printed: Mapping[str, frozenset[Printed]]
    key: str = ""
    paper: tuple[str, str] = ("", "")
    search: tuple[search.Found, ...] = ()
    """What a search may find on it."""


@dataclass(slots=True)
class Desk:
    """What a process keeps: the site as read, what pages are made from, and the edition it was last at."""

    project: Project
    shared: dict[str, Table] = field(default_factory=dict)
    plan: Plan | None = None
    around: Mapping[str, str] = field(default_factory=dict)
    """By locale name, as `around` has it."""
    edition: Edition | None = None
    named: dict[str, Mapping[int, str]] = field(default_factory=dict)
    """What blocks are called, by source file: the same in every edition."""
    env: Any = None
    """The site's templates, compiled once."""
    waiting: dict[str, IO[bytes]] = field(default_factory=dict)
    """The tables that wait on disk, by locale name."""

    renders: bool = True
    """Whether pages are made of what is decided."""

    def put_away(self, name: str) -> None:
        """Let a table wait on disk, in a file that goes with this process."""
        if self.renders:
            self.waiting[name] = tempfile.TemporaryFile()  # noqa: SIM115  it outlives this call
            pieces.write(self.waiting[name], self.project.table(name), self.project.rows_packed(name))
        self.project.forget(name)

    def table(self, name: str) -> Table:
        """The table of a language."""
        if name not in self.waiting:
            return self.project.table(name)
        return pieces.read(self.waiting[name])


def size(project: Project) -> int:
    """How much there is to decide: messages in all languages."""
    return sum(map(len, project.occurrences.values())) * len(project.settings.locales)


@contextmanager
def crew(project: Project, jobs: int | None, *, renders: bool = True) -> Iterator[Crew]:
    """The processes for the languages of a site: as many as asked for; where nobody asked, as many as it pays to have. `renders`:
    whether they are to make pages."""
    if jobs is None:
        jobs = cores() if size(project) >= PAYS else 1
    project.table(project.settings.english.name)  # what every process needs is read once, before they part
    _ = project.catalogs, project.rules, project.content.fields, project.content.facts, project.content.documents
    _ = renders and project.hashed  # whose bytes are published later: pages name no others
    with Crew(max(1, min(jobs, len(project.settings.locales) + 1)), Desk(project, renders=renders)) as found:
        yield found


def decide(desk: Desk, name: str) -> Decided:
    """Decide the messages of one language."""
    project = desk.project
    large = size(project) > KEPT
    if large:
        project.close_but(project.settings.by_name[name].chain)
    settings, content, table, before = project.settings, project.content, project.table(name), project.before
    shared = table.among(document.path for document in content.data)
    seal = sealed(shared)
    if name == settings.english.name:
        made = Decided(None, None, shared, seal)
    else:
        made = Decided(project.covered(name), standing(settings, content, table), shared, seal)
    if large and name != settings.english.name:
        desk.put_away(name)
    if before:
        before.book("decided", name).put(before.whole(content, name), made)
        before.save("decided", "rows")
    return made


def sealed(shared: Table) -> str:
    """A digest of what a table without its pages says to readers."""
    return mark((*shared.interface, *shared.facts.values(), *chain(*map(shared.shown, shared.documents))))


def decided_before(project: Project, name: str) -> Decided | None:
    """A language as an earlier run decided it, if that holds."""
    before = project.before
    return before.book("decided", name).get(before.whole(project.content, name), Decided) if before else None


def measured(
    project: Project, found: Hands, names: Sequence[str] | None = None
) -> tuple[dict[str, Decided], dict[str, int]]:
    """Every language (or those that are named) decided, and which process knows it, by locale name. The project's coverage is
    theirs from now on."""
    names = [*project.settings.by_name] if names is None else names
    made = {name: known for name in names if (known := decided_before(project, name))}
    knows = {name: at % found.jobs for at, name in enumerate(made)}
    project.progress("Deciding what is shown", len(made), len(names))
    for who, (name,), decided in found.each(decide, [(None, (name,)) for name in related(project, names, made)]):
        made[name], knows[name] = decided, who
        project.progress("Deciding what is shown", len(made), len(names))
    covered(project, {name: made[name] for name in names})
    return made, knows


def related(project: Project, names: Sequence[str], made: Mapping[str, object]) -> list[str]:
    """The languages that are not decided yet, those that stand on one beside each other: so its catalog is read once."""
    by_name = project.settings.by_name
    root = {name: ([name] + [one for one in by_name[name].chain if one in by_name])[-1] for name in names}
    first = {name: at for at, name in reversed([*enumerate(root.values())])}
    return sorted((name for name in names if name not in made), key=lambda name: first[root[name]])


def covered(project: Project, decided: Mapping[str, Decided]) -> None:
    """Make what was decided, in this order, the project's coverage."""
    project.__dict__["coverage"] = tuple(one.coverage for one in decided.values() if one.coverage)


def measure(project: Project, jobs: int | None, names: Collection[str] | None = None) -> None:
    """Work out the coverage of every language, or of those that are named."""
    some = None if names is None else [name for name in project.settings.by_name if name in names]
    with crew(project, jobs, renders=False) as found:
        measured(project, found, some)


def planned(project: Project, decided: Mapping[str, Decided]) -> Plan:
    """What is let out of every language."""
    standings = {name: one.standing for name, one in decided.items() if one.standing}
    return plan(project.settings, project.content, standings, project.slugs)


def site(
    project: Project,
    shared: Mapping[str, Table],
    lets_out: Plan,
    named: dict[str, Mapping[int, str]] | None = None,
) -> Site:
    """What pages are made from; tables of one's own stand in for the shared ones. `named`: the names of blocks that are known."""
    known, pages = {} if named is None else named, project.page_digests
    return Site(
        project.settings,
        project.content,
        shared,
        project.chains,
        project.rules,
        lets_out,
        known,
        pages,
        project.declared,
        project.official,
        kept(project),
        hashed(project),
    )


def hashed(project: Project) -> dict[str, str]:
    """The files that stand under a name of what is in them, by the one that templates write."""
    return {name: one.path for name, one in project.hashed.items()}


def kept(project: Project) -> dict[str, str]:
    """The names that no machine is to translate, as a pattern, by locale name."""
    return {name: glossary.kept(project.terms[0], name) for name in project.settings.by_name}


def share(desk: Desk, shared: Mapping[str, Table], lets_out: Plan, around: Mapping[str, str]) -> None:
    """Tell a process what every language shows where it is not in pages, what is let out, and what its pages are made from."""
    english = desk.project.settings.english.name
    desk.shared, desk.plan, desk.around = {**shared, english: desk.project.table(english)}, lets_out, around
    if size(desk.project) > KEPT:
        desk.project.close_but(())
        gc.collect()
        gc.freeze()  # what all languages share is not looked through again after each of them


def around(project: Project, decided: Mapping[str, Decided], name: str) -> str:
    """A digest of what all pages of a language are made from besides what they show of themselves and each other; "" where
    nothing is kept."""
    before, content = project.before, project.content
    if before is None:
        return ""
    data = [(document.path, content.digests[document.path]) for document in content.data]
    spoken = dict.fromkeys((*project.settings.by_name[name].chain, project.settings.english.name))
    marks = [(one, decided[one].mark) for one in spoken if one in decided]
    official, names = pickled.digest(project.official.notices), kept(project)
    told = [names.get(one, "") for one in (name, *spoken)]
    files = (
        before.files.get("templates"),
        sorted(hashed(project).items()),
    )  # a page's words may decide on names of images
    return digest(program(), name, before.settled, files, data, marks, official, told)


def render(desk: Desk, name: str, start: int, stop: int) -> list[Made]:
    """Some pages of one language, from one place in the reading order to another."""
    project = desk.project
    if desk.edition is None or desk.edition.locale.name != name:
        assert desk.plan is not None
        done(desk)
        made = site(project, {**desk.shared, name: desk.table(name)}, desk.plan, desk.named)
        desk.env = desk.env or made.environment()
        desk.edition = Edition(made, made.interfaces[name], desk.env)
    return [page(desk.edition, at, project.before, desk.around[name]) for at in range(start, stop)]


def done(desk: Desk) -> None:
    """Let go of the edition that a process was last at, and keep its pages."""
    name = desk.edition.locale.name if desk.edition else ""
    desk.edition = None
    if name and size(desk.project) > KEPT:
        if name in desk.project.catalogs:
            desk.project.forget(name)
            desk.project.close_but(())
        gc.collect()  # a template and the edition that it prints know each other, so neither goes by itself
    if before := desk.project.before:
        before.save("pages")


def page(edition: Edition, at: int, before: Earlier | None = None, made_from: str = "") -> Made:
    """One page, and what its manifest says of it; as an earlier run made it, where that is made from the same."""
    view, beside, key = edition.view(at), edition.around(at), ""
    if before:
        path = view.page.path
        said = mark(view.shown.values()), repr(view.figures), repr(view.reviewed), view.digest, pickled.digest(beside)
        shared = () if at else sorted(edition.shared)  # which the first page prints
        content = edition.site.content.digests[path], edition.site.page_digests.get(path, "")
        files = edition.gone(view.page), sorted(edition.own(view.page).items()), edition.replaced(view.page)
        around = *files, edition.closed(view.page)
        places = edition.at(view.page).slug, sorted(edition.ways(view.page).items())
        key = digest(made_from, shared, path, content, said, around, places)
        book = before.book("pages", edition.locale.name)
        if known := book.get(key, Made):
            return known
    found = edition.page(at, view, beside)
    entry = manifest.said_of(edition.site, found)
    digested = hashlib.sha256(found.output.body).hexdigest()
    made = Made(
        found.output,
        digested,
        entry,
        found.printed,
        key if found.pure else "",
        found.paper,
        search.rows(edition.site, found),
    )
    if made.key:
        book.put(key, made)
    return made


def rendered(
    project: Project,
    found: Hands,
    decided: Mapping[str, Decided],
    knows: Mapping[str, int],
    lets_out: Plan,
    some: Sequence[Stretch] | None = None,
) -> Iterator[Made]:
    """Every page of every published language, or of some stretches of them, in no order that means anything."""
    if some is None:
        some = stretches(project, lets_out)
    ready, steps = 0, sum(one.stop - one.start for one in some)
    seals = {one.name: around(project, decided, one.name) for one in some}
    editions = Editions(project, seals, lets_out)
    for name, start, stop in some:
        for one in islice(editions.known(name), start, stop):
            yield one
            ready += 1
            project.progress(f"Rendering {project.settings.by_name[name].endonym}", ready, steps)
    left = [one for one in some if one.name not in editions.whole]
    if not left:
        return
    found.tell(share, {name: one.shared for name, one in decided.items()}, lets_out, seals)
    for _, (name, start, _), made in found.each(render, chunks(left, knows, project)):
        for at, one in enumerate(made, start):
            editions.note(name, at, one.key)
            yield one
            ready += 1
            project.progress(f"Rendering {project.settings.by_name[name].endonym}", ready, steps)
    found.tell(done)
    editions.save()


@dataclass
class Editions:
    """The languages whose pages are all as an earlier run made them."""

    project: Project
    sealed: Mapping[str, str]
    plan: Plan
    whole: set[str] = field(default_factory=set)
    keys: dict[str, dict[int, str]] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """A digest of all that the pages of a language are made from."""
        before = self.project.before
        indexed = sorted((name, sorted(slugs)) for name, slugs in self.plan.indexed.items())
        hidden = sorted((name, sorted(slugs)) for name, slugs in self.plan.hidden.items())
        stands = sorted((name, sorted(one.slugs.items())) for name, one in self.plan.places.items())
        out = [one.name for one in self.plan.languages], sorted(self.plan.listed), indexed, hidden, stands
        return digest(self.sealed[name], before.whole(self.project.content, name), out, self.files) if before else ""

    @cached_property
    def files(self) -> list[object]:
        """What files were made from; and the files on pages: another one makes another version of a page."""
        declared: list[object] = [[name, one.body] for name, one in self.project.declared.items()]
        return declared + [
            [path, *row] for path, rows in self.project.fixtures.items() for row in rows if row.kind == FILE
        ]

    def known(self, name: str) -> Iterator[Made]:
        """The pages of a language, if all are known."""
        before = self.project.before
        if before is None:
            return
        keys, book = before.book("editions", name).get(self.key(name), tuple), before.book("pages", name)
        if keys is None or not all(isinstance(key, str) and key in book.kept for key in keys):
            return
        made = [book.get(key, Made) for key in keys]
        before.books.pop(("pages", name))
        if all(made) and len(made) == len(self.project.content.pages):
            self.whole.add(name)
            yield from (one for one in made if one)

    def note(self, name: str, at: int, key: str) -> None:
        """Say under which key a page is found."""
        self.keys.setdefault(name, {})[at] = key

    def save(self) -> None:
        """Keep which pages the languages are made of."""
        before = self.project.before
        for name, keys in self.keys.items():
            if before and all(keys.values()) and len(keys) == len(self.project.content.pages):
                before.book("editions", name).put(self.key(name), tuple(keys[at] for at in sorted(keys)))
        if before:
            before.save("editions")


def stretches(project: Project, lets_out: Plan) -> list[Stretch]:
    """All pages of every published language."""
    return [Stretch(one.name, 0, len(project.content.pages)) for one in lets_out.languages]


def chunks(some: Sequence[Stretch], knows: Mapping[str, int], project: Project) -> Iterator[Task]:
    """The tasks of rendering: a language's go to the process that decided it; every process knows the source language."""
    english = project.settings.english.name
    for name, first, last in some:
        for start in range(first, last, CHUNK):
            yield None if name == english else knows[name], (name, start, min(start + CHUNK, last))
