"""The tables in which other tools have the addresses that pages had: mdBook, MkDocs, Docusaurus, Netlify and Cloudflare. Each leads to
its page, as those in a front matter do (`former`)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from pipeline.content.former import clean
from pipeline.content.links import Links, local
from pipeline.content.order import MKDOCS, SAID, unreadable, written
from pipeline.core.lines import Lines
from pipeline.core.model import Finding, Level, Span

BOOK = "book.toml"
LISTS = "_redirects", "source/_redirects"
CONFIGS = tuple(f"docusaurus.config.{one}" for one in ("js", "ts", "mjs", "cjs", "mts"))
FILES = (MKDOCS, BOOK, *LISTS, *CONFIGS)
"""The files that may hold one, as a site has them."""
OF_BOOK = re.compile(r"^\[output\.html\.redirect\][^\n]*\n((?:(?!\[)[^\n]*(?:\n|\Z))*)", re.M)
OF_MKDOCS = re.compile(
    r"^([ \t]*)redirect_maps:[ \t]*(?:#[^\n]*)?\n((?:\1[ \t]+\S[^\n]*(?:\n|\Z)|[ \t]*(?:#[^\n]*)?\n)*)", re.M
)
PAIR = re.compile(r"""^[ \t]*(["'])(?P<old>[^"'\n]+)\1[ \t]*=[ \t]*(["'])(?P<new>[^"'\n]+)\3""", re.M)
ENTRY = re.compile(
    r"""^[ \t]*(?:"(?P<a>[^"\n]+)"|'(?P<b>[^'\n]+)'|(?P<c>[^\s"'#:][^"'#:\n]*)):[ \t]+["']?(?P<new>[^\s"']+)["']?""",
    re.M,
)
LINE = re.compile(
    r"^[ \t]*(?P<old>/\S*)(?P<asked>(?:[ \t]+[A-Za-z_]\w*=\S*)*)[ \t]+(?P<new>[^\s#]\S*)(?:[ \t]+(?P<how>\d{3})!?)?(?P<only>[ \t]+[A-Za-z_]\w*=\S+)?",
    re.M,
)
WILD = re.compile(r"[*?]|/:\w|\A:\w|\s\w+=")
"""What an address has that stands for several, or leads on under a condition (a query, a language of the reader)."""
TABLE = {
    MKDOCS: re.compile(r"^[ \t]*redirect_maps[ \t]*:(?![ \t]*\{[ \t]*\})", re.M),
    BOOK: re.compile(r"^\[output\.html\.redirect\]|^redirect[ \t]*=", re.M),
} | dict.fromkeys(CONFIGS, re.compile(r"plugin-client-redirects|\bcreateRedirects\b"))
"""Where a file says that it has a table."""
OUTSIDE = re.compile(r"\A(?:[a-z][a-z0-9+.-]*:|//)", re.I)


class Redirect(NamedTuple):
    """One row of a table: the address that was, what it leads to, both as they are written, and where it stands."""

    old: str
    new: str
    span: Span


def rows(root: Path) -> Iterator[Redirect]:
    """Every row of every table of a site."""
    for name in FILES:
        if text := written(root, name):
            lines = Lines(text)
            yield from (Redirect(old, new, Span(name, lines.below(at) + 1)) for old, new, at in pairs(name, text))


def unread(root: Path, tables: Collection[str]) -> Iterator[Finding]:
    """The tables of which no row can be read; `tables`: the files of which some can."""
    for name, looks in TABLE.items():
        text = written(root, name) if name not in tables else ""
        if found := looks.search(text):
            what = f"No redirect can be read in this `{found[0].strip()}`, so none is made. Write each as a row of its own, or give its page the address as `aliases`."
            yield Finding("link", Level.WARNING, what, Span(name, text.count("\n", 0, found.start()) + 1))


def pairs(name: str, text: str) -> Iterator[tuple[str, str, int]]:
    """What leads to what in one file, and where that is said."""
    if name == BOOK:
        for table in OF_BOOK.finditer(text):
            for one in PAIR.finditer(table[1]):
                folder = posixpath.dirname(f"/{one['old'].lstrip('/')}")
                new = one["new"] if OUTSIDE.match(one["new"]) else posixpath.join(folder, one["new"])
                yield one["old"], new, table.start(1) + one.start("old")
    elif name == MKDOCS:
        for table in OF_MKDOCS.finditer(text):
            for one in ENTRY.finditer(table[2]):
                yield one["a"] or one["b"] or one["c"], one["new"], table.start(2) + one.start("new")
    elif name in LISTS:
        for one in LINE.finditer(text):
            if one["how"] != "404":
                yield f"{one['old']}{one['asked']}{one['only'] or ''}", one["new"], one.start("old")
    elif "redirect" in text:
        yield from of_program(text)


def of_program(text: str) -> Iterator[tuple[str, str, int]]:
    """The rows `{from: '/a', to: '/b'}` of a program: the texts behind these two names, as far as one follows the other."""
    key, olds, new = "", list[tuple[str, int]](), ""
    last = 0
    for one in SAID.finditer(text):
        between = text[last : one.start()]
        last = one.end()
        if one["text"] is None:
            continue
        if "}" in between or "{" in between:
            key, olds, new = "", [], ""
        if named := re.search(r"\b(from|to)\s*:[\s\[]*\Z", between):
            key = named[1]
        elif between.strip(" \n\t") != ",":
            key = ""
        if key == "from":
            olds.append((one["text"], one.start()))
        elif key == "to":
            new = one["text"]
        if new and olds:
            yield from ((old, new, at) for old, at in olds)
            olds = []


def resolved(
    root: Path, links: Links, plain: Callable[[str], str]
) -> tuple[list[tuple[str, str, Redirect]], list[Finding]]:
    """The rows of the tables of a site that lead to a page, each with its page and the address that was; and the rows that nobody can
    follow. `plain`: an address without a language before it."""
    found: list[tuple[str, str, Redirect]] = []
    every = [*rows(root)]
    wrong = [*unreadable(root, (name for name in FILES if name != MKDOCS))]
    wrong += unread(root, {row.span.path for row in every})
    for row in every:
        was = unquote(row.old.partition("#")[0])
        if row.span.path in LISTS and links.base and was.startswith(f"{links.base}/"):
            was = was.removeprefix(links.base)  # such a list is of the whole host
        old = clean(re.sub(r"(?:(?<=/)|\A)(?:index|README)\.md$|\.(?:md|markdown)$", "", was))
        target = links.own(row.new).lstrip("/")
        ways = () if OUTSIDE.match(row.new) or WILD.search(row.old) else (target, plain(target))
        every_link = [one for way in ways if (one := local("source/index.md", f"/{way}"))]
        link = next((one for one in every_link if links.leads(one)), None)
        page = link and links.page(link)
        if page and old:
            found.append((page, plain(old), row))
        elif not (page or (link and links.held and links.held.page(link))):
            wrong.append(Finding("link", Level.WARNING, why(row, link is not None), row.span))
    return found, wrong


def why(row: Redirect, there: bool) -> str:
    """Why a row of a table leads nobody anywhere. `there`: whether it leads to a file of the site."""
    if OUTSIDE.match(row.new):
        return f"The redirect of {row.old} leads to another site: nothing stands there. Have your host do it."
    if WILD.search(row.old):
        return f"The redirect of {row.old} has a pattern or a condition, which is not read. Have your host do it."
    todo = "Have your host do it." if there else "Correct it, or remove it."
    return f"The redirect of {row.old} leads to {row.new}, which is no page. {todo}"
