"""Laws of a build on several machines: joined, its shards are the bytes that one machine makes; one that is not whole, or not
made from what is here, is refused by its name and nothing is published."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.build import deciding
from pipeline.build.deciding import Decided
from pipeline.build.rendering import Stretch
from pipeline.build.shards import Part
from pipeline.cli.main import main
from pipeline.commands import check, shard
from pipeline.commands.join import join
from pipeline.core import codec
from pipeline.core.errors import LockstepError
from tests.conftest import Make, built, lay_out, project_of, read_tree, translate
from tests.sites import DAY, every_notice, on


@given(st.integers(1, 9), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6), st.integers(0, 12))
def test_parts_are_a_whole(of: int, sizes: list[tuple[int, int]], count: int) -> None:
    """Each page and each language is in one part, and parts are as large as can be."""
    every = [Stretch(str(at), start, start + size) for at, (start, size) in enumerate(sizes)]
    parts = [Part(number, of).pages(every) for number in range(1, of + 1)]
    pages = [(one.name, at) for part in parts for one in part for at in range(one.start, one.stop)]
    assert pages == [(one.name, at) for one in every for at in range(one.start, one.stop)]
    large = [sum(one.stop - one.start for one in part) for part in parts]
    assert max(large) - min(large) <= 1
    names = [str(at) for at in range(count)]
    assert [name for number in range(1, of + 1) for name in Part(number, of).languages(names)] == names


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return every_notice(tmp_path_factory.mktemp("shards") / "site")


def made(root: Path, of: int, jobs: int = 1, checked: int = 0) -> list[Path]:
    """The shards of a build, after a check in so many parts."""
    base = root.parent / "made"
    shutil.rmtree(base, ignore_errors=True)
    before = [base / f"check-{number}" for number in range(1, checked + 1)]
    for at, folder in enumerate(before, 1):
        shard.checked(project_of(root), Part(at, checked), folder, jobs)
    folders = [base / f"build-{number}" for number in range(1, of + 1)]
    for at, folder in enumerate(folders, 1):
        shard.rendered(project_of(root), Part(at, of), folder, jobs, before)
    return folders


@pytest.mark.parametrize(
    ("of", "jobs", "checked", "store"),
    [(1, 1, 0, ""), (2, 1, 3, "off"), (3, 2, 0, "off"), (4, 2, 1, "new"), (4, 2, 2, ""), (5, 1, 5, "new")],
)
def test_joined_shards_are_a_local_build(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of: int, jobs: int, checked: int, store: str
) -> None:
    """For any number of parts, jobs, and parts of the check before, if there was one; without a store, with an empty one, with
    the one of the build."""
    if store:
        monkeypatch.setenv("LOCKSTEP_STORE", "off" if store == "off" else str(tmp_path))
    wanted = read_tree(site / "dist")
    with on(3):
        folders = made(site, of, jobs, checked)
        shutil.rmtree(site / "dist")
        project = project_of(site)
        done = join(project, folders[::-1])
        assert project.decided.keys() == {"en"}, "no language is decided a second time"
        assert read_tree(site / "dist") == wanted and (done.files, done.written) == (len(wanted), len(wanted))
        assert project.coverage == project_of(site).coverage
        assert join(project_of(site), folders).written == 0


SMALL: list[tuple[str, dict[str, str], tuple[str, ...]]] = [
    ("no languages", {"index.md": "# A\n"}, ()),
    ("more parts than pages", {"index.md": "# A\n"}, ("es",)),
    ("a language that is not published", {"index.md": "# A\n", "b.md": "# B\n"}, ("fr", "nv")),
    ("a child and its parent", {"index.md": "# A\n\nText\n", "b/index.md": "# B\n"}, ("pt", "pt_BR", "es")),
]


@pytest.mark.parametrize(("name", "pages", "locales"), SMALL, ids=[name for name, *_ in SMALL])
def test_small_sites_too(tmp_path: Path, name: str, pages: dict[str, str], locales: tuple[str, ...]) -> None:
    root = lay_out(tmp_path / "site", pages, locales=locales)
    if locales:
        (root / "locale/nv/LC_MESSAGES/messages.po").unlink(missing_ok=True)
        translate(root, {"A": "Á"}, locales[0])
    built(root)
    wanted = read_tree(root / "dist")
    for of, checked in ((1, 0), (2, 2), (5, 0), (5, 3)):
        folders = made(root, of, checked=checked)
        shutil.rmtree(root / "dist")
        join(project_of(root), folders)
        assert read_tree(root / "dist") == wanted


@pytest.mark.parametrize("of", [1, 2, 5])
def test_parts_of_a_check_find_what_the_check_finds(site: Path, tmp_path: Path, of: int) -> None:
    with on(3):
        parts = [shard.checked(project_of(site), Part(at, of), tmp_path / str(at)) for at in range(1, of + 1)]
        whole = check.check(project_of(site))
    assert sorted(map(repr, (finding for part in parts for finding in part))) == sorted(map(repr, whole)) and whole


def test_what_is_decided_comes_back_the_same(site: Path) -> None:
    with on(3):
        project = project_of(site)
        with deciding.crew(project, 1) as crew:
            decided, _ = deciding.measured(project, crew)
    for one in decided.values():
        written = json.dumps(codec.dump(one))
        back = codec.load(Decided, json.loads(written))
        assert back == one and json.dumps(codec.dump(back)) == written, "their order too"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(JSON)
def test_nothing_else_than_the_type_says_is_read(found: object) -> None:
    with pytest.raises(ValueError, match="this is no Decided"):
        codec.load(Decided, found)


def slip(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Change what a shard says of itself."""
    path = folder / "shard.json"
    found = json.loads(path.read_text())
    change(found)
    path.write_text(json.dumps(found))


def forged(folder: Path) -> None:
    """Take a page out of a shard, its rows and their digest made to match."""
    rows = (folder / "pages.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "pages.jsonl").write_bytes(body := b"".join(rows[1:]))
    digest = hashlib.sha256(body).hexdigest()
    slip(
        folder, lambda found: found.update(files=[[n, digest if n == "pages.jsonl" else d] for n, d in found["files"]])
    )  # type: ignore[attr-defined]


def first(folder: Path, pattern: str) -> Path:
    return min(path for path in folder.rglob(pattern) if path.is_file())


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def link(path: Path) -> None:
    path.rename(path.parents[4] / "elsewhere")
    path.symlink_to(path.parents[4] / "elsewhere")


def again(root: Path, part: Part) -> None:
    """Make the second shard anew, as a part of something else."""
    shard.rendered(project_of(root), part, root.parent / "made/build-2")


def program(folder: Path, name: str, value: str) -> None:
    def change(found: dict[str, object]) -> None:
        origin: list[object] = found["origin"]  # type: ignore[assignment]
        origin[0] = [[one, value if one == name else was] for one, was in origin[0]]  # type: ignore[attr-defined]

    slip(folder, change)


BAD: list[tuple[str, Callable[[Path, Path], object], str]] = [
    ("one is missing", lambda root, two: shutil.rmtree(two), r"build-2: is no shard"),
    ("no slip", lambda root, two: (two / "shard.json").unlink(), r"build-2: is no shard"),
    ("a torn slip", lambda root, two: cut(two / "shard.json"), r"build-2/shard.json: this shard is damaged"),
    ("an empty slip", lambda root, two: (two / "shard.json").write_text("{}"), r"build-2/shard.json: this shard is dam"),
    ("no such part", lambda root, two: slip(two, lambda s: s.update(part=[4, 3])), r"build-2/shard.json: this shard is"),
    ("a later form", lambda root, two: slip(two, lambda s: s.update(format=2)), r"the form 2, and this program reads 1"),
    ("the same number", lambda root, two: again(root, Part(1, 3)), r"build-2: is shard 1 of 3, and so is .*build-1"),
    ("another whole", lambda root, two: again(root, Part(2, 4)), r"build-2: is shard 2 of 4, and .*build-1 is shard 1 of 3"),
    ("of a check", lambda root, two: (shutil.rmtree(two), shard.checked(project_of(root), Part(2, 3), two)), r"build-2: is a shard of `lockstep check`"),
    ("another Python", lambda root, two: program(two, "Python", "3.9"), r"build-2: shard 2 of 3 was made by another program \(another Python: 3.9 there"),
    ("another Lockstep", lambda root, two: program(two, "files of Lockstep", "0" * 64), r"another program \(other files of Lockstep\)"),
    ("other packages", lambda root, two: program(two, "packages", "rich-1.dist-info"), r"other packages: rich-1.dist-info there, .* and \d+ more here"),
    ("a torn page", lambda root, two: cut(first(two / "pages", "*.html")), r"build-2/pages/.*html: shard 2 of 3 is damaged: this page is not as it was made"),
    ("no page", lambda root, two: first(two / "pages", "*.html").unlink(), r"build-2/pages/.*html: shard 2 of 3 is damaged: this file is missing"),
    ("a linked page", lambda root, two: link(first(two / "pages", "*.html")), r"build-2/pages/.*html: shard 2 of 3 is damaged: this is a link"),
    ("a foreign page", lambda root, two: (two / "pages/x.html").write_text("x"), r"build-2/pages/x.html: shard 2 of 3 is damaged: this file is none of its own"),
    ("a foreign link", lambda root, two: (two / "x").symlink_to("/nowhere"), r"build-2/x: .* none of its own"),
    ("torn decisions", lambda root, two: cut(first(two, "decided/*.json")), r"build-2/decided/.*json: .* not as it was made"),
    ("no decisions", lambda root, two: first(two, "decided/*.json").unlink(), r"build-2/decided/.*json: .* not as it was made"),
    ("a torn list", lambda root, two: cut(two / "pages.jsonl"), r"build-2/pages.jsonl: .* not as it was made"),
    ("a page left out", lambda root, two: forged(two), r"build-2/pages.jsonl: .* lacks the page"),
    ("another site", lambda root, two: (root / "source/index.md").write_text("# New\n"), r"build-1: shard 1 of 3 was made from other files: source/index.md"),
    ("a file more", lambda root, two: (root / "locale/new.txt").write_text("x"), r"made from other files: locale/new.txt"),
]  # fmt: skip


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Path]:
    root = lay_out(tmp_path / "site", {"index.md": "# A\n", "b.md": "# B\n"}, locales=("es", "fr"))
    translate(root, {"A": "Á"})
    with on(1):
        built(root)
        made(root, 3)
        yield root


def refused(root: Path, said: str, folders: list[Path] | None = None) -> None:
    """That joining says so, and leaves `dist/` alone."""
    before = read_tree(root / "dist")
    (root / "dist/index.html").write_text("old")
    with pytest.raises(LockstepError, match=said) as found:
        join(project_of(root), [root.parent / f"made/build-{at}" for at in (1, 2, 3)] if folders is None else folders)
    assert found.value.todo, "it says what to do"
    assert read_tree(root / "dist") == {**before, "index.html": b"old"} and not (root / ".dist-new").exists()


@pytest.mark.parametrize(("name", "damage", "said"), BAD, ids=[name for name, *_ in BAD])
def test_a_bad_shard_is_refused_by_name(
    three: Path, name: str, damage: Callable[[Path, Path], object], said: str
) -> None:
    damage(three, three.parent / "made/build-2")
    refused(three, said)


def test_all_shards_are_needed(three: Path) -> None:
    one, two, last = (three.parent / f"made/build-{at}" for at in (1, 2, 3))
    refused(three, "shard 2 of 3 is missing", [last, one])
    refused(three, "build-2: is shard 2 of 3, and so is .*build-2", [one, two, two, last])
    refused(three, "there are no shards here", [])
    with pytest.raises(LockstepError, match="build-1: is a shard of `lockstep build`, and one of `lockstep check` is"):
        shard.rendered(project_of(three), Part(1, 1), three.parent / "new", checked=[one])
    assert not (three.parent / "new").exists()


def test_the_day_is_the_same(three: Path) -> None:
    with on(2):
        refused(
            three, r"build-1: shard 1 of 3 was made on another day, 2026-11-02; this is 2026-11-03(\n.*)*SOURCE_DATE"
        )


def test_the_recalls_in_force_are_the_same(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recall = {"how": "recalled", "message": "0" * 16, "date": "2026-11-02T09:00:00Z", "by": ["A B"], "reason": "r"}
    (three / "locale/recalls.jsonl").write_text(json.dumps(recall) + "\n")
    made(three, 3)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY + 86_400 + 7_200))
    refused(three, "before or after a recall came into force")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(which=st.integers(0), at=st.integers(0), byte=st.integers(0, 255))
def test_whatever_byte_is_changed(three: Path, which: int, at: int, byte: int) -> None:
    """The pages are the same, or none are published."""
    files = sorted(path for path in (three.parent / "made").rglob("*") if path.is_file())
    path = files[which % len(files)]
    was, wanted = path.read_bytes(), read_tree(three / "dist")
    body = bytearray(was)
    body[at % len(body)] = byte
    path.write_bytes(body)
    try:
        join(project_of(three), sorted((three.parent / "made").iterdir()))
    except LockstepError as problem:
        assert "made" in str(problem)
    finally:
        path.write_bytes(was)
    assert read_tree(three / "dist") == wanted


def test_something_else_is_not_overwritten(three: Path) -> None:
    for name in ("source", "dist"):
        before = read_tree(three / name)
        with pytest.raises(LockstepError, match="is there already, and is no shard"):
            shard.rendered(project_of(three), Part(1, 1), three / name)
        assert read_tree(three / name) == before


def test_they_may_be_made_in_other_folders(three: Path, tmp_path: Path) -> None:
    other = shutil.copytree(three, tmp_path / "elsewhere" / "copy", ignore=shutil.ignore_patterns("dist"))
    join(project_of(other), sorted((three.parent / "made").iterdir()))
    assert read_tree(other / "dist") == read_tree(three / "dist")


def test_a_shard_is_whole_or_not_there(three: Path) -> None:
    folder = three.parent / "made/build-1"
    before = read_tree(folder)
    template = three / "templates/page.html"
    template.write_text(template.read_text("utf-8") + "{{ nothing.at_all }}", "utf-8")
    with pytest.raises(LockstepError, match="the template failed"):
        shard.rendered(project_of(three), Part(1, 3), folder)
    assert read_tree(folder) == before and {path.name for path in folder.parent.iterdir()} == {
        "build-1",
        "build-2",
        "build-3",
    }


def test_a_site_that_changes_meanwhile_makes_no_shard(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decided = deciding.measured

    def then(*words: Any) -> Any:
        (three / "source/b.md").write_text("# New\n")
        return decided(*words)

    monkeypatch.setattr(deciding, "measured", then)
    for verb in (shard.rendered, shard.checked):
        (three / "source/b.md").write_text("# B\n")
        with pytest.raises(
            LockstepError, match=r"changed while its pages were made: made from other files: source/b.md"
        ):
            verb(project_of(three), Part(1, 3), three.parent / "new")
        assert not (three.parent / "new").exists()


def test_as_people_type_it(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# A\n", "b.md": "# B\n"}, locales=("es",))
    translate(root, {"A": "Á"})
    built(root)
    wanted, at = read_tree(root / "dist"), ["--root", str(root)]
    shutil.rmtree(root / "dist")
    checked = [str(root / f"check-shard-{part}-of-2") for part in (1, 2)]
    for part in ("1/2", "2/2"):
        assert main(["check", *at, "--shard", part, "--fail-on", "never"]) == 0
    capsys.readouterr()
    for part in ("1/2", "2/2"):
        assert main(["build", *at, "--shard", part, "--checked", *checked]) == 0
        assert main(["build", *at, "--shard", part, "--checked", *checked]) == 0, "again: over the one before"
    assert "Shard 2 of 2: 2 pages in " in capsys.readouterr().out
    assert not (root / "dist").exists()
    assert main(["join", *at]) == 0
    assert f"4 pages: {len(wanted)} of {len(wanted)} files written" in capsys.readouterr().out
    assert read_tree(root / "dist") == wanted
    shutil.rmtree(root / "dist-shard-1-of-2")
    assert main(["join", *at]) == 2
    assert "lockstep: shard 1 of 2 is missing\n  Make it with: lockstep build --shard 1/2" in capsys.readouterr().err
    assert main(["build", *at, "--shard", "1/2", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == 2
    for words in (
        ["--out", "x"],
        ["--checked", "x"],
        ["--shard", "1/2", "--open"],
        ["--jobs", "2", "--executor", "dask://a:1"],
    ):
        assert main(["build", *at, *words]) == 2
    assert main(["check", *at, "--out", "x"]) == 2


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "1/", "/3", "a/b", "1/0", "1/2/3", "-1/3"])
def test_a_part_is_a_part(text: str) -> None:
    command = [sys.executable, "-m", "pipeline", "build", f"--shard={text}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "argument --shard" in done.stderr
