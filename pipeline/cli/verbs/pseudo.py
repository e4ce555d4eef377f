"""`lockstep pseudo`: the site in made-up languages."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.verb import Verb, project_of

SHOWN = 20


def arguments(parser: ArgumentParser) -> None:
    """What only `pseudo` takes."""
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help="the pages go to DIR/dist (default: .lockstep/pseudo in the site)"
    )


def run(arguments: Namespace) -> int:
    """Build them, and say which English no translator will get."""
    from pipeline.commands.pseudo import made_up

    made = made_up(project_of(arguments), arguments.to)
    for one in made.escaped[:SHOWN]:
        more = f" and {len(one.pages) - 1} more" if len(one.pages) > 1 else ""
        print(f"{one.pages[0]}{more}: “{one.text[:80]}” is English and no message")
    if len(made.escaped) > SHOWN:
        print(f"… and {len(made.escaped) - SHOWN} more texts")
    if made.escaped:
        print('In a template, write it as {{ _("…") }}; in site.yaml, name its key in `keys` of its mapping.')
    if made.left:
        print(f"{made.left} texts stand in English, marked so: their codes cannot be told from their words.")
    print(f"Pages:  {made.folder / 'index.html'}")
    return 1 if made.escaped else 0


VERB = Verb(
    41,
    "pseudo",
    "the site in made-up languages, before there is a translator",
    "en-XA is English with accents, longer as translations are: what does not fit is seen, and what has no accent is no message.\n"
    "ar-XB runs from the right. Your languages, their catalogs and dist/ are not touched.\n"
    "Exit code 1: some English on the pages is no message, so that it would stand on every translated page.",
    run,
    arguments,
)
