"""Numbers and code in text that runs from right to left: on screen they read as they are written."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import main
from pipeline.content.inline_html import words
from pipeline.core import locales
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
    version = page.locator(".version code").inner_text()
    assert read == ["555-0142", "5–10", "<slot />", version]


DIGITS = {
    "fa": ("۵۵۵-۰۱۴۲", "۹۱۱", "۱٬۲۳۴", "۱ نوامبر ۲۰۲۶"),
    "ar_EG": ("٥٥٥-٠١٤٢", "٩١١", "١٬٢٣٤", "١ نوفمبر ٢٠٢٦"),
    "bn": ("৫৫৫-০১৪২", "৯১১", "১,২৩৪", "১ নভেম্বর, ২০২৬"),
    "ne": ("५५५-०१४२", "९११", "१,२३४", "२०२६ नोभेम्बर १"),
    "my": ("၅၅၅-၀၁၄၂", "၉၁၁", "၁,၂၃၄", "၂၀၂၆ နိုဝင်ဘာ ၁"),
    "ar": ("555-0142", "911", "1,234", "1 نوفمبر 2026"),
    "ur": ("555-0142", "911", "1,234", "1 نومبر، 2026"),
    "es": ("555-0142", "911", "1.234", "1 de noviembre de 2026"),
}
"""A telephone number, a short one, a count and a day, as Lockstep writes them by CLDR."""


@pytest.mark.parametrize("name", DIGITS)
def test_digits_are_those_of_the_language(name: str) -> None:
    phone, short, count, day = DIGITS[name]
    locale = locales.make(name)
    assert locales.figures(locale, "555-0142") == phone and locales.figures(locale, "911") == short
    assert locales.number(locale, 1234) == count
    assert locales.date(locale, datetime.date(2026, 11, 1)) == day
    latin = locales.make(name, {"digits": "latn"})
    assert locales.figures(latin, "555-0142") == "555-0142" and locales.number(latin, 5) == "5"


def test_a_site_chooses_its_digits() -> None:
    assert locales.figures(locales.make("ar", {"digits": "native"}), "911") == "٩١١"
    assert locales.figures(locales.make("hi", {"digits": "native"}), "911") == "९११"
    assert locales.figures(locales.make("hmn", {"digits": "native"}), "911") == "911"


GLYPHS = """selector => [...document.querySelectorAll(selector)].map(found => {
    const walk = document.createTreeWalker(found, NodeFilter.SHOW_TEXT), glyphs = [];
    for (let text; text = walk.nextNode();) for (let at = 0; at < text.length; at++) {
        const r = document.createRange(); r.setStart(text, at); r.setEnd(text, at + 1);
        if (text.data[at].trim()) glyphs.push([r.getBoundingClientRect().left, text.data[at]]);
    }
    return glyphs.sort((a, b) => a[0] - b[0]).map(pair => pair[1]).join('');
})"""


@pytest.mark.browser
@pytest.mark.parametrize(("name", "extra", "phone", "says"), [
    ("ar", "", "555-0142", "اتصل على {clinic.phone} الآن."),
    ("ar", '[tool.lockstep.locale.ar]\ndigits = "native"\n', "٥٥٥-٠١٤٢", "اتصل على {clinic.phone} الآن."),
    ("fa", "", "۵۵۵-۰۱۴۲", "اکنون با {clinic.phone} تماس بگیرید."),
    ("fa", '[tool.lockstep.locale.fa]\ndigits = "latn"\n', "555-0142", "اکنون با {clinic.phone} تماس بگیرید."),
    ("bn", "", "৫৫৫-০১৪২", "এখন {clinic.phone} নম্বরে কল করুন।"),
])  # fmt: skip
def test_on_screen_figures_of_the_site_read_from_the_left(name: str, extra: str, phone: str, says: str, make: Make, browser: Any) -> None:  # noqa: F811  # fmt: skip
    """Facts in a sentence, alone in a cell, and around the content; links dial the European digits, and the audit agrees."""
    data = "name: Site\nclinic:\n  phone: 555-0142\n  emergency: '911'\n"
    page = "---\nupdated: 2026-11-01\n---\n\n# Call\n\nCall {clinic.phone} now.\n\n| A |\n| --- |\n| {clinic.phone} |\n"
    root = make({"index.md": page}, locales=(name,), data=data, extra=extra)
    lenient(root)
    translate(root, {"Call {clinic.phone} now.": says}, name)
    built(root)
    assert main(["audit", "--root", str(root)]) == 0
    found = browser.new_page()
    found.goto(Path(root / f"dist/{name}/index.html").as_uri())
    apart = "main bdi, main bdo, aside a"
    assert found.evaluate(GLYPHS, apart) == [phone, phone, phone]
    assert found.evaluate("[...document.querySelectorAll('a[href^=tel]')].map(a => a.getAttribute('href'))") == ["tel:911", "tel:555-0142"]  # fmt: skip
    zero = phone[phone.index("-") + 1]
    day = found.evaluate("document.querySelector('.colophon time').textContent")
    assert zero in day and ("0" not in day or zero == "0")
