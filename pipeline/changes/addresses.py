"""The addresses that pages and headings had, as the edit log tells of them: pages that went to another file, headings with other words.

Nothing here knows what there is now: `content` asks, and has the last word where something stands at an address again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.changes.edit_log import Log

FROM = "moved from "
"""How the reason of a moved text begins; then comes the file that it stood in."""
WHOLE = 1_000_000
"""What counts as more than all texts that a file can have: that it was renamed."""
MOST = 20
"""How many former ids one heading keeps, the latest; and former files one page."""


@dataclass(frozen=True)
class Addresses:
    """What a log tells of former addresses."""

    log: Log

    @cached_property
    def went(self) -> Mapping[str, tuple[str, ...]]:
        """Where each file went on the last day on which it did: to another name, or most of its texts to other files, those with
        most of them first. Nothing of a file most of whose texts were deleted that day."""
        moves: dict[str, dict[str, Counter[str]]] = {}
        for edit in self.log.rows:
            for reason in edit.reasons if edit.how == "moved" else ():
                if reason.startswith(FROM) and (old := reason.removeprefix(FROM)) != edit.page:
                    worth = 1 if edit.now else WHOLE
                    moves.setdefault(old, {}).setdefault(edit.on, Counter())[edit.page] += worth
        deleted = Counter((edit.page, edit.on) for edit in self.log.rows if edit.how == "deleted")
        found = {}
        for old, days in moves.items():
            last = max(days)
            counts = days[last]
            if counts.total() >= deleted[old, last]:
                found[old] = tuple(sorted(counts, key=lambda page: (-counts[page], page)))
        return found

    def pages(self, there: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The files that each page was before, by its file now: those that are there no more. `there`: the files of all pages."""
        found: dict[str, list[str]] = {}
        for old in sorted(self.went):
            if old not in there and (now := self.heir(old, there)):
                found.setdefault(now, []).append(old)
        return {now: tuple(some[-MOST:]) for now, some in found.items()}

    def heir(self, old: str, there: Collection[str]) -> str:
        """The page that most of a file's texts are on in the end; "" where that is none."""
        seen, ahead = {old}, [*reversed(self.went.get(old, ()))]
        while ahead:
            page = ahead.pop()
            if page in there:
                return page
            if page not in seen:
                seen.add(page)
                ahead += reversed(self.went.get(page, ()))
        return ""

    @cached_property
    def anchors(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The ids that headings had before they became a message, each with the file, by the id of the message; the latest first."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        told = sorted((edit.on, edit.anchor, edit.page, edit.now) for edit in self.log.rows if edit.anchor and edit.now)
        for _, anchor, page, now in reversed(told):
            found.setdefault(now, {})[page, anchor] = None
        return {now: tuple(some) for now, some in found.items()}

    def ids(self, message: str, files: Collection[str]) -> Iterator[str]:
        """The ids that a heading had in some files, the latest first. `message`: the id of its message now."""
        if not self.anchors or (message not in self.anchors and message not in self.log.steps):
            return
        before = (message, *self.log.ways(message)) if message in self.log.steps else (message,)
        told = (anchor for one in before for page, anchor in self.anchors.get(one, ()) if page in files)
        yield from [*dict.fromkeys(told)][:MOST]
