"""The front matter of a page: YAML between lines of `---`, or TOML between lines of `+++`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

from pipeline.content import yaml
from pipeline.content.files import FRONT_MATTER, KEY, PROSE_LINE, TOML_FRONT_MATTER
from pipeline.content.marks import KEYS, OTHERS
from pipeline.content.yaml import CONTROL, Scalar
from pipeline.core import toml
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Level, Span
from pipeline.core.schema import Keys

OPENED = re.compile(r"\ufeff?(?:---[ \t]*\n[A-Za-z_][\w-]*[ \t]*:|\+\+\+[ \t]*\n|;;;[ \t]*\n|\{[ \t]*\n[ \t]*\")")
BEHIND = re.compile(r"\ufeff?(?:[ \t]*\n|[ \t]*<!--(?:(?!-->).)*-->[ \t]*\n)++(?=(?:---|\+\+\+)[ \t]*\n)", re.S)
"""What stands before what would be a front matter, and keeps it from being one: empty lines, comments."""
FIELD = re.compile(r"[A-Za-z_][\w-]*[ \t]*[:=](?:[ \t].*)?|[ \t]+\S.*|[ \t]*|-[ \t].*|#.*|\[.*\]")


def split(path: str, text: str, reads: frozenset[str]) -> tuple[dict[str, Any], str, tuple[Finding, ...]]:
    """The values of a page's front matter, its text with empty lines in place of that, and what is wrong with it."""
    read: Callable[[str, str, int, list[Scalar]], dict[str, Any]] = loaded
    doubled: list[Scalar] = []
    found = FRONT_MATTER.match(text)
    if found is None and "toml" in reads and (found := TOML_FRONT_MATTER.match(text)):
        read = from_toml
    if found is None:
        wrong = opened(path, opening[0], reads) if (opening := OPENED.match(text)) else behind(path, text)
        return {}, text, wrong
    rest = "\n" * found[0].count("\n") + text[found.end() :]
    try:
        return read(path, found[1], 2, doubled), rest, tuple(twice(path, doubled))
    except LockstepError as problem:
        if read is loaded and PROSE_LINE.search(found[1]) and not KEY.search(found[1]):
            return {}, text, ()  # a line across the page
        return {}, rest, (yaml.found(meant(problem, found[1]) if read is loaded else problem),)


def meant(problem: LockstepError, inner: str) -> LockstepError:
    """What is wrong with a front matter, with what to do where its first line is meant as one across the page."""
    if PROSE_LINE.search(inner) is None and HEADING.search(inner) is None:
        return problem
    todo = f"{problem.todo} If the line of `---` above is one across the page, write `***`."
    return LockstepError(problem.what, path=problem.path, line=problem.line, todo=todo)


HEADING = re.compile(r"^#{1,6}[ \t]*\w", re.M)


def loaded(path: str, text: str, first_line: int, doubled: list[Scalar]) -> dict[str, Any]:
    """The values of a front matter in YAML; of a key that stands twice and that nobody here reads the second counts, as with the tools
    that read it, and `doubled` gets it. Raises LockstepError."""
    data = yaml.load(path, text, first_line, doubled)
    for name in doubled:
        if name in KEYS or name in OTHERS:
            raise LockstepError(
                f"the key `{name}` stands twice",
                path=path,
                line=name.line,
                todo="Keep one of the two; the other would be lost.",
            )
    return data


def twice(path: str, doubled: list[Scalar]) -> Iterator[Finding]:
    """What is wrong with keys that stand twice."""
    for name in doubled:
        what = f"The key `{name}` stands twice, and the second counts. Remove one of the two."
        yield Finding("front-matter", Level.WARNING, what, Span(path, name.line))


def opened(path: str, opening: str, reads: frozenset[str]) -> tuple[Finding, ...]:
    """What seems to begin a front matter and is none."""
    mark = opening.strip("\ufeff \t\n")[:3]
    if mark == "---" or (mark == "+++" and "toml" in reads):
        what = f"This front matter has no end, so it would be text of the page. Close it with a line of `{mark}`."
        return (Finding("unclosed", Level.ERROR, what, Span(path, 1)),)
    what = (
        "This front matter is not YAML, so it would be text of the page. Write it between two lines of `---`. TOML is read "
        'between two lines of `+++` where `dialect` of [tool.lockstep] has "toml" or "hugo".'
    )
    return (Finding("front-matter", Level.ERROR, what, Span(path, 1)),)


def behind(path: str, text: str) -> tuple[Finding, ...]:
    """What would be a front matter if it stood first: between two such lines nothing but fields, below empty lines or comments."""
    found = BEHIND.match(text)
    if not found:
        return ()
    first, *lines = text[found.end() :].split("\n", 200)
    inner = list(takewhile(lambda line: line.rstrip() != first.rstrip(), lines))
    named = any(re.match(r"[A-Za-z_][\w-]*[ \t]*[:=]", line) for line in inner)
    if len(inner) == len(lines) or not named or not all(FIELD.fullmatch(line) for line in inner):
        return ()
    what = "This front matter is not read, since something stands before it: it would be text of the page. Let the page begin with it."
    return (Finding("front-matter", Level.ERROR, what, Span(path, 1 + text.count("\n", 0, found.end()))),)


def from_toml(path: str, text: str, first_line: int, doubled: list[Scalar]) -> dict[str, Any]:
    """The values of a TOML text, in which no key stands twice, each the string that YAML would have. Raises LockstepError with the line."""
    try:
        node = toml.read(Path(path), text)
    except LockstepError as problem:
        line = (problem.line or 1) + first_line - 1
        raise LockstepError(problem.what, path=path, line=line, todo=problem.todo) from problem
    if hidden := CONTROL.search(text):
        line = first_line + text.count("\n", 0, hidden.start())
        what = f"the control character U+{ord(hidden[0]):04X}"
        raise LockstepError(what, path=path, line=line, todo="Remove it; no catalog can hold it.")
    lines = {keys: line + first_line - 1 for keys, line in node.file.lines.items()}
    return {scalar(key, (key,), lines): valued(value, (key,), lines) for key, value in table(node.value).items()}


def table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def valued(value: object, keys: Keys, lines: Mapping[Keys, int]) -> Any:
    """A value as front matter has it: texts, lists and mappings of them."""
    if isinstance(value, dict):
        return {scalar(key, (*keys, key), lines): valued(inner, (*keys, key), lines) for key, inner in value.items()}
    if isinstance(value, list):
        return [valued(inner, (*keys, at), lines) for at, inner in enumerate(value)]
    return scalar(str(value).lower() if isinstance(value, bool) else str(value), keys, lines)


def scalar(text: str, keys: Keys, lines: Mapping[Keys, int]) -> Scalar:
    """A text that remembers its line."""
    made = Scalar(text)
    made.line = next((lines[keys[:end]] for end in range(len(keys), -1, -1) if keys[:end] in lines), 1)
    return made
