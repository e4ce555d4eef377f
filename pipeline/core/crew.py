"""Work in several processes: each keeps what it was given, so that what it worked out for one task serves the next.

Processes and pipes rather than `concurrent.futures`: a task goes to the process that knows its language, a result waits in its
pipe rather than in our memory, and there is no thread, so that a fork is safe.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Self

from pipeline.core import cache
from pipeline.core.errors import LockstepError

if TYPE_CHECKING:  # one process needs none of it
    from multiprocessing.connection import Connection

AHEAD = 2
"""Tasks a process has at a time, so that it need not wait for us."""

Task = tuple[int | None, tuple[Any, ...]]
"""Which process has to do it (None: any), and its arguments."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew:
    """A context in which tasks are done by `jobs` processes, or by this one where that is 1. All have ended when it is left,
    whatever raises in it, and end where this process is killed."""

    def __init__(self, jobs: int, kept: Any) -> None:
        self.jobs, self.kept = jobs, kept
        self.processes: list[Any] = []
        self.pipes: list[Connection] = []

    def __enter__(self) -> Self:
        try:
            if self.jobs > 1:
                self.start()
        except BaseException as problem:
            self.__exit__(type(problem))
            raise
        return self

    def start(self) -> None:
        """Start the processes."""
        import multiprocessing

        forks = sys.platform.startswith("linux") and threading.active_count() == 1
        context: Any = multiprocessing.get_context("fork" if forks else "spawn")
        cache.begun(self, anew=not forks)
        for _ in range(self.jobs):
            ours, theirs = context.Pipe()
            self.pipes.append(ours)
            others = self.pipes if forks else ()
            process = context.Process(target=serve, args=(theirs, self.kept, others), daemon=True)
            with held():
                process.start()
                self.processes.append(process)
            theirs.close()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        for pipe in self.pipes:
            pipe.close()
        for process in self.processes:
            if kind is not None:
                process.kill()  # it does not listen to less: whoever ends us may have told it, too
            process.join()
        cache.ended(self)

    def each(
        self, function: Callable[..., Any], tasks: Iterable[Task], *, moves: bool = False
    ) -> Iterator[tuple[int, tuple[Any, ...], Any]]:
        """`function(kept, *arguments)` for each task, as they are done: who did it, the arguments, the result. `moves`: a process that
        has done its own takes the last of whoever has most left. What a task raises is raised here."""
        if not self.processes:
            for _, arguments in tasks:
                yield 0, arguments, function(self.kept, *arguments)
            return
        from multiprocessing.connection import wait

        free: deque[tuple[Any, ...]] = deque()
        own: list[deque[tuple[Any, ...]]] = [deque() for _ in self.processes]
        for who, arguments in tasks:
            (free if who is None else own[who]).append(arguments)
        sent: list[deque[tuple[Any, ...]]] = [deque() for _ in self.processes]

        def feed(who: int) -> None:
            while len(sent[who]) < AHEAD:
                if queue := own[who] or free:
                    sent[who].append(queue.popleft())
                elif moves and (queue := max(own, key=len)):
                    sent[who].append(queue.pop())
                else:
                    break
                self.send(who, function, sent[who][-1])

        for _ in range(AHEAD):
            for who in range(self.jobs):
                feed(who)
        while any(sent):
            for pipe in wait([self.pipes[who] for who in range(self.jobs) if sent[who]]):
                who = self.pipes.index(pipe)  # type: ignore[arg-type]
                result = self.receive(who)
                arguments = sent[who].popleft()
                feed(who)
                yield who, arguments, result

    def tell(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Call `function(kept, *arguments)` in every process."""
        if not self.processes:
            function(self.kept, *arguments)
        for who in range(len(self.processes)):
            self.send(who, function, arguments)
        for who in range(len(self.processes)):
            self.receive(who)

    def send(self, who: int, function: Callable[..., Any], arguments: Sequence[Any]) -> None:
        with self.lost():
            self.pipes[who].send((function, arguments))

    def receive(self, who: int) -> Any:
        with self.lost():
            done, result = self.pipes[who].recv()
        if not done:
            raise result
        return result

    @contextlib.contextmanager
    def lost(self) -> Iterator[None]:
        """Say that a process ended that we did not end."""
        try:
            yield
        except (EOFError, ConnectionError) as problem:
            raise LockstepError(
                "a worker process was ended by the system",
                todo="Where memory is short, ask for fewer: --jobs 1. Nothing was published.",
            ) from problem


ASKED = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""The signals by which a process is asked to end."""


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Have signals that ask us to end wait until this is left, so that a process that is started here never gets them as we do."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ASKED)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(pipe: Connection, kept: Any, others: Iterable[Connection]) -> None:
    """Do tasks until there are no more: the life of a process of a crew. `others` are ends of pipes that are not its own."""
    for asked in ASKED:  # the one that started us is told too, and ends us
        signal.signal(asked, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED)
    for other in others:
        other.close()
    gc.freeze()  # what was read before is not looked through again
    threading.Thread(target=end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            function, arguments = pipe.recv()
            try:
                answer = True, function(kept, *arguments)
            except Exception as problem:  # whatever it is, it is raised again where the result is waited for
                problem.add_note(traceback.format_exc())
                answer = False, problem
            pipe.send(answer)


def end_with_parent() -> None:
    """End at once where the process that started this one is gone."""
    from multiprocessing import parent_process

    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
