"""Every value that a stage takes or gives travels: pickled and read back it is the same, so it can be stored or sent to another
process. And nothing is worked out twice: counted on the sample site."""

from __future__ import annotations

import pickle
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from pipeline.build import deciding, rendering
from pipeline.build.deciding import Desk
from pipeline.catalog import po_file
from pipeline.checks import runner
from pipeline.commands import build, check, extract, impact, review
from pipeline.content import inline, markdown
from pipeline.core.model import Key, Message, Resolution, Review, Span
from pipeline.core.settings import Settings
from pipeline.core.states import State
from pipeline.project.project import Project
from pipeline.resolve import message
from pipeline.resolve.figures import figures
from pipeline.resolve.publication import plan, standing
from pipeline.site import choosers, templates
from pipeline.site.pages import Edition
from pipeline.site.publish import Published
from pipeline.site.site import Site
from tests.conftest import REPO, project_of
from tests.laws.pages import PAGE
from tests.sites import every_notice, on


def same(value: object) -> bool:
    """Whether a value is equal to what comes back of it."""
    return bool(pickle.loads(pickle.dumps(value)) == value)


@given(PAGE)
def test_a_document_travels(page: str) -> None:
    document = markdown.read("source/a.md", page, ("title",), lambda target: f"../{target}")
    assert same(document)


def values(project: Project) -> Iterator[tuple[str, object]]:
    """Everything that passes from one stage to the next in a build, a check, an update, an impact and a review, by name."""
    settings, content, tables = project.settings, project.content, project.tables
    yield "settings", settings
    yield "clock", project.clock
    yield "content", content
    yield "occurrences", project.occurrences
    yield "template", project.template
    yield "catalogs", project.catalogs
    yield "log", project.log
    yield "glossary", project.glossary
    yield "levels", project.levels
    yield "records", project.records
    yield "rules", project.rules
    yield "translations", project.translations
    yield "tables", tables
    yield "coverage", project.coverage
    yield "findings", project.findings
    yield "check", check.check(project)
    standings = {name: standing(settings, content, table, project.accounts(name)) for name, table in tables.items()}
    yield "standings", standings
    planned = plan(settings, content, standings)
    yield "plan", planned
    site = Site(settings, content, tables, project.chains, project.rules, planned)
    yield "site", site
    yield "interfaces", dict(site.interfaces)
    edition = Edition(site, site.interfaces["es"], templates.environment(settings.root / "templates"))
    yield "rendered", [*map(edition.page, range(len(content.pages))), *choosers.choosers(site)]
    yield "decided", deciding.decide(Desk(project), "es")
    yield "made", rendering.page(edition, 0)
    yield "outputs", list(build.outputs(project))
    yield "published", Published(1, 1, 0)
    yield "extraction", extract.extraction(project)
    yield "impact", impact.measure(project, None)
    yield "texts", review.texts(project, "es")
    yield "rows", list(review.rows(project, "es"))


def test_every_value_between_stages_travels(tmp_path: Path) -> None:
    root = every_notice(tmp_path / "site")
    with on(3):
        found = list(values(project_of(root)))
    assert not [name for name, value in found if not same(value)]
    assert len({name for name, _ in found}) == len(found) > 20


def test_no_value_holds_a_key_of_this_process() -> None:
    """`id(…)` of a value is another number in another process."""
    used = [path for path in (REPO / "pipeline").rglob("*.py") if " id(" in path.read_text("utf-8")]
    assert not used


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample site (its own catalogs are those that we ship, so in place they would be read as both)."""
    for name in ("source", "locale", "templates"):
        shutil.copytree(REPO / name, tmp_path / "site" / name)
    shutil.copy(REPO / "pyproject.toml", tmp_path / "site")
    return tmp_path / "site"


COUNTED: dict[str, Callable[[Project], object]] = {
    "check": check.check,
    "build": lambda project: list(build.outputs(project)),
    "verify": review.verify,
    "impact": lambda project: impact.measure(project, None),
    "status": lambda project: project.coverage,
}


@pytest.mark.parametrize("verb", COUNTED)
def test_each_pair_is_checked_once_and_each_text_parsed_once(
    verb: str, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the sample site: as many runs of the checks as there are distinct pairs, as many parses as there are distinct texts
    (of those that nothing around them can change), as many catalogs read as there are languages."""
    monkeypatch.setenv("LOCKSTEP_STORE", "off")
    pairs: Counter[object] = Counter()
    texts: Counter[object] = Counter()
    read: Counter[str] = Counter()
    run, parsed, load = runner.run, inline.parsed, po_file.load

    def counted_run(pair: Any) -> Any:
        pairs[pair.english, pair.translation, pair.locale, pair.plural, pair.critical] += 1
        return run(pair)

    def counted_parse(source: str, form: Any, scope: Any, urls: Any) -> Any:
        if form is inline.Syntax.MARKDOWN and "[" not in source and "<" not in source:
            texts[source] += 1
        return parsed(source, form, scope, urls)

    def counted_load(root: Path, path: str) -> Any:
        read[f"{root}/{path}"] += 1
        return load(root, path)

    monkeypatch.setattr(runner, "run", counted_run)
    monkeypatch.setattr(inline, "parsed", counted_parse)
    monkeypatch.setattr(po_file, "load", counted_load)
    runner.complaints.cache_clear()
    inline.parsed_anywhere.cache_clear()
    project = project_of(sample)
    COUNTED[verb](project)
    assert len(pairs) > 2000 and set(pairs.values()) == {1}
    assert set(texts.values()) <= {1}
    assert set(read.values()) == {1}
    if verb in {"build", "verify", "status"}:
        assert len(read) == len(project.settings.locales) + (verb == "build"), "a catalog a language, and the template"


def test_a_message_is_decided_once_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it stands in the pages, unless something that the decision depends on differs."""
    monkeypatch.setenv("LOCKSTEP_STORE", "off")
    asked: Counter[object] = Counter()
    judge = message.judge

    def counted(*words: Any) -> Any:
        found, english, scope, translations, _, rules, locale = words
        linked = scope if "[" in english.source or "<" in english.source else ""
        place = found.key, found.plural, found.critical, rules.levels.page_class(found.span.path)
        asked[place, english, translations.locale.name, locale, repr(linked)] += 1
        return judge(*words)

    monkeypatch.setattr(message, "judge", counted)
    project = project_of(REPO)
    assert project.coverage and list(build.outputs(project))
    assert len(asked) > 2000 and set(asked.values()) == {1}


def test_settings_are_values() -> None:
    assert isinstance(project_of(REPO).settings, Settings) and same(project_of(REPO).settings)


def calls(count: int) -> int:
    """How many calls of ours the figures of a page with so many blocks take: half of them English, a third a machine's."""
    found = [
        Resolution(
            Message(Key(None, f"Text {at}"), Span("source/a.md", at)),
            State.TRANSLATED,
            inline.Inline(f"Texto {at}", inline.Syntax.MARKDOWN, ()),
            "en" if at % 2 else "es",
            review=Review("machine" if at % 3 else "human", missing=("reviser",) * (at % 5 == 0)),
        )
        for at in range(count)
    ]
    made = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        figures(found, "es", "en")
    finally:
        sys.setprofile(None)
    return made


def test_figures_grow_with_the_blocks_of_a_page() -> None:
    """Not with their square: counted in calls, which no other work on the machine changes."""
    assert calls(2000) <= 2.1 * calls(1000)
