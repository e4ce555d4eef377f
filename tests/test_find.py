"""What helps readers to find their way: the headings of a page, its English one tap away, the list of all pages, whom to tell."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.audit import audit
from pipeline.site import contents
from tests.conftest import Make, built, lay_out, lenient, read_tree, translate
from tests.sites import every_notice, interface, on

REPORT = "mailto:web@clinic.example?subject={page}%23{block}%20{version}%20{language}"
EDIT = "https://git.example/edit/main/{path}"
EXTRA = f'report = "{REPORT}"\nedit = "{EDIT}"\n'
PAGE = """---
title: Your pump
description: All about it.
---

# Your pump

It is small.[^1]

## What it *is*

- A [device](index.md) for {clinic.city}.
- It holds medicine.

## Who needs it

Ask your **nurse** first.

## When to call

![](a.svg)

Call when it beeps.

[^1]: As a coin.
"""
WORDS = {
    "Home": "Inicio", "Your pump": "Su bomba", "All about it.": "Todo sobre ella.", "It is small.[^1]": "Es pequeña.[^1]",
    "What it *is*": "Qué *es*", "A [device](index.md) for {clinic.city}.": "Un [aparato](index.md) para {clinic.city}.",
    "It holds medicine.": "Guarda medicina.", "Who needs it": "Quién la necesita", "Ask your **nurse** first.": "Pregunte a su **enfermera** primero.",
    "Call when it beeps.": "Llame cuando suene.", "As a coin.": "Como una moneda.",
}  # fmt: skip
P, F = "es/pump/index.html", "es/find-a-topic/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with headings of which one is in English."""
    pages = {"index.md": "# Home\n", "pump.md": PAGE, "a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
    data = 'name: Site\nclinic:\n  city: "Riverbend"\n'
    root = lay_out(tmp_path_factory.mktemp("find") / "site", pages, locales=("es", "ar"), data=data, extra=EXTRA)
    lenient(root)
    for name in ("es", "ar"):
        translate(root, {**interface(name), **(WORDS if name == "es" else {"Home": "الرئيسية"})}, name)
    built(root)
    return root


def test_the_headings_of_a_page_lead_to_them(site: Path) -> None:
    html = (site / "dist" / P).read_text("utf-8")
    there = re.search(r'<details class="toc".*?</details>', html, re.S)
    assert there and re.findall(r"<a [^>]*>.*?</a>", there[0]) == [
        '<a href="#what-it-is">Qué es</a>',
        '<a href="#who-needs-it">Quién la necesita</a>',
        '<a href="#when-to-call"><span lang="en" dir="ltr">When to call</span></a>',
    ]
    assert "toc" not in (site / "dist/es/index.html").read_text("utf-8"), "it has too few headings"
    assert html.index("</h1>") < html.index('id="Toc"') < html.index("<h2")


def test_the_english_of_what_is_translated_is_one_tap_away(site: Path) -> None:
    html = (site / "dist" / P).read_text("utf-8")
    found = dict(re.findall(r'<p data-of="([^"]*)">([^<]*)</p>', html))
    assert found == {
        "your-pump.0": "Your pump", "your-pump.1": "It is small.[1]", "what-it-is.0": "What it is",
        "what-it-is.1": "A device for Riverbend.", "what-it-is.2": "It holds medicine.", "who-needs-it.0": "Who needs it",
        "who-needs-it.1": "Ask your nurse first.", "when-to-call.1": "Call when it beeps.", "when-to-call.2": "As a coin.",
    }  # fmt: skip
    assert "data-of" not in (site / "dist/en/pump/index.html").read_text("utf-8")
    assert '<summary lang="en" dir="ltr">English</summary>' in html and len(re.findall('id="English-', html)) == 4


def test_whom_to_tell_and_where_to_edit(site: Path) -> None:
    html = (site / "dist" / P).read_text("utf-8")
    reports = re.findall(r'href="mailto:web@clinic\.example\?subject=([^"]*)"', html)
    assert [re.sub("%20[0-9a-f]{8}%20", "%20V%20", one) for one in reports] == [
        "source%2Fpump.md%23your-pump.0%20V%20es",
        "source%2Fpump.md%23what-it-is.0%20V%20es",
        "source%2Fpump.md%23who-needs-it.0%20V%20es",
        "source%2Fpump.md%23when-to-call.1%20V%20es",
        "source%2Fpump.md%23%20%20es",
    ]
    assert 'href="https://git.example/edit/main/locale/es/LC_MESSAGES/messages.po"' in html
    assert 'href="https://git.example/edit/main/source/pump.md"' in (site / "dist/en/pump/index.html").read_text(
        "utf-8"
    )
    for wrong in ('report = "web@clinic.example"', 'report = "javascript:{page}"', 'edit = "https://x.example/{file}"'):
        root = site.parent / "wrong"
        shutil.copytree(site, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("dist"))
        text = (root / "pyproject.toml").read_text("utf-8").replace(EXTRA, wrong + "\n")
        (root / "pyproject.toml").write_text(text, "utf-8")
        assert main(["build", "--root", str(root)]) == 2


def test_the_list_of_all_pages_needs_no_script(site: Path) -> None:
    html = (site / "dist" / F).read_text("utf-8")
    assert '<html lang="es"' in html and "Buscar un tema" in html and "script" not in html
    above, _, below = html.partition('<main id="Content">')
    ways = re.findall(r'<a href="([^"]*)" lang="(..)" hreflang="(..)"', above)
    assert ways == [(f"../../{tag}/find-a-topic/index.html", tag, tag) for tag in ("en", "es", "ar")]
    links = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', below)
    assert links == [
        ("../index.html", "Inicio"), ("../pump/index.html", "Su bomba"), ("../pump/index.html#what-it-is", "Qué es"),
        ("../pump/index.html#who-needs-it", "Quién la necesita"), ("../pump/index.html#when-to-call", "When to call"),
    ]  # fmt: skip
    assert '#when-to-call" lang="en" dir="ltr">' in html and "Todo sobre ella." in html
    assert main(["audit", "--root", str(site)]) == 0


def test_a_large_list_has_the_pages_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = json.dumps({"title": ["es", "Uno"], "toc": [["a", "es", "x" * 100]] * 3})
    assert [len(row["toc"]) for row in contents.listed(contents.row("es/a/index.html", entry))] == [3]
    monkeypatch.setattr(contents, "ROOM", 300)
    assert [len(row["toc"]) for row in contents.listed(contents.row("es/a/index.html", entry))] == [0]


def test_all_of_it_can_be_left_out(make: Make) -> None:
    """By a setting, by templates of one's own that have none of it, by a page of the same name."""
    root = make({"index.md": "# Home\n", "find-a-topic.md": "# Find\n"}, extra='english = "off"\n')
    translate(root, {"Home": "Inicio"})
    built(root)
    assert (
        "data-of" not in (root / "dist/es/index.html").read_text()
        and "<h1" in (root / "dist/es/find-a-topic/index.html").read_text()
    )
    assert main(["audit", "--root", str(root)]) == 0
    for name in ("find.html", "original.html"):
        (root / "templates" / name).unlink()
    (root / "source/find-a-topic.md").unlink()
    (root / "pyproject.toml").write_text((root / "pyproject.toml").read_text().replace('english = "off"\n', ""))
    built(root)
    assert not (root / "dist/es/find-a-topic").exists() and "data-of" not in (root / "dist/es/index.html").read_text()
    assert main(["audit", "--root", str(root)]) == 0


def test_nothing_that_is_withdrawn_can_be_opened_or_found(tmp_path: Path) -> None:
    """A text that a recall took off the English page stands in no list and behind no tap."""
    root = every_notice(tmp_path / "site")
    with on(3):
        built(root)
        tree = read_tree(root / "dist")
        assert not [name for name, body in tree.items() if b"Swim as soon" in body or b"Nade tan" in body]
        assert (
            b'data-of="swimming.0"' in tree["es/notices/index.html"]
            and b'data-of="swimming.1"' not in tree["es/notices/index.html"]
        )
        assert main(["audit", "--root", str(root)]) == 0


LIES = [
    ("a heading's name", P, r'(<a href="#what-it-is">)[^<]*', r"\1Su bomba", "the list of its headings"),
    ("a heading's place", P, r'href="#what-it-is"', 'href="#who-needs-it"', "the list of its headings"),
    ("a heading less", P, r'<li><a href="#what-it-is">.*?</li>', "", "the list of its headings"),
    ("a heading's language", P, r'(#when-to-call"><span lang=")en', r"\1es", "the list of its headings"),
    ("other English", P, r'(<p data-of="who-needs-it.1">)[^<]*', r"\1Never ask your nurse.", "that one may open"),
    ("English of another block", P, r'data-of="who-needs-it.1"', 'data-of="what-it-is.2"', "that one may open"),
    ("English taken out", P, r'<p data-of="who-needs-it.1">.*?</p>', "", "one cannot open its English"),
    ("all English taken out", P, r'<details class="original".*?</details>', "", "one cannot open its English"),
    ("English marked as Spanish", P, r'<div lang="en" dir="ltr">', '<div lang="es" dir="ltr">', "not marked as English"),
    ("English of an English block", P, r'data-of="who-needs-it.1">[^<]*', 'data-of="when-to-call.0">When to call', "once more"),
    ("a text beside it", P, r'(<p data-of="who-needs-it.1">)', r"<p>Take ten.</p>\1", "Take ten."),
    ("reported of another page", P, r"subject=source%2Fpump.md", "subject=source%2Findex.md", "another place"),
    ("reported elsewhere", P, r"mailto:web@clinic", "mailto:evil@clinic", "site.yaml does not have"),
    ("edited elsewhere", P, r"https://git\.example", "https://evil.example", "neither the templates"),
    ("the list's name of a page", F, "Su bomba", "Inicio", "says"),
    ("the list's way", F, r"\.\./pump/index.html\"", '../index.html"', "says"),
    ("a page less in the list", F, r'<section>\n<h2><a href="\.\./pump.*?</section>', "", "every page"),
    ("a heading in the list", F, "Qué es", "Qué no es", "the headings of"),
    ("a description", F, "Todo sobre ella", "Nada sobre ella", "stands there as"),
    ("the list's language", F, '<html lang="es"', '<html lang="ar"', "the page is in"),
    ("the list's way to another language", F, r'\.\./\.\./en/find-a-topic/index.html"', '../../en/index.html"', "above the list"),
    ("the list's name of another language", F, '>English<', '>Español<', "that says “Español” leads"),
    ("a script in the list", F, "</main>", '</main><script src="x.js"></script>', "no template writes"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), [row[1:] for row in LIES], ids=[row[0] for row in LIES])
def test_a_lie_is_seen(site: Path, tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    dist = Path(shutil.copytree(site / "dist", tmp_path / "dist"))
    path = dist / name
    text = path.read_text("utf-8")
    found = re.sub(old, new, text, count=0 if "all" in said or "opened" in old else 1, flags=re.S)
    assert found != text, "the lie is told"
    path.write_text(found, "utf-8")
    about = json.loads((dist / "lockstep.json").read_text("utf-8"))
    about["files"][name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (dist / "lockstep.json").write_text(json.dumps(about), "utf-8")
    differences = audit.audit(dist)
    assert any(one.page == name and said in one.what for one in differences), differences
