"""git, asked: the one module that runs it. Everything is read; nothing here writes to a repository."""

from __future__ import annotations

import contextlib
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.core.errors import LockstepError

OWN = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""What git tells its hooks of the repository it was called in, and would take for the one that a folder belongs to."""


class Answer(NamedTuple):
    """What git said: its exit code, and what it wrote."""

    code: int
    out: bytes
    err: str


def run(root: Path, *words: str, given: bytes = b"") -> Answer:
    """Run git in a folder. Raises LockstepError where there is no git."""
    import os
    import subprocess

    env = {name: said for name, said in os.environ.items() if name not in OWN}
    try:
        done = subprocess.run(["git", *words], cwd=root, env=env, input=given, capture_output=True, check=False)
    except OSError as problem:
        raise LockstepError("git cannot be run", todo="Install git.") from problem
    return Answer(done.returncode, done.stdout, done.stderr.decode(errors="replace").strip())


def user(root: Path) -> str:
    """The name that git has for whoever runs this, "" where it has none."""
    try:
        return run(root, "config", "user.name").out.decode(errors="replace").strip()
    except LockstepError:
        return ""


def archive(root: Path, commit: str) -> Answer:
    """The folder as it was at a commit, as a tar file."""
    return run(root, "archive", commit, ".")


def merge_file(ours: Path, base: Path, theirs: Path) -> Answer:
    """Merge two files by lines. `out` is the merged text, `code` the number of conflicts, above 127 where git could not and
    says nothing (git-merge-file(1))."""
    names = ("-L", "ours", "-L", "base", "-L", "theirs")
    files = (str(path.resolve()) for path in (ours, base, theirs))
    return run(ours.resolve().parent, "merge-file", "-p", *names, *files)


def holder(path: str, body: bytes) -> str:
    """A commit that brought a file's bytes to a path of the repository that we stand at the top of, or took them from there;
    "" where git knows of none."""
    blob = run(Path(), "hash-object", "--stdin", given=body).out.decode().strip()
    found = run(Path(), "log", "--all", "-1", "--format=%H", f"--find-object={blob}", "--", path) if blob else None
    return found.out.decode().strip() if found else ""


class Position(NamedTuple):
    """Where a checkout stands, as far as its files tell: what is checked out, its commit ("" where that is not told by a file of
    its own), the commits that are being merged into it, and those whose parents a shallow clone lacks."""

    head: str
    commit: str
    merging: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


def position(root: Path) -> Position | None:
    """Where the checkout that a folder belongs to stands; None where it belongs to none. Runs nothing."""
    folder = git_folder(root)
    if folder is None:
        return None
    head = text(folder / "HEAD")
    common = folder / (text(folder / "commondir") or ".")
    ref = head.removeprefix("ref:").strip()
    commit = head if ref == head else text(folder / ref) or text(common / ref) or packed(common, ref)
    return Position(
        f"{head} {text(common / 'reftable' / 'tables.list')}".strip(),
        commit,
        tuple(text(folder / "MERGE_HEAD").split()),
        tuple(text(common / "shallow").split()),
    )


def packed(common: Path, ref: str) -> str:
    """The commit of a ref that has no file of its own."""
    lines = text(common / "packed-refs").split("\n")
    return next((line.split(" ")[0] for line in lines if line.endswith(f" {ref}")), "")


def git_folder(root: Path) -> Path | None:
    """The folder where git keeps what it knows of the checkout that a folder belongs to; None where it belongs to none."""
    here = root.absolute()
    for folder in (here, *here.parents):
        with contextlib.suppress(OSError):
            found = folder / ".git"
            if stat.S_ISDIR(found.stat().st_mode):
                return found
            if said := text(found).partition("gitdir:")[2].strip():
                return folder / said
    return None


def text(path: Path) -> str:
    """What is in a file of git's, "" where there is none that can be read."""
    try:
        return path.read_text(errors="replace").strip()
    except OSError:
        return ""


class Commit(NamedTuple):
    """A commit: its parents, when it was written and when it was made what it is (seconds since 1970), the files it changed; of a
    merge, those that it has as no parent of it has them."""

    name: str
    parents: tuple[str, ...]
    written: int
    made: int
    files: tuple[str, ...] = ()


HEAD = ("HEAD",)
UNMERGED = ("--all", "--not", "HEAD")
"""The commits of branches that the one checked out does not have: what was squashed is still there."""


def commits(root: Path, paths: Iterable[str], last: int, where: Sequence[str] = HEAD) -> list[Commit]:
    """The last commits that changed one of the paths (below `root`), newest first. Raises LockstepError where git says nothing."""
    words = (
        "log",
        f"-{last}",
        "-c",
        "--name-only",
        "--no-renames",
        "--format=%x00%H%x09%P%x09%at%x09%ct",
    )
    done = run(root, "-c", "core.quotePath=false", *words, *where, "--", *paths)
    if done.code:
        raise LockstepError(f"git says: {done.err.splitlines()[0] if done.err else 'nothing'}", path=root)
    return [commit(text, prefix(root)) for text in done.out.decode(errors="replace").split("\0")[1:]]


class Taken(NamedTuple):
    """What a commit took out of a file whose lines are JSON objects, as seen from one parent: its name, its parents, the file (below
    the root), the lines that went and those that came."""

    name: str
    parents: tuple[str, ...]
    path: str
    gone: tuple[bytes, ...]
    come: tuple[bytes, ...]


TAKEN = re.compile(rb"\0([0-9a-f]{40,64})\t([0-9a-f ]*)\n")
"""What `taken` has git say of a commit; a file that has a null byte says nothing like it."""
AS_EVER = ("diff.relative=false", "log.diffMerges=separate", "log.showSignature=false")
"""Settings of people that change what a log says."""


def taken(root: Path, paths: Iterable[str], last: int, where: Sequence[str] = HEAD) -> Iterator[Taken]:
    """What the last commits that changed one of some files (below `root`) took out of them and put into them, newest first; a merge as
    seen from each parent. Raises LockstepError where git says nothing."""
    words = (
        *(word for one in AS_EVER for word in ("-c", one)),
        *("log", f"-{last}", "--full-history", "-m", "-p", "-U0", "--text", "--src-prefix=a/", "--dst-prefix=b/"),
        *("--no-renames", "--no-ext-diff", "--no-textconv", "--no-color"),
    )
    done = run(root, "-c", "core.quotePath=false", *words, "--format=%x00%H%x09%P", *where, "--", *paths)
    if done.code:
        raise LockstepError(f"git says: {done.err.splitlines()[0] if done.err else 'nothing'}", path=root)
    above = prefix(root)
    _, *parts = TAKEN.split(done.out)
    for name, before, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        for file in text.split(b"\ndiff --git a/")[1:]:
            both, *rows = file.split(b"\n")
            gone, come = (tuple(row[1:].strip() for row in rows if row.startswith(mark)) for mark in (b"-{", b"+{"))
            if gone or come:
                path = both[: (len(both) - len(b" b/")) // 2].decode(errors="replace").removeprefix(above)
                yield Taken(name.decode(), tuple(before.decode().split()), path, gone, come)


ELSEWHERE = ("--all", "--reflog", "--no-merges", "--not", "HEAD")
"""The commits that a clone knows and the one checked out does not have: of other branches, and what branches were before they were
made anew (a rebase, an amended commit)."""
REMADE = 500
"""How many commits are known by what stays of one that is made anew elsewhere."""


def twins(root: Path, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each of some commits those that are checked out which were made of it, of the newest: with its author, the time it was
    written at and its first line."""
    asked = list(names)
    form = "--format=%H%x00%ae%x00%at%x00%s"
    found: dict[str, list[str]] = {}
    for line in run(root, "log", f"-{REMADE}", "--no-merges", form, "HEAD").out.decode(errors="replace").split("\n"):
        name, _, rest = line.partition("\0")
        found.setdefault(rest, []).append(name)
    theirs = (
        run(root, "log", "--no-walk=unsorted", form, *asked).out.decode(errors="replace").split("\n") if asked else []
    )
    known = dict(line.split("\0", 1) for line in theirs if line)
    return {name: tuple(found.get(known.get(name, "-"), ())) for name in asked}


def given_up(root: Path) -> dict[str, tuple[str, ...]]:
    """The newest commits that no branch has any more, as far as the clone knows them, with their parents."""
    done = run(root, "log", f"-{REMADE}", "--format=%H %P", "--reflog", "--not", "--all", "HEAD")
    rows = [line.split() for line in done.out.decode(errors="replace").split("\n") if line] if not done.code else []
    return {name: tuple(parents) for name, *parents in rows}


def bases(root: Path, names: Iterable[str]) -> list[str]:
    """The newest commits that the first of some commits and the others come from."""
    return run(root, "merge-base", "--all", *names).out.decode(errors="replace").split()


def days(root: Path, paths: Iterable[str]) -> list[tuple[str, str]]:
    """Each day (UTC) on which the checked-out line of commits changed one of the paths (below `root`), the oldest first, with the
    last commit of it; none where there is no commit. Raises LockstepError where there is no git."""
    import datetime

    done = run(root, "log", "--first-parent", "--format=%ct%x09%H", "HEAD", "--", *paths)
    found: dict[str, str] = {}
    for line in reversed(done.out.decode(errors="replace").splitlines() if not done.code else []):
        made, _, name = line.partition("\t")
        day = datetime.datetime.fromtimestamp(int(made), datetime.UTC).date().isoformat()
        found.pop(day, None)
        found[day] = name
    return list(found.items())


def prefix(root: Path) -> str:
    """The path of a folder in its checkout, "" for the top. (`git log --relative` leaves the names of a merge as they are.)"""
    here = root.resolve()
    top = next((one for one in (here, *here.parents) if (one / ".git").exists()), here)
    return "".join(f"{part}/" for part in here.relative_to(top).parts)


def commit(text: str, prefix: str) -> Commit:
    """A commit as `commits` asks for it; its files as they are called below a prefix."""
    first, *files = [line for line in text.split("\n") if line]
    name, parents, written, made = first.split("\t")
    return Commit(
        name, tuple(parents.split()), int(written), int(made), tuple(one.removeprefix(prefix) for one in files)
    )


def parents(root: Path, name: str) -> tuple[str, ...]:
    """The parents that a commit states, whether or not the clone has them."""
    head = run(root, "cat-file", "commit", name).out.decode(errors="replace").partition("\n\n")[0]
    return tuple(line.split()[1] for line in head.split("\n") if line.startswith("parent "))


def born(root: Path, name: str, word: str, path: str) -> int | None:
    """When a word first came into a file, of the commits up to one: the time that was written; None where it never did."""
    times = run(root, "log", "--format=%at", f"-S{word}", name, "--", path).out.split()
    return min(map(int, times)) if times else None


def as_of(root: Path, path: str, day: str) -> bytes | None:
    """The bytes of a file (its path from `root`) in the last commit that changed it before a day began (an ISO date, UTC); None
    where it was not there yet, or git cannot say."""
    try:
        found = run(root, "log", "-1", f"--before={day}T00:00:00Z", "--format=%H", "--", path)
    except LockstepError:
        return None
    name = found.out.decode().strip() if not found.code else ""
    return next(versions(root, [f"{name}:./{path}"])) if name else None


def versions(root: Path, names: Iterable[str]) -> Iterator[bytes | None]:
    """The bytes of `COMMIT:PATH` objects (a path from the root begins with `./`), None for one that is not there."""
    asked = list(names)
    if not asked:
        return
    out, at = run(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in asked).encode()).out, 0
    for _ in asked:
        end = out.find(b"\n", at)
        words = out[at:end].split(b" ") if end >= 0 else []
        at = end + 1
        if len(words) == 3 and words[1] == b"blob" and words[2].isdigit():
            size = int(words[2])
            yield out[at : at + size]
            at += size + 1
        else:
            yield None


def shallow(root: Path) -> bool:
    """Whether a clone has no more than its newest commits, so that nobody can tell which of them changed a file."""
    return run(root, "rev-parse", "--is-shallow-repository").out.strip() == b"true"


class Touch(NamedTuple):
    """A commit that changed a file: its name, its time (seconds since 1970), and its day (an ISO date)."""

    name: str
    time: int
    day: str


def touches(root: Path, paths: Iterable[str]) -> dict[str, list[Touch]]:
    """The commits that changed each file below a folder, by its path from there, newest first; those that git has. Raises
    LockstepError where it says nothing."""
    wanted = set(paths)
    words = ("log", "--no-renames", "--name-only", "--relative", "-m", "--first-parent", "--date=format:%Y-%m-%d")
    done = run(root, "-c", "core.quotePath=false", *words, "--format=%x00%H%x09%ct%x09%cd", "HEAD", "--", ".")
    if done.code:
        raise LockstepError(f"git says: {done.err.splitlines()[0] if done.err else 'nothing'}", path=root)
    found: dict[str, list[Touch]] = {}
    for text in done.out.decode(errors="replace").split("\0")[1:]:
        first, *names = text.split("\n")
        name, time, day = first.split("\t")
        for path in names:
            if path in wanted:
                found.setdefault(path, []).append(Touch(name, int(time), day))
    return found


BLAMED = re.compile(rb"^([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?$", re.M)


def lines(root: Path, path: str) -> dict[int, str]:
    """The commit that each line of a file is from, by its number; white space makes no other line. Only noughts where it was never
    committed."""
    done = run(root, "blame", "-w", "--porcelain", "--first-parent", "--", path)
    return {int(match[2]): match[1].decode() for match in BLAMED.finditer(done.out)} if not done.code else {}


class Change(NamedTuple):
    """A commit that changed a file: its parents, and who made it, each as name and e-mail: its author, then its co-authors."""

    name: str
    parents: tuple[str, ...]
    people: tuple[tuple[str, str], ...]


def changes(root: Path, path: str) -> list[Change]:
    """The commits of this checkout that changed a file (below `root`), newest first, merges too; none where there is no commit."""
    form = "--format=%H%x00%P%x00%aN <%aE>%x00%(trailers:key=Co-authored-by,valueonly,separator=%x00)"
    done = run(root, "log", "--full-history", "--topo-order", form, "HEAD", "--", path)
    found = []
    for line in done.out.decode(errors="replace").split("\n") if not done.code else ():
        if line:
            name, before, *who = line.split("\0")
            found.append(Change(name, tuple(before.split()), tuple(map(author, filter(None, who)))))
    return found


def ever_had(root: Path, path: str, pattern: str) -> bool:
    """Whether a commit of this checkout brought or took out a line of a file that a regular expression fits."""
    done = run(root, "log", "--full-history", "-1", "--format=%H", f"-G{pattern}", "HEAD", "--", path)
    return not done.code and bool(done.out.strip())


def commit_of(root: Path, name: str) -> tuple[str, int]:
    """The commit that a name or the first digits of an id stand for, and the time it was made (seconds since 1970); "" for none."""
    done = run(root, "log", "-1", "--format=%H %ct", "--end-of-options", name, "--")
    commit, _, when = done.out.decode(errors="replace").strip().partition(" ")
    return (commit, int(when)) if not done.code and when else ("", 0)


def author(text: str) -> tuple[str, str]:
    """`Name <address>` as a name and an address."""
    name, _, email = text.strip().partition("<")
    return name.strip(), email.strip(" >")


def changed(root: Path, base: str) -> frozenset[str]:
    """The files that differ from where the checkout left `base`, by their paths in the repository. Raises LockstepError where git
    cannot tell."""
    done = run(root, "diff", "--name-only", "--no-renames", "-z", f"{base}...HEAD", "--")
    if done.code:
        raise LockstepError(f"git says: {done.err}", path=root)
    return frozenset(done.out.decode(errors="replace").split("\0")) - {""}
