"""Severity: how grave the change from one English text to another is, and why, in words a person reads.

Both texts are read as words, and from the words what may not change silently is drawn off: quantities, negations, modals,
directions, sides, names. A change of any of those is critical, of other words wording, of mere appearance cosmetic. In
doubt, the graver.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline import lexicon, likeness
from pipeline.markup import ADDRESS, WORDED, Inline, Node
from pipeline.model import Severity


class Grade(NamedTuple):
    """A severity and its reasons, gravest first."""

    severity: Severity
    reasons: tuple[str, ...]


class Word(NamedTuple):
    """One word, number, sign or placeholder: as written, as compared, what kind, and what stands before it."""

    text: str
    same: str
    kind: str
    before: str = ""


class Feature(NamedTuple):
    """Something whose change is critical: of what kind, as compared, as written."""

    kind: str
    same: str
    text: str


TOKEN = re.compile(
    r"(?P<fact>\{[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+\}|%\(\w+\)[sd])"
    r"|(?P<url>\b[a-z][a-z0-9+.-]{1,20}://[^\s<>]+|\bwww\.[^\s<>]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"|(?P<meridiem>(?<![^\W\d_])[ap]\.\s?m\b\.?|(?<=\d)[ap]m\b|(?<=\d\s)[ap]m\b)"
    r"|(?P<number>(?:(?<![\w.,)])[-−–](?=\.?\d))?(?:\.\d|\d)\d*(?:[.,:/’'\u2009\u202f]\d+)*)"
    r"|(?P<word>[^\W\d_](?:[^\W_]|[’'](?=[^\W\d_])|[\u00ad\u200b-\u200d\u2060](?=\w)|\u0300-\u036f)*)"
    r"|(?P<sign>[^\s\w]|_)",
    re.I,
)
GAPS = {"?": "?", ".": ".", "!": ".", "…": ".", ",": ",", ";": ",", ":": ","} | dict.fromkeys("-‐‑‒–—―−", "-")
QUOTES = frozenset("\"'`´‘’‚‛“”„‟«»‹›")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
CONTRACTED = re.compile(r"(\w+)n['’]?t")
NO_APOSTROPHE = frozenset(
    "dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont cant shouldnt couldnt wouldnt mustnt neednt".split()  # noqa: SIM905
)
ROMAN = re.compile(r"[IVXLC]{2,}|[VX]")
SHOWN = 4
"""How many reasons are named; the rest is counted."""


def grade(old: Inline, new: Inline, names: frozenset[tuple[str, ...]] = frozenset(), *, critical: bool = False) -> Grade:
    """The severity of an edit. `names` are the protected names, as tuples of folded words; `critical`: the block is."""
    before, after = list(words(old)), list(words(new))
    grave = [*changed(before, after, names), *turned(before, after), *readdressed(old, new), *lifted(old, new)]
    if grave:
        return Grade(Severity.CRITICAL, shortened(grave))
    mild = [*reworded(before, after), *restructured(old, new)]
    light = [] if mild else list(appearance(old, new, before, after)) or ["white space"]
    mild = mild or [reason for reason in light if reason in MORE_THAN_LOOKS]
    if critical:
        return Grade(Severity.CRITICAL, ("in a critical block", *shortened(mild or light)))
    if mild:
        return Grade(Severity.WORDING, shortened(mild))
    return Grade(Severity.COSMETIC, shortened(light))


def shortened(reasons: Iterable[str]) -> tuple[str, ...]:
    """The first few reasons, each once, and how many more there are."""
    found = list(dict.fromkeys(reasons))
    more = len(found) - SHOWN
    return tuple(found) if more <= 0 else (*found[:SHOWN], f"and {more} more")


# Reading ---------------------------------------------------------------------------------------------------------


def words(inline: Inline) -> Iterator[Word]:
    """The words of a text as a reader meets them, each with the punctuation before it; a last empty one ends it."""
    gap = ""
    for text, kind in texts(inline):
        if kind == "code":
            for word in split(text, gap):
                yield word._replace(kind="code" if word.kind == "word" else word.kind)
                gap = ""
            continue
        for word in split(text, gap):
            if word.text:
                yield word
            gap = "" if word.text else word.before
    yield Word("", "", "end", gap)


def texts(inline: Inline) -> Iterator[tuple[str, str]]:
    """The stretches of visible text in order, neighbours joined; code apart. Emphasis splits no word."""
    run = ""
    for node in inline.nodes:
        match node.kind:
            case "text":
                run += node.text
            case "soft" | "break":
                run += " "
            case "code":
                yield from ((run, "text"), (node.text, "code"))
                run = ""
            case "image":
                run += f" {node.text} {node.title or ''} "
            case "footnote":
                run += " "
            case _:
                said = [node.title or "", *(unescape(match[2][1:-1]) for match in WORDED.finditer(node.text))]
                run += "".join(f" {text} " for text in said if text) if node.kind in {"open", "html"} else ""
                if node.kind == "html" and node.tag == "br":
                    run += " "
    yield run, "text"


def split(text: str, gap: str = "") -> Iterator[Word]:
    """The words of one stretch; a last empty word carries the punctuation after them."""
    for match in TOKEN.finditer(INVISIBLE.sub("", unicodedata.normalize("NFC", text))):
        shown, kind = match[0], match.lastgroup or "sign"
        if kind == "sign" and (shown in GAPS or shown in QUOTES):
            gap += "" if shown in QUOTES else GAPS[shown]
            continue
        for word in read(shown, kind):
            yield word._replace(before=gap)
            gap = ""
    yield Word("", "", "end", gap)


def read(shown: str, kind: str) -> Iterator[Word]:
    """One token as words: contractions opened, numbers and units brought to one form."""
    fold = shown.casefold().replace("’", "'")
    if kind == "number":
        yield Word(shown, numeral(shown), "number")
    elif kind == "meridiem":
        yield Word(shown, f"{fold[0]}m", "word")
    elif kind != "word":
        yield Word(shown, "and" if shown == "&" else fold if kind == "fact" else shown, kind)
    elif (match := CONTRACTED.fullmatch(fold)) and (fold in NO_APOSTROPHE or ("'" in fold and match[1] in lexicon.CONTRACTIONS)):
        yield Word(shown, lexicon.CONTRACTIONS.get(match[1], match[1]), kind)
        yield Word("not", "not", kind)
    elif fold == "cannot":
        yield Word(shown, "can", kind)
        yield Word("not", "not", kind)
    else:
        yield Word(shown, fold, kind)


def numeral(text: str) -> str:
    """A number in one form: ASCII digits, marks of thousands left out. `1.50` stays apart from `1.5` (ISMP: trailing zeros)."""
    ascii_ = "".join(str(unicodedata.digit(char)) if char.isdigit() and unicodedata.digit(char, None) is not None else char for char in text)
    sign = "-" if ascii_[0] in "-−–" else ""
    body = ascii_.lstrip("-−–")
    if re.fullmatch(r"\d{1,3}(?:[,’'\u2009\u202f]\d{3})+(?:\.\d+)?", body):
        body = re.sub(r"[,’'\u2009\u202f]", "", body)
    return sign + body


def name_of(text: str) -> tuple[str, ...]:
    """A protected name as the words it is compared by."""
    return tuple(word.same for word in split(text) if word.text)


# What is critical ------------------------------------------------------------------------------------------------


def features(found: Sequence[Word], names: frozenset[tuple[str, ...]]) -> Iterator[Feature]:
    """What of a text may not change silently, in reading order."""
    longest, at = max(map(len, names), default=0), 0
    while at < len(found) - 1:
        word = found[at]
        length = next(
            (n for n in range(longest, 0, -1) if tuple(w.same for w in found[at : at + n]) in names), 0
        )
        if length:
            part = found[at : at + length]
            yield Feature("name", " ".join(w.same for w in part), " ".join(w.text for w in part))
            at += length
            continue
        if value_of(word) is not None:
            feature, at = quantities(found, at)
            yield feature
            continue
        yield from lone(found, at)
        at += 1


def quantities(found: Sequence[Word], at: int) -> tuple[Feature, int]:
    """The number at `at` and those joined to it (`1 to 3 hours`, `2, 4 or 6`), as one feature, and where the text goes on."""
    said, text, linked = [], "", False
    while True:
        feature, at = quantity(found, at, linked)
        said.append(feature.same)
        text += feature.text
        link = joined(found, at)
        if link is None:
            return Feature("number", " ".join(said), text), at
        same, shown, step = link
        said.append(same)
        text += shown
        at, linked = at + step, True


def value_of(word: Word) -> str | None:
    """The number a word stands for, None for any other word."""
    return word.same if word.kind == "number" else lexicon.NUMBER_WORDS.get(word.same) if word.kind != "sign" else None


def quantity(found: Sequence[Word], at: int, linked: bool) -> tuple[Feature, int]:
    """The number at `at` with what qualifies it and its unit, and where the text goes on.

    `linked`: a number stands before it, joined by what would otherwise qualify this one.
    """
    word = found[at]
    value, start, end = value_of(word) or "", at, at + 1
    while found[end].same in {"hundred", "thousand", "million", "billion", "dozen"} and not found[end].before:
        value, end = f"{value} {found[end].same}", end + 1
    qualifier = lexicon.QUALIFIERS.get(found[at - 1].same, "") if at and not linked and not word.before.strip("-") else ""
    start -= bool(qualifier)
    unit, stop = unit_at(found, end)
    text = " ".join(part.text for part in found[start:stop])
    return Feature("number", f"{qualifier} {value} {unit}".strip(), text), stop


def unit_at(found: Sequence[Word], at: int) -> tuple[str, int]:
    """The unit that stands at `at` (with what it is per), in one form, and where it ends; "" where none does."""
    word = found[at]
    if word.same in {"°", "%", "$", "€", "£"} and not word.before:
        following = found[at + 1] if at + 2 < len(found) else word
        if word.same == "°" and following.same in {"c", "f"}:
            return following.same, at + 2
        return {"%": "%", "°": "degree"}.get(word.same, word.same), at + 1
    if word.kind not in {"word", "code"} or word.before.strip("-") or word.same in lexicon.FUNCTION_WORDS:
        return "", at
    if re.fullmatch(r"st|nd|rd|th", word.same):
        return "th", at + 1
    unit = lexicon.UNITS.get(word.same) or stem(word.same)
    if unit in {"degree"} and found[at + 1].same in lexicon.UNITS:
        return lexicon.UNITS[found[at + 1].same], at + 2
    if word.same in lexicon.UNITS and len(word.text) == 2 and word.text[0] == "M" and word.text[1].islower():
        unit = word.text  # 5 Mg is not 5 mg
    end = at + 1
    if found[end].same in {"/", "per"} and end + 1 < len(found) - 1:
        return f"{unit}/{lexicon.UNITS.get(found[end + 1].same) or stem(found[end + 1].same)}", end + 2
    return unit, end


def stem(word: str) -> str:
    """A noun without its plural s: `2 tablet` and `2 tablets` are the same quantity."""
    return re.sub(r"(?<=[a-z]{2})(?:(?<=[sx])es|(?<![s])s)$", "", word)


def joined(found: Sequence[Word], at: int) -> tuple[str, str, int] | None:
    """What joins the number just read to one at `at`: as compared, as written, and how many words it takes."""
    word = found[at]
    if word.before and value_of(word) is not None:
        dashed = "-" in word.before
        return ("to", "–", 0) if dashed else (word.before[-1], f"{word.before[-1]} ", 0)
    if word.same in lexicon.CONNECTORS and at + 1 < len(found) and value_of(found[at + 1]) is not None:
        return lexicon.CONNECTORS[word.same], f" {word.text} ", 1
    return None


def lone(found: Sequence[Word], at: int) -> Iterator[Feature]:
    """What one word that is no number is, if a change of it is critical."""
    word = found[at]
    pair = (word.same, found[at + 1].same)
    if word.kind == "fact":
        yield Feature("placeholder", word.same, word.text)
    elif word.kind == "url":
        host = urlsplit(word.text if "://" in word.text else f"//{word.text}").netloc
        yield Feature("address", word.text if "@" in word.text else host.casefold(), word.text)
    elif word.kind == "sign":
        beside = {value_of(found[at - 1]) if at else None, value_of(found[at + 1])} != {None}
        if word.same in lexicon.SIGNS or (word.same in "/*~^#" and beside):
            yield Feature("sign", word.same, word.text)
    elif word.same in lexicon.NEGATIONS:
        yield Feature("negation", " ".join([word.same, *scope(found, at)]), " ".join([word.text, *scope(found, at)]))
    else:
        kind = kind_of(word, pair, after_stop=not at or "." in word.before or "?" in word.before)
        if kind:
            same = lexicon.UNITS.get(word.same) if kind == "unit" else lexicon.SAME.get(word.same)
            yield Feature(kind, same or word.same, word.text)


def scope(found: Sequence[Word], at: int) -> list[str]:
    """The two words with content that a negation stands before, within its stretch between punctuation."""
    said: list[str] = []
    for word in found[at + 1 : at + 6]:
        if word.before.strip("-") or word.kind == "end" or len(said) == 2:
            break
        if word.same not in lexicon.FUNCTION_WORDS:
            said.append(word.same)
    return said


SETS = (
    ("modal", lexicon.MODALS),
    ("action", lexicon.ACTIONS),
    ("direction", lexicon.DIRECTIONS),
    ("time", lexicon.TIMES),
    ("amount", lexicon.AMOUNTS),
    ("side", lexicon.SIDES),
    ("route", lexicon.ROUTES),
    ("medicine", lexicon.DRUGS),
)


def kind_of(word: Word, pair: tuple[str, str], *, after_stop: bool) -> str:
    """The kind of critical word that `word` is, "" for any other."""
    if pair in lexicon.NOT_SIDES:
        return ""
    if pair in {("have", "to"), ("has", "to"), ("had", "to")}:
        return "modal"
    for kind, members in SETS:
        if word.same in members:
            return kind
    if word.text in lexicon.CAPITALISED_TIMES:
        return "time"
    if len(word.same) > 1 and word.same in lexicon.UNITS and word.same not in {"in", "am", "min"}:
        return "unit"
    if len(word.same) >= 7 and word.same.endswith(tuple(lexicon.DRUG_STEMS)):
        return "medicine"
    if re.search(r"\d", word.text) or ROMAN.fullmatch(word.text):
        return "designation"
    if len(word.text) == 1 and word.text.isupper() and word.text != "I" and not (word.text == "A" and after_stop):
        return "designation"
    return ""


def changed(old: Sequence[Word], new: Sequence[Word], names: frozenset[tuple[str, ...]]) -> Iterator[str]:
    """The changes among the features of two texts, as "20 ml → 40 ml"."""
    before, after = list(features(old, names)), list(features(new, names))
    keys = [(f.kind, f.same) for f in before], [(f.kind, f.same) for f in after]
    if keys[0] == keys[1]:
        return
    if Counter(keys[0]) == Counter(keys[1]):
        yield f"order: {listed(f.text for f in before)} → {listed(f.text for f in after)}"
        return
    for span in likeness.spans(*keys):
        if span.same:
            continue
        lost, gained = before[span.start : span.end], after[span.begin : span.finish]
        kinds = " and ".join(dict.fromkeys(f.kind for f in (*lost, *gained)))
        was, now = listed(f.text for f in lost), listed(f.text for f in gained)
        yield f"{kinds}: {was} → {now}" if was and now else f"{kinds}: {now} added" if now else f"{kinds}: {was} removed"


def listed(texts: Iterable[str]) -> str:
    """Texts with commas; the tail of a long list is counted."""
    found = list(texts)
    return ", ".join(found if len(found) <= 6 else [*found[:5], f"… ({len(found)})"])


def turned(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Words that gave way to their opposite, and numbers or negations that words moved around."""
    lost, gained = lost_and_gained(old, new)
    for one in lost:
        for other in gained:
            if frozenset((one, other)) in lexicon.OPPOSITES or opposed(one, other) or opposed(other, one):
                yield f"opposite: {one} → {other}"
    one, other = [word.same for word in old], [word.same for word in new]
    if one != other and Counter(one) == Counter(other) and any(True for _ in features(old, frozenset())):
        yield "the same words in another order"


def lost_and_gained(old: Sequence[Word], new: Sequence[Word]) -> tuple[list[str], list[str]]:
    """The words that only one of the texts has, each as often as it has it more."""
    one, other = Counter(word.same for word in old), Counter(word.same for word in new)
    return list(one - other), list(other - one)


def opposed(one: str, other: str) -> bool:
    """Whether `other` is `one` with a prefix or ending that turns it round: safe, unsafe; hypotension, hypertension."""
    if len(one) >= 3 and any(other == prefix + one for prefix in lexicon.OPPOSITE_PREFIXES):
        return True
    for here, there in lexicon.OTHER_PREFIXES:
        if one.startswith(here) and len(one) - len(here) >= 3 and other == there + one[len(here) :]:
            return True
    return any(
        one.endswith(here) and len(one) - len(here) >= 3 and other == one[: len(one) - len(here)] + there
        for here, there in lexicon.OPPOSITE_ENDINGS
    )


def addresses(inline: Inline) -> list[str]:
    """The targets of links and images in order, raw HTML included."""
    found = []
    for node in inline.nodes:
        if node.target:
            found.append(node.target)
        elif node.kind == "html":
            found += [unescape(next(g for g in match.groups()[1:] if g is not None)) for match in ADDRESS.finditer(node.text)]
    return found


def host(url: str) -> str:
    """What of a link's target is more than a path: its host, the whole of one that is a contact; "" for a page of the site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme and parts.scheme not in {"http", "https"}:
        return re.sub(r"\s", "", url)
    facts = "".join(re.findall(r"\{[^}]*\}", url))
    return parts.netloc.casefold().removeprefix("www.") + facts


def readdressed(old: Inline, new: Inline) -> Iterator[str]:
    """Links that lead to another host or contact than before."""
    before, after = [h for url in addresses(old) if (h := host(url))], [h for url in addresses(new) if (h := host(url))]
    if before != after:
        for span in likeness.spans(before, after):
            if not span.same:
                was, now = before[span.start : span.end], after[span.begin : span.finish]
                yield f"link: {listed(was) or 'none'} → {listed(now) or 'none'}"


def lifted(old: Inline, new: Inline) -> Iterator[str]:
    """Words struck out or set high or low: 10<sup>2</sup> is not 102."""
    for tags, what in ((("s", "del", "strike"), "struck out"), (("sup", "sub"), "raised or lowered")):
        before, after = (
            ["".join(inside(inline.nodes, at)) for at, node in enumerate(inline.nodes) if node.kind in {"open", "html"} and node.tag in tags]
            for inline in (old, new)
        )
        if before != after:
            yield f"{what}: {listed(before) or 'nothing'} → {listed(after) or 'nothing'}"


def inside(nodes: Sequence[Node], at: int) -> Iterator[str]:
    """The texts between an opening node and the next one that closes its kind."""
    for node in nodes[at + 1 :]:
        if node.tag.lstrip("/") == nodes[at].tag:
            return
        if node.kind in {"text", "code"}:
            yield node.text


# What is wording, and what is appearance -------------------------------------------------------------------------


def reworded(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """The words that changed, as “the doctor” → “your doctor”."""
    for was, now in differences(old, new):
        one, other = shown(was), shown(now)
        yield f"{one} → {other}" if one and other else f"{other} added" if other else f"{one} removed"
    if [word.same for word in old] == [word.same for word in new]:
        yield from rewritten(old, new)


def rewritten(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Words that compare alike and are not written alike: “do not” and “don't”, “1,000” and “1000”, code in capitals."""
    for one, other in zip(old, new, strict=True):
        was, now = (word.text if word.kind in {"code", "number"} else letters(word.text) for word in (one, other))
        if was != now and not (one.same == other.same == "-"):
            yield f"“{one.text}” → “{other.text}”"


def letters(text: str) -> str:
    """A word less its case, apostrophes and the full stops of an abbreviation."""
    return re.sub(r"[.\s’']", "", text.casefold())


def differences(old: Sequence[Word], new: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    for span in likeness.spans([w.same for w in old], [w.same for w in new]):
        if not span.same:
            yield old[span.start : span.end], new[span.begin : span.finish]


def shown(found: Sequence[Word]) -> str:
    """Words in quotation marks, a long stretch cut in its middle."""
    said = [word.text for word in found if word.text]
    text = " ".join(said if len(said) <= 12 else [*said[:6], "…", *said[-4:]])
    return f"“{text}”" if text else ""


def restructured(old: Inline, new: Inline) -> Iterator[str]:
    """Footnotes, links and HTML that came or went: no appearance, and no word either."""
    for what, pick in (
        ("footnotes", lambda node: node.text if node.kind == "footnote" else ""),
        ("links", lambda node: "link" if node.kind == "open" and node.tag == "a" else ""),
        ("images", lambda node: "image" if node.kind == "image" else ""),
        ("HTML", lambda node: node.tag if node.kind == "html" and node.tag.lstrip("/") not in LOOKS else ""),
    ):
        before, after = ([said for node in inline.nodes if (said := pick(node))] for inline in (old, new))
        if before != after:
            yield f"{what}: {len(before)} → {len(after)}" if len(before) != len(after) else f"{what} changed"


LOOKS = frozenset(["b", "strong", "i", "em", "u", "span", "small", "mark", "font", "big", "br", "code", "kbd", "wbr", "!"])
QUESTION, SENTENCES = "a question mark came or went", "a sentence begins or ends elsewhere"
MORE_THAN_LOOKS = frozenset([QUESTION, SENTENCES])


def appearance(old: Inline, new: Inline, before: Sequence[Word], after: Sequence[Word]) -> Iterator[str]:
    """What changed though no word did; some of it is more than looks."""
    yield from punctuation(before, after)
    if [w.text.casefold() for w in before] == [w.text.casefold() for w in after] and [w.text for w in before] != [
        w.text for w in after
    ]:
        yield "letter case"
    for one, other in zip(addresses(old), addresses(new), strict=False):
        if one != other:
            yield f"link target: {one} → {other}"
    looks = [[(node.kind, node.tag) for node in inline.nodes if node.kind not in {"text", "soft"}] for inline in (old, new)]
    if looks[0] != looks[1]:
        yield "emphasis or markup"
    marks = [[char for char in inline.source if char in QUOTES or char in GAPS] for inline in (old, new)]
    if marks[0] != marks[1]:
        yield "punctuation, quotation marks or dashes"


def punctuation(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Punctuation between the same words: a moved question or sentence end is more than looks, a comma is not."""
    for at, (one, other) in enumerate(zip(old, new, strict=False)):
        was, now = strength(one), strength(other)
        if was == now:
            continue
        if "?" in (was, now):
            yield QUESTION
        elif at and one.kind != "end" and "." in (was, now):
            yield SENTENCES


def strength(word: Word) -> str:
    """The strongest mark before a word: `?`, `.`, `,` or nothing; a dash is as weak as a comma."""
    return next((mark for mark in "?.," if mark in word.before.replace("-", ",")), "")
