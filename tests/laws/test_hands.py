"""The law of hands: whatever editors, translators, their tools, git and accidents do to the files, in any order, no old text is shown
under new words.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.core.errors import LockstepError
from pipeline.core.model import ident
from pipeline.core.states import State
from tests.conftest import built, project_of
from tests.laws.hands import HANDS, LEDGERS, Said, Site, laid, laid_out, sentences, tokens
from tests.sites import on

STEPS = [*HANDS, *["update"] * 6, *["commit"] * 2, *["a number", "all filled"] * 2, *["a ledger"] * 3]
PLACE = {"Do": "D", "Never": "V"}


def before(said: list[Said], now: list[Said], *, places: bool) -> str:
    """What is otherwise in what a translation was written for than in today's English, looks aside."""
    if [one[:3] for one in said] != [one[:3] for one in now]:
        return "grave"
    if places and any(
        "B" not in (one.place, new.place) and one.place != new.place for one, new in zip(said, now, strict=True)
    ):
        return "elsewhere"
    return "" if [one[:4] for one in said] == [one[:4] for one in now] else "worded"


def leaks(site: Site, which: tuple[str, ...] = ()) -> Iterator[str]:
    """The texts that readers get and that were not written for these words. Where what tells where texts stand is lost, a text that no
    commit knows is held to its words alone."""
    recorded = site.recorded() if "places" in which else None
    table = project_of(site.root).table("es")
    accepted = {(str(sentences(msgid)), text) for msgid, text in site.accepted}
    for rows in table.by_file.values():
        for row in rows:
            if row.text is None or row.spoken != "es" or not (said := tokens(row.text.source)):
                continue
            msgid = row.message.key.msgid
            under = next((PLACE[one] for one in reversed(row.message.under) if one in PLACE), "B")
            places = site.places and (recorded is None or ident(row.message.key) in recorded)
            how = before(said, sentences(msgid, under), places=places)
            if (str(sentences(msgid)), row.text.source) in accepted:
                continue
            if how in {"grave", "elsewhere"} or (how == "worded" and row.state in {State.TRANSLATED, State.CARRIED}):
                yield f"{how}, {row.state.value}: {msgid!r} has {row.text.source!r}"


def on_pages(site: Site) -> Iterator[str]:
    """The same, read off the pages."""
    built(site.root)
    accepted = {one[:3] for _, text in site.accepted for one in tokens(text)}
    for path in (site.root / "dist/es").rglob("*.html"):
        english = site.root / "dist/en" / path.relative_to(site.root / "dist/es")
        now = {one[:3] for one in sentences(english.read_text())}
        yield from (f"{path.name}: {one}" for one in tokens(path.read_text()) if one[:3] not in now | accepted)


def walked(folder: Path, script: list[tuple[str, int]], which: tuple[str, ...], seed: int) -> list[str]:
    """What is wrong after one of these hands: nothing, where the law holds."""
    site = laid_out(folder, random.Random(seed), places="former" not in which)
    for at, (name, number) in enumerate(script):
        laid(site, name, number, which)
        try:
            with on(site.day):
                found = list(leaks(site, which)) + (list(on_pages(site)) if at == len(script) - 1 else [])
        except LockstepError:  # such files make no pages
            continue
        if found:
            return [f"after {at + 1} of {len(script)}, {name}", *found]
    return []


def scripts(most: int) -> st.SearchStrategy[list[tuple[str, int]]]:
    return st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 9999)), min_size=4, max_size=most)


WHICH = st.sampled_from([*((one,) for one in LEDGERS), ("log", "obsolete"), ("log", "template")])
"""Which files or lines are lost: with the log, the list of former texts and the obsolete entries all gone, nothing tells (docs/compliance.md)."""


@settings(max_examples=12)
@example(
    [("another sentence", 8859), ("a compendium", 6334), ("msgattrib, no obsolete", 4200)], ("template",), 1003
)  # what another tool offers to a new English is not told from a person's
@example([("headings turned", 9403)], ("obsolete",), 5)  # where a text was made is not asked
@example(
    [("a ledger", 8835), ("a ledger", 1543), ("headings turned", 4350)], ("places",), 6
)  # it alone tells where texts stood
@given(scripts(14), WHICH, st.integers(0, 99))
def test_no_hand_puts_an_old_text_under_new_words(
    script: list[tuple[str, int]], which: tuple[str, ...], seed: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert not walked(Path(folder) / "site", script, which, seed)


@pytest.mark.soak
@pytest.mark.timeout(0)
@settings(max_examples=400)
@given(scripts(30), WHICH, st.integers(0, 9999))
def test_no_long_row_of_hands_does(script: list[tuple[str, int]], which: tuple[str, ...], seed: int) -> None:
    test_no_hand_puts_an_old_text_under_new_words.hypothesis.inner_test(script, which, seed)  # type: ignore[attr-defined]
