"""Odd catalogs: what gettext refuses, or what says two things, is named at its line; what is legal is read."""

from __future__ import annotations

import os
import random
import shutil
import subprocess

import pytest

from pipeline.catalog import po_file
from pipeline.core.model import Level

HEAD = (
    'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
STOP = 'msgid "Stop"\nmsgstr "Pare"\n'
PLURAL = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'


def head(old: str, new: str) -> str:
    assert old in HEAD
    return HEAD.replace(old, new, 1)


LEGAL = [
    HEAD + STOP, (HEAD + STOP).replace("\n", "\r\n"), STOP + "\n" + HEAD, HEAD + 'msgid\t"a"\n  msgstr\t"b"\n', HEAD + 'msgid "a" "b"\nmsgstr "c" "d"\n',
    HEAD + 'msgid"a"\nmsgstr"b"\n', HEAD + "#~ msgid \"a\"\n#~ msgstr \"b\"\n", HEAD + '#, fuzzy\n#~| msgid "x"\n#~ msgid "a"\n#~ msgstr "b"\n',
    HEAD + "#, fuzzy\n" + STOP, HEAD + "#, foo-format\n" + STOP, HEAD + 'msgctxt "x"\nmsgid ""\nmsgstr "y"\n', HEAD + "#\n#. a\n#: b c:1\n" + STOP,
    head("UTF-8", "utf8") + STOP, HEAD + PLURAL, head("(n != 1)", "n == 1 ? 0 : 1") + PLURAL, HEAD + STOP.rstrip("\n"), HEAD + '#= fuzzy\n' + STOP,
    HEAD + '#, python-format\nmsgid "a %(n)s 100%%"\nmsgstr "100%% b %(n)s"\n', HEAD + '#, python-brace-format\nmsgid "{a} {{b}}"\nmsgstr "{{c}} {a}"\n',
    HEAD + STOP + '\n#~ msgid "a"\n#~ msgstr "b"\n\n#~ msgid "a"\n#~ msgstr "b"\n', HEAD + STOP + '\n#, fuzzy\n#| msgid "x"\n#~ msgid "a"\n#~ msgstr "b"\n',
    HEAD + STOP + '\n#~ msgid "Stop"\n#~ msgstr "Alto"\n', HEAD + '#, fuzzy, wrap, range: 0..9\n' + STOP, HEAD + '#, no-python-format\nmsgid "a %(n)s"\nmsgstr "b"\n',
    HEAD + '#, python-format\nmsgid "50% of"\nmsgstr "50% de"\n',
    HEAD + 'msgid "a\\n"\nmsgstr "b\\n"\n', head("nplurals=2; plural=(n != 1);", "nplurals=INTEGER; plural=EXPRESSION;") + STOP,
]  # fmt: skip
WRONG = [
    # the header
    (head("\n\"Plural", '\n"Content-Type: text/plain; charset=ISO-8859-1\\n"\n"Plural') + STOP, 5, "`Content-Type` a second time", Level.ERROR),
    (head("\n\"Plural", '\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural') + STOP, 5, "`Content-Type` a second time", Level.WARNING),
    (head("\n\"Plural", '\n"Language: fr\\n"\n"Plural') + STOP, 5, "`Language` a second time", Level.ERROR),
    (HEAD.rstrip("\n") + '\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n' + STOP, 6, "`Plural-Forms` a second time", Level.ERROR),
    (head("; charset=UTF-8", "") + STOP, 4, "The header names no character set", Level.WARNING),
    (head("; charset=UTF-8", "") + 'msgid "a"\nmsgstr "ñ"\n', 4, "The header names no character set", Level.ERROR),
    (head("UTF-8", "CHARSET") + 'msgid "a"\nmsgstr "ñ"\n', 4, "The header's character set is still `CHARSET`", Level.ERROR),
    (STOP, 1, "There is no header", Level.ERROR),
    (HEAD.replace("msg", "#~ msg").replace('\n"', '\n#~ "') + STOP, 1, "There is no header", Level.ERROR),
    (HEAD + HEAD + STOP, 7, "A second header", Level.ERROR),
    ("#, fuzzy\n" + head('"Language', '"#-#-#-#-#  a.po  #-#-#-#-#\\n"\n"Language') + STOP, 4, "Two headers that msgcat could not merge", Level.ERROR),
    (head('"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', "") + PLURAL, 1, "No Plural-Forms, and the message of line 6", Level.WARNING),
    (head("nplurals=2; plural=(n != 1);", "nplurals=INTEGER; plural=EXPRESSION;") + PLURAL, 5, "No Plural-Forms, and the message of line 7", Level.WARNING),
    *((head("nplurals=2; plural=(n != 1)", rule) + PLURAL, 5, "Plural-Forms states no plural rule", Level.ERROR)
      for rule in ("plural=0", "nplurals=2; plural=(n !== 1", "nplurals=2; plural=n", "nplurals=2; plural=n%0", "nplurals=0; plural=0")),
    (head("UTF-8", "UTF-7") + STOP, 4, "Unknown character set 'utf-7'", Level.ERROR),
    (head("UTF-8", "rot13") + STOP, 4, "Unknown character set 'rot13'", Level.ERROR),
    # entries
    (HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', 9, "1 plural forms where the header says", Level.ERROR),
    (HEAD + PLURAL + '\nmsgid "e"\nmsgid_plural "b"\nmsgstr[0] "c"\n', 14, "1 of 2 plural forms: msgstr[1] is missing. Write it in", Level.ERROR),
    (HEAD + PLURAL + '\nmsgid "e"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "c"\nmsgstr[2] "d"\n', 14, "3 plural forms where the header and other texts have 2", Level.ERROR),
    (HEAD + 'msgid_plural "b"\nmsgid "a"\nmsgstr[0] "c"\nmsgstr[1] "d"\n', 7, "`msgid_plural` out of place", Level.ERROR),
    (HEAD + 'msgid "a"\nmsgctxt "x"\nmsgstr "b"\n', 8, "`msgctxt` out of place", Level.ERROR),
    (HEAD + 'msgid\u00a0"a"\nmsgstr\u00a0"b"\n', 7, "Not a line of a catalog", Level.ERROR),
    (HEAD + '#| msgctxt "x"\n' + STOP, 8, "A former context (`#| msgctxt`) without a former text", Level.ERROR),
    (HEAD + 'msgid "a"\n#~ msgstr "b"\n', 8, "An entry that is obsolete (#~) in part only", Level.ERROR),
    (HEAD + '#~ msgid "a"\nmsgstr "b"\n', 8, "An entry that is obsolete (#~) in part only", Level.ERROR),
    (HEAD + 'msgid "a"\nmsgstr ""\n"#-#-#-#-#  a.po  #-#-#-#-#\\n"\n"b"\n', 8, "Two translations that msgcat could not merge", Level.ERROR),
    (HEAD + '#, fuzzy\nmsgid "a"\nmsgstr ""\n"#-#-#-#-#  a.po  #-#-#-#-#\\n"\n"b"\n', 9, "Two translations that msgcat could not merge", Level.ERROR),
    (HEAD + 'msgid "a"\nmsgstr "b\\n"\n', 8, "Of msgid and msgstr one ends with", Level.WARNING),
    (HEAD + 'msgid "\\na"\nmsgstr "b"\n', 8, "Of msgid and msgstr one begins with", Level.WARNING),
    (HEAD + '#, python-brace-format\nmsgid "a {name}"\nmsgstr "b {nombre}"\n', 9, "The placeholders are not those of the English", Level.ERROR),
    (HEAD + '#, python-format\nmsgid "a %(n)s"\nmsgstr "b %(m)s"\n', 9, "The placeholders are not those of the English", Level.ERROR),
    (HEAD + STOP + '\n#~ msgid "a"\n#~ msgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n', 13, "The obsolete message of line 10 a second time", Level.WARNING),
    *((HEAD + f"#, {flag}\n" + STOP, 8, f"`#, {flag}` is no flag", Level.ERROR) for flag in ("fuzy", "Fuzzy", "fuzz", "FUZZY", "fuzzey")),
    (HEAD + '#, python-format, no-python-format\nmsgid "a %(n)s"\nmsgstr "b %(n)s"\n', 8, "The flags `python-format` and `no-python-format`", Level.WARNING),
    (HEAD + '#, python-format\nmsgid "a %(n)s"\nmsgstr "b"\n', 9, "The placeholders are not those of the English", Level.ERROR),
]  # fmt: skip


@pytest.mark.parametrize("text", LEGAL)
def test_legal_ones_are_read(text: str) -> None:
    found = po_file.parse("es.po", text.encode())
    assert found.entries and not found.problems
    assert found.text().encode() == text.encode()


@pytest.mark.parametrize(("text", "line", "what", "level"), WRONG)
def test_odd_ones_are_named_at_their_line(text: str, line: int, what: str, level: Level) -> None:
    found = po_file.parse("es.po", text.encode())
    told = [one for one in found.findings("es") if one.text.startswith(what)]
    assert [(one.span.line, one.level) for one in told] == [(line, level)], found.findings("es")


def test_what_msgcat_left_is_never_shown() -> None:
    found = po_file.parse("es.po", (HEAD + 'msgid "a"\nmsgstr "#-#-#-#-#  a.po  #-#-#-#-#\\n"\n"b"\n').encode())
    assert not found.entries and found.broken


def mangled(text: str) -> dict[str, str]:
    """A catalog with one line left out, doubled or moved, or one character left out, put in or another: by what was done to it."""
    lines, dice = text.splitlines(keepends=True), random.Random(1)
    made = {}
    for at in range(len(lines)):
        made[f"line {at + 1} left out"] = "".join(lines[:at] + lines[at + 1 :])
        made[f"line {at + 1} twice"] = "".join(lines[: at + 1] + lines[at:])
        made[f"line {at + 1} after the next"] = "".join(
            lines[:at] + lines[at + 1 : at + 2] + lines[at : at + 1] + lines[at + 2 :]
        )
    for at in sorted(dice.sample(range(len(text)), 120)):
        line, odd = text.count("\n", 0, at) + 1, dice.choice('"\\#x\n [~%\0')
        made[f"line {line}: {text[at]!r} left out"] = text[:at] + text[at + 1 :]
        made[f"line {line}: {odd!r} before {text[at]!r}"] = text[:at] + odd + text[at:]
        made[f"line {line}: {odd!r} for {text[at]!r}"] = text[:at] + odd + text[at + 1 :]
    return made


MANGLED = (
    "# Spanish\n" + HEAD + '# a note\n#. of the author\n#: a.md:1\n#, fuzzy\n#| msgid "Stop it."\nmsgid "Stop."\nmsgstr "Pare."\n\n'
    '#, python-format\nmsgid "Call %(phone)s."\nmsgstr "Llame a %(phone)s."\n\nmsgctxt "menu"\nmsgid "Home \\"here\\""\nmsgstr ""\n"Inicio "\n"\\"aquí\\""\n\n'
    '#, python-format\nmsgid "%(n)d day"\nmsgid_plural "%(n)d days"\nmsgstr[0] "%(n)d día"\nmsgstr[1] "%(n)d días"\n\n'
    '#~ msgid "Gone"\n#~ msgstr "Ido"\n'
)  # fmt: skip

READ = {
    "line 6 left out": "a plural without a rule is read by the language's own, with a warning",
    "line 11 after the next": "the former English stands before the flags: no line says anything else",
}
"""What gettext refuses and we read, and why."""


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs gettext's msgfmt")
def test_what_gettext_refuses_is_an_error_here() -> None:
    """Of one odd line or character. READ are read all the same."""
    silent = []
    for name, text in mangled(MANGLED).items():
        done = subprocess.run(["msgfmt", "-c", "-o", os.devnull, "-"], input=text.encode(), capture_output=True)
        found = po_file.parse("es.po", text.encode()).findings("es")
        if done.returncode and not any(one.level == Level.ERROR for one in found):
            silent.append(name)
    assert set(silent) == set(READ)


def test_a_code_that_ends_with_its_x_is_read_over() -> None:
    """The text of an entry that cannot be read is read all the same, whatever stands in it: the number of nothing stopped the reader."""
    text = 'msgid ""\nmsgstr "Language: es\\n"\n\nmsgid "a"\nmsgstr "\\xgstr "b"\n'
    assert po_file.parse("a.po", text.encode()).problems
