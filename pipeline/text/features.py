"""What of an English text may not change silently: its quantities, negations, modals, directions, sides, parts and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.text import lexicon, medicines
from pipeline.text.english import Word
from pipeline.text.languages import language
from pipeline.text.sentences import Sentence, sentences
from pipeline.text.stems import stemmed

Names = frozenset[tuple[str, ...]]
"""Protected names, each as the words it is compared by."""


class Feature(NamedTuple):
    """Something whose change is critical: of what kind, as compared, as written; `weak`: only if another takes its place.

    `reach`: of a negation, the content words that it stands before, in their stems.
    """

    kind: str
    same: str
    text: str
    weak: bool = False
    reach: frozenset[str] = frozenset()


class Meaning(NamedTuple):
    """What a word or phrase of the tables is."""

    kind: str
    same: str
    weak: bool


ROMAN = re.compile(r"[IVXLC]{2,}|[VX]")
SLOTS = {
    "body": True,
    "colour": True,
    "finding": True,
    "who": True,
    "day": False,
    "contact": False,
    "route": True,
    "frequency": False,
}
"""The slots of `languages/en.toml` that count here, and whether weakly."""
FRAIL = frozenset(
    "child baby adult elderly pregnant breastfeeding vein muscle spine rectum vagina under-tongue inhale by-mouth".split()  # noqa: SIM905
)
"""For whom an instruction is, and by which route: what comes or goes there is critical anywhere."""
OTHERWISE = frozenset(["every", "as-needed", "emergency"])
"""Values of these slots that are read otherwise here."""


@lru_cache(1)
def lone_words() -> Mapping[str, Meaning]:
    """The critical words of `lexicon`, by their folded form."""
    found: dict[str, Meaning] = {}
    for kind, rows in lexicon.CRITICAL.items():
        for row in rows.split(","):
            forms = row.strip().lstrip("~").split()
            for form in forms:
                found.setdefault(form, Meaning(kind, forms[0], row.strip().startswith("~")))
    return found


@lru_cache(1)
def phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], Meaning], ...]]:
    """The forms of the English slots by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for forms in language("en").exact.values():
        for form in forms:
            for sense in form.senses:
                if sense.kind in SLOTS and sense.value not in OTHERWISE and not any("*" in word for word in form.words):
                    said = tuple(undotted(form.words))
                    weak = SLOTS[sense.kind] and sense.value not in FRAIL and said != ("by", "mouth")
                    if said == ("breathe", "in"):
                        continue
                    found.setdefault(said[0], []).append((said, Meaning(sense.kind, sense.value, weak)))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


def undotted(words: Sequence[str]) -> Iterator[str]:
    """The words of a form; the letters of an abbreviation (`p . o .`) as one."""
    text = " ".join(words)
    yield from re.sub(r"\b(\w) \.(?: (?=\w \.)|$| )", r"\1", text).split()


def features(found: Sequence[Word], names: Names) -> Iterator[Feature]:
    """What of a text may not change silently, in reading order."""
    longest = max(map(len, names), default=0)
    for sentence in sentences(found):
        at = sentence.start
        while at < sentence.end:
            word = found[at]
            length = next((n for n in range(longest, 0, -1) if tuple(w.same for w in found[at : at + n]) in names), 0)
            if length:
                part = found[at : at + length]
                yield Feature("name", " ".join(w.same for w in part), " ".join(w.text for w in part))
                at += length
                continue
            if value_of(word) is not None and not pronoun(found, at, sentence):
                feature, at = quantities(found, at, sentence)
                yield feature
                continue
            size, meaning = phrase_at(found, at)
            if meaning:
                text = " ".join(w.text for w in found[at : at + size])
                yield Feature(meaning.kind, meaning.same, text, meaning.weak and not sentence.instructs)
                at += size
                continue
            yield from lone(found, at, sentence)
            at += 1


def phrase_at(found: Sequence[Word], at: int) -> tuple[int, Meaning | None]:
    """How many words at a place are a form of a slot, and which."""
    for said, meaning in phrases().get(found[at].same, ()):
        if len(said) == 1 and said[0] in lone_words():
            return 0, None
        if tuple(word.same for word in found[at : at + len(said)]) == said:
            return len(said), meaning
    return 0, None


def pronoun(found: Sequence[Word], at: int, sentence: Sentence) -> bool:
    """Whether a "one" counts nothing: "when you need one", "one of the nurses", "this one"; outside instructions "one sign"."""
    following = found[at + 1]
    if (
        found[at].same == "one"
        and not sentence.instructs
        and following.kind == "word"
        and not following.before
        and following.same
        not in {
            "to",
            "or",
            "and",
            "hundred",
            "thousand",
            "million",
            "half",
            *things(),
            *lone_words(),
            *lexicon.units(),
        }
    ):
        return True
    return found[at].same == "one" and (
        bool(following.before)
        or following.same in {")", "]"}
        or following.kind == "end"
        or following.same in {"that", "who", "which", "is", "for", "another"}
        or (at > 0 and found[at - 1].same in {"this", "that", "the", "new", "another", "no", "any", "every", "each"})
    )


def quantities(found: Sequence[Word], at: int, sentence: Sentence) -> tuple[Feature, int]:
    """The number at `at` and those joined to it (`1 to 3 hours`, `2, 4 or 6`), as one feature, and where the text goes on."""
    said, text, linked = [], "", False
    while True:
        feature, at = quantity(found, at, linked, sentence)
        said.append(feature.same)
        text += feature.text
        link = joined(found, at) if at < sentence.end else None
        if link is None:
            if len(said) > 2 and said[1] == "to":  # from 2 pm to 8 pm, 2 pm to 8 pm
                said[0] = said[0].removeprefix("from ")
            return Feature("number", " ".join(said), text), at
        same, shown, step = link
        said.append(same)
        text += shown
        at, linked = at + step, True


def value_of(word: Word) -> str | None:
    """The number a word stands for, None for any other word."""
    return (
        word.same if word.kind == "number" else lexicon.number_words().get(word.same) if word.kind != "sign" else None
    )


def quantity(found: Sequence[Word], at: int, linked: bool, sentence: Sentence) -> tuple[Feature, int]:
    """The number at `at` with what qualifies it and its unit, and where the text goes on.

    `linked`: a number stands before it, joined by what would otherwise qualify this one.
    """
    word = found[at]
    value, start, end = value_of(word) or "", at, at + 1
    while found[end].same in {"hundred", "thousand", "million", "billion", "dozen"} and not found[end].before:
        value, end = f"{value} {found[end].same}", end + 1
    qualifier = (
        lexicon.QUALIFIERS.get(found[at - 1].same, "") if at and not linked and not word.before.strip("-") else ""
    )
    start -= bool(qualifier)
    unit, stop = unit_at(found, end, sentence)
    text = " ".join(part.text for part in found[start:stop])
    if unit in {"am", "pm"}:
        value = re.sub(r"^0(?=\d)|:00$", "", value)
    return Feature("number", f"{qualifier} {value} {unit}".strip(), text), stop


def unit_at(found: Sequence[Word], at: int, sentence: Sentence) -> tuple[str, int]:
    """The unit that stands at `at` (with what it is per), in one form, and where it ends; "" where none does.

    In an instruction any noun that is counted is one; elsewhere a "two kinds" may become "two types".
    """
    word = found[at]
    if word.same in {"°", "%", "$", "€", "£"} and not word.before:
        following = found[at + 1] if at + 2 < len(found) else word
        if word.same == "°" and following.same in {"c", "f"}:
            return lexicon.units()[following.same], at + 2
        return lexicon.units().get(word.same, word.same), at + 1
    if word.kind not in {"word", "code"} or word.before.strip("-") or word.same in lexicon.FUNCTION_WORDS:
        return "", at
    if re.fullmatch(r"st|nd|rd|th", word.same):
        return "th", at + 1
    unit = lexicon.units().get(word.same) or stem(word.same)
    if (
        word.same not in lexicon.units()
        and not sentence.instructs
        and word.same not in things()
        and word.same not in lone_words()
    ):
        return "", at
    if unit in {"degree"} and found[at + 1].same in lexicon.units():
        return lexicon.units()[found[at + 1].same], at + 2
    if word.same in lexicon.units() and re.fullmatch(r"M[a-z]?", word.text):
        unit = word.text  # 5 Mg is not 5 mg, 5 M is not 5 m
    end = at + 1
    if found[end].same in {"/", "per"} and end + 1 < len(found) - 1:
        return f"{unit}/{lexicon.units().get(found[end + 1].same) or stem(found[end + 1].same)}", end + 2
    if found[end].same == "for" and found[end + 1].same in {"each", "every"} and end + 2 < len(found) - 1:
        return f"{unit}/{lexicon.units().get(found[end + 2].same) or stem(found[end + 2].same)}", end + 3
    return unit, end


@lru_cache(1)
def things() -> frozenset[str]:
    """What is counted, by the English table: tablets, patches, visits."""
    return frozenset(
        first
        for first, forms in language("en").exact.items()
        for form in forms
        if len(form.words) == 1 and any(sense.kind in {"thing", "unit"} for sense in form.senses)
    )


def stem(word: str) -> str:
    """A noun without its plural s: `2 tablet` and `2 tablets` are the same quantity."""
    return re.sub(r"(?<=[a-z]{2})(?:(?<=[sx])es|(?<![s])s)$", "", word)


def joined(found: Sequence[Word], at: int) -> tuple[str, str, int] | None:
    """What joins the number just read to one at `at`: as compared, as written, and how many words it takes."""
    word = found[at]
    if word.kind == "number" and at > 1 and telephoned(found, at):
        return "", " ", 0
    if word.before and value_of(word) is not None:
        dashed = "-" in word.before
        mark = re.sub("[;:]", ",", word.before[-1])
        return ("to", "–", 0) if dashed else (mark, f"{mark} ", 0)
    if word.same in lexicon.CONNECTORS and at + 1 < len(found) and value_of(found[at + 1]) is not None:
        return lexicon.CONNECTORS[word.same], f" {word.text} ", 1
    return None


CALLING = frozenset("call calls phone telephone dial ring text fax tel sms".split())  # noqa: SIM905


def telephoned(found: Sequence[Word], at: int) -> bool:
    """Whether the numbers before a place and at it are the parts of a telephone number, however they are set apart."""
    start = at - 1
    while (
        start
        and found[start].kind == "number"
        and (found[start].before in {"", "-", "."})
        and found[start - 1].kind == "number"
    ):
        start -= 1
    before = [word.same for word in found[max(start - 3, 0) : start]]
    if found[at + 1].same in lexicon.units():
        return False
    long = len(found[at].same) >= 3 and found[at - 1].same.isdigit() and found[at].same.isdigit()
    return long and found[at].before in {"", "-", "."} and not CALLING.isdisjoint(before)


def bounding(found: Sequence[Word], at: int) -> str:
    """What bounds a fact that stands at `at`, where no other feature says so: *up to {dose}*, *about {dose}*; "" where nothing does."""
    if at > 1 and found[at - 1].same == "to" and found[at - 2].same == "up":
        return "up to"
    about = at > 0 and lexicon.QUALIFIERS.get(found[at - 1].same) == "about"
    return "about" if about and not (at > 1 and found[at - 2].same in ASKING) else ""


ASKING = frozenset("ask know learn more question questions read talk tell think worried hear information".split())  # noqa: SIM905
"""Words whose *about* is of what they are of."""


def lone(found: Sequence[Word], at: int, sentence: Sentence) -> Iterator[Feature]:
    """What one word that is no number is, if a change of it is critical."""
    word = found[at]
    if word.kind == "fact":
        bound = bounding(found, at)
        yield Feature("placeholder", f"{bound} {word.same}".strip(), f"{bound} {word.text}".strip())
    elif word.kind == "url":
        host = urlsplit(word.text if "://" in word.text else f"//{word.text}").netloc
        yield Feature("address", word.text if "@" in word.text else host.casefold(), word.text)
    elif word.kind == "sign":
        beside = {value_of(found[at - 1]) if at else None, value_of(found[at + 1])} != {None}
        if word.same in lexicon.SIGNS or (word.same in "/*~^#" and beside):
            yield Feature("sign", word.same, word.text)
    elif word.same in {"other", "second", "third"} and at and found[at - 1].same in {"every", "each"}:
        yield Feature("time", f"every {word.same}", word.text)
    elif word.same == "one" and found[at + 1].same == "of":
        yield Feature("side", "one", word.text, weak=True)  # of both
    elif found[at - 1].same == "no" and at and word.same == "longer":
        return  # "no longer" is not
    else:
        meaning = meaning_of(found, at)
        if not meaning:
            return
        if meaning.same in {"may", "can"} and not permits(found, at):
            yield Feature(
                meaning.kind, meaning.same, word.text, weak=not (sentence.instructs and conditional(found, at))
            )
            return
        weak = meaning.weak and (not sentence.instructs or not lexicon.LOOSE.isdisjoint((meaning.kind, meaning.same)))
        if meaning.kind == "negation" and not meaning.weak:
            said = scope(found, at)
            reach = frozenset(stemmed(part) for part in said)
            same = " ".join([meaning.same, *map(stemmed, said[:1])]) if sentence.instructs else meaning.same
            yield Feature("negation", same, " ".join([word.text, *said]), reach=reach)
        else:
            yield Feature(meaning.kind, meaning.same, word.text, weak)


def conditional(found: Sequence[Word], at: int) -> bool:
    """Whether the *may* at a place is part of a condition: "if you may be pregnant", "women who may be pregnant"."""
    if found[at].same not in {"may", "might"}:
        return False
    for back in range(at - 1, max(at - 6, -1), -1):
        if found[back].same in {"if", "who", "whenever"}:
            return True
        if found[back + 1].before:
            return False
    return False


def permits(found: Sequence[Word], at: int) -> bool:
    """Whether the *may* or *can* at a place allows an act: "you may drive", not "it may hurt" or "someone you can trust"."""
    verb = next(
        (w.same for w in found[at + 1 : at + 5] if w.same not in {"not", "also", "still", "only", "no", "longer"}), ""
    )
    return verb in lexicon.IMPERATIVES


def scope(found: Sequence[Word], at: int) -> list[str]:
    """The two words with content that a negation stands before, in its sentence; none where a comma follows it at once."""
    said: list[str] = []
    for place, word in enumerate(found[at + 1 : at + 6]):
        if set(word.before) & set(".?" if place else ".,?;:") or word.kind == "end" or len(said) == 2:
            break
        meaning = lone_words().get(word.same)
        if meaning and meaning.kind == "negation" and not meaning.weak:
            continue
        if word.same not in lexicon.FUNCTION_WORDS and word.same not in {"longer", "more", "any", "anymore", "one"}:
            said.append(word.same)
    return said


IDIOMS = frozenset([("double", "check"), ("no", "matter"), ("no", "doubt"), ("no", "problem")])
"""Words that say nothing of their own before the next one."""


def meaning_of(found: Sequence[Word], at: int) -> Meaning | None:
    """What the word at a place is, if a change of it may be critical."""
    word, following = found[at], found[at + 1].same
    before = found[at - 1].same if at else ""
    if (word.same == "after" and before.startswith("look")) or (word.same, following) in IDIOMS:
        return None
    if (word.same, following) == ("now", "that"):
        return None  # since
    if following == "to" and word.same == "able":
        return Meaning("modal", "can", True)
    if word.same == "once" and (
        value_of(found[at + 1]) or following in {"you", "your", "the", "it", "they", "we", "she", "he"}
    ):
        return Meaning("direction", "after", False)
    if word.same in {"fall", "falls", "falling", "fell"} and following in {
        "off",
        "out",
        "over",
        "asleep",
        "ill",
        "apart",
    }:
        return None  # no number does
    if word.same in {"up", "down"} and not before.startswith(
        ("turn", "go", "went", "step", "titrat", "is", "are", "mov")
    ):
        return None  # follow-up, sit up
    if (
        word.same == "back"
        and before in {"my", "your", "his", "her", "their", "lower", "upper", "the"}
        and following != "of"
    ):
        return Meaning("body", "back", True)
    if word.same == "left" and before in {"is", "are", "was", "were", "be"} and following not in {"of", "side"}:
        return None
    if (word.same, following) in lexicon.NOT_SIDES:
        return None
    verb = at + 2 < len(found) and not found[at + 2].before and bool(found[at + 2].text)
    if verb and following == "to" and [w.same for w in found[at + 2 : at + 4]] == ["do", "with"]:
        return None  # is about
    if following == "to" and verb and word.same in {"have", "has", "had", "need", "needs", "needed"}:
        return Meaning("modal", "must", False)
    if word.text in lexicon.CAPITALISED_TIMES:
        return Meaning("time", word.same, False)
    if word.same in {"if", "when", "though"} and before in {"even", "only"}:
        return Meaning("condition", f"{before}-if", False)
    meaning = lone_words().get(word.same)
    if meaning:
        return meaning
    if len(word.same) > 1 and word.same in lexicon.units() and word.same not in {"in", "am", "min"}:
        return Meaning("unit", lexicon.units()[word.same], True)
    if medicine := medicines.medicine(word.same, "en"):
        return Meaning("medicine", medicine, False)
    following_word = found[at + 1].kind == "word" and found[at + 1].text.islower()
    after_stop = not at or "." in word.before or "?" in word.before or (":" in word.before and following_word)
    if re.search(r"\d", word.text) or ROMAN.fullmatch(word.text):
        return Meaning("designation", word.same, False)
    compound = found[at + 1].kind == "word" and "-" in found[at + 1].before  # X-ray
    if (
        len(word.text) == 1
        and word.text.isupper()
        and word.text != "I"
        and not (word.text == "A" and after_stop)
        and not compound
    ):
        return Meaning("designation", word.same, False)
    return None
