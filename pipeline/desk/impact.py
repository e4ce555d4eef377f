"""The impact of the edits so far, worked out in a process of its own while the desk goes on."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pipeline.core.errors import LockstepError
from pipeline.resolve.worklist import word_diff

MOST = 40
"""How many rows of each kind are told."""


def measured(root: Path) -> dict[str, Any]:
    """The impact of what is in the working tree, as JSON; in a process of its own."""
    from pipeline.commands import impact, project
    from pipeline.core import cache, clock

    try:
        found = impact.measure(project.load(root, clock.read(), store=cache.read()), None)
    except LockstepError as problem:
        return {"error": f"{problem.what}. {problem.todo}"}
    return {
        "empty": found.empty,
        "edited": [
            {
                "severity": str(one.severity),
                "reasons": list(one.reasons),
                "place": f"{one.places[0].path}#{one.places[0].block}",
                "path": one.places[0].path,
                "block": one.places[0].block,
                "had": len(one.had),
                "diff": [list(run) for run in word_diff(one.was.msgid, one.now.msgid)],
            }
            for one in found.edited[:MOST]
        ],
        "new": len({place.key for place in found.new}),
        "deleted": len({place.key for place in found.deleted}),
        "languages": [
            {
                "locale": one.locale,
                "strings": dict(one.strings),
                "words": dict(one.words),
                "carried": one.carried,
                "ended": one.ended,
            }
            for one in found.languages
        ],
        "english": sum(turn.to == "english" for turn in found.turns),
        "leaving": [one.locale for one in found.leaving],
        "advice": list(found.advice[:8]),
    }


@dataclass
class Impacts:
    """The newest answer; while one is worked out, no more than one other question waits. `told` is called when there is one."""

    root: Path
    told: Callable[[], None] = lambda: None
    made: dict[str, Any] | None = None
    pool: ProcessPoolExecutor | None = None
    busy: bool = False
    again: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def newest(self) -> dict[str, Any]:
        """The newest answer, and whether a newer one is on its way; the first question asks."""
        if self.made is None and not self.busy:
            self.ask()
        return {**(self.made or {}), "busy": self.busy}

    def ask(self) -> None:
        with self.lock:
            if self.busy:
                self.again = True
                return
            self.busy = True
            self.pool = self.pool or ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            with contextlib.suppress(RuntimeError):
                self.pool.submit(measured, self.root).add_done_callback(self.done)

    def done(self, future: Future[dict[str, Any]]) -> None:
        try:
            self.made = future.result()
        except BrokenProcessPool:
            self.pool = None
        except Exception as problem:
            self.made = {
                "error": f"The impact could not be worked out ({type(problem).__name__}). Run `lockstep impact`."
            }
        with self.lock:
            self.busy, more, self.again = False, self.again, False
        self.told()
        if more:
            self.ask()

    def close(self) -> None:
        if self.pool:
            self.pool.shutdown(wait=False, cancel_futures=True)
