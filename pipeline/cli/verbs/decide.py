"""`lockstep decide`: a person's word on how grave an edit is."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.console import counted
from pipeline.cli.verb import Verb, tidied_project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `decide` takes."""
    parser.add_argument("target", metavar="PAGE[#block]")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--meaning-unchanged", action="store_true", help="the translations stay good")
    what.add_argument(
        "--raise", dest="raised", choices=("critical",), help="withdraw the translations until they are redone"
    )
    parser.add_argument("--by", required=True, metavar="NAME", help="who decides")
    parser.add_argument("--second", default="", metavar="NAME", help="the second person, to lower a critical edit")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why")


def run(arguments: Namespace) -> int:
    """Record the decision, and print what it made of each edit."""
    from pipeline.changes.edit_log import RAISED, UNCHANGED
    from pipeline.commands import decide
    from pipeline.core.states import State

    meaning = UNCHANGED if arguments.meaning_unchanged else RAISED
    by = (arguments.by, arguments.second)
    found = decide.decide(tidied_project_of(arguments), arguments.target, meaning, by, arguments.reason)
    for edit in found.lines:
        print(f"{edit.page}#{edit.block}: now {edit.severity} ({'; '.join(edit.reasons)})")
    for place, languages in found.now.items():
        for state in State:
            if names := [name for name, now in languages.items() if now.state is state]:
                print(f"{place.path}#{place.block}: {state} in {' '.join(names)}")
        if not languages:
            print(f"{place.path}#{place.block}: no language has a translation of the former English here")
    print(f"{counted(len(found.lines), 'decision')} written to locale/edits.jsonl. Next: lockstep update")
    return 0


VERB = Verb(
    70,
    "decide",
    "record that an edit left the meaning unchanged, or is graver than it looks",
    "PAGE is a file under source/, as it stands in `lockstep status`; #block is a block there (the-parts.2), a whole\n"
    "section (the-parts) or a front-matter key. The decision is one more line in locale/edits.jsonl.\n"
    "A critical edit is lowered by two people only.",
    run,
    arguments,
)
