"""YAML data and front matter: a safe subset of YAML, and the declared keys in it that are messages.

The subset: mappings, lists and scalars. Aliases, anchors, merge keys and tags are refused, a duplicate key is an error
(`dose: 5 ml` / `dose: 50 ml` must not pass), and every scalar is the string its author wrote (`no`, `1.10`, `12:30`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

import yaml

from pipeline.content.inline import parse
from pipeline.core.errors import LockstepError
from pipeline.core.inline import FACT, NO_FACT, NOWHERE, TEXT, Syntax, has_words
from pipeline.core.measures import is_measure
from pipeline.core.model import Block, Document, Finding, Key, Level, Link, Message, Span
from pipeline.core.schema import File, Keys, Node

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MAX_DEPTH, MAX_BYTES = 32, 2_000_000

Value = str | list[Any] | dict[str, Any]


class Scalar(str):
    """A string that remembers the 1-based line it was written on."""

    __slots__ = ("line",)
    line: int


def read(path: str, text: str, keys: Sequence[str]) -> Document:
    """Read a YAML data file; `keys` are the dotted keys (wildcards allowed, list indexes left out) that are messages."""
    try:
        data = load(path, text)
    except LockstepError as problem:
        return Document(path, NOWHERE, findings=(found(problem),))
    named = tuple(placeholders(path, data, keys))
    return Document(path, NOWHERE, fields=tuple(fields(path, data, keys)), data=data, placeholders=named)


def found(problem: LockstepError) -> Finding:
    """A syntax error as the finding that the rest of the site goes on with."""
    return Finding(
        "syntax", Level.ERROR, f"{problem.what}. {problem.todo}".strip(), Span(str(problem.path), problem.line or 1)
    )


def load(path: str, text: str, first_line: int = 1, twice: list[Scalar] | None = None) -> dict[str, Any]:
    """The mapping that `text` holds, scalars as `Scalar`. Raises LockstepError with the line counted from `first_line`; for a key that
    stands twice at the top, too, unless `twice` is given: it gets the second, whose value counts."""
    if len(text) > MAX_BYTES:
        raise LockstepError("YAML file is larger than 2 MB", path=path, line=first_line, todo="Split it.")
    try:
        events = yaml.parse(text, Loader=LOADER)
        values = list(documents(path, events, first_line, twice))
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = first_line + (mark.line if mark is not None else 0)
        raise LockstepError(
            f"not valid YAML: {problem.problem or problem.context}",
            path=path,
            line=line,
            todo="Check quotes, colons and indentation on this line and the one before.",
        ) from problem
    except yaml.YAMLError as problem:
        raise LockstepError(
            f"not valid YAML: {problem}", path=path, line=first_line, todo="Remove the character."
        ) from problem
    value = values[0] if values else {}
    if not isinstance(value, dict):
        raise LockstepError(
            "expected `key: value` lines", path=path, line=first_line, todo="Write a mapping at the top level."
        )
    return value


def documents(path: str, events: Iterator[Any], first_line: int, twice: list[Scalar] | None) -> Iterator[Value]:
    """The documents of an event stream; the second one, if any, is refused."""
    seen = False
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if seen:
                mark: Any = event.start_mark
                raise LockstepError(
                    "a second YAML document",
                    path=path,
                    line=first_line + mark.line,
                    todo="Remove the `---` line.",
                )
            seen = True
            value = build(path, next(events), events, first_line, 0, twice)
            if value is not None:
                yield value


def build(
    path: str, event: Any, events: Iterator[Any], first_line: int, depth: int, twice: list[Scalar] | None = None
) -> Value:
    """The value that starts at `event`."""
    line = first_line + event.start_mark.line

    def refuse(what: str, todo: str) -> LockstepError:
        return LockstepError(what, path=path, line=line, todo=todo)

    if isinstance(event, yaml.AliasEvent):
        raise refuse(f"an alias (*{event.anchor})", "Write the value out.")
    if event.anchor is not None:
        raise refuse(f"an anchor (&{event.anchor})", "Remove it.")
    if event.tag is not None and event.tag != "!":
        raise refuse(f"a tag ({event.tag})", "Remove it; every value here is text.")
    if depth > MAX_DEPTH:
        raise refuse("nested too deeply", "Flatten it.")
    if isinstance(event, yaml.ScalarEvent):
        if hidden := CONTROL.search(event.value):
            raise refuse(f"the control character U+{ord(hidden[0]):04X}", "Remove it; no catalog can hold it.")
        if len(event.value) > TEXT:
            raise refuse(f"a text of more than {TEXT:,} characters", "Split it, or make it a file of its own.")
        scalar = Scalar(event.value)
        scalar.line = line
        return scalar
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(build(path, event, events, first_line, depth + 1))
        return items
    mapping: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        line = first_line + event.start_mark.line
        name = build(path, event, events, first_line, depth + 1)
        if not isinstance(name, str):
            raise refuse("a key that is not text", "Write a plain word before the colon.")
        if name == "<<":
            raise refuse("a merge key (<<)", "Write the values out.")
        if name in mapping and twice is not None and isinstance(name, Scalar):
            twice.append(name)
        elif name in mapping:
            raise refuse(f"the key `{name}` stands twice", "Keep one of the two; the other would be lost.")
        mapping[name] = build(path, next(events), events, first_line, depth + 1)
    return mapping


def node(path: str, data: dict[str, Any]) -> Node:
    """What `load` has read, for the getters of a schema."""
    return Node(data, (), File(path, dict(lines(data)), written))


def lines(value: Value, keys: Keys = ()) -> Iterator[tuple[Keys, int]]:
    """The line of every key, and of every item of a list that is not empty."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        below = dict(lines(inner, (*keys, key)))
        first = key if isinstance(key, Scalar) else inner
        if isinstance(first, Scalar) or below:
            yield (*keys, key), first.line if isinstance(first, Scalar) else min(below.values())
        yield from below.items()


def written(keys: Keys, value: object) -> str:
    """The way to a value, places in lists left out: `` `terms.es.must` ``."""
    return f"`{'.'.join(key for key in keys if isinstance(key, str))}`"


def scalars(value: Value, key: str = "") -> Iterator[tuple[str, Scalar]]:
    """Every scalar with its dotted key, list indexes left out (an item added above must not change it). The parts of a measure are
    no texts: nobody translates its unit."""
    if is_measure(key, value):
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from scalars(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from scalars(inner, key)
    elif isinstance(value, Scalar):
        yield key, value


def fields(path: str, data: Mapping[str, Any], keys: Sequence[str]) -> Iterator[tuple[str, Block]]:
    """The declared values that have words, as blocks of plain text with their dotted key as context."""
    number = 0
    for key, value in scalars(dict(data)):
        if any(fnmatchcase(key, pattern) for pattern in keys):
            text = re.sub(r"[ \t\r\n]+", " ", value).strip()
            inline = parse(text, Syntax.TEXT)
            if has_words(inline):
                message = Message(Key(key, text), Span(path, value.line), kind=key, flags=brace_flag(text))
                yield key, Block(inline, "", message, number=number)
                number += 1


def placeholders(path: str, data: Mapping[str, Any], keys: Sequence[str]) -> Iterator[Link]:
    """The facts that declared values name, each where it stands."""
    for key, value in scalars(dict(data)):
        if "{" in value and any(fnmatchcase(key, pattern) for pattern in keys):
            yield from (Link(name, Span(path, value.line)) for name in FACT.findall(NO_FACT.sub("", value)))


def brace_flag(text: str) -> tuple[str, ...]:
    """The gettext flag of a text with `{…}` placeholders (gettext manual, "Python Format Strings")."""
    return ("python-brace-format",) if FACT.search(text) else ()
