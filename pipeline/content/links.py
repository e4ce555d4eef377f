"""Where the links of pages lead: an address as its author wrote it → the page or file of the site, and the address that is published."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from pipeline.content.inline_html import Urls
from pipeline.core.forms import normalized


class Local(NamedTuple):
    """A link that stays on the site: the file of source/ that it names, and its `?query#fragment` as written. `rooted`: it is
    written from the root of a site (`/guide/`); what is published there, is no file of source/ in every case."""

    path: str
    rest: str
    rooted: bool

    @property
    def fragment(self) -> str:
        """The name after `#`, or ""."""
        return unquote(self.rest.partition("#")[2])


def local(path: str, target: str) -> Local | None:
    """What a link of the source file `path` leads to on the site; None for one that leads elsewhere, or within the page."""
    if "{" in target or "%7B" in target:
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    rest = (f"?{parts.query}" if parts.query else "") + composed(f"#{parts.fragment}" if parts.fragment else "")
    rooted = parts.path.startswith("/")
    inner = f"source/{parts.path}" if rooted else posixpath.join(posixpath.dirname(path), parts.path)
    return Local(normalized("NFC", unquote(posixpath.normpath(inner))), rest, rooted)


def where_copied(link: Local) -> Iterator[Local]:
    """What a link to a page that Jekyll has set apart leads to where no page is (`_docs/a.md`): where `init` has the page be copied."""
    if link.path.startswith("source/_"):
        inner = link.path.removeprefix("source/_").removeprefix("pages/")
        yield link._replace(path=f"source/{inner}", rooted=True)


def composed(fragment: str) -> str:
    """A `#fragment` with its accents as the places on our pages have them (NFC)."""
    name = unquote(fragment)
    return fragment if (plain := normalized("NFC", name)) == name else written(plain).replace("%23", "#", 1)


def address(folder: str, to: str, *, folders: bool) -> str:
    """The way from a page to one that stands at `to` below `folder` (`../`): that of its file, or of its folder."""
    inner = f"{folder}{written(to)}/" if to else folder
    return (inner or "./") if folders else f"{inner}index.html"


def written(path: str) -> str:
    """A path as it stands in an address: what would be read as something else in one is percent-encoded (RFC 3986, 2.1)."""
    return quote(path, safe="/@+,=!")


@dataclass(frozen=True)
class Links:
    """What there is on a site to lead to: its pages, each with where it stands under a language, and its files, both by name below
    source/; the first parts of other paths that are published (`en`, `static`). `base` is the path that the site is published
    under (`/docs`, or ""). `former` are the addresses that pages had elsewhere, each with its page."""

    pages: Mapping[str, str]
    assets: frozenset[str]
    others: frozenset[str] = frozenset()
    base: str = ""
    former: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    """The address that the site is published at; "" for none."""
    static: frozenset[str] = frozenset()
    """The files below templates/static/, which are published as they are."""
    folders: bool = False
    """Whether pages are named by their folders (see `Settings.folders`)."""
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The addresses that each page had with another tool, as its author says them."""
    before: str = ""
    """The path that the site was published under with another tool, as `base`."""
    rooted: bool = False
    """Whether a link that leads nowhere else may be told from the root without a slash, as Hugo's `ref` is."""
    held: Links | None = None
    """The pages that are held back (see `pages.read`): there is nothing to lead to, and nobody is to be led into nothing."""
    instead: str = ""
    """Where links to them lead, below a language."""
    went: Mapping[str, str] = field(default_factory=dict)
    """The files that pages were and that are there no more, by name as links have it, each with the page that it is now."""

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """The pages by name as links have it: file systems write accents in more than one way."""
        return {normalized("NFC", path): path for path in self.pages}

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The files by name as links have it."""
        return {normalized("NFC", name): name for name in self.assets}

    @cached_property
    def by_slug(self) -> Mapping[str, str]:
        """The page that stands at each address under a language."""
        return {normalized("NFC", slug): path for path, slug in self.pages.items()}

    def page(self, link: Local) -> str | None:
        """The source file of the page that a link leads to: by its file (`guide.md`), by its address (`guide/`), or by the file that it
        was before it was renamed."""
        return self.page_there(link) or self.renamed(link)

    def page_there(self, link: Local) -> str | None:
        return next((found for name in self.names(link) if (found := self.page_named(name))), None)

    def renamed(self, link: Local) -> str | None:
        """The page that a link means by the file that it was; None where it means one that is there."""
        if not self.went or self.page_there(link):
            return None
        return next((self.went[name] for name in self.names(link) if name in self.went), None)

    def page_named(self, name: str) -> str | None:
        if found := self.by_name.get(name):
            return found
        there = name.removeprefix("source").removeprefix("/")
        inner = there.removesuffix(".html").removesuffix("index").rstrip("/")
        return self.by_slug.get(inner) or self.former.get(inner) or self.former.get(there)

    def asset(self, link: Local) -> str | None:
        """The file of source/ that a link leads to, by its name there."""
        for name in self.names(link):
            inner = name.removeprefix("source/")
            for one in (inner, inner.removeprefix("assets/") if link.rooted else inner):
                if name.startswith("source/") and one in self.files:
                    return self.files[one]
        return None

    def names(self, link: Local) -> Iterator[str]:
        """The names that a link may mean, below source/: with the site's own path left out, too."""
        yield link.path
        for base in (self.base, self.before):
            under = f"source{base}"
            if link.rooted and base and (link.path == under or link.path.startswith(f"{under}/")):
                yield f"source{link.path.removeprefix(under)}"

    def elsewhere(self, link: Local) -> bool:
        """Whether a link leads to what is published beside the pages of a language: another language, a file of the templates."""
        return link.rooted and any(
            self.beside(name.removeprefix("source").removeprefix("/")) for name in self.names(link)
        )

    def beside(self, there: str) -> bool:
        """Whether something is published under a path that begins where the site does: `static/a.css`, `en/guide/`."""
        first, _, rest = there.partition("/")
        if first == "static":
            return rest in self.static
        if first == "assets":
            return rest in self.files
        page = first in self.others and (
            rest in {"feed.xml", "404.html"} or self.page_named(f"source/{rest}".rstrip("/"))
        )
        return bool(page) or first in TOP

    def own(self, target: str) -> str:
        """A link with the site's own address as one from the root of the site (`/docs/guide/`), and so one that Docusaurus tells from
        the folder of its settings (`@site/docs/guide.md`) or Zola from that of its pages (`@/guide.md`); any other as it is."""
        if target.startswith("@/"):
            return target[1:]
        if target.startswith("@site/"):
            return f"/{re.sub(r'^(?:docs|static)/', '', target.removeprefix('@site/'))}"
        if self.url and target.startswith(self.url) and target[len(self.url) :][:1] in ("", "/", "?", "#"):
            return f"{self.base}{target[len(self.url) :] or '/'}"
        return target

    def local(self, path: str, target: str) -> Local | None:
        """What a link of the source file `path` leads to on the site, by whichever of its addresses."""
        target = self.own(target)
        found = local(path, target)
        if found is None or self.leads(found):
            return found
        others = (*where_copied(found), *(() if found.rooted else self.others_mean(path, target)))
        return next((one for one in others if self.leads(one)), found)

    def leads(self, link: Local) -> bool:
        """Whether a link leads to something that is there, or held back."""
        return bool(self.page_there(link) or self.asset(link) or (self.held and self.held.page(link)))

    def others_mean(self, path: str, target: str) -> Iterator[Local]:
        """What a link that is not told from its file may mean: told from an address of its page, as browsers read it, where it is no
        name of a file itself; told from the root of the site."""
        own = self.pages.get(path, "")
        bases = [*self.said.get(path, ()), *([f"{own}/"] if own else [])]
        bases = [*([] if NAMES_FILE.search(target) else bases), *([""] if self.rooted else [])]
        for base in bases:
            way = posixpath.join(posixpath.dirname(f"/{base}"), target)
            if one := local(path, way if way.startswith("/") else f"/{way}"):
                yield one

    @cached_property
    def by_last(self) -> Mapping[str, str]:
        """The pages and files by the last part of their names in lower case; "" where several share it."""
        found: dict[str, str] = {}
        for name in (*(path.removeprefix("source/") for path in self.pages), *self.assets):
            last = posixpath.basename(name).lower()
            found[last] = "" if last in found else name
        return found

    def alike(self, link: Local) -> str:
        """The one page or file that a link which leads nowhere is likely to mean, as its author would write it; "" for none."""
        name = self.by_last.get(posixpath.basename(link.path).lower(), "")
        return f"/{written(name)}" if name else ""

    def to(self, path: str, page: str, link: Local) -> str:
        """A link to a page as its author writes it in a file: from the root where it was written so, otherwise from that file."""
        inner = page.removeprefix("source/")
        way = f"/{inner}" if link.rooted else posixpath.relpath(page, posixpath.dirname(path))
        return written(way) + link.rest

    def urls(self, path: str) -> Urls:
        """How the links of one page are published: to pages and files of the site by the way from this page, others as written."""
        slug = self.pages.get(path, "")
        up = "../" * (slug.count("/") + 1) if slug else ""

        def publish_url(target: str) -> str:
            link = self.local(path, target)
            if link is None:
                return composed(target) if target.startswith("#") else target
            asset = self.asset(link)
            if asset is None and (page := self.page(link)):
                return address(up, self.pages[page], folders=self.folders) + link.rest
            if asset is None and self.held and self.held.page(link):
                return up + self.instead
            return target if asset is None else f"{up}../assets/{written(asset)}{link.rest}"

        return publish_url


NAMES_FILE = re.compile(r"\.(?:md|mdx|markdown)(?=[?#]|\Z)", re.I)
TOP = frozenset(["", "index.html", "404.html", "sitemap.xml", "robots.txt", "status"])
"""What stands at the top of every site."""
NO_LINKS = Links({}, frozenset())
"""A site on which there is nothing to lead to."""
