"""A small site on which every notice stands, in Spanish, Arabic and Chinese, and one page that is wholly reviewed.

Made by the very commands its people would run, over four days. `python -m tests.sites DIR` lays it out to look at.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.catalog import po_file
from pipeline.cli.main import main
from tests.conftest import REPO, lay_out, once, translate

DAY = 1_793_520_000  # 2026-11-01T08:00:00Z
POLICY = """
[tool.lockstep.policy]
origin = "machine"
cosmetic = "serve-with-notice"

[[tool.lockstep.policy.rules]]
classes = ["notices"]
machine = "serve-with-notice"
unreviewed = "serve-with-notice"

[[tool.lockstep.policy.rules]]
classes = ["signed"]
machine = "english"
unreviewed = "english"

[[tool.lockstep.policy.rules]]
classes = ["held"]
machine = "hold"
"""
NOTICES = """---
title: Notices
class: notices
updated: "2026-11-01"
---

# Notices

The pump sits under your skin.

## Rest

A nurse fills the pump.

## Travel

{looks}

## Home

{older}

## Dose

{stale}

## Tablets

Take 5 mg each day.

## Driving

Do not drive home alone.

## Swimming

Swim as soon as you like.

## News

{new}

<!-- i18n: critical -->

::: warning
Never stop the pump on your own.
:::

## Alarm

<!-- i18n: critical -->

::: emergency
Call us if the alarm sounds.
:::
"""
PAGES = {
    "notices.md": NOTICES,
    "signed.md": "---\ntitle: Signed\nclass: signed\n---\n\n# Signed\n\nBring your pump card.\n",
    "held.md": "---\ntitle: Held\nclass: held\n---\n\n# Held\n\nA pump is small and round.\n",
    "index.md": '---\ntitle: Reviewed\nupdated: "2026-11-02"\n---\n\n# Reviewed\n\nAsk us about heat and sports.\n\n<!-- i18n: critical -->\n\n::: warning\nCarry your pump card.\n:::\n',
    "about-these-translations.md": "---\ntitle: About these translations\n---\n\n# About these translations\n\nWe write in English first.\n",
}
BEFORE = {
    "looks": "Call us about travel",
    "older": "Rest for a few days after the refill.",
    "stale": "The pump holds 20 ml.",
    "new": "",
}
AFTER = {
    "looks": "Call us about travel.",
    "older": "Rest for a few days after your refill.",
    "stale": "The pump holds 40 ml.",
    "new": "This text is new.",
}
DATA = "name: Riverbend Pain Clinic\nnav:\n" + "".join(
    f"  - page: {name}\n    label: {label}\n"
    for name, label in (
        ("index.md", "Reviewed"),
        ("notices.md", "Notices"),
        ("signed.md", "Signed"),
        ("held.md", "Held"),
        ("about-these-translations.md", "About these translations"),
    )
)
WORDS = {
    "Notices": ("Avisos", "إشعارات", "通知"),
    "Reviewed": ("Revisada", "تمت مراجعتها", "已审核"),
    "Signed": ("Firmada", "موقّعة", "已签署"),
    "Held": ("Retenida", "محجوبة", "暂不显示"),
    "About these translations": ("Acerca de estas traducciones", "عن هذه الترجمات", "关于这些译文"),
    "We write in English first.": ("Primero escribimos en inglés.", "نكتب بالإنجليزية أولًا.", "我们先用英文书写。"),
    "The pump sits under your skin.": (
        "La bomba está debajo de la piel.",
        "توجد المضخة تحت الجلد.",
        "泵位于皮肤下面。",
    ),
    "Rest": ("Descanso", "الراحة", "休息"),
    "A nurse fills the pump.": ("Una enfermera llena la bomba.", "تملأ ممرضة المضخة.", "护士为泵加药。"),
    "Travel": ("Viajes", "السفر", "旅行"),
    "Call us about travel": ("Llámenos si va a viajar.", "اتصل بنا بشأن السفر.", "旅行前请致电我们。"),
    "Home": ("En casa", "في المنزل", "在家"),
    "Rest for a few days after the refill.": (
        "Descanse unos días después de la recarga.",
        "استرح بضعة أيام بعد إعادة التعبئة.",
        "加药后休息几天。",
    ),
    "Dose": ("Dosis", "الجرعة", "剂量"),
    "The pump holds 20 ml.": ("La bomba contiene 20 ml.", "تتسع المضخة لـ 20 مل.", "泵可容纳 20 毫升。"),
    "Tablets": ("Tabletas", "الأقراص", "药片"),
    "Take 5 mg each day.": ("Tome 50 mg cada día.", "تناول 50 مغ كل يوم.", "每天服用 50 毫克。"),
    "Driving": ("Conducir", "القيادة", "驾驶"),
    "Do not drive home alone.": ("No conduzca solo a casa.", "لا تقُد السيارة وحدك إلى المنزل.", "不要独自开车回家。"),
    "Swimming": ("Nadar", "السباحة", "游泳"),
    "Swim as soon as you like.": ("Nade tan pronto como quiera.", "اسبح متى شئت.", "您想游泳时即可游泳。"),
    "News": ("Novedades", "جديد", "新消息"),
    "Warning": ("Advertencia", "تحذير", "警告"),
    "Emergency": ("Emergencia", "طوارئ", "紧急情况"),
    "Never stop the pump on your own.": (
        "Nunca detenga la bomba por su cuenta.",
        "لا توقف المضخة أبدًا من تلقاء نفسك.",
        "切勿自行停泵。",
    ),
    "Alarm": ("Alarma", "الإنذار", "警报"),
    "Call us if the alarm sounds.": (
        "Llámenos si suena la alarma.",
        "اتصل بنا إذا صدر الإنذار.",
        "警报响起时请致电我们。",
    ),
    "Bring your pump card.": ("Traiga su tarjeta de la bomba.", "أحضر بطاقة المضخة.", "请带上您的泵卡。"),
    "A pump is small and round.": ("Una bomba es pequeña y redonda.", "المضخة صغيرة ومستديرة.", "泵又小又圆。"),
    "Ask us about heat and sports.": (
        "Pregúntenos sobre el calor y los deportes.",
        "اسألنا عن الحرارة والرياضة.",
        "请向我们咨询高温和运动事宜。",
    ),
    "Carry your pump card.": ("Lleve su tarjeta de la bomba.", "احمل بطاقة المضخة.", "请随身携带您的泵卡。"),
    "Riverbend Pain Clinic": ("Clínica del Dolor Riverbend", "عيادة ريفربند للألم", "Riverbend 疼痛诊所"),
}
LOCALES = ("es", "ar", "zh_Hans")
KINDS = ("machine", "waiting", "looks", "older", "stale", "unsafe", "recalled", "untranslated", "unreviewed")


@contextmanager
def full(name: str) -> Iterator[None]:
    """A disk that is full whenever a file of this name is to be written."""
    rename = os.rename

    def refused(draft: Path, place: Path) -> None:
        if f".{name}." in place.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rename(draft, place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "rename", refused)
        yield


@contextmanager
def on(day: int) -> Iterator[None]:
    """What is done inside is done so many days after the first."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(DAY + 86_400 * day)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def run(root: Path, *words: str) -> None:
    """A verb, as a person types it."""
    code = main([words[0], "--root", str(root), *words[1:]])
    assert code == 0, words


def interface(name: str) -> dict[str, str]:
    """The texts of the templates as the repository has them, so that only the pages differ."""
    found = po_file.parse("x.po", (REPO / "locale" / name / "LC_MESSAGES/messages.po").read_bytes())
    return {entry.key.msgid: entry.strings[0] for entry in found.entries if entry.plural is None and any(entry.strings)}


@once
def every_notice(root: Path) -> Path:
    """Lay the site out and do what its people did."""
    old = {name: text.format(**BEFORE) if name == "notices.md" else text for name, text in PAGES.items()}
    with on(0):
        lay_out(root, old, locales=LOCALES, data=DATA, extra=POLICY)
        for at, name in enumerate(LOCALES):
            translate(root, {**interface(name), **{english: words[at] for english, words in WORDS.items()}}, name)
        for name in LOCALES:
            sign = ("review", name, "--by", "Ana Ruiz", "--as", "translator", "--origin", "human")
            run(root, *sign, "notices#rest.1", "notices#alarm", "signed")
            run(root, "review", name, "index", "--as", "translator", "--by", "Ana Ruiz", "--origin", "human")
            reviser = ("--as", "reviser", "--by", "Omar Haddad", "--qualification", "Certified medical translator")
            run(root, "review", name, "index", *reviser)
    with on(1):
        doctor = ("--as", "clinician", "--by", "Dr. Lee", "--qualification", "MD, pain medicine")
        run(root, "review", "en", "index", *doctor)
    with on(2):
        (root / "source/notices.md").write_text(PAGES["notices.md"].format(**AFTER), "utf-8")
        run(root, "update")
        why = ("--by", "Dr. Lee", "--reason", "a patient was hurt")
        run(root, "recall", "notices#driving.1", *why)
        run(root, "recall", "notices#swimming.1", *why, "--stub")
    with on(3):
        run(root, "build")
    return root


if __name__ == "__main__":
    every_notice(Path(sys.argv[1]))
    print(Path(sys.argv[1]) / "dist" / "index.html")
