"""Update, step by step: the four things Babel's own update does wrong, and what msgmerge leaves to people."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import polib
import pytest

from pipeline.catalog import po_file
from pipeline.catalog.po_entry import Entry, fresh
from pipeline.catalog.po_file import Catalog, parse
from pipeline.changes import headers
from pipeline.changes import merge as module
from pipeline.core import locales, settings
from pipeline.core.model import Key
from pipeline.text import similarity
from tests.conftest import REPO, Make, translate, updated

PO = "locale/es/LC_MESSAGES/messages.po"


def update(root: Path, name: str | None = None, text: str = "") -> polib.POFile:
    if name:
        (root / "source" / name).write_text(text, "utf-8")
    updated(root)
    return polib.pofile(str(root / PO))


def entry(found: polib.POFile, msgid: str, context: str | None = None) -> polib.POEntry:
    return next(e for e in found if e.msgid == msgid and e.msgctxt == context)


def test_previous_msgid_survives_every_later_run(make: Make) -> None:
    root = make({"index.md": "Take two tablets every day.\n"})
    translate(root, {"Take two tablets every day.": "Tome dos tabletas al día."})
    first = entry(update(root, "index.md", "Take three tablets every day.\n"), "Take three tablets every day.")
    assert (first.fuzzy, first.previous_msgid, first.msgstr) == (
        True,
        "Take two tablets every day.",
        "Tome dos tabletas al día.",
    )
    again = entry(update(root, "index.md", "Take three tablets every day.\n\nMore.\n"), "Take three tablets every day.")
    assert again.previous_msgid == "Take two tablets every day."
    third = entry(update(root, "index.md", "Take four tablets every day.\n\nMore.\n"), "Take four tablets every day.")
    assert third.previous_msgid == "Take two tablets every day.", "the English that the translation was made for"


def test_contexts_are_not_swapped(make: Make) -> None:
    root = make({"index.md": "---\ntitle: Open the pump\n---\n\nOpen the door\n"})
    translate(root, {"Open the pump": "Abrir la bomba"})
    found = update(root, "index.md", "---\ntitle: Quite another\n---\n\nOpen the pump now\n")
    assert entry(found, "Open the pump now").msgstr == ""


def test_obsolete_entries_come_back(make: Make) -> None:
    root = make({"index.md": "Keep\n\nDo not stop the pump.\n"})
    translate(root, {"Do not stop the pump.": "No pare la bomba."})
    gone = update(root, "index.md", "Keep\n")
    assert [e.msgstr for e in gone.obsolete_entries()] == ["No pare la bomba."]
    back = entry(update(root, "index.md", "Keep\n\nDo not stop the pump.\n"), "Do not stop the pump.")
    assert (back.msgstr, back.fuzzy, back.obsolete) == ("No pare la bomba.", False, False)


def test_one_heir(make: Make) -> None:
    root = make({"index.md": "Call us about the pump today\n"})
    translate(root, {"Call us about the pump today": "Llámenos hoy por la bomba"})
    found = update(
        root, "index.md", "Call us about the pump now\n\nCall us about your pump today\n\nCall about the pump today\n"
    )
    assert [e.msgstr for e in found if not e.obsolete].count("Llámenos hoy por la bomba") == 1


PAGE = "---\ntitle: {}\n---\n\n# {}\n\nRest today.\n"
WAS, NOW, SAID = "When to call us", "When you should call us", "Cuándo llamarnos"


@pytest.mark.parametrize(("title", "heading"), [(NOW, NOW), (WAS, NOW), (NOW, WAS)])
def test_the_same_words_in_two_contexts_are_each_offered_their_own(make: Make, title: str, heading: str) -> None:
    """As nearly every page has them: title and heading, reworded together or one alone."""
    root = make({"index.md": PAGE.format(WAS, WAS)})
    translate(root, {WAS: SAID})
    found = update(root, "index.md", PAGE.format(title, heading))
    for context, english in (("title", title), (None, heading)):
        mine = entry(found, english, context)
        assert (mine.msgstr, mine.fuzzy) == (SAID, english == NOW), context
        assert (mine.previous_msgid, mine.previous_msgctxt) == ((WAS, context) if english == NOW else (None, None))


def test_what_was_offered_waits_where_the_other_context_follows_later(make: Make) -> None:
    root = make({"index.md": PAGE.format(WAS, WAS)})
    translate(root, {WAS: SAID})
    update(root, "index.md", PAGE.format(NOW, WAS))
    found = update(root, "index.md", PAGE.format(NOW, NOW))
    assert [entry(found, NOW, context).msgstr for context in ("title", None)] == [SAID, SAID]


def test_text_moved_to_another_page_stays_live(make: Make) -> None:
    root = make({"index.md": "One\n\nTwo words\n", "other.md": "Three\n"})
    translate(root, {"Two words": "Dos palabras"})
    (root / "source/index.md").write_text("One\n")
    found = entry(update(root, "other.md", "Three\n\nTwo words\n"), "Two words")
    assert (found.msgstr, found.fuzzy, found.occurrences) == ("Dos palabras", False, [("source/other.md", "")])


def test_zero_noise(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of one paragraph changes the lines of that entry only."""
    root = make({"index.md": "# Title\n\nAlpha beta gamma\n\nDelta\n", "other.md": "Delta\n\nEpsilon\n"})
    translate(root, {"Alpha beta gamma": "Alfa beta gama", "Delta": "Delta es", "Epsilon": "Épsilon"})
    before = (root / PO).read_text().split("\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    update(root, "index.md", "# Title\n\nAlpha beta gamma, zeta\n\nDelta\n")
    after = (root / PO).read_text().split("\n")
    changed = [
        line
        for line in difflib.unified_diff(before, after, lineterm="", n=0)
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert sorted(changed) == sorted([
        "+#, fuzzy",
        "+#. stale since 2026-11-01, critical: list item: “zeta” added",
        '+#| msgid "Alpha beta gamma"',
        '-msgid "Alpha beta gamma"',
        '+msgid "Alpha beta gamma, zeta"',
        "+",
        '+#~ msgid "Alpha beta gamma"',
        '+#~ msgstr "Alfa beta gama"',
    ])  # fmt: skip


def test_nothing_is_written_when_nothing_changed(make: Make) -> None:
    root = make({"index.md": "Text\n"})
    update(root)
    before = {path: path.stat().st_mtime_ns for path in (root / "locale").rglob("*.po*")}
    assert updated(root)[0] == []
    assert {path: path.stat().st_mtime_ns for path in (root / "locale").rglob("*.po*")} == before


def test_editors_headers_and_comments_stay(make: Make) -> None:
    root = make({"index.md": "Text\n"})
    update(root)
    path = root / PO
    text = path.read_text().replace(
        '"Language: es\\n"', '"Language: es\\n"\n"X-Generator: Poedit 3.4\\n"\n"X-Poedit-Basepath: .\\n"'
    )
    text = text.replace('msgid "Text"\nmsgstr ""', 'msgid "Text"\nmsgstr "Texto"').replace(
        "#. paragraph", "# A note of mine\n#. paragraph"
    )
    path.write_text("# Our team\n" + text)
    update(root, "index.md", "Text\n\nMore\n")
    after = path.read_text()
    assert after.startswith("# Our team\n") and "X-Poedit-Basepath: ." in after and "# A note of mine" in after


def test_a_page_that_cannot_be_read_makes_nothing_obsolete(make: Make) -> None:
    from pipeline.core.errors import LockstepError

    root = make({"index.md": "---\ntitle: A title\n---\nText\n"})
    translate(root, {"A title": "Un título"})
    before = (root / PO).read_bytes()
    (root / "source/index.md").write_text("---\ntitle: [A\n---\nText\n")
    with pytest.raises(LockstepError, match=r"source/index.md:2"):
        updated(root)
    assert (root / PO).read_bytes() == before


def test_a_large_rewrite_is_not_quadratic() -> None:
    """A message is compared with few others, however many there are."""
    from unittest import mock

    old = [Key(None, f"Take {n} tablets of the medicine every day at {n % 24} o'clock") for n in range(2000)]
    new = [Key(None, f"Take {n} tablets of your medicine each day at {n % 24} o'clock") for n in range(2000)]
    calls = 0
    real = similarity.ratio

    def counted(*words: Any) -> float:
        nonlocal calls
        calls += 1
        return real(*words)

    with mock.patch.object(similarity, "ratio", counted):
        similarity.similar(new, old)
    assert len(new) <= calls <= len(new) * similarity.CANDIDATES


def test_a_wrapped_entry_that_moves_changes_its_reference_only(make: Make) -> None:
    """Zero noise in a file that another editor wraps: only the `#:` line differs."""
    long = (
        "Tell us about every medicine you take, the ones you buy without a prescription, vitamins and herbs among them."
    )
    root = make({"index.md": f"{long}\n", "other.md": "Other\n"})
    translate(root, {long: "Díganos " + "todos los medicamentos que toma, también los que compra sin receta, " * 3})
    wrapped = polib.pofile(str(root / PO), wrapwidth=60)
    wrapped.save(str(root / PO))
    updated(root)
    before = (root / PO).read_text().split("\n")
    (root / "source/index.md").write_text("Nothing here\n")
    update(root, "other.md", f"Other\n\n{long}\n")
    after = (root / PO).read_text().split("\n")
    assert max(map(len, before)) < 120 and f'msgid "{long}"' not in after, "it is still wrapped"
    body = [line for line in before if line.startswith('"') and "medicamentos" in line]
    assert body and all(line in after for line in body)


def test_update_is_the_same_for_every_hash_seed() -> None:
    """Ties between words and between candidates are broken by text, not by the order of a set."""
    code = """if True:
        from pipeline.core.model import Key
        from pipeline.changes.merge import similar
        words = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi".split()
        old = [Key(None, " ".join(sorted((words * 2)[n % 14:n % 14 + 9])) + f" {n}") for n in range(280)]
        new = [Key(None, " ".join(sorted(words)) + f" x{n}") for n in range(5)]
        print([(m.new.msgid, m.old.msgid) for m in similar(new, old)])
    """
    found = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPO,
                       env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPO)}).stdout
        for seed in "0123"
    }  # fmt: skip
    assert len(found) == 1


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
ES, FR = locales.make("es"), locales.make("fr")
SITE = settings.Settings(Path(), locales.make("en"), (ES, FR))


def stepped(po: str, *wanted: Entry) -> str:
    """The body of a catalog after an update to the messages wanted; gettext accepts it and a second update keeps it."""
    template = Catalog("messages.pot", entries=tuple(fresh(entry) for entry in wanted))
    found = module.update(template, {"es": parse("es.po", (HEAD + po).encode())}, SITE)["es"]
    text = found.text()
    po_file.verify(found, text)
    assert module.update(template, {"es": parse("es.po", text.encode())}, SITE)["es"].text() == text, "idempotent"
    return text.removeprefix(HEAD)


def accepted(po: str) -> bool:
    if shutil.which("msgfmt") is None:
        return True
    done = subprocess.run(
        ["msgfmt", "-o", "/dev/null", "-"], input=(HEAD + po).encode(), capture_output=True, check=False
    )
    return done.returncode == 0


def one(msgid: str, *, plural: str | None = None, flags: tuple[str, ...] = ()) -> Entry:
    return Entry(Key(None, msgid), ("",) if plural is None else ("", ""), plural, flags=flags)


PLURALS = '\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[1] ""\n"y\\n"\n"z\\""\n'


def test_a_plural_that_goes_comes_back() -> None:
    gone = stepped(PLURALS, one("a"))
    assert gone == (
        '\n# formerly msgid_plural "as" msgstr[0] "x" msgstr[1] "y\\nz\\""\n#. stale, critical: the plural form of the English changed\n#, fuzzy\n#| msgid "a"\n#| msgid_plural "as"\n'
        'msgid "a"\nmsgstr "x"\n'
    )
    assert accepted(gone) and stepped(gone, one("a", plural="as")) == PLURALS
    confirmed = '\nmsgid "a"\nmsgstr "once"\n'
    both = stepped(gone[: gone.index("#, fuzzy")] + confirmed[1:], one("a", plural="as"))
    assert both == '\n# formerly msgstr "once"\n' + PLURALS[1:] and accepted(both)
    assert stepped(both, one("a")).endswith(confirmed[1:])
    obsolete = stepped(both, one("other"))
    assert accepted(obsolete) and stepped(obsolete, one("a", plural="as")).startswith(both)


def test_a_plural_that_comes_goes_again() -> None:
    single = '\nmsgid "a"\nmsgstr "x"\n'
    more = stepped(single, one("a", plural="as"))
    assert 'msgstr[0] "x"\nmsgstr[1] ""\n' in more and "#, fuzzy" in more and accepted(more)
    assert stepped(more, one("a")) == single
    guess = '\n#, fuzzy\n#| msgid "b"\nmsgid "a"\nmsgstr "x"\n'
    again = stepped(stepped(guess, one("a", plural="as")), one("a"))
    assert "#, fuzzy" in again and 'msgstr "x"' in again, "a guess stays one"


KEPT = [
    # what a person wrote, the catalog, what must still be there
    ("a note on an empty entry", '\n# ask\nmsgid "a"\nmsgstr ""\n\n#~ msgid "a"\n#~ msgstr "x"\n', '\n# ask\nmsgid "a"\nmsgstr "x"\n'),
    ("a note on an obsolete twin", '\nmsgid "a"\nmsgstr "x"\n\n# mine\n#~ msgid "a"\n#~ msgstr "x"\n', '\n# mine\nmsgid "a"\nmsgstr "x"\n'),
    ("another text of a twin", '\nmsgid "a"\nmsgstr "x"\n\n#~ msgid "a"\n#~ msgstr "y"\n', '#~ msgstr "y"'),
    ("guesses that name each other", '\n#, fuzzy\n#| msgid "c"\nmsgid "b"\nmsgstr "x"\n\n#, fuzzy\n#| msgid "b"\nmsgid "c"\nmsgstr "x"\n', '#~ msgstr "x"'),
    ("no-format", '\n#, no-python-brace-format\nmsgid "a"\nmsgstr "x"\n', '\n#, no-python-brace-format\nmsgid "a"\nmsgstr "x"\n'),
]  # fmt: skip


@pytest.mark.parametrize(("po", "left"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT])
def test_what_a_person_wrote_is_kept(po: str, left: str) -> None:
    assert left in stepped(po, one("a", flags=("python-brace-format",) if "brace" in po else ()))


def test_an_obsolete_header_goes() -> None:
    assert stepped('\nmsgid "a"\nmsgstr "x"\n\n#~ msgid ""\n#~ msgstr "y"\n', one("a")) == '\nmsgid "a"\nmsgstr "x"\n'


def test_headers_say_whom_to_ask(make: Make) -> None:
    """Where to ask about the English stands in every catalog; the team only where the header names none."""
    root = make({"index.md": "Text\n"}, locales=("es", "fr"))
    updated(root)
    french = root / "locale/fr/LC_MESSAGES/messages.po"
    french.write_text(
        french.read_text().replace('msgstr ""\n', 'msgstr ""\n"Language-Team: Ours <fr@example.org>\\n"\n', 1)
    )
    path = root / "pyproject.toml"
    stated = '[tool.lockstep]\nreport-bugs = "https://example.org/ask"\nlocale.es.team = "Ana \\"A\\" <es@example.org>"\nlocale.fr.team = "Other"\n'
    path.write_text(path.read_text().replace("[tool.lockstep]\n", stated, 1))
    updated(root)
    teams = {}
    for name in ("es", "fr"):
        head = polib.pofile(str(root / f"locale/{name}/LC_MESSAGES/messages.po")).metadata
        assert head["Report-Msgid-Bugs-To"] == "https://example.org/ask"
        teams[name] = head["Language-Team"]
    assert teams == {"es": 'Ana "A" <es@example.org>', "fr": "Ours <fr@example.org>"}
    assert "https://example.org/ask" in (root / "locale/messages.pot").read_text()
    assert updated(root)[0] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A: b\n", "A: b\nReport-Msgid-Bugs-To: x\n"),
        ("A: b", "A: b\nReport-Msgid-Bugs-To: x\n"),
        ("report-msgid-bugs-to:\nA: b\n", "Report-Msgid-Bugs-To: x\nA: b\n"),
        ("Report-Msgid-Bugs-To: y\\1\nA: b\n", "Report-Msgid-Bugs-To: x\nA: b\n"),
        ("", "Report-Msgid-Bugs-To: x\n"),
    ],
)
def test_a_field_of_a_header(text: str, wanted: str) -> None:
    assert headers.stating(text, "Report-Msgid-Bugs-To", "x") == wanted
