"""`lockstep official`: the notices that stand on every page word for word."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.verb import Verb, tidied_project_of
from pipeline.core.errors import LockstepError


def arguments(parser: ArgumentParser) -> None:
    """What only `official` takes."""
    parser.add_argument(
        "--bind",
        nargs="+",
        default=[],
        metavar="FILE",
        help="say that these are the texts to be shown, as they are now",
    )
    parser.add_argument("--by", default="", metavar="NAME", help="with --bind: who answers for them")


def run(arguments: Namespace) -> int:
    """Bind what is to be bound, and list all of them; 1 where one is not shown."""
    from pipeline.cli.console import show
    from pipeline.commands import official
    from pipeline.core.model import Level
    from pipeline.project import project

    found = tidied_project_of(arguments)
    if arguments.by and not arguments.bind:
        raise LockstepError("--by is about what is bound", todo="Say which files: --bind FILE.")
    if arguments.bind:
        lines = official.bind(found, arguments.bind, arguments.by)
        print(
            f"{len(lines)} bound in locale/official.jsonl. Next: lockstep build"
            if lines
            else "Bound as they are already."
        )
        found = project.load(found.root, found.clock)
    for one in found.official.notices:
        print(f"{one.name}: {sum(map(len, one.paragraphs))} characters, bound by {one.by} on {one.since}")
    show(list(found.official.findings))
    return int(any(one.level is Level.ERROR for one in found.official.findings))


VERB = Verb(
    105,
    "official",
    "the notices that stand on every page and paper, word for word",
    "They are files locale/official/NAME.LOCALE.txt, supplied and never translated here. Each is bound by a hash, by a named\n"
    "person; one that is not the text that was bound is not shown, and that is an error. Languages that are missing are said.",
    run,
    arguments,
)
