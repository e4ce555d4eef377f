"""The sentences of an English text, and which of them tell a patient what to do."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from pipeline.text import lexicon
from pipeline.text.english import Word


class Sentence(NamedTuple):
    """Where a sentence stands among the words of its text, and whether it is an instruction."""

    start: int
    end: int
    instructs: bool


def sentences(found: Sequence[Word]) -> Iterator[Sentence]:
    """The sentences of a text in order; they leave out no word but the empty one at its end."""
    return iter(parted(tuple(found)))


@lru_cache(8)
def parted(found: tuple[Word, ...]) -> tuple[Sentence, ...]:
    """The sentences of a text: it is asked for them a dozen times while it is compared."""
    last = len(found) - 1
    starts = [at for at in range(last) if not at or "." in found[at].before or "?" in found[at].before]
    return tuple(
        Sentence(start, end, instructs(found[start:end]))
        for start, end in zip(starts, [*starts[1:], last][: len(starts)], strict=True)
    )


@dataclass(slots=True)
class Parted:
    """A text whose sentences are found once, when somebody asks for one."""

    found: Sequence[Word]
    parts: list[Sentence] = field(default_factory=list)

    def at(self, place: int) -> Sentence | None:
        """The sentence that a place is in."""
        self.parts = self.parts or list(sentences(self.found))
        at = bisect_right(self.parts, place, key=lambda sentence: sentence.start) - 1
        return self.parts[at] if at >= 0 and place < self.parts[at].end else None


LEADS = frozenset(
    "please also then always never only just now first next carefully gently slowly if and or but".split()  # noqa: SIM905
)
"""What may stand before the verb of an instruction."""
OBLIGED = frozenset("must should shall mustn shouldn".split())  # noqa: SIM905


NORMS = frozenset("recommended required advised mandatory forbidden prohibited".split())  # noqa: SIM905
"""What is said of what somebody is to do or not to do: "a mask is required"."""


def instructs(sentence: Sequence[Word]) -> bool:
    """Whether a sentence tells a patient to do or not to do something: an imperative, or what one must, may or should do."""
    starting = True
    for at, word in enumerate(sentence):
        starting = starting or bool(word.before.strip("-")) or (at > 0 and sentence[at - 1].same in {"then", ")", "("})
        if (
            starting
            and word.same in lexicon.IMPERATIVES
            and not noun(sentence, at)
            and (not at or word.same not in NOUNS_TOO or led(sentence, at))
        ):
            return True
        if word.same in NORMS and at and sentence[at - 1].same in {"is", "are", "be", "been", "was", "were", "not"}:
            return True
        following = sentence[at + 1].same if at + 1 < len(sentence) and not sentence[at + 1].before else ""
        if word.same in OBLIGED and at and following and not others(sentence, at):
            return True
        if word.same in {"need", "needs", "have", "has", "allowed"} and following == "to" and not others(sentence, at):
            return True
        if word.same in {"may", "can", "could", "might", "cannot"} and at and sentence[at - 1].same in lexicon.PATIENTS:
            verbs = [
                other.same
                for other in sentence[at + 1 : at + 4]
                if other.same not in PASSED and not other.same.endswith("ly")
            ]
            if verbs and verbs[0] in lexicon.IMPERATIVES:
                return True
        if (
            word.same == "not"
            and at > 1
            and sentence[at - 1].same == "do"
            and sentence[at - 2].same in {"and", "or", "but", "so"}
        ):
            return True
        starting = starting and word.same in LEADS
    return False


PASSED = frozenset("not no longer only also still often sometimes always even now then".split())  # noqa: SIM905
"""What may stand between what somebody can and the verb that says what; adverbs in -ly do, too."""
NOUNS_TOO = frozenset(
    "heat rest test drop cut walk run sleep cook drive shower text place hold cover stand wrap tape use report measure return change "  # noqa: SIM905
    "swim split wash lift watch drink shake rub push pull mix call touch feed start chill smoke vape".split()
)
"""Verbs that are nouns as often: in a list, "redness, heat, or swelling", they tell nobody what to do."""


def led(sentence: Sequence[Word], at: int) -> bool:
    """Whether something follows the word at a place before the next mark: a verb has its object, an item of a list has not."""
    return (
        at + 1 < len(sentence) and not sentence[at + 1].before.strip("-") and sentence[at + 1].same not in {"and", "or"}
    )


def others(sentence: Sequence[Word], at: int) -> bool:
    """Whether what must be done at a place is done by the clinic: "we must fill it"."""
    return any(word.same in {"we", "i", "they"} for word in sentence[max(at - 2, 0) : at])


NOUNED = frozenset("is are was were means can may will has of".split())  # noqa: SIM905
"""What follows a noun that looks like a verb: "Rest is good"."""


def noun(sentence: Sequence[Word], at: int) -> bool:
    """Whether the word at a place is a noun there, by what follows it."""
    return at + 1 < len(sentence) and not sentence[at + 1].before and sentence[at + 1].same in NOUNED
