"""What search engines are told: the sitemap, the robots' file, and the languages of each page, all three the same story."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.cli.main import main
from pipeline.core.tags import search_tag
from pipeline.site import sitemap
from pipeline.site.contents import FIND
from tests.conftest import Make, built, translate

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
URL = 'url = "https://clinic.example/care/"\n'
PAGES = {
    "index.md": "# Home\n",
    "a b#1.md": "---\nupdated: 2026-03-04\n---\n\n# Some words\n",
    "c/d.md": "# More words here\n",
}


def told(path: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """Of each address its day and its languages."""
    top = ElementTree.fromstring(path.read_bytes())
    return {
        one.findtext("s:loc", "", SPACE): (
            one.findtext("s:lastmod", "", SPACE),
            {link.attrib["hreflang"]: link.attrib["href"] for link in one.findall("x:link", SPACE)},
        )
        for one in top.findall("s:url", SPACE)
    }


def said(html: str) -> tuple[str, dict[str, str]]:
    """What a page says of its own address and its languages."""
    own = re.search('<link rel="canonical" href="([^"]*)">', html)
    assert own
    return unescape(own[1]), {
        tag: unescape(href)
        for tag, href in re.findall('<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', html)
    }


def test_the_sitemap_says_what_the_pages_say(make: Make) -> None:
    """Each page that is in its own language, under the address that it gives itself, with the languages that it gives itself."""
    root = make(PAGES, locales=("es", "es_419", "fil", "haw"), extra=URL)
    for locale in ("es", "es_419", "fil", "haw"):
        translate(root, {"Home": "Inicio", "Some words": "Palabras"}, locale)
    built(root)
    found = told(root / "dist/sitemap.xml")
    pages = [
        said(path.read_text())
        for path in root.glob("dist/*/**/index.html")
        if path.parts[-2] not in {"status", FIND} and path.parts[-3] not in {"v", "status"}
    ]
    assert found.keys() == {own for own, _ in pages} and all(
        one.startswith("https://clinic.example/care/") for one in found
    )
    for own, others in pages:
        assert found[own][1] == others or own.split("/")[4] == "en"
    home = found["https://clinic.example/care/es-419/"][1]
    assert home == {
        "en": "https://clinic.example/care/en/",
        "es": "https://clinic.example/care/es/",
        "tl": "https://clinic.example/care/fil/",
        "x-default": "https://clinic.example/care/",
    }
    assert found["https://clinic.example/care/es/a%20b%231/"][0] == "2026-03-04"
    assert "https://clinic.example/care/es/c/d/" not in found, "it is in English"
    robots = (root / "dist/robots.txt").read_text()
    assert "Disallow: /care/status/" in robots and "Sitemap: https://clinic.example/care/sitemap.xml" in robots
    assert main(["audit", "--root", str(root)]) == 0


def test_a_large_site_has_a_sitemap_of_sitemaps(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make(PAGES, extra=URL)
    translate(root, {"Home": "Inicio", "Some words": "Palabras", "More words here": "Más palabras"})
    built(root)
    whole = told(root / "dist/sitemap.xml")
    assert len(whole) == 6
    for most, largest, parts in ((4, 10**6, 2), (50_000, 1_700, 2), (1, 10**6, 6)):
        monkeypatch.setattr(sitemap, "MOST", most)
        monkeypatch.setattr(sitemap, "LARGEST", largest)
        built(root)
        names = re.findall("<loc>https://clinic.example/care/([^<]*)</loc>", (root / "dist/sitemap.xml").read_text())
        assert len(names) >= parts and all((root / "dist" / name).stat().st_size <= largest for name in names)
        found = [told(root / "dist" / name) for name in names]
        assert all(0 < len(one) <= most for one in found)
        assert {key: value for one in found for key, value in one.items()} == whole and sum(map(len, found)) == 6


def test_without_an_address_nothing_is_told(make: Make) -> None:
    root = make(PAGES)
    built(root)
    assert not list(root.glob("dist/sitemap*")) and not (root / "dist/robots.txt").exists()


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("es", "es"), ("es_419", "es"), ("es_MX", "es-MX"), ("zh_Hans", "zh-Hans"), ("zh_Hant_TW", "zh-Hant-TW"), ("fil", "tl"),
        ("iw", "he"), ("haw", ""), ("ckb", ""), ("sr_Latn", "sr-Latn"), ("prs", "fa"), ("ht", "ht"),
    ],
)  # fmt: skip
def test_search_engines_have_their_own_names_for_languages(name: str, tag: str) -> None:
    assert search_tag(name) == tag
