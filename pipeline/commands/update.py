"""Updating: every catalog brought into step with the English, and the ledgers told what was carried over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from pipeline.catalog import Catalog, bundled, po_file
from pipeline.changes import Log, edit_log, lineage_of, merge
from pipeline.changes.edit_log import Edit
from pipeline.changes.lineage import Held, Known
from pipeline.changes.standing import known_of
from pipeline.changes.texts import Text
from pipeline.commands import emptied, remember, settled
from pipeline.commands.extract import extraction, protected
from pipeline.commands.project import Project
from pipeline.core import disk
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.model import Finding, Level, Message, Severity, Span, ident, syntax_of
from pipeline.core.states import State
from pipeline.review import reviews
from pipeline.review.reviews import SIGNED, Line, PairId, Reviews, pair_of


class Bringing(Protocol):
    """What puts texts into the catalog of a language on the way: asked for the catalog in step, by the log of that moment, and for
    the files that have to be there before it is written. `edits` are those that it knows to have led to the English of today."""

    locale: str
    edits: tuple[Edit, ...]

    def into(self, found: Catalog, log: Log) -> Catalog: ...

    def before(self) -> Iterator[str]: ...


def update(project: Project, *bringing: Bringing) -> tuple[list[str], list[Finding]]:
    """Extract, log what was edited, and bring every catalog into step; with what is `bringing`, one a language, in it.

    Returns the files written and what is wrong with those that were not: a catalog that cannot be written is an error
    about its language; the others are written all the same.
    """
    known, settings = settled.read(project), project.settings
    paths = {locale.name: settings.catalog_path(locale) for locale in settings.locales}
    into = {one.locale: one for one in bringing}
    loose = [name for name in paths if name in into or not (known.steady and known.holds(paths[name]))]
    if known.steady and not loose:
        protected(project)
        return [*carried_reviews(project, project.log, {}, {})], [*project.log.findings]
    step = extraction(project)
    if known_edits := tuple(dict.fromkeys(edit for one in bringing for edit in one.edits)):
        step = replace(step, log=step.log.added(edit_log.not_yet(known_edits, step.log.rows)))
    written = step.save_log(settings)
    catalogs = {name: project.catalogs[name] for name in loose}
    wrong = [*step.log.findings, *(finding for name, found in catalogs.items() for finding in found.findings(name))]
    empty = emptied.since(project, catalogs)
    wrong += empty.values()
    sound = {name: found for name, found in catalogs.items() if name not in empty}
    held = remember.before(project, step.log, step.joined, loose)
    around = remember.places(project, held)
    updated = merge.update(step.template, sound, settings, step.log, bundled.texts, held, around)
    for name, one in into.items():
        if name in updated and not updated[name].broken:
            mine = {name: one.into(updated[name], step.log)}
            held[name] = remember.brought(project, step.log, step.joined, mine[name], held[name])
            updated |= merge.update(step.template, mine, settings, step.log, bundled.texts, held, around)
            written += one.before()
    held |= {name: remember.after(found, step.log, held[name]) for name, found in updated.items()}
    written += remember.keep(project, held)
    bodies: dict[str, bytes | None] = {paths[name]: found.body for name, found in updated.items()}
    stand = {name: found for name, found in updated.items() if not found.broken}
    failed = []
    for name, found in stand.items():
        try:
            begun = sound[name].body is not None and not any(entry.translated for entry in sound[name].entries)
            written += [] if begun else disclose(project, name, found)
            if found is not sound[name] and (body := po_file.save(settings.root, found)):
                bodies[found.path] = body
                written.append(found.path)
            written += disclose(project, name, found) if begun else []
        except LockstepError as problem:
            failed.append(name)
            text = f"Not written: {problem.what}. {problem.todo}"
            wrong.append(Finding("catalog", Level.ERROR, text, Span(found.path, problem.line or 1), name))
    stand = {name: found for name, found in stand.items() if name not in failed}
    written += carried_reviews(project, step.log, held, stand)
    if settings.slugs:
        former = {name: held[name].former if name in held else project.former[name] for name in paths}
        now = project.having(catalogs={**project.catalogs, **stand}, log=step.log, former=former)
        wrong += named(now, written)
    written += step.save_template(settings)
    amiss = {finding.locale for finding in wrong}
    fine = [name for name, found in updated.items() if name not in amiss and any(e.translated for e in found.entries)]
    still = [path for name, path in paths.items() if name not in loose]
    if disk.REHEARSED.get() is None:
        known.keep(step, {paths[name]: bodies[paths[name]] for name in fine}, still)
    return written, wrong


def named(now: Project, written: list[str]) -> list[Finding]:
    """Give the pages of every language the addresses that its titles make, and keep those they had; says where one could not have
    its own. `written`: takes the name of the file that was written."""
    from pipeline.resolve.addresses import assigned

    made = [assigned(now.content, now.table(one.name), now.slugs, now.clock.stamp) for one in now.settings.locales]
    if save(now.root, now.slugs, now.slugs.added(row for rows, _ in made for row in rows)):
        written.append(now.slugs.path)
    return [finding for _, said in made for finding in said]


def rehearse(project: Project) -> tuple[list[str], list[Finding]]:
    """What `update` would write, and what is wrong with what it would not, without writing any of it."""
    with disk.rehearsed() as paths:
        _, wrong = update(project)
    root = project.root.resolve()
    return [path.resolve().relative_to(root).as_posix() for path in dict.fromkeys(paths)], wrong


def disclose(project: Project, name: str, new: Catalog) -> Iterator[str]:
    """Say in the ledger of the texts that a catalog gets from us that a machine made them; yields the ledger written. To be done
    before the catalog is written: afterwards nobody could tell them from a translator's. But for a catalog without a translation,
    which would be taken for an emptied one if nothing came after: that it has no other texts, and its ledger no line, tells.
    """
    ledger = reviews.load(project.root, name, project.clock.day)
    had = [entry for entry in project.catalogs[name].entries if any(entry.strings)]
    if not ledger.rows and all(bundled.in_templates(entry) and bundled.given(name, entry) for entry in had):
        had = []
    before = {entry.key for entry in had}
    got = [
        pair_of(entry.key, entry.strings, entry.plural)
        for entry in new.entries
        if entry.translated and entry.key not in before and bundled.in_templates(entry) and bundled.given(name, entry)
    ]
    lines = (Line(SIGNED, pair, project.clock.stamp, origin="machine", note="came with Lockstep") for pair in got)
    if got and save(project.root, ledger, ledger.added(line for line in lines if line.pair not in ledger.by_pair)):
        yield ledger.path


def carried_reviews(project: Project, log: Log, held: Mapping[str, Held], stand: dict[str, Catalog]) -> Iterator[str]:
    """Say in the ledgers which signed translations were carried over a cosmetic edit, as catalogs `stand` on disk, whichever
    run wrote them; yields the ledgers written."""
    yield from carried_original(project, log)
    for name, found in stand.items():
        ledger = reviews.load(project.root, name, project.clock.day)
        if not ledger.rows:
            continue
        edited = [entry for entry in found.entries if not entry.obsolete and ident(entry.key) in log.steps]
        known = known_of(found) if edited else Known()
        pairs = [
            (
                pair_of(now.made_for, known[now.made_for].strings, known[now.made_for].plural),
                pair_of(entry.key, entry.strings, entry.plural),
            )
            for entry in edited
            if (now := lineage_of(entry, log, known, held[name])).state is State.CARRIED
            and now.made_for in known
            and all(step.looks for step in now.way)
        ]
        yield from told(project, ledger, pairs)


def carried_original(project: Project, log: Log) -> Iterator[str]:
    """The same for what clinicians signed of the English itself; yields its ledger if written."""
    ledger = reviews.load(project.root, project.settings.english.name, project.clock.day)
    if not ledger.rows:
        return
    signed: dict[str, list[PairId]] = {}
    for pair in ledger.by_pair:
        signed.setdefault(pair.message, []).append(pair)
    pairs = [
        (pair, pair_of(message.key, (message.key.msgid,)))
        for message in project.messages
        for was in log.ways(ident(message.key)).along(lambda step: step.looks)
        for pair in signed.get(was, ())
        if looks_only(project, was, message)
    ]
    yield from told(project, ledger, pairs)


def looks_only(project: Project, was: str, now: Message) -> bool:
    """Whether nothing but looks tells an earlier English from that of a message, where some catalog still has its text."""
    from pipeline.changes.grading import grade_of_messages

    for found in project.catalogs.values():
        for entry in found.entries:
            if entry.obsolete and ident(entry.key) == was:
                syntax = syntax_of(now.key, now.kind, now.span.path)
                words = project.terms[0].words
                refs = project.log.refs.get(was, ())
                texts = Text(entry.key, syntax, refs), Text(now.key, syntax, now.refs)
                grade = grade_of_messages(*texts, words, now.critical)
                return grade.severity is Severity.COSMETIC
    return True


def told(project: Project, ledger: Reviews, pairs: list[tuple[PairId, PairId]]) -> Iterator[str]:
    """Write a line for each pair that was carried over; yields the ledger if written."""
    if save(project.root, ledger, ledger.added(reviews.carries(ledger, pairs, project.clock.stamp))):
        yield ledger.path
