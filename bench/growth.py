"""Texts and pages that grow: what a doubling multiplies the work on one of them by. Beside `bench/linear`, where whole sites grow.

`tests/laws/test_growth.py` counts the steps of the same rows, so that no clock is asked there.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.verdict import said
from pipeline.checks import glossary
from pipeline.content import includes, markdown
from pipeline.content.inline import parse
from pipeline.content.marks import DIRECTIVE, Marks
from pipeline.core import abbreviations
from pipeline.core.dialects import DIALECTS, constructs
from pipeline.core.inline import Syntax
from pipeline.severity import severity

WORDS = (
    "pump dose water night take give never always clinic refill under skin morning before after nurse doctor week".split()  # noqa: SIM905
)

ALL = Marks(reads=constructs(DIALECTS))


@dataclass(frozen=True, slots=True)
class Row:
    """Something that grows: how one of a size is made, and what is done with it."""

    name: str
    make: Callable[[int], Any]
    run: Callable[[Any], object]
    first: int


def page(text: str) -> object:
    return list(markdown.read("p.md", text, ("title", "description")).messages())


def everywhere(text: str) -> object:
    """A page on which the marks of every tool are read."""
    return list(markdown.read("p.md", text, ("title", "description"), marks=ALL).messages())


def including(text: str) -> object:
    """A page with the files that it includes: each of them one line, which is a section's."""
    return includes.of_page("source/p.md", text.encode(), ALL.reads, lambda name: b"x\n-8<- [start:a]\ny")


def directed(text: str) -> object:
    """A comment that may be a directive."""
    return DIRECTIVE.match(text)


def standing(given: tuple[str, set[str]]) -> object:
    """Where the abbreviations of a page stand in a text."""
    return list(abbreviations.places(*given))


def pair(texts: tuple[str, str]) -> object:
    return said(*texts, "es")


def pair_ar(texts: tuple[str, str]) -> object:
    return said(*texts, "ar")


def pair_de(texts: tuple[str, str]) -> object:
    return said(*texts, "de")


def pair_hi(texts: tuple[str, str]) -> object:
    return said(*texts, "hi")


def edit(texts: tuple[str, str]) -> object:
    return severity.grade(*(parse(text, Syntax.MARKDOWN) for text in texts))


def numbers(count: int, more: int = 0) -> str:
    return ", ".join(f"{(at * 7 + more) % 9973} mg" for at in range(count))


def words(count: int, seed: int) -> str:
    dice = random.Random(seed)
    return " ".join(dice.choice(WORDS) for _ in range(count))


@cache
def names(count: int) -> glossary.Glossary:
    """A glossary of so many names and as many terms."""
    called = [f"{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at // 676)}" for at in range(count)]
    protected = "".join(f"  - name: Name{one}\n    es: Nombre{one}\n" for one in called)
    terms = "".join(f"  - english: term {one}\n    es:\n      must: palabra {one}\n" for one in called)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "locale").mkdir()
        (Path(folder) / "locale" / "glossary.yaml").write_text(f"protected:\n{protected}terms:\n{terms}", "utf-8")
        return glossary.load(Path(folder))


def named(held: glossary.Glossary) -> object:
    """A pair held to a glossary."""
    return said("Take the pump home to Nameaba.", "Lleve la bomba a casa a Nombreaba.", "es", held)


ROWS = (
    Row("words of a paragraph", lambda n: "word " * n, page, 2500),
    Row("links of a paragraph", lambda n: "[a](b.md) " * n, page, 300),
    Row("brackets that nothing closes", lambda n: "[" * n, page, 400),
    Row("tags of a paragraph", lambda n: "<b>x</b> " * n, page, 400),
    Row("tags that nothing closes", lambda n: "<b>x" * n, page, 400),
    Row("marks on a letter", lambda n: "# A" + "\u0301\u0316" * n, page, 2000),
    Row("paragraphs", lambda n: "A word.\n\n" * n, page, 300),
    Row("headings of the same words", lambda n: "# Same\n\n" * n, page, 300),
    Row("items of a list", lambda n: "- x\n" * n, page, 300),
    Row("rows of a table", lambda n: "| a | b |\n|--|--|\n" + "| x | y |\n" * n, page, 200),
    Row("columns of a table", lambda n: "|" + " a |" * n + "\n|" + "--|" * n + "\n|" + " x |" * n, page, 150),
    Row("boxes", lambda n: "::: warning\nx\n:::\n\n" * n, page, 150),
    Row("boxes that nothing closes", lambda n: "::: warning\nx\n\n" * n, page, 600),
    Row("<div> that nothing closes", lambda n: "<div>\n\nx\n\n" * n, page, 250),
    Row("comments that nothing closes", lambda n: "<!-- x\n" * n, page, 1000),
    Row("footnotes", lambda n: "".join(f"x[^{at}]\n\n" for at in range(n)) + "".join(f"[^{at}]: y\n\n" for at in range(n)), page, 150),
    Row("lists of attributes below headings", lambda n: "# a {: #b}\n\n{: .a}\n" * n, everywhere, 300),
    Row("abbreviations of a paragraph", lambda n: "".join(f"*[A{at}]: b\n" for at in range(n)), everywhere, 200),
    Row("abbreviations in a text", lambda n: (" ".join(f"A{at}" for at in range(n)), {f"A{at}" for at in range(n)}), standing, 200),
    Row("files that a page includes", lambda n: '--8<-- "a.md"\n' * n, including, 100),
    Row("sections that a page includes", lambda n: '--8<-- "a.md:a"\nx {{#include a.md:2}} y\n' * n, including, 50),
    Row("files that are listed", lambda n: "--8<--\n" + "a.md\n" * n, including, 100),
    Row("what plug-ins write", lambda n: "::: a.b\n    c:\n" * n, everywhere, 200),
    Row("notes on code", lambda n: "```\n" + "a # (1)!\n" * n + "```\n\n1. x\n", everywhere, 400),
    Row("code with notes", lambda n: "```\na # (1)!\n```\n\n1. x\n\na\n\n" * n, everywhere, 100),
    Row("numbers of a text", lambda n: (numbers(n), numbers(n)), pair, 100),
    Row("numbers that are others", lambda n: (numbers(n), numbers(n, 3)), pair, 100),
    Row("ranges of one unit", lambda n: ("1-2 mg " * n, "1-2 mg " * n), pair, 100),
    Row("fractions", lambda n: ("1/2 " * n, "1/2 " * n), pair, 100),
    Row("numbers in words", lambda n: ("twenty one " * n, "veintiuno " * n), pair, 100),
    Row("times of day", lambda n: ("at 5:30 pm " * n, "a las 17:30 " * n), pair, 100),
    Row("times in words", lambda n: ("at two in the afternoon " * n, "a las 14.00 " * n), pair, 100),
    Row("times told in words", lambda n: ("at 5:30 pm " * n, "a las cinco y media " * n), pair, 100),
    Row("times that are others", lambda n: ("at 5:30 pm " * n, "a las 16:40 " * n), pair, 100),
    Row("phone numbers", lambda n: ("555-010-0142 and " * n, "555-010-0142 y " * n), pair, 100),
    Row("lists of a text", lambda n: ("a, b, c, e and d; " * n, "a, b, c, e y d; " * n), pair, 100),
    Row("numbers of an edit", lambda n: (numbers(n), numbers(n, 3)), edit, 100),
    Row("other words in an edit", lambda n: (words(n, 1), words(n, 2)), edit, 150),
    Row("one word more in an edit", lambda n: (words(n, 1), f"{words(n, 1)} more"), edit, 300),
    Row("acts of a clinic in an edit", lambda n: ("we may take you off it and out " * n, "a b " + "we may take you off it and out " * n), edit, 30),
    Row("what a clinic does and is done", lambda n: ("the drain will be removed and we will check it, " * n, "a b, " + "the drain will be removed and we will check it, " * n), edit, 40),
    Row("only, of one clause in an edit", lambda n: ("only nurses may give it and " * n, "nurses may only give it and " * n), edit, 250),
    Row("lists in an edit", lambda n: ("a pump, a bag and " * n + "x", "a bag, a pump and " * n + "x"), edit, 150),
    Row("conditions of one sentence", lambda n: ("do not drive until you have slept " * n, "solo después puede " * n), pair, 100),
    Row("conditions that stand last", lambda n: ("do not eat unless told " * n, "जब तक न कहा जाए तब तक केवल " * n), pair_hi, 60),
    Row("lists of one sentence", lambda n: ("tape, pads, wipes, and gel " * n, "cinta y gasas, cerradas, toallitas " * n), pair, 250),
    Row("words that and is written onto", lambda n: ("a pump, a bag, and water " * n, "والماء والخبز " * n), pair_ar, 250),
    Row("bans that may be told by their limit", lambda n: ("do not eat before noon unless told " * n, "erst wenn nichts zu befürchten ist ohne " * n), pair_de, 60),
    Row("acts that another one excuses", lambda n: ("Press it and raise it.", "tire de él " * n), pair, 400),
    Row("names of a glossary", lambda n: n, names, 100),
    Row("a pair under so many names", names, named, 100),
)  # fmt: skip

SOUGHT = (
    Row("joining words of one sentence", lambda n: ("a pump, " * n + "and", "1 bomba y 1, " * n + "y"), pair, 4000),
    Row("acts that one not forbids", lambda n: ("Do not " + "eat, chew or get it wet or " * n, "no coma y mójelo y " * n), pair, 100),
    Row("nots over two acts", lambda n: ("do not eat or drink " * n, "no coma y bébalo " * n), pair, 100),
    Row("orders of one sentence", lambda n: ("Before " + "you open the bag, close it before you put on, remove " * n, "لا تأكل وبللها بعد الأول " * n), pair_ar, 200),
    Row("things that became others", lambda n: ("take the needle to the kitchen " * n, "tome la jeringa del baño " * n), pair, 1000),
    Row("things at the two ends", lambda n: ("take it, needle " + "needle " * n + "word " * 4 * n, "palabra " * 4 * n + "jeringa " * n), pair, 1600),
    Row("formulas that nothing closes", lambda n: "\\(a" * n, everywhere, 4000),
    Row("formulas by name that nothing ends", lambda n: "x " + "\\begin{align}a" * n, page, 3000),
    Row("lists of attributes", lambda n: "{: .a}\n" * n, everywhere, 4000),
    Row("boxes with lists of attributes", lambda n: "::: {.a}\n" * n, everywhere, 4000),
    Row("comments that mark lines of code", lambda n: "```js\n" + "  // [!code    // highlight-next-line  \n" * n + "```", everywhere, 2000),
    Row("marks that include nothing", lambda n: "{{#include " * n + ";" * n + "-" * n + "8<-", including, 16000),
    Row("marks that nearly include something", lambda n: f"<<< a{' ' * n}x\n<!--@include:{' ' * n}x\n<!--@include: a#{' ' * n}x\n<!--@include: a{{{'1' * n}x\n", including, 40000),
    Row("comments to us that nothing ends", lambda n: f"<!-- i18n: comment=x{' ' * n}x", directed, 400000),
    Row("<div> in one block", lambda n: "<div>\n" * n, page, 16000),
    Row("<details> in one block", lambda n: "<details>\n" * n, page, 12000),
    Row("texts between tags", lambda n: "<section title='a'>\na\n" * n, page, 6000),
    Row("ids of one block", lambda n: "<div id='a'>\n" * n, page, 8000),
    Row("footnotes with nothing in them", lambda n: "".join(f"x[^{at}]\n\n[^{at}]:\n\n" for at in range(n)), page, 1000),
)  # fmt: skip
"""What is sought or counted by what is no Python: no steps tell of it, but for a clock."""


def spent(row: Row, size: int, rounds: int = 3) -> float:
    """Seconds of CPU for one of a size, the best of some rounds, without the collector: what it takes depends on what else is alive."""
    made, best = row.make(size), float("inf")
    for _ in range(rounds):
        names.cache_clear()
        gc.collect()
        gc.disable()
        begun = time.process_time()
        row.run(made)
        best = min(best, time.process_time() - begun)
        gc.enable()
    return best


def main(goal: float, steps: int = 4, floor: float = 0.1) -> bool:
    """Print every row, up to about the longest text that is read; returns whether a doubling of one that took longer than `floor` missed the goal."""
    missed = False
    for row in (*ROWS, *SOUGHT):
        costs = [spent(row, row.first * 2 << step) for step in range(steps)]
        ratios = [after / before for before, after in pairwise(costs)]
        over = [ratio > goal and after > floor for ratio, after in zip(ratios, costs[1:], strict=True)]
        missed |= any(over)
        seconds = "".join(f"{cost:>9.3f}" for cost in costs)
        doubled = "  ".join(f"{ratio:.2f}{'!' * bad}" for ratio, bad in zip(ratios, over, strict=True))
        print(f"{row.name:<32}{row.first * 2:>7,}{seconds}   {doubled}", flush=True)
    return missed
