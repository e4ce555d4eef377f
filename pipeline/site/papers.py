"""What became of a paper: for every version of a page a small page of its own, `v/<id>/`, that says in the reader's language whether
a paper of that version is current, superseded, recalled, or of a page that is there no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from pipeline.site.speech import Said

TEMPLATE = "paper.html"


class Standing(StrEnum):
    """What became of a paper."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    RECALLED = "recalled"
    GONE = "gone"


class Fate(NamedTuple):
    """What became of a paper. `changed`: the texts of its page that it did not have, each under the name of its block; `others`:
    it has texts that its page has no more, or what changed is no text."""

    standing: Standing
    changed: Sequence[tuple[str, Said]] = ()
    others: bool = False


def file_of(version: str) -> str:
    """Where the answer about a version stands."""
    return f"v/{version}/index.html"
