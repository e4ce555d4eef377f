"""How far the languages were at earlier commits, counted in the catalogs and review ledgers that git has of them.

What readers got then is in no file, so this counts entries, not states: translated, fuzzy (their English was edited, or they are
drafts), empty; and of the translated ones those that a reviser or clinician had signed for as they stood. A catalog's bytes are counted once:
the figures are kept by them.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.catalog import po_file
from pipeline.core import cache, git
from pipeline.core.cache import Store
from pipeline.core.errors import LockstepError
from pipeline.core.settings import Settings
from pipeline.resolve.coverage import REVIEWERS
from pipeline.review import reviews
from pipeline.review.reviews import CARRIED, VOID, PairId, Reviews

MOST = 12
"""How many days are told of."""
NO_GIT = "There is no git history here, and so no trend: it is read from the commits of locale/."
SHALLOW = "This is a shallow clone: git has not the earlier commits, so there is no trend to tell. Fetch them: git fetch --unshallow"


class Count(NamedTuple):
    """The entries of a catalog at a time; `reviewed` ones are among the translated."""

    messages: int
    translated: int
    fuzzy: int
    empty: int
    reviewed: int


class Point(NamedTuple):
    """A day, its last commit that changed a catalog or ledger, and how far each language was then, by locale name."""

    day: str
    commit: str
    locales: dict[str, Count]


class Trend(NamedTuple):
    """The days, oldest first; or why there are none, in a sentence."""

    points: tuple[Point, ...] = ()
    why: str = ""


def trend(settings: Settings, store: Store, names: tuple[str, ...] | None = None, most: int = MOST) -> Trend:
    """How far each language (or those named) was on up to `most` days, the first and the last among them."""
    here = git.position(settings.root)
    if here is None:
        return Trend(why=NO_GIT)
    if here.cut:
        return Trend(why=SHALLOW)
    asked = [one.name for one in settings.locales if names is None or one.name in names]
    paths = [path for name in asked for path in (settings.catalog_path(settings.by_name[name]), reviews.path_of(name))]
    try:
        days = thinned(git.days(settings.root, paths), most)
        bodies = git.versions(settings.root, [f"{commit}:./{path}" for _, commit in days for path in paths])
    except LockstepError as problem:
        return Trend(why=f"{problem.what[:1].upper()}{problem.what[1:]}. {problem.todo}".strip())
    points = []
    for day, commit in days:
        found = {}
        for name in asked:
            catalog, ledger = next(bodies), next(bodies)
            if catalog is not None:
                found[name] = counted(store, name, catalog, ledger or b"")
        points.append(Point(day, commit, found))
    return Trend(tuple(points), "" if points else NO_GIT)


def thinned(days: list[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """As many days at most, spread evenly, the first and the last among them."""
    last = len(days) - 1
    return days if last < most else [days[round(at * last / (most - 1))] for at in range(most)]


def counted(store: Store, locale: str, catalog: bytes, ledger: bytes) -> Count:
    """The figures of a catalog and its ledger, from before where they are known."""
    key = cache.digest(cache.program(), locale, catalog.hex(), ledger.hex()) if store.folder else ""
    known = store.get("trend", key) if key else None
    if isinstance(known, list) and len(known) == len(Count._fields) and all(type(one) is int for one in known):
        return Count(*known)
    made = count(locale, catalog, ledger)
    if key:
        store.put("trend", key, list(made))
    return made


def count(locale: str, catalog: bytes, ledger: bytes) -> Count:
    """The figures of a catalog and its ledger."""
    signed = signed_pairs(Reviews(path=reviews.path_of(locale)).read(ledger))
    live = po_file.parse("", catalog).live().values()
    done = [entry for entry in live if all(entry.strings) and not entry.fuzzy]
    fuzzy = sum(1 for entry in live if entry.fuzzy)
    read = sum(1 for entry in done if reviews.pair_of(entry.key, entry.strings, entry.plural) in signed)
    return Count(len(live), len(done), fuzzy, len(live) - len(done) - fuzzy, read)


def signed_pairs(ledger: Reviews) -> set[PairId]:
    """The pairs that a reviser or clinician had signed for, or that were carried over from such a pair; none that was voided."""
    signed: set[PairId] = set()
    for row in sorted(ledger.rows, key=lambda row: (row.at, row.how == VOID)):
        if row.how == VOID:
            signed.discard(row.pair)
        elif row.role in REVIEWERS or (row.how == CARRIED and row.was in signed):
            signed.add(row.pair)
    return signed
