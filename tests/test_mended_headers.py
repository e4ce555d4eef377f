"""Headers as other tools write them, said and mended by `update --mend-headers` on a site."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog import po_file
from pipeline.changes.former import MADE, Former, Was, text_id
from pipeline.cli.main import main
from pipeline.commands.mend_headers import mending
from pipeline.core.locales import make as locale_of
from pipeline.core.model import ident
from pipeline.core.plurals import plural_rule
from pipeline.review import reviews
from tests.conftest import Make, project_of, translate

SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
ES2, ES3 = "nplurals=2; plural=(n != 1);", "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"
RU4 = f"nplurals=4; plural=({SLAVIC}n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
UTF8 = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit")
UNFILLED = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=CHARSET", "Content-Transfer-Encoding: ENCODING")

HEADERS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...], bool], ...] = (
    # tool, language, what its header says, the fields that are mended, and whether `check` tells of it
    ("mdbook-i18n-helpers", "es", (*UTF8, "Language: es", "Plural-Forms: nplurals=1; plural=0;"), ("Plural-Forms",), True),
    ("mdbook-i18n-helpers", "ru", (*UTF8, "Language: ru", "Plural-Forms: nplurals=1; plural=0;"), ("Plural-Forms",), True),
    ("mdbook-i18n-helpers", "fa", (*UTF8, "Language: fa", "Plural-Forms: nplurals=1; plural=0;"), (), False),
    ("English left in", "fr", (*UTF8, "Language: fr", f"Plural-Forms: {ES2}"), ("Plural-Forms",), True),
    ("Transifex", "es", (*UTF8, "Language: es", f"Plural-Forms: {ES3}"), (), False),
    ("Transifex", "ru", (*UTF8, "Language: ru", f"Plural-Forms: {RU4}"), (), False),
    ("Weblate", "es", (*UTF8, "Language: es", f"Plural-Forms: {ES2[:-1]}", "X-Generator: Weblate 5.9"), (), False),
    ("Weblate", "fa", (*UTF8, "Language: fa", "Plural-Forms: nplurals=2; plural=n > 1;", "X-Generator: Weblate 5.9"), (), False),
    ("Poedit", "es", (*UTF8, "Language: es_MX", f"Plural-Forms: {ES2}", "X-Poedit-Basepath: ..", "X-Generator: Poedit 3.4"), (), False),
    ("msginit not run", "es", (*UNFILLED, "Language: ", "Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;"),
     ("Language", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms"), True),
    ("no rule", "es", (*UTF8, "Language: es"), ("Plural-Forms",), False),
    ("old KBabel", "es", (UTF8[1], "Language: Spanish", f"Plural-Forms: {ES2}", "X-Generator: KBabel 1.11.4"),
     ("Language", "MIME-Version", "Content-Transfer-Encoding"), False),
    ("merged by hand", "es", (*UTF8, "Language: es", f"Plural-Forms: {ES2}", f"Plural-Forms: {ES2}"), ("Plural-Forms",), True),
)  # fmt: skip


SPOKEN = '\n#~ msgid "{n} pump"\n#~ msgid_plural "{n} pumps"\n#~ msgstr[0] "{n} насос"\n#~ msgstr[1] "{n} насоса"\n'


def headed(make: Make, name: str, said: tuple[str, ...]) -> Path:
    """A site's catalog as a tool left it: the header written anew, and as many forms of each text as it says."""
    root = make({"index.md": "# Pump\n"}, locales=(name,), notices=False)
    assert main(["update", "--root", str(root)]) == 0
    path = root / f"locale/{name}/LC_MESSAGES/messages.po"
    rule = plural_rule(next((one[14:] for one in said if one.startswith("Plural-Forms: ")), ""))
    count = rule.count if rule else plural_rule(locale_of(name).plurals).count  # type: ignore[union-attr]
    body = path.read_text().partition("\n\n")[2]
    forms = re.compile(r"(?:^msgstr\[\d\] .*\n)+", re.M)
    body = forms.sub(
        lambda found: "".join(
            f"msgstr[{at}] {found[0].splitlines()[min(at, found[0].count(chr(10)) - 1)].partition(' ')[2]}\n"
            for at in range(count)
        ),
        body,
    )
    top = '# Ours.\nmsgid ""\nmsgstr ""\n"Project-Id-Version: a\\n"\n'
    path.write_text(top + "".join(f'"{one}\\n"\n' for one in said) + "\n" + body)
    return path


def told(root: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What `check` says with the name of what mends it."""
    capsys.readouterr()
    main(["check", "--root", str(root)])
    out = capsys.readouterr()
    return [line for line in (out.out + out.err).splitlines() if "--mend-headers" in line]


@pytest.mark.parametrize(("tool", "name", "said", "fields", "contradicts"), HEADERS)
def test_a_header_is_said_and_mended(
    make: Make,
    capsys: pytest.CaptureFixture[str],
    tool: str,
    name: str,
    said: tuple[str, ...],
    fields: tuple[str, ...],
    contradicts: bool,
) -> None:
    path = headed(make, name, said)
    root = path.parents[3]
    main(["update", "--root", str(root)])
    before = path.read_text()
    assert len(told(root, capsys)) == contradicts
    ours = [re.sub(r"^(\S+): .*", r"\1", one) for one in mending(project_of(root), name).made.fields]
    assert sorted(ours) == sorted(fields), tool
    assert main(["update", "--check", "--mend-headers", "--root", str(root)]) == bool(fields)
    assert ("Header mended" in capsys.readouterr().out) is bool(fields) and path.read_text() == before
    assert main(["update", "--mend-headers", "-l", name, "--root", str(root)]) == 0
    after = path.read_text()
    changed = re.compile(rf'^("(?:{"|".join(fields)}):.*|msgstr\[\d\] .*)$\n?', re.M)
    assert changed.sub("", after) == changed.sub("", before), "every other byte stays"
    assert fields or after == before
    found = po_file.load(root, path.relative_to(root).as_posix())
    rule = plural_rule(found.metadata("Plural-Forms"))
    assert rule and all(len(one.strings) == rule.count for one in found.live().values() if one.plural is not None)
    assert not found.problems and not told(root, capsys)
    for words in (["update"], ["update", "--mend-headers"]):
        assert main([*words, "--root", str(root)]) == 0
        assert path.read_text() == after


def test_another_character_set_becomes_utf_8(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# Pump\n\nCall us.\n\nStop.\n"}, locales=("es",))
    path = translate(root, {"Call us.": "Llámenos, señor.", "Stop.": "Párela — ya."})
    assert main(["update", "--mend-headers", "--root", str(root)]) == 0
    right = path.read_bytes()
    path.write_bytes(right.decode().replace("charset=UTF-8", "charset=windows-1252").encode("windows-1252"))
    assert len(told(root, capsys)) == 1
    assert main(["update", "--mend-headers", "--root", str(root)]) == 0
    assert path.read_bytes() == right and not told(root, capsys)


def test_a_file_that_may_be_utf_8_already_is_left(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# Pump\n\nCall us.\n"}, locales=("es",))
    path = translate(root, {"Call us.": "Llámenos."})
    main(["update", "--root", str(root)])
    path.write_text(path.read_text().replace("charset=UTF-8", "charset=ISO-8859-1"))
    main(["update", "--mend-headers", "--root", str(root)])
    before = path.read_bytes()
    assert b"charset=ISO-8859-1" in before and "Llámenos.".encode() in before
    assert main(["update", "--mend-headers", "--root", str(root)]) == 0
    assert path.read_bytes() == before and "reads as UTF-8 as well" in capsys.readouterr().out


def test_what_has_no_place_is_a_draft_with_all_its_forms(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    path = headed(make, "es", (*UTF8, "Language: es", "Plural-Forms: nplurals=4; plural=n%4;"))
    root = path.parents[3]
    first = re.search(r"^msgstr\[0\] .*\nmsgstr\[1\] .*\nmsgstr\[2\] .*\nmsgstr\[3\] .*$", path.read_text(), re.M)
    assert first
    forms = 'msgstr[0] "cero"\nmsgstr[1] "una"\nmsgstr[2] "dos"\nmsgstr[3] "tres"'
    path.write_text(path.read_text().replace(first[0], forms, 1))
    assert main(["update", "--mend-headers", "--root", str(root)]) == 0
    assert "are fuzzy now" in capsys.readouterr().out
    text = path.read_text()
    assert f"# formerly by nplurals=4; plural=n%4; {forms.replace(chr(10), ' ')}\n" in text
    assert main(["update", "--root", str(root)]) == 0 and path.read_text() == text


@pytest.mark.parametrize("had", [True, False])
def test_no_language_is_lost_by_it(make: Make, capsys: pytest.CaptureFixture[str], had: bool) -> None:
    """The notices of a Russian catalog under the two forms of English, which has our words there or no place for them."""
    path = headed(make, "ru", (*UTF8, "Language: ru", f"Plural-Forms: {ES2}"))
    root = path.parents[3]
    right = po_file.load(root, path.relative_to(root).as_posix()).live()
    if not had:
        path.write_text(re.sub(r"(?m)^(msgstr\[\d\]) .*", r'\1 ""', path.read_text()) + SPOKEN)
    texts = {reviews.pair_of(one.key, ()).message for one in right.values() if one.plural is not None}
    signed = root / "locale/ru/reviews.jsonl"
    lines = signed.read_text().splitlines(keepends=True)
    signed.write_text("".join(line for line in lines if not any(text in line for text in texts)))
    assert main(["update", "--mend-headers", "--root", str(root)]) == 0
    out = capsys.readouterr().out
    assert "4 notices that had no place" in out and "as before" not in out
    after = path.read_text()
    assert main(["build", "--root", str(root)]) == 0 and (root / "dist/ru/index.html").exists()
    found = po_file.load(root, path.relative_to(root).as_posix()).live()
    assert {len(set(found[key].strings)) for key, entry in right.items() if entry.plural is not None} <= {2, 3}
    assert main(["update", "--root", str(root)]) == 0 and path.read_text() == after
    ledger = reviews.load(root, "ru", "2026-11-29")
    pairs = [reviews.pair_of(one.key, one.strings, one.plural) for one in found.values() if one.plural is not None]
    assert all({line.origin for line in ledger.by_pair[pair]} == {"machine"} for pair in pairs), "a machine made them"


def test_what_is_known_of_a_text_goes_with_its_forms(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """That a machine made the notices is said of their new forms before the catalog has them, and signatures end aloud."""
    path = headed(make, "es", (*UTF8, "Language: es", "Plural-Forms: nplurals=1; plural=0;"))
    root, day = path.parents[3], "2026-11-29"
    found = po_file.load(root, path.relative_to(root).as_posix())
    one = next(entry for entry in found.live().values() if entry.plural is not None)
    pair = reviews.pair_of(one.key, one.strings, one.plural)
    ledger = reviews.load(root, "es", day)
    lines = [
        reviews.Line(reviews.SIGNED, pair, f"{day}T10:00:00Z", origin="machine", note="engine"),
        reviews.Line(reviews.SIGNED, pair, f"{day}T11:00:00Z", role="clinician", name="Ida"),
    ]
    (root / ledger.path).parent.mkdir(parents=True, exist_ok=True)
    reviews_save = ledger.added(lines)
    (root / ledger.path).write_bytes(reviews_save.body or b"")
    assert main(["update", "--mend-headers", "--root", str(root)]) == 0
    assert "1 of the texts moved were signed" in capsys.readouterr().out
    new = po_file.load(root, found.path).live()[one.key]
    after = reviews.load(root, "es", day)
    said = after.by_pair[reviews.pair_of(new.key, new.strings, new.plural)]
    assert new.strings == one.strings * 2 and [(line.origin, line.role) for line in said] == [("machine", "")]


def test_a_language_is_named_with_the_option_only(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# Pump\n"}, locales=("es", "fr"))
    main(["update", "--root", str(root)])
    assert main(["update", "-l", "es", "--root", str(root)]) == 2 and "--mend-headers" in capsys.readouterr().err
    for name in ("es", "fr"):
        path = root / f"locale/{name}/LC_MESSAGES/messages.po"
        path.write_text(re.sub('(?m)^"Language: .*\n', "", path.read_text()))
    assert ["names no Language" in line for line in told(root, capsys)] == [True, True]
    assert main(["update", "--mend-headers", "-l", "fr", "--root", str(root)]) == 0
    has = ["Language: " in (root / f"locale/{name}/LC_MESSAGES/messages.po").read_text() for name in ("es", "fr")]
    assert has == [False, True]


def test_whose_translation_a_text_was_stays_known(make: Make) -> None:
    """`former.jsonl` knows a text by its forms; by those that it has now too."""
    path = headed(make, "es", (*UTF8, "Language: es", "Plural-Forms: nplurals=4; plural=n%4;"))
    root = path.parents[3]
    forms = 'msgstr[0] "cero"\nmsgstr[1] "una"\nmsgstr[2] "dos"\nmsgstr[3] "tres"\n'
    path.write_text(re.sub(r"(?:msgstr\[\d\] .*\n){4}", forms, path.read_text(), count=1))
    project = project_of(root)
    one = mending(project, "es")
    (old, new), *_ = [pair for pair in one.made.moved if "una" in pair[0].strings]
    was, now = text_id(old.strings), text_id(new.strings)
    held = replace(project.held["es"], former=Former().added([Was(MADE, ident(old.key), was, old.key.msgid)]))
    assert was != now and {row.translation for row in one.held(held).former.rows} == {was, now}
