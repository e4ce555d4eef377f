"""A law of the site in memory: after any edit of any file it shows what a build of the files shows that reads them for the first time."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.cli.main import main
from pipeline.core import clock
from pipeline.core.errors import LockstepError
from pipeline.live import Live
from tests.conftest import lay_out, translate, updated
from tests.test_live import DATA, PAGES, SPANISH, shown, whole, with_hours

REVIEWED = '[tool.lockstep.policy]\nunreviewed = "serve-with-notice"\nwording = "english"\n'
ES = "locale/es/LC_MESSAGES/messages.po"
MEXICO = "locale/es_MX/LC_MESSAGES/messages.po"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a past: edits that were logged and decided, signatures, an accepted finding, a withdrawn text, a glossary."""
    root = tmp_path_factory.mktemp("live") / "site"
    old = {**PAGES, "pump.md": PAGES["pump.md"].replace("Swim", "Swim far").replace("Drive a car", "Drive the car")}
    lay_out(root, old, locales=("es", "es_MX"), data=DATA, extra=REVIEWED)
    with_hours(root)
    translate(
        root, {**SPANISH, "Swim far": "Nadar lejos", "Drive the car": "Conducir el auto", "Take 5 mg.": "Tome  5 mg."}
    )
    translate(root, {"Pump": "La bomba"}, "es_MX")
    (root / "source/pump.md").write_text(PAGES["pump.md"], "utf-8")
    updated(root)
    who = ["--by", "Ana Ruiz", "--reason", "it is so", "--root", str(root)]
    at = next(n for n, row in enumerate((root / ES).read_text("utf-8").split("\n"), 1) if "Tome  5 mg." in row)
    assert main(["accept", f"{ES}:{at}", "--check", "spaces", *who]) == 0
    assert main(["recall", "index#home.1", "--stub", *who]) == 0
    sign = [
        "review",
        "es",
        "pump",
        "--as",
        "reviser",
        "--by",
        "Ana Ruiz",
        "--qualification",
        "reviser",
        "--root",
        str(root),
    ]
    assert main(sign) == 0
    (root / "locale/official").mkdir()
    for name in ("en", "es"):
        (root / f"locale/official/help.{name}.txt").write_text(f"Free help ({name}): 1-800-555-0100.\n", "utf-8")
    with (root / "people.yaml").open("a", encoding="utf-8") as people:
        people.write("  - name: Ida Bell\n    may: [official]\n")
    assert main(["official", "--root", str(root), "--bind", "help.en.txt", "help.es.txt", "--by", "Ida Bell"]) == 0
    (root / "locale/glossary.yaml").write_text("protected:\n  - Riverbend\n", "utf-8")
    return root


def files(root: Path) -> list[str]:
    """Every text of the site, a few of each kind first and often."""
    found = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and path.suffix != ".css"]
    return sorted(path for path in found if not path.startswith((".", "dist")))


def digit(text: str, dice: random.Random) -> str:
    at = [n for n, char in enumerate(text) if char.isdigit()]
    where = dice.choice(at) if at else len(text)
    return text[:where] + str(dice.randrange(10)) + text[where + 1 :]


def lines(change: Callable[[list[str], int, random.Random], None]) -> Callable[[str, random.Random], str]:
    def edit(text: str, dice: random.Random) -> str:
        rows = text.splitlines(keepends=True) or [""]
        change(rows, dice.randrange(len(rows)), dice)
        return "".join(rows)

    return edit


def drop(rows: list[str], at: int, dice: random.Random) -> None:
    del rows[at]


def double(rows: list[str], at: int, dice: random.Random) -> None:
    rows.insert(at, rows[at])


def swap(rows: list[str], at: int, dice: random.Random) -> None:
    other = dice.randrange(len(rows))
    rows[at], rows[other] = rows[other], rows[at]


def words(text: str, dice: random.Random) -> str:
    at = [n for n, char in enumerate(text) if char == " "]
    where = dice.choice(at) if at else 0
    return (
        text[:where]
        + dice.choice([" not", " 7", " [home](index.md)", ' "', "  ", " {clinic.hours}", "\n"])
        + text[where:]
    )


def exchange(one: str, two: str) -> Callable[[str, random.Random], str]:
    """A word of a translation for another, and back."""
    return lambda text, dice: text.replace(one, two) if one in text else text.replace(two, one)


def gone(text: str, dice: random.Random) -> None:
    """The file is deleted."""


ACTS: list[Callable[[str, random.Random], str | None]] = [
    digit, lines(drop), lines(double), lines(swap), words, gone,
    exchange("Tome", "Toma"), exchange('msgctxt "clinic.hours"', '#, fuzzy\nmsgctxt "clinic.hours"'), exchange("lejos", "cerca"), exchange("Este texto", "Un texto"),
]  # fmt: skip
GONE, DOSE, FACT, FORMER, STUB = 5, 6, 7, 8, 9
OFTEN = [
    "source/pump.md", "source/index.md", "source/site.yaml", "templates/page.html", "templates/notices.html", "pyproject.toml", ES, MEXICO,
    "locale/glossary.yaml", "locale/edits.jsonl", "locale/es/reviews.jsonl", "locale/es/exceptions.yaml", "locale/recalls.jsonl", "people.yaml",
    "locale/official/help.es.txt", "locale/official.jsonl",
]  # fmt: skip
EDIT = st.tuples(st.sampled_from(OFTEN), st.integers(0, len(ACTS) - 1), st.integers(0, 9999))


def held(live: Live) -> dict[str, bytes] | str:
    """Every page; or what stands in the way."""
    if live.trouble:
        return live.trouble
    try:
        return shown(live)
    except LockstepError as problem:
        return str(problem)


def fresh(root: Path) -> dict[str, bytes] | str:
    try:
        return whole(root)
    except LockstepError as problem:
        return str(problem)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(st.lists(EDIT, min_size=1, max_size=2), min_size=1, max_size=4))
@example(edits=[[(path, GONE, 0)] for path in OFTEN[8:]])
@example(
    edits=[
        [(ES, DOSE, 0)],
        [(ES, FACT, 0)],
        [(ES, STUB, 0)],
        [(ES, FORMER, 0)],
        [("source/pump.md", 0, 0)],
        [("templates/page.html", 0, 0)],
    ]
)
@example(edits=[[("locale/recalls.jsonl", GONE, 0)], [(ES, FACT, 0)], [(MEXICO, 4, 7)], [(ES, FACT, 0), (ES, DOSE, 0)]])
def test_what_is_held_is_what_would_be_read(
    made: Path, tmp_path_factory: pytest.TempPathFactory, edits: list[list[tuple[str, int, int]]]
) -> None:
    root = tmp_path_factory.mktemp("edited") / "site"
    shutil.copytree(made, root)
    live = Live(root, clock.read)
    held(live)
    for group in edits:
        for path, act, seed in group:
            text = (root / path).read_text("utf-8") if (root / path).exists() else (made / path).read_text("utf-8")
            new = ACTS[act](text, random.Random(seed)) if (root / path).exists() else text
            if new is None:
                (root / path).unlink()
            else:
                (root / path).write_text(new, "utf-8")
        live.take({path for path, _, _ in group})
        if found := live.unsettled():
            live.settle(found)
        now, anew = held(live), fresh(root)
        if isinstance(anew, str) or isinstance(now, str):
            assert isinstance(now, str) == isinstance(anew, str), (group, now, anew)
        else:
            assert [path for path in anew if now.get(path) != anew[path]] == [], group
    shutil.rmtree(root)
