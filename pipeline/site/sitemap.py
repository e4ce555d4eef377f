"""What search engines are told of the whole site: `sitemap.xml` with each page's languages, and `robots.txt`.

Sources: sitemaps.org's protocol (50,000 addresses and 50 MB a file); Google Search Central, "Localized versions of your pages".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from pipeline.content.content import Page
from pipeline.core.model import Output
from pipeline.site.site import Site, address, spoken_in

MOST, LARGEST = 50_000, 50_000_000
"""How many addresses a sitemap may have, and how many bytes."""
OPEN = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def outputs(site: Site) -> Iterator[Output]:
    """The files, where the site has an address: without one no address can be told."""
    if not site.settings.url:
        return
    parts = [XML + OPEN + "\n" + "".join(part) + "</urlset>\n" for part in apart(rows(site))]
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{at}.xml" for at in range(1, len(parts) + 1)]
    for name, body in zip(names, parts, strict=True):
        yield Output(name, body.encode())
    if len(parts) > 1:
        yield Output("sitemap.xml", index(site.settings.url, names).encode())
    yield Output("robots.txt", robots(site.settings.url).encode())


def rows(site: Site) -> Iterator[str]:
    """An entry for every page in every language that it is told to search engines in, by language and reading order."""
    others = {page.slug: alternates(site, page) for page in site.content.pages}
    for locale in site.plan.languages:
        for page in site.content.pages:
            if page.slug not in site.plan.indexed[locale.name]:
                continue
            day = f"<lastmod>{page.updated.isoformat()}</lastmod>" if page.updated else ""
            yield f"<url><loc>{escape(address(site, locale, page))}</loc>{day}{others[page.slug]}</url>\n"


def alternates(site: Site, page: Page) -> str:
    """The links from a page to itself in each of its languages; none where it has one."""
    found = list(spoken_in(site, page))
    if len(found) < 2:
        return ""
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(one["tag"])}" href="{escape(one["href"])}"/>' for one in found
    )


def apart(rows: Iterable[str]) -> list[list[str]]:
    """The entries in as many files as they need: at least one."""
    parts, size = [[]], 0  # type: list[list[str]], int
    for row in rows:
        length = len(row.encode())
        if len(parts[-1]) == MOST or size + length > LARGEST - 500:
            parts.append([])
            size = 0
        parts[-1].append(row)
        size += length
    return parts


def index(url: str, names: Sequence[str]) -> str:
    """The sitemap of the sitemaps."""
    inner = "".join(f"<sitemap><loc>{escape(f'{url}/{name}')}</loc></sitemap>\n" for name in names)
    return f'{XML}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{inner}</sitemapindex>\n'


def robots(url: str) -> str:
    """What robots are asked (RFC 9309); it is read at the top of a host only."""
    base = urlsplit(url).path.rstrip("/")
    return f"User-agent: *\nDisallow: {base}/status/\n\nSitemap: {url}/sitemap.xml\n"
