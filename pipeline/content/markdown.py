"""Markdown pages: the text of a file → its Document. Each `inline` token holds the author's own Markdown: the msgid.

Block tags are written out here once, as literal HTML that every language shares; between them stand the blocks whose
text a translation may replace. Nothing is serialised back to Markdown, so no parser upgrade moves a msgid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin

from pipeline.content import html_blocks, unclosed, unextractable, yaml
from pipeline.content.files import FRONT_MATTER
from pipeline.content.inline import MARKED, engine, nodes_of, parse
from pipeline.content.inline_html import Urls, plain, readdress, same, slug
from pipeline.content.marks import BOXES, DIRECTIVE, NO_MARKS, Marks, strange
from pipeline.core.errors import LockstepError
from pipeline.core.inline import (
    FACT,
    LINE,
    NO_FACTS,
    NOWHERE,
    RAW_TEXT,
    TAG,
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

CR = re.compile(r"\r\n?")
"""The end of a line as well, as in CommonMark (2.1): the parser has it so, and lines are counted by all alike."""
OPEN_FRONT_MATTER = re.compile(r"\ufeff?(?:---[ \t]*\n[A-Za-z_][\w-]*[ \t]*:|\+\+\+[ \t]*\n)")
CALLOUT = re.compile(r"\s*([A-Za-z][\w-]*)(?:\s+(.*?))?\s*\Z")
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
    return PageReader(path, urls, marks).read(CR.sub("\n", text), keys)


@lru_cache(maxsize=1)
def builder() -> Any:
    """The parser for whole pages: the inline engine and the block constructs. It keeps nothing of a page."""
    parser = engine().use(deflist_plugin)
    parser.use(container_plugin, "callout", validate=lambda params, *_: CALLOUT.match(params) is not None)
    parser.core.ruler.at("inline", inline_rule)
    return parser


def inline_rule(state: Any) -> None:
    """Parse inline text, with soft line breaks folded before, so that re-wrapping the source changes no msgid."""
    for token in state.tokens:
        if token.type == "inline":
            text = token.content = one_line(token.content)
            token.children = [Token("text", "", 0, content=text)] if text else []
            if MARKED.search(text):
                token.children = []
                state.md.inline.parse(text, state.md, state.env, token.children)


def one_line(text: str) -> str:
    """Text with soft line breaks as single spaces; a hard break (two spaces or a backslash) stays as written."""
    if "\n" not in text:
        return text
    first, *rest = text.split("\n")
    for line in rest:
        hard = first.endswith("  ") or (len(first) - len(first.rstrip("\\"))) % 2 == 1
        first = f"{first}\n{line.lstrip()}" if hard else f"{first.rstrip()} {line.lstrip()}"
    return first


def callout(token: Token) -> tuple[str, str]:
    """The kind and the title of a `::: kind Title` box (the block rule has matched it already)."""
    match = CALLOUT.match(token.info)
    return (match[1].lower(), match[2] or "") if match else ("note", "")


@dataclass(slots=True)
class Directives:
    """What authors' `<!-- i18n: … -->` comments say of the block being read."""

    skip: bool = False
    critical: bool = False
    context: str | None = None
    comments: tuple[str, ...] = ()

    def also(self, word: str) -> Directives:
        """These directives and one more."""
        name, _, value = word.partition("=")
        return Directives(
            self.skip or name == "skip",
            self.critical or name == "critical",
            value.strip() if name.strip() == "context" else self.context,
            (*self.comments, " ".join(value.split())) if name.strip() == "comment" else self.comments,
        )


@dataclass(slots=True)
class PageReader:
    """One walk over a page's tokens. State lives for that walk only; what leaves is the frozen Document."""

    path: str
    publish_url: Urls
    marks: Marks = NO_MARKS
    parser: Any = field(default_factory=builder)
    count: int = 0
    published: dict[str, str] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    pieces: list[str | Block] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    placeholders: list[Link] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    scopes: list[tuple[int, Directives]] = field(default_factory=list)
    pending: Directives | None = None
    skipping: int = 0
    line: int = 1

    def read(self, text: str, keys: Sequence[str]) -> Document:
        longest = max(text.split("\n"), key=len)
        if len(longest) > LINE:
            at = text.count("\n", 0, text.index(longest)) + 1
            what = f"This line has {len(longest):,} characters, and {LINE:,} at most can be read. Break it."
            return Document(self.path, NOWHERE, findings=(Finding("too-long", Level.ERROR, what, Span(self.path, at)),))
        front, data = FRONT_MATTER.match(text), {}
        if front:
            try:
                data = yaml.load(self.path, front[1], first_line=2)
            except LockstepError as problem:
                self.findings.append(yaml.found(problem))
            text = "\n" * front[0].count("\n") + text[front.end() :]
        if not text.strip(" \t\r\n\ufeff") and not data:
            self.find("empty", Level.ERROR, "This page is empty. Restore it from git, or delete the file.")
        self.known(data, keys, None if front else OPEN_FRONT_MATTER.match(text))
        env: dict[str, Any] = {}
        tokens = self.parser.parse(text.removeprefix("\ufeff"), env)
        notes = env.get("footnotes", {}).get("refs", {})
        scope = Scope(
            References(env.get("references", {}), {label: at for label, at in notes.items() if at >= 0}),
            self.published,
        )
        fields = tuple(yaml.fields(self.path, data, keys))
        self.placeholders += yaml.placeholders(self.path, data, (*keys, "title", "description"))
        self.count = len(fields)
        self.findings += unextractable.findings(self.path, text, tokens, env)
        self.findings += unclosed.findings(self.path, text.split("\n"), tokens)
        self.walk(tokens, env, scope)
        return Document(
            self.path,
            scope,
            fields,
            tuple(self.sections),
            data,
            tuple(self.anchors),
            tuple(self.links),
            tuple(self.findings),
            tuple(self.placeholders),
        )

    def known(self, data: Mapping[str, Any], keys: Sequence[str], opened: re.Match[str] | None) -> None:
        """Say what of the front matter nobody reads: all of it, or a misspelt key."""
        if opened:
            code, what = (
                "unclosed",
                "This front matter has no end, so it would be text of the page. Close it with a line of `---`.",
            )
            if opened[0].strip().endswith("+++"):
                code, what = (
                    "front-matter",
                    "This front matter is not YAML, so it would be text of the page. Write it between two lines of `---`.",
                )
            self.findings.append(Finding(code, Level.ERROR, what, Span(self.path, 1)))
        for key, line, near in Marks(keys=(*keys, *self.marks.keys)).unknown(data):
            if near:
                what = f"`{key}` means nothing. Did you mean `{near}`? If not, name it in `front-matter` of [tool.lockstep]."
                self.findings.append(Finding("front-matter", Level.ERROR, what, Span(self.path, line)))
        if str(draft := data.get("draft", "false")).lower() not in {"false", "no", "off", "true", "yes", "on"}:
            what = f"`draft: {draft}` is neither true nor false."
            line = next((getattr(key, "line", 1) for key in data if key == "draft"), 1)
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
        self.pieces.append(Block(inline, opening, message, english, self.count))
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
            for what, at in odd:
                line = self.line + token.content.count("\n", 0, at)
                self.findings.append(Finding("directive", Level.ERROR, what, Span(self.path, line)))
            return bool(odd and re.fullmatch(r"\s*<!--.*?-->\s*", token.content, re.S))
        word = match[1]
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
        if token.type in KINDS:
            self.kinds.append(KINDS[token.type])
        elif token.type == "container_callout_open":
            self.kinds.append(callout(token)[0])

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
                token.attrs["id"] = self.anchor(
                    plain(Inline("", Syntax.MARKDOWN, nodes_of(tokens[at + 1].children or ())), NO_FACTS)
                )
                self.pieces.append(self.parser.renderer.renderToken(tokens, at, self.parser.options, env))
            case "fence" | "code_block":
                body = self.parser.renderer.rules[token.type](tokens, at, self.parser.options, env).removeprefix(
                    "<pre>"
                )
                self.add(Inline("", Syntax.HTML, (Node("raw", body),)), "<pre", None, english=True)
            case "html_block":
                self.raw(token, said, scope)
            case "container_callout_open":
                self.callout(token, said, scope)
            case "container_callout_close":
                self.pieces.append("</div>\n")
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
            if node.kind == "html" and (DIRECTIVE.match(node.text) or any(strange(node.text))):
                what = "A directive inside a paragraph has no effect. Put it on a line of its own, with a blank line after it."
                self.find("directive", Level.ERROR, what)
                break
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
        words = has_words(inline)
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
        self.add(inline, opening, message, english=message is None and (words or has_code_words(inline)))

    def anchor(self, text: str) -> str:
        """A heading id that nothing else on the page has. It is lower case: ids of the templates start with a capital."""
        base = name = re.sub(r"^(fn(?:ref)?\d)", r"heading-\1", slug(text))
        count = 0
        while name in self.anchors:
            count += 1
            name = f"{base}-{count}"
        self.anchors.append(name)
        return name

    def callout(self, token: Token, said: Directives, scope: Scope) -> None:
        """`::: kind Title`: a box with the author's title, or the kind's own label as a message of its own."""
        kind, title = callout(token)
        if wrong := self.marks.box(kind, title):
            self.find("box", Level.ERROR, wrong, token)
        self.pieces.append(f'<div class="callout {kind}" role="note">\n')
        if title:
            inline = parse(title, Syntax.MARKDOWN, scope, self.urls)
            self.block(inline, '<p class="callout-label"', kind, said)
        elif kind in BOXES:
            inline = parse(BOXES[kind], Syntax.TEXT)
            message = Message(Key("callout", inline.source), Span(self.path, self.line), kind="label")
            self.add(inline, '<p class="callout-label"', message)
        else:
            return
        self.pieces.append("</p>\n")

    def raw(self, token: Token, said: Directives, scope: Scope) -> None:
        """A raw HTML block: its tags as they are, its text as blocks."""
        first = self.line
        for what, offset in () if said.skip else html_blocks.unreachable(token.content):
            self.findings.append(
                Finding(
                    "html-unreachable",
                    Level.WARNING,
                    f"Cannot be translated: {what}. Move the words into text between tags, "
                    "or mark the block `<!-- i18n: skip -->`.",
                    Span(self.path, first + offset),
                )
            )
        for piece in html_blocks.split(token.content):
            if isinstance(piece, str):
                html = TAG.sub(lambda tag: readdress(tag[0], self.urls), piece)
                self.anchors.extend(re.findall(r'\sid="([^"]+)"', piece))
                if FACT.search(html):
                    self.add(Inline("", Syntax.HTML, (Node("html", html, "!"),)), "", None)
                else:
                    self.pieces.append(html)
            elif isinstance(piece, html_blocks.Verbatim):
                self.add(Inline("", Syntax.HTML, (Node("raw", piece.rest),)), piece.opening, None, english=True)
            else:
                self.line = first + piece.line
                self.block(parse(piece.text, Syntax.HTML, scope, self.urls), "", "HTML text", said)
        self.line = first


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
