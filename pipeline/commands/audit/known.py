"""What may stand around the pages of a site, told from the manifest and from the templates' own text: tags, links, names."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from pipeline.site import html_text
from pipeline.site.html_text import Element

IMPLIED = frozenset(["html", "head", "body", "tbody", "colgroup"])
"""Elements that are there where nobody wrote them (HTML standard, "Optional tags")."""
OFFICIAL = "Official-"
"""How the id of an official notice begins."""
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Tags:
    """The tags that a template writes, to be asked for."""

    def __init__(self, rows: Iterable[Any] | None) -> None:
        self.told = rows is not None
        self.rows: dict[str, list[tuple[dict[str, re.Pattern[str] | None], frozenset[str]]]] = {}
        for name, given, always in rows or ():
            patterns = {one: None if value == ".*" else re.compile(value, re.S) for one, value in given.items()}
            self.rows.setdefault(name, []).append((patterns, frozenset(always)))
        self.sound: dict[str, set[str]] = {}
        """The elements that a template may have written and that lead to what is there, by the folder that their address begins in."""

    def has(self, one: Element) -> bool:
        """Whether a template may have written an element."""
        implied = not self.told or (not one.given and one.tag in IMPLIED)
        return implied or any(fits(row, one.given) for row in self.rows.get(one.tag, ()))

    def states(self, tag: str, name: str, value: str) -> bool:
        """Whether a template itself has a value of an attribute, or how it begins."""
        return any(
            (pattern := patterns.get(name)) and not pattern.pattern.startswith(".*") and pattern.fullmatch(value)
            for patterns, _ in self.rows.get(tag, ())
        )


def fits(row: tuple[dict[str, re.Pattern[str] | None], frozenset[str]], given: Mapping[str, str]) -> bool:
    """Whether an element is one that a tag of a template may be."""
    patterns, always = row
    return always <= given.keys() and all(
        "*" in patterns or (name in patterns and ((pattern := patterns[name]) is None or pattern.fullmatch(value)))
        for name, value in given.items()
    )


class Habit(NamedTuple):
    """What a page has around its content that the same page has in every language: telephone and mail links, kinds of data."""

    calls: tuple[str, ...]
    kind: str


@dataclass
class Around:
    """What the manifest says that may stand around pages, and what was seen of them so far."""

    found: Mapping[str, Any]
    files: frozenset[str]
    habits: dict[str, dict[str, Habit]] = field(default_factory=dict)
    """By the tag of a language and the file under its folder."""
    told: dict[str, dict[tuple[str, bool], dict[str, str]]] = field(default_factory=dict)
    """By language and kind of a notice, and whether it has a day: its words, each with the page that first has them."""
    order: dict[str, dict[str, float]] = field(default_factory=dict)
    """By language, in what order the texts of the templates stand."""
    ways: dict[str, str] = field(default_factory=dict)
    """Where links lead, by the folder that they begin in and what they say."""
    named: set[tuple[str, str]] = field(default_factory=set)
    """The names of pages, each with the page's file before it, that links said."""
    has: dict[str, dict[str, bool]] = field(default_factory=dict)
    """Which pages have what the template of all pages writes: by what it is, by page."""
    at: tuple[str, list[str]] = ("", [])
    """The page that is being read, and the folders above it, from its own up."""
    called: tuple[str, set[str]] = ("", set())
    indexed: dict[str, set[str]] = field(default_factory=dict)
    """The files of each language that search engines are to know of, by its tag."""

    def noted(self, name: str, what: str, there: bool) -> None:
        """Say whether a page has something."""
        self.has.setdefault(what, {})[name] = there

    def note_indexed(self, part: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep which pages of a language search engines are to know of."""
        for name, page in part.items():
            if isinstance(page, dict) and page.get("indexed"):
                self.indexed.setdefault(name.partition("/")[0], set()).add(self.page_of(name))

    @cached_property
    def tags(self) -> dict[str, Tags]:
        return {name: Tags(rows) for name, rows in self.found["tags"].items()}

    @cached_property
    def dirs(self) -> dict[str, str]:
        return {tag: about["dir"] for tag, about in self.found["languages"].items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """The tag of each language by its own name."""
        return {html_text.folded(about["name"]): tag for tag, about in self.found["languages"].items()}

    @cached_property
    def facts(self) -> frozenset[str]:
        """What a link may lead to by what site.yaml says: its values without white space, and their figures."""
        written = ["".join(fact.split()) for fact in self.found["facts"]]
        return frozenset([*written, *filter(None, map(figures, written))])

    def names_in(self, lang: str, part: Mapping[str, Mapping[str, Any]]) -> set[str]:
        """What the pages of a language are called."""
        if self.called[0] != lang:
            self.called = lang, {name for page in part.values() for name in names_of(page)}
        return self.called[1]

    def states(self, tag: str, name: str, value: str) -> bool:
        """Whether some template has a value of an attribute."""
        return any(tags.states(tag, name, value) for tags in self.tags.values())

    def spoken_in(self, file: str) -> dict[str, list[str]]:
        """The tags of the languages in which a page is let out, by what search engines call them: the language called just so, or
        any of those that are."""
        found: dict[str, list[str]] = {}
        for tag, files in self.indexed.items():
            if file in files and (search := self.found["languages"][tag]["search"]):
                found.setdefault(search, []).append(tag)
        return {search: [search] if search in tags else tags for search, tags in found.items()}

    def names_address(self, tag: str, name: str, value: str) -> bool:
        """Whether an address outside of the site's files is one that the site has."""
        bases = (self.found["url"], *(self.found.get(one, "").partition("{")[0] for one in ("report", "edit")))
        ours = any(base and value.startswith(base) for base in bases)
        return value in self.facts or self.states(tag, name, value) or ours

    def way(self, name: str, address: str) -> str:
        """The file under dist/ that a link on a page leads to; "" where it leads out of the site or nowhere."""
        if name != self.at[0]:
            self.at = name, [above(name, "../" * up) for up in range(name.count("/") + 1)]
        folders, up = self.at[1], address.count("../")
        key = folders[up if up < len(folders) else -1] + address
        led = self.ways.get(key)
        if led is None:
            led = self.ways[key] = self.led(name.rpartition("/")[0], address)
        return led

    @cached_property
    def english(self) -> dict[str, str]:
        """The file that the English page has below its folder, by the path of a page that is called otherwise."""
        places = self.found.get("places", {})
        return {f"{tag}/{own}": file for tag, files in places.items() for file, own in files.items()}

    def page_of(self, name: str) -> str:
        """The page that a file is in its language, as the file of the English one below its folder: the same in all languages."""
        return self.english.get(name) or name.partition("/")[2]

    def file_in(self, tag: str, page: str) -> str:
        """The file of a page below the folder of a language; `page`: as `page_of` has it."""
        found: str = self.found.get("places", {}).get(tag, {}).get(page, page)
        return found

    def led(self, folder: str, address: str) -> str:
        path = unquote(address.partition("#")[0].partition("?")[0])
        base, root = self.found["url"], urlsplit(self.found["url"]).path.rstrip("/")
        if base and path.startswith(f"{base}/"):
            path = path.removeprefix(base)
        elif SCHEME.match(path) or not path:
            return ""
        elif path.startswith("/"):
            path = path.removeprefix(root)
        else:
            path = f"/{posixpath.join(folder, path)}"
        led = posixpath.normpath(path).lstrip("/")
        return led if led in self.files or path.endswith(".html") else f"{led}/index.html".lstrip("/")


def addressed(found: Mapping[str, Any], file: str) -> str:
    """A file of a site as its pages name it: where they are named by their folders, "" for the first one of all."""
    folders = found.get("folders", bool(found["url"]))
    return quote(file.removesuffix("index.html") if folders else file, safe="/@+,=!")


def above(name: str, address: str) -> str:
    """The folder in which the way of an address begins, once it has gone up: the same for many pages."""
    parts = name.split("/")
    return "/".join(parts[: max(0, len(parts) - 1 - address.count("../"))]) + "\0"


NUMBER = re.compile(r"\d+(?:[.,'’٬\u00a0\u202f]\d{2,3})*")


def figures(text: str) -> str:
    """The figures of a text, in any script, as European ones."""
    return "".join(
        str(unicodedata.digit(char)) for char in text if char.isdigit() and unicodedata.digit(char, None) is not None
    )


def numbers(text: str) -> set[int]:
    """The whole numbers in a text, in any script, with or without what sets their thousands apart (`2.076`, `2 076`, `2,07,600`)."""
    return {int(figures(one)) for one in NUMBER.findall(text)}


def names_of(page: Mapping[str, Any]) -> set[str]:
    """What a link to a page may call it."""
    known = (page.get("title"), page.get("label")) if isinstance(page, dict) else ()
    return {one[1] for one in known if one}
