"""Who brought what people recorded, as git tells: each line of a ledger beside the commit that brought it, and lines that are gone.

A name in a file is typed; a commit has an author. Where the two are not one person somebody signed for another, or pretended to.
A commit's author can be set to anything, too: git's own signatures, protected branches and CODEOWNERS are what a site rests on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.changes import edit_log, people
from pipeline.changes.edit_log import RAISED, Edit
from pipeline.changes.people import People
from pipeline.core import git, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.git import Change
from pipeline.core.ledger import Fields
from pipeline.core.model import Finding, Level, Span
from pipeline.core.signers import Likeness, likeness, signer
from pipeline.project.project import Project
from pipeline.review import recalls, reviews, suppressions
from pipeline.review.recalls import APPROVED, RECALLED, Recall
from pipeline.review.reviews import VOID, Line

CODE, LOST = "provenance", "recall-lost"
AT_ONCE = 20
"""Versions of a file that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said in a line: whose names it has, what is missing where the line is gone, and whether pages get laxer then."""

    names: tuple[str, ...]
    what: str
    guards: bool = False
    two: bool = False


def said_in_review(line: str) -> Word | None:
    """What a line of a review ledger says, None where nobody says it."""
    found = Line.parse(Fields.of(line))
    return (
        Word((found.name,), "A word taken back" if found.how == VOID else "A signature", found.how == VOID)
        if found.name
        else None
    )


def said_in_recall(line: str) -> Word | None:
    """What a line of the recalls says."""
    found = Recall.parse(Fields.of(line))
    return Word(
        found.by, "A recall" if found.how == RECALLED else "An approval", found.how == RECALLED, found.how == APPROVED
    )


def said_in_log(line: str) -> Word | None:
    """What a line of the edit log says where people decided."""
    found = Edit.parse(Fields.of(line)).decision
    return Word(found.by, "A decision", found.meaning == RAISED, len(found.by) > 1) if found else None


Said = Callable[[str], Word | None]


def findings(project: Project) -> list[Finding]:
    """What git's history tells against the records of a site, one of a commit, a name and a kind of line, with how many more there
    are; what is gone first, then what is an error. Raises LockstepError where there is no git."""
    found: dict[tuple[str, Level], list[Span]] = {}
    for one in every_line(project):
        found.setdefault((one.text, one.level), []).append(one.span)
    told = [Finding(CODE, level, more(text, spans), spans[0]) for (text, level), spans in found.items()]
    return sorted(told, key=lambda one: (not GONE.search(one.text), -one.level))


GONE = re.compile(r" stood here \(commit \w+\) and is gone\.")
SAID = re.compile(r"\(commit \w+\)(?: and is gone)?\.")


def more(text: str, spans: Sequence[Span]) -> str:
    """What is said of a line, and of how many others of its commit."""
    if len(spans) == 1:
        return text
    files = len({span.path for span in spans})
    where = f", in {files} files" if files > 1 else ""
    others = f"and so of {len(spans) - 1} more line{'s' * (len(spans) > 2)}{where}"
    return SAID.sub(lambda found: f"{found[0][:-1]}, {others}.", text, count=1)


def every_line(project: Project) -> Iterator[Finding]:
    """The same, line by line."""
    root, who = project.root, people.load(project.root)
    here = git.position(root)
    if here is None:
        raise LockstepError("is in no git repository", path=root, todo="Run it in a clone of the site.")
    if here.cut:
        text = "This clone is shallow, so who brought the older lines is not known. Fetch all of it (in CI: fetch-depth: 0)."
        yield Finding(CODE, Level.WARNING, text, Span("locale", 1))
    files: dict[str, Said] = {recalls.PATH: said_in_recall, edit_log.LOG_PATH: said_in_log}
    files |= {reviews.path_of(name): said_in_review for name in project.settings.by_name}
    for path, said in files.items():
        yield from of_lines(root, path, said, who, here.cut)
    for locale in project.settings.locales:
        yield from of_exceptions(root, suppressions.path_of(locale.name), locale.name, who, here.cut)


def of_lines(root: Path, path: str, said: Said, who: People, cut: Collection[str]) -> Iterator[Finding]:
    """What the history of one ledger tells. `cut`: the commits whose parents a shallow clone lacks, which brought nothing that anybody
    can tell of."""
    for word, change, line in words(root, path, said):
        if line:
            yield from doubted(word, change, Span(path, line), who) if change.name not in cut else ()
        else:
            yield gone(word, change, path, CODE)


def lost(project: Project) -> Iterator[Finding]:
    """The recalls, and the signatures taken back, that the history of this clone has and the ledgers have no more: without its line a
    recalled text is published again, a signature holds again. Nothing where there is no git."""
    root = project.root
    if git.position(root) is None:
        return
    files: dict[str, Said] = {recalls.PATH: said_in_recall}
    ledgers = [reviews.path_of(name) for name in project.settings.by_name]
    files |= {path: said_in_review for path in ledgers if git.ever_had(root, path, f'"{VOID}"')}
    for path, said in files.items():
        for word, change, line in words(root, path, said):
            if word.guards and not line:
                yield gone(word, change, path, LOST)


def gone(word: Word, change: Change, path: str, code: str) -> Finding:
    """That a line is gone."""
    level = Level.ERROR if word.guards else Level.WARNING
    what = f"{word.what} by {' and '.join(word.names)} stood here (commit {change.name[:12]}) and is gone. Restore the line from git."
    return Finding(code, level, what, Span(path, 1))


def words(root: Path, path: str, said: Said) -> Iterator[tuple[Word, Change, int]]:
    """What people ever said in a ledger, each with the commit that brought it and the line where it stands now, 0 for none."""

    def parts(body: bytes | None) -> dict[str, int]:
        lines = (body or b"").decode(errors="replace").split("\n")
        return {line.strip(): at for at, line in reversed([*enumerate(lines, 1)]) if line.strip()}

    now = parts(inputs.read(root, path))
    for text, change in brought(root, path, parts):
        try:
            word = said(text)
        except (ValueError, RecursionError):
            continue  # it is a finding of its own where it stands
        if word is not None:
            yield word, change, now.get(text, 0)


def of_exceptions(root: Path, path: str, locale: str, who: People, cut: Collection[str]) -> Iterator[Finding]:
    """The same of the exceptions of a language, row by row; one that is gone accepts nothing."""

    def parts(body: bytes | None) -> dict[tuple[str, ...], int]:
        found = suppressions.parsed(body, path, locale, who)
        return {(row.by, row.check, row.message, row.translation): row.line for row in found.rows}

    now = parts(inputs.read(root, path))
    for row, change in brought(root, path, parts):
        if row in now and change.name not in cut:
            yield from doubted(Word((row[0],), "An acceptance"), change, Span(path, now[row]), who)


T = TypeVar("T")


def brought(root: Path, path: str, parts: Callable[[bytes | None], Mapping[T, int]]) -> Iterator[tuple[T, Change]]:
    """What a file ever had, each part with the first commit that brought it: no parent of it has it."""
    seen: set[T] = set()
    changes = git.changes(root, path)[::-1]
    for some in (changes[at : at + AT_ONCE] for at in range(0, len(changes), AT_ONCE)):
        names = [f"{name}:./{path}" for change in some for name in (change.name, *change.parents)]
        bodies = iter([*git.versions(root, names)])
        for change in some:
            own = parts(next(bodies))
            before = [parts(next(bodies)) for _ in change.parents]
            for one in own:
                if one not in seen and not any(one in parent for parent in before):
                    seen.add(one)
                    yield one, change


def doubted(word: Word, change: Change, span: Span, who: People) -> Iterator[Finding]:
    """That names of a line are not the people of the commit that brought it."""
    others = [name for name in word.names if not by(name, change, who)]
    if not others:
        return
    stated = any((known := who.known(name)) is not None and known.emails for name in others)
    alone = len(others) == len(word.names)
    level = Level.ERROR if stated or (word.two and alone) else Level.WARNING
    people_of = " and ".join(one for one, _ in change.people)
    text = (
        f"{word.what} by {' and '.join(others)} was brought by {people_of} (commit {change.name[:12]}). "
        "Let people commit what they sign, or name them in the commit: Co-authored-by."
    )
    yield Finding(CODE, level, text, span)


def by(name: str, change: Change, who: People) -> bool:
    """Whether a person is of those who made a commit: by e-mail where the list has theirs, else by name."""
    known, said = who.known(name), signer(name)
    if known is not None and known.emails:
        wanted = {email.casefold() for email in known.emails}
        return any(email.casefold() in wanted for _, email in change.people)
    made: Sequence[str] = [one for one, _ in change.people]
    return said is not None and any(
        (other := signer(one)) and likeness(said, other) is not Likeness.DIFFERENT for one in made
    )
