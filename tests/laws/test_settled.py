"""Laws of what updates left in step: with it or without it the same bytes, the same words, whatever was edited between."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.commands import settled, update
from pipeline.core import clock
from pipeline.core.cache import NO_STORE, Store
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding
from pipeline.project import project
from tests.conftest import SOAK, lay_out, read_tree

PAGE, OTHER, TEMPLATE = "source/index.md", "source/a.md", "templates/page.html"
ES, FR = (f"locale/{name}/LC_MESSAGES/messages.po" for name in ("es", "fr"))
PAGES = {"index.md": "# Stop\n\nTake 5 mg daily.\n\nAsk a nurse\n", "a.md": "Ask a nurse\n\nOne more text here.\n"}


def put(path: str, old: str, new: str) -> Callable[[Path], object]:
    """Replace the first place of a text in a file."""

    def edit(root: Path) -> None:
        if (root / path).exists():
            (root / path).write_text((root / path).read_text("utf-8").replace(old, new, 1), "utf-8")

    return edit


def write(path: str, text: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_text(text, "utf-8")


EDITS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda root: None,
    "a dose": put(PAGE, "5 mg", "50 mg"),
    "the dose back": put(PAGE, "50 mg", "5 mg"),
    "a full stop": put(OTHER, "here.", "here"),
    "a page": write("source/b.md", "Another text\n"),
    "a page gone": lambda root: (root / OTHER).unlink(missing_ok=True),
    "a page that cannot be read": lambda root: (root / "source/b.md").write_bytes(b"\xff"),
    "a translation": put(ES, 'msgid "Ask a nurse"\nmsgstr ""', 'msgid "Ask a nurse"\nmsgstr "Pregunte"'),
    "another": put(FR, 'msgid "Take 5 mg daily."\nmsgstr ""', 'msgid "Take 5 mg daily."\nmsgstr "Prenez 5 mg"'),
    "a catalog emptied": write(ES, ""),
    "a catalog gone": lambda root: (root / FR).unlink(missing_ok=True),
    "a catalog broken": put(FR, "\n\n#", "\n\nhello\n\n#"),
    "a catalog mended": put(FR, "\nhello\n", ""),
    "a comment": put(ES, "\nmsgid", "\n# ask\nmsgid"),
    "an entry gone": put(ES, 'msgid "Stop"\nmsgstr ""\n', ""),
    "the template gone": lambda root: (root / "locale/messages.pot").unlink(missing_ok=True),
    "the places gone": lambda root: (root / "locale/places.txt").unlink(missing_ok=True),
    "the template otherwise": put("locale/messages.pot", "paragraph", "para"),
    "a broken log": write("locale/edits.jsonl", "{\n"),
    "a glossary": write("locale/glossary.yaml", "protected: [Riverbend]\n"),
    "a glossary that is none": write("locale/glossary.yaml", "protected: x\n"),
    "exceptions": write("locale/es/exceptions.yaml", "exceptions: []\n"),
    "signatures that cannot be read": write("locale/es/reviews.jsonl", "{\n"),
    "no glossary": lambda root: (root / "locale/glossary.yaml").unlink(missing_ok=True),
    "the project's name": put("pyproject.toml", "[tool.lockstep]", '[project]\nname = "x"\n\n[tool.lockstep]'),
    "a plural rule": put("pyproject.toml", "[tool.babel]", '[tool.lockstep.locale.es]\nplural-forms = "nplurals=3; plural=0;"\n\n[tool.babel]'),
}  # fmt: skip


def run(root: Path, store: Store) -> tuple[list[str], list[Finding]] | str:
    """An update: what it wrote and what it says."""
    try:
        return update.update(project.load(root, clock.read(), store=store))
    except LockstepError as problem:
        return str(problem).replace(str(root), "")


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")


@settings(max_examples=500 if SOAK else 40, deadline=None)
@given(st.lists(st.sampled_from(sorted(EDITS)), max_size=6))
def test_the_same_with_and_without(edits: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain, kept, store = Path(folder, "plain"), Path(folder, "kept"), Store(Path(folder, "store"))
        lay_out(plain, PAGES, locales=("es", "fr"), notices=False)
        shutil.copytree(plain, kept)
        for name in ("nothing", *edits, "nothing"):
            for root in (plain, kept):
                EDITS[name](root)
            assert run(kept, store) == run(plain, NO_STORE), name
            assert read_tree(kept) == read_tree(plain), name


def test_a_language_in_step_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what was edited since is looked at, unless a ledger got a line."""
    root, store, read = lay_out(tmp_path / "site", PAGES, locales=("es", "fr")), Store(tmp_path / "store"), []
    load = project.catalog
    monkeypatch.setattr(project, "catalog", lambda *asked: (read.append(asked[-1]), load(*asked))[1])
    wanted = [
        ("nothing", {"es", "fr"}),  # our own texts come in, and the ledgers tell of them
        ("nothing", {"es", "fr"}),
        ("nothing", set()),
        ("a translation", {"es"}),
        ("nothing", set()),
        ("a dose", {"es", "fr"}),
    ]
    for name, names in wanted:
        read.clear()
        EDITS[name](root)
        run(root, store)
        assert set(read) == names, name
    assert settled.read(project.load(root, clock.read(), store=store)).steady


def test_a_save_in_the_middle_of_an_update_is_in_step_with_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor saves after the update has looked, and takes it back afterwards: the next one has work to do."""
    root, store = lay_out(tmp_path / "site", PAGES, locales=("es",)), Store(tmp_path / "store")
    extraction = update.extraction

    def saved(asked: project.Project) -> object:
        put(PAGE, "5 mg", "50 mg")(root)
        return extraction(asked)

    for _ in range(3):
        run(root, store)
    EDITS["a full stop"](root)
    with monkeypatch.context() as patch:
        patch.setattr(update, "extraction", saved)
        update.update(project.load(root, clock.read(), store=store))
    assert "50 mg" in (root / ES).read_text("utf-8")
    put(PAGE, "50 mg", "5 mg")(root)
    update.update(project.load(root, clock.read(), store=store))
    live = (root / ES).read_text("utf-8").partition("#~")[0]
    assert 'msgid "Take 5 mg daily."' in live and "50 mg" not in live
