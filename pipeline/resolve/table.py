"""What every language shows of every page, and why; and which languages and pages the policy lets out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.changes import occurrences as places
from pipeline.content import markup
from pipeline.content.markup import Form, Scope
from pipeline.content.pages import Page, Site
from pipeline.core.locales import Locale
from pipeline.core.model import Action, Block, Document, Finding, Message, Resolution, State
from pipeline.resolve import figures as disclosure
from pipeline.resolve import message as resolve
from pipeline.resolve.figures import Figures, Reviewed
from pipeline.site import templates as render

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done, and how many there are."""


def silent(what: str, done: int, steps: int) -> None:
    """No progress."""


def voices(site: Site, locale: Locale) -> tuple[resolve.Voice, ...]:
    """A locale's own catalog and those of its parents that the site has, nearest first; none for English."""
    names = [name for name in locale.chain if name in site.catalogs]
    return tuple(resolve.voice(site.by_name[name], site.catalogs[name], site.log, site.standards) for name in names)


Judge = Callable[[Message, markup.Inline, Scope], Resolution]


def judge(site: Site, locale: Locale, speakers: Sequence[resolve.Voice]) -> Judge:
    """What decides a text of a document in a language. `speakers`: `voices` of the locale."""
    english = site.settings.english.name
    if locale.name == english:
        return lambda message, inline, scope: resolve.original(message, inline, english, site.standards, site.log)
    return lambda message, inline, scope: resolve.resolve(message, inline, scope, speakers, english)


def decider(site: Site, locale: Locale, speakers: Sequence[resolve.Voice] | None = None) -> render.Decide:
    """What decides the templates' strings in one language; `speakers` are its `voices` where none are given."""
    speakers, english = voices(site, locale) if speakers is None else speakers, site.settings.english.name

    @cache
    def decide(message: Message, source: str, count: int | None) -> Resolution:
        inline = markup.parse(source, Form.TEMPLATE)
        if locale.name == english:
            return resolve.original(message, inline, english, site.standards, site.log)
        return resolve.resolve(message, inline, Scope(), speakers, english, count)

    return decide


def resolutions(
    site: Site, locale: Locale, document: Document, speakers: Sequence[resolve.Voice]
) -> dict[int, Resolution]:
    """What is shown for each block of a document that is a message, by `id` of the block. `speakers`: `voices` of the locale."""
    decide, english = judge(site, locale, speakers), site.settings.english.name
    found = {
        id(block): with_facts(site, block, decide(block.message, block.inline, document.scope), decide)
        for block in document.blocks()
        if block.message
    }
    if all(one.action < Action.HOLD for one in found.values()):
        return found
    return {
        id(block): replace(found[id(block)], text=block.inline, spoken=english, action=Action.HOLD)
        if found[id(block)].state is not State.RECALLED
        else found[id(block)]
        for block in document.blocks()
        if block.message
    }


def with_facts(site: Site, block: Block, found: Resolution, decide: Judge) -> Resolution:
    """A block with what is shown of the translated facts in it, held to what its page and its place ask for.

    The English where a fact may not be shown here as it is elsewhere, or where it stands in English and no language can be
    marked: in a title, a label, an attribute.
    """
    names = dict.fromkeys(markup.FACT.findall(block.inline.source)) if "{" in block.inline.source else ()
    english, facts = site.settings.english.name, []
    for text in (site.fields[name] for name in names if name in site.fields):
        if text.message is None or block.message is None:
            continue
        asked = replace(text.message, critical=block.message.critical, span=block.message.span)
        here, elsewhere = decide(asked, text.inline, Scope()), decide(text.message, text.inline, Scope())
        unmarked = found.spoken != elsewhere.spoken and plain_text(block)
        if found.spoken not in {english, here.spoken} and (found.spoken == elsewhere.spoken or unmarked):
            return replace(
                here,
                message=found.message,
                state=State.UNTRANSLATED if here.state.done else here.state,
                text=block.inline,
                spoken=english,
                action=max(found.action, here.action),
                findings=found.findings,
                told=(),
            )
        facts.append(here)
    held = any(fact.action is Action.HOLD for fact in facts)
    return replace(found, facts=tuple(facts), action=Action.HOLD if held else found.action) if facts else found


def plain_text(block: Block) -> bool:
    """Whether a block is also shown where no language can be marked inside it."""
    plain = block.inline.form not in {Form.MARKDOWN, Form.HTML} or block.opening.startswith("<h")
    return plain or markup.attributes_have_facts(block.inline)


Resolved = Mapping[str, Mapping[str, Mapping[int, Resolution]]]
"""Locale name → source path → id of block → resolution."""


def resolve_all(site: Site, progress: Progress = silent) -> Resolved:
    """Every message of every document in every language, English included."""
    documents = [*(page.document for page in site.pages), *site.data]
    every = (site.settings.english, *site.settings.locales)
    found: dict[str, dict[str, dict[int, Resolution]]] = {}
    for at, locale in enumerate(every):
        progress("Deciding what is shown", at, len(every))
        speakers = voices(site, locale)
        found[locale.name] = {document.path: resolutions(site, locale, document, speakers) for document in documents}
    progress("Deciding what is shown", len(every), len(every))
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """What one language shows of one page, by `id` of the block; the names of its blocks, its figures, who reviewed it."""

    found: Mapping[int, Resolution]
    names: Mapping[int, str]
    figures: Figures
    reviewed: Reviewed


def shown(site: Site, resolved: Resolved, locale: Locale, page: Page) -> Shown:
    """What a language shows of a page."""
    english, path = site.settings.english.name, page.document.path
    found = resolved[locale.name][path]
    if locale.name == english:
        figures = Figures(len(disclosure.by_message(found.values())))
    else:
        held = any(one.action is Action.HOLD for one in found.values())
        figures = disclosure.figures(found.values(), english, held)
    reviewed = disclosure.reviewed(found, resolved[english][path], locale, english)
    return Shown(found, names_of(page.document), figures, reviewed)


def names_of(document: Document) -> dict[int, str]:
    """What a person may call each block of a document that is a message (see `places.Place`), by `id` of the block."""
    named = places.of_messages(document.messages()).get(document.path, ())
    blocks = (block for block in document.blocks() if block.message)
    return {id(block): place.block for block, place in zip(blocks, named, strict=True)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is published: the languages in order, those that stand in the switcher, and the pages (by slug) of each that
    search engines are told of; by locale name."""

    languages: tuple[Locale, ...]
    listed: frozenset[str]
    indexed: Mapping[str, frozenset[str]]


def plan(site: Site, resolved: Resolved) -> Plan:
    """Which languages and pages the policy lets out."""
    english = site.settings.english
    shown = {
        locale: [one for page in site.pages for one in resolved[locale.name][page.document.path].values()]
        for locale in site.settings.locales
    }
    languages = [locale for locale, found in shown.items() if not list(withheld(site, locale, found))]
    indexed = {
        locale.name: frozenset(
            page.slug
            for page in site.pages
            if disclosure.indexed(site, locale, resolved[locale.name][page.document.path].values())
        )
        for locale in languages
    }
    listed = {locale.name for locale in languages if disclosure.listed(site, locale, shown[locale])}
    every = frozenset(page.slug for page in site.pages)
    return Plan((english, *languages), frozenset({english.name, *listed}), {english.name: every, **indexed})


def withheld(site: Site, locale: Locale, found: Iterable[Resolution]) -> Iterator[Finding]:
    """Why a language is not published; nothing where it is. `found`: what is shown of its pages."""
    decide = decider(site, locale)
    return disclosure.unpublished(site, locale, found, lambda message: decide(message, message.key.msgid, None))
