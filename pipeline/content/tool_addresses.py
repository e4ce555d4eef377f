"""The addresses that other tools make for pages out of the names of their files and of patterns in their settings: Hugo (`permalinks`,
`uglyURLs`), Jekyll (`permalink`), MkDocs (`use_directory_urls`), Docusaurus (`routeBasePath`), and all that have a page at `a.html`."""

from __future__ import annotations

import datetime
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pipeline.content import front_matter, yaml
from pipeline.content.files import decoded
from pipeline.content.former import NUMBERED, clean, located
from pipeline.content.order import MKDOCS, SAID, unreadable, written
from pipeline.content.redirect_tables import CONFIGS
from pipeline.core import toml
from pipeline.core.errors import LockstepError
from pipeline.core.forms import normalized
from pipeline.core.model import Finding, Level, Span

ENDINGS = "toml", "yaml", "yml", "json"
HUGOS = tuple(f"{name}.{one}" for name in ("hugo", "config") for one in ENDINGS)
OF_HUGO = tuple(f"permalinks.{one}" for one in ENDINGS)
"""Files of which the whole is the table of patterns."""
JEKYLLS = "_config.yml", "_config.yaml"
FILES = (*HUGOS, *OF_HUGO, *JEKYLLS)
"""The settings that are read beside those that are so for their tables and their orders."""
IN_HTML = frozenset(["mdbook", "myst", "pandoc", "vitepress"])
"""The dialects of tools that have a page at `a.html`, whatever their settings."""
STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
"""What Jekyll's names for patterns stand for."""
TOKEN = re.compile(r":(?P<name>[a-z_]+)(?:\[(?P<from>\d{0,9}+|last)(?P<colon>:?)(?P<to>\d{0,9}+)\])?")
GIVEN = re.compile(rb"^[\"']?(?:permalink|url)[\"']?[ \t]*[:=]", re.M)
"""What a front matter has that says the whole address."""
POST = re.compile(r"(?P<folder>(?:.*/)?posts/(?:.*/)?)(?P<day>\d{4}-\d\d?-\d\d?)-(?P<name>[^/]+)")
"""A page whose name begins with a day, where `init` has the posts of Jekyll copied."""
DOCS = re.compile(r"\bdocs\s*:\s*(?P<off>false)?|plugin-content-docs\b")
ROUTE = re.compile(r"\brouteBasePath\s*:\s*([\"'])(?P<path>[^\"'\n]*)\1")
BASES = {
    "docusaurus": (CONFIGS, re.compile(r"\bbaseUrl\s*:\s*([\"'])(?P<to>[^\"'\n]+)\1")),
    "mkdocs": ((MKDOCS,), re.compile(r"^(?:site_url)[ \t]*:[ \t]*([\"']?)(?P<to>[^\s\"'#]+)\1", re.M)),
    "jekyll": (JEKYLLS, re.compile(r"^(?:baseurl)[ \t]*:[ \t]*([\"']?)(?P<to>/[^\s\"'#]+)\1", re.M)),
    "zola": (("config.toml",), re.compile(r"^base_url[ \t]*=[ \t]*([\"'])(?P<to>[^\s\"'#]+)\1", re.M)),
    "hugo": (
        HUGOS,
        re.compile(r"^[ \t{,]*[\"']?baseurl[\"']?[ \t]*[:=][ \t]*([\"']?)(?P<to>[^\s\"'#]+)\1", re.M | re.I),
    ),
}
"""Where tools say under which address a site is published."""


class Pattern(NamedTuple):
    """One pattern, and where it is said."""

    text: str
    span: Span


@dataclass(frozen=True)
class Ways:
    """How the tool of a site makes addresses."""

    numbered: bool = False
    """Whether names of files begin with numbers that no address has."""
    html: bool = False
    """Whether a page is at `a.html`."""
    lower: bool = False
    """Whether an address has neither capitals nor spaces."""
    route: str = ""
    """The folder below which all pages are."""
    sections: Mapping[str, Pattern] = field(default_factory=dict)
    """The pattern of each folder at the top."""
    posts: Pattern | None = None
    suffix: str = ""
    """How the address of a page of Jekyll ends."""
    findings: tuple[Finding, ...] = ()

    def plain(self, path: str) -> str:
        """A source file as its tool names it in addresses."""
        own, _, ending = path.removeprefix("source/").rpartition(".")
        return f"source/{NUMBERED.sub('', own)}.{ending}" if self.numbered else path

    def made(self, path: str, body: bytes, reads: frozenset[str]) -> tuple[str, ...]:
        """The addresses of a page that its tool made, besides those that it says itself."""
        return tuple(dict.fromkeys(one for one in self.every(path, body, reads) if one and one != "404.html"))

    def every(self, path: str, body: bytes, reads: frozenset[str]) -> Iterator[str]:
        own, plain = (one.removeprefix("source/").rpartition(".")[0] for one in (path, self.plain(path)))
        if plain != own or self.route:
            yield clean(f"{self.route}{located(plain)}")
        said = fields(path, body, reads) if GIVEN.search(body) else {}
        given = str(said.get("permalink") or said.get("url") or "")
        pattern = (
            self.pattern(own) if not given else Pattern(given, Span(path, 1)) if self.suffix and ":" in given else None
        )
        low = sanitized(own) if self.lower else own
        if pattern:
            yield filled(pattern.text, Values(own, said or fields(path, body, reads), jekyll=bool(self.suffix))) or ""
        elif not (is_head(own) or given):
            yield f"{low}.html" if self.html or self.suffix == ".html" else clean(f"/{low}") if low != own else ""

    def pattern(self, own: str) -> Pattern | None:
        """The pattern by which the address of a page is made."""
        if self.posts and POST.fullmatch(own):
            return self.posts
        if posixpath.basename(own) == "_index":
            return None
        return self.sections.get(own.partition("/")[0]) if "/" in own else None


def is_head(own: str) -> bool:
    """Whether a page is the one of its folder, which has the folder's address with all tools."""
    return posixpath.basename(own).lower() in {"index", "_index", "readme"}


NO_WAYS = Ways()


def of(root: Path, dialect: Iterable[str]) -> Ways:
    """How the tool of a site makes addresses, as its settings say beside `pyproject.toml`."""
    names = frozenset(dialect)
    files = (*((*HUGOS, *OF_HUGO) if "hugo" in names else ()), *(JEKYLLS if "jekyll" in names else ()))
    ways = of_tool(root, names)
    return replace(ways, findings=(*unreadable(root, files), *ways.findings))


def of_tool(root: Path, names: frozenset[str]) -> Ways:
    """The same, of the first tool that the settings name."""
    if "hugo" in names:
        return of_hugo(root)
    if "jekyll" in names:
        return of_jekyll(root)
    if "docusaurus" in names:
        return Ways(numbered=True, route=route(root))
    if names & {"starlight", "zola"}:
        return Ways(lower=True)
    folders = re.search(r"^use_directory_urls[ \t]*:[ \t]*false\b", written(root, MKDOCS), re.M | re.I)
    return Ways(html=bool(names & IN_HTML or ("mkdocs" in names and folders)))


def route(root: Path) -> str:
    """Below which folder Docusaurus has its pages: `docs`, if nothing else is said; "" where nobody knows."""
    text = next((text for name in CONFIGS if (text := written(root, name))), "")
    text = SAID.sub(lambda found: found[0] if found["text"] is not None else " ", text)
    found = DOCS.search(text)
    if not found or found["off"]:
        return ""
    said = ROUTE.search(braced(text, found.end()))
    return f"/{said['path'].strip('/')}".rstrip("/") if said else "/docs"


def braced(text: str, at: int) -> str:
    """What stands between the next brace and the one that ends it."""
    depth = 0
    for one in re.compile(r"[{}]").finditer(text, at):
        depth += 1 if one[0] == "{" else -1
        if depth <= 0:
            return text[at : one.end()]
    return text[at:]


def of_hugo(root: Path) -> Ways:
    """Hugo's, as one of its files of settings has them."""
    sections: dict[str, Pattern] = {}
    wrong: list[Finding] = []
    ugly = False
    for name in (*HUGOS, *OF_HUGO):
        text = written(root, name)
        whole = name in OF_HUGO
        if not (whole and text) and not re.search(r"\b(?:permalinks|uglyURLs)\b", text, re.I):
            continue
        try:
            data = {"permalinks": loaded(name, text)} if whole else lowered(loaded(name, text))
        except LockstepError as problem:
            wrong.append(unread(name, problem))
            continue
        table = data.get("permalinks")
        for section, said in every(lowered(table).items() if isinstance(table, dict) else ()):
            pattern = Pattern(said, Span(name, line_of(text, said)))
            sections.setdefault(section.strip("/"), pattern)
            wrong += unknown(pattern, IN_HUGO)
        ugly = ugly or str(data.get("uglyurls")).lower() == "true"
    return Ways(html=ugly, lower=True, sections=sections, findings=tuple(wrong))


def every(items: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """The patterns of pages by folder: said at once, or in a table for pages."""
    for section, said in items:
        if isinstance(said, str):
            yield section, str(said)
        elif section == "page" and isinstance(said, dict):
            yield from ((name, str(one)) for name, one in said.items() if isinstance(one, str))


def lowered(data: Mapping[str, Any]) -> dict[str, Any]:
    """A table by its keys in lower case, as Hugo reads it."""
    return {name.lower(): value for name, value in data.items()}


def loaded(name: str, text: str) -> Mapping[str, Any]:
    """What a file of settings says. Raises LockstepError."""
    if name.endswith(".toml"):
        value = toml.read(Path(name), text).value
    elif name.endswith(".json"):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as problem:
            raise LockstepError("not valid JSON", path=name, line=getattr(problem, "lineno", 1)) from problem
    else:
        value = yaml.load(name, text if name in OF_HUGO else blocks(text))
    return value if isinstance(value, dict) else {}


BLOCK = re.compile(
    r"^([\"']?)(?:permalinks?|collections|defaults|uglyURLs)\1[ \t]*:[^\n]*\n(?:[ \t\]}-][^\n]*\n|\n|#[^\n]*\n)*",
    re.M | re.I,
)
"""What is read of settings in YAML: the rest may have what is refused here."""


def blocks(text: str) -> str:
    """The settings that are read, each on its line, and nothing of the others."""
    made, at = "", 0
    for one in BLOCK.finditer(text := f"{text}\n"):
        made += "\n" * text.count("\n", at, one.start()) + one[0]
        at = one.end()
    return made


def of_jekyll(root: Path) -> Ways:
    """Jekyll's, as its settings have them."""
    name = next((name for name in JEKYLLS if written(root, name)), JEKYLLS[0])
    text = written(root, name)
    try:
        data = loaded(name, text) if re.search(r"\bpermalink\b", text) else {}
    except LockstepError as problem:
        return Ways(suffix=".html", findings=(unread(name, problem),))
    style = str(data.get("permalink") or "date")
    pattern = STYLES.get(style, style)
    sections = {}
    wrong: list[Finding] = []
    for folder, said in lowered(table(data.get("collections"))).items():
        if made := str(table(said).get("permalink") or ""):
            sections[folder] = Pattern(STYLES.get(made, made), Span(name, line_of(text, made)))
            wrong += unknown(sections[folder], IN_JEKYLL)
    for one in data.get("defaults") or () if isinstance(data.get("defaults"), list) else ():
        if made := str(table(table(one).get("values")).get("permalink") or ""):
            what = f"The pattern `{made}` of `defaults` is not read: pages are led to from no address by it. Give those that others link to their old address as `aliases`."
            wrong.append(Finding("link", Level.WARNING, what, Span(name, line_of(text, made))))
    posts = Pattern(pattern, Span(name, line_of(text, style)))
    wrong += unknown(posts, IN_JEKYLL)
    suffix = "/" if pattern.endswith("/") else ".html" if pattern.endswith((".html", ":output_ext")) else "none"
    return Ways(sections=sections, posts=posts, suffix=suffix, findings=tuple(wrong))


def table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def line_of(text: str, said: str) -> int:
    """The line on which a text stands, the first if it does not."""
    return text.count("\n", 0, max(text.find(said), 0)) + 1


def unread(name: str, problem: LockstepError) -> Finding:
    """That settings cannot be read."""
    what = f"The addresses of pages in these settings are not read, since {problem.what}. Correct it; or give pages that others link to their old address as `aliases`."
    return Finding("link", Level.WARNING, what, Span(name, problem.line or 1))


def unknown(pattern: Pattern, known: frozenset[str]) -> Iterator[Finding]:
    """What of a pattern nobody here reads."""
    names = [f":{one['name']}" for one in TOKEN.finditer(pattern.text) if one["name"] not in known]
    if names:
        what = f"The pattern `{pattern.text}` has {names[0]}, which is not read: no page is led to from an address by it. Give those that others link to their old address as `aliases`."
        yield Finding("link", Level.WARNING, what, pattern.span)


MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
DATED = frozenset("year month monthname day weekday weekdayname yearday short_year i_month i_day y_day week short_day long_month short_month".split())  # noqa: SIM905 # fmt: skip
IN_HUGO = frozenset("year month monthname day weekday weekdayname yearday section sections title slug filename contentbasename slugorfilename slugorcontentbasename".split())  # noqa: SIM905 # fmt: skip
IN_JEKYLL = frozenset("year month day short_year i_month i_day y_day week short_day long_month short_month title slug categories collection path name basename output_ext".split())  # noqa: SIM905 # fmt: skip


@dataclass(frozen=True)
class Values:
    """What the words of a pattern stand for on one page."""

    own: str
    data: Mapping[str, Any]
    jekyll: bool

    @property
    def name(self) -> str:
        """What the file is called; a page of a folder as the folder."""
        last = posixpath.basename(self.own)
        last = posixpath.basename(posixpath.dirname(self.own)) if last == "index" else last
        return POST.sub(r"\g<name>", self.own) if self.jekyll and POST.fullmatch(self.own) else last

    @property
    def folders(self) -> list[str]:
        above = posixpath.dirname(self.own)
        return (posixpath.dirname(above) if posixpath.basename(self.own) == "index" else above).split("/")

    @property
    def day(self) -> datetime.date | None:
        """The day of the page: what it says, else what its name begins with."""
        named = POST.fullmatch(self.own) if self.jekyll else None
        found = re.match(r"(\d{4})-(\d\d?)-(\d\d?)", str(self.data.get("date") or (named["day"] if named else "")))
        with suppress(ValueError):
            return datetime.date(*map(int, found.groups())) if found else None
        return None

    def said(self, key: str) -> str:
        value = self.data.get(key)
        return str(value).strip() if isinstance(value, str) else ""

    def of(self, name: str) -> str | None:
        """What one word stands for; None where nobody knows."""
        if name in DATED:
            return of_day(name, self.day, jekyll=self.jekyll) if self.day else None
        slug, title = self.said("slug"), self.said("title")
        if self.jekyll:
            return {
                "title": slug or self.name,
                "slug": slug or self.name,
                "categories": "/".join(self.categories),
                "collection": self.folders[0],
                "path": self.own.partition("/")[2],
                "name": self.name,
                "basename": self.name,
                "output_ext": ".html",
            }.get(name)
        return {
            "section": self.folders[0],
            "title": title or self.name,
            "slug": slug or title or self.name,
            "filename": self.name,
            "contentbasename": self.name,
            "slugorfilename": slug or self.name,
            "slugorcontentbasename": slug or self.name,
        }.get(name)

    @property
    def categories(self) -> list[str]:
        """The categories of a post: the folders that it is in, and those that it says."""
        post = POST.fullmatch(self.own)
        inner = [one for one in (post["folder"] if post else "").split("/") if one and one != "posts"]
        said = self.data.get("categories") or self.data.get("category") or []
        more = said.split() if isinstance(said, str) else [str(one) for one in said] if isinstance(said, list) else []
        return [one.strip().lower().replace(" ", "-") for one in (*inner, *more)]


def of_day(name: str, day: datetime.date, *, jekyll: bool) -> str:
    """A word of a pattern that stands for a part of a day."""
    _, week, weekday = day.isocalendar()
    return {
        "year": f"{day.year:04}",
        "short_year": f"{day.year % 100:02}",
        "month": f"{day.month:02}",
        "i_month": f"{day.month}",
        "monthname": MONTHS[day.month - 1],
        "long_month": MONTHS[day.month - 1].title(),
        "short_month": MONTHS[day.month - 1][:3].title(),
        "day": f"{day.day:02}",
        "i_day": f"{day.day}",
        "weekday": f"{weekday % 7}",
        "weekdayname": DAYS[weekday - 1],
        "short_day": DAYS[weekday - 1][:3].title(),
        "yearday": f"{day.timetuple().tm_yday}",
        "y_day": f"{day.timetuple().tm_yday:03}",
        "week": f"{week:02}",
    }[name]


def filled(pattern: str, values: Values) -> str | None:
    """The address that a pattern makes for a page; None where something of it is not known."""
    parts: list[str] = []
    last = 0
    for one in TOKEN.finditer(pattern):
        value = sections(one, values) if one["name"] == "sections" else values.of(one["name"])
        if value is None:
            return None
        parts += [pattern[last : one.start()], value if values.jekyll else sanitized(value)]
        last = one.end()
    made = "".join((*parts, pattern[last:]))
    return clean(f"/{made if values.jekyll else made.lower()}")


def sections(one: re.Match[str], values: Values) -> str | None:
    """The folders of a page that Hugo's `:sections` stands for: all, one, or some."""
    if values.jekyll:
        return None
    every = values.folders
    if one["from"] is None:
        return "/".join(every)
    first = len(every) - 1 if one["from"] == "last" else int(one["from"] or 0)
    return "/".join(every[first : int(one["to"]) if one["to"] else None] if one["colon"] else every[first : first + 1])


def sanitized(name: str) -> str:
    """A name as Hugo has it in an address: in lower case, with hyphens for white space, without what stands for something there."""
    low = re.sub(r"\s+", "-", normalized("NFC", name).strip().lower())
    return re.sub(r"[^\w./+~#@-]", "", low.replace("#", ""))


def fields(path: str, body: bytes, reads: frozenset[str]) -> Mapping[str, Any]:
    """The values of a front matter; none where it cannot be read."""
    with suppress(LockstepError):
        return front_matter.split(path, decoded(body, path).replace("\r\n", "\n"), reads)[0]
    return {}


def base(root: Path, dialect: Iterable[str]) -> str:
    """The path under which a site was published with its tool (`/docs`, or ""): links on it may begin so."""
    for name in dialect:
        files, looks = BASES.get(name, ((), None))
        for file in files:
            if looks and (found := under(looks, written(root, file))):
                return found
    return ""


def under(looks: re.Pattern[str], text: str) -> str:
    """The path of an address in the settings of a tool (`/docs`, or "")."""
    found = looks.search(text)
    with suppress(ValueError):
        return posixpath.normpath(f"/{urlsplit(found['to']).path}".replace("//", "/")).rstrip("/") if found else ""
    return ""
