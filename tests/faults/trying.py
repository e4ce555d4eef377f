"""One fault at one call of one verb, and what must hold of it: old or new, the truth told, the same end when it is run again."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.text import languages
from tests.faults import calls, scenes
from tests.faults.calls import FAULTS, KILLS, WRITING, Call, Ended

UNTOUCHED = re.compile(r"^lockstep: (.+?): .*\n\s+(.*)", re.M)
SIGNALS = {-signal.SIGKILL}


@dataclass(frozen=True)
class Tried:
    """A scene that is ready: the site as it was and as a whole run leaves it, that run, and its calls."""

    name: str
    home: Path
    before: Path
    old: dict[str, bytes]
    new: dict[str, bytes]
    done: Ended
    found: tuple[Call, ...]

    @property
    def scene(self) -> scenes.Scene:
        return scenes.SCENES[self.name]

    def faults(self) -> Iterator[tuple[str, Call]]:
        """Every fault at every call."""
        for call in self.found:
            for fault in FAULTS:
                if fault not in WRITING or call.name == "write":
                    yield fault, call


def ready(name: str, home: Path) -> Tried:
    """Make the site of a scene below `home`, and run its verb as it is."""
    home.mkdir()
    (home / "before-store").mkdir()
    with scenes.store(home / "before-store"):
        before = scenes.made(name, home)
        languages.tables_of.cache_clear()  # this process may have had them before this store
        for code in ("en", "es"):
            languages.tables_of(code)
    site = set_up(home)
    with scenes.SCENES[name].around(), scenes.day(), scenes.store(home / "store"):
        done, found = calls.recorded(scenes.SCENES[name].words(site), home / "out")
    new = scenes.tree(site)
    assert done.code in {0, 1}, done.said
    assert not scenes.left(site)
    clear(home)
    return Tried(name, home, before, scenes.tree(before), new, done, tuple(found))


def set_up(home: Path) -> Path:
    """The site as it was before, at the path where every try stands, and the store as earlier runs left it."""
    scenes.copied(home / "before-store", home / "store")
    return scenes.copied(home / "before", home / "site")


def clear(home: Path) -> None:
    for name in ("site", "store"):
        shutil.rmtree(home / name, ignore_errors=True)


def tried(one: Tried, fault: str, call: Call) -> None:
    """Let a fault happen at a call. Raises AssertionError where what must hold does not."""
    site, out = set_up(one.home), one.home / "out"
    words = one.scene.words(site)
    try:
        with one.scene.around(), scenes.day(), scenes.store(one.home / "store"):
            first = calls.run(words, FAULTS[fault](call.number), out)
            found = scenes.tree(site)
            torn = unlike(one, found)
            assert not torn, f"neither old nor new: {torn}\n{first.said}"
            code(one, fault, first, found)
            truth(site, one, first.said, found)
            if fault not in KILLS and fault != "a disk that turns read-only" and call.name not in TIDYING:
                assert not scenes.left(site), f"left behind: {scenes.left(site)}\n{first.said}"
            if one.scene.again or found != one.new:
                again = calls.run(words, None, out)
                found = scenes.tree(site)
                assert "Traceback" not in again.said and again.code < 3, again.said
            other = different(found, one.new)
            assert not other, f"another end: {other}\n{first.said}"
            assert not scenes.left(site) or not one.scene.again, f"left behind in the end: {scenes.left(site)}"
    finally:
        clear(one.home)


TIDYING = {"unlink", "rmdir"}
"""Where the call that fails is the very one that tidies up."""


def unlike(one: Tried, found: dict[str, bytes]) -> list[str]:
    """What of a site is neither as before nor as after a whole run."""
    old, new, now = scenes.units(one.old), scenes.units(one.new), scenes.units(found)
    return [name for name in {**old, **new, **now} if now.get(name) not in (old.get(name), new.get(name))]


def different(found: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    return [name for name in {**found, **new} if found.get(name) != new.get(name)]


def code(one: Tried, fault: str, ended: Ended, found: dict[str, bytes]) -> None:
    """The exit code says what became of the run."""
    assert "Traceback" not in ended.said and "bug in Lockstep" not in ended.said, ended.said
    if fault in KILLS:
        assert ended.code in {-signal.SIGKILL, one.done.code, 2}, ended
    elif fault.startswith("SIG"):
        assert ended.code in {130, one.done.code}, ended
        assert ended.code != 130 or "interrupted" in ended.said
    else:
        assert ended.code in {one.done.code, 2}, ended
    if ended.code == one.done.code:
        assert not different(found, one.new), f"said to be done: {different(found, one.new)}\n{ended.said}"


def truth(site: Path, one: Tried, said: str, found: dict[str, bytes]) -> None:
    """What is said of a file that could not be saved is so."""
    for path, todo in UNTOUCHED.findall(said):
        name = (
            Path(path).relative_to(site).as_posix() if Path(path).is_absolute() and path.startswith(str(site)) else path
        )
        if "old file is untouched" in todo or "No file was made" in todo:
            assert found.get(name) == one.old.get(name), said
        if "new text is in its place" in todo:
            assert found.get(name) == one.new.get(name), said
        if "old build is still in place" in todo:
            assert scenes.units(found).get("dist") == scenes.units(one.old).get("dist"), said
