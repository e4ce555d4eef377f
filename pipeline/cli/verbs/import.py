"""`lockstep import`: what comes back from another tool, or from an engine or a memory, into a catalog."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import counted, show
from pipeline.cli.verb import Verb, named, spoken, tidied_project_of

if TYPE_CHECKING:
    from pipeline.commands.bring import Merge, Origin
    from pipeline.project.project import Project


def arguments(parser: ArgumentParser) -> None:
    """What only `import` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="XLIFF 1.2 or 2.x, TMX, CSV, or TBX for the glossary")
    parser.add_argument(
        "--origin", choices=("machine", "person", "memory"), default="", help="where the texts are from, for the ledger"
    )
    parser.add_argument("--engine", default="", metavar="NAME", help="with --origin machine: which")
    parser.add_argument("--by", default="", metavar="NAME", help="with --origin person: who")
    parser.add_argument("--overwrite", action="store_true", help="put the file's texts in the place of others, too")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    spoken(parser)


def run(arguments: Namespace) -> int:
    """Bring the catalog into step, merge the file, and say what became of each text that is not as before: 1 where some were not
    taken."""
    from pipeline.commands import bring, terms
    from pipeline.commands.update import update
    from pipeline.core import inputs
    from pipeline.core.errors import LockstepError

    origin = origin_of(arguments)
    body = inputs.plain(str(arguments.file), arguments.file, bring.MOST)
    if body is None:
        raise LockstepError("there is no such file", path=arguments.file)
    project, name = tidied_project_of(arguments), arguments.file.name
    if terms.is_glossary(name, body):
        return glossary(project, body, name, write=not arguments.dry_run)
    locale = locale_of(project, body, arguments)
    merge = bring.bring(project, locale, body, name, origin, overwrite=arguments.overwrite)
    if arguments.dry_run:
        bring.tried(merge)
        return told(merge, [], project)
    written, wrong = update(project, merge)
    code = told(merge, written, tidied_project_of(arguments))
    show(wrong)
    return 2 if any(one.level == 2 for one in wrong) else code


def origin_of(arguments: Namespace) -> Origin:
    """Where the texts are from. Raises LockstepError where a machine or a person has no name."""
    from pipeline.commands.bring import MACHINE, PERSON, Origin
    from pipeline.core.errors import LockstepError
    from pipeline.core.signers import given

    kind = arguments.origin
    if kind == MACHINE and not arguments.engine.strip():
        raise LockstepError("a machine translation needs the name of its engine", todo="Give --engine NAME.")
    if (arguments.engine and kind != MACHINE) or (arguments.by and kind != PERSON):
        raise LockstepError("--engine goes with --origin machine, --by with --origin person")
    name = given(arguments.by, "an origin").name if kind == PERSON else arguments.engine.strip()
    return Origin(kind, name or arguments.file.name)


def locale_of(project: Project, body: bytes, arguments: Namespace) -> str:
    """The language to import into: the one asked for, else the one that the file says it is in. Raises LockstepError where that
    is none of the site's, or more than one."""
    from pipeline.commands import bring
    from pipeline.core.errors import LockstepError

    if asked := named(project, arguments.locale):
        found = asked
    else:
        found = bring.locales_in(project, body, arguments.file.name) or tuple(project.catalogs)
    if len(found) != 1:
        raise LockstepError("into which language?", path=arguments.file, todo=f"Say it: --locale {' or '.join(found)}")
    return found[0]


def told(merge: Merge, written: list[str], project: Project) -> int:
    """Print what became of the texts, and what the checks say of them."""
    from pipeline.commands import bring

    loud = [one for one in merge.outcomes if one.what not in bring.QUIET]
    for one in loud:
        if one.why:
            print(f"{one.place}: “{bring.short(one.english)}”: {one.what} ({one.why})")
        elif one.what in bring.REFUSED:
            print(f"{one.place}: “{bring.short(one.english)}”: {one.what}")
    show(bring.complaints(project, merge))
    for what, count in Counter(one.what for one in merge.outcomes).items():
        print(f"{counted(count, 'text')} {what}")
    print("".join(f"{path}: written\n" for path in dict.fromkeys(written)) or "Nothing was written.\n", end="")
    return 1 if any(one.what in bring.REFUSED for one in loud) else 0


def glossary(project: Project, body: bytes, name: str, *, write: bool) -> int:
    """Merge a glossary."""
    from pipeline.commands import terms

    found = terms.bring(project, body, name)
    for line in found.said:
        print(line)
    changed = write and terms.write(project, found)
    print(
        f"{counted(found.added, 'form')} {'added' if changed or not found.added else 'would be added'}. {f'{found.path}: written' if changed else 'Nothing was written.'}"
    )
    return 0


VERB = Verb(
    25,
    "import",
    "take translations back from another tool, an engine or a memory, entry by entry",
    "Brings the catalogs into step first. A text whose English changed since the file was made is a draft (fuzzy) under the\n"
    "new one, with the former beside it. A translation that stands is replaced where the file has an edit of that very\n"
    "text, else only with --overwrite. What was not taken is named, with its line. TMX fills what is empty.",
    run,
    arguments,
)
