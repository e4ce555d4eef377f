"""Files that a page includes, read in their place: `--8<-- "a.md"` (PyMdown Extensions, "Snippets"), `{{#include a.rs:here}}` (mdBook),
`import A from "./_a.mdx"` with `<A />` (Docusaurus), `<!--@include: ./a.md-->` and `<<< @/a.js` (VitePress), and what `inclusions`
reads (Hugo, MyST).

An included file is one of the site's, in `source/` or in `includes/`, which is no page's place: nothing of it is published but where it
is included. A name that leads out of `source/` is looked for in `includes/` by what is left of it (`../listings/a.rs` is
`includes/listings/a.rs`); nothing else is read, and nothing is fetched.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pipeline.content import inclusions
from pipeline.content.excerpts import FOLDER, HELD, anchored, lines_of, marks, ranged, region_of, section_of, ways
from pipeline.content.files import FRONT_MATTER, TOML_FRONT_MATTER, decoded
from pipeline.content.inclusions import Inclusion
from pipeline.content.marks import Marks
from pipeline.content.order import MKDOCS, written
from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Block, Document, Finding, Level, Link, Message, Section, Span
from pipeline.core.options import MARKDOWN

SNIPPETS, INCLUDES, PARTIALS, EMBEDS, READFILES, DIRECTIVES = (
    "snippets",
    "includes",
    "partials",
    "embeds",
    "readfiles",
    "inclusions",
)
"""The constructs (`core/dialects`)."""
BASES = "", FOLDER, "source"
"""From where names are looked for that are not told from the page."""
SNIPPET = re.compile(
    r"(?P<space>[ \t]*)(?P<escape>;*)-+8<-+(?:[ \t]+(?P<name>\"(?:\\\"|[^\"\n])+?\"|'(?:\\'|[^'\n])+?'))?"
)
"""A line that includes a file, or begins or ends a list of files."""
PLACE = re.compile(
    r"(?P<path>.*?)(?::(?P<ranges>\d*(?::\d*)?(?:,\d*(?::\d*)?)*)|:(?P<section>[a-z][-\w]*))?", re.I | re.ASCII
)
"""The name of a file, and the lines or the section of it that are meant."""
INLINE = {
    INCLUDES: r"(?P<shown>\\?)\{\{[ \t]*#(?P<verb>include|rustdoc_include|playground|playpen)[ \t]+(?P<name>[^{}\n]{1,500})\}\}",
    SNIPPETS: r"\{!>?[ \t]*(?P<text>[^{}\[\]!\n]{1,300}\.\w+)[ \t]*!\}"
    r"|(?:^|(?<=[ \t]))\{\*[ \t]+(?P<code>[^{}\s*]{1,300}\.\w+)(?P<options>(?:[ \t]+(?:ln|hl|title)\[[^\]\n]*\])*)[ \t]*\*\}",
    EMBEDS: r"<!--[ \t]*+@include:[ \t]*+(?P<embed>(?:(?!-->)[^<>{}#\n]){1,500}+)(?:#(?P<region>(?:(?!-->)[\w*:. -])++)|\{(?P<from>\d*+)(?P<comma>,?)(?P<to>\d*+)\})?[ \t]*+-->",
}
"""What includes a file in the middle of a line: mdBook's, those of Markdown-Include and of FastAPI (`{!> a.md!}`, `{* a.py ln[1:3] *}`),
VitePress'."""
EMBEDDED = re.compile(
    r"(?P<space>[ \t]*)<<<[ \t]++(?P<name>[^\s{}\[\]#]++)(?:#(?P<region>[\w-]++))?[ \t]*+(?:\{(?P<said>[^{}]*+)\}[ \t]*+)?(?:\[(?P<title>[^\[\]]*+)\][ \t]*+)?"
)
"""A line that shows a file as code: which lines of it are marked, in which language, under which title."""
LISTED = re.compile(r"[ \t]ln\[([\d:,]*)\]")
LANGUAGES = {"py": "python", "rs": "rust", "js": "js", "ts": "ts", "sh": "bash", "yml": "yaml", "md": "markdown"}
"""The language of code by the ending of its file, where that is another word."""
FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")
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
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
MOST, DEPTH, LINES, SIZE = 1000, 20, 50_000, 2_000_000
NAME, TOLD = 500, 20
"""How many files a page may include, how far in one another, and how many lines and characters of them."""
BASE_PATH = re.compile(
    r"^(?P<in>[ \t]*)base_path:(?P<said>[^\n]*\n(?:(?P=in)[ \t]*-[^\n]*\n|[ \t]*(?:#[^\n]*)?\n)*)", re.M
)
LISTED_BASE = re.compile(
    r"(?:(?<=[\[,:-])|\A)[ \t]*(?:!relative[ \t]+)?[\"']?(?P<name>[\w./-]*\w[\w./-]*)[\"']?[ \t]*(?=[,\]\n#]|\Z)"
)
"""From where snippets are told in a mkdocs.yml, and the folders in such a list."""
HEAD = 200
"""How many lines front matter may have."""
Picked = Callable[[Sequence[str]], Iterator[int]]
"""Picks the lines of a file that are wanted."""
Read = Callable[[str], bytes | None]
"""Reads a file of the site; None where there is none. Raises LockstepError for one that may not be read."""


class Line(NamedTuple):
    """A line of a page as its tool sees it: the file and the line where it is written, and the line of the page that it stands for."""

    text: str
    path: str
    line: int
    at: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A page with what it includes. `files`: those that were looked for, found or not; `findings`: what cannot be read of them, each at
    a line of the page."""

    path: str
    lines: tuple[Line, ...]
    files: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def said(self) -> tuple[object, ...]:
        """All that a document follows from besides the page's own bytes, for a digest."""
        return self.lines, self.findings


def of_file(root: Path, path: str, body: bytes, method: str, marks: Marks) -> Whole | None:
    """A page of a site with the files of it that it includes; None for a file that includes none."""
    if method != MARKDOWN:
        return None
    reader = partial(inputs.read, root, most=SIZE)
    more = snippet_bases(written(root, MKDOCS)) if SNIPPETS in marks.reads and b"8<-" in body else ()
    return of_page(path, body, marks.reads, reader, marks.append, dict(marks.components), more)


@lru_cache(maxsize=1)
def snippet_bases(text: str) -> tuple[str, ...]:
    """The folders from which a mkdocs.yml has names of snippets be told, as they are here: `docs/parts` is `source/parts`, `parts` is
    `includes/parts`."""
    found = BASE_PATH.search(text)
    names = [one["name"] for one in LISTED_BASE.finditer(found["said"])] if found else []
    docs = re.search(r"^docs_dir:[ \t]*[\"']?([^\s\"'#]+)", text, re.M)
    home = posixpath.normpath(docs[1] if docs else "docs")
    plain = [posixpath.normpath(one) for one in names]
    return tuple(
        one.replace(home, "source", 1) if one == home or one.startswith(f"{home}/") else posixpath.join(FOLDER, one)
        for one in plain
        if not one.startswith(("/", "..")) and one != "."
    )


def alone(path: str, body: bytes, method: str, marks: Marks) -> Whole | None:
    """A page without what it includes, to be held beside a copy of it; None for one that includes nothing."""
    return of_page(path, body, marks.reads, None, (), dict(marks.components)) if method == MARKDOWN else None


def of_page(
    path: str,
    body: bytes,
    reads: frozenset[str],
    read: Read | None,
    append: Sequence[str] = (),
    known: Container[str] = (),
    more: Sequence[str] = (),
) -> Whole | None:
    """A page with what it includes, and with the files that it ends with; None for one that includes nothing, or is not UTF-8. Without
    a reader, nothing stands where it includes a file. `known`: the components that the settings name; `more`: the folders of snippets
    that they name."""
    snippets = SNIPPETS in reads and any(mark in body for mark in (b"8<-", b"{!", b"{*"))
    partials = PARTIALS in reads and b"import" in body and b".md" in body
    embeds = EMBEDS in reads and (b"<<<" in body or b"@include" in body)
    shown = (READFILES in reads and b"{{" in body) or (DIRECTIVES in reads and b"include}" in body)
    if not (
        append or snippets or partials or embeds or shown or (INCLUDES in reads and b"{{" in body and b"#" in body)
    ):
        return None
    try:
        text = decoded(body, path).replace("\r\n", "\n")
    except LockstepError:
        return None
    front = FRONT_MATTER.match(text) or TOML_FRONT_MATTER.match(text)
    head = text[: front.end()].count("\n") if front else 0
    reader = Reader(path, reads, read and lru_cache(maxsize=HELD)(read), known, (*more, *BASES))
    lines = [*enumerate(text.split("\n"), 1)]
    made = [Line(one, path, at, at) for at, one in lines[:head]]
    made += reader.walk(lines[head:], path, 0, (path,))
    for name in append:
        if reader.is_page(name):
            continue
        made.append(made[-1]._replace(text=""))
        made += reader.snippet(made[-1]._replace(text=name), name, "", (path,))
    if not reader.files and not reader.findings and not reader.changed:
        return None
    reader.findings += [*ended(path, made), *headed(path, made)]
    return Whole(path, tuple(made), tuple(dict.fromkeys(reader.files)), tuple(reader.findings))


class Unread(Exception):
    """What is wrong with an include, in words."""


@dataclass(slots=True)
class Reader:
    """One walk over a page and what it includes."""

    page: str
    reads: frozenset[str]
    read: Read | None
    known: Container[str] = ()
    bases: Sequence[str] = BASES
    files: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    changed: bool = False
    looks: re.Pattern[str] | None = None
    count: int = 0
    size: int = 0
    lines: int = 0

    def __post_init__(self) -> None:
        looks = [one for construct, one in INLINE.items() if construct in self.reads]
        self.looks = re.compile("|".join(looks)) if looks else None

    def walk(self, lines: Iterable[tuple[int, str]], path: str, at: int, stack: tuple[str, ...]) -> Iterator[Line]:
        """The lines of a file with what they include; `at`: the line of the page that all of them stand for, 0 in the page itself."""
        listing, begun = False, 0
        shown: Mapping[int, str] = {}
        fence = ""
        if PARTIALS in self.reads:
            lines = [*lines]
            shown = partials(lines, self.known)
        directives: Mapping[int, Inclusion | None] = {}
        if DIRECTIVES in self.reads:
            lines = [*lines]
            directives = inclusions.of_myst(lines)
        for number, text in lines:
            here = Line(text, path, number, at or number)
            if number in directives:
                yield from self.placed(here, directives[number], stack)
                continue
            if READFILES in self.reads and "{{" in text and (file := inclusions.of_hugo(text)):
                yield from self.placed(here, file, stack)
                continue
            if EMBEDS in self.reads:
                fence = fence_after(fence, text)
                if not fence and "<<<" in text and (code := EMBEDDED.fullmatch(text)):
                    yield from self.embedded(here, code, stack)
                    continue
            if number in shown:
                yield from self.imported(here, shown[number], stack)
                continue
            found = SNIPPET.fullmatch(text) if SNIPPETS in self.reads and "8<-" in text else None
            if found and found["escape"]:
                self.changed = True
                yield here._replace(text=text.replace(";", "", 1))
            elif found and not found["name"]:
                listing, begun = not listing, number
                self.changed = True
            elif found and listing:
                continue
            elif found:
                yield from self.snippet(here, found["name"][1:-1], found["space"], stack)
            elif listing and not text.strip():
                yield here._replace(text="")
            elif listing:
                if not text.strip().startswith(";"):
                    yield from self.snippet(here, text, text[: len(text) - len(text.lstrip())], stack)
            elif self.looks and ("{" in text or "<!--" in text) and self.looks.search(text):
                yield from self.replaced(here, stack)
            else:
                yield here
        if listing:
            self.wrong(
                Line("", path, begun, at or begun),
                "begins a list of files here that nothing ends. Write `--8<--` below it.",
            )

    def wrong(self, here: Line, what: str) -> None:
        """Say what is wrong with an include, at the line of the page; and where it is written, if that is elsewhere."""
        if len(self.findings) > TOLD:
            return
        where = "" if here.path == self.page else f"{here.path}:{here.line}: "
        self.findings.append(
            Finding("unreadable", Level.ERROR, f"{where}`{here.text.strip()[:80]}` {what}", Span(self.page, here.at))
        )

    def is_page(self, name: str) -> bool:
        """Whether a file that every page ends with is this page itself."""
        place = PLACE.fullmatch(name.strip())
        try:
            return self.looked_for((place["path"] if place else name).strip(), self.bases) == self.page
        except Unread:
            return False

    def snippet(self, here: Line, name: str, space: str, stack: tuple[str, ...]) -> Iterator[Line]:
        """The lines of a file that PyMdown would put there, as far in as the line that names it."""
        for line in self.included(here, name.strip(), self.bases, stack, section_of):
            yield line._replace(text=f"{space}{line.text}") if line.text and space else line

    def imported(self, here: Line, name: str, stack: tuple[str, ...]) -> Iterator[Line]:
        """The lines of a page that MDX would put there, its addresses told from the root of the site; of the line that imports it, none."""
        if not name:
            self.changed = True
            yield here._replace(text="")
            return
        name = name.removeprefix("@site/").removeprefix("docs/") if name.startswith("@site/") else name
        space = here.text[: len(here.text) - len(here.text.lstrip())]
        fence = ""
        for line in self.included(here, name, (posixpath.dirname(here.path), *BASES), stack, section_of, headless=True):
            fence, text = led_from_root(fence, line.text, line.path)
            yield line._replace(text=f"{space}{text}" if text and space else text)

    def placed(self, here: Line, file: Inclusion | None, stack: tuple[str, ...]) -> Iterator[Line]:
        """The lines of a file in the place of a shortcode or a directive; nothing in that of its further lines."""
        self.changed = True
        if file is None:
            return
        bases = (*([] if file.rooted else [posixpath.dirname(here.path)]), "source", *BASES, "source/includes")
        headless = file.code is None
        lines = [*self.included(here, file.name, bases, stack, section_of, headless=headless, picked=file.picked)]
        if file.code is not None and lines:
            lines = fenced(here, file.code, lines)
        yield from (one._replace(text=f"{file.space}{one.text}") if one.text else one for one in lines)

    def replaced(self, here: Line, stack: tuple[str, ...]) -> Iterator[Line]:
        """A line with what is included in the middle of it."""
        now, at = here._replace(text=""), 0
        assert self.looks
        for found in self.looks.finditer(here.text):
            before, at = here.text[at : found.start()], found.end()
            now = now._replace(text=now.text + before)
            self.changed = True
            said = found.groupdict()
            if said.get("shown"):
                now = now._replace(text=now.text + found[0][1:])
                continue
            first, *more = self.inline(here._replace(text=found[0]), said, stack) or [now._replace(text="")]
            now = (now if now.text.strip() else first)._replace(text=now.text + first.text)
            for line in more:
                yield now
                now = line
        yield now._replace(text=now.text + here.text[at:])

    def inline(self, here: Line, said: Mapping[str, str | None], stack: tuple[str, ...]) -> list[Line]:
        """The lines that stand in the place of such a mark: those of the file, or the code that they are."""
        if name := said.get("name"):
            code = (said.get("verb") or "").startswith("play")
            name = name.split()[0] if code else name.strip()
            lines = [*self.included(here, name, (posixpath.dirname(here.path),), stack, anchored)]
            return fenced(here, "rust", lines) if code else lines
        if name := said.get("embed"):
            region = (said.get("region") or "").strip()
            part = f":{region}" if region else lines_said(said)
            name, bases = self.based(here, name.strip())
            return [*self.included(here, f"{name}{part}", bases, stack, region_of, headless=True)]
        if name := said.get("text"):
            return [*self.included(here, name.strip(), BASES, stack, section_of)]
        name, wanted = said.get("code") or "", LISTED.search(said.get("options") or "")
        ending = name.rpartition(".")[2].lower()
        lines = [*self.included(here, f"{name}:{wanted[1]}" if wanted else name, BASES, stack, anchored)]
        return fenced(here, LANGUAGES.get(ending, ending), lines)

    def embedded(self, here: Line, said: re.Match[str], stack: tuple[str, ...]) -> Iterator[Line]:
        """The lines of a file as VitePress shows code; which of them it marks is not told."""
        name, bases = self.based(here, said["name"])
        whole = f"{name}:{said['region']}" if said["region"] else name
        ending = name.rpartition(".")[2].lower()
        words = [one for one in (said["said"] or "").split() if re.match(r"[a-z]", one)]
        language = words[0].partition(":")[0] if words else LANGUAGES.get(ending, ending)
        title = f" [{said['title']}]" if said["title"] else ""
        lines = [*self.included(here, whole, bases, stack, region_of)]
        for line in fenced(here, f"{language}{title}", lines) if lines else ():
            yield line._replace(text=f"{said['space']}{line.text}") if line.text else line

    def based(self, here: Line, name: str) -> tuple[str, Sequence[str]]:
        """A name as VitePress has it, and from where it is told: the root of the pages (`@/`), else the folder of its file."""
        return (name[2:], ("source", FOLDER)) if name.startswith("@/") else (name, (posixpath.dirname(here.path),))

    def included(
        self,
        here: Line,
        name: str,
        bases: Sequence[str],
        stack: tuple[str, ...],
        part: Callable[[Sequence[str], str], Iterator[int]],
        *,
        headless: bool = False,
        picked: Picked | None = None,
    ) -> Iterator[Line]:
        """The lines of a file, with what they include; `headless`: without its front matter. `part` picks those of a section, `picked`
        some of all."""
        if self.read is None:
            self.changed = True
            return
        try:
            path, lines, wanted = self.found(name, bases, stack, part, picked)
        except Unread as problem:
            self.wrong(here, str(problem))
            return
        front = FRONT_MATTER.match("".join(f"{one}\n" for one in lines[:HEAD])) if headless else None
        below = front[0].count("\n") if front else 0
        yield from self.walk([(at + 1, lines[at]) for at in wanted if at >= below], path, here.at, (*stack, path))

    def found(
        self,
        name: str,
        bases: Sequence[str],
        stack: tuple[str, ...],
        part: Callable[[Sequence[str], str], Iterator[int]],
        picked: Picked | None,
    ) -> tuple[str, Sequence[str], Sequence[int]]:
        """The file of this name, its lines, and which of them are wanted. Raises Unread."""
        self.count += 1
        if self.count > MOST or len(stack) > DEPTH:
            raise Unread(
                f"is one too many: a page includes {MOST:,} files at most, {DEPTH} within one another. Include fewer."
            )
        if ADDRESS.match(name):
            raise Unread("is an address, and nothing is fetched. Save the file in `includes/`, and name it here.")
        if len(name) > NAME:
            raise Unread("is no name of a file. Correct it.")
        place = None if picked else PLACE.fullmatch(name)
        written = (place["path"] if place else name).strip()
        path = self.looked_for(written, bases)
        if path in stack:
            raise Unread(
                f"includes what includes it: {' → '.join([*stack[stack.index(path) :], path])}. Take one of them out."
            )
        try:
            lines = lines_of((self.read and self.read(path)) or b"", path)
        except LockstepError as problem:
            at = f"{path}:{problem.line}" if problem.line else path
            raise Unread(f"cannot be included: {at}: {problem.what}. {problem.todo}") from problem
        if picked:
            wanted = [*islice(picked(lines), LINES + 1)]
            if not wanted and any(lines):
                raise Unread(f"names lines that {path} has not. Correct them.")
        elif place and place["section"]:
            wanted = [*part(lines, place["section"])]
            if not wanted:
                raise Unread(f"names a section that {path} has not, or that is empty. Correct its name.")
        elif place and place["ranges"]:
            single = part is anchored
            ranges = [ranged(one, len(lines), single=single) for one in place["ranges"].split(",")]
            if not all(ranges):
                raise Unread(f"names lines that {path} has not, which ends at line {len(lines)}. Correct them.")
            wanted = [*islice((at for one in ranges for at in one), LINES + 1)]
        else:
            wanted = [at for at, line in enumerate(lines) if not marks(line)]
        self.lines += len(wanted)
        self.size += sum(len(lines[at]) for at in wanted)
        if self.lines > LINES or self.size > SIZE:
            raise Unread(f"makes the page too large: {LINES:,} lines and {SIZE // 1_000_000} MB at most. Include less.")
        return path, lines, wanted

    def looked_for(self, name: str, bases: Sequence[str]) -> str:
        """The file of the site that is meant. Raises Unread where there is none."""
        tried = [*dict.fromkeys(one for base in bases for one in ways(base, name))]
        self.files += tried
        for one in tried:
            try:
                if self.read and self.read(one) is not None:
                    return one
            except LockstepError as problem:
                raise Unread(f"cannot be included: {one} {problem.what}. {problem.todo}") from problem
        if not tried:
            raise Unread(
                "leads out of the site, and nothing is read there. Copy the file into `includes/`, and name it here."
            )
        raise Unread(
            f"includes a file that is not there (looked for: {', '.join(tried)}). Correct its name, or copy it there."
        )


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


def fence_after(fence: str, text: str) -> str:
    """The marks of the block of code that is open below a line, "" for none; `fence`: those of the one above it."""
    found = FENCE.match(text)
    if found is None or (fence and (not found[1].startswith(fence) or found[2].strip())):
        return fence
    return "" if fence else found[1]


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


def lines_said(said: Mapping[str, str | None]) -> str:
    """The lines that VitePress names (`{3,10}`, `{3,}`, `{3}`), as a part of the name of a file."""
    first, last = said.get("from") or "", said.get("to") or ""
    if not first and not last:
        return ""
    return f":{first}:{last if said.get('comma') else first}"


def fenced(here: Line, language: str, lines: Sequence[Line]) -> list[Line]:
    """Some lines as a block of code, which none of them ends."""
    longest = max((len(one) for line in lines for one in re.findall("`+", line.text)), default=0)
    mark = "`" * max(3, longest + 1)
    return [here._replace(text=f"{mark}{language}"), *lines, here._replace(text=mark)]


def ended(page: str, lines: Sequence[Line]) -> Iterator[Finding]:
    """What is included into a block of code and ends it."""
    opened: tuple[str, Line] | None = None
    for line in lines:
        found = FENCE.match(line.text) if "```" in line.text or "~~~" in line.text else None
        if found is None:
            continue
        if opened is None:
            opened = (found[1], line) if "`" not in found[2] or found[1][0] == "~" else None
        elif found[1].startswith(opened[0]) and not found[2].strip():
            if line.path != opened[1].path and line.path != page:
                what = f"{line.path}:{line.line} ends the block of code into which it is included. Begin and end that with more marks (`{opened[0]}{opened[0][0]}`)."
                yield Finding("dialect", Level.WARNING, what, Span(page, line.at))
            opened = None


def headed(page: str, lines: Sequence[Line]) -> Iterator[Finding]:
    """What is included with its front matter, which tools show as text; in a block of code it is meant so."""
    opened = ""
    for at, line in enumerate(lines):
        if found := FENCE.match(line.text):
            if not opened:
                opened = found[1]
            elif found[1].startswith(opened) and not found[2].strip():
                opened = ""
        elif not opened and line.line == 1 and line.path != page and line.text.rstrip() in {"---", "+++"}:
            text = "".join(f"{one.text}\n" for one in lines[at : at + HEAD] if one.path == line.path)
            if front := FRONT_MATTER.match(text) or TOML_FRONT_MATTER.match(text):
                below = front[0].count("\n") + 1
                what = f"{line.path} begins with front matter, which readers see here as text. Include what is below it: `{posixpath.basename(line.path)}:{below}:`."
                yield Finding("dialect", Level.WARNING, what, Span(page, line.at))


def placed(document: Document, whole: Whole) -> Document:
    """A document that was read from a page with what it includes: each message and finding at the place where it is written."""

    def here(line: int) -> Line:
        return whole.lines[min(max(line, 1), len(whole.lines)) - 1]

    def span(one: Span) -> Span:
        found = here(one.line)
        return Span(found.path, found.line)

    def finding(one: Finding) -> Finding:
        found = here(one.span.line)
        if found.path == whole.path or (one.level is Level.ERROR and one.code != "dialect"):
            text = one.text if found.path == whole.path else f"{found.path}:{found.line}: {one.text}"
            return replace(one, text=text, span=Span(whole.path, found.at))  # by its page it is held back
        return replace(one, span=span(one.span))

    def message(one: Message) -> Message:
        found = here(one.span.line)
        written = None if found.path == whole.path else Span(found.path, found.line)
        return replace(one, span=Span(whole.path, found.at), written=written)

    def block(one: Block) -> Block:
        return one if one.message is None else replace(one, message=message(one.message))

    def section(one: Section) -> Section:
        return Section(tuple(block(piece) if isinstance(piece, Block) else piece for piece in one.pieces))

    def link(one: Link) -> Link:
        return Link(one.target, span(one.span))

    return replace(
        document,
        fields=tuple((name, block(one)) for name, one in document.fields),
        sections=tuple(map(section, document.sections)),
        links=tuple(map(link, document.links)),
        placeholders=tuple(map(link, document.placeholders)),
        findings=(*whole.findings, *map(finding, document.findings)),
    )
