"""Pairing: the blocks of a page and of a translated copy of it, in order, by what languages share. Never by the words.

What two languages share: the kinds of blocks, code, links, numbers, names, and how long a text is. A pair is certain where the two
have rare things in common, or where they stand in a stretch between two such places that has the same blocks on both sides, and
nothing speaks against it. What is only likely is said to be that; all else is left to a person.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from itertools import groupby
from typing import NamedTuple

from pipeline.changes.parts import Part
from pipeline.changes.same_words import (
    ENDS,
    KEYS,
    LONE,
    WORD,
    has_words_in_tags,
    named,
    same_words,
    wordless,
)
from pipeline.changes.swapped import swapped
from pipeline.comparison.matching import agree, dose
from pipeline.core.progress import Progress, silent
from pipeline.text.length import weight
from pipeline.text.similarity import ratio

CERTAIN, LIKELY, ENGLISH = "certain", "likely", "still English"
NUMBERS, MOVED = "their numbers differ", "it stands in another place of the page"
SECTION = "its section may be another one of the page"
SKIP, OTHER_KIND, APART = -1.1, -2.0, -40.0
"""What it costs to leave a block alone, to pair blocks of two kinds of prose, and what is never paired."""
ELSEWHERE = 3.0
"""What it costs to pair two texts each of which has a link that says where the other of it stands."""
SPREAD = 0.1
"""How much the length of a translation varies (standard deviation of the logarithm of its ratio) for a text of a few sentences."""
PLAIN_ODD, MORE_ODD, ODD = 1.6, 0.8, 2.5
"""Deviations of length beyond which no pair is certain: without anything in common, with a sentence more, in any case."""
STEADY_PLAIN, STEADY_ODD, STEADY_CLEAR = 2.2, 2.8, 1.5
"""The same where a pair is held by what is beside it."""
CLEAR = 0.3
"""How much likelier the order of two blocks is than the other way round, for it to be certain."""
RARE = 0.34
"""The share of its kind's blocks up to which a thing tells where it stands."""
READ = ("number", "name")
"""What one language may be read for and another not, so that it counts where both pages have it."""
CASED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[0-9_]|\w\.\w")
ANY_TAG = re.compile(r"<[^>]*>")
SHORT = 40
"""How much of a block is told of it."""
PROSE = frozenset(["paragraph", "list item", "quotation", "definition", "footnote", "HTML text", "table cell", "image"])


class Paired(NamedTuple):
    """An English block and one of the copy, by their numbers; how sure, and by what, in words."""

    english: int
    copy: int
    how: str
    why: str


class Seen(NamedTuple):
    """What a block is compared by with many others: what a translation leaves as it is, the names in it with how often, what of it
    counts against one that has it not, and its links that stand in one block of either page alone."""

    told: frozenset[str]
    names: Mapping[str, int]
    weighty: frozenset[str]
    once: frozenset[str]


@dataclass(frozen=True)
class Pairs:
    """Two pages side by side: `scale` is how long the language is for a letter of English."""

    english: Sequence[Part]
    copy: Sequence[Part]
    scale: float
    spoken: Counter[str] = field(default_factory=Counter)
    """In how many translated texts of all copies each word stands, as it is written there."""

    @cached_property
    def rare(self) -> Mapping[str, float]:
        """How much each thing tells of where it stands: all where it stands in one block of either page, nothing where in many."""
        counts = [Counter(thing for part in page for thing in self.told(part)) for page in (self.english, self.copy)]
        sizes = [max(1, len(page)) for page in (self.english, self.copy)]
        return {
            thing: max(0.0, 1 - max(count[thing] - 1 for count in counts) / (RARE * min(sizes)))
            for thing in counts[0].keys() & counts[1].keys()
        }

    def told(self, part: Part) -> frozenset[str]:
        """The things of a block, names and its own among them."""
        own = {f"place {part.place}"} if part.place else set()
        return part.things | own | {f"name {name}" for name in part.names if self.is_name(name)}

    @cached_property
    def common(self) -> frozenset[str]:
        """The words in Latin letters that both pages have: names, where the copy is in another script or the word is no word."""
        both = [{name for part in page for name in part.names} for page in (self.english, self.copy)]
        return frozenset(both[0] & both[1])

    @cached_property
    def foreign(self) -> bool:
        """Whether the copy is in another script than Latin."""
        letters = [char for part in self.copy for char in part.plain[:200] if char.isalpha() and part.kind != "code"]
        return sum(char > "\u024f" for char in letters) * 2 > len(letters)

    def is_name(self, word: str) -> bool:
        """Whether a word stays as it is in the copy."""
        return word in self.common and len(word) > 1 and (self.foreign or CASED.search(word) is not None)

    def score(self, one: Part, two: Part) -> float:
        """How likely two blocks are one, as a logarithm; APART where they cannot be."""
        return self.scored(one, two, self.seen(one), self.seen(two))

    def seen(self, part: Part) -> Seen:
        """What a block is compared by with many others."""
        names = {name: count for name, count in part.names.items() if self.is_name(name)} if self.foreign else {}
        rare = self.rare
        weighty = frozenset(thing for thing in part.things if thing in rare or not thing.startswith(READ))
        once = frozenset(thing for thing in weighty if thing.startswith("link") and rare.get(thing) == 1.0)
        return Seen(self.told(part), names, weighty, once)

    def scored(self, one: Part, two: Part, first: Seen, second: Seen) -> float:
        """The score of two blocks of which that is known."""
        if one.field or two.field:
            same = (
                one.field
                and two.field
                and one.message
                and two.message
                and one.message.key.context == two.message.key.context
            )
            return 6.0 if same else APART
        if (one.kind == "code") != (two.kind == "code"):
            return APART
        if one.kind == "code":
            alike = ratio(one.text, two.text) / 100
            return 5 * alike - 2 if alike > 0.5 else APART
        if one.kind != two.kind and not {one.kind, two.kind} <= PROSE and not self.is_one_place(one, two):
            return APART
        made = 1.0 if one.kind == two.kind else OTHER_KIND
        made -= min(4.0, self.odd(one, two, kept(first.names, second.names)) ** 2 / 4)
        if both := first.told & second.told:
            made += min(5.0, sum(1.6 * self.rare.get(thing, 0.0) for thing in both))
        if first.weighty != second.weighty:
            made -= min(3.0, 0.5 * len(first.weighty ^ second.weighty))
        return made - ELSEWHERE if lead_apart(first, second) else made

    def deviation(self, one: Part, two: Part) -> float:
        """How odd the lengths of two texts are for a translation, in deviations; short texts vary more."""
        return self.odd(one, two, self.kept(one, two))

    def odd(self, one: Part, two: Part, same: int) -> float:
        """The same, where so much of both texts is as long in every language."""
        ours, theirs = (one.size - same) * self.scale + 3 + same, two.size + 3
        return math.log(theirs / ours) / (SPREAD + 0.6 / math.sqrt(ours))

    def kept(self, one: Part, two: Part) -> int:
        """How long the names are that both texts have, which are as long in every language."""
        return kept(self.seen(one).names, self.seen(two).names) if self.foreign else 0

    def against(self, one: Part, two: Part, most: float = ODD) -> str:
        """What speaks against two blocks being one, in words; "" where nothing does. `most`: how odd their lengths may be."""
        odd = abs(self.deviation(one, two))
        if odd > most:
            return "their lengths differ"
        if one.kind != two.kind and not self.is_one_place(one, two):
            return f"a {one.kind} and a {two.kind}"
        if self.numbers_differ(one, two):
            return NUMBERS
        if self.foreign and two.size and len(two.words) > 3 and not any(char > "\u024f" for char in two.text):
            return "the copy is in the letters of the English"
        if named(one.text) != named(two.text) and named(one.text):
            return "their code differs"
        for what, name in (("link", "links differ"), ("code", "code differs"), ("html", "markup differs")):
            ours, theirs = ({thing for thing in part.things if thing.startswith(what)} for part in (one, two))
            if ours != theirs:
                return f"their {name}"
        return ""

    def is_merged(self, rows: Sequence[tuple[int | None, int | None]], at: int) -> bool:
        """Whether one of a pair has more sentences, and beside it a block is left alone that may be in it; or it is far longer."""
        one, two = rows[at]
        assert one is not None and two is not None
        ours, theirs = self.english[one], self.copy[two]
        more, odd = abs(ours.sentences - theirs.sentences), abs(self.deviation(ours, theirs))
        beside = any(None in rows[other] for other in (at - 1, at + 1) if 0 <= other < len(rows))
        return more > 0 and (odd > PLAIN_ODD or (beside and (more > 1 or odd > MORE_ODD)))

    def numbers_differ(self, one: Part, two: Part) -> bool:
        """Whether a number of either text is not in the other, however the two languages write it."""
        ours, theirs = one.reading, two.reading
        found = agree(ours, theirs, two.tongue)
        words = found.words_missing and found.words_extra
        return bool(found.missing or found.extra or words or sorted(ours.phones) != sorted(theirs.phones))

    def shared(self, one: Part, two: Part) -> list[str]:
        """The rare things that two blocks share, the rarest first."""
        both = sorted(self.told(one) & self.told(two), key=lambda thing: (-self.rare.get(thing, 0.0), thing))
        return [thing for thing in both if self.rare.get(thing, 0.0) > 0.5]

    @cached_property
    def rows(self) -> Sequence[tuple[int | None, int | None]]:
        return self.aligned()

    def aligned(self) -> list[tuple[int | None, int | None]]:
        """The blocks in order, each with the one that it is likest, or alone."""
        rows, columns = len(self.english), len(self.copy)
        ours, theirs = ([self.seen(part) for part in page] for page in (self.english, self.copy))
        above = [SKIP * column for column in range(columns + 1)]
        step = [bytearray(b"\2" * (columns + 1))]
        for row in range(1, rows + 1):
            line, marks = [SKIP * row], bytearray(b"\1")
            for column in range(1, columns + 1):
                one, two = row - 1, column - 1
                pair = above[two] + self.scored(self.english[one], self.copy[two], ours[one], theirs[two])
                alone, other = above[column] + SKIP, line[column - 1] + SKIP
                top = max(pair, alone, other)
                line.append(top)
                marks.append(0 if top == pair else 1 if top == alone else 2)
            above = line
            step.append(marks)
        found: list[tuple[int | None, int | None]] = []
        row, column = rows, columns
        while row or column:
            mark = 2 if not row else 1 if not column else step[row][column]
            row, column = row - (mark != 2), column - (mark != 1)
            found.append((row if mark != 2 else None, column if mark != 1 else None))
        return found[::-1]

    @cached_property
    def firm(self) -> Sequence[bool]:
        """Of each row, whether it stands by itself."""
        return [self.is_firm(*row) for row in self.rows]

    @cached_property
    def whole(self) -> Sequence[bool]:
        """Of each row, whether it is in a stretch between two that stand by themselves that has the same blocks on both sides."""
        rows, moved, found = self.rows, self.moved, [False] * len(self.rows)
        told = {(pair.english, None) for pair in moved} | {(None, pair.copy) for pair in moved}
        for is_firm, group in groupby(range(len(rows)), key=lambda at: self.firm[at]):
            stretch = [*group]
            lone = [rows[at] for at in stretch if None in rows[at]]
            if not is_firm and told.issuperset(lone) and closed(lone, moved):
                for at in stretch:
                    found[at] = True
        return found

    @cached_property
    def swapped(self) -> frozenset[int]:
        """The rows of sections that may have changed places. What only the order of the headings says of a link tells nothing here:
        it follows from the places of the sections."""
        kinds = ["" if one is None else self.english[one].kind for one, _ in self.rows]
        plain = [*map(self.plainly, self.english)], [*map(self.plainly, self.copy)]

        def holds(at: int) -> bool:
            two = self.rows[at][1]
            return self.firm[at] and two is not None and self.copy[two].kind != "code" and not self.copy[two].guessed

        def score(one: int, two: int) -> float:
            return self.scored(self.english[one], self.copy[two], plain[0][one], plain[1][two])

        return swapped(self.rows, kinds, [*map(holds, range(len(kinds)))], score)

    @cached_property
    def places(self) -> frozenset[str]:
        """The names of the places of the English that are known to be the ones at their places of the copy."""
        return frozenset(
            self.english[one].place
            for at, (one, two) in enumerate(self.rows)
            if one is not None and two is not None and (self.firm[at] or self.whole[at]) and at not in self.swapped
        )

    def judged(self) -> Iterator[Paired]:
        """The pairs, each with how sure it is."""
        rows, firm, whole, elsewhere, moved = self.rows, self.firm, self.whole, self.swapped, self.moved
        for at, (one, two) in enumerate(rows):
            if one is None or two is None:
                continue
            ours, theirs = self.english[one], self.copy[two]
            if ours.message is None or theirs.message is None or ours.kind == "code":
                continue
            if same_words(ours, theirs):
                own = self.stays(at) if ours.inline.nodes == theirs.inline.nodes else ""
                yield Paired(one, two, *((CERTAIN, own) if own else (ENGLISH, "the copy has the English")))
                continue
            loose = whole[at] and not firm[at] and self.is_steady(rows, at)
            wrong, shared = self.against(ours, theirs, STEADY_ODD if loose else ODD), self.shared(ours, theirs)
            if not wrong and self.is_merged(rows, at):
                wrong = "one has more sentences"
            if not wrong and not firm[at] and self.is_crossed(rows, at):
                wrong = "it may be the one before or after"
            plain = STEADY_PLAIN if loose else PLAIN_ODD
            if not wrong and not shared and not firm[at] and abs(self.deviation(ours, theirs)) > plain:
                wrong = "their lengths differ"
            if not wrong and at in elsewhere:
                wrong = SECTION
            if not wrong and self.is_lone_dose(ours, theirs):
                wrong = "a dose, and nothing that stands on the page once says that it is this one"
            if not wrong and (firm[at] or whole[at]):
                said = ", ".join(shared[:3]) or ("the same key" if ours.field else "the same blocks before and after")
                yield Paired(one, two, CERTAIN, said)
            else:
                yield Paired(one, two, LIKELY, wrong or self.lone_beside(at))
        yield from moved

    def is_one_place(self, one: Part, two: Part) -> bool:
        """Whether two headings, of one level or not, have the name that no other one of either page has."""
        return one.place == two.place != "" and self.rare.get(f"place {one.place}") == 1.0

    def lone_beside(self, at: int) -> str:
        """Which block that is on one side alone makes a pair unsure, the nearest one of its stretch, in words."""
        for apart in range(1, len(self.rows)):
            for other in (at - apart, at + apart):
                if 0 <= other < len(self.rows) and None in self.rows[other]:
                    one, two = self.rows[other]
                    part = self.english[one] if one is not None else self.copy[two or 0]
                    what = "the copy has nothing for" if one is not None else "the English has nothing for"
                    return f"{what} “{begin(part)}”, near it"
        return "blocks were added or left out around it"

    def stays(self, at: int) -> str:
        """Why a text that is the same in both is its own translation, in words; "" where it is English still. One without words is; and
        so are keys by their names, and one word that the translated texts have as well, where what stands around it was translated."""
        one, two = self.rows[at]
        assert one is not None and two is not None
        ours = self.english[one]
        if has_words_in_tags(ours):
            return ""
        if named(ours.text) or wordless(ours.plain):
            return "a name that stays"
        text = ours.plain.strip()
        if not ours.message or ours.message.critical:
            return ""
        if LONE.fullmatch(text) and not self.foreign and self.has_translated_heads(at):
            return "the same word in both languages, in a row whose other heads are translated"
        if not (KEYS.fullmatch(text) or self.is_theirs(text)):
            return ""
        beside = [self.is_translated(range(at - 1, -1, -1)), self.is_translated(range(at + 1, len(self.rows)))]
        return "the same word in both languages" if any(beside) and False not in beside else ""

    def has_translated_heads(self, at: int) -> bool:
        """Whether a text is a head of a table one of whose other heads is translated."""

        def heads(places: Iterable[int]) -> Iterator[tuple[Part, Part]]:
            for place in places:
                one, two = self.rows[place]
                if one is None or two is None or self.english[one].kind != "table heading":
                    return
                yield self.english[one], self.copy[two]

        row = [*heads(range(at, -1, -1)), *heads(range(at, len(self.rows)))]
        return any(not same_words(one, two) for one, two in row)

    def is_theirs(self, text: str) -> bool:
        """Whether a text is one word that the language has too: in small letters, or, where nouns have a capital, twice."""
        if not LONE.fullmatch(text):
            return False
        word = text.rstrip(ENDS)
        capital = self.spoken[word.capitalize()] > 1 and any(part.tongue.code == "de" for part in self.copy[:1])
        return self.spoken[word.lower()] > 0 or capital

    def is_translated(self, rows: Iterable[int]) -> bool | None:
        """Whether the first of some rows that has several words in both languages is translated; None where none has."""
        for at in rows:
            one, two = self.rows[at]
            if one is None or two is None or self.english[one].kind == "code":
                continue
            ours = self.english[one]
            text = ours.plain.strip()
            if ours.message and not LONE.fullmatch(text) and not KEYS.fullmatch(text) and not wordless(text):
                return not same_words(ours, self.copy[two])
        return None

    @cached_property
    def moved(self) -> Sequence[Paired]:
        """The blocks that stand in another place."""
        return [*self.in_another_place(self.rows)]

    def in_another_place(self, rows: Sequence[tuple[int | None, int | None]]) -> Iterator[Paired]:
        """Of the blocks that the order leaves alone on both sides, those that share what stands in no other block of either page: a
        link, a piece of code, or two things. Each is the only one for the other, and none is certain."""
        ours = [one for one, two in rows if one is not None and two is None]
        theirs = [two for one, two in rows if one is None and two is not None]
        found = [(one, two) for one in ours for two in theirs if self.is_moved(self.english[one], self.copy[two])]
        firsts, seconds = (Counter(pair[side] for pair in found) for side in (0, 1))
        for one, two in found:
            if firsts[one] == seconds[two] == 1:
                if same_words(self.english[one], self.copy[two]):
                    yield Paired(one, two, ENGLISH, "the copy has the English")
                else:
                    yield Paired(one, two, LIKELY, self.against(self.english[one], self.copy[two]) or MOVED)

    def is_moved(self, one: Part, two: Part) -> bool:
        """Whether two blocks are likely one in two places."""
        if (
            one.message is None
            or two.message is None
            or one.field
            or two.field
            or one.kind != two.kind
            or one.kind == "code"
        ):
            return False
        if same_words(one, two):
            return one.size > 0
        once = [thing for thing in self.told(one) & self.told(two) if self.rare.get(thing) == 1.0]
        return abs(self.deviation(one, two)) <= ODD and (
            len(once) > 1 or any(thing.startswith(("link", "code")) for thing in once)
        )

    def is_lone_dose(self, one: Part, two: Part) -> bool:
        """Whether a text is one that may harm under another (a dose, a contact, what its author marked), and has nothing in common
        with its copy that stands in one block of each page alone."""
        assert one.message is not None
        if not (one.message.critical or dose(one.reading)):
            return False
        return not any(self.rare.get(thing) == 1.0 for thing in self.told(one) & self.told(two))

    def is_steady(self, rows: Sequence[tuple[int | None, int | None]], at: int) -> bool:
        """Whether a pair is held by what is beside it: nothing was left out there, a block of another kind is on one side or both, and
        no other order would do nearly as well."""
        one, two = rows[at]
        assert one is not None and two is not None
        ours, theirs = self.english[one], self.copy[two]
        beside = [rows[other] for other in (at - 1, at + 1) if 0 <= other < len(rows)]
        kinds = {self.english[other].kind for other, _ in beside if other is not None}
        return (
            ours.kind == theirs.kind
            and ours.sentences == theirs.sentences
            and all(None not in row for row in beside)
            and not kinds <= {ours.kind}
            and not self.is_crossed(rows, at, STEADY_CLEAR)
        )

    def is_crossed(self, rows: Sequence[tuple[int | None, int | None]], at: int, clear: float = CLEAR) -> bool:
        """Whether a pair and one beside it would do as well the other way round."""
        for other in (at - 1, at + 1):
            if not 0 <= other < len(rows):
                continue
            (one, two), (three, four) = rows[at], rows[other]
            if one is not None and two is not None and three is not None and four is not None:
                first, second, third, fourth = self.english[one], self.copy[two], self.english[three], self.copy[four]
                straight = self.score(first, second) + self.score(third, fourth)
                if self.score(first, fourth) + self.score(third, second) > straight - clear:
                    return not same_words(third, fourth)
        return False

    def plainly(self, part: Part) -> Seen:
        """What a block is compared by, without the links that only the order of headings leads anywhere."""
        seen, less = self.seen(part), part.guessed
        return Seen(seen.told - less, seen.names, seen.weighty - less, seen.once - less) if less else seen

    def anchors(self) -> Iterator[tuple[int, int]]:
        """The texts that stand by themselves and say something."""
        for one, two in self.rows:
            if one is not None and two is not None and self.is_firm(one, two):
                ours, theirs = self.english[one], self.copy[two]
                if ours.message and theirs.message and not same_words(ours, theirs):
                    yield one, two

    def is_firm(self, one: int | None, two: int | None) -> bool:
        """Whether a pair stands by itself."""
        if one is None or two is None:
            return False
        ours, theirs = self.english[one], self.copy[two]
        if ours.field or ours.kind == "code":
            return True
        if same_words(ours, theirs):
            return ours.size > 0
        alike = sum(self.rare.get(thing, 0.0) for thing in self.shared(ours, theirs)) >= 1.5
        return (alike or self.is_one_place(ours, theirs)) and not self.against(ours, theirs)


def closed(lone: Sequence[tuple[int | None, int | None]], moved: Iterable[Paired]) -> bool:
    """Whether the blocks that the order leaves alone in a stretch are each other's: they stand in another place of it."""
    return all(((pair.english, None) in lone) == ((None, pair.copy) in lone) for pair in moved)


def begin(part: Part) -> str:
    """How a block begins, in words."""
    text = " ".join(unescape(ANY_TAG.sub("", part.plain or part.text)).split())
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


def kept(ours: Mapping[str, int], theirs: Mapping[str, int]) -> int:
    """How long the names are that both of two texts have."""
    if not ours or not theirs:
        return 0
    return sum(weight(name) * min(count, theirs[name]) for name, count in ours.items() if name in theirs)


def lead_apart(one: Seen, two: Seen) -> bool:
    """Whether each of two texts has a link that stands in one block of either page alone, and the other text has not."""
    return bool(one.once and two.once and one.once - two.once and two.once - one.once)


def paired(
    pages: Sequence[tuple[Sequence[Part], Sequence[Part]]],
    length: float,
    progress: Progress = silent,
) -> Iterator[Pairs]:
    """Each two pages of two languages side by side (the English first). `length`: how long the one is for a letter of the other, as
    far as that is known; what stands by itself on the pages tells it better, and then all is looked at once more."""
    scale = scale_of(pages, length or 1.0)
    known = []
    for done, (english, copy) in enumerate(pages):
        progress("Measuring", done, 2 * len(pages))
        sides = Pairs(english, copy, scale)
        for one, two in sides.anchors():
            same = sides.kept(english[one], copy[two])
            known.append((english[one].size - same, copy[two].size - same))
    ours, theirs = (sum(side) for side in (zip(*known, strict=True) if known else ((), ())))
    if ours > 2000:
        scale = theirs / ours
    spoken = Counter(word for english, copy in pages for word in words_of(english, copy))
    for done, (english, copy) in enumerate(pages):
        progress("Pairing", len(pages) + done, 2 * len(pages))
        yield Pairs(english, copy, scale, spoken)


def words_of(english: Sequence[Part], copy: Sequence[Part]) -> Iterator[str]:
    """The words of each text of a copy that is not English still, and says more than one of them."""
    ours = {part.text for part in english}
    for part in copy:
        if part.message and part.text not in ours and len(found := {*WORD.findall(part.plain)}) > 2:
            yield from found


def scale_of(pages: Iterable[tuple[Sequence[Part], Sequence[Part]]], default: float) -> float:
    """How long a language is for a letter of English, by the pages that are there; `default` where they say too little."""
    found = []
    for english, copy in pages:
        ours, theirs = (sum(part.size for part in page if part.message) for page in (english, copy))
        if ours > 200 and theirs > 50 and 0.75 < (len(copy) + 1) / (len(english) + 1) < 1.33:
            found.append((theirs / ours, ours))
    if sum(size for _, size in found) < 1000:
        return default
    found.sort()
    half, seen = sum(size for _, size in found) / 2, 0
    for value, size in found:
        seen += size
        if seen >= half:
            return value
    return default
