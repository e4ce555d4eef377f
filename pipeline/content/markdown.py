"""Markdown pages: the text of a file → its Document. Each `inline` token holds the author's own Markdown: the msgid.

Block tags are written out here once, as literal HTML that every language shares; between them stand the blocks whose
text a translation may replace. Nothing is serialised back to Markdown, so no parser upgrade moves a msgid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby, pairwise
from typing import Any

from markdown_it.token import Token

from pipeline.content import dialects, foreign, front_matter, html_blocks, unclosed, unextractable, yaml
from pipeline.content.dialects import Box
from pipeline.content.directives import Directives
from pipeline.content.inline import nodes_of, parse
from pipeline.content.inline_html import ALIAS, Urls, plain, readdress, relinked, same
from pipeline.content.marks import BOXES, DIRECTIVE, NO_MARKS, Marks, strange
from pipeline.content.parser import boxed, builder, whole_lines
from pipeline.content.places import Places
from pipeline.content.surroundings import placed
from pipeline.core import as_is
from pipeline.core.as_is import Around, Way
from pipeline.core.dialects import INLINE
from pipeline.core.inline import (
    FACT,
    LINE,
    NO_FACTS,
    NOWHERE,
    RAW_TEXT,
    TEXT,
    Inline,
    Node,
    References,
    Scope,
    Syntax,
    has_code_words,
    has_words,
    placeholders,
)
from pipeline.core.model import Block, Document, Finding, Key, Level, Link, Message, Section, Span

TITLE = frozenset(["text", "code", "open", "close", "soft", "break", "escaped"])
"""What a heading may be made of to stand in a table of contents, too."""
KINDS = {
    "list_item_open": "list item",
    "blockquote_open": "quotation",
    "dd_open": "definition",
    "dt_open": "term",
    "th_open": "table heading",
    "td_open": "table cell",
    "footnote_open": "footnote",
}


def read(path: str, text: str, keys: Sequence[str], urls: Urls = same, marks: Marks = NO_MARKS) -> Document:
    """Read one Markdown page; `keys` are the front-matter keys that are messages, `urls` maps its links, `marks` are what the
    site adds to those that we know."""
    return PageReader(path, urls, marks).read(text.replace("\r\n", "\n"), keys)


@dataclass(slots=True)
class PageReader:
    """One walk over a page's tokens. State lives for that walk only; what leaves is the frozen Document."""

    path: str
    publish_url: Urls
    marks: Marks = NO_MARKS
    count: int = 0
    published: dict[str, str] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    pieces: list[str | Block] = field(default_factory=list)
    places: Places = field(init=False)
    links: list[Link] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    placeholders: list[Link] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    scopes: list[tuple[int, Directives]] = field(default_factory=list)
    pending: Directives | None = None
    ends: list[str] = field(default_factory=list)
    skipping: int = 0
    line: int = 1
    note: str = ""
    """The footnote that is being read."""
    notes: dict[int, str] = field(default_factory=dict)
    """The footnote that a block is of, by the number of the block."""
    refers: dict[int, frozenset[str]] = field(default_factory=dict)
    """The footnotes that a block refers to."""
    around: Around = field(init=False)
    """The HTML elements of the author's around what is read."""

    parser: Any = field(init=False)

    def __post_init__(self) -> None:
        self.places = Places(self.path, self.marks.reads)
        self.around = Around(self.marks.source)

    def box(self, token: Token) -> Box:
        """The box that a token begins (the block rule has matched it already)."""
        kind, title = boxed(token.info, self.marks.reads) or ("note", "")
        return token.meta.get("box") or dialects.box(kind, title, None, self.marks.boxes)

    def read(self, text: str, keys: Sequence[str]) -> Document:
        text, stray = whole_lines(self.path, text)
        self.findings += stray
        longest = max(text.split("\n"), key=len)
        if len(longest) > LINE:
            at = text.count("\n", 0, text.index(longest)) + 1
            what = f"This line has {len(longest):,} characters, and {LINE:,} at most can be read. Break it."
            return Document(self.path, NOWHERE, findings=(Finding("too-long", Level.ERROR, what, Span(self.path, at)),))
        data, text, wrong = front_matter.split(self.path, text, self.marks.reads)
        self.findings += wrong
        if not text.strip(" \t\n\ufeff") and not data:
            self.find("empty", Level.ERROR, "This page is empty. Restore it from git, or delete the file.")
        self.known(data, keys)
        env: dict[str, Any] = {}
        self.parser = builder(dialects.needed(text, self.marks.reads), self.marks.boxes)
        tokens = self.parser.parse(text.removeprefix("\ufeff"), env)
        notes = env.get("footnotes", {}).get("refs", {})
        scope = Scope(
            References(env.get("references", {}), {label: at for label, at in notes.items() if at >= 0}),
            self.published,
            self.marks.reads & INLINE,
        )
        fields = tuple(yaml.fields(self.path, data, keys))
        self.placeholders += yaml.placeholders(self.path, data, (*keys, "title", "description"))
        self.count = len(fields)
        titled = None if any(is_title(token) for token in tokens) else heading_of(dict(fields), data)
        self.findings += unextractable.findings(self.path, text, tokens, env)
        self.findings += unclosed.findings(self.path, text.split("\n"), tokens)
        self.findings += foreign.findings(self.path, tokens, env.get("references", {}), notes, self.marks.reads)
        seen = {key: value for key, value in yaml.scalars(data) if key in {"title", "description", *dict(fields)}}
        self.findings += foreign.in_values(self.path, ((key, value, value.line) for key, value in seen.items()))
        self.findings += self.places.read(tokens)
        for line, what in env.get("strays", ()):
            self.findings.append(Finding("dialect", Level.ERROR, what, Span(self.path, line)))
        if titled:
            name = self.places.anchor(plain(titled.inline, NO_FACTS))
            number = titled.number if titled.number >= 0 else self.count
            self.count = max(self.count, number + 1)
            head = replace(titled, opening=f'<h1 id="{escape(name)}"', number=number)
            self.sections.append(Section((head, "</h1>\n")))
        self.walk(tokens, env, scope)
        self.sections = [*graver(self.sections, self.notes, self.refers)]
        return Document(
            self.path,
            scope,
            fields,
            tuple(placed(self.sections, scope.references.links)),
            data,
            tuple(self.places.names),
            tuple(self.links),
            tuple(self.findings),
            tuple(self.placeholders),
        )

    def known(self, data: Mapping[str, Any], keys: Sequence[str]) -> None:
        """Say what of the front matter means nothing: a misspelt key."""
        for key, line, near in Marks(keys=(*keys, *self.marks.keys)).unknown(data):
            if near:
                what = f"`{key}` means nothing. Did you mean `{near}`? If not, name it in `front-matter` of [tool.lockstep]."
                self.findings.append(Finding("front-matter", Level.ERROR, what, Span(self.path, line)))
        for key in ("draft", "published"):
            if str(said := data.get(key, "no")).lower() not in {"false", "no", "off", "true", "yes", "on"}:
                what = f"`{key}: {said}` is neither true nor false."
                line = next((getattr(one, "line", 1) for one in data if one == key), 1)
                self.findings.append(Finding("front-matter", Level.ERROR, what, Span(self.path, line)))

    def find(self, code: str, level: Level, text: str, token: Token | None = None) -> None:
        line = token.map[0] + 1 if token is not None and token.map else self.line
        self.findings.append(Finding(code, level, text, Span(self.path, line)))

    def urls(self, target: str) -> str:
        """Map a link and note where it stands."""
        self.links.append(Link(target, Span(self.path, self.line)))
        new = self.publish_url(target)
        if new != target:
            self.published[target] = new
        return new

    def add(self, inline: Inline, opening: str, message: Message | None, *, english: bool = False) -> None:
        """Add one block, the next in number."""
        if message and len(message.key.msgid) > TEXT:
            what = f"This text has {len(message.key.msgid):,} characters, and {TEXT:,} at most can be translated as one. Split it."
            self.find("too-long", Level.ERROR, what)
        way = self.around.way
        english, stated = english and not way.foreign, way.stated and not way.foreign
        self.pieces.append(Block(inline, opening, message, english, self.count, stated=stated))
        if self.note:
            self.notes[self.count] = self.note
        if labels := frozenset(node.text for node in inline.nodes if node.kind == "footnote"):
            self.refers[self.count] = labels
        self.count += 1
        self.placeholders += (Link(name, Span(self.path, self.line)) for name in placeholders(inline))

    def walk(self, tokens: list[Token], env: dict[str, Any], scope: Scope) -> None:
        """Turn the tokens into sections, in order."""
        depth = 0
        for at, token in enumerate(tokens):
            self.line = token.map[0] + 1 if token.map else self.line
            if token.nesting < 0:
                depth -= 1
                self.close(token)
            if token.type == "html_block" and self.directive(token):
                continue
            if token.type != "html_block":
                self.around.follow("p")
            if token.nesting > 0:
                self.open(token)
                depth += 1
            self.emit(tokens, at, env, scope)
            if depth == 0 and token.nesting <= 0:
                self.end_section()
        self.end_section()
        if self.skipping:
            self.find(
                "directive",
                Level.ERROR,
                "`skip-start` has no `skip-end`: everything after it is left out. Add `<!-- i18n: skip-end -->`.",
            )
        self.unapplied()

    def end_section(self) -> None:
        if self.pieces:
            self.sections.append(Section(tuple(joined(self.pieces))))
            self.pieces = []

    def directive(self, token: Token) -> bool:
        """Take in an author's comment for the next block. True when the block was one."""
        match = DIRECTIVE.match(token.content)
        if match is None:
            odd = list(strange(token.content))
            for what, at, level in odd:
                line = self.line + token.content.count("\n", 0, at)
                self.findings.append(Finding("directive", level, what, Span(self.path, line)))
            return bool(odd and re.fullmatch(r"\s*<!--.*?-->\s*", token.content, re.S))
        word = re.sub(r"\A(comment|context)\s*:", r"\1=", match[1])
        if word == "skip-end" and not self.skipping:
            self.find("directive", Level.ERROR, "`skip-end` without `skip-start`. Remove it.", token)
        elif word in {"skip-start", "skip-end"}:
            self.skipping += 1 if word == "skip-start" else -1
        else:
            self.pending = (self.pending or self.active()).also(word)
        return True

    def active(self) -> Directives:
        return self.scopes[-1][1] if self.scopes else Directives()

    def open(self, token: Token) -> None:
        if self.pending:
            self.scopes.append((token.level, self.pending))
            self.pending = None
        if token.type == "footnote_open":
            self.note = str(token.meta.get("label", ""))
        if token.type in KINDS:
            self.kinds.append(KINDS[token.type])
        elif token.type == "container_callout_open":
            self.kinds.append(self.box(token).kind)

    def close(self, token: Token) -> None:
        self.unapplied()
        if self.scopes and self.scopes[-1][0] == token.level:
            self.scopes.pop()
        if token.type.replace("_close", "_open") in KINDS or token.type == "container_callout_close":
            self.kinds.pop()

    def unapplied(self) -> None:
        if self.pending:
            self.find(
                "directive",
                Level.ERROR,
                "This directive has no block after it. Put it right before the block it is about.",
            )
            self.pending = None

    def emit(self, tokens: list[Token], at: int, env: dict[str, Any], scope: Scope) -> None:
        """Write one token as literal HTML or as a block."""
        token = tokens[at]
        said = self.pending or self.active() if token.nesting == 0 and token.type != "inline" else self.active()
        if token.nesting == 0 and token.type != "inline":
            self.pending = None
        if self.skipping:
            said = said.also("skip")
        match token.type:
            case "inline":
                self.text(token, tokens[at - 1], said)
            case "heading_open":
                self.pieces += [ALIAS.format(name) for name in token.meta.get("aliases", ())]
                self.pieces.append(self.parser.renderer.renderToken(tokens, at, self.parser.options, env))
            case "fence" | "code_block":
                body = self.parser.renderer.rules[token.type](tokens, at, self.parser.options, env).removeprefix(
                    "<pre>"
                )
                self.add(Inline("", Syntax.HTML, (Node("raw", body),)), "<pre", None, english=True)
            case "math_block":
                body = f"\\[{escape(token.content.strip())}\\]</div>\n"
                self.add(Inline("", Syntax.HTML, (Node("raw", body),)), '<div class="math display" dir="ltr"', None)
            case "html_block":
                self.raw(token, said, scope)
            case "container_callout_open":
                self.callout(token, said, scope)
                if tokens[at + 1].nesting < 0:
                    what = "This box has nothing in it. Write its text inside: below `!!!` and `===` that is indented by four, below `> [!…]` it begins with `>`."
                    self.find("box", Level.ERROR, what, token)
            case "container_callout_close":
                self.pieces.append(self.ends.pop())
            case "toc":
                self.contents(tokens, said)
            case "list_item_open" if "task" in token.meta:
                checked = " checked" if token.meta["task"] else ""
                self.pieces.append(f'<li class="task"><input type="checkbox" disabled{checked}> ')
            case name if name in self.parser.renderer.rules:
                self.pieces.append(self.parser.renderer.rules[name](tokens, at, self.parser.options, env))
            case _:
                self.pieces.append(self.parser.renderer.renderToken(tokens, at, self.parser.options, env))

    def text(self, token: Token, parent: Token, said: Directives) -> None:
        """One inline token: the block whose opening tag was written last."""
        inline = Inline(token.content, Syntax.MARKDOWN, nodes_of(token.children or (), self.urls))
        opening = ""
        if (
            not parent.hidden
            and parent.nesting == 1
            and self.pieces
            and isinstance(self.pieces[-1], str)
            and self.pieces[-1].endswith(">")
        ):
            literal = self.pieces.pop()
            assert isinstance(literal, str)
            start = literal.rindex("<")
            self.pieces.append(literal[:start])
            opening = literal[start:-1]
        for node in inline.nodes:
            if node.kind == "html" and (
                DIRECTIVE.match(node.text) or any(level is Level.ERROR for *_, level in strange(node.text))
            ):
                what = "A directive inside a paragraph has no effect. Put it on a line of its own, with a blank line after it."
                self.find("directive", Level.ERROR, what)
                break
        for node in inline.nodes:
            if node.kind == "html" and "=" in node.text and not said.skip:
                for what in html_blocks.unspoken(node.text):
                    self.unreachable(what, self.line)
        kind = (
            f"heading {parent.tag[1:]}"
            if parent.type == "heading_open"
            else self.kinds[-1]
            if self.kinds
            else "paragraph"
        )
        if [node.kind for node in inline.nodes] == ["image"]:
            kind = "image"
        self.block(inline, opening, kind, said)

    def block(self, inline: Inline, opening: str, kind: str, said: Directives, line: int | None = None) -> None:
        """Add one block; it is a message when it has words and its author did not say skip."""
        way = self.around.way
        free = inline
        if way.foreign or kept(inline, way):
            nodes = () if way.foreign else as_is.free(inline.nodes, way, self.marks.source)
            free = Inline(inline.source, inline.syntax, nodes)
        words = has_words(free)
        raw = next((node.tag for node in inline.nodes if node.kind == "html" and node.tag in RAW_TEXT), "")
        if raw and words and not said.skip:
            self.find(
                "html-unreachable",
                Level.WARNING,
                f"Cannot be translated: a text with <{raw}> inside. Move the <{raw}> into a block of its own.",
            )
            said = said.also("skip")
        message = None
        if words and not said.skip:
            comments = (*said.comments, "critical") if said.critical else said.comments
            message = Message(
                Key(said.context, inline.source),
                Span(self.path, line or self.line),
                kind=kind,
                comments=comments,
                flags=yaml.brace_flag(inline.source),
                critical=said.critical,
            )
        own = words or has_code_words(free) or (free is not inline and self.own(inline, way))
        self.add(inline, opening, message, english=message is None and own)

    def apart(self, inline: Inline) -> Iterator[Inline]:
        """A text that stays as it is, with what in it does not as a text of its own."""
        if not self.around.way.kept:
            yield inline
            return
        rows = as_is.ways(inline.nodes, self.around.way, self.marks.source)
        for _, group in groupby(rows, key=lambda row: row[1].kept):
            nodes = tuple(node for node, _, _ in group)
            source = "".join(escape(node.text, quote=False) if node.kind == "text" else node.text for node in nodes)
            yield Inline(source, inline.syntax, nodes)

    def own(self, inline: Inline, way: Way) -> bool:
        """Whether some of what stays as it is is in the language of the source."""
        rows = as_is.ways(inline.nodes, way, self.marks.source)
        nodes = tuple(node for node, inner, _ in rows if inner.kept and not inner.foreign)
        return has_words(Inline("", inline.syntax, nodes))

    def contents(self, tokens: list[Token], said: Directives) -> None:
        """The headings of the page, each a link: the same messages again."""
        found = [
            (opening, token)
            for opening, token in pairwise(tokens)
            if opening.type == "heading_open" and opening.tag != "h1"
        ]
        self.pieces.append('<ul class="toc">\n')
        for opening, token in found:
            nodes = nodes_of(token.children or (), self.urls)
            if not all(node.kind in TITLE and node.tag != "a" for node in nodes):
                self.find(
                    "toc",
                    Level.WARNING,
                    "A heading with a link, picture or tag stands in no table of contents. Write it in words.",
                    opening,
                )
                continue
            self.pieces.append(f'<li class="toc-{opening.tag[1:]}"><a href="#{escape(str(opening.attrs["id"]))}">')
            self.block(Inline(token.content, Syntax.MARKDOWN, nodes), "", "contents", said)
            self.pieces.append("</a></li>\n")
        self.pieces.append("</ul>\n")

    def callout(self, token: Token, said: Directives, scope: Scope) -> None:
        """A box with the author's title, or the kind's own label as a message of its own."""
        made = self.box(token)
        kind, title, tag = made.kind, made.title, "p" if made.folded is None else "summary"
        if kind != "tab" and (wrong := self.marks.box(kind, title)):
            self.find("box", Level.ERROR, wrong, token)
        element = "div" if made.folded is None else "details"
        opened = "" if made.folded is not False else " open"
        self.pieces.append(f'<{element} class="callout {kind}" role="note"{opened}>\n')
        self.ends.append(f"</{element}>\n")
        if title:
            inline = parse(title, Syntax.MARKDOWN, scope, self.urls)
            self.block(inline, f'<{tag} class="callout-label"', kind, said)
        elif kind in BOXES:
            inline = parse(BOXES[kind], Syntax.TEXT)
            message = Message(Key("callout", inline.source), Span(self.path, self.line), kind="label")
            self.add(inline, f'<{tag} class="callout-label"', message)
        else:
            return
        self.pieces.append(f"</{tag}>\n")

    def unreachable(self, what: str, line: int) -> None:
        """Say that words are out of reach."""
        todo = "Move the words into text between tags, or mark the block `<!-- i18n: skip -->`."
        text = f"Cannot be translated: {what}. {todo}"
        self.findings.append(Finding("html-unreachable", Level.WARNING, text, Span(self.path, line)))

    def raw(self, token: Token, said: Directives, scope: Scope) -> None:
        """A raw HTML block: its tags as they are, its text as blocks."""
        first = self.line
        for what, offset in (
            () if said.skip or self.around.way.as_is else html_blocks.unreachable(token.content, self.marks.source)
        ):
            self.unreachable(what, first + offset)
        for piece in html_blocks.split(token.content):
            if isinstance(piece, str):
                self.around.take(piece)
                html = relinked(piece, self.urls)
                if FACT.search(html):
                    self.add(Inline("", Syntax.HTML, (Node("html", html, "!"),)), "", None)
                else:
                    self.pieces.append(html)
            elif isinstance(piece, html_blocks.Verbatim):
                opening = readdress(f"{piece.opening}>", self.urls).removesuffix(">")
                foreign = as_is.said(opening, self.around.way, self.marks.source).foreign
                self.add(Inline("", Syntax.HTML, (Node("raw", piece.rest),)), opening, None, english=not foreign)
            else:
                self.line = first + piece.line
                for inline in self.apart(parse(piece.text, Syntax.HTML, scope, self.urls)):
                    self.block(inline, "", "HTML text", said)
        self.line = first


def graver(
    sections: Sequence[Section], notes: Mapping[int, str], refers: Mapping[int, frozenset[str]]
) -> Iterator[Section]:
    """The sections of a page with the footnotes of what is critical as critical as that."""
    blocks = [block for section in sections for block in section.blocks]
    grave = {block.number for block in blocks if block.message and block.message.critical}
    while True:
        labels = frozenset[str]().union(*(refers[number] for number in grave if number in refers))
        more = {number for number, label in notes.items() if label in labels} - grave
        if not more:
            break
        grave |= more
    for section in sections:
        if any(block.number in grave and block.number in notes for block in section.blocks):
            section = Section(
                tuple(graven(one) if isinstance(one, Block) and one.number in grave else one for one in section.pieces)
            )
        yield section


def graven(block: Block) -> Block:
    """A block that is critical."""
    message = block.message
    if message is None or message.critical:
        return block
    return replace(block, message=replace(message, comments=(*message.comments, "critical"), critical=True))


def kept(inline: Inline, way: Way) -> bool:
    """Whether some of a text may have to stay as it is."""
    return way.as_is or any(
        node.kind == "html" and ("lang" in node.text or "translate" in node.text) for node in inline.nodes
    )


def is_title(token: Token) -> bool:
    """Whether a token is a page's own heading."""
    return (token.type == "heading_open" and token.tag == "h1") or (
        token.type == "html_block" and re.search(r"<h1[\s>]", token.content, re.I) is not None
    )


def heading_of(fields: Mapping[str, Block], data: Mapping[str, Any]) -> Block | None:
    """The heading of a page that has its title in the front matter alone."""
    if "title" in fields:
        return fields["title"]
    written = data.get("title")
    if not isinstance(written, str) or not written.strip():
        return None
    return Block(parse(" ".join(written.split()), Syntax.TEXT), "", None, english=True)


def joined(pieces: Sequence[str | Block]) -> Iterator[str | Block]:
    """The pieces with neighbouring literals joined and empty ones dropped."""
    literal = ""
    for piece in pieces:
        if isinstance(piece, str):
            literal += piece
            continue
        if literal:
            yield literal
        literal = ""
        yield piece
    if literal:
        yield literal
