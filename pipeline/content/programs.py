"""What of a program a page of MDX has: `import` and `export` statements, and comments. No reader and no translator is to see them."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from pipeline.content.dialects import line_of
from pipeline.content.text_marks import COMMENT, as_directive
from pipeline.core.components import Table

IMPORT = re.compile(
    r"import\s++(?:([\w*{},$]++(?:\s++(?!from\s)[\w*{},$]++)*+)\s++from\s++)?['\"][^'\"\n]++['\"][ \t]*+;?[ \t]*+(?=\n|\Z)"
)
EXPORT = re.compile(
    r"export\s++(?:(?:const|let|var)\s++(?:[\w$]++\s*+(?::[^\n=]*+)?=|[{\[])|(?:default\s++)?(?:async\s++)?function\b\s*+\*?\s*+[\w$]*+\s*+\("
    r"|(?:default\s++)?class\s++\w[^\n]*\{|default\s++(?:[({\[]|[\w$]++;?[ \t]*+(?=\n|\Z))|\{|\*\s++from\b)"
)
LITERAL = re.compile(r"\\.|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|//[^\n]*|/\*.*?(?:\*/|\Z)", re.S)
"""What brackets do not count in. What is escaped is passed over, so that a quotation mark which nothing closes is tried once."""
MARKDOWN = re.compile(r"#{1,6}[ \t]|[-*][ \t]+\S|\d+\.[ \t]|>[ \t]|`{3}|:{3}|[A-Z]\w*(?:[ \t]+\w+){2}")
"""How lines begin that are no program."""
IMPORTED = 40
"""How many lines an `import` has at most."""
PARTS = 100
"""How many an `export` has below its first empty line."""


def rules(parser: Any, known: Table) -> None:
    """Teach a parser to pass over what is a program; `known` are the components that may be fetched without a word."""
    alt = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "imports", partial(imports, known=known), alt)
    parser.block.ruler.before("fence", "exports", exports, {"alt": []})
    parser.block.ruler.before("fence", "comments", comments, alt)


def passed(state: Any, line: int, said: str) -> None:
    """Name a statement that nobody reads."""
    what = f"`{' '.join(said.split())[:60]}` is a line of a program, which nobody runs here. Remove it."
    state.env.setdefault("odd", []).append((line + 1, what))


def imports(state: Any, start: int, end: int, silent: bool, *, known: Table) -> bool:
    """A statement that fetches something; it is named where that is no component that is read, nor one that is named where it stands."""
    if not line_of(state, start).startswith("import") or state.sCount[start] - state.blkIndent >= 4:
        return False
    last = start
    while last < min(end, start + IMPORTED) and not state.isEmpty(last):
        last += 1
    said = IMPORT.match("\n".join(line_of(state, line) for line in range(start, last)))
    if said is None:
        return False
    if not silent:
        state.env["mdx"] = True
        names = set(re.findall(r"[\w$]+", said[1] or "")) - {"as"} - known.keys()
        if said[1] is None or any(f"<{one}" not in state.src or not one[0].isupper() for one in names):
            passed(state, start, said[0])
        state.line = start + 1 + said[0].count("\n")
    return True


def exports(state: Any, start: int, end: int, silent: bool) -> bool:
    """A statement that gives something: to the first empty line outside of its brackets (MDX 3, "ESM")."""
    if not line_of(state, start).startswith("export") or state.sCount[start] - state.blkIndent >= 4:
        return False
    if not EXPORT.match("\n".join(line_of(state, line) for line in range(start, min(end, start + 3)))):
        return False
    if silent:
        return True
    last, depth, first = start, 0, 0
    while (
        last < end and not (depth <= 0 and last > start and ends(state, last)) and not (first and last > first + PARTS)
    ):
        first = first or (last if state.isEmpty(last) else 0)
        plain = LITERAL.sub("", line_of(state, last))
        depth += sum(plain.count(one) for one in "([{") - sum(plain.count(one) for one in ")]}")
        last += 1
    if depth > 0:
        last = first or last  # brackets that nothing closes take in no more than what stands right below
    state.env["mdx"] = True
    passed(state, start, " ".join(line_of(state, line) for line in range(start, min(last, start + 3))))
    state.line = last
    return True


def ends(state: Any, line: int) -> bool:
    """Whether a line is no part of the statement above it: an empty one, or one that can only be Markdown."""
    return state.isEmpty(line) or MARKDOWN.match(line_of(state, line)) is not None


def comments(state: Any, start: int, end: int, silent: bool) -> bool:
    """A comment on lines of its own; one that is for us is a comment of HTML, as it is on all other pages."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{/*", at) or state.sCount[start] - state.blkIndent >= 4:
        return False
    if "commented" not in state.env:
        state.env["commented"] = state.src.rfind("*/}")
    closing = state.src.find("*/}", at, state.eMarks[end - 1]) if at < state.env["commented"] else -1
    last = start + state.src.count("\n", at, max(closing, at))
    if closing < 0 or state.src[closing + len("*/}") : state.eMarks[last]].strip():
        return False
    found = COMMENT.match(state.src, at, closing + len("*/}"))
    if found is None:
        return False
    if not silent:
        state.env["mdx"] = True
        if said := as_directive(found[1]):
            token = state.push("html_block", "", 0)
            token.map, token.content = [start, last + 1], f"{said}\n"
        state.line = last + 1
    return True
