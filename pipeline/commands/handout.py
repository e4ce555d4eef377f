"""Handing out: a page as a paper, by the same decisions as its page, and a line in the ledger by which the site answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.build import rendering
from pipeline.changes.occurrences import stem
from pipeline.commands import build
from pipeline.content.content import Page
from pipeline.core import disk
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.locales import Locale
from pipeline.core.model import Output
from pipeline.project.project import Project
from pipeline.resolve.publication import Plan, unpublished
from pipeline.review import handouts
from pipeline.review.handouts import Handout
from pipeline.site import Site, handout, templates
from pipeline.site.handout import Look
from pipeline.site.pages import Edition

UNDATED = "2000-01-01"
"""What a PDF says of its day where its page says none: the same input gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: the file it is to have, its line of the ledger, whether that is a new one, and the day of the page's last change."""

    output: Output
    row: Handout
    new: bool
    day: str


def paper(project: Project, name: str, locale: str, look: Look) -> Paper:
    """A page as a paper in a language. Raises LockstepError where there is no such page or language, where the language is not
    published, and where the site cannot be built."""
    build.whole(project)
    page, spoken = page_of(project, name), locale_of(project, locale)
    english = project.settings.english
    if look.bilingual and spoken == english:
        raise LockstepError(
            "--bilingual sets the English beside a translation, and this is the English",
            todo="Leave it out, or name a language.",
        )
    site = site_of(project, spoken)
    if not site.papers:
        raise LockstepError(
            "there is no such template: templates/paper.html",
            todo="The site would not answer for this paper. Copy it from a new site: lockstep init DIR",
        )
    env = templates.environment(project.root / "templates")
    at = project.content.pages.index(page)
    edition = Edition(site, site.interfaces[spoken.name], env)
    original = Edition(site, site.interfaces[english.name], env) if look.bilingual else None
    output, row = handout.handout(edition, at, look, original, project.clock.day)
    if project.handouts.findings:
        found = project.handouts.findings[0]
        raise LockstepError(found.text, path=handouts.PATH, line=found.span.line)
    day = page.updated.isoformat() if page.updated else UNDATED
    return Paper(output, row, not project.handouts.has(row.id), day)


def handed(project: Project, made: Paper, body: bytes, target: Path) -> None:
    """Note the version, so that the site answers for it whatever becomes of its page, and write the paper."""
    if made.new:
        save(project.root, project.handouts, project.handouts.added([made.row]))
    disk.replace(target, body)


def page_of(project: Project, name: str) -> Page:
    """The page of a name: its source file, its address, or how either ends. Raises LockstepError where there is none or several."""
    said = name.strip().strip("/").removeprefix("source/").removesuffix(".md").removesuffix("/index.html")
    pages = project.content.pages
    exact = [page for page in pages if said in {page.slug, page.path.removeprefix("source/"), stem(page.path)}]
    found = exact or [page for page in pages if page.slug.endswith(f"/{said}")]
    if len(found) == 1:
        return found[0]
    some = ", ".join(page.path for page in (found or pages)[:12])
    what = f"several pages are called {name!r}" if found else f"there is no page {name!r}"
    raise LockstepError(what, todo=f"{'Say which' if found else 'There are'}: {some}")


def locale_of(project: Project, name: str) -> Locale:
    """The language of a name or tag, the source language among them. Raises LockstepError where the site has no such one."""
    for one in project.settings.by_name.values():
        if name in (one.name, one.tag):
            return one
    here = ", ".join(project.settings.by_name)
    raise LockstepError(f"no language of this site is called {name!r}", todo=f"It has: {here}.")


def site_of(project: Project, spoken: Locale) -> Site:
    """The site as one language and the English show it. Raises LockstepError where the language is not published."""
    english = project.settings.english
    if spoken != english:
        for found in unpublished(
            project.settings, project.content, project.table(spoken.name), project.accounts(spoken.name)
        ):
            raise LockstepError(
                f"{spoken.english} is withheld, on paper as on the site: {found.text}",
                path=found.span.path,
                todo="Hand out the English: --locale " + english.name,
            )
    every = frozenset(page.slug for page in project.content.pages)
    both = (english, spoken) if spoken != english else (english,)
    lets_out = Plan(both, frozenset(one.name for one in both), {one.name: every for one in both})
    return rendering.site(project, project.tables, lets_out)
