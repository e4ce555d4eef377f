"""Patterns of file names as other tools write them, matched in time that is linear in the name, whatever the pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

DIRS, REST, STAR = "dirs", "rest", "star"
"""Any folders with the stroke behind them; what is within these; any run of characters."""
CLASS = re.compile(r"\[[!^]?+\]?+[^\]]*+\]")
BRACES = re.compile(r"\{([^{}]*)\}")
MOST = 64
"""How many patterns one with braces may stand for."""


class Token(NamedTuple):
    """A part of a pattern: one character (that `looks` so), or a run of them."""

    kind: str
    looks: re.Pattern[str]


ANY = re.compile(r"(?s:.)")
WITHIN = re.compile(r"[^/]")


def spread(pattern: str) -> list[str]:
    """The patterns that one with braces stands for (`a.{md,mdx}`). Raises ValueError where they are too many."""
    ready, todo = [], [pattern]
    while todo:
        one = todo.pop()
        found = BRACES.search(one)
        if found is None:
            ready.append(one)
        else:
            todo += [f"{one[: found.start()]}{part}{one[found.end() :]}" for part in found[1].split(",")]
        if len(ready) + len(todo) > MOST:
            raise ValueError(pattern)
    return ready


def tokens(pattern: str, *, deep: bool = False) -> tuple[Token, ...]:
    """The parts of a pattern. `deep`: its `*` and `?` stand for a stroke, too."""
    return tuple(parts(pattern, ANY if deep else WITHIN))


def parts(pattern: str, single: re.Pattern[str]) -> Iterator[Token]:
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at) and (at == 0 or pattern[at - 1] == "/"):
            yield from (Token(DIRS, ANY), Token(REST, ANY))
            at += 3
        elif pattern.startswith("**", at):
            yield Token(STAR, ANY)
            at += len(pattern[at:]) - len(pattern[at:].lstrip("*"))
        elif pattern[at] == "*":
            yield Token(STAR, single)
            at += 1
        elif found := CLASS.match(pattern, at):
            yield Token("", of_class(found[0]))
            at = found.end()
        else:
            at += pattern[at] == "\\" and at + 1 < len(pattern)
            yield Token("", single if pattern[at] == "?" else re.compile(re.escape(pattern[at])))
            at += 1


def of_class(text: str) -> re.Pattern[str]:
    """What a class of characters (`[a-z]`, `[!a]`) is. One that is none fits everything: better a page too few than one too many."""
    inner, negated = text[1:-1], text[1] in "!^"
    inner = inner[negated:].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("^", "\\^")
    try:
        return re.compile(f"[{'^' if negated else ''}{inner}]")
    except re.error:
        return ANY


def fits(pattern: tuple[Token, ...], name: str) -> bool:
    """Whether a whole name fits a pattern."""
    states = closed(pattern, {0})
    for char in name:
        after = set[int]()
        for at in states:
            if at == len(pattern):
                continue
            kind, looks = pattern[at]
            if kind in {STAR, REST}:
                after |= {at} if looks.match(char) else set()
                after |= {at + 1} if kind == REST and char == "/" else set()
            elif not kind and looks.match(char):
                after.add(at + 1)
        states = closed(pattern, after)
        if not states:
            return False
    return len(pattern) in states


def closed(pattern: tuple[Token, ...], states: set[int]) -> set[int]:
    """The places in a pattern that are reached without another character."""
    todo = [*states]
    while todo:
        at = todo.pop()
        kind = pattern[at].kind if at < len(pattern) else ""
        for more in (at + 1, at + 2) if kind == DIRS else (at + 1,) if kind == STAR else ():
            if more not in states:
                states.add(more)
                todo.append(more)
    return states


def covers(pattern: tuple[Token, ...], name: str) -> bool:
    """Whether a file, or a folder that it is in, fits a pattern."""
    pieces = name.split("/")
    return any(fits(pattern, "/".join(pieces[:end])) for end in range(len(pieces), 0, -1))
