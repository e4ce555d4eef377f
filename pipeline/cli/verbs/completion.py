"""`lockstep completion`: what a shell reads to complete verbs, options, languages and codes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli import completion
from pipeline.cli.verb import Verb


def arguments(parser: ArgumentParser) -> None:
    """What only `completion` takes."""
    parser.add_argument("shell", choices=completion.SHELLS, metavar="SHELL", help=", ".join(completion.SHELLS))


def run(arguments: Namespace) -> int:
    """Print the script."""
    print(completion.script(arguments.shell))
    return 0


VERB = Verb(
    160,
    "completion",
    "print what your shell reads to complete lockstep's words",
    "Needs the extra `completion`. Once, in bash:\n"
    "  lockstep completion bash > ~/.local/share/bash-completion/completions/lockstep\n"
    "in zsh (a folder of $fpath), fish (~/.config/fish/completions/lockstep.fish) and PowerShell likewise.",
    run,
    arguments,
    rooted=False,
)
