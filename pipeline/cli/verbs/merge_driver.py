"""`lockstep merge-driver`: what git calls to merge a catalog."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.verb import Verb


def arguments(parser: ArgumentParser) -> None:
    """What git gives: three files, and the catalog's path."""
    parser.add_argument("base", type=Path, metavar="%O", help="the common ancestor")
    parser.add_argument("ours", type=Path, metavar="%A", help="our side; the result is written into it")
    parser.add_argument("theirs", type=Path, metavar="%B", help="their side")
    parser.add_argument("path", nargs="?", default="", metavar="%P", help="the path of the catalog in the repository")


def run(arguments: Namespace) -> int:
    """Merge, and say what is left to a person: 1 where that is a conflict."""
    from pipeline.commands.merge_driver import merge_files

    done = merge_files(arguments.base, arguments.ours, arguments.theirs, arguments.path)
    for line in done.said:
        print(f"lockstep: {line}", file=sys.stderr)
    return done.code


VERB = Verb(
    150,
    "merge-driver",
    "merge two branches' versions of a catalog by entry (git calls it)",
    'Set up once in each clone:  git config merge.lockstep.driver "lockstep merge-driver %O %A %B %P"\n'
    "and in .gitattributes, as `lockstep init` writes it:  *.po merge=lockstep\n"
    "A translation stays with the English it was made for; only an entry that two people translated\n"
    "differently is a conflict. Exit code 0: merged; 1: a conflict is left.",
    run,
    arguments,
    rooted=False,
)
