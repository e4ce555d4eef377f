"""What the files of a site hold: what is written, before anything is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.catalog import Catalog, template
from pipeline.changes import Log, Occurrences, edit_log, former, occurrences
from pipeline.changes.addresses import Addresses
from pipeline.changes.former import Former
from pipeline.content import extracted
from pipeline.content.fixed import Fixtures, digest_of, together
from pipeline.core import inputs
from pipeline.core.cache import NO_STORE, Store
from pipeline.core.clock import Clock
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Key, Level, Message, Output, Span
from pipeline.core.progress import Progress, silent
from pipeline.core.settings import Settings
from pipeline.project.lazily import Lazily

if TYPE_CHECKING:
    from pipeline.checks import Glossary, Levels
    from pipeline.content import Content
    from pipeline.content.extracted import Extracted
    from pipeline.project.history_reader import History
    from pipeline.review import Records
    from pipeline.review.handouts import Handouts
    from pipeline.review.media import Declarations
    from pipeline.review.official import Official
    from pipeline.review.questions import Questions
    from pipeline.review.slugs import Slugs


def file_digest(root: Path, name: str) -> str:
    """The digest of a file of source/."""
    return digest_of(inputs.read(root, f"source/{name}") or b"")


@dataclass(frozen=True)
class SiteFiles:
    """The files of a site at one time. None is read before it is asked for, and none twice."""

    settings: Settings
    clock: Clock
    progress: Progress = field(default=silent, compare=False)
    store: Store = field(default=NO_STORE, compare=False)
    apart: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict, compare=False)
    """The pages that a build or an update holds back, as if they were not there, each with what is wrong with it."""

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "progress": silent}

    @property
    def root(self) -> Path:
        return self.settings.root

    @cached_property
    def content(self) -> Content:
        """What editors and designers wrote."""
        from pipeline.content import pages

        return pages.read(self.settings, self.store, self.apart, self.addresses, self.clock.day)

    @cached_property
    def addresses(self) -> Addresses:
        """What pages and headings were called."""
        return Addresses(self.log)

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """Every message. Raises LockstepError naming every file that cannot be read."""
        found = self.extracted
        return self.content.whole(self.apart) if found is None else found.messages

    @cached_property
    def extracted(self) -> Extracted | None:
        """What the site's files say, without its pages; None where these are at hand, or needed to tell what is wrong."""
        if "content" in self.__dict__ or self.apart:
            return None
        return extracted.read(self.settings, self.store, self.clock.day)

    @cached_property
    def occurrences(self) -> Occurrences:
        """Where every message stands."""
        return occurrences.of_messages(self.__dict__.get("messages") or self.content.messages())

    @cached_property
    def blocks(self) -> Mapping[tuple[str, Key], str]:
        """What a person may call the block where a message first stands in a file."""
        return {
            (place.path, place.key): place.block for group in self.occurrences.values() for place in reversed(group)
        }

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The digest of every file of source/ that is published as it is, by its name there."""
        return Lazily(self.assets, partial(file_digest, self.root))

    @cached_property
    def assets(self) -> frozenset[str]:
        """The files of source/ that are published as they are."""
        found = self.__dict__.get("extracted")
        return found.assets if found else self.content.files

    @cached_property
    def fixtures(self) -> Fixtures:
        """What the pages show beside their messages."""
        if "messages" in self.__dict__ and (found := self.extracted):
            return together(found.parts, found.assets, self.files.__getitem__)
        from pipeline.content import whole

        return whole.fixtures(self.content, self.files)

    @cached_property
    def official(self) -> Official:
        """The official notices, as they are to be shown."""
        from pipeline.review import official

        return official.load(self.settings, self.clock.stamp)

    @cached_property
    def hashed(self) -> dict[str, Output]:
        """The files that are published under a name of what is in them, by the one that templates write."""
        from pipeline.site import hashed, search

        return hashed.outputs(self.settings, search.script(self.settings))

    @cached_property
    def slugs(self) -> Slugs:
        """What pages are and were called in addresses, in each language."""
        from pipeline.review import slugs

        return slugs.load(self.root)

    @cached_property
    def handouts(self) -> Handouts:
        """Which versions of pages were handed out."""
        from pipeline.review import handouts

        return handouts.load(self.root)

    @cached_property
    def questions(self) -> Questions:
        """What translators asked, and what was answered."""
        from pipeline.review import questions

        return questions.load(self.root)

    @cached_property
    def declared(self) -> Declarations:
        """What the files that carry words were made from."""
        from pipeline.review import media

        return media.load(self.root, self.content.assets)

    @cached_property
    def page_digests(self) -> Mapping[str, str]:
        """What a reader gets of each English page, as a digest, by source file."""
        from pipeline.content import whole

        return Lazily(dict.fromkeys(self.content.by_path), partial(whole.digest, self.content, self.files))

    @cached_property
    def template(self) -> Catalog:
        """The template of the last extraction."""
        return template.load(self.root)

    @cached_property
    def history(self) -> History:
        """What git's history tells of the catalogs."""
        from pipeline.project import history

        return history.read(self.settings, self.store)

    @cached_property
    def logged(self) -> Log:
        """What became of each English text, as the file has it."""
        return edit_log.load(self.root, self.clock.stamp)

    @cached_property
    def log(self) -> Log:
        """The same, with the lines that git took out of the file when it joined branches."""
        if not self.history.lost:
            return self.logged
        from pipeline.project import dropped

        return self.logged.added(dropped.edits(self.root, self.history.lost))

    @cached_property
    def former(self) -> Mapping[str, Former]:
        """Whose translations the texts of every language were, by locale name."""
        return Lazily(tuple(one.name for one in self.settings.locales), partial(former.load, self.root))

    @cached_property
    def remembered(self) -> Mapping[str, Former]:
        """The same, with the lines that git took out of the files when it joined branches."""
        if not self.history.lost:
            return self.former
        from pipeline.project import dropped

        return Lazily(tuple(self.former), partial(dropped.former, self.root, self.history.lost, self.former))

    @cached_property
    def written(self) -> Records:
        """Who signed for what, what is withdrawn, what people accepted, as their files have it."""
        from pipeline.review import records

        return records.load(self.settings, self.clock)

    @cached_property
    def levels(self) -> Levels:
        """How much findings matter."""
        from pipeline.checks import Levels

        return Levels(self.settings.rules, self.content.classes)

    @cached_property
    def glossary(self) -> Glossary:
        """What terminologists decided. Raises LockstepError where it cannot be read."""
        from pipeline.checks import glossary

        return glossary.load(self.root)

    @cached_property
    def terms(self) -> tuple[Glossary, tuple[Finding, ...]]:
        """The glossary, or an empty one and what is wrong with it."""
        from pipeline.checks import glossary
        from pipeline.checks.glossary import NO_GLOSSARY

        try:
            return self.glossary, ()
        except LockstepError as problem:
            place = Span(glossary.GLOSSARY_PATH, problem.line or 1)
            return NO_GLOSSARY, (Finding("syntax", Level.ERROR, f"{problem.what}. {problem.todo}", place),)
