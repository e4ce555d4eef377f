"""A desk on another machine: the site as values, so that a worker needs none of its files; the same work as in a process of ours.

A worker does one task at a time, whatever its threads: they would share one desk, and Python runs one of them anyway.
"""

from __future__ import annotations

import io
import pickle
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.build import deciding, rendering
from pipeline.build.deciding import Desk
from pipeline.catalog import Catalog, po_file
from pipeline.changes.lineage import Held
from pipeline.content.files import below
from pipeline.core import cache, inputs
from pipeline.core.errors import LockstepError
from pipeline.project.held import Confirmed
from pipeline.project.lazily import Lazily
from pipeline.project.project import Project

PARTS = "content", "occurrences", "levels", "records", "terms", "log", "declared", "official"
"""The parts of a site that its pages are made from, catalogs, templates and what its pages are as a whole left out."""

Bodies = Mapping[str, bytes]
"""Catalogs as `catalog` packs them, by locale name."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A desk that was sent, the folder its templates are in, and the catalogs that came with the task at hand."""

    desk: Desk
    folder: TemporaryDirectory[str]
    bodies: dict[str, bytes]


BENCHES: dict[str, Bench] = {}
"""By the name of a build: that of the build at hand, and no older one."""
ONE = threading.Lock()


def packed(project: Project) -> bytes:
    """A site as another machine needs it: what was read, what the source language shows, and the templates."""
    english = project.settings.english.name
    files = {
        name.removeprefix("templates/"): inputs.read(project.root, name) for name in below(project.root, "templates")
    }
    parts = {name: getattr(project, name) for name in PARTS}
    parts["page_digests"] = dict(project.page_digests) if project.noted else {}  # the files on pages are here alone
    return pickle.dumps((project.settings, project.clock, parts, {english: project.table(english)}, files))


def catalog(project: Project, name: str) -> bytes:
    """What is there of a language: its catalog, to be read where it is needed (what is said of it where it cannot be read, or where
    git, which is not there, put something astray in it), and what is held of its texts beside it."""
    path, held = project.settings.catalog_path(project.settings.by_name[name]), project.held[name]
    found: Catalog | bytes | None = None
    try:
        found = project.catalogs[name] if project.astray.get(path) else inputs.read(project.root, path)
    except LockstepError:
        found = project.catalogs[name]
    return pickle.dumps((found, held.former, held.fresh))


def bench(build: str, sent: bytes) -> Bench:
    """The bench of a build, set up when its first task comes."""
    if build not in BENCHES:
        BENCHES.clear()
        settings, clock, parts, decided, files = pickle.loads(sent)
        folder = TemporaryDirectory(prefix="lockstep-")
        for path, body in files.items():
            (Path(folder.name) / "templates" / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder.name) / "templates" / path).write_bytes(body)
        project = Project(replace(settings, root=Path(folder.name)), clock, store=cache.read())
        bodies: dict[str, bytes] = {}
        names = tuple(locale.name for locale in settings.locales)
        held = Lazily(names, partial(held_there, project, bodies))
        project.__dict__.update(parts, catalogs=Lazily(names, partial(unpacked, settings, bodies)), held=held)
        project.decided.update(decided)
        BENCHES[build] = Bench(Desk(project), folder, bodies)
    return BENCHES[build]


def unpacked(settings: Any, bodies: Bodies, name: str) -> Catalog:
    """The catalog of a language, read from what came with a task."""
    path = settings.catalog_path(settings.by_name[name])
    found = pickle.loads(bodies[name])[0]
    if isinstance(found, Catalog):
        return found
    return Catalog(path) if found is None else po_file.parse(path, found)


def held_there(project: Project, bodies: Bodies, name: str) -> Held:
    """What is held of the texts of a language, by what came with a task."""
    _, former, fresh = pickle.loads(bodies[name])
    confirmed = Confirmed(partial(getattr, project, "records"), name, project.log)
    return Held(former, confirmed, project.terms[0].words, fresh)


def decide(build: str, sent: bytes, bodies: Bodies, name: str) -> tuple[bytes, bytes]:
    """Decide a language: what others ask of it, and its table, both pickled."""
    with ONE:
        at = bench(build, sent)
        at.bodies.update(bodies)
        made = deciding.decide(at.desk, name)
        table = taken(at.desk, name)
        at.bodies.clear()
        return pickle.dumps(made), table


def taken(desk: Desk, name: str) -> bytes:
    """The table of a language as it waits on disk, taken from there."""
    if name not in desk.waiting:
        desk.put_away(name)
    with desk.waiting.pop(name) as file:
        file.seek(0)
        return file.read()


def render(
    build: str,
    sent: bytes,
    told: bytes,
    known: tuple[str, bytes, bytes] | None,
    bodies: Bodies,
    name: str,
    start: int,
    stop: int,
) -> tuple[bytes]:
    """Render some pages of a language, pickled. `told`: what `rendering.share` is told; `known`: what `decide`
    returned, None for the source language."""
    with ONE:
        at = bench(build, sent)
        if at.desk.plan is None:
            rendering.share(at.desk, *pickle.loads(told))
        if known:
            at.desk.waiting[name] = io.BytesIO(known[-1])
        at.bodies.update(bodies)
        made = rendering.render(at.desk, name, start, stop)
        at.desk.waiting.clear()
        return (pickle.dumps(made),)


def ended(build: str) -> tuple[()]:
    """Clear the bench of a build away, and what this worker's store has too much."""
    with ONE:
        BENCHES.pop(build, None)
        cache.read().tidy()
    return ()
