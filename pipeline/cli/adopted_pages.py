"""`lockstep adopt --pages`: what became of the translated copies of a site's pages."""

from __future__ import annotations

import json
import shlex
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import counted, progress, show
from pipeline.cli.verb import project_of, tidied_project_of
from pipeline.core.errors import LockstepError

if TYPE_CHECKING:
    from pipeline.commands.adopt_pages import Copied
    from pipeline.commands.copies import Where
    from pipeline.commands.guess import Guess
    from pipeline.project.project import Project

FEW = 10
"""How many of a list are shown without `--all`."""


def arguments(parser: ArgumentParser) -> None:
    """What only `--pages` takes."""
    parser.add_argument(
        "--pages",
        nargs="+",
        default=[],
        metavar="LOCALE=FOLDER",
        help="translated copies of pages: es=docs/es, or es=content/{page}.es.md, and en=docs/en where the history of the "
        "English is; or the folder of the other site alone, to be searched",
    )


def run(arguments: Namespace) -> int:
    """Bring the copies, and say what became of them: 1 where some wait for a person, 2 where a catalog could not be written."""
    from pipeline.commands import adopt_pages
    from pipeline.commands.guess import fitted

    if arguments.format == "html":
        raise LockstepError("--pages has no report in HTML", todo="Say --format markdown, or json.")
    with progress(arguments) as told:
        project = tidied_project_of(arguments) if arguments.write else project_of(arguments)
        project, like = fitted(project, folder(arguments.pages[0]), write=arguments.write)
        given, english, left = places(project, arguments.pages)
        made, written, wrong = adopt_pages.adopt(project, given, english, write=arguments.write, progress=told)
    if arguments.format == "json":
        print(json.dumps([data(one) for one in made], ensure_ascii=False, indent=2))
    else:
        lines = (
            line
            for one in made
            for line in (markdown(one) if arguments.format == "markdown" else text(one, every=arguments.all))
        )
        for line in lines:
            print(line)
    if arguments.format == "text":
        like_what(like, write=arguments.write)
        for one in left:
            print(f"Look: {one}.")
        show(wrong)
        for path in written:
            print(f"{path}: written")
        words = " ".join(arguments.pages)
        print(
            f"{counted(len(written), 'file')} written. Next: lockstep check, lockstep status"
            if arguments.write
            else f"Nothing was written. To take them over: lockstep adopt {at(arguments)}--write --pages {words}"
        )
    if any(one.level == 2 for one in wrong):
        return 2
    return 1 if any(one.alone or one.missing or one.kept or adopt_pages.waiting(one) for one in made) else 0


def folder(word: str) -> Path:
    """The folder that somebody names, with or without a language."""
    return Path((word.partition("=")[2] or word).partition("{page}")[0] or ".")


def at(arguments: Namespace) -> str:
    """How the site was named on the command line, to be said once more."""
    return "" if str(arguments.root) == "." else f"--root {shlex.quote(str(arguments.root))} "


def like_what(like: Guess | None, *, write: bool) -> None:
    """Say which tool's the pages seem to be, and what the settings say of that."""
    if like:
        ends = "is in pyproject.toml now." if write else "will be in pyproject.toml (with --write)."
        print(
            f"The pages seem to be of {like.why}, and the settings name no dialect: {like.settings().splitlines()[1]} {ends}"
        )


def places(project: Project, words: Sequence[str]) -> tuple[Mapping[str, Where], Where | None, Sequence[str]]:
    """Where the copies of each language are, and their English, if that is said; and what a search left. Raises LockstepError for
    what cannot be meant."""
    from pipeline.commands import copies

    names = {one: known.name for known in project.settings.by_name.values() for one in (known.name, known.tag)}
    found: dict[str, copies.Where] = {}
    said: set[str] = set()
    left: list[copies.Left] = []
    for word in words:
        name, sign, where = word.partition("=")
        if sign and name in names:
            found[names[name]] = copies.Where.parse(where)
            said.add(names[name])
        elif not sign and Path(word).is_dir():
            search = copies.search(project, Path(word))
            found = {**search.found, **found}
            left += search.left
        elif not sign:
            raise LockstepError(
                f"{word}: there is no such folder", todo="Name the folder of the other site, or es=docs/es."
            )
        else:
            todo = f"Write es=docs/es, or a folder; the languages are: {', '.join(project.settings.by_name)}."
            raise LockstepError(f"{word!r} is no language of this site and a folder", todo=todo)
    english = found.pop(project.settings.english.name, None)
    seen = [one.said for one in left if one.locale not in said]
    if not found:
        todo = "Say where: --pages es=docs/es, or es=content/{page}.es.md" + "".join(f"\n{one}." for one in seen)
        raise LockstepError("no copies of this site's pages were found", todo=todo)
    return found, english, seen


# What became of them ------------------------------------------------------------------------------------------------------


def text(made: Copied, *, every: bool) -> Iterator[str]:
    """What the copies of a language are worth, for a terminal: the numbers, what is stale, and what waits for a person."""
    yield from summary(made)
    for title, rows in lists(made):
        yield f"  {title}:"
        yield from (f"      {row}" for row in (rows if every else rows[:FEW]))
        if len(rows) > FEW and not every:
            yield f"      … and {len(rows) - FEW} more (--all)"


def markdown(made: Copied) -> Iterator[str]:
    """The same as a page, every row of it."""
    first, *rest = summary(made)
    yield f"## {first.strip()}\n"
    yield from (f"- {line.strip()}" for line in rest)
    for title, rows in lists(made):
        yield f"\n### {title}\n"
        yield from (f"- {row}" for row in rows)
    yield ""


def summary(made: Copied) -> Iterator[str]:
    """The numbers of a language."""
    from pipeline.changes.pairing import CERTAIN, ENGLISH, LIKELY
    from pipeline.commands.adopt_pages import TITLED, other_folder

    found = made.counts
    yield f"{made.locale}  {copies(made.pages)} in {made.where}, {made.dated} beside the English of their time"
    yield f"  {counted(found[CERTAIN], 'text')} paired for certain (live, unreviewed), {found[LIKELY]} likely (fuzzy), {found[ENGLISH]} still English in the copy, {len(made.alone)} without an English"
    if titled := found[TITLED]:
        yield f"  {counted(titled, 'title')} of boxes that have none in English, where readers see the word of their language for that kind"
    for what, count in sorted(Counter(one.what for one in made.merge.outcomes).items()):
        yield f"    {count:>6}  {what}"
    if other := other_folder(made):
        yield f"  Its pages are at /{other[1]}/… here. If they were at /{other[0]}/…, have your host lead on from there: docs/hosts.md of Lockstep says how."
    if made.dated < made.pages:
        rest = made.pages - made.dated
        yield f"  Git does not tell which English {copies(rest)} {'was' if rest == 1 else 'were'} made from: what is stale there is not known. {made.history}."


def copies(count: int) -> str:
    return f"{count} {'copy' if count == 1 else 'copies'}"


def lists(made: Copied) -> Iterator[tuple[str, Sequence[str]]]:
    """What a person is to look at."""
    from pipeline.commands.adopt_pages import waiting

    some: Iterable[tuple[str, Sequence[str]]] = (
        (
            "Stale from the first day, the gravest first",
            [f"{one.place}  {one.severity}, since {one.since}: {one.why}" for one in made.stale],
        ),
        ("Without an English that it is likely to be of", [f"{one.place}  “{one.text}”" for one in made.alone]),
        ("Still English in the copy", [f"{one.place}  “{one.text}”" for one in made.english]),
        (
            "Code that is not that of the English, which readers get: code is not translated",
            [f"{one.place}  “{one.text}”" for one in made.code],
        ),
        (
            "Not taken",
            [
                f"{one.place}  “{one.english[:60]}”: {one.what}{f' ({one.why})' if one.why else ''}"
                for one in waiting(made)
            ],
        ),
        ("Copies that were not published where they come from, so that all of them is a draft here", made.kept),
        ("Left out", made.missing),
    )
    yield from ((f"{title} ({len(rows)})", rows) for title, rows in some if rows)


def data(made: Copied) -> dict[str, object]:
    """The same for a program."""
    from pipeline.commands.adopt_pages import waiting

    return {
        "locale": made.locale,
        "where": str(made.where),
        "pages": made.pages,
        "dated": made.dated,
        "pairs": dict(made.counts),
        "outcomes": dict(Counter(one.what for one in made.merge.outcomes)),
        "stale": [
            {"place": one.place, "severity": str(one.severity), "since": one.since, "was": one.english, "why": one.why}
            for one in made.stale
        ],
        "alone": [one._asdict() for one in made.alone],
        "english": [one._asdict() for one in made.english],
        "code": [one._asdict() for one in made.code],
        "not-taken": [
            {"place": one.place, "english": one.english, "what": one.what, "why": one.why} for one in waiting(made)
        ],
        "not-published": made.kept,
        "left-out": made.missing,
    }
