"""Where the shortcodes, components and tags of other tools stand in a page: each start tag with its end tag, code and comments passed over."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from pipeline.core.components import Component, Table

QUOTED = r"\"(?:[^\"\\]|\\.){0,4000}+\"|'(?:[^'\\]|\\.){0,4000}+'"
BRACED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,400}+\}){0,400}+\}){0,4000}+\}"
TAG = re.compile(
    rf"\{{\{{(?P<mark>[<%])\s*(?P<end>/?)\s*(?P<shortcode>\w[\w./-]*)(?P<said>(?:[^\"`{{}}/>%]|\"(?:[^\"\\]|\\.){{0,4000}}+\"|`[^`]{{0,4000}}+`|/(?!\s*[>%]\}}\}})|[>%](?!\}}\}}))*+)/?\s*[>%]?\}}\}}"
    rf"|\{{%-?\s*(?P<tag>/?[A-Za-z][\w-]*)(?P<told>(?:[^\"'{{}}%]|{QUOTED}|%(?!\}}))*+)%\}}"
    rf"|<(?P<close>/?)(?P<component>[A-Za-z][\w.:-]*)(?P<has>(?:[^<>{{}}\"'/]|\"[^\"<]{{0,4000}}+\"|'[^'<]{{0,4000}}+'|/(?!>)|{BRACED})*+)(?P<void>/?)>",
    re.S,
)
VALUE = re.compile(
    r"(?:(?P<name>[A-Za-z_][\w:.-]*)\s*=\s*)?(?:\"(?P<double>(?:[^\"\\]|\\.){0,4000}+)\"|'(?P<single>(?:[^'\\]|\\.){0,4000}+)'|`(?P<raw>[^`]*)`"
    rf"|(?P<braced>{BRACED})|(?P<bare>[^\s\"'`{{}}=,]+))",
    re.S,
)
MISREAD = re.compile(r"[\"'`{}]")
"""What only values have."""
LITERAL = re.compile(r"\{\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|`([^`$]*)`)\s*\}", re.S)
"""A text in braces, as JSX has it."""
LOOKS = re.compile(
    r"(?:class\w*|style|icon\w*|image(?!_?alt)\w*|rel|target|data-[\w-]+|height|width|size|id|color\w*|align\w*|theme|group\w*|byline_\w*)\Z",
    re.I,
)
"""Attributes of how a component looks, whatever they say."""
PROGRAM = re.compile(r"(?:javascript|vbscript|file|data):", re.I)
LEADING = frozenset(["href", "link", "url", "src", "to"])
WORD = re.compile(r"(?<!\S)[^\w\s]*[^\W\d_]{2,}(?:['’-][^\W\d_]+)*[^\w\s]*(?!\S)")
WHOLE = re.compile(r"(?<!\S)\d[\d.,]*+\s+[^\W\d_]{2,}|[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2,}")
"""What says something by itself: an amount, words of a script without spaces."""
CODE = re.compile(r"(?<!`)`++[^`\n]++`++|<!--(?:.*?-->|.*)")
FENCE = re.compile(r"[ \t>*+\d.)-]*(`{3,}|~{3,})(.*)\Z")


class Tag(NamedTuple):
    """Where a component begins and ends in a page: its start tag and, from `close` to `end`, its end tag; -1 where it has none."""

    kind: str
    name: str
    said: str
    mark: str
    start: int
    open: int
    close: int
    end: int


def found(text: str, known: Mapping[str, Table]) -> dict[int, Tag]:
    """The components of a page that are known, by the place where each begins."""
    apart = [*skipped(text)]
    starts = [one[0] for one in apart]
    made: dict[int, Tag] = {}
    open_: list[Tag] = []
    counts: Counter[tuple[str, str]] = Counter()
    for match in TAG.finditer(text):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.start() < apart[at][1]:
            continue
        kind, name, said, ends = parts(match)
        table = known.get(kind, {})
        if ends:
            if not counts[kind, name]:
                continue
            while True:
                begun = open_.pop()
                counts[begun.kind, begun.name] -= 1
                if (begun.kind, begun.name) == (kind, name):
                    break
            made[begun.start] = begun._replace(close=match.start(), end=match.end())
        elif name in table:
            one = Tag(kind, name, said, match["mark"] or "", match.start(), match.end(), -1, -1)
            made[one.start] = one
            if not (match["void"] or match[0].rstrip("}%> ").endswith("/") or name.endswith(".html")):
                open_.append(one)
                counts[kind, name] += 1
    return made


@dataclass(slots=True)
class Said:
    """What the attributes of a component say: by their names or numbers, those that are programs, those without a name, and what
    is said twice."""

    values: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    bare: list[str] = field(default_factory=list)
    twice: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, tag: Tag, component: Component) -> Said:
        """What a tag says."""
        self = cls()
        for one in VALUE.finditer(tag.said):
            name = one["name"] or ""
            if one["braced"] is not None:
                text = LITERAL.fullmatch(one["braced"])
                written = next((part for part in text.groups() if part is not None), "") if text else None
            else:
                written = next(
                    part for part in (one["double"], one["single"], one["raw"], one["bare"]) if part is not None
                )
                if name and one["bare"] is not None and tag.kind == "tags":  # a variable
                    written = None if name in component.words else written
            if written is None:
                self.unread[name] = one[0]
                continue
            written = re.sub(r"\\([\"'\\])", r"\1", written)
            if not name and tag.kind == "components":
                self.twice.append(("a text without a name", written))  # `default`: true
                continue
            if not name:
                self.bare.append(written)
            elif name in self.values:
                self.twice.append((name, self.values[name]))
            self.values[name or str(len(self.bare))] = written
        if MISREAD.search(VALUE.sub(" ", tag.said)):  # `to="a\\"`: where its value ends is read in two ways
            self.unread[""] = tag.said.strip()
        return self

    def key(self, names: tuple[str, ...]) -> str:
        """The first of some attributes that says something."""
        return next((name for name in names if self.values.get(name, "").strip()), "")

    def first(self, names: tuple[str, ...]) -> str:
        """What that says."""
        return self.values.get(self.key(names), "")


def parts(match: re.Match[str]) -> tuple[str, str, str, bool]:
    """What a tag is: its kind, its name, what it says, whether it is an end."""
    if name := match["shortcode"]:
        return "shortcodes", name, match["said"], bool(match["end"])
    if name := match["component"]:
        return "components", name, match["has"], bool(match["close"])
    name, said = match["tag"], match["told"].rstrip("-")
    if name == "include":
        name, said = [*said.split(None, 1), "", ""][:2]
        return "tags", name.strip("\"'").rpartition("/")[2], said, False
    ends = name.startswith(("/", "end"))
    return "tags", name.removeprefix("/").removeprefix("end") if ends else name, said, ends


def skipped(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a page where a tag is none: code, and comments on one line."""
    at, fence, begun = 0, "", 0
    for line in text.split("\n"):
        mark = FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                yield begun, at + len(line)
                fence = ""
        elif mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence, begun = mark[1], at
        elif "`" in line or "<!--" in line:
            yield from ((at + one.start(), at + one.end()) for one in CODE.finditer(line))
        at += len(line) + 1
    if fence:
        yield begun, at


def as_written(text: str) -> str:
    """A page of Docusaurus with what stands in blocks of `mdx-code-block` as if it stood there by itself; no line moves."""
    made, fence, lone = [], "", False
    for line in text.split("\n"):
        mark = FENCE.match(line) if "```" in line or "~~~" in line else None
        ends = bool(mark and fence and mark[1].startswith(fence) and not mark[2].strip())
        begins = bool(mark and not fence and not (mark[1][0] == "`" and "`" in mark[2]))
        if begins and mark:
            fence, lone = mark[1], mark[2].split()[:1] == ["mdx-code-block"]
        made.append("" if lone and (begins or ends) else line)
        if ends:
            fence, lone = "", False
    return "\n".join(made)


def wordy(text: str) -> bool:
    """Whether a value is likely to be for readers."""
    return len(WORD.findall(text)) > 1 or WHOLE.search(text) is not None


def linked(title: str, address: str) -> str:
    """A link as Markdown has it, whatever is in its title and its address."""
    if not balanced(title):
        title = BRACKET.sub(lambda one: f"\\{one[0]}" if one[0] in "[]" else one[0], title)
    address = re.sub(r"[<>\s]", lambda one: quote(one[0]), address.strip())
    return f"[{title}](<{address}>)" if set(address) & set("()") else f"[{title}]({address})"


BRACKET = re.compile(r"(?<!`)(`++)(?!`).*?(?<!`)\1(?!`)|\\.|[][]", re.S)
"""A bracket, and what is passed over on the way to it: code, what is escaped."""


def balanced(title: str) -> bool:
    """Whether each bracket of a text has its other one, in code and escaped ones left out."""
    depth = 0
    for one in BRACKET.finditer(title):
        depth += {"[": 1, "]": -1}.get(one[0], 0)
        if depth < 0:
            return False
    return not depth
