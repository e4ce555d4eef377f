"""Where Lockstep is from: what `init` writes of it works where it is run, and what is missing is installed by what is said."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import nox
import pytest

from pipeline.cli import verbs
from pipeline.cli.main import main
from pipeline.commands.init import SESSIONS, programs
from pipeline.core import installed
from pipeline.core.errors import LockstepError
from tests.conftest import REPO, Make
from tests.test_ci import held_to

RECORDS: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"url": "https://git.example/a/b", "vcs_info": {"vcs": "git", "commit_id": "c0ffee", "requested_revision": "main"}},
     "git+https://git.example/a/b@c0ffee"),
    ({"url": "ssh://git@git.example/a/b", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}, "git+ssh://git@git.example/a/b@c0ffee"),
    ({"url": "https://ana:s3cret@git.example/a", "vcs_info": {"vcs": "git", "commit_id": "c0"}}, "git+https://git.example/a@c0"),
    ({"url": "https://git.example/a", "subdirectory": "tool", "vcs_info": {"vcs": "git", "commit_id": "c0"}},
     "git+https://git.example/a@c0#subdirectory=tool"),
    ({"url": "https://files.example/lockstep.whl", "archive_info": {}}, "https://files.example/lockstep.whl"),
    ({"url": REPO.as_uri(), "dir_info": {}}, str(REPO)),
    ({"url": (REPO / "README.md").as_uri(), "archive_info": {}}, (REPO / "README.md").as_uri()),
    ({"url": "file:///gone/lockstep", "dir_info": {}}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("told", "wanted"), RECORDS)
def test_what_an_installer_recorded_is_asked_for_again(told: dict[str, Any], wanted: str) -> None:
    assert installed.recorded(told) == wanted


def test_a_checkout_is_known_by_its_place() -> None:
    assert installed.checkout() == REPO and installed.checkout(REPO / "docs") is None


def test_a_commit_that_others_can_fetch_is_named_by_its_address(tmp_path: Path) -> None:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    (tmp_path / "a.txt").write_text("one\n")
    git("add", "a.txt")
    git("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "-qm", "One")
    commit = git("rev-parse", "HEAD")
    assert not installed.published(tmp_path), "no other repository"
    git("remote", "add", "origin", "https://ana:s3cret@git.example/a/b.git")
    assert not installed.published(tmp_path), "nobody else has the commit"
    git("update-ref", "refs/remotes/origin/main", commit)
    assert installed.published(tmp_path) == f"git+https://git.example/a/b.git@{commit}"
    for address, wanted in (
        ("git@git.example:a/b.git", f"git+ssh://git@git.example/a/b.git@{commit}"),
        ("/srv/b.git", ""),
        ("file:///srv/b.git", ""),
        ("C:/b.git", ""),
    ):
        git("remote", "set-url", "origin", address)
        assert installed.published(tmp_path) == wanted
    git("remote", "set-url", "origin", "https://git.example/a/b.git")
    (tmp_path / "a.txt").write_text("two\n")
    assert not installed.published(tmp_path), "what runs is another than the commit"
    (tmp_path / "inside").mkdir()
    assert not installed.published(tmp_path / "inside")


def noxfile(source: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The noxfile of a site, as nox loads it."""
    monkeypatch.delenv("LOCKSTEP", raising=False)
    monkeypatch.setattr(nox, "session", lambda run, name: None)
    path = root / "noxfile.py"
    path.write_text(programs(source, "Site")["noxfile.py"], "utf-8")
    made = ModuleType("noxfile")
    made.__file__ = str(path)
    exec(compile(path.read_text("utf-8"), str(path), "exec"), made.__dict__)
    return made


def test_the_noxfile_asks_pip_for_what_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "it's [1]" / "lockstep"
    folder.mkdir(parents=True)
    (tmp_path / "lockstep.whl").write_text("")
    made = noxfile(str(folder), tmp_path, monkeypatch)
    assert made.LOCKSTEP == made.WANTED == str(folder)
    for wanted, asked in (
        (str(folder), ["--editable", f"{folder}[desk]"]),
        (f"{folder}[desk,pdf]", ["--editable", f"{folder}[desk,pdf]"]),
        ("it's [1]/lockstep", ["--editable", f"{folder}[desk]"]),
        ("lockstep.whl", ["lockstep.whl[desk]"]),
        ("git+https://git.example/a@c0", ["lockstep-pages[desk] @ git+https://git.example/a@c0"]),
        ("lockstep-pages[pdf] @ git+https://git.example/a", ["lockstep-pages[pdf] @ git+https://git.example/a"]),
        ("lockstep-pages", ["lockstep-pages[desk]"]),
        ("lockstep-pages==1.2", ["lockstep-pages[desk]==1.2"]),
        ("lockstep-pages[pdf]==1.2", ["lockstep-pages[pdf]==1.2"]),
    ):
        assert made.asked(wanted) == asked
    with pytest.raises(
        SystemExit, match=r"from /gone/lockstep, which is not on this machine.\n.*LOCKSTEP into noxfile"
    ):
        made.asked("/gone/lockstep")


@pytest.mark.parametrize(
    ("fails", "said", "wanted"),
    [
        ("pip", "ERROR: No matching distribution found for lockstep-pages[desk]", "Your package index has no lockstep-pages.\nWrite where"),
        ("pip", "ERROR: No matching distribution found for babel>=2.16", "could not be installed from lockstep-pages: why is above"),
        ("venv", "", "apt install python3-venv"),
    ],
)  # fmt: skip
def test_the_noxfile_says_why_there_is_no_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, said: str, wanted: str
) -> None:
    made = noxfile("", tmp_path, monkeypatch)
    monkeypatch.setattr(subprocess, "call", lambda words, **rest: int(fails in words))
    monkeypatch.setattr(
        subprocess, "run", lambda words, **rest: subprocess.CompletedProcess(words, int(fails in words), "", said)
    )
    with pytest.raises(SystemExit) as stop:
        made.lockstep("check", [])
    assert wanted in str(stop.value) and ("python3-venv" in str(stop.value)) == (fails == "venv")


def test_the_noxfile_runs_each_session_that_is_named(tmp_path: Path) -> None:
    """As nox does: several, the verbs' own words after `--`, and all of them even where one fails."""
    path = tmp_path / "noxfile.py"
    text = programs("", "Site")["noxfile.py"]
    path.write_text(text.replace('if __name__ == "__main__":', "def lockstep(verb, words):\n    print(verb, *words)\n    return int(verb == 'build')\n\n\nif __name__ == '__main__':"))  # fmt: skip
    for words, code, said in (
        ([], 1, "update\ncheck\nbuild\n"),
        (["-s", "build", "audit"], 1, "build\naudit\n"),
        (["-s", "check", "--", "--format", "jsonl"], 0, "check --format jsonl\n"),
        (["-s", "verify", "-s", "ci"], 0, "verify\nci\n"),
        (["-s", "review"], 1, ""),
    ):
        done = subprocess.run([sys.executable, str(path), *words], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (code, said), done


def test_a_new_site_has_the_sessions_that_the_pages_for_users_name() -> None:
    asked = set()
    for path in (*(REPO / "docs").glob("*.md"), REPO / "README.md"):
        for line in re.findall(r"(?:noxfile\.py|nox) -s ((?:[a-z]+ ?)+)", path.read_text("utf-8")):
            asked |= set(line.split())
    of_ours = {"tests", "lint", "soak", "fuzz", "bench"}
    assert {"ci", "verify", "audit"} <= asked and asked - of_ours <= SESSIONS.keys(), asked
    assert SESSIONS.keys() <= {verb.name for verb in verbs.every()}


SOURCES = [
    ("", "lockstep-pages"),
    ("git+https://git.example/a@c0", "git+https://git.example/a@c0"),
    ("/srv/it's", "/srv/it's"),
    ("git+file:///srv/a@c0", "git+file:///srv/a@c0"),
]


@pytest.mark.parametrize(("source", "named"), SOURCES)
def test_what_init_writes_names_where_lockstep_is_from(tmp_path: Path, source: str, named: str) -> None:
    made = programs(source, "Site")
    assert f"    {named}\n" in made["README.md"] and f"LOCKSTEP = {named!r}\n" in made["noxfile.py"]
    assert ("LOCKSTEP: git+https://" in made[".github/workflows/pages.yml"]) == ("/srv" in source)
    for at, text in enumerate((made[".github/workflows/pages.yml"], switched_on(made[".github/workflows/pages.yml"]))):
        (tmp_path / f"{at}.yml").write_text(text)
        held_to("vendor.github-workflows", tmp_path / f"{at}.yml")
    assert "deploy-pages" in switched_on(made[".github/workflows/pages.yml"])


def switched_on(workflow: str) -> str:
    """The workflow with what it has in comments: each line of it that is YAML, without its `# `."""
    return re.sub(r"(?m)^( +)# (?=[-\w ]+:|  - |- )(?!To publish|noxfile|write)", r"\1", workflow)


def test_init_writes_where_it_was_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.setattr(installed, "published", lambda folder: "")
    assert main(["init", str(tmp_path / "site")]) == 0
    assert f"installs Lockstep from {REPO}, which other machines do not have" in capsys.readouterr().out
    assert f"LOCKSTEP = {str(REPO)!r}\n" in (tmp_path / "site/noxfile.py").read_text()


EXTRAS = [
    ("desk", "uvicorn"),
    ("search", "pagefind.service"),
    ("pdf", "segno"),
    ("completion", "argcomplete"),
    ("lsp", "pygls"),
]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (REPO, f"install --editable '{REPO}[EXTRA]'"),
        ("git+https://git.example/a@c0", "install 'lockstep-pages[EXTRA] @ git+https://git.example/a@c0'"),
        ("", "install 'lockstep-pages[EXTRA]'"),
    ],
)
def test_what_is_missing_is_installed_from_where_the_rest_is(
    monkeypatch: pytest.MonkeyPatch, source: Path | str, words: str
) -> None:
    monkeypatch.setattr(installed, "checkout", lambda: source if isinstance(source, Path) else None)
    monkeypatch.setattr(installed, "recorded", lambda told: source)
    for extra, _ in EXTRAS:
        said = installed.more(extra)
        assert words.replace("EXTRA", extra) in said and sys.executable in said


def test_each_part_that_is_missing_says_so(make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    from pipeline.site import pagefind, qr

    site = make({"index.md": "# Home\n"})

    for _, module in EXTRAS:
        monkeypatch.setitem(sys.modules, module, None)
    for name in [one for one in sys.modules if one.startswith(("pipeline.lsp.server", "pipeline.lsp.wire", "pygls."))]:
        monkeypatch.delitem(sys.modules, name)
    for run, extra in ((lambda: qr.svg("https://example.org"), "pdf"), (pagefind.program, "search")):
        with pytest.raises(LockstepError) as stop:
            run()
        assert stop.value.todo == installed.more(extra)
    for verb, extra in (
        (["desk", "--root", str(site)], "desk"),
        (["lsp"], "lsp"),
        (["completion", "bash"], "completion"),
    ):
        assert main(verb) == 2
        assert installed.more(extra) in capsys.readouterr().err
