"""`lockstep build`: every page in every language into `dist/`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.cli.console import console, progress, show
from pipeline.cli.verb import Verb, jobs, project_of

if TYPE_CHECKING:
    from pipeline.site.publish import Published

SPLIT = "Note: this file system cannot exchange two folders, so for an instant dist/ was not there."


def arguments(parser: ArgumentParser) -> None:
    """What only `build` takes."""
    jobs(parser)
    parser.add_argument("--open", action="store_true", help="open the pages in a browser afterwards")


def wrote(done: Published) -> str:
    """What a build did to `dist/`, in words."""
    return f"{done.written} of {done.files} files written, {done.removed} removed"


def run(arguments: Namespace) -> int:
    """Build, and say what was written and how much is translated."""
    from pipeline.cli import as_json, text
    from pipeline.cli.again import Outcome
    from pipeline.commands.build import build
    from pipeline.commands.recall import lost
    from pipeline.core.model import Level

    with progress(arguments) as report:
        project = project_of(arguments, report)
        missed = list(lost(project))
        done = build(project, arguments.jobs)
    idle = replace(done, written=0, removed=0)
    arguments.outcome = Outcome(project, done.contents, ((wrote(done), wrote(idle)), (f"{SPLIT}\n", "")))
    settings, measured = project.settings, project.coverage
    found = [*project.findings, *(finding for language in measured for finding in language.findings)]
    target = project.root / "dist" / "index.html"
    if arguments.format == "json":
        print(as_json.status(measured, project.log, project.blocks))
    else:
        if measured:
            console().print(text.table(measured, settings.by_name))
        unpublished = [finding for finding in found if finding.code == "not-published"]
        errors = [finding for finding in found if finding.level is Level.ERROR]
        more = [finding for finding in [*unpublished, *missed] if finding not in errors]
        show(console(sys.stderr), errors + more)
        if not done.whole:
            print(SPLIT, file=sys.stderr)
        count = len(project.content.pages) * (len(settings.by_name) - len({one.locale for one in unpublished}))
        print(
            f"\n{count} pages: {wrote(done)}. Findings: {text.summary(found)}"
            + (" (lockstep check lists them)." if found else ".")
        )
        print(f"Pages:  {target}\nStatus: {target.parent / 'status' / 'index.html'}")
    if arguments.open:
        import webbrowser

        webbrowser.open(target.as_uri())
    return int(any(finding.code == "not-published" and finding.level is Level.ERROR for finding in found))


VERB = Verb(
    40,
    "build",
    "render every page in every language into dist/",
    "dist/ is replaced whole or not at all. What is untranslated, stale or unsafe is shown in English and\n"
    "marked, so a bad translation never stops a build. Exit code 1 when a language is left out that the settings do not\n"
    "let be missing ([tool.lockstep.gate] unpublished).",
    run,
    arguments,
    ("text", "json"),
    repeats=("dist", ".dist-new", ".dist-old"),
)
