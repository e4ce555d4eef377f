"""Whether a term or name stands in a text, in any of its inflections, and which of many do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.text.languages import fits, language
from pipeline.text.languages.rows import lengths_of, words_of
from pipeline.text.languages.table import Language
from pipeline.text.quantities import Reading
from pipeline.text.spelling import normal


@lru_cache(maxsize=1 << 16)
def pattern(form: str, locale: str) -> tuple[str, ...]:
    """The words of a form, in their normal form, stars kept."""
    return tuple(words_of(normal(form), language(locale).elides))


def stands(form: str, reading: Reading, locale: str) -> bool:
    """Whether a form stands in a text. Where no spaces are written, anywhere in it; elsewhere as whole words, clitics allowed."""
    spoken, words = language(locale), pattern(form, locale)
    if not words:
        return False
    if not spoken.spaces and not normal(form).isascii():
        return normal(form).strip("*") in reading.text
    first, rest = words[0], words[1:]
    if first.strip("*") not in reading.text:
        return False
    for at, token in enumerate(reading.tokens):
        following = reading.tokens[at + 1 : at + len(words)]
        if (
            begins(token.text, first, spoken)
            and len(following) == len(rest)
            and all(fits(word, other.text) for word, other in zip(rest, following, strict=True))
        ):
            return True
    return False


@dataclass(eq=False, slots=True)
class Branch:
    """What forms go on with after some words: `whole` is by the next word, `stems` by the beginning of it, `lengths` says how long
    these beginnings are; `ends` has the numbers of the forms that end here."""

    whole: dict[str, Branch] = field(default_factory=dict)
    stems: dict[str, Branch] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def grown(self, word: str) -> Branch:
        """The branch of one more word of a form."""
        if not word.endswith("*"):
            return self.whole.setdefault(word, Branch())
        self.lengths = tuple(sorted({*self.lengths, len(word) - 1}))
        return self.stems.setdefault(word[:-1], Branch())

    def on(self, word: str) -> Iterator[Branch]:
        """The branches that a word of a text goes on to."""
        if word in self.whole:
            yield self.whole[word]
        for length in self.lengths:
            if len(word) >= length and word[:length] in self.stems:
                yield self.stems[word[:length]]


@dataclass(frozen=True, eq=False, slots=True)
class Index:
    """Many forms of a language, each with a number, so that those that stand in a text are found in one walk over it.

    `words` has them word by word; `anywhere` as they are written, of a language without spaces, with how long those are that
    begin with a character.
    """

    words: Branch
    anywhere: Mapping[str, tuple[int, ...]]
    lengths: Mapping[str, tuple[int, ...]]
    prefixes: tuple[str, ...]


def near(forms: Index, reading: Reading) -> frozenset[int]:
    """The numbers of the forms that stand in a text."""
    found: set[int] = set()
    tokens, root = reading.tokens, forms.words
    for at in places(root, reading, forms.prefixes) if root.whole or root.lengths else ():
        branches = [branch for head in headed(tokens[at].text, forms.prefixes) for branch in root.on(head)]
        following = at
        while branches:
            found.update(number for branch in branches for number in branch.ends)
            following += 1
            if following == len(tokens):
                break
            branches = [inner for branch in branches for inner in branch.on(tokens[following].text)]
    if forms.anywhere:
        text = reading.text
        for char in forms.lengths.keys() & set(text):
            at = text.find(char)
            while at >= 0:
                for length in forms.lengths[char]:
                    found.update(forms.anywhere.get(text[at : at + length], ()))
                at = text.find(char, at + 1)
    return frozenset(found) if found else NONE


NONE = frozenset[int]()


def places(root: Branch, reading: Reading, prefixes: tuple[str, ...]) -> Sequence[int]:
    """Where in a text a form may begin."""
    if root.lengths:
        return range(len(reading.tokens))
    whole = root.whole
    if prefixes:
        return [at for at, token in enumerate(reading.tokens) if token[0] in whole or token[0].startswith(prefixes)]
    return [at for at, token in enumerate(reading.tokens) if token[0] in whole]


def headed(word: str, prefixes: tuple[str, ...]) -> Sequence[str]:
    """A word, and what is left of it without each clitic that it may begin with."""
    if not prefixes or not word.startswith(prefixes):
        return (word,)
    return word, *(word[len(prefix) :] for prefix in prefixes if word.startswith(prefix))


def index(forms: Iterable[tuple[int, str]], locale: str) -> Index:
    """The index of some forms of a language, each with the number of what it is a form of."""
    spoken = language(locale)
    root = Branch()
    anywhere: dict[str, list[int]] = {}
    for number, form in forms:
        if words := pattern(form, locale):
            whole = normal(form)
            if not spoken.spaces and not whole.isascii():
                anywhere.setdefault(whole.strip("*"), []).append(number)
                continue
            branch = root
            for word in words:
                branch = branch.grown(word)
            branch.ends += (number,)
    return Index(
        root,
        {form: tuple(numbers) for form, numbers in anywhere.items()},
        lengths_of(anywhere, 1),
        spoken.prefixes,
    )


def begins(word: str, pattern: str, spoken: Language) -> bool:
    """Whether a word is the pattern's, with or without a clitic in front."""
    return fits(pattern, word) or any(
        word.startswith(prefix) and fits(pattern, word[len(prefix) :]) for prefix in spoken.prefixes
    )
