"""Raw HTML blocks of a Markdown page: which stretches of them are text to translate.

A unit is the text, with its inline tags, between two block-level tags. Code, scripts and styles are not text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.markup import TAG, WORDED

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "iframe",
        "legend",
        "li",
        "link",
        "main",
        "menu",
        "nav",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "p",
        "param",
        "picture",
        "search",
        "section",
        "select",
        "source",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "track",
        "ul",
        "video",
        "audio",
        "canvas",
    ]
)
VERBATIM = re.compile(r"<(script|style|pre|textarea|svg|math)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with inline tags, white space folded; `line` counts from the block's first line, 0-based."""

    text: str
    line: int


def split(html: str) -> Iterator[str | Run]:
    """The block as literal HTML and runs of text, in order; joined again they are the block, white space aside."""
    at = start = 0
    while (at := html.find("<", at)) >= 0:
        skipped, tag = VERBATIM.match(html, at), TAG.match(html, at)
        match = skipped or tag
        if match is None:
            at += 1
        elif skipped or (tag and is_break(tag)):
            yield from run(html, start, at)
            yield match[0]
            at = start = match.end()
        else:
            at = match.end()
    yield from run(html, start, len(html))


def is_break(tag: re.Match[str]) -> bool:
    """Whether a tag ends the text before it: block-level tags, comments and declarations do."""
    return not tag[2] or tag[2].lower() in BLOCK_TAGS


def run(html: str, start: int, end: int) -> Iterator[str | Run]:
    """One stretch between breaks: its outer white space as literal HTML, the rest as a run."""
    text = html[start:end]
    inner = text.strip()
    if not inner:
        if text:
            yield text
        return
    head = text[: len(text) - len(text.lstrip())]
    if head:
        yield head
    yield Run(" ".join(inner.split()), html.count("\n", 0, start + len(head)))
    if tail := text[len(text.rstrip()) :]:
        yield tail


def unreachable(html: str) -> Iterator[tuple[str, int]]:
    """What has words but cannot be extracted, and its line (0-based): said to the editor, never passed over silently."""
    for match in VERBATIM.finditer(html):
        if match[1].lower() in {"svg", "math"} and re.search(r">[^<]*[^\W\d_]", match[0]):
            yield f"text inside <{match[1].lower()}>", html.count("\n", 0, match.start())
    for tag in TAG.finditer(html):
        if tag[2] and tag[2].lower() in BLOCK_TAGS and not tag[1]:
            for attribute in WORDED.finditer(tag[0]):
                if any(char.isalpha() for char in attribute[2]):
                    yield (
                        f"the attribute {attribute[0].strip()} of <{tag[2].lower()}>",
                        html.count("\n", 0, tag.start()),
                    )
