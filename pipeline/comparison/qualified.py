"""Qualifiers of time and certainty that a translation leaves out or brings in: *usually*, *only*, *slightly*, *temporarily*.

They are concepts of the languages' tables (`[concepts]`), asked for one by one: what the English says and nothing in the translation may stand for is left
out; what the translation says and nothing in the English may stand for is brought in.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.comparison.added_bounds import numeral
from pipeline.comparison.lost_values import Difference
from pipeline.text.imperatives import orders
from pipeline.text.languages import tables_of
from pipeline.text.languages.table import Language
from pipeline.text.quantities import Reading
from pipeline.text.statements import Statement
from pipeline.text.wordings import says

ADDED = (
    "only",
    "always",
    "often",
    "sometimes",
    "rarely",
    "usually",
    "temporarily",
    "long_term",
    "slightly",
    "severely",
)
LOST = (*ADDED, "possibly")
"""What is asked for on both sides, or of the English alone: that something *may* be is told by too many forms to call one added."""
FREQUENT = frozenset(["always", "often", "sometimes", "rarely", "usually"])
MEANT = {
    "always": frozenset("keep keeps keeping stay leave remain have".split()),  # noqa: SIM905
    "only": frozenset(
        [
            "itself",
            "himself",
            "herself",
            "themselves",
            "yourself",
            "alone",
            "own",
            "immediately",
            "right",
            "shortly",
            "less",
            "fewer",
            "under",
            "short",
        ]
    ),
    "rarely": frozenset("hard barely poorly difficult trouble".split()),  # noqa: SIM905
    "slightly": frozenset("pat dab".split()),  # noqa: SIM905
}
"""English words that may mean what a translation says."""
NEVER = ("says", "never")
LONG = 25
"""Words of a sentence in which an *only* may be said far from where it stands in English."""
WORDINGS = {"only": ("only", "nothing-but"), "always": ("always",)}
"""Rows of wordings that say the same as a qualifier."""


def told_apart(ours: Reading, theirs: Reading) -> bool:
    """Whether one of two texts says a qualifier that the other does not."""
    return "may" in ours.vocabulary or not QUALIFYING.isdisjoint(ours.says ^ theirs.says)


LIMIT, EXCLUDE = "limit", "exclude"
"""What is done less of, and what is not done at all: of these it is asked whether the one became the other."""
QUALIFYING = frozenset([*LOST, LIMIT, EXCLUDE])


def qualified(one: Statement, other: Statement, language: Language) -> Iterator[Difference]:
    """The qualifiers that one of two sentences has and the other has not."""
    if language.rough:
        return
    (ours, mine), (theirs, yours) = read(one), read(other)
    if cautious(one) and len(other.negations) <= len(one.negations):
        ours |= {"possibly"}
    for value in LOST:
        if value not in ours or value in theirs | yours or not language.knows("says", value):
            continue
        if not answered(value, one, other) and not says(other.tokens, language, *WORDINGS.get(value, ())):
            yield Difference("qualifier", value.replace("_", "-"), "", unsure=not firm(value, one, language))
    if LIMIT in ours and EXCLUDE in theirs and LIMIT not in theirs | yours and EXCLUDE not in ours | mine:
        yield Difference("qualifier", LIMIT, EXCLUDE, unsure=True)
    for value in ADDED:
        if value not in theirs or value in ours | mine:
            continue
        if not answered(value, other, one) and not meant(value, one, other):
            yield Difference("qualifier", "", value.replace("_", "-"))


def answered(value: str, one: Statement, other: Statement) -> bool:
    """Whether how often something is done is told by another word with a *no*: *not always*, *sometimes … not*; *never without* for *always with*."""
    if value not in FREQUENT:
        return False
    if value == "always" and any(token.has(NEVER) for token in other.tokens):
        return True
    denied = bool(one.negations or other.negations)
    return denied and any(token.has(("says", often)) for token in other.tokens if token.senses for often in FREQUENT)


def meant(value: str, english: Statement, translation: Statement) -> bool:
    """Whether an English sentence means a qualifier that it does not say: *do not leave it open*, *keep it on*: always; *less than*: only."""
    if value == "always" and (english.negations or says(english.tokens, tables_of("en"), "same-each-day", "each-time")):
        return True
    if value == "only" and len(translation.negations) > len(english.negations):
        return True
    return any(token.text in MEANT.get(value, ()) for token in english.tokens)


def firm(value: str, one: Statement, language: Language) -> bool:
    """Whether it is sure that a qualifier is gone: the *only* of a short instruction, in languages whose tables are sure of statements."""
    if value != "only" or len(one.tokens) > LONG or not orders(one.tokens):
        return False
    return not (language.knows("tentative", "statement") or language.knows("tentative", "*"))


def read(said: Statement) -> tuple[frozenset[str], frozenset[str]]:
    """The qualifiers that a sentence says, and those that its words may stand for. A word that begins a condition says none (*siempre que*), nor
    does one that belongs to the word before it (*less often*, *read-only*), nor one that may as well say *still*."""
    sure, may = set[str](), set[str]()
    before = ""
    for token in said.tokens:
        for (kind, value), _ in token.senses:
            if value in QUALIFYING:
                plain = kind == "says" and not token.slot("condition") and token.text not in LOOSE
                (sure if plain and before not in MEASURING else may).add(value)
        if token.slot("modal") == "may":
            may.add("possibly")
        before = token.text
    return frozenset(sure), frozenset(may)


def cautious(english: Statement) -> bool:
    """Whether an English sentence says by *may* that something is possible: not that you are allowed to, nor how long it is, nor in May."""
    tokens = english.tokens
    return any(
        token.text == "may"
        and before.text not in ALLOWED
        and {before.kind, after.kind} == {"word"}
        and after.text not in LASTING
        and not numeral(tokens[at + 3])
        for at, (before, token, after) in enumerate(zip(tokens, tokens[1:], tokens[2:-1], strict=False))
    )


ALLOWED = frozenset(["you", "he", "she", "they"])
LASTING = frozenset(["take", "stay", "last", "also", "not"])
"""English words beside a *may* that allows, or forbids, or says how long."""
LOOSE = frozenset(["一直", "toujours", "toujou", "كثيرا"])
"""Words of a qualifier that may say another thing: *still*, *much*."""
MEASURING = frozenset("less more most how as too read".split())  # noqa: SIM905
"""English words before one that make another thing of it."""
