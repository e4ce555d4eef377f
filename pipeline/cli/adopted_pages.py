"""`lockstep adopt --pages`: what became of the translated copies of a site's pages."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.cli.console import counted, show
from pipeline.cli.verb import tidied_project_of

if TYPE_CHECKING:
    from pipeline.commands.adopt_pages import Adopted
    from pipeline.commands.project import Project


def arguments(parser: ArgumentParser) -> None:
    """What only `--pages` takes."""
    parser.add_argument(
        "--pages",
        nargs="+",
        default=[],
        metavar="LOCALE=FOLDER",
        help="translated copies of pages: es=docs/es, or es=content/{page}.es.md; and en=docs/en where the English of their "
        "history is not in source/",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")


def run(arguments: Namespace) -> int:
    """Adopt the copies of each language, and say what became of them: 2 where a catalog could not be written."""
    from pipeline.commands import adopt_pages, bring
    from pipeline.commands.update import update
    from pipeline.core.errors import LockstepError

    project, code = tidied_project_of(arguments), 0
    given = {}
    for text in arguments.pages:
        name, sign, where = text.partition("=")
        names = {one: known.name for known in project.settings.by_name.values() for one in (known.name, known.tag)}
        if not sign or name not in names:
            raise LockstepError(
                f"{text!r} is no language of this site and a folder",
                todo=f"Write es=docs/es; the languages are: {', '.join(project.settings.by_name)}.",
            )
        given[names[name]] = adopt_pages.Where.parse(where)
    english = given.pop(project.settings.english.name, None)
    for locale, where in given.items():
        made = adopt_pages.adopt(project, locale, where, english)
        if arguments.dry_run:
            bring.tried(made.merge)
            told(made, project)
            continue
        written, wrong = update(project, made.merge)
        project = tidied_project_of(arguments)
        told(made, project)
        print("".join(f"{path}: written\n" for path in dict.fromkeys(written)) or "Nothing was written.\n", end="")
        show(wrong)
        code = 2 if any(one.level == 2 for one in wrong) else code
    return code


def told(made: Adopted, project: Project) -> None:
    """Print what became of the copies of a language: what waits for a person, what is stale, and the numbers."""
    from pipeline.changes.pairing import CERTAIN, ENGLISH, LIKELY
    from pipeline.commands import adopt_pages, bring

    for line in made.missing:
        print(line)
    for line in made.alone:
        print(f"{line}: no English that it is certain or likely to be of")
    for one in made.merge.outcomes:
        if one.what in bring.REFUSED:
            print(f"{one.place}: “{bring.short(one.english)}”: {one.what}{f' ({one.why})' if one.why else ''}")
    old = adopt_pages.stale(project, made)
    if old:
        print(f"Stale in {made.locale} from the first day, the gravest first:")
    for row in old:
        print(f"    {row.place}: {row.severity} since {row.since}: {row.why}")
    found = made.counts
    print(f"{made.locale}: {counted(made.pages, 'page')}, {made.dated} of them by the English of their time")
    print(
        f"    {counted(found.get(CERTAIN, 0), 'text')} paired for certain, {found.get(LIKELY, 0)} likely (fuzzy), {found.get(ENGLISH, 0)} still English in the copy, {len(made.alone)} for a person"
    )
    for what, count in Counter(one.what for one in made.merge.outcomes).items():
        print(f"    {counted(count, 'text')} {what}")
    if not made.dated:
        print("    Git does not tell which English the copies were made from: what is stale in them is not known.")
