"""`lockstep ci`: whether this commit may be published, and why not."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from pipeline.cli.console import counted, progress, show
from pipeline.cli.formats import REPORTS
from pipeline.cli.verb import Verb, gate_of, gated, jobs, project_of, reported, voiced

if TYPE_CHECKING:
    from pipeline.cli.reports import Report
    from pipeline.commands.ci import Judged
    from pipeline.project import Project


def arguments(parser: ArgumentParser) -> None:
    """What only `ci` takes."""
    jobs(parser)
    voiced(parser)
    reported(parser)
    gated(parser)


def run(arguments: Namespace) -> int:
    """Say every reason against publishing: 1 where there is one."""
    from pipeline.cli import reports
    from pipeline.cli.verbs.build import touched
    from pipeline.commands import ci

    with progress(arguments) as report:
        project = project_of(arguments, report)
        gate = gate_of(arguments, project)
        judged = ci.ci(project, gate, arguments.jobs)
    if judged.published and judged.published.touched:
        print(touched(judged.published), file=sys.stderr)
    told = tuple((one.kind, f"{one.cases}: {one.todo}") for one in judged.reasons)
    made = reports.report(project.root, judged.findings, gate, figures(project, judged), told)
    reports.save(arguments.report, made)
    if arguments.format in REPORTS:
        print(reports.written(arguments.format, made), end="")
    else:
        text(judged, made, arguments.quiet)
    return int(bool(judged.reasons))


def text(judged: Judged, made: Report, quiet: bool) -> None:
    """Print what speaks against it, the gravest first, and, unless it is to be quiet, the figures."""
    kinds = {one.kind for one in judged.reasons}
    show(row.finding for row in made.rows if made.fails(row) or KINDS.get(row.finding.code) in kinds)
    for difference in judged.differences:
        print(f"dist/{difference.page}: {difference.what}")
    for kind, said in made.said:
        print(f"{kind}: {said}")
    if not quiet:
        print(made.figures)


KINDS = {
    "out-of-step": "out-of-step",
    "link": "links",
    "anchor": "links",
    "not-published": "unpublished",
    "history": "unknown",
    "recall-lost": "unknown",
}
"""The kind of reason that a finding is a case of, by its code."""


def figures(project: Project, judged: Judged) -> str:
    """The run in one line."""
    from pipeline.cli.text import summary
    from pipeline.cli.verbs.build import wrote

    pages, spoken = counted(len(project.content.pages), "page"), counted(len(project.coverage), "language")
    done = f"dist/: {wrote(judged.published)}" if judged.published else "dist/ is as it was"
    verdict = f"Not to be published: {counted(len(judged.reasons), 'reason')}." if judged.reasons else "Fit to publish."
    return f"{verdict} {pages} in {spoken}: {summary(judged.findings)}. {done}."


VERB = Verb(
    55,
    "ci",
    "say whether this commit may be published, and every reason why not",
    "Checks source, catalogs and ledgers; where nothing speaks against it, builds dist/ and audits it. Reasons: catalogs that\n"
    "are not in step or not in git, a finding at or over the gate, a broken link, a language that would be missing, a ledger that\n"
    "says what is not so, a page that does. Exit code 1 where there is one; dist/ then stays as it was, unless the audit found it.",
    run,
    arguments,
    ("text", *REPORTS),
)
