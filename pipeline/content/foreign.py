"""What other tools would run, fill in or know, and nobody here does: named at its line, since readers would see it as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise, zip_longest
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it.token import Token

from pipeline.content import code_notes
from pipeline.content.advice import ENDED, INCLUDE, as_box, as_html, run
from pipeline.content.dialects import titled as titled_code
from pipeline.content.inline import PARSER
from pipeline.content.inline import label as reference
from pipeline.content.parser import boxed
from pipeline.content.text_marks import AS_IS, EMOJI, ICON, LISTED, unread
from pipeline.core.dialects import DIALECTS
from pipeline.core.inline import FACT, OPAQUE, OPENED, TAG
from pipeline.core.lines import Lines
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


A_PROGRAM = r"(?:javascript|vbscript|livescript|data|file):"
JSX = "has values of a program in it, and no page here runs one. Write them in quotation marks, as HTML has them."
LOOSE = "is text here: it stands behind no link, image, code or emphasis, and not alone on its line. Remove it."
LONE = "begins or ends no bold text here: the other one is missing, or a space stands inside. Correct it, or write `\\*\\*`."
LONE_CODE = "begins no code here: the other one is missing. Write it, or `\\``."
NO_LINK = "is no link: readers see its marks. End it with `)`; write a space in an address as `%20`, or put it in `<` and `>`."
IN_LINK = "is no link: there is another one in it, and readers see its marks. Take one of the two out."
NO_ADDRESS = "is no link: readers see its marks. Write a space in an address as `%20`; or `\\[`, if these are brackets."
QUOTED = re.compile(r"^-+8<-+[ \t]+(?:\"[^\"\n]+\"|'[^'\n]+')[ \t]*$", re.M)
"""What would include a file on a line of its own."""
NO_HEADING = "is no heading: a space is missing behind `#`. Write it, or `\\#`."
NO_TABLE = "is no table: its second line has other cells than its first. Correct it."
MILD = frozenset([IN_LINK, LOOSE, LONE, LONE_CODE, NO_ADDRESS, NO_HEADING, NO_TABLE])
"""What is likely to be a slip, and may be meant."""
COMPONENT = "is a component, and no page here runs one. Write what readers are to see, in Markdown or HTML."
ADDRESSED = rf"!?\[[^\[\]\n]*\]\((?!\Z|\s*<?{A_PROGRAM})"
ADDRESS = r"[^()\n]*(?:[/#:<>\"]|\.\w)"
"""What an address has, and a word or a year in parentheses has not: `[Smith](2020, p. 4)`."""
AROUND_LINK = re.compile(rf"[^\[\]\n]*\]\({ADDRESS}[^()\n]*\)")
"""How a link goes on behind another one in it."""
BAD_LIST = (
    'is a list of attributes that cannot be read. One is `#id`, `.class` or `key="value"`. Correct it, or remove it.'
)
UNDER_A_NAME = re.compile(r"\{:[\w-]+:[^{}\n]*\}|\{:[ \t]*[A-Za-z][\w-]*[ \t]*\}")
MARKS = (
    Mark(
        re.compile(r"(?<!\{)\{/\*(?:[^*]|\*(?!/\}))*+(?:\*/\})?"),
        "is a comment of MDX, which readers would see. End it with `*/}`, or write `<!-- … -->`.",
    ),
    Mark(re.compile(r"</?[A-Z]\w*\.\w[\w.]*[^<>]*>|(?<!\w )<>|<>(?! )|</>"), COMPONENT),
    Mark(re.compile(r"<[A-Z]\w*\s+[:@#]?[\w:.-]+\s*=[^<>\n]*>?"), COMPONENT),
    Mark(re.compile(r"<[a-z][\w-]*(?:\s[^<>]*)?=\{[^<>]*>?"), JSX),
    Mark(
        re.compile(r"\{#\s.{0,1000}?\s#\}", re.S),
        "is a comment of a template, which readers would see. Write `<!-- … -->`.",
    ),
    Mark(
        UNDER_A_NAME,
        "is a list of attributes under a name, which is not read here. Write them out, or remove it.",
    ),
    Mark(
        re.compile(r"\{:[ \t]*[#.\w][^{}\n]*\}|\{[ \t]*[#.][A-Za-z][^{}\n]*\}"),
        BAD_LIST,
        known=lambda match: not LISTED.fullmatch(match[0]) and not UNDER_A_NAME.fullmatch(match[0]),
    ),
    Mark(
        re.compile(r"\{::\w[^{}\n]*\}|\{:/\w*\}"),
        "is an extension of kramdown, which is not read here; its comments are, with `jekyll` in `dialect`. Remove it.",
    ),
    Mark(re.compile(r"(?<!\S)-{1,2}8<-{1,2}[ \t]*\S*"), INCLUDE.format("mkdocs"), "snippets"),
    Mark(
        re.compile(r"(?<!\S)%%[^%\n]+%%(?!\S)"),
        "is a comment of Obsidian, which readers would see. Write `<!-- … -->`.",
    ),
    Mark(
        re.compile(r"\[==?[ \t]*\d[\d.]*(?:%|/\d+)[^\]\n]{0,200}\](?!\()"),
        "is a progress bar, which nobody draws here. Write what it says in words.",
    ),
    Mark(
        re.compile(
            r"(?<!\S)\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]+<?(?=[a-z]+://\w|\.{0,2}/\w|[^\s<>]+\.(?:md|html)\b|#\w)[^\s<>]+(?:>|(?=\s|\Z))"
        ),
        "gives no link an address: readers see it. Write it below an empty line, with one address and, if need be, a title in quotation marks.",
    ),
    Mark(re.compile(r"!?\[\[[^\[\]\n]+\]\]"), "is a link of a wiki. Write `[text](page.md)`."),
    Mark(re.compile(ICON), "is an icon of a theme that is not here. Remove it, or use an image."),
    Mark(re.compile(r"(?<!\S)<<<[ \t]*[@./]\S*"), "would include a file, which nobody does here. Copy its text."),
    Mark(re.compile(r"\A[!?]>(?=\s)"), "is no box here. Write `::: warning` or `::: tip` around the text."),
    Mark(re.compile(r"\A(?:#{2,6}[^\W\d_]|#[A-Z]\w)[^\s#]*"), NO_HEADING),
    Mark(re.compile(r"\|[ \t]*:?-{3,}|(?<!-)-{3,}:?[ \t]*\||(?<!\S):?-{2,}:?\||\|:?-{2,}:?(?!\S)"), NO_TABLE),
    Mark(re.compile(r"`[^`]{0,20}"), LONE_CODE),
    Mark(re.compile(rf"{ADDRESSED}(?={ADDRESS})[^()\n]*(?:\)|\Z)", re.I), NO_LINK),
    Mark(re.compile(rf"{ADDRESSED}(?!{ADDRESS})[^()\n]*(?:\)|\Z)", re.I), NO_ADDRESS),
    Mark(
        re.compile(r"\A\([\w:.-]+\)=\Z"),
        "is a target of MyST, which is not read here. Write `{#name}` behind the heading.",
    ),
    Mark(re.compile(r"\A::[a-z][\w-]*[\[{]"), "is a directive that nobody reads here. Write it in Markdown or HTML."),
    Mark(
        re.compile(r"\{(?:\+\+|--|~~|>>|==)[^{}]*?(?:\+\+|--|~~|<<|==)\}|\A(?:\{(?:\+\+|--|==)|(?:\+\+|--|==)\})\Z"),
        "is a mark of an editor. Take it in, or out.",
    ),
    Mark(
        re.compile(r"(?<![{=\w])==(?![\s=])[^=\n]+(?<![\s=])==(?![}=\w])"),
        "is no mark here. Write `<mark>…</mark>`.",
        "marks",
    ),
    Mark(
        re.compile(r"(?<![\w+{])\+\+(?:[a-z][\w+-]*|\"[^\"\n]*\")\+\+(?![\w+])"),
        "is no key here. Write `<kbd>…</kbd>`.",
        "keys",
    ),
    Mark(
        re.compile(r"(?<![\^\w])\^\^(?![\s^])[^^\n]+(?<![\s^])\^\^(?![\^\w])"),
        "is no insertion here. Write `<ins>…</ins>`.",
        "marks",
    ),
    Mark(re.compile(r"(?<![\w*/])\*\*(?=[^\W\d_])|(?<=[^\W\d_])\*\*(?![\w*/])"), LONE),
    Mark(re.compile(r"(?<=\w)\^\w{1,8}\^"), "is no superscript here. Write `<sup>…</sup>`.", "scripts"),
    Mark(re.compile(r"(?<=\w)~\w{1,8}~(?!~)"), "is no subscript here. Write `<sub>…</sub>`.", "scripts"),
    Mark(
        re.compile(r"\[\^(?![^\]\[\n]*(?<!\w)\w-\w(?!\w))[^\]\[\n]*[^\]\[\s]\s[^\]\[\n]*\]"),
        "is no footnote here: its name has a space in it. Write one word, there and where it is explained: `[^one-word]`.",
    ),
    Mark(re.compile(r"\^\[[^\]]+\]"), "", "notes"),
    Mark(EMOJI, "", "emoji", lambda match: is_emoji(match[1])),
    Mark(LISTED, "", "attributes"),
)
"""What stands in texts and is none of ours."""
TEX = r"(?:\\[A-Za-z]|[_^={}])"
MATH = re.compile(
    rf"\A\$\$|\$\$.+?\$\$|\$(?=\S)(?=[^$\n]*+(?<=\S)\$(?![\w$]))[^$\n]*?{TEX}[^$\n]*+\$"
    rf"|\\\[(?:\\\\(?=\[)|(?!\\[\[\]]|{TEX})[^\n])*+{TEX}(?:\\\\(?=\[)|(?!\\[\[\]])[^\n])*+\\\]"
    rf"|\\\((?=(?:(?!\\[()])[^\n])*+\\\))"
    rf"(?:[^\n()]*?{TEX}[^\n]*?|(?![^\\\n]*[A-Za-z]{{2}})[\w.,+*/<>| -]{{1,16}})\\\)",
    re.S,
)
BY_NAME = re.compile(
    r"\\begin\{((?:equation|align|gather|multline|eqnarray|alignat|flalign|matrix|cases)\*?)\}(?:(?!\\begin\{\1\}).)*?\\end\{\1\}",
    re.S,
)
NO_FORMULA = 'is no formula here: readers would see its marks. Put `$$` before and behind it, and have "math" in `dialect` of [tool.lockstep].'
"""A formula, whatever Markdown makes of the marks in it."""
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
ROLE = re.compile(r"(?<![\\\w}])\{[a-z][\w:+-]*\}\Z")
"""What stands before the code of a role of MyST (Sphinx): `{doc}`."""
EXPRESSION = re.compile(r"(?<![\\{$])\{(?!/\*)[^{}\n]+\}(?!\})")
"""What MDX would work out, on a page that has something else of MDX."""
SPACED = re.compile(r"(?<![!\]\w\\])\[([^\[\]\n]*[^\W\d_][^\[\]\n]*)\][ \n]\[([^\[\]\n]+)\](?![\[(:])")
"""A link with a space in it, as Markdown once had it: `[text] [reference]`."""
NO_TAG = "is no tag here: readers would see it. Write HTML, and `\\<` for a sign that begins none."
NO_END = "is no tag here: a quotation mark is missing in it, and readers would see it. Write it."
IN_WHOLE = (
    (
        re.compile(
            r"</?[a-z][\w-]*\s[^<>\"']*(?:=[ \t]*(?:\"[^\"<>]*\"|'[^'<>]*')[^<>\"']*)*=[ \t]*(?:\"[^\"<>]*|'[^'<>]*)>"
        ),
        NO_END,
    ),
    (re.compile(r"<[a-z][\w-]*(?=\s)[^<>]*?\s[@#]?[\w.:-]*[@#][\w.:-]*(?:=(?:\"[^\"]*\"|'[^']*'))?[^<>]*>"), NO_TAG),
    (re.compile(r"\{~~[^{}]*~>[^{}]*~~\}"), "is a mark of an editor. Take it in, or out."),
)
"""What is told by a text as it is written, since Markdown takes a part of it for something else: tags of Vue, replaced words."""
OF_CODE = re.compile(
    r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\."
    r"|\[(?P<text>(?:[^\[\]`\\\n]|`[^`\n]*`)+)\]\[(?P<name>(?:[^\[\]`\\\n]|`[^`\n]*`)*+)\]",
    re.S,
)
"""A reference with code in it, of which Markdown makes several parts; what is code before it is passed over."""
DIRECTIVES = frozenset(
    "admonition attention card caution code-block danger dropdown error eval-rst figure grid hint image important include "  # noqa: SIM905
    "list-table literalinclude mermaid note seealso tab-item tab-set table tabs tip toctree topic versionadded versionchanged "
    "deprecated warning".split()
)
"""Code blocks that are none to MyST (Sphinx): `{note}`."""
DIAGRAMS = frozenset(["mermaid", "plantuml", "puml", "dot", "graphviz", "d2", "vega-lite", "wavedrom", "bytefield"])
PROGRAMMED = re.compile(r"<[a-z][\w-]*(?=\s)[^<>]*?\s(?:(?:className|htmlFor)\s*=|[\w-]+=\{(?!\{))[^<>]*>")
"""A tag of JSX (`<a className="x">`), which browsers do not understand."""
STYLED = re.compile(r"\{\{\s*['\"]?[\w-]+['\"]?\s*:")
"""An object of JSX: `style={{color: 'red'}}`."""
INCLUDING = re.compile(
    r"<!--\s*(?:[@#]include\b|include(?=\s*[:\"']|\s+[^\s<>]*[./]\w+\s*-->))(?:(?!<!--).)*?-->", re.S
)
"""A comment in the place of which another tool puts a file (VitePress, servers)."""
IN_MARKDOWN = re.compile(r"\*\*\S|__\S|`|\]\(|\*\S[^*\n]*\S\*|^[ \t]*(?:[-*+]|\d+\.)[ \t]", re.M)
IN_HTML = re.compile(r"<([a-z][\w-]*)\b[^<>]*\smarkdown(?:=[\"']?(?:1|block|span)[\"']?)?(?=[\s>])[^<>]*>", re.I)
ANY = re.compile(r"</?([a-z][\w-]*)\b[^<>]*>", re.I)
UNREAD = "has Markdown in it, which is read after a blank line only. Put one after it, and one before its end."
PLAIN = re.compile(r"<(?:summary|figcaption|kbd|samp)\b", re.I)
"""What of such elements has no Markdown in it for anybody."""
SUSPECT = re.compile(
    r"[{^]|%%|\[=|<<<|<!--|\A[!?]>|\A#|--:?[ \t]*\||\|[ \t]*:?--|\*\*|\](?:\(|:)|\] \[|<\w+:|\[\[|\]\[|\w~\w|:[a-z0-9+-][\w+-]*:|==[^\s=]|\+\+|8<|<[/A-Z>]|<[a-z][\w-]*\s[^<>]*[@#=]|\{~~|\A\([\w:.-]+\)=|\A::|\A(?:im|ex)port\b|\$|\\[(\[]"
)
"""What every mark of another tool has."""
AS_CODE = re.compile(r"<(/?)(?:code|kbd|samp|tt)[\s>]", re.I)
"""An element whose text is shown as it stands, as that of code is."""
ELEMENT = re.compile(r"</?([A-Z][A-Za-z0-9]*)(?=[\s/>])")
SHOUTED = frozenset(
    "A ABBR B BIG BLOCKQUOTE BODY BR BUTTON CAPTION CENTER CITE CODE COL DD DEL DIV DL DT EM FONT FORM H1 H2 H3 H4 H5 H6 HEAD "  # noqa: SIM905
    "HR HTML I IFRAME IMG INPUT INS KBD LABEL LI LINK META OBJECT OL OPTION P PRE Q S SAMP SCRIPT SELECT SMALL SPAN STRIKE "
    "STRONG STYLE SUB SUMMARY SUP TABLE TBODY TD TEXTAREA TFOOT TH THEAD TITLE TR TT U UL VAR VIDEO AUDIO DETAILS".split()
)
"""Elements of HTML, as some write them."""
INCLUDED = re.compile(
    r"\{\{\s*#\w+[^{}\n]*\}\}|^[ \t]*;*-{1,2}8<-{1,2}.*$"
    r"|^[ \t]*\{!(?=[^{}\n]{0,500}\.\w)[^{}\n]{1,500}!\}[ \t]*$|^[ \t]*\{\*[ \t](?=[^{}\n]{0,500}\.\w)[^{}\n]{1,500}[ \t]\*\}[ \t]*$",
    re.M,
)
"""What a tool replaces in code, too."""

NOTHING: Mapping[str, str] = {}


def findings(
    path: str,
    tokens: Sequence[Token],
    references: Mapping[str, Any],
    notes: Mapping[str, int],
    reads: frozenset[str],
    known: Mapping[str, str] = NOTHING,
    *,
    mdx: bool = False,
) -> Iterator[Finding]:
    """Everything on a page that another tool would replace; `known` are the components that are read, and what each is.
    `mdx`: the page is one of MDX, whatever is left of that."""
    mdx = mdx or any(is_mdx(token) for token in tokens)
    ended = {
        one
        for token in tokens
        if "/" in token.content or "end" in token.content
        for one in ENDED.findall(token.content)
    }
    for before, token in pairwise((Token("", "", 0), *tokens)):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "inline":
            found = [*in_text(token, references, notes, reads)] if suspect(token) else []
            if before.type == "heading_open":  # whose lists are judged where they are read
                found = [one for one in found if one[1] != BAD_LIST]
            found = [(shown, said + as_box(shown, token.content, known, ended), at) for shown, said, at in found]
            found += worked_out(token) if mdx and not MODULE.match(token.content) else ()
        elif token.type == "container_callout_open":
            found = [*in_title(titled(token, reads), reads)]
        elif token.type == "html_block":
            found = [
                (shown, said + ((at and as_html(shown, known)) or as_box(shown, token.content, known, ended)), at)
                for shown, said, at in in_html(token.content, beside=token.meta.get("beside", False))
            ]
            found += worked_out_in_html(token.content) if mdx else ()
        elif token.type in {"fence", "code_block"}:
            found = [
                (one[0].strip(), run(one[0]), one.start())
                for one in INCLUDED.finditer(token.content)
                if not included(one[0], reads)
            ]
            line += token.type == "fence"
            yield from (
                Finding("dialect", level, said, Span(path, line + at)) for level, said, at in in_code(token, reads)
            )
        else:
            continue
        lines = Lines(token.content)
        for shown, said, at in found:
            below = lines.below(at) if token.type != "inline" else 0
            text = f"`{' '.join(shown.split())[:60]}` {said}"
            yield Finding("dialect", Level.WARNING if said in MILD else Level.ERROR, text, Span(path, line + below))


def in_values(path: str, fields: Iterable[tuple[str, str, int]]) -> Iterator[Finding]:
    """What of the front matter another tool would fill in: of each value that readers see its key, its text and its line."""
    for key, value, line in fields:
        for found in OPAQUE.finditer(value):
            yield Finding(
                "dialect", Level.ERROR, f"`{found[0][:60]}` in `{key}` {run(found[0], above=True)}", Span(path, line)
            )


def suspect(token: Token) -> bool:
    """Whether there may be something foreign in a text: a mark of SUSPECT, or the sign of code outside of code."""
    if SUSPECT.search(token.content):
        return True
    return "`" in token.content and any(one.type == "text" and "`" in one.content for one in token.children or ())


def is_mdx(token: Token) -> bool:
    """Whether a token tells that its page is MDX: a line of a program, a component, a comment."""
    if token.type == "html_block":
        return any(match[1] not in SHOUTED for match in ELEMENT.finditer(token.content))
    return token.type == "inline" and MODULE.match(token.content) is not None


def titled(token: Token, reads: frozenset[str]) -> str:
    """The title of a box."""
    box = token.meta.get("box")
    return str(box.title) if box else (boxed(token.info, reads) or ("", ""))[1]


def in_title(title: str, reads: frozenset[str]) -> Found:
    """What is foreign in the title of a box."""
    tokens: list[Token] = []
    PARSER.inline.parse(title, PARSER, {}, tokens)
    for at, one in enumerate(tokens):
        if one.type == "text":
            yield from in_words(one.content, reads, first=at == 0)


INCLUSION = "`{}` includes a file with the dialect `myst` alone, and with no other options than those of docs/ecosystems.md of Lockstep. Copy the text here."
"""What is said of a directive of MyST that includes a file and was not read."""


def in_code(token: Token, reads: frozenset[str]) -> Iterator[tuple[Level, str, int]]:
    """What of a code block is no code to its tool, or is shown by it otherwise; and how many lines below."""
    word = (token.info.split() or [""])[0].lower()
    name = word.strip("{}")
    if word in {"mdx-code-block", "admonish"} or (word.startswith("{") and name in DIRECTIVES):
        what = f"`{word[:40]}` is no code, and its text would be shown as code. Write it in Markdown."
        yield Level.ERROR, INCLUSION.format(word) if name in {"include", "literalinclude"} else what, -1
    elif name == "math" and "math" not in reads:
        yield Level.WARNING, f"`{word[:40]}` {unread('math')}", -1
    elif name in DIAGRAMS:
        what = f"`{name}` is a diagram that nobody draws here: readers see its code, in English. Use an image."
        yield Level.WARNING, what, -1
    if "code-titles" not in reads and (title := titled_code(token.info)):
        what = f"`{title[:60].strip('`')}`, the title of this code is not shown. Write it above the code, or remove it."
        yield Level.WARNING, what, -1
    for at, note in islice(code_notes.left(token), 1):
        what = f"`{note[-40:]}` is the place of a note in code, which readers see as it stands. {of_notes(reads)}"
        yield Level.WARNING, what, at


def worked_out(token: Token) -> Found:
    """What MDX would work out in a text."""
    for child in token.children or ():
        for one in EXPRESSION.finditer(child.content) if child.type == "text" else ():
            if not (LISTED.fullmatch(one[0]) or FACT.fullmatch(one[0])):
                yield one[0], "is a value that nobody works out here. Write what readers are to see.", 0


TO_PROGRAM = re.compile(r"<!--\s*md:\w[^<>]{0,200}?-->")
"""A word to the hooks of Material for MkDocs' own pages: `<!-- md:version 9.2.0 -->` is a badge there."""


def to_programs(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """The comments of a page that are words to a program which shows something in their place, each with its line."""
    for token in tokens:
        if token.type == "html_block" or (token.type == "inline" and "<!--" in token.content):
            some = [token] if token.type == "html_block" else token.children or []
            for one in some:
                for found in TO_PROGRAM.finditer(one.content) if one.type in {"html_block", "html_inline"} else ():
                    line = (token.map[0] + 1 if token.map else 1) + one.content.count("\n", 0, found.start())
                    yield line, found[0]


def is_seen(token: Token) -> bool:
    """Whether readers see something of a text: words, code, a picture, an element of HTML, and no comment alone."""
    return any(
        one.content.strip() and not one.content.startswith("<!--") if one.type != "image" else True
        for one in token.children or ()
        if one.type in {"text", "text_special", "code_inline", "html_inline", "image", "math_inline"}
    )


def of_notes(reads: frozenset[str]) -> str:
    """What to do about a note in code."""
    if "annotations" not in reads:
        return 'Take it out; or name "mkdocs" or "annotations" in `dialect` of [tool.lockstep].'
    return "Write a comment that is nothing else (`# (1)!`), and right below the code a list with as many items; or take it out."


def worked_out_in_html(html: str) -> Found:
    """What MDX would work out in some HTML, where no block of text has it."""
    if "{" not in html or PROGRAMS.search(html):
        return
    bare = TAG.sub(lambda tag: re.sub(r"[^\n]", " ", tag[0]), html)
    for one in EXPRESSION.finditer(bare):
        if not (LISTED.fullmatch(one[0]) or FACT.fullmatch(one[0]) or OPAQUE.match(html, one.start())):
            yield one[0], "is a value that nobody works out here. Write what readers are to see.", one.start()


PROGRAMS = re.compile(r"<(?:script|style)\b", re.I)
Found = Iterator[tuple[str, str, int]]
"""What stands there, what to say of it, and where."""


def in_text(token: Token, references: Mapping[str, Any], notes: Mapping[str, int], reads: frozenset[str]) -> Found:
    """What is foreign in one text; code and what an author escaped is not."""
    if module := MODULE.match(token.content):
        yield module[0], "is a line of a program, which nobody runs here. Remove it.", 0
        return
    if "math" not in reads and (math := MATH.search(CODE.sub("", token.content))):
        yield math[0], unread("math"), 0
    beside = MATH.sub("", CODE.sub("", token.content)) if "\\begin{" in token.content else ""
    if formula := BY_NAME.search(beside):
        yield formula[0], NO_FORMULA, 0
    if "8<" in token.content and "snippets" in reads and (include := QUOTED.search(CODE.sub("", token.content))):
        yield (
            include[0],
            "includes nothing where it stands: within a quotation or behind other words. Put it on a line of its own.",
            0,
        )
    for program in PROGRAM.finditer(LITERAL.sub("", token.content)) if ":" in token.content else ():
        yield program[0], TO_A_PROGRAM, 0
    plain = LITERAL.sub("", token.content) if "<" in token.content or "{~~" in token.content else ""
    words = "".join(one.content for one in token.children or () if one.type == "text") if plain else ""
    for looks, said in IN_WHOLE if "<" in words or "{~~" in plain else ():
        yield from ((one[0], said, 0) for one in looks.finditer(plain) if one[0][0] == "{" or one[0] in words)
    for undefined_code in OF_CODE.finditer(token.content) if "`" in token.content and "[" in token.content else ():
        name = undefined_code["name"] or undefined_code["text"]
        if name and "`" in undefined_code[0] and reference(name) not in references:
            yield undefined_code[0], f"has no address. Write it: `[{name}]: page.md`.", 0
    for spaced in SPACED.finditer(LITERAL.sub("", token.content)) if "] [" in token.content else ():
        if reference(spaced[2]) in references and reference(spaced[1]) not in references:
            yield spaced[0], "is no link: readers see the brackets. Take out the space.", 0
    first, last, shown, opened, bare = True, "", 0, 0, False
    for child in token.children or ():
        if child.type == "code_inline" and (role := ROLE.search(last)):
            yield f"{role[0]}`{child.content}`", "is a role that nobody reads here. Write it in Markdown.", 0
        last = child.content if child.type == "text" else ""
        if child.type == "opaque" and not included(child.content, reads):
            yield child.content, run(child.content), 0
        elif child.type == "html_inline":
            yield from in_html(child.content)
            if tag := AS_CODE.match(child.content):
                shown = max(shown + (-1 if tag[1] else 1), 0)
        elif child.type in {"link_open", "image"}:
            opened += child.type == "link_open"
            bare = child.markup == "autolink"
            address = unquote(str(child.attrs.get("href") or child.attrs.get("src") or ""))
            yield from ((found[0], run(found[0]), 0) for found in OPAQUE.finditer(address))
            if address.startswith("pathname://"):
                yield address, "is an address of Docusaurus. Link to the file in source/.", 0
        elif child.type == "text" and bare:
            bare = False
        elif child.type == "text" and ("`" in child.content or SUSPECT.search(child.content)):
            yield from (
                () if shown else in_words(child.content, reads, first=first, alone=len(token.children or ()) == 1)
            )
            if opened and "](" in child.content and (around := AROUND_LINK.match(child.content)):
                yield around[0], IN_LINK, 0
            for match in UNDEFINED.finditer(child.content) if "[" in child.content else ():
                if said := undefined(match, references, notes):
                    yield match[0], said, 0
        first = False


def included(code: str, reads: frozenset[str]) -> bool:
    """Whether a mark that would include a file is one that is to be shown: the others were read before."""
    return ("snippets" in reads and "8<" in code) or (
        "includes" in reads
        and re.match(r"\{\{[ \t]*#(?:include|rustdoc_include|playground|playpen)\b", code) is not None
    )


def in_words(text: str, reads: frozenset[str], *, first: bool, alone: bool = False) -> Found:
    """What is foreign in some words; `first`: with them the text begins; `alone`: they are all of it."""
    for mark in MARKS:
        loose = mark.construct == "attributes" and "attributes" in reads
        left = bool(mark.said) and mark.construct in reads - {"snippets"}  # where it is read, such a one is none
        if (mark.construct in reads and not loose and not left) or (mark.looks.pattern.startswith(r"\A") and not first):
            continue
        for match in mark.looks.finditer(text):
            if loose and (text[: match.start()].endswith("]") or (alone and match[0] == text.strip())):
                continue  # said where the lists are read
            if mark.known(match):
                yield match[0], LOOSE if loose else advice(mark, left=left), 0


def advice(mark: Mark, *, left: bool) -> str:
    """What to do about a mark; `left`: such marks are read, and this one was not."""
    if not mark.said or not mark.construct or left:
        return mark.said or unread(mark.construct)
    if mark.construct == "snippets":
        return mark.said
    tool = next(name for name, some in DIALECTS.items() if mark.construct in some and name != "common")
    return f'{mark.said[:-1]}; or name "{tool}" or "{mark.construct}" in `dialect` of [tool.lockstep].'


def in_html(html: str, *, beside: bool = False) -> Found:
    """What is foreign in some HTML; `beside`: it stands among Markdown in an element that says so."""
    for included in INCLUDING.finditer(html):
        yield included[0], "would include a file, which nobody does here. Copy its text.", included.start()
    if html.lstrip().startswith("<!--"):
        return
    for match in ELEMENT.finditer(html):
        if match[1] not in SHOUTED:
            yield match[0] + ">", COMPONENT, match.start()
            break
    for match in PROGRAMMED.finditer(html) if "=" in html else ():
        yield match[0], JSX, match.start()
    for match in OPAQUE.finditer(html) if OPENED.search(html) else ():
        yield match[0], JSX if STYLED.match(match[0]) else run(match[0]), match.start()
    beside = beside and not AS_IS.search(html)
    marked = [*(ANY if beside else IN_HTML).finditer(html)] if beside or "markdown" in html else []
    for match, below in zip_longest(marked, marked[1:]):
        words = html[match.end() : below.start() if below else None].partition("</" + match[1])[0]
        if not (beside and PLAIN.match(match[0])) and IN_MARKDOWN.search(TAG.sub("", words)):
            yield match[0], UNREAD, match.start()


def undefined(match: re.Match[str], references: Mapping[str, Any], notes: Mapping[str, int]) -> str:
    """What is wrong with a reference that is text."""
    if match[3]:
        return "" if f":{match[3]}" in notes else f"has no footnote. Write it: `[^{match[3]}]: …`."
    name = match[2] or match[1]
    return "" if reference(name) in references else f"has no address. Write it: `[{name}]: page.md`."
