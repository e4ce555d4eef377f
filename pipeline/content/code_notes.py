"""Notes on lines of code: `# (1)!` in a block of code, answered by the list right below it (Material for MkDocs, "Code annotations").

Code and list become one element. The mark is no text: an element without any, whose number a style sheet draws, so that it is in no
copy of the code; it leads to its note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from markdown_it.token import Token

COMMENT = r"#+|//+|/\*|--|;+|%+|<!--|\{#|\(\*|'|REM\b"
ENDED = r"(?:[ \t]*(?:\*/|-->|#\}|\*\)))?[ \t]*$"
NOTED = re.compile(rf"(?<!\S)(?:{COMMENT})[ \t]*\((\d{{1,3}})\)!{ENDED}", re.M | re.I)
"""The place of a note: a comment that is nothing else."""
BEGUN = re.compile(rf"(?<!\S)(?:{COMMENT})", re.I)
ANY = re.compile(rf"\(\d{{1,3}}\)!{ENDED}")
"""What its tool takes for one: what a comment ends with."""
MARK = '<a class="code-note" href="#{0}{1}" data-note="{1}" aria-label="{1}"></a>'


def paired(tokens: Sequence[Token]) -> Iterator[Token]:
    """The blocks of a page; where a list answers all notes of the code above it, the two stand in one element."""
    answers: dict[int, list[Token]] = {}  # by the place of each list in question, its items
    lists: list[int] = []
    for at, token in enumerate(tokens):
        if token.type == "ordered_list_open":
            lists.append(at)
            if at and noted(tokens[at - 1]):
                answers[at] = []
        elif token.type == "ordered_list_close":
            lists.pop()
        elif (
            token.type == "list_item_open"
            and lists
            and lists[-1] in answers
            and token.level == tokens[lists[-1]].level + 1
        ):
            answers[lists[-1]].append(token)
    count = 0
    for at, token in enumerate(tokens):
        items = answers.get(at + 1, ())
        if items and max(noted(token)) <= len(items):
            count += 1
            name = f"code-{count}-note-"
            token.meta = {**token.meta, "notes": name}
            tokens[at + 1].attrJoin("class", "code-notes")
            for number, item in enumerate(items, 1):
                item.attrs.setdefault("id", f"{name}{number}")
            yield around(token, 1)
            lists.append(tokens[at + 1].level)
        yield token
        if token.type == "ordered_list_close" and lists and lists[-1] == token.level:
            lists.pop()
            yield around(token, -1)


def noted(token: Token) -> list[int]:
    """The numbers of the notes on some code."""
    if token.type not in {"fence", "code_block"} or ")!" not in token.content:
        return []
    return [int(one[1]) for one in NOTED.finditer(token.content)]


def around(token: Token, nesting: Literal[1, -1]) -> Token:
    """The beginning or the end of the element that code and notes stand in."""
    made = Token(
        f"annotated_{'open' if nesting > 0 else 'close'}", "div", nesting, level=token.level, map=token.map, block=True
    )
    if nesting > 0:
        made.attrs["class"] = "annotated"
    return made


def left(token: Token) -> Iterator[tuple[int, str]]:
    """The lines of some code with what its tool would take for the place of a note, and readers see here as it stands."""
    for at, line in enumerate(token.content.split("\n") if ")!" in token.content else ()):
        begun = BEGUN.search(line) if ")!" in line else None
        if begun and ANY.search(line, begun.end()) and not ("notes" in token.meta and NOTED.search(line)):
            yield at, line[begun.start() :].strip()


def held(code: str) -> str:
    """Code with the places of its notes held by what no text has."""
    return NOTED.sub(lambda one: f"\0{int(one[1])}\0", code)


def drawn(html: str, name: str) -> str:
    """The same as HTML, with the places drawn."""
    return HELD.sub(lambda one: MARK.format(name, one[1]), html)


HELD = re.compile("\0(\\d+)\0")
