"""What the tool that a site is from would not publish: by patterns in its settings, by a list of its pages, by the front matter of pages
and of the folders above them. Such a page is kept back here, too, as a draft is, and it is said which file and line has it so."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from pipeline.content import front_matter, globs, yaml
from pipeline.content.files import decoded
from pipeline.content.order import MKDOCS, SAID, SUMMARY, unreadable, written
from pipeline.content.redirect_tables import CONFIGS
from pipeline.content.tool_addresses import HUGOS, JEKYLLS, loaded
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Level, Span
from pipeline.core.settings import Settings

VITEPRESS = tuple(
    f"{folder}.vitepress/config.{one}" for folder in ("", "source/") for one in ("js", "ts", "mjs", "cjs", "mts")
)
SPHINX = "conf.py", "source/conf.py"
RSPRESS = tuple(f"rspress.config.{one}" for one in ("js", "ts", "mjs", "cjs", "mts"))
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
CHAPTER = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^()<>\s]+))\s*(?:[\"'][^()\n]*)?\)")
"""A chapter in the SUMMARY.md of mdBook."""
HUGO_KEY = re.compile(
    rb"^[ \t]*+[\"'\[]?(?:date|publishdate|pubdate|published|expirydate|unpublishdate|headless|_?build|cascade)\b",
    re.M | re.I,
)
JEKYLL_KEY = re.compile(rb"^[\"']?date[\"']?[ \t]*:", re.M)
RENDERED = re.compile(rb"^render[ \t]*[:=]", re.M)
UNLISTED = re.compile(rb"^[\"']?unlisted[\"']?[ \t]*:", re.M)
TRUE, FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "never", "no", "off", "link"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")
POST = re.compile(r"(?:\A|/)_?posts/(?:.*/)?(\d{4})-(\d\d?)-(\d\d?)-[^/]+\Z")
SIMPLE = re.compile(r"(?:[\w/ ,=@~&%#<>:;'\"!-]|\\[^\w\s]|\[[^\[\]\\]+\][*+?]?|\.[*+?]?|[|^$])*+")
"""A pattern of Go that means the same here, and is matched in little time."""
RUNS = 3
"""How many runs of any length such a pattern may have."""


class Rule(NamedTuple):
    """Something in the settings of a tool that keeps pages back: what decides about a file (relative to source/), where it stands, and
    in whose name. `back`: it brings them back instead."""

    fits: Callable[[str], bool]
    span: Span
    name: str
    back: bool = False

    def meets(self, ways: tuple[str, str]) -> bool:
        """Whether it is of a file, as it is below source/, or as it was below a folder of its language."""
        return self.fits(ways[0]) or (self.span.path != SUMMARY and self.fits(ways[1]))

    @property
    def why(self) -> str:
        """What it says of a page, and what to do."""
        if self.span.path == SUMMARY:
            return f"{SUMMARY} does not name it, so it is not in the book. To have it published, name it there."
        return f"`{self.name}` in {self.span} keeps it back. To have it published, change that."


@dataclass(frozen=True)
class KeptBack:
    """The pages that are kept back, each with what says so; and what of the settings cannot be read."""

    pages: Mapping[str, str]
    findings: tuple[Finding, ...] = ()

    @property
    def unsure(self) -> bool:
        """Whether nobody knows which pages are kept back."""
        return any(one.level is Level.ERROR for one in self.findings)


def of(settings: Settings, bodies: Mapping[str, bytes], reads: frozenset[str], today: str) -> KeptBack:
    """What of some pages, as their bytes are, is kept back on a day (an ISO date, in UTC; "" for none: then each page with a date is)."""
    root, names = settings.root, frozenset(settings.dialect)
    findings: list[Finding] = []
    alone = (
        *(VITEPRESS if "vitepress" in names else ()),
        *(RSPRESS if "rspress" in names else ()),
        *(SPHINX if "myst" in names else ()),
    )
    findings += unreadable(root, alone)
    rules = [*of_settings(root, names, findings)]
    found: dict[str, str] = {}
    for path in sorted(one for one in bodies if one.startswith("source/")):
        inner, last = path.removeprefix("source/"), None
        ways = inner, f"{settings.english.tag}/{inner}"
        for rule in rules:
            if rule.back == (last is not None) and rule.meets(ways) and (last is None or last.name == rule.name):
                last = None if rule.back else rule
        if last:
            found[path] = last.why
    findings += shown(root, sorted({*bodies} - found.keys()))
    if "zola" in names:
        for path, body in bodies.items():
            if RENDERED.search(body) and (line := marked(said(path, body, reads), "render", FALSE)):
                found.setdefault(
                    path, f"`render` in {Span(path, line)} keeps it back. To have it published, take that out."
                )
    if "hugo" in names:
        found = {**of_hugo(root, bodies, reads, today, findings), **found}
    if "jekyll" in names:
        found = {**of_posts(root, bodies, reads, today), **found}
    if "docusaurus" in names:
        for path, body in bodies.items():
            if UNLISTED.search(body) and (line := marked(said(path, body, reads), "unlisted", TRUE)):
                found.setdefault(
                    path,
                    f"`unlisted` in {Span(path, line)} keeps it back: a page that is published here is in the menus. To have it published, take that out.",
                )
    return KeptBack(found, tuple(findings))


def of_settings(root: Path, names: frozenset[str], findings: list[Finding]) -> Iterator[Rule]:
    """What keeps pages back in the settings of the tools that lie beside the site."""
    yield from of_mkdocs(root, findings)
    if "jekyll" in names:
        yield from of_jekyll(root, findings)
    if "mdbook" in names:
        yield from of_summary(root)
    if "vitepress" in names:
        yield from of_program(root, VITEPRESS, "srcExclude", findings)
    if "docusaurus" in names:
        yield from of_program(root, CONFIGS, "exclude", findings)
    if "rspress" in names:
        yield from of_program(root, RSPRESS, "exclude", findings)
    if "zola" in names:
        yield from of_zola(root, findings)
    if "myst" in names:
        yield from of_sphinx(root, findings)
    if "hugo" in names:
        yield from ignored(root, findings)


def unread(findings: list[Finding], span: Span, name: str, todo: str) -> None:
    """Say that nobody knows what something keeps back."""
    what = f"`{name}` keeps pages from being published, and what it says cannot be read, so nobody knows which. {todo}"
    findings.append(Finding("unreadable", Level.ERROR, what, span))


def section(text: str, key: str) -> tuple[str, int]:
    """The part of a YAML file that a key at its top holds, and its line; "" for none."""
    found = re.search(rf"^{key}[ \t]*:(?=[ \t\n])[^\n]*\n(?:[ \t\]}}-][^\n]*\n|\n|#[^\n]*\n)*", f"{text}\n", re.M)
    return (found[0], text.count("\n", 0, found.start()) + 1) if found else ("", 1)


def of_mkdocs(root: Path, findings: list[Finding]) -> Iterator[Rule]:
    """`exclude_docs` and `draft_docs`, in the patterns of git."""
    text = written(root, MKDOCS)
    for key in ("exclude_docs", "draft_docs"):
        part, line = section(text, key)
        rules = patterns(part, line, key)
        if rules is None:
            unread(findings, Span(MKDOCS, line), key, "Write it as lines of patterns below `|`.")
        yield from rules or ()


def patterns(part: str, line: int, key: str) -> list[Rule] | None:
    """The patterns of a part of a mkdocs.yml, which is at a line; None where they cannot be read."""
    try:
        value = yaml.load(MKDOCS, part).get(key) if part else ""
    except LockstepError:
        return None
    if not isinstance(value or "", str) or "!ENV" in part:
        return None
    rows = {row.strip(): line + at for at, row in reversed([*enumerate(part.split("\n"))])}
    wanted = [one for row in (value or "").split("\n") if (one := row.strip()) and not one.startswith("#")]
    return [of_git(one, Span(MKDOCS, rows.get(one, line)), key) for one in wanted]


def shown(root: Path, paths: Iterable[str]) -> Iterator[Finding]:
    """The pages that MkDocs has in no menu by `not_in_nav`: here they are in the menus."""
    part, line = section(written(root, MKDOCS), "not_in_nav")
    rules = patterns(part, line, "not_in_nav") or []
    some = [one for one in paths if any(rule.fits(one.removeprefix("source/")) for rule in rules if not rule.back)]
    if some:
        more = f" and {len(some) - 1} more" if len(some) > 1 else ""
        what = f"`not_in_nav` has pages in no menu that are in the menus here: {some[0]}{more}. Keep them back with `exclude_docs`, or leave them there."
        yield Finding("dialect", Level.INFO, what, Span(MKDOCS, line))


def of_git(pattern: str, span: Span, name: str) -> Rule:
    """A pattern as in a .gitignore."""
    back, inner = pattern.startswith("!"), pattern.removeprefix("!")
    folder, inner = inner.endswith("/"), inner.rstrip("/")
    rooted = "/" in inner
    parsed = globs.tokens(inner.removeprefix("/") if rooted else f"**/{inner}")

    def fits(path: str) -> bool:
        return globs.covers(parsed, posixpath.dirname(path) if folder else path)

    return Rule(fits, span, name, back)


def of_jekyll(root: Path, findings: list[Finding]) -> Iterator[Rule]:
    """`exclude`: names and patterns, whose `*` stands for a stroke, too; what begins so is meant as well."""
    name = next((name for name in JEKYLLS if written(root, name)), JEKYLLS[0])
    part, line = section(written(root, name), "exclude")
    try:
        value = yaml.load(name, part).get("exclude") if part else None
    except LockstepError:
        value = part
    some = [value] if isinstance(value, str) and value and value != part else value
    if some and not (isinstance(some, list) and all(isinstance(one, str) for one in some)):
        unread(findings, Span(name, line), "exclude", "Write it as a list of names.")
        return
    for one in some or ():
        wanted = one.removeprefix("./").lstrip("/")
        if wanted:
            yield Rule(started(wanted), Span(name, line - 1 + getattr(one, "line", 1)), "exclude")


def started(wanted: str) -> Callable[[str], bool]:
    """Whether a path begins with some words, or fits them as a pattern; also as they are without what sets a folder of Jekyll apart."""
    ways = {wanted, re.sub(r"\A_(?:pages/)?", "", wanted)} - {""}
    parsed = [globs.tokens(one, deep=True) for one in ways]
    return lambda path: path.startswith(tuple(ways)) or any(globs.covers(one, path) for one in parsed)


def of_summary(root: Path) -> Iterator[Rule]:
    """A SUMMARY.md of mdBook: what it does not name is not in the book."""
    text = COMMENT.sub("", written(root, SUMMARY))
    named = {posixpath.normpath(unquote((one[1] or one[2]).partition("#")[0])) for one in CHAPTER.finditer(text)}
    if named:
        yield Rule(lambda path: path not in named, Span(SUMMARY, 1), "not named")


def of_program(root: Path, names: Sequence[str], key: str, findings: list[Finding]) -> Iterator[Rule]:
    """Lists of patterns in settings that are a program, of which only the texts are read."""
    name = next((name for name in names if written(root, name)), "")
    text = SAID.sub(
        lambda one: one[0] if one["text"] is not None else re.sub(r"[^\n]", " ", one[0]),
        written(root, name) if name else "",
    )
    for found in re.finditer(rf"(?<![\w.$]){key}[\"']?\s*+:\s*+", text):
        span = Span(name, text.count("\n", 0, found.start()) + 1)
        if text.startswith("/", found.end()):
            continue  # a pattern of a program's, for files that it loads
        listed = LITERALS.match(text, found.end())
        try:
            if not listed:
                raise ValueError(key)
            some = [one["text"] for one in SAID.finditer(listed[0])]
            if any("\\" in one or "$" in one or re.search(r"[!@+?*]?\(|\A!", one) for one in some):
                raise ValueError(key)
            every = [globs.tokens(one.removeprefix("./")) for pattern in some for one in globs.spread(pattern)]
        except ValueError:
            unread(
                findings,
                span,
                key,
                'Write it in the file that lies here as a list of patterns: `["internal/**", "todo.md"]`.',
            )
            continue
        yield from (Rule(covering(one), span, key) for one in every)
    if key == "srcExclude" and not re.search(rf"(?<![\w.$]){key}[\"']?\s*+:", text) and re.search(rf"\b{key}\b", text):
        unread(
            findings,
            Span(name, 1),
            key,
            'Write it in the file that lies here as a list of patterns: `srcExclude: ["todo.md"]`.',
        )


LITERALS = re.compile(r"\[\s*+(?:(?:\"[^\"\n]*+\"|'[^'\n]*+'|`[^`\n]*+`)\s*+(?:,\s*+|(?=\])))*+\]")
"""A list of texts, each on one line."""


def covering(pattern: tuple[globs.Token, ...]) -> Callable[[str], bool]:
    return lambda path: globs.covers(pattern, path)


def of_sphinx(root: Path, findings: list[Finding]) -> Iterator[Rule]:
    """`exclude_patterns` of a conf.py, which is a program and is never run: lists of texts alone are read."""
    name = next((name for name in SPHINX if written(root, name)), "")
    text = written(root, name) if name else ""
    if "exclude_patterns" not in text and "include_patterns" not in text:
        return
    todo = 'Write it in the file that lies here as one list of texts: `exclude_patterns = ["todo.md"]`.'
    line = 1 + text.count("\n", 0, max(text.find("exclude_patterns"), 0))
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        unread(findings, Span(name, line), "exclude_patterns", todo)
        return
    for step in ast.iter_child_nodes(tree):
        if not any(isinstance(one, ast.Name) and one.id in PATTERNS for one in ast.walk(step)):
            continue
        which, some = assigned(step)
        if some is None or which != "exclude_patterns":
            unread(findings, Span(name, getattr(step, "lineno", line)), which or "exclude_patterns", todo)
            continue
        yield from (Rule(covering(globs.tokens(one)), Span(name, at), which) for one, at in some)


PATTERNS = frozenset({"exclude_patterns", "include_patterns"})


def assigned(step: ast.AST) -> tuple[str, list[tuple[str, int]] | None]:
    """Which list a statement of Python makes, and the texts in it, each with its line; None for what is more than that."""
    if isinstance(step, ast.Assign) and len(step.targets) == 1:
        target = step.targets[0]
    elif isinstance(step, ast.AnnAssign) or (isinstance(step, ast.AugAssign) and isinstance(step.op, ast.Add)):
        target = step.target
    else:
        return "", None
    which, value = target.id if isinstance(target, ast.Name) else "", step.value
    if not isinstance(value, (ast.List, ast.Tuple)):
        return which, None
    texts = [
        (one.value, one.lineno) for one in value.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    return which, texts if len(texts) == len(value.elts) else None


def of_zola(root: Path, findings: list[Finding]) -> Iterator[Rule]:
    """`ignored_content` of Zola: patterns whose `*` stands for a stroke, too."""
    name = "config.toml"
    text = written(root, name)
    if not re.search(r"^ignored_content\b", text, re.M):
        return
    span = Span(name, line_of(text, "ignored_content"))
    try:
        value = loaded(name, text).get("ignored_content")
        every = [one for pattern in listed(value) for one in globs.spread(pattern)]
    except (LockstepError, ValueError):
        unread(
            findings,
            span,
            "ignored_content",
            "Write it as a list of texts, below which nothing is that cannot be read.",
        )
        return
    for one in every:
        yield Rule(
            covering(globs.tokens(one if one.startswith("**") else f"**/{one}", deep=True)), span, "ignored_content"
        )


def listed(value: object) -> list[str]:
    """A list of texts. Raises ValueError for anything else."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(value)
    return value


def ignored(root: Path, findings: list[Finding]) -> Iterator[Rule]:
    """`ignoreFiles` of Hugo: patterns of Go, of which those are read that mean the same here."""
    name, data = hugo_settings(root, findings)
    value = data.get("ignorefiles")
    line = line_of(written(root, name), "ignorefiles") if name else 1
    for one in [value] if isinstance(value, str) else value if isinstance(value, list) else ():
        if not isinstance(one, str) or not SIMPLE.fullmatch(one) or len(re.findall(r"(?<!\\)[*+]", one)) > RUNS:
            unread(
                findings,
                Span(name, line),
                "ignoreFiles",
                f"Write `{one}` without groups and with few runs (`internal/.*\\.md$`).",
            )
            continue
        with suppress(re.error):
            yield Rule(searching(re.compile(one)), Span(name, line), "ignoreFiles")


def searching(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether a pattern is found in the whole path of a file, as Hugo has it, or what of it is known here."""
    return lambda path: any(pattern.search(f"{above}{path}") for above in ("", "/", "content/", "/content/"))


def hugo_settings(root: Path, findings: list[Finding] | None = None) -> tuple[str, Mapping[str, Any]]:
    """Hugo's settings by their keys in lower case, and the file with those that are read here; nothing where none has any."""
    for name in HUGOS:
        text = written(root, name)
        if not re.search(r"\b(?:ignoreFiles|cascade|buildFuture|buildExpired)\b", text, re.I):
            continue
        try:
            return name, {key.lower(): value for key, value in loaded(name, text).items()}
        except LockstepError as problem:
            if findings is not None:
                what = (
                    f"What it says of pages that are not to be published cannot be read: {problem.what}. {problem.todo}"
                )
                findings.append(Finding("unreadable", Level.ERROR, what, Span(name, problem.line or 1)))
    return "", {}


def line_of(text: str, key: str) -> int:
    at = text.lower().find(key)
    return text.count("\n", 0, max(at, 0)) + 1


def said(path: str, body: bytes, reads: frozenset[str]) -> Mapping[str, Any]:
    """The front matter of a page by its keys in lower case; nothing where it cannot be read, which is said elsewhere."""
    with suppress(LockstepError):
        return Keyed(front_matter.split(path, decoded(body, path).replace("\r\n", "\n"), reads)[0])
    return {}


class Keyed(dict[str, Any]):
    """Values by their keys in lower case, and the line of each key."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__({key.lower(): value for key, value in data.items()})
        self.lines = {key.lower(): getattr(key, "line", 1) for key in data}


def marked(data: Mapping[str, Any], key: str, values: frozenset[str]) -> int:
    """The line of a key with one of some values; 0 for none."""
    value = data.get(key)
    if not isinstance(value, str) or value.lower() not in values:
        return 0
    return data.lines.get(key, 1) if isinstance(data, Keyed) else 1


def of_hugo(
    root: Path, bodies: Mapping[str, bytes], reads: frozenset[str], today: str, findings: list[Finding]
) -> dict[str, str]:
    """What Hugo would not make: pages of a later day, those that expired, those that are not rendered or in no list; said by a page, or
    by `cascade` of a page of a folder above it, or of the settings."""
    name, config = hugo_settings(root)
    asked = {key for key in ("buildfuture", "buildexpired") if str(config.get(key)).lower() == "true"}
    read = {path: said(path, body, reads) for path, body in bodies.items() if HUGO_KEY.search(body)}
    above: list[tuple[str, Span, Mapping[str, Any]]] = []
    for where, span, value in [
        ("", Span(name, line_of(written(root, name), "cascade")) if name else Span(SUMMARY, 1), config.get("cascade")),
        *(
            (
                posixpath.dirname(path),
                Span(path, data.lines.get("cascade", 1) if isinstance(data, Keyed) else 1),
                data.get("cascade"),
            )
            for path, data in read.items()
        ),
    ]:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                given = Keyed({str(key): inner for key, inner in {**one, **params(one)}.items()})
                if where == "" and {"_target", "target"} & given.keys() and why_of(given, today, asked):
                    unread(findings, span, "cascade", "Write it into the `_index.md` of the folder that is meant.")
                else:
                    above.append((where or "source", span, given))
    found: dict[str, str] = {}
    for path in bodies:
        own: Mapping[str, Any] = read.get(path, {})
        if (key := why_of(own, today, asked)) == "draft":
            continue  # which it says itself
        if key:
            line = own.lines.get(key, 1) if isinstance(own, Keyed) else 1
            found[path] = (
                f"`{key}` in {Span(path, line)} keeps it back{UNTIL.get(key, '')}. To have it published, change that."
            )
            continue
        for where, span, said_above in above:
            key = why_of({one: value for one, value in said_above.items() if one not in own}, today, asked)
            if (
                key
                and path.startswith(f"{where}/")
                and not re.search(rb"^draft[ \t]*[:=]", bodies[path] if key == "draft" else b"", re.M)
            ):
                found[path] = f"`cascade` in {span} keeps it back (`{key}`). To have it published, change that."
    return found


UNTIL = dict.fromkeys(("date", "publishdate", "pubdate", "published"), " until that day")


def params(data: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = data.get("params")
    return inner if isinstance(inner, Mapping) else {}


def why_of(data: Mapping[str, Any], today: str, asked: set[str]) -> str:
    """The key for which Hugo would not make a page, or would have it in no list; "" for none."""
    for key in ("draft", "headless"):
        if str(data.get(key, "")).lower() in TRUE:
            return key
    for key in ("build", "_build"):
        inner = data.get(key)
        if isinstance(inner, Mapping) and any(str(inner.get(one, "")).lower() in FALSE for one in ("render", "list")):
            return key
    dated = next(
        (key for key in ("publishdate", "pubdate", "published", "date") if re.search(r"\d{4}", str(data.get(key, "")))),
        "",
    )
    if dated and "buildfuture" not in asked and is_later(str(data[dated]), today):
        return dated
    ends = next((key for key in ("expirydate", "unpublishdate") if data.get(key)), "")
    return ends if ends and "buildexpired" not in asked and not is_later(str(data[ends]), today) else ""


def is_later(said_day: str, today: str) -> bool:
    """Whether a date is after a day; by its year alone where it is written otherwise than in ISO."""
    if found := DAY.match(said_day):
        return found[0] > today
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", said_day)
    return bool(years) and max(years) > today[:4]


def of_posts(root: Path, bodies: Mapping[str, bytes], reads: frozenset[str], today: str) -> dict[str, str]:
    """The pages of Jekyll with a later day, in their name or front matter."""
    text = next((text for name in JEKYLLS if (text := written(root, name))), "")
    if re.search(r"^future[ \t]*:[ \t]*true\b", text, re.M):
        return {}
    found = {}
    for path, body in bodies.items():
        data = said(path, body, reads) if JEKYLL_KEY.search(body) else {}
        name = POST.search(path)
        day = str(data.get("date") or "") or (f"{name[1]}-{int(name[2]):02}-{int(name[3]):02}" if name else "")
        if day and is_later(day, today):
            found[path] = f"Its date, {day[:10]}, keeps it back until that day. To have it published, change that."
    return found
