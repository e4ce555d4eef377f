"""What git's history tells of a site's catalogs and ledgers, asked once for each commit that is checked out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.catalog.po_entry import Previous
from pipeline.changes import unmarked
from pipeline.changes.astray import Astray
from pipeline.changes.unmarked import Mark, Marks
from pipeline.core import cache, disk, git, inputs
from pipeline.core.cache import Store
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Key, Level, Span
from pipeline.core.settings import Settings
from pipeline.project.history_reader import History, Reader, unseen

NO_HISTORY = History()


def read(settings: Settings, store: Store) -> History:
    """What git knows of a site's catalogs, asked once for each commit that is checked out; nothing where there is no git."""
    here = git.position(settings.root)
    if here is None:
        return NO_HISTORY
    paths = {settings.catalog_path(one): one.name for one in settings.locales}
    key = cache.digest(cache.program(), str(settings.root.resolve()), here, sorted(paths)) if store.folder else ""
    if here.commit and not here.merging and (kept := recalled(store.get("history", key))):
        return kept
    try:
        found = Reader(settings.root, paths, here).history()
    except LockstepError as problem:
        if "does not have any commits" in problem.what or "bad revision 'HEAD'" in problem.what:
            return NO_HISTORY
        return History(findings=(unseen(Level.INFO, problem.what),))
    if here.commit and not here.merging and store.folder:
        store.put("history", key, as_json(found))
    return found


def as_json(found: History) -> object:
    """A history as the store keeps it."""
    rows = [
        [
            path,
            *one.pair[0],
            one.pair[1],
            list(one.pair[2]),
            one.why,
            one.made_for and [*one.made_for.key, one.made_for.plural],
        ]
        for path, known in found.astray.items()
        for one in known
    ]
    said = [[int(one.level), one.text] for one in found.findings]
    lost = {path: list(lines) for path, lines in found.lost.items()}
    marks = {
        path: [[one.message, one.text, *one.made_for, one.pair] for one in some] for path, some in found.marks.items()
    }
    return {"astray": rows, "findings": said, "lost": lost, "marks": marks, "heads": dict(found.heads)}


def recalled(found: Any) -> History | None:
    """A history from the store; None where there is none."""
    try:
        every: dict[str, tuple[Astray, ...]] = {}
        for path, context, msgid, plural, strings, why, was in found["astray"]:
            made_for = Previous(Key(was[0], was[1] + ""), was[2]) if was else None
            one = Astray((Key(context, msgid + ""), plural, tuple(strings)), made_for, why + "")
            every[path] = (*every.get(path, ()), one)
        said = (Finding("history", Level(level), text + "", Span("locale", 1)) for level, text in found["findings"])
        lost = {path: tuple(line + "" for line in lines) for path, lines in found["lost"].items()}
        marks = {
            path: tuple(
                Mark(message + "", text + "", Key(context, msgid + ""), pair + "")
                for message, text, context, msgid, pair in some
            )
            for path, some in found["marks"].items()
        }
        heads = {path: digest + "" for path, digest in found["heads"].items()}
        return History(every, tuple(said), lost, marks, heads)
    except (TypeError, ValueError, LookupError, AttributeError):
        return None


def uncommitted(root: Path, found: History) -> Iterator[tuple[str, Marks]]:
    """The texts that came to stand under another English since the commit that is checked out, by the path of their catalog."""
    bodies = {path: inputs.read(root, path) or b"" for path in found.heads}
    changed = [path for path, body in bodies.items() if body and disk.digest(body) != found.heads[path]]
    for path, before in zip(changed, git.versions(root, [f"HEAD:./{path}" for path in changed]), strict=True):
        if before and (some := (*unmarked.came(path, bodies[path], before),)):
            yield path, some
