"""Export: a language's catalog as a file for another tool, with all that a translator there should know."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalog import Entry
from pipeline.catalog.exchange import Heading, named
from pipeline.changes.lineage import syntax
from pipeline.content.cut import cut
from pipeline.core.errors import LockstepError
from pipeline.core.exchange import FUZZY, NEW, REVIEWED, TRANSLATED, Unit
from pipeline.core.model import Key, ident
from pipeline.core.states import State
from pipeline.project.project import Project
from pipeline.review.suppressions import hash_of


def export(project: Project, locale: str, form: str) -> tuple[bytes, int]:
    """A catalog in a format of other tools, and how many messages are in it. Raises LockstepError where it cannot be read or is not
    in step with the English: what came back from there would not be known."""
    found = project.catalogs[locale]
    if found.broken:
        raise LockstepError("is broken", path=found.path, todo="Run `lockstep check` to see where.")
    if not in_step(project, locale):
        raise LockstepError(
            "is not in step with the English", path=found.path, todo="Run `lockstep update` first, then export again."
        )
    made = [*units(project, locale)]
    heading = Heading(project.settings.english.tag, project.settings.by_name[locale].tag, project.settings.project)
    return named(form).write(heading, made), len(made)


def in_step(project: Project, locale: str) -> bool:
    """Whether a catalog has the messages of the site, and no other live ones."""
    return {message.key for message in project.messages} == set(project.catalogs[locale].live())


def units(project: Project, locale: str) -> Iterator[Unit]:
    """The live entries of a catalog as units, in its order."""
    signed = {
        key
        for (_, key), shown in project.own(locale).items()
        if shown.state is State.TRANSLATED and shown.review and shown.review.signed and not shown.review.missing
    }
    for entry in project.catalogs[locale].entries:
        if not entry.obsolete:
            yield unit_of(entry, reviewed=entry.key in signed)


def unit_of(entry: Entry, *, reviewed: bool) -> Unit:
    """An entry as a unit."""
    written = syntax(entry.key, entry)
    state = NEW if not entry.translated else FUZZY if entry.fuzzy else REVIEWED if reviewed else TRANSLATED
    return Unit(
        ident(entry.key),
        tuple(cut(text, written) for text in english(entry.key, entry.plural)),
        tuple(cut(text, written) for text in entry.strings) if entry.translated else (),
        entry.key.context,
        placed=True,
        state=state,
        notes=entry.notes,
        comments=entry.extracted,
        references=entry.references,
        previous=english(entry.previous.key, entry.previous.plural) if entry.previous else (),
        base=hash_of(entry.strings) if entry.translated else "",
    )


def english(key: Key, plural: str | None) -> tuple[str, ...]:
    """The English of a message, and its plural where it has one."""
    return (key.msgid,) if plural is None else (key.msgid, plural)
