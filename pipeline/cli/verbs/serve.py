"""`lockstep serve`: the site's pages in a browser as they are edited; nothing is written."""

from __future__ import annotations

from argparse import Namespace

from pipeline.cli.verb import Verb
from pipeline.cli.verbs import desk


def run(arguments: Namespace) -> int:
    """Serve until somebody ends it."""
    from pipeline.desk.work import Person

    return desk.serve(arguments, Person(edits=False, writes=False))


VERB = Verb(
    37,
    "serve",
    "show the pages in a browser as they are edited; writes nothing",
    "Serves the site from memory at 127.0.0.1: what is saved in source/, templates/ or locale/ shows in the open page at once.\n"
    "The impact of edits of the English stands beside it. `lockstep desk` is the same with the translations to edit.",
    run,
    desk.served,
)
