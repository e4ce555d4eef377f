"""Questions about the whole site that take seconds, answered in a process of their own while the desk goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.core.crew import ASKED


@dataclass
class Aside:
    """The newest answer to a question about the whole site, worked out by `work`; while one is, no more than one other question waits.
    `told` is called when there is one."""

    root: Path
    work: Callable[[Path], dict[str, Any]]
    what: str
    told: Callable[[], None] = lambda: None
    made: dict[str, Any] | None = None
    pool: ProcessPoolExecutor | None = None
    held: Connection | None = None
    busy: bool = False
    again: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def newest(self, *, anew: bool = False) -> dict[str, Any]:
        """The newest answer, and whether a newer one is on its way; the first question asks, and one that wants it `anew`."""
        if anew or (self.made is None and not self.busy):
            self.ask()
        return {**(self.made or {}), "busy": self.busy}

    def ask(self) -> None:
        with self.lock:
            if self.busy:
                self.again = True
                return
            self.busy = True
            self.pool = self.pool or self.start()
            with contextlib.suppress(RuntimeError):
                self.pool.submit(self.work, self.root).add_done_callback(self.done)

    def done(self, future: Future[dict[str, Any]]) -> None:
        try:
            self.made = future.result()
        except BrokenProcessPool:
            self.pool = None
        except Exception as problem:
            self.made = {
                "error": f"This could not be worked out ({type(problem).__name__}). Run `lockstep {self.what}`."
            }
        with self.lock:
            self.busy, more, self.again = False, self.again, False
        self.told()
        if more:
            self.ask()

    def start(self) -> ProcessPoolExecutor:
        """A process that ends at once when `held` is closed, as it is too where this process ends, however it does."""
        context = get_context("spawn")
        theirs, self.held = context.Pipe(duplex=False)
        return ProcessPoolExecutor(1, mp_context=context, initializer=begin, initargs=(theirs,))

    def close(self) -> None:
        """End the process, whatever it is at; nobody is told of it."""
        with self.lock:
            self.again, self.told = False, lambda: None
        if self.pool and self.held:
            self.held.close()
            begun = [*(getattr(self.pool, "_processes", None) or {}).values()]  # `kill_workers`, from Python 3.14 on
            self.pool.shutdown(wait=False, cancel_futures=True)
            for (
                process
            ) in begun:  # one that is still being started has not seen that `held` is closed, and we would wait for it
                process.kill()


def begin(held: Connection) -> None:
    """Begin the life of a process aside: behind the desk's own work, and no longer than the other end of `held` is open."""
    for asked in ASKED:  # the one that started us is told too, and ends us
        signal.signal(asked, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(10)

    def end() -> None:
        with contextlib.suppress(EOFError, OSError):
            held.recv()
        os._exit(1)

    threading.Thread(target=end, daemon=True).start()
