"""The store and the answers given again: with them, without them, damaged, shared or of another version, the results are the same."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.machinery import ModuleSpec
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks import kept, runner
from pipeline.checks.glossary import NO_GLOSSARY, Glossary, Name, Term
from pipeline.cli.main import main
from pipeline.content import parse
from pipeline.core import cache, disk, pickled, seen
from pipeline.core.cache import Store
from pipeline.core.inline import Syntax
from pipeline.project import project as projects
from pipeline.text import languages
from tests.conftest import REPO, Make, lay_out, lenient, read_tree, translate

PAGE = "---\ntitle: Pump\n---\n\n# Pump\n\nTake 5 mg each day.\n\nThe pump holds 20 ml.\n\nNever stop the pump.\n"
WORDS = {
    "Pump": "Bomba",
    "Take 5 mg each day.": "Tome 50 mg cada día.",
    "The pump holds 20 ml.": "La bomba contiene 20 ml.",
    "Never stop the pump.": "Detenga la bomba .",
}
BYTES = st.one_of(st.binary(max_size=300), st.just(b"[" * 200_000), st.just(b'{"of": 1}'))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh store that the environment names."""
    monkeypatch.setenv("LOCKSTEP_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def site(make: Make) -> Path:
    root = make({"index.md": PAGE})
    translate(root, WORDS)
    return root


def run(*words: str) -> tuple[int, str, str]:
    """A verb as a process of its own would run it: exit code and what it printed."""
    kept.book.cache_clear()
    kept.LENT.clear()
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    return code, out.getvalue(), err.getvalue()


def without_store(*words: str) -> tuple[int, str, str]:
    """The same verb with no store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCKSTEP_STORE", "off")
        return run(*words)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The sites that were read, one for each verb that ran and did not only give an answer again."""
    read: list[Path] = []
    load = projects.load

    def counted(root: Path, *rest: object, **more: object) -> object:
        read.append(root)
        return load(root, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(projects, "load", counted)
    return read


# The store ---------------------------------------------------------------------------------------


@given(noise=st.binary(min_size=1, max_size=400), data=st.data())
def test_what_is_damaged_is_not_there(
    noise: bytes, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    assert (
        store.folder
        and store.put("some", "key", {"a": [1, "é\udc80"]})
        and store.get("some", "key") == {"a": [1, "é\udc80"]}
    )
    path = store.folder / "some-key.lockstep"
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(at, len(whole)))
    damaged = whole[:at] + data.draw(st.sampled_from([noise, b""])) + whole[end:]
    path.write_bytes(damaged)
    assert (store.get("some", "key") is None) == (damaged != whole)


def test_a_store_that_cannot_be_written_or_read_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "in", None):
        store = Store(folder)
        assert not store.put("some", "key", 1) and store.get("some", "key") is None
        store.prune()
    (tmp_path / "some-key.lockstep").mkdir()
    assert Store(tmp_path).get("some", "key") is None and not Store(tmp_path).put("some", "key", 1)
    assert not list(tmp_path.glob(".*"))


def test_a_store_is_bounded_and_what_was_not_asked_for_the_longest_goes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    (tmp_path / "thesis.odt").write_bytes(b"x" * 9999)  # a person's own, and older
    os.utime(tmp_path / "thesis.odt", (0, 0))
    for at in range(10):
        store.put("some", str(at), "x" * 100)
        os.utime(tmp_path / f"some-{at}.lockstep", (at, at))
    assert store.get("some", "0")
    size = (tmp_path / "some-0.lockstep").stat().st_size
    store.prune(3 * size)
    left = [*(f"some-{at}.lockstep" for at in (0, 8, 9)), "thesis.odt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == left


def test_a_store_is_looked_through_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too much goes, but not at the end of each run; where a clock was wrong, the store is looked through."""
    store = Store(tmp_path)
    monkeypatch.setattr(Store.prune, "__defaults__", (0,))
    Store(tmp_path / "nowhere").tidy()
    assert not (tmp_path / "nowhere").exists()
    for hours, left in ((0, False), (0, True), (-1, False), (0, True), (+1, False)):
        store.put("some", "key", "x")
        stamp = tmp_path / "pruned"
        if hours:
            os.utime(stamp, (at := stamp.stat().st_mtime + hours * 3600, at))
        store.tidy()
        assert (store.get("some", "key") == "x") == left


def test_where_the_store_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOCKSTEP_STORE", "off")
    assert cache.read() == cache.NO_STORE
    monkeypatch.setenv("LOCKSTEP_STORE", str(tmp_path))
    assert cache.read() == Store(tmp_path)
    monkeypatch.delenv("LOCKSTEP_STORE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if sys.platform.startswith("linux"):
        assert cache.read() == Store(tmp_path / "cache" / "lockstep")


def written_in_place(path: Path) -> None:
    state = path.stat()
    path.write_text(path.read_text().replace("time", "tide"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def test_tables_of_a_language_are_the_same_from_the_store(shelf: Path) -> None:
    """Read from their file, from the store, and from a store whose every record is damaged."""

    def read(code: str) -> dict[str, object]:
        languages.tables_of.cache_clear()
        return vars(languages.tables_of(code))

    codes = [path.stem for path in languages.FOLDER.glob("*.toml")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCKSTEP_STORE", "off")
        wanted = {code: read(code) for code in [*codes, "xx"]}
    assert wanted == {code: read(code) for code in wanted}
    assert len([*shelf.glob("language-*")]) == len(wanted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "made", None)  # nothing is made anew
        assert wanted == {code: read(code) for code in wanted}
    for record in shelf.glob("language-*"):
        record.write_bytes(record.read_bytes()[:-1])
    assert wanted["es"] == read("es")
    for record in shelf.glob("language-*"):
        Store(shelf).write("language", record.stem.partition("-")[2], pickled.dump(Term(("a",), {})))
    assert wanted["es"] == read("es")
    languages.tables_of.cache_clear()
    languages.language.cache_clear()  # a region has its language's very tables


@pytest.mark.parametrize("settled", [False, True])
@pytest.mark.parametrize(
    "exchange",
    [
        lambda path: path.write_text(path.read_text() + "\n"),
        written_in_place,
        Path.unlink,
        lambda path: path.with_name("new.py").touch(),
        lambda path: path.parent.rename(path.parent.with_name("other")),
    ],
)
def test_nothing_is_kept_once_the_program_has_changed_on_disk(
    exchange: Callable[[Path], object], settled: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process says whose files were exchanged under it comes from nobody knows which of them."""
    shutil.copytree(REPO / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "HOME", tmp_path / "pipeline")
    cache.looked.cache_clear()
    if settled:  # as if it had been looked at much later, so that only the system's word counts
        now = time.time_ns() + 10 * seen.TICK
        monkeypatch.setattr(time, "time_ns", lambda: now)
    try:
        before = cache.looked()
        assert before and settled == (not before.young)
        for value in (1, 2, 3):
            assert Store(tmp_path / "store").put("some", "key", value)
        assert settled == bool(cache.states(before))
        exchange(tmp_path / "pipeline" / "core" / "clock.py")
        assert not Store(tmp_path / "store").put("some", "key", 4)
        assert Store(tmp_path / "store").get("some", "key") == 3
    finally:
        cache.looked.cache_clear()


@pytest.mark.parametrize(
    ("module", "crew", "kept"),
    [
        ("loaded", None, True),
        ("loaded meanwhile", None, False),
        ("being loaded", None, False),
        ("not loaded", None, False),
        ("loaded", True, False),
        ("loaded", False, True),
        ("loaded beside a crew", False, False),
    ],
)
def test_a_module_that_was_loaded_is_what_was_started_from(
    module: str, crew: bool | None, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever becomes of its file, once that was seen unchanged since. Not where other processes load it anew (`crew`), or may
    load it later than this one."""
    shutil.copytree(REPO / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "HOME", tmp_path / "pipeline")
    now, path, store = time.time_ns() + 10 * seen.TICK, tmp_path / "pipeline/core/clock.py", Store(tmp_path / "store")
    monkeypatch.setattr(time, "time_ns", lambda: now)  # much later, so that only the system's word counts
    spec = ModuleSpec("pipeline.core.another", None, origin=str(path))
    monkeypatch.setattr(spec, "_initializing", module == "being loaded", raising=False)

    def load() -> None:
        another = ModuleType(spec.name)
        another.__spec__ = spec
        monkeypatch.setitem(sys.modules, spec.name, another)

    for cached in (cache.looked, cache.loaded):
        cached.cache_clear()
    try:
        if module in {"loaded", "being loaded"}:
            load()
        if module == "loaded beside a crew":
            cache.begun(store, anew=bool(crew))
            load()
        assert store.put("some", "key", 1) and store.put("some", "key", 2)
        if module == "loaded" and crew is not None:
            cache.begun(store, anew=crew)
        if module == "loaded meanwhile":
            load()
        path.write_text(path.read_text() + "\n")
        assert store.put("some", "key", 3) == kept
        cache.ended(store)
        assert store.put("some", "key", 4) == kept
    finally:
        cache.ended(store)
        for cached in (cache.looked, cache.loaded):
            cached.cache_clear()


def put_many(folder: str, value: int) -> bool:
    store = Store(Path(folder))
    for _ in range(150):
        store.put("some", "key", [value] * 5000)
        found = store.get("some", "key")
        if found is None or len(set(found)) != 1 or len(found) != 5000:
            return False
    return True


def test_several_processes_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        assert all(pool.map(put_many, [str(tmp_path)] * 4, range(4)))


# Verdicts ----------------------------------------------------------------------------------------


def test_a_verdict_is_worked_out_once(site: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = without_store("check", "--root", str(site))
    assert "number" in told[1] and "negation" in told[1], "there are complaints to keep"
    worked: list[object] = []
    ran = runner.run
    monkeypatch.setattr(runner, "run", lambda pair: worked.append(pair) or ran(pair))
    for expected in (True, False):
        runner.complaints.cache_clear()
        assert run("check", "--root", str(site)) == told
        assert bool(worked) == expected
        worked.clear()
        for path in shelf.glob("answer-*"):
            path.unlink()


@settings(max_examples=10)
@given(noise=BYTES, how=st.sampled_from(["all", "half", "cut"]))
def test_a_damaged_store_gives_the_same_results(
    noise: bytes, how: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also where the damage has a digest of its own: then it is a value of another shape."""
    folder = tmp_path_factory.mktemp("damaged")
    root = lay_out(folder / "site", {"index.md": PAGE})
    translate(root, WORDS)
    words = "check", "--root", str(root)
    told = without_store(*words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCKSTEP_STORE", str(folder / "store"))
        assert run(*words) == told
        store = Store(folder / "store")
        files = sorted((folder / "store").iterdir())
        assert len(files) > 1
        for path in files:
            body = path.read_bytes()
            path.write_bytes({"all": noise, "half": body[: len(body) // 2] + noise, "cut": body[: len(noise)]}[how])
        assert run(*words) == told
        for path in files:
            kind, _, key = path.stem.partition("-")
            for value in (None, 1, "x", [], {}, {"of": 1}, {key: [1, [["no-such-check", "x"]]]}):
                store.put(kind, key, value)
                assert run(*words) == told


def test_a_verdict_is_of_all_that_it_depends_on(shelf: Path) -> None:
    """One store, and pairs that differ in one thing each: as without a store."""
    terms = Glossary(terms=(Term(("pump",), {"es": {"never": ("bomba",)}}),))
    pair = {
        "english": parse("Call room 5 about the pump.", Syntax.MARKDOWN),
        "translation": parse("Llame a la sala 50 por la bomba .", Syntax.MARKDOWN),
        "locale": "es",
        "alone": False,
        "critical": False,
        "glossary": NO_GLOSSARY,
        "source": "en",
    }
    others = {
        "english": parse("Call room 50 about the pump.", Syntax.MARKDOWN),
        "translation": parse("Llame a la sala 5 por la bomba.", Syntax.MARKDOWN),
        "locale": "fr",
        "alone": True,
        "critical": True,
        "glossary": terms,
        "source": "de",
    }
    for name in [None, *others, None]:
        asked: Any = pair if name is None else {**pair, name: others[name]}
        for _ in range(2):
            assert kept.complaints(Store(shelf), **asked) == runner.complaints(**asked)
            kept.save(Store(shelf), asked["locale"], asked["glossary"], asked["source"])
            kept.book.cache_clear()
    assert len(list(shelf.glob("verdicts-*"))) == 4, "a record for each language, source and glossary"


REGIONS = {
    "ar": "EG SA MA",
    "de": "AT CH LU",
    "es": "419 AR CL MX",
    "fr": "BE CA CH",
    "pt": "BR PT",
    "ru": "BY KZ",
    "zh": "Hans_HK Hant_TW",
}
SPOKEN = Glossary(
    (Name("SynchroMed", {"es": ("Sincromed",), "es_AR": ("Sincro",), "fr_BE": ("SynchroMed belge",)}, ("Prometra",)),),
    (Term(("pump",), {"es": {"never": ("bomba",)}, "es_CL": {"never": ("bomb*",)}, "de": {"must": ("Pumpe",)}}),),
)
ASKED = [
    *(row for check in runner.checks() for row in (*check.good, *check.bad)),
    ("es", "The SynchroMed pump holds 20 ml.", "La bomba Sincromed contiene 20 ml."),
    ("fr", "It holds 1,500 ml on 03/05/2026: call!", "Il contient 1.500 ml le 03/05/2026 : appelez!"),
    ("de", "The pump holds 1,500 ml.", "Die Pumpe fasst 1,500 ml."),
    ("es", "The pump holds 1,500 ml.", "La bomba contiene 1,500 ml."),
    ("zh", "Call us on 03/05/2026.", "请在 03/05/2026 打电话给我们。"),
]


def test_no_other_rule_asks_for_the_whole_name_of_a_locale() -> None:
    """Whoever adds one here adds to `kept.kin` what it learns from the name."""
    rules = REPO / "pipeline/checks/rules"
    asking = {path.stem for path in rules.glob("*.py") if ".locale" in path.read_text("utf-8")}
    assert asking == {"date_order", "french_spaces", "protected_name"}


@pytest.mark.parametrize("glossary", [NO_GLOSSARY, SPOKEN])
def test_regions_of_one_kin_are_judged_alike(glossary: Glossary) -> None:
    """Of every example of every rule, and where the two are of another kin, some are not."""
    alike = other = 0
    for locale, english, translation in ASKED:
        code = locale.partition("_")[0]
        names = [code, *(f"{code}_{region}" for region in REGIONS.get(code, "").split())]
        ours, theirs = (parse(text, Syntax.MARKDOWN) for text in (english, translation))
        said = {one: runner.judged(ours, theirs, one, False, False, glossary) for one in names}
        for one, two in combinations(names, 2):
            if kept.kin(one, glossary, "en") == kept.kin(two, glossary, "en"):
                assert said[one] == said[two], (one, two, english, translation)
                alike += 1
            else:
                other += said[one] != said[two]
    assert alike > 500 and other > 5, (alike, other)


def test_what_was_said_in_one_region_is_not_asked_in_the_next(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    judged = runner.judged

    def judge(*words: Any) -> Any:
        asked.append(words[2])
        return judged(*words)

    monkeypatch.setattr(runner, "judged", judge)
    pairs = [(f"It holds {n},500 ml.", f"Contiene {n + n % 2},500 ml.") for n in range(1, 8)]
    kept.LENT.clear()
    for locale in ("es", "es_AR", "es_MX", "es_419", "es_CL", "fr", "es"):
        for english, translation in pairs:
            words = [parse(text, Syntax.MARKDOWN) for text in (english, translation)]
            pair = (*words, locale, False, False, NO_GLOSSARY, "en")
            assert kept.complaints(Store(shelf), *pair) == judged(*pair), (locale, english)
        kept.save(Store(shelf), locale, NO_GLOSSARY, "en")
        kept.book.cache_clear()
    assert asked == [one for one in ("es", "es_MX", "fr") for _ in pairs]
    assert [name for name, *_ in kept.LENT] == ["es"]


@pytest.mark.parametrize("value", [1, "x", [1], [True, [["no-such", "x"]]], [True, [["number", 5]]], {"a": 1}, None])
def test_a_verdict_of_another_shape_is_none(value: object, site: Path, shelf: Path) -> None:
    told = run("check", "--root", str(site))
    for path in shelf.glob("verdicts-*"):
        key = path.stem.removeprefix("verdicts-")
        Store(shelf).put("verdicts", key, dict.fromkeys(Store(shelf).get("verdicts", key), value))
    for path in shelf.glob("answer-*"):
        path.unlink()
    assert run("check", "--root", str(site)) == told


def test_a_store_of_another_version_is_ignored(site: Path, shelf: Path, tmp_path: Path) -> None:
    """The same store, and a program whose checks say other words."""
    shutil.copytree(REPO / "pipeline", tmp_path / "other" / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    rule = tmp_path / "other" / "pipeline" / "checks" / "rules" / "spaces.py"
    told = []
    for word in ("zwieback", "differs"):
        rule.write_text(
            "from pipeline.checks.check import Check\nfrom pipeline.core.model import Level\n"
            f"CHECK = Check('spaces', Level.WARNING, lambda pair: iter(['{word}']), (), ())\n"
        )
        command = [sys.executable, "-m", "pipeline", "check", "--root", str(site)]
        path = {**os.environ, "PYTHONPATH": str(rule.parents[3])}
        done = subprocess.run(command, capture_output=True, text=True, env=path, cwd=tmp_path, check=False)
        told.append(done.stdout)
    assert "zwieback" in told[0] and told[0].replace("zwieback", "differs") == told[1] != told[0]


def test_two_runs_at_once(site: Path, shelf: Path) -> None:
    """Of one site, on one store, from nothing."""
    told = without_store("check", "--root", str(site))
    command = [sys.executable, "-m", "pipeline", "check", "--root", str(site)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPO) for _ in range(2)]
    assert [one.communicate()[0] for one in both] == [told[1], told[1]]
    assert run("check", "--root", str(site)) == told


# Seen files --------------------------------------------------------------------------------------


def same_size(path: Path) -> None:
    """Change a file, and nothing of it that a program can put back: its size and times are what they were."""
    state = path.stat()
    body = bytearray(path.read_bytes())
    if body:
        body[-1] ^= 1
    path.write_bytes(body)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def renamed(path: Path) -> None:
    path.rename(path.with_name(f"{path.name}.x"))


def exchanged(path: Path) -> None:
    other = path.parent / ("b" if path.name == "a" else "a")
    if other.exists():
        one, two = path.read_bytes(), other.read_bytes()
        times = [(one.stat().st_atime_ns, one.stat().st_mtime_ns) for one in (path, other)]
        path.write_bytes(two)
        other.write_bytes(one)
        for file, when in zip((path, other), times, strict=True):
            os.utime(file, ns=when)


CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: None,
    "touch": lambda path: path.touch(),
    "same": lambda path: path.write_bytes(path.read_bytes()),
    "edit": lambda path: path.write_bytes(path.read_bytes() + b"!"),
    "same size": same_size,
    "rename": renamed,
    "exchange": exchanged,
    "remove": lambda path: path.unlink(),
    "mode": lambda path: path.chmod(0o600 if path.stat().st_mode & 0o77 else 0o644),
    "new": lambda path: (path.parent / f"{path.name}.new").write_bytes(b""),
    "folder": lambda path: (path.parent / f"{path.name}.folder").mkdir(exist_ok=True),
}


def state(folder: Path) -> dict[str, object]:
    """All that a program could read of a folder."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes() if path.is_file() else None)
        for path in folder.rglob("*")
    }


@given(
    changes=st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 20)), max_size=4),
    old=st.booleans(),
    settled=st.booleans(),
)
def test_what_looks_the_same_is_the_same(
    changes: list[tuple[str, int]], old: bool, settled: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever happens to files: edited in the same size, renamed, exchanged, their times put back. At once and without delay."""
    folder = tmp_path_factory.mktemp("seen")
    (folder / "in").mkdir()
    for name in ("a", "b", "in/c"):
        (folder / name).write_text(name[-1])
        if old:
            os.utime(folder / name, (1, 1))
    before, then = state(folder), seen.look([folder], time.time_ns() + 2 * seen.TICK * settled)
    assert then and then == seen.look([folder], then.at) and bool(then.young) != settled
    watch = seen.Watch([folder, folder / "none"], then)
    later = time.time_ns() + 10 * seen.TICK
    with pytest.MonkeyPatch.context() as patch:
        if settled:  # as if it had been looked at much later, so that only the system's word counts
            patch.setattr(time, "time_ns", lambda: later)
        assert watch.still() and bool(watch.known) == settled
    if settled:
        time.sleep(0.02)
    for how, at in changes:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        if files:
            CHANGES[how](files[at % len(files)])
    assert watch.still() == (seen.look([folder], then.at) == then)
    if seen.look([folder], then.at) == then:
        assert state(folder) == before
    elif not changes:
        raise AssertionError("nothing happened, and it looks otherwise")


def test_what_comes_where_nothing_was_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of its own (`people.yaml`), and one in a folder."""
    (tmp_path / "in").mkdir()
    later = time.time_ns() + 10 * seen.TICK
    monkeypatch.setattr(time, "time_ns", lambda: later)
    for name in ("none", "in/new"):
        then = seen.look([tmp_path / "in", tmp_path / "none"])
        watch = seen.Watch([tmp_path / "in", tmp_path / "none"], then) if then else None
        assert watch and watch.still() and watch.known and watch.still()
        (tmp_path / name).touch()
        assert not watch.still()


def test_two_changes_in_one_tick_are_told_by_their_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system whose clock goes by two seconds."""
    row = seen.row

    def coarse(path: str, state: os.stat_result) -> seen.Row:
        path, mode, size, changed, touched, *rest = row(path, state)
        return path, mode, size, changed // seen.TICK * seen.TICK, touched // seen.TICK * seen.TICK, *rest

    monkeypatch.setattr(seen, "row", coarse)
    path = tmp_path / "a"
    path.write_text("a")
    for _ in range(30):
        then = seen.look([tmp_path])
        same_size(path)
        now = seen.look([tmp_path], then.at if then else 0)
        assert then and now and then != now


def test_a_link_or_device_cannot_be_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    assert seen.look([tmp_path]) and seen.look([tmp_path / "none"])
    (tmp_path / "b").symlink_to("a")
    assert seen.look([tmp_path]) is None
    (tmp_path / "b").unlink()
    os.mkfifo(tmp_path / "b")
    assert seen.look([tmp_path]) is None


def test_bytes_are_read_of_young_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("a")
    young = seen.look([tmp_path])
    later = seen.look([tmp_path], young.at + 2 * seen.TICK) if young else None
    assert young and later and young.young and not later.young and young.stats == later.stats


# Answers -----------------------------------------------------------------------------------------

VERBS = [
    ("extract",),
    ("update",),
    ("check",),
    ("check", "--format", "jsonl"),
    ("status", "--format", "json"),
    ("status", "--todo"),
    ("build",),
]


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_the_same_question_has_the_same_answer_at_once(
    words: tuple[str, ...], site: Path, shelf: Path, runs: list[Path]
) -> None:
    words = (*words, "--root", str(site))
    without_store(*words)
    told = without_store(*words)
    dist = read_tree(site / "dist") if (site / "dist").exists() else {}
    runs.clear()
    assert run(*words) == told and len(runs) == 1
    assert run(*words) == told and len(runs) == 1, "given again"
    shutil.rmtree(shelf)
    assert run(*words) == told and len(runs) == 2, "worked out anew"
    assert (read_tree(site / "dist") if dist else {}) == dist


def test_each_question_has_its_own_answer(site: Path, shelf: Path, runs: list[Path]) -> None:
    told = {words: without_store(*words, "--root", str(site)) for _ in range(2) for words in VERBS}
    runs.clear()
    for count in (len(VERBS), 0):
        for words in VERBS:
            assert run(*words, "--root", str(site)) == told[words], words
        assert len(runs) == count
        runs.clear()


@pytest.mark.parametrize("whole", [True, False])
def test_a_build_given_again_says_that_nothing_was_written(
    whole: bool, site: Path, shelf: Path, runs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "build", "--root", str(site)
    if not whole:
        (site / "dist").mkdir()
        monkeypatch.setattr(disk, "exchange", lambda one, other: False)
    first, again = run(*words), run(*words)
    assert len(runs) == 1 and " 0 of " not in first[1] and ("cannot exchange" in first[2]) != whole
    assert again == without_store(*words) and " 0 of " in again[1]


def stray(dist: Path) -> None:
    (dist / "stray.html").write_text("x")


def linked(dist: Path) -> None:
    (dist / "index.html").unlink()
    (dist / "index.html").symlink_to("en/index.html")


SPOILT: dict[str, Callable[[Path], object]] = {
    "stray": stray,
    "edited": lambda dist: (dist / "index.html").write_text("x"),
    "edited in its size": lambda dist: same_size(dist / "index.html"),
    "removed": lambda dist: (dist / "index.html").unlink(),
    "link": linked,
    "mode": lambda dist: (dist / "index.html").chmod(0o600),
    "mode of a folder": lambda dist: (dist / "en").chmod(0o700),
    "folder": lambda dist: (dist / "empty").mkdir(),
    "all": lambda dist: shutil.rmtree(dist),
    "a killed run": lambda dist: (dist.parent / ".dist-new").mkdir(),
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_not_as_published_is_put_right(how: str, site: Path, shelf: Path, runs: list[Path]) -> None:
    words = "build", "--root", str(site)
    run(*words)
    before = state(site / "dist")
    SPOILT[how](site / "dist")
    assert run(*words)[0] == 0 and len(runs) == 2
    assert state(site / "dist") == before and not (site / ".dist-new").exists()
    assert run(*words)[0] == 0 and len(runs) == 2


def test_what_changes_while_a_verb_runs_is_no_answer(
    site: Path, shelf: Path, runs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "check", "--root", str(site)
    load = projects.load

    def edited(root: Path, *rest: object, **more: object) -> object:
        found = load(root, *rest, **more)  # type: ignore[arg-type]
        assert found.content
        same_size(root / "source" / "index.md")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(projects, "load", edited)
        run(*words)
    told = without_store(*words)
    assert run(*words) == told


def test_dist_spoilt_while_it_is_published_is_no_answer(
    site: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "build", "--root", str(site)
    exchange = disk.sync_folder

    def spoilt(path: Path) -> None:
        exchange(path)
        if path == site and (site / "dist").exists():
            (site / "dist" / "index.html").write_text("x")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "sync_folder", spoilt)
        run(*words)
    assert (site / "dist" / "index.html").read_text() == "x"
    run(*words)
    assert (site / "dist" / "index.html").read_text() != "x"


def test_an_answer_holds_for_its_day_and_terminal(
    site: Path, shelf: Path, runs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "status", "--root", str(site)
    for name, value, counted in (
        ("SOURCE_DATE_EPOCH", "1800000000", 1),
        ("SOURCE_DATE_EPOCH", "1800000000", 1),
        ("SOURCE_DATE_EPOCH", "1800086400", 2),
        ("FORCE_COLOR", "1", 3),
        ("COLUMNS", "60", 4),
        ("COLUMNS", "60", 4),
    ):
        monkeypatch.setenv(name, value)
        run(*words)
        assert len(runs) == counted, (name, value)


def test_a_time_that_is_none_is_said(site: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it is written as the day is."""
    words = "check", "--root", str(site)
    run(*words)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", time.strftime("%Y-%m-%d", time.gmtime()))
    assert run(*words)[0] == 2


def test_a_recall_dated_later_is_no_answer_for_the_day(site: Path, shelf: Path, runs: list[Path]) -> None:
    """It holds from its second on."""
    run("recall", "index#pump.1", "--root", str(site), "--by", "Dr. Lee", "--reason", "hurt")
    path = site / "locale" / "recalls.jsonl"
    line = path.read_text()
    path.write_text(line + line.replace('"date": "2', '"date": "9'))
    runs.clear()
    words = "check", "--root", str(site)
    assert run(*words) == run(*words) and len(runs) == 2


@pytest.fixture
def settled(site: Path, shelf: Path) -> Iterator[Path]:
    """The site with answers whose files were young when they were given."""
    run("check", "--root", str(site))
    yield site


def test_an_answer_about_young_files_is_kept_as_of_a_later_time(settled: Path, shelf: Path, runs: list[Path]) -> None:
    words = "check", "--root", str(settled)
    (path,) = shelf.glob("answer-*")
    key = path.stem.removeprefix("answer-")
    assert any(young for _, young, _ in Store(shelf).get("answer", key)["seen"])
    time.sleep(seen.TICK / 1e9 + 0.1)
    told = run(*words)
    assert not any(young for _, young, _ in Store(shelf).get("answer", key)["seen"])
    assert run(*words) == told and not runs
    same_size(settled / "source" / "index.md")
    assert run(*words) == without_store(*words) and runs


EDITS: dict[str, Callable[[Path], object]] = {
    **{how: CHANGES[how] for how in ("nothing", "touch", "same", "edit", "same size", "rename", "remove", "new")},
    "text": lambda path: path.write_bytes(path.read_bytes().replace(b"20", b"30")),
    "text back": lambda path: path.write_bytes(path.read_bytes().replace(b"30", b"20")),
}


@settings(max_examples=12)
@given(edits=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 5)), max_size=5))
def test_no_changed_input_gives_the_old_answer(
    edits: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Verb after verb on a site that is edited in between, at once: with the store what is said without."""
    folder = tmp_path_factory.mktemp("edited")
    root = lay_out(
        folder / "site", {"index.md": PAGE, "more.md": "---\ntitle: More\n---\n\n# More\n\nIt holds 20 ml.\n"}
    )
    translate(root, WORDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCKSTEP_STORE", str(folder / "store"))
        for how, at in [("nothing", 0), *edits]:
            files = sorted(
                path for path in (*root.glob("source/*"), *root.glob("locale/**/*.po"), *root.glob("locale/*.txt"))
            )
            if files:
                EDITS[how](files[at % len(files)])
            for words in (("check", "--format", "jsonl"), ("status", "--format", "json")):
                assert run(*words, "--root", str(root)) == without_store(*words, "--root", str(root))


def test_settings_with_many_rules_have_a_digest(make: Make) -> None:
    """Also the same one in every process, whatever order its sets come in."""
    root = make({"index.md": "Text\n"})
    lenient(root)
    rule = '\n[[tool.lockstep.checks]]\ncheck = "number"\nlevel = "off"\nclasses = ["a", "b", "c", "d", "e"]\n'
    (root / "pyproject.toml").write_text((root / "pyproject.toml").read_text("utf-8") + rule)
    code = (
        "import sys; from pathlib import Path; from pipeline.core import settings, seen; from pipeline.core.cache import NO_STORE\n"
        "from pipeline.project.earlier import Earlier\n"
        "print(Earlier(settings.load(Path(sys.argv[1])), '', NO_STORE, None).settled)"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code, str(root)],
            capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": str(seed)}, cwd=REPO,
        ).stdout
        for seed in range(4)
    }  # fmt: skip
    assert len(found) == 1
