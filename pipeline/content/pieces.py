"""The pieces of a page as a reader of any format gathers them: literal HTML that every language shares, and blocks between it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby
from typing import Any

from pipeline.content import front_matter, html_blocks, yaml
from pipeline.content.directives import Directives
from pipeline.content.inline import parse
from pipeline.content.inline_html import Urls, plain, readdress, relinked
from pipeline.content.marks import DIRECTIVE, NO_MARKS, Marks, strange
from pipeline.content.parser import whole_lines
from pipeline.content.places import Places
from pipeline.core import as_is
from pipeline.core.as_is import Around, Way
from pipeline.core.inline import (
    FACT,
    LINE,
    NO_FACTS,
    NOWHERE,
    RAW_TEXT,
    TEXT,
    Inline,
    Node,
    Syntax,
    has_code_words,
    has_words,
    placeholders,
)
from pipeline.core.lines import Lines
from pipeline.core.model import Block, Document, Finding, Key, Level, Link, Message, Section, Span


@dataclass(slots=True)
class Pieces:
    """What one walk over a page gathers. State lives for that walk only; what leaves is the frozen Document."""

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
    spoken: int = 0
    """How many texts with words there were; `before`: when something was last said of one."""
    before: int = 0
    bare: bool = False
    """Whether the last text has places in it alone (`<a id="x"></a>`)."""
    scopes: list[tuple[int, Directives]] = field(default_factory=list)
    pending: Directives | None = None
    skipping: int = 0
    line: int = 1
    around: Around = field(init=False)
    """The HTML elements of the author's around what is read."""

    def __post_init__(self) -> None:
        self.places = Places(self.path, self.marks.reads)
        self.around = Around(self.marks.source)

    def begin(self, text: str, keys: Sequence[str]) -> tuple[dict[str, Any], str] | None:
        """The values of the front matter and the text below it, with empty lines in place of that; None where the page cannot be
        read at all."""
        text, stray = whole_lines(self.path, text)
        self.findings += stray
        longest = max(text.split("\n"), key=len)
        if len(longest) > LINE:
            at = text.count("\n", 0, text.index(longest)) + 1
            what = f"This line has {len(longest):,} characters, and {LINE:,} at most can be read. Break it."
            self.findings = [Finding("too-long", Level.ERROR, what, Span(self.path, at))]
            return None
        data, text, wrong = front_matter.split(self.path, text, self.marks.reads)
        self.findings += wrong
        if not (text.strip(" \t\n\ufeff") or data or wrong):
            self.find("empty", Level.ERROR, "This page is empty. Restore it from git, or delete the file.")
        self.known(data, keys)
        return data, text

    def unread(self) -> Document:
        """A page that cannot be read, with what is wrong."""
        return Document(self.path, NOWHERE, findings=tuple(self.findings))

    def fields(self, data: Mapping[str, Any], keys: Sequence[str]) -> tuple[tuple[str, Block], ...]:
        """The values of the front matter that are messages: the first blocks of the page."""
        found = tuple(yaml.fields(self.path, data, keys))
        self.placeholders += yaml.placeholders(self.path, data, (*keys, "title", "description"))
        self.count = len(found)
        return found

    def titled(self, title: Block) -> None:
        """The heading of a page that has its title in the front matter alone."""
        name = self.places.anchor(plain(title.inline, NO_FACTS))
        number = title.number if title.number >= 0 else self.count
        self.count = max(self.count, number + 1)
        head = replace(title, opening=f'<h1 id="{escape(name)}"', number=number)
        self.sections.append(Section((head, "</h1>\n")))

    def directive(self, html: str) -> bool:
        """Take in an author's comment for the next block. True when the block was one."""
        match = DIRECTIVE.match(html)
        if match is None:
            odd = list(strange(html))
            lines = Lines(html)
            for what, at, level in odd:
                self.find("directive", level, what, self.line + lines.below(at))
            return bool(odd and re.fullmatch(r"\s*<!--.*?-->\s*", html, re.S))
        word = re.sub(r"\A(comment|context)(?:\s*:|\s+(?!=))", r"\1=", match[1])
        if word == "skip-end" and not self.skipping:
            self.find("directive", Level.ERROR, "`skip-end` without `skip-start`. Remove it.")
        elif word in {"skip-start", "skip-end"}:
            self.skipping += 1 if word == "skip-start" else -1
        else:
            self.pending = (self.pending or self.active()).also(word)
        return True

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

    def find(self, code: str, level: Level, text: str, line: int | None = None) -> None:
        self.findings.append(Finding(code, level, text, Span(self.path, line or self.line)))

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
        self.count += 1
        self.placeholders += (Link(name, Span(self.path, self.line)) for name in placeholders(inline))

    def end_section(self) -> None:
        if self.pieces:
            self.sections.append(Section(tuple(joined(self.pieces))))
            self.pieces = []

    def active(self) -> Directives:
        return self.scopes[-1][1] if self.scopes else Directives()

    def unapplied(self) -> None:
        if self.pending:
            self.find(
                "directive",
                Level.ERROR,
                "This directive has no block after it. Put it right before the block it is about.",
            )
            self.pending = None

    def ended(self) -> None:
        """The page is over: what of its directives is still open."""
        if self.skipping:
            self.find(
                "directive",
                Level.ERROR,
                "`skip-start` has no `skip-end`: everything after it is left out. Add `<!-- i18n: skip-end -->`.",
            )
        self.unapplied()

    def block(
        self,
        inline: Inline,
        opening: str,
        kind: str,
        said: Directives,
        line: int | None = None,
        *,
        embedded: bool = False,
    ) -> None:
        """Add one block; it is a message when it has words and its author did not say skip. `embedded`: it is one element that has
        its words in its start tag."""
        way = self.around.way
        free = inline
        if way.foreign or kept(inline, way):
            nodes = () if way.foreign else as_is.free(inline.nodes, way, self.marks.source)
            free = Inline(inline.source, inline.syntax, nodes)
        words = has_words(free)
        self.spoken += words
        raw = next((node.tag for node in inline.nodes if node.kind == "html" and node.tag in RAW_TEXT), "")
        if raw and words and not said.skip and not embedded:
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

    def unreachable(self, what: str, line: int) -> None:
        """Say that words are out of reach."""
        todo = "Move the words into text between tags, or mark the block `<!-- i18n: skip -->`."
        if "aria-label" in what:
            todo = f"Name the id of a heading or another text instead (`aria-labelledby`). {todo}"
        text = f"Cannot be translated: {what}. {todo}"
        self.findings.append(Finding("html-unreachable", Level.WARNING, text, Span(self.path, line)))

    def owned(self, tag: re.Match[str]) -> str:
        """What a start tag has to say for its words that no message has: the source's language, where nothing says one. What stands
        in it says its own. "" for any other tag."""
        way = self.around.way
        if way.foreign or way.stated or as_is.LANG.search(tag[0]) or not any(True for _ in html_blocks.silent(tag)):
            return ""
        return f' lang="{escape(self.marks.source)}"'

    def literal(self, html: str) -> None:
        """A piece of HTML that every language shares, its addresses mapped and the facts in its tags filled in."""
        html = relinked(html, self.urls)
        if FACT.search(html):
            self.add(Inline("", Syntax.HTML, (Node("html", html, "!"),)), "", None)
        else:
            self.pieces.append(html)

    def verbatim(self, piece: html_blocks.Verbatim) -> None:
        """An element whose words stay as they are in every language."""
        opening = readdress(f"{piece.opening}>", self.urls).removesuffix(">")
        foreign = as_is.said(opening, self.around.way, self.marks.source).foreign
        self.add(Inline("", Syntax.HTML, (Node("raw", piece.rest),)), opening, None, english=not foreign)


def kept(inline: Inline, way: Way) -> bool:
    """Whether some of a text may have to stay as it is."""
    return way.as_is or any(
        node.kind == "html" and ("lang" in node.text or "translate" in node.text) for node in inline.nodes
    )


def heading_of(fields: Mapping[str, Block], data: Mapping[str, Any]) -> Block | None:
    """The heading of a page that has its title in the front matter alone."""
    if "title" in fields:
        return fields["title"]
    written = data.get("title")
    if not isinstance(written, str) or not written.strip():
        return None
    return Block(parse(" ".join(written.split()), Syntax.TEXT), "", None, english=True)


def seen(data: Mapping[str, Any], fields: Sequence[tuple[str, Block]]) -> Iterator[tuple[str, str, int]]:
    """The values of the front matter that readers see, each with its key and its line."""
    shown = {"title", "description", *dict(fields)}
    yield from {key: (key, value, value.line) for key, value in yaml.scalars(dict(data)) if key in shown}.values()


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
