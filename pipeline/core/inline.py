"""One message's text, parsed: the values, and what can be told of them without a parser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.core.pickled import travels

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
ATTRIBUTES_WITH_WORDS = "alt|title|aria-label|placeholder"
LINE, TEXT = 200_000, 100_000
"""The most characters that a line of a page may have, and a text that is translated as one."""
FACT = re.compile(r"\{([a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+)\}")
BRACE = "{\0"
"""A brace before what would be a fact, had its author not escaped it, in a text that stands in an attribute. `bared` gives what is shown."""
NO_FACT = re.compile(r"\\\{(?=[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+\})")
"""The same brace as its author writes it."""
FACT_IN_URL = re.compile(r"(?:\{|%7B)([a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+)(?:\}|%7D)")
OPAQUE = re.compile(
    r"\{\{[<%](?:[^{}]|\{(?!\{)|\}(?!\})){0,2000}[%>]\}\}|\{\{\{?[^{}]{0,2000}\}?\}\}|\{%[^%]{0,2000}(?:%(?!\})[^%]{0,2000}){0,20}%\}"
    r"|\{!(?=[^{}]*\.)[^{}\n]{1,500}!\}|\{\*[ \t](?=[^{}]*\.)[^{}\n]{1,500}[ \t]\*\}",
    re.S,
)
"""What a template engine of another tool would run, or a file that it would include (Hugo, Jekyll, mdBook, MkDocs): nothing of
ours, and of no translator."""
OPENED = re.compile(r"\{[{%!*]")
"""How all of it begins."""
ARGUMENT = re.compile(r"%\((\w+)\)[sd]|(%%)")
BARE_URL = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://\S+|\b(?:tel|sms|mailto|sips?|xmpp|geo|urn|doi|magnet):\S+|\bwww\.\S+"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)
ELEMENT, DECLARATION = r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)>", r"<[!?][^<>]*>"
ENCLOSED = {  # a comment ends where a browser ends it: `<!-->` is whole, and so is what ends in `--!>`
    "<!--": r"<!--(?:-?>|.*?--!?>)",
    "<![CDATA[": r"<!\[CDATA\[.*?\]\]>",
    "<?": r"<\?.*?\?>",
}
"""By how they open, what ends only with a mark of its own."""
TAG = re.compile("|".join([ELEMENT, *ENCLOSED.values(), DECLARATION]), re.S)
TAG_NAME = re.compile(r"\A</?[A-Za-z][A-Za-z0-9-]*")
"""The name of an element, which is the same in small letters (HTML Standard, 13.1.2)."""
WORDED = re.compile(rf"""(\s(?:{ATTRIBUTES_WITH_WORDS})\s*=\s*)("[^"]*"|'[^']*')""", re.I)
ATTRIBUTE = re.compile(r"""(?<![^\s"'<>/=])([^\s"'<>/=]++)(\s*+=\s*)("[^"]*"|'[^']*'|[^\s"'<>]+)""")
"""An attribute with a value: its name, the sign between, the value as it stands there. Sought one after another, so that what
looks like one inside the value of another is none."""
LEADING = {
    **dict.fromkeys(
        ("href", "src", "poster", "data", "action", "formaction", "background", "cite", "longdesc", "xlink:href"), "one"
    ),
    **dict.fromkeys(("srcset", "imagesrcset"), "list"),
    "ping": "words",
    "style": "style",
}
"""The attributes that hold addresses, and how (HTML, "Attributes"): one, a list of candidates, or among other things of a style."""
ANCHORS = "id", "name"
"""The attributes that name a place; `name` does on `<a>` alone."""
CANDIDATE = re.compile(r"([\s,]*)([^\s,](?:\S*[^\s,])?)(,|(?:\s+(?:[^,()]|\([^()]*\))*)?(?:,|\Z))", re.S)
"""A candidate of a `srcset`: what stands before its address, the address, its descriptors and the comma after them."""
STYLED = re.compile(r"""(\burl\(\s*)(?:"([^"\\\n]*)"|'([^'\\\n]*)'|([^\s"'()\\]+))(\s*\))""", re.I)
"""An address in a style (CSS Values, "url()")."""
IMPORTED = re.compile(r"""(@import\s*)(?:"([^"\\\n]*)"|'([^'\\\n]*)')()()""", re.I)
"""The style that a style takes in (CSS Cascading, "@import")."""
OF_A_SET = re.compile(r"""(image-set\()((?:[^()"']|"[^"\n]*"|'[^'\n]*'|\([^()]*\))*+)(?=\))""", re.I)
IN_A_SET = re.compile(r"""((?:\A|,)\s*)(?:"([^"\\\n]*)"|'([^'\\\n]*)')()()""")
"""The addresses that a style chooses from, where they are strings (CSS Images, "image-set()")."""
REFRESH = re.compile(r"""(\s*[0-9.]+\s*[;,]\s*url\s*=\s*['"]?)([^\s'"]+)""", re.I)
"""Where `<meta http-equiv=refresh content=…>` sends its reader: what stands before the address, and the address."""
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


class Syntax(Enum):
    """The language in which a message's text is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"
    TEMPLATE = "template"


class Facts(NamedTuple):
    """What placeholders stand for, by dotted name, and which way the text around them runs.

    `said` is HTML in the language of the text around it; `written` is the value as its author wrote it, the only one
    that may become part of a link. `kept` is a pattern of the names that no machine is to translate, "" for none.
    """

    said: Mapping[str, str]
    written: Mapping[str, str]
    right_to_left: bool = False
    kept: str = ""


NO_FACTS = Facts({}, {})
"""The facts of a site that has none."""


class Node(NamedTuple):
    """One inline node: text, code, open, close, soft, break, image, html, raw, footnote, math, opaque or escaped (raw: HTML of
    ours, as it is; math: a formula, as TeX; opaque: what another tool would run; escaped: a `{` that begins no placeholder)."""

    kind: str
    text: str = ""
    tag: str = ""
    url: str = ""
    title: str | None = None
    ids: tuple[int, int] = (0, 0)
    target: str = ""
    """The link as its author wrote it; `url` is what is published."""


@travels
@dataclass(frozen=True, slots=True)
class Inline:
    """A message's text, parsed: the source it came from, the language it is written in, its nodes.

    `parts` is what it is made of besides words, in words a person reads: each element, link, image, tag, footnote and
    placeholder, and how often it stands there. It is worked out when it is first asked for: most texts are only shown.
    """

    source: str
    syntax: Syntax
    nodes: tuple[Node, ...]
    parts: Mapping[str, int] = field(init=False, compare=False, repr=False)

    if not TYPE_CHECKING:  # a class with slots has nowhere else to say it

        def __getattr__(self, name: str) -> object:
            if name != "parts":
                raise AttributeError(name)
            plain = (
                len(self.nodes) < 2
                and not ("{" in self.source or "%" in self.source)
                and all(node.kind == "text" for node in self.nodes)
            )
            found = {} if plain else parts(self.nodes, self.syntax)
            object.__setattr__(self, "parts", found)
            return found


@dataclass(frozen=True, slots=True)
class References:
    """What inline text may refer to on its page: link definitions and footnotes, from the English."""

    links: Mapping[str, Any]
    footnotes: Mapping[str, int]

    def env(self) -> dict[str, Any]:
        """A fresh environment for one parse (the footnote rule counts in it)."""
        notes = {number: {"label": label[1:], "count": 0} for label, number in self.footnotes.items()}
        return {"references": self.links, "footnotes": {"refs": dict(self.footnotes), "list": notes}}


NO_REFERENCES = References({}, {})


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a text stands: what it may refer to on its page, and the published address of each link of the page as written."""

    references: References = NO_REFERENCES
    urls: Mapping[str, str] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()
    """The constructs beyond ours that are read inside of a text (`core/dialects`)."""

    def url(self, target: str) -> str:
        """The link of the published page."""
        return self.urls.get(target, target)


NOWHERE = Scope()


def led(attribute: re.Match[str]) -> list[str]:
    """The addresses in an attribute."""
    found: list[str] = []

    def note(url: str) -> str:
        found.append(url)
        return url

    relead(attribute, note)
    return found


def relead(attribute: re.Match[str], change: Callable[[str], str]) -> str:
    """The value of an attribute with each address in it changed, character references resolved; "" where it leads nowhere."""
    name, value = attribute[1].lower(), attribute[3]
    how = LEADING.get(name)
    text = unquoted(value) if how or name == "content" else ""
    if name == "content" and (found := REFRESH.match(text)):
        return f"{found[1]}{change(found[2])}{text[found.end() :]}"
    if how is None:
        return ""
    if how == "one":
        return change(text.strip(" \t\n\r\f"))
    if how == "list":
        return CANDIDATE.sub(lambda found: f"{found[1]}{change(found[2])}{found[3]}", text)
    if how == "words":
        return re.sub(r"\S+", lambda one: change(one[0]), text)
    return restyled(text, change)


def unquoted(value: str) -> str:
    """An attribute's value as it is meant."""
    return unescape(value[1:-1] if value[0] in "\"'" else value)


def is_leading(css: str) -> bool:
    """Whether a style may have an address in it."""
    low = css.lower()
    return "url(" in low or "@import" in low or "image-set(" in low


def restyled(css: str, change: Callable[[str], str]) -> str:
    """A style with each address in it changed."""

    def changed(match: re.Match[str]) -> str:
        url = next(group for group in match.groups()[1:4] if group is not None)
        new = change(url)
        return match[0] if new == url else f"{match[1]}'{new}'{match[5]}"

    low = css.lower()
    css = IMPORTED.sub(changed, css) if "@import" in low else css
    if "image-set(" in low:
        css = OF_A_SET.sub(lambda found: found[1] + IN_A_SET.sub(changed, found[2]), css)
    return STYLED.sub(changed, css) if "url(" in low else css


def attributes(html: str) -> Iterator[re.Match[str]]:
    """The attributes with a value in the tags of some HTML."""
    for tag in TAG.finditer(html):
        yield from ATTRIBUTE.finditer(tag[3] or "")


def addresses(html: str) -> list[str]:
    """The addresses in the tags of some HTML, as their author meant them."""
    return [url for attribute in attributes(html) for url in led(attribute)]


def bared(text: str) -> str:
    """A text of an attribute without the marks of braces that are escaped."""
    return text.replace(BRACE, "{") if "\0" in text else text


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


def placeholders(inline: Inline) -> Iterator[str]:
    """The facts that a text names, in its words, its links and its tags."""
    for node in inline.nodes:
        if node.kind not in {"code", "raw", "math", "opaque"}:
            for text in (node.text, node.title or ""):
                if "{" in text:
                    yield from FACT.findall(text)
            if "{" in node.url or "%7B" in node.url:
                yield from FACT_IN_URL.findall(node.url)


def letters(text: str) -> bool:
    """Whether any letter is left in `text` beside placeholders and bare URLs."""
    return any(char.isalpha() for char in BARE_URL.sub("", FACT.sub("", text)))


def parts(nodes: Iterable[Node], syntax: Syntax) -> Counter[str]:
    """A text's structure and placeholders, each in words, with how often it stands there."""
    found: Counter[str] = Counter()
    for node in nodes:
        if part := named(node):
            found[part] += 1
        for text in worded(node):
            if "{" in text:
                found.update(match[0] for match in FACT.finditer(text))
            if syntax is Syntax.TEMPLATE:
                found.update(match[0] for match in ARGUMENT.finditer(text) if match[1])
    return found


TITLED, COMMENT = " with a title", "the HTML <!--"
TITLE = re.compile(r"""\stitle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)


def named(node: Node) -> str:
    """A node's structure in words: everything about it that a translation may not change."""
    titled = "" if node.title is None else TITLED
    match node.kind:
        case "open":
            return f"a link to {node.target}{titled}" if node.tag == "a" else f"the element <{node.tag}>"
        case "image":
            return f"the image {node.target}{titled}"
        case "code":
            return "the element <code>"
        case "math":
            return f"the formula {node.text}"
        case "opaque":
            return node.text
        case "break":
            return "a line break"
        case "footnote":
            return f"the footnote [^{node.text}]"
        case "html":
            return "the HTML " + TAG_NAME.sub(lowered, WORDED.sub(r'\1""', node.text))
    return ""


def lowered(match: re.Match[str]) -> str:
    return match[0].lower()


def untitled(part: str) -> str:
    """The same part of a text without its title (a tooltip), which a translation may leave out."""
    if part.endswith(TITLED):
        return part.removesuffix(TITLED)
    return TITLE.sub("", part) if part.startswith("the HTML") else part


def title_of(node: Node) -> str:
    """The title of a link, an image or a tag; "" where it has none."""
    if node.kind == "html" and (match := TITLE.search(node.text)):
        return unescape(match[1] if match[1] is not None else match[2])
    return node.title or ""
