"""What a translator types for what Markdown makes: marks and words, never a tag's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.content.inline import EMPHASIS
from pipeline.core.inline import TITLED, Inline, Node, Syntax, named

MARKS = {"strong": "**", "em": "*", "s": "~~", "code": "`"}
ELEMENT, LINK, IMAGE, BREAK = "the element <", "a link to ", "the image ", "a line break"
TAGS = {"b": "strong", "i": "em", "del": "s", "strike": "s"}
"""Tags of HTML that are shown as others are."""
TAG = re.compile(r"the HTML </?([a-z]+)", re.I)
FIRST, SHOWN = 3, 40
"""How many pieces of a text are named, and how much of one."""


def lost(english: Inline, translation: Inline, part: str) -> str:
    """What is missing and what to type for it; "" for what is typed as it is called (`part`, as `named` has it) or is no Markdown."""
    if english.syntax is not Syntax.MARKDOWN or not part.startswith((ELEMENT, LINK, IMAGE, BREAK)):
        return ""
    there = translation.parts.get(part, 0)
    once = f"the translation {'does not' if not there else 'has that ' + ('once' if there == 1 else f'{there} times')}"
    said = " and ".join(f"“{piece}”" for piece in [*dict.fromkeys(pieces(english, part))][:FIRST])
    return f"The English has {said or part}, {once}. {how(english, translation, part)}"


def how(english: Inline, translation: Inline, part: str) -> str:
    """What to type so that a translation has a part of its English."""
    if part == BREAK:
        return "End the line there with `\\`, and begin a new one (together `\\\\\\n` in the catalog's file)."
    if part.startswith(ELEMENT):
        mark = mark_of(english, part.removeprefix(ELEMENT)[:-1])
        amiss = unread(translation, mark)
        return amiss or f"Write `{mark}` right before and right behind the words that stand for it."
    gap = GAP.search(translation.source)
    if gap and part.startswith((LINK, IMAGE)):
        return f"Take out the space between `]` and `{gap[1]}`: with it this is no link."
    if part.startswith(IMAGE):
        return f"Write it as `{ending(english, part, '![…]')}`, its words translated."
    if not (tail := ending(english, part, "[…]")):
        return "Copy it from there."
    return f"Write the words that stand for it as `{tail}`."


GAP = re.compile(r"\][ \t\xa0\u3000]+([(\[])")


def mark_of(english: Inline, tag: str) -> str:
    """The mark that the English makes an element with."""
    mark = MARKS[tag]
    return mark.replace("*", "_") if mark not in english.source and "_" in english.source else mark


def unread(translation: Inline, mark: str) -> str:
    """Why marks that stand in a translation make nothing: a space inside of them, one without its other one, or punctuation
    between them and a letter, where CommonMark closes no emphasis."""
    shown = "".join(node.text for node in translation.nodes if node.kind == "text")
    for typed in dict.fromkeys([mark, mark.replace("*", "_"), mark.replace("_", "*")]):
        if typed not in shown or typed[0] == "`":
            continue
        one = re.escape(typed[0])
        alone = rf"(?<![\\{one}]){re.escape(typed)}(?!{one})"
        for found in re.finditer(f"{alone}(.+?){alone}", translation.source, re.S):
            if found[1] != (inner := found[1].strip()) and inner:
                cure = f"write “{typed}{inner}{typed}”" if len(inner) <= SHOWN else "take it out"
                return f"Readers see the marks, since a space stands right inside of them: {cure}."
        if len(re.findall(alone, translation.source)) % 2:
            return f"Readers see a `{typed}` that stands alone: write its other one, right before or right behind the words."
        return f"Readers see the marks: put the punctuation outside of them, or a space behind the last `{typed}`."
    return ""


def pieces(english: Inline, part: str) -> Iterator[str]:
    """The pieces of a Markdown text that are such a part, each as its author types it."""
    if part == BREAK:
        yield from breaks(english)
    for at, node in enumerate(english.nodes):
        if part == BREAK or named(node) != part:
            continue
        if node.kind == "open":
            words = inside(english.nodes, at)
            mark = mark_of(english, node.tag) if node.tag in EMPHASIS else ""
            if mark:
                yield f"{mark}{short(words)}{mark}"
            elif node.text == "auto":
                yield words
            else:
                yield ending(english, part, f"[{short(words)}]")
        elif node.kind == "code":
            yield f"`{short(node.text)}`"
        else:
            yield ending(english, part, f"![{short(node.text)}]")


def breaks(english: Inline) -> Iterator[str]:
    """The ends of the lines that a text breaks."""
    said = ""
    for node in english.nodes:
        if node.kind == "break":
            yield f"…{said[-SHOWN:].lstrip()}\\"
        said = f"{said}{node.text}" if node.kind in {"text", "code"} else "" if node.kind == "break" else said


def inside(nodes: tuple[Node, ...], at: int) -> str:
    """The words of an element that opens at a place."""
    depth, found = 0, ""
    for node in nodes[at:]:
        depth += (node.kind == "open") - (node.kind == "close")
        if not depth:
            break
        found += node.text if node.kind in {"text", "code", "image"} else " " if node.kind == "soft" else ""
    return found


def ending(english: Inline, part: str, words: str) -> str:
    """A link or an image as it is typed, with these words; "" for an address that is a link by itself."""
    target = part.removesuffix(TITLED).removeprefix(LINK).removeprefix(IMAGE)
    titled = ' "…"' if part.endswith(TITLED) else ""
    if re.search(rf"\]\(\s*<?{re.escape(target)}", english.source):
        return f"{words}({target}{titled})"
    reference = re.search(r"\]\[([^\]]+)\]", english.source) or re.search(r"\[([^\]\[]+)\](?![(\[])", english.source)
    return f"{words}[{reference[1]}]" if reference else ""


def in_tags(english: Inline, translation: Inline, brought: str) -> str:
    """What to type in place of a tag (`brought`, as `excess` has it) that a translation has where its English has a mark of
    Markdown; "" where it has none that the translation lacks."""
    found = TAG.match(brought)
    if not found or english.syntax is not Syntax.MARKDOWN:
        return ""
    name = found[1].lower()
    part = instead(english, translation, name)
    piece = next(pieces(english, part), "") if part else ""
    if not piece:
        return ""
    tags = f"<{name}>" if name in {"br", "img"} else f"<{name}> and </{name}>"
    if part == BREAK:
        what = "`\\` and a new line (together `\\\\\\n` in the catalog's file)"
    else:
        what = f"“{piece}”" if name == "img" else f"the marks of “{piece}”"
    return f"The translation has {tags}, where the English has “{piece}”. Write {what} in place of {tags}."


def instead(english: Inline, translation: Inline, name: str) -> str:
    """What a translation lacks of its English where it has a tag; "" for nothing."""
    lacking = Counter(english.parts) - Counter(translation.parts)
    begins = {"a": LINK, "img": IMAGE, "br": BREAK}.get(name, f"{ELEMENT}{TAGS.get(name, name)}>")
    return next((part for part in lacking if part.startswith(begins)), "")


def tagged(english: Inline, translation: Inline) -> frozenset[str]:
    """The parts of an English text that a translation has as tags, of which `in_tags` speaks."""
    names = {found[1].lower() for part in translation.parts if (found := TAG.match(part)) and part not in english.parts}
    return frozenset(instead(english, translation, name) for name in sorted(names)) - {""}


def short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
