"""Finding each translation its place: which message has its English, and of several translations of one message, which is used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from pipeline.adoption import forms
from pipeline.adoption.fates import Fate
from pipeline.adoption.foreign import Foreign
from pipeline.adoption.readings import Unit, readings
from pipeline.adoption.site import Site, Spot
from pipeline.changes.carry_over import carried
from pipeline.changes.grading import grade_of_messages
from pipeline.changes.texts import Text
from pipeline.content.inline import translated
from pipeline.content.structure import excess
from pipeline.core.inline import Syntax
from pipeline.core.model import Key, Severity
from pipeline.text.features import Names


class Claim(NamedTuple):
    """A unit of a translation (its number `at`) that says it is the text of a message; `text` is what it would be there."""

    of: int
    at: int
    spot: Spot
    fate: Fate
    text: str


@dataclass(frozen=True)
class Read:
    """A translation as it was read: its units, and the claims of each."""

    foreign: Foreign
    units: tuple[Unit, ...] = ()
    claims: tuple[tuple[Claim, ...], ...] = ()

    @cached_property
    def score(self) -> tuple[int, int, int]:
        """How many of its units are a text of the site, how many of these not only by their letters, and how many bring nothing
        that the English does not have."""
        found = [claims[0] for claims in self.claims if claims]
        return len(found), sum(one.fate is not Fate.LOOKS for one in found), sum(not brings(one) for one in found)


@dataclass(frozen=True)
class Placing:
    """One language's translations and the messages that they claim."""

    site: Site
    names: Names = frozenset()
    read: list[Read] = field(default_factory=list)

    def take(self, foreign: Foreign) -> None:
        """Read one translation: in the first way in which all its texts are in the site, else in the one in which most are."""
        of, best = len(self.read), Read(foreign)
        if foreign.entry.translated and foreign.entry.plural is None:
            ways = self.ways(foreign)
            for units in ways:
                claims = tuple(tuple(self.claims(of, at, unit, foreign)) for at, unit in enumerate(units))
                one = Read(foreign, units, claims)
                if one.score > best.score or not best.units:
                    best = one
                if set(one.score) == {len(units)}:
                    break
        elif foreign.entry.translated and (spot := self.site.plural(foreign.entry)):
            unit = Unit(foreign.english, foreign.translation)
            best = Read(foreign, (unit,), ((Claim(of, 0, spot, Fate.EXACT, foreign.translation),),))
        self.read.append(best)

    def ways(self, foreign: Foreign) -> Iterator[tuple[Unit, ...]]:
        """Every way in which a translation can be read."""
        key = foreign.entry.key
        if key.context is not None and key in self.site.spots:
            yield (Unit(key.msgid, foreign.translation, key.context, self.site.spots[key].syntax),)
            return
        yield from readings(key.msgid, foreign.translation, self.site.marks, self.site.keys)

    def claims(self, of: int, at: int, unit: Unit, foreign: Foreign) -> Iterator[Claim]:
        """The messages whose text a unit is."""
        if foreign.meaning is not None and unit.field != foreign.meaning:
            return
        hits = self.site.hits(unit, foreign.pages)
        apart = Fate.SPACES if spaced(unit, foreign) else Fate.BLOCK
        for hit in hits:
            fate = apart if hit.fate is Fate.EXACT and unit.english != foreign.english else hit.fate
            yield Claim(of, at, hit.spot, fate, fitted(hit.spot, unit.translation))
        if hits or len(unit.english) < 2:
            return
        for spot in self.site.by_numbers.get(forms.spaces(unit.english), ()):
            text = forms.unnumbered(unit.translation, forms.numbered(spot.key.msgid)[1])
            yield Claim(of, at, spot, Fate.WRITTEN, fitted(spot, text))
        for spot in self.site.alike(unit):
            if (same := self.of_the_same_words(spot, unit)) is not None:
                yield Claim(of, at, spot, Fate.LOOKS, same)

    def of_the_same_words(self, spot: Spot, unit: Unit) -> str | None:
        """A unit's translation as that of a message of the same letters; None where more than looks tells the two apart, or a
        link or mark cannot be carried over."""
        refs = spot.refs if spot.refs else self.site.links
        old = Text(Key(spot.key.context, unit.english), spot.syntax, refs if "[" in unit.english else ())
        new = Text(spot.key, spot.syntax, spot.refs)
        if grade_of_messages(old, new, self.names, critical=False).severity is not Severity.COSMETIC:
            return None
        was, now = (
            forms.parsed(unit.english, spot.syntax, old.refs),
            forms.parsed(spot.key.msgid, spot.syntax, spot.refs),
        )
        found = carried(unit.translation, was, now, old.refs, new.refs)
        if found is not None:
            return found
        text = fitted(spot, unit.translation)
        return None if surplus(spot, text) else text

    # Of several translations of one message ---------------------------------------------------------------------------

    def winners(self) -> Mapping[Key, Claim]:
        """The claim of each message that holds: an approved translation before a fuzzy and an obsolete one, the one that most
        pages have, one that says it is of the message's page, the closest before looser ones, and of equals the first."""
        rivals: dict[Key, list[Claim]] = defaultdict(list)
        for one in self.read:
            for claims in one.claims:
                for claim in claims:
                    rivals[claim.spot.key].append(claim)
        return {
            key: min(claims, key=partial(self.order, Counter(one.text for one in claims)))
            for key, claims in rivals.items()
        }

    def order(self, votes: Mapping[str, int], claim: Claim) -> tuple[bool, bool, int, bool, int, int]:
        foreign = self.read[claim.of].foreign
        near = any(path in self.site.near(page) for page in foreign.pages for path in claim.spot.pages[:1])
        return foreign.entry.fuzzy, foreign.entry.obsolete, -votes[claim.text], not near, claim.fate.rank, claim.of


def brings(claim: Claim) -> str:
    """What the text of a claim has that its English has not, in words; "" for nothing."""
    return surplus(claim.spot, claim.text)


def surplus(spot: Spot, text: str) -> str:
    """What a translation of a message has that its English has not, in words; "" for nothing."""
    english = forms.parsed(spot.key.msgid, spot.syntax, spot.refs)
    return excess(english, translated(text, english, forms.scope(spot.refs)))


def spaced(unit: Unit, foreign: Foreign) -> bool:
    """Whether white space alone tells a unit from its message."""
    return forms.spaces(unit.english) == forms.spaces(foreign.english)


def fitted(spot: Spot, text: str) -> str:
    """A translation as the English of a message has its line breaks: where that has none, each is a space."""
    if "\n" not in text and "<br" not in text:
        return text
    english = forms.parsed(spot.key.msgid, spot.syntax, spot.refs)
    if spot.syntax is not Syntax.MARKDOWN or "a line break" in english.parts:
        return text
    if any(part.startswith("the HTML <br") for part in english.parts):
        return text
    return forms.spaces(forms.BREAK.sub(" ", text))


# One message here, several there ------------------------------------------------------------------------------------------


class Chain(NamedTuple):
    """Translations, by number, that one after another are the text of a message."""

    spot: Spot
    of: tuple[int, ...]
    text: str


def chains(placing: Placing, lacking: Iterable[Spot]) -> Iterator[Chain]:
    """The messages whose letters are those of several translations in a row that have no place of their own."""
    pieces: dict[str, list[int]] = defaultdict(list)
    for of, one in enumerate(placing.read):
        if one.foreign.approved and one.units and not any(one.claims):
            unit = one.units[0]
            if form := forms.letters(unit.english, unit.syntax, placing.site.links):
                pieces[form].append(of)
    if not pieces:
        return
    longest = max(map(len, pieces))
    for spot in lacking:
        whole = forms.letters(spot.key.msgid, spot.syntax, spot.refs)
        found = segments(whole, pieces, longest)
        if found is None or len(found) < 2 or spot.key.context is not None:
            continue
        rows = [placing.read[of] for of in found]
        if len({row.foreign.path for row in rows}) > 1:
            continue
        english, text = (glued([pick(row) for row in rows]) for pick in (english_of, translation_of))
        if forms.marks(english, spot.syntax, placing.site.links) != forms.marks(spot.key.msgid, spot.syntax, spot.refs):
            continue
        yield Chain(spot, tuple(found), fitted(spot, text))


def english_of(row: Read) -> str:
    return row.foreign.english


def translation_of(row: Read) -> str:
    return row.foreign.translation


def glued(texts: Sequence[str]) -> str:
    """Texts as one, a line break between two where the first ends in one, else a space."""
    from pipeline.content.parser import one_line

    return one_line("\n".join(text.strip("\n") for text in texts))


def segments(whole: str, pieces: Mapping[str, Sequence[int]], longest: int) -> list[int] | None:
    """A text as a row of pieces, the longest first; None where it is none. A piece follows the one before it in its catalog where
    it can."""
    found: list[int] = []
    at = 0
    while at < len(whole):
        end = next((end for end in range(min(len(whole), at + longest), at, -1) if whole[at:end] in pieces), 0)
        if not end:
            return None
        known = pieces[whole[at:end]]
        found.append(next((of for of in known if not found or of > found[-1]), known[0]))
        at = end
    return found
