"""Laws of publishing: atomic at every system call, deterministic, nothing rewritten that did not change."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.catalog import po_entry, po_file
from pipeline.core import disk
from pipeline.core.errors import LockstepError
from pipeline.core.model import Output
from pipeline.site import publish as publishing
from pipeline.site.publish import publish
from tests.conftest import REPO, Make, built, read_tree, translate, updated

CALLS = ("open", "write", "fsync", "rename", "link", "mkdir", "chmod", "fchmod", "unlink", "rmdir", "close")
OLD = [
    Output("index.html", b"old home"),
    Output("es/a/index.html", b"old a"),
    Output("es/same.html", b"same"),
    Output("gone/index.html", b"gone"),
]
NEW = [
    Output("index.html", b"new home"),
    Output("es/a/index.html", b"new a"),
    Output("es/same.html", b"same"),
    Output("fr/index.html", b"fresh"),
]


def whole(outputs: list[Output]) -> dict[str, bytes]:
    return {output.path: output.body for output in outputs}


def interposed(act: Callable[[int, str], None]) -> Callable[[], None]:
    """Count every call that changes the disk and let `act(n, name)` step in before the n-th. Returns the undo."""
    count = 0
    kept: dict[str, Any] = {name: getattr(os, name) for name in CALLS}
    kept_exchange, kept_syncfs = disk.exchange, disk.syncfs

    def wrapped(name: str) -> Callable[..., Any]:
        def call(*args: Any, **rest: Any) -> Any:
            nonlocal count
            count += 1
            act(count, name)
            return kept[name](*args, **rest)

        return call

    def exchange(one: Path, other: Path) -> bool:
        nonlocal count
        count += 1
        act(count, "exchange")
        return kept_exchange(one, other)

    def syncfs(handle: int) -> None:
        nonlocal count
        count += 1
        act(count, "syncfs")
        kept_syncfs(handle)

    for name in CALLS:
        setattr(os, name, wrapped(name))
    disk.exchange, disk.syncfs = exchange, syncfs

    def undo() -> None:
        for name, function in kept.items():
            setattr(os, name, function)
        disk.exchange, disk.syncfs = kept_exchange, kept_syncfs

    return undo


def in_child(work: Callable[[], None], act: Callable[[int, str], None]) -> int:
    """Run `work` in a forked process with `act` interposed; its exit code."""
    child = os.fork()
    if child == 0:
        undo = interposed(act)
        try:
            work()
            code = 0
        except BaseException:
            code = 1
        undo()
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def steps(work: Callable[[], None], tmp_path: Path) -> int:
    """How many calls `work` makes."""
    seen = tmp_path / "count"
    log = os.open(seen, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    write = os.write
    in_child(work, lambda count, name: write(log, b".") and None)
    os.close(log)
    return len(seen.read_text())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("how", ["kill", "fail"])
@pytest.mark.parametrize(("at_once", "large"), [(disk.has_syncfs(), False), (False, False), (False, True)])
def test_dist_is_whole_at_every_call(
    tmp_path: Path, how: str, at_once: bool, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether or not the system can sync a whole file system, and whether or not the names of old pages are kept."""
    monkeypatch.setattr(disk, "has_syncfs", lambda: at_once)
    monkeypatch.setattr(publishing, "LARGE", 0 if large else 1000)
    begun = [OLD, [*OLD, Output("es/b/index.html", b"b")], OLD] if large else [OLD]

    def die(at: int) -> Callable[[int, str], None]:
        def act(count: int, name: str) -> None:
            if count == at and how == "kill":
                os._exit(9)
            if count == at and name != "close":
                raise OSError(28, "No space left on device")

        return act

    (tmp_path / "all").mkdir()
    for outputs in begun:
        publish(tmp_path / "all", outputs, spare=True)
    assert (tmp_path / "all" / ".lockstep/dist").is_dir() == large
    calls = steps(lambda: publish(tmp_path / "all", NEW, spare=True) and None, tmp_path)
    assert calls > 40
    for at in range(1, calls + 1):
        root = tmp_path / f"{how}{at}"
        root.mkdir()
        for outputs in begun:
            publish(root, outputs, spare=True)
        code = in_child(lambda root=root: publish(root, NEW, spare=True) and None, die(at))
        found = read_tree(root / "dist")
        assert found in (whole(OLD), whole(NEW)), (how, at, found)
        assert code != 0 or found == whole(NEW)
        publish(root, NEW, spare=True)  # the next run finishes the work and leaves nothing behind
        assert read_tree(root / "dist") == whole(NEW)
        assert {path.name for path in root.iterdir()} - {".lockstep"} == {"dist"}
        assert large or not (root / ".lockstep").exists()
        assert other_names(root / ".lockstep/dist", root / "dist")


def other_names(kept: Path, dist: Path) -> bool:
    """Whether a folder has nothing but other names of the files of `dist/`."""
    files = [path for path in kept.rglob("*") if path.is_symlink() or not path.is_dir()]
    return all(not path.is_symlink() and path.samefile(dist / path.relative_to(kept)) for path in files)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "LARGE", 0)


@pytest.mark.usefixtures("large")
def test_names_are_kept_of_what_is_published_alone(tmp_path: Path) -> None:
    """Whatever else stands there; and nothing of an old page is left among them."""
    kept = tmp_path / ".lockstep/dist"
    for outputs in (OLD, NEW):
        publish(tmp_path, outputs, spare=True)
    assert read_tree(kept) == {"es/same.html": b"same"}
    assert (tmp_path / ".lockstep/.gitignore").read_text() == "*\n"
    spoil: list[Callable[[], object]] = [
        lambda: (kept / "es/same.html").unlink(),
        lambda: (kept / "index.html").write_bytes(b"new home"),
        lambda: ((kept / "es/same.html").unlink(), (kept / "es/same.html").write_bytes(b"evil")),
        lambda: ((kept / "es/same.html").unlink(), (kept / "es/same.html").symlink_to("/etc/passwd")),
        lambda: ((kept / "es").chmod(0o700), (kept / "stray").mkdir()),
        lambda: ((kept / "fr").mkdir(exist_ok=True), (kept / "fr/index.html").mkdir(parents=True)),
        lambda: (kept.rename(tmp_path / "x"), kept.symlink_to(tmp_path / "x")),
        lambda: (shutil.rmtree(kept), kept.write_bytes(b"a file")),
        lambda: (tmp_path / "dist/es/same.html").write_bytes(b"Same"),
        lambda: (tmp_path / "dist/es/same.html").chmod(0o666),
        lambda: shutil.rmtree(tmp_path / "dist"),
    ]
    for at, act in enumerate(spoil):
        act()
        for outputs in (OLD, NEW):
            publish(tmp_path, outputs, spare=True)
            assert read_tree(tmp_path / "dist") == whole(outputs), at
            assert other_names(kept, tmp_path / "dist")
            assert not publish(tmp_path, outputs, spare=True).written, "nor has anything another mode"


@pytest.mark.usefixtures("large")
def test_a_file_takes_the_place_of_a_folder_whose_names_are_kept(tmp_path: Path) -> None:
    """And a folder that of a file; one that no output needs any more goes."""
    some = [Output("a/b/c.html", b"c"), Output("a/d.html", b"d"), Output("e", b"e")]
    other = [Output("a", b"a"), Output("e/f.html", b"f"), Output("g.html", b"g")]
    for outputs in (some, some[1:], some, some, other, other[1:], some, other, other[:1]):
        publish(tmp_path, outputs, spare=True)
        assert read_tree(tmp_path / "dist") == whole(outputs)
        assert other_names(tmp_path / ".lockstep/dist", tmp_path / "dist")


def test_names_are_kept_of_large_sites_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that is small again, or published anew, has none left."""
    monkeypatch.setattr(publishing, "LARGE", len(OLD))
    for outputs, kept in ((OLD, False), (NEW, True), (NEW[:2], True), (NEW[2:], False)):
        publish(tmp_path, outputs, spare=True)
        assert (tmp_path / ".lockstep/dist").exists() == kept
    for outputs in (OLD, NEW):
        publish(tmp_path, outputs, spare=True)
    shutil.rmtree(tmp_path / "dist")
    publish(tmp_path, OLD, spare=True)
    assert not (tmp_path / ".lockstep/dist").exists()


@pytest.mark.parametrize("size", [0, 1000])
@pytest.mark.parametrize("where", ["../other", "."])
def test_a_link_in_place_of_our_folder_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, size: int
) -> None:
    """Seen to remove the `dist` of another folder, and the site's own."""
    monkeypatch.setattr(publishing, "LARGE", size)
    root, other = tmp_path / "site", tmp_path / "other/dist"
    root.mkdir()
    other.mkdir(parents=True)
    (other / "theirs").write_text("x")
    (root / ".lockstep").symlink_to(where)
    for outputs in (OLD, NEW, OLD):
        publish(root, outputs, spare=True)
        assert read_tree(root / "dist") == whole(outputs)
        assert read_tree(tmp_path / "other") == {"dist/theirs": b"x"}


@pytest.mark.usefixtures("large")
def test_our_folder_is_ignored_by_git_whoever_made_it(tmp_path: Path) -> None:
    (tmp_path / ".lockstep/pseudo").mkdir(parents=True)
    for outputs in (OLD, NEW):
        publish(tmp_path, outputs, spare=True)
    assert (tmp_path / ".lockstep/.gitignore").read_text() == "*\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("size", [0, 1000])
@pytest.mark.parametrize("name", ["dist", "dist/es", ".lockstep/dist", ".lockstep/dist/es"])
@pytest.mark.parametrize("mode", [0o555, 0o444, 0])
def test_a_folder_that_nobody_may_write_leaves_no_old_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, mode: int, size: int
) -> None:
    """Seen to stay in `.dist-new` with the old pages, and to stop every build after it. Nobody is root here, who may all."""
    monkeypatch.setattr(publishing, "LARGE", size)

    def work() -> None:
        os.chdir(tmp_path)
        if os.geteuid() == 0:
            os.chown(tmp_path, 65534, 65534)
            os.setuid(65534)
        root = Path()
        for outputs in (OLD, NEW):
            publish(root, outputs, spare=True)
        if (root / name).exists():
            (root / name).chmod(mode)
        for outputs in (OLD, NEW, OLD):
            publish(root, outputs, spare=True)
            assert read_tree(root / "dist") == whole(outputs)
            assert {path.name for path in root.iterdir()} <= {"dist", ".lockstep"}
            assert other_names(root / ".lockstep/dist", root / "dist")

    assert in_child(work, lambda count, name: None) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("how", ["kill", "fail"])
def test_a_catalog_is_whole_at_every_call(tmp_path: Path, how: str) -> None:
    path = tmp_path / "messages.po"
    path.write_bytes(b"old")
    calls = steps(lambda: disk.replace(path, b"new", expected=b"old"), tmp_path)
    assert calls > 6
    for at in range(1, calls + 1):
        path.write_bytes(b"old")

        def act(count: int, name: str, at: int = at) -> None:
            if count == at and how == "kill":
                os._exit(9)
            if count == at and name != "close":
                raise OSError(5, "Input/output error")

        code = in_child(lambda: disk.replace(path, b"new", expected=b"old"), act)
        assert path.read_bytes() in (b"old", b"new")
        assert code != 0 or path.read_bytes() == b"new"


def test_an_fsync_that_fails_is_a_failed_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "messages.po"
    path.write_bytes(b"old")

    def fail(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(LockstepError, match="could not be saved"):
        disk.replace(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_two_steps_where_names_cannot_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, OLD)
    monkeypatch.setattr(disk, "exchange", lambda one, other: False)
    assert publish(tmp_path, NEW).whole is False
    assert read_tree(tmp_path / "dist") == whole(NEW)
    (tmp_path / "dist").rename(tmp_path / ".dist-old")  # killed between the two steps
    publish(tmp_path, NEW)
    assert read_tree(tmp_path / "dist") == whole(NEW)


def test_unchanged_files_are_not_rewritten_and_orphans_go(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    before = (tmp_path / "dist" / "es" / "same.html").stat()
    (tmp_path / "dist" / "orphan.html").write_text("by hand")
    done = publish(tmp_path, NEW)
    after = (tmp_path / "dist" / "es" / "same.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert (done.files, done.written, done.removed) == (4, 3, 2)
    assert not (tmp_path / "dist" / "orphan.html").exists() and not (tmp_path / "dist" / "gone").exists()
    folder = (tmp_path / "dist").stat()
    assert publish(tmp_path, NEW).written == 0
    assert (tmp_path / "dist").stat().st_ino == folder.st_ino, "nothing changed: dist/ itself stays"


def test_modes_are_repaired(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    for name, mode in (("index.html", 0o600), ("es", 0o700), (".", 0o700)):
        path = tmp_path / "dist" / name
        path.chmod(mode)
        publish(tmp_path, OLD)
        assert path.stat().st_mode & 0o777 == (0o644 if path.is_file() else 0o755)


@pytest.mark.parametrize("name", ["dist", ".dist-new", ".dist-old"])
@pytest.mark.parametrize("what", ["file", "link", "dangling"])
def test_what_stands_in_the_way_goes(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "real").mkdir()
    if what == "file":
        (tmp_path / name).write_text("by hand")
    else:
        (tmp_path / name).symlink_to("real" if what == "link" else "nowhere")
    if name == "dist" and what != "file":
        with pytest.raises(LockstepError, match="dist is a link"):
            publish(tmp_path, OLD)
        assert (tmp_path / name).is_symlink() and not list((tmp_path / "real").iterdir())
        return
    for outputs in (OLD, NEW):
        assert publish(tmp_path, outputs).whole
        assert read_tree(tmp_path / "dist") == whole(outputs)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "real"]


def test_outputs_stay_inside(tmp_path: Path) -> None:
    for path in ("../out.html", "/etc/x", "a/../../b", ""):
        with pytest.raises(LockstepError):
            publish(tmp_path, [Output(path, b"x")])
    with pytest.raises(LockstepError, match="both a file and a folder"):
        publish(tmp_path, [Output("a", b"x"), Output("a/b", b"y")])


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "LANG": "C", "umask": "0"},
        {"TZ": "America/Lima", "LANG": "tr_TR.UTF-8", "umask": "77", "PYTHONHASHSEED": "7"},
    ],
)
def test_two_builds_are_the_same_bytes(make: Make, tmp_path: Path, surroundings: dict[str, str]) -> None:
    """Whatever the time zone, language, umask, hash seed and path."""
    root = make(
        {"index.md": "---\ntitle: Home\nupdated: 2026-11-01\n---\n# Home\n\nTake 5 mg.\n", "a.md": "# A\n\nText\n"},
        locales=("es", "ar"),
    )
    translate(root, {"Take 5 mg.": "Tome 5 mg."})
    built(root)
    elsewhere = tmp_path / "another" / "place"
    elsewhere.parent.mkdir()
    subprocess.run(["cp", "-r", str(root), str(elsewhere)], check=True)
    subprocess.run(["rm", "-r", str(elsewhere / "dist")], check=True)
    umask = surroundings.pop("umask")
    subprocess.run(
        ["sh", "-c", f"umask {umask}; exec {sys.executable} -m pipeline build --root {elsewhere}"],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPO), **surroundings},
    )
    assert read_tree(elsewhere / "dist") == read_tree(root / "dist")
    modes = {oct(path.stat().st_mode & 0o777) for path in (elsewhere / "dist").rglob("*")}
    assert modes == {"0o644", "0o755"}


def test_a_catalog_saved_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "es.po").write_text('msgid "a"\nmsgstr ""\n')
    found = po_file.load(tmp_path, "es.po")
    (tmp_path / "es.po").write_text('msgid "a"\nmsgstr "b"\n')
    changed = replace(
        found, entries=tuple(po_entry.amended(entry, entry._replace(notes=("x",))) for entry in found.entries)
    )
    with pytest.raises(LockstepError, match="saved this file while"):
        po_file.save(tmp_path, changed)
    assert 'msgstr "b"' in (tmp_path / "es.po").read_text()


def test_a_catalog_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    found = replace(po_file.load(tmp_path, "es.po"), tail=("# ours", ""))
    (tmp_path / "es.po").write_text("# theirs\n")
    with pytest.raises(LockstepError, match="saved this file while"):
        po_file.save(tmp_path, found)
    assert (tmp_path / "es.po").read_text() == "# theirs\n"


def test_two_that_write_the_same_do_not_quarrel(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_bytes(b"new")
    disk.replace(path, b"new", expected=b"old")
    disk.replace(path, b"new", expected=None)
    assert path.read_bytes() == b"new"


def saved_between(path: Path, body: bytes, monkeypatch: pytest.MonkeyPatch, how: Callable[[Path, bytes], None]) -> None:
    """Have somebody save a file in the very instant before the names are exchanged."""
    exchange, once = disk.exchange, [body]

    def late(one: Path, other: Path) -> bool:
        if once:
            how(path, once.pop())
        return exchange(one, other)

    monkeypatch.setattr(disk, "exchange", late)


def by_rename(path: Path, body: bytes) -> None:
    path.with_name("beside").write_bytes(body)
    path.with_name("beside").rename(path)


@pytest.mark.parametrize("how", [by_rename, Path.write_bytes, lambda path, body: path.unlink()])
def test_what_is_saved_in_the_last_instant_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: Callable[[Path, bytes], None]
) -> None:
    """Seen to fail with a comparison before the rename."""
    path = tmp_path / "es.po"
    path.write_bytes(b"old")
    saved_between(path, b"theirs", monkeypatch, how)
    with pytest.raises(LockstepError, match="saved this file while"):
        disk.replace(path, b"new", expected=b"old")
    assert [one.read_bytes() for one in tmp_path.iterdir()] in ([b"theirs"], [])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs leases")
@pytest.mark.parametrize("ends", [True, False])
def test_a_program_that_has_the_file_open_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: bool
) -> None:
    """What it writes after the exchange of names goes into the file that it opened, which is put back."""
    path = tmp_path / "es.po"
    path.write_bytes(b"old")
    handle = os.open(path, os.O_RDWR)
    sleep, naps = time.sleep, [0]

    def nap(seconds: float) -> None:
        naps[0] += 1
        if naps[0] == 3:
            os.pwrite(handle, b"theirs", 0)
            if ends:
                os.close(handle)
        sleep(seconds)

    monkeypatch.setattr(time, "sleep", nap)
    monkeypatch.setattr(disk, "PATIENCE", 0.2)
    with pytest.raises(LockstepError, match="open for writing"):
        disk.replace(path, b"new", expected=b"old")
    assert path.read_bytes() == b"theirs" and [*tmp_path.iterdir()] == [path] and naps[0] >= 3
    if not ends:
        os.close(handle)
    disk.replace(path, b"new", expected=b"theirs")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("now", [b"new", b"later", None])
def test_the_next_run_puts_back_what_a_killed_one_held(tmp_path: Path, now: bytes | None) -> None:
    """Killed after the exchange and before its look; saved once more since, or not."""
    path = tmp_path / "es.po"
    swap = path.with_name(f".es.po.{disk.digest(b'new')}.{disk.digest(b'old')}{disk.SWAP}")
    swap.write_bytes(b"theirs")
    path.with_name(f".es.po.0123456789ab{disk.DRAFT}").write_bytes(b"torn")
    if now is not None:
        path.write_bytes(now)
    if now == b"new":
        disk.tidied(tmp_path.iterdir())
        assert path.read_bytes() == b"theirs" and [*tmp_path.iterdir()] == [path]
        return
    with pytest.raises(LockstepError, match="two people saved"):
        disk.tidied(tmp_path.iterdir())
    assert (disk.read(path), (tmp_path / "es.kept.po").read_bytes()) == (now, b"theirs")
    disk.replace(path, b"new", expected=now)


@pytest.mark.parametrize("saved", [None, b"theirs"])
def test_where_names_cannot_be_exchanged_the_last_look_is_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved: bytes | None
) -> None:
    path = tmp_path / "es.po"
    path.write_bytes(b"old")

    def none(one: Path, other: Path) -> bool:
        if saved:
            other.write_bytes(saved)
        return False

    monkeypatch.setattr(disk, "exchange", none)
    with pytest.raises(LockstepError) if saved else contextlib.nullcontext():
        disk.replace(path, b"new", expected=b"old")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [saved or b"new"]


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    disk.replace(path, b"first")
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o664)
    disk.replace(path, b"second")
    assert path.stat().st_mode & 0o777 == 0o664


def test_a_catalog_that_is_a_link(make: Make) -> None:
    """Inside the site it is written through; out of it, it is that language's error."""
    root = make({"index.md": "Text\n"}, locales=("es", "fr", "de"))
    translate(root, {"Text": "Texto"})
    away = root.parent / "fr.po"
    for name, real in (("es", root / "es.po"), ("fr", away)):
        path = root / f"locale/{name}/LC_MESSAGES/messages.po"
        path.rename(real)
        path.symlink_to(real)
    before = away.read_bytes()
    (root / "source/index.md").write_text("Text\n\nMore\n")
    written, findings = updated(root)
    assert [(finding.locale, finding.code) for finding in findings] == [("fr", "catalog")]
    assert "link out of the site" in findings[0].text and len(written) == 4 and away.read_bytes() == before
    assert "More" in (root / "es.po").read_text() and (root / "locale/es/LC_MESSAGES/messages.po").is_symlink()


def test_bodies_are_let_go_of(tmp_path: Path) -> None:
    alive: list[weakref.ref[Output]] = []

    def outputs() -> Iterator[Output]:
        for at in range(5):
            assert sum(one() is not None for one in alive) <= 1, "what came before the last is let go of"
            made = Held(f"{at}.html", b"text")
            alive.append(weakref.ref(made))
            yield made
            del made

    class Held(Output):
        __slots__ = ("__weakref__",)

    assert publish(tmp_path, outputs()).written == 5
    assert publish(tmp_path, outputs()).written == 0


@pytest.mark.parametrize("how", [LockstepError("broken"), KeyboardInterrupt(), ValueError("bug")])
def test_what_goes_wrong_half_way_leaves_the_old_build(tmp_path: Path, how: BaseException) -> None:
    publish(tmp_path, OLD)

    def outputs() -> Iterator[Output]:
        yield from NEW[:2]
        assert (tmp_path / ".dist-new").is_dir()
        raise how

    with pytest.raises(type(how)):
        publish(tmp_path, outputs())
    assert read_tree(tmp_path / "dist") == whole(OLD) and [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_nothing_is_staged_before_the_first_difference(tmp_path: Path) -> None:
    publish(tmp_path, OLD)

    def outputs() -> Iterator[Output]:
        for output in OLD[:3]:
            yield output
            assert not (tmp_path / ".dist-new").exists()
        yield Output("gone/index.html", b"other")
        assert read_tree(tmp_path / ".dist-new") == whole([*OLD[:3], Output("gone/index.html", b"other")])

    assert publish(tmp_path, outputs()).written == 1
