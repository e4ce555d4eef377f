"""The order of the pages, as a site has it: `nav` of site.yaml, the SUMMARY.md of mdBook, the `nav` of MkDocs, weights; else by path."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pipeline.content import yaml
from pipeline.core import inputs
from pipeline.core.errors import LockstepError

SUMMARY = "source/SUMMARY.md"
MKDOCS = "mkdocs.yml"
LINKED = re.compile(r"\]\(\s*<?([^()<>\s]+?\.(?:md|markdown|mdx))(?:#[^()\s]*)?>?\s*(?:[\"'][^()]*)?\)", re.I)
NAV = re.compile(r"^nav:[ \t]*\n((?:[ \t-].*\n|[ \t]*\n|#.*\n)*)", re.M)
WEIGHTS = "weight", "sidebar_position", "nav_order", "order"
"""The keys of a front matter that say where a page stands among its neighbours (Hugo, Docusaurus, Just the Docs, VitePress)."""


def named(root: Path, nav: Iterable[object]) -> list[str]:
    """The source files of pages in the order that a list of the site has them; none where it has no list."""
    ours = [f"source/{one['page']}" for one in nav if isinstance(one, dict) and isinstance(one.get("page"), str)]
    return ours or summary(root) or mkdocs(root)


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
        return []


APPENDS = re.compile(r"^[ \t]*-?[ \t]*auto_append:", re.M)


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
        return (inputs.read(root, name) or b"").decode("utf-8").replace("\r\n", "\n")
    except (LockstepError, UnicodeDecodeError):
        return ""


def weight(data: Mapping[str, Any]) -> float | None:
    """What a front matter says of the place of its page."""
    for key in WEIGHTS:
        try:
            return float(str(data[key]))
        except (KeyError, ValueError):
            continue
    return None


def by_weight(weights: Mapping[str, float], slug: str) -> tuple[tuple[float, str], ...]:
    """How a page is sorted: each folder on the way to it by its page's weight, those without one last, then by name."""
    parts = slug.split("/") if slug else []
    ways = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return tuple((weights.get(way, float("inf")), way) for way in ways)
