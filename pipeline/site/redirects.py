"""The files at the addresses that pages had elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from pipeline.content.pages import Page
from pipeline.core.forms import normalized
from pipeline.core.locales import Locale
from pipeline.core.model import Output
from pipeline.site.contents import FIND
from pipeline.site.site import Site

TAKEN = frozenset(["404.html", "feed.xml", FIND, f"{FIND}/index.html"])
"""What stands below a language beside its pages."""


def moved(site: Site) -> dict[str, tuple[Locale, Page]]:
    """What stands at each address that a page had elsewhere, and at the same below each language, and at each that it had here below
    each language: where the page is. Nothing where a page or another file stands now."""
    taken = {"static", "assets", "status", "lockstep", "v", *(one.tag for one in site.plan.languages)}
    there = Claimed()
    for page in site.content.pages:
        there.claims(page.file)
    found: dict[str, tuple[Locale, Page]] = {}
    told = [(path, one, True) for path, some in site.content.moved.items() for one in some]
    told += [(path, one, False) for path, some in site.content.renamed.items() for one in some]
    for path, address, anywhere in told:
        page = site.content.by_path[path]
        file = address if address[-1] != "/" else f"{address}index.html"
        if file in TAKEN or not there.claims(file):
            continue
        found |= {f"{locale.tag}/{file}": (locale, page) for locale in site.plan.languages}
        if anywhere and file.partition("/")[0] not in taken and file not in {"index.html", "404.html"}:
            found[file] = site.english, page
    return found


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
        yield Output(file, redirect(locale, f"{'../' * file.count('/')}{locale.tag}/{page.href}"))


def redirect(locale: Locale, href: str) -> bytes:
    """A page that leads on at once."""
    to = escape(href)
    return (
        f'<!doctype html>\n<html lang="{locale.tag}" dir="{locale.direction}">\n<meta charset="utf-8">\n<title>{to}</title>\n'
        f'<link rel="canonical" href="{to}">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n<p><a href="{to}">{to}</a></p>\n</html>\n'
    ).encode()
