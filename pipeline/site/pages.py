"""Pages: what every locale shows → every page in every language.

A page is returned with all that it says: its bytes, its entry of the manifest, and what it printed outside of blocks.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from pipeline import __version__
from pipeline.content import pictures, render
from pipeline.content.pages import SITE, Page, listed
from pipeline.content.whole import used
from pipeline.core import locales
from pipeline.core.locales import Locale
from pipeline.core.model import Block, Key, Message, Output, Resolution, Span
from pipeline.core.states import State
from pipeline.core.tags import social_tag
from pipeline.resolve import Table
from pipeline.resolve.figures import Reviewed
from pipeline.resolve.media import withheld
from pipeline.resolve.notices import Notice
from pipeline.review.handouts import spelled, version_of
from pipeline.site import blocks, contents, html_text, papers, templates
from pipeline.site.menu import MOST
from pipeline.site.menu import ways as folders_of
from pipeline.site.site import (
    PageView,
    Rendered,
    Site,
    address,
    chooser_address,
    find_href,
    has_find,
    known_as,
    parts_of,
    spoken_in,
)
from pipeline.site.templates import Interface, Printed, Said, Speech
from pipeline.site.ways import Way, redirected, way, ways_of

CURRENT = papers.Fate(papers.Standing.CURRENT)


ABOUT = "about-these-translations"
"""The slug of the page about the translations, which notices and the foot of every page name."""


def texts(value: str | dict[str, Any]) -> str | dict[str, str]:
    """A value of site.yaml as templates may print it: a text, or a group's texts."""
    return value if isinstance(value, str) else {name: inner for name, inner in value.items() if isinstance(inner, str)}


def reviews_of(found: Reviewed) -> list[tuple[str, str]]:
    """What the foot of a page says: who reviewed all of it (`linguistic`, `clinical`), and since when."""
    return [(role, day) for role, day in (("linguistic", found.linguistic), ("clinical", found.clinical)) if day]


def class_of(page: Page) -> str:
    """The page's `class`, as a word that can be a class name."""
    value = page.document.data.get("class", "")
    return "-".join(re.findall(r"[A-Za-z0-9_]+", value)) if isinstance(value, str) else ""


@dataclass(frozen=True)
class Front(Mapping[str, Any]):
    """The front matter of a page, for its template: what translators get as a text of the language, all else as it is written."""

    edition: Edition
    page: Page

    def __getitem__(self, key: str) -> Any:
        fields = dict(self.page.document.fields)
        return self.edition.say(self.page.path, fields[key]) if key in fields else self.page.document.data[key]

    def __iter__(self) -> Iterator[str]:
        return map(str, self.page.document.data)

    def __len__(self) -> int:
        return len(self.page.document.data)


@dataclass(frozen=True)
class Edition:
    """The site in one language, as its templates see it."""

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
    def shared(self) -> frozenset[Printed]:
        """What is printed of the titles, the labels of the menu and the texts of site.yaml, which pages share."""
        _ = self.titles, self.nav, self.values
        printed = frozenset(self.speech.printed)
        self.speech.printed.clear()
        return printed

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The files that are not shown in this language."""
        site = self.site
        return withheld(site.declared, self.table, site.tables[site.english.name]) if site.declared else frozenset()

    def gone(self, page: Page) -> tuple[str, ...]:
        """The files that one page would show and does not."""
        if not self.withheld:
            return ()
        own = self.own(page)
        return tuple(
            name for name in used(self.site.content, page.document) if name in self.withheld and name not in own
        )

    def own(self, page: Page) -> dict[str, str]:
        """The files of a page that this language shows others for, its own or a parent's, by name; none that is withheld."""
        content, locale = self.site.content, self.locale
        if not content.versions or locale.name == self.site.english.name:
            return {}
        names = {one for some in content.versions.values() for one in some} - self.withheld
        found = {name: pictures.own(name, (locale.name, *locale.chain), names) for name in used(content, page.document)}
        return {name: one for name, one in found.items() if one}

    def at(self, page: Page) -> Page:
        """A page where it stands in this language."""
        return self.site.at(self.locale, page)

    def ways(self, page: Page) -> dict[str, Way]:
        """Where the links of a page lead that lead elsewhere in this language than in the parsed page."""
        return ways_of(self.site, self.locale, page)

    def replaced(self, page: Page) -> tuple[str, ...]:
        """The files of a page that stand there since this language's own do not hold any more."""
        content, locale = self.site.content, self.locale
        if not self.withheld or not content.versions or locale.name == self.site.english.name:
            return ()
        names, own = {one for some in content.versions.values() for one in some}, self.own(page)
        return tuple(
            name
            for name in used(content, page.document)
            if name not in own and name not in self.withheld and pictures.own(name, (locale.name, *locale.chain), names)
        )

    def files(self, page: Page) -> Callable[[str], str] | None:
        """What puts the right files into a piece of HTML of a page: without those that are withheld, with this language's own, and
        the pages where they stand in it. None where all are as they are."""
        gone, own, replaced, ways = self.gone(page), self.own(page), self.replaced(page), self.ways(page)
        if not gone and not own and not replaced and not ways:
            return None
        off, note = self.off if gone else "", self.in_place if replaced else ""

        def right(html: str) -> str:
            left = blocks.without(gone, off, html) if gone else html
            left = blocks.noted(replaced, note, left) if note else left
            left = pictures.swapped(own, left) if own else left
            return redirected(ways, left) if ways else left

        return right

    def view(self, at: int) -> PageView:
        """What this language shows of one page."""
        return self.site.view(self.site.content.pages[at], self.locale)

    def around(self, at: int) -> dict[str, Any]:
        """What a page shows of other pages and languages."""
        page = self.site.content.pages[at]
        return {
            "nav": [self.link(page, other, label, depth) for other, label, depth in self.menu(page)],
            "start": self.named(page, ""),
            "about": self.named(page, ABOUT),
            "previous": self.neighbour(at, -1),
            "next": self.neighbour(at, 1),
            "breadcrumb": list(self.breadcrumb(page)),
            "languages": list(self.languages(page)),
            "canonical": self.canonical(page),
            "alternates": list(self.alternates(page)),
            "noindex": self.site.plan.hides(self.locale.name, page.slug),
            "social": self.social(page),
            "feed": f"{page.up}feed.xml" if self.site.settings.url else "",
        }

    def page(self, at: int, view: PageView | None = None, around: Mapping[str, Any] | None = None) -> Rendered:
        """One page, whole, of its view and what is around it. What pages share is printed by the first of them."""
        site, page, locale, speech = self.site, self.site.content.pages[at], self.locale, self.speech
        shared, values = self.shared, self.values
        view, around = view or self.view(at), around or self.around(at)
        tell = partial(self.notice, self.told)
        files = self.files(page)
        body = blocks.body(
            page.document, view.shown, site.names(page), self.interface, tell, files, self.originals(view)
        )
        settings, source = site.settings, locale.name == site.english.name
        fields = dict(page.document.fields)
        texts = {**self.head(view), **body.texts}
        digests = {at: html_text.digest(html_text.text_of(text)) for at, (text, _) in texts.items()}
        version = self.version(page, view, digests)
        html = templates.page(
            self.env,
            "page.html",
            speech=speech,
            version=__version__,
            locale=locale,
            english=site.english,
            is_english=source,
            title=self.say(page.path, page.title),
            description=self.say(page.path, fields["description"]) if "description" in fields else None,
            body=body.html,
            urgent=body.urgent,
            rest=Markup(body.html[len(body.urgent) :]),
            lead=body.lead,
            after=Markup(body.html[len(body.lead) :]),
            toc=[(one.ident, self.say(page.path, one.block)) for one in contents.headings(page.document)],
            report=contents.reported(settings, locale.tag, page.path, "", ""),
            edit=contents.edited(settings, page.path if source else settings.catalog_path(locale)),
            find=self.find(page),
            source=page.path,
            front=Front(self, page),
            headings=partial(self.headings, page),
            page_class=class_of(page),
            updated=locales.date(locale, page.updated) if page.updated else "",
            updated_iso=page.updated.isoformat() if page.updated else "",
            figures=view.figures,
            reviewed=view.reviewed,
            reviews=[(role, day, self.date(day)) for role, day in reviews_of(view.reviewed)],
            site=values,
            home=page.up + site.home.href or "./",
            root=page.up + "../",
            chooser=chooser_address(site, page.up + "../"),
            up=page.up,
            here=f"{locale.tag}/{self.at(page).href}",
            version_id=version,
            spelled=spelled(version),
            paper=self.paper_address(version),
            official=self.official,
            **around,
        )
        paper = self.paper(page, version)
        output = Output(f"{locale.tag}/{self.at(page).file}", html)
        printed, pure = frozenset(speech.printed), not speech.unextracted
        speech.printed.clear()
        speech.unextracted.clear()
        told = {locale.tag: printed if at else printed | shared}
        return Rendered(output, told, view, texts, pure, body.html, files, digests, version, paper)

    def headings(self, page: Page) -> list[tuple[int, str, Said]]:
        """The headings of a page in this language, each with its level and its id."""
        return [
            (level, ident, self.say(page.path, block)) for level, ident, block in contents.every_heading(page.document)
        ]

    def version(self, page: Page, view: PageView, digests: Mapping[int, str]) -> str:
        """The id of what this language says on a page now."""
        if not self.site.papers:
            return ""
        return version_of(page.path, self.locale.name, self.site.printed_of(page), parts_of(view.shown, digests))

    def paper(self, page: Page, version: str) -> tuple[str, str]:
        """The answer about a paper of the version that a page has now."""
        if not version:
            return "", ""
        return papers.file_of(version), self.answer(page, version, CURRENT).decode()

    def answer(self, page: Page | None, version: str, fate: papers.Fate) -> bytes:
        """What is said of a paper of a version of a page (None: of one that is there no more)."""
        return templates.page(
            self.env,
            papers.TEMPLATE,
            speech=self.speech,
            locale=self.locale,
            english=self.site.english,
            standing=str(fate.standing),
            version_id=version,
            spelled=spelled(version),
            changed=fate.changed,
            others=fate.others,
            title=self.titles[page.path] if page else None,
            href=f"../../{self.locale.tag}/{self.at(page or self.site.home).href}",
            site=self.values,
            official=self.official,
        )

    @cached_property
    def official(self) -> list[dict[str, Any]]:
        """The official notices, those in this language first."""
        return self.site.official_in(self.locale)

    def paper_address(self, version: str) -> str:
        """Where the answer about a version is published; "" where the site has no address that a paper could name."""
        base = self.site.settings.url
        return f"{base}/v/{version}/" if base and version else ""

    def originals(self, view: PageView) -> dict[int, str]:
        """The English of each stretch of a page, by the number of the section before which it stands."""
        site, page = self.site, view.page
        if self.original is None or self.locale.name == site.english.name or not site.settings.english_near:
            return {}
        english = site.tables[site.english.name].documents[page.path]
        facts, source, names = self.interface.facts, site.english.name, site.names(page)
        gone = self.gone_in_english(page)
        found, cut = {}, partial(blocks.without, gone, "") if gone else None
        for at, one in enumerate(contents.stretches(page.document, view.shown, english, names, facts, source, cut), 1):
            report = contents.reported(site.settings, self.locale.tag, page.path, one.texts[0][0], one.version)
            found[one.ends] = str(self.original(f"English-{at}", one.texts, site.english, report))
        return found

    def closed(self, page: Page) -> list[int | str]:
        """What of the English nobody may open: the blocks, by number, that the English page does not say itself, and the files
        that it withholds."""
        source = self.site.english.name
        shown = self.site.tables[source].documents[page.path]
        texts = [at for at, one in shown.items() if one.spoken != source or one.state is State.RECALLED]
        return [*texts, *self.gone_in_english(page)]

    def gone_in_english(self, page: Page) -> tuple[str, ...]:
        """The files that the English page would show and does not."""
        if not self.withheld_in_english:
            return ()
        return tuple(name for name in used(self.site.content, page.document) if name in self.withheld_in_english)

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

    def find(self, page: Page) -> str:
        """The way from a page to the list of all; "" where there is none."""
        return f"{page.up}{find_href(self.site)}" if has_find(self.site) else ""

    def head(self, view: PageView) -> dict[int, tuple[str, str]]:
        """The texts of the front matter, which stand outside of blocks."""
        numbers = (block.number for _, block in view.page.document.fields)
        return {
            at: (render(one.text, self.interface.facts[one.spoken]), "") for at in numbers if (one := view.shown[at])
        }

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
        found = self.table.documents.get(path, {}).get(block.number)
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

    def neighbour(self, at: int, step: int) -> dict[str, Any] | None:
        """The page before or after this one."""
        pages = self.site.content.pages
        if not 0 <= at + step < len(pages):
            return None
        other = pages[at + step]
        return self.link(pages[at], other, self.titles[other.path])

    def breadcrumb(self, current: Page) -> Iterator[dict[str, Any]]:
        """From home to this page, through the pages of the folders above it."""
        for slug in ["", *folders_of(current.slug)]:
            if page := self.site.by_slug.get(slug):
                yield self.link(current, page, self.titles[page.path])

    def languages(self, page: Page) -> Iterator[dict[str, Any]]:
        """This page in every language, each under its own name."""
        for locale in self.site.plan.languages:
            if locale.name not in {*self.site.plan.listed, self.locale.name}:
                continue
            yield {
                "tag": locale.tag,
                "dir": locale.direction,
                "name": locale.endonym,
                "english": locale.english,
                "href": f"{page.up}../{locale.tag}/{self.site.at(locale, page).href}",
                "current": locale.name == self.locale.name,
            }

    def canonical(self, page: Page) -> str:
        """The page's own address, or the English page's where this one is mostly English."""
        name = self.locale.name
        own = page.slug in self.site.plan.indexed[name] or self.site.plan.hides(name, page.slug)
        return address(self.site, self.locale if own else self.site.english, page)

    def social(self, page: Page) -> tuple[str, ...]:
        """What networks call the language of a page and the others that it is in (Open Graph): nothing where it has no address."""
        if not self.site.settings.url:
            return ()
        own = social_tag(self.locale.name)
        others = {social_tag(locale.name) for locale in known_as(self.site, page).values()}
        return own, *sorted(others - {own})

    def alternates(self, page: Page) -> Iterator[dict[str, str]]:
        """The languages in which this page is mostly in that language, and the chooser for all others."""
        yield from spoken_in(self.site, page)
