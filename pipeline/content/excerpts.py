"""Where a file that is included may stand, and which of its lines: a range, a section (PyMdown), a part between anchors (mdBook), a region (VitePress)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.content.files import decoded

FOLDER = "includes"
"""Where what is included may stand, beside `source/`."""
SECTION = re.compile(
    r"(?<!;)(?P<escape>;*)(?<!-)-+8<-+[ \t]+\[[ \t]*(?P<what>start|end)[ \t]*:[ \t]*(?P<name>[a-z][-\w]*)[ \t]*\]", re.I
)
ANCHOR = re.compile(r"ANCHOR(?P<end>_END)?:[ \t]*(?P<name>[\w-]+)")
HELD = 8
"""How many files are held that were included last."""


@lru_cache(maxsize=HELD)
def lines_of(body: bytes, path: str) -> Sequence[str]:
    """The lines of a file. Raises LockstepError."""
    text = decoded(body, path).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []


def ways(base: str, name: str) -> Iterator[str]:
    """Where a file of this name may stand, from a folder: in `source/`, in `includes/`."""
    if not name or name.startswith(("/", "\\", "~")) or "\0" in name or re.match(r"[a-z]:", name, re.I):
        return
    path = posixpath.normpath(posixpath.join(base, name.replace("\\", "/")))
    while path.startswith("../"):
        path = path[3:]
    if path in {".", ".."}:
        return
    if path.startswith(("source/", f"{FOLDER}/")):
        yield path
    if not path.startswith(("source/", f"{FOLDER}/")):
        yield f"{FOLDER}/{path}"


def marks(line: str) -> bool:
    """Whether a line only says where a part of its file begins or ends."""
    return ("8<-" in line and SECTION.search(line) is not None) or (
        "ANCHOR" in line and ANCHOR.search(line) is not None
    )


def ranged(said: str, count: int, *, single: bool) -> range:
    """The places of some lines: `2:10`, `2:`, `:10`; of `2` alone that one, or all from it on (PyMdown)."""
    first, colon, last = said.partition(":")
    start = max(int(first[:9]) - 1, 0) if first else 0
    if not colon and first:
        return range(start, min(start + 1, count) if single else count)
    return range(start, min(int(last[:9]), count) if last else count)


def section_of(lines: Sequence[str], name: str) -> Iterator[int]:
    """The places of the lines of a section as PyMdown marks it."""
    begun = False
    for at, line in enumerate(lines):
        found = SECTION.search(line) if "8<-" in line else None
        if found and not found["escape"]:
            if found["name"] == name and (found["what"].lower() == "end" or begun):
                if begun and found["what"].lower() == "end":
                    return
            elif found["name"] == name:
                begun = True
        elif begun:
            yield at


def anchored(lines: Sequence[str], name: str) -> Iterator[int]:
    """The places of the lines of a part as mdBook marks it."""
    begun = False
    for at, line in enumerate(lines):
        found = ANCHOR.search(line) if "ANCHOR" in line else None
        if found and found["name"] == name:
            if found["end"] and begun:
                return
            begun = begun or not found["end"]
        elif begun and not found:
            yield at


REGION = re.compile(r"#(?P<end>end)?region\b[ \t]*(?P<name>[\w-]*)")


def region_of(lines: Sequence[str], name: str) -> Iterator[int]:
    """The places of the lines of a region as editors mark it (`// #region name`), and VitePress reads it."""
    depth = 0
    for at, line in enumerate(lines):
        found = REGION.search(line) if "region" in line else None
        if found and found["end"] and depth:
            depth -= 1
            if not depth:
                return
        elif found and not found["end"] and (depth or found["name"] == name):
            depth += 1
        elif depth:
            yield at
