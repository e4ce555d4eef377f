"""`lockstep init`: a new site from the same templates as the sample, its interface texts already translated where we have them."""

from __future__ import annotations

import json
import os
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

SETTINGS = """\
[project]
name = {name}
version = "0"

[tool.lockstep]
locales = [{locales}]
{dialect}# url = "https://example.org"   # where the site is published

# What is translated: also read by plain `pybabel extract -F pyproject.toml .`
[[tool.babel.mappings]]
method = "lockstep-markdown"
pattern = "source/**.md"
keys = ["title", "description"]

[[tool.babel.mappings]]
method = "lockstep-yaml"
pattern = "source/**.yaml"
keys = ["name", "tagline", "sample", "nav.label"]

[[tool.babel.mappings]]
method = "lockstep-template"
pattern = "templates/**.html"
"""
HTML = """
[[tool.babel.mappings]]
method = "lockstep-html"
pattern = "source/**.html"
keys = ["title", "description"]
"""
SITE = "name: {title}\n"
PAGE = """\
---
title: Welcome
description: The first page of this site.
---

# Welcome

Write your pages here, in `source/`. Then run `lockstep update` and `lockstep build`.
"""
IGNORE = (
    "/dist\n/.nox\n/.dist-new\n/.dist-old\n/dist-shard-*\n/check-shard-*\n/.dist-shard-*\n/.check-shard-*\n/.templates-new\n/.lockstep/\n"
    ".*.lockstep-new\n.*.lockstep-swap\n*.mo\n"
)
ATTRIBUTES = """\
*.po -text merge=lockstep
*.pot -text merge=lockstep
locale/**/*.jsonl -text merge=union
locale/places.txt -text
"""
PEOPLE = """\
# Who may say what: the people whose signatures, acceptances and decisions count. Where two people are needed (ending a recall,
# lowering a critical edit) only those who are listed here are counted. For what nobody is listed, anybody may speak.
#
# people:
#   - name: Ana Ruiz
#     roles: [translator, reviser]
#     may: [accept, decide, recall]
#     languages: [es]
#     emails: [ana@example.org]
people: []
"""
OWNERS = """\
# Translators write catalogs and nothing else. Put your own teams here, take off the `# ` and protect the main branch
# ("Require review from Code Owners"); the last line that fits decides. See docs/ci.md of Lockstep, "Who may do what".
# /locale/                         @your-org/maintainers
# /locale/*/LC_MESSAGES/           @your-org/translators
# /locale/*/reviews.jsonl          @your-org/reviewers
# /people.yaml                     @your-org/maintainers
# /pyproject.toml                  @your-org/maintainers
# /templates/                      @your-org/maintainers
# /source/                         @your-org/editors
"""
README = """\
# {title}

Pages that are written in English in `source/`, translated in `locale/` and published from `dist/`, with Lockstep.

```sh
python3 noxfile.py                    # updates the catalogs, checks them, and makes the pages
python3 noxfile.py -s desk            # opens the pages in a browser, to be translated where they stand
python3 noxfile.py -s ci              # may this be published? Every reason why not
python3 noxfile.py -s add -- fr       # adds a language
python3 noxfile.py -l                 # the others
```

You need Python 3.11 or newer with pip and venv (Debian and Ubuntu: `apt install python3-venv`). The first run makes a private
environment in `.nox/`, and installs Lockstep there from

    {source}

{moving}

| folder | who |
|---|---|
| `source/` | editors: one file a page, `site.yaml` for what pages share |
| `locale/` | translators: one catalog a language |
| `templates/` | designers: each file extends one of Lockstep's and changes blocks of it |
"""
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
NOXFILE = '''\
"""Makes the pages of this site: `python3 noxfile.py`, or `nox` where that is installed."""

import os
import re
import subprocess
import sys
from pathlib import Path

LOCKSTEP = {source}
"""Where Lockstep is installed from: the folder of a checkout, an address (git+https://…), or a name that a package index knows
({package}=={version}). The variable LOCKSTEP of the environment goes before it."""
WANTED = os.environ.get("LOCKSTEP") or LOCKSTEP
ELSEWHERE = """Write where yours is from as LOCKSTEP into noxfile.py, or set the variable LOCKSTEP:
  LOCKSTEP=/path/to/a/checkout python3 noxfile.py
  LOCKSTEP=git+https://ADDRESS-OF-ITS-REPOSITORY python3 noxfile.py"""
ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".nox" / "site"
PROGRAMS = HOME / ("Scripts" if os.name == "nt" else "bin")
SESSIONS = {{
{sessions}}}
FIRST = ["update", "check", "build"]


def asked(wanted):
    """What pip is asked for: what is wanted, with what the desk needs where nothing is said of extras."""
    place, extras = re.fullmatch(r"(.*?)(\\[[^\\[\\]]*\\])?", wanted).groups()
    folder = ROOT / Path(place).expanduser()
    if folder.is_dir():
        return ["--editable", f"{{folder}}{{extras or '[desk]'}}"]
    if os.path.isabs(place) and not folder.exists():
        sys.exit(f"Lockstep is to be installed from {{place}}, which is not on this machine.\\n{{ELSEWHERE}}")
    if "[" in wanted or " @ " in wanted:
        return [wanted]
    if "://" in wanted:
        return [f"{package}[desk] @ {{wanted}}"]
    return [f"{{wanted}}[desk]" if folder.exists() else re.sub(r"^[\\w.-]+", r"\\g<0>[desk]", wanted)]


def environment():
    """Make the environment .nox/site, unless it is there and has what is wanted."""
    made, packages = HOME / "made-from", asked(WANTED)
    if made.exists() and made.read_text() == WANTED:
        return
    print("Making the environment .nox/site (once) …", file=sys.stderr, flush=True)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(HOME)], stdout=sys.stderr):
        sys.exit(f"{{sys.executable}} cannot make an environment (why is above). Debian and Ubuntu: apt install python3-venv")
    step = [str(PROGRAMS / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    done = subprocess.run(step, stdout=sys.stderr, stderr=subprocess.PIPE, text=True)
    print(done.stderr, end="", file=sys.stderr)
    if done.returncode and "No matching distribution found for {package}" in done.stderr:
        sys.exit(f"Your package index has no {{WANTED}}.\\n{{ELSEWHERE}}")
    if done.returncode:
        sys.exit(f"Lockstep could not be installed from {{WANTED}}: why is above, in the words of pip. The step was\\n  {{' '.join(step)}}")
    made.write_text(WANTED)


def lockstep(verb, words):
    """Run a verb of Lockstep on this site; 0 where all is well."""
    environment()
    return subprocess.call([str(PROGRAMS / "lockstep"), verb, "--root", str(ROOT), *words])


if __name__ == "__main__":
    names, words = sys.argv[1:], []
    if "--" in names:
        names, words = names[: names.index("--")], names[names.index("--") + 1 :]
    if names[:1] == ["-l"]:
        print(*(f"{{name:8}} {{about}}" for name, about in SESSIONS.items()), sep="\\n")
        sys.exit()
    names = [name for name in names if name != "-s"] or FIRST
    if unknown := [name for name in names if name not in SESSIONS]:
        sys.exit(
            f"There is no session {{unknown[0]}}. The sessions are: {{', '.join(SESSIONS)}}.\\n"
            f"All else that Lockstep does: {{PROGRAMS / 'lockstep'}} --help"
        )
    sys.exit(max([lockstep(name, words) for name in names]))

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = FIRST


def session(verb, about):
    def run(session):
        if code := lockstep(verb, session.posargs):
            session.error(f"lockstep {{verb}} ended with exit code {{code}}")

    run.__doc__ = f"{{about[0].upper()}}{{about[1:]}}."
    nox.session(run, name=verb)


for one in SESSIONS.items():
    session(*one)
'''
WORKFLOW = """\
# Says of every commit whether its pages may be published, and why not. See docs/ci.md of Lockstep.
name: pages
on:
  push:
    branches: [main]
  pull_request:
  schedule:
    - cron: "17 5 * * *"      # some days of grace end without a commit
jobs:
  pages:
    runs-on: ubuntu-latest
{elsewhere}    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0      # what merges did to the catalogs is told by their history
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: May this be published?
        run: python noxfile.py -s ci -- --format github --report "markdown=$GITHUB_STEP_SUMMARY"
      - name: What the edits of this pull request cost
        if: "!cancelled() && github.event_name == 'pull_request'"
        run: python noxfile.py -s impact -- --base "origin/$GITHUB_BASE_REF" --format markdown >> "$GITHUB_STEP_SUMMARY"
      - name: The pages all the same, to be looked at
        if: failure()
        run: python noxfile.py -s build
      - uses: actions/upload-artifact@v4
        if: "!cancelled()"
        with:
          name: preview       # a zip: unpack it and open index.html
          path: dist
      # To publish on GitHub Pages: choose "GitHub Actions" in Settings > Pages > Source, and take off each `# ` below.
      # - uses: actions/upload-pages-artifact@v3
      #   if: github.ref == 'refs/heads/main'
      #   with:
      #     path: dist
  # publish:
  #   needs: pages              # a red run publishes nothing
  #   if: github.ref == 'refs/heads/main'
  #   runs-on: ubuntu-latest
  #   permissions:
  #     pages: write
  #     id-token: write
  #   environment:
  #     name: github-pages
  #   steps:
  #     - uses: actions/deploy-pages@v4
"""
ELSEWHERE = """\
    # noxfile.py installs Lockstep from a folder of the machine on which this site was begun. GitHub's machines have no such folder:
    # write the address of Lockstep's repository here, and take off each `# `.
    # env:
    #   LOCKSTEP: git+https://ADDRESS-OF-ITS-REPOSITORY
"""
THIN = """\
{{# Ours as it is, and as it will be. To change a part, write a block of it here: docs/templates.md of Lockstep. #}}
{{% extends "lockstep/{name}" %}}
"""
STAGING = ".templates-new"
DRIVER = 'git config merge.lockstep.driver "lockstep merge-driver %O %A %B %P"'
"""What makes git merge catalogs by entry; git takes it from nobody's repository, so each person sets it once in each clone."""


def lay_out(root: Path, locales: Sequence[str], clock: Clock, like: Guess | None = None) -> list[str]:
    """Lay out a site in `root`, for pages that are `like` those of another tool, and return the files written. What is there already
    is left alone."""
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
    title = root.resolve().name.replace("-", " ").replace("_", " ").capitalize() or "Site"
    quoted = ", ".join(f'"{name}"' for name in dict.fromkeys(locales))
    texts = {
        "pyproject.toml": SETTINGS.format(
            name=quote(root.resolve().name or "site"),
            locales=quoted,
            dialect=like.settings() if like else "",
        ).replace('"source/**.md"', patterns(like.endings if like else ()), 1)
        + (HTML if like and like.html else ""),
        "source/site.yaml": SITE.format(title=quote(title)),
        "source/index.md": PAGE,
        ".gitignore": IGNORE,
        ".gitattributes": ATTRIBUTES,
        "people.yaml": PEOPLE,
        ".github/CODEOWNERS": OWNERS,
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
        ".github/workflows/pages.yml": WORKFLOW.format(elsewhere=ELSEWHERE if kind == "folder" else ""),
        "README.md": README.format(title=title, source=printable(named), moving=MOVING[kind]),
        "noxfile.py": NOXFILE.format(
            source=repr(named), version=__version__, package=installed.PACKAGE, sessions=sessions
        ),
    }


def lacking(root: Path) -> dict[str, list[str]]:
    """The lines that files for git lack which were there before: without them what is built would be committed, and git would merge
    catalogs by lines."""
    found = {}
    for name, text in {".gitignore": IGNORE, ".gitattributes": ATTRIBUTES}.items():
        there = (inputs.read(root, name) or b"").decode(errors="replace").split("\n")
        if some := [line for line in text.splitlines() if line not in there]:
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
                disk.write_new(here, THIN.format(name=path.name).encode() if ours else path.read_bytes())
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
