"""`lockstep verify`: every review ledger and recall, recomputed from the files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.console import counted, show
from pipeline.cli.verb import Verb, project_of

MOST = 20
"""How many signatures that ended are named of a language."""


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

        found = [*provenance.findings(project), *found]
    show(found)
    for locale, (valid, ended) in counts.items():
        print(f"{locale}: {counted(valid, 'signature')} hold, {ended} ended")
        gone = review.ended(project, locale) if ended else []
        for row in gone[:MOST]:
            assert row.line is not None
            print(f"  {row.page}#{row.block}: {row.line.name} ({row.line.role}, {row.line.day}): {row.why}")
        if len(gone) > MOST:
            print(f"  and {len(gone) - MOST} more: lockstep review {locale} --export csv")
    return int(any(finding.level == 2 for finding in found))


VERB = Verb(
    100,
    "verify",
    "recompute every review ledger and recall from the files",
    "Says which lines cannot be read or say what is not so, how many signatures hold in each language, and which ended where\n"
    "nobody of their role has signed since. Exit code 1 when a line is wrong. A signature that ended because its text changed\n"
    "is not wrong. With --git also says, once a commit and name, where lines have names that are not those of their commit,\n"
    "and first of all what was recorded once and is gone.",
    run,
    arguments,
)
