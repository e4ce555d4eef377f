"""`lockstep build`: every page in every language into `dist/`."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import console, counted, progress, show
from pipeline.cli.verb import Verb, jobs, project_of, sharded, voiced
from pipeline.core.errors import LockstepError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.model import Finding
    from pipeline.project import Project
    from pipeline.site.publish import Published

HELD = (
    "Held back in every language: {}. All other pages are published; links to these lead to the page for what is not found. Do not put dist/ "
    "online unless something in it cannot wait: mend the file and build again."
)
SPLIT = "Note: this file system cannot exchange two folders, so for an instant dist/ was not there."


def arguments(parser: ArgumentParser) -> None:
    """What only `build` takes."""
    jobs(parser)
    voiced(parser)
    sharded(parser)
    parser.add_argument(
        "--checked",
        nargs="+",
        type=Path,
        default=(),
        metavar="DIR",
        help="with --shard: what all parts of `check --shard` wrote, so that no language is decided twice",
    )
    parser.add_argument(
        "--executor",
        type=executor,
        metavar="dask://HOST:PORT",
        help="let the workers of a dask scheduler do the work; the result is the same",
    )
    parser.add_argument("--open", action="store_true", help="open the pages in a browser afterwards")


def executor(text: str) -> str:
    """The address of a scheduler. Raises ArgumentTypeError where it is none."""
    if (
        not re.fullmatch(r"dask://(\[[0-9A-Fa-f:.]+\]|[^\s/:@?#\[\]]+):[0-9]{1,5}", text)
        or int(text.rpartition(":")[2]) > 65535
    ):
        raise ArgumentTypeError(f"an address like dask://HOST:PORT, not {text!r}")
    return text


def wrote(done: Published) -> str:
    """What a build did to `dist/`, in words."""
    return f"{done.written} of {done.files} files written, {done.removed} removed"


NAMED = 20
"""How many files are named that others changed."""


def touched(done: Published) -> str:
    """That files of `dist/` had been changed by others than a build, in words; "" where none had."""
    if not done.touched:
        return ""
    named, more = ", ".join(done.touched[:NAMED]), len(done.touched) - NAMED
    return (
        f"Warning: dist/ was not as the last build had left it: {counted(len(done.touched), 'file')}: {named}"
        f"{f' and {more} more' if more > 0 else ''}. It is as source/ and locale/ say again: find out who changed it, and what was put online."
    )


def run(arguments: Namespace) -> int:
    """Build, and say what was written and how much is translated."""
    from pipeline.cli.again import Outcome
    from pipeline.commands.build import build, held_back
    from pipeline.commands.recall import lost

    if arguments.executor and arguments.jobs:
        raise LockstepError(
            "--jobs is about this machine, and with --executor others work", todo="Leave one of them out."
        )
    if arguments.shard:
        return part_of(arguments)
    if arguments.checked or arguments.out:
        raise LockstepError("--checked and --out are about one part of a build", todo="Say which: --shard I/N.")
    with progress(arguments) as report:
        project = project_of(arguments, report)
        project = project if arguments.executor else held_back(project)
        missed = list(lost(project))
        done = build(project, arguments.jobs, arguments.executor)
    idle = replace(done, written=0, removed=0)
    once = ((wrote(done), wrote(idle)), (f"{SPLIT}\n", ""), (f"{touched(done)}\n", ""))
    arguments.outcome = Outcome(project, done.contents, once if done.touched else once[:2])
    if done.touched:
        print(touched(done), file=sys.stderr)
    told(arguments, project, done, missed)
    if arguments.open:
        import webbrowser

        webbrowser.open((project.root / "dist" / "index.html").as_uri())
    return lacking(project)


def part_of(arguments: Namespace) -> int:
    """Make one part of a build, and say how large it is and where."""
    from pipeline.build.shards import Part
    from pipeline.commands import shard

    if arguments.open:
        raise LockstepError("--open shows a whole site, and one part is none", todo="Open it after `lockstep join`.")
    part = Part(*arguments.shard)
    with progress(arguments) as report:
        project = project_of(arguments, report)
        folder = arguments.out or project.root / f"dist-shard-{part.number}-of-{part.of}"
        count = shard.rendered(project, part, folder.absolute(), arguments.jobs, arguments.checked, arguments.executor)
    if arguments.format == "json":
        print(json.dumps({"shard": part.number, "of": part.of, "pages": count, "folder": str(folder)}))
    else:
        print(f"Shard {part}: {counted(count, 'page')} in {folder}. When all are made: lockstep join")
    return 0


def lacking(project: Project) -> int:
    """1 where a page is held back, a language left out that the settings do not let be missing, or an official notice; else 0."""
    from pipeline.core.model import Level

    found = (finding for language in project.coverage for finding in language.findings)
    left_out = any(finding.code == "not-published" and finding.level is Level.ERROR for finding in found)
    return int(
        left_out or bool(project.apart) or any(finding.level is Level.ERROR for finding in project.official.findings)
    )


MARKS = 10
"""How many marks of other tools a build names; all of them are said by `check`, kind by kind."""


def told(arguments: Namespace, project: Project, done: Published, missed: Sequence[Finding] = ()) -> None:
    """Say what was written and how much is translated. `missed`: what else is to be said."""
    from pipeline.cli import as_json, text
    from pipeline.core.model import Level

    settings, measured = project.settings, project.coverage
    found = [*project.findings, *(finding for language in measured for finding in language.findings)]
    target = project.root / "dist" / "index.html"
    if arguments.format == "json":
        print(as_json.status(measured, project.log, project.blocks))
    else:
        if measured and not arguments.quiet:
            console().print(text.table(measured, settings.by_name))
        unpublished = [finding for finding in found if finding.code == "not-published"]
        errors = [finding for finding in found if finding.level is Level.ERROR]
        marks = set([one for one in errors if one.code == "dialect"][MARKS:])
        errors = [finding for finding in errors if finding not in marks]
        show(errors + [finding for finding in [*unpublished, *missed] if finding not in errors], sys.stderr)
        if marks:
            print(f"… and {len(marks)} more marks of other tools: lockstep check", file=sys.stderr)
        if project.apart:
            print(HELD.format(", ".join(project.apart)), file=sys.stderr)
        if not done.whole:
            print(SPLIT, file=sys.stderr)
        if arguments.quiet:
            return
        count = len(project.content.pages) * (len(settings.by_name) - len({one.locale for one in unpublished}))
        print(
            f"\n{counted(count, 'page')}: {wrote(done)}. Findings: {text.summary(found)}"
            + (" (lockstep check lists them)." if found else ".")
        )
        print(f"Pages:  {target}\nStatus: {target.parent / 'status' / 'index.html'}")


VERB = Verb(
    40,
    "build",
    "render every page in every language into dist/",
    "dist/ is replaced whole or not at all. What is untranslated, stale or unsafe is shown in English and\n"
    "marked, so a bad translation never stops a build. Exit code 1 when a language is left out that the settings do not\n"
    "let be missing ([tool.lockstep.gate] unpublished), or an official notice.",
    run,
    arguments,
    ("text", "json"),
    repeats=("dist", ".dist-new", ".dist-old"),
)
