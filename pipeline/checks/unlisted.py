"""Pages that no reader comes to: `nav` of site.yaml does not name them, and no page or template that readers see leads to them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from pipeline.content import Content
from pipeline.content.beside import ROOT, UP
from pipeline.content.content import listed
from pipeline.content.links import Links
from pipeline.core.forms import normalized
from pipeline.core.model import Finding, Level, Span

TEXT = (
    "This page is in no menu: `nav` in source/site.yaml does not name it, and no page that readers come to leads to it. "
    "Add `- page: {}` there, or a link on another page."
)


def findings(content: Content) -> Iterator[Finding]:
    """Every such page of a site with a `nav`: without one the menu has all pages. The first page is none, to which every page leads;
    nothing is said while a page that may lead to others cannot be read."""
    named = [one["page"] for one in listed(content.values.get("nav")) if isinstance(one, dict) and "page" in one]
    if not named or content.links.held:
        return
    reached = reachable(content, begun(content, [one for one in named if isinstance(one, str)]))
    for page in content.pages:
        if page.path not in reached and page.path.startswith("source/"):
            text = TEXT.format(page.path.removeprefix("source/"))
            yield Finding("unlisted", Level.WARNING, text, Span(page.path, 1))


def begun(content: Content, named: list[str]) -> Iterator[str]:
    """Where readers begin: on the first page, in the menu, and at what stands around every page. A menu that has a page by the file
    that it was means that page."""
    went = content.links.went
    yield from (page.path for page in content.pages if not page.slug)
    yield from (went.get(normalized("NFC", f"source/{one}"), f"source/{one}") for one in named)
    for link in content.beside:
        yield from templated(content.links, link.target)
    for document in content.data:
        for link in document.links:
            yield from led(content.links, document.path, link.target)


def reachable(content: Content, ahead: Iterator[str]) -> set[str]:
    """The pages that links lead to from some pages on, and those."""
    found: set[str] = set()
    waiting = [*ahead]
    while waiting:
        page = content.by_path.get(waiting.pop())
        if page and page.path not in found:
            found.add(page.path)
            waiting += (one for link in page.document.links for one in led(content.links, page.path, link.target))
    return found


def led(links: Links, path: str, target: str) -> Iterator[str]:
    """The page that a link leads to, in its language or another one (`/es/guide/`)."""
    if found := links.local(path, target):
        if page := links.page(found):
            yield page
        else:
            yield from (page for name in links.names(found) for page in abroad(links, name.removeprefix("source/")))


def templated(links: Links, target: str) -> Iterator[str]:
    """The page that an address of a template leads to, from a language (`{{ up }}`) or the top of the site (`{{ root }}`)."""
    try:
        inner = normalized("NFC", unquote(urlsplit(links.own(target)).path))
    except ValueError:
        return
    if inner.startswith(UP):
        yield from filter(None, [links.page_named(f"source/{inner[1:]}".rstrip("/"))])
    elif inner.startswith((ROOT, "/")):
        yield from abroad(links, inner[1:].removeprefix(links.base.lstrip("/")).lstrip("/"))


def abroad(links: Links, way: str) -> Iterator[str]:
    """The page at an address that begins with a language."""
    first, _, rest = way.partition("/")
    if first in links.others and (page := links.page_named(f"source/{rest}".rstrip("/"))):
        yield page
