"""The addresses that pages had with other tools (Hugo, Jekyll, Docusaurus), as their front matter says them: each leads to its page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.content import front_matter
from pipeline.content.files import decoded
from pipeline.core.errors import LockstepError

SAID = re.compile(rb"^[\"']?(?:permalink|slug|id|url|aliases|redirect_from)[\"']?[ \t]*[:=]", re.M)
"""What a front matter has that says an address."""

NAMED = re.compile(r"(?=.*[A-Za-z])[\w.-]+")
"""What an `id` is by which Docusaurus names a page in addresses; a number is one of something else."""
ROOTED = frozenset(["permalink", "url", "redirect_from"])
"""The keys whose addresses are told from the root of the site without a slash, too (Jekyll, Eleventy, Hugo)."""
FIRST = "index.html"
"""Where the first page of a site stands."""


NUMBERED = re.compile(r"(?:(?<=/)|\A)(?!(?:\d{2}|\d{4})[-_.]\d{2}|\d+[-_.]\d)\d+\s*[-_.]+\s*(?=[^-_.\s/])")
"""How Docusaurus has the names of files and folders begin that are no dates and no versions; no address has it there."""


def told(path: str, body: bytes, reads: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The addresses of one page as its front matter says them, each as a path below the site's (`launch/`, `old.html`), with its line;
    none where it cannot be read."""
    yield from ((one, line) for one, line in said(path.removeprefix("source/"), fields(path, body, reads)) if one)


def fields(path: str, body: bytes, reads: frozenset[str]) -> Mapping[str, Any]:
    """The values of a front matter that says an address; nothing where none is said, or it cannot be read."""
    if not SAID.search(body):
        return {}
    with suppress(LockstepError):
        return front_matter.split(path, decoded(body, path).replace("\r\n", "\n"), reads)[0]
    return {}


def located(name: str) -> str:
    """The address of a page of Docusaurus by its file, without the ending: the page of a folder is called `index`, `README` or as the folder is."""
    folder, _, last = name.rpartition("/")
    of_folder = last.lower() in {"index", "readme"} or last == posixpath.basename(folder)
    return f"/{folder}/" if of_folder else f"/{folder}/{last}/"


def said(path: str, data: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The addresses that a front matter has, each with its line, without those that a tool would make from a pattern (`/:title/`)."""
    folder = posixpath.dirname(path.removeprefix("source/"))
    for key in ("permalink", "url", "slug", "id", "aliases", "redirect_from"):
        values = data.get(key, ())
        for value in [values] if isinstance(values, str) else values if isinstance(values, (list, tuple)) else ():
            if key == "id" and not (isinstance(value, str) and NAMED.fullmatch(value)):
                continue
            if isinstance(value, str) and not re.search(r"(?:^|/):\w", value):
                try:
                    there = unquote(urlsplit(value.strip()).path)
                except ValueError:
                    continue
                address = clean(there if key in ROOTED or there.startswith("/") else f"{folder}/{there}")
                yield address, getattr(value, "line", 1)


def clean(address: str) -> str:
    """An address as a path: `launch/` for a folder, `old.html` for a file, `index.html` for the first page; "" for one that leaves the site, or is no text."""
    inner = posixpath.normpath(f"/{address}".replace("//", "/")).strip("/").removesuffix("index.html").rstrip("/")
    if not inner:
        return FIRST
    if ".." in inner.split("/") or re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", inner):
        return ""
    return inner if re.search(r"\.x?html?$", inner) else f"{inner}/"
