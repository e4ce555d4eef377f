"""`lockstep handout`: a page as a paper to give to a patient."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.verb import Verb, tidied_project_of
from pipeline.core.errors import LockstepError

SIZES = ("letter", "a4")


def arguments(parser: ArgumentParser) -> None:
    """What only `handout` takes."""
    parser.add_argument("page", metavar="PAGE", help="the page: its file in source/, or its address")
    parser.add_argument("--locale", "-l", required=True, metavar="NAME", help="the reader's language")
    parser.add_argument("--bilingual", action="store_true", help="set the English beside it, text by text")
    parser.add_argument("--large", action="store_true", help="in large letters")
    parser.add_argument("--paper", choices=SIZES, default="letter", help="the size of the paper (default: letter)")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="where to, as .pdf or .html (default: PAGE.LANGUAGE.pdf here)",
    )


def run(arguments: Namespace) -> int:
    """Make the paper, note its version, and say how the site will answer for it."""
    from pipeline.commands import browser, handout
    from pipeline.site.handout import Look

    project = tidied_project_of(arguments)
    look = Look(arguments.bilingual, arguments.large, arguments.paper)
    made = handout.paper(project, arguments.page, arguments.locale, look)
    target = arguments.output or Path(made.output.path).with_suffix(".pdf")
    if target.suffix not in {".pdf", ".html"}:
        raise LockstepError(f"a paper is a .pdf or an .html, not {target.name!r}", todo="Name it so: -o FILE.pdf")
    body = made.output.body if target.suffix == ".html" else browser.pdf(made.output.body, made.day)
    handout.handed(project, made, body, target.absolute())
    print(f"{target}: {made.row.page} in {made.row.locale}, version {made.row.id}")
    if made.new:
        print(
            "Written to locale/handouts.jsonl. Commit it: by it the site tells readers when this paper is out of date."
        )
    if not project.settings.url:
        print(
            "Note: the site has no `url`, so the paper has no code that leads to v/. Set it in [tool.lockstep].",
            file=sys.stderr,
        )
    return 0


VERB = Verb(
    45,
    "handout",
    "a page as a paper to give to a patient, as PDF or HTML",
    "It says what the page says: what is stale stands there in English with its notice, what is recalled does not, and a\n"
    "language that is withheld is refused. The paper has its version and a code that leads to v/VERSION/ on the site,\n"
    "which says whether it is current, superseded or withdrawn. A PDF needs Chromium, Chrome or Edge.",
    run,
    arguments,
)
