"""Which of a site's folders are of another version of it, or kept from former days: `version-1.0`, `v2`, `docs.bak`, `backup/2019`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from pipeline.core import inputs
from pipeline.core.errors import LockstepError

NUMBER = re.compile(r"(?:v|ver|version|release|r)?[-_.]?\d+(?:[._]\w+)*(?:[-_.]?(?:x|alpha|beta|rc|lts|dev|pre)\w*)?")
"""A folder that is called by a version or a year."""
WORD_NUMBER = re.compile(r"v\d+(?:\.\w+)*|version\d*|\d+(?:\.(?:\d+|x))+|(?:19|20)\d\d")
"""A word of such a folder's name."""
FORMER = frozenset(
    [
        "old",
        "older",
        "bak",
        "back",
        "backup",
        "backups",
        "archive",
        "archives",
        "archived",
        "legacy",
        "deprecated",
        "obsolete",
        "orig",
        "outdated",
        "previous",
        "prev",
        "former",
        "attic",
        "trash",
        "tmp",
        "temp",
        "snapshot",
        "snapshots",
        "copy",
        "drafts",
        "draft",
        "wip",
        "unpublished",
        "unused",
        "next",
        "beta",
        "alpha",
        "nightly",
        "canary",
        "unreleased",
    ]
)
"""Words of the names of folders whose pages are not those of today."""


def marks(folder: str | PurePosixPath) -> tuple[str, ...]:
    """The parts of a path that say that it is of a version, or not of today; () for none."""
    return tuple(part for one in PurePosixPath(folder).parts if is_mark(part := one.lower()))


def is_mark(part: str) -> bool:
    words = [word for word in re.split(r"[-_ ~+]|\.(?!\d|x\b)", part) if word]
    return (
        part.endswith("~")
        or bool(NUMBER.fullmatch(part))
        or any(word in FORMER or WORD_NUMBER.fullmatch(word) for word in words)
    )


def homes(root: Path, folder: Path, sources: Mapping[str, str], roots: Iterable[tuple[str, str, str]]) -> list[str]:
    """The folders that a site's pages may have been copied from, the likeliest first: those with most files that are those of
    `source/`, byte for byte. `sources`: the pages by name; `roots`: paths, each with a folder that it may be below and its name there."""
    same = Counter(
        above
        for path, above, name in roots
        if name in sources and text(folder, path) == text(root, sources[name]) != b""
    )
    best = [one for one, count in same.items() if count == max(same.values())]
    return sorted(best, key=lambda one: (bool(marks(one)), len(one), one))


def text(root: Path, path: str) -> bytes:
    """What is in a file, however its lines end."""
    try:
        return (inputs.read(root, path) or b"").replace(b"\r\n", b"\n")
    except LockstepError:
        return b""


def near(folder: str, others: Sequence[str]) -> int:
    """How many steps of its path a folder shares with the one of some that shares most."""
    return max((shared(PurePosixPath(folder).parts, PurePosixPath(one).parts) for one in others), default=0)


def shared(one: Sequence[str], two: Sequence[str]) -> int:
    """How many parts two paths have in common from their beginning."""
    pairs = zip(one, two, strict=False)
    return next((at for at, (first, second) in enumerate(pairs) if first != second), min(len(one), len(two)))
