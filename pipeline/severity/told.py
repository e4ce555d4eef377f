"""What a plain sentence tells otherwise though no critical word of it changed: under which condition, when, where, who whom, of what.

No instruction is needed for a reader to act on it: "the scan is not done if you are pregnant", "the nurse calls you", "the drops go behind the ear".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.rewording import thesaurus
from pipeline.rewording.clause_forms import base
from pipeline.severity import order
from pipeline.severity.classes import away, of_class
from pipeline.severity.clauses import Said, says
from pipeline.severity.degrees import allowed, course, done_by, much, pleased, urged
from pipeline.severity.heads import HEADS, Part, Spans, bare, headed, of_what, of_whom
from pipeline.severity.items import STAFF
from pipeline.severity.unexplained import LIGHT_VERBS, names
from pipeline.severity.voices import exchanged
from pipeline.text import lexicon, similarity
from pipeline.text.english import Word
from pipeline.text.features import lone_words
from pipeline.text.sentences import sentences
from pipeline.text.stems import stemmed


def told_otherwise(old: Part, new: Part) -> Iterator[str]:
    """What such changes an edit makes, as a person reads them."""
    before, after = Said(old), Said(new)
    spans = [span for span in similarity.spans([w.same for w in old], [w.same for w in new]) if not span.same]
    rooted = [span for span in similarity.spans(before.roots, after.roots) if not span.same]
    yield from conditions(before, after)
    yield from who_whom(old, new)
    for was, now, beside in exchanges(old, new, spans):
        yield from tensed(was, now)
        yield from labelled(was, now, beside)
        yield from bounded(was, now, beside[1])
        if not (was.same in after.words and now.same in before.words):  # else both may have moved
            yield from of_class(was, now, beside[0])
    for span in spans:
        yield from away(old[span.start : span.end], new[span.begin : span.finish])
    yield from in_which_way(before, after, rooted)
    yield from within(old, new, spans)
    for was, now, beside in exchanges(old, new, rooted):
        yield from placed(was, now)
        yield from turned(was, now)
        yield from fitting(was, now, beside[1])
    yield from by_whom(old, new, spans)
    yield from later(old, new, spans)
    yield from headed(before, after, rooted)
    yield from of_what(before, after, rooted)
    yield from of_whom(before, after, rooted)
    yield from hedged(old, new, spans)
    yield from ranked(old, new, spans)
    yield from graded(old, new)
    yield from both_times(before, after)
    yield from course(before, after)
    yield from much(old, new, spans)
    yield from done_by(before, after, spans)
    yield from urged(old, new)
    yield from pleased(old, new)
    yield from allowed(old, new)


def exchanges(old: Part, new: Part, spans: Spans) -> Iterator[tuple[Word, Word, tuple[Word, Word]]]:
    """The places where one word gave way to one other, with the word before and the one behind it."""
    for span in spans:
        if span.start == span.end or span.begin == span.finish:
            continue
        one, other = bare(old[span.start : span.end]), bare(new[span.begin : span.finish])
        if not one or not other:
            continue
        was, now, lengths = one[0], other[0], (len(one), len(other))
        named = (
            1 in lengths
            and sum(lengths) == 3
            and (old[span.end - 1].same in LABELLED or new[span.finish - 1].same in LABELLED)
        )
        if (lengths == (1, 1) or named) and was.kind == now.kind == "word":
            behind, far = new[span.finish], new[min(span.finish + 1, len(new) - 1)]
            if named:
                behind = old[span.end - 1] if lengths[0] > 1 else new[span.finish - 1]
            elif behind.text and far.same in LABELLED:
                behind = far  # "the master development branch"
            yield was, now, (new[span.begin - 1] if span.begin else new[-1], behind)


# Under which condition ---------------------------------------------------------------------------------------------

CONDITIONS = frozenset("if unless when whenever until once while".split())  # noqa: SIM905
ADDED = frozenset("again abroad alone together overnight indoors outdoors upstairs".split())  # noqa: SIM905
"""Adverbs that say little elsewhere and much in a condition: "if your child vomits again"."""
VAGUE = frozenset(
    "like choose prefer possible necessary needed question time find start begin happen occur start try able feel experience "  # noqa: SIM905
    "himself herself itself themselves yourself notice suffer develop concern problem matter ever still already just decide plan "
    "can could may might must should would".split()
)
"""What conditions say without saying more: "if you feel sick", "if you are sick"."""


def conditions(before: Said, after: Said) -> Iterator[str]:
    """What one text alone says in a condition that both have: "if you cough", "if you cough blood"."""
    clauses = [list(conditional(said.found)) for said in (before, after)]
    if len(clauses[0]) != len(clauses[1]):
        return
    for was, now in zip(*clauses, strict=True):
        lost, gained = [*missing(was, now, after)], [*missing(now, was, before)]
        if bool(lost) != bool(gained) and not others(*((now, was) if lost else (was, now))):
            what = f"“{' '.join(lost)}” removed" if lost else f"“{' '.join(gained)}” added"
            yield f"condition: {what}"
        elif lost and gained and not little(lost) and not little(gained):
            yield f"condition: “{' '.join(lost)}” → “{' '.join(gained)}”"
        else:
            yield from happening(was, now)


PARTICLES = frozenset("off out up down away back over apart loose open".split())  # noqa: SIM905
"""What says with a verb that says little what happens: "if the tube comes out"."""


def little(found: Sequence[str]) -> bool:
    """Whether verbs say little: it depends on what stands behind them."""
    return all(thesaurus.lemmas(word.lower()) & (LIGHT_VERBS | {"become"}) for word in found)


def happening(was: Part, now: Part) -> Iterator[str]:
    """What happens by a verb that says little and a particle in one of two conditions, where the other has neither and another verb or
    state: "if the tube comes out", "if the tube is blocked"."""
    for part, other, one in ((was, now, True), (now, was, False)):
        theirs = Said(other)
        for verb, particle in pairwise(part):
            light = not particle.before and thesaurus.lemmas(verb.same) & {"come", "go", "get", "fall"}
            if not light or particle.same not in PARTICLES or theirs.has(verb.same) or theirs.has(particle.same):
                continue
            others = [word.text for word in other if says(word) and not Said(part).says(word.same)]
            if others:
                said = f"{verb.text} {particle.text}", " ".join(others)
                yield "condition: “{}” → “{}”".format(*(said if one else said[::-1]))
                return


def conditional(found: Part) -> Iterator[Part]:
    """The clauses of a text that say when something holds, without the word that begins them."""
    for sentence in sentences(found):
        start = 0
        for at in range(sentence.start, sentence.end):
            ends = {",", ";", ":"} & set(found[at].before) or found[at].same in CONDITIONS
            if start and ends:
                yield found[start:at]
                start = 0
            if found[at].same in CONDITIONS:
                start = at + 1
        if start:
            yield found[start : sentence.end]


def others(part: Part, other: Part) -> bool:
    """Whether a clause has words of its own at all that may stand for those which it lacks."""
    theirs = {stemmed(word.same) for word in other}
    return any(
        word.text and word.same not in lexicon.FUNCTION_WORDS and stemmed(word.same) not in theirs for word in part
    )


def missing(part: Part, other: Part, elsewhere: Said) -> Iterator[str]:
    """The words of a clause that say something which the other text does not say."""
    theirs = Said(other)
    for at, word in enumerate(part):
        if stemmed(word.same) in VAGUE or word.same in VAGUE or theirs.says(word.same) or elsewhere.has(word.same):
            continue
        if word.same in lexicon.number_words() or (at and word.same in HEADS and theirs.has(part[at - 1].same)):
            continue
        if word.same in ADDED or (says(word) and not word.same.endswith("ly") and word.kind == "word"):
            yield word.text


# Who whom ----------------------------------------------------------------------------------------------------------


def who_whom(old: Part, new: Part) -> Iterator[str]:
    """Things or people that changed places around a verb, in the same words: "your doctor tells the nurse", "you call us"."""
    if exchanged(*([word.same for word in found if word.text] for found in (old, new))):
        yield "who whom: the other way round"
    said = [[(stemmed(word.same), word.same) for word in found if word.text] for found in (old, new)]
    stems = [[stem for stem, _ in found] for found in said]
    if stems[0] == stems[1] or Counter(stems[0]) != Counter(stems[1]) or order.harmless(old, new):
        return
    things = [[(at, stem) for at, (stem, word) in enumerate(found) if stands_for_something(word)] for found in said]
    if len(things[0]) != len(things[1]):
        return
    apart = [at for at, (one, other) in enumerate(zip(*things, strict=True)) if one[1] != other[1]]
    if len(apart) != 2:
        return
    first, second = apart
    for found, places in zip(said, things, strict=True):
        between = found[places[first][0] + 1 : places[second][0]]
        if not any(thesaurus.verb(word) for _, word in between):
            return
    yield f"who whom: {things[0][first][1]}, {things[0][second][1]} changed places"


def stands_for_something(word: str) -> bool:
    return word in {"you", "we", "they", "someone", "somebody"} or (
        names(word) and not word.endswith("ly") and not thesaurus.adjective(word)
    )


ALONE = frozenset("themselves itself yourself himself herself own".split())  # noqa: SIM905


def by_whom(old: Part, new: Part, spans: Spans) -> Iterator[str]:
    """What happens by itself that somebody does: "it falls off by itself", "it is taken off by a nurse"."""
    was = {word.same for span in spans for word in old[span.start : span.end]}
    now = {word.same for span in spans for word in new[span.begin : span.finish]}
    for one, other, what in ((was, now, "by itself → by somebody"), (now, was, "by somebody → by itself")):
        if one & ALONE and other & STAFF and not other & ALONE:
            yield f"who: {what}"
            return


# One word for one --------------------------------------------------------------------------------------------------

TENSES = {
    word: when
    for when, forms in {
        "now": "is are am has have do does",
        "then": "was were had did",
        "later": "will",
    }.items()
    for word in forms.split()
}


def tensed(was: Word, now: Word) -> Iterator[str]:
    """What is so that was so: "you have the infection", "you had the infection"."""
    times = {TENSES.get(was.same, ""), TENSES.get(now.same, "")}
    if "then" in times and "" not in times and len(times) == 2:
        yield f"tense: {was.text} → {now.text}"


def later(old: Part, new: Part, spans: Spans) -> Iterator[str]:
    """What was done that will be done."""
    for span in spans:
        said = {
            " ".join(word.same for word in part) for part in (old[span.start : span.end], new[span.begin : span.finish])
        }
        if "will be" in said and said & {"was", "were"}:
            yield f"tense: {' → '.join(sorted(said))}"


PLACES: Mapping[str, frozenset[str]] = {
    word: frozenset(group.split())
    for group in (
        "behind",
        "beside near by at close",
        "near by at around close beside",
        "beneath under underneath below",
        "under beneath underneath below within in",
        "underneath under beneath below",
        "between among in",
        "outside beyond",
        "inside in within into",
        "around round near about in",
        "through via by with over across",
        "across over through",
        "along with",
        "against from with on",
        "opposite facing",
        "above over on",
        "below under beneath",
        "toward towards to",
    )
    for word in group.split()[:1]
}
"""Prepositions that say where, each with those that may stand for it."""
PREPOSITIONS = frozenset(PLACES) | frozenset("in on at into onto to from by over off out with for of".split())  # noqa: SIM905


def placed(was: Word, now: Word) -> Iterator[str]:
    """Another place: "put the drops in the ear", "put the drops behind the ear"."""
    if {was.same, now.same} <= PREPOSITIONS:
        for one, other in ((was, now), (now, was)):
            if one.same in PLACES and other.same not in PLACES[one.same] and one.same not in PLACES.get(other.same, ()):
                yield f"place: {was.text} → {now.text}"
                return


BOUNDS, POINTS = frozenset(["by", "from"]), frozenset(["at", "on", "in"])
"""What goes before a time up to which or from which on something is done, and at which."""


def bounded(was: Word, now: Word, behind: Word) -> Iterator[str]:
    """A time at which something is done that was the end or the beginning of a while, or the other way round: "by noon", "at noon"."""
    one, other = sorted((was.same, now.same), key=POINTS.__contains__)
    time = lone_words().get(behind.same)
    if one in BOUNDS and (other in POINTS or other in BOUNDS) and one != other and time and time.kind == "time":
        yield f"time: {was.text} → {now.text}"


TURNED = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("every each both all", "one either"),
        ("need needs needed", "make makes made have has use uses used take takes took give gives gave get gets"),
        ("new fresh another different", "same"),
        ("call calls phone phones telephone ring", "visit visits come comes see sees"),
        ("come comes came", "go goes went leave leaves left"),
        ("give gives gave given", "take takes took taken get gets got have has had"),
        ("so", "but"),
        ("stay stays stayed remain", "go goes went"),
        ("possible fine ok okay", "important essential vital crucial"),
        ("remove removes removed", "clean cleans cleaned"),
        ("wet", "damp moist"),
        ("carer carers caregiver caregivers", "parent parents guardian guardians"),
        ("key", "button switch"),
        ("clear", "wipe"),
        ("empty empties emptied", "remove removes removed clean cleans cleaned fill fills filled"),
    )
)
"""Everyday words, and those that are no others for them though a thesaurus has them near, or they say little."""


def turned(was: Word, now: Word) -> Iterator[str]:
    """Everyday words that gave way to what they are not: "your body makes it", "your body needs it"."""
    for one, other in TURNED:
        if (was.same in one and now.same in other) or (was.same in other and now.same in one):
            yield f"another thing: {was.text} → {now.text}"
            return


BOUND = frozenset(["up", "even", "with", "about"])


def within(old: Part, new: Part, spans: Spans) -> Iterator[str]:
    """A bound that was the most and is the least, by words; an *even* before a condition or a time; what is about to be."""
    for span in spans:
        was, now = (
            [word.same for word in part] for part in (old[span.start : span.end], new[span.begin : span.finish])
        )
        if BOUND.isdisjoint(was) and BOUND.isdisjoint(now):
            continue
        for one, other, then in ((was, now, old[span.end]), (now, was, new[span.finish])):
            if one == ["up", "to"] and other in (["over"], ["at", "least"]):
                yield f"bound: {' '.join(was)} → {' '.join(now)}"
            elif one == ["even"] and not other and then.same in CONDITIONS | PREPOSITIONS:
                yield f"scope: “even” {'removed' if one is was else 'added'}"
            elif one == ["with"] and other == ["for"] and then.same in {"you", "them"}:
                yield "who: with somebody, for somebody"
            elif {"about", "to"} <= {*one} and {"have", "has", "had"} & {*other}:
                yield "tense: what is about to be, what has been"


def fitting(was: Word, now: Word, behind: Word) -> Iterator[str]:
    """What is loose and what is comfortable, said of a thing: "the bandage is loose"; not of what to wear: "loose clothes"."""
    if {was.same, now.same} in ({"loose", "comfortable"}, {"loose", "easy"}) and (not behind.text or behind.before):
        yield f"another thing: {was.text} → {now.text}"


LABELLED = frozenset(
    "branch branches command option setting mode menu tab folder directory module package field role tag".split()  # noqa: SIM905
)
"""What has a name that is written before it: "the master branch", "the main menu"."""
POINTING = frozenset("to from into onto".split())  # noqa: SIM905


def labelled(was: Word, now: Word, beside: tuple[Word, Word]) -> Iterator[str]:
    """A word that is a name where it stands, and gave way to one of its sense: the *master* branch, the *main* branch."""
    before, behind = beside
    if not (names(was.same) and names(now.same)) or stemmed(was.same) == stemmed(now.same):
        return
    alone = (
        before.same in POINTING
        and not now.before
        and (not behind.text or bool(behind.before.strip("-")))
        and any(thesaurus.adjective(word.same) and not thesaurus.verb(word.same) for word in (was, now))
        and not all(word.same in lone_words() for word in (was, now))
    )
    if alone or (behind.same in LABELLED and not behind.before and before.kind != "end"):
        yield f"name: {was.text} → {now.text}"


WITH = frozenset("on in with through into onto under at over against".split())  # noqa: SIM905
WAYS = frozenset("basis care ease caution delay hurry speed time times day days short long regular way manner fashion doubt certainty".split())  # noqa: SIM905  # fmt: skip


def in_which_way(before: Said, after: Said, spans: Spans) -> Iterator[str]:
    """An adverb that gave way to where or with what something is done: "lie still", "lie on your side"; not "with care"."""
    for span in spans:
        was, now = before.found[span.start : span.end], after.found[span.begin : span.finish]
        for one, other, text in ((was, now, before), (now, was, after)):
            if len(one) != 1 or len(other) < 2 or other[0].same not in WITH or other[0].before:
                continue
            if not (one[0].same.endswith("ly") or one[0].same in MANNERS):
                continue
            said = [word.same for word in other[1:] if names(word.same) or word.same in lone_words()]
            if said and not any(word in WAYS or text.says(word) for word in said):
                yield f"how: “{one[0].text}”, “{' '.join(word.text for word in other)}”"
                return


MANNERS = frozenset("still flat upright straight well fast hard alone".split())  # noqa: SIM905
"""Adverbs that do not end in -ly."""


# How sure, how much ---------------------------------------------------------------------------------------------

HEDGES = frozenset("may might could".split())  # noqa: SIM905


def hedged(old: Part, new: Part, spans: Spans) -> Iterator[str]:
    """What may be so that is so: "the tablets could harm your baby"; "it might not be needed", "it is not needed"."""
    counts = []
    for found in (old, new):
        at_once = [found[at - 1].same for at, word in enumerate(found) if at and word.same == "not"]
        counts.append((len(at_once), sum(word in HEDGES for word in at_once)))
    if counts[0][0] == counts[1][0] and counts[0][1] != counts[1][1]:
        yield "certainty: what may not be so and what is not so"
    hedging = any(word.same in HEDGES for word in old) and any(word.same in HEDGES for word in new)
    sure, unsure, sure_now, unsure_now = (*hedges(old), *hedges(new)) if hedging else (frozenset[str](),) * 4
    if unsure & sure_now - sure and unsure_now & sure - sure_now:
        yield "certainty: another thing may be so"
    perhaps = [[word.same for word in found if word.same in PERHAPS] for found in (old, new)]
    if (
        len(perhaps[0]) != len(perhaps[1])
        and not all(perhaps)
        and not any(word.same in HEDGES for word in (*old, *new))
    ):
        yield f"certainty: “{max(perhaps)[0]}” {'removed' if perhaps[0] else 'added'}"
    if sum(word.same in HEDGES for word in old) == sum(word.same in HEDGES for word in new):
        return
    for span in spans:
        was, now = (
            [word.same for word in part] for part in (old[span.start : span.end], new[span.begin : span.finish])
        )
        for one, other, what in ((was, now, "removed"), (now, was, "added")):
            if one and one[0] in HEDGES and [*map(being, one[1:])] == [*map(being, other)]:
                yield f"certainty: “{one[0]}” {what}"


def being(word: str) -> str:
    """The stem of a word, and "be" for its forms."""
    return "be" if word in BEING else stemmed(word)


PERHAPS = frozenset("possibly perhaps maybe".split())  # noqa: SIM905


def hedges(found: Part) -> tuple[frozenset[str], frozenset[str]]:
    """What is so by a text, and what may be so: verbs in their plain form."""
    sure, unsure = set[str](), set[str]()
    for at, word in enumerate(found):
        verb = "be" if word.same in BEING else base(word.same)
        if verb and word.kind == "word" and word.same not in HEDGES:
            (unsure if at and found[at - 1].same in HEDGES else sure).add(verb)
    return frozenset(sure), frozenset(unsure)


BEING = frozenset("is are be was were".split())  # noqa: SIM905
RANKS = frozenset("first second third fourth fifth last".split())  # noqa: SIM905
MEANT = frozenset("the a an your our their his her its my each every this that any no".split())  # noqa: SIM905
"""What stands before a rank that says which one of several is meant."""


def ranked(old: Part, new: Part, spans: Spans) -> Iterator[str]:
    """Which one of several, where one text alone says it: "we do not charge you for the first visit"."""
    for span in spans:
        for one, other, whole, at, what in (
            (old[span.start : span.end], new[span.begin : span.finish], old, span.end, "removed"),
            (new[span.begin : span.finish], old[span.start : span.end], new, span.finish, "added"),
        ):
            alone = len(one) == 1 and not other and one[0].same in RANKS and at > 1 and whole[at - 2].same in MEANT
            if alone and whole[at].text and not whole[at].before and names(whole[at].same):
                yield f"which one: “{one[0].text} {whole[at].text}”, “{one[0].text}” {what}"


def graded(old: Part, new: Part) -> Iterator[str]:
    """What is as good that is better: "it works as well as the old one", "it works better than the old one"."""
    degrees = []
    for found in (old, new):
        said = [word.same for word in found]
        degrees.append(
            (sum(word == "as" and "as" in said[at + 2 : at + 4] for at, word in enumerate(said)), said.count("than"))
        )
    if degrees[0] != degrees[1] and sum(degrees[0]) == sum(degrees[1]):
        yield "degree: as much, and more or less"


def both_times(before: Said, after: Said) -> Iterator[str]:
    """One of two times that are joined, which came or went: "we are here day and night", "we are here during the day"."""
    for one, other, what in ((before, after, "removed"), (after, before, "added")):
        found = one.found
        for first, link, second in zip(found, found[1:], found[2:], strict=False):
            if link.same not in {"and", "or"} or link.before or second.before:
                continue
            times = [lone_words().get(word.same) for word in (first, second)]
            if all(time and time.kind == "time" for time in times):
                gone = [word.text for word in (first, second) if not other.has(word.same)]
                if len(gone) == 1:
                    yield f"time: “{first.text} {link.text} {second.text}”, “{gone[0]}” {what}"
