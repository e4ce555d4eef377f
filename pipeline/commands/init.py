"""`lockstep init`: a new site from the same templates as the sample, its interface texts already translated where we have them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline import __version__
from pipeline.catalog import bundled, po_file
from pipeline.changes.merge import update as merged
from pipeline.commands.extract import extraction
from pipeline.commands.guess import Guess
from pipeline.commands.update import disclose
from pipeline.content.files import below
from pipeline.core import disk, inputs, installed, starter, tags
from pipeline.core.clock import Clock
from pipeline.core.errors import LockstepError
from pipeline.core.locales import NAME
from pipeline.project import project
from pipeline.site.publish import make_folder, remove

TEXTS = Path(__file__).parent / "new_site"
"""The files of a new site. What stands between two `@` in one of them is filled in."""


def text_of(file: str, **said: str) -> str:
    """One of the files of a new site, with what is `said` in its places."""
    return PLACES.sub(lambda place: said[place[1]], (TEXTS / file).read_text("utf-8"))


PLACES = re.compile(r"@(\w+)@")
FOR_GIT = {".gitignore": "gitignore", ".gitattributes": "gitattributes"}
"""The files that git reads, and the names by which they are shipped."""
HTML = """
[[tool.babel.mappings]]
method = "lockstep-html"
pattern = "source/**.@ending@"
keys = ["title", "description"]
"""


def in_html(endings: Sequence[str]) -> str:
    """The settings that have files with these endings read as pages in HTML."""
    return "".join(HTML.replace("@ending@", one) for one in endings)


MOVING = {
    "folder": "This is on one machine alone. Before somebody else makes the pages, or GitHub does, write the address of Lockstep's\n"
    "repository (`git+https://…`) as `LOCKSTEP` into `noxfile.py`; for one run, set the variable `LOCKSTEP`.",
    "address": "This is `LOCKSTEP` in `noxfile.py`. For another version, write its commit there; for one run, set the variable `LOCKSTEP`.",
    "index": "which is a name that a package index knows. Where yours does not, write the address of Lockstep's repository (`git+https://…`)\n"
    "or the folder of a checkout as `LOCKSTEP` into `noxfile.py`; for one run, set the variable `LOCKSTEP`.",
}
"""What the README says of where Lockstep is from, by what that is."""
SESSIONS = {
    "update": "bring every catalog into step with the English",
    "check": "report what is wrong",
    "build": "make the pages",
    "desk": "open the pages in a browser, to be translated where they stand",
    "serve": "show the pages in a browser, as they change",
    "status": "show what is translated",
    "impact": "say what edits of the English cost, before they are committed",
    "ci": "say whether this commit may be published, and every reason why not",
    "audit": "prove that every page says of itself what is so",
    "verify": "recompute reviews and recalls from the files",
    "extract": "collect the English messages",
    "add": "add a language: python3 noxfile.py -s add -- fr",
}
"""The sessions of a site's noxfile: verbs, and what they do."""
ELSEWHERE = """\
    # noxfile.py installs Lockstep from a folder of the machine on which this site was begun. GitHub's machines have no such folder:
    # write the address of Lockstep's repository here, and take off each `# `.
    # env:
    #   LOCKSTEP: git+https://ADDRESS-OF-ITS-REPOSITORY
"""
THIN = """\
{{# Ours as it is, and as it will be. {change}: docs/templates.md of Lockstep. #}}
{{% extends "lockstep/{name}" %}}
"""
STAGING = ".templates-new"
DRIVER = 'git config merge.lockstep.driver "lockstep merge-driver %O %A %B %P"'
"""What makes git merge catalogs by entry; git takes it from nobody's repository, so each person sets it once in each clone."""


def lay_out(
    root: Path, locales: Sequence[str], clock: Clock, like: Guess | None = None, html: Sequence[str] = ()
) -> list[str]:
    """Lay out a site in `root`, for pages that are `like` those of another tool, or have the endings `html`, and return the files
    written. What is there already is left alone."""
    for name in locales:
        if not NAME.match(name):
            raise LockstepError(
                f"{name!r} is not a locale name", todo="Write it as ll, ll_Scrp or ll_CC: es, zh_Hans, pt_BR."
            )
        if wrong := tags.unknown(name):
            raise LockstepError(
                f"{name!r}: {wrong[0]}", todo=f"{wrong[1]} One that CLDR lacks is named in the settings afterwards."
            )
        if name == "en":
            raise LockstepError("en is the language the site is written in", todo="List the translations only.")
    own = root.resolve().name.replace("-", " ").replace("_", " ").capitalize() or "Site"
    title = (like.title if like else "") or own
    quoted = ", ".join(f'"{name}"' for name in dict.fromkeys(locales))
    texts = {
        "pyproject.toml": text_of(
            "settings.toml",
            name=quote(root.resolve().name or "site"),
            locales=quoted,
            dialect=like.settings() if like else "",
            pages=patterns(like.endings if like else ()),
            html=in_html(["html"] if like and like.html else html),
        ),
        "source/site.yaml": text_of("site.yaml", title=quote(title)),
        "source/index.md": text_of("index.md"),
        "people.yaml": text_of("people.yaml"),
        ".github/CODEOWNERS": text_of("CODEOWNERS"),
        **{path: text_of(name) for path, name in FOR_GIT.items()},
        **programs(installed.source(elsewhere=True), plain(title)),
    }
    folders = {(root / path).parent for path in texts}
    beside = [one for folder in sorted(folders) for one in folder.glob(".*")]
    disk.tidied([*beside, *(root / path for path in below(root, "locale"))])
    made = [path for path, text in texts.items() if write(root / path, text.encode())]
    made += templates(root)
    made += interface(root, clock)
    return made


def programs(source: str, title: str) -> dict[str, str]:
    """The files of a site that say where Lockstep is installed from: this very one, as far as that can be said."""
    kind = "folder" if installed.here_alone(source) else "address" if source else "index"
    named = source or installed.PACKAGE
    sessions = "".join(f"    {json.dumps(verb)}: {json.dumps(about)},\n" for verb, about in SESSIONS.items())
    return {
        ".github/workflows/pages.yml": text_of("pages.yml", elsewhere=ELSEWHERE if kind == "folder" else ""),
        "README.md": text_of("readme.txt", title=title, source=printable(named), moving=MOVING[kind]),
        "noxfile.py": text_of(
            "noxfile.txt", source=repr(named), version=__version__, package=installed.PACKAGE, sessions=sessions
        ),
    }


def lacking(root: Path) -> dict[str, list[str]]:
    """The lines that files for git lack which were there before: without them what is built would be committed, and git would merge
    catalogs by lines."""
    found = {}
    for name, ours in FOR_GIT.items():
        there = (inputs.read(root, name) or b"").decode(errors="replace").split("\n")
        if some := [line for line in text_of(ours).splitlines() if line not in there]:
            found[name] = some
    return found


def patterns(endings: Sequence[str]) -> str:
    """Which files of source/ are pages: `.md`, and those of other endings."""
    some = [f"source/**.{one}" for one in ("md", *endings)]
    return json.dumps(some[0] if len(some) == 1 else some)


def quote(text: str) -> str:
    """`text` as a string that TOML and YAML read alike (that of JSON), a space for what cannot be printed."""
    return json.dumps(printable(text), ensure_ascii=False)


def printable(text: str) -> str:
    """A text on one line, a space for what cannot be printed."""
    return "".join(char if char.isprintable() else " " for char in text)


def plain(title: str) -> str:
    """A title on one line of Markdown."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|" else char if char.isprintable() else " " for char in title)


def write(path: Path, body: bytes) -> bool:
    """Write a file that is not there yet."""
    if path.exists():
        return False
    disk.replace(path, body, expected=None)
    return True


def templates(root: Path) -> Iterator[str]:
    """Copy the templates, all of them at once, unless the site has some. Raises LockstepError where the disk refuses."""
    source, target, staging = starter.home() / "templates", root / "templates", root / STAGING
    if target.exists():
        return
    try:
        with disk.locked(root):
            remove(staging)
            copied(source, staging)
            os.rename(staging, target)
            disk.sync_folder(root)
    except BaseException as problem:
        remove(staging)
        if not isinstance(problem, OSError):
            raise
        what = f"the templates could not be written: {problem.strerror or problem}"
        raise LockstepError(what, path=target, todo=disk.AGAIN) from problem
    yield "templates/"


def thin(ours: Path) -> str:
    """A template of a new site, which extends ours."""
    blocks = "{% block" in ours.read_text("utf-8")
    change = (
        "To change a part, write a block of it here" if blocks else "It has no blocks: to change it, copy ours here"
    )
    return THIN.format(name=ours.name, change=change)


def copied(source: Path, target: Path) -> None:
    """Lay out our templates in a place where nothing is, each as a file that extends ours, and what is static. On disk when this returns, its own name but for."""
    folders = [target]
    for folder in folders:
        make_folder(folder)
        for path in sorted((source / folder.relative_to(target)).iterdir()):
            here = target / path.relative_to(source)
            if path.is_dir():
                folders.append(here)
            else:
                ours = folder == target and path.suffix == ".html"
                disk.write_new(here, thin(path).encode() if ours else path.read_bytes())
    disk.sync_tree(target, folders)


def interface(root: Path, clock: Clock) -> Iterator[str]:
    """Give each new catalog the interface texts that we have in its language, and say in its ledger where they are from."""
    site = project.load(root.resolve(), clock)
    fresh = {name: found for name, found in site.catalogs.items() if found.body is None}
    step = extraction(site)
    for name, made in merged(step.template, fresh, site.settings, ours=bundled.texts).items():
        yield from disclose(site, name, made)
        if po_file.save(site.root, made):
            yield made.path
