"""Translations that stand under an English that nobody translated so: git's merge by lines can put one there.

What is told here is told from catalogs before and after; who asks git for them is `project/history`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.catalog import Catalog, Entry, bundled, po_entry, po_file
from pipeline.catalog.po_entry import Previous
from pipeline.changes.lineage import Known, carried_from, untouched
from pipeline.core.model import Finding, Key, Level, Span

CODE = "merged"
Pair = tuple[Key, str | None, tuple[str, ...]]
"""A message, its plural, and the strings that are said for it."""


@dataclass(frozen=True, slots=True)
class Astray:
    """A translation under an English that it was not made for: the pair, the message it was made for (None: nobody can tell),
    and what shows it, in words."""

    pair: Pair
    made_for: Previous | None
    why: str


def pair(entry: Entry) -> Pair:
    return entry.key, entry.plural, entry.strings


def said(found: Iterable[Entry]) -> Iterator[Entry]:
    """The entries that are translated, obsolete ones too."""
    return (entry for entry in found if entry.translated and not entry.fuzzy)


def fresh(found: Catalog, before: Sequence[Catalog], ours: Mapping[Key, Entry] = {}) -> list[Entry]:
    """The live entries that are translated here and were so, in those words, in none of the catalogs `before`. Left out is
    what `update` does: a text carried over, and one of `ours`, that we ship."""
    known = {pair(entry) for one in before for entry in said(one.entries)}
    new = [entry for entry in said(found.entries) if not entry.obsolete and pair(entry) not in known]
    if not new:
        return []
    every = Known((entry.key, entry) for entry in sorted(found.entries, key=lambda entry: not entry.obsolete))
    shipped = {pair(entry) for entry in ours.values()}
    return [entry for entry in new if pair(entry) not in shipped and not carried(entry, every)]


def carried(entry: Entry, every: Known) -> bool:
    """Whether an entry holds just what carrying a translated one over would write."""
    origin = carried_from(entry, every)
    return origin is not None and untouched(entry, origin)


def news(path: str, now: bytes, before: Sequence[bytes], locale: str) -> Iterator[tuple[Catalog, list[Catalog], Entry]]:
    """What is newly translated in a catalog, with the catalog and those before it. They are read whole only where the blocks
    that changed have something."""
    ours = bundled.texts(locale)
    small = [po_file.parse(path, body) for body in changed(now, before)]
    if not fresh(small[0], small[1:], ours):
        return
    found, *sides = (po_file.parse(path, body) for body in (now, *before))
    if not any(one.broken for one in (found, *sides)):
        yield from ((found, sides, entry) for entry in fresh(found, sides, ours))


def changed(now: bytes, before: Sequence[bytes]) -> list[bytes]:
    """Files with only those of their blocks that not all of them have, and the header; whole where lines end otherwise."""
    bodies = [now, *before]
    if any(b"\r" in body for body in bodies):
        return bodies
    blocks = [body.strip(b"\n").split(b"\n\n") for body in bodies]
    shared = set(blocks[0]).intersection(*map(set, blocks[1:])) if len(blocks) > 1 else set()
    return [b"\n\n".join([*found[:1], *(one for one in found[1:] if one not in shared)]) + b"\n" for found in blocks]


def origin(entry: Entry, found: Catalog, before: Sequence[Catalog]) -> Previous | None:
    """The message that the text of an entry stood under before, one that is gone now if there is one."""
    live = found.live()
    stood = [
        one for side in before for one in said(side.entries) if one.strings == entry.strings and one.key != entry.key
    ]
    stood.sort(key=lambda one: (one.key in live, one.obsolete))
    return Previous(stood[0].key, stood[0].plural) if stood else None


def withheld(found: Catalog, astray: Sequence[Astray]) -> Catalog:
    """A catalog with what is astray in it as fuzzy, `#|` the English it was made for, and an error about each."""
    wrong = {one.pair: one for one in astray}
    if not wrong or found.broken:
        return found
    entries, findings = [], []
    for entry in found.entries:
        one = None if entry.obsolete or entry.fuzzy or not entry.translated else wrong.get(pair(entry))
        if one is not None:
            findings.append(finding(found.path, entry, one))
            marked = entry._replace(flags=("fuzzy", *entry.flags), previous=one.made_for)
            entry = po_entry.amended(entry, marked)
        entries.append(entry)
    return replace(found, entries=tuple(entries), said=tuple(findings)) if findings else found


def finding(path: str, entry: Entry, one: Astray) -> Finding:
    """What a person is told of it."""
    was = f" It was made for: “{shortened(one.made_for.key.msgid)}”." if one.made_for else ""
    text = (
        f"Nobody put this translation under this English: {one.why}.{was} Until a person has read it, it counts as stale. "
        f"Run `lockstep update`, which marks it as fuzzy, then mend it; or, where it is right as it stands: "
        f"`lockstep accept {path}:{entry.line} --check {CODE} --by NAME --reason TEXT`."
    )
    return Finding(CODE, Level.ERROR, text, Span(path, entry.line), key=entry.key)


def shortened(text: str) -> str:
    """A text on one line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"
