"""What the audit asks of a page beside its blocks: what is between them, and what a template sets around them: the head, the links,
the days, the figures in words. What may stand there is told from the manifest and from the templates' own text; nothing is rendered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.commands.audit.known import Around, Habit, addressed, numbers
from pipeline.commands.audit.links import CALLS, links_wrong, odd, words_in
from pipeline.site import html_text
from pipeline.site.html_text import Element, Outline, Seen, Text
from pipeline.site.outline import window

HEAD = frozenset(["link", "meta", "title"])
MARKS = re.compile("\3(?:lang|dir|translate)=[^\3]*")
RANGE = re.compile(r"(?<!\w)\d+(?:[-\u2010-\u2013]\d+)+(?!\w)")
"""A number whose parts would change places in text that runs from right to left (UAX 9, rules W2 to W7)."""


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
        if not one.attribute and not one.place.block and one.link >= 0:
            found.setdefault(one.link, []).append(html_text.folded(one.text))
    return found


def runs(around: Around, html: Seen, start: int, stop: int) -> Iterator[str]:
    """Whether texts run the way that their language does, and numbers of several parts are set apart."""
    body = next((one.at for one in html.elements if one.tag == "body"), -1)
    for one in html.texts:
        place = one.place
        if (
            -1 < one.at < body
            or place.silent
            or place.own
            or place.turned == html_text.INSIDE
            or start <= place.turned < stop
            or start <= one.at < stop
            or place.dir == "auto"
        ):
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
    base = around.found["url"] or f"{'../' * (name.count('/') - 1)}.."
    return f"{base}/{tag}/{addressed(around.found, around.file_in(tag, around.page_of(name)))}"


def head_wrong(
    around: Around, name: str, page: Mapping[str, Any], outside: list[Element], texts: Mapping[int, list[str]]
) -> Iterator[str]:
    """What the head of a page says of it to machines."""
    lang, source = page["lang"], around.found["source"]
    file, own = around.page_of(name), page.get("indexed", False) or page.get("noindex", False)
    canonical = address(around, page, name, lang if own else source)
    wanted = {
        search: [address(around, page, name, tag) for tag in tags] for search, tags in around.spoken_in(file).items()
    }
    base = around.found["url"]
    wanted["x-default"] = [f"{base or '../' * file.count('/') + '..'}/{addressed(around.found, 'index.html')}"]
    alternates: dict[str, str] = {}
    links = [one for one in outside if one.tag == "link"]
    asked = [one.given.get("content", "") for one in outside if one.given.get("name", "").lower() == "robots"]
    if any("noindex" in one.lower() for one in asked) != page.get("noindex", False):
        yield f"it asks search engines {'to leave it out' if asked else 'nothing'}, and the manifest says otherwise"
    social = {
        around.found["languages"][tag].get("social", "") for tags in around.spoken_in(file).values() for tag in tags
    }
    others = {one.given.get("content", "") for one in outside if one.given.get("property", "") == "og:locale:alternate"}
    if others and others != social - {around.found["languages"][lang].get("social", "")}:
        yield f"networks are told that it is in {', '.join(sorted(others))} too"
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
    odd = sorted(tag for tag in {*alternates, *wanted} if alternates.get(tag) not in wanted.get(tag, ()))
    if alternates and odd:
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
    elif (
        what == "locale"
        and said != around.found["languages"][lang].get("social")
        and tags.get(said.lower().partition("_")[0], tags.get(said.lower(), "")) != lang
    ):
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
        told = one.place.ident in {"Parts", "Held"} and not one.attribute and not one.place.block
        if told and (others := numbers(one.text) - known):
            yield f"“{short(one)}” counts {', '.join(map(str, sorted(others)))}, which is no figure of the page"


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
    once = [
        text for text in dict.fromkeys(texts) if (lang, text) in known and text not in names and texts.count(text) == 1
    ]
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
    around.habits.setdefault(page["lang"], {})[around.page_of(name)] = Habit(tuple(calls), kind)
    for ident, given in html.idents.items():
        if ident.startswith("Notice-"):
            words = [one for one in html.texts if one.place.ident == ident and not one.attribute]
            text = html_text.folded("".join("…" if one.place.time else one.text for one in words))
            told = given.get("class", ""), any(one.place.time for one in words)
            around.told.setdefault(page["lang"], {}).setdefault(told, {}).setdefault(text, name)


def all_wrong(around: Around) -> Iterator[tuple[str, str]]:
    """What of a page is not as the same page in other languages, or other pages of its language, have it: by page."""
    original = around.habits.get(around.found["source"], {})
    for tag, pages in around.habits.items():
        odd = [file for file, habit in pages.items() if file in original and habit != original[file]]
        if len(odd) * 2 <= len(pages):
            for file in odd:
                mine, other = pages[file], original[file]
                what = "telephone and mail links" if mine.calls != other.calls else "kind of JSON-LD"
                yield (
                    f"{tag}/{around.file_in(tag, file)}",
                    f"the {what} around its content are not those of the English page",
                )
    for tag, told in around.told.items():
        for (kind, _), words in told.items():
            if len(words) > 1:
                for text, name in words.items():
                    yield (
                        name,
                        f"of the notices {kind!r} in [{tag}] this one says something else than others: “{text[:60]}”",
                    )
    for what, having in around.has.items():
        if any(having.values()):
            lacking = sorted(name for name, there in having.items() if not there)
            yield from ((name, f"it lacks {what}, which other pages have") for name in lacking)


def chooser_wrong(around: Around, name: str, html: Seen, lang: str = "") -> Iterator[str]:
    """What the list of languages, or the page for what is not found (of the language `lang`, or of all), says that is not so."""
    home, source = around.found["home"], lang or around.found["source"]
    texts = texts_of(html)
    if html.lang != source:
        yield f"the page is in [{html.lang}], and not in [{source}]"
    template = around.tags["missing.html" if lang else "404.html" if name == "404.html" else "chooser.html"]
    asked = [one for one in html.elements if one.tag == "meta" and "noindex" in one.given.get("content", "").lower()]
    if template.states("meta", "content", "noindex") and not asked:
        yield "it does not ask search engines to leave it out, which its template does"
    yield from odd(around, template, name, html.elements, html)
    yield from runs(around, html, 0, 0)
    alternates: dict[str, str] = {}
    for at, one in enumerate(html.elements):
        tag, led = one.given.get("hreflang", ""), around.way(name, one.given.get("href", ""))
        if one.tag == "link" and tag and tag != "x-default":
            alternates[tag] = led
        elif one.tag == "link" and (tag or one.given.get("rel") == "canonical") and led != "index.html":
            yield f"its own address is {one.given.get('href')}"
        if one.tag != "a" or not led.endswith(".html"):
            continue
        named = {around.names[text] for text in texts.get(at, ()) if text in around.names} | ({tag} - {""})
        yield from (f"a link to [{other}] leads to {led}" for other in sorted(named) if led != f"{other}/{home}")
    wanted = {search: [f"{tag}/{home}" for tag in tags] for search, tags in around.spoken_in(home).items()}
    others = sorted(tag for tag in {*alternates, *wanted} if alternates.get(tag) not in wanted.get(tag, ()))
    if alternates and others:
        yield f"its alternate addresses are not those of its languages: {', '.join(others)}"
