"""Publishing: outputs → `dist/`, a complete old build or a complete new one at every instant.

The new tree is built beside `dist/` as its files come, with unchanged files linked rather than rewritten, synced, and put in
place by one exchange of names. Nothing is published that is not in the outputs, so orphans go.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.core import disk
from pipeline.core.errors import LockstepError
from pipeline.core.model import Output

STAGING = ".dist-new"
RETIRED = ".dist-old"


@dataclass(frozen=True, slots=True)
class Published:
    """What one run did: files in the build, those written anew, those that went; `whole` unless the swap took two steps.
    `contents` is a digest of all the build's files, as `core/seen` has it."""

    files: int
    written: int
    removed: int
    whole: bool = True
    contents: str = ""


def publish(root: Path, outputs: Iterable[Output]) -> Published:
    """Make `root/dist` hold exactly `outputs`, none of which is kept. Raises LockstepError, `dist/` being the old
    build, when the disk refuses; what rises from `outputs` passes, `dist/` being the old build too."""
    target, staging = root / "dist", root / STAGING
    if target.is_symlink():
        raise LockstepError(
            "dist is a link, and Lockstep replaces the folder itself",
            path=target,
            todo="Remove the link, and build again.",
        )
    try:
        with disk.locked(root):
            recover(root)
            tree = Tree(staging, target, listing(target))
            for output in outputs:
                tree.take(output)
            removed = len(tree.old.keys() - tree.files.keys())
            if not tree.staged and not removed and target.is_dir() and not stray(target, tree.parents):
                return Published(len(tree.files), 0, 0)
            tree.stage()
            disk.sync_tree(staging, tree.folders)
            return Published(len(tree.files), tree.written, removed, swap(root, staging, target))
    except BaseException as problem:
        remove(staging)
        if not isinstance(problem, OSError):
            raise
        raise LockstepError(
            f"the pages could not be written: {problem.strerror or problem}",
            path=target,
            todo="The old build is still in place, whole. Free some space or mend the permissions, then run again.",
        ) from problem


@dataclass(slots=True)
class Tree:
    """The new tree while it is made. Nothing is written before the first difference from the old one: an unchanged file becomes
    a link to the old one, a changed one is written."""

    staging: Path
    target: Path
    old: Mapping[str, int]
    """The size of every file of the old build, by path."""
    files: dict[str, None] = field(default_factory=dict)
    parents: set[str] = field(default_factory=set)
    """The folders of `files`."""
    folders: set[Path] = field(default_factory=set)
    """Those that were made."""
    staged: bool = False
    written: int = 0

    def take(self, output: Output) -> None:
        """Give a file its place. Raises LockstepError where it would leave `dist/` or stand in another's way."""
        path, body = output.path, output.body
        check_name(path, self.files, self.parents)
        self.files[path] = None
        self.parents.update(str(parent) for parent in PurePosixPath(path).parents)
        same = self.old.get(path) == len(body) and (self.target / path).read_bytes() == body
        self.written += not same
        if not same:
            self.stage(path)
        if self.staged and not (same and linked(self.target / path, self.made(path))):
            disk.write_new(self.made(path), body)

    def stage(self, but: str = "") -> None:
        """Start the new tree with what is there already: links to the old files, or their copies where there are no links."""
        if self.staged:
            return
        self.staged = True
        make_folder(self.staging)
        self.folders.add(self.staging)
        for path in self.files:
            if path != but and not linked(self.target / path, self.made(path)):
                disk.write_new(self.made(path), (self.target / path).read_bytes())

    def made(self, path: str) -> Path:
        """The place of a file in the new tree, its folders made."""
        here = self.staging / path
        for folder in reversed(here.relative_to(self.staging).parents):
            if (found := self.staging / folder) not in self.folders:
                make_folder(found)
                self.folders.add(found)
        return here


def check_name(path: str, files: Mapping[str, None], parents: Set[str]) -> None:
    """Refuse an output that would leave `dist/` or stand in the way of those before it."""
    here = PurePosixPath(path)
    if not here.parts or path.startswith("/") or ".." in here.parts or "\0" in path:
        raise LockstepError("a page would be written outside dist/", path=path, todo="Rename its source file.")
    if path in parents or any(str(parent) in files for parent in here.parents):
        raise LockstepError(
            "one page would be both a file and a folder", path=path, todo="Rename one of the two source files."
        )


def recover(root: Path) -> None:
    """Tidy what a killed run left: its half-built tree goes; a build it had moved aside comes back if dist/ is missing."""
    if not (root / "dist").exists() and (root / RETIRED).is_dir() and not (root / RETIRED).is_symlink():
        os.rename(root / RETIRED, root / "dist")
    remove(root / STAGING)
    remove(root / RETIRED)


def remove(path: Path) -> None:
    """Remove a tree of ours, or what stands in its place; what cannot be removed now is removed by the next run."""
    with contextlib.suppress(OSError):
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path)


def listing(folder: Path) -> dict[str, int]:
    """Every plain file under `folder` and its size."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def stray(folder: Path, parents: Set[str]) -> bool:
    """Whether `folder` holds links or folders that no output needs, or something has not the mode we give it."""
    return any(
        path.is_symlink() or odd_mode(path) or (path.is_dir() and path.relative_to(folder).as_posix() not in parents)
        for path in (folder, *folder.rglob("*"))
    )


def odd_mode(path: Path) -> bool:
    """Whether a file or folder has another mode than a build gives it (POSIX only)."""
    mode = disk.FOLDER_MODE if path.is_dir() else disk.FILE_MODE
    return os.name == "posix" and path.stat().st_mode & 0o777 != mode


def make_folder(path: Path) -> None:
    """Create a folder with its mode set whatever the umask."""
    os.mkdir(path)
    os.chmod(path, disk.FOLDER_MODE)


def linked(old: Path, new: Path) -> bool:
    """Give an unchanged file its place in the new tree without writing it; False where the file system has no links."""
    if odd_mode(old):
        return False
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def swap(root: Path, staging: Path, target: Path) -> bool:
    """Put the new tree in place. True when it took one step; two where the file system cannot exchange names."""
    whole = True
    if not target.exists():
        os.rename(staging, target)
    elif not disk.exchange(staging, target):
        whole = False
        os.rename(target, root / RETIRED)
        try:
            os.rename(staging, target)
        except OSError:
            os.rename(root / RETIRED, target)
            raise
    try:
        disk.sync_folder(root)
    except OSError as problem:
        what = f"the new pages are in place, but may not outlast a power failure: {problem.strerror or problem}"
        raise LockstepError(what, path=target, todo="Look after the disk, then build again.") from problem
    remove(staging)
    if not whole:
        remove(root / RETIRED)
    return whole
