"""`lockstep brief`: what a translator finds new since their last visit."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.verb import Verb, named, project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `brief` takes."""
    parser.add_argument("locale", metavar="LOCALE", help="the language, by its name in the settings")
    parser.add_argument(
        "--since",
        default="",
        metavar="DAY|COMMIT",
        help="since when (default: the last commit that put a translation in)",
    )
    parser.add_argument("--by", default="", metavar="NAME", help="since this person's last commit, by name or e-mail")
    parser.add_argument(
        "--from", dest="sender", default="Lockstep <lockstep@localhost>", metavar="ADDRESS", help="who a mail is from"
    )
    parser.add_argument("--to", default="", metavar="ADDRESS", help="whom a mail is to")
    parser.add_argument(
        "--pictures",
        action="store_true",
        help="with --format html: each new text in its place, from dist/, by a browser that is here",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to (default: printed)")


def run(arguments: Namespace) -> int:
    """Tell it in the format that is asked for."""
    import sys

    from pipeline.build import deciding
    from pipeline.commands import brief, pictures
    from pipeline.core import disk
    from pipeline.core.errors import LockstepError
    from pipeline.site import brief as told_as

    project = project_of(arguments)
    (locale,) = named(project, [arguments.locale]) or ("",)
    deciding.measure(project, None, (locale,))
    told = brief.brief(project, locale, arguments.since, arguments.by)
    if arguments.pictures:
        if arguments.format != "html":
            raise LockstepError("pictures are for a page", todo="Give --format html as well, or leave out --pictures.")
        told = pictures.taken(project, told)
    if arguments.format == "mail":
        if any(ord(char) < 32 for char in arguments.sender + arguments.to):
            raise LockstepError("an address is one line", todo="Give --from and --to without line breaks.")
        body = told_as.mail(told, arguments.sender, arguments.to)
    elif arguments.format == "html":
        body = told_as.html(told)
    elif arguments.format == "atom":
        body = told_as.atom(told)
    else:
        body = told_as.text(told).encode(errors="replace")
    if arguments.output:
        disk.replace(arguments.output.absolute(), body)
        print(f"{arguments.output}: {told.title}")
    else:
        sys.stdout.write(body.decode())
    return 0


VERB = Verb(
    51,
    "brief",
    "what is new for a language's translators since their last visit",
    "Edited and new texts gravest first, what changed in words, where each stands, what was asked and answered, and what\n"
    "still waits. A visit is a commit that put a translation into the catalog; with --by, one of that person's. Print it,\n"
    "or write it as a page, as a mail to be sent (.eml), or as an Atom feed.",
    run,
    arguments,
    ("text", "html", "mail", "atom"),
)
