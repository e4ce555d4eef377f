"""What makes English hard to read and hard to translate, for its editors: hints, never a reason to withhold anything.

Sources: CDC, "Clear Communication Index" (2014); NIH, "Clear & Simple"; US plainlanguage.gov (20 words a sentence);
Flesch-Kincaid grade level after Kincaid et al. 1975; ISMP, "List of Error-Prone Abbreviations" (a space between dose and unit).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise

from pipeline.core.abbreviations import explained
from pipeline.core.inline import FACT, Inline
from pipeline.core.model import Block, Document, Finding, Level, Message, Span
from pipeline.text import lexicon, opposites
from pipeline.text.formulary import NAMES
from pipeline.text.similarity import ratio

CODES = (
    "long-sentence", "reading-grade", "acronym", "idiom", "unit-spacing", "bare-decimal", "vague-link", "alt-text", "near-repeat"
)  # fmt: skip
STYLE = "english-style"
"""What rules of the settings call all hints about style at once."""
OF_STYLE = frozenset(CODES) - {"alt-text", "bare-decimal", "unit-spacing"}
"""Those: what makes a text hard to read. A number that is misread and a picture that nobody describes are more than style."""
LONGEST = 20
"""Words of a sentence."""
FEWEST = 100
"""Words a page must have for its grade to say anything."""

END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
ABBREVIATED = re.compile(r"\b(?:[A-Za-z]\.){2,}|\b(?:Dr|Mr|Mrs|Ms|St|vs|approx|No)\.")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ACRONYM = re.compile(r"\b[A-Z]{2,6}s?\b(?!-?\d)")
KNOWN = frozenset(
    "AM PM OK US USA UK EU ID PDF FAQ II III IV VI VII VIII IX XI XII DVD CD TV SMS ZIP ASAP NOT NO DO ALL AND OR IF".split()  # noqa: SIM905
)
"""What a reader knows without being told."""
VAGUE = re.compile(
    r"^(?:click(?: here)?|here|read more|more|learn more|this|this link|link|this page|see here)[.!]?$", re.I
)
BARE_DECIMAL = re.compile(r"(?<![\w.,])(?:(\.\d+)|(\d+)\.0+)(?=[\s\u00a0\u202f-]?([^\W\d_]{1,12}|%|°))")
"""A number below 1 without its zero, or a whole one with a zero behind its point: .5 mg is read as 5, 5.0 mg as 50."""
UNSPACED = re.compile(r"\d[^\W\d_]")
"""What there is of that in any text."""
IDIOMS = (
    "a piece of cake", "around the clock", "at the end of the day", "back on track", "back to square one", "ballpark figure",
    "bear in mind", "better safe than sorry", "bite the bullet", "by and large", "by the book", "call it a day", "clean bill of health",
    "come down with", "cut corners", "down the road", "drop in the bucket", "easier said than done", "feel under the weather", "first and foremost",
    "for good measure", "from scratch", "get the hang of", "get the ball rolling", "give it a shot", "go the extra mile", "hang in there",
    "heads up", "hit the road", "hit the spot", "in a nutshell", "in hot water", "in the long run", "in the loop", "in the same boat", "jump the gun",
    "keep an eye on", "keep in mind", "kick in", "know the ropes", "last but not least", "let your guard down", "loop in", "make ends meet",
    "no brainer", "no-brainer", "no strings attached", "off the hook", "off the top of", "on the same page", "on the fence", "on top of things", "once in a blue moon",
    "out of the blue", "out of the woods", "over the counter", "over the hill", "peace of mind", "play it by ear", "play it safe", "pros and cons", "pull the plug",
    "red flag", "rule of thumb", "run the risk", "safe and sound", "second nature", "sleep on it", "speak of the devil", "spill the beans", "stay on top of",
    "step by step", "take it easy", "take its toll", "take with a grain of salt", "think outside the box", "time flies", "tip of the iceberg", "to be on the safe side",
    "touch base", "turn a corner", "twist your arm", "under the weather", "up and running", "up in the air", "when it rains it pours", "whole nine yards", "wrap your head around",
)  # fmt: skip
SAID = tuple(
    idiom for idiom in IDIOMS if idiom not in {"over the counter", "step by step", "first and foremost", "keep in mind"}
)
IDIOM = re.compile(rf"\b(?:{'|'.join(map(re.escape, SAID))})\b", re.I)


def findings(document: Document, grade: float) -> Iterator[Finding]:
    """The hints about one page; `grade` is the US school grade that its text should not exceed."""
    blocks = [(block.message, shown(block.inline), block.inline) for block in document.blocks() if block.message]
    spelled = expansions(text for _, text, _ in blocks) | listed(message.key.msgid for message, _, _ in blocks)
    spelled |= of_terms(defined(document)) | of_terms(titled(inline for _, _, inline in blocks))
    told: set[str] = set()
    sentences = [(message, sentences_of(text)) for message, text, _ in blocks]
    for (message, text, inline), (_, parts) in zip(blocks, sentences, strict=True):
        yield from sentence_findings(message, parts)
        yield from word_findings(message, text, inline)
        for acronym in ACRONYM.findall(text):
            short = acronym.rstrip("s")
            if short not in KNOWN and short not in spelled and short not in told and not text.isupper():
                told.add(short)
                yield hint(
                    "acronym",
                    message,
                    f"{short} is not explained on this page. Write it out where it first stands: “… ({short})”.",
                )
    yield from undescribed(document)
    yield from reuse(sentences)
    ended = [text.rstrip().endswith((".", "!", "?")) for _, text, _ in blocks]
    prose = [parts for (_, parts), end in zip(sentences, ended, strict=True) if end]
    read = reading_grade(prose)
    if read is not None and read > grade:
        said = f"This page reads at grade {read:.1f} (Flesch-Kincaid); the target is {grade:g}. Shorten its sentences and long words."
        yield Finding("reading-grade", Level.INFO, said, Span(document.path, 1))


def hint(code: str, message: Message, text: str) -> Finding:
    return Finding(code, Level.INFO, text, message.place, key=message.key)


def shown(inline: Inline) -> str:
    """The words of a block as its readers see them, with a word for each placeholder and nothing for code."""
    return FACT.sub(
        "it",
        "".join(
            node.text if node.kind == "text" else " " if node.kind in {"soft", "break"} else "" for node in inline.nodes
        ),
    )


def sentences_of(text: str) -> list[str]:
    """The sentences of an English text."""
    return [
        part for part in END.split(ABBREVIATED.sub(lambda match: match[0].replace(".", "\u2024"), text)) if part.strip()
    ]


def sentence_findings(message: Message, sentences: Iterable[str]) -> Iterator[Finding]:
    for sentence in sentences:
        count = len(WORD.findall(sentence))
        if count > LONGEST:
            yield hint(
                "long-sentence",
                message,
                f"A sentence of {count} words: “{short(sentence)}”. Make it two, of at most {LONGEST} words each.",
            )


def word_findings(message: Message, text: str, inline: Inline) -> Iterator[Finding]:
    if may_have_idiom(text) and (match := IDIOM.search(text)):
        yield hint("idiom", message, f"“{match[0]}” is an idiom, which translates badly. Say it in plain words.")
    for match in no_space().finditer(text) if UNSPACED.search(text) else ():
        yield hint("unit-spacing", message, f"Write a space between the number and its unit: {match[1]} {match[2]}.")
    for match in BARE_DECIMAL.finditer(text) if "." in text else ():
        if match[3].casefold() in lexicon.units() or match[3] in {"%", "°"}:
            write = f"0{match[1]}" if match[1] else match[2]
            yield hint("bare-decimal", message, f"{match[0]} is easily read as ten times as much. Write {write}.")
    label = None
    for node in inline.nodes:
        if node.kind == "open" and node.tag == "a":
            label = ""
        elif node.kind == "close" and node.tag == "a":
            if label is not None and VAGUE.match(label.strip()):
                yield hint(
                    "vague-link", message, f"The link “{label.strip()}” does not say where it leads. Name the page."
                )
            label = None
        elif label is not None:
            label += node.text


@cache
def no_space() -> re.Pattern[str]:
    """A number with its unit right behind it. Made when a text may have one: it is of the English tables, which few verbs need."""
    units = (unit for unit in lexicon.units() if unit.isalpha() and 1 < len(unit) < 5)
    longest = sorted((unit for unit in units if unit not in {"in", "am", "pm", "sec", "st"}), key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(\d+(?:[.,]\d+)?)({'|'.join(longest)})\b")


def may_have_idiom(text: str) -> bool:
    """Whether a text may have an idiom in it, however its letters are written."""
    return not text.isascii() or any(map(text.lower().__contains__, SAID))


def undescribed(document: Document) -> Iterator[Finding]:
    """The images without a description, which a screen reader passes over."""
    bare = {
        node.target
        for block in document.blocks()
        for node in block.inline.nodes
        if node.kind == "image" and not node.text.strip()
    }
    for link in document.links:
        if link.target in bare:
            bare.discard(link.target)
            text = f"The image {link.target} has no description. Write one in its brackets: ![what it shows]({link.target})."
            yield Finding("alt-text", Level.WARNING, text, link.span)


def expansions(texts: Iterable[str]) -> set[str]:
    """The acronyms that a page explains: `magnetic resonance imaging (MRI)`, `MRI (magnetic resonance imaging)`."""
    found: set[str] = set()
    for text in texts:
        if any(map(text.__contains__, EXPLAINS)):
            found.update(match.rstrip("s") for match in re.findall(r"\(([A-Z]{2,6}s?)\)", text))
            found.update(match.rstrip("s") for match in re.findall(rf"\b([A-Z]{{2,6}}s?) (?:{EXPLAINED})", text))
    return found


def listed(sources: Iterable[str]) -> set[str]:
    """Those that its list of abbreviations explains: `*[MRI]: magnetic resonance imaging`."""
    return of_terms(found[0] for source in sources if (found := explained(source)))


def of_terms(terms: Iterable[str]) -> set[str]:
    """The acronyms in some terms that the page explains."""
    return {acronym.rstrip("s") for term in terms for acronym in ACRONYM.findall(term)}


def defined(document: Document) -> Iterator[str]:
    """The terms that a page defines: those of its definition lists, in Markdown or HTML."""
    for section in document.sections:
        for before, piece in pairwise(("", *section.pieces)):
            if isinstance(piece, Block):
                literal = before if isinstance(before, str) and not piece.opening else ""
                if piece.opening.startswith("<dt") or IN_TERM.search(literal):
                    yield shown(piece.inline)


def titled(texts: Iterable[Inline]) -> Iterator[str]:
    """What an `<abbr title="…">` in a text explains where it stands: for its readers, and for those of the rest of the page."""
    for inline in texts:
        within: str | None = None
        for node in inline.nodes:
            if node.kind == "html" and node.tag == "abbr":
                within = "" if TITLED.search(node.text) else None
            elif node.kind == "html" and node.tag == "/abbr":
                yield within or ""
                within = None
            elif within is not None and node.kind == "text":
                within += node.text


IN_TERM = re.compile(r"<dt(?:\s[^<>]*)?>\s*\Z", re.I)
"""What stands before a term that is written in HTML."""
TITLED = re.compile(r"""\stitle\s*=\s*(?:"\s*[^"\s]|'\s*[^'\s]|[^"'\s>])""", re.I)
"""What an abbreviation stands for, as HTML says it."""
EXPLAINS = ("(", "is short for", "stands for", "means")
EXPLAINED = "|".join(map(re.escape, EXPLAINS))


def reuse(rows: Iterable[tuple[Message, Sequence[str]]]) -> Iterator[Finding]:
    """Sentences that differ in one word: with the same words, one translation would serve both."""
    seen: dict[tuple[str, ...], tuple[str, list[str]]] = {}
    for message, sentences in rows:
        for sentence in sentences:
            words = sentence.split()
            if not 6 <= len(words) <= 40:
                continue
            for at in range(len(words)):
                frame = (*words[:at], "\0", *words[at + 1 :])
                other, theirs = seen.setdefault(frame, (words[at], words))
                if other != words[at] and not critical(other, words[at]) and ratio(words, theirs) > 80:
                    yield hint(
                        "near-repeat",
                        message,
                        f"“{short(sentence)}” differs by one word (“{other}”) from another sentence of this page. Use the same words, and it is translated once.",
                    )
                    break


def critical(one: str, other: str) -> bool:
    """Whether two words differ on purpose: numbers, and words of dose, time and direction."""
    said = {one.strip(".,;:!?()").lower(), other.strip(".,;:!?()").lower()}
    return (
        any(re.search(r"\d", word) or word in meant() for word in said)
        or frozenset(said) in opposites.OPPOSITES
        or any(word[:1].isupper() for word in (one, other))
    )


@cache
def meant() -> frozenset[str]:
    """Words that sentences differ by on purpose."""
    grave = frozenset(word for rows in lexicon.CRITICAL.values() for word in re.findall(r"[a-z-]+", rows))
    return grave.union(NAMES, lexicon.number_words(), lexicon.units())


def reading_grade(texts: Iterable[Iterable[str]]) -> float | None:
    """The Flesch-Kincaid grade of the sentences of some texts: 0.39 words a sentence + 11.8 syllables a word − 15.59. None for too little of it."""
    sentences = [*chain.from_iterable(texts)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if len(words) < FEWEST:
        return None
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """The syllables of an English word, by its groups of vowels; a last silent e does not count."""
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    groups = re.findall(r"[aeiouy]+", re.sub(r"(?:[^laeiouy]es|[^aeioutd]ed|[^l]e|(?<=[aeiouy])le)$", "", word))
    return max(1, len(groups) + len(re.findall(r"(?:ia|io(?!n)|ua)(?=[a-z])|ie(?=nc|t)", word)))


def short(text: str) -> str:
    """The beginning of a sentence."""
    return text if len(text) <= 60 else f"{text[:59]}…"


def is_hint(finding: Finding) -> bool:
    """Whether a finding is a hint about style, unless the settings make it more: it counts nowhere as something found."""
    return finding.level is Level.INFO and finding.code in OF_STYLE
