"""Laws of `update --mend-headers`: the same text for every number, nothing lost, gettext takes the file, and once is enough."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog import po_entry
from pipeline.catalog.po_entry import Entry
from pipeline.catalog.po_file import Catalog, parse, verify
from pipeline.changes.mended_headers import mended
from pipeline.core.locales import Locale, make
from pipeline.core.model import Key
from pipeline.core.plurals import completed, plural_rule
from pipeline.resolve.message import translations

SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
KNOWN = (
    "nplurals=1; plural=0;",
    "nplurals=2; plural=(n != 1);",
    "nplurals=2; plural=(n > 1);",
    "nplurals=2; plural=n==1;",
    "nplurals=2; plural=0;",
    "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    f"nplurals=3; plural=({SLAVIC}2);",
    f"nplurals=4; plural=({SLAVIC}n%10==0 || n%10>=5 || n%100>=11 && n%100<=14 ? 2 : 3);",
    "nplurals=4; plural=n%4;",
    "nplurals=INTEGER; plural=EXPRESSION;",
    "",
)
TRUTHS = st.builds(
    lambda left, sign, right: f"{left}{sign}{right}",
    st.sampled_from(["n", "n%10", "n%100", "n%7"]),
    st.sampled_from(["==", "!=", "<", ">="]),
    st.integers(0, 20),
)
RANDOM = st.builds(lambda one: f"nplurals=2; plural={one};", TRUTHS) | st.builds(
    lambda one, two: f"nplurals=3; plural={one} ? 2 : {two} ? 0 : 1;", TRUTHS, TRUTHS
)
TEXTS = ["uno", "dos", "tres", 'la "cuarta"']
HOW = st.sampled_from(["", "", "", "fuzzy", "obsolete"])
Entries = list[tuple[tuple[str, ...], str]]


@st.composite
def left_by_a_tool(draw: st.DrawFn) -> tuple[str, Entries]:
    """A header, and entries that have mostly as many forms as it says, and mostly words in each."""
    header = draw(st.sampled_from(KNOWN) | RANDOM)
    rule = plural_rule(header)
    made: Entries = []
    for _ in range(draw(st.integers(1, 4))):
        count = draw(st.sampled_from([*[rule.count if rule else 3] * 4, 1, 2, 3, 4, 5, 6]))
        forms = draw(st.lists(st.sampled_from([*TEXTS, *TEXTS, ""]), min_size=count, max_size=count))
        made.append((tuple(forms), draw(HOW)))
    return header, made


LOCALES = st.sampled_from(["es", "ru", "fr", "fa", "zh_CN", "ar", "pl", "ja"]).map(make)
NUMBERS = (*range(201), *range(999_999, 1_000_002))
WIDER = range(201, 2_001)
"""Where else a rule may tell numbers apart (`n%100 … n%7`: 700), for what it could not keep."""
Shown = Callable[[int], str]


def catalog_of(header: str, entries: Iterable[tuple[tuple[str, ...], str]]) -> Catalog:
    """A catalog as a tool left it."""
    fields = [("Content-Type", "text/plain; charset=UTF-8"), *([("Plural-Forms", header)] if header else [])]
    head = po_entry.fresh(Entry(Key(None, ""), (po_entry.header_lines(fields),)))
    made = tuple(
        po_entry.fresh(
            Entry(
                Key(None, f"{{n}} thing {at}"),
                strings,
                f"{{n}} things {at}",
                flags=("fuzzy",) * (how == "fuzzy"),
                obsolete=how == "obsolete",
            )
        )
        for at, (strings, how) in enumerate(entries)
    )
    return parse("es.po", Catalog("es.po", head, entries=made).text().encode())


def shown(found: Catalog, locale: Locale) -> dict[Key, Shown]:
    """What readers are shown of each text for a number, as pages ask for it; those that are shown at all."""
    asked, said = translations(locale, found), {}
    for key, entry in found.live().items():
        rule = plural_rule(asked.rule(len(entry.strings)))
        filled = completed(entry.strings, asked.rule(len(entry.strings)), locale.rules)
        if rule and all(filled) and not entry.fuzzy:
            said[key] = lambda number, rule=rule, filled=filled: filled[rule.form(number)]  # type: ignore[misc]
    return said


@settings(max_examples=120)
@given(LOCALES, left_by_a_tool())
def test_every_number_is_told_the_same(locale: Locale, left: tuple[str, Entries]) -> None:
    """Law: what was shown for a number is shown for it; what has no place is a draft, and only that; every form can still be read;
    gettext takes the file; and again, there is nothing to mend."""
    old = catalog_of(*left)
    made = mended(old, locale)
    verify(made.catalog, made.catalog.text())
    new = parse("es.po", made.catalog.text().encode())
    before, after = shown(old, locale), shown(new, locale)
    unplaced = {entry.key for entry in made.unplaced}
    rule = plural_rule(new.metadata("Plural-Forms"))
    assert rule and locale.has_rule(new.metadata("Plural-Forms"))
    for key, text in before.items():
        if key not in unplaced:
            assert [after[key](number) for number in NUMBERS] == [text(number) for number in NUMBERS]
        else:
            told = {(rule.form(number), text(number)) for number in (*NUMBERS, *WIDER)}
            assert key not in after and len(told) > len({form for form, _ in told}), "it could have stayed"
    for was, now in zip(old.entries, new.entries, strict=True):
        assert (was.key, was.obsolete) == (now.key, now.obsolete) and (now.fuzzy or not was.fuzzy)
        kept = "\n".join([*now.strings, *now.notes])
        assert all(text in kept or po_entry.quote(text) in kept for text in was.strings), "nothing is lost"
        assert len(now.strings) == rule.count
    assert mended(new, locale).catalog is new
    if shutil.which("msgfmt"):
        said = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", "-"], input=new.text().encode(), capture_output=True)
        assert said.returncode == 0, said.stderr.decode()


@given(st.sampled_from(["iso-8859-1", "windows-1252", "iso-8859-15", "utf-8"]), left_by_a_tool())
@settings(max_examples=30)
def test_a_character_set_says_the_same_as_utf_8(charset: str, left: tuple[str, Entries]) -> None:
    """Law: every text of a file in another character set is the same in UTF-8."""
    text = catalog_of(left[0], [(tuple(f"é{one}" if one else "" for one in strings), how) for strings, how in left[1]])
    old = parse("es.po", text.text().replace("UTF-8", charset).encode(charset))
    made = mended(old, make("es")).catalog
    new = parse("es.po", made.text().encode(made.encoding))
    assert new.encoding == "utf-8" and not new.broken
    plain = mended(text, make("es")).catalog
    assert [entry[:4] for entry in new.entries] == [entry[:4] for entry in plain.entries]


def test_a_form_for_millions_keeps_its_place_where_no_rule_is_stated() -> None:
    made = mended(catalog_of("nplurals=INTEGER; plural=EXPRESSION;", [(("uno", "millón", "más"), "")]), make("es"))
    assert made.catalog.metadata("Plural-Forms") == make("es").rules[1] and not made.moved
    made = mended(catalog_of("nplurals=INTEGER; plural=EXPRESSION;", [(("uno", "más", "más"), "")]), make("es"))
    assert made.catalog.metadata("Plural-Forms") == make("es").plurals and made.moved[0][1].strings == ("uno", "más")


@pytest.mark.parametrize("name", ["es", "fa", "ru", "fr", "zh_CN"])
def test_a_rule_that_tells_more_apart_stays(name: str) -> None:
    """A platform writes its own at each synchronization; by it nothing is shown wrong."""
    locale = make(name)
    for rule in locale.rules:
        count = plural_rule(rule).count  # type: ignore[union-attr]
        found = catalog_of(rule, [(tuple(map(str, range(count))), "")])
        made = mended(found, locale)
        assert made.catalog.metadata("Plural-Forms") == rule and not made.moved
