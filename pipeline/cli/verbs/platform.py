"""`lockstep platform`: what a translation platform has to be told of this site."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.verb import Verb, project_of

NAMES = "weblate", "pontoon", "crowdin", "transifex"


def arguments(parser: ArgumentParser) -> None:
    """What only `platform` takes."""
    parser.add_argument("platform", choices=NAMES, metavar="NAME", help=", ".join(NAMES))


def run(arguments: Namespace) -> int:
    """Print the file."""
    from pipeline.commands.platform import PLATFORMS

    print(PLATFORMS[arguments.platform](project_of(arguments).settings), end="")
    return 0


VERB = Verb(
    145,
    "platform",
    "print the file that Weblate, Pontoon, Crowdin or Transifex reads of this site",
    "It says where the catalogs and their template are, and in which languages. What only you know (the repository's\n"
    "address, a project's number) is left for you. See docs/platforms.md of Lockstep.",
    run,
    arguments,
)
