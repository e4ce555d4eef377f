"""The entries that a merge left without their English: by the edit log, each text under the English that came of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import takewhile

from pipeline.catalog import Catalog, Entry
from pipeline.changes.edit_log import Log
from pipeline.changes.entry_merge import made_for
from pipeline.changes.headers import forms
from pipeline.changes.lineage import Known
from pipeline.changes.merge import Past, descended, said
from pipeline.changes.notes import is_note
from pipeline.changes.updated_entry import retired
from pipeline.core.model import Key, ident


def settled(found: Catalog, left: Collection[Key], log: Log) -> Catalog:
    """A merged catalog with the text of each entry in `left` under what its English became: carried over where only the looks
    did, else fuzzy with `#|` and the reason. What the log does not know stays as it is, for the next `update`."""
    ids = {ident(key) for key in left}
    live = {entry.key: entry for entry in found.entries if not entry.obsolete and entry.key not in left}
    now = {ident(key) for key in live}
    if not any(now & log.gravity(was).keys() for was in ids if was in log.onward):
        return found
    by_key = Known((entry.key, entry) for entry in sorted(found.entries, key=lambda entry: not entry.obsolete))
    wanted = {key: bare(entry) for key, entry in live.items()}
    past = Past(log, edited=frozenset(key for key in wanted if ident(key) in log.steps))
    made = descended(live, wanted, by_key, forms(found), past)
    after = Known({**by_key, **made})
    new = {key: said(entry, wanted[key], past, after) for key, entry in made.items()}
    done = {made_for(entry) for entry in new.values()} & ids
    entries, away = [], []
    for entry in found.entries:
        if entry.obsolete:
            entries.append(entry)
        elif entry.key in left and ident(entry.key) in done:
            away.append(retired(entry))
        else:
            entries.append(new.get(entry.key, entry))
    end = next((at for at, entry in enumerate(entries) if entry.obsolete), len(entries))
    return replace(found, entries=(*entries[:end], *away, *entries[end:]))


def bare(entry: Entry) -> Entry:
    """A message as the template has it."""
    return entry._replace(
        strings=("",) * len(entry.strings),
        notes=(),
        extracted=tuple(takewhile(lambda line: not is_note(line), entry.extracted)),
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        previous=None,
        written=(),
    )
