"""The mutator of the benchmarks: its word lists are well formed, and what it makes of a sentence is wrong in the way it says."""

from __future__ import annotations

import random
import re

import pytest

from bench.mistakes import CRITICAL, LEGITIMATE, words
from bench.mistakes.words import SAID, SERIES


@pytest.mark.parametrize("locale", words.listed())
def test_lists(locale: str) -> None:
    found = words.words(locale)
    assert found.rows.keys() <= SAID.keys() and found.series.keys() <= SERIES.keys()
    for key, forms in found.rows.items():
        assert forms and all(form and form != new for form, new in forms), (locale, key)
    for name, places in found.series.items():
        assert len(places) == len(SERIES[name][1].split()) and all(places), (locale, name)
    assert found.conditions and found.joints


MADE = [
    ("es", "bound", "Wait at least 4 hours.", "Espere al menos 4 horas.", "Espere como máximo 4 horas."),
    ("es", "negation dropped", "Do not stop.", "No pare.", "pare."),
    ("fr", "negation dropped", "Do not take it.", "Ne le prenez pas.", "le prenez."),
    ("es", "every other day", "Take it every other day.", "Tómelo cada dos días.", "Tómelo cada día."),
    ("es", "condition dropped", "Take it if the pain comes back.", "Tómelo si el dolor vuelve.", "Tómelo."),
    ("de", "left/right", "The left kidney.", "Die linke Niere.", "Die rechte Niere."),
    ("es", "list item dropped", "Call for fever, cough, or pain.", "Llame por fiebre, tos, o dolor.", "Llame por fiebre, o dolor."),
    ("es", "swapped numbers", "2 tablets 3 times a day", "2 comprimidos 3 veces al día", "3 comprimidos 2 veces al día"),
    ("zh_Hans", "before/after", "Take it before meals.", "饭前服用。", "饭后服用。"),
    ("es", "medicine", "Take aspirin.", "Tome aspirina.", None),
    ("es", "bound", "Wait 4 hours.", "Espere al menos 4 horas.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("locale", "kind", "english", "good", "wrong"), MADE)
def test_made(locale: str, kind: str, english: str, good: str, wrong: str | None) -> None:
    rnd, spoken = random.Random(1), words.words(locale)
    made = {one(english, good, spoken, rnd) for named, one in CRITICAL.values() if named == kind} - {None}
    if wrong is None:
        assert made and good not in made
    else:
        assert made == ({wrong} if wrong else set())


def test_what_is_right_in_another_way_says_the_same_numbers() -> None:
    rnd, spoken = random.Random(1), words.words("es")
    text = LEGITIMATE["number in words"]("It has 3 parts.", "Tiene 3 partes.", spoken, rnd)
    assert text == "Tiene tres partes." and not re.search(r"\d", text)
