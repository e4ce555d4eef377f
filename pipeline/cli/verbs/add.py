"""`lockstep add`: one more language."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.console import show
from pipeline.cli.verb import Verb, tidied_project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `add` takes."""
    parser.add_argument("names", nargs="+", metavar="LANGUAGE", help="languages by their codes: es, zh_Hans, pt_BR")


def run(arguments: Namespace) -> int:
    """Add the languages, say what each is and what comes next: 2 where a catalog cannot be written."""
    from pipeline.commands.add import SETTINGS, about, add, unknown_to_cldr
    from pipeline.core import disk

    root = arguments.root.resolve()
    disk.tidied([*root.glob(f".{SETTINGS}*")])
    names = [name for said in arguments.names for name in said.split(",") if name]
    done = add(tidied_project_of(arguments), names)
    for path in done.written:
        print(f"{path}: written")
    for name in done.there:
        print(f"{name} is in the settings already; its catalog is in step.")
    for name in done.names:
        print(about(name, done.project))
        if unknown_to_cldr(name):
            print(f"  CLDR has no dates, plurals or own name for it: state them in [tool.lockstep.locale.{name}].")
    show(done.findings)
    for name in (*done.names, *done.there):
        path = done.project.settings.catalog_path(done.project.settings.by_name[name])
        print(f"Next: translate {path}, or in the browser: lockstep desk --locale {name}")
    print("Then: lockstep check && lockstep build")
    return 2 if any(finding.level == 2 for finding in done.findings) else 0


VERB = Verb(
    12,
    "add",
    "add a language to the site",
    "Names the languages in pyproject.toml, where everything else stays as it stands, and gives each a catalog\n"
    "with our own texts already translated. Names, direction and plural forms are those of CLDR.",
    run,
    arguments,
)
