"""A page as its readers get it: every text with the language that holds for it, read from the HTML and from nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from pipeline.core.inline import TAG

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
SILENT = frozenset("script style code pre kbd samp template".split())  # noqa: SIM905
"""Elements whose text is in no language."""
WORDED = ("alt", "title", "aria-label", "placeholder")
BLOCKS = frozenset(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main menu nav "  # noqa: SIM905
    "ol p pre section summary table ul".split()
)
UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
ENDS = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
}
"""Which open elements a start tag ends (HTML standard, "Optional tags")."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text node or a worded attribute: its language, the block it is in ("" for none), and of what kind it is.

    `own`: an element inside the block states the language; `beside`: it is the English beside a translation; `silent`: code;
    `time`: a date of ours; `ident`: the id of the nearest element around it that has one; `hidden`: the page's own attributes
    keep it from readers (what a style sheet does is not seen); `attribute`: it is one.
    """

    text: str
    lang: str
    line: int
    block: str = ""
    own: bool = False
    beside: bool = False
    silent: bool = False
    time: bool = False
    ident: str = ""
    hidden: bool = False
    attribute: bool = False

    @property
    def worded(self) -> bool:
        """Whether there is a letter in it."""
        return any(char.isalpha() for char in self.text)

    @property
    def read(self) -> bool:
        """Whether it stands in the page to be read."""
        return not (self.attribute or self.hidden)


@dataclass(slots=True)
class Element:
    """An element on the way down to the text being read; lives for one reading."""

    tag: str
    lang: str
    block: str
    own: bool
    beside: bool
    silent: bool
    time: bool
    ident: str
    hidden: bool = False

    def text(self, text: str, line: int, *, attribute: bool = False) -> Text:
        """A text that stands in it."""
        around = (self.lang, line, self.block, self.own, self.beside, self.silent, self.time, self.ident, self.hidden)
        return Text(text, *around, attribute)


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything of one page that an audit asks for."""

    lang: str
    texts: tuple[Text, ...]
    blocks: Mapping[str, Mapping[str, str]]
    """The attributes of the element of each block, by name; of a name that stands twice, the last."""
    twice: tuple[str, ...]
    idents: Mapping[str, Mapping[str, str]]
    """The attributes of each element that has an id."""
    data: str
    """The JSON-LD."""
    links: tuple[Mapping[str, str], ...]
    """The attributes of every `a` and `link`."""

    def words(self, block: str) -> str:
        """The text of a block, folded, without the English beside it."""
        return folded("".join(one.text for one in self.texts if one.block == block and one.read and not one.beside))

    def beside(self, block: str) -> str:
        """The English beside a block, folded."""
        return folded("".join(one.text for one in self.texts if one.block == block and one.read and one.beside))

    def told(self, ident: str) -> bool:
        """Whether there is something to read in the element with an id."""
        return any(one.ident == ident and one.read and one.worded for one in self.texts)


def folded(text: str) -> str:
    """A text with white space as a browser shows it."""
    return re.sub(r"[ \t\n\r\f]+", " ", text).strip()


def digest(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of a folded text."""
    return hashlib.sha256(folded(text).encode(errors="surrogatepass")).hexdigest()[:16]


@dataclass
class Reader(HTMLParser):
    """One reading of one page."""

    stack: list[Element] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    blocks: dict[str, Mapping[str, str]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    idents: dict[str, Mapping[str, str]] = field(default_factory=dict)
    links: list[Mapping[str, str]] = field(default_factory=list)
    data: str = ""
    lang: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @property
    def top(self) -> Element:
        return self.stack[-1] if self.stack else Element("", "", "", False, False, False, False, "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}  # of two of one name the first counts
        if tag in BLOCKS and self.top.tag == "p":
            self.stack.pop()
        while self.top.tag in ENDS.get(tag, ()):
            self.stack.pop()
        up, name = self.top, given.get("data-block", "")
        if tag == "html":
            self.lang = given.get("lang", "")
        if name:
            self.twice += [name] * (name in self.blocks)
            self.blocks[name] = given
        if given.get("id"):
            self.idents[given["id"]] = {**given, "tag": tag}
        if tag in {"a", "link"}:
            self.links.append(given)
        classes = given.get("class", "").split()
        beside, back = up.beside or "beside" in classes, "footnote-backref" in classes  # the way back is nobody's text
        made = Element(
            tag,
            given.get("lang") or up.lang,
            "" if back else name or up.block,
            not name and bool(up.block) and (up.own or (bool(given.get("lang")) and not beside)),
            beside,
            back or up.silent or tag in SILENT,
            up.time or tag == "time",
            given.get("id") or up.ident,
            up.hidden
            or "hidden" in given
            or given.get("aria-hidden") == "true"
            or bool(UNSEEN.search(given.get("style", ""))),
        )
        if tag == "script" and given.get("type") == "application/ld+json":
            made.ident = "JSON-LD"
        worded = [given[attribute] for attribute in WORDED if given.get(attribute)]
        if tag == "meta" and given.get("name") == "description":
            worded.append(given.get("content", ""))
        self.texts += [made.text(text, self.getpos()[0], attribute=True) for text in worded]
        if tag not in VOID:
            self.stack.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.stack):
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        up = self.top
        if up.tag == "script" and up.ident == "JSON-LD":
            self.data += data
        if up.tag not in {"script", "style"}:
            self.texts.append(up.text(data, self.getpos()[0]))


def read(html: str) -> Seen:
    """Read a page. Raises ValueError where it is no HTML that a parser goes through."""
    reader = Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError as problem:  # the standard library's word for a declaration that is none
        raise ValueError(str(problem)) from problem
    return Seen(
        reader.lang,
        tuple(reader.texts),
        reader.blocks,
        tuple(reader.twice),
        reader.idents,
        reader.data,
        tuple(reader.links),
    )


def said(fragment: str) -> str:
    """The text of a piece of HTML, folded."""
    return folded("".join(one.text for one in read(fragment).texts if not one.attribute))


def text_of(html: str) -> str:
    """The text of a piece of HTML of our own making."""
    return unescape(TAG.sub("", html)) if "<" in html or "&" in html else html


def worded(fragment: str) -> Iterator[str]:
    """The texts and worded attributes of a piece of HTML that have a letter; nothing where no parser goes through it."""
    with suppress(ValueError):  # an author's own HTML may be anything
        yield from (one.text for one in read(fragment).texts if one.worded)
