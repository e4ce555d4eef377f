"""A text of any language read for what must not change: its numbers with their units, times of day, phones and addresses.

English and translation are read by the same rules with the tables of their own language (`languages`), so that what is
compared are values: `0,5` in Spanish is 0.5, `١٠` is 10, `3 亿` is 300 million, `8 p.m.` is 20:00.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.inline import Inline
from pipeline.core.records import record
from pipeline.text.clocks import Clock, clocks_of
from pipeline.text.english import texts
from pipeline.text.figures import Item, items_of
from pipeline.text.formulary import SYNONYMS
from pipeline.text.languages.table import SLOTS, Language, Sense
from pipeline.text.length import weight
from pipeline.text.medicines import medicine
from pipeline.text.spelling import addressed, normal
from pipeline.text.tokens import Token, tokenize


@record
class Reading:
    """A text as read: its tokens, its numbers, times, phones (digits only), addresses, the concepts and units it says, the
    medicines it names, its sentences, its words, each of them once, how many letters it has, what it says of any slot, and how often it says no."""

    tokens: tuple[Token, ...]
    items: tuple[Item, ...]
    clocks: tuple[Clock, ...]
    phones: tuple[str, ...]
    addresses: tuple[str, ...]
    says: frozenset[str]
    units: frozenset[str]
    text: str
    medicines: frozenset[str]
    sentences: tuple[tuple[Token, ...], ...]
    words: tuple[str, ...]
    vocabulary: frozenset[str]
    letters: int
    slots: frozenset[Sense]
    denials: int


PHONE = re.compile(
    r"(?<![a-z0-9.,/-])(?:\+\s?)?(?:\(\d{2,5}\)[\s.-]?|\d{1,4}[\s.-])(?:\(?\d{2,4}\)?[\s.-]){0,4}\d{3,5}(?![\d/]|[.,]\d|[\s-]\d{3,})"
)
PHONE_LIKE = re.compile(r"\d\)?[\s.-]\d{3}|\)\d{3}")
"""What is in every phone number."""
DIGIT = re.compile(r"\d")
DIGITS_ONLY = re.compile(r"\D+")


def phones_of(text: str) -> Iterator[re.Match[str]]:
    """The phone numbers of a normal text: seven digits or more in groups that are no thousands, or with a plus or brackets."""
    for match in PHONE.finditer(text):
        said = match[0]
        digits = DIGITS_ONLY.sub("", said)
        if not 7 <= len(digits) <= 15:
            continue
        groups = re.findall(r"\d+", said)
        marked = "+" in said or "(" in said
        years = len(groups) == 2 and all(len(group) == 4 and group[0] in "12" for group in groups)
        round_ = len(groups) == 2 and all(len(group) == 4 and group[2:] == "00" for group in groups)  # 2500-5000
        date = len(groups) == 3 and (len(groups[0]) == 4 or len(groups[2]) == 4) and len(digits) <= 8
        thousands = (
            len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]) and not re.search(r"\d-\d", said)
        )
        if marked or (
            not (years or round_ or date or thousands) and (re.search(r"\d[-.]\d", said) or len(digits) >= 9)
        ):
            yield match


def visible(inline: Inline) -> str:
    """The words of a message without its markup and code, in their normal form."""
    if len(inline.nodes) == 1 and inline.nodes[0].kind == "text":
        return normal(inline.nodes[0].text)
    return normal(" \u2005".join(text if kind == "text" else " " for text, kind in texts(inline)))


def read(text: str, language: Language) -> Reading:
    """Read a text (in its normal form) of a language."""
    phones: tuple[str, ...] = ()
    figures = DIGIT.search(text) is not None
    if figures and PHONE_LIKE.search(text):
        called = list(phones_of(text))
        phones = tuple(DIGITS_ONLY.sub("", match[0]) for match in called)
        ends = [0, *(match.end() for match in called)]
        text = (
            "".join(
                text[end : match.start()] + "\u2022" * len(match[0]) for end, match in zip(ends, called, strict=False)
            )
            + text[ends[-1] :]
        )
    found, said, counting, sounding, denials = tokenize(text, language)
    kinds = frozenset([kind for kind, _ in said])
    words = tuple([token[0] for token in found if token[1] == "word"])
    timed = (figures and CLOCK.search(text) is not None) or (
        (figures or language.code == "sw") and not CLOCKED.isdisjoint(kinds)
    )
    clocks = tuple(clocks_of(found, language)) if timed else ()
    linked = addressed(text)
    return Reading(
        found,
        tuple(items_of(found, counting, language, clocks)) if counting else (),
        clocks,
        phones,
        tuple(token.text.rstrip(".,;:!?)'\"") for token in found if token.kind == "url") if linked else (),
        frozenset([value for kind, value in said if kind == "says"]) if "says" in kinds else NOTHING,
        units_of(found) if "unit" in kinds else NOTHING,
        text,
        frozenset(names(found, language.code)) if "name" in kinds else frozenset(sounding) if sounding else NOTHING,
        (found,) if words and not STOP.search(text, 0, found[-1].start) else tuple(split(found, clocks)),
        words,
        frozenset(words),
        weight(text) if linked or "{" in text or "%(" in text else letters_of(words),
        NO_SLOT if kinds.isdisjoint(SLOTS) else frozenset([sense for sense in said if sense[0] in SLOTS]),
        denials,
    )


NOTHING = frozenset[str]()
NO_SLOT = frozenset[Sense]()
CLOCKED = frozenset(["am", "pm", "oclock"])
"""The senses that make a number a time of day."""
CLOCK = re.compile(r"\d\s*[:h点时]")
"""What makes one without such a word."""


def units_of(found: Sequence[Token]) -> frozenset[str]:
    """The units that are said in more than one letter."""
    return frozenset(
        [
            sense.value
            for text, _, _, senses, _ in found
            if senses and len(text) > 1
            for sense, _ in senses
            if sense.kind == "unit"
        ]
    )


def names(found: Sequence[Token], code: str) -> list[str]:
    """The medicines that words of a language name, by its tables or by their sound, in order. A name of two words is one name."""
    found_names: list[str] = []
    following = 0
    for at, token in enumerate(found):
        if token.kind != "word" or at < following or token.sense("other"):
            continue
        value, length = token.sense("name") or ("", 0)
        if name := SYNONYMS.get(value, value) or medicine(token.text, code):
            found_names.append(name)
            following = at + length
    return found_names


def letters_of(words: Sequence[str]) -> int:
    """How many letters words have, the marks inside them left out."""
    joined = "".join(words)
    return len(joined) - joined.count("'") - joined.count('"') - joined.count("·")


STOPS = frozenset(".!?。！？｡।॥۔؟።፧။។៕։།…")
STOP = re.compile(f"[{''.join(sorted(STOPS))}]")


def split(found: Sequence[Token], clocks: Sequence[Clock]) -> Iterator[tuple[Token, ...]]:
    """The tokens of a text by sentences; the points of `8 a.m.` end none, nor does one after a single letter."""
    inside = {at for clock in clocks for at in range(clock.at, clock.end - 1)}
    first = 0
    for at in [at for at, token in enumerate(found) if token[0] in STOPS]:
        if at not in inside and not (found[at].text == "." and initial(found, at - 1)):
            if at > first:
                yield tuple(found[first : at + 1])
            first = at + 1
    if any(token.kind != "sign" for token in found[first:]):
        yield tuple(found[first:])


ABBREVIATED = frozenset(
    "st fig figs dr drs mr mrs ms prof vs approx etc eg ie e.g i.e sr sra dra ud uds pág núm aprox ej máx mín mme mlle env bzw ca ggf tgl nr "  # noqa: SIM905
    "evtl usw zb str рис г гг др им напр тел т.е т.д ул стр vol eds ed op cit dept inc ltd jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""Words that a point follows and no sentence ends with."""


def initial(found: Sequence[Token], at: int) -> bool:
    """Whether what stands before a point is an abbreviation: a known one, or a single letter that is no short word which ends a
    sentence, as in *pati sa a.*"""
    if at < 0:
        return False
    if found[at].text in ABBREVIATED and at + 2 < len(found):
        return True
    if found[at].kind == "sign" and found[at + 2 : at + 3]:
        return found[at + 2].kind == "number" and found[at + 2].start == found[at + 1].start + 1  # (Fig.4).4
    if len(found[at].text) != 1 or found[at].kind != "word":
        return False
    near = (*found[max(at - 1, 0) : at], *found[at + 2 : at + 3])
    word = found[at].text in "aiou" and len(near) == 2 and {one.kind for one in near} == {"word"}
    return not (word and min(len(one.text) for one in near) > 1)
