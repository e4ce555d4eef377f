"""Laws of names: how somebody writes a name makes nobody another, and whoever is told apart stays told apart."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import signers
from pipeline.core.signers import Likeness, Signer, likeness, people, signer

SAME, DOUBT, OTHER = Likeness.SAME, Likeness.IN_DOUBT, Likeness.DIFFERENT
PAIRS = [
    ("Ana Ruiz", "Omar Haddad", OTHER),
    ("A. Ruiz", "B. Ruiz", OTHER),
    ("Ana Ruiz", "Amy Ruiz", OTHER),
    ("Amy Ruiz", "May Ruiz", OTHER),
    ("Ana", "Omar", OTHER),
    ("Dr. Lee", "Dr. Ruiz", OTHER),
    ("Jack Ma", "Jack Chen", OTHER),
    ("Li Bin", "Li Wei", OTHER),
    ("Ana B. Ruiz", "Ana Carla Ruiz", OTHER),
    ("Ana Ruiz Soto", "Ana Ruiz Gil", OTHER),
    ("王小明", "李小明", OTHER),
    ("राम", "रमा", OTHER),
    ("ณัฐ", "นุช", OTHER),
    ("محمد علي", "محمود علي", OTHER),
    ("Нгуен Тхи Ха", "Иван Петров", OTHER),
    ("Ana Ruiz", "ana  RUIZ", SAME),
    ("Ana Ruiz", "Ruiz, Ana", SAME),
    ("Ana Ruiz", "Dr. Ana Ruiz", SAME),
    ("Ana Ruiz", "Ana Ruiz, M.D., Ph.D.", SAME),
    ("Ana Ruiz", "Prof.ssa Dott.ssa Ana Ruiz", SAME),
    ("Ana Ruiz", "Frau Dr.-Ing. Ana Ruiz", SAME),
    ("Ana Ruiz", "Mme Ana Ruiz", SAME),
    ("Ana Ruiz", "Ana Ruíz", SAME),
    ("Ana Ruiz", "ＡＮＡ Ｒｕｉｚ", SAME),
    ("Ana Ruiz", "Ana Ruiz 2 🙂", SAME),
    ("Ana Ruiz-Soto", "Ana Ruiz Soto", SAME),
    ("O'Brien, Pat", "Pat O’Brien", SAME),
    ("Jörg Groß", "JORG GROSS", SAME),
    ("Işıl", "ISIL", SAME),
    ("Łukasz Żak", "Lukasz Zak", SAME),
    ("Bo Sørensen", "Bo Sorensen", SAME),
    ("مُحَمَّد علي", "محمـد على", SAME),
    ("د. محمد علي", "محمد علي", SAME),
    ("ד״ר דוד כהן", "דוד כהן", SAME),
    ("Др Нгуен Ха", "Ха Нгуен, к.м.н.", SAME),
    ("Фёдор", "Федор", SAME),
    ("Ζωή", "ΖΩΗ", SAME),
    ("김민수 선생님", "김민수", SAME),
    ("王小明主任医师", "王小明", SAME),
    ("Сара", "Capa", SAME),
    ("Ana Ruiz", "A. Ruiz", DOUBT),
    ("Ana Ruiz", "AR", DOUBT),
    ("Ana Ruiz", "Ana", DOUBT),
    ("Ana Ruiz", "Dr. Ruiz", DOUBT),
    ("Ana Ruiz", "Ana María Ruiz", DOUBT),
    ("Ana Ruiz", "Ana Ruiz Soto", DOUBT),
    ("Ana Ruiz", "Ana Ruiz MA", DOUBT),
    ("Ana Ruiz", "Ana Ruiz Jr.", DOUBT),
    ("Ana Ruiz", "M. Ruiz", DOUBT),
    ("Ana Ruiz", "Dr.", DOUBT),
    ("Ana María Ruiz", "A. M. Ruiz", DOUBT),
    ("Ana Zoe Ruiz", "Z. Ruiz", DOUBT),
    ("Ana de la Cruz", "Ana Delacruz", DOUBT),
    ("Jean-Paul Petit", "JP Petit", DOUBT),
    ("Jean-Paul Petit", "Petit, Jeanpaul", DOUBT),
    ("Jörg Müller", "Joerg Mueller", DOUBT),
    ("Åse Berg", "Aase Berg", DOUBT),
    ("Xiaoming Wang", "Xiao Ming W.", DOUBT),
    ("王小明", "王 小明", DOUBT),
    ("王小明", "小明", DOUBT),
    ("王小明", "王医师", DOUBT),
]
NO_NAMES = ["", " ", "\u200b", "\u200b\u2060", "🙂", "👩🏽‍⚕️", ".", "—", "007", "\u3164", "\u0640", "\u0301", "\ufe0f", "Ana\u200bRuiz", "\u202eAna", "A\u034fna", "\u0410na Ruiz"]  # fmt: skip
NAMES = sorted({name for pair in PAIRS for name in pair[:2]})


@pytest.mark.parametrize(("one", "other", "wanted"), PAIRS)
def test_who_is_one_person(one: str, other: str, wanted: Likeness) -> None:
    assert likeness(Signer.parse(one), Signer.parse(other)) is wanted
    assert people([one, other]) == (2 if wanted is OTHER else 1)


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_name(text: str) -> None:
    assert signer(text) is None and people([text, text]) == 0


def test_of_three_names_those_in_doubt_over_a_third_are_one() -> None:
    assert people(["Ana Ruiz", "Bea Ruiz"]) == 2
    assert {people(names) for names in itertools.permutations(["Ana Ruiz", "Bea Ruiz", "Ruiz"])} == {1}
    assert people(["Ana Ruiz", "Bea Ruiz", "Omar", "\u200b"]) == 3


WORDS = st.sampled_from(["Ana", "Anna", "a", "B.", "Ruiz", "Ruíz", "Soto", "Jean-Paul", "JP", "de", "M.", "Dr.", "MD", "王", "小明", "王小明", "علي", "Groß", "oe", "ö"])  # fmt: skip
LISTS = st.lists(WORDS, min_size=1, max_size=6)
TITLES = st.sampled_from(["Dr.", "Prof.", "Sra.", "Mme", "Herr", "д-р", "د.", "医师", "R.N.", "PharmD"])


def stripped(text: str) -> str:
    found = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(char for char in found if not "\u0300" <= char <= "\u036f"))


@given(LISTS, LISTS)
def test_symmetric(one: list[str], other: list[str]) -> None:
    first, second = Signer.parse(" ".join(one)), Signer.parse(" ".join(other))
    assert likeness(first, second) is likeness(second, first)
    assert likeness(first, first) is (SAME if first.words else DOUBT)


@given(LISTS, LISTS, st.randoms(use_true_random=False), TITLES, st.booleans())
def test_case_accents_order_and_titles_tell_nobody_apart(
    words: list[str], other: Sequence[str], dice: object, title: str, ahead: bool
) -> None:
    name, them = " ".join(words), Signer.parse(" ".join(other))
    wanted = likeness(Signer.parse(name), them)
    mixed = list(words)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    for way in (str.upper, str.lower, str.title, stripped, lambda text: unicodedata.normalize("NFD", text)):
        assert likeness(Signer.parse(way(name)), them) is wanted, way(name)
    assert likeness(Signer.parse(", ".join(mixed)), them) is wanted
    titled = Signer.parse(f"{title} {name}" if ahead else f"{name}, {title}")
    assert likeness(titled, them) is wanted


@given(st.lists(st.sampled_from(NAMES), max_size=6), st.sampled_from(NAMES))
def test_a_name_more_may_join_people_and_adds_one_at_most(names: list[str], more: str) -> None:
    assert people([*names, more]) <= people(names) + 1
    assert people([*names, *names]) == people(names) == people(reversed(names))


@given(st.text(max_size=30))
def test_any_text_is_a_name_or_none(text: str) -> None:
    found = signer(text)
    assert found is None or (found.name.isprintable() and any(char.isalpha() for char in found.name))


@pytest.mark.parametrize("text", ["a" * 201, "Ana " + "\u0301\u0316" * 100_000, " ".join("abcdefghijklmnopqrstu")])
def test_what_is_too_long_is_no_name(text: str) -> None:
    """It is refused before its letters are folded and its words compared: both would take long."""
    with pytest.raises(ValueError, match="more than"):
        Signer.parse(text)


def test_of_a_long_list_some_names_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(signers, "likeness", lambda one, other: asked.append(one) or signers.Likeness.DIFFERENT)
    assert people(f"Na{chr(97 + at % 26)}{chr(97 + at // 26)} Fam" for at in range(500)) == signers.SIGNERS
    assert len(asked) < signers.SIGNERS**2
