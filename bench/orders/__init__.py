"""Orders to a patient in each language, right and turned: from a table of acts (`acts.tsv`) and one of what may be told with them (`turns.tsv`).

An act is written once a language, as an order; how a language forbids is told by `forbidden`, or written behind a `/`, the whole sentence,
or the verb alone where that has another form. Everything else is composed: right pairs, and wrong ones of each kind.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
LANGUAGES = tuple("es fr pt de ru ar vi zh_Hans ht hi id".split())  # noqa: SIM905
PARTS = 3
"""The acts are parted in three; nothing is mended by the first."""


class Told(NamedTuple):
    """An English sentence, a translation, and whether it is right; of what kind it is, and of which acts."""

    kind: str
    right: bool
    english: str
    translation: str
    acts: tuple[str, ...]

    @property
    def aside(self) -> bool:
        """Whether it has an act by which nothing is mended."""
        return any(map(aside, self.acts))


def aside(act: str) -> bool:
    """Whether nothing is mended by an act."""
    return hashlib.sha256(act.encode()).digest()[0] % PARTS == 0


class Act(NamedTuple):
    """What is done: its name, that of its opposite, and how it is ordered in English and in one other language."""

    name: str
    opposite: str
    english: str
    order: str


def table(name: str) -> list[list[str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache
def acts(locale: str) -> dict[str, Act]:
    """The acts as one language orders them, by name."""
    head, *rows = table("acts.tsv")
    column = head.index(locale)
    return {row[0]: Act(row[0], row[1], row[2], row[column]) for row in rows}


@lru_cache
def turns(locale: str) -> list[tuple[str, tuple[str, str], tuple[str, str]]]:
    """What may be told with an act and what it is turned into: kind, the English of both, and both in one language."""
    head, *rows = table("turns.tsv")
    column = head.index(locale)
    return [(row[0], (row[1], row[2]), (row[column], row[column + 1])) for row in rows]


NO = {"es": "no", "pt": "não", "ru": "не", "ar": "لا", "vi": "không", "zh_Hans": "不要", "ht": "pa", "id": "jangan"}
"""What stands before an order and forbids it."""
FRONT = frozenset(["zh_Hans", "hi"])
"""Languages in which what is told with an act stands before it."""
AND = {"es": "y", "fr": "et", "pt": "e", "de": "und", "ru": "и", "ar": "و", "vi": "và", "zh_Hans": "，并且", "ht": "epi", "hi": "और", "id": "dan"}  # fmt: skip
THEN = {"es": "y luego", "fr": "puis", "pt": "e depois", "de": "und dann", "ru": ", а затем", "ar": "ثم", "vi": "rồi", "zh_Hans": "，然后", "ht": "epi apre sa", "hi": "और फिर", "id": "lalu"}  # fmt: skip


def ordered(act: Act, locale: str, turn: str = "") -> str:
    """An act as an order, with what is told of it; no capital and no point."""
    order = act.order
    if "/" in order:
        head, rest = order.split("/", 1)
        order = head if whole(act.order) else f"{head} {rest.split(' ', 1)[1]}" if " " in rest else head
    if locale == "zh_Hans":
        order = f"请{order}"
    return placed(order, locale, turn, "")


def whole(order: str) -> bool:
    """Whether both forms are written as sentences: the second begins with a no, or goes on as the first does."""
    head, rest = order.split("/", 1)
    return " " in head or rest.split(" ", 1)[0].lower() in {"no", "não", "ne", "n'"}


def forbidden(act: Act, locale: str, turn: str = "") -> str:
    """An act that is forbidden, with what is told of it."""
    order = act.order
    if "/" in order:
        order = order.split("/", 1)[1]
        if whole(act.order):
            return placed(order, locale, turn, "")
    if locale == "fr":
        verb, _, rest = order.partition(" ")
        no = "n'" if verb[0].lower() in "aeéèiouyh" else "ne "
        order = f"{no}{verb[0].lower()}{verb[1:]} pas {rest}".strip()
    elif locale == "hi":
        start, _, verb = order.rpartition(" ")
        order = f"{start} न {verb}"
    elif locale == "de":
        return placed(order, locale, turn, "nicht")
    else:
        gap = "" if locale == "zh_Hans" else " "
        order = f"{NO[locale]}{gap}{order[0].lower()}{order[1:]}"
    return placed(order, locale, turn, "")


def placed(order: str, locale: str, turn: str, no: str) -> str:
    """An order with what is told of it, and its no, where they stand: in German before what `@` marks."""
    if locale == "de":
        clause = turn.startswith(",")
        start, _, end = order.partition("@")
        middle = [start.strip(), "" if clause else turn, no, end.strip()]
        return " ".join(filter(None, middle)) + (turn if clause else "")
    if not turn:
        return order
    if locale in FRONT:
        return f"{turn}{order}" if locale == "zh_Hans" else f"{turn} {order}"
    return f"{order}{turn}" if turn.startswith(",") else f"{order} {turn}"


def sentence(text: str, locale: str) -> str:
    """A text as a sentence."""
    return f"{text[0].upper()}{text[1:]}{ENDS.get(locale, '.')}"


ENDS = {"zh_Hans": "。", "hi": "।"}


def lower(text: str, locale: str) -> str:
    """An order behind another one."""
    return text.removeprefix("请") if locale == "zh_Hans" else f"{text[0].lower()}{text[1:]}"


def joined(first: str, join: str, second: str, locale: str) -> str:
    """Two orders as one sentence."""
    gap = "" if locale == "zh_Hans" or join.startswith(",") else " "
    after = "" if locale in {"zh_Hans"} or (locale == "ar" and join == "و") else " "
    return f"{first}{gap}{join}{after}{lower(second, locale)}"


def simple(act: Act, locale: str, known: dict[str, Act]) -> Iterator[tuple[str, bool, str, str, tuple[str, ...]]]:
    """One act: ordered and forbidden, the one told as the other, and its opposite."""
    order, ban = ordered(act, locale), forbidden(act, locale)
    names = (act.name,)
    yield "order", True, act.english, order, names
    yield "ban", True, f"do not {act.english}", ban, names
    yield "a no brought in", False, act.english, ban, names
    yield "a no lost", False, f"do not {act.english}", order, names
    if other := known.get(act.opposite):
        names = (act.name, other.name)
        yield "opposite", False, act.english, ordered(other, locale), names
        yield "opposite of a ban", False, f"do not {act.english}", forbidden(other, locale), names


def turned(act: Act, locale: str) -> Iterator[tuple[str, bool, str, str, tuple[str, ...]]]:
    """One act, with each thing that may be told of it, right and turned."""
    found = turns(locale)
    for at, (kind, english, theirs) in enumerate(found):
        if hashlib.sha256(f"{act.name} {at}".encode()).digest()[0] % SHARE:
            continue
        for (ours, same), (other, _) in itertools.permutations(zip(english, theirs, strict=True)):
            right = theirs[english.index(ours)]
            wrong = theirs[english.index(other)]
            assert same == right
            yield f"{kind}: right", True, f"{act.english} {ours}", ordered(act, locale, right), (act.name,)
            yield kind, False, f"{act.english} {ours}", ordered(act, locale, wrong), (act.name,)
            yield f"{kind}: right", True, f"do not {act.english} {ours}", forbidden(act, locale, right), (act.name,)
            yield f"{kind}, of a ban", False, f"do not {act.english} {ours}", forbidden(act, locale, wrong), (act.name,)


SHARE = 4
"""Of so many things one is told of each act."""


def paired(one: Act, other: Act, locale: str) -> Iterator[tuple[str, bool, str, str, tuple[str, ...]]]:
    """Two acts: both, one of them, in another order, and how far a no reaches."""
    names = (one.name, other.name)
    first, second = ordered(one, locale), ordered(other, locale)
    no_first, no_second = forbidden(one, locale), forbidden(other, locale)
    join, then = AND[locale], THEN[locale]
    both, ours = joined(first, join, second, locale), f"{one.english} and {other.english}"
    yield "two: right", True, ours, both, names
    yield "one of two left out", False, ours, first, names
    yield "one of two left out", False, ours, second, names
    row = f"{one.english} and then {other.english}"
    yield "two: right", True, row, joined(first, then, second, locale), names
    yield "in another order", False, row, joined(second, then, first, locale), names
    ban = f"do not {one.english} or {other.english}"
    yield "two: right", True, ban, joined(no_first, join, no_second, locale), names
    yield "a no too short", False, ban, joined(no_first, join, second, locale), names
    yield "one ban of two left out", False, ban, no_first, names
    but = f"{one.english} and do not {other.english}"
    yield "two: right", True, but, joined(first, join, no_second, locale), names
    yield "the other of two forbidden", False, but, joined(no_first, join, second, locale), names


def told(locale: str) -> Iterator[Told]:
    """Every pair of a language, right and wrong, in an order that is the same each time."""
    known = acts(locale)
    every: Sequence[Act] = list(known.values())
    shuffled = sorted(every, key=lambda act: hashlib.sha256(f"pair {act.name}".encode()).digest())
    rows = itertools.chain(
        itertools.chain.from_iterable(simple(act, locale, known) for act in every),
        itertools.chain.from_iterable(turned(act, locale) for act in every),
        itertools.chain.from_iterable(
            paired(one, other, locale)
            for one, other in itertools.pairwise(shuffled)
            if aside(one.name) == aside(other.name) and other.name != one.opposite
        ),
    )
    for kind, right, english, translation, names in rows:
        yield Told(kind, right, sentence(english, "en"), sentence(translation, locale), names)
