"""Laws of what goes wrong: at every call that changes the disk, of every verb that writes, whatever happens there.

Each file is the old one or the new one, no error of the disk is a bug of ours, what is said is so, nothing is left behind, and
running again ends as one whole run would, byte for byte. A sample here; every fault at every call under `nox -s soak`.
"""

from __future__ import annotations

import os
import random

import pytest

from tests.faults import scenes, trying
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
