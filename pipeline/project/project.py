"""A site as its commands see it: what its files hold, and all that follows from that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain as chained
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pipeline.catalog import Catalog
from pipeline.changes import Occurrences, occurrences
from pipeline.changes.lineage import Held
from pipeline.core import git, inputs, pickled, settings
from pipeline.core.cache import NO_STORE, Store, digest
from pipeline.core.clock import Clock
from pipeline.core.model import Document, Finding, Key, Resolution, ident
from pipeline.core.progress import Progress, silent
from pipeline.project.catalogs import catalog, chain, held_of, translations_of
from pipeline.project.earlier import Earlier, earlier
from pipeline.project.lazily import Lazily
from pipeline.project.site_files import SiteFiles

if TYPE_CHECKING:
    from pipeline.changes.astray import Astray
    from pipeline.changes.doubtful import Doubts
    from pipeline.changes.retitled import Retitling
    from pipeline.changes.standing import Turned
    from pipeline.changes.texts import Around
    from pipeline.changes.unmarked import Marks
    from pipeline.project.resting import Logged, Said
    from pipeline.resolve import Coverage, Rules, Table, Translations
    from pipeline.resolve.account import Account, Accounts
    from pipeline.resolve.table import Known, Works
    from pipeline.review import Records


@dataclass(frozen=True)
class Project(SiteFiles):
    """A site at one time, with what is shown of it and what is wrong. Nothing is worked out twice."""

    earlier: Earlier | None = field(default=None, compare=False)
    decided: dict[str, Table] = field(default_factory=dict, init=False, compare=False)
    accounted: dict[str, Accounts] = field(default_factory=dict, init=False, compare=False)
    keyed: dict[str, dict[str, str]] = field(default_factory=dict, init=False, compare=False)
    """What the rows of documents are found by that an earlier run decided, by locale name and path; under "" what all of them rest on."""
    heard: dict[str, Said] = field(default_factory=dict, init=False, compare=False)
    """What was asked of the catalogs of one language, by path."""
    alone: dict[str, Mapping[tuple[str, Key], Resolution]] = field(default_factory=dict, init=False, compare=False)

    @property
    def noted(self) -> bool:
        """Whether anybody signed for a page as it was."""
        return any(row.seen for ledger in self.records.ledgers.values() for row in ledger.rows)

    @cached_property
    def catalogs(self) -> Mapping[str, Catalog]:
        """The catalog of every language, by locale name."""
        return Lazily(tuple(one.name for one in self.settings.locales), partial(catalog, self.settings, self.astray))

    def one_by_one(self, names: Iterable[str] | None = None) -> Iterator[str]:
        """Languages (all of them, or some) one after the other: what nobody had read of a language before its turn, nobody keeps
        after it, so that one catalog at a time is in memory."""
        for name in self.catalogs if names is None else names:
            had = not isinstance(self.catalogs, Lazily) or name in self.catalogs.found
            yield name
            if not had:
                self.close(name)

    def every_catalog(self) -> Iterator[Catalog]:
        """The catalogs one after the other."""
        return (self.catalogs[name] for name in self.one_by_one())

    @cached_property
    def astray(self) -> Mapping[str, tuple[Astray, ...]]:
        """What git put under another English and no named person accepted, by the path of its catalog."""
        found = self.history.astray
        if not found:
            return {}
        from pipeline.changes.astray import CODE

        names = {self.settings.catalog_path(one): one.name for one in self.settings.locales}
        said = self.__dict__.get("records", self.valued)  # which are read from the catalogs, too
        return {
            path: tuple(
                one for one in wrong if not said.suppressed(names[path]).silences(CODE, one.pair[0], one.pair[2])
            )
            for path, wrong in found.items()
        }

    @cached_property
    def marks(self) -> Mapping[str, Marks]:
        """What earlier commits said of stale texts and no ledger tells, by the path of the catalog; and which texts came to stand under
        another English since."""
        said = dict(self.history.marks)
        if self.history.heads:
            from pipeline.project.history import uncommitted

            for path, some in uncommitted(self.root, self.history):
                said[path] = (*some, *said.get(path, ()))
        if not said:
            return {}
        from pipeline.changes.unmarked import untold

        names = {self.settings.catalog_path(one): one.name for one in self.settings.locales}
        found = {path: untold(some, self.log, self.remembered[names[path]]) for path, some in said.items()}
        return {path: some for path, some in found.items() if some}

    @cached_property
    def held(self) -> Mapping[str, Held]:
        """What is held of the texts of every language beside its catalog, by locale name."""
        read = partial(
            held_of,
            self.root,
            partial(getattr, self, "records"),
            self.log,
            self.remembered,
            self.terms[0].words,
            self.turned,
            self.catalogs,
            self.retitled,
            self.marks or ({} if inputs.read(self.root, occurrences.OCCURRENCES_PATH) else None),
        )
        return Lazily(tuple(one.name for one in self.settings.locales), read)

    @cached_property
    def stood(self) -> Occurrences:
        """Where every message stood at the last extraction, if anything stands otherwise now."""
        if not occurrences.differ(self.root, self.occurrences, self.fixtures):
            return self.occurrences
        from pipeline.project import forgotten

        gone = forgotten.catalogs(self.settings)
        return occurrences.before(self.root, self.template, self.every_catalog(), gone)

    @cached_property
    def turned(self) -> Turned:
        """What stood around each message that stands elsewhere since the last extraction, where that turns it round."""
        if self.stood is self.occurrences:
            return {}
        from pipeline.changes import align

        words = self.terms[0].words
        return align.turned(self.stood, self.occurrences, self.log, self.clock.day, words, self.doubts)

    @cached_property
    def doubts(self) -> Doubts:
        """The messages of which nobody can be sure where they stood: `places.txt` was damaged, or is gone."""
        if self.stood is self.occurrences:
            return {}
        from pipeline.changes.doubtful import doubtful
        from pipeline.project import forgotten

        return doubtful(forgotten.records(self.root))

    @cached_property
    def retitled(self) -> Retitling:
        """What tells which entries stand under an English that somebody wrote in their catalog by hand."""
        from pipeline.changes.retitled import NOTHING, Retitling

        if self.stood is self.occurrences:
            return NOTHING
        return Retitling(self.stood, self.occurrences, occurrences.ids_before(self.root), self.terms[0].words)

    @cached_property
    def arounds(self) -> Mapping[Key, tuple[Around, ...]]:
        """What stands around every message, or stood around it at the last extraction."""
        from pipeline.changes import align

        return {**align.arounds(self.stood), **align.arounds(self.occurrences)}

    @cached_property
    def valued(self) -> Records:
        """What people recorded, as of the values that facts have today."""
        return self.written.with_facts(self.content.weighing) if self.written.weighed else self.written

    @cached_property
    def records(self) -> Records:
        """The same; of recalls from before what a text says was noted, its words are sought in all files that may have them."""
        from pipeline.review.wording import wording

        written = self.valued
        if not (sought := written.recalls.unworded):
            return written
        keys = [message.key for message in self.content.messages()]
        keys += (entry.key for found in chained([self.template], self.every_catalog()) for entry in found.entries)
        known = {name: wording(key) for key in keys if (name := ident(key)) in sought}
        return replace(written, recalls=written.recalls.worded(known))

    @property
    def waits(self) -> bool:
        """Whether something in the site holds from a later hour on."""
        from pipeline.review import recalls

        known = self.__dict__.get("records")
        found = known.recalls if known else recalls.load(self.root, self.clock.stamp)
        return self.log.waits or any(row.date > self.clock.stamp for row in found.rows)

    @property
    def dropped(self) -> Iterator[Finding]:
        """What is to be said of the ledgers that lost lines when branches were joined."""
        if not self.history.lost:
            return iter(())
        from pipeline.project import dropped

        kept = frozenset([self.log.path, *(one.path for one in self.former.values())])
        return dropped.findings(self.root, self.history.lost, kept)

    @property
    def before(self) -> Earlier | None:
        """What earlier runs worked out of this site; None where nothing is known, or not to hold for all of this day, or where
        it rests on every catalog."""
        if self.earlier is None or self.waits or self.written.recalls.unworded:
            return None
        if self.history.astray and not self.earlier.astray:
            paths = {one.name: self.settings.catalog_path(one) for one in self.settings.locales}
            told = self.history.astray
            self.earlier.astray = {name: pickled.digest(told[path]) for name, path in paths.items() if path in told}
        if not self.earlier.told and (self.history.lost or self.marks or self.stood is not self.occurrences):
            # of a word that was replaced everywhere, the commits since the last extraction tell
            said = sorted(self.history.lost.items()), sorted(self.marks.items())
            self.earlier.told = pickled.digest([*said, git.position(self.root)])
        return self.earlier

    @cached_property
    def spoken(self) -> Logged:
        """What the log says, by message."""
        from pipeline.project.resting import Logged

        return Logged(self.log)

    @cached_property
    def rules(self) -> Rules:
        """What translations are held to."""
        from pipeline.resolve import Rules
        from pipeline.resolve.rules import STUB

        messages = self.content.interface
        stub = next((message for message in messages if message.key.context == "recalled"), STUB)
        return Rules(
            self.settings.english.name,
            self.settings.policy,
            self.terms[0],
            self.levels,
            self.log,
            self.records,
            self.clock.today,
            stub,
            self.store,
        )

    @cached_property
    def translations(self) -> Mapping[str, Translations]:
        """The catalogs, ready to be asked, by locale name."""
        return Lazily(tuple(self.catalogs), partial(translations_of, self.settings, self.catalogs, self.held))

    @cached_property
    def chains(self) -> Mapping[str, tuple[Translations, ...]]:
        """The chain of every locale, by its name."""
        return Lazily(tuple(self.settings.by_name), partial(chain, self.settings, self.translations))

    def table(self, name: str) -> Table:
        """What one locale shows."""
        from pipeline.resolve import tabulate

        if name not in self.decided:
            locale = self.settings.by_name[name]
            self.decided[name] = tabulate(locale, self.content, self.chains[name], self.rules, self.known(name))
        return self.decided[name]

    def known(self, name: str) -> Known:
        """The rows of one locale's documents, from before where they are known."""
        from pipeline.resolve.table import worked_out

        before = self.before
        if before is None:
            return worked_out
        from pipeline.project.known_rows import KnownRows
        from pipeline.project.resting import resting

        book, keys, rests = before.book("rows", name), self.keyed.setdefault(name, {}), None
        if self.stood is self.occurrences:
            stub, chain = self.rules.stub.key, self.chains[name]
            rests = resting(self.content, chain, self.spoken, stub, before, name, self.heard)
        # where pages stand otherwise than the last extraction had it, all counts
        base = keys[""] = rests.base if rests else before.language(self.content, name)

        def known(works: Works) -> KnownRows:
            found = {
                path: rests.key(path) if rests else digest(base, self.content.digests[path]) for path in works.documents
            }
            keys.update(found)
            return KnownRows(book, found, works, rests)

        return known

    def accounts(self, name: str) -> Accounts:
        """What each file of one language adds to what is said of it."""
        if name not in self.accounted:
            from pipeline.project.known_rows import KnownRows
            from pipeline.resolve.account import Accounting, templates

            table, content, before, source = self.table(name), self.content, self.before, self.settings.english.name
            entries = self.translations[name].entries if name in self.translations else {}
            made = Accounting(content, name, source, entries)
            found: dict[str, Account] = {}
            for path in table.documents:
                work = partial(made.lazily, path, table.documents)
                if before and isinstance(table.documents, KnownRows):
                    shared = content.shared.intersection(content.keys[path])
                    found[path] = table.documents.account(before.book("accounts", name), path, shared, work)
                else:
                    found[path] = work()
            titles = {page.path: (page.title.number, one) for page in content.pages if (one := found[page.path].title)}
            self.decided[name] = replace(table, titles=titles)
            self.accounted[name] = found | {path: made.file(path, rows) for path, rows in templates(table).items()}
        return self.accounted[name]

    def rows_packed(self, name: str) -> Mapping[str, bytes]:
        """The rows of one locale's documents as they are to be kept, by path; none where nothing is kept."""
        before = self.before
        asked = before.book("rows", name).asked if before else {}
        found = {path: asked.get(key) for path, key in self.keyed.get(name, {}).items()}
        return {path: body for path, body in found.items() if body}

    def own(self, name: str) -> Mapping[tuple[str, Key], Resolution]:
        """What becomes of each message of each file in one locale itself."""
        if name not in self.alone:
            from pipeline.resolve import table

            self.alone[name] = table.own(self.content, self.chains[name], self.rules)
        return self.alone[name]

    def close(self, name: str) -> None:
        """Let go of a catalog as read."""
        for part in ("catalogs", "translations", "chains"):
            if isinstance(read := self.__dict__.get(part), Lazily):
                read.found.pop(name, None)
        self.heard.pop(self.settings.catalog_path(self.settings.by_name[name]), None)

    def close_but(self, names: Collection[str]) -> None:
        """Let go of every catalog as read, but those of some languages."""
        for name in [*self.catalogs] if isinstance(self.catalogs, Lazily) else ():
            if name not in names:
                self.close(name)

    def forget(self, name: str) -> None:
        """Let go of what was decided of a language; it is decided anew where it is asked for again."""
        self.decided.pop(name, None)
        self.keyed.pop(name, None)
        self.accounted.pop(name, None)
        from pipeline.checks import kept, runner

        runner.complaints.cache_clear()
        kept.book.cache_clear()

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """What every locale shows, the source language first, by locale name."""
        every = list(self.settings.by_name)
        made = {}
        for at, name in enumerate(every):
            self.progress("Deciding what is shown", at, len(every))
            made[name] = self.table(name)
        self.progress("Deciding what is shown", len(every), len(every))
        return made

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """How far every language is, with all findings about it."""
        return tuple(self.covered(name) for name in self.tables if name in self.catalogs)

    def covered(self, name: str) -> Coverage:
        """How far one language is, with all findings about it."""
        from pipeline.resolve.account import summed

        found = dict.fromkeys(self.language_findings(name))
        return summed(name, self.accounts(name), self.content.shared, found)

    def language_findings(self, name: str) -> Iterator[Finding]:
        """Everything that is wrong in one language."""
        from pipeline.resolve import findings

        accounts, catalog = self.accounts(name), self.catalogs[name]
        return findings.findings(self.settings, self.content, self.table(name), accounts, catalog, self.rules)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong in what people wrote, translations left out."""
        from pipeline.checks import levels, source

        english = tuple(source.findings(self.content, self.levels, self.hints))
        if before := self.before:
            before.save("hints")
        return (
            *self.content.findings,
            *self.log.findings,
            *self.log.ahead(),
            *levels.findings(self.settings, self.content.classes),
            *self.terms[1],
            *self.records.findings,
            *self.handouts.findings,
            *self.slugs.findings,
            *self.questions.findings,
            *self.official.findings,
            *(finding for found in self.former.values() for finding in found.findings),
            *self.history.findings,
            *self.dropped,
            *english,
        )

    def hints(self, document: Document) -> tuple[Finding, ...]:
        """What may be said of the words of an English page, from before where it is known."""
        from pipeline.checks import readability

        before, grade = self.before, self.settings.reading_grade

        def work() -> tuple[Finding, ...]:
            return tuple(readability.findings(document, grade))

        if before is None:
            return work()
        key = digest(grade, self.content.digests[document.path])
        return before.book("hints", self.settings.english.name).find(key, tuple, work)

    def having(self, **parts: object) -> Self:
        """The same site with other parts than its files hold, as `catalogs` and `log` after an update that nobody wrote yet."""
        other = type(self)(self.settings, self.clock, self.progress, self.store)
        same = "content", "occurrences", "files", "fixtures", "page_digests", "levels", "records", "former", "terms"
        for name in same:
            other.__dict__[name] = getattr(self, name)
        other.__dict__.update(parts)
        return other


def load(root: Path, clock: Clock, progress: Progress = silent, store: Store = NO_STORE) -> Project:
    """The site in a folder. Raises LockstepError where its settings cannot be read."""
    found = settings.load(root)
    return Project(found, clock, progress, store, earlier=earlier(found, clock.day, store))
