"""What an update left in step, by digest: the next one does not look at it again while it and all it rests on stay as they are.

An update that follows another changes nothing (a law of `tests/laws/test_catalogs.py`), so what one has written is in step too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.catalog import bundled
from pipeline.changes import edit_log, occurrences, people
from pipeline.commands.extract import Extraction
from pipeline.content import excerpts
from pipeline.content.files import FOLDERS, below
from pipeline.core import cache, git, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.options import is_known
from pipeline.core.settings import TEMPLATE_PATH
from pipeline.project.project import Project

FILES = (TEMPLATE_PATH, occurrences.OCCURRENCES_PATH, edit_log.LOG_PATH)
"""What every catalog is held to, besides what editors and designers wrote."""


@dataclass(frozen=True)
class Settled:
    """The files of a site that were in step with the source as it is now, by path; `key` is "" where nothing is kept."""

    project: Project
    key: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    def holds(self, *paths: str) -> bool:
        """Whether files are what they were then."""
        root = self.project.root
        try:
            return bool(self.key) and all(
                path in self.files and self.files[path] == digest(inputs.read(root, path)) for path in paths
            )
        except LockstepError:
            return False

    @property
    def steady(self) -> bool:
        """Whether what every catalog is held to is what it was then."""
        return self.holds(*FILES)

    def keep(self, step: Extraction, catalogs: Mapping[str, str], still: Iterable[str]) -> None:
        """Say what is in step now: an extraction, the digests of catalogs by path as they stand on disk, and those that were found so. Not where
        the source was saved or a ledger got a line meanwhile, from us or from others: then nobody knows whether it was heard."""
        if not self.key or self.key != key_of(self.project):
            return
        held = step.template.text().encode(), occurrences.encoded(step.places, step.fixtures), step.log.body
        found = {path: digest(body) for path, body in zip(FILES, held, strict=True)}
        found |= {**catalogs, **{path: self.files[path] for path in still}}
        if found != self.files:
            self.project.store.put("settled", self.key, found)


def digest(body: bytes | None) -> str:
    """A file's bytes as a digest; that there is none is one as well."""
    return "" if body is None else hashlib.sha256(body).hexdigest()


def beside(project: Project) -> str:
    """What stands in `locale/` beside catalogs and FILES, by digest: ledgers, exceptions, the glossary."""
    settings = project.settings
    known = {*FILES, *map(settings.catalog_path, settings.locales)}
    names = [path for path in below(project.root, "locale") if path not in known]
    return cache.digest([(path, digest(inputs.read(project.root, path))) for path in names])


def key_of(project: Project) -> str:
    """A digest of all that being in step rests on besides FILES and the catalogs, as it stands on disk now; "" where nothing is
    kept, or a file may say what does not stand in it."""
    settings = project.settings
    if project.store.folder is None or any(not is_known(one.method) for one in settings.mappings):
        return ""
    try:
        return cache.digest(cache.program(), rests_on(project))
    except LockstepError:  # a file that may not be read
        return ""


def rests_on(project: Project) -> list[object]:
    """What a key is made of. Raises LockstepError for a file that cannot be read."""
    settings = project.settings
    return [
        digest(inputs.read(project.root, "pyproject.toml")),
        digest(inputs.read(project.root, people.PATH)),
        git.position(project.root),
        project.clock.day,
        beside(project),
        *(bundled.digest(locale.name) for locale in settings.locales),
        *(
            (path, digest(inputs.read(project.root, path)))
            for folder in (*FOLDERS, excerpts.FOLDER)
            for path in below(project.root, folder)
        ),
    ]


def read(project: Project) -> Settled:
    """What is known to be in step."""
    key = key_of(project)
    said = project.store.get("settled", key) if key else None
    files = {path: text for path, text in said.items() if isinstance(text, str)} if isinstance(said, dict) else {}
    return Settled(project, key, files)
