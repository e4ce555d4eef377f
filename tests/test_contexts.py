"""A context that an author adds, renames or takes away: the translation waits under the same words, never under others."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from pipeline.changes import align, occurrences
from pipeline.changes.edit_log import LOG_PATH, Log
from pipeline.core.model import Key, Message, Severity, Span, ident
from tests.conftest import Make, built, translate, updated

PO = "locale/es/LC_MESSAGES/messages.po"
OPEN, CARD, LONG = "Open", "Carry your pump card with you.", "Open the pump lid now"
Place = tuple[str | None, str]


def block(context: str | None, text: str) -> str:
    return f"<!-- i18n: context={context} -->\n\n{text}\n\n" if context else f"{text}\n\n"


def page(*places: Place) -> str:
    return "# Lid\n\n" + "".join(block(*place) for place in places)


ROWS = [
    # what it is, the paragraphs before, and afterwards: (context, text) → the context whose translation it has, as fuzzy; "" for none
    ("added", [(None, LONG)], {("verb", LONG): None}),
    ("renamed", [("verb", LONG)], {("act", LONG): "verb"}),
    ("removed", [("verb", LONG)], {(None, LONG): "verb"}),
    ("added to one word", [(None, OPEN), (None, CARD)], {("verb", OPEN): None}),
    ("renamed, and another one with the same words stays", [("verb", OPEN), ("state", OPEN)], {("act", OPEN): "verb", ("state", OPEN): "state"}),
    ("the same, in the other order", [("state", OPEN), ("verb", OPEN)], {("state", OPEN): "state", ("act", OPEN): "verb"}),
    ("both renamed, in place", [("verb", OPEN), ("state", OPEN)], {("act", OPEN): "verb", ("is", OPEN): "state"}),
    ("one of two places", [(None, OPEN), (None, CARD), (None, OPEN)], {(None, OPEN): None, (None, CARD): None, ("verb", OPEN): None}),
    ("two contexts of one text: one heir", [(None, OPEN), (None, CARD), (None, OPEN)], {("verb", OPEN): None, (None, CARD): None, ("state", OPEN): ""}),
    ("two texts of one: the nearest of them, the other one kept", [("verb", OPEN), (None, CARD), ("state", OPEN)], {(None, OPEN): "verb", (None, CARD): None}),
    ("moved", [(None, OPEN), (None, CARD), (None, LONG)], {(None, CARD): None, (None, LONG): None, ("verb", OPEN): None}),
    ("with a word changed", [(None, LONG)], {("verb", LONG.replace("now", "then")): None}),
    ("swapped: each keeps its own", [("verb", OPEN), ("state", OPEN)], {("state", OPEN): "state", ("verb", OPEN): "verb"}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "wanted"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_context_keeps_the_lineage(make: Make, before: list[Place], wanted: dict[Place, str | None]) -> None:
    root = make({"index.md": page(*before)})
    texts = fill(root)
    (root / "source/index.md").write_text(page(*wanted))
    updated(root)
    found = polib.pofile(str(root / PO), wrapwidth=0)
    live = {(one.msgctxt, one.msgid): one for one in found if not one.obsolete}
    for (context, text), source in wanted.items():
        entry = live[context, text]
        if source == "":
            assert entry.msgstr == "", "an old translation is offered once"
            continue
        old = next(place for place in before if place[0] == source and place[1][:16] == text[:16])
        assert entry.msgstr == texts[old]
        kept = (context, text) in before
        assert entry.fuzzy == (not kept)
        assert kept or (entry.previous_msgctxt, entry.previous_msgid) == old
        assert kept or "context: " in entry.comment
    everything = {one.msgstr for one in found}
    assert everything.issuperset(texts.values()), "nothing is lost"
    body = (root / PO).read_bytes()
    assert updated(root)[0] == [] and (root / PO).read_bytes() == body


def fill(root: Path) -> dict[Place, str]:
    """Every text of the page translated, each in its context; what they are, by place."""
    updated(root)
    found, texts = polib.pofile(str(root / PO), wrapwidth=0), {}
    for at, one in enumerate(found):
        if ("source/index.md", "") in one.occurrences:
            one.msgstr = texts[one.msgctxt, one.msgid] = f"texto {'abcdefgh'[at % 8] * 3}"
    found.save()
    updated(root)
    return texts


def test_readers_see_it_under_its_notice(make: Make) -> None:
    root = make({"index.md": page((None, LONG))})
    translate(root, {LONG: "Abra la tapa de la bomba ahora"})
    (root / "source/index.md").write_text(page(("verb", LONG)))
    updated(root), built(root)
    shown = (root / "dist/es/index.html").read_text()
    assert "Abra la tapa" in shown and "notice-older" in shown
    text = (root / LOG_PATH).read_text()
    assert '"reasons": ["context: none → “verb”"], "severity": "wording"' in text
    (root / LOG_PATH).write_text(text.replace('"severity": "wording"', '"severity": "cosmetic"'))
    built(root)
    assert "notice-older" in (root / "dist/es/index.html").read_text(), "a line that was made milder is graded again"
    (root / "source/index.md").write_text(page((None, LONG)))
    updated(root), built(root)
    assert "notice-older" not in (root / "dist/es/index.html").read_text(), "and back again it is what it was"


def test_in_a_critical_block_it_is_critical(make: Make) -> None:
    root = make({"index.md": f"<!-- i18n: critical -->\n\n{LONG}\n"})
    translate(root, {LONG: "Abra la tapa de la bomba ahora"})
    (root / "source/index.md").write_text(f"<!-- i18n: critical -->\n<!-- i18n: context=verb -->\n\n{LONG}\n")
    updated(root), built(root)
    assert "Abra la tapa" not in (root / "dist/es/index.html").read_text()


def place(kind: str, context: str | None, text: str) -> Message:
    return Message(Key(context, text), Span("source/a.md", 1), kind=kind)


def test_fields_and_labels_are_no_contexts_of_authors() -> None:
    """A title that went and a paragraph of the same words that came are two texts."""
    for one in (
        place("title", "title", LONG),
        place("label", "callout", LONG),
        place("description", "description", LONG),
    ):
        old, new = (occurrences.of_messages([message]) for message in (one, place("paragraph", None, LONG)))
        assert [edit.how for edit in align.edits(old, new, Log(), "2026-11-01")] == ["deleted"]


def test_a_hundred_contexts_at_once() -> None:
    """More than a gap is compared for pair by pair: each text with its own words."""
    texts = [f"{word} {other} now" for word in ("Open", "Close", "Check", "Fill") for other in map(str, range(40))]
    old, new = (
        occurrences.of_messages(place("paragraph", context, text) for text in texts) for context in (None, "verb")
    )
    assert len(texts) ** 2 > align.LARGE
    found = align.edits(old, new, Log(), "2026-11-01")
    assert {(one.was, one.now) for one in found} == {
        (ident(Key(None, text)), ident(Key("verb", text))) for text in texts
    }
    assert {one.severity for one in found} == {Severity.WORDING}
