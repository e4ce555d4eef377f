"""The line of a place in a text, counted on from the place before: all places of a page cost one reading of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Lines:
    """A text of which lines are asked, mostly of one place after another."""

    text: str
    place: int = 0
    line: int = 0

    def below(self, place: int) -> int:
        """How many lines are above the one of a place."""
        if place < self.place:
            self.line -= self.text.count("\n", place, self.place)
        else:
            self.line += self.text.count("\n", self.place, place)
        self.place = place
        return self.line
