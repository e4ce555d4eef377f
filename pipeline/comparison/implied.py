"""What an English word implies, and a translation says in full: *trouble swallowing* as *cannot swallow*, *new headaches* as *that you did not
have before*; and the other way round, *cannot* as *has trouble*.

Asked only where a *no* seems to be brought in or lost. A *no* that forbids, or reaches what the English says to do, is implied by nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.comparison.reach import reached, said
from pipeline.text.languages import tables_of
from pipeline.text.languages.table import Language
from pipeline.text.statements import Statement, denies
from pipeline.text.tokens import Token
from pipeline.text.wordings import says

FAILING = frozenset(
    "poorly poor trouble troubles difficulty difficulties struggle struggles struggling fail fails failed failing unable loss lack hard lose loses "  # noqa: SIM905
    "losing lost refuses refuse refusing refused problems stops impossible unwell".split()
)
"""English words that hold the *no* of what stands beside them: *feeds poorly*, *trouble swallowing*."""
LACKING = frozenset(
    [
        "missing",
        "free",
        "still",
        "new",
        "gone",
        "off",
        "away",
        "blocked",
        "stuck",
        "numb",
        "broken",
        "unused",
        "dry",
        "empty",
        "plain",
        "early",
        *[
            "disoriented",
            "disabled",
            "disconnected",
            "discontinued",
            "disappear",
            "disappears",
            "indefinite",
            "indefinitely",
            "indefinately",
            "unconscious",
            "uncomfortable",
            "unsteady",
            "incomplete",
            "incorrect",
            "incorrectly",
            "inactive",
            "invalid",
            "insufficient",
            "irregular",
            "painless",
            "sleepless",
            "useless",
            "unlimited",
            "uncontrolled",
            "untreated",
            "unexplained",
            "unopened",
            "unwanted",
            "uneven",
            "uninsured",
            "unvaccinated",
            "unprotected",
            "unusual",
            "unusually",
            "unexpected",
            "unexpectedly",
            "unknown",
            "uncertain",
            "unclear",
            "unclean",
            "unsafe",
            "unhealthy",
            "unfit",
            "unpleasant",
            "unlikely",
            "unstable",
            "unresponsive",
            "nonstop",
            "nonstick",
            "insoluble",
            "intolerance",
            "tolerate",
            "immobile",
            "infertile",
            "malfunction",
            "malfunctions",
            "weightless",
            "tasteless",
            "odourless",
            "odorless",
            "dehydrated",
            "anonymous",
            "abnormal",
            "asymptomatic",
            "underdose",
            "underdosing",
            "fasting",
        ],
    ]
)
"""English words that hold a *no* of a state: *new headaches*, *lie still*, *free of pain*."""
BACK, ON = 2, 4
"""Words before and behind a word that holds a *no* among which stands what it is of."""


def implied(english: Statement, translation: Statement, language: Language) -> int:
    """How many *no*s of a translation are held by English words. Not where the translation has such a word itself (*no trouble swallowing*), nor
    where its *no* reaches what the English says to do besides."""
    ours, told = english.tokens, says(translation.tokens, language, "trouble", "adverse")
    failing = [] if told else [at for at, token in enumerate(ours) if token.text in FAILING]
    lacking = [at for at, token in enumerate(ours) if token.text in LACKING]
    if ("says", "new") in [sense for token in translation.tokens for sense, _ in token.senses]:
        lacking = [at for at in lacking if ours[at].text != "new"]
    if not (failing or lacking):
        return 0
    near = {place for at in failing for place in range(at - BACK, at + ON + 1)}
    if failing:
        near |= english.conditional
    ordered = acts(token for at, token in enumerate(ours) if at not in near)
    return 0 if barred(translation.tokens, language) & ordered else len(failing) + len(lacking)


def acts(tokens: Iterable[Token]) -> frozenset[str]:
    """What some words say to do."""
    return frozenset().union(*map(said, tokens))


def barred(tokens: Sequence[Token], language: Language) -> frozenset[str]:
    """What a translation says is not to be done. Where a condition that has a *no* stands before, and its word last, what is then to be done
    is not meant: *नींद न आए तो …*, *못하면 …*."""
    over = reached(tokens, language)
    if language.free_order:
        ends = [at for at, token in enumerate(tokens) if token.text in THEN or token.text.endswith(WHEN)]
        last = max(ends, default=-1)
        if last >= 0 and not any(map(denies, tokens[last + 1 :])):
            over = frozenset(at for at in over if at <= last)
    return acts([tokens[at] for at in over])


THEN, WHEN = frozenset(["तो", "पर"]), ("면", "때")
"""What ends a condition in Hindi, and in Korean."""


def looked_for(english: Statement, translation: Statement, language: Language) -> int:
    """How many *no*s a translation may have of what is to be looked for: *check it for redness, bleeding or sores* as *that it is not red and has
    neither sores nor blood*. Not where it is the looking that is forbidden."""
    if not says(english.tokens, tables_of("en"), "looking"):
        return 0
    if barred(translation.tokens, language) & acts(english.tokens):
        return 1
    return len(translation.negations)


def firmly(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether a translation adds *not before* to the time from when something may be done."""
    return says(english.tokens, tables_of("en"), "from-then") and says(translation.tokens, language, "not-before")


def staying(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what may stay where it is *need not* be taken off in a translation."""
    return says(english.tokens, tables_of("en"), "may-stay") and says(translation.tokens, language, "needless")


def troubled(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what one cannot do, or does not do well, is told in a condition as what one has trouble with: *cannot breathe* as *dificultad para respirar*."""
    if not (english.negations and listed_no(english) and says(english.tokens, tables_of("en"), "cannot")):
        return False
    return says(translation.tokens, language, "trouble")


def own(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what is not to be shared is told as what each has of his own."""
    if not says(english.tokens, tables_of("en"), "not-shared") or says(translation.tokens, language, "sharing"):
        return False
    return says(translation.tokens, language, "personal")


def starved(english: Statement, translation: Statement) -> int:
    """How many *no*s of what must not be eaten or drunk are told as a time without food: *must not eat for six hours* as *six hours without eating*."""
    if "empty" in english.values("meal") or "empty" not in translation.values("meal"):
        return 0
    ours = english.tokens
    return sum(
        token.text in {"eat", "drink"} and any(map(denies, ours[max(at - OR, 0) : at])) for at, token in enumerate(ours)
    )


def listed_no(english: Statement) -> bool:
    """Whether the *no* of an English sentence stands in the last of several conditions: *if your lips swell, or you cannot breathe*."""
    ours = english.tokens
    return bool(english.conditional) and all(
        at in english.conditional
        or (at > min(english.conditional) and any(token.text == "or" for token in ours[max(at - OR, 0) : at]))
        for at in english.negations
    )


OR = 3
"""Words between an *or* and the *no* of the condition that it opens, at most."""
