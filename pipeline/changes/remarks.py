"""A translator's remarks on a text, its notes (`# `) and flags: they go wherever the text goes.

One kind of note is ours: the translation that a message had with another plural, for which gettext has no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.catalog import Entry, po_entry, po_reader
from pipeline.catalog.template import union
from pipeline.core.model import Key

FORMER = re.compile(
    r'formerly( fuzzy)?(?: msgid_plural "((?:[^"\\]|\\.)*)")?((?: msgstr(?:\[\d+\])? "(?:[^"\\]|\\.)*")+)'
)
"""The note that keeps the translation a message had with another plural: gettext refuses a second entry of its key."""
FORM = re.compile(r'"((?:[^"\\]|\\.)*)"')


def own_flags(flags: Iterable[str]) -> tuple[str, ...]:
    """The flags that a translator or her editor set: ranges, `no-…-format`, `no-wrap`, whatever else; not the template's."""
    return tuple(flag for flag in flags if not flag.endswith("-format") or flag.startswith("no-"))


def flags_of(mine: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The flags as they stand, brought up to date: a person's kept (`fuzzy` too), the format flags the template's."""
    own = own_flags(mine)
    new = (*own, *(flag for flag in wanted if f"no-{flag}" not in own))
    return tuple(mine) if set(new) == set(mine) else new


def own_notes(notes: Iterable[str]) -> tuple[str, ...]:
    """The notes that are about a text; one that keeps another text of its message stays with that message."""
    return tuple(note for note in notes if not FORMER.fullmatch(note))


def remarked(new: Entry, mine: Entry | None, old: Entry | None = None) -> Entry:
    """`new` with what was remarked on its own entry so far (`mine`), then on the one whose text it takes over (`old`), each
    remark once; whether it is fuzzy is not for them to say."""
    said = [one for one in (mine, old) if one is not None]
    if not any(one.notes or one.flags for one in said):
        return new
    notes = union(mine.notes if mine else (), own_notes(old.notes) if old else ())
    flags = [flag for one in said for flag in own_flags(one.flags) if flag != "fuzzy"]
    return new._replace(notes=notes, flags=flags_of(union(new.flags, flags), new.flags))


def unsaid(entry: Entry, source: Entry) -> bool:
    """Whether a note of an entry stands nowhere at the one that its text is from."""
    return not set(source.notes).issuperset(entry.notes)


def former(old: Entry) -> str:
    """An entry's translation as a note (see FORMER)."""
    plural = "" if old.plural is None else f" msgid_plural {po_entry.quote(old.plural)}"
    names = ["msgstr"] if old.plural is None else [f"msgstr[{at}]" for at in range(len(old.strings))]
    texts = "".join(f" {name} {po_entry.quote(text)}" for name, text in zip(names, old.strings, strict=True))
    return f"formerly{' fuzzy' * old.fuzzy}{plural}{texts}"


def recalled(note: str) -> Entry | None:
    """The translation that a note keeps, None for any other note."""
    found = FORMER.fullmatch(note)
    if found is None:
        return None
    return Entry(
        Key(None, ""),
        tuple(po_reader.unescape(text) for text in FORM.findall(found[3])),
        None if found[2] is None else po_reader.unescape(found[2]),
        flags=("fuzzy",) if found[1] else (),
    )
