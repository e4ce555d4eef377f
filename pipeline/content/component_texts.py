"""Components inside of a sentence: `<Tooltip tip="…">…</Tooltip>`, `<Badge text="…" />`, `{{< glossary_tooltip text="…" >}}`. Each becomes the
words it shows, in plain Markdown or HTML; one that says more than can be shown is left as it stands, to be named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from pipeline.content.component_tags import LEADING, LOOKS, PROGRAM, Said, Tag, found, linked, wordy
from pipeline.core.components import Component, Table

BEGUN = re.compile(r"<[A-Za-z]|\{\{[<%]|\{%")
"""What a text has in it that has any."""
DEPTH = 30
"""How deep components stand in one another, at most."""
LINKING = re.compile(r"(?<!!)\[[^][]*\][(\[]|<a\s|<[a-z][\w+.-]*:", re.I)
"""What a text has in it that has a link."""


def read(text: str, known: Mapping[str, Table], *, words: bool = True, depth: int = DEPTH) -> str:
    """A text with the words of its components in their places; without those that stand in attributes if not `words`. What
    stands more than `depth` deep is left as it is."""
    if not depth or not BEGUN.search(text):
        return text
    made, at = "", 0
    for start, tag in sorted(found(text, known).items()):
        if start < at or left_open(tag, text, known[tag.kind][tag.name]):
            continue
        inner = read(text[tag.open : tag.close], known, words=words, depth=depth - 1) if tag.end > 0 else ""
        shown = one(tag, known[tag.kind][tag.name], inner, words=words)
        if shown is not None:
            made, at = made + text[at:start] + shown, max(tag.open, tag.end)
        elif tag.end > 0:  # what stands in it is read once, whoever shows it
            made, at = made + text[at : tag.open] + inner + text[tag.close : tag.end], tag.end
    return made + text[at:]


def left_open(tag: Tag, text: str, component: Component) -> bool:
    """Whether nobody can tell what stands in a component: it has no end, and does not say that it needs none."""
    return tag.kind == "components" and tag.end < 0 and text[tag.open - 2] != "/" and component.box != "nothing"


def one(tag: Tag, component: Component, inner: str, *, words: bool) -> str | None:
    """What readers see of one; None where they would miss something."""
    if component.box == "nothing":
        return "" if tag.end > 0 or tag.name != "comment" else None
    if component.box == "plain":
        return inner if tag.end > 0 and not tag.said.strip() else None
    said = Said.of(tag, component)
    if said.unread or any(lost(name, value, component) for name, value in (*said.values.items(), *said.twice)):
        return None
    title, inner = " ".join(said.first(component.title).split()), inner.strip()
    beside = [text for name in component.words if (text := " ".join(said.values.get(name, "").split()))]
    if component.box == "inline" and inner and title:
        title, beside = "", [title, *beside]
    if not (title or inner) and beside:
        title, *beside = beside
    address, text = said.first(component.link).strip(), " ".join(filter(None, (title, inner)))
    if PROGRAM.match(unescape(address)) or not text or (address and LINKING.search(text)):
        return None
    if not words and not inner:
        return ""
    text = linked(text, address) if address else text
    if component.box == "badge":
        plain = text[0].isalnum() and text[-1].isalnum() and "**" not in text
        text = f"**{text}**" if plain else f"<strong>{text}</strong>"
    return f'<abbr title="{escape(unescape(". ".join(beside)))}">{text}</abbr>' if beside else text


def lost(name: str, value: str, component: Component) -> bool:
    """Whether an attribute says something that nobody would see."""
    if name in component.known:
        return False
    return name in LEADING or (wordy(value) and not LOOKS.match(name))
