"""Inline text as HTML and back: tags read and readdressed, nodes written, facts filled in literally."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote

from pipeline.content.structure import nested
from pipeline.core.forms import normalized
from pipeline.core.inline import (
    ANCHORS,
    ATTRIBUTE,
    DECLARATION,
    ELEMENT,
    ENCLOSED,
    FACT,
    FACT_IN_URL,
    LEADING,
    NO_FACT,
    NO_FACTS,
    OPAQUE,
    OPENED,
    TAG,
    Facts,
    Inline,
    Node,
    Syntax,
    bared,
    relead,
    restyled,
    unquoted,
)

Urls = Callable[[str], str]
"""Maps a link as the author wrote it to the link of the published page."""


def same(url: str) -> str:
    """The link map that changes nothing."""
    return url


class Tags:
    """The tags of a stretch of HTML, as `TAG` finds them and in linear time: what nothing closes is sought but once."""

    def __init__(self, html: str, start: int = 0, end: int | None = None) -> None:
        self.html, self.start, self.end = html, start, len(html) if end is None else end
        self.closed = frozenset(ENCLOSED)

    def __iter__(self) -> Iterator[re.Match[str]]:
        at = self.start
        while match := self.found(at, re.Pattern.search):
            yield match
            at = match.end()

    def at(self, place: int) -> re.Match[str] | None:
        """The tag that begins at a place; places are asked for in order."""
        return self.found(place, re.Pattern.match)

    def found(self, at: int, how: Callable[..., re.Match[str] | None]) -> re.Match[str] | None:
        while (match := how(tag_pattern(self.closed), self.html, at, self.end)) and match["open"]:
            self.closed -= {match["open"]}
        return match


@lru_cache
def tag_pattern(closed: frozenset[str]) -> re.Pattern[str]:
    """`TAG` for the rest of a text in which only these are ever closed; `open` is what one of them would need to be."""
    opened = "|".join(map(re.escape, sorted(closed))) or "(?!)"
    ended = [pattern for opening, pattern in ENCLOSED.items() if opening in closed]
    return re.compile("|".join([ELEMENT, *ended, f"(?P<open>{opened})", DECLARATION]), re.S)


def html_nodes(source: str, urls: Urls) -> Iterator[Node]:
    """The nodes of a run of HTML: tags and the text between them, character references resolved."""
    start = 0
    for match in Tags(source):
        yield from text_nodes(source[start : match.start()])
        yield html_node(match[0], urls)
        start = match.end()
    yield from text_nodes(source[start:])


def text_nodes(source: str) -> Iterator[Node]:
    """The nodes of a stretch of HTML without tags."""
    at = 0
    for match in OPAQUE.finditer(source) if OPENED.search(source) else ():
        yield from plain_nodes(source[at : match.start()], unescape)
        yield Node("opaque", unescape(match[0]))
        at = match.end()
    yield from plain_nodes(source[at:], unescape)


def plain_nodes(source: str, said: Callable[[str], str]) -> Iterator[Node]:
    """The nodes of a text without markup, in which nothing can be escaped but the brace of what would be a fact; `said` is what a
    piece of it says."""
    at = 0
    for match in NO_FACT.finditer(source) if "\\{" in source else ():
        if match.start() > at:
            yield Node("text", said(source[at : match.start()]))
        yield Node("escaped", "{")
        at = match.end()
    if at < len(source):
        yield Node("text", said(source[at:]))


def html_node(tag: str, urls: Urls) -> Node:
    """A raw HTML tag, its link mapped; `tag` is its name with a slash in front where it closes."""
    match = TAG.fullmatch(tag)
    name = f"{match[1]}{match[2].lower()}" if match and match[2] else "!"
    return Node("html", readdress(tag, urls) if name != "!" else tag, name)


def readdress(tag: str, urls: Urls) -> str:
    """A raw HTML tag with its addresses mapped, wherever it has them, and its anchors as addresses name them."""

    def mapped(match: re.Match[str]) -> str:
        new = normalized("NFC", unquoted(match[3])) if match[1].lower() in ANCHORS else relead(match, urls)
        if not new or new == unquoted(match[3]):
            return match[0]
        return f'{match[1]}{match[2]}"{escape(new)}"'

    return ATTRIBUTE.sub(mapped, tag) if "=" in tag else tag


WITHIN = re.compile(r"<(script|style)\b[^<>]*>(.*?)(?=</\1|\Z)", re.S | re.I)
"""What is no HTML inside of HTML."""


def relinked(html: str, urls: Urls) -> str:
    """A stretch of raw HTML with the addresses of its tags and styles mapped; scripts stay as they are."""
    made, at = "", 0
    for inner in WITHIN.finditer(html):
        body = restyled(inner[2], urls) if inner[1].lower() == "style" else inner[2]
        made += TAG.sub(lambda tag: readdress(tag[0], urls), html[at : inner.start(2)]) + body
        at = inner.end(2)
    return made + TAG.sub(lambda tag: readdress(tag[0], urls), html[at:])


def anchors(html: str) -> Iterator[tuple[str, int]]:
    """The places in some HTML that a link can lead to (`id=x`, `<a name="x">`), as an address names them, and where they stand."""
    scripts = [(inner.start(2), inner.end(2)) for inner in WITHIN.finditer(html)]
    for tag in TAG.finditer(html) if "=" in html else ():
        names = ANCHORS if (tag[2] or "").lower() == "a" else ANCHORS[:1]
        for one in ATTRIBUTE.finditer(tag[3] or ""):
            if one[1].lower() in names and not any(start <= tag.start() < end for start, end in scripts):
                yield normalized("NFC", unquoted(one[3])), tag.start()


LEFT_TO_RIGHT = ' dir="ltr"'
SPACE, NUMBER = "[ \u00a0\u202f]", r"\(?\d+(?:[.,:٫٬]\d+)*\)?"
JOINT = rf"(?:{SPACE}?[-\u2010-\u2013\u2212+/*×]{SPACE}?|(?<=\)){SPACE})"
NUMBERS = re.compile(
    rf"(?<![A-Za-z0-9])(\+?{NUMBER}(?:{SPACE}\(?\d{{2,4}}\)?){{2,}}"  # 555 0142 0199, +44 20 7946 0958
    rf"|\+?{NUMBER}(?:{JOINT}{NUMBER})+"  # 555-0142, (555) 010-0142, 5–10, 12/31
    rf"|\+\d+(?:{SPACE}\d+)*"  # +44 7946
    r"|(?<!\w)[-\u2212]\d+(?:[.,٫٬]\d+)*)"  # -5
)
"""A number of several parts, or with a sign."""

NAME = ' class="notranslate" translate="no"'
"""What is said of a name that no machine is to translate: to browsers, and to what reads the class alone."""


def render(inline: Inline, facts: Facts) -> str:
    """The text as HTML. Words are escaped; placeholders are replaced literally, never formatted."""
    return "".join(html_of(node, inline.syntax, facts) for node in inline.nodes)


def html_of(node: Node, syntax: Syntax, facts: Facts) -> str:
    match node.kind:
        case "text":
            return filled(node.text, facts)
        case "code":
            return f"<code{LEFT_TO_RIGHT if facts.right_to_left else ''}>{escape(node.text)}</code>"
        case "math":
            return formula(node.text, node.tag)
        case "opaque":
            return f'<code dir="ltr" translate="no">{escape(node.text)}</code>'
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
            return f'<img src="{escape(address(node.url, facts))}" alt="{escape(bared(words))}"{titled(node, facts)}>'
        case "footnote":
            number, again = node.ids
            anchor = f"{number}:{again}" if again else f"{number}"
            return f'<sup class="footnote-ref"><a href="#fn{number}" id="fnref{anchor}">[{anchor}]</a></sup>'
        case "html":
            return ended(with_facts(node.text, facts))
    return node.text


SLASHED = re.compile(
    r"<(?P<name>a|abbr|address|article|aside|audio|b|bdi|bdo|blockquote|button|canvas|center|cite|code|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|form|h[1-6]|header|i|iframe|ins|kbd|label|li|main|mark|nav|object|ol|p|pre|q|s|samp|section|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|u|ul|var|video)(?P<rest>(?:\s(?:\s++|[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*\"|'[^']*'|\{[^{}<>]*(?:\{[^{}<>]*\}[^{}<>]*)?\}|[^\s\"'=<>`]++))?|/(?!>))*+)?)/>",
    re.I,
)
"""A tag that its author ends at once (`<a name="b" />`), as XHTML, kramdown and MDX have it; to browsers it begins an element. In
`<a href=b/>` the slash is of the address."""
ENDED = re.compile(
    rf"{SLASHED.pattern}|<!--.*?(?:-->|\Z)|<(script|style|textarea|xmp|iframe|noembed|noframes|plaintext|title)\b.*?(?:</\3\s*>|\Z)"
    r"|<[a-z/](?:\"[^\"]*\"|'[^']*'|[^\"'<>])*+>",
    re.I | re.S,
)
"""The same; or what it is not sought in: remarks, what is no HTML, the values of other tags."""


def ended(html: str, names: Collection[str] = ()) -> str:
    """Some HTML with the ends of the elements that have nothing in them, of some `names` alone."""

    def end(tag: re.Match[str]) -> str:
        name = tag["name"]
        if name is None or (names and name.lower() not in names):
            return tag[0]
        return f"<{name}{tag['rest'].rstrip()}></{name}>"

    return ENDED.sub(end, html) if "/>" in html else html


def formula(tex: str, tag: str) -> str:
    """A formula as MathJax and KaTeX find it; its direction is that of formulas in every language."""
    begin, end = ("\\[", "\\]") if tag == "div" else ("\\(", "\\)")
    shown = "display" if tag == "div" else "inline"
    return f'<span class="math {shown}" dir="ltr" translate="no">{begin}{escape(tex)}{end}</span>'


def with_facts(html: str, facts: Facts) -> str:
    """Raw HTML with the placeholders in its tags replaced: in links by the value as written, elsewhere by the words."""
    if "{" not in html:
        return html

    def linked(match: re.Match[str]) -> str:
        return address(match[0], facts) if match[1].lower() in LEADING else match[0]

    def worded(tag: re.Match[str]) -> str:
        return FACT.sub(lambda match: escape(plain_fact(match, facts)), ATTRIBUTE.sub(linked, tag[0]))

    return TAG.sub(worded, html)


def titled(node: Node, facts: Facts) -> str:
    """The ` title="…"` of a link or image, or nothing."""
    return (
        ""
        if node.title is None
        else f' title="{escape(bared(FACT.sub(lambda match: plain_fact(match, facts), node.title)))}"'
    )


def filled(text: str, facts: Facts) -> str:
    """Text as HTML, with each placeholder that is a fact replaced."""
    if "{" not in text:
        return named(text, facts)
    parts = FACT.split(text)
    for at in range(1, len(parts), 2):
        value = facts.said.get(parts[at])
        parts[at] = escape(f"{{{parts[at]}}}") if value is None else value
    parts[::2] = [named(part, facts) for part in parts[::2]]
    return "".join(parts)


def named(text: str, facts: Facts) -> str:
    """Text as HTML, the names in it told to the browsers that translate pages: they leave such a name alone."""
    if not facts.kept:
        return words(text, right_to_left=facts.right_to_left)
    parts = pattern(facts.kept).split(text)
    if len(parts) == 1:
        return words(text, right_to_left=facts.right_to_left)
    html = [words(part, right_to_left=facts.right_to_left) for part in parts]
    html[1::2] = [f"<span{NAME}>{name}</span>" for name in html[1::2]]
    return "".join(html)


@lru_cache(maxsize=64)
def pattern(names: str) -> re.Pattern[str]:
    """A pattern of names, itself a group."""
    return re.compile(f"({names})")


def words(text: str, *, right_to_left: bool) -> str:
    """Text as HTML. In text that runs from right to left, a number of several parts (a telephone number, a range, a date) is set
    apart: its parts would change places otherwise (UAX 9, rules W2 to W7 and N1)."""
    if not right_to_left or not NUMBERS.search(text):
        return escape(text)
    parts = NUMBERS.split(text)
    return "".join(
        f"<bdi{LEFT_TO_RIGHT}>{escape(part)}</bdi>" if at % 2 else escape(part) for at, part in enumerate(parts)
    )


def plain_fact(match: re.Match[str], facts: Facts) -> str:
    """A fact as plain text, for an attribute; the placeholder itself where there is none."""
    value = facts.said.get(match[1])
    return match[0] if value is None else unescape(re.sub(r"<[^>]*>", "", value))


def address(url: str, facts: Facts) -> str:
    """A link with its placeholders replaced by the values as written (`tel:{clinic.phone}`): a translation changes no link."""

    def value(match: re.Match[str]) -> str:
        written = facts.written.get(match[1])
        return match[0] if written is None else quote(re.sub(r"\s", "", written), safe="/:?#[]@!$&()*+,;=%~")

    return FACT_IN_URL.sub(value, url)


def plain(inline: Inline, facts: Facts) -> str:
    """The text without its markup, for a title or a description."""
    parts = []
    for node in inline.nodes:
        if node.kind in {"escaped", "math", "opaque"}:
            parts.append(node.text)
        elif node.kind in {"text", "code", "image"}:
            parts.append(bared(FACT.sub(lambda match: plain_fact(match, facts), node.text)))
        elif node.kind in {"soft", "break"} or (node.kind == "html" and node.tag in {"br", "hr"}):
            parts.append(" ")
    return "".join(parts)


NO_NAME = re.compile(r"[^\w\s\u0300-\u036f-]")
"""What is not part of a heading's id. A mark that combines with no letter into one is (`normalize` has joined the others)."""


def slug(text: str) -> str:
    """A heading's id, from its English: lower case, spaces as hyphens, other punctuation dropped."""
    return re.sub(r"\s+", "-", NO_NAME.sub("", normalized("NFC", text).lower()).strip()) or "section"


ALIAS = '<a id="{}" class="alias"></a>\n'
"""Another name of the place of the heading that follows."""


def github(text: str) -> str:
    """A heading's id as GitHub, mdBook, Hugo and Docusaurus make it: a hyphen for each space, also around what is dropped."""
    return re.sub(r"\s", "-", NO_NAME.sub("", normalized("NFC", text).lower()))


def holds(english: Inline, translation: Inline) -> bool:
    """The second wall: an HTML sanitiser that knows only the English's tags and attributes removes nothing.

    `excess` is the first wall and should make this one idle; where it does not, the translation is not shown. A translation
    that is words and the English's own nodes in good order needs no sanitiser.
    """
    if all(node.kind in {"text", "soft", "footnote"} for node in translation.nodes) or borrowed(english, translation):
        return True
    return sanitised(english, translation)


def borrowed(english: Inline, translation: Inline) -> bool:
    """Whether all of a translation but its words is the English's: its own emphasis and links, closed in the order they open.

    Raw HTML, images and footnotes never are, nor is a link whose title is translated.
    """
    own = {node if node.kind in {"open", "close"} else node.kind for node in english.nodes}
    return all(
        node.kind in {"text", "soft"}
        or (node.kind in own if node.kind in {"break", "code"} else node.kind in {"open", "close"} and node in own)
        for node in translation.nodes
    ) and nested(translation.nodes)


def sanitised(english: Inline, translation: Inline) -> bool:
    """Whether a sanitiser that knows the English's tags and attributes leaves a translation all of its tags."""
    import nh3

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
