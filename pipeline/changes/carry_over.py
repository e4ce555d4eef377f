"""Carrying a translation over a cosmetic edit: its words stay, a changed link or emphasis of the English is applied to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.changes.texts import scope
from pipeline.core.inline import COMMENT, Inline, Node, named, untitled
from pipeline.core.model import Refs

DESTINATION = re.compile(r"(\]\(\s*)(<[^<>\n]*>|[^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*)")
REFERENCE = re.compile(r"(?<![\\\]])\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\](?:\[((?:[^\[\]\\]|\\.)*)\])?(?![(\[:])")
ONE_STAR, TWO_STARS = re.compile(r"(?<![\\*])\*(?!\*)"), re.compile(r"(?<![\\*])\*\*(?!\*)")
ONE_LINE, TWO_LINES = re.compile(r"(?<![\\_\w])_(?!_)|(?<![\\_])_(?![_\w])"), re.compile(r"(?<![\\_])__(?!_)")


def carried(translation: str, old: Inline, new: Inline, before_refs: Refs = (), after_refs: Refs = ()) -> str | None:
    """The translation of `old` as a translation of `new`; None where their inline elements do not map one to one.

    What a reader sees of it is unchanged, and nothing of it changes but what changed in the English. `before_refs` and
    `after_refs`: what the reference links of either lead to; one that the new English has no more becomes a plain link.
    """
    gone = tuple(one for one in before_refs if one not in after_refs)
    translation = inlined(translation, gone)
    translation = without(translation, comments(old) - comments(new))
    before, after = structure(old), structure(new)
    if before == after:
        return translation
    if len(before) != len(after):
        return None
    became = set(zip(before, after, strict=True))
    if len({one for one, _ in became}) < len(became):
        return None  # two alike became two unlike: which of the translation's is which?
    swaps = {(one, other) for one, other in became if one != other}
    if any(one.kind != other.kind or (one.tag == "a") != (other.tag == "a") for one, other in swaps):
        return None
    from pipeline.content import parse

    made = rewritten(translation, inlined(old.source, before_refs), inlined(new.source, after_refs), swaps)
    was, now = parse(translation, old.syntax, scope(before_refs)), parse(made, new.syntax, scope(after_refs))
    names = {untitled(named(one)): untitled(named(other)) for one, other in swaps}
    names |= {named(one): named(other) for one, other in swaps}
    wanted = Counter[str]()
    for name, count in was.parts.items():
        wanted[names.get(name, name)] += count
    return made if now.parts == wanted and visible(was) == visible(now) else None


def structure(inline: Inline) -> list[Node]:
    """The inline elements in order, less what a translation may word for itself, and what is nothing for readers."""
    return [
        node._replace(text="", title=None if node.title is None else "", url="") if node.kind != "html" else node
        for node in inline.nodes
        if (part := named(node)) and not part.startswith(COMMENT)
    ]


def comments(inline: Inline) -> set[str]:
    """The comments that an author wrote into a text."""
    return {node.text for node in inline.nodes if named(node).startswith(COMMENT)}


def without(translation: str, gone: Iterable[str]) -> str:
    """A translation less the comments that its English had, and one of the spaces around each."""
    for text in gone:
        translation = re.sub(rf" ?{re.escape(text)}(?=\s|\Z)|{re.escape(text)} ?", "", translation)
    return translation


def visible(inline: Inline) -> list[str]:
    """What a reader sees or hears of a text, words joined across elements."""
    said = "".join(node.text for node in inline.nodes if node.kind in {"text", "code", "escaped"})
    return [said, *(f"{node.text}|{node.title}" for node in inline.nodes if node.kind == "image" or node.title)]


def rewritten(translation: str, old: str, new: str, swaps: set[tuple[Node, Node]]) -> str:
    """The translation with each changed link, tag and emphasis written the new way. What cannot be is left, and found out."""
    targets = dict(zip(destinations(old), destinations(new), strict=False))
    made = DESTINATION.sub(lambda match: match[1] + targets.get(match[2], match[2]), translation)
    kinds = {(one.tag, other.tag) for one, other in swaps if one.kind == other.kind == "open"}
    if ("em", "strong") in kinds:
        made = ONE_LINE.sub("__", ONE_STAR.sub("**", made))
    elif ("strong", "em") in kinds:
        made = TWO_LINES.sub("_", TWO_STARS.sub("*", made))
    tags = {one.text: other.text for one, other in swaps if one.kind == other.kind == "html"}
    if tags:
        made = re.sub("|".join(map(re.escape, sorted(tags, key=len, reverse=True))), lambda match: tags[match[0]], made)
    return made


def inlined(source: str, refs: Refs) -> str:
    """A Markdown text with its reference links to these definitions as plain links."""
    if not refs or "[" not in source:
        return source
    from pipeline.content.inline import label

    links = {name: (address, title) for name, address, title in refs}

    def plain(match: re.Match[str]) -> str:
        found = links.get(label(match[2] or match[1]))
        if found is None:
            return match[0]
        address = f"<{found[0]}>" if re.search(r"[\s()<>]", found[0]) else found[0]
        title = ' "{}"'.format(found[1].replace("\\", "\\\\").replace('"', '\\"')) if found[1] else ""
        return f"[{match[1]}]({address}{title})"

    return REFERENCE.sub(plain, source)


def destinations(source: str) -> list[str]:
    """The link destinations of a Markdown text as written."""
    return [match[2] for match in DESTINATION.finditer(source)]
