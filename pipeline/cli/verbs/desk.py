"""`lockstep desk`: the site's pages in a browser, to be translated and reviewed where they stand."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.verb import Verb, number


def served(parser: ArgumentParser) -> None:
    """Take what `serve` takes too."""
    parser.add_argument("--locale", "-l", default="", metavar="NAME", help="open the site in this language")
    parser.add_argument(
        "--port", type=number, metavar="N", help="the port on this machine (default: one of the site's own)"
    )
    parser.add_argument("--no-open", action="store_true", help="print the address and open no browser")


def arguments(parser: ArgumentParser) -> None:
    """What only `desk` takes."""
    served(parser)
    parser.add_argument(
        "--as", dest="role", choices=("translator", "reviser", "clinician"), default="", help="review in this role"
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who signs")
    parser.add_argument("--qualification", default="", metavar="TEXT", help="what qualifies them")
    parser.add_argument(
        "--read-only", action="store_true", help="write no translations: sign, send back and comment only"
    )


def run(arguments: Namespace) -> int:
    """Serve until somebody ends it."""
    from pipeline.core.errors import LockstepError
    from pipeline.core.signers import given
    from pipeline.desk.work import Person

    if bool(arguments.role) != bool(arguments.by.strip()):
        raise LockstepError("a review has a role and a name", todo='Give both: --as reviser --by "Ana Ruiz"')
    name = given(arguments.by, "a review").name if arguments.by.strip() else ""
    edits = not arguments.read_only and arguments.role != "clinician"
    return serve(arguments, Person(arguments.role, name, arguments.qualification, edits))


def serve(arguments: Namespace, person: object) -> int:
    """Serve a site to one person until it is ended."""
    import webbrowser

    from pipeline.core import clock
    from pipeline.core.errors import LockstepError
    from pipeline.core.settings import load
    from pipeline.desk import server
    from pipeline.desk.work import Person

    assert isinstance(person, Person)
    root = arguments.root.resolve()
    known = {spelled: one.name for one in load(root).by_name.values() for spelled in (one.name, one.tag)}
    if arguments.locale and arguments.locale not in known:
        raise LockstepError(
            f"no language of this site is called {arguments.locale!r}", todo=f"They are: {', '.join(known)}."
        )

    def ready(address: str) -> None:
        print(f"Your site is at {address}\nCtrl+C ends it.", flush=True)
        if not arguments.no_open:
            webbrowser.open(address)

    server.serve(
        root,
        clock.read,
        arguments.store,
        person,
        locale=known.get(arguments.locale, ""),
        port=arguments.port,
        ready=ready,
    )
    return 0


VERB = Verb(
    36,
    "desk",
    "translate and review the pages where they stand, in a browser",
    "Serves the site from memory at 127.0.0.1 and opens it. A text on the page opens its card: the English and what changed of it,\n"
    "what the checks say, and the translation to edit. A save writes that one entry of the PO file. With --as and --by texts are\n"
    "signed for and sent back where they are read; a clinician writes no translations. Needs the extra `desk`: without\n"
    "it the verb says what to type.",
    run,
    arguments,
)
