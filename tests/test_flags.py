"""Marks that tools take off, and what they drop besides: a text stays what it is, whatever its entry still says of it."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from pipeline.catalog import po_file
from pipeline.cli.main import main
from pipeline.core.model import Key, ident
from pipeline.core.states import State
from tests.conftest import Make, built, lay_out, made_once, project_of, translate, updated
from tests.sites import on

PO = "locale/es/LC_MESSAGES/messages.po"
FORMER = "locale/es/former.jsonl"
CODE = "unchanged-since-edit"
DOSE, DOSIS = "Take 20 ml of the medicine every day.", "Tome 20 ml del medicamento cada día."
DAY, DIA = "Your next refill is on Monday.", "Su próxima recarga es el lunes."
STOP, PARE = "Do not stop the pump on your own.", "No pare la bomba por su cuenta."
WORD, PALABRA = "A nurse fills the pump with a needle.", "Una enfermera llena la bomba con una aguja."
LOOK, MIRE = "Carry your pump card, and show it.", "Lleve su tarjeta y muéstrela."
LINK, ENLACE = "See [your *card*](other.md) for more.", "Más en [su *tarjeta*](other.md)."
BEFORE = (DOSE, DAY, STOP, WORD, LOOK, LINK)
NEW = {
    DOSE: DOSE.replace("20", "40"),
    DAY: DAY.replace("Monday", "Friday"),
    STOP: STOP.replace("Do not stop", "Stop"),
    WORD: WORD.replace("the pump", "your pump"),
    LOOK: LOOK.replace("card, and", "card and"),
    LINK: LINK.replace("*card*", "**card**"),
}
WORDS = {DOSE: DOSIS, DAY: DIA, STOP: PARE, WORD: PALABRA, LOOK: MIRE, LINK: ENLACE}
GRAVE = (DOSE, DAY, STOP)


def page(*texts: str) -> str:
    return "# Pump\n\n" + "\n\n".join(texts) + "\n"


def write(root: Path, *texts: str) -> None:
    (root / "source/index.md").write_text(page(*texts), "utf-8")


@pytest.fixture
@made_once
def site(make: Make) -> Path:
    """Six texts, translated on the first day, each edited on the second: three gravely, one in a word, two in looks."""
    with on(0):
        root = make({"index.md": page(*BEFORE), "other.md": "# Other\n"})
        translate(root, WORDS)
    with on(1):
        write(root, *NEW.values())
        updated(root)
    return root


def shown(root: Path) -> str:
    with on(2):
        built(root)
    return (root / "dist/es/index.html").read_text("utf-8")


def said(root: Path, capsys: pytest.CaptureFixture[str], code: str = CODE) -> set[str]:
    """The English of every entry that `check` finds a fault in."""
    capsys.readouterr()
    with on(2):
        main(["check", "--root", str(root), "--format", "jsonl"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(row["level"] == "error" for row in rows if row["check"] == CODE)
    return {row["msgid"] for row in rows if row["check"] == code}


def verb(root: Path, *words: str) -> int:
    with on(2):
        return main([words[0], "--root", str(root), *words[1:]])


def found(root: Path, msgid: str) -> polib.POEntry:
    return next(e for e in polib.pofile(str(root / PO)) if e.msgid == msgid and not e.obsolete)


def line_of(root: Path, msgid: str) -> int:
    return po_file.load(root, PO).live()[Key(None, msgid)].line


def state(root: Path, msgid: str) -> State:
    with on(2):
        table = project_of(root).table("es")
    return next(one.state for one in table.by_file["source/index.md"] if one.message.key.msgid == msgid)


# The tools ---------------------------------------------------------------------------------------------------------


def gettext(*words: str) -> Callable[[Path], None]:
    def run(root: Path) -> None:
        if shutil.which(words[0]) is None:
            pytest.skip(f"{words[0]} (gettext) is not installed")
        path = str(root / PO)
        pot = [str(root / "locale/messages.pot")] if words[0] == "msgmerge" else []
        subprocess.run([*words, path, *pot, "-o", path], check=True, capture_output=True)

    return run


def sed(root: Path) -> None:
    """As Poedit, Weblate and people do it: the word goes, and the `#|` lines."""
    text = re.sub(r"^#\|.*\n", "", (root / PO).read_text("utf-8"), flags=re.M)
    (root / PO).write_text(text.replace("#, fuzzy\n", "").replace("#, fuzzy, ", "#, "), "utf-8")


def of_polib(*, bare: bool, obsolete: bool) -> Callable[[Path], None]:
    def run(root: Path) -> None:
        catalog = polib.pofile(str(root / PO))
        for entry in list(catalog):
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            entry.previous_msgid = entry.previous_msgctxt = None
            if bare:
                entry.comment = entry.tcomment = ""
            if entry.obsolete and not obsolete:
                catalog.remove(entry)
        catalog.save(str(root / PO))

    return run


def babel(root: Path) -> None:
    """Read and written by Babel, which keeps neither `#|` nor, where told so, obsolete entries."""
    from babel.messages.pofile import read_po, write_po

    catalog = read_po(io.BytesIO((root / PO).read_bytes()), locale="es")
    for message in catalog:
        if message.id:
            message.flags.discard("fuzzy")
            message.auto_comments = []
    out = io.BytesIO()
    write_po(out, catalog, ignore_obsolete=True, width=0)
    (root / PO).write_bytes(out.getvalue())


def without_former(act: Callable[[Path], None]) -> Callable[[Path], None]:
    def run(root: Path) -> None:
        (root / FORMER).unlink()
        act(root)

    return run


CLEARED: list[tuple[str, Callable[[Path], None]]] = [
    ("by hand", sed),
    ("msgattrib", gettext("msgattrib", "--clear-fuzzy")),
    ("msgattrib, previous too", gettext("msgattrib", "--clear-fuzzy", "--clear-previous", "--no-wrap")),
    ("msgattrib, without obsolete", gettext("msgattrib", "--clear-fuzzy", "--no-obsolete")),
    ("polib", of_polib(bare=False, obsolete=True)),
    ("polib, without comments", of_polib(bare=True, obsolete=True)),
    ("polib, without comments and obsolete", of_polib(bare=True, obsolete=False)),
    ("babel, without comments and obsolete", babel),
    ("by hand, and the list of former translations gone", without_former(sed)),
    ("polib, without comments, and the list gone", without_former(of_polib(bare=True, obsolete=True))),
]


@pytest.mark.parametrize("clear", [row[1] for row in CLEARED], ids=[row[0] for row in CLEARED])
def test_a_mark_taken_off_confirms_nothing(
    site: Path, clear: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    clear(site)
    assert not polib.pofile(str(site / PO)).fuzzy_entries()
    for _ in range(2):
        html = shown(site)
        assert not any(WORDS[text] in html for text in GRAVE), "withdrawn text stays withdrawn"
        assert PALABRA in html and 'class="notice notice-older"' in html, "of a reworded text the notice stays"
        assert MIRE in html and "<strong>tarjeta</strong>" in html, "what was carried over stays"
        assert said(site, capsys) == {NEW[text] for text in (*GRAVE, WORD)}
        assert verb(site, "check") == 1
        with on(2):
            updated(site)
            assert updated(site) == ([], []), "idempotent"
        assert not polib.pofile(str(site / PO)).fuzzy_entries(), "what a person took off stays off"
    note = found(site, NEW[DOSE]).comment
    assert "stale since 2026-11-02, critical: number: 20 ml → 40 ml" in note, "and the note says what it is"


def test_a_changed_text_is_a_translation(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sed(site)
    text = (site / PO).read_text("utf-8")
    for old, new in ((DOSIS, DOSIS.replace("20", "40")), (DIA, DIA.replace("lunes", "viernes"))):
        text = text.replace(f'\nmsgstr "{old}"', f'\nmsgstr "{new}"')
    (site / PO).write_text(text, "utf-8")
    assert said(site, capsys) == {NEW[STOP], NEW[WORD]}
    assert "Tome 40 ml" in shown(site) and "viernes" in shown(site)
    with on(2):
        updated(site)
    assert "stale" not in found(site, NEW[DOSE]).comment


def test_a_mark_taken_off_a_mended_text_asks_for_no_update(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Our note, which stays where an editor or a platform takes the mark off, is no step that the catalog is behind. A mark alone
    that is taken off is an error as before."""
    path = site / PO
    body = path.read_text("utf-8")
    start = body.index(NEW[DAY])
    head = body.rindex("\n\n", 0, start)
    entry = body[head : body.index("\n\n", start)]
    assert "#. stale" in entry and "#, fuzzy" in entry
    mended = entry.replace("#, fuzzy\n", "").replace("el lunes", "el viernes")
    for text, wrong in (
        (mended, False),
        (re.sub("#\\|.*\n", "", mended), False),
        (entry.replace("#, fuzzy\n", ""), True),
    ):
        path.write_text(body.replace(entry, text), "utf-8")
        capsys.readouterr()
        with on(2):
            main(["check", "--root", str(site)])
        said = capsys.readouterr().out
        assert "[out-of-step]" not in said and (f"[{CODE}]" in said) is wrong


def test_white_space_makes_no_other_text(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sed(site)
    text = (site / PO).read_text("utf-8").replace(f'\nmsgstr "{DOSIS}"', f'\nmsgstr "{DOSIS.replace(" 20", "  20")} "')
    (site / PO).write_text(text, "utf-8")
    assert NEW[DOSE] in said(site, capsys)


TOUCHES = [
    # what a tool, or somebody at once with the mark, does to the text of before; not what a translator does
    (DOSIS, DOSIS.removesuffix(".")),
    ("Tome 20 ml cada día...", "Tome 20 ml cada día…"),
    ("Tome 20 ml: cada día", "Tome 20 ml : cada día"),
    ("Tome 20 ml: cada día", "Tome 20 ml: cada día."),
    ('Tome "20 ml" cada día', "Tome “20 ml” cada día"),
]


@pytest.mark.parametrize(("before", "after"), TOUCHES)
@pytest.mark.parametrize("bare", [False, True])
def test_a_touch_of_the_marks_is_no_translation(
    make: Make, before: str, after: str, bare: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Weblate writes one sign for three dots and a space before a colon as it saves; English of another dose is none of it."""
    with on(0):
        root = make({"index.md": page(DOSE, LOOK)})
        translate(root, {DOSE: before, LOOK: MIRE})
    with on(1):
        write(root, NEW[DOSE], NEW[LOOK])
        updated(root)
    of_polib(bare=bare, obsolete=not bare)(root)
    catalog = polib.pofile(str(root / PO))
    entry = catalog.find(NEW[DOSE])
    assert entry.msgstr == before
    entry.msgstr = after
    catalog.save(str(root / PO))
    for _ in range(2):
        html = shown(root)
        assert after not in html and "20 ml" not in html.partition("<article")[2] and MIRE in html
        assert NEW[DOSE] in said(root, capsys)
        with on(2):
            updated(root)
    entry = (catalog := polib.pofile(str(root / PO))).find(NEW[DOSE])
    entry.msgstr = after.replace("20", "40")
    catalog.save(str(root / PO))
    assert "40 ml" in shown(root) and not said(root, capsys)


REVISER = ("--as", "reviser", "--by", "Omar Haddad", "--qualification", "Certified medical translator")


def test_a_reviser_stands_by_it(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A word only: the Spanish is right as it is. The signature is for this pair, and ends with it."""
    block = "index#pump.4"
    assert verb(site, "review", "es", block, *REVISER) == 1, "what is marked fuzzy is not signed for"
    sed(site)
    assert verb(site, "review", "es", block, "--as", "translator", "--by", "Ana Ruiz") == 1
    assert verb(site, "review", "es", block, *REVISER) == 0
    assert NEW[WORD] not in said(site, capsys) and state(site, NEW[WORD]) is State.TRANSLATED
    with on(2):
        updated(site)
    assert "stale" not in found(site, NEW[WORD]).comment
    assert verb(site, "review", "es", block, "--void", "--by", "Dr. Lee", "--note", "not read") == 0
    assert NEW[WORD] in said(site, capsys) and state(site, NEW[WORD]) is State.STALE
    with on(2):
        write(site, *(text.replace("your pump", "your small pump") for text in NEW.values()))
        updated(site)
    assert found(site, NEW[WORD].replace("your pump", "your small pump")).previous_msgid == WORD


def test_what_is_confirmed_is_the_beginning_of_what_comes(site: Path) -> None:
    sed(site)
    assert verb(site, "review", "es", "index#pump.4", *REVISER) == 0
    later = NEW[WORD].replace("A nurse", "The nurse")
    with on(2):
        write(site, *(later if text == NEW[WORD] else text for text in NEW.values()))
        updated(site)
    assert found(site, later).previous_msgid == NEW[WORD]
    of_polib(bare=True, obsolete=False)(site)
    assert state(site, later) is State.STALE, "and unchanged once more"
    with on(2):
        write(site, *NEW.values())
        updated(site)
    assert state(site, NEW[WORD]) is State.TRANSLATED, "what was signed for holds again"


def test_somebody_accepts_it_by_name(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = line_of(site, NEW[WORD])
    words = ("--check", CODE, "--by", "Ana Ruiz", "--reason", "the Spanish says both")
    assert verb(site, "accept", f"{PO}:{line}", *words) == 2, "a marked text has no such fault"
    sed(site)
    line = line_of(site, NEW[WORD])
    assert verb(site, "accept", f"{PO}:{line}", "--check", CODE, "--by", "\u200b", "--reason", "r") == 2
    assert verb(site, "accept", f"{PO}:{line}", *words) == 0
    assert NEW[WORD] not in said(site, capsys) and state(site, NEW[WORD]) is State.TRANSLATED
    (site / PO).write_text(
        (site / PO).read_text("utf-8").replace(f'\nmsgstr "{PALABRA}"', '\nmsgstr "Una aguja."'), "utf-8"
    )
    assert state(site, NEW[WORD]) is not State.STALE, "another text needs nobody's word"


def test_a_signature_of_the_former_english_confirms_nothing(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    with on(0):
        root = make({"index.md": page(DOSE)})
        translate(root, {"Pump": "Bomba", DOSE: DOSIS})
        assert verb(root, "review", "es", "index", *REVISER) == 0
    with on(1):
        write(root, NEW[DOSE])
        updated(root)
    sed(root)
    assert said(root, capsys) == {NEW[DOSE]} and DOSIS not in shown(root)


def test_a_way_of_several_edits(site: Path) -> None:
    """Marks are taken off between the edits; what the text was made for is known all the same."""
    for text in (
        "Take 40 ml of the medicine, every day.",
        "Take 40 ml of your medicine every day.",
        "Take 45 ml daily.",
    ):
        of_polib(bare=True, obsolete=True)(site)
        with on(2):
            write(site, text)
            updated(site)
        assert found(site, text).previous_msgid == DOSE and DOSIS not in shown(site)
    of_polib(bare=True, obsolete=False)(site)
    with on(2):
        write(site, "Take 45 ml, daily.")
        updated(site)
    assert DOSIS not in shown(site), "a comma carries nothing that was withdrawn"


def test_english_that_goes_back_brings_its_translation_back(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A → B, the mark taken off, B → A: the text was made for A, and is good again."""
    for clear in (sed, of_polib(bare=True, obsolete=True)):
        clear(site)
        with on(2):
            write(site, *BEFORE)
            updated(site)
        assert state(site, DOSE) is State.TRANSLATED and DOSIS in shown(site) and not said(site, capsys)
        with on(2):
            write(site, *NEW.values())
            updated(site)
        assert state(site, NEW[DOSE]) is State.STALE


def test_a_sentence_that_stood_there_before_keeps_its_translation(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two sentences with one translation, each put there by a person; then one of them is edited into the other."""
    with on(0):
        root = make({"index.md": page(WORD), "other.md": page(NEW[WORD])})
        translate(root, {WORD: PALABRA, NEW[WORD]: PALABRA})
    with on(1):
        write(root, NEW[WORD])
        assert updated(root)[0]
        assert updated(root) == ([], [])
    assert state(root, NEW[WORD]) is State.TRANSLATED and not said(root, capsys)


def test_what_was_carried_over_is_known_without_its_comment(site: Path) -> None:
    """msgmerge and Babel drop what `#.` says; the log and the original suffice, and so does the list of former translations."""
    for clear in (of_polib(bare=True, obsolete=True), of_polib(bare=True, obsolete=False)):
        clear(site)
        assert state(site, NEW[LOOK]) is State.CARRIED and state(site, NEW[LINK]) is State.CARRIED
    raised = ("--raise", "critical", "--by", "Cy", "--reason", "another card")
    assert verb(site, "decide", "index#pump.5", *raised) == 0
    assert verb(site, "decide", "index#pump.6", *raised) == 0
    html = shown(site)
    assert MIRE not in html and "tarjeta" not in html


def test_a_guess_is_no_translation_either(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    with on(0):
        root = make({"index.md": page(STOP), "other.md": "# Other\n"})
        translate(root, {STOP: PARE})
    with on(1):
        write(root)
        (root / "source/other.md").write_text(f"# Other\n\n{NEW[STOP]}\n\n{LOOK}\n")
        updated(root)
    entry = found(root, NEW[STOP])
    assert entry.fuzzy and "similar text, not an edit" in entry.comment
    of_polib(bare=True, obsolete=False)(root)
    with on(2):
        built(root)
    assert PARE not in (root / "dist/es/other/index.html").read_text("utf-8")
    assert said(root, capsys) == {NEW[STOP]}
    po = (root / PO).read_text("utf-8").replace(PARE, "Detenga la bomba por su cuenta.")
    (root / PO).write_text(po, "utf-8")
    assert not said(root, capsys)


def test_a_draft_that_its_translator_marked_is_the_translators(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    with on(0):
        root = make({"index.md": page(DOSE)})
        path = translate(root, {DOSE: DOSIS})
        path.write_text(path.read_text("utf-8").replace(f'msgid "{DOSE}"', f'#, fuzzy\nmsgid "{DOSE}"'), "utf-8")
    with on(1):
        updated(root)
        sed(root)
    assert state(root, DOSE) is State.TRANSLATED and not said(root, capsys)


def test_msgmerge_before_the_update(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another tool merges, and takes the old entry away; Lockstep sees the edit afterwards."""
    for previous in ((), ("--previous",)):
        with on(0):
            root = lay_out(tmp_path / f"previous{len(previous)}", {"index.md": page(DOSE, WORD)})
            translate(root, WORDS)
        with on(1):
            write(root, NEW[DOSE], NEW[WORD])
            assert verb(root, "extract") == 0
            (root / FORMER).unlink(missing_ok=True)
            gettext("msgmerge", *previous)(root)
            assert found(root, NEW[DOSE]).fuzzy and found(root, NEW[DOSE]).msgstr == DOSIS
            updated(root)
        comment = found(root, NEW[DOSE]).comment
        assert not previous or "similar text" not in comment
        of_polib(bare=True, obsolete=False)(root)
        assert NEW[DOSE] in said(root, capsys) and DOSIS not in shown(root)


def test_what_our_note_says_holds_where_nothing_else_tells(make: Make) -> None:
    """Seen to fail: another tool dropped the English that the text was made for, an edit in looks came, and the list of former translations
    lost its lines, so that the text passed for one of that edit alone."""
    skin, piel = "The pump sits under the skin.", "La bomba está debajo de la piel."
    bed = skin.replace("skin", "bed")
    with on(0):
        root = make({"index.md": page(skin)})
        translate(root, {skin: piel})
    with on(2):
        write(root, bed)
        assert verb(root, "extract") == 0
        gettext("msgmerge")(root)
        write(root, bed.replace(".", "!"))
        updated(root)
        (root / FORMER).unlink()
    assert "critical" in found(root, bed.replace(".", "!")).comment and piel not in shown(root)


def test_babels_update_after_our_extract(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """`lockstep extract` logs the edit and notes whose translation the text was, before Babel moves it."""
    with on(0):
        root = make({"index.md": page(DOSE)})
        translate(root, WORDS)
    with on(1):
        write(root, NEW[DOSE])
        assert verb(root, "extract") == 0
        from babel.messages.pofile import read_po, write_po

        catalog = read_po(io.BytesIO((root / PO).read_bytes()), locale="es")
        catalog.update(read_po(io.BytesIO((root / "locale/messages.pot").read_bytes())))
        out = io.BytesIO()
        write_po(out, catalog)
        (root / PO).write_bytes(out.getvalue())
    assert found(root, NEW[DOSE]).msgstr == DOSIS
    sed(root)
    assert said(root, capsys) == {NEW[DOSE]} and DOSIS not in shown(root)
    with on(2):
        updated(root)
    assert "similar text" not in found(root, NEW[DOSE]).comment and said(root, capsys) == {NEW[DOSE]}


def test_a_former_line_that_cannot_be_read_makes_nothing_milder(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_polib(bare=True, obsolete=False)(site)
    lines = (site / FORMER).read_text("utf-8").splitlines(True)
    broken = [line.replace('"message"', '"mess') if ident(Key(None, DOSE)) in line else line for line in lines]
    assert broken != lines
    (site / FORMER).write_text("".join(broken), "utf-8")
    assert DOSIS not in shown(site) and NEW[DOSE] in said(site, capsys)
    assert verb(site, "check") == 1
    assert f"{FORMER}:" in capsys.readouterr().out


@pytest.mark.parametrize("lines", [slice(0), slice(1, None)])
def test_a_log_that_lost_its_lines_publishes_nothing(
    site: Path, lines: slice, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log deleted, or its first line; the marks taken off, and all else that the catalog says."""
    log = site / "locale/edits.jsonl"
    log.write_text("".join(log.read_text().splitlines(True)[lines]))
    of_polib(bare=True, obsolete=False)(site)
    for _ in range(2):
        assert DOSIS not in shown(site) and NEW[DOSE] in said(site, capsys)
        with on(2):
            updated(site)
            assert updated(site) == ([], [])


def test_a_former_line_names_its_english(site: Path) -> None:
    """A line whose text is not that of its id is no line: nobody makes another text's translation of it."""
    rows = [json.loads(line) for line in (site / FORMER).read_text("utf-8").splitlines()]
    assert {row["english"] for row in rows} >= set(BEFORE)
    with (site / FORMER).open("a") as file:
        file.write(json.dumps({**rows[0], "english": "Another"}) + "\n")
    assert verb(site, "verify") == 1


# Facts -------------------------------------------------------------------------------------------------------------

LAB, LABORATORIO = (
    "We test your blood every {blood.test} in the lab and keep it {blood.kept}.",
    "Analizamos su sangre cada {blood.test} en el laboratorio y la guardamos {blood.kept}.",
)
ACCEPT = ("--check", CODE, "--by", "Ana Ruiz", "--reason", "it says both")


@pytest.mark.parametrize("how", ["review", "accept"])
def test_who_stands_by_a_text_with_a_dose_does_so_until_the_dose_changes(
    make: Make, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    now = LAB.replace("the lab", "a lab")
    with on(0):
        root = make({"index.md": page(LAB)}, data='name: Site\nblood:\n  test: {days: 7}\n  kept: "5\u00a0  days"\n')
        translate(root, {LAB: LABORATORIO})
    with on(1):
        write(root, now)
        updated(root)
    sed(root)
    assert state(root, now) is State.STALE
    words = ("es", "index", *REVISER) if how == "review" else (f"{PO}:{line_of(root, now)}", *ACCEPT)
    assert verb(root, how, *words) == 0
    with on(2):
        updated(root)
    assert state(root, now) is State.TRANSLATED
    assert said(root, capsys) == set()
    (root / "source/site.yaml").write_text('name: Site\nblood:\n  test: {days: 2}\n  kept: "5\u00a0  days"\n', "utf-8")
    assert state(root, now) is State.STALE
    assert said(root, capsys) == {now}
    with on(2):
        updated(root)
    assert state(root, now) is State.STALE
