"""Update: bring every catalog into step with the messages, losing nothing and giving nothing away twice.

For each message of the site, the first that holds: its own entry, live or obsolete; for a text of our own templates, the
translation that we ship; the entry of a message that, by the edit log, became this one, carried over or fuzzy; the likest
entry that no message claims, fuzzy, as a guess. An old
translation is offered to one message at most, in its own context; only a carried one may stand twice. Of words that stand in
several contexts (title, heading, label of a menu), each has a translation of its own, though all say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from operator import is_, itemgetter

from pipeline.catalog import Catalog, Entry, bundled, po_entry
from pipeline.catalog.po_entry import Previous
from pipeline.catalog.template import union
from pipeline.changes import headers
from pipeline.changes.edit_log import NO_LOG, Log
from pipeline.changes.former import text_id
from pipeline.changes.lineage import (
    CARRIED,
    NOTHING,
    Held,
    Known,
    Lineage,
    carried_strings,
    cosmetic,
    holds,
    lineage_of,
    weighed,
)
from pipeline.changes.notes import carried_id
from pipeline.changes.remarks import remarked, unsaid
from pipeline.changes.texts import Around
from pipeline.changes.updated_entry import empty, first, inherited, kept, misformed, reformed, retired
from pipeline.core.locales import Locale, make
from pipeline.core.model import Key, ident
from pipeline.core.settings import Settings
from pipeline.core.states import State
from pipeline.text.similarity import Match, ratio, similar

HEADER, KEY, NONE = Key(None, ""), itemgetter(0), object()
Ours = Callable[[str], Mapping[Key, Entry]]


def nothing(name: str) -> Mapping[Key, Entry]:
    """No translation of ours."""
    return {}


def update(
    template: Catalog,
    catalogs: Mapping[str, Catalog],
    settings: Settings,
    log: Log = NO_LOG,
    ours: Ours = nothing,
    held: Mapping[str, Held] = {},
    places: Places = {},
) -> dict[str, Catalog]:
    """Every catalog brought into step with `template`, by locale name. A broken catalog is left as it is.

    `ours(name)` are the translations of the templates' texts that we ship in a language, `held` what is held of the texts
    of each beside its catalog, `places` what stands around each message, of today and of the last extraction.
    """
    step = updating(template, settings, log, ours)
    return {name: step(name, found, held.get(name, NOTHING), places) for name, found in catalogs.items()}


def updating(
    template: Catalog, settings: Settings, log: Log = NO_LOG, ours: Ours = nothing
) -> Callable[[str, Catalog, Held, Places], Catalog]:
    """What brings one catalog after the other into step, as `update` does all: by locale name, what is held of its texts, and the
    places. Languages that lack and have the same messages share one search."""
    locales = {locale.name: locale for locale in settings.locales}
    wanted = {entry.key: entry for entry in template.entries}
    search = cache(similar)
    edited = frozenset(key for key in wanted if ident(key) in log.steps) if log.steps else NO_KEYS

    def step(name: str, found: Catalog, held: Held, places: Places) -> Catalog:
        if found.broken:
            return found
        past = past_of(log, held, edited, places, wanted)
        return merge(template, wanted, found, search, locales[name], settings, past, partial(ours, name))

    return step


NO_KEYS: frozenset[Key] = frozenset()
Places = Mapping[Key, Sequence[Around]]
"""What stands around each message, at each of its places."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of the texts of a language: the edits, what is held beside its catalog, the messages of today that some
    edit led to, what stands around each, and the ids of those that stand under other texts, or whose English was written anew by hand,
    since the last extraction."""

    log: Log = NO_LOG
    held: Held = NOTHING
    edited: frozenset[Key] = NO_KEYS
    places: Places = field(default_factory=dict)
    turned: frozenset[str] = frozenset()

    def lineage(self, entry: Entry, known: Known, *, critical: bool = False) -> Lineage:
        """How an entry stands."""
        around = self.places.get(entry.key, ())
        return lineage_of(entry, self.log, known, self.held, critical=critical, places=around)

    def doubts(self, entry: Entry, wanted: Entry) -> bool:
        """Whether an entry may be no translation though no edit led to its message, or says what may not hold any more."""
        former = self.held.former
        lost = former.rows and former.unlogged(self.log.onward)
        if not lost and not former.guesses:
            return False
        said = entry.fuzzy or entry.extracted != wanted.extracted
        return bool(lost) or said or ident(entry.key) in former.guessed


def past_of(log: Log, held: Held, edited: frozenset[Key], places: Places, wanted: Iterable[Key]) -> Past:
    """What is known of the texts of a language; messages that came to stand elsewhere count as edited."""
    if moved := held.former.elsewhere:
        edited = edited.union(key for key in wanted if ident(key) in moved)
    return Past(log, held, edited, places, held.fresh)


Search = Callable[[tuple[Key, ...], tuple[Key, ...]], tuple[Match, ...]]
"""Finds which old messages are like which new ones."""


def merge(
    template: Catalog,
    wanted: Mapping[Key, Entry],
    found: Catalog,
    search: Search,
    locale: Locale,
    settings: Settings,
    past: Past,
    ours: Callable[[], Mapping[Key, Entry]],
) -> Catalog:
    """One catalog brought into step with the entries `wanted`, those of the template by key: entries in the template's order,
    then those no longer used, as obsolete. The very catalog where it is in step."""
    before, head = found, headers.in_step(found, template, locale, settings)
    found = replace(found, header=head) if head is not before.header else found
    old, by_key = folded(found.entries, wanted)
    count = headers.forms(found, locale)
    still: dict[Key, Entry] = {}
    own: dict[Key, Entry] = {}
    for key, entry in wanted.items():
        mine = by_key.get(key)
        if mine is not None and in_step(mine, entry) and not misformed(mine, count):
            still[key] = mine
        elif mine is not None:
            own[key] = reformed(kept(mine, entry, count), count)
    own |= still
    lacking = [entry for key, entry in wanted.items() if key not in own]
    for entry, strings in brought([*lacking, *unseen(own, wanted)], found, locale, ours):
        own[entry.key] = po_entry.fresh(remarked(entry._replace(strings=strings), own.get(entry.key)))
    own |= (anew := descended(own, wanted, by_key, count, past))
    if unmet := tuple(entry.key for entry in lacking if entry.key not in own):
        free = tuple(
            sorted({e.key for e in old if e.translated}.difference(wanted), key=lambda k: (k.context is not None, k))
        )
        for key, entry in inherit(own, wanted, by_key, search(unmet, free)).items():
            own[key] = inherited(entry, wanted[key], count)
    after = Known({**by_key, **own})
    live = tuple(
        own[key]
        if own.get(key) is still.get(key, NONE) and key not in past.edited and not past.doubts(own[key], entry)
        else said(own.get(key) or empty(entry, count), entry, past, after, ours=key in anew or carried(by_key.get(key)))
        for key, entry in wanted.items()
    )
    rest = [entry for entry in old if entry.key not in wanted]
    last = Known({**after, **dict(zip(wanted, live, strict=True))}) if rest else after  # as the next update finds them
    gone = tuple(retired(entry) for entry in rest if worth_keeping(entry, last, past))
    twice = old if len(by_key) < len(old) else ()
    spare = tuple(retired(entry) for entry in twice if entry.key in wanted and by_key[entry.key] is not entry)
    entries = (*live, *gone, *spare)
    same = found is before and len(entries) == len(found.entries) and all(map(is_, entries, found.entries))
    return found if same else replace(found, entries=entries)


def in_step(mine: Entry, wanted: Entry) -> bool:
    """Whether nothing of a message's own entry is to be changed, nor of what is said of its standing."""
    return (
        mine.extracted == wanted.extracted
        and mine.references == wanted.references
        and mine.flags == wanted.flags
        and mine.plural == wanted.plural
        and not mine.obsolete
        and not (mine.flags and mine.fuzzy)
        and CARRIED not in " ".join(mine.extracted)
    )


def unseen(own: Mapping[Key, Entry], wanted: Mapping[Key, Entry]) -> list[Entry]:
    """The templates' messages that a catalog has, where it has a word for none of them: it was made before we had any."""
    empty = [key for key, entry in own.items() if not any(entry.strings)]
    ours = [wanted[key] for key in empty if bundled.in_templates(wanted[key])]
    if not ours or any(
        any(own[key].strings) and bundled.in_templates(entry) for key, entry in wanted.items() if key in own
    ):
        return []
    return ours


def brought(
    lacking: Iterable[Entry], found: Catalog, locale: Locale, ours: Callable[[], Mapping[Key, Entry]]
) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """The templates' messages that the catalog has never seen and that we ship a translation of, and that translation."""
    for entry in filter(bundled.in_templates, lacking):
        ship = ours().get(entry.key)
        if ship is None or ship.plural != entry.plural:
            continue
        if ship.plural is None:
            yield entry, ship.strings
        elif (forms := bundled.by_rule(ship, make(locale.name), stated(found, locale))) and all(forms):
            yield entry, forms


def stated(found: Catalog, locale: Locale) -> str:
    """The plural rule of a catalog: its header's, or the language's where that states none."""
    return found.metadata("Plural-Forms") or locale.plurals


def descended(
    own: Mapping[Key, Entry], wanted: Mapping[Key, Entry], by_key: Known, count: int, past: Past
) -> dict[Key, Entry]:
    """The messages without a translation that the edit log traces to one, nearest first: carried over, or fuzzy.

    A translation that another message carries is not offered a second time, except one that was written for the same words in
    another context: that is that one's own.
    """
    unmet = {
        key: entry for key, entry in wanted.items() if key in past.edited and not (key in own and own[key].translated)
    }
    if not unmet:
        return {}
    found: dict[Key, Entry] = {}
    offers: list[tuple[int, float, int, Key, Entry]] = []
    for place, (key, entry) in enumerate(unmet.items()):
        for distance, was in enumerate(past.log.ways(ident(key))):
            old = by_key.by_id.get(was)
            if (
                old is None or not old.translated or (key in own and (old.obsolete or old.key in wanted))
            ):  # empty before, so left empty
                continue
            source = origin(old, by_key, past)
            mine = own.get(key)
            if made := returned(old, entry, mine, past) or carried_over(source, entry, mine, old, past):
                found[key] = made
                break
            offers.append((distance, -ratio(key.msgid, old.key.msgid), place, key, old))
    holders: dict[str, set[Key]] = {first(old.strings): set() for *_, old in offers}
    for key, entry in own.items():
        if (text := entry.strings[0] or first(entry.strings)) in holders:
            holders[text].add(key)
    given: set[tuple[str, Key]] = set()
    for *_, key, old in sorted(offers, key=lambda offer: offer[:3]):
        source = origin(old, by_key, past)
        text, english = first(old.strings), made_for(source)
        others = holders[text] - {old.key, made_for(old), english}
        taken = any(not in_own_right(own[other], english, by_key, past) for other in others)
        if key not in found and not taken and (text, english) not in given:
            found[key] = inherited(source, wanted[key], count, own.get(key), old)
            given.add((text, english))
    return found


def in_own_right(entry: Entry, english: Key, by_key: Known, past: Past) -> bool:
    """Whether an entry holds a text that was written for the words of `english` in another context, not for `english` itself: as
    a page's title and its heading have each their own translation, though both say the same."""
    mine = made_for(origin(entry, by_key, past))
    return mine.msgid == english.msgid and mine.context != english.context


def origin(old: Entry, by_key: Known, past: Past) -> Entry:
    """The entry whose text this one holds: itself, or the one it was carried over from, or lent by, and has not left since."""
    if old.fuzzy:
        return old
    now = past.lineage(old, by_key)
    if now.made_for == old.key and now.state is State.STALE:
        return po_entry.amended(old, old._replace(flags=("fuzzy", *old.flags), previous=Previous(old.key, old.plural)))
    if now.made_for == old.key:
        return old
    source = by_key.get(now.made_for)
    if source is not None and not source.fuzzy:
        return source
    return po_entry.amended(old, old._replace(flags=("fuzzy", *old.flags), previous=Previous(now.made_for)))


def returned(old: Entry, wanted: Entry, mine: Entry | None, past: Past) -> Entry | None:
    """The entry of a message whose own former translation stands under another one; None where it is another's."""
    own = (ident(wanted.key), text_id(old.strings)) in past.held.former.sound
    if not own or old.fuzzy or (old.plural is None) != (wanted.plural is None):
        return None
    return po_entry.amended(mine or old, remarked(wanted._replace(strings=old.strings), mine, old))


def made_for(old: Entry) -> Key:
    """The English that an entry's text translates."""
    return old.previous.key if old.fuzzy and old.previous else old.key


def carried_over(source: Entry, wanted: Entry, mine: Entry | None, old: Entry, past: Past) -> Entry | None:
    """The entry of a message that differs from a translated one in looks only; None where it cannot be carried over. `old` is
    the entry that held the text last, where a translator may have remarked on it."""
    way = past.log.way(ident(source.key), ident(wanted.key))
    if source.fuzzy or way is None:
        return None
    way = weighed(way, source.key, wanted, past.held.names, "critical" in wanted.extracted)
    strings = carried_strings(source, wanted, past.log.refs) if cosmetic(way) else None
    if strings is None:
        return None
    note = Lineage(State.CARRIED, source.key, way).note()
    new = wanted._replace(strings=strings, extracted=(*wanted.extracted, note), line=source.line)
    return po_entry.amended(mine or source, remarked(new, mine, old))


def carried(entry: Entry | None) -> bool:
    """Whether an entry says that its text was carried over."""
    return entry is not None and not entry.obsolete and bool(carried_id(entry.extracted))


def said(entry: Entry, wanted: Entry, past: Past, known: Known, *, ours: bool = False) -> Entry:
    """An entry with the one `#.` line that says how it stands to its English, and with the flag that goes with it; a flag
    that somebody took off stays off, which nobody did of a text that we put there (`ours`)."""
    plain = not entry.fuzzy and entry.extracted == wanted.extracted
    if plain and entry.key not in past.edited and not past.doubts(entry, wanted):
        return entry
    now = past.lineage(entry, known, critical="critical" in wanted.extracted)
    note = now.note(entry.notes)
    if plain and not note:
        return entry
    new = entry._replace(extracted=(*wanted.extracted, note) if note else wanted.extracted)
    if now.state is State.CARRIED and entry.fuzzy:
        strings = carried_strings(known[now.made_for], entry, past.log.refs) or entry.strings
        new = new._replace(strings=strings, flags=tuple(f for f in entry.flags if f != "fuzzy"), previous=None)
    elif now.state is State.STALE and not entry.fuzzy and (ours or not now.unmarked or ident(entry.key) in past.turned):
        source = known.get(now.made_for, entry)  # a tool may have dropped the entry that it was carried over from
        new = new._replace(flags=("fuzzy", *entry.flags), previous=Previous(now.made_for, source.plural))
    elif now.state is State.SUGGESTED and not entry.fuzzy and ident(entry.key) in past.turned:
        new = new._replace(flags=("fuzzy", *entry.flags))
    elif now.state is State.TRANSLATED and entry.fuzzy:
        new = new._replace(flags=tuple(f for f in entry.flags if f != "fuzzy"), previous=None)
    return po_entry.amended(entry, new)


def known(entries: Sequence[Entry], wanted: Mapping[Key, Entry]) -> Known:
    """Entries by key. Of those with one key: a translated one, the one with the plural wanted, a live one."""
    by_key = Known(zip(map(KEY, entries), entries, strict=True))
    if len(by_key) == len(entries):
        return by_key

    def rank(entry: Entry) -> tuple[bool, bool, bool]:
        other = entry.key in wanted and entry.plural != wanted[entry.key].plural
        return not entry.translated, other, entry.obsolete

    order = sorted(entries, key=rank)
    return Known((entry.key, entry) for entry in reversed(order))


def folded(entries: Sequence[Entry], wanted: Mapping[Key, Entry]) -> tuple[Sequence[Entry], Known]:
    """The entries less an obsolete header and those that only repeat another of their key, whose notes it takes over; and by key."""
    by_key = known(entries, wanted)
    if len(by_key) == len(entries) and HEADER not in by_key:
        return entries, by_key
    notes: dict[Key, tuple[str, ...]] = defaultdict(tuple)
    left = []
    for entry in entries:
        best = by_key[entry.key]
        if entry is not best and (not entry.translated or entry.strings == best.strings):
            notes[entry.key] += entry.notes
        elif entry.key != HEADER:
            left.append(entry)
    found = tuple(
        po_entry.amended(entry, entry._replace(notes=union(entry.notes, notes[entry.key])))
        if by_key[entry.key] is entry and entry.key in notes
        else entry
        for entry in left
    )
    return found, known(found, wanted)


def inherit(
    own: Mapping[Key, Entry], wanted: Iterable[Key], by_key: Mapping[Key, Entry], matches: Sequence[Match]
) -> dict[Key, Entry]:
    """New message → the old entry whose translation is offered for it: best matches first, each old entry once.

    A translation that a live entry carries, or that has just found its heir, is not offered a second time.
    """
    claimed = set(wanted)
    carried = {first(entry.strings) for entry in own.values()}
    heirs: dict[Key, Entry] = {}
    for match in matches:
        old = by_key.get(match.old)
        if old is None or not old.translated or match.old in claimed or match.new in by_key or match.new in heirs:
            continue
        if first(old.strings) in carried:
            continue
        heirs[match.new] = old
        carried.add(first(old.strings))
    return heirs


def worth_keeping(entry: Entry, by_key: Known, past: Past) -> bool:
    """Whether an entry without a message holds anything a person wrote: not an empty one, nor an untouched offer whose text, and
    whose notes, stand elsewhere."""
    if not entry.translated:
        return bool(entry.notes)
    if not entry.fuzzy and not entry.obsolete:
        source = by_key.get(past.lineage(entry, by_key).made_for, entry)
        return (
            source.key == entry.key or source.fuzzy or not holds(entry, source, past.log.refs) or unsaid(entry, source)
        )
    copied = by_key.get(entry.previous.key) if entry.fuzzy and entry.previous else None
    if copied is None or (copied.fuzzy and copied.previous) or unsaid(entry, copied):
        return True
    return not {"", *copied.strings}.issuperset(entry.strings)
