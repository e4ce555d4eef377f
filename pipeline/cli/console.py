"""What a person sees at a terminal: the console, the progress bar, the lines of findings."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.core.model import Finding
    from pipeline.core.progress import Progress


def console(stream: Any = None) -> Any:
    """A console of rich on a stream (default: standard output) that wraps no line of its own accord."""
    from rich.console import Console

    made = Console(file=stream or sys.stdout, highlight=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = 200
    return made


BLINK = 0.1
"""Seconds between two sights of the progress bar."""


@contextmanager
def progress(arguments: Any) -> Iterator[Progress]:
    """A progress bar on standard error where a person is watching; nothing where none is, or a program reads the result. With
    `--verbose`, a line for each part of the work as it ends, with its seconds."""
    if getattr(arguments, "verbose", False):
        with stages() as timed:
            yield timed
        return
    if arguments.format != "text" or not sys.stderr.isatty() or getattr(arguments, "quiet", False):
        yield lambda what, done, steps: None
        return
    watched = getattr(sys.stderr, "unrecorded", sys.stderr)  # a bar is no part of an answer that may be given again
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console(watched),
        transient=True,
        auto_refresh=False,  # that would be a thread, and a process that has one cannot be forked safely
    ) as bar:
        task, shown = bar.add_task("Reading", total=None), 0.0

        def report(what: str, done: int, steps: int) -> None:
            nonlocal shown
            now = time.monotonic()
            bar.update(task, description=what, completed=done, total=steps, refresh=now - shown > BLINK)
            shown = now if now - shown > BLINK else shown

        bar.refresh()
        yield report


@contextmanager
def stages() -> Iterator[Progress]:
    """Say of each part of the work on standard error how long it took."""
    begun, doing = time.monotonic(), "Reading"

    def report(what: str, done: int, steps: int) -> None:
        nonlocal begun, doing
        if what != doing:
            now = time.monotonic()
            print(f"{doing}: {now - begun:.2f} s", file=sys.stderr)
            begun, doing = now, what

    yield report
    print(f"{doing}: {time.monotonic() - begun:.2f} s", file=sys.stderr)


def show(found: Iterable[Finding], stream: Any = None) -> None:
    """Print findings on a stream (default: standard output), each as the lines a person reads. Where nobody sees colours, they are
    written as they are, all at once."""
    if not (findings := [*found]):
        return
    from pipeline.cli import text

    stream = stream or sys.stdout
    lines = [tuple(text.finding(finding, more)) for finding, more in text.once(findings)]
    said = "".join(["".join([part for part, _ in line]) + "\n" for line in lines])
    if not (stream.isatty() or any(os.environ.get(name) for name in COLOURED) or "\t" in said):
        stream.write(said.translate(UNSEEN))
        return
    from rich.text import Text

    out = console(stream)
    for line in lines:
        out.print(Text.assemble(*line))


COLOURED = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""Variables by which rich takes a stream for a terminal."""
UNSEEN = dict.fromkeys((7, 8, 11, 12, 13))
"""Control characters that rich leaves out."""


def counted(count: int, what: str) -> str:
    """A number and its noun: `1 file`, `2 files`."""
    return f"{count} {what}{'s' * (count != 1)}"
