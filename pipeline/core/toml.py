"""A TOML file as a value whose every key knows its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.core.errors import LockstepError
from pipeline.core.schema import File, Keys, Node

TOKEN = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"{3,5}'
    r"|'''[\s\S]*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'|#[^\n]*|[\[\]{}=,\n]|[^\s\[\]{}=,.#\"']+"
)


def read(path: Path, text: str) -> Node:
    """The whole file. Raises LockstepError with file:line where it is not TOML that can be read."""
    if text.startswith("\ufeff"):
        what, todo = "starts with a byte-order mark", "Save it as UTF-8 without BOM (signature)."
        raise LockstepError(what, path=path, line=1, todo=todo)
    try:
        return Node(tomllib.loads(text), (), File(path, lines(text), written))
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"line (\d+)", str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        raise LockstepError(f"not valid TOML: {problem}", path=path, line=line, todo="Mend the line.") from problem
    except ValueError as problem:  # Python reads no integer of more than 4,300 digits
        digits = re.search(r"[0-9_]{4300,}", text)
        line = text.count("\n", 0, digits.start()) + 1 if digits else 1
        raise LockstepError("a number of too many digits", path=path, line=line, todo="Shorten it.") from problem
    except RecursionError as problem:
        line = max(range(text.count("\n") + 1), key=lambda at: text.split("\n")[at].count("[")) + 1
        raise LockstepError(
            "nested too deeply", path=path, line=line, todo="Flatten the lists and tables."
        ) from problem


def written(keys: Keys, value: object) -> str:
    """The way to a value as one looks for it: ``[tool.lockstep.gate] `level` ``, ``[[tool.lockstep.checks]] `locales` item 1``."""
    end = ""
    if keys and not isinstance(value, dict):
        *around, last = keys
        if isinstance(last, int) and around:
            end, last = f" item {last + 1}", around.pop()
        keys, end = tuple(around), f" `{last}`{end}"
    name = ".".join(key for key in keys if isinstance(key, str))
    head = f"[[{name}]]" if keys and isinstance(keys[-1], int) else f"[{name}]" if name else ""
    return (head + end).strip()


def lines(text: str) -> dict[Keys, int]:
    """The line of every key, table and item of a list; `text` is valid TOML."""
    found: dict[Keys, int] = {(): 1}
    sizes: dict[Keys, int] = {}
    table: Keys = ()  # whose lines these are
    around: list[
        tuple[Keys, int]
    ] = []  # the lists that the value is in, each with the item's place, and inline tables: -1
    here: Keys = ()  # the value
    parts: list[str] = []  # of the key or head that is being read
    in_key, brackets = True, 0
    for token, line in tokens(text):
        if token == "\n":
            in_key = in_key or not around
        elif token in ("]", "}") and around:
            around.pop()
            in_key = False
        elif token == "," and around:
            keys, place = around.pop()
            in_key = place < 0
            around.append((keys, place if in_key else place + 1))
        elif in_key and token == "[":
            brackets += 1
        elif in_key and token == "]":
            table = head(parts, brackets, line, found, sizes) if parts else table
            parts, brackets = [], 0
        elif in_key and token == "=":
            here = around[-1][0] if around else table
            for part in parts:
                here = (*here, part)
                found.setdefault(here, line)
            parts, in_key = [], False
        elif in_key:
            parts.append(tomllib.loads(f"key = {token}")["key"] if token[0] in "\"'" else token)
        else:
            if around and around[-1][1] >= 0:
                here = (*around[-1][0], around[-1][1])
                found.setdefault(here, line)
            if token in ("[", "{"):
                around.append((here, 0 if token == "[" else -1))
                in_key = token == "{"
    return found


def tokens(text: str) -> Iterator[tuple[str, int]]:
    """What TOML is made of, each with its line; comments, spaces and dots are left out."""
    line = 1
    for token in TOKEN.findall(text):
        if token[0] != "#":
            yield token, line
        line += token.count("\n")


def head(parts: Sequence[str], brackets: int, line: int, found: dict[Keys, int], sizes: dict[Keys, int]) -> Keys:
    """The table that a head begins, entered in `found`; `sizes` counts the `[[tables]]` of each list."""
    here: Keys = ()
    for part in parts[:-1]:
        here = (*here, part)
        found.setdefault(here, line)
        here = (*here, sizes[here] - 1) if here in sizes else here
    here = (*here, parts[-1])
    if brackets == 2:
        found.setdefault(here, line)
        sizes[here] = sizes.get(here, 0) + 1
        here = (*here, sizes[here] - 1)
    found[here] = line
    return here
