"""The files at the addresses that pages had elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from pipeline.content.content import Page
from pipeline.core.forms import normalized
from pipeline.core.locales import Locale
from pipeline.core.model import Output
from pipeline.site.contents import FIND
from pipeline.site.site import Site

FEED = "feed.xml"
TAKEN = frozenset(["404.html", FEED, FIND, f"{FIND}/index.html"])
"""What stands below a language beside its pages."""

OURS = frozenset(
    "index.html static assets status lockstep lockstep.json v sitemap.xml robots.txt _headers _redirects".split()  # noqa: SIM905
)
"""What stands at the top beside the languages."""


def moved(site: Site) -> dict[str, tuple[Locale, Page]]:
    """What stands at each address that a page had elsewhere, and at the same below each language; at each that it had here below each
    language; and at each that it had in one language: where the page is. Nothing where a page or another file stands now."""
    found: dict[str, tuple[Locale, Page]] = {}
    for locale in site.plan.languages:
        there = Claimed()
        for page in site.content.pages:
            there.claims(site.at(locale, page).file)
        for file in sorted(TAKEN, reverse=True):
            if file != FEED or site.settings.url:  # without an address there is no feed
                there.claims(file)
        for path, address in told(site, locale):
            file = address if address[-1] != "/" else f"{address}index.html"
            if file not in TAKEN and there.claims(file):
                found[f"{locale.tag}/{file}"] = locale, site.content.by_path[path]
    taken = OURS | {one.tag for one in site.plan.languages}
    for path, some in site.content.moved.items():
        for address in some:
            file = address if address[-1] != "/" else f"{address}index.html"
            known = found.get(f"{site.english.tag}/{file}")
            if known and known[1].path == path and file.partition("/")[0] not in taken:
                found[file] = site.english, known[1]
    return found


def given(site: Site) -> set[str]:
    """The files at the addresses that pages had elsewhere, as their authors say."""
    every = (one for some in site.content.moved.values() for one in some)
    return {one if one[-1] != "/" else f"{one}index.html" for one in every}


def told(site: Site, locale: Locale) -> Iterator[tuple[str, str]]:
    """The former addresses below a language, each with the source file of its page before it, those first that come first."""
    for path, some in site.content.moved.items():
        yield from ((path, one) for one in some)
    if locale.name in site.plan.places:
        yield from ((path, f"{slug}/") for slug, path in site.plan.places[locale.name].former)
    for path, some in site.content.renamed.items():
        yield from ((path, one) for one in some)


@dataclass
class Claimed:
    """The files of a language, so that no two are one to a file system that does not tell letter case apart, or one a folder of
    another."""

    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)

    def claims(self, file: str) -> bool:
        """Take a place; False where it is taken."""
        name = normalized("NFC", file).casefold()
        parts = name.split("/")
        above = {"/".join(parts[:end]) for end in range(1, len(parts))}
        if name in self.files or name in self.folders or above & self.files:
            return False
        self.files.add(name)
        self.folders |= above
        return True


def redirects(site: Site) -> Iterator[Output]:
    """The files at the addresses that pages had elsewhere."""
    for file, (locale, page) in moved(site).items():
        yield Output(file, redirect(locale, f"{'../' * file.count('/')}{locale.tag}/{site.at(locale, page).href}"))


def redirect(locale: Locale, href: str) -> bytes:
    """A page that leads on at once."""
    to = escape(href)
    return (
        f'<!doctype html>\n<html lang="{locale.tag}" dir="{locale.direction}">\n<meta charset="utf-8">\n<title>{to}</title>\n'
        f'<link rel="canonical" href="{to}">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n<p><a href="{to}">{to}</a></p>\n</html>\n'
    ).encode()
