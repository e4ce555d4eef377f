"""`lockstep lsp`: the checks, the impact and the quick fixes in an editor that speaks the Language Server Protocol."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.verb import Verb
from pipeline.core.errors import LockstepError


def arguments(parser: ArgumentParser) -> None:
    """What only `lsp` takes."""
    parser.add_argument(
        "--root", "-C", type=Path, metavar="DIR", help="serve this site alone (default: whichever a file is in)"
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who accepts findings and decides about edits")
    parser.add_argument("--stdio", action="store_true", help="speak on standard input and output, as it does anyway")


def run(arguments: Namespace) -> int:
    """Serve until the editor goes."""
    from pipeline.core import installed
    from pipeline.core.signers import given

    try:
        from pipeline.lsp.server import serve
    except ImportError as problem:
        raise LockstepError(
            f"lsp needs a package that is not installed ({problem.name})",
            todo=installed.more("lsp"),
        ) from problem
    name = given(arguments.by, "a decision").name if arguments.by.strip() else ""
    serve(arguments.root.resolve() if arguments.root else None, name)
    return 0


VERB = Verb(
    38,
    "lsp",
    "serve an editor: checks, impact and quick fixes while people type",
    "An editor starts it by itself; docs/editor-setup.md of Lockstep says how in VS Code, Neovim, Helix and Zed. Needs the extra `lsp`.",
    run,
    arguments,
    rooted=False,
)
