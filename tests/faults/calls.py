"""Every call by which a run changes the disk, with a hand in it: before and after each, in a forked process.

What Python writes without asking the `os` module would pass unseen; `test_faults` compares with what strace sees.
"""

from __future__ import annotations

import builtins
import errno
import fcntl
import io
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.cli.main import main
from pipeline.core import disk, inputs

NAMES = [
    "open",
    "write",
    "fsync",
    "rename",
    "replace",
    "link",
    "symlink",
    "mkdir",
    "chmod",
    "fchmod",
    "unlink",
    "remove",
    "rmdir",
    "utime",
    "truncate",
    "ftruncate",
    "close",
]
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
DATA = {"open", "write", "mkdir", "link", "symlink", "rename", "replace", "exchange", "truncate", "ftruncate"}
"""The calls for which a disk needs room."""


class Call(NamedTuple):
    """A call that is about to be made, the `number`-th of a run."""

    number: int
    name: str
    args: tuple[Any, ...]
    rest: dict[str, Any]


Act = Callable[[Call, Callable[[], Any]], Any]
"""What is done with a call: it gets the call, and how to make it; what it returns or raises is what the caller sees."""


class Stepping:
    """The calls of this process, each given to `act`. There is no way back: for processes that end with it."""

    def __init__(self, act: Act, *, waits: bool = False) -> None:
        self.act, self.count, self.inside = act, 0, False
        self.written: set[int] = set()
        self.kept = {name: getattr(os, name) for name in NAMES}
        for name in NAMES:
            setattr(os, name, self.wrapped(name, self.kept[name]))
        disk.exchange = self.wrapped("exchange", disk.exchange)
        disk.syncfs = self.wrapped("syncfs", disk.syncfs)
        if waits:
            self.wait()

    def wait(self) -> None:
        """Also have reading, and waiting for a lock or a time, be calls, so that two programs can take turns at them."""
        read, lock, sleep = inputs.plain, fcntl.flock, time.sleep
        inputs.plain = self.wrapped("read", read)
        time.sleep = self.wrapped("sleep", lambda seconds: sleep(0.0005))

        def flock(handle: int, how: int) -> None:
            while True:
                try:
                    return self.step("flock", lambda: lock(handle, how | fcntl.LOCK_NB), (handle, how), {})
                except BlockingIOError:
                    continue

        fcntl.flock = flock

    def wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **rest: Any) -> Any:
            if self.inside or not self.counts(name, args):
                return function(*args, **rest)
            return self.step(name, lambda: function(*args, **rest), args, rest)

        return call

    def counts(self, name: str, args: tuple[Any, ...]) -> bool:
        """Whether a call changes the disk."""
        if name == "open":
            return bool(args[1] & WRITES) and args[0] != os.devnull
        if name in {"write", "close"}:
            return args[0] in self.written
        return True

    def step(self, name: str, make: Callable[[], Any], args: tuple[Any, ...], rest: dict[str, Any]) -> Any:
        self.count += 1

        def made() -> Any:
            result = make()
            if name == "open":
                self.written.add(result)
            elif name == "close":
                self.written.discard(args[0])
            return result

        self.inside = True
        try:
            return self.act(Call(self.count, name, args, rest), made)
        finally:
            self.inside = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code (negative: the signal), and what it printed."""

    code: int
    said: str


def run(words: list[str], act: Act | None, out: Path, *, waits: bool = False) -> Ended:
    """A verb in a forked process with `act` in its calls."""
    return ended(start(lambda: main(words), act, out, waits=waits), out)


def start(work: Callable[[], int], act: Act | None, out: Path, *, waits: bool = False) -> int:
    """Begin work in a forked process; its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8", write_through=True)
        sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", write_through=True)
        if act:
            Stepping(act, waits=waits)
        try:
            code = work()
        except SystemExit as problem:
            code = int(problem.code or 0)
    finally:
        os._exit(code)


def ended(child: int, out: Path) -> Ended:
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ended(code, out.read_text("utf-8", "replace"))


def recorded(words: list[str], out: Path) -> tuple[Ended, list[Call]]:
    """A run as it is, and all its calls."""
    log = out.with_suffix(".calls")
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    write = os.write

    def act(call: Call, make: Callable[[], Any]) -> Any:
        args = tuple(bytes(one) if isinstance(one, memoryview) else one for one in call.args)
        where = place(call)
        result = make()
        write(handle, pickle.dumps((call.number, call.name, args, {**call.rest, "where": where}, result)))
        return result

    done = run(words, act, out)
    os.close(handle)
    calls = []
    with builtins.open(log, "rb") as file:
        while True:
            try:
                number, name, args, rest, result = pickle.load(file)
            except EOFError:
                return done, calls
            calls.append(Call(number, name, args, {**rest, "result": result}))


def place(call: Call) -> str:
    """The path that a call is about, where it tells it by a handle."""
    handle = call.args[0] if call.name in {"write", "fsync", "syncfs", "fchmod", "close"} else call.rest.get("dir_fd")
    try:
        return str(Path(f"/proc/self/fd/{handle}").readlink()) if handle is not None else ""
    except OSError:
        return ""


def failing(code: int, name: str) -> OSError:
    return OSError(code, os.strerror(code))


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def once(at: int, act: Act) -> Act:
    """Do `act` with one call, and make the others."""
    return lambda call, make: act(call, make) if call.number == at else make()


def onwards(at: int, act: Act) -> Act:
    """Do `act` with a call and all after it."""
    return lambda call, make: act(call, make) if call.number >= at else make()


def before(what: Callable[[], None]) -> Act:
    def act(call: Call, make: Callable[[], Any]) -> Any:
        what()
        return make()

    return act


def after(what: Callable[[], None]) -> Act:
    def act(call: Call, make: Callable[[], Any]) -> Any:
        result = make()
        what()
        return result

    return act


def refused(code: int, names: set[str] | None = None) -> Act:
    def act(call: Call, make: Callable[[], Any]) -> Any:
        if names is not None and call.name not in names:
            return make()
        if call.name == "close":  # the handle is gone all the same
            make()
        raise failing(code, call.name)

    return act


def halved(call: Call, make: Callable[[], Any]) -> Any:
    """A write that writes half of what it was asked to."""
    if call.name != "write" or len(call.args[1]) < 2:
        return make()
    return os.write(call.args[0], bytes(call.args[1])[: len(call.args[1]) // 2])


def torn(call: Call, make: Callable[[], Any]) -> Any:
    """A write that is killed half way."""
    halved(call, make)
    kill()


def told(number: signal.Signals) -> Callable[[], None]:
    return lambda: os.kill(os.getpid(), number)


FAULTS: dict[str, Callable[[int], Act]] = {
    "killed before": lambda at: once(at, before(kill)),
    "killed after": lambda at: once(at, after(kill)),
    "killed in a write": lambda at: once(at, torn),
    "an error of the disk": lambda at: once(at, refused(errno.EIO)),
    "a full disk": lambda at: onwards(at, refused(errno.ENOSPC, DATA)),
    "a disk that is full for one call": lambda at: once(at, refused(errno.ENOSPC, DATA)),
    "a disk that turns read-only": lambda at: onwards(at, refused(errno.EROFS)),
    "a short write": lambda at: once(at, halved),
    "SIGINT before": lambda at: once(at, before(told(signal.SIGINT))),
    "SIGINT after": lambda at: once(at, after(told(signal.SIGINT))),
    "SIGTERM before": lambda at: once(at, before(told(signal.SIGTERM))),
    "SIGTERM after": lambda at: once(at, after(told(signal.SIGTERM))),
}
"""What may happen at a call."""
KILLS = {name for name in FAULTS if name.startswith("killed")}
WRITING = {"killed in a write", "a short write"}
"""Those that are about a `write` alone."""
