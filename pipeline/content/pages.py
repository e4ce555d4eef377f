"""What editors and designers wrote, read once: pages in order, data, the templates' messages, assets, and what is wrong."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.content import babel_methods, beside, earlier_names, former, includes, marks, order, pictures, sources
from pipeline.content.earlier_names import NOTHING, Told
from pipeline.content.files import (
    assets,
    below,
    files,
    is_draft,
    missing,
    second_heads,
    set_apart,
    slugs,
    strays,
    unmapped,
    words,
)
from pipeline.content.inline import parse
from pipeline.content.inline_html import Urls
from pipeline.content.links import NO_LINKS, Links, written
from pipeline.content.marks import Marks
from pipeline.core import inputs, starter
from pipeline.core.book import Book
from pipeline.core.cache import NO_STORE, Store, digest, program
from pipeline.core.errors import LockstepError
from pipeline.core.inline import Syntax
from pipeline.core.lines import Lines
from pipeline.core.measures import Measure, is_measure, measures, weighing
from pipeline.core.model import Block, Document, Finding, Key, Level, Link, Message, Span
from pipeline.core.options import is_format, is_page
from pipeline.core.settings import Settings, SourceMapping

IN_ATTRIBUTE = re.compile(r"=\s*([\"'])(?:(?!\1)[^<>])*?\{\{[^}]*?\b(?:_|n?p?gettext)\((?:(?!\.text)[^}])*?\}\}")
SITE = "source/site.yaml"
NO_TEMPLATE = "There is no such template, and no page can be made without it. Restore it from git."
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
        """The block that names a page: its front-matter title, its first heading, or its file name."""
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
        name = self.slug.rpartition("/")[2] or "Home"
        return next(headings, None) or Block(parse(name, Syntax.TEXT), "", None)


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


DRAWING = re.compile(r"katex|mathjax|temml|\bmaths?\b|formula", re.I)
"""What draws formulas, in a template or the name of a file."""


def undrawn(documents: Sequence[Document]) -> Iterator[Finding]:
    """The first formula of a site on which nothing draws any."""
    found = [
        (one.path, block.message.span.line if block.message else 1)
        for one in documents
        for block in one.blocks()
        if any(node.kind == "math" for node in block.inline.nodes) or 'class="math' in block.opening
    ]
    if found:
        text = (
            f"A formula is shown as TeX (pages with formulas: {len({path for path, _ in found})}): no template draws it. Put KaTeX, "
            "MathJax or Temml into templates/page.html, or write it as MathML or a picture."
        )
        yield Finding("dialect", Level.WARNING, text, Span(*found[0]))


Held = Mapping[str, tuple[Finding, ...]]
"""The pages that are held back, each with what is wrong with it."""
NOTHING_HELD: Held = {}


def read(settings: Settings, store: Store = NO_STORE, held: Held = NOTHING_HELD, told: Told = NOTHING) -> Content:
    """Read a whole site, as if the pages that are `held` were not there but for what is wrong with them. `told`: who knows what pages
    and headings were called. Findings are collected; raises LockstepError only for what leaves nothing to go on with."""
    every = dict(files(settings))
    findings: list[Finding] = [*chain.from_iterable(held.values())]
    findings += (unread(problem) for problem in strays(settings.root))
    findings += (Finding("template", Level.ERROR, NO_TEMPLATE, Span(path, 1)) for path in missing(settings))
    bodies: dict[str, bytes] = {}
    mapped = dict(every)
    for path in (path for path in mapped if path not in held):
        try:
            bodies[path] = inputs.read(settings.root, path) or b""
        except LockstepError as problem:
            del every[path]
            findings.append(unread(problem))
    names = {path for path, mapping in every.items() if is_page(mapping.method)}
    drafts = tuple(path for path in sorted(names) if is_draft(bodies.get(path, b"")))
    names -= {*drafts, *held}
    found = {path: mapping for path, mapping in every.items() if path not in drafts and path not in held}
    known = marks.of(settings)
    published = assets(settings.root, every)
    links = links_of(settings, [name for name in sorted(names) if name.startswith("source/")], published)
    if held:
        instead = "404.html" if "templates/missing.html" in below(settings.root, "templates") else "index.html"
        links = replace(links, held=links_of(settings, sorted(held), ()), instead=instead)
    moved = {path: former.addresses(path, bodies[path], known.reads) for path in links.pages}
    was = {now: some for now, some in told.pages({*links.pages, *held}).items() if now in links.pages}
    renamed = earlier_names.places(was)
    elsewhere = (*renamed.items(), *moved.items())
    links = replace(
        links,
        said=moved,
        rooted="hugo" in settings.dialect,
        former={one.removesuffix(former.FIRST).strip("/"): path for path, some in elsewhere for one in some},
    )
    findings += pictures.wordy(settings, published)
    findings += unmapped(settings.root, mapped)
    findings += set_apart(settings.root, mapped)
    findings += second_heads(slugs([name for name in names if name.startswith("source/")]))
    documents: list[Document] = []
    interface: list[Message] = []
    around, places = styles(settings.root, published, links), set[str]()
    drawn = any(map(DRAWING.search, published))
    shelf = Shelf(settings, store, known, told, was)
    for path, mapping in found.items():
        try:
            if is_document(path, mapping):
                documents.append(shelf.document(path, bodies.pop(path), mapping, links.urls(path)))
                continue
            body = bodies.pop(path)
            interface += shelf.messages(path, body, mapping)
            findings += misused(path, body)
            if path.startswith("templates/") and path.endswith(".html"):
                text = body.decode("utf-8", "replace").replace("\r\n", "\n")
                drawn = drawn or DRAWING.search(text) is not None
                html = beside.plain(text)
                around += beside.of_template(path, html)
                for one in (html, *(beside.plain(ours) for _, ours in starter.inherited(text))):
                    places.update(beside.places(one))
        except LockstepError as problem:
            findings.append(unread(problem, path))
    if not names and findings:
        raise LockstepError(f"there is no page that can be read. {findings[0].text}", path=findings[0].span.path)
    if not names:
        raise LockstepError("there is no page", path="source", todo="Write the first one: source/index.md")
    data = tuple(document for document in documents if document.path not in names)
    pages = [
        Page(one, links.pages[one.path], day(one, findings), settings.folders) for one in documents if one.path in names
    ]
    findings += unread_keys(pages, found, known)
    if not settings.append and (line := order.appends(settings.root)):
        text = "`auto_append` is not read here. Copy its files into includes/, and name them in `append` of [tool.lockstep]."
        findings.append(Finding("dialect", Level.WARNING, text, Span(order.MKDOCS, line)))
    findings += order.unread(settings.root)
    findings += () if drawn or "math" not in known.reads else undrawn(documents)
    shelf.save()
    return Content(
        ordered(settings.root, pages, data),
        data,
        tuple(interface),
        published,
        tuple(findings),
        drafts,
        links,
        moved,
        renamed,
        was,
        tuple(around),
        frozenset(places),
        shelf.digests,
        shelf.included,
    )


def styles(root: Path, assets: Iterable[str], links: Links) -> list[Link]:
    """The addresses in the style sheets of a site."""
    found: list[Link] = []
    for path in (
        *(f"source/{name}" for name in assets),
        *(f"templates/static/{name}" for name in sorted(links.static)),
    ):
        if path.endswith(".css"):
            with contextlib.suppress(LockstepError):  # which the build says of every file that it cannot publish
                found += beside.of_style(path, (inputs.read(root, path) or b"").decode("utf-8", "replace"))
    return found


def links_of(settings: Settings, pages: Iterable[str], assets: Iterable[str]) -> Links:
    """What there is on the site to lead to."""
    tags = (locale.tag for locale in settings.by_name.values())
    base = urlsplit(settings.url).path.rstrip("/")
    static = frozenset(name.removeprefix("templates/static/") for name in below(settings.root, "templates/static"))
    return Links(
        slugs(pages),
        frozenset(assets),
        frozenset(tags),
        base,
        url=settings.url,
        static=static,
        folders=settings.folders,
    )


def unread(problem: LockstepError, path: str = "") -> Finding:
    """A file that cannot be read, as a finding."""
    path = path or str(problem.path)
    code = "template" if path.startswith("templates") else "unreadable"
    return Finding(code, Level.ERROR, f"{problem.what}. {problem.todo}", Span(path, problem.line or 1))


def is_document(path: str, mapping: SourceMapping) -> bool:
    """Whether a file is read by us, as a document."""
    return path.startswith("source/") and is_format(mapping.method)


@dataclass
class Shelf:
    """The documents and the templates' messages of a site, taken from the store where this program has read the same bytes."""

    settings: Settings
    store: Store
    marks: Marks
    told: Told = NOTHING
    was: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    included: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def book(self) -> Book:
        return Book(self.store, "sources", digest(program(), str(self.settings.root)) if self.store.folder else "")

    @cached_property
    def templates(self) -> Book:
        """The messages of templates, for every site: most have those that are shipped."""
        return Book(self.store, "templates", program() if self.store.folder else "")

    def save(self) -> None:
        self.book.save()
        self.templates.save()

    def document(self, path: str, body: bytes, mapping: SourceMapping, urls: Urls) -> Document:
        """A document, its headings under their former ids as well. Raises LockstepError when it is not UTF-8."""
        found = self.alone(path, body, mapping, urls)
        made = earlier_names.with_former_ids(found, self.told, (path, *self.was.get(path, ())))
        if made is not found and path in self.digests:
            self.digests[path] = digest(self.digests[path], made.anchors)
        return made

    def alone(self, path: str, body: bytes, mapping: SourceMapping, urls: Urls) -> Document:
        """A document by itself."""
        made = includes.of_file(self.settings.root, path, body, mapping.method, self.marks)
        if made:
            self.included[path] = made.files
        if self.store.folder is None:
            return sources.document(body, path, mapping, urls, self.marks, made)
        key = digest(path, mapping.method, sorted(mapping.options.items()), self.marks.said, body, made and made.said)
        found = self.book.get(key, Document)
        if found is None or any(urls(one.target) != found.scope.url(one.target) for one in found.links):
            found = sources.document(body, path, mapping, urls, self.marks, made)
            self.book.put(key, found)
        self.digests[path] = digest(key, sorted(found.scope.urls.items()))
        return found

    def messages(self, path: str, body: bytes, mapping: SourceMapping) -> tuple[Message, ...]:
        """The messages of a file that is no document. Raises LockstepError where it is broken."""

        def work() -> tuple[Message, ...]:
            return tuple(babel_methods.messages(body, path, mapping))

        if self.store.folder is None or mapping.method != "lockstep-template":  # others may read what they like
            return work()
        return self.templates.find(digest(path, sorted(mapping.options.items()), body), tuple, work)


def unread_keys(pages: Iterable[Page], mapped: Mapping[str, SourceMapping], known: Marks) -> Iterator[Finding]:
    """The front-matter keys that nobody reads, each once, at its first place; a misspelt one is an error of its page."""
    places: dict[str, list[Span]] = {}
    for page in pages:
        keys = words(mapped[page.path].options.get("keys", ""))
        for key, line, near in Marks(keys=(*keys, *known.keys)).unknown(page.document.data):
            if not near:
                places.setdefault(key, []).append(Span(page.path, line))
    for key, (first, *others) in places.items():
        more = f" (and on {len(others)} more page{'s' * (len(others) > 1)})" if others else ""
        text = f"`{key}` means nothing to Lockstep{more}. Remove it, or name it in `front-matter` of [tool.lockstep]."
        yield Finding("front-matter", Level.WARNING, text, first)


def misused(path: str, body: bytes) -> Iterator[Finding]:
    """Where a template prints a translated string inside an attribute without `.text`."""
    if path.startswith("templates/"):
        text = body.decode("utf-8", "replace").replace("\r\n", "\n")
        what = 'A translated text inside an attribute is printed with `.text`: {{ _("…").text }}.'
        lines = Lines(text)
        for match in IN_ATTRIBUTE.finditer(text):
            line = lines.below(match.start()) + 1
            yield Finding("template-attribute", Level.ERROR, what, Span(path, line))


def ordered(root: Path, pages: Iterable[Page], data: Iterable[Document]) -> tuple[Page, ...]:
    """The pages in the order of the site's list of them (`content/order`); those not named there after them, by weight and path;
    two of one address are an error."""
    seen: dict[str, Page] = {}
    for page in pages:
        if (other := seen.setdefault(page.slug.lower(), page)) and other is not page:
            raise LockstepError(f"has the same address as {other.path}", path=page.path, todo="Rename one of the two.")
    called: dict[str, str] = {}
    for page in seen.values():
        for one in order.ids(page.path, page.document.data):
            called.setdefault(one, page.path)
    nav = next((listed(document.data.get("nav")) for document in data if document.path == SITE), [])
    place = {path: at for at, path in enumerate(dict.fromkeys(order.named(root, nav, called)))}
    found = {page.slug: order.weight(page.document.data) for page in seen.values()}
    weights = {slug: weight for slug, weight in found.items() if weight is not None}

    def key(page: Page) -> tuple[object, ...]:
        way = order.by_weight(weights, page.slug) if weights else ()
        return place.get(page.path, len(place)), page.slug != "", way, page.path

    return tuple(sorted(seen.values(), key=key))


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def day(document: Document, findings: list[Finding]) -> datetime.date | None:
    """The front matter's `updated`."""
    value = document.data.get("updated")
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        text = f"`updated: {value}` is not a date. Write it as 2026-11-22."
        key = next(key for key in document.data if key == "updated")
        findings.append(Finding("date", Level.ERROR, text, Span(document.path, getattr(key, "line", 1))))
        return None
