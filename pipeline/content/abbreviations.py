"""Abbreviations that a page explains: `*[WHO]: World Health Organization` (Python-Markdown, "Abbreviations"; kramdown)."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.content import yaml
from pipeline.content.inline import parse
from pipeline.core.abbreviations import EXPLAINED
from pipeline.core.inline import Syntax
from pipeline.core.model import Block, Key, Message, Span

BEGUN = re.compile(r" {0,3}\*\[([^\[\]\n]+)\] ?:[ \t]*(.*)")
ANY = re.compile(rf"^{BEGUN.pattern}", re.M)
KIND = "abbreviation"
SAID = (
    "What the word in brackets stands for: readers see it where that word stands. Write the word as your texts have it."
)
"""What translators are told of one."""


class Definition(NamedTuple):
    """What an author explains: the abbreviation, what it stands for, the line."""

    term: str
    words: str
    line: int

    @property
    def source(self) -> str:
        return f"*[{self.term}]: {self.words}"


def taken(text: str, line: int) -> tuple[str, list[Definition], list[tuple[int, str]]]:
    """The lines of a paragraph without the definitions in it, those, and what is wrong with them."""
    left, found, odd = list[str](), list[Definition](), list[tuple[int, str]]()
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        begun = BEGUN.fullmatch(lines[at])
        at += 1
        if begun is None:
            left.append(lines[at - 1])
            continue
        words, below = begun[2].strip(), line + at - 1
        if not words and at < len(lines) and not BEGUN.fullmatch(lines[at]):
            words = lines[at].strip()
            at += 1
        made = Definition(" ".join(begun[1].split()), words, below)
        if EXPLAINED.fullmatch(made.source) and any(map(str.isalnum, words)):
            found.append(made)
        else:
            what = f"`*[{begun[1][:40]}]:` explains nothing. Write behind the colon, in short, what it stands for."
            odd.append((below, what))
    return "\n".join(left), found, odd


def block(path: str, made: Definition, number: int) -> tuple[str, Block]:
    """A definition as a message that stands in no text of the page, by what it explains."""
    message = Message(
        Key(KIND, made.source),
        Span(path, made.line),
        kind=KIND,
        comments=(SAID,),
        flags=yaml.brace_flag(made.source),
    )
    return made.source, Block(parse(made.source, Syntax.TEXT), "", message, number=number)
