"""Pictures and other files that each language has of its own, and the words inside pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.audit import audit
from pipeline.commands.check import check
from pipeline.content.pictures import own, swapped, versions
from tests.conftest import Make, built, project_of, translate
from tests.sites import interface

SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
PAGE = "# Pump\n\n![A pump](images/pump.svg)\n\nRead [the card](card.pdf) and images/pump.svg.\n\n<p><img alt='' src='images/pump.svg?v=1#a' srcset='images/pump.svg 1x, images/other.svg 2x'></p>\n"
NAMES = frozenset(["a.svg", "a.es.svg", "b/c.pdf", "b/c.pt-BR.pdf", "b/c.pt.pdf", "d.es.svg", "j.min.js", "j.js"])
OWNED = [
    ("a.svg", ("fr",), ""),
    ("d.svg", ("fr",), ""),
    ("b.es/c", ("es",), ""),
    ("a.svg", ("es",), "a.es.svg"),
    ("a.svg", ("es_MX", "es"), "a.es.svg"),
    ("b/c.pdf", ("pt_BR", "pt"), "b/c.pt-BR.pdf"),
    ("b/c.pdf", ("pt_PT", "pt"), "b/c.pt.pdf"),
]


@pytest.mark.parametrize(("name", "locales", "wanted"), OWNED)
def test_which_file_a_language_has_of_its_own(name: str, locales: tuple[str, ...], wanted: str) -> None:
    assert own(name, locales, NAMES) == wanted


def test_the_files_of_all_and_those_of_one() -> None:
    assert versions(NAMES) == {
        "a.svg": ("a.es.svg",),
        "b/c.pdf": ("b/c.pt-BR.pdf", "b/c.pt.pdf"),
        "j.js": ("j.min.js",),
    }
    html = '<a href="../assets/a.svg">../assets/a.svg </a><img src="../assets/a.svgz"><i title="x ../assets/b a.svg">'
    assert swapped({"a.svg": "a.es.svg"}, html) == html.replace('href="../assets/a.svg"', 'href="../assets/a.es.svg"')


def site(make: Make, extra: str = "") -> Path:
    root = make({"index.md": "# Home\n", "pump.md": PAGE, "images/pump.svg": SVG.format(""), "images/other.svg": SVG.format(""), "images/pump.es.svg": SVG.format("<text>Bomba</text>"), "card.pdf": "%PDF en", "card.es.pdf": "%PDF es"}, locales=("es", "ar"), extra='url = "https://clinic.example"\n' + extra)  # fmt: skip
    for name in ("es", "ar"):
        translate(root, {**interface(name), "Pump": "Bomba" if name == "es" else "مضخة"}, name)
    built(root)
    return root


def shown(root: Path, language: str) -> list[str]:
    html = (root / "dist" / language / "pump/index.html").read_text("utf-8")
    return [one.rpartition("assets/")[2] for one in re.findall(r'\.\./assets/[^"\' ,]*', html)]


def test_each_language_shows_its_own_files(make: Make) -> None:
    root = site(make)
    plain = ["images/pump.svg", "card.pdf", "images/pump.svg?v=1#a", "images/pump.svg", "images/other.svg"]
    assert shown(root, "en") == shown(root, "ar") == plain
    assert shown(root, "es") == [one.replace("pump.", "pump.es.").replace("card.", "card.es.") for one in plain]
    assert "images/pump.svg.</p>" in (root / "dist/es/pump/index.html").read_text("utf-8"), "words are no address"
    assert main(["audit", "--root", str(root)]) == 0
    before = project_of(root).page_digests["source/pump.md"]
    (root / "source/images/pump.es.svg").write_text(SVG.format("<text>Otra</text>"))
    assert project_of(root).page_digests["source/pump.md"] != before, "whoever signs has seen it"
    (root / "source/card.es.pdf").unlink()
    built(root)
    assert "card.pdf" in shown(root, "es") and main(["audit", "--root", str(root)]) == 0


def test_a_file_of_ones_own_that_is_withheld_is_not_shown(make: Make) -> None:
    root = site(make)
    (root / "source/card.es.pdf.made-from").write_text('{"message": "0000000000000000", "translation": "0000000000000000", "locale": "es"}\n')  # fmt: skip
    built(root)
    assert "card.pdf" in shown(root, "es") and "card.es.pdf" not in shown(root, "es")
    assert not (root / "dist/assets/card.es.pdf").exists() and main(["audit", "--root", str(root)]) == 0
    html = (root / "dist/es/pump/index.html").read_text("utf-8")
    block = re.search(r"<p[^>]*>Lea <a[^>]*card\.pdf.*?</p>|<p[^>]*>Read <a[^>]*card\.pdf.*?</p>", html, re.S)
    assert block and html.count('class="withheld"') == 1 and 'class="withheld"' in block[0], "the reader is told"
    assert 'lang="es"' in block[0].partition('class="withheld"')[2]
    for tag in ("en", "ar"):
        assert 'class="withheld"' not in (root / f"dist/{tag}/pump/index.html").read_text("utf-8")


def test_a_picture_in_place_of_ones_own_says_so_whatever_was_kept(make: Make) -> None:
    root = site(make)
    for gone in (False, True, False):
        path = root / "source/images/pump.es.svg.made-from"
        if gone:
            path.write_text('{"message": "0000000000000000", "translation": "0000000000000000", "locale": "es"}\n')
        else:
            path.unlink(missing_ok=True)
        built(root)
        html = (root / "dist/es/pump/index.html").read_text("utf-8")
        names = [one.partition("?")[0] for one in shown(root, "es") if "pump" in one]
        assert names == [f"images/pump{'' if gone else '.es'}.svg"] * 3
        told = re.findall(r'<img[^>]*pump\.svg[^>]*>\s*<span class="withheld" lang="es"', html)
        assert len(told) == (2 if gone else 0) and audit.audit(root / "dist") == []


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("", ""),
        ("<title>A pump</title><desc>It holds medicine</desc>", ""),
        ("<text>20 ml</text><text>A</text>", ""),
        ("<text x='1'>Fill <tspan>here</tspan></text>", "Fill here"),
        ("<text>Заполнить</text>", "Заполнить"),
    ],
)
def test_words_inside_a_picture_are_said(make: Make, inside: str, said: str) -> None:
    root = make({"index.md": "# Home\n\n![x](a.svg)\n", "a.svg": SVG.format(inside)}, locales=("es", "ar"))
    found = [one.text for one in check(project_of(root)) if one.code == "picture-words"]
    assert len(found) == bool(said) and all(
        f"“{said}”" in one and "(es, ar)" in one and "a.es.svg" in one for one in found
    )
    assert all("lockstep review en PAGE#block --into a.svg" in one for one in found)
    for language in ("es", "ar"):
        (root / f"source/a.{language}.svg").write_text(SVG.format("<text>Otra cosa</text>"))
    assert not [one for one in check(project_of(root)) if one.code == "picture-words"]
