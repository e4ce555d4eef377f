"""What is fuzzed: each target takes any bytes, and raises where a law about them does not hold.

A law is about what comes out; that nothing but a LockstepError is ever raised, and nothing without its place, holds for all.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from pipeline.catalog import po_file
from pipeline.catalog.po_entry import Entry
from pipeline.catalog.po_file import Catalog, parse
from pipeline.changes import edit_log, former
from pipeline.changes.merge import update
from pipeline.checks import glossary
from pipeline.content import babel_methods, html_pages, markdown, yaml
from pipeline.core import settings
from pipeline.core.errors import LockstepError
from pipeline.core.inline import Facts
from pipeline.core.ledger import Fields, Ledger
from pipeline.core.model import Key, Level
from pipeline.core.settings import SourceMapping
from pipeline.resolve.message import translations
from pipeline.review import media, questions, recalls, reviews, suppressions
from pipeline.site.speech import Interface, Speech
from tests.conftest import made_of
from tests.laws.test_mangled import SETTINGS, TEMPLATE, readable, same_by_line
from tests.laws.test_pages import BOTH, EN, ES, bare, in_spanish

Target = Callable[[bytes], None]
LONGEST = 4096
"""Bytes of a case; more is cut off."""
LEDGERS: tuple[Ledger[object], ...] = (
    edit_log.Log(path="locale/edits.jsonl"),
    recalls.Recalls(),
    questions.Questions(),
    reviews.Reviews(path="locale/es/reviews.jsonl", locale="es"),
    former.Former(path="locale/es/former.jsonl", locale="es"),
    media.Declaration(path="source/a.png.made-from"),
)  # type: ignore[assignment]


@contextmanager
def refused(*, placed: bool = True) -> Iterator[None]:
    """Lets a LockstepError pass that says where and what to do."""
    try:
        yield
    except LockstepError as problem:
        assert problem.what and problem.todo, problem
        assert problem.path is not None or not placed, problem
        assert str(problem).isprintable() or "\n" in str(problem)


@cache
def folder() -> Path:
    """A folder for the files of this process."""
    return Path(tempfile.mkdtemp(prefix="lockstep-fuzz-"))


def written(name: str, body: bytes) -> Path:
    """A site in which a file holds these bytes."""
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return folder()


def catalog(body: bytes) -> None:
    """What update writes has every msgstr that was readable, or the file is refused; read at once is read by line; and what is
    written is read back as it was meant."""
    found = parse("es.po", body)
    made = update(TEMPLATE, {"es": found}, SETTINGS)["es"]
    assert all(problem.line > 0 and problem.todo for problem in found.problems)
    assert not found.broken or found.findings("es")
    if not made.broken:
        text = made.text().encode(made.encoding)
        header = found.header.strings[0].encode(errors="replace") if found.header else b""
        assert readable(body) - set(re.findall(rb"\btr\d\b", header)) <= set(re.findall(rb"\btr\d\b", text))
        po_file.verify(made, made.text())
    same_by_line(body)


def untied(html: str) -> str:
    """A page without its notices and the numbers of those that texts are tied to, which a comment that does not end shows too."""
    return re.sub(' aria-describedby="[^"]*"', "", bare(html))


def page(body: bytes) -> None:
    """Whatever a page and its translations say, the translated page has nothing that the English one has not, unless the page is held
    back. The case is a page and then translations, parted by lines of `%%`."""
    english, *strings = body.decode(errors="replace").split("\n%%\n")
    document = markdown.read("p.md", english, ("title", "description"))
    assert all(finding.span.line > 0 for finding in document.findings)
    if any(finding.code == "unclosed" and finding.level is Level.ERROR for finding in document.findings):
        return  # it is published in no language
    said = {message.key: text for message, text in zip(document.messages(), strings, strict=False)}
    extra = made_of(untied(in_spanish(document, said)[0])) - made_of(untied(in_spanish(document, {})[0]))
    assert not extra, extra


def html(body: bytes) -> None:
    """The same of a page in HTML; and where nothing is wrong with it, what stands around it is not touched. Cases are as of a page."""
    english, *strings = body.decode(errors="replace").split("\n%%\n")
    document = html_pages.read("source/p.html", english, ("title", "description"))
    assert all(finding.span.line > 0 for finding in document.findings)
    if any(finding.level is Level.ERROR for finding in document.findings):
        return
    said = {message.key: text for message, text in zip(document.messages(), strings, strict=False)}
    shown = in_spanish(document, said)[0]
    for one in (shown, in_spanish(document, {})[0]):
        tree = LexborHTMLParser(f"<!doctype html><body><main><div>{one}</div></main><footer id=After>z</footer>")
        after = tree.css_first("#After")
        assert after and after.parent and after.parent.tag == "body" and after.text() == "z", one
    extra = made_of(untied(shown)) - made_of(untied(in_spanish(document, {})[0]))
    assert not extra, extra


def ledgers(body: bytes) -> None:
    """Every line is a row or a finding at its line; a row is written as a line that is read as that row."""
    lines = {at for at, line in enumerate(body.split(b"\n"), 1) if line.strip()}
    for empty in LEDGERS:
        found = empty.read(body)
        assert {finding.span.line for finding in found.findings} <= lines
        assert len(found.rows) + len(found.findings) <= len(lines)
        for row in found.rows:
            assert found.parse(Fields.of(row.line())) == row
        again = empty.read(empty.added(found.rows).body)
        assert set(again.rows) == set(found.rows) and not again.findings
    recalled = recalls.Recalls().read(body)
    assert set(recalled.active) <= {row.message for row in recalled.rows}


def site_settings(body: bytes) -> None:
    """Settings, or one error with its line."""
    root = written("pyproject.toml", body)
    with refused():
        found = settings.load(root)
        assert len(found.by_name) == len(found.locales) + 1


def terms(body: bytes) -> None:
    """A glossary or one error with its line; and every check can read it."""
    root = written(glossary.GLOSSARY_PATH, body)
    with refused():
        found = glossary.load(root)
        assert all(re.search(r"\w", name.english) for name in found.names)


def exceptions(body: bytes) -> None:
    """Rows with all that a row needs, and findings."""
    found = suppressions.load(written(suppressions.path_of("es"), body), "es")
    assert all(row.by and row.reason and row.check for row in found.rows)
    assert all(finding.span.line > 0 for finding in found.findings)


def data(body: bytes) -> None:
    """A data file: values and findings."""
    with refused():
        found = yaml.read("source/site.yaml", body.decode(errors="replace"), ("name", "*.label", "clinic.*"))
        assert all(message.key.msgid for message in found.messages())


TEMPLATES = SourceMapping("lockstep-template", "templates/**.html", {})
STRINGS: tuple[tuple[Key, str | None, Mapping[str, object], int | None], ...] = (
    (Key(None, "Menu"), None, {}, None),
    (Key(None, "Updated %(date)s by %(name)s, 100%%"), None, {"date": "<b>May</b>", "name": "Ana & Co"}, None),
    (Key("state", "%(num)d page"), "%(num)d pages", {}, 3),
)
"""Strings of templates: key, plural, what they are filled with, how many."""


def template(body: bytes) -> None:
    """A template is read or refused by its line; whatever a catalog says of its strings, they bring no element, are no format,
    and are about as long as what they are made of."""
    source, *strings = body.decode(errors="replace").split("\n%%\n")
    with refused():
        list(babel_methods.messages(source.encode(errors="replace"), "templates/a.html", TEMPLATES))
    forms = strings or [source]
    for key, plural, values, count in STRINGS:
        entry = Entry(key, tuple((forms * 2)[:2]) if plural else (forms[0],), plural)
        chain = {"es": (translations(ES, Catalog("es.po", entries=(entry,))),)}
        none = Facts({}, {})
        speech = Speech(Interface(ES, EN, BOTH, {}, {"en": none, "es": none}, chains=chain))
        shown = speech.string(key.msgid, values, key.context, plural, count)
        html = str(getattr(shown, "html", shown))
        assert not {part for part in made_of(html) if not part.startswith(("<span", "<bdi", "span", "bdi"))}, html
        assert len(html) < 100 * (len(body) + 100), len(html)


TARGETS: Mapping[str, Target] = {
    "catalog": catalog,
    "page": page,
    "html": html,
    "ledgers": ledgers,
    "settings": site_settings,
    "glossary": terms,
    "exceptions": exceptions,
    "data": data,
    "template": template,
}


def run(name: str, body: bytes) -> None:
    """Ask one target of some bytes."""
    TARGETS[name](body[:LONGEST])
