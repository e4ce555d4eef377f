"""`lockstep update`: every catalog into step with the English."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.console import counted, show
from pipeline.cli.verb import Verb, project_of, tidied_project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `update` takes."""
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; say which files would be written, and end with 1 where one would",
    )


def run(arguments: Namespace) -> int:
    """Update, say what was written, and show what cannot be brought into step: 2 where that is an error."""
    from pipeline.commands.update import rehearse, update

    if arguments.check:
        behind, found = rehearse(project_of(arguments))
        for path in behind:
            print(f"{path}: not in step")
        print(
            f"{counted(len(behind), 'file')} to be written. Run `lockstep update` and commit."
            if behind
            else "Every catalog is in step."
        )
        show(found)
        return 2 if any(finding.level == 2 for finding in found) else int(bool(behind))
    written, found = update(tidied_project_of(arguments))
    for path in written:
        print(f"{path}: written")
    print(f"{counted(len(written), 'file')} written" if written else "Every catalog is in step; nothing written.")
    show(found)
    return 2 if any(finding.level == 2 for finding in found) else 0


VERB = Verb(
    20,
    "update",
    "bring every language's catalog into step with the English",
    "Extracts, then updates locale/<language>/LC_MESSAGES/messages.po. Nothing a translator wrote is lost:\n"
    "a translation whose English is gone stays as obsolete, and comes back with it. Entries that did not\n"
    "change keep their bytes; a file without changes is not written.",
    run,
    arguments,
    repeats=(),
)
