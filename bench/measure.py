"""What a command costs: CPU of it and of its children, wall, peak memory, bytes of the files it made or changed.

This process stays small on purpose: Linux counts the memory of whoever starts a program as that program's peak.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in the unit of `ru_maxrss`."""
Files = Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU (user and system) and of wall, bytes of memory of the largest process, bytes of files written; how it ended."""

    cpu: float
    wall: float
    memory: int = 0
    written: int = 0
    code: int = 0
    said: str = field(default="", repr=False)

    @property
    def stopped(self) -> bool:
        """Whether the time limit ended it: its seconds are then a lower bound."""
        return self.code == -signal.SIGKILL


def together(costs: Sequence[Cost]) -> Cost:
    """Several commands, one after the other, as one."""
    worst = max(costs, key=lambda cost: (cost.stopped, abs(cost.code)))
    return Cost(
        sum(cost.cpu for cost in costs),
        sum(cost.wall for cost in costs),
        max(cost.memory for cost in costs),
        sum(cost.written for cost in costs),
        worst.code,
        worst.said,
    )


def files(folder: Path) -> Files:
    """Every file under a folder: its inode, time of change and size."""
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = f"{at}/{name}"
            stat = os.lstat(path)
            found[path] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return found


def written(before: Files, after: Files) -> int:
    """Bytes of the files that are new or other ones."""
    return sum(facts[2] for path, facts in after.items() if before.get(path) != facts)


def run(words: Iterable[str | Path], *, cwd: Path, env: Mapping[str, str] = {}, limit: float | None = None) -> Cost:
    """Run a command in a folder and say what it cost; after `limit` seconds it is killed, with its children."""
    before = files(cwd)
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in words],
            cwd=cwd,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        timer = threading.Timer(limit or threading.TIMEOUT_MAX, os.killpg, (process.pid, signal.SIGKILL))
        timer.daemon = True
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        wall = time.perf_counter() - start
        timer.cancel()
        process.returncode = code = os.waitstatus_to_exitcode(status)
        output.seek(max(0, output.seek(0, os.SEEK_END) - 4000))
        said = output.read().decode(errors="replace")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * UNIT, written(before, files(cwd)), code, said)
