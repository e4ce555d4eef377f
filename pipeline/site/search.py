"""Search of the pages of a language: what there is to be found on each, as it stands there, and the files that find it.

A record is a stretch of a page under one of its headings, in one language: the English that stands on a Spanish page is found by
whoever searches the Spanish pages, by the rules of English. What is withdrawn is in no record, since it is on no page; nor is the
sentence that stands in its place. The list of all pages carries the search, and is the whole of it where no script runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.core.errors import LockstepError
from pipeline.core.model import Output, Resolution
from pipeline.core.settings import Settings
from pipeline.core.states import State
from pipeline.site import contents, html_text, pagefind
from pipeline.site.site import Rendered, Site

SCRIPT, LIBRARY = "static/lockstep-search.js", "static/pagefind.js"
NEEDS = (("script-src", "'self'"), ("script-src", "'wasm-unsafe-eval'"), ("connect-src", "'self'"))
"""What the page that carries the search has to be allowed: its scripts, WebAssembly, and to fetch its index."""
BETWEEN = " · "
PLACE = "data-search="


class Found(NamedTuple):
    """A stretch of a page that a search may find: its language, the id it stands under ("" for the page's top), the heading with
    its language before it, and its words."""

    lang: str
    ident: str
    heading: tuple[str, ...]
    words: str


def rows(site: Site, made: Rendered) -> tuple[Found, ...]:
    """What there is to be found on a page."""
    if not site.settings.search or made.view is None:
        return ()
    page, locale, view = made.view.page, made.view.locale, made.view
    if site.plan.hides(locale.name, page.slug):
        return ()
    said: dict[tuple[str, str], list[str]] = {}
    idents = {block.number: ident for _, ident, block in contents.every_heading(page.document)}
    headings: dict[str, tuple[str, ...]] = {"": ()}
    ident, first = "", True
    for block in (block for section in page.document.sections for block in section.blocks):
        shown = view.shown.get(block.number)
        if shown is None or block.number not in made.texts:
            continue
        lang = site.settings.by_name[shown.spoken].tag
        words = html_text.folded(html_text.text_of(made.texts[block.number][0]))
        gone = withdrawn(site, shown)
        if block.number in idents:
            ident, first = "" if first else idents[block.number], False
            headings[ident] = () if gone or not ident else (lang, words)
        if words and not gone:
            said.setdefault((ident, lang), []).append(words)
    return tuple(Found(lang, ident, headings[ident], BETWEEN.join(some)) for (ident, lang), some in said.items())


def withdrawn(site: Site, shown: Resolution) -> bool:
    """Whether a text was taken off the page; not so where its translation alone was, and the English stands in its place."""
    recall = site.rules.recalled(shown.message.key)
    return shown.state is State.RECALLED and (recall is None or recall.stub)


def languages(found: Mapping[str, Sequence[Found]], tag: str) -> list[str]:
    """The languages in which there is something to be found on the pages of one, that one first."""
    there = {one.lang for some in found.values() for one in some}
    return sorted(there, key=lambda lang: (lang != tag, lang))


def outputs(
    site: Site, found: Mapping[str, Mapping[str, Sequence[Found]]], titles: Mapping[str, Mapping[str, Sequence[str]]]
) -> Iterator[Output]:
    """The indexes of every language, and the scripts that read them. `found` and `titles` by the tag of the language and the path of
    the page. Raises LockstepError where they cannot be made."""
    indexes = {}
    by_tag = {locale.tag: site.files(locale) for locale in site.plan.languages}
    dirs = {one.tag: one.direction for one in site.settings.by_name.values()}
    for tag in sorted(found):
        for lang in languages(found[tag], tag):
            records = []
            for file, page in by_tag[tag].items():
                path = f"{tag}/{file}"
                for one in found[tag].get(path, ()):
                    if one.lang == lang:
                        title = titles[tag][path]
                        meta = {"title": title[1], "title-lang": title[0], "lang": lang, "dir": dirs[lang]}
                        if one.heading:
                            meta |= {"heading": one.heading[1], "heading-lang": one.heading[0]}
                        address = f"/{page.href}" + (f"#{one.ident}" if one.ident else "")
                        records.append(pagefind.Record(address, one.words, lang, meta))
            indexes[f"{tag}/{contents.FIND}/pagefind/{lang}"] = records
    if not indexes:
        return
    made, library = pagefind.indexed(indexes)
    yield from made
    if not (site.settings.root / "templates" / LIBRARY).is_file():  # a site may have a script of its own
        yield Output(LIBRARY, library)
    for path, body in script(site.settings).items():
        yield Output(path, body)
        if path in site.hashed:
            yield Output(site.hashed[path], body)


def script(settings: Settings) -> dict[str, bytes]:
    """The script of the list of all pages, by its path, where the site has a search and no script of its own for it."""
    if not settings.search or (settings.root / "templates" / SCRIPT).is_file():
        return {}
    return {SCRIPT: (Path(__file__).parent / "search.js").read_bytes()}


def carried(made: Output) -> Output:
    """The list of all pages. Raises LockstepError where it has no place for the search that the settings ask for."""
    if PLACE.encode() in made.body:
        return made
    raise LockstepError(
        "the settings ask for a search, and the list of all pages has no place for it",
        path="templates/find.html",
        todo="Take the form over from our templates/find.html, or leave `search` out of [tool.lockstep].",
    )
