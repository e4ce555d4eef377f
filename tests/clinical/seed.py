"""Seeded clinical edits: `python tests/clinical/seed.py` writes one table a kind beside this file, always the same bytes.

Each row is an edit an editor could make: a sentence, the same sentence with one thing changed, the grade it must get,
and the change in words. One row in four carries a harmless change as well, so that nothing hides behind another edit.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROWS = 240
Row = tuple[str, str, str, str]
"""Grade, before, after, what changed."""

DRUGS = ["morphine", "hydromorphone", "baclofen", "ziconotide", "bupivacaine", "clonidine", "fentanyl", "naloxone"]
DOSES = [
    "Your pump holds {} of medicine.",
    "Take {} with a full glass of water.",
    "The nurse gives you {} on the first day.",
    "Do not take more than {} without asking us.",
    "**Dose:** {} by mouth",
    "Your starting dose is {}, and we raise it slowly.",
    "If you missed a dose, take {} and call [your nurse](contact.md).",
    "{} of baclofen",
    "We refill the reservoir with {} at each visit.",
    "Tell us if {} does not help your pain.",
    "The syringe is marked up to {}; fill it no higher.",
    "In a trial, the doctor injects {} near your spine.",
]
COUNTS = [
    "Stay in bed for {} hours after the procedure.",
    "Your battery lasts about {} years.",
    "Do not lift anything over {} pounds.",
    "You will have {} small cuts on your abdomen.",
    "Bring {} copies of your pump card.",
    "Most people go home after {} days.",
    "Call us if the alarm sounds for more than {} minutes.",
    "Wait {} weeks before you swim.",
    "Eat nothing for {} hours before surgery.",
    "The scar is about {} inches long.",
    "| Nights in hospital | {} nights |",
    "Keep magnets at least {} inches away from the pump.",
]
NUMBERS = [2, 3, 4, 5, 6, 8, 10, 12, 14, 15, 18, 20, 24, 30, 36, 40, 45, 48, 60, 72, 90]
WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fifteen", "twenty"]
UNITS = ["mg", "mcg", "g", "ml", "units", "mg/ml", "tablets", "drops", "teaspoons", "mmol", "liters", "capsules"]
CALLS = [
    "Call us at {} if you feel dizzy.",
    "After hours, the number is {}.",
    "To move your refill, dial {} and ask for the pump team.",
    "**{}** – the line is open day and night.",
    "Pharmacy: {}",
    "Leave a message at {}, and we call you back.",
    "Interpreters: call {} and say the name of your language.",
    "Your family can reach the nurse at {}.",
]
TIMES = [
    "Eat nothing after {}.",
    "Come to the front desk at {}.",
    "Take your last tablet at {} on the day before.",
    "The clinic opens at {}.",
    "You may drink clear liquids until {}.",
    "Your surgery starts at {}; be early.",
    "Visits end at {} every day.",
    "If it still hurts at {}, call us.",
]
DAYS = [
    "Your refill is on {}.",
    "The clinic is closed on {}.",
    "Surgery is planned for {}, before noon.",
    "Bring the form back by {}.",
    "Stop eating on the evening of {}.",
    "The next class for families is on {}.",
    "From {}, the pharmacy has new hours.",
    "We call you on {} with the results.",
]
PLAIN = [
    "Call your doctor if the alarm sounds.",
    "The pump sits under the skin of your abdomen.",
    "Tell us about every medicine you take, and bring the bottles.",
    "Show your pump card to the dentist before any treatment.",
    "A nurse checks your breathing often.",
    "Rest at home and drink water.",
    "Keep the wound clean and dry.",
    "Your care team can program the pump from outside.",
    "Wear loose clothes on the day of surgery.",
    "Ask someone to drive you home.",
    "The alarm is a soft beep at first.",
    "Heat can make the medicine flow faster.",
    "A headache after surgery is common.",
    "Read [the booklet](booklet.md) with your family.",
    "Carry your card with you, and keep a copy at home.",
    "We refill the pump through the skin with a thin needle.",
    "Write your questions down so that you have them at the visit.",
    "The catheter is a soft tube that carries medicine to your spine.",
    "Physical therapy helps your back after surgery.",
    "Your team explains each step and answers your questions.",
]


def changed(templates: list[str], values: Callable[[random.Random], tuple[str, str]]) -> Callable[[random.Random], Row]:
    """A maker of critical rows: one template, one value that becomes another."""

    def make(rng: random.Random) -> Row:
        one, other = values(rng)
        template = rng.choice(templates)
        return "critical", template.format(one), template.format(other), f"{one} → {other}"

    return make


def pairs(templates: list[str], *swaps: str) -> Callable[[random.Random], Row]:
    """A maker of critical rows from `one/other` swaps, in either direction."""

    def values(rng: random.Random) -> tuple[str, str]:
        one, other = rng.choice(swaps).split("/")
        return (one, other) if rng.random() < 0.5 else (other, one)

    return changed(templates, values)


def two(rng: random.Random, values: list[str]) -> tuple[str, str]:
    one, other = rng.sample(values, 2)
    return one, other


def number(rng: random.Random) -> Row:
    if rng.random() < 0.5:
        unit = rng.choice(UNITS)
        return changed(DOSES, lambda r: tuple(f"{n} {unit}" for n in r.sample(NUMBERS, 2)))(rng)  # type: ignore[arg-type, return-value]
    return changed(COUNTS, lambda r: tuple(map(str, r.sample(NUMBERS, 2))))(rng)  # type: ignore[arg-type, return-value]


def unit(rng: random.Random) -> Row:
    amount = rng.choice(NUMBERS)
    return changed(DOSES, lambda r: tuple(f"{amount} {name}" for name in r.sample(UNITS, 2)))(rng)  # type: ignore[arg-type, return-value]


def span(rng: random.Random) -> Row:
    low, high = sorted(rng.sample(NUMBERS, 2))
    other = rng.choice([n for n in NUMBERS if n not in (low, high)])
    join, there = rng.choice(["–", " to ", "-"]), rng.random()
    one = f"{low}{join}{high}"
    two_ = (
        f"{low}{join}{other}"
        if there < 0.4
        else f"{other}{join}{high}"
        if there < 0.7
        else rng.choice([f"{low}", f"{high}", f"{low} or {high}"])
    )
    return changed(COUNTS, lambda r: (one, two_))(rng)


def decimal(rng: random.Random) -> Row:
    unit_ = rng.choice(["mg", "ml", "mg/ml", "g", "mcg"])
    tenths = rng.randint(1, 95)
    one = f"{tenths / 10:.1f} {unit_}"
    other = rng.choice(
        [
            f"{tenths} {unit_}",
            f"{tenths / 100:.2f} {unit_}",
            f"{(tenths + rng.randint(1, 9)) / 10:.1f} {unit_}",
            f"{tenths / 10:.1f}5 {unit_}",
        ]
    )
    return changed(DOSES, lambda r: (one, other))(rng)


def number_word(rng: random.Random) -> Row:
    if rng.random() < 0.6:
        return changed(COUNTS, lambda r: two(r, WORDS))(rng)
    return pairs(
        ["Take it {} a day.", "Check the dressing {} a day.", "We see you {} in the first month.", "Turn the key {} and wait."],
        "once/twice", "twice/three times", "once/four times", "two times/three times",
    )(rng) if rng.random() < 0.5 else pairs(
        ["Take {} a tablet at bedtime.", "Cut the dose by {} a milligram.", "Drink {} a cup of water an hour."],
        "half/a quarter of", "half/one and", "half/two and",
    )(rng)  # fmt: skip


def frequency(rng: random.Random) -> Row:
    return pairs(
        ["Clean the skin {}.", "Take your tablets {}.", "Check the alarm {}.", "We measure the level {}.", "Change the dressing {} until it is dry.", "Your pump gives a small dose {}.", "Write down your pain {}.", "A nurse visits you {}."],
        "daily/weekly", "every day/every week", "every 6 hours/every 8 hours", "each morning/each evening", "every morning/every night",
        "monthly/weekly", "every hour/every day", "twice daily/daily", "every other day/every day", "once a week/once a month",
        "every two weeks/every two months", "at bedtime/at breakfast", "before meals/after meals", "every 3 months/every 3 weeks",
    )(rng)  # fmt: skip


def time(rng: random.Random) -> Row:
    clock = (
        [f"{h} {m}" for h in range(1, 13) for m in ("a.m.", "p.m.")]
        + [f"{h}:{m} a.m." for h in (6, 7, 8, 9) for m in (15, 30, 45)]
        + ["noon", "midnight", "08:00", "20:00", "12:30"]
    )
    return changed(TIMES, lambda r: two(r, clock))(rng)


def date(rng: random.Random) -> Row:
    week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    year = [f"{m} {d}" for m in ("January", "March", "May", "June", "August", "December") for d in (2, 3, 12, 21, 30)]
    full = ["12/05/2026", "05/12/2026", "2026-12-05", "2026-12-15", "January 2026", "January 2027"]
    return changed(DAYS, lambda r: two(r, r.choice([week, year, full])))(rng)


def phone(rng: random.Random) -> Row:
    digits = [rng.randint(0, 9) for _ in range(4)]
    other = digits.copy()
    at = rng.randrange(4)
    other[at] = (other[at] + rng.randint(1, 9)) % 10
    area = rng.choice(["555-01", "(555) 01", "1-800-555-01", "+1 555 01"])
    show = ["".join(map(str, part)) for part in (digits, other)]
    if rng.random() < 0.15:
        return changed(CALLS, lambda r: two(r, ["911", "811", "988", "112"]))(rng)
    return changed(CALLS, lambda r: (f"{area}{show[0]}", f"{area}{show[1]}"))(rng)


def negation(rng: random.Random) -> Row:
    return pairs(
        ["{} stop the medicine on your own.", "If you feel weak, {} drive home.", "When the alarm sounds, {} wait.", "{} lie on the side of the pump.", "After surgery, {} bend forward.", "{} use a heating pad near the wound.", "With a fever, {} take a second dose before you call.", "For the first week, {} lift your child.", "{} open the dressing at home."],
        "do not/you may", "never/always", "Do not/Do", "don't/do", "you cannot/you can", "you should not/you should", "do not/please",
    )(rng) if rng.random() < 0.55 else pairs(
        ["The pump is {} for people with a fever.", "This test is {} after the first month.", "Swimming is {} with an open wound.", "The scan is {} with this pump.", "The result was {} this time.", "Driving is {} on these tablets.", "It is {} to mix the two medicines."],
        "safe/unsafe", "safe/not safe", "possible/impossible", "needed/not needed", "allowed/not allowed", "normal/abnormal", "wrong/not wrong", "useful/not useful",
    )(rng) if rng.random() < 0.6 else pairs(
        ["{} taking baclofen when you travel.", "{} the tablets until we call you.", "{} eating two hours before the scan.", "On the morning of surgery, {} your blood thinner.", "You can go home {} a nurse.", "Come {} your family.", "Eat {} salt.", "You have {} pain after the trial.", "{} of the medicines helped."],
        "stop/keep", "hold/take", "stop/start", "skip/take", "with/without", "no/some", "no/more", "none/all", "avoid/try",
    )(rng)  # fmt: skip


def modal(rng: random.Random) -> Row:
    return pairs(
        ["You {} call us if you feel sick.", "Your family {} stay with you overnight.", "Patients with a pump {} have this scan.", "The nurse {} change the dose at the visit.", "You {} drive on the same day.", "A guardian {} sign the form.", "You {} carry the card at all times.", "The dentist {} see your card first.", "People with a fever {} wait.", "You {} take your tablets on the day of surgery."],
        "must/may", "should/must", "can/must", "may/should", "must/can", "might/must", "need to/may", "have to/can", "could/should", "are allowed to/have to", "must/usually", "always/sometimes", "should/",
    )(rng)  # fmt: skip


def comparative(rng: random.Random) -> Row:
    return rng.choice([
        pairs(["Call us if your temperature goes {} 38 °C.", "Stop if your pulse is {} 50.", "The level stays {} 10 all day."], "above/below", "over/under"),
        pairs(["Eat {} salt than before.", "You may need {} medicine by mouth.", "Take {} than two tablets a day.", "Rest for {} than an hour."], "more/less", "more/fewer"),
        pairs(["Take the tablet {} you eat.", "Wash your hands {} you touch the dressing.", "Call us {} the surgery.", "Drink water {} the scan."], "before/after"),
        pairs(["Heat can {} the flow of medicine.", "We {} the dose step by step.", "Caffeine may {} your blood pressure."], "increase/decrease", "increase/reduce", "raise/lower"),
        pairs(["A {} dose works better for spasms.", "The second dose is {}.", "Keep your head {} than your feet.", "The risk is {} in the first week."], "higher/lower"),
        pairs(["Drink {} a cup of water an hour.", "Wait {} 2 hours.", "Walk {} 10 minutes a day.", "Keep the phone {} 6 inches away."], "at least/at most"),
        pairs(["{} dose in a day: 5 tablets.", "The {} time between two doses is 4 hours."], "maximum/minimum", "Maximum/Minimum"),
        pairs(["Your pain may get {} at first.", "Call us if the swelling gets {}."], "worse/better"),
        pairs(["The pump alarm gets {} as the battery ends.", "Call us if you feel {} than usual."], "warmer/colder", "weaker/stronger"),
        pairs(["Switch the pump {} before the scan.", "Keep the remote {} during the flight.", "Turn the light {} and look at the dressing."], "on/off"),
    ])(rng)  # fmt: skip


def laterality(rng: random.Random) -> Row:
    return pairs(
        ["The pump is on the {} side of your abdomen.", "Lie on your {} side for an hour.", "The catheter ends in the {} back.", "Pain in the {} leg is common.", "The scar is on the {} side of the spine.", "Check the skin over the {} hip.", "The needle goes into the {} part of the port.", "Numbness in the {} foot can be a sign of trouble.", "Raise the {} arm slowly."],
        "left/right", "upper/lower", "left/left or right", "right/either", "left/both", "inner/outer", "front/back", "top/bottom", "upper/lower",
    )(rng)  # fmt: skip


def name(rng: random.Random) -> Row:
    return changed(
        ["Your pump is filled with {}.", "Never mix {} with other medicines on your own.", "Side effects of {} can start slowly.", "{} relaxes tight muscles.", "If you run out of {}, call us at once.", "**{}** is given for nerve pain.", "Carry {} for emergencies.", "The {} pump is safe in most scanners.", "People who are allergic to {} need another plan.", "Ask your pharmacist about {} and sleep."],
        lambda r: two(r, [*DRUGS, "SynchroMed II", "Prometra II"]),
    )(rng)  # fmt: skip


def contact(rng: random.Random) -> Row:
    return rng.choice([
        changed(["Read [the leaflet](https://{}/leaflet).", "More is on [their page](https://{}/pumps/en) in plain words.", "Book [a visit](https://{}/book) or call us."], lambda r: two(r, ["clinic.example", "pumps.example.org", "health.example.com", "example.net"])),
        changed(["Call [our nurse](tel:{}) day and night.", "[Call now](tel:{}) if you cannot breathe well."], lambda r: two(r, ["+15550100", "+15550101", "911", "+15550199"])),
        changed(["Write to [the team](mailto:{}).", "Send the form to [us](mailto:{}) by mail."], lambda r: two(r, ["pumps@clinic.example", "nurse@clinic.example", "pumps@example.com"])),
        changed(["Call us at {} when you are sick.", "The line {} is open day and night.", "You can reach the team at {}, also on weekends."], lambda r: two(r, ["{clinic.phone}", "{clinic.fax}", "{clinic.after_hours}", "{clinic.emergency}"])),
        changed(["Open {} to read more.", "Your form is at {} for you to print."], lambda r: two(r, ["https://clinic.example/a", "https://pumps.example.org/a", "www.example.com/a"])),
    ])(rng)  # fmt: skip


def any_sentence(rng: random.Random) -> str:
    """A sentence of any kind, filled in."""
    pick = rng.random()
    if pick < 0.45:
        return rng.choice(PLAIN)
    if pick < 0.7:
        return rng.choice(DOSES).format(f"{rng.choice(NUMBERS)} {rng.choice(UNITS[:4])}")
    return rng.choice(COUNTS[:10]).format(rng.choice(NUMBERS)) if pick < 0.85 else rng.choice(CALLS).format("555-0100")


def punctuation(rng: random.Random) -> Row:
    text = any_sentence(rng)
    words = text.split(" ")
    if rng.random() < 0.5 or len(words) < 5:
        new = text[:-1] + rng.choice(["!", ""]) if text.endswith(".") else text + "."
        return "cosmetic", text, new, "the end mark"
    spots = [
        i
        for i in range(1, len(words) - 1)
        if words[i].isalpha()
        and words[i + 1].isalpha()
        and words[i].lower() not in {"not", "no", "never", "do", "nothing", "without"}
    ]
    if not spots:
        return "cosmetic", text, text.rstrip("."), "the end mark"
    at = rng.choice(spots)
    words[at] += rng.choice([",", ";", ":"])
    return (
        ("cosmetic", text, " ".join(words), "a comma, colon or semicolon")
        if rng.random() < 0.6
        else ("cosmetic", " ".join(words), text, "a comma, colon or semicolon less")
    )


def case(rng: random.Random) -> Row:
    text = any_sentence(rng)
    words = text.split(" ")
    spots = [
        i for i, word in enumerate(words) if len(word) > 2 and word.strip("*.,;:|").isalpha() and word not in UNITS
    ]
    at = rng.choice(spots or [0])
    words[at] = rng.choice([str.upper, str.capitalize, str.swapcase])(words[at])
    new = " ".join(words)
    return (
        "cosmetic",
        text,
        new
        if new != text
        else text.upper()
        if "](" not in text and not any(c.isdigit() for c in text)
        else f"{text[0].swapcase()}{text[1:]}",
        "letter case",
    )


def quotes(rng: random.Random) -> Row:
    text = rng.choice(PLAIN).rstrip(".")
    word = rng.choice([w for w in text.split(" ") if w.isalpha() and len(w) > 3])
    marks = rng.sample(['"{}"', "“{}”", "‘{}’", "'{}'", "«{}»"], 2)
    if rng.random() < 0.5:
        one, other = (re.sub(rf"\b{word}\b", mark.format(word), text, count=1) for mark in marks)
        return "cosmetic", one, other, "quotation marks"
    extra = rng.choice(["the nurse's card", "your team's plan", "the pump's battery"])
    dash = rng.sample([" – ", " — ", " - ", " -- "], 2)
    if rng.random() < 0.7:
        return "cosmetic", f"{text}{dash[0]}see {extra}.", f"{text}{dash[1]}see {extra}.", "dashes"
    return "cosmetic", f"{text}: see {extra}.", f"{text}: see {extra.replace(chr(39), '’')}.", "apostrophe"


def emphasis(rng: random.Random) -> Row:
    text = rng.choice([*PLAIN, *(t.format(rng.choice(NUMBERS)) for t in COUNTS[:10])])
    word = rng.choice([w for w in text.rstrip(".").split(" ") if w.isalpha()])
    marks = rng.sample(["{}", "*{}*", "**{}**", "_{}_", "__{}__"], 2)
    one, other = (re.sub(rf"\b{word}\b", mark.format(word), text, count=1) for mark in marks)
    return "cosmetic", one, other, "emphasis"


def link_path(rng: random.Random) -> Row:
    template = rng.choice(
        [
            "See [your card](@) before the visit.",
            "Read [the plan](@) with your family, and ask us.",
            "The steps are in [the list](@).",
            "**Next:** [after surgery](@)",
            "[Alarms](@) tells you what each sound means.",
            "![The pump under the skin](@) The pump is round.",
            "Keep [this page](@) where you can find it.",
            "Your [first weeks](@) at home are for rest.",
        ]
    )
    one, other = rng.choice([
        rng.sample(["card.md", "alarms.md#sounds", "before-surgery.md", "images/pump.svg", "living.md#rest", "plan.md", "../plan.md"], 2),
        [f"https://clinic.example/{p}" for p in rng.sample(["a", "b/c", "en/pumps", "leaflet.pdf", "plan?x=1"], 2)],
        ["http://clinic.example/plan", "https://clinic.example/plan"],
    ])  # fmt: skip
    return "cosmetic", template.replace("@", one), template.replace("@", other), "link target"


def wording(rng: random.Random) -> Row:
    swaps = {
        "doctor": "physician",
        "nurse": "specialist",
        "abdomen": "belly",
        "explains": "describes",
        "thin": "fine",
        "soft": "gentle",
        "home": "house",
        "drive": "take",
        "booklet": "brochure",
        "helps": "supports",
        "clean": "tidy",
        "treatment": "procedure",
        "medicine": "drug",
        "card": "booklet",
        "questions": "worries",
        "visit": "appointment",
        "family": "relatives",
        "tube": "line",
        "skin": "surface",
        "pump": "device",
        "hospital": "clinic",
    }
    text = rng.choice(PLAIN + [t.format(rng.choice(NUMBERS)) for t in COUNTS])
    found = [w for w in swaps if f" {w}" in f" {text}"]
    pick = rng.random()
    if found and pick < 0.5:
        one = rng.choice(found)
        grade = (
            "critical" if one in {"nurse", "card", "skin", "questions"} else "wording"
        )  # another person, another thing
        return grade, text, text.replace(one, swaps[one], 1), f"{one} → {swaps[one]}"
    if pick < 0.75:
        order = text.split()[0] in {
            "Call",
            "Tell",
            "Show",
            "Rest",
            "Keep",
            "Wear",
            "Ask",
            "Carry",
            "Write",
            "Bring",
            "Wait",
            "Stay",
        }
        extra = rng.choice(
            ["Please", "Remember to"] if order else ["Remember:", "As a rule,", "Good to know:", "Thank you."]
        )
        new = f"{text} {extra}" if extra == "Thank you." else f"{extra} {text[0].lower()}{text[1:]}"
        return "wording", text, new, f"“{extra}” added"
    if pick < 0.85 and text.endswith("."):
        return "wording", text, f"{text[:-1]}?", "? for ."
    extra = rng.choice(["Your team is here for you.", "We are glad to help.", "Your family is welcome, too."])
    return (
        ("wording", text, f"{text} {extra}", "a sentence added")
        if rng.random() < 0.5
        else ("wording", f"{text} {extra}", text, "a sentence removed")
    )


KINDS: dict[str, Callable[[random.Random], Row]] = {
    "number": number, "unit": unit, "range": span, "decimal": decimal, "number-word": number_word, "frequency": frequency,
    "time": time, "date": date, "phone": phone, "negation": negation, "modal": modal, "comparative": comparative,
    "laterality": laterality, "name": name, "contact": contact, "punctuation": punctuation, "case": case,
    "quotes-and-dashes": quotes, "emphasis": emphasis, "link-path": link_path, "wording": wording,
}  # fmt: skip


def disguised(rng: random.Random, row: Row) -> Row:
    """A grave row with a harmless change beside the grave one."""
    grade, before, after, what = row
    if grade != "critical" or rng.random() > 0.25 or not after:
        return row
    return rng.choice([
        (grade, before, after + " Thank you for reading.", f"{what}, and a sentence added"),
        (grade, before, f"Please note: {after}", f"{what}, and words before"),
        (grade, before, after.rstrip(".") + "!", f"{what}, and the end mark"),
        (grade, before, after.replace(" the ", " *the* ", 1), f"{what}, and emphasis"),
        (grade, f"{before} We are glad to help.", f"We are glad to help. {after}", f"{what}, and a sentence moved"),
    ])  # fmt: skip


def table(kind: str) -> Iterator[Row]:
    """The rows of one kind, each once."""
    rng = random.Random(f"lockstep {kind}")
    seen: set[tuple[str, str]] = set()
    for _ in range(200_000):
        row = disguised(rng, KINDS[kind](rng))
        tidy = tuple(" ".join(part.split()) for part in row)
        one, other = tidy[1], tidy[2]
        if one != other and (one, other) not in seen:
            seen.add((one, other))
            yield tidy[0], one, other, tidy[3]
        if len(seen) == ROWS:
            return


def main() -> None:
    for kind in KINDS:
        rows = ["severity\tbefore\tafter\twhat", *("\t".join(row) for row in table(kind))]
        (HERE / f"{kind}.tsv").write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
