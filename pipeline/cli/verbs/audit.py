"""`lockstep audit`: whether every page of `dist/` says of itself what is so."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.console import counted, progress
from pipeline.cli.verb import Verb, project_of, voiced


def arguments(parser: ArgumentParser) -> None:
    """What only `audit` takes."""
    voiced(parser)
    parser.add_argument("--dist", type=Path, metavar="DIR", help="a copy of dist/, for example of what is published")


def run(arguments: Namespace) -> int:
    """Print every difference: 1 where there is one."""
    import json

    from pipeline.commands.audit import audit

    with progress(arguments) as report:
        project = project_of(arguments, report)
        dist = arguments.dist or project.root / "dist"
        found = audit.audit(dist, report)
        if arguments.dist is None:
            found += audit.against(project, dist)
    if arguments.format == "json":
        print(json.dumps([{"page": one.page, "what": one.what} for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            print(f"{one.page}: {one.what}")
        if not arguments.quiet:
            wrong = counted(len(found), "difference") if found else "every page says what is so"
            print(f"Audited {audit.counted(dist)}: {wrong}.")
    return int(bool(found))


VERB = Verb(
    130,
    "audit",
    "walk dist/ and prove that every page says of itself what is so",
    "Reads every page with a parser of its own and compares it with dist/lockstep.json: the language of each text, every\n"
    "block, every figure, every notice. Then compares the manifest with source/ and locale/. Exit code 1 when they differ.",
    run,
    arguments,
    ("text", "json"),
)
