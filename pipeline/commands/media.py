"""Files that carry words: declared beside them, and said where they are withheld."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.changes import occurrences
from pipeline.core import disk
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Level
from pipeline.project.project import Project
from pipeline.resolve.media import pair_shown, said
from pipeline.review.media import Declaration, MadeFrom, path_of


def declare(project: Project, locale: str, targets: Sequence[str], name: str) -> str:
    """Note that a file of source/ was made from the texts that `targets` name, as a language shows them now; what it was made
    from before in that language is forgotten. Returns the file written.

    Raises LockstepError where there is no such file or text, or a text is not shown in that language, up to date.
    """
    name = name.removeprefix("source/")
    if name not in project.content.files:
        raise LockstepError(f"there is no file source/{name}", todo="Name a picture, a recording or a PDF of source/.")
    if locale not in project.settings.by_name:
        raise LockstepError(f"{locale!r} is no language of this site")
    if not targets:
        raise LockstepError("a file is made from texts", todo="Name them: PAGE or PAGE#block")
    by_file = project.table(locale).by_file
    shown = {(path, one.message.key): one for path, group in by_file.items() for one in reversed(group)}
    rows = []
    for place in (place for target in targets for place in occurrences.at(project.occurrences, target)):
        one = shown[place.path, place.key]
        if not one.state.done or one.spoken != locale:
            what = f"{place.path}#{place.block} is not shown in {locale}, up to date ({one.state})"
            raise LockstepError(what, todo="A file is made from texts that readers get. Nothing was written.")
        rows.append(MadeFrom(locale, pair_shown(one), place.path, place.block))
    path, old = path_of(name), Declaration(path=path_of(name)).load(project.root)
    if old.findings:
        raise LockstepError(old.findings[0].text, path=path, line=old.findings[0].span.line)
    kept = [row for row in old.rows if row.locale != locale]
    new = replace(old, rows=(), body=b"").added([*kept, *rows])
    disk.replace(project.root / path, new.body or b"", expected=old.body)
    return path


def findings(project: Project) -> Iterator[Finding]:
    """The declarations that cannot be read, and the files that are withheld, by language: whoever made them makes them anew."""
    declared, source = project.declared, project.settings.english.name
    every = {name: said(project.table(name)) for name in project.settings.by_name} if declared else {}
    for name, one in declared.items():
        yield from one.findings
        for locale, known in project.settings.by_name.items():
            if rows := one.gone(locale, source, every):
                where = f"{rows[0].page}#{rows[0].block}" if rows[0].page else "a text"
                text = (
                    f"{name} is withheld in {known.english}: it was made from {where}, which says something else now. Make the "
                    f"file anew, then say so: lockstep review {rows[0].locale} PAGE#block --into {name}"
                )
                yield Finding("media", Level.ERROR, text, one.span(rows[0]), locale)
