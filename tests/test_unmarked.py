"""Texts from whose entry a tool took every mark before any update or check saw it, in a clone whose ledgers lost the lines that tell of them."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.catalog import Entry, po_file
from pipeline.changes import unmarked
from pipeline.changes.edit_log import Log
from pipeline.changes.former import TOUCHED, bare_id, ends
from pipeline.changes.lineage import Held
from pipeline.cli.main import main
from pipeline.core.model import Key, ident
from pipeline.severity.severity import Grade
from pipeline.text.features import Names
from tests.conftest import Make, built, lay_out, translate, updated
from tests.sites import on
from tests.test_dropped import committed, git
from tests.test_flags import FORMER, PO, gettext, of_polib, sed

LOG = "locale/edits.jsonl"
TUBE, TUBO = "Keep the tube in a drawer.", "Guarde el tubo donde se le indicó."
COLD = TUBE.replace("drawer", "freezer")
CALM, CALMA = "The pump sits under the skin.", "La bomba está debajo de la piel."
WORD, PALABRA = "A nurse fills the pump.", "Una enfermera llena la bomba."


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text whose English was edited gravely, and one whose was edited in a word; all is committed, marks too."""
    with on(0):
        root = tmp_path_factory.mktemp("edited") / "site"
        lay_out(root, {"index.md": f"# Pump\n\n{TUBE}\n\n{CALM}\n\n{WORD}\n"})
        translate(root, {TUBE: TUBO, CALM: CALMA, WORD: PALABRA})
        updated(root)
    (root / ".gitignore").write_text("dist/\n.lockstep/\n")
    git(root, "init", "-q", "-b", "main")
    committed(root)
    page = root / "source/index.md"
    page.write_text(page.read_text("utf-8").replace("drawer", "freezer").replace("the pump.", "your pump."), "utf-8")
    with on(1):
        updated(root)
    committed(root)
    return root


@pytest.fixture
def site(edited: Path, tmp_path: Path) -> Path:
    """That site, in a folder of the test's own."""
    return Path(shutil.copytree(edited, tmp_path / "site", symlinks=True))


def lost(root: Path, *, log: bool, former: bool) -> None:
    """As a rebase with `-X ours` leaves the ledgers, in a clone that never had its commits; and nothing that a run left."""
    if log:
        (root / LOG).write_text("")
    if former:
        (root / FORMER).unlink()
    committed(root)
    for name in ("dist", ".lockstep"):
        shutil.rmtree(root / name, ignore_errors=True)


def less_notes(root: Path) -> None:
    """Our comment goes first, in a commit of its own."""
    path = root / PO
    path.write_text(re.sub(r"^#\. stale.*\n", "", path.read_text("utf-8"), flags=re.M), "utf-8")


def bare(root: Path) -> None:
    of_polib(bare=True, obsolete=False)(root)


def kept_obsolete(root: Path) -> None:
    of_polib(bare=True, obsolete=True)(root)


def otherwise(root: Path) -> None:
    """A platform: header, order, wrapping, places; a full stop and a space besides."""
    bare(root)
    catalog = polib.pofile(str(root / PO), wrapwidth=30)
    catalog.metadata["X-Generator"] = "Weblate 5.9"
    catalog.find(COLD).msgstr = TUBO.removesuffix(".")
    catalog.sort(key=lambda entry: entry.msgid)
    catalog.save(str(root / PO))


CLEAR: list[tuple[str, Callable[[Path], None]]] = [
    ("by hand", sed),
    ("msgattrib", gettext("msgattrib", "--clear-fuzzy", "--clear-previous", "--sort-output", "--no-obsolete")),
    ("polib, without comments", kept_obsolete),
    ("polib, without comments and obsolete", bare),
    ("a platform that sorts, wraps and touches", otherwise),
]
WITHOUT = [(True, True), (True, False), (False, True)]


def shown(root: Path) -> str:
    with on(2):
        built(root)
    return (root / "dist/es/index.html").read_text("utf-8")


def faults(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, bool]:
    capsys.readouterr()
    with on(2):
        code = main(["check", "--root", str(root)])
    return code, "unchanged-since-edit" in capsys.readouterr().out


@pytest.mark.parametrize("first", ["build", "check", "update", "impact"])
@pytest.mark.parametrize("clear", [row[1] for row in CLEAR], ids=[row[0] for row in CLEAR])
def test_git_tells_that_a_text_was_marked(
    site: Path, clear: Callable[[Path], None], first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Committed or not, in one step or two, whatever ran first: with both ledgers and the obsolete entry gone."""
    lost(site, log=True, former=True)
    less_notes(site)
    committed(site)
    clear(site)
    if first != "build":
        committed(site)
        with on(2):
            main([first, "--root", str(site)])
    assert first == "update" or faults(site, capsys) == (1, True), "an update has put the mark back"
    for _ in range(2):
        page = shown(site)
        assert TUBO.removesuffix(".") not in page and CALMA in page and "drawer" not in page
        with on(2):
            updated(site)
            assert updated(site) == ([], [])
    of_polib(bare=True, obsolete=False)(site)
    shutil.rmtree(site / ".git")
    assert TUBO.removesuffix(".") not in shown(site), "by the list now, which the update wrote"


@pytest.mark.parametrize(("log", "former"), WITHOUT)
def test_a_clone_whose_history_has_the_mark(site: Path, log: bool, former: bool, tmp_path: Path) -> None:
    lost(site, log=log, former=former)
    bare(site)
    committed(site)
    other = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(site), str(other)], check=True)
    page = shown(other)
    assert TUBO not in page and CALMA in page


@pytest.mark.parametrize("clone", ["no git", "shallow"])
@pytest.mark.parametrize(("log", "former"), WITHOUT)
def test_an_obsolete_entry_tells_without_git(
    site: Path, log: bool, former: bool, clone: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No line says what became of the English that has the same text."""
    lost(site, log=log, former=former)
    kept_obsolete(site)
    committed(site)
    other = tmp_path / "clone"
    if clone == "shallow":
        subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{site}", str(other)], check=True)
    else:
        shutil.copytree(site, other, ignore=shutil.ignore_patterns(".git"))
    page = shown(other)
    assert TUBO not in page and CALMA in page
    assert PALABRA in page or not former, "an edit in a word withdraws nothing"
    assert faults(other, capsys) == (1, True)
    with on(2):
        updated(other)
        assert updated(other) == ([], [])
    assert TUBO not in shown(other)


def test_what_a_brought_catalog_said_of_both_is_its_own(make: Make) -> None:
    """Another tool's catalog has one text twice, once for an English that this site has not. Two live entries that were there together are
    no carried text, also when the first update has made one of them obsolete."""
    root = make({"index.md": f"# Pump\n\n{COLD}\n"})
    body = (f'msgid "{COLD}"\nmsgstr "{TUBO}"\n', f'msgid "{TUBE}"\nmsgstr "{TUBO}"\n')
    head = 'msgid ""\nmsgstr "Language: es\\nContent-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    (root / PO).parent.mkdir(parents=True, exist_ok=True)
    (root / PO).write_text("\n".join([head, *body]), "utf-8")
    updated(root)
    assert f'#~ msgid "{TUBE}"' in (root / PO).read_text("utf-8")
    assert updated(root) == ([], [])
    assert TUBO in shown(root)


def test_what_is_translated_anew_or_stood_by_is_shown(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lost(site, log=True, former=True)
    kept_obsolete(site)
    catalog = polib.pofile(str(site / PO))
    catalog.find(COLD).msgstr = "Guarde el tubo en el congelador."
    catalog.save(str(site / PO))
    assert "congelador" in shown(site)
    catalog.find(COLD).msgstr = TUBO
    catalog.save(str(site / PO))
    assert TUBO not in shown(site)
    line = po_file.load(site, PO).live()[Key(None, COLD)].line
    words = ("--check", "unchanged-since-edit", "--by", "Ana Ruiz", "--reason", "says both")
    with on(2):
        assert main(["accept", f"{PO}:{line}", *words, "--root", str(site)]) == 0
    assert TUBO in shown(site)


@pytest.mark.parametrize("first", ["build", "check", "update", "impact"])
@pytest.mark.parametrize("whose", ["both", "before", "draft"])
def test_a_text_that_a_branch_brought(site: Path, whose: str, first: str) -> None:
    """A translator's new text of the former English came from another branch, so that no update has noted it: the driver put it under both,
    or an older commit has it under the former one. A draft that stands under the new English alone becomes a person's by losing its mark."""
    anew, path = "Guarde el tubo en su sitio.", site / PO
    if whose == "before":
        now = path.read_bytes()
        git(site, "checkout", "-q", "HEAD~1", "--", PO)
        path.write_text(path.read_text("utf-8").replace(TUBO, anew), "utf-8")
        committed(site)
        path.write_bytes(now)
    body = path.read_text("utf-8")
    path.write_text(body.replace(TUBO, anew) if whose == "both" else body.replace(TUBO, anew, 1), "utf-8")
    committed(site)
    bare(site)
    with on(2):
        main([first, "--root", str(site)])
    assert (anew in shown(site)) == (whose == "draft")
    with on(2):
        updated(site)
        assert updated(site) == ([], [])
    shutil.rmtree(site / ".git")
    assert (anew in shown(site)) == (whose == "draft")


def test_a_warm_build_hears_what_a_tool_took_away(site: Path) -> None:
    lost(site, log=True, former=True)
    assert TUBO not in shown(site), "by its mark"
    kept_obsolete(site)
    assert TUBO not in shown(site)
    committed(site)
    bare(site)
    assert TUBO not in shown(site)


def test_a_warm_build_hears_of_the_history_alone(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a byte of the site is another: its clone gets the older commits (a shallow one, `git fetch --unshallow`), or loses them."""
    monkeypatch.setenv("LOCKSTEP_STORE", str(tmp_path / "store"))
    lost(site, log=True, former=True)
    bare(site)
    committed(site)
    kept, aside = site / ".git", tmp_path / "aside"
    for one, other, there in [(kept, aside, True), (aside, kept, False), (kept, aside, True)]:
        one.rename(other)
        with on(2):
            main(["build", "--root", str(site)])
        assert (TUBO in (site / "dist/es/index.html").read_text("utf-8")) == there


ALONE = [
    # the obsolete English and its translation, the live one and its own; whether the live one was made for the other
    (TUBE, TUBO, COLD, TUBO, True),
    (TUBE, TUBO, COLD, TUBO.removesuffix("."), True),
    (TUBE, TUBO, COLD, "Guarde el tubo en el congelador.", False),
    (TUBE, TUBO, "Keep the tube in the drawer.", TUBO, False),  # a word
    ("Monday", "lunes", "Mondays", "lunes", False),
    ("Accept", "Aceptar", "OK", "Aceptar", False),  # short, and nothing alike
    ("fn area() { a }", "fn area() { b }", "fn area() {  b }", "fn area() { b }", False),  # code
    ("Turn the key.", "Gire.", "Turn the knob.", "Gire.", True),  # short, and alike
]


@pytest.mark.parametrize(("old", "text", "new", "now", "made"), ALONE)
def test_an_obsolete_entry_and_a_live_one(old: str, text: str, new: str, now: str, made: bool) -> None:
    body = f'msgid "{new}"\nmsgstr "{now}"\n\n#~ msgid "{old}"\n#~ msgstr "{text}"\n'
    found = po_file.parse("x.po", body.encode())
    assert [key for key, _ in unmarked.of(found, Log(), Held())] == [ident(Key(None, new))] * made


def test_marks_are_read_of_the_entries_that_have_one() -> None:
    note = "#. stale since 2026-11-02, critical: item\n#, fuzzy\n"
    one = f'{note}#| msgid "{TUBE}"\nmsgid "{COLD}"\nmsgstr "{TUBO}"\n'
    other = f'msgid "{CALM}"\nmsgstr "{CALMA}"\n'
    late = note + f'msgid "{COLD}"\nmsgstr ""\n"{TUBO}"\n'
    mark = (ident(Key(None, COLD)), bare_id([TUBO]), Key(None, TUBE), "")
    for bodies in ([one], [late, one], [one.replace("\n", "\r\n")]):
        assert unmarked.marks("x.po", [f"{other}\n{body}\n{other}".encode() for body in bodies]) == (mark,)
    assert unmarked.marks("x.po", [other.encode()]) == ()


OTHER = CALM.replace("skin", "bed")


def offered(root: Path) -> None:
    """As msgmerge does it of a new text that is like another one."""
    page = root / "source/index.md"
    page.write_text(page.read_text("utf-8") + f"\n{OTHER}\n", "utf-8")
    with on(2):
        main(["extract", "--root", str(root)])
    gettext("msgmerge", "-q")(root)


def typed(root: Path) -> None:
    """An update writes the entry, and somebody types into it what another one has."""
    page = root / "source/index.md"
    page.write_text(page.read_text("utf-8") + f"\n{OTHER}\n", "utf-8")
    with on(2):
        updated(root)
    committed(root)
    with on(2):
        translate(root, {OTHER: CALMA})


def alone(root: Path) -> None:
    """And the text that it was taken from is cut."""
    offered(root)
    page = root / "source/index.md"
    page.write_text(page.read_text("utf-8").replace(f"\n{CALM}\n", ""), "utf-8")


def nothing(root: Path) -> None:
    pass


OFFERED: list[tuple[str, Callable[[Path], None], list[Callable[[Path], None]], int]] = [
    ("typed by a person", typed, [nothing], 2),
    ("typed by a person, committed", typed, [committed], 2),
    ("marked", offered, [nothing], 1),
    ("cleared", offered, [sed], 1),
    ("cleared with msgattrib, which leaves what it was like", offered, [gettext("msgattrib", "--clear-fuzzy")], 1),
    ("committed, then cleared", offered, [committed, bare], 1),
    ("cleared and committed", offered, [bare, committed], 1),
    ("committed twice", offered, [committed, bare, committed], 1),
    ("cleared, the other one cut", alone, [bare], 0),
    ("cleared and committed, the other one cut", alone, [bare, committed], 0),
]


@pytest.mark.parametrize(("begin", "steps", "times"), [row[1:] for row in OFFERED], ids=[row[0] for row in OFFERED])
def test_what_another_tool_offered_to_a_new_english(
    site: Path, begin: Callable[[Path], None], steps: list[Callable[[Path], None]], times: int
) -> None:
    """Seen to fail: a tool that merges took the text of one sentence for another, and another one took off the mark before any update."""
    begin(site)
    for step in steps:
        step(site)
    assert shown(site).count(CALMA) == times
    with on(2):
        updated(site)
    git(site, "add", "-A"), git(site, "commit", "-qm", "noted", "--allow-empty")
    assert shown(site).count(CALMA) == times, "and when an update has noted it"


@pytest.mark.parametrize("alike", [True, False])
def test_the_work_grows_as_the_catalog_does(alike: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of obsolete entries that all have one text a few are looked at."""
    asked: list[Key] = []
    grade = unmarked.graded

    def counted(was: Key, entry: Entry, names: Names, *, critical: bool) -> Grade:
        asked.append(was)
        return grade(was, entry, names, critical=critical)

    monkeypatch.setattr(unmarked, "graded", counted)

    def work(count: int) -> int:
        asked.clear()
        rest = "".join(
            f'#~ msgid "Take the {at}th pill"\n#~ msgstr "{TUBO if alike else at}"\n\n' for at in range(count)
        )
        live = "".join(f'msgid "Take a {at}th pill"\nmsgstr "{TUBO if alike else at}"\n\n' for at in range(count))
        assert len([*unmarked.of(po_file.parse("x.po", (live + rest).encode()), Log(), Held())]) <= count
        return len(asked)

    assert work(80) <= 2.5 * work(40) + 8


TYPED = st.text("aé\u0301\u0338 \n«»“’'…..。।!?:;%7—中ا\u0654\u0345", max_size=24)


@example([" ", "«\u0301 é"], [4, 6])
@example(["“e\u0301\u0338 ;"], [6, 4, 5])
@given(st.lists(TYPED, min_size=1, max_size=2), st.lists(st.integers(0, len(TOUCHED)), max_size=3))
def test_texts_that_a_touch_alone_tells_apart_begin_and_end_with_the_same_words(
    texts: list[str], touched: list[int]
) -> None:
    """So those whose outer words are others need not be compared (seen to fail with the first four characters of any kind)."""
    others = texts
    for at in touched:
        others = [TOUCHED[at](one) if at < len(TOUCHED) else unicodedata.normalize("NFD", one) for one in others]
    if bare_id(texts) == bare_id(others):
        assert ends(texts) == ends(others)
