"""Being asked to end: by Ctrl-C, by whoever ends a run (SIGTERM), or because the terminal was closed (SIGHUP). All are one to us."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from typing import NoReturn

ASKED = "SIGTERM", "SIGHUP"


def end(number: int, frame: object) -> NoReturn:
    """What Python does on Ctrl-C."""
    raise KeyboardInterrupt


@contextlib.contextmanager
def by_signals() -> Iterator[None]:
    """Inside, these signals raise KeyboardInterrupt, so that whatever is under way is tidied up. One that somebody has set to
    be ignored stays so (`nohup`), and in a thread nothing is set."""
    before = {}
    try:
        for name in ASKED:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                with contextlib.suppress(ValueError):  # not in the main thread
                    before[number] = signal.signal(number, end)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
