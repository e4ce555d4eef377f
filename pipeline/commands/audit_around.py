"""What the audit asks of a page beside its blocks: what is between them, and what a template sets around them: the head, the links,
the days, the figures in words. What may stand there is told from the manifest and from the templates' own text; nothing is rendered.
"""

from __future__ import annotations

import json
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from pipeline.core.inline import letters
from pipeline.site import html_text
from pipeline.site.html_text import Element, Outline, Seen, Text
from pipeline.site.outline import window

IMPLIED = frozenset(["html", "head", "body", "tbody", "colgroup"])
"""Elements that are there where nobody wrote them (HTML standard, "Optional tags")."""
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "background", "cite", "ping", "manifest")
ADDRESSED = frozenset(ADDRESSES)
CALLS = ("tel:", "sms:", "mailto:")
HEAD = frozenset(["link", "meta", "title"])
LISTS = frozenset(["ul", "ol", "menu", "nav"])
MARKS = re.compile("\3(?:lang|dir|translate)=[^\3]*")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
RANGE = re.compile(r"(?<!\w)\d+(?:[-\u2010-\u2013]\d+)+(?!\w)")
"""A number whose parts would change places in text that runs from right to left (UAX 9, rules W2 to W7)."""


class Tags:
    """The tags that a template writes, to be asked for."""

    def __init__(self, rows: Iterable[Any] | None) -> None:
        self.told = rows is not None
        self.rows: dict[str, list[tuple[dict[str, re.Pattern[str] | None], frozenset[str]]]] = {}
        for name, given, always in rows or ():
            patterns = {one: None if value == ".*" else re.compile(value, re.S) for one, value in given.items()}
            self.rows.setdefault(name, []).append((patterns, frozenset(always)))
        self.sound: set[str] = set()
        """The elements that a template may have written and that lead to what is there, each with the folder its address begins in."""

    def has(self, one: Element) -> bool:
        """Whether a template may have written an element."""
        implied = not self.told or (not one.given and one.tag in IMPLIED)
        return implied or any(fits(row, one.given) for row in self.rows.get(one.tag, ()))

    def states(self, tag: str, name: str, value: str) -> bool:
        """Whether a template itself has a value of an attribute, or how it begins."""
        return any(
            (pattern := patterns.get(name)) and not pattern.pattern.startswith(".*") and pattern.fullmatch(value)
            for patterns, _ in self.rows.get(tag, ())
        )


def fits(row: tuple[dict[str, re.Pattern[str] | None], frozenset[str]], given: Mapping[str, str]) -> bool:
    """Whether an element is one that a tag of a template may be."""
    patterns, always = row
    return always <= given.keys() and all(
        "*" in patterns or (name in patterns and ((pattern := patterns[name]) is None or pattern.fullmatch(value)))
        for name, value in given.items()
    )


class Habit(NamedTuple):
    """What a page has around its content that the same page has in every language: telephone and mail links, kinds of data."""

    calls: tuple[str, ...]
    kind: str


@dataclass
class Around:
    """What the manifest says that may stand around pages, and what was seen of them so far."""

    found: Mapping[str, Any]
    files: frozenset[str]
    habits: dict[str, dict[str, Habit]] = field(default_factory=dict)
    """By the tag of a language and the file under its folder."""
    told: dict[str, dict[tuple[str, bool], dict[str, str]]] = field(default_factory=dict)
    """By language and kind of a notice, and whether it has a day: its words, each with the page that first has them."""
    order: dict[str, dict[str, float]] = field(default_factory=dict)
    """By language, in what order the texts of the templates stand."""
    ways: dict[str, str] = field(default_factory=dict)
    """Where links lead, by the folder that they begin in and what they say."""
    named: set[tuple[str, str]] = field(default_factory=set)
    """The names of pages, each with the page's file before it, that links said."""
    has: dict[str, dict[str, bool]] = field(default_factory=dict)
    """Which pages have what the template of all pages writes: by what it is, by page."""
    at: tuple[str, list[str]] = ("", [])
    """The page that is being read, and the folders above it, from its own up."""
    called: tuple[str, set[str]] = ("", set())
    indexed: dict[str, set[str]] = field(default_factory=dict)
    """The files of each language that search engines are to know of, by its tag."""

    def noted(self, name: str, what: str, there: bool) -> None:
        """Say whether a page has something."""
        self.has.setdefault(what, {})[name] = there

    def note_indexed(self, part: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep which pages of a language search engines are to know of."""
        for name, page in part.items():
            if page.get("indexed"):
                tag, _, file = name.partition("/")
                self.indexed.setdefault(tag, set()).add(file)

    @cached_property
    def tags(self) -> dict[str, Tags]:
        return {name: Tags(rows) for name, rows in self.found["tags"].items()}

    @cached_property
    def dirs(self) -> dict[str, str]:
        return {tag: about["dir"] for tag, about in self.found["languages"].items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """The tag of each language by its own name."""
        return {html_text.folded(about["name"]): tag for tag, about in self.found["languages"].items()}

    @cached_property
    def facts(self) -> frozenset[str]:
        """What a link may lead to by what site.yaml says: its values without white space, and their figures."""
        written = ["".join(fact.split()) for fact in self.found["facts"]]
        return frozenset([*written, *filter(None, map(figures, written))])

    def names_in(self, lang: str, part: Mapping[str, Mapping[str, Any]]) -> set[str]:
        """What the pages of a language are called."""
        if self.called[0] != lang:
            self.called = lang, {name for page in part.values() for name in names_of(page)}
        return self.called[1]

    def states(self, tag: str, name: str, value: str) -> bool:
        """Whether some template has a value of an attribute."""
        return any(tags.states(tag, name, value) for tags in self.tags.values())

    def way(self, name: str, address: str) -> str:
        """The file under dist/ that a link on a page leads to; "" where it leads out of the site or nowhere."""
        if name != self.at[0]:
            self.at = name, [above(name, "../" * up) for up in range(name.count("/") + 1)]
        folders, up = self.at[1], address.count("../")
        key = folders[up if up < len(folders) else -1] + address
        led = self.ways.get(key)
        if led is None:
            led = self.ways[key] = self.led(name.rpartition("/")[0], address)
        return led

    def led(self, folder: str, address: str) -> str:
        path = unquote(address.partition("#")[0].partition("?")[0])
        base, root = self.found["url"], urlsplit(self.found["url"]).path.rstrip("/")
        if base and path.startswith(f"{base}/"):
            path = path.removeprefix(base)
        elif SCHEME.match(path) or not path:
            return ""
        elif path.startswith("/"):
            path = path.removeprefix(root)
        else:
            path = f"/{posixpath.join(folder, path)}"
        led = posixpath.normpath(path).lstrip("/")
        return led if led in self.files else posixpath.normpath(f"{led}/index.html") if not path.endswith(".html") else led


def above(name: str, address: str) -> str:
    """The folder in which the way of an address begins, once it has gone up: the same for many pages."""
    parts = name.split("/")
    return "/".join(parts[: max(0, len(parts) - 1 - address.count("../"))]) + "\0"


def figures(text: str) -> str:
    """The figures of a text, in any script, as European ones."""
    return "".join(str(unicodedata.digit(char)) for char in text if char.isdigit() and unicodedata.digit(char, None) is not None)


def numbers(text: str) -> set[int]:
    """The whole numbers in a text, in any script."""
    return {int(figures(one)) for one in re.findall(r"\d+", text)}


def stretch(page: Mapping[str, Any], html: Seen) -> tuple[int, int]:
    """Where the content of a page begins and ends in its outline, by where its first block stands."""
    before, count, sealed = page["frame"]
    if html.first >= 0:
        return html.first - before, html.first - before + count
    starts = range(len(html.outline) - count + 1) if count else ()
    return next(((at, at + count) for at in starts if window(html.outline[at : at + count]) == sealed), (0, 0))


def page_wrong(
    around: Around,
    name: str,
    page: Mapping[str, Any],
    part: Mapping[str, Mapping[str, Any]],
    html: Seen,
    known: frozenset[tuple[str, str]],
) -> Iterator[str]:
    """What beside the blocks of a page is not as the manifest and the templates say. `part`: all pages of its language; `known`: the
    texts outside of blocks."""
    start, stop = stretch(page, html)
    numbered = [(at, one) for at, one in enumerate(html.elements) if not start <= one.at < stop]
    outside = [one for _, one in numbered]
    texts = texts_of(html)
    yield from odd(around, around.tags["page.html"], name, outside, html)
    yield from runs(around, html, start, stop)
    yield from head_wrong(around, name, page, outside, texts)
    yield from data_wrong(around, name, page, html.data)
    yield from titled(page, outside, html)
    yield from links_wrong(around, name, page, part, numbered, texts, html)
    yield from days_wrong(page, outside, html)
    yield from figures_told(page, html)
    yield from in_order(around, page["lang"], html, known, around.names_in(page["lang"], part), start, stop)
    note(around, name, page, outside, html)


def between(page: Mapping[str, Any], html: Seen) -> bool:
    """Whether what is around and between the blocks of a page is what its source says."""
    start, stop = stretch(page, html)
    return start >= 0 and window(html.outline[start:stop]) == page["frame"][2]


def near(page: Mapping[str, Any], html: Seen, original: Mapping[str, Any], english: Seen) -> str:
    """The block before the first place where a page's content is not that of the English page; "" where that is no help."""
    ours, theirs = (plain(seen.outline[slice(*stretch(of, seen))]) for of, seen in ((page, html), (original, english)))
    last = ""
    for mine, other in zip(ours, theirs, strict=False):
        if mine != other:
            break
        last = found[1] if (found := re.search("\3data-block=([^\3]*)", mine)) else last
    return f", after block {last}" if last else ""


def plain(outline: Outline) -> list[str]:
    """An outline without the marks of languages, how deep it stands from its own first."""
    first = outline[0][0] if outline else 0
    return [f"{depth - first}{MARKS.sub('', what)}" for depth, what in outline]


def texts_of(html: Seen) -> dict[int, list[str]]:
    """The texts in each link outside of blocks, by the number of the element."""
    found: dict[int, list[str]] = {}
    for one in html.texts:
        if not one.attribute and not one.place.block:
            if one.link >= 0:
                found.setdefault(one.link, []).append(html_text.folded(one.text))
    return found


def shown(one: Element) -> str:
    """An element as a person would write it."""
    given = "".join(f' {name}="{value}"' for name, value in one.given.items())
    short = f"<{one.tag}{given}>"
    return short if len(short) < 90 else f"{short[:87]}…"


def runs(around: Around, html: Seen, start: int, stop: int) -> Iterator[str]:
    """Whether texts run the way that their language does, and numbers of several parts are set apart."""
    body = next((one.at for one in html.elements if one.tag == "body"), -1)
    for one in html.texts:
        place = one.place
        if -1 < one.at < body or place.silent or place.own or start <= one.at < stop or place.dir == "auto":
            continue
        wanted = around.dirs.get(place.lang)
        if wanted and (place.dir or "ltr") != wanted and one.worded:
            yield f"“{short(one)}” runs {place.dir or 'ltr'}, and [{place.lang}] runs {wanted}"
        elif place.block and place.dir == "rtl" and not one.attribute and (number := RANGE.search(one.text)):
            yield f"block {place.block}: {number[0]} is not set apart, so that its parts change places"


def short(one: Text) -> str:
    text = html_text.folded(one.text)
    return text if len(text) < 60 else f"{text[:57]}…"


def address(around: Around, page: Mapping[str, Any], name: str, tag: str) -> str:
    """The published address of a page in a language, or the way to it where the site has none."""
    file = name.partition("/")[2]
    if around.found["url"]:
        return f"{around.found['url']}/{tag}/{file.removesuffix('index.html')}"
    return f"{'../' * file.count('/')}../{tag}/{file}"


def head_wrong(
    around: Around, name: str, page: Mapping[str, Any], outside: list[Element], texts: Mapping[int, list[str]]
) -> Iterator[str]:
    """What the head of a page says of it to machines."""
    lang, source = page["lang"], around.found["source"]
    file, own = name.partition("/")[2], page.get("indexed", False)
    canonical = address(around, page, name, lang if own else source)
    listed = [tag for tag, files in around.indexed.items() if file in files]
    wanted = {tag: address(around, page, name, tag) for tag in listed}
    base = around.found["url"]
    wanted["x-default"] = f"{base}/" if base else f"{'../' * file.count('/')}../index.html"
    alternates: dict[str, str] = {}
    links = [one for one in outside if one.tag == "link"]
    for one in (one for one in outside if one.tag in HEAD):
        rel = one.given.get("rel", "").lower().split() if one.tag == "link" else ()
        if "canonical" in rel and one.given.get("href") != canonical:
            yield f"its canonical address is {one.given.get('href')}, and not {canonical}"
        if "alternate" in rel and "hreflang" in one.given:
            alternates[one.given["hreflang"]] = one.given.get("href", "")
        if one.tag == "meta":
            yield from meta_wrong(around, page, one.given, canonical)
        if one.tag == "title" and html_text.folded(one.place.lang) != page["title"][0]:
            yield f"its title is in [{one.place.lang}], and not in [{page['title'][0]}]"
    rels = [one.given.get("rel", "").lower().split() for one in links]
    around.noted(name, "a canonical address", any("canonical" in rel for rel in rels))
    around.noted(name, "alternate addresses", bool(alternates))
    if alternates and alternates != wanted:
        odd = sorted(tag for tag in {*alternates, *wanted} if alternates.get(tag) != wanted.get(tag))
        yield f"its alternate addresses are not those of its languages: {', '.join(odd)}"


def titled(page: Mapping[str, Any], outside: list[Element], html: Seen) -> Iterator[str]:
    """Whether the title of a page is its own."""
    said = next((words_in(html, one) for one in outside if one.tag == "title"), [page["title"][1]])
    if page["title"][1] not in "".join(said):
        yield f"its title is “{''.join(said)}”; the manifest says “{page['title'][1]}”"


def meta_wrong(around: Around, page: Mapping[str, Any], given: Mapping[str, str], canonical: str) -> Iterator[str]:
    """What a `meta` says of a page: its description, and what networks show of a link to it."""
    name = (given.get("property") or given.get("name", "")).lower()
    what, said = name.rpartition(":")[2], html_text.folded(given.get("content", ""))
    lang, title = page["lang"], page["title"]
    tags = {tag.replace("-", "_").lower(): tag for tag in around.found["languages"]}
    if name != "description" and name.partition(":")[0] not in {"og", "twitter"}:
        return
    if what == "description":
        wanted = page.get("description", [])
        if wanted and (said, given.get("lang", lang)) != (wanted[1], wanted[0] if "lang" in given else lang):
            yield f"its {name} is “{said}” in [{given.get('lang', lang)}]; the manifest says “{wanted[1]}” in [{wanted[0]}]"
    elif what == "title" and title[1] not in {said, *said.split(" · "), *said.split(" | "), *said.split(" – ")}:
        yield f"its {name} is “{said}”; the manifest says “{title[1]}”"
    elif what == "locale" and tags.get(said.lower().partition("_")[0], tags.get(said.lower(), "")) != lang:
        yield f"its {name} is {said}; the manifest says {lang}"
    elif what == "url" and said != canonical:
        yield f"its {name} is {said}, and not {canonical}"


def data_wrong(around: Around, name: str, page: Mapping[str, Any], data: str) -> Iterator[str]:
    """Whether the page's JSON-LD says its title and the day of its last change."""
    try:
        found = json.loads(data) if data else {}
    except ValueError:
        return
    if not isinstance(found, dict):
        return
    around.noted(name, "JSON-LD", bool(found))
    said = found.get("name", page["title"][1])
    lang, text = (said.get("@language"), said.get("@value")) if isinstance(said, dict) else (page["title"][0], said)
    if [lang, html_text.folded(str(text))] != page["title"]:
        yield f"its JSON-LD calls it “{text}” in [{lang}]; the manifest says “{page['title'][1]}” in [{page['title'][0]}]"
    for one in everywhere(found):
        if one.get("dateModified", page.get("updated", "")) != page.get("updated", ""):
            yield f"its JSON-LD says it was changed on {one['dateModified']}; the manifest says {page.get('updated') or 'no day'}"
    work = found.get("translationOfWork")
    if isinstance(work, dict) and work.get("inLanguage", around.found["source"]) != around.found["source"]:
        yield f"its JSON-LD says it is a translation from {work['inLanguage']}"
    if page["lang"] != around.found["source"]:
        around.noted(name, "the work it is a translation of in JSON-LD", bool(work))


def everywhere(value: object) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from everywhere(inner)


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
        elif led.endswith(".html"):
            to, hreflang = led.partition("/")[0], given.get("hreflang", "")
            if hreflang and led != "index.html" and to != hreflang:
                yield f"a link that says it is in [{hreflang}] leads to {led}"
            if given.get("aria-current", "false") != "false" and led != name:
                yield f"a link to {led} is marked as this page"
            others.append((hreflang or to, led))
            if {around.names[text] for text in said if text in around.names} - {to}:
                yield f"a link that says “{' '.join(said)}” leads to {led}"
    yield from elsewhere(name, others)
    menu = [f"{page['lang']}/{file}" for file in around.found["menu"]]
    for led_to in lists.values():
        if len(led_to) == len(menu) and led_to != menu and sorted(led_to) == sorted(menu):
            yield "the pages of a menu stand in another order than in the navigation"


def words_in(html: Seen, element: Element) -> list[str]:
    """The texts in an element that holds nothing but text."""
    return [html_text.folded(one.text) for one in html.texts if one.at == element.at + 1 and not one.attribute]


def names_of(page: Mapping[str, Any]) -> set[str]:
    """What a link to a page may call it."""
    return {one[1] for one in (page["title"], page.get("label", [])) if one}


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


def elsewhere(name: str, others: list[tuple[str, str]]) -> Iterator[str]:
    """Where some of the links to other languages lead to this page there, and some do not."""
    file = name.partition("/")[2]
    odd = [led for _, led in others if led.partition("/")[2] != file and led != "index.html"]
    if len(odd) < len([led for _, led in others if led != "index.html"]):
        yield from (f"a link to another language leads to {led}, and not to this page there" for led in odd)


def odd(around: Around, tags: Tags, name: str, elements: Iterable[Element], html: Seen) -> Iterator[str]:
    """What stands around a page's content that no template writes, and where addresses lead that are none of the site's."""
    sound, folders = tags.sound, [above(name, "../" * up) for up in range(name.count("/") + 1)]
    for one in elements:
        what = one.what
        key = what
        if one.given and not ADDRESSED.isdisjoint(one.given):
            key = folders[min(what.count("../"), len(folders) - 1)] + what
        if key in sound:
            continue
        wrong = [*leads_nowhere(around, name, one, html)]
        if not tags.has(one):
            wrong.append(f"{shown(one)} stands there, which no template writes")
        addresses = [one.given[attribute] for attribute in ADDRESSES if attribute in one.given]
        if not wrong and len(addresses) < 2 and not any(address.startswith("#") for address in addresses):
            sound.add(key)
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
            if not known and not around.states(one.tag, attribute, value):
                yield f"a link leads to {value}, which site.yaml does not have"
        elif one.tag == "link" and {"canonical", "alternate"} & set(one.given.get("rel", "").lower().split()):
            continue
        elif led := around.way(name, value):
            if led not in around.files:
                yield f"<{one.tag}> leads to {led}, which is not there"
        elif value and value not in around.facts and not around.states(one.tag, attribute, value):
            if not around.found["url"] or not value.startswith(around.found["url"]):
                yield f"<{one.tag}> leads to {value}, which neither the templates nor site.yaml have"


def days_wrong(page: Mapping[str, Any], outside: list[Element], html: Seen) -> Iterator[str]:
    """Whether the days around a page's content are its own, and are written as its language writes them."""
    days = page.get("dates", {})
    said: dict[int, str] = {}
    for text in html.texts:
        if text.place.time > 0 and not text.attribute:
            said[text.place.time - 1] = said.get(text.place.time - 1, "") + text.text
    for at, words in said.items():
        day, words = html.elements[at].given.get("datetime", ""), html_text.folded(words)
        if day not in days:
            yield f"<time datetime={day}> says a day that the manifest does not have of this page"
        elif words not in {html_text.folded(days[day]), day}:
            yield f"“{words}” stands there for {day}; the manifest says “{days[day]}”"


def figures_told(page: Mapping[str, Any], html: Seen) -> Iterator[str]:
    """Whether the figures in the sentences about the page are those of the manifest."""
    known = set(page["figures"].values())
    for one in html.texts:
        if one.place.ident in {"Parts", "Held"} and not one.attribute and not one.place.block:
            if odd := numbers(one.text) - known:
                yield f"“{short(one)}” counts {', '.join(map(str, sorted(odd)))}, which is no figure of the page"


def in_order(
    around: Around,
    lang: str,
    html: Seen,
    known: frozenset[tuple[str, str]],
    names: set[str],
    start: int,
    stop: int,
) -> Iterator[str]:
    """Whether the texts of the templates stand in the order in which other pages of the language have them."""
    texts = [html_text.folded(one.text) for one in html.texts if one.at >= 0 and not start <= one.at < stop]
    once = [text for text in dict.fromkeys(texts) if (lang, text) in known and text not in names and texts.count(text) == 1]
    order, last = around.order.setdefault(lang, {}), 0.0
    for at, text in enumerate(once):
        if text not in order:
            after = next((order[other] for other in once[at:] if order.get(other, 0.0) > last), last + 2.0)
            order[text] = (last + after) / 2
        elif order[text] < last:
            yield f"“{text}” stands there later than on other pages"
            return
        last = order[text]


def note(around: Around, name: str, page: Mapping[str, Any], outside: list[Element], html: Seen) -> None:
    """Keep of a page what others are compared with."""
    calls = [href for one in outside if one.tag == "a" and (href := one.given.get("href", "")).startswith(CALLS)]
    try:
        kind = json.dumps(json.loads(html.data).get("@type")) if html.data else ""
    except (ValueError, AttributeError):
        kind = ""
    around.habits.setdefault(page["lang"], {})[name.partition("/")[2]] = Habit(tuple(calls), kind)
    for ident, given in html.idents.items():
        if ident.startswith("Notice-"):
            words = [one for one in html.texts if one.place.ident == ident and not one.attribute]
            text = html_text.folded("".join("…" if one.place.time else one.text for one in words))
            kind = (given.get("class", ""), any(one.place.time for one in words))
            around.told.setdefault(page["lang"], {}).setdefault(kind, {}).setdefault(text, name)


def all_wrong(around: Around) -> Iterator[tuple[str, str]]:
    """What of a page is not as the same page in other languages, or other pages of its language, have it: by page."""
    original = around.habits.get(around.found["source"], {})
    for tag, pages in around.habits.items():
        odd = [file for file, habit in pages.items() if file in original and habit != original[file]]
        if len(odd) * 2 <= len(pages):
            for file in odd:
                mine, other = pages[file], original[file]
                what = "telephone and mail links" if mine.calls != other.calls else "kind of JSON-LD"
                yield f"{tag}/{file}", f"the {what} around its content are not those of the English page"
    for tag, told in around.told.items():
        for (kind, _), words in told.items():
            if len(words) > 1:
                for text, name in words.items():
                    yield name, f"of the notices {kind!r} in [{tag}] this one says something else than others: “{text[:60]}”"
    for what, pages in around.has.items():
        if any(pages.values()):
            yield from ((name, f"it lacks {what}, which other pages have") for name, there in pages.items() if not there)


def chooser_wrong(around: Around, name: str, html: Seen) -> Iterator[str]:
    """What the list of languages, or the page for what is not found, says that is not so."""
    home, source = around.found["home"], around.found["source"]
    texts = texts_of(html)
    if html.lang != source:
        yield f"the page is in [{html.lang}], and not in [{source}]"
    template = around.tags["404.html" if name == "404.html" else "chooser.html"]
    yield from odd(around, template, name, html.elements, html)
    yield from runs(around, html, 0, 0)
    alternates: dict[str, str] = {}
    for at, one in enumerate(html.elements):
        tag, led = one.given.get("hreflang", ""), around.way(name, one.given.get("href", ""))
        if one.tag == "link" and tag and tag != "x-default":
            alternates[tag] = led
        if one.tag != "a" or not led.endswith(".html"):
            continue
        named = {around.names[text] for text in texts.get(at, ()) if text in around.names} | ({tag} - {""})
        yield from (f"a link to [{other}] leads to {led}" for other in sorted(named) if led != f"{other}/{home}")
    wanted = {tag: f"{tag}/{home}" for tag, files in around.indexed.items() if home in files}
    if alternates and alternates != wanted:
        yield f"its alternate addresses are not those of its languages: {', '.join(sorted({*alternates} ^ {*wanted}) or sorted(alternates))}"
