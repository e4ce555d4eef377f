"""The order of things: the stages that turn a site into catalogs, findings, figures and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from pipeline.catalog import bundled as shipped
from pipeline.catalog import po_file as catalog
from pipeline.changes import edit_log as edits
from pipeline.changes import occurrences as places
from pipeline.changes.edit_log import Edit, Log
from pipeline.changes.lineage import cosmetic, standing
from pipeline.changes.merge import update
from pipeline.checks import check as checks
from pipeline.commands.extract import extraction
from pipeline.content import markup
from pipeline.content import sources as extract
from pipeline.content.pages import Site
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.model import Finding, Level, Message, Output, Resolution, Span, State, ident
from pipeline.core.settings import TEMPLATE_PATH, Settings
from pipeline.resolve.coverage import Coverage, coverage
from pipeline.resolve.table import Progress, Resolved, decider, plan, resolve_all, silent, withheld
from pipeline.review import reviews
from pipeline.site import manifest
from pipeline.site import status as html_report
from pipeline.site.pages import facts_of, render_pages, speeches, title_of
from pipeline.site.publish import Published, publish
from pipeline.text import languages


def measure(site: Site, resolved: Resolved) -> tuple[Coverage, ...]:
    """The coverage of every language, templates included, with all findings about its catalog."""
    measured = []
    for locale in site.settings.locales:
        decide = decider(site, locale)
        by_page = {path: tuple(found.values()) for path, found in resolved[locale.name].items()}
        by_page |= {
            path: tuple(decide(message, message.key.msgid, None) for message in found)
            for path, found in by_file(site.interface).items()
        }
        known = site.catalogs[locale.name]
        missing = (
            ()
            if known.body is not None
            else (
                Finding(
                    "catalog",
                    Level.WARNING,
                    "There is no catalog yet. Run `lockstep update`.",
                    Span(known.path, 1),
                    locale.name,
                ),
            )
        )
        own = dict.fromkeys(
            finding for found in by_page.values() for resolution in found for finding in resolution.findings
        )
        across = whole_catalog(site, locale.name, by_page)
        shown = [one for page in site.pages for one in by_page[page.document.path]]
        found = (*missing, *known.findings(locale.name), *own, *across, *withheld(site, locale, shown))
        measured.append(coverage(locale.name, by_page, found))
    return tuple(measured)


def whole_catalog(site: Site, locale: str, by_page: Mapping[str, tuple[Resolution, ...]]) -> Iterator[Finding]:
    """What the checks that look across a whole catalog say of one language."""
    shown = {
        resolution.message.key: resolution
        for found in by_page.values()
        for resolution in found
        if resolution.spoken == locale and resolution.state.done
    }
    entries = site.catalogs[locale].live()
    rows = [
        checks.Row(key, markup.parse(key.msgid, shown[key].text.form), shown[key].text, entry.line)
        for key, entry in entries.items()
        if key in shown and entry.plural is None
    ]
    path, standards, spoken = site.catalogs[locale].path, site.standards, languages.language(locale)
    for check in checks.across():
        for at, said in check.run(rows, spoken):
            row, message = rows[at], shown[rows[at].key].message
            level = standards.level_across(check, locale, message.span.path)
            if level is None or standards.accepted(check, locale, row.key, entries[row.key].strings):
                continue
            yield Finding(check.code, level, said, Span(path, row.line), locale, row.key, message.span)


def by_file(messages: tuple[Message, ...]) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    for message in messages:
        found.setdefault(message.span.path, []).append(message)
    return found


def findings(site: Site, measured: tuple[Coverage, ...]) -> tuple[Finding, ...]:
    """Every finding about the site: source, catalogs, translations, and whether the template is in step. Sorted by place."""
    found = [
        *site.findings,
        *(finding for language in measured for finding in language.findings),
        *out_of_step(site),
        *below_gate(site, measured),
    ]
    return tuple(
        sorted(dict.fromkeys(found), key=lambda finding: (finding.span, finding.locale, finding.code, finding.text))
    )


def out_of_step(site: Site) -> Iterator[Finding]:
    """Whether `locale/messages.pot` is what extraction finds now; where it is, the files that `update` would change."""

    def behind(path: str, what: str, locale: str = "") -> Finding:
        text = f"{what} not in step with source/. Run `lockstep update` and commit what it writes."
        return Finding("out-of-step", Level.WARNING, text, Span(path, 1), locale)

    template = extract.pot(site.settings, tuple(site.messages()))
    if template.body is None or template.text().encode() != template.body:
        yield behind(TEMPLATE_PATH, "The catalogs are")
        return
    if edited_since(site):
        yield behind(places.PLACES_PATH, "This list is")
    for name, made in update(template, site.catalogs, site.settings, site.log, shipped.texts).items():
        old = site.catalogs[name]
        if old.body is not None and (made.header, made.entries) != (old.header, old.entries):
            yield behind(old.path, "This catalog is", name)


def edited_since(site: Site) -> bool:
    """Whether messages stand otherwise than at the last update, so that the edit log may lack an edit."""
    return places.differ(site.settings.root, places.of_messages(site.messages()))


def below_gate(site: Site, measured: tuple[Coverage, ...]) -> Iterator[Finding]:
    """The languages below the share that the gate asks for."""
    for language in measured:
        wanted = site.settings.gate.translated.get(language.locale, 0.0)
        if language.whole.share * 100 < wanted:
            yield Finding(
                "below-gate",
                Level.ERROR,
                f"{language.whole.share:.1%} of the words are translated; the gate asks for {wanted:g} %.",
                Span(site.catalogs[language.locale].path, 1),
                language.locale,
            )


def update_catalogs(settings: Settings) -> tuple[list[str], list[Finding]]:
    """Extract, log what was edited, and bring every catalog into step.

    Returns the files written and what is wrong with those that were not: a catalog that cannot be written is an error
    about its language; the others are written all the same.
    """
    step = extraction(settings)
    written = step.save_log(settings)
    wrong = [
        *step.log.findings,
        *(finding for name, found in step.catalogs.items() for finding in found.findings(name)),
    ]
    for name, found in update(step.template, step.catalogs, settings, step.log, shipped.texts).items():
        try:
            if not found.broken and catalog.save(settings.root, found):
                written += [found.path, *shipped.disclose(settings.root, name, step.catalogs[name], found)]
        except LockstepError as problem:
            text = f"Not written: {problem.what}. {problem.todo}"
            wrong.append(Finding("catalog", Level.ERROR, text, Span(found.path, problem.line or 1), name))
    written += carried_reviews(settings, written, step.log)
    return [*written, *step.save_template(settings)], wrong


def carried_reviews(settings: Settings, written: list[str], log: Log) -> Iterator[str]:
    """Say in the ledgers which signed translations were carried over a cosmetic edit; yields the ledgers written."""
    yield from carried_original(settings, log)
    for locale in settings.locales:
        ledger = reviews.load(settings.root, locale.name, extract.now().date().isoformat())
        if settings.catalog_path(locale) not in written or not ledger.rows:
            continue
        entries = catalog.load(settings.root, settings.catalog_path(locale)).entries
        known = {entry.key: entry for entry in sorted(entries, key=lambda entry: not entry.obsolete)}
        pairs = [
            (
                reviews.pair_of(now.made_for, known[now.made_for].strings, known[now.made_for].plural),
                reviews.pair_of(entry.key, entry.strings, entry.plural),
            )
            for entry in entries
            if not entry.obsolete and (now := standing(entry, log, known)).state is State.CARRIED
        ]
        more = ledger.added(reviews.carries(ledger, pairs, extract.now().strftime("%Y-%m-%dT%H:%M:%SZ")))
        if save(settings.root, ledger, more):
            yield ledger.path


def carried_original(settings: Settings, log: Log) -> Iterator[str]:
    """The same for what clinicians signed of the English itself; yields its ledger if written."""
    ledger = reviews.load(settings.root, settings.english.name, extract.now().date().isoformat())
    if not ledger.rows:
        return
    signed: dict[str, list[reviews.Pair]] = {}
    for pair in ledger.by_pair:
        signed.setdefault(pair.message, []).append(pair)
    pairs = [
        (pair, reviews.pair_of(message.key, (message.key.msgid,)))
        for message in extract.messages(settings)
        for was in log.ways(ident(message.key)).along(lambda step: cosmetic([step]))
        for pair in signed.get(was, ())
    ]
    more = ledger.added(reviews.carries(ledger, pairs, extract.now().strftime("%Y-%m-%dT%H:%M:%SZ")))
    if save(settings.root, ledger, more):
        yield ledger.path


def whole(site: Site) -> None:
    """Raise LockstepError where a source file could not be read, so that the published site would lack pages or its data; and
    where the English was edited unlogged while some is withdrawn, since the edit may be one of looks."""
    unread = [
        finding
        for finding in site.findings
        if finding.code in {"unreadable", "recalls"}
        or (finding.code == "syntax" and finding.span.path == "source/site.yaml")
    ]
    if unread:
        raise LockstepError(
            "\n".join(f"{finding.span}: {finding.text}" for finding in unread),
            todo="Nothing was published: the old pages, if any, are still in place. Mend the file, then build again.",
        )
    if any(recall.stub for recall in site.standards.recalls.active.values()) and edited_since(site):
        raise LockstepError(
            "a text is withdrawn, and source/ has edits that are not in the log yet: one of them may bring it back",
            path=edits.LOG_PATH,
            todo="Nothing was published. Run `lockstep update`, then build again.",
        )


def build(site: Site, progress: Progress = silent) -> tuple[Published, tuple[Coverage, ...]]:
    """Render every page in every language and publish them. Raises LockstepError where part of the source cannot be read."""
    made, measured = outputs(site, progress)
    progress("Publishing", 0, 1)
    done = publish(site.settings.root, made)
    progress("Publishing", 1, 1)
    return done, measured


def outputs(site: Site, progress: Progress = silent) -> tuple[list[Output], tuple[Coverage, ...]]:
    """Everything that a build publishes, and the coverage. Raises LockstepError where part of the source cannot be read."""
    whole(site)
    resolved = resolve_all(site, progress)
    measured = measure(site, resolved)
    planned, spoken = plan(site, resolved), speeches(site)
    made = [*render_pages(site, resolved, planned, spoken, progress), *copies(site)]
    said = unrecalled(site, findings(site, measured))
    log = Log(tuple(edit for edit in site.log.rows if not recalled_stub(site, edit)))
    made.append(html_report.output(site.settings, measured, said, titles(site, resolved), log, site.blocks))
    made.append(manifest.output(site, resolved, planned, spoken, measured, made))
    return made, measured


def unrecalled(site: Site, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that quote nothing of a recalled text: nothing of it is to be read in `dist/`."""
    gone = [message for message in site.messages() if site.standards.recalled(message.key, site.log)]
    keys, places = {message.key for message in gone}, {message.span for message in gone}
    texts = [message.key.msgid for message in gone]
    return tuple(
        finding
        for finding in found
        if finding.key not in keys
        and not places & {finding.span, finding.source}
        and not any(text in finding.text for text in texts)
    )


def recalled_stub(site: Site, edit: Edit) -> bool:
    """Whether an edit is about a recalled text; its reasons may quote it."""
    return any(site.standards.recalls.of(one, site.log) for one in (edit.was, edit.now) if one)


def titles(site: Site, resolved: Resolved) -> dict[str, str]:
    """The title of every source file as the English pages show it, for reports."""
    english = site.settings.english
    facts, found = facts_of(site, english), resolved[english.name]
    named = {}
    for page in site.pages:
        block = title_of(page)
        shown = found[page.document.path].get(id(block))
        named[page.document.path] = markup.plain(shown.text if shown else block.inline, facts)
    return named | {document.path: PurePosixPath(document.path).name for document in site.data}


def copies(site: Site) -> Iterator[Output]:
    """The files published as they are: source assets and the templates' static files."""
    for name in site.assets:
        yield Output(f"assets/{name}", (site.settings.root / "source" / name).read_bytes())
    static = site.settings.root / "templates" / "static"
    for path in sorted(static.rglob("*")):
        if path.is_file() and path.resolve().is_relative_to(site.settings.root.resolve()):
            yield Output(f"static/{path.relative_to(static).as_posix()}", path.read_bytes())
