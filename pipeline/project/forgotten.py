"""What no file tells any more, as git has it: the commit that the last extraction was written in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.catalog import Catalog, po_file
from pipeline.changes.doubtful import Record
from pipeline.changes.edit_log import LOG_PATH
from pipeline.changes.occurrences import OCCURRENCES_PATH
from pipeline.core import git, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.settings import TEMPLATE_PATH, Settings


def catalogs(settings: Settings) -> Iterator[Catalog]:
    """The template and the catalogs of that commit, one after the other; none without git.

    They tell what is past, and git tells it the same whenever it is asked: no answer of an earlier run grows old by it.
    """
    paths = [TEMPLATE_PATH, *(settings.catalog_path(locale) for locale in settings.locales)]
    return (found for path in paths if (found := catalog(settings.root, path)))


def catalog(root: Path, path: str) -> Catalog | None:
    """A catalog of that commit; None where git has none, or the places of today are not those of the commit."""
    return next(since(root, path), None)


MOST = 10
"""How many later commits that changed a catalog are read, the newest: each has all of it, so one before the words were replaced is
enough."""


def since(root: Path, path: str) -> Iterator[Catalog]:
    """A catalog of that commit, and as each later commit left it that changed it; none where git has none, or the places of today
    are not those of the commit."""
    try:
        last = git.run(root, "log", "-1", "--format=%H", "--", OCCURRENCES_PATH)
        name = "" if last.code else last.out.decode().strip()
        if not name:
            return
        places, body = git.versions(root, [f"{name}:./{OCCURRENCES_PATH}", f"{name}:./{path}"])
        if not body or places != inputs.read(root, OCCURRENCES_PATH):
            return
        yield po_file.parse(path, body)
        later = git.run(root, "log", f"-{MOST}", "--format=%H", f"{name}..HEAD", "--", path).out.decode().split()
        bodies = git.versions(root, [f"{one}:./{path}" for one in later])
        yield from (po_file.parse(path, found) for found in bodies if found)
    except LockstepError:
        return


RECORDS = 4
"""How many commits that changed where messages stand are compared with one another: a damaged record lives until the next update."""


def records(root: Path) -> list[Record]:
    """Where messages stood and what was edited, in the folder, and as the newest commits of its branch left it; nothing of these
    without git."""
    found = [Record(inputs.read(root, OCCURRENCES_PATH) or b"", inputs.read(root, LOG_PATH) or b"")]
    try:
        words = ("log", f"-{RECORDS}", "--first-parent", "--format=%H")
        names = git.run(root, *words, "--", OCCURRENCES_PATH).out.decode().split()
        asked = [f"{name}:./{path}" for name in names for path in (OCCURRENCES_PATH, LOG_PATH)]
        bodies = [body or b"" for body in git.versions(root, asked)]
    except LockstepError:
        return found
    return found + [Record(*both) for both in zip(bodies[::2], bodies[1::2], strict=True)]
