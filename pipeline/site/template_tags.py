"""The tags that the templates write, told from their text and from nothing that renders it: for the audit of what stands around a
page's content. A part that Jinja fills in may be anything; what is asked of it is the audit's to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.core import inputs, starter

OTHERS = ("chooser.html", "404.html", "find.html", "missing.html", "paper.html")
"""The templates that are no page's."""
MAYBE = frozenset(["find.html", "missing.html"])
"""Those that a site may do without."""
UNPUBLISHED = frozenset(["handout.html"])
"""Those of which nothing is published."""
COMMENT = re.compile(r"\{#.*?#\}", re.S)
STATEMENT = re.compile(r"\{%.*?%\}", re.S)
VALUE = re.compile(r"\{\{.*?\}\}", re.S)
UNESCAPED = re.compile(r"\|\s*safe\b|\bMarkup\b|autoescape\s+false|\|\s*xmlattr\b")
"""What lets a template print tags that do not stand in it."""
TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)((?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)>")
ATTRIBUTE = re.compile(r"""([^\s"'<>/=\0\1]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")
HOLE, CHOICE = "\0", "\1"
OURS: list[Any] = [["span", {"lang": ".*", "dir": ".*"}, []], ["bdo", {"dir": "ltr"}, ["dir"]]]
"""What a text in another language than the page's stands in, and figures of several parts."""


def of_templates(root: Path, made: Callable[[str], str] = str) -> dict[str, list[Any] | None]:
    """By the name of a template, the tags that it and those it may borrow from write: each its name, its attributes with a pattern
    of their values, and those of them that are always there; None where they cannot be told. `made` is what becomes of a template before anything is filled in."""
    folder = root / "templates"
    names = sorted(path.name for path in folder.glob("*.html"))
    texts = {
        name: made(whole((inputs.read(root, f"templates/{name}") or b"").decode("utf-8", "replace"))) for name in names
    }
    shared = [name for name in texts if name not in {"page.html", *OTHERS, *UNPUBLISHED}]
    nested = any(
        path.suffix != ".html" or path.parent != folder for path in folder.rglob("*.*") if "static" not in path.parts
    )
    written = {
        name: None if nested or UNESCAPED.search(text) else tags(text)
        for name, text in texts.items()
        if name not in UNPUBLISHED
    }
    found: dict[str, list[Any] | None] = {}
    for name in ("page.html", *OTHERS):
        if name in MAYBE and name not in texts:
            continue
        used = [written[one] for one in (name, *shared) if one in texts]
        told = not nested and None not in used
        found[name] = [*OURS, *(tag for made in used for tag in made or ())] if told else None
    return found


def whole(text: str) -> str:
    """A template with those of ours that it takes in."""
    return "".join([text, *(ours for _, ours in starter.inherited(text))])


@lru_cache(maxsize=256)
def tags(text: str) -> list[Any]:
    """The tags of one template, looked for once in a process."""
    text = VALUE.sub(HOLE, STATEMENT.sub(CHOICE, COMMENT.sub("", text)))
    found = []
    for match in TAG.finditer(text):
        given: dict[str, str] = {}
        always = []
        depth = 0
        for part in re.split(f"({CHOICE})", attributes_apart(match[2])):
            if part == CHOICE:
                depth += 1
                continue
            for one in ATTRIBUTE.finditer(part):
                given[one[1].lower()] = pattern((one[2] or "").strip("\"'").replace("\2", CHOICE))
                always += [one[1].lower()] * (not depth)
        if HOLE in re.sub(r"\"[^\"]*\"|'[^']*'", "", match[2]):
            given["*"] = ".*"
        found.append([match[1].lower(), given, always])
    return found


def attributes_apart(text: str) -> str:
    """A tag's attributes with the choices inside their values told apart from those between them."""
    return re.sub(r"\"[^\"]*\"|'[^']*'", lambda value: value[0].replace(CHOICE, "\2"), text)


def pattern(value: str) -> str:
    """A value as a pattern: what Jinja fills in is anything, and what it chooses may be there."""
    first, *others = value.split(CHOICE)
    return filled(first) + "".join(f"(?:{filled(one)})?" for one in others if one)


def filled(value: str) -> str:
    return ".*".join(re.escape(piece) for piece in value.split(HOLE))
