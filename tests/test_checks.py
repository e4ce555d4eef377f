"""Every check on its own examples, and hostile translations in every kind of slot of a whole page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog import Entry, po_entry, po_file
from pipeline.checks import needs, runner
from pipeline.checks.check import CatalogRow, Check, Pair
from pipeline.checks.rules import misplaced
from pipeline.commands.check import check
from pipeline.content.inline import parse
from pipeline.core.inline import Syntax
from pipeline.core.model import Level
from pipeline.text.languages import language
from tests.conftest import REPO, Make, built, made_of, material, project_of, translate, updated


@pytest.mark.parametrize("check", runner.checks(), ids=lambda check: check.code)
def test_examples(check: Check) -> None:
    assert check.good and check.bad
    for rows, silent in ((check.good, True), (check.bad, False)):
        for locale, english, translation in rows:
            pair = Pair(
                parse(english, Syntax.MARKDOWN), parse(translation, Syntax.MARKDOWN), locale, glossary=check.glossary
            )
            asked = check.speaks is None or check.speaks(pair.language)
            said = list(check.run(pair)) if asked else []
            assert (not said) is silent, (english, translation, said)


EVERY_VERDICT = """
from pipeline.checks import runner
from pipeline.content.inline import parse
from pipeline.core.inline import Syntax
for check in runner.checks():
    for locale, *texts in (*check.good, *check.bad):
        ours, theirs = (parse(text, Syntax.MARKDOWN) for text in texts)
        print([(one.code, said) for one, said in runner.judged(ours, theirs, locale, False, False, check.glossary)[1]])
"""


def test_what_is_said_hangs_on_no_order_of_a_set() -> None:
    """Every check on every example, in processes that hash texts otherwise."""
    said = [
        subprocess.run(
            [sys.executable, "-c", EVERY_VERDICT],
            cwd=REPO,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPO)},
            check=True,
            capture_output=True,
            timeout=120,
        ).stdout.splitlines()
        for seed in "1247"
    ]
    assert len(said[0]) > 400
    assert all(lines == said[0] for lines in said)


def test_every_hidden_character_is_looked_for() -> None:
    """Where a text is printable to Python, only some are looked for: all that such a text can have."""
    printable = "".join(filter(str.isprintable, map(chr, range(0x110000))))
    assert set(needs.HIDDEN.findall(printable)) == set(needs.UNSEEN.findall(printable)) > {"&", "\u2800"}


def test_every_check_is_documented() -> None:
    said = (REPO / "docs/checks.md").read_text("utf-8")
    assert not [check.code for check in runner.every_rule() if f"`{check.code}`" not in said]


PAGE = """---
title: Slot title
description: Slot description
---
# Slot heading

Slot paragraph with a [slot link](other.md), {clinic.phone} and ![slot alt](x.png "slot title").

- Slot item

| Slot head | b |
|---|---|
| Slot cell | c |

> Slot quote

Slot term
: Slot definition[^n]

::: warning Slot box
Slot warning
:::

<p title="x">Slot html <b>bold</b></p>

[^n]: Slot note
"""
DATA = "name: Slot site\ntagline: Slot tagline\nsample: Slot sample\nclinic:\n  phone: 555-0100\nnav:\n  - page: index.md\n    label: Slot nav\n  - page: other.md\n    label: Slot other\n"


def hostile() -> list[str]:
    folder = material("payloads")
    found = [item["payload"] for item in json.loads((folder / "dompurify.json").read_text("utf-8"))]
    owasp = json.loads((folder / "owasp.json").read_text("utf-8"))
    found += [item if isinstance(item, str) else item.get("payload", "") for item in owasp]
    return [text for text in found if text and "\x00" not in text]


def test_no_payload_adds_anything_to_any_page(make: Make) -> None:
    """Each hostile string as the translation of every message of every page: nothing beyond the page untranslated, or translated word for word."""
    payloads = hostile()
    assert len(payloads) > 100
    off = '[[tool.lockstep.checks]]\ncheck = "untranslated"\nlevel = "off"\nstrict = "off"\n'
    root = make({"index.md": PAGE, "other.md": "# Slot other\n"}, data=DATA, extra=off)
    translate(root, {})
    names = ["es/index.html", "es/other/index.html", "index.html", "404.html", "status/index.html"]
    built(root)
    clean = {name: made_of((root / "dist" / name).read_text("utf-8")) for name in names}
    path = root / "locale/es/LC_MESSAGES/messages.po"
    empty = po_file.load(root, "locale/es/LC_MESSAGES/messages.po")
    same = tuple(
        entry
        if "templates/notices.html" in entry.references
        else po_entry.amended(
            entry, entry._replace(strings=(entry.key.msgid, entry.plural or "")[: len(entry.strings)])
        )
        for entry in empty.entries
    )
    path.write_text(replace(empty, entries=same).text(), "utf-8")
    built(root)  # what the templates say on a translated page is theirs to say as well
    clean = {name: parts | made_of((root / "dist" / name).read_text("utf-8")) for name, parts in clean.items()}
    for at in range(
        0, len(payloads), 8
    ):  # every entry gets a payload of its own from each group of eight, turned by one
        group = payloads[at : at + 8]
        filled = tuple(
            entry
            if "templates/notices.html" in entry.references
            else po_entry.amended(
                entry, entry._replace(strings=tuple(group[(n + at) % len(group)] for _ in entry.strings))
            )
            for n, entry in enumerate(empty.entries)
        )
        made = replace(empty, entries=filled)
        path.write_bytes(made.text().encode("utf-8", "surrogatepass"))
        built(root)
        for name in names:
            extra = made_of((root / "dist" / name).read_text("utf-8")) - clean[name]
            extra = {part: count for part, count in extra.items() if not (name.startswith("status") or allowed(part))}
            assert not extra, (name, extra, group)


def allowed(part: str) -> bool:
    """What honest marks of language may add: spans, and list items or bars of notices."""
    return part in {"<span>", "<p>", "p class", "p id", "span class", "<div>", "div class", "div id"}


CROSSED = [
    ("[a](https://x.example) <b>y</b> <!-- c -->", "<b>[y</b> a](https://x.example) <!-- c -->"),
    ("*a* <b>x</b> <!-- c -->", "*<b>a* x</b> <!-- c -->"),
    ("<b>a</b> <i>b</i>", "<b>a<i></b>b</i>"),
    ("[a](x) <a href='y'>b</a>", "[a <a href='y'>b</a>](x)"),
]


@pytest.mark.parametrize(("english", "translation"), CROSSED)
def test_markup_that_crosses_is_not_shown(english: str, translation: str) -> None:
    """Tags of the English in an order that a browser would mend by making more of them."""
    pair = Pair(parse(english, Syntax.MARKDOWN), parse(translation, Syntax.MARKDOWN), "es")
    assert any(check.level is Level.ERROR for check, _ in runner.run(pair))


def test_an_unsafe_translation_is_english_and_names_its_line(make: Make) -> None:
    root = make({"index.md": "Call us\n\nSecond\n"})
    path = translate(root, {"Call us": "Llame [aquí](https://evil.example)", "Second": "Segundo"})
    built(root)
    html = (root / "dist/es/index.html").read_text()
    assert "evil.example" not in html and 'data-state="unsafe"' in html and ">Segundo</p>" in html
    found = project_of(root)

    finding = next(f for f in check(found) if f.code == "brings")
    assert finding.level is Level.ERROR and finding.source == ("source/index.md", 1)
    assert path.read_text().split("\n")[finding.span.line - 1].startswith('msgstr "Llam')


def test_fuzzy_is_never_served(make: Make) -> None:
    root = make({"index.md": "Take 5 mg of the medicine\n"})
    translate(root, {"Take 5 mg of the medicine": "Tome 5 mg del medicamento"})
    (root / "source/index.md").write_text("Take 50 mg of the medicine\n")

    updated(root)
    built(root)
    html = (root / "dist/es/index.html").read_text()
    assert "Tome 5 mg" not in html and "Take 50 mg" in html and 'data-state="stale"' in html


def test_translations_that_slipped_or_were_swapped_are_found() -> None:
    """The sample's own Spanish catalog, with two neighbours swapped and one translation given to another text as well."""
    found = po_file.load(REPO, "locale/es/LC_MESSAGES/messages.po")
    rows = [
        CatalogRow(
            entry.key, parse(entry.key.msgid, Syntax.MARKDOWN), parse(entry.strings[0], Syntax.MARKDOWN), entry.line
        )
        for entry in found.live().values()
        if entry.plural is None and entry.translated
    ]
    spoken = language("es")
    said = {(check.code, at) for check in runner.across() for at, _ in check.run(rows, spoken)}
    assert len(said) < len(rows) / 50
    one = next(at for at, row in enumerate(rows) if row.key.msgid.startswith("Do not stop baclofen suddenly. Keep"))
    other = next(at for at, row in enumerate(rows) if row.key.msgid.startswith("A surgeon puts the pump"))
    third = next(at for at, row in enumerate(rows) if row.key.msgid.startswith("Tell the staff about your pump"))
    spoilt = list(rows)
    spoilt[one], spoilt[other] = (
        replace(rows[one], translation=rows[other].translation),
        replace(rows[other], translation=rows[one].translation),
    )
    spoilt[third] = replace(rows[third], translation=rows[third - 3].translation)
    now = {(check.code, at) for check in runner.across() for at, _ in check.run(spoilt, spoken)} - said
    assert {("misplaced", one), ("misplaced", other)} <= now
    assert any(at in {third, third - 3} for _, at in now)


@pytest.mark.parametrize(("entries", "most"), [(8, 3), (100, 25), (770, 192), (1_000, 200), (4_000, 200), (8_000, 400)])
def test_a_word_that_stands_everywhere_teaches_nothing(entries: int, most: int) -> None:
    """Of a large catalog that is one in more than a twentieth, at least 200; of others, in more than a quarter."""
    for count in (most, most + 1):
        rows = [("often",) if at < count else (str(at),) for at in range(entries)]
        assert ("often" in misplaced.Lexicon(rows, rows).ours) is (count == most)


@pytest.mark.parametrize(("most", "found"), [(150, False), (10_000, True)])
def test_a_catalog_that_is_hardly_begun_teaches_nothing(tmp_path: Path, most: int, found: bool) -> None:
    """Two long texts of the sample's Spanish catalog swapped, where 150 texts are translated and where all are."""
    for name in ("source", "locale", "templates"):
        shutil.copytree(REPO / name, tmp_path / name)
    shutil.copy(REPO / "pyproject.toml", tmp_path)
    path = "locale/es/LC_MESSAGES/messages.po"
    catalog = po_file.load(tmp_path, path)
    long = [
        entry
        for entry in catalog.entries
        if entry.plural is None and len(entry.key.msgid) > 80 and "{" not in entry.key.msgid
    ]
    one, other = long[0], long[5]
    swapped = {one.key: other.strings, other.key: one.strings}
    left = most

    def made(entry: Entry) -> Entry:
        nonlocal left
        left -= 1
        strings = swapped.get(entry.key, entry.strings if left > 0 else ("",) * len(entry.strings))
        return po_entry.amended(entry, entry._replace(strings=strings)) if strings != entry.strings else entry

    po_file.save(tmp_path, replace(catalog, entries=tuple(map(made, catalog.entries))))
    said = [one for one in check(project_of(tmp_path), names=["es"]) if one.code == "misplaced"]
    assert bool(said) is found


@pytest.mark.parametrize(
    ("locale", "english", "translation"),
    [
        ("vi", "The clinic is closed on Saturday and Sunday.", "Phòng khám đóng cửa vào thứ 7 và chủ nhật."),
        ("vi", "We are open Monday to Friday.", "Chúng tôi mở cửa từ thứ 2 đến thứ 6."),
        ("pt", "We are open Monday to Friday.", "Abrimos de 2ª a 6ª feira."),
        ("zh_Hans", "A million cases and half a million deaths were expected.", "预计会有100万起病例和50万人死亡。"),
    ],
)
def test_a_figure_for_an_english_word_is_no_number_added(locale: str, english: str, translation: str) -> None:
    pair = Pair(parse(english, Syntax.MARKDOWN), parse(translation, Syntax.MARKDOWN), locale)
    assert "number-added" not in [check.code for check, _ in runner.run(pair)]


def test_what_is_quoted_of_a_traditional_chinese_text_is_written_as_there() -> None:
    assert (
        runner.as_written("The translation says no or not (“没”), not “x”.", "沒有")
        == "The translation says no or not (“沒”), not “x”."
    )
    assert runner.as_written("It says “没”.", "没有") == "It says “没”."
