"""Law of a page's digest: two pages of one digest read the same, so what was said of one is true of the other."""

from __future__ import annotations

import random
import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.content import Content, markdown, whole
from pipeline.content.content import SITE, Page
from pipeline.core.inline import NOWHERE
from pipeline.core.model import Document
from tests.conftest import seen
from tests.laws.pages import PAGE
from tests.laws.test_pages import in_english

IGNORED = re.compile("(?:dir|lang|role|id|translate|tabindex)=")


def content(page: str, phone: str = "555-0100") -> Content:
    document = markdown.read("source/a.md", page, ("title",), lambda target: f"../assets/{target}")
    data = Document(SITE, NOWHERE, data={"clinic": {"phone": phone}})
    return Content((Page(document, "a", None),), (data,), assets=("img.png",))


def digest(site: Content, picture: str = "0") -> str:
    return whole.digest(site, {"img.png": picture}, "source/a.md")


def as_read(site: Content, phone: str = "555-0100") -> list[tuple[str, ...]]:
    """The page as a browser reads it, less what is for machines alone."""
    html = in_english(site.pages[0].document).replace("555-0100", phone)
    found = [event for event in seen(html) if event[0] != "comment"]
    merged: list[tuple[str, ...]] = []
    for event in found:
        kept = tuple(part for part in event if event[0] != "<" or not IGNORED.match(part))
        if kept[0] == "text" and merged and merged[-1][0] == "text":
            kept = "text", " ".join(f"{merged.pop()[1]} {kept[1]}".split())
        merged.append(kept)
    return merged


def mutated(page: str, dice: random.Random) -> str:
    """The page with a line moved, doubled, taken out or put elsewhere, with a digit or a word in another's place, or with links that lead
    elsewhere."""
    lines = page.split("\n")
    one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(6):
        case 0:
            lines[one], lines[two] = lines[two], lines[one]
        case 1:
            lines.insert(two, lines[one])
        case 2:
            lines.pop(one)
        case 3:
            one = dice.choice([at for at, line in enumerate(lines) if re.search(r"\d", line)] or [one])
            lines[one] = re.sub(r"\d", lambda match: str((int(match[0]) + 1) % 10), lines[one])
        case 4:
            one = dice.choice([at for at, line in enumerate(lines) if "](" in line] or [one])
            lines[one] = re.sub(r"\]\(\w[^)\s]*", "](https://other.example/b", lines[one])
        case _:
            words = lines[one].split(" ")
            dice.shuffle(words)
            lines[one] = " ".join(words)
    return "\n".join(lines)


@settings(max_examples=200)
@given(PAGE, st.randoms(use_true_random=False))
def test_pages_of_one_digest_read_the_same(page: str, dice: random.Random) -> None:
    other = page
    for _ in range(dice.randint(1, 3)):
        other = mutated(other, dice)
    one, two = content(page), content(other)
    if digest(one) == digest(two):
        assert as_read(one) == as_read(two)


@given(PAGE)
def test_a_fact_and_a_picture_that_stand_there_are_part_of_it(page: str) -> None:
    site, other = content(page), content(page, "555-0101")
    assert digest(site) == digest(content(page)), "the same page is the same"
    assume("{clinic.phone}" in page or "img.png" in page)
    if as_read(site) != as_read(site, "555-0101"):
        assert digest(site) != digest(other)
    shown = any(f'"{one}"' in in_english(site.pages[0].document) for one in ("../assets/img.png",))
    assert (digest(site) != digest(site, "1")) == shown
