"""Blocks of a page as they are compared with those of a copy in another language: what a translation leaves as it is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from pipeline.core.forms import normalized
from pipeline.core.inline import ATTRIBUTE, WORDED, Inline, Node, addresses, led
from pipeline.core.model import Block, Document, Message
from pipeline.text import Language
from pipeline.text.length import weight
from pipeline.text.quantities import Reading, read, visible

NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
STOP = re.compile(r"[.!?:;][\"'”’»)\]]*(?:\s|\Z)|[。！？：；।؟۔։።]|[.!?]\Z")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]*[A-Za-z0-9_]|[A-Z]")
PLACE = re.compile(r"<h([1-6])\b[^>]*?\sid=\"([^\"]+)\"")
"""The level and the name of a heading."""
TITLE = "title of a "
NO_LETTER = re.compile(r"[\W_]+")
LANGUAGE = re.compile(r"(?:^|/)[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?(?=/)")


@dataclass(frozen=True)
class Part:
    """A block of a page as it is compared: its kind, its text, the language it is read in, and its message, where it is one. `leads`:
    its addresses with the names that the English has for the places they lead to (`fragments`)."""

    kind: str
    text: str
    inline: Inline
    tongue: Language
    message: Message | None = None
    leads: Callable[[str], str] = str
    place: str = ""
    """The name of the place that it is, where it is a heading: both pages have one that an author wrote."""

    @property
    def field(self) -> bool:
        """Whether it is a value of the front matter."""
        return self.message is not None and self.message.kind == self.message.key.context

    @cached_property
    def size(self) -> int:
        """How long its words are."""
        return weight(self.plain)

    @cached_property
    def plain(self) -> str:
        """Its text without tags and code, which are as long in every language."""
        return "".join(node.text for node in self.inline.nodes if node.kind not in {"html", "code"})

    @cached_property
    def reading(self) -> Reading:
        """What its numbers and units say."""
        return read(visible(self.inline), self.tongue)

    @cached_property
    def words(self) -> Sequence[str]:
        return self.text.split()

    @cached_property
    def sentences(self) -> int:
        """How many sentences end in it, in any script."""
        return len(STOP.findall(self.text.strip()))

    @cached_property
    def things(self) -> frozenset[str]:
        """What a translation leaves as it is: targets of links, code, numbers, what is measured, medicines."""
        found = {
            f"link {target(self.leads(node.target))}"
            for node in self.inline.nodes
            if node.kind in {"open", "image"} and node.target
        }
        found |= {f"code {node.text.strip()}" for node in self.inline.nodes if node.kind == "code"}
        found |= {*in_tags(self.inline.nodes, self.leads)}
        plain = "".join(node.text for node in self.inline.nodes if node.kind == "text")
        found |= {f"number {item.value} {item.unit}" for item in self.reading.items if item.unit and item.digits}
        found |= {f"name {medicine}" for medicine in self.reading.medicines}
        return frozenset(found | {f"number {one}" for one in numbers(plain)})

    @cached_property
    def guessed(self) -> frozenset[str]:
        """The links among these that lead to a place of the English only by the order of the headings."""
        return frozenset(
            f"link {target(made)}"
            for one in links(self.inline.nodes)
            if loose(split(made := self.leads(one))[1]) != loose(split(one)[1])
        )

    @cached_property
    def names(self) -> Counter[str]:
        """The words in Latin letters of its text, which another script leaves as names, each with how often it stands there."""
        plain = "".join(node.text if node.kind == "text" else " " for node in self.inline.nodes)
        return Counter(NAME.findall(plain))


def links(nodes: Iterable[Node]) -> Iterator[str]:
    """The addresses of a text, in Markdown and in HTML tags."""
    for node in nodes:
        if node.kind in {"open", "image"} and node.target:
            yield node.target
        elif node.kind == "html" and "=" in node.text:
            yield from map(unquote, addresses(node.text))


def in_tags(nodes: Iterable[Node], leads: Callable[[str], str] = str) -> Iterator[str]:
    """What the HTML tags of a text have that a translation leaves as it is: where they lead, the attributes that are no words, and
    what stands in `<code>`."""
    code = False
    for node in nodes:
        if node.kind == "html" and "=" in node.text:
            yield from (f"link {target(leads(unquote(url)))}" for url in addresses(node.text))
            rest = ATTRIBUTE.sub(lambda one: "" if led(one) else one[0], WORDED.sub("", node.text))
            if "=" in rest:
                yield f"html {' '.join(rest.split())}"
        if node.kind == "html" and node.tag.lstrip("/") == "code":
            code = not node.tag.startswith("/")
        elif code and node.kind == "text":
            yield f"code {node.text.strip()}"


def numbers(text: str) -> Iterator[str]:
    """The numbers of a text in Latin digits."""
    latin = "".join(str(unicodedata.decimal(char, char)) for char in text)
    yield from NUMBER.findall(latin)


def split(address: str) -> tuple[str, str]:
    """An address as its path and the name of the place there."""
    path, _, fragment = address.partition("#")
    return path, fragment


def loose(name: str) -> str:
    """The name of a place as it is compared: tools differ in the case and the hyphens of those that they make."""
    return NO_LETTER.sub("", normalized("NFC", unquote(name)).lower()) or name


def target(address: str) -> str:
    """Where a link leads, less what differs between the copies of a site: its way up, its language, `.md` and the slash at the end."""
    path, fragment = split(address)
    if "://" in path or path.startswith("mailto:"):
        return address
    plain = LANGUAGE.sub("", re.sub(r"^(?:\.{0,2}/)+", "", path)).lstrip("/")
    return re.sub(r"(?:\.mdx?|\.html|/index|/)+$", "", plain).lower() + (f"#{loose(fragment)}" if fragment else "")


def parts(document: Document, tongue: Language, leads: Callable[[str], str] = str) -> list[Part]:
    """The blocks of a page as they are compared, in reading order; code is there to hold on to."""
    found = []
    for block in document.blocks():
        message = block.message
        if message is not None and message.kind == "contents":
            continue
        text = "".join(node.text for node in block.inline.nodes)
        if message is not None:
            kind = f"{TITLE}{message.kind}" if is_title(block) else message.kind
        elif block.opening.startswith("<pre"):
            kind = "code"
        elif text.strip() or block.inline.nodes:
            kind = kind_of(block)
        else:
            continue
        found.append(Part(kind, text, block.inline, tongue, message, leads, place_of(block)))
    return found


def is_title(block: Block) -> bool:
    """Whether a text is the title that a page gives a box."""
    return block.message is not None and block.message.kind != "label" and 'class="callout-label"' in block.opening


def place_of(block: Block) -> str:
    """The name of the place that a heading is, as it is compared."""
    found = PLACE.match(block.opening)
    return loose(found[2]) if found else ""


def kind_of(block: Block) -> str:
    """The kind of a block that is no message, by its tag."""
    name = (re.match(r"<([a-z0-9]+)", block.opening) or ["", ""])[1]
    return {"p": "paragraph", "td": "table cell", "th": "table heading", "dt": "term", "dd": "definition"}.get(
        name, f"heading {name[1]}" if re.fullmatch("h[1-6]", name) else name or "list item"
    )
