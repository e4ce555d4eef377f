"""The work of each language, in this process or in several: the same values whatever their number and order."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple

from pipeline.commands.project import Project
from pipeline.core.crew import Crew, Task, cores
from pipeline.core.model import Output
from pipeline.resolve import Coverage, Table
from pipeline.resolve.publication import Plan, Standing, plan, standing
from pipeline.site import Site, manifest, templates
from pipeline.site.manifest import Written
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
    of it, and its table without its pages."""

    coverage: Coverage | None
    standing: Standing | None
    shared: Table


class Made(NamedTuple):
    """A page, what its manifest says of it, and what it printed outside of blocks, by the tag of the language."""

    output: Output
    digest: str
    entry: Written
    printed: Mapping[str, frozenset[Printed]]


@dataclass(slots=True)
class Desk:
    """What a process keeps: the site as read, what pages are made from, and the edition it was last at."""

    project: Project
    shared: dict[str, Table] = field(default_factory=dict)
    plan: Plan | None = None
    edition: Edition | None = None
    env: Any = None
    """The site's templates, compiled once."""
    waiting: dict[str, IO[bytes]] = field(default_factory=dict)
    """The tables that wait on disk, by locale name."""

    def put_away(self, name: str) -> None:
        """Let a table wait on disk, in a file that goes with this process, and let go of what it was made from."""
        self.waiting[name] = tempfile.TemporaryFile()  # noqa: SIM115  it outlives this call
        pickle.dump(self.project.table(name), self.waiting[name], pickle.HIGHEST_PROTOCOL)
        self.project.forget(name)

    def table(self, name: str) -> Table:
        """The table of a language."""
        if name not in self.waiting:
            return self.project.table(name)
        self.waiting[name].seek(0)
        found: Table = pickle.load(self.waiting[name])
        return found


def size(project: Project) -> int:
    """How much there is to decide: messages in all languages."""
    return sum(map(len, project.occurrences.values())) * len(project.settings.locales)


@contextmanager
def crew(project: Project, jobs: int | None) -> Iterator[Crew]:
    """The processes for the languages of a site: as many as asked for; where nobody asked, as many as it pays to have."""
    if jobs is None:
        jobs = cores() if size(project) >= PAYS else 1
    project.table(project.settings.english.name)  # what every process needs is read once, before they part
    _ = project.rules, project.content.fields, project.content.facts, project.content.documents
    with Crew(max(1, min(jobs, len(project.settings.locales) + 1)), Desk(project)) as found:
        yield found


def decide(desk: Desk, name: str) -> Decided:
    """Decide the messages of one language."""
    project = desk.project
    settings, content, table = project.settings, project.content, project.table(name)
    shared = table.among(document.path for document in content.data)
    if name == settings.english.name:
        return Decided(None, None, shared)
    made = Decided(project.covered(name), standing(settings, content, table), shared)
    if size(project) > KEPT:
        desk.put_away(name)
    return made


def measured(project: Project, found: Crew) -> tuple[dict[str, Decided], dict[str, int]]:
    """Every language decided, and which process knows it, by locale name. The project's coverage is theirs from now on."""
    names = [*project.settings.by_name]
    made: dict[str, Decided] = {}
    knows: dict[str, int] = {}
    project.progress("Deciding what is shown", 0, len(names))
    for who, (name,), decided in found.each(decide, [(None, (name,)) for name in names]):
        made[name], knows[name] = decided, who
        project.progress("Deciding what is shown", len(made), len(names))
    project.__dict__["coverage"] = tuple(one for name in names if (one := made[name].coverage))
    return made, knows


def measure(project: Project, jobs: int | None) -> None:
    """Work out the coverage of every language."""
    with crew(project, jobs) as found:
        measured(project, found)


def planned(project: Project, decided: Mapping[str, Decided]) -> Plan:
    """What is let out of every language."""
    standings = {name: one.standing for name, one in decided.items() if one.standing}
    return plan(project.settings, project.content, standings)


def site(project: Project, shared: Mapping[str, Table], lets_out: Plan) -> Site:
    """What pages are made from; tables of one's own stand in for the shared ones."""
    return Site(project.settings, project.content, shared, project.chains, project.rules, lets_out, project.digests)


def share(desk: Desk, shared: Mapping[str, Table], lets_out: Plan) -> None:
    """Tell a process what every language shows where it is not in pages, and what is let out."""
    english = desk.project.settings.english.name
    desk.shared, desk.plan = {**shared, english: desk.project.table(english)}, lets_out


def render(desk: Desk, name: str, start: int, stop: int) -> list[Made]:
    """Some pages of one language, from one place in the reading order to another."""
    project = desk.project
    if desk.edition is None or desk.edition.locale.name != name:
        assert desk.plan is not None
        desk.edition = None
        made = site(project, {**desk.shared, name: desk.table(name)}, desk.plan)
        desk.env = desk.env or templates.environment(project.root / "templates")
        desk.edition = Edition(made, made.interfaces[name], desk.env)
    return [page(desk.edition, at) for at in range(start, stop)]


def page(edition: Edition, at: int) -> Made:
    """One page, and what its manifest says of it."""
    found = edition.page(at)
    entry = manifest.written_entry(edition.site, found)
    return Made(found.output, hashlib.sha256(found.output.body).hexdigest(), entry, found.printed)


def rendered(
    project: Project, found: Crew, decided: Mapping[str, Decided], knows: Mapping[str, int], lets_out: Plan
) -> Iterator[Made]:
    """Every page of every published language, in no order that means anything."""
    found.tell(share, {name: one.shared for name, one in decided.items()}, lets_out)
    count, done = len(project.content.pages), 0
    steps = len(lets_out.languages) * count
    for _, (name, *_), made in found.each(render, chunks([one.name for one in lets_out.languages], knows, project)):
        for one in made:
            yield one
            done += 1
            project.progress(f"Rendering {project.settings.by_name[name].endonym}", done, steps)


def chunks(names: Sequence[str], knows: Mapping[str, int], project: Project) -> Iterator[Task]:
    """The tasks of rendering: a language's go to the process that decided it; every process knows the source language."""
    count, english = len(project.content.pages), project.settings.english.name
    for name in names:
        for start in range(0, count, CHUNK):
            yield None if name == english else knows[name], (name, start, min(start + CHUNK, count))
