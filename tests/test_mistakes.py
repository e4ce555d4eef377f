"""The mutator of the benchmarks: its word lists are well formed, and what it makes of a sentence is wrong in the way it says."""

from __future__ import annotations

import random
import re

import pytest

from bench.astray import astray
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


LINES = [
    ("On March 3 they counted 3,120.", "El 3 de marzo contaron 3120."),
    ("It costs 14 dollars.", "Cuesta 14 dólares."),
    ("The test ABX9 was first.", "La prueba ABX9 fue la primera."),
    ("Call 555-0142.", "Llame al 555-0142."),
    ("It took 15 days.", "Fueron 15 días."),
    ("It was the year 2016.", "Fue el año 2016."),
    ("They are small.", "Son pequeños."),
    ("Of 240 people 17 left.", "De 240 personas se fueron 17."),
    ("There were 31 of them.", "Eran 31."),
    ("They came in 1890.", "Vinieron en 1890."),
]


def test_lines_that_slipped_are_told_apart() -> None:
    """Only lines about which others disagree as well, and what lies between them; an abbreviation that is translated too is none."""
    assert astray(LINES) == frozenset()
    assert astray([*LINES[:3], ("Call the WHO.", "Llame a la OMS."), *LINES[3:]]) == frozenset()
    slipped = [(english, LINES[at + 1][1] if 2 < at < 9 else text) for at, (english, text) in enumerate(LINES)]
    assert astray(slipped) == frozenset([3, 4, 5, 6, 7, 8])
