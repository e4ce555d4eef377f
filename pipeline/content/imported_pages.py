"""Pages that MDX imports and shows: `import A from "./_a.mdx"` with `<A />` (Docusaurus)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Mapping
from functools import partial

from pipeline.content.included_lines import fence_after

IMPORTED = re.compile(
    r"import[ \t]+(?P<name>[A-Z]\w*)[ \t]+from[ \t]+(?P<quote>[\"'])(?P<file>[^\"'\n]{1,500}\.mdx?)(?P=quote)[ \t]*;?[ \t]*"
)
USED = re.compile(r"(?P<space>[ \t]*)<(?P<name>[A-Z]\w*)[ \t]*/>[ \t]*")
"""How MDX imports another page, and shows it: without values for it, which nobody works out here."""
LED = re.compile(
    r"`[^`]*`|(?P<before>\]\(<?|^[ \t]{0,3}\[[^\]\n]+\]:[ \t]*<?|\b(?:href|src)=[\"'])(?P<to>(?![/#{]|[a-z][a-z0-9+.-]*:)[^\s()<>\"'#?]+)",
    re.I,
)
"""An address that is told from the file in which it stands; or code, in which none is."""


def partials(lines: Iterable[tuple[int, str]], known: Container[str]) -> Mapping[int, str]:
    """The lines of a page that show another one which it imports, each with the name of its file, and those that import these, with
    none; code has neither. What is `known` by its name is none of them: the settings say what it is."""
    files: dict[str, str] = {}
    imports: list[tuple[int, str]] = []
    uses: list[tuple[int, str]] = []
    fence = ""
    for number, text in lines:
        opened, fence = fence, fence_after(fence, text)
        if opened or fence:
            continue
        if "import" in text and (found := IMPORTED.fullmatch(text)) and found["name"] not in known:
            files[found["name"]] = found["file"]
            imports.append((number, found["name"]))
        elif "/>" in text and (found := USED.fullmatch(text)):
            uses.append((number, found["name"]))
    used = {name for _, name in uses}
    return {number: files[name] for number, name in uses if name in files} | {
        number: "" for number, name in imports if name in used
    }


def led_from_root(fence: str, text: str, path: str) -> tuple[str, str]:
    """A line of an imported page with its addresses told from the root of the site, and the marks of the block of code that is open
    below it; `fence`: those of the one above."""
    opened, fence = fence, fence_after(fence, text)
    if not (opened or fence) and ("=" in text or "]" in text):
        text = LED.sub(partial(rooted, folder=posixpath.dirname(path)), text)
    return fence, text


def as_imported(path: str, text: str) -> str:
    """The text of a page as those have it that import it."""
    lines, fence = [], ""
    for line in text.split("\n"):
        fence, made = led_from_root(fence, line, path)
        lines.append(made)
    return "\n".join(lines)


def rooted(found: re.Match[str], folder: str) -> str:
    """An address of a file in `folder` as it is from the root of the site; as it stands in code, and where that is no folder of the
    site's pages."""
    if found["to"] is None:
        return found[0]
    path = posixpath.normpath(posixpath.join(folder, found["to"]))
    return f"{found['before']}{path.removeprefix('source')}" if path.startswith("source/") else found[0]
