"""One part of a build or of a check, for one machine of several: its languages decided, its pages rendered → a shard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.commands import build, check, join, languages, origin, shards
from pipeline.commands.origin import Origin
from pipeline.commands.project import Project
from pipeline.commands.shards import Part
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding


def rendered(
    project: Project,
    part: Part,
    folder: Path,
    jobs: int | None = 1,
    checked: Sequence[Path] = (),
    executor: str | None = None,
) -> int:
    """Render the pages of a part into a shard, and return how many they are. `checked`: the shards of a check of the same site,
    which spare deciding the languages of other parts. Raises LockstepError where a part of the source cannot be read, or a
    shard of the check does not go with it."""
    made_from = origin.of(project)
    build.whole(project)
    names = [*project.settings.by_name]
    found = join.decided(shards.together(checked, "check", made_from), names) if checked else {}
    # pages are found again by a mark, so that no shard's word for it gets into the store
    known = {name: one._replace(mark=languages.sealed(one.shared)) for name, one in found.items()}
    with build.hands(project, jobs, executor) as crew, shards.writing(folder, "build", part, made_from) as made:
        if known:
            own = {one.name for one in part.pages(languages.stretches(project, languages.planned(project, known)))}
            fresh, knows = languages.measured(project, crew, [name for name in names if name in own])
        else:
            fresh, knows = languages.measured(project, crew)
        decided = {**known, **fresh}
        lets_out = languages.planned(project, decided)
        for name in part.languages(names):
            made.decided(name, decided[name])
        some = part.pages(languages.stretches(project, lets_out))
        count = made.pages(languages.rendered(project, crew, decided, knows, lets_out, some))
        steady(project, made_from)
        return count


def steady(project: Project, made_from: Origin) -> None:
    """Raise LockstepError where the site is not what it was when it was read: a shard says what it was made from."""
    if doubt := origin.doubt(origin.of(project), made_from):
        raise LockstepError(
            f"the site changed while its pages were made: {doubt[0]}", todo="Run the same command again."
        )


def checked(project: Project, part: Part, folder: Path, jobs: int | None = 1) -> tuple[Finding, ...]:
    """Every finding about the languages of a part, for the first part also those about the source; what was decided goes into a
    shard."""
    made_from = origin.of(project)
    names = part.languages([*project.settings.by_name])
    with languages.crew(project, jobs) as crew:
        decided, _ = languages.measured(project, crew, names)
    with shards.writing(folder, "check", part, made_from) as made:
        for name in names:
            made.decided(name, decided[name])
        steady(project, made_from)
    translated = [name for name in names if name in project.catalogs]
    found = [*check.language_findings(project), *check.catalogs_behind(project, translated)]
    return check.in_order(*found, *(check.english_findings(project) if part.number == 1 else ()))
