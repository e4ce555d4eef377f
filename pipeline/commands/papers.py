"""The answers about papers of former versions: each is held to what its page says now, and never called current."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.core.locales import Locale
from pipeline.core.model import Output
from pipeline.project.project import Project
from pipeline.resolve import Table
from pipeline.review.handouts import Handout
from pipeline.site import Site, blocks, html_text, papers
from pipeline.site.manifest import Answer
from pipeline.site.pages import Edition
from pipeline.site.papers import Fate, Standing
from pipeline.site.site import parts_of
from pipeline.site.speech import Printed

SHOWN = 20
"""How many changed texts are shown; of more, that there are more follows from the page."""


def outdated(
    project: Project,
    site: Site,
    current: Mapping[str, str],
    printed: dict[str, set[Printed]],
    answers: dict[str, Answer],
) -> Iterator[Output]:
    """The answer about each version that was handed out and is not current (`current`: where the answers about those stand). What
    is said goes into `answers`, what the pages printed into `printed`."""
    if not site.papers:
        return
    left = {
        key: old
        for key, rows in project.handouts.by_page.items()
        if (old := [row for row in rows if papers.file_of(row.id) not in current])
    }
    env = site.env if left else None
    for locale in site.plan.languages:
        some = {key: rows for key, rows in left.items() if spoken(site, key[1]) == locale}
        if not some:
            continue
        own = with_pages(site, project.table(locale.name))
        edition = Edition(own, own.interfaces[locale.name], env)
        for (path, name), rows in some.items():
            page = site.content.by_path.get(path) if name == locale.name else None
            for row in rows:
                fate = fate_of(project, edition, row)
                body = edition.answer(page, row.id, fate)
                changed = {block: html_text.digest(said.text) for block, said in fate.changed}
                answers[row.id] = Answer(
                    locale.tag,
                    str(fate.standing),
                    f"{locale.tag}/{site.at(locale, page).file}" if page else "",
                    changed,
                )
                yield Output(papers.file_of(row.id), body)
        printed.setdefault(locale.tag, set()).update(edition.speech.printed)


def spoken(site: Site, name: str) -> Locale:
    """The language that a reader of a paper is answered in: that of the paper where it is published, else the source's."""
    return next((one for one in site.plan.languages if one.name == name), site.english)


def with_pages(site: Site, table: Table) -> Site:
    """The site with all that one language shows of its pages."""
    return replace(site, tables={**site.tables, table.locale.name: table})


def fate_of(project: Project, edition: Edition, row: Handout) -> Fate:
    """What became of a paper that is not current."""
    site, source = edition.site, edition.site.english.name
    page = site.content.by_path.get(row.page)
    recalls = project.records.recalls
    withdrawn = (recalls.of(message, project.log) for message, _ in row.parts)
    if any(one and (one.stub or row.locale != source) for one in withdrawn):
        return Fate(Standing.RECALLED)
    if page is None or row.locale != edition.locale.name:
        return Fate(Standing.GONE)
    shown = edition.table.documents[page.path]
    right = edition.files(page) or str
    bodies = {block.number: block for block in page.document.blocks()}
    digests = {
        at: html_text.digest(html_text.text_of(right(blocks.text(bodies[at], found, edition.interface)[0])))
        for at, found in shown.items()
    }
    numbered = dict(zip(sorted(digests), parts_of(shown, digests), strict=True))
    had, names = set(row.parts), site.names(page)
    new = {at: part for at, part in numbered.items() if part not in had}
    fewer = len(had.difference(numbered.values())) > len(set(new.values()))
    changed = {names[at]: edition.speech.said(shown[at]) for at in [*new][:SHOWN]}
    return Fate(Standing.SUPERSEDED, [*changed.items()], fewer or not new)
