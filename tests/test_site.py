"""Whole sites, as a reader gets them: links, languages, facts, fallback, honesty of every text node, real material."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline import catalog
from pipeline.cli import main
from tests.conftest import REPO, Make, built, material, spoken, translate


class Links(HTMLParser):
    """Every link and id of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.targets += [value for name, value in attrs if name in {"href", "src"} and value]
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.targets += [
            "#" + word
            for name, value in attrs
            if name in {"aria-describedby", "aria-labelledby"}
            for word in (value or "").split()
        ]


def sample(folder: Path) -> Path:
    """A copy of the sample site."""
    for name in ("source", "locale", "templates"):
        shutil.copytree(REPO / name, folder / name)
    shutil.copy(REPO / "pyproject.toml", folder)
    return folder


def test_every_link_of_the_sample_site_leads_somewhere(tmp_path: Path) -> None:
    root = sample(tmp_path)
    built(root)
    pages = {path: Links() for path in (root / "dist").rglob("*.html")}
    assert len(pages) == 66
    for path, links in pages.items():
        links.feed(path.read_text("utf-8"))
        assert len(links.ids) == len(set(links.ids)), path
    for path, links in pages.items():
        for target in links.targets:
            parts = urlsplit(target)
            if parts.scheme:
                assert parts.scheme in {"tel", "data"}, target
                continue
            base = root / "dist" if target.startswith("/") else path.parent
            there = path if not parts.path else (base / unquote(parts.path).lstrip("/")).resolve()
            assert there.is_file(), (path, target)
            if parts.fragment:
                assert unquote(parts.fragment) in pages[there].ids, (path, target)


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
    assert "A machine made this translation" not in english and "2026-11-1" in english
    for tag in ("es", "fr", "de", "zh-Hans", "ar"):
        assert "data-state=" not in (root / f"dist/{tag}/pain-pump/index.html").read_text("utf-8")
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
        "<p>Um!</p>" in html
        and '<p lang="pt" dir="ltr">Dois</p>' in html
        and re.search(r'<p lang="en" dir="ltr" data-state="untranslated"[^>]*>Three', html)
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
    assert "<p>Abierto todos los días</p>" in html
    assert '<bdi dir="ltr">555-0100</bdi>, {clinic.nothing}' in html
    assert main(["check", "--root", str(root)]) == 1, "an unknown placeholder is an error"


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
    found = catalog.load(root, path)
    filled = tuple(
        catalog.amended(entry, replace(entry, strings=tuple(greek(entry.key.msgid) for _ in entry.strings), flags=(*entry.flags, flag) if flag and at % 2 else entry.flags))
        if at in chosen or at % 7 == 0 else entry
        for at, entry in enumerate(found.entries)
    )  # fmt: skip
    catalog.save(root, replace(found, entries=filled))
    built(root)
    names = re.compile(r"English|Riverbend P-20|20 ml|https?://\S+|[\d\W_]+|RP20-0000-SAMPLE|mcg|mg")
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
    assert main(["update", "--root", str(root)]) == 0
    before = {path: path.read_bytes() for path in (root / "locale").rglob("*.po*")}
    assert main(["update", "--root", str(root)]) == 0
    assert {path: path.read_bytes() for path in (root / "locale").rglob("*.po*")} == before, "idempotent"
    capsys.readouterr()
    assert main(["build", "--root", str(root), "--format", "json"]) == 0
    for figures in json.loads(capsys.readouterr().out)["locales"].values():
        counts = figures["messages"]
        assert (
            counts["total"] == sum(counts[state] for state in ("translated", "stale", "untranslated", "unsafe")) > 1000
        )
        assert len(figures["open"]) == counts["total"] - counts["translated"]
    pages = len(list((root / "source").rglob("*.md")))
    for locale in catalogs:
        built_pages = list((root / "dist" / locale.replace("_", "-")).rglob("*.html"))
        assert len(built_pages) == pages
        assert any('data-state="untranslated"' in page.read_text("utf-8") for page in built_pages)
