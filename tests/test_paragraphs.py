"""Paragraphs are held to their sentences: right ones that are joined are right, and a wrong one among right ones is wrong."""

from __future__ import annotations

import pytest

from pipeline.checks.check import Pair
from pipeline.checks.paragraphs import parts
from pipeline.content.inline import parse, translated
from pipeline.core.inline import NOWHERE, Syntax
from pipeline.core.model import Level
from tests.test_pairs import worst


def paired(locale: str, english: str, translation: str) -> Pair:
    ours = parse(english, Syntax.MARKDOWN)
    return Pair(ours, translated(translation, ours, NOWHERE), locale)


RIGHT = [
    (
        "zh_Hans",
        "A pain pump is a targeted therapy for pain and spasticity. Spasticity means muscles that are stiff and tight. The pump puts "
        "medicine into the intrathecal space. This is the fluid-filled space around your spinal cord. A sudden stop can make your blood "
        "pressure rise fast. Call us now if you have a strong headache or a racing heart.",
        "镇痛泵是一种针对疼痛和痉挛的靶向治疗。痉挛是指肌肉僵硬、紧绷。泵把药物直接送入鞘内间隙。这是脊髓周围充满液体的空间。突然停药可能使您的血压快速升高。"
        "如果您头痛剧烈或心跳很快，请立即给我们打电话。",
    ),
    (
        "ht",
        "A sudden stop can make your blood pressure rise fast. Call us now if you have a racing heart. Follow the English text. (Page 2)",
        "Yon rete toudenkou ka fè tansyon ou monte vit. Rele nou kounye a si kè ou ap bat vit. Suiv tèks angle a. (Paj 2)",
    ),
    (
        "es",
        "This should go without saying, but we’re saying it. No sick days required - just tell your manager and help your team to make "
        "sure key areas of work are covered.",
        "Aunque no debería hacer falta decirlo, nosotros lo decimos. No es necesario pedir licencia por enfermedad; solo informe a su "
        "gerente y ayude a su equipo para asegurarse de que estén cubiertas las áreas clave del trabajo.",
    ),
]


@pytest.mark.parametrize(("locale", "english", "translation"), RIGHT)
def test_right_sentences_that_are_joined_are_right(locale: str, english: str, translation: str) -> None:
    assert worst(locale, english, translation)[0] is not Level.ERROR


@pytest.mark.parametrize(
    ("locale", "english", "translation", "code"),
    [
        ("es", "Do not stop it. Call us.", "Suspéndalo. Llámenos.", "negation"),
        ("es", "Take 2 tablets. Call us if you feel sick.", "Tome 3 tabletas. Llámenos si se siente mal.", "number"),
        ("zh_Hans", "We are here for you. Take it before meals.", "我们在这里帮助您。请饭后服用。", "direction"),
        ("es", "Take 2 tablets. Wait. Take 1 tablet.", "Tome 1 tableta. Espere. Tome 2 tabletas.", "number"),
        (  # a number of another sentence
            "es",
            "The dose is given for 10 days after the operation. A report of ten cases shows that it varies.",
            "La dosis se administra durante días después de la operación. Un informe de diez casos muestra que varía.",
            "number-missing",
        ),
        (
            "es",
            "It is public enemy number 1. In this century we have met one such virus.",
            "Es el enemigo público número. En este siglo nos hemos encontrado con 1 virus de este tipo.",
            "number-missing",
        ),
        (  # a "no" of another sentence
            "es",
            "Come to the clinic by bus (line 5). Do not drive a car after the operation. Do not swim for a week. Call us if you feel sick.",
            "Venga a la clínica en autobús (línea 5). Maneje un carro después de la operación, y descanse. No nade durante una semana. "
            "Llámenos si se siente mal. No espere.",
            "negation",
        ),
        (  # as many sentences otherwise parted
            "es",
            "Wash your hands with soap. Dry them. Take the tablets before meals and not after meals. Rest after the operation.",
            "Lávese las manos con jabón y séquelas. Tome las tabletas después de las comidas y no antes. Descanse después de la operación.",
            "direction",
        ),
    ],
)
def test_a_wrong_sentence_among_right_ones_is_wrong(locale: str, english: str, translation: str, code: str) -> None:
    assert code in worst(locale, english, translation)[1]


@pytest.mark.parametrize(
    ("locale", "english", "translation", "expected"),
    [
        (
            "es",
            "Take 5 mg. Call us.",
            "Tome 5 mg. Llámenos.",
            [("take 5 mg.", "tome 5 mg."), ("call us.", "llámenos.")],
        ),
        ("es", "Take 5 mg.", "Tome 5 mg.", []),
        ("es", "See the picture (Fig. (Fig. 4).4) here.", "Vea la imagen (Fig. 4).4) aquí.", []),
        (
            "es",
            "Come by bus (line 5). Call us.",
            "Venga en autobús (línea 5). Llámenos.",
            [("come by bus (line 5).", "venga en autobús (línea 5)."), ("call us.", "llámenos.")],
        ),
        (
            "es",
            "Wash the wound with soap and water. Then dry it. Call us if the wound is red or hot.",
            "Lave la herida con agua y jabón, y luego séquela. Llámenos si la herida está roja o caliente.",
            [
                (
                    "wash the wound with soap and water. then dry it.",
                    "lave la herida con agua y jabón, y luego séquela.",
                ),
                ("call us if the wound is red or hot.", "llámenos si la herida está roja o caliente."),
            ],
        ),
        (
            "es",
            "If you miss a dose, take it soon, and take 5 mg. Call us. Rest. Go home and sleep for 8 hours.",
            "Si olvida una dosis, tómela pronto. Tome 5 mg. Llámenos y descanse. Vaya a casa y duerma 8 horas.",
            [
                (
                    "if you miss a dose, take it soon, and take 5 mg.",
                    "si olvida una dosis, tómela pronto. tome 5 mg.",
                ),
                ("call us. rest.", "llámenos y descanse."),
                ("go home and sleep for 8 hours.", "vaya a casa y duerma 8 horas."),
            ],
        ),
    ],
)
def test_each_sentence_stands_beside_what_answers_it(
    locale: str, english: str, translation: str, expected: list[tuple[str, str]]
) -> None:
    assert [part.texts for part in parts(paired(locale, english, translation))] == expected
