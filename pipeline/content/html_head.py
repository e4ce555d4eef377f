"""What a whole document of HTML says of itself, and where on it the content of the page begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from pipeline.content import html_tree
from pipeline.content.html_tree import Token
from pipeline.content.inline import parse
from pipeline.content.marks import DIRECTIVE
from pipeline.content.unextractable import line_of
from pipeline.content.yaml import Scalar
from pipeline.core import as_is
from pipeline.core.inline import ATTRIBUTE, TAG, VOID, Syntax, has_words, unquoted
from pipeline.core.model import Level

HEAD = frozenset(["title", "meta", "link", "style", "script", "base", "noscript", "template"])
"""What stands in a head, also where nobody wrote `<head>`."""
HEADED = re.compile(r"(?:\s|\ufeff|<!--.*?-->)*<(?:!doctype|html|head|body|title|meta|base|link)\b", re.I | re.S)
"""How a whole document begins."""
DECLARED = re.compile(r"\A\s*<\?xml\b[^<>?]*\?>(?=\s*<(?:!doctype|html)\b|\s*<!--)", re.I)
"""What XHTML begins with, and browsers skip."""
NO_NEWS = frozenset(["viewport", "generator", "robots", "format-detection", "theme-color", "color-scheme", "referrer"])
"""What a head says to programs and the template says too."""
CODE = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)


class Head(NamedTuple):
    """What a document says of itself, where its content begins and ends, and what of it is not taken over."""

    data: dict[str, Any]
    start: int
    end: int
    findings: tuple[tuple[str, Level, str, int], ...]


def head_of(text: str, source: str) -> Head:
    """What a whole document says of itself."""
    data: dict[str, Any] = {}
    found: list[tuple[str, Level, str, int]] = []
    left: list[tuple[str, int]] = []
    start, end, inside = len(text), len(text), ""
    for one in html_tree.tokens(text):
        if start < len(text):
            if one.name in {"/body", "/html"}:
                end = one.at
                break
            continue
        line, given = line_of(text, one.at), given_of(one)
        if inside:
            if inside == "title" and not one.name:
                once(data, found, "title", lined(unescape(one.text), line))
            inside = "" if one.name == f"/{inside}" else inside
        elif one.name == "html":
            if (lang := given.get("lang", "")) and as_is.primary(lang) != as_is.primary(source):
                what = f"This page says that it is in `{lang}`, and pages are written in `{source}` here. Correct its `lang`, or translate it."
                found.append(("html-lang", Level.WARNING, what, line))
        elif one.name == "meta" and given.get("name", "").lower() == "description":
            once(data, found, "description", lined(given.get("content", ""), line))
        elif one.name == "base" and given.get("href"):
            what = "`<base>` would change where the links of every page lead. Remove it, and write the links as they are meant."
            found.append(("link", Level.ERROR, what, line))
        elif one.name in HEAD:
            if named := left_out(one, given):
                left.append((named, line))
            inside = one.name if one.name not in VOID else ""
        elif one.name == "body":
            start = one.at + len(one.text)
        elif (one.name not in {"!", "head", "/head"} and (one.name or one.text.strip())) or (
            one.name == "!" and DIRECTIVE.match(one.text)
        ):
            start = one.at
    if left:
        shown = ", ".join(f"{name} (line {line})" for name, line in left)
        what = f"Not taken over from the head: {shown}. Every page has the head of the template: what you need of this goes to templates/page.html."
        found.append(("html-left-out", Level.WARNING, what, left[0][1]))
    inner = main_of(text, start, end)
    return Head(data, inner.start, inner.end, (*found, *inner.findings))


def once(data: dict[str, Any], found: list[tuple[str, Level, str, int]], key: str, value: Scalar) -> None:
    """Take in what a head says once: the first, which is the one that browsers show (HTML, "The title attribute")."""
    if key not in data:
        data[key] = value
        return
    what = f"This is a second {key}, and the first is the one that readers see (line {data[key].line}). Remove one of the two."
    found.append(("html-left-out", Level.WARNING, what, value.line))


def given_of(one: Token) -> dict[str, str]:
    """The attributes of a start tag."""
    tag = TAG.match(one.text) if one.starts else None
    return {found[1].lower(): unquoted(found[3]) for found in ATTRIBUTE.finditer(tag[3])} if tag else {}


def lined(text: str, line: int) -> Scalar:
    """A value that knows its line."""
    made = Scalar(" ".join(text.split()))
    made.line = line
    return made


def left_out(one: Token, given: Mapping[str, str]) -> str:
    """What of a head is not on our pages, in words; "" for what is there in another way."""
    if one.name == "title" or (one.name == "link" and given.get("rel", "").lower() in {"canonical", "alternate"}):
        return ""
    if one.name == "meta":
        name = given.get("name") or given.get("property") or given.get("http-equiv") or ""
        quiet = "charset" in given or name.lower() in {*NO_NEWS, "content-type", "x-ua-compatible"}
        return "" if quiet else f"`<meta {name}>".rstrip() + "`"
    rel = f" rel={given['rel']}" if given.get("rel") else ""
    return f"`<{one.name}{rel}>`"


def main_of(text: str, start: int, end: int) -> Head:
    """Where the content of a page is: in its `<main>`, or the one element whose `role` is that, where it has one; else all of it."""
    some = [*html_tree.tokens(text[start:end])]
    inner = [one for one in some if one.name in {"main", "/main"}] or roled(text[start:end], some)
    if [one.name[:1] == "/" for one in inner] != [False, True]:
        return Head({}, start, end, ())
    first, last = start + inner[0].at + len(inner[0].text), start + inner[1].at
    around = [
        (start, text[start : start + inner[0].at]),
        (last + len(inner[1].text), text[last + len(inner[1].text) : end]),
    ]
    left = [(name, line_of(text, begin + at)) for begin, html in around for name, at in parts_of(without_code(html))]
    if not left:
        return Head({}, first, last, ())
    shown = ", ".join(f"{name} (line {line})" for name, line in left)
    whole = "`<main>`" if inner[0].name == "main" else '`role="main"`'
    what = (
        f"What stands outside of {whole} is not taken over: {shown}. Every page has the header, the menu and the footer of the "
        f"template. What you need of it goes to templates/page.html, or into {whole}."
    )
    return Head({}, first, last, (("html-left-out", Level.WARNING, what, left[0][1]),))


def roled(html: str, tokens: Sequence[Token]) -> list[Token]:
    """The tags of the one element that says that it is the main part (Sphinx, older Bootstrap); none where several do, nothing ends it, or it
    has no words."""
    begun = [at for at, one in enumerate(tokens) if one.name in PARTING and "main" in one.text and is_main(one)]
    last = ends_of(tokens).get(begun[0]) if len(begun) == 1 else None
    if last is None:
        return []
    inner = html[tokens[begun[0]].at : tokens[last].at]
    return [tokens[begun[0]], tokens[last]] if next(parts_of(without_code(inner)), None) else []


PARTING = frozenset(["div", "section", "article"])


def is_main(tag: Token) -> bool:
    """Whether an element says by its `role` that it is the main part."""
    given = ((name.lower(), unquoted(value).strip().lower()) for name, _, value in ATTRIBUTE.findall(tag.text))
    return dict(given).get("role") == "main"


def parts_of(html: str) -> Iterator[tuple[str, int]]:
    """The outermost elements of some HTML that have words, and the words that stand in none, each with its place. What is open at
    the end (the elements around `<main>`) is looked into."""
    some = [*html_tree.tokens(html)]
    ends, at = ends_of(some), 0
    while at < len(some):
        one = some[at]
        last = ends.get(at, at)
        end = some[last].at + len(some[last].text)
        if has_words(parse(" ".join(html[one.at : end].split()), Syntax.HTML)):
            yield (f"`<{one.name}>`" if one.starts else f"“{' '.join(one.text.split())[:40]}”"), one.at
        at = last + 1


def ends_of(tokens: Sequence[Token]) -> dict[int, int]:
    """Where each element ends that something ends, by where it begins."""
    found: dict[int, int] = {}
    begun: dict[str, list[int]] = {}
    for at, one in enumerate(tokens):
        if one.starts:
            begun.setdefault(one.name, []).append(at)
        elif one.name[:1] == "/" and begun.get(one.name[1:]):
            found[begun[one.name[1:]].pop()] = at
    return found


def without_code(html: str) -> str:
    """Some HTML with spaces in place of its comments, scripts and styles."""
    return CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), html)
