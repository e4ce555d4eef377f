"""What a browser makes of a page of HTML, by the HTML standard's own algorithm: the judge over what we read ourselves.

A page is published piece by piece, as its author wrote it. That is sound where a browser sees the elements that stand there, in
the order in which they stand there, and where none of them reaches beyond the page; all else is named. The one module that knows
tinyhtml5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice, zip_longest
from typing import Any, NamedTuple

from pipeline.content.inline_html import Tags
from pipeline.content.unextractable import line_of
from pipeline.core.as_is import Around
from pipeline.core.inline import RAW_TEXT, VOID

DEEPEST = 200
"""How many elements may stand in each other."""
OMITTED = frozenset("li dt dd p rb rt rtc rp optgroup option colgroup caption thead tbody tfoot tr td th body html head".split())  # noqa: SIM905  # fmt: skip
"""The elements that nobody has to close (HTML standard, "Optional tags")."""
IMPLIED = frozenset(["html", "head", "body", "tbody", "colgroup"])
"""The elements that are there where nobody wrote them."""
AS_TEXT = RAW_TEXT - {"noscript", "template"}
"""The elements whose content is text, whatever stands there."""
DECODED = frozenset(["title", "textarea"])
"""Those of them in which `&amp;` is `&`."""
EMPTY = frozenset(["p", "br"])
"""The elements of which an end tag alone makes an empty one."""
HARMLESS = EMPTY | OMITTED - {"html", "head", "body"}
"""The elements whose end tag changes nothing where it stands alone, but that it makes an empty one."""
UNQUOTED = r"(?<![\"'`/(\\])"
"""Where the name of a tag is not in a string of a program."""
MOST = 20
"""How many of what has no end are named at once."""
FOREIGN = frozenset(["svg", "math"])
"""Where an element may close itself."""
SPACE = re.compile(r"\s+")
BEGUN = re.compile(r"</?[A-Za-z]")
"""A tag begins, where a browser sees one."""
ENDING = re.compile(r"eof-in-|expected-(?:named-)?closing-tag-but-got-eof|.*-but-got-eof|unexpected-eof|.*end-tag(?!.*implie)|adoption-agency|expected-one-end-tag|no-end-tag")  # fmt: skip
"""How the errors begin of what ends nowhere, or elsewhere than it should."""
UNTOLD = re.compile(r"expected-doctype|self-closing-flag")
BEYOND = "This stands after the end of the page (`</body>` or `</html>`), and would be left out. Move it above that, or remove it."
SAID = {
    **dict.fromkeys(("unexpected-char-after-body", "unexpected-start-tag-after-body"), BEYOND),
    **dict.fromkeys(("expected-eof-but-got-char", "expected-eof-but-got-start-tag"), BEYOND),
    "non-void-element-with-trailing-solidus": "`/>` closes no `<{name}>` in HTML: what follows is part of it. Write `></{name}>`.",
    "unexpected-start-tag-implies-end-tag": "`<{startName}>` stands inside of `<{endName}>`, which a browser ends there. End that one first.",
    "expected-tag-name-but-got-question-mark": "`<?` begins nothing in HTML: a browser takes it for a comment. Remove it.",
}
"""What is wrong at once, whatever becomes of it."""


class Wrong(NamedTuple):
    """What is wrong with a page and what to do, and the line (1-based)."""

    code: str
    text: str
    line: int


class Token(NamedTuple):
    """A tag (its name, with `/` before that of an end tag; `!` for a comment and the like) or a text (""), and where it begins."""

    name: str
    text: str
    at: int

    @property
    def starts(self) -> bool:
        return self.name[:1] not in {"", "/", "!"}


def tokens(html: str) -> Iterator[Token]:
    """The tags, comments and texts of some HTML in order; what stands in a script and the like is one text."""
    tags, at, text = Tags(html), 0, 0
    while (at := html.find("<", at)) >= 0:
        match = tags.at(at)
        if match is None:
            at += 1
            continue
        if at > text:
            yield Token("", html[text:at], text)
        name = (match[2] or "!").lower()
        at = text = match.end()
        yield Token(f"{match[1] or ''}{name}", match[0], match.start())
        if name in AS_TEXT and not match[1]:
            end = re.compile(rf"</{name}(?=[\s/>])", re.I).search(html, at)
            at = end.start() if end else len(html)
            if at > text:
                yield Token("", html[text:at], text)
            text = at
    if text < len(html):
        yield Token("", html[text:], text)


def wrong(html: str, *, document: bool) -> list[Wrong]:
    """Everything that keeps a browser from seeing what stands there. `document`: it has its own head."""
    found = [*tokens(html)]
    around, raw, ours, places = Around(""), False, "", [(0, 0)]
    for one in found:
        alone = one.name[1:] in EMPTY and all(name != one.name[1:] for name, _ in around.open)
        if (one.starts and one.name not in IMPLIED) or alone:
            places.append((len(ours), one.at))
            ours += f"<{one.name.lstrip('/')}>"
        elif not one.name:
            places.append((len(ours), one.at))
            ours += SPACE.sub("", one.text if raw else unescape(one.text))
        raw = one.name in AS_TEXT - DECODED
        around.take(one.text if one.name not in {"", "!"} else "")
        if len(around.open) > DEEPEST:
            text = "Nested too deeply: text below this point would be lost. Use fewer levels."
            return [Wrong("nesting", text, line_of(html, one.at))]
    try:
        errors, theirs = parsed(html, document=document)
    except Exception as problem:  # whatever a parser falls over is no page
        return [Wrong("unclosed", f"This cannot be read as HTML ({type(problem).__name__}). Write it more simply.", 1)]
    said = [Wrong("unclosed", SAID[code].format(**data), line) for line, code, data in errors if code in SAID]
    said = said or [*islice(unclosed(html, found), MOST)]
    if said or ours != theirs:
        return said or [differing(html, ours, theirs, places, errors)]
    ending = [one for one in errors if ENDING.match(one[1]) and one[2].get("name") not in HARMLESS]
    text = "Something that begins on this line or above it ends nowhere. Close it."
    return [Wrong("unclosed", text, ending[0][0])] if ending else []


Error = tuple[int, str, dict[str, str]]
"""An error of the standard: its line, its name, and what it is about."""


def parsed(html: str, *, document: bool) -> tuple[list[Error], str]:
    """The errors that the standard names, and the elements and texts in the order of the tree, white space left out."""
    from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(html if document else f"<!doctype html><head></head><body>{html}")
    errors = [(at[0], code, {key: str(one) for key, one in data.items()}) for at, code, data in parser.errors]
    return [one for one in errors if not UNTOLD.match(one[1])], "".join(walked(tree))


def walked(tree: Any) -> Iterator[str]:
    """The elements of a tree and its texts, in order; comments are none."""
    stack: list[Any] = [tree]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield SPACE.sub("", one)
        elif isinstance(one.tag, str):
            if (name := one.tag.rpartition("}")[2].lower()) not in IMPLIED:
                yield f"<{name}>"
            stack += [part for child in reversed(one) for part in (child.tail, child) if part is not None]
            if one.text:
                stack.append(one.text)


def unclosed(html: str, found: Sequence[Token]) -> Iterator[Wrong]:
    """The tags that have no end, or are one of nothing, by line."""
    stack: list[Token] = []
    for one in found:
        raw = bool(stack) and stack[-1].name in AS_TEXT
        if not one.name and not raw and (tag := BEGUN.search(one.text)):
            text = "This tag has no end: a quotation mark of a value is missing, or the `>`. Close it."
            yield Wrong("unclosed", text, line_of(html, one.at + tag.start()))
        if (
            one.name == "!"
            and one.text.startswith("<!--")
            and (not one.text.endswith(("-->", "--!>")) or "<!--" in one.text[4:])
        ):
            text = "This comment has no end before another one begins. Close it with `-->`."
            yield Wrong("unclosed", text, line_of(html, one.at))
        if raw and not one.name and re.search(rf"{UNQUOTED}<{stack[-1].name}[\s>]", one.text, re.I):
            text = f"`<{stack[-1].name}>` has no end before another one begins. Close it with `</{stack[-1].name}>`."
            yield Wrong("unclosed", text, line_of(html, stack[-1].at))
        whole = one.text.endswith("/>") and (one.name in FOREIGN or any(other.name in FOREIGN for other in stack))
        if one.starts and one.name not in VOID and not whole:
            stack.append(one)
        elif one.name.startswith("/"):
            name = one.name[1:]
            at = next((at for at in range(len(stack) - 1, -1, -1) if stack[at].name == name), -1)
            if at < 0 and name not in HARMLESS | IMPLIED:
                yield Wrong("unclosed", f"`</{name}>` closes nothing. Remove it.", line_of(html, one.at))
            elif at >= 0:
                yield from open_at(html, stack[at + 1 :], f"`</{name}>`")
                del stack[at:]
    yield from open_at(html, stack, "the end of the page")


def open_at(html: str, stack: Sequence[Token], before: str) -> Iterator[Wrong]:
    """The elements that are still open where they may not be."""
    for one in stack:
        if one.name not in OMITTED:
            text = f"`<{one.name}>` has no end before {before}. Write `</{one.name}>`."
            yield Wrong("unclosed", text, line_of(html, one.at))


def differing(html: str, ours: str, theirs: str, places: Sequence[tuple[int, int]], errors: Sequence[Error]) -> Wrong:
    """The first place where a browser sees something else than what stands there."""
    same = next((at for at, (one, two) in enumerate(zip_longest(ours, theirs)) if one != two), 0)
    line = line_of(html, next(at for offset, at in reversed(places) if offset <= same))
    near = next((one for one in errors if one[0] >= line - 1), None)
    why = f" ({near[1].replace('-', ' ')}, line {near[0]})" if near else ""
    return Wrong(
        "unclosed",
        f"A browser moves or drops what stands here{why}: it may not stand in what is around it. Mend the tags.",
        line,
    )
