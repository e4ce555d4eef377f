"""Laws of extraction from the store: it finds what the pages hold, and what is wrong with them, whatever the store has."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from babel.util import pathmatch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.changes.occurrences import PLAIN, heading
from pipeline.content import extracted, pages, parse
from pipeline.content.files import fits
from pipeline.content.inline_html import plain, slug
from pipeline.core import settings as site_settings
from pipeline.core.book import Book
from pipeline.core.cache import NO_STORE, Store, digest, program
from pipeline.core.errors import LockstepError
from pipeline.core.inline import NO_FACTS, Syntax
from pipeline.core.settings import Settings
from tests.conftest import REPO
from tests.laws.pages import PAGE


def whole(root: Path) -> object:
    """The messages as the pages have them; None where they cannot all be read."""
    try:
        return pages.read(site_settings.load(root)).whole()
    except LockstepError:
        return None


def messages(asked: Settings, store: Store) -> object:
    """The messages as they are found file by file."""
    found = extracted.read(asked, store)
    return found and found.messages


@given(st.lists(PAGE, min_size=1, max_size=3))
@settings(max_examples=20, deadline=None)
def test_the_store_has_what_the_pages_have(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, store = Path(folder, "site"), Store(Path(folder, "store"))
        (root / "source").mkdir(parents=True)
        (root / "templates").mkdir()
        (root / "templates/page.html").write_text('{{ _("Menu") }}', "utf-8")
        shutil.copy(REPO / "pyproject.toml", root)
        for at, text in enumerate(texts):
            (root / f"source/{'index' if not at else f'page-{at}'}.md").write_text(text, "utf-8")
        wanted, asked = whole(root), site_settings.load(root)
        for _ in "cold", "warm":
            assert messages(asked, store) == wanted
        book = Book(store, "messages", digest(program(), asked.project, asked.english.name))
        assert len(book.kept) >= bool(wanted)
        for key in book.kept:
            book.put(key, [[1]])
        book.save()
        assert messages(asked, store) == wanted, "records of another shape"
        for record in Path(folder, "store").glob("messages-*"):
            record.write_bytes(b"0" * 64 + b"\n[[1]]")
        assert messages(asked, store) == wanted, "a store that was written over"
        (root / "source/index.md").write_text("Another\n\n* text\n", "utf-8")
        assert messages(asked, store) == whole(root), "one page edited"
        assert extracted.read(asked, NO_STORE) is None


BROKEN = [
    ("source/index.md", b"caf\xe9\n"),
    ("source/index.md", b"<!-- i18n: skip-start -->\n\na\n"),
    ("source/About-these-translations.md", b"a\n"),
    ("source/a/index.md", b"a\n"),
    ("templates/page.html", b"{% if %}"),
    ("templates/page.html", b"\xff"),
    ("source/site.yaml", b"name: [\n"),
]


@pytest.mark.parametrize(("name", "body"), BROKEN)
def test_what_is_broken_is_left_to_those_who_say_so(tmp_path: Path, name: str, body: bytes) -> None:
    for folder in ("templates", "source"):
        shutil.copytree(REPO / folder, tmp_path / "site" / folder)
    shutil.copy(REPO / "pyproject.toml", tmp_path / "site")
    asked, store = site_settings.load(tmp_path / "site"), Store(tmp_path / "store")
    assert messages(asked, store) == whole(tmp_path / "site") is not None
    (tmp_path / "site/source/a.md").write_text("a\n")
    path = tmp_path / "site" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(body)
    assert messages(asked, store) == whole(tmp_path / "site") is None


PIECE = st.sampled_from(["*", "**", "**/", "?", "/", "a", "source", ".md", "b.", "\\", "+", "(", "^"])
NAME = st.lists(st.sampled_from(["a", "source", "/", ".md", "b", ".", "+", "(", "\\", "^"]), max_size=8).map("".join)


@given(st.sampled_from(["", "^", "./"]), st.lists(PIECE, max_size=6), NAME)
@settings(max_examples=1000)
def test_patterns_of_mappings_are_babel_s(start: str, pieces: list[str], name: str) -> None:
    pattern = start + "".join(pieces)
    try:
        wanted = pathmatch(pattern, name)
    except KeyError:  # three wildcards in a row, which Babel does not know
        return
    assert fits(pattern, name) == wanted


MARK = st.sampled_from([*"*_`~[]()<>&!\\^{}#|$@\"'-+=.:;?, 1", "**", "](", "<b>", "&lt;", "www.", "a@b.c", "http://"])
MARKED = st.builds(lambda mark, word: mark + word + mark, MARK, st.sampled_from(["a", "é b", "a_b"]))


@given(st.from_regex(PLAIN, fullmatch=True) | MARKED)
@example("_a_")
@example("a&amp;b")
def test_a_plain_heading_is_its_text(text: str) -> None:
    assert heading(text) == slug(plain(parse(text, Syntax.MARKDOWN), NO_FACTS))


@pytest.mark.parametrize("path", ["source/index.md", "templates/page.html"])
def test_a_save_while_a_file_is_read_is_kept_under_nobodys_name(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is parsed is what the key was made of, by both ways of reading."""
    root, store = tmp_path / "site", Store(tmp_path / "store")
    (root / "source").mkdir(parents=True)
    (root / "templates").mkdir()
    shutil.copy(REPO / "pyproject.toml", root)
    old = {"source/index.md": "The pump holds 20 ml.\n", "templates/page.html": '{{ _("Menu") }}'}
    (root / "templates/notices.html").write_text("")
    for name, text in old.items():
        (root / name).write_text(text, "utf-8")
    asked, wanted = site_settings.load(root), whole(root)
    put = Book.get

    def saved(book: Book, key: str, kind: type) -> object:
        (root / path).write_text(old[path].replace("20", "200").replace("Menu", "Other"), "utf-8")
        return put(book, key, kind)

    with monkeypatch.context() as patch:
        patch.setattr(Book, "get", saved)
        extracted.read(asked, store)
        (root / path).write_text(old[path], "utf-8")
        pages.read(asked, store)
    (root / path).write_text(old[path], "utf-8")
    assert messages(asked, store) == wanted == pages.read(asked, store).whole()
