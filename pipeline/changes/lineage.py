"""How a catalog's entry stands to the English of today, by the edit log: the one place that tells an edit from a guess.

The answer is worked out from the entry and the log each time. What a catalog says of it in `#.` lines is for people, but
for one thing: whether an entry was carried over by us, which nothing else in a PO file could say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalog import Entry
from pipeline.changes import edit_log
from pipeline.changes.carry_over import carried
from pipeline.changes.edit_log import Log, Path_, Step
from pipeline.changes.notes import CARRIED as CARRIED
from pipeline.changes.notes import GUESS, STALE, carried_id
from pipeline.changes.notes import is_note as is_note
from pipeline.core.inline import Inline, Syntax
from pipeline.core.model import Key, Severity, ident, syntax_of
from pipeline.core.states import State

if TYPE_CHECKING:
    from pipeline.changes.severity import Grade

LONGEST = 240
"""The most characters of a `#.` line of ours."""
PLURAL = "the plural form of the English changed"
MARKUP = "markup that could not be applied to the translation"


class Known(dict[Key, Entry]):
    """The entries of a catalog, obsolete ones too, by key and by the id of their message."""

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        return {ident(key): entry for key, entry in self.items()}

    def __reduce__(self) -> tuple[type[Known], tuple[dict[Key, Entry]]]:
        """What travels: the entries, and nothing that was worked out from them."""
        return Known, (dict(self),)


class Lineage(NamedTuple):
    """What an entry is to the English of today; `made_for` is the English it translates, `way` what happened since."""

    state: State
    made_for: Key
    way: Path_ = ()

    @property
    def severity(self) -> Severity:
        """How grave; a stale entry is wording at least."""
        worst = edit_log.gravest(self.way)
        return max(worst, Severity.WORDING) if self.state is State.STALE else worst

    @property
    def since(self) -> str:
        return edit_log.since(self.way)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in words a person reads."""
        if self.state is State.STALE and edit_log.gravest(self.way) is Severity.COSMETIC:
            return (MARKUP,)
        return edit_log.reasons(self.way)

    def note(self) -> str:
        """The `#.` line that tells a translator; "" where there is nothing to tell."""
        why = "; ".join(self.reasons)
        match self.state:
            case State.CARRIED:
                return f"{clipped(f'{CARRIED} {edit_log.since(self.way)}, only {why}')} (from {ident(self.made_for)})"
            case State.STALE:
                since = f"{STALE} {self.since}" if self.since else "stale"
                return clipped(f"{since}, {self.severity}: {why}")
            case State.SUGGESTED:
                return GUESS
        return ""


def clipped(text: str) -> str:
    """A text on one line, cut where it is very long."""
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def lineage_of(entry: Entry, log: Log, known: Known) -> Lineage:
    """How `entry` stands. `known`: the entries of its catalog by key, obsolete ones too."""
    if not entry.translated:
        return Lineage(State.UNTRANSLATED, entry.key)
    if not entry.fuzzy:
        return live(entry, log, known)
    if entry.previous is None:
        return Lineage(State.SUGGESTED, entry.key)
    made_for = entry.previous.key
    if made_for == entry.key and entry.previous.plural == entry.plural:
        return Lineage(State.SUGGESTED, made_for)
    if made_for == entry.key:
        changed = Step(ident(made_for), ident(entry.key), Severity.CRITICAL, (PLURAL,), "")
        return Lineage(State.STALE, made_for, (changed,))
    way = log.way(ident(made_for), ident(entry.key))
    if way is None:
        return Lineage(State.SUGGESTED, made_for)
    way = summed(way, made_for, entry)
    origin = known.get(made_for)
    state = State.CARRIED if cosmetic(way) and untouched(entry, origin) else State.STALE
    return Lineage(state, made_for, way)


def summed(way: Path_, made_for: Key, entry: Entry) -> Path_:
    """The way, and what its edits come to together where that is graver than each: many small ones make another text."""
    if len(way) < 2 or any(step.decision for step in way):
        return way
    whole = regraded(made_for, entry)
    if whole.severity <= edit_log.gravest(way):
        return way
    return (*way, Step(way[0].was, way[-1].now, whole.severity, whole.reasons, way[-1].on))


def regraded(old: Key, entry: Entry) -> Grade:
    """The grade of another text that became the one of `entry`, by the texts alone."""
    one, other = english(old, entry), english(entry.key, entry)
    return grade_of(one.source, one.syntax, other.source, other.syntax)


@lru_cache(4096)
def grade_of(old: str, was: Syntax, new: str, now: Syntax) -> Grade:
    """The grade of one text that became another: once for all languages."""
    from pipeline.changes.severity import grade

    return grade(read(old, was), read(new, now))


def live(entry: Entry, log: Log, known: Known) -> Lineage:
    """How an entry that is not fuzzy stands: a person's own, or carried over by us and untouched since."""
    origin = carried_from(entry, known)
    if origin is None:
        return Lineage(State.TRANSLATED, entry.key)
    way = log.way(ident(origin.key), ident(entry.key))
    if way is None or not untouched(entry, origin):
        return Lineage(State.TRANSLATED, entry.key)
    return Lineage(State.CARRIED if cosmetic(way) else State.STALE, origin.key, way)


def carried_from(entry: Entry, known: Known) -> Entry | None:
    """The entry that an entry says it was carried over from."""
    was = carried_id(entry.extracted)
    return known.by_id.get(was) if was else None


def cosmetic(way: Iterable[Step]) -> bool:
    """Whether nothing on the way was more than cosmetic."""
    return edit_log.gravest(way) is Severity.COSMETIC


def untouched(entry: Entry, origin: Entry | None) -> bool:
    """Whether an entry holds just what carrying `origin` over would write (or, fuzzy, its text as it was offered)."""
    if origin is None or origin.fuzzy or (made := carried_strings(origin, entry)) is None:
        return False
    return entry.strings == made or (entry.fuzzy and entry.strings == origin.strings)


def carried_strings(origin: Entry, entry: Entry) -> tuple[str, ...] | None:
    """The strings of `origin` carried over to the message of `entry`; None where that cannot be."""
    if (origin.plural is None) != (entry.plural is None) or len(origin.strings) != len(entry.strings):
        return None
    old, new = english(origin.key, entry), english(entry.key, entry)
    made = [carried(text, old, new) for text in origin.strings]
    return None if None in made else tuple(text for text in made if text is not None)


def english(key: Key, entry: Entry) -> Inline:
    """The English of a key, in the language that the kind of the entry says it is written in."""
    kind = entry.extracted[0] if entry.extracted else ""
    return read(key.msgid, syntax_of(key, kind, entry.references[0] if entry.references else ""))


@lru_cache(4096)
def read(msgid: str, syntax: Syntax) -> Inline:
    """A text parsed where nothing stands around it: once for all languages."""
    from pipeline.content import parse

    return parse(msgid, syntax)
