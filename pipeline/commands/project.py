"""A site as its commands see it: every part read once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain as chained
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from pipeline.catalog import Catalog, po_file, template
from pipeline.catalog.po_entry import Problem
from pipeline.changes import Log, Occurrences, edit_log, former, occurrences
from pipeline.changes.addresses import Addresses
from pipeline.changes.former import Former
from pipeline.changes.lineage import Held
from pipeline.commands.earlier import Earlier, earlier
from pipeline.commands.held import Confirmed
from pipeline.content import extracted
from pipeline.content.fixed import Fixtures, digest_of, together
from pipeline.core import inputs, pickled, settings, tags
from pipeline.core.cache import NO_STORE, Store, digest
from pipeline.core.clock import Clock
from pipeline.core.errors import LockstepError
from pipeline.core.model import Document, Finding, Key, Level, Message, Output, Resolution, Span, ident
from pipeline.core.progress import Progress, silent
from pipeline.core.settings import Settings

if TYPE_CHECKING:
    from pipeline.changes.astray import Astray
    from pipeline.changes.standing import Turned
    from pipeline.changes.texts import Around
    from pipeline.checks import Glossary, Levels
    from pipeline.commands.history_reader import History
    from pipeline.content import Content
    from pipeline.content.extracted import Extracted
    from pipeline.resolve import Coverage, Rules, Table, Translations
    from pipeline.resolve.table import Known, Rows
    from pipeline.review import Records
    from pipeline.review.handouts import Handouts
    from pipeline.review.media import Declarations
    from pipeline.review.official import Official
    from pipeline.review.questions import Questions
    from pipeline.review.slugs import Slugs

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Lazily(Mapping[str, T]):
    """A mapping whose values are read when they are first asked for."""

    names: Collection[str]
    read: Callable[[str], T]
    found: dict[str, T] = field(default_factory=dict)

    def __getitem__(self, name: str) -> T:
        if name not in self.found:
            if name not in self.names:
                raise KeyError(name)
            self.found[name] = self.read(name)
        return self.found[name]

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def catalog(settings: Settings, wrong: Mapping[str, tuple[Astray, ...]], name: str) -> Catalog:
    """The catalog of a language; what is astray in it, by its path, is fuzzy, and one that says it is another's has no entry
    that anybody may use."""
    found = of_language(po_file.load(settings.root, settings.catalog_path(settings.by_name[name])), name)
    if not wrong.get(found.path):
        return found
    from pipeline.changes import astray

    return astray.withheld(found, wrong[found.path])


def of_language(found: Catalog, name: str) -> Catalog:
    """A catalog as that of a language (see `catalog`)."""
    stated = found.metadata("Language")
    if not stated or not tags.contradicts(stated, name):
        return found
    what = f"This is the catalog of `{name}`, and its header says `Language: {stated[:40]}`"
    todo = "Put the right catalog here, or mend the header: nothing of this one is used."
    wrong = Problem(found.header.line if found.header else 1, what, todo)
    return replace(found, entries=(), problems=(wrong, *found.problems))


def held_of(
    root: Path,
    clock: Clock,
    log: Log,
    records: Records | None,
    former: Mapping[str, Former],
    names: frozenset[tuple[str, ...]],
    turned: Turned,
    catalogs: Mapping[str, Catalog],
    name: str,
) -> Held:
    """What is held of the texts of a language beside its catalog; of those too whose messages came to stand elsewhere since the
    last extraction, whether or not an update has heard of it."""
    said = Confirmed(root, name, clock, log, records)
    held = Held(former[name], said, names, frozenset(map(ident, turned)))
    if not turned:
        return held
    from pipeline.changes.standing import placed

    return replace(held, former=held.former.added(placed(catalogs[name], log, held, turned)))


def translations_of(
    settings: Settings, catalogs: Mapping[str, Catalog], held: Mapping[str, Held], name: str
) -> Translations:
    """The catalog of a language, ready to be asked."""
    from pipeline.resolve.message import translations

    return translations(settings.by_name[name], catalogs[name], held[name])


def file_digest(root: Path, name: str) -> str:
    """The digest of a file of source/."""
    return digest_of(inputs.read(root, f"source/{name}") or b"")


def chain(settings: Settings, every: Mapping[str, Translations], name: str) -> tuple[Translations, ...]:
    """A locale's own translations and those of its parents that the site has, nearest first; none for the source."""
    if name == settings.english.name:
        return ()
    return tuple(every[one] for one in settings.by_name[name].chain if one in every)


@dataclass(frozen=True)
class Project:
    """A site at one time. Nothing is read before it is asked for, and nothing twice."""

    settings: Settings
    clock: Clock
    progress: Progress = field(default=silent, compare=False)
    store: Store = field(default=NO_STORE, compare=False)
    earlier: Earlier | None = field(default=None, compare=False)
    apart: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict, compare=False)
    """The pages that a build holds back, as if they were not there, each with what is wrong with it."""
    decided: dict[str, Table] = field(default_factory=dict, init=False, compare=False)
    keyed: dict[str, dict[str, str]] = field(default_factory=dict, init=False, compare=False)
    """What the rows of documents are found by that an earlier run decided, by locale name and path."""
    alone: dict[str, Mapping[tuple[str, Key], Resolution]] = field(default_factory=dict, init=False, compare=False)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "progress": silent}

    @property
    def root(self) -> Path:
        return self.settings.root

    @cached_property
    def content(self) -> Content:
        """What editors and designers wrote."""
        from pipeline.content import pages

        return pages.read(self.settings, self.store, self.apart, self.addresses)

    @cached_property
    def addresses(self) -> Addresses:
        """What pages and headings were called."""
        return Addresses(self.log)

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """Every message. Raises LockstepError naming every file that cannot be read."""
        found = self.extracted
        return self.content.whole() if found is None else found.messages

    @cached_property
    def extracted(self) -> Extracted | None:
        """What the site's files say, without its pages; None where these are at hand, or needed to tell what is wrong."""
        return None if "content" in self.__dict__ or self.apart else extracted.read(self.settings, self.store)

    @cached_property
    def occurrences(self) -> Occurrences:
        """Where every message stands."""
        return occurrences.of_messages(self.__dict__.get("messages") or self.content.messages())

    @cached_property
    def blocks(self) -> Mapping[tuple[str, Key], str]:
        """What a person may call the block where a message first stands in a file."""
        return {
            (place.path, place.key): place.block for group in self.occurrences.values() for place in reversed(group)
        }

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The digest of every file of source/ that is published as it is, by its name there."""
        return Lazily(self.assets, partial(file_digest, self.root))

    @cached_property
    def assets(self) -> frozenset[str]:
        """The files of source/ that are published as they are."""
        found = self.__dict__.get("extracted")
        return found.assets if found else self.content.files

    @cached_property
    def fixtures(self) -> Fixtures:
        """What the pages show beside their messages."""
        if "messages" in self.__dict__ and (found := self.extracted):
            return together(found.parts, found.assets, self.files.__getitem__)
        from pipeline.content import whole

        return whole.fixtures(self.content, self.files)

    @cached_property
    def official(self) -> Official:
        """The official notices, as they are to be shown."""
        from pipeline.review import official

        return official.load(self.settings, self.clock.stamp)

    @cached_property
    def hashed(self) -> dict[str, Output]:
        """The files that are published under a name of what is in them, by the one that templates write."""
        from pipeline.site import hashed, search

        return hashed.outputs(self.settings, search.script(self.settings))

    @cached_property
    def slugs(self) -> Slugs:
        """What pages are and were called in addresses, in each language."""
        from pipeline.review import slugs

        return slugs.load(self.root)

    @cached_property
    def handouts(self) -> Handouts:
        """Which versions of pages were handed out."""
        from pipeline.review import handouts

        return handouts.load(self.root)

    @cached_property
    def questions(self) -> Questions:
        """What translators asked, and what was answered."""
        from pipeline.review import questions

        return questions.load(self.root)

    @cached_property
    def declared(self) -> Declarations:
        """What the files that carry words were made from."""
        from pipeline.review import media

        return media.load(self.root, self.content.assets)

    @property
    def noted(self) -> bool:
        """Whether anybody signed for a page as it was."""
        return any(row.seen for ledger in self.records.ledgers.values() for row in ledger.rows)

    @cached_property
    def page_digests(self) -> Mapping[str, str]:
        """What a reader gets of each English page, as a digest, by source file."""
        from pipeline.content import whole

        return Lazily(dict.fromkeys(self.content.by_path), partial(whole.digest, self.content, self.files))

    @cached_property
    def template(self) -> Catalog:
        """The template of the last extraction."""
        return template.load(self.root)

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
    def history(self) -> History:
        """What git's history tells of the catalogs."""
        from pipeline.commands import history

        return history.read(self.settings, self.store)

    @cached_property
    def astray(self) -> Mapping[str, tuple[Astray, ...]]:
        """What git put under another English and no named person accepted, by the path of its catalog."""
        found = self.history.astray
        if not found:
            return {}
        from pipeline.changes.astray import CODE

        names = {self.settings.catalog_path(one): one.name for one in self.settings.locales}
        return {
            path: tuple(
                one
                for one in wrong
                if not self.records.suppressed(names[path]).silences(CODE, ident(one.pair[0]), one.pair[2])
            )
            for path, wrong in found.items()
        }

    @cached_property
    def log(self) -> Log:
        """What became of each English text."""
        return edit_log.load(self.root, self.clock.stamp)

    @cached_property
    def former(self) -> Mapping[str, Former]:
        """Whose translations the texts of every language were, by locale name."""
        return Lazily(tuple(one.name for one in self.settings.locales), partial(former.load, self.root))

    @cached_property
    def held(self) -> Mapping[str, Held]:
        """What is held of the texts of every language beside its catalog, by locale name."""
        records, words = self.__dict__.get("records"), self.terms[0].words
        read = partial(
            held_of, self.root, self.clock, self.log, records, self.former, words, self.turned, self.catalogs
        )
        return Lazily(tuple(one.name for one in self.settings.locales), read)

    @cached_property
    def stood(self) -> Occurrences:
        """Where every message stood at the last extraction, if anything stands otherwise now."""
        if not occurrences.differ(self.root, self.occurrences, self.fixtures):
            return self.occurrences
        return occurrences.before(self.root, self.template, self.every_catalog())

    @cached_property
    def turned(self) -> Turned:
        """What stood around each message that stands elsewhere since the last extraction, where that turns it round."""
        if self.stood is self.occurrences:
            return {}
        from pipeline.changes import align

        return align.turned(self.stood, self.occurrences, self.log, self.clock.day, self.terms[0].words)

    @cached_property
    def arounds(self) -> Mapping[Key, tuple[Around, ...]]:
        """What stands around every message, or stood around it at the last extraction."""
        from pipeline.changes import align

        return {**align.arounds(self.stood), **align.arounds(self.occurrences)}

    @cached_property
    def written(self) -> Records:
        """Who signed for what, what is withdrawn, what people accepted, as their files have it."""
        from pipeline.review import records

        return records.load(self.settings, self.clock)

    @cached_property
    def records(self) -> Records:
        """The same; of recalls from before what a text says was noted, its words are sought in all files that may have them."""
        from pipeline.review.wording import wording

        written = self.written.with_facts(self.content.weighing) if self.written.weighed else self.written
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
    def before(self) -> Earlier | None:
        """What earlier runs worked out of this site; None where nothing is known, or not to hold for all of this day, or where
        it rests on every catalog."""
        if self.earlier is None or self.waits or self.written.recalls.unworded:
            return None
        if self.history.astray and not self.earlier.astray:
            paths = {one.name: self.settings.catalog_path(one) for one in self.settings.locales}
            told = self.history.astray
            self.earlier.astray = {name: pickled.digest(told[path]) for name, path in paths.items() if path in told}
        return self.earlier

    @cached_property
    def levels(self) -> Levels:
        """How much findings matter."""
        from pipeline.checks import Levels

        return Levels(self.settings.rules, self.content.classes)

    @cached_property
    def glossary(self) -> Glossary:
        """What terminologists decided. Raises LockstepError where it cannot be read."""
        from pipeline.checks import glossary

        return glossary.load(self.root)

    @cached_property
    def terms(self) -> tuple[Glossary, tuple[Finding, ...]]:
        """The glossary, or an empty one and what is wrong with it."""
        from pipeline.checks import glossary
        from pipeline.checks.glossary import NO_GLOSSARY

        try:
            return self.glossary, ()
        except LockstepError as problem:
            place = Span(glossary.GLOSSARY_PATH, problem.line or 1)
            return NO_GLOSSARY, (Finding("syntax", Level.ERROR, f"{problem.what}. {problem.todo}", place),)

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
        before = self.before
        if before is None:
            return lambda path, work: work()
        from pipeline.commands.resting import resting

        book, keys, rests = before.book("rows", name), self.keyed.setdefault(name, {}), None
        if self.stood is self.occurrences:
            stub, chain = self.rules.stub.key, self.chains[name]
            rests = resting(self.content, chain, self.log, stub, before, name)
        base = before.language(
            self.content, name
        )  # where pages stand otherwise than the last extraction had it, all counts

        def known(path: str, work: Callable[[], Rows]) -> Rows:
            key = keys[path] = rests.key(path) if rests else digest(base, self.content.digests[path])
            kept = book.get(key, dict)
            if kept is not None and (rests is None or rests.holds(kept)):
                return kept
            rows = work()
            book.put(key, rows)
            return rows

        return known

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

    def close_but(self, names: Collection[str]) -> None:
        """Let go of every catalog as read, but those of some languages."""
        for name in [*self.catalogs] if isinstance(self.catalogs, Lazily) else ():
            if name not in names:
                self.close(name)

    def forget(self, name: str) -> None:
        """Let go of what was decided of a language; it is decided anew where it is asked for again."""
        self.decided.pop(name, None)
        self.keyed.pop(name, None)
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
        from pipeline.resolve.coverage import coverage

        return coverage(name, self.table(name).by_file, dict.fromkeys(self.language_findings(name)))

    def language_findings(self, name: str) -> Iterator[Finding]:
        """Everything that is wrong in one language."""
        from pipeline.resolve import findings

        return findings.findings(self.settings, self.content, self.table(name), self.catalogs[name], self.rules)

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
    return Project(found, clock, progress, store, earlier(found, clock.day, store))
