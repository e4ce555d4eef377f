"""Laws of what earlier runs worked out: with it or without it the same bytes, whatever was edited between; and a page whose
text did not change is not made again."""

from __future__ import annotations

import io
import os
import pickle
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.build import deciding
from pipeline.commands import build
from pipeline.core import clock, pickled
from pipeline.core.book import Book
from pipeline.core.cache import NO_STORE, Store
from pipeline.core.errors import LockstepError
from pipeline.core.model import Document
from pipeline.project import project
from pipeline.resolve import table
from pipeline.site.pages import Edition
from tests.conftest import SOAK, read_tree, translate
from tests.laws import told
from tests.laws.edits import DATA, EDITS, ES, PAGE, again, edited, put
from tests.sites import every_notice, on, run

PLAIN = [
    "a former translation less",
    "a fuzzy mark",
    "a graver edit",
    "a text and its update",
    "a translation of a parent",
    "an edit less",
    "an obsolete translation less",
    "update",
    "an edit by hand",
    "an edit of looks by hand",
    "a former translation by hand",
    "a guess by hand",
    "a guess of another region",
    "a former translation that cannot be read",
    "what another region knows",
    "a catalog copied",
    "a heading and its update",
    "a page moved and its update",
]
"""What is tried alone on the plain site as well: where no ledger has a line, these are all that can tell two runs apart."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that edits start from; a variant of a language stands on it too, and a text on a fact that is translated."""
    root = every_notice(tmp_path_factory.mktemp("model") / "site")
    put(root, "pyproject.toml", '"zh_Hans"]', '"zh_Hans", "es_MX"]')
    put(root, "pyproject.toml", '"nav.label"]', '"nav.label", "clinic.open"]')
    put(root, DATA, "name:", "clinic: {open: each day}\nname:")
    (root / "source/pump.svg").write_text("<svg/>")
    with (root / PAGE).open("a", encoding="utf-8") as page:
        page.write("\nCall us, {clinic.open}.\n\n![](pump.svg)\n")
    with on(4):
        run(root, "update")
        translate(root, {"Call us, {clinic.open}.": "Llámenos, {clinic.open}.", "each day": "cada día"})
    return root


@pytest.fixture(scope="module")
def plain(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same where nothing was ever signed or withdrawn: what is kept must not lean on ledgers to see what happened. And a tool
    took the marks and an obsolete entry from a catalog: what became of that text is told by its former translation alone."""
    root = tmp_path_factory.mktemp("plain") / "site"
    shutil.copytree(model, root)
    text = (root / ES).read_text("utf-8")
    text = re.sub(r'\n#~ msgid "Rest for .+\n#~ .+\n', "", text)
    (root / ES).write_text(re.sub(r"(?m)^#(, fuzzy|\||\. (stale|carried)).*\n", "", text), "utf-8")
    for path in [*root.glob("locale/**/recalls.jsonl"), *root.glob("locale/**/reviews.jsonl")]:
        path.unlink()
    return root


BARE = [
    "every obsolete translation",
    "every obsolete translation less",
    "a translation",
    "a graver edit",
    "an edit less",
]
"""What is tried alone on the bare site."""


@pytest.fixture(scope="module")
def bare(plain: Path, model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plain site with its obsolete entries, and without former translations: whose text an entry has is told by another entry
    of the catalog alone, which the log leads to and which stands on no page."""
    root = tmp_path_factory.mktemp("bare") / "site"
    shutil.copytree(plain, root)
    text = (model / ES).read_text("utf-8")
    (root / ES).write_text(re.sub(r"(?m)^#(, fuzzy|\||\. (stale|carried)).*\n", "", text), "utf-8")
    for path in root.glob("locale/**/former.jsonl"):
        path.unlink()
    return root


class Started(NamedTuple):
    """A site that was built once: where it lies, its own store, and what was made."""

    root: Path
    store: Store
    first: dict[str, bytes] | str


class Start(Protocol):
    """Lay a site out as its first build left it, store and all, whatever an earlier test did there."""

    def __call__(self, name: str) -> Started: ...


@pytest.fixture(scope="module")
def started(model: Path, plain: Path, bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """The first build of each site is made once. A site lies in one folder for all tests, by which its documents are found."""
    sites = {"model": model, "plain": plain, "bare": bare}
    folder = tmp_path_factory.mktemp("started")

    @cache
    def first(name: str) -> dict[str, bytes] | str:
        shutil.copytree(sites[name], folder / name)
        with on(5):
            return outputs(folder / name, Store(folder / f"{name}-first"))

    def start(name: str) -> Started:
        made = first(name)
        root, store = folder / name, folder / f"{name}-store"
        for path, like in ((root, sites[name]), (store, folder / f"{name}-first")):
            shutil.rmtree(path, ignore_errors=True)
            shutil.copytree(like, path)
        return Started(root, Store(store), made)

    return start


def outputs(root: Path, store: Store, jobs: int = 1) -> dict[str, bytes] | str:
    """What a build would publish, or why not; under "" what is said of the languages, with the lines."""
    try:
        found = project.load(root, clock.read(), store=store)
        made = {one.path: one.body for one in build.outputs(found, jobs)}
        return made | {"": "\n".join(str(said) for one in found.coverage for said in one.findings).encode()}
    except LockstepError as problem:
        return str(problem)


@settings(max_examples=100 if SOAK else 8, phases=[Phase.reuse, Phase.generate])  # no minutes for a shorter failure
@given(
    days=st.lists(
        st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 9), st.sampled_from([5, 5, 6, 120])),
        min_size=1,
        max_size=4,
    ),
    signed=st.booleans(),
    large=st.booleans(),
)
def test_the_same_bytes_with_and_without(
    days: list[tuple[str, int, int]], signed: bool, large: bool, started: Start
) -> None:
    """Also where the tables of a large site wait on disk."""
    root, store, _ = started("model" if signed else "plain")
    for how, at, day in days:
        edited(root, how, at, day)
        with on(day), pytest.MonkeyPatch.context() as patch:
            patch.setattr(deciding, "KEPT", 0 if large else deciding.KEPT)
            wanted = outputs(root, NO_STORE)
            assert outputs(root, store) == wanted
            assert outputs(root, store, 2) == wanted


@pytest.mark.parametrize(
    ("start", "how"),
    [
        *(("model", how) for how in sorted(EDITS)),
        *(("plain", how) for how in PLAIN),
        *(("bare", how) for how in BARE),
    ],
)
def test_the_same_bytes_after_one_edit(start: str, how: str, started: Start, request: pytest.FixtureRequest) -> None:
    """Each edit alone, and taken back."""
    root, store, first = started(start)
    with on(5):
        edited(root, how, 1, 5)
        wanted = outputs(root, NO_STORE)
        assert outputs(root, store) == wanted
        shutil.rmtree(root)
        shutil.copytree(request.getfixturevalue(start), root)
        assert outputs(root, store) == first


def test_what_is_said_of_the_english_is_the_same(model: Path, tmp_path: Path) -> None:
    """Hints about the words of a page are kept by the page and the grade that it is held to."""
    root, store = tmp_path / "site", Store(tmp_path / "store")
    shutil.copytree(model, root)
    long = f"Call MRI about {'the pump and ' * 40}the rest of it."

    def said(store: Store) -> list[str]:
        return sorted(
            f"{one.span} {one.code} {one.text}" for one in project.load(root, clock.read(), store=store).findings
        )

    with on(5):
        for edit in (
            lambda: None,
            lambda: again(root, PAGE, r"A nurse fills the pump\.", long, 0),
            lambda: put(root, PAGE, "# Notices\n", "# Notices\n\nMore.\n"),
            lambda: put(root, "pyproject.toml", "[tool.lockstep]", "[tool.lockstep]\nreading-grade = 1.0"),
        ):
            edit()
            assert said(store) == said(NO_STORE) == said(store)
        assert any("reading-grade" in one for one in said(NO_STORE)) and any("MRI" in one for one in said(NO_STORE))


@pytest.mark.parametrize("how", ["nothing", "a paragraph", "a translation of a parent", "a template"])
def test_the_same_bytes_where_tables_wait_on_disk(
    how: str, started: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they do of a large site: a document at a time, in the bytes that the store has."""
    root, store, _ = started("model")
    with on(5):
        edited(root, how, 1, 5)
        wanted = outputs(root, NO_STORE)
        monkeypatch.setattr(deciding, "KEPT", 0)
        assert outputs(root, NO_STORE) == outputs(root, store) == wanted
        assert outputs(root, Store(tmp_path / "fresh"), 2) == wanted


@pytest.mark.parametrize(
    "how",
    [
        "a graver edit",
        "an edit less",
        "a former translation less",
        "an edit by hand",
        "a former translation by hand",
        "a guess by hand",
        "a picture of a language",
    ],
)
def test_what_became_of_a_text_reaches_its_page(how: str, started: Start) -> None:
    """So that the law above has something to see: these change a page by themselves, without a line in a ledger."""

    def reaches(at: int) -> bool:
        root, _, first = started("plain")
        with on(5):
            edited(root, how, at, 5)
            return outputs(root, NO_STORE) != first

    assert any(map(reaches, range(3)))


@pytest.mark.parametrize(
    ("how", "most"),
    [("nothing", 0), ("a paragraph", 5), ("a translation", 6), ("a line more in a catalog", 0), ("an asset", 0)],
)
def test_what_did_not_change_is_not_made_again(
    how: str, most: int, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 25 pages."""
    root, store, made = tmp_path / "site", Store(tmp_path / "store"), []
    shutil.copytree(model, root)
    page = Edition.page

    def counted(edition: Edition, at: int, *rest: Any) -> Any:
        made.append((edition.locale.name, at))
        return page(edition, at, *rest)

    monkeypatch.setattr(Edition, "page", counted)
    with on(5):
        outputs(root, store)
        assert len(made) == len(set(made)) == 25
        made.clear()
        edited(root, how, 3, 5)
        outputs(root, store)
    assert len(made) <= most, made


@pytest.mark.parametrize("how", ["a text and its update", "an edit by hand"])
def test_one_text_decides_its_own_documents(
    how: str, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an edited paragraph, though the log, every catalog and what was known of their texts have other lines; and of the other
    pages nobody works out what they are about to print."""
    root, store = tmp_path / "site", Store(tmp_path / "store")
    shutil.copytree(plain, root)
    decided: set[str] = set()
    viewed: set[str] = set()
    blocks_of, view = table.blocks_of, Edition.view

    def deciding(document: Document, *rest: Any) -> Any:
        decided.add(document.path)
        return blocks_of(document, *rest)

    def viewing(edition: Edition, at: int) -> Any:
        viewed.add(edition.site.content.pages[at].path)
        return view(edition, at)

    with on(5):
        run(root, "update")
        outputs(root, store)
        monkeypatch.setattr(table, "blocks_of", deciding)
        monkeypatch.setattr(Edition, "view", viewing)
        edited(root, how, 1, 5)
        outputs(root, store)
        assert decided == viewed and len(viewed) == 1


def test_what_another_region_knows_reaches_those_that_do_not_stand_on_it(plain: Path, tmp_path: Path) -> None:
    """Of two regions neither of which is a parent of the other, one catalog was begun as a copy; what is known of its texts stands in
    the ledger of the first alone."""
    root, store = tmp_path / "site", Store(tmp_path / "store")
    shutil.copytree(plain, root)
    put(root, "pyproject.toml", '"es"', '"es_PE", "es_CL"')
    put(root, "pyproject.toml", ', "es_MX"', "")
    (root / "locale/es").rename(root / "locale/es_PE")
    put(root, told.catalog("es_PE"), "Language: es\\n", "Language: es_PE\\n")
    told.copied(root, 0, "es_PE", "es_CL")
    lines = (root / "locale/es_PE/former.jsonl").read_text("utf-8")
    with on(5):
        first, same = outputs(root, store), []
        assert isinstance(first, dict) and "es-CL/notices/index.html" in first
        for kept in ("", *(line for line in lines.splitlines(keepends=True)), lines):
            (root / "locale/es_PE/former.jsonl").write_text(kept, "utf-8")
            wanted = outputs(root, NO_STORE)
            assert outputs(root, store) == wanted and isinstance(wanted, dict)
            same.append(wanted["es-CL/notices/index.html"] == first["es-CL/notices/index.html"])
        assert same[-1] and not all(same), "there is something to see"


def test_languages_that_nothing_happened_to_are_not_decided(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, store = tmp_path / "site", Store(tmp_path / "store")
    shutil.copytree(model, root)
    decided: list[str] = []
    decide = deciding.decide
    monkeypatch.setattr(deciding, "decide", lambda desk, name: decided.append(name) or decide(desk, name))
    with on(5):
        outputs(root, store)
        assert sorted(decided) == ["ar", "en", "es", "es_MX", "zh_Hans"]
        decided.clear()
        put(root, ES, "Bomba", "La Bomba")
        put(root, ES, "\n\n#", "\n\n\n#")
        outputs(root, store)
    assert sorted(decided) == ["es", "es_MX"], "and what stands on it"


def test_nothing_is_kept_of_files_that_change_while_they_are_read(model: Path, tmp_path: Path) -> None:
    """An editor saves in the middle of a build: what it made then is nobody's, and the next build makes it anew."""
    root, store = tmp_path / "site", Store(tmp_path / "store")
    shutil.copytree(model, root)
    with on(5):
        old = (root / ES).read_text("utf-8")
        found = project.load(root, clock.read(), store=store)
        put(root, ES, "debajo de la piel", "sobre la piel")
        list(build.outputs(found))
        (root / ES).write_text(old, "utf-8")
        assert outputs(root, store) == outputs(root, NO_STORE)
        kinds = {path.name.partition("-")[0] for path in (tmp_path / "store").iterdir()}
    assert {"decided", "pages", "rows"} <= kinds, "the last build was a whole one"


def damaged(body: bytes, how: str, noise: bytes) -> bytes:
    return {"all": noise, "half": body[: len(body) // 2] + noise, "cut": body[: len(noise)]}[how]


@settings(max_examples=6)
@given(noise=st.binary(max_size=200), how=st.sampled_from(["all", "half", "cut"]), sealed=st.booleans())
def test_a_damaged_store_is_no_store(
    noise: bytes, how: str, sealed: bool, model: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also where the damage has a digest of its own, and where each value in a book is another one."""
    folder = tmp_path_factory.mktemp("damaged")
    store = Store(folder)
    with on(5):
        wanted = outputs(model, store)
        for path in sorted(folder.iterdir()):
            kind, _, key = path.stem.partition("-")
            body = store.read(kind, key)
            assert body is not None
            if not sealed:
                path.write_bytes(damaged(path.read_bytes(), how, noise))
            elif kind in {"rows", "pages", "decided", "editions", "sources"}:
                kept = pickled.load(body)
                values = [*kept.values()]
                store.write(kind, key, pickled.dump(dict(zip(kept, [noise, 7, *values], strict=False))))
            else:
                store.write(kind, key, damaged(body, how, noise))
        if not sealed:
            assert outputs(model, store) == wanted
        else:
            outputs(
                model, store
            )  # whoever may write records may say what stands in them; no more is promised than this


class Harm:
    """What a pickle must not do."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("harm",)


@pytest.mark.parametrize(
    "body",
    [
        pickle.dumps(Harm()),
        b"cos\nsystem\n(S'mkdir harm'\ntR.",
        b"cpipeline.core.disk\nwrite\n(S'harm'\ntR.",
        b"\x80\x04\x8c\x13pipeline.core.model\x8c\x18Finding.__init__.__class__\x93.",
        b"cpipeline.core.cache\nos\n.",
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"",
        b"\x80\x05",
    ],
)
def test_a_pickle_runs_nothing(body: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="no value"):
        pickled.load(body)
    assert not list(tmp_path.iterdir())


def test_the_digest_of_equal_values_is_one() -> None:
    """Whatever in them is the same object: what is read back shares otherwise than what was worked out."""
    one = "a" * 30
    other = io.StringIO("a" * 30).read()
    assert one is not other
    assert pickled.digest([(one, one)]) == pickled.digest([(one, other)]) != pickled.digest([(one, one + "b")])


def test_a_book_keeps_what_others_asked_for_but_not_all_of_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for run_ in range(5):
        book = Book(store, "some", "key")
        for at in range(10):
            book.put(f"{run_}.{at}", "x" * 600 * at)
        book.save()
    kept = Book(store, "some", "key").kept
    assert {f"4.{at}" for at in range(10)} <= kept.keys() and len(kept) <= 30
    assert Book(store, "some", "key").get("4.9", str) == "x" * 5400
    assert Book(store, "some", "key").get("4.9", int) is None


def test_what_is_published_is_what_the_pages_say(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the command, with its store, from dist/ gone to dist/ there."""
    monkeypatch.setenv("LOCKSTEP_STORE", str(tmp_path / "store"))
    root = tmp_path / "site"
    shutil.copytree(model, root)
    with on(5):
        run(root, "build")
        first = read_tree(root / "dist")
        shutil.rmtree(root / "dist")
        run(root, "build")
        assert read_tree(root / "dist") == first
        run(root, "audit")
