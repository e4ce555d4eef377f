"""git, asked: the one module that runs it. Everything is read; nothing here writes to a repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.core.errors import LockstepError


class Answer(NamedTuple):
    """What git said: its exit code, and what it wrote."""

    code: int
    out: bytes
    err: str


def run(root: Path, *words: str, given: bytes = b"") -> Answer:
    """Run git in a folder. Raises LockstepError where there is no git."""
    import subprocess

    try:
        done = subprocess.run(["git", *words], cwd=root, input=given, capture_output=True, check=False)
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


def merge_file(ours: Path, base: Path, theirs: Path) -> int:
    """Merge two files by lines, into `ours`: the number of conflicts, above 127 where git could not (git-merge-file(1))."""
    names = ("-L", "ours", "-L", "base", "-L", "theirs")
    files = (str(path.resolve()) for path in (ours, base, theirs))
    return run(ours.resolve().parent, "merge-file", *names, *files).code


def holder(path: str, body: bytes) -> str:
    """A commit that brought a file's bytes to a path of the repository that we stand at the top of, or took them from there;
    "" where git knows of none."""
    blob = run(Path(), "hash-object", "--stdin", given=body).out.decode().strip()
    found = run(Path(), "log", "--all", "-1", "--format=%H", f"--find-object={blob}", "--", path) if blob else None
    return found.out.decode().strip() if found else ""


def git_folder(root: Path) -> Path | None:
    """The folder where git keeps what it knows of this checkout; None where there is no repository."""
    for folder in (root.absolute(), *root.absolute().parents):
        found = folder / ".git"
        if found.is_dir():
            return found
        if found.is_file():
            try:
                said = found.read_text(errors="replace").partition("gitdir:")[2].strip()
            except OSError:
                return None
            return (folder / said) if said else None
    return None


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
