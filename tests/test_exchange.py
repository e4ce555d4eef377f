"""Files of other tools: what goes out comes back, what comes back is merged by entry, and nobody's file does harm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.catalog import exchange, po_file
from pipeline.catalog.exchange import Heading
from pipeline.catalog.exchange.forms import fitted
from pipeline.cli.main import main
from pipeline.commands import export
from pipeline.content.cut import cut
from pipeline.core.errors import LockstepError
from pipeline.core.exchange import Pieces, Unit, joined
from pipeline.core.inline import Syntax
from tests.conftest import Make, made_once, material, project_of, translate, updated

PAGE = """---
title: Pump
---

# Pump

Take **5 mg** at night, see [the *list*](list.md "All of it").

Rest for a few days.

Call `911` or {clinic.phone}.
"""
SPANISH = {"Pump": "Bomba", "Rest for a few days.": "Descanse unos días."}
PO = "locale/es/LC_MESSAGES/messages.po"
FORMS = ["xliff1", "xliff2", "tmx", "csv"]


@pytest.fixture
@made_once
def site(make: Make) -> Path:
    root = make({"index.md": PAGE, "list.md": "# All\n"}, data="name: Site\nclinic:\n  phone: 555-0100\n")
    translate(root, SPANISH)
    return root


def out(root: Path, form: str) -> Path:
    """The Spanish catalog in a format."""
    path = root.parent / f"es.{'csv' if form == 'csv' else 'xml'}"
    assert main(["export", "--root", str(root), "-l", "es", "--format", form, "-o", str(path)]) == 0
    return path


def back(root: Path, path: Path, *words: str) -> int:
    return main(["import", "--root", str(root), str(path), *words])


def entry(root: Path, msgid: str) -> po_file.Entry:
    """The Spanish entry of an English."""
    found = po_file.load(root, PO)
    return next(one for one in found.entries if one.key.msgid == msgid and not one.obsolete)


def changed(path: Path, *pairs: tuple[str, str]) -> Path:
    text = path.read_bytes().decode()
    for old, new in pairs:
        assert old in text, (old, text)
        text = text.replace(old, new)
    path.write_bytes(text.encode())
    return path


def given(path: Path, form: str, english: str, target: str) -> Path:
    """A file with a translation put in for an English (as it stands there), and its state."""
    text = path.read_text("utf-8")
    unit = next(one for one in re.findall(r"<(?:trans-unit|unit) .*?</(?:trans-unit|unit)>", text) if english in one)
    if form == "xliff1":
        new = re.sub(
            r'<target state="\S+">.*?</target>', lambda _: f'<target state="translated">{target}</target>', unit
        )
    else:
        new = re.sub(r"(?:<target.*?</target>)?</segment>", lambda _: f"<target>{target}</target></segment>", unit)
        new = re.sub(r'state="\w+"(?: subState="\S+")?', 'state="translated"', new)
    path.write_text(text.replace(unit, new), "utf-8")
    return path


@pytest.mark.parametrize("form", FORMS)
def test_out_and_back_is_nothing(site: Path, form: str) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert back(site, out(site, form)) == 0
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_codes_travel_as_codes_and_come_back(site: Path, form: str) -> None:
    """A translator's tool shows words alone; what it sends back with the codes in another order is Markdown again."""
    text = out(site, form).read_text("utf-8")
    unit = next(one for one in re.findall(r"<(?:trans-unit|unit) .*?</(?:trans-unit|unit)>", text) if "5 mg" in one)
    source = re.search(r"<source.*?>(.*?)</source>", unit)
    assert source and "5 mg" in source[1]
    shown = re.sub(r"<(ph|bpt|ept)\b[^>]*>.*?</\1>|<[^>]*>", "", source[1])
    assert shown == "Take 5 mg at night, see the list" + "All of it" + "."
    target = source[1].replace("Take ", "Tome ").replace("at night, see ", "de noche, vea ")
    path = given(out(site, form), form, "5 mg", target)
    assert back(site, path) == 0
    assert entry(site, 'Take **5 mg** at night, see [the *list*](list.md "All of it").').strings == (
        'Tome **5 mg** de noche, vea [the *list*](list.md "All of it").',
    )


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_codes_without_their_text_are_those_of_the_english(site: Path, form: str) -> None:
    """Many tools send back the numbers alone."""
    path = given(out(site, form), form, "Call ", 'Llame a <ph id="2"/> o <ph id="1"/>.')
    assert back(site, path) == 0
    assert entry(site, "Call `911` or {clinic.phone}.").strings == ("Llame a {clinic.phone} o `911`.",)


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_a_number_that_no_code_has_is_not_taken(site: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = given(out(site, form), form, "Call ", 'Llame a <ph id="77"/>.')
    assert back(site, path) == 1
    assert "a placeholder that its English has not" in capsys.readouterr().out
    assert not entry(site, "Call `911` or {clinic.phone}.").translated


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_english_that_changed_meanwhile_makes_a_draft(site: Path, form: str) -> None:
    path = given(out(site, form), form, "Call ", "Llame al <ph id='1'/> o a <ph id='2'/>.")
    page = site / "source/index.md"
    page.write_text(page.read_text().replace("Call `911`", "Never call `911`"))
    assert back(site, path) == 0
    found = entry(site, "Never call `911` or {clinic.phone}.")
    assert found.strings == ("Llame al `911` o a {clinic.phone}.",) and found.fuzzy
    assert found.previous and found.previous.key.msgid == "Call `911` or {clinic.phone}."
    assert any(line.startswith("stale since") for line in found.extracted)


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_english_whose_looks_changed_carries_it_over(site: Path, form: str) -> None:
    path = given(out(site, form), form, "Call ", "Llame al <ph id='1'/> o a <ph id='2'/>.")
    page = site / "source/index.md"
    page.write_text(page.read_text().replace("Call `911` or {clinic.phone}.", "Call `911` or {clinic.phone}!"))
    assert back(site, path) == 0
    found = entry(site, "Call `911` or {clinic.phone}!")
    assert found.strings == ("Llame al `911` o a {clinic.phone}.",) and not found.fuzzy


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_an_edit_of_what_was_carried_over_meanwhile_is_taken(site: Path, form: str) -> None:
    """A comma in the English while the file was out: what stands there is the very text that went out."""
    path = given(out(site, form), form, "Rest for", "Repose unos días.")
    page = site / "source/index.md"
    page.write_text(page.read_text().replace("Rest for a few days.", "Rest, for a few days."))
    updated(site)
    assert entry(site, "Rest, for a few days.").strings == ("Descanse unos días.",)
    assert back(site, path) == 0
    found = entry(site, "Rest, for a few days.")
    assert found.strings == ("Repose unos días.",) and not found.fuzzy
    assert project_of(site).own("es")["source/index.md", found.key].spoken == "es"


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_what_somebody_wrote_over_what_was_carried_stays(site: Path, form: str) -> None:
    path = given(out(site, form), form, "Rest for", "Repose unos días.")
    page = site / "source/index.md"
    page.write_text(page.read_text().replace("Rest for a few days.", "Rest, for a few days."))
    updated(site)
    translate(site, {"Rest, for a few days.": "Guarde reposo."})
    assert back(site, path) == 1
    assert entry(site, "Rest, for a few days.").strings == ("Guarde reposo.",)


@pytest.mark.parametrize("form", ["xliff1", "xliff2", "csv"])
def test_a_language_with_one_plural_form_goes_out_and_comes_back(make: Make, form: str) -> None:
    """The templates' plurals come translated: the file has a place for each form of the English, the catalog for one."""
    root = make({"index.md": "Rest.\n"}, locales=("zh_Hans",))
    updated(root)
    path = root.parent / f"zh.{'csv' if form == 'csv' else 'xml'}"
    assert main(["export", "--root", str(root), "-l", "zh_Hans", "--format", form, "-o", str(path)]) == 0
    before = (root / "locale/zh_Hans/LC_MESSAGES/messages.po").read_bytes()
    assert b"msgid_plural" in before
    assert back(root, path) == 0
    assert (root / "locale/zh_Hans/LC_MESSAGES/messages.po").read_bytes() == before


ONE, OTHER = ("一",), ("二",)


@pytest.mark.parametrize(
    ("targets", "count", "left"),
    [
        ((ONE, ()), 1, (ONE,)),
        ((ONE, ONE), 1, (ONE,)),
        ((ONE, OTHER), 1, (ONE, OTHER)),  # which one is meant, nobody knows
        (((), OTHER), 1, ((), OTHER)),
        ((ONE, OTHER), 2, (ONE, OTHER)),
        ((ONE, OTHER, ONE), 2, (ONE, OTHER, ONE)),
        ((ONE,), 3, (ONE,)),
    ],
)
def test_forms_beyond_those_of_the_language(targets: tuple[Pieces, ...], count: int, left: tuple[Pieces, ...]) -> None:
    assert fitted(targets, count) == left


def test_a_draft_of_a_former_english_stays_a_draft(site: Path) -> None:
    """However little the English changed: the file itself does not call it done, so no reader gets it."""
    path = given(out(site, "xliff1"), "xliff1", "Call ", "Llame al <ph id='1'/> o a <ph id='2'/>.")
    changed(path, ('<target state="translated">Llame', '<target state="needs-translation">Llame'))
    page = site / "source/index.md"
    page.write_text(page.read_text().replace("Call `911` or {clinic.phone}.", "Call `911` or {clinic.phone}!"))
    assert back(site, path) == 0
    found = entry(site, "Call `911` or {clinic.phone}!")
    assert found.fuzzy and found.strings == ("Llame al `911` o a {clinic.phone}.",)
    shown = project_of(site).own("es")["source/index.md", found.key]
    assert str(shown.state) == "suggested" and shown.spoken == "en"


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_an_edit_of_what_went_out_is_taken_and_of_what_changed_since_is_not(
    site: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = given(out(site, form), form, "Rest for", "Repose unos días.")
    assert back(site, path, "--dry-run") == 0 and entry(site, "Rest for a few days.").strings == (
        "Descanse unos días.",
    )
    assert back(site, path) == 0 and entry(site, "Rest for a few days.").strings == ("Repose unos días.",)
    path = given(out(site, form), form, "Rest for", "Descanse.")
    translate(site, {"Rest for a few days.": "Guarde reposo unos días."})
    capsys.readouterr()
    assert back(site, path) == 1
    said = capsys.readouterr().out
    assert "“Guarde reposo unos días.” stands there" in said and re.search(r"es\.xml:\d+", said)
    assert entry(site, "Rest for a few days.").strings == ("Guarde reposo unos días.",)
    assert back(site, path, "--overwrite") == 0
    assert entry(site, "Rest for a few days.").strings == ("Descanse.",)
    assert "until this import: Guarde reposo unos días." in entry(site, "Rest for a few days.").notes


def test_machine_texts_are_in_the_ledger_before_the_catalog(site: Path) -> None:
    path = given(out(site, "xliff2"), "xliff2", "Call ", "Llame al `911` o a {clinic.phone}.")
    assert back(site, path, "--origin", "machine") == 2, "an engine has a name"
    assert back(site, path, "--origin", "machine", "--engine", "Marvin 3") == 0
    ledger = (site / "locale/es/reviews.jsonl").read_text()
    assert '"origin": "machine"' in ledger and "made by Marvin 3" in ledger
    assert not entry(site, "Call `911` or {clinic.phone}.").fuzzy
    shown = project_of(site).own("es")
    key = entry(site, "Call `911` or {clinic.phone}.").key
    review = shown["source/index.md", key].review
    assert review and review.machine


def test_machine_texts_that_the_policy_keeps_from_readers_are_drafts(make: Make) -> None:
    root = make({"index.md": "# Rest\n\nRest well.\n"}, extra='[tool.lockstep.policy]\nmachine = "english"\n')
    updated(root)
    path = given(out(root, "xliff1"), "xliff1", "Rest well", "Descanse bien.")
    assert back(root, path, "--origin", "machine", "--engine", "Marvin") == 0
    assert entry(root, "Rest well.").strings == ("Descanse bien.",) and entry(root, "Rest well.").fuzzy
    path = given(out(root, "xliff1"), "xliff1", "Rest well", "Repose.")
    assert back(root, path, "--origin", "machine", "--engine", "Marvin") == 1, "an engine replaces nobody's text"


def test_a_person_is_named(site: Path) -> None:
    path = given(out(site, "xliff2"), "xliff2", "Call ", "Llame al `911` o a {clinic.phone}.")
    assert back(site, path, "--origin", "person", "--by", "?") == 2
    assert back(site, path, "--origin", "person", "--by", "Ana Ruiz") == 0
    assert re.search(r'"name": "Ana Ruiz".*"origin": "human"', (site / "locale/es/reviews.jsonl").read_text())


TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en-US" datatype="plaintext"/><body>
<tu><tuv xml:lang="en-US"><seg>Rest for a few days.</seg></tuv><tuv xml:lang="es"><seg>Repose unos días.</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>All</seg></tuv><tuv xml:lang="es"><seg>Todo</seg></tuv><tuv xml:lang="fr"><seg>Tout</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>Call <ph x="1">`112`</ph> or {clinic.phone}.</seg></tuv><tuv xml:lang="es"><seg>Llame al <ph x="1">`112`</ph> o a {clinic.phone}.</seg></tuv></tu>
</body></tmx>
"""


def test_a_memory_fills_what_is_empty(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same English: its text; one like it: a draft that says how like; what stands stays."""
    path = site.parent / "memory.tmx"
    path.write_text(TMX)
    assert back(site, path, "-l", "es") == 1
    assert entry(site, "Rest for a few days.").strings == ("Descanse unos días.",)
    assert entry(site, "All").strings == ("Todo",) and not entry(site, "All").fuzzy
    like = entry(site, "Call `911` or {clinic.phone}.")
    assert like.fuzzy and like.previous and like.previous.key.msgid == "Call `112` or {clinic.phone}."
    assert re.fullmatch(r"9\d % like a text of memory.tmx", like.notes[0])
    assert '"origin": "memory"' in (site / "locale/es/reviews.jsonl").read_text()
    before = (site / PO).read_bytes()
    back(site, path, "-l", "es")
    assert (site / PO).read_bytes() == before, "twice is once"


def test_what_a_tool_does_beside_translating_loses_nothing(site: Path) -> None:
    """Units in another order, units left out, states cleared, notes of its own, segments cut in two, source white space folded."""
    path, before = out(site, "xliff2"), entry(site, "Rest for a few days.")
    translated = {one.key for one in po_file.load(site, PO).entries if one.translated}
    text = path.read_text("utf-8")
    units = re.findall(r"<unit .*?</unit>\n?", text)
    ours = next(one for one in units if "Rest for" in one)
    cut_in_two = re.sub(
        r"<segment.*</segment>",
        "<segment><source>Rest  for a</source><target>Descanse</target></segment><ignorable><source>\n </source></ignorable>"
        "<segment><source>few days.</source><target>unos días.</target></segment>",
        ours,
    ).replace("<notes>", '<notes><note category="Ana">is it days or weeks?</note>')
    rest = [one for one in units[: len(units) // 2] if one != ours][::-1]
    head, _, _ = text.partition(units[0])
    path.write_text(
        re.sub(r"<file.*", "", head, flags=re.S)
        + '<file id="x" original="y">'
        + "".join([cut_in_two, *rest])
        + "</file></xliff>",
        "utf-8",
    )
    back(site, path)
    after = entry(site, "Rest for a few days.")
    assert "is it days or weeks?" in after.notes
    assert " ".join(after.strings[0].split()) == before.strings[0]
    assert {one.key for one in po_file.load(site, PO).entries if one.translated} == translated


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
HOSTILE = [
    (f'<?xml version="1.0"?>{BOMB}<xliff version="1.2"/>', "document type"),
    (
        '<?xml version="1.0"?><!DOCTYPE xliff SYSTEM "http://evil.example/x.dtd"><xliff version="1.2">&a;</xliff>',
        "entity",
    ),
    ("<xliff version='2.0'>" + "<g>" * 200 + "</g>" * 200 + "</xliff>", "in each other"),
    ("<xliff version='1.2'><file>", "no element"),
    ("<tmx version='1.4'></tmx>", "no <tmx>"),
    ("<html><p>x</p></html>", "no format"),
    ("\x7fELF\0\0", "no format"),
]


@pytest.mark.parametrize(("body", "what"), HOSTILE)
def test_a_hostile_file_is_one_clear_error(
    site: Path, body: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = site.parent / "x.xml"
    path.write_bytes(body.encode())
    before = (site / PO).read_bytes()
    assert back(site, path, "-l", "es") == 2
    said = capsys.readouterr().err
    assert what in said and said.count("\n") <= 3 and (site / PO).read_bytes() == before


def test_hostile_text_stays_text(site: Path) -> None:
    path = given(
        out(site, "xliff1"),
        "xliff1",
        "Rest for",
        "&lt;script&gt;alert(1)&lt;/script&gt; =cmd()\u0000".replace("\0", ""),
    )
    assert back(site, path) == 0
    assert entry(site, "Rest for a few days.").strings == ("<script>alert(1)</script> =cmd()",)
    assert any(one.code == "brings" for one in project_of(site).language_findings("es"))


def test_no_cell_is_a_formula(site: Path) -> None:
    translate(site, {"Rest for a few days.": "=SUM(A1)", "Pump": "'=x"})
    path = out(site, "csv")
    cells = path.read_text("utf-8-sig")
    assert ",'=SUM(A1)," in cells and ",''=x," in cells
    before = (site / PO).read_bytes()
    assert back(site, path) == 0 and (site / PO).read_bytes() == before


def test_a_plain_table_will_do(site: Path) -> None:
    path = site.parent / "plain.csv"
    path.write_text("English;Translation\r\nRest for a few days.;Repose\r\nAll;Todo\r\n", "utf-8-sig")
    assert back(site, path, "-l", "es") == 1
    assert entry(site, "All").strings == ("Todo",) and entry(site, "Rest for a few days.").strings == (
        "Descanse unos días.",
    )


def test_another_language_is_not_ours(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(out(site, "xliff2"), ('trgLang="es"', 'trgLang="fr"'))
    assert back(site, path) == 2 and back(site, path, "-l", "es") == 2
    assert "fr" in capsys.readouterr().err


GLOSSARY = """# Ours.
protected:
  - morphine
terms:
  # first
  - english: pain pump, pain pumps
    es:
      must: bomba*, "bomba, para el dolor"
      never: bombita
  - english: refill
    es: {must: recarga}
"""


@pytest.mark.parametrize("glossary", [GLOSSARY, "", "protected: [morphine]\n"])
def test_terms_go_out_and_come_back(make: Make, glossary: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# Pump\n"}, locales=("es", "fr"))
    path, ours = root.parent / "x.tbx", root / "locale/glossary.yaml"
    if glossary:
        ours.write_text(glossary.replace('bomba*, "bomba, para el dolor"', '["bomba*", "bomba, para el dolor"]'))
    before = ours.read_bytes() if glossary else None
    updated(root)
    assert main(["export", "--root", str(root), "--format", "tbx", "-o", str(path)]) == 0
    assert back(root, path) == 0 and (ours.read_bytes() if glossary else None) == before
    new = """<conceptEntry id="n"><langSec xml:lang="en"><termSec><term>refill</term></termSec></langSec>
    <langSec xml:lang="fr"><termSec><term>remplissage</term></termSec></langSec></conceptEntry>
    <conceptEntry id="m"><langSec xml:lang="en"><termSec><term>dose: low</term></termSec></langSec>
    <langSec xml:lang="es"><termSec><term>dosis baja</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec></conceptEntry></body>"""
    changed(path, ("</body>", new))
    assert back(root, path) == 0, capsys.readouterr()
    found = {term.english[0]: term.tiers for term in project_of(root).glossary.terms}
    assert found["refill"]["fr"] == {"must": ("remplissage",)} and found["dose: low"] == {
        "es": {"prefer": ("dosis baja",)}
    }
    assert glossary.partition("must")[0] in ours.read_text()
    before = ours.read_bytes()
    assert back(root, path) == 0 and ours.read_bytes() == before


CUTS = [
    ("plain words", Syntax.MARKDOWN, ()),
    ("a * b_c and 2*3*4", Syntax.MARKDOWN, ("*", "*")),
    (r"\*no\* `*code*` **yes**", Syntax.MARKDOWN, ("`*code*`", "**", "**")),
    (
        '[a](b.md) ![c](d.png "e") <https://x.org> [^1]',
        Syntax.MARKDOWN,
        ("[", "](b.md)", "![", '](d.png "', '")', "<https://x.org>", "[^1]"),
    ),
    ("<b>x</b><br>{a.b} {{< tab >}}", Syntax.MARKDOWN, ("<b>", "</b>", "<br>", "{a.b}", "{{< tab >}}")),
    ("[not a link] and *open", Syntax.MARKDOWN, ()),
    ("**a *b** c*", Syntax.MARKDOWN, ("**", "**")),
    ("%(num)s pages", Syntax.TEMPLATE, ("%(num)s",)),
    ("5 * 3 {a.b}", Syntax.TEXT, ("{a.b}",)),
    ('<a href="{x.y}">z</a> {a.b}', Syntax.HTML, ('<a href="{x.y}">', "</a>", "{a.b}")),
]


@pytest.mark.parametrize(("text", "syntax", "codes"), CUTS)
def test_cut(text: str, syntax: Syntax, codes: tuple[str, ...]) -> None:
    pieces = cut(text, syntax)
    assert joined(pieces) == text and tuple(one.text for one in pieces if one.kind != "text") == codes


@pytest.mark.parametrize("language", ["ja", "ko", "zh"])
def test_real_catalogs_go_out_and_come_back(language: str, tmp_path: Path) -> None:
    """Every text of an approved translation of a book, in each format: the same units, to the character."""
    found = po_file.parse("x.po", (material("rust-by-example") / f"po/{language}.po").read_bytes())
    units = [export.unit_of(one, reviewed=False) for one in found.entries if not one.obsolete]
    assert len(units) > 1000

    def kept(unit: Unit) -> object:
        fuzzy = bool(unit.targets) and unit.state == "fuzzy"
        return unit.id, unit.texts, tuple(map(joined, unit.targets)), fuzzy

    for form in FORMS:
        body = exchange.named(form).write(Heading("en", language), units)
        assert exchange.recognised("x.csv", body) == form
        again = [*exchange.named(form).read(body, "x")]
        wanted = [one for one in units if form != "tmx" or one.state == "translated"]
        assert [*map(kept, again)] == [*map(kept, wanted)], form


def test_what_is_no_xml_names_its_line() -> None:
    with pytest.raises(LockstepError) as problem:
        [*exchange.named("xliff2").read(b"<xliff>\n<file>\n</xliff>", "x.xlf")]
    assert problem.value.line == 3
