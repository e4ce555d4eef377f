"""`lockstep accept`: a translation that is right although a check complains."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.verb import Verb, tidied_project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `accept` takes."""
    parser.add_argument("targets", nargs="+", metavar="FILE:LINE")
    parser.add_argument("--check", required=True, metavar="NAME", help="the check, as printed in brackets")
    parser.add_argument("--by", required=True, metavar="NAME", help="who accepts it")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why the translation is right")


def run(arguments: Namespace) -> int:
    """Record the exception, and print the findings that it silences."""
    from pipeline.commands.accept import accept

    found = accept(tidied_project_of(arguments), arguments.targets, arguments.check, arguments.by, arguments.reason)
    for _, silenced in found:
        for finding in silenced:
            print(f"{finding.span}: accepted: {finding.code}")
    for path in dict.fromkeys(path for path, silenced in found if silenced):
        print(f"Written to {path}. It holds until the English, the translation or a fact in it changes.")
    return 0


VERB = Verb(
    80,
    "accept",
    "record that a translation is right although a check complains",
    "FILE:LINE is the place in the catalog that `lockstep check` prints; several may be named, of any language, and all of them are\n"
    "accepted or none. Run again after an interruption, it writes what is missing. The exception is written to\n"
    "locale/<locale>/exceptions.yaml and ends by itself when the English or the translation changes.",
    run,
    arguments,
)
