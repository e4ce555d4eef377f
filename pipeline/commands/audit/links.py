"""Whether what is around a page's content was written by a template, and leads where it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from pipeline.commands.audit.known import Around, Tags, above, figures, names_of
from pipeline.site import html_text
from pipeline.site.html_text import Element, Seen

ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "background", "cite", "ping", "manifest")
ADDRESSED = frozenset(ADDRESSES)
CALLS = ("tel:", "sms:", "mailto:")
LISTS = frozenset(["ul", "ol", "menu", "nav"])


def links_wrong(
    around: Around,
    name: str,
    page: Mapping[str, Any],
    part: Mapping[str, Mapping[str, Any]],
    outside: list[tuple[int, Element]],
    texts: Mapping[int, list[str]],
    html: Seen,
) -> Iterator[str]:
    """Whether what is around a page's content leads where it says, in the order of the menu."""
    lists: dict[int, list[str]] = {}
    others: list[tuple[str, str]] = []
    current = -1
    lang = page["lang"]
    for at, one in outside:
        tag, given = one.tag, one.given
        if tag != "a" or "href" not in given:
            if tag in LISTS:
                current = one.at
            elif given and given.get("aria-current") == "page":
                yield from not_named(page, name, words_in(html, one))
            continue
        href, said = given["href"], texts.get(at, [])
        if href.startswith(CALLS):
            if len(figures("".join(said))) > 2 and href[:4] != "mail" and figures("".join(said)) != figures(href):
                yield f"a link to {href} says “{' '.join(said)}”"
            continue
        led = around.way(name, href)
        if led in part and "hreflang" not in given:
            lists.setdefault(current, []).append(led)
            yield from misnamed(around, lang, part, led, said)
            if len(given) > 1:
                yield from misplaced(name, page, one, led)
        elif around.found.get("find") and led == f"{lang}/{around.found['find']}/index.html":
            continue
        elif led.endswith(".html"):
            to, hreflang = led.partition("/")[0], given.get("hreflang", "")
            if hreflang and led != "index.html" and to != hreflang:
                yield f"a link that says it is in [{hreflang}] leads to {led}"
            if given.get("aria-current", "false") != "false" and led != name:
                yield f"a link to {led} is marked as this page"
            others.append((hreflang or to, led))
            if {around.names[text] for text in said if text in around.names} - {to}:
                yield f"a link that says “{' '.join(said)}” leads to {led}"
    yield from elsewhere(around, name, others)
    menu = [f"{page['lang']}/{around.file_in(page['lang'], file)}" for file in around.found["menu"]]
    for led_to in lists.values():
        if len(led_to) == len(menu) and led_to != menu and sorted(led_to) == sorted(menu):
            yield "the pages of a menu stand in another order than in the navigation"


def not_named(page: Mapping[str, Any], name: str, said: Iterable[str]) -> Iterator[str]:
    """Where what marks the page that the reader is on says another's name."""
    if (words := set(said)) and not words & names_of(page):
        yield f"“{' '.join(said)}” is marked as this page, and is none of its names"


def misnamed(
    around: Around, lang: str, part: Mapping[str, Mapping[str, Any]], led: str, said: list[str]
) -> Iterator[str]:
    """Where a link has the name of another page than it leads to."""
    for text in said:
        if (led, text) in around.named:
            return
    if others := around.names_in(lang, part) & {*said}:
        if not (own := names_of(part[led]) & {*said}):
            yield f"a link that says “{sorted(others)[0]}” leads to {led}"
        around.named.update((led, text) for text in own)


def misplaced(name: str, page: Mapping[str, Any], one: Element, led: str) -> Iterator[str]:
    """Where a link says of its page that it is this one, the one before or the one after, and it is not."""
    if one.given.get("aria-current", "false") != "false" and led != name:
        yield f"a link to {led} is marked as this page"
    for rel, which in (("prev", "previous"), ("next", "next")):
        if rel in one.given.get("rel", "").lower().split() and led != f"{page['lang']}/{page.get(which, '')}":
            yield f"a link to {led} is marked as that to the {which} page"


def elsewhere(around: Around, name: str, others: list[tuple[str, str]]) -> Iterator[str]:
    """Where some of the links to other languages lead to this page there, and some do not."""
    page = around.page_of(name)
    odd = [led for _, led in others if around.page_of(led) != page and led != "index.html"]
    if len(odd) < len([led for _, led in others if led != "index.html"]):
        yield from (f"a link to another language leads to {led}, and not to this page there" for led in odd)


def odd(around: Around, tags: Tags, name: str, elements: Iterable[Element], html: Seen) -> Iterator[str]:
    """What stands around a page's content that no template writes, and where addresses lead that are none of the site's."""
    folders = [tags.sound.setdefault(above(name, "../" * up), set()) for up in range(name.count("/") + 1)]
    anywhere = tags.sound.setdefault("", set())
    for one in elements:
        what, given = one.what, one.given
        sound = anywhere
        if given and not ADDRESSED.isdisjoint(given):
            sound = folders[min(what.count("../"), len(folders) - 1)]
        if what in sound:
            continue
        wrong = [*leads_nowhere(around, name, one, html)]
        if not tags.has(one):
            wrong.append(f"{shown(one)} stands there, which no template writes")
        addresses = [given[attribute] for attribute in ADDRESSES if attribute in given]
        if not wrong and len(addresses) < 2 and not any(address.startswith("#") for address in addresses):
            sound.add(what)
        yield from wrong


def leads_nowhere(around: Around, name: str, one: Element, html: Seen) -> Iterator[str]:
    """Where the addresses of one element are none of the site's, and nobody wrote them."""
    for attribute in ADDRESSES:
        if (value := one.given.get(attribute)) is None or (attribute == "data" and one.tag != "object"):
            continue
        scheme = value.partition(":")[0].lower()
        if value.startswith("#"):
            if value[1:] and value[1:] not in html.idents and value.lower() != "#top":
                yield f"a link leads to {value}, which is not there"
        elif scheme in {"tel", "sms", "mailto"}:
            to = unquote(value.partition(":")[2]).partition("?")[0]
            known = to in around.facts or (scheme != "mailto" and figures(to) in around.facts)
            report = around.found.get("report", "").partition("{")[0]
            if not known and not (report and value.startswith(report)) and not around.states(one.tag, attribute, value):
                yield f"a link leads to {value}, which site.yaml does not have"
        elif one.tag == "link" and (
            "hreflang" in one.given or "canonical" in one.given.get("rel", "").lower().split()
        ):  # which `head_wrong` holds to the manifest
            continue
        elif led := around.way(name, value):
            if led not in around.files:
                yield f"<{one.tag}> leads to {led}, which is not there"
        elif value and not around.names_address(one.tag, attribute, value):
            yield f"<{one.tag}> leads to {value}, which neither the templates nor site.yaml have"


def words_in(html: Seen, element: Element) -> list[str]:
    """The texts in an element that holds nothing but text."""
    return [html_text.folded(one.text) for one in html.texts if one.at == element.at + 1 and not one.attribute]


def shown(one: Element) -> str:
    """An element as a person would write it."""
    given = "".join(f' {name}="{value}"' for name, value in one.given.items())
    short = f"<{one.tag}{given}>"
    return short if len(short) < 90 else f"{short[:87]}…"
