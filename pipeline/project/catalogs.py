"""The catalog of a language, with what is held of its texts beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.catalog import Catalog, po_file
from pipeline.catalog.po_entry import Problem
from pipeline.changes import Log, copied, unmarked
from pipeline.changes.former import Former
from pipeline.changes.lineage import Held
from pipeline.core import tags
from pipeline.core.model import ident
from pipeline.core.settings import Settings
from pipeline.project import forgotten
from pipeline.project.held import Confirmed

if TYPE_CHECKING:
    from pipeline.changes.astray import Astray
    from pipeline.changes.retitled import Retitling
    from pipeline.changes.standing import Turned
    from pipeline.changes.unmarked import Marks
    from pipeline.resolve import Translations
    from pipeline.review import Records


def catalog(settings: Settings, wrong: Mapping[str, tuple[Astray, ...]], name: str) -> Catalog:
    """The catalog of a language; what is astray in it, by its path, is fuzzy, and one that says it is another's has no entry
    that anybody may use."""
    found = of_language(po_file.load(settings.root, settings.catalog_path(settings.by_name[name])), name)
    if not wrong.get(found.path):
        return found
    from pipeline.changes import astray

    return astray.withheld(found, wrong[found.path])


def of_language(found: Catalog, name: str) -> Catalog:
    """A catalog as that of a language (see `catalog`)."""
    stated = found.metadata("Language")
    if not stated or not tags.contradicts(stated, name):
        return found
    what = f"This is the catalog of `{name}`, and its header says `Language: {stated[:40]}`"
    todo = "Put the right catalog here, or mend the header: nothing of this one is used."
    wrong = Problem(found.header.line if found.header else 1, what, todo)
    return replace(found, entries=(), problems=(wrong, *found.problems))


def held_of(
    root: Path,
    records: Callable[[], Records],
    log: Log,
    former: Mapping[str, Former],
    names: frozenset[tuple[str, ...]],
    turned: Turned,
    catalogs: Mapping[str, Catalog],
    retitled: Retitling,
    marks: Mapping[str, Marks] | None,
    name: str,
) -> Held:
    """What is held of the texts of a language beside its catalog; of those too whose messages came to stand elsewhere since the
    last extraction, whose English was written anew in the catalog itself, that were copied from another region's, or whose marks were taken
    off where lines of the ledgers were lost, whether or not an update has heard of it. `marks`: what earlier commits said, by path;
    None where no extraction was before, so that no mark of ours can be gone."""
    said = Confirmed(records, name, log)
    held = Held(former[name], said, names, frozenset(map(ident, turned)))
    kin = copied.relatives(name, tuple(former))
    by = [former[one] for one in kin]
    if any(one.rows for one in by):
        theirs = [Confirmed(records, one, log) for one in kin]
        made = dict(copied.of(catalogs[name], log, held.former, by, lambda at, entry: theirs[at](entry)))
        held = replace(held, former=held.former.added(made.values()), fresh=held.fresh.union(made))
    if retitled.came:
        past = partial(forgotten.since, root)
        rows = [*retitled.of(catalogs[name], log, held.former, past)]  # of one message there may be several
        known = held.former.added(row for _, row in rows)
        held = replace(held, former=known, fresh=held.fresh.union(now for now, _ in rows))
    if marks is not None and (late := [*unmarked.of(catalogs[name], log, held, marks.get(catalogs[name].path, ()))]):
        known = held.former.added(row for _, row in late)
        held = replace(held, former=known, fresh=held.fresh.union(now for now, _ in late))
    if not turned:
        return held
    from pipeline.changes.standing import placed

    return replace(held, former=held.former.added(placed(catalogs[name], log, held, turned, retitled.before)))


def translations_of(
    settings: Settings, catalogs: Mapping[str, Catalog], held: Mapping[str, Held], name: str
) -> Translations:
    """The catalog of a language, ready to be asked."""
    from pipeline.resolve.message import translations

    return translations(settings.by_name[name], catalogs[name], held[name])


def chain(settings: Settings, every: Mapping[str, Translations], name: str) -> tuple[Translations, ...]:
    """A locale's own translations and those of its parents that the site has, nearest first; none for the source."""
    if name == settings.english.name:
        return ()
    return tuple(every[one] for one in settings.by_name[name].chain if one in every)
