"""Laws of what a build believes of the one before: the pages of a language that stand in `dist/` are taken as they stand, unread; and
whatever became of `dist/` or of the store since, what stands there afterwards is what a build without either makes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.build import rendering
from pipeline.build.editions import Made
from pipeline.build.page_keys import PageKeys
from pipeline.cli.main import main
from pipeline.commands import build
from pipeline.core import clock, index, pickled, seen
from pipeline.core.cache import NO_STORE, Store
from pipeline.core.index import Index
from pipeline.project import project
from pipeline.site import publish as publishing
from pipeline.site.pages import Edition
from pipeline.site.standing import Before
from tests.conftest import SOAK, Make, read_tree, translate
from tests.laws.edits import EDITS, ES, edited, put
from tests.laws.test_earlier import model, outputs, plain
from tests.sites import on, run

__all__ = ["model", "plain"]

PAGE, OTHER = "es/notices/index.html", "ar/held/index.html"


def slyly(root: Path, at: int) -> None:
    """Other bytes, as many, at the time of the old ones."""
    path = root / "dist" / (PAGE, OTHER)[at % 2]
    state, body = path.stat(), path.read_bytes()
    path.write_bytes(body.replace(b"html", b"HTML"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def stood_in(root: Path, at: int) -> None:
    """Another file under the name of a page, as one restores it from somewhere."""
    path = root / "dist" / (PAGE, OTHER)[at % 2]
    (root / "dist/aside").write_bytes(path.read_bytes().replace(b"html", b"HTML"))
    shutil.copystat(path, root / "dist/aside")
    (root / "dist/aside").rename(path)


def swapped(root: Path, at: int) -> None:
    """Two pages under each other's names."""
    one, other = root / "dist" / PAGE, root / "dist" / OTHER
    one.rename(root / "dist/aside")
    other.rename(one)
    (root / "dist/aside").rename(other)


def every(root: Path, change: Callable[[Path], object]) -> None:
    """Something done to all records about what stands in `dist/`."""
    for path in (root.parent / "store").glob("*.lockstep"):
        if path.name.partition("-")[0] in {"index", "volumes", "editions", "sheets", "pages"}:
            change(path)


HARM: dict[str, Callable[[Path, int], object]] = {
    "nothing": lambda root, at: None,
    "a file edited slyly": slyly,
    "a file put in the place of another": stood_in,
    "two pages swapped": swapped,
    "a file cut": lambda root, at: os.truncate(root / "dist" / PAGE, at),
    "a page gone": lambda root, at: (root / "dist" / PAGE).unlink(),
    "a language gone": lambda root, at: shutil.rmtree(root / "dist/es"),
    "a stray file": lambda root, at: (root / f"dist/es/stray{at}.html").write_text("stray"),
    "a stray file where Python keeps its own": lambda root, at: (
        (root / "dist/es/__pycache__").mkdir(exist_ok=True),
        (root / f"dist/es/__pycache__/stray{at}.html").write_text("stray"),
    ),
    "what the manifest says of a language": lambda root, at: (root / "dist/lockstep/es.json").write_text("{}"),
    "a mode": lambda root, at: (root / "dist" / PAGE).chmod(0o600),
    "a link in the place of a page": lambda root, at: (
        (root / "dist" / PAGE).unlink(),
        (root / "dist" / PAGE).symlink_to("../../index.html"),
    ),
    "all of it, copied": lambda root, at: (
        shutil.copytree(root / "dist", root / "copy"),
        shutil.rmtree(root / "dist"),
        (root / "copy").rename(root / "dist"),
    ),
    "all of it gone": lambda root, at: shutil.rmtree(root / "dist"),
    "the store torn": lambda root, at: every(root, lambda path: os.truncate(path, path.stat().st_size // 2)),
    "no pages in the store": lambda root, at: every(root, lambda path: path.name.startswith("pages") and path.unlink()),
    "no index in the store": lambda root, at: every(root, lambda path: path.name.startswith("index") and path.unlink()),
    "no volumes in the store": lambda root, at: every(
        root, lambda path: path.name.startswith("volumes") and path.unlink()
    ),
    "no sheets in the store": lambda root, at: every(
        root, lambda path: path.name.startswith("sheets") and path.unlink()
    ),
}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh store that the environment names; whatever was written is as old as has to be, and each site a large one."""
    monkeypatch.setenv("LOCKSTEP_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(seen, "TICK", 0)
    monkeypatch.setattr(publishing, "LARGE", 0)
    monkeypatch.setattr(rendering, "CHUNK", 2)
    yield tmp_path / "store"


def made_of(root: Path) -> dict[str, bytes]:
    """What a build makes that keeps nothing."""
    made = outputs(root, NO_STORE)
    assert isinstance(made, dict)
    made.pop("")
    return made


def stands_as_made(root: Path, made: dict[str, bytes] | None = None) -> None:
    """What a build leaves in `dist/`, with all that is kept, is what one makes that keeps nothing; whether or not it complains."""
    assert main(["build", "--root", str(root)]) in {0, 1}
    assert read_tree(root / "dist") == (made_of(root) if made is None else made)
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in (root / "dist").rglob("*") if path.is_file())


class Built(NamedTuple):
    """A folder with the site, built, and its store; and what a build that keeps nothing makes of it, as it is and after `retold`."""

    folder: Path
    made: dict[str, bytes]
    after: dict[str, bytes]


def retold(root: Path) -> None:
    """Edit a translation."""
    put(root, ES, "debajo de la piel", "sobre la piel")


@pytest.fixture(scope="module")
def once(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("once") / "folder"
    shutil.copytree(model, folder / "site")
    shutil.copytree(model, folder / "retold")
    retold(folder / "retold")
    with on(5), pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCKSTEP_STORE", str(folder / "store"))
        patch.setattr(rendering, "CHUNK", 2)
        run(folder / "site", "build")
        found = Built(folder, made_of(folder / "site"), made_of(folder / "retold"))
    shutil.rmtree(folder / "retold")
    return found


@pytest.mark.parametrize("how", HARM)
def test_whatever_became_of_it(how: str, once: Built, tmp_path: Path, shelf: Path) -> None:
    """With nothing else changed, and with a translation edited in another language too."""
    root = tmp_path / "site"
    shutil.copytree(once.folder, tmp_path, dirs_exist_ok=True)
    with on(5):
        run(root, "build")
        HARM[how](root, 1)
        stands_as_made(root, once.made)
        HARM[how](root, 2)
        retold(root)
        stands_as_made(root, once.after)


@settings(max_examples=100 if SOAK else 8, phases=[Phase.reuse, Phase.generate])
@given(
    days=st.lists(
        st.tuples(st.sampled_from(sorted(EDITS)), st.sampled_from(sorted(HARM)), st.integers(0, 9)),
        min_size=1,
        max_size=4,
    ),
    signed=st.booleans(),
)
def test_whatever_was_edited_between(
    days: list[tuple[str, str, int]],
    signed: bool,
    model: Path,
    plain: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("days")
    root = folder / "site"
    shutil.copytree(model if signed else plain, root)
    with on(5), pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCKSTEP_STORE", str(folder / "store"))
        patch.setattr(seen, "TICK", 0)
        patch.setattr(publishing, "LARGE", 0)
        patch.setattr(rendering, "CHUNK", 2)
        run(root, "build")
        for how, harm, at in days:
            edited(root, how, at, 5)
            if (root / "dist" / PAGE).is_file() and (root / "dist" / OTHER).is_file():
                HARM[harm](root, at)
            made = outputs(root, NO_STORE)
            if isinstance(made, dict):
                made.pop("")
                stands_as_made(root, made)


def test_pages_that_stand_there_are_not_read(
    model: Path, tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither from the store nor from `dist/`: of one edited language its own pages alone are. What is read of `dist/`, once it is
    published, is what this build wrote, and what the one before wrote and this one gave another name, which the system calls a change."""
    root, asked, read = tmp_path / "site", list[str](), list[str]()
    shutil.copytree(model, root)
    with on(5):
        run(root, "build")
        first = read_tree(root / "dist")
        put(root, ES, "Llámenos, {clinic.open}", "Avísenos, {clinic.open}")
        run(root, "build")
        second = read_tree(root / "dist")
        put(root, ES, "Avísenos, {clinic.open}", "Escríbanos, {clinic.open}")
        kept, hashed = Store.read, seen.hashed

        def reading(store: Store, kind: str, key: str) -> bytes | None:
            asked.append(kind)
            return kept(store, kind, key)

        def hashing(path: str) -> str:
            read.append(path)
            return hashed(path)

        monkeypatch.setattr(Store, "read", reading)
        monkeypatch.setattr(seen, "hashed", hashing)
        run(root, "build")
    assert asked.count("pages") == 2, "of the language, and of the one that stands on it"
    third = read_tree(root / "dist")
    written = {path for path in third if third[path] != second.get(path)}
    linked = {path for path in third.keys() - written if second[path] != first.get(path)}
    of_dist = [index.below(root / "dist", path) for path in read if path.startswith(str(root / "dist"))]
    assert sorted(of_dist) == sorted(written | linked), "each once"
    own = {path.partition("/")[0] for path in written}
    assert own == {"es", "es-MX", "status", "lockstep", "lockstep.json", "v"}, (
        "the pages, their versions, what is said of them"
    )
    assert sum(path.startswith("v/") for path in written) == 2


def test_of_pages_to_which_nothing_happened_none_is_looked_up_alone(
    model: Path, tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that stand beside an edited one are, in each language that shows it, and no other."""
    root, asked, page = tmp_path / "site", set[tuple[str, int]](), rendering.page
    shutil.copytree(model, root)

    def looked(edition: Edition, at: int, keys: PageKeys | None = None, before: Before | None = None) -> Made:
        asked.add((edition.locale.name, at))
        return page(edition, at, keys, before)

    with on(5):
        run(root, "build")
        put(root, ES, "Llámenos, {clinic.open}", "Avísenos, {clinic.open}")
        run(root, "build")
        put(root, ES, "Avísenos, {clinic.open}", "Escríbanos, {clinic.open}")
        with monkeypatch.context() as patch:
            patch.setattr(rendering, "page", looked)
            run(root, "build")
        stands_as_made(root)
    assert len(project.load(root, clock.read()).content.pages) > 4
    assert sorted(name for name, _ in asked) == ["es", "es", "es_MX", "es_MX"], asked
    assert len({at // rendering.CHUNK for _, at in asked}) == 1


def test_what_may_have_changed_unseen_is_not_believed(tmp_path: Path) -> None:
    """A file that changed shortly before it was looked at may change once more with nothing to show for it."""
    (tmp_path / "a").write_bytes(b"old")
    now = index.state((tmp_path / "a").stat())
    last = max(now[2], now[3])
    young, old = (Index(at, "", {"a": (now, "digest")}) for at in (last + seen.TICK - 1, last + seen.TICK + 1))
    assert (young.digest("a", now), old.digest("a", now)) == ("", "digest")
    for at in range(6):  # whatever else the system says of it
        other = tuple(value + (at == place) for place, value in enumerate(now))
        assert old.digest("a", other) == "", at  # type: ignore[arg-type]
    before = Before(tmp_path, young)
    before.look()
    assert before.holds({"a": seen.hashed(str(tmp_path / "a"))}) and not before.holds({"a": "digest"})
    assert not before.holds({"b": ""}) or "b" not in before.found.files


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        (1, 2),
        (1, "", 3),
        (1, "", {"a": 1}),
        (1, "", {"a": (1, "x")}),
        ("", 1, {}),
        (1, "", {"a": ((1,) * 6, 2)}),
    ],
)
def test_a_record_of_another_shape_knows_no_file(value: object, tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(index.KIND, index.name(tmp_path), pickled.dump(value))
    assert index.read(store, tmp_path) == index.UNKNOWN


def test_a_build_by_hand_is_published_the_same(model: Path, tmp_path: Path) -> None:
    """Without an answer kept for the next run, as others than the program call it."""
    root, store = tmp_path / "site", Store(tmp_path / "store")
    shutil.copytree(model, root)
    with on(5):
        for _ in range(2):
            build.build(project.load(root, clock.read(), store=store))
            assert read_tree(root / "dist") == made_of(root)


def test_an_alias_tells_which_files_a_page_has_and_where_its_links_lead(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {
        "index.md": "# Doses\n\nTake 5 mg now.\n",
        "card.md": "# Card\n\n![A card](card.svg) for [all](index.md).\n",
    }
    words = {"Doses": "Dosis", "Card": "Tarjeta", "Take 5 mg now.": "Tome 5 mg ahora."}
    words["![A card](card.svg) for [all](index.md)."] = "![Una tarjeta](card.svg) para [todos](index.md)."
    root, store = make(pages, extra='slugs = "translated"'), Store(tmp_path / "store")
    known, found, alias = dict[str, object](), set[tuple[object, ...]](), PageKeys.alias

    def asked(keys: PageKeys, at: int) -> str:
        said, beside, page = alias(keys, at), keys.beside(at), keys.edition.site.content.pages[at].path
        if page.endswith("card.md"):
            found.add((keys.edition.locale.name, repr(beside)))
        assert not said or known.setdefault(said, beside) == beside, (keys.edition.locale.name, page, beside)
        return said

    monkeypatch.setattr(PageKeys, "alias", asked)
    with on(5):
        (root / "source/card.svg").write_bytes(b"<svg/>")
        run(root, "update")
        translate(root, words)
        run(root, "review", "en", "index#doses.1", "--into", "card.svg")
        outputs(root, store)
        for path, old, new in (
            (ES, "Tome 5 mg ahora.", "Tome 5 mg ya."),
            (ES, "Tarjeta", "Carta"),
            (ES, "Tome 5 mg ya.", "Tome 5 mg ahora."),
            ("source/index.md", "Take 5 mg now.", "Take 50 mg now."),
            ("source/index.md", "# Doses", "---\nslug: doses\n---\n\n# Doses"),
        ):
            put(root, path, old, new)
            run(root, "update")
            outputs(root, store)
        (root / "source/card.es.svg").write_bytes(b"<svg id='es'/>")
        outputs(root, store)
    assert len(found) > 4, found
