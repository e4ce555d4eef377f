"""Severity: how grave the change from one English text to another is, and why, in words a person reads.

Both texts are read as words, and from the words what may not change silently is drawn off: quantities, negations, modals,
directions, sides, names. A change of any of those is critical, of other words wording, of mere appearance cosmetic. In
doubt, the graver.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.content import parse
from pipeline.core.inline import Inline, Node, Syntax
from pipeline.core.inline import addresses as addresses_of
from pipeline.core.model import IN_CRITICAL, Severity
from pipeline.text import lexicon, similarity
from pipeline.text.english import GAPS, QUOTES, Word, words
from pipeline.text.features import Names, features


class Grade(NamedTuple):
    """A severity and its reasons, gravest first."""

    severity: Severity
    reasons: tuple[str, ...]


SURVIVING = 40.0
"""Below this likeness of its words (0–100) an old text is no earlier wording of the new one, but another text."""
SHOWN = 4
"""How many reasons are named; the rest is counted."""


def grade(old: Inline, new: Inline, names: Names = frozenset(), *, critical: bool = False) -> Grade:
    """The severity of an edit. `names` are the protected names, as tuples of folded words; `critical`: the block is."""
    before, after = list(words(old)), list(words(new))
    grave = [*changed(before, after, names), *turned(before, after), *readdressed(old, new), *lifted(old, new)]
    if grave:
        return Grade(Severity.CRITICAL, shortened(grave))
    old_words, new_words = [word.same for word in before[:-1]], [word.same for word in after[:-1]]
    if old_words != new_words and similarity.ratio(old_words, new_words) < SURVIVING:
        return Grade(Severity.CRITICAL, ("mostly rewritten", *shortened(reworded(before, after))))
    mild = [*reworded(before, after), *restructured(old, new)]
    light = [] if mild else list(appearance(old, new, before, after)) or ["white space"]
    mild = mild or [reason for reason in light if reason in MORE_THAN_LOOKS]
    if critical:
        return Grade(Severity.CRITICAL, (IN_CRITICAL, *shortened(mild or light)))
    if mild:
        return Grade(Severity.WORDING, shortened(mild))
    return Grade(Severity.COSMETIC, shortened(light))


@lru_cache(16384)
def grade_of(old: str, was: Syntax, new: str, now: Syntax, names: Names, critical: bool) -> Grade:
    """The grade of one text that became another, each written in its language."""
    return grade(parse(old, was), parse(new, now), names, critical=critical)


def shortened(reasons: Iterable[str]) -> tuple[str, ...]:
    """The first few reasons, each once, and how many more there are."""
    found = list(dict.fromkeys(reasons))
    more = len(found) - SHOWN
    return tuple(found) if more <= 0 else (*found[:SHOWN], f"and {more} more")


def changed(old: Sequence[Word], new: Sequence[Word], names: Names) -> Iterator[str]:
    """The changes among the features of two texts, as "20 ml → 40 ml"."""
    before, after = list(features(old, names)), list(features(new, names))
    keys = [(f.kind, f.same) for f in before], [(f.kind, f.same) for f in after]
    if keys[0] == keys[1]:
        return
    if Counter(keys[0]) == Counter(keys[1]):
        yield f"order: {listed(f.text for f in before)} → {listed(f.text for f in after)}"
        return
    for span in similarity.spans(*keys):
        if span.same:
            continue
        lost, gained = before[span.start : span.end], after[span.begin : span.finish]
        kinds = " and ".join(dict.fromkeys(f.kind for f in (*lost, *gained)))
        was, now = listed(f.text for f in lost), listed(f.text for f in gained)
        yield (
            f"{kinds}: {was} → {now}" if was and now else f"{kinds}: {now} added" if now else f"{kinds}: {was} removed"
        )


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
    before, after = [word.same for word in old], [word.same for word in new]
    if before != after and Counter(before) == Counter(after) and any(True for _ in features(old, frozenset())):
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
            found += addresses_of(node.text)
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
    return parts.netloc.casefold() + facts


def readdressed(old: Inline, new: Inline) -> Iterator[str]:
    """Links that lead to another host or contact than before."""
    before, after = [h for url in addresses(old) if (h := host(url))], [h for url in addresses(new) if (h := host(url))]
    if before != after:
        for span in similarity.spans(before, after):
            if not span.same:
                was, now = before[span.start : span.end], after[span.begin : span.finish]
                yield f"link: {listed(was) or 'none'} → {listed(now) or 'none'}"


def lifted(old: Inline, new: Inline) -> Iterator[str]:
    """Words struck out or set high or low: 10<sup>2</sup> is not 102."""
    for tags, what in ((("s", "del", "strike"), "struck out"), (("sup", "sub"), "raised or lowered")):
        before, after = (
            [
                "".join(inside(inline.nodes, at))
                for at, node in enumerate(inline.nodes)
                if node.kind in {"open", "html"} and node.tag in tags
            ]
            for inline in (old, new)
        )
        if before != after:
            yield f"{what}: {listed(before) or 'nothing'} → {listed(after) or 'nothing'}"


def inside(nodes: Sequence[Node], at: int) -> Iterator[str]:
    """The texts between an opening node and the next one that closes its kind."""
    for node in nodes[at + 1 :]:
        if node.tag.lstrip("/") == nodes[at].tag:
            return
        if node.kind in {"text", "code", "escaped"}:
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
    for span in similarity.spans([w.same for w in old], [w.same for w in new]):
        if not span.same:
            yield old[span.start : span.end], new[span.begin : span.finish]


def shown(found: Sequence[Word]) -> str:
    """Words in quotation marks, a long stretch cut in its middle."""
    said = [word.text for word in found if word.text]
    text = " ".join(said if len(said) <= 12 else [*said[:6], "…", *said[-4:]])
    return f"“{text}”" if text else ""


def restructured(old: Inline, new: Inline) -> Iterator[str]:
    """Footnotes, links and HTML that came or went: no appearance, and no word either."""
    before, after = (
        [part for node in old.nodes if (part := beside(node))],
        [part for node in new.nodes if (part := beside(node))],
    )
    for span in similarity.spans(before, after):
        if not span.same:
            was, now = listed(before[span.start : span.end]), listed(after[span.begin : span.finish])
            yield f"{was} → {now}" if was and now else f"{now} added" if now else f"{was} removed"


def beside(node: Node) -> str:
    """What of a node stands beside the words and is more than looks, "" for other nodes."""
    match node.kind:
        case "footnote":
            return f"footnote [^{node.text}]"
        case "open" if node.tag == "a":
            return "a link"
        case "image":
            return "an image"
        case "html" if node.tag.lstrip("/") not in LOOKS:
            return f"<{node.tag}>"
    return ""


LOOKS = frozenset(
    ["b", "strong", "i", "em", "u", "span", "small", "mark", "font", "big", "br", "code", "kbd", "wbr", "!"]
)
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
    looks = [
        [(node.kind, node.tag) for node in inline.nodes if node.kind not in {"text", "soft"}] for inline in (old, new)
    ]
    if looks[0] != looks[1]:
        yield "emphasis or markup"
    said = ("".join(node.text for node in inline.nodes if node.kind != "html") for inline in (old, new))
    marks = [[char for char in text if char in QUOTES or char in GAPS] for text in said]
    if marks[0] != marks[1]:
        yield "punctuation"


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
