"""What a page is found by that an earlier run made.

Its key is what it is about to print. That is known when its texts, the menu around it and its figures have been worked out, which
costs more than all else about a page that nothing happened to. So there is an alias as well: of what all that follows from. It
has everything whole but the source, the catalogs and what is told of their messages; of these, the page's own document and what its rows rest on,
what all pages are called, in English and in the language, and what the language says elsewhere. Where it is known, so is the key; where
it is not, the key may still be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipeline.build.editions import files, let_out_of, let_out_of_all
from pipeline.content.content import Page
from pipeline.core import pickled
from pipeline.core.cache import digest
from pipeline.project.earlier import Earlier, mark
from pipeline.project.project import Project
from pipeline.resolve import Table
from pipeline.site.pages import Edition
from pipeline.site.site import PageView


@dataclass
class PageKeys:
    """The keys of the pages of one language. `made_from`: what all of them are made from (see `languages.around`); `titled`: a digest
    of their titles in it; `rested`: what the rows of each document rest on, and `source` those of the English, by path."""

    project: Project
    before: Earlier
    edition: Edition
    made_from: str
    titled: str
    rested: Mapping[str, str]
    source: Mapping[str, str]
    beside_last: tuple[int, tuple[Any, ...]] = (-1, ())
    aliases: dict[int, str] = field(default_factory=dict)
    """Those that were asked for."""

    def key(self, at: int, view: PageView, beside: Mapping[str, Any]) -> str:
        """The key of a page: what it prints of itself (`view`) and of others (`beside`)."""
        edition, path = self.edition, view.page.path
        said = mark(view.shown.values()), repr(view.figures), repr(view.reviewed), view.digest, pickled.digest(beside)
        shared = () if at else sorted(edition.shared)  # which the first page prints
        content = edition.site.content.digests[path], edition.site.page_digests.get(path, "")
        around, places = self.beside(at)
        return digest(self.made_from, shared, path, content, said, around, places)

    def beside(self, at: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
        """The files of a page, and where it and its links lead."""
        if self.beside_last[0] != at:
            self.beside_last = at, self.beside_of(at)
        return self.beside_last[1]

    def beside_of(self, at: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
        """The same, worked out."""
        edition, page = self.edition, self.edition.site.content.pages[at]
        own = edition.gone(page), sorted(edition.own(page).items()), edition.replaced(page), edition.closed(page)
        return own, (edition.at(page).slug, sorted(edition.ways(page).items()))

    def alias(self, at: int) -> str:
        """The alias of a page; "" where nobody knows what its rows rest on. Which files it shows, and where its links lead, follows from its
        document, from what there is to lead to and what is withheld; what nobody may open of its English, from the English rows."""
        page = self.edition.site.content.pages[at]
        if at in self.aliases:
            return self.aliases[at]
        path, out = page.path, let_out_of(self.edition.site.plan, page.slug)
        rests = self.rested.get(path), self.source.get(path)
        if None in rests or "" not in self.rested:
            return ""
        content = self.edition.site.content.digests[path], self.edition.site.page_digests.get(path, "")
        self.aliases[at] = digest("alias", self.whole, at, path, rests, content, out)
        return self.aliases[at]

    def sheet(self, start: int, stop: int) -> str:
        """What some pages are found by as one; "" where one of them has no alias."""
        found = [*map(self.alias, range(start, stop))]
        return digest("sheet", found) if all(found) else ""

    @cached_property
    def whole(self) -> str:
        """A digest of all that the pages have in common, each file of it whole that no row of a document answers for."""
        project, content, edition = self.project, self.project.content, self.edition
        return digest(
            self.made_from,
            self.rested[""],
            pickled.digest(content.interface),
            sorted(content.assets),
            content.led,
            [named(page) for page in content.pages],
            let_out_of_all(edition.site.plan),
            files(project),
            self.titled,
            sorted(edition.withheld),
            sorted(edition.withheld_in_english),
        )


def named(page: Page) -> tuple[object, ...]:
    """Where a page stands, and what it is called in the language that it is written in."""
    title = page.title
    return (
        page.path,
        page.slug,
        title.number,
        title.inline.source,
        title.inline.syntax.value,
        repr(title.inline.nodes),
        title.english,
    )


def titled(project: Project, table: Table) -> str:
    """A digest of what a language calls the pages, and of what it says beside them."""
    titles = [table.at(page.path, page.title.number) for page in project.content.pages]
    data = [one for document in project.content.data for one in table.shown(document.path)]
    return digest([one and mark([one]) for one in titles], mark((*table.interface, *data)))
