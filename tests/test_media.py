"""A picture, a recording or a PDF that carries words is shown while the page says them, language by language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.conftest import Make, built, made_once, translate, updated
from tests.sites import on
from tests.test_page_digest import swap
from tests.test_schemas import schema

PAGE = """# Doses

Take 5 mg now.

Rest a little.

![A card with the dose](card.svg)

[The leaflet](leaflet.pdf) says more.

<audio controls src="dose.mp3"></audio>
"""
WORDS = {
    "Doses": "Dosis",
    "Take 5 mg now.": "Tome 5 mg ahora.",
    "Rest a little.": "Descanse un poco.",
    "![A card with the dose](card.svg)": "![Una tarjeta con la dosis](card.svg)",
    "[The leaflet](leaflet.pdf) says more.": "[El folleto](leaflet.pdf) dice más.",
}
FILES = ("card.svg", "leaflet.pdf", "dose.mp3")


def run(root: Path, *words: str) -> int:
    return main([words[0], "--root", str(root), *words[1:]])


@pytest.fixture
@made_once
def site(make: Make) -> Path:
    """The English files are made from the dose; the card says something of its own in Spanish and the recording in French."""
    with on(0):
        root = make({"index.md": PAGE}, locales=("es", "fr"))
        for name in FILES:
            (root / "source" / name).write_bytes(name.encode())
        translate(root, WORDS)
        translate(root, {"Take 5 mg now.": "Prenez 5 mg maintenant."}, "fr")
        for name in FILES:
            assert run(root, "review", "en", "index#doses.1", "--into", name) == 0
        assert run(root, "review", "es", "index#doses.1", "index#doses.2", "--into", "card.svg") == 0
        assert run(root, "review", "fr", "index#doses.1", "--into", "dose.mp3") == 0
    return root


def shown(root: Path, tag: str) -> tuple[str, ...]:
    """The files that a page of a language leads to."""
    html = (root / f"dist/{tag}/index.html").read_text()
    found = tuple(name for name in FILES if f'="../assets/{name}"' in html)
    assert html.count('class="withheld"') == len(FILES) - len(found), "the reader is told of each"
    assert "controls" in html and re.search("A card|Una tarjeta", html), "what describes it stays"
    return found


def po(old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / "locale/es/LC_MESSAGES/messages.po"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return change


ALL = FILES
CASES: list[tuple[str, Callable[[Path], None], dict[str, tuple[str, ...]]]] = [
    ("nothing", lambda root: None, {"en": ALL, "es": ALL, "fr": ALL}),
    ("another text", swap("# Doses", "# The doses"), {"en": ALL, "es": ALL, "fr": ALL}),
    ("the text", swap("5 mg", "50 mg"), {"en": (), "es": (), "fr": ()}),
    ("a text of one language's file", swap("Rest a little.", "Rest a lot."), {"en": ALL, "es": ("leaflet.pdf", "dose.mp3"), "fr": ALL}),
    ("one translation", po("Descanse un poco.", "Repose un poco."), {"en": ALL, "es": ("leaflet.pdf", "dose.mp3"), "fr": ALL}),
    ("a declaration that cannot be read", lambda root: (root / "source/card.svg.made-from").write_text("{") and None, {"en": ALL[1:], "es": ALL[1:], "fr": ALL[1:]}),
    ("a recall", lambda root: run(root, "recall", "index#doses.1", "--stub", "--by", "Lee", "--reason", "x") and None, {"en": (), "es": (), "fr": ()}),
    ("a recall of the translations", lambda root: run(root, "recall", "index#doses.1", "--by", "Lee", "--reason", "x") and None, {"en": ALL, "es": ("leaflet.pdf", "dose.mp3"), "fr": ("card.svg", "leaflet.pdf")}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "wanted"), CASES, ids=[row[0] for row in CASES])
def test_a_file_is_withheld_where_its_words_changed(
    site: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    change: Callable[[Path], None],
    wanted: dict[str, tuple[str, ...]],
) -> None:
    with on(0):
        built(site)
        assert {tag: shown(site, tag) for tag in wanted} == dict.fromkeys(wanted, ALL)
        change(site)
        updated(site)
        built(site)
        assert {tag: shown(site, tag) for tag in wanted} == wanted
        nowhere = {one for one in FILES if not any(one in files for files in wanted.values())}
        assert {one for one in FILES if not (site / "dist/assets" / one).exists()} == nowhere, (
            "nor found by its address"
        )
        assert run(site, "audit") == 0, "and every text says its language"
        capsys.readouterr()
        assert run(site, "check") == any(one != ALL for one in wanted.values())
    assert ("[media]" in capsys.readouterr().out) == any(one != ALL for one in wanted.values())
    assert not (site / "dist/assets/card.svg.made-from").exists(), "a declaration is for editors"


def test_a_file_made_anew_is_shown_again(site: Path) -> None:
    swap("5 mg", "50 mg")(site)
    updated(site)
    built(site)
    assert shown(site, "en") == ()
    for name in FILES:
        assert run(site, "review", "en", "index#doses.1", "--into", name) == 0
    built(site)
    assert shown(site, "en") == ALL and shown(site, "es") == ("leaflet.pdf", "dose.mp3")


WRONG = [
    (("en", "index#doses.1", "--into", "no.svg"), "there is no file source/no.svg"),
    (("en", "--into", "card.svg"), "a file is made from texts"),
    (("xx", "index", "--into", "card.svg"), "is no language of this site"),
    (("fr", "index", "--into", "card.svg"), "is not shown in fr"),
    (("en", "index#nowhere", "--into", "card.svg"), "has no block"),
]


@pytest.mark.parametrize(("words", "why"), WRONG, ids=[why for _, why in WRONG])
def test_what_no_file_is_made_from(
    site: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str
) -> None:
    before = (site / "source/card.svg.made-from").read_bytes()
    assert run(site, "review", *words) == 2
    assert why in capsys.readouterr().err and (site / "source/card.svg.made-from").read_bytes() == before


def foretold(root: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """What `impact` says of files."""
    capsys.readouterr()
    assert run(root, "impact", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    schema("impact").validate(found)
    return {one["file"]: one["locales"] for one in found["withheld"]}


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("# Doses", "# Doses of it", {}),
        ("Take 5 mg now.", "Take 5 mg, now.", None),
        ("Take 5 mg now.", "Take 8 mg now.", None),
        ("Rest a little.", "Rest a little more.", {"source/card.svg": ["es"]}),
        ("Take 5 mg now.", "", None),
    ],
)
def test_impact_says_which_files_an_edit_withdraws(
    site: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, wanted: dict[str, list[str]] | None
) -> None:
    """In which languages, the source language too; and those are the ones that the pages then do not lead to. What was withheld
    before is no news."""
    assert foretold(site, capsys) == {}
    before = {tag: (built(site), shown(site, tag))[1] for tag in ("en", "es", "fr")}
    path = site / "source/index.md"
    path.write_text(path.read_text().replace(old, new))
    found = foretold(site, capsys)
    assert wanted in (None, found) and bool(found) == (old != "# Doses")
    assert run(site, "impact") == 0
    said = capsys.readouterr().out
    assert ("Withheld, for the words that they carry" in said) == bool(found) == (f"{len(found)} file" in said)
    updated(site)
    built(site)
    lost = {tag: {*before[tag]} - {*shown(site, tag)} for tag in before}
    happened = {f"source/{name}": [tag for tag in lost if name in lost[tag]] for name in FILES}
    assert found == {name: tags for name, tags in happened.items() if tags}
    assert foretold(site, capsys) == {}
