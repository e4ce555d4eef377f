"""The status page: no figure says more than is so, every figure leads somewhere, and what an edit did to readers comes first."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands import trend
from pipeline.commands.audit import audit
from pipeline.core.cache import NO_STORE
from pipeline.resolve import worklist
from pipeline.review import reviews
from tests.conftest import Make, built, project_of, translate, updated
from tests.test_merge import git

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
    assert re.findall(r"<td>(?:<a [^>]*>)?(\d+)", row[1])[:4] == [str(count) for count in said]


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
    assert "English now in 4" in first and 'href="../pt-BR/index.html#pump"' in first and "source/index.md:3" in first


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
    about = [*(root / "dist/status").rglob("*.html")]
    assert len(about) == 1 + len(LANGUAGES)
    for one in about:
        for href in set(re.findall(r'<(?:a|link) (?:[^>]*? )?href="([^"]+)"', one.read_text())):
            path, _, section = href.partition("#")
            page = (one.parent / path).resolve() if path else one
            assert href.startswith("data:") or (page.is_file() and f' id="{section}"' in page.read_text() + ' id=""'), (
                one,
                href,
            )
    choices = set(re.findall(r'<input type="radio" name="\w+" id="([\w-]+)"', html))
    chosen = set(re.findall(r"main:has\(#([\w-]+):checked\)", (root / "dist/status/status.css").read_text()))
    assert choices - chosen == {"by-name", "show-all"} and chosen <= choices
    assert re.findall("<script[^>]*>(.*?)</script>", html) == [""], "none stands in the page"


def test_what_is_too_much_for_the_first_page_has_pages_of_its_own(make: Make) -> None:
    many = {f"p{at}.md": f"# Page {at}\n\nTake {at} mg of [it](nowhere{at}.md).\n\nMore of {at}.\n" for at in range(45)}
    root = make({"index.md": PAGE, **many}, locales=LANGUAGES)
    texts = {f"Take {at} mg of [it](nowhere{at}.md).": f"Tome {at} mg de [eso](nowhere{at}.md)." for at in range(45)}
    for name in LANGUAGES:
        translate(root, {**WORDS, **texts}, name)
    for at in range(45):
        path = root / f"source/p{at}.md"
        path.write_text(path.read_text().replace(f"{at} mg", f"{at}1 mg"))
    updated(root)
    html = status(root)
    folder = root / "dist/status"
    assert {path.parent.name for path in folder.glob("*/index.html")} == {
        "es",
        "pt",
        "pt-BR",
        "it",
        "edits",
        "findings",
    }
    assert max(path.stat().st_size for path in folder.rglob("*.html")) < 60_000
    whole = html.count('<li class="is-'), (folder / "edits/index.html").read_text().count('<li class="is-')
    assert whole == (6, 46) and "All 46 edits" in html and 'href="edits/index.html"' in html
    found = re.search(r"All (\d+) findings", html)
    assert found and (folder / "findings/index.html").read_text().count("<li>") == int(found[1])
    rows = (folder / "es/index.html").read_text().count('<tr><th scope="row">')
    assert rows == 50, "pages with something to do, with their figures"
    assert re.search(r"\d\d files, each with its figures", html)


def test_where_the_settings_say_where_files_are_edited_every_place_leads_there(make: Make) -> None:
    html = status(site(make, '\nedit = "https://forge.example/edit/{path}"\n'))
    assert 'href="https://forge.example/edit/source/index.md"' in html
    assert 'href="https://forge.example/edit/locale/es/LC_MESSAGES/messages.po"' in html


def test_the_trend_counts_what_stood_in_each_days_last_commit(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": PAGE}, locales=("es",))
    git(root, "init", "-q")
    assert trend.trend(project_of(root).settings, NO_STORE).why, "no commit yet"
    updated(root)
    texts = [*WORDS.items()]
    for day, some in ((1, texts[:1]), (2, texts[:2]), (2, texts[:3]), (5, texts)):
        path = translate(root, dict(some))
        git(root, "add", ".")
        git(root, "commit", "-qm", "more", day=day)
    ledger = root / reviews.path_of("es")
    entry = next(one for one in project_of(root).catalogs["es"].entries if one.key.msgid == "Call us.")
    pair = reviews.pair_of(entry.key, entry.strings)
    row = {"message": pair.message, "translation": pair.translation, "name": "Ida", "role": "reviser"}
    ledger.write_text(json.dumps({**row, "date": "2026-11-05T08:00:00Z"}) + "\n")
    path.write_text(path.read_text().replace('"Descanse bien hoy."', '""'))
    git(root, "add", ".")
    git(root, "commit", "-qm", "signed", day=6)
    found = trend.trend(project_of(root).settings, NO_STORE)
    assert [point.day for point in found.points] == [f"2026-11-0{day}" for day in (1, 2, 5, 6)]
    counts = [point.locales["es"] for point in found.points]
    first = counts[0].translated
    assert [(one.translated - first, one.reviewed) for one in counts] == [(0, 0), (2, 0), (3, 0), (2, 1)]
    assert all(one.messages == one.translated + one.fuzzy + one.empty for one in counts)
    assert trend.thinned([(str(day), "") for day in range(50)], 12)[::11] == [("0", ""), ("49", "")]
    assert main(["status", "--root", str(root), "--trend", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["trend"][1]["locales"]["es"] == counts[1]._asdict()
    git(root, "clone", "-q", "--depth", "1", root.as_uri(), str(root.parent / "shallow"))
    assert main(["status", "--root", str(root.parent / "shallow"), "--trend"]) == 0
    assert "shallow clone" in (said := capsys.readouterr().out) and "2026" not in said
    shutil.rmtree(root / ".git")
    assert trend.trend(project_of(root).settings, NO_STORE).why == trend.NO_GIT


def test_two_percentages_have_two_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What our own texts make of a new site counts for the gate, and is no person's work: both say which they are."""
    root = tmp_path / "site"
    assert main(["init", str(root)]) == 0 and main(["update", "--root", str(root)]) == 0
    settings = (root / "pyproject.toml").read_text()
    (root / "pyproject.toml").write_text(f"{settings}\n[tool.lockstep.gate]\ntranslated = 100\n")
    capsys.readouterr()
    assert main(["check", "--root", str(root)]) == 1
    said = re.search(r"(\d\d\.\d)% of the words are translated \((\d+%) by people\)", capsys.readouterr().out)
    assert said and float(said[1]) > 50 and said[2] == "0%"
    assert main(["status", "--root", str(root)]) == 0
    told = capsys.readouterr().out
    assert "translated (by people)" in told and "(0%)" in told and "The gate (`translated`) counts that, too." in told
