"""Import: what comes back from another tool, merged entry by entry under the laws of every other change.

The site's English decides: a text that was made for another English is a draft under the one of today, with the former one beside
it. What stands in a catalog is replaced only where the file shows an edit of that very text, or where somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import is_

from pipeline.catalog import Catalog, Entry, exchange, po_entry
from pipeline.catalog.exchange import Format
from pipeline.catalog.exchange.forms import fitted
from pipeline.catalog.po_entry import Previous
from pipeline.changes import Log
from pipeline.changes.edit_log import NO_LOG, Edit
from pipeline.changes.lineage import syntax
from pipeline.changes.notes import carried_id
from pipeline.content.cut import cut
from pipeline.core import tags
from pipeline.core.errors import LockstepError
from pipeline.core.exchange import FUZZY, REVIEWED, TRANSLATED, Unit, restored
from pipeline.core.ledger import save
from pipeline.core.model import Action, Finding, Key, ident
from pipeline.project.project import Project
from pipeline.review import reviews
from pipeline.review.reviews import SIGNED, Line, PairId, pair_of
from pipeline.review.suppressions import hash_of
from pipeline.text.similarity import similar

MOST = 256_000_000
"""The most bytes of a file."""
TAKEN, REVISED, CONFIRMED, DRAFT, OLDER, LIKE = (
    "taken",
    "revised",
    "confirmed",
    "taken as a draft",
    "of an earlier English",
    "similar",
)
SAME, EMPTY = "the same", "without a translation"
KEPT, UNKNOWN, UNFIT, UNSURE = (
    "not taken: another translation stands there",
    "not taken: no such text on the site",
    "not taken: cannot be put there",
    "not taken: the file doubts a translation that stands",
)
QUIET = frozenset([SAME, EMPTY])
"""The outcomes of which nothing is to be told but their number."""
REFUSED = frozenset([KEPT, UNKNOWN, UNFIT, UNSURE])
"""The outcomes of texts that were not taken."""
MACHINE, PERSON, MEMORY = "machine", "person", "memory"
ORIGINS = {MACHINE: "machine", PERSON: "human", MEMORY: "memory"}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the texts of a file are from: `kind` (`machine`, `person`, `memory`, "" for unsaid), and the name of the engine or person."""

    kind: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one unit: its place in a file, the key of its message where there is one, and why in words."""

    what: str
    place: str
    english: str
    key: Key | None = None
    why: str = ""


@dataclass
class Merge:
    """A file on its way into a catalog: the entries by key, what becomes of each unit, and the pairs that the ledger is to know of."""

    project: Project
    locale: str
    origin: Origin
    name: str
    units: tuple[Unit, ...]
    memory: bool = False
    overwrite: bool = False
    edits: tuple[Edit, ...] = ()
    """What is known to have become of the English between its file and the site."""
    log: Log = NO_LOG
    entries: dict[Key, Entry] = field(default_factory=dict)
    gone: dict[Key, Entry] = field(default_factory=dict)
    places: dict[Key, int] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    pairs: dict[PairId, Key] = field(default_factory=dict)

    def into(self, found: Catalog, log: Log) -> Catalog:
        """A catalog that is in step with the English, with what the file has; the very one where nothing changed."""
        self.log, self.entries = log, found.live()
        rows = reversed([*enumerate(found.entries)])
        self.places = {one.key: at for at, one in rows if one.obsolete and one.key not in self.entries}
        self.gone = {key: found.entries[at] for key, at in self.places.items()}
        for unit in self.units:
            self.take(unit)
        if self.memory:
            self.suggest()
        return self.merged(found)

    def merged(self, found: Catalog) -> Catalog:
        """The catalog with the entries as they are by now."""
        kept = [
            self.gone[one.key] if self.places.get(one.key) == at else one if one.obsolete else self.entries[one.key]
            for at, one in enumerate(found.entries)
        ]
        kept += (entry for key, entry in self.gone.items() if key not in self.places)
        same = len(kept) == len(found.entries) and all(map(is_, kept, found.entries))
        return found if same else replace(found, entries=tuple(kept))

    def before(self) -> Iterator[str]:
        """Say in the ledger where the texts are from; yields the ledger written. Of a text that is in the catalog nobody could tell
        any more."""
        if not self.origin.kind or not self.pairs:
            return
        project, origin = self.project, self.origin
        ledger = reviews.load(project.root, self.locale, project.clock.day)
        note = f"made by {origin.name}" if origin.kind == MACHINE else f"from {self.name}"
        who = origin.name if origin.kind == PERSON else ""
        now, kind = project.clock.stamp, ORIGINS[origin.kind]
        lines = [Line(SIGNED, pair, now, name=who, origin=kind, note=one_line([note])) for pair in self.pairs]
        said = {(line.pair, line.origin, line.name) for line in ledger.rows}
        if save(project.root, ledger, ledger.added(one for one in lines if (one.pair, kind, who) not in said)):
            yield ledger.path

    @cached_property
    def by_id(self) -> dict[str, Key]:
        """The messages of today by id."""
        return {ident(key): key for key in self.entries}

    @cached_property
    def by_text(self) -> dict[str, list[Key]]:
        """The messages of today by their English, white space folded."""
        found: dict[str, list[Key]] = {}
        for key in self.entries:
            found.setdefault(folded(key.msgid), []).append(key)
        return found

    @cached_property
    def heirs(self) -> dict[str, list[Key]]:
        """The messages of today that some edits led to, by the id of each English on the way."""
        found: dict[str, list[Key]] = {}
        for key in self.entries:
            if ident(key) in self.log.steps:
                for was in self.log.ways(ident(key)):
                    found.setdefault(was, []).append(key)
        return found

    def take(self, unit: Unit) -> None:
        """Merge one unit."""
        text = unit.texts[0]
        if not unit.targets:
            self.noted(unit)
            self.tell(EMPTY, unit)
            return
        keys = [*self.meant(unit)]
        if keys:
            for key in keys:
                self.put(key, unit)
        elif unit.id in self.by_id and unit.placed and text:
            self.earlier([self.by_id[unit.id]], Key(unit.context, text), unit)
        elif heirs := self.heirs.get(ident(Key(unit.context, text))) or (
            self.heirs.get(unit.id) if unit.placed else None
        ):
            self.earlier(heirs, Key(unit.context, text), unit)
        else:
            self.tell(UNKNOWN, unit)

    def meant(self, unit: Unit) -> Iterator[Key]:
        """The messages of today that a unit has the very English of. White space, which tools fold, makes no other English."""
        text = folded(unit.texts[0])
        here = self.by_text.get(text, ())
        own = self.by_id.get(unit.id)
        if own is not None and own in here:
            yield own
        elif unit.placed:
            yield from (key for key in here if key.context == unit.context)
        else:
            yield from here

    def put(self, key: Key, unit: Unit) -> None:
        """Put a translation under the English that it is of."""
        entry = self.entries[key]
        strings = self.strings(entry, unit)
        if strings is None:
            return
        if strings == entry.strings:
            self.same(entry, unit)
            return
        drafted = unit.state == FUZZY or (self.origin.kind == MACHINE and self.drafts(key, entry))
        empty, edit = not entry.translated, unit.base == hash_of(entry.strings)
        if not empty and not self.overwrite and (self.origin.kind in {MACHINE, MEMORY} or not (edit or entry.fuzzy)):
            why = f"“{short(' / '.join(filter(None, entry.strings)))}” stands there" + (
                " as a draft" if entry.fuzzy else ""
            )
            self.tell(KEPT, unit, key, why)
            return
        if unit.state == FUZZY and entry.translated and not entry.fuzzy and not self.overwrite:
            self.tell(UNSURE, unit, key, "what the file has is a draft")
            return
        notes = self.notes(entry, unit)
        if not empty and not edit:
            notes = (*notes, f"until this import: {one_line(entry.strings)}")
        flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
        was = entry.previous if drafted and entry.fuzzy else None
        new = entry._replace(strings=strings, flags=("fuzzy", *flags) if drafted else flags, previous=was, notes=notes)
        self.entries[key] = po_entry.amended(entry, new)
        self.pairs[pair_of(key, strings, entry.plural)] = key
        self.tell(DRAFT if drafted else TAKEN if empty else REVISED, unit, key)

    def same(self, entry: Entry, unit: Unit) -> None:
        """Take what a file says beside a text that stands already."""
        done, key = unit.state in {TRANSLATED, REVIEWED}, entry.key
        if entry.fuzzy and done and self.origin.kind not in {MACHINE, MEMORY}:
            flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
            self.entries[key] = po_entry.amended(entry, entry._replace(flags=flags, previous=None))
            self.tell(CONFIRMED, unit, key)
        elif not entry.fuzzy and unit.state == FUZZY:
            if self.overwrite:
                self.entries[key] = po_entry.amended(entry, entry._replace(flags=("fuzzy", *entry.flags)))
            self.tell(DRAFT if self.overwrite else UNSURE, unit, key, "the file has the same text as a draft")
        else:
            self.tell(SAME, unit, key)
        self.noted(unit, key)

    def noted(self, unit: Unit, key: Key | None = None) -> None:
        """Take the notes of a unit that are not there yet."""
        key = key or next(self.meant(unit), None)
        if key is not None and (notes := self.notes(self.entries[key], unit)) != self.entries[key].notes:
            self.entries[key] = po_entry.amended(self.entries[key], self.entries[key]._replace(notes=notes))

    def notes(self, entry: Entry, unit: Unit) -> tuple[str, ...]:
        """The notes of an entry with those that a tool or a person added in the file."""
        lines = (line.strip() for note in unit.notes for line in note.splitlines())
        said = {line.strip() for line in (*entry.notes, *entry.extracted)}
        new = dict.fromkeys(
            "".join(char if char.isprintable() else " " for char in line) for line in lines if line and line not in said
        )
        return (*entry.notes, *new)

    def earlier(self, keys: Sequence[Key], was: Key, unit: Unit) -> None:
        """Keep a translation with the English that it was made for, and offer it under the one of today, which `update` judges."""
        for key in keys:
            entry = self.entries[key]
            strings = self.strings(entry, unit, was)
            if strings is None:
                continue
            lent = entry.fuzzy or carried_id(entry.extracted) == ident(was)
            untouched = lent and unit.base == hash_of(entry.strings)
            if entry.translated and not untouched and entry.strings != strings and not self.overwrite:
                self.tell(
                    KEPT, unit, key, "the English changed since the file was made, and this text has a translation"
                )
                continue
            if entry.strings == strings and not entry.fuzzy:
                self.tell(SAME, unit, key)
                continue
            old, sure = self.gone.get(was), unit.state != FUZZY
            if (
                sure
                and was not in self.entries
                and (old is None or not old.translated or unit.base == hash_of(old.strings) or self.overwrite)
            ):
                made = (old or Entry(was, strings, unit.texts[1] if len(unit.texts) > 1 else None))._replace(
                    strings=strings, flags=(), previous=None
                )
                self.gone[was] = po_entry.amended(old, made) if old else po_entry.fresh(made._replace(obsolete=True))
            flags = ("fuzzy", *(flag for flag in entry.flags if flag != "fuzzy"))
            plural = unit.texts[1] if len(unit.texts) > 1 else None
            notes = self.notes(entry, unit)
            if not sure:  # a draft of a former English is no translation of it that readers could be served
                notes = tuple(dict.fromkeys((*notes, f"a draft for: {one_line([was.msgid])}")))
            before = Previous(was, plural) if sure else None
            new = entry._replace(strings=strings, flags=flags, previous=before, notes=notes)
            self.entries[key] = po_entry.amended(entry, new)
            self.pairs[pair_of(was, strings, plural)] = key
            self.tell(OLDER, unit, key, f"made for “{short(was.msgid)}”")

    def suggest(self) -> None:
        """Offer what a memory has for texts like those that have no translation, as drafts, with how alike they are."""
        memory = {unit.texts[0]: unit for unit in self.units if len(unit.sources) == 1 and len(unit.targets) == 1}
        empty = [key for key, entry in self.entries.items() if not entry.translated and entry.plural is None]
        for context in dict.fromkeys(key.context for key in empty):
            wanted = [key for key in empty if key.context == context]
            for match in similar(wanted, [Key(context, text) for text in memory]):
                entry, unit = self.entries[match.new], memory[match.old.msgid]
                if (
                    entry.translated
                    or match.old in self.entries
                    or (strings := self.strings(entry, unit, match.old)) is None
                ):
                    continue
                note = f"{match.score:.0f} % like a text of {self.name}"
                new = entry._replace(
                    strings=strings,
                    flags=("fuzzy", *entry.flags),
                    previous=Previous(match.old),
                    notes=(*entry.notes, note),
                )
                self.entries[match.new] = po_entry.amended(entry, new)
                self.pairs[pair_of(match.old, strings)] = match.new
                self.tell(LIKE, unit, match.new, f"{match.score:.0f} % like “{short(match.old.msgid)}”")

    def strings(self, entry: Entry, unit: Unit, was: Key | None = None) -> tuple[str, ...] | None:
        """The texts of a unit as an entry has them; None where they cannot be, which is told."""
        targets = unit.targets if entry.plural is None else fitted(unit.targets, len(entry.strings))
        if (entry.plural is None) != (len(unit.sources) < 2) or (
            entry.plural is not None and len(targets) != len(entry.strings)
        ):
            forms = "no plural" if entry.plural is None else f"{len(entry.strings)} plural forms"
            self.tell(UNFIT, unit, entry.key, f"the site's text has {forms}, the file {len(unit.targets)}")
            return None
        made = []
        for at, target in enumerate(targets):
            source = (was or entry.key).msgid if not at else entry.plural or (was or entry.key).msgid
            text = restored(target, cut(source, syntax(entry.key, entry)))
            if text is None:
                self.tell(UNFIT, unit, entry.key, "it has a placeholder that its English has not")
                return None
            if unstorable(text):
                self.tell(UNFIT, unit, entry.key, "it has a character that no catalog can hold")
                return None
            made.append(text)
        return tuple(made)

    def drafts(self, key: Key, entry: Entry) -> bool:
        """Whether the policy lets no reader see what a machine made of a text and nobody reviewed: then it stays a draft."""
        critical = "critical" in entry.extracted
        classes = {self.project.content.classes.get(path, "") for path in entry.references} or {""}
        cells = (self.project.settings.policy.terms(self.locale, one, critical).cells["machine"] for one in classes)
        return max(max(cell) for cell in cells) >= Action.ENGLISH

    def tell(self, what: str, unit: Unit, key: Key | None = None, why: str = "") -> None:
        self.outcomes.append(Outcome(what, f"{self.name or unit.references[0]}:{unit.line}", unit.texts[0], key, why))


def bring(project: Project, locale: str, body: bytes, name: str, origin: Origin, *, overwrite: bool = False) -> Merge:
    """A file that can be merged into a language's catalog. Raises LockstepError, with the line, for what cannot be read or is in
    another language, and for a catalog that is broken."""
    found = project.catalogs[locale]
    if found.broken:
        raise LockstepError("is broken and is not written", path=found.path, todo="Run `lockstep check` to see where.")
    form = named(name, body)
    units = [*form.read(body, name)]
    mine = [unit for unit in units if not unit.locale or not tags.contradicts(unit.locale, locale)]
    if units and not mine:
        others = ", ".join(sorted({unit.locale for unit in units}))
        raise LockstepError(
            f"has no texts in {locale}, but in {others}", path=name, todo="Say which language: --locale"
        )
    if form.memory:
        origin, mine = origin if origin.kind else Origin(MEMORY, name), newest(mine)
    return Merge(project, locale, origin, name, tuple(mine), form.memory, overwrite)


def tried(merge: Merge) -> None:
    """Merge, and write nothing. Raises LockstepError where the catalog is not in step with the English."""
    from pipeline.commands.export import in_step

    found = merge.project.catalogs[merge.locale]
    if not in_step(merge.project, merge.locale):
        raise LockstepError("is not in step with the English", path=found.path, todo="Run `lockstep update` first.")
    merge.into(found, merge.project.log)


def named(name: str, body: bytes) -> Format:
    """The format that a file is in. Raises LockstepError where it is none of ours."""
    form = exchange.recognised(name, body)
    if form not in exchange.FORMATS:
        todo = f"These are: {', '.join(exchange.FORMATS)}; and tbx for the glossary."
        raise LockstepError("is in no format that is read", path=name, todo=todo)
    return exchange.named(form)


def newest(units: Sequence[Unit]) -> list[Unit]:
    """The units of a memory, of several translations of one text in one context the newest; each that is ours as it is."""
    best: dict[object, Unit] = {}
    for unit in units:
        key = (unit.context, unit.placed, *unit.texts)
        if key not in best or unit.date >= best[key].date:
            best[key] = unit
    return [*best.values()]


def complaints(project: Project, merge: Merge) -> list[Finding]:
    """What the checks say of what was put into the catalog, by a project that has read it."""
    keys = {one.key for one in merge.outcomes if one.key and one.what not in QUIET}
    return [one for one in project.language_findings(merge.locale) if one.key in keys]


def folded(text: str) -> str:
    """A text as two tools agree on it: runs of white space, which they fold, are one space."""
    return " ".join(text.split())


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    text = one_line([text])
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def one_line(strings: Iterable[str]) -> str:
    """Texts on one line, control characters left out."""
    return " / ".join(
        " ".join("".join(char if char.isprintable() else " " for char in text).split()) for text in strings if text
    )


def unstorable(text: str) -> bool:
    """Whether a text has what no PO file can hold: nothing (U+0000), or half a character."""
    return "\0" in text or any("\ud800" <= char <= "\udfff" for char in text)


def locales_in(project: Project, body: bytes, name: str) -> tuple[str, ...]:
    """The languages of the site that a file says it has texts in. Raises LockstepError where it cannot be read, and where it names
    languages and none of them is the site's."""
    said = dict.fromkeys(unit.locale for unit in named(name, body).read(body, name) if unit.locale)
    found = {tag: [one for one in project.catalogs if not tags.contradicts(tag, one)] for tag in said}
    exact = {
        tag: [one for one in some if one.replace("_", "-").lower() == tag.replace("_", "-").lower()]
        for tag, some in found.items()
    }
    names = dict.fromkeys(one for tag in said for one in exact[tag] or found[tag])
    if said and not names:
        raise LockstepError(
            f"is in {', '.join(said)}, and the site is not", path=name, todo="Say which language it is: --locale"
        )
    return tuple(names)
