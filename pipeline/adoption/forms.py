"""What two extractors do differently, taken away: the forms in which the same text of two of them is the same.

From the closest to the loosest: white space; how its marks are written; its letters and digits alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.content import parse
from pipeline.core.forms import normalized
from pipeline.core.inline import NOWHERE, Inline, Node, References, Scope, Syntax
from pipeline.core.model import Refs

BREAK = re.compile(r"(?:\\|[ \t]{2,})\n\s*|<br\s*/?>\s*", re.I)
"""A line break within a paragraph, as Markdown has it."""


def spaces(text: str) -> str:
    """A text with each stretch of white space as one space, none at its ends, and letters that may be written two ways in one."""
    return " ".join(normalized("NFC", text).split())


@lru_cache(1 << 15)
def marks(source: str, syntax: Syntax, refs: Refs = ()) -> str:
    """A text with its markup written one way: `_x_` is `*x*`, `&amp;` is `&`, a reference link has its address in it, and a line
    break is a space."""
    return spaces("".join(map(marked, parsed(source, syntax, refs).nodes)))


@lru_cache(1 << 15)
def letters(source: str, syntax: Syntax, refs: Refs = ()) -> str:
    """The letters and digits that a reader of a text meets, small; addresses and marks are none."""
    found = "".join(node.text for node in parsed(source, syntax, refs).nodes if node.kind in SPOKEN)
    return plain(found)


SPOKEN = frozenset(["text", "code", "escaped", "image", "math", "opaque", "footnote"])


def plain(text: str) -> str:
    """The letters and digits of a text, small."""
    return "".join(char for char in normalized("NFKC", text).casefold() if char.isalnum())


@lru_cache(1 << 15)
def parsed(source: str, syntax: Syntax, refs: Refs = ()) -> Inline:
    """A text where it stands."""
    if not refs:
        return parse(source, syntax, NOWHERE)
    return parse(source, syntax, scope(refs))


@lru_cache(1 << 10)
def scope(refs: Refs) -> Scope:
    """Where these link definitions hold."""
    return Scope(References({label: {"href": address, "title": title} for label, address, title in refs}, {}))


def marked(node: Node) -> str:
    """A node as the one way of writing it."""
    match node.kind:
        case "soft" | "break":
            return " "
        case "open" if node.tag == "a":
            return f"[{node.target}|"
        case "close" if node.tag == "a":
            return "]"
        case "open" | "close":
            return {"em": "*", "strong": "**", "s": "~~"}.get(node.tag, f"<{node.tag}>")
        case "code":
            return f"`{' '.join(node.text.split())}`"
        case "image":
            return f"![{node.text}]({node.target})"
        case "html":
            return " " if BREAK.fullmatch(node.text) else f"<{' '.join(node.text.strip('<>').split())}>"
        case "footnote":
            return f"[^{node.text}]"
    return node.text


# Texts whose links another tool has put out of its translators' hands --------------------------------------------------

LINKED = re.compile(
    r"(?P<auto><(?:[a-z][a-z0-9+.-]+:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>)"
    r"|(?<=\])(?P<target>\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)|\[[^\[\]]*\])",
    re.I,
)
NUMBERED = re.compile(r"\{(\d{1,3})\}")


def numbered(source: str) -> tuple[str, tuple[str, ...]]:
    """A Markdown text with `{1}`, `{2}` … where its links lead, as the Translate Toolkit has it, and what stands there."""
    taken: list[str] = []

    def number(match: re.Match[str]) -> str:
        taken.append(match[0])
        return f"{{{len(taken)}}}"

    return LINKED.sub(number, source), tuple(taken)


def unnumbered(text: str, taken: Iterable[str]) -> str:
    """A text with what stands at its numbers put back."""
    found = dict(enumerate(taken, 1))
    return NUMBERED.sub(lambda match: found.get(int(match[1]), match[0]), text)
