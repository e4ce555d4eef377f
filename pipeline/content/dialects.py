"""What other tools write beside CommonMark, as blocks: alerts, admonitions, tabs, tasks, ids of headings, tables of contents.

Each is read into what we have already (a box, a heading, a list item), right after the blocks of a page are told apart. One that
the site's `dialect` does not have is an error at its line, since readers would see its marks as text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from markdown_it.token import Token

from pipeline.content import abbreviations, captures, code_notes, elements, text_marks, unshown
from pipeline.content.attribute_lists import apart, is_row, rowless
from pipeline.content.marks import BOXES, DIRECTIVE
from pipeline.content.text_marks import AS_IS, LISTED, Inner, listed, uncommented, unread
from pipeline.core.components import Table

ALERT = re.compile(r"\[!([A-Za-z]+)(?:[ \t]*\|[^\]\n]*)?\]([+-]?)(?:[ \t]+(\S.*?))?[ \t]*(?:\n|\Z)")
TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
HEADING_LIST = re.compile(rf"[ \t]*(?:{LISTED.pattern}|\{{/\*[ \t]*#([\w-]+)[ \t]*\*/\}})[ \t]*\Z")
CLOSED = re.compile(r"(?:\A|(?<=\S))[ \t]+#+[ \t]*\Z")
"""What a heading may end with, before its list too."""
BEGUN_LIST = re.compile(r"(?<![`\\{])\{:?[ \t]*[#.][\w-][^{}]*\}?(?![^`]*`)")
"""What seems to be an attribute list, and is none."""
TOC = re.compile(
    r"\[TOC\]|\[\[_?toc_?\]\]|\{\{(?:<[ \t]*toc[ \t]*/?>|%[ \t]*toc[ \t]*/?%)\}\}|(?:[^\n]+\n)?\{:[ \t]*toc(?:[ \t]+[.#][\w-]+)*[ \t]*\}",
    re.I,
)
INDENTED = re.compile(
    r"(?:(?P<mark>!!!|\?\?\?\+?)[ \t]*(?P<kind>[A-Za-z][\w-]*)(?P<more>(?:[ \t]+[\w-]+)*)(?:[ \t]+\"(?P<title>.*)\")?"
    r"|===[!+]?[ \t]+\"(?P<tab>[^\"]+)\")[ \t]*\Z"
)
LOOKS = frozenset(["annotate", "center", "end", "highlight", "inline", "left", "right"])
"""Classes behind the kind of an admonition (Material for MkDocs): how it looks."""
SLASHED = re.compile(r"(?P<mark>/{3,})[ \t]*(?P<kind>[A-Za-z][\w-]*)(?:[ \t]*\|[ \t]*(?P<title>.*?))?[ \t]*\Z")
OPTION = re.compile(r"([A-Za-z][\w-]*):[ \t]*(.*?)[ \t]*\Z")
FENCE = re.compile(r"(`{3,}|~{3,})")
FENCED = re.compile(
    r"(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*(?:admonish\b[ \t]*(?P<rest>[^`]*)|\{(?P<kind>[a-z]+)\}[ \t]*(?P<title>[^`]*?))[ \t]*\Z"
)
"""A box of mdbook-admonish, and one of MyST (Sphinx)."""
WORDS = re.compile(r"""([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+))|"([^"]*)"|([\w-]+)[\w.-]*""")
"""What mdbook-admonish says of a box: `warning title="Stop" collapsible=true`."""
PLAIN = frozenset(["html", "caption", "figure-caption", "table-caption"])
"""Blocks of PyMdown of which readers see what stands in them alone: an element around it, a text below a picture."""
OPTIONS = frozenset(  # of PyMdown's blocks, and of boxes of MyST
    "attrs type open new select class name icon color animate margin chevron class-container class-title class-body".split()  # noqa: SIM905
)
OPTION_OF = re.compile(r":([\w-]+):[ \t]*(.*?)[ \t]*\Z")
DIRECTED = frozenset("attention caution danger error hint important note seealso tip warning".split())  # noqa: SIM905
"""Boxes of MyST without a title of their own."""
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


HEADED = re.compile(r"\A#{2,6}[ \t]+(?=\S)")
"""What makes a heading of the title of a box, to PyMdown."""


class Box(NamedTuple):
    """A box as it is written: its kind and its title, "" for the kind's own; whether it is folded, None for one that cannot be."""

    kind: str
    title: str = ""
    folded: bool | None = None


def box(kind: str, title: str, folded: bool | None, boxes: Collection[str]) -> Box:
    """A box of any tool, as one of ours; `boxes` are the site's own kinds."""
    kind, title = kind.lower(), HEADED.sub("", title)
    if kind in BOXES or kind in boxes:
        return Box(kind, title, folded)
    if kind == "details":
        opened = title.endswith("{open}")
        return Box("note", title.removesuffix("{open}").rstrip() or "Details", not opened)
    return Box(SAME.get(kind) or LIKE.get(kind) or kind, title or (kind.capitalize() if kind in LIKE else ""), folded)


BEGUN = {
    "admonitions": ("!!!", "???"),
    "blocks": ("///", "`#!"),
    "elements": ("markdown",),
    "fenced-boxes": ("admonish", "```{", "``` {", "~~~{", ":::{", "::: {"),
    "tabs": ("===",),
    "autodoc": (":::",),
    "shortcodes": ("{{<", "{{%"),
    "tags": ("{%", "{{"),
    "components": ("</", "/>", "import", "export", "{/*"),
    "line-comments": ("%", "+++"),
    "extensions": ("{::",),
}
"""What a text has in it that has any of these; the parser of one that has not need not look."""


def needed(text: str, reads: frozenset[str]) -> frozenset[str]:
    """The constructs to look for in a text, of those that are read."""
    some = {one for one in reads if one not in BEGUN or any(mark in text for mark in BEGUN[one])}
    return frozenset(some | {"definitions"}) if DEFINES.search(text) else frozenset(some)


def rules(parser: Any, reads: frozenset[str], boxes: Collection[str], known: Mapping[str, Table] | None = None) -> None:
    """Teach a parser the constructs that a site reads; `known` are the components inside of texts."""
    if "definitions" in reads:
        found = next(rule for rule in parser.block.ruler.__rules__ if rule.name == "deflist")
        parser.block.ruler.before("deflist", "terms", partial(terms, deflist=found.fn))
    if {"admonitions", "tabs"} & reads:
        rule = partial(indented, reads=reads, boxes=boxes)
        parser.block.ruler.before("fence", "indented", rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    if "blocks" in reads:
        rule = partial(slashed, boxes=boxes)
        parser.block.ruler.before("fence", "slashed", rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    if "autodoc" in reads:
        parser.block.ruler.before(
            "container_callout", "generated", generated, {"alt": ["paragraph", "reference", "blockquote", "list"]}
        )
    if "elements" in reads:
        elements.rules(parser)
    unshown.rules(parser, reads)
    if "fenced-boxes" in reads:
        rule = partial(fenced, boxes=boxes)
        parser.block.ruler.before("fence", "fenced", rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.core.ruler.after("block", "dialects", partial(marked, reads=reads, boxes=boxes, known=known or {}))


GENERATED = re.compile(r":::[ \t]+([A-Za-z_][\w-]*(?:\.[\w-]+)*)[ \t]*\Z")
SETTING = re.compile(r":?[\w-]+:(?:[ \t]|\Z)")


def generated(state: Any, start: int, end: int, silent: bool) -> bool:
    """`::: package.module`, with settings indented below it, in the place of which a plug-in of MkDocs writes what a program documents: it
    is shown as code, and named."""
    found = GENERATED.match(line_of(state, start)) if state.sCount[start] - state.blkIndent < 4 else None
    if found is None:
        return False
    last, inner = start + 1, state.sCount[start] + 4
    options = last < end and state.sCount[last] >= inner and SETTING.match(line_of(state, last))
    if not options and "." not in found[1]:
        return False
    if silent:
        return True
    while options and last < end and not state.isEmpty(last) and state.sCount[last] >= inner:
        last += 1
    token = state.push("code_block", "code", 0)
    token.content, token.map = state.getLines(start, last, state.blkIndent, True), [start, last]
    what = f"`{found[0][:60]}` is what a plug-in writes from a program, and nobody does here. Write what readers are to see, or remove it."
    state.env.setdefault("odd", []).append((start + 1, what))
    state.line = last
    return True


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
        if words := [one for one in found["more"].split() if one not in LOOKS]:
            title = " ".join(words)
            what = f'`{title}` behind `{found["kind"]}` is not shown: words there are classes. Write `{found["mark"]} {found["kind"]} "{title}"` for a title.'
            state.env.setdefault("odd", []).append((start + 1, what))
    inside(state, made, (start, start + 1, last), inner)
    state.line = last
    return True


def inside(state: Any, made: Box | None, lines: tuple[int, int, int], indent: int) -> None:
    """Read what stands in a box, or in what is none: where that begins, where its content does, and where it ends."""
    start, first, last = lines
    before = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "callout", last, indent
    if made:
        token = state.push("container_callout_open", "div", 1)
        token.meta, token.map, token.block = {"box": made}, [start, last], True
    state.md.block.tokenize(state, first, last)
    if made:
        state.push("container_callout_close", "div", -1).block = True
    state.parentType, state.lineMax, state.blkIndent = before


def slashed(state: Any, start: int, end: int, silent: bool, *, boxes: Collection[str]) -> bool:
    """`/// note | Title`: what stands before a line of as many slashes is its content (PyMdown Extensions, "Blocks"). Lines right
    below it that are indented by four are options of it."""
    if state.sCount[start] - state.blkIndent >= 4:
        return False
    found = SLASHED.match(line_of(state, start))
    last = found and closing(state, start + 1, end, found["mark"])
    if found is None or not last:
        return False
    first, options = start + 1, dict[str, str]()
    while first < last and state.sCount[first] >= state.blkIndent + 4 and (one := OPTION.match(line_of(state, first))):
        options[one[1]] = one[2].strip("\"'")
        first += 1
    if silent or options.keys() - OPTIONS:  # words that are none would be lost: such a box is named as text
        return silent and not options.keys() - OPTIONS
    made: Box | None
    kind, title = found["kind"].lower(), re.sub(r"\A#{1,6}[ \t]+", "", found["title"] or "")
    if kind == "tab":
        made = Box("tab", title)
    elif kind in PLAIN:
        made = None
    else:
        folded = options.get("open", "").lower() != "true" if kind == "details" else None
        kind = options.get("type", "note") if kind in {"admonition", "details"} else kind
        made = box(kind, title or ("Details" if folded is not None else ""), folded, boxes)
    inside(state, made, (start, first, last), state.blkIndent)
    state.line = last + 1
    return True


def fenced(state: Any, start: int, end: int, silent: bool, *, boxes: Collection[str]) -> bool:
    """A box that is written as a block of code: ```` ```admonish note title="T" ```` (mdbook-admonish), ```` ```{note} ```` (MyST)."""
    if state.sCount[start] - state.blkIndent >= 4:
        return False
    found = FENCED.match(line_of(state, start))
    last = found and closing(state, start + 1, end, found["mark"], more=True)
    if found is None or not last or (found["rest"] is not None and found["mark"][0] == ":"):
        return False
    first, options = start + 1, dict[str, str]()
    if found["rest"] is None:
        while first < last and (one := OPTION_OF.match(line_of(state, first))):
            options[one[1]] = one[2]
            first += 1
    made = None if options.keys() - OPTIONS else directed(found, options, boxes)
    if made is None or silent:
        return made is not None
    inside(state, made, (start, first, last), state.blkIndent)
    state.line = last + 1
    return True


def directed(found: re.Match[str], options: dict[str, str], boxes: Collection[str]) -> Box | None:
    """The box that a block of code is; None for a directive that is none."""
    if (kind := found["kind"]) is not None:
        folded = True if kind == "dropdown" or "dropdown" in options.get("class", "") else None
        if kind in {"admonition", "dropdown"}:
            named = next((one for one in options.get("class", "").split() if one in BOXES), "note")
            return box(named, found["title"] or "Details", folded, boxes)
        return (
            box({"seealso": "note"}.get(kind, kind), "", folded, boxes)
            if kind in DIRECTED and not found["title"]
            else None
        )
    words = [*WORDS.finditer(found["rest"])]
    if WORDS.sub("", found["rest"]).strip() or sum(one[6] is not None for one in words) > 1:
        return None  # words that nobody reads would be lost
    said = {one[1]: next(filter(None, one.group(2, 3, 4)), "") for one in words if one[1]}
    said |= {"title": re.sub(r"\\(.)", r"\1", said["title"])} if "title" in said else {}
    title = said.get("title") or next((one[5] for one in words if one[5]), "")
    kind = said.get("type") or next((one[6] for one in words if one[6]), "note")
    folded = True if said.get("collapsible", "").lower() == "true" else None
    return box(kind, title, folded, boxes)


def closing(state: Any, line: int, end: int, mark: str, *, more: bool = False) -> int:
    """The line that ends a block of marks, not in code; 0 where none does. `more`: so do more of them."""
    fence = ""
    # Lines, not in code, below which nothing was found: 10,000 marks that nothing ends are looked through once.
    known = state.env.setdefault("unended", {}).setdefault((mark, more, end, state.blkIndent, state.level), set())
    passed = []
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        if not fence:
            if line in known:
                break
            passed.append(line)
        text = line_of(state, line).strip()
        if not fence and more and text.startswith(mark) and not text.strip(mark[0]):
            return line
        if mark[0] in "/:" and (fence or FENCE.match(text)):
            found = FENCE.match(text)
            if not fence:
                fence = found[1] if found else ""
            elif found and found[0].startswith(fence) and not text.strip(fence[0]):
                fence = ""
        elif text == mark:
            return line
        line += 1
    known.update(passed)
    return 0


def marked(state: Any, *, reads: frozenset[str], boxes: Collection[str], known: Mapping[str, Table]) -> None:
    """Read the marks that stand in the text of blocks, before it is parsed."""
    strays: list[tuple[int, str]] = [*state.env.pop("odd", ()), *captures.left(state.env)]
    state.env["strays"], state.env["dropped"] = strays, []
    tokens: list[Token] = [*rowless(state, strays)] if "attributes" in reads else state.tokens
    if "annotations" in reads:
        tokens = [*code_notes.paired(tokens)]
    made: list[Token] = []
    alerts: list[int] = []
    emptied = skipped = False
    inner = Inner(reads, strays, state.env, known)
    waiting: Token | None = None
    heads: dict[int, Token] = {}  # by the line below each
    for token in tokens:
        if token.type == "heading_open" and token.map:
            heads[token.map[1]] = token
        if waiting and not skipped:
            strays += apart(waiting, token)
            waiting = None
        if token.type == "inline" and "attributes" in reads and LISTED.fullmatch(token.content.strip()):
            if made[-1].type in {"td_open", "th_open"}:
                line = token.map[0] + 1 if token.map else 1
                if is_row(state, token):
                    strays.append(
                        (line, f"`{token.content.strip()}` is a row of the table. Put it below the last one.")
                    )
            elif made[-1].type == "paragraph_open" and not made[-1].hidden:
                line = (made.pop().map or [0])[0]
                if line in heads:
                    strays += listed(heads[line], token.content, line + 1)
                else:
                    waiting = token
                skipped = True
                continue
        if token.type == "html_block" and "components" in reads and "{/*" in token.content:
            token.content = in_html(token.content)
        if token.type == "fence" and "math" in reads and token.info.strip().lower() == "math":
            token.type, token.info = "math_block", ""
        if token.type in {"fence", "code_block"} and "raw" in reads:
            token.content = text_marks.unguarded(token.content)
        if token.type == "fence" and "code-titles" in reads and (title := titled(token.info)):
            made += called(token, title)
            inner.title(made[-3])
            continue
        if token.type == "inline" and "*[" in token.content and made[-1].type == "paragraph_open":
            strays += explained(token, made[-2:-1], reads, state.env)
            if not token.content:
                made.pop()
                skipped = True
                continue
        if token.type == "inline" and "{::comment" in token.content and "extensions" in reads:
            token.content = unshown.without(token.content)
        if token.type == "inline":
            inner.read(token, made[-1] if made else None)
        if token.type == "inline" and made[-1].type != "paragraph_open":
            if made[-1].type == "heading_open" and "{" in token.content:
                strays += heading(made[-1], token, reads)
        elif token.type == "inline":
            line = token.map[0] + 1 if token.map else 1
            if "%" in token.content or "+++" in token.content or "{::" in token.content:
                first = len(made) > 1 and made[-2].type in {"list_item_open", "dd_open"}
                strays += unshown.strays(token.content, line, reads, first=first)
            if len(made) > 1 and made[-2].type == "blockquote_open" and (alert := ALERT.match(token.content)):
                if "alerts" in reads:
                    alerts.append(made[-2].level)
                    opened(made[-2], box(alert[1], alert[3] or "", FOLDS[alert[2]], boxes))
                    inner.title(made[-2])
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
        if token.type == "container_callout_open":
            inner.title(token)
        if emptied and token.type == "paragraph_close":
            del made[-3:]
            emptied = False
    if waiting:
        strays += apart(waiting, waiting)
    state.tokens = [*made, *inner.notes(state.env)]


def explained(
    token: Token, above: Sequence[Token], reads: frozenset[str], env: dict[str, Any]
) -> Iterator[tuple[int, str]]:
    """Take the abbreviations that a paragraph explains out of it; what is wrong with them."""
    line = token.map[0] + 1 if token.map else 1
    if "abbreviations" not in reads:
        for one in abbreviations.ANY.finditer(token.content):
            yield line + token.content.count("\n", 0, one.start()), f"`{one[0].strip()[:60]}` {unread('abbreviations')}"
        return
    token.content, found, odd = abbreviations.taken(token.content, line)
    env.setdefault("abbreviations", []).extend(found)
    yield from odd
    if found and not token.content and above and above[0].type == "html_block" and DIRECTIVE.match(above[0].content):
        yield (
            line,
            "A directive is about a block, and no abbreviation is one. Put it right before the block it is about.",
        )


CAPTION = re.compile(r"\b(?:title|caption|filename)=(?:\"([^\"]*)\"|'([^']*)')|(?<=\s)\[([^\]]*)\]")
"""What the first line of a block of code says that it is called."""
OF_A_FILE = re.compile(r"[\w.@~:/\\+$-]*[./\\_][\w.@~:/\\+$-]+")


def titled(info: str) -> str:
    """What a block of code is called; "" for one that is not. The name of a file is code, and nobody's to translate."""
    found = CAPTION.search(info) if "=" in info or "[" in info else None
    title = (found[1] or found[2] or found[3] or "").strip() if found else ""
    return f"`{title}`" if OF_A_FILE.fullmatch(title) else title if any(map(str.isalnum, title)) else ""


def called(token: Token, title: str) -> list[Token]:
    """A block of code under its title."""
    opening = Token("container_callout_open", "div", 1, level=token.level, map=token.map, block=True)
    opening.meta = {"box": Box("tab", title)}
    return [opening, token, Token("container_callout_close", "div", -1, level=token.level, block=True)]


def in_html(html: str) -> str:
    """Some HTML without the comments of MDX in it; a program, a style and code have none."""
    return html if AS_IS.search(html) else uncommented(html, lines=True)


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
    rest = CLOSED.sub("", token.content[: found.start()]) if found else token.content
    if odd := BEGUN_LIST.search(rest):
        yield (
            line,
            f"`{odd[0]}` is no list of attributes that can be read. Write `{{#id .class}}` at the end of the heading.",
        )
    if found is None:
        return
    token.content = rest
    if "called" in opening.meta:
        opening.meta = {**opening.meta, "called": HEADING_LIST.sub("", opening.meta["called"])}
    if found[2]:
        opening.attrs["id"] = found[2]
    elif found[1]:
        yield from listed(opening, found[0], line)


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
