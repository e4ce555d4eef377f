"""Laws of catalogs and update: loss-free, one heir, idempotent, zero noise, and that gettext agrees with us."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog import po_entry, po_file
from pipeline.catalog.po_entry import Entry, Previous
from pipeline.catalog.po_file import Catalog, parse
from pipeline.catalog.po_sound import is_joined
from pipeline.catalog.template import entries as entries_of
from pipeline.changes.lineage import is_note
from pipeline.changes.merge import update
from pipeline.changes.remarks import own_flags, own_notes, recalled
from pipeline.core import locales
from pipeline.core.model import Key, Message, Span
from pipeline.core.settings import Settings

ES, FR = locales.make("es"), locales.make("fr")
SETTINGS = Settings(Path(), locales.make("en"), (ES, FR))
SUBJECTS = ["the pump", "your catheter", "the battery", "a nurse", "your doctor"]
VERBS = [
    "Do not stop {}",
    "Stop {}",
    "Check {} every day",
    "Call us about {} now",
    "You should rest before {} is checked again",
    "Call us about {} today",
]
TEXTS = [verb.format(subject) for verb in VERBS for subject in SUBJECTS]
KEYS = [Key(None, text) for text in TEXTS] + [Key("title", text) for text in TEXTS[::3]]


def template(keys: list[Key], plurals: list[str | None] | None = None) -> Catalog:
    entries = entries_of(
        Message(key, Span("source/a.md", 1), plural, kind="paragraph")
        for key, plural in zip(keys, plurals or [None] * len(keys), strict=True)
    )
    header = po_entry.fresh(
        Entry(
            Key(None, ""),
            (
                po_entry.header_lines(
                    [("POT-Creation-Date", "2026-01-01 00:00+0000"), ("Content-Type", "text/plain; charset=UTF-8")]
                ),
            ),
        )
    )
    return Catalog("messages.pot", header, entries=tuple(po_entry.fresh(entry) for entry in entries))


def run(found: Catalog, keys: list[Key], plurals: list[str | None] | None = None) -> Catalog:
    """One update, through text, as on disk."""
    made = update(template(keys, plurals), {"es": found}, SETTINGS)["es"]
    po_file.verify(made, made.text())
    return parse("es.po", made.text().encode())


SCRIPT = st.lists(
    st.tuples(
        st.lists(
            st.tuples(st.sampled_from(KEYS), st.sampled_from([None, None, None, "some", 'more "\n"'])),
            min_size=1,
            max_size=12,
            unique_by=lambda pair: pair[0],
        ),
        st.lists(st.sampled_from(["fill", "confirm", "rewrite", "draft", "note", "none"]), max_size=12),
    ),
    min_size=2,
    max_size=6,
)


def act(found: Catalog, actions: list[str], made: dict[str, Key], drafts: set[str], step: int) -> Catalog:
    """What a translator does: fill an empty entry, confirm a fuzzy one, rewrite it, or begin to and leave it fuzzy."""
    entries = []
    for at, entry in enumerate(found.entries):
        action = actions[at] if at < len(actions) else "none"
        if not entry.obsolete and (
            (action == "fill" and not entry.translated) or (action in {"rewrite", "draft"} and entry.fuzzy)
        ):
            text = f'traducción "{step}-{at}"\n de {len(made)}'
            strings = tuple(text + " más" * form for form in range(len(entry.strings)))
            for old in entry.strings:  # one's own draft may be written over
                if old in drafts:
                    made.pop(old, None)
            drafts.update(strings if action == "draft" else ())
            made |= dict.fromkeys(strings, entry.key)
            done = {} if action == "draft" else {"flags": (), "previous": None}
            entry = po_entry.amended(entry, entry._replace(strings=strings, **done))
        elif not entry.obsolete and action == "confirm" and entry.fuzzy:
            made |= {text: entry.key for text in entry.strings if text}
            entry = po_entry.amended(entry, entry._replace(flags=(), previous=None))
        if action == "note":
            flags = (*entry.flags, f"range: {step}..{at}")
            entry = po_entry.amended(entry, entry._replace(notes=(*entry.notes, f"{step}-{at}"), flags=flags))
        entries.append(entry)
    return parse("es.po", replace(found, entries=tuple(entries)).text().encode())


def remarks(entry: Entry) -> set[str]:
    """What a translator put beside a text."""
    return {*own_notes(entry.notes), *(flag for flag in own_flags(entry.flags) if flag != "fuzzy")}


def remarked(old: Catalog, found: Catalog) -> None:
    """Notes and flags after an update: none is lost, and none stands twice in an entry; what takes over a text has all that stood
    beside it."""
    noted = [note for entry in found.entries for note in entry.notes]
    assert set(noted).issuperset(note for entry in old.entries for note in own_notes(entry.notes)), "no note is lost"
    before = old.live()
    for entry in found.entries:
        assert len(set(entry.notes)) == len(entry.notes) and len(set(entry.flags)) == len(entry.flags)
        was = before.get(entry.key)
        if entry.obsolete or not entry.translated or (was and was.translated):
            continue
        held = [one for one in old.entries if one.strings[0] == entry.strings[0] and one.key != entry.key]
        own = [one for one in old.entries if one.key == entry.key and one.translated]
        assert own or not held or any(remarks(one) <= remarks(entry) for one in held), "remarks follow the text"


@given(SCRIPT)
def test_nothing_is_lost_and_nothing_given_away_twice(
    script: list[tuple[list[tuple[Key, str | None]], list[str]]],
) -> None:
    found = Catalog("es.po")
    made: dict[str, Key] = {}
    drafts: set[str] = set()
    author: dict[str, Key] = {}
    final: dict[tuple[Key, str | None], tuple[str, ...]] = {}
    for step, (wanted, actions) in enumerate(script):
        keys, plurals = [key for key, _ in wanted], [plural for _, plural in wanted]
        old, found = found, run(found, keys, plurals)
        assert run(found, keys, plurals).text() == found.text(), "idempotent"
        remarked(old, found)
        live = found.live()
        assert [entry.key for entry in found.entries if not entry.obsolete] == keys, (
            "the template's messages in its order"
        )
        assert len({entry.key for entry in found.entries}) == len(found.entries), "gettext refuses a key twice"
        notes = [was for entry in found.entries for note in entry.notes if (was := recalled(note))]
        texts = [text for entry in (*found.entries, *notes) for text in entry.strings]
        for text in made:
            assert text in texts, "loss-free"
        for (key, plural), strings in final.items():
            if (key, plural) in wanted:
                assert live[key].strings == strings and not live[key].fuzzy, "when its msgid returns, so does it"
        guesses = [entry for entry in live.values() if entry.translated and entry.fuzzy]
        offered = [entry.strings[0] for entry in guesses if entry.previous and entry.previous.key != entry.key]
        assert len(offered) == len(set(offered)), "one heir at a time"
        had = {entry.strings[0] for entry in old.live().values() if entry.fuzzy}  # offered while its owner was away
        for text in set(offered) - had:
            owners = {key for (key, _), confirmed in final.items() if text in confirmed and key in live}
            assert owners <= {author[text]}, "no second heir"
        for entry in live.values():
            if entry.fuzzy:
                assert entry.previous is not None and entry.previous.key.context == entry.key.context, (
                    "#| on every fuzzy, contexts kept"
                )
        before = {entry.key: entry for entry in old.entries if not entry.obsolete}
        for key, entry in live.items():
            if key in before and before[key].plural == entry.plural:
                assert quiet(entry) == quiet(before[key]) or not before[key].lines, "zero noise"
        found = act(found, actions, made, drafts, step)
        for text, key in made.items():
            author.setdefault(text, key)
        final |= {
            (entry.key, entry.plural): entry.strings
            for entry in found.live().values()
            if entry.translated and not entry.fuzzy
        }


def quiet(entry: Entry) -> list[tuple[str, str]]:
    """The lines of an entry less what we say of its standing, which goes once a person has acted on it."""
    return [(part, line) for part, line in entry.lines if not is_note(line[3:])]


ALIKE = st.lists(st.integers(10, 89).map(lambda n: Key(None, f"Take {n} tablets now")), max_size=80, unique=True)


@given(ALIKE, ALIKE, ALIKE)
def test_a_language_does_not_depend_on_the_others(new: list[Key], one: list[Key], other: list[Key]) -> None:
    """The same catalog, whether it is updated alone, before or after another; messages that are all equally alike."""
    found = {
        name: Catalog(f"{name}.po", entries=tuple(po_entry.fresh(Entry(key, (f"{name} {key.msgid}",))) for key in keys))
        for name, keys in (("es", one), ("fr", other))
    }
    alone = update(template(new), {"es": found["es"]}, SETTINGS)["es"].text()
    for order in (("es", "fr"), ("fr", "es")):
        assert update(template(new), {name: found[name] for name in order}, SETTINGS)["es"].text() == alone


ANY = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\x00\r\x04"), max_size=30
)
LINE = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=20).map(
    str.strip
)
NAME = st.sampled_from(
    ["source/a.md", "source/with space.md", "templates/page.html", "source/" + "x" * 40 + ".md", "source/b.md"]
)


@st.composite
def entry_values(draw: st.DrawFn) -> Entry:
    plural = draw(st.none() | ANY.filter(bool))
    count = 2 if plural is not None else 1
    strings = tuple(draw(ANY.filter(lambda text: not is_joined(text))) for _ in range(count))  # which is refused
    obsolete = bool(strings[0]) and draw(st.booleans())
    return Entry(
        Key(draw(st.none() | ANY), draw(ANY.filter(bool))),
        strings,
        plural,
        notes=tuple(draw(st.lists(LINE.filter(lambda line: line and line[0] not in "~.:,|=#"), max_size=2))),
        extracted=() if obsolete else tuple(draw(st.lists(LINE.filter(bool), max_size=2))),
        references=() if obsolete else tuple(draw(st.lists(NAME, max_size=5, unique=True))),
        flags=("fuzzy",) if strings[0] and draw(st.booleans()) else (),
        previous=draw(st.none() | st.builds(Previous, st.builds(Key, st.none() | ANY, ANY.filter(bool)))),
        obsolete=obsolete,
    )


def whole(entries: list[Entry]) -> Catalog:
    header = po_entry.fresh(
        Entry(
            Key(None, ""),
            (
                po_entry.header_lines(
                    [
                        ("MIME-Version", "1.0"),
                        ("Content-Type", "text/plain; charset=UTF-8"),
                        ("Content-Transfer-Encoding", "8bit"),
                        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
                    ]
                ),
            ),
        )
    )
    unique = {entry.key: entry for entry in entries if entry.key != (None, "")}
    ordered = sorted(unique.values(), key=lambda entry: entry.obsolete)
    return Catalog("x.po", header, entries=tuple(po_entry.fresh(entry) for entry in ordered))


@given(st.lists(entry_values(), max_size=5))
def test_what_we_write_reads_back(entries: list[Entry]) -> None:
    made = whole(entries)
    found = parse("x.po", made.text().encode())
    assert all("gettext refuses the file" in one.what for one in found.problems)
    assert found.text() == made.text()
    assert [
        (e.key, e.strings, e.plural, e.notes, e.extracted, e.references, e.flags, e.previous, e.obsolete)
        for e in found.entries
    ] == [
        (e.key, e.strings, e.plural, e.notes, e.extracted, e.references, e.flags, e.previous, e.obsolete)
        for e in made.entries
    ]
    po_file.verify(made, made.text())
    if made.entries:
        assert not po_file.differing(*po_file.read_by_polib(made.entries)), "polib agrees, of plain entries too"


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext is not installed")
@settings(max_examples=40)
@given(st.lists(entry_values(), min_size=1, max_size=5))
def test_what_we_write_is_what_msgcat_writes(entries: list[Entry]) -> None:
    text = whole(
        [entry._replace(references=tuple(name for name in entry.references if " " not in name)) for entry in entries]
    ).text()  # gettext < 0.22 splits them
    done = subprocess.run(
        ["msgcat", "--no-wrap", "--add-location=file", "-"], input=text.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == text


@given(st.sampled_from(["\n", "\r\n"]), st.booleans(), st.data())
def test_bytes_survive(newline: str, final: bool, data: st.DataObject) -> None:
    """A file in another tool's wrapping, with CRLF or no last newline, is unchanged by an update that changes nothing in it."""
    made = polib.POFile(wrapwidth=data.draw(st.sampled_from([20, 78])))
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    keys = []
    for at, text in enumerate(["Take your medicine every day at the same time", "Do not stop"]):
        made.append(
            polib.POEntry(
                msgid=text, msgstr=f"Texto {at} " * 12, occurrences=[("source/a.md", "")], comment="paragraph"
            )
        )
        keys.append(Key(None, text))
    text = str(made).rstrip("\n") + ("\n" if final else "")
    body = text.replace("\n", newline).encode()
    found = parse("es.po", body)
    assert update(template(keys), {"es": found}, SETTINGS)["es"].text().encode() == body
    more = (
        update(template([keys[0], Key(None, "Something quite new"), keys[1]]), {"es": found}, SETTINGS)["es"]
        .text()
        .encode()
    )
    kept = [line.rstrip(b"\r") for line in more.split(b"\n")]
    assert all(line.rstrip(b"\r") in kept for line in body.split(b"\n"))
    assert newline == "\n" or all(line.endswith(b"\r") for line in more.split(b"\n")[:-1])
