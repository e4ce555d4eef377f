"""Formats that other packages bring: their entry points in the group `lockstep.formats`, found without loading any of them.

What the entry point names is a `Format` (`content/sources`). What its package says is part of this program: every file of it
counts where results are kept (`core/cache`).
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pkgutil
import sys
from collections.abc import Mapping
from configparser import ConfigParser, Error
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.core.errors import LockstepError

GROUP = "lockstep.formats"


@cache
def named() -> Mapping[str, str]:
    """What each format is loaded from (`module:name`), by its name."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".dist-info", ".egg-info")):
                    found = {**points(Path(entry.path) / "entry_points.txt"), **found}
    return found


def points(path: Path) -> dict[str, str]:
    """The formats that a package names (the entry points specification); none where it names none or nobody can read it."""
    try:
        text = path.read_text("utf-8")
        if GROUP not in text:
            return {}
        parser = ConfigParser(delimiters=("=",), interpolation=None, strict=False)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(text)
        return {name: value.partition("[")[0].strip() for name, value in parser.items(GROUP)}
    except (OSError, UnicodeDecodeError, Error):
        return {}


def load(name: str) -> Any:
    """What a package brings under a name. Raises LockstepError where it cannot be loaded."""
    value = named()[name]
    try:
        return pkgutil.resolve_name(value)
    except (Exception, SystemExit) as problem:
        what = f"the plug-in for {name!r} ({value}) cannot be loaded: {type(problem).__name__}: {problem}"
        todo = "Mend or update the package that brings it, or take the line that names it out of `mappings`."
        raise LockstepError(what[:400], path="pyproject.toml", todo=todo) from problem


def reads(path: str) -> str:
    """The format that says of itself that it reads files which end like this one; "" for none."""
    return next((method for ending, method in endings().items() if path.endswith(ending)), "")


@cache
def endings() -> Mapping[str, str]:
    """The ends of names that each format says it reads. One that cannot be loaded is told of where a mapping names it."""
    found: dict[str, str] = {}
    for name in named():
        with contextlib.suppress(LockstepError):
            suffixes = getattr(load(name), "suffixes", ())
            found.update(dict.fromkeys(suffixes if isinstance(suffixes, tuple) else (), name))
    return found


@cache
def homes() -> tuple[Path, ...]:
    """Where the files of all packages are that bring a format."""
    found: set[Path] = set()
    for value in named().values():
        with contextlib.suppress(ImportError, ValueError, AttributeError):
            if spec := importlib.util.find_spec(value.partition(":")[0].partition(".")[0].strip()):
                folders = [Path(one) for one in spec.submodule_search_locations or ()]
                found.update(folders or ([Path(spec.origin)] if spec.origin and spec.has_location else []))
    return tuple(sorted(found))
