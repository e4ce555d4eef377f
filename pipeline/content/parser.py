"""The parser of whole pages: the inline engine, the block constructs, and what of other tools a page has."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin

from pipeline.content import components, dialects, unextractable
from pipeline.content.inline import MARKED, engine
from pipeline.core.components import Own, tables
from pipeline.core.dialects import INLINE
from pipeline.core.model import Finding, Level, Span

CALLOUT = re.compile(r"\s*([A-Za-z][\w-]*)(?:\s+(.*?))?\s*\Z")
TITLED = re.compile(r"\s*([A-Za-z][\w-]*)[ \t]*\[(.*)\][ \t]*(?:\{[^{}]*\})?\s*\Z")
"""A box as Docusaurus and Starlight write it: `:::note[Title]`."""


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
    dialects.rules(parser, reads, boxes)
    if known := tables(reads, own):
        components.rules(parser, known, boxes)
    parser.core.ruler.at("inline", inline_rule)
    return parser


def inline_rule(state: Any) -> None:
    """Parse inline text, with soft line breaks folded before, so that re-wrapping the source changes no msgid."""
    for token in state.tokens:
        if token.type == "inline":
            text = token.content = one_line(token.content)
            token.children = [Token("text", "", 0, content=text)] if text else []
            if MARKED.search(text) or "$" in text:
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
    match = (TITLED.match(info) if "boxes" in reads else None) or CALLOUT.match(info)
    return (match[1].lower(), match[2] or "") if match else None
