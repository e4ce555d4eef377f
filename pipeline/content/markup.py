"""The inline language: parse one message's text, compare its structure with the English, write it as HTML.

The English locks the structure. A translation may supply words and the order of the English's own inline nodes; what
it brings beyond them is named by `excess`, and the caller does not show it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from html import escape, unescape
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

MAX_NESTING = 100
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
ATTRIBUTES_WITH_WORDS = "alt|title|aria-label|placeholder"

FACT = re.compile(r"\{([a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+)\}")
FACT_IN_URL = re.compile(r"(?:\{|%7B)([a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+)(?:\}|%7D)")
ARGUMENT = re.compile(r"%\((\w+)\)[sd]|(%%)")
BARE_URL = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://\S+|\bwww\.\S+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
TAG = re.compile(  # a comment ends where a browser ends it: `<!-->` is whole, and so is what ends in `--!>`
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)>|<!--(?:-?>|.*?--!?>)"
    r"|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<[!?][^<>]*>",
    re.S,
)
WORDED = re.compile(rf"""(\s(?:{ATTRIBUTES_WITH_WORDS})\s*=\s*)("[^"]*"|'[^']*')""", re.I)
ADDRESS = re.compile(r"""(\s(?:href|src|poster)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.I)
RAW_TEXT = frozenset(
    (
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "template",
    )
)
"""Elements whose content a browser does not read as text: never part of a message."""

Urls = Callable[[str], str]
"""Maps a link as the author wrote it to the link of the published page."""


class Form(Enum):
    """The language in which a message's text is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"
    TEMPLATE = "template"


class Facts(NamedTuple):
    """What placeholders stand for, by dotted name; None where there is no such fact.

    `said` is HTML in the language of the text around it; `written` is the value as its author wrote it, the only one
    that may become part of a link.
    """

    said: Callable[[str], str | None]
    written: Callable[[str], str | None]


class Node(NamedTuple):
    """One inline node: text, code, open, close, soft, break, image, html, raw or footnote (raw: HTML of ours, as it is)."""

    kind: str
    text: str = ""
    tag: str = ""
    url: str = ""
    title: str | None = None
    ids: tuple[int, int] = (0, 0)
    target: str = ""
    """The link as its author wrote it; `url` is what is published."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A message's text, parsed: the source it came from, the language it is written in, its nodes.

    `parts` is what it is made of besides words, in words a person reads: each element, link, image, tag, footnote and
    placeholder, and how often it stands there.
    """

    source: str
    form: Form
    nodes: tuple[Node, ...]
    parts: Mapping[str, int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        plain = (
            len(self.nodes) < 2
            and not ("{" in self.source or "%" in self.source)
            and all(node.kind == "text" for node in self.nodes)
        )
        object.__setattr__(self, "parts", {} if plain else parts(self.nodes, self.form))


@dataclass(frozen=True, slots=True)
class References:
    """What inline text may refer to on its page: link definitions and footnotes, from the English."""

    links: Mapping[str, Any]
    footnotes: Mapping[str, int]

    def env(self) -> dict[str, Any]:
        """A fresh environment for one parse (the footnote rule counts in it)."""
        notes = {number: {"label": label[1:], "count": 0} for label, number in self.footnotes.items()}
        return {"references": self.links, "footnotes": {"refs": dict(self.footnotes), "list": notes}}


def engine() -> MarkdownIt:
    """The Markdown we read: CommonMark, tables, strikethrough, footnotes (block plugins are the format's)."""
    parser = MarkdownIt("commonmark", {"html": True, "xhtmlOut": False, "maxNesting": MAX_NESTING})
    return parser.enable(["table", "strikethrough"]).use(footnote_plugin, inline=False)


PARSER = engine()
NO_REFERENCES = References({}, {})


def same(url: str) -> str:
    """The link map that changes nothing."""
    return url


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a text stands: what it may refer to on its page, and how the page's links are published."""

    references: References = NO_REFERENCES
    urls: Urls = same


NOWHERE = Scope()


def parse(source: str, form: Form, scope: Scope = NOWHERE) -> Inline:
    """Parse one message's text. Never raises: whatever is not markup is text."""
    if form is Form.MARKDOWN:
        tokens: list[Token] = []
        PARSER.inline.parse(source, PARSER, scope.references.env(), tokens)
        return Inline(source, form, nodes_of(tokens, scope.urls))
    if form is Form.HTML:
        return Inline(source, form, tuple(html_nodes(source, scope.urls)))
    return Inline(source, form, (Node("text", source),) if source else ())


def translated(source: str, english: Inline, scope: Scope) -> Inline:
    """A translation of `english`, parsed where the English stands; its footnote numbers and emphasis are the English's."""
    inline = tamed(english, parse(source, english.form, scope))
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
    return Inline(inline.source, inline.form, tuple(nodes))


EMPHASIS = frozenset(["em", "strong", "s"])


def tamed(english: Inline, inline: Inline) -> Inline:
    """`inline` with no more emphasis and code than the English has: what is beyond is plain text, its words kept.

    Emphasis of another kind than the English's becomes the English's (Chinese has no italics, so *term* is **术语**).
    """
    if inline.form is not Form.MARKDOWN or not any(
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
    return Inline(inline.source, inline.form, tuple(nodes))


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
    title = token.attrs.get("title")
    title = None if title is None else str(title)
    match token.type:
        case "code_inline":
            return Node("code", token.content)
        case "softbreak":
            return Node("soft")
        case "hardbreak":
            return Node("break")
        case "html_inline":
            return html_node(token.content, urls)
        case "link_open":
            kind = "auto" if token.info == "auto" else ""
            href = str(token.attrs["href"])
            return Node("open", kind, "a", urls(href), title, target=unquote(href))
        case "image":
            src = str(token.attrs["src"])
            return Node("image", alt(token.children or ()), "img", urls(src), title, target=unquote(src))
        case "footnote_ref":
            return Node("footnote", token.meta["label"], ids=(token.meta["id"] + 1, token.meta["subId"]))
        case name if name.endswith("_open"):
            return Node("open", tag=token.tag)
        case name if name.endswith("_close"):
            return Node("close", tag=token.tag)
    return Node("text", token.content)


def alt(tokens: Sequence[Token]) -> str:
    """An image's description as plain text, as CommonMark asks (spec 0.31, "Images")."""
    return "".join(
        alt(token.children)
        if token.type == "image" and token.children
        else "\n"
        if "break" in token.type
        else token.content
        for token in tokens
        if token.type != "html_inline"
    )


def html_nodes(source: str, urls: Urls) -> Iterator[Node]:
    """The nodes of a run of HTML: tags and the text between them, character references resolved."""
    start = 0
    for match in TAG.finditer(source):
        if match.start() > start:
            yield Node("text", unescape(source[start : match.start()]))
        yield html_node(match[0], urls)
        start = match.end()
    if start < len(source):
        yield Node("text", unescape(source[start:]))


def html_node(tag: str, urls: Urls) -> Node:
    """A raw HTML tag, its link mapped; `tag` is its name with a slash in front where it closes."""
    match = TAG.fullmatch(tag)
    name = f"{match[1]}{match[2].lower()}" if match and match[2] else "!"
    return Node("html", readdress(tag, urls) if name != "!" else tag, name)


def readdress(tag: str, urls: Urls) -> str:
    """A raw HTML tag with its `href` and `src` mapped."""

    def mapped(match: re.Match[str]) -> str:
        url = next(group for group in match.groups()[1:] if group is not None)
        new = urls(unescape(url))
        return match[0] if new == unescape(url) else f'{match[1]}"{escape(new)}"'

    return ADDRESS.sub(mapped, tag)


def attributes_have_facts(inline: Inline) -> bool:
    """Whether a fact stands in an attribute (an image's words, a title, a tag), where no language can be marked."""
    return any(
        FACT.search(node.title or "") or (node.kind in {"image", "html"} and FACT.search(node.text))
        for node in inline.nodes
    )


def has_words(inline: Inline) -> bool:
    """Whether there is a letter to translate, once code, URLs and placeholders are set aside."""
    inside_autolink = False
    for node in inline.nodes:
        if node.kind == "open" and node.tag == "a":
            inside_autolink = node.text == "auto"
        elif node.kind == "close" and node.tag == "a":
            inside_autolink = False
        if not inside_autolink and any(letters(text) for text in worded(node)):
            return True
    return False


def has_code_words(inline: Inline) -> bool:
    """Whether there are words in code and nowhere else: English, but nothing to translate."""
    return any(node.kind == "code" and letters(node.text) for node in inline.nodes)


def worded(node: Node) -> Iterator[str]:
    """The texts of a node that a reader or a screen reader meets as words."""
    if node.kind in {"text", "image"}:
        yield node.text
    if node.title:
        yield node.title
    if node.kind == "html":
        yield from (unescape(match[2][1:-1]) for match in WORDED.finditer(node.text))


def letters(text: str) -> bool:
    """Whether any letter is left in `text` beside placeholders and bare URLs."""
    return any(char.isalpha() for char in BARE_URL.sub("", FACT.sub("", text)))


def parts(nodes: Iterable[Node], form: Form) -> Counter[str]:
    """A text's structure and placeholders, each in words, with how often it stands there."""
    found: Counter[str] = Counter()
    for node in nodes:
        if part := named(node):
            found[part] += 1
        for text in worded(node):
            if "{" in text:
                found.update(match[0] for match in FACT.finditer(text))
            if form is Form.TEMPLATE:
                found.update(match[0] for match in ARGUMENT.finditer(text) if match[1])
    return found


def named(node: Node) -> str:
    """A node's structure in words: everything about it that a translation may not change."""
    titled = "" if node.title is None else " with a title"
    match node.kind:
        case "open":
            return f"a link to {node.target}{titled}" if node.tag == "a" else f"the element <{node.tag}>"
        case "image":
            return f"the image {node.target}{titled}"
        case "code":
            return "the element <code>"
        case "break":
            return "a line break"
        case "footnote":
            return f"the footnote [^{node.text}]"
        case "html":
            return "the HTML " + WORDED.sub(r'\1""', node.text)
    return ""


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


def skeleton(inline: Inline) -> list[tuple[str, str]]:
    """The order in which elements open and close."""
    return [(node.kind, node.tag) for node in inline.nodes if node.kind in {"open", "close", "html"}]


def missing(english: Inline, translation: Inline) -> Iterator[str]:
    """What the English has and the translation lacks, in words."""
    return (part for part, count in english.parts.items() if count > translation.parts.get(part, 0))


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


def render(inline: Inline, facts: Facts) -> str:
    """The text as HTML. Words are escaped; placeholders are replaced literally, never formatted."""
    return "".join(html_of(node, inline.form, facts) for node in inline.nodes)


def html_of(node: Node, form: Form, facts: Facts) -> str:
    match node.kind:
        case "text":
            return filled(node.text, facts)
        case "code":
            return f"<code>{escape(node.text)}</code>"
        case "soft":
            return "\n"
        case "break":
            return "<br>\n"
        case "open" if node.tag == "a":
            return f'<a href="{escape(address(node.url, facts))}"{titled(node, facts)}>'
        case "open":
            return f"<{node.tag}>"
        case "close":
            return f"</{node.tag}>"
        case "image":
            words = FACT.sub(lambda match: plain_fact(match, facts), node.text)
            return f'<img src="{escape(address(node.url, facts))}" alt="{escape(words)}"{titled(node, facts)}>'
        case "footnote":
            number, again = node.ids
            anchor = f"{number}:{again}" if again else f"{number}"
            return f'<sup class="footnote-ref"><a href="#fn{number}" id="fnref{anchor}">[{anchor}]</a></sup>'
        case "html":
            return with_facts(node.text, facts)
    return node.text


def with_facts(html: str, facts: Facts) -> str:
    """Raw HTML with the placeholders in its tags replaced: in links by the value as written, elsewhere by the words."""
    if "{" not in html:
        return html
    linked = ADDRESS.sub(lambda match: address(match[0], facts), html)
    return TAG.sub(lambda tag: FACT.sub(lambda match: escape(plain_fact(match, facts)), tag[0]), linked)


def titled(node: Node, facts: Facts) -> str:
    """The ` title="…"` of a link or image, or nothing."""
    return (
        "" if node.title is None else f' title="{escape(FACT.sub(lambda match: plain_fact(match, facts), node.title))}"'
    )


def filled(text: str, facts: Facts) -> str:
    """Text as HTML, with each placeholder that is a fact replaced."""
    parts = FACT.split(text)
    for at in range(1, len(parts), 2):
        value = facts.said(parts[at])
        parts[at] = escape(f"{{{parts[at]}}}") if value is None else value
    parts[::2] = map(escape, parts[::2])
    return "".join(parts)


def plain_fact(match: re.Match[str], facts: Facts) -> str:
    """A fact as plain text, for an attribute; the placeholder itself where there is none."""
    value = facts.said(match[1])
    return match[0] if value is None else unescape(re.sub(r"<[^>]*>", "", value))


def address(url: str, facts: Facts) -> str:
    """A link with its placeholders replaced by the values as written (`tel:{clinic.phone}`): a translation changes no link."""

    def value(match: re.Match[str]) -> str:
        written = facts.written(match[1])
        return match[0] if written is None else quote(re.sub(r"\s", "", written), safe="/:?#[]@!$&()*+,;=%~")

    return FACT_IN_URL.sub(value, url)


def plain(inline: Inline, facts: Facts) -> str:
    """The text without its markup, for a title or a description."""
    parts = []
    for node in inline.nodes:
        if node.kind in {"text", "code", "image"}:
            parts.append(FACT.sub(lambda match: plain_fact(match, facts), node.text))
        elif node.kind in {"soft", "break"}:
            parts.append(" ")
    return "".join(parts)


def holds(english: Inline, translation: Inline) -> bool:
    """The second wall: an HTML sanitiser that knows only the English's tags and attributes removes nothing.

    `excess` is the first wall and should make this one idle; where it does not, the translation is not shown.
    """
    if all(node.kind in {"text", "soft", "footnote"} for node in translation.nodes):
        return True
    ours, theirs = render(english, NO_FACTS), render(translation, NO_FACTS)
    allowed = {match[2].lower() for match in TAG.finditer(ours) if match[2]}
    names = {name.lower() for match in TAG.finditer(ours) if match[3] for name in re.findall(r"\s([\w:-]+)", match[3])}
    schemes = {scheme.lower() for scheme in re.findall(r'"([A-Za-z][A-Za-z0-9+.-]*):', ours)}
    cleaned = nh3.clean(
        theirs,
        tags=allowed,
        attributes={"*": names},
        url_schemes=schemes | {"https"},
        link_rel=None,
        clean_content_tags=set(),
    )
    return tags_of(cleaned) == tags_of(theirs)


def tags_of(html: str) -> Counter[str]:
    """How often each start tag stands in `html`."""
    return Counter(match[2].lower() for match in TAG.finditer(html) if match[2] and not match[1])


NO_FACTS = Facts(lambda name: None, lambda name: None)
"""The facts of a site that has none."""
