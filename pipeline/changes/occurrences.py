"""Where each message stands: the messages of every file in reading order, as one extraction found them.

The template lists a message once, however often it stands in the pages. `locale/places.txt` keeps what that loses: one
line an occurrence, under the file's name, so that the next extraction can be compared with this one; and one line for each
thing that the file shows beside its messages (`content/fixed`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.catalog import Catalog
from pipeline.changes.texts import Around, Text
from pipeline.content.fixed import Fixed, Fixtures
from pipeline.core import disk, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.inline import NO_FACTS, Syntax
from pipeline.core.model import Key, Message, Refs, ident, syntax_of

OCCURRENCES_PATH = "locale/places.txt"
HEAD = (
    "# Where each message stands, in reading order. Written by Lockstep; it shows the next `update` what was edited.\n"
)
NOTED = "# After `=`: what a file shows beside its messages.\n"
"""Stands in the file where that was noted, also of files that show nothing else."""
AROUND = (
    "# After `+`: what the message below stands under, and those after it; what the links of the one above lead to.\n"
)
"""Stands in the file where that was noted."""
PLAIN = re.compile(r"(?:[^\W_]|[ ,.:;?'’“”()/%+-])*")
"""A text that is no Markdown whatever stands around it."""
LINE = re.compile(r"  ([0-9a-f]{16}) (.*?)(, critical)?")
MORE = re.compile(r"  \+ (under|refs) (\[.*\])")
BESIDE = re.compile(r"  = ([a-z]+) (\[.*\])")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence of a message: its file, its kind (as in `#.`), whether its author called it critical, its block.

    `block` is what a person may call it: a front-matter key, or the heading above it and a number (`the-parts.2`; the
    heading itself is `.0`). `under` and `refs` are its message's; `under` is None where nobody noted it.
    """

    path: str
    key: Key
    kind: str
    critical: bool
    block: str
    under: tuple[str, ...] | None = None
    refs: Refs = ()

    @property
    def syntax(self) -> Syntax:
        """The language its text is written in."""
        return syntax_of(self.key, self.kind, self.path)

    @property
    def text(self) -> Text:
        """Its text, as it stands here."""
        return Text(self.key, self.syntax, self.refs)

    @property
    def around(self) -> Around:
        """What stands around it here."""
        return Around(self.under or (), self.refs)

    @property
    def anchor(self) -> str:
        """The id under which links find a heading, or a page's title where that stands on it as one; "" of other texts."""
        if self.kind.startswith("heading "):
            return self.block.rpartition(".")[0]
        titled = self.kind == self.key.context == "title" and not self.path.endswith((".yaml", ".yml"))
        return heading(self.key.msgid) if titled else ""

    @property
    def field(self) -> str:
        """The front-matter or data key that it is the value of, `label` of a box's own label; "" of every other text, whose context
        its author gave it."""
        return self.kind if self.kind in {self.key.context, "label"} else ""


Occurrences = Mapping[str, tuple[Occurrence, ...]]
"""The places of every file, in reading order."""


class Row(NamedTuple):
    """What is noted of a place."""

    key: Key
    kind: str
    critical: bool
    under: tuple[str, ...] | None = None
    refs: Refs = ()


def of_messages(messages: Iterable[Message]) -> Occurrences:
    """The places of an extraction."""
    found: dict[str, list[Row]] = {}
    for message in messages:
        critical = message.critical or "critical" in message.comments
        row = Row(message.key, message.kind, critical, message.under, message.refs)
        found.setdefault(message.span.path, []).append(row)
    return {path: tuple(named(path, rows)) for path, rows in sorted(found.items())}


def named(path: str, rows: Sequence[Row]) -> Iterator[Occurrence]:
    """The rows of one file as places, each with the name of its block."""
    section, count = "interface" if path.startswith("templates/") else "top", 0
    fields: Counter[str] = Counter()
    anchors: Counter[str] = Counter()
    for key, kind, critical, under, refs in rows:
        if kind == key.context:
            fields[kind] += 1
            block = kind if fields[kind] == 1 else f"{kind}.{fields[kind]}"
        else:
            count += 1
            if kind.startswith("heading "):
                name = heading(key.msgid)
                anchors[name] += 1
                section, count = name if anchors[name] == 1 else f"{name}-{anchors[name] - 1}", 0
            block = f"{section}.{count}"
        yield Occurrence(path, key, kind, critical, block, under, refs)


@lru_cache(4096)
def heading(text: str) -> str:
    """What a section is called, by its heading."""
    from pipeline.content.inline_html import plain, slug

    if PLAIN.fullmatch(text):
        return slug(text)
    from pipeline.content import parse

    return slug(plain(parse(text, Syntax.MARKDOWN), NO_FACTS))


def written(places: Occurrences, fixtures: Fixtures) -> str:
    """The file."""
    lines = [HEAD, NOTED, AROUND]
    for path in sorted({*places, *fixtures}):
        lines.append(f"{path}\n")
        under: tuple[str, ...] = ()
        for place in places.get(path, ()):
            if (place.under or ()) != under:
                under = place.under or ()
                lines.append(more("under", under))
            lines.append(f"  {ident(place.key)} {place.kind}{', critical' * place.critical}\n")
            if place.refs:
                lines.append(more("refs", place.refs))
        beside = fixtures.get(path, ())
        lines += [f"  = {one.kind} {json.dumps([one.name, one.value], ensure_ascii=False)}\n" for one in beside]
    return "".join(lines)


def more(what: str, value: object) -> str:
    """A line about a place."""
    return f"  + {what} {json.dumps(value, ensure_ascii=False)}\n"


def encoded(places: Occurrences, fixtures: Fixtures) -> bytes:
    """The bytes of the file."""
    return written(places, fixtures).encode(errors="replace")


def read(text: str, known: Mapping[str, Key]) -> Occurrences:
    """The places a file tells of; a line that is not one, or a message nobody knows any more, is passed over."""
    found: dict[str, list[Row]] = {}
    rows: list[Row] = []
    nothing = () if AROUND in text else None
    under: tuple[str, ...] | None = nothing
    told = False
    for line in text.split("\n"):
        if match := LINE.fullmatch(line):
            told = match[1] in known
            if told:
                rows.append(Row(known[match[1]], match[2], bool(match[3]), under))
        elif match := MORE.fullmatch(line):
            with suppress(ValueError, TypeError):
                said = json.loads(match[2])
                if match[1] == "under":
                    under = tuple(str(one) for one in said)
                elif told:
                    rows[-1] = rows[-1]._replace(refs=tuple((str(a), str(b), str(c)) for a, b, c in said))
        elif line and line[0] not in "#<=>| ":
            rows, under, told = found.setdefault(line, []), nothing, False
    return {path: tuple(named(path, rows)) for path, rows in sorted(found.items()) if rows}


def ids_before(root: Path) -> Mapping[str, tuple[str, ...]]:
    """The ids of the messages of every file at the last extraction, those too whose text nobody has any more."""
    found: dict[str, list[str]] = {}
    path = ""
    for line in (inputs.read(root, OCCURRENCES_PATH) or b"").decode(errors="replace").split("\n"):
        if match := LINE.fullmatch(line):
            found.setdefault(path, []).append(match[1])
        elif line and line[0] not in "#<=>| ":
            path = line
    return {path: tuple(ids) for path, ids in found.items()}


def read_fixtures(text: str) -> Fixtures | None:
    """What each file showed beside its messages, by the same file; None where nobody noted any of it (an older one)."""
    found: dict[str, list[Fixed]] = {}
    path, noted = "", NOTED in text
    for line in text.split("\n"):
        if match := BESIDE.fullmatch(line):
            noted = True
            with suppress(ValueError):
                name, value = json.loads(match[2])
                found.setdefault(path, []).append(Fixed(match[1], str(name), str(value)))
        elif line and line[0] not in "#<=>| ":
            path = line
    return {path: tuple(rows) for path, rows in found.items()} if noted else None


def fixtures_before(root: Path) -> Fixtures | None:
    """What each file showed beside its messages at the last extraction; None where nobody noted it."""
    return read_fixtures((inputs.read(root, OCCURRENCES_PATH) or b"").decode(errors="replace"))


def of_template(template: Catalog) -> Occurrences:
    """The places that a template alone tells of: each message in each of its files, in the template's order."""
    found: dict[str, list[Row]] = {}
    for entry in template.entries:
        kind = entry.extracted[0] if entry.extracted else ""
        for path in dict.fromkeys(without_line(name) for name in entry.references):
            found.setdefault(path, []).append(Row(entry.key, kind, "critical" in entry.extracted))
    return {path: tuple(named(path, rows)) for path, rows in sorted(found.items())}


def without_line(reference: str) -> str:
    """A reference's file: other tools write `page.md:12`."""
    return re.sub(r":\d+$", "", reference)


def before(
    root: Path, template: Catalog, catalogs: Iterable[Catalog], forgotten: Iterable[Catalog] = ()
) -> Occurrences:
    """The places of the last extraction: from `places.txt`, else from the template. Texts come from template and catalogs, and from
    those that are `forgotten`, which are asked where nobody else has one."""
    body = inputs.read(root, OCCURRENCES_PATH)
    if body is None:
        return of_template(template)
    text = body.decode(errors="replace")
    keys = {ident(entry.key): entry.key for entry in template.entries}
    told = {match[1] for line in text.split("\n") if (match := LINE.fullmatch(line))}
    if not keys.keys() >= told:
        keys = {ident(entry.key): entry.key for found in catalogs for entry in found.entries} | keys
    for found in () if keys.keys() >= told else forgotten:
        keys = {ident(entry.key): entry.key for entry in found.entries} | keys
        if keys.keys() >= told:
            break
    return read(text, keys)


def differ(root: Path, places: Occurrences, fixtures: Fixtures, but: Collection[str] = ()) -> bool:
    """Whether `places.txt` tells of other places than these, or of other things beside them; `but`: what it tells of some files aside."""
    body = inputs.read(root, OCCURRENCES_PATH)
    return (without(body, but) if body and but else body) != encoded(places, fixtures)


def without(body: bytes, paths: Collection[str]) -> bytes:
    """The file without what it tells of some files."""
    kept, told = [], True
    for line in body.decode(errors="replace").split("\n"):
        if line and line[0] not in "#<=>| ":
            told = line not in paths
        if told or not line:
            kept.append(line)
    return "\n".join(kept).encode(errors="replace")


def save(root: Path, places: Occurrences, fixtures: Fixtures) -> bool:
    """Write `places.txt` if it changed."""
    old, new = inputs.read(root, OCCURRENCES_PATH), encoded(places, fixtures)
    if old == new:
        return False
    disk.replace(root / OCCURRENCES_PATH, new, expected=old)
    return True


def stem(path: str) -> str:
    """What a person may call a page: its file below source/, without its ending."""
    return path.removeprefix("source/").rpartition(".")[0]


def at(known: Occurrences, target: str) -> Iterator[Occurrence]:
    """The places that `PAGE` or `PAGE#block` names: a block, a whole section, or a message by the first digits of its id;
    a bare id (6 digits or more) names the message wherever it stands.

    Raises LockstepError where there is none.
    """
    page, _, block = target.partition("#")
    if re.fullmatch(r"[0-9a-f]{6,16}", target):
        everywhere = [place for group in known.values() for place in group if ident(place.key).startswith(target)]
        if everywhere:
            return iter(everywhere)
    path = next(
        (name for name in (page, f"source/{page}", f"source/{page}.md", f"templates/{page}") if name in known),
        next((name for name in known if stem(name) == page), None),
    )
    if path is None:
        raise LockstepError(f"there is no page {page!r}", todo=f"The pages are: {', '.join(name for name in known)}.")
    digits = block if re.fullmatch(r"[0-9a-f]{6,16}", block) else "-"
    found = [
        place
        for place in known[path]
        if block in {"", place.block, place.block.rpartition(".")[0]} or ident(place.key).startswith(digits)
    ]
    if not found:
        blocks = ", ".join(dict.fromkeys(place.block.rpartition(".")[0] or place.block for place in known[path]))
        raise LockstepError(f"{path} has no block {block!r}", todo=f"Its sections are: {blocks}.")
    return iter(found)
