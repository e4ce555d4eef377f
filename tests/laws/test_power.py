"""Laws of a power failure: whatever of a run's work had reached the disk, each file is the old or the new one, and running
again ends as one whole run would. Once a verb has ended, what it wrote lasts.

On a model of a disk without a journal (`tests/faults/power`). Some states here; thousands under `nox -s soak`.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import calls, power, scenes, trying
from tests.faults.trying import Tried

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc, to know handles by name")
NAMES = [name for name in scenes.SCENES if name != "build in processes"]
SAMPLE = 7


def state_of(one: Tried, most: int) -> Iterator[tuple[str, bool, dict[str, bytes | None]]]:
    """The states that a run may leave, each once: after which call, whether the run had ended, and what stands there."""
    dice = random.Random(one.name)
    shutil.copytree(one.before, one.home / "top/site")
    shutil.copytree(one.home / "before-store", one.home / "top/store")
    disk = power.Disk(one.home / "top").filled()
    known: set[int] = set()
    for at, call in enumerate([None, *one.found]):
        if call is not None:
            disk.make(moved(call, one.home))
        for state in disk.states(dice, most):
            name = hash(frozenset(state.items()))  # each file's bytes are hashed once, whatever states they stand in
            ended = at == len(one.found)
            if ended or name not in known:
                known.add(name)
                yield f"call {at}: {call and call.name}", ended, state
    shutil.rmtree(one.home / "top")


def moved(call: calls.Call, home: Path) -> calls.Call:
    """A call as it would be below `home/top`, where site and store stand beside each other."""

    def there(text: str) -> str:
        return text.replace(f"{home}/", f"{home}/top/", 1) if text.startswith(f"{home}/") else text

    args = tuple(there(os.fspath(arg)) if isinstance(arg, str | os.PathLike) else arg for arg in call.args)
    return call._replace(args=args, rest={**call.rest, "where": there(call.rest.get("where", ""))})


def lost(one: Tried, ended: bool, state: dict[str, bytes | None]) -> str:
    """What is wrong with a state and with what comes of it."""
    trying.clear(one.home)
    power.laid_out(state, one.home)
    site = one.home / "site"
    try:
        found = scenes.tree(site)
        if torn := trying.unlike(one, found):
            return f"neither old nor new: {torn}"
        if ended and (other := trying.different(found, one.new)):
            return f"said to be done, and lost: {other}"
        if one.scene.again or found != one.new:
            with one.scene.around(), scenes.day(), scenes.store(one.home / "store"):
                again = calls.run(one.scene.words(site), None, one.home / "out")
            found = scenes.tree(site)
            if "Traceback" in again.said or again.code > 2:
                return again.said
        return f"another end: {other}" if (other := trying.different(found, one.new)) else ""
    finally:
        trying.clear(one.home)


@pytest.fixture(scope="module")
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    return trying.ready(request.param, tmp_path_factory.mktemp("power") / "scene")


@pytest.mark.parametrize(
    "scene", ["update", "init", "build", "build of a large site", "review", "merge-driver"], indirect=True
)
def test_some_power_failures(scene: Tried) -> None:
    every = list(state_of(scene, 4))
    dice = random.Random(scene.name)
    some = [*dice.sample(every[:-1], min(SAMPLE, len(every) - 1)), every[-1]]
    assert not [(where, wrong) for where, ended, state in some if (wrong := lost(scene, ended, state))]


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("scene", NAMES, indirect=True)
def test_power_failures(scene: Tried) -> None:
    every = list(state_of(scene, 24))
    found = [(where, wrong) for where, ended, state in every if (wrong := lost(scene, ended, state))]
    print(f"{scene.name}: {len(every)} states, {len(found)} lost")
    assert not found, found[:10]
