"""Elements of HTML in which there is Markdown right below their tag (Python-Markdown, "Markdown in HTML"; kramdown)."""

from __future__ import annotations

import re
from typing import Any

HOLDING = "article|aside|blockquote|center|details|div|figure|footer|header|main|nav|section"
"""Those that may hold paragraphs."""
BEGUN = re.compile(
    rf"<({HOLDING})\b(?=[^<>]*\smarkdown(?:\s*=\s*[\"']?(?:1|block|span)[\"']?)?[\s>])[^<>]*>[ \t]*\Z", re.I
)
"""The line that begins one."""
VALUES = re.compile(r"\"[^\"]*\"|'[^']*'")
SAID = re.compile(r"\smarkdown(?=[\s=>])", re.I)
LONE = re.compile(r"<(summary|figcaption)\b[^<>]*>", re.I)
"""What stands in one and is HTML of its own, to the line that ends it; Markdown may go on right below that."""
CAPTION = re.compile(
    r"(?P<open><(?P<name>summary|figcaption|p|address|td|th|dd|dt|h[1-6])\b(?=[^<>]*\smarkdown(?:\s*=\s*[\"']?(?:1|block|span)[\"']?)?[\s>])[^<>]*>)(?P<text>.*)(?P<close></(?P=name)>)[ \t]*",
    re.I,
)
"""A line that is an element with its text in Markdown."""
FENCE = re.compile(r"(`{3,}|~{3,})")


def rules(parser: Any) -> None:
    """Teach a parser to read what stands in them."""
    parser.block.ruler.before("fence", "elements", element, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.before("elements", "captions", caption, {"alt": ["paragraph", "reference", "blockquote"]})


def caption(state: Any, line: int, end: int, silent: bool) -> bool:
    """An element of one line that says that its text is Markdown."""
    at = state.bMarks[line] + state.tShift[line]
    if state.src[at : at + 1] != "<" or state.sCount[line] - state.blkIndent >= 4:
        return False
    found = CAPTION.fullmatch(line_of(state, line))
    if (
        found is None
        or not found["text"].strip()
        or not SAID.search(VALUES.sub("", found["open"]))
        or re.search(rf"</?{found['name']}[\s>]", found["text"], re.I)
    ):
        return False
    if not silent:
        for text in (found["open"], None, found["close"]):
            if text is None:
                words(state, line, found["text"].strip())
            else:
                token = state.push("html_block", "", 0)
                token.meta, token.map, token.content = {"beside": False}, [line, line + 1], text
        state.line = line + 1
    return True


def words(state: Any, line: int, text: str) -> None:
    """A text in the middle of an element that holds no paragraph."""
    begin = state.push("paragraph_open", "p", 1)
    begin.map, begin.hidden = [line, line + 1], True
    inner = state.push("inline", "", 0)
    inner.content, inner.map, inner.children = text, [line, line + 1], []
    state.push("paragraph_close", "p", -1).hidden = True


def line_of(state: Any, line: int) -> str:
    return str(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])


def element(state: Any, start: int, end: int, silent: bool) -> bool:
    """One whose first line has nothing but its tag, and whose last line nothing but its end. One with an empty line below its tag
    is read anyhow (CommonMark 0.31, 4.6), unless its end is farther in than that, where a list above would take it in."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1] != "<" or state.sCount[start] - state.blkIndent >= 4:
        return False
    begun = BEGUN.match(line_of(state, start))
    if begun is None or start + 1 >= end or not SAID.search(VALUES.sub("", begun[0])):
        return False
    last = closing(state, start + 1, end, begun[1].lower())
    if last and state.isEmpty(start + 1) and state.sCount[last] <= state.blkIndent:
        return False
    if not last or silent:
        return bool(last)
    before = state.parentType, state.lineMax, state.blkIndent
    inner = [state.sCount[line] for line in range(start + 1, last) if not state.isEmpty(line)]
    state.parentType = "callout"
    html(state, start, start + 1)
    line, at = start + 1, len(state.tokens)
    while line < last:
        stop = line
        while stop < last and (not LONE.match(line_of(state, stop)) or caption(state, stop, last, True)):
            stop += 1
        state.lineMax, state.blkIndent = stop, min(inner, default=before[2])
        state.md.block.tokenize(state, line, stop)
        line = stop
        if line < last:
            line = lone(state, stop, last)
            html(state, stop, line)
    state.parentType, state.lineMax, state.blkIndent = before
    for token in state.tokens[at:]:
        if token.type == "html_block":
            token.meta.setdefault("beside", True)
    html(state, last, last + 1)
    state.line = last + 1
    return True


def html(state: Any, first: int, last: int) -> None:
    """Some lines as HTML that its author meant as such."""
    token = state.push("html_block", "", 0)
    token.meta = {"beside": False}
    token.map, token.content = [first, last], state.getLines(first, last, state.blkIndent, True)


def lone(state: Any, first: int, end: int) -> int:
    """The line below an element that is HTML of its own."""
    begun = LONE.match(line_of(state, first))
    ended = f"</{begun[1].lower()}>" if begun else ""
    for line in range(first, end):
        if ended in line_of(state, line).lower():
            return line + 1
    return first + 1


def closing(state: Any, line: int, end: int, name: str) -> int:
    """The line that ends an element; 0 where none does."""
    tags = re.compile(rf"<(/?){name}(?=[\s>])", re.I)
    known = state.env.setdefault("unended", {}).setdefault((name, end), set())
    passed: list[int] = []
    depth, fence = 1, ""
    while line < end and line not in known:
        passed.append(line)
        text = line_of(state, line)
        line += 1
        if fence or (mark := FENCE.match(text)):
            fence = "" if fence and text.startswith(fence) and not text.strip(fence[0] + " \t") else fence or mark[1]  # type: ignore[index]
            continue
        depth += sum(-1 if tag[1] else 1 for tag in tags.finditer(text)) if "<" in text else 0
        if depth <= 0:
            return line - 1 if text.strip().lower() == f"</{name}>" else 0
    known.update(passed)
    return 0
