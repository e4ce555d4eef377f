"""What a site shows while it is held in memory: each document decided, each page made, when somebody first asks for it.

Pages come from the same code as a build's, of the same values; nothing here reads a file of the site.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pipeline.build.rendering import kept
from pipeline.catalog import Entry
from pipeline.content import Content, parse
from pipeline.content.content import Page
from pipeline.core.inline import NOWHERE, Syntax
from pipeline.core.locales import Locale
from pipeline.core.model import Action, Document, Key, Resolution
from pipeline.core.settings import Settings
from pipeline.live.anew import told
from pipeline.project.lazily import Lazily
from pipeline.project.project import Project
from pipeline.resolve.publication import Plan
from pipeline.resolve.table import Deciding, Rows, Table, blocks_of, with_facts
from pipeline.site import templates
from pipeline.site.choosers import not_found
from pipeline.site.missing import has_missing, of_language
from pipeline.site.pages import Edition
from pipeline.site.site import Rendered, Site, facts_of
from pipeline.site.speech import Interface, Printed, Said


@dataclass(frozen=True)
class Sketch(Edition):
    """An edition of which single pages are asked for: what other pages are called is looked up when it is printed. `alone` has the
    title of a page by itself, None where that rests on the whole page."""

    alone: Callable[[Page], Resolution | None] = lambda page: None

    @cached_property
    def titles(self) -> Mapping[str, Said]:
        by_path = self.site.content.by_path
        return Lazily(by_path, lambda path: self.title(by_path[path]))

    def title(self, page: Page) -> Said:
        found = self.alone(page)
        return self.speech.said(found) if found else self.say(page.path, page.title)

    @cached_property
    def shared(self) -> frozenset[Printed]:
        return frozenset()

    def named(self, current: Page, slug: str) -> dict[str, Any] | None:
        if self.nav is not None:
            return super().named(current, slug)
        page = self.site.by_slug.get(slug)
        return self.link(current, page, self.titles[page.path]) if page else None


@dataclass(frozen=True)
class Shown:
    """One language as it is shown: its decisions so far, and the pages made from them."""

    locale: Locale
    table: Table
    deciding: Deciding
    edition: Edition
    edited: frozenset[Key] = frozenset()
    """The messages that the last edit may have reached, and those of edits before it that nobody asked for since."""

    @property
    def rows(self) -> Lazily[Rows]:
        """What is shown of each document; of those that nobody asked for nothing is known yet."""
        assert isinstance(self.table.documents, Lazily)
        return self.table.documents


@dataclass
class Showing:
    """The languages of a site as they are shown, by what is known of each so far."""

    root: Path
    project: Project = field(init=False)
    shown: dict[str, Shown] = field(init=False, default_factory=dict)
    env: Any = field(init=False, default=None)
    named: dict[str, Mapping[int, str]] = field(init=False, default_factory=dict)

    def forget(self) -> None:
        """Let go of everything that was decided."""
        self.shown.clear()
        self.named.clear()

    @property
    def settings(self) -> Settings:
        return self.project.settings

    @property
    def content(self) -> Content:
        return self.project.content

    @cached_property
    def where(self) -> Mapping[Key, frozenset[str]]:
        """The files in which each message stands."""
        found: dict[Key, set[str]] = {}
        for message in self.content.messages():
            found.setdefault(message.key, set()).add(message.span.path)
        return {key: frozenset(paths) for key, paths in found.items()}

    def document(self, path: str) -> Document | None:
        """The document at a path of source/."""
        page = self.content.by_path.get(path)
        return page.document if page else next((one for one in self.content.data if one.path == path), None)

    def language(self, name: str) -> Shown:
        """What one language shows. Raises KeyError for one that the site has not."""
        if name not in self.shown:
            locale = self.settings.by_name[name]
            deciding = Deciding(tuple(self.project.chains[name]), self.project.rules)
            self.shown[name] = self.language_from(deciding, locale, {}, None)
        return self.shown[name]

    def alone(self, name: str, key: Key) -> Resolution | None:
        """A text where it first stands on a page, decided without what stands around it."""
        deciding = self.language(name).deciding
        for path in sorted(self.where.get(key, ())):
            document = self.document(path)
            for block in document.blocks() if document else ():
                if document and block.message and block.message.key == key:
                    one = deciding.shown(block.message, block.inline, document.scope, path)
                    return with_facts(self.content.fields, block, one, deciding)
        return None

    def deciding(self, name: str) -> Deciding:
        """The decisions of a language by its own catalog alone, whatever a parent of it says."""
        return Deciding(tuple(self.project.chains[name][:1]), self.project.rules)

    def language_from(self, deciding: Deciding, locale: Locale, found: dict[str, Rows], old: Table | None) -> Shown:
        """A language with what is decided of it already; the texts of templates and site.yaml are those of `old` if given."""
        content = self.content
        names = dict.fromkeys((*content.by_path, *(one.path for one in content.data)))
        rows = Lazily(names, partial(self.decide, deciding), found)
        interface = (
            old.interface
            if old
            else tuple(
                deciding.shown(message, parse(message.key.msgid, Syntax.TEMPLATE), NOWHERE, "")
                for message in content.interface
            )
        )
        facts = (
            old.facts
            if old
            else {
                name: deciding.shown(block.message, block.inline, NOWHERE, "")
                for name, block in content.fields.items()
                if block.message
            }
        )
        table = Table(locale, rows, interface, facts)
        return Shown(locale, table, deciding, self.edition(locale, table, deciding))

    def title(self, rows: Lazily[Rows], deciding: Deciding, page: Page) -> Resolution | None:
        """The title of a page of which nothing else is decided yet; None where it is, or where a page may be held for another of its
        texts."""
        block = page.title
        if page.path in rows.found or self.holds or block.message is None or block.under:
            return None
        one = deciding.shown(block.message, block.inline, page.document.scope, page.path)
        return with_facts(self.content.fields, block, one, deciding)

    @property
    def holds(self) -> bool:
        """Whether the policy ever holds a whole page back."""
        policy = self.settings.policy
        cells = [*policy.base.cells.values(), *(cell for rule in policy.rules for cell in rule.cells.values())]
        return any(Action.HOLD in cell for cell in cells)

    def decide(self, deciding: Deciding, path: str) -> Rows:
        """What is shown of one document."""
        document = self.document(path)
        assert document is not None
        return blocks_of(document, self.content.fields, deciding)

    def again(self, old: Shown, concerned: set[Key], chain: tuple[Any, ...] | None = None) -> Shown:
        """A language of which some messages are decided anew."""
        asked = tuple(self.project.chains[old.locale.name]) if chain is None else chain
        kept = old.deciding.decided.copy()
        for key in concerned:
            kept.pop(key, None)
        deciding = Deciding(asked, self.project.rules, kept)
        facts = {block.message.key for block in self.content.fields.values() if block.message}
        stub = any(message.key in concerned for message in self.content.interface)
        every = stub and bool(
            self.project.records.recalls.active
        )  # what stands in the place of other texts may be another
        if every:
            deciding = Deciding(asked, self.project.rules)
        if every or facts & concerned:
            made = self.language_from(deciding, old.locale, {}, None)
            return replace(made, edited=frozenset(concerned))
        paths = {path for key in concerned for path in self.where.get(key, ())}
        found = {path: rows for path, rows in old.rows.found.items() if path not in paths}
        made = self.language_from(deciding, old.locale, found, None if stub else old.table)
        names, where = made.rows.names, self.where
        open_ = {key for key in old.edited if any(one in names and one not in found for one in where.get(key, ()))}
        return replace(made, edited=frozenset(concerned | open_))

    def edition(self, locale: Locale, table: Table, deciding: Deciding) -> Edition:
        """The pages of a language. Every language of the site is among those that are let out: the desk shows all."""
        project, english = self.project, self.settings.english
        every = frozenset(page.slug for page in self.content.pages)
        names = tuple(self.settings.by_name)
        plan = Plan(tuple(self.settings.by_name.values()), frozenset(names), dict.fromkeys(names, every))
        original = table if locale == english else self.language(english.name).table
        tables = {english.name: original, locale.name: table}
        for name in locale.chain:
            if name not in tables and name in self.settings.by_name:
                tables[name] = self.language(name).table
        protected = kept(project)
        made = Site(
            self.settings,
            self.content,
            tables,
            project.chains,
            project.rules,
            plan,
            self.named,
            project.page_digests,
            project.declared,
            project.official,
            protected,
        )
        self.env = self.env or templates.environment(self.root / "templates")
        by_name = self.settings.by_name
        facts = {
            one: facts_of(self.content, shown, english, by_name)._replace(kept=protected.get(one, ""))
            for one, shown in tables.items()
        }
        interface = Interface(locale, english, by_name, table.strings, facts, project.chains, project.rules)
        assert isinstance(table.documents, Lazily)
        return Sketch(made, interface, self.env, partial(self.title, table.documents, deciding))

    def page(self, name: str, path: str, shown: Shown | None = None) -> Rendered:
        """A page in a language, as a build makes it."""
        edition = (shown or self.language(name)).edition
        return edition.page(edition.site.places[path])

    def missing(self, tag: str) -> Rendered:
        """What is shown where there is no page: that of a language, by its tag, where the site has one, else that of all."""
        name = next((one.name for one in self.settings.by_name.values() if one.tag == tag), self.settings.english.name)
        edition = self.language(name).edition
        if tag == edition.locale.tag and has_missing(edition.site):
            return of_language(edition)
        tables = {one: self.language(one).table for one in self.settings.by_name}
        return not_found(replace(edition.site, tables=tables), edition.env)

    # what would be shown --------------------------------------------------------------------------

    def having(self, name: str, entry: Entry) -> Shown:
        """A language as it would be shown if its catalog had this entry; nothing is kept of it."""
        first, *rest = self.project.chains[name]
        return self.again(self.language(name), {entry.key}, (told(first, [entry]), *rest))
