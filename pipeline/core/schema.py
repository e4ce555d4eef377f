"""What files that people write may hold: each option declared once, read by typed getters that name key and line of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.core.errors import LockstepError

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
U = TypeVar("U")
Keys = tuple[str | int, ...]
"""The way to a value from the top of its file: keys of tables, and places in lists counted from 0."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that people write: its path, the line of every key, and how its people write the way to a value."""

    path: Path | str
    lines: Mapping[Keys, int]
    written: Callable[[Keys, object], str]


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a file, and the keys that lead to it."""

    value: object
    keys: Keys
    file: File

    @property
    def line(self) -> int:
        """The line of its key; where that stands nowhere, of the nearest table around it."""
        around = (self.keys[:n] for n in range(len(self.keys), -1, -1))
        return next((self.file.lines[keys] for keys in around if keys in self.file.lines), 1)

    def child(self, key: str | int, value: object) -> Node:
        """What stands, or should stand, below this value."""
        return Node(value, (*self.keys, key), self.file)

    def below(self, *keys: str) -> Node:
        """A table in a table of this table …, empty where there is none."""
        node = self
        for key in keys:
            node = node.child(key, mapping(node).get(key, {}))
        return node

    def wrong(self, what: str, todo: str) -> LockstepError:
        """The complaint about this value; `what` goes on after its name."""
        name = self.file.written(self.keys, self.value)
        return LockstepError(f"{name} {what}", path=self.file.path, line=self.line, todo=todo)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T_co]):
    """What a value can be: in words (`a number of days`), how it is read, as JSON Schema; `options` are those of its tables."""

    words: str
    read: Callable[[Node], T_co]
    schema: Mapping[str, object]
    options: tuple[Option[object], ...] = ()

    def then(self, make: Callable[[T_co], U]) -> Kind[U]:
        """The same in the file, made into another value."""
        return Kind(self.words, lambda node: make(self.read(node)), self.schema, self.options)


@dataclass(frozen=True, slots=True)
class Option(Generic[T_co]):
    """A key of a table, with what it is for. `default` is written as in the file; None says nothing."""

    key: str
    kind: Kind[T_co]
    doc: str = ""
    default: object = None
    required: bool = False

    def of(self, table: Node) -> T_co:
        """What a table says of it, or the default."""
        return self.kind.read(table.child(self.key, mapping(table).get(self.key, self.default)))


def mapping(node: Node) -> Mapping[str, object]:
    """The keys and values of a table."""
    if not isinstance(node.value, dict):
        raise not_this(node, "a table")
    return node.value


def not_this(node: Node, words: str, todo: str = "") -> LockstepError:
    """The complaint that a value is not what it should be."""
    try:
        value = repr(node.value)
    except ValueError:  # Python prints no integer of more than 4,300 digits
        value = "a number of too many digits"
    return node.wrong(f"is {words}, not {value[:80]}", todo or "See docs/settings.md of Lockstep.")


def nearest(word: str, known: Collection[str], otherwise: str, least: float = 0.6) -> str:
    """The known word that a misspelt one is likely to mean, as a question. `least`: how like it has to be, 1 for the same."""
    import difflib

    near = difflib.get_close_matches(word, known, 1, least)
    return f"Did you mean `{near[0]}`?" if near else otherwise


def text(words: str = "a text", pattern: str = "", fits: Callable[[str], object] = lambda value: True) -> Kind[str]:
    """A text in which the pattern is found and that `fits`."""

    def read(node: Node) -> str:
        value = node.value
        if not isinstance(value, str) or not re.search(pattern, value) or not fits(value):
            raise not_this(node, words)
        return value

    return Kind(words, read, {"type": "string", **({"pattern": pattern} if pattern else {})})


def number(words: str, low: float, high: float, make: Callable[[float], T]) -> Kind[T]:
    """A number from `low` to `high`; `make=int` takes whole ones only."""
    whole = make is int

    def read(node: Node) -> T:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or not low <= value <= high:
            raise not_this(node, words)
        return make(value)

    return Kind(words, read, {"type": "integer" if whole else "number", "minimum": low, "maximum": high})


def choice(known: Mapping[str, T], words: str = "", todo: str = "Write one of them.") -> Kind[T]:
    """One of the known words, read as what it stands for."""
    words = words or f"one of {', '.join(known)}"

    def read(node: Node) -> T:
        if not isinstance(node.value, str):
            raise not_this(node, words, todo)
        if node.value not in known:
            raise not_this(node, words, nearest(node.value, known, todo))
        return known[node.value]

    return Kind(words, read, {"enum": list(known)})


def switch() -> Kind[bool]:
    """True or false."""

    def read(node: Node) -> bool:
        if not isinstance(node.value, bool):
            raise not_this(node, "true or false", "Write true or false, without quotes.")
        return node.value

    return Kind("true or false", read, {"type": "boolean"})


def each(kind: Kind[T], words: str) -> Kind[tuple[T, ...]]:
    """A list of such values."""

    def read(node: Node) -> tuple[T, ...]:
        if not isinstance(node.value, (list, tuple)):
            raise not_this(node, words)
        return tuple(kind.read(node.child(at, value)) for at, value in enumerate(node.value))

    return Kind(words, read, {"type": "array", "items": kind.schema}, kind.options)


def either(given: type, kind: Kind[T], other: Kind[U]) -> Kind[T | U]:
    """The first kind where the file has a value of type `given`, else the other."""

    def read(node: Node) -> T | U:
        return kind.read(node) if isinstance(node.value, given) else other.read(node)

    return Kind(other.words, read, {"anyOf": [kind.schema, other.schema]}, kind.options or other.options)


ANYTHING: Kind[object] = Kind("anything", lambda node: node.value, {})


def table(
    make: Callable[..., T], *options: Option[object], names: Kind[str] | None = None, rest: Kind[object] | None = None
) -> Kind[T]:
    """A table: `make(node, **values)` of the options that are said or have a default.

    Another key is an error; or, with `rest`, such a value under a name of `names`, and `make` is given them all as `rest`.
    """
    known = {option.key: option for option in options}

    def other(node: Node, key: str) -> object:
        if rest is None:
            raise node.wrong("is not a setting", nearest(key, known, f"The settings are: {', '.join(known)}."))
        if names is not None:
            try:
                names.read(replace(node, value=key))
            except LockstepError as problem:
                raise node.wrong(f"is not {names.words}", problem.todo) from None
        return rest.read(node)

    def read(node: Node) -> T:
        said = mapping(node)
        others = {key: other(node.child(key, value), key) for key, value in said.items() if key not in known}
        for option in options:
            if option.required and option.key not in said:
                raise node.wrong(f"has no `{option.key}`", f"Add it: {option.doc or option.kind.words}.")
        found = {
            option.key.replace("-", "_"): option.of(node)
            for option in options
            if option.key in said or option.default is not None
        }
        return make(node, **found, **({} if rest is None else {"rest": others}))

    pattern = names.schema.get("pattern") if names else None
    other_schema = False if rest is None else rest.schema
    schema = {
        "type": "object",
        "properties": {
            option.key: {**option.kind.schema, "description": option.doc}
            | ({} if option.default is None else {"default": option.default})
            for option in options
        },
        "required": [option.key for option in options if option.required],
        **({"patternProperties": {pattern: other_schema}} if pattern else {}),
        "additionalProperties": False if pattern else other_schema,
    }
    return Kind("a table", read, schema, options or (rest.options if rest else ()))
