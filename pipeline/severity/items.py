"""Items that came into a list of an instruction or went, and what of an edit only one of two texts says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.rewording.paraphrases import EMPTY
from pipeline.text import lexicon, similarity
from pipeline.text.english import Word
from pipeline.text.features import features
from pipeline.text.sentences import Parted, Sentence
from pipeline.text.stems import stemmed

LISTING = frozenset(
    "sign signs symptom symptoms avoid allergic allergy contains".split()  # noqa: SIM905
)
"""Words whose sentence lists what a patient looks out for, or keeps away from."""
REACH = 4
"""Words that an item of things has at most, and a verb its object among."""
FINITE = frozenset("is are was were can may will must should has have does do".split())  # noqa: SIM905
PERSONS = frozenset("you we they it he she i your our their this that the".split())  # noqa: SIM905
"""What a new clause begins with, behind a comma."""


def items(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Items that came into a list of an instruction or went: "do not take ibuprofen, naproxen or aspirin"."""
    parted = Parted(old), Parted(new)
    only: dict[bool, Counter[str]] = {}
    for span in similarity.spans([stemmed(w.same) for w in old], [stemmed(w.same) for w in new]):
        alone = one_sided(old[span.start : span.end], new[span.begin : span.finish])
        if span.same or alone is None:
            continue
        whole, start, end = (old, span.start, span.end) if alone else (new, span.begin, span.finish)
        part = whole[start:end]
        sentence = parted[not alone].at(start)
        if start == (sentence.start if sentence else start) and not {w.same for w in part[-2:]} & {"and", "or"}:
            continue  # an opening: "As a rule, …"
        if alone not in only:
            only[alone] = Counter(content(whole)) - Counter(content(new if whole is old else old))
        if not Counter(content(part)) <= only[alone]:
            continue  # it moved
        if (
            sentence
            and end <= sentence.end
            and an_item(whole, start, end)
            and not aside(part)
            and (lists(whole, sentence, part) or (each_named(part) and (persons(part) or not of_us(whole, sentence))))
        ):
            said = " ".join(word.text for word in part)
            yield f"list item: “{said}” {'removed' if whole is old else 'added'}"


def one_sided(lost: Sequence[Word], gained: Sequence[Word]) -> bool | None:
    """Whether what differs was said by the old text alone (True) or the new one alone (False); None where both say something."""
    if content(lost):
        return None if content(gained) else True
    return False if gained else None


def an_item(found: Sequence[Word], start: int, end: int) -> bool:
    """Whether the words between two places are an item of a list: joined by a comma, *and* or *or* on one side at least."""
    part = found[start:end]
    clause = part[0].same in FINITE and part[-1].same not in {"and", "or"}  # "the loop is enabled, …"
    if clause or not content([word for word in part if word.kind != "sign" and word.same not in PARTICLES]):
        return False
    bare = [word.same for word in part if word.same not in {"the", "a", "an", "your"}]
    ends = {*bare[:1], *bare[-1:]} & {"and", "or", "nor"}
    beside = {",", ";"} & set(part[0].before) or (
        end < len(found) and ({",", ";"} & set(found[end].before) or found[end].same in {"and", "or"})
    )
    return bool(ends or (beside and not set(part[0].before) & {".", "?"}))


PARTICLES = frozenset("up down off out away back over".split())  # noqa: SIM905
"""What belongs to the verb before it: "if the wound opens up, call us"."""
SAYING = frozenset("see more less further also too".split())  # noqa: SIM905
"""What begins no item of things: "see below", "any more"."""


def named(part: Sequence[Word]) -> bool:
    """Whether an item names something, and is no clause or aside of its own."""
    said = content([word for word in part if not word.same.endswith("ly")])
    return 0 < len(said) <= REACH and not any(
        word.same in FINITE | SAYING or word.same in PERSONS - {"the", "your"} for word in part
    )


def aside(part: Sequence[Word]) -> bool:
    """Whether words between commas say nothing: "of course", "in other words"."""
    said = [word.same for word in part[1:] if word.same != "a"]
    return part[0].same in {"of", "in", "as", "for"} and (set(said) <= SAYS_NOTHING or " ".join(said) in ALONE)


SAYS_NOTHING = EMPTY & frozenset(
    "rule general fact course addition other words example instance principle summary conclusion contrast essence reality".split()  # noqa: SIM905
)
"""What asides between commas are made of; not those that say when, how or in which order: "in the following order"."""
ALONE = frozenset(["short", "particular", "brief", "effect", "practice"])


def each_named(part: Sequence[Word]) -> bool:
    """Whether each of the items that came or went together names something: "functional constraints, or exclusion constraints"."""
    starts = [at for at, word in enumerate(part) if not at or "," in word.before or word.same in {"and", "or"}]
    found = [part[start:end] for start, end in zip(starts, [*starts[1:], len(part)], strict=True)]
    return all(named(one) for one in found if content(one))


US = frozenset(
    [
        "we",
        "our",
        "nurse",
        "nurses",
        "doctor",
        "doctors",
        "team",
        "teams",
        "clinic",
        "staff",
        "surgeon",
        "therapist",
        "dietitian",
        "pharmacist",
    ]
)
"""Of whom a leaflet tells what they do: no patient acts on an item more or less in it."""


STAFF = US - {"we", "our"}


def of_us(found: Sequence[Word], sentence: Sentence) -> bool:
    """Whether a sentence tells what those do who wrote the text: "your team includes a nurse and a dietitian"."""
    said = found[sentence.start : sentence.end]
    first = {word.same for word in said[:3]}
    long = sum("," in word.before and word.same not in PERSONS for word in said) > 1 and not first & STAFF
    return not US.isdisjoint(first) and not long


READERS = frozenset(
    "adult adults child children kids teenager teenagers teens adolescents youngsters baby babies infants toddlers newborns man men woman "  # noqa: SIM905
    "women boys girls parent parents mothers fathers partners husbands wives relatives grandparents carers caregivers smokers students "
    "workers drivers travellers travelers residents seniors pensioners".split()
)


def persons(part: Sequence[Word]) -> bool:
    """Whether an item names people of whom a reader may be one: "our clinic treats adults and children"."""
    said = {word.same for word in part if word.text} - {"and", "or", "the"}
    return bool(said) and said <= READERS


def content(found: Sequence[Word]) -> list[str]:
    """The words that say something of their own, in their stems."""
    return [
        stemmed(word.same)
        for word in found
        if word.text and (word.kind != "word" or (word.same not in lexicon.FUNCTION_WORDS and word.same not in FILLERS))
    ]


FILLERS = frozenset("also please too usually often sometimes however then now well again especially even".split())  # noqa: SIM905


def lists(found: Sequence[Word], sentence: Sentence, part: Sequence[Word]) -> bool:
    """Whether a sentence tells what to do, or lists what to look out for."""
    words = found[sentence.start : sentence.end]
    if sentence.instructs or words[0].same in lexicon.MILD_IMPERATIVES or {word.same for word in words} & LISTING:
        return True
    others = [word for word in words if word not in part]
    kinds = {f.kind for f in features([*others, Word("", "", "end")], frozenset())}
    return bool(kinds & {"finding", "medicine"})
