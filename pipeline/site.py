"""The order of things: one site, its pages and languages, and the stages that turn the one into the other."""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from pipeline import catalog, extract, locales, markup, render, resolve
from pipeline.catalog import Catalog
from pipeline.coverage import Coverage, coverage
from pipeline.errors import LockstepError
from pipeline.locales import Locale
from pipeline.markup import Inline, Scope
from pipeline.model import Block, Document, Finding, Form, Key, Level, Message, Output, Resolution, Span, State
from pipeline.publish import Published, publish
from pipeline.reports import html as html_report
from pipeline.settings import TEMPLATE_PATH, Settings
from pipeline.update import update

MOSTLY = 0.5
"""A page with less than this share of its words translated keeps its canonical at the English page."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done, and how many there are."""


def silent(what: str, done: int, steps: int) -> None:
    """No progress."""


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
    _facts: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The data of `source/site.yaml`."""
        return next((document.data for document in self.data if document.path == "source/site.yaml"), {})

    @cached_property
    def fields(self) -> Mapping[str, Block]:
        """The declared values of `source/site.yaml` by dotted key (those in lists share one, the last)."""
        return dict(next((document.fields for document in self.data if document.path == "source/site.yaml"), ()))

    def locale(self, name: str) -> Locale:
        return self.by_name[name]

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
            findings.append(Finding("unreadable", Level.ERROR, f"{problem.what}. {problem.todo}", Span(path, problem.line or 1)))
            continue
        if document is not None:
            documents.append(document)
    data = tuple(document for document in documents if document.path not in names)
    pages = ordered([Page(document, slug_of(document.path), day(document, findings)) for document in documents if document.path in names], data)
    catalogs = {locale.name: catalog.load(settings.root, settings.catalog_path(locale)) for locale in settings.locales}
    site = Site(settings, pages, data, interface(settings, found, findings), catalogs, tuple(findings), assets)
    return replace(site, findings=(*findings, *source_findings(site)))


def asset_files(settings: Settings, mapped: Mapping[str, Any]) -> tuple[str, ...]:
    """The files of source/ that are published as they are, relative to source/. Links out of the site are not followed."""
    base = settings.root / "source"
    return tuple(
        path.relative_to(base).as_posix() for path in sorted(base.rglob("*"))
        if path.is_file() and path.resolve().is_relative_to(settings.root.resolve())
        and f"source/{path.relative_to(base).as_posix()}" not in mapped and path.suffix not in {".md", ".yaml", ".yml"}
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
                findings += (Finding("template-attribute", Level.ERROR, "A translated text inside an attribute is printed with `.text`: "
                                     "{{ _(\"…\").text }}.", Span(path, line)) for line in render.misused(text))
            except LockstepError as problem:
                findings.append(Finding("template", Level.ERROR, f"{problem.what}. {problem.todo}", Span(path, problem.line or 1)))
    return tuple(messages)


def ordered(pages: list[Page], data: tuple[Document, ...]) -> tuple[Page, ...]:
    """The pages in the order of `nav` in site.yaml; those not named there after them, by path; two of one address are an error."""
    seen: dict[str, Page] = {}
    for page in pages:
        if other := seen.setdefault(page.slug.lower(), page):
            if other is not page:
                raise LockstepError(f"has the same address as {other.document.path}", path=page.document.path, todo="Rename one of the two.")
    named = [f"source/{item['page']}" for document in data if document.path == "source/site.yaml"
             for item in listed(document.data.get("nav")) if isinstance(item, dict) and isinstance(item.get("page"), str)]
    place = {path: at for at, path in enumerate(named)}
    return tuple(sorted(pages, key=lambda page: (place.get(page.document.path, len(place)), page.slug != "", page.document.path)))


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
        findings.append(Finding("date", Level.ERROR, f"`updated: {value}` is not a date. Write it as 2026-11-22.",
                                Span(document.path, getattr(value, "line", 1))))
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


def source_findings(site: Site) -> Iterator[Finding]:
    """What is wrong in the English: the documents' own findings, links to nowhere, unknown placeholders."""
    pages = {page.document.path: page for page in site.pages}
    files = {f"source/{name}" for name in site.assets}
    facts = facts_of(site, site.settings.english, ())
    groups = {name.partition(".")[0] for name, value in site.values.items() if isinstance(value, dict)}
    for document in (*(page.document for page in site.pages), *site.data):
        yield from document.findings
        for link in document.links:
            inner, fragment = local(document.path, link.target)
            if inner is None and link.target.startswith("#"):
                inner = document.path
            if inner is None:
                continue
            if inner not in pages and inner not in files:
                yield Finding("link", Level.WARNING, f"The link {link.target} leads to no page or file of source/. Correct it.", link.span)
            elif fragment and inner in pages and unquote(fragment[1:]) not in pages[inner].document.anchors and not fragment.startswith("#fn"):
                yield Finding("anchor", Level.WARNING, f"{inner} has no heading {fragment}. Correct the link.", link.span)
        for message in document.messages():
            for name in dict.fromkeys(markup.FACT.findall(message.key.msgid)):
                if name.partition(".")[0] in groups and facts(name) is None:
                    yield Finding("placeholder", Level.ERROR, f"The placeholder {{{name}}} is not in source/site.yaml. Add it there or correct it.", message.span)


def voices(site: Site, locale: Locale) -> tuple[resolve.Voice, ...]:
    """A locale's own catalog and those of its parents that the site has, nearest first."""
    names = [name for name in locale.chain if name in site.catalogs]
    return tuple(resolve.voice(site.by_name[name], site.catalogs[name]) for name in names)


def facts_of(site: Site, locale: Locale, speakers: tuple[resolve.Voice, ...]) -> markup.Facts:
    """The facts of site.yaml in one language: a declared value as its translation, marked where it is English; others as written."""
    def fact(name: str) -> str | None:
        value: Any = site.values
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if not isinstance(value, str):
            return None
        block = site.fields.get(name)
        if block is None or block.message is None:
            return str(markup.escape(value))
        found = resolve.resolve(block.message, block.inline, Scope(), speakers, site.settings.english.name)
        html = markup.render(found.text, markup.no_facts)
        if found.spoken == locale.name:
            return html
        spoken = site.by_name[found.spoken]
        return f'<span lang="{spoken.tag}" dir="{spoken.direction}">{html}</span>'
    cache: dict[str, str | None] = {}

    def cached(name: str) -> str | None:
        if name not in cache:
            cache[name] = fact(name)
        return cache[name]
    return cached


def speech_of(site: Site, locale: Locale) -> render.Speech:
    """A language's voice for the templates and pages; each message is decided once."""
    speakers = () if locale.name == site.settings.english.name else voices(site, locale)
    cache: dict[tuple[Key, str, int | None], Resolution] = {}

    def decide(message: Message, english: Inline, count: int | None) -> Resolution:
        if locale.name == site.settings.english.name:
            return Resolution(message, State.TRANSLATED, english, locale.name)
        key = (message.key, english.source, count)
        if key not in cache:
            cache[key] = resolve.resolve(message, english, Scope(), speakers, site.settings.english.name, count)
        return cache[key]
    return render.Speech(locale, site.settings.english, site.by_name, decide, facts_of(site, locale, speakers))


def resolutions(site: Site, locale: Locale, document: Document) -> dict[int, Resolution]:
    """What is shown for each block of a document that is a message, by `id` of the block."""
    english = site.settings.english.name
    if locale.name == english:
        return {id(block): Resolution(block.message, State.TRANSLATED, block.inline, english) for block in document.blocks() if block.message}
    speakers = voices(site, locale)
    return {id(block): resolve.resolve(block.message, block.inline, document.scope, speakers, english) for block in document.blocks() if block.message}


Resolved = Mapping[str, Mapping[str, Mapping[int, Resolution]]]
"""Locale name → source path → id of block → resolution."""


def resolve_all(site: Site, progress: Progress = silent) -> Resolved:
    """Every message of every document in every language, English included."""
    documents = [*(page.document for page in site.pages), *site.data]
    every = (site.settings.english, *site.settings.locales)
    found: dict[str, dict[str, dict[int, Resolution]]] = {}
    for at, locale in enumerate(every):
        progress("Deciding what is shown", at, len(every))
        found[locale.name] = {document.path: resolutions(site, locale, document) for document in documents}
    progress("Deciding what is shown", len(every), len(every))
    return found


def measure(site: Site, resolved: Resolved) -> tuple[Coverage, ...]:
    """The coverage of every language, templates included, with all findings about its catalog."""
    measured = []
    for locale in site.settings.locales:
        speech = speech_of(site, locale)
        by_page = {path: tuple(found.values()) for path, found in resolved[locale.name].items()}
        by_page |= {path: tuple(speech.resolve(message, markup.parse(message.key.msgid, Form.TEMPLATE), None) for message in self_messages)
                    for path, self_messages in by_file(site.interface).items()}
        known = site.catalogs[locale.name]
        missing = () if known.body is not None else (Finding("catalog", Level.WARNING, "There is no catalog yet. Run `lockstep update`.", Span(known.path, 1), locale.name),)
        own = dict.fromkeys(finding for found in by_page.values() for resolution in found for finding in resolution.findings)
        measured.append(coverage(locale.name, by_page, (*missing, *known.findings(locale.name), *own)))
    return tuple(measured)


def by_file(messages: tuple[Message, ...]) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    for message in messages:
        found.setdefault(message.span.path, []).append(message)
    return found


def findings(site: Site, measured: tuple[Coverage, ...]) -> tuple[Finding, ...]:
    """Every finding about the site: source, catalogs, translations, and whether the template is in step. Sorted by place."""
    found = [*site.findings, *(finding for language in measured for finding in language.findings), *out_of_step(site), *below_gate(site, measured)]
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: (finding.span, finding.locale, finding.code, finding.text)))


def out_of_step(site: Site) -> Iterator[Finding]:
    """Whether `locale/messages.pot` is what extraction finds now."""
    documents = sorted((*(page.document for page in site.pages), *site.data), key=lambda document: document.path)
    template = extract.pot(site.settings, (*(message for document in documents for message in document.messages()), *site.interface))
    if template.body is None or template.text().encode() != template.body:
        yield Finding("out-of-step", Level.WARNING, "The catalogs are not in step with source/. Run `lockstep update` and commit what it writes.", Span(TEMPLATE_PATH, 1))


def below_gate(site: Site, measured: tuple[Coverage, ...]) -> Iterator[Finding]:
    """The languages below the share that the gate asks for."""
    for language in measured:
        wanted = site.settings.gate.translated.get(language.locale, 0.0)
        if language.whole.share * 100 < wanted:
            yield Finding("below-gate", Level.ERROR, f"{language.whole.share:.1%} of the words are translated; the gate asks for {wanted:g} %.",
                          Span(site.catalogs[language.locale].path, 1), language.locale)


def update_catalogs(settings: Settings) -> tuple[list[str], list[Finding]]:
    """Extract, and bring every catalog into step. Returns the files written and what is wrong with those that were not."""
    template = extract.pot(settings, extract.messages(settings))
    old = {locale.name: catalog.load(settings.root, settings.catalog_path(locale)) for locale in settings.locales}
    new = update(template, old, settings)
    written = [found.path for found in (template, *new.values()) if not found.broken and catalog.save(settings.root, found)]
    return written, [finding for name, found in old.items() for finding in found.findings(name)]


def build(site: Site, progress: Progress = silent) -> tuple[Published, tuple[Coverage, ...]]:
    """Render every page in every language and publish them."""
    resolved = resolve_all(site, progress)
    measured = measure(site, resolved)
    outputs = [*render_pages(site, resolved, progress), *copies(site), html_report.output(site.settings, measured, findings(site, measured), titles(site))]
    progress("Publishing", 0, 1)
    done = publish(site.settings.root, outputs)
    progress("Publishing", 1, 1)
    return done, measured


def titles(site: Site) -> dict[str, str]:
    """The English title of every source file, for reports."""
    named = {page.document.path: markup.plain(title_of(page).inline, facts_of(site, site.settings.english, ())) for page in site.pages}
    return named | {document.path: PurePosixPath(document.path).name for document in site.data}


def copies(site: Site) -> Iterator[Output]:
    """The files published as they are: source assets and the templates' static files."""
    for name in site.assets:
        yield Output(f"assets/{name}", (site.settings.root / "source" / name).read_bytes())
    static = site.settings.root / "templates" / "static"
    for path in sorted(static.rglob("*")):
        if path.is_file() and path.resolve().is_relative_to(site.settings.root.resolve()):
            yield Output(f"static/{path.relative_to(static).as_posix()}", path.read_bytes())


def title_of(page: Page) -> Block:
    """The block that names a page: its front-matter title, its first heading, or its file name."""
    fields = dict(page.document.fields)
    if "title" in fields:
        return fields["title"]
    for section in page.document.sections:
        for block in section.blocks:
            if block.opening.startswith("<h1"):
                return block
    name = page.slug.rpartition("/")[2] or "Home"
    return Block(Inline(name, Form.TEXT, (markup.Node("text", name),)), "", None)


def render_pages(site: Site, resolved: Resolved, progress: Progress) -> Iterator[Output]:
    """Every page of every language, the language chooser and the page for what is not found."""
    env = render.environment(site.settings.root / "templates")
    every = (site.settings.english, *site.settings.locales)
    steps, done = len(every) * len(site.pages), 0
    speeches = {locale.name: speech_of(site, locale) for locale in every}
    mostly = {locale.name: {page.slug for page in site.pages if is_mostly(site, resolved, locale, page)} for locale in every}
    for locale in every:
        view = View(site, speeches[locale.name], env, {path: found for path, found in resolved[locale.name].items()}, mostly)
        for at, page in enumerate(site.pages):
            yield Output(f"{locale.tag}/{page.file}", view.page(at))
            done += 1
            progress(f"Rendering {locale.endonym}", done, steps)
    chooser = [(locale, speeches[locale.name], resolved[locale.name]) for locale in every]
    for name, base in (("index.html", ""), ("404.html", site_path(site) + "/")):
        homes = [home_of(site, speech, found, base) for _, speech, found in chooser]
        yield Output(name, render.page(env, "chooser.html" if name == "index.html" else "404.html", speech=speeches[site.settings.english.name],
                                       homes=homes, root=base, english=site.settings.english, version=version()))


def home_of(site: Site, speech: render.Speech, found: Mapping[str, Mapping[int, Resolution]], base: str) -> dict[str, Any]:
    """One language as the chooser lists it."""
    locale = speech.locale
    home = next((page.file for page in site.pages if not page.slug), site.pages[0].file if site.pages else "index.html")
    name = site.fields.get("name")
    return {
        "tag": locale.tag, "dir": locale.direction, "name": locale.endonym, "href": f"{base}{locale.tag}/{home}", "speech": speech,
        "site": speech.said(found["source/site.yaml"][id(name)]) if name is not None else None,
    }


def site_path(site: Site) -> str:
    """The path part of the published address, without its last slash."""
    return urlsplit(site.settings.url).path.rstrip("/")


def is_mostly(site: Site, resolved: Resolved, locale: Locale, page: Page) -> bool:
    """Whether a page is mostly in its own language, and so is listed as a page of that language."""
    from pipeline.coverage import tally

    return locale.name == site.settings.english.name or tally(resolved[locale.name][page.document.path].values()).share >= MOSTLY


def version() -> str:
    from pipeline import __version__

    return __version__


@dataclass(frozen=True, slots=True)
class View:
    """One language of the site as its templates see it."""

    site: Site
    speech: render.Speech
    env: Any
    resolved: Mapping[str, Mapping[int, Resolution]]
    mostly: Mapping[str, set[str]]

    def say(self, page: Page, block: Block) -> render.Said:
        """A block as text: its resolution where it is a message, itself otherwise."""
        found = self.resolved.get(page.document.path, {}).get(id(block))
        return self.speech.said(found or Resolution(Message(Key(None, block.inline.source), Span(page.document.path, 1)), State.TRANSLATED, block.inline,
                                                    self.site.settings.english.name))

    def page(self, at: int) -> bytes:
        """One page, whole."""
        site, page, locale = self.site, self.site.pages[at], self.speech.locale
        found = self.resolved[page.document.path]
        parts = self.env.get_template("parts.html").make_module({"speech": self.speech})
        body = render.body(page.document, found, self.speech, lambda state, name: str(parts.notice(state.value, name)))
        fields = dict(page.document.fields)
        keys = {resolution.message.key: resolution for resolution in found.values()}
        foreign = sum(1 for resolution in keys.values() if resolution.state is not State.TRANSLATED)
        english = locale.name == site.settings.english.name
        return render.page(
            self.env, "page.html", speech=self.speech, version=version(),
            locale=locale, english=site.settings.english, is_english=english,
            title=self.say(page, title_of(page)), description=self.say(page, fields["description"]) if "description" in fields else None,
            body=body, page_class=str(page.document.data.get("class", "")),
            updated=locales.date(locale, page.updated) if page.updated else "", updated_iso=page.updated.isoformat() if page.updated else "",
            parts_in_english=foreign, parts=len(keys), site=self.values(), nav=list(self.nav(page)), previous=self.neighbour(at, -1), next=self.neighbour(at, 1),
            breadcrumb=list(self.breadcrumb(page)), languages=list(self.languages(page)), home=page.up + self.home().file, root=page.up + "../",
            up=page.up, canonical=self.canonical(page), alternates=list(self.alternates(page)), here=f"{locale.tag}/{page.file}",
        )

    def values(self) -> dict[str, Any]:
        """The top-level texts of site.yaml, and its other values as they are."""
        site = self.site
        found = self.resolved.get("source/site.yaml", {})
        said = {name: self.speech.said(found[id(block)]) for name, block in site.fields.items() if id(block) in found and "." not in name}
        plain = {name: value for name, value in site.values.items() if name not in said and isinstance(value, (str, dict))}
        return {"name": "", "tagline": "", "sample": "", **plain, **said}

    def home(self) -> Page:
        return next((page for page in self.site.pages if not page.slug), self.site.pages[0])

    def nav(self, current: Page) -> Iterator[dict[str, Any]]:
        """The navigation of site.yaml; every page where it has none."""
        site = self.site
        labels = [block for document in site.data if document.path == "source/site.yaml" for key, block in document.fields if key == "nav.label"]
        items = [item for item in listed(site.values.get("nav")) if isinstance(item, dict)]
        pages = {page.document.path: page for page in site.pages}
        found = self.resolved.get("source/site.yaml", {})
        if not items:
            for page in site.pages:
                yield self.link(current, page, self.say(page, title_of(page)))
            return
        for item in items:
            page = pages.get(f"source/{item.get('page')}")
            if page is None:
                continue
            block = next((block for block in labels if block.inline.source == " ".join(str(item.get("label", "")).split())), None)
            yield self.link(current, page, self.speech.said(found[id(block)]) if block is not None and id(block) in found else self.say(page, title_of(page)))

    def link(self, current: Page, page: Page, label: render.Said) -> dict[str, Any]:
        return {"href": current.up + page.file, "label": label, "current": page is current, "home": not page.slug}

    def neighbour(self, at: int, step: int) -> dict[str, Any] | None:
        """The page before or after this one."""
        pages = self.site.pages
        if not 0 <= at + step < len(pages):
            return None
        return self.link(pages[at], pages[at + step], self.say(pages[at + step], title_of(pages[at + step])))

    def breadcrumb(self, current: Page) -> Iterator[dict[str, Any]]:
        """From home to this page, through the pages of the folders above it."""
        by_slug = {page.slug: page for page in self.site.pages}
        parts = current.slug.split("/") if current.slug else []
        for end in range(len(parts) + 1):
            if page := by_slug.get("/".join(parts[:end])):
                yield self.link(current, page, self.say(page, title_of(page)))

    def languages(self, page: Page) -> Iterator[dict[str, Any]]:
        """This page in every language, each under its own name."""
        for locale in (self.site.settings.english, *self.site.settings.locales):
            yield {"tag": locale.tag, "dir": locale.direction, "name": locale.endonym, "english": locale.english,
                   "href": f"{page.up}../{locale.tag}/{page.file}", "current": locale.name == self.speech.locale.name}

    def address(self, locale: Locale, page: Page) -> str:
        """The published address of a page, or the way to it where the site has none."""
        base = self.site.settings.url
        folder = f"{locale.tag}/{page.slug}/" if page.slug else f"{locale.tag}/"
        return f"{base}/{folder}" if base else f"{page.up}../{locale.tag}/{page.file}"

    def canonical(self, page: Page) -> str:
        """The page's own address, or the English page's where this one is mostly English."""
        locale = self.speech.locale
        return self.address(locale if page.slug in self.mostly[locale.name] else self.site.settings.english, page)

    def alternates(self, page: Page) -> Iterator[dict[str, str]]:
        """The languages in which this page is mostly in that language, and the chooser for all others."""
        for locale in (self.site.settings.english, *self.site.settings.locales):
            if page.slug in self.mostly[locale.name]:
                yield {"tag": locale.tag, "href": self.address(locale, page)}
        yield {"tag": "x-default", "href": f"{self.site.settings.url}/" if self.site.settings.url else f"{page.up}../index.html"}
