"""The pages beside those of the source: the chooser of languages, the page for what is not found, the list of all pages of a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import __version__
from pipeline.content.content import SITE
from pipeline.content.inline_html import words
from pipeline.core.locales import Locale
from pipeline.core.model import Output
from pipeline.site import contents, templates
from pipeline.site.language import Language
from pipeline.site.site import Rendered, Site, address, chooser_address, find_href, known_as, site_path
from pipeline.site.speech import Said, Speech


@dataclass(frozen=True, slots=True)
class Heading(Said):
    """A heading in the list of all pages: a text with its id."""

    id: str = ""


def heading(ident: str, said: Said) -> Heading:
    return Heading(said.html, said.text, said.lang, said.dir, said.foreign, ident)


def choosers(site: Site) -> Iterator[Rendered]:
    """The language chooser and the page for what is not found."""
    env = site.env
    yield chooser(site, env, "index.html", "chooser.html", "")
    yield not_found(site, env)


def not_found(site: Site, env: Any) -> Rendered:
    """The page for what is not found."""
    return chooser(site, env, "404.html", "404.html", site_path(site.settings) + "/")


def chooser(site: Site, env: Any, path: str, template: str, base: str) -> Rendered:
    """A page that lists the languages, each in its own words; `base` is the way to them."""
    speeches = {locale.name: Speech(site.interfaces[locale.name]) for locale in site.plan.languages}
    shown = [name for name in speeches if name in site.plan.listed]
    speech = speeches[site.english.name]
    known = {locale: tag for tag, locale in known_as(site, site.home).items()}
    homes = [home_of(site, speeches[name], base, known) for name in shown]
    url = site.settings.url
    body = templates.page(
        env,
        template,
        speech=speech,
        homes=homes,
        root=base,
        english=site.english,
        version=__version__,
        official=site.official_in(site.english),
        canonical=chooser_address(site, f"{url}/") if url else "",
    )
    return Rendered(Output(path, body), {one.locale.tag: frozenset(one.printed) for one in speeches.values()})


def home_of(site: Site, speech: Speech, base: str, known: Mapping[Locale, str]) -> dict[str, Any]:
    """One language as the chooser lists it. `known`: what search engines call the languages."""
    locale, name = speech.locale, site.content.fields.get("name")
    return {
        "tag": locale.tag,
        "dir": locale.direction,
        "name": locale.endonym,
        "href": f"{base}{locale.tag}/{site.home.href}",
        "address": address(site, locale, site.home) if site.settings.url else f"{base}{locale.tag}/{site.home.href}",
        "indexed": site.home.slug in site.plan.indexed[locale.name],
        "search": known.get(locale, ""),
        "speech": speech,
        "site": None if name is None else speech.said(site.tables[locale.name].documents[SITE][name.number]),
    }


def find(site: Site, locale: Locale, rows: Sequence[Mapping[str, Any]], search: Sequence[str] = ()) -> Rendered:
    """The list of all pages of a language, in reading order, of rows as `contents.listed` has them. `search`: the
    languages in which its pages can be searched."""
    env = site.env
    language = Language(site, site.interfaces[locale.name], env)
    by_tag = {one.tag: one for one in site.settings.by_name.values()}
    by_file = site.files(locale)

    def said(lang: str, text: str) -> Said:
        direction = by_tag[lang].direction
        return Said(words(text, right_to_left=direction == "rtl"), text, lang, direction, lang != locale.tag)

    pages = [
        {
            "href": f"../{by_file[row['file'].partition('/')[2]].href}",
            "title": said(*row["title"]),
            "description": said(*row["description"]) if row["description"] else None,
            "toc": [heading(ident, said(lang, text)) for ident, lang, text in row["toc"]],
        }
        for row in contents.ordered(rows, [*by_file])
    ]
    body = templates.page(
        env,
        "find.html",
        speech=language.speech,
        locale=locale,
        english=site.english,
        site=language.values,
        home=f"../{site.home.href}",
        languages=[
            listed(site, other, current=other is locale)
            for other in site.plan.languages
            if other.name in {*site.plan.listed, locale.name}
        ],
        pages=pages,
        search=" ".join(search),
        root="../../",
        official=language.official,
        version=__version__,
    )
    printed = frozenset(language.speech.printed)
    return Rendered(Output(f"{locale.tag}/{contents.FIND}/index.html", body), {locale.tag: printed})


def listed(site: Site, locale: Locale, *, current: bool) -> dict[str, Any]:
    """The list of all pages of a language, as that of another one leads there."""
    return {
        "tag": locale.tag,
        "dir": locale.direction,
        "name": locale.endonym,
        "href": f"../../{locale.tag}/{find_href(site)}",
        "current": current,
    }
