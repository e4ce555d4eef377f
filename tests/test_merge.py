"""Merging catalogs by entry: as a table of small catalogs, and as git calls it in real repositories."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from pipeline.catalog import po_file, po_reader
from pipeline.changes.astray import fresh
from pipeline.changes.three_way import merge
from pipeline.cli.main import main
from pipeline.commands import check
from pipeline.core.model import Key, Level, ident
from tests.conftest import REPO, built, lay_out, project_of, translate, updated, without_notices

SAVED = "2026-01-01 10:00+0000"
HEADER = 'msgid ""\nmsgstr ""\n"PO-Revision-Date: {}\\n"\n"Last-Translator: {}\\n"\n"Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def entry(english: str, text: str = "", *, above: str = "", mark: str = "") -> str:
    return f'{above}{mark}msgid "{english}"\n{mark}msgstr "{text}"\n'


def catalog(*entries: str, saved: str = SAVED, by: str = "Ana", end: str = "\n") -> po_file.Catalog:
    text = "\n".join((HEADER.format(saved, by), *entries))
    return po_file.parse("es.po", text.replace("\n", end).encode())


WRAPPED = 'msgid ""\n"Call us "\n"now."\nmsgstr ""\n'
FILLED = WRAPPED + '"Llame "\n"ya."\n'
DRAFT = f"#, fuzzy\n{FILLED}"
LOOSE = entry("Call us now.", "Llame ya.")
LOOSE_DRAFT = f"#, fuzzy\n{LOOSE}"
EDITED = entry("Call us today.")
EDITED_WRAPPED = WRAPPED.replace("now", "today")
OFFER = '#, fuzzy\n#| msgid "Stop."\n'
CARRIED = f"#. carried over 2026-01-02, only punctuation (from {ident(Key(None, 'Stop'))})\n"
ROWS = [
    # what it is, base, ours, theirs, the entries of the result
    ("the same on both sides", [entry("A")], [entry("A", "a")], [entry("A", "a")], [entry("A", "a")]),
    ("theirs alone", [entry("A"), entry("B")], [entry("A"), entry("B")], [entry("A", "a"), entry("B")], [entry("A", "a"), entry("B")]),
    ("two entries", [entry("A"), entry("B")], [entry("A", "a"), entry("B")], [entry("A"), entry("B", "b")], [entry("A", "a"), entry("B", "b")]),
    ("ours rewrapped, theirs filled", [entry("Call us now.")], [WRAPPED], [entry("Call us now.", "Llame ya.")], [entry("Call us now.", "Llame ya.")]),
    ("ours added, theirs added", [entry("A")], [entry("A"), entry("B", "b")], [entry("A"), entry("C", "c")], [entry("A"), entry("B", "b"), entry("C", "c")]),
    ("a translation of English that is gone stays under that English", [WRAPPED], [EDITED], [FILLED], [EDITED, FILLED]),
    ("the same, the other way round", [WRAPPED], [FILLED], [EDITED], [FILLED, EDITED]),
    ("an empty entry goes", [entry("A"), entry("B")], [entry("B")], [entry("A", above="#: a.md\n"), entry("B", "b")], [entry("B", "b")]),
    ("a note is kept", [entry("A")], [], [entry("A", above="# Which A?\n")], [entry("A", above="# Which A?\n")]),
    ("notes of both", [entry("A")], [entry("A", above="# one\n")], [entry("A", above="# two\n")], [entry("A", above="# one\n# two\n")]),
    ("references by us, text by them", [entry("A", above="#: a.md\n")], [entry("A", above="#: b.md\n")], [entry("A", "a", above="#: a.md\n")], [entry("A", "a", above="#: b.md\n")]),
    ("an offer is taken up on one side, its source mended on the other",
     [entry("Stop.", "Pare.")], [entry("Stop now.", "Pare.", above=OFFER), entry("Stop.", "Pare.", mark="#~ ")], [entry("Stop.", "Deténgase.")],
     [entry("Stop now.", "Deténgase.", above=OFFER), entry("Stop.", "Deténgase.", mark="#~ ")]),
    ("a text is mended that is carried to two others",
     [entry("Stop", "Pare")],
     [entry("Stop", "Pare"), entry("Stop!", "Pare", above=CARRIED), entry("STOP", "Pare", above=CARRIED)],
     [entry("Stop", "Deténgase")],
     [entry("Stop", "Deténgase"), *(entry(one, "Deténgase", above=f'{CARRIED}#, fuzzy\n#| msgid "Stop"\n') for one in ("Stop!", "STOP"))]),
    ("an offer is taken up on one side, its source remarked on on the other",
     [entry("Stop.", "Pare.", above="# old\n")], [entry("Stop now.", "Pare.", above=f"# old\n# ours\n{OFFER}"), entry("Stop.", "Pare.", mark="#~ ", above="# old\n")],
     [entry("Stop.", "Pare.", above="# ask Ana\n#, no-wrap\n")],
     [entry("Stop now.", "Pare.", above="# ours\n# ask Ana\n" + OFFER.replace("fuzzy", "fuzzy, no-wrap")), entry("Stop.", "Pare.", mark="#~ ", above="# ask Ana\n#, no-wrap\n")]),
    ("an offer yields to a person's text", [entry("Stop.", "Pare.")],
     [entry("Stop now.", "Pare.", above=OFFER), entry("Stop.", "Pare.", mark="#~ ")], [entry("Stop.", "Pare."), entry("Stop now.", "Pare ya.")],
     [entry("Stop now.", "Pare ya."), entry("Stop.", "Pare.", mark="#~ ")]),
    ("confirmed on one side", [entry("A", "a", above="#, fuzzy\n")], [entry("A", "a")], [entry("A", "a", above="#: a.md\n#, fuzzy\n")], [entry("A", "a", above="#: a.md\n")]),
    ("confirmed on one side, rewrapped on the other", [DRAFT], [LOOSE_DRAFT], [FILLED], [FILLED]),
    ("marked on one side, rewrapped on the other", [FILLED], [LOOSE], [DRAFT], [DRAFT]),
    ("both confirmed", [entry("A", "x", above="#, fuzzy\n")], [entry("A", "a")], [entry("A", "a", above="# ok\n")], [entry("A", "a", above="# ok\n")]),
]  # fmt: skip


@pytest.mark.parametrize(("base", "ours", "theirs", "wanted"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_merged_by_entry(base: list[str], ours: list[str], theirs: list[str], wanted: list[str], end: str) -> None:
    made = merge(*(catalog(*entries, end=end) for entries in (base, ours, theirs)))
    assert made is not None and not made.conflicts
    assert made.catalog.text() == catalog(*wanted, end=end).text()


CLASHES = [
    ("two texts", [entry("A"), entry("B")], [entry("A", "a"), entry("B")], [entry("A", "o"), entry("B", "b")]),
    ("a draft and a text", [entry("A"), entry("B")], [entry("A", "a"), entry("B")], [entry("A", "o", above="#, fuzzy\n"), entry("B", "b")]),
    ("two texts, one of them carried on", [entry("A", "x"), entry("B")],
     [entry("A", "a"), entry("A!", "x", above=f"#. carried over 2026-01-02, only punctuation (from {ident(Key(None, 'A'))})\n"), entry("B")],
     [entry("A", "o"), entry("B", "b")]),
    ("two texts of English that is gone", [entry("A", "x"), entry("B")], [entry("A", "a", mark="#~ "), entry("B")], [entry("A", "o"), entry("B", "b")]),
]  # fmt: skip


@pytest.mark.parametrize(("base", "ours", "theirs"), [row[1:] for row in CLASHES], ids=[row[0] for row in CLASHES])
def test_two_people_and_one_entry_are_a_conflict_in_that_entry_alone(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    made = merge(*(catalog(*entries) for entries in (base, ours, theirs)))
    assert made is not None and made.conflicts == (Key(None, "A"),)
    text = made.catalog.text()
    for keep in (0, 1):
        head, rest = text.split("<<<<<<< ours\n")
        sides, tail = rest.split(">>>>>>> theirs\n")
        chosen = po_file.parse("es.po", (head + sides.split("=======\n")[keep] + tail).encode())
        assert not chosen.problems, "either side is a whole entry"
        by_key = {one.key.msgid: one.strings for one in chosen.entries}
        assert by_key == {"A": (("a",), ("o",))[keep], "B": ("b",), **({"A!": ("x",)} if "A!" in by_key else {})}
    assert text.count("<<<<<<<") == 1 and entry("B", "b") in text.split(">>>>>>>")[1] + "\n"


def test_header_fields() -> None:
    """Of two saves the later one's time and name; a field that one side changed is its; one that nobody can decide, a conflict."""
    fields = '"X-Generator: Weblate 5\\n"\n"Plural-Forms: nplurals=2; "\n"plural=(n != 1);\\n"\n'
    base, ours = catalog(entry("A")), catalog(entry("A", "a"), saved="2026-01-02 10:00+0200", by="Bo")
    theirs = catalog(entry("A"), saved="2026-01-02 09:00+0000", by="Cy")
    body = theirs.text().replace('"Language: es\\n"\n', '"Language: es\\n"\n' + fields).encode()
    made = merge(base, ours, po_file.parse("es.po", body))
    assert made and not made.conflicts
    assert made.catalog.text() == body.decode().replace('"A"\nmsgstr ""', '"A"\nmsgstr "a"')
    other = po_file.parse("es.po", body.replace(b"Language: es", b"Language: fr"))
    clash = merge(base, po_file.parse("es.po", ours.text().replace("Language: es", "Language: it").encode()), other)
    assert clash and clash.conflicts == (Key(None, ""),) and clash.catalog.text().count("=======") == 1


def test_a_new_plural_of_the_english_leaves_its_translation_waiting() -> None:
    plural = 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "%s"\nmsgstr[1] "%s"\n'
    after = plural.replace("{n} days", "all {n} days")
    made = merge(catalog(plural % ("", "")), catalog(after % ("", "")), catalog(plural % ("{n} día", "{n} días")))
    assert made and not made.conflicts
    (found,) = made.catalog.entries
    assert (found.plural, found.strings, found.fuzzy) == ("all {n} days", ("{n} día", "{n} días"), True)
    assert found.previous and found.previous.plural == "{n} days"


def test_what_cannot_be_read_is_not_merged_by_entry() -> None:
    torn = po_file.parse("es.po", b'msgid "A"\nmsgstr "\n')
    assert (
        merge(torn, catalog(), catalog())
        is merge(catalog(), torn, catalog())
        is merge(catalog(), catalog(), torn)
        is None
    )


def git(root: Path, *words: str, day: int = 1, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Run git as somebody, on a day, with the driver of this checkout."""
    driver = f'"{sys.executable}" -m pipeline merge-driver %O %A %B %P'
    date = f"2026-11-{day:02}T08:00:00Z"
    env = {
        **os.environ,
        "PYTHONPATH": str(REPO),
        "GIT_AUTHOR_DATE": date,
        "GIT_COMMITTER_DATE": date,
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    set_up = ("user.name=Ana", "user.email=a@b.c", "merge.conflictStyle=merge", f"merge.lockstep.driver={driver}")
    done = subprocess.run(
        ["git", *(word for one in set_up for word in ("-c", one)), *words],
        cwd=root, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done


PO = "locale/es/LC_MESSAGES/messages.po"
OLD = "The pump holds 20 ml of the medicine that you need for two months, and a nurse fills it with a thin needle."
NEW = OLD.replace("20", "40")
TEXT = (
    "La bomba contiene 20 ml del medicamento que usted necesita para dos meses, y una enfermera la llena con una aguja."
)
PAGE = "---\ntitle: Pump\n---\n\n# Pump\n\n{}\n\nCall us.\n"
ATTRIBUTES = "*.po -text merge=lockstep\n*.pot -text merge=lockstep\nlocale/**/*.jsonl -text merge=union\n"


def wrapped(path: Path, width: int | None) -> None:
    """A catalog as a tool writes it that wraps lines."""
    if width is not None:
        path.write_text(str(polib.pofile(str(path), wrapwidth=width)), "utf-8")


def saved(path: Path, stamp: str) -> None:
    """The time that an editor writes into the header when it saves."""
    text = re.sub(r'"PO-Revision-Date: .*\\n"', f'"PO-Revision-Date: {stamp}\\\\n"', path.read_text("utf-8"))
    path.write_text(text, "utf-8")


def branched(
    root: Path, attributes: str = ATTRIBUTES, width: int | None = 77, stamp: str = "2026-11-02 07:58+0000"
) -> Path:
    """A site whose translator filled a text on one branch, and whose editor changed its English on another."""
    lay_out(root, {"index.md": PAGE.format(OLD)}, notices=False)
    (root / ".gitattributes").write_text(attributes)
    without_notices(root)
    updated(root)
    wrapped(root / PO, width)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "."), git(root, "commit", "-qm", "begin")
    git(root, "checkout", "-qb", "translator")
    translate(root, {OLD: TEXT, "Call us.": "Llámenos."})
    wrapped(root / PO, width)
    if stamp:
        saved(root / PO, stamp)
    git(root, "commit", "-qam", "translate", day=2)
    git(root, "checkout", "-q", "main")
    (root / "source/index.md").write_text(PAGE.format(NEW))
    updated(root)
    git(root, "commit", "-qam", "edit", day=3)
    return root


WAYS = {
    "merge": lambda root: git(root, "merge", "-q", "-m", "merged", "translator", day=4, code=None),
    "squash": lambda root: git(root, "merge", "-q", "--squash", "translator", day=4, code=None),
    "pick": lambda root: git(root, "cherry-pick", "translator", day=4, code=None),
    "rebase": lambda root: (git(root, "checkout", "-q", "translator"), git(root, "rebase", "-q", "main", day=4, code=None))[1],
    "merge into the translator's": lambda root: (git(root, "checkout", "-q", "translator"), git(root, "merge", "-q", "-m", "merged", "main", day=4, code=None))[1],
    "pick onto the translator's": lambda root: (git(root, "checkout", "-q", "translator"), git(root, "cherry-pick", "main", day=4, code=None))[1],
}  # fmt: skip


@pytest.mark.parametrize("width", [77, 79, None])
@pytest.mark.parametrize("way", WAYS)
def test_git_puts_no_translation_under_another_english(way: str, width: int | None, tmp_path: Path) -> None:
    """The text is offered under the new English, fuzzy, with the English it was made for and the reason; nothing is left to do."""
    root = branched(tmp_path, width=width)
    done = WAYS[way](root)
    assert done.returncode == 0, done.stdout + done.stderr
    found = po_file.load(root, PO)
    live = {one.key.msgid: one for one in found.entries if not one.obsolete}
    assert live[NEW].strings == (TEXT,) and live[NEW].fuzzy and live["Call us."].strings == ("Llámenos.",)
    assert live[NEW].previous and live[NEW].previous.key.msgid == OLD
    assert "number: 20 ml → 40 ml" in live[NEW].extracted[-1]
    assert OLD not in live and TEXT in {text for one in found.entries if one.obsolete for text in one.strings}
    before = (root / PO).read_bytes()
    updated(root)
    assert (root / PO).read_bytes() == before, "update has nothing to add"


@pytest.mark.parametrize("way", WAYS)
def test_git_alone_does(way: str, tmp_path: Path) -> None:
    """The bug that the driver is for: without it every one of these ways publishes the old dose, and git sees no conflict."""
    root = branched(tmp_path, "*.po -text\nlocale/**/*.jsonl -text merge=union\n")
    assert WAYS[way](root).returncode == 0
    assert po_file.load(root, PO).live()[Key(None, NEW)].strings == (TEXT,)
    assert not po_file.load(root, PO).live()[Key(None, NEW)].fuzzy


def test_a_conflict_is_gits_conflict(tmp_path: Path) -> None:
    """Two translators, one entry: git stops, names the file, and the driver the line; the rest is merged."""
    root = branched(tmp_path)
    translate(root, {"Call us.": "Avísenos."})
    git(root, "commit", "-qam", "translate too", day=4)
    done = git(root, "merge", "translator", day=5, code=1)
    said = done.stdout + done.stderr
    line = next(at for at, text in enumerate((root / PO).read_text().split("\n"), 1) if text.startswith("<<<<<<<"))
    assert f"CONFLICT (content): Merge conflict in {PO}" in said
    assert f"lockstep: {PO}:{line}: two translations of Call us.: keep one" in said
    text = (root / PO).read_text()
    assert text.count("<<<<<<<") == 1 and "Llámenos." in text and "Avísenos." in text
    assert [problem.todo for problem in po_file.load(root, PO).problems] == [po_reader.KEEP], "it was merged by entries"
    assert po_file.load(root, PO).live()[Key(None, NEW)].fuzzy, "the old dose is not under the new English"


@pytest.mark.parametrize("attributes", ["driver", "plain"])
def test_a_site_in_a_folder_of_a_repository(attributes: str, tmp_path: Path) -> None:
    """With the driver, and as `check` sees it without."""
    old = branched(tmp_path / "old")
    top = tmp_path / "top"
    top.mkdir()
    site = branched_in(top, old, {"driver": ATTRIBUTES, "plain": PLAIN}[attributes])
    assert git(top, "merge", "-q", "-m", "merged", "translator", day=6).returncode == 0
    assert po_file.load(site, PO).live()[Key(None, NEW)].fuzzy == (attributes == "driver")
    assert [code for code, *_ in said(site)] == ["merged"] * (attributes == "plain")


def branched_in(top: Path, old: Path, attributes: str) -> Path:
    """The history of `branched` again, with the site in a folder `site`."""
    git(top, "init", "-q", "-b", "main")
    (top / ".gitattributes").write_text(attributes.replace("locale/", "site/locale/"))
    for branch, start in (("main~1", None), ("translator", "begin"), ("main", "begin")):
        if start:
            git(top, "checkout", "-q", *(["-b", "translator"] if branch == "translator" else ["main"]))
        git(old, "checkout", "-q", branch)
        shutil.copytree(old, top / "site", ignore=shutil.ignore_patterns(".git", ".gitattributes"), dirs_exist_ok=True)
        git(top, "add", "."), git(top, "commit", "-qm", branch)
    return top / "site"


@pytest.mark.parametrize("side", [0, 1, 2])
def test_a_side_that_cannot_be_read_is_merged_by_lines(
    side: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As git would, with its exit code; and where that moves a translation to another English, it is a conflict all the same."""
    texts = [
        catalog(*entries).text()
        for entries in ([WRAPPED, entry("B")], [EDITED_WRAPPED, entry("B")], [FILLED, entry("B")])
    ]
    torn = '\n#~ msgid "cut off\n'
    names = [tmp_path / name for name in ("base", "ours", "theirs")]
    for at, (path, text) in enumerate(zip(names, texts, strict=True)):
        path.write_text(text + torn * (at == side or side == 0), "utf-8")
    git_says = subprocess.run(
        ["git", "merge-file", "-p", *(str(names[at]) for at in (1, 0, 2))], capture_output=True, check=False
    )
    code = main(["merge-driver", *map(str, names), "locale/es/LC_MESSAGES/messages.po"])
    said = capsys.readouterr().err
    assert names[1].read_bytes() == git_says.stdout and "merged by lines" in said and "does not end on its line" in said
    assert git_says.returncode == 0 and code == 1
    assert "locale/es/LC_MESSAGES/messages.po:8: this translation was made for another English" in said


def test_the_driver_loads_little(tmp_path: Path) -> None:
    """Git starts it once a file: nothing of Markdown, CLDR or likeness is loaded where no text has to find its English."""
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(catalog(entry("A")).text(), "utf-8")
    code = "import sys\nfrom pipeline.cli.main import main\nmain(['merge-driver', 'a', 'b', 'c'])\nprint(*sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(REPO)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, env=env
    )
    assert not {"babel", "markdown_it", "rapidfuzz", "yaml", "polib", "rich", "subprocess"} & {*done.stdout.split()}


# What git merged without the driver -----------------------------------------------------------------

PLAIN = "*.po -text\n*.pot -text\nlocale/**/*.jsonl -text merge=union\n"


def said(root: Path) -> list[tuple[str, int, str]]:
    """The errors of `check` about the catalogs: code, line, text."""
    return [(one.code, one.span.line, one.text) for one in check.check(project_of(root)) if one.level is Level.ERROR]


@pytest.mark.parametrize("way", WAYS)
def test_what_git_joined_alone_is_seen(way: str, tmp_path: Path) -> None:
    """By every way: `check` fails with the line, readers get the English, `update` marks it, and a person who confirms it ends it."""
    root = branched(tmp_path, PLAIN)
    assert WAYS[way](root).returncode == 0
    if way == "squash":
        git(root, "commit", "-qm", "squashed", day=4)
    line = next(one.line for one in po_file.load(root, PO).entries if one.key.msgid == NEW)
    for _ in range(2):  # the second time from the store
        ((code, at, text),) = said(root)
        assert (code, at) == ("merged", line) and OLD[:60] in text
    built(root)
    page = (root / "dist/es/index.html").read_text("utf-8")
    assert "20 ml" not in page and "40 ml" in page
    saved(root / PO, "2026-11-05 08:00+0000")
    git(root, "commit", "-qam", "later", day=5)
    assert [code for code, *_ in said(root)] == ["merged"], "the next commit does not make it right"
    updated(root)
    found = po_file.load(root, PO).live()[Key(None, NEW)]
    assert found.fuzzy and found.previous and found.previous.key.msgid == OLD and found.strings == (TEXT,)
    assert "stale since" in found.extracted[-1]
    git(root, "commit", "-qam", "update", day=6)
    assert not said(root)
    translate(root, {NEW: TEXT.replace("20", "40")})
    git(root, "commit", "-qam", "mended", day=7)
    assert not said(root)
    built(root)
    assert "La bomba contiene 40 ml" in (root / "dist/es/index.html").read_text("utf-8")


@pytest.mark.parametrize("attributes", [ATTRIBUTES, PLAIN], ids=["driver", "plain"])
def test_an_octopus_asks_no_driver_and_is_seen(attributes: str, tmp_path: Path) -> None:
    """git joins more than two branches by lines, whatever drivers there are."""
    root = branched(tmp_path, attributes)
    git(root, "checkout", "-qb", "third", "main~1")
    (root / "note.txt").write_text("x")
    git(root, "add", "."), git(root, "commit", "-qm", "note", day=2)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "-m", "all", "translator", "third", day=4)
    assert len(git(root, "log", "-1", "--format=%P").stdout.split()) == 3
    assert not po_file.load(root, PO).live()[Key(None, NEW)].fuzzy
    assert [code for code, *_ in said(root)] == ["merged"]
    built(root)
    assert "20 ml" not in (root / "dist/es/index.html").read_text("utf-8")
    updated(root)
    assert po_file.load(root, PO).live()[Key(None, NEW)].fuzzy


SQUASHED = {"a translator's": ("main", "translator"), "an editor's": ("translator", "main")}


@pytest.mark.parametrize("what", SQUASHED)
def test_a_squash_is_told_from_the_branch_that_it_leaves_behind(what: str, tmp_path: Path) -> None:
    """Where no editor for catalogs saved the file, a squash looks like a person's commit to the byte; its branch tells it."""
    root = branched(tmp_path, PLAIN, stamp="")
    onto, branch = SQUASHED[what]
    git(root, "checkout", "-q", onto), git(root, "merge", "-q", "--squash", branch, day=4)
    git(root, "commit", "-qm", "squashed", day=4)
    assert po_file.load(root, PO).live()[Key(None, NEW)].strings == (TEXT,)
    ((code, _, text),) = said(root)
    assert code == "merged" and OLD[:60] in text and "squashed" in text
    updated(root)
    found = po_file.load(root, PO).live()[Key(None, NEW)]
    assert found.fuzzy and found.previous and found.previous.key.msgid == OLD
    git(root, "commit", "-qam", "update", day=5)
    translate(root, {NEW: TEXT.replace("20", "40")})
    git(root, "commit", "-qam", "mended", day=6)
    assert not said(root)


def test_of_two_squashes_both_are_told(tmp_path: Path) -> None:
    """What the newer one brought is not forgotten for the older one."""
    other = OLD.replace("pump", "card").replace("needle", "pen")
    page = "\n\n".join((OLD, "Rest well.", "Walk a little.", "Ask your nurse.", other))
    root = lay_out(tmp_path, {"index.md": PAGE.format(page)}, notices=False)
    (root / ".gitattributes").write_text(PLAIN)
    without_notices(root), updated(root), wrapped(root / PO, 77)
    git(root, "init", "-q", "-b", "main"), git(root, "add", "."), git(root, "commit", "-qm", "begin")
    for at, text in enumerate((OLD, other)):
        git(root, "checkout", "-qb", f"t{at}", "main")
        translate(root, {text: f"{TEXT} {at}"}), wrapped(root / PO, 77)
        git(root, "commit", "-qam", "translate", day=2)
    git(root, "checkout", "-q", "main")
    (root / "source/index.md").write_text(PAGE.format(page.replace("20 ml", "40 ml")))
    updated(root), git(root, "commit", "-qam", "edit", day=3)
    for at in (0, 1):
        git(root, "merge", "-q", "--squash", f"t{at}", day=4 + at), git(root, "commit", "-qm", "squashed", day=4 + at)
    assert [code for code, *_ in said(root)] == ["merged", "merged"]


def test_a_branch_of_its_own_is_no_squash(tmp_path: Path) -> None:
    """A branch that is not merged yet, and people who translate the new English here."""
    root = branched(tmp_path, PLAIN, stamp="")
    translate(root, {NEW: TEXT.replace("20", "40"), "Call us.": "Llámenos."})
    git(root, "commit", "-qam", "translate here", day=4)
    assert not said(root)
    (root / "source/index.md").write_text(PAGE.format(NEW[:-1] + "!"))
    updated(root)
    git(root, "commit", "-qam", "looks", day=5)
    assert not said(root)


def test_a_named_person_may_accept_what_git_joined(tmp_path: Path) -> None:
    root = branched(tmp_path, PLAIN)
    WAYS["merge"](root)
    ((_, line, _),) = said(root)
    words = ("--check", "merged", "--by", "Ana Ruiz", "--reason", "I compared them")
    assert main(["accept", f"{PO}:{line}", *words, "--root", str(root)]) == 0
    assert [code for code, *_ in said(root)] == ["number"], "the checks have their own say"


@pytest.mark.parametrize("way", WAYS)
def test_what_the_driver_joined_is_not_complained_of(way: str, tmp_path: Path) -> None:
    root = branched(tmp_path)
    WAYS[way](root)
    assert not said(root)
    updated(root)
    git(root, "add", "."), git(root, "commit", "-q", "--allow-empty", "-m", "update", day=5)
    assert not said(root)


def test_ordinary_work_is_not_complained_of(tmp_path: Path) -> None:
    """Filling, editing, carrying over, confirming, bringing back, with merges of branches that do not meet, day after day."""
    root = lay_out(tmp_path, {"index.md": PAGE.format(OLD)}, notices=False)
    (root / ".gitattributes").write_text(ATTRIBUTES)
    updated(root)
    git(root, "init", "-q", "-b", "main")
    day = iter(range(1, 28))

    def commit() -> None:
        git(root, "add", "."), git(root, "commit", "-q", "--allow-empty", "-m", "work", day=next(day))
        assert not said(root)

    commit()
    translate(root, {OLD: TEXT}), commit()
    (root / "source/index.md").write_text(PAGE.format(NEW)), updated(root), commit()
    translate(root, {NEW: TEXT.replace("20", "40")}), commit()
    (root / "source/index.md").write_text(PAGE.format(NEW[:-1] + "!")), updated(root), commit()
    git(root, "checkout", "-qb", "side", "HEAD~1")
    translate(root, {"Call us.": "Llámenos."}), commit()
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "-m", "joined", "side", day=next(day))
    assert not said(root)
    updated(root), commit()
    (root / "source/index.md").write_text(PAGE.format(OLD)), updated(root), commit()


def test_what_update_adds_to_a_merge_is_not_complained_of(tmp_path: Path) -> None:
    """A text carried over within the merge commit stands in neither parent, and is our work; one that a person wrote into it
    is an error: a merge is no place to translate."""
    root = branched(tmp_path)
    git(root, "checkout", "-q", "translator")
    (root / "source/index.md").write_text(PAGE.format(OLD).replace("Call us.", "Call us!"))
    git(root, "commit", "-qam", "not updated yet", day=4)
    git(root, "checkout", "-q", "-b", "other", "translator~1")
    git(root, "commit", "-q", "--allow-empty", "-m", "work", day=4)
    git(root, "merge", "-q", "--no-commit", "--no-ff", "translator", day=5)
    updated(root)
    assert po_file.load(root, PO).live()[Key(None, "Call us!")].strings == ("Llámenos.",)
    assert not said(root)
    git(root, "commit", "-qam", "merged and updated", day=5)
    assert not said(root)
    translate(root, {"Call us!": "Avísenos."})
    git(root, "commit", "-q", "-a", "--amend", "-m", "merged and translated", day=5)
    assert [code for code, *_ in said(root)] == ["merged"]


def test_a_text_that_no_side_has_is_new() -> None:
    sides = [catalog(entry("A", "a"), entry("B")), catalog(entry("A", "b"), entry("B"))]
    for text, count in (("a", 0), ("b", 0), ("c", 1)):
        assert len(fresh(catalog(entry("A", text), entry("B")), sides)) == count
    assert not fresh(catalog(entry("A", "c", above="#, fuzzy\n")), sides)


@pytest.mark.parametrize(("text", "new"), [("Pare", False), ("Siga", True)])
def test_a_note_that_a_text_is_carried_over_suffices_for_that_text_alone(text: str, *, new: bool) -> None:
    before = catalog(entry("Stop", "Pare"), entry("Stop!"))
    made = catalog(entry("Stop", "Pare"), entry("Stop!", text, above=CARRIED))
    assert [one.strings for one in fresh(made, [before])] == [(text,)] * new


def test_a_shallow_clone_says_what_it_cannot_tell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As CI checks out a pull request: one commit, a merge, without its parents. It is said once."""
    root = branched(tmp_path / "whole", PLAIN)
    WAYS["merge"](root)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", root.as_uri(), str(clone))
    found = [one for one in check.check(project_of(clone)) if one.code == "history"]
    assert [(one.level, "fetch-depth: 0" in one.text) for one in found] == [(Level.WARNING, True)]
    git(clone, "commit", "-q", "--allow-empty", "-m", "later", day=5)
    assert [one.code for one in check.check(project_of(clone))].count("history") == 0, (
        "it stands on a commit that is there"
    )
    git(clone, "fetch", "-q", "--unshallow")
    assert [code for code, *_ in said(clone)] == ["merged"]


def test_a_shallow_clone_of_an_ordinary_commit_says_so(tmp_path: Path) -> None:
    root = branched(tmp_path / "whole", PLAIN)
    git(tmp_path, "clone", "-q", "--depth=1", root.as_uri(), str(tmp_path / "clone"))
    found = [one for one in check.check(project_of(tmp_path / "clone")) if one.code == "history"]
    assert [one.level for one in found] == [Level.INFO]


def test_a_merge_under_way_is_seen(tmp_path: Path) -> None:
    root = branched(tmp_path, PLAIN)
    git(root, "merge", "-q", "--no-commit", "translator")
    assert [code for code, *_ in said(root)] == ["merged"]
    git(root, "merge", "--abort")
    assert not said(root)


def test_an_answer_is_not_given_again_at_another_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same files, the same question, another history: what HEAD is counts as what the files are."""
    monkeypatch.setenv("LOCKSTEP_STORE", str(tmp_path / "store"))
    root = branched(tmp_path / "site", PLAIN)
    git(root, "merge", "-q", "--squash", "translator")
    git(root, "commit", "-qm", "squashed", day=4)

    def astray() -> bool:
        main(["check", "--root", str(root)])
        return "[merged]" in capsys.readouterr().out

    def shown() -> bool:
        built(root)
        return "20 ml" in (root / "dist/es/index.html").read_text("utf-8")

    settings = root / "pyproject.toml"  # the check of numbers would withhold it, too
    settings.write_text(
        f'{settings.read_text()}\n[[tool.lockstep.checks]]\ncheck = "number"\nlevel = "off"\nstrict = "off"\n'
    )
    assert astray() and astray() and not shown()
    head = git(root, "rev-parse", "HEAD").stdout.strip()
    tree = git(root, "rev-parse", "HEAD^{tree}").stdout.strip()
    alone = git(root, "commit-tree", tree, "-m", "the same files, without a past", day=9).stdout.strip()
    git(root, "update-ref", "refs/heads/main", alone)
    assert not astray() and not astray() and shown()
    git(root, "update-ref", "refs/heads/main", head)
    assert astray() and not shown(), "nor is what was worked out then"
