"""The English locks the structure: what a translation has beyond its English, and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.core.inline import COMMENT, VOID, Inline, Node, named, title_of, untitled


def excess(english: Inline, translation: Inline) -> str:
    """The first thing the translation brings that the English does not have, in words; "" when it brings nothing."""
    alike = same_parts(english, translation)
    left_out = NOTHING if alike else untitled_in(english, translation)
    for part, count in () if alike else translation.parts.items():
        allowed = english.parts.get(part, 0)
        if count > allowed + left_out[part]:
            more = f"{count} times (the English: {allowed})" if allowed else ""
            return f"the placeholder {part} {more}".strip() if part[0] in "{%" else f"{part} {more}".strip()
    if not nested(translation.nodes) and skeleton(translation) != skeleton(english):
        return "HTML tags that do not close in the order they open"
    return ""


def missing(english: Inline, translation: Inline) -> Iterator[str]:
    """What the English has and the translation lacks, in words. An author's comment is nothing for readers, and a title that
    is left out no link or image that is (`titles_missing`)."""
    if same_parts(english, translation):
        return
    left_out = untitled_in(english, translation)
    for part, count in english.parts.items():
        lacking = count - translation.parts.get(part, 0)
        if lacking <= 0 or part.startswith(COMMENT):
            continue
        plain = untitled(part)
        more = translation.parts.get(plain, 0) - english.parts.get(plain, 0) if left_out[plain] else 0
        if lacking > more:
            yield part


NOTHING: Counter[str] = Counter()


def same_parts(english: Inline, translation: Inline) -> bool:
    """Whether two texts are made of the same besides words, as nearly all are."""
    return {**english.parts} == {**translation.parts}


def titles_missing(english: Inline, translation: Inline) -> Iterator[tuple[str, str]]:
    """The titles (tooltips) that the English has and the translation leaves out, each with what it is the title of, in words."""
    said = Counter(named(node) for node in translation.nodes if title_of(node).strip())
    there = Counter(untitled(named(node)) for node in translation.nodes)
    for node in english.nodes:
        part = named(node)
        if title := title_of(node).strip():
            said[part] -= 1
            there[plain := untitled(part)] -= 1
            if said[part] < 0 and there[plain] >= 0:
                yield plain, title


def untitled_in(english: Inline, translation: Inline) -> Counter[str]:
    """What a translation may have without a title, since it has it with one less often than the English."""
    found: Counter[str] = Counter()
    for part, count in english.parts.items():
        if (plain := untitled(part)) != part:
            found[plain] += max(0, count - translation.parts.get(part, 0))
    return found


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
