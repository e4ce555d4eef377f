"""A signature for what somebody read: the token that `--list` prints, and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.core import cache
from tests.conftest import Make, made_once, translate, updated

DOSE, REST = "Take {clinic.dose} each day.", "Rest for a few days."
PAGE = f"# Dose\n\n{DOSE}\n\n{REST}\n\n| mg |\n|---|\n| 20 |\n"
DATA = "name: Clinic\nclinic:\n  dose: 5 mg\n"
PO, LEDGER = "locale/es/LC_MESSAGES/messages.po", "locale/es/reviews.jsonl"
SIGN = "--as", "reviser", "--by", "Omar Haddad"


@pytest.fixture
@made_once
def site(make: Make) -> Path:
    root = make({"index.md": PAGE, "other.md": "# Other\n\nNothing here.\n"}, data=DATA)
    translate(root, {"Dose": "Dosis", DOSE: "Tome {clinic.dose} cada día.", REST: "Descanse unos días."})
    return root


def run(root: Path, *words: str) -> int:
    return main(["review", "es", *words, "--root", str(root)])


def token(root: Path, capsys: pytest.CaptureFixture[str], *targets: str) -> str:
    capsys.readouterr()
    assert run(root, *targets, "--list") == 0
    found = re.search(r"--token ([0-9a-f-]+)\n", capsys.readouterr().out)
    assert found
    return found[1]


def swap(path: str, old: str, new: str) -> Callable[[Path], None]:
    def do(root: Path) -> None:
        text = (root / path).read_text()
        assert old in text
        (root / path).write_text(text.replace(old, new))
        updated(root)

    return do


CHANGES = [
    ("the translation", swap(PO, "Descanse unos días.", "Descanse unas semanas."), "source/index.md#dose.2 (the translation)"),
    ("the English", swap("source/index.md", "a few days", "some days"), "source/index.md#dose.2"),
    ("its looks", swap("source/index.md", "a few days.", "a few days!"), "the English"),
    ("the value of a fact", swap("source/site.yaml", "5 mg", "50 mg"), "what the page shows"),
    ("a bare number", swap("source/index.md", "20", "200"), "what the page shows"),
    ("the order", swap("source/index.md", PAGE, f"# Dose\n\n{REST}\n\n{DOSE}\n\n| mg |\n|---|\n| 20 |\n"), "#dose.1"),
    ("a text more", swap("source/index.md", REST, f"{REST}\n\nNew."), "source/index.md#dose.3"),
    ("a mark", swap(PO, 'msgid "Rest', '#, fuzzy\nmsgid "Rest'), "the translation"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
@pytest.mark.parametrize("known", [True, False], ids=["here", "elsewhere"])
def test_what_changed_since_is_not_signed(
    site: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    said: str,
    known: bool,
) -> None:
    """Whether or not the store knows what was listed; nothing is written, and the message says what changed."""
    seen = token(site, capsys, "index")
    if not known:
        monkeypatch.setattr(cache.Store, "get", lambda self, kind, key: None)
    change(site)
    before = (site / LEDGER).read_bytes() if (site / LEDGER).exists() else None
    assert run(site, "index", *SIGN, "--token", seen) == 2
    told = capsys.readouterr().err
    assert "Changed since:" in told and (not known or said in told) and "Nothing was written" in told
    assert ((site / LEDGER).read_bytes() if (site / LEDGER).exists() else None) == before
    assert run(site, "index", *SIGN, "--token", token(site, capsys, "index")) == 0


def test_what_is_as_it_was_is_signed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen = token(site, capsys, "index")
    swap("source/other.md", "Nothing", "Something")(site)
    swap("source/index.md", "Rest for", "Rest\nfor")(site)
    assert token(site, capsys, "index") == seen, "another page and another wrapping are nothing to its readers"
    assert run(site, "index#dose.2", *SIGN, "--token", seen) == 0, "one of the texts that were listed"
    assert run(site, "index", *SIGN, "--token", f" {seen.upper()} ") == 0
    assert token(site, capsys, "index") == seen, "who signed is no part of what is read"
    rows = [json.loads(line) for line in (site / LEDGER).read_text().splitlines()]
    assert sum(row.get("name") == "Omar Haddad" for row in rows) >= 3


def test_a_token_of_other_texts(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for given in (token(site, capsys, "other"), token(site, capsys, "index#dose.2")):
        assert run(site, "index", *SIGN, "--token", given) == 2
    assert run(site, "index", *SIGN, "--token", "3fa9") == 2
    assert "is no token" in capsys.readouterr().err
    assert token(site, capsys) != token(site, capsys, "index")
