"""Laws of the checks: the same dose is served in any right spelling, another dose never; no text stops a check."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.po_entry import Entry
from pipeline.catalog.po_file import Catalog
from pipeline.checks import runner
from pipeline.checks.check import Pair
from pipeline.content.inline import parse, translated
from pipeline.core import locales
from pipeline.core.inline import NOWHERE, Syntax
from pipeline.core.model import Key, Message, Span
from pipeline.core.states import State
from pipeline.resolve import message as resolve
from pipeline.resolve.rules import Rules
from pipeline.text.languages import language

SENTENCES = {
    "es": "Tome {} {} cada {} horas.",
    "fr": "Prenez {} {} toutes les {} heures.",
    "de": "Nehmen Sie alle {2} Stunden {0} {1} ein.",
    "ru": "Принимайте по {} {} каждые {} часов.",
    "ar": "تناول {} {} كل {} ساعات.",
    "zh_Hans": "每{2}小时服用{0}{1}。",
    "vi": "Uống {} {} mỗi {} giờ.",
    "ht": "Pran {} {} chak {} èdtan.",
    "hi": "हर {2} घंटे में {0} {1} लें।",
    "pt": "Tome {} {} a cada {} horas.",
}
UNITS = {
    "mg": {"ru": "мг", "zh_Hans": "毫克", "ar": "ملغ", "hi": "मिलीग्राम"},
    "mcg": {"ru": "мкг", "zh_Hans": "微克", "ar": "ميكروغرام", "hi": "माइक्रोग्राम", "de": "µg", "fr": "μg"},
    "ml": {"ru": "мл", "zh_Hans": "毫升", "ar": "مل", "hi": "मिलीलीटर"},
}
DOSE = st.one_of(
    st.integers(1, 99_999).map(Fraction),
    st.integers(1, 999).map(lambda n: Fraction(n, 10)),
    st.integers(1, 999).map(lambda n: Fraction(n, 100)),
)


def written(value: Fraction, locale: str, digits: bool) -> str:
    """A number as the language writes it; in native digits where it has them and they are asked for."""
    marks = language(locale).marks
    whole, _, part = f"{float(value):,.2f}".rstrip("0").rstrip(".").partition(".")
    text = whole.replace(",", marks.group) + (marks.decimal + part if part else "")
    zero = {"ar": 0x660, "hi": 0x966}.get(locale)
    if zero and digits:
        return (
            "".join(chr(zero + int(char)) if char.isdigit() else {".": "٫", ",": "٬"}[char] for char in text)
            if locale == "ar"
            else text.translate({48 + n: zero + n for n in range(10)})
        )
    return text


def served(english: str, translation: str, locale: str) -> bool:
    message = Message(Key(None, english), Span("source/a.md", 1))
    entry = Entry(message.key, (translation,))
    asked = resolve.translations(locales.make(locale), Catalog("x.po", entries=(entry,)))
    verdict = resolve.judge(message, parse(english, Syntax.MARKDOWN), NOWHERE, asked, entry, Rules(), "es")
    assert (not verdict.texts) is (verdict.state is State.UNSAFE)
    return bool(verdict.texts)


@given(
    st.sampled_from(sorted(SENTENCES)),
    DOSE,
    st.sampled_from(sorted(UNITS)),
    st.sampled_from([2, 4, 6, 8, 12]),
    st.booleans(),
)
def test_the_same_dose_is_served(locale: str, dose: Fraction, unit: str, hours: int, digits: bool) -> None:
    english = f"Take {written(dose, 'en', False)} {unit} every {hours} hours."
    text = SENTENCES[locale].format(
        written(dose, locale, digits), UNITS[unit].get(locale, unit), written(Fraction(hours), locale, digits)
    )
    assert served(english, text, locale), (english, text)


@given(
    st.sampled_from(sorted(SENTENCES)), DOSE, DOSE, st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)),
    st.sampled_from([2, 4, 6, 8, 12]), st.sampled_from([2, 4, 6, 8, 12]),
)  # fmt: skip
def test_another_dose_is_never_served(
    locale: str, dose: Fraction, other: Fraction, unit: str, now: str, hours: int, later: int
) -> None:
    english = f"Take {written(dose, 'en', False)} {unit} every {hours} hours."
    text = SENTENCES[locale].format(written(other, locale, False), UNITS[now].get(locale, now), later)
    if (dose, unit, hours) != (other, now, later):
        assert not served(english, text, locale), (english, text)


@given(
    st.text(max_size=120), st.text(max_size=120), st.sampled_from([*sorted(SENTENCES), "ja", "ko", "he", "th", "xx"])
)
def test_no_text_stops_a_check(english: str, translation: str, locale: str) -> None:
    ours = parse(english, Syntax.MARKDOWN)
    pair = Pair(ours, translated(translation, ours, NOWHERE), locale)
    for check, said in runner.run(pair):
        assert said and "\n" not in check.code


PIECES = st.lists(
    st.sampled_from(["5", "0,5", "1.000", "½", "１２", "٣", "mg", "毫克", "三", "十", "百万", "a.m.", "8", ":", "30", "/", "-", "+1", "(555)", "010-0100", "no", "once", "https://a.b", "{a.b}", "`x`", "**", "[a](b)", "<b>", "\u202e", " ", ".", "。"]),
    max_size=24,
)  # fmt: skip


@given(PIECES, PIECES, st.sampled_from([*sorted(SENTENCES), "ja", "ko", "he", "th", "xx"]))
def test_no_odd_text_stops_a_check(english: list[str], translation: list[str], locale: str) -> None:
    ours = parse(" ".join(english), Syntax.MARKDOWN)
    pair = Pair(ours, translated(" ".join(translation), ours, NOWHERE), locale)
    list(runner.run(pair))
