"""`lockstep answer`: what a translator asked, answered once for all languages."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.verb import Verb, tidied_project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `answer` takes."""
    parser.add_argument("question", metavar="ID", help="the question's id, or its first digits, as check prints it")
    parser.add_argument("answer", metavar="TEXT")
    parser.add_argument("--by", default="", metavar="NAME", help="who answers (default: you, as git knows you)")


def run(arguments: Namespace) -> int:
    """Note the answer, and say how translators get it."""
    from pipeline.commands import questions

    row = questions.answer(tidied_project_of(arguments), arguments.question, arguments.answer, arguments.by)
    print(f"Question {row.question[:8]} is answered by {row.by}.")
    print("Written to locale/questions.jsonl. Next: lockstep update, which gives it to every catalog as a comment.")
    return 0


VERB = Verb(
    53,
    "answer",
    "answer what a translator asked, once for all languages",
    "Question and answer stand from the next update on in every catalog, as comments for translators (#.), and in brief\n"
    "and at the desk. Where the English is at fault, edit it instead: the question goes along with the text.",
    run,
    arguments,
)
