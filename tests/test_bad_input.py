"""Bad input of every kind: one clear error with file and line, nothing lost, no traceback.

A table of a file, what stands in it, the line that is named and how the error begins. What is good stands in other tests.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.conftest import Make, lay_out, read_tree, translate

PAGES = {"index.md": "---\ntitle: Home\n---\n\n# Home\n\nStop the pump.\n", "care.md": "# Care\n\nRest well.\n"}
DATA = "name: Site\nnav:\n  - page: index.md\n    label: Home\n"
WORDS = {"Stop the pump.": "Pare la bomba.", "Rest well.": "Descanse bien.", "Home": "Inicio"}
LOCALES = 'locales = ["es"]\n'
SETTINGS = """\
[project]
name = "t"
version = "0"

[tool.lockstep]
locales = ["es"]

# What is translated: also read by plain `pybabel extract -F pyproject.toml .`
[[tool.babel.mappings]]
method = "lockstep-markdown"
pattern = "source/**.md"
keys = ["title", "description"]

[[tool.babel.mappings]]
method = "lockstep-yaml"
pattern = "source/**.yaml"
keys = ["name", "tagline", "sample", "nav.label"]

[[tool.babel.mappings]]
method = "lockstep-template"
pattern = "templates/**.html"
"""
"""The settings of the site that each row spoils."""


def beside(text: str) -> str:
    """The settings with more of [tool.lockstep]."""
    return SETTINGS.replace(LOCALES, LOCALES + text, 1)


def instead(old: str, new: str) -> str:
    """The settings with other lines in place of some."""
    assert old in SETTINGS
    return SETTINGS.replace(old, new, 1)


def end(text: str) -> str:
    """The settings and more below them."""
    return f"{SETTINGS}\n{text}"


BAD = [
    ('pyproject.toml', instead('locales = ["es"]', 'locales = ["es", "xx"]'), 6, '[tool.lockstep] `locales` item 2 has xx, and xx is no language that CLDR knows'),
    ('pyproject.toml', instead('locales = ["es"]', 'locales = ["es", "es_ZQ"]'), 6, '[tool.lockstep] `locales` item 2 has es_ZQ, and ZQ is no script or region'),
    ('pyproject.toml', instead('locales = ["es"]', 'locales = ["es", "zh_Hons"]'), 6, '[tool.lockstep] `locales` item 2 has zh_Hons, and Hons is no script or region'),
    ('pyproject.toml', beside('url = "https://[x"\n'), 7, '[tool.lockstep] `url` is the address the sit'),
    ('pyproject.toml', beside('url = "https://"\n'), 7, '[tool.lockstep] `url` is the address the sit'),
    ('pyproject.toml', beside('url = 3\n'), 7, '[tool.lockstep] `url` is the address the sit'),
    ('pyproject.toml', beside('url = "ftp://x"\n'), 7, '[tool.lockstep] `url` is the address the sit'),
    ('pyproject.toml', beside('url = "https://x:99999"\n'), 7, '[tool.lockstep] `url` is the address the sit'),
    ('pyproject.toml', beside('url="https://x y"\n'), 7, '[tool.lockstep] `url` is the address the sit'),
    ('pyproject.toml', beside('url="https://\\u0000"\n'), 7, '[tool.lockstep] `url` is the address the sit'),
    ('pyproject.toml', instead('method = "lockstep-markdown"\n', 'method = "lockstep-markdwon"\n'), 10, '[[tool.babel.mappings]] `method` is one of l'),
    ('pyproject.toml', instead('pattern = "source/**.md"\n', 'pattern = [3]\n'), 11, '[[tool.babel.mappings]] `pattern` item 1 is '),
    ('pyproject.toml', instead('pattern = "source/**.md"\n', 'pattern = 3\n'), 11, '[[tool.babel.mappings]] `pattern` is a text,'),
    ('pyproject.toml', instead('keys = ["title", "description"]\n', 'keys = 5\n'), 12, '[[tool.babel.mappings]] `keys` is a text, or'),
    ('pyproject.toml', instead('keys = ["title", "description"]\n', 'keys = [5]\n'), 12, '[[tool.babel.mappings]] `keys` item 1 is a t'),
    ('pyproject.toml', instead('keys = ["title", "description"]\n', 'kyes = ["title"]\n'), 12, '[[tool.babel.mappings]] `kyes` is not an opt'),
    ('pyproject.toml', instead('method = "lockstep-markdown"\n', 'method = ""\n'), 10, '[[tool.babel.mappings]] `method` is one of l'),
    ('pyproject.toml', instead('method = "lockstep-markdown"\n', 'method = 3\n'), 10, '[[tool.babel.mappings]] `method` is one of l'),
    ('pyproject.toml', '[project]\nname = "t"\nversion = "0"\n\n[tool.lockstep]\nlocales = ["es"]\n\n# What is translated: also read by plain `pybabel extract -F pyproject.toml .`\n[tool.babel]\nmappings = 3\n', 10, '[tool.babel] `mappings` is a list of tables,'),
    ('pyproject.toml', '[project]\nname = "t"\nversion = "0"\n\n[tool.lockstep]\nlocales = ["es"]\n\n# What is translated: also read by plain `pybabel extract -F pyproject.toml .`\n[tool.babel]\nmappings = [3]\n', 10, '[tool.babel] `mappings` item 1 is a table, n'),
    ('pyproject.toml', '[project]\nname = "t"\nversion = "0"\n\n[tool.lockstep]\nlocales = ["es"]\n\n# What is translated: also read by plain `pybabel extract -F pyproject.toml .`\n[tool]\nbabel = 3\n', 10, '`babel` is a table, not 3'),
    ('pyproject.toml', '[tool]\nlockstep = 3\n', 2, '`lockstep` is a table, not 3'),
    ('pyproject.toml', 'tool = 3\n', 1, '`tool` is a table, not 3'),
    ('pyproject.toml', '', 1, 'has no [tool.lockstep]'),
    ('pyproject.toml', SETTINGS.encode('utf-16'), 1, 'not UTF-8'),
    ('pyproject.toml', b'\xff\xfe\x00', 1, 'not UTF-8'),
    ('pyproject.toml', beside('reading-grade = ' + '9' * 5000 + '\n'), 7, 'a number of too many digits'),
    ('pyproject.toml', beside('reading-grade = nan\n'), 7, '[tool.lockstep] `reading-grade` is a school '),
    ('pyproject.toml', beside('reading-grade = inf\n'), 7, '[tool.lockstep] `reading-grade` is a school '),
    ('pyproject.toml', beside('reading-grade = "8"\n'), 7, '[tool.lockstep] `reading-grade` is a school '),
    ('pyproject.toml', beside('reading-grade = true\n'), 7, '[tool.lockstep] `reading-grade` is a school '),
    ('pyproject.toml', beside('boxes = ["<b>"]\n'), 7, '[tool.lockstep] `boxes` item 1 is a kind of '),
    ('pyproject.toml', beside('boxes = 3\n'), 7, '[tool.lockstep] `boxes` is a list of kinds o'),
    ('pyproject.toml', beside('front-matter = [[]]\n'), 7, '[tool.lockstep] `front-matter` item 1 is a t'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = "es"\n'), 6, '[tool.lockstep] `locales` is a list of names'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = ["es","es"]\n'), 6, '[tool.lockstep] `locales` item 2 stands twic'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = ["en"]\n'), 6, '[tool.lockstep] `locales` item 1 stands twic'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = ["../../etc"]\n'), 6, '[tool.lockstep] `locales` item 1 is a locale'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = ["ES"]\n'), 6, '[tool.lockstep] `locales` item 1 is a locale'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = [""]\n'), 6, '[tool.lockstep] `locales` item 1 is a locale'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = [3]\n'), 6, '[tool.lockstep] `locales` item 1 is a locale'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = ' + '9' * 5000 + '\n'), 6, 'a number of too many digits'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = ["es\\n"]\n'), 6, '[tool.lockstep] `locales` item 1 is a locale'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = [[["es"]]]\n'), 6, '[tool.lockstep] `locales` item 1 is a locale'),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locale = ["es"]\n'), 6, "[tool.lockstep] `locale` is a table, not ['e"),
    ('pyproject.toml', instead('locales = ["es"]\n', 'locales = ["es"\n'), 9, 'not valid TOML'),
    ('pyproject.toml', beside('locales = ["es"]\n'), 7, 'not valid TOML'),
    ('pyproject.toml', beside('source-locale = "es"\n'), 6, '[tool.lockstep] `locales` item 1 stands twic'),
    ('pyproject.toml', beside('source-locale = 4\n'), 7, '[tool.lockstep] `source-locale` is a locale '),
    ('pyproject.toml', end('[tool.lockstep.gate]\ntranslated = {es = "x"}\n'), 24, '[tool.lockstep.gate.translated] `es` is a pe'),
    ('pyproject.toml', end('[tool.lockstep.gate]\ntranslated = {fr = 3}\n'), 24, '[tool.lockstep.gate.translated] `fr` is not '),
    ('pyproject.toml', end('[tool.lockstep.gate]\ntranslated = nan\n'), 24, '[tool.lockstep.gate] `translated` is a perce'),
    ('pyproject.toml', end('[tool.lockstep.gate]\nunpublished = "es"\n'), 24, '[tool.lockstep.gate] `unpublished` is a list'),
    ('pyproject.toml', end('[tool.lockstep.policy]\ngrace = -1\n'), 24, '[tool.lockstep.policy] `grace` is a number o'),
    ('pyproject.toml', end('[tool.lockstep.policy]\ngrace = 1e9\n'), 24, '[tool.lockstep.policy] `grace` is a number o'),
    ('pyproject.toml', end('[tool.lockstep.policy]\nwording = ["english","serve"]\n'), 24, '[tool.lockstep.policy] `wording` serves an o'),
    ('pyproject.toml', end('[tool.lockstep.policy]\nwording = []\n'), 24, '[tool.lockstep.policy] `wording` is one of s'),
    ('pyproject.toml', end('[tool.lockstep.policy]\nrequire = ["boss"]\n'), 24, '[tool.lockstep.policy] `require` item 1 is o'),
    ('pyproject.toml', end('[tool.lockstep.policy]\ncritical = "serve"\n'), 24, '[tool.lockstep.policy] `critical` is english'),
    ('pyproject.toml', end('[[tool.lockstep.policy.rules]]\n'), 23, '[[tool.lockstep.policy.rules]] says nothing'),
    ('pyproject.toml', end('[[tool.lockstep.policy.rules]]\nblocks = "x"\ngrace = 3\n'), 24, '[[tool.lockstep.policy.rules]] `blocks` is o'),
    ('pyproject.toml', end('[tool.lockstep.policy]\nrules = {}\n'), 24, '[tool.lockstep.policy.rules] is a list of ta'),
    ('pyproject.toml', end('[tool.lockstep.policy]\ngrace = ' + '9' * 5000 + '\n'), 24, 'a number of too many digits'),
    ('pyproject.toml', end('[[tool.lockstep.checks]]\n'), 23, '[[tool.lockstep.checks]] has no `check`'),
    ('pyproject.toml', end('[[tool.lockstep.checks]]\ncheck = "nosuch"\nlevel = "off"\n'), 23, 'There is no check'),
    ('pyproject.toml', end('[tool.lockstep]\nlocales=["fr"]\n'), 23, 'not valid TOML'),
    ('pyproject.toml', end('[tool.lockstep.locale.es]\ndirection = "up"\n'), 24, '[tool.lockstep.locale.es] `direction` is one'),
    ('pyproject.toml', end('[tool.lockstep.locale.es]\nplural-forms = "nplurals=99999999; plural=n"\n'), 24, '[tool.lockstep.locale.es] `plural-forms` is '),
    ('pyproject.toml', end('[tool.lockstep.locale.es]\nplural-forms = "nplurals=2; plural=n/0"\n'), 24, '[tool.lockstep.locale.es] `plural-forms` is '),
    ('pyproject.toml', end('[tool.lockstep.locale.es]\nplural-forms = "nplurals=2; plural=' + '(' * 5001 + 'n"\n'), 24, '[tool.lockstep.locale.es] `plural-forms` is '),
    ('pyproject.toml', end('[tool.lockstep.locale.es]\nname = 3\n'), 24, '[tool.lockstep.locale.es] `name` is a text, '),
    ('pyproject.toml', end('[tool.lockstep.locale.fr]\nname = "x"\n'), 23, '[tool.lockstep.locale.fr] is not one of the '),
    ('source/site.yaml', 'nav: hello\n', 1, '`nav` is no list of pages, so there is no me'),
    ('source/site.yaml', 'nav:\n  page: index.md\n', 1, '`nav` is no list of pages, so there is no me'),
    ('source/site.yaml', 'nav:\n  - hello\n', 2, '`nav` names'),
    ('source/site.yaml', 'nav:\n  - page: 3\n', 2, '`nav` names'),
    ('source/site.yaml', 'nav:\n  - page: missing.md\n    label: X\n', 2, '`nav` names'),
    ('source/site.yaml', 'nav:\n  - label: X\n', 2, '`nav` names'),
    ('source/site.yaml', 'nav:\n  - page: [a]\n    label: {b: c}\n', 2, '`nav` names'),
    ('source/site.yaml', '- a\n', 1, 'expected `key: value` lines. Write a mapping'),
    ('source/site.yaml', 'hello\n', 1, 'expected `key: value` lines. Write a mapping'),
    ('source/site.yaml', 'name: [a]\n', 1, '`name` is not text, so no page can show it. '),
    ('source/site.yaml', 'name: {a: b}\n', 1, '`name` is not text, so no page can show it. '),
    ('source/site.yaml', 'name: a\nname: b\n', 2, 'the key `name` stands twice. Keep one of the'),
    ('source/site.yaml', 'a: &x b\nc: *x\n', 1, 'an anchor (&x). Remove it.'),
    ('source/site.yaml', 'a: !!python/object x\n', 1, 'a tag (tag:yaml.org,2002:python/object). Rem'),
    ('source/site.yaml', 'a: "\\x00"\n', 1, 'the control character U+0000. Remove it; no '),
    ('source/site.yaml', b'a: "\xed\xa0\x80"\n', 1, 'not UTF-8. Save the file as UTF-8.'),
    ('source/site.yaml', b'\xff\xfe', 1, 'not UTF-8. Save the file as UTF-8.'),
    ('source/site.yaml', 'a: b: c\n', 1, 'not valid YAML'),
    ('source/site.yaml', '\ta: b\n', 1, 'not valid YAML'),
    ('source/site.yaml', 'a: "\n', 1, 'not valid YAML'),
    ('source/site.yaml', 'a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n', 1, 'nested too deeply. Flatten it.'),
    ('source/site.yaml', '? [a]\n: b\n', 1, 'a key that is not text. Write a plain word b'),
    ('source/site.yaml', '<<: {a: b}\n', 1, 'a merge key (<<). Write the values out.'),
    ('source/site.yaml', 'a: b\n---\nc: d\n', 2, 'a second YAML document. Remove the `---` lin'),
    ('source/site.yaml', '%YAML 9.9\n---\na: b\n', 1, 'not valid YAML'),
    ('source/site.yaml', 'tagline: 3\nsample: [1]\n', 2, '`sample` is neither text nor a group of text'),
    ('source/site.yaml', 'nav:\n  - page: ../index.md\n    label: x\n', 2, '`nav` names'),
    ('source/site.yaml', 'nav:\n  - page: https://[x\n    label: x\n', 2, '`nav` names'),
    ('source/site.yaml', 'languages: [x]\n', 1, '`languages` is neither text nor a group of t'),
    ('source/site.yaml', 'name: "\\ud83d"\n', 1, 'not valid YAML'),
    ('source/care.md', '---\ntitle: x\n# Care\n\nRest well.\n', 1, 'This front matter has no end, so it would be'),
    ('source/care.md', '---\ntitle: [a]\n---\n# Care\n', 2, '`title` is not text. Write it on one line, i'),
    ('source/care.md', '---\ntitle: {a: b}\n---\n# Care\n', 2, '`title` is not text. Write it on one line, i'),
    ('source/care.md', '---\n- a\n---\n# C\n', 2, 'expected `key: value` lines. Write a mapping'),
    ('source/care.md', '---\ntitle: "x\n---\n# C\n', 2, 'not valid YAML'),
    ('source/care.md', '---\nupdated: nope\n---\n# C\n', 2, '`updated: nope` is not a date. Write it as 2'),
    ('source/care.md', '---\nupdated: 99999999\n---\n# C\n', 2, '`updated: 99999999` is not a date. Write it '),
    ('source/care.md', '---\nupdated: [x]\n---\n# C\n', 2, "`updated: ['x']` is not a date. Write it as "),
    ('source/care.md', '---\nclass: [x]\n---\n# C\n', 2, '`class` is not text. Write it on one line, i'),
    ('source/care.md', '---\nclass: "\\u0000"\n---\n# C\n', 2, 'the control character U+0000. Remove it; no '),
    ('source/care.md', '---\ndraft: maybe\n---\n# C\n', 2, '`draft: maybe` is neither true nor false.'),
    ('source/care.md', '---\ndraft: [true]\n---\n# C\n', 2, "`draft: ['true']` is neither true nor false."),
    ('source/care.md', b'\xff\xfe# Care', 1, 'not UTF-8. Save the file as UTF-8.'),
    ('source/care.md', b'# Care\n\n\xff\n', 3, 'not UTF-8. Save the file as UTF-8.'),
    ('source/care.md', '# Care\n\n<<<<<<< HEAD\nTake one.\n=======\nTake two.\n>>>>>>> doses\n', 3, 'a merge conflict that nobody has resolved. Resolve it'),
    ('source/care.md', '# Care\n\nTake two.\n>>>>>>> doses\n', 4, 'a merge conflict that nobody has resolved. Resolve it'),
    ('source/care.md', '---\n---\n', 1, 'This page is empty. Restore it from git, or '),
    ('source/care.md', '# C\n\n\x00\n', 3, 'The control character U+0000 stands here, wh'),
    ('source/care.md', '# C\n\n' + '>' * 5000 + ' x\n', 3, 'Nested too deeply: text below this point wou'),
    ('source/care.md', '', 1, 'This page is empty. Restore it from git, or '),
    ('source/care.md', '\n', 1, 'This page is empty. Restore it from git, or '),
    ('source/care.md', '# C\n\n<!-- i18n: criticall -->\n\nx\n', 3, 'Not a directive Lockstep knows, or not alone'),
    ('source/care.md', '# C\n\n<!-- i18n: comment: x\n', 3, '`<!--` has no end: a browser reads all that '),
    ('source/care.md', '# C\n\n```\nx\n', 3, 'This code block has no end: the rest of the '),
    ('source/care.md', '::: warning\nx\n', 1, 'This box has no end. Close it with a line of'),
    ('source/care.md', '---\ntitle: x\ntitle: y\n---\n# C\n', 3, 'the key `title` stands twice. Keep one of th'),
    ('source/care.md', '---\ntitle: *a\n---\n# C\n', 2, 'an alias (*a). Write the value out.'),
    ('source/care.md', '# C\n\n\u202e\x07x\n', 3, 'The control character U+0007 stands here, wh'),
    ('source/care.yaml', 'x', 1, 'expected `key: value` lines. Write a mapping'),
    ('source/care.yaml', 'a: b\na: c\n', 2, 'the key `a` stands twice. Keep one of the tw'),
    ('source/care.yaml', b'\xff', 1, 'not UTF-8. Save the file as UTF-8.'),
    ('templates/page.html', '{% if %}', 1, 'broken template: Expected an expression, got'),
    ('templates/page.html', b'\xff\xfe', 1, 'not UTF-8. Save the file as UTF-8.'),
    ('templates/page.html', '{{ _("x") }', 1, 'broken template: unexpected'),
    ('templates/page.html', '{% trans %}', 1, 'broken template: unclosed translation block.'),
    ('templates/page.html', 'x\n{{ ' + '[' * 500 + ']' * 500 + ' }}', 2, 'broken template: nested too deeply'),
    ('templates/page.html', '{{' + '{' * 90, 1, 'broken template: nested too deeply'),
    ('templates/page.html', '{% if 1 %}' * 600 + '{% endif %}' * 600, 1, 'broken template: nested too deeply'),
    ('templates/page.html', 'x\n{{ ' + '9' * 5000 + ' }}', 2, 'broken template: a number of too many digits'),
    ('templates/page.html', 'x\n{{ _("\\ud83d") }}', 2, 'broken template: this text has half a character'),
    ('templates/extra.html', '{% if %}', 1, 'broken template: Expected an expression, got'),
    ('templates/extra.html', '<p>\r\n<<<<<<< HEAD\r\n', 2, 'a merge conflict that nobody has resolved. Resolve it'),
    ('templates/extra.html', b'\xff\xfe', 1, 'not UTF-8. Save the file as UTF-8.'),
    ('locale/glossary.yaml', 'x', 1, 'expected `key: value` lines. Write a mapping'),
    ('locale/glossary.yaml', 'protected: morphine\n', 1, '`protected` is a list of names, not'),
    ('locale/glossary.yaml', 'protected: [3, ""]\n', 1, '`protected` is a name that has a letter, not'),
    ('locale/glossary.yaml', 'protected:\n  - nane: x\n', 2, '`protected.nane` is not a locale name: es, z'),
    ('locale/glossary.yaml', 'protected:\n  - name: x\n    es: {a: b}\n', 3, '`protected.es` is a text with commas, or a l'),
    ('locale/glossary.yaml', 'protected:\n  - name: x\n    xx_yy_zz: y\n', 3, '`protected.xx_yy_zz` is not a locale name: e'),
    ('locale/glossary.yaml', 'terms:\n  - english: x\n    es: y\n', 3, '`terms.es` is a table, not'),
    ('locale/glossary.yaml', 'terms:\n  - english: x\n    es:\n      mist: y\n', 4, '`terms.es.mist` is not a setting. Did you me'),
    ('locale/glossary.yaml', 'terms: x\n', 1, '`terms` is a list of terms, not'),
    ('locale/glossary.yaml', 'terms:\n  - es: y\n', 2, '`terms.es` is a table, not'),
    ('locale/glossary.yaml', b'\xff', 1, 'not UTF-8. Save the file as UTF-8.'),
    ('locale/glossary.yaml', 'a: b\n', 1, '`a` is not a setting. The settings are: prot'),
    ('locale/glossary.yaml', 'protected: []\nprotected: []\n', 2, 'the key `protected` stands twice. Keep one o'),
    ('locale/glossary.yaml', 'terms:\n  - english: [a, [b]]\n    es:\n      must: [x]\n', 2, "`terms.english` is a form that has a letter, "),
    ('locale/glossary.yaml', '[[[[', 2, 'not valid YAML'),
    ('locale/es/exceptions.yaml', 'x', 1, 'expected `key: value` lines. Write a mapping'),
    ('locale/es/exceptions.yaml', 'exceptions: x\n', 1, '`exceptions` is a table, not'),
    ('locale/es/exceptions.yaml', 'exceptions:\n  - x\n', 2, '`exceptions` is a table, not'),
    ('locale/es/exceptions.yaml', 'exceptions:\n  - check: a\n', 2, '`exceptions` has no `message`. `lockstep acc'),
    ('locale/es/exceptions.yaml', b'\xff', 1, 'This file is not UTF-8. Save it as UTF-8.'),
    ('locale/es/exceptions.yaml', 'exceptions: {a: b}\n', 1, '`exceptions` has no `check`. `lockstep accep'),
    ('locale/es/exceptions.yaml', '- a\n', 1, 'expected `key: value` lines. Write a mapping'),
    ('locale/es/exceptions.yaml', 'exceptions:\n  - check: [a]\n    message: x\n    translation: y\n    reason: z\n    by: "?"\n    on: 1\n', 2, '`exceptions.check` is a text that is not bla'),
    ('locale/es/exceptions.yaml', 'exception: []\n', 1, '`exception` is not a setting of this file, w'),
    ('locale/edits.jsonl', 'x\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/edits.jsonl', '[]\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/edits.jsonl', '{}\n', 1, 'This line cannot be read: `page` is a text. '),
    ('locale/edits.jsonl', '3\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/edits.jsonl', 'null\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/edits.jsonl', '{"a":' * 2000, 1, 'This line cannot be read: nested too deeply.'),
    ('locale/edits.jsonl', '{"how":[]}\n', 1, 'This line cannot be read: `page` is a text. '),
    ('locale/edits.jsonl', b'\xff\n', 1, 'This line cannot be read: not UTF-8. Restore'),
    ('locale/edits.jsonl', '{"by":{},"how":"recalled"}\n', 1, 'This line cannot be read: `page` is a text. '),
    ('locale/edits.jsonl', '[1', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/edits.jsonl', '\x00\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/edits.jsonl', '{"message":"zz","date":"2026-02-31T00:00:00Z"}\n', 1, 'This line cannot be read: `page` is a text. '),
    ('locale/edits.jsonl', '{"x":' + '9' * 5000 + '}\n', 1, 'This line cannot be read: a number of too ma'),
    ('locale/edits.jsonl', '<<<<<<< ours\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/edits.jsonl', '{"x":1e999}\n', 1, 'This line cannot be read: `page` is a text. '),
    ('locale/edits.jsonl', '{"x":NaN}\n', 1, 'This line cannot be read: `page` is a text. '),
    ('locale/edits.jsonl', '{"how": "recalled", "message": "0011223344556677", "date": "2026-01-01T00:00:00Z", "by": ["\\ud800"]}\n', 1, 'This line cannot be read: half a character, '),
    ('locale/recalls.jsonl', 'x\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/recalls.jsonl', '[]\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/recalls.jsonl', '{}\n', 1, 'This line cannot be read: `how` is recalled '),
    ('locale/recalls.jsonl', '3\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/recalls.jsonl', 'null\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/recalls.jsonl', '{"a":' * 2000, 1, 'This line cannot be read: nested too deeply.'),
    ('locale/recalls.jsonl', '{"how":[]}\n', 1, 'This line cannot be read: `how` is recalled '),
    ('locale/recalls.jsonl', b'\xff\n', 1, 'This line cannot be read: not UTF-8. Restore'),
    ('locale/recalls.jsonl', '{"by":{},"how":"recalled"}\n', 1, 'This line cannot be read: `by` is a list of '),
    ('locale/recalls.jsonl', '[1', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/recalls.jsonl', '\x00\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/recalls.jsonl', '{"message":"zz","date":"2026-02-31T00:00:00Z"}\n', 1, 'This line cannot be read: `how` is recalled '),
    ('locale/recalls.jsonl', '{"x":' + '9' * 5000 + '}\n', 1, 'This line cannot be read: a number of too ma'),
    ('locale/recalls.jsonl', '<<<<<<< ours\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/recalls.jsonl', '{"x":1e999}\n', 1, 'This line cannot be read: `how` is recalled '),
    ('locale/recalls.jsonl', '{"x":NaN}\n', 1, 'This line cannot be read: `how` is recalled '),
    ('locale/recalls.jsonl', '{"how": "recalled", "message": "0011223344556677", "date": "2026-01-01T00:00:00Z", "by": ["\\ud800"]}\n', 1, 'This line cannot be read: half a character, '),
    ('locale/questions.jsonl', 'x\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/questions.jsonl', '[]\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/questions.jsonl', '{}\n', 1, 'This line cannot be read: `how` is asked or '),
    ('locale/questions.jsonl', '3\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/questions.jsonl', 'null\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/questions.jsonl', '{"a":' * 2000, 1, 'This line cannot be read: nested too deeply.'),
    ('locale/questions.jsonl', '{"how":[]}\n', 1, 'This line cannot be read: `how` is asked or '),
    ('locale/questions.jsonl', b'\xff\n', 1, 'This line cannot be read: not UTF-8. Restore'),
    ('locale/questions.jsonl', '{"by":{},"how":"recalled"}\n', 1, 'This line cannot be read: `how` is asked or '),
    ('locale/questions.jsonl', '[1', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/questions.jsonl', '\x00\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/questions.jsonl', '{"message":"zz","date":"2026-02-31T00:00:00Z"}\n', 1, 'This line cannot be read: `how` is asked or '),
    ('locale/questions.jsonl', '{"x":' + '9' * 5000 + '}\n', 1, 'This line cannot be read: a number of too ma'),
    ('locale/questions.jsonl', '<<<<<<< ours\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/questions.jsonl', '{"x":1e999}\n', 1, 'This line cannot be read: `how` is asked or '),
    ('locale/questions.jsonl', '{"x":NaN}\n', 1, 'This line cannot be read: `how` is asked or '),
    ('locale/questions.jsonl', '{"how": "recalled", "message": "0011223344556677", "date": "2026-01-01T00:00:00Z", "by": ["\\ud800"]}\n', 1, 'This line cannot be read: half a character, '),
    ('locale/questions.jsonl', '{"how": "asked", "question": "0011223344556677", "message": "0011223344556677", "date": "2026-01-01T00:00:00Z", "by": "Ana", "text": "Why?"}\n', 1, 'This line cannot be read: `question` is not '),
    ('locale/es/reviews.jsonl', 'x\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/es/reviews.jsonl', '[]\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/es/reviews.jsonl', '{}\n', 1, 'This line cannot be read: `message` is an id'),
    ('locale/es/reviews.jsonl', '3\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/es/reviews.jsonl', 'null\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/es/reviews.jsonl', '{"a":' * 2000, 1, 'This line cannot be read: nested too deeply.'),
    ('locale/es/reviews.jsonl', '{"how":[]}\n', 1, 'This line cannot be read: `how` is signed, v'),
    ('locale/es/reviews.jsonl', b'\xff\n', 1, 'This line cannot be read: not UTF-8. Restore'),
    ('locale/es/reviews.jsonl', '{"by":{},"how":"recalled"}\n', 1, 'This line cannot be read: `how` is signed, v'),
    ('locale/es/reviews.jsonl', '[1', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/es/reviews.jsonl', '\x00\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/es/reviews.jsonl', '{"message":"zz","date":"2026-02-31T00:00:00Z"}\n', 1, 'This line cannot be read: `message` is an id'),
    ('locale/es/reviews.jsonl', '{"x":' + '9' * 5000 + '}\n', 1, 'This line cannot be read: a number of too ma'),
    ('locale/es/reviews.jsonl', '<<<<<<< ours\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/es/reviews.jsonl', '{"x":1e999}\n', 1, 'This line cannot be read: `message` is an id'),
    ('locale/es/reviews.jsonl', '{"x":NaN}\n', 1, 'This line cannot be read: `message` is an id'),
    ('locale/es/reviews.jsonl', '{"how": "recalled", "message": "0011223344556677", "date": "2026-01-01T00:00:00Z", "by": ["\\ud800"]}\n', 1, 'This line cannot be read: half a character, '),
    ('locale/es/former.jsonl', 'x\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/es/former.jsonl', '[]\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/es/former.jsonl', '{}\n', 1, 'This line cannot be read: `message` is an id'),
    ('locale/es/former.jsonl', '3\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/es/former.jsonl', 'null\n', 1, 'This line cannot be read: not a JSON object.'),
    ('locale/es/former.jsonl', '{"a":' * 2000, 1, 'This line cannot be read: nested too deeply.'),
    ('locale/es/former.jsonl', '{"how":[]}\n', 1, 'This line cannot be read: `how` is lent, g'),
    ('locale/es/former.jsonl', b'\xff\n', 1, 'This line cannot be read: not UTF-8. Restore'),
    ('locale/es/former.jsonl', '{"by":{},"how":"recalled"}\n', 1, 'This line cannot be read: `how` is lent, g'),
    ('locale/es/former.jsonl', '[1', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/es/former.jsonl', '\x00\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/es/former.jsonl', '{"message":"zz","date":"2026-02-31T00:00:00Z"}\n', 1, 'This line cannot be read: `message` is an id'),
    ('locale/es/former.jsonl', '{"x":' + '9' * 5000 + '}\n', 1, 'This line cannot be read: a number of too ma'),
    ('locale/es/former.jsonl', '<<<<<<< ours\n', 1, 'This line cannot be read: not JSON (Expectin'),
    ('locale/es/former.jsonl', '{"x":1e999}\n', 1, 'This line cannot be read: `message` is an id'),
    ('locale/es/former.jsonl', '{"x":NaN}\n', 1, 'This line cannot be read: `message` is an id'),
    ('locale/es/former.jsonl', '{"how": "recalled", "message": "0011223344556677", "date": "2026-01-01T00:00:00Z", "by": ["\\ud800"]}\n', 1, 'This line cannot be read: half a character, '),
    ('locale/es/LC_MESSAGES/messages.po', 'x\n', 1, 'Not a line of a catalog. Put it inside quota'),
    ('locale/es/LC_MESSAGES/messages.po', b'\xff\n', 1, 'Bytes that are not UTF-8. Save the file as U'),
    ('locale/es/LC_MESSAGES/messages.po', '', 1, 'Spanish is not published: readers could not '),
    ('locale/es/LC_MESSAGES/messages.po', 'msgid "a\n', 1, 'A string that does not end on its line (the '),
    ('locale/es/LC_MESSAGES/messages.po', '<<<<<<< a\n', 1, 'A merge conflict that nobody has resolved. Keep what is right'),
    ('locale/es/LC_MESSAGES/messages.po', 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(((((n;\\n"\n', 1, 'Spanish is not published: readers could not '),
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that is in order."""
    root = lay_out(tmp_path_factory.mktemp("bad") / "site", PAGES, data=DATA)
    assert (root / "pyproject.toml").read_text() == SETTINGS
    translate(root, WORDS)
    assert main(["check", "--root", str(root)]) == 0
    return root


@pytest.mark.parametrize(("name", "body", "line", "what"), BAD)
def test_one_clear_error(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, body: str | bytes, line: int, what: str
) -> None:
    root = tmp_path / "site"
    shutil.copytree(site, root)
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"))
    capsys.readouterr()
    before = read_tree(root / "locale")
    code = main(["check", "--root", str(root)])
    said = capsys.readouterr()
    told = [one for one in (said.out + said.err).split("\n") if f"{name}:{line}: " in one and what in one]
    assert code in {1, 2} and told and "warning" not in told[0], said
    assert main(["update", "--root", str(root)]) in {0, 1, 2}
    assert main(["build", "--root", str(root)]) in {0, 1, 2}
    printed = "".join(capsys.readouterr())
    assert "Traceback" not in printed and "bug in Lockstep" not in printed
    catalog = "locale/es/LC_MESSAGES/messages.po"
    after = (root / catalog).read_bytes()
    assert name == catalog or all(text.encode() in after for text in WORDS.values())
    if name.startswith("locale/") and not name.endswith((".pot", ".txt")):
        assert after == before[catalog.removeprefix("locale/")]
        assert path.read_bytes().startswith(body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"))


UNMADE = [
    ("{{ " + "not " * 600 + "1 }}", 2, "broken template: nested too deeply"),
    ("{{ 1" + " + 1" * 600 + " }}", 2, "broken template: nested too deeply"),
    ("{% if 1 %}\n" * 110 + "{% endif %}" * 110, 100, "broken template: nested too deeply"),
    ("{{ dict(a=1, a=2) }}", 2, "broken template: keyword argument repeated: a"),
]
"""Templates that can be read for their texts and not be filled in: what stands on line 2, the line named, and what is said."""
FAILING = [
    ("page.html", '{{ "\\ud83d" }}', None, "half a character, `\\ud83d`, is printed"),
    ("page.html", '{% include "page.html" %}', 2, "the template failed: it takes in itself"),
    ("page.html", "{{ nothing.at.all }}", 2, "the template failed: there is no `nothing` here"),
]


@pytest.mark.parametrize(
    ("name", "body", "line", "what"),
    [(name, *row) for row in UNMADE for name in ("page.html", "notices.html", "extra.html")] + FAILING,
)
def test_a_template_that_cannot_be_filled_in(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, body: str, line: int | None, what: str
) -> None:
    root = tmp_path / "site"
    shutil.copytree(site, root)
    if name == "extra.html":
        (root / "templates/page.html").write_text('{% include "extra.html" %}')
    (root / "templates" / name).write_text(f"x\n{body}")
    capsys.readouterr()
    assert main(["build", "--root", str(root)]) == 2
    said = capsys.readouterr().err
    place = f"templates/{name}:{line}: " if line else f"templates/{name}: "
    assert "Traceback" not in said and f"{place}{what}" in said, said


LOST = [
    ("source", "there is no page"),
    ("templates", "There is no such template"),
    ("templates/page.html", "There is no such template"),
    ("pyproject.toml", "no pyproject.toml here"),
]


@pytest.mark.parametrize(("name", "what"), LOST)
@pytest.mark.parametrize("verb", ["update", "build"])
def test_what_a_site_cannot_do_without(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, what: str, verb: str
) -> None:
    """A folder that is gone makes no translation obsolete."""
    root = tmp_path / "site"
    shutil.copytree(site, root)
    shutil.rmtree(root / name) if (root / name).is_dir() else (root / name).unlink()
    before = read_tree(root / "locale")
    assert main([verb, "--root", str(root)]) == 2
    assert what in capsys.readouterr().err and read_tree(root / "locale") == before


NAMES = ["a#b.md", "100%.md", "why?.md", "a b.md", "a&b.md", "%41.md", "ä.md", "a+b.md", "a=b;c.md", "a'b.md", "[a].md", "a@b.md", "~a.md", "a,b.md"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_that_mean_something_in_addresses(tmp_path: Path, name: str) -> None:
    """They are names like others: the page is there, in both languages, and its translation is served."""
    root = lay_out(
        tmp_path / "site", {"index.md": "# Home\n\nStop the pump.\n", name: "# Care\n\nRest well.\n"}, data=DATA
    )
    translate(root, WORDS)
    assert main(["update", "--root", str(root)]) == 0
    assert main(["build", "--root", str(root)]) == 0
    page = root / "dist" / "es" / name.removesuffix(".md") / "index.html"
    assert "Descanse bien." in page.read_text("utf-8")
    assert main(["audit", "--root", str(root)]) == 0


def test_nothing_is_published_of_a_page_whose_front_matter_cannot_be_read(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may say that the page is a draft, or of a class that asks more of its translations."""
    root = make({"index.md": "# Home\n", "care.md": "---\ndraft: [yes\n---\n# Care\n"})
    assert main(["build", "--root", str(root)]) == 1
    assert "source/care.md:" in capsys.readouterr().err and not (root / "dist/en/care").exists()
