"""The brief: what is new since a translator's last visit, and nothing else; in every format the same."""

from __future__ import annotations

import base64
import email
import json
import struct
from email.policy import default
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from pipeline.cli.main import main
from pipeline.commands import brief, browser, pictures
from pipeline.site import brief as told_as
from pipeline.site.brief import Brief
from tests.conftest import Make, built, made_once, project_of, translate, updated
from tests.test_merge import git

PAGE = "# Pump\n\nTake 5 mg at night.\n\nRest well today.\n\nCall <us> & ask.\n"
WORDS = {"Pump": "Bomba", "Take 5 mg at night.": "Tome 5 mg por la noche.", "Rest well today.": "Descanse bien hoy."}
ATOM = "{http://www.w3.org/2005/Atom}"


def commit(root: Path, day: int, by: str = "Ana Ruiz <ana@x.org>") -> None:
    git(root, "add", ".")
    git(root, "commit", "-qm", "work", "--author", by, day=day)


@pytest.fixture
@made_once
def site(make: Make) -> Path:
    """Ana translates on the 2nd, Bo one text on the 4th; the English is edited and brought into step on the 6th."""
    root = make({"index.md": PAGE}, extra='\nurl = "https://clinic.example"\n')
    git(root, "init", "-q")
    updated(root)
    commit(root, 1, "Ed Itor <ed@x.org>")
    translate(root, dict([*WORDS.items()][:2]))
    commit(root, 2)
    translate(root, WORDS)
    commit(root, 4, "Bo Chen <bo@x.org>")
    (root / "source/index.md").write_text(PAGE.replace("5 mg", "50 mg") + "\nNew text here.\n")
    updated(root)
    commit(root, 6, "Ed Itor <ed@x.org>")
    return root


def new(found: Brief) -> list[str]:
    return [item.row.message.key.msgid for item in found.new if item.row.message.span.path == "source/index.md"]


def told(root: Path, **words: str) -> Brief:
    return brief.brief(project_of(root), "es", **words)


def test_new_is_what_came_since_the_last_translator_was_here(site: Path) -> None:
    """An editor's commit is no visit; what waited before it is told apart; the gravest comes first."""
    found = told(site)
    assert found.since == "2026-11-04" and "Bo Chen" in found.how
    assert new(found) == ["Take 50 mg at night.", "New text here."]
    assert "Call <us> & ask." in [item.row.message.key.msgid for item in found.waiting]
    assert found.new[0].row.diff[1:3] == (("-", "5"), ("+", "50"))


def test_several_people_are_told_apart_and_a_machine_says_since(site: Path) -> None:
    assert told(site, by="ana").since == "2026-11-02"
    assert told(site, by="bo@x.org").since == "2026-11-04"
    assert told(site, by="Nobody").since == "" and "Call <us> & ask." in new(told(site, by="Nobody"))
    assert new(told(site, since="2026-11-05")) == ["Take 50 mg at night.", "New text here."]
    assert new(told(site, since="2026-11-07")) == []
    assert new(told(site, since="HEAD~1")) == new(told(site)) and new(told(site, since="HEAD")) == []


def test_after_a_visit_nothing_is_new(site: Path) -> None:
    translate(site, {"Take 50 mg at night.": "Tome 50 mg por la noche."})
    commit(site, 8)
    found = told(site)
    assert new(found) == [] and "nothing new" in found.title
    assert "New text here." in [item.row.message.key.msgid for item in found.waiting]


@pytest.mark.parametrize("words", [["--since", "2026-13-01"], ["--since", "nowhere"], ["--since", "--all"]])
def test_what_is_no_day_and_no_commit_is_said(site: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", "es", "--root", str(site), f"{words[0]}={words[1]}"]) == 2
    assert words[1] in capsys.readouterr().err


def test_without_git_all_that_waits_is_new_and_it_is_said(make: Make) -> None:
    root = make({"index.md": PAGE})
    translate(root, WORDS)
    found = told(root)
    assert new(found) == ["Call <us> & ask."] and "no git history" in found.how and not found.waiting


def test_every_format_tells_the_same(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "--root", str(site), "index#pump.1", "Before <food>?", "--by", "Ana", "-l", "es"])
    found = told(site)
    assert [line.rpartition("#")[2] for line in found.asked] == [
        "pump.1: Question (Ana): Before <food>? (not answered yet)"
    ]
    text, page = told_as.text(found), told_as.html(found).decode()
    message = email.message_from_bytes(told_as.mail(found, "L <l@x.org>", "ana@x.org"), policy=default)
    plain, html = message.iter_parts()
    assert message["Subject"] == found.title and message["To"] == "ana@x.org" and message["Date"]
    assert plain.get_content().split() == text.split() and html.get_content().split() == page.split()
    assert told_as.mail(found, "L <l@x.org>", "") == told_as.mail(found, "L <l@x.org>", "")
    feed = ElementTree.fromstring(told_as.atom(found))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(found.new) and len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries)
    assert all(one.findtext(f"{ATOM}updated", "").endswith("Z") for one in (feed, *entries))
    for item, entry in zip(found.new, entries, strict=True):
        said = entry.findtext(f"{ATOM}content") or ""
        assert item.words in said and item.words in text and item.entry in said and item.entry in page
    assert "&lt;food&gt;" in page and "<food>" not in page and "<script" not in page
    path = tmp_path / "new.eml"
    assert main(["brief", "es", "--root", str(site), "--format", "mail", "-o", str(path)]) == 0
    assert path.read_bytes().startswith(b"Subject: ") and json.dumps(found.title)[1:-1] in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words"),
    [("Call {clinic.phone} now, at once.", "now, at once."), ("{a}", ""), ("", ""), ("x" * 200, "x" * 80)],
)
def test_a_text_is_found_by_words_that_stand_there_as_they_are(text: str, words: str) -> None:
    assert pictures.said(text) == words


def test_a_picture_frames_its_text(site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a real browser: the one element that says it, near the top; the page in dist/ stays as it is. Words are no markup."""
    sync = pytest.importorskip("playwright.sync_api")
    if not (program := browser.find()):
        pytest.skip("no browser is installed")
    built(site)
    before = {path: path.read_bytes() for path in (site / "dist").rglob("*") if path.is_file()}
    copies: list[bytes] = []

    def kept(html: bytes, size: str) -> bytes:
        copies.append(html)
        return browser.picture(html, size) if len(copies) == 1 else b""

    monkeypatch.setattr(pictures, "browser", SimpleNamespace(picture=kept))
    found = pictures.taken(project_of(site), told(site, by="Nobody"))
    on_page = [item for item in found.new if item.row.message.span.path == "source/index.md"]
    png = base64.b64decode(on_page[0].picture.partition(",")[2])
    assert png.startswith(b"\x89PNG") and struct.unpack(">II", png[16:24]) == (720, 440)
    assert all(not item.picture for item in found.new if item not in on_page)
    with sync.sync_playwright() as play:
        window = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = window.new_page(viewport={"width": 720, "height": 440})
        for html, item in zip(copies, on_page, strict=True):
            (tmp_path / "page.html").write_bytes(html)
            page.goto((tmp_path / "page.html").as_uri())
            framed = page.locator("[style*=outline]")
            assert framed.count() == 1 and item.row.message.key.msgid.replace("<us> ", "") in framed.inner_text()
            assert 0 < framed.bounding_box()["y"] < 200
        window.close()
    assert before == {path: path.read_bytes() for path in (site / "dist").rglob("*") if path.is_file()}
    assert b"</script><b>" not in pictures.framed(b"<head></head></body>", "x", "</script><b>", "s")


def test_pictures_are_asked_for_where_they_can_be(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["brief", "es", "--root", str(site), "--pictures"]
    assert main(asked) == 2 and "--format html" in capsys.readouterr().err
    assert main([*asked, "--format", "html"]) == 2 and "lockstep build" in capsys.readouterr().err
