"""Which of the addresses that pages had lead nobody to their page, since something else stands there, or another page had them too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from pipeline.content.former import FIRST
from pipeline.content.redirect_tables import Redirect
from pipeline.core.forms import normalized
from pipeline.core.model import Finding, Level, Span

FEED = "feed.xml"
FIND = "find-a-topic"
"""The slug of the page that lists everything; a page of the site's own by that name stands in its place."""
TAKEN = frozenset(["404.html", FEED, FIND, f"{FIND}/index.html"])
"""What stands below a language beside its pages."""
OURS = frozenset(
    "index.html static assets status lockstep lockstep.json v sitemap.xml robots.txt _headers _redirects".split()  # noqa: SIM905
)
"""What stands at the top beside the languages."""

NAME, PATH = 255, 1000
"""How many bytes the name of a file has at most (as most file systems have it), and how many an address."""
Where = Callable[[str, str], Span]
"""Where a page says that it had an address."""


class Rival(NamedTuple):
    """What has the place of an address: whose it is (the source file of a page; "" for what is no page's), and where that is said, if
    the page is only led to from there."""

    page: str = ""
    at: Callable[[], Span] | None = None

    def __str__(self) -> str:
        if self.at:
            return f"it leads to {self.page} already ({self.at()}). Remove one of the two."
        if self.page:
            return f"it is the address of the page {self.page}. Remove it here, or move that page."
        return "what Lockstep itself publishes stands there. Have your host lead readers on."


@dataclass
class Claimed:
    """The files of a language, so that no two are one to a file system that does not tell letter case apart, or one a folder of
    another."""

    files: dict[str, Rival] = field(default_factory=dict)
    folders: dict[str, Rival] = field(default_factory=dict)

    def claims(self, file: str, rival: Rival = Rival()) -> bool:  # noqa: B008
        """Take a place; False where it is taken."""
        if self.holder(file):
            return False
        name, above = parts(file)
        self.files[name] = rival
        for one in above:
            self.folders.setdefault(one, rival)
        return True

    def holder(self, file: str) -> Rival | None:
        """What has a place."""
        name, above = parts(file)
        found = self.files.get(name) or self.folders.get(name)
        return found or next((self.files[one] for one in above if one in self.files), None)


def parts(file: str) -> tuple[str, list[str]]:
    """The name of a file as any file system has it, and those of the folders that it is in."""
    name = normalized("NFC", file).casefold()
    some = name.split("/")
    return name, ["/".join(some[:end]) for end in range(1, len(some))]


def file_at(address: str) -> str:
    """The file that answers at an address."""
    return address if address[-1] != "/" else f"{address}{FIRST}"


def is_long(file: str) -> bool:
    """Whether no file can be written at an address."""
    return len(file.encode()) > PATH or any(len(one.encode()) > NAME for one in file.split("/"))


def without_language(address: str, tags: Collection[str], folders: Collection[str]) -> str:
    """An address below a language: one that begins with the tag of a language of the site (`tags`, without capitals), where none of the
    `folders` of pages at the top is called so."""
    first, _, rest = address.partition("/")
    if first.casefold() not in tags or first in folders:
        return address
    return rest or FIRST


def kept(
    pages: Mapping[str, str],
    said: Mapping[str, tuple[str, ...]],
    rows: Iterable[tuple[str, str, Redirect]],
    where: Where,
    *,
    feed: bool,
) -> tuple[dict[str, tuple[str, ...]], list[Finding]]:
    """The addresses that lead to each page, the first claim before the others; and those that lead elsewhere. `pages`: where each page
    is, those too that are held back; `said`: what each page says that it had; `rows`: those of tables, each with its page and the
    address; `feed`: whether languages have one."""
    there = Claimed()
    for path, slug in pages.items():
        there.claims(file_at(f"{slug}/" if slug else FIRST), Rival(path))
    for file in sorted(TAKEN if feed else TAKEN - {FEED}, reverse=True):
        there.claims(file)
    found: dict[str, list[str]] = {}
    wrong: list[Finding] = []
    for path, address, at in claims(said, rows, where):
        file = file_at(address)
        if is_long(file):
            what = f"/{address[:60]}… leads nobody to {path}: it is longer than the names of files are. Shorten it."
            wrong.append(Finding("link", Level.WARNING, what, at()))
            continue
        holder = there.holder(file)
        if holder is None:
            there.claims(file, Rival(path, at))
            found.setdefault(path, []).append(address)
            holder = Rival() if file != FIRST and file.partition("/")[0] in OURS else None
        elif holder.page == path and not holder.at and address.strip("/") != pages[path]:
            found.setdefault(path, []).append(address)  # in other capitals: nobody needs to be led on, links do
        if holder and holder.page != path:
            what = f"/{address.removesuffix(FIRST)} leads nobody to {path}: {holder}"
            wrong.append(Finding("link", Level.WARNING, what, at()))
    return {path: tuple(some) for path, some in found.items()}, wrong


def claims(
    said: Mapping[str, tuple[str, ...]], rows: Iterable[tuple[str, str, Redirect]], where: Where
) -> Iterator[tuple[str, str, Callable[[], Span]]]:
    """Each address that a page had, with its page and where that is said: first what pages say, then what tables do."""
    for path, some in said.items():
        for one in some:
            yield path, one, partial(where, path, one)
    for path, one, row in rows:
        yield path, one, partial(getattr, row, "span")
