"""`lockstep impact` names every block whose page will look otherwise, every review that ends, every language that goes; and one
word in the notices costs no reader a language."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections import namedtuple
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli.main import main
from tests.conftest import Make, built, lay_out, once, project_of, translate, updated
from tests.sites import on
from tests.test_page_digest import said_of, sign, swap

NOTICES = "templates/notices.html"
RULES = """
[tool.lockstep.policy]
origin = "machine"
machine = "serve-with-notice"

[[tool.lockstep.policy.rules]]
classes = ["dosing"]
machine = "english"
"""
PAGE = """---
title: Doses
class: plain
---

# Doses

Take {clinic.dose} now.

- Rest
- Drive

Call us on {clinic.hours}.

| Drug | Limit |
| ---- | ----: |
| Baclofen | 20 |

<!-- i18n: skip -->

Keep this in English.
"""
DATA = "name: Clinic\nclinic:\n  dose: 5 mg\n  hours: Monday to Friday\n"
WORDS = {
    "Doses": "Dosis",
    "Take {clinic.dose} now.": "Tome {clinic.dose} ahora.",
    "Rest": "Descansar",
    "Drive": "Conducir",
    "Call us on {clinic.hours}.": "Llámenos de {clinic.hours}.",
    "Monday to Friday": "lunes a viernes",
    "Drug": "Medicamento",
    "Limit": "Límite",
    "Baclofen": "Baclofeno",
    "Clinic": "Clínica",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return laid_out(tmp_path / "site")


@once
def laid_out(root: Path) -> None:
    """A page with everything on it, translated and built on the first day."""
    lay_out(root, {"index.md": PAGE}, data=DATA, extra=RULES)
    path = root / "pyproject.toml"
    path.write_text(path.read_text().replace('"nav.label"]', '"nav.label", "clinic.hours"]'))
    with on(0):
        translate(root, WORDS)
        built(root)


def told(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["impact", "--root", str(root), "--format", "json", *words]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def blocks(root: Path) -> dict[str, dict[str, Any]]:
    """What the manifest says of the Spanish page's blocks, less who they are."""
    found = said_of(root, "es")["es/index.html"]["blocks"]
    return {found[name]["message"]: {**found[name], "message": ""} for name in found}


def named(found: dict[str, Any]) -> set[str]:
    """Every block, page or fact that an impact speaks of."""
    names = {one for edit in found["edited"] for one in edit["blocks"]}
    names |= {one["block"] for key in ("new", "turns", "critical") for one in found[key]} | set(found["reordered"])
    names |= {where for one in found["beside"] for where in (f"{one['file']}#{one['name']}", *one["blocks"])}
    return {name.removeprefix("source/index.md#") for name in names} | {one["locale"] for one in found["unpublished"]}


LOOKS: list[tuple[str, Callable[[Path], None], set[str]]] = [
    ("a critical directive on a paragraph", swap("Take {clinic", "<!-- i18n: critical -->\n\nTake {clinic"), {"doses.1"}),
    ("a critical directive on a list", swap("- Rest", "<!-- i18n: critical -->\n\n- Rest"), {"doses.2", "doses.3"}),
    ("the class of the page", swap("class: plain", "class: dosing"), {"title", "doses.0", "doses.1", "doses.2", "doses.3", "doses.4", "doses.5", "doses.6", "doses.7", ""}),
    ("a fact", swap("5 mg", "50 mg", "site.yaml"), {"source/site.yaml#clinic.dose", "doses.1"}),
    ("a fact that is translated", swap("Monday to Friday", "Monday to Thursday", "site.yaml"), {"source/site.yaml#clinic.hours", "doses.4"}),
    ("a skip block", swap("Keep this", "Never keep this"), {"doses"}),
    ("a bare number", swap("| 20 |", "| 200 |"), {"doses"}),
    ("a skip directive", swap("Call us on", "<!-- i18n: skip -->\n\nCall us on"), {"doses"}),
    ("a skip directive taken away", swap("<!-- i18n: skip -->\n\n", ""), {"doses", "doses.8"}),
    ("two items swapped", swap("- Rest\n- Drive", "- Drive\n- Rest"), {"doses.2"}),
    ("a notice", lambda root: notice(root, "A machine translated this part.", "A machine has translated this part."), {"templates/notices.html#interface.3"}),
]  # fmt: skip


def notice(root: Path, old: str, new: str) -> None:
    path = root / NOTICES
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(("name", "change", "wanted"), LOOKS, ids=[row[0] for row in LOOKS])
def test_what_looks_otherwise_is_named(
    site: Path, capsys: pytest.CaptureFixture[str], name: str, change: Callable[[Path], None], wanted: set[str]
) -> None:
    with on(0):
        assert named(told(site, capsys)) == set()
    with on(1):
        found = nothing_more(site, capsys, change)
    assert named(found) == wanted


def nothing_more(root: Path, capsys: pytest.CaptureFixture[str], *changes: Callable[[Path], None]) -> dict[str, Any]:
    """What is told of some changes; every block that then looks otherwise is told of."""
    before = blocks(root)
    for change in changes:
        change(root)
    for form in ((), ("--format", "markdown")):
        assert main(["impact", "--root", str(root), *form]) == 0
        assert "english text changed" not in capsys.readouterr().out.casefold()
    found = told(root, capsys)
    updated(root)
    built(root)
    after = blocks(root)
    otherwise = {key for key in before.keys() & after.keys() if before[key] != after[key]}
    places = {ident: place.block for ident, place in idents(root).items()}
    assert {places[key] for key in otherwise if key in places} <= named(found), "nothing more looks otherwise"
    return found


@settings(max_examples=20)
@given(st.lists(st.sampled_from([row[1] for row in LOOKS]), min_size=2, max_size=4, unique=True))
def test_of_several_changes_too(changes: list[Callable[[Path], None]]) -> None:
    """A law: in any order, on one page."""
    capsys = io.StringIO()
    with tempfile.TemporaryDirectory(prefix="lockstep-law-") as folder, redirect_stdout(capsys):
        root = laid_out(Path(folder) / "site")
        with on(1):
            nothing_more(root, Captured(capsys), *(whole(change) for change in changes))  # type: ignore[arg-type]


def whole(change: Callable[[Path], None]) -> Callable[[Path], None]:
    """A change that does nothing where another took its text away."""

    def tried(root: Path) -> None:
        with suppress(AssertionError):
            change(root)

    return tried


class Captured:
    """What pytest's `capsys` does, for a law."""

    def __init__(self, out: io.StringIO) -> None:
        self.out = out

    def readouterr(self) -> Any:
        text = self.out.getvalue()
        self.out.seek(0)
        self.out.truncate()
        return namedtuple("Read", "out err")(text, "")


def idents(root: Path) -> dict[str, Any]:
    from pipeline.core.model import ident

    return {ident(place.key): place for place in project_of(root).occurrences["source/index.md"]}


def test_the_class_of_a_page_says_which_blocks_turn_english(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    swap("class: plain", "class: dosing")(site)
    found = told(site, capsys)
    assert {turn["to"] for turn in found["turns"]} == {"english"} and len(found["turns"]) == 9
    assert [(one["kind"], one["was"], one["now"]) for one in found["beside"]] == [("class", "plain", "dosing")]
    updated(site)
    swap("class: dosing", "class: plain")(site)
    found = told(site, capsys)
    assert {turn["to"] for turn in found["turns"]} == {"translated"} and len(found["turns"]) == 9, (
        "and what is let out again"
    )


@pytest.mark.parametrize("change", [swap("5 mg", "50 mg", "site.yaml"), swap("| 20 |", "| 200 |")])
def test_the_reviews_that_end_are_named_once(
    site: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], None]
) -> None:
    with on(0):
        sign(site, "es", "reviser", "Omar", "index", "site.yaml")
        sign(site, "en", "clinician", "Lee", "index", "site.yaml")
        assert told(site, capsys)["reviews"] == []
    with on(1):
        change(site)
        assert told(site, capsys)["reviews"] == [{"page": "source/index.md", "locales": ["en", "es"]}]
        assert main(["impact", "--root", str(site)]) == 0
        assert (
            "The review of the page ends, until somebody signs again\n  source/index.md: en es"
            in capsys.readouterr().out
        )
        updated(site)
        assert told(site, capsys)["reviews"] == [], "it is no news any more"


def test_a_language_below_its_share_is_named_before_it_goes(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    with on(0):
        root = make(
            {"index.md": "# Doses\n\nTake 5 mg now.\n\nRest for a few days.\n"},
            extra="[tool.lockstep.policy.published]\nes = 80\n",
        )
        translate(
            root,
            {"Doses": "Dosis", "Take 5 mg now.": "Tome 5 mg ahora.", "Rest for a few days.": "Descanse unos días."},
        )
    with on(1):
        swap("few days.", "few days, please.")(root)
        found = told(root, capsys)["unpublished"]
        assert [(one["locale"], one["on"]) for one in found] == [("es", "2027-02-01")], (
            "when the days of grace are over"
        )
        swap("5 mg", "50 mg")(root)
        found = told(root, capsys)["unpublished"]
        assert [(one["locale"], one["on"]) for one in found] == [("es", "")] and "asks for 80 %" in found[0]["why"]
        updated(root)
        built(root)
    assert not (root / "dist/es").exists()


EDITS: list[tuple[str, tuple[str, str], bool, bool]] = [
    ("looks alone", ("No qualified translator has reviewed it.", "No  qualified translator has reviewed it."), True, True),
    ("a word", ("A machine translated this part.", "A machine has translated this part."), True, False),
    ("a grave word", ("No qualified translator has reviewed it.", "No qualified doctor has not reviewed it."), True, False),
    ("a plural", ("parts of this page are in English", "parts of our page are in English"), True, False),
    ("a value more", ("This part is not translated yet. It is", "This part is not translated yet (%(date)s). It is"), True, False),
    ("a value less", ("was reworded on %(date)s", "was reworded"), False, False),
    ("a text more", ("{%- else %}{{ _(\"This part is", "{{ _(\"Ask your nurse.\") }}{%- else %}{{ _(\"This part is"), False, False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "edit", "stays", "passes"), EDITS, ids=[row[0] for row in EDITS])
@pytest.mark.parametrize("days", [1, 100])
def test_one_word_in_the_notices_costs_no_language(
    site: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    edit: tuple[str, str],
    stays: bool,
    passes: bool,
    days: int,
) -> None:
    """It stays, with the last good notices, and the check fails until they are translated; where it cannot, impact says so."""
    before = (site / "dist/es/index.html").read_text()
    lines = re.findall(r'<p class="notice.*?</p>', before)
    assert lines, "the page has a notice"
    with on(1):
        notice(site, *edit)
        found = told(site, capsys)
        assert [one["locale"] for one in found["unpublished"]] == ([] if stays else ["es"])
        if stays and not passes:
            assert any(turn["to"] == "kept" and turn["locales"] == ["es"] for turn in found["turns"])
        updated(site)
    with on(days):
        built(site)
        assert main(["check", "--root", str(site)]) == (0 if passes else 1)
    assert ("error [notice]" in capsys.readouterr().out) == (stays and not passes)
    assert (site / "dist/es").exists() == stays
    if stays:
        html = (site / "dist/es/index.html").read_text()
        assert re.findall(r'<p class="notice.*?</p>', html) == lines, "readers are told as before"
        assert main(["audit", "--root", str(site)]) in {0, 1}


def test_a_wrong_old_notice_is_not_kept(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was no good translation of the English before is none now."""
    path = site / "locale/es/LC_MESSAGES/messages.po"
    text = path.read_text()
    told_ = "Una máquina tradujo esta parte."
    assert told_ in text
    with on(1):
        notice(site, "A machine translated this part.", "A machine has translated this part.")
        updated(site)
        path.write_text(path.read_text().replace(told_, told_ + " 555-0142"))
        built(site)
        assert main(["check", "--root", str(site)]) == 1
    assert "error [not-published]" in capsys.readouterr().out and not (site / "dist/es").exists()
