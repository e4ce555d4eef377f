"""What editors and designers wrote, as values: pages in reading order, data, the messages of templates, assets."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from pipeline.content import pictures, sources
from pipeline.content.inline import parse
from pipeline.content.links import NO_LINKS, Links, written
from pipeline.core import pickled
from pipeline.core.cache import digest
from pipeline.core.errors import LockstepError
from pipeline.core.inline import Syntax
from pipeline.core.measures import Measure, is_measure, measures, weighing
from pipeline.core.model import Block, Document, Finding, Key, Level, Link, Message

SITE = "source/site.yaml"
UNREAD = frozenset(["unreadable", "template", "unread-page"])
"""The findings of files whose messages would seem to be gone."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site: its source, its place under every language (`pain-pump`, or "" for home), its day of change."""

    document: Document
    slug: str
    updated: datetime.date | None
    folders: bool = False
    """Whether its address is that of its folder (see `Settings.folders`)."""

    @property
    def path(self) -> str:
        """Its source file."""
        return self.document.path

    @property
    def file(self) -> str:
        """The page's file under its language's folder."""
        return f"{self.slug}/index.html" if self.slug else "index.html"

    @property
    def href(self) -> str:
        """Its place under its language's folder as it stands in an address; "" for the first page where addresses are folders."""
        return written(self.file.removesuffix("index.html") if self.folders else self.file)

    @property
    def up(self) -> str:
        """The way from this page to its language's folder."""
        return "../" * (self.slug.count("/") + 1) if self.slug else ""

    @property
    def title(self) -> Block:
        """The block that names a page: its front-matter title, its first heading of the first level, one that it begins with, or its file name."""
        fields = dict(self.document.fields)
        if "title" in fields:
            return fields["title"]
        if isinstance(written := self.document.data.get("title"), str) and written.strip():
            return Block(parse(" ".join(written.split()), Syntax.TEXT), "", None)
        headings = (
            block
            for section in self.document.sections
            for before, block in pairwise(("", *section.pieces))
            if isinstance(block, Block)
            and (
                block.opening.startswith("<h1") or (isinstance(before, str) and block.message and IN_H1.search(before))
            )
        )
        return next(headings, None) or self.begun or Block(parse(self.own_name, Syntax.TEXT), "", None)

    @property
    def begun(self) -> Block | None:
        """The heading that a page begins with, of whatever level; None where it begins otherwise."""
        pieces = (piece for section in self.document.sections for piece in section.pieces)
        first = next((one for one in pieces if not isinstance(one, str) or one.strip()), None)
        return first if isinstance(first, Block) and HEADING.match(first.opening) else None

    @property
    def own_name(self) -> str:
        """What its file is called, without its ending."""
        return self.slug.rpartition("/")[2] or "Home"


HEADING = re.compile(r"<h[1-6][\s>]")
IN_H1 = re.compile(r"<h1(?:\s[^<>]*)?>\s*\Z", re.I)
"""What stands before a heading that is written in HTML."""


@dataclass(frozen=True)
class Content:
    """Everything in source/ and templates/: pages in reading order, data, the messages of templates and of files that are no
    documents, assets, and what was found on the way."""

    pages: tuple[Page, ...]
    data: tuple[Document, ...]
    interface: tuple[Message, ...] = ()
    assets: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    drafts: tuple[str, ...] = ()
    """The source files of pages that are not ready: they are not there for anybody else."""
    links: Links = field(default=NO_LINKS, compare=False)
    """What there is to lead to."""
    moved: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """The addresses that pages had elsewhere, by source file."""
    renamed: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """The addresses that pages had here, below every language, by source file."""
    was: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """The files that pages were, by their file now."""
    beside: tuple[Link, ...] = ()
    """The addresses in templates and style sheets."""
    places: frozenset[str] = frozenset()
    """The places around the content of pages that a link can lead to: the ids of the templates."""
    digests: Mapping[str, str] = field(default_factory=dict, compare=False)
    """By path, a digest of all that a document is made from; where there is a store to ask by it."""
    included: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """The files that a page includes, by its source file: those that were looked for and are not there, too."""
    kept_back: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What keeps pages back that do not say themselves that they are drafts, by source file."""

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The data of `source/site.yaml`."""
        return next((document.data for document in self.data if document.path == SITE), {})

    @cached_property
    def fields(self) -> Mapping[str, Block]:
        """The declared values of `source/site.yaml` by dotted key (those in lists share one, the last)."""
        return dict(next((document.fields for document in self.data if document.path == SITE), ()))

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """Every text of `source/site.yaml` that a placeholder can name, by dotted name, as written."""
        return dict(texts(self.values))

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """The facts of `source/site.yaml` that are data and are written in each language by its own rules, by dotted name."""
        return {name: found for name, found in measures(self.values) if isinstance(found, Measure)}

    @cached_property
    def weighing(self) -> Mapping[str, str]:
        """The facts with figures that are no message, as plain English, by dotted name: whoever signs for a text signs for them."""
        declared = {name for name, block in self.fields.items() if block.message}
        return weighing({name: value for name, value in self.facts.items() if name not in declared})

    @cached_property
    def ground(self) -> str:
        """A digest of what every page of every language rests on: the data, and which messages the templates have, wherever they stand."""
        data = [(document.path, self.digests[document.path]) for document in self.data]
        return digest(data, [message.key for message in self.interface])  # the stub is one of them

    @cached_property
    def led(self) -> str:
        """A digest of what there is to lead to."""
        return pickled.digest(pickled.without_sets(self.links))

    @cached_property
    def sealed(self) -> str:
        """A digest of all that documents and the messages of templates are made from."""
        pages = [page.path for page in self.pages]
        return digest(pickled.digest(self.interface), sorted(self.digests.items()), pages)

    @cached_property
    def by_path(self) -> Mapping[str, Page]:
        """The pages by source file."""
        return {page.path: page for page in self.pages}

    @cached_property
    def files(self) -> frozenset[str]:
        """The assets, to be asked for."""
        return frozenset(self.assets)

    @cached_property
    def versions(self) -> Mapping[str, tuple[str, ...]]:
        """The assets that languages have of their own, by the name of that of all."""
        return pictures.versions(self.assets)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Pages and data, in the order of extraction: by file."""
        return tuple(sorted((*(page.document for page in self.pages), *self.data), key=lambda found: found.path))

    @cached_property
    def keys(self) -> Mapping[str, tuple[Key, ...]]:
        """The messages of each document, each once, in reading order."""
        return {one.path: tuple(dict.fromkeys(message.key for message in one.messages())) for one in self.documents}

    @cached_property
    def shared(self) -> frozenset[Key]:
        """The messages that stand in more than one file."""
        files: dict[Key, set[str]] = {}
        for path, keys in self.keys.items():
            for key in keys:
                files.setdefault(key, set()).add(path)
        for message in self.interface:
            files.setdefault(message.key, set()).add(message.span.path)
        return frozenset(key for key, some in files.items() if len(some) > 1)

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """The class of each page that states one, by source file."""
        return {page.path: str(page.document.data.get("class", "")) for page in self.pages}

    def messages(self) -> Iterator[Message]:
        """Every message, in the order of extraction: by file, templates last."""
        for document in self.documents:
            yield from document.messages()
        yield from self.interface

    def amiss(self) -> list[Finding]:
        """What is wrong with each file that cannot be read."""
        unread = [finding for finding in self.findings if finding.code in UNREAD and finding.level is Level.ERROR]
        return unread + [finding for document in self.documents for finding in sources.broken(document)]

    def whole(self, but: Collection[str] = ()) -> tuple[Message, ...]:
        """Every message. Raises LockstepError naming every file that cannot be read, `but` those that are left out; then nothing
        should be written."""
        unread = [finding for finding in self.amiss() if finding.span.path not in but]
        if unread:
            raise LockstepError(
                "\n".join(f"{finding.span}: {finding.text}" for finding in unread),
                todo="Nothing was written: a file that cannot be read would make its translations obsolete.",
            )
        return tuple(self.messages())


def texts(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Every text of nested groups by its dotted name, and every measure in plain English; those in lists have none."""
    for key, value in values.items():
        name = f"{above}{key}"
        if is_measure(name, value):
            found = dict(measures({key: value}, above)).get(name)
            yield name, found.said if isinstance(found, Measure) else " ".join(value.values())
        elif "." in key:
            continue
        elif isinstance(value, str):
            yield name, value
        elif isinstance(value, dict):
            yield from texts(value, f"{name}.")


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
