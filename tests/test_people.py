"""Who may say what: the list of people, what counts without one, and what git tells of the lines of the ledgers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.changes import edit_log, people
from pipeline.changes.edit_log import Decision, Edit
from pipeline.changes.people import json_schema
from pipeline.cli.main import main
from pipeline.core.model import Severity, ident
from pipeline.review import recalls, suppressions
from pipeline.review.recalls import APPROVED, RECALLED, Recall
from tests.conftest import REPO, Make, made_once, project_of, translate

SCHEMA = REPO / "docs" / "people.schema.json"
ANA = "  - name: Ana Ruiz\n"
WRONG = [
    ("people: Ana\n", 1, "`people` is a list of people"),
    ("people:\n  - Ana\n", 2, "`people` is a table"),
    ("people:\n  - name: ''\n", 2, "`people.name` is the name of a person"),
    ("people:\n" + ANA + "    roles: [boss]\n", 3, "`people.roles` is one of translator, reviser, clinician"),
    ("people:\n" + ANA + "    may: [decid]\n", 3, "`people.may` is one of accept, decide, recall"),
    ("people:\n" + ANA + "    languages: [Spanish]\n", 3, "`people.languages` is a locale name"),
    ("people:\n" + ANA + "    emails: [ana]\n", 3, "`people.emails` is an e-mail address"),
    ("people:\n" + ANA + "    rolls: [reviser]\n", 3, "`people.rolls` is not a setting. Did you mean `roles`?"),
    ("people:\n" + ANA + "  - name: RUIZ, Ana\n", 3, "This is the person of line 2 again"),
    ("persons: []\n", 1, "`persons` is not a setting"),
    ("", 1, "the file has no `people`"),
    ("- a\n", 1, "expected `key: value` lines"),
    ("people: [\n", 2, "not valid YAML"),
]


@pytest.mark.parametrize(("text", "line", "what"), WRONG)
def test_what_is_no_list_is_named_and_nobody_is_heard(tmp_path: Path, text: str, line: int, what: str) -> None:
    (tmp_path / "people.yaml").write_text(text)
    found = people.load(tmp_path)
    assert found.broken and found.findings[0].span.line == line
    assert found.findings[0].text.startswith(what) or not text
    assert not found.heard("Ana Ruiz", "reviser", "es") and found.count(["Ana Ruiz", "Omar Haddad"], "recall") == 0


def test_who_counts(tmp_path: Path) -> None:
    nobody = people.load(tmp_path)
    assert nobody.heard("Anybody", "reviser", "es") and nobody.heard("Anybody", "accept", "es")
    assert nobody.count(["Ana Ruiz"], "decide") == 1 and nobody.count(["Ana Ruiz", "Omar Haddad"], "recall") == 1
    (tmp_path / "people.yaml").write_text(
        "people:\n" + ANA + "    roles: [reviser]\n    may: [recall]\n    languages: [es]\n"
        "  - name: Omar Haddad\n    may: [recall, decide]\n  - name: Lee Wong\n    may: [recall]\n"
    )
    found = people.load(tmp_path)
    assert found.heard("Dr. RUIZ Ana", "reviser", "es") and not found.heard("Ana Ruiz", "reviser", "ar")
    assert not found.heard("A. Ruiz", "reviser", "es") and not found.heard("Omar Haddad", "reviser", "es")
    assert found.heard("Anybody", "accept", "es"), "nobody is listed for it: as without a list"
    assert found.count(["Omar Haddad", "Lee Wong"], "recall") == 2
    assert (
        found.count(["Omar Haddad", "Mallory Moe"], "recall") == 1
        and found.count(["Omar Haddad", "Ana Ruiz"], "recall") == 1
    )
    assert found.count(["Mallory Moe"], "decide") == 0


def approval(root: Path, by: tuple[str, ...]) -> recalls.Recalls:
    lines = [
        Recall(RECALLED, "0" * 16, "2026-01-01T00:00:00Z", ("Lee",), "wrong"),
        Recall(APPROVED, "0" * 16, "2026-01-02T00:00:00Z", by, "right"),
    ]
    (root / "locale").mkdir(exist_ok=True)
    (root / recalls.PATH).write_text("".join(f"{line.line()}\n" for line in lines))
    return recalls.load(root, "2026-02-01T00:00:00Z")


def test_two_invented_names_end_no_recall(tmp_path: Path) -> None:
    assert approval(tmp_path, ("Ana Ruiz", "Omar Haddad")).active, "without a list nobody counts as the second"
    assert any("nobody is listed" in one.text for one in approval(tmp_path, ("Ana Ruiz", "Omar Haddad")).idle())
    (tmp_path / "people.yaml").write_text(
        "people:\n" + ANA + "    may: [recall]\n  - name: Omar Haddad\n    may: [recall]\n"
    )
    assert approval(tmp_path, ("Mallory Moe", "Eve Ili")).active and approval(tmp_path, ("Ana Ruiz", "Eve Ili")).active
    assert not approval(tmp_path, ("Ana Ruiz", "Omar Haddad")).active


def test_two_invented_names_lower_nothing_critical(tmp_path: Path) -> None:
    said = Decision("unchanged", ("Mallory Moe", "Eve Ili"), "same", "2026-01-02T00:00:00Z")
    for severity, kept in ((Severity.CRITICAL, Severity.CRITICAL), (Severity.WORDING, Severity.COSMETIC)):
        lines = [
            Edit("1" * 16, "2" * 16, "a.md", "top.1", "2026-01-01", severity, ("dose",)),
            Edit("1" * 16, "2" * 16, "a.md", "top.1", "2026-01-02", severity, ("dose",), "decided", said),
        ]
        (tmp_path / "locale").mkdir(exist_ok=True)
        (tmp_path / edit_log.LOG_PATH).write_text("".join(f"{line.line()}\n" for line in lines))
        assert edit_log.load(tmp_path).steps["2" * 16][0].severity is kept
    (tmp_path / "people.yaml").write_text("people:\n" + ANA + "    may: [decide]\n")
    assert edit_log.load(tmp_path).steps["2" * 16][0].severity is Severity.WORDING, (
        "one who is not listed decides nothing"
    )


PAGE = "# Care\n\nTake 5 mg each day.\n"


@pytest.fixture
@made_once
def site(make: Make) -> Path:
    root = make({"index.md": PAGE})
    translate(root, {"Take 5 mg each day.": "Tome 50 mg cada día.", "Care": "Cuidados"})
    (root / "people.yaml").write_text(
        "people:\n" + ANA + "    roles: [translator, reviser]\n    may: [accept, recall, decide]\n    languages: [es]\n"
    )
    return root


def line_of(root: Path, text: str) -> str:
    path = "locale/es/LC_MESSAGES/messages.po"
    return f"{path}:{(root / path).read_text().split(chr(10)).index(text) + 1}"


def test_nobody_else_accepts_signs_or_decides(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = line_of(site, 'msgstr "Tome 50 mg cada día."')
    words = ["accept", at, "--check", "number", "--reason", "x", "--root", str(site)]
    assert main([*words, "--by", "Mallory Moe"]) == 2 and "not listed for `accept`" in capsys.readouterr().err
    assert main([*words[:2], "522", *words[2:], "--by", "Ana Ruiz"]) == 2
    assert "'522' is no line of a catalog" in capsys.readouterr().err, "whoever asks: it is no place"
    assert main(["review", "es", "source/index.md", "--as", "reviser", "--by", "Mallory Moe", "--root", str(site)]) == 2
    assert "not listed for `reviser`" in capsys.readouterr().err
    assert (
        main(["review", "es", "source/index.md#care.0", "--as", "reviser", "--by", "Ana Ruiz", "--root", str(site)])
        == 0
    )
    row = {"check": "number", "message": ident(key := next(e.key for e in project_of(site).catalogs["es"].entries if "5 mg" in e.key.msgid)), "text": key.msgid}  # fmt: skip
    row |= {
        "translation": suppressions.hash_of(["Tome 50 mg cada día."]),
        "reason": "x",
        "by": "Mallory Moe",
        "on": "2026-01-01",
    }
    suppressions.longer(site, "es", [row]).save(site)
    assert not project_of(site).records.suppressed("es").rows
    capsys.readouterr()
    assert main(["check", "--root", str(site)]) == 1
    assert (
        "exceptions.yaml:2: error [exceptions] Nothing is accepted by this: 'Mallory Moe' is not listed"
        in capsys.readouterr().out
    )
    assert main(["build", "--root", str(site)]) == 0
    assert "50 mg" not in (site / "dist/es/index.html").read_text().replace("5 mg", "")


def test_a_signature_of_somebody_else_does_not_count(site: Path) -> None:
    assert (
        main(["review", "es", "source/index.md#care.0", "--as", "reviser", "--by", "Ana Ruiz", "--root", str(site)])
        == 0
    )
    held = project_of(site).records.ledger("es")
    pair = held.rows[-1].pair
    assert [one.why for one in held.signatures(pair)] == [""]
    (site / "people.yaml").write_text("people:\n  - name: Omar Haddad\n    roles: [reviser]\n")
    assert ["not listed" in one.why for one in project_of(site).records.ledger("es").signatures(pair)] == [True]


def git(root: Path, *words: str, name: str = "Ana Ruiz", email: str = "ana@clinic.example") -> None:
    env = {
        **os.environ,
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": email,
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": email,
    }
    subprocess.run(["git", "-c", "init.defaultBranch=main", *words], cwd=root, check=True, capture_output=True, env=env)


def verify(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = main(["verify", "--git", "--root", str(root)])
    return code, [line for line in capsys.readouterr().out.split("\n") if "[provenance]" in line]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_tells_who_brought_each_line_and_what_is_gone(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(site, "init")
    git(site, "add", ".")
    git(site, "commit", "-m", "a site", name="Somebody Else")
    sign = ["review", "es", "source/index.md#care.0", "--as", "reviser", "--by", "Ana Ruiz", "--root", str(site)]
    assert main(sign) == 0
    git(site, "add", ".")
    git(site, "commit", "-m", "reviewed")
    assert verify(site, capsys) == (0, []), "who signs commits"
    git(site, "commit", "--amend", "--no-edit", "--reset-author", name="Mallory Moe", email="m@evil.example")
    code, told = verify(site, capsys)
    assert code == 0 and "reviews.jsonl:" in told[0] and "A signature by Ana Ruiz was brought by Mallory Moe" in told[0]
    said = (site / "people.yaml").read_text()
    (site / "people.yaml").write_text(said + "    emails: [ana@clinic.example]\n")
    assert verify(site, capsys)[0] == 1, "who is known by e-mail is held to it"
    git(site, "commit", "--amend", "-m", "reviewed\n\nCo-authored-by: A. R. <ANA@clinic.example>", name="Mallory Moe")
    assert verify(site, capsys) == (0, [])
    assert main(["recall", "source/index.md#care.1", "--by", "Ana Ruiz", "--reason", "wrong", "--root", str(site)]) == 0
    git(site, "add", ".")
    git(site, "commit", "-m", "recalled")
    (site / recalls.PATH).write_text("")
    git(site, "commit", "-am", "nothing to see", name="Mallory Moe")
    code, told = verify(site, capsys)
    assert code == 1 and "recalls.jsonl:1: error" in told[0] and "A recall by Ana Ruiz stood here" in told[0]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_tells_of_a_commit_and_a_name_once_and_of_losses_first(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "people.yaml").write_text((site / "people.yaml").read_text() + "    emails: [ana@clinic.example]\n")
    git(site, "init")
    git(site, "add", ".")
    git(site, "commit", "-m", "a site")
    translate(site, {"Take 5 mg each day.": "Tome 5 mg cada día."})
    assert main(["review", "es", "source/index.md", "--as", "reviser", "--by", "Ana Ruiz", "--root", str(site)]) == 0
    git(site, "add", ".")
    git(site, "commit", "-m", "all at once", name="Mallory Moe", email="m@evil.example")
    recall = ["recall", "source/index.md#care.1", "--by", "Ana Ruiz", "--reason", "wrong", "--root", str(site)]
    assert main(recall) == 0
    git(site, "add", ".")
    git(site, "commit", "-m", "recalled")
    (site / recalls.PATH).write_text("")
    git(site, "commit", "-am", "nothing to see")
    lines = sum("Ana Ruiz" in line for line in (site / "locale/es/reviews.jsonl").read_text().splitlines())
    code, told = verify(site, capsys)
    assert code == 1 and len(told) == 2 and lines > 1, told
    assert "A recall by Ana Ruiz stood here" in told[0]
    assert "es/reviews.jsonl:" in told[1] and "brought by Mallory Moe" in told[1]
    assert f", and so of {lines - 1} more line{'s' * (lines > 2)}. Let people commit" in told[1]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_first_commit_of_a_shallow_clone_brought_nothing(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """Who did cannot be told; what later commits brought can."""
    sign = ["review", "es", "--as", "reviser", "--by", "Ana Ruiz", "--root"]
    assert main([*sign, str(site), "source/index.md#care.0"]) == 0
    git(site, "init")
    git(site, "add", ".")
    git(site, "commit", "-m", "reviewed")
    (site / "source/more.md").write_text("# More\n")
    git(site, "add", ".")
    git(site, "commit", "-m", "a page", name="Somebody Else")
    clone = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{site}", str(clone)], check=True)
    code, told = verify(clone, capsys)
    assert code == 0 and len(told) == 1 and "This clone is shallow" in told[0], told
    recall = ["recall", "source/index.md#care.1", "--by", "Ana Ruiz", "--reason", "wrong", "--root", str(clone)]
    assert main(recall) == 0
    git(clone, "add", ".")
    git(clone, "commit", "-m", "recalled", name="Mallory Moe")
    code, told = verify(clone, capsys)
    assert len(told) == 2 and "A recall by Ana Ruiz was brought by Mallory Moe" in told[1], told


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_lines_that_a_merge_of_two_branches_brings_are_their_authors(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "people.yaml").write_text(
        "people:\n" + ANA + "    roles: [reviser]\n  - name: Omar Haddad\n    roles: [clinician]\n"
    )
    (site / ".gitattributes").write_text("*.jsonl merge=union\n")
    git(site, "init")
    git(site, "add", ".")
    git(site, "commit", "-m", "a site")
    git(site, "checkout", "-b", "other")
    target = ["es", "source/index.md#care.0", "--root", str(site)]
    assert main(["review", *target, "--as", "clinician", "--by", "Omar Haddad"]) == 0
    git(site, "add", ".")
    git(site, "commit", "-m", "his", name="Omar Haddad", email="o@x.example")
    git(site, "checkout", "main")
    assert main(["review", *target, "--as", "reviser", "--by", "Ana Ruiz"]) == 0
    git(site, "add", ".")
    git(site, "commit", "-m", "hers")
    git(site, "merge", "other", "-m", "both", name="Lee Wong", email="l@x.example")
    assert verify(site, capsys) == (0, [])


def test_the_schema_for_editors_is_made_from_the_declarations() -> None:
    made = json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
    if not SCHEMA.exists():
        SCHEMA.write_text(made, "utf-8")
        pytest.fail("docs/people.schema.json was missing and is written now: read it, and commit it")
    assert made == SCHEMA.read_text("utf-8"), (
        "delete docs/people.schema.json and run again to see the difference in git"
    )


def test_a_list_that_changes_is_heard_at_once(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an earlier run kept rests on who is listed."""
    assert (
        main(["review", "es", "source/index.md#care.0", "--as", "reviser", "--by", "Ana Ruiz", "--root", str(site)])
        == 0
    )
    assert main(["build", "--root", str(site)]) == 0
    before = (site / "dist/lockstep.json").read_text()
    (site / "people.yaml").write_text("people:\n  - name: Omar Haddad\n    roles: [reviser]\n")
    assert main(["build", "--root", str(site)]) == 0
    assert (site / "dist/lockstep.json").read_text() != before
