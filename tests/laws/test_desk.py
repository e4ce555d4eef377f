"""Laws of the desk's saves: one entry is written and no other byte, and of what several programs write at once nothing is lost."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.catalog import po_entry, po_file
from pipeline.commands import entries
from pipeline.core.errors import LockstepError
from pipeline.core.model import Key, ident
from tests.conftest import REPO, lay_out, translate, updated
from tests.desks import Desk, desk
from tests.faults import scenes, trying, turns

PO = "locale/es/LC_MESSAGES/messages.po"
CATALOGS = sorted((REPO / "locale").glob("*/LC_MESSAGES/messages.po"))
TEXT = st.text(st.sampled_from('ab é"\\\n\t%{}#~ñ安'), max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(CATALOGS),
    st.integers(0, 10_000),
    TEXT,
    st.sampled_from(["", "# mine\n", "#, fuzzy\n", '#, fuzzy\n#| msgid "was"\n']),
)
def test_a_save_is_the_file_with_one_entry_exchanged(
    tmp_path_factory: pytest.TempPathFactory, path: Path, which: int, text: str, above: str
) -> None:
    """Read again it says what was meant; every line outside of the entry is as it was, and so are the lines of it that say the same."""
    root = tmp_path_factory.mktemp("save")
    body = path.read_bytes()
    live = list(po_file.parse("x.po", body).live().values())
    if above:
        first = live[which % len(live)]
        lines = body.decode().split("\n")
        lines.insert(first.line - 1, above.rstrip("\n"))
        body = "\n".join(lines).encode()
    (root / "x.po").write_bytes(body)
    catalog = po_file.load(root, "x.po")
    entry = list(catalog.live().values())[which % len(live)]
    strings = tuple(text or "x" for _ in entry.strings)
    try:
        made, old, new = entries.save(
            root, catalog, entry.key, entries.stamp(entry), lambda one: entries.translated(one, strings)
        )
    except LockstepError:
        assert (root / "x.po").read_bytes() == body  # what cannot be written leaves the file alone
        return
    after = (root / "x.po").read_bytes()
    again = po_file.parse("x.po", after)
    assert made.body == after and old == entry and new.strings == strings and not new.fuzzy and new.previous is None
    assert [e[:9] for e in again.entries] == [
        new[:9] if e.key == entry.key and not e.obsolete else e[:9] for e in catalog.entries
    ]
    start = entry.line - 1 - next(at for at, (part, _) in enumerate(entry.lines) if part in po_entry.BODY)
    before, now = body.decode().split("\n"), after.decode().split("\n")
    rest = len(before) - start - len(entry.lines)
    assert now[:start] == before[:start] and now[len(now) - rest :] == before[len(before) - rest :]
    kept = [line for part, line in entry.lines if part not in {"string", "flag", "previous"}]
    assert [line for line in now[start : len(now) - rest] if line in kept] == kept


# Several programs at once -------------------------------------------------------------------------

TEXTS = 12


def site(root: Path) -> Path:
    page = "# Page\n\n" + "".join(f"Sentence {number} of the page.\n\n" for number in range(TEXTS))
    lay_out(root, {"index.md": page})
    translate(root, {f"Sentence {number} of the page.": f"Frase {number} de la página." for number in range(TEXTS)})
    updated(root)
    return root


def key(number: int) -> Key:
    return Key(None, f"Sentence {number} of the page.")


Step = tuple[int, str, str]
"""A text, the stamp of what somebody replaced, and of what they wrote."""


def at_a_desk(found: Desk, name: str, count: int, dice: random.Random, told: list[Step]) -> None:
    """Somebody who saves text after text; where another was faster, theirs is looked at and replaced."""
    for turn in range(count):
        number = dice.randrange(TEXTS)
        asked = {"locale": "es", "path": "source/index.md", "id": ident(key(number))}
        now = found.get("card", **asked)["hash"]
        while True:
            status, made = found.post("save", hash=now, strings=[f"Frase {number} de {name}, vez {turn}."], **asked)
            if status == 200:
                told.append((number, now, made["hash"]))
                break
            assert status == 409 and made.get("theirs"), made
            now = made["theirs"]["hash"]


def in_an_editor(root: Path, count: int, dice: random.Random, told: list[Step]) -> None:
    """A program that writes the whole file, as an update or a merge does, and looks whether it is what it had read."""
    turn = 0
    while turn < count:
        number = dice.randrange(TEXTS)
        found = po_file.load(root, PO)
        old = found.live()[key(number)]
        new = po_entry.amended(old, old._replace(strings=(f"Frase {number} del editor, vez {turn}.",)))
        try:
            po_file.save(root, replace(found, entries=tuple(new if one is old else one for one in found.entries)))
        except LockstepError:
            continue
        told.append((number, entries.stamp(old), entries.stamp(new)))
        turn += 1


def chains(root: Path, steps: list[Step], first: dict[int, str]) -> Iterator[str]:
    """What is lost: for each text the steps are one way from what it was to what it is, with every step on it."""
    last = po_file.load(root, PO).live()
    for number in range(TEXTS):
        ways = {before: after for at, before, after in steps if at == number}
        mine = [step for step in steps if step[0] == number]
        if len(ways) != len(mine):
            yield f"two wrote over the same text {number}"
        at, walked = first[number], 0
        while at in ways and walked <= len(mine):
            at, walked = ways[at], walked + 1
        if walked != len(mine) or at != entries.stamp(last[key(number)]):
            yield f"text {number}: {len(mine)} edits, {walked} on the way to what stands there"


def played(root: Path, edits: int) -> list[str]:
    """Two desks, processes of their own, and an editor, all at once."""
    first = {number: entries.stamp(po_file.load(root, PO).live()[key(number)]) for number in range(TEXTS)}
    steps: list[Step] = []
    amiss: list[BaseException] = []

    def guarded(work: object, *arguments: object) -> None:
        try:
            work(*arguments)  # type: ignore[operator]
        except BaseException as problem:
            amiss.append(problem)

    share = edits // 3
    with desk(root) as one, desk(root) as two:
        hands = [
            threading.Thread(target=guarded, args=(at_a_desk, one, "una", share, random.Random(1), steps)),
            threading.Thread(target=guarded, args=(at_a_desk, two, "otra", share, random.Random(2), steps)),
            threading.Thread(target=guarded, args=(in_an_editor, root, edits - 2 * share, random.Random(3), steps)),
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    assert amiss == [] and len(steps) == edits
    assert sorted(path.name for path in (root / PO).parent.iterdir()) == ["messages.po"], "nothing is left or put aside"
    return list(chains(root, steps, first))


def test_two_desks_and_an_editor_lose_nothing(tmp_path: Path) -> None:
    assert played(site(tmp_path / "site"), 60) == []


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_two_desks_and_an_editor_lose_nothing_in_a_thousand_edits(tmp_path: Path) -> None:
    assert played(site(tmp_path / "site"), 1000) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("editor", [turns.by_rename, turns.by_backup, turns.in_place, turns.over])
def test_an_editor_that_looks_at_nothing_loses_nothing_to_a_desk(tmp_path: Path, editor: object) -> None:
    """They take turns at every call, as dice say. What the editor saved stands in the file, or beside it, named."""
    one = trying.ready("update", tmp_path / "scene")
    pair = ("Descanse unos días después de la recarga.", "Repose unos días tras la recarga.")
    for number in range(3):
        home = trying.set_up(one.home)

        def save(home: Path = home) -> int:
            found = po_file.load(home, PO)
            entry = found.live().get(Key(None, "Later"))
            try:
                assert entry is not None
                entries.save(
                    home, found, entry.key, entries.stamp(entry), lambda old: entries.translated(old, ["Luego"])
                )
            except (LockstepError, AssertionError):
                return 2
            return 0

        path = home / PO
        works = [save, lambda path=path: editor(path, [pair])]  # type: ignore[operator, misc]
        with scenes.day(), scenes.store(one.home / "store"):
            ended = turns.race(works, random.Random(number), one.home, calls_of_first=20, tight=PO.rpartition("/")[0])  # type: ignore[arg-type]
        assert all("Traceback" not in done.said for done in ended), ended
        kept = "".join(found.read_text("utf-8") for found in path.parent.iterdir())
        assert pair[1] in kept, f"game {number}"
        trying.clear(one.home)
