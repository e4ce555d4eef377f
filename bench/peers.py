"""The tools people would pick instead, over the same files, in the same rounds. One that is not there is a line that says so.

They are looked for in .nox/bench (which the nox session makes) and then on the PATH. None of them is used by the program itself.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bench import measure
from bench.measure import Cost
from bench.product import REPO, Bench

PROGRAMS = REPO / ".nox/bench" / ("Scripts" if os.name == "nt" else "bin")
Words = list[str | Path]
HUGO = """\
baseURL = "https://example.org/"
title = "bench"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "section"]
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
[markup.goldmark.renderer]
unsafe = true
[languages]
"""
HUGO_PAGE = """\
<!doctype html>
<html lang="{{ .Site.Language.Lang }}">
<head><meta charset="utf-8"><title>{{ .Title }}</title><meta name="description" content="{{ .Params.description }}">
{{ range .Translations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .RelPermalink }}">{{ end }}</head>
<body>{{ partialCached "menu.html" . .CurrentSection.Path .Site.Language.Lang }}<main>{{ .Content }}</main></body>
</html>
"""
HUGO_MENU = '<nav><ul>{{ range .CurrentSection.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav>\n'
SPHINX = (
    'extensions = ["myst_parser"]\nmyst_enable_extensions = ["colon_fence", "deflist"]\nsuppress_warnings = ["*"]\n'
)


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool and the stage it stands beside; `commands` are run one after the other, in an empty folder where it is `cold`."""

    name: str
    beside: str
    tool: str
    commands: Callable[[Bench, Path], Iterable[Words]]
    cold: bool = True


def find(tool: str) -> Path | None:
    """Where a tool is: the interpreter that has the peers' libraries, a program of .nox/bench, or one on the PATH."""
    if tool == "hugo":  # the package's own program is a Python script that starts this one
        for path in sorted(PROGRAMS.parent.glob("lib/python*/site-packages/hugo/binaries/hugo")):
            return path
    found = shutil.which(tool, path=PROGRAMS) or (sys.executable if tool == "python" else shutil.which(tool))
    return Path(found) if found else None


def version(tool: str) -> str:
    """What a tool says of its version, on one line."""
    if tool == "python":
        words: Words = [
            find(tool) or "",
            "-c",
            "from importlib.metadata import version as v; print('Babel', v('babel'), '· polib', v('polib'))",
        ]
    else:
        words = [find(tool) or "", "version" if tool == "hugo" else "--version"]
    said = measure.run(words, cwd=REPO / "bench").said.strip().splitlines()
    return said[0][:60] if said else "?"


def prepare(bench: Bench, locales: Iterable[str]) -> None:
    """Lay the site's English out for those that build pages: a copy for each language, Markdown as it is."""
    home, source = bench.root / "peers", bench.site / "source"
    pages = sorted(path.relative_to(source).as_posix() for path in source.rglob("*.md"))
    tags = ["en", *(name.replace("_", "-").lower() for name in locales)]
    hugo = "".join(
        f'[languages.{tag}]\ncontentDir = "content/{tag}"\nweight = {at}\n' for at, tag in enumerate(tags, 1)
    )
    layouts = {
        f"hugo/layouts/{name}": HUGO_PAGE for name in ("index.html", "_default/single.html", "_default/list.html")
    }
    po4a = f"[po4a_langs] {' '.join(tags[1:])}\n[po4a_paths] po4a/messages.pot $lang:po4a/$lang.po\n"
    po4a += "".join(f'[type: text] ../source/{page} $lang:po4a/$lang/{page} opt:"-k 0 -o markdown"\n' for page in pages)
    texts = {
        "hugo/hugo.toml": HUGO + hugo,
        "hugo/layouts/partials/menu.html": HUGO_MENU,
        **layouts,
        "po4a.cfg": po4a,
        "sphinx/conf.py": SPHINX,
    }
    for page in pages:
        text = (source / page).read_text("utf-8")
        texts[f"source/{page}"] = texts[f"sphinx/{page}"] = text
        at = page.removesuffix("index.md") + "_index.md" if Path(page).name == "index.md" else page
        texts |= {f"hugo/content/{tag}/{at}": text for tag in tags}
    for name, text in texts.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def snapshot(bench: Bench) -> None:
    """Keep the catalogs and the template as they are now, for those that read catalogs."""
    for path in catalogs(bench.site / "locale"):
        at = bench.root / "peers/locale" / path.relative_to(bench.site / "locale")
        at.parent.mkdir(parents=True)
        shutil.copy(path, at)
    shutil.copy(template(bench), bench.root / "peers/locale")


def catalogs(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/messages.po"))


def kept(bench: Bench) -> list[Path]:
    return catalogs(bench.root / "peers/locale")


def template(bench: Bench) -> Path:
    return bench.site / "locale/messages.pot"


def merged(bench: Bench, tool: Path) -> list[Words]:
    return [[tool, "-q", "--previous", "-o", os.devnull, path, template(bench)] for path in kept(bench)]


def library(name: str) -> Callable[[Bench, Path], list[Words]]:
    return lambda bench, tool: [[tool, REPO / "bench/libraries.py", name, template(bench), *kept(bench)]]


def extracted(bench: Bench, tool: Path) -> list[Words]:
    pages = sorted((bench.root / "peers/source").rglob("*.md"))
    return [[tool, "-f", "text", "-o", "markdown", *(word for page in pages for word in ("-m", page)), "-p", "out.pot"]]


def home(bench: Bench, name: str) -> Path:
    return bench.root / "peers" / name


def hugo(bench: Bench, tool: Path) -> list[Words]:
    return [
        [tool, "--quiet", "-s", home(bench, "hugo"), "-d", home(bench, "out"), "--cacheDir", home(bench, "out/cache")]
    ]


PEERS = (
    Peer("po4a-updatepo", "extract", "po4a-updatepo", extracted),
    Peer(
        "Sphinx with MyST, gettext",
        "extract",
        "sphinx-build",
        lambda bench, tool: [[tool, "-q", "-E", "-b", "gettext", home(bench, "sphinx"), "."]],
    ),
    Peer("msgmerge", "update, unchanged", "msgmerge", merged),
    Peer("Babel, Catalog.update", "update, unchanged", "python", library("babel")),
    Peer("polib, reading alone", "update, unchanged", "python", library("polib")),
    Peer(
        "pofilter",
        "check, cold",
        "pofilter",
        lambda bench, tool: [[tool, "--progress=none", "-i", home(bench, "locale"), "-o", "."]],
    ),
    Peer(
        "babel-lsp check",
        "check, cold",
        "babel-lsp",
        lambda bench, tool: [[tool, "check", "--exit-zero", "--ignore", "proj/unused-id", ".."]],
    ),
    Peer(
        "po4a: catalogs and pages",
        "build, cold",
        "po4a",
        lambda bench, tool: [[tool, "-q", "--no-backups", home(bench, "po4a.cfg")]],
    ),
    Peer("Hugo", "build, cold", "hugo", hugo),
    Peer("Hugo", "build, unchanged", "hugo", hugo, cold=False),
    Peer("msgmerge", "update, 10 % edited", "msgmerge", merged),
    Peer("Babel, Catalog.update", "update, 10 % edited", "python", library("babel")),
)


def run(peer: Peer, bench: Bench, limit: float) -> Cost | None:
    """What a peer costs; None where it is not installed. Each of its commands is stopped after `limit` seconds."""
    tool = find(peer.tool)
    if tool is None:
        return None
    room = home(bench, "out")
    if peer.cold:
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir()
    return measure.together([measure.run(words, cwd=room, limit=limit) for words in peer.commands(bench, tool)])
