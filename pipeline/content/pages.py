"""What editors and designers wrote, read once: pages in order, data, the templates' messages, assets, and what is wrong."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.content import (
    beside,
    claimed,
    earlier_names,
    former,
    kept_back,
    marks,
    order,
    pictures,
    redirect_tables,
    template_use,
    tool_addresses,
)
from pipeline.content.content import SITE, Content, Page, listed
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
    suffixed,
    unmapped,
    words,
)
from pipeline.content.kept import Shelf
from pipeline.content.links import Links
from pipeline.content.marks import Marks
from pipeline.core import inputs
from pipeline.core.cache import NO_STORE, Store
from pipeline.core.errors import LockstepError
from pipeline.core.forms import normalized
from pipeline.core.model import Document, Finding, Level, Link, Message, Span
from pipeline.core.options import is_format, is_page
from pipeline.core.settings import Settings, SourceMapping

NO_TEMPLATE = "There is no such template, and no page can be made without it. Restore it from git."
DRAWING = re.compile(r"katex|mathjax|temml|\bmaths?\b|formula", re.I)
"""What draws formulas, in a template or the name of a file."""


def by_address(pages: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """The page that stood at each address, as links look for it: the first of several."""
    return {one.removesuffix(former.FIRST).strip("/"): path for path, some in reversed([*pages]) for one in some}


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


def read(
    settings: Settings, store: Store = NO_STORE, held: Held = NOTHING_HELD, told: Told = NOTHING, today: str = ""
) -> Content:
    """Read a whole site, as if the pages that are `held` were not there but for what is wrong with them. `told`: who knows what pages
    and headings were called; `today`: the day on which pages with a date are there. Findings are collected; raises LockstepError only for what leaves nothing to go on with."""
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
    known = marks.of(settings)
    kept = kept_back.of(settings, {path: bodies[path] for path in names if path in bodies}, known.reads, today)
    findings += kept.findings
    drafts = tuple(path for path in sorted(names) if path in kept.pages or is_draft(bodies.get(path, b"")))
    names -= {*drafts, *held}
    found = {path: mapping for path, mapping in every.items() if path not in drafts and path not in held}
    published = assets(settings.root, every)
    links = links_of(settings, [name for name in sorted(names) if name.startswith("source/")], published)
    if held:
        instead = "404.html" if "templates/missing.html" in below(settings.root, "templates") else "index.html"
        links = replace(links, held=links_of(settings, sorted(held), ()), instead=instead)
    said, moved, wrong = elsewhere(settings, links, bodies, known)
    findings += wrong
    was = {now: some for now, some in told.pages({*links.pages, *held}).items() if now in links.pages}
    renamed = earlier_names.places(was)
    every_address = by_address((*moved.items(), *renamed.items()))
    went = {normalized("NFC", old): now for now, some in was.items() for old in some if old not in drafts}
    links = replace(links, said=said, rooted="hugo" in settings.dialect, former=every_address, went=went)
    findings += pictures.wordy(settings, published)
    findings += unmapped(settings.root, mapped)
    findings += second_heads(slugs([name for name in names if name.startswith("source/")]))
    findings += suffixed(sorted(name for name in names if name.startswith("source/")), settings.english.tag)
    documents: list[Document] = []
    interface: list[Message] = []
    written: dict[str, str] = {}
    around, places = styles(settings.root, published, links), set[str]()
    shelf = Shelf(settings, store, known, told, was)
    for path, mapping in found.items():
        try:
            if is_document(path, mapping):
                documents.append(shelf.document(path, bodies.pop(path), mapping, links.urls(path)))
                continue
            body = bodies.pop(path)
            interface += shelf.messages(path, body, mapping)
            if path.startswith("templates/") and path.endswith(".html"):
                text = written[path] = body.decode("utf-8", "replace").replace("\r\n", "\n")
                led, named = beside.in_template(path, text)
                around += led
                places |= named
        except LockstepError as problem:
            findings.append(unread(problem, path))
    findings += set_apart(settings.root, {*mapped, *chain.from_iterable(shelf.included.values())})
    if not names and findings:
        raise LockstepError(f"there is no page that can be read. {findings[0].text}", path=findings[0].span.path)
    if not names:
        raise LockstepError("there is no page", path="source", todo="Write the first one: source/index.md")
    data = tuple(document for document in documents if document.path not in names)
    pages = [
        Page(one, links.pages[one.path], day(one, findings), settings.folders) for one in documents if one.path in names
    ]
    findings += template_use.told(written, (page.document for page in pages))
    findings += unread_keys(pages, found, known)
    if not settings.append and (line := order.appends(settings.root)):
        text = "`auto_append` is not read here. Copy its files into includes/, and name them in `append` of [tool.lockstep]."
        findings.append(Finding("dialect", Level.WARNING, text, Span(order.MKDOCS, line)))
    findings += order.unread(settings.root)
    if "math" in known.reads and (lost := [*undrawn(documents)]):
        findings += () if any(map(DRAWING.search, (*published, *written.values()))) else lost
    folders = order.categories(settings.root, below(settings.root, "source"), findings)
    findings += order.unnamed(folders, {page.slug for page in pages})
    shelf.save()
    return Content(
        ordered(settings.root, pages, data, folders),
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
        kept.pages,
    )


Addresses = dict[str, tuple[str, ...]]
"""The addresses that each page had."""


def elsewhere(
    settings: Settings, links: Links, bodies: Mapping[str, bytes], known: Marks
) -> tuple[Addresses, Addresses, list[Finding]]:
    """The addresses that each page had with another tool as it says itself, those that lead to it, and what is wrong with them."""
    folders = frozenset(slug.partition("/")[0] for slug in links.pages.values())
    plain = partial(claimed.without_language, tags={tag.casefold() for tag in links.others}, folders=folders)

    ways = tool_addresses.of(settings.root, settings.dialect)

    def told(path: str) -> Iterator[tuple[str, int]]:
        mine = [*former.told(ways.plain(path), bodies[path], known.reads)]
        yield from ((plain(one), line) for one, line in mine)
        yield from ((former.clean(f"{ways.route}/{one}"), line) for one, line in mine if ways.route)
        yield from ((one, 1) for one in ways.made(path, bodies[path], known.reads))

    def where(path: str, address: str) -> Span:
        return Span(path, next(line for one, line in told(path) if one == address))

    said = {path: tuple(dict.fromkeys(one for one, _ in told(path))) for path in links.pages}
    rows, wrong = redirect_tables.resolved(settings.root, replace(links, former=by_address(said.items())), plain)
    taken = {**(links.held.pages if links.held else {}), **links.pages}
    moved, lost = claimed.kept(taken, said, rows, where, feed=bool(settings.url))
    return said, moved, [*ways.findings, *wrong, *lost]


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
        before=tool_addresses.base(settings.root, settings.dialect),
    )


def unread(problem: LockstepError, path: str = "") -> Finding:
    """A file that cannot be read, as a finding."""
    path = path or str(problem.path)
    code = "template" if path.startswith("templates") else "unreadable"
    return Finding(code, Level.ERROR, f"{problem.what}. {problem.todo}", Span(path, problem.line or 1))


def is_document(path: str, mapping: SourceMapping) -> bool:
    """Whether a file is read by us, as a document."""
    return path.startswith("source/") and is_format(mapping.method)


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


def ordered(
    root: Path, pages: Iterable[Page], data: Iterable[Document], folders: Mapping[str, order.Category]
) -> tuple[Page, ...]:
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
    found |= {folder: one.position for folder, one in folders.items() if one.position is not None}
    weights = {slug: weight for slug, weight in found.items() if weight is not None}

    def key(page: Page) -> tuple[object, ...]:
        way = order.by_weight(weights, page.slug) if weights else ()
        return place.get(page.path, len(place)), page.slug != "", way, page.path

    return tuple(sorted(seen.values(), key=key))


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
