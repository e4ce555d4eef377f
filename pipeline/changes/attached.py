"""What a clause or phrase belongs to: "call us. If it hurts, rest", "call us if it hurts, and rest"; what comes first; what has been so, and is.

The words may all be the same: what changed is which of them go together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.changes.clauses import LIMITING, STRESS
from pipeline.changes.items import content
from pipeline.changes.order import ADJUNCTS, PARTING
from pipeline.text import lexicon, similarity, thesaurus
from pipeline.text.clause_forms import base
from pipeline.text.english import Word
from pipeline.text.sentences import sentences

Part = Sequence[Word]
STOPS = frozenset(".?")


def attached(old: Part, new: Part) -> Iterator[str]:
    """What such changes an edit makes, as a person reads them, of texts whose words stand where their writers put them."""
    spans = [*similarity.spans([word.same for word in old], [word.same for word in new])]
    yield from regrouped(old, new, spans)
    yield from parted_from(old, new, spans)
    yield from other_way_round(old, new)
    yield from been(old, new, spans)


def stops(word: Word) -> bool:
    """Whether a sentence or main clause ends before a word."""
    return not STOPS.isdisjoint(word.before)


def regrouped(old: Part, new: Part, spans: Sequence[similarity.Stretch]) -> Iterator[str]:
    """Clauses and phrases that open a sentence in one text and end the one before it in the other."""
    for span in spans:
        for at in range(span.start + 1, span.end) if span.same else ():
            then = span.begin + at - span.start
            if old[at].same in ADJUNCTS and stops(old[at]) != stops(new[then]):
                yield f"what “{old[at].text}” belongs to"
                return


WHENEVER = frozenset("if when whenever unless until while".split())  # noqa: SIM905
LOOKING = frozenset(
    "check look feel test measure weigh read watch examine count inspect see monitor wait listen".split()  # noqa: SIM905
)
"""Acts by which one finds out what a condition asks: "check the date and throw it away if it has passed"."""
GOING_ON = frozenset("rest drink eat keep wear sit lie stay avoid follow remember relax breathe".split())  # noqa: SIM905
"""Acts that wait for nothing: "rest and call us if it gets worse"."""


def parted_from(old: Part, new: Part, spans: Sequence[similarity.Stretch]) -> Iterator[str]:
    """A condition of two acts that is one of the last alone: "stop it and call us if you get a rash", "stop it. Call us if you get a rash"."""
    for span in spans:
        was, now = old[span.start : span.end], new[span.begin : span.finish]
        if span.same or len(was) + len(now) != 1 or (was or now)[0].same != "and":
            continue
        (found, at), (other, then) = (
            ((old, span.end), (new, span.finish)) if was else ((new, span.finish), (old, span.end))
        )
        if not stops(other[then]) or other[then].same not in lexicon.IMPERATIVES:
            continue
        sentence = next((one for one in sentences(found) if one.start <= at < one.end), None)
        if sentence is None or found[sentence.start].same not in lexicon.IMPERATIVES - LOOKING - GOING_ON:
            continue
        first, second = found[sentence.start : at], found[at : sentence.end]
        if any(word.same in LIMITING for word in first) or not any(word.same in WHENEVER for word in second):
            continue
        yield "which acts a condition is of"


def other_way_round(old: Part, new: Part) -> Iterator[str]:
    """What comes first, or is the cause, and what follows it, the other way round: "wash before touching it", "touch it before washing"."""
    before, after = [*linked(old)], [*linked(new)]
    for link, clause, main in before:
        for other, theirs, rest in after:
            if (
                link == other
                and clause - main & rest - theirs
                and main - clause & theirs - rest
                and not clause & theirs - main
            ):
                yield f"the other way round: {link}"
                return


TIMED = frozenset("if when whenever before after because until".split())  # noqa: SIM905


def linked(found: Part) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """What a text says by two clauses and a word between them: that word, what its clause says, and what the rest of the sentence says."""
    for sentence in sentences(found):
        places = [at for at in range(sentence.start, sentence.end) if found[at].same in TIMED]
        if len(places) != 1:
            continue
        at = places[0]
        end = next((to for to in range(at + 1, sentence.end) if found[to].before.strip("-")), sentence.end)
        if at == sentence.start and end == sentence.end:
            continue
        clause, main = found[at + 1 : end], [*found[sentence.start : at], *found[end : sentence.end]]
        yield found[at].same, frozenset(content(clause)), frozenset(content(main))


EVER = frozenset("ever just already recently".split())  # noqa: SIM905


def been(old: Part, new: Part, spans: Sequence[similarity.Stretch]) -> Iterator[str]:
    """What has been so that is so: "if you have been sick", "if you are sick"; "if you have had pain", "if you have pain"."""
    for span in spans:
        if span.same:
            continue
        sides = (old, span.start, span.end), (new, span.begin, span.finish)
        for (found, start, end), (other, begin, finish) in (sides, sides[::-1]):
            said = [word.same for word in found[start:end] if word.same not in EVER]
            theirs = [word.same for word in other[begin:finish]]
            then = found[end]
            if said in (["have", "been"], ["has", "been"]) and theirs in (["are"], ["is"], ["am"]):
                if not done(then.same) and then.text:
                    yield f"tense: {' '.join(said)}, {theirs[0]}"
            elif said == ["had"] and not theirs and start and found[start - 1].same in {"have", "has"} and then.text:
                yield "tense: have had, have"


def done(word: str) -> bool:
    """Whether a word may be the participle of what is done to somebody: told, prescribed."""
    return word.endswith("ed") or (word in thesaurus.kin().irregular and base(word) != word)


PARTICLES = frozenset("in out on off up down".split())  # noqa: SIM905
BEHIND = frozenset("and or then before after until again as while for through".split())  # noqa: SIM905


def ways(old: Part, new: Part) -> Iterator[str]:
    """Ways that things go, one after the other, in another order: "breathe out, then in", "breathe in, then out"."""
    was, now = [*gone(old)], [*gone(new)]
    if was != now and Counter(was) == Counter(now) and len({*was}) > 1:
        yield f"in another order: {', '.join(was)} → {', '.join(now)}"


def astray(old: Part, new: Part) -> Iterator[str]:
    """How something is done that is how something else is done, in the same words: "check regularly that it is dry", "check that it is
    regularly dry"."""
    if Counter(word.same for word in old) != Counter(word.same for word in new):
        return
    was, now = (dict(hows(found)) for found in (old, new))
    for word in sorted(was.keys() & now.keys()):
        if was[word] != now[word]:
            yield f"how: “{word}” in another clause"


def hows(found: Part) -> Iterator[tuple[str, int]]:
    """The adverbs of a text, each with how many clauses begin before it."""
    clause = 0
    for word in found:
        clause += word.same in PARTING
        if word.same.endswith("ly") and len(word.same) > 4 and word.same not in STRESS:
            yield word.same, clause


def gone(found: Part) -> Iterator[str]:
    """The ways in which things go by what a text tells to do."""
    for at, word in enumerate(found[:-1]):
        then = found[at + 1]
        alone = not then.text or then.before or then.same in BEHIND or then.same.endswith("ly")
        if at and word.same in PARTICLES and alone:
            yield word.same
