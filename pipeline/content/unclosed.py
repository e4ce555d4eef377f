"""What has no end and so swallows the rest of a page: code blocks, comments, boxes, elements whose content is no text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from pipeline.content.inline_html import ended
from pipeline.content.unended import unended
from pipeline.core.inline import ENCLOSED, RAW_TEXT
from pipeline.core.lines import Lines
from pipeline.core.model import Finding, Level, Span

SWALLOWING = RAW_TEXT | {"select"}
OPENING = re.compile(r"(?P<mark><!--|<!\[CDATA\[|<\?)|<(?P<name>[a-z][a-z0-9-]*)(?=[\s/>])", re.I)
VALUE = re.compile(r"=\s*(?P<open>[\"'])|>")
"""What decides where a tag ends, as a browser reads it: a value in quotation marks, which begins after `=` only, and `>`."""
PRE = re.compile(r"\s*<pre[\s>]", re.I)
NESTING = frozenset(["template"])
"""Of what swallows a page, the elements that may stand in one another."""
ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*[\w{.]", re.M)
FOREIGN = re.compile(r"<(?:svg|math)\b", re.I)
"""Where an element may close itself."""
STRAY = re.compile(
    r"(?:[\s>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(?::{3,}(?!:)|(?:!!!|\?\?\?)\+?[ \t]*[A-Za-z]|===[!+]?[ \t]+\"|/{3,}[ \t]*(?:[A-Za-z][\w-]*[ \t]*(?:\||\Z)|\Z)|(?<=>)[ \t]*\[![A-Za-z]+\])"
)
"""What begins or ends a box, here or (`> [!WARNING]`, `!!! danger`) in other tools."""
BOX_END = re.compile(r"[\s>]*:{3,}\s*\Z")


def findings(path: str, lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Finding]:
    """Everything on a page that has no end, at the line where it begins."""
    for at, said in unended(tokens):
        yield Finding("unclosed", Level.ERROR, said, Span(path, at + 1))
    boxes: list[int] = []
    for token in tokens:
        line, end = token.map or (0, 0)
        if token.type == "inline" and any(mark in token.content for mark in (":::", "!!!", "???", "[!", "===", "///")):
            yield from strays(path, lines[line : max(end, line + 1)], line + 1)
        match token.type:
            case "fence":
                found = fence(token, end - line)
            case "html_block":
                found = element(ended(token.content))
            case "inline" if "<" in token.content:
                found = inline(token)
            case "container_callout_open" if token.meta:  # it ends with its indentation, or its quotation
                boxes.append(-1)
                continue
            case "container_callout_open":
                closed = end < len(lines) and BOX_END.match(lines[end]) and end not in boxes
                found = () if closed else ((0, f"This box has no end. Close it with a line of `{token.markup}`."),)
                boxes.append(end)
            case "container_callout_close":
                boxes.pop()
                continue
            case _:
                continue
        for offset, said in found:
            yield Finding("unclosed", Level.ERROR, said, Span(path, line + offset + 1))


def strays(path: str, lines: Iterable[str], first: int) -> Iterator[Finding]:
    """The lines of a text that look like a box's and are none."""
    for at, line in enumerate(lines):
        if STRAY.match(line):
            said = (
                f"`{line.strip()[:40]}` is read as text. A box begins with `::: warning` or `::: warning Title`, and ends with "
                "`:::`. One of another tool is read where `dialect` of [tool.lockstep] names that."
            )
            yield Finding("box", Level.ERROR, said, Span(path, first + at))


Found = Iterable[tuple[int, str]]
"""What is wrong, each with the line from the first one on."""


def fence(token: Token, height: int) -> Found:
    """A code block that nothing ends, or that the end of another one does. `height`: its lines."""
    if token.content.removesuffix("\n").count("\n") + bool(token.content) > height - 2:
        yield 0, f"This code block has no end: the rest of the page is code. Close it with a line of `{token.markup}`."
    for other in FENCE.finditer(token.content):
        if other[1].startswith(token.markup):
            line = token.content.count("\n", 0, other.start()) + 1
            yield (
                0,
                f"This code block has no end before another one begins, {line} lines below. Close it with a line of `{token.markup}`; "
                f"if it shows how one writes code, begin and end it with `{token.markup}{token.markup[0]}`.",
            )
            break


def element(html: str) -> Found:
    """What nothing ends in a block of HTML, as a browser reads it."""
    at, counted = 0, Lines(html)
    while opening := OPENING.search(html, at):
        line, name = counted.below(opening.start()), opening["name"]
        end: re.Match[str] | None = opening
        closed = len(opening[0]) + opening.start() if name is None else tag_end(html, opening.end())
        todo = ""
        if not closed:
            end, todo = (
                None,
                "Close the quotation mark of its last value, and the tag with `>`, in the same block of HTML.",
            )
        elif name is None:
            end = re.compile(ENCLOSED[opening["mark"]], re.S).match(html, opening.start())
            todo = f"Close it with `{ENDS[opening['mark']]}`, in the same block of HTML."
        elif name.lower() in SWALLOWING and not (
            html[closed - 2 : closed] == "/>" and FOREIGN.search(html, 0, opening.start())
        ):
            end = re.compile(rf"</{name}(?=[\s/>])", re.I).search(html, closed)
            todo = f"Close it with `</{name}>`, before a blank line unless the line begins with it."
        if end is None:
            yield (
                line,
                f"`{opening['mark'] or f'<{name}>'}` has no end: a browser reads all that follows as part of it. {todo}",
            )
            return
        if lines := again(html[closed : end.end()], opening["mark"] or name):
            yield (
                line,
                f"`{opening['mark'] or f'<{name}>'}` has no end before another one begins, {below(lines)}: all between is part of it. {todo}",
            )
            return
        at = max(end.end(), closed)
    if preformatted := PRE.match(html):
        last = re.search(r"</pre[\s>]", html, re.I)
        if last is None:
            yield 0, "`<pre>` has no end: the rest of the page is part of it. Close it with `</pre>`."
        elif lines := again(html[preformatted.end() : last.start()], "pre"):
            yield (
                0,
                f"`<pre>` has no end before another one begins, {below(lines)}: all between is part of it. Close it with `</pre>`.",
            )


def again(within: str, what: str) -> int:
    """The line (1-based) of what something holds in which the like of it begins, as nothing does that its author has closed; 0 where
    none does. A program may have its own tag in a string, but seldom at the beginning of a line."""
    if what.lower() in NESTING:
        return 0
    begun = re.search(f"{re.escape(what)}(?!>)" if what in ENDS else rf"^[ \t]*<{what}(?=[\s/>])", within, re.I | re.M)
    return within.count("\n", 0, begun.start()) + 1 if begun else 0


def below(line: int) -> str:
    """Where a line (1-based) is, seen from the first."""
    return "in the same line" if line == 1 else f"{line - 1} line{'s' * (line > 2)} below"


def tag_end(html: str, at: int) -> int:
    """Where a tag ends whose name ends at a place; 0 where it does not, or a quotation mark in it has no second one."""
    while found := VALUE.search(html, at):
        if not found["open"]:
            return found.end()
        at = html.find(found["open"], found.end()) + 1
        if not at:
            return 0
    return 0


def inline(token: Token) -> Found:
    """An element inside a text that does not end in it."""
    html = "".join(child.content if child.type == "html_inline" else "." for child in token.children or ())
    return ((0, said) for _, said in element(ended(html)))
