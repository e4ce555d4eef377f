"""Attribute lists on lines of their own: whose they are (kramdown; Hugo, "Markdown attributes")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token

from pipeline.content.text_marks import LISTED, listed


def apart(written: Token, below: Token) -> Iterator[tuple[int, str]]:
    """Put an attribute list that stands alone on what begins right below it; what is wrong with it."""
    line = written.map[0] + 1 if written.map else 1
    if below.nesting == 1 and below.map and written.map and below.map[0] == written.map[1]:
        yield from listed(below, written.content.strip(), line)
    else:
        yield line, f"`{written.content.strip()}` belongs to no text: put it right above or below one."


def rowless(state: Any, strays: list[tuple[int, str]]) -> Iterator[Token]:
    """The blocks of a page without the attribute lists right below tables, which Markdown takes for their last rows (kramdown;
    Hugo, "Markdown attributes"): they are put on the tables."""
    tokens: list[Token] = state.tokens
    opened: list[Token] = []
    dropped: set[int] = set()
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            opened.append(token)
        elif token.type == "table_close" and opened:
            table, row = opened.pop(), at - 3  # behind it: the ends of the row and of the body
            while row > 0 and tokens[row].type not in {"tr_open", "tbody_open", "table_open"}:
                row -= 1
            texts = [one for one in tokens[row:at] if one.type == "inline" and one.content.strip()]
            if tokens[row].type == "tr_open" and len(texts) == 1 and LISTED.fullmatch(texts[0].content.strip()):
                if tokens[row - 1].type == "tbody_open":
                    dropped.update(range(row - 1, at))
                elif is_row(state, texts[0]):
                    dropped.update(range(row, at - 1))
                if at - 2 in dropped:
                    strays += listed(table, texts[0].content.strip(), texts[0].map[0] + 1 if texts[0].map else 1)
    return (token for at, token in enumerate(tokens) if at not in dropped)


def is_row(state: Any, token: Token) -> bool:
    """Whether the text of a cell is all that its line has: Markdown takes a line below a table for a row."""
    lines = state.env.get("lines") or state.env.setdefault("lines", state.src.split("\n"))
    return token.map is not None and lines[token.map[0]].strip(" \t>") == token.content.strip()
