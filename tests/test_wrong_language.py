"""Nothing stands under a language that is not its own: a catalog of another one, and English left where a translation should be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.check import check
from pipeline.core.tags import contradicts
from tests.conftest import Make, project_of, translate

SAME = [
    ("es", "es"), ("es", ""), ("es", "es_ES"), ("es", "es-MX"), ("es_MX", "es_ES"), ("es", "ES"), ("es", "spa"),
    ("es", "es_ES.UTF-8"), ("es", "es@euro"), ("es", "LANGUAGE"), ("es", "Spanish"), ("es", "spanish "), ("es", "?"),
    ("pt_BR", "pt-BR"), ("pt_BR", "pt"), ("pt", "pt_BR"), ("pt_BR", "pt_PT"), ("pt_BR", "pt@abl1990"),
    ("zh_Hans", "zh_CN"), ("zh_CN", "zh_Hans"), ("zh_Hans", "zh-Hans-CN"), ("zh_Hans", "zh"), ("zh", "zh_TW"),
    ("zh_TW", "zh_Hant"), ("zh_HK", "zh_TW"), ("zh_Hant", "zh-hant"), ("zh_Hans", "zh_SG"), ("zh", "cmn"),
    ("sr_Latn", "sr@latin"), ("sr_Latn", "sr_RS@latin"), ("sr", "sr@latin"), ("sr_Cyrl", "sr_RS"), ("uz", "uz@cyrillic"),
    ("he", "iw"), ("iw", "he"), ("id", "in"), ("tl", "fil"), ("fil", "tl_PH"), ("no", "nb_NO"), ("nb", "no"),
    ("ht", "ht_HT"), ("hmn", "hmn"), ("prs", "fa_AF"), ("fa", "fas"), ("ar", "ar_EG"), ("ku", "kmr"), ("qqq", "qqq"),
]  # fmt: skip
OTHER = [
    ("es", "fr"), ("es", "fr_FR"), ("es", "en"), ("es", "French"), ("es", "fra"), ("pt", "es"), ("pt_BR", "es_BR"),
    ("zh_Hans", "zh_TW"), ("zh_Hant", "zh_CN"), ("zh_TW", "zh-Hans"), ("zh_Hans", "zh_Hant_HK"), ("zh", "ja"),
    ("sr_Latn", "sr_RS"), ("sr_Cyrl", "sr@latin"), ("sr", "hr"), ("nb", "nn"), ("uk", "ru"), ("ur", "hi"), ("ht", "fr"),
    ("hmn", "vi"), ("so", "sw"), ("pa_PK", "pa_Guru"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "header"), SAME)
def test_a_header_that_may_be_of_the_language(name: str, header: str) -> None:
    assert not contradicts(header, name)


@pytest.mark.parametrize(("name", "header"), OTHER)
def test_a_header_that_is_of_another(name: str, header: str) -> None:
    assert contradicts(header, name)


def codes(root: Path, locale: str) -> list[tuple[str, int, str]]:
    """What is said of one language."""
    return [(one.code, one.span.line, str(one.level)) for one in check(project_of(root)) if one.locale == locale]


def test_a_catalog_of_another_language_is_not_used(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# Pump\n\nStop the pump.\n"}, locales=("es", "fr"))
    translate(root, {"Stop the pump.": "Arrêtez la pompe."}, "fr")
    assert main(["build", "--root", str(root)]) == 0
    french, spanish = (root / f"locale/{name}/LC_MESSAGES/messages.po" for name in ("fr", "es"))
    spanish.write_bytes(french.read_bytes())
    before = spanish.read_bytes()
    assert ("catalog", 1, "error") in codes(root, "es") and ("not-published", 1, "error") in codes(root, "es")
    assert [main([verb, "--root", str(root)]) for verb in ("update", "check", "build")] == [2, 1, 1]
    assert "its header says `Language: fr`" in capsys.readouterr().err
    assert spanish.read_bytes() == before, "and it is not written: nobody knows whose it is"
    assert not (root / "dist/es").exists() and "pompe" in (root / "dist/fr/index.html").read_text()
    spanish.write_text(spanish.read_text().replace("Language: fr", "Language: es"))
    assert ("catalog", 1, "error") not in codes(root, "es"), "whoever mends the header vouches for it"
    main(["build", "--root", str(root)])


ENGLISH = (
    "Call us",
    "Pump refill",
    "Take morphine with food",
    "Call **us** [now](b.md)",
    "Call The Clinic Today",
    "Call the Clinic Today",
    "Living With Your Pump",
    "When To Call",
    "Stop Baclofen Now",
    "Do Not Drive",
)
NAMES = (
    "Riverbend Pain Clinic",
    "morphine, baclofen",
    "Fax",
    "MRI / CT",
    "12 Main Street, Springfield",
    "SynchroMed II 40 ml",
    "Bank of the West",
    "Call of Duty",
    "The Ohio State University",
    "Centers for Disease Control and Prevention",
)


@pytest.mark.parametrize("text", [*ENGLISH, *NAMES])
def test_english_left_as_a_translation_is_english(make: Make, text: str) -> None:
    pages = {"index.md": f"# Pump\n\nStop.\n\n{text}\n", "b.md": "# B\n"}
    root = make(pages)
    translate(root, {text: text, "Stop.": "Pare."})
    assert main(["build", "--root", str(root)]) == 0 and main(["audit", "--root", str(root)]) == 0
    html = (root / "dist/es/index.html").read_text()
    english = text in ENGLISH
    shown = project_of(root).table("es").documents["source/index.md"]
    states = {str(one.state) for one in shown.values() if one.message.key.msgid == text}
    assert states == {"untranslated" if english else "translated"}
    block = re.search(r'<(p|div)[^>]*data-block="pump\.2"[^>]*>', html)
    assert block and ('lang="en"' in block[0]) is english, "and it is marked as English"
    assert ("untranslated" in {code for code, _, _ in codes(root, "es")}) is english


def test_a_person_may_say_that_it_is_right(make: Make) -> None:
    root = make({"index.md": "# Pump\n\nStaphylococcus aureus\n"})
    translate(root, {"Staphylococcus aureus": "Staphylococcus aureus"})
    assert "untranslated" in {code for code, _, _ in codes(root, "es")}
    line = next(line for code, line, _ in codes(root, "es") if code == "untranslated")
    words = ["--check", "untranslated", "--by", "Ana Ruiz", "--reason", "a species"]
    assert main(["accept", "--root", str(root), f"locale/es/LC_MESSAGES/messages.po:{line}", *words]) == 0
    assert "untranslated" not in {code for code, _, _ in codes(root, "es")}
    shown = project_of(root).table("es").documents["source/index.md"]
    assert {str(one.state) for one in shown.values() if one.message.key.msgid.startswith("Staph")} == {"translated"}


def test_a_protected_name_is_no_english(make: Make) -> None:
    root = make({"index.md": "# Pump\n\nFlow monitor\n"})
    translate(root, {"Flow monitor": "Flow monitor"})
    assert "untranslated" in {code for code, _, _ in codes(root, "es")}
    (root / "locale/glossary.yaml").write_text("protected:\n  - Flow monitor\n")
    assert "untranslated" not in {code for code, _, _ in codes(root, "es")}


def test_english_in_other_capitals_is_english(make: Make) -> None:
    for english, translation in (("Pump refill", "Pump Refill"), ("Call the clinic today", "Call The Clinic Today"), ("Pump refill", "PUMP REFILL")):  # fmt: skip
        root = make({"index.md": f"# Pump\n\n{english}\n"})
        translate(root, {english: translation})
        assert "untranslated" in {code for code, _, _ in codes(root, "es")}, translation
