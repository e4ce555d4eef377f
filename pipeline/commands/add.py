"""`lockstep add`: more languages for a site: named in its settings, each with a first catalog."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.commands.update import update
from pipeline.core import disk, inputs, locales, tags
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding
from pipeline.core.tags import language
from pipeline.project import project as projects
from pipeline.project.project import Project

SETTINGS = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Added:
    """What came of it: the site as it is now, the languages that are new in its settings, those that stood there before, the
    files that were written, and what is wrong with those that were not."""

    project: Project
    names: tuple[str, ...]
    there: tuple[str, ...]
    written: tuple[str, ...]
    findings: tuple[Finding, ...]


def add(project: Project, names: Sequence[str]) -> Added:
    """Add languages to a site. Raises LockstepError before anything is written: for a name that is no language, and where the site's
    own files cannot be read."""
    settings = project.settings
    wanted = tuple(dict.fromkeys(map(language, names)))
    if settings.english.name in wanted:
        raise LockstepError(f"{settings.english.name} is the language the site is written in", todo="Leave it out.")
    new = tuple(name for name in wanted if name not in settings.by_name)
    project.content.whole()
    written = []
    if new:
        body = inputs.read(settings.root, SETTINGS) or b""
        disk.replace(settings.root / SETTINGS, listed(body.decode(), new).encode(), expected=body)
        written.append(SETTINGS)
        project = projects.load(settings.root, project.clock, project.progress, project.store)
    files, found = update(project)
    project = projects.load(settings.root, project.clock, project.progress, project.store)
    there = tuple(name for name in wanted if name not in new)
    return Added(project, new, there, (*written, *files), tuple(found))


def listed(text: str, names: Sequence[str]) -> str:
    """A `pyproject.toml` with more languages in `locales` of `[tool.lockstep]`; all else is left as it stands, comments too."""
    file, ours = opened(text)
    if "locales" in ours:
        for name in names:
            ours["locales"].append(name)
    else:
        ours["locales"] = list(names)
    return dumped(file)


def said(text: str, values: Mapping[str, Any]) -> str:
    """A `pyproject.toml` with other settings in `[tool.lockstep]`, however that is written there; all else as it stands."""
    file, ours = opened(text)
    for key, value in values.items():
        ours[key] = value
    return dumped(file)


def opened(text: str) -> tuple[Any, Any]:
    """A `pyproject.toml` to be edited, and `[tool.lockstep]` in it."""
    import tomlkit

    file: Any = tomlkit.parse(text)
    return file, file.setdefault("tool", tomlkit.table(is_super_table=True)).setdefault("lockstep", tomlkit.table())


def dumped(file: Any) -> str:
    """An edited file as text."""
    import tomlkit

    return tomlkit.dumps(file)


def about(name: str, project: Project) -> str:
    """A language in one line: its names, its direction, its plural forms, and how much of its catalog came translated."""
    locale = project.settings.by_name[name]
    catalog = project.catalogs[name]
    live = [entry for entry in catalog.entries if not entry.obsolete]
    had = sum(entry.translated and not entry.fuzzy for entry in live)
    count = re.search(r"nplurals\s*=\s*(\d+)", locale.plurals)
    way = "right to left" if locale.direction == "rtl" else "left to right"
    forms = f"{count[1]} plural form{'s' * (count[1] != '1')}" if count else locale.plurals
    called = locale.english if locale.english != name else tags.known_parts()["languages"].get(name, name)
    return f"{name}: {called} ({locale.endonym}), {way}, {forms}; {had} of {len(live)} texts came translated"


def unknown_to_cldr(name: str) -> bool:
    """Whether CLDR has nothing of a language but its name."""
    return locales.known(name) is None
