"""Medical words and plain ones: one for the other is no other text, and no two of different things are one."""

from __future__ import annotations

import pytest

from pipeline.content.inline import parse
from pipeline.core.inline import Syntax
from pipeline.core.model import Severity
from pipeline.rewording import medical
from pipeline.text.english import Word, words
from tests.test_severity import graded

FRAMES = ("Tell your nurse if you have {}.", "We watch you for {} after the operation.", "{} can happen.")
PLAIN = [
    # what an editor takes out, and what she puts, as lists of plain language have them
    ("hypertension", "high blood pressure"),
    ("tachycardia", "fast heart rate"),
    ("edema", "swelling"),
    ("oedema", "swelling"),
    ("epistaxis", "nosebleed"),
    ("syncope", "fainting"),
    ("dyspnea", "difficulty breathing"),
    ("pyrexia", "fever"),
    ("arthralgia", "joint pain"),
    ("paraesthesia", "pins and needles"),
    ("contusions", "bruises"),
    ("hyperglycaemia", "high blood sugar"),
]
OTHERS = [
    ("hypertension", "low blood pressure"),
    ("hypotension", "high blood pressure"),
    ("hyperglycaemia", "hypoglycaemia"),
    ("hyperglycemia", "low blood sugar"),
    ("tachycardia", "slow heart rate"),
    ("tachycardia", "bradycardia"),
    ("edema", "bleeding"),
    ("epistaxis", "haematuria"),
    ("dyspnea", "dysphagia"),
    ("insomnia", "drowsiness"),
    ("myalgia", "joint pain"),
    ("hypothermia", "fever"),
    ("thrombosis", "bleeding"),
    ("hysterectomy", "removal of the breast"),
]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("one", "other"), PLAIN)
def test_a_plain_word_for_a_medical_one_is_wording(one: str, other: str, frame: str) -> None:
    for before, after in ((one, other), (other, one)):
        assert graded(frame.format(before), frame.format(after)).severity is Severity.WORDING


@pytest.mark.parametrize("frame", FRAMES[:1])
@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_thing_in_a_medical_or_plain_word_is_critical(one: str, other: str, frame: str) -> None:
    for before, after in ((one, other), (other, one)):
        assert graded(frame.format(before), frame.format(after)).severity is Severity.CRITICAL


def test_a_name_and_what_stands_in_brackets_behind_it_change_places() -> None:
    before = "Hypoglycaemia (low blood sugar) can occur if you skip meals."
    assert graded(before, "Low blood sugar (hypoglycaemia) can occur if you skip meals.").severity is Severity.WORDING
    assert (
        graded(before, "High blood sugar (hyperglycaemia) can occur if you skip meals.").severity is Severity.CRITICAL
    )


def texts(said: str) -> list[Word]:
    return [*words(parse(said, Syntax.MARKDOWN))]


def test_what_one_text_alone_names_keeps_its_words() -> None:
    """So no two things become alike by their plain names: *trouble sleeping*, *sleepiness*."""
    old, new = texts("Insomnia is common."), texts("Sleepiness is common.")
    assert medical.named_alike(old, new) == (old, new)
    rows = [" ".join(name) for name in medical.pairs()]
    for one, other in zip(rows, rows[7:], strict=False):
        things = [medical.pairs()[tuple(name.split())] for name in (one, other)]
        old, new = texts(one), texts(other)
        if things[0] != things[1] and not {*one.split()} & {*other.split()}:
            assert medical.named_alike(old, new) == (old, new), (one, other)


def test_a_mark_between_the_words_of_a_name_makes_them_two() -> None:
    old, new = texts("Ask about pins. And needles are sterile."), texts("Ask about tingling.")
    assert medical.named_alike(old, new) == (old, new)


def test_every_name_of_the_list_is_one_thing_s() -> None:
    rows = medical.pairs()
    assert len(rows) > 400 and all(rows[thing] == thing for thing in rows.values())
    for name, thing in rows.items():
        one, other = medical.named_alike(texts(" ".join(thing)), texts(" ".join(name)))
        assert [word.same for word in one] == [word.same for word in other], (name, thing)
