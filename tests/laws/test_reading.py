"""Laws of reading: what is found on a shorter way is what the long way finds."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.checks import kept, readability
from pipeline.checks.check import Pair
from pipeline.checks.glossary import Glossary, Name
from pipeline.checks.rules import number_order, protected_name, stray_mark, structure
from pipeline.comparison import matching
from pipeline.content import inline, markdown
from pipeline.content.inline import parse, translated
from pipeline.core.inline import NOWHERE, Inline, Syntax
from pipeline.text import quantities, wordings
from pipeline.text.acts import acts
from pipeline.text.languages import language, stemmed
from pipeline.text.languages.table import Language
from pipeline.text.length import weight
from pipeline.text.quantities import PHONE, PHONE_LIKE, read, split
from pipeline.text.spelling import normal, parted, tokens
from pipeline.text.tokens import LANGUAGES, VOCABULARIES, vocabulary
from tests.conftest import REPO
from tests.laws.pages import PAGE
from tests.laws.test_checks import LOCALES, WORDS

SIGNS = st.text("aéœqu'\"·-‐ا三ៗ5.,_ @:/%{}()\n²", max_size=24)
PIECES = st.lists(
    st.sampled_from(["a·b", "l'", "qu'", "d'", "x", "eau", "five-year", "a@b.c", "http://a.b/c'd", "www.a.b", "12.05.2020", "1'000.5", "{a.b}", "%(n)s", " ", "-", "'", "三", "."])
).map("".join)  # fmt: skip
TEXTS = st.one_of(SIGNS, PIECES, WORDS).map(normal)


@example("%(n)s'a·b", False)
@given(TEXTS, st.booleans())
def test_a_text_in_parts_is_its_tokens(text: str, elides: bool) -> None:
    found = tokens(text, elides)
    assert parted(text, elides) == ([said for said, _, _ in found], [start for _, _, start in found])


@example("aៗ b, c", "es")
@given(TEXTS, st.sampled_from(LOCALES))
def test_a_reading_is_its_text(text: str, locale: str) -> None:
    """Its tokens have the kinds of the tokens of the text, its sentences are theirs, its letters are the text's."""
    spoken = language(locale)
    reading = read(text, spoken)
    if spoken.spaces:
        assert [token[:3] for token in reading.tokens] == tokens(reading.text, spoken.elides)
    assert reading.sentences == tuple(split(reading.tokens, reading.clocks))
    assert reading.letters == weight(reading.text)
    assert reading.clocks == tuple(quantities.clocks_of(reading.tokens, spoken))
    assert reading.items == tuple(
        quantities.items_of(reading.tokens, range(len(reading.tokens)), spoken, reading.clocks)
    )
    assert reading.medicines == frozenset(quantities.names(reading.tokens, spoken.code))


@settings(max_examples=600)
@given(
    st.lists(st.sampled_from(["5", "55", "555", "5555", "(", ")", "(555)", " ", "-", ".", "+", "x"]), max_size=9).map(
        "".join
    )
)
def test_what_a_phone_number_is_like(text: str) -> None:
    assert not PHONE.search(text) or PHONE_LIKE.search(text)


@settings(max_examples=600)
@given(
    st.lists(
        st.sampled_from(
            [
                "*",
                "_",
                "`",
                "[",
                "]",
                "(",
                "{",
                "%",
                " %}",
                "<",
                ">",
                "}",
                "-",
                ":",
                "a",
                " ",
                ".",
                "2026",
                "01",
                "-01-02",
            ]
        ),
        max_size=9,
    ).map("".join)
)
def test_what_marks_and_dates_are_known_by(text: str) -> None:
    for mark, looks in stray_mark.MARKS.items():
        assert not looks.search(text) or any(part in text for part in stray_mark.PART.get(mark, (mark,)))
    assert not number_order.DATE.search(text) or number_order.DAY.search(text)


NUMBERS = st.lists(st.sampled_from(["5", "5", "7", "5 mg", "7 g", "two", "2019", "19", "x"]), max_size=3).map(
    " and ".join
)


@settings(max_examples=400)
@given(NUMBERS, NUMBERS, st.sampled_from(["es", "de", "zh_Hans", "xx"]))
def test_numbers_that_are_alike_agree(english: str, translation: str, locale: str) -> None:
    ours, theirs = read(normal(english), language("en")), read(normal(translation), language(locale))
    short = matching.agree(ours, theirs, language(locale))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "told_alike", lambda *_: None)
        assert matching.agree(ours, theirs, language(locale)) == short


MARKED = st.one_of(
    st.lists(st.sampled_from(marks), max_size=9)
    for marks in (
        ["**", "\\", "a"],
        ["*", "**", "a ", "[", "](b)"],
        ["`", "``", "a"],
        ["_", "__", "~~", "*", " ", "a", ".", "<b>"],
        ["_", "a", " ", ".", "\u0301"],
    )
)


@settings(max_examples=400)
@given(st.sampled_from(["a", "*a*", "**a**", "`a`", "*a* _a_ **a**"]), MARKED.map("".join))
def test_a_text_has_no_more_emphasis_than_its_marks_make(english: str, translation: str) -> None:
    ours = parse(english, Syntax.MARKDOWN)
    pair = Pair(ours, translated(translation, ours, NOWHERE), "es")
    if not structure.more_marks(pair):
        raw = parse(translation, Syntax.MARKDOWN).parts
        assert all(raw.get(part, 0) <= ours.parts.get(part, 0) for part in structure.TAMED)


@given(st.sampled_from(readability.IDIOMS), st.text("aK ſı.É\n", max_size=4), st.randoms())
def test_an_idiom_is_not_overlooked(idiom: str, around: str, chance: Random) -> None:
    text = around + "".join(chance.choice((char.lower(), char.upper())) for char in idiom) + around
    assert readability.may_have_idiom(text) or not readability.IDIOM.search(text)
    if text.isascii() and idiom in readability.SAID:
        assert readability.may_have_idiom(text)


@given(PAGE, PAGE)
def test_a_page_is_read_as_if_it_were_alone(one: str, other: str) -> None:
    """All pages are read by one parser."""
    first = markdown.read("source/a.md", one, ("title",))
    markdown.read("source/b.md", other, ("title",))
    assert markdown.read("source/a.md", one, ("title",)) == first


MARKS = st.lists(
    st.sampled_from(
        [
            "*a*",
            "_a_",
            "`a`",
            "~~a~~",
            "&amp;",
            "\\.",
            "<b>",
            "[a](b)",
            "![a](b)",
            " \n",
            "a",
            " ",
            "!",
            "]",
            ":",
            "\r",
            "\x00",
        ]
    ),
    max_size=5,
).map("".join)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=30), MARKS))
def test_a_text_without_marks_is_text(source: str) -> None:
    """What our patterns take for plain text, in a message and on a page, is that to the parser."""
    short = inline.parsed(source, Syntax.MARKDOWN, NOWHERE, inline.same)
    page = markdown.read("source/a.md", source, ())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "MARKED", ("",))
        assert inline.parsed(source, Syntax.MARKDOWN, NOWHERE, inline.same) == short
        assert markdown.read("source/a.md", source, ()) == page


SAID = st.lists(st.sampled_from(["a", "1", ":", "[a](b)", "<b>", "*a*", ""]), max_size=3).map("".join)
PARSED = st.builds(parse, SAID, st.sampled_from(Syntax))


@settings(max_examples=400)
@given(PARSED, PARSED, PARSED, PARSED)
def test_two_pairs_share_no_hash(one: Inline, other: Inline, third: Inline, fourth: Inline) -> None:
    """The store finds a verdict by the hash of what the texts are."""
    same = kept.hashed(kept.told(one), kept.told(other)) == kept.hashed(kept.told(third), kept.told(fourth))
    assert same is ((one, other) == (third, fourth))


def test_names_that_begin_alike_are_not_tried_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [Name(f"Acme Pump {at}x", {"es": (f"Bomba Acme {at}x",)}) for at in range(500)]
    tried: list[str] = []
    stands = protected_name.stands
    monkeypatch.setattr(protected_name, "stands", lambda *said: tried.append(said[0]) or stands(*said))
    english, spanish = (parse(text, Syntax.MARKDOWN) for text in ("Your Acme Pump 7x.", "Su Acme Pump 8x."))
    pair = Pair(english, spanish, "es", glossary=Glossary(tuple(names)))
    assert len(list(protected_name.CHECK.run(pair))) == 1 and len(tried) < 5


@given(st.sampled_from(["es", "ru", "ar", "ko", "de"]), st.data())
def test_stems_are_those_that_a_word_begins_with(code: str, data: st.DataObject) -> None:
    spoken = language(code)
    begun = data.draw(st.sampled_from([*stems_of(spoken), ""]))
    word = (begun + data.draw(st.text("aeтаلя가", max_size=4)))[: data.draw(st.integers(1, 12))]
    wanted = [(n, spoken.stems[word[:n]]) for n in range(1, len(word) + 1) if word[:n] in spoken.stems]
    assert list(stemmed(spoken, word)) == wanted


PAIRED = ("ar", "de", "en", "es", "fr", "hi", "ko", "pt", "ru", "vi", "zh")


def told(code: str) -> list[str]:
    """Translations of `tests/pairs` into a language; its English for English."""
    paths = sorted(REPO.glob(f"tests/pairs/{'es' if code == 'en' else code}*.tsv"))
    lines = [line.split("\t") for path in paths for line in path.read_text("utf-8").splitlines()[1::6]]
    return [line[2 if code == "en" else 3] for line in lines if len(line) == 4]


@pytest.mark.parametrize("code", PAIRED)
def test_what_a_text_has_a_part_of_is_found_as_in_any_other(code: str) -> None:
    """Acts and wordings are sought where a part of one of their forms stands: nothing else has one."""
    spoken, known, seen = language(code), acts(code), 0
    assert known is not None
    for text in told(code):
        tokens = read(normal(text), spoken).tokens
        for act in known.rows:
            wanted = [found.span() for found in known.answers(act).finditer(known.text(tokens))]
            assert [found.span() for found in known.answered(act, known.text(tokens))] == wanted, (act, text)
            seen += bool(wanted)
        for row in spoken.wordings:
            pattern = wordings.pattern(spoken, row)
            wanted_here = pattern is not None and pattern.search(wordings.spoken(tokens, spoken)) is not None
            assert wordings.says(tokens, spoken, row) is wanted_here, (row, text)
            seen += wanted_here
    assert seen


@cache
def stems_of(spoken: Language) -> tuple[str, ...]:
    return tuple(sorted(spoken.stems))


def test_what_is_known_of_words_is_kept_of_few_languages_and_shared_by_regions() -> None:
    texts = {
        "es": "Tome 1.500 mg dos veces.",
        "fr": "Ne le prenez plus.",
        "zh_Hans": "每天三次。",
        "de": "Nie zwei.",
        "ru": "Два раза.",
    }
    first = {code: read(normal(text), language(code)).tokens for code, text in texts.items()}
    for code, text in [*texts.items()] * 2:
        assert read(normal(text), language(code)).tokens == first[code]
        assert len(VOCABULARIES) <= LANGUAGES
    assert vocabulary(language("es")) is vocabulary(language("es_MX"))
    assert vocabulary(language("es")) is not vocabulary(language("pt"))
    ours, mexican = (read("1,500 mg", language(one)).items[0].value for one in ("es", "es_MX"))
    assert (ours, mexican) == (Fraction(3, 2), 1500), "the marks are the region's own"
