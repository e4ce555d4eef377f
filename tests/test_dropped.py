"""Lines of ledgers that git drops where it joins branches by preferring one side: they count, and `update` writes them back."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.conftest import Make, built, translate, updated
from tests.sites import on
from tests.test_flags import of_polib

LOG, FORMER = "locale/edits.jsonl", "locale/es/former.jsonl"
NEEDLE, AGUJA = "A nurse fills the pump with a needle.", "Una enfermera la llena con lo previsto."
REST, DESCANSE = "Rest for a few days.", "Descanse varios días en casa."
WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def git(root: Path, *words: str) -> int:
    return subprocess.run(["git", *WHO, *words], cwd=root, check=False, capture_output=True).returncode


def committed(root: Path) -> None:
    assert not git(root, "add", "-A") and not git(root, "commit", "-qm", "more")


def edited(root: Path, one: str, other: str, day: int) -> None:
    path = root / "source/index.md"
    path.write_text(path.read_text("utf-8").replace(one, other), "utf-8")
    with on(day):
        updated(root)
    committed(root)


@pytest.fixture
def site(make: Make) -> Path:
    """Two branches, each with an edit that its ledgers tell of at the end of the same files."""
    with on(0):
        root = make({"index.md": f"# Pump\n\n{NEEDLE}\n\nThe pump is small.\n\n{REST}\n"})
        translate(root, {NEEDLE: AGUJA, REST: DESCANSE})
        updated(root)
    (root / ".gitignore").write_text("dist/\n.lockstep/\n")
    git(root, "init", "-q", "-b", "main")
    committed(root)
    git(root, "checkout", "-qb", "other")
    edited(root, "needle", "spoon", 1)
    git(root, "checkout", "-q", "main")
    edited(root, "days", "years", 2)
    return root


def lines(root: Path, path: str) -> int:
    return len((root / path).read_text("utf-8").splitlines())


def shown(root: Path) -> str:
    with on(3):
        built(root)
    return (root / "dist/es/index.html").read_text("utf-8")


def said(root: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    capsys.readouterr()
    with on(3):
        main(["check", "--root", str(root), "--format", "jsonl"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [(row["level"], row["file"]) for row in rows if row["check"] == "history"]


@pytest.mark.parametrize("way", ["ours", "theirs", "rebase"])
def test_an_edit_that_a_merge_dropped_is_one(site: Path, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    if way == "rebase":
        assert not git(site, "rebase", "-q", "-X", "theirs", "other")  # which is the branch that is rebased
    else:
        assert not git(site, "merge", "-q", "--no-edit", "-X", way, "other")
    assert lines(site, LOG) == lines(site, FORMER) == 1, "of two"
    of_polib(bare=True, obsolete=False)(site)
    page = shown(site)
    assert AGUJA not in page and DESCANSE not in page
    assert said(site, capsys) == [("warning", LOG), ("warning", FORMER)]
    with on(3):
        updated(site)
    assert lines(site, LOG) == lines(site, FORMER) == 2
    assert not said(site, capsys)
    page = shown(site)
    assert AGUJA not in page and DESCANSE not in page


def test_what_somebody_took_back_is_not_lost(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A revert takes lines out, and so does its merge with a branch that has them still."""
    git(site, "checkout", "-qb", "third")
    (site / "note.txt").write_text("x")
    committed(site)
    git(site, "checkout", "-q", "main")
    assert not git(site, "revert", "--no-edit", "HEAD")
    assert not said(site, capsys)
    assert DESCANSE in shown(site)
    assert not git(site, "merge", "-q", "--no-edit", "third")
    assert not said(site, capsys)
    with on(3):
        assert updated(site)[0] == []


def test_a_signature_that_a_merge_dropped_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What people signed, took back or withdrew is theirs to restore."""
    path = site / "locale/es/reviews.jsonl"
    before = path.read_text("utf-8")
    for branch, day in (("other", "01"), ("main", "02")):
        git(site, "checkout", "-q", branch)
        row = {
            "how": "void",
            "message": "0" * 16,
            "translation": "1" * 16,
            "at": f"2026-11-{day}T08:00:00Z",
            "name": "Lee",
            "note": "x",
        }
        path.write_text(before + json.dumps(row) + "\n", "utf-8")
        committed(site)
    assert not git(site, "merge", "-q", "--no-edit", "-X", "ours", "other")
    assert ("error", "locale/es/reviews.jsonl") in said(site, capsys)
