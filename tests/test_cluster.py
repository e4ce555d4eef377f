"""A build by the workers of a dask cluster: real schedulers and workers, each a process of its own; some are killed."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import cluster, deciding, remote, rendering
from pipeline.build.shards import Part
from pipeline.cli.main import main
from pipeline.commands import build, shard
from pipeline.commands.join import join
from pipeline.core import clock
from pipeline.core.errors import LockstepError
from tests.conftest import REPO, project_of, read_tree
from tests.laws.test_jobs import ENDLESS
from tests.sites import every_notice, on, run

DYNAMIC = '{{ _("Ho" ~ "me") }}'
"""A text that no extraction finds, so that the catalogs are asked for it while a page is rendered."""


def handled(root: Path) -> None:
    """What other hands do: a dose is replaced in all files, a heading says no to what stands under it, and after the update all marks
    are taken off, so that only lists beside the catalogs tell. And there is an official notice."""
    catalogs = [*root.glob("locale/*/LC_MESSAGES/messages.po")]
    for path in (*catalogs, root / "source/notices.md"):
        text = path.read_text("utf-8").replace("Take 5 mg", "Take 50 mg").replace("## Home", "## Never")
        path.write_text(text, "utf-8")
    run(root, "update")
    for path in catalogs:
        text = re.sub(r"^#(, fuzzy|\||~|\. (edited|critical|wording)).*\n", "", path.read_text("utf-8"), flags=re.M)
        path.write_text(text, "utf-8")
    (root / "locale/official").mkdir()
    for name in ("en", "es", "ar"):
        (root / f"locale/official/help.{name}.txt").write_text(f"Free help ({name}): 1-800-555-0100.\n", "utf-8")
    with (root / "people.yaml").open("a", encoding="utf-8") as people:
        people.write("  - name: Ida Bell\n    may: [official]\n")
    files = ("help.en.txt", "help.es.txt", "help.ar.txt")
    assert main(["official", "--root", str(root), "--bind", *files, "--by", "Ida Bell"]) == 0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = every_notice(tmp_path_factory.mktemp("cluster") / "site")
    with on(3):
        handled(root)
    template = root / "templates/page.html"
    template.write_text(template.read_text("utf-8").replace("</body>", f"<p>{DYNAMIC}</p></body>"), "utf-8")
    with on(3):
        build.build(project_of(root))
    return root


def test_a_desk_needs_no_file_of_the_site(site: Path, tmp_path: Path) -> None:
    """What other machines do is done from bytes, in any order, and is what is done here."""
    root = shutil.copytree(site, tmp_path / "site")
    with on(3):
        project = project_of(root)
        build.whole(project)
        with deciding.crew(project, 1) as crew:
            decided, knows = deciding.measured(project, crew)
            lets_out = rendering.planned(project, decided)
            wanted = {one.output.path: one for one in rendering.rendered(project, crew, decided, knows, lets_out)}
        project = project_of(root)
        project.table("en")
        sent, bodies = remote.packed(project), {name: remote.catalog(project, name) for name in project.catalogs}
    shutil.rmtree(root)
    told = pickle.dumps(({name: one.shared for name, one in decided.items()}, lets_out, dict.fromkeys(decided, "")))
    known = {name: ("done", *remote.decide("b", sent, {name: bodies[name]}, name)) for name in ("zh_Hans", "es", "ar")}
    assert {name: pickle.loads(one[1]) for name, one in known.items()} == {n: decided[n] for n in known}
    found = {}
    for name, start, stop in [
        ("es", 3, 5),
        ("en", 0, 5),
        ("ar", 0, 5),
        ("es", 0, 3),
        ("zh_Hans", 4, 5),
        ("zh_Hans", 0, 4),
    ]:
        chain = {name: bodies[name]} if name in bodies else {}
        (made,) = remote.render("b", sent, told, known.get(name), chain, name, start, stop)
        found.update({one.output.path: one for one in pickle.loads(made)})
    assert {path: one.output.body for path, one in found.items()} == {p: one.output.body for p, one in wanted.items()}
    assert {path: one.entry for path, one in found.items()} == {path: one.entry for path, one in wanted.items()}
    folder = Path(remote.BENCHES["b"].folder.name)
    assert folder.is_dir() and {path.name for path in folder.iterdir()} == {"templates"}
    remote.ended("b")
    assert not folder.exists()


def test_without_the_extra_it_says_so(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setenv("LOCKSTEP_STORE", "off")
    assert main(["build", "--root", str(site), "--executor", "dask://127.0.0.1:8786"]) == 2
    said = capsys.readouterr().err
    assert "--executor needs the package distributed" in said and "[distributed]" in said and "pip" in said


@pytest.mark.parametrize(
    "text", ["", "127.0.0.1:8786", "tcp://127.0.0.1:8786", "dask://:8786", "dask://host", "dask://host:0x1", "dask://host:99999", "dask://a@b:1", "dask://host:1/x"]
)  # fmt: skip
def test_an_address_is_an_address(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["build", "--executor", text])
    assert stop.value.code == 2 and "an address like dask://HOST:PORT" in capsys.readouterr().err


def nothing_published(root: Path, address: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """That a build says so, soon, and leaves `dist/` alone."""
    monkeypatch.setattr(cluster, "PATIENCE", 2.0)
    before, begun = read_tree(root / "dist"), time.monotonic()
    with on(3), pytest.raises(LockstepError, match=said) as found:
        build.build(project_of(root), executor=address)
    assert "Nothing was published" in found.value.todo and time.monotonic() - begun < 60
    assert read_tree(root / "dist") == before and not (root / ".dist-new").exists()


def free() -> socket.socket:
    one = socket.socket()
    one.bind(("127.0.0.1", 0))
    return one


def test_nobody_answers(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra `distributed` is not installed")
    with free() as one:
        address = f"dask://127.0.0.1:{one.getsockname()[1]}"
        nothing_published(site, address, "no dask scheduler answers at 127.0.0.1:[0-9]+: .*refused", monkeypatch)
        one.listen()
        nothing_published(site, address, "no dask scheduler answers at 127.0.0.1:[0-9]+: .*timed out", monkeypatch)


class Nodes:
    """A scheduler and its workers, as people start them; all are ended with it."""

    def __init__(self, folder: Path) -> None:
        pytest.importorskip("distributed", reason="the extra `distributed` is not installed")
        folder.mkdir()
        self.folder, self.started = folder, 0
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.wait_for((folder / "scheduler.json").exists)
        time.sleep(0.2)
        self.address = json.loads((folder / "scheduler.json").read_text())["address"].replace("tcp:", "dask:")

    def start(self, what: str, *words: str, path: Path = REPO) -> subprocess.Popen[bytes]:
        dask = Path(sys.executable).parent / "dask"
        command = [str(dask), what, "--scheduler-file", str(self.folder / "scheduler.json"), *words]
        environ = {**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
        with (self.folder / f"{what}.log").open("ab") as log:
            made = subprocess.Popen(command, cwd=self.folder, env=environ, stdout=log, stderr=log)
        self.processes.append(made)
        return made

    def worker(self, path: Path = REPO) -> subprocess.Popen[bytes]:
        """One more worker, when it is there."""
        words = "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"
        made = self.start("worker", *words, path=path)
        self.started += 1
        log = self.folder / "worker.log"
        self.wait_for(lambda: log.read_bytes().count(b"Registered to:") == self.started)
        return made

    def wait_for(self, there: Any) -> None:
        deadline = time.monotonic() + 60
        while not there():
            assert time.monotonic() < deadline, (self.folder / "scheduler.log").read_text()
            time.sleep(0.05)


@contextmanager
def nodes(folder: Path) -> Iterator[Nodes]:
    made = Nodes(folder)
    try:
        yield made
    finally:
        for process in made.processes:
            process.kill()
        for process in made.processes:
            process.wait()


def test_workers_make_what_one_machine_makes(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in parts; progress is told; what fails there fails as it does here."""
    monkeypatch.setattr(rendering, "CHUNK", 2)
    wanted = read_tree(site / "dist")
    packed = remote.packed
    monkeypatch.setattr(remote, "packed", lambda project: packed(project) + bytes(12_000_000))  # as of a large site
    with nodes(tmp_path / "nodes") as there, on(3), warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        there.worker(), there.worker()
        told: list[tuple[str, int, int]] = []
        shutil.rmtree(site / "dist")
        project = build.Project(project_of(site).settings, clock.read(), lambda *words: told.append(words))
        done = build.build(project, executor=there.address)
        assert read_tree(site / "dist") == wanted and done.written == len(wanted)
        assert {(one, steps) for _, one, steps in told} >= {(4, 4), (20, 20), (1, 1)}
        assert {one.locale for one in project.coverage} == {"es", "ar", "zh_Hans"}
        folders = [tmp_path / "1", tmp_path / "2"]
        for at, folder in enumerate(folders, 1):
            shard.rendered(project_of(site), Part(at, 2), folder, executor=there.address)
        shutil.rmtree(site / "dist")
        join(project_of(site), folders)
        assert read_tree(site / "dist") == wanted
        broken = shutil.copytree(site, tmp_path / "broken")
        template = broken / "templates/page.html"
        template.write_text(template.read_text("utf-8") + "{{ nothing.at_all }}", "utf-8")
        line = template.read_text("utf-8").count("\n") + 1
        with pytest.raises(LockstepError, match=f"templates/page.html:{line}: the template failed"):
            build.build(project_of(broken), executor=there.address)
        assert read_tree(broken / "dist") == wanted


def test_killed_workers_change_nothing(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where every worker that was there at the start is killed, and with it all that it had decided."""
    monkeypatch.setattr(rendering, "CHUNK", 1)
    monkeypatch.setattr(cluster, "AHEAD", 0)
    wanted = read_tree(site / "dist")
    with nodes(tmp_path / "nodes") as there, on(3):
        one, two = there.worker(), there.worker()
        made = {}
        for output in build.outputs(project_of(site), executor=there.address):
            made[output.path] = output.body
            if len(made) == 2:
                one.send_signal(signal.SIGKILL)
                there.worker()
            if len(made) == 6:
                two.send_signal(signal.SIGKILL)
        assert made == wanted
        assert (one.wait(), two.wait()) == (-signal.SIGKILL, -signal.SIGKILL)


def test_a_worker_killed_while_it_decides(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = read_tree(site / "dist")
    with nodes(tmp_path / "nodes") as there, on(3):
        one, _ = there.worker(), there.worker()
        project = build.Project(
            project_of(site).settings,
            clock.read(),
            lambda what, at, of: one.kill() if (what, at) == ("Deciding what is shown", 1) else None,
        )
        made = {output.path: output.body for output in build.outputs(project, executor=there.address)}
        assert made == wanted and one.wait() == -signal.SIGKILL


def test_a_cluster_that_goes(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "CHUNK", 1)
    monkeypatch.setattr(cluster, "AHEAD", 0)
    with nodes(tmp_path / "nodes") as there:
        nothing_published(site, there.address, "has no workers", monkeypatch)
        gone = [there.worker()]
        shown = rendering.volumes

        def then(*words: Any) -> Iterator[Any]:
            for at, one in enumerate(shown(*words)):
                if at == 2:
                    gone[0].kill()
                    gone[0].wait()
                yield one

        monkeypatch.setattr(rendering, "volumes", then)
        nothing_published(site, there.address, "has no workers", monkeypatch)
        there.worker()
        gone[0] = there.scheduler
        nothing_published(site, there.address, "the dask scheduler at 127.0.0.1:[0-9]+ is gone", monkeypatch)


def test_a_result_lost_before_it_is_fetched(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is made again where somebody can; where nobody is there, that is said."""
    with nodes(tmp_path / "nodes") as there:
        gone, result, again = [there.worker()], cluster.Cluster.result, True

        def then(self: Any, future: Any) -> Any:
            if gone and future.key.startswith("lockstep-render"):
                one = gone.pop()
                one.kill()
                one.wait()
                if again:
                    there.worker()
            return result(self, future)

        monkeypatch.setattr(cluster.Cluster, "result", then)
        with on(3):
            made = {output.path: output.body for output in build.outputs(project_of(site), executor=there.address)}
        assert made == read_tree(site / "dist")
        gone, again = [there.processes[-1]], False
        nothing_published(site, there.address, "has no workers", monkeypatch)


def test_a_task_that_ends_its_workers(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    root = shutil.copytree(site, tmp_path / "site")
    template = root / "templates/page.html"
    template.write_text(template.read_text("utf-8") + ENDLESS, "utf-8")
    with nodes(tmp_path / "nodes") as there:
        later, tell = threading.Timer(1.5, there.worker().kill), cluster.Cluster.tell

        def then(*words: Any) -> None:
            tell(*words)
            later.start()  # rendering begins

        monkeypatch.setattr(cluster.Cluster, "tell", then)
        nothing_published(root, there.address, "several workers of the dask scheduler at .* ended", monkeypatch)
        later.join()


def test_another_program_is_refused(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    shutil.copytree(REPO / "pipeline", other / "pipeline")
    (other / "pipeline/core/errors.py").open("a").write("\n")
    (tmp_path / "none/pipeline").mkdir(parents=True)
    (tmp_path / "none/pipeline/__init__.py").touch()
    with nodes(tmp_path / "nodes") as there:
        worker = there.worker(other)
        said = r"the worker tcp://\S+ of .* has another program \(other files of Lockstep\)"
        nothing_published(site, there.address, said, monkeypatch)
        worker.kill()
        worker.wait()
        there.worker(tmp_path / "none")
        nothing_published(site, there.address, r"has another program \(or none: No module named", monkeypatch)
