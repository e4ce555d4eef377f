"""Whether the feed of each language says what the manifest says: which pages, when, and how much of them is in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from xml.etree import ElementTree

from pipeline.commands.audit.known import addressed, numbers
from pipeline.site import html_text

ATOM, HTML, LANG = (
    "{http://www.w3.org/2005/Atom}",
    "{http://www.w3.org/1999/xhtml}",
    "{http://www.w3.org/XML/1998/namespace}lang",
)


class Knows(Protocol):
    """What may be said in a language."""

    def has(self, lang: str, text: str) -> bool: ...


def wrong(
    found: Mapping[str, Any], tag: str, body: bytes, part: Mapping[str, Mapping[str, Any]], known: Knows
) -> Iterator[str]:
    """What the feed of a language says that is not so. `part`: the pages of the language."""
    try:
        feed = ElementTree.fromstring(body)
    except ElementTree.ParseError as problem:
        yield f"is no XML: {problem}"
        return
    base = f"{found['url']}/{tag}"
    if feed.get(LANG) != tag:
        yield f"says it is in [{feed.get(LANG)}], and not in [{tag}]"
    if (own := links(feed, "self")) != [f"{base}/feed.xml"]:
        yield f"says it is at {', '.join(own) or 'no address'}"
    if links(feed) != [f"{base}/{addressed(found, 'index.html')}"]:
        yield f"says it is of {', '.join(links(feed)) or 'no page'}"
    for name in ("title", "subtitle"):
        one = feed.find(ATOM + name)
        if one is not None and not known.has(one.get(LANG, tag), one.text or ""):
            yield f"its {name} “{one.text}” is not known in [{one.get(LANG, tag)}]"
    entries, rows = feed.findall(f"{ATOM}entry"), found["feeds"][tag]
    days = [one.findtext(f"{ATOM}updated", "") for one in (feed, *entries)]
    wanted = [f"{row[1]}T00:00:00Z" for row in rows]
    if days[1:] != wanted or (wanted and days[0] != wanted[0]):
        yield "its days are not those of the manifest"
    for entry, (name, _, day, severity) in zip(entries, rows, strict=False):
        yield from (
            f"{name}: {what}" for what in entry_wrong(found, tag, entry, name, part[name], day, severity, known)
        )


def entry_wrong(
    found: Mapping[str, Any],
    tag: str,
    entry: ElementTree.Element,
    name: str,
    page: Mapping[str, Any],
    day: str,
    severity: str,
    known: Knows,
) -> Iterator[str]:
    """What one entry says of its page that is not so."""
    href = f"{found['url']}/{tag}/{addressed(found, name.partition('/')[2])}"
    if links(entry) != [href]:
        yield f"it leads to {', '.join(links(entry)) or 'no page'}, and not to {href}"
    title = entry.find(f"{ATOM}title")
    said = [] if title is None else [title.get(LANG, tag), html_text.folded(title.text or "")]
    if said != page["title"]:
        yield f"it is called “{''.join(said[1:])}” in [{''.join(said[:1])}]; the manifest says “{page['title'][1]}” in [{page['title'][0]}]"
    if [one.get("term") for one in entry.findall(f"{ATOM}category")] != [severity] * bool(severity):
        yield "it does not say how grave the change was"
    texts = [(one.get("lang", tag), "".join(one.itertext())) for one in entry.iter(f"{HTML}p")]
    figures = page["figures"]
    for lang, text in texts:
        if not known.has(lang, text):
            yield f"“{text[:60]}” is not known in [{lang}]"
        elif day not in text and not numbers(text) <= {figures["english"], figures["parts"]}:
            yield f"“{text[:60]}” counts what is no figure of the page"
    if sum(day in text for _, text in texts) != 1:
        yield f"it does not say {day}"
    if len(texts) != 1 + bool(figures["english"]):
        yield "it does not say how much of the page is in English"


def links(element: ElementTree.Element, rel: str = "alternate") -> list[str]:
    """Where an element of a feed leads."""
    return [one.get("href", "") for one in element.findall(f"{ATOM}link") if one.get("rel", "alternate") == rel]
