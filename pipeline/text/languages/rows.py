"""What the rows of a language's file say: each form by its words, with the senses it stands for. `README.md` beside the files tells the format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from pipeline.text.languages.table import FORM, SHORT, SLOTS, Form, Language, Marks, Sense
from pipeline.text.spelling import KHMER_AGAIN, ONE_WORD, normal, tokens


def made(code: str, table: Mapping[str, object]) -> Language:
    """A language from its tables, as read from its file."""
    spaces, elides = bool(table.get("spaces", True)), bool(table.get("elides", False))
    gathered, has = gathered_of(table, spaces, elides)
    exact: dict[str, list[Form]] = {}
    stems: dict[str, list[Form]] = {}
    endings: dict[str, list[Form]] = {}
    told: dict[tuple[Sense, ...], tuple[tuple[Sense, ...], bool, bool]] = {}
    for words, meant in gathered.items():
        key = tuple(meant)
        if (said := told.get(key)) is None:
            said = told[key] = told_by(key)
        first = words[0]
        form = FORM((words, *said))
        if "*" in first:
            where = stems if first.endswith("*") else endings if first.startswith("*") else exact
            where.setdefault(first.strip("*"), []).append(form)
        elif first in exact:
            exact[first].append(form)
        else:
            exact[first] = [form]
    has.update(said for said in ("rough", "measured", "tentative", "clause-comma") if table.get(said))
    doubted = table.get("tentative", "")
    has.update(f"tentative {code}" for code in (forms_of(doubted) if isinstance(doubted, str) else "*"))
    functions = table.get("function", {})
    words_said = str(functions.get("words", "")) if isinstance(functions, dict) else ""
    decimal, group = str(table.get("decimal", "")), str(table.get("group", ""))
    return Language(
        code,
        bool(table),
        frozenset(str(table.get("script", "")).split()),
        float(str(table.get("length", 0))),
        spaces,
        elides,
        bool(table.get("unit-first", False)),
        bool(table.get("part-first", False)),
        table.get("order") == "free",
        table.get("order") in {"free", "loose"},
        tuple(sorted(normal(str(table.get("prefixes", ""))).split(), key=len, reverse=True)),
        Marks(decimal, group if decimal else ""),
        parted_no(str(table.get("parted-no", ""))),
        parted(table.get("parted", {}), has),
        frozen(exact),
        frozen(stems),
        frozen(endings),
        tuple(endings),
        lengths_of(stems),
        {} if spaces else {begun: lengths[::-1] for begun, lengths in lengths_of(exact).items()},
        frozenset(has),
        frozenset(forms_of(words_said)),
        frozenset([sense for meant in told for sense in meant if sense.kind in SLOTS]),
        SHORT_SYLLABLES if table.get("script") == "Hang" else SHORT,
        {row: str(said) for row, said in flat(table.get("wordings", {}))},
    )


def gathered_of(table: Mapping[str, object], spaces: bool, elides: bool) -> tuple[dict[Words, list[Sense]], set[str]]:
    """The senses of each form of a language's tables, by its words, and which tables are filled."""
    gathered: dict[Words, list[Sense]] = {}
    has: set[str] = set()
    alone: dict[Sense, set[str]] = {NOT: set(), CLAUSE: set(), CLOSES: set()}
    remedies: set[Words] = set()
    for sense, said in senses(table):
        found = False
        for form in forms_of(said):
            whole = one_word(form) or (not spaces and any(char > "\u0e00" for char in form))
            words = (form,) if whole else tuple(parts_of(form, elides))
            if words in gathered:
                gathered[words].append(sense)
                found = True
            elif words:
                gathered[words] = [sense]
                found = True
            if sense in alone and len(words) == 1:
                alone[sense].update(words)
            elif sense.kind == "remedy":
                remedies.add(words)
        if found:
            has.update((sense.kind, f"{sense.kind} {sense.value}"))
    inner = named_alone(gathered) if remedies else {}
    for words, meant in gathered.items():
        if inner and words in remedies:
            meant += excused_inside(words, inner, spaces)
        if len(words) > 1:
            meant += said_besides(words, meant, alone)
            if not TOLD_BY.isdisjoint(meant):
                meant += [sense for word in words for sense in gathered.get((word,), ()) if sense in TIMES_OF_DAY]
    return gathered, has


def named_alone(gathered: Mapping[Words, Sequence[Sense]]) -> Mapping[str, tuple[Sense, ...]]:
    """The words that say alone what a medicine is for, by their form, as excuses."""
    return {
        words[0]: found
        for words, meant in gathered.items()
        if len(words) == 1
        and (found := tuple([Sense(f"{sense.kind}?", sense.value) for sense in meant if sense.kind in TREATED]))
    }


TREATED = frozenset(["body", "finding", "part", "symptom"])
"""What the name of a medicine tells that it is for."""


def excused_inside(words: Words, inner: Mapping[str, tuple[Sense, ...]], spaces: bool) -> Iterator[Sense]:
    """What the name of a medicine, whose words say nothing else, excuses by them: *pastillas para la diabetes* is told of diabetes."""
    if spaces:
        ends = [word[:n] + "*" for word in words for n in range(3, len(word) + 1)]
        names = [*words, *ends] if len(words) > 1 else []
    else:
        word = words[0]
        names = [word[start:end] for start in range(len(word)) for end in range(start + 1, len(word) + 1)]
    seen: dict[Sense, None] = {}
    for name in names:
        if name != words[0]:
            seen |= dict.fromkeys(inner.get(name, ()))
    yield from seen


def said_besides(words: Words, meant: Sequence[Sense], alone: Mapping[Sense, Set[str]]) -> Iterator[Sense]:
    """What a phrase says besides what its rows say, by words that say it `alone`: a no, what opens a clause, or what ends one."""
    if not SHUNNING.isdisjoint(meant) and NOT not in meant and not alone[NOT].isdisjoint(words):
        yield NOT
    opens = not alone[CLAUSE].isdisjoint(words)
    if (opens or words[-1] in alone[CLOSES]) and "join" not in [sense.kind for sense in meant]:
        yield CLAUSE if opens else CLOSES


Words = tuple[str, ...]
CLAUSE, CLOSES = Sense("join", "clause"), Sense("join", "closes")
"""What opens a clause, and a phrase with such a word (*ya que*) too, though it says something of its own; and what ends one that stands
before its main clause (*के बाद*), as a phrase does whose last word does. No slot is filled by either."""
SHUNNING, NOT = frozenset([Sense("act", "avoid"), Sense("says", "never")]), Sense("says", "not")
"""What says to avoid, or *never*, by a word that says no says both (*से बचें*, *कभी न*); *stay away from* has none."""


def parted_no(said: str) -> tuple[frozenset[str], str]:
    """A no of two words, as its row has it: `ne, n' … plus`."""
    first, _, second = said.partition(MANY)
    return frozenset(forms_of(first)), "".join(forms_of(second))


def parted(rows: object, has: Set[str]) -> Mapping[str, Mapping[str, tuple[Sense, ...]]]:
    """Verbs whose second word ends the clause, as their rows have them (`nehmen … ab`): the first word → the second → what both say, which is
    each concept, act and route of the row's name that the language's tables have."""
    found: dict[str, dict[str, tuple[Sense, ...]]] = {}
    for key, said in flat(rows):
        meant = tuple(Sense(kind, key) for kind in ("says", "act", "route") if f"{kind} {key}" in has)
        for form in str(said).split(","):
            first, _, second = (normal(part).strip() for part in form.partition(MANY))
            verbs = found.setdefault(first, {})
            verbs[second] = (*verbs.get(second, ()), *meant)
    return found


TOLD_BY = frozenset([Sense("am", "am"), Sense("pm", "pm"), Sense("meal", "fed")])
TIMES_OF_DAY = frozenset(
    [
        *(Sense("says", part) for part in ("morning", "evening", "night")),
        *(Sense("mealtime", meal) for meal in ("breakfast", "lunch", "dinner")),
    ]
)
"""What a phrase that tells the half of the day, or says that there is food, says as well by its own words: *in the morning*, *por la
noche*, *with breakfast*."""


def told_by(meant: tuple[Sense, ...]) -> tuple[tuple[Sense, ...], bool, bool]:
    """What a form has besides its words: its senses, each once, whether it fills a slot, and whether it hides others."""
    senses = tuple(dict.fromkeys(meant)) if len(meant) > 1 else meant
    kinds = {sense.kind for sense in senses if sense not in (CLAUSE, CLOSES)}
    return senses, not kinds.isdisjoint(SLOTS), "other" in kinds


def frozen(index: Mapping[str, list[Form]]) -> dict[str, tuple[Form, ...]]:
    return {first: tuple(found) for first, found in index.items()}


FIRST = 3
"""Letters by which stems are sought, and words where no spaces are written."""


def lengths_of(words: Iterable[str], first: int = FIRST) -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with the same letters, the shortest first: by so many letters, or by all of a shorter word. What these
    letters begin with is told as well, so that the longest beginning of a text that stands here tells all."""
    found: dict[str, set[int]] = {}
    for word in words:
        begun = word[:first]
        if begun in found:
            found[begun].add(len(word))
        else:
            found[begun] = {len(word)}
    return {
        begun: tuple(sorted(lengths.union(*[found.get(begun[:n], ()) for n in range(1, len(begun))])))
        for begun, lengths in found.items()
    }


PLAIN = {
    "numbers": "number",
    "ordinals": "ordinal",
    "months": "month",
    "scales": "scale",
    "fractions": "fraction",
    "counts": "count",
    "duals": "dual",
    "units": "unit",
    "names": "name",
}
EVERYWHERE = {"permille": "‰", "percent": "%"}
"""Signs of units that all languages have."""
SHORT_SYLLABLES = 1
"""The same where a letter is a syllable: Korean *왼쪽* is a whole word."""
MANY = "…"
"""Among the excuses of a slot's value: so much may stand for it that its absence tells nothing."""


def senses(table: Mapping[str, object]) -> Iterator[tuple[Sense, str]]:
    """What the rows of a language's tables stand for, each with its forms as written."""
    if "units" in table:
        yield from ((Sense("unit", key), said) for key, said in EVERYWHERE.items())
    for name, rows in table.items():
        for key, said in flat(rows):
            if name == "concepts" and key == "denying":
                yield Sense("denies", "not"), str(said)
            elif name == "concepts":
                says, _, excuses = str(said).partition("|")
                yield Sense("says", key), says
                short = [form for form in excuses.split(",") if len(form.strip(" *")) <= SHORT and "*" in form]
                yield Sense("excuses", key), ",".join(form for form in excuses.split(",") if form not in short)
                yield Sense("hints", key), ",".join(short)
            elif name == "slots":
                slot, _, value = key.partition(".")
                says, _, excuses = str(said).partition("|")
                yield Sense(slot, value), says
                yield Sense(f"{slot}?", value), excuses
                if MANY in excuses:
                    yield Sense("many", f"{slot} {value}"), MANY
            elif name == "clock":
                yield Sense(key, key), str(said)
            elif name == "others":
                yield Sense("other", key), str(said)
            elif name in PLAIN:
                yield Sense(PLAIN[name], key), str(said)


def flat(rows: object) -> Iterator[tuple[str, object]]:
    """The rows of a table; a key with a point, as in `0.5 = …`, is one key."""
    for key, said in rows.items() if isinstance(rows, dict) else ():
        if isinstance(said, dict):
            yield from ((f"{key}.{part}", inner) for part, inner in said.items())
        else:
            yield key, said


def forms_of(said: str) -> list[str]:
    """The forms of one row, in their normal form."""
    return [form for part in normal(said).split(",") if (form := part.strip())]


def words_of(form: str, elides: bool = False) -> Iterator[str]:
    """The words, numbers and signs of a form; a star stays with its word."""
    if one_word(form):
        yield form
    else:
        yield from parts_of(form, elides)


def one_word(form: str) -> bool:
    """Whether a form is one word, with a star at its end or none."""
    return (form.isalpha() and KHMER_AGAIN not in form) or ONE_WORD.fullmatch(form) is not None


PARTING = re.compile(r"[\s-]+")


def parts_of(form: str, elides: bool) -> Iterator[str]:
    """The words, numbers and signs of a form that is no single word."""
    for part in PARTING.split(form):
        if one_word(part):
            yield part
            continue
        star = (part.startswith("*"), part.endswith("*"))
        found = [word for word, _, _ in tokens(part.strip("*"), elides)]
        for at, word in enumerate(found):
            yield f"{'*' * (star[0] and at == 0)}{word}{'*' * (star[1] and at == len(found) - 1)}"
