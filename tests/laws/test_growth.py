"""Laws of growth that need no clock: how often something is done, or how large it gets, for texts that double. Times are measured by
`python -m bench.linear`."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import growth
from pipeline.checks import runner
from pipeline.checks.check import Pair
from pipeline.checks.rules import number_order
from pipeline.content import marks
from pipeline.content.inline import parse
from pipeline.content.places import Places
from pipeline.core import forms
from pipeline.core.forms import MARKS, normalized
from pipeline.core.inline import Syntax
from pipeline.core.model import Severity
from pipeline.severity import severity
from tests.conftest import REPO

MANY = "".join(chr(mark) for mark in range(0x300, 0x370))


@given(
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FFF)), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
)
def test_a_text_that_people_write_has_the_normal_form_of_unicode(text: str, form: forms.Form) -> None:
    assert normalized(form, text) == unicodedata.normalize(form, text)


@given(st.text(st.sampled_from("aé한\u0300\u0316\u0327\u0345\u034f"), max_size=30), st.sampled_from(["NFC", "NFKD"]))
def test_a_normal_form_is_its_own(text: str, form: forms.Form) -> None:
    once = normalized(form, text * 4)
    assert normalized(form, once) == once


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_no_run_of_marks_is_long(form: forms.Form) -> None:
    """They are sorted by pairs: a run of 100,000 takes a minute."""
    made = normalized(form, "A" + MANY * 100)
    runs = re.split(forms.JOINER, made)
    assert max(sum(map(bool, map(unicodedata.combining, run))) for run in runs) <= MARKS
    assert set(made) | {forms.JOINER} == set(unicodedata.normalize(form, "A" + MANY))


@pytest.mark.parametrize("before", range(MARKS + 2))
def test_marks_are_counted_wherever_they_stand(before: int) -> None:
    text = "a" * before + "\u0316" * (MARKS + 1)
    assert forms.JOINER in normalized("NFC", text) and forms.JOINER not in normalized("NFC", text[:-1])


def test_texts_are_normalized_by_that_alone() -> None:
    for path in (REPO / "pipeline").rglob("*.py"):
        if path.name != "forms.py" or path.parent.name != "core":
            calls = re.findall(r"^.*\bnormalize\(.*$", path.read_text("utf-8"), re.M)
            assert all(
                "normalize(form, chr(code))" in call or 'normalize("NFKC", chr(code))' in call for call in calls
            ), path


class Asked(dict[str, None]):
    """Names that count how often they are asked for."""

    count = 0

    def __contains__(self, name: object) -> bool:
        self.count += 1
        return super().__contains__(name)


def test_headings_of_the_same_words_are_named_with_a_question_or_two_each() -> None:
    """It was one more for each heading before: 3,000 of them took 27 seconds."""
    counts = []
    for size in (100, 200, 400):
        places = Places("p.md", frozenset())
        places.names = asked = Asked()
        assert [places.anchor("Same") for _ in range(size)][-1] == f"same-{size - 1}"
        counts.append(asked.count)
    assert all(after <= 2.1 * before for before, after in pairwise(counts)), counts


def test_a_name_that_an_author_gave_is_not_taken() -> None:
    places = Places("p.md", frozenset(), {"a-1": None})
    assert [places.anchor(words) for words in ("A", "A", "A 2", "A", "A")] == ["a", "a-2", "a-2-1", "a-3", "a-4"]


LONG = "9" * 5000
FIGURES = [
    (LONG, LONG[:-1] + "8"),
    (f"Take {LONG} mg", f"Tome {LONG[:-1]} mg"),
    (f"1.{LONG} mg", f"1,{LONG[:-1]}8 mg"),
    (f"1/{LONG}", f"1/{LONG[:-1]}8"),
    ("\u0663" * 5000, "\u0663" * 4999 + "\u0664"),
    ("1" + ",999" * 2000, "1" + ".999" * 1999 + ".998"),
]
"""Texts of numbers that Python does not read, and translations that say another number."""


@pytest.mark.parametrize(("english", "spanish"), FIGURES, ids=[english[:9] for english, _ in FIGURES])
def test_numbers_of_any_length_are_compared(english: str, spanish: str) -> None:
    """They were a traceback in every verb."""
    ours, theirs = parse(english, Syntax.MARKDOWN), parse(spanish, Syntax.MARKDOWN)
    assert any("number" in check.code for check, _ in runner.run(Pair(ours, theirs, "es")))
    assert severity.grade(ours, theirs).severity is Severity.CRITICAL
    alike = english.replace(".", "\0").replace(",", ".").replace("\0", ",")
    assert not [
        check.code for check, _ in runner.run(Pair(ours, parse(alike, Syntax.MARKDOWN), "es")) if "number" in check.code
    ]


def test_of_numbers_in_another_order_some_are_named() -> None:
    """800 of them took 17 seconds and were named in 319,600 complaints."""
    said = []
    for size in (100, 200):
        numbers = [f"{at * 7 + 1000} mg" for at in range(size)]
        pair = Pair(*(parse(", ".join(one), Syntax.MARKDOWN) for one in (numbers, numbers[::-1])), "es")
        said.append([text for check, text in runner.run(pair) if check.code == "number-order"])
    assert len(said[0]) == len(said[1]) == number_order.MOST + 1


def test_comments_that_nothing_ends_are_not_read() -> None:
    assert not [*marks.strange("<!-- i18n: criticall\n" * 3)]
    assert len([*marks.strange("<!-- i18n: criticall -->\n" * 3 + "<!-- i18n: criticall\n" * 3)]) == 3


def steps(run: Callable[[Any], object], made: object) -> int:
    """How many lines are run for something: a measure of work that no other program on the machine changes."""
    count = 0

    def line(_frame: FrameType, event: str, _given: object) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        run(made)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("row", growth.ROWS, ids=[row.name for row in growth.ROWS])
def test_work_grows_as_texts_do(row: growth.Row) -> None:
    """Eleven of these rows took four times as long for twice the text."""
    row.run(row.make(4))
    growth.names.cache_clear()
    small, large = (steps(row.run, row.make(row.first * times // 2)) for times in (1, 2))
    assert large <= 2.25 * small, (small, large, large / small)


@pytest.mark.parametrize("row", growth.SOUGHT, ids=[row.name for row in growth.SOUGHT])
def test_what_is_sought_is_sought_once(row: growth.Row) -> None:
    """All of these took four times as long for twice the text; seconds of CPU. What is too much is measured again, and better: a
    machine that others use as well may be slower for one of the two, and not four times."""
    row.run(row.make(4))
    found = []
    for rounds in ((2, 1), (3, 3), (3, 3), (3, 3)):
        small, large = (growth.spent(row, row.first * times, most) for times, most in zip((1, 2), rounds, strict=True))
        found.append(large / small)
        if found[-1] <= 2.7:
            break
    assert found[-1] <= 2.7, found
