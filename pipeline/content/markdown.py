"""Markdown pages: the text of a file → its Document. Each `inline` token holds the author's own Markdown: the msgid.

Block tags are written out here once, as literal HTML that every language shares; between them stand the blocks whose
text a translation may replace. Nothing is serialised back to Markdown, so no parser upgrade moves a msgid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from pipeline.content import (
    abbreviations,
    code_notes,
    component_tags,
    dialects,
    foreign,
    html_blocks,
    text_marks,
    unclosed,
    unextractable,
)
from pipeline.content.dialects import Box
from pipeline.content.directives import Directives
from pipeline.content.inline import nodes_of, parse
from pipeline.content.inline_html import ALIAS, Urls, ended, same
from pipeline.content.marks import BOXES, DIRECTIVE, NO_MARKS, Marks, strange
from pipeline.content.parser import boxed, builder
from pipeline.content.pieces import Pieces, heading_of, seen
from pipeline.content.surroundings import placed
from pipeline.core.components import CONTAINERS
from pipeline.core.dialects import INLINE
from pipeline.core.inline import (
    FACT,
    TAG,
    Inline,
    Node,
    References,
    Scope,
    Syntax,
)
from pipeline.core.model import Block, Document, Finding, Key, Level, Link, Message, Section, Span

TITLE = frozenset(["text", "code", "open", "close", "soft", "break", "escaped"])
"""What a heading may be made of to stand in a table of contents, too."""
LANGUAGE = re.compile(r"(?<=\w)(?:[,{:][^\s]*)|\A\s*\w+=.*", re.S)
"""What other tools write right behind the language of a block of code: `js{4}`, `rust,editable`, `ts:line-numbers`."""
BRACED = re.compile(r"\A\s*\{[^{}]*?(?<![^\s{])\.([\w+#-]+)[^{}]*\}")
"""The same among attributes: `{ .js .annotate }`."""
READ_INSIDE = re.compile(r"""(?P<said>\smarkdown(?:\s*=\s*(?:"\w*"|'\w*'|\w+))?(?=[\s/>]))|"[^"]*"|'[^']*'""")
"""What says that there is Markdown in an element: no attribute of HTML."""
WORD = re.compile(r"[^\W\d_]")
BOXED = re.compile(
    r"""\A<[\w-]+(?:\s+(?!class[\s=])[\w:@.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?)*+\s+(class\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))""",
    re.I,
)
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


ENDED = frozenset(
    ["end", "heading_open", "hr", "container_callout_open", "container_callout_close", "footnote_block_open"]
)
"""What follows a box to which no text below it belongs."""
INSIDE = "Write its text inside: below `!!!` and `===` that is indented by four, below `> [!…]` it begins with `>`."


@dataclass(slots=True)
class PageReader(Pieces):
    """One walk over a page's tokens."""

    kinds: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    note: str = ""
    """The footnote that is being read."""
    notes: dict[int, str] = field(default_factory=dict)
    """The footnote that a block is of, by the number of the block."""
    refers: dict[int, frozenset[str]] = field(default_factory=dict)
    """The footnotes that a block refers to."""
    parser: Any = field(init=False)

    def box(self, token: Token) -> Box:
        """The box that a token begins (the block rule has matched it already). One of another tool that nobody knows is a note."""
        kind, title = boxed(token.info, self.marks.reads) or ("note", "")
        known = (
            dict(self.marks.components)
            if "boxes" not in self.marks.reads
            else {**CONTAINERS, **dict(self.marks.components)}
        )
        if "box" not in token.meta and kind in known and kind not in self.marks.boxes:
            kind = known[kind].box
            if kind in {"plain", "tab"}:
                return Box("tab" if title else "plain", title)
        made: Box = token.meta.get("box") or dialects.box(kind, title, None, self.marks.boxes)
        if "box" in token.meta and made.kind not in {*BOXES, *self.marks.boxes, "tab"} and "*" not in self.marks.boxes:
            return made._replace(kind="note", title=made.title or made.kind.capitalize())
        return made

    def read(self, text: str, keys: Sequence[str]) -> Document:
        begun = self.begin(text, keys)
        if begun is None:
            return self.unread()
        data, text = begun
        env: dict[str, Any] = {"mdx": True} if self.path.endswith(".mdx") else {}
        if "mdx-code-block" in text and "components" in self.marks.reads:
            text = component_tags.as_written(text)
        self.parser = builder(dialects.needed(text, self.marks.reads), self.marks.boxes, self.marks.components)
        tokens = self.parser.parse(text.removeprefix("\ufeff"), env)
        notes = env.get("footnotes", {}).get("refs", {})
        scope = Scope(
            References(env.get("references", {}), {label: at for label, at in notes.items() if at >= 0}),
            self.published,
            self.marks.reads & INLINE,
        )
        fields = self.fields(data, keys)
        explained = {one.source: one for one in env.get("abbreviations", ())}.values()
        fields += tuple(abbreviations.block(self.path, one, at) for at, one in enumerate(explained, self.count))
        self.count = len(fields)
        self.placeholders += (
            Link(name, Span(self.path, one.line)) for one in explained for name in FACT.findall(one.source)
        )
        titled = heading_of(dict(fields), data)
        if titled and is_headed(tokens, titled.inline.source):
            titled = None
        self.findings += unextractable.findings(self.path, text, tokens, env)
        self.findings += unclosed.findings(self.path, text.split("\n"), tokens)
        self.findings += foreign.findings(
            self.path,
            tokens,
            env.get("references", {}),
            notes,
            self.marks.reads,
            self.marks.called,
            mdx="mdx" in env or self.path.endswith(".mdx"),
        )
        self.findings += foreign.in_values(self.path, seen(data, fields))
        self.findings += self.places.read(tokens)
        for line, what in env.get("strays", ()):
            self.findings.append(Finding("dialect", Level.ERROR, what, Span(self.path, line)))
        if icons := env.get("icons"):
            line, first = icons[0]
            what = f"`{first}` is an icon of a theme that is not here: the words beside it are shown alone ({len(icons)} such on this page)."
            self.find("dialect", Level.WARNING, f"{what} Remove it; or use an image.", line)
        if dropped := env.get("dropped"):
            line, first = dropped[0]
            what = (
                f"`{first}` is not published: a part of a text has no classes here ({len(dropped)} such on this page)."
            )
            self.find("dialect", Level.WARNING, f"{what} Remove it; or write the part in HTML.", line)
        for one in env.get("duplicate_refs", ()):
            first = env["references"].get(one["label"], one)
            if first["href"] != one["href"]:
                what = f"The link name `[{one['label'].lower()}]` is given a second address; the first counts (line {first['map'][0] + 1}). Give one of the two another name."
                self.find("dialect", Level.WARNING, what, one["map"][0] + 1)
        if told := [*foreign.to_programs(tokens)]:
            line, first = told[0]
            what = f"`{first}` is a word to a program, which shows readers something in its place ({len(told)} such on this page)."
            self.find("dialect", Level.WARNING, f"{what} Write what they are to see; or remove it.", line)
        if titled:
            self.titled(titled)
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

    def add(self, inline: Inline, opening: str, message: Message | None, *, english: bool = False) -> None:
        """Add one block, and note its footnotes."""
        if self.note:
            self.notes[self.count] = self.note
        if labels := frozenset(node.text for node in inline.nodes if node.kind == "footnote"):
            self.refers[self.count] = labels
        Pieces.add(self, inline, opening, message, english=english)

    def walk(self, tokens: list[Token], env: dict[str, Any], scope: Scope) -> None:
        """Turn the tokens into sections, in order."""
        depth = 0
        for at, token in enumerate(tokens):
            self.line = token.map[0] + 1 if token.map else self.line
            if token.nesting < 0:
                depth -= 1
                self.close(token)
            if token.type == "html_block" and self.directive(token.content):
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
        self.ended()

    def open(self, token: Token) -> None:
        if self.pending:
            self.scopes.append((token.level, self.pending))
            self.pending, self.before = None, self.spoken
        if token.type == "footnote_open":
            self.note = str(token.meta.get("label", ""))
        if token.type in KINDS:
            self.kinds.append(KINDS[token.type])
        elif token.type == "container_callout_open":
            self.kinds.append(self.box(token).kind)

    def close(self, token: Token) -> None:
        self.unapplied()
        if self.scopes and self.scopes[-1][0] == token.level:
            _, said = self.scopes.pop()
            if token.type == "paragraph_close" and self.spoken == self.before and not said.skip and self.bare:
                self.pending = said
        if token.type.replace("_close", "_open") in KINDS or token.type == "container_callout_close":
            self.kinds.pop()

    def emit(self, tokens: list[Token], at: int, env: dict[str, Any], scope: Scope) -> None:
        """Write one token as literal HTML or as a block."""
        token = tokens[at]
        block = token.nesting == 0 and token.type != "inline"
        said = self.pending or self.active() if block else self.active()
        waiting, before = self.pending, self.spoken
        if block and not (token.type == "html_block" and UNSEEN.fullmatch(token.content)):
            self.pending = None
        if self.skipping:
            said = said.also("skip")
        match token.type:
            case "inline":
                self.bare = not THING.search(token.content) and all(
                    one.type in {"html_inline", "softbreak"} for one in token.children or ()
                )
                self.text(token, tokens[at - 1], said)
            case "heading_open":
                if not foreign.is_seen(tokens[at + 1]):
                    what = "This heading has nothing in it that readers see. Write its words; or remove it."
                    self.find("empty", Level.WARNING, what, line_of(token))
                self.pieces += [ALIAS.format(name) for name in token.meta.get("aliases", ())]
                self.pieces.append(self.parser.renderer.renderToken(tokens, at, self.parser.options, env))
            case "fence" | "code_block":
                token.info = LANGUAGE.sub("", BRACED.sub(r"\1", token.info))
                if token.info.startswith("rust") and "hidden-lines" in self.marks.reads:
                    token.content = text_marks.without_hidden(token.content)
                if "code-marks" in self.marks.reads and token.info.strip().lower() not in text_marks.EXAMPLES:
                    token.content = text_marks.without_marked_lines(token.content)
                if "shortcodes" in self.marks.reads and "/*" in token.content:
                    token.content = text_marks.as_shown(token.content)
                if "notes" in token.meta:
                    token.content = code_notes.held(token.content)
                body = self.parser.renderer.rules[token.type](tokens, at, self.parser.options, env).removeprefix(
                    "<pre>"
                )
                if "notes" in token.meta:
                    body = code_notes.drawn(body, token.meta["notes"])
                self.add(Inline("", Syntax.HTML, (Node("raw", body),)), "<pre", None, english=True)
            case "math_block":
                body = f"\\[{escape(token.content.strip())}\\]</div>\n"
                self.add(Inline("", Syntax.HTML, (Node("raw", body),)), '<div class="math display" dir="ltr"', None)
            case "html_block":
                self.raw(token, said, scope)
            case "container_callout_open":
                self.callout(token, said, scope)
                if tokens[at + 1].nesting < 0 and not token.meta.get("alone"):
                    self.empty_box(token, tokens[at + 2 :])
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
        if (
            waiting
            and token.type in WORDLESS
            and self.spoken == before
            and not (waiting.skip or THING.search(token.content))
        ):
            self.pending = waiting

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
                    line_of(opening),
                )
                continue
            self.pieces.append(f'<li class="toc-{opening.tag[1:]}"><a href="#{escape(str(opening.attrs["id"]))}">')
            self.block(Inline(token.content, Syntax.MARKDOWN, nodes), "", "contents", said)
            self.pieces.append("</a></li>\n")
        self.pieces.append("</ul>\n")

    def empty_box(self, token: Token, after: Sequence[Token]) -> None:
        """Say of a box with nothing in it that its text is missing. It may be its title, which its author wrote; where a text stands
        apart below it, which may be meant to stand in it, that is said as well."""
        made = self.box(token)
        titled = bool(made.title) and made.kind != "tab"
        if titled and (not after or after[0].type in ENDED):
            return
        level, what = Level.ERROR, "This box has nothing in it."
        if titled and after[0].map and token.map and after[0].map[0] > token.map[0] + 1:
            level, what = Level.WARNING, "This box has nothing in it but its title: the text below stands outside it."
        self.find("box", level, f"{what} {INSIDE}", line_of(token))

    def callout(self, token: Token, said: Directives, scope: Scope) -> None:
        """A box with the author's title, or the kind's own label as a message of its own."""
        made = self.box(token)
        kind, title, tag = made.kind, made.title, "p" if made.folded is None else "summary"
        written = token.meta["box"].kind if "box" in token.meta else kind
        if kind == "plain":
            self.ends.append("")
            return
        if written != kind:
            what = self.marks.box(written, title).replace("`::: ", "`", 1)
            self.find("dialect", Level.ERROR, f"{what} Here it is shown as a note.", line_of(token))
        elif kind != "tab" and (wrong := self.marks.box(kind, title)):
            self.find("box", Level.ERROR, wrong, line_of(token))
        element = "div" if made.folded is None else "details"
        opened = "" if made.folded is not False else " open"
        own = f' id="{escape(str(token.attrs["id"]))}"' if "id" in token.attrs else ""
        self.pieces.append(f'<{element} class="callout {kind}" role="note"{own}{opened}>\n')
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

    def raw(self, token: Token, said: Directives, scope: Scope) -> None:
        """A raw HTML block: its tags as they are, its text as blocks."""
        first = self.line
        for what, offset in (
            () if said.skip or self.around.way.as_is else html_blocks.unreachable(token.content, self.marks.source)
        ):
            self.unreachable(what, first + offset)
        html = ended(unmarked(token.content), html_blocks.BLOCK_TAGS)
        if "admonitions" in self.marks.reads and "admonition" in html:
            html = TAG.sub(lambda tag: drawn(tag[0]), html)
        for piece in html_blocks.split(html):
            if isinstance(piece, str):
                if (tag := TAG.fullmatch(piece)) and (lang := self.owned(tag)):
                    piece = f"<{tag[2]}{lang}{tag[3]}>"
                piece = ended(piece)
                self.around.take(piece)
                self.literal(piece)
            elif isinstance(piece, html_blocks.Verbatim):
                of_text = piece.opening[:4].lower() == "<pre"
                self.verbatim(replace(piece, rest=ended(piece.rest)) if of_text else piece)
            else:
                self.line = first + piece.line
                for inline in self.apart(parse(piece.text, Syntax.HTML, scope, self.urls)):
                    self.block(inline, "", "HTML text", said)
        self.line = first


THING = re.compile(
    r"<(?:img|picture|video|audio|iframe|object|embed|svg|canvas|input|button|textarea|select|table|math)\b", re.I
)
"""What an author may speak of though it has no words."""
WORDLESS = frozenset(["html_block", "hr", "toc"])
"""What may have no words: then what is said of it is said of the text below it, unless it is to be skipped."""
UNSEEN = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.S)
"""HTML of which readers see nothing: what is said of the next block is said of the one below it."""


def unmarked(html: str) -> str:
    """Some HTML without the attribute that another tool takes away."""
    return (
        TAG.sub(lambda tag: READ_INSIDE.sub(lambda one: "" if one["said"] else one[0], tag[0]), html)
        if "markdown" in html
        else html
    )


def drawn(tag: str) -> str:
    """A start tag of a box as Python-Markdown writes it in HTML, with the classes of ours."""
    classes = BOXED.search(tag)
    words = classes[2].strip("\"'").split() if classes else []
    if classes is None or '"' in classes[2][1:-1] or not {"admonition", "admonition-title"} & {*words}:
        return tag
    more = ["callout-label"]
    if "admonition" in words:
        kinds = (dialects.SAME.get(one) or dialects.LIKE.get(one) for one in words)
        more = ["callout", *([] if BOXES.keys() & {*words} else [next(filter(None, kinds), "note")])]
    role = "" if "admonition" not in words or " role=" in tag else ' role="note"'
    return f'{tag[: classes.start(1)]}class="{" ".join([*words, *more])}"{role}{tag[classes.end() :]}'


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


def line_of(token: Token) -> int | None:
    """The line that a token begins on, where it knows."""
    return token.map[0] + 1 if token.map else None


def is_headed(tokens: Sequence[Token], title: str) -> bool:
    """Whether a page has its own heading: one before all text, or one that says what its title says. A heading further down is that of
    a part (Hugo and Jekyll print the title above all of them); so is each of several, where a picture stands above them."""
    words = pictured = False
    several = sum(map(is_title, tokens)) > 1
    for at, token in enumerate(tokens):
        if is_title(token):
            if (
                not (words or (pictured and several))
                or tokens[at + 1 : at + 2] == []
                or " ".join(tokens[at + 1].content.split()) == title
            ):
                return True
        elif token.type == "inline" and not words:
            words = any(one.type == "text" and WORD.search(one.content) for one in token.children or ())
            pictured = pictured or any(one.type == "image" for one in token.children or ())
    return False


def is_title(token: Token) -> bool:
    """Whether a token is a page's own heading."""
    return (token.type == "heading_open" and token.tag == "h1") or (
        token.type == "html_block" and re.search(r"<h1[\s>]", token.content, re.I) is not None
    )
