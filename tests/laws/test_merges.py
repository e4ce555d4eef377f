"""Laws of merging: whatever an editor and a translator do on two branches, in whatever wrapping, and however git joins them, no
text is shown as translated that no person put under that English, none is lost, and only two people's texts clash.

The merges are made in this process, as git makes them: every way of joining branches is a three-way merge of files, or several.
"""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polib
import pytest

from pipeline.catalog import po_entry
from pipeline.catalog.po_file import Catalog, parse
from pipeline.changes import align, occurrences
from pipeline.changes.astray import Astray, fresh, origin, pair, withheld
from pipeline.changes.edit_log import Log
from pipeline.changes.entry_merge import BETWEEN, OURS, THEIRS, said
from pipeline.changes.heirs import settled
from pipeline.changes.lineage import NOTHING, Held, Known, lineage_of
from pipeline.changes.three_way import Merged, merge
from pipeline.commands import remember
from pipeline.core.model import Key, Severity, ident
from pipeline.core.states import State
from tests.laws.test_catalogs import template
from tests.laws.test_edits import OPS, TEXTS, Pages, edited, grade_of, messages, stepped

COUNT = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else 250
WIDTHS = (77, 79, None)
WAYS = ("merge", "merge the other way", "squash", "rebase", "pick", "pick an edit")
WORDS = [
    "la",
    "bomba",
    "tiene",
    "una",
    "pequeña",
    "parte",
    "que",
    "mide",
    "la",
    "dosis",
    "y",
    "la",
    "enfermera",
    "la",
    "llena",
    "cada",
    "mes",
    "con",
    "una",
    "aguja",
    "muy",
    "fina",
]
HEAD = 'msgid ""\nmsgstr ""\n"PO-Revision-Date: 2026-01-01 00:00+0000\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
Put = set[tuple[Key, tuple[str, ...]]]


@dataclass(frozen=True)
class Commit:
    """What a branch holds at a commit."""

    pages: Pages
    found: Catalog
    log: Log
    held: Held = NOTHING


def wrapped(found: Catalog, width: int | None) -> Catalog:
    """A catalog as a tool saves it that wraps lines; as it is where none does."""
    if width is None:
        return found
    return parse("es.po", f"{polib.pofile(found.text(), wrapwidth=width)}".encode())


def keys(pages: Pages) -> list[Key]:
    return list(dict.fromkeys(message.key for message in messages(pages)))


def updated(commit: Commit, pages: Pages, day: int) -> Commit:
    """An editor's commit: other pages, and what `update` makes of it."""
    before, now = (occurrences.of_messages(messages(one)) for one in (commit.pages, pages))
    log = commit.log.added(align.edits(before, now, commit.log, f"2026-01-{day:02}")) if before != now else commit.log
    log = Log().read(log.body)
    stood = {ident(key) for key in align.keys_of(before)} & {edit.now for edit in log.rows[len(commit.log.rows) :]}
    rows = remember.made(commit.found, commit.log, commit.held, {*log.onward, *stood})
    held = remember.more(commit.held, rows)
    found = stepped(commit.found, template(keys(pages)), log, held)
    return Commit(pages, found, log, remember.after(commit.found, found, log, held))


def edits(start: Commit, rng: random.Random, width: int | None) -> list[Commit]:
    """An editor's branch: one to three commits."""
    made = [start]
    for day in range(rng.randint(1, 3)):
        pages = {name: list(texts) for name, texts in made[-1].pages.items()}
        for _ in range(rng.randint(1, 2)):
            edited(pages, rng.choice(OPS), rng.randrange(10_000), [])
        after = updated(made[-1], pages, 2 + day)
        made.append(replace(after, found=wrapped(after.found, width)))
    return made[1:]


def translations(
    start: Commit, rng: random.Random, width: int | None, who: str, put: Put, busy: Sequence[float] = (0.1, 0.3, 0.8)
) -> list[Commit]:
    """A translator's branch: one to three commits of filling, confirming, rewriting and drafting."""
    made, share = [start], rng.choice(busy)
    for at in range(rng.randint(1, 3)):
        entries = []
        for number, entry in enumerate(made[-1].found.entries):
            idle = entry.obsolete or rng.random() > share
            act = "none" if idle else rng.choice(("fill", "fill", "rewrite", "confirm", "draft"))
            text = f"{' '.join(rng.choices(WORDS, k=rng.randint(1, 24)))} {who}{at}.{number}."
            if (act == "fill" and not entry.translated) or act == "rewrite":
                entry = filled(entry, (text,), fuzzy=False)
            elif act == "draft" and (entry.fuzzy or not entry.translated):
                entry = filled(entry, (text,), fuzzy=True)
            elif act == "confirm" and entry.fuzzy:
                entry = filled(entry, entry.strings, fuzzy=False)
            else:
                act = "none"
            if act in {"fill", "rewrite", "confirm"}:
                put.add((entry.key, entry.strings))
            entries.append(entry)
        found = parse("es.po", replace(made[-1].found, entries=tuple(entries)).text().encode())
        made.append(replace(made[-1], found=wrapped(found, width)))
    return made[1:]


def filled(entry: po_entry.Entry, strings: tuple[str, ...], *, fuzzy: bool) -> po_entry.Entry:
    rest = tuple(flag for flag in entry.flags if flag != "fuzzy")
    said = {"flags": ("fuzzy", *rest), "previous": entry.previous} if fuzzy else {"flags": rest, "previous": None}
    return po_entry.amended(entry, entry._replace(strings=strings, **said))


def begun(rng: random.Random, width: int | None, put: Put) -> Commit:
    """A site whose translation is begun."""
    pages: Pages = {name: [" ".join(rng.sample(TEXTS, rng.randint(1, 3))) for _ in range(5)] for name in "ab"}
    start = Commit(pages, parse("es.po", HEAD.encode()), Log())
    start = replace(start, found=stepped(start.found, template(keys(pages)), start.log, start.held))
    if rng.random() < 0.85:
        start = translations(start, rng, width, "z", put, (0.8,))[-1]
    return replace(start, found=wrapped(start.found, width))


Join = Callable[[Catalog, Catalog, Catalog], Merged]


def by_entry(base: Catalog, ours: Catalog, theirs: Catalog) -> Merged:
    made = merge(base, ours, theirs)
    assert made is not None
    was, mine, yours = ({(e.key, e.obsolete): lines(e) for e in side.entries} for side in (base, ours, theirs))
    waiting = {entry.key for entry in made.catalog.entries if entry.fuzzy or entry.obsolete}
    for entry in made.catalog.entries:
        at = entry.key, entry.obsolete
        if entry.key not in waiting and was.get(at) in (mine.get(at), yours.get(at)) and at in mine and at in yours:
            other = yours if was.get(at) == mine[at] else mine
            assert lines(entry) == other[at], "what one side left alone is the other's, byte for byte"
    was, mine, yours = ({(e.key, e.obsolete): e for e in side.entries} for side in (base, ours, theirs))
    for entry in made.catalog.entries:
        at = entry.key, entry.obsolete
        if at in was and at in mine and at in yours and said(was[at]) in (said(mine[at]), said(yours[at])):
            other = yours[at] if said(was[at]) == said(mine[at]) else mine[at]
            assert entry.strings != other.strings or said(entry) == said(other), "a mark is kept, and taken off"
    read = parse("es.po", made.catalog.text().encode())
    assert made.conflicts or not fresh(read, [ours, theirs]), "what the driver does is nothing to complain of"
    return made


def lines(entry: po_entry.Entry) -> list[str]:
    return [line for part, line in entry.lines if part != "blank"]


def joined(
    way: str, start: Commit, editor: list[Commit], translator: list[Commit], rng: random.Random, join: Join
) -> Iterator[Merged]:
    """The merges of catalogs that git makes, each upon the one before it; a conflict ends them, as it stops git."""
    ours, theirs = editor[-1], translator[-1]
    match way:
        case "merge" | "squash":
            steps, onto = [(start, theirs)], ours
        case "merge the other way":
            steps, onto = [(start, ours)], theirs
        case "rebase":
            steps, onto = list(zip([start, *translator], translator, strict=False)), ours
        case "pick":
            at = rng.randrange(len(translator))
            steps, onto = [([start, *translator][at], translator[at])], ours
        case _:
            at = rng.randrange(len(editor))
            steps, onto = [([start, *editor][at], editor[at])], theirs
    found = onto.found
    for base, commit in steps:
        made = join(base.found, found, commit.found)
        yield made
        if made.conflicts:
            return
        found = parse("es.po", made.catalog.text().encode())


def case(seed: int, join: Join = by_entry) -> list[str]:
    """What is wrong after one random merge: nothing, where the law holds."""
    rng = random.Random(seed)
    put: Put = set()
    base = rng.choice(WIDTHS)
    mine, yours = (base if rng.random() < 0.7 else rng.choice(WIDTHS) for _ in range(2))
    way = WAYS[seed % len(WAYS)]
    start = begun(rng, base, put)
    editor = edits(start, rng, mine)
    if rng.random() < 0.5:  # somebody translates on the editor's branch, too
        editor += translations(editor[-1], rng, mine, "e", put)
    translator = translations(start, rng, yours, "t", put)
    merges = list(joined(way, start, editor, translator, rng, join))
    made = merges[-1]
    log = Log().read(b"".join(one.log.body or b"" for one in (editor[-1], translator[-1])))
    held = remember.more(editor[-1].held, iter(translator[-1].held.former.rows))
    wrong = [f"{way}: {what}" for one in merges for what in clashes(one, put)]
    if made.conflicts:
        return wrong
    pages = start.pages if way == "pick an edit" else editor[-1].pages
    for found in (made.catalog, settled(made.catalog, made.left, log)):
        again = parse("es.po", found.text().encode())
        wrong += [f"{way}: {what}" for what in slips(again, log, held, put)]
        if not way.startswith("pick"):
            wrong += [f"{way}: {what}" for what in lost(again, start, editor, translator)]
        wrong += [f"{way}: {what}" for what in slips(stepped(again, template(keys(pages)), log, held), log, held, put)]
    return wrong


def slips(found: Catalog, log: Log, held: Held, put: Put) -> Iterator[str]:
    """The texts that are shown as translated though no person put them under that English, looks aside."""
    known = Known((entry.key, entry) for entry in sorted(found.entries, key=lambda entry: not entry.obsolete))
    for key, entry in found.live().items():
        if not entry.translated:
            continue
        now = lineage_of(entry, log, known, held)
        if now.state is State.TRANSLATED and (key, entry.strings) not in put:
            mine = [one for one, strings in put if strings == entry.strings]
            looks = any(grade_of(one, key) is Severity.COSMETIC for one in mine)
            yield f"{entry.strings[0]!r} {'carried to' if looks else 'under'} {key.msgid!r}"
        if now.state is State.CARRIED and grade_of(now.made_for, key) is not Severity.COSMETIC:
            yield f"carried: {entry.strings[0]!r} under {key.msgid!r}"


def lost(found: Catalog, start: Commit, editor: list[Commit], translator: list[Commit]) -> Iterator[str]:
    """The texts that are nowhere in the result, unless a person wrote over them on one side (what only offered them goes along)."""
    there, before, mine, yours = (
        {text for entry in one.entries for text in entry.strings}
        for one in (found, start.found, editor[-1].found, translator[-1].found)
    )
    over = {
        text
        for key, entry in start.found.live().items()
        for side in (editor[-1].found.live(), translator[-1].found.live())
        if key in side and side[key].translated and side[key].strings != entry.strings
        for text in entry.strings
    }
    for text in sorted((mine | yours) - there - over - {""}):
        if text not in before or (text in mine and text in yours):
            yield f"lost: {text!r}"


def clashes(made: Merged, put: Put) -> Iterator[str]:
    """Conflicts without two texts of people, and marks outside of them."""
    text = made.catalog.text()
    marks = [text.split("\n").count(mark) for mark in (OURS, BETWEEN, THEIRS)]
    if marks != [len(made.conflicts)] * 3:
        yield f"{marks} marks for {len(made.conflicts)} conflicts"


@pytest.mark.parametrize("part", range(10))
def test_no_merge_puts_a_text_under_another_english(part: int) -> None:
    found = [(seed, wrong) for seed in range(part, COUNT, 10) if (wrong := case(seed))]
    assert not found


@pytest.mark.parametrize("seed", [502_330], ids=["a carried text whose first English has another translation since"])
def test_merges_that_were_wrong_once(seed: int) -> None:
    assert not case(seed)


def by_line(base: Catalog, ours: Catalog, theirs: Catalog) -> Merged:
    """As git merges without a driver."""
    names = []
    for name, side in (("ours", ours), ("base", base), ("theirs", theirs)):
        path = Path(os.environ["LOCKSTEP_LINES"]) / name
        path.write_text(side.text(), "utf-8")
        names.append(str(path))
    done = subprocess.run(["git", "merge-file", "-p", *names], capture_output=True, check=False)
    found = parse("es.po", done.stdout)
    return Merged(found, (Key(None, ""),) * done.returncode)


def test_the_law_fails_as_git_merges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCKSTEP_LINES", str(tmp_path))
    wrong = [what for seed in range(120) for what in case(seed, by_line) if "under" in what]
    assert wrong


def by_line_and_seen(base: Catalog, ours: Catalog, theirs: Catalog) -> Merged:
    """As git merges without a driver, and then as `check` and `build` read it."""
    made = by_line(base, ours, theirs)
    before = [ours, theirs]
    wrong = [Astray(pair(entry), origin(entry, made.catalog, before), "") for entry in fresh(made.catalog, before)]
    return replace(made, catalog=withheld(made.catalog, wrong))


def test_what_git_merges_alone_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCKSTEP_LINES", str(tmp_path))
    assert not [what for seed in range(COUNT // 4) for what in case(seed, by_line_and_seen) if "under" in what]
