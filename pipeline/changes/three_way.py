"""Three-way merge of catalogs by entry: what git's merge by lines cannot do, since to it `msgstr ""` is a line like any other.

A text stays under the English it was made for: no live entry of the result has a message, a translation and no `fuzzy` that
did not stand so on one of the sides. Whatever one side left alone is the other's, byte for byte. Only where two people gave one
entry two texts is there a conflict, and its marks stand in that entry alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.catalog import Catalog, Entry, po_header
from pipeline.catalog.po_entry import Previous
from pipeline.catalog.po_reader import BARE
from pipeline.changes.entry_merge import (
    Texts,
    Three,
    assembled,
    blank,
    both,
    clashing,
    either,
    gone,
    joined,
    made_for,
    survivor,
    untouched,
)
from pipeline.changes.remarks import own_flags, own_notes
from pipeline.core.model import Key, ident

HEADER = Key(None, "")

Slot = tuple[Key, int]
"""An entry's key, and which of the entries with that key it is: the live one is the first."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog made of two. `conflicts` are the entries that two people changed differently; `left` those whose English one
    side no longer has while somebody wrote in them on the other: they stay live, so that `update` finds their heirs."""

    catalog: Catalog
    conflicts: tuple[Key, ...] = ()
    left: tuple[Key, ...] = ()


def merge(base: Catalog, ours: Catalog, theirs: Catalog) -> Merged | None:
    """Two catalogs with one ancestor as one; None where that cannot be done by entry: one of them cannot be read, or two
    character sets meet."""
    encoding = either(base.encoding, ours.encoding, theirs.encoding) if base.body else ours.encoding
    if any(found.broken for found in (base, ours, theirs)) or encoding not in {ours.encoding, theirs.encoding}:
        return None
    if not base.body and ours.encoding != theirs.encoding:
        return None
    newline = either(base.newline, ours.newline, theirs.newline) if base.body else ours.newline
    sides = [slots(found, newline) for found in (base, ours, theirs)]
    merged: dict[Slot, Entry] = {}
    texts = Texts([side.values() for side in sides])
    conflicts: list[Key] = []
    left: list[Slot] = []
    for slot in {**sides[1], **sides[2]}:
        was, one, two = (side.get(slot) for side in sides)
        found = untouched(was, one, two)
        if isinstance(found, Entry):
            merged[slot] = found
        elif found is not None:
            continue
        elif one is None or two is None or gone(was, one, two):
            kept = survivor(was, one, two)
            if kept:
                merged[slot] = kept
                left += [slot] * (not kept.obsolete)
        else:
            merged[slot], clash = both(Three(was or blank(one), one, two, texts, was is None))
            conflicts += [slot[0]] * clash
    left = refreshed(merged, left, sides, conflicts)
    header, clash = headers(*(with_newline(found.header, found, newline) for found in (base, ours, theirs)))
    order = ordered(merged, *sides)
    made = replace(
        ours,
        header=header,
        header_at=0,
        entries=tuple(merged[slot] for slot in order),
        tail=either(base.tail, ours.tail, theirs.tail),
        newline=newline,
        encoding=encoding,
    )
    return Merged(made, (*[HEADER] * clash, *conflicts), tuple(key for key, _ in left))


def slots(catalog: Catalog, newline: str) -> dict[Slot, Entry]:
    """The entries of a catalog by key, in its order, their lines as they are where lines end with `newline`."""
    live = {entry.key for entry in catalog.entries if not entry.obsolete}
    seen: Counter[Key] = Counter(live)
    found: dict[Slot, Entry] = {}
    for entry in catalog.entries:
        at = seen[entry.key] if entry.obsolete else 0
        seen[entry.key] += entry.obsolete
        moved = with_newline(entry, catalog, newline)
        found[entry.key, at] = moved or entry
    return found


def with_newline(entry: Entry | None, catalog: Catalog, newline: str) -> Entry | None:
    """An entry in a file whose lines end otherwise."""
    if entry is None or catalog.newline == newline:
        return entry
    lines = tuple((part, line.removesuffix(BARE).removesuffix("\r")) for part, line in entry.lines)
    return entry._replace(written=lines)


def refreshed(
    merged: dict[Slot, Entry], left: Sequence[Slot], sides: Sequence[Mapping[Slot, Entry]], conflicts: Collection[Key]
) -> list[Slot]:
    """Give the new text of an entry, and what was newly remarked on it, to the one that offers, or carries, its old text: a new
    text as fuzzy, since it was made for another English. Of the entries that are left, those that remain so."""
    base = sides[0]
    said = ((slot, entry, base[slot]) for slot, entry in merged.items() if slot in base and slot[0] not in conflicts)
    waiting = {
        ident(slot[0]): slot
        for slot, entry, was in said
        if was.translated and entry.translated and (was.strings != entry.strings or remarks(was) != remarks(entry))
    }
    heirs: list[tuple[Slot, Slot]] = []
    for slot, entry in merged.items() if waiting else ():
        was = waiting.get(made_for(entry))
        if not entry.obsolete and was is not None and was != slot and entry.strings == base[was].strings:
            heirs.append((was, slot))
    for old, slot in heirs:
        source, entry = merged[old], merged[slot]
        before, there = remarks(base[old]), remarks(source)
        notes, flags = joined(before[0], entry.notes, there[0]), joined(before[1], entry.flags, there[1])
        new = entry._replace(notes=notes, flags=flags)
        if source.strings != entry.strings:
            previous = source.previous if source.fuzzy and source.previous else Previous(source.key, source.plural)
            flags = flags if entry.fuzzy else ("fuzzy", *flags)
            new = new._replace(strings=source.strings, flags=flags, previous=previous)
        merged[slot] = assembled(new, entry, source)
        if old in left:
            merged[old] = assembled(source._replace(obsolete=True, extracted=(), references=()), source, source)
    return [slot for slot in left if slot not in {old for old, _ in heirs}]


def remarks(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The notes and the flags that a translator put on a text."""
    return own_notes(entry.notes), tuple(flag for flag in own_flags(entry.flags) if flag != "fuzzy")


def headers(base: Entry | None, ours: Entry | None, theirs: Entry | None) -> tuple[Entry | None, bool]:
    """The header, and whether it is a conflict."""
    if ours is None or theirs is None:
        return ours or theirs, False
    found = untouched(base, ours, theirs)
    if isinstance(found, Entry):
        return found, False
    made = po_header.merged(base, ours, theirs)
    return (made, False) if made else (clashing(ours, theirs), True)


def ordered(
    merged: Mapping[Slot, Entry], base: Iterable[Slot], ours: Mapping[Slot, Entry], theirs: Mapping[Slot, Entry]
) -> list[Slot]:
    """The order of the entries: that of the side that changed it, ours where both did; what only the other has stands after
    the entries that it follows there, an obsolete one at the end."""
    mine, yours = (
        [slot for slot, entry in side.items() if slot in merged and merged[slot].obsolete == entry.obsolete]
        for side in (ours, theirs)
    )
    shared = set(mine) & set(yours)
    then = [slot for slot in base if slot in shared]
    if in_order(mine, then) and not in_order(yours, then):
        mine, yours = yours, mine
    after: dict[Slot | None, list[Slot]] = {}
    end: list[Slot] = []
    anchor = None
    for slot in yours:
        if slot in shared:
            anchor = slot
        elif merged[slot].obsolete:
            end.append(slot)
        else:
            after.setdefault(anchor, []).append(slot)
    made: list[Slot] = []
    waiting = after.get(None, [])
    for slot in mine:
        if slot in shared or merged[slot].obsolete:
            made += waiting
            waiting = []
        made.append(slot)
        waiting = after.get(slot, waiting)
    made += [*waiting, *end]
    placed = set(made)
    return [*made, *(slot for slot in merged if slot not in placed)]


def in_order(found: Sequence[Slot], order: Sequence[Slot]) -> bool:
    """Whether the entries that stand in an order stand in it here."""
    known = set(order)
    return [slot for slot in found if slot in known] == list(order)


def standing(entry: Entry) -> tuple[object, ...]:
    """What must not be made of two sides: a message and what is said for it."""
    return entry.key, entry.plural, entry.strings, entry.fuzzy
