"""A site held in memory while people work on it: what changed on disk, or is not saved yet, is read again, and little else.

Pages come from the same code as a build's, of the same values; nothing here decides or renders. A document is decided when it
is first asked for. What an edit may reach is decided anew, and where that cannot be told, all of it is.

One person at a time: whoever serves several keeps it to one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pipeline.catalog import Catalog, Entry, po_again
from pipeline.changes.edit_log import LOG_PATH
from pipeline.changes.lineage import Held, Known
from pipeline.changes.notes import CARRIED, carried_id
from pipeline.commands import project as projects
from pipeline.commands.languages import kept
from pipeline.commands.project import Lazily, Project
from pipeline.content import Content, parse, sources
from pipeline.content.babel_methods import messages as template_messages
from pipeline.content.earlier_names import with_former_ids
from pipeline.content.files import files as mapped
from pipeline.content.files import is_draft
from pipeline.content.marks import of as marks_of
from pipeline.content.pages import Page
from pipeline.core import inputs
from pipeline.core.cache import NO_STORE, Store
from pipeline.core.clock import Clock
from pipeline.core.errors import LockstepError
from pipeline.core.inline import NOWHERE, Syntax
from pipeline.core.locales import Locale
from pipeline.core.model import Action, Document, Key, Resolution, ident
from pipeline.core.settings import Settings
from pipeline.resolve import Translations
from pipeline.resolve.publication import Plan
from pipeline.resolve.table import Deciding, Rows, Table, blocks_of, with_facts
from pipeline.site import templates
from pipeline.site.pages import Edition
from pipeline.site.site import Rendered, Site, facts_of
from pipeline.site.templates import Interface, Printed, Said

OF_CONTENT = frozenset(
    "content messages extracted occurrences blocks files assets fixtures declared page_digests stood turned arounds".split()  # noqa: SIM905
)
"""What of a project is read from its source and templates."""
OF_CATALOGS = frozenset({"catalogs", "translations", "chains", "held", "arounds"})
OF_RECORDS = frozenset(
    "log addresses slugs former questions handouts official held stood turned arounds written records levels glossary terms rules translations chains history astray template".split()  # noqa: SIM905
)
"""What is read from all else of locale/, and what rests on it."""
JUDGED = frozenset({"tables", "coverage", "findings", "rules", "levels", "records"})
"""What rests on nearly everything, and is cheap to work out again, or never kept here."""


def heir(old: Project, drop: Iterable[str], clock: Clock | None = None, **parts: object) -> Project:
    """The same site read again: what was read stays, but for what is dropped and what is given."""
    made = Project(old.settings, clock or old.clock, old.progress, old.store)
    gone = {*drop, "earlier", "decided", "alone", "settings", "clock", "progress", "store"}
    made.__dict__.update({name: value for name, value in old.__dict__.items() if name not in gone})
    made.__dict__.update(parts)
    return made


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

    @property
    def rows(self) -> Lazily[Rows]:
        """What is shown of each document; of those that nobody asked for nothing is known yet."""
        assert isinstance(self.table.documents, Lazily)
        return self.table.documents


@dataclass
class Live:
    """The site in a folder, now. `unsaved` has the text of files that an editor has not saved yet, by path."""

    root: Path
    now: Callable[[], Clock]
    store: Store = NO_STORE
    unsaved: dict[str, bytes] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    trouble: str = ""
    """Why the files as they are now cannot be read; what is shown is then from before."""
    loose: bool = False
    """Whether the source changed since it was worked out which texts stand elsewhere (see `unsettled`)."""

    def __post_init__(self) -> None:
        self.project = projects.load(self.root, self.now(), store=self.store)
        self.env: Any = None
        self.named: dict[str, Mapping[int, str]] = {}

    # what is read ---------------------------------------------------------------------------------

    def take(self, paths: Iterable[str]) -> None:
        """Read again what changed, by the names of the files in the site. Never raises for what is in them: see `trouble`."""
        changed = sorted({*paths})
        if not changed:
            return
        try:
            if self.trouble:
                self.all_anew()
            else:
                for path in changed:
                    self.take_one(path)
            self.trouble = ""
        except LockstepError as problem:
            self.trouble = str(problem)

    def take_one(self, path: str) -> None:
        """Read one file again, and let go of what rests on it."""
        catalogs = {self.settings.catalog_path(one): one.name for one in self.settings.locales}
        if path in catalogs:
            self.take_catalog(catalogs[path], path)
        elif path.startswith("locale/") or path == "people.yaml":
            self.take_records()
            if path == LOG_PATH:
                self.take_addresses()
        elif path in self.content.by_path and path.startswith("source/"):
            self.take_page(path)
        elif path.startswith("templates/"):
            self.take_template(path)
        else:
            self.all_anew()

    def read(self, path: str) -> bytes | None:
        """A file's bytes, as an editor has them where it has not saved them yet."""
        return self.unsaved[path] if path in self.unsaved else inputs.read(self.root, path)

    def warmed(self) -> None:
        """Read what the first edit will ask for."""
        _ = self.where, self.project.history, self.project.turned

    def all_anew(self) -> None:
        """Read the whole site again, and what is not saved yet over it."""
        self.project = projects.load(self.root, self.now(), store=self.store)
        _ = self.project.content
        self.env, self.loose = None, False
        self.__dict__.pop("where", None)
        self.forget()
        for path in sorted(self.unsaved):
            if path in self.content.by_path or path.endswith(".po"):
                self.take_one(path)

    def forget(self) -> None:
        """Let go of everything that was decided."""
        self.shown.clear()
        self.named.clear()

    def take_catalog(self, name: str, path: str) -> None:
        """Read a catalog again; what its new entries may reach is decided anew."""
        old, body = self.project.catalogs[name], self.read(path)
        if body is None:
            return self.take_records(without=name)
        if body == old.body:
            return None
        if self.project.astray.get(path):
            return self.take_records(without=name)
        new, fresh = po_again.parse(old, body)
        if fresh is None or new.problems or old.problems:
            return self.with_catalog(name, projects.of_language(new, name), None)
        before = self.project.translations[name].entries
        changed = [one for one in fresh if one.obsolete or (before.get(one.key) or ())[:9] != one[:9]]
        return self.with_catalog(name, new, changed)

    def reached(self, name: str, changed: set[Key]) -> set[Key]:
        """The messages whose decision an entry of one of these keys may be part of: their own, and what they became since."""
        ids, log = {ident(key) for key in changed}, self.project.log
        later = {now for now in log.steps if ids & {*log.ways(now)}}
        found = changed | ({key for key in self.where if ident(key) in later} if later else set())
        body = self.project.catalogs[name].body or b""
        if b"#|" in body or CARRIED.encode() in body:
            for entry in self.project.translations[name].entries.values():
                if (entry.previous is not None and entry.previous.key in changed) or (
                    entry.extracted and carried_id(entry.extracted) in ids
                ):
                    found.add(entry.key)
        return found

    def with_catalog(self, name: str, new: Catalog, changed: list[Entry] | None) -> None:
        """Take another catalog. `changed`: its entries that say something else, of which each stands where it stood; None where
        more than that may be different."""
        self.project = catalog_as(self.project, name, new, changed)
        concerned = None if changed is None else self.reached(name, {entry.key for entry in changed})
        for one in [one for one, shown in self.shown.items() if name in {one, *shown.locale.chain}]:
            old = self.shown.pop(one)
            if concerned is not None:
                self.shown[one] = self.again(old, concerned)

    def take_records(self, without: str = "") -> None:
        """Read the ledgers, the log and the glossary again."""
        kept = {name: one for name, one in self.read_catalogs.items() if name != without}
        settled = self.project
        self.project = heir(settled, {*OF_RECORDS, *OF_CATALOGS, *JUDGED}, self.now())
        if not self.project.history.astray:
            known = self.project.catalogs
            assert isinstance(known, Lazily)
            known.found.update(kept)
        self.shown.clear()

    def take_addresses(self) -> None:
        """Read the site again where the log tells other addresses of it."""
        content, told = self.content, self.project.addresses
        documents = (
            with_former_ids(page.document, told, (page.path, *content.was.get(page.path, ()))) is page.document
            for page in content.pages
        )
        if told.pages(content.by_path) != content.was or not all(documents):
            self.all_anew()

    @property
    def read_catalogs(self) -> dict[str, Catalog]:
        known = self.project.catalogs
        return dict(known.found) if isinstance(known, Lazily) else dict(known)

    def take_page(self, path: str) -> None:
        """Read one page of the source again; the whole site where its place or its links may be others, once that is saved."""
        body, page = self.read(path), self.content.by_path[path]
        mapping = dict(mapped(self.settings)).get(path) if body is not None else None
        if body is None or mapping is None or is_draft(body):
            return None if path in self.unsaved else self.all_anew()
        urls = self.content.links.urls(path)
        document = sources.document(body, path, mapping, urls, marks_of(self.settings))
        files = (path, *self.content.was.get(path, ()))
        document = with_former_ids(document, self.project.addresses, files)
        if document == page.document:
            return None
        said = {name.partition(".")[0] for name, _ in (*document.fields, *page.document.fields)}
        if path not in self.unsaved and without(document.data, said) != without(page.document.data, said):
            return self.all_anew()
        pages = tuple(replace(page, document=document) if one is page else one for one in self.content.pages)
        self.with_content(replace(self.content, pages=pages), {path})
        return None

    def with_content(self, content: Content, changed: set[str]) -> None:
        """Take another content, of which some documents changed."""
        old = self.project
        held = {
            name: old.__dict__[name]
            for name in ("held", "catalogs", "translations", "chains", "turned")
            if name in old.__dict__
        }
        self.project = heir(old, {*OF_CONTENT, *JUDGED}, content=content, **held)
        self.loose = True
        self.__dict__.pop("where", None)
        for path in changed:
            self.named.pop(path, None)
        for name, one in list(self.shown.items()):
            found = {path: rows for path, rows in one.rows.found.items() if path not in changed}
            self.shown[name] = self.language_from(one.deciding, one.locale, found, one.table)

    def take_template(self, path: str) -> None:
        """Read a template again."""
        if path.startswith("templates/static/"):
            return None
        body, mapping = self.read(path), dict(mapped(self.settings)).get(path)
        known = tuple(one for one in self.content.interface if one.span.path == path)
        if body is None or mapping is None or tuple(template_messages(body, path, mapping)) != known:
            return self.all_anew()
        self.env = None
        for name, one in list(self.shown.items()):
            self.shown[name] = replace(one, edition=self.edition(one.locale, one.table, one.deciding))
        return None

    # what is shown --------------------------------------------------------------------------------

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
        kept = old.deciding.decided.copy()  # which hashes nothing anew
        for gone in [one for one in kept if one[0] in concerned]:
            del kept[gone]
        deciding = Deciding(asked, self.project.rules, kept)
        facts = {block.message.key for block in self.content.fields.values() if block.message}
        stub = any(message.key in concerned for message in self.content.interface)
        if facts & concerned or (stub and self.project.records.recalls.active):
            return self.language_from(deciding, old.locale, {}, None)
        paths = {path for key in concerned for path in self.where.get(key, ())}
        found = {path: rows for path, rows in old.rows.found.items() if path not in paths}
        return self.language_from(deciding, old.locale, found, None if stub else old.table)

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
        )
        self.env = self.env or templates.environment(self.root / "templates")
        by_name = self.settings.by_name
        protected = kept(project)
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

    # what would be shown --------------------------------------------------------------------------

    def having(self, name: str, entry: Entry) -> Shown:
        """A language as it would be shown if its catalog had this entry; nothing is kept of it."""
        first, *rest = self.project.chains[name]
        return self.again(self.language(name), {entry.key}, (told(first, [entry]), *rest))

    def unsettled(self) -> Project | None:
        """The site with what was left for later after an edit of the source: which texts stand elsewhere now (`turned`, to be asked
        of it; that may be in another thread, since it takes seconds on a large site). None where nothing was."""
        if not self.loose:
            return None
        self.loose = False
        return heir(self.project, {"turned", "stood", "arounds", "occurrences", "fixtures"})

    def settle(self, found: Project) -> bool:
        """Take what was worked out; whether that may change what is shown. Not where the site changed since."""
        if self.loose or found.content is not self.content or found.turned == self.project.turned:
            return False
        known = {
            name: found.__dict__[name]
            for name in ("turned", "stood", "occurrences", "fixtures")
            if name in found.__dict__
        }
        self.project = heir(self.project, OF_CATALOGS - {"catalogs"}, **known)
        self.shown.clear()
        return True


def catalog_as(old: Project, name: str, new: Catalog, changed: list[Entry] | None) -> Project:
    """A site with another catalog of one language, and what rests on it read again when it is asked for."""
    made = heir(old, OF_CATALOGS | {"tables", "coverage", "findings"})
    reads = {one.name for one in old.settings.locales if name in {one.name, *one.chain}}
    for part, but in (("catalogs", {name}), ("translations", {name}), ("chains", reads)):
        was, now = old.__dict__.get(part), getattr(made, part)
        assert isinstance(now, Lazily)
        if isinstance(was, Lazily):
            now.found.update({one: value for one, value in was.found.items() if one not in but})
        if part == "catalogs":
            now.found[name] = new
        if part == "translations" and changed is not None:
            now.found[name] = told(old.translations[name], changed, made.held[name])
    return made


def told(old: Translations, new: Iterable[Entry], held: Held | None = None) -> Translations:
    """A language's translations, of which some entries say something else."""
    by_key = {entry.key: entry for entry in new}
    live = {key: entry for key, entry in by_key.items() if not entry.obsolete}
    other = {key: entry for key, entry in by_key.items() if key in live or key not in old.entries}
    known = Known({**old.known, **other})
    if "by_id" in old.known.__dict__:  # a digest of every message is not made again for one of them
        known.__dict__["by_id"] = {**old.known.by_id, **{ident(key): entry for key, entry in other.items()}}
    return replace(old, entries={**old.entries, **live}, known=known, held=held or old.held)


def without(values: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in {*names}}
