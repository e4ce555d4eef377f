"""The header of a catalog as fields, each with the lines it is written as, and the three-way merge of two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.catalog.po_entry import BODY, ORDER, Entry, Pair, quote

SAVED = "po-revision-date", "last-translator", "language-team", "x-generator"
"""What an editor writes when it saves: of two, all are those of the later save. So is everything that begins with `x-`."""
EXTRACTED = "pot-creation-date"
STAMP = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2})(?:([+-])(\d{2}):?(\d{2}))?")


class Field(NamedTuple):
    """A field's text with its newline, and the strings that it is written as."""

    text: str
    lines: tuple[str, ...]


def minute(stamp: str) -> int:
    """A header's time in minutes, UTC (gettext manual, "Header Entry"); 0 where it is none."""
    found = STAMP.match(stamp)
    if found is None:
        return 0
    import datetime

    try:
        day = datetime.date.fromisoformat(found[1]).toordinal() - datetime.date(1970, 1, 1).toordinal()
    except ValueError:
        return 0
    ahead = (int(found[5]) * 60 + int(found[6])) * (-1 if found[4] == "-" else 1) if found[4] else 0
    return day * 1440 + int(found[2]) * 60 + int(found[3]) - ahead


def fields(entry: Entry | None) -> dict[str, Field]:
    """The fields of a header by name in lower case; what is no field is one by its own text."""
    return dict(listed(entry))


def listed(entry: Entry | None) -> list[tuple[str, Field]]:
    """The fields of a header as they stand, each with its name; one that stands twice is there twice."""
    if entry is None or not entry.strings:
        return []
    texts = re.findall(r"[^\n]*\n|[^\n]+\Z", entry.strings[0])
    lines = [line for part, line in entry.lines if part == "string"][1:]
    told = [tuple(group) for _, group in groupby(lines, key=Ends())]
    written = told if len(told) == len(texts) else [(quote(text),) for text in texts]
    return [(name(text), Field(text, tuple(group))) for text, group in zip(texts, written, strict=True)]


def restated(entry: Entry, values: Mapping[str, str]) -> Entry:
    """A header in which fields have these values: at their places and once, or at the end where they are missing. What says so
    already, and every other line, is as it was."""
    wanted = {title.lower(): f"{title}: {said}\n" for title, said in values.items()}
    found = listed(entry)
    made = [
        Field(text, (quote(text),)) if (text := wanted.get(field, old.text)) != old.text else old
        for at, (field, old) in enumerate(found)
        if field not in wanted or field not in (before for before, _ in found[:at])
    ]
    missing = [text for field, text in wanted.items() if field not in dict(found)]
    if missing and made and not made[-1].text.endswith("\n"):
        made[-1] = Field(f"{made[-1].text}\n", (quote(f"{made[-1].text}\n"),))
    made += [Field(text, (quote(text),)) for text in missing]
    if [old for _, old in found] == made:
        return entry
    first = lines_of(entry, "string")[:1]
    begun = first[0] if first and first[0].rstrip().endswith(' ""') else 'msgstr ""'
    lines = [pair for pair in entry.lines if pair[0] != "string"]
    lines += [("string", line) for line in (begun, *(line for field in made for line in field.lines))]
    return entry._replace(strings=("".join(field.text for field in made),), written=tuple(lines))


def stated(entry: Entry) -> Iterator[tuple[str, str, int]]:
    """The fields of a header as they stand, each with its name in lower case, its value and its line."""
    at, begun, text = entry.line, entry.line, ""
    for part, line in entry.lines:
        if part == "string":
            first, last = line.find('"'), line.rfind('"')
            begun = begun if text else at
            text += line[first + 1 : last] if last > first else ""
            while "\\n" in text:
                field, _, text = text.partition("\\n")
                yield name(field), field.partition(":")[2].strip(), begun
                begun = at
        at += part in BODY
    if text:
        yield name(text), text.partition(":")[2].strip(), begun


class Ends:
    """A key for `groupby`: the number of the field that a line belongs to. A field ends with the line that ends with `\\n"`."""

    def __init__(self) -> None:
        self.count, self.ended = 0, False

    def __call__(self, line: str) -> int:
        self.count += self.ended
        self.ended = line.rstrip().endswith('\\n"')
        return self.count


def name(text: str) -> str:
    return text.partition(":")[0].strip().lower()


def value(found: Mapping[str, Field], field: str) -> str:
    """A field's value, "" where it is missing."""
    return found[field].text.partition(":")[2].strip() if field in found else ""


def merged(base: Entry | None, ours: Entry, theirs: Entry) -> Entry | None:
    """Two headers with one ancestor as one, the lines of each field kept; None where both sides changed a field that no rule
    decides. Of two saves the later one's name and tool, of two extractions the later one's date."""
    then, mine, yours = fields(base), fields(ours), fields(theirs)
    later = minute(value(yours, SAVED[0])) > minute(value(mine, SAVED[0]))
    newer = minute(value(yours, EXTRACTED)) > minute(value(mine, EXTRACTED))
    made: list[Field] = []
    for field in in_order([*mine], [*yours]):
        was, one, two = then.get(field), mine.get(field), yours.get(field)
        texts = [found.text if found else None for found in (was, one, two)]
        if texts[1] == texts[2]:
            kept = two if one == was else one
        elif texts[0] == texts[1]:
            kept = two
        elif texts[0] == texts[2]:
            kept = one
        elif field in SAVED or field.startswith("x-"):
            kept = two if later else one
        elif field == EXTRACTED:
            kept = two if newer else one
        else:
            return None
        made += [kept] if kept else []
    return with_fields(base, ours, theirs, made)


def in_order(mine: list[str], yours: list[str]) -> list[str]:
    """Our fields in their order, and each of the others after the one that it follows there."""
    made, at = list(mine), 0
    for field in yours:
        if field in made:
            at = made.index(field) + 1
        else:
            made.insert(at, field)
            at += 1
    return made


def with_fields(base: Entry | None, ours: Entry, theirs: Entry, made: Sequence[Field]) -> Entry:
    """The header with these fields. Every other line of it is that of the side that changed it; comments are those of both."""
    strings = ("".join(field.text for field in made),)
    lines: list[Pair] = []
    for part in ORDER:
        was, one, two = (lines_of(entry, part) for entry in (base, ours, theirs))
        if part == "note":
            one = tuple(
                line for line in dict.fromkeys((*one, *two)) if line not in was or (line in one and line in two)
            )
        elif part == "string":
            one = (
                one[0] if one[0].rstrip().endswith(' ""') else 'msgstr ""',
                *(line for field in made for line in field.lines),
            )
        lines += [(part, line) for line in (two if one == was else one)]
    flags = theirs.flags if base and ours.flags == base.flags else ours.flags
    return ours._replace(strings=strings, flags=flags, written=tuple(lines))


def lines_of(entry: Entry | None, part: str) -> tuple[str, ...]:
    """The lines of one part of an entry."""
    return tuple(line for one, line in entry.lines if one == part) if entry else ()
