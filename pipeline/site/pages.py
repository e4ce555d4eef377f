"""Pages: what every locale shows → every page in every language.

A page is returned with all that it says: its bytes, its entry of the manifest, and what it printed outside of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from pipeline import __version__
from pipeline.content import pictures, render
from pipeline.content.content import Page
from pipeline.content.whole import used
from pipeline.core import locales
from pipeline.core.model import Output
from pipeline.core.states import State
from pipeline.core.tags import social_tag
from pipeline.resolve.figures import Reviewed
from pipeline.review.handouts import spelled, version_of
from pipeline.site import blocks, contents, html_text, papers, templates
from pipeline.site.language import Language
from pipeline.site.site import (
    PageView,
    Rendered,
    address,
    chooser_address,
    find_href,
    has_find,
    known_as,
    parts_of,
    spoken_in,
)
from pipeline.site.speech import Printed, Said
from pipeline.site.ways import Way, redirected, ways_of

CURRENT = papers.Fate(papers.Standing.CURRENT)


ABOUT = "about-these-translations"
"""The slug of the page about the translations, which notices and the foot of every page name."""


def reviews_of(found: Reviewed) -> list[tuple[str, str]]:
    """What the foot of a page says: who reviewed all of it (`linguistic`, `clinical`), and since when."""
    return [(role, day) for role, day in (("linguistic", found.linguistic), ("clinical", found.clinical)) if day]


def class_of(page: Page) -> str:
    """The page's `class`, as a word that can be a class name."""
    value = page.document.data.get("class", "")
    return "-".join(re.findall(r"[A-Za-z0-9_]+", value)) if isinstance(value, str) else ""


@dataclass(frozen=True, repr=False)
class Front(Mapping[str, Any]):
    """The front matter of a page, for its template: what translators get as a text of the language, all else as it is written. Printed
    whole it is that and nothing of the site around it."""

    edition: Edition
    page: Page

    def __getitem__(self, key: str) -> Any:
        fields = dict(self.page.document.fields)
        return self.edition.say(self.page.path, fields[key]) if key in fields else self.page.document.data[key]

    def __repr__(self) -> str:
        return str(dict(self.page.document.data))

    def __iter__(self) -> Iterator[str]:
        return map(str, self.page.document.data)

    def __len__(self) -> int:
        return len(self.page.document.data)


@dataclass(frozen=True)
class Edition(Language):
    """The site in one language, as its templates see it."""

    @cached_property
    def shared(self) -> frozenset[Printed]:
        """What is printed of the titles, the labels of the menu and the texts of site.yaml, which pages share."""
        _ = self.titles, self.nav, self.values
        printed = frozenset(self.speech.printed)
        self.speech.printed.clear()
        return printed

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
        said = blocks.said_of(page.document, view.shown, self.interface)
        near = self.originals(view, said)
        body = blocks.body(
            page.document, view.shown, site.names(page), self.interface, tell, files, near, said, view.notices
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

    def paper_address(self, version: str) -> str:
        """Where the answer about a version is published; "" where the site has no address that a paper could name."""
        base = self.site.settings.url
        return f"{base}/v/{version}/" if base and version else ""

    def originals(self, view: PageView, said: Mapping[int, tuple[str, str]]) -> dict[int, str]:
        """The English of each stretch of a page, by the number of the section before which it stands. `said`: its texts as HTML."""
        site, page = self.site, view.page
        if self.original is None or self.locale.name == site.english.name or not site.settings.english_near:
            return {}
        english = site.tables[site.english.name].documents[page.path]
        facts, source, names = self.interface.facts, site.english.name, site.names(page)
        texts = {at: html for at, (html, _) in said.items()}
        gone = self.gone_in_english(page)
        found, cut = {}, partial(blocks.without, gone, "") if gone else None
        for at, one in enumerate(
            contents.stretches(page.document, view.shown, texts, english, names, facts, source, cut), 1
        ):
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

    def find(self, page: Page) -> str:
        """The way from a page to the list of all; "" where there is none."""
        return f"{page.up}{find_href(self.site)}" if has_find(self.site) else ""

    def head(self, view: PageView) -> dict[int, tuple[str, str]]:
        """The texts of the front matter, which stand outside of blocks."""
        numbers = (block.number for _, block in view.page.document.fields)
        return {
            at: (render(one.text, self.interface.facts[one.spoken]), "") for at in numbers if (one := view.shown[at])
        }

    def neighbour(self, at: int, step: int) -> dict[str, Any] | None:
        """The page before or after this one."""
        pages = self.site.content.pages
        if not 0 <= at + step < len(pages):
            return None
        other = pages[at + step]
        return self.link(pages[at], other, self.titles[other.path])

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
