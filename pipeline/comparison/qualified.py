"""Qualifiers of time and certainty that a translation leaves out or brings in: *usually*, *only*, *slightly*, *temporarily*.

They are concepts of the languages' tables (`[concepts]`), asked for one by one: what the English says and nothing in the translation may stand for is left
out; what the translation says and nothing in the English may stand for is brought in.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.comparison.added_bounds import numeral
from pipeline.comparison.lost_values import Difference
from pipeline.text.imperatives import orders
from pipeline.text.languages import tables_of
from pipeline.text.languages.table import Language
from pipeline.text.quantities import Reading
from pipeline.text.statements import Statement
from pipeline.text.tokens import Token
from pipeline.text.wordings import says

ADDED = ("only", "always", "often", "sometimes", "rarely", "usually", "temporarily")
LOST = (*ADDED, "long_term", "slightly", "severely", "possibly")
"""What is asked for on both sides, and of the English alone: how severe something is, and that it *may* be, is told by too many words to call
one added."""
IN_PROSE = frozenset(["often", "sometimes", "rarely"])
"""What is asked for in orders alone, but for a *rarely* that is lost: how often something is so is told too freely."""
FREQUENT = frozenset(["always", "often", "sometimes", "rarely", "usually"])
MEANT = {
    "always": frozenset("keep keeps keeping stay leave remain have".split()),  # noqa: SIM905
    "only": frozenset(
        "itself himself herself themselves yourself alone own immediately right shortly less fewer under short exactly simply pure mere specific one "  # noqa: SIM905
        "maximum most unless".split()
    ),
    "rarely": frozenset("hard barely poorly difficult trouble".split()),  # noqa: SIM905
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
    if language.rough or unread(language):
        return
    (ours, mine), (theirs, yours) = read(one), read(other)
    if cautious(one) and len(other.negations) <= len(one.negations):
        ours |= {"possibly"}
    spared = frozenset[str]() if orders(one.tokens) else IN_PROSE
    for value in LOST:
        if value not in ours or not language.knows("says", value):
            continue
        if value in spared and not (value == "rarely" and turned(one, other)):
            continue
        if value in theirs or (value in yours and not (value in FREQUENT and taken(value, ours, other))):
            continue
        if not answered(value, one, other) and not says(other.tokens, language, *WORDINGS.get(value, ())):
            yield Difference("qualifier", value.replace("_", "-"), "", unsure=not firm(value, one, language))
    if LIMIT in ours and EXCLUDE in theirs and LIMIT not in theirs | yours and EXCLUDE not in ours | mine:
        yield Difference("qualifier", LIMIT, EXCLUDE, unsure=True)
    for value in ADDED:
        if value in spared or value not in theirs or value in ours | mine:
            continue
        if not answered(value, other, one) and not meant(value, one, other):
            yield Difference("qualifier", "", value.replace("_", "-"))


def turned(one: Statement, other: Statement) -> bool:
    """Whether a *rarely* of any sentence has no *no* in the translation that may say it: what is rarely so is so then."""
    return len(other.negations) <= len(one.negations)


def taken(value: str, ours: frozenset[str], other: Statement) -> bool:
    """Whether each word of a translation that may say how often something is so says another such word of the English: *usually mild and always
    short*, told as *leve y siempre breve*."""
    told = [frozenset(said for (kind, said), _ in token.senses if kind == "says") for token in may_say(value, other)]
    others = (ours & FREQUENT) - {value}
    return bool(told) and all(said & others for said in told)


def may_say(value: str, said: Statement) -> list[Token]:
    """The words that say a qualifier, or may."""
    return [token for token in said.tokens if any(meant == value for (_, meant), _ in token.senses)]


def unread(language: Language) -> bool:
    """Whether a language's tables are unsure of statements, and were not filled for qualifiers: fa, sw, ur."""
    return language.knows("tentative", "statement") and not language.knows("says", "usually")


def answered(value: str, one: Statement, other: Statement) -> bool:
    """Whether how often something is done is told by another word with a *no*: *not always*, *sometimes … not*; *never without* for *always with*."""
    if value == "only":
        return "at-most" in other.values("bound") or any(
            token.text == "external" for token in (*one.tokens, *other.tokens)
        )
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
    if value == "only" and (english.negations or translation.negations):
        return True
    return any(token.text in MEANT.get(value, ()) for token in english.tokens)


def firm(value: str, one: Statement, language: Language) -> bool:
    """Whether it is sure that a qualifier is gone: the *only* of a short instruction, in languages whose tables are sure of statements."""
    if value != "only" or len(one.tokens) > LONG or not orders(one.tokens):
        return False
    if any(before.text == "only" and token.text == "as" for before, token in pairwise(one.tokens)):
        return False  # only as directed
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
                counts = token.text == ONE_OF and (before[-1:] in COUNTED or before.isdigit())
                (sure if plain and before not in MEASURING and not counts else may).add(value)
        if token.slot("modal") == "may":
            may.add("possibly")
        before = token.text
    return frozenset(sure), frozenset(may)


def cautious(english: Statement) -> bool:
    """Whether an English sentence says by *may* that something is possible: not that you are allowed to, nor that a thing may be used."""
    tokens = english.tokens
    return any(
        token.text == "may" and before.text not in ALLOWED and after.text in HAPPENING and not done_to(last)
        for before, token, after, last in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)
    )


def done_to(token: Token) -> bool:
    """Whether a word behind *may be* says what is done to a thing, or how long it is: *may be used*, *may be two weeks*."""
    return token.text.endswith("ed") or numeral(token)


ALLOWED = frozenset(["you", "he", "she", "they"])
HAPPENING = frozenset(
    "cause have be lead result occur happen feel develop need increase decrease get lose harm hurt make become affect damage bleed worsen contain".split()  # noqa: SIM905
)
"""English words before a *may* that allows, and behind one of what is possible."""
LOOSE = frozenset(["一直", "toujours", "toujou", "كثيرا", "rare", "frequent"])
"""Words of a qualifier that may say another thing: *still*, *much*, what few have."""
ONE_OF, COUNTED = "只", frozenset("一二两三四五六七八九十百千万余几每这那半多")
"""The Chinese word for *only* that also stands between a number and what it counts, and what stands before it then: 两只猫."""
MEASURING = frozenset("less more most how as too read".split())  # noqa: SIM905
"""English words before one that make another thing of it."""
