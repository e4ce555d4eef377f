"""The ways in which one message of another tool can be several texts of ours, or one with the marks of its block around it.

Each reading takes the English and the translation apart in the same way; where the two come apart differently it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from textwrap import dedent
from typing import NamedTuple

from pipeline.content import markdown
from pipeline.content.marks import Marks
from pipeline.content.parser import one_line
from pipeline.core.inline import Syntax


class Unit(NamedTuple):
    """One text of a message and its translation. `field`: the front-matter key that it is the value of; `syntax`: what it is
    written in."""

    english: str
    translation: str
    field: str = ""
    syntax: Syntax = Syntax.MARKDOWN


Units = tuple[Unit, ...]
Texts = tuple[tuple[str, str, Syntax], ...]
"""The texts of a message, each with its field (or what kind of block it is) and its syntax."""


def readings(english: str, translation: str, marks: Marks, keys: Sequence[str]) -> Iterator[Units]:
    """The units of a message in every way in which it can be read, the plainest first. What each gives may be of no use here."""
    yield (Unit(tidy(english), tidy(translation)),)
    for way in WAYS:
        ours, theirs = way(english, marks, tuple(keys)), way(translation, marks, tuple(keys))
        if (
            ours
            and len(ours) == len(theirs)
            and all(one[1:] == other[1:] for one, other in zip(ours, theirs, strict=True))
        ):
            yield tuple(
                Unit(text, other[0], field if field in keys else "", syntax)
                for (text, field, syntax), other in zip(ours, theirs, strict=True)
            )


def torn(english: str, translation: str, marks: Marks, keys: Sequence[str]) -> bool:
    """Whether a message has several texts of ours and its translation comes apart otherwise."""
    ours, theirs = blocks(english, marks, tuple(keys)), blocks(translation, marks, tuple(keys))
    return len(ours) > 1 and [one[1:] for one in ours] != [one[1:] for one in theirs]


def tidy(text: str) -> str:
    """A text as ours are: soft line breaks as spaces, no white space around."""
    return one_line(text.strip(" \t\n\u3000"))


@lru_cache(1 << 14)
def blocks(text: str, marks: Marks, keys: tuple[str, ...]) -> Texts:
    """The texts of a message that is a piece of a page: headings, items, cells, quotations, HTML."""
    document = markdown.read(PIECE, indented(text), keys, marks=marks)
    found = [
        (block.inline.source, message.key.context or block_kind(message.kind), block.inline.syntax)
        for block in document.blocks()
        if (message := block.message) and message.kind not in {"label", "contents"}
    ]
    return tuple(found)


PIECE = "source/piece.md"


def indented(text: str) -> str:
    """A piece of a page less the white space that its lines begin with, all of them."""
    lines = text.strip("\n").split("\n")
    least = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    first = len(lines[0]) - len(lines[0].lstrip(" "))
    if least == 0 and 0 < first < 4:
        return "\n".join([lines[0][first:], *lines[1:]])
    return "\n".join(line[least if least < 4 else 0 :] for line in lines)


def block_kind(kind: str) -> str:
    """A kind of block, whatever its level."""
    return kind.split(" ")[0] if kind.startswith("heading") else kind


def table(text: str, marks: Marks, keys: tuple[str, ...]) -> Texts:
    """The cells of a table whose lines were joined (po4a)."""
    found = RULED.search(text)
    if found is None or "\n" in text.strip():
        return ()
    width = len(CELL.findall(found[0]))
    cells = re.split(r"(?<!\\)\|", text.strip().removeprefix("|").removesuffix("|"))
    rows = [cells[at : at + width] for at in range(0, len(cells), width + 1)]
    if any(len(row) != width for row in rows) or any(cell.strip() for cell in cells[width :: width + 1]):
        return ()
    return blocks("\n".join(f"|{'|'.join(row)}|" for row in rows), marks, keys)


CELL = re.compile(r":?-{3,}:?|:-+:?|-+:")
RULED = re.compile(rf"(?:\|\s*(?:{CELL.pattern})\s*)+\|")


def front_matter(text: str, marks: Marks, keys: tuple[str, ...]) -> Texts:
    """The fields of a front matter that is one message, with the lines around it or without."""
    inner = re.sub(r"\A\s*---[ \t]*\n|\n?---[ \t]*\s*\Z", "", text)
    if not re.match(r"[A-Za-z_][\w-]*:[ \t]", inner):
        return ()
    document = markdown.read(PIECE, f"---\n{inner.strip(chr(10))}\n---\n\n", keys, marks=marks)
    if any(finding.level == 2 and finding.code == "syntax" for finding in document.findings):
        return ()
    return tuple((block.inline.source, field, block.inline.syntax) for field, block in document.fields if block.message)


LEADING = re.compile(r"(?:\[\^[^\[\]\s]+\]:|\[[ xX]\]|#{1,6}|[-*+]|\d{1,9}[.)]|>(?:\s*>)*|:)[ \t]+")
CLOSING = re.compile(r"[ \t]+#+[ \t]*\Z")


def unmarked(text: str, marks: Marks, keys: tuple[str, ...]) -> Texts:
    """A message less the mark of its block: of a footnote, a task, a heading, an item, a quotation, a definition."""
    plain = text.strip()
    found = LEADING.match(plain)
    if not found:
        return ()
    rest = plain[found.end() :]
    if found[0][0] == "#":
        rest = CLOSING.sub("", rest)
    elif found[0][0] == ">":
        rest = re.sub(r"\s*\n?[ \t]*(?<!\S)>[ \t]+", " ", rest)
    again = LEADING.match(rest) if found[0][0] in "-*+" else None
    if again and again[0].strip() in {"[ ]", "[x]", "[X]"}:
        rest = rest[again.end() :]
    kind = found[0][0] if found[0][0] in "#>[:" else "item"
    return ((tidy(rest), kind, Syntax.MARKDOWN),) if rest else ()


ADMONISH = re.compile(r"\A\s*(`{3,}|~{3,})admonish[ \t]*(?P<kind>[^\n]*)\n(?P<inner>.*?)\n?\s*\1\s*\Z", re.S)
TITLE = re.compile(r"title\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def admonished(text: str, marks: Marks, keys: tuple[str, ...]) -> Texts:
    """A box of mdbook-admonish, which is written as code: its title, and what stands in it."""
    found = ADMONISH.match(text)
    if found is None:
        return ()
    title = TITLE.search(found["kind"])
    head = (
        ((title[1] or title[2] or "", "title of a box", Syntax.MARKDOWN),) if title and (title[1] or title[2]) else ()
    )
    return (*head, *blocks(found["inner"], marks, keys))


ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*[#.][^{}]*\}\s*\Z")


def unattributed(text: str, marks: Marks, keys: tuple[str, ...]) -> Texts:
    """A heading less the id at its end (`{#doses}`)."""
    plain = ATTRIBUTES.sub("", text)
    return ((tidy(plain), "", Syntax.MARKDOWN),) if plain != text and plain.strip() else ()


AUTOLINK = re.compile(r"\[(?P<url>[a-z][a-z0-9+.-]+://[^\s\[\]<>]+)\](?:\[[^\[\]]*\]|\((?P=url)\))", re.I)


def autolinked(text: str, marks: Marks, keys: tuple[str, ...]) -> Texts:
    """A text whose bare addresses mdpo has written as links of their own."""
    made = AUTOLINK.sub(r"<\1>", text)
    return ((tidy(made), "", Syntax.MARKDOWN),) if made != text else ()


def definition(text: str, marks: Marks, keys: tuple[str, ...]) -> Texts:
    """A term and its definitions whose lines were joined."""
    found = [part.strip() for part in re.split(r"\s+:\s+", text.strip())]
    return tuple((tidy(part), "", Syntax.MARKDOWN) for part in found) if len(found) > 1 and all(found) else ()


ROLE = re.compile(r":[a-z][\w.:+-]*:`([^`<>]+?)(?:\s*<[^`<>]+>)?`")
HYPERLINK = re.compile(r"`([^`<>]+?)\s*<([^`<>]+)>`__?")
REFERENCE = re.compile(r"(?<![`\w])`([^`]+)`_\b")
LITERAL = re.compile(r"``(.+?)``")


def restructured(text: str, marks: Marks, keys: tuple[str, ...]) -> Texts:
    """A message in reStructuredText as Markdown: literals, links, roles (Docutils, "reStructuredText Markup Specification")."""
    if "`" not in text:
        return ()
    made = HYPERLINK.sub(r"[\1](\2)", ROLE.sub(r"`\1`", text))
    made = LITERAL.sub(lambda match: f"`{match[1]}`" if "`" not in match[1] else match[0], REFERENCE.sub(r"[\1]", made))
    return ((tidy(made), "", Syntax.MARKDOWN),) if made != text else ()


TAGS = re.compile(r"[ \t]*</?[A-Z][\w.]*(?:\s[^<>]*)?/?>[ \t]*")
CALLED = re.compile(r"""\s(?:label|title|header|summary)=(?:"([^"]*)"|'([^']*)')""")


def within_tags(text: str, marks: Marks, keys: tuple[str, ...]) -> Texts:
    """A message less the lines that are tags of components and nothing else, which an extractor of paragraphs takes for text: what
    they are called, and the text between."""
    lines = text.strip("\n").split("\n")
    tags = [line for line in lines if TAGS.fullmatch(line)]
    if not tags:
        return ()
    names = [one[1] or one[2] for line in tags for one in CALLED.finditer(line)]
    parts = "\n".join("\0" if TAGS.fullmatch(line) else line for line in lines).split("\0")
    rest = "\n\n".join(dedent(part) for part in parts)
    inner = blocks(rest, marks, keys) if rest.strip() else ()
    return (*((name, "title", Syntax.MARKDOWN) for name in names if name), *inner)


Way = Callable[[str, Marks, tuple[str, ...]], Texts]
WAYS: tuple[Way, ...] = (
    unattributed,
    autolinked,
    unmarked,
    blocks,
    admonished,
    within_tags,
    table,
    front_matter,
    definition,
    restructured,
)
