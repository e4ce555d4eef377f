"""The abbreviations that a page explains, where they stand in its texts: `<abbr title="World Health Organization">WHO</abbr>`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import escape

from pipeline.content import plain
from pipeline.core.abbreviations import explained, places
from pipeline.core.inline import Inline, Node, Syntax
from pipeline.core.model import Document, Resolution
from pipeline.site.speech import Interface

Explained = Mapping[str, Mapping[str, str]]
"""The start tag of each abbreviation, by the language of the text that it stands in."""
CLOSED = frozenset(["abbr", "option", "script", "style", "svg", "textarea", "title"])
"""Elements of an author's in which none is sought."""


def of_page(document: Document, shown: Mapping[int, Resolution], interface: Interface) -> Explained:
    """What the list of a page explains: texts in English as the English has it, others as the language has it. What is not translated is
    explained in the language that it is in: that is said on the element."""
    made: dict[str, dict[str, str]] = {}
    source = interface.source.name
    others = {interface.locale.name, *(one.spoken for one in shown.values())} - {source}
    for name, block in document.fields:
        found = shown.get(block.number) if name.startswith("*[") else None
        said = explained(plain(found.text, interface.facts[found.spoken])) if found else None
        if found is None or said is None:
            continue
        spoken, (term, words) = interface.locales[found.spoken], said
        for locale in others:
            lang = "" if locale == spoken.name else f' lang="{spoken.tag}" dir="{spoken.direction}"'
            made.setdefault(locale, {})[term] = f'<abbr title="{escape(words)}"{lang}>'
        if spoken.name == source or (said := explained(plain(block.inline, interface.facts[source]))):
            made.setdefault(source, {})[said[0]] = f'<abbr title="{escape(said[1])}">'
    return made


def with_abbreviations(inline: Inline, words: Mapping[str, str]) -> Inline:
    """A text with its abbreviations as HTML has them. HTML of an author's own is left alone."""
    if not words or inline.syntax is not Syntax.MARKDOWN:
        return inline
    return Inline(inline.source, inline.syntax, tuple(marked(inline, words)))


def marked(inline: Inline, words: Mapping[str, str]) -> Iterator[Node]:
    """The nodes of a text, those of words cut where an abbreviation stands."""
    inside = 0
    for node in inline.nodes:
        if node.kind == "html" and node.tag.removeprefix("/") in CLOSED:
            inside = max(inside + (-1 if node.tag.startswith("/") else 1), 0)
        if node.kind != "text" or inside:
            yield node
            continue
        at = 0
        for start, end in places(node.text, words):
            term = node.text[start:end]
            yield Node("text", node.text[at:start])
            yield Node("raw", words[term])
            yield Node("text", term)
            yield Node("raw", "</abbr>")
            at = end
        yield Node("text", node.text[at:])
