"""A dask cluster as hands: the tasks of `deciding` and `rendering` on workers of dask.distributed, which need this same program and no file of
the site. The one module that knows dask.

A task is a pure function of bytes that the cluster has: the site, the catalogs of a language and of its parents, what was
decided. So whatever a worker had is made again elsewhere when the worker is lost. The scheduler sees bytes and nothing of ours.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

from pipeline.build import deciding, origin, remote, rendering
from pipeline.core import cache, installed
from pipeline.core.crew import Task
from pipeline.core.errors import LockstepError
from pipeline.project.project import Project

PATIENCE = 20.0
"""Seconds that we wait for a scheduler to answer, and for a worker where there is none."""
LOOK = 2.0
"""Seconds without a result after which we look whether anybody is still there."""
AHEAD = 32
"""Tasks that the cluster has at a time, besides two a thread."""
NOTHING = "Nothing was published: the old pages, if any, are still in place."
START = "Start it: dask scheduler, and on each machine: dask worker HOST:PORT --nworkers auto --nthreads 1."


@contextmanager
def connected(project: Project, address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at `dask://HOST:PORT` as hands for a site. Raises LockstepError where dask is not installed,
    nobody answers, there are no workers, or one runs another program."""
    try:
        import dask
        import distributed as library
    except ImportError as problem:
        what = f"--executor needs the package distributed, which cannot be loaded: {problem}"
        raise LockstepError(what, todo=installed.more("distributed")) from problem
    distributed: Any = library
    for name in ("distributed", *(name for name in logging.root.manager.loggerDict if name.startswith("distributed."))):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is raised
    place = urlsplit(address).netloc
    answers(place)
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}):  # a site is what it is
        with failing(place):
            client = distributed.Client(f"tcp://{place}", timeout=PATIENCE, set_as_default=False, name="lockstep")
        try:
            made = Cluster(client, distributed, project, place)
            yield made
            made.end()
        finally:
            with contextlib.suppress(Exception):  # what was to be said is said
                client.close(timeout=LOOK)


def answers(place: str) -> None:
    """Wait until something at HOST:PORT speaks first, as dask does. Raises LockstepError where nothing does."""
    parts, until = urlsplit(f"//{place}"), time.monotonic() + PATIENCE
    while True:
        try:
            with socket.create_connection((parts.hostname or "", parts.port or 0), PATIENCE) as one:
                if one.recv(1):
                    return
                raise OSError("what is there says nothing")
        except OSError as problem:
            if isinstance(problem, ConnectionRefusedError) and time.monotonic() < until:
                time.sleep(0.2)  # it may be about to start
                continue
            what = f"no dask scheduler answers at {place}: {problem.strerror or problem}"
            raise LockstepError(what, todo=f"{START} {NOTHING}") from problem


@contextmanager
def failing(place: str) -> Iterator[None]:
    """Say that the scheduler is gone: a connection that is lost or late, or tasks that nobody knows any more."""
    try:
        yield
    except (OSError, CancelledError) as problem:
        raise LockstepError(f"the dask scheduler at {place} is gone", todo=f"{START} {NOTHING}") from problem


def trampoline() -> Callable[..., Any]:
    """What a worker runs: the function of `remote` that is named, if the worker has this program. It is no function of a module,
    so it is sent by value, and runs also where there is another program, or none."""

    def call(program: str, name: str, *arguments: Any) -> Any:
        from distributed import get_worker

        for one in arguments:
            if isinstance(one, tuple) and one and one[0] in ("none", "other"):
                return one  # what it builds on was not done
        try:
            from pipeline.build import remote
            from pipeline.core import cache
        except (ImportError, AttributeError) as problem:
            return "none", (get_worker().address, str(problem))
        if cache.program() != program:
            return "other", (get_worker().address, dict(cache.ingredients()))
        return "done", *getattr(remote, name)(*arguments)

    return call


def outcome(future: Any) -> Any:
    """What a task that is done returned, or "error" and what it raised. It may have been lost with its worker meanwhile: then this
    is what comes of doing it again. Raises TimeoutError where that takes some seconds."""
    try:
        return ("error", future.exception(LOOK)) if future.status == "error" else future.result(LOOK)
    except Exception:
        if future.status != "error":
            raise
        return "error", future.exception(LOOK)


class Cluster:
    """What `Crew` promises, done by the workers of a cluster. All that it holds there goes when the client is closed."""

    jobs = 1

    def __init__(self, client: Any, distributed: Any, project: Project, place: str) -> None:
        self.client, self.distributed, self.project, self.place = client, distributed, project, place
        self.build, self.call, self.count = os.urandom(8).hex(), trampoline(), 0
        self.names = [*project.settings.by_name]
        self.catalogs: dict[str, Any] = {}
        self.known: dict[str, Any] = {}
        self.told: Any = None
        packed = remote.packed(project)
        with failing(place):
            self.same_python()
            self.site = self.sent(packed)

    def same_python(self) -> None:
        """Raise LockstepError where there is no worker, or one with another Python, which could not read what we send."""
        until = time.monotonic() + PATIENCE
        while not self.threads():
            if time.monotonic() > until:
                raise self.alone()
            time.sleep(0.1)
        versions = self.client.get_versions(check=False)
        ours = versions["client"]["host"]["python"]
        for worker, one in versions["workers"].items():
            if (theirs := one["host"]["python"]) != ours:
                raise self.another(worker, f"another Python: {theirs} there, {ours} here")

    def alone(self) -> LockstepError:
        """That nobody is there to work."""
        return LockstepError(f"the dask scheduler at {self.place} has no workers", todo=f"{START} {NOTHING}")

    def another(self, worker: str, how: str) -> LockstepError:
        """That a worker cannot do our work."""
        what = f"the worker {worker} of the dask scheduler at {self.place} has another program ({how})"
        return LockstepError(what, todo=f"Install the same Lockstep, Python and packages there. {NOTHING}")

    def key(self, what: str) -> str:
        """A name in the cluster that nothing else has."""
        self.count += 1
        return f"lockstep-{what}-{self.build}-{self.count}"

    def sent(self, body: bytes) -> Any:
        """Bytes that the cluster keeps as long as we ask."""
        return self.client.submit(bytes, body, key=self.key("data"))

    def submit(self, name: str, *arguments: Any) -> Any:
        """A task for whoever is free, or has what it builds on."""
        words = cache.program(), name, self.build, self.site, *arguments
        return self.client.submit(self.call, *words, key=self.key(name), pure=False)

    def bodies(self, name: str) -> dict[str, Any]:
        """The catalogs of a language and of its parents, as the cluster has them; none for the source."""
        if name == self.project.settings.english.name:
            return {}
        needed = [one for one in self.project.settings.by_name[name].chain if one in self.project.catalogs]
        for one in needed:
            if one not in self.catalogs:
                self.catalogs[one] = self.sent(remote.catalog(self.project, one))
        return {one: self.catalogs[one] for one in needed}

    def decide(self, name: str) -> Any:
        """A language decided; its table stays in the cluster."""
        self.known[name] = self.submit("decide", self.bodies(name), name)
        return self.client.submit(itemgetter(0, 1), self.known[name], key=self.key("outcome"))

    def render(self, name: str, start: int, stop: int) -> Any:
        """Some pages of a language rendered; the language decided there first, where that was known here."""
        if name not in self.known and name != self.project.settings.english.name:
            self.decide(name)
        return self.submit("render", self.told, self.known.get(name), self.bodies(name), name, start, stop)

    def each(
        self, function: Callable[..., Any], tasks: Iterable[Task], *, moves: bool = True
    ) -> Iterator[tuple[int, tuple[Any, ...], Any]]:
        """As `Crew.each`, for the tasks of `deciding` and `rendering`. The source language is decided already, here."""
        start = self.decide if function is deciding.decide else self.render
        source, waiting = self.project.settings.english.name, iter(tasks)
        going: dict[Any, tuple[Any, ...]] = {}
        with failing(self.place):
            most = AHEAD + 2 * self.threads()
            while True:
                for _, arguments in islice(waiting, most - len(going)):
                    if function is deciding.decide and arguments == (source,):
                        yield 0, arguments, deciding.decide(deciding.Desk(self.project), source)
                    else:
                        going[start(*arguments)] = arguments
                if not going:
                    return
                for future in self.done(going):
                    arguments = going.pop(future)
                    yield self.names.index(arguments[0]), arguments, self.result(future)

    def done(self, going: Iterable[Any]) -> Iterable[Any]:
        """The tasks that are done, once there are any."""
        with self.client.as_current():
            wait = partial(self.distributed.wait, [*going], LOOK, "FIRST_COMPLETED")
            return list(self.waited(wait).done)

    def waited(self, ask: Callable[[], Any]) -> Any:
        """What a question is answered that gives up after some seconds, asked until it is answered. Raises LockstepError where
        nobody has been there to work for long."""
        since = time.monotonic()
        while True:
            try:
                return ask()
            except TimeoutError:
                if self.threads():
                    since = time.monotonic()
                elif time.monotonic() - since > PATIENCE:
                    raise self.alone() from None

    def threads(self) -> int:
        """How many threads of workers there are. Raises TimeoutError where the scheduler does not say."""
        return sum(self.client.sync(self.client.scheduler.ncores, callback_timeout=PATIENCE).values())

    def result(self, future: Any) -> Any:
        """What a task returned; what it raised is raised here."""
        said, found = self.waited(partial(outcome, future))
        if said == "done":
            return pickle.loads(found)
        if said == "none":
            raise self.another(found[0], f"or none: {found[1]}")
        if said == "other":
            raise self.another(found[0], origin.differs(cache.ingredients(), found[1]))
        if isinstance(found, self.distributed.KilledWorker):
            what = f"several workers of the dask scheduler at {self.place} ended one after the other in the same task"
            todo = f"Where memory is short, start fewer on a machine. {NOTHING}"
            raise LockstepError(what, todo=todo) from found
        if isinstance(found, OSError):
            raise LockstepError(f"a worker cannot go on: {found}", todo=NOTHING) from found
        raise found

    def tell(self, function: Callable[..., Any], *arguments: Any) -> None:
        """As `Crew.tell`, for `rendering.share`, once: every task of rendering brings it along. Workers keep nothing, so when
        `rendering.done` is told there is nothing to do."""
        if function is rendering.done:
            return
        assert function is rendering.share
        with failing(self.place):
            self.told = self.sent(pickle.dumps(arguments))

    def end(self) -> None:
        """Let the workers clear away what they keep of this build."""
        with contextlib.suppress(Exception), self.client.as_current():  # nothing of the result depends on it
            words = self.call, cache.program(), "ended", self.build
            every = self.client.sync(self.client.scheduler.ncores, callback_timeout=LOOK)
            ends = [self.client.submit(*words, key=self.key("end"), pure=False, workers=[one]) for one in every]
            self.distributed.wait(ends, LOOK)
