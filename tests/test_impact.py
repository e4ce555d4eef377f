"""`lockstep impact`: what an editor is told before committing is what `update` and `build` then do."""

from __future__ import annotations

import json
import random
import re
import subprocess
from pathlib import Path

import pytest

from pipeline.build import deciding
from pipeline.cli.main import main
from pipeline.commands import impact, outcome
from pipeline.commands.check import check
from pipeline.content.inline import parse
from pipeline.core.inline import Syntax
from pipeline.project.lazily import Lazily
from pipeline.project.project import Project
from tests.conftest import Make, lenient, made_once, project_of, read_tree, translate, updated
from tests.laws.test_edits import OPS, TEXTS, as_page, edited
from tests.test_schemas import schema

PAGES = {
    "index.md": "# Dose\n\nTake 20 ml every day.\n\nCall your doctor.\n\nRest, and drink water.\n\n- apples and plums\n- rice and beans\n",
    "care.md": "# Care\n\nCall your doctor.\n\n<!-- i18n: critical -->\n\nDo not swim for 6 weeks.\n\nKeep the wound dry.\n",
}
SPANISH = {
    "Take 20 ml every day.": "Tome 20 ml cada día.", "Call your doctor.": "Llame a su médico.", "Rest, and drink water.": "Descanse y beba agua.",
    "Do not swim for 6 weeks.": "No nade durante 6 semanas.", "Keep the wound dry.": "Mantenga seca la herida.", "apples and plums": "manzanas y ciruelas", "rice and beans": "arroz y frijoles",
}  # fmt: skip


@pytest.fixture
@made_once
def clinic(make: Make) -> Path:
    root = make(PAGES, locales=("es", "fr"))
    translate(root, SPANISH)
    translate(root, {"Call your doctor.": "Appelez votre médecin."}, "fr")
    return root


def write(root: Path, name: str, *changes: tuple[str, str]) -> None:
    path = root / "source" / name
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


def told(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    capsys.readouterr()
    before = read_tree(root)
    assert main(["impact", "--root", str(root), "--format", "json", *words]) == 0
    assert read_tree(root) == before, "nothing is written"
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    schema("impact").validate(found)
    return found


def test_every_kind_of_edit_is_told(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--root", str(clinic), "es", "index", "--as", "reviser", "--by", "Omar"]) == 0
    capsys.readouterr()
    write(
        clinic,
        "index.md",
        ("20 ml", "40 ml"),
        ("Rest, and", "Rest and"),
        ("rice and beans", "some rice and beans\n- bread of any kind"),
        ("Call your doctor.\n\n", ""),
    )
    write(
        clinic,
        "care.md",
        ("Keep the wound dry.", "Keep the wound dry.\n\nPlease call your doctor."),
        ("swim for", "swim, for"),
    )
    found = told(clinic, capsys)
    assert [(one["severity"], one["blocks"]) for one in found["edited"]] == [  # type: ignore[attr-defined]
        ("critical", ["source/care.md#care.2"]),
        ("critical", ["source/index.md#dose.1"]),
        ("wording", ["source/index.md#dose.4"]),
        ("cosmetic", ["source/index.md#dose.2"]),
    ]  # fmt: skip
    assert [one["msgid"] for one in found["new"]] == ["Please call your doctor.", "bread of any kind"]  # type: ignore[attr-defined]
    assert found["locales"]["es"] == {  # type: ignore[index]
        "strings": {"total": 5, "critical": 2, "wording": 1, "new": 2}, "words": {"total": 23, "critical": 11, "wording": 4, "new": 8}, "carried": 1, "reviews": 2,
    }  # fmt: skip
    turns = {(turn["block"], turn["to"]): turn["locales"] for turn in found["turns"]}  # type: ignore[attr-defined]
    assert turns == {
        ("source/care.md#care.2", "english"): ["es"],
        ("source/index.md#dose.1", "english"): ["es"],
        ("source/index.md#dose.4", "notice"): ["es"],
    }
    advice = "\n".join(found["advice"])  # type: ignore[arg-type]
    assert "if the edit gains nothing, put it back" in advice
    assert "“Take 20 ml every day.”" not in advice, "nobody is told to put an old dose back"
    assert "“Please call your doctor.” exists 1 time as “Call your doctor.”, translated into 2 languages" in advice
    assert "stands in a critical block" in advice and "only punctuation" in advice


def test_it_says_when_there_is_nothing(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["impact", "--root", str(clinic)]) == 0
    assert "No English text changed" in capsys.readouterr().out
    assert told(clinic, capsys)["turns"] == []


def test_against_a_commit(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same answer before and after `update`, for the reviewer of a pull request; the site may be part of a repository."""
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(clinic.parent), *words], check=True)
    write(clinic, "index.md", ("20 ml", "40 ml"), ("apples and plums", "apples and sweet plums"))
    before = told(clinic, capsys)
    against = told(clinic, capsys, "--base", "HEAD")
    updated(clinic)
    after = told(clinic, capsys, "--base", "HEAD")
    for found in (before, against, after):
        found.pop("base")
    assert before == against == after and len(after["turns"]) == 2  # type: ignore[arg-type]
    assert told(clinic, capsys)["edited"] == []
    assert main(["impact", "--root", str(clinic), "--base", "no-such-branch"]) == 2
    assert "git does not know 'no-such-branch'" in capsys.readouterr().err


def test_markdown_for_a_pull_request(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is Markdown whatever the English says: no text of a page breaks the table or becomes markup."""
    write(clinic, "index.md", ("Take 20 ml every day.", "Take 20 ml | <b>every</b> `day` [x](y) *now*."))
    capsys.readouterr()
    assert main(["impact", "--root", str(clinic), "--format", "markdown"]) == 0
    said = capsys.readouterr().out
    row = next(line for line in said.split("\n") if "dose.1" in line)
    assert len(re.findall(r"(?<!\\)\|", row)) == 5
    cell = parse(re.split(r"(?<!\\)\|", row)[4].replace("\\|", "|"), Syntax.MARKDOWN)
    assert {(node.kind, node.tag) for node in cell.nodes if node.kind != "text"} <= {
        ("html", tag) for tag in ("del", "/del", "ins", "/ins")
    }


@pytest.mark.parametrize("seed", range(12))
def test_predictions_equal_what_happens(make: Make, seed: int) -> None:
    """Random edits: the strings, words and blocks it tells of are those that update and a fresh reading then find."""
    rng = random.Random(seed)
    pages = {name: rng.sample(TEXTS, 6) for name in "ab"}
    root = make({f"{name}.md": as_page(texts) for name, texts in pages.items()})
    lenient(root)
    translate(root, {text: f"«{at}»" for at, text in enumerate(TEXTS)})
    was = outcome.shown_now(project_of(root), "es")
    gone: list[str] = []
    for _ in range(5):
        edited(pages, rng.choice(OPS), rng.randint(0, 10_000), gone)
    for name, texts in pages.items():
        (root / "source" / f"{name}.md").write_text(as_page(texts))
    found = impact.measure(project_of(root), None)
    updated(root)
    now = outcome.shown_now(project_of(root), "es")
    open_before = {key for (_, key), one in was.items() if not one.state.done}
    todo = {key for (_, key), one in now.items() if not one.state.done} - open_before
    assert sum(found.languages[0].strings.values()) == len(todo)
    english = {(turn.place.path, turn.place.key) for turn in found.turns if turn.to == "english"}
    assert english <= {place for place, one in now.items() if one.spoken == "en"}
    notice = {(turn.place.path, turn.place.key) for turn in found.turns if turn.to == "notice"}
    assert notice == {place for place, one in now.items() if one.state == "stale" and one.spoken == "es"}
    stale = {key for (_, key), one in now.items() if one.state == "stale" and one.spoken == "en"}
    assert stale <= {key for _, key in english}


def test_what_is_grave_beside_the_texts_is_called_so(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """In the first line, in its own, and for programs; what came or went is not."""
    root = make({"index.md": "# A\n\nTake {dose}.\n"}, data="name: A\ndose: 30 ml\ntown: Riverbend\n")
    updated(root)
    write(root, "site.yaml", ("30 ml", "60 ml"), ("town: Riverbend", "ward: Two"))
    found = told(root, capsys)["beside"]
    assert {(one["name"], one["critical"]) for one in found} == {
        ("dose", True),
        ("town", False),
        ("ward", False),
    }  # type: ignore[attr-defined]
    for form, name in (("text", "source/site.yaml#dose"), ("markdown", "`source/site.yaml#dose`")):
        assert main(["impact", "--root", str(root), "--format", form]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert (
            "3 changed beside the texts (1 critical)" in said and f"{name}: critical: {{dose}}: 30 ml → 60 ml" in said
        )
        assert "critical: {ward}" not in said


LINKED = {
    "index.md": "# Home\n\nSee [care](care.md), [care](care/), [care](/care.md#wounds), [rest](rest.md) and [none](none.md).\n",
    "care.md": "# Care\n\n## Wounds\n\nKeep the wound dry.\n\nCall us.\n",
    "rest.md": "# Rest\n\nRest for a week. See [care](care.md).\n",
}


def test_pages_that_are_in_another_file_and_what_led_to_them(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Renamed into a folder, removed, made a draft, added; the links and entries of the menu that are then said to be wrong."""
    root = make(LINKED)
    menu = "".join(f"  - page: {name}\n" for name in LINKED)
    (root / "source/site.yaml").write_text(f"name: A\nnav:\n{menu}")
    updated(root)
    assert told(root, capsys)["pages"] == told(root, capsys)["astray"] == []
    (root / "source/b").mkdir()
    (root / "source/care.md").rename(root / "source/b/wounds.md")
    (root / "source/new.md").write_text("# New\n")
    write(root, "rest.md", ("# Rest", "---\ndraft: true\n---\n# Rest"))
    found = told(root, capsys)
    assert found["pages"] == [
        {"was": "source/care.md", "now": "source/b/wounds.md", "address": {"was": "/care/", "now": "/b/wounds/"}},
        {"was": "source/rest.md", "now": "", "address": {"was": "/rest/", "now": ""}},
        {"was": "", "now": "source/new.md", "address": {"was": "", "now": "/new/"}},
    ]
    assert [(one["file"], one["line"], one["target"], one["write"]) for one in found["astray"]] == [  # type: ignore[attr-defined]
        ("source/index.md", 3, "/care.md#wounds", "/b/wounds.md#wounds"),
        ("source/index.md", 3, "care.md", "b/wounds.md"),
        ("source/index.md", 3, "rest.md", ""),
        ("source/site.yaml", 4, "nav: care.md", "b/wounds.md"),
        ("source/site.yaml", 5, "nav: rest.md", ""),
    ]
    assert main(["impact", "--root", str(root)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "1 page added, 1 page removed, 1 page renamed" in said
    assert "source/care.md: source/b/wounds.md now, at /b/wounds/; the former address /care/ leads there" in said
    assert "source/rest.md: a draft now, and not published; its address /rest/ leads nowhere now" in said
    assert "source/index.md:3: care.md: write b/wounds.md" in said and "rest.md leads nowhere now" in said
    assert main(["impact", "--root", str(root), "--format", "markdown"]) == 0
    assert "- `source/site.yaml:4`: nav: care.md: write b/wounds.md" in capsys.readouterr().out
    updated(root)
    told_then = [one.text for one in check(project_of(root)) if one.code in {"link", "shape", "draft"}]
    for one in found["astray"]:  # type: ignore[attr-defined]
        target = one["target"].removeprefix("nav: ")
        assert any(target in text and one["write"] in text for text in told_then), one
    assert len(told_then) == len(found["astray"]) + 2, "the link that led nowhere before, and that rest.md is a draft"  # type: ignore[arg-type]
    assert told(root, capsys)["pages"] == told(root, capsys)["astray"] == [], "it is noted"


def test_a_page_whose_place_another_one_took(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Its address is that one's; and the template's own link to a page that is gone is named."""
    root = make(LINKED)
    updated(root)
    page = root / "templates/page.html"
    page.write_text(page.read_text().replace("</body>", '<a href="{{ up }}rest/"></a></body>', 1))
    (root / "source/care.md").rename(root / "source/care.tmp")
    (root / "source/rest.md").rename(root / "source/care.md")
    (root / "source/care.tmp").rename(root / "source/wounds.md")
    found = told(root, capsys)
    assert [(one["was"], one["now"]) for one in found["pages"]] == [  # type: ignore[attr-defined]
        ("source/rest.md", "source/care.md"), ("", "source/wounds.md"),
    ]  # fmt: skip
    (root / "source/care.md").unlink()
    found = told(root, capsys)
    assert ("templates/page.html", "") in {(one["file"], one["write"]) for one in found["astray"]}  # type: ignore[attr-defined]


def test_one_language_at_a_time_is_in_memory(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large site: its catalogs, as they were and as they will be, and what it shows."""
    write(clinic, "index.md", ("Take 20 ml every day.", "Take 30 ml every day."))
    seen: list[tuple[str, set[str], set[str], set[str]]] = []
    shown = outcome.shown_now
    project = project_of(clinic)

    def noted(now: Project, name: str) -> outcome.Shown:
        found = shown(now, name)
        held = [set(one.catalogs.found) for one in (project, now) if isinstance(one.catalogs, Lazily)]
        seen.append((name, *held, set(now.decided) - {"en"}))  # type: ignore[arg-type]
        return found

    monkeypatch.setattr(deciding, "KEPT", 0)
    monkeypatch.setattr(outcome, "shown_now", noted)
    assert impact.measure(project, None).languages
    assert seen == [(name, {name}, {name}, {name}) for name in ("es", "fr")]
