"""Edits of a site: what editors, translators, reviewers and tools do to its files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from pipeline.changes.former import GUESS, LENT, MADE
from pipeline.core.model import Severity
from tests.laws import told
from tests.sites import on, run

ES = "locale/es/LC_MESSAGES/messages.po"
LOG = "locale/edits.jsonl"
PAGE, HOME, DATA = "source/notices.md", "source/index.md", "source/site.yaml"


def put(root: Path, path: str, old: str, new: str) -> None:
    """Replace the first place of a text in a file."""
    text = (root / path).read_text("utf-8")
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def again(root: Path, path: str, pattern: str, new: str, at: int) -> None:
    """Replace one of the matches of a pattern in a file, counted round."""
    text = (root / path).read_text("utf-8")
    if found := list(re.finditer(pattern, text)):
        match = found[at % len(found)]
        (root / path).write_text(text[: match.start()] + match.expand(new) + text[match.end() :], "utf-8")


def every(root: Path, path: str, pattern: str, new: str) -> None:
    """Replace all matches of a pattern in a file."""
    text = (root / path).read_text("utf-8")
    (root / path).write_text(re.sub(pattern, new, text), "utf-8")


EDITS: dict[str, Callable[[Path, int], object]] = {
    "a paragraph": lambda root, at: again(root, PAGE, r"(\w\w)\.\n", r"\1 today.\n", at),
    "a number": lambda root, at: again(root, PAGE, r"\d+ m", "70 m", at),
    "a title": lambda root, at: put(root, "source/held.md", "# Held", f"# Held {at}"),
    "a front-matter title": lambda root, at: put(root, "source/held.md", "title: Held", f"title: Held {at}"),
    "a class": lambda root, at: put(root, "source/signed.md", "class: signed", "class: held"),
    "a day": lambda root, at: put(root, HOME, "2026-11-02", f"2026-10-{at + 10}"),
    "a new page": lambda root, at: (root / f"source/new{at}.md").write_text(f"# New {at}\n\nCall us about heat.\n"),
    "a page gone": lambda root, at: (root / "source/signed.md").unlink(missing_ok=True),
    "an asset": lambda root, at: (root / f"source/pump{at}.svg").write_text("<svg/>"),
    "a directive": lambda root, at: put(root, PAGE, "Take 5", "<!-- i18n: critical -->\n\nTake 5"),
    "the name of the clinic": lambda root, at: put(root, DATA, "Riverbend", "Oakhill"),
    "the order of the menu": lambda root, at: put(root, DATA, "page: held.md", "page: index.md"),
    "a fact": lambda root, at: (put(root, DATA, "name:", f"a: {{b: {at}}}\nname:"), put(root, PAGE, "sits", "sits {a.b}")),
    "a translation": lambda root, at: again(root, ES, r'\nmsgstr "(\w+)', rf'\nmsgstr "\1 {at}', at),
    "a label of the templates": lambda root, at: again(
        root, ES, r'(msgid "(?:Skip to the content|Menu|Pages|Next page|Language)"\nmsgstr ")', rf"\g<1>Z{at} ", at
    ),
    "a translation of a title": lambda root, at: put(
        root, ES, 'msgid "Reviewed"\nmsgstr "', f'msgid "Reviewed"\nmsgstr "Z{at} '
    ),
    "a page without translations": lambda root, at: every(
        root, ES, r'(msgid "(?:Reviewed|Ask us about heat and sports\.|Carry your pump card\.)"\nmsgstr )".+"', r'\1""'
    ),
    "a fact without a translation": lambda root, at: put(root, ES, 'msgstr "cada día"', 'msgstr ""'),
    "a translation of a fact": lambda root, at: put(root, ES, 'msgstr "cada día"', 'msgstr "todos los días"'),
    "the text in place of a withdrawn one": lambda root, at: put(root, ES, "Este texto se retiró", "Este párrafo se retiró"),
    "no translation": lambda root, at: again(root, ES, r'\nmsgstr "[^"\n]+"', '\nmsgstr ""', at),
    "a wrong number": lambda root, at: again(root, ES, r"20 ml", "200 ml", at),
    "a translation of a parent": lambda root, at: again(root, ES, r'\nmsgstr "(B\w+)', r'\nmsgstr "Ay \1', at),
    "a line more in a catalog": lambda root, at: put(root, ES, "\n\n#", "\n\n\n#"),
    "a broken catalog": lambda root, at: put(root, "locale/ar/LC_MESSAGES/messages.po", "\nmsgid", "\n>>>>>>> x\nmsgid"),
    "a template": lambda root, at: put(root, "templates/page.html", "<main", f"<!-- {at} --><main"),
    "a notice": lambda root, at: again(root, "templates/notices.html", r"\. ", ".  Now ", at),
    "a string nobody extracted": lambda root, at: put(root, "templates/page.html", "<main", "{{ _(title.text) }}<main"),
    "the address": lambda root, at: put(root, "pyproject.toml", "[tool.lockstep]", f'[tool.lockstep]\nurl = "https://a{at}.org"'),
    "the policy": lambda root, at: put(root, "pyproject.toml", 'machine = "english"', 'machine = "serve"'),
    "a gate": lambda root, at: put(root, "pyproject.toml", 'cosmetic = "', f'indexed = {{ es = {at * 9} }}\ncosmetic = "'),
    "a language less": lambda root, at: put(root, "pyproject.toml", ', "zh_Hans"', ""),
    "a glossary": lambda root, at: (root / "locale/glossary.yaml").write_text("protected:\n  - pump\n"),
    "a broken glossary": lambda root, at: (root / "locale/glossary.yaml").write_text("names:\n  - pump\n"),
    "update": lambda root, at: run(root, "update"),
    "a signature": lambda root, at: run(root, "review", "es", "held", "--as", "reviser", "--by", f"Eva {at}"),
    "a doctor's signature": lambda root, at: run(root, "review", "en", "held", "--as", "clinician", "--by", "Dr. Lee", "--qualification", "MD"),
    "a translator's signature": lambda root, at: run(
        root, "review", "es", "held", "--as", "reviser", "--by", "Omar Haddad", "--qualification", "Certified"
    ),
    "a recall": lambda root, at: run(root, "recall", "notices#rest.1", "--by", "Dr. Lee", "--reason", "x"),
    "a recall of the English": lambda root, at: run(root, "recall", "signed#signed.1", "--by", "Dr. Lee", "--reason", "x", "--stub"),
    "a full stop": lambda root, at: again(root, PAGE, r"(\w\w)\.\n", r"\1!\n", at + 1),
    "a text and its update": lambda root, at: (again(root, PAGE, r"(\w\w)\.\n", r"\1 today.\n", at), run(root, "update")),
    "an obsolete translation": lambda root, at: again(root, ES, r'\n#~ msgstr "(\w+)', rf'\n#~ msgstr "\1 {at}', at),
    "every obsolete translation": lambda root, at: every(root, ES, r'\n#~ msgstr "(\w+)', rf'\n#~ msgstr "\1 {at}'),
    "every obsolete translation less": lambda root, at: every(root, ES, r'\n#~ msgid .+\n#~ msgstr .+\n', "\n"),
    "an obsolete translation less": lambda root, at: again(root, ES, r'\n#~ msgid .+\n#~ msgstr .+\n', "\n", at),
    "a fuzzy mark less": lambda root, at: again(root, ES, r"\n#, fuzzy", "", at),
    "a fuzzy mark": lambda root, at: again(root, ES, r"\nmsgid", r"\n#, fuzzy\nmsgid", at + 1),
    "a former translation less": lambda root, at: again(root, "locale/es/former.jsonl", r".+\n", "", at),
    "an edit less": lambda root, at: again(root, LOG, r".+\n", "", at),
    "a graver edit": lambda root, at: again(root, LOG, r'"severity": "\w+"', '"severity": "critical"', at),
    "an edit of looks": lambda root, at: again(root, LOG, r'"severity": "\w+"', '"severity": "cosmetic"', at),
    "an edit by hand": lambda root, at: told.logged(root, at, Severity.CRITICAL),
    "an edit of looks by hand": lambda root, at: told.logged(root, at, Severity.COSMETIC),
    "an edit of looks of a withdrawn text by hand": told.recalled,
    "a former translation by hand": lambda root, at: told.noted(root, at, MADE),
    "a lent text by hand": lambda root, at: told.noted(root, at, LENT),
    "a guess by hand": lambda root, at: told.noted(root, at, GUESS),
    "a guess of another region": lambda root, at: told.noted(root, at, GUESS, "es_MX"),
    "a former translation that cannot be read": lambda root, at: told.append(root, "locale/es/former.jsonl", "{"),
    "what another region knows": told.moved,
    "every mark taken off": told.unmarked,
    "a catalog copied": lambda root, at: told.copied(root, at, "es", "es_MX"),
    "a heading and its update": lambda root, at: (again(root, PAGE, r"\n## (\w+)", rf"\n## New {at} \1", at), run(root, "update")),
    "a title and its update": lambda root, at: (put(root, "source/held.md", "# Held", f"# Held {at}"), run(root, "update")),
    "a page moved": told.renamed,
    "a page moved and its update": lambda root, at: (told.renamed(root, at), run(root, "update")),
    "a page gone and its update": lambda root, at: ((root / "source/signed.md").unlink(), run(root, "update")),
    "a picture of a language": lambda root, at: (root / "source/pump.es.svg").write_text(f"<svg id='es{at}'/>"),
    "nothing": lambda root, at: None,
}  # fmt: skip


def edited(root: Path, how: str, at: int, day: int) -> None:
    with on(day):
        try:
            EDITS[how](root, at)
        except (AssertionError, FileNotFoundError):  # there is nothing to recall or sign any more
            return
