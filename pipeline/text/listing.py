"""The lists of a sentence: *fever, chills, or a stiff neck* has three items."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.languages.table import Language
from pipeline.text.lexicon import IMPERATIVES
from pipeline.text.quantities import Reading
from pipeline.text.statements import JOINED, Statement
from pipeline.text.tokens import Token

COMMAS = frozenset(",、،，")
ENDS = frozenset(".!?。！？؟।۔:：—–();；؛")
LONGEST = 4
"""Words of an item of an English list, at most."""
WIDEST = 9
"""Words of an item in a translation, at most."""
NARROW = 5
"""Words of one where the English list is plain."""
LETTERS = 4
"""Letters of a word where no spaces are written."""
ASIDE = frozenset(
    "it we they he she this that these those there is are was were has have had will would can could said say says which who "  # noqa: SIM905
    "what how why however moreover therefore also for example including depending unlike although".split()
)
"""English words of which no short item of a list is made: what has one is a clause of its own."""
OPENING = frozenset(
    "in on at for as after before during since by from to with without if when while because due until till unless once whenever".split()  # noqa: SIM905
)
"""English words that open a sentence with what is no item: *In particular, …*."""


ADDED = OPENING | ASIDE | {"and", "or", "but", "so", "where", "wherever", "higher", "lower", "than"}
"""English words with which no item of a plain list begins."""
RELATING = frozenset(["in", "at", "from", "with", "on", "for", "to", "between"])
"""English words that no item of a plain list has in it: *severe, hospitalized cases in Denmark, Germany, and Austria*."""
QUOTES = frozenset('"“”()«»')


class Listed(NamedTuple):
    """A list of a sentence: from where to where each of its items stands. The first and the last are as long as any. `plain` where
    it is nothing else than a list: its last comma stands before *and*, it has four items or more, or *such as* opens it, and its
    items are short names of things. `paired` where an item is two of something: *chest pain or pressure*."""

    items: tuple[tuple[int, int], ...]
    plain: bool = False
    paired: bool = False


OPENS = ("join", "opens")
REPEATED = frozenset(["او"])
"""Words for *or* that stand before each item of a list."""
CROSSED = 32
"""Other joining words that a list goes back over, at most: each of them is asked for its own list as well."""


YEAR = re.compile(r"(?:19|20)\d\d")
LIKED = frozenset("not would i you we they who don't doesn't didn't patients people".split())  # noqa: SIM905
"""English words after which *like* is a verb, and opens no list."""


def liking(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is the verb *like*."""
    return tokens[at].text == "like" and at > 0 and tokens[at - 1].text in LIKED


def joins(token: Token) -> bool:
    """Whether a token is *and* or *or*."""
    if token[1] == "word":
        for (kind, value), _ in token[4]:
            if kind == "join":
                return value in JOINED
    return False


def lists(tokens: Sequence[Token], *, spaces: bool = True, english: bool = False) -> tuple[Listed, ...]:
    """The lists of a sentence that have three items or more, the longest first: from an *and* or *or* back over commas, as far
    as only few words stand between. English is held to shorter items, and to words that items are made of."""
    found = [
        listed
        for at, token in enumerate(tokens)
        if token[4] and joins(token) and (listed := listed_before(tokens, at, spaces, english))
    ]
    found.sort(key=lambda listed: -len(listed.items))
    if english and len(found) > 1:  # `chest pain or pressure, chills, and a cough` is one list
        found = [one for n, one in enumerate(found) if not any(within(one, other) for other in found[:n])]
    return tuple(found)


APART = frozenset(
    "whenever wherever whatever higher lower until till unless once since although as both either neither especially particularly notably mainly mostly namely".split()  # noqa: SIM905
)
"""English words that begin a clause or an aside between commas, and no item."""
ORDER = ["in", "order"]
"""Two that do."""


def within(one: Listed, other: Listed) -> bool:
    """Whether the last item of a list begins inside another list."""
    return other.items[1][0] <= one.items[-1][0] < other.items[-1][0]


def listed_before(tokens: Sequence[Token], join: int, spaces: bool, english: bool) -> Listed | None:
    """The list whose last item a joining word opens; None where there is none."""
    most = LONGEST if english else WIDEST
    marks = [join]
    length = crossed = 0
    words: list[str] = []
    opener = paired = pairs = False
    at = join - 1
    last_comma = at >= 0 and tokens[at].text in COMMAS  # the comma before `and`
    if last_comma:
        at -= 1
    while at >= 0 and tokens[at].text not in ENDS:
        token = tokens[at]
        if token.text in COMMAS:
            if not length or length > most + 2 * paired or (english and not ASIDE.isdisjoint(words)):
                break
            if english and (words[-1] in APART or words[: -len(ORDER) - 1 : -1] == ORDER):
                marks = marks[:-1] if len(marks) > 1 else marks  # the comma behind it is none of a list either
                break  # …, higher than your hip, whenever you sit or lie
            if english and length == 1 and YEAR.fullmatch(tokens[at + 1].text):
                return None  # `December 15, 2016 and January 14, 2017`
            marks.append(at)
            pairs = pairs or paired
            length, words, paired = 0, [], False
        elif token.text in QUOTES and at and tokens[at - 1].text in COMMAS:
            break  # She said, "Now, fever and …"
        elif token.kind != "sign":
            if token.slots and token.slot("join") == "opens" and not (english and liking(tokens, at)):
                opener = True  # `including`, `such as`: what stands before is no item
                if len(words) < next(length for sense, length in token.slots if sense == OPENS) and len(marks) > 1:
                    marks.pop()  # For example, …
                break
            joining = bool(token[4]) and joins(token)
            crossed += joining
            if joining and (crossed > CROSSED or (not clitic(token) and token.text not in REPEATED)):
                if english and (paired or not last_comma or crossed > CROSSED):
                    return None  # `what to eat and drink`
                if not english:
                    opener = True  # another list, which ends here
                    break
                paired = True  # `chest pain or pressure`, an item among others
            length += measure(token, spaces)
            words.append(token.text)
        at -= 1
    opened = not opener and (at < 0 or tokens[at].text in ENDS or tokens[at].text in QUOTES)
    if english and opened and len(marks) > 1 and not begins(words, len(marks) > TWO or last_comma):
        marks.pop()  # In particular, …
    if len(marks) < TWO:
        return None
    if english and join + 1 < len(tokens) and tokens[join + 1].text in SUBJECTS:
        return None  # `If no one answers, leave a message and we will call you`
    if english and join + 1 < len(tokens) and (tokens[join + 1].slot("act") or compared(tokens, join)):
        return None  # `Lie flat, drink water, and call us`
    marks.reverse()
    if english and going_on(tokens, join, marks[-2]):
        return None  # `a study by the university, London, and sponsored by …`
    edges = [at + 1 if opener else max(marks[0] - most, 0), *marks, min(join + most, len(tokens))]
    items = tuple(itertools.pairwise(edges))
    sure = opener or len(items) > TWO_AND_ONE or (opened and last_comma)
    if english and not last_comma and len(items) == TWO_AND_ONE and done(tokens, items):
        return None  # `If you are ill, call a nurse or a doctor`
    return Listed(
        items, english and not paired and (sure or opened or last_comma) and plain(tokens, items, sure), pairs
    )


def compared(tokens: Sequence[Token], join: int) -> bool:
    """Whether a joining word opens what a number is at least or at most: *version 3 or later*, *18 years or older*."""
    if tokens[join].text != "or" or tokens[join + 1].text not in COMPARED:
        return False
    return any(token.kind == "number" or token.sense("number") for token in tokens[max(join - NUMBERED, 0) : join])


def done(tokens: Sequence[Token], items: Sequence[tuple[int, int]]) -> bool:
    """Whether the second item of three begins with what is to be done: *check the scene, tap the shoulder and shout*."""
    first, second = tokens[items[1][0] + 1 : items[1][0] + 3]
    ordered = first.text in IMPERATIVES or tokens[0].text in IMPERATIVES
    return bool(first.slot("act")) or (ordered and first.text not in ADDED and second.text in {"the", "your"})


def going_on(tokens: Sequence[Token], join: int, comma: int) -> bool:
    """Whether English goes on behind a joining word with another verb, and no item: *…, and are released*, *…, and sponsored by the firm*."""
    after, item = tokens[join + 1 : join + 3], tokens[comma + 1]
    if len(after) < TWO:
        return False
    acted = after[0].text.endswith("ed") and after[1].text == "by" and not item.text.endswith("ed")
    return acted or (after[0].text in BEING and item.text not in BEING)


BEING = frozenset("is are was were has have had will would can could may might must".split())  # noqa: SIM905
"""English verbs that say something of what stands before."""
NUMBERED = 3
"""Words before *or later* among which its number stands."""


COMPARED = frozenset(
    "later earlier newer older younger more less fewer greater higher lower above below over under up so longer shorter larger smaller "  # noqa: SIM905
    "better worse before after beyond both".split()
)
"""English words that stand behind *or* and name no other item."""


def begins(words: Sequence[str], sure: bool) -> bool:
    """Whether the first words of an English sentence, the last of them first, hold the first item of its list: they are more than an
    opening (*in particular*), and, where it is no list beyond doubt, no clause of their own (*call us now, day or night*)."""
    if not words:
        return False  # `i.e., fever and chills`
    first, last = words[-1], words[0]
    if first in CLAUSES or first in SUBJECTS:
        return len(words) > TWO and (sure or not adverb(last))
    return first not in OPENING and first not in ASIDE and (sure or (len(words) > 1 and not adverb(last)))


def adverb(word: str) -> bool:
    """Whether an English word ends a clause rather than being an item."""
    return word.endswith("ly") or word in ADVERBS


TWO = 2
CLAUSES = frozenset(["if", "when", "while", "because", "unless", "whether"])
"""English words that open a clause in which a list may stand: *if you have a fever, chills, or pain*."""
SUBJECTS = frozenset(["it", "we", "they", "you", "i", "he", "she", "this", "these", "those", "that"])
"""English words of which a clause may be told that has a list."""
ADVERBS = frozenset(
    [
        "now",
        "today",
        "tomorrow",
        "here",
        "there",
        "again",
        "soon",
        "always",
        "us",
        "it",
        "them",
        "you",
        "first",
        "well",
        "too",
    ]
)
"""English words behind which no list goes on."""


TWO_AND_ONE = 3
"""Items of a list that may as well be an aside and two of something: *in London, paper and soap*."""


def plain(tokens: Sequence[Token], items: Sequence[tuple[int, int]], sure: bool) -> bool:
    """Whether the items of an English list are short names of things: no clause, nothing quoted, no aside. Where that it is a list is
    `sure`, its last item may stand before what the list does: *fever, chills, cough, and pain are common*."""
    for start, end in items[1:-1]:
        words = [token.text for token in tokens[start:end] if token.kind != "sign"]
        if (
            not words
            or words[0] in ADDED
            or not RELATING.isdisjoint(words)
            or any(token.text in QUOTES for token in tokens[start:end])
        ):
            return False
    named = itertools.takewhile(lambda token: token.text not in COMMAS, tokens[slice(*items[-1])])
    last = [token.text for token in named if token.kind != "sign"]
    if len(last) > 1 and last[1] in CLAUSES:
        return False  # …, and if nobody answers, call us
    return len(last) > 1 and (sure or not (len(last) > 2 and (last[2] in ADDED or last[1].endswith("ed"))))


def measure(token: Token, spaces: bool) -> int:
    """How many words a token is as good as."""
    return 1 if spaces or token.text.isascii() else (len(token.text) + LETTERS - 1) // LETTERS


def parts_of(tokens: Sequence[Token], *, spaces: bool, widest: int = WIDEST) -> int:
    """Into how many short parts commas and joining words part a stretch of a sentence, at most."""
    longest = parts = length = 0
    last = False
    for token in tokens:
        if token.text in ENDS or (token.slots and token.slot("join") == "opens"):
            parts = length = 0
            last = False
            continue
        join = bool(token.slots) and joins(token)
        if last and not join and token.text in COMMAS and spaces:
            parts, length, last = 0, 0, False  # what follows the last item is none
        elif join or token.text in COMMAS:
            last = last or (join and not clitic(token))
            length += int(join and enclitic(token))
            if length or not parts:
                parts = parts + 1 if parts and length <= widest else 2
            length = int(join and clitic(token))
            longest = max(longest, parts)
        elif token.kind != "sign":
            length += measure(token, spaces)
    return longest


def clitic(token: Token) -> bool:
    """Whether a joining word is written onto the word that it joins, as in Arabic."""
    return token.text[0] == "و" and len(token.text) > 1


def enclitic(token: Token) -> bool:
    """Whether a joining word is an ending of the word that it joins to the next, as in Korean."""
    return "가" <= token.text[0] <= "힣" and len(token.text) > 1 and token.text not in ALONE


ALONE = frozenset(["그리고", "또는", "혹은"])
"""Joining words of Korean that are words of their own."""


def shortened(ours: Sequence[Listed], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a translation has no list of as many items as the longest of its English. Arabic sets *and* before each item."""
    found = lists(theirs, spaces=language.spaces)
    longest = len(found[0].items) if found else 0
    if not found or language.code == "ar":
        longest = max(longest, parts_of(theirs, spaces=language.spaces, widest=NARROW if ours[0].plain else WIDEST))
    if ours[0].paired and longest < len(ours[0].items):
        limit, first = WIDEST * LETTERS * (language.length or 1), enumerated(theirs)
        longest = max(
            [
                longest,
                *[
                    short_items(theirs, at, limit, first, pairs=True)
                    for at, token in enumerate(theirs)
                    if token[4] and joins(token)
                ],
            ]
        )
    if longest < len(ours[0].items):
        return True
    # several lists: the shorter ones too, where each of them has its answer
    return (
        language.code != "ar"
        and len(ours) > 1
        and any(
            len(one.items) > len(other.items)
            for one, other in itertools.zip_longest(ours, found[: len(ours)], fillvalue=NO_LIST)
        )
    )


NO_LIST = Listed(())


def lengthened(ours: Listed, english: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a translation that has more commas and joining words than its English has a list of more items than a plain list of that: as
    many as no reading of the English has, of items no longer than the English ones."""
    most = max(
        len(ours.items),
        parts_of(english, spaces=True),
        *[len(listed.items) for listed in lists(english)],
    )
    widest = max(sum(len(token.text) for token in english[start:end]) for start, end in ours.items[1:-1])
    limit = ROOM * widest * (language.length or 1) + SLACK
    parted = language.loose_order or language.knows("clause-comma")
    fronted = parted and any(
        token.text in FRONTED and before.text not in COMMAS and before.text != "such"
        for before, token in itertools.pairwise(english)
    )
    fronted = fronted or opened(english, theirs)
    first = enumerated(theirs)
    counts = [
        short_items(theirs, at, limit, first, fronted=fronted)
        for at, token in enumerate(theirs)
        if token.slots and joins(token)
    ]
    return max(counts, default=0) > most and len(ours.items) not in counts


def opened(english: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether a translation tells first, in a clause, why or when something is to be done that its English tells last."""
    if not theirs or english[0].text in OPENING or english[0].text in CLAUSES:
        return False
    return theirs[0].text in FRONTING or bool(theirs[0].slot("condition"))


FRONTING = frozenset("чтобы para pour afin um damit zum zur لكي كي حتى để 为 为了 per".split())  # noqa: SIM905
"""Words of translations that open a clause of what something is for."""


FRONTED = frozenset("as if when while that which who because since after before until unless although causing".split())  # noqa: SIM905
"""English words of a clause that a language may set apart with a comma, or put first."""
ROOM, SLACK = 1.2, 6
"""How much longer than the longest item of an English list one of its translation may be, and how many letters besides."""


def short_items(
    tokens: Sequence[Token], join: int, limit: float, first: int, *, pairs: bool = False, fronted: bool = False
) -> int:
    """How many items the list has that ends at a joining word, of those that are no longer than a limit; the first and the last are
    as long as any. `first`: where a comma stands that parts items alone (`enumerated`); `pairs`: an item may be two of something;
    `fronted`: what stands first in the sentence is no item."""
    count, length, words, at = 1, 0, 0, join - 1
    crossed = 0
    if at >= 0 and tokens[at].text in COMMAS:
        at -= 1
    mark = ENUMERATING if first < join else ""
    while at >= 0 and tokens[at].text not in ENDS:
        token = tokens[at]
        if token.text in COMMAS:
            if not length or length > limit or (mark and token.text != mark) or clausal(tokens, at):
                break
            count, length, words = count + 1, 0, 0
        elif token.slots and joins(token) and ((crossed := crossed + 1) > CROSSED or not (pairs or clitic(token))):
            break
        elif token.kind != "sign":
            if token.slots and token.slot("join") == "opens":
                if words < next(length for sense, length in token.slots if sense == OPENS):
                    length = 0  # `among them, fever, chills and pain`
                break
            length, words = length + len(token.text), words + 1
        at -= 1
    return count + (bool(length) and not (fronted and (at < 0 or tokens[at].text in ENDS)))


ENUMERATING = "、"
"""The comma of Chinese between the items of a list; where it stands, the other comma parts no items."""


def enumerated(tokens: Sequence[Token]) -> int:
    """Where the first such comma of a sentence stands; behind its end where it has none."""
    return next((at for at, token in enumerate(tokens) if token.text == ENUMERATING), len(tokens))


def separators(tokens: Sequence[Token]) -> int:
    """How many commas and joining words stand in a sentence, two in a row counted once."""
    count, before = 0, False
    for token in tokens:
        if token[0] in COMMAS or (token[4] and joins(token)):
            count += not before
            before = True
        else:
            before = False
    return count


def clausal(tokens: Sequence[Token], comma: int) -> bool:
    """Whether a clause begins behind a comma, at once or with a short word before its own: *, которые*, *, for which*; or ends before
    it, in a language whose verbs and prepositions stand last: *… के बाद,*, *… है,*."""
    if closed(tokens, comma):
        return True
    for token in tokens[comma + 1 : comma + 3]:
        if token.kind != "word":
            return False
        if token.text in CLAUSAL or any(sense == CLAUSE for sense, _ in token.slots):
            return True
        if len(token.text) > PREPOSITION:
            return False
    return False


def closed(tokens: Sequence[Token], comma: int) -> bool:
    """Whether what ends a clause stands before a comma."""
    for count in range(1, min(CLOSING, comma) + 1):
        if (slots := tokens[comma - count].slots) and (CLOSES, count) in slots:
            return True
    return False


CLOSING = 3
"""Words of what ends a clause, at most."""
CLAUSE, CLOSES = ("join", "clause"), ("join", "closes")
CLAUSAL = frozenset("which who whom whose that where because although though whereas unless until since".split())  # noqa: SIM905
"""English words of which a clause behind a comma may be told, but for those that open one in most languages with no comma."""
PREPOSITION = 3
"""Letters of a word, at most, that may stand before the one that opens a clause."""


@lru_cache(maxsize=1 << 12)
def english_lists(reading: Reading) -> tuple[tuple[Listed, ...], ...]:
    """The lists of each sentence of an English text; of the whole text last, where it has several."""
    parts = reading.sentences if len(reading.sentences) == 1 else (*reading.sentences, reading.tokens)
    return tuple([lists(tokens, english=True) for tokens in parts])


def unsaid(ours: Statement, listed: Listed, theirs: Statement, here: Set[str], language: Language) -> str:
    """What an item of an English list names and its translation does not: fever, children; or a name that stands in no
    translation otherwise than in Latin letters, where other items of the list do so. "" where nothing is missing."""
    first, last = listed.items[0][0], listed.items[-1][1]
    for slot in LISTED:
        for value, places in ours.values(slot).items():
            if (
                any(first <= at < last for at in places)
                and language.knows(slot, value)
                and not language.knows("many", f"{slot} {value}")
                and value not in theirs.values(slot)
                and not theirs.excused(slot, value)
            ):
                return value.replace("-", " ")
    names = [
        [token.text for token in ours.tokens[start:end] if token.kind == "word"] for start, end in listed.items[1:-1]
    ]
    alone = [words[0] for words in names if len(words) == 1]
    gone = [name for name in alone if name not in here]
    return gone[0] if len(gone) == 1 and len(alone) > NAMES else ""


LISTED = ("finding", "who", "colour", "day", "contact", "route")
"""The slots whose values are items of lists."""
NAMES = 2
"""Items that stand in the translation letter for letter where one more is asked for, at least."""
