"""`lockstep policy`: the policy with its rules worked out, as a table."""

from __future__ import annotations

from argparse import Namespace

from pipeline.cli.console import console
from pipeline.cli.verb import Verb, project_of


def run(arguments: Namespace) -> int:
    """Print the table."""
    from pipeline.cli import policy_table

    project = project_of(arguments)
    names = [locale.name for locale in project.settings.locales]
    console().print(policy_table.table(project.settings.policy, names, project.content.classes.values()))
    return 0


VERB = Verb(
    120,
    "policy",
    "show the policy as a table: what readers see of which text, by language, page class and block",
    "The table of [tool.lockstep.policy] with its rules worked out. docs/settings.md of Lockstep explains the rows.",
    run,
)
