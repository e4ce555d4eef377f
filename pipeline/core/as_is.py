"""Text that stays as it is in every language: `translate="no"`, and what an element says is in another language than the page's
(HTML standard, "The translate attribute" and "The lang and xml:lang attributes")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from pipeline.core.inline import TAG, VOID, Node

VALUE = r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))"""
LANG = re.compile(rf"\slang{VALUE}", re.I)
TRANSLATE = re.compile(rf"\stranslate(?:{VALUE}|(?=[\s/>]|$))", re.I)
ENDS_PARAGRAPH = frozenset(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "  # noqa: SIM905
    "header hgroup hr main menu nav ol p pre search section summary table ul".split()
)
ROWS = ("tr", "td", "th", "p")
SIBLINGS = {
    name: frozenset(ends)
    for names, ends in (
        (("li",), ("li", "p")),
        (("dt", "dd"), ("dt", "dd", "p")),
        (("tr",), ROWS),
        (("td", "th"), ("td", "th", "p")),
        (("thead", "tbody", "tfoot"), (*ROWS, "thead", "tbody", "tfoot", "caption", "colgroup")),
        (("option", "optgroup"), ("option",)),
    )
    for name in names
}
"""What an element ends that nobody closed, where the two are neighbours (HTML standard, "Optional tags")."""


class Way(NamedTuple):
    """What elements around a text say of it: that it is in another language than the source's (`foreign`), that it is not to be
    translated (`kept`), and whether they name its language at all (`stated`)."""

    foreign: bool = False
    kept: bool = False
    stated: bool = False

    @property
    def as_is(self) -> bool:
        """Whether the text stays as it is."""
        return self.foreign or self.kept


PLAIN = Way()


def said(tag: str, around: Way, source: str) -> Way:
    """What holds inside an element, and for its own attributes. `tag`: its start tag; `source`: the tag of the source's language."""
    foreign, kept, stated = around
    if lang := LANG.search(tag):
        value = unescape(next((one for one in lang.groups() if one is not None), ""))
        foreign, stated = primary(value) != primary(source), True
    if mark := TRANSLATE.search(tag):
        value = next((one for one in mark.groups() if one is not None), "").lower()
        kept = value == "no" or (kept and value not in {"", "yes"})
    return Way(foreign, kept, stated)


def primary(tag: str) -> str:
    """The language of a tag, without its script and region."""
    return tag.strip().lower().partition("-")[0]


class Around:
    """The elements around what is read, as far as they say something."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.open: list[tuple[str, Way]] = []

    @property
    def way(self) -> Way:
        """What holds where the reading is."""
        return self.open[-1][1] if self.open else PLAIN

    def take(self, html: str) -> None:
        """Go past the tags of a piece of HTML."""
        for tag in TAG.finditer(html) if "<" in html else ():
            name = (tag[2] or "").lower()
            if not name:
                continue
            if tag[1]:
                self.close(name)
            else:
                self.follow(name)
                if name not in VOID:
                    self.open.append((name, said(tag[0], self.way, self.source)))

    def follow(self, name: str) -> None:
        """End what a start tag ends."""
        ended = SIBLINGS.get(name, ("p",) if name in ENDS_PARAGRAPH else ())
        while self.open and self.open[-1][0] in ended:
            self.open.pop()

    def close(self, name: str) -> None:
        """End an element, and those in it that nobody closed."""
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at][0] == name:
                del self.open[at:]
                return


def ways(nodes: Iterable[Node], around: Way, source: str) -> Iterator[tuple[Node, Way, bool]]:
    """Each node of a text with what holds for it, and whether it begins a run that stays as it is."""
    stack: list[tuple[str, Way]] = []
    for node in nodes:
        way = stack[-1][1] if stack else around
        if node.kind == "html" and node.tag[0] not in "/!":
            own = said(node.text, way, source)
            yield node, own, own.as_is and not way.as_is
            if node.tag not in VOID:
                stack.append((node.tag, own))
            continue
        yield node, way, False
        if node.kind == "html" and node.tag[0] == "/" and any(name == node.tag[1:] for name, _ in stack):
            while stack.pop()[0] != node.tag[1:]:
                pass


def runs(nodes: Iterable[Node], source: str) -> Counter[str]:
    """The runs of a text that stay as they are, letter for letter, each from its start tag on."""
    found: list[str] = []
    for node, way, begins in ways(nodes, PLAIN, source):
        if begins:
            found.append("")
        if way.as_is:
            found[-1] += (
                node.text if node.kind in {"text", "html", "code"} else f"{node.kind} {node.tag} {node.text} {node.url}"
            )
    return Counter(found)


def free(nodes: Iterable[Node], around: Way, source: str) -> tuple[Node, ...]:
    """The nodes of a text that a translation may change."""
    return tuple(node for node, way, _ in ways(nodes, around, source) if not way.as_is)
