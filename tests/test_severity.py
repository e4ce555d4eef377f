"""Severity, held to tables of clinical edits that a reader can check: no critical edit may pass for less."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.content.inline import parse
from pipeline.core.inline import Syntax
from pipeline.severity.severity import Grade, grade
from pipeline.text.english import name_of

TABLES = sorted((Path(__file__).parent / "clinical").glob("*.tsv"))
NAMES = frozenset(
    name_of(name)
    for name in ("morphine", "hydromorphone", "baclofen", "ziconotide", "clonidine", "SynchroMed II", "Prometra II")
)


def graded(before: str, after: str) -> Grade:
    return grade(parse(before, Syntax.MARKDOWN), parse(after, Syntax.MARKDOWN), NAMES)


def rows(path: Path) -> list[tuple[str, str, str, str]]:
    """The rows of a table: severity, before, after, what."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert next(reader) == ["severity", "before", "after", "what"]
        return [(row[0], row[1], row[2], row[3]) for row in reader]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_clinical_edits(path: Path) -> None:
    table = rows(path)
    assert len({row[1:3] for row in table}) == len(table) >= 100
    wrong = [
        f"{wanted} graded {found.severity}: {before} | {after} ({what}; {'; '.join(found.reasons)})"
        for wanted, before, after, what in table
        if str((found := graded(before, after)).severity) != wanted
    ]
    assert not wrong, f"{len(wrong)} of {len(table)}\n" + "\n".join(wrong[:40])


KINDS = [
    # what it should be, before, after: kinds of edits met in the histories of public documentation and health pages
    ("critical", "After you have eaten, take it.", "When you eat, take it."),
    ("critical", "Once you have eaten, take it.", "Once you eat, take it."),
    ("critical", "Pregnant women can use it.", "It can be used to be pregnant."),
    ("critical", "If possible, bring someone.", "You can bring someone."),
    ("critical", "If you can, fast.", "You can fast."),
    ("critical", "Ask for pain relief.", "Relief from pain: do ask what it costs."),
    ("critical", "Once the wound is dry, cover it.", "While the wound is drying, cover it."),
    ("wording", "Once you have had the injection, wait here.", "After you have had the injection, wait here."),
    ("wording", "When you have eaten, take it.", "Once you have eaten, take it."),
    ("wording", "After you have finished, wash your hands.", "When you finish, wash your hands."),
    ("critical", "Hold your breath for a while.", "Hold your breath for a second."),
    ("critical", "Rest when you can.", "Rest when you like."),
    ("critical", "Take it whenever possible.", "Take it whenever you want."),
    ("critical", "Keep where children can reach it.", "Keep out of reach of children."),
    ("critical", "The server keeps pictures below `/media/`.", "The server keeps pictures below `media/`."),
    ("critical", "The class is `QuerysetView`.", "The class is `QuerySetView`."),
    ("critical", "Options may be joined with `&` and `|`.", "Options may be joined with `&`, `|` and `^`."),
    ("critical", "The card is kept in the hospital.", "The card is kept in the hospice."),
    ("critical", "The clinic is good for a head.", "The clinic is good for a headache."),
    ("critical", "The handler of the WSGI level sees it.", "The handler of the ASGI/WSGI level sees it."),
    ("critical", "It shows the values that are unfiltered.", "It shows the values that are there."),
    ("critical", "It is for single visits.", "It is for single visits, planned group sessions, or longer home stays."),
    ("critical", "The pump is made of metal. Most people find the large bag easiest.", "The pump is made of metal."),
    ("critical", "The room has an alarm that beeps. Otherwise the alarm beeps in the room.", "The room has an alarm that beeps."),
    ("critical", "It shows the name or place.", "It shows the name, place or number."),
    ("critical", "Push the handle slowly.", "Push the handle."),
    ("critical", "The valve is partially open.", "The valve is open."),
    ("critical", "Do not bend; twist or lift.", "Do not bend. Twist or lift."),
    ("critical", "Do not take: aspirin; ibuprofen; naproxen.", "Do not take: aspirin. Ibuprofen; naproxen."),
    ("critical", "Take both, in the following order, with water.", "Take both with water."),
    ("critical", "Stop it, for a short time, after food.", "Stop it after food."),
    ("critical", "Your nurse flushes the line.", "You flush the line."),
    ("critical", "Ask your nurse to remove the patch.", "Remove the patch."),
    ("critical", "Use the bag.", "Re-use the bag."),
    ("critical", "Set up the alarm.", "Set off the alarm."),
    ("critical", "Use a new needle each time.", "Use the needle each time."),
    ("critical", "Use a clean towel.", "Use a towel."),
    ("critical", "Switch it on, then press it.", "Press it, then switch it on."),
    ("wording", "Use it, in particular, with water.", "Use it with water."),
    ("wording", "It is for the staff (and visitors), and is free.", "It is for the staff and visitors, and is free."),
    ("wording", "In some other way, of course, but this is good.", "In some other way, but this is good."),
    ("wording", "It does not match the card; this proves an error.", "It does not match the card. This proves an error."),
    ("wording", "The card is at your local office.", "The card is at your nearest office."),
    ("wording", "If it has no lid, you can still use it as a cup.", "If it has no lid, you can still utilize it as a cup."),
    ("cosmetic", "The nurse will setup the room.", "The nurse will set up the room."),
    ("cosmetic", "The program is re-started by the team.", "The program is restarted by the team."),
    ("cosmetic", "They can explane it.", "They can explain it."),
    ("cosmetic", "We may change, move, or close it without notice.", "We may change, move or close it without notice."),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "before", "after"), KINDS)
def test_kinds_that_real_histories_have(wanted: str, before: str, after: str) -> None:
    found = graded(before, after)
    assert str(found.severity) == wanted, found


MOVED = [
    # what it should be, before, after: a clause or phrase that moved, or a verb turned round, with something else beside it
    ("wording", "Drink plenty of water unless your doctor told you otherwise.", "Unless your doctor has told you otherwise, drink lots of water."),
    ("critical", "Drink plenty of water unless your doctor told you otherwise.", "Unless your doctor told you otherwise, drink little water."),
    ("wording", "If the patch comes off, call us at once.", "Call us immediately if the patch falls off."),
    ("critical", "If the patch comes off, call us at once.", "Call us at once if the patch gets wet."),
    ("critical", "If you have a fever, take two tablets.", "Take three tablets if you have a fever."),
    ("critical", "If you have a fever, take two tablets.", "Take two tablets if you have a cough."),
    ("critical", "Take the tablet and drink water after midnight.", "After midnight, take the tablet and drink water."),
    ("wording", "You must not eat or drink after midnight.", "After midnight, you must not eat or drink."),
    ("wording", "Check your feet every day for cuts, blisters or redness.", "Every day, check your feet for cuts, redness or blisters."),
    ("critical", "A nurse will visit you on the first day.", "Every day, a nurse will visit you."),
    ("critical", "Ask the nurse for a sugar-free syrup.", "For a syrup, ask the nurse."),
    ("wording", "We come three times a week for four hours.", "We come for four hours, three times a week."),
    ("critical", "We come three times a week for four hours.", "We come four times a week for three hours."),
    ("wording", "Even when you feel well, keep all your appointments.", "Keep all of your appointments, even when you feel well."),
    ("critical", "Only take it when you eat.", "Take it when you only eat."),
    ("wording", "Only open it when the light is off.", "Open it only when the light is off."),
    ("wording", "Put the ice in a towel first.", "First put the ice in a towel."),
    ("critical", "Take the tablet first.", "Take the first tablet."),
    ("wording", "A doctor should see children under five.", "Children under five should be seen by a doctor."),
    ("critical", "A doctor should see children under five.", "Children under five should be seen by a nurse."),
    ("critical", "The nurse calls your doctor.", "The nurse is called by your doctor."),
    ("wording", "The tablets can be taken with food.", "You can take the tablets with food."),
    ("critical", "The team is paid by the ward.", "The team pays the ward."),
    ("wording", "The ward pays the team.", "The team is paid by the ward."),
    ("wording", "It usually causes no symptoms.", "It does not usually cause symptoms."),
    ("critical", "It always causes no symptoms.", "It does not always cause symptoms."),
    ("critical", "It causes no symptoms.", "It causes symptoms."),
    ("critical", "Rest, and if it hurts, call us.", "If it hurts, rest, and call us."),
    ("critical", "From Monday, use the cream.", "Use the cream on Monday."),
    ("critical", "By noon, drink the first half.", "Drink the first half at noon."),
    ("critical", "At lunch, drink the rest.", "Drink the rest by lunch."),
    ("wording", "On Monday, we are closed.", "We are closed on Monday."),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "before", "after"), MOVED)
def test_what_moved_is_compared_in_its_place(wanted: str, before: str, after: str) -> None:
    found = graded(before, after)
    assert str(found.severity) == wanted, found


SAID = [
    # the same, of what one word or phrase says
    ("critical", "If the tube comes out, call us.", "If the tube is blocked, call us."),
    ("critical", "Tell us if the rash spreads.", "Tell us if the rash itches."),
    ("wording", "If the tube comes out, call us.", "If the tube falls out, call us."),
    ("wording", "If you go into hospital, tell us.", "If you are admitted to hospital, tell us."),
    ("wording", "If the wound opens up, call us.", "If the wound opens, call us."),
    ("critical", "Sit still while the nurse checks you.", "Sit on the chair while the nurse checks you."),
    ("wording", "Move your arm carefully.", "Move your arm with care."),
    ("critical", "Swelling usually goes down.", "Swelling usually gets worse."),
    ("critical", "We are here to help you day and night.", "We are here to help you during the day."),
    ("critical", "You can visit from 2 pm to 8 pm every day.", "You can visit from 2 pm to 8 pm on weekdays."),
    ("wording", "You can visit from 2 pm to 8 pm.", "You can visit 2 pm to 8 pm."),
    ("critical", "You can visit from 2 pm.", "You can visit 2 pm."),
    ("critical", "You will get a letter with the date.", "You will get a call with the date."),
    ("critical", "Relatives can call the ward at noon.", "Relatives can visit the ward at noon."),
    ("wording", "It works after about an hour.", "It works after about one hour."),
    ("wording", "It may take months until you feel well.", "It may take months before you feel well."),
    ("critical", "Do not drive until the test.", "Do not drive before the test."),
    ("critical", "Take it until you see us.", "Take it before you see us."),
    ("critical", "Take it with food until it helps.", "Take it with food before it helps."),
    ("critical", "If it takes long, use the mask until we call.", "If it takes long, use the mask before we call."),
    ("critical", "If your child is sick, keep her warm.", "If your child vomits, keep her warm."),
    ("wording", "If your child throws up, keep her warm.", "If your child vomits, keep her warm."),
    ("critical", "Use the drops by noon.", "Use the drops at noon."),
    ("critical", "Use the drops from Monday.", "Use the drops on Monday."),
    ("wording", "Talk to us before you buy a remedy.", "Talk to us before buying a remedy."),
    ("wording", "It dries within a day.", "It will dry within a day."),
    ("wording", "Store the pens in the fridge.", "Keep the pens in the fridge."),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "before", "after"), SAID)
def test_what_patient_pages_put_for_one_another(wanted: str, before: str, after: str) -> None:
    found = graded(before, after)
    assert str(found.severity) == wanted, found


CLOSED = [
    # a sentence, and words in its place of which no two say the same
    ("The nurse knows {} you are ill.", "that whether why how"),
    ("You feel better {} you walk.", "because although unless"),
    ("The rash {} goes away.", "often sometimes rarely slowly soon"),
    ("{} patients go home today.", "many both other half no"),
    ("Your {} scan is free.", "first second third last next only"),
    ("The belt goes {} the bump.", "under over behind beside"),
    ("{} can see your record.", "everyone someone nobody you"),
    ("The test is {} painful.", "very slightly more less sometimes never"),
    ("The screen is {}.", "on off blank full empty locked"),
    ("Blood flows {} the heart.", "to from through past around"),
    ("The nurse {} the drip.", "removes cleans empties opens"),
]


@pytest.mark.parametrize(("frame", "words"), CLOSED)
def test_no_two_words_of_a_closed_class_are_one(frame: str, words: str) -> None:
    texts = [said[:1].upper() + said[1:] for said in map(frame.format, words.split())]
    pairs = [(one, other) for one in texts for other in texts if one != other]
    assert not [pair for pair in pairs if str(graded(*pair).severity) != "critical"]


WORDLESS = [
    ("Of course.", "Yes."), ("Yes, of course", "Take it."), ("—", "–"), ("…", ""), ("“”", "Of course!"),
    ("( the ` a an `x()`", "( the ` a `x()`"), ("`the a`, and", "`the`, and"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), WORDLESS)
def test_texts_without_words_of_their_own_are_graded(before: str, after: str) -> None:
    """Marks, articles and interjections alone: nothing is left of them that a sentence or an item could be made of."""
    assert graded(before, after).reasons and graded(after, before).reasons


def test_reasons_stand_in_one_order_in_every_process() -> None:
    """They stood as sets of words have them, so that the log of an edit was another one on another machine."""
    code = (
        "from pipeline.severity.severity import grade; from pipeline.content.inline import parse; "
        "from pipeline.core.inline import Syntax; "
        "print(grade(*(parse(text, Syntax.MARKDOWN) for text in ('Do not rub the injection site, and call us.', "
        "'Rub the injection site, and do not call us.'))).reasons)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "1234"
    }
    assert len(said) == 1, said
