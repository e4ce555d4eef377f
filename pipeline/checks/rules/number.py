"""Every number of the English stands in the translation, as digits or as a word; one that changed is an error."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    missing, extra = pair.agreement.missing, pair.agreement.extra
    if missing and extra:
        was, now = ", ".join(item.text for item in missing), ", ".join(item.text for item in extra)
        yield f"The English says {was}, the translation {now}. Write the same number."


CHECK = Check(
    "number",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.unanswered,
    good=(
        ("es", "Take 0.5 mg", "Tome 0,5 mg"),
        ("de", "1,000 people", "1.000 Menschen"),
        ("fr", "12,000 people", "12 000 personnes"),
        ("hi", "1,051,635 cases", "10,51,635 मामले"),
        ("ar", "Take 10 mg", "تناول ١٠ ملغ"),
        ("ar", "Cells have ACE2", "الخلايا لها الإنزيم المحول للأنجيوتنسين 2"),
        ("es", "1.5 billion people", "1500 millones de personas"),
        ("hi", "1.8 million people", "18 लाख लोग"),
        ("zh_Hans", "300 million people", "3亿人"),
        ("zh_Hans", "On March 5, call us", "3月5日请致电"),
        ("es", "19th century", "siglo XIX"),
        ("es", "phase 2", "fase II"),
        ("es", "in 2019–20", "en 2019-2020"),
        ("es", "Wait 3 days", "Espere tres días"),
        ("fr", "Open at 3 p.m.", "Ouvert à 15 h"),
    ),
    bad=(
        ("es", "Take 5 mg", "Tome 50 mg"),
        ("es", "Take 0.5 mg", "Tome 5 mg"),
        ("zh_Hans", "300 million people", "30亿人"),
        ("ar", "Take 10 mg", "تناول ١٠٠ ملغ"),
        ("ar", "Cells have ACE2", "الخلايا لها الإنزيم المحول للأنجيوتنسين 5"),
    ),
)
