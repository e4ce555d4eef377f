"""What severity says of edits of sentences that nobody here wrote: `python -m bench.rewordings CATALOG [--wordnet DIR] [--show KIND]`.

Each English sentence of a catalog is edited by machine, in ways that change what it says (`REAL`, every one of which must turn it English)
and in ways that do not (`HARMLESS`, few of which may). A third of the sentences, by a hash, is unseen: of it nothing but the counts is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from pipeline.catalog import po_file
from pipeline.content.inline import parse
from pipeline.core.inline import Syntax
from pipeline.core.model import Severity
from pipeline.severity.severity import grade

Edit = Callable[[str, random.Random], str | None]


def swap(pairs: str) -> Edit:
    """Put one word or phrase for another: pairs `a/b`, parted by commas, in both directions; `a>b` in one."""
    ways = [way for pair in pairs.split(",") for way in ways_of(pair.strip())]

    def edit(text: str, rng: random.Random) -> str | None:
        rng.shuffle(ways)
        for old, new in ways:
            found = list(re.finditer(rf"(?<![\w'’-]){re.escape(old)}(?![\w'’-])", text, re.I))
            if found:
                match = rng.choice(found)
                return text[: match.start()] + cased(match[0], new) + text[match.end() :]
        return None

    return edit


def ways_of(pair: str) -> list[tuple[str, str]]:
    if ">" in pair:
        old, new = pair.split(">")
        return [(old, new)]
    old, new = pair.split("/")
    return [(old, new), (new, old)]


def cased(old: str, new: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() and old[1:2].islower() else new


def replaced(pattern: str, new: str | Callable[[re.Match[str]], str | None], *, start: bool = False) -> Edit:
    """One of the places of a pattern, otherwise. `start`: a sentence begins behind it."""

    def edit(text: str, rng: random.Random) -> str | None:
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        match = rng.choice(found)
        put = match.expand(new) if isinstance(new, str) else new(match)
        if put is None:
            return None
        rest = text[match.end() :]
        made = tidy(text[: match.start()] + put + (capital(rest) if start else rest))
        return made[:1].upper() + made[1:] if text[:1].isupper() else made

    return edit


def tidy(text: str) -> str:
    return re.sub(r"\s+([,.;:?!])", r"\1", re.sub(r"\s{2,}", " ", text)).strip()


def number(text: str, rng: random.Random) -> str | None:
    found = list(re.finditer(r"(?<![\w.,-])\d+(?![\w-])", text))
    if not found:
        return None
    match = rng.choice(found)
    other = rng.choice([int(match[0]) + 1, int(match[0]) * 10, max(int(match[0]) - 1, 0) or 7])
    return text[: match.start()] + str(other) + text[match.end() :]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[:2] in {"A ", "I "} else text


def items(text: str) -> list[re.Match[str]]:
    """Lists of three or more: `a, b, and c`."""
    return list(re.finditer(r"(\b[a-z][\w-]*), ([a-z][\w-]*(?: [a-z][\w-]*)?),? (and|or) ([a-z][\w-]*)", text))


def item_dropped(text: str, rng: random.Random) -> str | None:
    found = items(text)
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + f"{match[1]} {match[3]} {match[4]}" + text[match.end() :]


def items_turned(text: str, rng: random.Random) -> str | None:
    found = [match for match in items(text) if " " not in match[2]]
    if not found:
        return None
    match = rng.choice(found)
    return (
        text[: match.start()]
        + match[0].replace(f"{match[1]}, {match[2]}", f"{match[2]}, {match[1]}", 1)
        + text[match.end() :]
    )


CLAUSE = r"(?:if|when|unless|while|until|because|although|after|before)\b"


def clause_dropped(text: str, rng: random.Random) -> str | None:
    opening = re.fullmatch(rf"(?:{CLAUSE})[^,.;]{{8,}}, ([^.;]{{15,}}[.!])", text, re.I)
    if opening:
        return capital(opening[1])
    closing = re.fullmatch(rf"([A-Z][^.;]{{15,}}?),? {CLAUSE} [^.;]{{8,}}\.", text)
    return f"{closing[1]}." if closing else None


def clause_moved(text: str, rng: random.Random) -> str | None:
    opening = re.fullmatch(r"((?:If|When|While|Because|After|Before|Although|Since) [^,.;]{5,}), ([^.;,]{15,})\.", text)
    if opening:
        return f"{capital(small(opening[2]))} {small(opening[1])}."
    closing = re.fullmatch(
        r"([A-Z][^.;,]{15,}?),? ((?:if|when|while|because|after|before|although) [^.;,]{8,})\.", text
    )
    return f"{capital(closing[2])}, {small(closing[1])}." if closing else None


def ends_swapped(text: str, rng: random.Random) -> str | None:
    """Who does it to whom: the nouns before and after the verb."""
    match = re.search(
        r"\b(?!also|that|which|this)([A-Za-z]{4,}s?) (?:(?:can|may|will) )?(?:cause|causes|affect|affects|infect|infects|protect|protects|reduce|reduces|prevent|prevents|increase|increases|exceeds?|precedes?|follows?) (?:the |a )?(?!against)([a-z]{4,}s?)\b",
        text,
    )
    if not match or match[1].lower() == match[2]:
        return None
    middle = text[match.end(1) : match.start(2)]
    return text[: match.start(1)] + cased(match[1], match[2]) + middle + small(match[1]) + text[match.end(2) :]


@lru_cache(1)
def wordnet(folder: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Part of speech → word → words of one kind with it (sisters under one hypernym; for adjectives, antonyms): first senses, one word each."""
    made: dict[str, dict[str, list[str]]] = {}
    for part in ("noun", "verb", "adj"):
        rows: dict[str, tuple[list[str], list[str], list[str]]] = {}
        for line in (Path(folder) / f"data.{part}").read_text("utf-8", "replace").split("\n"):
            if not line[:1].isdigit():
                continue
            fields = line.split(" | ")[0].split()
            count = int(fields[3], 16)
            words = [fields[4 + 2 * at].split("(")[0] for at in range(count)]
            rest = fields[4 + 2 * count :]
            links = [(rest[1 + 4 * at], rest[2 + 4 * at]) for at in range(int(rest[0]))]
            rows[fields[0]] = (
                words,
                [to for kind, to in links if kind == "@"],
                [to for kind, to in links if kind == "!"],
            )
        below: defaultdict[str, list[str]] = defaultdict(list)
        for at, (_, above, _) in rows.items():
            for one in above:
                below[one].append(at)
        common = {
            line.split("%")[0]
            for line in (Path(folder) / "cntlist.rev").read_text().split("\n")
            if line and int(line.split()[2]) > 3
        }
        found: dict[str, list[str]] = {}
        for line in (Path(folder) / f"index.{part}").read_text().split("\n"):
            if not line or line[0] == " ":
                continue
            fields = line.split()
            word, first = fields[0], fields[-int(fields[2])]
            if not word.isalpha() or word not in common or first not in rows:
                continue
            same, above, against = rows[first]
            sisters = [one for up in above for at in below[up] if at != first for one in rows[at][0][:1]]
            if part == "adj":
                sisters = [one for at in against for one in rows[at][0][:1]]
            others = [one for one in sisters if one.isalpha() and one.islower() and one in common and one not in same]
            if others:
                found[word] = others
        made[part] = found
    return made


def kin(folder: str, part: str) -> Edit:
    """One word for another of its kind, in the same inflection as far as an -s or nothing goes."""

    def edit(text: str, rng: random.Random) -> str | None:
        table = wordnet(folder)[part]
        plain = list(re.finditer(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])", text))
        rng.shuffle(plain)
        for match in plain:
            word = match[0]
            base, end = (
                (word, "")
                if word in table
                else (word[:-1], "s")
                if word.endswith("s") and not word.endswith("ss") and word[:-1] in table
                else ("", "")
            )
            if (
                not base
                or base in VAGUE
                or (part == "noun" and base in wordnet(folder)["verb"])
                or (part == "verb" and base in wordnet(folder)["noun"])
            ):
                continue
            return text[: match.start()] + rng.choice(table[base]) + end + text[match.end() :]
        return None

    return edit


VAGUE = frozenset("thing person people time some such part much other another same take have make".split())  # noqa: SIM905
NUMERALS = "two three four five six seven eight nine ten".split()  # noqa: SIM905


def numeral(text: str, rng: random.Random) -> str | None:
    """A small number in words, or in figures: no date, no part of another."""
    found = [
        *re.finditer(r"(?<![\w.,:/#-])([2-9]|10)(?= [a-z])(?! (?:p\.?m|a\.?m)\b)", text),
        *re.finditer(rf"\b({'|'.join(NUMERALS)})\b(?= [a-z])(?!-)", text),
    ]
    if not found:
        return None
    match = rng.choice(found)
    other = NUMERALS[int(match[1]) - 2] if match[1].isdigit() else str(NUMERALS.index(match[1]) + 2)
    return text[: match.start()] + other + text[match.end() :]


REAL: dict[str, Edit] = {
    "number": number,
    "number word": swap("two>three, three>four, one>two, five>seven, ten>twenty, hundred>thousand, million>billion, first>second, half>third"),
    "unit of time": swap("days/weeks, hours/minutes, weeks/months, day/week, years/months, minutes/seconds, seconds/minutes, year/month"),
    "modal": swap("may>must, should>must, can>must, must>may, should>may, must>should, may>will, can>cannot, cannot>can, will>may"),
    "not put in": replaced(r"\b(is|are|was|were|can|may|should|must|will|does|do|has|have|could)\b(?! not|n't)(?= [a-z])", r"\1 not"),
    "not taken out": replaced(r"\b(?:not|never) ", ""),
    "only put in": replaced(r"\b(in|for|by|when|if|from|after|with)\b (?=[a-z])", r"only \1 "),
    "only taken out": replaced(r"\bonly ", ""),
    "other taken out": replaced(r"(?<!each )(?<!the )(?<!any )\bother (?=[a-z]+s\b)", ""),
    "condition": swap("if>unless, unless>if, when>unless, until>after, before/after, during/after, within>after, since>until, until>before, once>before"),
    "amount": swap("more/less, at least/at most, above/below, over/under, most/few, many/few, all/some, every>some, each>some, up to>at least, higher/lower, increase/decrease, increased/decreased, high/low, up/down, more than/less than, maximum/minimum, longer/shorter"),
    "and or": replaced(r"(?<=[a-z]) (and|or) (?=[a-z])", lambda match: " or " if match[1] == "and" else " and "),
    "route": swap("oral/nasal, mouth>nose, nose>mouth, eyes>ears, swallow>chew, inhaled>injected, injection>infusion, intravenous>oral, injected>swallowed"),
    "body": swap("lung>liver, lungs>kidneys, throat>chest, chest>throat, heart>lung, kidney>liver, hands>feet, hand>arm, face>neck, eyes>ears, brain>spine, blood>urine, stomach>bladder, skin>scalp, head>back, intestines>lungs, left/right, arm>leg"),
    "person": swap("children/adults, patients>visitors, doctor>nurse, nurses>doctors, women/men, mother/father, infants>adults, physicians>pharmacists, workers>patients, elderly>young, parents>children, healthcare workers>patients, doctors>patients, people>children, students>teachers, pregnant>elderly, you>they, your>their"),
    "how often": swap("always>sometimes, often>rarely, usually>rarely, sometimes>always, never>sometimes, daily/weekly, twice/once, rarely>often, frequently>rarely, commonly>rarely, typically>rarely, every day>every week, regularly>once"),
    "certainty": swap("likely/unlikely, known>unknown, confirmed>suspected, suspected>confirmed, may cause>causes, can cause>causes, might>will, effective>ineffective, safe>unsafe, reported>proven, suggest>prove, probable>proven, common>rare, mild/severe, positive/negative, asymptomatic>symptomatic"),
    "direction": swap("with>without, without>with, from>to, to>from, inside/outside, into>from, start/stop, open/close, indoors/outdoors, against>for, except>including, including>except, avoid>use, avoid>seek, prevent>cause, causes>prevents, reduce>raise, reduces>raises, allow>forbid"),
    "clause dropped": clause_dropped,
    "which of them dropped": replaced(r"(?<=[a-z]{3}) (?:who|that) (?:are|is|have|has|were|was|had|can|do|does) (?:[a-z-]+ ){1,6}?(?=(?:should|must|may|can|will|are|is|have|and)\b)", " "),
    "item dropped": item_dropped,
    "who and whom": ends_swapped,
    "exception added": lambda text, rng: re.sub(r"\.$", rng.choice([", except at night.", " unless your doctor says otherwise.", ", except in children.", " only in winter."]), text) if text.endswith(".") else None,
    "a narrower thing": replaced(r"(?<=\bthe )(?=[a-z]{4,}s?\b)", lambda match: "left "),
    "adjective dropped": replaced(r"\b(?:severe|chronic|acute|infected|sick|close|elderly|pregnant|symptomatic|asymptomatic|hospitalized|unprotected|contaminated|viral|bacterial|respiratory|clean|sterile|new|raw|older|younger) (?=[a-z]+)", ""),
    "day or season": swap("monday>friday, winter>summer, summer>winter, january>june, march>may, february>july, december>november, april>august, morning>evening, night>day, today>tomorrow"),
    "proper name": swap("China>Italy, Wuhan>Beijing, Italy>Spain, SARS>MERS, influenza>measles, Europe>Asia, India>Nepal, COVID-19>influenza, paracetamol>ibuprofen, chloroquine>quinine, remdesivir>ribavirin, MERS>SARS"),
}  # fmt: skip

HARMLESS: dict[str, Edit] = {
    "contraction": swap("do not/don't, does not/doesn't, is not/isn't, are not/aren't, cannot/can't, it is/it's, that is/that's, they are/they're, you are/you're, there is/there's, have not/haven't, was not/wasn't, should not/shouldn't, we are/we're, did not/didn't, will not/won't"),
    "clause moved": clause_moved,
    "adverb moved": replaced(r"\b(can|may|will|should|must|has|have|is|are|was|were) (also|usually|often|generally|typically|sometimes|quickly|currently|then|still) ([a-z]+)", r"\2 \1 \3"),
    "opening moved": replaced(r"\A(In [A-Z0-9a-z][^,.;]{3,30}|On [^,.;]{3,30}|During [^,.;]{3,40}|At [^,.;]{3,30}|As of [^,.;]{3,30}), ([^.;,]{15,})\.\Z", lambda match: f"{match[2]} {small(match[1])}."),
    "connector": swap("because/since, because of/due to, for example/for instance, such as/like, however/but, therefore/so, although/even though, in order to/to, in addition>also, thus/so, as well as/and, while/although"),
    "adverb": swap("about/around, approximately/about, usually/generally, often/frequently, mainly/mostly, typically/usually, primarily/mainly, currently/now, especially/particularly, immediately/at once, nearly/almost, roughly/about, commonly/often, rapidly/quickly, initially/at first, completely/fully, also/too, recently/lately, largely/mostly, possibly/perhaps"),
    "verb": swap("use/utilize, used/utilized, help/assist, start/begin, started/began, show/demonstrate, showed/demonstrated, shows/demonstrates, include/contain, get/obtain, buy/purchase, need/require, needs/requires, keep/maintain, try/attempt, found/discovered, find/discover, happens/occurs, occur/happen, provide/give, provides/gives, receive/get, tell/inform, said/stated, appears/seems, appear/seem, carried out/performed, conducted/carried out, caused/brought about, ask/request, choose/select, developed/created, live/reside, published/issued, ends/finishes, identify/recognize, remain/stay, remains/stays, established/set up, transmitted/passed on, transmit/pass on, originated/began, contact/get in touch with, examine/look at, increase/rise, increased/rose, linked to/associated with, known as/called"),
    "everyday noun": swap("illness/disease, symptoms/signs, doctor/physician, purpose/aim, results/outcomes, method/technique, children/kids, people/persons, research/studies, country/nation, countries/nations, problem/issue, problems/issues, job/work, area/region, areas/regions, staff/personnel, household/home, infant/baby, infants/babies, information/details, reason/cause, risk/danger, changes/alterations, number/amount, guidance/advice, period/time, outbreak/epidemic, evidence/proof, effect/impact, effects/impacts, way/manner"),
    "everyday adjective": swap("important/significant, severe/serious, common/frequent, different/various, large/big, initial/first, whole/entire, sick/ill, correct/right, additional/extra, additional/further, key/main, main/chief, sufficient/enough, many/numerous, several/a number of, various/different, current/present, necessary/needed, similar/alike, particular/specific, entire/complete, novel/new, possible/potential, widespread/extensive, difficult/hard, helpful/useful, major/main, rapid/fast"),
    "relative clause": replaced(r"\b(people|those|patients|persons|individuals|anyone|children) with (?=[a-z])", lambda match: f"{match[1]} who {'has' if match[1] == 'anyone' else 'have'} "),
    "that": replaced(r"\b(said|says|believe|know|think|sure|suggests?|shows?|found|indicates?|reported|means?) that (?=[a-z])", r"\1 "),
    "which or that": replaced(r"(?<=[a-z]) (which|that) (?=(?:is|are|was|were|can|may|has|have|will|causes?)\b)", lambda match: " that " if match[1] == "which" else " which "),
    "strength kept": swap("have to/need to, has to/needs to, is able to>can, are able to>can, is required to>must, are required to>must, should>ought to, must>have to, can>is able to"),
    "quantity said otherwise": swap("at least>no less than, more than/over, less than/under, up to>at most, no more than>at most, fewer than/less than, at least>a minimum of, every day/daily, every week/weekly, per day>a day"),
    "numeral": numeral,
    "spelling": swap("color/colour, center/centre, organization/organisation, recognize/recognise, diarrhea/diarrhoea, program/programme, behavior/behaviour, anesthesia/anaesthesia, fiber/fibre, labor/labour, hospitalized/hospitalised, pediatric/paediatric, hemorrhage/haemorrhage, tumor/tumour, practice/practise, organizations/organisations, toward/towards, among/amongst, while/whilst, minimize/minimise, stabilize/stabilise, analyze/analyse, anemia/anaemia, defense/defence, aging/ageing, gray/grey, percent/per cent, judgment/judgement, fulfill/fulfil, counseling/counselling, traveled/travelled"),
    "comma": replaced(r", (and|or) (?=[a-z])", r" \1 "),
    "comma put in": replaced(r"(?<=[a-z]) (which (?:is|are|can|may)|but|so that)\b", r", \1"),
    "semicolon": replaced(r"; (?=[a-z])", ". ", start=True),
    "sentence split": replaced(r", and (?=(?:the|it|they|this|these|there|we|you) )", ". ", start=True),
    "determiner": replaced(r"\b([Tt]he) (?=[a-z]+s\b)", lambda match: "" if match[1] == "the" else None),
    "please": lambda text, rng: f"Please {small(text)}" if re.match(r"(?:Wash|Use|Avoid|Stay|Keep|Call|Cover|Take|Do not|Tell|Wear|Clean|Make|Put|Throw|Ask|Check|Read|See|Contact|Follow) ", text) else None,
    "passive": replaced(r"\A(The [a-z]+(?: [a-z]+)?|[A-Z][\w-]+) (?:is|are) caused by ((?:the |a |an )?[a-z][\w -]*[a-z])\.\Z", lambda match: f"{capital(match[2])} causes {small(match[1])}."),
    "items in another order": items_turned,
    "particle verb": swap("carry out/do, find out/learn, carried out/done, set up/establish, made up of/composed of, put off/delay, wash off>rinse off, throw away/discard, go up/rise, take part in/participate in, came out/appeared, looked at/examined, turn off/switch off, turn on/switch on, spread out>spread, fill out/fill in, leads to/results in, led to/resulted in, lead to/result in, point out/note, give up/stop, consists of/is made up of, goes away/disappears, take off/remove, put on/wear"),
    "impersonal": swap("it is important to/it's important to, make sure to/be sure to, make sure/ensure, make sure/be sure, in case of/in the event of, in spite of/despite, a lot of/many, a large number of/many, as a result of/because of, with regard to/about, prior to/before, following>after, a variety of/various, the majority of/most, is likely to/will probably, as soon as/once, regardless of/no matter"),
}  # fmt: skip
"""What an editor puts for one another: from plain-language guides and the usual tables of British and American English."""


CODE = re.compile(r"`[^`]*`")
"""What no editor rewords: `color` for `colour` is another name there."""


def unseen(text: str) -> bool:
    """Whether a sentence is of the third that nobody looks at."""
    return hashlib.sha256(text.encode()).digest()[0] % 3 == 0


def sentences(path: Path) -> Iterator[str]:
    for entry in po_file.parse(path.name, path.read_bytes()).entries:
        text = " ".join(entry.key.msgid.split())
        if 5 <= len(text.split()) <= 40:
            yield text


def graded(old: str, new: str) -> tuple[Severity, str]:
    found = grade(parse(old, Syntax.MARKDOWN), parse(new, Syntax.MARKDOWN))
    return found.severity, "; ".join(found.reasons)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("catalog", type=Path)
    asked.add_argument("--wordnet", help="the folder of WordNet 3.0's files, for words of one kind")
    asked.add_argument("--show", default="", help="a kind of which the misses among the seen are printed; `all`")
    asked.add_argument("--each", type=int, default=40, help="how many edits of a kind, at most")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    real = dict(REAL)
    if given.wordnet:
        real |= {f"kin: {part}": kin(given.wordnet, part) for part in ("noun", "verb", "adj")}
    every = sorted(set(sentences(given.catalog)))
    for name, kinds, wrong in (("real, not critical", real, False), ("harmless, critical", HARMLESS, True)):
        total: Counter[str] = Counter()
        print(f"{name:<28}{'seen':>12}{'unseen':>12}")
        for kind, edit in kinds.items():
            row: Counter[str] = Counter()
            rng = random.Random(f"{kind} {given.seed}")
            order = list(every)
            rng.shuffle(order)
            for old in order:
                side = "unseen" if unseen(old) else "seen"
                if row[side] >= (given.each if side == "seen" else given.each // 2):
                    continue
                new = edit(old, rng)
                if not new or new == old or (wrong and CODE.findall(old) != CODE.findall(new)):
                    continue
                severity, why = graded(old, new)
                row[side] += 1
                if (severity is Severity.CRITICAL) is wrong:
                    row[f"{side} missed"] += 1
                    if side == "seen" and given.show in {kind, "all"}:
                        print(f"  {kind}: {old}\n    → {new}\n    {severity}: {why}")
            print(f"{kind:<28}{row['seen missed']:>6}/{row['seen']:<5}{row['unseen missed']:>6}/{row['unseen']:<5}")
            total.update(row)
        print(
            f"{'all':<28}{total['seen missed']:>6}/{total['seen']:<5}{total['unseen missed']:>6}/{total['unseen']:<5}\n"
        )


if __name__ == "__main__":
    main()
