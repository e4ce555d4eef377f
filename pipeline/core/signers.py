"""Who signs: which texts are names of people, and which two names may be one person's.

Compared are the letters of a name's words, whatever their order, case, accents and titles. In doubt two names are one person:
two people can always write themselves apart, and one person must not pass as two by writing a name in two ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from itertools import combinations, islice, permutations

from pipeline.core.errors import LockstepError
from pipeline.core.forms import normalized

UNSEEN = "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
"""Characters that show nothing and that Unicode calls letters or marks. (Compiled when a name is read: that takes a while.)"""

ALIKE = frozenset(["LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"])
"""The alphabets whose letters are taken for each other's, as Unicode's names of characters begin."""

OPTIONAL = (
    "[\u02b0-\u036f\u0483-\u0487\u0591-\u05c7\u05f3\u05f4\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Marks that people write or leave out: accents, vowel points, tatweel, raised letters. In other scripts marks are vowels."""

LETTERS = {
    ord(char): other
    for chars, others in (
        ("ı ø ł đ ħ ŧ ð ŋ ə æ œ þ", "i o l d h t d n e ae oe th"),
        ("а е о р с у х і ј ѕ һ ԁ в к м н т ӏ", "a e o p c y x i j s h d b k m h t l"),
        ("α β ε ζ η ι κ μ ν ο ρ τ υ χ", "a b e z h i k m n o p t y x"),
        ("ى ی ک ة ۀ ہ ھ ٱ", "ي ي ك ه ه ه ه ا"),
    )
    for char, other in zip(chars.split(), others.split(), strict=True)
}
"""Letters that stand for others: without their strokes, as they look in another alphabet, as another keyboard has them."""

TITLES = """
    dr dra drs drd doctor doctora docteur dottore dott dottssa dottoressa doktor doutor doutora dring drmed drrernat
    prof profa professor professora profesor profesora professeur profssa pr mr mrs ms miss mx mister sir rev nurse
    sister midwife sra srta señor señora señorita senhor senhora lic licda enf enfa doña mme mlle madame monsieur
    mademoiselle herr frau hr dhr mevr mw sigra signor signora mgr mudr phdr ing inż dipl uzm doç bapak ibu ns bs ths
    md mbbs mbchb bmbs rn lpn lvn np fnp cnp aprn crna cns pac pharmd rph phd dphil dnp bsn msn bsc msc mph
    facp frcp mrcp faan ccrn dds dmd dpt lcsw cmi cct
    др д-р доктор врач проф профессор кмн дмн г-н г-жа пан пані лікар δρ ιατρός καθ
    د دكتور دكتورة الدكتور الدكتورة أ.د دکتر پروفسور آقای خانم ד"ר פרופ
    डॉ डॉक्टर श्री श्रीमती ডা ডাঃ ดร นพ พญ 医师 医生 护士 博士 教授 先生 女士 의사 박사 교수
"""
"""Titles and degrees, written without stops: they are no part of a name."""
LOOSE = "m mm д jr sr ii iii iv junior senior fils père hijo filho neto de del la von der bint ibn"
"""Words that do not tell two people apart: particles, generations, and what may be a title or an initial."""

SUFFIX = re.compile(
    "(?:主任|主治|副)*(?:医师|医生|醫師|醫生|医師|护士|護士|看護師|药师|藥師|薬剤師|博士|教授|先生|女士|小姐|老师|老師|さん|様|氏"
    "|선생님|의사|간호사|박사|교수|씨|님)$"
)
"""Titles that stand behind a name without a space."""

BAR = re.compile(r"[\s,;:/|()\[\]{}<>+&]+")
WITHIN = re.compile(r"[.\-‐‑–—_·・]+")
EAST = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"


SIGNERS = 20
"""The most names of one line that are looked at."""
LONGEST, WORDS = 200, 20
"""The most characters and words of a name: what is longer is none, and comparing it would take long."""
MOST = 5
"""The most words that are tried in every order."""


class Likeness(IntEnum):
    """Whether two names are one person's. What is not false counts as one person."""

    DIFFERENT = 0
    IN_DOUBT = 1
    SAME = 2


def fold(text: str) -> str:
    """A text's letters without what may be written or left out."""
    plain = re.sub(UNSEEN, "", normalized("NFKD", text.casefold())).casefold()
    plain = re.sub(OPTIONAL, "", normalized("NFKD", plain)).translate(LETTERS)
    return "".join(char for char in normalized("NFC", plain) if unicodedata.category(char)[0] in "LM")


@cache
def folded(words: str) -> frozenset[str]:
    """Words between spaces, as names are compared."""
    return frozenset(map(fold, words.split()))


@dataclass(frozen=True, slots=True)
class Signer:
    """A named person: the name as written, on one line, and what of it is compared: its words, sorted, without titles."""

    name: str
    words: tuple[str, ...]

    @property
    def telling(self) -> tuple[str, ...]:
        """The words that tell the person from others."""
        return tuple(word for word in self.words if word not in folded(LOOSE))

    @staticmethod
    @lru_cache(4096)
    def parse(text: str) -> Signer:
        """The person of this name. Raises ValueError that says what is wrong with it, as in "it has no letter".

        Letters of two alphabets in one word are how one person is made to look like two (UTS 39, 5.1).
        """
        if len(text) > LONGEST:
            raise ValueError(f"it has more than {LONGEST} characters")
        name = " ".join(text.split())
        if name.count(" ") >= WORDS:
            raise ValueError(f"it has more than {WORDS} words")
        found = [word for part in BAR.split(name) for word in words(part)]
        if not found:
            raise ValueError("it has no letter")
        if not name.isprintable() or re.search(UNSEEN, name):
            raise ValueError("it has characters that cannot be seen")
        for word in name.split():
            alphabets = {unicodedata.name(char, "").partition(" ")[0] for char in word if char.isalpha()}
            if len(alphabets & ALIKE) > 1:
                raise ValueError(f"{word!r} mixes alphabets")
        return Signer(name, tuple(sorted(word for word in found if word not in folded(TITLES))))


def words(part: str) -> list[str]:
    """What stands between two spaces, as words: *M.D.* is one, *J.-P.* two."""
    whole = SUFFIX.sub("", fold(part)) or fold(part)
    if whole in folded(TITLES) or not any(char.isalpha() for char in whole):
        return [whole] * (whole in folded(TITLES))
    found = [SUFFIX.sub("", fold(word)) for word in WITHIN.split(part)]
    return [word for word in found if word]


def signer(text: str) -> Signer | None:
    """The person of this name, None where it is no name."""
    try:
        return Signer.parse(text)
    except ValueError:
        return None


def given(text: str, what: str) -> Signer:
    """The person of a name that somebody gave with a command. Raises LockstepError where `what` needs a name and it is none."""
    try:
        return Signer.parse(text)
    except ValueError as problem:
        raise LockstepError(f"{what} needs a name, and {problem} ({text!r})", todo='Give --by "NAME".') from problem


def likeness(one: Signer, other: Signer) -> Likeness:
    """Whether two names are one person's. Symmetric, and the same whatever the order of words, case, accents and titles."""
    if one.words == other.words:
        return Likeness.SAME if one.words else Likeness.IN_DOUBT
    doubted = may_be(one.words, other.words) or may_be(one.telling, other.telling)
    return Likeness.IN_DOUBT if doubted else Likeness.DIFFERENT


def may_be(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two names' words may be one person's: what one of them has more than the other tells nobody apart."""
    mine, theirs = Counter(some), Counter(others)
    left = list((mine - theirs).elements()), list((theirs - mine).elements())
    few, many = sorted(left, key=lambda words: (len(words), words))
    pairs = paired(few, many)
    if len(pairs) == len(few) or runs_into(few, many):
        return True
    few = [word for at, word in enumerate(few) if at not in pairs.values()]
    many = [word for at, word in enumerate(many) if at not in pairs]
    return runs_into(few, many)


def runs_into(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether words are written as one, *Jean-Paul* and *Jeanpaul*, or as their initials, *JP*."""
    for one, other in ((some, others), (others, some)):
        if sorted("".join(one)) == sorted(word[0] for word in other):
            return True
    most = max(len(some), len(others))
    return 1 < most <= MOST and bool(set(map("".join, permutations(some))) & set(map("".join, permutations(others))))


def paired(few: Sequence[str], many: Sequence[str]) -> Mapping[int, int]:
    """As many words of `many` as can be, each with another word of `few` that it may stand for, by place (Kuhn's matching)."""
    found: dict[int, int] = {}

    def place(at: int, tried: set[int]) -> bool:
        for to, word in enumerate(many):
            if to not in tried and stands_for(few[at], word):
                tried.add(to)
                if to not in found or place(found[to], tried):
                    found[to] = at
                    return True
        return False

    for at in range(len(few)):
        place(at, set())
    return found


def stands_for(one: str, other: str) -> bool:
    """Whether a word may be another's: its initial, its spelling without umlauts, a part of it where names have no spaces."""
    short, long = sorted((one, other), key=len)
    if len(short) == 1 or re.search(EAST, short):
        return short in long if re.search(EAST, short) else long.startswith(short)
    return plain(one) == plain(other)


def plain(word: str) -> str:
    """A word with *ö*, *oe* and *o* alike, and *å* and *aa*."""
    return re.sub("(?<=[aou])e|(?<=a)a", "", word)


def people(names: Iterable[str]) -> int:
    """How many different people these are for certain: names that may be one person's, directly or over a third, are one. Of a
    longer list the first SIGNERS names count."""
    groups: list[list[Signer]] = []
    for one in filter(None, map(signer, islice(names, SIGNERS))):
        linked = [group for group in groups if any(likeness(one, other) for other in group)]
        groups = [group for group in groups if group not in linked] + [
            [one, *(each for group in linked for each in group)]
        ]
    return len(groups)


def doubt(names: Sequence[str]) -> str:
    """Why names are fewer people than names, in words; "" where they are not."""
    for name in names:
        try:
            Signer.parse(name)
        except ValueError as problem:
            return f"{name!r} is no name: {problem}"
    for one, other in combinations([Signer.parse(name) for name in names], 2):
        if same := likeness(one, other):
            return f"{one.name!r} and {other.name!r} {'are' if same is Likeness.SAME else 'may be'} one person"
    return ""


APART = "If they are two, write both names in full, as they differ."
"""What to do about a doubt."""
SECOND = f'Ask a second person, and give both names: --by "ONE" --second "OTHER". {APART} Nothing was written.'
"""What to do where one person is not enough."""
