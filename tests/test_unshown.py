"""Comments of MyST and kramdown: shown to nobody where the site's dialect has them, named where it has not."""

from __future__ import annotations

import pytest

from pipeline.content import markdown
from pipeline.content.marks import Marks
from pipeline.core.dialects import DIALECTS
from pipeline.core.model import Document, Level


def page(text: str, *dialect: str) -> Document:
    reads = frozenset(one for name in ("common", *dialect) for one in DIALECTS[name])
    return markdown.read("source/index.md", text, (), marks=Marks(reads=reads))


def texts(document: Document) -> list[str]:
    return [message.key.msgid for message in document.messages()]


HIDDEN = [
    ("myst", "# A\n\n% SECRET one\n% SECRET two\n\nText.\n", ["A", "Text."]),
    ("myst", "# A\n\nText.\n% SECRET\nMore.\n", ["A", "Text.", "More."]),
    ("myst", "# A\n\n- One.\n\n  %SECRET\n\n- Two.\n", ["A", "One.", "Two."]),
    ("myst", '# A\n\n+++\n\nText.\n\n+++ {"SECRET": 1}\n\nMore.\n', ["A", "Text.", "More."]),
    ("jekyll", "# A\n\n{::comment}\nSECRET\n\n- SECRET\n{:/comment}\n\nText.\n", ["A", "Text."]),
    ("jekyll", "# A\n\n{::comment}SECRET{:/}\n\nText.\n", ["A", "Text."]),
    ("jekyll", "# A\n\nText{::comment}SECRET{:/comment}.\n", ["A", "Text."]),
    ("jekyll", "# A\n\n{::comment}SECRET{:/comment} Text.\n", ["A", "Text."]),
]


@pytest.mark.parametrize(("dialect", "text", "wanted"), HIDDEN)
def test_a_comment_is_shown_to_nobody(dialect: str, text: str, wanted: list[str]) -> None:
    """Readers saw it, and nothing said so."""
    found = page(text, dialect)
    assert [one.strip() for one in texts(found)] == wanted
    assert not [one for one in found.findings if one.level is Level.ERROR]


@pytest.mark.parametrize(
    ("dialect", "text", "wanted"), [row for row in HIDDEN if "SECRET" in row[1] and "%SECRET" not in row[1]]
)
def test_it_is_named_where_it_is_not_read(dialect: str, text: str, wanted: list[str]) -> None:
    found = [one for one in page(text).findings if one.level is Level.ERROR]
    assert found and any(dialect in one.text for one in found)
    line = text.split("\n")[found[0].span.line - 1]
    assert line[:2] in {"% ", "{:", "++", "Te"}


SHOWN = [
    ("Of these,\n% of people with pain is what counts.", "myst-less"),
    ("| a | b |\n|---|---|\n| % of it | +++ |", ""),
    ("- 50 %\n- % of it", ""),
    ("`{::comment}x{:/comment}` and 5 % +++ more.", "jekyll"),
    ("`% x` is code, and 100% of it.", "myst"),
    ("```\n% x\n+++\n```", "myst"),
    ("C+++ and a++", ""),
]


@pytest.mark.parametrize(("text", "dialect"), SHOWN)
def test_what_is_none_is_shown_and_not_named(text: str, dialect: str) -> None:
    found = page(f"# A\n\n{text}\n", *([dialect] if dialect in DIALECTS else []))
    assert not [one for one in found.findings if "comment" in one.text or "MyST" in one.text]
    assert len(texts(found)) >= (1 if text.startswith("```") else 2)


def test_one_that_nothing_ends_is_named() -> None:
    found = page("# A\n\n{::comment}\nSECRET\n", "jekyll")
    assert [one for one in found.findings if one.level is Level.ERROR]
