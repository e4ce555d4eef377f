"""`dist/manifest.json`: what every page says, block by block, and why; what `lockstep audit` holds the pages to.

It is published, so it names roles and days, never people or texts that are not on the pages.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.changes.edit_log import ident
from pipeline.content import markup
from pipeline.content.pages import Page, Site
from pipeline.core.locales import Locale
from pipeline.core.model import Action, Block, Output, Resolution, State
from pipeline.resolve.coverage import Coverage
from pipeline.resolve.table import Plan, Resolved, shown
from pipeline.site import html_text as seen
from pipeline.site import templates as render

PATH = "manifest.json"
LANG = re.compile(r"\blang\s*=\s*[\"']?([A-Za-z-]+)")


def output(
    site: Site,
    resolved: Resolved,
    plan: Plan,
    spoken: Mapping[str, render.Speech],
    measured: Sequence[Coverage],
    made: Iterable[Output],
) -> Output:
    """The manifest of a build. `spoken`: the voices that rendered it, which know what they said outside of blocks; `made`: all
    its other files."""
    english, untouched, gone = site.settings.english, set(kept(site, spoken)), withdrawn(site)
    found = {
        "format": 1,
        "source": english.tag,
        "languages": {
            locale.tag: {
                "name": locale.endonym,
                "published": locale in plan.languages,
                "listed": locale.name in plan.listed,
            }
            for locale in (english, *site.settings.locales)
        },
        "states": {
            site.by_name[language.locale].tag: {str(state): count for state, count in language.whole.messages.items()}
            for language in measured
        },
        "facts": sorted({fact for fact in facts(site.values) if seen.folded(fact) not in gone}),
        "texts": {
            locale.tag: sorted({*spoken[locale.name].heard, *values(site, resolved, locale), *untouched})
            for locale in plan.languages
        },
        "files": {one.path: hashlib.sha256(one.body).hexdigest() for one in made},
        "pages": {
            f"{locale.tag}/{page.file}": entry(site, resolved, locale, page, spoken[locale.name])
            for locale in plan.languages
            for page in site.pages
        },
    }
    return Output(
        PATH, (json.dumps(found, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode(errors="replace")
    )


def values(site: Site, resolved: Resolved, locale: Locale) -> Iterator[tuple[str, str]]:
    """The translated texts of site.yaml, each with the tag of its language: pages have them inside other texts."""
    for document in site.data:
        for one in resolved[locale.name][document.path].values():
            yield site.by_name[one.spoken].tag, seen.folded(markup.plain(one.text, markup.NO_FACTS))


def kept(site: Site, spoken: Mapping[str, render.Speech]) -> Iterator[tuple[str, str]]:
    """The texts that their authors keep from translation, and those that cannot be translated: they are in the source's
    language wherever they stand."""
    english = site.settings.english
    facts_ = spoken[english.name].facts[english.name]
    for page in site.pages:
        html = [markup.render(block.inline, facts_) for block in page.document.blocks() if block.english]
        html += (piece for section in page.document.sections for piece in section.pieces if isinstance(piece, str))
        for piece in html:
            texts = seen.read(piece, fragment=True).texts
            yield from ((english.tag, seen.folded(one.text)) for one in texts if one.worded)


def withdrawn(site: Site) -> set[str]:
    """The English that a recall withdrew."""
    said = ((message.key, site.standards.recalled(message.key, site.log)) for message in site.messages())
    return {key.msgid for key, recall in said if recall and recall.stub}


def facts(value: Any) -> list[str]:
    """Every text of site.yaml."""
    if isinstance(value, str):
        return [value] if any(char.isalpha() for char in value) else []
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for one in inner for text in facts(one)]


def entry(site: Site, resolved: Resolved, locale: Locale, page: Page, speech: render.Speech) -> dict[str, Any]:
    """One page of one language."""
    what = shown(site, resolved, locale, page)
    head = {id(block) for _, block in page.document.fields}
    figures, reviewed = what.figures, what.reviewed
    return {
        "source": page.document.path,
        "lang": locale.tag,
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
        "blocks": {
            what.names[id(block)]: block_entry(site, block, what.found[id(block)], speech, id(block) in head)
            for block in page.document.blocks()
            if block.message
        },
    }


def block_entry(site: Site, block: Block, found: Resolution, speech: render.Speech, head: bool) -> dict[str, Any]:
    """One block: its message, the language it is shown in and why; what is empty is left out."""
    spoken, source = site.by_name[found.spoken], site.settings.english
    assert block.message is not None
    review, change = found.vouched, found.change
    made: dict[str, Any] = {
        "message": ident(block.message.key),
        "state": str(found.state),
        "lang": spoken.tag,
        "text": seen.digest(seen.said(markup.render(found.text, speech.facts[spoken.name]))),
        "action": str(found.action) if found.action is not Action.SERVE else "",
        "critical": block.message.critical,
        "head": head,
        "severity": str(change.severity) if change and found.state in {State.STALE, State.CARRIED} else "",
        "since": change.since if change else "",
        "older": found.older and spoken.name != source.name,
        "facts": [[str(fact.state), site.by_name[fact.spoken].tag] for fact in found.facts],
        "origin": review.origin if review and locale_of(speech) != source.name else "",
        "review": dict(review.signed) if review else {},
        "qualified": review.qualified if review and locale_of(speech) != source.name else "",
        "missing": list(review.missing) if review and locale_of(speech) != source.name else [],
        "machine": bool(review and review.machine),
        "notices": [] if head else [what.kind for what in render.notices_of(found, speech)],
        "beside": seen.digest(seen.said(markup.render(block.inline, speech.facts[source.name])))
        if not head and render.stands_beside(found, speech)
        else "",
        "marks": sorted(set(LANG.findall(block.message.key.msgid))),
    }
    return {name: value for name, value in made.items() if value not in ("", False, [], {})}


def locale_of(speech: render.Speech) -> str:
    return speech.locale.name
