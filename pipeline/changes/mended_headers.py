"""A header that contradicts its language, said and mended: its plural rule, character set, language and MIME fields; and the
forms of each translation where the new rule looks for them.

A rule that tells apart all that the language does, or more (Spanish millions), contradicts nothing and stays. What is shown for
a number is shown for it afterwards; a translation whose forms have no place by the new rule becomes fuzzy, and a form that no
number asks for any more stays in a note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.catalog import Catalog, Entry, bundled, po_entry
from pipeline.catalog.po_entry import Previous
from pipeline.catalog.po_header import listed, restated
from pipeline.changes.remarks import former, recalled
from pipeline.core.locales import Locale, make
from pipeline.core.model import Key
from pipeline.core.plurals import completed, cover, fitting, plural_rule

CHARSET = re.compile(r"(charset=)[\w.:-]*", re.I | re.A)
NOTHING: Mapping[Key, Entry] = {}
TAG = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")


class Mended(NamedTuple):
    """A catalog with a header that fits its language, the fields that were written, the entries whose forms were moved (each as it
    was and as it is), those among them that had no place and are fuzzy now, and those that have our own words instead."""

    catalog: Catalog
    fields: tuple[str, ...] = ()
    moved: tuple[tuple[Entry, Entry], ...] = ()
    unplaced: tuple[Entry, ...] = ()
    brought: tuple[Entry, ...] = ()


def mended(found: Catalog, locale: Locale, ours: Mapping[Key, Entry] = NOTHING) -> Mended:
    """A catalog mended. The very one where nothing is to be mended, or it is broken and may not be written. `ours`: the translations
    that we ship, which come where the header had no place for them, and where one of them has no place."""
    if found.broken or found.body is None:
        return Mended(found)
    stated = found.metadata("Plural-Forms") or locale.plurals
    rule = rule_for(found, stated, locale)
    fields = wanted(found, rule, locale) if found.header else {}
    entries, moved, unplaced, given = [], [], [], list[Entry]()
    for entry in found.entries:
        new, fits = reformed(entry, stated, rule, locale)
        if entry.key in ours and (forms := brought(entry, ours[entry.key], stated, rule, locale, fits=fits)):
            new, fits = po_entry.amended(entry, entry._replace(strings=forms)), True
            given.append(new)
        entries.append(new)
        if new is not entry:
            moved.append((entry, new))
            if not fits:
                unplaced.append(new)
    if not fields and not moved:
        return Mended(found)
    header = found.header and restated(found.header, fields)
    encoding = "utf-8" if "Content-Type" in fields else found.encoding
    catalog = replace(found, header=header, entries=tuple(entries), encoding=encoding)
    said = tuple(f"{name}: {value}" for name, value in fields.items())
    return Mended(catalog, said, tuple(moved), tuple(unplaced), tuple(given))


def wanted(found: Catalog, rule: str, locale: Locale) -> dict[str, str]:
    """The fields of a header that are not as they should be, as they should be."""
    kind, charset = found.metadata("Content-Type"), "UTF-8"
    if CHARSET.search(kind):
        kind = CHARSET.sub(rf"\g<1>{charset}", kind, count=1)
    else:
        kind = f"text/plain; charset={charset}"
    fields = {
        "Language": locale.name if not TAG.match(found.metadata("Language")) else found.metadata("Language"),
        "MIME-Version": found.metadata("MIME-Version") or "1.0",
        "Content-Type": found.metadata("Content-Type") if doubtful(found) else kind,
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": rule,
    }
    counts = Counter(name for name, _ in listed(found.header))
    return {
        name: value
        for name, value in fields.items()
        if value.lower() != found.metadata(name).lower() or counts[name.lower()] > 1
    }


def doubtful(found: Catalog) -> bool:
    """Whether a file may be UTF-8 though its header names another character set: then nobody knows what its bytes say."""
    body = found.body or b""
    if found.encoding.replace("-", "") == "utf8" or body.isascii():
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def rule_for(found: Catalog, stated: str, locale: Locale) -> str:
    """The plural rule that a catalog is to state: of its own, where that is one for the language, and the language's, the one by which
    more translations keep their place and fewer are moved; CLDR's where it alone has a place for all that those lack."""
    if found.header is None:
        return locale.plurals
    filled = [one for one in found.entries if one.plural is not None and any(one.strings) and not one.obsolete]

    def cost(rule: str) -> tuple[int, int]:
        made = [placed(one.strings, fitting(stated, locale.rules, len(one.strings)), rule, locale) for one in filled]
        return made.count(None), sum(new != one.strings for new, one in zip(made, filled, strict=True))

    own = [stated] if plural_rule(stated) and locale.has_rule(stated) else []
    best = min(dict.fromkeys([*own, locale.plurals]), key=cost)
    left = cost(best)[0]
    return next((rule for rule in locale.rules if left and cost(rule)[0] < left), best)


def reformed(entry: Entry, stated: str, rule: str, locale: Locale) -> tuple[Entry, bool]:
    """An entry with its forms where a rule looks for them, and whether each of them has a place there; the very entry where they
    stand there already."""
    count = count_of(rule)
    notes = tuple(renoted(note, stated, rule, locale) for note in entry.notes)
    new = entry if notes == entry.notes else entry._replace(notes=notes)
    if entry.plural is None or not count:
        return po_entry.amended(entry, new), True
    if not any(entry.strings):
        return po_entry.amended(entry, new._replace(strings=("",) * count)), True
    by = fitting(stated, locale.rules, len(entry.strings))
    strings = placed(entry.strings, by, rule, locale)
    fits = strings is not None
    if strings is None:
        strings = offered(entry.strings, by, rule, count)
        if not entry.fuzzy:
            before = entry.previous if entry.obsolete else Previous(entry.key, entry.plural)
            new = new._replace(flags=("fuzzy", *entry.flags), previous=before)
    if not fits or not {"", *strings}.issuperset(entry.strings):
        texts = " ".join(f"msgstr[{at}] {po_entry.quote(text)}" for at, text in enumerate(entry.strings))
        new = new._replace(notes=(*new.notes, f"formerly by {' '.join((by or stated).split())[:200]} {texts}"))
    return po_entry.amended(entry, new._replace(strings=strings)), fits


def brought(entry: Entry, ship: Entry, stated: str, rule: str, locale: Locale, *, fits: bool) -> tuple[str, ...] | None:
    """Our own translation by a rule, for an entry that stands empty since its header had no place for it, or has words of ours
    that have no place; None for any other."""
    if entry.obsolete or entry.plural is None or ship.plural != entry.plural:
        return None
    own = make(locale.name)
    missed = not any(entry.strings) and not all(bundled.by_rule(ship, own, stated) or [""])
    lost = not fits and not entry.fuzzy and set(entry.strings) <= set(ship.strings)
    forms = bundled.by_rule(ship, own, rule) if missed or lost else ()
    return forms if forms and all(forms) else None


def renoted(note: str, stated: str, rule: str, locale: Locale) -> str:
    """A note that keeps what a message had with another plural, by the new rule too; as it is where that has no place for it."""
    had = recalled(note)
    if had is None or had.plural is None:
        return note
    strings = placed(had.strings, fitting(stated, locale.rules, len(had.strings)), rule, locale)
    if strings is None or not {"", *strings}.issuperset(had.strings):
        return note
    return note if strings == had.strings else former(had._replace(strings=strings))


def count_of(rule: str) -> int:
    found = plural_rule(rule)
    return found.count if found else 0


def placed(strings: tuple[str, ...], by: str, rule: str, locale: Locale) -> tuple[str, ...] | None:
    """The forms of a translation, shown by one rule, as another one asks for them; None where it would show another text for
    some number."""
    if by == rule:
        return strings
    met = cover(rule, by) if by else None
    if met is None:
        return None
    filled = completed(strings, by, locale.rules)
    shown = [{filled[form] for form in forms} or {filled[-1]} for forms in met]
    if any(len(texts - {""}) > 1 for texts in shown):
        return None
    full = tuple("" if "" in texts else next(iter(texts)) for texts in shown)
    as_is = [{strings[form] for form in forms} or {strings[-1]} for forms in met]
    made = tuple(next(iter(texts)) if len(texts) == 1 else one for texts, one in zip(as_is, full, strict=True))
    return made if not all(full) or completed(made, rule, locale.rules) == full else full


def offered(strings: Sequence[str], by: str, rule: str, count: int) -> tuple[str, ...]:
    """Forms that have no place, as a draft: for each form the first that is shown for some of its numbers, else the one in its
    place, and for the last the last."""
    met = (cover(rule, by) if by else None) or [frozenset[int]()] * count
    made = []
    for at, forms in enumerate(met):
        some = [strings[form] for form in sorted(forms) if strings[form]]
        made.append(some[0] if some else strings[-1] if at == count - 1 else strings[min(at, len(strings) - 1)])
    return tuple(made) if any(made) else (next(filter(None, strings)), *made[1:])


def contradictions(found: Catalog, locale: Locale) -> tuple[str, ...]:
    """What a header says that its language, or what is in the catalog, contradicts, in words."""
    if found.broken or found.header is None:
        return ()
    said = []
    stated, live = found.metadata("Plural-Forms"), [one for one in found.live().values() if one.plural is not None]
    if stated and any(any(one.strings) for one in live) and not locale.has_rule(stated):
        why = "cannot be read as a plural rule" if plural_rule(stated) is None else "is no plural rule of this language"
        said.append(
            f"Plural-Forms {why}: {stated[:80]} Texts with as many forms as the language has are shown by its own"
        )
    elif stated and live and all(len(one.strings) != count_of(stated) for one in live):
        said.append(f"Plural-Forms has another number of forms than the texts ({len(live)})")
    if found.encoding not in {"utf-8", "utf8"}:
        said.append(f"The character set is {found.encoding}, which has not every character of every language")
    return tuple(said)
