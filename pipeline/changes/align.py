"""Alignment: two extractions of a site → what was edited in place, moved, split, merged, deleted and restored.

Page by page: the unchanged runs first; in each gap between them the pairing of old and new messages, in order, that is
alike most; then what moved inside the page and between pages. A pairing rests on place as well as on likeness.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.changes import grading
from pipeline.changes.doubtful import Doubts, grave
from pipeline.changes.edit_log import Edit, Log
from pipeline.changes.occurrences import Occurrence, Occurrences
from pipeline.changes.texts import NOWHERE_ELSE, Around
from pipeline.core.model import Key, Severity, ident
from pipeline.severity.severity import Grade
from pipeline.text import similarity
from pipeline.text.features import Names

ALIKE = 42.0
"""Least likeness (0–100) of two messages that stand in the same gap."""
ONLY = 30.0
"""The same for two that are alone in their gap, between neighbours that did not change."""
ELSEWHERE = 75.0
"""The same for two that stand in different places of one page."""
GAIN = 8.0
"""How much liker both halves together must be than the better half, for a message to count as split or merged."""
LARGE = 20_000
"""A gap with more pairs than this is compared by neighbours only."""


class Pairing(NamedTuple):
    """An old message and the new one it became."""

    how: str
    old: Occurrence
    new: Occurrence


NO_DOUBTS: Doubts = {}


def edits(
    old: Occurrences,
    new: Occurrences,
    log: Log,
    on: str,
    names: Names = frozenset(),
    doubts: Doubts = NO_DOUBTS,
) -> tuple[Edit, ...]:
    """What happened between two extractions, as lines for the log. `on`: the day, as an ISO date; `doubts`: the messages of which the
    old one is not believed to tell where they stood."""
    pairs, lost, gained, moved = aligned(old, new)
    before, after = keys_of(old), keys_of(new)
    gone = {edit.was for edit in log.rows if edit.was and edit.was != edit.now}
    found = [graded(pair, on, names) for pair in pairs]
    found += [
        Edit(None, None, two, "", on, Severity.COSMETIC, (f"moved from {one}",), "moved")
        for one, two in paired_pages(old, new)
        if one and two and one != two
    ]
    found += [
        Edit(
            ident(one.key),
            ident(two.key),
            two.path,
            two.block,
            on,
            Severity.COSMETIC,
            (f"moved from {one.path}",),
            "moved",
        )
        for one, two in moved
        if one.path != two.path
    ]
    found += [
        Edit(
            ident(place.key),
            None,
            place.path,
            place.block,
            on,
            Severity.WORDING,
            ("deleted",),
            "deleted",
            before=place.around if grading.forbids(place.under or ()) else NOWHERE_ELSE,
        )
        for place in lost
        if place.key not in after
    ]
    found += [
        Edit(None, ident(place.key), place.path, place.block, on, Severity.COSMETIC, ("restored",), "restored")
        for place in gained
        if place.key not in before and ident(place.key) in gone
    ]
    found += placed(old, new, log, on, names, doubts)
    order = {path: at for at, path in enumerate(sorted({*old, *new}))}
    return tuple(sorted(dict.fromkeys(found), key=lambda edit: order[edit.page]))


def placed(
    old: Occurrences,
    new: Occurrences,
    log: Log,
    on: str,
    names: Names = frozenset(),
    doubts: Doubts = NO_DOUBTS,
) -> Iterator[Edit]:
    """The messages that are what they were and stand under texts that turn them round, or whose reference links lead
    elsewhere: not as anywhere where they stood before. One that went stands as it did when it went."""
    known = arounds(old)
    for group in new.values():
        for place in group:
            now, before = place.around, stood(known, log, place.key)
            if doubts and (doubt := doubts.get(ident(place.key))):
                before = grave(doubt, now)
            if place.under is None or not before or now in before:
                continue
            grades = [(grading.moved(was, now, place.text, names), was) for was in before]
            grade, was = min(grades, key=lambda found: found[0].severity)
            if grade.severity > Severity.COSMETIC or was.refs != now.refs:
                same = ident(place.key)
                yield Edit(
                    same, same, place.path, place.block, on, grade.severity, grade.reasons, "placed", None, was, now
                )


def turned(
    old: Occurrences,
    new: Occurrences,
    log: Log,
    on: str,
    names: Names = frozenset(),
    doubts: Doubts = NO_DOUBTS,
) -> dict[Key, tuple[Around, ...]]:
    """What stood around each message whose texts may stand elsewhere now, where that turns them round: the message itself came to
    stand there, or another one stands there that some edits made of it, and may get its text."""
    known, keys = arounds(old), {ident(key): key for key in keys_of(new)}
    found = [
        keys[edit.was]
        for edit in placed(old, new, log, on, names, doubts)
        if edit.was and edit.severity > Severity.COSMETIC
    ]
    places: dict[Key, list[Occurrence]] = {}
    for group in new.values():
        for place in group:
            places.setdefault(place.key, []).append(place)
    heirs = [(ident(pair.old.key), pair.new.key) for pair in aligned(old, new)[0] if pair.old.key != pair.new.key]
    heirs += [(ident(key), key) for key in places if ident(key) in log.steps]
    donors = {ident(key): key for key in known if known[key] or ident(key) in doubts}
    for one, heir in dict.fromkeys(heirs):
        for was in {one: (), **log.ways(one)} if one in log.steps else (one,):
            if was in donors and donors[was] != heir and donors[was] not in found:
                before, doubt = known[donors[was]], doubts.get(was, ())
                if any(elsewhere(grave(doubt, place.around) or before, place, names) for place in places[heir]):
                    found.append(donors[was])
    return {
        key: told_by(doubts[ident(key)], places.get(key, ())) if ident(key) in doubts else stood(known, log, key)
        for key in dict.fromkeys(found)
    }


def told_by(doubt: Sequence[Around], places: Iterable[Occurrence]) -> tuple[Around, ...]:
    """Of all that may have stood around a message, what turns it round at one of the places where it stands now."""
    return tuple(dict.fromkeys(one for place in places for one in grave(doubt, place.around))) or tuple(doubt)


def elsewhere(before: Sequence[Around], place: Occurrence, names: Names) -> bool:
    """Whether a text that stood at some places says something else at another one, whichever of them it was made for."""
    if place.under is None or place.around in before:
        return False
    return all(grading.moved(was, place.around, place.text, names).severity > Severity.COSMETIC for was in before)


def stood(known: Mapping[Key, tuple[Around, ...]], log: Log, key: Key) -> tuple[Around, ...]:
    """What stood around a message, at each of its places, or when it went; of one that was edited away, what stands around that which it
    became; () where nobody knows."""
    if key in known:
        return known[key]
    one = ident(key)
    if one not in log.onward or one in log.deleted:
        return log.deleted.get(one, ())
    keys, became = {ident(other): other for other in known}, [one]
    for was in became:
        for step in log.onward.get(was, ()):
            if step.now in keys:
                return known[keys[step.now]]
            if step.now not in became:
                became.append(step.now)
    return ()


def arounds(places: Occurrences) -> Mapping[Key, tuple[Around, ...]]:
    """What stands around each message, at each of its places; none where nobody noted it."""
    found: dict[Key, dict[Around, None]] = {}
    for group in places.values():
        for place in group:
            if place.under is not None:
                found.setdefault(place.key, {})[place.around] = None
            else:
                found.setdefault(place.key, {})
    return {key: tuple(some) for key, some in found.items()}


def keys_of(places: Occurrences) -> set[Key]:
    return {place.key for found in places.values() for place in found}


def graded(pair: Pairing, on: str, names: Names) -> Edit:
    """A pair as a line of the log."""
    how, old, new = pair
    critical = old.critical or new.critical
    grade = grading.grade_of_messages(old.text, new.text, names, critical)
    before, after = Around(refs=old.refs), Around(refs=new.refs)
    if turned := grading.turned_round(old.under, new.under) if old.under is not None and new.under is not None else ():
        grade = Grade(Severity.CRITICAL, (*turned, *(grade.reasons if grade.severity > Severity.COSMETIC else ())))
        before, after = old.around, new.around
    if how == "merged" and grade.severity is Severity.WORDING:  # its translation has half of the new text
        grade = Grade(Severity.CRITICAL, (JOINED, *grade.reasons))
    return Edit(
        ident(old.key),
        ident(new.key),
        new.path,
        new.block,
        on,
        grade.severity,
        grade.reasons,
        how,
        None,
        before,
        after,
        left_behind(old, new),
    )


JOINED = "joined with another text"


def left_behind(old: Occurrence, new: Occurrence) -> str:
    """The id that a heading had and has no more, or a page's title that stands on it as one; "" for none."""
    was, now = old.anchor, new.anchor
    return was if now and was != now else ""


Aligned = tuple[list[Pairing], list[Occurrence], list[Occurrence], list[tuple[Occurrence, Occurrence]]]
"""Pairs; old places without a new one; new places without an old one; moved places, old and new."""


def aligned(old: Occurrences, new: Occurrences) -> Aligned:
    """Pairing the places of two extractions."""
    pages = paired_pages(old, new)
    gaps = [gap for one, two in pages for gap in gaps_between(old.get(one, ()), new.get(two, ()))]
    moves = moved_in(gaps)
    left = {place for place, _ in moves}
    came = {place for _, place in moves}
    free = [([p for p in one if p not in left], [p for p in two if p not in came]) for one, two in gaps]
    pairs = [
        pair
        for (one, two), gap in zip(free, gaps, strict=True)
        for pair in in_gap(one, two, alone=len(gap[0]) == len(gap[1]) == 1)
    ]
    pairs += along_moves(gaps, moves, *without(free, pairs))
    pairs += in_page(*without(free, pairs), dict(pages))
    pairs += same_words(*without(free, pairs))
    return pairs, *without(free, pairs), moves


Gap = tuple[Sequence[Occurrence], Sequence[Occurrence]]


def without(gaps: Iterable[Gap], pairs: Iterable[Pairing]) -> tuple[list[Occurrence], list[Occurrence]]:
    """The places of all gaps that no pair has taken."""
    pairs = list(pairs)
    left, came = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    both = list(gaps)
    return [p for one, _ in both for p in one if p not in left], [p for _, two in both for p in two if p not in came]


def paired_pages(old: Occurrences, new: Occurrences) -> list[tuple[str, str]]:
    """Which page is which: by name, and a page that came by the page that went and shares most of its messages."""
    pairs = [(path, path) for path in old if path in new]
    gone, come = [path for path in old if path not in new], [path for path in new if path not in old]
    shares = []
    for one in gone:
        for two in come:
            mine, theirs = {p.key for p in old[one]}, {p.key for p in new[two]}
            share = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
            if share >= 0.3:
                shares.append((share, one, two))
    for _, one, two in sorted(shares, key=lambda found: (-found[0], *found[1:])):
        if one in gone and two in come:
            pairs.append((one, two))
            gone.remove(one)
            come.remove(two)
    return [*pairs, *((one, "") for one in gone), *(("", two) for two in come)]


def gaps_between(old: Sequence[Occurrence], new: Sequence[Occurrence]) -> Iterator[Gap]:
    """What stands between the unchanged runs of a page, old and new."""
    for span in similarity.spans([place.key for place in old], [place.key for place in new]):
        if not span.same:
            yield old[span.start : span.end], new[span.begin : span.finish]


def moved_in(gaps: Iterable[Gap]) -> list[tuple[Occurrence, Occurrence]]:
    """Messages that left one place and came to another, word for word; inside their page first."""
    both = list(gaps)
    came: dict[Key, list[Occurrence]] = defaultdict(list)
    for _, two in both:
        for place in two:
            came[place.key].append(place)
    moves: list[tuple[Occurrence, Occurrence]] = []
    for near in (True, False):
        taken = {old for old, _ in moves}
        for one, _ in both:
            for place in one:
                found = [p for p in came[place.key] if not near or p.path == place.path] if place not in taken else []
                if found:
                    came[place.key].remove(found[0])
                    moves.append((place, found[0]))
    return moves


def in_gap(old: Sequence[Occurrence], new: Sequence[Occurrence], *, alone: bool = False) -> Iterator[Pairing]:
    """The best pairing of a gap, in order: each old message with one new one, two new ones (split), or two with one (merged)."""
    if not old or not new:
        return
    if len(old) * len(new) > LARGE:
        yield from by_rank(old, new)
        return
    floor = ONLY if alone else ALIKE
    rows, columns = len(old), len(new)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    step: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            for (a, b), score in choices(old, new, i, j, floor):
                if (value := best[i - a][j - b] + score) > best[i][j] or step[i][j] == (0, 0) != (i, j):
                    best[i][j], step[i][j] = value, (a, b)
    yield from reversed(list(walked(old, new, step)))


def choices(
    old: Sequence[Occurrence], new: Sequence[Occurrence], i: int, j: int, floor: float
) -> Iterator[tuple[tuple[int, int], float]]:
    """How the pairing may end at `old[:i]`, `new[:j]`: what is taken from each side, and its worth."""
    if i:
        yield (1, 0), 0.0
    if j:
        yield (0, 1), 0.0
    if not (i and j):
        return
    one, two = old[i - 1], new[j - 1]
    score = alike(one, two)
    if score >= floor:
        yield (1, 1), score - floor + 1
    if j > 1 and one.key.context == new[j - 2].key.context == two.key.context:
        halves = max(alike(one, new[j - 2]), score)
        whole = likeness_of(one.key.msgid, f"{new[j - 2].key.msgid} {two.key.msgid}")
        if whole >= max(60.0, halves + GAIN) and halves > 0:
            yield (1, 2), whole - floor + 2
    if i > 1 and two.key.context == old[i - 2].key.context == one.key.context:
        halves = max(alike(old[i - 2], two), score)
        whole = likeness_of(f"{old[i - 2].key.msgid} {one.key.msgid}", two.key.msgid)
        if whole >= max(60.0, halves + GAIN) and halves > 0:
            yield (2, 1), whole - floor + 2


def walked(
    old: Sequence[Occurrence], new: Sequence[Occurrence], step: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[Pairing]:
    """The pairs of the best pairing, last first."""
    i, j = len(old), len(new)
    while i or j:
        a, b = step[i][j]
        how = {(1, 1): "edited", (1, 2): "split", (2, 1): "merged"}.get((a, b))
        if how:
            for one in reversed(old[i - a : i]):
                for two in reversed(new[j - b : j]):
                    yield Pairing(how, one, two)
        i, j = i - a, j - b


def by_rank(old: Sequence[Occurrence], new: Sequence[Occurrence]) -> Iterator[Pairing]:
    """The pairs of a very large gap: those that differ in nothing but their context, then best first among those that share
    their rarest words, each place once."""
    ours, theirs = {p.key: p for p in reversed(old)}, {p.key: p for p in reversed(new)}
    taken: set[Occurrence] = set()
    renamed = defaultdict[tuple[str, str], list[Occurrence]](list)
    for place in reversed(new):
        renamed[place.field, place.key.msgid].append(place)
    for place in old:
        if found := renamed[place.field, place.key.msgid]:
            pair = Pairing("edited", place, found.pop())
            taken |= {pair.old, pair.new}
            yield pair
    for match in similarity.similar(theirs, ours):
        one, two = ours[match.old], theirs[match.new]
        if one not in taken and two not in taken and alike(one, two) >= ELSEWHERE:
            taken |= {one, two}
            yield Pairing("edited", one, two)


def alike(old: Occurrence, new: Occurrence) -> float:
    """How alike two places are, 0–100: their texts, less a little where they are of different kinds, or where an author gave
    the text another context; never across fields."""
    if old.field != new.field:
        return 0.0
    return (
        likeness_of(old.key.msgid, new.key.msgid)
        - 8 * (old.kind != new.kind)
        - 8 * (old.key.context != new.key.context)
    )


@lru_cache(65536)
def likeness_of(one: str, other: str) -> float:
    """How alike two texts are, by letters and by words in equal parts: letters alone find all English alike."""
    return (similarity.ratio(one, other) + similarity.ratio(folded(one), folded(other))) / 2


@lru_cache(16384)
def folded(text: str) -> tuple[str, ...]:
    """A text's words, without case and outer punctuation."""
    return tuple(word for raw in text.casefold().split() if (word := raw.strip(".,;:!?…\"'“”‘’()[]*_`")))


def along_moves(
    gaps: Sequence[Gap],
    moves: Iterable[tuple[Occurrence, Occurrence]],
    lost: Sequence[Occurrence],
    gained: Sequence[Occurrence],
) -> Iterator[Pairing]:
    """Messages edited beside others that moved with them: a section that went to another page, a word changed on the way."""
    free_old, free_new = set(lost), set(gained)
    ways = dict.fromkeys((one.path, two.path) for one, two in moves)
    there = dict(moves)
    for path, target in ways:
        source = [
            p for one, _ in gaps for p in one if p.path == path and (p in free_old or there.get(p, p).path == target)
        ]
        goal = [p for _, two in gaps for p in two if p.path == target]
        for one, two in gaps_between(source, goal):
            for pair in in_gap([p for p in one if p in free_old], [p for p in two if p in free_new]):
                if alike(pair.old, pair.new) >= 55.0:
                    free_old.discard(pair.old)
                    free_new.discard(pair.new)
                    yield pair


def in_page(lost: Sequence[Occurrence], gained: Sequence[Occurrence], pages: Mapping[str, str]) -> Iterator[Pairing]:
    """Messages that moved inside their page and were edited: the likest first, where no other is nearly as like."""
    by_page: dict[str, list[Occurrence]] = defaultdict(list)
    for place in gained:
        by_page[place.path].append(place)
    scores = [
        (score, one, two)
        for one in lost
        for two in by_page.get(pages.get(one.path, ""), ())
        if len(folded(one.key.msgid)) > 3 and (score := alike(one, two)) >= ELSEWHERE
    ]
    yield from best_first(scores)


def best_first(scores: Iterable[tuple[float, Occurrence, Occurrence]]) -> Iterator[Pairing]:
    """Pairs from the likest down, each place once."""
    taken: set[Occurrence] = set()
    for _, one, two in sorted(scores, key=lambda found: (-found[0], found[1].key.msgid, found[2].key.msgid)):
        if one not in taken and two not in taken:
            taken |= {one, two}
            yield Pairing("edited", one, two)


def same_words(lost: Sequence[Occurrence], gained: Sequence[Occurrence]) -> Iterator[Pairing]:
    """Messages that moved and changed in looks, or in their context, only: the same words, and no other like them."""
    if not lost:
        return
    by_words: dict[tuple[str, tuple[str, ...]], list[Occurrence]] = defaultdict(list)
    for place in gained:
        by_words[place.field, folded(place.key.msgid)].append(place)
    count = Counter((place.field, folded(place.key.msgid)) for place in lost)
    for place in lost:
        words = (place.field, folded(place.key.msgid))
        if count[words] == len(by_words.get(words, ())) == 1:
            (other,) = by_words[words]
            if len(words[1]) > 2 or other.key.msgid == place.key.msgid:
                yield Pairing("edited", place, other)
