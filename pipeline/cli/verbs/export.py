"""`lockstep export`: a catalog as a file for another translation tool."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.console import counted
from pipeline.cli.verb import Verb, named, project_of, spoken

FORMATS = ("xliff1", "xliff2", "tmx", "csv", "tbx")


def arguments(parser: ArgumentParser) -> None:
    """What only `export` takes."""
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="xliff2",
        help="XLIFF 1.2 or 2.0, a memory (tmx), a table (csv), or the glossary (tbx) (default: xliff2)",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to (default: standard output)")
    spoken(parser)


def run(arguments: Namespace) -> int:
    """Write the file, or print it."""
    from pipeline.commands import export, terms
    from pipeline.core import disk
    from pipeline.core.errors import LockstepError

    project = project_of(arguments)
    names = named(project, arguments.locale) or tuple(project.catalogs)
    if arguments.format == "tbx":
        body, count = terms.export(project, names)
        what = "term"
    else:
        if len(names) != 1:
            raise LockstepError("such a file has one language", todo="Say which: --locale es")
        body, count = export.export(project, names[0], arguments.format)
        what = "message"
    if arguments.output:
        disk.replace(arguments.output, body)
        print(f"{arguments.output}: {counted(count, what)} of {' '.join(names)}")
        return 0
    text = body.decode("utf-8", "surrogatepass")
    if "utf" not in str(getattr(sys.stdout, "encoding", "")).lower().replace("-", ""):
        if arguments.format == "csv":
            raise LockstepError("this terminal cannot show all characters", todo="Give a file: -o FILE")
        text = text.encode("ascii", "xmlcharrefreplace").decode()
    sys.stdout.write(text)
    return 0


VERB = Verb(
    24,
    "export",
    "a language's catalog as XLIFF, TMX, CSV, or the glossary as TBX, for another tool",
    "All that a translator should know goes along: context, notes, how far a text is, what happened to its English.\n"
    "Markup and placeholders are codes that the other tool keeps. `lockstep import FILE` takes it back, entry by entry.",
    run,
    arguments,
)
