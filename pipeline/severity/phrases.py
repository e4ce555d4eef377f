"""Phrases that say the same: the words of an edited text, with those of the text before where an editor put one phrase for another.

What is left over is what severity reads: a phrase of the tables counts wherever it stands, though a word of it stayed and though it moved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.rewording import expressions, thesaurus
from pipeline.rewording.everyday import RELATED
from pipeline.rewording.paraphrases import alike, groups_of
from pipeline.text import lexicon, similarity
from pipeline.text.english import Word
from pipeline.text.features import lone_words
from pipeline.text.respelling import respelled
from pipeline.text.stems import stemmed


def mended(old: Sequence[Word], new: Sequence[Word]) -> list[Word]:
    """The new words, with the old ones where they say the same: joined or parted ("mouth wash"), another phrase ("in order to"), though
    a word of it stayed ("who is this for", "who should read this")."""
    if (told := of_whom(old)) and told == of_whom(new):
        return list(old)
    spans = [*similarity.spans([word.same for word in old], [word.same for word in new])]
    found: list[Word] = []
    at, mark = 0, None
    while at < len(spans):
        span = spans[at]
        if span.same:
            first, *rest = new[span.begin : span.finish]
            found += [first if mark is None else first._replace(before=mark), *rest]
            at, mark = at + 1, None
            continue
        whole, more = next(((one, more) for one, more in onward(spans, at) if same_said(old, new, one)), (None, 1))
        if whole is not None and (whole.start == whole.end) != (whole.begin == whole.finish):
            mark = new[whole.begin].before if whole.start == whole.end else ""  # of what begins there now
        found += old[whole.start : whole.end] if whole else new[span.begin : span.finish]
        at += more
    return found


LONG = 3
"""Words of a phrase that says one thing only, wherever it stands."""
MOST = 4
"""Phrases of one text that are put for others, at most."""


def moved(old: Sequence[Word], new: Sequence[Word]) -> Sequence[Word]:
    """The new words, with a phrase of the old ones for the one that says the same in another place: "if you wish, …", "… if you like";
    "it goes away within days", "within days it disappears"."""
    for _ in range(MOST):
        mine, theirs = {word.same for word in old}, {word.same for word in new}
        was, now = phrases(old, mine - theirs), phrases(new, theirs - mine)
        gone: dict[object, list[tuple[str, ...]]] = {}
        for one in sorted(was, key=was.__getitem__):
            for sense in senses(one):
                gone.setdefault(sense, []).append(one)
        pair = next(
            (
                (one, other)
                for other in sorted(now, key=lambda said: (-len(said), now[said]))
                for one in {one: None for sense in sorted(senses(other), key=str) for one in gone.get(sense, ())}
                if max(len(one), len(other)) >= (LONG - 1 if expressions.equal(one, other) else LONG)
            ),
            None,
        )
        if pair is None:
            return new
        (start, end), (begin, finish) = was[pair[0]], now[pair[1]]
        first = old[start]._replace(before=new[begin].before)
        new = [*new[:begin], first, *old[start + 1 : end], *new[finish:]]
    return new


def senses(phrase: tuple[str, ...]) -> frozenset[object]:
    """What a phrase says, by either table."""
    return frozenset({*groups_of().get(phrase, ()), *expressions.read(phrase)})


def phrases(found: Sequence[Word], own: Collection[str]) -> Mapping[tuple[str, ...], tuple[int, int]]:
    """The phrases of the tables in a text that have one of its own words, and where they stand: those of several words, and those that are no
    word of grammar."""
    table, made = groups_of(), dict[tuple[str, ...], tuple[int, int]]()
    said = [word.same for word in found]
    cuts = {at for at, word in enumerate(found) if word.before.strip("-") or not word.text}
    for at in [at for at, word in enumerate(said) if word in own and found[at].text]:
        for start in range(max(at - PHRASE + 1, 0), at + 1):
            for size in lengths(said[start]):
                end = start + size
                if end <= at or end > len(said) or not cuts.isdisjoint(range(start + 1, end)):
                    continue
                one = tuple(said[start:end])
                if (one in table or expressions.read(one)) and (size > 1 or one[0] not in lexicon.FUNCTION_WORDS):
                    made.setdefault(one, (start, end))
    return made


@lru_cache(1 << 14)
def lengths(word: str) -> tuple[int, ...]:
    """How many words the phrases have that begin with a word."""
    return tuple(sorted(expressions.lengths(word) | first_words().get(word, frozenset())))


@lru_cache(1)
def first_words() -> Mapping[str, frozenset[int]]:
    """The first words of the phrases of the tables → how many words those have."""
    found: dict[str, set[int]] = {}
    for phrase in groups_of():
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {word: frozenset(sizes) for word, sizes in found.items()}


def answered(old: Sequence[Word], new: Sequence[Word]) -> list[Word]:
    """The new words, with a critical word of the old ones where one of its sense stands in its place that is none: "lift it", "raise it"."""
    made = list(new)
    table = lone_words()
    for span in similarity.spans([word.same for word in old], [word.same for word in new]):
        if span.same or span.start == span.end or span.begin == span.finish:
            continue
        if max(span.end - span.start, span.finish - span.begin) > ANSWERED:
            continue  # another text
        for ours, theirs, start, end, begin, finish in (
            (old, new, span.start, span.end, span.begin, span.finish),
            (new, old, span.begin, span.finish, span.start, span.end),
        ):
            for at in range(start, end):
                word = ours[at].same
                if word not in table or not sensed(word) or any(one.same == word for one in theirs):
                    continue
                for to in range(begin, finish):
                    other = theirs[to].same
                    if other not in table and theirs[to].kind == "word" and for_it(word, other):
                        place, put = (to, ours[at]) if ours is old else (at, theirs[to])
                        made[place] = put._replace(before=new[place].before)
                        break
    return made


ANSWERED = 30
"""Words of a stretch, at most, in which a word is sought that stands for another."""


def sensed(word: str) -> bool:
    """Whether others of its sense may stand for a critical word: one for what is done, or which way it goes. Not *better*, *more*."""
    kind = lone_words()[word].kind
    return kind in {"action", "route", "finding"} or (
        (kind == "direction" and not word.endswith(("er", "e", "ss", "st"))) or word == "raise"
    )


def for_it(word: str, other: str) -> bool:
    """Whether a word says what a critical one does."""
    if lone_words()[word].kind == "finding":
        return not RELATED.get(word, frozenset()).isdisjoint({other, stemmed(other)})
    if lone_words()[word].kind == "action":
        return any(word in group.split() and other in group.split() for group in DONE_SO)
    return thesaurus.related(word, other)


DONE_SO = (
    "miss misses missed missing forget forgets forgot forgotten forgetting",
    "replace replaces change changes swap swaps exchange",
    "replaced changed swapped exchanged",
    "replacing changing swapping exchanging",
    "stop cease quit end finish terminate",
    "stops ceases quits ends finishes terminates",
    "stopped ceased ended finished",
    "start begin commence initiate",
    "starts begins commences",
    "started began begun commenced initiated",
    "remove withdraw detach",
    "removed withdrawn detached",
    "continue proceed persist",
    "continues proceeds persists lasts",
    "keep stay remain",
    "keeps stays remains",
    "kept stayed remained stored",
    "resume restart",
    "hold grip grasp",
    "holding gripping grasping",
)
"""Words for what is done, each group in one form, of which some are critical."""


HOLDING = frozenset("should must can may need will might have".split())  # noqa: SIM905
SAID_TO = {"their": "your", "they": "you", "them": "you", "themselves": "yourself"}


def of_whom(found: Sequence[Word]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """What somebody has of whom a sentence tells something, and what that is, whether it is said of people or to the reader: "people with
    asthma should not take it", "if you have asthma, you should not take it". None where it tells it otherwise, or more."""
    said = [word.same for word in found if word.text]
    if any({".", "?", "!", ";", ":"} & set(word.before) for word in found[1:-1]):
        return None
    for begins in (
        ["people", "with"],
        ["patients", "with"],
        ["anyone", "with"],
        ["people", "who", "have"],
        ["patients", "who", "have"],
    ):
        if said[: len(begins)] == begins:
            at = next((at for at in range(len(begins) + 1, len(said)) if said[at] in HOLDING), 0)
            return (tuple(said[len(begins) : at]), tuple(SAID_TO.get(word, word) for word in said[at:])) if at else None
    if said[:3] == ["if", "you", "have"]:
        at = next((at for at in range(4, len(said)) if said[at] == "you" and "," in found[at].before), 0)
        return (tuple(said[3:at]), tuple(said[at + 1 :])) if at else None
    at = next((at for at in range(2, len(said) - 3) if said[at : at + 3] == ["if", "you", "have"]), 0)
    return (tuple(said[at + 3 :]), tuple(said[1:at])) if at and said[0] == "you" else None


PHRASE = 8
"""Words that a phrase has at most which stands for another."""


def onward(spans: Sequence[similarity.Stretch], at: int) -> Iterator[tuple[similarity.Stretch, int]]:
    """The stretches that begin where two texts differ and end where they do, the longest first, each with how many spans it has."""
    first = spans[at]
    for to in range(min(at + 7, len(spans) - 1), at - 1, -1):
        last = spans[to]
        if not last.same and (to == at or max(last.end - first.start, last.finish - first.begin) <= PHRASE):
            yield first._replace(end=last.end, finish=last.finish), to - at + 1


def same_said(old: Sequence[Word], new: Sequence[Word], span: similarity.Stretch) -> bool:
    """Whether what differs at a place says the same."""
    was, now = old[span.start : span.end], new[span.begin : span.finish]
    if joined_words(was, now) or one_of_it(old, new, span) or before_then(old, new, span):
        return True
    if lightly(old, new, span) or ordered(old, new, span) or said_alike(old, new, span):
        return True
    if len(was) < 2 or len(now) < 2 or stemmed(was[-1].same) != stemmed(now[-1].same):
        return False
    return alike(
        [word.same for word in was[:-1]], [word.same for word in now[:-1]]
    )  # "have trouble sleeping", "find it hard to sleep"


def one_of_it(old: Sequence[Word], new: Sequence[Word], span: similarity.Stretch) -> bool:
    """Whether an article is a number in the other text: "about an hour", "about one hour". Not *the*, nor *one of*."""
    said = {one.same for one in (*old[span.start : span.end], *new[span.begin : span.finish])}
    short = span.end - span.start == span.finish - span.begin == 1
    return short and "one" in said and bool(said & {"a", "an"}) and old[span.end].same == new[span.finish].same != "of"


def before_then(old: Sequence[Word], new: Sequence[Word], span: similarity.Stretch) -> bool:
    """Whether what takes some time is so long until or before it is so: "it may take weeks until you feel well"."""
    said = [[word.same for word in part] for part in (old[span.start : span.end], new[span.begin : span.finish])]
    first = new[max(span.begin - 8, 0) : span.begin]
    takes = next((at for at in range(len(first) - 1, -1, -1) if first[at].same in {"take", "takes"}), 0)
    lasts = any(word.same == "it" for word in first[max(takes - 2, 0) : takes])  # not "take it until"
    return sorted(said) == [["before"], ["until"]] and lasts and not any(word.before for word in first[takes + 1 :])


ORDERS = frozenset(["you must", "you need to", "you have to", "you will need to", "you will have to"])
"""What makes an order of a sentence that is as strong as one without it. Not *you should*, which is weaker."""


def ordered(old: Sequence[Word], new: Sequence[Word], span: similarity.Stretch) -> bool:
    """Whether one text tells readers what they must do and the other tells them to do it: "you must keep it dry", "keep it dry"; "you
    must not drive", "do not drive"."""
    sides = (old, span.start, span.end), (new, span.begin, span.finish)
    for (told, start, end), (short, begin, finish) in (sides, sides[::-1]):
        said = " ".join(word.same for word in told[start:end])
        if said not in ORDERS or (begin and not {",", ".", ";", ":", "?", "!"} & set(short[begin].before)):
            continue
        bare, then = [word.same for word in short[begin:finish]], short[finish].same
        if (not bare and then in lexicon.IMPERATIVES | lexicon.MILD_IMPERATIVES) or (
            bare == ["do"] and said == "you must" and then == "not"
        ):
            return True
    return False


DONE = frozenset("shower bath walk rest nap look swim run ride drink sip wash chat talk call try stroll".split())  # noqa: SIM905
"""What is done, by a verb of its own or by one that says little: "when you shower", "when you take a shower"."""


def lightly(old: Sequence[Word], new: Sequence[Word], span: similarity.Stretch) -> bool:
    """Whether one text says by a verb that says little and a noun what the other says by a verb."""
    was, now = list(old[span.start : span.end]), list(new[span.begin : span.finish])
    if not was or not now:
        was, now = [*was, old[span.end]], [*now, new[span.finish]]  # the noun stayed
    for one, other in ((was, now), (now, was)):
        if len(one) == 3 and len(other) == 1 and one[1].same in {"a", "an"}:
            light, noun, verb = one[0].same, one[2].same, stemmed(other[0].same)
            if thesaurus.lemmas(light) & {"take", "have", "give", "make"} and noun in DONE and verb == stemmed(noun):
                return True
    return False


def said_alike(old: Sequence[Word], new: Sequence[Word], span: similarity.Stretch) -> bool:
    """Whether what differs at a place is one phrase for another of its sense, with the words beside it or without."""
    for left in (0, 1, 2):
        for right in (0, 1, 2):
            start, begin = span.start - left, span.begin - left
            was, now = (
                [word.same for word in part]
                for part in (old[max(start, 0) : span.end + right], new[max(begin, 0) : span.finish + right])
            )
            beside = was[:left] == now[:left] and was[len(was) - right :] == now[len(now) - right :]
            if start >= 0 and begin >= 0 and beside and alike(was, now):
                return True
    return False


def joined_words(lost: Sequence[Word], gained: Sequence[Word]) -> Sequence[str]:
    """The words of a stretch that was only written together or apart: anti-septic, antiseptic."""
    words = [word.same for word in (*lost, *gained)]
    parts = lost if len(gained) == 1 else gained
    spelled = len(parts) > 1 and all(word.same.isalpha() and len(word.same) > 1 for word in parts)
    hyphened = spelled and all(word.before == "-" for word in parts[1:]) and parts[0].same != "re"
    if hyphened and "".join(word.same for word in lost) == "".join(word.same for word in gained):
        return words  # on-line, online
    return words if len(words) > 2 and respelled([w.same for w in lost], [w.same for w in gained]) else []
