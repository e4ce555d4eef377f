"""What is wrong in the English: shapes no page can show, links to nowhere, unknown placeholders, hints about its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from pipeline.checks import unlisted
from pipeline.checks.levels import Levels
from pipeline.content import Content, beside
from pipeline.content.content import SITE, listed
from pipeline.content.links import Local
from pipeline.content.sources import broken
from pipeline.core.forms import normalized
from pipeline.core.inline import FACT_IN_URL
from pipeline.core.measures import is_measure, measures
from pipeline.core.model import Document, Finding, Level, Link, Span
from pipeline.core.schema import nearest

Hints = Callable[[Document], Iterable[Finding]]
"""What may be said of the words of a document."""


def findings(content: Content, levels: Levels, hints: Hints) -> Iterator[Finding]:
    """What is wrong in the English. `hints`: as `readability` has them."""
    yield from shape_findings(content)
    for document in (*(page.document for page in content.pages), *content.data):
        yield from of_document(content, document, levels, hints)
    for link in content.beside:
        if wrong := beside.wrong(link, content.links, content.places):
            yield Finding("anchor" if wrong.startswith("No template") else "link", Level.WARNING, wrong, link.span)
    yield from (said for one in unlisted.findings(content) if (said := levels.hint(one)) is not None)
    yield from (said for one in untitled(content) if (said := levels.hint(one)) is not None)
    for path in content.drafts:
        text = "This page is a draft: it is not published, and its texts are not translated. Remove `draft` when it is ready."
        if why := content.kept_back.get(path):
            text = f"This page is not published, and its texts are not translated. {why}"
        yield Finding("draft", Level.INFO, text, Span(path, 1))


def untitled(content: Content) -> Iterator[Finding]:
    """Pages that readers know by their file's name alone, in every language."""
    for page in content.pages:
        title = page.title
        if (
            title.message is None
            and page.slug
            and title.inline.source == page.own_name
            and page.document.data.get("title") is None
        ):
            text = f"This page has no title: menus call it “{page.own_name}”, after its file, in every language. Write `title:` in its front matter, or a heading of the first level."
            yield Finding("untitled", Level.INFO, text, Span(page.path, 1))


def of_document(content: Content, document: Document, levels: Levels, hints: Hints) -> Iterator[Finding]:
    """What is wrong in one page or data file."""
    yield from document.findings
    yield from (said for hint in hints(document) if (said := levels.hint(hint)) is not None)
    yield from link_findings(content, document)
    yield from unknown_facts(content, document)
    yield from without_group(content, document)


def link_findings(content: Content, document: Document) -> Iterator[Finding]:
    """The links of a document that lead to nothing: to no page or file, or to no place on the page."""
    for link in document.links:
        if "{" in link.target or "%7B" in link.target:
            yield from filled_in(content, link)
            continue
        found = content.links.local(document.path, link.target)
        if found is None:
            if not link.target.startswith(("#", "?")):
                continue
            page, name = document.path, unquote(link.target.partition("#")[2])
        elif content.links.asset(found) is not None or content.links.elsewhere(found):
            continue
        elif content.links.held and content.links.held.page(found):
            continue  # what is wrong with that page is said there
        else:
            page, name = content.links.page(found) or "", found.fragment
        if page not in content.by_path:
            if found and found.path in content.drafts:
                text = (
                    f"The link {link.target} leads to a page that is not published (a draft, or kept back). Remove it, or publish the page."
                    if found.path in content.kept_back
                    else f"The link {link.target} leads to a draft, which is not published. Remove it, or publish the page."
                )
            else:
                near = content.links.alike(found) if found else ""
                todo = f"Did you mean {near}?" if near else "Correct it."
                text = f"The link {link.target} leads to no page or file of source/. {todo}"
            yield Finding("link", Level.WARNING, text, link.span)
        elif found and content.links.renamed(found):
            yield Finding("link", Level.WARNING, renamed(content, document.path, link, found), link.span)
        elif name and name not in content.places and not leads(name, content.by_path[page].document):
            yield Finding("anchor", Level.WARNING, f"{page} has no heading #{name}. Correct the link.", link.span)


def renamed(content: Content, path: str, link: Link, found: Local) -> str:
    """What to say of a link to a page by the file that it was."""
    now = content.links.page(found) or ""
    said = f"The link {link.target} names {found.path.removeprefix('source/')}, which is {now.removeprefix('source/')} now."
    return f"{said} Write {content.links.to(path, now, found)}."


def leads(name: str, document: Document) -> bool:
    """Whether a place on a page has this name: of a heading, of raw HTML, of a footnote, or the top (HTML, "Fragments")."""
    return (
        normalized("NFC", name) in document.anchors
        or FOOTNOTE.fullmatch(name) is not None
        or name.lower() == "top"
        or ":~:" in name
    )


def filled_in(content: Content, link: Link) -> Iterator[Finding]:
    """A link with a fact in it, where that makes it one to a page or file of the site: facts are published as they are written."""
    target = FACT_IN_URL.sub(lambda one: content.facts.get(one[1], one[0]), link.target)
    found = content.links.local("source/", content.links.own(target))
    if found and not (found.rooted and content.links.elsewhere(found)) and not target.startswith("#"):
        text = (
            f"The link {unquote(link.target)} leads to {target}, and the way to a page or file of this site is another on every page. "
            "Write the page's own file in the link (guide.md), or a whole address in site.yaml."
        )
        yield Finding("link", Level.WARNING, text, link.span)


def unknown_facts(content: Content, document: Document) -> Iterator[Finding]:
    """The placeholders of a document that readers would see as they are. Nobody can tell while site.yaml cannot be read, which is
    said there."""
    if any(broken(one) for one in content.data if one.path == SITE):
        return
    for name, span in dict.fromkeys((one.target, one.span) for one in document.placeholders):
        if name not in content.facts:
            todo = nearest(name, content.facts, "Add it there, correct it, or write \\{ where readers should see it.")
            text = f"The placeholder {{{name}}} is not in source/site.yaml, so readers would see it as it is. {todo}"
            yield Finding("placeholder", Level.ERROR, text, span)


def without_group(content: Content, document: Document) -> Iterator[Finding]:
    """Names in braces without the group that a fact has: readers see the braces. No fact is called so, where it is a hint alone."""
    for block in document.blocks():
        message = block.message
        if message is None or "{" not in message.key.msgid:
            continue
        said = [node.text for node in block.inline.nodes if node.kind == "text" and "{" in node.text]
        for name in dict.fromkeys(name for text in said for name in ALONE_IN_BRACES.findall(text)):
            meant = [fact for fact in content.facts if name in fact.split(".")]
            if content.facts and f"\\{{{name}}}" not in message.key.msgid:
                todo = f"Write {{{meant[0]}}}" if meant else "Write its group and a dot before it"
                text = f"{{{name}}} is no fact, so readers see it as it is: facts are named with their group. {todo}, or \\{{ where readers should see it."
                yield Finding("placeholder", Level.WARNING if meant else Level.INFO, text, message.place)
        for name in dict.fromkeys(name for text in said for name in FILLED_IN.findall(text)):
            text = f"{name[:60]} may be what another tool fills in, and readers see it as it is. Write what it stands for, or \\{{ where readers should see it."
            if f"\\{name}" not in message.key.msgid:
                yield Finding("placeholder", Level.INFO, text, message.place)


FILLED_IN = re.compile(r"\{[a-z][\w.-]*:[^\s{}][^{}\n]*\}")
ALONE_IN_BRACES = re.compile(r"\{([a-z][a-z0-9_-]*)\}")


def place_of(values: Mapping[str, Any], name: str) -> Span:
    """Where a group of site.yaml is written, by its dotted name."""
    value: Any = values
    for key in [name] if name in values else name.split("."):
        value = value[key]
    return Span(SITE, min((getattr(inner, "line", 1) for inner in value.values()), default=1))


def shape_findings(content: Content) -> Iterator[Finding]:
    """What in site.yaml or a front matter is not what pages are made of: text, groups of text, and a list of pages."""

    def found(path: str, what: str, line: int = 1) -> Finding:
        return Finding("shape", Level.ERROR, what, Span(path, line))

    for name, wrong in measures(content.values):
        if isinstance(wrong, str):
            yield Finding("shape", Level.ERROR, f"`{name}`: {wrong}", place_of(content.values, name))
    for name, value in content.values.items():
        if name == "nav" or is_measure(name, value):
            continue
        group = [*value.items()] if isinstance(value, dict) and name not in ALONE else [("", value)]
        if not all(isinstance(inner, str) or is_measure(f"{name}.{key}", inner) for key, inner in group):
            what = "not text" if name in ALONE else "neither text nor a group of texts and measures"
            yield found(SITE, f"`{name}` is {what}, so no page can show it. Write `{name}: text`.", line_of(name))
    pages = {page.document.path for page in content.pages}
    menu, at = content.values.get("nav"), next((line_of(name) for name in content.values if name == "nav"), 1)
    if menu and not isinstance(menu, list):
        yield found(SITE, "`nav` is no list of pages, so there is no menu. Write `- page: name.md` below it.", at)
    for item in listed(menu):
        at = line_of(item, at)
        named = item.get("page") if isinstance(item, dict) else None
        if isinstance(named, str) and f"source/{named}" in content.drafts:
            text = f"`nav` names {named}, which is a draft and in no menu."
            yield Finding("draft", Level.WARNING, text, Span(SITE, at))
        elif isinstance(named, str) and content.links.held and f"source/{named}" in content.links.held.pages:
            continue
        elif not isinstance(named, str) or f"source/{named}" not in pages:
            yield found(SITE, no_page(content, named), at)
        elif isinstance(item, dict) and not isinstance(item.get("label", ""), str):
            yield found(
                SITE, f"The `label` of {named} in `nav` is not text. Write `label: text`.", line_of(item["label"], at)
            )
    for page in content.pages:
        for name, value in page.document.data.items():
            if name in TEXTS and not isinstance(value, str):
                what = f"`{name}` is not text. Write it on one line, in quotation marks."
                yield found(page.document.path, what, line_of(name))


def no_page(content: Content, named: object) -> str:
    """What to say of an entry of `nav` that names no page; what the page is called now, where the log knows."""
    said = named if isinstance(named, str) else "something"
    if now := content.links.went.get(normalized("NFC", f"source/{said}"), "").removeprefix("source/"):
        return f"`nav` names {said!r}, which is {now} now. Write `page: {now}`."
    return f"`nav` names {said!r}, which is no page of source/. Write `page: name.md`."


FOOTNOTE = re.compile(r"fn(?:ref)?\d+(?::\d+)?")
"""The places of footnotes."""
ALONE = ("name", "tagline")
"""What in site.yaml templates show as a text."""
TEXTS = ("title", "description", "class", "updated")


def line_of(value: object, otherwise: int = 1) -> int:
    """The line on which a value of a YAML file begins, as far as it is known."""
    if isinstance(value, dict):
        return min((line_of(key, otherwise) for key in value), default=otherwise)
    if isinstance(value, list):
        return line_of(value[0], otherwise) if value else otherwise
    return int(getattr(value, "line", otherwise))
