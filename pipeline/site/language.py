"""The site in one language: what it calls its pages, and what it says beside their texts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.content.content import SITE, Page, listed
from pipeline.core import locales
from pipeline.core.locales import Locale
from pipeline.core.model import Block, Key, Message, Resolution, Span
from pipeline.core.states import State
from pipeline.resolve import Table
from pipeline.resolve.media import withheld
from pipeline.resolve.notices import Notice
from pipeline.site import templates
from pipeline.site.menu import MOST
from pipeline.site.menu import ways as folders_of
from pipeline.site.site import (
    Site,
)
from pipeline.site.speech import Interface, Said, Speech
from pipeline.site.ways import way


def texts(value: str | dict[str, Any]) -> str | dict[str, str]:
    """A value of site.yaml as templates may print it: a text, or a group's texts."""
    return value if isinstance(value, str) else {name: inner for name, inner in value.items() if isinstance(inner, str)}


@dataclass(frozen=True)
class Language:
    """What the site says in one language wherever it stands: titles, labels, links, notices, dates."""

    site: Site
    interface: Interface
    env: Any

    @property
    def locale(self) -> Locale:
        return self.interface.locale

    @cached_property
    def table(self) -> Table:
        return self.site.tables[self.locale.name]

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The files that are not shown in this language."""
        site = self.site
        return withheld(site.declared, self.table, site.tables[site.english.name]) if site.declared else frozenset()

    def at(self, page: Page) -> Page:
        """A page where it stands in this language."""
        return self.site.at(self.locale, page)

    @cached_property
    def official(self) -> list[dict[str, Any]]:
        """The official notices, those in this language first."""
        return self.site.official_in(self.locale)

    @cached_property
    def withheld_in_english(self) -> frozenset[str]:
        """The files that the English pages do not show."""
        site = self.site
        table = site.tables[site.english.name]
        return withheld(site.declared, table, table) if site.declared else frozenset()

    @cached_property
    def original(self) -> Any:
        """The macro that writes the English of a stretch; None where the site's templates have none."""
        return templates.original(self.env, self.speech)

    @cached_property
    def speech(self) -> Speech:
        """What says the texts of the pages."""
        return Speech(self.interface)

    @cached_property
    def told(self) -> Any:
        """The macros of the notices."""
        return templates.told(self.env, self.speech)

    @cached_property
    def nav(self) -> tuple[tuple[Page, Said], ...] | None:
        """The navigation of site.yaml, each page under its label; None where there is none."""
        content = self.site.content
        items = [item for item in listed(content.values.get("nav")) if isinstance(item, dict)]
        if not items:
            return None
        labels = {
            block.inline.source: block
            for document in content.data
            for key, block in document.fields
            if document.path == SITE and key == "nav.label"
        }
        by_path = {page.path: page for page in content.pages}
        found = []
        for item in items:
            if page := by_path.get(f"source/{item.get('page')}"):
                label = labels.get(" ".join(str(item.get("label", "")).split()))
                found.append((page, self.say(SITE, label) if label else self.titles[page.path]))
        return tuple(found)

    @cached_property
    def titles(self) -> Mapping[str, Said]:
        """The title of every page, by source file."""
        return {page.path: self.say(page.path, page.title) for page in self.site.content.pages}

    @property
    def listed(self) -> tuple[tuple[Page, Said], ...]:
        """The navigation of site.yaml; every page under its title where there is none."""
        return (
            tuple((page, self.titles[page.path]) for page in self.site.content.pages) if self.nav is None else self.nav
        )

    def menu(self, page: Page) -> Iterator[tuple[Page, Said, int]]:
        """What the menu on a page shows, and how deep each page stands: the navigation of site.yaml, or what `Sections` says."""
        pages = self.site.content.pages
        if self.nav is not None or len(pages) <= MOST:
            yield from ((other, label, 0) for other, label in self.listed)
            return
        for other, depth in self.site.sections.menu(page):
            yield other, self.titles[other.path], depth

    @cached_property
    def labels(self) -> Mapping[str, tuple[Page, Said]]:
        """The pages that a menu may show, under their labels, by slug."""
        return {page.slug: (page, label) for page, label in reversed(self.listed)}

    def named(self, current: Page, slug: str) -> dict[str, Any] | None:
        """A link to one page, where a menu may show it."""
        return self.link(current, *self.labels[slug]) if slug in self.labels else None

    @cached_property
    def values(self) -> dict[str, Any]:
        """The top-level texts of site.yaml, and its other values as they are."""
        content, shown = self.site.content, self.table.documents.get(SITE, {})
        said = {
            name: self.speech.said(shown[block.number])
            for name, block in content.fields.items()
            if block.number in shown and "." not in name
        }
        written = {
            name: texts(value)
            for name, value in content.values.items()
            if name not in said and isinstance(value, (str, dict))
        }
        return {"name": "", "tagline": "", "sample": "", **written, **said}

    def say(self, path: str, block: Block) -> Said:
        """A block of the source file `path` as text: its resolution where it is a message, itself otherwise."""
        found = self.table.at(path, block.number)
        if found is None:
            message = Message(Key(None, block.inline.source), Span(path, 1))
            spoken = self.site.english.name if block.english else self.locale.name
            found = Resolution(message, State.TRANSLATED, block.inline, spoken)
        return self.speech.said(found)

    def notice(self, told: Any, what: Notice, name: str) -> str:
        """The line above a stretch that has something to be told; its date in the page's language."""
        tag, direction = self.locale.tag, self.locale.direction
        return str(told.notice(what.kind, name, what.since, self.date(what.since), tag, direction, what.plain))

    @property
    def off(self) -> str:
        """What stands after a picture or a link whose file is withheld; each page that asks for it has printed it."""
        return self.told_of_file(self.told.withdrawn)

    @property
    def in_place(self) -> str:
        """What stands after a picture or a link whose file is that of all, in place of this language's own; "" where the site's
        templates do not say."""
        return self.told_of_file(said) if (said := getattr(self.told, "in_place", None)) else ""

    def told_of_file(self, said: Callable[[], object]) -> str:
        """A line about a file."""
        tag, direction = self.locale.tag, self.locale.direction
        return f' <span class="withheld" lang="{tag}" dir="{direction}">{str(said()).strip()}</span>'

    def date(self, day: str) -> str:
        """An ISO day as this language writes it; "" for none."""
        return locales.date(self.locale, datetime.date.fromisoformat(day)) if day else ""

    def link(self, current: Page, page: Page, label: Said, depth: int = 0) -> dict[str, Any]:
        """A link from one page to another."""
        return {
            "href": way(current, self.at(page)),
            "label": label,
            "current": page is current,
            "home": not page.slug,
            "depth": depth,
        }

    def breadcrumb(self, current: Page) -> Iterator[dict[str, Any]]:
        """From home to this page, through the pages of the folders above it."""
        for slug in ["", *folders_of(current.slug)]:
            if page := self.site.by_slug.get(slug):
                yield self.link(current, page, self.titles[page.path])
