"""What a translator finds new since their last visit: edited and new texts gravest first, answers, and what still waits.

Nobody's visits are written down. A visit is a commit that put a translation into the language's catalog: whoever translates leaves one
in git anyway, several people are told apart by its author, and a machine says `since`. `update`, which fills in nothing, is no visit.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.catalog import Entry, po_file
from pipeline.catalog.po_entry import string_line
from pipeline.commands import questions
from pipeline.core import git
from pipeline.core.errors import LockstepError
from pipeline.core.model import Key, Span, ident
from pipeline.project.project import Project
from pipeline.resolve import worklist
from pipeline.resolve.addresses import pages_in
from pipeline.resolve.worklist import Task
from pipeline.site import contents, status
from pipeline.site.brief import Brief, Item

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Entries = Mapping[Key, Entry]


class Visit(NamedTuple):
    """When somebody was last here: the day, the commit ("" where it is only a day), how that is known, and the catalog as it was
    then (None where git has none)."""

    day: str = ""
    commit: str = ""
    how: str = ""
    then: Entries | None = None


def brief(project: Project, locale: str, since: str = "", by: str = "") -> Brief:
    """What is new in a language since a day or a commit, by default since its last translator (or `by`) was here."""
    settings = project.settings
    spoken, path = settings.by_name[locale], settings.catalog_path(settings.by_name[locale])
    visit = visit_of(project, path, since, by)
    covered = next(found for found in project.coverage if found.locale == locale)
    published = all(one.code != "not-published" for one in covered.findings)
    now, about = project.catalogs[locale].live(), questions.about(project)
    placed = pages_in(project.content, project.table(locale), project.slugs, settings.slugs)
    hrefs = {path: page.href for path, page in placed.items()}
    folder = f"{settings.url}/{spoken.tag}/" if settings.url and published else ""

    def item(row: Task) -> Item:
        entry, file = now.get(row.message.key), row.message.span.path
        place = str(Span(path, string_line(entry))) if entry else path
        page = f"{folder}{hrefs[file]}{status.section(row)}" if folder and file in hrefs else ""
        told = tuple(line for one in about.get(ident(row.message.key), ()) for line in questions.spoken(one))
        return Item(row, ident(row.message.key), place, page, contents.edited(settings, path), told)

    rows = worklist.rows([covered], project.blocks)
    new, rest = [row for row in rows if is_new(row, visit)], [row for row in rows if not is_new(row, visit)]
    return Brief(
        settings.project,
        spoken,
        settings.url,
        project.clock.stamp,
        visit.day,
        visit.how,
        tuple(map(item, new)),
        tuple(map(item, rest)),
        tuple(answered(project, locale, visit.day)),
    )


def is_new(row: Task, visit: Visit) -> bool:
    """Whether a text waits since the visit: it was not in the catalog then, or nothing had to be done about it; where git does not tell,
    by the day of its edit."""
    if visit.then is not None:
        entry = visit.then.get(row.message.key)
        return entry is None or (not entry.fuzzy and all(entry.strings))
    return not visit.day or row.change is None or not row.change.since or row.change.since >= visit.day


def answered(project: Project, locale: str, day: str) -> Iterator[str]:
    """What was answered since a day, whoever asked, and what was asked for this language and is still open."""
    for one in project.questions.every:
        where = f"{one.asked.page.removeprefix('source/')}#{one.asked.block}"
        if any(row.date[:10] >= day for row in one.answers) or (not one.answers and one.asked.locale == locale):
            state = "" if one.answers else " (not answered yet)"
            yield f"{where}: " + " ".join(questions.spoken(one)) + state


def visit_of(project: Project, path: str, since: str, by: str) -> Visit:
    """When somebody was last here. Raises LockstepError for a day or commit that is none."""
    root = project.root
    if DAY.fullmatch(since):
        try:
            datetime.date.fromisoformat(since)
        except ValueError as problem:
            raise LockstepError(f"{since!r} is no day", todo="Write it as 2026-01-31.") from problem
        body = git.as_of(root, path, since)
        return Visit(since, "", f"since {since}", live(body))
    if git.position(root) is None:
        if since or by:
            what = f"there is no git history here to find {since or by!r} in"
            raise LockstepError(what, todo="Give a day: --since 2026-01-31.")
        return Visit(how="all that waits: there is no git history to tell a last visit from")
    if since:
        name, when = git.commit_of(root, since)
        if not name:
            raise LockstepError(f"git knows no commit {since!r}", todo="Give a commit, or a day: --since 2026-01-31.")
        return Visit(
            day_of(when), name, f"since commit {name[:9]}", live(next(git.versions(root, [f"{name}:./{path}"])), {})
        )
    for name, when, people in visits(project, path):
        if not by or any(by.casefold() in f"{who} <{address}>".casefold() for who, address in people):
            told = f"since the last visit, {name[:9]} by {people[0][0]}"
            return Visit(day_of(when), name, told, live(next(git.versions(root, [f"{name}:./{path}"])), {}))
    return Visit(how=f"all that waits: git has no commit in which {by or 'anybody'} translated")


def visits(project: Project, path: str) -> Iterator[tuple[str, int, tuple[tuple[str, str], ...]]]:
    """The commits that put a translation into a catalog, newest first, each with its time and its people."""
    root = project.root
    for one in git.changes(root, path):
        names = [f"{name}:./{path}" for name in (one.name, *one.parents)]
        after, *before = git.versions(root, names)
        had = [said(body) for body in before]
        if len(one.parents) < 2 and said(after) - set().union(*had):
            yield one.name, git.commit_of(root, one.name)[1], one.people


def said(body: bytes | None) -> set[tuple[Key, tuple[str, ...]]]:
    """The translations of a catalog that are no drafts."""
    found = (live(body) or {}).items()
    return {(key, entry.strings) for key, entry in found if all(entry.strings) and not entry.fuzzy}


def live(body: bytes | None, nothing: Entries | None = None) -> Entries | None:
    """The entries of a catalog by key; `nothing` where there is none."""
    return nothing if body is None else po_file.parse("", body).live()


def day_of(when: int) -> str:
    return datetime.datetime.fromtimestamp(when, datetime.UTC).date().isoformat()
