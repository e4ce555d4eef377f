"""What Lockstep ships for sites: templates that a site's own may extend, and the texts of these in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.core import disk

PREFIX = "lockstep/"
"""What stands before the name of a template of ours where a site's names it: `{% extends "lockstep/page.html" %}`."""
USED = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']lockstep/([\w.-]+)["']""")


@cache
def home() -> Path:
    """The folder that holds the templates and interface translations we ship: in an installed package, or this repository."""
    inside = Path(__file__).parents[1] / "catalog" / "starter"
    return inside if inside.is_dir() else Path(__file__).parents[2]


def template(name: str) -> str | None:
    """A template of ours, None where there is none of this name."""
    if "/" in name or "\\" in name or not name.endswith(".html"):
        return None
    body = disk.read(home() / "templates" / name)
    return None if body is None else body.decode().replace("\r\n", "\n")


def inherited(text: str) -> Iterator[tuple[str, str]]:
    """The templates of ours that a template takes in, and those that they do, each once: its name and its text."""
    seen: list[str] = []
    waiting = [text]
    for one in waiting:
        for name in USED.findall(one):
            if name not in seen and (found := template(name)) is not None:
                seen.append(name)
                waiting.append(found)
                yield name, found
