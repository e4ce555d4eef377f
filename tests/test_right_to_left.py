"""Numbers and code in text that runs from right to left: on screen they read as they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.content.inline_html import words
from tests.conftest import Make, built, lenient, translate
from tests.test_browser import browser  # noqa: F401

ALONE = ["5 ملغ", "911", "1.5 و 2,000", "سنة 2026، 5 مرضى", "A4-5", "COVID-19", "٥ ملغ"]
APART = {
    "اتصل على 555-0142 الآن.": "555-0142",
    "+44 20 7946 0958 رقمنا": "+44 20 7946 0958",
    "(555) 010-0142 الآن": "(555) 010-0142",
    "من 5–10 ملغ": "5–10",
    "من 9:00-17:00": "9:00-17:00",
    "-20 درجة": "-20",
    "في 12/31/2026": "12/31/2026",
    "رقم 555 0142 0199": "555 0142 0199",
    "٥٥٥-٠١٤٢": "٥٥٥-٠١٤٢",
}


@pytest.mark.parametrize("text", ALONE)
def test_what_reads_right_is_left_alone(text: str) -> None:
    assert words(text, right_to_left=True) == text


@pytest.mark.parametrize(("text", "number"), APART.items())
def test_a_number_of_several_parts_is_set_apart(text: str, number: str) -> None:
    assert words(text, right_to_left=True) == text.replace(number, f'<bdi dir="ltr">{number}</bdi>')
    assert words(text, right_to_left=False) == text


def test_what_is_set_apart_is_still_escaped() -> None:
    assert words("<b> 5-6 & 7", right_to_left=True) == '&lt;b&gt; <bdi dir="ltr">5-6</bdi> &amp; 7'


SAID = {
    "ar": ("اتصل على 555-0142 الآن.", "من 5–10 ملغ يوميًا", "اكتب `<slot />` هنا"),
    "fa": ("اکنون با 555-0142 تماس بگیرید.", "روزانه 5–10 میلی‌گرم", "بنویسید `<slot />`"),
    "he": ("התקשרו עכשיו אל 555-0142.", "בין 5–10 מ״ג ביום", "כתבו `<slot />` כאן"),
}


@pytest.mark.browser
@pytest.mark.parametrize("name", SAID)
def test_on_screen_they_read_from_the_left(name: str, make: Make, browser: Any) -> None:  # noqa: F811
    """By where the glyphs stand."""
    root = make(
        {"index.md": "# Call\n\nCall 555-0142 now.\n\nFrom 5–10 mg a day\n\nWrite `<slot />` here\n"}, locales=(name,)
    )
    lenient(root)
    english = "Call 555-0142 now.", "From 5–10 mg a day", "Write `<slot />` here"
    translate(root, dict(zip(english, SAID[name], strict=True)), name)
    built(root)
    page = browser.new_page()
    page.goto(Path(root / f"dist/{name}/index.html").as_uri())
    read = page.evaluate("""() => [...document.querySelectorAll('main bdi, main code')].map(found => {
        const text = found.firstChild, at = index => {
            const r = document.createRange(); r.setStart(text, index); r.setEnd(text, index + 1); return r.getBoundingClientRect().left };
        return [...text.data].map((char, index) => [at(index), char]).sort((a, b) => a[0] - b[0]).map(pair => pair[1]).join('')
    })""")
    assert read == ["555-0142", "5–10", "<slot />"]
