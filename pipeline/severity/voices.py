"""The two voices of a verb: "the tablets must be swallowed whole", "you must swallow the tablets whole"; and who does it to whom, where that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.rewording import thesaurus
from pipeline.text import lexicon
from pipeline.text.english import Word

Part = Sequence[Word]
BEING = frozenset("is are was were be".split())  # noqa: SIM905
PAST = frozenset(["was", "were"])
MODALS = frozenset("will should must can may might could would shall".split())  # noqa: SIM905
POSSIBLE = frozenset(["can", "may"])
SUBJECTS = {"us": "we", "them": "they", "me": "i", "him": "he"}


def voiced(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether two sentences say the same of the same, in the two voices of a verb: "a doctor should see children", "children should be seen
    by a doctor". Nothing else may differ."""
    return any(bare(active) == bare(other) for one, other in ((was, now), (now, was)) for active in turned(one, other))


def bare(found: Sequence[str]) -> list[str]:
    """Words without *that*, which an editor may leave out: "the pen that you are using", "the pen you are using"."""
    return [word for word in found if word != "that"]


def turned(passive: Sequence[str], active: Sequence[str]) -> Iterator[Sequence[str]]:
    """What a sentence in the passive voice is in the active one, with the form of its verb that the other has."""
    if {"not", "no", "never"} & {*passive, *active}:
        return
    for at, word in enumerate(passive[:-1]):
        if at and word in BEING:
            yield from acted(passive, active, at)


def acted(passive: Sequence[str], active: Sequence[str], at: int) -> Iterator[Sequence[str]]:
    """The same for the form of *be* at a place."""
    done = passive[at + 1]
    by = next((by for by in range(at + 2, len(passive)) if passive[by] == "by"), 0)
    if not by:  # what can be done is what you can do
        possible = passive[at - 1] in POSSIBLE and active[:2] == ["you", passive[at - 1]] and len(active) > 2
        if possible and thesaurus.lemmas(active[2]) & thesaurus.lemmas(done):
            yield [*active[:3], *passive[: at - 1], *passive[at + 2 :]]
        return
    modal = [passive[at - 1]] if passive[at] == "be" and passive[at - 1] in MODALS else []
    whom, rest = passive[: at - len(modal)], passive[at + 2 : by]
    if passive[at] == "be" and not modal:
        return
    for size in range(1, len(passive) - by):
        agent = [SUBJECTS.get(word, word) for word in passive[by + 1 : by + 1 + size]]
        verb = active[size + len(modal)] if size + len(modal) < len(active) else ""
        base = thesaurus.lemmas(verb) & thesaurus.lemmas(done) if verb and verb != "be" else frozenset[str]()
        now = bool(base & {verb, verb.removesuffix("s"), verb.removesuffix("es")}) and verb != done
        if base and now == (passive[at] not in PAST):
            yield [*agent, *modal, verb, *whom, *rest, *passive[by + 1 + size :]]


def exchanged(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether who does it to whom is the other way round, by the voice alone: "the nurse calls you", "the nurse is called by you"."""
    for passive, active in ((was, now), (now, was)):
        for at in range(1, len(passive) - 2):
            if passive[at] not in BEING or passive[at + 2] != "by" or passive[at - 1] in {"not", "no"}:
                continue
            modal = [passive[at - 1]] if passive[at] == "be" else []
            whom = passive[: at - len(modal)]
            verb = active[len(whom) + len(modal)] if len(active) > len(whom) + len(modal) else ""
            told = [*whom, *modal, verb, *passive[at + 3 :]] == [*active] and verb != "be"
            if told and thesaurus.lemmas(verb) & thesaurus.lemmas(passive[at + 1]):
                return True
    return False


# In their place ---------------------------------------------------------------------------------------------------

CLAUSES = frozenset(
    [
        "if",
        "when",
        "unless",
        "until",
        "while",
        "because",
        "so",
        "and",
        "but",
        "or",
        "that",
        "which",
        "who",
        "before",
        "after",
        "once",
        "since",
        "as",
    ]
)
"""What the subject of a verb stands behind."""
OBLIGED = frozenset("must should need needs have has can may".split())  # noqa: SIM905
"""Of what a reader does, though no one is named: "the tablets must be swallowed whole"."""
OURS = frozenset(["we"])
CLINICAL = frozenset("test examine scan weigh vaccinate immunize operate".split())  # noqa: SIM905
"""What a clinic does to people, whoever has to see to it: "your blood must be tested"; no reader does it."""
PRONOUNS = frozenset("you we they i he she it".split())  # noqa: SIM905
PARTICLES = frozenset("off out away up down back over in on".split())  # noqa: SIM905
SUBJECT = 9
"""Words that the subject of a verb has at most."""


def turned_active(passive: Part, active: Part) -> Iterator[Part]:
    """What a sentence with a verb in the passive voice is in the active one, as the other sentence has it: with its subject, or as an
    instruction; by whom is said in both, or goes without saying."""
    said, other = [word.same for word in passive], [word.same for word in active]
    for at in range(1, len(passive) - 1):
        if said[at] not in BEING | {"been"} or passive[at + 1].before or passive[at].before:
            continue
        start = next((back + 1 for back in range(at - 1, -1, -1) if said[back] in CLAUSES), 0)
        start = max(start, max((back for back in range(start, at) if passive[back].before.strip("-")), default=start))
        modal = modal_before(said, start, at)
        if modal is None or not 0 < at - len(modal) - start <= SUBJECT:
            continue
        whom = passive[start : at - len(modal)]
        done = at + 2 if said[at + 1].endswith("ly") and at + 2 < len(said) else at + 1
        for place, verb in enumerate(other):
            if not verb_of(verb, said[done]) or (place and other[place - 1] in BEING | {"been"}):
                continue
            along = int(
                done + 1 < len(said) and said[done + 1] in PARTICLES and said[done + 1] in other[place + 1 : place + 2]
            )
            for first, rest in agents(passive, active, place, modal, done + 1 + along, said[at]):
                head = [*first, *active[place - len(modal_of(other, place)) : place + 1 + along]]
                mark = passive[start].before
                head[0] = head[0]._replace(before=mark)
                thing = [whom[0]._replace(before=""), *whom[1:]]
                yield [*passive[:start], *head, *thing, *passive[at + 1 : done], *rest]


def verb_of(verb: str, done: str) -> bool:
    """Whether a verb is the one that something is done by."""
    if verb in BEING or verb == "been":
        return False
    return bool(thesaurus.lemmas(verb) & thesaurus.lemmas(done)) or (
        thesaurus.verb(verb) and thesaurus.verb(done) and thesaurus.related(verb, done)
    )


def modal_before(said: Sequence[str], start: int, at: int) -> Sequence[str] | None:
    """What stands before a form of *be* and says whether it must be so; None where it cannot be turned."""
    if said[at] != "be":
        return []
    for size in (3, 2, 1):
        if at - size > start and modal_like(said[at - size : at]):
            return said[at - size : at]
    return None


def modal_like(said: Sequence[str]) -> bool:
    """Whether words are a modal: with a *not*, or with *to*."""
    if said[0] in MODALS:
        return len(said) == 1 or (len(said) == 2 and said[1] == "not")
    return len(said) == 2 and said[0] in {"need", "needs", "have", "has"} and said[1] == "to"


def modal_of(said: Sequence[str], at: int) -> Sequence[str]:
    """The modal before a verb in the active voice, with its *not*; none where there is none."""
    for size in (3, 2, 1):
        if at >= size and (
            modal_like(said[at - size : at]) or [*said[at - size : at]] in (["do", "not"], ["does", "not"])
        ):
            return said[at - size : at]
    return []


def agents(
    passive: Part, active: Part, place: int, modal: Sequence[str], then: int, be: str
) -> Iterator[tuple[Part, Part]]:
    """Who does it in a sentence in the active voice, where that is who does it in the other, and what of that one is left."""
    said, other = [word.same for word in passive], [word.same for word in active]
    own = modal_of(other, place)
    begin = place - len(own)
    if not level(modal, own, be, other[place], instruction=not begin or bool(active[begin].before)):
        return
    by = next((at for at in range(then, len(said)) if said[at] == "by"), None)
    if by is not None:
        for size in range(1, min(6, len(said) - by)):
            agent = [SUBJECTS.get(word, word) for word in said[by + 1 : by + 1 + size]]
            if begin >= size and other[begin - size : begin] == agent:
                yield active[begin - size : begin], [*passive[then:by], *passive[by + 1 + size :]]
                return
        return
    if thesaurus.lemmas(other[place]) & CLINICAL and (not begin or other[begin - 1] == "you"):
        return
    if not begin or active[begin].before.strip("-"):
        if not own or own[0] == "do":
            yield [], passive[then:]  # an instruction
        return
    if (other[begin - 1] == "you" and modal and modal[0] in OBLIGED) or (
        other[begin - 1] in OURS
        and (not (modal and modal[0] in OBLIGED - {"can", "may"}) or thesaurus.lemmas(other[place]) & CLINICAL)
    ):
        yield active[begin - 1 : begin], passive[then:]


def level(modal: Sequence[str], own: Sequence[str], be: str, verb: str, *, instruction: bool) -> bool:
    """Whether two verbs are as strong and of one time: "must be kept", "you must keep"; an instruction is as strong as *must* and *should*."""
    denied = "not" in modal, "not" in own
    if denied[0] != denied[1]:
        return False
    if instruction and (not own or own[0] == "do") and verb in lexicon.IMPERATIVES | lexicon.MILD_IMPERATIVES:
        return bool(modal) and modal[0] in {"must", "should", "need", "needs", "have", "has"}
    if modal:
        alike = {"needs": "need", "has": "have"}
        return [alike.get(word, word) for word in modal] == [alike.get(word, word) for word in own]
    past = verb not in thesaurus.bases(verb)
    return not own and past == (be in PAST)
