"""`lockstep policy`: the policy with its rules worked out, as a table."""

from __future__ import annotations

from argparse import Namespace

from pipeline.cli.console import console
from pipeline.cli.verb import Verb, settings_of


def run(arguments: Namespace) -> int:
    """Print the table."""
    from pipeline.cli import policy_table
    from pipeline.content import pages

    settings = settings_of(arguments)
    classes = pages.load(settings).standards.classes.values()
    console().print(policy_table.table(settings.policy, [locale.name for locale in settings.locales], classes))
    return 0


VERB = Verb(
    120,
    "policy",
    "show the policy as a table: what readers see of which text, by language, page class and block",
    "The table of [tool.lockstep.policy] with its rules worked out. docs/settings.md explains the rows.",
    run,
)
