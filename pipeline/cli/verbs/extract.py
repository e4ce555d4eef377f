"""`lockstep extract`: the English messages into the template."""

from __future__ import annotations

from argparse import Namespace

from pipeline.cli.console import show
from pipeline.cli.verb import Verb, tidied_project_of


def run(arguments: Namespace) -> int:
    """Extract, and say of each file whether it was written: 2 where a new page was left out."""
    from pipeline.commands.extract import extract

    template, written, wrong = extract(tidied_project_of(arguments))
    for path in written:
        if path != template.path:
            print(f"{path}: written")
    state = "written" if template.path in written else "unchanged"
    print(f"{template.path}: {len(template.entries)} messages, {state}")
    show(wrong)
    return 2 if wrong else 0


VERB = Verb(
    10,
    "extract",
    "collect the English messages into locale/messages.pot",
    "Reads source/ and templates/ through Babel. The file is written only when its messages changed.",
    run,
    repeats=(),
)
