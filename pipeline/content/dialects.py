"""What other tools write beside CommonMark, as blocks: alerts, admonitions, tabs, tasks, ids of headings, tables of contents.

Each is read into what we have already (a box, a heading, a list item), right after the blocks of a page are told apart. One that
the site's `dialect` does not have is an error at its line, since readers would see its marks as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from markdown_it.token import Token

from pipeline.content.marks import BOXES
from pipeline.core.dialects import CONSTRUCTS, DIALECTS

ALERT = re.compile(r"\[!([A-Za-z]+)\]([+-]?)(?:[ \t]+(\S.*?))?[ \t]*(?:\n|\Z)")
TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s{}\"']+)"
ATTRIBUTE_LIST = rf"(?:[#.][^\s{{}}.#=\"']+|[A-Za-z][\w:.-]*={VALUE})"
LISTED = re.compile(rf"\{{:?[ \t]*({ATTRIBUTE_LIST}(?:[ \t]*(?=[#.])|[ \t]+|(?=[ \t]*\}})))+\}}")
"""An attribute list: `{#id .class key=value}`, `{: #id}`."""
HEADING_LIST = re.compile(rf"[ \t]*(?:{LISTED.pattern}|\{{/\*[ \t]*#([\w-]+)[ \t]*\*/\}})[ \t]*\Z")
BEGUN_LIST = re.compile(r"(?<![`\\{])\{:?[ \t]*[#.][\w-][^{}]*\}?(?![^`]*`)")
"""What seems to be an attribute list, and is none."""
ONE = re.compile(rf"[#.][^\s{{}}.#=\"']+|[A-Za-z][\w:.-]*={VALUE}")
TOC = re.compile(r"\[TOC\]|\[\[_?toc_?\]\]|(?:[^\n]+\n)?\{:[ \t]*toc[ \t]*\}", re.I)
INDENTED = re.compile(
    r"(?:(?P<mark>!!!|\?\?\?\+?)[ \t]*(?P<kind>[A-Za-z][\w-]*)(?P<more>(?:[ \t]+[\w-]+)*)(?:[ \t]+\"(?P<title>.*)\")?"
    r"|===[!+]?[ \t]+\"(?P<tab>[^\"]+)\")[ \t]*\Z"
)
SAME = {"info": "note", "seealso": "note", "hint": "tip", "attention": "warning", "error": "danger"}
"""Kinds of boxes of other tools that are one of ours under another name."""
LIKE = {
    **dict.fromkeys(
        ("abstract", "summary", "tldr", "todo", "question", "help", "faq", "example", "quote", "cite"), "note"
    ),
    **dict.fromkeys(("success", "check", "done"), "tip"),
    **dict.fromkeys(("failure", "fail", "missing", "bug"), "warning"),
}
"""Kinds that look like one of ours and are called otherwise."""


class Box(NamedTuple):
    """A box as it is written: its kind and its title, "" for the kind's own; whether it is folded, None for one that cannot be."""

    kind: str
    title: str = ""
    folded: bool | None = None


def box(kind: str, title: str, folded: bool | None, boxes: Collection[str]) -> Box:
    """A box of any tool, as one of ours; `boxes` are the site's own kinds."""
    kind = kind.lower()
    if kind in BOXES or kind in boxes:
        return Box(kind, title, folded)
    if kind == "details":
        return Box("note", title or "Details", True)
    return Box(SAME.get(kind) or LIKE.get(kind) or kind, title or (kind.capitalize() if kind in LIKE else ""), folded)


def unread(construct: str) -> str:
    """What to do where a construct is not read."""
    tools = [name for name, some in DIALECTS.items() if construct in some and name != "common"]
    named = ", ".join(f'"{one}"' for one in [*tools[:4], construct])
    return (
        f"is not read here ({CONSTRUCTS[construct].replace('`', '')}), so readers would see its marks. "
        f"Name one of {named} in `dialect` of [tool.lockstep], or write it otherwise."
    )


BEGUN = {"admonitions": ("!!!", "???"), "tabs": ("===",)}
"""What a text has in it that has any of these; the parser of one that has not need not look."""


def needed(text: str, reads: frozenset[str]) -> frozenset[str]:
    """The constructs to look for in a text, of those that are read."""
    some = {one for one in reads if one not in BEGUN or any(mark in text for mark in BEGUN[one])}
    return frozenset(some | {"definitions"}) if DEFINES.search(text) else frozenset(some)


def rules(parser: Any, reads: frozenset[str], boxes: Collection[str]) -> None:
    """Teach a parser the constructs that a site reads."""
    if "definitions" in reads:
        found = next(rule for rule in parser.block.ruler.__rules__ if rule.name == "deflist")
        parser.block.ruler.before("deflist", "terms", partial(terms, deflist=found.fn))
    if {"admonitions", "tabs"} & reads:
        rule = partial(indented, reads=reads, boxes=boxes)
        parser.block.ruler.before("fence", "indented", rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.core.ruler.after("block", "dialects", partial(marked, reads=reads, boxes=boxes))


def indented(state: Any, start: int, end: int, silent: bool, *, reads: frozenset[str], boxes: Collection[str]) -> bool:
    """`!!! note "Title"` or `=== "Tab"`: the lines below it that are indented by four are its content (Python-Markdown)."""
    first = state.src[state.bMarks[start] + state.tShift[start]]
    if first not in "!?=" or state.sCount[start] - state.blkIndent >= 4:
        return False
    found = INDENTED.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    if found is None or ("tabs" if found["tab"] else "admonitions") not in reads:
        return False
    if silent:
        return True
    inner, last = state.sCount[start] + 4, start + 1
    while last < end and (state.isEmpty(last) or state.sCount[last] >= inner):
        last += 1
    while last > start + 1 and state.isEmpty(last - 1):
        last -= 1
    if found["tab"]:
        made = Box("tab", found["tab"])
    else:
        folded = None if found["mark"] == "!!!" else not found["mark"].endswith("+")
        made = box(found["kind"], found["title"] or "", folded, boxes)
    before = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "callout", last, inner
    token = state.push("container_callout_open", "div", 1)
    token.meta, token.map, token.block = {"box": made}, [start, last], True
    state.md.block.tokenize(state, start + 1, last)
    state.push("container_callout_close", "div", -1).block = True
    state.parentType, state.lineMax, state.blkIndent = before
    state.line = last
    return True


def marked(state: Any, *, reads: frozenset[str], boxes: Collection[str]) -> None:
    """Read the marks that stand in the text of blocks, before it is parsed."""
    strays: list[tuple[int, str]] = []
    state.env["strays"] = strays
    tokens: list[Token] = state.tokens
    made: list[Token] = []
    alerts: list[int] = []
    emptied = skipped = False
    inner = Inner(reads, strays)
    for token in tokens:
        if token.type == "inline":
            inner.read(token, made[-1] if made else None)
        if token.type == "inline" and made[-1].type != "paragraph_open":
            if made[-1].type == "heading_open" and "{" in token.content:
                strays += heading(made[-1], token, reads)
        elif token.type == "inline":
            line = token.map[0] + 1 if token.map else 1
            if len(made) > 1 and made[-2].type == "blockquote_open" and (alert := ALERT.match(token.content)):
                if "alerts" in reads:
                    alerts.append(made[-2].level)
                    opened(made[-2], box(alert[1], alert[3] or "", FOLDS[alert[2]], boxes))
                    token.content = token.content[alert.end() :]
                    emptied = not token.content
                    for one in (made[-1], token):
                        one.map = [line, one.map[1]] if one.map else None
            elif len(made) > 1 and made[-2].type == "list_item_open" and (task := TASK.match(token.content)):
                if "tasks" in reads:
                    made[-2].meta = {"task": task[1] != " "}
                    token.content = token.content[task.end() :]
                else:
                    strays.append((line, f"`{task[0].strip()}` {unread('tasks')}"))
            elif DEFINED.match(token.content):
                strays.append(
                    (line, "This definition has no term. Write that on the line above it; or write `\\:` for a colon.")
                )
            elif TOC.fullmatch(token.content):
                if "toc" in reads:
                    made[-1] = Token("toc", "", 0, map=token.map, level=made[-1].level, block=True)
                    skipped = True
                    continue
                else:
                    strays.append((line, f"`{token.content}` {unread('toc')}"))
        elif token.type == "blockquote_close" and alerts and alerts[-1] == token.level:
            alerts.pop()
            token.type = "container_callout_close"
        if skipped and token.type == "paragraph_close":
            skipped = False
            continue
        made.append(token)
        if emptied and token.type == "paragraph_close":
            del made[-3:]
            emptied = False
    state.tokens = [*made, *inner.notes(state.env)]


FOLDS = {"": None, "-": True, "+": False}


def opened(token: Token, made: Box) -> None:
    """Make a token the beginning of a box."""
    token.type, token.meta = "container_callout_open", {"box": made}


def heading(opening: Token, token: Token, reads: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Take the attribute list off a heading, for its element; what is wrong with it."""
    found = HEADING_LIST.search(token.content)
    line = opening.map[0] + 1 if opening.map else 1
    if found and "heading-ids" not in reads:
        yield line, f"`{found[0].strip()}` {unread('heading-ids')}"
        return
    rest = token.content[: found.start()] if found else token.content
    if odd := BEGUN_LIST.search(rest):
        yield (
            line,
            f"`{odd[0]}` is no list of attributes that can be read. Write `{{#id .class}}` at the end of the heading.",
        )
    if found is None:
        return
    token.content = rest
    if found[2]:
        opening.attrs["id"] = found[2]
    elif found[1]:
        yield from listed(opening, found[0], line)


def listed(opening: Token, written: str, line: int) -> Iterator[tuple[int, str]]:
    """Put the id and the classes of an attribute list on an element; what of it is not published."""
    for one in ONE.findall(written.strip("{}: \t\n")):
        name, _, value = one.partition("=")
        if one[0] == "#" or name == "id":
            opening.attrs["id"] = one[1:] if one[0] == "#" else value.strip("\"'")
        elif one[0] == ".":
            opening.attrJoin("class", one[1:])
        elif name == "class":
            opening.attrJoin("class", value.strip("\"'"))
        else:
            yield line, f"`{one}` is not published: only an id and classes are. Remove it."


def terms(state: Any, start: int, end: int, silent: bool, *, deflist: Any) -> bool:
    """A definition of several terms: each has a line of its own above the one with the colon (PHP Markdown Extra)."""
    if silent or state.sCount[start] - state.blkIndent >= 4 or DEFINED.match(line_of(state, start)):
        return False
    last = start
    while last + 1 < end and not state.isEmpty(last + 1) and not DEFINED.match(line_of(state, last + 1)):
        if state.sCount[last + 1] < state.blkIndent or any(rule(state, last + 1, end, True) for rule in others(state)):
            return False
        last += 1
    below = last + 1 + (last + 1 < end and state.isEmpty(last + 1))
    if last == start or below >= end or not DEFINED.match(line_of(state, below)):
        return False
    at = len(state.tokens)
    if not deflist(state, last, end, False):
        return False
    state.tokens[at].map[0] = start
    above: list[Token] = []
    for line in range(start, last):
        made = [Token("dt_open", "dt", 1), Token("inline", "", 0), Token("dt_close", "dt", -1)]
        for token, level in zip(made, (1, 2, 1), strict=True):
            token.level, token.map, token.block = state.tokens[at].level + level, [line, line], True
        made[1].content, made[1].children = line_of(state, line).strip(), []
        above += made
    state.tokens[at + 1 : at + 1] = above
    return True


DEFINED = re.compile(r"[:~][ \t]+\S")
DEFINES = re.compile(r"^[ \t>*+0-9.)-]*[:~][ \t]", re.M)


def line_of(state: Any, line: int) -> str:
    """A line of a block, less its indentation."""
    return str(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])


def others(state: Any) -> list[Any]:
    """The rules of what ends a paragraph."""
    return [rule for rule in state.md.block.ruler.getRules("paragraph") if not isinstance(rule, partial)]


APART = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\.|<[^<>]*>|\]\([^()]*\)|\{\{.*?\}\}|\{%.*?%\}", re.S)
"""What no mark is sought in: code, what is escaped, tags, addresses, what another tool would run."""
EMOJI = re.compile(r"(?<![\w:/]):([a-z][a-z0-9_+-]*|\+1|-1):(?![\w:])")
NOTE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\.|\^\[(?P<note>(?:`[^`]*`|[^\[\]\\`]|\\.|\[[^\[\]]*\])+)\]", re.S)
"""A note; what is no note before it (code, what is escaped) is passed over."""
OWN_LINE = re.compile(rf"(?:\A{LISTED.pattern}[ \t]*(?:\n|\Z)|\n[ \t]*{LISTED.pattern}[ \t]*\Z)")


@dataclass(slots=True)
class Inner:
    """Reads the marks inside of texts: emoji, notes, attribute lists. What they leave is plain Markdown, the same for everybody."""

    reads: frozenset[str]
    strays: list[tuple[int, str]]
    found: list[tuple[str, str, int]] = field(default_factory=list)
    """The notes: label, text, line."""

    def read(self, token: Token, opening: Token | None) -> None:
        """Take the marks out of one text; `opening` is the element it stands in."""
        line = token.map[0] + 1 if token.map else 1
        if "attributes" in self.reads and "{" in token.content:
            self.attributes(token, opening, line)
        if "emoji" in self.reads and ":" in token.content:
            token.content = outside(token.content, lambda text: EMOJI.sub(lambda found: self.drawn(found, line), text))
        if "notes" in self.reads and "^[" in token.content:
            token.content = NOTE.sub(
                lambda match: self.note(match["note"], line) if match["note"] else match[0], token.content
            )

    def attributes(self, token: Token, opening: Token | None, line: int) -> None:
        """Put a list on a line of its own on the element, and take those in the text away."""
        if opening is not None and opening.type == "paragraph_open" and (own := OWN_LINE.search(token.content)):
            self.strays += listed(opening, own[0], line)
            token.content = (token.content[: own.start()] + token.content[own.end() :]).strip("\n")
        for match in LISTED.finditer(token.content) if opening is None or opening.type != "heading_open" else ():
            if match.start() and token.content[match.start() - 1] in ")]*_`>":
                self.strays.append(
                    (line, f"`{match[0]}` is not published: a link or image has no such mark here. Remove it.")
                )

    def drawn(self, match: re.Match[str], line: int) -> str:
        """An emoji by its name."""
        from rich.emoji import Emoji

        found = str(Emoji.replace(match[0]))
        if found == match[0]:
            self.strays.append((line, f"`{found}`: no emoji has this name. Correct it, or write `\\:`."))
        return found

    def note(self, text: str, line: int) -> str:
        """A note in a text, as the reference to a footnote. Its label is made from its words: another note moves none."""
        stem = label = "-".join(re.findall(r"\w+", text.lower())[:4]) or "note"
        count = 1
        while any(label == one and text != said for one, said, _ in self.found):
            count += 1
            label = f"{stem}-{count}"
        if not any(label == one for one, _, _ in self.found):
            self.found.append((label, text, line))
        return f"[^{label}]"

    def notes(self, env: dict[str, Any]) -> Iterator[Token]:
        """The footnotes that the notes are, as the footnote plugin has them."""
        for label, text, line in self.found:
            refs = env.setdefault("footnotes", {}).setdefault("refs", {})
            refs.setdefault(f":{label}", -1)
            yield Token("footnote_reference_open", "", 1, meta={"label": label}, level=0)
            yield Token("paragraph_open", "p", 1, map=[line - 1, line], level=1, block=True)
            yield Token("inline", "", 0, map=[line - 1, line], level=2, content=text, children=[], block=True)
            yield Token("paragraph_close", "p", -1, level=1, block=True)
            yield Token("footnote_reference_close", "", -1, level=0)


def outside(text: str, change: Callable[[str], str]) -> str:
    """A text changed where no code, tag or address is."""
    made, at = "", 0
    for match in APART.finditer(text):
        made += change(text[at : match.start()]) + match[0]
        at = match.end()
    return made + change(text[at:])
