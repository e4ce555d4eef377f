"""The benchmark: its sites are the same bytes each time and the program takes them; a tiny run ends in a table. Nothing is timed here."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench import compare, edits, paragraphs, product, scale
from bench.generate import Plan, site
from tests.conftest import REPO, read_tree


def run(*words: str, env: Mapping[str, str] | None = None) -> str:
    """What a module prints; it has to end well."""
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=REPO, check=True, capture_output=True, text=True, env=env
    ).stdout


@pytest.mark.parametrize("extra", [(), ("--foreign", "3", "--obsolete", "5", "--chain", "4")])
def test_a_plan_is_the_same_bytes_in_any_process(tmp_path: Path, extra: tuple[str, ...]) -> None:
    for at in ("0", "1"):
        size = ("--pages", "30", "--languages", "9", "--seed", "7")
        run("bench.generate", str(tmp_path / at), *size, *extra, env={"PYTHONHASHSEED": at})
        edits.edit_english(tmp_path / at)
        edits.edit_paragraph(tmp_path / at)
        edits.edit_msgstr(tmp_path / at)
        edits.edit_template(tmp_path / at)
    assert read_tree(tmp_path / "0") == read_tree(tmp_path / "1")


def test_another_seed_is_another_site(tmp_path: Path) -> None:
    for seed in (1, 2):
        site(tmp_path / str(seed), Plan(2, 2, seed=seed))
    assert read_tree(tmp_path / "1") != read_tree(tmp_path / "2")


def test_a_made_site_is_sound_and_its_edits_are_what_update_logs(tmp_path: Path) -> None:
    site(tmp_path, Plan(6, 3, chain=3))
    root = ("--root", str(tmp_path))
    run("pipeline", "update", *root)
    run("pipeline", "check", *root)
    found = json.loads(run("pipeline", "status", "--format", "json", *root))["locales"]["es"]["messages"]
    assert found["stale"] == 1 and found["unsafe"] == 0
    assert found["translated"] > 10 * found["suggested"] > 0 < found["untranslated"]
    before = (tmp_path / "locale/edits.jsonl").read_text().splitlines()
    count = edits.edit_english(tmp_path)
    run("pipeline", "update", *root)
    logged = [json.loads(line) for line in (tmp_path / "locale/edits.jsonl").read_text().splitlines()[len(before) :]]
    assert {edit["severity"] for edit in logged} == {"cosmetic", "wording", "critical"}
    assert len([edit for edit in logged if edit["how"] == "edited"]) == count


def test_a_law_is_found_again_in_what_follows_it() -> None:
    sizes = [(10, 2), (20, 2), (40, 2), (10, 8), (20, 4)]
    law = scale.fit(scale.grid, [((p, lang), 3 + 0.5 * p + 0.25 * p * lang) for p, lang in sizes])
    assert law.factors == pytest.approx((3, 0.5, 0.25)) and law.error < 1e-9
    assert law.at(100_000, 50) == pytest.approx(3 + 50_000 + 1_250_000)
    assert scale.most(law, 2) == pytest.approx((scale.MEMORY - 3) / 1)
    flat = scale.fit(scale.grid, [((p, lang), 7 - 0.01 * p) for p, lang in sizes])
    assert flat.factors[1] == flat.factors[2] == 0, "nothing shrinks as a site grows"


def test_a_tiny_model_ends_in_tables() -> None:
    said = run("bench.scale", "100x5", "--sizes", "2x1", "4x1", "2x2", "--machines", "5")
    assert "| figure | 4 × 1, measured | 100 × 5 | off by at most |" in said and "| on 5 machines | |" in said
    assert said.count("\n") > 25 and "join, bytes of memory" in said


def test_a_tiny_run_ends_in_a_table() -> None:
    said = run("bench.stages", "2x2", "--rounds", "1", "--no-peers")
    rows = [line.split("**")[1] for line in said.splitlines() if line.startswith("| **")]
    assert rows == [stage.name for stage in product.DAY]


SLOW = [1.3, 1.31, 1.32, 1.33, 1.34]


@pytest.mark.parametrize(
    ("ratios", "slower"),
    [
        ([1.0] * 5, False),
        ([*SLOW[:4], 1.2], False),
        (SLOW[:4], False),
        ([0.9, 0.9, *SLOW, 1.35], False),
        (SLOW, True),
        ([0.9, *SLOW, 1.35, 1.36], True),
    ],
)
def test_slower_is_said_only_with_confidence(ratios: list[float], slower: bool) -> None:
    assert compare.lines_of({"build": ratios})[1] is slower


def test_a_paragraph_is_joined_of_neighbours_that_end_and_spoilt_in_one_piece(tmp_path: Path) -> None:
    """An entry without its stop is in no join; what is spoilt is told alone and among neighbours."""
    rows = [
        ("Call us today.", "Llámenos hoy."),
        ("Opening hours", "Horario"),
        ("Wash your hands.", "Lávese las manos."),
        ("Take 4 tablets a day.", "Tome 4 tabletas al día."),
    ]
    (tmp_path / "es.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        + "".join(f'msgid "{english}"\nmsgstr "{text}"\n\n' for english, text in rows)
    )
    found = paragraphs.measured(tmp_path / "es.po", "all", seed=1, most=9, spoil=1)
    assert found == paragraphs.measured(tmp_path / "es.po", "all", seed=1, most=9, spoil=1)
    assert (found.joins, found.wrong, found.codes) == ({2: 2, 3: 1}, {2: 0, 3: 0}, {})
    assert found.kinds["digit"] == (2, 2, 2, 2, 2, 0)
    join = paragraphs.Join(rows[2:], " ")
    assert join.text(1, "Tome 5 tabletas.") == (
        "Wash your hands. Take 4 tablets a day.",
        "Lávese las manos. Tome 5 tabletas.",
    )
