"""Reading a catalog again after an edit: what did not change is taken over, and only what stands between is read.

Whatever is not plainly an edit inside some entries (another header, other keys, anything wrong) is read as a whole file.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from pipeline.catalog import po_file
from pipeline.catalog.po_entry import Entry, Source
from pipeline.catalog.po_file import PLAIN, Catalog

BLANK = b"\n\n"
LINE = attrgetter("line")


def parse(old: Catalog, body: bytes) -> tuple[Catalog, tuple[Entry, ...] | None]:
    """A catalog's new bytes, given it as it was; and the entries that were read anew, None where all were."""
    if old.body == body:
        return old, ()
    found = between(old, body)
    return (po_file.parse(old.path, body), None) if found is None else found


def between(old: Catalog, body: bytes) -> tuple[Catalog, tuple[Entry, ...]] | None:
    """The same by what changed alone; None where that would not be sure to find the same."""
    was = old.body
    if was is None or old.problems or old.said or old.header is None or old.header_at or old.encoding not in PLAIN:
        return None
    if old.newline != "\n" or b"\r" in body or b"\0" in body:
        return None
    if was.endswith(BLANK) or body.endswith(BLANK):  # blank lines below the last entry
        return None
    opening = was.find(BLANK)
    start = was.rfind(BLANK, 0, same(was, body))
    if start > 0:  # a blank line that comes or goes joins or parts what is around it
        start = was.rfind(BLANK, 0, start)
    if opening < 0 or start < opening or b'msgid ""' not in was[:opening]:  # blank lines above the header
        return None
    ending = min(same(was, body, -1), len(was) - start, len(body) - start)
    stop = was.find(BLANK, len(was) - ending)
    stop = was.find(BLANK, stop + 1) if stop >= 0 else stop
    end = len(was) if stop < 0 else stop
    ends = len(body) - (len(was) - end)
    if ends < start:
        return None
    part = body[:opening] + body[start:ends] + (b"" if stop < 0 else b"\n")
    read = po_file.parse(old.path, part)
    first, last = was.count(b"\n", 0, start) + 1, was.count(b"\n", 0, end) + 1
    low = bisect_right(old.entries, first, key=LINE)
    high = bisect_left(old.entries, last, key=LINE) if stop >= 0 else len(old.entries)
    replaced = old.entries[low:high]
    if read.problems or keys(read.entries) != keys(replaced) or any(map(parted, replaced)):
        return None
    shift = first - (body.count(b"\n", 0, opening) + 1)
    middle = tuple(entry._replace(line=entry.line + shift, written=entry.lines) for entry in read.entries)
    before, after, header = old.entries[:low], old.entries[high:], old.header
    if down := body.count(b"\n", 0, ends) - was.count(b"\n", 0, end):  # else all others stand where they stood
        source = Source(body, old.encoding)
        before, after = moved(before, 0, source), moved(after, down, source)
        header = moved([header], 0, source)[0]
    tail = tuple(read.tail) if stop < 0 else old.tail
    made = replace(old, header=header, entries=(*before, *middle, *after), tail=tail, body=body)
    return made, middle


def keys(entries: Iterable[Entry]) -> list[tuple[object, bool]]:
    return [(entry.key, entry.obsolete) for entry in entries]


def parted(entry: Entry) -> bool:
    """Whether a blank line stands inside an entry, so that what is above it is read with what is below."""
    return isinstance(entry.written, tuple) and any(part == "blank" for part, _ in entry.written[1:])


def moved(entries: Iterable[Entry], down: int, source: Source) -> tuple[Entry, ...]:
    """Entries so many lines further down, their text found in another file where it is looked up."""
    make = tuple.__new__
    return tuple(
        make(Entry, (*one[:9], one[9] + down, source if isinstance(one[10], Source) else one[10])) for one in entries
    )


def same(one: bytes, other: bytes, way: int = 1) -> int:
    """With how many bytes both begin; with how many they end where `way` is -1."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        half = (low + high + 1) // 2
        part = slice(low, half) if way > 0 else slice(-half, -low or None)
        if one[part] == other[part]:
            low = half
        else:
            high = half - 1
    return low
