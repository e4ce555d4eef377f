"""What of an edit nothing explains: names of things, people and places that gave way to others, scopes that came or went.

A text that is reworded says the same in other words: of one sense, of one root, in another place. What is left over when those are
set aside is not wording, though no table has it: *chest* that became *back*, *the owner* that became *anyone*, a *by default* that
went. Verbs are let pass where nobody is told what to do: everyday English has hundreds for each other; `instructions` has the rest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.rewording import thesaurus
from pipeline.rewording.paraphrases import EMPTY
from pipeline.severity import order
from pipeline.severity.items import one_sided
from pipeline.text import lexicon, similarity
from pipeline.text.english import Word
from pipeline.text.features import lone_words
from pipeline.text.respelling import respelled
from pipeline.text.sentences import Parted, sentences
from pipeline.text.stems import stemmed


def unexplained(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """What such changes an edit makes, as a person reads them."""
    yield from named_otherwise(old, new)
    yield from opened(old, new)
    yield from narrowed(old, new)
    yield from exchanged(old, new)
    yield from asked(old, new)
    yield from some(old, new)
    yield from bounded(old, new)


# One thing for another ---------------------------------------------------------------------------------------------

LIGHT_VERBS = frozenset(
    "take make have get give do go come see put let become look help need mean use".split()  # noqa: SIM905
)
"""Verbs that say little beside their object: "take a shower", "make an appointment"."""
LIGHT = frozenset(
    "way thing things kind type sort case fact part point time place order lot bit own other others such one ones same some any someone "  # noqa: SIM905
    "something somewhere yourself themselves itself them him hers theirs ours us also too even again already still yet together along "
    "around away up down off out against quite rather really very well much more most less least further here there please simply just "
    "only now then today whole total certain able possible available necessary important good best fine sure example instance "
    "reason idea people person patient patients human everything anything page leaflet guide following above below whether via within "
    "among throughout toward upon onto although though because since therefore thus hence however moreover else instead otherwise "
    "usually normally generally typically often sometimes always mainly mostly currently actually especially particularly".split()
)
"""Words that name no thing of their own: what they stand for is said beside them, or is read as a quantity or direction."""


GENERIC = frozenset("device procedure item object product".split())  # noqa: SIM905
"""Nouns that stand for any other of their kind: "the pump", "the device"."""


def named_otherwise(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Nouns, names and adjectives that gave way to others, of no root and sense in common."""
    gone, come = spare(old, new), spare(new, old)
    for span in similarity.spans([stemmed(w.same) for w in old], [stemmed(w.same) for w in new]):
        if span.same or span.start == span.end or span.begin == span.finish:
            continue
        lost, gained = naming(old[span.start : span.end], gone), naming(new[span.begin : span.finish], come)
        one, other = old[span.start].same, new[span.begin].same
        if span.end - span.start == span.finish - span.begin == 1 and (acts(one) or acts(other)):
            lost, gained = lost or plain(one), gained or plain(other)
        if bool(lost) != bool(gained):
            lost = lost or standing_in(old[span.start : span.end], gone)
            gained = gained or standing_in(new[span.begin : span.finish], come)
        lost, gained = strangers(lost, gained)
        generic = len(lost) == len(gained) == 1 and {*lost, *gained} & GENERIC
        if generic or respelled(lost, gained):
            continue
        if not lost or not gained:
            whole = old[span.start : span.end] if gained else new[span.begin : span.finish]
            if (lost or gained) and last(old, new, span) and stands(whole, gone if gained else come):
                yield f"list item: {', '.join(lost) or 'none'} → {', '.join(gained) or 'none'}"
            continue
        yield f"another thing: {', '.join(lost)} → {', '.join(gained)}"


def last(old: Sequence[Word], new: Sequence[Word], span: similarity.Stretch) -> bool:
    """Whether what differs at a place is the last item of a list in both texts: "the scheme or domain"."""
    before = {old[span.start - 1].same, new[span.begin - 1].same} if span.start and span.begin else set()
    return len(before) == 1 and before <= {"and", "or"}


def stands(part: Sequence[Word], spared: Counter[str]) -> bool:
    """Whether the other text has all words of a stretch in another place."""
    return not any(stemmed(word.same) in spared for word in part)


def spare(found: Sequence[Word], other: Sequence[Word]) -> Counter[str]:
    """The stems that one text has more often than another: what only moved is not among them."""
    return beyond(tuple(stemmed(word.same) for word in found), tuple(stemmed(word.same) for word in other))


@lru_cache(4)
def beyond(found: tuple[str, ...], other: tuple[str, ...]) -> Counter[str]:
    """What of some words is more than of others: it is asked for both ways by all who compare."""
    return Counter(found) - Counter(other)


def naming(part: Sequence[Word], spared: Counter[str]) -> list[str]:
    """The words of a stretch that name something, of those that only its text has."""
    return [
        word.same
        for word in part
        if word.text and word.kind == "word" and stemmed(word.same) in spared and names(word.same)
    ]


def standing_in(part: Sequence[Word], spared: Counter[str]) -> list[str]:
    """The words of a stretch that stand for anybody, or for some time: what gives way to a thing of its own is another thing."""
    table = lone_words()
    return [
        word.same
        for word in part
        if stemmed(word.same) in spared
        and (word.same in ANYBODY or (word.same in table and table[word.same].kind == "time" and len(part) == 1))
    ]


ANYBODY = frozenset("people person persons patient patients human humans".split())  # noqa: SIM905


def names(word: str) -> bool:
    """Whether a word names something: no function word, no quantity, no adverb, none that stands for anything."""
    return word in WHO or not (
        word in lexicon.FUNCTION_WORDS
        or word in LIGHT
        or little(word)
        or (word in lone_words() and lone_words()[word].kind not in NOUNS)
    )


def little(word: str) -> bool:
    """Whether a word is a form of a verb that says little, or who does it: *takes*, *helper*; a *letter* lets nothing."""
    verbs = thesaurus.lemmas(word) & LIGHT_VERBS
    doer = word.removesuffix("s").removesuffix("r")
    return bool(verbs) and (not word.endswith(("er", "ers")) or not verbs.isdisjoint({doer, doer.removesuffix("e")}))


def acts(word: str) -> bool:
    """Whether a word says what is done with something, or which way it goes: remove, lower."""
    return word in lone_words() and lone_words()[word].kind in {"action", "direction", "route"}


def plain(word: str) -> list[str]:
    """A word that says something of its own, and is no adverb or verb that says little; none otherwise."""
    light = word in lexicon.FUNCTION_WORDS or word in LIGHT or thesaurus.lemmas(word) & LIGHT_VERBS
    return [] if light or word.endswith("ly") or not word.isalpha() else [word]


NOUNS = frozenset("body device place food medicine who".split())  # noqa: SIM905
"""Kinds of the critical words that are names of things and people."""
WHO = frozenset("everyone everybody anyone anybody nobody".split())  # noqa: SIM905
"""Words that say of whom something is true."""


def strangers(lost: Sequence[str], gained: Sequence[str]) -> tuple[list[str], list[str]]:
    """Words of two lists, less those that have a relative in the other."""
    return (
        [word for word in lost if not any(kindred(word, other) for other in gained)],
        [word for word in gained if not any(kindred(word, other) for other in lost)],
    )


def kindred(one: str, other: str) -> bool:
    """Whether two words are near each other, or the critical words have them for one."""
    table = lone_words()
    return thesaurus.near(one, other) or (one in table and other in table and table[one].same == table[other].same)


# Scopes ------------------------------------------------------------------------------------------------------------

OPENERS = frozenset(
    [
        "in",
        "on",
        "at",
        "for",
        "with",
        "by",
        "under",
        "during",
        "within",
        "from",
        "to",
        "of",
        "as",
        "depending",
        "given",
        "without",
        "outside",
        "inside",
    ]
)


def opened(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Opening phrases that say where or when a sentence holds, and went, came or gave way: "By default, …", "In this mode, …"."""
    before, after = [list(openings(found)) for found in (old, new)]
    for one in before:
        if not kept(one, new):
            yield f"scope: “{' '.join(word.text for word in one)}” removed"
    for one in after:
        if not kept(one, old):
            yield f"scope: “{' '.join(word.text for word in one)}” added"


def openings(found: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The opening phrases of a text's sentences: from a preposition to the comma or the verb's subject, eight words at most."""
    for sentence in sentences(found):
        if found[sentence.start].same not in OPENERS:
            continue
        for at in range(sentence.start + 1, min(sentence.start + 9, sentence.end)):
            if "," in found[at].before:
                yield found[sentence.start : at]
                break
    for at in range(len(found) - 2):
        if (found[at].same, found[at + 1].same) == ("by", "default"):
            yield found[at : at + 2]


def kept(phrase: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether what a phrase says is said in another text, or the phrase says nothing."""
    said = [word.same for word in phrase if word.same not in lexicon.FUNCTION_WORDS | EMPTY | LIGHT | LIGHT_VERBS]
    theirs = [word.same for word in other if word.text]
    return all(word in theirs or any(thesaurus.near(word, one) for one in theirs) for word in said)


INTENSE = frozenset(
    [
        "very",
        "quite",
        "rather",
        "really",
        "great",
        "nice",
        "good",
        "own",
        "whole",
        "entire",
        "main",
        "certain",
        "other",
        "such",
        "same",
        "more",
        "most",
        "some",
        "any",
        "no",
        "each",
        "every",
        "both",
        "this",
        "that",
        "one",
    ]
)


def narrowed(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Adjectives that came before a noun or went, and say of which it is true: "a deletable blob may be deleted"."""
    stems = [[stemmed(w.same) for w in found] for found in (old, new)]
    spared = spare(old, new), spare(new, old)
    for span in similarity.spans(*stems):
        alone = one_sided(old[span.start : span.end], new[span.begin : span.finish])
        if span.same or alone is None:
            continue
        whole, start, end, what, only = (
            (old, span.start, span.end, "removed", spared[0])
            if alone
            else (new, span.begin, span.finish, "added", spared[1])
        )
        last, noun, theirs = whole[end - 1], whole[end], spared[1] if what == "removed" else spared[0]
        adverbs = all(word.same.endswith("ly") for word in whole[start : end - 1])
        if joined := compound(whole, start, end):
            if not all(kept([word], old if what == "added" else new) for word in joined):
                yield f"narrowed: “{noun.text}”, “{'-'.join(word.text for word in joined)}” {what}"
            continue
        if (
            adverbs
            and modifies(last, noun)
            and stemmed(last.same) in only
            and not any(thesaurus.near(last.same, one) for one in theirs)
        ):
            yield f"narrowed: “{last.text} {noun.text}”, “{last.text}” {what}"


IDLE = frozenset("well so step day state up built brand user easy hands in all full out follow check".split())  # noqa: SIM905
"""What compounds begin with that say nothing more: well-known, so-called, up-to-date, built-in, follow-up."""


def compound(found: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """The words between two places, where they are joined by hyphens and say which of the things behind them are meant: "a sugar-free
    syrup", "long-acting insulin"."""
    while start < end and found[start].same in {"a", "an", "the"}:
        start += 1
    part, noun = found[start:end], found[end]
    if len(part) < 2 or any(word.before != "-" or not word.same.isalpha() for word in part[1:]):
        return ()
    if noun.before or noun.kind != "word" or not noun.text or part[0].same in IDLE or not part[0].same.isalpha():
        return ()
    return part if names(noun.same) else ()


def modifies(word: Word, noun: Word) -> bool:
    """Whether a word is an adjective or participle that says which of the things behind it are meant."""
    return (
        bool(noun.text)
        and not noun.before
        and noun.kind == "word"
        and noun.same not in lexicon.FUNCTION_WORDS
        and word.same not in INTENSE
        and word.same not in lone_words()
        and (thesaurus.adjective(word.same) or (word.same.endswith("ed") and thesaurus.verb(word.same)))
    )


def exchanged(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Two words that changed places while all others stayed: "store values by key", "store keys by value"."""
    was, now = ([(at, stemmed(word.same)) for at, word in enumerate(found) if word.text] for found in (old, new))
    differ = [at for at, (one, other) in enumerate(zip(was, now, strict=False)) if one[1] != other[1]]
    if len(was) != len(now) or len(differ) != 2:
        return
    first, second = differ
    if order.harmless(old, new):
        return  # two items of a list
    if (was[first][1], was[second][1]) != (now[second][1], now[first][1]):
        return
    between = {word.same for word in old[was[first][0] + 1 : was[second][0]]}
    if between and between <= {"and", "or", "the", "a", "an", "your"} and between & {"and", "or"}:
        return
    if names(old[was[first][0]].same) and names(old[was[second][0]].same) and second - first > 1:
        yield f"changed places: {old[was[first][0]].text}, {old[was[second][0]].text}"


ASKING = frozenset("where when how why what who whose whom".split())  # noqa: SIM905


def asked(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Another question word: "say where it hurts", "say when it hurts"."""
    for span in similarity.spans([w.same for w in old], [w.same for w in new]):
        was, now = old[span.start : span.end], new[span.begin : span.finish]
        if not span.same and len(was) == len(now) == 1 and was[0].same in ASKING and now[0].same in ASKING:
            yield f"question: {was[0].text} → {now[0].text}"


def some(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """A *some*, *most* or *many* of things that are counted, which came or went: "schools", "some schools"."""
    was, now = ([word.same for word in counted(found)] for found in (old, new))
    if was != now:
        yield f"amount: {', '.join(was) or 'all'} → {', '.join(now) or 'all'}"


def counted(found: Sequence[Word]) -> Iterator[Word]:
    """The words of a text that say how many of some things are meant."""
    for word, noun in pairwise(found):
        if (
            word.same in {"some", "most", "many", "few"}
            and not noun.before
            and noun.same.endswith("s")
            and names(noun.same)
        ):
            yield word


BOUNDS = OPENERS | frozenset(
    [
        "outside",
        "inside",
        "without",
        "except",
        "through",
        "until",
        "after",
        "before",
        "near",
        "among",
        "across",
        "against",
    ]
)
UNIVERSAL = frozenset(
    [
        "any",
        "all",
        "every",
        "each",
        "no",
        "none",
        "never",
        "only",
        "must",
        "shall",
        "always",
        "everyone",
        "everybody",
        "anyone",
        "anybody",
        "nobody",
    ]
)


def bounded(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Phrases that say where, when or for what a rule holds, and came or went: "any transfer outside of the test is void"."""
    parted = Parted(old), Parted(new)
    universal = [[at for at, word in enumerate(found) if word.same in UNIVERSAL] for found in (old, new)]
    for span in similarity.spans([stemmed(w.same) for w in old], [stemmed(w.same) for w in new]):
        alone = one_sided(old[span.start : span.end], new[span.begin : span.finish])
        if span.same or alone is None:
            continue
        whole, other, start, end = (old, new, span.start, span.end) if alone else (new, old, span.begin, span.finish)
        part = whole[start:end]
        sentence, places = parted[not alone].at(start), universal[not alone]
        rules = sentence and (
            sentence.instructs or bisect_left(places, sentence.start) < bisect_left(places, sentence.end)
        )
        if rules and part[0].same in BOUNDS and any(names(word.same) for word in part) and not kept(part, other):
            yield f"scope: “{' '.join(word.text for word in part)}” {'removed' if whole is old else 'added'}"
