"""Reading a whole site: its pages in order, its data, catalogs and assets, and what is wrong in its English."""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.catalog import po_file as catalog
from pipeline.catalog.po_file import Catalog
from pipeline.changes import edit_log as edits
from pipeline.changes import occurrences as places
from pipeline.changes.edit_log import Log
from pipeline.checks import readability as plain_language
from pipeline.content import markup
from pipeline.content import sources as extract
from pipeline.core.errors import LockstepError
from pipeline.core.locales import Locale
from pipeline.core.model import Block, Document, Finding, Key, Level, Message, Span
from pipeline.core.settings import Settings
from pipeline.resolve import rules as standards
from pipeline.resolve.rules import PLAIN, Standards
from pipeline.site import templates as render


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site: its source, its place under every language (`pain-pump`, or "" for home), its day of change."""

    document: Document
    slug: str
    updated: datetime.date | None

    @property
    def file(self) -> str:
        """The page's file under its language's folder."""
        return f"{self.slug}/index.html" if self.slug else "index.html"

    @property
    def up(self) -> str:
        """The way from this page to its language's folder."""
        return "../" * (self.slug.count("/") + 1) if self.slug else ""


@dataclass(frozen=True)
class Site:
    """Everything read: settings, pages in reading order, data, the templates' messages, catalogs, and what was found on the way."""

    settings: Settings
    pages: tuple[Page, ...]
    data: tuple[Document, ...]
    interface: tuple[Message, ...]
    catalogs: Mapping[str, Catalog]
    findings: tuple[Finding, ...]
    assets: tuple[str, ...] = ()
    log: Log = field(default_factory=Log)
    standards: Standards = PLAIN

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The data of `source/site.yaml`."""
        return next((document.data for document in self.data if document.path == "source/site.yaml"), {})

    @cached_property
    def fields(self) -> Mapping[str, Block]:
        """The declared values of `source/site.yaml` by dotted key (those in lists share one, the last)."""
        return dict(next((document.fields for document in self.data if document.path == "source/site.yaml"), ()))

    def value(self, name: str) -> str | None:
        """The fact of a dotted name, as written in site.yaml; None where there is none."""
        value: Any = self.values
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value if isinstance(value, str) else None

    def messages(self) -> Iterator[Message]:
        """Every message, in the order of extraction: by file, templates last."""
        for document in sorted((*(page.document for page in self.pages), *self.data), key=lambda found: found.path):
            yield from document.messages()
        yield from self.interface

    @cached_property
    def blocks(self) -> Mapping[tuple[str, Key], str]:
        """What a person may call the block where a message first stands in a file (see `places.Place`)."""
        found = places.of_messages(self.messages())
        return {(place.path, place.key): place.block for group in found.values() for place in reversed(group)}

    @cached_property
    def by_name(self) -> Mapping[str, Locale]:
        """Every locale of the site, English included."""
        return {locale.name: locale for locale in (self.settings.english, *self.settings.locales)}


def slug_of(path: str) -> str:
    """Where a page stands under its language: `source/a/b.md` → `a/b`, `source/a/index.md` → `a`."""
    inner = PurePosixPath(path).relative_to("source").with_suffix("").as_posix()
    return "" if inner == "index" else inner.removesuffix("/index")


def load(settings: Settings) -> Site:
    """Read a whole site. Findings are collected; raises LockstepError only for what leaves nothing to go on with."""
    found = dict(extract.files(settings))
    names = {path for path, mapping in found.items() if mapping.method == "lockstep-markdown"}
    assets = asset_files(settings, found)
    findings: list[Finding] = []
    documents = []
    for path, mapping in found.items():
        if not path.startswith("source/"):
            continue
        try:
            document = extract.document(settings, path, mapping, linker(path, names, set(assets)))
        except LockstepError as problem:
            findings.append(replace(found_in(problem, path), code="unreadable"))
            continue
        if document is not None:
            documents.append(document)
    if not names:
        raise LockstepError("there is no page", path="source", todo="Write the first one: source/index.md")
    data = tuple(document for document in documents if document.path not in names)
    pages = ordered(
        [
            Page(document, slug_of(document.path), day(document, findings))
            for document in documents
            if document.path in names
        ],
        data,
    )
    catalogs = {locale.name: catalog.load(settings.root, settings.catalog_path(locale)) for locale in settings.locales}
    messages = interface(settings, found, findings)
    log = edits.load(settings.root)
    findings += log.findings
    classes = {page.document.path: str(page.document.data.get("class", "")) for page in pages}
    stub = next((message for message in messages if message.key.context == "recalled"), standards.STUB)
    held = standards.load(settings, classes, stub)
    findings += held.findings
    site = Site(settings, pages, data, messages, catalogs, tuple(findings), assets, log, held)
    return replace(site, findings=(*findings, *source_findings(site)))


def found_in(problem: LockstepError, path: str) -> Finding:
    """What stopped the reading of one file, as a finding."""
    return Finding("syntax", Level.ERROR, f"{problem.what}. {problem.todo}", Span(path, problem.line or 1))


def asset_files(settings: Settings, mapped: Mapping[str, Any]) -> tuple[str, ...]:
    """The files of source/ that are published as they are, relative to source/. Links out of the site are not followed."""
    base = settings.root / "source"
    return tuple(
        path.relative_to(base).as_posix()
        for path in sorted(base.rglob("*"))
        if path.is_file()
        and path.resolve().is_relative_to(settings.root.resolve())
        and f"source/{path.relative_to(base).as_posix()}" not in mapped
        and path.suffix not in {".md", ".yaml", ".yml"}
        and not any(part.startswith(".") for part in path.relative_to(base).parts)
    )


def interface(settings: Settings, found: Mapping[str, Any], findings: list[Finding]) -> tuple[Message, ...]:
    """The templates' own messages. A broken template is an error here and stops the build later."""
    messages: list[Message] = []
    for path, mapping in found.items():
        if path.startswith("templates/"):
            try:
                messages += extract.file_messages(settings.root, path, mapping)
                text = (settings.root / path).read_text("utf-8")
                findings += (
                    Finding(
                        "template-attribute",
                        Level.ERROR,
                        'A translated text inside an attribute is printed with `.text`: {{ _("…").text }}.',
                        Span(path, line),
                    )
                    for line in render.misused(text)
                )
            except LockstepError as problem:
                findings.append(
                    Finding("template", Level.ERROR, f"{problem.what}. {problem.todo}", Span(path, problem.line or 1))
                )
    return tuple(messages)


def ordered(pages: list[Page], data: tuple[Document, ...]) -> tuple[Page, ...]:
    """The pages in the order of `nav` in site.yaml; those not named there after them, by path; two of one address are an error."""
    seen: dict[str, Page] = {}
    for page in pages:
        if (other := seen.setdefault(page.slug.lower(), page)) and other is not page:
            raise LockstepError(
                f"has the same address as {other.document.path}", path=page.document.path, todo="Rename one of the two."
            )
    named = [
        f"source/{item['page']}"
        for document in data
        if document.path == "source/site.yaml"
        for item in listed(document.data.get("nav"))
        if isinstance(item, dict) and isinstance(item.get("page"), str)
    ]
    place = {path: at for at, path in enumerate(named)}
    return tuple(
        sorted(pages, key=lambda page: (place.get(page.document.path, len(place)), page.slug != "", page.document.path))
    )


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
        findings.append(
            Finding(
                "date",
                Level.ERROR,
                f"`updated: {value}` is not a date. Write it as 2026-11-22.",
                Span(document.path, getattr(value, "line", 1)),
            )
        )
        return None


def linker(path: str, pages: set[str], assets: set[str]) -> markup.Urls:
    """How the links of one page are published: to pages and files of the site by the way from this page, others as written."""
    up = "../" * (slug_of(path).count("/") + 1) if slug_of(path) else ""

    def publish_url(target: str) -> str:
        inner, fragment = local(path, target)
        if inner is None:
            return target
        if inner in pages:
            slug = slug_of(inner)
            return f"{up}{slug}/index.html{fragment}" if slug else f"{up}index.html{fragment}"
        if inner.removeprefix("source/") in assets:
            return f"{up}../assets/{inner.removeprefix('source/')}{fragment}"
        return target

    return publish_url


def local(path: str, target: str) -> tuple[str | None, str]:
    """The source file a relative link of `path` points to, and its `#fragment`; None for any other link."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return None, ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/") or "{" in target or "%7B" in target:
        return None, fragment
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))), fragment


def shape_findings(site: Site) -> Iterator[Finding]:
    """What in site.yaml or a front matter is not what pages are made of: text, groups of text, and a list of pages."""

    def found(path: str, what: str) -> Finding:
        return Finding("shape", Level.ERROR, what, Span(path, 1))

    for name, value in site.values.items():
        if name == "nav":
            continue
        group = value.values() if isinstance(value, dict) else [value]
        if not all(isinstance(inner, str) for inner in group):
            yield found(
                "source/site.yaml",
                f"`{name}` is neither text nor a group of texts, so no page can show it. Write `{name}: text`.",
            )
    pages = {page.document.path for page in site.pages}
    for item in listed(site.values.get("nav")):
        named = item.get("page") if isinstance(item, dict) else None
        if not isinstance(named, str) or f"source/{named}" not in pages:
            yield found(
                "source/site.yaml",
                f"`nav` names {named or item!r}, which is no page of source/. Write `page: name.md`.",
            )
    for page in site.pages:
        for name in ("title", "description", "class", "updated"):
            if not isinstance(page.document.data.get(name, ""), str):
                yield found(page.document.path, f"`{name}` is not text. Write it on one line, in quotation marks.")


def source_findings(site: Site) -> Iterator[Finding]:
    """What is wrong in the English: the documents' own findings, links to nowhere, unknown placeholders."""
    yield from shape_findings(site)
    pages = {page.document.path: page for page in site.pages}
    files = {f"source/{name}" for name in site.assets}
    groups = {name.partition(".")[0] for name, value in site.values.items() if isinstance(value, dict)}
    for document in (*(page.document for page in site.pages), *site.data):
        yield from document.findings
        hints = plain_language.findings(document, site.settings.reading_grade)
        yield from (said for hint in hints if (said := site.standards.hint(hint)) is not None)
        for link in document.links:
            inner, fragment = local(document.path, link.target)
            if inner is None and link.target.startswith("#"):
                inner = document.path
            if inner is None:
                continue
            if inner not in pages and inner not in files:
                yield Finding(
                    "link",
                    Level.WARNING,
                    f"The link {link.target} leads to no page or file of source/. Correct it.",
                    link.span,
                )
            elif (
                fragment
                and inner in pages
                and unquote(fragment[1:]) not in pages[inner].document.anchors
                and not fragment.startswith("#fn")
            ):
                yield Finding(
                    "anchor", Level.WARNING, f"{inner} has no heading {fragment}. Correct the link.", link.span
                )
        for message in document.messages():
            for name in dict.fromkeys(markup.FACT.findall(message.key.msgid)):
                if groups and site.value(name) is None:
                    yield Finding(
                        "placeholder",
                        Level.ERROR if name.partition(".")[0] in groups else Level.WARNING,
                        f"The placeholder {{{name}}} is not in source/site.yaml, so readers would see it as it is. Add it there or correct it.",
                        message.span,
                    )
