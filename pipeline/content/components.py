"""Shortcodes, tags and components of other tools that are boxes: `{{< note >}}…{{< /note >}}`, `{% hint %}…{% endhint %}`,
`<Aside>…</Aside>`. Where one begins a line and its end ends one, it is read as the box that `core/components` says it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pipeline.content import captures, component_texts, programs
from pipeline.content.component_tags import LEADING, LOOKS, PROGRAM, Said, Tag, found, linked, wordy
from pipeline.content.dialects import LIKE, SAME, Box, box, line_of
from pipeline.content.marks import BOXES
from pipeline.core.components import KINDS, NAMED, PLAIN, WORDS, Component, Table

PAIR = re.compile(r"\{[^{}]*\}")
FIELD = re.compile(r"\b(label|value)\s*:\s*(?:\"([^\"]*)\"|'([^']*)')")
ITEM = re.compile(r"\"([^\"]*)\"|'([^']*)'")
STRINGS = re.compile(r"\"([^\"]*)\"|'([^']*)'|>([^<>{}]*)<")
"""What may be words in a value in braces."""
SHOWN = frozenset(
    (*NAMED, "summary", "caption", "description", "alt", "text", "content", "subtitle", "footer", "message")
)
"""Attributes that hold words, whoever reads them."""
SENTENCE = 100
"""How many lines a sentence has at most that stands in a component."""
BETWEEN = re.compile(r"<-{3,}>[ \t]*")
"""What stands between the columns of Hugo's Book."""
DEPTH = 30


@dataclass(slots=True)
class Inside:
    """What a component says of those in it: the titles of tabs, and whether they are code."""

    titles: list[str]
    labels: dict[str, str]
    code: bool


def rules(parser: Any, known: Mapping[str, Table], boxes: Collection[str]) -> None:
    """Teach a parser the components that a site reads."""
    rule = partial(component, known=known, boxes=boxes)
    alt = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "component", rule, alt)
    found_html = next(one.fn for one in parser.block.ruler.__rules__ if one.name == "html_block")
    rule = partial(html, rule=found_html, known=known)
    parser.block.ruler.at("html_block", rule, {"alt": ["paragraph", "reference", "blockquote"]})
    if "tags" in known:
        parser.block.ruler.before("fence", "captures", partial(captures.rule, read=kept), alt)
    if "components" in known:
        programs.rules(parser, known["components"])


def component(
    state: Any, start: int, end: int, silent: bool, *, known: Mapping[str, Table], boxes: Collection[str]
) -> bool:
    """A component that begins a line, and whose end ends one."""
    at = state.bMarks[start] + state.tShift[start]
    if at >= len(state.src) or state.src[at] not in "{<" or state.sCount[start] - state.blkIndent >= 4:
        return False
    if "components" not in state.env:
        state.env["components"], state.env["around"] = found(state.src, known), []
        state.env["shown"] = captures.shown(state.src, state.env["components"].values(), known)
    if state.env["around"] and BETWEEN.fullmatch(state.src, at, state.eMarks[start]):
        if not silent:
            state.line = start + 1
        return True
    tag: Tag | None = state.env["components"].get(at)
    if tag is None or len(state.env["around"]) >= DEPTH:
        return False
    first, last = line_at(state, tag.open - 1), line_at(state, (tag.end if tag.end > 0 else tag.open) - 1)
    if last >= end or state.src[max(tag.end, tag.open) : state.eMarks[last]].strip():
        return False
    if any(not state.isEmpty(line) and state.sCount[line] < state.blkIndent for line in range(start, last + 1)):
        return False  # it ends outside of what it begins in
    if known[tag.kind][tag.name].box in WORDS:
        return alone(state, tag, (start, last), known, silent)
    if known[tag.kind][tag.name].box == "capture":
        if tag.end < 0 or tag.said.strip() not in state.env["shown"]:
            return False
        if not silent:
            captures.keep(state.env, tag, start, last - start + 1)
            state.line = last + 1
        return True
    reading = Reading(state, tag, known[tag.kind][tag.name], start, boxes)
    if (tag.end < 0 or reading.component.box == "picture") and not reading.alone():
        return False
    if not silent:
        reading.read(first, last)
        state.line = last + 1
    return True


def html(state: Any, start: int, end: int, silent: bool, *, rule: Any, known: Mapping[str, Table]) -> bool:
    """A block of HTML, and no sentence that begins with a part that can be read: `<Link …>`, which CommonMark takes for `link`."""
    tag: Tag | None = state.env.get("components", {}).get(state.bMarks[start] + state.tShift[start])
    if tag and tag.end > 0 and known[tag.kind][tag.name].box in WORDS:
        last = line_at(state, tag.end - 1)
        written = state.src[tag.start : tag.end]
        if last - start <= SENTENCE and last < end and component_texts.read(written, known) != written:
            return False
    return bool(rule(state, start, end, silent))


CALLED = re.compile(r"</?[A-Z]")
OURS = frozenset(["component", "captures", "imports", "comments"])
"""Our rules that end a paragraph, and may stand in a part of a sentence."""


def alone(state: Any, tag: Tag, lines: tuple[int, int], known: Mapping[str, Table], silent: bool) -> bool:
    """A part of a sentence that has lines of its own: a paragraph, where it can be read."""
    start, last = lines
    if last - start > SENTENCE or any(state.isEmpty(line) for line in range(start, last)):
        return False
    written = state.getLines(start, last + 1, state.blkIndent, False).strip()
    if component_texts.read(written, known) == written:
        return False
    begins = [one.fn for one in state.md.block.ruler.__rules__ if "paragraph" in one.alt and one.name not in OURS]
    inner = [line for line in range(start + 1, last + 1) if not CALLED.match(line_of(state, line))]
    if any(rule(state, line, last + 1, True) for line in inner for rule in begins):
        return False  # there is a list, a table or the like in it, which is no part of a sentence
    if not silent:
        state.push("paragraph_open", "p", 1).map = [start, last + 1]
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = written, [start, last + 1], []
        state.push("paragraph_close", "p", -1)
        state.line = last + 1
    return True


def kept(state: Any, tag: Tag, line: int) -> None:
    """Take in what a page has kept under a name. What its author skips there is skipped where it is shown."""
    skips = captures.skipped(state, tag.start)
    if skips:
        captures.directive(state, "skip-start", line)
    Reading(state, tag, PLAIN, line, ()).content(line_at(state, tag.open - 1), line_at(state, tag.end - 1))
    if skips:
        captures.directive(state, "skip-end", line)


def line_at(state: Any, place: int) -> int:
    """The line in which a place of a page is."""
    return bisect_right(state.bMarks, place) - 1


class Reading:
    """One component that is being read."""

    def __init__(self, state: Any, tag: Tag, component: Component, line: int, boxes: Collection[str]) -> None:
        self.state, self.tag, self.component, self.line, self.boxes = state, tag, component, line, boxes
        self.said = said = Said.of(tag, component)
        self.values, self.unread, self.bare, self.twice = said.values, said.unread, said.bare, said.twice
        self.title = ""

    def key(self, names: tuple[str, ...]) -> str:
        """The first of some attributes that says something."""
        return self.said.key(names)

    def first(self, names: tuple[str, ...]) -> str:
        """What that says."""
        return self.said.first(names)

    def alone(self) -> bool:
        """Whether it says something without an end: it has words in attributes, or a title that leads somewhere."""
        said = self.component
        if said.box == "nothing":
            return self.tag.name != "comment"  # which would show what it is to hide
        void = self.state.src[self.tag.open - 2 : self.tag.open] == "/>" and self.tag.kind == "components"
        if said.box == "picture":
            return bool(self.first(said.link))
        if any(self.kept(name) for name in said.words):
            return True
        return bool(self.first(said.words) or (self.first(said.link) and self.first(said.title))) or (
            void and bool(self.first(said.title))
        )

    def kept(self, name: str) -> list[Any] | None:
        """The text that an attribute shows, where the page has kept it."""
        return captures.of(self.state.env, captures.variable(self.said, name))

    def box(self) -> Box | None:
        """The box it is; None for what stands in it alone."""
        said = self.component
        around = self.state.env["around"]
        kind = self.first(said.kind).lower()
        if kind and kind not in {*BOXES, *SAME, *LIKE, *KINDS, *self.boxes} and kind in map(str.lower, self.bare):
            self.find(
                f"`{kind}` of `{self.tag.name}` is no kind of box: it is shown as a {said.box}. Write another one."
            )
            kind = ""
        if not kind and said.kind:
            kind = self.kind_elsewhere()
        given = title = " ".join(self.first(said.title).split())
        if around and said.box == "tab":
            labels, titles = around[-1].labels, around[-1].titles
            title = labels.pop(self.values.get("value", ""), title)
            title = titles.pop(0) if titles and (not title or not self.first(NAMED)) else title
        if title != given and (key := self.key(said.title)) != "value":
            self.twice.append((key, given))
        self.title = title
        if PROGRAM.match(address := self.first(said.link).strip()) and said.box != "picture":
            self.find(
                f"`{address[:40]}` of `{self.tag.name}` is a program or a file, which no page leads to. Remove it."
            )
        elif address and title:
            title = linked(title, address)
        if said.box in {"plain", "code", "picture"} or (said.box == "tab" and not title):
            return None
        if said.box == "tab":
            return Box("tab", title)
        folded = True if said.box == "details" else None
        return box(KINDS.get(kind, kind) or said.box, title, folded, self.boxes)

    def kind_elsewhere(self) -> str:
        """The kind of box that another attribute says (`icon="danger"`): a danger is no note because its theme calls that otherwise."""
        apart = {*self.component.title, *self.component.words, *self.component.link, "id", "lang", "name"}
        some = (value.lower() for key, value in self.values.items() if key not in apart)
        return next((one for one in some if one in {*BOXES, *SAME, *self.boxes}), "")

    def read(self, first: int, last: int) -> None:
        """Take in what stands in it; `first` and `last`: the lines on which its start tag ends and its end tag does."""
        state, tag, said = self.state, self.tag, self.component
        if said.box == "nothing":
            return
        texts = [one for name in said.words if (one := self.kept(name))]
        self.unread = {key: one for key, one in self.unread.items() if key not in said.words or not self.kept(key)}
        made = self.box()
        self.odd(titled=made is not None or said.box == "picture")
        if made:
            token = state.push("container_callout_open", "div", 1)
            token.meta, token.map, token.block = {"box": made, "alone": self.alone()}, [self.line, last + 1], True
            if re.fullmatch(r"[^\s{}<>\"]+", name := self.values.get("id", "")):
                token.attrs["id"] = name
        else:
            state.level += 1
        if said.box == "picture":
            self.paragraph(f"!{linked(' '.join(self.first(said.title).split()), self.first(said.link))}")
        for name in said.words:
            if name == self.key(said.title) and said.box != "picture":
                continue
            for part in re.split(r"\n\s*\n", self.values.get(name, "").strip()):
                self.paragraph(part.strip())
        for one in texts:
            captures.show(state.env, one, partial(kept, state))
        if tag.end > 0:
            self.content(first, last)
        if made:
            state.push("container_callout_close", "div", -1).block = True
        else:
            state.level -= 1

    def paragraph(self, text: str) -> None:
        """A text of an attribute as a paragraph."""
        if not text:
            return
        state, lines = self.state, [self.line, self.line + 1]
        state.push("paragraph_open", "p", 1).map = lines
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = text, lines, []
        state.push("paragraph_close", "p", -1)

    def content(self, first: int, last: int) -> None:
        """What stands between its start and its end tag, as blocks."""
        state, tag = self.state, self.tag
        closing = line_at(state, tag.close)
        was = state.bMarks[first], state.tShift[first], state.sCount[first], state.eMarks[closing]
        state.eMarks[closing] = tag.close
        begin, stop = first + 1, closing
        if closing > first and state.src[state.bMarks[closing] : tag.close].strip():
            stop += 1
        inner = [line for line in range(begin, stop) if not state.isEmpty(line)]
        indent = min((state.sCount[line] for line in inner), default=state.blkIndent)
        own = state.sCount[self.line]
        if (
            tag.kind != "components"
            and indent - own >= 4
            and not line_of(state, inner[0]).startswith(("{{", "{%", "<"))
        ):
            indent = own  # code to all but MDX, which has none by its indentation
        rest = state.src[tag.open : state.eMarks[first]]
        if rest.strip():
            begin, stop = first, max(stop, first + 1)
            state.bMarks[first], state.tShift[first] = tag.open, len(rest) - len(rest.lstrip())
            state.sCount[first] = indent
        if self.is_code():
            self.code(begin, stop, indent)
        else:
            before = len(state.tokens)
            self.blocks(begin, stop, indent)
            for token in state.tokens[
                before:
            ]:  # which take the end of a line in, and it is the end tag that follows here
                if token.type in {"html_block", "fence"} and token.content[-1:] == state.src[tag.close]:
                    token.content = token.content[:-1] + "\n"
        state.bMarks[first], state.tShift[first], state.sCount[first], state.eMarks[closing] = was

    def blocks(self, begin: int, stop: int, indent: int) -> None:
        """Its lines as Markdown, however far in they stand."""
        state = self.state
        before = state.parentType, state.lineMax, state.blkIndent
        state.parentType, state.lineMax, state.blkIndent = "callout", stop, indent
        state.env["around"].append(self.inner())
        state.md.block.tokenize(state, begin, stop)
        left = state.env["around"].pop()
        if unused := [*left.titles, *left.labels.values()]:
            self.find(f"`{unused[0]}` of `{self.tag.name}` is not shown: it is the title of no tab in it. Remove it.")
        state.parentType, state.lineMax, state.blkIndent = before

    def is_code(self) -> bool:
        """Whether what stands in it is code: `highlight`, a card (`code=true`) and a tab of Docsy or Kubernetes that does not say it is text."""
        around = self.state.env["around"]
        if self.component.box == "code" or "codelang" in self.values or self.values.get("code", "").lower() == "true":
            return True
        return self.component.box == "tab" and self.tag.mark == "<" and bool(around and around[-1].code)

    def code(self, begin: int, stop: int, indent: int) -> None:
        """Its lines as a block of code."""
        first = self.bare[0] if self.bare and self.component.box == "code" else ""
        token = self.state.push("fence", "code", 0)
        token.info = self.values.get("codelang") or self.values.get("lang") or first
        written = self.state.getLines(begin, stop, indent, False).strip("\n")
        token.content = f"{written}\n" if written else ""
        token.markup, token.map = self.tag.name, [begin - 1, max(begin, stop) + 1]

    def inner(self) -> Inside:
        """What it says of those in it."""
        values, items = self.unread.pop("values", ""), self.unread.pop("items", "")
        labels: dict[str, str] = {}
        for pair in PAIR.finditer(values.partition("[")[2]):
            said = {one[1]: one[2] or one[3] or "" for one in FIELD.finditer(pair[0])}
            labels[said.get("value", "")] = said.get("label") or said.get("value", "")
        titles = [one[1] or one[2] for one in ITEM.finditer(items)] if "[" in items else []
        if not titles and self.tag.name == "tabs":
            titles = [one.strip() for one in self.values.get("items", "").split(",") if one.strip()]
        textual = self.values.get("text", "").lower() == "true" or self.tag.name != "tabpane"
        return Inside(titles, labels, not textual)

    def odd(self, *, titled: bool) -> None:
        """Name what of it no reader would see; `titled`: what its title says is shown."""
        said, name = self.component, self.tag.name
        used = [self.key(said.kind), self.key(said.title), self.key(said.link)][: 3 if titled else 1]
        shown = {*used, *said.words, "items", "values"}
        rest = {key: value for key, value in self.values.items() if key not in shown}
        if "value" in said.title:
            rest.pop("value", "")  # what a tab is called by others
        some = [key for key in rest if key.isdigit()]
        if len(some) > 1:
            rest[some[0]] = " ".join(map(rest.pop, some))
        if said.box == "code" or name == "tabs":
            rest = {key: value for key, value in rest.items() if not key.isdigit()}
        title = self.title if titled else ""
        for key, value in (*rest.items(), *self.twice):
            worded = (key in SHOWN and value.lower() not in {"true", "false"}) or wordy(value)
            if key in LEADING or (worded and not LOOKS.match(key) and value != title):
                todo = f'Name it in `title`, `words` or `link` of [tool.lockstep.components."{name}"], or remove it.'
                self.find(f"`{key}` of `{name}` is not shown: `{' '.join(value.split())[:60]}`. {todo}")
        for key, written in self.unread.items():
            parts = any(wordy(one[1] or one[2] or one[3]) for one in STRINGS.finditer(written))
            if (
                not key
                or key in SHOWN
                or key in said.known
                or (parts if key not in {"items", "values"} else "[" not in written)
            ):
                what = f"`{' '.join(written.split())[:60]}` of `{name}` is a value that nobody works out here."
                self.find(f"{what} Write it in quotation marks.")

    def find(self, what: str) -> None:
        self.state.env.setdefault("odd", []).append((self.line + 1, what))
