"""A site that is read again: what of it was read stays, but for what is dropped, and what rests on that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pipeline.catalog import Catalog, Entry
from pipeline.changes.lineage import Held, Known
from pipeline.core.clock import Clock
from pipeline.core.model import Key, ident
from pipeline.project.lazily import Lazily
from pipeline.project.project import Project
from pipeline.resolve import Translations

K = TypeVar("K")
V = TypeVar("V")

OF_CONTENT = frozenset(
    "content messages extracted occurrences blocks files assets fixtures declared page_digests stood doubts turned retitled arounds".split()  # noqa: SIM905
)
"""What of a project is read from its source and templates."""
OF_CATALOGS = frozenset({"catalogs", "translations", "chains", "held", "arounds"})
OF_RECORDS = frozenset(
    "log logged spoken addresses slugs former remembered questions handouts official held stood doubts turned retitled arounds written valued records levels glossary terms rules translations chains history astray marks template".split()  # noqa: SIM905
)
"""What is read from all else of locale/, and what rests on it."""
JUDGED = frozenset({"tables", "coverage", "findings", "rules", "levels", "valued", "records"})
"""What rests on nearly everything, and is cheap to work out again, or never kept here."""


def heir(old: Project, drop: Iterable[str], clock: Clock | None = None, **parts: object) -> Project:
    """The same site read again: what was read stays, but for what is dropped and what is given."""
    made = Project(old.settings, clock or old.clock, old.progress, old.store)
    gone = {*drop, "earlier", "decided", "alone", "settings", "clock", "progress", "store"}
    made.__dict__.update({name: value for name, value in old.__dict__.items() if name not in gone})
    made.__dict__.update(parts)
    return made


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


class Over(Mapping[K, V]):
    """A mapping with some values in the place of another's, which is not copied: for a question or two."""

    def __init__(self, new: Mapping[K, V], old: Mapping[K, V]) -> None:
        self.new, self.old = new, old

    def __getitem__(self, key: K) -> V:
        return self.new[key] if key in self.new else self.old[key]

    def get(self, key: K, default: Any = None) -> Any:
        return self.new[key] if key in self.new else self.old.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self.new or key in self.old

    def __iter__(self) -> Iterator[K]:
        return iter({**self.old, **self.new})

    def __len__(self) -> int:
        return len({*self.old, *self.new})


def over(old: Translations, new: Iterable[Entry], held: Held | None = None) -> Translations:
    """The same as `told`, for a question or two: nothing of a large catalog is copied."""
    by_key = {entry.key: entry for entry in new}
    live = {key: entry for key, entry in by_key.items() if not entry.obsolete}
    other = {key: entry for key, entry in by_key.items() if key in live or key not in old.entries}
    known = KnownOver(Over(other, old.known))
    known.__dict__["by_id"] = Over({ident(key): entry for key, entry in other.items()}, old.known.by_id)
    return replace(old, entries=Over(live, old.entries), known=known, held=held or old.held)


class KnownOver(Known):
    """The same of all entries that are known. It holds none itself."""

    def __init__(self, found: Over[Key, Entry]) -> None:
        super().__init__()
        self.found = found

    def __getitem__(self, key: Key) -> Entry:
        return self.found[key]

    def get(self, key: Key, default: Any = None) -> Any:
        return self.found.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self.found

    def __iter__(self) -> Iterator[Key]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __bool__(self) -> bool:
        return True
