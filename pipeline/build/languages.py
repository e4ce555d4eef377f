"""The work of each language, in this process or in several: the same values whatever their number and order."""

from __future__ import annotations

import gc
import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import IO, Any, NamedTuple, Protocol

from pipeline.build import pieces
from pipeline.build.editions import Editions, Made, Told, Volume, again, keep
from pipeline.build.page_keys import PageKeys, titled
from pipeline.checks import glossary
from pipeline.core import pickled
from pipeline.core.cache import digest, program
from pipeline.core.crew import Crew, Task, cores
from pipeline.project.earlier import mark
from pipeline.project.known_rows import KnownRows
from pipeline.project.project import Project
from pipeline.resolve import Coverage, Table
from pipeline.resolve.publication import Plan, Standing, plan, standing
from pipeline.site import Site, hosts, manifest, search
from pipeline.site.pages import Edition
from pipeline.site.site import PageView
from pipeline.site.standing import Before

PAYS = 20_000
"""Messages in all languages from which on several processes are faster than one."""
KEPT = 20_000
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
    titled: dict[str, str] = field(default_factory=dict)
    """A digest of what each of them calls the pages."""
    rested: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """What its rows rest on, by path."""
    keys: PageKeys | None = None
    """What the pages of the edition are found by."""

    renders: bool = True
    """Whether pages are made of what is decided."""
    before: Before | None = None
    """What stands in `dist/`, where pages may be taken from there."""

    def put_away(self, name: str) -> None:
        """Let a table wait on disk, in a file that goes with this process."""
        if self.renders:
            self.waiting[name] = tempfile.TemporaryFile()  # noqa: SIM115  it outlives this call
            pieces.write(self.waiting[name], self.project.table(name), self.project.rows_packed(name))
            if self.project.before:
                self.titled[name] = titled(self.project, self.project.table(name))
                self.rested[name] = self.project.keyed.get(name, {})
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
def crew(project: Project, jobs: int | None, *, renders: bool = True, before: Before | None = None) -> Iterator[Crew]:
    """The processes for the languages of a site: as many as asked for; where nobody asked, as many as it pays to have. `renders`:
    whether they are to make pages; `before`: what stands in `dist/`, where pages may be taken from there."""
    if jobs is None:
        jobs = cores() if size(project) >= PAYS else 1
    project.table(project.settings.english.name)  # what every process needs is read once, before they part
    _ = project.catalogs, project.rules, project.content.fields, project.content.facts, project.content.documents
    _ = renders and project.hashed  # whose bytes are published later: pages name no others
    with Crew(
        max(1, min(jobs, len(project.settings.locales) + 1)), Desk(project, renders=renders, before=before)
    ) as found:
        yield found


def decide(desk: Desk, name: str) -> Decided:
    """Decide the messages of one language."""
    project = desk.project
    large = size(project) > KEPT
    if large:
        project.close_but(project.settings.by_name[name].chain)
    settings, content, before, accounts = project.settings, project.content, project.before, project.accounts(name)
    table = project.table(name)
    shared = table.among(document.path for document in content.data)
    seal = sealed(shared)
    if name == settings.english.name:
        made = Decided(None, None, shared, seal)
    else:
        made = Decided(project.covered(name), standing(settings, content, table, accounts), shared, seal)
    if isinstance(table.documents, KnownRows):
        table.documents.hold()
    if large and name != settings.english.name:
        desk.put_away(name)
    if before:
        before.book("decided", name).put(before.whole(content, name), made)
        before.save("decided", "rows", "accounts")
    if isinstance(table.documents, KnownRows):
        table.documents.settle()
    project.accounted.pop(name, None)
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
        desk.env = desk.env or made.env
        desk.edition = Edition(made, made.interfaces[name], desk.env)
        desk.keys = keys(desk, desk.edition)
    return [page(desk.edition, at, desk.keys, desk.before) for at in range(start, stop)]


def keys(desk: Desk, edition: Edition) -> PageKeys | None:
    """What the pages of an edition are found by; None where nothing is kept."""
    project, name = desk.project, edition.locale.name
    if project.before is None:
        return None
    title = desk.titled.get(name) or titled(project, edition.table)
    rested = desk.rested.get(name) or project.keyed.get(name, {})
    source = project.keyed.get(project.settings.english.name, {})
    return PageKeys(project, project.before, edition, desk.around[name], title, rested, source)


def done(desk: Desk) -> None:
    """Let go of the edition that a process was last at, and keep its pages."""
    name = desk.edition.locale.name if desk.edition else ""
    desk.edition = desk.keys = None
    if name and size(desk.project) > KEPT:
        if name in desk.project.catalogs:
            desk.project.forget(name)
            desk.project.close_but(())
        gc.collect(
            1
        )  # a template and the edition that it prints know each other, so neither goes by itself; both are young
    if before := desk.project.before:
        before.save("pages")


def page(edition: Edition, at: int, keys: PageKeys | None = None, before: Before | None = None) -> Made:
    """One page, and what its manifest says of it; as an earlier run made it, where that is made from the same."""
    book = keys.before.book("pages", edition.locale.name) if keys else None
    alias = keys.alias(at) if keys else ""
    if book and alias and (key := book.get(alias, str)) and (known := again(book, key, before)):
        return known
    view, beside = edition.view(at), edition.around(at)
    key = keys.key(at, view, beside) if keys else ""
    known = again(book, key, before) if book else None
    made = known or made_anew(edition, at, view, beside, key)
    if book and made.key:
        if not known:
            keep(book, made)
        if alias:
            book.put(alias, key)
    return made


def made_anew(edition: Edition, at: int, view: PageView, beside: Mapping[str, Any], key: str) -> Made:
    """A page that no earlier run made."""
    found = edition.page(at, view, beside)
    entry = manifest.said_of(edition.site, found)
    body, settings = found.output.body, edition.site.settings
    asks = settings.host and edition.locale.name == settings.english.name
    return Made(
        found.output,
        hashlib.sha256(body).hexdigest(),
        entry,
        found.printed,
        key if found.pure else "",
        found.paper,
        search.rows(edition.site, found),
        frozenset(hosts.needs(body)) if asks else None,
    )


def editions(
    project: Project,
    decided: Mapping[str, Decided],
    lets_out: Plan,
    told: Told | None = None,
    before: Before | None = None,
) -> Editions:
    """What an earlier run may have made of each language that is published."""
    sealed = {one.name: around(project, decided, one.name) for one in lets_out.languages}
    return Editions(project, sealed, lets_out, told or {}, before)


def rendered(
    project: Project,
    found: Hands,
    decided: Mapping[str, Decided],
    knows: Mapping[str, int],
    lets_out: Plan,
    some: Sequence[Stretch] | None = None,
) -> Iterator[Made]:
    """Every page of every published language, or of some stretches of them, in no order that means anything."""
    known = editions(project, decided, lets_out)
    for one in volumes(project, found, decided, knows, known, some):
        assert isinstance(one, Made)  # nothing stands anywhere that pages could be taken from
        yield one


def volumes(
    project: Project,
    found: Hands,
    decided: Mapping[str, Decided],
    knows: Mapping[str, int],
    known: Editions,
    some: Sequence[Stretch] | None = None,
) -> Iterator[Made | Volume]:
    """The same; of a language all of whose pages stand in `dist/` as they are to be, that."""
    if some is None:
        some = stretches(project, known.plan)
    ready, steps = 0, sum(one.stop - one.start for one in some)

    def count(name: str, pages: int) -> None:
        nonlocal ready
        ready += pages
        project.progress(f"Rendering {project.settings.by_name[name].endonym}", ready, steps)

    for name, start, stop in some:
        if volume := known.volume(name):
            yield volume
            count(name, stop - start)
            continue
        for one in islice(known.known(name), start, stop):
            yield one
            count(name, 1)
    if left := [one for one in some if one.name not in known.whole]:
        found.tell(share, {name: one.shared for name, one in decided.items()}, known.plan, known.sealed)
        for _, (name, start, _), made in found.each(render, chunks(left, knows, project)):
            for at, one in enumerate(made, start):
                known.note(name, at, one.key)
                yield one
                count(name, 1)
        found.tell(done)
    known.save()


def stretches(project: Project, lets_out: Plan) -> list[Stretch]:
    """All pages of every published language."""
    return [Stretch(one.name, 0, len(project.content.pages)) for one in lets_out.languages]


def chunks(some: Sequence[Stretch], knows: Mapping[str, int], project: Project) -> Iterator[Task]:
    """The tasks of rendering: a language's go to the process that decided it; every process knows the source language."""
    english = project.settings.english.name
    for name, first, last in some:
        for start in range(first, last, CHUNK):
            yield None if name == english else knows[name], (name, start, min(start + CHUNK, last))
