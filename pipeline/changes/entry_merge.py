"""Three-way merge of one entry: part by part, and what a translator says in it never taken apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from pipeline.catalog import Entry
from pipeline.catalog.po_entry import BODY, ORDER, PARTS, Pair, Previous, marked, written
from pipeline.changes.notes import carried_id
from pipeline.core.model import ident

OURS, BETWEEN, THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"

T = TypeVar("T")


class Said(NamedTuple):
    """What a translator says in an entry, which is never taken apart."""

    strings: tuple[str, ...]
    fuzzy: bool
    previous: Previous | None


def said(entry: Entry) -> Said:
    return Said(entry.strings, entry.fuzzy, entry.previous)


@dataclass(frozen=True)
class Texts:
    """All translations on all sides."""

    sides: Sequence[Collection[Entry]]

    @cached_property
    def by_id(self) -> Mapping[str, set[str]]:
        """By the id of the message that they stand under."""
        found: dict[str, set[str]] = {}
        for side in self.sides:
            for entry in side:
                found.setdefault(ident(entry.key), set()).update(entry.strings)
        return found


def made_for(entry: Entry) -> str:
    """The id of the message that an entry says its text was made for, "" where it says so of none."""
    return ident(entry.previous.key) if entry.fuzzy and entry.previous else carried_id(entry.extracted)


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


def either(base: T, ours: T, theirs: T) -> T:
    """The side that changed a value; ours where both did."""
    return theirs if ours == base else ours


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
    return one.obsolete == two.obsolete and (one.lines == two.lines or text_of(one) == text_of(two))


def text_of(entry: Entry) -> list[str]:
    """The lines of an entry, less the blank ones above it."""
    return [line for part, line in entry.lines if part != "blank"]


def equal(one: Entry | None, two: Entry | None) -> bool:
    """Whether two entries say the same, however they are wrapped."""
    if one is None or two is None:
        return one is two
    return one.obsolete == two.obsolete and all(value(one) == value(two) for value in PARTS.values())


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
    plain = side._replace(
        notes=joined(base.notes, ours.notes, theirs.notes),
        extracted=either(base.extracted, ours.extracted, theirs.extracted) if same else side.extracted,
        references=joined(base.references, ours.references, theirs.references),
        flags=tuple(flag for flag in flags if flag != "fuzzy"),
        plural=side.plural if three.new else either(base.plural, ours.plural, theirs.plural),
        obsolete=obsolete,
    )
    if obsolete:
        plain = plain._replace(extracted=(), references=())
    if speaks is not None:
        return assembled(saying(plain, speaks), ours, theirs), False
    made = [assembled(saying(plain._replace(plural=one.plural), said(one)), ours, theirs) for one in (ours, theirs)]
    return clashing(*made), True


def saying(entry: Entry, what: Said) -> Entry:
    flags = ("fuzzy", *entry.flags) if what.fuzzy else entry.flags
    return entry._replace(strings=what.strings, flags=flags, previous=what.previous)


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
    return new._replace(written=tuple(lines))


def clashing(ours: Entry, theirs: Entry) -> Entry:
    """An entry with both texts between conflict marks, from the first line on in which they differ."""
    one, two = list(ours.lines), list(theirs.lines)
    same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    marks = [[("string", mark)] for mark in (OURS, BETWEEN, THEIRS)]
    lines = [*one[:same], *marks[0], *one[same:], *marks[1], *two[same:], *marks[2]]
    return ours._replace(written=tuple(lines))
