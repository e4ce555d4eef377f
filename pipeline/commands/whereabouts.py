"""The pages that an edit renamed, added or removed, their addresses, and what led to them and leads nowhere now, or to another file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.changes import Occurrences
from pipeline.changes.addresses import Addresses
from pipeline.content import Content, beside
from pipeline.content.content import SITE, listed
from pipeline.content.files import mapping_of, slugs
from pipeline.content.fixed import Fixtures
from pipeline.content.links import Links, written
from pipeline.core.forms import normalized
from pipeline.core.model import Span
from pipeline.core.options import is_page
from pipeline.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Went:
    """A page that was in another file, or none, or is in none now: its files and addresses below a language, "" for none; `leads`: the
    page that the former address leads to, or ""."""

    was: str
    now: str
    address_was: str
    address_now: str
    leads: str = ""
    draft: bool = False

    @property
    def how(self) -> str:
        """What became of it, in a word."""
        return "added" if not self.was else "renamed" if self.now else "removed"

    @property
    def said(self) -> str:
        """The same in words."""
        if not self.was:
            return f"added, at {self.address_now}"
        leads = f"leads to {self.leads}" if self.leads else "leads nowhere now"
        if self.now:
            leads = "leads there" if self.leads == self.now else leads
            return f"{self.now} now, at {self.address_now}; the former address {self.address_was} {leads}"
        what = "a draft now, and not published" if self.draft else "removed"
        return f"{what}; its address {self.address_was} {leads}"


@dataclass(frozen=True, slots=True)
class Astray:
    """A link, or an entry of `nav`, to a page that is not in that file any more: where it stands, as it is written, what to write
    ("" where there is no page to lead to)."""

    at: Span
    target: str
    write: str

    @property
    def said(self) -> str:
        """What to do about it."""
        return f"{self.target} leads nowhere now" if not self.write else f"{self.target}: write {self.write}"


@dataclass(frozen=True)
class Whereabouts:
    """The pages of a site that are not where they were, by a content that knows nothing of it yet. `gone`: the files that are no
    pages any more, each with the page that most of it is on, or ""."""

    content: Content
    before: Mapping[str, str]
    gone: Mapping[str, str]
    added: tuple[str, ...]

    @property
    def now(self) -> Links:
        """Where links lead once it is noted."""
        links, heirs = self.content.links, {old: now for old, now in self.gone.items() if now}
        former = {normalized("NFC", self.before[old]): now for old, now in heirs.items()}
        went = {normalized("NFC", old): now for old, now in heirs.items() if old not in self.content.drafts}
        return replace(links, former={**former, **links.former}, went={**links.went, **went})

    @property
    def then(self) -> Links:
        """Where they would lead if the pages that are gone were still there."""
        links = self.content.links
        return replace(links, pages={**links.pages, **{old: self.before[old] for old in self.gone}})

    def pages(self) -> Iterator[Went]:
        """Every such page."""
        links, taken = self.now, {*self.gone.values()}
        for old, now in self.gone.items():
            slug = self.before[old]
            leads = links.page_named(f"source/{slug}") or ""
            there = address(links.pages[now]) if now else ""
            yield Went(old, now, address(slug), there, leads, old in self.content.drafts)
        yield from (Went("", new, "", address(links.pages[new])) for new in self.added if new not in taken)

    def astray(self) -> Iterator[Astray]:
        """What led to them."""
        found = {*self.links(), *self.nav()} if self.gone else ()
        yield from sorted(found, key=lambda one: (one.at, one.target))

    def links(self) -> Iterator[Astray]:
        """The links in pages, templates and style sheets."""
        content, now, then = self.content, self.now, self.then
        for path, link in ((one.path, link) for one in content.documents for link in one.links):
            found = then.local(path, link.target)
            if found is None or then.page_there(found) not in self.gone or then.asset(found):
                continue
            if to := now.renamed(found):
                yield Astray(link.span, link.target, now.to(path, to, found))
            elif now.page_there(found) is None:
                yield Astray(link.span, link.target, "")
        for link in content.beside:
            if beside.wrong(link, now, content.places) and not beside.wrong(link, then, content.places):
                yield Astray(link.span, link.target, "")

    def nav(self) -> Iterator[Astray]:
        """The entries of the menu."""
        for item in listed(self.content.values.get("nav")):
            named = item.get("page") if isinstance(item, dict) else None
            if isinstance(named, str) and f"source/{named}" in self.gone:
                now = self.gone[f"source/{named}"].removeprefix("source/")
                line = int(getattr(next(iter(item)), "line", 1))
                yield Astray(Span(SITE, line), f"nav: {named}", now)


def address(slug: str) -> str:
    """An address below a language, as people read it."""
    return f"/{written(slug)}/" if slug else "/"


def pages_of(settings: Settings, *noted: Iterable[str]) -> set[str]:
    """The pages among the files of which something is noted."""
    paths = {path for some in noted for path in some if path.startswith("source/")}
    return {path for path in paths if (one := mapping_of(settings, path)) and is_page(one.method)}


def changed(
    settings: Settings,
    content: Content,
    before: tuple[Occurrences, Fixtures],
    now: tuple[Occurrences, Fixtures],
    told: Addresses,
) -> Whereabouts:
    """What is not where it was. `before` and `now`: what stood and stands in each file; `told`: who knows where pages went."""
    there = {page.path for page in content.pages}
    held = content.links.held.pages if content.links.held else {}
    were = pages_of(settings, *before)
    gone = {old: told.heir(old, there) for old in sorted(were - there - {*held})}
    added = sorted((pages_of(settings, *now) & there) - were)
    return Whereabouts(content, slugs(were), gone, tuple(added))
