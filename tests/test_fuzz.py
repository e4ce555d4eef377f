"""A short run of the fuzzer, the same each time: every kept case, and some made of them. `nox -s fuzz` goes on for hours."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz import run, targets

KEPT = sorted(path for path in run.CORPUS.glob("*/*") if path.is_file())
CASES = 600


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_kept_case(path: Path) -> None:
    targets.run(path.parent.name, path.read_bytes())


@pytest.mark.parametrize("name", targets.TARGETS)
def test_some_cases_made_of_them(name: str) -> None:
    kept = [path.read_bytes() for path in KEPT if path.parent.name == name]
    chance = random.Random(name)
    for _ in range(CASES):
        body = run.mutated(kept, chance)
        try:
            targets.run(name, body)
        except Exception as problem:
            raise AssertionError(f"{name} fails on {body!r}") from problem


def test_every_target_is_run() -> None:
    assert tuple(targets.TARGETS) == run.NAMES
