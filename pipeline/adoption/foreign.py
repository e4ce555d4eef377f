"""Catalogs that other tools made: of which language a file is, which tool wrote it, and the translations in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from pipeline.catalog import Catalog, Entry
from pipeline.core import tags
from pipeline.core.locales import Locale
from pipeline.text import scripts

PLACE = re.compile(r":\d+\Z|\.(?:md|mdx|rst|html?|txt)\b|/")
"""A context that is a place."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """One translation of another tool's catalog: the entry, the file it is in as a person named it, and the pages, less folders
    that lead there and endings, that it says its English is on."""

    entry: Entry
    path: str
    tool: str = "gettext"
    pages: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return f"{self.path}:{self.entry.line}"

    @property
    def english(self) -> str:
        return self.entry.key.msgid

    @property
    def translation(self) -> str:
        return self.entry.strings[0]

    @property
    def meaning(self) -> str | None:
        """Its context where that tells of a meaning; None where it is a place, by which some tools tell entries apart."""
        context = self.entry.key.context
        return None if context is None or PLACE.search(context) else context

    @property
    def approved(self) -> bool:
        """Whether its own site shows it."""
        return self.entry.translated and not self.entry.fuzzy and not self.entry.obsolete


def language(found: Catalog, path: PurePath, locales: Sequence[Locale]) -> tuple[str, str]:
    """The locale of the site that a catalog is of, and what is wrong ("" for nothing). Its header says so, else its path; where
    the two contradict each other nobody knows."""
    stated = found.metadata("Language")
    header = closest(stated, locales) if stated else ""
    at, by_path = next(((part, name) for part in parts(path) if (name := closest(part, locales, whole=True))), ("", ""))
    if stated and not header:
        return "", f"its header says `Language: {stated[:40]}`, which is no language of this site"
    if header and by_path and tags.contradicts(header, by_path):
        return "", f"its header says `{stated[:40]}`, and its path `{by_path}`"
    if not (header or by_path):
        return "", "neither its header nor its path names a language of this site"
    ours = header or by_path
    theirs = written(found, ours)
    if tags.another_script(stated if header else at, ours, theirs):
        seen = f"its texts are in {theirs}" if theirs else f"its language is called `{stated if header else at}`"
        return "", f"{seen}, and `{ours}` of this site is in {tags.likely_script(ours)}"
    return ours, ""


def written(found: Catalog, locale: str) -> str:
    """The script that the translations of a catalog are in, by their letters; "" where they do not tell."""
    text = "\n".join(one for entry in found.entries if entry.key.msgid and not entry.fuzzy for one in entry.strings)
    return scripts.written(text, tags.code(tags.subtags(locale)[0]), tags.likely_script(locale))


def parts(path: PurePath) -> Iterable[str]:
    """What in a path may name a language, the nearest to its end first: `po/es.po`, `page.es.po`, `es/LC_MESSAGES/page.po`."""
    *folders, name = path.parts
    words = name.split(".")
    yield from reversed(words[:-1])
    yield from (one for word in words[:-1] for one in re.findall(r"[-_]([a-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\Z", word))
    yield from reversed(folders[-3:])


def closest(name: str, locales: Sequence[Locale], *, whole: bool = False) -> str:
    """The locale of the site that a name, as tools write it, stands for; "" for none. `whole`: a word that may be no language at
    all counts only where it is just the name of one."""
    plain = name.strip().replace("-", "_")
    if not tags.TAG.match(plain) and whole:
        return ""
    same = [one.name for one in locales if plain.lower() in {one.name.lower(), one.tag.replace("-", "_").lower()}]
    if same:
        return same[0]
    if whole and len(re.split("[_-]", plain)[0]) > 3:
        return ""
    near = [one.name for one in locales if not tags.contradicts(name, one.name) and known(plain, one.name)]
    alone = [one for one in near if one == tags.subtags(one)[0]]
    return near[0] if len(near) == 1 else alone[0] if alone and "_" in plain else ""


def known(name: str, locale: str) -> bool:
    """Whether a name says of a language what a locale's does, as far as it goes."""
    return tags.code(tags.subtags(name)[0]) == tags.code(tags.subtags(locale)[0])


def tool_of(found: Catalog) -> str:
    """The tool that extracted a catalog's messages, by what it left there."""
    made = " ".join(found.metadata(name) for name in ("Generated-By", "X-Generator", "X-Source-Generator")).lower()
    for name in ("mdpo", "sphinx", "translate toolkit"):
        if name in made:
            return name.replace(" ", "-")
    entries = found.entries[:400]
    marks = Counter[str]()
    for entry in entries:
        if any(line.startswith("type: ") for line in entry.extracted):
            marks["po4a"] += 1
        for place in entry.references:
            if ":block" in place:
                marks["mdpo"] += 1
            elif re.search(r"\.(?:rst|md):\d+\Z|<autosummary>", place) and place.startswith("../"):
                marks["sphinx"] += 1
            elif re.search(r"(?:^|/)SUMMARY\.md(?::\d+)*\Z", place):
                marks["mdbook"] += 1
        if re.search(r"\]\{\d+\}", entry.key.msgid):
            marks["translate-toolkit"] += 1
    return marks.most_common(1)[0][0] if marks else "gettext"


def read(found: Catalog, path: str, tool: str, name: str) -> tuple[Foreign, ...]:
    """The translations of a catalog of the language `name`, its header left out. Where it says of none on which page it is, the
    catalog is of one page (`guide.es.po`), or of the whole site."""
    own = page_of(path, name)
    made = []
    for entry in found.entries:
        if entry.key.msgid:
            pages = tuple(dict.fromkeys(stem(place) for place in entry.references if stem(place)))
            made.append(Foreign(entry, path, tool, pages or own))
    return tuple(made)


def stem(place: str) -> str:
    """The page that a reference names, without its ending, its line, and what leads out of a folder: `src/a/b.md:12` → `src/a/b`."""
    plain = re.sub(r"(?::\d+)+\Z", "", place).lstrip("./")
    path = PurePosixPath(plain)
    return path.with_suffix("").as_posix() if path.suffix in ENDINGS else ""


ENDINGS = frozenset(".md .mdx .markdown .mdwn .rst .txt .html .htm .adoc .yml .yaml".split())  # noqa: SIM905


def page_of(path: str, name: str) -> tuple[str, ...]:
    """The page that a catalog of one page is of, by its own name."""
    language = tags.subtags(name)[0]
    words = PurePath(path).name.split(".")[:-1]
    left = [word for word in words if not (word == name or tags.subtags(word)[0] == language)]
    folder = PurePosixPath(*[part for part in PurePath(path).parts[:-1] if part not in {".", "/"}])
    return ((folder / left[0]).as_posix(),) if left else ()


def same_page(stem: str, source: str) -> bool:
    """Whether a page that a catalog names can be a source file of the site: the shorter of the two paths is the end of the other."""
    ours = [part for part in PurePosixPath(source).with_suffix("").parts[1:] if part.lower() not in HEADS]
    theirs = [part for part in PurePosixPath(stem).parts if part.lower() not in HEADS]
    if not ours or not theirs:
        return not ours and (not theirs or len(theirs) == 1)
    length = min(len(ours), len(theirs))
    return ours[-length:] == theirs[-length:]


HEADS = frozenset(["index", "_index", "readme"])
