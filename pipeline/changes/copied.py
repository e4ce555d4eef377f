"""Catalogs that were begun as a copy of another region's (`cp`, es to es_MX): what the one knows of its texts holds for the other.

A copied catalog tells of its stale texts what the first one told, until a tool takes off the marks, the comments and the obsolete entries. The
list of former translations is of the first language, so the copy's texts passed for its own. A text is known by its letters: where a
sentence stands in both, and there it is known to have been made for an earlier English, the same is so here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.catalog import Catalog, Entry
from pipeline.changes.edit_log import Log
from pipeline.changes.former import GUESS, LENT, MADE, Former, Was, text_id
from pipeline.changes.retitled import own
from pipeline.core.model import Key, ident

SENTENCE = 24
"""From how many bytes on a text is one that two people do not put alike by chance (eight letters of Chinese). Once there is one, the
short ones are taken for copied too."""


def relatives(name: str, names: Sequence[str]) -> list[str]:
    """The other languages of a site that a catalog may be a copy of: those that are the same but for region and script."""
    first = name.partition("_")[0]
    return [one for one in names if one != name and one.partition("_")[0] == first]


def of(
    found: Catalog, log: Log, mine: Former, theirs: Sequence[Former], confirmed: Callable[[int, Entry], bool]
) -> Iterator[tuple[str, Was]]:
    """By the id of their message, the texts of a catalog that another one (`theirs`) is known to have had for an earlier English, or
    to have been offered as a guess, and of which this one (`mine`) knows nothing. `confirmed`: whether a person stands by an
    entry in the language of one of those, by its place among them."""
    offered, guessed = donors(theirs), frozenset[str]().union(*(one.guessed for one in theirs))
    texts = {
        entry.key: text_id(entry.strings) for entry in found.entries if entry.key in offered and all(entry.strings)
    }
    made: list[tuple[str, Was]] = []
    copied = False
    for entry in found.entries:
        if (now := ident(entry.key)) not in log.steps and now not in guessed:
            continue  # of which nothing can be known
        if own(entry) and (row := copy(entry, log, mine, theirs, texts, confirmed)):
            made.append((now, row))
            copied = copied or any(len(text.encode(errors="replace")) >= SENTENCE for text in entry.strings)
    if copied:
        yield from made


def donors(theirs: Sequence[Former]) -> frozenset[Key]:
    """The messages whose texts were offered to others as a guess."""
    return frozenset(key for one in theirs for key in one.guesses.values())


def copy(
    entry: Entry,
    log: Log,
    mine: Former,
    theirs: Sequence[Former],
    texts: Mapping[Key, str],
    confirmed: Callable[[int, Entry], bool],
) -> Was | None:
    """What is known of an entry's text by another language alone; None where that is nothing, or that it is the translation of
    this English. A guess is a copy only where the message that it was made for has the same text (`texts`): without it, who translated on their own
    and was right would be told so of what another tool offered the other region."""
    now, text = ident(entry.key), text_id(entry.strings)
    ways = log.ways(now) if now in log.steps else ()
    if any((now, text) in one.sound for one in (mine, *theirs)) or any((was, text) in mine.made for was in ways):
        return None
    for at, one in enumerate(theirs):
        for was in ways:
            if (was, text) in one.made and not confirmed(at, entry):
                key, how = one.made[was, text], MADE if (was, text) in one.sound else LENT
                return Was(how, was, text, key.msgid, key.context)
        donor = one.guesses.get((now, text))
        if donor and (now, text) not in mine.guesses and texts.get(donor) == text and not confirmed(at, entry):
            return Was(GUESS, now, text, donor.msgid, donor.context)
    return None
