"""A catalog of ours with the translations of another tool's in it: nothing that is there is changed, nothing of theirs is lost."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.adoption import forms
from pipeline.adoption.accounts import Account, Adopted, Part
from pipeline.adoption.fates import Fate
from pipeline.adoption.foreign import Foreign
from pipeline.adoption.placing import Chain, Claim, Placing, Read, chains, surplus
from pipeline.adoption.readings import ADMONISH, Unit, torn
from pipeline.adoption.site import Site, Spot
from pipeline.catalog import Catalog, Entry, po_entry
from pipeline.catalog.po_entry import Previous
from pipeline.catalog.template import union
from pipeline.changes.grading import grade_of_messages
from pipeline.changes.lineage import clipped
from pipeline.changes.notes import guess, is_note
from pipeline.changes.remarks import remarked
from pipeline.changes.texts import Text
from pipeline.core.inline import Syntax, has_words
from pipeline.core.model import Key
from pipeline.core.plurals import spread
from pipeline.text.features import Names
from pipeline.text.similarity import similar

EXTRACTORS = frozenset(["no-wrap", "markdown-text", "read-only"])
"""Flags that another tool's extractor sets for itself."""
KATEX = '<span class="katex"'
CODE = re.compile(r"(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+\Z|\s*(?:```|~~~)[^\n`]*\n.*\n\s*(?:```|~~~)\s*\Z", re.S)
NO_TEXT = re.compile(
    r":{3,}[ \t]*(?:[a-z][\w-]*(?::[^\w\n]*)?)?|<(style|script)\b(?:(?!</\1\b).)*(?:</\1>)?", re.S | re.I
)
"""What another extractor takes for a text, and no reader sees: the line that begins or ends a box, a style, a program."""
LINK_DEFINITION = re.compile(r"\[[^\]]+\]:\s*\S+(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\Z")


def adopted(
    site: Site, found: Sequence[Foreign], catalog: Catalog, locale: str, names: Names = frozenset(), rule: str = ""
) -> tuple[Catalog, Adopted]:
    """A catalog that is in step with its site, with translations of other tools' catalogs, and what became of each. `rule`: the
    `Plural-Forms` of theirs, "" where it is that of the catalog."""
    placing = Placing(site, names)
    for one in found:
        placing.take(one)
    filling = Filling(placing, catalog, rule or catalog.metadata("Plural-Forms"))
    accounts = tuple(filling.accounts())
    made = filling.catalog()
    return made, Adopted(locale, catalog.path, accounts, tuple(withheld(site, filling.live)))


def withheld(site: Site, live: Mapping[Key, Entry]) -> Iterator[tuple[Key, str]]:
    """What of the new texts no page shows, since it brings what its English does not have."""
    for key, entry in live.items():
        for text in entry.strings:
            if what := surplus(site.spots[key], text):
                yield key, f"it brings {what}"
                break


@dataclass
class Filling:
    """One catalog that is being filled: `new` are the entries that changed, `aside` what is kept as obsolete."""

    placing: Placing
    old: Catalog
    rule: str
    new: dict[Key, Entry] = field(default_factory=dict)
    live: dict[Key, Entry] = field(default_factory=dict)
    aside: dict[Key, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def there(self) -> Mapping[Key, Entry]:
        """The live entries of the catalog as it was."""
        return self.old.live()

    @cached_property
    def lent(self) -> Mapping[tuple[Key, tuple[str, ...]], Key]:
        """The messages that wait with a translation of another English, by that English and the text."""
        waiting = [one for one in self.there.values() if guessed(one) and one.key in self.site.spots]
        return {(one.previous.key, one.strings): one.key for one in waiting if one.previous}

    @cached_property
    def held(self) -> frozenset[tuple[Key, tuple[str, ...]]]:
        """The texts that the catalog has, obsolete ones too."""
        return frozenset((one.key, one.strings) for one in self.old.entries)

    @property
    def site(self) -> Site:
        return self.placing.site

    def accounts(self) -> Iterator[Account]:
        """What becomes of each translation, in order."""
        read, winners = self.placing.read, self.placing.winners()
        for key, claim in winners.items():
            self.put(key, claim.text, read[claim.of].foreign)
        lacking = [spot for key, spot in self.site.spots.items() if self.lacks(key)]
        joined: dict[int, Chain] = {}
        for chain in chains(self.placing, lacking):
            self.put(chain.spot.key, chain.text, *(read[of].foreign for of in chain.of))
            joined |= dict.fromkeys(chain.of, chain)
        offers = self.offered([of for of in range(len(read)) if of not in joined])
        for of, one in enumerate(read):
            made = self.account(of, one, joined.get(of), offers)
            if made.fate.where == "kept" and made.fate is not Fate.OTHER:
                self.keep(one.foreign)
            yield made

    def lacks(self, key: Key) -> bool:
        """Whether a message has no translation, nor is given one."""
        entry = self.there.get(key)
        return key not in self.new and entry is not None and not entry.translated

    # Putting a translation under its message -------------------------------------------------------------------------

    def put(self, key: Key, text: str, *foreign: Foreign) -> None:
        """Give a message a translation, where it has none that somebody made for it."""
        mine, first = self.there.get(key), foreign[0].entry
        strings = self.strings(text, first)
        fuzzy = any(one.entry.fuzzy for one in foreign)
        if mine is None or not all(strings) or (mine.translated and not guessed(mine)) or (fuzzy and mine.translated):
            return
        if mine.translated and mine.previous and mine.strings != strings:
            self.aside[mine.previous.key].append(
                po_entry.fresh(mine._replace(key=mine.previous.key, plural=mine.previous.plural, obsolete=True,
                                             previous=None, extracted=(), references=(), flags=()))
            )  # fmt: skip
        flags = tuple(flag for flag in mine.flags if flag != "fuzzy")
        wanted = mine._replace(
            strings=strings,
            extracted=extracted(mine, fuzzy=fuzzy),
            flags=("fuzzy", *flags) if fuzzy else flags,
            previous=first.previous if fuzzy else None,
        )
        said = mine._replace(flags=flags)
        for one in foreign:
            theirs = tuple(flag for flag in one.entry.flags if flag not in EXTRACTORS)
            wanted = remarked(wanted, said, one.entry._replace(flags=theirs))
            said = wanted._replace(flags=tuple(flag for flag in wanted.flags if flag != "fuzzy"))
        if fuzzy and not wanted.fuzzy:
            wanted = wanted._replace(flags=("fuzzy", *wanted.flags))
        self.new[key] = po_entry.amended(mine, wanted)
        if not fuzzy:
            self.live[key] = self.new[key]

    def strings(self, text: str, theirs: Entry) -> tuple[str, ...]:
        """The texts of a translation, each plural form where the catalog has it."""
        if theirs.plural is None:
            return (text,)
        own = self.old.metadata("Plural-Forms")
        return theirs.strings if self.rule == own or not own else spread(theirs.strings, self.rule, own)

    # What became of each ----------------------------------------------------------------------------------------------

    def account(self, of: int, one: Read, chain: Chain | None, offers: Mapping[tuple[int, int], Part]) -> Account:
        """What became of one translation."""
        entry = one.foreign.entry
        if not entry.translated:
            return Account(one.foreign, Fate.EMPTY)
        if chain is not None:
            part = Part(one.units[0], Fate.JOINED, (chain.spot.key,))
            return Account(one.foreign, Fate.JOINED, (part,))
        parts = tuple(self.part(of, at, one, offers) for at in range(len(one.units)))
        if parts and all(part.fate.live for part in parts):
            worst = max((part.fate for part in parts), key=lambda fate: fate.rank)
            fate = Fate.SPLIT if len(parts) > 1 and worst.rank < Fate.SPLIT.rank else worst
            return Account(one.foreign, fate, parts)
        if parts and all(part.fate.live or part.fate is Fate.DRAFT for part in parts):
            return Account(one.foreign, Fate.DRAFT, parts)
        if len(parts) == 1:
            return Account(one.foreign, parts[0].fate, parts, parts[0].why)
        if any(part.fate.live for part in parts):
            return Account(one.foreign, Fate.PARTLY, parts, self.partly(parts))
        fate, why = self.nowhere(one.foreign)
        return Account(one.foreign, fate, parts, why)

    def partly(self, parts: Sequence[Part]) -> str:
        """Which texts of a translation found no place."""
        left = [part for part in parts if not part.fate.live]
        return "; ".join(f"“{short(part.unit.english)}”: {part.why or part.fate.title}" for part in left)

    def part(self, of: int, at: int, one: Read, offers: Mapping[tuple[int, int], Part]) -> Part:
        """What became of one text of a translation."""
        unit, claims = one.units[at], one.claims[at]
        kept = [claim for claim in claims if self.holds(claim, one.foreign)]
        if not kept and all(claim.fate is Fate.LOOKS for claim in claims):
            if (of, at) in offers:
                return offers[of, at]
            if key := self.lent.get((foreign_key(one.foreign, unit), (unit.translation,))):
                return Part(unit, Fate.EDITED, (key,), self.apart(foreign_key(one.foreign, unit), self.site.spots[key]))
            fate, why = self.nowhere(one.foreign) if len(one.units) == 1 else (Fate.GONE, "")
            return Part(unit, fate, (), why)
        keys = tuple(claim.spot.key for claim in kept)
        if not kept:
            return self.beaten(unit, claims[0], one.foreign)
        if one.foreign.entry.fuzzy:
            return Part(unit, Fate.DRAFT, keys)
        return Part(unit, min((claim.fate for claim in kept), key=lambda fate: fate.rank), keys)

    def holds(self, claim: Claim, foreign: Foreign) -> bool:
        """Whether a message has the text of a claim now, by this translation or by another."""
        now = self.new.get(claim.spot.key) or self.there.get(claim.spot.key)
        if now is None or not now.translated or now.strings != self.strings(claim.text, foreign.entry):
            return False
        return foreign.entry.fuzzy or not now.fuzzy

    def beaten(self, unit: Unit, claim: Claim, foreign: Foreign) -> Part:
        """A text whose message has another translation: it is kept with that as a note."""
        now = self.new.get(claim.spot.key) or self.there[claim.spot.key]
        text = " / ".join(filter(None, now.strings))
        if claim.spot.key in self.new:
            why = f"here: “{short(text)}”"
        else:
            why = f"the catalog had one already: “{short(text)}”"
        if (foreign.entry.key, foreign.entry.strings) not in self.held:
            note = (
                f"another translation ({foreign.path}{', fuzzy' * foreign.entry.fuzzy}): {po_entry.quote(claim.text)}"
            )
            self.new[claim.spot.key] = po_entry.amended(now, now._replace(notes=union(now.notes, (note,))))
        return Part(unit, Fate.OTHER, (claim.spot.key,), why)

    def nowhere(self, foreign: Foreign) -> tuple[Fate, str]:
        """Why a translation has no place in the site."""
        english = foreign.english.strip()
        if foreign.entry.obsolete:
            return Fate.OBSOLETE, ""
        if LINK_DEFINITION.match(english):
            return Fate.DEFINITION, ""
        types = " ".join(foreign.entry.extracted)
        read = "fenced-boxes" in self.site.marks.reads and ADMONISH.match(english)
        if ADMONISH.match(english) and not read:
            return (
                Fate.CODE,
                "a box of mdbook-admonish, which stands as code here: write it as `::: note` in the source",
            )
        if not read and ("type: Fenced code block" in types or CODE.match(foreign.english)):
            return Fate.CODE, ""
        if read or torn(foreign.english, foreign.translation, self.site.marks, self.site.keys):
            return Fate.UNSPLIT, ""
        if NO_TEXT.fullmatch(english) or not has_words(forms.parsed(english, Syntax.MARKDOWN)):
            return Fate.WORDLESS, ""
        if foreign.pages and all(page.rpartition("/")[2] == "SUMMARY" for page in foreign.pages):
            return Fate.MENU, ""
        if (place := self.site.beside(english, foreign.pages)) is not None:
            path, line, code = place
            whole = None if code else self.site.around(english, path)
            more = f", part of “{short(whole.key.msgid)}”" if whole else ""
            return Fate.CODE if code else Fate.BESIDE, f"{path}:{line}{more}"
        if KATEX in english:
            return Fate.GONE, "its formulas are the HTML of a preprocessor (KaTeX); here they stand as TeX"
        return Fate.GONE, ""

    # What is offered as fuzzy ------------------------------------------------------------------------------------------

    def offered(self, left: Sequence[int]) -> Mapping[tuple[int, int], Part]:
        """The texts without a place that are like a message without a translation, best first, each for one message at most: they
        are put there as fuzzy, with their English and what tells the two apart."""
        free: dict[Key, tuple[int, int]] = {}
        waiting = {english for english, _ in self.lent}
        for of in left:
            one = self.placing.read[of]
            if not one.foreign.entry.obsolete:
                for at, unit in enumerate(one.units):
                    if not one.claims[at] and foreign_key(one.foreign, unit) not in waiting:
                        free.setdefault(Key(unit.field or None, unit.english), (of, at))
        lacking = [key for key, spot in self.site.spots.items() if self.lacks(key) and spot.message.plural is None]
        made: dict[tuple[int, int], Part] = {}
        for match in similar(lacking, free) if free else ():
            place = free[match.old]
            if place in made or not self.lacks(match.new):
                continue
            one, spot = self.placing.read[place[0]], self.site.spots[match.new]
            unit = one.units[place[1]]
            old = foreign_key(one.foreign, unit)
            why = self.apart(old, spot)
            self.lend(spot, unit.translation, one.foreign, old, why)
            made[place] = Part(unit, Fate.EDITED, (match.new,), why)
        return made

    def apart(self, old: Key, spot: Spot) -> str:
        """What tells the English of a translation from that of a message."""
        refs = self.site.links if "[" in old.msgid else ()
        graded = grade_of_messages(
            Text(old, spot.syntax, refs), Text(spot.key, spot.syntax, spot.refs), self.placing.names, critical=False
        )
        return "; ".join(graded.reasons)

    def lend(self, spot: Spot, text: str, foreign: Foreign, old: Key, why: str) -> None:
        """Offer a message a translation of another English, as fuzzy."""
        mine = self.there[spot.key]
        before = foreign.entry.previous if foreign.entry.fuzzy and foreign.entry.previous else Previous(old)
        note = f"adopted from {foreign.path}; the English here differs: {why}"
        new = remarked(
            mine._replace(strings=(text,), extracted=extracted(mine, (note,), fuzzy=True)),
            mine,
            foreign.entry._replace(flags=()),
        )
        flags = ("fuzzy", *(flag for flag in new.flags if flag != "fuzzy"))
        new = new._replace(flags=flags, previous=before, notes=union(new.notes, (note,)))
        self.new[spot.key] = po_entry.amended(mine, new)

    # The catalog --------------------------------------------------------------------------------------------------------

    def keep(self, foreign: Foreign) -> None:
        """Keep a translation as an obsolete entry."""
        entry = foreign.entry
        flags = tuple(flag for flag in entry.flags if flag not in EXTRACTORS)
        self.aside[entry.key].append(
            po_entry.fresh(entry._replace(obsolete=True, extracted=(), references=(), flags=flags))
        )

    def catalog(self) -> Catalog:
        """The catalog as it is now; the very one that was where nothing changed."""
        entries = [self.new.get(entry.key, entry) if not entry.obsolete else entry for entry in self.old.entries]
        at = {entry.key: place for place, entry in reversed([*enumerate(entries)])}
        for key, rows in self.aside.items():
            for row in rows:
                if key not in at:
                    at[key] = len(entries)
                    entries.append(row)
                elif not same(entries[at[key]], row):
                    entries[at[key]] = noted(entries[at[key]], row)
        if len(entries) == len(self.old.entries) and all(
            one is other for one, other in zip(entries, self.old.entries, strict=True)
        ):
            return self.old
        return replace(self.old, entries=tuple(entries))


def extracted(mine: Entry, notes: Sequence[str] = (), *, fuzzy: bool) -> tuple[str, ...]:
    """The `#.` lines of an entry with what an update says of a fuzzy one that has these notes."""
    return (*(line for line in mine.extracted if not is_note(line)), *([clipped(guess(notes))] * fuzzy))


def foreign_key(foreign: Foreign, unit: Unit) -> Key:
    """The English of a unit as its own catalog knows it."""
    if unit.english == foreign.english.strip():
        return Key(foreign.meaning, unit.english)
    return Key(unit.field or None, unit.english)


def guessed(entry: Entry) -> bool:
    """Whether a fuzzy entry is an offer that no person made for its message: the text of another English."""
    return entry.fuzzy and entry.previous is not None and entry.previous.key != entry.key


def same(entry: Entry, row: Entry) -> bool:
    """Whether an entry has all that another of its key has."""
    return entry.strings == row.strings and set(row.notes) <= set(entry.notes)


def noted(entry: Entry, row: Entry) -> Entry:
    """An entry with the text and the notes of another one of its key, for which gettext has no second place, as notes."""
    texts = [po_entry.quote(text) for text in row.strings if text]
    note = f"another translation{', fuzzy' * row.fuzzy}: {' '.join(texts)}"
    other = (note,) if row.strings != entry.strings and row.translated else ()
    return po_entry.amended(entry, entry._replace(notes=union(entry.notes, (*row.notes, *other))))


def short(text: str) -> str:
    """A text for the middle of a line."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
