"""A translator's notes and flags follow a text to whatever entry takes it over, once, and no other text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog import po_file
from pipeline.catalog.po_entry import Entry, amended
from pipeline.core.model import Key
from tests.conftest import Make, made_once, translate, updated

PO = "locale/es/LC_MESSAGES/messages.po"
NURSE = "The nurse fills the pump every month with a thin needle."
TEXT = "La enfermera llena la bomba cada mes con una aguja fina."
CARD = "Carry your pump card with you."
DOCTOR, COMMA = NURSE.replace("nurse", "doctor"), NURSE.replace("month with", "month, with")
NOTE = "Checked with Ana."


def remark(root: Path, english: str, *notes: str, flags: tuple[str, ...] = (), context: str | None = None) -> None:
    """What a translator writes beside a text."""
    found = po_file.load(root, PO)
    made = tuple(
        amended(one, one._replace(notes=(*one.notes, *notes), flags=(*one.flags, *flags)))
        if one.key == Key(context, english) and not one.obsolete
        else one
        for one in found.entries
    )
    assert made != found.entries
    (root / PO).write_bytes(replace(found, entries=made).text().encode())


def after(root: Path, *texts: str) -> dict[str, Entry]:
    """The live entries once the page has these paragraphs; a second update changes nothing."""
    (root / "source/index.md").write_text("# Pump\n\n" + "\n\n".join(texts) + "\n")
    updated(root)
    body = (root / PO).read_bytes()
    updated(root)
    assert (root / PO).read_bytes() == body
    return {one.key.msgid: one for one in po_file.load(root, PO).entries if not one.obsolete}


def gone(root: Path) -> dict[str, Entry]:
    return {one.key.msgid: one for one in po_file.load(root, PO).entries if one.obsolete}


@pytest.fixture
@made_once
def site_of(make: Make) -> Path:
    root = make({"index.md": f"# Pump\n\n{NURSE}\n\n{CARD}\n"})
    translate(root, {NURSE: TEXT, CARD: "Lleve su tarjeta."})
    remark(root, NURSE, NOTE, flags=("no-wrap",))
    return root


TWO = "The nurse fills the pump every month.", "She does it with a thin needle."
ROWS = [
    # what it is, the paragraphs afterwards, the entry that has the text, and whether it is fuzzy
    ("an edit of words", (DOCTOR, CARD), DOCTOR, True),
    ("an edit of looks", (COMMA, CARD), COMMA, False),
    ("moved and edited", (CARD, "Quite another text to read.", "Nobody knows it.", DOCTOR), DOCTOR, True),
    ("split in two", (*TWO, CARD), TWO[0], True),
    ("merged with its neighbour", (f"{NURSE} {CARD}",), f"{NURSE} {CARD}", True),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "heir", "fuzzy"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_remarks_follow_the_text(site_of: Path, texts: tuple[str, ...], heir: str, fuzzy: bool) -> None:
    found = after(site_of, *texts)
    assert (found[heir].strings, found[heir].fuzzy, found[heir].notes) == ((TEXT,), fuzzy, (NOTE,))
    assert found[heir].flags == (("fuzzy", "no-wrap") if fuzzy else ("no-wrap",))
    assert [one.key.msgid for one in found.values() if one.notes] == [heir], "one heir"
    assert gone(site_of)[NURSE].notes == (NOTE,), "and they stay where they were"


def test_remarks_go_down_a_chain(site_of: Path) -> None:
    """Each entry has them once, and the copies between are not kept for their sake; what is added on the way goes along."""
    after(site_of, DOCTOR, CARD)
    third = DOCTOR.replace("month", "week")
    assert after(site_of, third, CARD)[third].notes == (NOTE,)
    assert {one for one in gone(site_of) if "pump every" in one} == {NURSE}
    remark(site_of, third, "Ask again.")
    fourth = third.replace("doctor", "team")
    assert after(site_of, fourth, CARD)[fourth].notes == (NOTE, "Ask again.")
    back = after(site_of, NURSE, CARD)[NURSE]
    assert (back.strings, back.fuzzy, back.notes) == ((TEXT,), False, (NOTE,))


def test_a_note_that_was_taken_out_stays_out(site_of: Path) -> None:
    after(site_of, COMMA, CARD)
    text = (site_of / PO).read_text()
    at = text.rindex("\n\n", 0, text.index(f'\nmsgid "{COMMA}"'))
    (site_of / PO).write_text(text[:at] + text[at:].replace(f"# {NOTE}\n", "", 1))
    assert after(site_of, COMMA, CARD, "More to say here.")[COMMA].notes == ()
    last = COMMA.replace("nurse", "doctor")
    assert after(site_of, last, CARD)[last].notes == (), "nor does it come back from the first text"


def test_an_empty_entry_keeps_its_own_remarks(site_of: Path) -> None:
    """It has a note before the text comes; the text's own notes stand after it, each once."""
    after(site_of, NURSE, CARD, DOCTOR)
    for note in ("Which doctor?", NOTE):
        remark(site_of, DOCTOR, note)
    found = po_file.load(site_of, PO)
    emptied = [
        amended(one, one._replace(strings=("",), flags=(), previous=None)) if one.key.msgid == DOCTOR else one
        for one in found.entries
    ]
    (site_of / PO).write_bytes(replace(found, entries=tuple(emptied)).text().encode())
    assert after(site_of, DOCTOR, CARD)[DOCTOR].notes == ("Which doctor?", NOTE)


def test_a_text_of_another_plural_stays_with_its_message(make: Make) -> None:
    """`formerly …` is no remark on a text: under another English it would come back as that one's translation."""
    root = make({"index.md": f"# Pump\n\n{NURSE}\n\n{CARD}\n"})
    translate(root, {NURSE: TEXT})
    remark(root, NURSE, 'formerly msgid_plural "nurses" msgstr[0] "una" msgstr[1] "dos"', NOTE)
    assert after(root, DOCTOR, CARD)[DOCTOR].notes == (NOTE,)
