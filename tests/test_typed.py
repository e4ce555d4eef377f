"""What a finding tells a translator to type: marks of Markdown and words, never a tag's name, and nothing that is an error in its turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.checks import runner
from pipeline.content.inline import parse, translated
from pipeline.content.typed import how, pieces
from pipeline.core.inline import Scope, Syntax
from tests.conftest import project_of

BOLD = "Call **the same day** or [the clinic](a.md)."
LOST = [
    (BOLD, "Llame el mismo día o a [la clínica](a.md).", "structure", "The English has “**the same day**”, the translation does not. Write `**` right before and right behind the words that stand for it."),
    (BOLD, "Llame ** el mismo día ** o a [la clínica](a.md).", "structure", "a space stands right inside of them: write “**el mismo día**”."),
    (BOLD, "Llame **el mismo día o a [la clínica](a.md).", "structure", "a `**` that stands alone: write its other one"),
    (BOLD, "Llame <strong>el mismo día</strong> o a [la clínica](a.md).", "brings", "Write the marks of “**the same day**” in place of <strong> and </strong>."),
    (BOLD, "Llame **el mismo día** o a la clínica.", "link-missing", "The English has “[the clinic](a.md)”, the translation does not. Write the words that stand for it as `[…](a.md)`."),
    (BOLD, "Llame **el mismo día** o a [la clínica] (a.md).", "link-missing", "Take out the space between `]` and `(`"),
    (BOLD, "Llame **el mismo día** o a <a href='a.md'>la clínica</a>.", "brings", "Write the marks of “[the clinic](a.md)” in place of <a> and </a>."),
    ('See [a](x.md "Lamp").', "Vea a.", "link-missing", "as `[…](x.md \"…\")`."),
    ("Call _us_ now", "Llame _ nos _ ya", "structure", "write “_nos_”."),
    ("Run `stop` now", "Ejecute stop ya", "code", "The English has “`stop`”, the translation does not."),
    ("Run `stop` now", "Ejecute <code>stop</code> ya", "brings", "Write the marks of “`stop`” in place of <code> and </code>."),
    ("One line\\\nand more", "Una línea y más", "structure", "The English has “…One line\\”, the translation does not. End the line there with `\\`"),
    ("One line\\\nand more", "Una línea<br>y más", "brings", "Write `\\` and a new line"),
    ("![A pump](p.png) here", "Una bomba aquí", "link-missing", "Write it as `![…](p.png)`, its words translated."),
    ("Call us", "- Llame", "stray-mark", "Readers would see “-”: it makes nothing here. The English has none at this place"),
    ("Call us", "• Llame", "stray-mark", "Readers would see “•”"),
    ("Call us", "# Llame", "stray-mark", "Readers would see “#”: it makes nothing here. The English has none at this place"),
    ("Call us", "Llame **nos**", "structure", "The translation has `**` more often than the English."),
]  # fmt: skip
KINDS = {"structure", "link-missing", "code", "brings", "stray-mark"}


@pytest.mark.parametrize(("english", "translation", "code", "wanted"), LOST)
def test_a_finding_says_what_to_type(english: str, translation: str, code: str, wanted: str) -> None:
    ours = parse(english, Syntax.MARKDOWN)
    all_said = runner.judged(ours, translated(translation, ours, Scope()), "es", False, False)[1]
    ((found, said),) = [one for one in all_said if one[0].code in KINDS]
    assert found.code == code
    assert wanted in said
    assert "the element" not in said


def test_what_is_said_of_the_sample_s_texts_makes_what_they_have() -> None:
    """Each piece, typed as it is named, is the part that it is named for, and never a tag."""
    seen = 0
    content = project_of(Path(__file__).parents[1]).content
    for english in dict.fromkeys(block.inline for page in content.pages for block in page.document.blocks()):
        if english.syntax is not Syntax.MARKDOWN:
            continue
        for part in english.parts:
            if part.startswith(("the element", "a link to", "the image")):
                for piece in pieces(english, part):
                    assert "<" not in how(english, parse("", Syntax.MARKDOWN), part)
                    assert "…" in piece or part in parse(piece, Syntax.MARKDOWN).parts
                    seen += 1
    assert seen > 30
