"""What English words have to do with each other: of one root, of one sense, of opposite sense; and what part of speech they may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from pipeline.rewording.everyday import RELATED
from pipeline.text.opposites import SYNONYMS, partners, turns
from pipeline.text.respelling import uninflected
from pipeline.text.stems import stemmed

LIST = Path(__file__).with_name("english-kin.txt")
KINDS = {"=": "synonyms", ">": "a kind of", "!": "antonyms", "~": "irregular", "v": "verbs", "a": "adjectives"}


class Kin(NamedTuple):
    """The list, read: each word's relatives and opposites, irregular forms, verbs, adjectives."""

    relatives: Mapping[str, frozenset[str]]
    opposites: Mapping[str, frozenset[str]]
    irregular: Mapping[str, str]
    verbs: frozenset[str]
    adjectives: frozenset[str]


@lru_cache(1)
def kin() -> Kin:
    """The list `english-kin.txt`."""
    rows: dict[str, list[list[str]]] = {mark: [] for mark in KINDS}
    for line in LIST.read_text("utf-8").split("\n"):
        if line and line[0] in rows:
            rows[line[0]].append(line.split()[1:])
    relatives, opposites = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for words in rows["="]:
        for one, other in permutations(words, 2):
            relatives[one].add(other)
    for first, *others in rows[">"]:
        for other in others:
            relatives[first].add(other)
            relatives[other].add(first)
    for one, other in rows["!"]:
        opposites[one].add(other)
        opposites[other].add(one)
    return Kin(
        {word: frozenset(found) for word, found in relatives.items()},
        {word: frozenset(found) for word, found in opposites.items()},
        {form: verb for verb, *forms in rows["~"] for form in forms},
        frozenset(word for words in rows["v"] for word in words),
        frozenset(word for words in rows["a"] for word in words),
    )


@lru_cache(1 << 14)
def lemmas(word: str) -> frozenset[str]:
    """What a word may be a form of, itself among them."""
    irregular = kin().irregular
    base = next(
        (word[len(prefix) :] for prefix in PREFIXES if word.startswith(prefix) and word[len(prefix) :] in irregular), ""
    )
    other = {irregular[base], word[: -len(base)] + irregular[base]} if base else set()
    return frozenset(
        {
            word,
            irregular.get(word, word),
            *other,
            *uninflected(word),
            word.removesuffix("es"),
            word.removesuffix("s"),
            word.removesuffix("d") if word.endswith("ed") else word,
            f"{word[:-3]}e" if word.endswith("ing") else word,
            adjective_of(word),
        }
    )


def bases(word: str) -> frozenset[str]:
    """The plain form and that in -s, where a word is one: what is not is past, or a participle."""
    return (
        frozenset([word])
        if word.endswith("s") or not (word.endswith(("ed", "ing")) or word in kin().irregular)
        else frozenset()
    )


PREFIXES = ("over", "under", "out", "re", "mis", "un")
"""Before an irregular verb: overwritten, rewrote."""


def adjective_of(word: str) -> str:
    """What an adverb in -ly is made of: quick, quickly; simple, simply."""
    if word.endswith("ically"):
        return word[:-4]
    return f"{word[:-1]}e" if word.endswith("bly") else word[:-2] if word.endswith("ly") and len(word) > 4 else word


def verb(word: str) -> bool:
    """Whether a word may be a verb, as SemCor has it."""
    return not lemmas(word).isdisjoint(kin().verbs)


ADJECTIVAL = ("able", "ible", "ful", "less", "ous", "ive")


def adjective(word: str) -> bool:
    """Whether a word is an adjective more often than not, or ends as one."""
    return word in kin().adjectives or (len(word) > 5 and word.endswith(ADJECTIVAL))


@lru_cache(1 << 14)
def near(one: str, other: str) -> bool:
    """Whether two words are of one root or of one sense, so that an editor may put one for the other."""
    return (
        rooted(one, other)
        or rooted(stemmed(one), stemmed(other))
        or stemmed(one) == stemmed(other)
        or related(one, other)
    )


def related(one: str, other: str) -> bool:
    """Whether two words, in any inflection, are of one sense or one names a kind of the other."""
    theirs = forms(other)
    return akin(one, theirs, groups(theirs))


def forms(word: str) -> frozenset[str]:
    """What a word may stand for where it is compared with others."""
    return lemmas(word) | {stemmed(word)}


def groups(theirs: Collection[str]) -> frozenset[str]:
    """The groups of synonyms that forms are in."""
    return frozenset(SYNONYMS[word] for word in theirs if word in SYNONYMS)


def akin(one: str, theirs: Collection[str], senses: Collection[str]) -> bool:
    """Whether a word is related to one of those whose forms, and groups of synonyms, are given: however many, in one look."""
    if any(SYNONYMS.get(word) in senses for word in lemmas(one)):
        return True
    if any(not RELATED.get(word, frozenset()).isdisjoint(theirs) for word in lemmas(one)):
        return True
    return any(not kin().relatives.get(word, frozenset()).isdisjoint(theirs) or word in theirs for word in lemmas(one))


ENDINGS = frozenset(
    "e s es ed d er ers or ors ing ings y ies ied ier iers iest ly ily al als ally ial ially ual ually ic ics ical ically "  # noqa: SIM905
    "ion ions ional ation ations ational tion tions ition itions sion sions ive ives ively ative atively itive ment ments "
    "mental ity ities ty ties ness iness able ably ible ibly ability ibility ble bly bility ance ances ence ences ency ancy "
    "ant ants ently antly ent ents ous ously ious iously eous ist ists istic ism isms ize izes ized izing izer ization ify "
    "ifies ified ification ful fully fulness ship ships age ages en ens ened ening th ure ures ory ories ary ate ates ated "
    "ating ator ators ately acy ish hood ety 's s'".split()
) | {""}
"""What English words of one root end in. Not what makes another thing of them: head, headache; nurse, nursery; clinic, clinician."""
LATIN = frozenset("a ae i is on um us".split())  # noqa: SIM905
"""The same of Latin and Greek words: bacterium, bacterial; diagnosis, diagnostic."""
CHANGED = frozenset(
    frozenset(pair.split("/"))
    for pair in "ce/t ces/t ce/ts ces/ts cy/t de/sion d/sion de/sive d/sive be/ption sis/ze sis/tic".split()  # noqa: SIM905
)
"""Endings before which the root changes: absence, absent; decide, decision."""


def rooted(one: str, other: str) -> bool:
    """Whether two words have their root in common and no more than endings apart: refill, refilling; allergy, allergic."""
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if frozenset((one[shared:], other[shared:])) in CHANGED:
        return shared >= 4
    if shared < 4:
        return False
    return any(ended(one[at:], other[at:], at) for at in range(shared, max(shared - 4, 2), -1))


def ended(one: str, other: str, root: int) -> bool:
    """Whether both are endings of one root, of so many letters."""
    if one in LATIN or other in LATIN:
        return root > 3 and bool(one and other) and {one, other} <= ENDINGS | LATIN
    return one in ENDINGS and other in ENDINGS


def contrary(lost: Sequence[str], gained: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Of the words that went and those that came, the pairs of opposites, in any inflection; not every pair is looked at."""
    if not lost or not gained:
        return
    places = {word: at for at, word in enumerate(gained)}
    turned: dict[str, list[str]] = {}
    forms: dict[str, list[str]] = {}
    for word in places:
        for made in turns(word):
            turned.setdefault(made, []).append(word)
        for form in lemmas(word):
            forms.setdefault(form, []).append(word)
    for one in lost:
        found = places.keys() & (turns(one) | partners().get(one, frozenset()))
        found |= {*turned.get(one, ())}
        for lemma in lemmas(one):
            found.update(*(forms.get(opposite, ()) for opposite in kin().opposites.get(lemma, ())))
        yield from ((one, other) for other in sorted(found - {one}, key=places.__getitem__))
