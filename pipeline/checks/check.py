"""Checks of a translation against its English: each module here builds one `Check`; nothing else is edited to add one.

A check is pure: it sees one English text and one translation, both parsed, and yields what is wrong in words.
An error withholds the translation from the page. A check whose rule is about a whole catalog (one translation under two
messages, translations shifted by one) builds an `Across` instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pipeline.checks.glossary import NO_GLOSSARY, Glossary
from pipeline.checks.terminology import Said, terms_said
from pipeline.comparison.differing import differences
from pipeline.comparison.lost_values import Difference
from pipeline.comparison.matching import Agreement, agree, dose
from pipeline.content.structure import missing
from pipeline.core.inline import Inline, Syntax
from pipeline.core.model import Key, Level
from pipeline.core.once import once
from pipeline.text import Language, Reading, language
from pipeline.text.codes import without_codes
from pipeline.text.imperatives import instruction
from pipeline.text.positional import positioned
from pipeline.text.quantities import read, visible
from pipeline.text.statements import Statement, together
from pipeline.text.terms import stands


@dataclass(frozen=True, eq=False)
class Pair:
    """An English text and its translation into the locale called `locale`.

    `plural` when it is a form that stands for one number only, and may say it in words; `critical` when its author marked it so. What is read of the two (numbers,
    negations) is read once, by the first check that asks.
    """

    english: Inline
    translation: Inline
    locale: str
    plural: bool = False
    critical: bool = False
    glossary: Glossary = NO_GLOSSARY
    source: str = "en"
    part: tuple[str, str] | None = None
    """The words of both where it is a sentence of a paragraph (`checks/paragraphs.py`)."""

    @once
    def language(self) -> Language:
        return language(self.locale)

    @once
    def texts(self) -> tuple[str, str]:
        """The words of both, less the codes that are the same in both; placeholders of a place (`%1`) are facts there."""
        return self.part or without_codes(*positioned(visible(self.english), visible(self.translation)))

    @once
    def source_language(self) -> Language:
        return language(self.source)

    @once
    def ours(self) -> Reading:
        """The English, read."""
        return english(self.texts[0], self.source_language)

    @once
    def theirs(self) -> Reading:
        """The translation, read."""
        return read(self.texts[1], self.language)

    @once
    def agreement(self) -> Agreement:
        return agree(self.ours, self.theirs, self.language)

    @once
    def differences(self) -> tuple[Difference, ...]:
        """What the two tell their readers to do differently, slot by slot."""
        return differences(self.ours, self.theirs, self.source_language, self.language)

    @once
    def sentences(self) -> tuple[tuple[Statement, Statement], ...]:
        """Their sentences side by side, where there are as many, else both as wholes."""
        return tuple(together(self.ours, self.theirs, self.source_language, self.language))

    @once
    def strict(self) -> bool:
        """Whether a patient may act on it: the English is an instruction, carries a dose or a contact, or its author marked it
        critical. What templates say ("choose your language") instructs a reader, not a patient."""
        page = self.english.syntax is not Syntax.TEMPLATE
        return self.critical or dose(self.ours) or (page and instruction(self.ours))

    @once
    def copied(self) -> bool:
        """Whether the translation is the English itself, but for capitals."""
        ours, theirs = self.english.source, self.translation.source
        return ours == theirs or (len(ours) == len(theirs) and ours.casefold() == theirs.casefold())

    @once
    def missing(self) -> tuple[str, ...]:
        """What of the English's markup and placeholders the translation lacks, in words."""
        return tuple(missing(self.english, self.translation))

    @once
    def terms(self) -> tuple[Said, ...]:
        """The terms of the glossary that the English uses and of which it has something to say in the language."""
        return terms_said(self.glossary, self.ours, self.source, self.locale)

    def has(self, form: str) -> bool:
        """Whether a term's form stands in the translation."""
        return stands(form, self.theirs, self.locale)


READ: dict[tuple[str, Language], Reading] = {}
KEPT = 1 << 12
"""Readings that are kept, of 6 kB each: to read a text anew costs a tenth of judging one pair. Where there are more texts the newest goes: each language asks for all of them in the same order, so that of
those that were asked for last none would be left when it is asked for again."""


def english(text: str, language: Language) -> Reading:
    """The English, read once for all languages; translations are not kept, their pairs are judged once."""
    made = READ.get((text, language))
    if made is None:
        if len(READ) >= KEPT:
            with suppress(KeyError):
                READ.popitem()
        made = READ[text, language] = read(text, language)
    return made


Need = Callable[[Pair], bool]
Example = tuple[str, str, str]
"""`(locale, English, translation)`."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule with its own examples: those that must stay silent, and those that must not.

    `strict` is its level where a patient may act on the text (`Pair.strict`). `final`: nobody can accept what it finds.
    """

    code: str
    level: Level
    run: Callable[[Pair], Iterator[str]]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    strict: Level | None = None
    final: bool = False
    glossary: Glossary = NO_GLOSSARY
    """The glossary of the examples."""
    mend: Callable[[str, str, str], str] | None = None
    """From an English text, its translation and the locale: the translation mended, never a word of it (`check --fix`)."""
    needs: Need | None = None
    """What a pair has to have for the check to say anything (`checks/needs.py`); always asked where there is none."""
    speaks: Callable[[Language], bool] | None = None
    """The languages it is about; all where there is none."""
    sentences: bool = False
    """Whether it compares what sentences say, so that in a paragraph it is held to each with what answers it."""


@dataclass(frozen=True, slots=True)
class CatalogRow:
    """One entry of a catalog, for a check that looks across them: its key, its English, its translation, its line."""

    key: Key
    english: Inline
    translation: Inline
    line: int


Remark = tuple[int, str, int]
"""The place of a row, what is wrong with it, and the place of the row whose line stands for LINE in that."""
LINE = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of rows, by their place: each English costs a parse, and each translation a look into the store."""

    english: Callable[[int], Inline]
    translation: Callable[[int], Inline]


@dataclass(frozen=True, slots=True)
class Across:
    """A rule about a whole catalog: what it `reads` of each row (its English, its translation), as one text, and what it says (`judge`)
    of all that was read; where it has to, it asks for texts. `parted`: of a large catalog the rule is asked in parts, each of which is
    large by itself. `filled`: it learns from the catalog, and is not asked of one of which less than half is translated."""

    code: str
    level: Level
    reads: Callable[[Inline, Inline, Language], str]
    judge: Callable[[Sequence[str], Texts, Language], Iterator[Remark]]
    parted: bool = False
    filled: bool = False

    def run(self, rows: Sequence[CatalogRow], language: Language) -> Iterator[tuple[int, str]]:
        """The places of the rows that it complains of, with what is wrong."""
        read = [self.reads(row.english, row.translation, language) for row in rows]
        texts = Texts(lambda at: rows[at].english, lambda at: rows[at].translation)
        for at, said, other in self.judge(read, texts, language):
            yield at, with_line(said, rows[other].line)


def with_line(said: str, line: int) -> str:
    """A remark with the line that it names; the last such sign is ours, whatever a text that it quotes has."""
    head, sign, tail = said.rpartition(LINE)
    return f"{head}{line}{tail}" if sign else said
