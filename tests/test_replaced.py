"""A replacement in the whole catalog (`:%s` of an editor) that writes in `#~` lines as well as in the text that it mends."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.catalog import po_file
from pipeline.commands.check import check
from tests.conftest import Make, project_of, translate, updated

PO, FORMER = "locale/es/LC_MESSAGES/messages.po", "locale/es/former.jsonl"
TEXT = "Wait for 10 minutes and call us."


def edited(root: Path) -> Path:
    """A site whose English got another number, its catalog in step."""
    page = root / "source/index.md"
    page.write_text(page.read_text("utf-8").replace("10 minutes", "20 minutes"), "utf-8")
    updated(root)
    return root / PO


def unmarked(path: Path) -> None:
    """Take the mark and `#|` off the live entry, as a translator does by hand."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(("#, fuzzy\n", "#| "))), "utf-8")


@pytest.mark.parametrize("mended", ["20 minutos", "veinte minutos"])
def test_a_text_that_was_mended_along_with_its_obsolete_entry_is_new(make: Make, mended: str) -> None:
    root = make({"index.md": f"# A\n\n{TEXT}\n"}, locales=("es",))
    translate(root, {TEXT: "Espere 10 minutos y llámenos."})
    path = edited(root)
    before = (root / FORMER).read_bytes()
    path.write_text(path.read_text("utf-8").replace("10 minutos", mended), "utf-8")
    unmarked(path)
    assert [one for one in check(project_of(root)) if one.code == "unchanged-since-edit"] == []
    updated(root)
    assert (root / FORMER).read_bytes() == before, "no pair that never was"
    assert [entry.fuzzy for entry in po_file.load(root, PO).entries if mended in entry.strings[0]] == [False, False]
    assert [one for one in check(project_of(root)) if one.code == "unchanged-since-edit"] == []


def test_a_text_that_was_only_unmarked_is_the_old_one(make: Make) -> None:
    root = make({"index.md": f"# A\n\n{TEXT}\n"}, locales=("es",))
    translate(root, {TEXT: "Espere 10 minutos y llámenos."})
    path = edited(root)
    path.write_text(path.read_text("utf-8").replace("llámenos.", "llámenos"), "utf-8")  # a full stop, in both
    unmarked(path)
    assert [one.code for one in check(project_of(root)) if one.code == "unchanged-since-edit"]
