"""The site in made-up languages, to see before there is a translator what does not fit, and which English is no message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipeline.catalog import Catalog, Entry
from pipeline.changes import merge
from pipeline.changes.lineage import syntax
from pipeline.checks import runner
from pipeline.commands.build import outputs
from pipeline.commands.extract import extraction
from pipeline.content.cut import cut
from pipeline.core import disk
from pipeline.core.errors import LockstepError
from pipeline.core.locales import make
from pipeline.core.model import Output
from pipeline.core.options import Gate, Rule
from pipeline.core.policy import NO_POLICY
from pipeline.project.project import Project
from pipeline.site import html_text
from pipeline.site.publish import SPARE, publish
from pipeline.site.redirects import leads_on
from pipeline.text.pseudo import ENGLISH, pseudo, words

LOCALES = (
    make("en_XA", {"name": "Åççéñţš", "english-name": "Accents"}),
    make("ar_XB", {"name": "من اليمين", "english-name": "From the right", "direction": "rtl"}),
)
FOLDER = ".lockstep/pseudo"
VERSION = re.compile(r"[0-9a-f]{4}(?:-[0-9a-f]{4}){2}")
"""The id of a version of a page."""


class Escaped(NamedTuple):
    """English on the pages of a made-up language that says it is in that language: no translator will ever get it."""

    text: str
    pages: tuple[str, ...]


class Made(NamedTuple):
    """What came of it: where the pages are, how many messages stand there in English since their codes did not survive, and the
    English that escaped."""

    folder: Path
    left: int
    escaped: tuple[Escaped, ...]


def made_up(project: Project, to: Path | None = None) -> Made:
    """Publish the site in the made-up languages below `to`. Nothing of the site itself is written but `.lockstep/`."""
    folder = to or project.root / FOLDER
    root = project.root.resolve()
    if folder.resolve() in {root, (root / SPARE).parent}:
        raise LockstepError("this is the site itself", path=folder, todo="Name another folder: its dist/ is replaced.")
    own = spoken(project)
    try:
        disk.make_folders(folder.absolute())
    except OSError as problem:
        what = f"this folder cannot be made: {problem.strerror or problem}"
        raise LockstepError(what, path=folder, todo=f"Name another: --to DIR. {disk.AGAIN}") from problem
    seen: dict[str, dict[str, None]] = {}
    publish(folder, noted(outputs(own), allowed(own), seen))
    left = sum(
        language.whole.messages[state]
        for language in own.coverage
        for state in language.whole.messages
        if not state.done
    )
    escaped = tuple(Escaped(text, tuple(pages)) for text, pages in sorted(seen.items()))
    return Made(folder / "dist", left, escaped)


def spoken(project: Project) -> Project:
    """The site with the made-up languages in place of its own: every message filled, no check that may be off, no policy."""
    off = tuple(Rule(str(check.code), None, None) for check in runner.checks() if not check.final)
    settings = replace(project.settings, locales=LOCALES, rules=off, policy=NO_POLICY, gate=Gate())
    found = Project(settings, project.clock, project.progress)
    empty = {one.name: Catalog(settings.catalog_path(one)) for one in LOCALES}
    step = merge.update(extraction(project).template, empty, settings)
    found.__dict__["catalogs"] = {
        name: replace(made, entries=tuple(filled(name, entry) for entry in made.entries)) for name, made in step.items()
    }
    return found


def filled(locale: str, entry: Entry) -> Entry:
    """An entry with a text for each of its forms."""
    written = syntax(entry.key, entry)
    first, *others = (
        pseudo(locale, cut(text, written)) for text in (entry.key.msgid, entry.plural) if text is not None
    )
    return entry._replace(strings=(first, *(others * (len(entry.strings) - 1))) if others else (first,))


def allowed(project: Project) -> frozenset[str]:
    """The words that stand in our letters on every page, whatever its language: of facts, of names, inside of codes."""
    codes = (
        piece.text
        for message in project.messages
        for piece in cut(message.key.msgid, syntax(message.key, project.catalogs["en_XA"].live()[message.key]))
        if piece.kind != "text"
    )
    facts = project.content.facts.values()
    return words([*codes, *facts, project.settings.english.endonym])


def noted(made: Iterator[Output], known: frozenset[str], seen: dict[str, dict[str, None]]) -> Iterator[Output]:
    """The outputs as they pass, and in `seen` the English that escaped, by text, with its pages."""
    for one in made:
        if one.path.startswith("en-XA/") and one.path.endswith(".html"):
            html = one.body.decode("utf-8", "replace")
            for text in () if leads_on(html) else escaped(html, known):
                seen.setdefault(text, {})[one.path] = None
        yield one


def escaped(html: str, known: frozenset[str]) -> Iterator[str]:
    """The texts of a page, and those in its attributes, that say they are in its language and have English words."""
    for one in html_text.read(html).texts:
        text = html_text.folded(one.text).strip()
        if (
            one.place.lang == "en-XA"
            and not VERSION.fullmatch(text)
            and any(word.lower() not in known for word in ENGLISH.findall(text))
        ):
            yield text
