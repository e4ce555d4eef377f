"""What pages are made from: a site with all that its languages show, a page as one of them shows it, and where things stand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from pipeline.changes import occurrences
from pipeline.content import Content, render
from pipeline.content.content import SITE, Page, listed
from pipeline.content.fixed import digest_of
from pipeline.content.inline_html import words
from pipeline.core import inputs, measures
from pipeline.core.inline import NO_FACTS, Facts, letters
from pipeline.core.locales import Locale
from pipeline.core.measures import Measure
from pipeline.core.model import Block, Document, Output, Resolution, ident
from pipeline.core.settings import Settings
from pipeline.core.tags import search_tag
from pipeline.resolve import Rules, Table, Translations
from pipeline.resolve.figures import Figures, Reviewed, figures, reviewed, signed
from pipeline.resolve.notices import Notice, by_number
from pipeline.resolve.publication import Plan
from pipeline.review.handouts import Part
from pipeline.review.media import Declarations
from pipeline.review.official import Official
from pipeline.site import contents, hashed, papers, templates
from pipeline.site.menu import Sections, sections
from pipeline.site.speech import Interface, Printed, figures_of

NO_NOTICES = Official()


class Rendered(NamedTuple):
    """A file of the site with all that it says: what it printed outside of blocks, by the tag of the language it is for, and, of
    a page, its view, the HTML of each block's text and of the English beside it, by number, and whether it is made from nothing
    but its edition and that view: not so where a template asks for a string that no template names."""

    output: Output
    printed: Mapping[str, frozenset[Printed]]
    view: PageView | None = None
    texts: Mapping[int, tuple[str, str]] = {}
    pure: bool = True
    body: str = ""
    """Of a page, its content as HTML."""
    files: Callable[[str], str] | None = None
    """What takes the files out of a piece of HTML that are withheld; None where none is."""
    digests: Mapping[int, str] = {}
    """A digest of the words of each block, by number."""
    version: str = ""
    """The id of this version of the page; "" where the site answers for no papers."""
    paper: tuple[str, str] = ("", "")
    """Where the answer about a paper of this version stands, and its HTML."""


@dataclass(frozen=True, slots=True)
class PageView:
    """What one language shows of one page, by number of the block; its figures, who reviewed it."""

    page: Page
    locale: Locale
    shown: Mapping[int, Resolution]
    figures: Figures
    reviewed: Reviewed
    digest: str = ""
    """What a reader gets of the English page; "" where nobody signed for it."""
    notices: Mapping[int, tuple[Notice, ...]] = field(default_factory=dict, compare=False)
    """What a reader is told of each block."""


@dataclass(frozen=True)
class Site:
    """Everything that pages are made from: what was written, what every locale shows, and what is published."""

    settings: Settings
    content: Content
    tables: Mapping[str, Table]
    chains: Mapping[str, tuple[Translations, ...]]
    rules: Rules
    plan: Plan
    named: dict[str, Mapping[int, str]] = field(default_factory=dict, compare=False)
    page_digests: Mapping[str, str] = field(default_factory=dict)
    """What a reader gets of each English page, as a digest, by source file."""
    declared: Declarations = field(default_factory=dict)
    """What the files that carry words were made from."""
    official: Official = NO_NOTICES
    """The official notices."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """The names that no machine is to translate, as a pattern, by locale name."""
    hashed: Mapping[str, str] = field(default_factory=dict)
    """The files that stand under a name of what is in them (see `hashed`), by the one that templates write."""

    def __getstate__(self) -> dict[str, Any]:
        """What travels: all but the templates, which are compiled where they are needed."""
        return {name: value for name, value in self.__dict__.items() if name != "env"}

    @cached_property
    def env(self) -> Any:
        """The site's templates, compiled once, which name files as they are published."""
        return templates.environment(self.settings.root / "templates", self.with_names)

    def with_names(self, text: str) -> str:
        """A template that names files as they are published."""
        return hashed.template(text, self.hashed, site_path(self.settings))

    @property
    def english(self) -> Locale:
        return self.settings.english

    def official_in(self, locale: Locale) -> list[dict[str, Any]]:
        """The official notices as a template prints them on a page of a language, each in its own language."""
        return [
            {
                "name": one.name,
                "lang": one.lang,
                "dir": one.dir,
                "paragraphs": [Markup(words(text, right_to_left=one.dir == "rtl")) for text in one.paragraphs],
            }
            for one in self.official.first(locale.name, self.english.name)
        ]

    def printed_of(self, page: Page) -> str:
        """A digest of what a paper of a page has besides its texts: the English page, and the clinic's numbers around it."""
        return digest_of(
            json.dumps([self.page_digests.get(page.path, ""), self.content.values.get("clinic")], default=str).encode()
        )

    @cached_property
    def papers(self) -> bool:
        """Whether the site has a template for the answers about papers."""
        return inputs.read(self.settings.root, f"templates/{papers.TEMPLATE}") is not None

    def at(self, locale: Locale, page: Page) -> Page:
        """A page where it stands in a language."""
        return self.plan.at(locale.name, page)

    def files(self, locale: Locale) -> dict[str, Page]:
        """The pages where they stand in a language, in reading order, by their files below its folder."""
        found = (self.at(locale, page) for page in self.content.pages)
        return {page.file: page for page in found}

    @cached_property
    def home(self) -> Page:
        pages = self.content.pages
        return next((page for page in pages if not page.slug), pages[0])

    @cached_property
    def by_slug(self) -> Mapping[str, Page]:
        return {page.slug: page for page in self.content.pages}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each page stands in the reading order, by source file."""
        return {page.path: at for at, page in enumerate(self.content.pages)}

    @cached_property
    def labels(self) -> Mapping[str, Block]:
        """The label that the navigation of site.yaml has for a page, by source file."""
        fields = [block for key, block in self.site_fields if key == "nav.label"]
        by_text = {block.inline.source: block for block in fields}
        items = (item for item in listed(self.content.values.get("nav")) if isinstance(item, dict))
        named = ((f"source/{item.get('page')}", " ".join(str(item.get("label", "")).split())) for item in items)
        return {path: by_text[text] for path, text in named if text in by_text}

    @property
    def site_fields(self) -> tuple[tuple[str, Block], ...]:
        """The declared values of site.yaml."""
        return next((document.fields for document in self.content.data if document.path == SITE), ())

    @cached_property
    def templates(self) -> frozenset[str]:
        """The names of the site's templates."""
        return frozenset(path.name for path in (self.settings.root / "templates").glob("*.html"))

    @cached_property
    def sections(self) -> Sections:
        """What the menus of a large site are made from."""
        return sections(self.home, self.content.pages)

    def names(self, page: Page) -> Mapping[int, str]:
        """What a person may call each block of a page that is a message (see `occurrences`), by number of the block."""
        if page.path not in self.named:
            self.named[page.path] = names_of(page.document)
        return self.named[page.path]

    @cached_property
    def interfaces(self) -> Mapping[str, Interface]:
        """What the templates of every language are made with, by locale name."""
        by_name = self.settings.by_name
        facts = {
            name: facts_of(self.content, self.tables[name], self.english, by_name)._replace(
                kept=self.kept.get(name, "")
            )
            for name in by_name
        }
        return {
            name: Interface(locale, self.english, by_name, self.tables[name].strings, facts, self.chains, self.rules)
            for name, locale in by_name.items()
        }

    def view(self, page: Page, locale: Locale) -> PageView:
        """What a language shows of a page."""
        shown, source = self.tables[locale.name].documents[page.path], self.english.name
        original = self.tables[source].documents[page.path]
        noted = signed(shown.values()) or signed(original.values())
        digest = self.page_digests.get(page.path, "") if noted else ""
        return PageView(
            page,
            locale,
            shown,
            figures(shown.values(), locale.name, source),
            reviewed(shown, original, locale.name, source, digest),
            digest,
            by_number(shown, locale.name, source),
        )


def parts_of(shown: Mapping[int, Resolution], digests: Mapping[int, str]) -> Iterator[Part]:
    """What a page says, text by text: each message and a digest of what stands there, by number of the block."""
    for at in sorted(digests):
        yield ident(shown[at].message.key), digests[at]


def names_of(document: Document) -> dict[int, str]:
    """What a person may call each block of a document that is a message (see `occurrences`), by number of the block."""
    named = occurrences.of_messages(document.messages()).get(document.path, ())
    numbers = (block.number for block in document.blocks() if block.message)
    return {number: place.block for number, place in zip(numbers, named, strict=True)}


def facts_of(content: Content, table: Table, source: Locale, by_name: Mapping[str, Locale]) -> Facts:
    """The facts of site.yaml for text in one language: a declared value as its translation, marked where it is not that.

    Others as written and set apart: in Arabic text the two halves of a telephone number would change places (UAX 9,
    rule W2). Where such a value has words, it says that they are in the source language; where it is figures alone, they are
    the language's.
    """

    def said(name: str, value: str) -> str:
        if measure := content.measures.get(name):
            for one in (table.locale, source):
                if (text := measures.written(one, measure)) is not None:
                    return measured(text, measure, one, "" if one.name == table.locale.name else one.tag)
        found = table.facts.get(name)
        if found is None:
            if not any(map(str.isalpha, value)) and table.locale.name != source.name:
                return str(figures_of(table.locale, value))
            lang = f' lang="{source.tag}"' if letters(value) and table.locale.name != source.name else ""
            return f'<bdi{lang} dir="{source.direction}">{escape(value)}</bdi>'
        spoken = by_name[found.spoken]
        html = render(found.text, NO_FACTS._replace(right_to_left=spoken.direction == "rtl"))
        if spoken.name == table.locale.name:
            return html
        return f'<span lang="{spoken.tag}" dir="{spoken.direction}">{html}</span>'

    texts = {name: said(name, value) for name, value in content.facts.items()}
    return Facts(texts, content.facts, table.locale.direction == "rtl")


def measured(text: str, measure: Measure, spoken: Locale, lang: str) -> str:
    """A measure as HTML, set apart from the text around it; `lang`: the language it says it is in, "" where it is the text's."""
    said = f' lang="{lang}"' if lang and letters(text) else ""
    if measure.kind == "phone":
        return f'<bdi dir="ltr">{escape(text)}</bdi>'
    return f'<bdi{said} dir="{spoken.direction}">{words(text, right_to_left=spoken.direction == "rtl")}</bdi>'


def has_find(site: Site) -> bool:
    """Whether a site has a list of all pages of each language: its templates have one, and no page its name."""
    return "find.html" in site.templates and contents.FIND not in site.by_slug


def find_href(site: Site) -> str:
    """The list of all pages under its language's folder, as it stands in an address."""
    return f"{contents.FIND}/" if site.settings.folders else f"{contents.FIND}/index.html"


def address(site: Site, locale: Locale, page: Page) -> str:
    """The published address of a page, or the way to it where the site has none."""
    base, page = site.settings.url, site.at(locale, page)
    return f"{base}/{locale.tag}/{page.href}" if base else f"{page.up}../{locale.tag}/{page.href}"


def chooser_address(site: Site, up: str) -> str:
    """The way to the chooser from a page that stands below it by `up`."""
    return (up or "./") if site.settings.folders else f"{up}index.html"


def spoken_in(site: Site, page: Page) -> Iterator[dict[str, str]]:
    """The languages in which a page is mostly in that language, as search engines call them, and the chooser for all others."""
    for tag, locale in known_as(site, page).items():
        yield {"tag": tag, "href": address(site, locale, page)}
    url = site.settings.url
    yield {"tag": "x-default", "href": chooser_address(site, f"{url}/" if url else f"{page.up}../")}


def known_as(site: Site, page: Page) -> dict[str, Locale]:
    """The languages in which a page is mostly in that language, by what search engines call them; of two with one name the one
    whose own it is, else the first."""
    found: dict[str, Locale] = {}
    for locale in site.plan.languages:
        tag = search_tag(locale.name)
        if page.slug in site.plan.indexed[locale.name] and tag and (tag == locale.tag or tag not in found):
            found[tag] = locale
    return found


def site_path(settings: Settings) -> str:
    """The path part of the published address, without its last slash."""
    return urlsplit(settings.url).path.rstrip("/")
