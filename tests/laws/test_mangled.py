"""Laws of catalogs that something has damaged: no translation is lost without a word, and nothing stops.

The oracle reads damaged bytes with eight lines of its own: whatever follows a `msgstr` in quotation marks was readable.
"""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.catalog import po_entry, po_file
from pipeline.catalog.po_entry import Entry
from pipeline.catalog.po_file import Catalog, parse
from pipeline.catalog.po_reader import PoReader
from pipeline.changes.merge import update
from pipeline.core import locales
from pipeline.core.model import Key
from pipeline.core.settings import Settings
from tests.conftest import SHARED, material

ES = locales.make("es")
SETTINGS = Settings(Path(), locales.make("en"), (ES,))
WANTED = [Key(None, "Stop the pump"), Key("title", "Stop the pump"), Key(None, "{n} pumps"), Key(None, "Two\nlines")]
TEMPLATE = Catalog(
    "messages.pot",
    entries=tuple(
        po_entry.fresh(Entry(key, ("", "") if "{" in key.msgid else ("",), "{n} of them" if "{" in key.msgid else None))
        for key in WANTED
    ),
)
WHOLE = """\
# Our team
msgid ""
msgstr ""
"Language: es\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

# ask the nurse
#. paragraph
#: source/a.md
msgid "Stop the pump"
msgstr "tr1 Pare la bomba"

msgctxt "title"
msgid "Stop the pump"
msgstr ""
"tr2 Pare "
"la bomba"

#, python-brace-format
msgid "{n} pumps"
msgid_plural "{n} of them"
msgstr[0] "tr3 {n} bomba"
msgstr[1] "tr4 {n} bombas"

#, fuzzy
#| msgid "Two\\n"
#| "rows"
msgid "Two\\n"
"lines"
msgstr "tr5 Dos\\n"
"tr6 líneas"

#~ msgid "Gone"
#~ msgstr "tr7 Fue"

#~ msgctxt "title"
#~ msgid "Gone too"
#~ msgid_plural "All gone"
#~ msgstr[0] "tr8 Fue"
#~ msgstr[1] ""
#~ "tr9 Fueron"
"""
ODD = [
    "<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs", ">>>>>>>", "", "#~", "#", "#| ", '"', '"tr0"', "msgid", 'msgid ""',
    'msgid "Stop the pump"', 'msgid_plural "x"', 'msgctxt "title"', 'msgstr "tr0"', 'msgstr[0] "tr0"', 'msgstr[1] "tr0"',
    f'msgstr[{"9" * 5000}] "tr0"', 'msgstr[٠] "tr0"', '#~ msgstr "tr0"', '#~ msgid "x"', '#| msgid "x"', '#~| msgid "x"', "#, fuzzy", "#. x",
    f'"Plural-Forms: nplurals={"9" * 5000};\\n"', '"Plural-Forms: nplurals=²; plural=0;\\n"', '"Content-Type: text/plain; charset=UTF-7\\n"',
    '"Content-Type: text/plain; charset=unicode_escape\\n"', '"Content-Type: text/plain; charset=utf-8-sig\\n"', "\ufeff", "\r", "hello", "\0",
]  # fmt: skip
LINES = WHOLE.encode().split(b"\n")
AT = st.integers(0, len(LINES) - 1)
MANGLING = st.one_of(
    st.tuples(st.just("insert"), AT, st.sampled_from(ODD).map(str.encode)),
    st.tuples(st.sampled_from(["delete", "double", "cut", "mark", "unmark", "crlf"]), AT, st.just(b"")),
    st.tuples(st.just("move"), AT, AT.map(LINES.__getitem__)),
    st.tuples(st.just("bytes"), AT, st.binary(min_size=1, max_size=4)),
    st.tuples(st.just("split"), AT, st.just(b"\n")),
)


def mangled(steps: list[tuple[str, int, bytes]]) -> bytes:
    """The catalog after something went wrong with it, step by step."""
    lines = list(LINES)
    for how, at, what in steps:
        at = min(at, len(lines) - 1)
        middle = len(lines[at]) // 2
        match how:
            case "insert" | "move":
                lines.insert(at, what)
            case "delete":
                lines = [*lines[:at], *lines[at + 1 :]] or [b""]
            case "double":
                lines.insert(at, lines[at])
            case "cut":
                lines = [*lines[:at], lines[at][:middle]]
            case "mark":
                lines[at] = b"#~ " + lines[at]
            case "unmark":
                lines[at] = lines[at].removeprefix(b"#~ ")
            case "crlf":
                lines[at] += b"\r"
            case _:
                lines[at] = lines[at][:middle] + what + lines[at][middle:]
    return b"\n".join(lines)


BODIES = st.one_of(
    st.lists(MANGLING, min_size=1, max_size=4).map(mangled),
    st.lists(st.sampled_from([*LINES, *map(str.encode, ODD)]), max_size=12).map(b"\n".join),
    st.binary(max_size=40),
)


def readable(body: bytes) -> set[bytes]:
    """The words of every msgstr in a catalog's bytes, whatever else is in them; conflict markers and the like change nothing."""
    found, said = set(), b""
    for line in body.split(b"\n"):
        line = line.strip().removeprefix(b"#~").strip()
        said = match[0] if (match := re.match(rb"[a-z_]+", line)) else said
        if said == b"msgstr" and not line.startswith(b"#"):
            found |= set(re.findall(rb"\btr\d\b", line))
    return found


@given(BODIES)
@example(mangled([("insert", 12, b">>>>>>> theirs")]))
@example(mangled([("insert", 9, b"======="), ("insert", 22, b">>>>>>> theirs")]))
@example(mangled([("insert", 12, b"||||||| base")]))
@example(mangled([("delete", 21, b"")]))
@settings(max_examples=400)
def test_no_translation_is_lost_without_a_word(body: bytes) -> None:
    """For any bytes, what update writes has every msgstr that was readable in them, or the file is refused and keeps its bytes."""
    found = parse("es.po", body)
    made = update(TEMPLATE, {"es": found}, SETTINGS)["es"]
    if made.broken:
        assert all(problem.line > 0 for problem in made.problems) and found.findings("es")
        return
    text = made.text().encode(made.encoding)
    assert readable(body) <= set(re.findall(rb"\btr\d\b", text))
    po_file.verify(made, made.text())


def same_by_line(body: bytes) -> None:
    text = body.decode(errors="surrogateescape").removeprefix("\ufeff").replace("\r", "")
    one, other = PoReader("utf-8", problems=[]), PoReader("utf-8", problems=[])
    one.read(text)
    other.read(text, by_line=True)
    assert (one.header, one.header_at) == (other.header, other.header_at)
    assert [entry._replace(written=entry.lines) for entry in one.entries] == other.entries
    assert (one.problems, one.tail) == (other.problems, other.tail)


@given(BODIES)
@example(WHOLE.encode())
@settings(max_examples=400)
def test_a_block_is_read_as_its_lines_are(body: bytes) -> None:
    """What is read at once, since it looks as usual, is what its lines say one by one."""
    same_by_line(body)


def test_real_catalogs_are_read_as_their_lines_are() -> None:
    material("po-odd")
    for path in sorted(SHARED.glob("**/*.po*")):
        if path.suffix in {".po", ".pot"}:
            same_by_line(path.read_bytes())
