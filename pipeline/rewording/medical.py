"""Medical words and the plain ones that clinics put for them: "epistaxis", "nosebleed"; "dyspnea", "shortness of breath".

Who makes a page plainer leaves what it says as it was. So two texts that name one thing otherwise are read with one name, before anything else is compared; a thing that one of
them alone names keeps its own words. The list (`english-plain.txt`) has words of one sense, and nothing that a patient takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.rewording.plainer import put, together
from pipeline.text.english import Word
from pipeline.text.respelling import american

LIST = Path(__file__).with_name("english-plain.txt")
Phrase = tuple[str, ...]
Named = tuple[int, int, Phrase]
"""A name in a text: where it begins, of how many words it is, of which thing."""


@lru_cache(1)
def names() -> Mapping[str, Mapping[Phrase, Phrase]]:
    """The names of things that have several, and which thing each is of: by the first of their words, the longest first."""
    found: dict[str, dict[Phrase, Phrase]] = {}
    for name, thing in sorted(pairs().items(), key=lambda pair: -len(pair[0])):
        found.setdefault(name[0], {})[name] = thing
    return found


def pairs() -> Mapping[Phrase, Phrase]:
    """Each name of the list, in the singular and the plural of its last word, and the plain one of the thing, which is its own."""
    found: dict[Phrase, Phrase] = {}
    for line in LIST.read_text("utf-8").split("\n"):
        word, linked, other = line.partition(" => ")
        if linked and not line.startswith("#"):
            was, now = phrase(word), phrase(other)
            found |= {several(was): several(now), was: now, now: now}
            found.setdefault(several(now), several(now))
    return found


def phrase(text: str) -> Phrase:
    """A phrase as texts are compared: the parts of a compound are words."""
    return tuple(map(american, text.lower().replace("-", " ").split()))


def several(words: Phrase) -> Phrase:
    """A phrase with its last word in the plural, as most words have it."""
    last = words[-1]
    if last.endswith("s"):
        return words
    many = f"{last[:-1]}ies" if last.endswith("y") and last[-2:-1] not in "aeiou" else f"{last}s"
    return (*words[:-1], many)


def named_alike(old: list[Word], new: list[Word]) -> tuple[list[Word], list[Word]]:
    """Two texts with one name for each thing of the list that both name, that which the old one has first; the same where it has one anyhow."""
    table = names()
    if any(table.keys().isdisjoint(word.same for word in found) for found in (old, new)):
        return old, new
    one, other = [*standing(old)], [*standing(new)]
    told: dict[Phrase, Sequence[Word]] = {}
    for at, size, thing in one:
        told.setdefault(thing, old[at : at + size])
    named = {thing for *_, thing in other}
    told = {thing: said for thing, said in told.items() if thing in named}
    return renamed(old, one, told), renamed(new, other, told)


def renamed(found: list[Word], named: Iterable[Named], told: Mapping[Phrase, Sequence[Word]]) -> list[Word]:
    """A text with the words that are `told` for each thing."""
    made: list[Word] = []
    end = 0
    for at, size, thing in named:
        if words := told.get(thing):
            said = [word.same for word in words]
            kept = said == [word.same for word in found[at : at + size]]
            made += [*found[end:at], *(found[at : at + size] if kept else put(said, found[at]))]
            end = at + size
    return [*made, *found[end:]] if end else found


def standing(found: Sequence[Word]) -> Iterator[Named]:
    """Where the names of the list stand in a text, of how many words each is, and of which thing."""
    table = names()
    end = 0
    for at, word in enumerate(found):
        for name, thing in table.get(word.same, {}).items() if at >= end else ():
            if together(found, at, at + len(name)) and tuple(one.same for one in found[at : at + len(name)]) == name:
                yield at, len(name), thing
                end = at + len(name)
                break
