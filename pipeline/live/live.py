"""A site held in memory while people work on it: what changed on disk, or is not saved yet, is read again, and little else.

What an edit may reach is decided anew (`showing`), and where that cannot be told, all of it is.

One person at a time: whoever serves several keeps it to one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.catalog import Catalog, Entry, po_again
from pipeline.changes.edit_log import LOG_PATH
from pipeline.changes.notes import carried_id
from pipeline.content import Content, includes, sources
from pipeline.content.babel_methods import messages as template_messages
from pipeline.content.earlier_names import with_former_ids
from pipeline.content.files import is_draft, mapping_of
from pipeline.content.marks import of as marks_of
from pipeline.core import inputs
from pipeline.core.cache import NO_STORE, Store
from pipeline.core.clock import Clock
from pipeline.core.errors import LockstepError
from pipeline.core.model import Key, ident
from pipeline.live.anew import JUDGED, OF_CATALOGS, OF_CONTENT, OF_RECORDS, catalog_as, heir
from pipeline.live.showing import Showing, Shown
from pipeline.project import project as projects
from pipeline.project.catalogs import of_language
from pipeline.project.lazily import Lazily
from pipeline.project.project import Project
from pipeline.site import templates


@dataclass
class Live(Showing):
    """The site in a folder, now. `unsaved` has the text of files that an editor has not saved yet, by path."""

    now: Callable[[], Clock]
    store: Store = NO_STORE
    unsaved: dict[str, bytes] = field(default_factory=dict)
    trouble: str = ""
    """Why the files as they are now cannot be read; what is shown is then from before."""
    drawn: dict[str, dict[str, set[Key]]] = field(init=False, default_factory=dict)
    """For each language whose entries changed: the messages whose entries say that they were another's, by the id of that one."""
    sound: dict[str, tuple[Project, Project, dict[str, Shown]]] = field(init=False, default_factory=dict)
    """For each catalog that an edit broke: the site since, the site before, and what that showed; typing breaks one for a moment."""
    later: tuple[object, Mapping[str, set[str]]] = field(init=False, default=(None, {}))
    loose: bool = False
    """Whether the source changed since it was worked out which texts stand elsewhere (see `unsettled`)."""

    def __post_init__(self) -> None:
        self.project = projects.load(self.root, self.now(), store=self.store)

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
        elif (
            path in self.content.by_path
            and path.startswith("source/")
            and (path in self.unsaved or not any(path in files for files in self.content.included.values()))
        ):
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
        self.drawn.clear()
        self.__dict__.pop("where", None)
        self.forget()
        for path in sorted(self.unsaved):
            if path in self.content.by_path or path.endswith(".po"):
                self.take_one(path)

    def take_catalog(self, name: str, path: str) -> None:
        """Read a catalog again; what its new entries may reach is decided anew."""
        body = self.read(path)
        if body is None:
            return self.take_records(without=name)
        if body == self.project.catalogs[name].body:
            return None
        if (was := self.sound.pop(name, None)) and was[0] is self.project:  # as if it had never been broken
            _, self.project, self.shown = was
        old = self.project.catalogs[name]
        if self.project.astray.get(path):
            return self.take_records(without=name)
        new, fresh = po_again.parse(old, body)
        if fresh is None or new.problems or old.problems:
            whole, seen = self.project, {**self.shown}
            self.with_catalog(name, of_language(new, name), None)
            if new.problems and not old.problems:
                self.sound[name] = self.project, whole, seen
            return None
        before = self.project.translations[name].entries
        changed = [one for one in fresh if one.obsolete or (before.get(one.key) or ())[:9] != one[:9]]
        return self.with_catalog(name, new, changed)

    def reached(self, name: str, changed: Iterable[Entry]) -> set[Key]:
        """The messages whose decision one of these entries may be part of: their own, and what they became since."""
        found = {entry.key for entry in changed}
        ids = {*map(ident, found)}
        if any(one in self.onward for one in ids):
            later = {now for one in ids for now in self.onward.get(one, ())}
            found |= {key for key in self.where if ident(key) in later}
        known = self.drawn.get(name)
        if known is None:
            known = self.drawn[name] = {}
            note(known, self.project.translations[name].entries.values())
        note(known, changed)
        return found.union(*(known.get(one, ()) for one in ids))

    @property
    def onward(self) -> Mapping[str, set[str]]:
        """What each message became since, by ids."""
        log = self.project.log
        if self.later[0] is not log:
            found: dict[str, set[str]] = {}
            for now in log.steps:
                for was in log.ways(now):
                    found.setdefault(was, set()).add(now)
            self.later = log, found
        return self.later[1]

    def with_catalog(self, name: str, new: Catalog, changed: list[Entry] | None) -> None:
        """Take another catalog. `changed`: its entries that say something else, of which each stands where it stood; None where
        more than that may be different."""
        if changed is None:
            self.drawn.pop(name, None)
        self.project = catalog_as(self.project, name, new, changed)
        concerned = None if changed is None else self.reached(name, changed)
        for one in [one for one, shown in self.shown.items() if name in {one, *shown.locale.chain}]:
            old = self.shown.pop(one)
            if concerned is not None:
                self.shown[one] = self.again(old, concerned)

    def take_records(self, without: str = "") -> None:
        """Read the ledgers, the log and the glossary again."""
        kept = {name: one for name, one in self.read_catalogs.items() if name != without}
        self.drawn.clear()
        self.project = heir(self.project, {*OF_RECORDS, *OF_CATALOGS, *JUDGED}, self.now())
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
        mapping = mapping_of(self.settings, path)
        if body is None or mapping is None or is_draft(body):
            return None if path in self.unsaved else self.all_anew()
        urls = self.content.links.urls(path)
        known = marks_of(self.settings)
        made = includes.of_file(self.root, path, body, mapping.method, known)
        document = sources.document(body, path, mapping, urls, known, made)
        files = (path, *self.content.was.get(path, ()))
        document = with_former_ids(document, self.project.addresses, files)
        if document == page.document:
            return None
        said = {name.partition(".")[0] for name, _ in (*document.fields, *page.document.fields)}
        if path not in self.unsaved and without(document.data, said) != without(page.document.data, said):
            return self.all_anew()
        pages = tuple(replace(page, document=document) if one is page else one for one in self.content.pages)
        included = {**self.content.included, path: made.files if made else ()}
        self.with_content(replace(self.content, pages=pages, included=included), {path})
        return None

    def with_content(self, content: Content, changed: set[str]) -> None:
        """Take another content, of which some documents changed."""
        old = self.project
        held = {
            name: old.__dict__[name]
            for name in ("held", "catalogs", "translations", "chains", "turned", "retitled")
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
        body, mapping = self.read(path), mapping_of(self.settings, path)
        known = tuple(one for one in self.content.interface if one.span.path == path)
        if body is None or mapping is None or tuple(template_messages(body, path, mapping)) != known:
            return self.all_anew()
        if self.env is not None:
            templates.changed(self.env, path.removeprefix("templates/"))
        for name, one in list(self.shown.items()):
            self.shown[name] = replace(one, edition=self.edition(one.locale, one.table, one.deciding))
        return None

    # what was left for later -----------------------------------------------------------------------

    def unsettled(self) -> Project | None:
        """The site with what was left for later after an edit of the source: which texts stand elsewhere now (`turned`, to be asked
        of it; that may be in another thread, since it takes seconds on a large site). None where nothing was."""
        if not self.loose:
            return None
        self.loose = False
        return heir(self.project, {"turned", "retitled", "doubts", "stood", "arounds", "occurrences", "fixtures"})

    def settle(self, found: Project) -> bool:
        """Take what was worked out; whether that may change what is shown. Not where the site changed since."""
        if self.loose or found.content is not self.content or found.turned == self.project.turned:
            return False
        known = {
            name: found.__dict__[name]
            for name in ("turned", "doubts", "stood", "occurrences", "fixtures")
            if name in found.__dict__
        }
        self.project = heir(self.project, {*OF_CATALOGS, "retitled"} - {"catalogs"}, **known)
        self.shown.clear()
        return True


def note(known: dict[str, set[Key]], entries: Iterable[Entry]) -> None:
    """Note which messages' entries say that they were made for another message, or carried over from one."""
    for entry in entries:
        if entry.previous is not None:
            known.setdefault(ident(entry.previous.key), set()).add(entry.key)
        if entry.extracted and (was := carried_id(entry.extracted)):
            known.setdefault(was, set()).add(entry.key)


def without(values: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in {*names}}
