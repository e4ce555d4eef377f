"""Which pages a menu shows: all of a small site; of a large one its top, the way to the reader's page, and what is around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.content.content import Page

MOST = 40
"""The pages of a site whose menu shows them all, and the entries of each list in the menu of a larger one."""

Entry = tuple[Page, int]
"""A page in a menu, and how deep it stands."""


@dataclass(frozen=True, slots=True)
class Sections:
    """The pages of a large site by folder, each list in reading order."""

    home: Page
    pages: tuple[Page, ...]
    heads: Mapping[str, Page]
    """The page of each folder and page, by slug: of a folder without a page of its own, its first."""
    lists: Mapping[str, tuple[str, ...]]
    """The slugs in each folder, by its slug."""
    places: Mapping[str, int]
    """Where each slug stands in its list."""

    def menu(self, current: Page) -> tuple[Entry, ...]:
        """The menu on a page: home, the top of the site and, below the section it is in, the way to it with what stands beside
        and below it. On the home page every page, so that all are within two links of each other."""
        if current is self.home:
            return tuple((page, page.slug.count("/")) for page in self.pages)
        way = ways(current.slug)
        shown = [(self.heads[slug], len(way)) for slug in near(self.lists.get(current.slug, ()), 0)]
        for depth in reversed(range(len(way))):
            here, beside = way[depth], self.lists[way[depth - 1] if depth else ""]
            inner, shown = shown, []
            for slug in near(beside, self.places[here]) if depth in {0, len(way) - 1} else [here]:
                shown.append((self.heads[slug], depth))
                shown += inner if slug == here else ()
        found: dict[str, Entry] = {}
        for page, depth in [(self.home, 0), *shown]:
            found.setdefault(page.path, (page, depth))
        return tuple(found.values())


def sections(home: Page, pages: tuple[Page, ...]) -> Sections:
    """The sections of a site, by its folders."""
    heads: dict[str, Page] = {}
    lists: dict[str, list[str]] = {}
    own = {page.slug: page for page in pages}
    for page in pages:
        for above, slug in zip(["", *ways(page.slug)], ways(page.slug), strict=False):
            if slug not in heads:
                heads[slug] = own.get(slug, page)
                lists.setdefault(above, []).append(slug)
    places = {slug: at for slugs in lists.values() for at, slug in enumerate(slugs)}
    return Sections(home, pages, heads, {slug: tuple(slugs) for slug, slugs in lists.items()}, places)


def ways(slug: str) -> list[str]:
    """A slug and those of the folders above it, the outermost first; none for that of the home page."""
    parts = slug.split("/") if slug else []
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def near(slugs: Sequence[str], at: int) -> Sequence[str]:
    """A list, or of a long one what stands around a place."""
    start = max(0, min(at - MOST // 2, len(slugs) - MOST))
    return slugs[start : start + MOST]
