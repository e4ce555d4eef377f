"""Laws of two programs at once: nothing that either saved is lost, nothing is torn, and the end is the one of running them in turn.

Each pair takes turns at every call, as dice say (`tests/faults/turns`). Some games here; 200 of each under `nox -s soak`.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import main
from tests.faults import calls, scenes, trying, turns
from tests.faults.calls import Ended
from tests.faults.trying import Tried

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
SAMPLE, ALL = 2, 200

SAVED = (
    ("Descanse unos días después de la recarga.", "Repose unos días tras la recarga."),
    ("Tome 5 mg por la noche.", "Por la noche, tome 5 mg."),
)
"""What a translator writes meanwhile: under an English that stays, and under one that was edited."""
EDITORS = (turns.by_rename, turns.by_backup, turns.in_place, turns.over)
OTHER = ["review", "es", "other", "--as", "reviser", "--by", "Omar", *scenes.SIGNS]
"""A second signature in the same ledger."""


def verb(site: Path, *words: str) -> Callable[[], int]:
    return lambda: main([words[0], "--root", str(site), *words[1:]])


def sound(ended: Ended, *codes: int) -> None:
    assert "Traceback" not in ended.said and ended.code in codes, ended


def again(one: Tried, *verbs: str) -> None:
    for name in verbs:
        sound(calls.run([name, "--root", str(one.home / "site")], None, one.home / "out"), 0)


def the_same(one: Tried, new: Mapping[str, bytes]) -> None:
    found = scenes.tree(one.home / "site")
    assert not trying.different(found, dict(new))
    assert not scenes.left(one.home / "site")


def near(one: Tried) -> dict[str, Any]:
    """Where it is tight: about the calls that a verb makes in all, and those about a file that both programs write."""
    path = {"build": "dist", "review": "locale/es/reviews"}.get(one.name, scenes.PO.rpartition("/")[0])
    return {"calls_of_first": 2 * len(one.found), "tight": path}


def updates(one: Tried, dice: random.Random) -> None:
    site = one.home / "site"
    for ended in turns.race([verb(site, "update"), verb(site, "update")], dice, one.home, **near(one)):
        sound(ended, 0, 2)
    again(one, "update")
    the_same(one, one.new)


def update_and_editor(one: Tried, dice: random.Random) -> None:
    site = one.home / "site"
    editor, path = dice.choice(EDITORS), site / scenes.PO
    first, _ = turns.race([verb(site, "update"), lambda: editor(path, SAVED)], dice, one.home, **near(one))
    sound(first, 0, 2)
    kept = "".join(found.read_text() for found in path.parent.iterdir())
    for _, new in SAVED:
        assert new in kept, f"{editor.__name__} lost {new!r}\n{first.said}"
    again(one, "update")
    for _, new in SAVED:
        assert new in path.read_text(), f"{editor.__name__}: the next update lost {new!r}"
    then = scenes.tree(site)
    again(one, "update")
    the_same(one, then)


def builds(one: Tried, dice: random.Random) -> None:
    site = one.home / "site"
    for ended in turns.race([verb(site, "build"), verb(site, "build")], dice, one.home, **near(one)):
        sound(ended, 0)
    the_same(one, one.new)


def build_and_update(one: Tried, dice: random.Random) -> None:
    site = one.home / "site"
    built, updated = turns.race([verb(site, "build"), verb(site, "update")], dice, one.home, **near(one))
    sound(built, 0, 1, 2)
    sound(updated, 0)
    pages = (site / "dist/es/index.html").read_text()
    assert "Tome 5 mg" not in pages or "Take 50 mg" not in pages, "a dose under another English"
    then = {name: body for name, body in scenes.tree(site).items() if not name.startswith("dist/")}
    assert not trying.different(then, {name: body for name, body in one.new.items() if not name.startswith("dist/")})
    again(one, "update", "build")


def reviews(one: Tried, dice: random.Random) -> None:
    site = one.home / "site"
    words = [one.scene.words(site), [OTHER[0], "--root", str(site), *OTHER[1:]]]
    done = turns.race([lambda: main(words[0]), lambda: main(words[1])], dice, one.home, **near(one))
    for ended, mine in zip(done, words, strict=True):
        sound(ended, 0, 2)
        assert ended.code == 0 or "somebody saved" in ended.said
        if ended.code:
            sound(calls.run(mine, None, one.home / "out"), 0)
    lines = (site / "locale/es/reviews.jsonl").read_text()
    before = (one.before / "locale/es/reviews.jsonl").read_text().splitlines()
    assert all(line in lines for line in before)
    assert '"name": "Ida"' in lines and '"page": "source/other.md"' in lines


GAMES: Mapping[str, tuple[str, Callable[[Tried, random.Random], None]]] = {
    "update, update": ("update", updates),
    "update, editor": ("update", update_and_editor),
    "build, build": ("build", builds),
    "build, update": ("update", build_and_update),
    "review, review": ("review", reviews),
}


def lost(game: str, one: Tried, numbers: range) -> list[str]:
    found = []
    for number in numbers:
        trying.set_up(one.home)
        try:
            with scenes.day(), scenes.store(one.home / "store"):
                GAMES[game][1](one, random.Random(number))
        except AssertionError as problem:
            found.append(f"{game}, game {number}: {problem}"[:1500])
        finally:
            trying.clear(one.home)
    return found


@pytest.mark.parametrize("game", GAMES)
def test_two_at_once(game: str, tmp_path: Path) -> None:
    assert not lost(game, trying.ready(GAMES[game][0], tmp_path / "scene"), range(SAMPLE))


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("game", GAMES)
def test_two_at_once_two_hundred_times(game: str, tmp_path: Path) -> None:
    found = lost(game, trying.ready(GAMES[game][0], tmp_path / "scene"), range(ALL))
    print(f"{game}: {ALL} games, {len(found)} lost")
    assert not found, "\n\n".join(found[:10])
