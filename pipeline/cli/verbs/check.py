"""`lockstep check`: everything that is wrong, and whether that fails the gate."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.console import progress, show
from pipeline.cli.verb import Verb, jobs, project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `check` takes."""
    jobs(parser)
    parser.add_argument(
        "--fail-on", choices=("error", "warning", "info", "never"), help="use this gate instead of the settings'"
    )


def run(arguments: Namespace) -> int:
    """Report every finding: 1 where one is at or over the gate."""
    from pipeline.cli import text
    from pipeline.commands.check import check
    from pipeline.core.model import Level

    with progress(arguments) as report:
        project = project_of(arguments, report)
        found = check(project, arguments.jobs)
    if arguments.format != "text":
        from pipeline.cli import as_json

        for line in [as_json.findings(found)] if arguments.format == "json" else as_json.lines(found):
            print(line)
    else:
        show(found)
        print(
            f"Checked {len(project.content.pages)} pages in {len(project.settings.locales)} languages: {text.summary(found)}."
        )
    gate = arguments.fail_on or str(project.settings.gate.level)
    return int(gate != "never" and any(finding.level >= Level[gate.upper()] for finding in found))


VERB = Verb(
    30,
    "check",
    "report everything that is wrong in source, templates and catalogs",
    "Each finding names a file and line and says what to do. Exit code 1 when one of them is at or over\n"
    "the gate ([tool.lockstep.gate] level, default: error).",
    run,
    arguments,
    ("text", "json", "jsonl"),
    repeats=(),
)
