"""Which tool a site is of, by the files that lie beside its pages: so that nobody has to find out what `dialect` is."""

from __future__ import annotations

import contextlib
import json
import os
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.commands import spelt
from pipeline.content.files import JEKYLLS, is_headed
from pipeline.content.order import SIDEBARS
from pipeline.content.tool_addresses import BASES, OF_HUGO, under
from pipeline.core import disk, inputs, toml
from pipeline.core.errors import LockstepError
from pipeline.core.model import HTML_FILES
from pipeline.project import project as projects
from pipeline.project.project import Project

SETTINGS = "pyproject.toml"


class Tool(NamedTuple):
    """A tool: its name, its dialect, the files that tell of it, what one of these has to say (anything), where its pages usually are,
    the endings of its pages beside `.md`, and the keys of front matter that it reads and in which no words for readers are."""

    name: str
    dialect: str
    files: tuple[str, ...]
    says: str = ""
    pages: tuple[str, ...] = ("docs",)
    endings: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


HUGO = ("date", "lastmod", "tags", "categories", "author*", "type", "layout", "menu*", "toc*", "book*", "no_list", "params", "cascade", "images", "resources")  # fmt: skip
SCRIPTS = ("js", "ts", "mjs", "cjs", "mts")
TOOLS = (
    Tool("MkDocs", "mkdocs", ("mkdocs.yml", "mkdocs.yaml"), keys=("hide", "icon", "tags", "template", "status", "search", "date", "authors", "categories", "social", "pin")),
    Tool(
        "Docusaurus",
        "docusaurus",
        tuple(f"docusaurus.config.{one}" for one in SCRIPTS),
        pages=("docs", "../docs"),
        endings=("mdx",),
        keys=("id", "sidebar_class_name", "sidebar_custom_props", "sidebar_key", "pagination_next", "pagination_prev", "hide_*", "toc_*", "custom_edit_url", "image", "keywords", "tags", "displayed_sidebar"),
    ),
    Tool(
        "Starlight",
        "starlight",
        tuple(f"astro.config.{one}" for one in SCRIPTS),
        "starlight",
        ("src/content/docs",),
        ("mdx",),
        ("template", "tableOfContents", "lastUpdated", "head", "editUrl", "pagefind"),
    ),
    Tool(
        "Hugo",
        "hugo",
        (*(f"hugo.{one}" for one in ("toml", "yaml", "yml", "json")), "config/_default/hugo.toml", "config/_default/config.toml"),
        "",
        ("content/en", "content/english", "content"),
        keys=HUGO,
    ),
    Tool("Zola", "zola", ("config.toml",), r"(?m)^base_url[ \t]*=", ("content",), (), ("date", "updated", "path", "template", "page_template", "sort_by", "paginate*", "insert_anchor_links", "transparent", "in_search_index", "authors", "generate_feeds", "render", "taxonomies", "extra")),
    Tool("Hugo", "hugo", tuple(f"config.{one}" for one in ("toml", "yaml", "yml", "json")), r"(?im)^\W*(?:baseURL|languageCode|theme|module|markup)\b", ("content/en", "content"),
         keys=HUGO),
    Tool(
        "VitePress",
        "vitepress",
        tuple(f"{folder}.vitepress/config.{one}" for folder in ("", "docs/") for one in SCRIPTS),
        keys=("layout", "outline", "sidebar", "aside", "head", "lastUpdated", "editLink"),
    ),
    Tool(
        "Rspress",
        "rspress",
        tuple(f"rspress.config.{one}" for one in SCRIPTS),
        pages=("docs/en", "docs"),
        endings=("mdx",),
        keys=("pageType", "overview*", "sidebar", "outline", "footer", "hero", "features", "titleSuffix", "head", "context", "tag"),
    ),
    Tool("mdBook", "mdbook", ("book.toml",), "", ("src",), (), ("minutes", "target_minutes")),
    Tool("Quarto", "pandoc", ("_quarto.yml", "_quarto.yaml"), "", (".",), ("qmd",), ("format", "author*", "date", "toc*", "execute", "bibliography", "categories")),
    Tool("Mintlify", "mintlify", ("docs.json", "mint.json"), r"mintlify|\"navigation\"", (".",), ("mdx",), ("icon*", "mode", "api", "openapi", "og_*", "tag")),
    Tool("GitBook", "gitbook", (".gitbook.yaml", ".gitbook.yml"), "", (".",), (), ("icon", "layout", "cover*", "hidden")),
    Tool("Sphinx with MyST", "myst", ("conf.py", "docs/conf.py", "doc/conf.py", "docs/source/conf.py", "source/conf.py"), r"myst", ("docs", "docs/source", "source", ".")),
    Tool("Jekyll", "jekyll", ("_config.yml", "_config.yaml"), "", (".",), ("markdown",), ("layout", "tags", "categories", "date", "parent", "grand_parent", "has_children", "nav_exclude", "has_toc", "sidebar", "folder", "keywords", "last_updated", "search_exclude", "toc*")),
)  # fmt: skip
"""The tools that are told by a file, the surer ones first."""
STATIC = {
    "docusaurus": ("static",),
    "hugo": ("static",),
    "zola": ("static",),
    "starlight": ("public",),
    "vitepress": ("docs/public", "public"),
    "mintlify": ("public",),
}
"""Where the tools, by their dialects, have files that are published as they are."""
IN_HTML = frozenset(["hugo", "jekyll"])
"""Those of which an HTML file may be a page like any other."""
SPELT = frozenset(["markdown", "mdown", "mkd", "mdx"])
"""Other endings that pages in Markdown have."""
ADDRESSES = {"docusaurus": r"\btrailingSlash\b"}
"""What of a tool's settings makes addresses of pages that nobody makes here."""
MADE = {
    "hugo": r"^\W*(?i:permalinks|uglyURLs|ignoreFiles|cascade|buildFuture|buildExpired)\b",
    "jekyll": r"^(?:[ \t]*permalink|exclude|future)[ \t]*:",
    "docusaurus": r"\bdocs\s*:|plugin-content-docs|\bexclude\b",
    "vitepress": r"\bsrcExclude\b",
    "rspress": r"\bexclude\b",
    "zola": r"^ignored_content\b",
    "myst": r"\b(?:exclude|include)_patterns\b",
}
"""What of them makes addresses that are read (`content/tool_addresses`), or keeps pages from being published (`content/kept_back`)."""
TABLED = {
    "docusaurus": r"plugin-client-redirects",
    "mdbook": r"^\[output\.html\.redirect\]",
}
"""What of them has addresses that pages had, and is read (`content/redirect_tables`); MkDocs' settings are copied in any case."""
IN_YAML = r"^{}[ \t]*:[ \t]+(?:(?P<mark>[\"'])(?P<a>[^\"'\n]+)(?P=mark)|(?P<b>[^\s\"'#!&*|>\[{{][^\n#]*))"
IN_TOML = r"^{}[ \t]*=[ \t]*(?P<mark>[\"'])(?P<a>[^\"'\n\\]+)(?P=mark)"
IN_PROGRAM = r"\btitle[ \t]*:[ \t]*(?P<mark>[\"'`])(?P<a>[^\"'`\n\\$]+)(?P=mark)"
TITLES = {
    "mkdocs": (IN_YAML.format("site_name"),),
    "jekyll": (IN_YAML.format("title"),),
    "hugo": (IN_TOML.format("title"), IN_YAML.format("title")),
    "zola": (IN_TOML.format("title"),),
    "mdbook": (IN_TOML.format("title"),),
    "docusaurus": (IN_PROGRAM,),
    "vitepress": (IN_PROGRAM,),
    "rspress": (IN_PROGRAM,),
    "starlight": (IN_PROGRAM,),
    "myst": (IN_TOML.format("project"),),
}
"""How the tools, by their dialects, have the name of a site in their settings."""
APART = re.compile(r"(?:\A|/)(?:[._]|node_modules/)")
"""Where none of them is one: layouts, what is built, packages."""
NEAR = ("", "docs", "website", "site", "doc", "docs/en", "en", "website/en", "site/en")
"""Where in a repository the files of a tool may lie; the last of them where each language has its own."""


class Guess(NamedTuple):
    """What a site seems to be: the tool, the file that says so, the folder it is in, and the one of its pages, if there is one."""

    tool: Tool
    sign: str
    folder: Path
    pages: str
    other: str = ""
    """What speaks for another tool."""

    @property
    def dialect(self) -> tuple[str, ...]:
        """The setting that reads its pages."""
        return "common", self.tool.dialect

    @property
    def why(self) -> str:
        """What was guessed, and by what."""
        return f"{self.tool.name}, since {self.sign} is there" + (f" (as is {self.other})" if self.other else "")

    @property
    def beside(self) -> tuple[Path, ...]:
        """The folders of files that its pages link to from the root."""
        some = (self.folder / one for one in STATIC.get(self.tool.dialect, ()))
        return tuple(one for one in some if there(one.is_dir))

    @property
    def html(self) -> bool:
        """Whether some of its pages are HTML: those with front matter, as Hugo and Jekyll know them."""
        if self.tool.dialect not in IN_HTML or not self.pages:
            return False
        home = self.folder / self.pages
        some = (path for path in sorted(home.rglob("*.html")) if not APART.search(path.relative_to(home).as_posix()))
        return any(says(path, r"\A(?:---|\+\+\+)\r?\n") for path in some)

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of its pages beside `.md`: those that its tool knows, and those of Markdown that are there."""
        home, some = self.folder / self.pages, self.tool.endings
        if not self.pages or self.pages == ".":
            return some
        more = {path.suffix[1:] for path in home.rglob("*.*") if not APART.search(path.relative_to(home).as_posix())}
        return (*some, *sorted((more & SPELT) - {*some}))

    @property
    def apart(self) -> tuple[tuple[Path, str], ...]:
        """The folders of pages that Jekyll has set apart (`_docs`, `_posts`), each with where in `source/` its pages are found at
        their addresses there."""
        if self.tool.dialect != "jekyll":
            return ()
        names = sorted(path.name for path in self.folder.glob("_*") if there(path.is_dir) and path.name not in JEKYLLS)
        held = (
            name
            for name in names
            if any(headed(self.folder, path) for path in sorted((self.folder / name).rglob("*.*")))
        )
        return tuple((self.folder / name, "" if name == "_pages" else name.lstrip("_")) for name in held)

    @property
    def sidebars(self) -> tuple[Path, ...]:
        """The file with the order of its pages that Docusaurus reads."""
        some = (self.folder / name for name in SIDEBARS) if self.tool.dialect == "docusaurus" else ()
        return tuple(path for path in some if there(path.is_file))[:1]

    @property
    def addresses(self) -> str:
        """What its settings make addresses of pages by, which nobody here reads; "" for nothing."""
        return self.said(ADDRESSES.get(self.tool.dialect, "")).strip("[]: \t=")

    @property
    def makes(self) -> tuple[Path, ...]:
        """The files that say which addresses its pages had, or below which path, of those that are read here."""
        said = self.said(MADE.get(self.tool.dialect, "")) or self.under
        ours = [self.folder / self.sign] if said and self.tool.dialect != "mkdocs" else []
        more = (
            [self.folder / posixpath.dirname(self.sign) / name for name in OF_HUGO]
            if self.tool.dialect == "hugo"
            else []
        )
        return (*ours, *(path for path in more if there(path.is_file)))

    @property
    def title(self) -> str:
        """What its settings call the site; "" where that is not said in so many words."""
        for looks in TITLES.get(self.tool.dialect, ()):
            if found := re.search(looks, self.text, re.M):
                return (found["a"] or found.groupdict().get("b") or "").strip()
        return ""

    @property
    def under(self) -> str:
        """The path under which its pages are published (`/docs`), or ""."""
        _, looks = BASES.get(self.tool.dialect, ((), None))
        return under(looks, self.text) if looks else ""

    @property
    def tables(self) -> tuple[Path, ...]:
        """The files with the addresses that its pages had, of those that are read here."""
        ours = [self.folder / self.sign] if self.said(TABLED.get(self.tool.dialect, "")) else []
        places = (self.folder, *self.beside, *([self.folder / self.pages] if self.pages else []))
        lists = [path for path in dict.fromkeys(one / "_redirects" for one in places) if there(path.is_file)]
        return (*ours, *lists[:1])

    @property
    def text(self) -> str:
        """The settings of its tool; "" where nobody may read them."""
        try:
            return (inputs.plain(os.fspath(self.folder / self.sign), self.folder / self.sign) or b"").decode(
                errors="replace"
            )
        except LockstepError:
            return ""

    def said(self, looks: str) -> str:
        """What in the settings of its tool looks like something; "" for nothing."""
        found = re.search(looks, self.text, re.M) if looks else None
        return found[0] if found else ""

    def elsewhere(self, names: Sequence[str]) -> dict[str, str]:
        """The folders of languages, of those of the new site, that are spelt otherwise than here (`zh-cn`), by language: their pages were
        below these."""
        home = self.folder / (self.pages or ".")
        found: dict[str, str] = {}
        for above in dict.fromkeys((home, home.parent, self.folder, self.folder / "i18n", self.folder / "content")):
            for path in sorted(above.iterdir()) if there(above.is_dir) else ():
                name = spelt.locale(spelt.tag(path.name), tuple(names)) if there(path.is_dir) else ""
                if name and path.name.casefold() != name.replace("_", "-").casefold():
                    found.setdefault(name, path.name)
        return found

    def settings(self) -> str:
        """The lines for `[tool.lockstep]`."""
        lines = f"# Its pages seem to be of {self.why}. What that reads: docs/ecosystems.md of Lockstep.\ndialect = {written(self.dialect)}\n"
        if self.tool.keys:
            lines += f"# What {self.tool.name} reads of the front matter, and nobody here does.\nfront-matter = {written(self.tool.keys)}\n"
        return lines


def written(names: tuple[str, ...]) -> str:
    """A list of names in TOML."""
    return json.dumps(names)


def guess(folder: Path) -> Guess | None:
    """Which tool's a site is that lies in a folder, near it, or around it (where its pages alone are named); None where nothing tells."""
    home = folder.resolve()
    for top in (home, *[one for one in list(home.parents)[:3] if one != one.parent]):
        for near in NEAR if top == home else ("",):
            if found := [*told(top / near)]:
                other = next((one for one in found if one.tool.name != found[0].tool.name), None)
                return found[0]._replace(other=f"{other.sign} of {other.tool.name}" if other else "")
        if there((top / ".git").exists):
            break
    return None


def in_html(folder: Path) -> tuple[str, ...]:
    """The endings of the pages in HTML of a folder that are not fewer than those in Markdown; none where they are."""
    names = [path.name.lower() for path in folder.rglob("*.*") if not APART.search(path.relative_to(folder).as_posix())]
    some = [name.rpartition(".")[2] for name in names if name.endswith(HTML_FILES)]
    prose = sum(name.rpartition(".")[2] in SPELT | {"md"} for name in names)
    return tuple(sorted({*some})) if len(some) >= max(prose, 1) else ()


def told(folder: Path) -> Iterator[Guess]:
    """What the files of one folder tell."""
    for tool in TOOLS:
        for name in tool.files:
            if says(folder / name, tool.says):
                pages = next((one for one in tool.pages if there((folder / one).is_dir)), "")
                yield Guess(tool, name, folder, pages)


def headed(folder: Path, path: Path) -> bool:
    """Whether a file below a folder begins with front matter."""
    return there(path.is_file) and is_headed(folder, path.relative_to(folder).as_posix())


def there(look: Callable[[], bool]) -> bool:
    """What a look at a folder tells; False where nobody may look."""
    try:
        return look()
    except OSError:
        return False


def says(path: Path, what: str) -> bool:
    """Whether a file is there, and says something."""
    if not there(path.is_file):
        return False
    if not what:
        return True
    try:
        body = inputs.plain(os.fspath(path), path) or b""
    except LockstepError:
        return False
    return re.search(what, body.decode(errors="replace")) is not None


def fitted(project: Project, place: Path, *, write: bool) -> tuple[Project, Guess | None]:
    """A site whose settings name no dialect, as it is with that of the other site at `place`; and what was guessed, if anything.
    `write` puts it into the settings."""
    body = inputs.read(project.root, SETTINGS) or b""
    if "dialect" in ours(body.decode()):
        return project, None
    found = guess(place if there(place.is_dir) else place.parent)
    if found is None or found.folder == project.root.resolve():
        return project, None
    if write:
        disk.replace(project.root / SETTINGS, inserted(body.decode(), found).encode(), expected=body)
        return projects.load(project.root, project.clock, project.progress, project.store), found
    return Project(
        replace(project.settings, dialect=found.dialect), project.clock, project.progress, project.store
    ), found


def inserted(text: str, found: Guess) -> str:
    """A `pyproject.toml` with the settings for a tool, right below the head of `[tool.lockstep]`; all else stays as it stands."""
    lines, wanted = found.settings(), {"dialect": [*found.dialect], "front-matter": [*found.tool.keys]}
    if not found.tool.keys or "front-matter" in ours(text):
        lines = "".join(lines.splitlines(keepends=True)[:2])
        del wanted["front-matter"]
    if head := re.search(r"^\[tool\.lockstep\][^\n]*\n", text, re.M):
        made = text[: head.end()] + lines + text[head.end() :]
        with contextlib.suppress(LockstepError):
            if ours(made) == ours(text) | wanted:
                return made
    from pipeline.commands.add import said

    return said(text, wanted)


def ours(text: str) -> dict[str, Any]:
    """What a `pyproject.toml` says in `[tool.lockstep]`, however it is written there."""
    said: Any = toml.read(Path(SETTINGS), text).value
    found: dict[str, Any] = said.get("tool", {}).get("lockstep", {})
    return found
