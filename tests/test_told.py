"""What a finding says of itself: the words that were read so, and how a wrong one is answered."""

from __future__ import annotations

import shlex

import pytest

from pipeline.checks import runner
from pipeline.cli.main import main
from pipeline.content import parse
from pipeline.core.inline import Syntax
from tests.conftest import Make, translate, updated

READ = [
    ("es", "Take it with food", "No lo tome con comida", "The translation says no or not (“no”), the English does not."),
    ("zh_Hans", "Take it with food", "不要与食物一起服用", "says no or not (“不要”)"),
    ("es", "Do not take it with food", "Tómelo con comida", "The English says no or not (“not”), the translation"),
    ("es", "Take 5 mg per dose", "Tome 5 mg al día", "the translation “per day” (“al día”)."),
    ("es", "Call us if it lasts", "Llámenos a menos que dure", "The English says “if”, the translation “unless” (“a menos que”)."),
]  # fmt: skip


@pytest.mark.parametrize(("locale", "english", "translation", "wanted"), READ)
def test_a_finding_names_the_words_that_it_rests_on(locale: str, english: str, translation: str, wanted: str) -> None:
    pair = [parse(text, Syntax.MARKDOWN) for text in (english, translation)]
    said = [text for _, text in runner.judged(*pair, locale, False, False)[1]]
    assert any(wanted in one for one in said), said


def test_check_says_how_a_wrong_finding_is_answered(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# A\n\nTake it with food.\n\nCall **us** now.\n"}, locales=("es",))
    updated(root)
    translate(root, {"Take it with food.": "No lo tome con comida.", "Call **us** now.": "Llame ya."})
    main(["check", "--root", str(root)])
    shown = capsys.readouterr().out
    assert shown.count("lockstep accept ") == 1
    line = next(line for line in shown.splitlines() if "lockstep accept " in line)
    assert main([*shlex.split(line)[1:], "--root", str(root)]) == 0
    assert ": accepted: negation" in capsys.readouterr().out
    main(["check", "--root", str(root)])
    assert "--check structure" in capsys.readouterr().out


def test_where_nothing_can_be_answered_nothing_is_said(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# A\n\nCall us.\n"}, locales=("es",))
    updated(root)
    translate(root, {"Call us.": "Llame a [aquí](https://evil.example)."})
    main(["check", "--root", str(root)])
    shown = capsys.readouterr().out
    assert "[brings]" in shown
    assert "lockstep accept" not in shown
