"""What became of what: alignment of two extractions, the edit log, chains and cycles, and what catalogs say of it."""

from __future__ import annotations

import itertools
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from pipeline.changes import align, edit_log, occurrences
from pipeline.changes.carry_over import carried
from pipeline.changes.edit_log import LOG_PATH, Decision, Edit, Log
from pipeline.cli.main import main
from pipeline.content.inline import parse
from pipeline.core import settings
from pipeline.core.inline import Syntax
from pipeline.core.model import Key, Message, Severity, Span, ident
from tests.conftest import Make, built, made_once, project_of, translate, updated

PO = "locale/es/LC_MESSAGES/messages.po"
DAY = "1793491200"  # 2026-11-01
A, B, C, D = (
    "The pump sits under the skin of your abdomen.",
    "Call your nurse when the alarm sounds.",
    "Carry your pump card with you.",
    "Walking is good for you.",
)
SWIM = "Do not swim for 6 weeks. Ask your nurse when you may bathe again."


def of(pages: dict[str, list[str]]) -> occurrences.Occurrences:
    return occurrences.of_messages(
        Message(Key(None, text), Span(f"source/{page}.md", 1), kind="paragraph")
        for page in pages
        for text in pages[page]
    )


ALIGNED = [
    ("nothing", {"a": [A, B]}, {"a": [A, B]}, []),
    ("an inserted list item touches no neighbour", {"a": [A, B, C]}, {"a": [A, "Quite another thing to say", B, C]}, []),
    ("an inserted one like its neighbour", {"a": [A, B]}, {"a": [A, "Call your nurse when the pump sounds.", B]}, []),
    ("edited in place", {"a": [A, B, C]}, {"a": [A, B.replace("nurse", "doctor"), C]}, [("edited", B, B.replace("nurse", "doctor"))]),
    ("two edited beside each other", {"a": [A, B]}, {"a": [A[:-1] + " now.", B[:-1] + " now."]}, [("edited", A, A[:-1] + " now."), ("edited", B, B[:-1] + " now.")]),
    ("a table cell", {"a": [A, "20 ml", B]}, {"a": [A, "40 ml", B]}, [("edited", "20 ml", "40 ml")]),
    ("moved inside its page", {"a": [A, B, C]}, {"a": [C, A, B]}, []),
    ("moved to another page", {"a": [A, B], "b": [C]}, {"a": [A], "b": [C, B]}, [("moved", B, B)]),
    ("moved inside its page and edited", {"a": [A, B, C, D]}, {"a": [B, C, D, A[:-1] + " now."]}, [("edited", A, A[:-1] + " now.")]),
    ("moved with its section and edited", {"a": [A, B, C], "b": [D]}, {"a": [], "b": [D, A, B[:-1] + " now.", C]}, [("edited", B, B[:-1] + " now."), ("moved", A, A), ("moved", C, C)]),
    ("moved alone, a comma on the way", {"a": [A, C], "b": [D]}, {"a": [A], "b": [D, "Carry your pump card, with you!"]}, [("edited", C, "Carry your pump card, with you!")]),
    ("a like sentence on another page is no edit", {"a": [A, B], "b": [D]}, {"a": [A], "b": [D, B.replace("nurse", "doctor")]}, [("deleted", B, None)]),
    ("split", {"a": [A, SWIM, C]}, {"a": [A, *(part.strip(". ") + "." for part in SWIM.split(". ")), C]}, [("split", SWIM, "Do not swim for 6 weeks."), ("split", SWIM, "Ask your nurse when you may bathe again.")]),
    ("merged", {"a": [A, "Do not swim for 6 weeks.", "Ask your nurse when you may bathe again.", C]}, {"a": [A, SWIM, C]}, [("merged", "Do not swim for 6 weeks.", SWIM), ("merged", "Ask your nurse when you may bathe again.", SWIM)]),
    ("deleted", {"a": [A, B]}, {"a": [A]}, [("deleted", B, None)]),
    ("gone from one page of two", {"a": [A, B], "b": [B]}, {"a": [A], "b": [B]}, []),
    ("edited on one page of two", {"a": [A, B], "b": [B]}, {"a": [A, B + "!"], "b": [B]}, [("edited", B, B + "!")]),
    ("another context is another message", {"a": [A]}, {"a": [B]}, [("deleted", A, None)]),
    ("a page with a new name", {"a": [A, B, C]}, {"z": [A, B[:-1] + " now.", C]}, [("edited", B, B[:-1] + " now."), ("moved", "", None)]),
    ("a page split in two", {"a": [A, B, C, D]}, {"a": [A, B], "b": [C, D]}, [("moved", C, C), ("moved", D, D)]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted"), [row[1:] for row in ALIGNED], ids=[row[0] for row in ALIGNED])
def test_what_became_of_what(
    old: dict[str, list[str]], new: dict[str, list[str]], wanted: list[tuple[str, str, str | None]]
) -> None:
    texts = {ident(Key(None, text)): text for pages in (old, new) for group in pages.values() for text in group}
    found = align.edits(of(old), of(new), Log(), "2026-11-01")
    assert sorted((e.how, texts.get(e.was or "", ""), texts.get(e.now or "")) for e in found) == sorted(wanted)  # type: ignore[type-var]


def test_a_text_that_comes_back_is_restored() -> None:
    gone = align.edits(of({"a": [A, B]}), of({"a": [A]}), Log(), "2026-11-01")
    back = align.edits(of({"a": [A]}), of({"a": [A, B]}), Log(gone), "2026-11-02")
    assert [(edit.how, edit.was, edit.now) for edit in back] == [("restored", None, ident(Key(None, B)))]


def update(root: Path, text: str, monkeypatch: pytest.MonkeyPatch, day: str = DAY) -> polib.POFile:
    (root / "source/index.md").write_text(text, "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
    updated(root)
    return polib.pofile(str(root / PO))


def entry(found: polib.POFile, msgid: str) -> polib.POEntry:
    return next(e for e in found if e.msgid == msgid)


DOSE = "Take 20 ml of the medicine every day, in the morning."


@pytest.fixture
@made_once
def site_of(make: Make) -> Path:
    root = make({"index.md": f"# Dose\n\n{DOSE}\n\nSee [the *card*](card.md) for more.\n", "card.md": "# Card\n"})
    translate(
        root,
        {
            DOSE: "Tome 20 ml del medicamento cada día, por la mañana.",
            "See [the *card*](card.md) for more.": "Más en [la *tarjeta*](card.md).",
        },
    )
    return root


def test_a_line_of_the_log(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DESIGN's interface: what others script against."""
    update(site_of, f"# Dose\n\n{DOSE.replace('20', '40')}\n\nSee [the *card*](card.md) for more.\n", monkeypatch)
    now, was = ident(Key(None, DOSE.replace("20", "40"))), ident(Key(None, DOSE))
    assert (site_of / LOG_PATH).read_text() == (
        f'{{"block": "dose.1", "how": "edited", "now": "{now}", "on": "2026-11-01", "page": "source/index.md", '
        f'"reasons": ["number: 20 ml → 40 ml"], "severity": "critical", "was": "{was}"}}\n'
    )
    assert ident(Key("c", "m")) == __import__("hashlib").sha256(b"c\x04m").hexdigest()[:16]


def test_a_changed_dose_is_withdrawn_within_one_build(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = entry(update(site_of, f"# Dose\n\n{DOSE.replace('20', '40')}\n", monkeypatch), DOSE.replace("20", "40"))
    assert (found.fuzzy, found.previous_msgid) == (True, DOSE)
    assert "stale since 2026-11-01, critical: number: 20 ml → 40 ml" in found.comment.split("\n")
    built(site_of)
    page = (site_of / "dist/es/index.html").read_text()
    assert "20 ml" not in page and "Take 40 ml" in page and '<time datetime="2026-11-01"' in page


def test_a_comma_costs_nothing(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = DOSE.replace("day, in", "day – in")
    found = entry(update(site_of, f"# Dose\n\n{new}\n", monkeypatch), new)
    assert not found.fuzzy and found.msgstr == "Tome 20 ml del medicamento cada día, por la mañana."
    assert found.comment.split("\n")[1].startswith("carried over 2026-11-01, only punctuation")
    built(site_of)
    page = (site_of / "dist/es/index.html").read_text()
    assert "Tome 20 ml" in page and "Notice-2" not in page


def test_a_changed_link_is_applied(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = "See [the **card**](card.md#card), for more."
    found = entry(update(site_of, f"# Dose\n\n{DOSE}\n\n{new}\n", monkeypatch), new)
    assert (found.fuzzy, found.msgstr) == (False, "Más en [la **tarjeta**](card.md#card).")


def test_markup_that_cannot_be_applied_is_wording(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = "See [the *card*](card.md) for *more*."
    found = entry(update(site_of, f"# Dose\n\n{DOSE}\n\n{new}\n", monkeypatch), new)
    assert found.fuzzy and "wording: markup that could not be applied" in found.comment
    built(site_of)
    assert "Más en" in (site_of / "dist/es/index.html").read_text(), "the old translation, under its notice"


def test_a_reworded_text_is_shown_under_a_dated_notice(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = DOSE.replace("the medicine", "your medicine")
    update(site_of, f"# Dose\n\n{new}\n", monkeypatch)
    built(site_of)
    page = (site_of / "dist/es/index.html").read_text()
    assert "Tome 20 ml" in page and 'class="notice notice-older"' in page and "1 de noviembre de 2026" in page
    paragraph = page[page.index('<p data-block="dose.1"') :][:100]
    assert 'data-state="stale" aria-describedby="Notice-' in paragraph and "lang=" not in paragraph


BRUISE = "Some bruising around the wound is normal. It goes away in about two weeks."
SLEEPY = "We are happy to see you again then."
MORETON = "Es normal tener algún moretón alrededor de la herida. Desaparece en unas dos semanas."
SUENO = "Nos alegrará verle de nuevo entonces."


def test_of_two_texts_that_became_one_readers_have_no_half(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make({"index.md": f"# Care\n\n{BRUISE}\n\n{SLEEPY}\n"})
    translate(root, {BRUISE: MORETON, SLEEPY: SUENO})
    found = entry(update(root, f"# Care\n\n{BRUISE} {SLEEPY}\n", monkeypatch), f"{BRUISE} {SLEEPY}")
    assert found.fuzzy and "critical: joined with another text" in found.comment
    built(root)
    page = (root / "dist/es/index.html").read_text()
    assert SLEEPY in page and "moretón" not in page


def test_a_guess_says_so_and_is_never_shown(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make({"index.md": f"# Dose\n\n{B}\n", "b.md": "# B\n"})
    translate(root, {B: "Llame a su enfermera cuando suene la alarma."})
    (root / "source/b.md").write_text(f"# B\n\n{B.replace('nurse', 'doctor')}\n")
    found = entry(update(root, "# Dose\n", monkeypatch), B.replace("nurse", "doctor"))
    assert found.fuzzy and found.previous_msgid == B and "similar text, not an edit" in found.comment
    built(root)
    assert "Llame a su" not in (root / "dist/es/b/index.html").read_text()


def test_chains_take_the_gravest_and_cycles_end_well(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    second, third = DOSE.replace("20", "40"), DOSE.replace("20", "40").replace("the medicine", "your medicine")
    for day, text in enumerate((second, third)):
        found = update(site_of, f"# Dose\n\n{text}\n", monkeypatch, str(int(DAY) + 86400 * day))
    chained = entry(found, third)
    assert chained.fuzzy and chained.previous_msgid == DOSE
    assert "stale since 2026-11-01, critical: number: 20 ml → 40 ml" in chained.comment, "the gravest, since the first"
    back = entry(update(site_of, f"# Dose\n\n{DOSE}\n", monkeypatch, str(int(DAY) + 86400 * 2)), DOSE)
    assert (back.fuzzy, back.obsolete, back.msgstr[:10]) == (False, False, "Tome 20 ml"), "A → B → C → A is A again"
    again = entry(update(site_of, f"# Dose\n\n{second}\n", monkeypatch, str(int(DAY) + 86400 * 3)), second)
    assert "stale since 2026-11-04, critical" in again.comment, "a new round has a new day"


def test_a_person_clears_the_flag_and_it_stays_cleared(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says of a text that is not changed is another matter (test_flags.py)."""
    new = DOSE.replace("20", "40")
    update(site_of, f"# Dose\n\n{new}\n", monkeypatch)
    found = polib.pofile(str(site_of / PO), wrapwidth=0)
    mine = entry(found, new)
    mine.flags, mine.previous_msgid = [], None
    found.save()
    after = entry(update(site_of, f"# Dose\n\n{new}\n\nMore to say here.\n", monkeypatch), new)
    assert not after.fuzzy and "stale since 2026-11-01, critical" in after.comment


def test_what_a_person_makes_of_a_carried_text_is_theirs(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text carried over, then rewritten: it survives its message; one that a person emptied stays empty."""
    new = DOSE.replace("day, in", "day in")
    update(site_of, f"# Dose\n\n{new}\n", monkeypatch)
    found = polib.pofile(str(site_of / PO), wrapwidth=0)
    entry(found, new).msgstr = "Mejor así: 20 ml."
    found.save()
    update(site_of, "# Dose\n", monkeypatch)
    back = entry(update(site_of, f"# Dose\n\n{new}\n", monkeypatch), new)
    assert (back.msgstr, back.fuzzy, "carried" in back.comment) == ("Mejor así: 20 ml.", False, False)
    found = polib.pofile(str(site_of / PO), wrapwidth=0)
    entry(found, new).msgstr = ""
    found.save()
    assert entry(update(site_of, f"# Dose\n\n{new}\n\nMore to say here.\n", monkeypatch), new).msgstr == ""


def test_a_text_carried_over_a_second_time_is_still_the_first_one(
    site_of: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One original, no copies left among the obsolete; a critical edit later goes back to it."""
    for text in (DOSE.replace("day, in", "day in"), DOSE.replace("day, in", "day – in")):
        found = update(site_of, f"# Dose\n\n{text}\n", monkeypatch)
    assert f"(from {ident(Key(None, DOSE))})" in entry(found, text).comment
    assert [e.msgid for e in found.obsolete_entries() if "20 ml" in e.msgstr] == [DOSE]
    grave = text.replace("20", "40")
    assert entry(update(site_of, f"# Dose\n\n{grave}\n", monkeypatch), grave).previous_msgid == DOSE


LINK = "See [the *card*](card.md) for more."


@pytest.mark.parametrize("text", [DOSE.replace("day, in", "day in"), LINK.replace("card.md", "index.md")])
def test_a_carried_text_stays_one_where_its_first_english_is_translated_anew(
    site_of: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """The first English stands on, on another page; who writes there anew says nothing of the text that was carried over."""
    was = DOSE if "day" in text else LINK
    (site_of / "source/card.md").write_text(f"# Card\n\n{was}\n", "utf-8")
    update(site_of, f"# Dose\n\n{was}\n", monkeypatch)
    now = f"# Dose\n\n{text}\n"
    carried = entry(update(site_of, now, monkeypatch), text)
    found = polib.pofile(str(site_of / PO), wrapwidth=0)
    entry(found, was).msgstr = entry(found, was).msgstr.replace("m", "M", 1)
    found.save()
    for page in (now, f"{now}\nMore to say here.\n"):
        after = entry(update(site_of, page, monkeypatch), text)
        assert (after.msgstr, after.comment, after.fuzzy) == (carried.msgstr, carried.comment, False)
    raised = ("--raise", "critical", "--by", "Cy", "--reason", "it is another one")
    assert decide(site_of, "index.md#dose.1", *raised) == 0
    built(site_of)
    assert carried.msgstr.split("[")[0].split(",")[0] not in (site_of / "dist/es/index.html").read_text("utf-8")


def test_a_mark_survives_an_editor_that_wraps_comments(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = DOSE.replace("day, in", "day in")
    link = "See [the *card*](card.md), for more."
    update(site_of, f"# Dose\n\n{new}\n\n{link}\n", monkeypatch)
    polib.pofile(str(site_of / PO), wrapwidth=40).save()
    found = update(site_of, f"# Dose\n\n{new}\n\n{link}\n\nMore to say here.\n", monkeypatch)
    assert all("carried over 2026-11-01" in entry(found, text).comment for text in (new, link))


def test_markers_of_other_peoples_catalogs_are_only_text(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A translator who writes our line makes nothing of it."""
    text = (site_of / PO).read_text()
    mark = f"#. carried over 2026-01-01, only looks (from {ident(Key(None, 'nothing'))})\n"
    (site_of / PO).write_text(text.replace("#. paragraph\n", f"#. paragraph\n{mark}"))
    found = entry(update(site_of, f"# Dose\n\n{DOSE}\n\nMore to say here.\n", monkeypatch), DOSE)
    assert not found.fuzzy and "carried" not in found.comment


DAMAGE = [
    ("not json", "not JSON"),
    ("[]", "not a JSON object"),
    ('{"was": 1}', "16 hex digits"),
    ("<<<<<<< HEAD", "not JSON"),
    ('{"was":"0123456789abcdef","now":null,"page":"p","block":"b","on":"soon","severity":"wording","reasons":[]}', "a date"),
    ('{"was":"0123456789abcdef","now":null,"page":"p","block":"b","on":"2026-01-01","severity":"mild","reasons":[]}', "critical"),
    ('{"was":"0123456789abcdef","now":null,"page":"p","block":"b","on":"2026-01-01","severity":"wording","reasons":[],"decision":{"meaning":"x"}}', "unchanged or raised"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "what"), DAMAGE)
def test_a_damaged_log_names_its_line_and_loses_nothing(
    site_of: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str, what: str
) -> None:
    update(site_of, f"# Dose\n\n{DOSE.replace('20', '30')}\n", monkeypatch)
    path = site_of / LOG_PATH
    path.write_text(f"{line}\n{path.read_text()}")
    before = path.read_bytes()
    assert main(["check", "--root", str(site_of)]) == 1
    said = capsys.readouterr().out
    assert f"{LOG_PATH}:1: error [edit-log]" in said and what in said
    update(site_of, f"# Dose\n\n{DOSE.replace('20', '50')}\n", monkeypatch)
    assert path.read_bytes().startswith(before) and len(path.read_bytes().splitlines()) == 4


def test_a_log_and_places_that_are_gone(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without occurrences.txt the template tells enough; without the log nothing is shown that could be wrong."""
    (site_of / occurrences.OCCURRENCES_PATH).unlink()
    new = DOSE.replace("20", "40")
    assert "critical" in entry(update(site_of, f"# Dose\n\n{new}\n", monkeypatch), new).comment
    (site_of / LOG_PATH).unlink()
    found = entry(update(site_of, f"# Dose\n\n{new}\n", monkeypatch), new)
    assert found.fuzzy and "stale since 2026-11-01, critical" in found.comment, "as the entry says"
    built(site_of)
    assert "Tome 20 ml" not in (site_of / "dist/es/index.html").read_text()


def test_extract_alone_loses_no_edit(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`lockstep extract`, or plain pybabel, may come before `update`."""
    new = DOSE.replace("20", "40")
    (site_of / "source/index.md").write_text(f"# Dose\n\n{new}\n")
    assert main(["extract", "--root", str(site_of)]) == 0
    assert "critical" in entry(update(site_of, f"# Dose\n\n{new}\n", monkeypatch), new).comment


def test_a_critical_block(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything in a critical block is critical: even a comma."""
    root = make({"index.md": f"<!-- i18n: critical -->\n\n{B}\n"})
    translate(root, {B: "Llame a su enfermera."})
    found = update(root, f"<!-- i18n: critical -->\n\n{B.replace(' when', ', when')}\n", monkeypatch)
    assert "critical: in a critical block" in entry(found, B.replace(" when", ", when")).comment


def test_a_protected_name(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make({"index.md": "The Riverbend pump is in front of you.\n"})
    (root / "locale").mkdir(exist_ok=True)
    (root / "locale/glossary.yaml").write_text("protected:\n  - Riverbend\n  - Lakeside Two\n")
    translate(root, {"The Riverbend pump is in front of you.": "La bomba Riverbend."})
    found = update(root, "The Lakeside Two pump is in front of you.\n", monkeypatch)
    assert "name: Riverbend → Lakeside Two" in entry(found, "The Lakeside Two pump is in front of you.").comment
    (root / "locale/glossary.yaml").write_text("protected: Riverbend\n")
    assert main(["update", "--root", str(root)]) == 2
    assert main(["check", "--root", str(root)]) == 1


CARRIED = [
    ("See [a](x.md).", "See [a](y.md).", "Vea [b](x.md).", "Vea [b](y.md)."),
    ("See [a](x.md), [b](y.md).", "See [a](z.md), [b](y.md).", "[b](y.md) y [a](x.md)", "[b](y.md) y [a](z.md)"),
    ("*a* b", "**a** b", "b _a_ c", "b __a__ c"),
    ("**a** b", "_a_ b", "b **a** 2\\*3", "b *a* 2\\*3"),
    ("<b>a</b> x", "<strong>a</strong> x", "y <b>z</b>", "y <strong>z</strong>"),
    ("![a](x.png) b", "![a](y.png) b", "![c](x.png) d", "![c](y.png) d"),
    ('[a](x.md "t") b', '[a](y.md "t") b', '[c](x.md "u") d', '[c](y.md "u") d'),
    ("a, b", "a b", "whatever *it* is", "whatever *it* is"),
    ('[a](x.md "t") b', '[a](y.md "t") b', "[c](x.md) d", "[c](y.md) d"),
    ("a <!-- one --> b", "a b", "x <!-- one --> y", "x y"),
    ("a <!-- one --> b", "a <!-- two --> b", "x <!-- one --> y", "x y"),
    ("a b", "a <!-- two --> b", "x y", "x y"),
    ("a <!-- one --> *b*", "a **b**", "x *y*", "x **y**"),
    ("a *b*", "a b", "x *y*", None),
    ("a b", "a *b*", "x y", None),
    ("[a](x.md) [b](x.md)", "[a](x.md) [b](y.md)", "[p](x.md) [q](x.md)", None),
    ("[a](x.md)", "[a](y.md)", "sin enlace (x.md)", "sin enlace (x.md)"),
    ("`a` *b*", "*a* `b`", "`p` *q*", None),
    ("*a* b", "**a** b", "*x*y* z", None),
]


@pytest.mark.parametrize(("old", "new", "text", "wanted"), CARRIED)
def test_markup_is_carried_over(old: str, new: str, text: str, wanted: str | None) -> None:
    assert carried(text, parse(old, Syntax.MARKDOWN), parse(new, Syntax.MARKDOWN)) == wanted


def decide(root: Path, *words: str) -> int:
    return main(["decide", *words, "--root", str(root)])


def test_decisions(site_of: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line of one file; two people lower a critical; status shows it at once, update follows."""
    link = "See [the *card*](card.md) for more."
    update(site_of, f"# Dose\n\n{DOSE.replace('20', '40')}\n\n{link.replace('See', 'Read')}\n", monkeypatch)
    files = {path: path.read_bytes() for path in (site_of / "locale").rglob("*") if path.is_file()}
    unchanged = ("--meaning-unchanged", "--by", "Ann", "--reason", "the same card")
    assert decide(site_of, "index.md#dose.2", *unchanged) == 0
    changed = [path for path, body in files.items() if path.read_bytes() != body]
    assert changed == [site_of / LOG_PATH] and (site_of / LOG_PATH).read_bytes().startswith(files[site_of / LOG_PATH])
    capsys.readouterr()
    assert main(["status", "--root", str(site_of), "--format", "json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert status["locales"]["es"]["messages"]["carried"] == 1 and status["decisions"][0]["decision"]["by"] == ["Ann"]
    for second in ((), ("--second", "ann "), ("--second", "")):
        assert decide(site_of, "index.md#dose", *unchanged, *second) == 2, "a critical edit needs a second person"
    assert "second person" in capsys.readouterr().err
    listed = (site_of / "people.yaml").read_text()
    (site_of / "people.yaml").unlink()
    assert decide(site_of, "index.md#dose.1", *unchanged, "--second", "Dr. Bo") == 2
    said = capsys.readouterr().err
    assert "List both in people.yaml, each by a name and `may: [decide]`, and run this again." in said
    assert "second person" not in said and "one person" not in said, "both are named: what helps is to list them"
    (site_of / "people.yaml").write_text(listed)
    assert decide(site_of, "index.md#dose.1", *unchanged, "--second", "Dr. Bo") == 0
    raised = ("--raise", "critical", "--by", "Cy", "--reason", "it is another card")
    assert decide(site_of, "index.md#dose.2", *raised) == 0
    found = polib.pofile(str(site_of / PO))
    updated(site_of)
    found = polib.pofile(str(site_of / PO))
    assert not entry(found, DOSE.replace("20", "40")).fuzzy
    card = entry(found, link.replace("See", "Read"))
    assert card.fuzzy and "raised: it is another card" in card.comment
    assert updated(site_of) == ([], [])
    assert decide(site_of, "index.md#dose.1", *raised) == 0, "carried over by now, and live"
    built(site_of)
    assert "Tome 20 ml" not in (site_of / "dist/es/index.html").read_text(), "withdrawn before any update"
    updated(site_of)
    dose = entry(polib.pofile(str(site_of / PO)), DOSE.replace("20", "40"))
    assert dose.fuzzy and dose.previous_msgid == DOSE and "raised" in dose.comment


WRONG = [
    (("nowhere.md", "--by", "A", "--reason", "r"), "there is no page"),
    (("index.md#nowhere", "--by", "A", "--reason", "r"), "has no block"),
    (("card.md", "--by", "A", "--reason", "r"), "no edit that is more than cosmetic"),
    (("index.md", "--by", " ", "--reason", "r"), "needs a name and a reason"),
    (("index.md", "--by", "A", "--reason", " "), "needs a name and a reason"),
]


@pytest.mark.parametrize(("words", "what"), WRONG)
def test_decisions_that_cannot_be(
    site_of: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], what: str
) -> None:
    assert decide(site_of, words[0], "--meaning-unchanged", *words[1:]) == 2
    assert what in capsys.readouterr().err and not (site_of / LOG_PATH).exists()


UNCHANGED = ("--meaning-unchanged", "--reason", "r", "--by")


@pytest.mark.parametrize("by", ["\u200b", "🙂", "."])
def test_nobody_decides_nothing(site_of: Path, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    update(site_of, f"# Dose\n\n{DOSE.replace('the medicine', 'your medicine')}\n", monkeypatch)
    before = (site_of / LOG_PATH).read_bytes()
    assert decide(site_of, "index.md#dose.1", *UNCHANGED, by) == 2
    assert decide(site_of, "index.md#dose.1", *UNCHANGED, "Ann", "--second", by) == 2
    assert decide(site_of, "index.md#dose.1", "--raise", "critical", "--reason", "r", "--by", by) == 2
    assert (site_of / LOG_PATH).read_bytes() == before


@pytest.mark.parametrize("second", ["Dr. Ana Ruiz", "Ruiz, Ana", "Ana Ruiz MD", "A. Ruiz", "Ana Ruíz"])
def test_one_person_under_two_names_lowers_no_critical_edit(
    site_of: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], second: str
) -> None:
    update(site_of, f"# Dose\n\n{DOSE.replace('20', '40')}\n", monkeypatch)
    path = site_of / LOG_PATH
    before = path.read_bytes()
    assert decide(site_of, "index.md#dose.1", *UNCHANGED, "Ana Ruiz", "--second", second) == 2
    said = capsys.readouterr().err
    assert path.read_bytes() == before and f"and {second!r}" in said and "one person" in said and "in full" in said
    one = next(edit for edit in edit_log.load(site_of).rows if edit.severity is Severity.CRITICAL)
    said_before = Decision("unchanged", ("Ana Ruiz", second), "r", "2026-11-02T00:00:00Z")
    path.write_text(path.read_text() + replace(one, decision=said_before, how="decided").line() + "\n")
    main(["verify", "--root", str(site_of)])
    assert f"{LOG_PATH}:3: warning [edit-log] This decision changes nothing: 'Ana Ruiz' and" in capsys.readouterr().out
    assert decide(site_of, "index.md#dose.1", *UNCHANGED, "Ana Ruiz", "--second", "Omar Haddad") == 0


def test_a_decision_that_a_later_line_overrules_is_not_written(
    site_of: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody's clock was wrong; without a look at the effect `decide` would say that it has written what nobody heeds."""
    update(site_of, f"# Dose\n\n{DOSE.replace('the medicine', 'your medicine')}\n", monkeypatch)
    path = site_of / LOG_PATH
    one = next(edit for edit in edit_log.load(site_of).rows if edit.severity is Severity.WORDING)
    ahead = Decision("raised", ("Cy",), "r", "2999-01-01T00:00:00Z")
    path.write_text(path.read_text() + replace(one, decision=ahead, how="decided").line() + "\n")
    before = path.read_bytes()
    assert decide(site_of, "index.md#dose.1", *UNCHANGED, "Ann", "--second", "Bo") == 2
    assert "would stay critical" in capsys.readouterr().err and path.read_bytes() == before


def test_a_decision_waits_for_update(site_of: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site_of / "source/index.md").write_text("# Dose\n")
    assert decide(site_of, "index.md", "--meaning-unchanged", "--by", "A", "--reason", "r") == 2
    assert "Run `lockstep update` first" in capsys.readouterr().err


def test_a_crash_after_the_log_is_written_doubles_nothing(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is saved first; the next run finds the same edits and knows them."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    (site_of / "source/index.md").write_text(f"# Dose\n\n{DOSE.replace('20', '40')}\n")
    from pipeline.commands.extract import extraction

    extraction(project_of(site_of)).save_log(settings.load(site_of))
    once = (site_of / LOG_PATH).read_bytes()
    updated(site_of)
    assert (site_of / LOG_PATH).read_bytes() == once and once.count(b"\n") == 2


def edge(was: str, now: str, severity: Severity, on: str = "2026-01-01") -> Edit:
    return Edit(ident(Key(None, was)), ident(Key(None, now)), "source/a.md", "top.1", on, severity, (f"{was}{now}",))


def test_ways_through_the_log() -> None:
    cosmetic, wording, critical = Severity
    log = Log(
        (
            edge("a", "b", cosmetic),
            edge("b", "c", critical),
            edge("c", "d", cosmetic),
            edge("d", "b", wording),
            edge("x", "d", cosmetic),
            edge("a", "a", critical),
        )
    )
    ids = {ident(Key(None, name)): name for name in "abcdx"}
    ways = {
        ids[was]: (edit_log.gravest(way), "".join(ids[one.was] for one in way))
        for was, way in log.ways(ident(Key(None, "d"))).items()
    }
    assert ways == {"c": (cosmetic, "c"), "x": (cosmetic, "x"), "b": (critical, "bc"), "a": (critical, "abc")}
    for one, other in (("b", "c"), ("c", "b")):
        log = Log(
            (edge("a", one, cosmetic), edge(one, "d", critical), edge("a", other, cosmetic), edge(other, "d", cosmetic))
        )
        way = log.way(ident(Key(None, "a")), ident(Key(None, "d")))
        assert way is not None and edit_log.gravest(way) is critical, "of two ways as short, the graver"


def git(root: Path, *words: str) -> int:
    named = ("-c", "user.name=a", "-c", "user.email=a@b")
    return subprocess.run(["git", "-C", str(root), *named, *words], check=False, capture_output=True).returncode


def test_two_branches_merge(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each edits and updates; the log merges by itself, a conflict in the template is settled by either side."""
    texts = [DOSE, A, B, C, D, "Rest at home and drink water."]
    root = make({"index.md": "\n\n".join(texts) + "\n"})
    translate(root, {text: f"«{at}» 20 6" for at, text in enumerate(texts)})
    (root / ".gitattributes").write_text("locale/**/*.jsonl -text merge=union\n")
    assert (
        not git(root, "init", "-q", "-b", "main") and not git(root, "add", ".") and not git(root, "commit", "-qm", "x")
    )
    edits_of = {"one": (0, DOSE.replace("20", "40")), "two": (5, "Rest at home, and drink water.")}
    for day, (branch, (at, text)) in enumerate(edits_of.items()):
        git(root, "checkout", "-q", "-b", branch, "main")
        update(
            root, "\n\n".join([*texts[:at], text, *texts[at + 1 :]]) + "\n", monkeypatch, str(int(DAY) + 86400 * day)
        )
        assert not git(root, "commit", "-qam", branch) or (
            not git(root, "add", ".") and not git(root, "commit", "-qm", branch)
        )
    git(root, "checkout", "-q", "one")
    git(root, "merge", "-q", "two")
    for name in ("locale/messages.pot", "locale/places.txt", PO):
        text = (root / name).read_text()
        if "<<<<<<<" in text and name == PO:  # obsolete entries that both added at the end: a person keeps both sides
            (root / name).write_text(
                "".join(line for line in text.splitlines(True) if line[:7] not in {"<<<<<<<", "=======", ">>>>>>>"})
            )
        elif "<<<<<<<" in text:
            git(root, "checkout", "--ours", name)
    assert len((root / LOG_PATH).read_text().splitlines()) == 2
    merged = "\n\n".join([edits_of["one"][1], *texts[1:5], edits_of["two"][1]]) + "\n"
    assert (root / "source/index.md").read_text() == merged
    found = update(root, merged, monkeypatch, str(int(DAY) + 86400 * 9))
    assert "stale since 2026-11-01, critical" in entry(found, edits_of["one"][1]).comment
    rest = entry(found, edits_of["two"][1])
    assert not rest.fuzzy and rest.msgstr == "«5» 20 6" and "carried over 2026-11-02" in rest.comment


def test_decisions_count_in_their_time_whatever_the_order_of_lines() -> None:
    """Wording; raised; lowered by two; lowered by one after that; the last that may decide, decides."""
    base = edge("a", "b", Severity.WORDING)
    said = [
        Decision("raised", ("Ann",), "r", "2026-01-02T00:00:00Z"),
        Decision("unchanged", ("Ann", "Bo"), "r", "2026-01-03T00:00:00Z"),
        Decision("raised", ("Cy",), "r", "2026-01-03T00:00:00Z"),
        Decision("unchanged", ("Dee",), "r", "2026-01-04T00:00:00Z"),
        Decision("unchanged", ("Dee", "Ann"), "r", "2026-01-05T00:00:00Z"),
    ]
    wanted = [
        Severity.WORDING,
        Severity.CRITICAL,
        Severity.COSMETIC,
        Severity.CRITICAL,
        Severity.CRITICAL,
        Severity.COSMETIC,
    ]
    for count, severity in enumerate(wanted):
        for lines in itertools.permutations(
            [base, *(replace(base, decision=one, how="decided") for one in said[:count])]
        ):
            way = Log(lines).way(base.was or "", base.now or "")
            assert way is not None and edit_log.gravest(way) is severity


def test_small_edits_may_make_another_text(site_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is wording; together they leave little of what was translated, and so it is not shown."""
    old = "Mistakes in movies spoil trips and stories."
    steps = [
        "Errors in movies spoil trips and stories.",
        "Errors in films ruin trips and stories.",
        "Errors in films ruin journeys and tales.",
    ]
    update(site_of, f"# Dose\n\n{DOSE}\n\n{old}\n", monkeypatch)
    translate(site_of, {old: "Los errores estropean viajes."})
    for text in steps:
        found = update(site_of, f"# Dose\n\n{DOSE}\n\n{text}\n", monkeypatch)
    last = entry(found, steps[-1])
    assert last.previous_msgid == old and "critical: mostly rewritten" in last.comment
    built(site_of)
    assert "La bomba pequeña" not in (site_of / "dist/es/index.html").read_text()
    log = edit_log.load(site_of)
    assert [edit.severity for edit in log.rows if edit.how == "edited"] == [Severity.WORDING] * 3
