"""Clinical pairs that translators can read (`tests/pairs`): what is right stays silent, what is dangerous is withheld."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import checks
from pipeline.catalog import po_file
from pipeline.checks import runner
from pipeline.checks.check import CatalogRow, Pair
from pipeline.checks.levels import ORDINARY
from pipeline.content.inline import parse, translated
from pipeline.core import locales
from pipeline.core.inline import NOWHERE, Syntax
from pipeline.core.model import Level
from tests.conftest import REPO

FOLDER = Path(__file__).parent / "pairs"
GAPS = {tuple(line.split("\t")[:2]) for line in (FOLDER / "known-gaps.tsv").read_text("utf-8").splitlines()[1:]}


def rows(locale: str) -> list[tuple[str, str, str, str]]:
    lines = (FOLDER / f"{locale}.tsv").read_text("utf-8").splitlines()[1:]
    found = [line.split("\t") for line in lines]
    assert all(len(row) == 4 and row[0] in {"good", "warning", "error"} for row in found)
    return [(row[0], row[1], row[2], row[3]) for row in found]


LOCALES = sorted(path.stem for path in FOLDER.glob("*.tsv") if path.stem != "known-gaps")


def worst(
    locale: str, english: str, translation: str, syntax: Syntax = Syntax.MARKDOWN
) -> tuple[Level | None, list[str]]:
    ours = parse(english, syntax)
    pair = Pair(ours, translated(translation, ours, NOWHERE), locale)
    said = [(ORDINARY.of(check, pair.locale, "")[pair.strict], check.code) for check, _ in runner.run(pair)]
    return max((level for level, _ in said if level > Level.INFO), default=None), [code for _, code in said]


@pytest.mark.parametrize("locale", LOCALES)
def test_pairs(locale: str) -> None:
    wrong = []
    for verdict, kind, english, translation in rows(locale):
        level, said = worst(locale, english, translation)
        right = {"good": level is None, "warning": level is not None, "error": level is Level.ERROR}[verdict]
        if right is ((locale, translation) in GAPS):
            wrong.append((verdict, kind, english, translation, said))
    assert not wrong, "\n".join(map(str, wrong))


def test_there_are_enough() -> None:
    assert sum(len(rows(locale)) for locale in LOCALES) >= 300 and len(LOCALES) >= 6
    assert len(GAPS) < 10


@pytest.mark.parametrize("path", sorted((REPO / "pipeline/catalog/interface").glob("*.po")), ids=lambda path: path.stem)
def test_our_own_texts_are_silent(path: Path) -> None:
    """What readers are told of a translation, in the languages that it comes in: nothing of it may be withheld."""
    wrong = []
    for entry in po_file.load(path.parent, path.name).entries:
        if entry.plural is None and not entry.obsolete and not entry.fuzzy and all(entry.strings):
            level, said = worst(path.stem, entry.key.msgid, entry.strings[0], Syntax.TEMPLATE)
            if level is Level.ERROR:
                wrong.append((entry.key.msgid, entry.strings[0], said))
    assert not wrong, "\n".join(map(str, wrong))


DIGITS = {
    "fa": ("{} میلی‌گرم مصرف کنید.", "اکنون با {} تماس بگیرید."),
    "ar": ("تناول {} ملغ.", "اتصل على {} الآن."),
    "bn": ("{} মিলিগ্রাম নিন।", "এখন {} নম্বরে কল করুন।"),
    "ne": ("{} मिलिग्राम लिनुहोस्।", "अहिले {} मा फोन गर्नुहोस्।"),
    "my": ("{} မီလီဂရမ် သောက်ပါ။", "{} သို့ ယခု ဖုန်းခေါ်ပါ။"),
    "ur": ("{} ملی گرام لیں۔", "ابھی {} پر کال کریں۔"),
    "hi": ("{} मिलीग्राम लें।", "अभी {} पर कॉल करें।"),
}
FIGURES = (("5", "6"), ("50", "5"), ("5–10", "5–100"), ("1,234", "1,235"), ("2.5", "25"), ("555-0142", "555-0143"))


@pytest.mark.parametrize("locale", DIGITS)
def test_digits_of_either_kind_are_read(locale: str) -> None:
    """A translator may write the language's own digits or European ones, whatever Lockstep writes."""
    native = locales.make(locale, {"digits": "native"})
    marks = str.maketrans(".,", "٫٬") if locale in {"fa", "ar", "ur"} else {}
    for right, wrong in FIGURES:
        dose, call = DIGITS[locale]
        english, text = ("Call {} now.", call) if right[:3] == "555" else ("Take {} mg.", dose)
        for written in (str, lambda figure: locales.figures(native, figure).translate(marks)):
            assert worst(locale, english.format(right), text.format(written(right))) == (None, []), right
            assert worst(locale, english.format(right), text.format(written(wrong)))[0] is Level.ERROR, wrong


@pytest.mark.parametrize("path", sorted(REPO.glob("locale/*/LC_MESSAGES/messages.po")), ids=lambda path: path.parts[-3])
def test_the_sample_site_has_no_false_warning(path: Path) -> None:
    source = checks.Source(path, path.parts[-3])
    wrong = [
        (line, key.msgid, said)
        for key, text, line in source.rows
        if (said := checks.said(key.msgid, text, source.locale))
    ]
    rows = [
        CatalogRow(key, parse(key.msgid, Syntax.MARKDOWN), parse(text, Syntax.MARKDOWN), line)
        for key, text, line in source.rows
    ]
    wrong += [
        (rows[at].line, rows[at].key.msgid, {"across": Level.WARNING}) for at in checks.across(rows, source.language)
    ]
    assert not wrong, "\n".join(map(str, wrong))
