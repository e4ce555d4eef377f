"""Remembering: whose translations the texts of a catalog were, noted while the catalog still says so (`changes/former`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.catalog import Catalog, Entry
from pipeline.changes import Log, lineage_of, occurrences, unmarked
from pipeline.changes.former import GUESS, LENT, MADE, PAIRS, Former, Was, text_id
from pipeline.changes.lineage import Held, Known, holds, replaced
from pipeline.changes.retitled import own
from pipeline.changes.standing import Turned, known_of
from pipeline.core.ledger import save
from pipeline.core.model import Key, ident
from pipeline.core.states import State
from pipeline.project import forgotten
from pipeline.project.project import Project


def places(project: Project, held: Mapping[str, Held]) -> Turned:
    """What stands around every message, where that counts for any language."""
    return project.arounds if any(one.former.elsewhere for one in held.values()) else {}


def before(
    project: Project, log: Log, joined: Collection[str], names: Collection[str] | None = None
) -> dict[str, Held]:
    """What is held of every language, or of some, with the texts of each English that an edit of `log` led away from; and of each that
    an edit which the project does not know yet led to though it stood in the site already (`joined`): its text is its own."""
    wanted = {*log.onward, *joined} if log.onward else set[str]()
    return {name: noted(project, name, wanted) for name in project.one_by_one(names)}


def noted(project: Project, name: str, wanted: Collection[str]) -> Held:
    """What is held of a language, with its texts that are the translation of some messages."""
    held = project.held[name]
    return more(held, made(project.catalogs[name], project.log, held, wanted)) if wanted else held


def brought(project: Project, log: Log, joined: Collection[str], found: Catalog, held: Held) -> Held:
    """What is held of a language, with what somebody brings into its catalog from elsewhere: of a text that an update had offered
    as a guess, that it is a translation."""
    known = [
        was(MADE, entry.key, entry)
        for entry in found.entries
        if not (entry.obsolete or entry.fuzzy) and (ident(entry.key), text_id(entry.strings)) in held.former.guesses
    ]
    held = more(held, iter(known))
    return more(held, made(found, project.log, held, {*log.onward, *joined})) if log.onward else held


def after(old: Catalog, found: Catalog, log: Log, held: Held) -> Held:
    """What is held of a language that was brought into step, with what its catalog offers and has carried over, and with the texts
    that stood beside one that has become obsolete without a line of the log."""
    if found.broken:
        return held
    held = more(held, (was(MADE, entry.key, entry) for entry in unmarked.side_by_side(old, found, log, held)))
    return more(held, offered(found, log, held))


def more(held: Held, rows: Iterator[Was]) -> Held:
    return replace(held, former=held.former.added(rows))


def made(found: Catalog, log: Log, held: Held, wanted: Collection[str]) -> Iterator[Was]:
    """The texts that are the translation of some messages, by a log that knows of no later edit."""
    entries = [] if found.broken else [entry for entry in found.entries if ident(entry.key) in wanted]
    known = known_of(found) if entries else Known()
    marked = {one.strings for one in found.entries if one.fuzzy and not one.obsolete} if entries else ()
    for entry in entries:
        if entry.fuzzy or not all(entry.strings) or known[entry.key] is not entry:
            continue
        if replaced(entry, held) and entry.strings not in marked:  # marked: a branch may have brought it
            continue
        now = lineage_of(entry, log, known, held)
        if now.state in {State.TRANSLATED, State.CARRIED}:
            yield was(MADE if now.state is State.TRANSLATED else LENT, now.made_for, entry)


def was(how: str, key: Key, entry: Entry) -> Was:
    """A line that an entry's text is a translation of this English."""
    return Was(how, ident(key), text_id(entry.strings), key.msgid, key.context)


def offered(found: Catalog, log: Log, held: Held) -> Iterator[Was]:
    """The texts that stand under an English that nobody has put them under: carried over, or fuzzy and untouched.

    Where another tool has merged, nothing may be left to compare with; then what stands there counts as untouched.
    """
    entries = [
        (entry, edited)
        for entry in found.entries
        if not entry.obsolete and entry.translated
        if (edited := bool(log.steps) and ident(entry.key) in log.steps) or entry.fuzzy
    ]
    known = known_of(found) if entries else Known()
    noted = {row.message for row in held.former.rows if row.how in PAIRS}
    for entry, edited in entries:
        key = entry.key
        now = lineage_of(entry, log, known, held)
        donor = known.get(now.made_for)
        match now.state:
            case State.CARRIED | State.STALE if (
                now.made_for.msgid
                and now.made_for != key
                and (now.origin, text_id(entry.strings)) not in held.former.made
            ):
                lost = ident(key) not in log.steps  # only the entry itself tells of the edit, as long as it does
                if not entry.fuzzy or now.lent or lost or (donor is None and now.origin not in noted):
                    yield was(LENT, now.made_for, entry)
            case State.SUGGESTED if entry.fuzzy and entry.previous is None and edited:
                yield Was(GUESS, ident(key), text_id(entry.strings), "")
            case State.SUGGESTED if entry.fuzzy and entry.previous:
                if donor is None or (now.made_for != key and holds(entry, donor, log.refs)):
                    yield Was(GUESS, ident(key), text_id(entry.strings), now.made_for.msgid, now.made_for.context)


def renamed(root: Path, old: Catalog, found: Catalog, log: Log, held: Held) -> Held:
    """What is held of a language, with the texts that somebody put under an English which the site has not, in its catalog alone."""
    return held if found.broken else more(held, put_elsewhere(root, old, found, log))


def put_elsewhere(root: Path, old: Catalog, found: Catalog, log: Log) -> Iterator[Was]:
    """The texts of messages that stood in the site at the last extraction and stand there still, but have no entry any more: those that
    stand now under an English that the site has not. Somebody wrote it anew in the catalog alone, and may write it so in the source later.
    By the catalog that git has of that extraction; where it has none, by what is offered to the message now."""
    live = {entry.key for entry in found.entries if not entry.obsolete}
    strange = {entry.strings: entry.key for entry in old.entries if own(entry) and entry.key not in live}
    strange = {
        said: key for said, key in strange.items() if ident(key) not in log.onward and ident(key) not in log.deleted
    }
    missing = live.difference(entry.key for entry in old.entries) if strange else set[Key]()
    before = frozenset[str]().union(*occurrences.ids_before(root).values()) if missing else frozenset[str]()
    orphans = {key for key in missing if ident(key) in before}
    if not orphans:
        return
    past = [*forgotten.since(root, found.path)]
    entries = [entry for known in past for entry in known.entries if not entry.fuzzy] if past else found.entries
    for entry in entries:
        offered = past or (entry.previous and entry.previous.key == strange.get(entry.strings))
        if entry.key in orphans and entry.strings in strange and offered:
            yield was(MADE, entry.key, entry)


def keep(project: Project, held: Mapping[str, Held]) -> Iterator[str]:
    """Write what is new; yields the files written."""
    for name, now in held.items():
        old: Former = project.former[name]
        if save(project.root, old, now.former):
            yield old.path
