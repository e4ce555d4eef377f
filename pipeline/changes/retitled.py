"""Entries whose English was written anew by hand: who replaces a word in all files of a site replaces it in its catalogs too.

Then the English of today has a translation already, the old English has none, and nothing says that nobody has read the one
beside the other. `places.txt` names messages by their ids, which no such replacement touches: it tells what stood there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.catalog import Catalog, Entry
from pipeline.changes.edit_log import Log
from pipeline.changes.former import GUESS, MADE, Former, Was, text_id
from pipeline.changes.notes import carried_id
from pipeline.changes.occurrences import Occurrences
from pipeline.core.model import Key, Severity, ident
from pipeline.text import similarity
from pipeline.text.features import Names

if TYPE_CHECKING:
    from pipeline.changes.align import Pairing

UNKNOWN = Key(None, "")
"""An English of which nothing but the id is left."""


@dataclass(frozen=True)
class Retitling:
    """The places of the last extraction and those of today. `ids`: the messages of the last one, by file, those too whose text
    nobody has any more."""

    stood: Occurrences = field(default_factory=dict)
    now: Occurrences = field(default_factory=dict)
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Names = frozenset()

    @cached_property
    def came(self) -> frozenset[Key]:
        """The messages of today that stood nowhere at the last extraction; none where nothing stood."""
        if not self.before:
            return frozenset()
        return frozenset(
            place.key for group in self.now.values() for place in group if ident(place.key) not in self.before
        )

    @cached_property
    def before(self) -> frozenset[str]:
        """The messages of the last extraction, by id."""
        known = {ident(place.key) for group in self.stood.values() for place in group}
        return frozenset(known.union(*self.ids.values()))

    @cached_property
    def gone(self) -> frozenset[str]:
        """Those of them that stand nowhere today."""
        return self.before.difference(ident(place.key) for group in self.now.values() for place in group)

    @cached_property
    def were(self) -> Mapping[Key, Key]:
        """What those were whose English was edited, and not in looks alone."""
        from pipeline.changes import align

        found = {
            pair.new.key: pair.old.key
            for pair in self.edits
            if align.graded(pair, "", self.names).severity > Severity.COSMETIC
        }
        return {**dict(self.unread()), **found}

    @cached_property
    def edits(self) -> tuple[Pairing, ...]:
        """What those were, each with what it is, of which both texts are known."""
        from pipeline.changes import align

        return tuple(pair for pair in align.aligned(self.stood, self.now)[0] if pair.new.key in self.came)

    def unread(self) -> Iterator[tuple[Key, Key]]:
        """Those that stand where one stood whose text nobody has any more."""
        known = {ident(place.key) for group in self.stood.values() for place in group}
        for path, ids in self.ids.items():
            places = self.now.get(path, ())
            for span in similarity.spans(ids, [ident(place.key) for place in places]):
                if span.same or span.end - span.start != span.finish - span.begin:
                    continue
                for was, place in zip(ids[span.start : span.end], places[span.begin : span.finish], strict=True):
                    if was not in known and place.key in self.came:
                        yield place.key, UNKNOWN

    def of(
        self, found: Catalog, log: Log, former: Former, past: Callable[[str], Iterable[Catalog]]
    ) -> Iterator[tuple[str, Was]]:
        """By the id of their message, the texts of a catalog that were made for another English than the one they stand under,
        which no edit leads to that was logged before: one of an update that could not write the catalog left its texts in
        `former`. `past`: the catalog of a path as it was when those places were written, and as each commit left it since; none
        where nobody knows."""
        texts = [*self.candidates(found)]
        if not texts:
            return
        there = {entry.key for entry in found.entries}
        before = {
            (entry.key, text_of(entry)) for known in past(found.path) for entry in known.entries if not entry.obsolete
        }
        had, stood = {key for key, _ in before}, Counter(said for _, said in before)
        # without an entry, not even an obsolete one: somebody wrote their English anew, or took them out
        orphans, edited = self.gone.difference(map(ident, there)), {pair.new.key for pair in self.edits}
        for key, text, sure in texts:
            was, now = self.were.get(key), ident(key)
            if was is None and orphans and key not in edited:
                was = UNKNOWN
            if was is None or was in there or (now in log.steps and (ident(was), text) not in former.sound):
                continue
            # who wrote the translation anew with the English has translated
            if was == UNKNOWN or not sure:
                if not had or stood[text] > ((key, text) in before):
                    yield now, Was(GUESS, now, text, was.msgid, was.context)
            elif was not in had or (was, text) in before:
                yield now, Was(MADE, ident(was), text, was.msgid, was.context)

    def candidates(self, found: Catalog) -> Iterator[tuple[Key, str, bool]]:
        """The texts in a catalog that pass for translations of what came since, or may once somebody mends the file, by their
        message; and whether the file says so."""
        for entry in found.entries:
            if entry.key in self.came and own(entry):
                yield entry.key, text_id(entry.strings), True
        every = sorted(self.came & self.were.keys(), key=str) if found.unused else ()
        for unread in found.unused:
            for key in unread.among(self.came, every, self.before):
                yield key, text_id(unread.strings), key == unread.key


def text_of(entry: Entry) -> str:
    """The id of what passes for the translation of an entry; "" where it has none."""
    return "" if entry.fuzzy or not all(entry.strings) else text_id(entry.strings)


def own(entry: Entry) -> bool:
    """Whether an entry passes for a translator's own."""
    return not (entry.obsolete or entry.fuzzy) and all(entry.strings) and not carried_id(entry.extracted)


NOTHING = Retitling()
