"""Which languages and pages the policy lets out: published, listed in the switcher, named to search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.content import Content
from pipeline.core.locales import Locale
from pipeline.core.model import Finding, Level, Resolution, Span
from pipeline.core.policy import INDEXED
from pipeline.core.settings import Settings
from pipeline.core.states import State
from pipeline.resolve.figures import share
from pipeline.resolve.rules import NOTICES
from pipeline.resolve.table import Table


@dataclass(frozen=True, slots=True)
class Plan:
    """What is published: the languages in order, those that stand in the switcher, and the pages (by slug) of each that
    search engines are told of; by locale name."""

    languages: tuple[Locale, ...]
    listed: frozenset[str]
    indexed: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What one language's share lets out of it: whether it is published and listed, and the pages (by slug) that search engines
    are told of."""

    published: bool
    listed: bool
    indexed: frozenset[str]


def standing(settings: Settings, content: Content, table: Table) -> Standing:
    """What the policy lets out of one language."""
    source, policy, name = settings.english.name, settings.policy, table.locale.name
    least = policy.indexed.get(name, INDEXED)
    return Standing(
        not list(unpublished(settings, content, table)),
        share(of_pages(content, table), source) >= policy.listed.get(name, 0.0),
        frozenset(page.slug for page in content.pages if share(table.shown(page.path), source) >= least),
    )


def plan(settings: Settings, content: Content, standings: Mapping[str, Standing]) -> Plan:
    """Which languages and pages are let out, from the standing of each language by locale name."""
    source = settings.english.name
    languages = [one for one in settings.locales if standings[one.name].published]
    listed = {one.name for one in languages if standings[one.name].listed}
    every = frozenset(page.slug for page in content.pages)
    indexed = {one.name: standings[one.name].indexed for one in languages}
    return Plan((settings.english, *languages), frozenset({source, *listed}), {source: every, **indexed})


def of_pages(content: Content, table: Table) -> list[Resolution]:
    """What a locale shows of all pages."""
    return [one for page in content.pages for one in table.shown(page.path)]


def unpublished(settings: Settings, content: Content, table: Table) -> Iterator[Finding]:
    """Why a language is not published, one finding each; nothing where it is."""
    return withheld(settings, table.locale, table.interface, of_pages(content, table))


def withheld(
    settings: Settings, locale: Locale, interface: Iterable[Resolution], shown_on_pages: Iterable[Resolution]
) -> Iterator[Finding]:
    """The same, from what is shown of the templates' messages and of all pages."""
    source, path = settings.english.name, settings.catalog_path(locale)
    for shown in interface:
        message = shown.message
        if message.span.path == NOTICES and (shown.spoken == source or shown.state is State.RECALLED):
            text = (
                f"{locale.english} is not published: readers could not read this notice about its translations. "
                f"Translate (and have reviewed, where the policy asks for it) every message of {NOTICES}."
            )
            once = (
                shown.change and shown.state is not State.SUGGESTED
            )  # it was translated before its English was edited
            level = Level.ERROR if once else Level.WARNING
            yield Finding("not-published", level, text, Span(path, 1), locale.name, message.key, message.span)
            return
    least = settings.policy.published.get(locale.name, 0.0)
    if least and (now := share(shown_on_pages, source)) < least:
        text = f"{locale.english} is not published: {now:.1f} % of its words are shown in it; the policy asks for {least:g} %."
        yield Finding("not-published", Level.WARNING, text, Span(path, 1), locale.name)
