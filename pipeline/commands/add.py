"""`lockstep add`: more languages for a site: named in its settings, each with a first catalog."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.commands import project as projects
from pipeline.commands.project import Project
from pipeline.commands.update import update
from pipeline.core import disk, inputs, locales, tags
from pipeline.core.errors import LockstepError
from pipeline.core.locales import NAME
from pipeline.core.model import Finding

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
    import tomlkit

    file: Any = tomlkit.parse(text)
    ours = file.setdefault("tool", tomlkit.table(is_super_table=True)).setdefault("lockstep", tomlkit.table())
    if "locales" in ours:
        for name in names:
            ours["locales"].append(name)
    else:
        ours["locales"] = list(names)
    return tomlkit.dumps(file)


def language(word: str) -> str:
    """The name of a locale, as the settings have it (`pt_BR` for `pt-br`). Raises LockstepError for what CLDR knows as no language,
    script or region, with the language that it is likely to mean."""
    spoken, script, region = tags.subtags(word.strip())
    name = "_".join(part for part in (spoken, script, region) if part)
    parts = [part for part in re.split("[_-]", word.strip()) if part]
    known = tags.known_parts()
    wrong = next(
        (part for part, kind in ((script, "scripts"), (region, "territories")) if part and part not in known[kind]), ""
    )
    if NAME.match(name) and len(parts) == name.count("_") + 1 and not wrong and is_language(spoken):
        return name
    if wrong:
        near = (
            f"Write {spoken} alone, or a region as in pt_BR, or a script as in zh_Hans." if is_language(spoken) else ""
        )
        raise LockstepError(f"{word!r}: {wrong} is no script or region that CLDR knows", todo=near or nearest(word))
    raise LockstepError(f"{word!r} is no language that CLDR knows", todo=nearest(word))


def is_language(code: str) -> bool:
    """Whether a code is that of a language, or one that everybody may use as they like (`qaa` to `qtz`)."""
    return code in tags.known_parts()["languages"] or re.fullmatch("q[a-t][a-z]", code) is not None


def nearest(word: str) -> str:
    """The language that somebody is likely to mean, by its English name, by its own, or by a code like it."""
    said = word.strip().casefold()
    some = tags.known_parts()["languages"].items()
    languages = {code: name for code, name in some if NAME.match(code) and code not in ("mis", "mul", "und", "zxx")}
    by_name = {name.casefold(): code for code, name in languages.items()}
    near = by_name.get(said) or next(
        (by_name[name] for name in sorted(by_name) if len(said) > 1 and name.startswith(said)), ""
    )
    if not near:
        close = difflib.get_close_matches(said, [*by_name, *languages], 1, 0.75)
        near = by_name.get(close[0], close[0]) if close else ""
    return f"Did you mean {near} ({languages[near]})?" if near else "Write its code: es, zh_Hans, pt_BR."


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
