"""The states of a message are one table: a new state is a row in `core/states.py`, and nothing else knows them all."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.style import Style

from pipeline.core.states import State
from tests.conftest import REPO, Make, translate

ROW = """    DISPUTED = "disputed", Traits(
        "Disputed: two people disagree", gravity=45, urgency=15, terminal="red", paint="var(--bad)",
    )
"""
DAY = """
import sys
from pipeline.cli.main import main
for words in sys.argv[2:]:
    print("$", words, flush=True)
    if code := main([*words.split(), "--root", sys.argv[1]]):
        sys.exit(f"{words}: {code}")
"""


def test_a_ninth_state_is_one_row(tmp_path: Path, make: Make) -> None:
    """A copy of the code with a row more, in which every text that nobody translated is disputed: all reports know it."""
    copy = tmp_path / "copy"
    shutil.copytree(REPO / "pipeline", copy / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    for file, old, new in (
        ("core/states.py", '    RECALLED = "', ROW + '    RECALLED = "'),
        ("resolve/message.py", "State.UNTRANSLATED", "State.DISPUTED"),
    ):
        path = copy / "pipeline" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    root = make({"index.md": "# Home\n\nCall us\n\nCome in\n"})
    translate(root, {"Home": "Inicio", "Call us": "Llame"})
    verbs = (
        "update",
        "check",
        "build",
        "audit",
        "status --todo --pages",
        "impact",
        "review es --list",
        "status --format json",
    )
    done = subprocess.run(
        [sys.executable, "-c", DAY, str(root), *verbs],
        capture_output=True,
        text=True,
        check=False,
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    printed = dict(part.split("\n", 1) for part in done.stdout.split("$ ")[1:])
    figures = json.loads(printed["status --format json"])["locales"]["es"]
    count = figures["messages"]["disputed"]
    assert count > 0 == figures["messages"]["untranslated"]
    assert {one["state"] for one in figures["open"]} == {"disputed"}
    header, row = printed["status --todo --pages"].splitlines()[:2]
    assert row[: header.index("disputed") + len("disputed")].split()[-1] == str(count)
    assert "disputed    source/index.md:5" in printed["status --todo --pages"]
    assert "source/index.md#home.2  disputed" in printed["review es --list"]
    status = "".join((root / "dist/status" / name).read_text("utf-8") for name in ("index.html", "status.css"))
    for wanted in (
        f'data-disputed="{count}"',
        "i.disputed { background: var(--bad); }",
        "Disputed: two people disagree",
        '<i class="disputed" style',
    ):
        assert wanted in status
    assert 'data-state="disputed"' in (root / "dist/es/index.html").read_text("utf-8")


@pytest.mark.parametrize("state", State)
def test_a_row_is_whole(state: State) -> None:
    traits = state.traits
    assert traits.done == (traits.urgency == 0) and (traits.shown or not traits.done)
    assert bool(traits.light) == bool(traits.dark) == (f"var(--{state})" in traits.paint)
    assert traits.words.lower().startswith(state.value) and Style.parse(traits.terminal)
    notices = (REPO / "templates/notices.html").read_text("utf-8")
    assert traits.notice == "untranslated" or f'kind == "{traits.notice}"' in notices


@pytest.mark.parametrize("rank", ["gravity", "urgency"])
def test_no_two_states_are_equal(rank: str) -> None:
    """But for those in which nothing waits."""
    ranks = [found for state in State if (found := getattr(state.traits, rank)) or rank == "gravity"]
    assert len({*ranks}) == len(ranks)


def test_nothing_else_lists_the_states() -> None:
    texts = {path: path.read_text("utf-8") for path in (REPO / "pipeline").rglob("*.py") if path.name != "states.py"}
    some = {path: text for path, text in texts.items() if sum(state in text.lower() for state in State) > 2}
    lists = [f"{path}:{line}" for path, text in some.items() for line in listings(text)]
    pages = [path for path in (REPO / "pipeline").rglob("*.html") if len(named(path.read_text("utf-8"))) > 2]
    assert (lists, pages) == ([], [])


def listings(code: str) -> Iterator[int]:
    """The lines of tuples, lists, sets, mappings and conditions that name three states or more, as members or as words."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.BoolOp)):
            members = {
                one.attr
                for one in ast.walk(node)
                if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "State"
            }
            words = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
            if len({name.lower() for name in members} | words & {*State}) > 2:
                yield node.lineno


def named(html: str) -> set[str]:
    """The states that a template names in a condition."""
    return {word for tag in re.findall(r"\{%.*?%\}", html) for word in re.findall(r"\"(\w+)\"", tag)} & {*State}
