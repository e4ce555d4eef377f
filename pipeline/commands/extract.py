"""One extraction compared with the one before it: what there is to translate now, and what was edited since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.catalog import po_file as catalog
from pipeline.catalog.po_file import Catalog
from pipeline.changes import align
from pipeline.changes import edit_log as edits
from pipeline.changes import occurrences as places
from pipeline.changes.edit_log import Edit, Log
from pipeline.changes.occurrences import Places
from pipeline.checks import glossary
from pipeline.content import sources as extract
from pipeline.core.ledger import save
from pipeline.core.settings import TEMPLATE_PATH, Settings


@dataclass(frozen=True)
class Extraction:
    """One extraction compared with the one before it: the new template and places, the edit log as it was and with what is new."""

    template: Catalog
    places: Places
    old_log: Log
    log: Log
    catalogs: Mapping[str, Catalog]

    def save_log(self, settings: Settings) -> list[str]:
        """Write the log: first of all files, since only the other ones still know what it tells."""
        return [edits.LOG_PATH] * save(settings.root, self.old_log, self.log)

    def save_template(self, settings: Settings) -> list[str]:
        """Write places and template: last of all files, since what they hold is what the next edits are found by."""
        written = [places.PLACES_PATH] * places.save(settings.root, self.places)
        return written + [self.template.path] * catalog.save(settings.root, self.template)


def extraction(settings: Settings) -> Extraction:
    """Extract, and compare with the last extraction. Raises LockstepError where the source cannot be read; writes nothing."""
    messages = extract.messages(settings)
    template, now = extract.pot(settings, messages), places.of_messages(messages)
    catalogs = {locale.name: catalog.load(settings.root, settings.catalog_path(locale)) for locale in settings.locales}
    log = edits.load(settings.root)
    before = places.before(settings.root, catalog.load(settings.root, TEMPLATE_PATH), catalogs.values())
    names = glossary.load(settings.root).words
    found: tuple[Edit, ...] = ()
    if before and before != now:
        found = align.edits(before, now, log, extract.now().date().isoformat(), names)
    return Extraction(template, now, log, log.added(found), catalogs)


def extract_messages(settings: Settings) -> tuple[Catalog, list[str]]:
    """Extract into the template, and log what was edited. Returns the template and the files written."""
    found = extraction(settings)
    return found.template, [*found.save_log(settings), *found.save_template(settings)]
