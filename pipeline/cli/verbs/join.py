"""`lockstep join`: the shards of a build, made on several machines, into `dist/`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.console import progress
from pipeline.cli.verb import Verb, project_of, voiced


def arguments(parser: ArgumentParser) -> None:
    """What only `join` takes."""
    voiced(parser)
    parser.add_argument(
        "shards", nargs="*", type=Path, metavar="DIR", help="the shards (default: every dist-shard-… of the site)"
    )


def run(arguments: Namespace) -> int:
    """Join, and say what `build` says."""
    from pipeline.cli.verbs.build import lacking, told
    from pipeline.commands.join import join
    from pipeline.commands.recall import lost

    with progress(arguments) as report:
        project = project_of(arguments, report)
        folders = arguments.shards or sorted(path for path in project.root.glob("dist-shard-*") if path.is_dir())
        missed = list(lost(project))
        done = join(project, folders)
    told(arguments, project, done, missed)
    return lacking(project)


VERB = Verb(
    45,
    "join",
    "publish what build --shard made on several machines",
    "dist/ is byte for byte what `lockstep build` makes here. A shard that is missing, damaged, or made from\n"
    "other files, by another program or on another day is refused by its name, and dist/ stays as it was.",
    run,
    arguments,
    ("text", "json"),
)
