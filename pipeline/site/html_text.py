"""A page as its readers get it: every text with the language that holds for it, read from the HTML and from nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
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
SPOKEN = frozenset(WORDED)
SAYING = frozenset(["a", "link", "meta", "script"])
"""The elements that tell machines something."""
NOTHING: Mapping[str, str] = {}
OF_A_BLOCK = frozenset(["data-block", "lang", "dir", "aria-describedby", "data-state"])
"""What an element says of the block in it, and not of itself."""
RECALLED = "recalled"
"""The `hidden` of a block that would say once more what stands in place of the one before it."""
WHITE = re.compile(r"[ \t\n\r\f]+")
ELEMENT, TEXT = "\2", "\1"
"""What an outline begins an element and a text with."""
NOTICE = re.compile("Notice-|Parts|Held|Toc|Contents-Around|English-")
ORIGINALS = '[id^="English-"]'
"""Where the English of a page stands for whoever opens it."""
CODE = frozenset(["script", "style"])
TELLING = SILENT | UNSHOWN | CODE | {"dialog", "bdi", "time"}
"""The elements that say something of the texts inside without an attribute."""
TOLD = frozenset(["lang", "dir", "data-block", "id", "hidden", "aria-hidden", "style", "data-of"])
"""The attributes that say something of the texts inside."""
LONG = 1000
"""Letters of HTML from which on it pays to tell whether a list is the same as another."""
PLACING = TOLD | {"class"}
APART = {"dir": "ltr"}
NAMED = {"class": "notranslate", "translate": "no"}
UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


INSIDE = -2


class Place(NamedTuple):
    """Where texts stand: the language there, the block ("" for none), and of what kind they are.

    `own`: an element inside the block states the language; `beside`: it is the English beside a translation; `silent`: code;
    `time`: a date of ours, by its number among `Seen.elements` and 1 (-1 inside of blocks); `ident`: the id of the nearest
    element around that has one; `hidden`: the page's own elements and attributes keep it from readers (what a style sheet does
    is not seen); `dir`: which way it runs; `notice`: in one of the lines that tell of blocks or of the page, which stand
    between blocks and are no part of the page's content; `of`: the block whose English it is, where that stands for whoever
    opens it; `hider`: where the outermost element that hides stands in the outline, -1 for none and for one inside the block;
    `turned`: where in the outline the nearest element stands
    that says which way it runs, -1 for none and for the block's own, `INSIDE` for one inside the block.
    """

    lang: str = ""
    block: str = ""
    own: bool = False
    beside: bool = False
    silent: bool = False
    time: int = 0
    ident: str = ""
    hidden: bool = False
    dir: str = ""
    notice: bool = False
    of: str = ""
    hider: int = -1
    turned: int = -1


class Text(NamedTuple):
    """A text node, or an attribute that is read to people, and its place; `at`: where it stands in the outline, -1 in a block;
    `link`: the number of the link around it among `Seen.elements`, -1 for none."""

    text: str
    place: Place
    attribute: bool = False
    at: int = -1
    link: int = -1

    @property
    def worded(self) -> bool:
        """Whether there is a letter in it."""
        return any(map(str.isalpha, self.text))


class Element(NamedTuple):
    """An element outside of blocks: its name, its attributes, where it stands in the outline (-1: in a notice), the place inside
    it, and itself as an outline has it."""

    tag: str
    given: Mapping[str, str]
    at: int
    place: Place
    what: str


Outline = list[tuple[int, str]]
"""Elements with all that they say, and texts, in reading order, each with how deep it stands."""


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
    """What there is to read in each block, folded, without the English beside it; what an element inside of it hides is some of it."""
    unseen: Mapping[str, int]
    """Of each block that is hidden, as a whole or around, where in the outline the element stands that hides it."""
    beside: Mapping[str, str]
    """The English beside each block, folded."""
    told: frozenset[str]
    """The ids of the elements in which there is something to read."""
    elements: tuple[Element, ...]
    """Every element outside of blocks."""
    outline: Outline
    """What stands outside of blocks, and in each block's place its element with its name."""
    made: Mapping[str, str]
    """Of each block in which there is more than text: a digest of its elements, their attributes and the texts between."""
    first: int
    """Where the first block stands in the outline; -1 where there is none."""


def folded(text: str) -> str:
    """A text with white space as a browser shows it."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
        text = WHITE.sub(" ", text)
    return text.strip()


def digest(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of a folded text."""
    return hashlib.sha256(folded(text).encode(errors="surrogatepass")).hexdigest()[:16]


def trimmed(outline: Iterable[tuple[int, str]], up: int = 0) -> str:
    """An outline as one text: white space folded, and none around a text."""
    parts = []
    for depth, what in outline:
        if what[0] == TEXT:
            what = TEXT + folded(what[1:])
            if what == TEXT:
                continue
        parts.append(f"{depth - up}{what}")
    return "\0".join(parts)


def sealed(inside: Outline, beside: Outline = []) -> str:
    """A digest of what a block is made of, and of what the English beside it is; "" where they are texts alone."""
    if not any(what[0] == ELEMENT for _, what in (*inside, *beside)):
        return ""
    return digest(f"{trimmed(inside)}\0\0{trimmed(beside)}")


def element(tag: str, given: Mapping[str, str]) -> str:
    """An element with its attributes, in the order of their names, as an outline has it."""
    if len(given) < 2:
        for name, value in given.items():
            return f"{ELEMENT}{tag}\3{name}={value}"
        return ELEMENT + tag
    return f"{ELEMENT}{tag}" + "".join([f"\3{name}={given[name]}" for name in sorted(given)])


def also(outline: Outline, depth: int, text: str) -> None:
    """Add a text to an outline; texts that nothing parts are one."""
    if outline and outline[-1][0] == depth and outline[-1][1][0] == TEXT:
        outline[-1] = depth, outline[-1][1] + text
    else:
        outline.append((depth, TEXT + text))


def turned(given: Mapping[str, str], up: Place, *, own: bool, beside: bool, at: int) -> int:
    """`Place.turned` inside an element; `own`: it is a block's, `at`: where it stands in the outline."""
    if "dir" not in given or beside:
        return up.turned
    if own:
        return -1
    return INSIDE if up.block else at


@dataclass(slots=True)
class Reading:
    """What was found so far; lives for one page."""

    texts: list[Text] = field(default_factory=list)
    blocks: dict[str, Mapping[str, str]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    idents: dict[str, Mapping[str, str]] = field(default_factory=dict)
    links: list[Mapping[str, str]] = field(default_factory=list)
    data: str = ""
    elements: list[Element] = field(default_factory=list)
    outline: Outline = field(default_factory=list)
    inside: dict[tuple[str, bool], Outline] = field(default_factory=dict)
    bases: dict[tuple[str, bool], int] = field(default_factory=dict)
    """How deep the elements of blocks stand, and those of the English beside them."""
    first: int = -1

    def enter(self, node: LexborNode, tag: str, given: Mapping[str, str], up: Place, depth: int) -> Place:
        """Note an element that says something, or stands in a block; returns the place inside it."""
        get = given.get
        name, ident, classes = get("data-block", ""), get("id", ""), get("class", "")
        beside, back = up.beside, False
        if "b" in classes:  # the way back is nobody's text
            beside, back = beside or "beside" in classes.split(), "footnote-backref" in classes.split()
        block = "" if back else name or up.block
        time, outside = up.time, not block or (bool(name) and not up.block)
        if tag == "time":
            time = len(self.elements) + 1 if outside else -1
        made = up
        if tag in TELLING or not TOLD.isdisjoint(given) or back or beside != up.beside:
            concealing = tag in UNSHOWN or concealed(tag, given)
            made = Place(
                get("lang", up.lang),
                block,
                not name and bool(up.block) and (up.own or ("lang" in given and not beside)),
                beside,
                back or up.silent or tag in SILENT,
                time,
                ident if ident and ident not in self.idents else up.ident,
                up.hidden or concealing,
                get("dir", "auto" if tag == "bdi" else up.dir).lower(),
                up.notice,
                get("data-of", up.of),
                len(self.outline) if concealing and outside and up.hider < 0 else up.hider,
                turned(given, up, own=bool(name), beside=bool(beside), at=len(self.outline)),
            )
        if ident and ident not in self.idents:
            self.idents[ident] = given
        if outside:
            said = given
            if name:
                self.first = len(self.outline) if self.first < 0 else self.first
                said = {one: value for one, value in given.items() if one not in OF_A_BLOCK} | {"data-block": name}
                if given.get("hidden") == RECALLED:
                    del said["hidden"]
            elif tag in CODE:
                said = {**given, "": node.text()}
            self.outside(tag, given, made, depth, element(tag, said))
        elif beside and not up.beside:
            self.bases[block, True] = depth
        else:
            self.inside.setdefault((block, beside), []).append((depth - self.base(block, beside), element(tag, given)))
        if name:
            self.bases.setdefault((name, False), depth)
            self.twice += [name] * (name in self.blocks)
            self.blocks[name] = given
        if tag in SAYING or not SPOKEN.isdisjoint(given):
            self.said(node, tag, given, made)
        return made

    def outside(self, tag: str, given: Mapping[str, str], place: Place, depth: int, what: str) -> None:
        """Note an element outside of blocks, or that of a block."""
        if place.notice:
            self.elements.append(Element(tag, given, -1, place, what))
            return
        self.elements.append(Element(tag, given, len(self.outline), place, what))
        self.outline.append((depth, what))

    def base(self, block: str, beside: bool) -> int:
        """How deep the element around what is read stands."""
        return self.bases.get((block, beside), 0)

    def said(self, node: LexborNode, tag: str, given: Mapping[str, str], made: Place) -> None:
        """Note what an element's attributes tell people, and what it tells machines."""
        if tag == "a" or tag == "link":
            self.links.append(given)
        at = -1 if made.block or made.notice else len(self.outline) - 1
        if not SPOKEN.isdisjoint(given):
            self.texts += [Text(given[one], made, True, at) for one in WORDED if given.get(one)]
        if tag == "meta" and given.get("name", "").lower() == "description":
            self.texts.append(Text(given.get("content", ""), made, True, at))
        if tag == "script" and given.get("type", "").lower() == "application/ld+json":
            self.data += node.text()

    def walk(self, root: LexborNode, *, blanks: bool, notices: frozenset[int]) -> None:
        """Note everything from a root on down; `blanks`: also white space outside of blocks; `notices`: their elements."""
        beginning = Place(), 0, -1
        places: dict[int, tuple[Place, int, int] | None] = {}
        outline, elements, texts = self.outline, self.elements, self.texts
        for node in root.traverse(include_text=True):
            up, tag = node.parent, node.tag or "-"
            found = places.get(up.mem_id, beginning) if up else beginning
            if found is None:
                continue
            place, depth, link = found
            if tag == "-text":
                text = node.text_content or ""
                if block := place.block:
                    also(
                        self.inside.setdefault((block, place.beside), []), depth - self.base(block, place.beside), text
                    )
                    texts.append(Text(text, place))
                elif place.notice:
                    texts.append(Text(text, place, False, -1, link))
                elif blanks or not text.isspace():
                    if outline and outline[-1][1][0] == TEXT:
                        also(outline, depth, text)
                    else:
                        outline.append((depth, TEXT + text))
                    texts.append(Text(text, place, False, len(outline) - 1, link))
                continue
            if tag[0] == "-":
                continue
            mem_id, attributes = node.mem_id, node.attributes
            given = {name: value or "" for name, value in attributes.items()} if attributes else NOTHING
            if mem_id in notices:
                place = place._replace(notice=True)
            if place.block or place.notice or tag in TELLING or not PLACING.isdisjoint(given):
                if tag == "bdi" and given == APART:  # what sets a number apart; the text goes on
                    places[mem_id] = place._replace(dir="ltr"), depth, link
                    continue
                if given == NAMED and tag == "span":  # what tells browsers of a name; the text goes on
                    places[mem_id] = place, depth, link
                    continue
                if tag == "a" and not place.block:
                    link = len(elements)
                place = self.enter(node, tag, given, place, depth)
            else:
                what = ELEMENT + tag
                if given:
                    what = element(tag, given)
                    if tag in SAYING or not SPOKEN.isdisjoint(given):
                        link = len(elements) if tag == "a" else link
                        self.said(node, tag, given, place)
                elements.append(Element(tag, given, len(outline), place, what))
                outline.append((depth, what))
            places[mem_id] = None if tag in CODE else (place, depth + 1, link)


def concealed(tag: str, given: Mapping[str, str]) -> bool:
    """Whether an element's own attributes keep it from readers."""
    return (
        "hidden" in given
        or given.get("aria-hidden", "").lower() == "true"
        or bool(UNSEEN.search(given.get("style", "")))
        or (tag == "dialog" and "open" not in given)
    )


def noticed(root: LexborNode) -> Iterator[int]:
    """The elements of the lines that tell of blocks and of the page, and of what a site puts beside the list of its headings: with
    what a template sets around one, as far as there is no block in it."""
    for node in root.css(f'[id^="Notice-"], #Parts, #Held, #Toc, #Contents-Around, {ORIGINALS}'):
        while (up := node.parent) and up.css_first("[data-block]") is None:
            node = up
        yield node.mem_id


def single(root: LexborNode) -> None:
    """Take out of a page the long lists without blocks that stand on it before, letter for letter, in the same language."""
    known = set()
    for node in root.css("ul"):
        html = node.html or ""
        if len(html) > LONG and "data-block" not in html:
            what = html, stated(node, "lang"), stated(node, "dir")
            if what in known:
                node.decompose()
            known.add(what)


def stated(node: LexborNode | None, name: str) -> str | None:
    """An attribute of an element, or of the nearest around it that has it."""
    while node:
        if name in (found := node.attributes):
            return found[name]
        node = node.parent
    return None


def read(html: str, *, fragment: bool = False, inside: str = "", once: bool = False) -> Seen:
    """Read a page, a `fragment` of one, or what stands `inside` an element of one, as the HTML standard says; nothing is too odd
    to be read. `once`: a long list that stands there twice is read once (a menu is, at the top and at the side)."""
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    without_events = LexborDocumentOptions.WO_EVENTS
    part, around = fragment or bool(inside), inside or "template"
    root = LexborHTMLParser(html, is_fragment=part, fragment_tag=around, options=without_events).root
    found = Reading()
    if root is not None:
        if once:
            single(root)
        notices = frozenset(noticed(root) if NOTICE.search(html) else ())
        found.walk(root, blanks=fragment, notices=notices)
    words: dict[str, str] = {}
    beside: dict[str, str] = {}
    unseen: dict[str, int] = {}
    told = set()
    for one in found.texts:
        place = one.place
        if one.attribute or (place.hidden and (place.beside or not place.block)):
            continue
        if place.block:
            if place.hider >= 0:
                unseen[place.block] = place.hider
            said = beside if place.beside else words
            said[place.block] = said.get(place.block, "") + one.text
        if place.ident not in told and one.worded and not place.hidden:
            told.add(place.ident)
    return Seen(
        "" if part or root is None else root.attributes.get("lang") or "",
        tuple(found.texts),
        found.blocks,
        tuple(found.twice),
        found.idents,
        found.data,
        tuple(found.links),
        {name: folded(text) for name, text in words.items()},
        unseen,
        {name: folded(text) for name, text in beside.items()},
        frozenset(told),
        tuple(found.elements),
        found.outline,
        {
            name: made
            for name in found.blocks
            if (made := sealed(found.inside.get((name, False), []), found.inside.get((name, True), [])))
        },
        found.first,
    )


def text_of(html: str) -> str:
    """The text of a piece of HTML of our own making."""
    return unescape(TAG.sub("", html)) if "<" in html or "&" in html else html


def worded(fragment: str) -> Iterator[str]:
    """The texts and worded attributes of a piece of HTML that have a letter."""
    return (one.text for one in read(fragment, fragment=True).texts if one.worded)
