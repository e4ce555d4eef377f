"""The life of a pull request: red for each reason why its pages may not be published, green after the mending."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from pipeline.cli import verbs
from pipeline.cli.main import main
from tests.conftest import REPO, Make, made_once, read_tree, translate, updated

PAGE = "# Home\n\nTake 5 mg.\n\n[More](more.md)\n"
WORDS = {"Home": "Inicio", "Take 5 mg.": "Tome 5 mg.", "[More](more.md)": "[Más](more.md)", "More": "Más"}
CATALOG = "locale/es/LC_MESSAGES/messages.po"
Edit = Callable[[Path], object]


def git(root: Path, *words: str) -> str:
    base = ["git", "-C", str(root), "-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
    return subprocess.run([*base, *words], check=True, capture_output=True, text=True).stdout


def commit(root: Path, what: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", what)


@pytest.fixture
@made_once
def site(make: Make) -> Path:
    """A site that is fit to publish, in a repository of its own, as a build left it."""
    root = make({"index.md": PAGE, "more.md": "# More\n"})
    translate(root, WORDS)
    (root / ".gitignore").write_text("/dist/\n/.dist-*\n")
    git(root, "init", "-q", "-b", "main")
    commit(root, "a site")
    assert main(["ci", "--root", str(root)]) == 0
    return root


def swap(path: str, old: str, new: str) -> Edit:
    """An edit of a file."""

    def edit(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def both(*edits: Edit) -> Edit:
    return lambda root: [edit(root) for edit in edits]


def in_step(edit: Edit) -> Edit:
    """An edit and the update after it."""
    return lambda root: (edit(root), updated(root))


def revised(root: Path) -> None:
    """Have one person sign twice, the second time by hand."""
    main(["review", "es", "index", "--as", "translator", "--by", "Ana Ruiz", "--root", str(root)])
    ledger = root / "locale/es/reviews.jsonl"
    ledger.write_text(ledger.read_text() + ledger.read_text().replace('"translator"', '"reviser"'))


ROWS: list[tuple[str, Edit, str]] = [
    ("an edit of the English without an update", swap("source/index.md", "Home", "Start"), "out-of-step"),
    ("a language without a catalog", swap("pyproject.toml", '["es"]', '["es", "fr"]'), "out-of-step"),
    ("a catalog that nobody can read", swap(CATALOG, "msgid", ">>>>>>> theirs\nmsgid"), "findings"),
    ("a dose that is another", swap(CATALOG, "Tome 5 mg.", "Tome 50 mg."), "findings"),
    ("a link to nowhere", in_step(both(swap("source/index.md", "more.md", "less.md"), swap(CATALOG, "(more.md)", "(less.md)"))), "links"),
    ("a language below the share that the gate asks for", both(swap("pyproject.toml", "# What is", "[tool.lockstep.gate]\ntranslated = { es = 100 }\n\n# What is"), swap(CATALOG, 'msgstr "Tome 5 mg."', 'msgstr ""')), "findings"),
    ("a ledger with a line that nobody can read", lambda root: (root / "locale/es/reviews.jsonl").write_text('{"event":"signed"}\n'), "findings"),
    ("a reviser who is the translator", lambda root: revised(root), "findings"),
    ("a template that says in English what is Spanish", swap("templates/page.html", "{{ lead }}", "{{ lead }}<p>Hello there, dear reader</p>"), "audit"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "edit", "kind"), ROWS, ids=[row[0] for row in ROWS])
def test_red_for_a_reason_and_green_without_it(
    site: Path, what: str, edit: Edit, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_tree(site / "dist")
    capsys.readouterr()
    edit(site)
    assert main(["ci", "--root", str(site)]) == 1
    said = capsys.readouterr().out
    assert re.search(rf"^{kind}: \d+: ", said, re.MULTILINE) and "Not to be published" in said
    assert kind == "audit" or read_tree(site / "dist") == before, "what was published before is still there"
    git(site, "checkout", "-q", ".")
    git(site, "clean", "-fdq", "--", "locale", "source", "templates")
    assert main(["ci", "--root", str(site)]) == 0
    assert "Fit to publish" in capsys.readouterr().out and read_tree(site / "dist") == before


def test_a_language_that_would_be_missing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its notices are gone: readers would no longer find the language. With a word in the settings that is as it should be."""
    text = (site / CATALOG).read_text("utf-8")
    head, *entries = text.split("\n\n")
    kept = [
        re.sub(r'msgstr(\[\d\])? ".*"', r'msgstr\1 ""', one) if "templates/notices.html" in one else one
        for one in entries
    ]
    (site / CATALOG).write_text("\n\n".join([head, *kept]), "utf-8")
    assert main(["ci", "--root", str(site)]) == 1
    assert re.search(r"^unpublished: 1: ", capsys.readouterr().out, re.MULTILINE)
    swap("pyproject.toml", "# What is", '[tool.lockstep.gate]\nunpublished = ["es"]\n\n# What is')(site)
    assert main(["ci", "--root", str(site)]) == 0


def test_a_clone_that_cannot_tell_what_a_merge_did(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(site, "checkout", "-q", "-b", "side")
    swap(CATALOG, "Tome 5 mg.", "Tome 5 mg ya.")(site)
    commit(site, "a translator")
    git(site, "checkout", "-q", "main")
    swap("source/more.md", "# More", "# More of it")(site)
    updated(site)
    commit(site, "an editor")
    git(site, "merge", "-q", "--no-edit", "side")
    for depth, code in (("1", 1), ("99", 0)):
        clone = tmp_path / depth
        subprocess.run(["git", "clone", "-q", "--depth", depth, f"file://{site}", str(clone)], check=True)
        assert main(["ci", "--root", str(clone)]) == code, capsys.readouterr().out
        assert ("unknown: 1: " in capsys.readouterr().out) == bool(code)


def test_every_reason_is_said_at_once_and_in_every_format(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, old, new in (("source/index.md", "Home", "Start"), (CATALOG, "Tome 5 mg.", "Tome 50 mg.")):
        swap(path, old, new)(site)
    assert main(["ci", "--root", str(site), "--format", "github"]) == 1
    said = capsys.readouterr().out
    assert "::error title=out-of-step::" in said and "::error title=findings::" in said and f"file={CATALOG}" in said
    assert main(["ci", "--root", str(site), "--format", "markdown"]) == 1
    assert "### Lockstep: failed" in capsys.readouterr().out


RECIPES = re.findall(r"```yaml\n(.*?)```", (REPO / "docs/ci.md").read_text("utf-8"), re.DOTALL)


def workflows() -> list[str]:
    """The recipes of docs/ci.md that are whole workflows of GitHub."""
    return [one for one in RECIPES if re.search("^jobs:", one, re.MULTILINE)]


def pipelines() -> list[str]:
    """Those that are whole pipelines of GitLab."""
    return [
        one for one in RECIPES if one not in workflows() and re.search("^(stages|include):|^pages:", one, re.MULTILINE)
    ]


def held_to(schema: str, path: Path) -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    if not program.exists():
        pytest.skip("check-jsonschema is not installed (the extra `test` brings it)")
    words = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    done = subprocess.run(
        [program, "--builtin-schema", schema, *words, path], capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stdout + done.stderr


def test_what_others_include_holds_to_the_published_schemas(tmp_path: Path) -> None:
    held_to("vendor.github-actions", REPO / "action.yml")
    held_to("vendor.gitlab-ci", REPO / ".gitlab/lockstep.gitlab-ci.yml")
    assert len(workflows()) >= 2 and len(pipelines()) >= 2
    for kind, found in (("vendor.github-workflows", workflows()), ("vendor.gitlab-ci", pipelines())):
        for at, text in enumerate(found):
            (tmp_path / f"{kind}-{at}.yml").write_text(text, "utf-8")
            held_to(kind, tmp_path / f"{kind}-{at}.yml")
    hooks = yaml.safe_load((REPO / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        assert {"id", "name", "entry", "language"} <= hook.keys()
        program, verb = hook["entry"].split()
        assert program == "lockstep" and verb in {one.name for one in verbs.every()}
        assert all(re.search(hook["files"], path) for path in ("source/index.md", "a/locale/es/x.po", "pyproject.toml"))


def test_the_step_of_the_action_runs(site: Path, tmp_path: Path) -> None:
    """Its script, as bash runs it, with a summary and a SARIF file, and with a space in a path."""
    script = yaml.safe_load((REPO / "action.yml").read_text())["runs"]["steps"][-1]["run"]
    swap(CATALOG, "Tome 5 mg.", "Tome 50 mg.")(site)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/lockstep").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline "$@"\n')
    (tmp_path / "bin/lockstep").chmod(0o755)
    summary, sarif = tmp_path / "a summary.md", tmp_path / "a b.sarif"
    env = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(REPO), "ROOT": str(site)}
    for fail_on, code in (("", 1), ("never", 0)):
        more = {"FAIL_ON": fail_on, "SARIF": str(sarif), "GITHUB_STEP_SUMMARY": str(summary)}
        done = subprocess.run(
            ["bash", "-e", "-c", script], env={**env, **more}, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "::error file=" in done.stdout and "Lockstep" in summary.read_text() and json.loads(sarif.read_text())


def test_a_recall_whose_line_a_commit_took_out_is_a_reason_in_every_clone(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No build of before is at hand, as on a machine that begins anew: the history tells."""
    words = ["--by", "Ana", "--reason", "a wrong dose"]
    assert main(["recall", "index#home.1", *words, "--root", str(site)]) == 0
    commit(site, "recall")
    assert main(["ci", "--root", str(site)]) == 0
    (site / "locale/recalls.jsonl").write_text("")
    commit(site, "clean up")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(site), str(clone)], check=True)
    capsys.readouterr()
    assert main(["ci", "--root", str(clone)]) == 1
    said = capsys.readouterr()
    assert "[recall-lost]" in said.out + said.err and "A recall by Ana stood here" in said.out + said.err
    assert not (clone / "dist").exists()
    git(clone, "checkout", "-q", "HEAD~1", "--", "locale/recalls.jsonl")
    assert main(["ci", "--root", str(clone)]) == 0


def test_a_signature_that_was_taken_back_does_not_come_back_with_its_line(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["review", "es", "index#home.1", "--as", "reviser", "--by", "Ana", "--root", str(site)]
    assert main(words) == 0
    commit(site, "sign")
    path = site / "locale/es/reviews.jsonl"
    signed = path.read_text()
    assert main([*words, "--void", "--note", "too soon"]) == 0
    commit(site, "take it back")
    assert main(["ci", "--root", str(site)]) == 0
    path.write_text(signed)
    commit(site, "clean up")
    capsys.readouterr()
    assert main(["ci", "--root", str(site)]) == 1
    said = capsys.readouterr()
    assert "A word taken back by Ana stood here" in said.out + said.err
