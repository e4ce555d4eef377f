"""What stands in a folder that a build is about to replace: its files and folders, and what is in each file."""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.core import disk, index, seen
from pipeline.core.index import UNKNOWN, Index


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a folder, by path below it: plain files, folders (itself is "."), and what is neither."""

    files: Mapping[str, os.stat_result] = field(default_factory=dict)
    folders: Mapping[str, os.stat_result] = field(default_factory=dict)
    strange: frozenset[str] = frozenset()

    def odd(self, path: str) -> bool:
        """Whether a file or folder has another mode than a build gives it (POSIX only)."""
        found = self.files.get(path) or self.folders[path]
        wanted = disk.FILE_MODE if path in self.files else disk.FOLDER_MODE
        return os.name == "posix" and found.st_mode & 0o777 != wanted


def standing(folder: Path) -> Standing:
    """What stands in a folder; nothing where there is none."""
    files, folders, strange = dict[str, os.stat_result](), dict[str, os.stat_result](), set[str]()
    if folder.is_dir() and not folder.is_symlink():
        folders["."] = os.lstat(folder)
    ahead = [""] * len(folders)
    while ahead:
        above = ahead.pop()
        with opened(folder / above) as entries:
            for entry in entries:
                path, found = f"{above}{entry.name}", entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode):
                    folders[path] = found
                    ahead.append(f"{path}/")
                elif stat.S_ISREG(found.st_mode):
                    files[path] = found
                else:
                    strange.add(path)
    return Standing(files, folders, frozenset(strange))


def opened(folder: Path) -> contextlib.AbstractContextManager[Iterable[os.DirEntry[str]]]:
    """What is in a folder of ours; one that nobody may read gets the mode that we give it."""
    if not os.access(folder, os.R_OK | os.X_OK):
        os.chmod(folder, disk.FOLDER_MODE)
    return os.scandir(folder)


@dataclass(slots=True)
class Before:
    """The build that is replaced, as whoever makes the new one may ask of it: what it holds need not be made or read again.

    Until publishing begins it holds nothing.
    """

    folder: Path
    index: Index = UNKNOWN
    """What is known of its files."""
    found: Standing = field(default_factory=Standing)
    digests: dict[str, str] = field(default_factory=dict)

    def look(self) -> Standing:
        """See what stands there."""
        self.digests.clear()
        self.found = standing(self.folder)
        return self.found

    def digest(self, path: str) -> str:
        """The SHA-256 of a file as it stands there, "" where there is none. Raises OSError where it cannot be read."""
        if path not in self.digests:
            if (found := self.found.files.get(path)) is None:
                return ""
            self.digests[path] = self.index.digest(path, index.state(found)) or seen.hashed(str(self.folder / path))
        return self.digests[path]

    def holds(self, files: Mapping[str, str]) -> bool:
        """Whether it has all these files, each with bytes of this SHA-256."""
        return all(self.digest(path) == digest for path, digest in files.items())


def touched(before: Before, manifest: str, digest: str = "") -> tuple[str, ...]:
    """What of a build is not as it was left, each file with what became of it, by its `manifest`, which has the SHA-256 of every other;
    nothing where there is none. `digest`: that of the manifest itself, "" where nobody knows."""
    found = before.found.files
    if manifest not in found:
        return ()
    try:
        left = json.loads((before.folder / manifest).read_bytes())["files"]
        other = [f"{manifest} (another)"] if digest and before.digest(manifest) != digest else []
        changed = [f"{path} (changed)" for path in sorted(left) if path in found and before.digest(path) != left[path]]
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return (f"{manifest} (unreadable)",)
    gone = [f"{path} (gone)" for path in sorted(left) if path not in found]
    added = [f"{path} (added)" for path in sorted({*found, *before.found.strange} - {*left, manifest})]
    return tuple("".join(one if one.isprintable() else "?" for one in row) for row in (*other, *changed, *gone, *added))
