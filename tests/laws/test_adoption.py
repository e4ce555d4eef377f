"""Laws of adoption: no translation of another tool's catalog is lost, none comes to stand under another English, twice is once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipeline.adoption import Fate, Foreign, Site, adopted
from pipeline.catalog import Catalog, Entry, po_entry, po_file
from pipeline.changes.merge import update
from pipeline.core.model import Key, Message, Span
from tests.laws.test_catalogs import ES, SETTINGS, TEXTS, template

MARKED = [
    "Call *us* about {} now",
    "See [the page](page.md) of {}",
    "Take `2` tablets before {}",
    "{}: take 2 tablets",
    "{}: take 3 tablets",
    "Snake\\_case of {} &amp; more",
]
ENGLISH = [*TEXTS[::4], *(text.format(subject) for text in MARKED for subject in ("the pump", "a nurse"))]
"""Few enough that catalogs often have the same one."""
WAYS = {
    "same": lambda texts: texts[0],
    "ended": lambda texts: texts[0] + "\n",
    "wrapped": lambda texts: texts[0].replace(" ", "\n", 1),
    "underlined": lambda texts: texts[0].replace("*us*", "_us_"),
    "entity": lambda texts: texts[0].replace("&amp;", "&"),
    "heading": lambda texts: f"## {texts[0]}",
    "quoted": lambda texts: "".join(f"> {text}\n>\n" for text in texts),
    "list": lambda texts: "".join(f"- {text}\n" for text in texts),
    "cells": lambda texts: f"| {' | '.join(texts)} |\n|{'---|' * len(texts)}\n",
    "upper": lambda texts: texts[0][0].upper() + texts[0][1:],
}  # fmt: skip
"""How other tools write one text, or some."""
MARKS = " øø", " ññ"
"""What tells a translation from its English, and one from another of the same."""


rows = st.tuples(
    st.sampled_from(sorted(WAYS)),
    st.lists(st.sampled_from(ENGLISH), min_size=1, max_size=3, unique=True),
    st.sampled_from(["approved", "approved", "fuzzy", "obsolete"]),
    st.sampled_from(MARKS),
)


def foreign(rows: list[tuple[str, list[str], str, str]]) -> list[Foreign]:
    """The catalog of another tool."""
    made, known = [], set()
    for at, (way, texts, state, mark) in enumerate(rows):
        key = Key(None, WAYS[way](texts))
        if key not in known:
            known.add(key)
            strings = (WAYS[way]([text + mark for text in texts]),)
            entry = Entry(
                key, strings, flags=("fuzzy",) * (state == "fuzzy"), obsolete=state == "obsolete", line=at + 1
            )
            made.append(Foreign(po_entry.fresh(entry), "theirs/es.po"))
    return made


def step(texts: Sequence[str], found: Sequence[Foreign], old: Catalog | None = None) -> tuple[Catalog, dict[Fate, int]]:
    """A site of these texts after an update and an adoption, read back from the file that would be written."""
    keys = [Key(None, text) for text in texts]
    messages = tuple(Message(key, Span("source/a.md", 1), kind="paragraph") for key in keys)
    catalog = update(template(keys), {"es": old or Catalog("es.po")}, SETTINGS)["es"]
    new, accounts = adopted(Site(messages), found, catalog, ES.name)
    again = po_file.parse("es.po", new.text().encode())
    assert not again.broken
    return again, dict(accounts.counts)


def letters(text: str) -> str:
    """The letters and digits of a text: an independent reading of what it says."""
    text = re.sub(r"\]\([^)]*\)", "", text.replace("&amp;", "&"))
    return re.sub(r"[\W_]", "", text).casefold()


texts = st.lists(st.sampled_from(ENGLISH), min_size=1, max_size=12, unique=True)


@given(texts, st.lists(rows, max_size=10))
def test_no_translation_is_lost(here: list[str], theirs: list[tuple[str, list[str], str, str]]) -> None:
    found = foreign(theirs)
    new, counts = step(here, found)
    assert sum(counts.values()) == len(found), "each is accounted for, once"
    held = "".join(letters(text) for entry in new.entries for text in (*entry.strings, *entry.notes))
    for one in found:
        texts = re.split(r"\n>?\n?|\| ", one.translation.partition("\n|---")[0])
        assert all(letters(text) in held for text in texts)


@given(texts, st.lists(rows, max_size=10))
def test_none_comes_to_stand_under_another_english(
    here: list[str], theirs: list[tuple[str, list[str], str, str]]
) -> None:
    new, _ = step(here, foreign(theirs))
    for entry in new.entries:
        if not (entry.obsolete or entry.fuzzy) and entry.translated:
            assert letters(entry.strings[0]) in {letters(entry.key.msgid + mark) for mark in MARKS}
        if entry.fuzzy and entry.previous:
            said = re.sub("øø|ññ", "", letters(entry.strings[0]))
            assert said == letters(entry.previous.key.msgid)


@given(texts, st.lists(rows, max_size=8))
def test_twice_is_once(here: list[str], theirs: list[tuple[str, list[str], str, str]]) -> None:
    found = foreign(theirs)
    once, _ = step(here, found)
    twice, _ = step(here, found, once)
    assert twice.text() == once.text()


@given(texts, st.lists(rows, max_size=8), st.lists(rows, max_size=8))
def test_what_is_there_stays(
    here: list[str], theirs: list[tuple[str, list[str], str, str]], more: list[tuple[str, list[str], str, str]]
) -> None:
    before, _ = step(here, foreign(theirs))
    after, _ = step(here, foreign(more), before)
    kept = after.live()
    for key, entry in before.live().items():
        if entry.translated and not entry.fuzzy:
            assert kept[key].strings == entry.strings and not kept[key].fuzzy
