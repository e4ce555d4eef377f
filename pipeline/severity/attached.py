"""What a clause or phrase belongs to: "call us. If it hurts, rest", "call us if it hurts, and rest"; what comes first; what has been so, and is.

The words may all be the same: what changed is which of them go together.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.rewording import thesaurus
from pipeline.rewording.clause_forms import base
from pipeline.rewording.turns import DETERMINERS
from pipeline.severity.clauses import LIMITING, STRESS
from pipeline.severity.items import content
from pipeline.severity.listings import behind_list
from pipeline.severity.order import ADJUNCTS, PARTING, SPELLS
from pipeline.text import lexicon, similarity
from pipeline.text.english import Word
from pipeline.text.sentences import sentences
from pipeline.text.stems import stemmed

Part = Sequence[Word]
Linked = tuple[str, frozenset[str], frozenset[str]]
STOPS = frozenset(".?")


def attached(old: Part, new: Part) -> Iterator[str]:
    """What such changes an edit makes, as a person reads them, of texts whose words stand where their writers put them."""
    if [word.same for word in old if stops(word)] != [word.same for word in new if stops(word)]:
        spans = [*similarity.spans([word.same for word in old], [word.same for word in new])]
        yield from regrouped(old, new, spans)
        yield from parted_from(old, new, spans)
    said = {word.same for word in (*old, *new)}
    if not said.isdisjoint(EXCEPTING) and excepts(old) != excepts(new):
        yield "an exception"
    if "and" in said:
        yield from swapped(old, new)
    if not said.isdisjoint(SPELLS):
        yield from how_long(old, new)
    if not said.isdisjoint(TIMED | {"by"}):
        before, after = [*linked(old)], [*linked(new)]
        yield from other_way_round(before, after)
        yield from into_condition(old, new, before, after)


def stops(word: Word) -> bool:
    """Whether a sentence or main clause ends before a word."""
    return not STOPS.isdisjoint(word.before)


def regrouped(old: Part, new: Part, spans: Sequence[similarity.Stretch]) -> Iterator[str]:
    """Clauses and phrases that open a sentence in one text and end the one before it in the other."""
    for span in spans:
        for at in range(span.start + 1, span.end) if span.same else ():
            then = span.begin + at - span.start
            marks = old[at].before + new[then].before
            if old[at].same in ADJUNCTS and stops(old[at]) != stops(new[then]) and ";" not in marks:
                yield f"what “{old[at].text}” belongs to"
                return


def excepts(found: Part) -> bool:
    """Whether a text says of what it does not hold: "apart from eggs"."""
    said = [word.same for word in found]
    pairs = {*itertools.pairwise(said)}
    but = any(
        word in {"but", "bar"} and not ALL.isdisjoint(said[max(at - 5, 0) : at]) and "," not in found[at].before
        for at, word in enumerate(said)
    )
    return but or not {"except", "excluding"}.isdisjoint(said) or not EXCEPT.isdisjoint(pairs)


ALL = frozenset("all any anything everything everyone nobody nothing".split())  # noqa: SIM905
EXCEPTING = frozenset("except excluding apart aside other but bar".split())  # noqa: SIM905
EXCEPT = frozenset([("apart", "from"), ("aside", "from"), ("other", "than")])
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


def other_way_round(before: Sequence[Linked], after: Sequence[Linked]) -> Iterator[str]:
    """What comes first, or is the cause, and what follows it, the other way round: "wash before touching it", "touch it before washing"."""
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


def swapped(old: Part, new: Part) -> Iterator[str]:
    """Two acts, each with its object, in the other order: "warm the milk and add the powder"."""
    was, now = (
        [[word.same for word in found[one.start : one.end]] for one in sentences(found)] for found in (old, new)
    )
    for one, other in zip(was, now, strict=False):
        link = one.index("and") if one.count("and") == 1 else 0
        if one == other or min(link, len(one) - link) < 3 or not {one[1], one[link + 2]} <= DETERMINERS:
            continue
        if [*one[link + 1 :], "and", *one[:link]] == other and acts(one[0]) and acts(one[link + 1]):
            yield f"in another order: {one[0]}, {one[link + 1]}"


def acts(word: str) -> bool:
    """Whether a word may tell what to do."""
    return word in lexicon.IMPERATIVES or thesaurus.verb(word)


def how_long(old: Part, new: Part) -> Iterator[str]:
    """A while that something lasts and the point at which it is done, or that it takes: "stop it a week before", "stop it for a week before"."""
    was, now = ({*whiles(found)} for found in (old, new))
    for one, other in ((was, now), (now, was)):
        if (one - other, other - one) in (({"for"}, {"takes"}), ({"for … before"}, {"before"})):
            yield "time: how long, and when"
            return


def whiles(found: Part) -> Iterator[str]:
    """How the whiles of a text are told: *for* a week before, it *takes* a week."""
    for at in range(1, len(found) - 2):
        if found[at + 1].same not in SPELLS or found[at].before:
            continue
        if found[at + 2].same in {"before", "after"}:
            yield "for … before" if found[at - 1].same == "for" else "before"
        elif found[at - 1].same == "for":
            yield "for"
        elif found[at - 1].same in {"take", "takes"} and found[at + 2].same == "to":
            yield "takes"


def into_condition(old: Part, new: Part, before: Sequence[Linked], after: Sequence[Linked]) -> Iterator[str]:
    """What a text says of the act and the other one of its condition: "take two at night if you have pain", "if you have pain at night, take
    two"."""
    if len(before) != 1 or len(after) != 1 or before[0][0] != after[0][0]:
        return
    (link, clause, main), (_, theirs, rest) = before[0], after[0]
    if (old[0].same == link) == (new[0].same == link) or any(
        found[0].same in ADJUNCTS - {link} for found in (old, new)
    ):
        return
    for one, other, less, more in ((clause, theirs, main, rest), (theirs, clause, rest, main)):
        text = new if other is theirs else old
        if one < other and other - one <= less - more and less - other and in_phrase(text, other - one):
            yield f"what a condition is: {', '.join(sorted(other - one))}"


PLACED = frozenset("at in on for with every each during within near under over".split())  # noqa: SIM905


def in_phrase(found: Part, said: frozenset[str]) -> bool:
    """Whether some words of a text all stand in one of its phrases that say when, where or with what, or in a list."""
    start = next((at for at, word in enumerate(found) if stemmed(word.same) in said), 0)
    comma, alone = found[start].before.strip() == ",", not thesaurus.verb(found[start].same)
    joined = start and (comma or (found[start - 1].same == "or" and alone))
    return bool(joined) or any(word.same in PLACED for word in found[max(start - 2, 0) : start])


TIMED = frozenset("if when whenever before after because until".split())  # noqa: SIM905


def linked(found: Part) -> Iterator[Linked]:
    """What a text says by two clauses and a word between them: that word, what its clause says, and what the rest of the sentence says."""
    for sentence in sentences(found):
        places = [
            at
            for at in range(sentence.start, sentence.end)
            if found[at].same in TIMED or (found[at].same == "by" and found[at + 1].same.endswith("ing"))
        ]
        if len(places) != 1:
            continue
        at = places[0]
        end = next((to for to in range(at + 1, sentence.end) if found[to].before.strip("-")), sentence.end)
        if end < sentence.end and "," in found[end].before:
            past = behind_list(found[at : sentence.end], end - at)
            end = at + past if past and (at > sentence.start or at + past < sentence.end) else end
        if at == sentence.start and end == sentence.end:
            continue
        clause, main = found[at + 1 : end], [*found[sentence.start : at], *found[end : sentence.end]]
        yield found[at].same, frozenset(content(clause)), frozenset(content(main))


EVER = frozenset("ever just already recently".split())  # noqa: SIM905


def been(old: Part, new: Part) -> Iterator[str]:
    """What has been so that is so: "if you have been sick", "if you are sick"; "if you have had pain", "if you have pain"."""
    for span in similarity.spans([word.same for word in old], [word.same for word in new]):
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
            elif said == ["otherwise"] and theirs in (["to"], ["so"], ["to", "do", "so"]):
                yield f"otherwise: {' '.join(theirs)}"
            elif (
                said in (["had"], ["had", "a"], ["had", "an"])
                and not theirs
                and start
                and found[start - 1].same in {"have", "has"}
                and then.text
            ):
                yield "tense: have had, have"


def done(word: str) -> bool:
    """Whether a word may be the participle of what is done to somebody: told, prescribed."""
    return word.endswith("ed") or (word in thesaurus.kin().irregular and base(word) != word)


def taken(old: Part, new: Part) -> Iterator[str]:
    """What is taken off that is taken out, by the words as they are written; and who is taken off something: "we may take you off it"."""
    if not any(word.same == "off" for word in (*old, *new)):
        return
    spans = [*similarity.spans([word.same for word in old], [word.same for word in new])]
    for span in spans:
        was, now = old[span.start : span.end], new[span.begin : span.finish]
        gone = not span.same and len(was) == len(now) == 1 and {was[0].same, now[0].same} == {"off", "out"}
        if gone and any("take" in thesaurus.lemmas(word.same) for word in old[max(span.start - 5, 0) : span.start]):
            yield f"way: {was[0].text} → {now[0].text}"
    for one, other, what in ((old, new, "removed"), (new, old, "added")):
        whom = taken_off(one)
        if whom and not taken_off(other) and not any("stop" in thesaurus.lemmas(word.same) for word in other):
            yield f"who: taking “{whom}” off it {what}"


def taken_off(found: Part) -> str:
    """Whom a text takes off something: a medicine, a list."""
    for at in range(1, len(found) - 2):
        if "take" not in thesaurus.lemmas(found[at - 1].same):
            continue
        for to in range(at, min(at + 3, len(found) - 1)):
            then = found[to + 1]
            if found[to].same in TAKEN and then.same == "off" and not then.before and not found[to + 2].before:
                return found[to].text
    return ""


TAKEN = frozenset("you him her them child baby patient patients people".split())  # noqa: SIM905
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
    clause = acts = 0
    for at, word in enumerate(found):
        clause += word.same in PARTING
        acts += word.same == "and" and found[at + 1].same in lexicon.IMPERATIVES
        if word.same.endswith("ly") and len(word.same) > 4 and word.same not in STRESS:
            yield word.same, clause
        elif word.same in LATER:
            yield word.same, clause + acts


LATER = frozenset("afterward afterwards later".split())  # noqa: SIM905


def gone(found: Part) -> Iterator[str]:
    """The ways in which things go by what a text tells to do."""
    for at, word in enumerate(found[:-1]):
        then = found[at + 1]
        alone = not then.text or then.before or then.same in BEHIND or then.same.endswith("ly")
        if at and word.same in PARTICLES and alone:
            yield word.same
