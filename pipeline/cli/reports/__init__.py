"""Findings for the programs that read them: one format a file, all of them made of the same rows (`rows`)."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path

from pipeline.cli.reports.rows import Report, report
from pipeline.core import disk
from pipeline.core.errors import LockstepError

__all__ = ["Report", "report", "save", "written"]


def written(name: str, report: Report) -> str:
    """A report in one of the formats of `cli.formats.REPORTS`, its last line ended."""
    made: Iterable[str] = importlib.import_module(f"{__name__}.{name}").lines(report)
    return "".join(f"{line}\n" for line in made)


def save(wanted: Iterable[tuple[str, Path]], report: Report) -> None:
    """Write a report to each of some files. Raises LockstepError where one cannot be written."""
    for name, path in wanted:
        body = written(name, report).encode("utf-8", "backslashreplace")
        try:
            if path.parent.is_dir() and (path.is_file() or not path.exists()):
                disk.replace(path.resolve(), body)
            else:  # a pipe, or a terminal
                path.write_bytes(body)
        except OSError as problem:
            raise LockstepError(
                f"the report could not be written: {problem.strerror or problem}",
                path=path,
                todo="Name a file in a folder that is there and may be written to.",
            ) from problem
