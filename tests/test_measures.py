"""Facts that are data: an amount or a time is written in every language by its rules, and whoever signs signs for its value."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.core import locales
from pipeline.core.measures import of_rows, weighing, written
from tests.conftest import Make, built, made_once, project_of, translate, updated
from tests.sites import on

WRITTEN = (
    ({"amount": "0.5", "unit": "mg"}, "en", "0.5\u00a0mg"),
    ({"amount": "0.5", "unit": "mg"}, "es", "0,5\u00a0mg"),
    ({"amount": "60", "unit": "mL"}, "en", "60\u00a0mL"),
    ({"amount": "60", "unit": "ml"}, "es", "60\u00a0ml"),
    ({"amount": "2", "unit": "L"}, "en", "2\u00a0L"),
    ({"amount": "0.5", "unit": "mg"}, "ar", "0.5\u00a0مغم"),
    ({"amount": "0.5", "unit": "mg"}, "zh_Hans", "0.5毫克"),
    ({"amount": "0.5", "unit": "mg"}, "hi", "0.5\u00a0मि॰ग्रा॰"),
    ({"amount": "1", "unit": "milligram"}, "es", "1\u00a0miligramo"),
    ({"amount": "50", "unit": "mcg"}, "en", "50\u00a0mcg"),
    ({"amount": "50", "unit": "mcg"}, "es", "50\u00a0microgramos"),
    ({"amount": "38.0", "unit": "°C"}, "es", "38,0\u00a0°C"),
    ({"amount": "-20", "unit": "°C"}, "ar", "-20°م"),
    ({"amount": "1", "unit": "mg"}, "ar", "1\u00a0مغم"),
    ({"hours": "6"}, "en", "6 hours"),
    ({"hours": "1"}, "en", "1 hour"),
    ({"hours": "6"}, "zh_Hans", "6小时"),
    ({"hours": "6"}, "hi", "6 घंटे"),
    ({"days": "2"}, "ar", "يومان"),
    ({"days": "11"}, "ar", "11 يومًا"),
    ({"days": "2"}, "ru", "2 дня"),
    ({"days": "5"}, "ru", "5 дней"),
    ({"days": "5", "to": "7"}, "es", "5–7 días"),
    ({"hours": "1", "minutes": "30"}, "ar", "ساعة و30 دقيقة"),
    ({"number": "1000"}, "es", "1.000"),
    ({"number": "100000"}, "hi", "1,00,000"),
    ({"amount": "12.5", "unit": "%"}, "es", "12,5\xa0%"),
    ({"time": "14:30"}, "es", "14:30"),
    ({"time": "14:30"}, "ar", "2:30 م"),
    ({"date": "2026-11-15"}, "zh_Hans", "2026年11月15日"),
    ({"phone": "+1 555-0142"}, "ar", "+1 555-0142"),
    ({"amount": "0.5", "unit": "mg"}, "ht", None),  # CLDR has French in its place
    ({"amount": "0.5", "unit": "mg"}, "qqq", None),
)


@pytest.mark.parametrize(("rows", "name", "wanted"), WRITTEN)
def test_a_measure_is_written_as_the_language_writes_it(rows: dict[str, str], name: str, wanted: str | None) -> None:
    assert written(locales.make(name), of_rows(tuple(rows.items()))) == wanted


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"amount": "a few", "unit": "mg"}, "no number"),
        ({"amount": "1,000", "unit": "mg"}, "no number"),
        ({"amount": "0.5"}, "has a `unit`"),
        ({"amount": "0.5", "unit": "mgs"}, "Did you mean `mg`?"),
        ({"hours": "6", "minuts": "5"}, "Did you mean `minutes`?"),
        ({"hours": "1", "minutes": "5", "to": "7"}, "a range has one unit"),
        ({"time": "25:00"}, "no time of day"),
        ({"date": "15 November"}, "no date"),
        ({"phone": "call us"}, "no telephone number"),
        ({"number": "5", "unit": "mg"}, "`unit` is nothing"),
    ],
)
def test_what_is_no_measure_is_said(rows: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        of_rows(tuple(rows.items()))


def test_a_telephone_number_is_no_value_that_is_signed_for() -> None:
    facts = {
        "a": "0.5 mg",
        "b": "20",
        "c": "555-0142",
        "d": "2026-11-15",
        "e": "6 hours",
        "f": "+1 555 0142",
        "g": "Anna",
    }
    assert {*weighing(facts)} == {"a", "b", "d", "e"}


TEXT = "Take {dose.start} every {dose.every}."
PAGE = f"# Dose\n\n{TEXT}\n\n| Dose | {{dose.start}} |\n| --- | --- |\n| of | {{dose.start}} |\n"
DATA = "name: Clinic\ndose:\n  start: {amount: 0.5, unit: mg}\n  every: {hours: 6}\n"
SAID = {
    "es": "Tome {dose.start} cada {dose.every}.",
    "ar": "تناول {dose.start} كل {dose.every}.",
    "zh_Hans": "每{dose.every}服用{dose.start}。",
    "hi": "हर {dose.every} पर {dose.start} लें।",
    "ht": "Pran {dose.start} chak {dose.every}.",
}


@pytest.fixture
@made_once
def clinic(make: Make) -> Path:
    with on(0):
        off = "".join(  # the Hindi notices of these tests are Spanish
            f'\n[[tool.lockstep.checks]]\ncheck = "{code}"\nlevel = "off"\nstrict = "off"\n'
            for code in ("negation", "language", "statement-missing")
        )
        root = make({"index.md": PAGE}, data=DATA, locales=tuple(SAID), extra=off)
        for name, text in SAID.items():
            translate(root, {TEXT: text}, name)
    return root


def paragraph(root: Path, tag: str) -> str:
    html = (root / f"dist/{tag}/index.html").read_text()
    return re.sub(r"<[^>]+>", "", re.search(r'<p[^>]*data-block="dose.1"[^>]*>(.*?)</p>', html, re.S)[1])  # type: ignore[index]


def test_every_page_has_it_in_its_language(clinic: Path) -> None:
    with on(1):
        built(clinic)
        assert main(["audit", "--root", str(clinic)]) == 0
    assert paragraph(clinic, "en") == "Take 0.5\u00a0mg every 6 hours."
    assert paragraph(clinic, "es") == "Tome 0,5\u00a0mg cada 6 horas."
    assert paragraph(clinic, "ar") == "تناول 0.5\u00a0مغم كل 6 ساعات."
    assert paragraph(clinic, "zh-Hans") == "每6小时服用0.5毫克。"
    assert paragraph(clinic, "hi") == "हर 6 घंटे पर 0.5\u00a0मि॰ग्रा॰ लें।"
    haitian = (clinic / "dist/ht/index.html").read_text()
    assert '<bdi lang="en" dir="ltr">0.5\u00a0mg</bdi>' in haitian, "what CLDR does not tell is English, and says so"
    assert '<td><bdi dir="ltr">0,5\u00a0mg</bdi></td>' in (clinic / "dist/es/index.html").read_text()


def test_who_is_to_sign_reads_the_value(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--root", str(clinic), "es", "index", "--list"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "{dose.start} is 0.5 mg" in said and "{dose.every} is 6 hours" in said


def test_a_translation_cannot_change_it(clinic: Path) -> None:
    translate(clinic, {TEXT: "Tome 5 mg cada {dose.every}."})
    with on(1):
        built(clinic)
    assert paragraph(clinic, "es") == "Take 0.5\u00a0mg every 6 hours."


def test_another_value_ends_the_signatures_under_the_texts_that_have_it(clinic: Path) -> None:
    for role, by in (("translator", "Ana Ruiz"), ("reviser", "Omar Haddad")):
        with on(0):
            assert (
                main(["review", "--root", str(clinic), "es", "index", "--as", role, "--by", by, "--qualification", "q"])
                == 0
            )
    path = clinic / "source/site.yaml"

    def holding() -> list[bool]:
        ledger = project_of(clinic).records.ledger("es")
        return [not one.why for pair in ledger.by_pair for one in ledger.signatures(pair) if one.line.values]

    assert holding() == [True, True]
    path.write_text(path.read_text().replace("0.5", "5"))
    assert holding() == [False, False]
    with on(1):
        updated(clinic)
    last = json.loads((clinic / "locale/edits.jsonl").read_text().splitlines()[-1])
    assert (last["how"], last["severity"], last["reasons"][0]) == ("fact", "critical", "{dose.start}: 0.5 mg → 5 mg")
    path.write_text(path.read_text().replace("amount: 5,", "amount: 0.5,"))
    assert holding() == [True, True], "the old value is what they signed for"


def test_the_log_has_every_change_of_a_value_of_one_day(clinic: Path) -> None:
    path = clinic / "source/site.yaml"
    with on(1):
        for was, now in (("0.5", "5"), ("5", "0.5"), ("0.5", "5"), ("5", "0.5"), ("0.5", "5")):
            path.write_text(path.read_text().replace(f"amount: {was},", f"amount: {now},"))
            updated(clinic)
            updated(clinic)
    rows = [json.loads(line) for line in (clinic / "locale/edits.jsonl").read_text().splitlines()]
    said = [(row["reasons"][0].partition(": ")[2], row.get("again")) for row in rows if row["how"] == "fact"]
    up, down = "0.5 mg → 5 mg", "5 mg → 0.5 mg"
    assert said == [(up, None), (down, None), (up, "2"), (down, "2"), (up, "3")]


def test_a_misspelt_unit_is_an_error_with_its_line(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = clinic / "source/site.yaml"
    path.write_text(path.read_text().replace("unit: mg", "unit: mgs"))
    assert main(["check", "--root", str(clinic)]) == 1
    assert "source/site.yaml:3: error [shape] `dose.start`: “mgs” is no unit" in capsys.readouterr().out


def test_its_unit_is_nobodys_to_translate(make: Make) -> None:
    root = make({"index.md": "Take {dose.start}."}, data=DATA + "  note: with food\n")
    path = root / "pyproject.toml"
    path.write_text(path.read_text().replace('"nav.label"]', '"nav.label", "dose.*"]'))
    updated(root)
    found = (root / "locale/messages.pot").read_text()
    assert 'msgid "with food"' in found and 'msgid "mg"' not in found


def test_groups_that_look_like_it_stay_groups(make: Make) -> None:
    """`{clinic.phone}` is a fact of a group `clinic`, though the group has the key of a measure."""
    root = make(
        {"index.md": "Call {clinic.phone}, {clinic.hours}."},
        data='name: C\nclinic:\n  phone: "555-0142"\n  hours: all day\n',
    )
    built(root)
    html = (root / "dist/en/index.html").read_text()
    assert ">555-0142</bdi>" in html and ">all day</bdi>" in html
