"""What authors say of the block that follows, in comments: which texts are no messages, which are critical, what translators see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Directives:
    """What authors' `<!-- i18n: … -->` comments say of the block being read."""

    skip: bool = False
    critical: bool = False
    context: str | None = None
    comments: tuple[str, ...] = ()

    def also(self, word: str) -> Directives:
        """These directives and one more."""
        name, _, value = word.partition("=")
        return Directives(
            self.skip or name == "skip",
            self.critical or name == "critical",
            value.strip() if name.strip() == "context" else self.context,
            (*self.comments, " ".join(value.split())) if name.strip() == "comment" else self.comments,
        )
