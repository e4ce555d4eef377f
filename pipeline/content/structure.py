"""The English locks the structure: what a translation has beyond its English, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.core.inline import VOID, Inline, Node


def excess(english: Inline, translation: Inline) -> str:
    """The first thing the translation brings that the English does not have, in words; "" when it brings nothing."""
    for part, count in translation.parts.items():
        allowed = english.parts.get(part, 0)
        if count > allowed:
            more = f"{count} times (the English: {allowed})" if allowed else ""
            return f"the placeholder {part} {more}".strip() if part[0] in "{%" else f"{part} {more}".strip()
    if not nested(translation.nodes) and skeleton(translation) != skeleton(english):
        return "HTML tags that do not close in the order they open"
    return ""


def missing(english: Inline, translation: Inline) -> Iterator[str]:
    """What the English has and the translation lacks, in words."""
    return (part for part, count in english.parts.items() if count > translation.parts.get(part, 0))


def skeleton(inline: Inline) -> list[tuple[str, str]]:
    """The order in which elements open and close."""
    return [(node.kind, node.tag) for node in inline.nodes if node.kind in {"open", "close", "html"}]


def nested(nodes: Iterable[Node]) -> bool:
    """Whether Markdown and HTML elements close in the order they open, and no link stands in a link."""
    stack: list[str] = []
    for node in nodes:
        if node.kind == "open" or (node.kind == "html" and node.tag[0] not in "/!" and node.tag not in VOID):
            if node.tag == "a" and "a" in stack:
                return False
            stack.append(node.tag)
        elif (node.kind == "close" or (node.kind == "html" and node.tag[0] == "/")) and (
            not stack or stack.pop() != node.tag.lstrip("/")
        ):
            return False
    return not stack
