"""Laws of pages in HTML: what a browser makes of them stays what it is; translations add nothing; the broken is named."""

from __future__ import annotations

import io
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipeline.content import babel_methods, html_blocks, html_pages
from pipeline.content.html_pages import breaks
from pipeline.core.model import Document, Key, Level
from tests.conftest import made_of
from tests.laws.html_pages import PAGE
from tests.laws.pages import HOSTILE_TEXT
from tests.laws.test_pages import bare, greek, in_english, in_spanish, unmarked

KEYS = ("title", "description")
BLOCKS = "p div ul ol li table caption thead tbody tr th td dl dt dd figure figcaption details summary blockquote section h1 h2 h3 h4 h5 h6 hr body head html select option iframe pre textarea script style form br".split()  # noqa: SIM905  # fmt: skip


def page(text: str) -> Document:
    return html_pages.read("source/p.html", text, KEYS)


def dom(html: str) -> list[str]:
    """What another parser than ours makes of some HTML: elements and texts in order, white space as a reader sees it; what we add by
    intent (the ids of headings, the look of a box) left out."""
    found: list[str] = []

    def walk(node: Any) -> None:
        while node is not None:
            if node.tag == "-text":
                keep = node.parent is not None and node.parent.tag in {"pre", "textarea", "script", "style"}
                found.append(node.text_content if keep else re.sub(r"[ \t\r\n\f]+", " ", node.text_content or ""))
            elif node.tag == "-comment" or node.tag[0] == "!":
                pass
            elif "callout-label" not in (node.attributes.get("class") or ""):
                names = {one: value for one, value in node.attributes.items() if one not in {"id", "role"} or node.tag not in HEADED}  # fmt: skip
                found.append(f"<{node.tag} {sorted(names.items(), key=str)}>")
                walk(node.child)
                found.append(f"</{node.tag}>")
            node = node.next

    walk(LexborHTMLParser(f"<!doctype html><body>{html}").root)
    text = "\0".join(found)
    text = re.sub(r"\0 (?=\0|$)", "", text)
    text = re.sub(rf"(</?(?:{'|'.join(BLOCKS)})\b[^\0]*>\0) +", r"\1", text)
    return re.sub(rf" +(?=\0</?(?:{'|'.join(BLOCKS)})\b)", "", text).split("\0")


HEADED = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "div"])


@given(PAGE)
def test_identity(text: str) -> None:
    """English through our walk is what a browser makes of the page itself; nothing is wrong with a page that is whole."""
    document = page(text)
    assert not [one for one in document.findings if one.level is Level.ERROR], text
    assert dom(in_english(document)) == dom(text.replace("{clinic.phone}", "555-0100"))


@given(PAGE)
def test_identity_without_translations(text: str) -> None:
    document = page(text)
    assert unmarked(in_spanish(document, {})[0]) == unmarked(in_english(document))


@given(PAGE)
def test_sameness(text: str) -> None:
    """Rendering asks for exactly the messages that Babel extracts, in the same order."""
    html = f"<!doctype html><title>A title</title><body>{text}"
    asked = [block.message.key for block in page(html).blocks() if block.message]
    found = [
        Key(message[0], message[1]) if function == "pgettext" else Key(None, message)
        for _, function, message, _ in babel_methods.html(io.BytesIO(html.encode()), (), (), {"keys": list(KEYS)})
    ]
    assert asked == found and asked[0] == Key("title", "A title")


@given(PAGE, st.data())
def test_containment(text: str, data: st.DataObject) -> None:
    """Whatever a msgstr says, the page has no element, attribute, URL or comment beyond the English page's."""
    document = page(text)
    strings = {message.key: data.draw(HOSTILE_TEXT, label=message.key.msgid) for message in document.messages()}
    extra = made_of(bare(in_spanish(document, strings)[0])) - made_of(bare(in_spanish(document, {})[0]))
    assert not extra, extra


@given(PAGE, st.sets(st.integers(0, 30)))
def test_honesty(text: str, translated: set[int]) -> None:
    """Every text has the language it is really in: the translations here are Greek, the English is not."""
    document = page(text)
    strings = {}
    for at, message in enumerate(document.messages()):
        if at in translated:
            inline = next(block.inline for block in document.blocks() if block.message is message)
            strings[message.key] = greek(inline)
    html, _ = in_spanish(document, strings)
    for lang, said in said_in(html):
        if re.search("[α-ω]", said):
            assert lang == "es", said
        elif re.search("[a-z]{3}", re.sub(r"https?://\S+|aviso|\bmot\b|555-0100", "", said)):
            assert lang == "en", said


def said_in(html: str) -> list[tuple[str, str]]:
    """Every text and worded attribute that a browser has, with its language."""
    found: list[tuple[str, str]] = []

    def walk(node: Any, lang: str) -> None:
        while node is not None:
            if node.tag == "-text" and node.parent.tag not in {"script", "style"}:
                found.append((lang, node.text_content))
            elif node.tag[0] not in "-!":
                own = node.attributes.get("lang") or lang
                found.extend((own, value) for one, value in node.attributes.items() if one in WORDS and value)
                walk(node.child, own)
            node = node.next

    walk(LexborHTMLParser(f'<!doctype html><body lang="es">{html}').body, "es")
    return found


WORDS = frozenset(["title", "alt", "placeholder", "aria-label"])
BROKEN = ["<div>", "</div>", "</section>", "<b>", "</b>", "<!-- x", "<p title='x", "<script>", "<table>x<tr></table>", "<a href=x'y>", "<select><p>", "<div/>", "<?php x", "<td>y</td>", "<textarea>", "</main>", "<i><b>x</i></b>"]  # fmt: skip


@given(PAGE, st.sampled_from(BROKEN), PAGE)
def test_what_reaches_beyond_its_place_is_named(before: str, broken: str, after: str) -> None:
    """A page whose tags would reach into what stands around it, or are moved by a browser, is never read in silence; where nothing is
    said, a frame around it holds."""
    text = f"{before}{broken}{after}"
    document = page(text)
    wrong = [one for one in document.findings if one.level is Level.ERROR]
    assert wrong, text
    assert all(0 < one.span.line <= text.count("\n") + 1 for one in wrong)


@given(st.lists(st.sampled_from([*BROKEN, "<p>", "</p>", "x", "<li>", "<ul>", "</ul>", "<tr>", "<table>", "</table>", "<h1>", "</h1>", "\n", "<br>", "<option>", "<iframe>"]), max_size=9).map("".join))  # fmt: skip
def test_a_page_stays_in_its_frame(text: str) -> None:
    """Whatever stands on a page about which nothing is said, what stands around it is not touched."""
    document = page(text)
    if any(one.level is Level.ERROR for one in document.findings):
        return
    html = in_english(document)
    tree = LexborHTMLParser(f"<!doctype html><body><main id=Frame><div>{html}</div></main><footer id=After>z</footer>")
    after = tree.css_first("#After")
    assert after.parent.tag == "body" and after.text() == "z" and tree.css_first("#Frame").parent.tag == "body"


@given(PAGE, st.sampled_from(["", *BROKEN]), PAGE)
def test_the_pieces_are_the_page(before: str, broken: str, after: str) -> None:
    text = f"{before}{broken}{after}"
    pieces = html_blocks.split(text, breaks, balanced=True)
    assert "".join(one if isinstance(one, str) else one.source for one in pieces) == text
