"""Laws of the checks: the same dose is served in any right spelling, another dose never; no text stops a check."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog.po_entry import Entry
from pipeline.catalog.po_file import Catalog
from pipeline.checks import needs, runner
from pipeline.checks.check import Pair
from pipeline.checks.glossary import Glossary
from pipeline.checks.needs import WITHIN
from pipeline.content import inline_html
from pipeline.content.inline import parse, translated
from pipeline.core import locales
from pipeline.core.inline import NOWHERE, Inline, Node, Syntax
from pipeline.core.model import Key, Message, Span
from pipeline.core.states import State
from pipeline.resolve import message as resolve
from pipeline.resolve.rules import Rules
from pipeline.text import terms
from pipeline.text.languages import language
from pipeline.text.quantities import read
from pipeline.text.spelling import TOKEN, UNADDRESSED, normal
from tests.conftest import REPO

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


LOCALES = [*sorted(SENTENCES), "ja", "ko", "he", "th", "fr_CA", "xx", "en"]
WORDS = st.lists(
    st.sampled_from(
        ["5", "0,5", "½", "٣", "三", "百万", "once", "two", "twice", "half", "double", "24/7", "third", "mg", "5 mg", "5 g", "day", "días", "8", ":", "30", "p.m.", "a.m.", "/", "03/05/2026",
         "(555) 010-0100", "1-800-222-1222", "no", "not", "before", "después", "left", "derecho", "stop", "siga", "June", "julio",
         "morphine", "hidromorfona", "морфин", "SynchroMed", "Prometra", "pain pump", "bomba de dolor", "https://a.b/c", "a@b.example",
         "{a.b}", "%(n)s", "`x`", "*x*", "**", "[a](b)", "[b](c)", "![i](j.png)", "<b>", "</b>", "<br>", "Ã©", "mоr", "Call us", "the", ".", "?", "(", "\u202e", "&#x202e;", "\n"]
    ),
    max_size=9,
).map(" ".join)  # fmt: skip
GLOSSARIES = {check.glossary for check in runner.checks()}


def unasked(pair: Pair) -> list[tuple[str, str]]:
    """What the checks say whose need the pair has not."""
    return [
        (check.code, said)
        for check in runner.checks()
        if check.needs is not None and (check.speaks is None or check.speaks(pair.language))
        if not check.needs(pair) or not WITHIN.get(check.needs, lambda _: True)(pair)
        for said in check.run(pair)
    ]


@settings(max_examples=600)
@given(WORDS, WORDS, st.sampled_from(LOCALES), st.sampled_from(sorted(GLOSSARIES, key=str)), st.booleans())
def test_a_check_is_silent_where_its_need_is_absent(
    english: str, translation: str, locale: str, glossary: Glossary, same: bool
) -> None:
    ours = parse(english, Syntax.MARKDOWN)
    text = f"{english} {translation}" if same else translation
    assert not unasked(Pair(ours, translated(text, ours, NOWHERE), locale, glossary=glossary))


SIGNED = st.lists(
    st.sampled_from(["*", "_", "`", "](", ":::", "~~~", "#", ">", "{", "}", "{%", "%}", "%(", "&", "(", ")", "[", "]", "（", "「", "』", "【", "》", "“", "”", "«", "»", "Ã", "a", " ", "."]),
    max_size=3,
).map("".join)  # fmt: skip


@given(st.sampled_from(["a", "<b lang=fr>a</b>", "![a](b 'c')", "[a](b 'c')", "<!-- a -->", "{a.b}", "<br>"]), SIGNED)
def test_a_need_within_another_is_there_with_it_alone(english: str, translation: str) -> None:
    ours = parse(english, Syntax.MARKDOWN)
    pair = Pair(ours, translated(translation, ours, NOWHERE), "es")
    for need, wider in WITHIN.items():
        assert wider is needs.numbers or not need(pair) or wider(pair), need.__name__


def test_checks_are_silent_where_their_needs_are_absent_in_real_texts() -> None:
    """Every right and wrong translation of the clinical pairs, and each English with the next one's translation."""
    for path in sorted((REPO / "tests/pairs").glob("??*.tsv")):
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
        if path.stem == "known-gaps":
            continue
        for row, other in zip(rows, [*rows[1:], rows[0]], strict=True):
            ours = parse(row[2], Syntax.MARKDOWN)
            for text in (row[3], other[3], row[2]):
                assert not unasked(Pair(ours, translated(text, ours, NOWHERE), path.stem)), (row, text)


@given(
    st.sampled_from(["[a](b) *x* `c` [d *e*](f)", "**[a](b)** <b>x</b> <p>", "*a*  \n<br> ![i](j.png) [k](l)", "a"]),
    st.data(),
)
def test_what_needs_no_sanitiser_would_pass_it(english: str, data: st.DataObject) -> None:
    """Also a text that our parser never makes: the English's nodes in any order, each as often as it likes."""
    ours = parse(english, Syntax.MARKDOWN)
    nodes = data.draw(st.lists(st.sampled_from([*ours.nodes, Node("text", "<i>&")]), max_size=8))
    theirs = Inline("", Syntax.MARKDOWN, tuple(nodes))
    assert not inline_html.borrowed(ours, theirs) or inline_html.sanitised(ours, theirs)


FORMS = ["bomba*", "pain pump", "no", "三*", "百万", "d*", "مضخ*", "l'eau", "A-B*", "U.S.", "5", "*", "COVID-19", "`x`"]
SAID = [
    "bomba",
    "bombas",
    "la",
    "pain",
    "pump",
    "pumps",
    "no",
    "三百万",
    "días",
    "المضخة",
    "والمضخات",
    "d'l'eau",
    "a-bc",
    "U.S.",
    "5",
    "-19",
    "covid",
]


@given(st.lists(st.sampled_from(FORMS)), st.lists(st.sampled_from(SAID)).map(" ".join), st.sampled_from(LOCALES))
def test_an_index_of_terms_finds_those_that_stand(forms: list[str], text: str, locale: str) -> None:
    reading = read(normal(text), language(locale))
    said = {at for at, form in enumerate(forms) if terms.stands(form, reading, locale)}
    assert said == terms.near(terms.index(enumerate(forms), locale), reading)


@given(st.text("aé'\"·ا三5.,-_ \n%!", max_size=30))
def test_a_text_without_addresses_has_the_same_tokens_either_way(text: str) -> None:
    found = [(match.lastgroup, match.span()) for match in TOKEN.finditer(text)]
    assert found == [(match.lastgroup, match.span()) for match in UNADDRESSED.finditer(text)]
