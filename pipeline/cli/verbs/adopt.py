"""`lockstep adopt`: what a site had before Lockstep becomes its catalogs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli import adopted_pages
from pipeline.cli.verb import Verb


def arguments(parser: ArgumentParser) -> None:
    """What only `adopt` takes."""
    adopted_pages.arguments(parser)


def run(arguments: Namespace) -> int:
    """Adopt what is given."""
    from pipeline.core.errors import LockstepError

    if not arguments.pages:
        raise LockstepError("nothing to adopt", todo="Name the copies: lockstep adopt --pages es=docs/es")
    return adopted_pages.run(arguments)


VERB = Verb(
    26,
    "adopt",
    "make catalogs of the translated copies of pages that a site has",
    "Each copy is paired with its page block by block, by what languages share: kinds of blocks, code, links, numbers,\n"
    "names, length. What is certain becomes a translation that nobody has reviewed, what is likely a draft (fuzzy), the\n"
    "rest is listed. Where git has the history, a copy is paired with the English of its time, and what is stale is listed.",
    run,
    arguments,
)
