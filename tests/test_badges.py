"""Badges: what each language's says, and that a wrong one is seen."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.commands.audit import audit
from pipeline.core.locales import make as locale
from pipeline.core.states import State
from pipeline.resolve.coverage import Tally
from pipeline.site import badges
from tests.conftest import built, lay_out, translate

T, U, S = State.TRANSLATED, State.UNTRANSLATED, State.STALE


def tally(machine: int = 0, reviewed: int = 0, **counts: int) -> Tally:
    messages = {state: counts.get(str(state), 0) for state in State}
    return Tally(messages, messages, machine, reviewed)


@pytest.mark.parametrize(
    ("found", "published", "said", "colour"),
    [
        (tally(translated=3, reviewed=3), True, "100% translated, 100% reviewed", "brightgreen"),
        (tally(translated=3), True, "100% translated, 0% reviewed", "yellow"),
        (tally(translated=3, machine=3), True, "0% translated by people, 100% by machine alone, 0% reviewed", "yellow"),
        (
            tally(translated=4, machine=1, reviewed=1),
            True,
            "75% translated by people, 25% by machine alone, 25% reviewed",
            "yellow",
        ),
        (tally(translated=999, stale=1, reviewed=1), True, "99% translated, 1% reviewed", "orange"),
        (tally(translated=2, unsafe=1, reviewed=2), True, "66% translated, 66% reviewed", "orange"),
        (tally(untranslated=4), False, "not published, 0% translated, 0% reviewed", "red"),
    ],
)
def test_what_a_badge_says(found: Tally, published: bool, said: str, colour: str) -> None:
    assert badges.verdict(found, published=published) == (said, colour)
    assert set(badges.COLOURS) >= {colour}


def test_a_badge_is_a_picture_with_a_name() -> None:
    root = ElementTree.fromstring(badges.svg(locale("zh_Hans"), "1% <translated>", "#111"))
    assert root.attrib["aria-label"] == root[0].text == f"{locale('zh_Hans').endonym}: 1% <translated>"
    assert int(root.attrib["width"]) > 100


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("badges") / "site"
    lay_out(root, {"index.md": "# Pump\n\nCall us when it beeps.\n"})
    translate(root, {"Pump": "Bomba"})
    built(root)
    return root / "dist"


def test_the_badges_of_a_build(dist: Path) -> None:
    said = json.loads((dist / "status/badges/es.json").read_text())
    assert said["schemaVersion"] == 1 and said["label"] == "Español" and "translated" in said["message"]
    assert said["message"] in (dist / "status/badges/es.svg").read_text()
    assert audit.audit(dist) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("es.json", "0% reviewed", "90% reviewed"),
        ("es.json", "translated", "reviewed"),
        ("es.json", "Español", "Français"),
        ("es.json", "{", ""),
        ("es.svg", "0% reviewed", "50% reviewed"),
        ("es.svg", ">Español<", ">Français<"),
        ("es.svg", "<title>Español", "<title>All well"),
    ],
)
def test_a_wrong_badge_is_seen(dist: Path, tmp_path: Path, name: str, old: str, new: str) -> None:
    path = dist / "status/badges" / name
    body = path.read_text()
    assert old in body
    try:
        path.write_text(body.replace(old, new))
        found = [one for one in audit.audit(dist) if one.what != "is not the file that was built"]
        assert [one.page for one in found] == [f"status/badges/{name}"], "by what it says, not only by its digest"
    finally:
        path.write_text(body)
