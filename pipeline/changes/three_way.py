"""Three-way merge of catalogs by entry: what git's merge by lines cannot do, since to it `msgstr ""` is a line like any other.

A text stays under the English it was made for: no live entry of the result has a message, a translation and no `fuzzy` that
did not stand so on one of the sides. Whatever one side left alone is the other's, byte for byte. Only where two people gave one
entry two texts is there a conflict, and its marks stand in that entry alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from pipeline.catalog import Catalog, Entry, po_header
from pipeline.catalog.po_entry import BODY, ORDER, PARTS, Pair, Previous, marked, written
from pipeline.catalog.po_reader import BARE
from pipeline.changes.notes import carried_id
from pipeline.core.model import Key, ident

OURS, BETWEEN, THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"
HEADER = Key(None, "")

T = TypeVar("T")
Slot = tuple[Key, int]
"""An entry's key, and which of the entries with that key it is: the live one is the first."""


class Said(NamedTuple):
    """What a translator says in an entry, which is never taken apart."""

    strings: tuple[str, ...]
    fuzzy: bool
    previous: Previous | None


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog made of two. `conflicts` are the entries that two people changed differently; `left` those whose English one
    side no longer has while somebody wrote in them on the other: they stay live, so that `update` finds their heirs."""

    catalog: Catalog
    conflicts: tuple[Key, ...] = ()
    left: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Three:
    """One entry on three sides, and all that those sides know. `base` is an empty entry where there was none."""

    base: Entry
    ours: Entry
    theirs: Entry
    texts: Texts
    new: bool = False

    def offered(self, entry: Entry) -> bool:
        """Whether no person wrote what an entry says: it is empty, or only offers, or carries, what stands under another key."""
        if not entry.translated:
            return True
        was = made_for(entry)
        texts = self.texts.by_id.get(was, set()) if was != ident(entry.key) else set()
        return texts.issuperset(filter(None, entry.strings))


def made_for(entry: Entry) -> str:
    """The id of the message that an entry says its text was made for, "" where it says so of none."""
    return ident(entry.previous.key) if entry.fuzzy and entry.previous else carried_id(entry.extracted)


@dataclass(frozen=True)
class Texts:
    """All translations on all sides."""

    sides: Sequence[Mapping[Slot, Entry]]

    @cached_property
    def by_id(self) -> Mapping[str, set[str]]:
        """By the id of the message that they stand under."""
        found: dict[str, set[str]] = {}
        for side in self.sides:
            for (key, _), entry in side.items():
                found.setdefault(ident(key), set()).update(entry.strings)
        return found


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
    texts = Texts(sides)
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
    left = refreshed(merged, left, sides)
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


def either(base: T, ours: T, theirs: T) -> T:
    """The side that changed a value; ours where both did."""
    return theirs if ours == base else ours


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
    return replace(entry, lines=lines)


def blank(entry: Entry) -> Entry:
    """The ancestor of an entry that both sides added."""
    return Entry(entry.key, ("",) * len(entry.strings), entry.plural)


def untouched(was: Entry | None, one: Entry | None, two: Entry | None) -> Entry | bool | None:
    """The entry of which one side left everything, or all values, alone: the other side's. False where that side took it out;
    None where both sides changed it."""
    for same in (alike, equal):
        if same(one, two) or same(two, was):
            return one or False
        if same(one, was):
            return two or False
    return None


def alike(one: Entry | None, two: Entry | None) -> bool:
    """Whether two entries are the same bytes."""
    if one is None or two is None:
        return one is two
    return one.obsolete == two.obsolete and text_of(one) == text_of(two)


def text_of(entry: Entry) -> list[str]:
    """The lines of an entry, less the blank ones above it."""
    return [line for part, line in entry.lines if part != "blank"]


def equal(one: Entry | None, two: Entry | None) -> bool:
    """Whether two entries say the same, however they are wrapped."""
    if one is None or two is None:
        return one is two
    return one.obsolete == two.obsolete and all(value(one) == value(two) for value in PARTS.values())


def said(entry: Entry) -> Said:
    return Said(entry.strings, entry.fuzzy, entry.previous)


def gone(was: Entry | None, one: Entry, two: Entry) -> bool:
    """Whether one side made an entry obsolete that the other side, and it alone, wrote in."""
    if was is None or was.obsolete or one.obsolete == two.obsolete:
        return False
    away, here = (one, two) if one.obsolete else (two, one)
    return here.translated and said(away) == said(was) != said(here)


def survivor(was: Entry | None, one: Entry | None, two: Entry | None) -> Entry | None:
    """What is left of an entry that one side took out: what a person wrote in it on the other, as it stands there."""
    away, here = (one, two) if one is None or (two is not None and one.obsolete) else (two, one)
    if here is None:
        return away
    wrote = here.translated and (was is None or said(here) != said(was))
    noted = bool(here.notes) and (was is None or here.notes != was.notes)
    return here if wrote or noted else away


def both(three: Three) -> tuple[Entry, bool]:
    """An entry that both sides changed, part by part, and whether it is a conflict."""
    base, ours, theirs = three.base, three.ours, three.theirs
    speaks = text(three)
    side = ours if speaks is None or speaks == said(ours) else theirs
    flags = joined(base.flags, ours.flags, theirs.flags)
    same = base.extracted in (ours.extracted, theirs.extracted)
    obsolete = either(base.obsolete, ours.obsolete, theirs.obsolete)
    plain = replace(
        side,
        notes=joined(base.notes, ours.notes, theirs.notes),
        extracted=either(base.extracted, ours.extracted, theirs.extracted) if same else side.extracted,
        references=joined(base.references, ours.references, theirs.references),
        flags=tuple(flag for flag in flags if flag != "fuzzy"),
        plural=side.plural if three.new else either(base.plural, ours.plural, theirs.plural),
        obsolete=obsolete,
    )
    if obsolete:
        plain = replace(plain, extracted=(), references=())
    if speaks is not None:
        return assembled(saying(plain, speaks), ours, theirs), False
    made = [assembled(saying(replace(plain, plural=one.plural), said(one)), ours, theirs) for one in (ours, theirs)]
    return clashing(*made), True


def saying(entry: Entry, what: Said) -> Entry:
    flags = ("fuzzy", *entry.flags) if what.fuzzy else entry.flags
    return replace(entry, strings=what.strings, flags=flags, previous=what.previous)


def text(three: Three) -> Said | None:
    """What an entry says that both sides changed; None where two people said two things.

    A text that was made for another plural of the English waits as fuzzy under the new one.
    """
    base, ours, theirs = three.base, three.ours, three.theirs
    if ours.plural != theirs.plural and not three.new:
        away, here = (ours, theirs) if ours.plural != base.plural else (theirs, ours)
        if here.plural != base.plural or not (away.fuzzy or not away.translated or said(away) == said(base)):
            return None
        if said(here) == said(base) or not here.translated:
            return said(away)
        same = (here.plural is None) == (away.plural is None)
        first = next(filter(None, here.strings), "")
        strings = here.strings if same else (first, *[""] * (len(away.strings) - 1))
        return Said(strings, True, here.previous or Previous(here.key, here.plural))
    was, one, two = said(base), said(ours), said(theirs)
    if one in (two, was) or two == was:
        return two if one == was else one
    if one.strings == two.strings:
        return two if one.fuzzy and not two.fuzzy else one
    if three.offered(theirs):
        return one if ours.translated or not theirs.translated else two
    return two if three.offered(ours) else None


def joined(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """A list that both sides may have changed: without what either took out, with what either added."""
    return tuple(one for one in dict.fromkeys((*ours, *theirs)) if (one in ours and one in theirs) or one not in base)


def assembled(new: Entry, ours: Entry, theirs: Entry) -> Entry:
    """An entry with each part in the lines of the side that says it so."""
    lines: list[Pair] = [pair for pair in ours.lines[:1] if pair[0] == "blank"]
    for part in ORDER[1:]:
        side = next((one for one in (ours, theirs) if PARTS[part](one) == PARTS[part](new)), None)
        if side is None:
            lines += [(part, line) for line in written(new, part)]
            continue
        moved = part in BODY or part == "previous"
        lines += [
            (part, marked(line, side.obsolete, new.obsolete) if moved else line)
            for one, line in side.lines
            if one == part
        ]
    return replace(new, lines=tuple(lines))


def clashing(ours: Entry, theirs: Entry) -> Entry:
    """An entry with both texts between conflict marks, from the first line on in which they differ."""
    one, two = list(ours.lines), list(theirs.lines)
    same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    marks = [[("string", mark)] for mark in (OURS, BETWEEN, THEIRS)]
    lines = [*one[:same], *marks[0], *one[same:], *marks[1], *two[same:], *marks[2]]
    return replace(ours, lines=tuple(lines))


def refreshed(merged: dict[Slot, Entry], left: Sequence[Slot], sides: Sequence[Mapping[Slot, Entry]]) -> list[Slot]:
    """Give the new text of an entry that is left to the one that offers, or carries, its old one: as fuzzy, since it was made
    for the old English. Returns the entries that are left then."""
    base = sides[0]
    waiting = {ident(key): (key, at) for key, at in left if (key, at) in base and base[key, at].translated}
    heirs: dict[Slot, Slot] = {}
    for slot, entry in merged.items() if waiting else ():
        was = made_for(entry)
        if not entry.obsolete and was in waiting and entry.strings == base[waiting[was]].strings:
            heirs.setdefault(waiting[was], slot)
    for old, slot in heirs.items():
        source, entry = merged[old], merged[slot]
        previous = source.previous if source.fuzzy and source.previous else Previous(source.key, source.plural)
        flags = entry.flags if entry.fuzzy else ("fuzzy", *entry.flags)
        new = replace(entry, strings=source.strings, flags=flags, previous=previous)
        merged[slot] = assembled(new, entry, source)
        merged[old] = assembled(replace(source, obsolete=True, extracted=(), references=()), source, source)
    return [slot for slot in left if slot not in heirs]


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
