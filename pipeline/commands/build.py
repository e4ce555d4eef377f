"""Building: every page in every language, the status page and the manifest → `dist/`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import PurePosixPath

from pipeline.build import deciding, rendering
from pipeline.build.deciding import Decided, Hands
from pipeline.build.editions import Binding, Editions, Made, Sheet, Volume
from pipeline.changes import Log, edit_log
from pipeline.changes.edit_log import Edit
from pipeline.commands import check
from pipeline.commands.papers import outdated
from pipeline.content import pictures, plain
from pipeline.content.files import below
from pipeline.core import index, inputs
from pipeline.core.cache import digest
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Output, Unchanged, ident
from pipeline.project.project import Project
from pipeline.resolve.findings import has_notices
from pipeline.resolve.media import withheld
from pipeline.resolve.publication import Plan, unsaid
from pipeline.site import (
    Site,
    badges,
    choosers,
    contents,
    feed,
    hashed,
    hosts,
    manifest,
    missing,
    redirects,
    search,
    sitemap,
    status,
)
from pipeline.site.manifest import Answer
from pipeline.site.publish import Published, publish
from pipeline.site.site import has_find, site_path
from pipeline.site.speech import Printed, Speech
from pipeline.site.standing import Before

ABOUT = "/status/*"
"""The pages about the pages: their tables are sorted by a script, for which no page of a patient's has another policy."""

SEARCHED = f"/:language/{contents.FIND}/*"
"""The lists of all pages, and the index that the search there fetches; as Cloudflare has placeholders."""


PUBLISHED = "published"
"""What the digest of the manifest of a site's last build is called in the store."""


def build(project: Project, jobs: int | None = 1, executor: str | None = None) -> Published:
    """Render every page in every language, in as many processes as asked for (None: as many as pay) or by an executor
    (`dask://HOST:PORT`), and publish them. Raises LockstepError where part of the source cannot be read."""
    before = standing(project)
    return published(project, every(project, jobs, executor, before), before)


def standing(project: Project) -> Before:
    """What a build before may have left."""
    dist = project.root / "dist"
    return Before(dist, index.read(project.store, dist))


def published(project: Project, made: Iterable[Output | Unchanged], before: Before | None = None) -> Published:
    """Publish what was made; `before` as `publish` has it."""
    store, name = project.store, index.name(project.root / "dist")
    last = (store.read(PUBLISHED, name) or b"").decode("ascii", "replace")
    done = publish(project.root, made, spare=True, before=before or standing(project), last=last)
    if done.manifest != last:
        store.write(PUBLISHED, name, done.manifest.encode())
    project.progress("Publishing", 1, 1)
    return done


UNREAD = frozenset(["unreadable", "unclosed", "too-long", "empty"])


def unread(project: Project) -> list[Finding]:
    """What says that a source file could not be read, as a whole or from some line on."""
    return [
        finding
        for finding in project.findings
        if finding.code in UNREAD | {"recalls"}
        or (finding.code == "syntax" and finding.span.path.startswith(("source/", "locale/glossary.yaml")))
    ]


def held_back(project: Project) -> Project:
    """The site without the pages that cannot be read: one page's error holds back that page. Nothing is held where it is the first
    page of the site, which all others lead to, where no page is left, or where something else than pages cannot be read."""
    pages = project.content.links.pages
    held: dict[str, tuple[Finding, ...]] = {}
    for finding in unread(project):
        if not pages.get(finding.span.path):
            return project
        held[finding.span.path] = (*held.get(finding.span.path, ()), finding)
    if not held or len(held) == len(pages):
        return project
    return replace(project, apart=held)


def whole(project: Project) -> None:
    """Raise LockstepError where a source file could not be read, so that the published site would lack pages or its data, or where
    nobody knows whether a page is a draft, or what its class asks of translations, since its front matter cannot be read; and
    where the English was edited unlogged while some is withdrawn, since the edit may be one of looks."""
    found = [finding for finding in unread(project) if finding.span.path not in project.apart]
    if found:
        raise LockstepError(
            "\n".join(f"{finding.span}: {finding.text}" for finding in found),
            todo="Nothing was published: the old pages, if any, are still in place. Mend the file, then build again.",
        )
    if any(recall.stub for recall in project.records.recalls.active.values()) and check.edited_since(project):
        raise LockstepError(
            "a text is withdrawn, and source/ has edits that are not in the log yet: one of them may bring it back",
            path=edit_log.LOG_PATH,
            todo="Nothing was published. Run `lockstep update`, then build again.",
        )


def not_lost(project: Project) -> None:
    """Raise LockstepError where a language that is in `dist/` has no word left of what readers must be told: whatever else tells of a
    translation, its catalog was emptied, or cut off. Of one that cannot be used, the findings say why."""
    for found in (one for language in project.coverage for one in language.findings):
        locale = project.settings.by_name.get(found.locale)
        if (
            locale
            and unsaid(project.settings, found)
            and (project.root / "dist" / locale.tag).is_dir()
            and not (catalog := project.catalogs[locale.name]).broken
            and not has_notices(catalog)
        ):
            raise LockstepError(
                f"{locale.english} is in dist/, and its catalog has none of the notices that readers need",
                path=found.span.path,
                todo="Nothing was published. Restore the catalog from git; or, if the language is to go, take it out of `locales` "
                "or name it in `unpublished` of [tool.lockstep.gate].",
            )


def hands(
    project: Project, jobs: int | None, executor: str | None, before: Before | None = None
) -> AbstractContextManager[Hands]:
    """Who does the work of a build; on other machines nothing stands that pages could be taken from."""
    if not executor:
        return deciding.crew(project, jobs, before=before)
    from pipeline.build import cluster

    return cluster.connected(project, executor)


def outputs(project: Project, jobs: int | None = 1, executor: str | None = None) -> Iterator[Output]:
    """Everything that a build publishes, each as it is made. Raises LockstepError where part of the source cannot be read."""
    for one in every(project, jobs, executor):
        assert isinstance(one, Output)  # nothing stands anywhere that it could be taken from
        yield one


def every(
    project: Project, jobs: int | None, executor: str | None, before: Before | None = None
) -> Iterator[Output | Unchanged]:
    """The same; what stands in the build before as it is to be is not made again."""
    whole(project)
    with hands(project, jobs, executor, before) as crew:
        decided, knows = deciding.measured(project, crew)
        lets_out = rendering.planned(project, decided)
        known = rendering.editions(project, decided, lets_out, changed(project), before)
        made = rendering.volumes(project, crew, decided, knows, known)
        yield from assembled(project, decided, lets_out, made, known)


def assembled(
    project: Project,
    decided: Mapping[str, Decided],
    lets_out: Plan,
    made: Iterable[Made | Sheet | Volume],
    known: Editions | None = None,
) -> Iterator[Output | Unchanged]:
    """The pages as they come, wherever they were made, and then what is made of all of them. `known` is told what the pages of a
    language come to."""
    not_lost(project)
    told = changed(project) if known is None else known.told
    names = {locale.tag: name for name, locale in project.settings.by_name.items()}
    # no translation brings what the English has not
    asking = project.settings.english.tag if project.settings.host else ""
    open_, bound = dict[str, Binding](), dict[str, Volume]()
    for page in made:
        if isinstance(page, Volume):
            bound[page.tag] = page
            yield from page.unchanged()
            continue
        tag = page.tag if isinstance(page, Sheet) else page.output.path.partition("/")[0]
        binding = open_.setdefault(tag, Binding(tag, told, tag == asking))
        yield from binding.take(page) if isinstance(page, Sheet) else binding.add(page)
        if len(binding.entries) == len(project.content.pages):
            part, bound[tag] = open_.pop(tag).bound()
            if known:
                known.bound(names[tag], bound[tag])
            yield part
    project.progress("Publishing", 0, 1)
    english = project.settings.english.name
    shared = {name: one.shared for name, one in decided.items()} | {english: project.table(english)}
    site = rendering.site(project, shared, lets_out)
    digests: dict[str, str] = {}
    printed: dict[str, set[Printed]] = {}
    papers: dict[str, str] = {}
    answers: dict[str, Answer] = {}
    needed, apart = set[hosts.Need](), dict[str, set[hosts.Need]]()
    for one in bound.values():
        digests |= one.files
        papers |= one.papers
        needed |= one.needs
        note(printed, one.printed)
    feeds = {tag: feed.newest(site, one.news) for tag, one in bound.items()} if told else {}
    answered = outdated(project, site, papers, printed, answers)
    around = others(project, site, printed), told_of(site, feeds, printed), lists(site, bound, printed)
    for output in chain(answered, *around, hosted(site, needed, apart, digests)):
        digests[output.path] = hashlib.sha256(output.body).hexdigest()
        if project.settings.host and output.path.endswith(".html"):
            where = ABOUT if output.path.startswith("status/") else SEARCHED if searched(site, output.path) else ""
            (apart.setdefault(where, set()) if where else needed).update(hosts.needs(output.body))
        yield output
    by_tag = {locale.tag: locale for locale in site.plan.languages}
    told_in = {tag: feed.told_of(some, by_tag[tag]) for tag, some in feeds.items()}
    yield from manifest.outputs(site, project.coverage, printed, digests, told_in, answers)


def changed(project: Project) -> dict[str, tuple[feed.Change, ...]]:
    """What the feeds tell of each page: nothing about a text that is recalled; nothing at all where the site has no address."""
    if not project.settings.url:
        return {}
    return feed.changes(project.content.pages, unwithdrawn(project).rows)


def lists(site: Site, bound: Mapping[str, Volume], printed: dict[str, set[Printed]]) -> Iterator[Output]:
    """The list of all pages of every language, and the search that it carries."""
    if not has_find(site):
        return
    for locale in site.plan.languages:
        tag = locale.tag
        langs = search.languages(bound[tag].found, tag)
        made = choosers.find(site, locale, bound[tag].listed, langs)
        note(printed, made.printed)
        yield search.carried(made.output) if langs else made.output
    if site.settings.search:
        titles = {tag: {row["file"]: row["title"] for row in one.listed} for tag, one in bound.items()}
        yield from search.outputs(site, {tag: one.found for tag, one in bound.items()}, titles)


def told_of(site: Site, feeds: Mapping[str, Sequence[feed.News]], printed: dict[str, set[Printed]]) -> Iterator[Output]:
    """The feed of every language."""
    for locale in site.plan.languages:
        if locale.tag in feeds:
            speech = Speech(site.interfaces[locale.name])
            yield feed.output(site, locale, feeds[locale.tag], speech)
            note(printed, {locale.tag: speech.printed})


def searched(site: Site, path: str) -> bool:
    """Whether a file is the list of all pages of a language, with the search that it carries."""
    return site.settings.search and has_find(site) and path.partition("/")[2] == f"{contents.FIND}/index.html"


def hosted(
    site: Site, needed: Set[hosts.Need], apart: Mapping[str, Set[hosts.Need]], made: Collection[str]
) -> Iterator[Output]:
    """The files of the host; `needed` is all that pages need once these are asked for, `apart` what some need besides, `made`
    the files that are published."""
    found = redirects.moved(site).items()
    moved = {file: f"{locale.tag}/{site.at(locale, page).href}" for file, (locale, page) in found}
    given = redirects.given(site)
    passing = {file for file in moved if not given & {file, file.partition("/")[2]}}
    tags = [locale.tag for locale in site.plan.languages if missing.has_missing(site)]
    if site.settings.search and has_find(site):
        needed = {*needed, *search.NEEDS} if site.settings.host == "netlify" else needed
        apart = {**apart, SEARCHED: {*apart.get(SEARCHED, ()), *search.NEEDS}}
    yield from hosts.outputs(
        site.settings.host, site_path(site.settings), moved, tags, needed, apart, passing, lasting(site, made)
    )


def lasting(site: Site, made: Collection[str]) -> list[str]:
    """The files whose names say what is in them."""
    if not site.settings.hashed:
        return []
    known = {*site.hashed.values()}
    return sorted(
        path for path in made if path in known or (path.startswith("status/") and path.endswith(hashed.KINDS))
    )


def note(known: dict[str, set[Printed]], printed: Mapping[str, Iterable[Printed]]) -> None:
    """Add what was printed."""
    for tag, texts in printed.items():
        known.setdefault(tag, set()).update(texts)


def others(project: Project, site: Site, printed: dict[str, set[Printed]]) -> Iterator[Output]:
    """What is no page of a language: the choosers, the files published as they are, the status page."""
    for chooser in chain(choosers.choosers(site), missing.missing(site)):
        note(printed, chooser.printed)
        yield chooser.output
    yield from sitemap.outputs(site)
    yield from badges.outputs(project.settings, project.coverage)
    yield from redirects.redirects(site)
    yield from copies(project, shown_nowhere(project, site))
    log = unwithdrawn(project)
    found = unrecalled(project, check.in_order(*check.findings(project)))
    today = project.clock.today if project.clock.stated else None
    hrefs = {
        one.name: {page.path: site.at(one, page).href for page in project.content.pages} for one in site.plan.languages
    }
    kept = partial(known_status, project)
    yield from status.outputs(
        project.settings, project.coverage, found, titles(site), log, project.blocks, today, hrefs, kept
    )
    if project.before:
        project.before.save("status")


def known_status(project: Project, name: str, rests: object, work: Callable[[], bytes]) -> bytes:
    """The status page of a language, from before where nothing that it rests on has changed."""
    if (before := project.before) is None:
        return work()
    key = digest(before.whole(project.content, name), rests)
    return before.book("status", project.settings.english.name).find(key, bytes, work)


def unrecalled(project: Project, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that quote nothing of a recalled text: nothing of it is to be read in `dist/`."""
    gone = [message for message in project.content.messages() if project.rules.recalled(message.key)]
    keys, places = {message.key for message in gone}, {message.span for message in gone}
    texts = [message.key.msgid for message in gone]
    return tuple(
        finding
        for finding in found
        if finding.key not in keys
        and not places & {finding.span, finding.source}
        and not any(text in finding.text for text in texts)
    )


def unwithdrawn(project: Project) -> Log:
    """The edits that are about no recalled text."""
    gone = {ident(message.key) for message in project.content.messages() if project.rules.recalled(message.key)}
    return Log(tuple(edit for edit in project.log.rows if not recalled_stub(project, edit, gone)))


def recalled_stub(project: Project, edit: Edit, gone: Set[str]) -> bool:
    """Whether an edit is about a recalled text, one of those that stand there (`gone`) or another; its reasons may quote it."""
    return any(one in gone or project.records.recalls.of(one, project.log) for one in (edit.was, edit.now) if one)


def titles(site: Site) -> dict[str, str]:
    """The title of every source file as the English pages show it, for reports."""
    source = site.english.name
    facts, named = site.interfaces[source].facts[source], {}
    for page in site.content.pages:
        shown = site.tables[source].at(page.path, page.title.number)
        named[page.path] = plain(shown.text if shown else page.title.inline, facts)
    return named | {document.path: PurePosixPath(document.path).name for document in site.content.data}


def shown_nowhere(project: Project, site: Site) -> frozenset[str]:
    """The files that are withheld in every language that is published: nobody is to find them by their address either."""
    if not project.declared:
        return frozenset()
    original = project.table(site.english.name)
    gone = {one.name: withheld(project.declared, project.table(one.name), original) for one in site.plan.languages}
    versions = {one for some in project.content.versions.values() for one in some}
    own = (name for language in gone for name in gone[language] & versions if pictures.is_of(name, language))
    return frozenset.intersection(*gone.values()).union(own)


def copies(project: Project, but: Set[str] = frozenset()) -> Iterator[Output]:
    """The files published as they are, `but` some: source assets and the templates' static files."""
    for name in project.content.assets:
        if name not in but:
            yield Output(f"assets/{name}", inputs.read(project.root, f"source/{name}") or b"")
    for name in below(project.root, "templates/static"):
        yield Output(name.removeprefix("templates/"), inputs.read(project.root, name) or b"")
        if found := project.hashed.get(name.removeprefix("templates/")):
            yield found
