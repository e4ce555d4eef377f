"""Checking: every finding about a site, and whether its catalogs are in step with its English."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pipeline.build import deciding
from pipeline.catalog import Catalog, Entry, bundled, template
from pipeline.changes import merge, occurrences
from pipeline.changes.notes import is_note
from pipeline.commands import emptied, media, questions, remember, set_aside
from pipeline.core.measures import values_in
from pipeline.core.model import Finding, Level, Span, ident
from pipeline.core.settings import TEMPLATE_PATH
from pipeline.project.project import Project
from pipeline.review.suppressions import hash_of


def check(project: Project, jobs: int | None = 1, names: Collection[str] | None = None) -> tuple[Finding, ...]:
    """Every finding about the site: source, catalogs, translations, and whether the catalogs are in step; of the languages that are
    named, where some are, and then nothing of the source. Sorted by place."""
    deciding.measure(project, jobs, names)
    if names is None:
        return in_order(*findings(project), *catalogs_behind(project))
    return in_order(
        *(one for one in language_findings(project) if one.locale in names), *catalogs_behind(project, names)
    )


def in_order(*found: Finding) -> tuple[Finding, ...]:
    """Findings by place, each once."""
    return tuple(
        sorted(dict.fromkeys(found), key=lambda finding: (finding.span, finding.locale, finding.code, finding.text))
    )


def findings(project: Project) -> Iterator[Finding]:
    """What is wrong in source and translations, what extraction finds anew, and which languages lack the share that the gate
    asks for."""
    yield from english_findings(project)
    yield from language_findings(project)


def english_findings(project: Project) -> Iterator[Finding]:
    """What is wrong in source, and what extraction finds anew."""
    yield from project.findings
    yield from questions.findings(project)
    yield from template_behind(project)


def language_findings(project: Project) -> Iterator[Finding]:
    """What is wrong in translations, and which languages lack the share that the gate asks for."""
    for language in project.coverage:
        yield from language.findings
    yield from below_gate(project)
    yield from media.findings(project)
    yield from unvalued(project)


def behind(path: str, what: str, locale: str = "") -> Finding:
    text = f"{what} not in step with source/. Run `lockstep update` and commit what it writes."
    return Finding("out-of-step", Level.WARNING, text, Span(path, 1), locale)


def extracted(project: Project) -> Catalog:
    """The template as it would stand after an extraction."""
    said = questions.comments(project)
    return template.template(project.settings, project.content.messages(), project.template, project.clock, said)


def template_behind(project: Project) -> Iterator[Finding]:
    """Whether `locale/messages.pot` and `locale/places.txt` are what extraction finds now."""
    project = set_aside.new_pages(project)
    if project.template.body is None or extracted(project).text().encode() != project.template.body:
        yield behind(TEMPLATE_PATH, "The catalogs are")
    elif edited_since(project):
        yield behind(occurrences.OCCURRENCES_PATH, "This list is")


def catalogs_behind(project: Project, names: Collection[str] | None = None) -> Iterator[Finding]:
    """The catalogs (or those of the languages that are named) that were emptied, and those that `update` would change, where the
    template is in step."""
    made, steps = extracted(set_aside.new_pages(project)), None
    if project.template.body is not None and made.text().encode() == project.template.body:
        steps = merge.updating(made, project.settings, project.log, bundled.texts)
    for name in project.one_by_one(names):
        now = project.catalogs[name]
        if empty := emptied.since(project, {name: now}):
            yield from empty.values()
        elif steps and now.body is not None:
            held = project.held[name]
            found = steps(name, now, held, remember.places(project, {name: held}))
            if not found_as_left(found, now):
                yield behind(now.path, "This catalog is", name)


def found_as_left(found: Catalog, now: Catalog) -> bool:
    """Whether an update would leave a catalog as it is, but for what it says of texts whose mark a translator took off: that goes with the
    next one, and nobody has to run it for that."""
    if found.header != now.header or len(found.entries) != len(now.entries):
        return False
    both = zip(found.entries, now.entries, strict=True)
    return all(one == other or as_left(one) == as_left(other) for one, other in both)


def as_left(entry: Entry) -> Entry:
    """An entry as its translator left it: without our notes and `#|` where it is not fuzzy."""
    entry = entry._replace(line=0, written=())
    if entry.fuzzy or entry.obsolete:
        return entry
    return entry._replace(previous=None, extracted=tuple(line for line in entry.extracted if not is_note(line)))


def edited_since(project: Project) -> bool:
    """Whether messages stand otherwise than at the last update, or something beside them is another, so that the edit log may
    lack an edit. Of pages that are held back nothing is asked."""
    return occurrences.differ(project.root, project.occurrences, project.fixtures, project.apart)


def unvalued(project: Project) -> Iterator[Finding]:
    """The acceptances from before the values of facts were noted, of texts that name one and that stand as they were accepted: they hold no
    more, since nobody knows of which value they were said."""
    for language in project.coverage:
        said, name = project.records.suppressed(language.locale), language.locale
        old = {(row.check, row.message, row.translation): row for row in reversed(said.rows) if not row.values}
        if not old:
            continue
        facts, catalog = project.content.weighing, project.catalogs[name]
        named = {ident(one.key): one for one in catalog.live().values() if values_in(one.key.msgid, facts)}
        for (code, message, translation), row in sorted(old.items(), key=lambda one: one[1].line):
            one = named.get(message)
            if one is None or hash_of(one.strings) != translation or said.silences(code, one.key, one.strings):
                continue
            text = (
                f"This was accepted before the values of facts were noted, and the text names one "
                f"({'; '.join(values_in(one.key.msgid, facts))}), so it holds no more. Look at the value, then accept it again: "
                f'lockstep accept {catalog.path}:{one.line} --check {code} --by "NAME" --reason "TEXT"'
            )
            yield Finding("exceptions", Level.WARNING, text, Span(said.path, row.line), name)


def below_gate(project: Project) -> Iterator[Finding]:
    """The languages below the share that the gate asks for."""
    for language in project.coverage:
        wanted = project.settings.gate.translated.get(language.locale, 0.0)
        if language.whole.share * 100 < wanted:
            made = f" ({language.whole.said} by people)" if language.whole.machine_words else ""
            todo = "`lockstep status --todo` lists what is left."
            text = (
                f"{language.whole.share:.1%} of the words are translated{made}; the gate asks for {wanted:g} %. {todo}"
            )
            path = project.settings.catalog_path(project.settings.by_name[language.locale])
            yield Finding("below-gate", Level.ERROR, text, Span(path, 1), language.locale)
