"""One part of a build or of a check, for one machine of several: its languages decided, its pages rendered → a shard."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path

from pipeline.build import deciding, origin, rendering, shards
from pipeline.build.editions import Made
from pipeline.build.origin import Origin
from pipeline.build.shards import FORMAT, ROWS, SLIP, Part, Row, Slip, decided_path
from pipeline.commands import build, check, join
from pipeline.core import codec, disk
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding
from pipeline.project.project import Project
from pipeline.site.publish import remove


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
    known = {name: one._replace(mark=deciding.sealed(one.shared)) for name, one in found.items()}
    with build.hands(project, jobs, executor) as crew, writing(folder, "build", part, made_from) as made:
        if known:
            own = {one.name for one in part.pages(rendering.stretches(project, rendering.planned(project, known)))}
            fresh, knows = deciding.measured(project, crew, [name for name in names if name in own])
        else:
            fresh, knows = deciding.measured(project, crew)
        decided = {**known, **fresh}
        lets_out = rendering.planned(project, decided)
        for name in part.languages(names):
            made.decided(name, decided[name])
        some = part.pages(rendering.stretches(project, lets_out))
        count = made.pages(rendering.rendered(project, crew, decided, knows, lets_out, some))
        steady(project, made_from)
        return count


@dataclass(slots=True)
class Writer:
    """A shard while it is made."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)

    def write(self, path: str, body: bytes) -> None:
        """Write a file."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        disk.write_new(self.folder / path, body)

    def noted(self, path: str, body: bytes) -> None:
        """Write a file that the slip names."""
        self.write(path, body)
        self.files[path] = hashlib.sha256(body).hexdigest()

    def decided(self, name: str, found: deciding.Decided) -> None:
        """Write what was decided about a language."""
        self.noted(decided_path(name), json.dumps(codec.dump(found)).encode())

    def pages(self, made: Iterator[Made]) -> int:
        """Write pages as they come, and return how many they were."""
        count, digest = 0, hashlib.sha256()
        handle = os.open(self.folder / ROWS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, disk.FILE_MODE)
        try:
            for one in made:
                self.write(f"pages/{one.output.path}", one.body)
                row = Row(one.output.path, one.digest, one.entry, one.printed, one.paper, one.search)
                line = json.dumps(codec.dump(row)).encode() + b"\n"
                disk.write(handle, line)
                digest.update(line)
                count += 1
            if not disk.has_syncfs():
                os.fsync(handle)
        finally:
            os.close(handle)
        self.files[ROWS] = digest.hexdigest()
        return count


@contextmanager
def writing(folder: Path, verb: str, part: Part, made_from: Origin) -> Iterator[Writer]:
    """A shard to be filled, which takes its place when it is whole. Raises LockstepError where something else stands there, or
    the disk refuses."""
    if folder.is_symlink() or (folder.exists() and not (folder / SLIP).is_file()):
        raise LockstepError(
            "is there already, and is no shard", path=folder, todo="Remove it, or name another: --out DIR."
        )
    staging = folder.with_name(f".{folder.name}.new")
    try:
        remove(staging)
        disk.make_folders(staging)
        made = Writer(staging)
        yield made
        slip = Slip(FORMAT, verb, part, made_from, made.files)
        said = {one.name: codec.dump(getattr(slip, one.name)) for one in fields(slip)}
        made.write(SLIP, json.dumps(said, indent=1).encode())
        disk.sync_tree(staging, [staging, *(path for path in staging.rglob("*") if path.is_dir())])
        if not (folder.exists() and disk.exchange(staging, folder)):
            remove(folder)
            os.rename(staging, folder)
        disk.sync_folder(folder.parent)
        remove(staging)
    except BaseException as problem:
        remove(staging)
        if not isinstance(problem, OSError):
            raise
        what = f"the shard could not be written: {problem.strerror or problem}"
        raise LockstepError(
            what, path=folder, todo="Free some space or mend the permissions, then run again."
        ) from problem


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
    with deciding.crew(project, jobs) as crew:
        decided, _ = deciding.measured(project, crew, names)
    with writing(folder, "check", part, made_from) as made:
        for name in names:
            made.decided(name, decided[name])
        steady(project, made_from)
    translated = [name for name in names if name in project.catalogs]
    found = [*check.language_findings(project), *check.catalogs_behind(project, translated)]
    return check.in_order(*found, *(check.english_findings(project) if part.number == 1 else ()))
