"""Publishing: outputs → `dist/`, a complete old build or a complete new one at every instant.

The new tree is built beside `dist/` as its files come, with unchanged files linked rather than rewritten, synced, and put in
place by one exchange of names. Nothing is published that is not in the outputs, so orphans go.

On a large site the folders and names of the build before are kept for the next one (`SPARE`): to make and remove tens of thousands
of them each time takes longer than all else about one edit.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.core import disk, index
from pipeline.core.errors import LockstepError
from pipeline.core.model import Output, Unchanged
from pipeline.site.manifest import PATH
from pipeline.site.standing import Before, Standing, standing, touched

STAGING = ".dist-new"
RETIRED = ".dist-old"
SPARE = ".lockstep/dist"
"""Where the names of the build before are kept: links to files of `dist/`, and nothing else."""
LARGE = 1000
"""From how many files on that pays: fewer are linked anew, and their old names removed, as fast."""


@dataclass(frozen=True, slots=True)
class Published:
    """What one run did: files in the build, those written anew, those that went; `whole` unless the swap took two steps.
    `contents` is a digest of all the build's files, as `core/index` has it, `manifest` that of the one that lists them. `touched`: what of
    the build before was not as it had been left."""

    files: int
    written: int
    removed: int
    whole: bool = True
    contents: str = ""
    manifest: str = ""
    touched: tuple[str, ...] = ()


def publish(
    root: Path,
    outputs: Iterable[Output | Unchanged],
    *,
    spare: bool = False,
    before: Before | None = None,
    last: str = "",
) -> Published:
    """Make `root/dist` hold exactly `outputs`, none of which is kept. `spare`: whether names may be kept for the next build. `before`
    is told what stands there before the first output is asked for, and what is `Unchanged` is what it holds. `last`: the digest of
    the manifest of the last build, where it is known.
    Raises LockstepError, `dist/` being the old build, when the disk refuses; what rises from `outputs` passes, `dist/` being the
    old build too."""
    target, staging = root / "dist", root / STAGING
    apart = (root / SPARE).parent.is_symlink()  # it may lead out of the site
    aside = root / SPARE if spare and not apart else None
    if target.is_symlink():
        raise LockstepError(
            "dist is a link, and Lockstep replaces the folder itself",
            path=target,
            todo="Remove the link, and build again.",
        )
    try:
        with disk.locked(root):
            recover(root)
            before = before or Before(target)
            before.look()
            wrong = touched(before, PATH, last)
            tree = Tree(staging, target, before, aside)
            for output in outputs:
                tree.take(output)
            removed = len(tree.old.files.keys() - tree.files.keys())
            if not tree.staged and not removed and target.is_dir() and not tree.stray():
                return Published(len(tree.files), 0, 0, True, tree.contents(), tree.files.get(PATH, ""), wrong)
            tree.stage()
            tree.tidy()
            disk.sync_tree(staging, tree.folders)
            whole = swap(root, staging, target)
            if not (whole and tree.keep(staging)):
                remove(staging)
                if aside:
                    remove(aside)
            told = tree.contents(), tree.files.get(PATH, ""), wrong
            return Published(len(tree.files), len(tree.written), removed, whole, *told)
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
    before: Before
    """The old build."""
    aside: Path | None = None
    """Where names of it may be kept."""
    files: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of each."""
    written: set[str] = field(default_factory=set)
    """Those of `files` that the old build does not have."""
    parents: set[str] = field(default_factory=set)
    """The folders of `files`."""
    folders: set[Path] = field(default_factory=set)
    """Those that are made."""
    there: set[str] = field(default_factory=set)
    """The files that are links to the old ones."""
    staged: bool = False

    @property
    def old(self) -> Standing:
        """What stands in the old build."""
        return self.before.found

    def contents(self) -> str:
        """A digest of all files."""
        return index.contents(self.target, self.files)

    def take(self, output: Output | Unchanged) -> None:
        """Give a file its place. Raises LockstepError where it would leave `dist/` or stand in another's way."""
        path = output.path
        check_name(path, self.files, self.parents)
        self.parents.update(above(path))
        if isinstance(output, Unchanged):
            self.files[path] = output.digest
            if self.staged and not self.linked(path):
                self.write(path, (self.target / path).read_bytes())
            return
        body, old = output.body, self.old.files.get(path)
        digest = self.files[path] = hashlib.sha256(body).hexdigest()
        same = old is not None and old.st_size == len(body) and self.before.digest(path) == digest
        if not same:
            self.written.add(path)
            self.stage(path)
        if self.staged and not (same and self.linked(path)):
            self.write(path, body)

    def stage(self, but: str = "") -> None:
        """Start the new tree with what is there already: links to the old files, or their copies where there are no links."""
        if self.staged:
            return
        self.staged = True
        if not self.adopted():
            make_folder(self.staging)
            self.folders.add(self.staging)
        for path in self.files:
            if path != but and not self.linked(path):
                self.write(path, (self.target / path).read_bytes())

    def adopted(self) -> bool:
        """Start with the names that are kept, less what is no link to a file of the old build as it stands; False where none are."""
        if self.aside is None or len(self.old.files) < LARGE or self.aside.is_symlink():
            return False
        try:
            os.rename(self.aside, self.staging)
        except OSError:  # there are none, or they are elsewhere
            return False
        kept = standing(self.staging)
        if not kept.folders:  # a file
            os.unlink(self.staging)
            return False
        for path in kept.folders:
            self.folders.add(self.staging / path)
            if kept.odd(path):
                os.chmod(self.staging / path, disk.FOLDER_MODE)
        for path, found in kept.files.items():
            old = self.old.files.get(path)
            if old and os.path.samestat(old, found):
                self.there.add(path)
            else:
                os.unlink(self.staging / path)
        for path in kept.strange:
            os.unlink(self.staging / path)
        return True

    def linked(self, path: str) -> bool:
        """Give an unchanged file its place without writing it; False where the file system has no links."""
        if self.old.odd(path):
            return False
        if path not in self.there:
            try:
                os.link(self.target / path, self.made(path))
            except OSError:
                return False
            self.there.add(path)
        return True

    def write(self, path: str, body: bytes) -> None:
        """Write a file anew."""
        here = self.made(path)
        if path in self.there:
            os.unlink(here)
            self.there.discard(path)
        disk.write_new(here, body)

    def made(self, path: str) -> Path:
        """The place of a file in the new tree, its folders made, and nothing in its way that was kept."""
        here = self.staging / path
        if here in self.folders:
            shutil.rmtree(here)
            self.there = {one for one in self.there if not one.startswith(f"{path}/")}
            self.folders = {one for one in self.folders if not one.is_relative_to(here)}
        if here.parent not in self.folders:
            for folder in reversed(here.relative_to(self.staging).parents):
                if (found := self.staging / folder) not in self.folders:
                    if (name := folder.as_posix()) in self.there:
                        os.unlink(found)
                        self.there.discard(name)
                    make_folder(found)
                    self.folders.add(found)
        return here

    def tidy(self) -> None:
        """Remove the names that were kept and that no output has."""
        for path in self.there - self.files.keys():
            os.unlink(self.staging / path)
        needed = {self.staging / folder for folder in self.parents} | {self.staging}
        for folder in sorted(self.folders - needed, reverse=True):
            folder.rmdir()
        self.folders &= needed

    def stray(self) -> bool:
        """Whether the old build has links or folders that no output needs, or something has not the mode we give it."""
        old = self.old
        return bool(
            old.strange or old.folders.keys() - self.parents - {"."} or any(map(old.odd, (*old.files, *old.folders)))
        )

    def keep(self, retired: Path) -> bool:
        """Keep the names of the old build for the next one, now that it is out of the way: those of files that are in the new one
        too, by the same file, so that no old page is left. Whether that could be done."""
        if self.aside is None or len(self.old.files) < LARGE:
            return False
        gone = [path for path in self.old.files if path not in self.files or path not in self.there]
        try:
            for path in (*gone, *self.old.strange):
                os.unlink(retired / path)
            disk.make_folders(self.aside.parent)
            if not (ignored := self.aside.parent / ".gitignore").exists():
                disk.write_new(ignored, b"*\n")
            remove(self.aside)
            os.rename(retired, self.aside)
        except OSError:
            return False
        return True


def above(path: str) -> list[str]:
    """The folders that a file is in, the nearest first; the last is the top."""
    found = []
    while path := path.rpartition("/")[0]:
        found.append(path)
    return [*found, "."]


def check_name(path: str, files: Mapping[str, str], parents: Set[str]) -> None:
    """Refuse an output that would leave `dist/` or stand in the way of those before it."""
    if not {"", ".", ".."}.isdisjoint(path.split("/")) or "\0" in path:
        raise LockstepError("a page would be written outside dist/", path=path, todo="Rename its source file.")
    if path in parents or any(parent in files for parent in above(path)):
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
            try:
                shutil.rmtree(path)
            except PermissionError:
                unlock(path)
                shutil.rmtree(path)


def unlock(folder: Path) -> None:
    """Give every folder of a tree its mode, so that what is in it can be removed."""
    os.chmod(folder, disk.FOLDER_MODE)
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                unlock(folder / entry.name)


def make_folder(path: Path) -> None:
    """Create a folder with its mode set whatever the umask."""
    os.mkdir(path)
    os.chmod(path, disk.FOLDER_MODE)


def swap(root: Path, staging: Path, target: Path) -> bool:
    """Put the new tree in place; the old one may stand in `staging` afterwards. True when it took one step; two where the file system cannot exchange names."""
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
    if not whole:
        remove(root / RETIRED)
    return whole
