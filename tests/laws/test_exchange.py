"""Laws of the files of other tools: out and back is the same to the character, whatever stands in a text, and no text is cut wrong."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.catalog import Entry, exchange
from pipeline.catalog.exchange import Heading
from pipeline.catalog.po_entry import Previous
from pipeline.commands.export import unit_of
from pipeline.content.cut import cut
from pipeline.core.exchange import Unit, joined, matched, restored
from pipeline.core.inline import Syntax
from pipeline.core.model import Key

MARKS = st.sampled_from(
    ["**", "*", "_", "`", "``", "[", "](a.md)", '](b.md "', '")', "![", "<b>", "</b>", "<br>", "{a.b}", "%(n)s", "\\", "<!--", "-->", "&amp;", "]]>", "{{< x >}}",
     "$x$", "[^1]", "<https://x.org>", "'=", "=", "\r", "\n", "\t", "\x0c", "\x00", "\ufffe", "\x85", " ", "  ", "word", "ñ", "漢", "א", "\u202e", "\U0001f600"]
)  # fmt: skip
TEXTS = st.lists(MARKS | st.text(max_size=3), min_size=1, max_size=12).map("".join)
SAFE = TEXTS.filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text))
KINDS = st.sampled_from(["paragraph", "HTML text", "label", ""])


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    plural = draw(st.none() | SAFE)
    many = draw(st.lists(SAFE, min_size=2, max_size=4)) if plural is not None else [draw(SAFE)]
    key = Key(draw(st.none() | SAFE), draw(SAFE))
    flags = draw(st.sampled_from([(), ("fuzzy",)]))
    previous = Previous(Key(None, draw(SAFE))) if flags and draw(st.booleans()) else None
    notes = tuple(draw(st.lists(SAFE.filter(lambda one: "\n" not in one), max_size=2)))
    return Entry(key, tuple(many), plural, notes, (draw(KINDS),), ("source/a.md",), flags, previous)


def kept(unit: Unit) -> object:
    """What must come back."""
    return (
        unit.id,
        unit.texts,
        tuple(map(joined, unit.targets)),
        unit.base,
        bool(unit.targets) and unit.state == "fuzzy",
    )


@example([Entry(Key(None, "\x85"), ("",)), Entry(Key(None, "a"), ("b",))], "xliff2")
@given(st.lists(entries(), min_size=1, max_size=4, unique_by=lambda one: one.key), st.sampled_from([*exchange.FORMATS]))
def test_out_and_back_is_the_same(found: list[Entry], form: str) -> None:
    units = [unit_of(one, reviewed=False) for one in found]
    body = exchange.named(form).write(Heading("en", "es"), units)
    assert exchange.recognised("x.csv", body) == form
    again = sorted(map(kept, exchange.named(form).read(body, "x")))
    assert again == sorted(kept(one) for one in units if form != "tmx" or one.state == "translated")


@given(TEXTS, st.sampled_from([*Syntax]))
def test_pieces_are_the_text(text: str, syntax: Syntax) -> None:
    pieces = cut(text, syntax)
    assert joined(pieces) == text and all(piece.text for piece in pieces)
    stack: list[str] = []
    for piece in pieces:  # pairs are in each other, or XLIFF 2 could not hold them
        if piece.kind == "open":
            stack.append(piece.id)
        elif piece.kind == "close":
            assert stack.pop() == piece.id
    assert not stack


@given(TEXTS, TEXTS)
def test_a_code_without_its_text_is_the_one_of_its_english(english: str, translation: str) -> None:
    """Of every code that the English has too, tools may send back the number alone."""
    source = cut(english, Syntax.MARKDOWN)
    target = matched(cut(translation, Syntax.MARKDOWN), source)
    known = {piece.id for piece in source}
    bare = [piece._replace(text="") if piece.id and piece.id in known else piece for piece in target]
    assert restored(bare, source) == translation
    assert matched(tuple(piece._replace(id=piece.id and f"x{piece.id}") for piece in source), source) == source


@given(st.binary(max_size=200), st.sampled_from([*exchange.FORMATS]))
def test_any_bytes_are_units_or_one_error(body: bytes, form: str) -> None:
    from pipeline.core.errors import LockstepError

    try:
        list(exchange.named(form).read(body, "x"))
    except LockstepError as problem:
        assert problem.path == "x" and problem.todo
