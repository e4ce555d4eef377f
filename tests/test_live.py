"""A site in memory shows what a build of the same files would, whatever was edited before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.build import deciding, rendering
from pipeline.catalog import po_again, po_file
from pipeline.core import clock
from pipeline.core.model import Output
from pipeline.live import Live
from pipeline.project import project as projects
from pipeline.resolve.publication import Plan
from tests.conftest import Make, lay_out, translate

PAGES = {
    "index.md": "---\ntitle: Home\n---\n\n# Home\n\nWelcome to {name}.\n\nOpen {clinic.hours}.\n\nTake 5 mg.\n",
    "pump.md": "---\ntitle: Pump\n---\n\n# Pump\n\n::: warning\nNever do this:\n\n- Drive a car\n- Swim\n:::\n\nTake 5 mg.\n\nSee [home](index.md).\n",
}
DATA = "name: Riverbend\ntagline: Daily\nclinic:\n  hours: Every day\n"
SPANISH = {
    "Home": "Inicio", "Welcome to {name}.": "Le damos la bienvenida a {name}.", "Take 5 mg.": "Tome 5 mg.", "Open {clinic.hours}.": "Abierto {clinic.hours}.", "Every day": "Cada día",
    "Pump": "Bomba", "Never do this:": "Nunca haga esto:", "Drive a car": "Conducir", "Swim": "Nadar",
    "See [home](index.md).": "Vea [inicio](index.md).", "Daily": "Todos los días", "Riverbend": "Riverbend",
}  # fmt: skip
PO = "locale/{}/LC_MESSAGES/messages.po"


def whole(root: Path) -> dict[str, bytes]:
    """Every page of the site, by a build's own hands, with every language let out."""
    project = projects.load(root, clock.read())
    every = frozenset(page.slug for page in project.content.pages)
    names = list(project.settings.by_name)
    plan = Plan(tuple(project.settings.by_name.values()), frozenset(names), dict.fromkeys(names, every))
    desk = deciding.Desk(project)
    rendering.share(desk, {name: project.table(name) for name in names}, plan, dict.fromkeys(names, ""))
    found: list[Output] = []
    for name in names:
        found += [one.output for one in rendering.render(desk, name, 0, len(project.content.pages))]
    return {one.path: one.body for one in found}


def shown(live: Live) -> dict[str, bytes]:
    assert live.trouble == ""
    pages = [live.page(name, page.path) for name in live.settings.by_name for page in live.content.pages]
    return {one.output.path: one.output.body for one in pages}


def with_hours(root: Path) -> None:
    """The hours are a fact that is translated."""
    known = (root / "pyproject.toml").read_text("utf-8")
    (root / "pyproject.toml").write_text(known.replace('"tagline"', '"tagline", "clinic.hours"', 1), "utf-8")


def site(root: Path) -> Path:
    lay_out(root, PAGES, locales=("es", "es_MX"), data=DATA)
    with_hours(root)
    translate(root, SPANISH)
    return root


EDITS = [
    (PO.format("es"), 'msgstr "Tome 5 mg."', 'msgstr "Tome 50 mg."'),
    (PO.format("es"), 'msgstr "Tome 50 mg."', 'msgstr ""\n"Tome "\n"5 mg."'),
    (PO.format("es"), 'msgstr "Nunca haga esto:"', 'msgstr ""'),
    (PO.format("es"), 'msgstr "Todos los días"', 'msgstr "Siempre"'),
    (PO.format("es"), 'msgid "Drive a car"', '#, fuzzy\nmsgid "Drive a car"'),
    (PO.format("es"), 'msgid "Swim"', 'msgid "Swimming"'),
    (PO.format("es"), 'msgstr "Nadar"', 'msgstr "Na'),
    (PO.format("es_MX"), 'msgid "Swim"\nmsgstr ""', 'msgid "Swim"\nmsgstr "Nade"'),
    ("source/pump.md", "Take 5 mg.", "Take 6 mg."),
    ("source/pump.md", "- Swim\n", "- Swim\n- Run\n"),
    ("source/pump.md", "title: Pump", "title: The pump"),
    ("source/pump.md", "title: The pump", "title: The pump\nclass: held"),
    ("source/index.md", "Welcome to", "Welcome, you, to"),
    (PO.format("es"), 'msgctxt "clinic.hours"', '#, fuzzy\nmsgctxt "clinic.hours"'),
    ("source/site.yaml", "tagline: Daily", "tagline: Never"),
    ("source/site.yaml", "hours: Every day", "hours: Some days"),
    ("templates/page.html", "<body", "<body data-x='1'"),
    ("pyproject.toml", 'locales = ["es", "es_MX"]', 'locales = ["es_MX", "es"]'),
    ("locale/glossary.yaml", "", "protected:\n  - Riverbend\n"),
    ("source/new.md", "", "---\ntitle: New\n---\n\nTake 5 mg.\n"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("live") / "site")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.lists(st.sampled_from(EDITS), min_size=1, max_size=5), back=st.booleans())
@example(order=[EDITS[3]], back=True)
@example(order=EDITS[:5], back=True)
def test_it_shows_what_a_build_would(made: Path, order: list[tuple[str, str, str]], back: bool) -> None:
    before = {path: (made / path).read_bytes() if (made / path).exists() else None for path, _, _ in EDITS}
    try:
        live = Live(made, clock.read)
        shown(live)
        for path, old, new in order:
            text = (made / path).read_text("utf-8") if (made / path).exists() else ""
            edited = text.replace(old, new, 1) if old else text + new * (new not in text)
            (made / path).write_text(edited, "utf-8")
            live.take([path])
            if found := live.unsettled():
                live.settle(found)
            assert shown(live) == whole(made), (path, old, new)
        if back:
            for path, body in before.items():
                put_back(made, path, body)
                live.take([path])
            if found := live.unsettled():
                live.settle(found)
            assert shown(live) == whole(made)
    finally:
        for path, body in before.items():
            put_back(made, path, body)


def put_back(root: Path, path: str, body: bytes | None) -> None:
    if body is None:
        (root / path).unlink(missing_ok=True)
    else:
        (root / path).write_bytes(body)


def test_what_is_not_saved_yet_is_shown_and_a_file_that_cannot_be_read_changes_nothing(make: Make) -> None:
    root = make(PAGES, data=DATA)
    translate(root, SPANISH)
    live = Live(root, clock.read)
    live.unsaved["source/pump.md"] = PAGES["pump.md"].replace("Swim", "Dive").encode()
    live.take(["source/pump.md"])
    assert b"Dive" in live.page("en", "source/pump.md").output.body
    before = shown(live)
    (root / "pyproject.toml").write_text("[tool", "utf-8")
    live.take(["pyproject.toml"])
    assert "pyproject.toml" in live.trouble and live.page("en", "source/pump.md").output.body in before.values()


def test_an_entry_is_judged_as_if_it_were_saved(make: Make) -> None:
    root = make(PAGES, data=DATA)
    translate(root, SPANISH)
    live = Live(root, clock.read)
    key = next(message.key for message in live.content.messages() if message.key.msgid == "Take 5 mg.")
    entry = live.project.catalogs["es"].live()[key]
    before = live.page("es", "source/pump.md").output.body
    wrong = live.having("es", entry._replace(strings=("Tome 50 mg.",)))
    said = [finding.code for one in wrong.table.shown("source/pump.md") for finding in one.findings]
    assert "number" in said and live.page("es", "source/pump.md").output.body == before


CHANGES = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 30), st.text('ab"\\\n #~', max_size=12)), min_size=1, max_size=4
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@example(changes=[(0, 0, "\n"), (0, 0, "\n"), (0, 0, "\n")])
@example(changes=[(400, 0, "\n"), (400, 0, "\n"), (400, 0, "\n")])
@given(changes=CHANGES)
def test_a_catalog_read_again_is_the_catalog_read(made: Path, changes: list[tuple[int, int, str]]) -> None:
    """Whatever bytes came or went, entries, lines, problems and the text that would be written are the same."""
    body = (made / PO.format("es")).read_bytes()
    old = po_file.parse("x.po", body)
    for at, gone, come in changes:
        at = at * len(body) // 400
        body = body[:at] + come.encode() + body[at + gone :]
        again, _ = po_again.parse(old, body)
        fresh = po_file.parse("x.po", body)
        assert again.problems == fresh.problems and again.entries and len(again.entries) == len(fresh.entries)
        assert [e[:10] for e in again.entries] == [e[:10] for e in fresh.entries]
        assert [e.lines for e in again.entries] == [e.lines for e in fresh.entries]
        assert again.text() == fresh.text() and again.body == body
        old = again


def test_a_change_of_one_text_reads_one_entry(made: Path) -> None:
    body = (made / PO.format("es")).read_bytes()
    _, fresh = po_again.parse(po_file.parse("x.po", body), body.replace(b'"Tome 5 mg."', b'"Tome 50\\n"\n"mg."'))
    assert fresh is not None and 1 <= len(fresh) <= 3


def test_lines_that_part_entries_come_and_go(made: Path) -> None:
    body = (made / PO.format("es")).read_bytes()
    old, ends = po_file.parse("x.po", body), [at for at in range(len(body)) if body[at : at + 1] == b"\n"]
    for at in ends[:: max(len(ends) // 150, 1)]:
        for new in (body[:at] + body[at + 1 :], body[:at] + b"\n" + body[at:]):
            again, fresh = po_again.parse(old, new)[0], po_file.parse("x.po", new)
            assert [e[:10] for e in again.entries] == [e[:10] for e in fresh.entries], at
            assert again.problems == fresh.problems and again.text() == fresh.text()
