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
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from pipeline.content import inclusions
from pipeline.content.excerpts import FOLDER, HELD, anchored, lines_of, marks, ranged, region_of, section_of, ways
from pipeline.content.files import decoded, front_of
from pipeline.content.imported_pages import led_from_root, partials
from pipeline.content.included_lines import HEAD, Line, Whole, ended, fence_after, fenced, headed
from pipeline.content.inclusions import Inclusion
from pipeline.content.marks import Marks
from pipeline.content.order import MKDOCS, written
from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Level, Span
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
    SNIPPETS: r"\{!(?P<in>>?)[ \t]*(?P<text>[^{}\[\]!\n]{1,300}\.\w+)[ \t]*!\}"
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
ALIAS = re.compile(r"@(?:site/(?:docs/)?|[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?/|/)")
"""What stands for the folder of the site or of its English pages in the name of an imported page, with Docusaurus, Rspress, bundlers."""
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
Picked = Callable[[Sequence[str]], Iterator[int]]
"""Picks the lines of a file that are wanted."""
Read = Callable[[str], bytes | None]
"""Reads a file of the site; None where there is none. Raises LockstepError for one that may not be read."""


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
    front = front_of(text)
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
        name = ALIAS.sub("", name)
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
            space = now.text[: len(now.text) - len(first.text)] if said.get("in") or said.get("code") else ""
            for line in more:
                yield now
                now = line._replace(text=f"{space}{line.text}") if line.text and not space.strip() else line
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
        front = front_of("".join(f"{one}\n" for one in lines[:HEAD]), toml=False) if headless else None
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


def lines_said(said: Mapping[str, str | None]) -> str:
    """The lines that VitePress names (`{3,10}`, `{3,}`, `{3}`), as a part of the name of a file."""
    first, last = said.get("from") or "", said.get("to") or ""
    if not first and not last:
        return ""
    return f":{first}:{last if said.get('comma') else first}"
