"""The inline language: parse one message's text where it stands. The one module, with `markdown`, that knows markdown-it.

The English locks the structure. A translation may supply words and the order of the English's own inline nodes; what
it brings beyond them is named by `structure.excess`, and the caller does not show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from html import escape
from typing import Any
from unicodedata import category, east_asian_width
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.content import braces
from pipeline.content.inline_html import Urls, html_node, html_nodes, plain_nodes, same
from pipeline.core.inline import NOWHERE, OPAQUE, Inline, Node, Scope, Syntax

MAX_NESTING = 100
EMPHASIS = frozenset(["em", "strong", "s"])


def engine(reads: frozenset[str] = frozenset()) -> MarkdownIt:
    """The Markdown we read: CommonMark, tables, strikethrough, footnotes (block plugins are the format's), and what of other
    tools is asked for. What those would run is one node: `{{< figure >}}`."""
    parser = MarkdownIt("commonmark", {"html": True, "xhtmlOut": False, "maxNesting": MAX_NESTING})
    for name in ("normalizeLink", "validateLink"):  # of a link that stands in many texts and languages, asked once
        setattr(parser, name, lru_cache(maxsize=1 << 12)(getattr(parser, name)))
    parser.helpers = braces.READERS  # type: ignore[assignment]  # a module, asked for three functions
    parser.disable("text_join")  # which makes what an author escaped the same as what is not; `nodes_of` joins
    parser.add_render_rule("text_special", special)
    parser.inline.ruler.before("newline", "opaque", opaque)
    if "cjk" in reads:
        for name in ("emphasis", "strikethrough"):
            rule = next(one.fn for one in parser.inline.ruler.__rules__ if one.name == name)
            parser.inline.ruler.at(name, partial(friendly, rule))
    if "math" in reads:
        from mdit_py_plugins.dollarmath import dollarmath_plugin
        from mdit_py_plugins.texmath import texmath_plugin

        parser.use(texmath_plugin, delimiters="brackets")
        for ruler, end in ((parser.inline.ruler, "\\)"), (parser.block.ruler, "\\]")):
            for one in [one for one in ruler.__rules__ if one.name.startswith("math_")]:
                ruler.at(one.name, partial(ended, one.fn, end), {"alt": one.alt})
        parser.use(
            dollarmath_plugin,
            allow_labels=False,
            allow_space=False,
            allow_digits=False,
            allow_blank_lines=False,
            double_inline=True,
        )
    return parser.enable(["table", "strikethrough"]).use(footnote_plugin, inline=False)


def ended(rule: Any, end: str, state: Any, *given: Any) -> bool:
    """A rule of formulas, asked only where what ends one is still to come: 30,000 that nothing ends are sought once."""
    at = state.pos if hasattr(state, "pos") else state.bMarks[given[0]]
    return last(state.src, end) > at and bool(rule(state, *given))


@lru_cache(maxsize=4)
def last(text: str, end: str) -> int:
    """Where a mark stands last in a text; -1 where it does not."""
    return text.rfind(end)


def label(text: str) -> str:
    """What a link definition is called, as CommonMark compares it (spec 0.31, "Link reference definitions")."""
    return normalizeReference(text)


def friendly(rule: Any, state: Any, silent: bool) -> bool:
    """Emphasis in Chinese, Japanese and Korean, which have no spaces: a mark beside their letters opens or closes where one
    beside a space would (https://github.com/tats-u/markdown-cjk-friendly, specification)."""
    start, known = state.pos, len(state.delimiters)
    if not rule(state, silent):
        return False
    last = state.src[start - 1] if start else " "
    after = state.src[state.pos] if state.pos < state.posMax else " "
    if not (wide(last) or wide(after)):
        return True
    left = not after.isspace() and (not punctuated(after) or last.isspace() or punctuated(last) or wide(last))
    right = not last.isspace() and (not punctuated(last) or after.isspace() or punctuated(after) or wide(after))
    for one in state.delimiters[known:]:
        under = one.marker == ord("_")
        one.open = left and (not under or not right or not last.isalnum())
        one.close = right and (not under or not left or not after.isalnum())
    return True


def wide(char: str) -> bool:
    """Whether a character is one of Chinese, Japanese or Korean (UAX 11)."""
    return east_asian_width(char) in {"W", "F", "H"}


def punctuated(char: str) -> bool:
    """Whether a character is a mark, and none of theirs (CommonMark 0.31, 2.1)."""
    return category(char)[0] in "PS" and not wide(char)


def opaque(state: Any, silent: bool) -> bool:
    """`{{< figure >}}`, `{% include %}`, `{{ site.title }}`: read by another tool, and by nobody here."""
    found = OPAQUE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if found is None:
        return False
    if not silent:
        state.push("opaque", "", 0).content = found[0]
    state.pos = found.end()
    return True


def special(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """What an author escaped, as markdown-it's own renderer writes it."""
    return escape(tokens[at].content)


PARSER = engine()
parser_of = lru_cache(maxsize=8)(engine)
"""The parser of each set of constructs."""


def parse(source: str, syntax: Syntax, scope: Scope = NOWHERE, urls: Urls | None = None) -> Inline:
    """Parse one message's text where it stands; `urls` maps its links, if not as `scope` does.

    Never raises: whatever is not markup is text. A text that nothing around it can change is parsed once, wherever it stands.
    """
    if (
        syntax is Syntax.MARKDOWN
        and not scope.reads
        and ((scope is NOWHERE and urls is None) or ("[" not in source and "<" not in source))
    ):
        return parsed_anywhere(source)
    return parsed(source, syntax, scope, urls or scope.url)


@lru_cache(maxsize=1 << 12)
def parsed_anywhere(source: str) -> Inline:
    """A Markdown text without links, images, footnotes and tags, or one that stands on no page."""
    return parsed(source, Syntax.MARKDOWN, NOWHERE, same)


MARKED = ("\n", "&", "*", "<", "[", "\\", "_", "`", "~", "{{", "{%", "{!")
"""What Markdown's inline text has to have to be more than text (CommonMark 0.31, chapter 6; strikethrough; what is opaque). Looked for
one by one, for it is three times as fast as an expression of them all."""


def marked(source: str) -> bool:
    """Whether a text may be more than text."""
    return any(map(source.__contains__, MARKED))


def parsed(source: str, syntax: Syntax, scope: Scope, urls: Urls) -> Inline:
    if syntax is Syntax.MARKDOWN and (marked(source) or (scope.reads and "$" in source)):
        tokens: list[Token] = []
        parser = parser_of(scope.reads) if scope.reads else PARSER
        parser.inline.parse(source, parser, scope.references.env(), tokens)
        return Inline(source, syntax, nodes_of(tokens, urls))
    if syntax is Syntax.HTML:
        return Inline(source, syntax, tuple(html_nodes(source, urls)))
    return Inline(source, syntax, tuple(plain_nodes(source, str)))


def translated(source: str, english: Inline, scope: Scope) -> Inline:
    """A translation of `english`, parsed where the English stands; its footnote numbers and emphasis are the English's."""
    inline = tamed(english, parse(source, english.syntax, scope))
    numbers: dict[str, list[tuple[int, int]]] = {}
    for node in english.nodes:
        if node.kind == "footnote":
            numbers.setdefault(node.text, []).append(node.ids)
    if not numbers:
        return inline
    nodes = (
        node._replace(ids=numbers[node.text].pop(0)) if node.kind == "footnote" and numbers.get(node.text) else node
        for node in inline.nodes
    )
    return Inline(inline.source, inline.syntax, tuple(nodes))


def tamed(english: Inline, inline: Inline) -> Inline:
    """`inline` with no more emphasis and code than the English has: what is beyond is plain text, its words kept.

    Emphasis of another kind than the English's becomes the English's (Chinese has no italics, so *term* is **术语**).
    """
    if inline.syntax is not Syntax.MARKDOWN or not any(
        node.kind == "code" or node.tag in EMPHASIS for node in inline.nodes
    ):
        return inline
    left = Counter(node.tag for node in english.nodes if node.kind == "open" and node.tag in EMPHASIS)
    left["code"] = sum(1 for node in english.nodes if node.kind == "code")
    stay = Counter(node.tag for node in inline.nodes if node.kind == "open" and node.tag in EMPHASIS)
    if all(left[tag] >= count for tag, count in stay.items()) and left["code"] >= sum(
        1 for node in inline.nodes if node.kind == "code"
    ):
        return inline
    spare = left - stay
    nodes: list[Node] = []
    stack: list[str] = []
    for node in inline.nodes:
        if node.kind == "code":
            left["code"] -= 1
            node = node if left["code"] >= 0 else Node("text", node.text)
        elif node.kind == "open" and node.tag in EMPHASIS:
            tag = node.tag if left[node.tag] > 0 else next((tag for tag in ("em", "strong", "s") if spare[tag] > 0), "")
            if tag and tag != node.tag:
                spare[tag] -= 1
            left[tag] -= 1
            stack.append(tag)
            node = node._replace(tag=tag) if tag else Node("text")
        elif node.kind == "close" and node.tag in EMPHASIS:
            tag = stack.pop() if stack else ""
            node = node._replace(tag=tag) if tag else Node("text")
        if node.kind == "text" and nodes and nodes[-1].kind == "text":
            nodes[-1] = Node("text", nodes[-1].text + node.text)
        elif node.kind != "text" or node.text:
            nodes.append(node)
    return Inline(inline.source, inline.syntax, tuple(nodes))


def nodes_of(tokens: Iterable[Token], urls: Urls = same) -> tuple[Node, ...]:
    """markdown-it's inline tokens as our nodes, neighbouring text joined."""
    nodes: list[Node] = []
    for token in tokens:
        node = node_of(token, urls)
        if node.kind == "text" and nodes and nodes[-1].kind == "text":
            nodes[-1] = Node("text", nodes[-1].text + node.text)
        elif node.kind != "text" or node.text:
            nodes.append(node)
    return tuple(nodes)


def node_of(token: Token, urls: Urls) -> Node:
    """One inline token as a node. Types we do not know are text, so nothing can slip through as markup."""
    if token.type == "text":
        return Node("text", token.content)
    title = token.attrs.get("title")
    title = None if title is None else str(title)
    match token.type:
        case "code_inline":
            return Node("code", token.content)
        case "text_special" if token.content == "{":
            return Node("escaped", token.content)
        case "softbreak":
            return Node("soft")
        case "hardbreak":
            return Node("break")
        case "html_inline":
            return html_node(token.content, urls)
        case "link_open":
            kind = "auto" if token.info == "auto" else ""
            href = str(token.attrs["href"])
            return Node("open", kind, "a", urls(href), title, target=unquote(braces.led(href)))
        case "image":
            src = str(token.attrs["src"])
            return Node(
                "image",
                braces.alternative(token.children or ()),
                "img",
                urls(src),
                title,
                target=unquote(braces.led(src)),
            )
        case "opaque":
            return Node("opaque", token.content)
        case "math_inline" | "math_inline_double" | "math_single":
            return Node("math", token.content.strip(), "div" if token.markup == "$$" else "span")
        case "footnote_ref":
            return Node("footnote", token.meta["label"], ids=(token.meta["id"] + 1, token.meta["subId"]))
        case name if name.endswith("_open"):
            return Node("open", tag=token.tag)
        case name if name.endswith("_close"):
            return Node("close", tag=token.tag)
    return Node("text", token.content)
