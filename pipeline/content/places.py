"""The places on a page that a link can lead to: those that authors named, and the headings, each under its own name and others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token

from pipeline.content.inline import nodes_of, parse
from pipeline.content.inline_html import anchors, github, plain, slug
from pipeline.core.inline import NO_FACTS, Inline, Syntax
from pipeline.core.lines import Lines
from pipeline.core.model import Finding, Level, Span


@dataclass(slots=True)
class Places:
    """The names on one page, in `names`; headings of its tokens get theirs as `id`, and the others as `aliases` of their meta."""

    path: str
    reads: frozenset[str]
    names: dict[str, None] = field(default_factory=dict)
    theirs: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def read(self, tokens: Sequence[Token]) -> Iterator[Finding]:
        """Note the places that authors named themselves, which no heading's own id may be; two of one name are an error."""
        for token in tokens:
            line = token.map[0] + 1 if token.map else 1
            if token.type == "html_block":
                lines = Lines(token.content)
                found = [(name, line + lines.below(at)) for name, at in anchors(token.content)]
            elif token.nesting > 0:
                found = [(str(token.attrs["id"]), line)] if "id" in token.attrs else []
            elif token.type == "inline" and "<" in token.content:
                inside = (child.content for child in token.children or () if child.type == "html_inline")
                found = [(name, line) for html in inside for name, _ in anchors(html)]
            else:
                continue
            for name, at in found:
                if name in self.names:
                    what = f"The id `{name}` stands on this page twice: a link leads to the first. Give this one another name."
                    yield Finding("duplicate-id", Level.WARNING, what, Span(self.path, at))
                else:
                    self.names[name] = None
        for opening, token in pairwise(tokens):
            if opening.type == "heading_open":
                words = plain(Inline("", Syntax.MARKDOWN, nodes_of(token.children or ())), NO_FACTS)
                called = opening.meta.get("called")
                self.name(opening, words if called is None else plain(parse(called, Syntax.MARKDOWN), NO_FACTS))

    def name(self, heading: Token, words: str) -> None:
        """Give a heading its id, and the others that lead to it: the one it would have without its author's, and the one that
        other tools make (`a--b`)."""
        own = heading.attrs.get("id")
        made = self.anchor(words) if own is None or slug(words) not in self.names else ""
        heading.attrs["id"] = own or made
        aliases = [made] if own and made else []
        if "ids" in self.reads:
            other = github(words.strip())
            self.theirs[other] += 1
            other += f"-{self.theirs[other] - 1}" if self.theirs[other] > 1 else ""
            if other and other not in self.names:
                self.names[other] = None
                aliases.append(other)
        heading.meta = {"aliases": tuple(aliases)}

    def anchor(self, text: str) -> str:
        """A heading id that nothing else on the page has. It is lower case: ids of the templates start with a capital."""
        base = name = re.sub(r"^(fn(?:ref)?\d)", r"heading-\1", slug(text))
        while name in self.names:
            self.counts[base] += 1  # from where the last heading of these words found one: no name is ever free again
            name = f"{base}-{self.counts[base]}"
        self.names[name] = None
        return name
