"""Clinical pairs that translators can read (`tests/pairs`): what is right stays silent, what is dangerous is withheld."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.checks import runner
from pipeline.checks.check import Pair
from pipeline.checks.levels import ORDINARY
from pipeline.content.inline import parse, translated
from pipeline.core.inline import NOWHERE, Syntax
from pipeline.core.model import Level

FOLDER = Path(__file__).parent / "pairs"
GAPS = {tuple(line.split("\t")[:2]) for line in (FOLDER / "known-gaps.tsv").read_text("utf-8").splitlines()[1:]}


def rows(locale: str) -> list[tuple[str, str, str, str]]:
    lines = (FOLDER / f"{locale}.tsv").read_text("utf-8").splitlines()[1:]
    found = [line.split("\t") for line in lines]
    assert all(len(row) == 4 and row[0] in {"good", "warning", "error"} for row in found)
    return [(row[0], row[1], row[2], row[3]) for row in found]


LOCALES = sorted(path.stem for path in FOLDER.glob("*.tsv") if path.stem != "known-gaps")


def worst(locale: str, english: str, translation: str) -> tuple[Level | None, list[str]]:
    ours = parse(english, Syntax.MARKDOWN)
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
