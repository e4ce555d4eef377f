"""Completion as bash asks for it, on a site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import completion
from tests.conftest import REPO, Make

pytest.importorskip("argcomplete")


def asked(root: Path, line: str, tmp_path: Path) -> set[str]:
    """What the program answers the shell that asks how a line may go on."""
    answer = tmp_path / "answer"
    subprocess.run(
        [sys.executable, "-P", "-m", "pipeline"], cwd=root, check=False,
        env={**os.environ, "PYTHONPATH": str(REPO), "_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_SHELL": "bash",
             "_ARGCOMPLETE_STDOUT_FILENAME": str(answer), "COMP_LINE": line, "COMP_POINT": str(len(line))},
    )  # fmt: skip
    return {word.strip() for word in answer.read_text().split("\n")} - {""} if answer.exists() else set()


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("lockstep au", {"audit"}),
        ("lockstep check --loc", {"--locale"}),
        ("lockstep check --locale ", {"es"}),
        ("lockstep check --ignore spaces,number-w", {"spaces,number-word"}),
        ("lockstep check --format gith", {"github"}),
    ],
)
def test_what_may_come_next(make: Make, tmp_path: Path, line: str, wanted: set[str]) -> None:
    assert asked(make({"index.md": "Text\n"}), line, tmp_path) == wanted


def test_every_shell_gets_a_script() -> None:
    for shell in completion.SHELLS:
        assert "lockstep" in completion.script(shell)
