"""Laws of several processes: the same bytes whatever their number; an error is the same error; none outlives the one that began."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import deciding, rendering
from pipeline.commands import build, check
from pipeline.core import clock
from pipeline.core.cache import Store
from pipeline.core.crew import Crew
from pipeline.core.errors import LockstepError
from pipeline.project import project
from pipeline.site.pages import Edition
from tests.conftest import REPO, Make, project_of, read_tree, translate
from tests.laws.edits import again, put
from tests.sites import every_notice, on

ENDLESS = "{% for _ in range(1000000000000) %}{% endfor %}"


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program as people run it."""
    command = [sys.executable, "-m", "pipeline", *arguments, "--root", str(root)]
    return subprocess.run(command, capture_output=True, text=True, cwd=root, env=surroundings(root), check=False)


def surroundings(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPO), "SITE_OF_TEST": str(root), "SOURCE_DATE_EPOCH": "1793520000"}


def test_any_number_of_processes_gives_the_same_bytes(tmp_path: Path) -> None:
    """Of `dist/` and of every report; also where tables are let go of between deciding and rendering."""
    root = every_notice(tmp_path / "site")
    said = []
    for jobs in ("1", "2", "3"):
        done = [run(root, verb, "--jobs", jobs, "--format", "json") for verb in ("check", "status", "build")]
        assert {one.stderr for one in done} == {""}
        said.append(([(one.returncode, one.stdout) for one in done], read_tree(root / "dist")))
        subprocess.run(["rm", "-r", str(root / "dist")], check=True)
    assert said[0] == said[1] == said[2] and len(said[0][1]) > 20


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_language_that_is_let_go_of_is_read_the_same_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """And where processes are started anew rather than forked, as a test with threads in it does."""
    root = every_notice(tmp_path / "site")
    with on(3):
        wanted = sorted(build.outputs(project_of(root)), key=lambda one: one.path)
        monkeypatch.setattr(deciding, "KEPT", 0)
        found = sorted(build.outputs(project_of(root), jobs), key=lambda one: one.path)
        assert found == wanted
        assert check.check(project_of(root), jobs) == check.check(project_of(root))


def test_as_many_processes_as_there_is_left_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One where one language is decided anew and its pages made; several where all pages are made with another template. Seen to fail
    where every language counted, and where templates did not."""
    root, store, asked = every_notice(tmp_path / "site"), Store(tmp_path / "store"), list[int]()
    begin = Crew.__init__

    def begun(self: Crew, jobs: int, kept: Any) -> None:
        asked.append(jobs)
        begin(self, 1, kept)

    def built() -> int:
        build.build(project.load(root, clock.read(), store=store), None)
        return asked[-1]

    monkeypatch.setattr(Crew, "__init__", begun)
    monkeypatch.setattr(deciding, "cores", lambda: 2)
    with on(3):
        monkeypatch.setattr(deciding, "PAYS", deciding.size(project_of(root), 2))
        assert (built(), built()) == (2, 1)
        again(root, "locale/ar/LC_MESSAGES/messages.po", r'\nmsgstr ".+"', '\nmsgstr "ممرضة"', 0)
        assert built() == 1
        put(root, "templates/page.html", "</body>", "<hr></body>")
        assert (built(), built()) == (2, 1)


def waiting(kept: float, number: int) -> int:
    """A task that takes a while."""
    time.sleep(kept)
    return number


@pytest.mark.parametrize("moves", [True, False])
def test_a_process_that_has_done_its_own_takes_from_the_other(moves: bool) -> None:
    """The last of those, and only where they may move (seen to fail where it never did)."""
    with Crew(2, 0.02) as crew:
        done = [*crew.each(waiting, [(0, (at,)) for at in range(9)], moves=moves)]
    assert sorted(number for _, _, number in done) == [*range(9)]
    other = {number for who, _, number in done if who == 1}
    assert (0 not in other and 8 in other) if moves else not other


def test_languages_that_stand_on_one_are_decided_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as the number of processes lets them (seen to fail where each language went to whoever was free)."""
    root, asked = every_notice(tmp_path / "site"), list[tuple[int | None, str]]()
    monkeypatch.setenv("LOCKSTEP_STORE", "off")  # else they may be decided
    put(root, "pyproject.toml", '["es", "ar"', '["es_MX", "ar_EG", "es", "ar"')

    class Told(Crew):
        def each(self, function: Any, tasks: Any, **more: Any) -> Any:
            tasks = [*tasks]
            asked.extend((who, name) for who, (name, *_) in tasks)
            self.jobs = 1
            return super().each(function, [(None, arguments) for _, arguments in tasks], **more)

    crew = Told(1, deciding.Desk(project_of(root), renders=False))
    crew.jobs = 2
    deciding.measured(crew.kept.project, crew)
    whose = {name: who for who, name in asked}
    assert whose["es"] == whose["es_MX"] and whose["ar"] == whose["ar_EG"] and {*whose.values()} == {0, 1}


def test_one_edition_at_a_time_is_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where tables are let go of between deciding and rendering; a template and the edition that it prints know each other, so none
    goes by itself."""
    root = every_notice(tmp_path / "site")
    made: list[weakref.ref[Edition]] = []
    alive: list[int] = []

    def noted(*parts: Any) -> Edition:
        alive.append(sum(one() is not None for one in made))
        edition = Edition(*parts)
        made.append(weakref.ref(edition))
        return edition

    monkeypatch.setenv("LOCKSTEP_STORE", "off")  # else the pages are known
    monkeypatch.setattr(deciding, "KEPT", 0)
    monkeypatch.setattr(rendering, "Edition", noted)
    gc.disable()
    try:
        with on(3):
            assert list(build.outputs(project_of(root)))
    finally:
        gc.enable()
    assert len(alive) > 2 and not any(alive)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_error_in_a_process_is_the_error(make: Make, jobs: str) -> None:
    root = make({"index.md": "# A\n", "b.md": "# B\n"}, locales=("es", "fr"))
    translate(root, {"A": "Á"})
    template = root / "templates/page.html"
    template.write_text(template.read_text("utf-8") + "{{ nothing.at_all }}", "utf-8")
    done = run(root, "build", "--jobs", jobs)
    line = template.read_text("utf-8").count("\n") + 1
    assert done.returncode == 2 and f"templates/page.html:{line}: the template failed" in done.stderr, done.stderr
    assert not (root / "dist").exists() and not (root / ".dist-new").exists()


def boom(kept: object, what: str) -> None:
    if what == "end":
        os._exit(9)
    raise ValueError(what)


@pytest.mark.parametrize(("what", "error"), [("end", LockstepError), ("bug", ValueError)])
def test_a_process_that_ends_or_fails_is_told_of(what: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"a worker process was ended|bug"), Crew(2, None) as crew:
        list(crew.each(boom, [(None, (what,))]))
    assert not any(process.is_alive() for process in crew.processes)


@pytest.mark.parametrize("text", ["0", "-1", "two", "1.5", ""])
def test_a_number_of_processes_is_a_number(text: str) -> None:
    done = run(REPO, "check", f"--jobs={text}")
    assert done.returncode == 2 and "a whole number from 1 on" in done.stderr


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    ("how", "code", "all_of_them"),
    [
        (signal.SIGINT, 130, True),
        (signal.SIGTERM, 130, False),
        (signal.SIGTERM, 130, True),
        (signal.SIGHUP, 130, True),
        (signal.SIGKILL, -9, False),
    ],
)
def test_no_process_outlives_the_one_that_began(make: Make, how: signal.Signals, code: int, all_of_them: bool) -> None:
    """Interrupted, ended or killed in the middle of rendering, alone or with those it began, with the old pages in place."""
    root = make({"index.md": "# A\n", "b.md": "# B\n"}, locales=("es", "fr"))
    translate(root, {"A": "Á"})
    assert run(root, "build").returncode == 0
    before = read_tree(root / "dist")
    template = root / "templates/page.html"
    template.write_text(template.read_text("utf-8") + ENDLESS, "utf-8")
    command = [sys.executable, "-m", "pipeline", "build", "--jobs", "3", "--root", str(root)]
    process = subprocess.Popen(
        command,
        cwd=root,
        env=surroundings(root),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heard,
    )
    try:
        deadline = time.monotonic() + 60
        while len([*of_site(root)]) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.4)
        assert len([*of_site(root)]) == 4, "one and its three"
        (os.killpg if all_of_them else os.kill)(process.pid, how)
        assert process.wait(30) == code
        while [*of_site(root)] and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not [*of_site(root)]
    finally:
        for left in of_site(root):
            os.kill(left, signal.SIGKILL)
    assert read_tree(root / "dist") == before
    assert not (root / ".dist-new").exists() or how is signal.SIGKILL
    if how is not signal.SIGKILL:
        assert process.stderr is not None and process.stderr.read() == "lockstep: interrupted\n"


def heard() -> None:
    """Have a process hear what it is sent, also where these tests were started so that they do not (`nohup`, `&` in a script)."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)


def of_site(root: Path) -> Iterator[int]:
    """The processes that were started for a site and still run."""
    mark = f"SITE_OF_TEST={root}".encode()
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes().split(b"\0") and b"\nState:\tZ" not in (path.parent / "status").read_bytes():
                yield int(path.parent.name)
        except OSError:
            continue
