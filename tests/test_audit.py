"""The audit sees every lie that somebody could tell in dist/: each row tells one."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import main
from pipeline.site import html_text
from pipeline.site.manifest import PATH, TEXTS
from tests.conftest import Make, built, read_tree, spoken
from tests.sites import every_notice, on


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return every_notice(tmp_path_factory.mktemp("audit") / "site")


@pytest.fixture
def dist(site: Path, tmp_path: Path) -> Path:
    """A copy of the pages to tell lies in."""
    return Path(shutil.copytree(site / "dist", tmp_path / "dist"))


def audit(root: Path, dist: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["audit", "--root", str(root), "--dist", str(dist)])
    found = capsys.readouterr()
    return code, found.out + found.err


def swap(name: str, old: str, new: str, count: int = 1) -> Callable[[Path], None]:
    """Put other words into a page."""

    def lie(dist: Path) -> None:
        path = dist / name
        text = path.read_text("utf-8")
        found = re.sub(old, new, text, count=count, flags=re.S)
        assert found != text, "the lie is told"
        path.write_text(found, "utf-8")

    return lie


def told(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """Change the manifest."""

    def lie(dist: Path) -> None:
        found = {**json.loads((dist / TEXTS).read_text("utf-8")), **json.loads((dist / PATH).read_text("utf-8"))}
        part = found["pages"] = json.loads((dist / "lockstep/es.json").read_text("utf-8"))
        before = json.dumps(part)
        change(found)
        if json.dumps(part) != before:
            (dist / "lockstep/es.json").write_text(json.dumps(part), "utf-8")
            found["files"]["lockstep/es.json"] = hashlib.sha256((dist / "lockstep/es.json").read_bytes()).hexdigest()
        del found["pages"]
        (dist / TEXTS).write_text(
            json.dumps({key: found.pop(key) for key in ("facts", "tags", "texts") if key in found})
        )
        found["files"][TEXTS] = hashlib.sha256((dist / TEXTS).read_bytes()).hexdigest()
        (dist / PATH).write_text(json.dumps(found), "utf-8")

    return lie


def block(name: str, **values: object) -> Callable[[Path], None]:
    return told(lambda found: found["pages"]["es/notices/index.html"]["blocks"][name].update(values))


NOTICES = "es/notices/index.html"
BLOCK = r'(<p data-block="rest.1".*?</p>)'
LIES: list[tuple[str, Callable[[Path], None], str]] = [
    ("English text without its language", swap(NOTICES, r'(<p data-block="dose.1") lang="en" dir="ltr"', r"\1"), "es/notices/index.html: block dose.1: “The pump holds 40 ml.” stands there as [es]"),
    ("a translation marked as English", swap(NOTICES, '<p data-block="notices.1"', '<p data-block="notices.1" lang="en"'), "stands there as [en]"),
    ("a whole page in another language", swap(NOTICES, '<html lang="es"', '<html lang="fr"'), "the page is in [fr]"),
    ("a page's description in another language", swap("es/index.html", '<title lang="es">', '<title lang="ar">'), "stands there as [ar]"),
    ("other words in a block", swap(NOTICES, "Una enfermera llena", "Una enfermera vacía"), "block rest.1: its words are not those"),
    ("a word more in a block", swap(NOTICES, "(Una enfermera llena la bomba)", r"\1 mal"), "block rest.1: its words are not those"),
    ("a notice taken out", swap(NOTICES, r'<p class="notice notice-stale".*?</p>', ""), "is tied to #Notice-"),
    ("a notice emptied", swap(NOTICES, r'(<p class="notice notice-stale"[^>]*>).*?</p>', r"\1</p>"), "says nothing"),
    ("a notice of another kind", swap(NOTICES, "notice notice-stale", "notice notice-machine"), "the notice 'stale' is not tied"),
    ("a block tied to no notice", swap(NOTICES, r'(<p data-block="dose.1"[^>]*) aria-describedby="[^"]*"', r"\1"), "the notice 'stale' is not tied"),
    ("the English beside a warning taken out", swap(NOTICES, r' <span class="beside".*?</span>', ""), "the English does not stand beside it"),
    ("other English beside a warning", swap(NOTICES, r'(<span class="beside"[^>]*>)Never stop', r"\1Stop"), "the English does not stand beside it"),
    ("the English hidden", swap(NOTICES, '<span class="beside"', '<span hidden class="beside"'), "the English does not stand beside it"),
    ("a block hidden", swap(NOTICES, '<p data-block="rest.1"', '<p style="display: none" data-block="rest.1"'), "block rest.1: its words are not those"),
    ("a notice hidden", swap(NOTICES, '<p class="notice notice-stale"', '<p aria-hidden="true" class="notice notice-stale"'), "says nothing"),
    ("a block taken out", swap(NOTICES, r'<p data-block="rest.1".*?</p>', ""), "block rest.1 is not on the page"),
    ("a block put in", swap(NOTICES, '(<p data-block="rest.1")', r'<p data-block="rest.9">Algo</p>\1'), "block rest.9 is not in the manifest"),
    ("a block that stands twice", swap(NOTICES, r'(<p data-block="rest.1".*?</p>)', r"\1\1"), "stands on the page twice"),
    ("a text of nobody's", swap(NOTICES, '(<article class="prose">)', r"\1<p>Tome 50 mg.</p>"), "#Content: “Tome 50 mg.” stands there as [es]"),
    ("a text of nobody's in an attribute", swap(NOTICES, '<article class="prose">', '<article class="prose" title="Tome 50 mg.">'), "“Tome 50 mg.”"),
    ("another figure on the page", swap(NOTICES, 'data-machine="15"', 'data-machine="2"'), "the figures on the page"),
    ("no figures on the page", swap(NOTICES, r'<div class="parts".*?</div>', ""), "does not say how much of it"),
    ("reviewed, it says", swap(NOTICES, '("inLanguage": "es")', r'\1, "lastReviewed": "2026-11-01"'), "last reviewed 2026-11-01; a recount says never"),
    ("reviewed later than it was", swap("es/index.html", '"lastReviewed": "2026-11-01"', '"lastReviewed": "2026-11-02"'), "a recount says 2026-11-01"),
    ("another language in the data", swap("es/index.html", '"inLanguage": "es"', '"inLanguage": "en"'), "JSON-LD says en"),
    ("a page more", lambda dist: shutil.copytree(dist / "es/held", dist / "es/more") and None, "es/more/index.html: is not in the manifest"),
    ("a page less", lambda dist: (dist / "es/held/index.html").unlink(), "es/held/index.html: is in the manifest, and is not there"),
    ("a link to a language that is not there", swap(NOTICES, 'hreflang="ar"', 'hreflang="fr"'), "links to fr, which is not published"),
    ("another figure on the status page", swap("status/index.html", 'data-stale="2"', 'data-stale="1"'), "status/index.html: its figures for es"),
    ("a text of nobody's on the first page", swap("index.html", "(</main>)", r"<p>Tome 50 mg.</p>\1"), "\nindex.html: “Tome 50 mg.” stands there as [en]"),
    ("the manifest calls an unsafe text translated", block("tablets.1", state="unsafe", lang="es"), "is unsafe, and is shown in es"),
    ("the manifest shows what the policy withholds", block("dose.1", lang="es"), "its English changed gravely, and it is shown in es"),
    ("the manifest counts otherwise", told(lambda found: found["pages"][NOTICES]["figures"].update(english=0)), "are not a recount's"),
    ("the manifest says reviewed", told(lambda found: found["pages"][NOTICES]["reviewed"].update(last="2026-11-01")), "a recount says never"),
    ("the manifest forgets who read the page", told(lambda found: found["pages"]["es/index.html"]["blocks"]["reviewed.1"].pop("read") and None), "a recount says never"),
    ("the manifest forgets a block", told(lambda found: found["pages"][NOTICES]["blocks"].pop("rest.1") and None), "block rest.1 is not in the manifest"),
    ("the manifest forgets a page", told(lambda found: found["pages"].pop(NOTICES) and None), f"{NOTICES}: is not among the manifest's pages"),
    ("another notice under a notice's name", swap(NOTICES, r'(<p class="notice notice-stale"[^>]*>).*?</p>', r"\1Avisos</p>"), f"{NOTICES}: is not the file that was built"),
    ("other figures in words", swap(NOTICES, "4 de 24 partes", "0 de 999 partes"), "is not the file that was built"),
    ("another day of review", swap("es/index.html", "(A qualified|Un traductor calificado)([^.]*)1 de noviembre", r"\1\g<2>9 de noviembre"), "is not the file that was built"),
    ("a script", swap(NOTICES, "</body>", "<script>alert(1)</script></body>"), "is not the file that was built"),
    ("a link to elsewhere", swap(NOTICES, '<a class="skip" href="#Content"', '<a class="skip" href="https://evil.example"'), "is not the file that was built"),
    ("a language said twice, the first for browsers", swap(NOTICES, '<p data-block="rest.1"', '<p lang="en" lang="es" data-block="rest.1"'), "stands there as [en]"),
    ("a block in a template", swap(NOTICES, BLOCK, r"<template>\1</template>"), "block rest.1 is not on the page"),
    ("a block in a text field", swap(NOTICES, BLOCK, r"<textarea>\1</textarea>"), "block rest.1 is not on the page"),
    ("a block in a frame", swap(NOTICES, BLOCK, r"<iframe>\1</iframe>"), "block rest.1 is not on the page"),
    ("a block for browsers without scripts", swap(NOTICES, BLOCK, r"<noscript>\1</noscript>"), "block rest.1: its words are not those"),
    ("a block in a closed dialog", swap(NOTICES, BLOCK, r"<dialog>\1</dialog>"), "block rest.1: its words are not those"),
    ("a block in a comment that seems to end", swap(NOTICES, BLOCK, r"<!-- --\\>\1-->"), "block rest.1 is not on the page"),
    ("a text after a comment of nothing", swap(NOTICES, BLOCK, r"<!-->Tome 50 mg.<!-- -->\1"), "“Tome 50 mg.” stands there as [es]"),
    ("a text after an odd end of a comment", swap(NOTICES, BLOCK, r"<!-- --!>Tome 50 mg.<!-- -->\1"), "“Tome 50 mg.” stands there as [es]"),
    ("a text in what is no CDATA", swap(NOTICES, BLOCK, r"<![CDATA[>Tome 50 mg.<b]]>\1"), "“Tome 50 mg.” stands there as [es]"),
    ("a paragraph after one that is open", swap(NOTICES, BLOCK, r"<p lang=en><q>Pump pages<p>Tome 50 mg.</p>\1"), "“Tome 50 mg.” stands there as [es]"),
    ("an item after one that is open", swap(NOTICES, BLOCK, r"<ul><li lang=en><q>Pump pages<li>Tome 50 mg.</ul>\1"), "“Tome 50 mg.” stands there as [es]"),
    ("a cell after one that is open", swap(NOTICES, BLOCK, r"<table><td lang=en><q>Pump pages<td>Tome 50 mg.</table>\1"), "“Tome 50 mg.” stands there as [es]"),
    ("a text in a table beside its cells", swap(NOTICES, BLOCK, r"<table lang=en>Tome 50 mg.</table>\1"), "“Tome 50 mg.” stands there as [es]"),
    ("a language that goes on in the next paragraph", swap(NOTICES, BLOCK, r"<p>1 <i lang=en></p>\1"), "block rest.1: “Una enfermera llena la bomba.” stands there as [en]"),
    ("a text after the end of the page", swap(NOTICES, "</html>", "</html>Tome 50 mg."), "“Tome 50 mg.” stands there as [es]"),
    ("the whole page marked as English at its end", swap(NOTICES, "</body>", '<body lang="en"></body>'), "block rest.1: “Una enfermera llena la bomba.” stands there as [en]"),
    ("the whole page hidden at its end", swap(NOTICES, "</body>", "<html hidden></body>"), "block rest.1: its words are not those"),
    ("a block in no language", swap(NOTICES, '<p data-block="rest.1"', '<p lang="" data-block="rest.1"'), "stands there as []"),
    ("a language in entities", swap(NOTICES, '<p data-block="rest.1"', '<p lang="&#101;&#x6e" data-block="rest.1"'), "stands there as [en]"),
    ("a name said twice", swap(NOTICES, '<p data-block="rest.1"', '<p data-block="rest.9" data-block="rest.1"'), "block rest.9 is not in the manifest"),
    ("a style in capitals and entities", swap(NOTICES, '<p data-block="rest.1"', '<P STYLE="DISPLAY&colon;NONE" data-block="rest.1"'), "block rest.1: its words are not those"),
    ("a date in another language", swap(NOTICES, "<time ", '<time lang="fr" '), "stands there as [fr]"),
    ("an empty notice before the notice", swap(NOTICES, '(<p class="notice notice-stale" id="[^"]*")', r"\1></p>\1"), "says nothing"),
    ("another file", lambda dist: (dist / "es/evil.htm").write_text("x") and None, "es/evil.htm: is not in the manifest"),
    ("another style", swap("static/lockstep.css", "body", "body, .notice { display: none } body"), "static/lockstep.css: is not the file"),
    ("a link to a folder elsewhere", lambda dist: (dist / "es/more").symlink_to("/tmp"), "es/more: is a link"),
    ("a page that is not UTF-8", lambda dist: (dist / NOTICES).write_bytes(b"\xff\xfe<p>") and None, "is not the file that was built"),
    ("a page that is no HTML", lambda dist: (dist / NOTICES).write_text("<![foo[ x ]]>") and None, "is no page"),
    ("a manifest that leads out of dist", told(lambda found: found["pages"].update({"/etc/passwd": {}, "x": 3})), "/etc/passwd: is no page"),
    ("a manifest of a million brackets", lambda dist: (dist / "lockstep.json").write_text("[" * 10**6) and None, "cannot be read"),
    ("a manifest with other texts", told(lambda found: found["texts"].update(es=["a"])), "lacks what a manifest has"),
    ("no manifest", lambda dist: (dist / "lockstep.json").unlink(), "there is no manifest here"),
    ("a manifest of something else", lambda dist: (dist / "lockstep.json").write_text('{"pages": 3}') and None, "no manifest of this version"),
    ("a manifest that is no JSON", lambda dist: (dist / "lockstep.json").write_text("{") and None, "cannot be read"),
    ("half a manifest", told(lambda found: found.pop("facts") and None), "lacks what a manifest has"),
]  # fmt: skip


def test_the_truth_passes(site: Path, dist: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit(site, dist, capsys) == (0, "Audited 20 pages, 152 blocks: every page says what is so.\n")


@pytest.mark.parametrize(("name", "lie", "said"), LIES, ids=[name for name, _, _ in LIES])
def test_a_lie_is_seen(
    site: Path, dist: Path, capsys: pytest.CaptureFixture[str], name: str, lie: Callable[[Path], None], said: str
) -> None:
    lie(dist)
    code, found = audit(site, dist, capsys)
    assert code != 0 and said in found and "Traceback" not in found, found


def test_what_is_audited_is_what_another_parser_reads(site: Path) -> None:
    for path in (site / "dist").rglob("*.html"):
        html = path.read_text("utf-8")
        texts = [(one.place.lang, " ".join(one.text.split())) for one in html_text.read(html).texts]
        assert [one for one in texts if one[1]] == spoken(html), path


def test_pages_that_are_not_of_these_sources(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --dist the pages are held to source/ and locale/, too: byte for byte."""
    with on(3):
        assert main(["audit", "--root", str(site)]) == 0
        path = site / "locale/es/LC_MESSAGES/messages.po"
        before = path.read_bytes()
        path.write_bytes(before.replace(b"Una enfermera llena", b"Un enfermero llena"))
        assert main(["audit", "--root", str(site)]) == 1
        assert "es/notices/index.html: differs from what source/ and locale/ give now" in capsys.readouterr().out
        path.write_bytes(before)
        (site / "dist/stray.txt").write_text("x")
        assert main(["audit", "--root", str(site)]) == 1
        assert "stray.txt: should not be there by source/ and locale/" in capsys.readouterr().out
        (site / "dist/stray.txt").unlink()


def test_the_manifest_names_nobody_and_is_the_same_twice(site: Path) -> None:
    text = (site / "dist/lockstep.json").read_text("utf-8")
    assert not any(name in text for name in ("Ana Ruiz", "Omar", "Dr. Lee", "a patient was hurt"))
    assert not any(b"Ana Ruiz" in body for body in read_tree(site / "dist").values())
    pages = json.loads((site / "dist/lockstep/es.json").read_text("utf-8"))
    found = pages["es/notices/index.html"]["blocks"]
    stale = found["home.1"]
    assert (stale["state"], stale["severity"], stale["since"], stale["origin"]) == ("stale", "wording", "2026-11-03", "machine")  # fmt: skip
    assert pages["es/index.html"]["blocks"]["reviewed.1"]["review"] == {"reviser": "2026-11-01", "translator": "2026-11-01"}  # fmt: skip
    before = read_tree(site / "dist")
    with on(3):
        built(site)
    assert read_tree(site / "dist") == before


def test_what_an_author_keeps_from_translation_is_audited_too(make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    root = make({"index.md": "# A\n\n<!-- i18n: skip -->\n\nKeep **this** here.\n\n- `code words`\n"})
    built(root)
    assert main(["audit", "--root", str(root)]) == 0
    swap("es/index.html", ' lang="en" dir="ltr" translate="no"', "")(root / "dist")
    code, said = audit(root, root / "dist", capsys)
    assert code == 1 and "“Keep” stands there as [es]" in said


INSTEAD = [
    "Watch <video src='a.svg'>No film here</video> now.", "- <audio src='a.svg'>No sound [here](a.svg)</audio>", "<object data='a.svg'>\n<p>No picture</p>\n</object>",
    "| a |\n| - |\n| <canvas>No drawing</canvas> |", "Say <span hidden>not this</span> now.", "<div style='display: none'>\n\nNot this\n\n</div>",
    "Say <bdo dir=rtl>abc</bdo> now.", "<p dir=rtl>Turned</p>", "<div dir=rtl>\n\nTurned, too\n\n</div>", "<p aria-hidden=true>Not this</p>",
]  # fmt: skip


def test_what_stands_in_for_a_film_and_what_an_author_hides_are_no_lies(make: Make, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    root = make({"index.md": "# A\n\n" + "\n\n".join(INSTEAD) + "\n", "a.svg": "<svg/>"})
    built(root)
    assert audit(root, root / "dist", capsys)[0] == 0
    for old, new in [
        ("<article", "<article hidden"),
        ("<p data-block", "<p hidden data-block"),
        ("<body", "<body style='visibility:hidden'"),
        ("<article", "<article dir=rtl"),
    ]:
        built(root)
        swap("es/index.html", old, new)(root / "dist")
        code, said = audit(root, root / "dist", capsys)
        wanted = "runs rtl, and [es] runs ltr" if "dir=" in new else "its words are not those of the manifest"
        assert code == 1 and wanted in said, old


def test_a_title_with_a_point_and_words_in_raw_html_are_no_lies(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    page = '---\ntitle: Signed · sealed\n---\n\n# Signed\n\n<div title="A hint">\n<p>In a block.</p>\n</div>\n\n<![CDATA[ x ]]>\n'
    root = make({"index.md": page})
    built(root)
    assert main(["audit", "--root", str(root)]) == 0
    swap("es/index.html", '<div lang="en" title="A hint">', '<div title="A hint">')(root / "dist")
    code, said = audit(root, root / "dist", capsys)
    assert code == 1 and "en/index.html" not in said and "“A hint” stands there as [es]" in said


def test_a_figure_of_the_clinic_is_in_no_language_and_a_word_in_its_own(make: Make) -> None:
    data = "name: Site\nclinic:\n  phone: 555-0142\n  emergency: 911 or the front desk\n"
    root = make({"index.md": "# A\n"}, data=data)
    built(root)
    html = (root / "dist/es/index.html").read_text()
    assert '<span lang="en" dir="ltr">911 or the front desk</span></a>' in html and ">555-0142</a>" in html
    assert main(["audit", "--root", str(root)]) == 0


def test_a_page_of_a_thousand_parts_counts_them_as_its_language_does(make: Make, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    root = make({"index.md": "# A\n\n" + "\n\n".join(f"Words {at:010b}." for at in range(1100))})
    built(root)
    assert audit(root, root / "dist", capsys)[0] == 0
    swap("es/index.html", r"\b1\.1(\d\d)\b", r"1.2\1")(root / "dist")
    assert audit(root, root / "dist", capsys)[0] == 1
