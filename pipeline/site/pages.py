"""Pages: a site and what is shown of each message → every page in every language, the chooser and the page for what is not found."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from typing import Any
from urllib.parse import urlsplit

from pipeline import __version__
from pipeline.content import markup
from pipeline.content.markup import Form, Scope
from pipeline.content.pages import Page, Site, listed
from pipeline.core import locales
from pipeline.core.locales import Locale
from pipeline.core.model import Block, Key, Message, Output, Resolution, Span, State
from pipeline.resolve.figures import Reviewed
from pipeline.resolve.table import Plan, Progress, Resolved, decider, judge, shown, voices
from pipeline.site import templates as render


def facts_of(site: Site, locale: Locale) -> markup.Facts:
    """The facts of site.yaml for text in one language: a declared value as its translation, marked where it is not that.

    Others as written and set apart: in Arabic text the two halves of a telephone number would change places (UAX 9,
    rule W2). Where such a value has words, it says that they are in the source language.
    """
    decide, source = judge(site, locale, voices(site, locale)), site.settings.english

    def said(name: str) -> str | None:
        value, block = site.value(name), site.fields.get(name)
        if value is None:
            return None
        if block is None or block.message is None:
            lang = f' lang="{source.tag}"' if markup.letters(value) and locale.name != source.name else ""
            return f'<bdi{lang} dir="{source.direction}">{escape(value)}</bdi>'
        found = decide(block.message, block.inline, Scope())
        html = markup.render(found.text, markup.NO_FACTS)
        if found.spoken == locale.name:
            return html
        spoken = site.by_name[found.spoken]
        return f'<span lang="{spoken.tag}" dir="{spoken.direction}">{html}</span>'

    return markup.Facts(cache(said), site.value)


def speeches(site: Site) -> dict[str, render.Speech]:
    """Every language's voice for the templates and pages, by locale name; each message is decided once."""
    facts = {name: facts_of(site, locale) for name, locale in site.by_name.items()}
    return {
        name: render.Speech(locale, site.settings.english, site.by_name, decider(site, locale), facts)
        for name, locale in site.by_name.items()
    }


def title_of(page: Page) -> Block:
    """The block that names a page: its front-matter title, its first heading, or its file name."""
    fields = dict(page.document.fields)
    if "title" in fields:
        return fields["title"]
    if isinstance(written := page.document.data.get("title"), str) and written.strip():
        return Block(markup.parse(" ".join(written.split()), Form.TEXT), "", None)
    headings = (
        block for section in page.document.sections for block in section.blocks if block.opening.startswith("<h1")
    )
    name = page.slug.rpartition("/")[2] or "Home"
    return next(headings, None) or Block(markup.parse(name, Form.TEXT), "", None)


def render_pages(
    site: Site, resolved: Resolved, planned: Plan, spoken: Mapping[str, render.Speech], progress: Progress
) -> Iterator[Output]:
    """Every page of every published language, the language chooser and the page for what is not found."""
    env = render.environment(site.settings.root / "templates")
    steps, done = len(planned.languages) * len(site.pages), 0
    for locale in planned.languages:
        say = partial(said, site, spoken[locale.name], resolved[locale.name])
        view = View(site, spoken[locale.name], env, resolved, planned, tuple(menu_of(site, say)))
        for at, page in enumerate(site.pages):
            yield Output(f"{locale.tag}/{page.file}", view.page(at))
            done += 1
            progress(f"Rendering {locale.endonym}", done, steps)
    chooser = [locale.name for locale in planned.languages if locale.name in planned.listed]
    for name, base in (("index.html", ""), ("404.html", site_path(site) + "/")):
        homes = [home_of(site, spoken[name], resolved[name], planned.indexed[name], base) for name in chooser]
        yield Output(
            name,
            render.page(
                env,
                "chooser.html" if name == "index.html" else "404.html",
                speech=spoken[site.settings.english.name],
                homes=homes,
                root=base,
                english=site.settings.english,
                version=__version__,
            ),
        )


def home_of(
    site: Site, speech: render.Speech, found: Mapping[str, Mapping[int, Resolution]], indexed: frozenset[str], base: str
) -> dict[str, Any]:
    """One language as the chooser lists it."""
    locale = speech.locale
    home = next((page for page in site.pages if not page.slug), site.pages[0])
    name = site.fields.get("name")
    return {
        "tag": locale.tag,
        "dir": locale.direction,
        "name": locale.endonym,
        "href": f"{base}{locale.tag}/{home.file}",
        "indexed": home.slug in indexed,
        "speech": speech,
        "site": speech.said(found["source/site.yaml"][id(name)]) if name is not None else None,
    }


def site_path(site: Site) -> str:
    """The path part of the published address, without its last slash."""
    return urlsplit(site.settings.url).path.rstrip("/")


def said(
    site: Site, speech: render.Speech, resolved: Mapping[str, Mapping[int, Resolution]], path: str, block: Block
) -> render.Said:
    """A block of the source file `path` as plain text: its resolution where it is a message, itself otherwise."""
    found = resolved.get(path, {}).get(id(block))
    if found is None:
        message = Message(Key(None, block.inline.source), Span(path, 1))
        spoken = site.settings.english.name if block.english else speech.locale.name
        found = Resolution(message, State.TRANSLATED, block.inline, spoken)
    return speech.said(found)


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


def menu_of(site: Site, say: Callable[[str, Block], render.Said]) -> Iterator[tuple[Page, render.Said]]:
    """The navigation of site.yaml, each page under its label; every page under its title where there is none."""
    items = [item for item in listed(site.values.get("nav")) if isinstance(item, dict)]
    labels = {
        block.inline.source: block for document in site.data for key, block in document.fields if key == "nav.label"
    }
    pages = {page.document.path: page for page in site.pages}
    for item in items or [{"page": page.document.path.removeprefix("source/")} for page in site.pages]:
        if page := pages.get(f"source/{item.get('page')}"):
            label = labels.get(" ".join(str(item.get("label", "")).split()))
            yield page, say("source/site.yaml", label) if label else say(page.document.path, title_of(page))


@dataclass(frozen=True, slots=True)
class View:
    """One language of the site as its templates see it."""

    site: Site
    speech: render.Speech
    env: Any
    all: Resolved
    planned: Plan
    menu: Sequence[tuple[Page, render.Said]]

    @property
    def resolved(self) -> Mapping[str, Mapping[int, Resolution]]:
        """What is shown in this language."""
        return self.all[self.speech.locale.name]

    def say(self, path: str, block: Block) -> render.Said:
        """A block of the source file `path` as text: its resolution where it is a message, itself otherwise."""
        return said(self.site, self.speech, self.resolved, path, block)

    def page(self, at: int) -> bytes:
        """One page, whole."""
        site, page, locale = self.site, self.site.pages[at], self.speech.locale
        seen = shown(site, self.all, locale, page)
        told = render.told(self.env, self.speech)
        body = render.body(page.document, seen.found, self.speech, partial(self.notice, told), seen.names)
        fields = dict(page.document.fields)
        english = locale.name == site.settings.english.name
        return render.page(
            self.env,
            "page.html",
            speech=self.speech,
            version=__version__,
            locale=locale,
            english=site.settings.english,
            is_english=english,
            title=self.say(page.document.path, title_of(page)),
            description=self.say(page.document.path, fields["description"]) if "description" in fields else None,
            body=body,
            page_class=class_of(page),
            updated=locales.date(locale, page.updated) if page.updated else "",
            updated_iso=page.updated.isoformat() if page.updated else "",
            figures=seen.figures,
            reviewed=seen.reviewed,
            reviews=[(role, day, self.date(day)) for role, day in reviews_of(seen.reviewed)],
            site=self.values(),
            nav=list(self.nav(page)),
            previous=self.neighbour(at, -1),
            next=self.neighbour(at, 1),
            breadcrumb=list(self.breadcrumb(page)),
            languages=list(self.languages(page)),
            home=page.up + self.home().file,
            root=page.up + "../",
            up=page.up,
            canonical=self.canonical(page),
            alternates=list(self.alternates(page)),
            here=f"{locale.tag}/{page.file}",
        )

    def notice(self, told: Any, what: render.Notice, name: str) -> str:
        """The line above a stretch that has something to be told; its date in the page's language."""
        locale = self.speech.locale
        return str(
            told.notice(what.kind, name, what.since, self.date(what.since), locale.tag, locale.direction, what.plain)
        )

    def date(self, day: str) -> str:
        """An ISO day as this language writes it; "" for none."""
        return locales.date(self.speech.locale, datetime.date.fromisoformat(day)) if day else ""

    def values(self) -> dict[str, Any]:
        """The top-level texts of site.yaml, and its other values as they are."""
        site = self.site
        found = self.resolved.get("source/site.yaml", {})
        said = {
            name: self.speech.said(found[id(block)])
            for name, block in site.fields.items()
            if id(block) in found and "." not in name
        }
        plain = {
            name: texts(value)
            for name, value in site.values.items()
            if name not in said and isinstance(value, (str, dict))
        }
        return {"name": "", "tagline": "", "sample": "", **plain, **said}

    def home(self) -> Page:
        return next((page for page in self.site.pages if not page.slug), self.site.pages[0])

    def nav(self, current: Page) -> Iterator[dict[str, Any]]:
        """The navigation as seen from one page."""
        return (self.link(current, page, label) for page, label in self.menu)

    def link(self, current: Page, page: Page, label: render.Said) -> dict[str, Any]:
        return {"href": current.up + page.file, "label": label, "current": page is current, "home": not page.slug}

    def neighbour(self, at: int, step: int) -> dict[str, Any] | None:
        """The page before or after this one."""
        pages = self.site.pages
        if not 0 <= at + step < len(pages):
            return None
        return self.link(
            pages[at], pages[at + step], self.say(pages[at + step].document.path, title_of(pages[at + step]))
        )

    def breadcrumb(self, current: Page) -> Iterator[dict[str, Any]]:
        """From home to this page, through the pages of the folders above it."""
        by_slug = {page.slug: page for page in self.site.pages}
        parts = current.slug.split("/") if current.slug else []
        for end in range(len(parts) + 1):
            if page := by_slug.get("/".join(parts[:end])):
                yield self.link(current, page, self.say(page.document.path, title_of(page)))

    def languages(self, page: Page) -> Iterator[dict[str, Any]]:
        """This page in every language, each under its own name."""
        for locale in self.planned.languages:
            if locale.name not in {*self.planned.listed, self.speech.locale.name}:
                continue
            yield {
                "tag": locale.tag,
                "dir": locale.direction,
                "name": locale.endonym,
                "english": locale.english,
                "href": f"{page.up}../{locale.tag}/{page.file}",
                "current": locale.name == self.speech.locale.name,
            }

    def address(self, locale: Locale, page: Page) -> str:
        """The published address of a page, or the way to it where the site has none."""
        base = self.site.settings.url
        folder = f"{locale.tag}/{page.slug}/" if page.slug else f"{locale.tag}/"
        return f"{base}/{folder}" if base else f"{page.up}../{locale.tag}/{page.file}"

    def canonical(self, page: Page) -> str:
        """The page's own address, or the English page's where this one is mostly English."""
        locale = self.speech.locale
        return self.address(
            locale if page.slug in self.planned.indexed[locale.name] else self.site.settings.english, page
        )

    def alternates(self, page: Page) -> Iterator[dict[str, str]]:
        """The languages in which this page is mostly in that language, and the chooser for all others."""
        for locale in self.planned.languages:
            if page.slug in self.planned.indexed[locale.name]:
                yield {"tag": locale.tag, "href": self.address(locale, page)}
        yield {
            "tag": "x-default",
            "href": f"{self.site.settings.url}/" if self.site.settings.url else f"{page.up}../index.html",
        }
