"""What other tools would run, fill in or know, and nobody here does: named at its line, since readers would see it as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it.token import Token

from pipeline.content.dialects import EMOJI, LISTED, unread
from pipeline.core.inline import OPAQUE
from pipeline.core.model import Finding, Level, Span


class Mark(NamedTuple):
    """How something looks in a text, what it is and what to do. `construct` is the one of `core/dialects` that would read it;
    `known` says whether a match is one."""

    looks: re.Pattern[str]
    said: str
    construct: str = ""
    known: Callable[[re.Match[str]], bool] = lambda match: True


@lru_cache(maxsize=1 << 10)
def is_emoji(name: str) -> bool:
    """Whether an emoji has this name, as GitHub and others write it."""
    from rich.emoji import Emoji

    return Emoji.replace(f":{name}:") != f":{name}:"


COMPONENT = "is a component, and no page here runs one. Write what readers are to see, in Markdown or HTML."
MARKS = (
    Mark(re.compile(r"\{/\*.*?\*/\}", re.S), "is a comment of MDX, which readers would see. Write `<!-- … -->`."),
    Mark(re.compile(r"</?[A-Z]\w*\.\w[\w.]*[^<>]*>|<>|</>"), COMPONENT),
    Mark(re.compile(r"(?<!\S)-{1,2}8<-{1,2}[ \t]*\S*"), "would include a file, which nobody does here. Copy its text."),
    Mark(re.compile(r"!?\[\[[^\[\]\n]+\]\]"), "is a link of a wiki. Write `[text](page.md)`."),
    Mark(
        re.compile(r":(?:material|fontawesome|octicons|simple)-[\w-]+:"),
        "is an icon of a theme that is not here. Remove it, or use an image.",
    ),
    Mark(re.compile(r"\A\*\[[^\]]+\]:"), "explains an abbreviation, which is not read here. Write it out in the text."),
    Mark(re.compile(r"\A::[a-z][\w-]*[\[{]"), "is a directive that nobody reads here. Write it in Markdown or HTML."),
    Mark(re.compile(r"\{(?:\+\+|--|~~|>>|==).*?(?:\+\+|--|~~|<<|==)\}"), "is a mark of an editor. Take it in, or out."),
    Mark(re.compile(r"(?<![=\w])==(?![\s=])[^=\n]+(?<![\s=])==(?![=\w])"), "is no mark here. Write `<mark>…</mark>`."),
    Mark(re.compile(r"(?<!\S)\+\+[a-z][\w+-]*\+\+(?!\S)"), "is no key here. Write `<kbd>…</kbd>`."),
    Mark(re.compile(r"(?<=\w)\^\w{1,8}\^"), "is no superscript here. Write `<sup>…</sup>`."),
    Mark(re.compile(r"(?<=\w)~\w{1,8}~(?!~)"), "is no subscript here. Write `<sub>…</sub>`."),
    Mark(re.compile(r"\^\[[^\]]+\]"), "", "notes"),
    Mark(EMOJI, "", "emoji", lambda match: is_emoji(match[1])),
    Mark(LISTED, "", "attributes"),
)
"""What stands in texts and is none of ours."""
TEX = r"(?:\\[A-Za-z]|[_^={}])"
MATH = re.compile(
    rf"\A\$\$|\$\$.+?\$\$|\$(?=\S)[^$\n]*{TEX}[^$\n]*(?<=\S)\$(?![\w$])|\\\[[^\n]*?{TEX}[^\n]*?\\\]"
    rf"|\\\((?:[^\n()]*?{TEX}[^\n]*?|(?![^\\\n]*[A-Za-z]{{2}})[\w.,+*/<>| -]{{1,16}})\\\)",
    re.S,
)
"""A formula, whatever Markdown makes of the marks in it."""
A_PROGRAM = r"(?:javascript|vbscript|livescript|data|file):"
PROGRAM = re.compile(rf"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\s*(?:\(|:)\s*<?{A_PROGRAM}[^)\s]*|<{A_PROGRAM}[^<>\s]*>", re.I)
LITERAL = re.compile(r"\\[!-/:-@\[-`{-~]|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.S)
"""What an author escaped, and code."""
TO_A_PROGRAM = (
    "is a link to a program or a file, which no page has: readers would see these marks. Link to a page, or remove it."
)
CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\]\((?:[^()\\]|\\.)*\)", re.S)
"""Where it is none: in code, in addresses."""
UNDEFINED = re.compile(r"(?<!\w)!?\[([^\[\]\n]+)\](?:\[([^\[\]\n]*)\])|\[\^([^\[\]\s]+)\](?!:)")
MODULE = re.compile(
    r"(?:import\s+(?:[\w*{][^'\"\n]*\sfrom\s+)?['\"][^'\"\n]+['\"]|export\s+(?:const|let|var|default|function|async|class)\b|export\s*\{)[^\n]*"
)
SUSPECT = re.compile(
    r"[{^]|\](?:\(|:)|<\w+:|\[\[|\]\[|\w~\w|:[a-z0-9+-][\w+-]*:|==[^\s=]|\+\+|8<|<[/A-Z>]|\A\*\[|\A::|\A(?:im|ex)port\b|\$|\\[(\[]"
)
"""What every mark of another tool has."""
ELEMENT = re.compile(r"</?([A-Z][A-Za-z0-9]*)(?=[\s/>])")
SHOUTED = frozenset(
    "A ABBR B BIG BLOCKQUOTE BODY BR BUTTON CAPTION CENTER CITE CODE COL DD DEL DIV DL DT EM FONT FORM H1 H2 H3 H4 H5 H6 HEAD "  # noqa: SIM905
    "HR HTML I IFRAME IMG INPUT INS KBD LABEL LI LINK META OBJECT OL OPTION P PRE Q S SAMP SCRIPT SELECT SMALL SPAN STRIKE "
    "STRONG STYLE SUB SUMMARY SUP TABLE TBODY TD TEXTAREA TFOOT TH THEAD TITLE TR TT U UL VAR VIDEO AUDIO DETAILS".split()
)
"""Elements of HTML, as some write them."""
INCLUDED = re.compile(r"\{\{\s*#\w+[^{}\n]*\}\}|^[ \t]*;*-{1,2}8<-{1,2}.*$", re.M)
"""What a tool replaces in code, too."""


def findings(
    path: str, tokens: Sequence[Token], references: Mapping[str, Any], notes: Mapping[str, int], reads: frozenset[str]
) -> Iterator[Finding]:
    """Everything on a page that another tool would replace."""
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.type == "inline":
            found = [*in_text(token, references, notes, reads)] if SUSPECT.search(token.content) else []
        elif token.type == "html_block":
            found = [*in_html(token.content)]
        elif token.type in {"fence", "code_block"}:
            found = [(one[0].strip(), run(one[0]), one.start()) for one in INCLUDED.finditer(token.content)]
            line += token.type == "fence"
        else:
            continue
        for shown, said, at in found:
            below = token.content.count("\n", 0, at) if token.type != "inline" else 0
            text = f"`{' '.join(shown.split())[:60]}` {said}"
            yield Finding("dialect", Level.ERROR, text, Span(path, line + below))


def in_values(path: str, fields: Iterable[tuple[str, str, int]]) -> Iterator[Finding]:
    """What of the front matter another tool would fill in: of each value that readers see its key, its text and its line."""
    for key, value, line in fields:
        for found in OPAQUE.finditer(value):
            yield Finding("dialect", Level.ERROR, f"`{found[0][:60]}` in `{key}` {run(found[0])}", Span(path, line))


Found = Iterator[tuple[str, str, int]]
"""What stands there, what to say of it, and where."""


def in_text(token: Token, references: Mapping[str, Any], notes: Mapping[str, int], reads: frozenset[str]) -> Found:
    """What is foreign in one text; code and what an author escaped is not."""
    if module := MODULE.match(token.content):
        yield module[0], "is a line of a program, which nobody runs here. Remove it.", 0
        return
    if "math" not in reads and (math := MATH.search(CODE.sub("", token.content))):
        yield math[0], unread("math"), 0
    for program in PROGRAM.finditer(LITERAL.sub("", token.content)) if ":" in token.content else ():
        yield program[0], TO_A_PROGRAM, 0
    first = True
    for child in token.children or ():
        if child.type == "opaque":
            yield child.content, run(child.content), 0
        elif child.type == "html_inline":
            yield from in_html(child.content)
        elif child.type in {"link_open", "image"}:
            address = unquote(str(child.attrs.get("href") or child.attrs.get("src") or ""))
            yield from ((found[0], run(found[0]), 0) for found in OPAQUE.finditer(address))
        elif child.type == "text" and SUSPECT.search(child.content):
            yield from in_words(child.content, reads, first=first)
            for match in UNDEFINED.finditer(child.content) if "[" in child.content else ():
                if said := undefined(match, references, notes):
                    yield match[0], said, 0
        first = False


def in_words(text: str, reads: frozenset[str], *, first: bool) -> Found:
    """What is foreign in some words; `first`: with them the text begins."""
    for mark in MARKS:
        if mark.construct in reads or (mark.looks.pattern.startswith(r"\A") and not first):
            continue
        for match in mark.looks.finditer(text):
            if mark.known(match):
                yield match[0], mark.said or unread(mark.construct), 0


def in_html(html: str) -> Found:
    """What is foreign in some HTML."""
    if html.lstrip().startswith("<!--"):
        return
    for match in ELEMENT.finditer(html):
        if match[1] not in SHOUTED:
            yield match[0] + ">", COMPONENT, match.start()
            break
    for match in OPAQUE.finditer(html) if "{{" in html or "{%" in html else ():
        yield match[0], run(match[0]), match.start()


def undefined(match: re.Match[str], references: Mapping[str, Any], notes: Mapping[str, int]) -> str:
    """What is wrong with a reference that is text."""
    from markdown_it.common.utils import normalizeReference

    if match[3]:
        return "" if f":{match[3]}" in notes else f"has no footnote. Write it: `[^{match[3]}]: …`."
    name = match[2] or match[1]
    return "" if normalizeReference(name) in references else f"has no address. Write it: `[{name}]: page.md`."


def run(code: str) -> str:
    """What to do about what a tool would run."""
    inner = code.strip("{}%<> \t-;")
    if inner.startswith(("#include", "#rustdoc_include", "#playground", "include", "8<")) or "8<" in code:
        return "would include a file, which nobody does here. Copy its text."
    if code.startswith(("{{<", "{{%")):
        return "is a shortcode, and nobody runs it here. Write what readers are to see, in Markdown or HTML."
    if code.startswith("{%"):
        return "is a tag of a template, and nobody runs it here. Write what readers are to see."
    return "is a value that nobody fills in here. Put it in source/site.yaml and write `{group.name}`, or write it out."
