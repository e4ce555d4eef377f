"""Adopting: the catalogs that a site had with another tool become ours, every translation accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.adoption import foreign
from pipeline.adoption.accounts import Adopted
from pipeline.adoption.filled import adopted
from pipeline.adoption.foreign import Foreign
from pipeline.adoption.headers import headed
from pipeline.adoption.site import Site
from pipeline.catalog import Catalog, po_file
from pipeline.changes import Log
from pipeline.changes.edit_log import Edit
from pipeline.commands import set_aside
from pipeline.commands.update import update
from pipeline.content import marks
from pipeline.content.files import words
from pipeline.core import disk, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Level, Span
from pipeline.project.project import Project

MOST = inputs.MOST[".po"]


@dataclass(frozen=True, slots=True)
class Source:
    """A catalog of another tool: where it is, of which locale of the site, which tool extracted it, what is in it."""

    path: str
    locale: str
    tool: str
    catalog: Catalog

    @property
    def translations(self) -> tuple[Foreign, ...]:
        return foreign.read(self.catalog, self.path, self.tool, self.locale)


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was found: the catalogs, what became of their translations by language, what is wrong, the files written, and whether
    something of ours could not be brought into step."""

    sources: tuple[Source, ...]
    languages: tuple[Adopted, ...]
    findings: tuple[Finding, ...]
    written: tuple[str, ...] = ()
    failed: bool = False


def adopt(
    project: Project, paths: Sequence[Path], locale: str = "", tool: str = "", *, write: bool = False
) -> Adoption:
    """Account for every translation of the catalogs at `paths` (files, or folders with some); `write` puts them into ours, in the
    same breath as an update brings these into step. Raises LockstepError where there is nothing to read."""
    found, wrong = sources(project, paths, locale, tool)
    project = set_aside.new_pages(project)
    site = site_of(project) if found else Site(())
    names = dict.fromkeys(one.locale for one in found)
    taking = [Taking(project, site, name, [one for one in found if one.locale == name]) for name in names]
    written: list[str] = []
    more: list[Finding] = []
    if write and taking:
        written, more = update(project, *taking)
    elif taking:
        with disk.rehearsed():
            more = update(project, *taking)[1]
    made = tuple(one.said for one in taking if one.said)
    failed = any(finding.level is Level.ERROR for finding in more)
    return Adoption(found, made, (*wrong, *more), tuple(dict.fromkeys(written)), failed)


@dataclass
class Taking:
    """The catalogs of one language that are taken over, on their way into ours (see `update.Bringing`); `said` is what became of
    their translations."""

    project: Project
    site: Site
    locale: str
    theirs: Sequence[Source]
    said: Adopted | None = None
    edits: tuple[Edit, ...] = ()

    def into(self, found: Catalog, log: Log) -> Catalog:
        """A catalog that is in step with the English, with what is in theirs."""
        rules = [rule for one in self.theirs if (rule := one.catalog.metadata("Plural-Forms"))]
        every = [entry for one in self.theirs for entry in one.translations]
        names = self.project.terms[0].words
        new, self.said = adopted(self.site, every, found, self.locale, names, rules[0] if rules else "")
        headers = [one.catalog.header for one in self.theirs if one.catalog.header and one.catalog.path != found.path]
        return replace(new, header=headed(new.header, headers))

    def before(self) -> Iterator[str]:
        """Nobody knows who made the texts, so that no ledger says so."""
        yield from ()


def site_of(project: Project) -> Site:
    """The messages and pages of a site."""
    keys = [
        key
        for one in project.settings.mappings
        if one.method == "lockstep-markdown"
        for key in words(one.options.get("keys", ""))
    ]
    names = (*project.content.by_path, *project.content.drafts)
    texts = {name: (inputs.read(project.root, name) or b"").decode(errors="replace") for name in names}
    return Site(project.content.whole(project.apart), texts, marks.of(project.settings), tuple(dict.fromkeys(keys)))


# The catalogs of other tools --------------------------------------------------------------------------------------------


def sources(
    project: Project, paths: Sequence[Path], locale: str, tool: str
) -> tuple[tuple[Source, ...], list[Finding]]:
    """The catalogs at some paths that are of a language of the site, and what is wrong with them and the others."""
    found, wrong = [], []
    for path in catalogs_at(paths):
        name = path.as_posix()
        try:
            body = inputs.plain(str(path), name, MOST)
        except LockstepError as problem:
            wrong.append(Finding("catalog", Level.ERROR, f"{problem.what}. {problem.todo}", Span(name, 1)))
            continue
        catalog = po_file.parse(ours(project, path) or name, body or b"")
        own, why = (locale, "") if locale else foreign.language(catalog, path, project.settings.locales)
        if why:
            todo = "Say which with --locale, or add the language to the site: lockstep add. Nothing of this file is taken over."
            wrong.append(Finding("catalog", Level.ERROR, f"{why[0].upper()}{why[1:]}. {todo}", Span(name, 1)))
            continue
        wrong += unread(catalog, name, own)
        found.append(Source(name, own, tool or foreign.tool_of(catalog), catalog))
    return tuple(found), wrong


def ours(project: Project, path: Path) -> str:
    """The path of a catalog of the site itself, "" for any other file."""
    try:
        name = path.resolve().relative_to(project.root.resolve()).as_posix()
    except ValueError:
        return ""
    return name if name in {project.settings.catalog_path(one) for one in project.settings.locales} else ""


def unread(catalog: Catalog, name: str, locale: str) -> Iterator[Finding]:
    """The entries of a catalog that cannot be read: what is in them is not taken over."""
    for problem in catalog.problems:
        if problem.fatal:
            text = f"{problem.what}. {problem.todo} What is in this entry is not taken over."
            yield Finding("catalog", Level.ERROR, text, Span(name, problem.line), locale)


def catalogs_at(paths: Sequence[Path]) -> list[Path]:
    """The PO files that are meant. Raises LockstepError where there are none."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*.po") if one.is_file())
            if not inside:
                raise LockstepError(
                    "no catalog (*.po) is in this folder", path=path, todo="Name the files, or their folder."
                )
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise LockstepError("there is no such file", path=path, todo="Name catalogs (*.po), or a folder with some.")
    return list(dict.fromkeys(found))
