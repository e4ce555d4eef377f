"""`lockstep recall`: a wording withdrawn in every language at once."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.verb import Verb, tidied_project_of


def arguments(parser: ArgumentParser) -> None:
    """What only `recall` takes."""
    parser.add_argument("target", metavar="MESSAGE|PAGE#block")
    parser.add_argument("--by", default="", metavar="NAME", help="who withdraws it (default: you, as git knows you)")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why")
    parser.add_argument("--stub", action="store_true", help="withdraw the English as well")
    parser.add_argument("--approve", action="store_true", help="end the recall; takes --by and --second")
    parser.add_argument("--second", default="", metavar="NAME", help="the second person, to end a recall")


def run(arguments: Namespace) -> int:
    """Withdraw or approve, and say what else holds the words."""
    from pipeline.commands import recall

    found = recall.recall(
        tidied_project_of(arguments),
        arguments.target,
        (arguments.by, arguments.second),
        arguments.reason,
        stub=arguments.stub,
        approve=arguments.approve,
    )
    for line in found.lines:
        print(f"{line.page}#{line.block}: {line.how} ({line.message})")
    for place in found.inside:
        print(f"{place.path}#{place.block}: holds these words too and is not recalled. See whether it has to be.")
    for place in found.anchors:
        print(
            f"{place.path}#{place.block}: the address of this section is made from its words and stays as it is. Edit the heading."
        )
    print("Written to locale/recalls.jsonl. Next: lockstep build")
    return 0


VERB = Verb(
    110,
    "recall",
    "withdraw a wording in every language at once, until two people approve it again",
    "Every translation of the text goes at the next build and its English is shown; with --stub the English goes too,\n"
    "and templates/notices.html says what stands there. The same English elsewhere is the same wording.",
    run,
    arguments,
)
