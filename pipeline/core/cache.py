"""A store of results that were worked out before: shared by runs, checkouts and machines, safe to delete at any time.

A record is found by a hash of all that it depends on, this program included, and carries a digest of itself: what is torn,
damaged, of another version or not there is worked out anew. Records are JSON, or our own values (`core/pickled`), so that
reading one runs nothing. They are written whole (a rename) and not synced: a lost one costs time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import time
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.core import disk, plugins, seen, starter

LIMIT = 1 << 30
"""How many bytes a store keeps; the records that were not asked for the longest go first."""
SUFFIX = ".lockstep"
"""How the names of records end."""
DEAD = 600 * 10**9
"""After how many nanoseconds a record that is still being written is one of a run that died."""
RESTED = 600
"""Seconds that a store is left alone after it was looked through."""
LARGEST = 64 << 20
"""The largest record that is written or read."""


def digest(*parts: object) -> str:
    """A hash of texts and of what is made of texts, numbers, None and tuples of them."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of records, or none: then nothing is found and nothing kept. No method raises for what is in the folder."""

    folder: Path | None = None

    def read(self, kind: str, key: str) -> bytes | None:
        """The bytes kept under a key, None where there are none that are whole. They are what was written by whoever may write
        here."""
        if self.folder is None:
            return None
        path = self.folder / f"{kind}-{key}{SUFFIX}"
        try:
            with path.open("rb") as file:
                said, body = file.readline(128), file.read(LARGEST)
            if said.decode("ascii").rstrip("\n") != hashlib.sha256(body).hexdigest():
                return None
            os.utime(path)
        except (OSError, ValueError):
            return None
        return body

    def touch(self, kind: str, key: str) -> None:
        """Have a record be one that was asked for now."""
        if self.folder is not None:
            with contextlib.suppress(OSError):
                os.utime(self.folder / f"{kind}-{key}{SUFFIX}")

    def write(self, kind: str, key: str, body: bytes, *, sure: bool = False) -> bool:
        """Keep bytes under a key, if that can be; whether they were kept. Not where this program's files have changed since it
        started: then nobody knows which of them the bytes come from. `sure`: they were `unchanged` after all of it was worked out."""
        if self.folder is None or len(body) > LARGEST or not (sure or unchanged()):
            return False
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = self.folder / f".{os.urandom(8).hex()}{SUFFIX}"
            try:
                said = hashlib.sha256(body).hexdigest().encode() + b"\n"
                disk.fill(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), said + body, 0o600, sync=False)
                os.replace(name, self.folder / f"{kind}-{key}{SUFFIX}")
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(name)
                raise
        except OSError:
            return False
        return True

    def get(self, kind: str, key: str) -> Any:
        """The value of JSON kept under a key, None where there is none that is whole."""
        body = self.read(kind, key)
        try:
            return None if body is None else json.loads(body)
        except (ValueError, RecursionError):
            return None

    def put(self, kind: str, key: str, value: object) -> bool:
        """Keep a value of JSON under a key, if that can be; whether it was kept."""
        return self.write(kind, key, json.dumps(value, separators=(",", ":")).encode())

    def tidy(self) -> None:
        """`prune`, where nobody has for ten minutes: who looks through all records at the end of each run waits for it."""
        if self.folder is None:
            return
        stamp = self.folder / "pruned"
        try:
            if abs(time.time() - stamp.stat().st_mtime) < RESTED:
                return
        except OSError:
            if not self.folder.is_dir():
                return
        self.prune()
        with contextlib.suppress(OSError):
            stamp.touch(0o600)

    def prune(self, limit: int = LIMIT) -> None:
        """Remove what was not asked for the longest until no more than `limit` bytes are left; records only, whatever else is
        in the folder. What a run that died was writing goes as well."""
        if self.folder is None:
            return
        found, dead = [], time.time_ns() - DEAD
        with contextlib.suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.name.endswith(SUFFIX) and entry.is_file(follow_symlinks=False):
                    state = entry.stat(follow_symlinks=False)
                    if entry.name.startswith(".") and state.st_mtime_ns < dead:
                        with contextlib.suppress(OSError):
                            os.unlink(entry.path)
                        continue
                    found.append((state.st_mtime_ns, state.st_size, entry.path))
        size = sum(size for _, size, _ in found)
        for _, freed, path in sorted(found):
            if size <= limit:
                break
            with contextlib.suppress(OSError):
                os.unlink(path)
            size -= freed


NO_STORE = Store()
"""The store of a run that keeps nothing."""


def read() -> Store:
    """The store that the environment names: the folder LOCKSTEP_STORE, none where that is `off`; else the user's cache folder."""
    said = os.environ.get("LOCKSTEP_STORE", "")
    if said == "off":
        return NO_STORE
    if said:
        return Store(Path(said).absolute())
    try:
        if os.name == "nt":
            home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            home = Path.home() / "Library" / "Caches"
        else:
            home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:  # nobody's home
        return NO_STORE
    return Store(home / "lockstep") if home.is_absolute() else NO_STORE


HOME = Path(__file__).parents[1]


@cache
def program() -> str:
    """This program as a digest: every file of it and of the packages that bring formats, its Python, and the names and versions of
    the packages it may use."""
    return digest(*sorted(ingredients().items()))


@cache
def ingredients() -> dict[str, str]:
    """What `program` is a digest of, by what a person may call it."""
    looked()
    packages: set[str] = set()
    for folder in sys.path:
        with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
            packages.update(entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))
    files = hashed(HOME)
    if not (home := starter.home()).is_relative_to(HOME):
        files += [
            (one.name, hashlib.sha256(one.read_bytes()).hexdigest())
            for one in sorted((home / "templates").glob("*.html"))
        ]
    return {
        "Python": sys.version,
        "system": sys.platform,
        "packages": " ".join(sorted(packages)),
        "files of Lockstep": digest(files),
        "formats of plug-ins": digest(sorted(plugins.named().items()), [hashed(home) for home in plugins.homes()]),
    }


def hashed(home: Path) -> list[tuple[str, str]]:
    """Every file in a folder, by its way there, with the SHA-256 of its bytes; a file by its name. Compiled Python follows from
    its source."""
    if home.is_file():
        return [(home.name, hashlib.sha256(home.read_bytes()).hexdigest())]
    return [
        (path.relative_to(home).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(home.rglob("*"), key=Path.as_posix)
        if path.suffix != ".pyc" and path.is_file()
    ]


@cache
def looked() -> seen.Seen | None:
    """This program's files, and those of plug-ins, as they were when this process first asked."""
    return seen.look([HOME, *plugins.homes()], but=seen.COMPILED)


@cache
def states(before: seen.Seen) -> dict[str, seen.State]:
    """What the system said of each of this program's files and folders when they were last seen to be as they were before."""
    return {}


def unchanged() -> bool:
    """Whether what this process does is done by this program's files as it started from them.

    Each is asked for by its name where the folders have changed as little: a store is written to hundreds of times in a run. A module
    that was loaded, and found unchanged since, is what was started from whatever becomes of its file: that is asked for no more.
    """
    before = looked()
    if before is None:
        return False
    known = states(before)
    if known and seen.still(known):
        if not CREWS:
            for path in loaded(len(sys.modules)):
                known.pop(path, None)
        return True
    known.clear()
    roots = [HOME, *plugins.homes()]
    found = seen.states(roots, seen.COMPILED)
    if seen.look(roots, before.at, seen.COMPILED) != before:
        return False
    if not before.young:
        known.update(found)
    return True


CREWS: set[int] = set()
"""The crews at work for this process, by `id`: each of their processes may yet load a module that this one has loaded."""


@lru_cache(1)
def loaded(count: int) -> list[str]:
    """The files of the modules of this program that this process holds, as it has loaded `count` of whatever program."""
    root = __package__.partition(".")[0]
    specs = [module.__spec__ for name, module in [*sys.modules.items()] if name.startswith(root)]
    return [
        spec.origin or ""
        for spec in specs
        if spec and not getattr(spec, "_initializing", False)  # it may not have been read yet
    ]


def begun(crew: object, *, anew: bool) -> None:
    """Note that other processes work for this one; `anew`: they load every module anew, so that each file counts again."""
    CREWS.add(id(crew))
    if anew and (before := looked()):
        states(before).clear()


def ended(crew: object) -> None:
    """Note that they have ended."""
    CREWS.discard(id(crew))
