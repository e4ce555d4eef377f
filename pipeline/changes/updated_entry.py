"""One entry as an update leaves it: kept, offered for a new message, emptied, retired."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import dropwhile

from pipeline.catalog import Entry, po_entry
from pipeline.catalog.po_entry import Previous
from pipeline.changes.lineage import (
    is_note,
)
from pipeline.changes.remarks import flags_of, former, recalled, remarked


def kept(old: Entry, wanted: Entry, count: int) -> Entry:
    """A message's own entry, live and up to date; what was said of its standing stays until it is said anew."""
    extracted = (*wanted.extracted, *dropwhile(lambda line: not is_note(line), old.extracted))
    new = old._replace(
        obsolete=False, extracted=extracted, references=wanted.references, flags=flags_of(old.flags, wanted.flags)
    )
    return po_entry.amended(old, new if old.plural == wanted.plural else replurals(old, new, wanted, count))


def inherited(old: Entry, wanted: Entry, count: int, mine: Entry | None = None, holder: Entry | None = None) -> Entry:
    """The entry of a new message with the translation of an old one, as fuzzy. `mine`: its entry so far, an empty one;
    `holder`: the entry that held the text last, where it is another."""
    new = wanted._replace(
        strings=reshaped(old, wanted, count),
        line=old.line,
        flags=("fuzzy", *wanted.flags),
        previous=old.previous if old.fuzzy and old.previous else Previous(old.key, old.plural),
    )
    return po_entry.amended(mine or old, remarked(new, mine, holder or old))


def empty(wanted: Entry, count: int) -> Entry:
    """The entry of a message without a translation."""
    return po_entry.fresh(wanted._replace(strings=("",) * (1 if wanted.plural is None else count)))


def replurals(old: Entry, new: Entry, wanted: Entry, count: int) -> Entry:
    """An entry whose plural was added, changed or taken away: what it had with that plural before, else its text as fuzzy.

    What it had until now is kept as a note, and comes back with its plural.
    """
    had = {note: one for note in old.notes if (one := recalled(note))}
    back = next((note for note, one in had.items() if one.plural == wanted.plural), "")
    now = had.get(back) or old._replace(strings=reshaped(old, wanted, count), flags=("fuzzy",))
    notes = tuple(note for note in old.notes if note != back)
    texts = {"", *now.strings, *(text for one in had.values() for text in one.strings)}
    if old.translated and not (old.fuzzy and texts.issuperset(old.strings)):
        notes = (*notes, former(old))
    flags = tuple(flag for flag in new.flags if flag != "fuzzy")
    return new._replace(
        plural=wanted.plural,
        strings=now.strings,
        notes=notes,
        flags=("fuzzy", *flags) if now.fuzzy and now.translated else flags,
        previous=(old.previous or Previous(old.key, old.plural)) if now.fuzzy and now.translated else None,
    )


def reshaped(old: Entry, wanted: Entry, count: int) -> tuple[str, ...]:
    """The strings of an old entry in the number that its new message needs."""
    if (old.plural is None) == (wanted.plural is None):
        return old.strings
    return (first(old.strings), *[""] * (0 if wanted.plural is None else count - 1))


def first(strings: Iterable[str]) -> str:
    """The first of the forms that has text."""
    return next(filter(None, strings), "")


def retired(entry: Entry) -> Entry:
    """The entry as obsolete: its text and the translator's notes kept."""
    return entry if entry.obsolete else po_entry.amended(entry, entry._replace(obsolete=True))


def misformed(entry: Entry, count: int) -> bool:
    """Whether an entry with a plural has no word yet, and not so many forms."""
    return entry.plural is not None and len(entry.strings) != count and not any(entry.strings)


def reformed(entry: Entry, count: int) -> Entry:
    """An entry with a plural and no word yet, in so many forms; any other as it is."""
    return po_entry.amended(entry, entry._replace(strings=("",) * count)) if misformed(entry, count) else entry
