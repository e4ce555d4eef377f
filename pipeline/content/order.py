"""The order of the pages, as a site has it: `nav` of site.yaml, the SUMMARY.md of mdBook, the `nav` of MkDocs, the sidebars of
Docusaurus, weights (of a folder in its `_category_.json`, too); else by path."""

from __future__ import annotations

import json
import math
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from pipeline.content import yaml
from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Level, Span

SUMMARY = "source/SUMMARY.md"
MKDOCS = "mkdocs.yml"
SIDEBARS = "sidebars.js", "sidebars.ts"
LINKED = re.compile(r"\]\(\s*<?([^()<>\s]+?\.(?:md|markdown|mdx))(?:#[^()\s]*)?>?\s*(?:[\"'][^()]*)?\)", re.I)
NAV = re.compile(r"^nav:(?=[ \t\n])[^\n]*\n(?:[ \t\]}-].*\n|\n|#.*\n)*", re.M)
NO_NAV = re.compile(r"nav:\s*+(?:\[\s*+\]|~|null)?+\s*+(?:#[^\n]*+\s*+)*+")
"""A `nav` with nothing in it: there is none, and pages stand by their paths with MkDocs, too."""
NAMED = re.compile(
    r"^[ \t]*+(?:-[ \t]*+)?(?:[^\n]*:[ \t]++)?([\"']?)(?P<page>[^\s\"'#:{}\[\]][^\"'#:{}\[\]\n]*?\.(?:md|markdown))\1[ \t]*(?:#.*)?$",
    re.M,
)
"""A page in a `nav` that is no YAML of ours: its titles may be values of the environment (`!ENV [NAME, "Guides"]`)."""
WEIGHTS = "weight", "sidebar_position", "nav_order", "order"
"""The keys of a front matter that say where a page stands among its neighbours (Hugo, Docusaurus, Just the Docs, VitePress)."""


def named(root: Path, nav: Iterable[object], called: Mapping[str, str]) -> list[str]:
    """The source files of pages in the order that a list of the site has them; none where it has no list. `called`: the pages by what
    Docusaurus calls them."""
    ours = [f"source/{one['page']}" for one in nav if isinstance(one, dict) and isinstance(one.get("page"), str)]
    return ours or summary(root) or mkdocs(root) or sidebars(root, called)


def summary(root: Path) -> list[str]:
    """The pages of a SUMMARY.md."""
    text = written(root, SUMMARY)
    return [posixpath.normpath(f"source/{unquote(match[1])}") for match in LINKED.finditer(text)]


def mkdocs(root: Path) -> list[str]:
    """The pages of the `nav` of a mkdocs.yml; the rest of that file may hold what our YAML does not."""
    found = NAV.search(written(root, MKDOCS) + "\n")
    try:
        return [f"source/{page}" for page in pages(yaml.load(MKDOCS, found[0]).get("nav") if found else None)]
    except LockstepError:
        return [f"source/{posixpath.normpath(one['page'])}" for one in NAMED.finditer(found[0])] if found else []


def unread(root: Path) -> Iterator[Finding]:
    """The lists of pages of other tools that are there and cannot be read, and a `nav` of mkdocs.yml in which no page can be."""
    yield from unreadable(root, (MKDOCS, *SIDEBARS))
    text = written(root, MKDOCS)
    found = NAV.search(text + "\n")
    if found and not mkdocs(root) and not NO_NAV.fullmatch(found[0]):
        what = "No page can be read in this `nav`, so pages stand by their paths. Write it as a list of files: `- Guide: guide.md`."
        yield Finding("dialect", Level.WARNING, what, Span(MKDOCS, text.count("\n", 0, found.start()) + 1))


def unreadable(root: Path, names: Iterable[str]) -> Iterator[Finding]:
    """The files of other tools, of those named, that are there and cannot be read."""
    for name in names:
        try:
            (inputs.read(root, name) or b"").decode("utf-8")
        except (LockstepError, UnicodeDecodeError) as problem:
            why = problem.what if isinstance(problem, LockstepError) else "is not UTF-8"
            what = f"This file {why}, so pages stand as if it were not there. Correct it; or remove it."
            yield Finding("dialect", Level.WARNING, what, Span(name, 1))


SAID = re.compile(
    r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|//[^\n]*"
    r"|(?P<mark>[\"'`])(?P<text>(?:[^\\\n\"'`]|\\.|(?!(?P=mark))[\"'`])*+)(?P=mark)?",
    re.S,
)
"""A remark of a program, or a text of one line; what nothing ends goes on to the end, so none is looked at twice."""
NUMBERED = re.compile(r"(?:(?<=/)|\A)\d+[ ._-]+(?=[^/])")
"""How Docusaurus has the names of files and folders begin, and does not call the page by it."""


def sidebars(root: Path, called: Mapping[str, str]) -> list[str]:
    """The pages that the sidebars of Docusaurus name: a program, of which only the names in it are read."""
    text = next((text for name in SIDEBARS if (text := written(root, name))), "")
    return [called[one["text"]] for one in SAID.finditer(text) if one["text"] in called]


def ids(path: str, data: Mapping[str, Any]) -> Iterator[str]:
    """What Docusaurus calls a page: by its path, or by its `id` in its folder."""
    folder, _, name = path.removeprefix("source/").rpartition("/")
    name = name.rpartition(".")[0]
    own = data.get("id")
    for one in (own, name) if isinstance(own, str) else (name,):
        whole = f"{folder}/{one}" if folder else one
        yield whole
        yield NUMBERED.sub("", whole)


APPENDS = re.compile(r"^[ \t]*+(?:-[ \t]*+)?auto_append:", re.M)


def appends(root: Path) -> int:
    """The line of a mkdocs.yml that has PyMdown put files below every page; 0 where none does."""
    text = written(root, MKDOCS)
    found = APPENDS.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def pages(value: Any) -> Iterator[str]:
    """The files in nested lists of titles."""
    if isinstance(value, str):
        if value.lower().endswith((".md", ".markdown")):
            yield posixpath.normpath(value)
    elif isinstance(value, (list, dict)):
        for inner in value if isinstance(value, list) else value.values():
            yield from pages(inner)


def written(root: Path, name: str) -> str:
    """The text of a file of the site, "" where there is none that can be read."""
    try:
        return (inputs.read(root, name) or b"").decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except (LockstepError, UnicodeDecodeError):
        return ""


def weight(data: Mapping[str, Any]) -> float | None:
    """What a front matter says of the place of its page."""
    return next((found for key in WEIGHTS if (found := number(data.get(key))) is not None), None)


def number(value: object) -> float | None:
    """A value as a number; None for none."""
    try:
        found = float(str(value))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


CATEGORY = re.compile(r"source/(?:(?P<folder>.+)/)?_category_\.(?:json|ya?ml)")
"""Where Docusaurus has the place and the name of a folder."""


class Category(NamedTuple):
    """What Docusaurus is told of a folder: its file, where the folder stands among its neighbours, and whether words for readers are in it."""

    path: str
    position: float | None
    words: bool


def categories(root: Path, names: Iterable[str], findings: list[Finding]) -> dict[str, Category]:
    """What files of a site say of its folders, by folder below source/; what cannot be read is named."""
    found: dict[str, Category] = {}
    for name in names:
        if not (place := CATEGORY.fullmatch(name)):
            continue
        findings += unreadable(root, [name])
        try:
            data = described(name, written(root, name))
        except LockstepError as problem:
            what = f"The place of this folder cannot be read: {problem.what}. {problem.todo}"
            findings.append(Finding("dialect", Level.WARNING, what, Span(name, problem.line or 1)))
            continue
        position = number(data.get("position"))
        found.setdefault(place["folder"] or "", Category(name, position, "label" in data or "link" in data))
    return found


def described(name: str, text: str) -> Mapping[str, Any]:
    """The values of a file in YAML or JSON. Raises LockstepError."""
    if not name.endswith(".json"):
        return yaml.load(name, text)
    try:
        data = json.loads(text or "{}")
    except (ValueError, RecursionError) as problem:
        line = problem.lineno if isinstance(problem, json.JSONDecodeError) else 1
        raise LockstepError("it is no JSON", path=name, line=line, todo="Correct it.") from problem
    return data if isinstance(data, dict) else {}


def unnamed(categories: Mapping[str, Category], slugs: Collection[str]) -> Iterator[Finding]:
    """The folders whose names are in a file that nobody shows, and that have no page of their own."""
    for folder, one in categories.items():
        if one.words and folder not in slugs and any(slug.startswith(f"{folder}/") for slug in slugs):
            what = f"The name of this folder, and the page that is made of it, are not read. Write source/{folder}/index.md with that title: it is what menus show, in every language."
            yield Finding("dialect", Level.INFO, what, Span(one.path, 1))


def by_weight(weights: Mapping[str, float], slug: str) -> tuple[tuple[float, str], ...]:
    """How a page is sorted: each folder on the way to it by its page's weight, those without one last, then by name."""
    parts = slug.split("/") if slug else []
    ways = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return tuple((weights.get(way, float("inf")), way) for way in ways)
