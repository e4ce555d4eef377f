"""A code that is the same in both texts is no quantity, and a quantity is no code."""

from __future__ import annotations

import pytest

from pipeline.checks import runner
from pipeline.checks.check import Pair
from pipeline.content import parse
from pipeline.core.inline import Syntax
from pipeline.core.model import Level
from pipeline.text.codes import is_code, without_codes

CODES = [
    "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
    "0f9g3h1l2m5g",
    "4a5e1e4",
    "550e8400-e29b-41d4-a716-446655440000",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "1a1zp1ep5qgefi2dmptftl5slmv7divfna",
    "0x7ffe3c2a5l",
    "v1.2.3-rc1",
    "1.10.3",
    "192.168.0.1",
    "fe80::1ff:fe23:4567:890a",
    "gb29nwbk60161331926819",
    "sha256:9f86d081884c7d65",
    "x86_64",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
]
QUANTITIES = [
    "5mg",
    "1h30min",
    "10mg/5ml",
    "2x5mg",
    "5-10mg",
    "12:30",
    "1,000",
    "0.5",
    "5–10",
    "20%",
    "12/31/2026",
    "1.5l",
    "2h",
    "<5mg",
    "100mcg/h",
    "a",
    "8am-5pm",
]
SENTENCES = {
    "de": ("Commit {} is broken.", "Der Commit {} ist kaputt."),
    "es": ("See the version {} of it.", "Vea la versión {}."),
    "fr": ("The key is {}.", "La clé est {}."),
    "ru": ("See ({}) for more.", "См. ({})."),
    "ar": ("Use {} here.", "استخدم {} هنا."),
    "zh_Hans": ("Use {} here.", "请在此处使用{}。"),
    "tr": ("Open “{}” now.", "Şimdi “{}” öğesini açın."),
    "nb": ("Take {} with it.", "Ta {} med."),
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("locale", SENTENCES)
def test_a_code_that_is_the_same_is_never_an_error(code: str, locale: str) -> None:
    ours, theirs = (parse(text.format(code), Syntax.MARKDOWN) for text in SENTENCES[locale])
    found = [(check.code, said) for check, said in runner.run(Pair(ours, theirs, locale)) if check.level is Level.ERROR]
    assert found == []


@pytest.mark.parametrize("word", QUANTITIES)
def test_a_quantity_is_no_code(word: str) -> None:
    assert not is_code(word)
    assert without_codes(f"take {word} of 4a5e1e4", f"tome {word} de 4a5e1e4") == (
        f"take {word} of •••••••",
        f"tome {word} de •••••••",
    )


def test_another_code_is_read() -> None:
    assert without_codes("use 4a5e1e4", "use 4a5e1e5") == ("use 4a5e1e4", "use 4a5e1e5")
    ours, theirs = (parse(text, Syntax.MARKDOWN) for text in ("Use 4a5e1e4 now", "Use 4a5e1e5 ahora"))
    assert any(check.level is Level.ERROR for check, _ in runner.run(Pair(ours, theirs, "es")))


def test_a_dose_beside_a_code_is_compared() -> None:
    ours, theirs = (parse(text, Syntax.MARKDOWN) for text in ("Pump 4a5e1e4 gives 5 mg.", "La bomba 4a5e1e4 da 50 mg."))
    assert "number" in {check.code for check, _ in runner.run(Pair(ours, theirs, "es"))}


NAMES = [
    ("use --no-sync now", "usa --no-sync ora", "use • now"),
    ("git add --[no-]quiet", "git add --[no-]quiet", "git add •"),
    ("look for index.theme first", "cherche index.theme", "look for • first"),
    ("set GST_NO_COLORS to 1", "pon GST_NO_COLORS a 1", "set • to 1"),
    ("use --no-sync now", "usa --no-fsync ora", "use --no-sync now"),
    ("at 8 a.m. in the U.S. today", "a las 8 a.m. en U.S. hoy", "at 8 a.m. in the U.S. today"),
    ("see example.org/help", "vea example.org/help", "see example.org/help"),
    ("write to me.too@example.org", "a me.too@example.org", "write to me.too@example.org"),
    ("it is well-known -- and non-stick", "es non-stick", "it is well-known -- and non-stick"),
]


@pytest.mark.parametrize(("ours", "theirs", "left"), NAMES)
def test_names_of_options_and_files_are_no_words(ours: str, theirs: str, left: str) -> None:
    """Nor do their points end a sentence; a time of day, an address and a word with a hyphen stay as they are."""
    assert without_codes(ours, theirs)[0] == left


def test_the_no_of_an_option_is_no_negation() -> None:
    ours, theirs = (parse(text, Syntax.MARKDOWN) for text in ("Use --no-sync here.", "Utilisez --no-sync ici."))
    assert not list(runner.run(Pair(ours, theirs, "fr")))
    ours, theirs = (parse(text, Syntax.MARKDOWN) for text in ("Do not use --no-sync.", "Utilisez --no-sync."))
    assert "negation" in {check.code for check, _ in runner.run(Pair(ours, theirs, "fr"))}


def test_who_is_unsure_is_not_sure() -> None:
    """A copy of a page of Let's Encrypt was a draft for a "no" too many."""
    ours, theirs = (
        parse(one, Syntax.MARKDOWN)
        for one in ("Ask if you feel unsure about it.", "Pregunte cuando no esté seguro de ello.")
    )
    assert "negation-added" not in {check.code for check, _ in runner.run(Pair(ours, theirs, "es"))}
