"""Texts that a page of Liquid keeps under a name and shows elsewhere: `{% capture note %}…{% endcapture %}`, then `{% include note.html content=note %}`
or `{{ note }}` on a line of its own. They are read where they are shown, with the lines on which they are written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from pipeline.content.component_tags import Said, Tag
from pipeline.core.components import Table

OUTPUT = re.compile(
    r"\{\{-?\s*([A-Za-z_][\w-]*)\s*+(?:\|\s*(?:markdownify|[lr]?strip|strip_newlines|liquify|raw)\s*+)*-?\}\}[ \t]*"
)
"""A text that is shown as it is kept; other filters make another text of it."""
LINES_SHOWN = 5000
"""How many lines of such texts a page shows at most: each may show others twice."""
SKIPS = re.compile(r"^[ \t]*<!--\s*i18n:\s*skip-(start|end)\b.*?-->", re.M | re.I)
LINES = re.compile(rf"^[ \t>]*{OUTPUT.pattern}$", re.M)


def shown(text: str, tags: Iterable[Tag], known: Mapping[str, Table]) -> frozenset[str]:
    """The names that something on a page shows as a text of its own."""
    if "endcapture" not in text:
        return frozenset()
    names = {found[1] for found in LINES.finditer(text)}
    for tag in tags:
        component = known[tag.kind][tag.name]
        if tag.kind == "tags" and component.words:
            said = Said.of(tag, component)
            names.update(filter(None, (variable(said, name) for name in component.words)))
    return frozenset(names)


def variable(said: Said, name: str) -> str:
    """The name of what an attribute shows: `content=note`; "" where that is no name."""
    return said.unread.get(name, "").partition("=")[2].strip()


def keep(env: dict[str, Any], tag: Tag, line: int, lines: int) -> None:
    """Keep a text of so many lines under its name; one of that name which nothing has shown is named."""
    kept = env.setdefault("captures", {})
    name = tag.said.strip()
    env.setdefault("odd", []).extend(unshown(kept.pop(name, None)))
    kept[name] = [tag, line, False, lines]


def of(env: Mapping[str, Any], name: str) -> list[Any] | None:
    """The text of a name, where there is one that can still be shown: not inside of itself, and not more of it than anybody writes."""
    found: list[Any] | None = env.get("captures", {}).get(name)
    return found if found and name not in env.get("showing", ()) and env.get("captured", 0) < LINES_SHOWN else None


def show(env: dict[str, Any], found: list[Any], read: Callable[[Tag, int], None]) -> None:
    """Read a text where it is shown."""
    tag, line, _, lines = found
    found[2], env["captured"] = True, env.get("captured", 0) + lines
    env["showing"] = {*env.get("showing", ()), tag.said.strip()}
    read(tag, line)
    env["showing"].discard(tag.said.strip())


def unshown(kept: list[Any] | None) -> Iterator[tuple[int, str]]:
    """What is wrong with a text that nothing shows."""
    if kept and not kept[2]:
        what = f"`{kept[0].said.strip()}` is kept here and shown nowhere below. Show it, or remove it."
        yield kept[1] + 1, what


def left(env: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """What is wrong with all that a page has kept, at its end."""
    for kept in env.get("captures", {}).values():
        yield from unshown(kept)


def rule(state: Any, start: int, end: int, silent: bool, *, read: Callable[[Any, Tag, int], None]) -> bool:
    """`{{ note }}` on a line of its own; `read` takes in what is kept under a name."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{{", at) or state.sCount[start] - state.blkIndent >= 4:
        return False
    found = OUTPUT.fullmatch(state.src, at, state.eMarks[start])
    kept = of(state.env, found[1]) if found else None
    if kept is None:
        return False
    if not silent:
        show(state.env, kept, partial(read, state))
        state.line = start + 1
    return True


def skipped(state: Any, place: int) -> bool:
    """Whether a place of a page stands between `skip-start` and `skip-end`."""
    if "skips" not in state.env:
        state.env["skips"] = [(one.start(), one[1].lower() == "start") for one in SKIPS.finditer(state.src)]
    skips: list[tuple[int, bool]] = state.env["skips"]
    before = bisect_left(skips, (place, False))
    return before > 0 and skips[before - 1][1]


def directive(state: Any, word: str, line: int) -> None:
    """A directive of ours, as if it stood there."""
    token = state.push("html_block", "", 0)
    token.map, token.content = [line, line + 1], f"<!-- i18n: {word} -->\n"
