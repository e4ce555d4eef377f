"""What a text stands under: read off the page, graded, withheld where it turns round, and foretold."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from pipeline.catalog import po_entry, po_file
from pipeline.changes import occurrences
from pipeline.changes.edit_log import LOG_PATH
from pipeline.changes.former import path_of
from pipeline.changes.grading import turned_round, turns
from pipeline.cli.main import main
from pipeline.commands import check, impact
from pipeline.content import markdown
from pipeline.core.model import Key, ident
from pipeline.core.states import State
from pipeline.review.confirmed import UNCHANGED
from tests.conftest import Make, built, made_once, project_of, translate, updated
from tests.sites import on

PO = "locale/es/LC_MESSAGES/messages.po"

UNDER = [
    # the page, and what each text stands under that is not a heading itself
    ("# A\n\n## Do not\n\n- drive\n", {"drive": ("A", "Do not")}),
    ("# A\n\nNever do this:\n\n- drive\n\nRest.\n", {"drive": ("A", "Never do this:"), "Rest.": ("A",)}),
    ("# A\n\nDo not do these.\n\n- drive\n", {"drive": ("A", "Do not do these.")}),
    ("# A\n\nYou may rest now.\n\n- drive\n", {"drive": ("A",)}),
    ("# A\n\n**Do not**\n\n1. drive\n2. lift\n", {"drive": ("A", "Do not"), "lift": ("A", "Do not")}),
    ("# A\n\n- Do not:\n  - drive\n- rest\n", {"drive": ("A", "Do not:"), "rest": ("A",)}),
    ("# A\n\n- Rest well.\n  - at home\n", {"at home": ("A",)}),
    ("# A\n\n| | Yes | No |\n|---|---|---|\n| Food | bread | wine |\n", {"bread": ("A", "Yes", "Food"), "wine": ("A", "No", "Food")}),
    ("# A\n\nAvoid:\n\n| Food |\n|---|\n| wine |\n", {"wine": ("A", "Avoid:", "Food")}),
    ("# A\n\n::: warning Do not\nDrive.\n\n- lift\n:::\n\nRest.\n", {"Drive.": ("A", "Do not"), "lift": ("A", "Do not"), "Rest.": ("A",)}),
    ("# A\n\nDo not take\n:   wine\n:   beer\n\nTake\n:   bread\n", {"wine": ("A", "Do not take"), "beer": ("A", "Do not take"), "bread": ("A", "Take")}),
    ("# A\n\n> Never:\n>\n> - drive\n\n- rest\n", {"drive": ("A", "Never:"), "rest": ("A",)}),
    ("# A\n\n<div><p>Do not:</p><ul><li>drive<li>lift</ul><p>Rest.</p></div>\n", {"drive": ("A", "Do not:"), "lift": ("A", "Do not:"), "Rest.": ("A",)}),
    ("# A\n\n<table><tr><th>Yes<th>No<tr><td>bread<td>wine</table>\n", {"bread": ("A", "Yes"), "wine": ("A", "No", "bread")}),
    ("# A\n\n<details><summary>Do not</summary>\n\n- drive\n\n</details>\n\n- rest\n", {"drive": ("A", "Do not"), "rest": ("A",)}),
    ("# A\n\n## Do not\n\nDrive.\n", {"Drive.": ("A", "Do not")}),
    ("# A\n\n## If you do not feel well\n\nCall us.\n\n- rest\n", {"Call us.": ("A",), "rest": ("A", "If you do not feel well")}),
    ("# A\n\n## B\n\n### C\n\n- x\n\n## D\n\n- y\n", {"x": ("A", "B", "C"), "y": ("A", "D")}),
    ("# A\n\n## Do not\n\n- drive[^1]\n\n[^1]: For a day.\n", {"For a day.": ()}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), UNDER)
def test_what_a_text_stands_under(text: str, wanted: dict[str, tuple[str, ...]]) -> None:
    document = markdown.read("source/a.md", text, [])
    found = {message.key.msgid: message.under for message in document.messages()}
    assert {text: found[text] for text in wanted} == wanted
    said = {block.number: block.inline.source for block in document.blocks()}
    for block in document.blocks():
        assert len(block.under) == len(set(block.under)) and all(number < block.number for number in block.under)
        assert all(said[number] for number in block.under)


TURNED = [
    ("Do", "Do not"), ("Do not", "Do"), ("Safe foods", "Unsafe foods"), ("Take with food", "Take without food"),
    ("Before surgery", "After surgery"), ("Dose (mg)", "Dose (mcg)"), ("Left arm", "Right arm"), ("Adults", "Children"),
    ("Yes", "No"), ("Allowed", "Not allowed"), ("Keep taking", "Stop taking"), ("Foods to eat", "Foods to avoid"),
    ("Stop taking:", "Do not stop taking:"), ("If you do:", "If you do not:"), ("Dos", "Don’ts"), ("When to call", "When not to call"),
]  # fmt: skip
STRAIGHT = [
    ("Do not", "Never"), ("Do not:", "Do not do these things:"), ("Side effects", "Common side effects"), ("Step 1", "Step 2"),
    ("Getting ready", "Before your visit"), ("Sleep", "If you cannot sleep"), ("Call us:", "Call us if you do not pass urine:"),
    ("Avoid", "Do not eat"), ("Day 1", "Day 2"), ("Eating", "What you may eat"), ("Going in by car", "Getting out of bed at home"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now"), TURNED)
def test_what_turns_a_text_round(was: str, now: str) -> None:
    assert turned_round(("A", was), ("A", now)) and turned_round(("A", now), ("A", was))


@pytest.mark.parametrize(("was", "now"), STRAIGHT)
def test_what_does_not(was: str, now: str) -> None:
    assert not turned_round(("A", was), ("A", now)) and not turned_round(("A", now), ("A", was))
    assert not turned_round(("A", was), ("B", "A", was))


def test_a_negation_that_says_no_to_its_own_word() -> None:
    assert [text for text in ("If you cannot sleep", "Do not stop", "Keep on") if turns(text)] == []


DO = "# Care\n\n## Do\n\n- Drive a car.\n- Eat bread.\n\n## Do not\n\n- Smoke.\n"
DO_NOT = "# Care\n\n## Do\n\n- Eat bread.\n\n## Do not\n\n- Smoke.\n- Drive a car.\n"
SPANISH = {
    "Care": "Cuidados", "Do": "Haga", "Do not": "No haga", "Drive a car.": "Conducir.", "Eat bread.": "Comer pan.", "Smoke.": "Fumar.",
    "Do these things:": "Haga esto:", "Never do these things:": "Nunca haga esto:", "Rest.": "Descanse.", "Yes": "Sí", "No": "No", "Food": "Comida",
}  # fmt: skip


@pytest.fixture
@made_once
def site_of(make: Make) -> Path:
    root = make({"index.md": DO})
    translate(root, SPANISH)
    return root


def page(root: Path, text: str, *, step: bool = True) -> str:
    """The Spanish article of the site once its page is this."""
    (root / "source/index.md").write_text(text)
    if step:
        updated(root)
        body = (root / PO).read_bytes(), (root / path_of("es")).read_bytes() if (root / path_of("es")).exists() else b""
        assert updated(root)[0] == [] and body[0] == (root / PO).read_bytes()
    built(root)
    found = re.search("<article.*?</article>", (root / "dist/es/index.html").read_text(), re.S)
    assert found
    return found[0]


LEAD = "# Care\n\nDo these things:\n\n- Drive a car.\n- Eat bread.\n\nRest.\n"
EDITS = [
    ("an item moves from Do to Do not", DO, DO_NOT, ["Drive a car."]),
    ("the same back", DO_NOT, DO, ["Drive a car."]),
    ("a heading turns", DO, DO.replace("## Do\n", "## Never\n"), ["Drive a car.", "Eat bread."]),
    ("a lead-in turns", LEAD, LEAD.replace("Do these", "Never do these"), ["Drive a car.", "Eat bread."]),
    ("the head of a column", "# Care\n\n| Yes |\n|---|\n| Eat bread. |\n", "# Care\n\n| No |\n|---|\n| Eat bread. |\n", ["Eat bread."]),
    ("a box with another title", "# Care\n\n::: note Yes\nRest.\n:::\n", "# Care\n\n::: note No\nRest.\n:::\n", ["Rest."]),
    ("another kind of box: its label says so itself", "# Care\n\n::: warning\nRest.\n:::\n", "# Care\n\n::: note\nRest.\n:::\n", []),
    ("a heading in other words", DO, DO.replace("## Do\n", "## What you can do\n"), []),
    ("a list moves to another page part", DO, "# Care\n\n## Food\n\n- Eat bread.\n- Drive a car.\n\n## Do not\n\n- Smoke.\n", []),
    ("an item comes back elsewhere", "# Care\n\n## Do not\n\n- Smoke.\n", "# Care\n\n## Do not\n\n- Smoke.\n- Rest.\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "turned"), [row[1:] for row in EDITS], ids=[row[0] for row in EDITS])
@pytest.mark.parametrize("step", [True, False], ids=["update", "build alone"])
def test_what_turned_is_withheld_within_one_build(
    make: Make, before: str, after: str, turned: list[str], step: bool
) -> None:
    root = make({"index.md": before})
    translate(root, SPANISH)
    updated(root), built(root)
    (root / "source/index.md").write_text(after)
    found = impact.measure(project_of(root), None)
    assert sorted(one.now.msgid for one in found.edited if one.how == "stands elsewhere") == sorted(turned)
    foretold = {turn.place.key.msgid for turn in found.turns if turn.to == "english"}
    assert foretold.issuperset(turned)
    shown = page(root, after, step=step)
    for text in turned:
        assert SPANISH[text] not in shown and text in shown and 'class="notice notice-stale"' in shown
    for text in ("Drive a car.", "Eat bread.", "Smoke.", "Rest."):
        if text in after and text not in turned and text in before:
            assert SPANISH[text] in shown, text
    if step:
        lines = (
            [json.loads(line) for line in (root / LOG_PATH).read_text().splitlines()]
            if (root / LOG_PATH).exists()
            else []
        )
        placed = [line for line in lines if line["how"] == "placed"]
        assert len(placed) == len(turned) and {line["severity"] for line in placed} <= {"critical"}
        live = {one.key.msgid: one for one in po_file.load(root, PO).entries if not one.obsolete}
        assert all(live[text].fuzzy and "critical: now under" in " ".join(live[text].extracted) for text in turned)
        back = page(root, before)
        assert all(SPANISH[text] in back for text in turned), "and where it stood before it is what it was"


@pytest.mark.parametrize(
    ("good", "bad", "mended"),
    [
        ('"Fumar."', '"Fu"mar."', '"Fumar."'),
        ('"Conducir."', '"Conducir "ya"."', '"Conducir \\"ya\\"."'),
        ('msgid "Drive a car."', 'msgid "Drive a car.', 'msgid "Drive a car."'),
        ("", "", ""),
    ],
    ids=["another entry", "its own", "its English", "all of it, in UTF-16"],
)
def test_a_catalog_that_could_not_be_read_when_it_moved(site_of: Path, good: str, bad: str, mended: str) -> None:
    path = site_of / PO
    text = path.read_text("utf-8")
    path.write_bytes(text.replace(good, bad).encode("utf-8" if good else "utf-16"))
    (site_of / "source/index.md").write_text(DO_NOT)
    assert main(["update", "--root", str(site_of)]) == 2
    path.write_text(text.replace(good, mended), "utf-8")
    for step in (False, True):
        assert "Conducir" not in page(site_of, DO_NOT, step=step)


def test_an_edit_that_no_update_has_seen_is_nobodys_error(site_of: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An editor turns a list round and has not run `update`: the translators took no mark off, since there was none."""
    (site_of / "source/index.md").write_text(DO_NOT)
    assert UNCHANGED not in [one.code for one in check.check(project_of(site_of))]
    assert main(["check", "--root", str(site_of)]) == 0, capsys.readouterr().out
    assert "Conducir" not in page(site_of, DO_NOT, step=True)
    cleared(site_of)
    assert UNCHANGED in [one.code for one in check.check(project_of(site_of))]


def cleared(root: Path) -> None:
    found = po_file.load(root, PO)
    made = [po_entry.amended(one, one._replace(flags=tuple(f for f in one.flags if f != "fuzzy"), previous=None, extracted=one.extracted[:1])) for one in found.entries if not one.obsolete]  # fmt: skip
    from dataclasses import replace

    (root / PO).write_bytes(replace(found, entries=tuple(made)).text().encode())


def test_a_flag_that_is_cleared_confirms_nothing_and_a_person_does(
    site_of: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page(site_of, DO_NOT)
    cleared(site_of)
    assert "Conducir" not in page(site_of, DO_NOT)
    codes = [one.code for one in check.check(project_of(site_of))]
    assert UNCHANGED in codes
    sign = ["review", "es", "index#do-not.2", "--as", "reviser", "--by", "Omar Haddad", "--root", str(site_of)]
    assert main(sign) == 0
    assert "Conducir" in page(site_of, DO_NOT)
    assert UNCHANGED not in [one.code for one in check.check(project_of(site_of))]
    other = DO_NOT.replace("## Do not", "## Always").replace("## Do\n", "## First\n")
    assert "Conducir" in page(site_of, other), "made under Do, it is right again"
    two = (
        DO.replace("Do not", "Not allowed")
        .replace("- Smoke.", "- Smoke.\n- Drive a car.")
        .replace("- Drive a car.\n- Eat", "- Eat")
    )
    page(site_of, two)
    translate(site_of, {"Not allowed": "Prohibido"})
    assert "Conducir" in page(site_of, two), "who confirmed it under one *not* did so for the other"
    capsys.readouterr()


def test_a_signature_from_before_does_not_count(site_of: Path) -> None:
    sign = ["review", "es", "index#do.1", "--as", "reviser", "--by", "Omar Haddad", "--root", str(site_of)]
    assert main(sign) == 0
    page(site_of, DO_NOT)
    cleared(site_of)
    assert "Conducir" not in page(site_of, DO_NOT)


def test_somebody_accepts_it_by_name(site_of: Path) -> None:
    page(site_of, DO_NOT)
    cleared(site_of)
    line = next(one.line for one in po_file.load(site_of, PO).entries if one.key == Key(None, "Drive a car."))
    accept = [
        "accept",
        f"{PO}:{line}",
        "--check",
        UNCHANGED,
        "--by",
        "Ana Ruiz",
        "--reason",
        "same",
        "--root",
        str(site_of),
    ]
    assert main(accept) == 0
    assert "Conducir" in page(site_of, DO_NOT)


def test_two_people_decide_that_nothing_turned(site_of: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(site_of, DO_NOT)
    said = ["decide", "index#do-not.2", "--meaning-unchanged", "--reason", "a figure of speech", "--root", str(site_of)]
    assert main([*said, "--by", "Ana Ruiz"]) != 0, "a critical edit takes two"
    assert main([*said, "--by", "Ana Ruiz", "--second", "Omar Haddad"]) == 0
    assert "Conducir" in page(site_of, DO_NOT)
    assert "Conducir" not in page(site_of, DO_NOT.replace("## Do not", "## Avoid")), "elsewhere it is another question"
    capsys.readouterr()


def test_an_edit_of_looks_does_not_bring_it_back(site_of: Path) -> None:
    """Moved, then a full stop: the text that waits under the new English is the one from before."""
    page(site_of, DO_NOT)
    assert "Conducir" not in page(site_of, DO_NOT.replace("Drive a car.", "Drive a car!"))
    both = DO.replace("- Drive a car.\n", "").replace("- Smoke.", "- Smoke.\n- Drive a car!")
    assert "Conducir" not in page(site_of, both)


def test_moved_and_edited_at_once(site_of: Path) -> None:
    assert "Conducir" not in page(site_of, DO_NOT.replace("Drive a car.", "Drive a car!"))


def test_an_item_that_went_and_comes_back_elsewhere(site_of: Path) -> None:
    page(site_of, DO.replace("- Drive a car.\n", ""))
    assert "Conducir" not in page(site_of, DO_NOT)
    assert "Conducir" in page(site_of, DO)


def test_an_item_that_was_carried_over_went_and_comes_back_elsewhere(site_of: Path) -> None:
    """Its entry went with it: what it gets when it comes back is the text of what it was before."""
    here = DO.replace("car.", "car!")
    assert "Conducir" in page(site_of, here)
    page(site_of, here.replace("- Drive a car!\n", ""))
    assert "Conducir" not in page(site_of, DO_NOT.replace("car.", "car!"))
    assert "Conducir" in page(site_of, here)
    assert "Conducir" in page(site_of, DO)


@pytest.mark.parametrize("moves", [False, True], ids=["it never moved", "it moved and came back"])
def test_our_note_of_words_counts_where_the_text_moved_too(make: Make, moves: bool) -> None:
    """A tool took the marks off, and dropped the English that the text was made for, here and in `former.jsonl`: the note alone tells."""
    was, became, looks = (f"Take 5 mg at {word}" for word in ("night.", "noon.", "noon!"))
    root = make({"index.md": DO.replace("Drive a car.", was)})
    translate(root, SPANISH | {was: "Tome por la noche."})
    po, former, marks = root / PO, root / path_of("es"), re.compile(r"^#, fuzzy\n|^#\|.*\n", re.M)
    for text in (DO, DO_NOT, DO) if moves else (DO,):
        page(root, text.replace("Drive a car.", became))
    po.write_text(marks.sub("", po.read_text()))
    page(root, DO.replace("Drive a car.", looks))
    kept = [one for one in po.read_text().split("\n\n") if f'#~ msgid "{was}"' not in one]
    text = marks.sub("", "\n\n".join(kept))
    po.write_text(f'{text.rstrip()}\n\n#~ msgid "{became}"\n#~ msgstr "Tome por la noche."\n')
    former.write_text("".join(line for line in former.read_text().splitlines(True) if "placed" in line))
    assert moves == bool(former.read_text()) and "critical: time: night → noon" in po.read_text()
    rows = [
        row
        for group in project_of(root).table("es").by_file.values()
        for row in group
        if row.message.key.msgid == looks
    ]
    assert {row.state for row in rows} == {State.STALE}


def test_only_the_place_that_turned(site_of: Path) -> None:
    """One text at two places of a page: each is decided by itself, and the entry is not marked for one of them."""
    both = DO.replace("- Smoke.", "- Smoke.\n- Drive a car.")
    shown = page(site_of, both)
    assert "Conducir" in shown, "where it stood it stands"
    entry = next(one for one in po_file.load(site_of, PO).entries if one.key.msgid == "Drive a car.")
    assert not entry.fuzzy
    once = DO_NOT.replace("- Eat bread.", "- Eat bread.\n- Drive a car.")
    assert page(site_of, once).count("Conducir") >= 1


GROUP = "# Care\n\nNever do these things:\n\n- Drive a car.\n\nRest.\n"


@pytest.mark.parametrize(
    "lead",
    ["Never do these things:", "<!-- i18n: skip -->\n\nNever do these things:", "Never do these things:\n"],
    ids=["untranslated", "skipped", "again"],
)
def test_a_group_under_a_no_in_english_is_in_english(make: Make, lead: str) -> None:
    root = make({"index.md": GROUP.replace("Never do these things:", lead)})
    translate(root, {text: SPANISH[text] for text in ("Care", "Drive a car.", "Rest.")})
    shown = page(root, GROUP.replace("Never do these things:", lead))
    assert (
        "Conducir" not in shown and "Drive a car." in shown and "Descanse" in shown and "notice-untranslated" in shown
    )
    assert main(["audit", "--root", str(root)]) == 0
    if "skip" not in lead:
        translate(root, SPANISH)
        assert "Conducir" in page(root, GROUP)


def test_a_plain_heading_in_english_leaves_its_list(make: Make) -> None:
    root = make({"index.md": LEAD})
    translate(root, {"Drive a car.": "Conducir."})
    assert "Conducir" in page(root, LEAD)


def test_places_of_older_versions_turn_nothing(site_of: Path) -> None:
    """Nobody noted what stood around a text: the next update notes it, and says nothing of before."""
    path = site_of / occurrences.OCCURRENCES_PATH
    path.write_text(
        "".join(line for line in path.read_text().splitlines(True) if "  +" not in line and "`+`" not in line)
    )
    assert "Conducir" in page(site_of, DO_NOT)
    assert "+ under" in path.read_text()
    assert "Conducir" not in page(site_of, DO)


def git(root: Path, *words: str) -> None:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", *words]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


DAMAGED = {
    "gone": "",
    "a line lost": lambda text: re.sub(r'  \+ under \["Care", "Do not"\]\n', "", text),
    "a text lost": lambda text: text.replace("  {} list item\n".format(ident(Key(None, "Smoke."))), ""),
    "other lines": lambda text: text.replace('["Care", "Do not"]', '["Care", "Do"]'),
    "torn": lambda text: text[: text.index("Do not") - 12],
    "nothing in it": lambda text: "\n",
}
TURNED_OVER = "# Care\n\n## Do not\n\n- Drive a car.\n- Eat bread.\n\n## Do\n\n- Smoke.\n"


def damage(root: Path, how: str) -> None:
    path, change = root / occurrences.OCCURRENCES_PATH, DAMAGED[how]
    path.write_text(change(path.read_text())) if callable(change) else path.unlink()


@pytest.mark.parametrize("how", DAMAGED)
@pytest.mark.parametrize("committed", [False, True], ids=["not committed", "committed"])
def test_where_texts_stood_is_damaged_while_headings_turn(site_of: Path, how: str, committed: bool) -> None:
    updated(site_of)
    git(site_of, "init", "-q"), git(site_of, "add", "."), git(site_of, "commit", "-qm", "one")
    damage(site_of, how)
    if committed:
        git(site_of, "commit", "-qam", "damaged")
    assert "Fumar." in page(site_of, DO + "\nRest.\n", step=False), "nothing turned"
    (site_of / "source/index.md").write_text(TURNED_OVER)
    assert "Fumar." not in page(site_of, TURNED_OVER, step=False)
    assert "Fumar." not in page(site_of, TURNED_OVER)
    cleared(site_of)
    assert "Fumar." not in page(site_of, TURNED_OVER, step=False)
    said = [one for one in check.check(project_of(site_of)) if one.code == UNCHANGED]
    lines = (site_of / PO).read_text().split("\n")
    assert 'msgstr "Fumar."' in {lines[one.span.line - 1] for one in said if one.span.path == PO}, (
        "and it is said where"
    )
    assert "Fumar." in page(site_of, DO)


@pytest.mark.parametrize("known", [False, True], ids=["git never had it", "git has it"])
def test_where_texts_stood_is_lost_and_nothing_turned(site_of: Path, known: bool) -> None:
    updated(site_of)
    if known:
        git(site_of, "init", "-q"), git(site_of, "add", "."), git(site_of, "commit", "-qm", "one")
    damage(site_of, "gone")
    for step in (False, True):
        shown = page(site_of, DO, step=step)
        assert all(SPANISH[text] in shown for text in ("Drive a car.", "Eat bread.", "Smoke."))
    assert (site_of / occurrences.OCCURRENCES_PATH).exists()


def test_what_updates_wrote_is_believed(site_of: Path) -> None:
    """Each record follows from the one before it, by the edit log, however often headings turn and texts come and go."""
    git(site_of, "init", "-q")
    for at, text in enumerate(
        [DO, TURNED_OVER, DO + "- Rest.\n", DO_NOT, DO.replace("- Eat bread.\n", ""), TURNED_OVER, DO]
    ):
        (site_of / "source/index.md").write_text(text)
        with on(at):
            assert project_of(site_of).doubts == {}
            updated(site_of)
            (site_of / "source/index.md").write_text(text + "\nMore.\n")
            assert project_of(site_of).doubts == {}
            (site_of / "source/index.md").write_text(text)
        git(site_of, "add", "."), git(site_of, "commit", "-qm", "more")


REFS = "# Manual\n\nSee [the big manual][m] for all.\n\n[m]: {}\n"
VEA = {"See [the big manual][m] for all.": "Vea [el manual grande][m]."}
LINKS = [
    ("written in place", "See [the big manual](https://a.example/m) for all.", "cosmetic", "Vea"),
    ("another label", "See [the big manual][n] for all.\n\n[n]: https://a.example/m", "cosmetic", "Vea"),
    ("another host in place", "See [the big manual](https://b.example/m) for all.", "critical", ""),
    ("another host under the label", "See [the big manual][m] for all.\n\n[m]: https://b.example/m", "critical", ""),
    ("another path under the label", "See [the big manual][m] for all.\n\n[m]: https://a.example/n", "cosmetic", "Vea"),
    ("a title under the label", 'See [the big manual][m] for all.\n\n[m]: https://a.example/m "Not now"', "critical", ""),
    ("no link any more", "See the big manual for all.", "wording|critical", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "grade", "shown"), [row[1:] for row in LINKS], ids=[row[0] for row in LINKS])
def test_a_reference_is_what_it_leads_to(make: Make, text: str, grade: str, shown: str | None) -> None:
    root = make({"index.md": REFS.format("https://a.example/m")})
    translate(root, VEA)
    found = page(root, f"# Manual\n\n{text}\n")
    lines = [json.loads(line) for line in (root / LOG_PATH).read_text().splitlines()]
    assert re.fullmatch(grade, max((line["severity"] for line in lines), key=["cosmetic", "wording", "critical"].index))
    assert shown is None or ("Vea" in found) == bool(shown)
    if shown:
        address = re.search(r"https:[^)\s]*", text)
        assert address and f'href="{address[0]}"' in found
    if "[m]" not in text:
        before = (root / LOG_PATH).read_text()
        (root / LOG_PATH).write_text(before.replace('"severity": "critical"', '"severity": "cosmetic"'))
        built(root)
        assert bool(shown) or shown is None or "Vea" not in (root / "dist/es/index.html").read_text(), "graded again"


IN_PLACE = "See [the big manual](https://a.example/m) for all."
WRITTEN_ELSEWHERE = [
    ("See [the big manual][m] for all.\n\n[m]: https://a.example/m", "Vea"),
    ("See [the big manual][] for all.\n\n[the big manual]: https://a.example/m", "Vea"),
    ("See [the big manual][m] for all.\n\n[m]: https://b.example/m", ""),
]


@pytest.mark.parametrize(("text", "shown"), WRITTEN_ELSEWHERE)
def test_a_link_that_becomes_a_reference_is_the_same_link(make: Make, text: str, shown: str) -> None:
    """The page is the same to the byte; it was logged as looks, and withheld since "none" became a host."""
    root = make({"index.md": f"# Manual\n\n{IN_PLACE}\n"})
    translate(root, {IN_PLACE: "Vea [el gran manual](https://a.example/m) para todo."})
    assert "Vea" in page(root, f"# Manual\n\n{IN_PLACE}\n")
    assert ("Vea" in page(root, f"# Manual\n\n{text}\n")) == bool(shown)
