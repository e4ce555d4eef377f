"""`lockstep adopt`: the catalogs that a site had with another tool, or its translated copies of pages, become ours."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli import adopted_pages
from pipeline.cli.console import counted, show
from pipeline.cli.verb import Verb, named, project_of, tidied_project_of
from pipeline.core.errors import LockstepError

TOOLS = ("mdbook", "po4a", "mdpo", "sphinx", "translate-toolkit", "gettext")


def arguments(parser: ArgumentParser) -> None:
    """What only `adopt` takes."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="catalogs (*.po) of the other tool, or folders with some"
    )
    parser.add_argument(
        "--locale", "-l", default="", metavar="NAME", help="the language they are in (default: as header or path say)"
    )
    parser.add_argument(
        "--from", dest="tool", choices=TOOLS, default="", help="the tool that extracted them (default: found out)"
    )
    parser.add_argument("--all", action="store_true", help="show every translation that is not live, not the first few")
    parser.add_argument(
        "--write", action="store_true", help="put them into the catalogs of this site; without it nothing is written"
    )
    adopted_pages.arguments(parser)


def run(arguments: Namespace) -> int:
    """Account for every translation: 1 where some of a catalog cannot be read, 2 where nothing can, or ours cannot be brought into step."""
    from pipeline.cli import adoption_report as report
    from pipeline.commands.adopt import adopt
    from pipeline.commands.guess import fitted

    if arguments.pages and not arguments.paths:
        return adopted_pages.run(arguments)
    if arguments.pages or not arguments.paths:
        raise LockstepError(
            "both catalogs and copies of pages are named" if arguments.pages else "nothing is named to be taken over",
            todo="Name catalogs, lockstep adopt PATH; or copies of pages, lockstep adopt --pages es=docs/es.",
        )
    project = tidied_project_of(arguments) if arguments.write else project_of(arguments)
    project, like = fitted(project, arguments.paths[0], write=arguments.write)
    locale = (named(project, [arguments.locale]) or ("",))[0] if arguments.locale else ""
    found = adopt(project, arguments.paths, locale, arguments.tool, write=arguments.write)
    if arguments.format == "text":
        adopted_pages.like_what(like, write=arguments.write)
        for line in report.text(found, project.settings.by_name, every=arguments.all):
            print(line)
        show(found.findings)
        for path in found.written:
            print(f"{path}: written")
        if not found.languages:
            print("Nothing was taken over.")
        elif arguments.write:
            print(f"{counted(len(found.written), 'file')} written. Next: lockstep check, lockstep status")
        else:
            print(
                f"Nothing was written. To take them over: lockstep adopt {adopted_pages.at(arguments)}--write "
                f"{' '.join(map(str, arguments.paths))}"
            )
    elif arguments.format == "html":
        print(report.html(found, project.settings, project.clock.day))
    else:
        made = (
            report.data(found)
            if arguments.format == "json"
            else "\n".join(report.markdown(found, project.settings.by_name))
        )
        print(made)
    if found.failed or not found.languages:
        return 2
    return 1 if any(finding.level == 2 for finding in found.findings) else 0


VERB = Verb(
    12,
    "adopt",
    "take over the translations of another tool's catalogs, or of translated copies of pages",
    "Reads the catalogs of mdbook-i18n-helpers, po4a, mdpo, Sphinx, the Translate Toolkit, or any other tool, and finds\n"
    "each translation its message here: the same English but for what the two tools write otherwise, or the pieces of\n"
    "it. What is fuzzy or was edited since becomes fuzzy, with the reason; what has no place here is kept as obsolete.\n"
    "Says of every translation what became of it. A catalog of this site wins over what comes in.\n\n"
    "With --pages, translated copies of pages are paired with the English, block by block, by what languages share: what is\n"
    "certain is taken as a translation that nobody has reviewed, what is likely is fuzzy, the rest is listed. Where git has\n"
    "them, a copy is paired with the English of its time, and what is stale since is listed.",
    run,
    arguments,
    ("text", "json", "markdown", "html"),
)
