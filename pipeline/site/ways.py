"""Where the links in a page's content lead in one language: to where pages stand in it, and to the best there is of a page in a
language that is not published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import NamedTuple

from pipeline.content.content import Page
from pipeline.content.links import Local
from pipeline.core.inline import ATTRIBUTE, LEADING, TAG
from pipeline.core.locales import Locale
from pipeline.site.site import Site


class Way(NamedTuple):
    """Where a link leads. `tag`, `name` and `dir`: those of the language of what is there, where it is not the one that was asked for;
    without a name nobody is told it in words."""

    href: str
    tag: str = ""
    name: str = ""
    dir: str = ""


def way(page: Page, other: Page) -> str:
    """The way from one page to another of its language."""
    return page.up + other.href or "./"


def ways_of(site: Site, locale: Locale, page: Page) -> dict[str, Way]:
    """Where links of a page lead in a language, by what they are in the parsed page; those alone that lead elsewhere than that says."""
    links, found = site.content.links, dict[str, Way]()
    for one in page.document.links:
        link = links.local(page.path, one.target)
        if link is None or links.asset(link):
            continue
        if other := site.content.by_path.get(links.page(link) or ""):
            if (was := way(page, other)) != (now := way(page, site.at(locale, other))):
                found[was] = Way(now)
        elif link.rooted:
            found |= {bare(one.target): there for there in abroad(site, locale, page, link)}
    return found


def abroad(site: Site, locale: Locale, page: Page, link: Local) -> Iterator[Way]:
    """Where a link leads that names a page in a language (`/es/pump/`): to where that page stands in it; where the language is not
    published, to the page in the nearest one that is: of those that it falls back on, or in English."""
    by_tag = {one.tag: one for one in site.settings.by_name.values()}
    out = {one.name: one for one in site.plan.languages}
    for name in site.content.links.names(link):
        tag, _, rest = name.removeprefix("source/").partition("/")
        other = site.content.by_path.get(site.content.links.page_named(f"source/{rest}".rstrip("/")) or "")
        if tag not in by_tag or other is None:
            continue
        asked = by_tag[tag]
        best = next((out[one] for one in (asked.name, *asked.chain) if one in out), site.english)
        href = f"{page.up}../{best.tag}/{site.at(best, other).href}"
        if best is not asked and best.name != asked.name:
            told = locale.name != site.english.name  # whose text is the one that others are held to
            yield Way(href, best.tag, best.endonym if told else "", best.direction)
        elif site.at(best, other) is not other:
            yield Way(href)
        return


def bare(address: str) -> str:
    """An address without its query and fragment."""
    return re.split("[?#]", address, maxsplit=1)[0]


def redirected(ways: Mapping[str, Way], html: str) -> str:
    """A piece of HTML whose links lead there, in its tags alone; where what is there is in another language, the link says so, and
    its text too."""
    if not any(escape(one) in html for one in ways):
        return html
    told: list[Way] = []
    """Of the link that is open."""

    def led(one: re.Match[str]) -> str:
        value = one[3].strip("\"'")
        found = ways.get(unescape(bare(value))) if one[1].lower() in LEADING else None
        if found is None:
            return one[0]
        made = f'{one[1]}="{escape(found.href)}{value[len(bare(value)) :]}"'
        if not found.tag or one[1].lower() != "href":
            return made
        told.append(found)
        return f'{made} hreflang="{found.tag}"'

    def tag(match: re.Match[str]) -> str:
        link = (match[2] or "").lower() == "a"
        if link and match[1]:
            words = "".join(
                f' (<span lang="{one.tag}" dir="{one.dir}">{escape(one.name)}</span>)' for one in told if one.name
            )
            told.clear()
            return f"{words}{match[0]}"
        made = ATTRIBUTE.sub(led, match[0])
        if not link:
            told.clear()
        return made

    return TAG.sub(tag, html)
