"""Laws of files that are dropped or edited by hand: whichever one goes, no old text is shown under new words; and what changes
beside the words is logged."""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.catalog import po_entry, po_file
from pipeline.changes import occurrences
from pipeline.changes.edit_log import LOG_PATH
from pipeline.changes.former import path_of
from pipeline.core.settings import TEMPLATE_PATH
from tests.conftest import built, lay_out, lenient, updated

PO = "locale/es/LC_MESSAGES/messages.po"
TEXTS = ["Take {} tablets with water", "Rest for {} days", "Wait {} hours before you eat", "Call us {} times a week"]
YES, NO = "Do", "Never"
OPS = ["number", "number", "turn", "comma", "fact", "cell", "none"]


class Site:
    """A page whose every Spanish text says which number, and which of yes and no, it was made for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.numbers = {text: 2 + at for at, text in enumerate(TEXTS)}
        self.under = dict.fromkeys(TEXTS, YES)
        self.mark = dict.fromkeys(TEXTS, ".")
        self.fact, self.cell = 5, 20
        lay_out(root, {"index.md": self.page()}, data=self.data())
        lenient(root)

    def page(self) -> str:
        said = {text: text.format(self.numbers[text]) + self.mark[text] for text in TEXTS}
        groups = "".join(
            f"## {name}\n\n{''.join(f'- {said[text]}' + chr(10) for text in TEXTS if self.under[text] == name)}\n"
            for name in (YES, NO)
        )
        return f"# Care\n\n{groups}Now {{clinic.dose}}.\n\n| mg |\n|---|\n| {self.cell} |\n"

    def data(self) -> str:
        return f"name: Clinic\nclinic:\n  dose: {self.fact} mg\n"

    def edit(self, op: str, rng: random.Random) -> bool:
        """An editor's act; whether it is one of what stands beside the words."""
        text = rng.choice(TEXTS)
        match op:
            case "number":
                self.numbers[text] = rng.randint(2, 90)
            case "everywhere":  # as "replace in all files" does it, in the catalog too
                old = text.format(self.numbers[text]) + self.mark[text]
                self.numbers[text] = rng.randint(2, 90)
                for path in self.root.glob(rng.choice(["locale/**/*", "locale/**/*.po"])):
                    if path.is_file():
                        new = text.format(self.numbers[text]) + self.mark[text]
                        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
            case "turn":
                self.under[text] = NO if self.under[text] == YES else YES
            case "comma":
                self.mark[text] = "!" if self.mark[text] == "." else "."
            case "fact":
                self.fact += 1
            case "cell":
                self.cell += 1
        (self.root / "source/index.md").write_text(self.page())
        (self.root / "source/site.yaml").write_text(self.data())
        return op in {"fact", "cell"}

    def translate(self, rng: random.Random) -> None:
        """A translator fills what is empty or fuzzy: the number, and YES or NO."""
        wanted = {text.format(self.numbers[text]) + self.mark[text]: text for text in TEXTS}
        found, made = po_file.load(self.root, PO), []
        for entry in found.entries:
            text = wanted.get(entry.key.msgid)
            waits = not entry.obsolete and (entry.fuzzy or not entry.translated)
            if waits and (text or entry.key.msgid in {YES, NO}) and rng.random() < 0.8:
                said = f"({self.numbers[text]} {self.under[text]})" if text else f"«{entry.key.msgid}»"
                flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
                entry = po_entry.amended(entry, entry._replace(strings=(said,), flags=flags, previous=None))
            made.append(entry)
        (self.root / PO).write_bytes(replace(found, entries=tuple(made)).text().encode())

    def honest(self) -> None:
        """Every Spanish text on the page stands under the number and the heading that it was made for."""
        built(self.root)
        html = (self.root / "dist/es/index.html").read_text()
        for said in re.findall(r"\((\d+) (\w+)\)", html):
            assert said in {(str(self.numbers[text]), self.under[text]) for text in TEXTS}, f"{said} is of before"


def without(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink(missing_ok=True)


def milder(root: Path) -> None:
    if (root / LOG_PATH).exists():
        text = (root / LOG_PATH).read_text()
        (root / LOG_PATH).write_text(text.replace('"severity": "critical"', '"severity": "cosmetic"'))


def tangled(root: Path) -> None:
    """As a merge by hand may leave it: some lines gone, one moved."""
    path = root / occurrences.OCCURRENCES_PATH
    if path.exists():
        lines, dice = path.read_text().splitlines(keepends=True), random.Random(path.read_text())
        kept = [line for line in lines if not line.startswith("  ") or dice.random() < 0.7]
        kept.insert(dice.randrange(len(kept)), kept.pop())
        path.write_text("".join(kept))


def outdated(root: Path) -> None:
    """As a branch had it that knew nothing of the last edits."""
    path, first = root / occurrences.OCCURRENCES_PATH, root / "places.first"
    if not first.exists():
        first.write_bytes(path.read_bytes())
    path.write_bytes(first.read_bytes())


def no_obsolete(root: Path) -> None:
    found = po_file.load(root, PO)
    (root / PO).write_bytes(replace(found, entries=tuple(e for e in found.entries if not e.obsolete)).text().encode())


def cleared(root: Path) -> None:
    found = po_file.load(root, PO)
    made = [po_entry.amended(e, e._replace(flags=tuple(f for f in e.flags if f != "fuzzy"), previous=None, extracted=e.extracted[:1])) for e in found.entries]  # fmt: skip
    (root / PO).write_bytes(replace(found, entries=tuple(made)).text().encode())


BY_HAND: dict[str, Callable[[Path], None]] = {
    "places": without(occurrences.OCCURRENCES_PATH),
    "tangled": tangled,
    "outdated": outdated,
    "template": without(TEMPLATE_PATH),
    "former": without(path_of("es")),
    "log": without(LOG_PATH),
    "milder": milder,
    "obsolete": no_obsolete,
}


def scripts(ops: list[str]) -> st.SearchStrategy[list[tuple[list[str], bool, bool]]]:
    """Steps: what is edited, whether a file is dropped or edited, whether marks are cleared."""
    step = st.tuples(st.lists(st.sampled_from(ops), max_size=2), st.booleans(), st.booleans())
    return st.lists(step, min_size=2, max_size=4)


@settings(max_examples=10)
@example(
    [(["number"], True, True), (["number"], False, True)], "milder", 59853
)  # a severity lowered by hand is believed
@example(
    [(["number", "turn"], False, True), (["turn", "turn"], True, True)], "log", 7812
)  # what the log lost is not asked
@example([(["number", "everywhere"], True, False), ([], False, False)], "former", 0)
@example([(["cell", "everywhere"], False, True), ([], True, False)], "former", 8)  # which has the mark in its stead
@example([([], False, False), ([], False, False), (["everywhere", "turn"], False, False)], "former", 511)
@given(scripts(OPS), st.sampled_from(sorted(BY_HAND)), st.integers(0, 2**16))
def test_no_file_that_goes_brings_an_old_text_back(
    script: list[tuple[list[str], bool, bool]], which: str, seed: int
) -> None:
    """One kind of file is dropped, or edited, between any two updates, and marks are cleared at any time, but not where the list of
    former texts goes: it alone knows where a text was made (docs/compliance.md says so)."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "site")
        updated(site.root)
        site.translate(rng)
        updated(site.root)
        site.honest()
        for ops, by_hand, clear in script:
            beside = [site.edit(op, rng) for op in ops]
            tells = (site.root / LOG_PATH).read_text() if (site.root / LOG_PATH).exists() else ""
            updated(site.root)
            site.honest()
            if any(beside):
                lines = [json.loads(line) for line in (site.root / LOG_PATH).read_text()[len(tells) :].splitlines()]
                assert {"fact", "text"} & {line["how"] for line in lines}, "what changed beside the words is logged"
            site.translate(rng)
            if clear and which != "former":  # it alone knows where a text was made
                cleared(site.root)
            site.honest()
            if by_hand:
                BY_HAND[which](site.root)
                site.honest()
                updated(site.root)  # else an edit of the next step has nothing to be compared with
                site.honest()


@pytest.mark.soak
@pytest.mark.timeout(0)
@settings(max_examples=200, deadline=None)
@given(scripts([*OPS, "everywhere"]), st.sampled_from(sorted(BY_HAND.keys() - {"places"})), st.integers(0, 2**16))
def test_no_word_that_is_replaced_everywhere_does(
    script: list[tuple[list[str], bool, bool]], which: str, seed: int
) -> None:
    """The same where words are replaced in all files, unless `places.txt` goes as well: it alone tells what stood where
    (docs/decisions/0070)."""
    test_no_file_that_goes_brings_an_old_text_back.hypothesis.inner_test(script, which, seed)  # type: ignore[attr-defined]
