"""Questions: kept with the text through edits, answered once for all languages, shown wherever somebody works at it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.catalog import po_file
from pipeline.changes.notes import carried_id
from pipeline.cli.main import main
from pipeline.commands import check, questions
from pipeline.core import clock
from pipeline.desk import card
from pipeline.live import Live
from pipeline.review.questions import PATH, Questions, id_of
from tests.conftest import Make, built, project_of, translate, updated

PAGE = "# Pump\n\nTake 5 mg at night.\n\nRest well.\n"


def entry(root: Path, locale: str, english: str) -> tuple[str, ...]:
    found = po_file.load(root, f"locale/{locale}/LC_MESSAGES/messages.po")
    return next(one.extracted for one in found.entries if one.key.msgid == english and not one.obsolete)


def asked(root: Path, text: str = "Of what?") -> str:
    assert main(["ask", "--root", str(root), "index#pump.1", text, "--by", "Ana Ruiz", "-l", "es"]) == 0
    return str(json.loads((root / PATH).read_text().splitlines()[-1])["question"])


def open_ones(root: Path) -> list[tuple[str, str]]:
    found = check.check(project_of(root))
    return [(str(one.span), one.text) for one in found if one.code == "question"]


def test_a_question_is_answered_once_for_all_languages_and_follows_its_text(make: Make) -> None:
    root = make({"index.md": PAGE}, locales=("es", "fr"))
    translate(root, {"Take 5 mg at night.": "Tome 5 mg por la noche."})
    name = asked(root)
    assert [place for place, _ in open_ones(root)] == ["source/index.md:3"]
    before = (root / "locale/es/LC_MESSAGES/messages.po").read_bytes()
    updated(root)
    assert (root / "locale/es/LC_MESSAGES/messages.po").read_bytes() == before, "a question alone is in no catalog"
    (root / "source/index.md").write_text(PAGE.replace("5 mg", "6 mg"))
    updated(root)
    assert open_ones(root)[0][0] == "source/index.md:3" and name[:8] in open_ones(root)[0][1]
    assert main(["answer", "--root", str(root), name[:8], "Of the medicine\n that is  carried over", "--by", "Bo"]) == 0
    assert open_ones(root) == []
    assert any(one.code == "out-of-step" for one in check.check(project_of(root))), "catalogs lack the answer"
    updated(root)
    for locale in ("es", "fr"):
        lines = entry(root, locale, "Take 6 mg at night.")
        assert "Question (Ana Ruiz): Of what?" in lines
        assert "Answer (Bo): Of the medicine that is carried\u00a0over" in lines and not carried_id(lines)
    assert entry(root, "fr", "Rest well.") == ("paragraph",)
    assert updated(root)[0] == [] and not [one for one in check.check(project_of(root)) if one.code == "out-of-step"]


def test_a_question_never_passes_for_our_own_mark(make: Make) -> None:
    root = make({"index.md": PAGE})
    name = asked(root, "carried over 2026-01-01 (from 0011223344556677)?")
    main(["answer", "--root", str(root), name, "carried over 2026-01-01 (from 0011223344556677)", "--by", "Bo"])
    updated(root)
    assert len(lines := entry(root, "es", "Take 5 mg at night.")) == 3 and not carried_id(lines)


def test_what_is_gone_or_unknown_is_said(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": PAGE})
    updated(root)
    asked(root)
    (root / "source/index.md").write_text("# Pump\n\nRest well.\n")
    updated(root)
    ((place, text),) = open_ones(root)
    assert place == f"{PATH}:1" and "stands nowhere any more" in text
    row = {"how": "answered", "question": "0" * 16, "by": "Bo", "date": "2026-01-01T00:00:00Z", "text": "So."}
    with (root / PATH).open("a") as file:
        file.write(json.dumps(row) + "\n")
    assert [str(one.span) for one in check.check(project_of(root)) if one.code == "questions"] == [f"{PATH}:2"]
    body = (root / PATH).read_bytes()
    for words in (
        ["ask", "index#nowhere.1", "What?", "--by", "Ana"],
        ["ask", "index", "What?", "--by", "Ana"],
        ["ask", "index#pump.1", " ", "--by", "Ana"],
        ["ask", "index#pump.1", "What?", "--by", "-"],
        ["ask", "index#pump.1", "What?", "--by", "Ana", "-l", "xx"],
        ["answer", "ffffffff", "So.", "--by", "Bo"],
        ["answer", "ff", "So.", "--by", "Bo"],
    ):
        capsys.readouterr()
        assert main([words[0], "--root", str(root), *words[1:]]) == 2, words
        assert capsys.readouterr().err.count("\n") <= 3 and (root / PATH).read_bytes() == body, words


def test_lines_of_two_branches_are_a_set() -> None:
    """In any order and twice: the same questions; a line that was changed by hand is refused."""
    made = [
        {"how": "asked", "message": "0" * 16, "locale": "es", "by": by, "date": "2026-01-01T00:00:00Z", "text": "Why?"}
        for by in ("Ana", "Bo")
    ]
    lines = [
        json.dumps({**row, "question": id_of("0" * 16, "es", row["by"], row["date"], row["text"])}) for row in made
    ]
    one, other = (Questions().read("\n".join(some).encode()).every for some in (lines, [*lines[::-1], *lines]))
    assert one == other and len(one) == 2
    assert Questions().read(lines[0].replace("Why", "How").encode()).findings
    assert Questions().read(lines[0].encode()).rows[0].line() == json.dumps(json.loads(lines[0]), sort_keys=True)


def test_an_answer_is_for_the_question_that_was_asked(make: Make) -> None:
    root = make({"index.md": PAGE})
    updated(root)
    names = [asked(root), asked(root, "At what hour?")]
    main(["answer", "--root", str(root), names[1], "At nine.", "--by", "Bo"])
    found = {one.asked.question: [row.text for row in one.answers] for one in project_of(root).questions.every}
    assert found == {names[0]: [], names[1]: ["At nine."]}
    assert questions.comments(project_of(root)) != {}


def test_the_desk_shows_it_at_once_and_pages_never_do(make: Make) -> None:
    """A question that is asked while the desk is open; and no page has it, the status page neither."""
    root = make({"index.md": PAGE})
    translate(root, {"Take 5 mg at night.": "Tome 5 mg por la noche."})
    live = Live(root, clock.read)
    message = next(one for one in card.messages(live, "source/index.md") if one.key.msgid == "Take 5 mg at night.")
    assert card.card(live, "es", message)["comments"] == []
    asked(root)
    live.take([PATH])
    assert card.card(live, "es", message)["comments"] == ["Question (Ana Ruiz): Of what?"]
    pages = {path for path in (built(root).root / "dist").rglob("*.html") if b"Of what?" in path.read_bytes()}
    assert not pages


@pytest.mark.parametrize("broken", ["other.md", "index.md"])
def test_a_page_that_cannot_be_read_is_told_beside_a_question(
    make: Make, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The question is shown, whether its text stands there or elsewhere, and the page has its finding; answered, it is quiet."""
    root = make({"index.md": PAGE, "other.md": "# Other\n"})
    updated(root)
    name = asked(root)
    page = root / "source" / broken
    page.write_text(page.read_text("utf-8") + "\n::: note\nx\n", "utf-8")
    for answered in (False, True):
        if answered:
            main(["answer", "--root", str(root), name, "At nine.", "--by", "Bo"])
        capsys.readouterr()
        assert main(["check", "--root", str(root)]) == 1
        said = capsys.readouterr().out
        assert "[unclosed]" in said and ("Of what?" in said) is not answered and "nowhere any more" not in said
