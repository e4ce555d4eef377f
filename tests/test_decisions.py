"""What people decide about edits, and what the log says of itself: both only ever make it graver without the people it takes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.changes import edit_log
from pipeline.changes.edit_log import LOG_PATH, Decision, Edit, Log
from pipeline.cli.main import main
from pipeline.core.model import Severity
from pipeline.core.states import State
from tests.conftest import Make, built, project_of, translate, updated
from tests.sites import on
from tests.test_flags import found, page, state, verb, write

HOT, CALIENTE = "The pump usually beeps.", "La bomba suele pitar."
GEL, COLD = HOT.replace("usually ", ""), HOT.replace("usually", "sometimes")
WORD, NEW_WORD, PALABRA = "A nurse fills the pump.", "A nurse fills your pump.", "Una enfermera llena la bomba."
DOSE, NEW_DOSE, DOSIS = "Your refill is on Monday.", "Your refill is on Friday.", "Su recarga es el lunes."
ANN, BO = ("--by", "Ann Lee", "--reason", "it says the same"), ("--second", "Bo Chen")
BLOCK = "index#pump.1"


def site_of(make: Make, *texts: str, words: dict[str, str]) -> Path:
    with on(0):
        root = make({"index.md": page(*texts)})
        translate(root, {"Pump": "Bomba", **words})
    return root


def edit(root: Path, *texts: str) -> None:
    with on(1):
        write(root, *texts)
        updated(root)


def unchanged(root: Path, *more: str, target: str = BLOCK) -> int:
    return verb(root, "decide", target, "--meaning-unchanged", *ANN, *more)


def shown(root: Path) -> str:
    with on(2):
        built(root)
    return (root / "dist/es/index.html").read_text("utf-8")


def unasked(root: Path) -> None:
    """Have the checks say nothing of what these edits turn: a decision is about an edit, and no check is silent for it."""
    path = root / "pyproject.toml"
    rows = (
        f'\n[[tool.lockstep.checks]]\ncheck = "{code}"\nlevel = "off"\nstrict = "off"\n'
        for code in ("direction", "statement")
    )
    path.write_text(path.read_text() + "".join(rows))


def errors(root: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    capsys.readouterr()
    verb(root, "check", "--format", "jsonl")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [(row["check"], row["message"]) for row in rows if row["level"] == "error"]


# A decision keeps the translation, not the signature -----------------------------------------------------------------


@pytest.mark.parametrize(("new", "second"), [(NEW_WORD, ()), (WORD.replace("nurse", "clinic"), BO)])
def test_nobody_signs_for_words_that_they_never_saw(make: Make, new: str, second: tuple[str, ...]) -> None:
    """The reviser of the Spanish and the clinician of the English: neither goes along with a decision."""
    root = site_of(make, WORD, words={WORD: PALABRA})
    assert verb(root, "review", "es", "index", "--as", "reviser", "--by", "Omar", "--qualification", "certified") == 0
    assert verb(root, "review", "en", "index", "--as", "clinician", "--by", "Dr. Gil", "--qualification", "MD") == 0
    edit(root, new)
    assert unchanged(root, *second) == 0
    for _ in range(2):
        assert state(root, new) is State.CARRIED and PALABRA in shown(root), "the translation stays"
        assert signed(root, "es", new) == signed(root, "en", new) == {}, "the signatures do not"
        with on(2):
            updated(root)
    assert (
        '"carried"'
        not in (root / "locale/es/reviews.jsonl").read_text() + (root / "locale/en/reviews.jsonl").read_text()
    )


def test_a_signature_still_follows_what_is_graded_cosmetic(make: Make) -> None:
    root = site_of(make, WORD, words={WORD: PALABRA})
    assert verb(root, "review", "es", "index", "--as", "reviser", "--by", "Omar") == 0
    assert verb(root, "review", "en", "index", "--as", "clinician", "--by", "Dr. Gil") == 0
    new = WORD.replace(".", "!")
    edit(root, new)
    assert signed(root, "es", new).keys() == {"reviser"} and signed(root, "en", new).keys() == {"clinician"}
    with on(1):
        assert main(["decide", BLOCK, "--root", str(root), "--raise", "critical", *ANN]) == 0
    assert unchanged(root, *BO) == 0, "raised, and lowered again by two: the translation is back"
    assert state(root, new) is State.CARRIED and not signed(root, "es", new) and not signed(root, "en", new)


def signed(root: Path, locale: str, msgid: str) -> dict[str, str]:
    with on(2):
        table = project_of(root).table(locale)
    one = next(one for one in table.by_file["source/index.md"] if one.message.key.msgid == msgid)
    return dict(one.review.signed) if one.review else {}


# The whole way -------------------------------------------------------------------------------------------------------


def test_small_edits_to_the_opposite_take_two_people(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = site_of(make, HOT, words={HOT: CALIENTE})
    edit(root, GEL)
    assert unchanged(root) == 0 and state(root, GEL) is State.CARRIED
    edit(root, COLD)
    assert [row.severity for row in edit_log.load(root).rows if not row.decision] == [Severity.WORDING] * 2
    assert CALIENTE not in shown(root) and "modal: usually → sometimes" in found(root, COLD).comment
    before = (root / LOG_PATH).read_bytes()
    capsys.readouterr()
    for second in ((), ("--second", "Dr. Ann Lee")):
        assert unchanged(root, *second) == 2
        said = capsys.readouterr().err
        assert "come to here is critical" in said and "modal: usually → sometimes" in said
    assert (root / LOG_PATH).read_bytes() == before
    assert unchanged(root, *BO) == 0
    assert f"{BLOCK.replace('index', 'source/index.md')}: carried in es" in capsys.readouterr().out
    assert state(root, COLD) is State.CARRIED and CALIENTE in shown(root), "two people may"


@pytest.mark.parametrize("steps", [(GEL, COLD), (HOT.replace("pump", "device"), GEL.replace("pump", "device"), COLD)])
def test_words_of_one_person_in_the_log_do_not_add_up(make: Make, steps: tuple[str, ...]) -> None:
    """As above, by lines that somebody wrote without the verb."""
    root = site_of(make, HOT, words={HOT: CALIENTE})
    for text in steps:
        edit(root, text)
    log = edit_log.load(root)
    said = Decision("unchanged", ("Ann Lee",), "r", "2026-11-02T09:00:00Z")
    rows = [replace(row, how="decided", decision=said, severity=Severity.COSMETIC) for row in log.rows]
    (root / LOG_PATH).write_bytes(log.added(rows).body or b"")
    assert state(root, COLD) is State.STALE and CALIENTE not in shown(root)


def test_the_directive_of_today_counts(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Off, edit, decide alone, on: the block is critical, so the way is."""
    mark = "<!-- i18n: critical -->"
    root = site_of(make, mark, WORD, words={WORD: PALABRA})
    edit(root, WORD)
    edit(root, NEW_WORD)
    assert unchanged(root) == 0 and state(root, NEW_WORD) is State.CARRIED
    edit(root, mark, NEW_WORD)
    assert state(root, NEW_WORD) is State.STALE and PALABRA not in shown(root)
    assert unchanged(root) == 2
    assert unchanged(root, *BO) == 0 and state(root, NEW_WORD) is State.CARRIED
    edit(root, NEW_WORD)
    comma = NEW_WORD.replace(".", "!")
    edit(root, comma)
    edit(root, mark, comma)
    assert PALABRA in shown(root), "what two people lowered stays lowered"


def test_a_comma_with_the_directive_off(make: Make) -> None:
    mark, new = "<!-- i18n: critical -->", WORD.replace(".", "!")
    root = site_of(make, mark, WORD, words={WORD: PALABRA})
    edit(root, WORD)
    edit(root, new)
    assert state(root, new) is State.CARRIED
    edit(root, mark, new)
    assert state(root, new) is State.STALE and PALABRA not in shown(root)


def test_what_one_person_may_lower_is_still_theirs_to_lower(make: Make) -> None:
    root = site_of(make, WORD, words={WORD: PALABRA})
    edit(root, NEW_WORD)
    assert unchanged(root) == 0
    later = NEW_WORD.replace("A nurse", "The nurse")
    edit(root, later)
    assert unchanged(root) == 0 and state(root, later) is State.CARRIED


# The log only makes graver -------------------------------------------------------------------------------------------


def test_a_clinician_has_not_signed_for_what_somebody_calls_looks(make: Make) -> None:
    """The log edited by hand to `cosmetic`, so that `update` would carry her signature under the English along."""
    root = site_of(make, DOSE, words={DOSE: DOSIS})
    assert verb(root, "review", "en", "index", "--as", "clinician", "--by", "Dr. Gil") == 0
    edit(root, NEW_DOSE)
    path = root / LOG_PATH
    path.write_text(path.read_text().replace('"severity": "critical"', '"severity": "cosmetic"'))
    with on(2):
        updated(root)
    assert signed(root, "en", NEW_DOSE) == {}


@pytest.mark.parametrize("mild", ["wording", "cosmetic"])
@pytest.mark.parametrize("cleared", [False, True])
def test_a_severity_edited_by_hand_is_not_believed(make: Make, mild: str, cleared: bool) -> None:
    root = site_of(make, DOSE, words={DOSE: DOSIS})
    edit(root, NEW_DOSE)
    path = root / LOG_PATH
    path.write_text(path.read_text().replace('"severity": "critical"', f'"severity": "{mild}"'))
    if cleared:
        po = root / "locale/es/LC_MESSAGES/messages.po"
        po.write_text(po.read_text().replace("#, fuzzy\n", ""))
    for _ in range(2):
        assert state(root, NEW_DOSE) is State.STALE and DOSIS not in shown(root)
        with on(2):
            updated(root)
    assert unchanged(root) == 2 and unchanged(root, *BO) == 0
    assert DOSIS not in shown(root), "the check that reads both holds it back still"
    unasked(root)
    assert DOSIS in shown(root), "two people lower it as they would without"


def test_a_log_that_says_graver_is_believed(make: Make) -> None:
    root = site_of(make, WORD, words={WORD: PALABRA})
    edit(root, NEW_WORD)
    path = root / LOG_PATH
    path.write_text(path.read_text().replace('"severity": "wording"', '"severity": "critical"'))
    assert PALABRA not in shown(root) and unchanged(root) == 2


def test_a_decision_whose_edit_is_gone_from_the_log_lowers_what_one_person_may(make: Make) -> None:
    """Only the line of the decision is left, which says cosmetic."""
    root = site_of(make, DOSE, words={DOSE: DOSIS})
    edit(root, NEW_DOSE)
    log = edit_log.load(root)
    said = Decision("unchanged", ("Ann Lee",), "r", "2026-11-02T09:00:00Z")
    rows = [replace(row, how="decided", decision=said, severity=Severity.COSMETIC) for row in log.rows]
    (root / LOG_PATH).write_bytes(Log().added(rows).body or b"")
    assert state(root, NEW_DOSE) is State.STALE and DOSIS not in shown(root)


def rewrite(root: Path, **changes: object) -> Edit:
    """Add to the log the last edit as it is, with changes; the line."""
    log = edit_log.load(root)
    row = replace([row for row in log.rows if row.was and row.now][-1], **changes)  # type: ignore[arg-type]
    (root / LOG_PATH).write_bytes(log.added([row]).body or b"")
    return row


def test_a_lowering_of_2031_lowers_nothing_and_defeats_no_raise(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = site_of(make, WORD, words={WORD: PALABRA})
    edit(root, NEW_WORD)
    ahead = Decision("unchanged", ("Ann Lee", "Bo Chen"), "r", "2031-01-01T00:00:00Z")
    rewrite(root, how="decided", decision=ahead, severity=Severity.COSMETIC)
    assert state(root, NEW_WORD) is State.STALE
    said = dict(errors(root, capsys))["edit-log-ahead"]
    assert re.fullmatch(
        r"This line is dated 2031-01-01T00:00:00Z, and today is 20\d\d-\d\d-\d\d\. Correct the date\. Until then it makes nothing milder\.",
        said,
    ), said
    assert verb(root, "check") == 1
    capsys.readouterr()
    assert verb(root, "decide", BLOCK, "--raise", "critical", *ANN) == 0
    said = capsys.readouterr().out
    assert "now critical" in said and "source/index.md#pump.1: stale in es" in said
    assert PALABRA not in shown(root)


def test_a_lowering_of_later_today_holds_from_then_on(make: Make) -> None:
    """An answer that is given again must not outlive it."""
    root = site_of(make, WORD, words={WORD: PALABRA})
    edit(root, NEW_WORD)
    rewrite(root, how="decided", severity=Severity.COSMETIC, decision=Decision("unchanged", ("Ann",), "r", "2026-11-03T20:00:00Z"))  # fmt: skip
    assert state(root, NEW_WORD) is State.STALE
    with on(2):
        assert project_of(root).waits
    with on(3):
        assert not project_of(root).waits
        assert project_of(root).table("es").by_file["source/index.md"][-1].state is State.CARRIED


def test_a_wording_of_2031_has_no_days_of_grace(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = site_of(make, WORD, words={WORD: PALABRA})
    edit(root, NEW_WORD)
    assert PALABRA in shown(root)
    path = root / LOG_PATH
    path.write_text(path.read_text().replace("2026-11-02", "2031-01-01"))
    assert PALABRA not in shown(root) and ("edit-log-ahead" in dict(errors(root, capsys)))
    rewrite(root, on="2026-11-01")
    assert PALABRA in shown(root), "a line of its time counts"


def test_raising_says_whom_it_concerns(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """What was translated anew since the edit is another text, and stays; the verb says so."""
    root = site_of(make, WORD, words={WORD: PALABRA})
    edit(root, NEW_WORD)
    with on(2):
        translate(root, {NEW_WORD: "La enfermera llena su bomba."})
    capsys.readouterr()
    assert verb(root, "decide", BLOCK, "--raise", "critical", *ANN) == 0
    assert "no language has a translation of the former English here" in capsys.readouterr().out


def test_who_raises_an_edit_ends_no_recall(make: Make) -> None:
    """The English was withdrawn, its looks were changed, and one person says that this was critical."""
    root = site_of(make, WORD, words={WORD: PALABRA})
    assert verb(root, "recall", BLOCK, "--stub", "--by", "Dr. Gil", "--reason", "wrong") == 0
    new = WORD.replace(".", "!")
    edit(root, new)
    assert verb(root, "decide", BLOCK, "--raise", "critical", *ANN) == 0
    assert state(root, new) is State.RECALLED and new not in shown(root)


# Every verb looks at its effect --------------------------------------------------------------------------------------


def test_accepting_what_cannot_be_accepted_is_not_said_to_be_done(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty plural form is no matter of opinion: a line about it would silence nothing."""
    root = site_of(make, WORD, words={WORD: PALABRA})
    po = root / "locale/es/LC_MESSAGES/messages.po"
    body = po.read_text()
    at = body.index("msgstr[1] ")
    po.write_text(body[:at] + 'msgstr[1] ""\n' + body[body.index("\n\n", at) + 1 :])
    line = body[:at].count("\n") + 1
    assert (
        verb(root, "accept", f"{po.relative_to(root)}:{line}", "--check", "plural", "--by", "Ann", "--reason", "r") == 2
    )
    assert "cannot be accepted" in capsys.readouterr().err and not (root / "locale/es/exceptions.yaml").exists()


def test_a_signature_of_later_today_cannot_be_taken_back_without_a_word(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    root = site_of(make, WORD, words={WORD: PALABRA})
    assert verb(root, "review", "es", "index", "--as", "reviser", "--by", "Omar") == 0
    path = root / "locale/es/reviews.jsonl"
    path.write_text(path.read_text().replace("2026-11-03T08:00:00Z", "2026-11-03T23:00:00Z"))
    before = path.read_bytes()
    assert verb(root, "review", "es", "index", "--void", "--by", "Dr. Gil", "--note", "n") == 2
    assert "dated later" in capsys.readouterr().err and path.read_bytes() == before
