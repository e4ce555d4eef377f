"""A page as its readers get it: what it shows beside its messages, and the digest of all of it.

Whoever signs for a page has seen its order, its figures and its pictures too, and none of them is a text that a signature is
bound to. The digest is of what is read and not of how it is marked up: attributes for machines (`dir`, `lang`, `role`, ids),
white space and comments do not count, so that a new release of ours, or another wrapping, ends no review.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

from pipeline.content.content import SITE, Content, Page, texts
from pipeline.content.fixed import BOX, CLASS, FACTS, FILE, TEXT, Fixed, Fixtures, Part, digest_of, together
from pipeline.content.links import local
from pipeline.core.forms import normalized
from pipeline.core.inline import FACT_IN_URL, TAG, Inline, Node
from pipeline.core.model import Block, Document

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
NO_TEXT = re.compile(rf'{COMMENT.pattern}|<a id="[^"<>]*" class="alias"></a>', re.S)
"""What readers do not get at all."""
OURS = re.compile(rf"{COMMENT.pattern}|<a [^<>]*footnote-backref[^<>]*>[^<]*</a>", re.S)
"""What no author wrote for readers: comments, the way back from a footnote."""
FOR_MACHINES = re.compile(r"\s(?:dir|lang|role|translate|tabindex|id)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.I)
SPACE = re.compile(r"[ \t\r\n\f]+")
AROUND = re.compile(" ?([<>]) ?")
LONGEST = 240
"""How much of a text is kept to tell what it became; of a longer one also its digest."""
BOXES = re.compile(r'<(?:div|details) class="callout ([\w-]+)" role="note"')
HEADING = re.compile(r"<h[1-6][^>]*\sid=\"([^\"]*)\"")


def digest(content: Content, files: Mapping[str, str], path: str) -> str:
    """All that a reader gets of an English page, as one digest. `files`: the digest of each file of source/ by name."""
    page = content.by_path[path]
    parts = [*head(page, content.facts), *body(page.document, content.facts)]
    parts += ([FILE, name, files[name]] for name in shown(content, page.document))
    return digest_of(json.dumps(parts).encode())


def head(page: Page, facts: Mapping[str, str]) -> Iterator[object]:
    """The texts of a page that stand outside of its body."""
    yield ["title", *nodes(page.title.inline, facts)]
    for name, block in page.document.fields:
        yield [name, *nodes(block.inline, facts)]


def body(document: Document, facts: Mapping[str, str]) -> Iterator[object]:
    """What stands in the body, in order."""
    for section in document.sections:
        for piece in section.pieces:
            if isinstance(piece, str):
                if said := markup(piece):
                    yield said
            else:
                yield [markup(piece.opening), *nodes(piece.inline, facts)]


def nodes(inline: Inline, facts: Mapping[str, str]) -> list[object]:
    """A text, node by node, its facts filled in as they are written."""
    return [[said(text, facts) for text in parts] for node in inline.nodes if (parts := parts_of(node))]


def parts_of(node: Node) -> tuple[str, ...]:
    """What of a node is read or leads somewhere; nothing where it is a comment."""
    if node.kind == "html":
        text = markup(node.text)
        return (text,) if text else ()
    text = node.text if node.kind == "raw" else SPACE.sub(" ", node.text)
    number = str(node.ids[0]) if node.kind == "footnote" else ""
    return node.kind, node.tag, node.target or node.url, node.title or "", text, number


def said(text: str, facts: Mapping[str, str]) -> str:
    """A text or a link with its facts filled in; a placeholder that is no fact stays."""
    if "{" not in text and "%7B" not in text:
        return text
    return FACT_IN_URL.sub(lambda match: facts.get(match[1], match[0]), text)


def markup(html: str) -> str:
    """A piece of HTML as it counts."""
    return AROUND.sub(r"\1", SPACE.sub(" ", FOR_MACHINES.sub("", NO_TEXT.sub("", html)))).strip()


def used(content: Content, document: Document) -> tuple[str, ...]:
    """The files of source/ that a document shows or links to, sorted."""
    return tuple(name for name in leads_to(document) if name in content.files)


def shown(content: Content, document: Document) -> list[str]:
    """The same with those that languages have of their own, sorted: some reader of the page gets them."""
    return sorted({one for name in used(content, document) for one in (name, *content.versions.get(name, ()))})


def leads_to(document: Document) -> tuple[str, ...]:
    """The names below source/ that a document's links may mean, sorted: those of files that there are not, too."""
    found = {inner for link in document.links if (inner := local(document.path, on_the_site(document, link.target)))}
    names: set[str] = set()
    for link in found:
        if link.path.startswith("source/"):
            parts = link.path.split("/")[1:]
            names |= {"/".join(parts[at:]) for at in range(len(parts) if link.rooted else 1)}
    return tuple(sorted({normalized(form, name) for name in names for form in ("NFC", "NFD")}))


def on_the_site(document: Document, target: str) -> str:
    """A link as one from the root of the site, where it has the site's own address: then its page has another way instead."""
    return urlsplit(target).path if "://" in target and target in document.scope.urls else target


def fixtures(content: Content, files: Mapping[str, str]) -> Fixtures:
    """What every page shows beside its messages, and what site.yaml says that is no message."""
    documents = (*(page.document for page in content.pages), *(one for one in content.data if one.path == SITE))
    return together(((one.path, part(one)) for one in documents), content.files, files.__getitem__)


def part(document: Document) -> Part:
    """What one file shows beside its messages."""
    if document.path == SITE:
        declared = {name for name, block in document.fields if block.message}
        facts = texts(document.data)
        return Part(tuple(Fixed(FACTS, name, value) for name, value in facts if name not in declared))
    if document.path.endswith((".yaml", ".yml")):
        return Part()
    return Part(tuple(of_page(document)), leads_to(document))


def of_page(document: Document) -> Iterator[Fixed]:
    """What one page shows beside its messages, files left out."""
    if value := str(document.data.get("class", "")):
        yield Fixed(CLASS, "", value)
    section = "top"
    for one in document.sections:
        for piece in one.pieces:
            if isinstance(piece, Block) and (match := HEADING.match(piece.opening)):
                section = match[1]
            if isinstance(piece, str):
                yield from (Fixed(BOX, section, kind) for kind in BOXES.findall(piece))
            if text := unspoken(piece):
                yield Fixed(TEXT, section, text)


def unspoken(piece: str | Block) -> str:
    """The words or figures of a piece of a page that is no message; "" where it is one, or says nothing."""
    if isinstance(piece, Block) and piece.message is not None:
        return ""
    parts = (node.text for node in piece.inline.nodes) if isinstance(piece, Block) else (piece,)
    text = " ".join(" ".join(map(visible, parts)).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… {digest_of(text.encode(errors='replace'))}"


def visible(html: str) -> str:
    """What is read of a piece of text or HTML."""
    return unescape(TAG.sub("", OURS.sub("", html))) if "<" in html or "&" in html else html
