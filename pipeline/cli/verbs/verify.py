"""`lockstep verify`: every review ledger and recall, recomputed from the files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.console import counted, show
from pipeline.cli.verb import Verb, project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `verify` takes."""
    parser.add_argument(
        "--git",
        action="store_true",
        help="compare each line with the commit that brought it, and find those that are gone",
    )


def run(arguments: Namespace) -> int:
    """Show the lines that are wrong, and how many signatures hold: 1 where a line is wrong."""
    from pipeline.commands import review

    project = project_of(arguments)
    found, counts = review.verify(project)
    if getattr(arguments, "git", False):  # `review verify` has no such option
        from pipeline.commands import provenance

        found += provenance.findings(project)
    show(found)
    for locale, (valid, ended) in counts.items():
        print(f"{locale}: {counted(valid, 'signature')} hold, {ended} ended")
    return int(any(finding.level == 2 for finding in found))


VERB = Verb(
    100,
    "verify",
    "recompute every review ledger and recall from the files",
    "Says which lines cannot be read or say what is not so, and how many signatures hold in each language. Exit code 1\n"
    "when a line is wrong. A signature that ended because its text changed is not wrong. With --git also says where a line\n"
    "has names that are not those of its commit, and what was recorded once and is gone.",
    run,
    arguments,
)
