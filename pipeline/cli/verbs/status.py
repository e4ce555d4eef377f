"""`lockstep status`: how much is translated, and what to do first."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.console import console
from pipeline.cli.verb import Verb, jobs, named, project_of, spoken

SHOWN = 8
"""How many rows of the worklist are shown when not asked for all."""


def arguments(parser: ArgumentParser) -> None:
    """What only `status` takes."""
    jobs(parser)
    spoken(parser)
    parser.add_argument("--todo", action="store_true", help="the whole worklist, not only its gravest rows")
    parser.add_argument(
        "--trend", action="store_true", help="how far the languages were at earlier commits instead, as git has them"
    )
    parser.add_argument("--pages", action="store_true", help="a row for every page of every language")


def run(arguments: Namespace) -> int:
    """Show the figures, the worklist and the decisions."""
    from rich.markup import escape

    from pipeline.build import deciding
    from pipeline.cli import as_json, text
    from pipeline.resolve import worklist

    project = project_of(arguments)
    if arguments.trend:
        from pipeline.commands import trend

        told = trend.trend(project.settings, project.store, named(project, arguments.locale))
        if arguments.format == "json":
            print(as_json.trend(told))
            return 0
        if told.why:
            print(told.why)
        else:
            console().print(text.trend(told))
            print(text.TREND)
        return 0
    deciding.measure(project, arguments.jobs, named(project, arguments.locale))
    measured, by_name = project.coverage, project.settings.by_name
    if arguments.format == "json":
        print(as_json.status(measured, project.log, project.blocks))
        return 0
    out = console()
    out.print(text.table(measured, by_name))
    out.print(text.COUNTED)
    for line in text.unread(by_name[language.locale] for language in measured):
        out.print(escape(line))
    waiting = worklist.rows(measured, project.blocks)
    most = len(waiting) if arguments.todo else SHOWN
    edited = waiting if arguments.todo else [row for row in waiting if row.grade != "untranslated"]
    if edited:
        out.print("\n[bold]To do, gravest first[/]")
    for line in text.worklist(edited, project.clock.today, most):
        out.print(line)
    for at, line in enumerate(worklist.decisions(project.log)):
        out.print(("" if at else "\n[bold]Decisions[/]\n") + escape(line))
    if arguments.pages:
        for language in measured:
            out.print("")
            out.print(text.pages_table(language, by_name[language.locale]))
    return 0


VERB = Verb(
    50,
    "status",
    "show how much is translated, stale and untranslated, and what to do first",
    "The worklist says of each edited English text what changed, how grave it is, and which languages wait.\n"
    "The same stands in dist/status/index.html after a build.",
    run,
    arguments,
    ("text", "json"),
    repeats=(),
)
