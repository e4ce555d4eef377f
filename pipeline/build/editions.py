"""The languages whose pages are all as an earlier run made them: found by what they rest on, and where `dist/` has them already, taken
as they stand there without a page being read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from pipeline.content.fixed import FILE
from pipeline.core import pickled
from pipeline.core.book import Book
from pipeline.core.cache import digest
from pipeline.core.model import Output, Unchanged
from pipeline.project.project import Project
from pipeline.resolve.publication import Plan
from pipeline.site import contents, feed, hosts, manifest, search
from pipeline.site.speech import Printed
from pipeline.site.standing import Before

Told = Mapping[str, tuple[feed.Change, ...]]
"""What the feeds tell of each page, by its source file."""


class Made(NamedTuple):
    """A page, what its manifest says of it (JSON), what it printed outside of blocks, by the tag of the language, the key that a
    later run finds it by ("" where it is not kept), and the answer about its papers: where it stands, and its HTML."""

    output: Output | Unchanged
    digest: str
    entry: str
    printed: Mapping[str, frozenset[Printed]]
    key: str = ""
    paper: tuple[str, str] = ("", "")
    search: tuple[search.Found, ...] = ()
    """What a search may find on it."""
    needs: frozenset[hosts.Need] | None = None
    """What it asks of the host; None where nobody has looked."""

    @property
    def body(self) -> bytes:
        """Its bytes, of one that does not stand in `dist/` already."""
        assert isinstance(self.output, Output)
        return self.output.body


BODY = " body"
"""What is added to the key of a page for that of its bytes: what is said of it is read more often."""


def keep(book: Book, made: Made) -> None:
    """Keep a page."""
    book.put(made.key, made._replace(output=Unchanged(made.output.path, made.digest)))
    book.put(made.key + BODY, made.body)


def again(book: Book, key: str, before: Before | None) -> Made | None:
    """A page that was kept, its bytes unread where the build before has them; None where there is none."""
    made = book.get(key, Made)
    if made is None:
        return None
    path = made.output.path
    if before and before.holds({path: made.digest}):
        book.hold(key + BODY)
        return made._replace(output=Unchanged(path, made.digest))
    body = book.get(key + BODY, bytes)
    return None if body is None else made._replace(output=Output(path, body))


class Sheet(NamedTuple):
    """Some pages of a language as they stand in `dist/`, as one, so that of pages to which nothing happened none is read: the SHA-256 of
    each of their files, of the answers among them, and of their pages what the others are asked for; `keys` has their keys, in their order."""

    tag: str
    files: Mapping[str, str]
    papers: Mapping[str, str]
    printed: Mapping[str, frozenset[Printed]]
    rows: tuple[Mapping[str, Any], ...]
    found: Mapping[str, tuple[search.Found, ...]]
    needs: frozenset[hosts.Need] | None
    entries: Mapping[str, str]
    keys: tuple[str, ...]


def sheet(pages: Sequence[Made]) -> Sheet | None:
    """Some pages of a language as one; None where they are not kept, or nobody knows what they ask of the host."""
    if not all(one.key for one in pages):
        return None
    asks = any(one.needs is not None for one in pages)
    if asks and any(one.needs is None for one in pages):
        return None
    tag = pages[0].output.path.partition("/")[0]
    part = Binding(tag, {}, asks)
    for one in pages:
        for _ in part.add(one):
            pass
    needs, keys = frozenset(part.needs) if asks else None, tuple(one.key for one in pages)
    return Sheet(tag, part.files, part.papers, part.spoken(), tuple(part.rows), part.found, needs, part.entries, keys)


class Volume(NamedTuple):
    """All pages of a language as one: the SHA-256 of each file that is made of them alone (the pages, the answers about papers, what
    the manifest says of them) and of the answers apart, and what of them stands elsewhere: what they printed outside of blocks, the
    rows of the feed, those of the list of all pages, what a search may find on each, and what they ask of the host."""

    tag: str
    files: Mapping[str, str]
    papers: Mapping[str, str]
    printed: Mapping[str, frozenset[Printed]]
    news: tuple[feed.News, ...]
    listed: tuple[Mapping[str, Any], ...]
    found: Mapping[str, tuple[search.Found, ...]]
    needs: frozenset[hosts.Need]

    def unchanged(self) -> Iterator[Unchanged]:
        """Its files, as they stand in `dist/`."""
        return (Unchanged(path, digest) for path, digest in self.files.items())


@dataclass(slots=True)
class Binding:
    """A volume while its pages come, in any order. `told`: what the feeds tell of each page, where there are any; `asks`: whether
    anybody asks what its pages ask of the host."""

    tag: str
    told: Told
    asks: bool
    files: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    printed: dict[str, set[Printed]] = field(default_factory=dict)
    news: list[feed.News] = field(default_factory=list)
    found: dict[str, tuple[search.Found, ...]] = field(default_factory=dict)
    needs: set[hosts.Need] = field(default_factory=set)
    entries: dict[str, str] = field(default_factory=dict)
    rows: list[Mapping[str, Any]] = field(default_factory=list)

    def take(self, some: Sheet) -> Iterator[Unchanged]:
        """Take some pages as one, and return their files."""
        self.files |= some.files
        self.papers |= some.papers
        self.found |= some.found
        self.entries |= some.entries
        self.rows += some.rows
        for tag, texts in some.printed.items():
            self.printed.setdefault(tag, set()).update(texts)
        if self.told:
            for path, entry in some.entries.items():
                self.news += feed.news(entry, path, self.told)
        self.needs.update(some.needs or ())
        return (Unchanged(path, digest) for path, digest in some.files.items())

    def add(self, page: Made) -> Iterator[Output | Unchanged]:
        """Take a page, and return its files."""
        path = page.output.path
        self.files[path], self.entries[path], self.found[path] = page.digest, page.entry, page.search
        self.rows += contents.row(path, page.entry)
        for tag, texts in page.printed.items():
            self.printed.setdefault(tag, set()).update(texts)
        if self.told:
            self.news += feed.news(page.entry, path, self.told)
        if self.asks:
            self.needs.update(hosts.needs(page.body) if page.needs is None else page.needs)
        yield page.output
        if page.paper[0]:
            answer = Output(page.paper[0], page.paper[1].encode())
            self.files[answer.path] = self.papers[answer.path] = hashlib.sha256(answer.body).hexdigest()
            yield answer

    def spoken(self) -> dict[str, frozenset[Printed]]:
        """What they printed outside of blocks."""
        return {tag: frozenset(texts) for tag, texts in self.printed.items()}

    def bound(self) -> tuple[Output, Volume]:
        """What the manifest says of the pages, and the volume, now that all are there."""
        part = manifest.part(self.tag, self.entries)
        self.files[part.path] = hashlib.sha256(part.body).hexdigest()
        listed = tuple(contents.listed(self.rows))
        self.entries.clear()
        volume = Volume(
            self.tag,
            self.files,
            self.papers,
            self.spoken(),
            tuple(self.news),
            listed,
            self.found,
            frozenset(self.needs),
        )
        return part, volume


def drawn(project: Project, name: str) -> str:
    """What says that the pages of a language were made as it is decided, with the templates of today: a guess at how much is left to do
    that nothing rests on. "" where nothing is kept."""
    before = project.before
    return digest("drawn", before.whole(project.content, name), before.files.get("templates")) if before else ""


def let_out(plan: Plan) -> tuple[object, ...]:
    """A plan as a digest is made of it."""
    indexed = sorted((name, sorted(slugs)) for name, slugs in plan.indexed.items())
    hidden = sorted((name, sorted(slugs)) for name, slugs in plan.hidden.items())
    return *let_out_of_all(plan), indexed, hidden


def let_out_of_all(plan: Plan) -> tuple[object, ...]:
    """The same, of what every page rests on."""
    stands = sorted((name, sorted(one.slugs.items())) for name, one in plan.places.items())
    return [one.name for one in plan.languages], sorted(plan.listed), stands


def let_out_of(plan: Plan, slug: str) -> tuple[object, ...]:
    """The same, of what one page rests on besides: the languages that have it named to search engines, or hidden from them."""
    return tuple([name for name, slugs in some.items() if slug in slugs] for some in (plan.indexed, plan.hidden))


def files(project: Project) -> list[object]:
    """What files were made from; and the files on pages: another one makes another version of a page."""
    declared: list[object] = [[name, one.body] for name, one in project.declared.items()]
    return declared + [[path, *row] for path, rows in project.fixtures.items() for row in rows if row.kind == FILE]


@dataclass
class Editions:
    """The pages of each language by what they are made from (`sealed`, by locale name). `told`: what the feeds tell; `before`: what
    stands in `dist/`, where pages may be taken from there."""

    project: Project
    sealed: Mapping[str, str]
    plan: Plan
    told: Told = field(default_factory=dict)
    before: Before | None = None
    whole: set[str] = field(default_factory=set)
    keys: dict[str, dict[int, str]] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """A digest of all that the pages of a language are made from."""
        before = self.project.before
        whole = before.whole(self.project.content, name) if before else ""
        return digest(self.sealed[name], whole, *self.around) if before else ""

    @cached_property
    def around(self) -> tuple[object, ...]:
        """What is let out, and the files on pages."""
        return let_out(self.plan), files(self.project)

    @cached_property
    def news(self) -> str:
        """A digest of what the feeds tell, which no page rests on."""
        return pickled.digest(pickled.without_sets(self.told))

    def volume(self, name: str) -> Volume | None:
        """The pages of a language as they stand in `dist/`, if all of them are what they would be."""
        earlier, before = self.project.before, self.before
        if earlier is None or before is None:
            return None
        found = earlier.book("volumes", name).get(digest(self.key(name), self.news), Volume)
        if found is None or not before.holds(found.files):
            return None
        earlier.book("editions", name).touch()
        earlier.book("pages", name).touch()
        self.whole.add(name)
        return found

    def known(self, name: str) -> Iterator[Made]:
        """The pages of a language, if all are known."""
        before = self.project.before
        if before is None:
            return
        keys, book = before.book("editions", name).get(self.key(name), tuple), before.book("pages", name)
        if keys is None or not all(isinstance(key, str) and key in book.kept for key in keys):
            return
        made = [again(book, key, self.before) for key in keys]
        before.books.pop(("pages", name))
        if all(made) and len(made) == len(self.project.content.pages):
            self.whole.add(name)
            yield from (one for one in made if one)

    def note(self, name: str, at: int, key: str) -> None:
        """Say under which key a page is found."""
        self.keys.setdefault(name, {})[at] = key

    def bound(self, name: str, volume: Volume) -> None:
        """Keep what all pages of a language come to, if they are found again."""
        before, keys = self.project.before, self.keys.get(name)
        if before and (name in self.whole or (keys and all(keys.values()))):
            before.book("volumes", name).put(digest(self.key(name), self.news), volume)

    def save(self) -> None:
        """Keep which pages the languages are made of."""
        before = self.project.before
        for name, keys in self.keys.items():
            if before and all(keys.values()) and len(keys) == len(self.project.content.pages):
                before.book("editions", name).put(self.key(name), tuple(keys[at] for at in sorted(keys)))
        if before is None:
            return
        for one in self.project.settings.locales:
            book, now = before.book("volumes", one.name), drawn(self.project, one.name)
            if now not in book.kept:
                book.put(now, "")
        before.save("editions", "volumes")
