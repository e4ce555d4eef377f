"""The parser of whole pages: the inline engine, the block constructs, and what of other tools a page has."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Any

from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin

from pipeline.content import components, dialects, unextractable
from pipeline.content.inline import engine, marked
from pipeline.core.components import Own, in_texts, tables
from pipeline.core.dialects import INLINE
from pipeline.core.model import Finding, Level, Span

CALLOUT = re.compile(r"([A-Za-z][\w-]*+)(?:\s++(.*+))?\Z")
TITLED = re.compile(r"([A-Za-z][\w-]*+)[ \t]*+\[(.*)\][ \t]*+(?:\{[^{}]*\})?\Z")
"""A box as Docusaurus and Starlight write it: `:::note[Title]`."""
EMPTY_NOTE, NO_NOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*"), re.compile(r"\[\^[^\]\s]+\]:|#{1,6}(?:\s|\Z)")

COLON = re.compile(r"([A-Za-z][\w-]*+):[ \t]*+([^\s:].*+)?\Z")
"""A box with a colon before its title: `:::warning:Title`."""


def whole_lines(path: str, text: str) -> tuple[str, tuple[Finding, ...]]:
    """A text whose lines end alike. A carriage return alone ends a line where all do so (CommonMark 0.31, 2.1); elsewhere it is
    a stray one, which editors show in many ways: it is read as a space, and named."""
    if "\r" not in text:
        return text, ()
    if "\n" not in text:
        return text.replace("\r", "\n"), ()
    line = unextractable.line_of(text, text.index("\r"))
    said = "A carriage return (U+000D) stands inside this line, which not every editor shows. Remove it."
    return text.replace("\r", " "), (Finding("control-character", Level.ERROR, said, Span(path, line)),)


@lru_cache(maxsize=128)
def builder(reads: frozenset[str] = frozenset(["definitions"]), boxes: tuple[str, ...] = (), own: Own = ()) -> Any:
    """The parser for whole pages: the inline engine and the block constructs; `boxes` and `own` components are the site's. It
    keeps nothing of a page."""
    parser = engine(reads & INLINE).use(deflist_plugin)
    parser.use(container_plugin, "callout", validate=lambda params, *_: boxed(params, reads) is not None)
    known = tables(reads, own)
    dialects.rules(parser, reads, boxes, in_texts(known))
    if known:
        components.rules(parser, known, boxes)
    noted = next(one.fn for one in parser.block.ruler.__rules__ if one.name == "footnote_def")
    parser.block.ruler.at("footnote_def", partial(footnote, noted), {"alt": ["paragraph", "reference"]})
    parser.core.ruler.at("inline", inline_rule)
    return parser


def footnote(rule: Any, state: Any, start: int, end: int, silent: bool) -> bool:
    """A footnote; where its own line has no text, the one that stands right below it is its text (pulldown-cmark)."""
    first = last = start + 1
    if not silent and EMPTY_NOTE.fullmatch(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start]):
        while last < end and not state.isEmpty(last) and 0 <= state.sCount[last] - state.blkIndent < 4:
            if NO_NOTE.match(state.src, state.bMarks[last] + state.tShift[last]):
                break
            last += 1
    for line in range(first, last):
        state.sCount[line] += 4
    found = bool(rule(state, start, end, silent))
    for line in range(first, last):
        state.sCount[line] -= 4
    return found


def inline_rule(state: Any) -> None:
    """Parse inline text, with soft line breaks folded before, so that re-wrapping the source changes no msgid."""
    for token in state.tokens:
        if token.type == "inline":
            text = token.content = one_line(token.content)
            token.children = [Token("text", "", 0, content=text)] if text else []
            if marked(text) or "$" in text:
                token.children = []
                state.md.inline.parse(text, state.md, state.env, token.children)


def one_line(text: str) -> str:
    """Text with soft line breaks as single spaces; a hard break (two spaces or a backslash) stays as written."""
    if "\n" not in text:
        return text
    first, *rest = text.split("\n")
    for line in rest:
        hard = first.endswith("  ") or (len(first) - len(first.rstrip("\\"))) % 2 == 1
        first = f"{first}\n{line.lstrip()}" if hard else f"{first.rstrip()} {line.lstrip()}"
    return first


def boxed(info: str, reads: frozenset[str]) -> tuple[str, str] | None:
    """The kind and the title of a `::: kind Title` box; None for what is none."""
    info = info.strip()
    match = (TITLED.match(info) or COLON.match(info) if "boxes" in reads else None) or CALLOUT.match(info)
    return (match[1].lower(), match[2] or "") if match else None
