"""Lines of ledgers that git drops where it joins branches by preferring one side: they count, and `update` writes them back."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.core.git import Taken
from pipeline.project import dropped
from tests.conftest import Make, built, made_once, translate, updated
from tests.sites import on
from tests.test_flags import PO, of_polib

LOG, FORMER = "locale/edits.jsonl", "locale/es/former.jsonl"
NEEDLE, AGUJA = "A nurse fills the pump with a needle.", "Una enfermera la llena con lo previsto."
REST, DESCANSE = "Rest for a few days.", "Descanse varios días en casa."
WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org")


COUNT = itertools.count(1_793_600_000)
"""When the next commit is written: no two people commit in one second."""


def git(root: Path, *words: str, **env: str) -> int:
    env = {**os.environ, "GIT_EDITOR": "true", **env}
    return subprocess.run(["git", *WHO, *words], cwd=root, check=False, capture_output=True, env=env).returncode


def committed(root: Path) -> None:
    assert not git(root, "add", "-A") and not git(root, "commit", "-qm", "more", f"--date={next(COUNT)} +0000")


def edited(root: Path, one: str, other: str, day: int) -> None:
    path = root / "source/index.md"
    path.write_text(path.read_text("utf-8").replace(one, other), "utf-8")
    with on(day):
        updated(root)
    committed(root)


@pytest.fixture
@made_once
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


OTHERS = ("Ask us.", "Walk a little.", "Eat well.", "Bring a friend.", "Sleep well.", "Go home.")


@pytest.fixture
@made_once
def wide(make: Make) -> Path:
    """Two such branches whose edits stand so far apart that git joins the pages, the places and the catalogs by itself."""
    texts = [NEEDLE, "The pump is small.", *OTHERS[:-1], REST, OTHERS[-1]]
    with on(0):
        root = make({"index.md": "# Pump\n\n" + "\n\n".join(texts) + "\n"})
        translate(root, {NEEDLE: AGUJA, REST: DESCANSE, **{text: f"Frase: {text[::-1]}" for text in OTHERS}})
        updated(root)
    (root / ".gitignore").write_text("dist/\n.lockstep/\n")
    git(root, "init", "-q", "-b", "main")
    committed(root)
    git(root, "checkout", "-qb", "other")
    edited(root, "needle", "spoon", 1)
    git(root, "checkout", "-q", "main")
    edited(root, "Rest for", "Wait for", 2)
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


@pytest.mark.parametrize("way", ["ours", "theirs", "rebase", "ours, not committed yet", "an octopus, by hand"])
def test_an_edit_that_a_merge_dropped_is_one(site: Path, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    if way == "rebase":
        assert not git(site, "rebase", "-q", "-X", "theirs", "other")  # which is the branch that is rebased
    elif way == "an octopus, by hand":  # which git makes of no two that touch one line
        git(site, "checkout", "-qb", "third", "main~1")
        (site / "note.txt").write_text("x")
        committed(site)
        git(site, "checkout", "-q", "main")
        assert not git(site, "merge", "-q", "--no-edit", "-X", "ours", "other")
        tree = ("commit-tree", "-p", "HEAD^1", "-p", "other", "-p", "third", "-m", "all", "HEAD^{tree}")
        made = subprocess.run(["git", *WHO, *tree], cwd=site, check=True, capture_output=True, text=True).stdout.strip()
        assert not git(site, "reset", "-q", "--hard", made)
    elif way == "ours, not committed yet":
        assert not git(site, "merge", "-q", "--no-commit", "--no-ff", "-X", "ours", "other")
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


def by_hand(root: Path, *words: str) -> None:
    """A rebase whose conflicts somebody solves by taking the files of the other side whole."""
    git(root, *words)
    ask = ("git", "diff", "--name-only", "--diff-filter=U")
    while names := subprocess.run(ask, cwd=root, capture_output=True, text=True, check=True).stdout.split():
        assert not git(root, "checkout", "--ours", "--", *names) and not git(root, "add", "--", *names)
        git(root, words[0], "--continue")


def fixed_up(root: Path) -> None:
    (root / "note.txt").write_text("x")
    committed(root)
    edited(root, "small", "tiny", 2)
    todo = "sed -i -e '2,$s/^pick/fixup/'"
    assert not git(root, "rebase", "-q", "-i", "-X", "ours", "other", GIT_SEQUENCE_EDITOR=todo)


def picked(root: Path) -> None:
    assert not git(root, "checkout", "-q", "other") and not git(root, "cherry-pick", "-X", "ours", "main")


def squashed(root: Path) -> None:
    assert not git(root, "checkout", "-q", "other") and not git(root, "merge", "-q", "--squash", "-X", "ours", "main")
    committed(root)


def followed(root: Path) -> None:
    """Somebody rebased the branch that this clone follows."""
    up = root.parent / "up"
    assert not git(root.parent, "clone", "-q", str(root), str(up)) and not git(
        up, "fetch", "-q", "origin", "other:other"
    )
    assert not git(root, "remote", "add", "up", str(up)) and not git(root, "fetch", "-q", "up")
    assert not git(up, "rebase", "-q", "-X", "ours", "other") and not git(root, "fetch", "-q", "up")
    assert not git(root, "reset", "-q", "--hard", "up/main")


REMADE: dict[str, Callable[[Path], object]] = {
    "rebase": lambda root: git(root, "rebase", "-q", "-X", "ours", "other"),
    "rebase, and the name of what was before is gone": lambda root: (
        git(root, "rebase", "-q", "-X", "ours", "other") or git(root, "update-ref", "-d", "ORIG_HEAD")
    ),
    "pull --rebase": lambda root: git(root, "pull", "-q", "--rebase", "-X", "ours", ".", "other"),
    "rebase, by hand": lambda root: by_hand(root, "rebase", "other"),
    "rebase of patches, by hand": lambda root: by_hand(root, "rebase", "--apply", "other"),
    "fixup": fixed_up,
    "cherry-pick": picked,
    "squash": squashed,
    "upstream was rebased": followed,
}


@pytest.mark.parametrize("way", REMADE)
def test_an_edit_that_was_dropped_where_commits_were_made_anew_is_one(
    wide: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its own lines, which no commit that is checked out ever had."""
    REMADE[way](wide)
    assert lines(wide, LOG) == lines(wide, FORMER) == 1, "of two"
    of_polib(bare=True, obsolete=False)(wide)
    assert DESCANSE not in shown(wide)
    assert said(wide, capsys) == [("warning", LOG), ("warning", FORMER)]
    with on(3):
        updated(wide)
    assert lines(wide, LOG) >= 2 and lines(wide, FORMER) >= 2 and not said(wide, capsys)
    assert DESCANSE not in shown(wide)


def cleared(root: Path) -> None:
    """As `msgattrib --clear-fuzzy` does it, which leaves `#|`."""
    path = root / PO
    path.write_text(path.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")


@pytest.mark.parametrize("how", ["the next update", "no flag, before any update"])
def test_an_edit_that_another_clone_dropped_is_known_by_its_entry(
    wide: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A clone of a branch that was rebased has no line, and no commit that ever had it: the entry says that it is stale."""
    assert not git(wide, "rebase", "-q", "-X", "ours", "other")
    there = wide.parent / "clone"
    assert not git(wide.parent, "clone", "-q", wide.as_uri(), str(there))
    assert said(there, capsys) == [("warning", PO)]
    if how.startswith("no flag"):
        cleared(there)
        assert said(there, capsys) == [("warning", PO)] and DESCANSE not in shown(there)
        return
    before = (there / PO).read_text("utf-8")
    with on(3):
        updated(there)
    assert (there / PO).read_text("utf-8") == before, "it stays what it was"
    assert lines(there, FORMER) == 2
    of_polib(bare=True, obsolete=False)(there)
    assert DESCANSE not in shown(there)


def taken_back(root: Path) -> None:
    """A commit amended to what was before it."""
    assert not git(root, "checkout", "HEAD~1", "--", ".") and not git(
        root, "commit", "-q", "--amend", "--allow-empty", "--no-edit"
    )


@pytest.mark.parametrize(
    "way",
    [
        lambda root: git(root, "reset", "-q", "--hard", "other"),
        lambda root: git(root, "checkout", "-q", "other"),
        lambda root: git(root, "branch", "-q", "-D", "other"),
        taken_back,
    ],
    ids=["a branch given up", "a branch not merged yet", "a branch not wanted", "an amended commit"],
)
def test_what_is_not_here_is_not_lost(
    wide: Path, way: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    way(wide)
    assert not said(wide, capsys)


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


@pytest.mark.parametrize("joined", ["merge", "rebase"])
def test_a_signature_that_a_merge_dropped_is_said(site: Path, joined: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What people signed, took back or withdrew is theirs to restore."""
    path = site / "locale/es/reviews.jsonl"
    before = path.read_text("utf-8")
    for branch, day in (("other", "01"), ("main", "02")):
        git(site, "checkout", "-q", branch)
        row = {
            "how": "void",
            "message": "0" * 16,
            "translation": "1" * 16,
            "date": f"2026-11-{day}T08:00:00Z",
            "name": "Lee",
            "note": "x",
        }
        path.write_text(before + json.dumps(row) + "\n", "utf-8")
        committed(site)
    assert not git(site, joined, "-q", "-X", "ours", "other", *["--no-edit"] * (joined == "merge"))
    assert lines(site, "locale/es/reviews.jsonl") == before.count("\n") + 1, "of two"
    assert ("error", "locale/es/reviews.jsonl") in said(site, capsys)


def signed(root: Path, day: int, name: str = "Ana") -> Path:
    with on(day):
        words = ("review", "es", "index", "--by", name, "--as", "translator", "--origin", "human")
        assert main([*words, "--root", str(root)]) == 0
    committed(root)
    return root / "locale/es/reviews.jsonl"


def spaced(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(json.dumps(row, separators=(" , ", " : ")) + "\n" for row in rows), "utf-8")


def formatted(path: Path) -> None:
    for name in (LOG, FORMER):
        spaced(path.parent.parent.parent / name)
    spaced(path)


def mended(path: Path) -> None:
    """A slip in a line, and the line mended in the next commit."""
    before = path.read_text("utf-8")
    path.write_text(before.replace('"message"', 'message"', 1), "utf-8")
    committed(path.parent.parent.parent)
    path.write_text(before, "utf-8")


def named(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("Ana", "Ana Ruiz"), "utf-8")


def other_ends(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("way", [formatted, mended, named, other_ends])
def test_a_line_that_is_written_otherwise_is_not_lost(
    site: Path, way: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    way(signed(site, 2))
    committed(site)
    assert not said(site, capsys)
    with on(3):
        assert updated(site)[0] == []


@pytest.mark.parametrize(
    "way", [("--squash", "other"), ("--no-edit", "-s", "ours", "other")], ids=["squash", "-s ours"]
)
def test_who_puts_a_branch_aside_has_no_error_by_its_signatures(
    site: Path, way: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """A branch that takes a signature back by a revert and has another one, squashed; and a branch that is given up. The pages say less of such
    a text, not more."""
    git(site, "checkout", "-q", "other")
    signed(site, 2)
    if "--squash" in way:
        git(site, "branch", "-f", "main", "other")
        assert not git(site, "revert", "--no-edit", "HEAD")
        signed(site, 3, "Bo")
    git(site, "checkout", "-q", "main")
    assert not git(site, "merge", "-q", *way)
    git(site, *WHO, "commit", "-qm", "squashed")
    assert {level for level, _ in said(site, capsys)} == {"warning"}


def test_lines_that_were_written_otherwise_are_written_back_once(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(site, "checkout", "-q", "other")
    for name in (LOG, FORMER):
        spaced(site / name)
    committed(site)
    git(site, "checkout", "-q", "main")
    assert not git(site, "merge", "-q", "--no-edit", "-X", "ours", "other")
    with on(3):
        assert set(updated(site)[0]) >= {LOG, FORMER}
        assert not said(site, capsys) and updated(site)[0] == []


def test_a_decision_that_a_merge_dropped_is_people_s_to_restore(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It makes an edit milder, so it does not count, and nobody says that it does."""
    git(site, "checkout", "-q", "other")
    before = (site / LOG).read_text("utf-8")
    decision = {"meaning": "unchanged", "by": ["Lee"], "reason": "x", "at": "2026-11-02T08:00:00Z"}
    row = json.dumps({**json.loads(before), "decision": decision}, sort_keys=True) + "\n"
    (site / LOG).write_text(before + row, "utf-8")
    committed(site)
    git(site, "checkout", "-q", "main")
    assert not git(site, "merge", "-q", "--no-edit", "-X", "ours", "other")
    assert said(site, capsys) == [("warning", LOG), ("warning", LOG), ("warning", FORMER)]
    with on(3):
        updated(site)
    assert said(site, capsys) == [("warning", LOG)]
    with (site / LOG).open("a", encoding="utf-8") as file:
        file.write(row)
    assert not said(site, capsys)


CONFIGS = ("diff.noprefix=true", "log.diffMerges=off", "diff.relative=true", "color.ui=always", "diff.context=3")


@pytest.mark.parametrize("habit", [*CONFIGS, "*.jsonl binary", "*.jsonl -diff"])
def test_what_people_set_in_git_hides_no_loss(site: Path, habit: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert not git(site, "merge", "-q", "--no-edit", "-X", "ours", "other")
    if habit.startswith("*"):
        (site / ".gitattributes").write_text(f"{habit}\n")
    else:
        assert not git(site, "config", *habit.split("="))
    assert said(site, capsys) == [("warning", LOG), ("warning", FORMER)]


def test_many_lines_that_are_written_otherwise_cost_no_square(site: Path) -> None:
    rows = [f'{{"how":"x","n":{at}}}'.encode() for at in range(40_000)]
    one = Taken("0" * 40, ("1" * 40,), LOG, tuple(rows), tuple(row + b" " for row in rows))
    began = time.process_time()
    assert not [*dropped.lost(site, one)]
    assert time.process_time() - began < 10


@pytest.mark.parametrize("offline", [False, True], ids=["shallow", "without older files"])
def test_a_clone_that_lacks_what_they_come_from(site: Path, offline: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is blamed there; an edit counts where it can be told."""
    git(site, "checkout", "-q", "other")
    signed(site, 2)
    git(site, "checkout", "-q", "main")
    assert not git(site, "merge", "-q", "--no-edit", "-X", "ours", "other")
    git(site, "config", "uploadpack.allowFilter", "true")
    less = "--filter=blob:none" if offline else "--depth=2"
    there = site.parent / "clone"
    assert not git(site.parent, "clone", "-q", less, site.as_uri(), str(there))
    git(there, "remote", "set-url", "origin", (site.parent / "nowhere").as_uri())
    found = said(there, capsys)
    assert ("info" if offline else "warning") in {level for level, _ in found}
    assert "error" not in {level for level, _ in found}
