"""Medicines by their international names: which of them a word of any language is.

Most languages write an INN with their own ending and letters (morphine, morfina, Morphin, морфин). So names are compared by
a skeleton of their sounds; where a language writes otherwise (吗啡, مورفين), its table `[names]` says how.
Source: WHO, Guidance on INN (1997), which asks for such names to be kept in step across languages.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.text.languages import Language
from pipeline.text.lexicon import DRUGS

CLASSES = frozenset(
    "opioid opioids opiate narcotic benzodiazepine steroid steroids antibiotic antibiotics antacid laxative saline alcohol".split()  # noqa: SIM905
)
MORE = (
    "remdesivir chloroquine hydroxychloroquine lopinavir ritonavir azithromycin ivermectin favipiravir tocilizumab oseltamivir "
    "ribavirin interferon amiodarone amlodipine atorvastatin bisoprolol captopril carbamazepine cetirizine ciprofloxacin "
    "citalopram clarithromycin codeine doxycycline enalapril erythromycin fluoxetine glimepiride haloperidol hydrocortisone "
    "levodopa levothyroxine lisinopril loperamide losartan methotrexate metoprolol metronidazole mirtazapine nifedipine "
    "nystatin olanzapine omeprazole pantoprazole phenytoin propranolol quetiapine ramipril ranitidine risperidone rituximab "
    "salbutamol sertraline sildenafil simvastatin spironolactone tamoxifen tetracycline topiramate tranexamic valproate "
    "verapamil zidovudine artemether lumefantrine primaquine quinine rifampicin isoniazid pyrazinamide ethambutol "
    "streptomycin albendazole mebendazole praziquantel misoprostol oxytocin nevirapine efavirenz tenofovir lamivudine "
    "propofol sevoflurane nalbuphine pentazocine methylnaltrexone fluconazole ketorolac glyceryl nitroglycerin"
)
SYNONYMS = {
    "paracetamol": "acetaminophen",
    "adrenaline": "epinephrine",
    "pethidine": "meperidine",
    "rifampin": "rifampicin",
    "albuterol": "salbutamol",
    "frusemide": "furosemide",
}
NAMES = frozenset([*(DRUGS - CLASSES), *MORE.split(), *SYNONYMS])
CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфхцыэіґ", ["a", "b", "v", "g", "d", "e", "s", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "k", "s", "i", "e", "i", "g"], strict=True
    )
) | {"є": "e", "ї": "i", "ю": "iu", "я": "ia", "ь": "", "ъ": "", "ж": "s", "ч": "s", "ш": "s", "щ": "s"}  # fmt: skip


@lru_cache(maxsize=1 << 15)
def skeleton(word: str) -> str:
    """The sounds of a name, without the spelling and ending of its language: `morphine`, `morfina` and `морфин` are one."""
    return stem(sounds(word))


def sounds(word: str) -> str:
    """The sounds of a word with its ending."""
    if not word.isascii():
        word = unicodedata.normalize("NFD", "".join([CYRILLIC.get(char, char) for char in word]))
    plain = NO_LETTER.sub("", word)
    for old, new in CONSONANTS:
        plain = plain.replace(old, new)
    plain = "".join([char for char, following in zip(plain, f"{plain[1:]} ", strict=False) if char != following])
    for old, new in VOWELS:
        plain = plain.replace(old, new)
    return plain


def stem(sounds: str) -> str:
    """The sounds of a word without its ending."""
    return ENDING.sub("", sounds) if len(sounds) > 5 else sounds


NO_LETTER = re.compile("[^a-zA-Z]+")
CONSONANTS = (
    ("ph", "f"), ("qu", "k"), ("ch", "k"), ("ck", "k"), ("x", "ks"), ("y", "i"), ("h", ""), ("z", "s"), ("w", "v"), ("j", "i"),
    ("ce", "se"), ("ci", "si"), ("c", "k"),
)  # fmt: skip
VOWELS = (("ai", "e"), ("ei", "e"), ("oi", "o"), ("eu", "e"), ("ae", "e"), ("oe", "e"))
ENDING = re.compile(r"(?:um|us|[aeiou]|om|es|as|os|am|en|i[ns]?)+$")


@lru_cache(maxsize=1)
def skeletons() -> dict[str, str]:
    return {skeleton(name): SYNONYMS.get(name, name) for name in sorted(NAMES, reverse=True)}


LEAST = 4
"""Sounds that a name has at least, its ending aside."""


@lru_cache(maxsize=1)
def beginnings() -> frozenset[str]:
    """The first sounds of all names."""
    return frozenset(name[: LEAST - 1] for name in skeletons() if len(name) >= LEAST - 1)


LONGEST = 28


@lru_cache(maxsize=1 << 15)
def medicine(word: str) -> str:
    """The medicine a word names, by its international name; "" for any other word."""
    if not 5 <= len(word) <= LONGEST or not ("a" <= word[0] <= "z" or "\u0400" <= word[0] <= "\u04ff"):
        return ""
    heard = sounds(word)
    if heard[: LEAST - 1] not in beginnings() and word[0] != "г":
        return ""
    said = stem(heard)
    if len(said) < LEAST:
        return ""
    silent = said[1:] if word[0] == "г" else said  # гидро-, гепарин: a Greek h
    return skeletons().get(said) or skeletons().get(silent, "")


def readable(language: Language) -> bool:
    """Whether any name can be read off a text of the language; in other scripts only those of its own table are known."""
    return bool(language.scripts & {"Latn", "Cyrl"})
