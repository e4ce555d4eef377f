"""`lockstep review`: sign for translations, take a signature back, or see who vouches for what."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from pipeline.cli.console import console, counted
from pipeline.cli.verb import Verb, project_of, tidied_project_of
from pipeline.cli.verbs import verify


def arguments(parser: ArgumentParser) -> None:
    """What only `review` takes."""
    parser.add_argument("locale", metavar="LOCALE")
    parser.add_argument("targets", metavar="PAGE[#block]", nargs="*")
    parser.add_argument(
        "--as", dest="role", default="", choices=("translator", "reviser", "clinician"), help="your role"
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who signs")
    parser.add_argument(
        "--qualification", default="", metavar="TEXT", help="what qualifies you; remembered by your name"
    )
    parser.add_argument(
        "--origin",
        default="",
        choices=("human", "memory", "machine+edited", "machine"),
        help="where the translation is from, if it is not what the ledger or the settings say",
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="anything to add; with --void the reason")
    parser.add_argument(
        "--back-translation", action="store_true", help="you read a translation back into English, not the text itself"
    )
    parser.add_argument(
        "--token",
        default="",
        metavar="TOKEN",
        help="sign only if everything is as `--list` showed it when it printed this token",
    )
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument(
        "--list",
        action="store_true",
        help="show each text, its translation and who signed for it, valid or why not, and a token of all that",
    )
    doing.add_argument("--void", action="store_true", help="take back the signatures (of one role with --as)")
    doing.add_argument(
        "--into",
        default="",
        metavar="FILE",
        help="note that a picture, recording or PDF was made from the texts as they are",
    )
    doing.add_argument(
        "--export", choices=("csv", "html"), help="print every text with every signature, for an auditor"
    )


def run(arguments: Namespace) -> int:
    """Do what the options say, and sign where they say nothing else: 1 where nothing could be signed."""
    if arguments.locale == "verify":
        return verify.run(arguments)
    if arguments.export:
        return export(arguments)
    if arguments.into:
        return into(arguments)
    if arguments.list:
        return listed(arguments)
    return void(arguments) if arguments.void else sign(arguments)


def export(arguments: Namespace) -> int:
    """Print the ledger for an auditor; the source language, which is no translation, only as CSV."""
    from pipeline.cli import reviews_report
    from pipeline.commands import review

    project = project_of(arguments)
    rows = list(review.rows(project, arguments.locale, arguments.targets))
    known = project.settings.by_name.get(arguments.locale)
    if arguments.export == "csv" or known is None:
        sys.stdout.write(reviews_report.as_csv(rows))
    else:
        sys.stdout.write(reviews_report.as_html(rows, known, project.settings.project, project.clock.day))
    return 0


def listed(arguments: Namespace) -> int:
    """Print each text with its signatures."""
    from pipeline.cli import text
    from pipeline.commands import looked, review

    project = project_of(arguments)
    found = [one for target in arguments.targets or [""] for one in review.texts(project, arguments.locale, target)]
    for line in text.reviews_list(found, project.content.weighing):
        console().print(line)
    if found:
        print(f"To sign for just this: --token {looked.listed(project, arguments.locale, found)}")
    return 0


def into(arguments: Namespace) -> int:
    """Note what a file was made from."""
    from pipeline.commands import media

    path = media.declare(tidied_project_of(arguments), arguments.locale, arguments.targets, arguments.into)
    print(f"Written to {path}. The file is withheld in {arguments.locale} when one of its texts changes.")
    return 0


def void(arguments: Namespace) -> int:
    """Take signatures back, and count the lines that say so."""
    from pipeline.commands import review

    project, locale = tidied_project_of(arguments), arguments.locale
    lines = review.void(project, locale, arguments.targets, arguments.role, arguments.by, arguments.note)
    print(f"{counted(len(lines), 'line')} written to locale/{locale}/reviews.jsonl.")
    return 0


def sign(arguments: Namespace) -> int:
    """Sign, say what was not signed and why, and what the signature lacks to count as a qualified review."""
    from pipeline.commands import looked, review

    project, locale = tidied_project_of(arguments), arguments.locale
    if arguments.token:
        found = [one for target in arguments.targets for one in review.texts(project, locale, target)]
        looked.hold(project, locale, found, arguments.token)
    signing = review.Signing(
        arguments.role,
        arguments.by,
        arguments.qualification,
        arguments.origin,
        arguments.note,
        arguments.back_translation,
    )
    lines, skipped = review.sign(project, locale, arguments.targets, signing)
    for one in skipped:
        why = "not translated" if one.pair is None else str(one.shown.state)
        print(f"{one.place.path}#{one.place.block}: not signed ({why})")
    print(f"{counted(len(lines), 'text')} signed in locale/{locale}/reviews.jsonl.")
    if lines and lines[0].role == "reviser" and not lines[0].qualification:
        print(
            "No qualification is stated, so readers of machine translations are still told that no qualified translator\n"
            "has reviewed them (45 CFR 92.201(c)(3)). Sign again with --qualification; it is remembered for this language."
        )
    return 0 if lines else 1


VERB = Verb(
    90,
    "review",
    "sign for translations, take a signature back, or see who vouches for what",
    "PAGE is a file under source/, #block a block or section of it, as in `lockstep status`. A signature is bound to the\n"
    "two texts and ends when either changes by one character. Whoever translated does not revise; whoever did either\n"
    "does not sign as clinician. LOCALE may be the source language, where a clinician signs for the English.",
    run,
    arguments,
)
