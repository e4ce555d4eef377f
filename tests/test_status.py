"""The status page: no figure says more than is so, every figure leads somewhere, and what an edit did to readers comes first."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.commands import audit
from pipeline.resolve import worklist
from tests.conftest import Make, built, project_of, translate, updated

PAGE = "# Pump\n\nTake 5 mg at night.\n\nRest well today.\n\nCall us.\n"
WORDS = {"Pump": "Bomba", "Take 5 mg at night.": "Tome 5 mg por la noche.", "Rest well today.": "Descanse bien hoy.", "Call us.": "Llámenos."}  # fmt: skip
LANGUAGES = ("es", "pt", "pt_BR", "it")
MACHINE = '\n[tool.lockstep.policy]\norigin = "machine"\n'


def site(make: Make, extra: str = "") -> Path:
    root = make({"index.md": PAGE}, locales=LANGUAGES, extra=extra)
    for name in LANGUAGES:
        translate(root, WORDS, name)
    return root


def status(root: Path) -> str:
    built(root)
    assert audit.audit(root / "dist") == []
    return (root / "dist/status/index.html").read_text()


def test_no_percentage_counts_what_a_machine_made_alone(make: Make) -> None:
    root = site(make, MACHINE)
    html = status(root)
    told = re.findall(r'class="share">(\d+%)', html)
    assert told == ["0%"] * len(LANGUAGES) and "A machine made" in html
    row = re.search(r'id="figures".*?<th scope="row">Spanish</th>(.*?)</tr>', html, re.S)
    whole = next(found.whole for found in project_of(root).coverage if found.locale == "es")
    assert row and whole.machine >= len(WORDS)
    said = (whole.total, whole.machine, whole.reviewed, whole.withheld)
    assert re.findall(r"<td>(\d+)", row[1])[:4] == [str(count) for count in said]


def test_what_people_made_may_be(make: Make) -> None:
    root = site(make, '\n[tool.lockstep.policy]\norigin = "human"\nrequire = []\n')
    whole = project_of(root).coverage[0].pages["source/index.md"]
    assert whole.said == "100%" and whole.whole and not whole.waits


def test_the_edit_that_turned_most_languages_english_comes_first(make: Make) -> None:
    """Before one that is older and grave, and turned one; a text that nobody ever translated turned nobody's page."""
    root = site(make)
    path = root / "locale/es/LC_MESSAGES/messages.po"
    path.write_text(path.read_text().replace("Llámenos.", "Llame al 911."))  # unsafe in one language
    edited = PAGE.replace("5 mg", "50 mg") + "\nNew text here.\n"
    (root / "source/index.md").write_text(edited)
    updated(root)
    project = project_of(root)
    rows = [
        row for row in worklist.rows(project.coverage, project.blocks) if row.message.span.path == "source/index.md"
    ]
    turned = {row.message.key.msgid: len(row.turned) for row in rows}
    assert next(iter(turned)) == "Take 50 mg at night." and [*turned][-1] == "New text here."
    assert (turned["Take 50 mg at night."], turned["Call us."], turned["New text here."]) == (4, 1, 0)
    html = status(root)
    first = html.partition('id="edits"')[2].partition("</li>")[0]
    assert "English now in 4" in first and 'href="../pt-BR/index.html"' in first and "source/index.md:3" in first


def test_who_waits_for_whom(make: Make) -> None:
    root = site(
        make, '\n[tool.lockstep.policy]\nrequire = ["reviser", "clinician"]\nunreviewed = "serve-with-notice"\n'
    )
    (root / "source/index.md").write_text(PAGE.replace("5 mg", "50 mg"))
    updated(root)
    waits = project_of(root).coverage[0].pages["source/index.md"].waits
    assert waits == {"clinician": 3, "reviser": 3, "translator": 1}
    html = status(root).partition('id="waits"')[2].partition("</table>")[0]
    assert [role for role in ("Translator", "Reviser", "Clinician", "Editor") if role in html] == [
        "Translator",
        "Reviser",
        "Clinician",
    ]


def test_every_link_of_the_status_page_leads_somewhere_and_every_choice_chooses(make: Make) -> None:
    root = site(make)
    (root / "source/index.md").write_text(PAGE.replace("5 mg", "50 mg"))
    updated(root)
    html = status(root)
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    for href in set(re.findall(r'<a href="([^"]+)"', html)):
        if href.startswith("#"):
            assert href[1:] in ids, href
        else:
            assert (root / "dist/status" / href).resolve().is_file(), href
    choices = set(re.findall(r'<input type="radio" name="\w+" id="([\w-]+)"', html))
    chosen = set(re.findall(r"main:has\(#([\w-]+):checked\)", html))
    assert choices - chosen == {"by-name", "show-all"} and chosen <= choices and "<script" not in html
