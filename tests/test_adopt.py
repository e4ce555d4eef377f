"""Adopting the catalogs of other tools: each translation under its own English or kept, and said; on what the tools really write."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path

import pytest

from pipeline.adoption import Fate
from pipeline.adoption.foreign import language, same_page, tool_of
from pipeline.catalog import Entry, po_file
from pipeline.cli.main import main
from pipeline.commands import adopt as adopting
from pipeline.commands.adopt import Adoption
from pipeline.core.locales import make as locale
from pipeline.core.model import Key
from tests.conftest import Make, material, project_of, read_tree, updated
from tests.sites import full

FIELD = Path(__file__).parent / "adoption"
"""A page of ours, and what the tools of the field extracted of it and of its Spanish."""
PO = "locale/es/LC_MESSAGES/messages.po"
HEADER = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
DIALECT = 'dialect = ["common", "github"]\n'


def catalog(root: Path, text: str, name: str = "es.po") -> Path:
    """A catalog of another tool."""
    path = root.parent / "theirs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + text, "utf-8")
    return path


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def entry(msgid: str, msgstr: str, above: str = "") -> str:
    return f"{above}msgid {quoted(msgid)}\nmsgstr {quoted(msgstr)}\n\n"


def adopted(root: Path, *paths: Path, write: bool = True) -> Adoption:
    return adopting.adopt(project_of(root), paths, write=write)


def fates(found: Adoption) -> list[Fate]:
    return [one.fate for one in found.languages[0].accounts if one.fate is not Fate.EMPTY]


def live(root: Path) -> dict[Key, Entry]:
    return po_file.load(root, PO).live()


def said(root: Path, msgid: str, context: str | None = None) -> str:
    """The translation that readers get of a text, "" where it is fuzzy or missing."""
    found = live(root)[Key(context, msgid)]
    return "" if found.fuzzy else found.strings[0]


# What the tools of the field write ------------------------------------------------------------------------------------

TOOLS = [
    # catalog, tool, live, kept, texts of the page that the tool does not extract
    ("po4a-markdown", "po4a", 21, 3, []),
    ("po4a-neverwrap", "po4a", 21, 3, []),
    ("po4a-nobullets", "po4a", 18, 3, []),
    ("po4a-text", "po4a", 20, 4, []),
    ("mdpo", "mdpo", 25, 2, ["Raw <b>HTML</b> text."]),
    ("sphinx", "sphinx", 25, 1, ["Caring for your pump", "What to do each day.", "Raw <b>HTML</b> text."]),
    ("translate-toolkit", "translate-toolkit", 25, 6, ["Raw <b>HTML</b> text."]),
]


@pytest.mark.parametrize(("name", "tool", "count", "kept", "missing"), TOOLS, ids=[row[0] for row in TOOLS])
def test_what_a_tool_extracted_of_a_page_is_live(
    make: Make, name: str, tool: str, count: int, kept: int, missing: list[str]
) -> None:
    root = make({"page.md": (FIELD / "page.md").read_text("utf-8")}, extra=DIALECT)
    found = adopted(root, FIELD / f"{name}.es.po")
    assert found.sources[0].tool == tool and found.sources[0].locale == "es" and not found.findings
    one = found.languages[0]
    assert (one.sum("live"), one.sum("fuzzy"), one.sum("kept"), one.withheld) == (count, 0, kept, ())
    page = [key for key, row in live(root).items() if row.references == ("source/page.md",) and not any(row.strings)]
    assert [key.msgid for key in page if key.context != "callout"] == missing
    assert said(root, "Setext title") == "Título setext" and said(root, "Its definition.") == "Su definición."
    link = next(key.msgid for key in live(root) if key.msgid.startswith("Read [the book]"))
    assert said(root, link).startswith("Lea [el libro](book.md)") and "{1}" not in said(root, link)


# What two extractors do differently ------------------------------------------------------------------------------------

PAGE = """\
---
title: The pump
---

# Your pump {#pump}

Call *us* at [the clinic][c] now.

- Rest for a day
- Eat **well**

| Day | Dose |
|-----|------|
| Monday | one |

A line\\
and another.

Take 2 tablets.

```sh
lockstep check  # look at it
```

[c]: https://example.org/
"""
TABLED = (
    "".join(f"    {at}{' ' * 18}0{' ' * 18}{at}  no_bom    text    file-{at}.txt\n" for at in range(8)) + "and no more"
)
"""What a program prints, and a line below: each line of it was read in every way that its spaces can be parted (2 to the 70th)."""
CASES = [
    # theirs, its translation, what becomes of it, the message here, its text here
    ("Take 2 tablets.", "Tome 2 tabletas.", Fate.EXACT, "Take 2 tablets.", "Tome 2 tabletas."),
    ("Take 2  tablets.\n", "Tome 2 tabletas.\n", Fate.SPACES, "Take 2 tablets.", "Tome 2 tabletas."),
    ("Call _us_ at [the clinic](https://example.org/) now.", "Llame.", Fate.WRITTEN, "Call *us* at [the clinic][c] now.", "Llame."),
    ("A line and another.", "Una y otra.", Fate.WRITTEN, "A line\\\nand another.", "Una y otra."),
    ("# Your pump {#pump}", "# Su bomba {#pump}", Fate.BLOCK, "Your pump", "Su bomba"),
    ("Your pump {#pump}", "Su bomba {#bomba}", Fate.BLOCK, "Your pump", "Su bomba"),
    ("* Rest for a day\n* Eat **well**\n", "* Descanse\n* Coma **bien**\n", Fate.SPLIT, "Eat **well**", "Coma **bien**"),
    ("| Day | Dose | |---|---| | Monday | one |", "| Día | Dosis | |---|---| | Lunes | una |", Fate.SPLIT, "Monday", "Lunes"),
    ("take 2 tablets", "tome 2 tabletas", Fate.LOOKS, "Take 2 tablets.", "tome 2 tabletas"),
    ("Take 3 tablets.", "Tome 3 tabletas.", Fate.EDITED, "Take 2 tablets.", ""),
    ("Do not take 2 tablets.", "No tome 2 tabletas.", Fate.EDITED, "Take 2 tablets.", ""),
    ("* Rest for a day\n* Eat **well**\n", "Descanse y coma bien.", Fate.UNSPLIT, "Eat **well**", ""),
    ("lockstep check  # look at it\n", "lockstep check  # mire\n", Fate.CODE, "Take 2 tablets.", ""),
    ("[c]: https://example.org/", "[c]: https://example.org/es", Fate.DEFINITION, "Take 2 tablets.", ""),
    ("A text of another site altogether", "Otro texto", Fate.GONE, "Take 2 tablets.", ""),
    (TABLED, TABLED.replace("file", "archivo"), Fate.GONE, "Take 2 tablets.", ""),
    (TABLED.removesuffix("and no more"), "    archivos", Fate.CODE, "Take 2 tablets.", ""),
    ("`code`", "`code`", Fate.WORDLESS, "Take 2 tablets.", ""),
    (":::danger:‼️", ":::danger:‼️", Fate.WORDLESS, "Take 2 tablets.", ""),
    ("::: tip", "::: tip", Fate.WORDLESS, "Take 2 tablets.", ""),
    ("<style>\n.a { content: \"b\" }\n</style>", "<style>\n.a { content: \"b\" }\n</style>", Fate.WORDLESS, "Take 2 tablets.", ""),
    ("<Tabs>\n  <TabItem value=\"a\">\n    Rest for a day\n", "<Tabs>\n  <TabItem value=\"a\">\n    Descanse\n", Fate.BLOCK, "Rest for a day", "Descanse"),
    ("    - Rest for a day\n  </TabItem>\n  <TabItem value=\"b\">\n    Eat **well**\n", "    - Descanse\n  </TabItem>\n  <TabItem value=\"b\">\n    Coma **bien**\n", Fate.SPLIT, "Eat **well**", "Coma **bien**"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("theirs", "text", "fate", "here", "shown"), CASES, ids=[f"{row[2].name}-{row[0][:20]!r}" for row in CASES]
)
def test_a_translation_by_its_cause(make: Make, theirs: str, text: str, fate: Fate, here: str, shown: str) -> None:
    root = make({"index.md": PAGE}, extra='dialect = ["common", "ids"]\n')
    found = adopted(root, catalog(root, entry(theirs, text)))
    assert fates(found) == [fate] and not found.findings
    assert said(root, here) == shown
    body = (root / PO).read_text("utf-8")
    assert fate.live or json.dumps(text, ensure_ascii=False).strip('"').split("\\n")[0] in body, "nothing is dropped"
    if fate is Fate.EDITED:
        offered = live(root)[Key(None, here)]
        assert offered.previous and offered.previous.key == Key(None, theirs) and offered.strings == (text,)
        assert any(note.startswith("adopted from") and "differs: " in note for note in offered.notes)
    elif not fate.live:
        assert any(
            one.obsolete and one.key.msgid == theirs and one.strings == (text,)
            for one in po_file.load(root, PO).entries
        )


def test_several_there_are_one_here_and_the_title_of_the_front_matter_is_of_its_page(make: Make) -> None:
    root = make(
        {
            "index.md": "---\ntitle: The pump\n---\n\n# The pump\n\nFirst part  \nsecond part.\n",
            "other.md": "# The pump\n",
        }
    )
    text = (
        entry("The pump", "La bomba", "#: docs/index.md:2\n")
        + entry("First part  \n", "Primera parte  \n", "#: docs/index.md:6\n")
        + entry("second part.", "segunda parte.", "#: docs/index.md:7\n")
    )
    found = adopted(root, catalog(root, text))
    assert fates(found) == [Fate.EXACT, Fate.JOINED, Fate.JOINED]
    assert said(root, "First part  \nsecond part.") == "Primera parte  \nsegunda parte."
    assert said(root, "The pump", "title") == said(root, "The pump") == "La bomba"


def test_a_meaning_is_no_place(make: Make) -> None:
    """A context by which a tool tells places apart is none; one that an author gave is never crossed."""
    root = make({"index.md": "# Home\n\nOpen the valve.\n\nClose the lid.\n"})
    text = entry("Open the valve.", "Abra la válvula.", 'msgctxt "verb"\n') + entry(
        "Close the lid.", "Cierre la tapa.", 'msgctxt "index.md:4"\n'
    )
    found = adopted(root, catalog(root, text))
    assert fates(found) == [Fate.EDITED, Fate.EXACT]
    assert said(root, "Open the valve.") == "" and said(root, "Close the lid.") == "Cierre la tapa."
    offered = live(root)[Key(None, "Open the valve.")]
    assert offered.previous and offered.previous.key == Key("verb", "Open the valve.")
    assert any(line.startswith("taken over, for another English: ") for line in offered.extracted)
    before = read_tree(root / "locale")
    updated(root)
    assert read_tree(root / "locale") == before


# What is respected ------------------------------------------------------------------------------------------------------


def test_flags_notes_drafts_and_people_are_kept(make: Make) -> None:
    root = make({"index.md": "# Home\n\nOne text.\n\nTwo texts.\n\nThree texts.\n"}, notices=False)
    path = catalog(
        root,
        entry("One text.\n", "Un texto.\n", "# ask Ana\n#. type: Plain text\n#, no-wrap, no-c-format\n")
        + entry("Two texts.", "Dos.", '#, fuzzy\n#| msgid "Two text."\n')
        + '#~ msgid "Three texts."\n#~ msgstr "Tres textos."\n\n#~ msgid "Gone."\n#~ msgstr "Ido."\n',
    )
    path.write_text(
        "# Copyright (C) 2024 Ana Ruiz\n"
        + path.read_text().replace('"Language: es\\n"', '"Last-Translator: Ana <a@example.org>\\n"\n"Language: es\\n"')
    )
    found = adopted(root, path)
    assert fates(found) == [Fate.SPACES, Fate.DRAFT, Fate.EXACT, Fate.OBSOLETE]
    one, two = live(root)[Key(None, "One text.")], live(root)[Key(None, "Two texts.")]
    assert one.notes == ("ask Ana",) and one.flags == ("no-c-format",)
    assert two.fuzzy and two.strings == ("Dos.",) and two.previous and two.previous.key.msgid == "Two text."
    assert said(root, "Three texts.") == "Tres textos."
    ours = po_file.load(root, PO)
    assert ours.metadata("Last-Translator") == "Ana <a@example.org>" and ours.header
    assert "Copyright (C) 2024 Ana Ruiz" in ours.header.notes


def test_what_is_there_wins_and_the_other_is_kept(make: Make) -> None:
    root = make({"index.md": "# Home\n\nOne text.\n"})
    adopted(root, catalog(root, entry("One text.", "Un texto.")))
    found = adopted(root, catalog(root, entry("One text.", "Uno solo.")))
    account = next(one for one in found.languages[0].accounts if one.fate is Fate.OTHER)
    assert "Un texto." in account.why and said(root, "One text.") == "Un texto."
    assert any("Uno solo." in note for note in live(root)[Key(None, "One text.")].notes)


def test_of_several_pages_the_translation_that_most_have_is_used(make: Make) -> None:
    root = make({"a.md": "# Home\n\nExamples\n"})
    paths = [
        catalog(root, entry("Examples", text), f"{page}.es.po")
        for page, text in (("a", "Exemplos"), ("b", "Ejemplos"), ("c", "Ejemplos"))
    ]
    found = adopted(root, *paths)
    assert said(root, "Examples") == "Ejemplos" and fates(found) == [Fate.OTHER, Fate.EXACT, Fate.EXACT]


def test_twice_is_once_and_update_changes_nothing(make: Make) -> None:
    root = make({"index.md": PAGE})
    rows = {row[0]: row for row in CASES if row[2] not in {Fate.EXACT, Fate.SPACES, Fate.LOOKS}}
    path = catalog(root, "".join(entry(theirs, text) for theirs, text, *_ in rows.values()))
    first = adopted(root, path)
    assert PO in first.written and Fate.EDITED in fates(first)
    before = read_tree(root)
    assert not adopted(root, path).written and read_tree(root) == before
    assert main(["update", "--root", str(root)]) == 0 and read_tree(root) == before


def test_a_dry_run_says_the_same_and_writes_nothing(make: Make) -> None:
    root = make({"index.md": PAGE})
    path = catalog(root, "".join(entry(theirs, text) for theirs, text, *_ in {row[0]: row for row in CASES}.values()))
    before = read_tree(root)
    dry = adopted(root, path, write=False)
    assert read_tree(root) == before
    assert fates(dry) == fates(adopted(root, path))


@pytest.mark.parametrize("runs", [0, 1], ids=["before an update", "after one"])
def test_a_catalog_that_was_put_in_place_as_it_is(make: Make, runs: int) -> None:
    """Where an update has made guesses of its texts, they are known as translations afterwards."""
    root = make({"index.md": "# Palettes\n\nThis is *important* for\nall.\n\nA plain one.\n"})
    text = (
        entry("# Palettes", "# Palette")
        + entry("This is _important_ for all.\n", "È _importante_.\n")
        + entry("A plain one.", "Una.")
    )
    (root / PO).write_text((root / PO).read_text("utf-8") + "\n" + text, "utf-8")
    kept = (root / PO).read_bytes()
    for _ in range(runs):
        updated(root)
    theirs = root.parent / "es.po"
    theirs.write_bytes(kept)
    adopted(root, root / PO if not runs else theirs)
    assert (said(root, "Palettes"), said(root, "This is *important* for all.")) == ("Palette", "È _importante_.")
    before = read_tree(root)
    updated(root)
    assert read_tree(root) == before
    assert main(["build", "--root", str(root)]) == 0
    assert "Palette</h1>" in (root / "dist/es/index.html").read_text("utf-8")


# Which language, which tool, which page ---------------------------------------------------------------------------------

NAMES = [
    # header, path, locales of the site, the locale ("" for none)
    ("es", "po/x.po", "es fr", "es"),
    ("", "po/fr.po", "es fr", "fr"),
    ("", "guide.es.po", "es fr", "es"),
    ("", "fr/LC_MESSAGES/guide.po", "es fr", "fr"),
    ("", "locale_es.po", "es fr", "es"),
    ("zh-CN", "po/zh-CN.po", "zh_Hans", "zh_Hans"),
    ("zh_TW", "po/zh_TW.po", "zh_Hans zh_Hant", "zh_Hant"),
    ("pt_BR", "pt_BR.po", "pt pt_BR", "pt_BR"),
    ("pt_PT", "x.po", "pt pt_BR", "pt"),
    ("es", "po/fr.po", "es fr", ""),
    ("de", "po/de.po", "es fr", ""),
    ("", "po/guide.po", "es fr", ""),
]


@pytest.mark.parametrize(("header", "path", "names", "wanted"), NAMES)
def test_the_language_of_a_catalog(header: str, path: str, names: str, wanted: str) -> None:
    text = f'msgid ""\nmsgstr ""\n"Language: {header}\\n"\n'
    found, why = language(po_file.parse(path, text.encode()), Path(path), [locale(name) for name in names.split()])
    assert found == wanted and bool(why) == (not wanted)


@pytest.mark.parametrize(
    ("theirs", "ours", "same"),
    [
        ("src/a/b", "source/a/b.md", True),
        ("docs/a/index", "source/a.md", True),
        ("index", "source/index.md", True),
        ("src/c/b", "source/a/b.md", False),
        ("b", "source/a/b.md", True),
        ("a/x", "source/x/a.md", False),
    ],
)
def test_the_page_of_an_entry(theirs: str, ours: str, same: bool) -> None:
    assert same_page(theirs, ours) is same


@pytest.mark.parametrize("name", [row[0] for row in TOOLS])
def test_the_tool_that_made_a_catalog(name: str) -> None:
    path = FIELD / f"{name}.es.po"
    assert tool_of(po_file.parse(path.name, path.read_bytes())) == next(row[1] for row in TOOLS if row[0] == name)


# At the door --------------------------------------------------------------------------------------------------------------


def test_what_a_person_sees(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": PAGE})
    path = catalog(
        root, entry("Rest for 3 days", "Descanse 3 días") + entry("Take  2 tablets.", "Tome [2](x) tabletas.")
    )
    words = ["adopt", str(path), "--root", str(root)]
    assert main(words) == 0
    text = capsys.readouterr().out
    for line in (
        "1 of the 1 whose English is a text of this site are live (100 %)",
        f"{path}:",
        "number and time: for 3 days → day",
        "Nothing was written.",
        "it brings a link to x",
    ):
        assert line in text
    assert main([*words, "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["languages"]
    assert found["causes"] == {"spaces": 1, "edited": 1} and [one["became"] for one in found["entries"]] == [
        "fuzzy",
        "live",
    ]
    assert main([*words, "--format", "markdown"]) == 0 and "| live here | 1 |" in capsys.readouterr().out
    assert main([*words, "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert "<del>3 days</del>" in page and "<ins>a day</ins>" in page and 'lang="es"' in page and "<script" not in page
    assert main([*words, "--write"]) == 0 and f"{PO}: written" in capsys.readouterr().out


def test_what_cannot_be_read_is_said_and_the_rest_is_taken_over(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": PAGE})
    path = catalog(root, entry("Take 2 tablets.", "Tome 2.") + 'msgid "Your pump"\nmsgstr "Su "bomba"\n')
    catalog(root, entry("Your pump", "Ihre Pumpe"), "de.po").write_text('msgid ""\nmsgstr ""\n"Language: de\\n"\n')
    assert main(["adopt", str(path.parent), "--root", str(root), "--write"]) == 1
    text = capsys.readouterr().out
    assert re.search(r"es\.po:\d+: error \[catalog\].*not taken over", text) and "no language of this site" in text
    assert said(root, "Take 2 tablets.") == "Tome 2."
    assert main(["adopt", str(root / "nowhere"), "--root", str(root)]) == 2
    assert main(["adopt", str(path.parent / "de.po"), "--root", str(root)]) == 2


def test_a_catalog_of_ours_that_cannot_be_written_is_no_slip_of_theirs(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make({"index.md": PAGE})
    path = catalog(root, entry("Take 2 tablets.", "Tome 2."))
    before = (root / PO).read_bytes()
    with full("messages.po"):
        assert main(["adopt", str(path), "--root", str(root), "--write"]) == 2
    text = "".join(capsys.readouterr())
    assert PO in text and os.strerror(errno.ENOSPC) in text and (root / PO).read_bytes() == before


# On material that nobody here wrote ------------------------------------------------------------------------------------


def test_a_book_of_the_field(make: Make) -> None:
    """What of its approved translations has its English here is live, but for what is named."""
    docs = material("walrus-docs")
    pages = {
        path.relative_to(docs / "docs").as_posix(): path.read_text("utf-8")
        for path in sorted((docs / "docs").rglob("*.md"))
    }
    root = make(pages, locales=("zh_CN",), notices=False)
    one = adopted(root, docs / "po", write=False).languages[0]
    shown = one.sum("live", approved=True)
    assert shown >= 985 and shown >= 0.97 * one.placeable
    named = {fate for fate in Fate if one.counts.get(fate) and not fate.live}
    assert named <= {
        Fate.EMPTY,
        Fate.DRAFT,
        Fate.EDITED,
        Fate.OTHER,
        Fate.PARTLY,
        Fate.UNSPLIT,
        Fate.CODE,
        Fate.BESIDE,
        Fate.MENU,
        Fate.WORDLESS,
        Fate.GONE,
        Fate.OBSOLETE,
    }
