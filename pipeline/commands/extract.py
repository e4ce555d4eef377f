"""Extracting: what there is to translate now, compared with the extraction before it, and what was edited since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.catalog import Catalog, po_file, template
from pipeline.changes import Log, Occurrences, edit_log, occurrences
from pipeline.changes.edit_log import Edit
from pipeline.commands import questions
from pipeline.content.fixed import Fixtures
from pipeline.core.ledger import save
from pipeline.core.model import Finding, ident
from pipeline.core.settings import Settings
from pipeline.project.project import Project

if TYPE_CHECKING:
    from pipeline.text.features import Names


@dataclass(frozen=True)
class Extraction:
    """One extraction compared with the one before it: the new template and places, what stands beside the messages, the edit
    log as it was and with what is new.

    `old_log` is as its file has it. `joined` are the messages that an edit led to though they stood in the site before, by id.
    """

    template: Catalog
    places: Occurrences
    fixtures: Fixtures
    old_log: Log
    log: Log
    joined: frozenset[str] = frozenset()

    def save_log(self, settings: Settings) -> list[str]:
        """Write the log: first of all files, since only the other ones still know what it tells."""
        return [edit_log.LOG_PATH] * save(settings.root, self.old_log, self.log)

    def save_template(self, settings: Settings) -> list[str]:
        """Write places and template: last of all files, since what they hold is what the next edits are found by."""
        written = [occurrences.OCCURRENCES_PATH] * occurrences.save(settings.root, self.places, self.fixtures)
        return written + [self.template.path] * (po_file.save(settings.root, self.template) is not None)


def extraction(project: Project) -> Extraction:
    """Extract, and compare with the last extraction. Raises LockstepError where the source cannot be read; writes nothing."""
    messages, now = project.messages, project.occurrences
    made = template.template(project.settings, messages, project.template, project.clock, questions.comments(project))
    found, joined = edits(project, now)
    log = project.log.added(edit_log.not_yet(found, project.log.rows))
    return Extraction(made, now, project.fixtures, project.logged, log, joined)


def edits(project: Project, now: Occurrences) -> tuple[tuple[Edit, ...], frozenset[str]]:
    """What was edited since the last extraction, and the messages that an edit led to though they stood in the site before, by
    id. Raises LockstepError where the glossary cannot be read, edits or none."""
    words = protected(project)
    if not occurrences.differ(project.root, now, project.fixtures):
        return (), frozenset()
    before = project.stood
    found: tuple[Edit, ...] = ()
    joined: frozenset[str] = frozenset()
    if before and before != now:
        from pipeline.changes import align

        found = align.edits(before, now, project.log, project.clock.day, words, project.doubts)
        led = {edit.now for edit in found if edit.now and edit.was}
        joined = frozenset(led & {ident(key) for key in align.keys_of(before)}) if led else joined
    then = occurrences.fixtures_before(project.root)
    if then is not None and then != project.fixtures:
        from pipeline.changes import beside

        found += beside.edits(beside.changed(then, project.fixtures, before, now), project.clock.day, words)
    return found, joined


def protected(project: Project) -> Names:
    """The protected names; what reads glossaries is left alone where there is none. Raises LockstepError where it cannot be read."""
    return project.glossary.words if (project.root / "locale/glossary.yaml").exists() else frozenset()


def extract(project: Project) -> tuple[Catalog, list[str], list[Finding]]:
    """Extract into the template, and log what was edited. Returns the template, the files written, and what is wrong with new pages
    that were left out."""
    from pipeline.commands import remember, set_aside

    project = set_aside.new_pages(project)
    found = extraction(project)
    held = remember.before(project, found.log, found.joined)
    written = [*found.save_log(project.settings), *remember.keep(project, held)]
    wrong = [finding for findings in project.apart.values() for finding in findings]
    return found.template, [*written, *found.save_template(project.settings)], wrong
