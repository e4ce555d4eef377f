"""What a block of a page stands under: headings, the lead-in of its list, the head of its table column, the label of its box.

Read off the page's HTML and not off one syntax, so that raw HTML and Markdown say the same. A text that stands under
another one leans on it: “Drive a car.” says one thing under *Do* and another one under *Do not*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, NamedTuple

from pipeline.content.inline import label
from pipeline.content.inline_html import Tags, plain
from pipeline.core.inline import NO_FACTS, Inline
from pipeline.core.model import Block, Refs, Section

LONGEST = 240
"""How much of a text that others stand under is kept."""
GROUPS = frozenset("ul ol dl table blockquote div section article aside details figure fieldset nav main".split())  # noqa: SIM905
HEADINGS = {f"h{level}": level for level in range(1, 7)}
NAMES_ITS_GROUP = frozenset(["summary", "figcaption", "caption", "legend"])
PARTS = frozenset(["p", "li", "dt", "dd", "thead", "tbody", "tfoot", "tr", "th", "td"])
KNOWN = GROUPS | PARTS | NAMES_ITS_GROUP | frozenset(HEADINGS)
ENDS = {
    "li": ("li", "dt", "dd", "p"),
    "dt": ("dt", "dd", "p"),
    "dd": ("dt", "dd", "p"),
    "tr": ("tr", "td", "th", "p"),
    "td": ("td", "th", "p"),
    "th": ("td", "th", "p"),
    "thead": ("tr", "td", "th"),
    "tbody": ("thead", "tbody", "tr", "td", "th"),
}
"""What of HTML ends by itself where a tag opens (HTML standard, 13.1.2.4, "Optional tags")."""
ITEMS = frozenset(["li", "td", "th", "dd", "dt"])
DEEPEST = 64
"""Elements that are open at once. What is opened deeper stands beside the last of them, as in browsers beyond 512: nobody reads a
text as standing under more, and of a page with thousands of `<div>` that nothing closes each text would stand under all before it."""
BARE = 3
"""Under a heading of at most so many words even prose leans on it (*Do not*); a longer one is a title to whole sentences."""
PLAIN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)>")
"""A tag where nothing of HTML stands but tags."""
OPENING = re.compile(r"<([A-Za-z][A-Za-z0-9]*)([^<>]*)")
SPAN = re.compile(r"colspan\s*=\s*[\"']?(\d{1,3})", re.I)
CLOSED = re.compile(r"[.!?…。！？][\"'”’)\]*_]*$")
POINTS_ON = re.compile(r"\b(?:following|these|this|below)\b[^.!?]*[.!?…]?[\"'”’)\]*_]*$", re.I)
SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
POINTS_BACK = re.compile(r"(?:they|these|those|this|it|that|here)\b", re.I)
LABEL = re.compile(r"""[a-z0-9]*\[((?:[^\[\]\\]|\\.)+)\]""", re.I)


class Over(NamedTuple):
    """A text that others stand under, and the number of its block."""

    text: str
    number: int

    @property
    def leads_in(self) -> bool:
        """Whether it leads on to what follows: it ends with no full stop, or points to it in words."""
        return not CLOSED.search(self.text) or bool(POINTS_ON.search(self.text))

    @property
    def lead(self) -> Over:
        """The sentence of it that leads in, with the one before it where it only points back (*They are:*)."""
        sentences = SENTENCE.split(self.text)
        count = 2 if POINTS_BACK.match(sentences[-1]) or len(sentences[-1].split()) <= 3 else 1
        text = self.text if len(sentences) <= count else " ".join(sentences[-count:])
        return Over(text[:LONGEST], self.number)


@dataclass(slots=True)
class Frame:
    """An element that is open: what all in it stands under, its last text, and for a table its heads by column."""

    tag: str
    over: tuple[Over, ...] = ()
    last: Over | None = None
    column: int = -1
    heads: dict[int, tuple[Over, ...]] = field(default_factory=dict)
    apart: bool = False


def of_sections(sections: Sequence[Section]) -> Mapping[int, tuple[Over, ...]]:
    """What each block stands under, the widest first, by its number."""
    walk = Walk()
    for piece in chain.from_iterable(section.pieces for section in sections):
        walk.take(piece)
    return walk.found


@dataclass(slots=True)
class Walk:
    """One walk over the pieces of a page."""

    found: dict[int, tuple[Over, ...]] = field(default_factory=dict)
    headings: dict[int, Over] = field(default_factory=dict)
    open: list[Frame] = field(default_factory=lambda: [Frame("")])

    def take(self, piece: str | Block) -> None:
        """A piece: the elements that it opens and closes, and its text."""
        if isinstance(piece, Block):
            if match := OPENING.match(piece.opening):
                self.begin(match[1].lower(), match[2])
            self.text(piece)
        elif "<" in piece:
            for tag in Tags(piece) if "<!" in piece or "<?" in piece else PLAIN.finditer(piece):
                name = (tag[2] or "").lower()
                if name in KNOWN:
                    self.end((name,), name) if tag[1] else self.begin(name, tag[3])

    def begin(self, tag: str, attributes: str) -> None:
        if tag not in KNOWN:
            return
        self.end(ENDS.get(tag, ("p",)), tag)
        around = self.open[-1]
        frame = Frame(tag, apart="footnotes" in attributes)
        if tag in GROUPS and around.last and around.last.leads_in and not frame.apart:
            frame.over = (around.last.lead,)
        if tag in {"td", "th"}:
            row, table = self.nearest("tr"), self.nearest("table")
            frame.column = row.column + 1
            row.column += int(span[1]) if (span := SPAN.search(attributes)) else 1
            heads = table.heads.get(frame.column, ())
            frame.over = heads if tag == "td" or self.within("tbody") else ()
            if frame.column and row.last:
                frame.over = (*frame.over, row.last)
        elif tag == "dd":
            frame.over = self.nearest("dl").heads.get(0, ())
        elif tag == "thead":
            self.nearest("table").heads.clear()
        elif tag == "dt" and (terms := self.nearest("dl")).column:
            terms.heads, terms.column = {}, 0
        if tag == "dd":
            self.nearest("dl").column = 1
        del self.open[DEEPEST:]
        self.open.append(frame)

    def end(self, tags: tuple[str, ...], until: str) -> None:
        """Close the innermost open element of these, and all in it; not beyond a list or table around it that ends nothing."""
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag in tags:
                del self.open[at:]
                if self.open[-1].tag in tags and until in ENDS:
                    self.end(tags, until)
                elif until in GROUPS:
                    self.open[-1].last = None
                return
            if self.open[at].tag in GROUPS and until in ENDS:
                return

    def nearest(self, tag: str) -> Frame:
        return next((frame for frame in reversed(self.open) if frame.tag == tag), self.open[0])

    def within(self, tag: str) -> bool:
        return any(frame.tag == tag for frame in self.open)

    def text(self, block: Block) -> None:
        """A block's text: what it stands under, and what will stand under it."""
        said = " ".join(plain(block.inline, NO_FACTS).split())
        if block.opening.startswith("<pre") or not said:
            return
        frame = self.open[-1]
        level = HEADINGS.get(frame.tag, 7)
        apart = item = False
        inner: list[Over] = []
        for part in self.open:
            apart, item = apart or part.apart, item or part.tag in ITEMS or bool(part.over)
            inner += part.over
        over = [] if apart else [one for at, one in self.headings.items() if at < level]
        over += inner
        holder = self.holder()
        if level == 7 and not item:
            over = [one for one in over if one.text.count(" ") < BARE]
            if holder.last and holder.last.text.endswith(":"):
                over.append(holder.last.lead)
        if over:
            self.found[block.number] = tuple(dict.fromkeys(over)) if len(over) > 1 else (over[0],)
        one = Over(said if frame.tag in {"p", "li", "dd", ""} else said[:LONGEST], block.number)
        if level < 7:
            self.headings = {at: other for at, other in self.headings.items() if at < level} | {level: one}
            for part in self.open:
                part.last = None
        elif frame.tag in NAMES_ITS_GROUP or "callout-label" in block.opening:
            holder.over = (*holder.over, one)
        elif frame.tag in {"th", "td"}:
            self.cell(frame, one)
        elif frame.tag == "dt":
            terms = self.nearest("dl")
            terms.heads[0] = (*terms.heads.get(0, ()), one)
        else:
            holder.last = one

    def cell(self, frame: Frame, one: Over) -> None:
        """A cell of a table: a head of its column, or of its row."""
        row, table = self.nearest("tr"), self.nearest("table")
        if self.within("thead") or (frame.tag == "th" and not self.within("tbody") and frame.column not in table.heads):
            table.heads[frame.column] = (*table.heads.get(frame.column, ()), one)
        elif frame.column == 0:
            row.last = one
        frame.last = one

    def holder(self) -> Frame:
        """The element whose parts follow each other: the innermost one that is no paragraph, heading or caption."""
        return next(frame for frame in reversed(self.open) if frame.tag not in {"p", *HEADINGS, *NAMES_ITS_GROUP})


def said_by(inline: Inline) -> tuple[str, ...]:
    """The words of a text, as what stands under it may have them: all of them, or the sentence that leads in."""
    one = Over(" ".join(plain(inline, NO_FACTS).split()), -1)
    return tuple(dict.fromkeys((one.text[:LONGEST], one.lead.text[:LONGEST])))


def refs_of(source: str, references: Mapping[str, Any]) -> Refs:
    """The link definitions of its page that a text refers to: label, address and title."""
    if not references or "[" not in source:
        return ()
    names = dict.fromkeys(label(match[1]) for match in LABEL.finditer(source))
    found = ((name, references[name]) for name in names if name in references)
    return tuple((name, str(one.get("href", "")), str(one.get("title", ""))) for name, one in found)


def placed(sections: Sequence[Section], references: Mapping[str, Any]) -> Iterator[Section]:
    """The sections with what each message stands under and refers to."""
    over = of_sections(sections)
    for section in sections:
        pieces = [
            placed_piece(piece, over, references) if isinstance(piece, Block) else piece for piece in section.pieces
        ]
        yield Section(tuple(pieces)) if pieces else section


def placed_piece(block: Block, over: Mapping[int, tuple[Over, ...]], references: Mapping[str, Any]) -> Block:
    """A block with what it stands under."""
    found, old = over.get(block.number, ()), block.message
    refs = refs_of(block.inline.source, references) if old and references else ()
    if old is None or not (found or refs):
        return block
    texts, numbers = tuple([one.text for one in found]), tuple([one.number for one in found])
    return replace(block, message=replace(old, under=texts, refs=refs), under=numbers)
