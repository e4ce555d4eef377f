"""The two sides of an edit: the site as it was, at the last update or at a commit, and as an update will leave it.

Nothing is written, and no catalog is read or merged before it is asked for.
"""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.catalog import Catalog, bundled
from pipeline.changes import Log, Occurrences, merge, occurrences
from pipeline.changes.former import Former
from pipeline.changes.lineage import Held
from pipeline.commands import outcome, remember
from pipeline.commands.extract import Extraction, extraction
from pipeline.content.content import SITE
from pipeline.content.fixed import FACTS, Fixtures
from pipeline.core import git, settings
from pipeline.core.errors import LockstepError
from pipeline.core.measures import weighing
from pipeline.project.lazily import Lazily
from pipeline.project.project import Project


@dataclass(frozen=True)
class Before:
    """The site as it was: where its messages stood, its catalogs, its log, and what stood beside its messages (None: nobody
    noted it)."""

    places: Occurrences
    catalogs: Mapping[str, Catalog]
    log: Log
    fixtures: Fixtures | None


@contextmanager
def checkout(root: Path, base: str) -> Iterator[Path]:
    """The site's folder as it was at a commit, in a temporary folder."""
    try:
        done = git.archive(root, base)
    except LockstepError as problem:
        raise LockstepError(problem.what, todo="Install git, or leave out --base.") from problem
    if done.code:
        why = done.err.splitlines()
        raise LockstepError(
            f"git does not know {base!r} here: {why[-1] if why else 'it says no more'}",
            todo="Name a commit or branch, for example --base main (in CI: fetch it first).",
        )
    with tempfile.TemporaryDirectory(prefix="lockstep-base-") as folder:
        with tarfile.open(fileobj=io.BytesIO(done.out)) as archive:
            safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4
            archive.extractall(folder, **safely)  # type: ignore[arg-type]
        yield Path(folder)


@contextmanager
def since(project: Project, step: Extraction, base: str | None) -> Iterator[Before]:
    """The site as it was at the last update; or at a commit, brought into step as its build would be, while its files are there."""
    if base is None:
        places = occurrences.before(project.root, project.template, project.every_catalog())
        yield Before(places, project.catalogs, step.old_log, occurrences.fixtures_before(project.root))
        return
    with checkout(project.root, base) as root:
        if not (root / "pyproject.toml").exists():
            raise LockstepError(f"there was no site here at {base!r}", todo="Name a later commit.")
        old = Project(replace(project.settings, root=root, mappings=settings.load(root).mappings), project.clock)
        then = extraction(old)
        yield Before(then.places, catalogs_after(old, then, held_after(old, then)), then.log, old.fixtures)


def former(project: Project, before: Before) -> Project:
    """The site as it was, by the settings of today."""
    if before.fixtures is None:
        return project.having(catalogs=before.catalogs, log=before.log)
    levels = replace(project.levels, classes=outcome.classes(before.fixtures))
    facts = weighing({one.name: one.value for one in before.fixtures.get(SITE, ()) if one.kind == FACTS})
    records = project.records.with_facts(facts) if project.records.weighed else project.records
    return project.having(catalogs=before.catalogs, log=before.log, levels=levels, records=records)


def updated(project: Project, step: Extraction) -> Project:
    """The site as it will be."""
    held = held_after(project, step)
    former = Lazily(tuple(project.catalogs), partial(former_of, held))
    return project.having(catalogs=catalogs_after(project, step, held), log=step.log, former=former)


def held_after(project: Project, step: Extraction) -> Mapping[str, Held]:
    """What is held of each language with what the edits led away from."""
    return Lazily(tuple(project.catalogs), partial(held_of, project, step))


def held_of(project: Project, step: Extraction, name: str) -> Held:
    """What is held of one language with what the edits led away from."""
    return remember.before(project, step.log, step.joined, [name])[name]


def former_of(held: Mapping[str, Held], name: str) -> Former:
    """Whose translations the texts of a language were."""
    return held[name].former


def catalogs_after(project: Project, step: Extraction, held: Mapping[str, Held]) -> Mapping[str, Catalog]:
    """The catalogs brought into step, each when it is asked for."""
    steps = merge.updating(step.template, project.settings, step.log, bundled.texts)

    def catalog(name: str) -> Catalog:
        return steps(name, project.catalogs[name], held[name], remember.places(project, {name: held[name]}))

    return Lazily(tuple(project.catalogs), catalog)
