"""`lockstep init`: a new site."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.verb import Verb
from pipeline.core.errors import LockstepError

if TYPE_CHECKING:
    from pipeline.commands.guess import Guess


def arguments(parser: ArgumentParser) -> None:
    """What only `init` takes."""
    parser.add_argument("dir", type=Path, metavar="DIR")
    parser.add_argument(
        "--locales",
        default="es",
        metavar="LIST",
        help="languages to translate into, with commas or behind DIR with spaces: es,zh_Hans,pt_BR (default: es)",
    )

    parser.add_argument(
        "--like",
        type=Path,
        metavar="SITE",
        help="the folder of the site that you have: its tool (MkDocs, Hugo, Docusaurus …) is found out, and the settings are written for "
        "it (default: DIR)",
    )


def run(arguments: Namespace) -> int:
    """Lay the site out, and say what was written and what comes next."""
    from pipeline.commands.guess import guess, in_html
    from pipeline.commands.init import DRIVER, lacking, lay_out
    from pipeline.commands.init import in_html as mapping
    from pipeline.core import clock, installed

    names = [name.strip() for name in arguments.locales.split(",") if name.strip()]
    if arguments.like and not arguments.like.is_dir():
        raise LockstepError("there is no such folder", path=arguments.like, todo="Give --like the folder of your site.")
    like = guess(arguments.like or arguments.dir)
    new = not (arguments.dir / "pyproject.toml").exists()
    html = in_html(arguments.like) if arguments.like and not like else ()
    made = lay_out(arguments.dir, names, clock.read(), like, html)
    for path in made:
        print(f"{arguments.dir / path}: written")
    for name, lines in lacking(arguments.dir).items():
        print(f"{arguments.dir / name} was there, and is left alone. Add to it:", *lines, sep="\n    ")
    if like:
        told(like, arguments.dir, new=new)
        for name, folder in like.elsewhere(names).items():
            print(
                f'Pages in {name} were below {folder}/, and are below {name.replace("_", "-")}/ here. To have the old addresses lead on, write into {arguments.dir / "pyproject.toml"}: [tool.lockstep.locale.{name}] former = "{folder}" (a line each).'
            )
    elif html and new:
        print(
            f"The pages of {arguments.like} are HTML: {arguments.dir / 'pyproject.toml'} has them read (lockstep-html)."
        )
    elif html:
        print(
            f"The pages of {arguments.like} are HTML. {arguments.dir / 'pyproject.toml'} was there: see that it has",
            mapping(html),
            sep="\n",
        )
    elif arguments.like:
        print(
            f"Nothing in {arguments.like} tells which tool its pages are of. If you know, name it in `dialect`: docs/settings.md of Lockstep"
        )
    if "noxfile.py" in made and installed.here_alone(folder := installed.source(elsewhere=True)):
        print(
            f"{arguments.dir / 'noxfile.py'} installs Lockstep from {folder}, which other machines do not have: {arguments.dir / 'README.md'} says what to write for them."
        )
    print(f"Next: lockstep update --root {arguments.dir} && lockstep build --root {arguments.dir}")
    print(f"Once in each clone:  {DRIVER}")
    return 0


def told(like: Guess, root: Path, *, new: bool) -> None:
    """Say what was guessed, why, and what to copy where."""
    from pipeline.commands.guess import written

    setting = f"dialect = {written(like.dialect)}"
    if new:
        print(f"The pages seem to be of {like.why}: {setting} is in {root / 'pyproject.toml'}.")
    else:
        print(f"The pages seem to be of {like.why}. {root / 'pyproject.toml'} was there: see that it has {setting}.")
    for folder, into in like.apart:
        print(
            f"Copy the English pages of {folder} into {root / 'source' / into}: no page has its place in a folder that begins with `_`."
        )
    if like.pages:
        other = "other " if like.apart else ""
        print(f"Copy the {other}English pages of {(like.folder / like.pages).resolve()} into {root / 'source'}.")
        if new and not (like.folder / like.pages / "index.md").exists():
            print(f"Remove {root / 'source/index.md'}, a sample: the first page of yours has another name.")
    for folder in like.beside:
        print(f"Copy the files of {folder} into {root / 'source'}, too: pages link to them from the root.")
    if like.sign.startswith("mkdocs.") and (like.folder / like.sign).resolve() != (root / "mkdocs.yml").resolve():
        print(
            f"Copy {like.folder / like.sign} to {root / 'mkdocs.yml'}: its nav is the order of the pages, its redirects are made, and what it excludes is not published."
        )
    for path in like.sidebars:
        print(f"Copy {path} to {root / path.name}: the order of the pages is read from it.")
    for path in like.tables:
        if path.resolve() != (root / path.name).resolve():
            print(f"Copy {path} to {root / path.name}: the redirects in it are made.")
    for path in like.makes:
        copy = root / (f".vitepress/{path.name}" if like.tool.dialect == "vitepress" else path.name)
        if path not in like.tables and path.resolve() != copy.resolve():
            print(
                f"Copy {path} to {copy}: which addresses pages had is read from it, and which pages are not published."
            )
    if like.under:
        print(f"Its pages are published below {like.under}/. Links that begin so are understood; if yours are to be there, too, let `url` in {root / 'pyproject.toml'} end with it.")  # fmt: skip
    if like.addresses:
        print(f"Pages have the addresses of their files: `{like.addresses}` of {like.folder / like.sign} is not read. Give a page that others link to its old address as `aliases`.")  # fmt: skip
    if like.tool.dialect in {"mkdocs", "mdbook"}:
        print(f"Copy what pages include from beside them into {root / 'includes'}, each folder under its own name.")


VERB = Verb(
    140,
    "init",
    "lay out a new site",
    "Makes DIR with settings, templates and a first page. Files that are there already are left alone.",
    run,
    arguments,
    rooted=False,
)
