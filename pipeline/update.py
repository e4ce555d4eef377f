"""Update: bring every catalog into step with the messages, losing nothing and giving nothing away twice.

For each message of the site, the first that holds: its own entry; an obsolete entry whose msgid came back; the nearest
entry that has just lost its message, as fuzzy. An old translation has one heir at most, in its own context.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rapidfuzz import fuzz

from pipeline import catalog
from pipeline.catalog import Catalog, Entry, Previous
from pipeline.extract import header
from pipeline.locales import Locale
from pipeline.model import Key
from pipeline.settings import Settings

CUTOFF = 65.0
"""Least likeness (rapidfuzz ratio, 0–100) at which an old translation is offered; msgmerge and Babel use about 60."""
RARE_WORDS, CANDIDATES = 8, 48


@dataclass(frozen=True, slots=True)
class Match:
    """An old message that is like a new one, and how much (0–100)."""

    score: float
    new: Key
    old: Key


def update(template: Catalog, catalogs: Mapping[str, Catalog], settings: Settings) -> dict[str, Catalog]:
    """Every catalog brought into step with `template`, by locale name. A broken catalog is left as it is."""
    usable = {name: found for name, found in catalogs.items() if not found.broken}
    wanted = [entry.key for entry in template.entries]
    matches = similar(
        chain.from_iterable(unmet(wanted, found) for found in usable.values()),
        chain.from_iterable(free(wanted, found) for found in usable.values()),
    )
    locales = {locale.name: locale for locale in settings.locales}
    return {
        name: merge(template, found, matches, locales[name], settings) if name in usable else found
        for name, found in catalogs.items()
    }


def unmet(wanted: Sequence[Key], found: Catalog) -> Iterator[Key]:
    """The messages for which a catalog has no entry, live or obsolete."""
    known = {entry.key for entry in found.entries}
    return (key for key in wanted if key not in known)


def free(wanted: Iterable[Key], found: Catalog) -> Iterator[Key]:
    """The translated entries of a catalog that no message of the site claims."""
    taken = set(wanted)
    return (entry.key for entry in found.entries if entry.translated and entry.key not in taken)


def similar(new: Iterable[Key], old: Iterable[Key]) -> tuple[Match, ...]:
    """Which old messages are like which new ones, best first: searched once for all languages.

    Only messages that share their rarest words are compared, so the cost grows with the messages, not their product.
    """
    index: dict[tuple[str | None, str], list[Key]] = defaultdict(list)
    for key in dict.fromkeys(old):
        for word in set(tokens(key.msgid)):
            index[key.context, word].append(key)
    found = [match for key in dict.fromkeys(new) for match in nearest(key, index)]
    return tuple(sorted(found, key=lambda match: -match.score))


def nearest(key: Key, index: Mapping[tuple[str | None, str], Sequence[Key]]) -> Iterator[Match]:
    """The old messages like `key` in its own context, among those that share its rarest words."""
    words = sorted(word for word in set(tokens(key.msgid)) if (key.context, word) in index)
    lists = sorted((index[key.context, word] for word in words), key=len)
    shared = Counter(chain.from_iterable(found[:500] for found in lists[:RARE_WORDS]))
    for old, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0].msgid))[:CANDIDATES]:
        score = fuzz.ratio(key.msgid, old.msgid, score_cutoff=CUTOFF)
        if score:
            yield Match(score, key, old)


def tokens(text: str) -> list[str]:
    """The words of a message for the index; a text without spaces counts by its three-letter pieces as well."""
    found = text.lower().split()
    return found if len(found) > 2 else [*found, *(text.lower()[at : at + 3] for at in range(len(text) - 2))]


def merge(template: Catalog, found: Catalog, matches: Sequence[Match], locale: Locale, settings: Settings) -> Catalog:
    """One catalog brought into step: entries in the template's order, then those no longer used, as obsolete."""
    by_key = known(found)
    heirs = inherit(template, found, by_key, matches)
    live = tuple(step(entry, by_key, heirs, forms(found, locale)) for entry in template.entries)
    claimed = {entry.key for entry in template.entries}
    gone = tuple(retired(entry) for entry in found.entries if entry.key not in claimed and worth_keeping(entry, by_key))
    spare = tuple(
        entry
        for entry in found.entries
        if entry.obsolete
        and entry.key in claimed
        and by_key[entry.key] is not entry
        and entry.strings != by_key[entry.key].strings
    )
    head = found.header or fresh_header(template, locale, settings)
    return replace(found, header=head, entries=(*live, *gone, *spare))


def known(found: Catalog) -> dict[Key, Entry]:
    """A catalog's entries by key; a live one before an obsolete one of the same key, unless only the latter is translated."""
    by_key: dict[Key, Entry] = {}
    for entry in sorted(found.entries, key=lambda entry: (not entry.translated, entry.obsolete)):
        by_key.setdefault(entry.key, entry)
    return by_key


def inherit(
    template: Catalog, found: Catalog, by_key: Mapping[Key, Entry], matches: Sequence[Match]
) -> dict[Key, Entry]:
    """New message → the old entry whose translation is offered for it: best matches first, each old entry once.

    A translation that a live entry carries, or that has just found its heir, is not offered a second time.
    """
    claimed = {entry.key for entry in template.entries}
    carried = {entry.strings for key, entry in by_key.items() if key in claimed}
    heirs: dict[Key, Entry] = {}
    for match in matches:
        old = by_key.get(match.old)
        if old is None or not old.translated or match.old in claimed or match.new in by_key or match.new in heirs:
            continue
        if old.strings in carried:
            continue
        heirs[match.new] = old
        carried.add(old.strings)
    return heirs


def step(wanted: Entry, by_key: Mapping[Key, Entry], heirs: Mapping[Key, Entry], count: int) -> Entry:
    """The live entry for one message of the template."""
    empty = ("",) * count if wanted.plural is not None else ("",)
    if old := by_key.get(wanted.key):
        new = replace(
            old, obsolete=False, extracted=wanted.extracted, references=wanted.references, flags=kept_flags(old, wanted)
        )
        if old.plural != wanted.plural:
            new = replurals(old, new, wanted, count)
        return catalog.amended(old, new)
    if old := heirs.get(wanted.key):
        new = replace(
            old,
            key=wanted.key,
            obsolete=False,
            plural=wanted.plural,
            extracted=wanted.extracted,
            references=wanted.references,
            notes=(),
            flags=("fuzzy", *wanted.flags),
            previous=old.previous if old.fuzzy and old.previous else Previous(old.key, old.plural),
        )
        return catalog.amended(old, reformed(new, old, count))
    return catalog.fresh(replace(wanted, strings=empty))


def kept_flags(old: Entry, wanted: Entry) -> tuple[str, ...]:
    """The flags as they stand, brought up to date: the person's `fuzzy` and range kept, the format flags the template's."""
    own = tuple(flag for flag in old.flags if not flag.endswith("-format"))
    new = (*own, *wanted.flags)
    return old.flags if set(new) == set(old.flags) else new


def replurals(old: Entry, new: Entry, wanted: Entry, count: int) -> Entry:
    """An entry whose plural was added, changed or taken away: its text kept, as fuzzy."""
    new = replace(
        new,
        plural=wanted.plural,
        flags=tuple(dict.fromkeys(("fuzzy", *new.flags))),
        previous=old.previous or Previous(old.key, old.plural),
    )
    return reformed(new, old, count)


def reformed(new: Entry, old: Entry, count: int) -> Entry:
    """`new` with as many strings as its message needs; forms that have no place any more are kept as a note."""
    if new.plural is None:
        lost = tuple(text for text in old.strings[1:] if text)
        notes = (*new.notes, *(f"former plural form: {text}" for text in lost))
        return replace(new, strings=old.strings[:1], notes=notes)
    if old.plural is None:
        return replace(new, strings=(old.strings[0], *[""] * (count - 1)))
    return new


def worth_keeping(entry: Entry, by_key: Mapping[Key, Entry]) -> bool:
    """Whether an entry without a message holds anything a person wrote: not an empty one, nor an untouched guess whose text stands elsewhere."""
    if entry.notes or not entry.translated:
        return bool(entry.notes)
    copied = by_key.get(entry.previous.key) if entry.fuzzy and entry.previous else None
    return copied is None or copied is entry or copied.strings != entry.strings


def retired(entry: Entry) -> Entry:
    """The entry as obsolete: its text and the translator's notes kept."""
    return entry if entry.obsolete else catalog.amended(entry, replace(entry, obsolete=True))


def forms(found: Catalog, locale: Locale) -> int:
    """How many plural forms the catalog's own header states; the locale's where it states none."""
    for text in (found.metadata("Plural-Forms"), locale.plurals):
        digits = text.partition("nplurals=")[2].lstrip().partition(";")[0].strip()
        if digits.isdigit() and 0 < int(digits) < 10:
            return int(digits)
    return 1


def fresh_header(template: Catalog, locale: Locale, settings: Settings) -> Entry:
    """The header of a new catalog."""
    date = template.metadata("POT-Creation-Date")
    fields = dict(line.split(": ", 1) for line in header(settings, date).strings[0].strip().split("\n") if ": " in line)
    fields |= {
        "PO-Revision-Date": date,
        "Last-Translator": "",
        "Language-Team": "",
        "Language": locale.name,
        "Plural-Forms": locale.plurals,
    }
    fields.setdefault("Report-Msgid-Bugs-To", "")
    order = [
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
    ]
    return catalog.fresh(Entry(Key(None, ""), (catalog.header_lines((name, fields[name]) for name in order),)))
