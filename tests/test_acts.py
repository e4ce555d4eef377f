"""Acts that became others: the tables of each language hold together, paradigms read what nobody listed, and what is no order is not asked."""

from __future__ import annotations

import re

import pytest

from pipeline.comparison.acts import ordered, rivals_of
from pipeline.text.acts import FOLDER, acts
from pipeline.text.languages import language
from pipeline.text.quantities import read
from pipeline.text.spelling import normal
from tests.test_pairs import worst

CODES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("code", CODES)
def test_tables_hold_together(code: str) -> None:
    """Each row is an act of English, each form makes a pattern, and what orders an act answers it."""
    known, english = acts(code), acts("en")
    assert known is not None and english is not None
    assert known.rows.keys() <= english.rows.keys()
    for act, row in known.rows.items():
        known.answers(act)
        for form in row.partition("|")[0].split(","):
            said = form.strip()
            if "~" in said or "*" in said or said.startswith("-"):
                continue
            text = known.text(read(normal(said.replace(" … ", " ")), language(code)).tokens)
            assert known.answers(act).search(text), (act, said)


def test_classes_name_acts() -> None:
    english = acts("en")
    assert english is not None
    named = {act for line in (*english.classes.values(), *english.wide.values()) for act in re.split("[ =]", line)}
    akin = {*english.kin, *(act for line in english.kin.values() for act in line.split())}
    assert named <= english.rows.keys() and akin <= english.rows.keys()
    rivals = rivals_of(english)
    for act, others in rivals.items():
        assert act not in others and all(act in rivals[other] for other in others)


READ = [
    ("es", "swallow", "Tráguesela entera."),
    ("es", "swallow", "Hay que tragarla."),
    ("pt", "swallow", "Não o engula."),
    ("fr", "raise", "Soulève le bras."),
    ("de", "pull", "Ziehen Sie die Kappe langsam heraus."),
    ("de", "pull", "Ohne sie herauszuziehen."),
    ("de", "put-on", "Setzen Sie die Kappe sofort auf."),
    ("ru", "shake", "Встряхивайте флакон."),
    ("ar", "chew", "لا تمضغها."),
    ("hi", "swallow", "गोली निगलिए।"),
    ("ko", "swallow", "알약을 삼키지 마세요."),
    ("vi", "chew", "Không nhai thuốc."),
    ("zh", "chew", "请勿咀嚼药片。"),
    ("fa", "shake", "بطری را به‌خوبی تکانش دهید."),
    ("fa", "scratch", "زخم را نخارانید."),
    ("fa", "bring", "کارتتان را می آورید."),
    ("ur", "scratch", "زخم کو مت کھجائیے۔"),
    ("sw", "swallow", "Usikimeze kidonge."),
    ("sw", "cover", "Jeraha lifunikwe vizuri."),
    ("km", "shake", "សូមក្រឡុកដបសិន។"),
    ("id", "swallow", "Tabletnya ditelankan utuh."),
    ("ur", "press", "بٹن دبا کر رکھیں۔"),
]
"""Forms that no row lists, by their paradigm, with what is written onto them or between them."""
UNREAD = [
    ("es", "cut", "La aguja corta."),
    ("fr", "share", "Soyez prêt."),
    ("ar", "press", "ضغط الدم مرتفع."),
    ("de", "pull", "Die Kappe ist heraus."),
    ("zh", "swallow", "药片很小。"),
    ("fa", "lower", "فشار خون پایین است."),
    ("ur", "sleep", "سو میں سے ایک۔"),
    ("sw", "cover", "Kifuniko ni chekundu."),
    ("km", "cover", "គម្របពណ៌ក្រហម។"),
    ("id", "heat", "Airnya panas."),
]
"""Words of another sense, and halves of verbs."""


@pytest.mark.parametrize(("code", "act", "text", "said"), [*((*r, True) for r in READ), *((*r, False) for r in UNREAD)])
def test_paradigms(code: str, act: str, text: str, said: bool) -> None:
    known = acts(code)
    assert known is not None
    found = known.says(act).search(known.text(read(normal(text), language(code)).tokens))
    assert bool(found) is said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Press the button.", ["press"]),
        ("Gently pull the cap off.", ["pull"]),
        ("Do not crush or chew the tablet.", ["crush", "chew"]),
        ("You must not split it.", ["split"]),
        ("Avoid scratching the rash.", ["scratch"]),
        ("Call us to cancel your visit.", ["call", "cancel"]),
        ("The press reported it.", []),
        ("A cold drink may help.", []),
        ("Call centers are busy.", []),
        ("Patients who chew the tablet feel sick.", []),
    ],
)
def test_orders(text: str, found: list[str]) -> None:
    assert [one.act for one in ordered(read(normal(text), language("en")).tokens)] == found


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("Discard the needle.", "No vuelva a usar la aguja."),  # one says no
        ("Apply ice to ease the pain.", "Haga compresas de hielo para quitar el dolor."),  # what for
        ("Press the button and pull the lever.", "Con el botón abajo, tire de la palanca."),  # the English says it
        ("Shake the bottle.", "Agite el frasco y caliéntelo entre las manos."),  # it is told besides
        ("People who chew gum swallow less.", "Quienes toman chicle tragan menos."),  # no order
    ],
)
def test_what_is_not_asked(english: str, translation: str) -> None:
    assert "statement" not in worst("es", english, translation)[1]
