"""`dist/manifest.json` and, for each language, `dist/manifest/<tag>.json`: what every page says, block by block, and why; what
`lockstep audit` holds the pages to.

They are published, so they name roles and days, never people or texts that are not on the pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from pipeline.content import plain, render
from pipeline.core.inline import NO_FACTS, TAG
from pipeline.core.locales import Locale
from pipeline.core.model import QUALIFIED, Action, Block, Output, ident
from pipeline.core.states import State
from pipeline.core.tags import search_tag
from pipeline.resolve import Coverage
from pipeline.resolve.figures import CLINICIAN
from pipeline.resolve.notices import notices_of
from pipeline.review.wording import wording
from pipeline.site import html_text
from pipeline.site.pages import PageView, Rendered, Site, moved
from pipeline.site.templates import Printed

PATH = "manifest.json"
LANG = re.compile(r"\blang\s*=\s*[\"']?([A-Za-z-]+)")
ATTRIBUTE = re.compile(r"\b(?:alt|title|aria-label|placeholder|content)\s*=", re.I)
"""An attribute that may hold words."""
WORD = re.compile(r"[^\W\d_]|&")
"""A letter, or what may stand for one."""


def part_of(tag: str) -> str:
    """Where the part of a language is, by its tag."""
    return f"manifest/{tag}.json"


def output(
    site: Site,
    measured: Sequence[Coverage],
    printed: Mapping[str, Set[Printed]],
    digests: Mapping[str, str],
) -> Output:
    """The manifest of a build. `printed`: what its files printed outside of blocks, by the tag of the language; `digests`: the
    SHA-256 of each of them, by path."""
    english, by_name = site.english, site.settings.by_name
    untouched, gone = set(kept(site)), withdrawn(site)
    texts = {
        locale.tag: {*values(site, locale), *untouched, *printed.get(locale.tag, ())} for locale in site.plan.languages
    }
    found = {
        "format": 2,
        "source": english.tag,
        "languages": {
            locale.tag: {
                "name": locale.endonym,
                "published": locale in site.plan.languages,
                "listed": locale.name in site.plan.listed,
                "search": search_tag(locale.name),
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
        "facts": sorted({fact for fact in facts(site.content.values) if html_text.folded(fact) not in gone}),
        "texts": {tag: sorted(found) for tag, found in texts.items()},
        "files": dict(digests),
        "moved": {file: f"{locale.tag}/{page.file}" for file, (locale, page) in moved(site).items()},
    }
    return Output(
        PATH, (json.dumps(found, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode(errors="replace")
    )


def part(tag: str, entries: Mapping[str, str]) -> Output:
    """The part of one language: what is said of each of its pages, by path, one a line."""
    lines = (f"{json.dumps(path, ensure_ascii=False)}:{entries[path]}" for path in sorted(entries))
    return Output(part_of(tag), ("{\n" + ",\n".join(lines) + "\n}\n").encode(errors="replace"))


def said_of(site: Site, page: Rendered) -> str:
    """What the manifest says of a page, as JSON."""
    assert page.view is not None
    made = entry(site, page.view, page.texts)
    return json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def values(site: Site, locale: Locale) -> Iterator[Printed]:
    """The translated texts of site.yaml, each with the tag of its language: pages have them inside other texts."""
    for document in site.content.data:
        for one in site.tables[locale.name].shown(document.path):
            yield site.settings.by_name[one.spoken].tag, html_text.folded(plain(one.text, NO_FACTS))


def kept(site: Site) -> Iterator[Printed]:
    """The texts that their authors keep from translation, and those that cannot be translated: they are in the source's
    language wherever they stand."""
    source = site.english
    facts_ = site.interfaces[source.name].facts[source.name]
    for page in site.content.pages:
        html = [render(block.inline, facts_) for block in page.document.blocks() if block.english]
        html += (piece for section in page.document.sections for piece in section.pieces if isinstance(piece, str))
        for piece in html:
            if WORD.search(TAG.sub("", piece)) or ATTRIBUTE.search(piece):
                yield from ((source.tag, html_text.folded(text)) for text in html_text.worded(piece))


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


def facts(value: Any) -> list[str]:
    """Every text of site.yaml."""
    if isinstance(value, str):
        return [value] if any(char.isalpha() for char in value) else []
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for one in inner for text in facts(one)]


def entry(site: Site, view: PageView, texts: Mapping[int, tuple[str, str]]) -> dict[str, Any]:
    """One page of one language. `texts`: the HTML of each block's text and of the English beside it, by number."""
    page, figures, reviewed = view.page, view.figures, view.reviewed
    shown = {block.number for section in page.document.sections for block in section.blocks}
    head, names = {block.number for _, block in page.document.fields} - shown, site.names(page)
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
        "blocks": {
            names[block.number]: block_entry(site, view, block, texts[block.number], block.number in head)
            for block in page.document.blocks()
            if block.message
        },
    }


def block_entry(site: Site, view: PageView, block: Block, html: tuple[str, str], head: bool) -> dict[str, Any]:
    """One block: its message, the language it is shown in and why; what is empty is left out."""
    found, by_name, source = view.shown[block.number], site.settings.by_name, site.english
    message, spoken = found.message, by_name[found.spoken]
    review, change, translated = found.vouched, found.change, view.locale.name != source.name
    text, beside = html
    made: dict[str, Any] = {
        "message": ident(message.key),
        "state": str(found.state),
        "lang": spoken.tag,
        "text": html_text.digest(html_text.text_of(text)),
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
        "notices": [] if head else [what.kind for what in notices_of(found, view.locale.name, source.name)],
        "beside": html_text.digest(html_text.text_of(beside)) if beside else "",
        "marks": sorted(set(LANG.findall(message.key.msgid))),
    }
    return {name: value for name, value in made.items() if value not in ("", False, [], {})}
