"""The door: argv → verb → exit code. `cli` is the only room that prints, and this the only module that exits.

Exit codes: 0 clean, 1 findings at or over the gate, 2 cannot run, 3 a bug in Lockstep, 130 interrupted, 141 nobody read on.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import re
import sys
import traceback
from collections.abc import Iterable, Sequence

from pipeline import __version__
from pipeline.cli import interrupt, streams, verbs
from pipeline.cli.verb import Verb
from pipeline.core.errors import LockstepError

EPILOG = """\
A day's work:
  editors       write in source/, see what it costs:  lockstep impact,  then run:  lockstep update
  translators   fill locale/<language>/LC_MESSAGES/messages.po in Poedit, Weblate or vim
  everyone      lockstep build    renders dist/;  lockstep status  says what is left to do
  reviewers     lockstep review LOCALE PAGE --as reviser --by NAME;  to withdraw a text at once:  lockstep recall
  CI            lockstep check && lockstep build && lockstep audit

Exit codes: 0 clean · 1 findings at or over the gate · 2 cannot run · 3 a bug in Lockstep · 130 interrupted
"""

RARELY = 100_000, 50, 1000
"""A run holds what it reads until it ends, so looking for garbage finds little and costs a fifth of its time."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an ASCII terminal shows a letter it lacks as \u2026 rather than none
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(*RARELY)
    try:
        with streams.watched():
            return run(argv)
    except streams.Unsaid as problem:
        with contextlib.suppress(OSError):
            if not problem.unread and problem.stream != "standard error":
                print(f"lockstep: {problem}", file=sys.stderr, flush=True)
        return 141 if problem.unread else 2


def run(argv: Sequence[str] | None) -> int:
    """Run one verb, and say what went wrong. Raises Unsaid where what is to be said cannot be written."""
    try:
        with interrupt.by_signals():
            arguments = parsed(argv)
            from pipeline.cli import again

            return again.answer(arguments)
    except LockstepError as problem:
        print(f"lockstep: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("lockstep: interrupted", file=sys.stderr)
        return 130
    except streams.Unsaid:
        raise
    except Exception:  # the one broad except: whatever else comes is our bug, and says so
        traceback.print_exc()
        print(
            f"\nlockstep: this is a bug in Lockstep {__version__}. Please report it with the lines above.",
            file=sys.stderr,
        )
        return 3


def parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line as values, the verb's `run` among them; exits with 2 where it cannot be read."""
    words = (sys.argv[1:] if argv is None else argv) or ["--help"]
    if "_ARGCOMPLETE" in os.environ:
        from pipeline.cli import completion

        completion.complete(parser())
    top = parser(verbs.named(words[0]) if words else ())
    arguments, rest = top.parse_known_args(words)
    if not rest or any(word.startswith("-") for word in rest):
        pass
    elif hasattr(arguments, "targets"):  # pages may also stand after the options, where argparse does not look for them
        arguments.targets, rest = [*arguments.targets, *rest], []
    elif all(map(LANGUAGES.fullmatch, rest)):
        rest = [] if languages(arguments, rest) else rest
    if rest:
        top.error(f"unrecognized arguments: {' '.join(rest)}")
    return arguments


LANGUAGES = re.compile(r"(?:[a-z]{2,3}(?:[-_][A-Za-z0-9]+)*,?)+")
"""Words that name languages, as people write them behind a verb: `es`, `pt_BR`, `es,ar`."""


def languages(arguments: argparse.Namespace, words: Sequence[str]) -> bool:
    """Take words that stand by themselves for the languages of a verb that takes some, with spaces or commas alike; False where
    it takes none."""
    if isinstance(said := getattr(arguments, "locales", None), str):
        arguments.locales = ",".join([said, *words])
    elif isinstance(named := getattr(arguments, "locale", None), list):
        arguments.locale = [*named, *words]
    else:
        return False
    return True


def parser(known: Iterable[Verb] = ()) -> argparse.ArgumentParser:
    """The command line, with some verbs or with all."""
    top = argparse.ArgumentParser(
        prog="lockstep",
        description="Multilingual pages that stay in step with their English source.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"lockstep {__version__}")
    made = top.add_subparsers(title="verbs", metavar="VERB", required=True)
    for verb in known or verbs.every():
        verb.fill(
            made.add_parser(
                verb.name,
                help=verb.about,
                description=f"{verb.about[0].upper()}{verb.about[1:]}.\n\n{verb.more}",
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
        )
    return top
