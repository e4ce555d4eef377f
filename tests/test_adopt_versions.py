"""Adopting copies: which of the places that may have them belongs to the source."""

from __future__ import annotations

import pytest

from pipeline.cli.main import main
from pipeline.commands import adopt_pages, copies
from pipeline.commands.copies import Where
from pipeline.core.model import Key
from tests.conftest import Make, project_of, updated
from tests.test_adopt_pages import ENGLISH, SPANISH, commit, live, site, theirs

PLUGIN = "i18n/es/docusaurus-plugin-content-docs"
VERSIONS = [
    # where the right copy of one page is, the other place with more, the English that is ours, whether it is known which is right
    (f"{PLUGIN}/current", f"{PLUGIN}/version-1.0", "docs", True),
    (f"{PLUGIN}/version-1.0", f"{PLUGIN}/current", "versioned_docs/version-1.0", True),
    ("docs/es", "backup/2019/es", "docs/en", True),
    ("docs/es", "docs.bak/es", "", True),
    ("docs/es", "old/es", "", True),
    ("content/es", "content/es/v1", "content/en", True),
    ("content/v2/es", "content/v1/es", "content/v2/en", True),
    ("docs/es", "website/es", "docs/en", True),
    ("docs/es", "website/es", "", False),
    ("", "docs/v1/es", "", False),
    ("", "archive/es", "docs/en", False),
]


@pytest.mark.parametrize(("right", "other", "english", "known"), VERSIONS)
def test_copies_of_another_version_are_not_taken(
    make: Make, right: str, other: str, english: str, known: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """The place with most pages was taken, and no other named."""
    root = site(make)
    there = theirs(root)
    pages = {f"{other}/pump.md": SPANISH.replace("agua", "vino"), f"{other}/guide.md": "# Guía\n\nComo antes.\n"}
    if right:
        pages |= {f"{right}/pump.md": SPANISH}
    if english:
        pages |= {f"{english}/{name}": (root / "source" / name).read_text("utf-8") for name in ("pump.md", "guide.md")}
    commit(there, "2026-01-01", pages)
    search = copies.search(project_of(root), there)
    assert search.found.get("es") == (Where(there / right) if known else None)
    assert any(str(there / other) in one.said for one in search.left)
    if english:
        assert search.found["en"] == Where(there / english)
    assert main(["adopt", "--root", str(root), "--pages", str(there), "--write"]) in ({0, 1} if known else {2})
    said = "".join(capsys.readouterr())
    assert str(there / other) in said and (known or "say es=" in said or "Say which" in said)
    assert live(root)[Key(None, "Drink water.")].strings in ((("Beba agua.",),) if known else (("",),))


def test_a_source_whose_pages_say_their_language(make: Make) -> None:
    """`pump.en.md` stood at /pump.en/ without a word, and its copy was of no page."""
    root = make({"pump.en.md": ENGLISH, "guide.md": "# Guide\n\nHow to use it.\n"})
    updated(root)
    (said,) = [one for one in project_of(root).content.findings if one.code == "slug"]
    assert said.span.path == "source/pump.en.md" and "Call it source/pump.md:" in said.text
    there = theirs(root)
    commit(there, "2026-01-01", {"docs/pump.en.md": ENGLISH, "docs/pump.es.md": SPANISH, "docs/guide.md": "# Guide\n"})
    search = copies.search(project_of(root), there)
    assert search.found["es"] == Where(there / "docs", "{page}.es.md")
    made, _, _ = adopt_pages.adopt(project_of(root), {"es": search.found["es"]}, search.found["en"], write=True)
    assert (made[0].pages, made[0].dated, made[0].missing) == (1, 1, [])
    assert live(root)[Key(None, "Drink water.")].strings == ("Beba agua.",)
