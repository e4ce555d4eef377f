"""Acts of orders in any language, by paradigms: what tells a reader to swallow, to press, to cancel; one TOML file a language.

The format is told in `README.md` beside the files. They are read where an English text orders an act of theirs, and never before.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from pipeline.core.forms import normalized
from pipeline.text.spelling import normal
from pipeline.text.tokens import Token

FOLDER = Path(__file__).parent
"""Where the files are."""
GAP = r"(?: [^\s.,;:!?]+){0,9}? "
"""What may stand between the two words of a verb."""
END = r"(?!\S)"
"""Where a word ends."""
SOUND = 4
"""From so many letters on the stem of a verb tells it whatever follows."""
MARKS = re.compile("[\u0300-\u036f]")


class Acts:
    """What is known of acts in one language: which there are, and the patterns by which a text orders one or answers one."""

    def __init__(self, table: Mapping[str, Mapping[str, str]]) -> None:
        self.rows: Mapping[str, str] = table.get("acts", {})
        how: Mapping[str, str] = table.get("forms", {})
        self.paradigms: Mapping[str, str] = table.get("paradigms", {})
        self.classes: Mapping[str, str] = table.get("classes", {})
        self.wide: Mapping[str, str] = table.get("wide", {})
        self.kin: Mapping[str, str] = table.get("kin", {})
        self.spaces = how.get("spaces", "yes") == "yes"
        self.plain = how.get("accents", "yes") == "no"
        self.open = how.get("ending", "none") == "any"
        self.before = how.get("before", "")
        self._made: dict[tuple[str, bool], re.Pattern[str]] = {}
        self._parts: dict[tuple[str, bool], tuple[str, ...]] = {}

    def says(self, act: str) -> re.Pattern[str]:
        """What tells a reader to do something, without doubt."""
        return self._pattern(act, False)

    def answers(self, act: str) -> re.Pattern[str]:
        """What may stand for an act: the forms of its verbs, and all that excuses that they are missing."""
        return self._pattern(act, True)

    def said(self, act: str, text: str) -> Iterator[re.Match[str]]:
        """Where a text tells a reader to do something, without doubt."""
        return self._found(act, text, False)

    def answered(self, act: str, text: str) -> Iterator[re.Match[str]]:
        """Where something stands in a text that may stand for an act."""
        return self._found(act, text, True)

    def _found(self, act: str, text: str, answering: bool) -> Iterator[re.Match[str]]:
        """A pattern costs as much as the search of hundreds of texts, so it is made where a text has a part of one of its forms."""
        parts = self._parts.get((act, answering))
        if parts is None:
            forms = [form for form in self._forms(act, answering) if not form.startswith("-")]
            parts = self._parts[act, answering] = tuple({self._part(form) for form in forms})
        return self._pattern(act, answering).finditer(text) if any(map(text.__contains__, parts)) else iter(())

    def _part(self, form: str) -> str:
        """The longest part of a form that stands as it is in every text which has it, "" where there is none for sure."""
        found = [""]
        for word in form.replace(" … ", " ").split(" "):
            stem, _, paradigm = word.partition("~")
            if "_" not in self.paradigms.get(paradigm, ""):
                found.append(self.folded(normal(stem.strip("*"))))
        return max(found, key=len)

    def _forms(self, act: str, answering: bool) -> list[str]:
        says, _, excuses = self.rows[act].partition("|")
        return [form for part in (f"{says},{excuses}" if answering else says).split(",") if (form := part.strip())]

    def text(self, tokens: Sequence[Token]) -> str:
        """The tokens of a sentence as the patterns read them."""
        said = (" " if self.spaces else "").join([token.text for token in tokens])
        return self.folded(said)

    def folded(self, text: str) -> str:
        """A text without accents, in a language whose verbs move theirs."""
        return MARKS.sub("", normalized("NFD", text)) if self.plain and not text.isascii() else text

    def _pattern(self, act: str, answering: bool) -> re.Pattern[str]:
        found = self._made.get((act, answering))
        if found is None:
            found = self._made[act, answering] = re.compile(self._any(self._forms(act, answering), answering))
        return found

    def _any(self, forms: Sequence[str], answering: bool) -> str:
        kept = "|".join([self._form(form, answering) for form in forms if not form.startswith("-")]) or "(?!)"
        if not self.spaces:
            return kept
        but = "|".join([self.word(form[1:]) for form in forms if form.startswith("-") and not answering])
        barred = rf"(?!(?:{but})(?!\S))" if but else ""
        return rf"(?<!\S){barred}(?:{kept}){'' if self.open else END}"

    def _form(self, form: str, answering: bool) -> str:
        first, gap, second = form.partition(" … ")
        if gap:
            return f"{self._form(first, answering)}{GAP}{self.word(second)}"
        return " ".join([self._word(word, answering) for word in form.split(" ")])

    def _word(self, word: str, answering: bool) -> str:
        stem, marked, paradigm = word.partition("~")
        if marked:
            root = self.word(stem)
            if answering and len(root) >= SOUND:
                return rf"{self.before}{root}\S*"
            ending = self.paradigms[paradigm]
            return ending.replace("_", root) if "_" in ending else f"{self.before}{root}(?:{ending})"
        begin, end = (r"\S*" if star else "" for star in (word.startswith("*"), word.endswith("*")))
        return f"{begin or self.before}{self.word(word.strip('*'))}{end}"

    def word(self, word: str) -> str:
        """A word of the tables in the form in which texts are read, for a pattern."""
        return re.escape(self.folded(normal(word)))


def offsets(tokens: Sequence[Token], spaces: bool) -> list[int]:
    """Where each token of a sentence begins in its text as patterns read it."""
    return [*accumulate([len(token.text) + spaces for token in tokens], initial=0)]


@lru_cache(maxsize=64)
def acts(code: str) -> Acts | None:
    """What is known of acts in a language; None where there is no file."""
    path = FOLDER / f"{code}.toml"
    return Acts(tomllib.loads(path.read_text("utf-8"))) if path.is_file() else None
