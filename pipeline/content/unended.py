"""Elements of raw HTML that nobody closes on a page of Markdown, and that go on behind the text they were meant for: a browser strikes
out, hides or moves the rest of the page. Those that only look otherwise (`<b>`, `<div>`) are the author's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from pipeline.content.inline import PARSER
from pipeline.content.inline_html import SLASHED, Tags, ended
from pipeline.core.inline import RAW_TEXT, VOID
from pipeline.core.lines import Lines

UNSEEN = "readers do not see what follows, or only if they open it"
SAID = {
    **dict.fromkeys(("s", "strike", "del"), "a browser strikes out what follows"),
    **dict.fromkeys(("details", "dialog", "object", "audio", "video", "canvas"), UNSEEN),
    "a": "a browser makes a link of what follows",
    "table": "a browser shows what follows above it",
}
"""What an element does to what follows while nothing ends it (HTML standard, "Parsing HTML documents")."""
OMITTED = frozenset("p li dt dd option optgroup tr td th thead tbody tfoot colgroup caption html head body".split())  # noqa: SIM905
"""The elements that end where the next one begins."""
VALUES = re.compile(r"\"[^\"]*\"|'[^']*'")
HIDDEN = re.compile(r"\shidden(?=[\s=/>])", re.I)
STYLED = re.compile(r"\sstyle\s*=\s*[\"']?[^\"'>]*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
LEADS = re.compile(r"\shref(?=\s*=)", re.I)
AS_TEXT = re.compile(rf"<({'|'.join(sorted(RAW_TEXT - {'noscript', 'template'}))})\b", re.I)
"""An element whose content is text, whatever stands there."""
FOREIGN = frozenset(["svg", "math"])
"""The elements in which each one may end itself (`<path … />`), as they may."""


def unended(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """What is wrong, each with the line (0-based) that it begins at, or its text does."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for line, tag in tags(tokens):
        name = (tag[2] or "").lower()
        if tag[1]:
            if opened.get(name):
                opened[name].pop()
        elif (
            name
            and name not in VOID
            and not (tag[0].endswith("/>") and (name in FOREIGN or any(map(opened.get, FOREIGN))))
        ):
            opened.setdefault(name, []).append((line, effect(name, tag[0])))
    for line, name, said in sorted((line, name, said) for name, all_ in opened.items() for line, said in all_ if said):
        yield line, f"`<{name}>` has no end: {said}. Close it with `</{name}>`."


def effect(name: str, tag: str) -> str:
    """What an element does to what follows it; "" where that is nothing, or looks alone."""
    bare = VALUES.sub("", tag)
    if name in OMITTED or (name == "a" and not LEADS.search(bare)):
        return ""
    return SAID.get(name) or (UNSEEN if HIDDEN.search(bare) or STYLED.search(tag) else "")


def tags(tokens: Iterable[Token]) -> Iterator[tuple[int, re.Match[str]]]:
    """The tags of a page in their order, each with its line, or that of its text."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            html = without_text(ended(token.content))
            lines = Lines(html)
            for tag in Tags(html):
                yield line + lines.below(tag.start()), tag
        elif token.type in {"inline", "container_callout_open"}:
            for child in words(token):
                if (
                    child.type == "html_inline"
                    and (inner := Tags(child.content).at(0))
                    and not SLASHED.fullmatch(inner[0])
                ):
                    yield line, inner


def words(token: Token) -> Sequence[Token]:
    """The parts of a text, or of the title of a box, that may have tags in it."""
    if token.type == "inline":
        return (token.children or ()) if "<" in token.content else ()
    made: list[Token] = []
    title = str(token.meta["box"].title) if token.meta.get("box") else token.info
    if "<" in title:
        PARSER.inline.parse(title, PARSER, {}, made)
    return made


def without_text(html: str) -> str:
    """Some HTML without the elements whose content is text; no line moves."""
    made, at, place = "", 0, 0
    endless: set[str] = set()
    while begun := AS_TEXT.search(html, place):
        name, place = begun[1].lower(), begun.end()
        ended = None if name in endless else re.compile(rf"</{name}\s*>", re.I).search(html, place)
        if ended is None:
            endless.add(name)
            continue
        made += html[at : begun.start()] + "\n" * html.count("\n", begun.start(), ended.end())
        at = place = ended.end()
    return made + html[at:]
