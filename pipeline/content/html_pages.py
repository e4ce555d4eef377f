"""Pages written in HTML: the text of a file → its Document. What stands in the body is published as it stands, text by text.

A page may be a whole document or a part of one. Of a document its title and description are read, and the content of its `<main>`,
else of its body: the rest of it (the styles, the menu around) is the template's on every page here, and is named. A message is
what stands between two block-level tags, with its inline tags, as its author wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from pipeline.content import foreign, html_blocks, html_tree
from pipeline.content.directives import Directives
from pipeline.content.html_blocks import BLOCK_TAGS, Run, Verbatim
from pipeline.content.html_head import DECLARED, HEADED, Head, head_of, main_of, without_code
from pipeline.content.inline import parse
from pipeline.content.inline_html import Urls, anchors, plain, same
from pipeline.content.marks import BOXES, DIRECTIVE, NO_MARKS, Marks, strange
from pipeline.content.pieces import Pieces, heading_of, joined, seen
from pipeline.content.surroundings import placed
from pipeline.content.unextractable import line_of
from pipeline.content.yaml import CONTROL
from pipeline.core.as_is import ENDS_PARAGRAPH, SIBLINGS
from pipeline.core.forms import normalized
from pipeline.core.inline import (
    ATTRIBUTE,
    FACT,
    NO_FACTS,
    NO_REFERENCES,
    TAG,
    VOID,
    Inline,
    Node,
    Scope,
    Syntax,
    has_words,
    unquoted,
)
from pipeline.core.lines import Lines
from pipeline.core.model import HTML_FILES, IN_HTML, Block, Document, Key, Level, Message, Section, Span

KINDS = {
    **{f"h{level}": f"heading {level}" for level in range(1, 7)},
    "li": "list item",
    "dt": "term",
    "dd": "definition",
    "th": "table heading",
    "td": "table cell",
    "caption": "caption",
    "figcaption": "caption",
    "summary": "summary",
    "legend": "legend",
    "option": "option",
    "blockquote": "quotation",
}
"""What a text is called, by the innermost element around it that has a name."""
HOLDERS = BLOCK_TAGS - {
    "select",
    "optgroup",
    "table",
    "tr",
    "ul",
    "ol",
    "dl",
    "object",
    "video",
    "audio",
    "picture",
    "noscript",
    "template",
}
"""The elements that say the language of a text which is all that stands in them."""
LANGUAGE_SAID = re.compile(r"\s(?:lang|dir|translate|data-block|data-state|aria-describedby)(?=[\s=/>]|\Z)", re.I)
"""What an element says already, of what its block would have to say."""
LEADING = re.compile(r"(?:<!--(?:-?>|.*?--!?>)\s*)+", re.S)
TRAILING = re.compile(r"(?:\s*<!--(?:-?>|(?:(?!<!--).)*?--!?>))+\Z", re.S)
"""The comments that a text begins and ends with."""
TITLED = re.compile(r"<(?:h[1-6]|summary)\b|<\w+[^<>]*\bcallout-(?:label|title)\b", re.I)
"""What is the title of a box."""
CODED = frozenset(["code", "kbd", "samp", "var"])
BOXED = frozenset(["div", "aside", "section", "details"])
CALLOUT = "callout"
EMBEDDED = re.compile(r"<iframe\b", re.I)
PERMALINK = re.compile(
    r"<a\b(?![^<>]{0,300}\s(?:id|name)\s?=)"
    r"(?=[^<>]{0,300}\sclass=[\"']?(?:[^\"'<>]{0,100}\s)?(?:headerlink|header-anchor|heading-anchor|anchor-link|anchorjs-link|permalink)(?![\w-]))"
    r"(?=[^<>]{0,300}\shref=[\"']?#)[^<>]{1,500}>\s{0,20}(?:[¶#§🔗]|&para;|&#182;|&#xb6;)?\s{0,20}</a>(?=\s{0,200}</h[1-6]>)",
    re.I,
)
"""The sign behind a heading by which other tools' themes let it be linked (Sphinx's ¶): a heading is a place without it."""
Piece = str | Run | Verbatim


def read(path: str, text: str, keys: Sequence[str], urls: Urls = same, marks: Marks = NO_MARKS) -> Document:
    """Read one HTML page; `keys` are the values of its head and front matter that are messages, `urls` maps its links, `marks` are
    what the site adds to those that we know."""
    return PageReader(path, urls, marks).read(text.replace("\r\n", "\n"), keys)


@dataclass(slots=True)
class PageReader(Pieces):
    """One walk over the pieces of a page's content."""

    boxes: list[tuple[int, str]] = field(default_factory=list)
    """The boxes around what is read, each with how many elements are open around its content."""

    def read(self, text: str, keys: Sequence[str]) -> Document:
        begun = self.begin(text, keys)
        if begun is None:
            return self.unread()
        front, text = begun
        text = text.replace("\ufeff", " ", 1) if text.startswith("\ufeff") else text
        text = DECLARED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        if control := CONTROL.search(text):
            what = f"The control character U+{ord(control[0]):04X} stands here, which no catalog can hold. Remove it."
            self.find("control-character", Level.ERROR, what, line_of(text, control.start()))
        text = PERMALINK.sub(lambda found: "\n" * found[0].count("\n"), text)
        document = HEADED.match(text) is not None
        for code, what, line in html_tree.wrong(text, document=document):
            self.find(code, Level.ERROR, what, line)
        if any(one.code == "nesting" for one in self.findings):
            return self.unread()
        head = head_of(text, self.marks.source) if document else main_of(text, 0, len(text))
        for code, level, what, line in head.findings:
            self.find(code, level, what, line)
        if "title" in front and "title" in head.data:
            what = "The title of the front matter is shown, this one is not. Remove one of the two."
            self.find("front-matter", Level.WARNING, what, head.data["title"].line)
        data = {**head.data, **front}
        fields = self.fields(data, keys)
        self.findings += foreign.in_values(self.path, seen(data, fields))
        self.walk(text, head, heading_of(dict(fields), data))
        scope = Scope(NO_REFERENCES, self.published)
        return Document(
            self.path,
            scope,
            fields,
            tuple(placed(self.sections, {})),
            data,
            tuple(self.places.names),
            tuple(self.links),
            tuple(self.findings),
            tuple(self.placeholders),
        )

    def walk(self, text: str, head: Head, title: Block | None) -> None:
        """Turn the content into sections, in order."""
        html = text[head.start : head.end]
        first = line_of(text, head.start)
        self.named(html, first)
        lines = Lines(html)
        for shown, said, at in foreign.in_html(without_code(html)):
            what = f"`{' '.join(shown.split())[:60]}` {said}"
            self.find("dialect", Level.ERROR, what, first + lines.below(at))
        if title and not re.search(r"<h1[\s>]", without_code(html), re.I):
            self.titled(title)
        pieces = [*html_blocks.split(html, breaks, balanced=True)]
        self.line = first
        for place, piece in enumerate(pieces):
            source = piece if isinstance(piece, str) else piece.source
            self.piece(piece, (pieces[at] for at in range(place + 1, len(pieces))))
            self.line += source.count("\n")
            if not self.around.open:
                self.end_section()
        self.end_section()
        self.ended()

    def named(self, html: str, first: int) -> None:
        """Note the places that the author named; two of one name are an error."""
        lines = Lines(html)
        for name, at in anchors(html):
            if name in self.places.names:
                what = (
                    f"The id `{name}` stands on this page twice: a link leads to the first. Give this one another name."
                )
                self.find("duplicate-id", Level.WARNING, what, first + lines.below(at))
            self.places.names[name] = None

    def piece(self, piece: Piece, rest: Iterator[Piece]) -> None:
        """One piece of the content; `rest` are those after it."""
        if isinstance(piece, Run):
            self.text(piece, rest)
        elif isinstance(piece, str) and piece.startswith("<!"):
            if not self.directive(piece):
                self.pieces.append(piece)
        elif isinstance(piece, str) and (tag := TAG.fullmatch(piece)) and tag[2]:
            self.end(tag) if tag[1] else self.begun(tag, rest)
        elif isinstance(piece, str) and not piece.strip():
            self.space(piece)
        else:
            self.apart_from_text(piece)

    def space(self, piece: str) -> None:
        """White space; between two sections it belongs to the first."""
        if self.around.open or self.pieces:
            self.pieces.append(piece)
        elif self.sections:
            self.sections[-1] = Section(tuple(joined((*self.sections[-1].pieces, piece))))

    def said(self) -> Directives:
        """What authors say of the text or element that comes now."""
        said, self.pending = self.pending or self.active(), None
        return said.also("skip") if self.skipping else said

    def apart_from_text(self, piece: str | Verbatim) -> None:
        """An element that is no text: code, a script, a picture of lines, what is embedded."""
        source, said = piece if isinstance(piece, str) else piece.source, self.said()
        if EMBEDDED.match(source) and "<" not in source.partition(">")[2].partition("</")[0].strip():
            inline = parse(" ".join(source.split()), Syntax.HTML, urls=self.urls)
            if has_words(inline) and not self.around.way.as_is:
                self.block(inline, "", self.told("frame"), said, embedded=True)
                return
        self.unreached(source, said)
        if isinstance(piece, str):
            self.literal(piece)
        else:
            self.verbatim(piece)

    def unreached(self, source: str, said: Directives) -> None:
        """Name the words of an element or tag that are in no message."""
        if not said.skip and not self.around.way.as_is:
            for what, offset in html_blocks.unreachable(source, self.marks.source):
                self.unreachable(what, self.line + offset)

    def begun(self, tag: re.Match[str], rest: Iterator[Piece]) -> None:
        """A start tag that stands between texts."""
        name, given = tag[2].lower(), tag[3]
        self.around.follow(name)
        self.left()
        if not self.around.open:
            self.end_section()
        given = f"{self.owned(tag)}{given}"
        self.around.take(f"<{name}{given}>")
        if self.pending and name not in VOID:
            self.scopes.append((len(self.around.open), self.pending))
            self.pending = None
        said = self.active().also("skip") if self.skipping else self.active()
        self.unreached(tag[0], said)
        if name not in BLOCK_TAGS and not said.skip and not self.around.way.as_is:
            for what in html_blocks.worded(tag):
                self.unreachable(what, self.line)
        if re.fullmatch("h[1-6]", name):
            given = self.anchored(given, rest)
        self.literal(f"<{name}{given}>") if name not in BOXED else self.box(name, given, rest)

    def end(self, tag: re.Match[str]) -> None:
        """An end tag that stands between texts."""
        self.unapplied()
        self.around.close(tag[2].lower())
        self.left()
        self.pieces.append(f"</{tag[2].lower()}{tag[3]}>")

    def left(self) -> None:
        """What was said of elements that are over holds no more."""
        depth = len(self.around.open)
        while self.scopes and self.scopes[-1][0] > depth:
            self.scopes.pop()
        while self.boxes and self.boxes[-1][0] > depth:
            self.boxes.pop()

    def anchored(self, given: str, rest: Iterator[Piece]) -> str:
        """The attributes of a heading with its id: its author's, or one of its words."""
        if own := next((one for one in ATTRIBUTE.finditer(given) if one[1].lower() == "id"), None):
            name = normalized("NFC", unquoted(own[3]))
            return f'{given[: own.start()]}id="{escape(name)}"{given[own.end() :]}'
        words = []
        for one in rest:
            if isinstance(one, str) and re.match(r"</h[1-6]", one, re.I):
                break
            if isinstance(one, Run):
                words.append(plain(parse(one.text, Syntax.HTML), NO_FACTS))
        return f' id="{escape(self.places.anchor(" ".join(words)))}"{given}'

    def box(self, name: str, given: str, rest: Iterator[Piece]) -> None:
        """A box, told by its class: `<div class="callout warning">` is `::: warning` of Markdown, with its label where it has no title;
        of another element with the name of a box in its class, that is what its texts are called."""
        own = next((one for one in ATTRIBUTE.finditer(given) if one[1].lower() == "class"), None)
        classes = unquoted(own[3]).split() if own else []
        kind = next((one for one in classes if one in BOXES or one in self.marks.boxes), "")
        if kind:
            self.boxes.append((len(self.around.open), kind))
        if own is None or CALLOUT not in classes:
            self.literal(f"<{name}{given}>")
            return
        titled = next((one for one in rest if not isinstance(one, str) or one.strip()), None)
        title = isinstance(titled, str) and TITLED.match(titled)
        known = [one for one in classes if one != CALLOUT]
        if wrong := self.marks.box(kind or (known or [CALLOUT])[0], "-" if title else ""):
            self.find("box", Level.ERROR, wrong.replace("`::: ", f"`{CALLOUT} "))
        others = [one for one in classes if one not in {CALLOUT, kind}]
        role = "" if re.search(r"\srole\s*=", given, re.I) else ' role="note"'
        made = f'class="{escape(" ".join([CALLOUT, *filter(None, [kind]), *others]))}"{role}'
        self.literal(f"<{name}{given[: own.start()]}{made}{given[own.end() :]}>")
        if not title and kind in BOXES:
            label = "summary" if name == "details" else "p"
            inline = parse(BOXES[kind], Syntax.TEXT)
            message = Message(Key(CALLOUT, inline.source), Span(self.path, self.line), kind="label")
            self.add(inline, f'<{label} class="callout-label"', message)
            self.pieces.append(f"</{label}>\n")

    def kind(self) -> str:
        """What a text is called here."""
        boxes = dict(self.boxes)
        for depth in range(len(self.around.open), 0, -1):
            if found := KINDS.get(self.around.open[depth - 1][0]) or boxes.get(depth):
                return found
        return "paragraph"

    def told(self, kind: str) -> str:
        """A kind that says that its text is HTML, where the name of the file does not."""
        return kind if self.path.lower().endswith(HTML_FILES) else f"{kind}{IN_HTML}"

    def text(self, run: Run, rest: Iterator[Piece]) -> None:
        """A stretch of text with its inline tags."""
        if not self.around.open:
            self.end_section()
        begins, ends = LEADING.match(run.text), TRAILING.search(run.text)
        start, stop = begins.end() if begins else 0, ends.start() if ends else len(run.text)
        if start >= stop:
            self.pieces.append(run.text)
            return
        self.pieces += [run.text[:start]] if start else []
        said, words = self.said(), run.text[start:stop]
        texts = [*self.apart(parse(words, Syntax.HTML, urls=self.urls))]
        opening = self.opening(rest) if len(texts) == 1 and not start and stop == len(run.text) else ""
        for inline in texts:
            for node in inline.nodes:
                if node.kind == "html" and "=" in node.text and not said.skip and not self.around.way.as_is:
                    for what in html_blocks.unspoken(node.text):
                        self.unreachable(what, self.line)
            if not has_words(Inline("", Syntax.HTML, tuple(uncoded(inline.nodes)))):
                said = said.also("skip")
            kind = "image" if [node.tag for node in inline.nodes] == ["img"] else self.kind()
            self.block(inline, opening, self.told(kind), said)
        self.pieces += [run.text[stop:]] if stop < len(run.text) else []

    def opening(self, rest: Iterator[Piece]) -> str:
        """The start tag right before a text that is all of its element, taken back so that it can say the text's language; "" where
        something else stands in the element, or it says a language itself."""
        last = [one for one in self.pieces[-2:] if not (isinstance(one, str) and not one.strip())][-1:]
        tag = TAG.fullmatch(last[0]) if last and isinstance(last[0], str) else None
        name = tag[2] if tag and not tag[1] else None
        if tag is None or name not in HOLDERS or not self.around.open or self.around.open[-1][0] != name:
            return ""
        after = next(
            (one for one in rest if not isinstance(one, str) or (one.strip() and not one.startswith("<!"))), None
        )
        if LANGUAGE_SAID.search(tag[3]) or FACT.search(tag[0]) or not (after is None or ends(name, after)):
            return ""
        while self.pieces.pop() != tag[0]:
            pass
        return tag[0][:-1].rstrip()


def uncoded(nodes: Sequence[Node]) -> Iterator[Node]:
    """The nodes of a text that are not in code, as `x = 1` in Markdown is no text either."""
    inside = ""
    for node in nodes:
        if not inside and node.tag in CODED:
            inside = node.tag
        elif inside and node.tag == f"/{inside}":
            inside = ""
        elif not inside:
            yield node


def ends(name: str, piece: Piece) -> bool:
    """Whether an element ends where a piece begins."""
    tag = TAG.match(piece) if isinstance(piece, str) else None
    if tag is None or not tag[2]:
        return False
    other = tag[2].lower()
    return bool(tag[1]) or (name == "p" and other in ENDS_PARAGRAPH) or name in SIBLINGS.get(other, ())


def breaks(tag: re.Match[str]) -> bool:
    """Whether a tag ends the text before it; a comment does where it is a word to us."""
    if tag[0].startswith("<!--"):
        return DIRECTIVE.match(tag[0]) is not None or any(True for _ in strange(tag[0]))
    return html_blocks.is_break(tag)
