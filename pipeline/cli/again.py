"""The same question about the same files: the answer that was given is given again, before any of the product is loaded.

An answer holds for the program, the arguments, the day, the terminal and the commit it was given for, and while nothing that it was made
from has changed, nor what it made (`core/seen` says how that is known).
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cli.formats import REPORTS
from pipeline.core import cache, git, index, seen
from pipeline.core.cache import Store
from pipeline.core.errors import LockstepError
from pipeline.core.seen import Seen

if TYPE_CHECKING:
    from pipeline.project import Project

SHIPPED = cache.HOME.parent / "locale"
"""The texts that a checkout of this program ships (an installed one has them among its own files)."""
LOOKS = "TERM COLORTERM NO_COLOR FORCE_COLOR COLUMNS LINES TTY_INTERACTIVE TTY_COMPATIBLE".split()  # noqa: SIM905
"""What rich reads of the environment."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run tells for the next one: the site; where it made files, the digest of their contents; and what the same run
    would say on finding its work done, by what this one said instead."""

    site: Project
    contents: str = ""
    instead: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A verb asked of a site: `of` is all that the answer depends on besides files, `made` what the verb makes of the site."""

    store: Store
    key: str
    of: str
    root: Path
    made: tuple[str, ...]

    def files(self) -> tuple[list[Path], list[Path]]:
        """The paths that the answer is made from, and those that it makes."""
        return [*(self.root / name for name in seen.INPUTS), SHIPPED], [self.root / name for name in self.made]

    def known(self) -> int | None:
        """Give the answer again and return its exit code; None where there is none that holds."""
        found = self.store.get("answer", self.key)
        try:
            if found["of"] != self.of:
                return None
            then = [Seen(*one) for one in found["seen"]]
            now = [seen.look(paths, one.at) for paths, one in zip(self.files(), then, strict=True)]
            said, code = [(STREAMS[name], text + "") for name, text in found["said"]], found["code"] + 0
        except (TypeError, ValueError, LookupError):
            return None
        if now != then:
            return None
        for stream, text in said:
            stream().write(text)
        self.settle(found, then)
        return int(code)

    def settle(self, found: dict[str, Any], then: Sequence[Seen]) -> None:
        """Keep an answer as of now, if that spares the next run reading the bytes of files that were young."""
        if any(one.young for one in then) and time.time_ns() - max(one.at for one in then) > seen.TICK:
            now = [seen.look(paths) for paths in self.files()]
            if [one and one.stats for one in now] == [one.stats for one in then]:
                self.store.put("answer", self.key, {**found, "seen": list(map(written, now))})
                if self.made and now[-1]:
                    index.settled(self.store, self.files()[1][0], now[-1])

    def keep(self, before: Seen, outcome: Outcome, code: int, said: Sequence[tuple[str, str]]) -> None:
        """Keep an answer, unless something in the site waits for an hour of this day. It is kept as of before the run, so it
        is never given where the files changed meanwhile."""
        made, at = self.files()[1], time.time_ns()
        try:
            if any(
                aside.exists() for aside in made[1:]
            ):  # left by a run that could not remove it: for the next one to do
                return
            rows = [row for path in made for row in seen.rows(path)]
            after = self.indexed(rows, at, outcome.contents) if outcome.contents else seen.of(rows, at)
            if after is None or outcome.site.waits:
                return
        except (OSError, LockstepError):
            return
        for this, other in outcome.instead:
            said = [(stream, text.replace(this, other)) for stream, text in said]
        value = {"of": self.of, "seen": [written(before), written(after)], "code": code, "said": said}
        self.store.put("answer", self.key, value)

    def indexed(self, rows: Sequence[seen.Row], at: int, contents: str) -> Seen | None:
        """What the system said of the files that were made (`rows`, after a time), with an index of them for the next run; None where
        their contents are not what was to be made."""
        folder = self.files()[1][0]
        found = index.looked(folder, rows, index.read(self.store, folder), at)
        digests = {path: digest for path, (_, digest) in found.files.items()}
        after = seen.of(rows, at, lambda path: digests[index.below(folder, path)])
        index.write(self.store, folder, replace(found, stats=after.stats))
        return after if index.contents(folder, digests) == contents else None


def written(one: Seen | None) -> list[object]:
    """A look as JSON."""
    return [one.stats, one.young, one.at] if one else []


def asked(arguments: Namespace, store: Store) -> Question | None:
    """The question of a command line; None where its answer rests on more than the files of a site, or nothing is kept."""
    if (
        store.folder is None
        or arguments.repeats is None
        or any(getattr(arguments, name, None) for name in ("open", "shard", "report", "verbose"))
        or getattr(arguments, "format", "") in REPORTS  # what a pull request touches is nowhere in the site's files
    ):
        return None
    root = arguments.root.resolve()
    left = {"run", "root", "store", "outcome"}
    words = sorted((name, str(value)) for name, value in vars(arguments).items() if name not in left)
    looks = [(stream.isatty(), str(getattr(stream, "encoding", ""))) for stream in (sys.stdout, sys.stderr)]
    shown = sys.getfilesystemencoding(), looks, list(sizes()), [os.environ.get(name) for name in LOOKS]
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    day = "" if stated else time.strftime("%Y-%m-%d", time.gmtime())
    user = os.geteuid() if hasattr(os, "geteuid") else 0
    of = cache.digest(cache.program(), stated, day, user, git.position(root))
    return Question(store, cache.digest(str(root), words, shown), of, root, arguments.repeats)


def sizes() -> Iterator[tuple[int, ...]]:
    """The size of every terminal that this process has."""
    for handle in range(3):
        with contextlib.suppress(OSError, ValueError):
            yield tuple(os.get_terminal_size(handle))


def answer(arguments: Namespace) -> int:
    """The exit code of a verb, run if it has to be."""
    run: Callable[[Namespace], int] = arguments.run
    arguments.store = store = cache.read()
    question = asked(arguments, store)
    if question and (code := question.known()) is not None:
        return code
    before = seen.look(question.files()[0]) if question else None
    watched: AbstractContextManager[list[tuple[str, str]]] = recorded() if before else contextlib.nullcontext([])
    with watched as said:
        code = run(arguments)
    outcome: Outcome | None = getattr(arguments, "outcome", None)
    if question and before and outcome and asked(arguments, store) == question:  # it is the same day still
        question.keep(before, outcome, code, said)
    store.tidy()
    return code


class Tee:
    """A stream that also writes down what is written to it."""

    def __init__(self, stream: Any, name: str, said: list[tuple[str, str]]) -> None:
        self.unrecorded, self.name, self.said = stream, name, said

    def write(self, text: str) -> int:
        before = self.said.pop()[1] if self.said and self.said[-1][0] == self.name else ""
        self.said.append((self.name, before + text))
        return int(self.unrecorded.write(text))

    def writelines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unrecorded, name)


STREAMS: dict[str, Callable[[], Any]] = {"out": lambda: sys.stdout, "err": lambda: sys.stderr}


@contextlib.contextmanager
def recorded() -> Iterator[list[tuple[str, str]]]:
    """What is printed inside, in its order, each text with its stream."""
    said: list[tuple[str, str]] = []
    out, err = Tee(sys.stdout, "out", said), Tee(sys.stderr, "err", said)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        yield said
