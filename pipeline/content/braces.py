"""A brace that its author escaped, before what would be a fact, in what the parser gives as one string: titles, addresses, alternatives.

In running text it is a node of its own (`escaped`). Here a mark that no page has (U+0000 is read as U+FFFD) stands behind it, and
in an address it is `%7b`, where a fact's is `{` or `%7B`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from markdown_it import helpers
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from pipeline.core.inline import BRACE, FACT

NAMED = FACT.pattern.removeprefix(r"\{")
ESCAPED = re.compile(rf"(?<!\\)((?:\\\\)*)(?:\\{{|&(?:#0{{0,5}}123|#[xX]0{{0,4}}7[bB]|lbrace|lcub);)(?={NAMED})")
"""Such a brace as CommonMark lets one write it (0.31, 2.4 and 2.5)."""
NO_FACT = re.compile(rf"{re.escape(BRACE)}(?!{NAMED})")
IN_ADDRESS = re.compile(r"%7b(?=[a-z][a-z0-9_.-]*(?:\}|%7D))")
"""The same brace in an address."""


def title(string: str, start: int, maximum: int, before: Any = None) -> Any:
    """markdown-it's reader of titles; `before` is what it read of one on the lines above."""
    said = before.str if before else ""
    read = helpers.parseLinkTitle(string, start, maximum, before)
    if "{" in read.str and (read.ok or read.can_continue):
        written = string[start + (before is None) : read.pos - 1 if read.ok else maximum]
        read.str = said + unescapeAll(ESCAPED.sub(rf"\1\\{BRACE}", written))
    return read


def address(string: str, start: int, maximum: int) -> Any:
    """markdown-it's reader of addresses."""
    read = helpers.parseLinkDestination(string, start, maximum)
    if read.ok and "{" in read.str:
        framed = string[start] == "<"
        read.str = unescapeAll(ESCAPED.sub(r"\1%7b", string[start + framed : read.pos - framed]))
    return read


READERS = SimpleNamespace(parseLinkLabel=helpers.parseLinkLabel, parseLinkTitle=title, parseLinkDestination=address)
"""What markdown-it reads the parts of a link with."""


def alternative(tokens: Sequence[Token]) -> str:
    """An image's description as plain text, as CommonMark asks (spec 0.31, "Images")."""
    return NO_FACT.sub("{", "".join(map(plain, tokens)))


def plain(token: Token) -> str:
    """A token of a description as text."""
    match token.type:
        case "image" if token.children:
            return alternative(token.children)
        case "html_inline":
            return ""
        case "text_special" if token.content == "{":
            return BRACE
        case name if "break" in name:
            return "\n"
    return token.content


def led(href: str) -> str:
    """What an address says to people; a brace that is none of a fact's stays as it is written."""
    return IN_ADDRESS.sub("%257b", href)
