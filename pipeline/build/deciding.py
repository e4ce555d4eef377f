"""Every language decided, in this process or in several: the same values whatever their number and order."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import IO, Any, NamedTuple, Protocol

from pipeline.build import pieces
from pipeline.build.editions import drawn
from pipeline.build.page_keys import PageKeys, titled
from pipeline.core.crew import Crew, Task, cores
from pipeline.project.earlier import mark
from pipeline.project.known_rows import KnownRows
from pipeline.project.project import Project
from pipeline.resolve import Coverage, Table
from pipeline.resolve.publication import Plan, Standing, standing
from pipeline.site.pages import Edition
from pipeline.site.standing import Before

PAYS = 20_000
"""Messages in all languages that are left from which on several processes are faster than one."""
KEPT = 20_000
"""Messages in all languages up to which every table stays in memory from deciding to rendering; from there on it waits on disk."""


class Decided(NamedTuple):
    """What others ask of a language whose messages are decided: how far it is (None: it is the source language), what is let out
    of it, its table without its pages, and a digest of what that says to readers."""

    coverage: Coverage | None
    standing: Standing | None
    shared: Table
    mark: str = ""


class Hands(Protocol):
    """Who does tasks, as `Crew` promises."""

    jobs: int

    def each(
        self, function: Callable[..., Any], tasks: Iterable[Task], *, moves: bool = False
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


def size(project: Project, languages: int | None = None) -> int:
    """How much there is to decide: messages in all languages, or in so many."""
    found = len(project.settings.locales) if languages is None else languages
    return sum(map(len, project.occurrences.values())) * found


def left(project: Project, *, renders: bool) -> int:
    """How many languages no earlier run has decided, or `renders`, made the pages of as they are decided."""
    before, names = project.before, [one.name for one in project.settings.locales]
    if before is None:
        return len(names)
    known = [name for name in names if before.whole(project.content, name) in before.book("decided", name).kept]
    if renders:
        known = [name for name in known if drawn(project, name) in before.book("volumes", name).kept]
    return len(names) - len(known)


def is_large(project: Project) -> bool:
    """Whether tables wait on disk."""
    return size(project) > KEPT


@contextmanager
def crew(project: Project, jobs: int | None, *, renders: bool = True, before: Before | None = None) -> Iterator[Crew]:
    """The processes for the languages of a site: as many as asked for; where nobody asked, as many as it pays to have. `renders`:
    whether they are to make pages; `before`: what stands in `dist/`, where pages may be taken from there."""
    if jobs is None:
        pays = size(project) >= PAYS and size(project, left(project, renders=renders)) >= PAYS
        jobs = cores() if pays else 1
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
    large = is_large(project)
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
    todo = related(project, names, made)
    tasks = [(at * found.jobs // len(todo), (name,)) for at, name in enumerate(todo)]
    for who, (name,), decided in found.each(decide, tasks, moves=True):
        made[name], knows[name] = decided, who
        project.progress("Deciding what is shown", len(made), len(names))
    covered(project, {name: made[name] for name in names})
    return made, knows


def related(project: Project, names: Sequence[str], made: Mapping[str, object]) -> list[str]:
    """The languages that are not decided yet, those that stand on one beside each other: so its catalog is read once, and what was
    said of a pair in one region of a language is known for the others."""
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
