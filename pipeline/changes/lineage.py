"""How a catalog's entry stands to the English of today, by the edit log: the one place that tells an edit from a guess.

The answer is worked out each time, from the entry, the log, and whose text it is: that a mark was taken off says nothing of
a text that nobody changed. What a catalog says of it in `#.` lines is for people, but for one thing: whether an entry was
carried over by us, which nothing else in a PO file could say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalog import Entry
from pipeline.changes import edit_log
from pipeline.changes.carry_over import carried
from pipeline.changes.edit_log import Log, Path_, Step, Ways
from pipeline.changes.former import NO_FORMER, Former, folded, likely, text_id
from pipeline.changes.notes import CARRIED as CARRIED
from pipeline.changes.notes import STALE, carried_id, guess, of_words, stated
from pipeline.changes.notes import is_note as is_note
from pipeline.changes.texts import Around, Text, scope
from pipeline.core.inline import Inline, Syntax
from pipeline.core.model import Key, Refs, Severity, ident, syntax_of
from pipeline.core.states import State

if TYPE_CHECKING:
    from pipeline.severity.severity import Grade
    from pipeline.text.features import Names

LONGEST = 240
"""The most characters of a `#.` line of ours."""
PLURAL = "the plural form of the English changed"
MARKUP = "markup that could not be applied to the translation"
ELSEWHERE = "it stands elsewhere now"
UNREAD = "what the edits come to together cannot be read again"


RefsById = Mapping[str, Refs]
NO_REFS: RefsById = {}


class Known(dict[Key, Entry]):
    """The entries of a catalog, obsolete ones too, by key and by the id of their message."""

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        return {ident(key): entry for key, entry in self.items()}

    def __reduce__(self) -> tuple[type[Known], tuple[dict[Key, Entry]]]:
        """What travels: the entries, and nothing that was worked out from them."""
        return Known, (dict(self),)


def nobody(entry: Entry) -> bool:
    """No person stands by any text."""
    return False


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a language's texts beside its catalog: whose translations they were, which of them a person `confirmed`
    for the English that they stand under, the names that must not change, and the ids of the messages that stand elsewhere, or
    under another English that a catalog was given by hand, since the last extraction (`fresh`)."""

    former: Former = NO_FORMER
    confirmed: Callable[[Entry], bool] = nobody
    names: Names = frozenset()
    fresh: frozenset[str] = frozenset()

    def here(self, entry: Entry, around: Around) -> bool:
        """Whether a person stands by an entry where it stands."""
        asked = getattr(self.confirmed, "here", None)
        return asked is not None and bool(asked(entry, around))

    def elsewhere(self, entry: Entry, log: Log) -> tuple[Around, ...]:
        """Where the text of an entry was made, if its message, or one that became it, came to stand elsewhere since."""
        ids = self.former.elsewhere
        if not ids or not entry.translated:
            return ()
        own, text = ident(entry.key), text_id(entry.strings)
        for was in (own, *(log.ways(own) if own in log.steps else ())):
            if was in ids and (found := self.former.placed.get((was, text))):
                return found
        return ()


NOTHING = Held()


class Lineage(NamedTuple):
    """What an entry is to the English of today; `made_for` is the English it translates, `way` what happened since.

    `lent`: its text is known to be that of another English. `unmarked`: it is no confirmed translation, and nothing in the
    catalog says so any more.
    """

    state: State
    made_for: Key
    way: Path_ = ()
    lent: bool = False
    unmarked: bool = False

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

    @property
    def origin(self) -> str:
        """The id of the English it translates, known or not."""
        return self.way[0].was if self.way else ident(self.made_for)

    def note(self, notes: Iterable[str] = ()) -> str:
        """The `#.` line that tells a translator; "" where there is nothing to tell. `notes`: what the entry says itself."""
        why = "; ".join(self.reasons)
        match self.state:
            case State.CARRIED:
                return f"{clipped(f'{CARRIED} {edit_log.since(self.way)}, only {why}')} (from {ident(self.made_for)})"
            case State.STALE:
                since = f"{STALE} {self.since}" if self.since else "stale"
                return clipped(f"{since}, {self.severity}: {why}")
            case State.SUGGESTED:
                return clipped(guess(notes))
        return ""


def clipped(text: str) -> str:
    """A text on one line, cut where it is very long."""
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def lineage_of(
    entry: Entry,
    log: Log,
    known: Known,
    held: Held = NOTHING,
    *,
    critical: bool = False,
    places: Sequence[Around] = (),
) -> Lineage:
    """How `entry` stands. `known`: the entries of its catalog by key, obsolete ones too; `critical`: its block is, today;
    `places`: what stands around its message, at each place that is asked about."""
    now = by_words(entry, log, known, held, critical=critical)
    if not (made := held.elsewhere(entry, log) or (places and gone_from(entry, log, held))):
        return now
    if turned := elsewhere(entry, made, log, held, places):
        bare = not entry.fuzzy and ident(entry.key) not in held.fresh  # no `update` could mark it yet
        return Lineage(State.STALE, now.made_for, (*now.way, turned), now.lent, now.unmarked or bare)
    again = (
        now.state is State.SUGGESTED and now.made_for == entry.key
    )  # fuzzy for where it stood, and it stands there no more
    return Lineage(State.TRANSLATED, entry.key) if again else now


def gone_from(entry: Entry, log: Log, held: Held) -> tuple[Around, ...]:
    """Where the English stood, when it went, whose text a guess without its mark has: what comes back elsewhere, with a comma more, is that
    text under other words."""
    donor = None if entry.fuzzy else held.former.guesses.get((ident(entry.key), text_id(entry.strings)))
    return log.deleted.get(ident(donor), ()) if donor and donor.msgid else ()


def by_words(entry: Entry, log: Log, known: Known, held: Held, *, critical: bool) -> Lineage:
    """How an entry stands by its own words and those of its English, wherever they stand."""
    if not entry.translated:
        return Lineage(State.UNTRANSLATED, entry.key)
    before = entry.previous
    if entry.fuzzy and before and before.key == entry.key:
        if before.plural == entry.plural:
            name, former = ident(entry.key), held.former
            if (name, text_id(entry.strings)) in former.sound and name not in former.elsewhere:
                return Lineage(State.TRANSLATED, entry.key)  # its English was written anew by hand, and back
            return Lineage(State.SUGGESTED, before.key)
        changed = Step(ident(before.key), ident(entry.key), Severity.CRITICAL, (PLURAL,), "")
        return Lineage(State.STALE, before.key, (changed,))
    source = source_of(entry, log, known, held)
    if source is None:
        return by_mark(entry, known, held, critical) or own_or_guess(entry, log, held)
    made_for, way, marked = source
    way = weighed(way, made_for, entry, held.names, critical or "critical" in entry.extracted)
    made = held.elsewhere(entry, log)
    # a note may be of where it stands, and of where its links lead, which is told anew
    way = noted(way, entry) if not made or (of_words(entry.extracted) and not any(one.refs for one in made)) else way
    if cosmetic(way) and as_carried(entry, known.get(made_for), way, log, held):
        return Lineage(State.CARRIED, made_for, way)
    if not entry.fuzzy and (cosmetic(way) or held.confirmed(entry)):
        return Lineage(State.TRANSLATED, entry.key)
    return Lineage(State.STALE, made_for, way, not marked, not entry.fuzzy and not marked)


def as_carried(entry: Entry, origin: Entry | None, way: Path_, log: Log, held: Held) -> bool:
    """Whether an entry has just the text that was carried over to it, whatever became since of `origin`, which had it first: a tool
    dropped it, it stands there anew, empty, or somebody translated it otherwise."""
    if untouched(entry, origin, log.refs):
        return True
    gone = origin is None or not origin.translated
    return not entry.fuzzy and (gone or (way[0].was, text_id(entry.strings)) in held.former.made)


def elsewhere(entry: Entry, made: Sequence[Around], log: Log, held: Held, places: Sequence[Around]) -> Step | None:
    """The edit that an entry suffered whose text was made (`made`) where other texts stood around its message; None where that
    turns it round at no place, or not at all of `places`, or a person stands by it. Where nobody knows the places, it did."""
    from pipeline.changes.grading import moved

    one, worst = Text(entry.key, syntax(entry.key, entry)), Severity.CRITICAL
    why: tuple[str, ...] = (ELSEWHERE,)
    steps = log.placed.get(ident(entry.key), {})
    on = max((step.on for step in steps.values()), default="")
    for at, place in enumerate(places):
        grade = min((moved(was, place, one, held.names) for was in made), key=lambda found: found.severity)
        step = steps.get(place)
        if grade.severity is Severity.COSMETIC or (not entry.fuzzy and held.here(entry, place)):
            return None
        if step and step.lowered and step.severity is Severity.COSMETIC:
            return None
        severity = Severity.CRITICAL if step and step.raised else grade.severity
        if not at or severity < worst:
            worst, why, on = severity, grade.reasons, step.on if step else on
    return Step(ident(entry.key), ident(entry.key), worst, why, on)


def by_mark(entry: Entry, known: Known, held: Held, critical: bool) -> Lineage | None:
    """How an entry stands that says it is stale though no edit leads to it: lines of the log were lost, where branches were joined in
    another clone. As grave as it says at least. Without its flag it is so unless it is known to have another text than the English that
    it names had: by the entry of that, by the list of former translations; or a person stands by it."""
    on, said = stated(entry.extracted)
    was = entry.previous.key if on and entry.previous else entry.key
    if was == entry.key or not (entry.fuzzy or (as_it_was(entry, was, known, held) and not held.confirmed(entry))):
        return None
    grade = graded(was, entry, held.names, critical=critical or "critical" in entry.extracted)
    worst = max(grade.severity, Severity.WORDING if said == str(Severity.WORDING) else Severity.CRITICAL)
    step = Step(ident(was), ident(entry.key), worst, grade.reasons or (UNREAD,), on)
    return Lineage(State.STALE, was, (step,), not entry.fuzzy, not entry.fuzzy)


def as_it_was(entry: Entry, was: Key, known: Known, held: Held) -> bool:
    """Whether an entry may have the text that another English had: not where that is known, and is another."""
    if origin := known.get(was):
        return holds(entry, origin)
    name = ident(was)
    return name not in held.former.paired or any((name, text) in held.former.made for text in likely(entry.strings))


def own_or_guess(entry: Entry, log: Log, held: Held) -> Lineage:
    """How an entry stands that no edit leads to: fuzzy or not, it is a person's own, or a guess that nobody has touched; so is
    the text of an English whose edit the log has lost."""
    if entry.fuzzy:
        return Lineage(State.SUGGESTED, entry.previous.key if entry.previous else entry.key)
    lost = held.former.unlogged(log.onward) if held.former.rows else {}
    if lost or (held.former.guesses and ident(entry.key) in held.former.guessed):
        pair = ident(entry.key), text_id(entry.strings)
        donor = held.former.guesses.get(pair) or (lost.get(pair[1]) if pair not in held.former.sound else None)
        if donor and (not donor.msgid or graver(donor, entry, held.names)) and not held.confirmed(entry):
            return Lineage(State.SUGGESTED, donor, unmarked=True)
    return Lineage(State.TRANSLATED, entry.key)


def graver(old: Key, entry: Entry, names: Names) -> bool:
    """Whether more than looks tells another English from the one of an entry."""
    return graded(old, entry, names, critical=False).severity > Severity.COSMETIC


def graded(old: Key, entry: Entry, names: Names, *, critical: bool, refs: tuple[Refs, Refs] = ((), ())) -> Grade:
    """How grave it is that one English became that of an entry. `refs`: what their reference links lead to."""
    from pipeline.changes.grading import grade_of_messages

    one, other = Text(old, syntax(old, entry), refs[0]), Text(entry.key, syntax(entry.key, entry), refs[1])
    return grade_of_messages(one, other, names, critical)


def weighed(way: Path_, made_for: Key, entry: Entry, names: Names, critical: bool) -> Path_:
    """The way, and what its edits come to together, read from the two texts as of today, where that is graver than each.

    What people lowered stays lowered, but for a whole that is critical: then each word on the way takes two of them.
    """
    worst = edit_log.gravest(way)
    if worst is Severity.CRITICAL:
        return way
    if made_for.msgid:
        severity, why = graded(made_for, entry, names, critical=critical, refs=(way[0].refs[0], way[-1].refs[1]))
    else:
        severity, why = Severity.CRITICAL, (UNREAD,)
    if severity <= worst or settled(way, worst, severity):
        return way
    return (*way, Step(way[0].was, way[-1].now, severity, why, way[-1].on))


def noted(way: Path_, entry: Entry) -> Path_:
    """The way, as grave as our own note above the entry has it: where the list of former translations lost lines, and another tool dropped the
    English that a text was made for, nothing else tells of the edits before. What people lowered stays lowered."""
    on, said = stated(entry.extracted)
    graver = said == str(Severity.CRITICAL) and edit_log.gravest(way) < Severity.CRITICAL
    if not graver or any(step.lowered for step in way):
        return way
    return (*way, Step(way[0].was, way[-1].now, Severity.CRITICAL, (UNREAD,), on))


def settled(way: Path_, worst: Severity, whole: Severity) -> bool:
    """Whether enough people said what to think of a way that comes to more than is left of its edits."""
    lowered = [step for step in way if step.lowered]
    if not lowered or whole < Severity.CRITICAL:
        return bool(lowered)
    spoken = worst is Severity.COSMETIC or max(step.words for step in lowered) is Severity.CRITICAL
    return spoken and min(step.lowered for step in lowered) > 1


class Source(NamedTuple):
    """The English that an entry's text was made for, the way from there, and whether the entry itself says so."""

    made_for: Key
    way: Path_
    marked: bool


def source_of(entry: Entry, log: Log, known: Known, held: Held) -> Source | None:
    """Which earlier English an entry's text was made for: as its text tells, which is that of another entry or of a former
    one, else as the entry says. None where no edit leads to its message, or the text is its own."""
    now = ident(entry.key) if log.steps else ""
    if now not in log.steps:
        return None
    ways = log.ways(now)
    origin = None if entry.fuzzy else carried_from(entry, known)
    if origin and untouched(entry, origin, log.refs) and (way := ways.get(ident(origin.key))):
        return Source(origin.key, way, True)
    if found := by_text(entry, ways, log, known, held):
        return found
    if entry.fuzzy and entry.previous and (way := ways.get(ident(entry.previous.key))):
        return Source(entry.previous.key, way, True)
    return unreadable(entry, ways, known, held)


def by_text(entry: Entry, ways: Ways, log: Log, known: Known, held: Held) -> Source | None:
    """The English that an entry's text is known to have been made for: nearest first, as the former translations have it;
    else the farthest whose entry holds it, since the nearer ones may have it from there, less what a person confirmed."""
    text, made = text_id(entry.strings), held.former.made
    if not entry.fuzzy and (ways.now, text) in held.former.sound:
        return None
    found: Source | None = None
    touched: tuple[str, ...] = ()
    for was in ways:
        if (was, text) in made:
            return Source(made[was, text], ways[was], False)
        origin, grave = known.by_id.get(was), edit_log.gravest(ways[was]) is Severity.CRITICAL
        touched = touched or (likely(entry.strings) if grave and not entry.fuzzy else ())
        if grave and (one := next((one for one in touched if (was, one) in made), None)):
            return Source(made[was, one], ways[was], False)  # a full stop translates no other dose
        held_there = origin is not None and (
            holds(entry, origin, log.refs) or (grave and text_id(origin.strings) in touched)
        )
        if origin is None or not held_there or log.older(ways.now, was) or replaced(origin, held):
            continue
        if not origin.fuzzy and own_or_guess(origin, log, held).unmarked:
            continue
        key = says(origin, known)
        if way := ways.get(ident(key)):
            found = Source(key, way, False)
        if not origin.fuzzy and held.confirmed(origin):
            break
    return found


def replaced(origin: Entry, held: Held) -> bool:
    """Whether an obsolete entry has another text than its English is known to have had: a replacement in the whole file (`:%s`) writes in
    `#~` lines as well, and what stands there then is nobody's translation of that English."""
    name = ident(origin.key)
    if not origin.obsolete or origin.fuzzy or name not in held.former.translated:
        return False
    return not any((name, text) in held.former.made for text in likely(origin.strings))


def says(entry: Entry, known: Known) -> Key:
    """The English that an entry itself says its text was made for."""
    if entry.fuzzy:
        return entry.previous.key if entry.previous else entry.key
    source = carried_from(entry, known)
    return source.key if source else entry.key


def holds(entry: Entry, origin: Entry, refs: RefsById = NO_REFS) -> bool:
    """Whether an entry has no text but that of another one, as it stands there or carried over."""
    texts = {folded(text) for text in origin.strings if text}
    if texts.issuperset(folded(text) for text in entry.strings if text):
        return True
    return bool(texts) and carried_strings(origin, entry, refs) == entry.strings


def unreadable(entry: Entry, ways: Ways, known: Known, held: Held) -> Source | None:
    """The gravest way to an entry of which nobody knows whose text it has, since a line that may say so cannot be read."""
    if entry.fuzzy or not held.former.findings:
        return None
    was = max(ways, key=lambda one: edit_log.gravest(ways[one]), default=None)
    if was is None or cosmetic(ways[was]):
        return None
    origin = known.by_id.get(was)
    return Source(origin.key if origin else Key(entry.key.context, ""), ways[was], False)


def carried_from(entry: Entry, known: Known) -> Entry | None:
    """The entry that an entry says it was carried over from."""
    was = carried_id(entry.extracted)
    return known.by_id.get(was) if was else None


def cosmetic(way: Iterable[Step]) -> bool:
    """Whether nothing on the way was more than cosmetic."""
    return edit_log.gravest(way) is Severity.COSMETIC


def untouched(entry: Entry, origin: Entry | None, refs: RefsById = NO_REFS) -> bool:
    """Whether an entry holds just what carrying `origin` over would write (or, fuzzy, its text as it was offered). An origin that
    is fuzzy for where it stands has a text all the same."""
    unsure = origin is None or (origin.fuzzy and not (origin.previous and origin.previous.key == origin.key))
    if origin is None or unsure or (made := carried_strings(origin, entry, refs)) is None:
        return False
    return entry.strings == made or (entry.fuzzy and entry.strings == origin.strings)


def carried_strings(origin: Entry, entry: Entry, refs: RefsById = NO_REFS) -> tuple[str, ...] | None:
    """The strings of `origin` carried over to the message of `entry`; None where that cannot be. `refs`: what the reference
    links of messages lead to, by their ids."""
    if (origin.plural is None) != (entry.plural is None) or len(origin.strings) != len(entry.strings):
        return None
    before, after = refs.get(ident(origin.key), ()), refs.get(ident(entry.key), ())
    old, new = english(origin.key, entry, before), english(entry.key, entry, after)
    made = [carried(text, old, new, before, after) for text in origin.strings]
    return None if None in made else tuple(text for text in made if text is not None)


def english(key: Key, entry: Entry, refs: Refs = ()) -> Inline:
    """The English of a key, in the language that the kind of the entry says it is written in."""
    return read(key.msgid, syntax(key, entry), refs)


def syntax(key: Key, entry: Entry) -> Syntax:
    """The language that the kind of an entry says an English is written in."""
    kind = entry.extracted[0] if entry.extracted else ""
    return syntax_of(key, kind, entry.references[0] if entry.references else "")


@lru_cache(4096)
def read(msgid: str, syntax: Syntax, refs: Refs = ()) -> Inline:
    """A text parsed where nothing stands around it but what it refers to: once for all languages."""
    from pipeline.content import parse

    return parse(msgid, syntax, scope(refs))
