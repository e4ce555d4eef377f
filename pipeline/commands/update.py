"""Updating: every catalog brought into step with the English, and the ledgers told what was carried over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import chain
from typing import NamedTuple, Protocol

from pipeline.catalog import Catalog, bundled, po_file
from pipeline.changes import Log, edit_log, lineage_of, merge
from pipeline.changes.edit_log import Edit
from pipeline.changes.lineage import Held, Known
from pipeline.changes.standing import known_of
from pipeline.changes.texts import Text
from pipeline.commands import emptied, mend_headers, remember, set_aside, settled
from pipeline.commands.extract import Extraction, extraction, protected
from pipeline.core import disk
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.model import Finding, Level, Message, Severity, Span, ident, syntax_of
from pipeline.core.states import State
from pipeline.project.project import Project
from pipeline.review import reviews
from pipeline.review.reviews import SHIPPED, SIGNED, Line, PairId, Reviews, pair_of
from pipeline.review.slugs import Slug

Merging = Callable[[str, Catalog, Held, merge.Places], Catalog]
"""What brings a catalog into step (`merge.updating`)."""


class Bringing(Protocol):
    """What puts texts into the catalog of a language on the way: asked for the catalog in step, by the log of that moment, and for
    the files that have to be there before it is written. `edits` are those that it knows to have led to the English of today."""

    locale: str
    edits: tuple[Edit, ...]

    def into(self, found: Catalog, log: Log) -> Catalog: ...

    def before(self) -> Iterator[str]: ...


def update(project: Project, *bringing: Bringing, mend: Collection[str] = ()) -> tuple[list[str], list[Finding]]:
    """Extract, log what was edited, and bring every catalog into step; with what is `bringing`, one a language, in it, and under a
    header that fits the language where it is one of those to `mend`.

    Returns the files written and what is wrong with those that were not: a catalog that cannot be written is an error
    about its language; the others are written all the same. So it is with a new page that cannot be read.
    """
    known, settings = settled.read(project), project.settings
    paths = {locale.name: settings.catalog_path(locale) for locale in settings.locales}
    into = {one.locale: one for one in bringing}
    loose = [name for name in paths if name in into or name in mend or not (known.steady and known.holds(paths[name]))]
    if known.steady and not loose:
        protected(project)
        return [*told(project, *carried_original(project, project.log))], [*project.log.findings]
    try:
        step = extraction(project)
    except LockstepError:
        if not (project := set_aside.new_pages(project)).apart:
            raise
        step = extraction(project)
    if known_edits := tuple(dict.fromkeys(edit for one in bringing for edit in one.edits)):
        step = replace(step, log=step.log.added(edit_log.not_yet(known_edits, step.log.rows)))
    signed = carried_original(project, step.log)  # by the catalogs as they are now
    logged = step.save_log(settings)
    merging = merge.updating(step.template, settings, step.log, bundled.texts)
    done = [in_step(project, step, merging, name, into.get(name), mend) for name in project.one_by_one(loose)]
    ledgers = [*told(project, *signed), *(path for one in done for path in one.ledgers)]
    written = [*logged, *(path for one in done for path in one.before), *(path for one in done for path in one.files)]
    named, doubled = addressed(project, step) if settings.slugs else ([], [])
    behind = any(one.behind for one in done)
    written += [*ledgers, *named, *([] if behind else step.save_template(settings))]
    wrong = [
        *chain.from_iterable(project.apart.values()),
        *step.log.findings,
        *(finding for one in done for finding in one.wrong),
        *doubled,
    ]
    amiss = {finding.locale for finding in wrong}
    fine = {paths[one.name]: one.digest for one in done if one.begun and one.name not in amiss}
    still = [path for name, path in paths.items() if name not in loose]
    if disk.REHEARSED.get() is None and not project.apart and not behind:
        known.keep(step, fine, still)
    return written, [*wrong, *(finding for one in done for finding in one.mended)]


class Done(NamedTuple):
    """What an update did about one language: the files written before its catalog, it and those beside it, the ledgers after it,
    what is wrong, how the catalog stands on disk: whether it has a translation, and its digest; what was `mended` in it; and whether
    it is `behind`: texts in it, made for another English than they stand under, are not marked yet, and the last extraction alone
    tells which."""

    name: str
    wrong: tuple[Finding, ...]
    before: tuple[str, ...]
    files: tuple[str, ...] = ()
    ledgers: tuple[str, ...] = ()
    begun: bool = False
    digest: str = ""
    mended: tuple[Finding, ...] = ()
    behind: bool = False


def in_step(
    project: Project,
    step: Extraction,
    merging: Merging,
    name: str,
    bringing: Bringing | None,
    mend: Collection[str] = (),
) -> Done:
    """Bring one catalog into step, with what is `bringing` in it: what it may forget is written before it, and what is said of it
    after it. Nothing of it is left in memory."""
    old = project.catalogs[name]
    mending = mend_headers.mending(project, name) if name in mend and not old.broken else None
    wrong = [*(mending or old).findings(name), *(empty := emptied.since(project, {name: old})).values()]
    held = remember.before(project, step.log, step.joined, [name])[name]
    if empty:
        return Done(name, tuple(wrong), tuple(remember.keep(project, {name: held})))
    was, held = (mending.catalog, mending.held(held)) if mending else (old, held)
    new, brought = merging(name, was, held, remember.places(project, {name: held})), list[str]()
    if bringing and not new.broken:
        mine = bringing.into(new, step.log)
        around = remember.places(project, {name: held})
        held = remember.brought(project, step.log, step.joined, mine, held)
        new = merging(name, mine, held, around)
        brought += bringing.before()
    held = remember.renamed(project.root, was, new, step.log, remember.after(was, new, step.log, held))
    before, files = [*brought, *remember.keep(project, {name: held})], list[str]()
    if new.broken:
        return Done(name, tuple(wrong), tuple(before))
    if mending:
        before += mending.admitted(project)  # before the catalog: else nobody could tell where the texts are from
    body, ledgers, refused = old.body, list[str](), None
    try:
        begun = body is not None and not any(entry.translated for entry in old.entries)
        files += [] if begun else disclose(project, name, new)
        if new is not old and (saved := po_file.save(project.root, new)):
            body = saved
            files.append(new.path)
        files += disclose(project, name, new) if begun else []
    except LockstepError as problem:
        text = f"Not written: {problem.what}. {problem.todo}"
        wrong.append(refused := Finding("catalog", Level.ERROR, text, Span(new.path, problem.line or 1), name))
    else:
        ledgers += carried_reviews(project, step.log, held, name, new)
    has_any = any(entry.translated for entry in new.entries)
    said = tuple(mending.said()) if mending and not refused else ()
    behind = bool(refused and held.fresh)
    return Done(
        name, tuple(wrong), tuple(before), tuple(files), tuple(ledgers), has_any, settled.digest(body), said, behind
    )


def addressed(project: Project, step: Extraction) -> tuple[list[str], list[Finding]]:
    """Give the pages of every language the addresses that its titles make, as the catalogs are now, and keep those they had; says
    where one could not have its own. Returns the file written, if any, too."""
    from pipeline.resolve.addresses import assigned

    now = Project(project.settings, project.clock, store=project.store, apart=project.apart)
    now.__dict__["log"] = step.log
    if step.log is step.old_log and "content" in project.__dict__:
        now.__dict__["content"] = project.content  # else a page may have been renamed since
    made: list[Slug] = []
    said: list[Finding] = []
    for one in now.settings.locales:
        rows, wrong = assigned(now.content, now.table(one.name), now.slugs, now.clock.stamp)
        made += rows
        said += wrong
        now.forget(one.name)
    return [now.slugs.path] * save(now.root, now.slugs, now.slugs.added(made)), said


def rehearse(project: Project, mend: Collection[str] = ()) -> tuple[list[str], list[Finding]]:
    """What `update` would write, and what is wrong with what it would not, without writing any of it."""
    with disk.rehearsed() as paths:
        _, wrong = update(project, mend=mend)
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
    lines = (Line(SIGNED, pair, project.clock.stamp, origin="machine", note=SHIPPED) for pair in got)
    if got and save(project.root, ledger, ledger.added(line for line in lines if line.pair not in ledger.by_pair)):
        yield ledger.path


def carried_reviews(project: Project, log: Log, held: Held, name: str, found: Catalog) -> Iterator[str]:
    """Say in a ledger which signed translations were carried over a cosmetic edit, as a catalog stands on disk, whichever run wrote
    it; yields the ledger if written."""
    ledger = reviews.load(project.root, name, project.clock.day)
    if not ledger.rows:
        return
    edited = [entry for entry in found.entries if not entry.obsolete and ident(entry.key) in log.steps]
    known = known_of(found) if edited else Known()
    pairs = [
        (
            pair_of(now.made_for, known[now.made_for].strings, known[now.made_for].plural),
            pair_of(entry.key, entry.strings, entry.plural),
        )
        for entry in edited
        if (now := lineage_of(entry, log, known, held)).state is State.CARRIED
        and now.made_for in known
        and all(step.looks for step in now.way)
    ]
    yield from told(project, ledger, pairs)


def carried_original(project: Project, log: Log) -> tuple[Reviews, list[tuple[PairId, PairId]]]:
    """The ledger of what clinicians signed of the English itself, and what of that was edited in looks alone since."""
    ledger = reviews.load(project.root, project.settings.english.name, project.clock.day)
    signed: dict[str, list[PairId]] = {}
    for pair in ledger.by_pair:
        signed.setdefault(pair.message, []).append(pair)
    return ledger, [
        (pair, pair_of(message.key, (message.key.msgid,)))
        for message in (project.messages if signed else ())
        for was in log.ways(ident(message.key)).along(lambda step: step.looks)
        for pair in signed.get(was, ())
        if looks_only(project, was, message)
    ]


def looks_only(project: Project, was: str, now: Message) -> bool:
    """Whether nothing but looks tells an earlier English from that of a message, where some catalog still has its text."""
    from pipeline.changes.grading import grade_of_messages

    for found in project.every_catalog():
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
