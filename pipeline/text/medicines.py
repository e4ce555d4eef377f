"""Medicines by their international names: which of them a text of any language names.

Most languages write an INN with their own ending and letters (morphine, morfina, Morphin, морфин). So names are compared by
a skeleton of their sounds; where a language writes otherwise (吗啡, مورفين), its table `[names]` says how.
Source: WHO, Guidance on INN (1997), which asks for such names to be kept in step across languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pipeline.text.languages import Language
from pipeline.text.lexicon import DRUGS
from pipeline.text.quantities import Token

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
CYRILLIC = {
    ord(cyrillic): latin
    for cyrillic, latin in zip(
        "абвгдезийклмнопрстуфхцыэіґ", ["a", "b", "v", "g", "d", "e", "s", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "k", "s", "i", "e", "i", "g"], strict=True
    )
} | {ord("є"): "e", ord("ї"): "i", ord("ю"): "iu", ord("я"): "ia", ord("ь"): "", ord("ъ"): "", ord("ж"): "s", ord("ч"): "s", ord("ш"): "s", ord("щ"): "s"}  # fmt: skip


@lru_cache(maxsize=1 << 15)
def skeleton(word: str) -> str:
    """The sounds of a name, without the spelling and ending of its language: `morphine`, `morfina` and `морфин` are one."""
    plain = unicodedata.normalize("NFD", word.translate(CYRILLIC))
    plain = "".join(char for char in plain if char.isalpha() and char.isascii())
    for old, new in (
        ("ph", "f"),
        ("qu", "k"),
        ("ch", "k"),
        ("ck", "k"),
        ("x", "ks"),
        ("y", "i"),
        ("h", ""),
        ("z", "s"),
        ("w", "v"),
        ("j", "i"),
    ):
        plain = plain.replace(old, new)
    plain = re.sub(r"c(?=[ei])", "s", plain).replace("c", "k")
    plain = re.sub(r"(.)\1+", r"\1", plain)
    plain = (
        plain.replace("ai", "e")
        .replace("ei", "e")
        .replace("oi", "o")
        .replace("eu", "e")
        .replace("ae", "e")
        .replace("oe", "e")
    )
    return re.sub(r"(?:um|us|[aeiou]|om|es|as|os|am|en|i[ns]?)+$", "", plain) if len(plain) > 5 else plain


@lru_cache(maxsize=1)
def skeletons() -> dict[str, str]:
    return {skeleton(name): SYNONYMS.get(name, name) for name in sorted(NAMES, reverse=True)}


LONGEST = 28


@lru_cache(maxsize=1 << 15)
def medicine(word: str) -> str:
    """The medicine a word names, by its international name; "" for any other word."""
    if not 5 <= len(word) <= LONGEST or not ("a" <= word[0] <= "z" or "\u0400" <= word[0] <= "\u04ff"):
        return ""
    said = skeleton(word)
    if len(said) < 4:
        return ""
    silent = said[1:] if word[0] == "г" else said  # гидро-, гепарин: a Greek h
    return skeletons().get(said) or skeletons().get(silent, "")


def medicines(tokens: Iterable[Token]) -> frozenset[str]:
    """The medicines that a text names."""
    found = set()
    for token in tokens:
        if token.kind == "word" and (token.senses or len(token.text) > 4):
            said = next((sense.value for sense, _ in token.senses if sense.kind == "name"), "")
            if name := SYNONYMS.get(said, said) or medicine(token.text):
                found.add(name)
    return frozenset(found)


def readable(language: Language) -> bool:
    """Whether any name can be read off a text of the language; in other scripts only those of its own table are known."""
    return bool(language.scripts & {"Latn", "Cyrl"})
