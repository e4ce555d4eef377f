"""A page is called reviewed while it is what its reviewers saw: any other order, figure, fact, code or picture ends that."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import main
from pipeline.core.ledger import Fields
from pipeline.review.reviews import Line
from tests.conftest import Make, built, made_once, project_of, read_tree, translate, updated
from tests.sites import on

PAGE = """---
title: Doses
class: dosing
updated: "2026-11-01"
---

# Doses

Take {clinic.dose} and call [us](tel:{clinic.phone}).

## Do

- Rest
- Drive

## Do not

- Swim

| Drug | Limit |
| ---- | ----: |
| Baclofen | 20 |

![A pump](images/pump.png)

<!-- i18n: skip -->

Keep the word *intrathecal* as it is.

```text
rate = 5
```

<div class="box"><p>Ask us.</p></div>

[A leaflet](leaflet.pdf)
"""
DATA = 'name: Clinic\nclinic:\n  dose: 5 mg\n  phone: "555-0142"\n  fax: "555-0199"\n'
WORDS = {
    "Doses": "Dosis",
    "Take {clinic.dose} and call [us](tel:{clinic.phone}).": "Tome {clinic.dose} y [llámenos](tel:{clinic.phone}).",
    "Do": "Sí",
    "Rest": "Descansar",
    "Drive": "Conducir",
    "Do not": "No",
    "Swim": "Nadar",
    "Drug": "Medicamento",
    "Limit": "Límite",
    "Baclofen": "Baclofen",
    "![A pump](images/pump.png)": "![Una bomba](images/pump.png)",
    "Ask us.": "Pregunte.",
    "[A leaflet](leaflet.pdf)": "[Un folleto](leaflet.pdf)",
}
QUALIFIED = ("--qualification", "q", "--origin", "human")


def sign(root: Path, locale: str, role: str, by: str, *targets: str) -> None:
    assert main(["review", "--root", str(root), locale, *targets, "--as", role, "--by", by, *QUALIFIED]) == 0


def said_of(root: Path, tag: str) -> dict[str, Any]:
    """What the manifest says of the pages of a language."""
    found: dict[str, Any] = json.loads((root / f"dist/lockstep/{tag}.json").read_text())
    return found


def days(root: Path, day: int = 9) -> dict[str, tuple[str, ...]]:
    """What the pages of each language say of their review: JSON-LD, the lines at the foot, the manifest; the audit agrees."""
    with on(day):
        built(root)
        assert main(["audit", "--root", str(root)]) == 0
    found = {}
    for tag in ("en", "es"):
        html = (root / f"dist/{tag}/index.html").read_text()
        data = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])  # type: ignore[index]
        foot = re.findall(r'class="reviewed">.*?datetime="([^"]*)"', html)
        last = said_of(root, tag)[f"{tag}/index.html"]["reviewed"]["last"]
        assert data.get("lastReviewed", "") == last and ("reviewedBy" in data) == bool(last) == bool(foot)
        found[tag] = tuple(foot)
    return found


REVIEWED = {"en": ("2026-11-02",), "es": ("2026-11-01", "2026-11-02")}
NOT = {"en": (), "es": ()}


@pytest.fixture
@made_once
def reviewed(make: Make) -> Path:
    """A page that a reviser signed for in Spanish and a clinician in English."""
    with on(0):
        root = make({"index.md": PAGE, "other.md": "# Other\n\nNothing here.\n"}, data=DATA)
        (root / "source/images").mkdir()
        (root / "source/images/pump.png").write_bytes(b"a pump")
        (root / "source/images/free.png").write_bytes(b"on no page")
        (root / "source/leaflet.pdf").write_bytes(b"a leaflet")
        translate(root, WORDS)
        sign(root, "es", "reviser", "Omar", "index")
    with on(1):
        sign(root, "en", "clinician", "Lee", "index")
    assert days(root) == REVIEWED
    return root


def swap(old: str, new: str, name: str = "index.md") -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / "source" / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return change


def file(name: str, body: bytes) -> Callable[[Path], None]:
    return lambda root: (root / "source" / name).write_bytes(body) and None


ENDED: list[tuple[str, Callable[[Path], None]]] = [
    ("a fact, ten times the dose", swap("5 mg", "50 mg", "site.yaml")),
    ("a fact in a link alone", swap("555-0142", "555-0143", "site.yaml")),
    ("a bare number in a cell", swap("| 20 |", "| 200 |")),
    ("a bare number taken out", swap("| 20 |", "| |")),
    ("items swapped between two lists", lambda root: (swap("- Drive\n", "")(root), swap("- Swim", "- Drive\n- Swim")(root))[0]),
    ("two items in another order", swap("- Rest\n- Drive", "- Drive\n- Rest")),
    ("a block that is kept from translation", swap("the word", "no word")),
    ("a block of code", swap("rate = 5", "rate = 50")),
    ("another picture under the same name", file("images/pump.png", b"another pump")),
    ("another file that is linked to", file("leaflet.pdf", b"another leaflet")),
    ("a picture taken away", lambda root: (root / "source/images/pump.png").unlink()),
    ("a box of another kind", swap('class="box"', 'class="danger"')),
    ("a comma in a text", swap("Ask us.", "Ask, us.")),
    ("a text more", swap("## Do not", "A text more.\n\n## Do not")),
    ("a number more that is no text", swap("## Do not", "50\n\n## Do not")),
    ("an item one level deeper", swap("- Rest\n- Drive", "- Rest\n  - Drive")),
]  # fmt: skip
KEPT: list[tuple[str, Callable[[Path], None]]] = [
    ("nothing", lambda root: None),
    ("a fact that does not stand here", swap("555-0199", "555-0198", "site.yaml")),
    ("a file that does not stand here", file("images/free.png", b"another")),
    ("another page", swap("Nothing here.", "Something here, 50 mg.", "other.md")),
    ("lines wrapped otherwise", swap("Take {clinic.dose} and", "Take {clinic.dose}\nand")),
    ("white space in raw HTML", swap('<div class="box"><p>', '<div class="box">\n  <p>')),
    ("a word to translators", swap("![A pump]", "<!-- i18n: comment=ours -->\n\n![A pump]")),
    ("a comment that nobody sees", swap('<div class="box">', '<!-- ours --><div class="box">')),
    ("the day of the last change", swap("2026-11-01", "2026-11-02")),
    ("the source file renamed", lambda root: (root / "source/other.md").rename(root / "source/else.md") and None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change"), ENDED, ids=[name for name, _ in ENDED])
def test_any_change_of_the_page_ends_its_review_in_every_language(
    reviewed: Path, name: str, change: Callable[[Path], None]
) -> None:
    with on(2):
        before = read_tree(reviewed / "source")
        change(reviewed)
        updated(reviewed)
    assert days(reviewed) == NOT
    for path, body in before.items():
        (reviewed / "source" / path).write_bytes(body)
    with on(3):
        updated(reviewed)
    assert days(reviewed) == REVIEWED, "the old page is back, and so is what was said of it"


@pytest.mark.parametrize(("name", "change"), KEPT, ids=[name for name, _ in KEPT])
def test_what_ends_no_review_of_a_page(reviewed: Path, name: str, change: Callable[[Path], None]) -> None:
    with on(2):
        change(reviewed)
        updated(reviewed)
    assert days(reviewed) == REVIEWED


def test_signing_again_is_enough_and_only_for_the_page_as_it_is(reviewed: Path) -> None:
    swap("| 20 |", "| 200 |")(reviewed)
    with on(4):
        updated(reviewed)
        sign(reviewed, "en", "clinician", "Lee", "index#do")
    assert days(reviewed) == NOT, "who read one section of the page that is has not read the rest of it"
    with on(5):
        sign(reviewed, "en", "clinician", "Lee", "index")
    assert days(reviewed) == {"en": ("2026-11-06",), "es": ()}, "the translation waits for its own reviser"
    with on(6):
        sign(reviewed, "es", "reviser", "Omar", "index")
    assert days(reviewed) == {"en": ("2026-11-06",), "es": ("2026-11-07", "2026-11-06")}


def test_section_by_section_while_nothing_changes(make: Make) -> None:
    with on(0):
        root = make({"index.md": "# A\n\nOne.\n\n## B\n\nTwo.\n"})
        translate(root, {"A": "A", "One.": "Uno.", "B": "B", "Two.": "Dos."})
        sign(root, "en", "clinician", "Lee", "index#a")
    assert days(root)["en"] == ()
    with on(1):
        sign(root, "en", "clinician", "Lee", "index#b")
    assert days(root)["en"] == ("2026-11-01",)


def test_a_text_on_two_pages_is_signed_for_on_each(make: Make) -> None:
    with on(0):
        root = make({"index.md": "# A\n\nOne.\n", "other.md": "# A\n\nOne.\n\n5\n"})
        sign(root, "en", "clinician", "Lee", "index")
    built(root)
    pages = said_of(root, "en")
    assert pages["en/index.html"]["reviewed"]["last"] and not pages["en/other/index.html"]["reviewed"]["last"]
    with on(1):
        sign(root, "en", "clinician", "Lee", "other", "index")
    built(root)
    pages = said_of(root, "en")
    assert {name: pages[name]["reviewed"]["last"] for name in ("en/index.html", "en/other/index.html")} == {
        "en/index.html": "2026-11-02",
        "en/other/index.html": "2026-11-02",
    }


def test_a_ledger_from_before_vouches_for_its_texts_and_for_no_page(
    reviewed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for locale in ("en", "es"):
        path = reviewed / f"locale/{locale}/reviews.jsonl"
        path.write_text(re.sub(r', "seen": "[0-9a-f]{16}"', "", path.read_text()))
        assert all(not Line.parse(Fields.of(line)).seen for line in path.read_text().splitlines())
    assert days(reviewed) == NOT
    found = said_of(reviewed, "es")["es/index.html"]["blocks"]
    assert all(block["review"] and block["qualified"] for block in found.values()), (
        "the texts are vouched for as before"
    )
    capsys.readouterr()
    assert main(["review", "--root", str(reviewed), "es", "index#do", "--list"]) == 0
    assert "for the text; the page was not noted" in capsys.readouterr().out
    assert main(["verify", "--root", str(reviewed)]) == 0


def test_an_auditor_sees_for_which_page_somebody_signed(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["review", "--root", str(reviewed), "es", "index", "--export", "csv"]) == 0
    assert capsys.readouterr().out.count(",as signed\r\n") == len(WORDS) + 1
    swap("| 20 |", "| 200 |")(reviewed)
    updated(reviewed)
    assert main(["review", "--root", str(reviewed), "es", "index", "--export", "csv"]) == 0
    assert capsys.readouterr().out.count(",yes,,the page changed since\r\n") == len(WORDS) + 1
    assert main(["review", "--root", str(reviewed), "es", "index", "--export", "html"]) == 0
    assert "for the text; the page changed since" in capsys.readouterr().out


def test_a_line_that_notes_no_digest_is_no_line(reviewed: Path) -> None:
    path = reviewed / "locale/es/reviews.jsonl"
    path.write_text(path.read_text().replace('"seen": "', '"seen": "x', 1))
    assert project_of(reviewed).records.ledger("es").findings
