"""`dist/lockstep.json`, `dist/lockstep/texts.json` and, for each language, `dist/lockstep/<tag>.json`: what every page says, block by
block, and why; what `lockstep audit` holds the pages to. (`manifest.json` is what browsers call that of a web app.)

They are published, so they name roles and days, never people or texts that are not on the pages.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from pipeline.content import plain
from pipeline.content.content import SITE, listed
from pipeline.core import locales
from pipeline.core.inline import NO_FACTS, Inline
from pipeline.core.locales import Locale
from pipeline.core.measures import written
from pipeline.core.model import QUALIFIED, Action, Block, Output, Resolution, ident
from pipeline.core.states import State
from pipeline.core.tags import search_tag, social_tag
from pipeline.resolve import Coverage
from pipeline.resolve.figures import CLINICIAN
from pipeline.review.wording import wording
from pipeline.site import abbreviations, contents, html_text, outline, template_tags
from pipeline.site.abbreviations import Explained
from pipeline.site.menu import MOST
from pipeline.site.missing import has_missing
from pipeline.site.redirects import moved
from pipeline.site.site import PageView, Rendered, Site, has_find
from pipeline.site.speech import Printed

PATH, TEXTS = "lockstep.json", "lockstep/texts.json"
FORMER = "manifest.json"
"""What the same was called in version 0.1; it is read, not written."""


class Answer(NamedTuple):
    """What is said of a paper that is not current: in which language, what became of it, its page ("" for none), and the blocks
    of it that the paper did not have, each with a digest of what is shown of it."""

    lang: str
    standing: str
    page: str
    changed: dict[str, str]


WITHHELD = '<span class="withheld"'
"""What stands where a file is withheld."""
LANG = re.compile(r"\blang\s*=\s*[\"']?([A-Za-z-]+)")


def part_of(tag: str) -> str:
    """Where the part of a language is, by its tag."""
    return f"lockstep/{tag}.json"


def outputs(
    site: Site,
    measured: Sequence[Coverage],
    printed: Mapping[str, Set[Printed]],
    digests: Mapping[str, str],
    feeds: Mapping[str, Sequence[Sequence[str]]] = {},
    answers: Mapping[str, Answer] = {},
) -> Iterator[Output]:
    """The manifest of a build but the parts of its languages. `printed`: what its files printed outside of blocks, by the tag of the language; `digests`: the
    SHA-256 of each of them, by path; `feeds`: what stands in the feed of each language; `answers`: what is
    said of papers that are not current, by version."""
    english, by_name = site.english, site.settings.by_name
    gone = withdrawn(site)
    texts = {locale.tag: {*values(site, locale), *printed.get(locale.tag, ())} for locale in site.plan.languages}
    around = Output(
        TEXTS,
        encoded(
            {
                "facts": sorted({fact for fact in every_fact(site) if html_text.folded(fact) not in gone}),
                "tags": template_tags.of_templates(site.settings.root, site.with_names),
                "texts": {tag: sorted(found) for tag, found in texts.items()},
            }
        ),
    )
    found = {
        "format": 4,
        "source": english.tag,
        "languages": {
            locale.tag: {
                "name": locale.endonym,
                "dir": locale.direction,
                "published": locale in site.plan.languages,
                "listed": locale.name in site.plan.listed,
                "search": search_tag(locale.name),
                "social": social_tag(locale.name),
            }
            for locale in (english, *site.settings.locales)
        },
        "states": {
            by_name[language.locale].tag: {str(state): count for state, count in language.whole.messages.items()}
            for language in measured
        },
        "vouched": {
            by_name[language.locale].tag: {
                "machine": language.whole.machine,
                "reviewed": language.whole.reviewed,
                "withheld": language.whole.withheld,
            }
            for language in measured
        },
        "recalled": recalled(site),
        "url": site.settings.url,
        "home": site.home.file,
        "menu": menu(site),
        "papers": {version: one._asdict() for version, one in answers.items()},
        "official": {
            one.name: [one.lang, html_text.digest("".join("".join(one.paragraphs).split()))]
            for one in site.official.notices
        },
        "feeds": feeds,
        "missing": has_missing(site),
        "host": site.settings.host,
        "find": contents.FIND if has_find(site) else "",
        "english": site.settings.english_near and "original.html" in site.templates,
        "report": site.settings.report,
        "edit": site.settings.edit,
        "folders": site.settings.folders,
        "files": {**digests, TEXTS: hashlib.sha256(around.body).hexdigest()},
        "moved": {file: f"{locale.tag}/{site.at(locale, page).file}" for file, (locale, page) in moved(site).items()},
    }
    if places := {locale.tag: files for locale in site.plan.languages if (files := called(site, locale))}:
        found["places"] = places
    yield around
    yield Output(PATH, encoded(found))


def called(site: Site, locale: Locale) -> dict[str, str]:
    """The file of each page of a language that has not the name of the English one, by that."""
    files = ((page.file, site.at(locale, page).file) for page in site.content.pages)
    return {english: own for english, own in files if own != english}


def encoded(found: Mapping[str, object]) -> bytes:
    """A part of the manifest as JSON, a key of its own a line, so that a change is seen in a diff."""
    lines = (
        f"{json.dumps(key)}:{json.dumps(found[key], ensure_ascii=False, sort_keys=True, separators=(',', ':'))}"
        for key in sorted(found)
    )
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode(errors="replace")


def part(tag: str, entries: Mapping[str, str]) -> Output:
    """The part of one language: what is said of each of its pages, by path, one a line."""
    lines = (f"{json.dumps(path, ensure_ascii=False)}:{entries[path]}" for path in sorted(entries))
    return Output(part_of(tag), ("{\n" + ",\n".join(lines) + "\n}\n").encode(errors="replace"))


def said_of(site: Site, page: Rendered) -> str:
    """What the manifest says of a page, as JSON."""
    assert page.view is not None
    made = entry(site, page)
    return json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def values(site: Site, locale: Locale) -> Iterator[Printed]:
    """The translated texts of site.yaml and its measures, each with the tag of its language: pages have them inside other texts."""
    for measure in site.content.measures.values():
        if text := written(locale, measure):
            yield locale.tag, html_text.folded(text)
    for document in site.content.data:
        for one in site.tables[locale.name].shown(document.path):
            yield site.settings.by_name[one.spoken].tag, html_text.folded(plain(one.text, NO_FACTS))


def recalled(site: Site) -> dict[str, list[str]]:
    """The messages that are withdrawn, each with the id of what it says and the time: the next build knows by it when a recall
    was lost."""
    active = site.rules.records.recalls.active
    found = {message: [line.words, line.date] for message, line in active.items()}
    for message in site.content.messages() if active else ():
        if line := site.rules.recalled(message.key):
            found[ident(message.key)] = [wording(message.key), line.date]
    return found


def withdrawn(site: Site) -> set[str]:
    """The English that a recall withdrew."""
    keys = {message.key for message in site.content.messages()}
    return {key.msgid for key in keys if (recall := site.rules.recalled(key)) and recall.stub}


def every_fact(site: Site) -> Iterator[str]:
    """Every text of site.yaml, and every measure as the source language writes it."""
    yield from facts(site.content.values)
    for measure in site.content.measures.values():
        yield written(site.english, measure) or measure.said


def menu(site: Site) -> list[str]:
    """The pages of a menu that shows them all, in their order, by file; none where a site has too many for that."""
    by_path = site.content.by_path
    items = (item for item in listed(site.content.values.get("nav")) if isinstance(item, dict))
    named = [page.file for item in items if (page := by_path.get(f"source/{item.get('page')}"))]
    return named or [page.file for page in site.content.pages if len(site.content.pages) <= MOST]


def facts(value: Any) -> list[str]:
    """Every text of site.yaml."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for one in inner for text in facts(one)]


def entry(site: Site, made: Rendered) -> dict[str, Any]:
    """One page of one language."""
    assert made.view is not None
    view = made.view
    page, figures, reviewed = view.page, view.figures, view.reviewed
    shown = {block.number for section in page.document.sections for block in section.blocks}
    head, names = {block.number for _, block in page.document.fields} - shown, site.names(page)
    blocks = [block for block in page.document.blocks() if block.message]
    explained = abbreviations.of_page(page.document, view.shown, site.interfaces[view.locale.name])
    return {
        "source": page.path,
        "lang": view.locale.tag,
        "class": str(page.document.data.get("class", "")),
        "held": figures.held,
        "figures": {
            "parts": figures.parts,
            "english": figures.english,
            "older": figures.older,
            "machine": figures.machine,
            "unreviewed": figures.unreviewed,
        },
        "reviewed": {"linguistic": reviewed.linguistic, "clinical": reviewed.clinical, "last": reviewed.last},
        **({"content": view.digest} if view.digest else {}),
        **({"version": made.version} if made.version else {}),
        **around(site, made.view),
        "frame": frame(site, made),
        "blocks": {
            names[block.number]: block_entry(site, made, block, block.number in head, explained) for block in blocks
        },
    }


def around(site: Site, view: PageView) -> dict[str, Any]:
    """What a page's template may say of the page, its place among the others, and the days on it as its language writes them."""
    page, locale, pages = view.page, view.locale, site.content.pages
    fields, at = dict(page.document.fields), site.places[page.path]
    days = {page.updated.isoformat() if page.updated else "", view.reviewed.linguistic, view.reviewed.clinical}
    days |= {told.since for one in view.notices.values() for told in one}
    label = site.labels.get(page.path)
    made = {
        "title": said(site, view, page.path, page.title),
        "description": said(site, view, page.path, fields["description"]) if "description" in fields else [],
        "label": said(site, view, SITE, label) if label else [],
        "toc": [[one.ident, *said(site, view, page.path, one.block)] for one in contents.headings(page.document)],
        "updated": page.updated.isoformat() if page.updated else "",
        "dates": {day: locales.date(locale, datetime.date.fromisoformat(day)) for day in sorted(days) if day},
        "indexed": page.slug in site.plan.indexed[locale.name],
        "noindex": site.plan.hides(locale.name, page.slug),
        "previous": site.at(locale, pages[at - 1]).file if at else "",
        "next": site.at(locale, pages[at + 1]).file if at + 1 < len(pages) else "",
    }
    return {name: value for name, value in made.items() if value not in ("", False, [], {})}


def said(site: Site, view: PageView, path: str, block: Block) -> list[str]:
    """A text outside of a page's content, with the tag of its language before it."""
    found = site.tables[view.locale.name].documents.get(path, {}).get(block.number)
    spoken = site.settings.by_name[found.spoken] if found else site.english if block.english else view.locale
    facts_ = site.interfaces[view.locale.name].facts[spoken.name]
    return [spoken.tag, html_text.folded(plain(found.text if found else block.inline, facts_))]


def frame(site: Site, made: Rendered) -> list[object]:
    """What is around and between the blocks of a page: how much there is before the first and in all, and a digest."""
    assert made.view is not None
    page, locale = made.view.page, made.view.locale
    if made.files:
        return outline.framed(made.body)
    facts_ = site.interfaces[locale.name].facts
    return outline.framed(
        outline.frame(
            page.document, site.names(page), locale, site.english, facts_[locale.name], facts_[site.english.name]
        )
    )


def block_entry(site: Site, page: Rendered, block: Block, head: bool, explained: Explained) -> dict[str, Any]:
    """One block: its message, the language it is shown in and why; what is empty is left out. `explained`: the abbreviations of its
    page."""
    assert page.view is not None
    view, html = page.view, page.texts[block.number]
    found, by_name, source = view.shown[block.number], site.settings.by_name, site.english
    message, spoken = found.message, by_name[found.spoken]
    review, change, translated = found.vouched, found.change, view.locale.name != source.name
    _, beside = html
    text = abbreviations.with_abbreviations(found.text, {} if head else explained.get(spoken.name, {}))
    apart = (
        []
        if text is found.text
        else [lang for node in text.nodes if node.kind == "raw" for lang in LANG.findall(node.text.partition('" ')[2])]
    )
    made: dict[str, Any] = {
        "message": ident(message.key),
        "state": str(found.state),
        "lang": spoken.tag,
        "text": page.digests[block.number],
        "made": "" if head else made_of(site, page, found, text, block, bool(beside)),
        "action": str(found.action) if found.action is not Action.SERVE else "",
        "critical": message.critical,
        "head": head,
        "severity": str(change.severity) if change and found.state in {State.STALE, State.CARRIED} else "",
        "since": change.since if change else "",
        "older": found.older and spoken.name != source.name,
        "facts": [[str(fact.state), by_name[fact.spoken].tag] for fact in found.facts],
        "origin": review.origin if review and translated else "",
        "review": dict(review.signed) if review else {},
        "qualified": review.qualified if review and translated else "",
        "read": {
            role: day
            for role in ((CLINICIAN, QUALIFIED) if translated else (CLINICIAN,))
            if view.digest and (day := found.read(view.digest, role))
        },
        "missing": list(review.missing) if review and translated else [],
        "machine": bool(review and review.machine),
        "notices": [] if head else [what.kind for what in view.notices[block.number]],
        "beside": html_text.digest(html_text.text_of(beside)) if beside else "",
        "marks": sorted({*LANG.findall(message.key.msgid), *apart}),
        "withheld": bool(page.files) and WITHHELD in html[0],
    }
    return {name: value for name, value in made.items() if value not in ("", False, [], {})}


def made_of(site: Site, page: Rendered, found: Resolution, shown: Inline, block: Block, beside: bool) -> str:
    """A digest of the elements of a block's text as it is `shown`, and of the English beside it, with all their attributes."""
    assert page.view is not None
    if page.files:
        text, other = (outline.parsed(html) for html in page.texts[block.number])
        return html_text.sealed(text, outline.unnamed(other))
    if not beside and outline.bare(shown):
        return ""
    facts_ = site.interfaces[page.view.locale.name].facts
    english = outline.of_text(block.inline, facts_[site.english.name]) if beside else []
    return html_text.sealed(outline.of_text(shown, facts_[found.spoken]), outline.unnamed(english))
