"""`lockstep prune`: take obsolete entries that nobody needs out of the catalogs."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from pipeline.cli.console import counted
from pipeline.cli.verb import Verb, named, spoken, tidied_project_of


def days(text: str) -> int:
    """A number of days. Raises ArgumentTypeError for anything else."""
    if not text.isdigit() or int(text) > 36500:
        raise ArgumentTypeError(f"{text!r} is no number of days")
    return int(text)


def arguments(parser: ArgumentParser) -> None:
    """What only `prune` takes."""
    parser.add_argument(
        "--days", type=days, default=365, metavar="N", help="how long the English must be gone (default: 365)"
    )
    parser.add_argument("--write", action="store_true", help="take them out; without it nothing is written")
    spoken(parser)


def plain(text: str) -> str:
    """A text on one line of a terminal, which obeys control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def run(arguments: Namespace) -> int:
    """Name every entry that goes, with its text, and count those that stay by reason."""
    from pipeline.commands import prune

    project = tidied_project_of(arguments)
    found = prune.prune(project, arguments.days, named(project, arguments.locale), write=arguments.write)
    for one in found:
        for entry, since, why in one.dropped:
            text = " / ".join(filter(None, entry.strings))
            print(f"{one.path}:{entry.line}: “{plain(entry.key.msgid)}” → “{plain(text)}”")
            print(f"    gone since {since}; {plain(why)}")
    for one in found:
        done = "taken out" if arguments.write else "would go"
        print(f"{one.locale}: {counted(len(one.dropped), 'obsolete text')} {done}")
        for why, count in one.kept.items():
            print(f"    {counted(count, 'text')} kept: {why}")
    if not arguments.write and any(one.dropped for one in found):
        print("Nothing was written. To take them out: lockstep prune --write (git has them afterwards).")
    return 0


VERB = Verb(
    96,
    "prune",
    "take obsolete entries that nobody needs out of the catalogs",
    "An obsolete entry (#~) goes where its English has been gone for longer than --days, by the edit log or by git;\n"
    "where its text was never shown, or what its English became has a translation of its own; and where no signature,\n"
    "recall, exception or file rests on it, nor a note that stands nowhere else. Every other one stays.",
    run,
    arguments,
)
