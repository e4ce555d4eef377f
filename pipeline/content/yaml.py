"""YAML data and front matter: a safe subset of YAML, and the declared keys in it that are messages.

The subset: mappings, lists and scalars. Aliases, anchors, merge keys and tags are refused, a duplicate key is an error
(`dose: 5 ml` / `dose: 50 ml` must not pass), and every scalar is the string its author wrote (`no`, `1.10`, `12:30`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import islice
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
        line, what, todo = explained(problem, text)
        raise LockstepError(f"not valid YAML: {what}", path=path, line=first_line + line, todo=todo) from problem
    except yaml.YAMLError as problem:
        there = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = first_line + text.count("\n", 0, there.start()) if there else first_line
        what = f"the character U+{ord(there[0]):04X}" if there else f"{problem}".partition("\n")[0]
        raise LockstepError(f"not valid YAML: {what}", path=path, line=line, todo="Remove it.") from problem
    value = values[0] if values else {}
    if not isinstance(value, dict):
        raise LockstepError(
            "expected `key: value` lines", path=path, line=first_line, todo="Write a mapping at the top level."
        )
    return value


INDENTED = (
    "Begin the line where its neighbours begin, or, if it goes on from the line before, put the whole text in quotes."
)
PARTS: tuple[tuple[str, str, str], ...] = (
    ("values are not allowed", "a colon where no key can be", "Put a value that has a colon in quotes (key: \"a: b\"). If this is a key, begin the line where its neighbours begin."),
    ("expected ':'", "a line without a colon among lines of keys", "Write `key: value`, or indent the line if it goes on from the one before."),
    ("expected '-' indicator", "a line that is no item among the items of a list", "Begin it with `- `, or where what it belongs to begins."),
    ("entries are not allowed", "a `- ` behind a key on one line", "Put each item on a line of its own below the key, or the value in quotes."),
    ("keys are not allowed", "a `? ` behind a key", "Put the value in quotes."),
    ("unknown escape", "a backslash in double quotes", "Write it twice, or put the value in single quotes."),
    ("incompatible", "a line %YAML of another version", "Remove it."),
)  # fmt: skip
"""By a part of what the library says: what stands there, and what to do."""
QUOTE = "a quotation mark that is never closed", "Close it."
BRACKET = (
    "a bracket that is not closed, or items in it that no comma parts",
    "Close it, and put a comma between two items.",
)
OPENED = {"'": QUOTE, '"': QUOTE, "[": BRACKET, "{": BRACKET}
"""What is wrong where something was opened that has no end."""


def explained(problem: Any, text: str) -> tuple[int, str, str]:
    """What the library does not understand, in words of whoever wrote it: the line, counted from 0, what is wrong and what to do."""
    mark, opened = problem.problem_mark or problem.context_mark, problem.context_mark
    line, said = (mark.line if mark else 0), str(problem.problem or problem.context)
    row, here, start = ("", "", "") if mark is None else placed(text, mark)
    if here == "\t" or "tab character" in said:
        return line, "a tab, where YAML takes spaces alone", "Indent the line with spaces."
    if opened and ("end of stream" in said or "',' or" in said):
        return opened.line, *OPENED.get(placed(text, opened)[1], QUOTE)
    for part, what, todo in PARTS:
        if part in said:
            return opened.line if opened and "':'" in said else line, what, todo
    if here and ("start any token" in said or "node content" in said):
        return line, f"a value that begins with {here}", "Put the value in quotes."
    if "expected key" in said or "expected <block end>" in said:
        if row and not start.strip():
            return line, "a line that is indented otherwise than those around it", INDENTED
        return line, f"something behind the end of a value ({here})", "Put the whole value in double quotes."
    return line, said, "Check quotes, colons and indentation on this line and the one before."


def placed(text: str, mark: Any) -> tuple[str, str, str]:
    """The line of a place, the character there and what stands before it on the line; "" where nothing does."""
    row = next(islice(text.splitlines(), mark.line, None), "")
    return row, row[mark.column : mark.column + 1], row[: mark.column]


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
