"""What shortcodes of Hugo (`{{< readfile file="a.md" >}}`) and directives of MyST (```` ```{include} a.md ````) say of a file that they show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

SHORTCODE = re.compile(
    r"(?P<space>[ \t]*+)\{\{(?P<mark>[<%])[ \t]*+(?P<verb>readfile|include|code_sample|codenew|code)[ \t]++(?P<said>[^{}\n]++)\}\}[ \t]*"
)
"""A line that shows a file with Hugo: Docsy's, Relearn's, those of the documentation of Kubernetes."""
PARAMETER = re.compile(
    r"(?:(?P<key>\w+)[ \t]*=[ \t]*)?(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|`(?P<c>[^`]*)`|(?P<d>[^\s\"'`=]+))(?:[ \t]+|\Z)"
)
FILED = re.compile(r"[^\s:*?<>|]{1,500}\.\w+")
"""A name with an ending: what has none may be anything."""
SAMPLES = frozenset(["code_sample", "codenew", "code"])
"""Those that show a file as code."""
LANGUAGES = {"yml": "yaml", "py": "python", "sh": "bash", "rs": "rust", "md": "markdown"}
DIRECTIVE = re.compile(
    r"(?P<space>[ \t]*)(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<verb>include|literalinclude)\}[ \t]+(?P<name>\S+)[ \t]*"
)
OPTION = re.compile(r"[ \t]*:(?P<name>[\w-]+):(?P<value>.*)")
NUMBERED = frozenset(["start-line", "end-line"])
PLACED = frozenset(["start-after", "end-before", "start-at", "end-at"])
TEXT = NUMBERED | PLACED | {"relative-docs", "relative-images", "parser"}
CODE = NUMBERED | PLACED | {"language", "lines", "linenos", "lineno-start", "emphasize-lines", "force", "encoding"}
"""The options of the two that are followed, or change no word."""
RANGES = re.compile(r"\d*(?:-\d*)?(?:[ \t]*,[ \t]*\d+(?:-\d*)?)*")
LONGEST = 20
"""How many lines a directive may have."""


class Inclusion(NamedTuple):
    """A file to be shown: its name, whether that is told from the root, how far in it stands, in which language as code (None as text),
    and which lines of it are wanted (all)."""

    name: str
    rooted: bool = False
    space: str = ""
    code: str | None = None
    wanted: Mapping[str, str] | None = None

    def picked(self, lines: Sequence[str]) -> Iterator[int]:
        """The places of the lines that are wanted."""
        wanted = self.wanted or {}
        first = int(wanted.get("start-line") or 0)
        last = int(wanted.get("end-line") or len(lines))
        first = first if first >= 0 else max(len(lines) + first, 0)
        last = last if last >= 0 else len(lines) + last
        last = min(last, len(lines))
        for key, beyond in (("start-after", 1), ("start-at", 0)):
            if text := wanted.get(key):
                first = next((at for at in range(first, last) if text in lines[at]), last) + beyond
        for key, beyond in (("end-before", 0), ("end-at", 1)):
            if text := wanted.get(key):
                last = next((at for at in range(first, last) if text in lines[at]), -1) + beyond
        yield from numbers(wanted["lines"], first, last) if wanted.get("lines") else range(first, last)


def numbers(said: str, begin: int, stop: int) -> Iterator[int]:
    """The places of `1,3-5,8-` that are not before `begin` and before `stop`."""
    for one in said.split(","):
        first, dash, last = one.strip().partition("-")
        end = (int(last[:9]) if last else stop) if dash else int(first[:9] or 0)
        yield from range(max(int(first[:9] or 1) - 1, begin), min(end, stop))


def of_hugo(text: str) -> Inclusion | None:
    """What a line of Hugo shows; None for one that shows no file, or says more of it than is read."""
    found = SHORTCODE.fullmatch(text)
    if not found or found["said"][-1] != {"<": ">"}.get(found["mark"], "%"):
        return None
    written = found["said"][:-1].removesuffix("/").rstrip(" \t")
    said: dict[str, str] = {}
    at = 0
    while at < len(written):
        one = PARAMETER.match(written, at)
        if one is None or (one["key"] or "file") in said:
            return None
        said[one["key"] or "file"] = one["a"] or one["b"] or one["c"] or one["d"] or ""
        at = one.end()
    name, sample = said.pop("file", ""), found["verb"] in SAMPLES
    language = said.pop("lang", said.pop("language", ""))
    shown = said.pop("code", "true" if sample else "") == "true"
    if not FILED.fullmatch(name) or said or (language and not shown):
        return None
    ending = name.rpartition(".")[2].lower()
    code = (language or LANGUAGES.get(ending, ending)) if shown else None
    name, rooted = re.sub(r"^/+(?:content/(?:en/)?)?", "", name), name.startswith("/")
    return Inclusion(f"examples/{name}" if sample else name, rooted or sample, found["space"], code)


def of_myst(lines: Sequence[tuple[int, str]]) -> Mapping[int, Inclusion | None]:
    """What lines show with MyST, each by its number; the further lines of such a directive, with None."""
    found: dict[int, Inclusion | None] = {}
    fence = ""
    for at, (number, text) in enumerate(lines):
        if number in found:
            continue
        opened = re.match(r"[ \t>]*(`{3,}|~{3,})", text)
        said = DIRECTIVE.fullmatch(text) if not fence and "include}" in text else None
        if said and (directive := directed(said, [one for _, one in lines[at + 1 : at + LONGEST]])):
            one, more = directive
            found[number] = one
            found |= dict.fromkeys((other for other, _ in lines[at + 1 : at + 1 + more]), None)
        elif fence:
            fence = "" if opened and opened[1].startswith(fence) and not text.strip().strip(fence[0]) else fence
        elif opened and not (opened[1][0] == "`" and "`" in text[opened.end() :]):
            fence = opened[1]
    return found


def directed(said: re.Match[str], below: Sequence[str]) -> tuple[Inclusion, int] | None:
    """What a directive shows, and how many lines it has below its first; None where nothing ends it, or it says what is not read."""
    ends = re.compile(rf"[ \t]*{said['fence']}{said['fence'][0]}*[ \t]*")
    more = next((at for at, text in enumerate(below, 1) if ends.fullmatch(text)), 0)
    options: dict[str, str] = {}
    for text in below[: more - 1]:
        line = text.strip()
        one = OPTION.fullmatch(text)
        if line and (one is None or one["name"] in options):
            return None
        if one:
            options[one["name"]] = one["value"].strip(" \t")
    if not more:
        return None
    literal = said["verb"] == "literalinclude" or options.pop("literal", None) is not None
    known: Iterable[str] = CODE if literal else TEXT
    numbered = all(re.fullmatch(r"-?\d{1,9}", options[one]) for one in NUMBERED & options.keys())
    if options.keys() - {*known} or not numbered or not RANGES.fullmatch(options.get("lines", "")):
        return None
    ending = said["name"].rpartition(".")[2].lower()
    code = options.get("language") or LANGUAGES.get(ending, ending) if literal else None
    rooted = said["name"].startswith("/")
    return Inclusion(said["name"].lstrip("/"), rooted, said["space"], code, options), more
