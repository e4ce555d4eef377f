"""A message's text cut into words and codes, so that other tools keep a translator's hands off the codes.

Nothing is parsed for readers here and nothing is lost: the pieces, joined, are the text. What is missed stays in the text, as every
translator of a catalog has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.core.exchange import UNWRITABLE, Piece, Pieces
from pipeline.core.inline import ARGUMENT, FACT, OPAQUE, TAG, VOID, Syntax

LINK_END = r"\]\((?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
MARKDOWN = re.compile(
    rf"""(?P<escape>\\[!-/:-@\[-`{{-~])|(?P<code>(?P<ticks>`+)(?!`)(?:(?!(?P=ticks)(?!`)).|\n)*?(?<!`)(?P=ticks)(?!`))
    |(?P<auto><[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*>|<[\w.+-]+@[\w.-]+>)
    |(?P<note>\[\^[^\]\s]+\])|(?P<begin>!?\[)|(?P<titled>{LINK_END}\s+")|(?P<end>{LINK_END}\s*\)|\]\[[^\[\]]*\])
    |(?P<plain>\])|(?P<emphasis>\*\*|\*|__|_|~~)""",
    re.X,
)


def cut(text: str, syntax: Syntax) -> Pieces:
    """A text as its pieces; the codes are numbered as they come."""
    cutter = Cutter(text)
    if syntax is Syntax.MARKDOWN:
        cutter.markdown()
    elif syntax is Syntax.HTML:
        cutter.alone(FACT.finditer(text))
        cutter.html(0, len(text))
    else:
        cutter.alone(one for one in (ARGUMENT if syntax is Syntax.TEMPLATE else FACT).finditer(text))
    return cutter.pieces()


@dataclass(eq=False)
class Code:
    """A code found in a text: where it stands, its kind, and for an end the beginning that it ends."""

    start: int
    end: int
    kind: str
    what: str = ""
    partner: Code | None = None


@dataclass
class Cutter:
    """A walk over a text that finds its codes."""

    text: str
    found: list[Code] = field(default_factory=list)
    stack: list[Code] = field(default_factory=list)

    def alone(self, matches: Iterator[re.Match[str]]) -> None:
        """Take what stands alone, where nothing stands yet."""
        self.found += [Code(one.start(), one.end(), "ph") for one in matches]

    def markdown(self) -> None:
        """Take what Markdown, HTML in it and placeholders have."""
        at, text = 0, self.text
        apart = {one.start(): one.end() for pattern in (OPAQUE, FACT) for one in pattern.finditer(text)}
        while at < len(text):
            if at in apart:
                self.found.append(Code(at, apart[at], "ph"))
                at = apart[at]
                continue
            char = text[at]
            if char == "<" and (tag := TAG.match(text, at)) and not MARKDOWN.match(text, at):
                self.tag(tag)
                at = tag.end()
            elif char in "\\`<[]!*_~" and (match := MARKDOWN.match(text, at)):
                at = self.mark(match)
            else:
                at += 1

    def mark(self, match: re.Match[str]) -> int:
        """Take one mark of Markdown; returns where to go on."""
        kind, start, end = match.lastgroup or "", match.start(), match.end()
        match kind:
            case "code" | "ticks" | "auto" | "note":
                self.found.append(Code(start, end, "ph"))
            case "begin":
                self.stack.append(Code(start, end, "open", "["))
            case "end":
                self.close(Code(start, end, "close", "["))
            case "titled":
                if last := self.title(end):
                    if self.close(Code(last, match.string.index(")", last) + 1, "close", "[")):
                        self.found.append(Code(start, end, "ph"))
                    return match.string.index(")", last) + 1
            case "plain":
                if opened := next((one for one in reversed(self.stack) if one.what == "["), None):
                    self.stack.remove(opened)
            case "emphasis":
                self.emphasis(start, end)
        return end

    def title(self, at: int) -> int | None:
        """Where the title that begins here ends with its quotation mark; None where it does not."""
        match = re.compile(r'(?:[^"\\]|\\.)*("\s*\))', re.S).match(self.text, at)
        return match.start(1) if match else None

    def emphasis(self, start: int, end: int) -> None:
        """Take a mark of emphasis by what stands beside it (CommonMark, "Emphasis")."""
        mark, before, after = self.text[start:end], self.text[start - 1 : start], self.text[end : end + 1]
        within = mark[0] == "_" and before.isalnum() and after.isalnum()
        if within:
            return
        here = any(one.what == mark for one in self.stack)
        if here and before.strip() and not (mark[0] == "_" and after.isalnum()):
            self.close(Code(start, end, "close", mark))
        elif after.strip():
            self.stack.append(Code(start, end, "open", mark))

    def html(self, start: int, end: int) -> None:
        """Take the tags of a stretch of HTML."""
        for tag in TAG.finditer(self.text, start, end):
            self.found = [one for one in self.found if not tag.start() <= one.start < tag.end()]
            self.tag(tag)

    def tag(self, tag: re.Match[str]) -> None:
        """Take a tag: of a pair, or alone."""
        name = (tag[2] or "").lower()
        if not name or name in VOID or tag[0].endswith("/>"):
            self.found.append(Code(tag.start(), tag.end(), "ph"))
        elif not tag[1]:
            self.stack.append(Code(tag.start(), tag.end(), "open", f"<{name}"))
        elif not self.close(Code(tag.start(), tag.end(), "close", f"<{name}")):
            self.found.append(Code(tag.start(), tag.end(), "ph"))

    def close(self, code: Code) -> bool:
        """Take an end and the nearest beginning that it ends; what was begun between them was none. False where there is none."""
        at = next((at for at in reversed(range(len(self.stack))) if self.stack[at].what == code.what), None)
        if at is None:
            return False
        self.loose(self.stack[at + 1 :])
        code.partner = self.stack[at]
        self.found += [code.partner, code]
        del self.stack[at:]
        return True

    def loose(self, codes: list[Code]) -> None:
        """Tags that were begun and not ended stand alone; marks of Markdown are text."""
        self.found += [Code(one.start, one.end, "ph") for one in codes if one.what.startswith("<")]

    def pieces(self) -> Pieces:
        """The whole text, in pieces."""
        self.loose(self.stack)
        odd = [one for one in self.found if UNWRITABLE.search(self.text, one.start, one.end)]  # no code can hold it
        if odd:
            gone = [*odd, *(one.partner for one in odd if one.partner)]
            self.found = [one for one in self.found if one not in gone and one.partner not in odd]
        names: dict[int, str] = {}
        made: list[Piece] = []
        at = 0
        for code in sorted(self.found, key=lambda one: one.start):
            if code.start > at:
                made.append(Piece("text", self.text[at : code.start]))
            name = names[id(code.partner)] if code.partner else str(len(names) + 1)
            names[id(code)] = name
            made.append(Piece(code.kind, self.text[code.start : code.end], name))
            at = code.end
        if at < len(self.text):
            made.append(Piece("text", self.text[at:]))
        return tuple(made)
