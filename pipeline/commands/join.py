"""Joining: the shards of all parts of a build → `dist/`, as one machine would have made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.build import deciding, origin, rendering, shards
from pipeline.build.deciding import Decided
from pipeline.build.editions import Made
from pipeline.build.shards import ROWS, Shard, decided_path
from pipeline.commands import build
from pipeline.project.project import Project
from pipeline.resolve.publication import Plan
from pipeline.site.publish import Published


def join(project: Project, folders: Sequence[Path]) -> Published:
    """Publish the pages of the shards of a build of this very site. Raises LockstepError, `dist/` being the old build, where
    one of them is missing, damaged, or not made from what is here."""
    build.whole(project)
    found = shards.together(folders, "build", origin.of(project))
    names = [*project.settings.by_name]
    known = decided(found, names)
    deciding.covered(project, known)
    lets_out = rendering.planned(project, known)
    for one in found:
        own = map(decided_path, one.slip.part.languages(names))
        one.holds([ROWS, *own, *(f"pages/{path}" for path in paths(project, one, lets_out))])
    return build.published(project, build.assembled(project, known, lets_out, pages(project, found, lets_out)))


def decided(found: Sequence[Shard], names: Sequence[str]) -> dict[str, Decided]:
    """What all shards of a whole decided, by locale name, in the order of the site."""
    every = {name: one for shard in found for name, one in shard.decided(names).items()}
    return {name: every[name] for name in names}


def pages(project: Project, found: Sequence[Shard], lets_out: Plan) -> Iterator[Made]:
    """The pages of all shards."""
    for at, one in enumerate(found):
        project.progress("Joining", at, len(found))
        yield from one.pages(paths(project, one, lets_out))


def paths(project: Project, shard: Shard, lets_out: Plan) -> list[str]:
    """Where the pages of a shard stand in `dist/`."""
    by_name, every = project.settings.by_name, project.content.pages
    some = shard.slip.part.pages(rendering.stretches(project, lets_out))
    return [
        f"{by_name[name].tag}/{lets_out.at(name, page).file}"
        for name, start, stop in some
        for page in every[start:stop]
    ]
