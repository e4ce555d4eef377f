"""The files at the addresses that pages had elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pipeline.content.claimed import FEED, OURS, TAKEN, Claimed, file_at
from pipeline.content.content import Page
from pipeline.core.locales import Locale
from pipeline.core.model import Output
from pipeline.site.site import Site


def moved(site: Site) -> dict[str, tuple[Locale, Page]]:
    """What stands at each address that a page had elsewhere, and at the same below each language; at each that it had here below each
    language; and at each that it had in one language; and at all of these below the folders that
    a language was in: where the page is. Nothing where a page or another file stands now."""
    found: dict[str, tuple[Locale, Page]] = {}
    for locale in site.plan.languages:
        there = Claimed()
        for page in site.content.pages:
            there.claims(site.at(locale, page).file)
        for file in sorted(TAKEN, reverse=True):
            if file != FEED or site.settings.url:  # without an address there is no feed
                there.claims(file)
        for path, address in told(site, locale):
            file = file_at(address)
            if file not in TAKEN and there.claims(file):
                found[f"{locale.tag}/{file}"] = locale, site.content.by_path[path]
    taken = OURS | {one.tag for one in site.plan.languages}
    for path, some in site.content.moved.items():
        for address in some:
            file = file_at(address)
            known = found.get(f"{site.english.tag}/{file}")
            if known and known[1].path == path and file.partition("/")[0] not in taken:
                found[file] = site.english, known[1]
    if any(locale.former for locale in site.plan.languages):
        below_former(site, found)
    return found


def below_former(site: Site, found: dict[str, tuple[Locale, Page]]) -> None:
    """Add what stands below the folders that languages were in elsewhere: each page of the language, and each of its former addresses.
    Nothing in a folder that is one of the site's."""
    taken = {one.casefold() for one in (*OURS, *(locale.tag for locale in site.plan.languages))}
    there = Claimed()
    for file in found:
        there.claims(file)
    for locale in site.plan.languages:
        led = [(file.partition("/")[2], page) for file, (_, page) in found.items() if file.startswith(f"{locale.tag}/")]
        every = [*((site.at(locale, page).file, page) for page in site.content.pages), *led]
        for folder in locale.former:
            if folder.partition("/")[0].casefold() not in taken:
                found.update(
                    (f"{folder}/{file}", (locale, page)) for file, page in every if there.claims(f"{folder}/{file}")
                )


def given(site: Site) -> set[str]:
    """The files at the addresses that pages had elsewhere, as their authors say."""
    every = (one for some in site.content.moved.values() for one in some)
    return {file_at(one) for one in every}


def told(site: Site, locale: Locale) -> Iterator[tuple[str, str]]:
    """The former addresses below a language, each with the source file of its page before it, those first that come first."""
    for path, some in site.content.moved.items():
        yield from ((path, one) for one in some)
    if locale.name in site.plan.places:
        yield from ((path, f"{slug}/") for slug, path in site.plan.places[locale.name].former)
    for path, some in site.content.renamed.items():
        yield from ((path, one) for one in some)


def redirects(site: Site) -> Iterator[Output]:
    """The files at the addresses that pages had elsewhere."""
    for file, (locale, page) in moved(site).items():
        yield Output(file, redirect(locale, f"{'../' * file.count('/')}{locale.tag}/{site.at(locale, page).href}"))


def redirect(locale: Locale, href: str) -> bytes:
    """A page that leads on at once."""
    to = escape(href)
    return (
        f'<!doctype html>\n<html lang="{locale.tag}" dir="{locale.direction}">\n<meta charset="utf-8">\n<title>{to}</title>\n'
        f"{onward(to)}"
    ).encode()


def onward(to: str) -> str:
    """What leads on, from the head of such a page to its end: an address, and nothing in any language."""
    return (
        f'<link rel="canonical" href="{to}">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n<p><a href="{to}">{to}</a></p>\n</html>\n'
    )


def leads_on(html: str) -> bool:
    """Whether a page is one of these."""
    return html.endswith(onward(html.partition("<title>")[2].partition("</title>")[0]))
