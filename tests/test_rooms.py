"""The house: twenty rooms, each with a door of a few names that loads nothing before it is asked."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from tests.conftest import REPO

ROOMS = sorted(path.name for path in (REPO / "pipeline").iterdir() if path.is_dir() and path.name != "__pycache__")
DOORS = [room for room in ROOMS if "door(" in (REPO / "pipeline" / room / "__init__.py").read_text("utf-8")]


def test_there_are_twenty_rooms_and_nothing_else() -> None:
    files = {path.name for path in (REPO / "pipeline").iterdir() if path.is_file()}
    assert len(ROOMS) == 20 and files == {"__init__.py", "__main__.py"}


@pytest.mark.parametrize("room", DOORS)
def test_a_door_has_what_it_says(room: str) -> None:
    package = import_module(f"pipeline.{room}")
    names = [
        line.split(" as ")[-1]
        for line in (REPO / "pipeline" / room / "__init__.py").read_text().splitlines()
        if " as " in line
    ]
    assert 1 <= len(names) <= 6
    assert all(getattr(package, name) is not None for name in names)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = package.nothing


def test_doors_load_nothing_before_they_are_asked() -> None:
    code = f"import sys\nfor room in {DOORS!r}: __import__('pipeline.' + room)\nprint([m for m in sys.modules if m.count('.') > 1 and m.startswith('pipeline.') and m != 'pipeline.core.door'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPO)
    assert done.stdout.strip() == "[]"


def test_nouns_import_no_third_party() -> None:
    """What every room rests on: values, without a library that has to be there first (CLDR in `locales` is the exception)."""
    code = "import sys, pipeline.core.model, pipeline.core.ledger, pipeline.core.policy, pipeline.catalog.po_file, pipeline.text.similarity\nprint([m for m in ('babel', 'jinja2', 'markdown_it', 'nh3', 'polib', 'rapidfuzz', 'rich', 'selectolax', 'yaml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPO)
    assert done.stdout.strip() == "[]"
