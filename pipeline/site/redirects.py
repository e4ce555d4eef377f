"""The files at the addresses that pages had elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pipeline.content.pages import Page
from pipeline.core.locales import Locale
from pipeline.core.model import Output
from pipeline.site.site import Site


def moved(site: Site) -> dict[str, tuple[Locale, Page]]:
    """What stands at each address that a page had elsewhere, and at the same below each language: where the page is."""
    taken = {"static", "assets", "status", "lockstep", *(one.tag for one in site.plan.languages)}
    seen = {page.file for page in site.content.pages}
    found: dict[str, tuple[Locale, Page]] = {}
    for path, some in site.content.moved.items():
        page = site.content.by_path[path]
        for address in some:
            file = address if address[-1] != "/" else f"{address}index.html"
            if file in seen:
                continue
            seen.add(file)
            found |= {f"{locale.tag}/{file}": (locale, page) for locale in site.plan.languages}
            if file.partition("/")[0] not in taken and file not in {"index.html", "404.html"}:
                found[file] = site.english, page
    return found


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
