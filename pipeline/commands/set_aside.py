"""New pages that cannot be read are set aside: one page's error holds back that page, and not the catalogs of all others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.changes import occurrences
from pipeline.content.files import files
from pipeline.core import inputs
from pipeline.core.model import Finding
from pipeline.core.options import FORMATS
from pipeline.project.project import Project


def new_pages(project: Project) -> Project:
    """The site without the pages that cannot be read and that no extraction knew. It is the site as it is where another file cannot
    be read, a page that a plug-in reads (which may fail on all of them), or one that has translations, which would seem to be gone (under its own name,
    or, where a page is missing, under the new one): then nothing is to be written."""
    if project.apart or project.extracted is not None or not (wrong := project.content.amiss()):
        return project
    methods = {path: mapping.method for path, mapping in files(project.settings)}
    pages = {path for path in project.content.links.pages if methods.get(path) in FORMATS}
    told = occurrences.before(project.root, project.template, ())
    known = {PurePosixPath(path).with_suffix("") for path in told}
    if any(path.startswith("source/") and inputs.read(project.root, path) is None for path in told):
        return project  # it may be the one that cannot be read, under another name
    held: dict[str, tuple[Finding, ...]] = {}
    for finding in wrong:
        path = finding.span.path
        if not (path in pages or finding.code == "unread-page") or PurePosixPath(path).with_suffix("") in known:
            return project
        held[path] = (*held.get(path, ()), finding)
    return project if project.content.links.pages.keys() <= held.keys() else replace(project, apart=held)
