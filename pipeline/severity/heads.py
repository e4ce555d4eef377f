"""What a sentence speaks of, where one text alone has the noun that says it: *the tube*, *the tube holder*; *your medicines*, *a list of your medicines*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.rewording import thesaurus
from pipeline.severity.clauses import Said
from pipeline.severity.items import FINITE, one_sided
from pipeline.severity.unexplained import names
from pipeline.text import lexicon, similarity
from pipeline.text.english import Word
from pipeline.text.features import lone_words

Part = Sequence[Word]
Spans = Sequence[similarity.Stretch]
"""Where two texts differ."""


def bare(part: Part) -> Part:
    """Words without articles."""
    return [word for word in part if word.same not in {"a", "an", "the"}]


HEADS = frozenset(
    "area areas site sites process procedure period time stage level program programme service services system systems device machine unit "  # noqa: SIM905
    "team staff member members disease illness condition conditions disorder syndrome therapy treatment method technique type kind form "
    "version class classes value values number amount page section document documentation guide leaflet information data object instance "
    "function command option argument parameter file files package tool library module object people patients person word words "
    "tablet tablets capsule capsules pill pills medicine medicines medication drug drugs problem "
    "problems issue issues error errors message messages user users server name names field fields text string list table set group "
    "groups body wall surface tissue pain symptoms infection infections attack below above".split()
)
"""Nouns that may stand behind another and add little: "the wound", "the wound area"."""


def headed(before: Said, after: Said, spans: Spans) -> Iterator[str]:
    """A noun that came or went behind another: what is spoken of is another thing then: "the tube", "the tube holder"."""
    old, new = before.found, after.found
    for span in spans:
        part, whole = old[span.start : span.end], old
        at, other = span.start, after
        if not part:
            part, whole, at, other = new[span.begin : span.finish], new, span.begin, before
        alone = one_sided(old[span.start : span.end], new[span.begin : span.finish])
        if alone is None or len(part) != 1 or not at or part[0].before or part[0].kind != "word":
            continue
        word, first, behind = part[0], whole[at - 1], whole[at + 1]
        if (
            noun(first)
            and noun(word)
            and (word.same not in HEADS or (word.same in {"site", "area"} and of_device(first.same)))
            and not (word.same in lone_words() or other.says(word.same))
            and (
                word.same.endswith(("er", "or", "ers", "ors")) or not thesaurus.verb(word.same) or behind.same in FINITE
            )
            and not any(similarity.letters_apart(word.same, one.same) < 3 for one in other.found)
            and (
                not behind.text
                or behind.before
                or behind.same in lexicon.FUNCTION_WORDS
                or thesaurus.adjective(behind.same)
            )
        ):
            what = "removed" if whole is old else "added"
            yield f"another thing: “{first.text} {word.text}”, “{word.text}” {what}"


def of_device(word: str) -> bool:
    """Whether a word names a device, which is not the place where it is: "the drain", "the drain site"."""
    return word in lone_words() and lone_words()[word].kind == "device"


OF_NOTHING = frozenset(
    "kind kinds type types sort sorts form forms lot lots number variety range series amount process act case event use name idea set "  # noqa: SIM905
    "group pair course way matter majority rest part parts all most some any each one many few both none half bit".split()
)
"""What stands before *of* and what is meant behind it: "a kind of pump"."""


def of_what(before: Said, after: Said, spans: Spans) -> Iterator[str]:
    """A noun with *of* that came before another or went: "bring your medicines", "bring a list of your medicines"."""
    for span in spans:
        was, now = bare(before.found[span.start : span.end]), bare(after.found[span.begin : span.finish])
        for part, whole, other, what in ((was, now, after, "removed"), (now, was, before, "added")):
            around = [word for word in part if word.same in AROUND]
            if not whole and around and part[0].same in {"area", "skin", *AROUND} and len(part) < 4:
                yield f"place: “{' '.join(word.text for word in part)}” {what}"
            if whole or len(part) != 2 or part[1].same != "of" or part[0].kind != "word":
                continue
            if part[0].same in PARTITIVE:
                yield f"amount: “{part[0].text} of” {what}"
            if names(part[0].same) and part[0].same not in OF_NOTHING and not other.says(part[0].same):
                yield f"another thing: “{part[0].text} of” {what}"


PARTITIVE = frozenset("part parts some most half few rest".split())  # noqa: SIM905
AROUND = frozenset("around near beside above below under behind".split())  # noqa: SIM905


def noun(word: Word) -> bool:
    """Whether a word may be a noun, and nothing that often stands behind one."""
    same = word.same
    return (
        word.kind == "word"
        and names(same)
        and not thesaurus.adjective(same)
        and same != "like"
        and not same.endswith(("ly", "ed", "ing", "en"))
    )


def of_whom(before: Said, after: Said, spans: Spans) -> Iterator[str]:
    """For whom something is, which one text alone says: "the vaccine is free for students"."""
    for span in spans:
        was, now = before.found[span.start : span.end], after.found[span.begin : span.finish]
        part, other = (was, after) if was and not now else (now, before)
        if (was and now) or part[0].same != "for":
            continue
        if any(word.same in PEOPLE and not other.says(word.same) for word in part[1:4]):
            yield f"scope: “{' '.join(word.text for word in part)}” {'removed' if was else 'added'}"


PEOPLE = frozenset(
    "adults children kids babies infants teenagers teens students pupils women men girls boys mothers fathers parents carers families "  # noqa: SIM905
    "veterans members residents seniors visitors guests workers employees smokers donors athletes travelers newborns".split()
)
