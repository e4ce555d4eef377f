"""What of an edit is appearance, and what stands beside the words: links, images, HTML, punctuation, letter case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.core.inline import Inline, Node
from pipeline.core.inline import addresses as addresses_of
from pipeline.text import similarity
from pipeline.text.english import GAPS, QUOTES, Word
from pipeline.text.respelling import american


def letters(text: str) -> str:
    """A word in American spelling, less its case, apostrophes and the full stops of an abbreviation."""
    return american(re.sub(r"[.\s’']", "", text.casefold()))


def differences(old: Sequence[Word], new: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    for span in similarity.spans([w.same for w in old], [w.same for w in new]):
        if not span.same:
            yield old[span.start : span.end], new[span.begin : span.finish]


def listed(texts: Iterable[str]) -> str:
    """Texts with commas; the tail of a long list is counted."""
    found = list(texts)
    return ", ".join(found if len(found) <= 6 else [*found[:5], f"… ({len(found)})"])


def addresses(inline: Inline) -> list[str]:
    """The targets of links and images in order, raw HTML included."""
    found = []
    for node in inline.nodes:
        if node.target:
            found.append(node.target)
        elif node.kind == "html":
            found += addresses_of(node.text)
    return found


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
    if any(True for _ in differences(before, after)) or [letters(w.text) for w in before] != [
        letters(w.text) for w in after
    ]:
        yield "spelling"
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


def remeasured(old: Inline, new: Inline, before: Sequence[Word], after: Sequence[Word]) -> Iterator[str]:
    """Units that looks alone tell apart: minutes and seconds or feet and inches (5′, 5″), a tablespoon and a teaspoon (2 T, 2 t), mega- and
    milli- (MBq, mBq)."""
    was, now = primes(old), primes(new)
    if len(was) == len(now):
        yield from (f"unit: {one} → {other}" for one, other in zip(was, now, strict=True) if one != other)
    for one, other, at in together(before, after):
        if at and before[at - 1].kind == "number" and one.text != other.text and sized(one.text, other.text):
            yield f"unit: {before[at - 1].text} {one.text} → {before[at - 1].text} {other.text}"


def sized(one: str, other: str) -> bool:
    """Whether a letter in another case makes two units of one: *T* and *t*; *MBq* and *mBq*."""
    if {one, other} == {"T", "t"}:
        return True
    return (
        {one[:1], other[:1]} == {"M", "m"}
        and one[1:] == other[1:]
        and 1 < len(one) <= LONGEST_UNIT
        and one[1:] not in "Ll"
    )


LONGEST_UNIT = 4
"""Letters of a unit with its prefix, at most."""


def primes(inline: Inline) -> list[str]:
    """The numbers of a text with a prime or a double prime behind them, as typed with quotation marks or without; not those before which
    a quotation mark of the kind opens."""
    text = "".join(node.text for node in inline.nodes if node.kind != "html").translate(PRIMES)
    opened = {mark: len(re.findall(rf"(?:^|[\s(]){mark}(?=\S)", text)) for mark in "'\""}
    found: list[str] = []
    for match in PRIMED.finditer(text):
        if opened[match[2]]:
            opened[match[2]] -= 1
        else:
            found.append(f"{match[1]}{SHOWN[match[2]]}")
    return found


PRIMES = str.maketrans({"′": "'", "’": "'", "‘": "'", "″": '"', "”": '"', "“": '"'})
PRIMED = re.compile(r"(\d)\s?(['\"])(?!\w)")
SHOWN = {"'": "′", '"': "″"}


def punctuation(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Punctuation between the same words: a moved question or sentence end is more than looks, a comma is not."""
    for one, other, at in together(old, new):
        was, now = strength(one), strength(other)
        if was == now:
            continue
        if "?" in (was, now):
            if not (
                one.kind == "end" and old[0].same in ASKING and old[0].same == new[0].same and "." not in (was, now)
            ):
                yield QUESTION
        elif at and one.kind != "end" and "." in (was, now):
            yield SENTENCES


ASKING = frozenset("what how when why who where which can could do does is are will should may".split())  # noqa: SIM905
"""Words by which a heading is a question, with its mark or without."""


def together(old: Sequence[Word], new: Sequence[Word]) -> Iterator[tuple[Word, Word, int]]:
    """The words that both texts have, in pairs, and where in the old one each stands."""
    for span in similarity.spans([word.same for word in old], [word.same for word in new]):
        if span.same:
            for at in range(span.start, span.end):
                yield old[at], new[span.begin + at - span.start], at


def strength(word: Word) -> str:
    """The strongest mark before a word: `?`, `.`, `,` or nothing; a dash is as weak as a comma."""
    return next((mark for mark in "?.," if mark in re.sub("[-;:]", ",", word.before)), "")
