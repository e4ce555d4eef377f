"""`lockstep impact`: what edits of the English cost and break, before they are committed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.console import console
from pipeline.cli.verb import Verb, project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `impact` takes."""
    parser.add_argument("--base", metavar="REV", help="compare with this commit or branch (default: the last update)")


def run(arguments: Namespace) -> int:
    """Measure, and print the report."""
    from pipeline.cli import impact_report as report
    from pipeline.commands import impact

    found = impact.measure(project_of(arguments), arguments.base)
    if arguments.format == "json":
        print(report.data(found))
    elif arguments.format == "markdown":
        for line in report.markdown(found):
            print(line)
    else:
        out = console()
        for part in report.text(found):
            out.print(part)
        if found.empty and arguments.base is None:
            print("To compare with a commit: lockstep impact --base HEAD")
    return 0


VERB = Verb(
    60,
    "impact",
    "show what your edits of the English cost and break, before you commit them",
    "Compares source/ with the last update, or with a commit. Says of each edited text how grave the edit is and\n"
    "why, what each language has to redo, and which blocks readers will see in English. Writes nothing.",
    run,
    arguments,
    ("text", "json", "markdown"),
)
