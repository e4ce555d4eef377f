"""Catalogs: broken ones get one clear error and are never written; odd ones keep their bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog import po_entry, po_file
from pipeline.catalog.po_file import parse
from pipeline.commands import check
from pipeline.core.errors import LockstepError
from pipeline.core.model import Key
from tests.conftest import SHARED, Make, built, material, project_of, translate, updated, without_notices

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
GOOD = 'msgid "Good"\nmsgstr "Bueno"\n\n'

# fmt: off
BROKEN = [
    # what is wrong, the file, the line named, what is said
    (
        "merge conflict",
        HEAD + GOOD + '<<<<<<< ours\nmsgid "a"\nmsgstr "b"\n=======\nmsgid "a"\nmsgstr "c"\n>>>>>>> theirs\n',
        9,
        "merge conflict",
    ),
    (
        "conflict inside an entry",
        HEAD + GOOD + 'msgid "a"\n<<<<<<< ours\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> theirs\n',
        10,
        "merge conflict",
    ),
    ("conflict without end", HEAD + GOOD + '<<<<<<< ours\nmsgid "a"\nmsgstr "b"\n', 9, "merge conflict"),
    ("a marker left behind", HEAD + GOOD + 'msgid "a"\nmsgstr "b"\n>>>>>>> theirs\n\nmsgid "c"\nmsgstr "d"\n', 11, "merge conflict"),
    ("two markers left behind", HEAD + GOOD + '=======\nmsgid "a"\nmsgstr "b"\n>>>>>>> theirs\n', 9, "merge conflict"),
    ("half of a conflict", HEAD + GOOD + 'msgid "a"\nmsgstr "b"\n||||||| base\n', 11, "merge conflict"),
    ("a plural line lost", HEAD + GOOD + 'msgid "a"\nmsgstr[0] "b"\nmsgstr[1] "c"\n', 10, "no msgid_plural"),
    ("plural and one form", HEAD + GOOD + 'msgid "a"\nmsgid_plural "as"\nmsgstr "b"\n', 11, "with a plural"),
    ("a form of 5,000 digits", HEAD + GOOD + f'msgid "a"\nmsgid_plural "as"\nmsgstr[{"1" * 5000}] "b"\n', 11, "out of place"),
    ("half obsolete", HEAD + GOOD + 'msgid "a"\n#~ msgstr "b"\n', 10, "in part only"),
    ("a continuation of a comment", HEAD + GOOD + '#| msgid "z"\n"y"\nmsgid "a"\nmsgstr "b"\n', 10, "Not a line of a catalog"),
    ("cut off in a string", HEAD + GOOD + 'msgid "a"\nmsgstr "b', 10, "cut off"),
    ("cut off before msgstr", HEAD + GOOD + 'msgid "a"\n', 9, "cut off"),
    ("a duplicate", HEAD + GOOD + 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 12, "second time"),
    ("a byte-order mark", "\ufeff" + HEAD + GOOD, 1, "byte-order mark"),
    ("a NUL", HEAD + GOOD + 'msgid "a"\nmsgstr "b\0"\n', 10, "NUL"),
    ("a bad escape", HEAD + GOOD + 'msgid "a"\nmsgstr "b\\q"\n', 10, "escape"),
    ("an unescaped quote", HEAD + GOOD + 'msgid "a"\nmsgstr "b "c" d"\n', 10, "quotation mark"),
    ("stray text", HEAD + GOOD + 'msgid "a"\nmsgstr "b"\nhello\n', 11, "Not a line of a catalog"),
    ("quotes that only look like two strings", HEAD + GOOD + 'msgid "a"\nmsgstr "b\\" "c"\n', 10, "quotation mark"),
    ("msgstr alone", HEAD + GOOD + 'msgstr "b"\n', 9, "out of place"),
    (
        "forms out of order",
        HEAD + GOOD + 'msgid "a"\nmsgid_plural "as"\nmsgstr[1] "b"\nmsgstr[0] "c"\n',
        11,
        "out of place",
    ),
    ("two headers", HEAD + GOOD + HEAD, 9, "second header"),
]


# fmt: on


@pytest.mark.parametrize(("text", "line", "said"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_broken(text: str, line: int, said: str) -> None:
    found = parse("locale/es/LC_MESSAGES/messages.po", text.encode())
    assert found.broken
    findings = found.findings("es")
    assert len(findings) == 1, "one clear error"
    assert findings[0].span == ("locale/es/LC_MESSAGES/messages.po", line)
    assert said in findings[0].text
    assert found.live()[Key(None, "Good")].strings == ("Bueno",), "the readable strings are used"
    assert Key(None, "a") not in found.live(), "the unreadable one is not"


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        (HEAD.encode() + GOOD.encode() + 'msgid "a"\nmsgstr "café"\n'.encode("latin-1"), 10, "not UTF-8"),
        (HEAD.replace("UTF-8", "X-KLINGON").encode() + GOOD.encode(), 3, "Unknown character set"),
        ((HEAD + GOOD).encode("utf-16"), 1, "UTF-16"),
    ],
)
def test_wrong_charset(body: bytes, line: int, said: str) -> None:
    found = parse("x.po", body)
    assert found.broken and found.findings("es")[0].span.line == line and said in found.findings("es")[0].text


def test_other_charsets_are_read_and_kept() -> None:
    body = (HEAD.replace("UTF-8", "ISO-8859-15") + 'msgid "a"\nmsgstr "café €"\n').encode("iso-8859-15")
    found = parse("x.po", body)
    assert found.live()[Key(None, "a")].strings == ("café €",)
    assert found.text().encode(found.encoding) == body


def test_the_character_set_is_the_header_s() -> None:
    comment = "# this was charset=iso-8859-1 once\n"
    found = parse("x.po", (comment + HEAD + 'msgid "Content-Type: charset=x"\nmsgstr "café"\n').encode())
    assert found.encoding == "utf-8" and found.entries[0].strings == ("café",)
    for head in (
        'msgid ""\nmsgstr "MIME-Version: 1.0\\nContent-Type: text/plain; charset=ISO-8859-15\\n"\n\n',
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; "\n"charset=ISO-8859-15\\n"\n\n',
    ):
        assert parse("x.po", (head + 'msgid "a"\nmsgstr "€"\n').encode("iso-8859-15")).entries[0].strings == ("€",)


LEGAL = [
    ('msgid "a" "b"\nmsgstr "c\\\\" "d"""\n', (None, "ab"), ("c\\d",)),
    ('msgid"a"\nmsgstr"b"\n', (None, "a"), ("b",)),
    ('msgid "z"\nmsgid_plural ""\nmsgstr [0] "b"\nmsgstr [ 1 ] "c"\n', (None, "z"), ("b", "c")),
    ('#~ msgid "a"\n#~ msgstr "b"\n#~ \n#~\n#~ msgid "c"\n#~ msgstr "d"\n', (None, "a"), ("b",)),
    ('msgid "a"\nmsgstr "\\101\\x42\\\'\\?"\n', (None, "a"), ("AB'?",)),
]


@pytest.mark.parametrize(("text", "key", "strings"), LEGAL)
def test_legal_ways_of_writing(make: Make, text: str, key: Key, strings: tuple[str, ...]) -> None:
    """Other tools' ways are read, keep their bytes when something else is written, and stop nothing."""
    found = parse("x.po", (HEAD + text).encode())
    assert not found.problems and (found.entries[0].key, found.entries[0].strings) == (key, strings)
    root = make({"index.md": "a\n"})
    path = root / "locale/es/LC_MESSAGES/messages.po"
    path.write_text(HEAD + text)
    assert len(updated(root)[0]) == 4, "the catalog, its ledger (our own texts came in), places and template"
    assert all(line in path.read_text() for line in text.replace("#~", "").split("\n") if line[:6] == "msgstr")


def test_one_catalog_that_cannot_be_written_stops_no_other(make: Make) -> None:
    root = make({"index.md": "Call us\n"}, locales=("es", "fr"))
    translate(root, {"Call us": "Llámenos"})
    path = root / "locale/es/LC_MESSAGES/messages.po"
    path.write_bytes(path.read_text().replace("charset=UTF-8", "charset=ISO-8859-1").encode("iso-8859-1"))
    before = path.read_bytes()
    (root / "source/index.md").write_text("Call us\n\nA “new” one\n")
    written, findings = updated(root)
    assert (
        written == ["locale/fr/LC_MESSAGES/messages.po", "locale/places.txt", "locale/messages.pot"]
        and path.read_bytes() == before
    )
    assert [(f.code, f.locale, f.span.line) for f in findings] == [("catalog", "es", 1)]
    assert "msgconv -t UTF-8" in findings[0].text


@pytest.mark.parametrize("odd", [3, 8, 13])
def test_a_line_ending_of_its_own_is_kept(make: Make, odd: int) -> None:
    root = make({"index.md": "a\n\nb\n"})
    path = translate(root, {"a": "A"})
    lines = path.read_bytes().split(b"\n")
    for usual, other in ((b"\n", b"\r\n"), (b"\r\n", b"\n")):
        body = b"".join(line + (other if at == odd else usual) for at, line in enumerate(lines[:-1]))
        path.write_bytes(body)
        assert updated(root)[0] == []
        found = po_file.load(root, "locale/es/LC_MESSAGES/messages.po")
        more = replace(found, entries=(*found.entries, po_entry.fresh(po_entry.Entry(Key(None, "n"), ("",)))))
        assert more.text().encode() == body + b"".join(line + usual for line in (b"", b'msgid "n"', b'msgstr ""'))


def test_a_plural_with_too_few_forms_is_one_entry_s_problem() -> None:
    found = parse("x.po", (HEAD + 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\n').encode())
    assert not found.broken
    assert [finding.span.line for finding in found.findings("es")] == [8] and "nplurals=2" in found.findings("es")[
        0
    ].text


@pytest.mark.parametrize("count", ["9" * 5000, "²", "0", ""])
def test_a_wild_number_of_forms_stops_nothing(make: Make, count: str) -> None:
    root = without_notices(make({"index.md": "Good\n"}, locales=("es", "fr")))
    translate(root, {"Good": "Bon"}, "fr")
    path = root / "locale/es/LC_MESSAGES/messages.po"
    path.write_text(HEAD.replace("nplurals=2", f"nplurals={count}") + GOOD)
    updated(root)
    built(root)
    assert ">Bueno</p>" in (root / "dist/es/index.html").read_text() and GOOD.strip() in path.read_text()
    assert ">Bon</p>" in (root / "dist/fr/index.html").read_text()


EMPTIED = [b"", b"\n \n", b"# a comment\n", HEAD.encode(), HEAD.encode() + b'msgid "Call us"\nmsgstr ""\n']


@pytest.mark.parametrize("body", EMPTIED)
def test_an_emptied_catalog_is_an_error(make: Make, body: bytes) -> None:
    """A catalog that had translations is not filled with blanks; the other languages are updated."""
    root = make({"index.md": "Call us\n"}, locales=("es", "fr"))
    translate(root, {"Call us": "Llámenos"})
    updated(root)
    path = root / "locale/es/LC_MESSAGES/messages.po"
    path.write_bytes(body)
    (root / "source/index.md").write_text("Call us\n\nNow\n")
    written, findings = updated(root)
    assert path.read_bytes() == body and "locale/fr/LC_MESSAGES/messages.po" in written
    assert [(f.code, f.locale, f.span) for f in findings] == [("catalog", "es", (path.relative_to(root).as_posix(), 1))]
    assert "git" in findings[0].text
    said = [
        one for one in check.check(project_of(root)) if one.code in {"catalog", "out-of-step"} and one.locale == "es"
    ]
    assert said == findings, "check says it too, and not that update would mend it"
    path.unlink()
    assert path.relative_to(root).as_posix() in updated(root)[0], "whoever deletes it begins anew"


@pytest.mark.parametrize("committed", [False, True])
def test_git_knows_of_an_emptied_catalog(make: Make, committed: bool) -> None:
    """Also where no ledger does: our templates' texts stand in none here."""
    root = without_notices(make({"index.md": "Call us\n"}, notices=False))
    path = translate(root, {"Call us": "Llámenos"})
    (root / "locale/es/reviews.jsonl").unlink(missing_ok=True)
    emptied = re.sub(r'^(msgstr\S*) .*(\n".*)*', r'\1 ""', path.read_text().partition("\n\n")[2], flags=re.M)
    if committed:
        for words in (
            ["init", "-q"],
            ["add", "."],
            ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
        ):
            subprocess.run(["git", *words], cwd=root, check=True)
    path.write_text(HEAD + emptied)
    found = [one.text for one in updated(root)[1] if one.locale == "es"]
    assert [text.partition(". ")[0] for text in found] == [
        "This catalog has translations in git and none now"
    ] * committed


@pytest.mark.parametrize("body", [HEAD.encode(), b""])
def test_an_empty_catalog_of_a_new_site_or_language_is_filled(make: Make, body: bytes) -> None:
    root = make({"index.md": "Call us\n"})
    path = root / "locale/es/LC_MESSAGES/messages.po"
    path.write_bytes(body)
    assert updated(root)[1] == [] and b'msgid "Call us"' in path.read_bytes()


def test_sticky_flags_are_flags() -> None:
    """gettext 1.0 writes `#=` for flags that stay; it is no error."""
    found = parse("x.po", (HEAD + '#= python-brace-format, fuzzy\nmsgid "a"\nmsgstr "b"\n').encode())
    assert found.problems == () and found.entries[0].fuzzy


@pytest.mark.parametrize("text", [row[1] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_catalog_is_never_written_and_the_site_builds(make: Make, text: str) -> None:
    root = without_notices(make({"index.md": "Good\n\na\n"}, locales=("es", "fr")))
    translate(root, {"Good": "Bon", "a": "à"}, "fr")
    path = root / "locale/es/LC_MESSAGES/messages.po"
    path.write_bytes(text.encode())
    _, findings = updated(root)
    assert path.read_bytes() == text.encode()
    assert [finding.code for finding in findings if finding.locale == "es"] == ["catalog"]
    built(root)
    spanish, french = (root / "dist/es/index.html").read_text(), (root / "dist/fr/index.html").read_text()
    assert ">Bueno</p>" in spanish and 'data-state="untranslated"' in spanish and ">à</p>" in french
    with pytest.raises(LockstepError, match="not written"):
        found = po_file.load(root, "locale/es/LC_MESSAGES/messages.po")
        po_file.save(root, replace(found, entries=()))


def every_catalog() -> list[Path]:
    return sorted(path for path in SHARED.glob("**/*.po*") if path.suffix in {".po", ".pot"})


def test_real_catalogs_keep_their_bytes_and_gettext_agrees() -> None:
    """Of real catalogs, whole and broken: those we call broken are those msgcat refuses, and the others come back byte for byte."""
    material("po-odd")
    gettext = shutil.which("msgcat")
    for path in every_catalog():
        body = path.read_bytes()
        found = parse(path.name, body)
        assert found.broken or found.text().encode(found.encoding, "surrogateescape") == body, path
        if gettext and path.name != "test_noencoding.po":  # msgcat wants a header there
            done = subprocess.run([gettext, "-o", "/dev/null", str(path)], capture_output=True, check=False)
            assert found.broken == (done.returncode != 0), path


def test_the_committed_catalogs_pass_msgfmt() -> None:
    if shutil.which("msgfmt") is None:
        pytest.skip("gettext is not installed")
    root = Path(__file__).parent.parent / "locale"
    for path in sorted(root.glob("*/LC_MESSAGES/*.po")):
        done = subprocess.run(
            ["msgfmt", "-c", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_a_link_in_place_of_a_catalog_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "es.po").mkdir()
    found = po_file.load(tmp_path, "es.po")
    assert found.broken and "is a folder" in found.findings("es")[0].text
