"""Laws of what goes wrong: at every call that changes the disk, of every verb that writes, whatever happens there.

Each file is the old one or the new one, no error of the disk is a bug of ours, what is said is so, nothing is left behind, and
running again ends as one whole run would, byte for byte. A sample here; every fault at every call under `nox -s soak`.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.conftest import REPO
from tests.faults import calls, scenes, trying
from tests.faults.trying import Tried

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
SAMPLE = 4


@pytest.fixture(scope="module")
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    return trying.ready(request.param, tmp_path_factory.mktemp("faults") / "scene")


def failures(one: Tried, faults: list[tuple[str, trying.Call]]) -> list[str]:
    found = []
    for fault, call in faults:
        try:
            trying.tried(one, fault, call)
        except AssertionError as problem:
            found.append(f"{one.name}: {fault} at call {call.number} ({call.name} {call.args[:2]}): {problem}"[:1500])
    return found


@pytest.mark.parametrize("scene", scenes.SCENES, indirect=True)
def test_a_fault_at_a_call(scene: Tried) -> None:
    every = list(scene.faults())
    dice = random.Random(f"{scene.name} {len(every)}")
    assert not failures(scene, dice.sample(every, min(SAMPLE, len(every))))


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("scene", scenes.SCENES, indirect=True)
def test_every_fault_at_every_call(scene: Tried) -> None:
    every = list(scene.faults())
    found = failures(scene, every)
    print(f"{scene.name}: {len(scene.found)} calls, {len(every)} faults, {len(found)} failures")
    assert not found, "\n\n".join(found[:20])


def test_a_run_that_is_finished_another_day(tmp_path: Path) -> None:
    """Nothing is said twice, with two dates."""
    one = trying.ready("update", tmp_path / "scene")
    logged = next(call.number for call in one.found if "places.txt" in str(call.args[0]))
    site = trying.set_up(one.home)
    for number, fault in ((9, trying.FAULTS["killed before"](logged)), (10, None)):
        with scenes.day(number), scenes.store(one.home / "store"):
            calls.run(one.scene.words(site), fault, one.home / "out")
    found = scenes.tree(site)
    for name, body in one.new.items():
        assert found[name].count(b"\n") == body.count(b"\n"), name
    assert found["locale/edits.jsonl"] == one.new["locale/edits.jsonl"]


@pytest.mark.parametrize("name", ["update", "update back"])
def test_a_rehearsal_says_what_an_update_writes(name: str, tmp_path: Path) -> None:
    one = trying.ready(name, tmp_path / "scene")
    site = trying.set_up(one.home)
    before = scenes.tree(site)
    with scenes.day(), scenes.store(one.home / "store"), redirect_stdout(StringIO()) as said:
        code = main(["update", "--check", "--root", str(site)])
    assert code == 1 and scenes.tree(site) == before
    lines = said.getvalue().splitlines()
    named = {line.removesuffix(": not in step") for line in lines if line.endswith(": not in step")}
    assert named == {path for path, body in one.new.items() if before.get(path) != body}


def whole(lines: Iterable[str]) -> Iterator[str]:
    """The calls of a log of strace, each on one line: where another thread came between, a call is begun on one line and ended,
    with its result, on a later one. How often that happens depends on how busy the machine is."""
    begun: dict[str, str] = {}
    for line in lines:
        number, _, rest = line.partition(" ")
        if rest.endswith(UNFINISHED):
            begun[number] = rest.removesuffix(UNFINISHED)
        elif match := re.match(r"\s*<\.\.\. \w+ resumed>(.*)", rest):
            yield f"{number} {begun.pop(number, '')}{match[1]}"
        else:
            yield line
    yield from (f"{number} {rest}" for number, rest in begun.items())


UNFINISHED = " <unfinished ...>"
LOG = """\
7 mkdir("/x/store", 0777) = -1 EEXIST (File exists)
7 openat(AT_FDCWD, "/x/a", O_WRONLY|O_CREAT|O_EXCL, 0600 <unfinished ...>
8 mkdir("/x/b", 0777 <unfinished ...>
7 <... openat resumed>)                   = -1 EEXIST (File exists)
8 <... mkdir resumed>)                    = 0
8 unlink("/x/c" <unfinished ...>
8 +++ exited with 0 +++
"""
"""What strace writes on a busy machine."""


def test_a_call_that_another_thread_came_between_is_one_call() -> None:
    assert [line for line in whole(LOG.splitlines()) if " = -1 " not in line and "+++" not in line] == [
        '8 mkdir("/x/b", 0777)                    = 0',
        '8 unlink("/x/c"',
    ]


KINDS = {
    "openat": "open", "creat": "open", "open": "open", "write": "write", "pwrite64": "write", "writev": "write",
    "rename": "rename", "renameat": "rename", "renameat2": "rename", "replace": "rename", "exchange": "rename",
    "link": "link", "linkat": "link", "symlink": "link", "symlinkat": "link", "mkdir": "mkdir", "mkdirat": "mkdir",
    "unlink": "unlink", "unlinkat": "unlink", "remove": "unlink", "rmdir": "unlink", "chmod": "mode", "fchmod": "mode",
    "fchmodat": "mode", "utime": "time", "utimes": "time", "utimensat": "time", "truncate": "cut", "ftruncate": "cut",
    "fsync": "sync", "fdatasync": "sync", "syncfs": "sync", "sync": "sync", "copy_file_range": "write", "sendfile": "write",
    "fallocate": "write", "mmap": "map",
}  # fmt: skip
"""What changes a disk, as Linux and as Python call it."""
LONG = "build", "shard", "report", "review", "media"


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("name", ["update", "init", *(pytest.param(name, marks=pytest.mark.soak) for name in LONG)])
def test_nothing_is_written_past_our_hand(name: str, tmp_path: Path) -> None:
    """What strace sees of a run is what we step into: else the laws above say less than they seem to."""
    one = trying.ready(name, tmp_path / "scene")
    site, log = trying.set_up(one.home), tmp_path / "calls"
    names = sorted({name for name in KINDS if name not in {"replace", "exchange", "remove"}})
    with scenes.day(), scenes.store(one.home / "store"):
        done = subprocess.run(
            ["strace", "-f", "-y", "-qq", "-e", f"trace={','.join(names)}", "-o", str(log),
             sys.executable, "-m", "pipeline", *one.scene.words(site)],
            capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(REPO)},
        )  # fmt: skip
    if not log.exists() or "ptrace" in done.stderr:
        pytest.skip(f"strace may not look: {done.stderr[:200]}")
    seen: Counter[str] = Counter()
    for line in whole(log.read_text(errors="replace").splitlines()):
        match = re.match(r"\d+\s+(\w+)\((.*)", line)
        if " = -1 " in line or not match or str(one.home) not in match[2] or TABLES in match[2]:
            continue
        if '"/dev/null"' in match[2]:
            continue  # git, in the site's folder
        if not (match[1] in {"openat", "open"} and not WRITING.search(match[2])):
            seen[KINDS[match[1]]] += match[1] != "mmap" or "PROT_WRITE, MAP_SHARED" in match[2]
    ours = Counter(KINDS[call.name] for call in one.found if call.name != "close" and TABLES not in str(call.args[0]))
    assert +seen == ours


TABLES = "/store/language-"
"""What a process reads once, and ours has read before: the tables of a language."""
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
