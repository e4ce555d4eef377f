"""Pruning obsolete entries: what goes, what stays and why, and that nothing that rests on them is another afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog import po_entry, po_file
from pipeline.changes import former
from pipeline.changes.edit_log import LOG_PATH
from pipeline.cli.main import main
from pipeline.commands import check, prune
from pipeline.commands.prune import ALONE, LIVE, NOTED, RECORDED, UNDATED, YOUNG
from tests.conftest import Make, built, project_of, read_tree, translate, updated
from tests.test_merge import git

PO = "locale/es/LC_MESSAGES/messages.po"
NURSE, DOCTOR = "The nurse fills the pump every month.", "The doctor fills the pump every month."
CARD, REST = "Carry your pump card with you.", "Rest for a few days."
FILL, CARRY = "La enfermera llena la bomba cada mes.", "Lleve su tarjeta."
DAY = 1793491200  # 2026-11-01


def page(*texts: str) -> str:
    return "# Pump\n\n" + "\n\n".join(texts) + "\n"


@pytest.fixture
def site(make: Make, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two texts translated; then one was reworded, the other removed, and the new wording translated."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    root = make({"index.md": page(NURSE, CARD, REST)})
    translate(root, {NURSE: FILL, CARD: CARRY, "Pump": "Bomba", REST: "Descanse."})
    (root / "source/index.md").write_text(page(DOCTOR, REST))
    updated(root)
    translate(root, {DOCTOR: "El médico llena la bomba cada mes."})
    updated(root)
    return root


def obsolete(root: Path) -> list[str]:
    return [one.key.msgid for one in po_file.load(root, PO).entries if one.obsolete]


def later(monkeypatch: pytest.MonkeyPatch, days: int = 400) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY + days * 86400))


def kept(root: Path, days: int = 365) -> dict[str, int]:
    return dict(prune.prune(project_of(root), days)[0].kept)


def dropped(root: Path, days: int = 365) -> list[str]:
    return [one.entry.key.msgid for one in prune.prune(project_of(root), days)[0].dropped]


def test_what_has_an_heir_goes_and_the_rest_stays(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dropped(site) == [] and kept(site) == {YOUNG: 1, ALONE: 1}
    later(monkeypatch)
    built(site)
    before = {path: body for path, body in read_tree(site).items() if not path.startswith("dist/")}
    pages = {path: body for path, body in read_tree(site / "dist").items() if path.endswith(".html")}
    assert main(["prune", "--root", str(site)]) == 0
    said = capsys.readouterr().out
    assert (
        NURSE in said
        and FILL in said
        and "gone since 2026-11-01" in said
        and DOCTOR in said
        and "Nothing was written" in said
    )
    assert f"1 text kept: {ALONE}" in said and CARD not in said
    assert {path: body for path, body in read_tree(site).items() if not path.startswith("dist/")} == before
    assert main(["prune", "--write", "--root", str(site)]) == 0
    assert obsolete(site) == [CARD] and "1 obsolete text taken out" in capsys.readouterr().out
    after = read_tree(site)
    assert main(["prune", "--write", "--root", str(site)]) == 0 and read_tree(site) == after, "the same bytes again"
    assert updated(site)[0] == [] and not [one for one in check.check(project_of(site)) if one.code == "out-of-step"]
    built(site)
    assert {path: body for path, body in read_tree(site / "dist").items() if path.endswith(".html")} == pages


def test_what_it_was_is_remembered(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The former text under the new English without a mark: `former.jsonl` tells, where the entry no longer does."""
    later(monkeypatch)
    (site / former.path_of("es")).unlink()  # as in a site that began with an older version
    assert main(["prune", "--write", "--root", str(site)]) == 0
    translate(site, {DOCTOR: FILL})
    built(site)
    assert "unchanged-since-edit" in [one.code for one in check.check(project_of(site))]
    (site / "source/index.md").write_text(page(NURSE, REST))
    updated(site)
    live = po_file.load(site, PO).live()
    assert [entry.strings for key, entry in live.items() if key.msgid == NURSE] == [(FILL,)], (
        "and it goes back with its English"
    )


def amend(root: Path, msgid: str, **parts: object) -> None:
    found = po_file.load(root, PO)
    made = tuple(
        po_entry.amended(one, one._replace(**parts)) if one.key.msgid == msgid else one  # type: ignore[arg-type]
        for one in found.entries
    )
    (root / PO).write_bytes(replace(found, entries=made).text().encode())


def test_what_waits_keeps_its_original(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The heir is stale, carried over or empty: its text, or what it is compared with, stands in the old entry."""
    (site / "source/index.md").write_text(page(DOCTOR[:-1] + "!", REST))
    updated(site)
    later(monkeypatch)
    assert dropped(site) == [NURSE] and kept(site)[LIVE] == 1, "carried over from there"
    for text in (NURSE.replace("nurse", "team"), DOCTOR.replace("every", "each")):
        (site / "source/index.md").write_text(page(text, REST))
        updated(site)
        assert dropped(site, 0) == [], "it waits for a translator"
    amend(site, text, strings=("",), flags=(), previous=None, extracted=("paragraph",))
    assert dropped(site, 0) == [], "emptied: she may want to look again"


def test_half_of_a_split_is_empty(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make({"index.md": page(f"{NURSE} It does not hurt at all.", REST)})
    translate(root, {f"{NURSE} It does not hurt at all.": FILL})
    (root / "source/index.md").write_text(page(NURSE, "It does not hurt at all.", REST))
    updated(root)
    translate(root, {NURSE: FILL + "."})
    assert dropped(root, 0) == [] and ALONE in kept(root, 0)
    translate(root, {"It does not hurt at all.": "No duele."})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(4_000_000_000))
    assert len(dropped(root, 0)) == 1


def test_what_a_record_rests_on_stays(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch)
    from pipeline.core.model import Key, ident

    name = ident(Key(None, NURSE))
    paths = {
        "locale/es/reviews.jsonl": f'{{"date":"2026-10-01","message":"{name}","name":"Ana","role":"reviser","translation":"{name}"}}\n',
        "locale/en/reviews.jsonl": f'{{"date":"2026-10-01","message":"{name}","name":"Lee","role":"clinician","translation":"{name}"}}\n',
        "locale/recalls.jsonl": f'{{"by":["Ana"],"date":"2026-10-01T00:00:00Z","how":"recalled","message":"{name}","reason":"x"}}\n',
        "locale/es/exceptions.yaml": f'exceptions:\n  - check: number\n    message: {name}\n    translation: {name}\n    text: x\n    reason: y\n    by: Ana\n    on: "2026-10-01"\n',
    }
    assert dropped(site) == [NURSE]
    for path, text in paths.items():
        old = (site / path).read_bytes() if (site / path).exists() else None
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes((old or b"") + text.encode())
        assert dropped(site) == [] and kept(site)[RECORDED] == 1, path
        (site / path).unlink() if old is None else (site / path).write_bytes(old)
    assert dropped(site) == [NURSE]


def test_notes_stay_until_they_stand_elsewhere(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch)
    amend(site, NURSE, notes=("Ask Ana.",))
    assert dropped(site) == [] and kept(site)[NOTED] == 1
    amend(site, DOCTOR, notes=("Ask Ana.",))
    assert dropped(site) == [NURSE]


def test_an_offer_that_nobody_took(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never shown; but not what a translator marked as unfinished after it had been shown."""
    later(monkeypatch)
    amend(site, CARD, flags=("fuzzy",))
    assert CARD not in dropped(site)
    amend(
        site,
        CARD,
        flags=("fuzzy",),
        previous=po_entry.Previous(po_file.load(site, PO).entries[-1].key._replace(msgid="Else")),
    )
    assert CARD in dropped(site)


def test_what_the_log_does_not_date_git_may(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An offer under an English that no log knows: it goes if it was obsolete already in the last commit before the day."""
    else_ = po_file.load(site, PO).entries[-1].key._replace(msgid="Else")
    amend(
        site, CARD, key=else_._replace(msgid="Nobody logged this."), flags=("fuzzy",), previous=po_entry.Previous(else_)
    )
    later(monkeypatch)
    assert dropped(site) == [NURSE] and kept(site) == {UNDATED: 1}
    git(site, "init", "-q"), git(site, "add", "."), git(site, "commit", "-qm", "x", day=20)
    assert dropped(site) == [NURSE, "Nobody logged this."]
    later(monkeypatch, 370)
    assert dropped(site) == [NURSE] and kept(site) == {UNDATED: 1}, "the commit is not so old"


def test_where_nobody_knows_what_is_needed_nothing_goes(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    later(monkeypatch)
    log = (site / LOG_PATH).read_text()
    (site / LOG_PATH).write_text(log + "torn\n")
    assert main(["prune", "--write", "--root", str(site)]) == 2 and NURSE in obsolete(site)
    (site / LOG_PATH).write_text(log)
    (site / "source/index.md").write_text(page(REST))
    assert main(["prune", "--write", "--root", str(site)]) == 2 and NURSE in obsolete(site)
    assert "lockstep update" in capsys.readouterr().err
