"""The files of a site: which there are below source/ and templates/, and by which line of the mapping each is read."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

from pipeline.core import inputs, plugins
from pipeline.core.errors import LockstepError
from pipeline.core.model import HTML_FILES, Finding, Level, Span
from pipeline.core.settings import Settings, SourceMapping

FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
TOML_FRONT_MATTER = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.S | re.M)
KEY = re.compile(r"^[ \t]*+(?:[^\s:：=,;.!?]{1,30}[ \t]?){1,3}[ \t]*+[:：=]|^[ \t]*+[\"'{]", re.M)
"""A line that gives a value to a key, well or badly: up to three words before a colon."""
PROSE_LINE = re.compile(r"^[^\s#{\[-]", re.M)
"""A line that is prose, where it gives no value to a key: neither a comment nor a list."""
DRAFT = re.compile(
    r"^(?:draft[ \t]*[:=][ \t]*[\"']?(?:true|yes|on)|published[ \t]*[:=][ \t]*[\"']?(?:false|no|off))[\"']?[ \t]*(?:#.*)?$",
    re.M | re.I,
)
DRAFT_KEY = re.compile(rb"^(?:draft|published)", re.M | re.I)
FOLDERS = ("source", "templates")
TEMPLATES = tuple(f"templates/{name}.html" for name in ("page", "notices"))
"""What every page is made with."""
UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u2068\u2069\ud800-\udfff]")
"""What cannot stand in a reference: line ends, control characters, gettext's own marks, bytes that are not UTF-8."""
UNPUBLISHED = (".md", ".yaml", ".yml", ".made-from")
PAGE = r"\.(?:md|markdown|mdown|mkdn?|mdwn|mdx|mdtxt|mdtext|livemd|svx|rmd|qmd|rst|adoc|asciidoc|org|textile|wiki|mediawiki)"
LEFT = r"(?:~|\.(?:bak|orig|old|rej|save|tmp))"
PAGES = re.compile(rf".*{PAGE}{LEFT}?", re.I | re.S)
"""What is a page to somebody, or a copy of one that an editor or git left behind. Never published as it stands: its source has
what is for its editors alone."""
COPIES = re.compile(rf".*{PAGE}{LEFT}", re.I | re.S)
PROGRAMS = re.compile(
    r".*\.(?:[jt]sx|vue|svelte|astro|njk|nunjucks|ejs|liquid|erb|haml|slim|pug|jade|hbs|handlebars|mustache|twig|j2|jinja2?|gotmpl)",
    re.I | re.S,
)
"""What another tool makes pages with, or parts of them."""
CONFLICT = re.compile(r"^(?:<{7}|>{7}) \S", re.M)
WILD = re.compile(r"(\*\*/|\*\*|\*|\?)")
MEANS = {"**/": r"(?:.+/)*?", "**": r"(?:.+/)*?[^/]+", "*": r"[^/]+", "?": r"[^/]"}
"""The wildcards of Babel's mappings; a `*` or `**` stands for one character at least."""


TOOLS = re.compile(
    r"source/(?:conf\.py|(?:sidebars|[\w-]+\.config)\.[cm]?[jt]s|(?:book|hugo|config|theme|netlify|pyproject)\.toml"
    r"|(?:hugo|config|permalinks|docs|mint|vercel|firebase|package(?:-lock)?|tsconfig|deno)\.json|yarn\.lock|poetry\.lock|bun\.lockb?"
    r"|Gemfile(?:\.lock)?|[\w-]+\.gemspec|Makefile|make\.bat|Dockerfile|noxfile\.py|setup\.(?:py|cfg)|tox\.ini|requirements[\w-]*\.txt)"
    r"|(?:.*/)?(?:_category_\.json|_meta\.json|[^/]*\.env)",
    re.I,
)
"""What other tools are set up with, where a folder of pages was copied as a whole: readers never get it."""


def files(settings: Settings) -> Iterator[tuple[str, SourceMapping]]:
    """Every mapped file under source/ and templates/, sorted, with its mapping. Links out of the site are not followed.

    Raises LockstepError for a name that cannot be written into a catalog.
    """
    for folder in FOLDERS:
        for name in below(settings.root, folder):
            if (mapping := mapping_of(settings, name)) is not None:
                yield writable(name), mapping


def mapping_of(settings: Settings, name: str) -> SourceMapping | None:
    """How a file under source/ or templates/ is read, None where it is not."""
    return next((one for one in settings.mappings if fits(one.pattern, name)), None) if is_listed(name) else None


def assets(root: Path, mapped: Collection[str]) -> tuple[str, ...]:
    """The files of source/ that are published as they are, relative to source/: not those that are `mapped`. Links out of the
    site are not followed."""
    return tuple(
        name.removeprefix("source/")
        for name in below(root, "source")
        if name not in mapped
        and not name.endswith(UNPUBLISHED)
        and "/." not in name
        and not PAGES.fullmatch(name)
        and not TOOLS.fullmatch(name)
    )


def unmapped(root: Path, mapped: Collection[str]) -> Iterator[Finding]:
    """The files of source/ that look like pages, and that no line of the mapping reads."""
    for name in below(root, "source"):
        if name in mapped or not is_listed(name):
            continue
        if TOOLS.fullmatch(name):
            what = (
                "Another tool is set up with this file, so it is not published. Take it out of source/ (what is read of it is read beside "
                "pyproject.toml); or give it another name, if readers are to have it."
            )
            yield Finding("unread-page", Level.WARNING, what, Span(name, 1))
        elif COPIES.fullmatch(name):
            what = "This looks like a copy of a page that an editor or git left behind: it is not published. Remove it."
            yield Finding("unread-page", Level.WARNING, what, Span(name, 1))
        elif PAGES.fullmatch(name):
            ending = name.rpartition(".")[2]
            what = (
                f"This looks like a page, and nothing reads it: it is not published. Rename it to .md; or, if it is Markdown, "
                f'name "source/**.{ending}" in the mapping of `lockstep-markdown` in pyproject.toml; or have it left out with '
                'the method "ignore".'
            )
            yield Finding("unread-page", Level.ERROR, what, Span(name, 1))
        elif name.lower().endswith(HTML_FILES):
            what = (
                "This page is published as it stands, in its own language, under assets/: no translator gets its words. To have "
                'it translated, say in pyproject.toml: [[tool.babel.mappings]] method = "lockstep-html" '
                f'pattern = "source/**.{name.rpartition(".")[2]}" keys = ["title", "description"] (a line each); or write it as Markdown, in which HTML may stand.'
            )
            yield Finding("unread-page", Level.WARNING, what, Span(name, 1))
        elif PROGRAMS.fullmatch(name):
            what = (
                "Another tool makes pages with this file, and nobody runs it here: it is published as it stands, under assets/. Write what "
                'readers are to see as Markdown; and take it out of source/, or have it left out with the method "ignore".'
            )
            yield Finding("unread-page", Level.WARNING, what, Span(name, 1))
        elif method := plugins.reads(name):
            what = (
                f"The format `{method}` reads such files, and no line of the mapping names this one: it is published as it stands, under "
                'assets/. Name it in the mapping in pyproject.toml, or have it left out with the method "ignore".'
            )
            yield Finding("unread-page", Level.WARNING, what, Span(name, 1))


JEKYLLS = frozenset(["_includes", "_layouts", "_data", "_sass", "_plugins", "_drafts", "_site"])
"""The folders of Jekyll in which nothing is a page that readers get."""


def set_apart(root: Path, mapped: Collection[str]) -> Iterator[Finding]:
    """The folders of source/ that are set apart by their names and hold what looks like pages: Jekyll has its own there (`_docs`).
    `mapped`: the files that are read, of which pages that others include are some."""
    found: dict[str, list[str]] = {}
    for name in below(root, "source"):
        *folders, last = name.split("/")
        at = next((at for at, part in enumerate(folders) if part.startswith("_")), None)
        if at is None or name in mapped or folders[at] in JEKYLLS or last.startswith((".", "_")):
            continue
        if last.lower().endswith((".md", *HTML_FILES)) or PAGES.fullmatch(name):
            found.setdefault("/".join(folders[: at + 1]), []).append(name)
    for folder, names in found.items():
        if first := next((name for name in names if is_headed(root, name)), ""):
            there, _, last = folder.rpartition("/")
            what = (
                f"Files here look like pages ({len(names)} in {folder}/), and no file of a folder that begins with `_` is one: they are not "
                f"published. Call the folder {there}/{last.lstrip('_')}; or take their front matter away, if they are only included."
            )
            yield Finding("unread-page", Level.WARNING, what, Span(first, 1))


def is_headed(root: Path, name: str) -> bool:
    """Whether a file begins with front matter, as pages do and what they include does not."""
    try:
        body = inputs.read(root, name) or b""
    except LockstepError:
        return False
    return re.match(rb"(?:\xef\xbb\xbf)?(?:---|\+\+\+)[ \t]*\r?\n", body) is not None


def is_listed(name: str) -> bool:
    """Whether a file may be a page or data: not where it or a folder of its is set apart by its name. The page of a folder is
    `_index.md` to some; the list of pages of mdBook is none."""
    *folders, last = name.split("/")
    return (
        not any(part.startswith((".", "_")) for part in folders)
        and (not last.startswith((".", "_")) or last.startswith("_index."))
        and name != "source/SUMMARY.md"
    )


def below(root: Path, folder: str) -> Iterator[str]:
    """Every file below a folder of a site, sorted, relative to the site. What is led to by a link out of the site is left out."""
    home = os.path.realpath(root)

    def led_out(name: str) -> bool:
        return not Path(os.path.realpath(f"{root}/{name}")).is_relative_to(home)

    if not led_out(folder):
        yield from (name for name, link in sorted(linked(str(root), folder)) if not link or not led_out(name))


def strays(root: Path) -> Iterator[LockstepError]:
    """What stands below source/ and templates/ and is not read, each with why: links out of the site, to nothing or to a folder,
    pipes, devices. A page that became one of them would be taken for deleted."""
    for folder in FOLDERS:
        try:
            inputs.place(root, folder)
        except LockstepError as problem:
            yield problem
            continue
        for name in odd(str(root), folder):
            try:
                if not Path(inputs.place(root, name)).is_file():
                    inputs.read(root, name)
            except LockstepError as problem:
                yield problem


def missing(settings: Settings) -> Iterator[str]:
    """The templates that no page can be made without and that are not there, where templates are extracted: without them all
    their texts would seem to be gone."""
    if any(one.method == "lockstep-template" for one in settings.mappings):
        yield from (path for path in TEMPLATES if not (settings.root / path).exists())


def odd(root: str, folder: str) -> list[str]:
    """What in a folder and in those in it is no plain file, relative to `root`, sorted. Hidden files are left out."""
    found = []
    with contextlib.suppress(OSError), os.scandir(f"{root}/{folder}") as entries:
        for entry in entries:
            name = f"{folder}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                found += odd(root, name)
            elif not entry.is_file(follow_symlinks=False):
                found.append(name)
    return sorted(found)


def inside(root: str, folder: str) -> Iterator[str]:
    """Every file in a folder and in those in it, relative to `root`; what is behind a link to a folder is not looked at."""
    return (name for name, _ in linked(root, folder))


def linked(root: str, folder: str) -> Iterator[tuple[str, bool]]:
    """The same, each with whether it is a link."""
    with contextlib.suppress(OSError), os.scandir(f"{root}/{folder}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from linked(root, f"{folder}/{entry.name}")
            elif entry.is_file():
                yield f"{folder}/{entry.name}", entry.is_symlink()


def fits(pattern: str, name: str) -> bool:
    """Whether a file's name fits the pattern of a mapping."""
    return wanted(pattern).match(name) is not None


@lru_cache
def wanted(pattern: str) -> re.Pattern[str]:
    """A mapping's pattern: whole names, from where `^` or `./` begins it on."""
    text = pattern.removeprefix("^") if pattern.startswith("^") else pattern.removeprefix("./")
    return re.compile("".join(MEANS.get(part) or re.escape(part) for part in WILD.split(text)) + "$")


def writable(name: str) -> str:
    """The name itself. Raises LockstepError where a catalog could not hold it."""
    if UNWRITABLE.search(name):
        raise LockstepError(
            "a file name with a line break or control character, or that is not UTF-8",
            path=ascii(name),
            todo="Rename the file (where the name looks right, run with LANG=C.UTF-8).",
        )
    return name


def slugs(paths: Iterable[str]) -> dict[str, str]:
    """Where pages stand under their language, by source file: `source/a/b.md` → `a/b`. The page of a folder is its `index.md`
    (→ `a`), else its `_index.md`, else its `README.md`; another one of these stands under its own name."""
    found: dict[str, str] = {}
    heads: set[str] = set()
    for path in sorted(paths, key=lambda path: (rank(path), path)):
        inner = PurePosixPath(path).relative_to("source").with_suffix("").as_posix()
        folder, _, name = inner.rpartition("/")
        if rank(path) < len(HEADS) and (name == "index" or folder not in heads):
            heads.add(folder)
            inner = folder
        found[path] = inner
    return found


def second_heads(found: Mapping[str, str]) -> Iterator[Finding]:
    """The pages that are called as the page of their folder and are not, since it has another one; `found`: see `slugs`."""
    for path, slug in found.items():
        folder = PurePosixPath(path).parent.relative_to("source").as_posix()
        if rank(path) < len(HEADS) and slug != ("" if folder == "." else folder):
            first = next(one for one in found if PurePosixPath(one).parent == PurePosixPath(path).parent)
            what = (
                f"The page of this folder is {first}, so this one is published beside it, as `{slug}`. Remove one of the two, or give "
                "this one another name."
            )
            yield Finding("slug", Level.WARNING, what, Span(path, 1))


def suffixed(paths: Iterable[str], english: str) -> Iterator[Finding]:
    """The pages that say in their name that they are in the source language (`guide.en.md`), which would stand in their address."""
    for path in paths:
        if (plain := unsuffixed(path, english)) != path:
            what = (
                f"`.{english}` says which language this page is in, and would be part of its address. Call it {plain}: "
                "each page of `source/` is in that language."
            )
            yield Finding("slug", Level.WARNING, what, Span(path, 1))


def unsuffixed(path: str, english: str) -> str:
    """The path of a page without the language that its name ends with, where that is the one of the source."""
    stem, dot, end = path.rpartition(".")
    return f"{stem[: -len(english) - 1]}{dot}{end}" if stem.lower().endswith(f".{english.lower()}") else path


HEADS = "index", "_index", "readme"
"""What the page of a folder is called, the first of these before the others."""


def rank(path: str) -> int:
    """Which of HEADS a page's name is; their number for none."""
    name = PurePosixPath(path).stem
    name = name.lower() if name.lower() == "readme" else name
    return HEADS.index(name) if name in HEADS else len(HEADS)


def decoded(body: bytes, path: str) -> str:
    """A source file's text. Raises LockstepError naming the line that is not UTF-8, or that git left between two texts."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = body[: problem.start].count(b"\n") + 1
        raise LockstepError("not UTF-8", path=path, line=line, todo="Save the file as UTF-8.") from problem
    if conflict := CONFLICT.search(text):
        line, todo = (
            text.count("\n", 0, conflict.start()) + 1,
            "Resolve it and remove the <<<<<<< ======= >>>>>>> lines.",
        )
        raise LockstepError("a merge conflict that nobody has resolved", path=path, line=line, todo=todo)
    return text


def words(value: object) -> Sequence[str]:
    """An option that is a list in TOML and a string of words in an ini file."""
    return value.split() if isinstance(value, str) else tuple(value) if isinstance(value, (list, tuple)) else ()


def front_of(text: str, *, toml: bool = True) -> re.Match[str] | None:
    """The front matter that a text begins with; none where prose stands between two lines across the page."""
    found = FRONT_MATTER.match(text)
    if found and PROSE_LINE.search(found[1]) and not KEY.search(found[1]):
        return None
    return found or (TOML_FRONT_MATTER.match(text) if toml else None)


def is_draft(body: bytes) -> bool:
    """Whether a page says of itself that it is not ready (`draft: true`, or Jekyll's `published: false`)."""
    if not DRAFT_KEY.search(body.replace(b"\r", b"\n")):
        return False
    text = body.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    front = FRONT_MATTER.match(text) or TOML_FRONT_MATTER.match(text)
    return bool(front and DRAFT.search(front[1]))
