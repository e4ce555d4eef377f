"""`lockstep init`: a new site."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.verb import Verb


def arguments(parser: ArgumentParser) -> None:
    """What only `init` takes."""
    parser.add_argument("dir", type=Path, metavar="DIR")
    parser.add_argument(
        "--locales",
        default="es",
        metavar="LIST",
        help="languages to translate into, with commas: es,zh_Hans,pt_BR (default: es)",
    )


def run(arguments: Namespace) -> int:
    """Lay the site out, and say what was written and what comes next."""
    from pipeline.commands.init import DRIVER, lay_out
    from pipeline.core import clock

    names = [name.strip() for name in arguments.locales.split(",") if name.strip()]
    made = lay_out(arguments.dir, names, clock.read())
    for path in made:
        print(f"{arguments.dir / path}: written")
    print(f"Next: lockstep update --root {arguments.dir} && lockstep build --root {arguments.dir}")
    print(f"Once in each clone:  {DRIVER}")
    return 0


VERB = Verb(
    140,
    "init",
    "lay out a new site",
    "Makes DIR with settings, templates and a first page. Files that are there already are left alone.",
    run,
    arguments,
    rooted=False,
)
