"""Expressions of several words and plainer ones for them, each in all forms of its verb or noun: "get in touch with", "contacting"; "stitches", "sutures".

Written for this by what plain-language guides advise and leaflets say. Nothing stands here that a patient takes, does or watches for and that is
another thing than its neighbour; nor a number, a *not* or a modal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.rewording.thesaurus import lemmas

LIST = Path(__file__).with_name("english-expressions.txt")
LONGEST = 6
"""Words of the longest of them."""


BEING = {"am": "", "are": "", "is": "s", "was": "ed", "were": "ed", "been": "ed", "being": "ing"}
ARTICLES = frozenset(["a", "an", "the"])


def sections() -> Iterator[list[str]]:
    """The groups of the list: those of verbs, of nouns, and the rest."""
    for part in LIST.read_text("utf-8").split("\n[")[1:]:
        yield [line for line in part.strip().split("\n")[1:] if line]


@lru_cache(1)
def tables() -> tuple[Mapping[tuple[str, ...], frozenset[int]], ...]:
    """Verbs, nouns and the rest: each expression, in its plain form, → its groups."""
    made = []
    for at, groups in enumerate(sections()):
        found: dict[tuple[str, ...], set[int]] = {}
        for number, group in enumerate(groups):
            for expression in group.split(" / "):
                found.setdefault(tuple(expression.lower().replace("-", " ").split()), set()).add(3 * number + at)
        made.append({words: frozenset(groups) for words, groups in found.items()})
    return tuple(made)


@lru_cache(1)
def sizes() -> Mapping[str, frozenset[int]]:
    """The first words of expressions, in their plain form, → how many words those have."""
    found: dict[str, set[int]] = {}
    for table in tables():
        for words in table:
            found.setdefault(words[0], set()).add(len(words))
    return {word: frozenset(lengths) for word, lengths in found.items()}


@lru_cache(1 << 14)
def lengths(word: str) -> frozenset[int]:
    """How many words the expressions have that begin with a word, in any form of it."""
    table = sizes()
    found = [table[lemma] for lemma in lemmas(word) if lemma in table]
    return frozenset().union(*found, table["be"] if word in BEING else ())


def begins(word: str) -> bool:
    """Whether an expression may begin with a word, in any form of it."""
    return bool(lengths(word))


@lru_cache(1 << 14)
def read(words: tuple[str, ...]) -> frozenset[tuple[int, str]]:
    """What an expression says: the groups that have it, each with the form of its verb; nouns in any number, with an article or without."""
    verbs, nouns, others = tables()
    found = {(group, "") for group in others.get(words, ())}
    if len(words) > LONGEST or not words:
        return frozenset(found)
    for verb in lemmas(words[0]) | ({"be"} if words[0] in BEING else frozenset()):
        found.update((group, form(words[0], verb)) for group in verbs.get((verb, *words[1:]), ()))
    bare = words[1:] if words[0] in ARTICLES and len(words) > 1 else words
    for noun in singular(bare):
        found.update((group, "") for group in nouns.get(noun, ()))
    return frozenset(found)


def form(word: str, verb: str) -> str:
    """In which form a verb is: plain, -s, -ing, or any other."""
    if word == verb:
        return ""
    if word in BEING:
        return BEING[word]
    return "ing" if word.endswith("ing") else "s" if word.endswith("s") or word == "has" else "ed"


def singular(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A noun with what belongs to it, as it stands and with its last or first word in the singular."""
    yield words
    for at in {0, len(words) - 1}:
        for word in lemmas(words[at]) - {words[at]} if words[at].endswith("s") else ():
            yield (*words[:at], word, *words[at + 1 :])


def equal(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two expressions say the same, in the same form."""
    if not one or not other or not 1 < max(len(one), len(other)) <= LONGEST + 1:
        return False  # of words alone `thesaurus` knows more
    if not all(words[0] in ARTICLES or lengths(words[0]) for words in (one, other)):
        return False
    return not read(tuple(one)).isdisjoint(read(tuple(other)))
