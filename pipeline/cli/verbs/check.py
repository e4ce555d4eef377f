"""`lockstep check`: everything that is wrong, and whether that fails the gate."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import counted, progress, show
from pipeline.cli.formats import REPORTS
from pipeline.cli.verb import (
    Verb,
    chosen,
    gate_of,
    gated,
    heeded,
    jobs,
    named,
    project_of,
    reported,
    sharded,
    spoken,
    voiced,
)
from pipeline.core.errors import LockstepError

if TYPE_CHECKING:
    from pipeline.core.model import Finding, Level
    from pipeline.project import Project


def arguments(parser: ArgumentParser) -> None:
    """What only `check` takes."""
    jobs(parser)
    voiced(parser)
    sharded(parser)
    spoken(parser)
    chosen(parser)
    parser.add_argument(
        "--fix",
        action="store_true",
        help="first mend what can be mended without touching a word (white space, characters nobody sees) in the catalogs",
    )
    reported(parser)
    gated(parser)


def checked(arguments: Namespace, project: Project) -> tuple[Finding, ...]:
    """The findings about a site, or about one part of it."""
    from pipeline.build.shards import Part
    from pipeline.commands import shard
    from pipeline.commands.check import check

    if arguments.fix and arguments.shard:
        raise LockstepError(
            "--fix is about a whole site, and one part is none", todo="Mend first, then check the parts."
        )
    if not arguments.shard:
        if arguments.out:
            raise LockstepError("--out is about one part of a check", todo="Say which: --shard I/N.")
        return check(project, arguments.jobs, named(project, arguments.locale))
    if arguments.locale:
        raise LockstepError("--shard is a part of all languages", todo="Leave --locale out, or check without --shard.")
    return shard.checked(project, Part(*arguments.shard), folder_of(arguments, project), arguments.jobs)


def mended(project: Project, found: tuple[Finding, ...]) -> bool:
    """Mend what can be mended, write the catalogs and say what was done: whether anything was."""
    from pipeline.commands.mend import mend

    done = mend(project, found)
    for place, codes in done.done:
        print(f"{place}: mended [{codes}]", file=sys.stderr)
    for place, codes in done.left:
        print(
            f"{place}: left to a person [{codes}]: somebody answers for this text, or it is not in step",
            file=sys.stderr,
        )
    for problem in done.refused:
        print(f"lockstep: {problem}", file=sys.stderr)
    return bool(done.done)


def folder_of(arguments: Namespace, project: Project) -> Path:
    """Where one part of a check goes."""
    number, of = arguments.shard
    return Path(arguments.out or project.root / f"check-shard-{number}-of-{of}").absolute()


def run(arguments: Namespace) -> int:
    """Report every finding: 1 where one is at or over the gate."""
    from pipeline.checks.readability import is_hint
    from pipeline.cli import as_json, reports, text

    with progress(arguments) as report:
        project = project_of(arguments, report)
        every = checked(arguments, project)
        if arguments.fix and mended(project, heeded(arguments, every)):
            every = checked(arguments, project_of(arguments))
        found = heeded(arguments, every)
    gate = gate_of(arguments, project)
    figures = f"Checked {counted(len(project.content.pages), 'page')} in {counted(len(project.coverage), 'language')}: {text.summary(found)}{left_out(len(every) - len(found))}."
    if arguments.report or arguments.format in REPORTS:
        made = reports.report(project.root, found, gate, figures)
        reports.save(arguments.report, made)
    if arguments.format in REPORTS:
        print(reports.written(arguments.format, made), end="")
    elif arguments.format != "text":
        for line in [as_json.findings(found)] if arguments.format == "json" else as_json.lines(found):
            print(line)
    else:
        show(one for one in found if not is_hint(one))
        if arguments.quiet:
            return fails(found, gate)
        print(figures)
        for line in (*text.withheld(project.coverage), *text.marks(found), *text.answered(found)):
            print(line)
        if hints := [one for one in found if is_hint(one)]:
            print(f"\n{HINTS}")
            show(hints)
        for line in text.unread(project.settings.by_name[language.locale] for language in project.coverage):
            print(line)
        if arguments.shard:
            print(
                f"What was decided is in {folder_of(arguments, project)}. Next: lockstep build --shard I/N --checked …"
            )
    return fails(found, gate)


HINTS = 'Hints about the English, which hold nothing up (`check = "english-style"` with `level = "off"` in the settings turns them off):'


def left_out(count: int) -> str:
    """That `--select` or `--ignore` kept something back, so that nobody takes the rest for all."""
    return f" ({counted(count, 'finding')} left out)" if count else ""


def fails(found: tuple[Finding, ...], gate: Level | None) -> int:
    """1 where a finding is at or over the gate, else 0; a hint about style is none."""
    from pipeline.checks.readability import is_hint

    return int(gate is not None and any(finding.level >= gate for finding in found if not is_hint(finding)))


VERB = Verb(
    30,
    "check",
    "report everything that is wrong in source, templates and catalogs",
    "Each finding names a file and line and says what to do. Exit code 1 when one of them is at or over\n"
    "the gate ([tool.lockstep.gate] level, default: error).",
    run,
    arguments,
    ("text", "json", "jsonl", *REPORTS),
    repeats=(),
)
