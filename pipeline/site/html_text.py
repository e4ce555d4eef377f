"""A page as its readers get it: every text with the language that holds for it, read from the HTML and from nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from pipeline.core.inline import TAG

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

SILENT = frozenset("script style code pre kbd samp".split())  # noqa: SIM905
"""Elements whose text is in no language."""
UNSHOWN = frozenset("audio canvas datalist iframe noembed noframes noscript object video".split())  # noqa: SIM905
"""Elements whose text stands in for something that a browser shows or does instead."""
WORDED = ("alt", "title", "aria-label", "placeholder")
TELLING = SILENT | UNSHOWN | {"time", "dialog", "meta"}
TOLD = frozenset(["lang", "data-block", "id", "class", "hidden", "aria-hidden", "style", *WORDED])
"""The elements and the attributes that say something of the texts inside."""
WHITE = re.compile(r"[ \t\n\r\f]+")
UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


class Place(NamedTuple):
    """Where texts stand: the language there, the block ("" for none), and of what kind they are.

    `own`: an element inside the block states the language; `beside`: it is the English beside a translation; `silent`: code;
    `time`: a date of ours; `ident`: the id of the nearest element around that has one; `hidden`: the page's own elements and
    attributes keep it from readers (what a style sheet does is not seen).
    """

    lang: str = ""
    block: str = ""
    own: bool = False
    beside: bool = False
    silent: bool = False
    time: bool = False
    ident: str = ""
    hidden: bool = False


class Text(NamedTuple):
    """A text node, or an attribute that is read to people, and its place."""

    text: str
    place: Place
    attribute: bool = False

    @property
    def worded(self) -> bool:
        """Whether there is a letter in it."""
        return any(map(str.isalpha, self.text))


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything of one page that an audit asks for."""

    lang: str
    texts: tuple[Text, ...]
    blocks: Mapping[str, Mapping[str, str]]
    """The attributes of the element of each block, by name; of a name that stands twice, the last."""
    twice: tuple[str, ...]
    idents: Mapping[str, Mapping[str, str]]
    """The attributes of each element that has an id; of an id that stands twice, the first, as browsers do."""
    data: str
    """The JSON-LD."""
    links: tuple[Mapping[str, str], ...]
    """The attributes of every `a` and `link`."""
    words: Mapping[str, str]
    """What there is to read in each block, folded, without the English beside it."""
    beside: Mapping[str, str]
    """The English beside each block, folded."""
    told: frozenset[str]
    """The ids of the elements in which there is something to read."""


def folded(text: str) -> str:
    """A text with white space as a browser shows it."""
    return WHITE.sub(" ", text).strip()


def digest(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of a folded text."""
    return hashlib.sha256(folded(text).encode(errors="surrogatepass")).hexdigest()[:16]


@dataclass(slots=True)
class Reading:
    """What was found so far; lives for one page."""

    texts: list[Text] = field(default_factory=list)
    blocks: dict[str, Mapping[str, str]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    idents: dict[str, Mapping[str, str]] = field(default_factory=dict)
    links: list[Mapping[str, str]] = field(default_factory=list)
    data: str = ""

    def enter(self, node: LexborNode, tag: str, up: Place) -> Place:
        """Note an element; returns the place inside it."""
        found = node.attributes
        if not found and tag not in TELLING:
            return up
        given = {name: value or "" for name, value in found.items()}
        if tag in {"a", "link"}:
            self.links.append(given)
        if tag not in TELLING and TOLD.isdisjoint(given):
            return up
        name, ident, classes = given.get("data-block", ""), given.get("id", ""), given.get("class", "").split()
        if name:
            self.twice += [name] * (name in self.blocks)
            self.blocks[name] = given
        if ident in self.idents:
            ident = ""
        elif ident:
            self.idents[ident] = given
        beside, back = up.beside or "beside" in classes, "footnote-backref" in classes  # the way back is nobody's text
        made = Place(
            given.get("lang", up.lang),
            "" if back else name or up.block,
            not name and bool(up.block) and (up.own or ("lang" in given and not beside)),
            beside,
            back or up.silent or tag in SILENT,
            up.time or tag == "time",
            ident or up.ident,
            up.hidden or tag in UNSHOWN or concealed(tag, given),
        )
        self.texts += [Text(given[one], made, True) for one in WORDED if given.get(one)]
        if tag == "meta" and given.get("name", "").lower() == "description":
            self.texts.append(Text(given.get("content", ""), made, True))
        if tag == "script" and given.get("type", "").lower() == "application/ld+json":
            self.data += node.text()
        return made

    def walk(self, root: LexborNode, *, blanks: bool) -> None:
        """Note everything from a root on down; `blanks`: also white space outside of blocks."""
        outside = Place()
        places: dict[int, Place | None] = {}
        for node in root.traverse(include_text=True):
            up, tag = node.parent, node.tag or "-"
            place = places.get(up.mem_id, outside) if up else outside
            if place is None:
                continue
            if tag == "-text":
                text = node.text_content or ""
                if blanks or place.block or not text.isspace():
                    self.texts.append(Text(text, place))
            elif tag[0] != "-":
                within = self.enter(node, tag, place)
                places[node.mem_id] = None if tag in {"script", "style"} else within


def concealed(tag: str, given: Mapping[str, str]) -> bool:
    """Whether an element's own attributes keep it from readers."""
    return (
        "hidden" in given
        or given.get("aria-hidden", "").lower() == "true"
        or bool(UNSEEN.search(given.get("style", "")))
        or (tag == "dialog" and "open" not in given)
    )


def read(html: str, *, fragment: bool = False) -> Seen:
    """Read a page, or a `fragment` of one, as the HTML standard says; nothing is too odd to be read."""
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    without_events = LexborDocumentOptions.WO_EVENTS
    root = LexborHTMLParser(html, is_fragment=fragment, fragment_tag="template", options=without_events).root
    found = Reading()
    if root is not None:
        found.walk(root, blanks=fragment)
    words: dict[str, str] = {}
    beside: dict[str, str] = {}
    told = set()
    for one in found.texts:
        place = one.place
        if one.attribute or place.hidden:
            continue
        if place.block:
            said = beside if place.beside else words
            said[place.block] = said.get(place.block, "") + one.text
        if place.ident not in told and one.worded:
            told.add(place.ident)
    return Seen(
        "" if fragment or root is None else root.attributes.get("lang") or "",
        tuple(found.texts),
        found.blocks,
        tuple(found.twice),
        found.idents,
        found.data,
        tuple(found.links),
        {name: folded(text) for name, text in words.items()},
        {name: folded(text) for name, text in beside.items()},
        frozenset(told),
    )


def text_of(html: str) -> str:
    """The text of a piece of HTML of our own making."""
    return unescape(TAG.sub("", html)) if "<" in html or "&" in html else html


def worded(fragment: str) -> Iterator[str]:
    """The texts and worded attributes of a piece of HTML that have a letter."""
    return (one.text for one in read(fragment, fragment=True).texts if one.worded)
