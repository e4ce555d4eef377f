"""The words, numbers and signs of a text, each with what the tables of its language say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from pipeline.text.languages import forms_at, matches
from pipeline.text.languages.table import SAID, SLOTS, Form, Language, Sense
from pipeline.text.medicines import medicine
from pipeline.text.spelling import DATE, KHMER_AGAIN, ONE_WORD, addressed, parted

Said = tuple[tuple[Sense, int], ...]
"""Senses, each with how many tokens its form takes."""


class Token(NamedTuple):
    """One word, number, sign, placeholder or address of a text, with where it starts, the senses that begin at it, and what of
    the slots of a statement it says or excuses."""

    text: str
    kind: str
    start: int
    senses: Said = ()
    slots: Said = ()

    def sense(self, kind: str) -> tuple[str, int] | None:
        """The value of the longest form of this kind that begins here and how many tokens it takes; None where none does."""
        for sense, length in self[3]:
            if sense[0] == kind:
                return sense[1], length
        return None

    def has(self, sense: tuple[str, str]) -> bool:
        """Whether a sense begins here."""
        for one, _ in self[3]:  # noqa: SIM110 (twice as fast)
            if one == sense:
                return True
        return False

    def slot(self, kind: str) -> str:
        """The value of a slot that begins here, "" where none does."""
        for sense, _ in self[4]:
            if sense[0] == kind:
                return sense[1]
        return ""


class More(NamedTuple):
    """What few tokens have: whether a number may begin with it, the medicine it names, the phrases that may begin with it by their
    second word, the longest first, and those whose second word is a stem."""

    counts: bool = False
    medicine: str = ""
    phrases: Mapping[str, tuple[Form, ...]] = MappingProxyType({})
    stems: tuple[Form, ...] = ()

    def begun(self, said: Sequence[str], at: int) -> Sequence[Form]:
        """The phrases that stand in a text from this token on, the longest first."""
        if at + 1 == len(said):
            return ()
        found: Sequence[Form] = self.phrases.get(said[at + 1], ())
        if self.stems:
            found = sorted([*found, *self.stems], key=lambda form: -len(form.words))
        elif not found:
            return ()
        return [form for form in found if matches(form, said, at)]


class Known(NamedTuple):
    """What is known of a token by its text alone: its kind, its own senses, what of the slots it says, all that it says without
    doubt, and what few tokens have."""

    kind: str
    senses: Said = ()
    slots: Said = ()
    meant: frozenset[Sense] = frozenset()
    more: More | None = None
    inner: Said = ()
    """Its senses inside a phrase."""
    text: str = ""
    """The token's text, one object for all that are equal."""


class Tokens(NamedTuple):
    """The tokens of a text, all that it says without doubt, the places at which a number may begin, the medicines that its
    words name by their sound, and how often it says no."""

    found: tuple[Token, ...]
    said: frozenset[Sense] = frozenset()
    counting: Sequence[int] = ()
    medicines: Sequence[str] = ()
    denials: int = 0


NOT = Sense("says", "not")
NOTHING = frozenset[Sense]()
COUNTED = ("number", "count", "fraction", "dual", "ordinal", "month", "scale")
"""The senses that make a word a number, the likeliest first."""
COUNTED_KINDS = frozenset(COUNTED)
CONCEPT = SAID | {"says", "excuses", "hints", "denies"}
NUMERALS = {
    char: n
    for n, chars in enumerate(["〇零", "一", "二两", "三", "四", "五", "六", "七", "八", "九"])
    for char in chars
}
MYRIADS = {"十": 10, "百": 100, "千": 1000}
NUMERAL_START = frozenset(NUMERALS) | frozenset(MYRIADS)
NUMERAL_RUN = re.compile(r"[〇零一二两三四五六七八九十百千]+")
WORDS = frozenset(["word", "sign"])
"""The kinds of tokens that are looked for in tables."""
KNOWN, COUNTS = partial(tuple.__new__, Known), More(True)
"""What is known of a token, of its fields in their order; and what a number has."""
NAMED = 5
"""Letters that a word has which names a medicine, at least."""
MOST = 1 << 16
"""Words of a language that are remembered."""
MOST_RUNS = 1 << 14
"""What stands between spaces that is remembered of a language, its commas and points with it."""
LONGEST_RUN = 64
"""What is longer comes once."""
MARKS, ALONE = frozenset(".,;:!?"), (0,)
"""Marks that stand behind a word, each a sign of its own; and where what stands alone starts."""


Told = tuple[Said, Said, frozenset[Sense], Said, bool]
"""What a form of one word says: senses, slots, all without doubt, its senses inside a phrase, whether a number may begin with it."""


def told(meant: Sequence[Sense]) -> Told:
    senses: list[tuple[Sense, int]] = []
    slots: list[tuple[Sense, int]] = []
    counts = False
    for sense in meant:
        kind = sense[0]
        if kind in SAID:
            slots.append((sense, 1))
        elif kind != "other":
            senses.append((sense, 1))
            counts = counts or kind in COUNTED_KINDS
    inner = tuple([one for one in senses if one[0][0] not in CONCEPT])
    return tuple(senses), tuple(slots), plainly(senses + slots), inner, counts


class Vocabulary(dict[str, Known]):
    """What is known of the tokens of a language, each looked up in its tables once."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.forms: dict[int, Told] = {}
        """What forms say, by their senses: many have the same ones, which are one object as long as the tables are there."""
        self.runs = Runs(self)

    def __missing__(self, text: str) -> Known:
        if len(self) >= MOST:
            self.clear()
        found = self[text] = known(text, self.language, self.told)
        return found

    def told(self, form: Form) -> Told:
        """What a form of one word says."""
        found = self.forms.get(id(form[1]))
        if found is None:
            found = self.forms[id(form[1])] = told(form[1])
        return found


Run = tuple[tuple[Known, ...], tuple[int, ...], int]
"""What stands between two spaces: what is known of its tokens, where in it each starts, and how far from where it begins the next one does."""


class Runs(dict[str, Run]):
    """What stands between two spaces, each parted once."""

    def __init__(self, known: Vocabulary) -> None:
        self.known = known

    def __missing__(self, run: str) -> Run:
        if len(self) >= MOST_RUNS:
            self.clear()
        word = run[:-1] if run[-1:] in MARKS else run
        if word.isalpha() and KHMER_AGAIN not in word:  # one word with a mark behind it or none, as most are
            said: Sequence[str] = (word,) if word is run else (word, run[-1])
            starts: Sequence[int] = ALONE if word is run else (0, len(word))
        else:
            said, starts = parted(run, self.known.language.elides)
        found = tuple([self.known[one] for one in said]), tuple(starts), len(run) + 1
        if len(run) <= LONGEST_RUN:
            self[run] = found
        return found


VOCABULARIES: dict[str, Vocabulary] = {}
"""What is known of the tokens of the languages that were read last, by their codes: the regions of a language have the same tables."""
LANGUAGES = 4
"""The most of them: languages are decided one after the other, and a vocabulary of thousands of pages is some megabytes."""


def vocabulary(language: Language) -> Vocabulary:
    """What is known of the tokens of a language."""
    found = VOCABULARIES.get(language.code)
    if found is None or found.language.exact is not language.exact:
        if len(VOCABULARIES) >= LANGUAGES:
            with suppress(StopIteration, KeyError):
                del VOCABULARIES[next(iter(VOCABULARIES))]
        found = VOCABULARIES[language.code] = Vocabulary(language)
    return found


def kind_of(text: str) -> str:
    """What kind of token a text is: placeholders and addresses hold signs, no word or number does so."""
    if text.isalpha() and text != KHMER_AGAIN:
        return "word"
    if (text[0].isdecimal() or (text[0] in ".," and len(text) > 1)) and "@" not in text:
        return "number"
    if len(text) == 1:
        return "word" if ONE_WORD.match(text) else "sign"
    if text[0] in "{%":
        return "fact"
    return "url" if "@" in text or "://" in text or text.startswith("www.") else "word"


def known(text: str, language: Language, told: Callable[[Form], Told]) -> Known:
    """What the tables of a language say of a token. A form that only looks like one hides the others. `told`: what a form says."""
    kind = kind_of(text)
    if kind not in WORDS:
        return KNOWN((kind, (), (), NOTHING, COUNTS if kind == "number" else None, (), text))
    forms = forms_at(language, text)
    counts = not language.spaces and text[0] in NUMERAL_START
    named = medicine(text, language.code) if kind == "word" and len(text) >= NAMED else ""
    if not forms:
        return KNOWN((kind, (), (), NOTHING, More(counts, named) if counts or named else None, (), text))
    alone = [form for form in forms if len(form[0]) == 1]
    if hiding := [form for form in alone if form[3]]:
        alone, named = hiding, ""
    said = [told(form) for form in alone]
    if len(said) == 1:
        senses, slots, meant, inner, begins = said[0]
    else:
        senses = tuple([sense for one in said for sense in one[0]])
        slots = tuple([sense for one in said for sense in one[1]])
        meant = NOTHING.union(*[one[2] for one in said])
        inner = tuple([sense for one in said for sense in one[3]])
        begins = True in [one[4] for one in said]
    counts = counts or begins
    if len(forms[0][0]) == 1:  # the longest
        return KNOWN((kind, senses, slots, meant, More(counts, named) if counts or named else None, inner, text))
    phrases: dict[str, list[Form]] = {}
    stems: list[Form] = []
    for form in forms:
        if len(form[0]) > 1:
            second = form[0][1]
            (stems if second.endswith("*") else phrases.setdefault(second, [])).append(form)
    more = More(counts, named, {second: tuple(found) for second, found in phrases.items()}, tuple(stems))
    return KNOWN((kind, senses, slots, meant, more, inner, text))


def plainly(meant: Iterable[tuple[Sense, int]]) -> frozenset[Sense]:
    """What senses say without doubt: those that only excuse are left out."""
    return frozenset([sense for sense, _ in meant if sense.kind not in DOUBTED])


DOUBTED = (SAID - SLOTS) | {"excuses", "hints", "denies"}


def tokenize(text: str, language: Language) -> Tokens:
    """The tokens of a text in its normal form."""
    found, starts = looked_up(text, language)
    if not found:
        return Tokens(())
    kinds, senses, slots, says, mores, _, said = zip(*found, strict=True)
    made = [*map(TOKEN, zip(said, kinds, starts, senses, slots, strict=True))]
    special = [(at, more) for at, more in enumerate(mores) if more]
    parting = bool(language.parted) and not language.parted.keys().isdisjoint(said)
    if not special and not parting:
        whole = NOTHING.union(*says)
        return Tokens(tuple(made), whole, denials=sum([NOT in one for one in says]) if NOT in whole else 0)
    counting: Sequence[int] = [at for at, more in special if more[0]]
    following = [*said[1:], ""]
    hits = {
        at: forms for at, more in special if (following[at] in more[2] or more[3]) and (forms := more.begun(said, at))
    }
    meant = [*says]
    if hits and (changed := phrased(made, said, found, hits)):
        for at in changed:
            meant[at] = plainly((*made[at].senses, *made[at].slots))
        counting = sorted({*counting, *changed})
    first, second = language.parted_no
    if second and second in said and not first.isdisjoint(said):
        for at in parted_noes(made, first, second):
            made[at] = made[at]._replace(senses=((NOT, 1),), slots=())
            meant[at] = frozenset([NOT])
    if parting:
        for at in parted_verbs(made, said, language.parted):
            meant[at] = plainly((*made[at].senses, *made[at].slots))
    whole = NOTHING.union(*meant)
    denials = sum([NOT in one for one in meant]) if NOT in whole else 0
    return Tokens(tuple(made), whole, counting, [more[1] for _, more in special if more[1]], denials)


TOKEN = partial(tuple.__new__, Token)
"""A token of its fields in their order."""


def looked_up(text: str, language: Language) -> tuple[Sequence[Known], Sequence[int]]:
    """What is known of each token of a text, and where it starts. No token has a space in it, so what stands between spaces is
    parted once for all texts that have it."""
    known = vocabulary(language)
    if not language.spaces or addressed(text) or ("." in text and DATE.search(text)):
        said, starts = parted(text, language.elides)
        if not language.spaces and not text.isascii():
            said, starts = apart(said, starts, language)
        return [*map(known.__getitem__, said)], starts
    found = [*map(known.runs.__getitem__, text.split(" "))]
    begins = accumulate([size for _, _, size in found], initial=0)
    starts = [at + place for at, (_, places, _) in zip(begins, found, strict=False) for place in places]
    return [one for here, _, _ in found for one in here], starts


def phrased(
    made: list[Token], said: Sequence[str], found: Sequence[Known], hits: Mapping[int, Sequence[Form]]
) -> list[int]:
    """Give tokens the senses of the phrases that begin at them (`hits`); at which tokens that changed any. A word inside a phrase
    says nothing of its own: `ít hơn` is not `hơn`."""
    changed: list[int] = []
    skip = covered = cover = 0
    for at in range(min(hits), len(said)):
        phrases = hits.get(at, ())
        meant: list[tuple[Sense, int]] = []
        if at >= skip:
            if not phrases:
                if at < covered and (found[at].senses or found[at].slots):
                    made[at] = Token(made[at].text, made[at].kind, made[at].start, found[at].inner)
                    changed.append(at)
                continue
            whole = stated(phrases)
            inside = at < covered and whole < cover
            if whole and any(stated(hits.get(later, ())) > whole for later in range(at + 1, at + whole)):
                phrases = [form for form in phrases if not form.fills]  # से कम-से-कम: the longer one has the word
                whole = 0
            for form in phrases:
                length = len(form.words)
                if at + length > covered:
                    covered, cover = at + length, length
                if form.hides:
                    skip = at + length
                    meant = [(sense, length) for sense in form.senses if sense.kind != "other"]
                    break
                meant += [(sense, length) for sense in form.senses if heard(sense, inside, length < whole)]
            else:
                own = (*found[at].senses, *found[at].slots)
                limit = whole > 0 and not LIMITS.isdisjoint([sense for form in phrases for sense in form.senses])
                meant += [
                    one
                    for one in own
                    if (heard(one[0], inside, whole > 0) and not (limit and one[0] in COMPARED))
                    or (one[0].kind == "join" and not inside and said[at][0] == WA and len(said[at]) > 1)
                ]
        made[at] = made[at]._replace(
            senses=tuple([one for one in meant if one[0].kind not in SAID]),
            slots=tuple([one for one in meant if one[0].kind in SAID]),
        )
        changed.append(at)
    return changed


def parted_noes(made: Sequence[Token], first: frozenset[str], second: str) -> Iterator[int]:
    """Where the second word of a no stands whose first stands up to four words before it (*ne le prenez plus*): with no other no
    between, and neither a number after it (*plus de 2*) nor what it would be compared with (*plus que*)."""
    open_from = -PARTED
    for at, token in enumerate(made):
        if token.text in first:
            open_from = at
        if token.kind == "sign" or NOT in [sense for sense, _ in token.senses]:
            open_from = -PARTED
        elif token.text == second and at - open_from < PARTED:
            after = [*made[at + 1 : at + 3], *(Token("", "word", 0),) * 2]
            if after[0].text not in THAN and not (after[0].text in OF and counts(after[1])):
                yield at
            open_from = -PARTED


def parted_verbs(
    made: list[Token], said: Sequence[str], verbs: Mapping[str, Mapping[str, tuple[Sense, ...]]]
) -> Iterator[int]:
    """Give verbs whose second word stands at the end of their clause (*nehmen Sie das Pflaster ab*) what both say, and neither what it says
    alone; which tokens that changed."""
    for at, text in enumerate(said):
        seconds = verbs.get(text)
        if seconds is None:
            continue
        for place in range(at + 1, min(at + CLAUSE, len(said))):
            if made[place].kind == "sign" or said[place] in verbs:
                break  # `take the tablets and take the mask off`: the nearest verb has it
            if said[place] in seconds and ended(made, place + 1):
                made[at] = meaning(made[at], seconds[said[place]])
                made[place] = made[place]._replace(senses=(), slots=())
                yield from (at, place)
                again = place + 2
                while again < min(place + GAPPED, len(said)) and said[again] not in seconds:
                    again += 1
                joined = any(sense.kind == "join" for token in made[place:again] for sense, _ in token.slots)
                if again < min(place + GAPPED, len(said)) and joined and ended(made, again + 1):
                    made[again] = meaning(made[again], seconds[said[again]])  # ziehen … morgens an und abends aus
                    yield again
                break


def ended(made: Sequence[Token], at: int) -> bool:
    """Whether a clause ends before a place, or what follows says when: *take it off at night*."""
    return ends(made, at) or made[at].text in TIMING


def meaning(token: Token, meant: Sequence[Sense]) -> Token:
    """A token that says these senses alone."""
    return token._replace(
        senses=tuple([(sense, 1) for sense in meant if sense.kind not in SAID]),
        slots=tuple([(sense, 1) for sense in meant if sense.kind in SAID]),
    )


TIMING = frozenset("in at before after until when while during if every each overnight again once as".split())  # noqa: SIM905
"""English words behind which no *on* or *off* is a word of theirs: *take it off at night*."""
GAPPED = 6
"""From the second word of a verb another one that goes with it is nearer than so many words."""


def ends(made: Sequence[Token], at: int) -> bool:
    """Whether a clause ends before a place: a sign stands there, *and* or *or*, or nothing."""
    return at >= len(made) or made[at].kind == "sign" or any(sense.kind == "join" for sense, _ in made[at].slots)


CLAUSE = 16
"""Words from a verb on among which its second one stands."""


def counts(token: Token) -> bool:
    """Whether a token is a number."""
    return token.kind == "number" or token.sense("number") is not None


PARTED = 6
"""From the first word of a no its second is nearer than so many words."""
THAN, OF = frozenset(["que", "qu'"]), frozenset(["de", "d'"])
"""What follows French *plus* where it says *more*: than what, or than how many."""
WA = "و"
"""*And* in Arabic, written onto the first word of a phrase, which goes on saying it."""
LIMITS = frozenset([Sense("bound", "at-least"), Sense("bound", "at-most")])
COMPARED = frozenset([Sense("says", value) for value in ("more", "less", "high", "low", "increase", "decrease")])
"""What a word says that begins a phrase for *at least* or *at most*, and does not say there: कम से कम is no कम."""


NAUGHT = frozenset([*(Sense(kind, "not") for kind in ("says", "excuses", "hints", "denies")), Sense("number", "0")])
"""What the words for *not* say where they stand alone, Vietnamese *không* a nought as well."""


def heard(sense: Sense, inside: bool, shorter: bool) -> bool:
    """Whether a sense counts, of a form `inside` a phrase, or `shorter` than one that begins with it and fills a slot."""
    if inside:
        return sense.kind not in CONCEPT
    return not (shorter and (sense.kind in SAID or sense.kind == "count" or sense in NAUGHT))


def stated(phrases: Iterable[Form]) -> int:
    """How many words the longest phrase has that fills a slot; 0 where none does."""
    return max([len(form.words) for form in phrases if form.fills], default=0)


def apart(said: Sequence[str], starts: Sequence[int], language: Language) -> tuple[list[str], list[int]]:
    """The tokens of a language that writes no spaces, runs of its letters cut into the forms of its tables and what lies between."""
    texts: list[str] = []
    places: list[int] = []
    for text, start in zip(said, starts, strict=True):
        if text.isascii() or not ONE_WORD.match(text):
            texts.append(text)
            places.append(start)
            continue
        for part, at in cut(text, language):
            texts.append(part)
            places.append(start + at)
    return texts, places


def cut(text: str, language: Language) -> Iterator[tuple[str, int]]:
    """A run of letters cut into the longest forms of the language's tables and what lies between, each with where it starts."""
    at = rest = 0
    begins, sought, size = beginnings(language), language.cuts.get, len(text)
    while at < size:
        char = text[at]
        if char not in begins or (at and text[at - 1] == BELOW):
            at += 1
            continue
        length = 0
        for n in sought(text[at : at + 3]) or sought(text[at : at + 2]) or sought(char) or ():
            if at + n <= size and text[at : at + n] in language.exact and text[at + n : at + n + 1] not in ON_IT:
                length = n
                break
        if char in NUMERAL_START and (run := NUMERAL_RUN.match(text, at)):
            length = max(length, len(run[0]) if len(run[0]) > 1 or length <= 1 else 0)
            if run[0] in ABOUT:
                length = 1  # 两三: two or three
        if not length:
            at += 1
            continue
        if rest < at:
            yield text[rest:at], rest
        yield text[at : at + length], at
        at += length
        rest = at
    if rest < size:
        yield text[rest:], rest


BELOW = "\u17d2"
"""The Khmer sign that puts the letter behind it below the one before it."""
ON_IT = frozenset(
    [
        chr(code)
        for start, end in (
            *((0x17B4, 0x17D4), (0x17DD, 0x17DE)),
            *((0x0E31, 0x0E32), (0x0E34, 0x0E3B), (0x0E47, 0x0E4F)),
            *((0x0EB1, 0x0EB2), (0x0EB4, 0x0EBD), (0x0EC8, 0x0ECF)),
            (0x102B, 0x103F),
        )
        for code in range(start, end)
    ]
)
"""Vowels and signs that are written on the letter before them in Khmer, Thai, Lao and Burmese: no word ends before one (*សម* is no word in
*ជម្រើសមិន*)."""
ABOUT = frozenset("一两 两三 二三 三四 四五 五六 六七 七八 八九".split())  # noqa: SIM905
"""Two Chinese numerals that name two numbers, and not one of two figures."""


@lru_cache(maxsize=64)
def beginnings(language: Language) -> frozenset[str]:
    """The characters at which a form of a language may begin, or a number."""
    return NUMERAL_START.union([begun[0] for begun in language.cuts])


def written(found: Sequence[Token], at: int, end: int) -> str:
    """Some tokens as they were written, one space where there was any."""
    if end == at + 1:
        return found[at].text
    return "".join(t.text if not n or touches(found, at + n) else f" {t.text}" for n, t in enumerate(found[at:end]))


def touches(found: Sequence[Token], at: int) -> bool:
    """Whether a token stands against the one before it, with no space between."""
    return found[at].start == found[at - 1].start + len(found[at - 1].text)
