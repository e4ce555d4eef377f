"""The pages of every language, made in this process or in several, or taken as an earlier run left them: the same values whoever does it."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from pipeline.build.deciding import Decided, Desk, Hands, is_large
from pipeline.build.editions import BODY, Editions, Made, Sheet, Told, Volume, again, keep, sheet
from pipeline.build.page_keys import PageKeys, titled
from pipeline.checks import glossary
from pipeline.core import pickled
from pipeline.core.cache import digest, program
from pipeline.core.crew import Task
from pipeline.project.project import Project
from pipeline.resolve import Table
from pipeline.resolve.publication import Plan, plan
from pipeline.site import Site, hosts, manifest, search
from pipeline.site.pages import Edition
from pipeline.site.site import PageView
from pipeline.site.standing import Before

CHUNK = 16
"""Pages that are rendered as one task."""


class Stretch(NamedTuple):
    """Pages of one language, from one place in the reading order to another."""

    name: str
    start: int
    stop: int


def planned(project: Project, decided: Mapping[str, Decided]) -> Plan:
    """What is let out of every language."""
    standings = {name: one.standing for name, one in decided.items() if one.standing}
    return plan(project.settings, project.content, standings, project.slugs)


def site(
    project: Project,
    shared: Mapping[str, Table],
    lets_out: Plan,
    named: dict[str, Mapping[int, str]] | None = None,
) -> Site:
    """What pages are made from; tables of one's own stand in for the shared ones. `named`: the names of blocks that are known."""
    known, pages = {} if named is None else named, project.page_digests
    return Site(
        project.settings,
        project.content,
        shared,
        project.chains,
        project.rules,
        lets_out,
        known,
        pages,
        project.declared,
        project.official,
        kept(project),
        hashed(project),
    )


def hashed(project: Project) -> dict[str, str]:
    """The files that stand under a name of what is in them, by the one that templates write."""
    return {name: one.path for name, one in project.hashed.items()}


def kept(project: Project) -> dict[str, str]:
    """The names that no machine is to translate, as a pattern, by locale name."""
    return {name: glossary.kept(project.terms[0], name) for name in project.settings.by_name}


def share(desk: Desk, shared: Mapping[str, Table], lets_out: Plan, around: Mapping[str, str]) -> None:
    """Tell a process what every language shows where it is not in pages, what is let out, and what its pages are made from."""
    english = desk.project.settings.english.name
    desk.shared, desk.plan, desk.around = {**shared, english: desk.project.table(english)}, lets_out, around
    if is_large(desk.project):
        desk.project.close_but(())
        gc.collect()
        gc.freeze()  # what all languages share is not looked through again after each of them


def around(project: Project, decided: Mapping[str, Decided], name: str) -> str:
    """A digest of what all pages of a language are made from besides what they show of themselves and each other; "" where
    nothing is kept."""
    before, content = project.before, project.content
    if before is None:
        return ""
    data = [(document.path, content.digests[document.path]) for document in content.data]
    spoken = dict.fromkeys((*project.settings.by_name[name].chain, project.settings.english.name))
    marks = [(one, decided[one].mark) for one in spoken if one in decided]
    official, names = pickled.digest(project.official.notices), kept(project)
    told = [names.get(one, "") for one in (name, *spoken)]
    files = (
        before.files.get("templates"),
        sorted(hashed(project).items()),
    )  # a page's words may decide on names of images
    return digest(program(), name, before.settled, files, data, marks, official, told)


def render(desk: Desk, name: str, start: int, stop: int) -> list[Made] | Sheet:
    """Some pages of one language, from one place in the reading order to another; as one where all of them stand in `dist/`."""
    project = desk.project
    if desk.edition is None or desk.edition.locale.name != name:
        assert desk.plan is not None
        done(desk)
        made = site(project, {**desk.shared, name: desk.table(name)}, desk.plan, desk.named)
        desk.env = desk.env or made.env
        desk.edition = Edition(made, made.interfaces[name], desk.env)
        desk.keys = keys(desk, desk.edition)
    keys_, before = desk.keys, desk.before
    seal = keys_.sheet(start, stop) if keys_ and before else ""
    if keys_ and before and seal and (known := standing_sheet(keys_, before, name, start, seal)):
        return known
    found = [page(desk.edition, at, keys_, before) for at in range(start, stop)]
    if keys_ and seal and (one := sheet(found)):
        keys_.before.book("sheets", name).put(seal, one)
    return found


def standing_sheet(keys: PageKeys, before: Before, name: str, start: int, seal: str) -> Sheet | None:
    """Some pages as they stand in `dist/`, if an earlier run made all of them and nothing became of one; what is kept of each stays."""
    found, book = keys.before.book("sheets", name).get(seal, Sheet), keys.before.book("pages", name)
    if found is None or not before.holds(found.files):
        return None
    for at, key in enumerate(found.keys, start):
        for one in (keys.alias(at), key, key + BODY):
            book.hold(one)
    return found


def keys(desk: Desk, edition: Edition) -> PageKeys | None:
    """What the pages of an edition are found by; None where nothing is kept."""
    project, name = desk.project, edition.locale.name
    if project.before is None:
        return None
    title = desk.titled.get(name) or titled(project, edition.table)
    rested = desk.rested.get(name) or project.keyed.get(name, {})
    source = project.keyed.get(project.settings.english.name, {})
    return PageKeys(project, project.before, edition, desk.around[name], title, rested, source)


def done(desk: Desk) -> None:
    """Let go of the edition that a process was last at, and keep its pages."""
    name = desk.edition.locale.name if desk.edition else ""
    desk.edition = desk.keys = None
    if name and is_large(desk.project):
        if name in desk.project.catalogs:
            desk.project.forget(name)
            desk.project.close_but(())
        gc.collect(
            1
        )  # a template and the edition that it prints know each other, so neither goes by itself; both are young
    if before := desk.project.before:
        before.save("pages", "sheets")


def page(edition: Edition, at: int, keys: PageKeys | None = None, before: Before | None = None) -> Made:
    """One page, and what its manifest says of it; as an earlier run made it, where that is made from the same."""
    book = keys.before.book("pages", edition.locale.name) if keys else None
    alias = keys.alias(at) if keys else ""
    if book and alias and (key := book.get(alias, str)) and (known := again(book, key, before)):
        return known
    view, beside = edition.view(at), edition.around(at)
    key = keys.key(at, view, beside) if keys else ""
    known = again(book, key, before) if book else None
    made = known or made_anew(edition, at, view, beside, key)
    if book and made.key:
        if not known:
            keep(book, made)
        if alias:
            book.put(alias, key)
    return made


def made_anew(edition: Edition, at: int, view: PageView, beside: Mapping[str, Any], key: str) -> Made:
    """A page that no earlier run made."""
    found = edition.page(at, view, beside)
    entry = manifest.said_of(edition.site, found)
    body, settings = found.output.body, edition.site.settings
    asks = settings.host and edition.locale.name == settings.english.name
    return Made(
        found.output,
        hashlib.sha256(body).hexdigest(),
        entry,
        found.printed,
        key if found.pure else "",
        found.paper,
        search.rows(edition.site, found),
        frozenset(hosts.needs(body)) if asks else None,
    )


def editions(
    project: Project,
    decided: Mapping[str, Decided],
    lets_out: Plan,
    told: Told | None = None,
    before: Before | None = None,
) -> Editions:
    """What an earlier run may have made of each language that is published."""
    sealed = {one.name: around(project, decided, one.name) for one in lets_out.languages}
    return Editions(project, sealed, lets_out, told or {}, before)


def rendered(
    project: Project,
    found: Hands,
    decided: Mapping[str, Decided],
    knows: Mapping[str, int],
    lets_out: Plan,
    some: Sequence[Stretch] | None = None,
) -> Iterator[Made]:
    """Every page of every published language, or of some stretches of them, in no order that means anything."""
    known = editions(project, decided, lets_out)
    for one in volumes(project, found, decided, knows, known, some):
        assert isinstance(one, Made)  # nothing stands anywhere that pages could be taken from
        yield one


def volumes(
    project: Project,
    found: Hands,
    decided: Mapping[str, Decided],
    knows: Mapping[str, int],
    known: Editions,
    some: Sequence[Stretch] | None = None,
) -> Iterator[Made | Sheet | Volume]:
    """The same; of a language all of whose pages stand in `dist/` as they are to be, that."""
    if some is None:
        some = stretches(project, known.plan)
    ready, steps = 0, sum(one.stop - one.start for one in some)

    def count(name: str, pages: int) -> None:
        nonlocal ready
        ready += pages
        project.progress(f"Rendering {project.settings.by_name[name].endonym}", ready, steps)

    for name, start, stop in some:
        if volume := known.volume(name):
            yield volume
            count(name, stop - start)
            continue
        for one in islice(known.known(name), start, stop):
            yield one
            count(name, 1)
    if left := [one for one in some if one.name not in known.whole]:
        found.tell(share, {name: one.shared for name, one in decided.items()}, known.plan, known.sealed)
        for _, (name, start, _), made in found.each(render, chunks(left, knows, project)):
            if isinstance(made, Sheet):
                for at, key in enumerate(made.keys, start):
                    known.note(name, at, key)
                yield made
                count(name, len(made.keys))
                continue
            for at, one in enumerate(made, start):
                known.note(name, at, one.key)
                yield one
                count(name, 1)
        found.tell(done)
    known.save()


def stretches(project: Project, lets_out: Plan) -> list[Stretch]:
    """All pages of every published language."""
    return [Stretch(one.name, 0, len(project.content.pages)) for one in lets_out.languages]


def chunks(some: Sequence[Stretch], knows: Mapping[str, int], project: Project) -> Iterator[Task]:
    """The tasks of rendering: a language's go to the process that decided it; every process knows the source language."""
    english = project.settings.english.name
    for name, first, last in some:
        for start in range(first, last, CHUNK):
            yield None if name == english else knows[name], (name, start, min(start + CHUNK, last))
