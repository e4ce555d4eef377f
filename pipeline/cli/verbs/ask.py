"""`lockstep ask`: a question about a text, to whoever writes the English."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.verb import Verb, named, tidied_project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `ask` takes."""
    parser.add_argument("target", metavar="MESSAGE|PAGE#block", help="the text, as status and brief name it")
    parser.add_argument("question", metavar="TEXT", help="what you need to know")
    parser.add_argument("--by", default="", metavar="NAME", help="who asks (default: you, as git knows you)")
    parser.add_argument("--locale", "-l", default="", metavar="NAME", help="the language that you ask for")


def run(arguments: Namespace) -> int:
    """Note the question, and say how it is answered."""
    from pipeline.commands import questions

    project = tidied_project_of(arguments)
    locales = named(project, [arguments.locale] if arguments.locale else [])
    row = questions.ask(project, arguments.target, arguments.question, arguments.by, locales[0] if locales else "")
    print(f"{row.page}#{row.block}: question {row.question[:8]} by {row.by}")
    print("Written to locale/questions.jsonl. Commit it: `lockstep check` shows it to whoever writes the English.")
    print(f'It is answered by: lockstep answer {row.question[:8]} "…" --by NAME')
    return 0


VERB = Verb(
    52,
    "ask",
    "ask about a text; it is answered once for all languages",
    "The question is kept with the text in locale/questions.jsonl and follows it through edits. It is shown by check, by\n"
    "brief and at the desk; once answered also in every catalog, as a comment for translators (#.).",
    run,
    arguments,
)
