"""What changes beside the messages, a dose in site.yaml or a number in a cell, is in the edit log and told before the commit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.changes import occurrences
from tests.conftest import Make, made_once, project_of, read_tree, updated
from tests.sites import on
from tests.test_page_digest import DATA, PAGE, file, swap

LOG = "locale/edits.jsonl"


@pytest.fixture
@made_once
def site(make: Make) -> Path:
    with on(0):
        root = make({"index.md": PAGE, "other.md": "# Other\n\n12\n"}, data=DATA)
        (root / "source/images").mkdir()
        (root / "source/images/pump.png").write_bytes(b"a pump")
        (root / "source/leaflet.pdf").write_bytes(b"a leaflet")
        updated(root)
    return root


def lines(root: Path) -> list[dict[str, object]]:
    path = root / LOG
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def code(root: Path) -> None:
    swap("rate = 5", "rate = 50")(root)


LOGGED: list[tuple[str, Callable[[Path], None], list[tuple[str, str, str, str, str]]]] = [
    ("nothing", lambda root: None, []),
    ("wrapping", swap("Take {clinic.dose} and", "Take {clinic.dose}\nand"), []),
    ("a fact", swap("5 mg", "50 mg", "site.yaml"), [("source/site.yaml", "clinic.dose", "fact", "critical", "{clinic.dose}: 5 mg → 50 mg")]),
    ("a fact's looks", swap("dose: 5 mg", "dose: 5 mg.", "site.yaml"), [("source/site.yaml", "clinic.dose", "fact", "cosmetic", "{clinic.dose}: 5 mg → 5 mg.")]),
    ("a fact more", swap("  fax", "  email: a@b.example\n  fax", "site.yaml"), [("source/site.yaml", "clinic.email", "fact", "wording", "{clinic.email}: a@b.example added")]),
    ("a fact less", swap('  fax: "555-0199"\n', "", "site.yaml"), [("source/site.yaml", "clinic.fax", "fact", "wording", "{clinic.fax}: 555-0199 removed")]),
    ("a number in a cell", swap("| 20 |", "| 200 |"), [("source/index.md", "do-not", "text", "critical", "20 → 200")]),
    ("a number on another page", swap("12", "13", "other.md"), [("source/other.md", "other", "text", "critical", "12 → 13")]),
    ("a block of code", code, [("source/index.md", "do-not", "text", "critical", "rate = 5 → rate = 50")]),
    ("a block kept from translation", swap("the word", "no word"), [("source/index.md", "do-not", "text", "critical", "Keep the word intrathecal as it is. → Keep no word intrathecal as it is.")]),
    ("a picture", file("images/pump.png", b"another"), [("source/index.md", "images/pump.png", "file", "critical", "images/pump.png: another file")]),
    ("a picture less", lambda root: (root / "source/images/pump.png").unlink(), [("source/index.md", "images/pump.png", "file", "critical", "images/pump.png: removed")]),
    ("the page's class", swap("class: dosing", "class: safety"), [("source/index.md", "", "class", "wording", "class: dosing → safety")]),
    ("a page gone", lambda root: (root / "source/other.md").unlink(), []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "wanted"), LOGGED, ids=[row[0] for row in LOGGED])
def test_the_log_has_a_line_for_what_no_message_tells(
    site: Path, name: str, change: Callable[[Path], None], wanted: list[tuple[str, ...]]
) -> None:
    before = len(lines(site))
    with on(1):
        change(site)
        assert occurrences.differ(site, project_of(site).occurrences, project_of(site).fixtures) == (
            bool(wanted) or name == "a page gone"
        )
        updated(site)
        once = read_tree(site / "locale")
        updated(site)
    assert read_tree(site / "locale") == once, "a second update writes nothing"
    found = [line for line in lines(site)[before:] if line["how"] != "deleted"]
    assert [(one["page"], one["block"], one["how"], one["severity"], one["reasons"][0]) for one in found] == wanted  # type: ignore[index]
    assert all(one["was"] is one["now"] is None for one in found), "it is about no message"
    assert not project_of(site).log.findings


def test_what_an_older_version_did_not_note_is_no_edit(site: Path) -> None:
    path = site / occurrences.OCCURRENCES_PATH
    path.write_text(
        "".join(line for line in path.read_text().splitlines(True) if not line.startswith(("  = ", "# After")))
    )
    swap("| 20 |", "| 200 |")(site)
    updated(site)
    assert lines(site) == [] and '  = text ["do-not", "200"]' in path.read_text()


def test_a_merge_conflict_in_the_list_costs_nothing(site: Path) -> None:
    path = site / occurrences.OCCURRENCES_PATH
    path.write_text(path.read_text().replace("  = fact", "<<<<<<< ours\n=======\n>>>>>>> theirs\n  = fact", 1))
    updated(site)
    assert lines(site) == [] and "<<<" not in path.read_text()
