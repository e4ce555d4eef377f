"""Catalogs that were emptied: no translation is in them, and there were some. Nothing is written to them, so that somebody notices."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.catalog import Catalog, po_file
from pipeline.changes import occurrences
from pipeline.core import git, inputs
from pipeline.core.model import Finding, Level, Span
from pipeline.project.project import Project
from pipeline.review import reviews

TODO = "Restore it from git, or delete the file to begin anew. `update` writes nothing to it."


def since(project: Project, catalogs: Mapping[str, Catalog]) -> dict[str, Finding]:
    """The errors, by language, that a catalog without a translation had some at the last update or commit: as its language's
    ledger tells, or git; or that nothing at all is in the file though the site was updated before. Whoever deletes the file
    begins anew.
    """
    bare = {
        name: found for name, found in catalogs.items() if not (found.body is None or found.broken or has_any(found))
    }
    if not bare:
        return {}
    updated = inputs.read(project.root, occurrences.OCCURRENCES_PATH) is not None
    what = {name: "is empty" for name, found in bare.items() if found.header is None and updated}
    for name in bare.keys() - what.keys():
        if reviews.load(project.root, name, project.clock.day).rows:
            what[name] = "had translations and has none now"
    what |= committed(project, {name: found for name, found in bare.items() if name not in what})
    return {
        name: Finding("catalog", Level.ERROR, f"This catalog {what[name]}. {TODO}", Span(found.path, 1), name)
        for name, found in bare.items()
        if name in what
    }


def has_any(found: Catalog) -> bool:
    """Whether something in a catalog is translated, be it obsolete."""
    return any(entry.translated for entry in found.entries)


def committed(project: Project, bare: Mapping[str, Catalog]) -> dict[str, str]:
    """What is said of the catalogs that have translations in the commit that is checked out."""
    if not bare or git.position(project.root) is None:
        return {}
    bodies = git.versions(project.root, [f"HEAD:./{found.path}" for found in bare.values()])
    return {
        name: "has translations in git and none now"
        for (name, found), body in zip(bare.items(), bodies, strict=True)
        if body and body != found.body and has_any(po_file.parse(found.path, body))
    }
