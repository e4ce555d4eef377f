"""Reading regular entries, whole and in the usual order as every tool writes them, many at once.

A text is split at its quotation marks: what then stands outside of strings is one of a few forms that are told apart once, and
what stands inside is a value as it is. Whatever is not plainly of these forms is left to the reader of lines (`po_reader`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pipeline.catalog.po_entry import Entry, Previous, Source, remarks
from pipeline.core.model import Key

WINDOW = 1 << 14
"""About how many characters are split at once: a stray quotation mark costs the rest of its window the speed."""
JOINT, GONE = "\\\3\3", "\\\3\3\4\4\4"
"""Stand, while a window is read, for the end of a string and the beginning of the next one on a line of its own, a live one or an
obsolete one. As long as what they stand for, as are `\\` 01 for an escaped backslash and `\\` 02 for an escaped quotation mark."""
ESCAPES = (("\\n", "\n"), ("\\\2", '"'), ("\\t", "\t"), ("\\\1", "\1"))
GLANCE = 1 << 10
"""How far to look for a string on several lines, before it is worth a try without."""
KEPT = 1 << 16
"""How many openings, and how many keys, are remembered: those of a thousand pages, since what the catalogs of two languages share is in
memory once."""

Careful = Callable[[str, int], bool]
"""Reads a text line by line, given the number of the line that its first one ends; whether a regular entry may follow."""


class Opening(NamedTuple):
    """What stands before the first string of an entry: what stands between its strings where they are a `msgid` and a `msgstr`
    and no more ("": they are others), the opening's height in lines, its remarks, whether it is obsolete, its last line."""

    between: str
    height: int
    notes: tuple[str, ...]
    extracted: tuple[str, ...]
    references: tuple[str, ...]
    flags: tuple[str, ...]
    obsolete: bool
    last: str


LASTS = {
    f"{mark}{word} ": (
        f"\n{mark}msgstr " if word == "msgid" and "|" not in mark else "",
        "~" in mark,
        f"\n{mark}{word} ",
    )
    for mark in ("", "#~ ", "#| ", "#~| ")
    for word in ("msgid", "msgctxt")
}
"""The last line of an opening → what an Opening says of it: `between`, `obsolete`, `last`."""


class Openings(dict[str, Opening | None]):
    """Openings by their text; None for what is none."""

    def __missing__(self, text: str) -> Opening | None:
        above, _, last = text.rpartition("\n")
        if last not in LASTS or above[:1] != "\n" or "\1" in text or "\2" in text or "\3" in text:
            return None
        first, *lines = above[1:].split("\n")
        said = None if first else remarks(lines)
        if said is None:
            return None
        if len(self) >= KEPT:
            self.clear()
        between, gone, word = LASTS[last]
        made = self[text] = Opening(between, len(lines) + 2, *said, gone, word)
        return made


class Keys(dict[str, Key]):
    """The keys of messages without a context, by msgid: languages share them."""

    def __missing__(self, msgid: str) -> Key:
        if len(self) >= KEPT:
            self.clear()
        made = self[msgid] = Key(None, msgid)
        return made


OPENINGS, KEYS = Openings(), Keys()


def windows(text: str, start: int, end: int) -> Iterator[str]:
    """Part of a text, from a blank line on, in pieces that begin with one."""
    while start < end:
        stop = text.find("\n\n", start + WINDOW, end)
        stop = end if stop < 0 else stop
        yield text[start:stop]
        start = stop


def read(text: str, line: int, source: Source, entries: list[Entry], careful: Careful, *, free: bool) -> int:
    """Read a text that begins where line `line` of its source ends and a blank line follows: add its regular entries to
    `entries`, and give `careful` what stands between them. `free` says whether a regular entry may stand at the beginning.
    Returns the number of the text's last line."""
    outside, inside, escaped = split(text)
    last, openings, keys, make, add = len(inside) - 1, OPENINGS, KEYS, tuple.__new__, entries.append
    at = place = measured = 0
    msgid: str | None
    string: str | None
    head = openings[outside[0]] if free else None
    while at < last:
        if head:
            between, height, notes, extracted, refs, flags, gone, _ = head
            if between and outside[at + 1] == between:
                msgid, string = inside[at], inside[at + 1]
                entry, end, rows = None, at + 2, height + 1
                if "\n" not in msgid and "\n" not in string:
                    if escaped and ("\\" in msgid or "\\" in string):
                        rows += msgid.count(JOINT) + string.count(JOINT)
                        msgid, string = value(msgid, gone=gone), value(string, gone=gone)
                    if msgid and string is not None:
                        key, begun = keys[msgid], line + height
                        values = (key, (string,), None, notes, extracted, refs, flags, None, gone, begun, source)
                        entry = make(Entry, values)
            else:
                entry, end, rows = several(head, at, line, source, outside, inside)
            following = outside[end]
            head = openings[following]
            if entry and (head or following.startswith("\n\n") or (end == last and not following)):
                add(entry)
                at, line = end, line + rows
                continue
        begun, at = at, next((k for k in range(at + 1, last) if openings[outside[k]]), last)
        place += span(outside, inside, measured, begun)
        stop = place + span(outside, inside, begun, at) if at < last else len(text)
        free = careful(text[place:stop], line)
        line += text.count("\n", place, stop)
        if at == last:
            return line
        head, place, measured = openings[outside[at]] if free else None, stop, at
    if outside[last]:
        careful(text[len(text) - len(outside[last]) :], line)
    return line + outside[last].count("\n")


def split(text: str) -> tuple[list[str], list[str], bool]:
    """What stands outside of a text's strings and what inside, in turns, and after each what no entry has; whether any inside may
    have to be read on (`value`). A text that has the characters which stand for others is not split."""
    if "\1" in text or "\2" in text or "\3" in text or "\4" in text:
        return [text, "?"], ["\n"], False
    if "\\" in text:
        text = text.replace("\\\\", "\\\1").replace('\\"', "\\\2")
    pieces = [] if text.find('"\n"', 0, GLANCE) >= 0 else text.split('"')
    if not pieces or "\n" in pieces or "\n#~ " in pieces:  # a string goes on after its line
        text = text.replace('"\n"', JOINT).replace('"\n#~ "', GONE)
        pieces = text.split('"')
    outside, inside = pieces[::2], pieces[1::2]
    outside.append("?")
    inside.append("\n")
    return outside, inside, "\\" in text


def span(outside: Sequence[str], inside: Sequence[str], start: int, stop: int) -> int:
    """How many characters some pieces are, quotation marks and all."""
    return sum(map(len, outside[start:stop])) + sum(map(len, inside[start:stop])) + 2 * (stop - start)


def value(text: str, *, gone: bool) -> str | None:
    """What a string says, None where it has an escape that is seldom. `gone`: it is to go on in obsolete lines."""
    if "\3" in text:
        text = text.replace(GONE if gone else JOINT, "")
        if "\3" in text or "\4" in text:
            return None
    for escape, meant in ESCAPES:
        if "\\" not in text:
            return text
        text = text.replace(escape, meant)
    return None if "\\" in text else text.replace("\1", "\\")


FORMS = tuple(f"msgstr[{at}]" for at in range(6))


class Shape(NamedTuple):
    """The strings of an entry in their order: the keywords of the message it was made for, those of its own, how many forms."""

    was: tuple[str, ...]
    now: tuple[str, ...]
    forms: int


def shapes() -> Iterator[tuple[tuple[str, ...], Shape]]:
    """Every shape, by what stands before each of its strings."""
    ways = [("msgid", "msgstr"), *(("msgid", "msgid_plural", *FORMS[:count]) for count in range(1, len(FORMS) + 1))]
    before = [("msgid",), ("msgctxt", "msgid"), ("msgid", "msgid_plural"), ("msgctxt", "msgid", "msgid_plural")]
    for mark, former in (("", "#| "), ("#~ ", "#~| ")):
        for was in [(), *before]:
            for now in [*ways, *(("msgctxt", *way) for way in ways)]:
                words = (*(f"\n{former}{word} " for word in was), *(f"\n{mark}{word} " for word in now))
                yield words, Shape(was, now, sum(word.startswith("msgstr") for word in now))


SHAPES = dict(shapes())
STEPS = frozenset(word for words in SHAPES for word in words)
FORMER = frozenset({"\n#| ", "\n#~| "})
"""What stands before a string that goes on with the former one on the line above."""


def several(
    head: Opening, at: int, line: int, source: Source, outside: Sequence[str], inside: Sequence[str]
) -> tuple[Entry | None, int, int]:
    """An entry of other strings than a `msgid` and a `msgstr`: the entry, None where it is not regular; the place after it; its
    height."""
    words, texts, heights, end = [head.last], [inside[at]], [1], at + 1
    while (word := outside[end]) in STEPS or (word in FORMER and words[-1].startswith(word)):
        if word in STEPS:
            words.append(word)
            texts.append(inside[end])
            heights.append(1)
        else:
            texts[-1] += inside[end]
            heights[-1] += 1
        end += 1
    shape = SHAPES.get(tuple(words))
    if shape is None or "\n" in "".join(texts) or "\3" in "".join(texts[: len(shape.was)]):
        return None, end, 0
    values: list[str] = []
    for at, text in enumerate(texts):
        said = value(text, gone=head.obsolete) if "\\" in text else text
        if said is None:
            return None, end, 0
        values.append(said)
        heights[at] += text.count(JOINT)
    was, now = dict(zip(shape.was, values, strict=False)), dict(zip(shape.now, values[len(shape.was) :], strict=True))
    if not now["msgid"]:
        return None, end, 0
    entry = Entry(
        Key(now.get("msgctxt"), now["msgid"]),
        tuple(values[-shape.forms :]),
        now.get("msgid_plural"),
        *head[2:6],
        Previous(Key(was.get("msgctxt"), was["msgid"]), was.get("msgid_plural")) if was else None,
        head.obsolete,
        line + head.height + sum(heights[: len(was)]),
        source,
    )
    return entry, end, head.height + sum(heights) - 1
