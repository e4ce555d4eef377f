"""Which languages and pages the policy lets out: published, listed in the switcher, named to search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.content import Content
from pipeline.content.content import Page
from pipeline.core.locales import Locale
from pipeline.core.model import Finding, Level, Resolution, Span
from pipeline.core.policy import INDEXED
from pipeline.core.settings import Settings
from pipeline.core.states import State
from pipeline.resolve.account import Accounts
from pipeline.resolve.addresses import Places, places
from pipeline.resolve.figures import Shown, share, words_of
from pipeline.resolve.rules import NOTICES
from pipeline.resolve.table import Table
from pipeline.review.slugs import NO_SLUGS, Slugs


@dataclass(frozen=True, slots=True)
class Plan:
    """What is published: the languages in order, those that stand in the switcher, and the pages (by slug) of each that
    search engines are told of, and those that ask to be left out; by locale name."""

    languages: tuple[Locale, ...]
    listed: frozenset[str]
    indexed: Mapping[str, frozenset[str]]
    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: Mapping[str, Places] = field(default_factory=dict)
    """Where the pages of each language stand that are not called as in English."""

    def at(self, locale: str, page: Page) -> Page:
        """A page where it stands in a language."""
        slug = self.places[locale].slugs.get(page.slug) if locale in self.places else None
        return replace(page, slug=slug) if slug else page

    def hides(self, locale: str, slug: str) -> bool:
        """Whether a page asks search engines to leave it out."""
        return slug in self.hidden.get(locale, ())


@dataclass(frozen=True, slots=True)
class Standing:
    """What one language's share lets out of it: whether it is published and listed, and the pages (by slug) that search engines
    are told of, and those that ask to be left out."""

    published: bool
    listed: bool
    indexed: frozenset[str]
    hidden: frozenset[str] = frozenset()
    titled: frozenset[str] = frozenset()
    """The pages that may be called by their title in it (see `resolve/addresses`)."""


def standing(settings: Settings, content: Content, table: Table, accounts: Accounts) -> Standing:
    """What the policy lets out of one language."""
    policy, name = settings.policy, table.locale.name
    least = policy.indexed.get(name, INDEXED)
    hidden = frozenset(page.slug for page in content.pages if hides(settings, content, name, page, accounts))
    return Standing(
        not list(unpublished(settings, content, table, accounts)),
        share(shown_on_pages(content, accounts, settings.english.name)) >= policy.listed.get(name, 0.0),
        frozenset(page.slug for page in content.pages if share(accounts[page.path].words) >= least) - hidden,
        hidden,
        frozenset(page.slug for page in content.pages if accounts[page.path].called) if settings.slugs else frozenset(),
    )


def hides(settings: Settings, content: Content, name: str, page: Page, accounts: Accounts) -> bool:
    """Whether the policy has a page of a language ask search engines to leave it out."""
    asked = settings.policy.terms(name, content.classes.get(page.path, ""), False).noindex
    if asked in {"never", "always"}:
        return asked == "always"
    found = accounts[page.path].figures
    return bool(found.machine or (found.unreviewed and asked == "unreviewed"))


def plan(settings: Settings, content: Content, standings: Mapping[str, Standing], slugs: Slugs = NO_SLUGS) -> Plan:
    """Which languages and pages are let out, from the standing of each language by locale name."""
    source = settings.english.name
    languages = [one for one in settings.locales if standings[one.name].published]
    listed = {one.name for one in languages if standings[one.name].listed}
    terms = {
        page.slug: settings.policy.terms(source, content.classes.get(page.path, ""), False) for page in content.pages
    }
    own = frozenset(slug for slug, one in terms.items() if one.noindex == "always")
    indexed = {source: frozenset(terms) - own, **{one.name: standings[one.name].indexed for one in languages}}
    hidden = {source: own, **{one.name: standings[one.name].hidden for one in languages}}
    found = {one.name: places(content, one.name, slugs, standings[one.name].titled) for one in languages}
    stands = {name: one for name, one in found.items() if any(one)}
    return Plan((settings.english, *languages), frozenset({source, *listed}), indexed, hidden, stands)


def of_pages(content: Content, table: Table) -> list[Resolution]:
    """What a locale shows of all pages."""
    return [one for page in content.pages for one in table.shown(page.path)]


def shown_on_pages(content: Content, accounts: Accounts, source: str) -> Shown:
    """The words of all pages, those of a message that stands on several once."""
    found = [accounts[page.path] for page in content.pages]
    shared = (one for some in found for one in some.listed if one.message.key in content.shared)
    counted = [words_of(shared, source), *(one.words_alone for one in found)]
    return sum(own for own, _ in counted), sum(whole for _, whole in counted)


def unsaid(settings: Settings, found: Finding) -> bool:
    """Whether a language is not published though the settings do not say that it may be: neither by name, nor by a share."""
    return found.code == "not-published" and found.key is not None and found.locale not in settings.gate.unpublished


def graded(settings: Settings, found: Finding, *, begun: bool) -> Finding:
    """The finding about a language that is not published: an error where somebody has `begun` it and the settings say nothing."""
    if not (begun and unsaid(settings, found)):
        return found
    text = f"{found.text} If it may be missing meanwhile, name it in `unpublished` of [tool.lockstep.gate]."
    return replace(found, level=Level.ERROR, text=text)


def unpublished(settings: Settings, content: Content, table: Table, accounts: Accounts) -> Iterator[Finding]:
    """Why a language is not published, one finding each; nothing where it is."""
    shown = shown_on_pages(content, accounts, settings.english.name)
    return withheld(settings, table.locale, table.interface, shown)


def withheld(settings: Settings, locale: Locale, interface: Iterable[Resolution], shown: Shown) -> Iterator[Finding]:
    """The same, from what is shown of the templates' messages, and the words of all pages."""
    source, path = settings.english.name, settings.catalog_path(locale)
    for one in interface:
        message = one.message
        if message.span.path == NOTICES and (one.spoken == source or one.state is State.RECALLED):
            text = (
                f"{locale.english} is not published: readers could not read this notice about its translations. "
                f"Translate (and have reviewed, where the policy asks for it) every message of {NOTICES}."
            )
            yield Finding("not-published", Level.WARNING, text, Span(path, 1), locale.name, message.key, message.place)
            return
    least = settings.policy.published.get(locale.name, 0.0)
    if least and (now := share(shown)) < least:
        text = f"{locale.english} is not published: {now:.1f} % of its words are shown in it; the policy asks for {least:g} %."
        yield Finding("not-published", Level.WARNING, text, Span(path, 1), locale.name)
