"""What one text says of when, of whom and of which, and the other does not: clauses that went, an *other*, another person spoken to.

A clause that says when something holds is no aside, in an instruction or elsewhere: without it the sentence says more than it did.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.rewording import thesaurus
from pipeline.rewording.clause_forms import base as plain_form
from pipeline.rewording.plainer import begins
from pipeline.severity.doers import acting
from pipeline.severity.items import US, content, one_sided
from pipeline.severity.unexplained import names
from pipeline.text import lexicon, similarity
from pipeline.text.english import Word
from pipeline.text.sentences import Parted, sentences
from pipeline.text.stems import stemmed

LIMITING = frozenset(
    "if when whenever unless until till while whereas once where wherever before after except although though because".split()  # noqa: SIM905
)
"""What a clause begins with that says when, where or why something holds."""
CONDITIONS = frozenset("if unless until except".split())  # noqa: SIM905
"""Those of them that limit what is said, however little follows: "if possible"."""
RELATIVE = frozenset("who whom whose that which".split())  # noqa: SIM905


def unsaid(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """What such changes an edit makes, as a person reads them."""
    texts = Said(old), Said(new)
    if texts[0].roots == texts[1].roots:
        yield from addressed(old, new)
        return
    yield from limited(*texts)
    yield from unspoken(*texts)
    yield from free_of(*texts)
    yield from proper(*texts)
    yield from how(*texts)
    yield from others(old, new)
    yield from owned(old, new)
    yield from addressed(old, new)
    yield from doer(*texts)
    yield from going(*texts)


def limited(before: Said, after: Said) -> Iterator[str]:
    """Clauses that one text alone has: "wash your hands when they are dirty", "wash your hands"."""
    old, new = before.found, after.found
    for span in similarity.spans(before.roots, after.roots):
        alone = None if span.same else one_sided(old[span.start : span.end], new[span.begin : span.finish])
        if alone is None:
            continue
        whole, other, start, end = (
            (old, after, span.start, span.end) if alone else (new, before, span.begin, span.finish)
        )
        begins = next((at for at in range(start, end) if limits(whole, at)), None)
        if begins is None:
            continue
        part = whole[begins:end]
        bare = part[0].same in CONDITIONS and stemmed(part[0].same) not in other.stems
        if bare and of_doing(whole, begins, other):
            continue
        if (bare and len(part) > 1) or any(says(word) and not other.has(word.same) for word in part[1:]):
            yield f"clause: “{' '.join(word.text for word in part)}” {'removed' if whole is old else 'added'}"


def of_doing(whole: Sequence[Word], at: int, other: Said) -> bool:
    """Whether a clause says *if you do something* of which the other text says that doing it does something: "if you smoke, wounds heal
    slowly", "smoking makes wounds heal slowly"."""
    if [word.same for word in whole[at : at + 2]] != ["if", "you"] or at + 2 >= len(whole):
        return False
    verb = plain_form(whole[at + 2].same)
    doing = any(
        word.same.endswith("ing") and plain_form(word.same) == verb and begins(other.found, place)
        for place, word in enumerate(other.found)
    )
    if not verb or not doing:
        return False
    end = next((to for to in range(at + 3, len(whole)) if whole[to].before.strip("-")), len(whole))
    return all(other.says(word.same) for word in whole[at + 3 : end] if says(word))


def limits(found: Sequence[Word], at: int) -> bool:
    """Whether a clause begins at a place that says when something holds, or of which of several people or things it is said."""
    word = found[at]
    if word.same in LIMITING:
        return True
    follows = bool(at) and not word.before and (names(found[at - 1].same) or found[at - 1].same in PEOPLE)
    return word.same in RELATIVE and follows


TELLING = 3
"""Words of its own that a sentence tells something with, at least."""


def unspoken(before: Said, after: Said) -> Iterator[str]:
    """Sentences that are told no more: an old translation still tells them; and those that are new: it does not tell them, and nobody who reads
    that the text *was worded otherwise* would look for them."""
    for one, other, what in ((before, after, "removed"), (after, before, "added")):
        told, now = (list(sentences(said.found)) for said in (one, other))
        gone = Counter(content(one.found)) - Counter(content(other.found))
        if gone.total() < (TELLING if one is before else NEW):
            continue
        for sentence in told:
            part = one.found[sentence.start : sentence.end]
            said = [word for word in part if says(word)]
            if one is after:
                courteous = any(word.same in COURTESY for word in part)
                if len(told) > len(now) and len(said) >= NEW and not courteous and Counter(content(part)) <= gone:
                    yield f"sentence: “{' '.join(word.text for word in part)}” added"
                continue
            whole = len(told) > len(now) and len(said) >= TELLING and Counter(content(part)) <= gone
            lost = [word for word in said if not other.says(word.same)] if not whole and len(said) > TELLING else []
            if whole or (lost and 3 * len(lost) >= 2 * len(said)):
                yield f"sentence: “{' '.join(word.text for word in part)}” {what}"


COURTESY = frozenset("glad happy welcome thank thanks pleased hope enjoy sorry".split())  # noqa: SIM905
"""What a sentence says with that tells nothing else: *We are glad to help*."""
NEW = 2
"""Words of its own that a new sentence tells something with, at least: *Infection can be deadly*."""


def free_of(before: Said, after: Said) -> Iterator[str]:
    """Whether something is free, of cost or of what it might have in it, where one text alone says so: "is sugar free", "contains sugar"."""
    was, now = (any(frees(one.found, at) for at in range(len(one.found))) for one in (before, after))
    if was is not now and not any(word.same in COST for word in (after if was else before).found):
        yield f"“free” {'removed' if was else 'added'}"


def frees(found: Sequence[Word], at: int) -> bool:
    """Whether a word is a *free* that says no to something: not *feel free*, *free to*, *a free hand*."""
    return (
        found[at].same == "free" and found[at - 1].same != "feel" and found[at + 1].same not in {"to", "hand", "time"}
    )


COST = frozenset(
    "painless symptomless cost costs charge charged charges fee fees pay payment price without no non".split()  # noqa: SIM905
)
"""What says in other words that something is free, or not: "at no cost", "without charge"."""


STRESS = frozenset(
    "usually normally generally typically commonly mostly mainly largely primarily currently recently actually especially particularly "  # noqa: SIM905
    "really simply easily readily obviously clearly naturally certainly basically essentially effectively likely probably possibly "
    "honestly frankly luckily fortunately unfortunately sadly happily kindly thankfully understandably gladly naturally "
    "additionally finally firstly secondly lastly similarly hopefully conveniently carefully properly correctly quickly exactly directly "
    "early daily weekly monthly only family reply supply apply rely multiply".split()
)
"""Words in -ly that say no more than how an author puts it, or are read otherwise; or are no adverbs."""


WELL = frozenset(
    "thoroughly carefully properly completely fully correctly nicely evenly totally vigorously really only".split()  # noqa: SIM905
)
"""What says no other way than *well*, of what to do: "shake it vigorously"."""


def how(before: Said, after: Said) -> Iterator[str]:
    """How something is done or is so, where one text alone says it: "push it slowly", "it is partly open"."""
    old, new = before.found, after.found
    for span in similarity.spans(before.roots, after.roots):
        was, now = old[span.start : span.end], new[span.begin : span.finish]
        part = (*was, *now)
        pair = {word.same for word in part}
        if not span.same and len(was) == len(now) == 1 and "well" in pair:
            sentence = Parted(old).at(span.start)
            if sentence and sentence.instructs and any(word.endswith("ly") and word not in WELL for word in pair):
                yield f"how: “{was[0].text}” → “{now[0].text}”"
        if span.same or len(part) != 1 or part[0].same in STRESS:
            continue
        if not part[0].same.endswith(("ly", "re")) and part[0].same != "almost":
            continue
        if part[0].same.endswith("re") and part[0].same != "re":
            continue  # "re-use the needle", "use the needle"
        removed = span.end > span.start
        if not (after if removed else before).says(part[0].same):
            yield f"how: “{part[0].text}” {'removed' if removed else 'added'}"


def proper(before: Said, after: Said) -> Iterator[str]:
    """Names, and words that turn another round, of which the other text says nothing: "MongoDB", "unscented"."""
    for text, other, what in ((before, after, "removed"), (after, before, "added")):
        for at, (word, root) in enumerate(zip(text.found, text.roots, strict=True)):
            if base(root) in other.stems or word.kind != "word":
                continue
            named, said = name(text.found, at), word.same.removesuffix("'s")
            if (named or turning(word.same)) and names(said) and not other.says(said):
                yield f"{'name' if named else 'sense'}: “{word.text}” {what}"


ASKED = frozenset(["ask", "let", "have"])


def doer(before: Said, after: Said) -> Iterator[str]:
    """Who does it, where nothing else differs: "your nurse flushes the line", "you flush the line"; "ask your nurse to …"."""
    spans = [span for span in similarity.spans(before.roots, after.roots) if not span.same]
    if len(spans) != 1:
        return
    span = spans[0]
    was, now = before.found[span.start : span.end], after.found[span.begin : span.finish]
    for one, other in ((was, now), (now, was)):
        asked = not other and one[0].same in ASKED and any(word.same in US - {"we", "our", "clinic"} for word in one)
        handed = [word.same for word in other] == ["you"]
        own = (
            [word.same for word in one if word.same not in lexicon.FUNCTION_WORDS or word.same in US] if handed else []
        )
        if asked or (own and all(map(told_of, own))):
            yield f"who: “{' '.join(word.text for word in was) or 'none'}” → “{' '.join(word.text for word in now) or 'none'}”"
            return


def told_of(word: str) -> bool:
    """Whether a word names people whom a leaflet for patients tells of: those of the clinic, visitors."""
    return word in US | GUESTS or acting(word)


GUESTS = frozenset(
    [
        "visitor",
        "visitors",
        "guest",
        "guests",
        "relative",
        "relatives",
        "friend",
        "friends",
        "family",
        "families",
        "partner",
        "partners",
    ]
)
"""Who is no reader of a leaflet for patients."""
GOING = frozenset(["up", "out", "off", "on", "down"])
"""What gives a verb another sense: set up, set off."""
LOOKED = frozenset("at after for into over up".split())  # noqa: SIM905
"""What says what *look* means: to look at something, to look after it."""


def going(before: Said, after: Said) -> Iterator[str]:
    """A verb that goes another way, and a *new* or *dry* that went from or came to what is to be used: "use a new needle"."""
    for span in similarity.spans(before.roots, after.roots):
        was, now = before.found[span.start : span.end], after.found[span.begin : span.finish]
        if span.same:
            continue
        pair = {was[0].same, now[0].same} if len(was) == len(now) == 1 and span.start else set[str]()
        verb = before.found[span.start - 1].same if pair else ""
        if pair and (pair <= GOING or pair == {"in", "out"} or (pair <= LOOKED and "look" in thesaurus.lemmas(verb))):
            if thesaurus.verb(verb):
                yield f"way: “{was[0].text}” → “{now[0].text}”"
        elif content([*was, *now]) in (["new"], ["fresh"], ["clean"], ["dry"], ["dri"]):
            text, at = (before, span.start) if content(was) else (after, span.begin)
            sentence = Parted(text.found).at(at)
            near = {text.found[at - 1].same if at else "", text.found[at + len(was or now)].same}
            joined = "and" in near and content([*was, *now]) != ["new"]  # wash and dry your hands
            if sentence and sentence.instructs and not joined:
                yield f"narrowed: “{' '.join(word.text for word in was)}” → “{' '.join(word.text for word in now)}”"


def base(root: str) -> str:
    """A stem less what is left of a genitive."""
    return root.split("'")[0] or root


def name(found: Sequence[Word], at: int) -> bool:
    """Whether the word at a place is written as names are, where no sentence begins."""
    text, before = found[at].text, set(found[at].before)
    return (
        bool(at and len(text) > 1 and not {".", "?", ":"} & before and re.search("[A-Z]", text))
        and found[at - 1].kind != "sign"
    )


OTHERS = tuple(
    "under cover ease cuss play charge tress pose posa solv tinc tribut turb tanc tant ciplin pens count patch cern member gust tract "  # noqa: SIM905
    "miss close rupt trict suad guis locat perse sect sent".split()
)
"""What follows *dis-* in words that say no *not*: discover, discuss, discharge; and words in *under-*."""


def turning(word: str) -> bool:
    """Whether a word is another one turned round."""
    rest = next((word[len(prefix) :] for prefix in ("un", "non", "dis") if word.startswith(prefix)), "")
    if word.startswith(("under", "dis")) and word.removeprefix("dis").startswith(OTHERS):
        return False
    return len(rest) > 4 and (thesaurus.verb(rest) or thesaurus.adjective(rest) or rest.endswith("ed"))


PEOPLE = frozenset("people person persons patients those anyone everyone someone others all".split())  # noqa: SIM905


def says(word: Word) -> bool:
    """Whether a word says something of its own, verbs among them."""
    return bool(word.text) and (
        names(word.same) or (thesaurus.verb(word.same) and word.same not in lexicon.FUNCTION_WORDS)
    )


@dataclass(frozen=True)
class Said:
    """The words of a text, to be asked for one or another of its root: "types that differ", "different types"."""

    found: Sequence[Word]

    @cached_property
    def roots(self) -> list[str]:
        return [stemmed(word.same) for word in self.found]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word.same for word in self.found)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(map(base, self.roots))

    @cached_property
    def beginnings(self) -> Mapping[str, Collection[str]]:
        made: defaultdict[str, set[str]] = defaultdict(set)
        for word in self.found:
            made[word.same[:4]].add(word.same)
        return made

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(form for word in self.found if word.kind == "word" for form in thesaurus.forms(word.same))

    @cached_property
    def senses(self) -> frozenset[str]:
        return thesaurus.groups(self.forms)

    def says(self, word: str) -> bool:
        """Whether the text has a word of the same root or sense."""
        return self.has(word) or thesaurus.akin(word, self.forms, self.senses)

    def has(self, word: str) -> bool:
        return stemmed(word) in self.stems or any(
            thesaurus.rooted(word, one) for one in self.beginnings.get(word[:4], ())
        )


def others(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """An *other* before what it sets apart, which came or went: "touching other people", "touching people"."""
    for span in similarity.spans([w.same for w in old], [w.same for w in new]):
        lost, gained = old[span.start : span.end], new[span.begin : span.finish]
        if span.same or bool(lost) == bool(gained):
            continue
        whole, at, part = (old, span.end, lost) if lost else (new, span.finish, gained)
        if part[-1].same == "other" and len(part) == 1 and whole[at].kind == "word" and not whole[at].before:
            before = whole[at - 2].same if at > 1 else ""
            if before not in {"each", "every", "any"} and whole[at].same not in {"than", "hand", "words"}:
                yield f"“other” {'removed' if lost else 'added'} before “{whole[at].text}”"


OWN = frozenset(["own", "another", "same"])
TIMES = frozenset("day days time times way week month year".split())  # noqa: SIM905


def owned(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """What is nobody else's that anybody's may be, what is one more or the same that is any: "use your own towel", "use a towel"."""
    if all(word.same not in OWN for word in (*old, *new)):
        return
    for found, other in ((old, new), (new, old)):
        said, theirs = ([word.same for word in text] for text in (found, other))
        if all(said.count(word) <= theirs.count(word) for word in ("own", "another", "same")):
            continue
        for span in similarity.spans(said, theirs):
            one, two = said[span.start : span.end], theirs[span.begin : span.finish]
            mine = one[-2:] in (["your", "own"], ["their", "own"], ["its", "own"]) or one == ["another"]
            if not span.same and (
                (mine and two in (["a"], ["an"], ["the"], ["any"]))
                or (one == ["same"] and not two and said[span.start - 1] == "the" and said[span.end] not in TIMES)
            ):
                yield f"which: {' '.join(one)} → {' '.join(two) or 'none'}"


PERSONS = {
    word: person
    for person, words in {
        "you": "you your yours yourself yourselves",
        "we": "we us our ours ourselves",
        "they": "they them their theirs themselves he him his she her hers himself herself",
        "I": "i me my mine myself",
    }.items()
    for word in words.split()
}


def addressed(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Another person in the same place: "tell your nurse if you are dizzy", "tell your nurse if they are dizzy"."""
    for span in similarity.spans([w.same for w in old], [w.same for w in new]):
        lost, gained = old[span.start : span.end], new[span.begin : span.finish]
        if span.same or len(lost) != 1 or len(gained) != 1:
            continue
        was, now = PERSONS.get(lost[0].same), PERSONS.get(gained[0].same)
        if was and now and was != now:
            yield f"person: {lost[0].text} → {gained[0].text}"
