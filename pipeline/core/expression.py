"""C expressions of one number `n`, as gettext writes plural rules in: read without being run, bounded, and where their values change.

The operators are `? : || && == != < > <= >= + * / % !` (gettext manual, "Plural forms"; its `-` no language needs).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import lcm
from typing import NamedTuple

MAX_LENGTH, MAX_DEPTH = 1_000, 40
LIMIT = 1_000_000
"""The number up to which values are told apart: CLDR's last rule is one of millions."""
SMALL = 1_000
"""The largest remainder whose values are told apart one by one; of a larger one it is told where it passes a number."""
TOKEN = re.compile(r"\s*(n\b|[0-9]{1,9}(?![0-9])|&&|\|\||[=!<>]=|[+*/%<>!?:()])", re.A)
LEVELS = ("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+",), ("*", "/", "%")
"""The operators of two sides, the loosest first, as in C."""
COMPARE: Mapping[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
ARITHMETIC: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "*": operator.mul,
    "/": operator.floordiv,
    "%": operator.mod,
}


class Shape(NamedTuple):
    """Where a value changes: from each of `edges` to the next it repeats every `period`. `line` is (a, b) where it is a·n + b,
    and `wheel` is m where it is n % m of a large m: such values are only compared with numbers."""

    period: int = 1
    edges: frozenset[int] = frozenset()
    line: tuple[int, int] | None = None
    wheel: int = 0


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression: `n`, a number, or a `sign` and its parts."""

    sign: str
    parts: tuple[Expression, ...] = ()
    number: int = 0

    def of(self, n: int) -> int:
        """Its value for a number."""
        if self.sign == "n":
            return n
        if self.sign == "number":
            return self.number
        first, *others = self.parts
        if self.sign == "?":
            return others[not first.of(n)].of(n)
        if self.sign == "!":
            return int(not first.of(n))
        if self.sign in ("&&", "||"):
            return int(bool(others[0].of(n)) if bool(first.of(n)) is (self.sign == "&&") else self.sign == "||")
        act = COMPARE.get(self.sign) or ARITHMETIC[self.sign]
        return int(act(first.of(n), others[0].of(n)))

    def shape(self) -> Shape:
        """Where its value changes. Raises ValueError where that cannot be told, or it would divide by nothing."""
        if self.sign == "n":
            return Shape(line=(1, 0))
        if self.sign == "number":
            return Shape(line=(0, self.number))
        shapes = [part.shape() for part in self.parts]
        if self.sign == "?":
            return joined(truth(shapes[0]), *map(settled, shapes[1:]))
        if self.sign in ("!", "&&", "||"):
            return joined(*map(truth, shapes))
        return compared(*shapes) if self.sign in COMPARE else reckoned(self.sign, *shapes)


def read(text: str) -> Expression:
    """The expression that a text states. Raises ValueError where it states none."""
    if len(text) > MAX_LENGTH:
        raise ValueError("too long")
    tokens, at = [], 0
    text = text.rstrip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"not understood: {text[at : at + 10]!r}")
        tokens.append(found[1])
        at = found.end()
    reader = Reader(tokens)
    made = reader.choice(0)
    if reader.next():
        raise ValueError(f"{reader.next()} out of place")
    return made


@dataclass(slots=True)
class Reader:
    """Reads tokens from left to right."""

    tokens: list[str]
    at: int = field(default=0)

    def next(self) -> str:
        """The token that comes next, "" at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        """The next token where it is one of these, and go on; "" where it is none of them."""
        found = self.next()
        if not found or found not in wanted:
            return ""
        self.at += 1
        return found

    def need(self, wanted: str) -> None:
        """Go on over a token that must stand here."""
        if not self.take(wanted):
            raise ValueError(f"{wanted} is missing")

    def choice(self, depth: int) -> Expression:
        """An expression, or two of them to choose from."""
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
        made = self.level(0, depth)
        if not self.take("?"):
            return made
        one = self.choice(depth + 1)
        self.need(":")
        return Expression("?", (made, one, self.choice(depth + 1)))

    def level(self, at: int, depth: int) -> Expression:
        """An expression of the operators of one level and the tighter ones."""
        if at == len(LEVELS):
            return self.single(depth)
        made = self.level(at + 1, depth)
        while sign := self.take(*LEVELS[at]):
            made = Expression(sign, (made, self.level(at + 1, depth)))
        return made

    def single(self, depth: int) -> Expression:
        """A number, `n`, the opposite of something, or an expression in brackets."""
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
        if self.take("!"):
            return Expression("!", (self.single(depth + 1),))
        if self.take("("):
            made = self.choice(depth + 1)
            self.need(")")
            return made
        if self.take("n"):
            return Expression("n")
        if not self.next().isdigit():
            raise ValueError("a number is missing")
        self.at += 1
        return Expression("number", number=int(self.tokens[self.at - 1]))


def settled(found: Shape) -> Shape:
    """A value that period and edges tell all of. Raises ValueError for another."""
    if found.wheel or (found.line is not None and found.line[0]):
        raise ValueError("grows without end")
    return found


def joined(*shapes: Shape) -> Shape:
    """Where a value made of these changes."""
    every = [settled(one) for one in shapes]
    return Shape(lcm(*(one.period for one in every)), frozenset().union(*(one.edges for one in every)))


def truth(found: Shape) -> Shape:
    """Whether a value is other than 0."""
    return compared(found, Shape(line=(0, 0)))


def compared(one: Shape, other: Shape) -> Shape:
    """How a value stands to another one: it changes where the two meet, and just after."""
    if one.wheel and other.line is not None and not other.line[0]:
        turns = range(0, LIMIT + 1, one.wheel)
        return Shape(1, frozenset(turn + at for turn in turns for at in (0, other.line[1], other.line[1] + 1)))
    if other.wheel:
        return compared(other, one) if not one.wheel else joined(one, other)
    if one.line is None or other.line is None:
        return joined(one, other)
    slope, start = one.line[0] - other.line[0], one.line[1] - other.line[1]
    meet = -start // slope if slope else 0
    return Shape(1, frozenset(at for at in (meet, meet + 1) if at >= 0))


def reckoned(sign: str, one: Shape, other: Shape) -> Shape:
    """A value reckoned of two."""
    if one.line is not None and other.line is not None:
        return of_lines(sign, one.line, other.line)
    if sign in ("/", "%") and (other.line is None or other.line[1] == 0):
        raise ValueError("divides by what may be nothing")
    return joined(one, other)


def of_lines(sign: str, one: tuple[int, int], other: tuple[int, int]) -> Shape:
    """A value reckoned of two that grow evenly, or not at all."""
    (slope, start), (more, by) = one, other
    if max(slope, start, more, by) > 10**9:
        raise ValueError("too large")
    if sign == "+":
        return Shape(line=(slope + more, start + by))
    if sign == "*" and not (slope and more):
        return Shape(line=(slope * by + more * start, start * by))
    if sign in ("/", "%") and not more and by:
        if not slope:
            return Shape(line=(0, ARITHMETIC[sign](start, by)))
        if sign == "%" and by <= SMALL:
            return Shape(by)
        if sign == "%" and one == (1, 0):
            return Shape(wheel=by)
    raise ValueError("grows otherwise than evenly")
