"""The tables of the languages: each is well formed, says nothing that English does not have, and what it lacks is said."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from pipeline.checks import runner
from pipeline.checks.levels import OF_WORDS, ORDINARY, unsure
from pipeline.commands import check
from pipeline.comparison.told_lengths import COUNTED, LENGTHS, lengths
from pipeline.core.model import Level
from pipeline.text.evidence import ASPECTS, measured, unread
from pipeline.text.han import SIMPLIFIED, TRADITIONAL
from pipeline.text.languages import FOLDER, language
from pipeline.text.languages.rows import MANY
from pipeline.text.languages.table import SLOTS
from pipeline.text.listing import CLAUSE, CLOSES
from pipeline.text.medicines import SYNONYMS, medicine
from pipeline.text.quantities import read
from pipeline.text.spelling import normal
from pipeline.text.spoken import HOUR, MINUTES, ORDINAL, ROWS, spoken
from pipeline.text.wordings import says
from tests.conftest import Make, built, project_of, translate

CODES = sorted(path.stem for path in FOLDER.glob("*.toml"))
ENGLISH = language("en")


@pytest.mark.parametrize("code", CODES)
def test_tables(code: str) -> None:
    table = tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))
    assert table.get("slots", {}).keys() <= SLOTS
    for slot, rows in table.get("slots", {}).items():
        if slot == "of":
            continue  # is looked for in a translation alone, and compared by its numbers
        unknown = [value for value in rows if not ENGLISH.knows(slot, value) and (slot, value) not in {CLAUSE, CLOSES}]
        assert not unknown, f"{code}: English has no {slot} {unknown}: nothing would ever be compared with it"
    for name in table.get("names", {}):
        known = medicine(name, "en")
        assert known == SYNONYMS.get(name, name), (
            f"{code}: {name} is not read in English, so it would be a medicine added"
        )


@pytest.mark.parametrize("code", [code for code in CODES if "bound" in language(code).has])
def test_bounds_need_negation(code: str) -> None:
    """*Not more than* is *at most* by its *not*: where that is not read, *more than* may not be read either."""
    spoken = language(code)
    turned = spoken.knows("bound", "over") or spoken.knows("bound", "under")
    assert not turned or spoken.knows("says", "not")


READ = [
    ("sw", "Wanafunzi milioni 290", ["290000000"]),
    ("sw", "dola bilioni $50", ["50000000000"]),
    ("sw", "milioni dola 275", ["275000000"]),
    ("sw", "visa 5,900 na elfu 244", ["5900", "244000"]),
    ("fa", "ما ۳۹،۷۶۸ مورد دیدیم", ["39768"]),
    ("ur", "%98 بخار", ["98"]),
    ("fa", "یک، دو", ["1", "2"]),
    ("en", "two and a half million people", ["2500000"]),
    ("es", "dos millones y medio de personas", ["2500000"]),
    ("id", "dua setengah juta orang", ["2500000"]),
    ("ru", "два с половиной миллиона", ["2500000"]),
    ("en", "2 half tablets", ["2", "1/2"]),
]


@pytest.mark.parametrize(("code", "text", "values"), READ)
def test_numbers(code: str, text: str, values: list[str]) -> None:
    assert [str(item.value) for item in read(normal(text), language(code)).items] == values


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    assert normal("醫師指示時才可使用幫浦") == "医师指示时才可使用帮浦" and len(TRADITIONAL) == len(SIMPLIFIED)
    assert not set(TRADITIONAL) & set(SIMPLIFIED), "one step leads to what is compared"
    for path in (FOLDER / "zh.toml", FOLDER.parent / "acts/zh.toml"):
        assert not set(path.read_text("utf-8")) & set(TRADITIONAL), "a table has each form once"


def test_letters_that_are_one() -> None:
    assert normal("ﺁنزیم") == normal("آنزیم") and normal("زیادہ") == normal("زیاده")
    assert normal("पाँच") == normal("पांच") and normal("ज़्यादा") == normal("ज्यादा")


def test_what_is_not_read_is_said() -> None:
    assert not unread(language("es")) and measured(language("es"))
    assert len(unread(language("xx"))) == len(ASPECTS) + 1
    assert "bounds" in unread(language("he")) and "numbers in words" in unread(language("km"))
    assert not measured(language("tl"))


def test_what_is_tentative_withholds_no_prose() -> None:
    """All that hangs on words (ms), or the checks that are named (fa)."""
    assert unsure(language("fa")) == ("statement",) and set(unsure(language("ms"))) == OF_WORDS
    assert not unsure(language("es"))
    for code in CODES:
        named = {one.removeprefix("tentative ") for one in language(code).has if one.startswith("tentative ")}
        assert named <= OF_WORDS | {"*"}, f"{code}: no check is named so"
    direction, statement = runner.by_code()["direction"], runner.by_code()["statement"]
    assert ORDINARY.of(statement, "fa", "") == (Level.WARNING, Level.ERROR)
    assert ORDINARY.of(direction, "fa", "") == (Level.ERROR, Level.ERROR)
    assert ORDINARY.of(direction, "ms", "") == (Level.WARNING, Level.ERROR)


def test_a_page_shows_what_is_only_said(make: Make) -> None:
    """The same mistake in two languages: where the tables are tentative (fa), a reader gets the prose as it is translated, and what a
    patient may act on in English; where they are not (es), both in English. What is said of it stands in the report all the same."""
    prose, instruction = "The mother of the patient came.", "Give it to the mother."
    wrong = {
        "es": ("El padre del paciente vino.", "Déselo al padre."),
        "fa": ("پدر بیمار آمد.", "آن را به پدر بدهید."),
    }
    root = make({"index.md": f"# Home\n\n{prose}\n\n{instruction}\n"}, locales=("es", "fa"))
    for locale, (one, other) in wrong.items():
        translate(root, {"Home": "Inicio" if locale == "es" else "خانه", prose: one, instruction: other}, locale)
    built(root)
    shown = {locale: (root / f"dist/{locale}/index.html").read_text("utf-8") for locale in wrong}
    for locale, (one, other) in wrong.items():
        assert (one in shown[locale], other in shown[locale]) == (locale == "fa", False), locale
    found = check.check(project_of(root))
    said = Counter((finding.level, finding.span.path.split("/")[1]) for finding in found if finding.code == "statement")
    assert said == {(Level.ERROR, "es"): 2, (Level.ERROR, "fa"): 1, (Level.WARNING, "fa"): 1}


def test_a_word_that_looks_like_a_medicine() -> None:
    assert not read(normal("4 kiniin maalintii"), language("so")).medicines


OF_ENGLISH = frozenset(
    "unswallowed unbroken until-gone obliging recommending limit permission age only untroubled alone together faulty lasting needless unhesitating within-reach limiting freely aside looking taking-off right-before right-after cannot from-then may-stay not-shared to-the-end gap passing away-from otherwise reuse uncovered prevented each-time day-and-night ahead accompanied little same-each-day keep-it remember unhurried rest early free harmless alone-only loosely enough lowering left-behind no-longer so-that-not damaged separate granting".split()  # noqa: SIM905
)
OF_TRANSLATIONS = frozenset(
    "recommending only onward inside earliest waiting untroubled alone together faulty lasting needless optional needing promptly away most least exceeding "  # noqa: SIM905
    "freely to-the-end always ambulance adverse conditional instead otherwise single-use covered shun with except also then barring day-and-night "
    "spit intact keeping still left-off hesitating confining trouble not-before personal sharing right-before right-after up-to as-soon little nothing-but same-hour latest at-once unhindered not-alone less-part during not-yet keep-it remember unhurried rest early free harmless alone-only loosely enough pronoun healthy not-same so-that-not bringing-in ceasing merely whether asking being-last granting".split()
)
"""The rows of wordings for which rules ask (`comparison/carried`)."""
TIMES = frozenset(ROWS)
SPANS = LENGTHS.keys() | COUNTED.keys()


@pytest.mark.parametrize("code", [code for code in CODES if not TIMES.isdisjoint(language(code).wordings)])
def test_times_in_words(code: str) -> None:
    """Each form of a time is read where figures stand in its places, as the time that its row says."""
    for row in TIMES & language(code).wordings.keys():
        for form in language(code).wordings[row].split(","):
            if ORDINAL in form:
                continue  # rows of pairs have them
            text = form.replace(MINUTES, "20").replace(HOUR, "7")
            offset, sign = ROWS[row]
            hour = 7 if HOUR in form else 0
            found = spoken(read(normal(text), language(code)).tokens, language(code))
            assert [(clock.minutes % 720) for clock in found] == [hour * 60 + offset + 20 * sign], (row, form)


@pytest.mark.parametrize("code", [code for code in CODES if not SPANS.isdisjoint(language(code).wordings)])
def test_lengths_in_words(code: str) -> None:
    """Each form of a length of time is read as what its row says."""
    for row in SPANS & language(code).wordings.keys():
        for form in language(code).wordings[row].split(","):
            text = form.replace("#", "3").replace("*", "")
            told = [
                (item.value, item.unit) for item in lengths(read(normal(text), language(code)).tokens, language(code))
            ]
            if row in LENGTHS:
                assert told == [*LENGTHS[row]], (row, form)
            else:
                each, besides, unit = COUNTED[row]
                assert told == [(3 * each + besides, unit)], (row, form)


@pytest.mark.parametrize("code", [code for code in CODES if language(code).wordings])
def test_wordings(code: str) -> None:
    """Each row is one that some rule asks for, in English or elsewhere, and each of its wordings is found in itself."""
    there = language(code)
    assert there.wordings.keys() - TIMES - SPANS <= (OF_ENGLISH if code == "en" else OF_TRANSLATIONS)
    for row, said in there.wordings.items():
        for form in said.split(",") if row not in TIMES | SPANS else ():
            text = form.replace("*", "").replace(MANY, " ")
            tokens = read(normal(f"{text}on" if text.endswith("'") else text), there).tokens
            assert says(tokens, there, row), (code, row, form)
