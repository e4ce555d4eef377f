"""Whole sites, as a reader gets them: links, languages, facts, fallback, honesty of every text node, real material."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.catalog import po_entry, po_file
from pipeline.cli.main import main
from pipeline.core.states import State
from tests.conftest import (
    REPO,
    Make,
    built,
    material,
    seen,
    spoken,
    translate,
    updated,
    without_notices,
)


def links(html: str) -> tuple[list[str], list[str]]:
    """Every link of a page, and every id."""
    given = [one.partition("=")[::2] for kind, *rest in seen(html) if kind == "<" for one in rest[1:]]
    targets = [value for name, value in given if name in {"href", "src"} and value]
    targets += [
        "#" + one for name, value in given if name in {"aria-describedby", "aria-labelledby"} for one in value.split()
    ]
    return targets, [value for name, value in given if name == "id" and value]


def sample(folder: Path) -> Path:
    """A copy of the sample site."""
    for name in ("source", "locale", "templates"):
        shutil.copytree(REPO / name, folder / name)
    shutil.copy(REPO / "pyproject.toml", folder)
    return folder


def test_every_link_of_the_sample_site_leads_somewhere(tmp_path: Path) -> None:
    root = sample(tmp_path)
    built(root)
    pages = {path: links(path.read_text("utf-8")) for path in (root / "dist").rglob("*.html")}
    about = 1 + 8  # all edits, and each language, of the status pages
    assert len(pages) == 66 + 63 + 2 * 9 + about, (
        "an answer for each page, a list and what is not found for each language"
    )
    for path, (targets, ids) in pages.items():
        assert len(ids) == len(set(ids)), path
        for target in targets:
            parts = urlsplit(target)
            if parts.scheme:
                assert parts.scheme in {"tel", "data"}, target
                continue
            base = root / "dist" if target.startswith("/") else path.parent
            there = path if not parts.path else (base / unquote(parts.path).lstrip("/")).resolve()
            assert there.is_file(), (path, target)
            if parts.fragment:
                assert unquote(parts.fragment) in pages[there][1], (path, target)


def test_what_the_sample_pages_promise(tmp_path: Path) -> None:
    root = sample(tmp_path)
    built(root)
    page = (root / "dist/ar/pain-pump/index.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl"' in page and "<script" in page and "application/ld+json" in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    assert data["inLanguage"] == "ar"
    assert len(re.findall("<script", page)) == 1, "no script that runs"
    for tag in ("en", "es", "fr", "zh-Hans", "vi", "ru", "de", "ht"):
        assert re.search(rf'<a [^>]*lang="{tag}" hreflang="{tag}" dir="ltr"', page), tag
    english = (root / "dist/en/pain-pump/index.html").read_text("utf-8")
    for words in ("morphine", "hydromorphone", "baclofen", "bupivacaine", "alpha-2 adrenergic agonist", "failed back surgery syndrome", "neuropathic pain",
                  "multiple sclerosis", "cerebral palsy", "spinal cord injury"):  # fmt: skip
        assert words in english, words
    assert "A machine translated" not in english and "2026-11-1" in english and "data-state=" not in english
    for tag in ("es", "fr", "de", "zh-Hans", "ar"):
        html = (root / f"dist/{tag}/pain-pump/index.html").read_text("utf-8")
        assert "data-state=" not in html and 'class="notice notice-machine notice-plain"' in html
        assert 'data-machine="' in html and "notice-machine" + '"' not in html, "in prose the line at the top says it"
    assert 'data-state="stale"' in (root / "dist/vi/before-surgery/index.html").read_text("utf-8")
    assert 'data-state="untranslated"' in (root / "dist/ht/glossary/index.html").read_text("utf-8")


def test_a_mostly_english_page_keeps_its_canonical_at_the_english(make: Make) -> None:
    root = make({"index.md": "One\n\nTwo\n\nThree\n", "b.md": "Four\n"}, extra='url = "https://clinic.example"\n')
    translate(root, {"Four": "Cuatro"})
    built(root)
    home, other = (root / "dist/es/index.html").read_text(), (root / "dist/es/b/index.html").read_text()
    assert '<link rel="canonical" href="https://clinic.example/en/">' in home
    assert 'hreflang="es" href="https://clinic.example/es/"' not in (root / "dist/en/index.html").read_text()
    assert '<link rel="canonical" href="https://clinic.example/es/b/">' in other
    assert 'hreflang="es" href="https://clinic.example/es/b/"' in (root / "dist/en/b/index.html").read_text()


def test_a_regional_locale_falls_back_to_its_parent(make: Make) -> None:
    root = make({"index.md": "One\n\nTwo\n\nThree\n"}, locales=("pt", "pt_BR"))
    translate(root, {"One": "Um", "Two": "Dois"}, "pt")
    translate(root, {"One": "Um!"}, "pt_BR")
    built(root)
    html = (root / "dist/pt-BR/index.html").read_text()
    assert (
        ">Um!</p>" in html
        and re.search(r'<p [^>]*lang="pt" dir="ltr">Dois</p>', html)
        and re.search(r'<p [^>]*lang="en" dir="ltr" data-state="untranslated"[^>]*>Three', html)
    )


def test_facts_speak_the_language_of_the_text_around_them(make: Make) -> None:
    data = "name: S\nclinic:\n  phone: 555-0100\n  hours: every day\n"
    extra_keys = "[[tool.babel.mappings]]"
    root = make({"index.md": "Open {clinic.hours}\n\nCall {clinic.phone}, {clinic.nothing}\n"}, data=data)
    settings_file = root / "pyproject.toml"
    settings_file.write_text(settings_file.read_text().replace('"nav.label"]', '"nav.label", "clinic.hours"]'))
    assert extra_keys in settings_file.read_text()
    translate(root, {"every day": "todos los días"})
    built(root)
    assert ">Open every day</p>" in (root / "dist/es/index.html").read_text(), "English words with the English fact"
    translate(root, {"Open {clinic.hours}": "Abierto {clinic.hours}"})
    built(root)
    html = (root / "dist/es/index.html").read_text()
    assert ">Abierto todos los días</p>" in html
    assert '<bdi dir="ltr">555-0100</bdi>, {clinic.nothing}' in html
    assert main(["check", "--root", str(root)]) == 1, "an unknown placeholder is an error"


def test_facts_in_links_are_as_written(make: Make) -> None:
    """A link takes the value of site.yaml whole; a translated fact changes no link, in Markdown or raw HTML."""
    data = "clinic:\n  web: https://clinic.example/map?a=1&b=2\n  mail: care@clinic.example\n  phone: 555-0100 ext. 5\n"
    page = '[web]({clinic.web}) [mail](mailto:{clinic.mail}) [tel](tel:{clinic.phone})\n\n<p>Raw <a href="tel:{clinic.phone}" title="Call {clinic.phone}">us</a></p>\n'
    root = make({"index.md": page + '\n<p><a href=tel:{clinic.phone}><img src="x.png"></a></p>\n'}, data=data)
    text = (root / "pyproject.toml").read_text()
    (root / "pyproject.toml").write_text(text.replace('"nav.label"]', '"nav.label", "clinic.phone"]'))
    translate(root, {"555-0100 ext. 5": "1-900-EVIL"})
    built(root)
    for language in ("en", "es"):
        html = (root / f"dist/{language}/index.html").read_text()
        assert 'href="https://clinic.example/map?a=1&amp;b=2"' in html and 'href="mailto:care@clinic.example"' in html
        assert html.count('href="tel:555-0100ext.5"') >= 2 and "tel:1-900" not in html and "{clinic" not in html


def test_a_fact_with_words_says_its_language(make: Make) -> None:
    root = make(
        {"index.md": "Open {clinic.hours}, {clinic.phone}.\n"}, data="clinic:\n  hours: all day\n  phone: 555\n"
    )
    translate(root, {"Open {clinic.hours}, {clinic.phone}.": "Abierto {clinic.hours}, {clinic.phone}."})
    built(root)
    html = (root / "dist/es/index.html").read_text()
    assert '<bdi lang="en" dir="ltr">all day</bdi>' in html and '<bdi dir="ltr">555</bdi>' in html


TEMPLATE = '{% macro notice(state, id) %}<p id="{{ id }}">x</p>{% endmacro %}'


@pytest.mark.parametrize(("line", "shown"), [
    ("{% trans count=3 %}{{ count }} item{% pluralize %}{{ count }} items{% endtrans %}", "3 items"),
    ('{{ pgettext("greet", "Hi %(name)s", name="<Bo>") }}', "Hi &lt;Bo&gt;"),
    ('{{ _("In %(context)s and %(msgid)s", context="x", msgid="y") }}', "In x and y"),
    ('{{ ngettext("%(num)d page", "%(num)d pages", 1234) }}', "1,234 pages"),
    ('{{ _("100%% of %(a)s and 5%", a="b") }}', "100% of b and 5%"),
    ('{{ _("Not %(given)s") }}', "Not %(given)s"),
])  # fmt: skip
def test_strings_of_templates(make: Make, line: str, shown: str) -> None:
    root = make({"index.md": "x\n"})
    (root / "templates/page.html").write_text(f"<main>{line}</main>")
    built(root)
    assert (root / "dist/en/index.html").read_text() == f"<main>{shown}</main>"


@pytest.mark.parametrize(("name", "text", "said"), [
    ("page.html", "\n{{ 1 + 'a' }}", "templates/page.html:2: the template failed: unsupported operand type(s) for +: a number and a text"),
    ("parts.html", TEMPLATE + "\n{{ x", "templates/parts.html:2: broken template"),
    ("page.html", '<a title="{% trans %}Close it{% endtrans %}">x</a>', "inside an attribute"),
    ("page.html", '{% set w = _("Close it") %}<a title="{{ w }}">x</a>', "inside an attribute"),
])  # fmt: skip
def test_a_template_that_fails_names_its_line(
    make: Make, name: str, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make({"index.md": "x\n"})
    (root / "templates" / name).write_text(text)
    assert main(["build", "--root", str(root)]) == 2
    assert said in capsys.readouterr().err


def test_plural_forms_may_say_the_number_where_the_english_does_not(make: Make) -> None:
    """Russian's first form also counts 21 and 31, so it says the number even if "One leaf" does not."""
    root = make({"index.md": "x\n"}, locales=("ru",))
    (root / "templates/page.html").write_text('<main>{{ ngettext("One leaf", "%(num)s leaves", 21) }}</main>')

    updated(root)
    path = "locale/ru/LC_MESSAGES/messages.po"
    found = po_file.load(root, path)
    forms = ("%(num)s лист", "%(num)s листа", "%(num)s листов")
    filled = tuple(
        po_entry.amended(e, e._replace(strings=forms)) if e.key.msgid == "One leaf" else e for e in found.entries
    )
    po_file.save(root, replace(found, entries=filled))
    built(root)
    assert (root / "dist/ru/index.html").read_text() == "<main>21 лист</main>"


def test_a_heading_in_a_menu_is_plain_text(make: Make) -> None:
    root = make(
        {"index.md": "# Pump[^1] and [link](other.md)\n\n[^1]: note\n", "other.md": "---\ntitle: 2024\n---\ntext\n"}
    )
    built(root)
    other, home = (root / "dist/en/other/index.html").read_text(), (root / "dist/en/index.html").read_text()
    assert 'id="fnref1"' not in other and ">Pump and link</a>" in other and "<title" in other and "2024" in home


def test_odd_values_of_site_yaml_are_said_and_not_shown(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make(
        {"index.md": "---\nclass: [a]\n---\nx\n"},
        data="clinic:\n  phone: [1, 2]\n  emergency: {a: b}\nnav:\n  - page: nope.md\n",
    )
    assert main(["update", "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert "`clinic`" in said and "nope.md" in said and "`class`" in said
    built(root)
    assert (
        "{'a'" not in (root / "dist/en/index.html").read_text()
        and "['a']" not in (root / "dist/en/index.html").read_text()
    )


def test_a_site_without_a_page_is_an_error(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(make({}))]) == 2
    assert "there is no page" in capsys.readouterr().err


@settings(max_examples=4, phases=[Phase.generate])
@given(st.sets(st.integers(0, 500)), st.sampled_from(["", "fuzzy"]))
def test_honesty_of_whole_pages(tmp_path_factory: pytest.TempPathFactory, chosen: set[int], flag: str) -> None:
    """On the sample site with its own templates, in a language of Greek letters: every text node and translated attribute says its language truly."""
    root = sample(tmp_path_factory.mktemp("honest"))
    shutil.rmtree(root / "locale")
    text = (root / "pyproject.toml").read_text("utf-8")
    text = re.sub(r"locales = \[.*\]", 'locales = ["el"]', text).partition("\n# CLDR in Babel")[0]
    text += (REPO / "pyproject.toml").read_text("utf-8")[
        (REPO / "pyproject.toml").read_text("utf-8").index("[tool.babel]") :
    ]
    (root / "pyproject.toml").write_text(text, "utf-8")
    translate(root, {}, "el")
    path = "locale/el/LC_MESSAGES/messages.po"
    found = po_file.load(root, path)
    filled = tuple(
        po_entry.amended(entry, entry._replace(strings=tuple(greek(entry.key.msgid) for _ in entry.strings), flags=(*entry.flags, flag) if flag and at % 2 else entry.flags))
        if at in chosen or at % 7 == 0 else entry
        for at, entry in enumerate(found.entries)
    )  # fmt: skip
    po_file.save(root, replace(found, entries=filled))
    built(root)
    names = re.compile(
        r"[0-9a-f]{4}(-[0-9a-f]{4}){2}|English|Riverbend P-20|20 ml|https?://\S+|[\d\W_]+|RP20-0000-SAMPLE|mcg|mg"
    )
    for page in (root / "dist/el").rglob("*.html"):
        for lang, said in spoken(page.read_text("utf-8")):
            left = names.sub("", said)
            if re.search("[α-ωΑ-Ω]", left):
                assert lang == "el", (page, said)
            elif re.search("[A-Za-z]", left):
                assert lang == "en", (page, said)


def greek(text: str) -> str:
    """The text with its own structure and its words in Greek letters."""
    parts = re.split(r"(<[^>]*>|\]\([^) ]*|`[^`]*`|\{[^}]*\}|%\(\w+\)s|\[\^\w+\]|&\w+;)", text)
    return "".join(part if at % 2 else re.sub(r"[^\W\d_]+", "λέξη", part) for at, part in enumerate(parts))


@pytest.mark.parametrize(("name", "source", "catalogs"), [
    ("rust-by-example", "src", {"es": "es", "ja": "ja", "ko": "ko", "zh_Hans": "zh"}),
    ("walrus-docs", "docs", {"zh_Hans": "zh_CN"}),
])  # fmt: skip
def test_sites_that_nobody_here_wrote(
    tmp_path: Path, name: str, source: str, catalogs: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """They extract, update and build; nothing crashes, the figures sum, and what is not translated is marked."""
    folder = material(name)
    root = tmp_path / "site"
    assert main(["init", str(root), "--locales", ",".join(catalogs)]) == 0
    (root / "source/index.md").unlink()
    shutil.copytree(folder / source, root / "source", dirs_exist_ok=True)
    for locale, file in catalogs.items():
        shutil.copy(folder / "po" / f"{file}.po", root / f"locale/{locale}/LC_MESSAGES/messages.po")
    without_notices(root)
    assert main(["update", "--root", str(root)]) == 0
    before = {path: path.read_bytes() for path in (root / "locale").rglob("*.po*")}
    assert main(["update", "--root", str(root)]) == 0
    assert {path: path.read_bytes() for path in (root / "locale").rglob("*.po*")} == before, "idempotent"
    capsys.readouterr()
    assert main(["build", "--root", str(root), "--format", "json"]) == 0
    for figures in json.loads(capsys.readouterr().out)["locales"].values():
        counts = figures["messages"]
        assert counts["total"] == sum(counts[state.value] for state in State) > 1000
        assert len(figures["open"]) == counts["total"] - counts["translated"] - counts["carried"]
    pages = sum(path.name != "SUMMARY.md" for path in (root / "source").rglob("*.md"))  # mdBook's list of pages is none
    for locale in catalogs:
        built_pages = list((root / "dist" / locale.replace("_", "-")).rglob("*.html"))
        assert len(built_pages) == pages + 2, "and a list, and what is not found"
        assert any('data-state="untranslated"' in page.read_text("utf-8") for page in built_pages)


def test_nothing_stands_above_what_to_do_in_an_emergency(make: Make) -> None:
    """The heading and the emergency boxes at once after it come before what is told of the translation; all of the content is
    there once. A box further below, or of another kind, moves nothing."""
    red = "::: emergency\nCall now.\n:::\n\n"
    pages = {
        "index.md": f"# One\n\n{red}Later.\n",
        "two.md": f"# Two\n\n{red}{red.replace('Call', 'Run')}",
        "three.md": f"# Three\n\nFirst.\n\n{red}",
        "four.md": "# Four\n\n::: warning\nCareful.\n:::\n",
        "five.md": f"{red}# Five\n",
    }
    root = make(pages)
    translate(root, {"Later.": "Después.", "First.": "Primero."})
    built(root)
    for name, before in (("", True), ("two/", True), ("three/", False), ("four/", False), ("five/", True)):
        html = (root / f"dist/es/{name}index.html").read_text()
        article = html.index('<article class="prose">')
        assert html.count('class="parts"') == 1 and (html.index('class="parts"') > article) == before
        if before:
            assert html.index("Call now.") < html.index('class="parts"')
        assert html.count("Call now.") == (name != "four/") and html.count("Run now.") == (name == "two/")


LISTS = [
    ("- One thing.\n- Two things.\n- Three things.\n", ["Two things."], "item"),
    ("- One thing.\n\n- Two things.\n\n  And more.\n\n- Three things.\n", ["And more."], "item"),
    ("- One thing.\n  - Two things.\n- Three things.\n- More.\n", ["Two things.", "More."], "item"),
    ("- One thing.\n- Two things.\n- Three things.\n", ["One thing.", "Two things."], "above"),
    ("- One thing.\n- Two things.\n", ["One thing.", "Two things."], "above"),
    ("- One thing.\n- [ ] Two things.\n- Three things.\n", ["Two things."], "above"),
    ("| One thing. | Two things. |\n|---|---|\n| Three things. | More. |\n", ["Two things."], "above"),
]


@pytest.mark.parametrize(("text", "left", "where"), LISTS)
def test_a_notice_about_one_item_stands_in_it(make: Make, text: str, left: list[str], where: str) -> None:
    """Above a list that is translated but for one item it was taken for a notice about all of it."""
    root = make({"index.md": f"# One\n\n{text}\nLater.\n"})
    words = re.findall(r"[A-Z][a-z]+(?: [a-z]+)?\.", f"{text} Later.")
    translate(root, {one: f"Ya {number}." for number, one in enumerate(words, 1) if one not in left} | {"One": "Uno"})
    built(root)
    html = (root / "dist/es/index.html").read_text("utf-8")
    notices = re.findall(r'<p class="notice notice-untranslated" id="(Notice-\d)">', html)
    assert len(notices) == (len(left) if where == "item" else 1)
    if where == "item":
        assert all(
            re.search(rf'id="{name}">(?:(?!</p>).)*</p>\s*<(?:span|p) [^>]*aria-describedby="{name}">{one}', html, re.S)
            for name, one in zip(notices, left, strict=True)
        )
    else:
        assert html.index(f'id="{notices[0]}"') < re.search(
            "<(?:ul|table)", html[html.index("<article") :]
        ).start() + html.index("<article")  # type: ignore[union-attr]
    assert main(["audit", "--root", str(root)]) == 0


def test_an_emergency_box_in_english_has_a_notice_of_its_own(make: Make) -> None:
    """One tells of a stretch of texts; a box that calls for help is read by itself."""
    box = "::: emergency\nCall now.\n:::\n\n"
    root = make(
        {
            "index.md": f"# One\n\nFirst.\n\nThen.\n\n{box}Later.\n\n{box.replace('emergency', 'warning')}",
            "two.md": f"# Two\n\n{box}",
        }
    )
    translate(root, {"Two": "Dos"})
    built(root)
    html = (root / "dist/es/index.html").read_text("utf-8")
    assert html.count('class="notice notice-untranslated') == 2
    above = re.findall(r'id="(Notice-\d)">(?:(?!id="Notice).)*?<div class="callout emergency"', html, re.S)
    assert len(above) == 1 and f'aria-describedby="{above[0]}">Call now.' in html
    assert re.search(r'<p class="notice[^>]*>(?:(?!</p>).)*</p>\s*<div class="callout emergency"', html, re.S)
    assert (root / "dist/es/two/index.html").read_text("utf-8").count('class="notice notice-untranslated') == 1
    assert (root / "dist/en/index.html").read_text("utf-8").count('class="notice') == 0
    assert main(["audit", "--root", str(root)]) == 0
