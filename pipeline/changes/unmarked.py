"""Texts from whose entry a tool took the flag, `#|` and our comment before any update or check saw it, where the log and the list
of former translations do not tell of them either: lines of those were lost, in another clone; or another tool merged (msgmerge), and
offered it to a new English because it is alike.

Two things are left. The obsolete entry of the English that the text was made for has the same text, and no line of the log says what
became of that English. And the catalog as earlier commits have it says so of the very text, or has it under another English and
none for the one that it came to stand under (`Mark`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.catalog import Catalog, Entry, po_file
from pipeline.changes.edit_log import Log
from pipeline.changes.former import GUESS, LENT, Former, Was, bare_id, begins, ends, folded, text_id
from pipeline.changes.lineage import Held, graded, graver
from pipeline.changes.notes import STALE, stated
from pipeline.changes.retitled import UNKNOWN, own
from pipeline.core.model import Key, Severity, ident
from pipeline.text import similarity

SENTENCE = 24
"""From how many bytes on a text is one that is not put twice by chance (as in `copied`); shorter ones count where their English is
alike, too."""
ALIKE = 60.0
WORDS = 4
"""By how many words the entries of an English are looked for."""
MOST = 8
"""How many Englishes that had one text are looked at: *Yes* has been said in many ways."""


class Mark(NamedTuple):
    """What a catalog said once: that a text (`bare_id`) of a message (its id) is stale, and was made for another English. `pair`: the id of
    the text where that English had it once: so it is no draft that somebody wrote for the new one."""

    message: str
    text: str
    made_for: Key
    pair: str = ""


Marks = Sequence[Mark]


def marks(path: str, bodies: Iterable[bytes]) -> Marks:
    """What some versions of a catalog, newest first, say of stale texts. Only the entries that say so are read, and those that may be of the
    English that they name."""
    found: dict[tuple[str, str], Mark] = {}
    versions = [body.replace(b"\r\n", b"\n").lstrip(b"\n").split(b"\n\n") for body in bodies]
    for entry in entries_with(((SAYS,),), path, versions):
        if entry.obsolete or not entry.fuzzy or not stated(entry.extracted)[0]:
            continue
        was = entry.previous.key if entry.previous else UNKNOWN
        mark = Mark(ident(entry.key), bare_id(entry.strings), was, text_id(entry.strings))
        known = found.setdefault(mark[:2], mark)
        if was != entry.key and not known.made_for.msgid:
            found[mark[:2]] = mark
    words = tuple({longest(mark.made_for) for mark in found.values() if mark.made_for.msgid})
    others = [entry for entry in entries_with(words, path, versions) if not entry.fuzzy] if words else ()
    pairs = {(ident(entry.key), text_id(entry.strings)) for entry in others}
    named = [(mark, (ident(mark.made_for), mark.pair)) for mark in found.values()]
    return tuple(mark if pair in pairs else mark._replace(pair="") for mark, pair in named)


def came(path: str, now: bytes, before: bytes) -> Iterator[Mark]:
    """The texts that a version of a catalog has under an English that the one before had no entry of, while it had them under another
    one: no translator typed them. Where that is otherwise in looks alone, it is the same."""
    head, *every = now.replace(b"\r\n", b"\n").lstrip(b"\n").split(b"\n\n")
    fresh = [*set(every).difference(before.replace(b"\r\n", b"\n").split(b"\n\n"))]
    entries = (
        [one for one in po_file.parse(path, b"\n\n".join([head, *fresh, b""])).entries if sayable(one)] if fresh else []
    )
    old = po_file.parse(path, before).entries if entries else ()
    keys = {one.key for one in old}
    new = [one for one in entries if one.key not in keys]
    texts: dict[str, list[Entry]] = {}
    for one in old if new else ():
        if sayable(one) and not one.fuzzy:
            texts.setdefault(bare_id(one.strings), []).append(one)
    for entry in new:
        owners = texts.get(bare_id(entry.strings), [])[:MOST]
        if owners and all(graver(owner.key, entry, frozenset()) for owner in owners):
            yield Mark(ident(entry.key), bare_id(entry.strings), owners[0].key, text_id(owners[0].strings))


def sayable(entry: Entry) -> bool:
    """Whether an entry has a translation that is one sentence at least, and no English or code."""
    long = any(len(text.encode(errors="replace")) >= SENTENCE for text in entry.strings)
    return long and all(entry.strings) and folded(entry.key.msgid) not in {folded(text) for text in entry.strings}


def entries_with(words: Sequence[Sequence[bytes]], path: str, versions: Iterable[Sequence[bytes]]) -> Iterator[Entry]:
    """The entries of some versions of a catalog, each once, in which all of some words stand."""
    seen: set[bytes] = set()
    for head, *every in versions:
        fresh = [one for one in every if one not in seen]
        seen.update(fresh)
        blocks = [one for one in fresh if any(all(map(one.__contains__, some)) for some in words)]
        if blocks:
            yield from po_file.parse(path, b"\n\n".join([head, *blocks, b""])).entries


def longest(key: Key) -> tuple[bytes, ...]:
    """The longest words of an English text, which no line of a catalog breaks."""
    words = sorted({*re.findall(r"[^\W\d_]+", key.msgid)}, key=lambda word: (-len(word), word))
    return tuple(word.encode(errors="replace") for word in words[:WORDS])


def untold(said: Marks, log: Log, former: Former) -> Marks:
    """Those of which the log and the former translations do not tell the same."""
    return tuple(one for one in said if not is_told(one, log, former))


def is_told(mark: Mark, log: Log, former: Former) -> bool:
    """Whether an edit leads to the English of a text from the one that it was made for, and that is known to have had a text."""
    ways = log.ways(mark.message) if mark.message in log.steps else ()
    if mark.pair:
        return ident(mark.made_for) in ways and (ident(mark.made_for), mark.pair) in former.made
    wanted = [ident(mark.made_for)] if mark.made_for.msgid else ways
    return any(one in ways and one in former.paired for one in wanted)


SAYS = f"#. {STALE} ".encode()


def of(found: Catalog, log: Log, held: Held, said: Marks = ()) -> Iterator[tuple[str, Was]]:
    """By the id of their message, the texts of a catalog that pass for a person's and were made for another English, as earlier
    commits said (`said`) or as an obsolete entry tells."""
    left = left_behind(found, log)
    by_pair = {mark[:2]: mark.made_for for mark in said}
    told = {mark.message for mark in said}
    for entry in found.entries if left.rows or by_pair else ():
        if not own(entry):
            continue
        text = bare_id(entry.strings) if (told and ident(entry.key) in told) or left.may_have(entry) else ""
        was = by_pair.get((ident(entry.key), text)) if told else None
        if (was is not None or (text and text in left.texts)) and not is_known(entry, held.former):
            was = was or offered(entry, left.texts[text], held)
            if was is not None and was != entry.key:
                late = row(entry, was, log)
                if late.how == GUESS or (ident(was), text_id(entry.strings)) not in held.former.made:
                    yield ident(entry.key), late


def side_by_side(old: Catalog, new: Catalog, log: Log, held: Held) -> Iterator[Entry]:
    """The texts that an update leaves beside an obsolete entry of the same text that was live, as they were, when it began: a tool that
    carries a text to another English leaves none behind, so each had its own."""
    live = {entry.key: entry for entry in old.entries if not (entry.obsolete or entry.fuzzy)}
    behind = left_behind(new, log)
    left = {text for text, keys in behind.texts.items() if any(key in live for key in keys)}
    for entry in new.entries if left else ():
        same = own(entry) and behind.may_have(entry) and bare_id(entry.strings) in left
        was = live.get(entry.key) if same else None
        if was is not None and was.strings == entry.strings and not is_known(entry, held.former):
            yield entry


def is_known(entry: Entry, former: Former) -> bool:
    """Whether the list of former translations says already whose text an entry has."""
    pair = ident(entry.key), text_id(entry.strings)
    return pair in former.sound or pair in former.guesses


def row(entry: Entry, was: Key, log: Log) -> Was:
    """The line that says of an entry's text for which English it was made."""
    now, before = ident(entry.key), ident(was)
    led = was.msgid and now in log.steps and before in log.ways(now)
    return Was(*((LENT, before) if led else (GUESS, now)), text_id(entry.strings), was.msgid, was.context)


@dataclass(frozen=True)
class Left:
    """The obsolete translations that may be somebody else's now: each with its English."""

    rows: Sequence[tuple[Key, tuple[str, ...]]]

    @cached_property
    def texts(self) -> Mapping[str, Sequence[Key]]:
        """Their English by the text (`bare_id`)."""
        found: dict[str, list[Key]] = {}
        for key, strings in self.rows:
            found.setdefault(bare_id(strings), []).append(key)
        return {text: keys[:MOST] for text, keys in found.items()}

    @cached_property
    def outer(self) -> Set[tuple[str, ...]]:
        """The first and last words of the texts."""
        return {ends(strings) for _, strings in self.rows}

    @cached_property
    def first(self) -> Set[str]:
        """The first words of the texts, "" for that of one without words."""
        return {"".join(words[:1]) for words in self.outer}

    def may_have(self, entry: Entry) -> bool:
        """Whether an entry may have one of the texts: most begin or end otherwise."""
        return bool(self.rows) and begins(entry.strings) in self.first and ends(entry.strings) in self.outer


def left_behind(found: Catalog, log: Log) -> Left:
    """The obsolete translations of whose English the log does not say what became of it."""
    rows = []
    for entry in found.entries:
        if entry.obsolete and not entry.fuzzy and entry.key.msgid and all(entry.strings):  # and no header
            name = ident(entry.key)
            if name not in log.onward and name not in log.deleted:
                rows.append((entry.key, entry.strings))
    return Left(rows)


def offered(entry: Entry, texts: Iterable[Key], held: Held) -> Key | None:
    """The English that an entry's text was made for, of those that had it: one that became another gravely."""
    said = {folded(text) for text in entry.strings}
    if folded(entry.key.msgid) in said:
        return None  # English, or code
    long = any(len(text.encode(errors="replace")) >= SENTENCE for text in entry.strings)
    for was in texts:
        if (
            was == entry.key
            or folded(was.msgid) in said
            or not (long or similarity.ratio(was.msgid, entry.key.msgid) >= ALIKE)
        ):
            continue
        if graded(was, entry, held.names, critical=False).severity is Severity.CRITICAL:
            return was
    return None
