"""Whether what helps to find one's way is true: the headings of a page, the English of its stretches, the list of all pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import quote, unquote

from pipeline.commands.audit.known import OFFICIAL, Around, addressed
from pipeline.commands.audit.links import CALLS
from pipeline.site import html_text
from pipeline.site.html_text import Seen, Text

NO_WORDS = html_text.digest("")
TOC, ENGLISH = "Toc", re.compile(r"English-\d+")
H2 = re.compile("\2h2(?:\3[^\3]*)*?\3id=([^\3]*)")


class Knows(Protocol):
    """What may be said in a language."""

    def has(self, lang: str, text: str) -> bool: ...


def page_wrong(
    found: Mapping[str, Any], name: str, page: Mapping[str, Any], html: Seen, content: tuple[int, int], known: Knows
) -> Iterator[str]:
    """What is not so of the headings and of the English of a page. `content`: where its content stands in its outline."""
    yield from toc_wrong(page, html, content, known)
    yield from english_wrong(found, page, html, known)
    yield from reports_wrong(found, name, page, html)


def toc_wrong(page: Mapping[str, Any], html: Seen, content: tuple[int, int], known: Knows) -> Iterator[str]:
    """Whether the list of a page's headings has just these, by their names, in their order."""
    wanted = [list(row) for row in page.get("toc", ())]
    there = [match[1] for _, what in html.outline[slice(*content)] if (match := H2.match(what))]
    if wanted and [row[0] for row in wanted] != there:
        yield "its headings are not those of the manifest"
    named = {given.get("id", ""): name for name, given in html.blocks.items()}
    for ident, _, text in wanted:
        if ident in named and html.words.get(named[ident], "") != text:
            yield f"the manifest calls its heading #{ident} “{text}”"
    if TOC not in html.idents:
        return
    links: dict[int, list[str]] = {}
    for one in html.texts:
        if one.place.ident == TOC and one.link >= 0 and not one.attribute:
            links.setdefault(one.link, [html.elements[one.link].given.get("href", ""), one.place.lang, ""])[2] += (
                one.text
            )
    said = [[href.removeprefix("#"), lang, html_text.folded(text)] for href, lang, text in links.values()]
    if said != wanted:
        yield "the list of its headings is not that of the manifest"


def english_wrong(found: Mapping[str, Any], page: Mapping[str, Any], html: Seen, known: Knows) -> Iterator[str]:
    """Whether the English that one may open is that of the English page, of each text that is translated, and of no other."""
    source = found["source"]
    blocks = found["originals"].get(page["source"], {}).get("blocks", {})
    there: dict[str, list[Text]] = {}
    for one in html.texts:
        if one.place.of:
            there.setdefault(one.place.of, []).append(one)
    for at, texts in there.items():
        english = blocks.get(at, {})
        if page["blocks"].get(at, {}).get("lang", source) == source:
            yield f"block {at}: its English stands there once more, and it is in English itself"
        if (
            html_text.digest("".join(one.text for one in texts)) != english.get("text")
            or english.get("state") == "recalled"
        ):
            yield f"block {at}: the English that one may open is not that of the English page"
        if any(one.place.lang != source for one in texts):
            yield f"block {at}: the English that one may open is not marked as English"
    if not found.get("english") or page["lang"] == source:
        return
    wanted = {
        at
        for at, block in page["blocks"].items()
        if block["lang"] != source and not block.get("head") and opens(blocks.get(at, {}))
    }
    if any(ENGLISH.fullmatch(ident) for ident in html.idents) or wanted:
        yield from (f"block {at}: one cannot open its English" for at in sorted(wanted - there.keys()))


def opens(english: Mapping[str, Any]) -> bool:
    """Whether a block of the English page has words that one may read: none that is withdrawn has, nor one whose file is withheld."""
    return (
        english.get("state") != "recalled" and not english.get("withheld") and english.get("text", NO_WORDS) != NO_WORDS
    )


def reports_wrong(found: Mapping[str, Any], name: str, page: Mapping[str, Any], html: Seen) -> Iterator[str]:
    """Whether what is reported of a page is reported of this page, and what is edited is its file."""
    pattern = found.get("report", "")
    if not pattern:
        return
    begins = pattern.partition("{")[0]
    values = {"page": quote(page["source"], safe=""), "language": page["lang"]}
    for one in html.elements:
        href = one.given.get("href", "")
        if one.tag == "a" and href.startswith(begins):
            blocks = [quote(at, safe="") for at in page["blocks"]] if ENGLISH.match(one.place.ident) else [""]
            if not any(re.fullmatch(filled(pattern, {**values, "block": at}), href) for at in blocks):
                yield f"what is wrong here is reported of another place: {href}"


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern of addresses with what is known of a place in it."""
    parts = re.split(r"\{(\w+)\}", pattern)
    parts[::2] = [re.escape(part) for part in parts[::2]]
    parts[1::2] = [re.escape(values[one]) if one in values else "[0-9a-f]*" for one in parts[1::2]]
    return "".join(parts)


def ours(one: Text) -> bool:
    """Whether a text is one of those that are held to the manifest here."""
    return bool(one.place.of) or (one.place.ident == TOC and one.link >= 0)


MASTHEAD = "Masthead"
"""The id of what stands above the list of all pages: the way home, and to the list in other languages."""


def list_wrong(
    around: Around, tag: str, html: Seen, part: Mapping[str, Mapping[str, Any]], known: Knows
) -> Iterator[str]:
    """Whether the list of all pages of a language has just these, their descriptions and their headings."""
    name = f"{tag}/{around.found['find']}/index.html"
    if html.lang != tag:
        yield f"the page is in [{html.lang}], and not in [{tag}]"
    wanted = {file: page for file, page in part.items() if isinstance(page, dict) and not page.get("noindex")}
    texts: dict[int, str] = {}
    langs: dict[int, str] = {}
    above = {one.link for one in html.texts if one.place.ident == MASTHEAD}
    for one in html.texts:
        if one.place.ident.startswith(OFFICIAL) and not one.attribute:
            continue  # held to the notices word for word
        if one.link >= 0 and not one.attribute:
            texts[one.link] = texts.get(one.link, "") + one.text
            langs[one.link] = one.place.lang
        elif (
            not one.attribute and one.worded and not described(wanted, one) and not known.has(one.place.lang, one.text)
        ):
            yield f"“{html_text.folded(one.text)[:60]}” stands there as [{one.place.lang}], which the manifest does not say"
    pages: list[str] = []
    headings: dict[str, list[list[str]]] = {}
    for at, text in texts.items():
        given = html.elements[at].given
        href = given.get("href", "")
        led, said = around.way(name, href), [langs[at], html_text.folded(text)]
        if at in above:
            to = given.get("hreflang", "")
            home = f"{tag}/{around.found['home']}"
            if led and led != (f"{to}/{around.found['find']}/index.html" if to else home):
                yield f"a link above the list leads to {led}"
            if to and around.names.get(said[1], to) != to:
                yield f"a link that says “{said[1]}” leads to {led}"
            continue
        if led not in wanted:
            yield f"a link leads to {led or href}, which is no page of the language"
        elif "#" in href:
            headings.setdefault(led, []).append([href.partition("#")[2], *said])
        else:
            pages.append(led)
            if said != wanted[led]["title"]:
                yield f"a link to {led} says “{said[1]}” in [{said[0]}]"
    if sorted(pages) != sorted(wanted):
        yield "it does not have every page of the language once"
    for led, rows in headings.items():
        if rows != [list(row) for row in wanted[led].get("toc", ())]:
            yield f"the headings of {led} are not those of the manifest"
    if not all(href_of(around, one) for one in html.elements):
        yield "a page is named by another address than elsewhere"


def href_of(around: Around, one: html_text.Element) -> bool:
    """Whether a link names a page as the rest of the site does."""
    href = one.given.get("href", "").partition("#")[0]
    return one.tag != "a" or href.startswith(CALLS) or addressed(around.found, unquote(href)) == href


def described(pages: Mapping[str, Mapping[str, Any]], one: Text) -> bool:
    """Whether a text is the description of a page."""
    said = [one.place.lang, html_text.folded(one.text)]
    return any(page.get("description") == said for page in pages.values())


def lists(found: Mapping[str, Any], tags: Sequence[str]) -> dict[str, str]:
    """Where the list of each language is, by file: the tag of the language."""
    return {f"{tag}/{found['find']}/index.html": tag for tag in tags} if found.get("find") else {}
