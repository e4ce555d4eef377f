"""Update: bring every catalog into step with the messages, losing nothing and giving nothing away twice.

For each message of the site, the first that holds: its own entry; an obsolete entry whose msgid came back; the nearest
entry that has just lost its message, as fuzzy. An old translation has one heir at most, in its own context.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from rapidfuzz import fuzz

from pipeline import po, po_reader
from pipeline.catalog import Catalog
from pipeline.extract import header, union
from pipeline.locales import Locale
from pipeline.model import Key
from pipeline.po import Entry, Previous
from pipeline.settings import Settings

CUTOFF = 65.0
"""Least likeness (rapidfuzz ratio, 0–100) at which an old translation is offered; msgmerge and Babel use about 60."""
RARE_WORDS, CANDIDATES = 8, 48
FORMER = re.compile(
    r'formerly( fuzzy)?(?: msgid_plural "((?:[^"\\]|\\.)*)")?((?: msgstr(?:\[\d+\])? "(?:[^"\\]|\\.)*")+)'
)
"""The note that keeps the translation a message had with another plural: gettext refuses a second entry of its key."""
HEADER = Key(None, "")
FORM = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Match:
    """An old message that is like a new one, and how much (0–100)."""

    score: float
    new: Key
    old: Key


def update(template: Catalog, catalogs: Mapping[str, Catalog], settings: Settings) -> dict[str, Catalog]:
    """Every catalog brought into step with `template`, by locale name. A broken catalog is left as it is."""
    wanted = [entry.key for entry in template.entries]
    locales = {locale.name: locale for locale in settings.locales}
    search = cache(similar)  # languages that lack and have the same messages share one search
    return {
        name: found
        if found.broken
        else merge(template, found, search(unmet(wanted, found), free(wanted, found)), locales[name], settings)
        for name, found in catalogs.items()
    }


def unmet(wanted: Sequence[Key], found: Catalog) -> tuple[Key, ...]:
    """The messages for which a catalog has no entry, live or obsolete."""
    known = {entry.key for entry in found.entries}
    return tuple(key for key in wanted if key not in known)


def free(wanted: Iterable[Key], found: Catalog) -> tuple[Key, ...]:
    """The translated entries of a catalog that no message of the site claims, sorted."""
    old = {entry.key for entry in found.entries if entry.translated}.difference(wanted)
    return tuple(sorted(old, key=lambda key: (key.context is not None, key)))


def similar(new: Iterable[Key], old: Iterable[Key]) -> tuple[Match, ...]:
    """Which old messages are like which new ones, best first; of equals, the earlier new one, then the old one by text.

    Only messages that share their rarest words are compared, so the cost grows with the messages, not their product.
    """
    index: dict[tuple[str | None, str], list[Key]] = defaultdict(list)
    for key in dict.fromkeys(old):
        for word in set(tokens(key.msgid)):
            index[key.context, word].append(key)
    place = {key: at for at, key in enumerate(dict.fromkeys(new))}
    found = [match for key in place for match in nearest(key, index)]
    return tuple(sorted(found, key=lambda match: (-match.score, place[match.new], match.old.msgid)))


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
    wanted = {entry.key: entry for entry in template.entries}
    old = folded(found.entries, wanted)
    by_key = known(old, wanted)
    count = forms(found, locale)
    own = {key: kept(by_key[key], entry, count) for key, entry in wanted.items() if key in by_key}
    heirs = inherit(own, wanted, by_key, matches)
    live = tuple(
        own.get(key) or (inherited(heirs[key], entry, count) if key in heirs else empty(entry, count))
        for key, entry in wanted.items()
    )
    after = {**by_key, **own}
    gone = tuple(retired(entry) for entry in old if entry.key not in wanted and worth_keeping(entry, after))
    spare = tuple(retired(entry) for entry in old if entry.key in wanted and by_key[entry.key] is not entry)
    head = found.header or fresh_header(template, locale, settings)
    return replace(found, header=head, entries=(*live, *gone, *spare))


def known(entries: Iterable[Entry], wanted: Mapping[Key, Entry]) -> dict[Key, Entry]:
    """Entries by key. Of those with one key: a translated one, the one with the plural wanted, a live one."""

    def rank(entry: Entry) -> tuple[bool, bool, bool]:
        other = entry.key in wanted and entry.plural != wanted[entry.key].plural
        return not entry.translated, other, entry.obsolete

    by_key: dict[Key, Entry] = {}
    for entry in sorted(entries, key=rank):
        by_key.setdefault(entry.key, entry)
    return by_key


def folded(entries: Sequence[Entry], wanted: Mapping[Key, Entry]) -> tuple[Entry, ...]:
    """The entries less an obsolete header and those that only repeat another of their key, whose notes it takes over."""
    by_key = known(entries, wanted)
    notes: dict[Key, tuple[str, ...]] = defaultdict(tuple)
    left = []
    for entry in entries:
        best = by_key[entry.key]
        if entry is not best and (not entry.translated or entry.strings == best.strings):
            notes[entry.key] += entry.notes
        elif entry.key != HEADER:
            left.append(entry)
    return tuple(
        po.amended(entry, replace(entry, notes=union(entry.notes, notes[entry.key])))
        if by_key[entry.key] is entry and entry.key in notes
        else entry
        for entry in left
    )


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


def kept(old: Entry, wanted: Entry, count: int) -> Entry:
    """A message's own entry, live and up to date."""
    new = replace(
        old, obsolete=False, extracted=wanted.extracted, references=wanted.references, flags=kept_flags(old, wanted)
    )
    return po.amended(old, new if old.plural == wanted.plural else replurals(old, new, wanted, count))


def inherited(old: Entry, wanted: Entry, count: int) -> Entry:
    """The entry of a new message with the translation of an old one, as fuzzy."""
    new = replace(
        wanted,
        strings=reshaped(old, wanted, count),
        line=old.line,
        flags=("fuzzy", *wanted.flags),
        previous=old.previous if old.fuzzy and old.previous else Previous(old.key, old.plural),
    )
    return po.amended(old, new)


def empty(wanted: Entry, count: int) -> Entry:
    """The entry of a message without a translation."""
    return po.fresh(replace(wanted, strings=("",) * (1 if wanted.plural is None else count)))


def kept_flags(old: Entry, wanted: Entry) -> tuple[str, ...]:
    """The flags as they stand, brought up to date: a person's `fuzzy`, range and `no-…-format` kept, the format flags the template's."""
    own = tuple(flag for flag in old.flags if not flag.endswith("-format") or flag.startswith("no-"))
    new = (*own, *(flag for flag in wanted.flags if f"no-{flag}" not in own))
    return old.flags if set(new) == set(old.flags) else new


def replurals(old: Entry, new: Entry, wanted: Entry, count: int) -> Entry:
    """An entry whose plural was added, changed or taken away: what it had with that plural before, else its text as fuzzy.

    What it had until now is kept as a note, and comes back with its plural.
    """
    had = {note: one for note in old.notes if (one := recalled(note))}
    back = next((note for note, one in had.items() if one.plural == wanted.plural), "")
    now = had.get(back) or replace(old, strings=reshaped(old, wanted, count), flags=("fuzzy",))
    notes = tuple(note for note in old.notes if note != back)
    texts = {"", *now.strings, *(text for one in had.values() for text in one.strings)}
    if old.translated and not (old.fuzzy and texts.issuperset(old.strings)):
        notes = (*notes, former(old))
    flags = tuple(flag for flag in new.flags if flag != "fuzzy")
    return replace(
        new,
        plural=wanted.plural,
        strings=now.strings,
        notes=notes,
        flags=("fuzzy", *flags) if now.fuzzy else flags,
        previous=(old.previous or Previous(old.key, old.plural)) if now.fuzzy else None,
    )


def former(old: Entry) -> str:
    """An entry's translation as a note (see FORMER)."""
    plural = "" if old.plural is None else f" msgid_plural {po.quote(old.plural)}"
    names = ["msgstr"] if old.plural is None else [f"msgstr[{at}]" for at in range(len(old.strings))]
    texts = "".join(f" {name} {po.quote(text)}" for name, text in zip(names, old.strings, strict=True))
    return f"formerly{' fuzzy' * old.fuzzy}{plural}{texts}"


def recalled(note: str) -> Entry | None:
    """The translation that a note keeps, None for any other note."""
    found = FORMER.fullmatch(note)
    if found is None:
        return None
    return Entry(
        HEADER,
        tuple(po_reader.unescape(text) for text in FORM.findall(found[3])),
        None if found[2] is None else po_reader.unescape(found[2]),
        flags=("fuzzy",) if found[1] else (),
    )


def reshaped(old: Entry, wanted: Entry, count: int) -> tuple[str, ...]:
    """The strings of an old entry in the number that its new message needs."""
    if (old.plural is None) == (wanted.plural is None):
        return old.strings
    return (first(old.strings), *[""] * (0 if wanted.plural is None else count - 1))


def first(strings: Iterable[str]) -> str:
    """The first of the forms that has text."""
    return next(filter(None, strings), "")


def worth_keeping(entry: Entry, by_key: Mapping[Key, Entry]) -> bool:
    """Whether an entry without a message holds anything a person wrote: not an empty one, nor an untouched guess whose text stands elsewhere."""
    if entry.notes or not entry.translated:
        return bool(entry.notes)
    copied = by_key.get(entry.previous.key) if entry.fuzzy and entry.previous else None
    if copied is None or (copied.fuzzy and copied.previous):
        return True
    return not {"", *copied.strings}.issuperset(entry.strings)


def retired(entry: Entry) -> Entry:
    """The entry as obsolete: its text and the translator's notes kept."""
    return entry if entry.obsolete else po.amended(entry, replace(entry, obsolete=True))


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
    return po.fresh(Entry(Key(None, ""), (po.header_lines((name, fields[name]) for name in order),)))
