"""What a page is to be made of, told from its document and what is shown: elements, their attributes and the texts between, and
in what order. For the audit, which finds the same on the finished page; so nothing here is of those who render.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from html import escape
from urllib.parse import quote

from pipeline.content.inline_html import ended
from pipeline.core.inline import ATTRIBUTE, FACT, FACT_IN_URL, LEADING, TAG, Facts, Inline, Node, bared
from pipeline.core.locales import Locale
from pipeline.core.model import Block, Document
from pipeline.site import html_text
from pipeline.site.html_text import Outline, also, element

ID = re.compile("\3(?:id|name)=[^\3]*")


def bare(inline: Inline) -> bool:
    """Whether a text is made of words alone: no element, and no fact, which may be one."""
    return all(node.kind == "text" and "{" not in node.text for node in inline.nodes)


def of_text(inline: Inline, facts: Facts) -> Outline:
    """What a text is to be made of on a page."""
    if any(node.kind in {"html", "raw"} for node in inline.nodes):
        return parsed("".join(written(node, facts) for node in inline.nodes))
    found: Outline = []
    depth = 1
    for node in inline.nodes:
        match node.kind:
            case "text":
                filled(found, depth, node.text, facts)
            case "code":
                found.append((depth, element("code", code(facts))))
                also(found, depth + 1, node.text)
            case "opaque":
                found.append((depth, element("code", KEPT)))
                also(found, depth + 1, node.text)
            case "math":
                found.append((depth, element("span", {"class": f"math {mode(node)}", **KEPT})))
                also(found, depth + 1, formula(node))
            case "soft":
                also(found, depth, " ")
            case "break":
                found.append((depth, element("br", {})))
            case "open":
                found.append((depth, element(node.tag, link(node, facts))))
                depth += 1
            case "close":
                depth -= 1
            case "image":
                found.append((depth, element("img", picture(node, facts))))
            case "footnote":
                number, again = node.ids
                name = f"{number}:{again}" if again else f"{number}"
                found.append((depth, element("sup", {"class": "footnote-ref"})))
                found.append((depth + 1, element("a", {"href": f"#fn{number}", "id": f"fnref{name}"})))
                also(found, depth + 2, f"[{name}]")
            case _:
                also(found, depth, node.text)
    return found


KEPT = {"dir": "ltr", "translate": "no"}
"""What is the same in every language says so."""


def mode(node: Node) -> str:
    """How a formula stands: in its text, or by itself."""
    return "display" if node.tag == "div" else "inline"


def formula(node: Node) -> str:
    """A formula in the signs that MathJax and KaTeX look for."""
    return f"\\[{node.text}\\]" if node.tag == "div" else f"\\({node.text}\\)"


def code(facts: Facts) -> dict[str, str]:
    """What code says of itself in text that runs from right to left."""
    return {"dir": "ltr"} if facts.right_to_left else {}


def link(node: Node, facts: Facts) -> dict[str, str]:
    """The attributes of an element of Markdown's: only a link has some."""
    return addressed("href", node, facts) if node.tag == "a" else {}


def picture(node: Node, facts: Facts) -> dict[str, str]:
    """The attributes of a picture of Markdown's."""
    return {**addressed("src", node, facts), "alt": worded(node.text, facts)}


def addressed(name: str, node: Node, facts: Facts) -> dict[str, str]:
    """The address of a link or a picture, and its title."""
    title = {} if node.title is None else {"title": worded(node.title, facts)}
    return {name: address(node.url, facts), **title}


def address(url: str, facts: Facts) -> str:
    """An address with its facts as their author wrote them, without white space."""
    if "{" not in url and "%7B" not in url:
        return url
    known = facts.written
    return FACT_IN_URL.sub(
        lambda found: (
            quote("".join(known[found[1]].split()), safe="/:?#[]@!$&()*+,;=%~") if found[1] in known else found[0]
        ),
        url,
    )


def worded(text: str, facts: Facts) -> str:
    """A text of an attribute, its facts as words."""
    if "{" not in text:
        return text
    return bared(FACT.sub(lambda found: words_of(facts.said[found[1]]) if found[1] in facts.said else found[0], text))


@lru_cache(maxsize=1 << 12)
def words_of(html: str) -> str:
    """The words of a fact."""
    return "".join(what[1:] for _, what in parsed(html) if what[0] == html_text.TEXT)


def filled(found: Outline, depth: int, text: str, facts: Facts) -> None:
    """Add a text, its facts as they are said in its language."""
    if "{" not in text:
        also(found, depth, text)
        return
    parts = FACT.split(text)
    for at, part in enumerate(parts):
        if at % 2 == 0 or part not in facts.said:
            also(found, depth, f"{{{part}}}" if at % 2 else part)
            continue
        for deep, what in parsed(facts.said[part]):
            if what[0] == html_text.TEXT:
                also(found, depth + deep - 1, what[1:])
            else:
                found.append((depth + deep - 1, what))


@lru_cache(maxsize=1 << 12)
def parsed(html: str) -> Outline:
    """A piece of HTML as the audit's parser reads it."""
    return [(depth + 1, what) for depth, what in html_text.read(html, fragment=True).outline]


def written(node: Node, facts: Facts) -> str:
    """A node as HTML, for what has tags of its author's between its nodes."""
    match node.kind:
        case "text":
            parts = FACT.split(node.text)
            parts[1::2] = [facts.said.get(name, f"{{{name}}}") for name in parts[1::2]]
            parts[::2] = [escape(part) for part in parts[::2]]
            return "".join(parts)
        case "code":
            return f"<code{tagged(code(facts))}>{escape(node.text)}</code>"
        case "opaque":
            return f"<code{tagged(KEPT)}>{escape(node.text)}</code>"
        case "math":
            return f'<span class="math {mode(node)}"{tagged(KEPT)}>{escape(formula(node))}</span>'
        case "soft" | "break":
            return " " if node.kind == "soft" else "<br>"
        case "open":
            return f"<{node.tag}{tagged(link(node, facts))}>"
        case "close":
            return f"</{node.tag}>"
        case "image":
            return f"<img{tagged(picture(node, facts))}>"
        case "footnote":
            name = ":".join(str(one) for one in node.ids if one) or "0"
            return f'<sup class="footnote-ref"><a href="#fn{node.ids[0]}" id="fnref{name}">[{name}]</a></sup>'
        case "html":
            return ended(tag(node.text, facts))
    return node.text


def tagged(given: Mapping[str, str]) -> str:
    """Attributes as HTML."""
    return "".join(f' {name}="{escape(value)}"' for name, value in given.items())


def tag(html: str, facts: Facts) -> str:
    """An author's tags, the facts in them as written where they are part of a link, as words elsewhere."""
    if "{" not in html:
        return html

    def put(found: re.Match[str]) -> str:
        linked = ATTRIBUTE.sub(lambda one: address(one[0], facts) if one[1].lower() in LEADING else one[0], found[0])
        return FACT.sub(
            lambda fact: escape(words_of(facts.said[fact[1]])) if fact[1] in facts.said else fact[0], linked
        )

    return TAG.sub(put, html)


def unnamed(outline: Outline) -> Outline:
    """What has its anchors in another place of the page."""
    return [(depth, what if what[0] == html_text.TEXT else ID.sub("", what)) for depth, what in outline]


def frame(
    document: Document, names: Mapping[int, str], locale: Locale, source: Locale, facts: Facts, english: Facts
) -> str:
    """A page's content as HTML, with nothing in its blocks: what is around and between them."""
    parts: list[str] = []
    for section in document.sections:
        for piece in section.pieces:
            if isinstance(piece, str):
                parts.append(piece)
            elif piece.message is None:
                parts.append(fixed(piece, locale, source, english if piece.english else facts))
            else:
                name = f' data-block="{escape(names[piece.number])}"'
                parts.append(f"{piece.opening}{name}>" if piece.opening else f"<span{name}></span>")
    return "".join(parts)


def fixed(piece: Block, locale: Locale, source: Locale, facts: Facts) -> str:
    """What is no message, as HTML: in the source's language where it is English."""
    html = "".join(written(node, facts) for node in piece.inline.nodes)
    marks = (
        f' lang="{source.tag}" dir="{source.direction}" translate="no"' if piece.english and locale != source else ""
    )
    if piece.opening:
        return f"{piece.opening}{marks}>{html}"
    return f"<span{marks}>{html}</span>" if marks else html


def framed(html: str) -> list[object]:
    """How many elements and texts there are before the first block of a page's content, how many in all, and their digest. What
    is around the blocks is the same in most languages, so it is read once. Where there are more pages than are kept the newest
    goes, since each language asks for all of them in the same order."""
    name = hashlib.sha256(html.encode(errors="surrogatepass")).digest()
    made = FRAMED.get(name)
    if made is None:
        if len(FRAMED) >= 1 << 14:
            with suppress(KeyError):
                FRAMED.popitem()
        seen = html_text.read(html, inside="div")
        made = FRAMED[name] = [max(seen.first, 0), len(seen.outline), window(seen.outline)]
    return made


FRAMED: dict[bytes, list[object]] = {}
"""What `framed` found, by a digest of the HTML: a page is some kilobytes, its digest is not. Some 4 MB at most."""


def window(outline: Outline) -> str:
    """A digest of a stretch of an outline, how deep it stands left out."""
    return html_text.digest(html_text.trimmed(outline, min((depth for depth, _ in outline), default=0)))
