"""`lockstep update`: every catalog into step with the English."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from pipeline.cli.console import counted, show
from pipeline.cli.verb import Verb, named, project_of, spoken, tidied_project_of
from pipeline.core.errors import LockstepError

if TYPE_CHECKING:
    from pipeline.project.project import Project


def arguments(parser: ArgumentParser) -> None:
    """What only `update` takes."""
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; say which files would be written, and end with 1 where one would",
    )
    parser.add_argument(
        "--mend-headers",
        action="store_true",
        help="also mend headers that contradict their language (plural rule, character set, Language), and move the plural "
        "forms to where the rule looks for them",
    )
    spoken(parser, "with --mend-headers: only the header of this language; may stand several times")


def run(arguments: Namespace) -> int:
    """Update, say what was written, and show what cannot be brought into step: 2 where that is an error."""
    from pipeline.commands.update import rehearse, update

    if arguments.check:
        project = project_of(arguments)
        behind, found = rehearse(project, mended(arguments, project))
        mending = "".join(f" {word}" for word in ("--mend-headers",) if arguments.mend_headers)
        mending += "".join(f" -l {name}" for name in arguments.locale)
        for path in behind:
            print(f"{path}: not in step")
        print(
            f"{counted(len(behind), 'file')} to be written. Run `lockstep update{mending}` and commit."
            if behind
            else "Every catalog is in step."
        )
        show(found)
        return 2 if any(finding.level == 2 for finding in found) else int(bool(behind))
    project = tidied_project_of(arguments)
    written, found = update(project, mend=mended(arguments, project))
    for path in written:
        print(f"{path}: written")
    wrong = any(finding.level == 2 for finding in found)
    still = "Nothing written." if wrong else "Every catalog is in step; nothing written."
    print(f"{counted(len(written), 'file')} written" if written else still)
    show(found)
    return 2 if wrong else 0


def mended(arguments: Namespace, project: Project) -> tuple[str, ...]:
    """The languages whose headers are to be mended. Raises LockstepError for one that the site has not, or without the option."""
    names = named(project, arguments.locale)
    if names and not arguments.mend_headers:
        raise LockstepError(
            "--locale goes with --mend-headers", todo="`lockstep update` brings every language into step."
        )
    return (names or tuple(one.name for one in project.settings.locales)) if arguments.mend_headers else ()


VERB = Verb(
    20,
    "update",
    "bring every language's catalog into step with the English",
    "Extracts, then updates locale/<language>/LC_MESSAGES/messages.po. Nothing a translator wrote is lost:\n"
    "a translation whose English is gone stays as obsolete, and comes back with it. Entries that did not\n"
    "change keep their bytes; a file without changes is not written. A header stays as its editors wrote it;\n"
    "--mend-headers writes what its language asks for, says what, and loses no form of a translation.",
    run,
    arguments,
    repeats=(),
)
