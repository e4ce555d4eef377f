"""The texts of our templates come translated, into new catalogs and old ones, and say that a machine made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.catalog import bundled, po_file
from pipeline.cli.main import main
from pipeline.content.marks import BOXES
from pipeline.core.locales import make as make_locale
from pipeline.core.model import Key
from pipeline.core.plurals import plural_rule
from pipeline.review import reviews
from tests.conftest import REPO, Make, built, project_of, translate, updated

OURS = sorted(path.stem for path in (REPO / "pipeline/catalog/interface").glob("*.po"))
SAMPLE = ["ar", "de", "es", "fr", "ht", "ru", "vi", "zh_Hans"]
PO = "locale/{}/LC_MESSAGES/messages.po"


@pytest.mark.parametrize("name", [*OURS, *SAMPLE])
def test_a_language_that_we_ship_has_every_text_of_the_templates(name: str) -> None:
    wanted = [entry for entry in po_file.load(REPO, "locale/messages.pot").entries if bundled.in_templates(entry)]
    found = bundled.texts(name)
    assert {entry.key for entry in wanted} <= found.keys()
    assert all(found[entry.key].plural == entry.plural for entry in wanted)


@pytest.mark.parametrize("name", [*OURS, *SAMPLE])
def test_a_catalog_by_another_rule_of_its_language_gets_what_its_numbers_were_shown(name: str) -> None:
    """Platforms write CLDR's rule, and gettext has another one for some languages: Latvian has 10 with 0, or with 2. No form is left
    empty: a language without our notices is not published."""
    language = make_locale(name)
    plurals = [entry for entry in bundled.texts(name).values() if entry.plural is not None]
    own = plural_rule(language.plurals)
    assert own and len(plurals) == 4
    for header in language.rules:
        rule = plural_rule(header)
        assert rule
        for entry in plurals:
            forms = bundled.by_rule(entry, language, header)
            for form in range(rule.count):
                shown = {entry.strings[own.form(n)] for n in (*range(300), 1_000_000) if rule.form(n) == form}
                if len(shown) > 1:  # of 0 parts nothing is said
                    shown = {entry.strings[own.form(n)] for n in (*range(1, 300), 1_000_000) if rule.form(n) == form}
                assert forms[form] and (not shown or shown == {forms[form]}), (header, form)


@pytest.mark.parametrize("name", [*OURS, *SAMPLE])
def test_a_language_that_we_ship_has_the_label_of_every_kind_of_box(name: str) -> None:
    found = bundled.texts(name)
    labels = [found[Key(bundled.LABEL, words)].strings[0] for words in BOXES.values()]
    assert all(labels) and len({*labels}) == len(labels), "each kind has its own"


def test_a_site_with_boxes_gets_their_labels(make: Make) -> None:
    """They were left to translators, of whom each wrote one word for two kinds."""
    root = make(
        {"index.md": "::: danger\nText\n:::\n\n::: note My own\nText\n:::\n"}, locales=("es", "ja"), notices=False
    )
    updated(root)
    assert strings(root, "es")["Danger"] == ("Peligro",) and strings(root, "ja")["Danger"] == ("危険",)
    assert strings(root, "es")["My own"] == ("",), "a title is its author's"
    notes = {line.note for line in reviews.load(root, "es", "9999-12-31").rows}
    assert notes == {"came with Lockstep"} and updated(root)[0] == []


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("pt_BR", "pt"),
        ("es_419", "es"),
        ("zh", "zh_Hans"),
        ("zh_CN", "zh_Hans"),
        ("zh_SG", "zh_Hans"),
        ("zh_Hans_MY", "zh_Hans"),
        ("zh_TW", "zh_Hant"),
        ("zh_HK", "zh_Hant"),
        ("zh_Hant_MO", "zh_Hant"),
        ("fil", "tl"),
        ("ur_IN", "ur"),
        ("zh_Latn", ""),
        ("uk_Latn", ""),
        ("tlh", ""),
    ],
)
def test_a_country_speaks_its_language_in_its_likely_script_but_no_other(name: str, language: str) -> None:
    assert bundled.texts(name) == (bundled.texts(language) if language else {})
    assert bool(language) == bool(bundled.texts(name))


def test_a_catalog_that_has_no_word_of_ours_has_never_seen_them(make: Make) -> None:
    root = make({"index.md": "Text\n"}, locales=("es",), notices=False)
    path = root / PO.format("es")
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n'
    path.write_text(f'{head}\n# ours\nmsgid "Call us"\nmsgstr ""\n\nmsgid "Next page"\nmsgstr ""\n')
    updated(root)
    spanish = po_file.load(root, PO.format("es"))
    called = next(entry for entry in spanish.entries if entry.key.msgid == "Call us")
    assert called.strings[0] and called.notes == ("ours",), "an earlier version left them empty"
    assert spanish.metadata("Plural-Forms") == "nplurals=2; plural=(n != 1);", "no text is lost by the rule it had"
    assert all(all(entry.strings) for entry in spanish.entries if entry.plural is not None)
    assert {line.note for line in reviews.load(root, "es", "9999-12-31").rows} == {"came with Lockstep"}
    assert len(reviews.load(root, "es", "9999-12-31").rows) == sum(
        key.context != bundled.LABEL for key in bundled.texts("es")
    )
    assert updated(root)[0] == []


def strings(root: Path, name: str) -> dict[str, tuple[str, ...]]:
    return {entry.key.msgid: entry.strings for entry in po_file.load(root, PO.format(name)).entries}


def test_a_catalog_that_somebody_brings_along_gets_them_once(make: Make) -> None:
    root = make({"index.md": "Text\n"}, locales=("es", "ja"), notices=False)
    path = root / PO.format("es")
    path.parent.mkdir(parents=True)
    head = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    )
    path.write_text(
        head
        + '\nmsgid "Text"\nmsgstr "Texto"\n\nmsgid "Call us"\nmsgstr "Hable con nosotros"\n\nmsgid "Next page"\nmsgstr ""\n'
    )
    updated(root)
    spanish = strings(root, "es")
    assert spanish["Text"] == ("Texto",) and spanish["Skip to the content"][0].startswith(("Saltar", "Ir"))
    assert spanish["Call us"] == ("Hable con nosotros",), "a person's own words stay"
    assert spanish["Next page"] == ("",), "and what a person left empty stays empty"
    assert strings(root, "ja")["Next page"] == ("次のページ",)
    for name in ("es", "ja"):
        lines = reviews.load(root, name, "9999-12-31").rows
        assert lines and {(line.origin, line.role) for line in lines} == {("machine", "")}
        mine = {reviews.hash_of((text,)) for text in ("Texto", "Hable con nosotros")}
        assert mine.isdisjoint(line.pair.translation for line in lines)
    before = {path: path.read_bytes() for path in (root / "locale").rglob("*") if path.is_file()}
    assert updated(root)[0] == []
    assert before == {path: path.read_bytes() for path in (root / "locale").rglob("*") if path.is_file()}


def test_a_page_that_people_translated_is_no_machine_s_for_the_label_of_a_box(make: Make) -> None:
    root = make({"index.md": "# Pain\n\n::: warning\nCall us now.\n:::\n"}, notices=False)
    translate(root, {"Pain": "Dolor", "Call us now.": "Llámenos ya."})
    updated(root)
    account = project_of(root).accounts("es")["source/index.md"]
    assert account.figures.parts == 3 and account.figures.machine == 0
    built(root)
    assert "una máquina" not in (root / "dist/es/index.html").read_text("utf-8").lower()
    assert main(["audit", "--root", str(root)]) == 0
