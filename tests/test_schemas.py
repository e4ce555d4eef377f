"""The JSON Schemas of `docs/schemas/` against what is really written: they take all of it, and no more than what reads it takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.changes import edit_log, former
from pipeline.cli.main import main
from pipeline.core.ledger import Fields, Ledger
from pipeline.review import handouts, official, questions, recalls, reviews, slugs
from tests.conftest import REPO, Make, translate
from tests.faults import scenes
from tests.faults.scenes import on, run

jsonschema = pytest.importorskip("jsonschema")
FOLDER = REPO / "docs/schemas"
LEDGERS: Mapping[str, type[Ledger[Any]]] = {
    "edits": edit_log.Log,
    "reviews": reviews.Reviews,
    "former": former.Former,
    "recalls": recalls.Recalls,
    "handouts": handouts.Handouts,
    "questions": questions.Questions,
    "official": official.Bindings,
    "slugs": slugs.Slugs,
}


def schema(name: str) -> Any:
    """A schema as a validator, itself valid."""
    found = json.loads((FOLDER / f"{name}.schema.json").read_text())
    kind = jsonschema.Draft202012Validator
    kind.check_schema(found)
    return kind(found)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in which everything happened: translated, signed, edited, decided, recalled, asked, answered, handed out, bound, built."""
    root = tmp_path_factory.mktemp("schemas") / "site"
    scenes.in_step(root)
    scenes.run(root, "decide", "index#later.1", "--meaning-unchanged", "--by", "Ann Lee", "--second", "Bo Chen", "--reason", "r")  # fmt: skip
    with on(3):
        run(root, "review", "es", "index", "--void", "--by", "Lee", "--note", "wrong side")
        run(root, "recall", "index#pump.1", "--by", "Ann", "--reason", "wrong dose")
        run(root, "handout", "index", "-l", "es", "-o", str(root / "paper.html"))
        run(root, "ask", "index#pump.2", "How many?", "--by", "Ana", "--locale", "es")
    with on(4):
        run(root, "answer", scenes.question_of(root), "One a day.", "--by", "Bo")
        (root / "locale/official").mkdir()
        for name in ("es", "en", "fr"):
            (root / f"locale/official/help.{name}.txt").write_text(f"Help: {name}\n")
        run(root, "official", "--bind", "help.es.txt", "help.en.txt", "--by", "Ida")
        (root / "source/heat.md").write_text("# Heat\n")
        settings = (root / "pyproject.toml").read_text()
        (root / "pyproject.toml").write_text(
            settings.replace("[tool.lockstep]\n", '[tool.lockstep]\nslugs = "translated"\n')
        )
        translate(root, {"Heat": "مِضخّة"})
        run(root, "update")
        run(root, "build")
    return root


def lines(site: Path, name: str) -> list[dict[str, Any]]:
    found = sorted((site / "locale").rglob(f"{name}.jsonl"))
    return [json.loads(line) for path in found for line in path.read_text().splitlines()]


@pytest.mark.parametrize("name", LEDGERS)
def test_every_line_of_a_ledger_is_as_its_schema_says(site: Path, name: str) -> None:
    rows, valid = lines(site, name), schema(name)
    assert rows
    for row in rows:
        valid.validate(row)


OTHER: tuple[Any, ...] = (None, 3, "", "x", [], ["x"], {}, {"x": 1}, True)


def damaged(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A line with a key less, and with another value in each."""
    for key in row:
        yield {name: value for name, value in row.items() if name != key}
        yield from ({**row, key: other} for other in OTHER)


@pytest.mark.parametrize("name", LEDGERS)
def test_a_schema_takes_nothing_that_its_reader_refuses(site: Path, name: str) -> None:
    """But for what follows from the rest of a line, which no schema can say."""
    valid, parse = schema(name), LEDGERS[name].parse
    seen = 0
    for row in lines(site, name):
        for bad in damaged(row):
            try:
                parse(Fields.of(json.dumps(bad)))
            except ValueError as problem:
                if "follows from what" not in str(problem) and "is not the id of" not in str(problem):
                    seen += 1
                    assert not valid.is_valid(bad), (str(problem), bad)
    assert seen > 5


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(list(words)) in {0, 1}
    return capsys.readouterr().out


OUTPUTS = {
    "findings": ("check", "--format", "json"),
    "finding": ("check", "--format", "jsonl"),
    "status": ("status", "--format", "json"),
    "trend": ("status", "--trend", "--format", "json"),
    "audit": ("audit", "--format", "json"),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_output_is_as_its_schema_says(site: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    verb, *words = OUTPUTS[name]
    text, valid = printed(capsys, verb, "--root", str(site), *words), schema(name)
    found = [json.loads(line) for line in text.splitlines()] if name == "finding" else [json.loads(text)]
    assert found
    for one in found:
        valid.validate(one)
        if isinstance(one, dict):
            for key in one:
                assert not valid.is_valid({other: value for other, value in one.items() if other != key}), key
                assert not valid.is_valid({**one, "x-new": 1}), "what is new stands in the schema first"


ENGLISH, SPANISH = "# Pump\n\nTake 5 mg at night.\n", "# Bomba\n\nTome 5 mg por la noche.\n\nAdiós, hasta la vista.\n"


def unlike(found: Any) -> Iterator[Any]:
    """A report with a key less, one more, or another value, anywhere in it: once for each shape of an object."""
    if isinstance(found, list):
        for at, one in enumerate(found):
            yield from ([*found[:at], other, *found[at + 1 :]] for other in unlike(one))
    elif isinstance(found, dict):
        yield {**found, "X": {}}
        for key, one in found.items():
            yield {other: value for other, value in found.items() if other != key}
            yield {**found, key: {"X": 1} if isinstance(one, (str, int, list)) else []}
            yield from ({**found, key: other} for other in unlike(one))


def optional(valid: Any, found: Any) -> list[Any]:
    """What a schema takes of such damage: nothing but the loss of a count that may be missing."""
    return [bad for bad in unlike(found) if valid.is_valid(bad)]


def test_the_impact_of_every_kind_of_edit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "site"
    scenes.grown(root)
    moved = "Rest for a few days after the refill."
    (root / "source/new.md").write_text(f"# New\n\n{moved}\n\nSit down.\n")
    page = root / "source/index.md"
    page.write_text(page.read_text().replace(f"{moved}\n\n", "").replace("title: Pump\n", "title: Pump\nclass: x\n"))
    found = json.loads(printed(capsys, "impact", "--root", str(root), "--format", "json"))
    empty = {"reordered", "critical", "unpublished", "astray", "withheld"}
    assert {key for key, value in found.items() if not value} <= empty
    valid = schema("impact")
    valid.validate(found)
    counts = {"new", "cosmetic", "wording", "critical"}
    for bad in optional(valid, found):
        lost = [name for name, one in found["locales"].items() if bad["locales"].get(name) != one]
        assert {**bad, "locales": 0} == {**found, "locales": 0} and len(lost) <= 1, bad
        for kind in ("strings", "words") if lost and lost[0] in bad["locales"] else ():
            assert found["locales"][lost[0]][kind].keys() - bad["locales"][lost[0]][kind].keys() <= counts


def test_what_became_of_adopted_translations(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    field = REPO / "tests/adoption"
    root = make({"page.md": (field / "page.md").read_text()}, locales=("es", "fr"))
    (root / "broken.po").write_text('msgid "x"\nmsgstr nothing\n')
    files = [str(path) for path in sorted(field.glob("*.po"))]
    found = json.loads(
        printed(capsys, "adopt", "--root", str(root), *files, str(root / "broken.po"), "-l", "es", "--format", "json")
    )
    kinds = {entry["became"] for one in found["languages"] for entry in one["entries"]}
    assert {"live", "kept"} <= kinds and found["findings"]
    valid = schema("adopt")
    valid.validate(found)
    whole = found["languages"][0]
    some = {one["cause"]: one for one in whole["entries"]}.values()  # one of each kind
    small = {**found, "languages": [{**whole, "entries": [*some]}], "findings": found["findings"][:1]}
    taken = optional(valid, small)
    assert len(taken) <= 2 + len(whole["causes"]), "a language may be missing, and a count"


def test_what_became_of_adopted_pages(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"pump.md": ENGLISH})
    run(root, "update")
    (root / "es").mkdir()
    (root / "es/pump.md").write_text(SPANISH)
    (root / "es/lost.md").write_text("# Perdida\n")
    found = json.loads(
        printed(capsys, "adopt", "--root", str(root), "--pages", f"es={root / 'es'}", "--format", "json")
    )
    assert found[0]["alone"] and found[0]["left-out"] and found[0]["pairs"]
    valid = schema("adopt-pages")
    valid.validate(found)
    counted = len(found[0]["pairs"]) + len(found[0]["outcomes"])
    assert len(optional(valid, found)) <= counted + 1


def test_a_trend_and_an_audit_that_say_something(capsys: pytest.CaptureFixture[str], site: Path) -> None:
    path = site / "dist/es/index.html"
    body = path.read_bytes()
    try:
        path.write_bytes(body.replace(b"</main>", b"<p>New</p></main>"))
        found = json.loads(printed(capsys, "audit", "--root", str(site), "--format", "json"))
    finally:
        path.write_bytes(body)
    assert found
    schema("audit").validate(found)
    told = json.loads(printed(capsys, "status", "--root", str(REPO), "--trend", "--format", "json"))
    schema("trend").validate(told)


def test_the_manifest_is_as_its_schemas_say(site: Path) -> None:
    whole = json.loads((site / "dist/lockstep.json").read_text())
    schema("lockstep-json").validate(whole)
    parts = [path for path in (site / "dist/lockstep").glob("*.json") if path.name != "texts.json"]
    assert {path.stem for path in parts} == {tag for tag, about in whole["languages"].items() if about["published"]}
    for path in parts:
        found = json.loads(path.read_text())
        schema("lockstep-language").validate(found)
        assert any(page["blocks"] for page in found.values())


def test_every_schema_is_tried_and_documented() -> None:
    names = {path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.json")}
    assert names == {*LEDGERS, *OUTPUTS, "impact", "adopt", "adopt-pages", "lockstep-json", "lockstep-language"}
    text = (REPO / "docs/schemas/README.md").read_text()
    assert all(f"({name}.schema.json)" in text for name in names)
