"""Ways to spoil a good translation: each takes the English, the translation, the words of its language and a source of chance.

A mutation returns None where a text has nothing that it could spoil. `MISTAKES` must be found, `LEGITIMATE` must not.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.mistakes import figures, legitimate, marks, statements
from bench.mistakes.words import Words

Mutation = Callable[[str, str, Words, random.Random], str | None]

FIGURES: dict[str, Mutation] = {
    "digit": figures.digit, "tenfold": figures.tenfold, "decimal shift": figures.decimal, "separator": figures.separator,
    "range": figures.swapped_range, "number dropped": figures.drop_number, "unit": figures.unit_symbol, "a.m./p.m.": figures.half_day,
}  # fmt: skip
MARKS: dict[str, Mutation] = {
    "contact": marks.contact, "URL": marks.url, "link dropped": marks.drop_link, "links swapped": marks.swap_links,
    "link added": marks.add_link, "placeholder": marks.placeholder, "markup": marks.unmark, "hidden character": marks.hidden,
    "homoglyph": marks.homoglyph, "sentence dropped": marks.drop_sentence, "clause dropped": marks.drop_clause,
    "truncation": marks.truncate, "untranslated sentence": marks.untranslated,
}  # fmt: skip
STATEMENTS: dict[str, tuple[str, Mutation]] = statements.STATEMENTS
CRITICAL: dict[str, tuple[str, Mutation]] = {**{kind: (kind, one) for kind, one in FIGURES.items()}, **STATEMENTS}
"""What a patient may be harmed by, whoever reads it: name → kind, mutation."""
MISTAKES: dict[str, tuple[str, Mutation]] = {**CRITICAL, **{kind: (kind, one) for kind, one in MARKS.items()}}
LEGITIMATE: dict[str, Mutation] = {
    "group mark": legitimate.grouped, "native digits": legitimate.native, "mcg ↔ µg ↔ μg": legitimate.micro,
    "percent with a space": legitimate.percent, "full-width digits": legitimate.wide, "number in words": legitimate.spelled,
    "12/24 hours": legitimate.other_clock,
}  # fmt: skip
