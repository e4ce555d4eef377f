"""What a site's maintainers decide, read once from its `pyproject.toml` into a value that cannot be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.core import inputs, tags, toml
from pipeline.core.components import Own
from pipeline.core.errors import LockstepError
from pipeline.core.locales import Locale, make
from pipeline.core.options import KEEP, LOCALES, MAPPINGS, SOURCE, Gate, Rule, SourceMapping, lockstep
from pipeline.core.policy import NO_POLICY, Policy
from pipeline.core.schema import Node, Option, mapping, table, text

__all__ = ["KEEP", "TEMPLATE_PATH", "Gate", "Rule", "Settings", "SourceMapping", "load"]

TEMPLATE_PATH = "locale/messages.pot"
PROJECT = Option("name", text(), default="site"), Option("version", text(), default="0")


@dataclass(frozen=True, slots=True)
class Settings:
    """One site: its root folder, the locale it is written in, those it is translated into, and the rest of the table."""

    root: Path
    english: Locale
    locales: tuple[Locale, ...] = ()
    mappings: tuple[SourceMapping, ...] = ()
    url: str = ""
    gate: Gate = field(default_factory=Gate)
    project: str = "site"
    version: str = "0"
    rules: tuple[Rule, ...] = ()
    reading_grade: float = 8.0
    policy: Policy = NO_POLICY
    boxes: tuple[str, ...] = ()
    front_matter: tuple[str, ...] = ()
    dialect: tuple[str, ...] = ("common",)
    append: tuple[str, ...] = ()
    """The files that every page ends with."""
    components: Own = ()
    """What components, shortcodes and tags of other tools are, beside what everybody knows of them."""
    official: tuple[str, ...] = ()
    report_bugs: str = ""
    english_near: bool = True
    """Whether the English of a translated page stands on it, closed."""
    hashed: bool = False
    """Whether style sheets, scripts and fonts are published under names of what is in them."""
    search: bool = False
    """Whether the list of all pages carries a search."""
    report: str = ""
    """Where readers say that something is wrong, with `{page}`, `{block}`, `{version}`, `{language}` to be filled in."""
    edit: str = ""
    """Where a file is edited, with `{path}` to be filled in."""
    host: str = ""
    """Who publishes the pages, where files of theirs are to be written."""
    slugs: bool = False
    """Whether a page's address in a language is made from its translated title."""
    addresses: bool | None = None
    """Whether a page is named by its folder (`…/`) and not by its file; None: where the site has an address."""

    @property
    def folders(self) -> bool:
        """Whether every address of a page ends in `/`: so that one page has one address. Not so where its files are opened from disk."""
        return bool(self.url) if self.addresses is None else self.addresses

    @property
    def by_name(self) -> dict[str, Locale]:
        """Every locale of the site, the source language first."""
        return {locale.name: locale for locale in (self.english, *self.locales)}

    def catalog_path(self, locale: Locale) -> str:
        """Where a locale's catalog is, relative to the root."""
        return f"locale/{locale.name}/LC_MESSAGES/messages.po"


def load(root: Path) -> Settings:
    """Read `root/pyproject.toml`. Raises LockstepError with file:line for anything that is not as it should be."""
    path = root / "pyproject.toml"
    try:
        body = inputs.read(root, "pyproject.toml")
        if body is None:
            raise LockstepError(
                "no pyproject.toml here, so this is not a Lockstep site",
                path=root,
                todo="Give the site's folder with --root DIR, or make one: lockstep init DIR",
            )
        file = toml.read(path, body.decode("utf-8").replace("\r\n", "\n"))
    except UnicodeDecodeError as problem:
        line = problem.object.count(b"\n", 0, problem.start) + 1
        raise LockstepError("not UTF-8", path=path, line=line, todo="Save the file as UTF-8.") from problem
    ours = file.below("tool", "lockstep")
    source, names = SOURCE.of(ours), LOCALES.of(ours)
    for at, name in enumerate(names):
        if name in (*names[:at], source):
            item = ours.child("locales", names).child(at, name)
            raise item.wrong(f"stands twice, or is the source language itself: {name}", "List each translation once.")
    mappings = tuple(chain.from_iterable(MAPPINGS.of(file.below("tool", "babel"))))
    project, version = (option.of(file.below("project")) for option in PROJECT)

    def made(
        node: Node, locale: Mapping[str, Mapping[str, str]], checks: tuple[Rule, ...], url: str, **said: Any
    ) -> Settings:
        for at, name in enumerate(names):
            if "name" not in locale.get(name, {}) and (wrong := tags.unknown(name)):
                item = node.child("locales", names).child(at, name)
                todo = f"If it is a language all the same, say what it calls itself: `name` in [tool.lockstep.locale.{name}]."
                raise item.wrong(f"has {name}, and {wrong[0]}", f"{wrong[1]} {todo}")
        english, *others = (make(name, locale.get(name, {})) for name in (source, *names))
        said["english_near"] = said.pop("english")
        rest = {
            key: said[key]
            for key in (
                "gate",
                "reading_grade",
                "policy",
                "boxes",
                "front_matter",
                "dialect",
                "append",
                "components",
                "official",
                "report_bugs",
                "slugs",
                "addresses",
                "report",
                "edit",
                "host",
                "english_near",
                "search",
                "hashed",
            )
        }
        return Settings(
            root,
            english,
            tuple(others),
            mappings,
            url.rstrip("/"),
            project=project,
            version=version,
            rules=checks,
            **rest,
        )

    if not {"lockstep", "babel"} & mapping(file.below("tool")).keys():
        raise LockstepError(
            "has no [tool.lockstep]", path=path, line=1, todo="Restore it, or make a site: lockstep init DIR"
        )
    return table(made, *lockstep(names, source)).read(ours)
