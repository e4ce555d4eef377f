"""Standard output and error as they may fail: a full disk behind them, or nobody who reads on, is no bug of ours."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any


class Unsaid(Exception):
    """A stream took no more: `stream` is its name, `problem` what the system said."""

    def __init__(self, stream: str, problem: OSError) -> None:
        super().__init__(f"{stream} could not be written: {problem.strerror or problem}")
        self.stream, self.problem = stream, problem

    @property
    def unread(self) -> bool:
        """Whether nobody reads it any more, as in `lockstep check | head`."""
        return isinstance(self.problem, BrokenPipeError)


class Stream:
    """A stream whose failure is told from any other that the system reports."""

    def __init__(self, stream: Any, name: str) -> None:
        self.stream, self.called = stream, name

    def write(self, text: str) -> int:
        with self.failing():
            return int(self.stream.write(text))

    def writelines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing waits in a stream that was closed inside, as the language server does when its editor goes."""
        with self.failing():
            if not self.stream.closed:
                self.stream.flush()

    @contextlib.contextmanager
    def failing(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            self.silence()
            raise Unsaid(self.called, problem) from problem

    def silence(self) -> None:
        """Let go of what waits to be written, so that nothing is said of it when Python ends."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Have standard output and error tell, inside, where they fail. What was printed is out when this is left, or `Unsaid` is
    raised; where one of them is closed, what is printed goes nowhere."""
    kept = sys.stdout, sys.stderr
    with contextlib.ExitStack() as opened:
        nowhere = [kept[at] or opened.enter_context(open(os.devnull, "w", encoding="utf-8")) for at in (0, 1)]
        sys.stdout, sys.stderr = Stream(nowhere[0], "standard output"), Stream(nowhere[1], "standard error")
        try:
            yield
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            sys.stdout, sys.stderr = kept
