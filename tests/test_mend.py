"""What `check --fix` mends, what it leaves, and that it never touches a word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import runner
from pipeline.cli.main import main
from tests.conftest import Make, translate

ROWS = [
    ("spaces", "es", "Call us now", " Llame  ahora ", "Llame ahora"),
    ("spaces", "es", "Run `a b` now", "Ejecute  `a  b`", "Ejecute `a  b`"),
    ("spaces", "es", "Two  spaces", "Dos  espacios", "Dos  espacios"),
    ("french-spaces", "fr", "Call us now!", "Appelez!", "Appelez\u202f!"),
    ("french-spaces", "fr", "Call us now!", "Appelez !", "Appelez\u202f!"),
    ("french-spaces", "fr", "Note: call", "Note : appelez", "Note\u00a0: appelez"),
    ("french-spaces", "fr", "A “word”", "Un «mot»", "Un «\u00a0mot\u00a0»"),
    ("french-spaces", "fr", "At 8:30", "À 8:30", "À 8:30"),
    ("french-spaces", "fr", "See `a: b;` now!", "Voir `a: b;`  https://a.b/c;d !", "Voir `a: b;`  https://a.b/c;d !"),
    ("french-spaces", "fr_CA", "Call us now!", "Appelez!", "Appelez!"),
    ("hidden-character", "es", "Take", "To\u200bme", "Tome"),
    ("hidden-character", "km", "Take", "លេប\u200bថ្នាំ", "លេប\u200bថ្នាំ"),
    ("hidden-character", "es", "Take 50 mg", "Tome 5\u200b0 mg", "Tome 5\u200b0 mg"),
    ("hidden-character", "es", "Take 05 mg", "Tome \u202e50\u202c mg", "Tome \u202e50\u202c mg"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "locale", "english", "text", "wanted"), ROWS)
def test_a_text_mended(code: str, locale: str, english: str, text: str, wanted: str) -> None:
    mend = runner.by_code()[code].mend
    assert mend and mend(english, text, locale) == wanted
    assert mend(english, wanted, locale) == wanted


UNSEEN = re.compile(r"[\s\u200b\u2060\ufeff\u202f\u00a0]")


@given(
    st.text(st.sampled_from("ab1 ,.;:!?«»`<>{}()[]\\\u200b\u2060\ufeff\u202f\u00a0é\n"), max_size=30),
    st.sampled_from(["es", "fr", "km"]),
)
def test_no_word_is_touched(text: str, locale: str) -> None:
    for check in runner.checks():
        if check.mend:
            assert UNSEEN.sub("", check.mend("a b", text, locale)) == UNSEEN.sub("", text)


def test_a_site_mended(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """All but what somebody signed for, and what is not in step."""
    root = make({"index.md": "Call us now\n\nRest at home\n\nTake it at night\n\nCome back soon.\n"})
    path = root / "locale/es/LC_MESSAGES/messages.po"
    main(["update", "-C", str(root)])
    texts = {
        "Call us now": "Llame  ahora",
        "Rest at home": "Descanse  en casa",
        "Take it at night": "Tómelo  de noche",
    }
    translate(root, {**texts, "Come back soon.": "Vuelva  pronto."})
    words = ["review", "es", "index", "--as", "reviser", "--by", "Omar Haddad", "--qualification", "certified"]
    assert main([*words, "-C", str(root)]) == 0
    page = root / "source/index.md"
    page.write_text(page.read_text().replace("soon.", "later today."))
    path.write_text(path.read_text().replace("Llame  ahora", "Llame   ahora"))
    main(["update", "-C", str(root)])
    before = path.read_text()
    capsys.readouterr()
    main(["check", "--fix", "-C", str(root)])
    out, err = capsys.readouterr()
    after = path.read_text()
    assert "Llame ahora" in after and after == before.replace("Llame   ahora", "Llame ahora")
    assert "Descanse  en casa" in after and "Vuelva  pronto." in after
    assert err.count("mended [spaces]") == 1 and err.count("left to a person [spaces]") >= 2
    assert Path(root / "locale/es/reviews.jsonl").exists() and "Llame" not in out
