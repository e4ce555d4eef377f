"""The texts whose message came to stand elsewhere (under other headings, under another lead-in), noted before anybody writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pipeline.catalog import Catalog
from pipeline.changes.edit_log import Log
from pipeline.changes.former import PLACED, Was, text_id
from pipeline.changes.lineage import Held, Known, lineage_of
from pipeline.changes.texts import Around
from pipeline.core.model import Key, ident
from pipeline.core.states import State

Turned = Mapping[Key, tuple[Around, ...]]
"""What stood around each message that came to stand elsewhere, at the last extraction."""


def known_of(found: Catalog) -> Known:
    """The entries of a catalog by key, the live one of each."""
    return Known((entry.key, entry) for entry in sorted(found.entries, key=lambda entry: not entry.obsolete))


def placed(found: Catalog, log: Log, held: Held, turned: Turned, known_ids: Collection[str] = ()) -> Iterator[Was]:
    """The texts whose message came to stand elsewhere, with every place where they stood: what readers got, a stale text too, and
    what they may get once somebody mends the file. `known_ids`: the messages of the last extraction."""
    lent = lenders(found, log, turned) if turned else {}
    entries = [
        (entry, around)
        for entry in found.entries
        if all(entry.strings)
        if (around := turned.get(entry.key) or (lent.get(ident(entry.key)) if lent and entry.obsolete else None))
    ]
    known = known_of(found) if entries else Known()
    for entry, around in entries:
        now = lineage_of(entry, log, known, held, places=around)
        if known[entry.key] is not entry or now.state is State.SUGGESTED or (now.way and now.way[-1].loop):
            continue
        yield from made_at(around, entry.key, entry.strings)
    every = sorted(turned, key=str) if found.unused else ()
    for unread in found.unused:
        for key in unread.among(turned, every, known_ids):
            yield from made_at(turned[key], key, unread.strings)


def lenders(found: Catalog, log: Log, turned: Turned) -> Mapping[str, tuple[Around, ...]]:
    """Where those messages stood, by id, that became one which came to stand elsewhere and has no text of its own: an item that was carried
    over went, its entry with it, and comes back elsewhere, to get the text of what it was before."""
    texts = {entry.key for entry in found.entries if all(entry.strings)}
    came = [key for key in turned if key not in texts and ident(key) in log.steps]
    return {was: turned[key] for key in came for was in log.ways(ident(key))}


def made_at(places: Iterable[Around], key: Key, strings: Iterable[str]) -> Iterator[Was]:
    """The lines that say of a text where it was made."""
    for place in places:
        yield Was(PLACED, ident(key), text_id(strings), key.msgid, key.context, place)
