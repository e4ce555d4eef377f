"""The one exception of ours: Lockstep cannot go on, and says where and what to do."""

from __future__ import annotations

from pathlib import Path


class LockstepError(Exception):
    """Cannot go on. Carries what is wrong, where (`path`, 1-based `line`), and what to do about it."""

    def __init__(self, what: str, *, path: Path | str | None = None, line: int | None = None, todo: str = "") -> None:
        super().__init__(what)
        self.what, self.path, self.line, self.todo = what, path, line, todo

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        return f"{place}{self.what}" + (f"\n  {self.todo}" if self.todo else "")
