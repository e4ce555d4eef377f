"""Who replaces a word in all files of a site replaces it in its catalogs too: no translation is that of the new English by it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog import po_file
from pipeline.cli.main import main
from tests.conftest import Make, built, made_once, translate, updated
from tests.sites import full, on

PO = "locale/es/LC_MESSAGES/messages.po"
NEEDLE, AGUJA = "A nurse fills the pump with a needle.", "Una enfermera la llena con lo previsto."
SLIP, LLENA = "The pump recieves its medicine from above.", "La bomba recibe su medicina por arriba."
CALM, CALMA = "The pump sits under the skin.", "La bomba está debajo de la piel."
SPOON = ("with a needle", "with a spoon")
ALL, CATALOGS, TEXTS = ("source/*", "locale/**/*"), ("source/*", "locale/**/*.po"), ("source/*", "locale/**/*.po*")


@pytest.fixture
@made_once
def site(make: Make) -> Path:
    with on(0):
        root = make({"index.md": f"# Pump\n\n{NEEDLE}\n\n{SLIP}\n\n{CALM}\n"})
        translate(root, {NEEDLE: AGUJA, SLIP: LLENA, CALM: CALMA})
        updated(root)
    return root


def replaced(root: Path, one: str, other: str, files: Sequence[str]) -> None:
    """As `sed -i`, or an editor's "replace in all files", does it."""
    for path in {path for name in files for path in root.glob(name) if path.is_file()}:
        path.write_text(path.read_text("utf-8").replace(one, other), "utf-8")


def committed(root: Path) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    (root / ".gitignore").write_text("dist/\n.lockstep/\n")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "first")):
        subprocess.run(["git", *words], cwd=root, check=True)


def again(root: Path) -> None:
    for words in (("add", "-A"), ("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "more")):
        subprocess.run(["git", *words], cwd=root, check=True)


def shown(root: Path) -> str:
    with on(2):
        built(root)
    return (root / "dist/es/index.html").read_text("utf-8")


@pytest.mark.parametrize("git", [False, True], ids=["no git", "git"])
@pytest.mark.parametrize("update", [False, True], ids=["before the update", "after it"])
@pytest.mark.parametrize("files", [ALL, CATALOGS, TEXTS], ids=["all files", "catalogs", "template too"])
def test_a_word_replaced_everywhere_is_an_edit(
    site: Path, files: tuple[str, ...], update: bool, git: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    if git:
        committed(site)
    replaced(site, *SPOON, files)
    if update:
        with on(1):
            updated(site)
    page = shown(site)
    assert AGUJA not in page and NEEDLE.replace(*SPOON) in page
    assert CALMA in page and LLENA in page
    with on(2):
        assert main(["check", "--root", str(site)]) == (0 if update else 1)
    assert update or "unchanged-since-edit" in capsys.readouterr().out
    marked = [e.strings for e in po_file.load(site, PO).entries if e.fuzzy]
    assert (AGUJA,) in marked or not update, "it waits for a translator like any text whose English was edited"


def test_it_stays_so_until_somebody_touches_the_text(site: Path) -> None:
    replaced(site, *SPOON, CATALOGS)
    for day in (1, 2):
        with on(day):
            updated(site)
    assert AGUJA not in shown(site)
    translate(site, {NEEDLE.replace(*SPOON): AGUJA.replace("lo previsto", "una cuchara")})
    assert "una cuchara" in shown(site)


def test_it_is_marked_by_the_next_update_where_this_one_cannot_write_the_catalog(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(site, *SPOON, CATALOGS)
    with on(1), full("messages.po"):
        assert main(["update", "--root", str(site)]) == 2
        capsys.readouterr()
        assert main(["update", "--root", str(site)]) == 2 and "in step" not in capsys.readouterr().out
    with on(2):
        assert main(["update", "--root", str(site)]) == 0
    assert [e.strings for e in po_file.load(site, PO).entries if e.fuzzy] == [(AGUJA,)]


@pytest.mark.parametrize("git", [False, True], ids=["no git", "git"])
@pytest.mark.parametrize("files", [ALL, CATALOGS, TEXTS], ids=["all files", "catalogs", "template too"])
@pytest.mark.parametrize(("word", "charset"), [('a "spoon"', "utf-8"), ("a spoon", "utf-16")])
def test_a_catalog_that_breaks_by_it_and_is_mended_has_no_translation_of_it(
    site: Path, files: tuple[str, ...], git: bool, word: str, charset: str
) -> None:
    if git:
        committed(site)
    replaced(site, "a needle", word, files)
    path = site / PO
    path.write_bytes(path.read_text("utf-8").encode(charset))
    with on(1):
        assert main(["update", "--root", str(site)]) == 2
    path.write_text(path.read_text(charset).replace(word, word.replace('"', '\\"')), "utf-8")
    assert AGUJA not in shown(site)
    with on(2):
        assert main(["update", "--root", str(site)]) < 2
    assert AGUJA not in shown(site)
    translate(site, {NEEDLE.replace("a needle", word): AGUJA.replace("lo previsto", "una cuchara")})
    assert "una cuchara" in shown(site)


@pytest.mark.parametrize("git", [False, True], ids=["no git", "git"])
@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("pump with a spoon.", 'pump with a "spoon".'),
        ('a spoon."\n', "a spoon.\n"),
        ('msgid "A nurse', 'msgid ""\n"\n"A nurse'),
        ('pump with a spoon."', 'pump"\nwith a spoon."'),
        ('pump with a spoon."', 'pump with a \\spoon."'),
    ],
    ids=["marks", "no end", "torn at its beginning", "torn", "no such escape"],
)
def test_texts_that_could_not_be_read_are_kept_apart(site: Path, good: str, bad: str, git: bool) -> None:
    """Two of them at once, of which nobody can tell whose they are."""
    other, otra = NEEDLE.replace("nurse", "doctor"), AGUJA.replace("enfermera", "doctora")
    with on(0):
        page = site / "source/index.md"
        page.write_text(page.read_text("utf-8") + f"\n{other}\n", "utf-8")
        translate(site, {other: otra})
        updated(site)
    if git:
        committed(site)
    replaced(site, *SPOON, CATALOGS)
    path = site / PO
    mended = path.read_text("utf-8")
    path.write_text(
        mended.replace(good, bad).replace(good.replace("nurse", "doctor"), bad.replace("nurse", "doctor")), "utf-8"
    )
    with on(1):
        assert main(["update", "--root", str(site)]) == 2
    path.write_text(mended, "utf-8")
    for _ in range(2):
        page_now = shown(site)
        assert AGUJA not in page_now and otra not in page_now and CALMA in page_now
        with on(2):
            assert main(["update", "--root", str(site)]) < 2


@pytest.mark.parametrize("later", [False, True], ids=["at once", "after another update"])
@pytest.mark.parametrize("git", [False, True], ids=["no git", "git"])
def test_a_word_replaced_in_the_catalogs_first(
    site: Path, git: bool, later: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """An update takes the entry for that of a text which is gone; when the source says so too, it is an edit all the same."""
    if git:
        committed(site)
    replaced(site, *SPOON, ["locale/**/*.po"])
    for day in range(1, 3 if later else 2):
        with on(day):
            updated(site)
            assert updated(site) == ([], [])
        if git and day == 1:
            again(site)
    replaced(site, *SPOON, ["source/*"])
    assert AGUJA not in shown(site)
    with on(3):
        updated(site)
        assert updated(site) == ([], [])
    page = shown(site)
    assert AGUJA not in page and CALMA in page and LLENA in page
    with on(3):
        main(["check", "--root", str(site)])
    assert "unchanged-since-edit" in capsys.readouterr().out
    replaced(site, *reversed(SPOON), ["source/*"])
    with on(4):
        updated(site)
    assert AGUJA in shown(site)


def test_english_that_goes_back_has_its_translation_again(site: Path) -> None:
    replaced(site, *SPOON, CATALOGS)
    with on(1):
        updated(site)
    replaced(site, *reversed(SPOON), CATALOGS)
    with on(2):
        updated(site)
    assert AGUJA in shown(site)


@pytest.mark.parametrize(("files", "git"), [(CATALOGS, False), (CATALOGS, True), (ALL, True)])
def test_a_slip_mended_everywhere_costs_nothing(site: Path, files: tuple[str, ...], git: bool) -> None:
    """Where nobody has the former text any more (every file was rewritten, and there is no git) it is withheld: it may have been any."""
    if git:
        committed(site)
    replaced(site, "recieves", "receives", files)
    with on(1):
        updated(site)
    assert LLENA in shown(site)


@pytest.mark.parametrize("files", [ALL, CATALOGS])
def test_who_writes_both_languages_anew_has_translated(site: Path, files: tuple[str, ...]) -> None:
    committed(site)
    replaced(site, *SPOON, files)
    replaced(site, "lo previsto", "una cuchara", (PO,))
    with on(1):
        updated(site)
    assert "una cuchara" in shown(site)


@pytest.mark.parametrize("together", [False, True], ids=["not committed", "committed"])
@pytest.mark.parametrize("files", [ALL, CATALOGS, TEXTS], ids=["all files", "catalogs", "template too"])
def test_what_was_retranslated_by_a_commit_was_not_with_the_english(
    site: Path, files: tuple[str, ...], together: bool
) -> None:
    """A translator's commit came between the last update and the words that were replaced everywhere."""
    committed(site)
    replaced(site, "lo previsto", "una jeringa", (PO,))
    again(site)
    replaced(site, *SPOON, files)
    if together:
        again(site)
    assert "una jeringa" not in shown(site)
    with on(1):
        updated(site)
    assert "una jeringa" not in shown(site)


def test_who_writes_both_languages_anew_by_a_commit_has_translated(site: Path) -> None:
    committed(site)
    replaced(site, *SPOON, CATALOGS)
    replaced(site, "lo previsto", "una cuchara", (PO,))
    again(site)
    assert "una cuchara" in shown(site)


def test_a_new_text_that_comes_with_its_translation_is_no_edit(site: Path) -> None:
    (site / "source/index.md").write_text(f"# Pump\n\n{NEEDLE}\n\n{SLIP}\n\n{CALM}\n\nCarry the card.\n", "utf-8")
    path = site / PO
    path.write_text(path.read_text("utf-8") + '\nmsgid "Carry the card."\nmsgstr "Lleve la tarjeta."\n', "utf-8")
    with on(1):
        updated(site)
    assert "Lleve la tarjeta." in shown(site)


def test_a_new_text_in_a_catalog_without_the_untranslated_ones_is_no_edit(site: Path) -> None:
    """As `msgattrib --translated` leaves it: an entry that is missing is not one whose English was written anew."""
    page, path = site / "source/index.md", site / PO
    page.write_text(page.read_text("utf-8") + "\nCarry the card.\n", "utf-8")
    found = po_file.load(site, PO)
    path.write_text(replace(found, entries=tuple(e for e in found.entries if e.translated)).text(), "utf-8")
    path.write_text(path.read_text("utf-8") + '\nmsgid "Carry the card."\nmsgstr "Lleve la tarjeta."\n', "utf-8")
    with on(1):
        updated(site)
    assert "Lleve la tarjeta." in shown(site)
