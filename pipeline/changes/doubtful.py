"""Where texts stood, where `places.txt` was damaged or is gone: it alone tells that of a text which no edit of the log led elsewhere.

What it says otherwise than the version before it, the edit log explains: a text that comes to stand under a *not* has a line there, and so has
one that goes. What has no such line is damage, committed or not; then all that any version and the log tell of that text counts, so that
it is shown only where none of it says that it stood under other words.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from pipeline.changes import grading
from pipeline.changes.edit_log import Edit
from pipeline.changes.occurrences import AROUND, LINE, MORE
from pipeline.changes.texts import NOWHERE_ELSE, Around
from pipeline.core.ledger import Fields


class Record(NamedTuple):
    """`places.txt` and the edit log as they stood together: in the folder, or at a commit."""

    places: bytes
    log: bytes


NONE = Record(b"", b"")
NOT_TOLD: frozenset[Around] = frozenset()
PATH = re.compile(rb"^[^#<=>| \n]", re.M)
ID = re.compile(rb"^  ([0-9a-f]{16}) ", re.M)
NOWHERE = frozenset([NOWHERE_ELSE])
Doubts = Mapping[str, tuple[Around, ...]]
"""The messages of which nobody can be sure where they stood, by id, with all that may have stood around them."""
Stood = Mapping[str, frozenset[Around]]
"""What stood around each message, by its id."""


@lru_cache(16)
def stood(body: bytes) -> Stood:
    """What `places.txt` says stood around each message of a file; nothing of those of which nobody noted it."""
    found: dict[str, frozenset[Around]] = {}
    text = body.decode(errors="replace")
    if AROUND not in text:
        return {}
    here: frozenset[Around] | None = None
    message = ""
    for line in text.split("\n"):
        if here is not None and (match := LINE.fullmatch(line)):
            message = match[1]
            found[message] = found[message] | here if message in found else here
        elif here is not None and (match := MORE.fullmatch(line)):
            with suppress(ValueError, TypeError):
                said = json.loads(match[2])
                if match[1] == "under":
                    here = frozenset([Around(tuple(str(one) for one in said))])
                elif message:
                    refs = tuple((str(a), str(b), str(c)) for a, b, c in said)
                    found[message] = (found[message] - here) | {one._replace(refs=refs) for one in here}
        elif line and line[0] not in "#<=>| ":
            here, message = NOWHERE, ""
    return found


def doubtful(records: Sequence[Record]) -> Doubts:
    """The messages that a damaged record tells otherwise of, or not at all, by id, with what stood around them by those before it and the log;
    none where each record follows from the one before. `records`: the newest first."""
    return among(records) if among(changed(records)) else {}


def changed(records: Sequence[Record]) -> list[Record]:
    """The same, of the files alone that some record tells otherwise of, and of those where their messages stand as well: most are alike."""
    parts = [dict(named(one.places)) for one in records]
    differ = {path for new, old in itertools.pairwise(parts) for path in {*new, *old} if new.get(path) != old.get(path)}
    ids = {name for path in differ for part in parts for name in ids_of(part.get(path, b""))}
    kept = {
        path for part in parts[:1] for path, body in part.items() if path in differ or not ids.isdisjoint(ids_of(body))
    }
    kept |= differ | {b""}
    return [
        Record(b"".join(body for path, body in part.items() if path in kept), one.log)
        for one, part in zip(records, parts, strict=True)
    ]


def named(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What a record says of each file, by its path; what stands before all of them by an empty one."""
    at = 0
    for path in PATH.finditer(body):
        yield body[at : path.start()].partition(b"\n")[0] if at else b"", body[at : path.start()]
        at = path.start()
    yield body[at:].partition(b"\n")[0] if at else b"", body[at:]


def ids_of(body: bytes) -> list[bytes]:
    """The messages that a part of a record names."""
    return ID.findall(body)


def among(records: Sequence[Record]) -> Doubts:
    """What `doubtful` says, of all that the records tell of."""
    held: dict[str, frozenset[Around]] = {}
    newest = stood(records[0].places) if records else {}
    for old, new in itertools.pairwise(reversed([*records, NONE])):
        if new == old:
            continue
        after, gone = told(new.log, old.log)
        here = stood(new.places)
        for name in {*held, *here}:
            if name not in after and held.get(name) == here.get(name):
                continue
            found = believed(held.get(name), here.get(name), after.get(name, NOT_TOLD), gone=name in gone)
            if found:
                held[name] = found
            else:
                held.pop(name, None)
    return {name: tuple(sorted(some)) for name, some in held.items() if some != newest.get(name)}


def believed(
    before: frozenset[Around] | None, now: frozenset[Around] | None, after: frozenset[Around], *, gone: bool
) -> frozenset[Around] | None:
    """What stands around a message by a record, as far as it follows from what stood there `before`: it turns round by a line of the log alone,
    which says what stands there `after`, and goes by one. Where log and record say two things, each may be so: an update that was stopped
    has written the one and not the other."""
    if before is None:
        return now
    if now is None:
        return None if gone else before | after
    if after and not now & after:
        return now | after
    return frozenset(one for one in now if one in after or any(not turns(was, one) for was in before)) or before


def told(new: bytes, old: bytes) -> tuple[Mapping[str, frozenset[Around]], Collection[str]]:
    """By the edits that a log has and an older one had not: what stands around messages since, by id, and which went."""
    known = {line.strip() for line in old.split(b"\n")}
    after: dict[str, set[Around]] = {}
    gone: set[str] = set()
    for line in new.split(b"\n"):
        if line.strip() and line.strip() not in known:
            with suppress(ValueError, RecursionError):
                edit = Edit.parse(Fields.of(line.decode(errors="replace")))
                if edit.was and edit.was != edit.now:
                    gone.add(edit.was)
                if edit.now and any(edit.after):
                    after.setdefault(edit.now, set()).add(edit.after)
    return {name: frozenset(some) for name, some in after.items()}, gone


def turns(was: Around, now: Around) -> bool:
    """Whether a text says something else under other texts, or with links that lead elsewhere."""
    return bool(was.refs != now.refs or grading.turned_round(was.under, now.under))


def grave(before: Iterable[Around], now: Around) -> tuple[Around, ...]:
    """Of all that may have stood around a text, what says that it says something else now; all of it where none does."""
    found = tuple(before)
    return tuple(one for one in found if turns(one, now)) or found
