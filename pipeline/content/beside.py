"""The addresses beside the pages: those that templates and style sheets have, which are published as they are written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from pipeline.content.inline_html import WITHIN, anchors
from pipeline.content.links import Links
from pipeline.core import starter
from pipeline.core.forms import normalized
from pipeline.core.inline import ATTRIBUTE, TAG, is_leading, led, restyled
from pipeline.core.lines import Lines
from pipeline.core.model import Link, Span

FILLED = "\ue000"
"""What stands for what a template fills in: a private character, which no address has."""
ROOT, UP = "\ue001", "\ue002"
"""What stands for `{{ root }}`, the way to the top of the site, and `{{ up }}`, that to the folder of the language."""
KNOWN = {"root": ROOT, "up": UP}
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def blank(text: str) -> str:
    """As many spaces and line ends as a text has."""
    return re.sub(r"[^\n]", " ", text)


def plain(template: str) -> str:
    """A template as HTML: what it fills in as one character, its statements and comments and all scripts as spaces."""

    def instead(code: re.Match[str]) -> str:
        if code[0][1] != "{":
            return blank(code[0])
        return KNOWN.get(code[0][2:-2].strip("- \t\n"), FILLED) + "\n" * code[0].count("\n")

    html = CODE.sub(instead, template)
    return WITHIN.sub(lambda inner: inner[0] if inner[1].lower() == "style" else blank(inner[0]), html)


@lru_cache(maxsize=256)
def in_template(path: str, text: str) -> tuple[tuple[Link, ...], frozenset[str]]:
    """The addresses in a template that it fills in by nothing but the way to the top, and the places in it and in those of ours that it
    takes in. They follow from its text, so it is looked through once in a process, whichever site it is of."""
    html = plain(text)
    ours = (plain(one) for _, one in starter.inherited(text))
    return tuple(of_template(path, html)), frozenset(name for one in (html, *ours) for name in places(one))


def of_template(path: str, html: str) -> Iterator[Link]:
    """The addresses in a template (as `plain` has it) that it fills in by nothing but the way to the top."""
    lines = Lines(html)
    for tag in TAG.finditer(html):
        for attribute in ATTRIBUTE.finditer(tag[3] or ""):
            for url in led(attribute):
                if url and FILLED not in url:
                    yield Link(url, Span(path, lines.below(tag.start(3) + attribute.start()) + 1))
    for inner in WITHIN.finditer(html):
        yield from (
            one for one in of_style(path, inner[2], lines.below(inner.start(2)) + 1) if FILLED not in one.target
        )


def of_style(path: str, css: str, first: int = 1) -> Iterator[Link]:
    """The addresses in a style sheet; `first` is the line of the file that it begins on."""
    found: list[Link] = []
    if not is_leading(css):
        return iter(found)
    for at, line in enumerate(COMMENT.sub(lambda comment: blank(comment[0]), css).split("\n"), first):

        def note(url: str, at: int = at) -> str:
            found.append(Link(url, Span(path, at)))
            return url

        restyled(line, note)
    return iter(found)


def places(html: str) -> Iterator[str]:
    """The places in a template that a link can lead to."""
    return (name for name, _ in anchors(html) if FILLED not in name)


def wrong(link: Link, links: Links, names: frozenset[str]) -> str:
    """What is wrong with an address of a template or style sheet, "" where it leads somewhere. `names`: the places of all templates."""
    path, target = link.span.path, links.own(link.target)
    shown = link.target.replace(ROOT, "{{ root }}").replace(UP, "{{ up }}")
    try:
        parts = urlsplit(target)
    except ValueError:
        return f"The address {shown} cannot be read. Correct it."
    if parts.scheme or parts.netloc or "{" in target or not (parts.path or parts.fragment):
        return ""
    styled = path.endswith(".css")
    if not parts.path:
        name = normalized("NFC", unquote(parts.fragment))
        lost = not styled and name not in names and name.lower() != "top"
        return f"No template has a place #{name}. Correct the link." if lost else ""
    inner = normalized("NFC", unquote(parts.path))
    if inner.startswith(UP):
        found = bool(links.page_named(f"source/{inner[1:]}".rstrip("/"))) or inner[1:] in {"", "feed.xml", "404.html"}
    elif inner.startswith(ROOT):
        found = links.beside(posixpath.normpath(inner[1:] or "/").lstrip("/"))
    elif inner.startswith("/"):
        found = f"{inner}/".startswith(f"{links.base}/") and links.beside(
            posixpath.normpath(inner.removeprefix(links.base) or "/").strip("/")
        )
    elif styled:
        home = path.removeprefix("templates/") if path.startswith("templates/") else f"assets/{path[7:]}"
        found = links.beside(posixpath.normpath(posixpath.join(posixpath.dirname(home), inner)))
    else:
        return f"The address {shown} leads elsewhere from every page. Begin it with {{{{ root }}}}, the way to the top of the site."
    return "" if found else f"The address {shown} leads to nothing that is published. Correct it."
