"""Comments of other tools that stand in Markdown without being HTML: `% a note` of MyST, `{::comment}…{:/comment}` of kramdown."""

from __future__ import annotations

import re
from typing import Any

from pipeline.content.text_marks import IN_CODE, outside, unread

LINE = re.compile(r"%|\+{3,}[ \t]*(?:\{.*\}[ \t]*)?\Z")
"""A line that MyST shows nobody: a comment, and a break between blocks."""
WRITTEN = re.compile(r"(?:\A|(?<=[.:!?)]\n))%[ \t]+\S[^\n]*|(?:\A|(?<=\n))\+{3,}(?:[ \t]*\{[^\n]*\})?(?=\n|\Z)")
"""What is likely such a line, and no percentage, in the text of a paragraph."""
FIELD = re.compile(r"^[\w.-]+[ \t]*=", re.M)
"""A line of a front matter."""
BEGUN = re.compile(r"\{::comment[ \t]*\}")
ENDED = re.compile(r"\{:/(?:comment)?[ \t]*\}")
COMMENT = re.compile(r"\{::comment[ \t]*\}.*?\{:/(?:comment)?[ \t]*\}|\{::comment[ \t]*/\}", re.S)
ALT = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def rules(parser: Any, reads: frozenset[str]) -> None:
    """Teach a parser to leave out the comments that a site's tool does not show."""
    if "line-comments" in reads:
        parser.block.ruler.before("blockquote", "line_comment", lines, ALT)
    if "extensions" in reads:
        parser.block.ruler.before("blockquote", "kramdown_comment", comment, ALT)


def lines(state: Any, start: int, end: int, silent: bool) -> bool:
    """A line that begins with `%`, or is `+++`."""
    if state.sCount[start] - state.blkIndent >= 4 or not LINE.match(text_of(state, start)):
        return False
    if not silent:
        state.line = start + 1
    return True


def comment(state: Any, start: int, end: int, silent: bool) -> bool:
    """`{::comment}` on a line of its own or before words, up to the line that ends it; one that nothing ends is none."""
    if state.sCount[start] - state.blkIndent >= 4 or not (begun := BEGUN.match(text_of(state, start))):
        return False
    rest, line = text_of(state, start)[begun.end() :], start
    while not (ended := ENDED.search(rest)):
        line += 1
        if line >= end:
            return False
        rest = text_of(state, line)
    if rest[ended.end() :].strip():
        return False
    if not silent:
        state.line = line + 1
    return True


def text_of(state: Any, line: int) -> str:
    """A line of a block, less its indentation."""
    return str(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])


def without(text: str) -> str:
    """A text without the comments of kramdown in it."""
    return outside(text, lambda part: COMMENT.sub("", part), IN_CODE)


def strays(text: str, line: int, reads: frozenset[str], *, first: bool) -> list[tuple[int, str]]:
    """The comments in a paragraph that its site does not read, so that readers see them. `first`: it begins an item of a list, where
    `%` is a word. What begins a page is told of as front matter, or the title of Pandoc."""
    written = () if "line-comments" in reads else WRITTEN.finditer(text)
    found = [(one, "line-comments") for one in written if one.start() or not (first or line == 1)]
    found = [one for one in found if one[0][0][0] != "+" or not FIELD.search(text)]
    if "extensions" not in reads:
        found += [(one, "extensions") for one in COMMENT.finditer(IN_CODE.sub(lambda code: "`" * len(code[0]), text))]
    return [
        (line + text.count("\n", 0, one.start()), f"`{' '.join(one[0].split())[:60]}` {unread(kind)}")
        for one, kind in found
    ]
