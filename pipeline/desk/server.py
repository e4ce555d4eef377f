"""The desk's server: one port of this machine, the site's files watched, until somebody ends it. Knows uvicorn and watchfiles."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from pipeline.core import installed
from pipeline.core.cache import Store
from pipeline.core.clock import Clock
from pipeline.core.disk import DRAFT, SWAP
from pipeline.core.errors import LockstepError
from pipeline.core.seen import INPUTS
from pipeline.desk.work import Person, Work
from pipeline.live import Live

ADDRESS = "127.0.0.1"
PORTS, TRIED = range(20_000, 30_000), 20
QUIET = 20
"""Milliseconds for which a save is waited out, so that files written together are read together."""

STEADY, LONGEST = 8, 1000
"""Milliseconds between two looks at a file that is being written, and for which it is waited at most."""


def port_of(root: Path) -> int:
    """The port of a site: the same at every start, so that a browser finds what was typed and not saved."""
    return PORTS[int(hashlib.sha256(str(root).encode()).hexdigest()[:8], 16) % len(PORTS)]


def listening(root: Path, port: int | None) -> socket.socket:
    """A socket of this machine alone; the site's own port or one after it, where none is asked for. Raises LockstepError where
    none is free."""
    first = port or port_of(root)
    for one in range(first, first + (1 if port else TRIED)):
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((ADDRESS, one))
            made.listen(128)
            return made
        except OSError:
            made.close()
    raise LockstepError(f"port {first} is taken", todo="Name another one: --port 4000")


def serve(
    root: Path,
    now: Callable[[], Clock],
    store: Store,
    person: Person,
    *,
    locale: str = "",
    port: int | None = None,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve a site until it is ended. `ready` is told the address to open, key and all.

    Raises LockstepError where the site cannot be read, the packages are not there, or the port is taken.
    """
    try:
        import uvicorn

        from pipeline.desk import whole
        from pipeline.desk.app import Hub, application
        from pipeline.desk.aside import Aside
        from pipeline.desk.guard import Guard
    except ModuleNotFoundError as problem:
        raise LockstepError(
            f"the desk needs a package that is not installed ({problem.name})",
            todo=installed.more("desk"),
        ) from problem
    live = Live(root, now, store)
    _ = live.content
    opened = listening(root, port)
    number = opened.getsockname()[1]
    impacts, standing = Aside(root, whole.measured, "impact"), Aside(root, whole.standing, "status")
    key, token = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    hub = Hub(Work(live, person), key, token, f"lockstep-desk-{number}", impacts, standing)
    guard = Guard(application(hub), number, key, token)
    config = uvicorn.Config(
        guard, log_level="critical", access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)

    async def main() -> None:
        loop = asyncio.get_running_loop()

        def news() -> None:
            loop.call_soon_threadsafe(lambda: hub.tell(kind="whole", paths=[], trouble=live.trouble))

        impacts.told = standing.told = news
        others = [loop.create_task(watch(root, hub.changed)), loop.create_task(hub.rest())]
        ready(f"http://{ADDRESS}:{number}/-desk/open?key={key}" + (f"#{locale}" if locale else ""))
        try:
            await server.serve(sockets=[opened])
        finally:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            impacts.close()
            standing.close()
            hub.crew.shutdown(wait=False, cancel_futures=True)

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())


async def watch(root: Path, changed: Callable[[set[str]], object]) -> None:
    """Tell of every change of the site's files, by their names in the site. Those that stand beside its folders are watched by the
    folder that they are in: who watches a file hears nothing more of it once another takes its place, as editors save. A folder that
    is made meanwhile (`includes/`) is watched from then on, and what stands in it by then is told."""
    late: set[str] = set()
    while True:
        folders = frozenset(name for name in INPUTS if (root / name).is_dir())
        again = asyncio.Event()
        for name in sorted(late & folders):
            await told(
                changed, {path.relative_to(root).as_posix() for path in (root / name).rglob("*") if path.is_file()}
            )

        async def beside(paths: set[str], folders: frozenset[str] = folders, again: asyncio.Event = again) -> None:
            await told(changed, paths - folders)
            late.update(name for name in paths - folders if (root / name).is_dir())
            if late - folders:
                again.set()

        async with asyncio.TaskGroup() as both:  # where one of the two ends, so does the other
            both.create_task(among(root, [root / name for name in sorted(folders)], folders, changed, again, deep=True))
            both.create_task(among(root, [root], frozenset(INPUTS) - folders, beside, again, deep=False))
        if not again.is_set():
            return


async def told(changed: Callable[[set[str]], object], paths: set[str]) -> None:
    """Tell of some files, if there are any."""
    result = changed(paths) if paths else None
    if asyncio.iscoroutine(result):
        await result


async def among(
    root: Path,
    places: list[Path],
    names: frozenset[str],
    changed: Callable[[set[str]], object],
    again: asyncio.Event,
    *,
    deep: bool,
) -> None:
    """Tell of every change at some places of a site, of what stands there under some names, until it is `again` to be looked which
    folders there are."""
    from watchfiles import awatch

    def ours(_: object, path: str) -> bool:
        name = Path(path)
        inner = name.relative_to(root).as_posix() if name.is_relative_to(root) else ""
        return inner.split("/")[0] in names and not name.name.endswith((DRAFT, SWAP, "~", ".swp", ".tmp"))

    async for found in awatch(
        *places, watch_filter=ours, step=QUIET, debounce=QUIET * 5, recursive=deep, stop_event=again
    ):
        paths = {Path(path).relative_to(root).as_posix() for _, path in found}
        await written([root / path for path in paths])
        await told(changed, paths)


async def written(paths: list[Path]) -> None:
    """Wait until nobody writes these files any more: half a catalog is no news, and reading it takes time twice."""
    before = None
    for _ in range(LONGEST // STEADY):
        now = [mark(path) for path in paths]
        if now == before:
            return
        before = now
        await asyncio.sleep(STEADY / 1000)


def mark(path: Path) -> tuple[int, int] | None:
    """Size and time of a file, as far as it is there."""
    with contextlib.suppress(OSError):
        known = path.stat()
        return known.st_size, known.st_mtime_ns
    return None
