"""Names of languages as tools write them: whether the `Language` of a catalog's header can be that of its folder."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import lru_cache

from pipeline.core.errors import LockstepError
from pipeline.core.locales import NAME

TAG = re.compile(r"([a-z]{2,3})((?:[_-][a-z0-9]{2,8})*)(?:\.[\w-]+)?(?:@([\w=;-]+))?\Z", re.I | re.A)
"""`es`, `pt-BR`, `zh_Hant_TW`, `es_ES.UTF-8`, `sr@latin`."""
SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva", "hebrew": "Hebr"}
"""What glibc calls the script of a variant."""
SAME = {"no": "nb"}
"""Codes that CLDR keeps apart and that catalogs do not: Norwegian, as it is mostly written."""


def subtags(name: str) -> tuple[str, str, str]:
    """Language, script and region of a locale name or tag, "" where it has none."""
    language, *rest = re.split("[_-]", name)
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in rest if re.fullmatch("[A-Za-z]{2}|[0-9]{3}", part)), "")
    return language.lower(), script, region


@lru_cache
def likely_script(name: str) -> str:
    """The script that a locale is likely written in (CLDR's likely subtags), "" where CLDR does not know."""
    language, script, region = subtags(name)
    if script:
        return script
    known_as = of_cldr("likely_subtags")
    full = known_as.get(f"{language}_{region}") if region else None
    return subtags(full or known_as.get(language) or "")[1]


def ways(name: str) -> tuple[str, ...]:
    """The names under which texts for a locale may stand, nearest first: its own, its language in the script it is likely in,
    and its language alone where that is likely in the same script; by each code of the language (`tl` and `fil`)."""
    own, script = subtags(name)[0], likely_script(name)
    found = [name]
    for language in codes(own):
        found += [f"{language}_{script}"] if script else []
        found += [language] if script == likely_script(language) else []
    return tuple(dict.fromkeys(found))


@lru_cache
def codes(language: str) -> tuple[str, ...]:
    """The codes of a language, this one first: CLDR's aliases that say nothing of script or region."""
    aliases = of_cldr("language_aliases")
    today = aliases.get(language, language)
    every = (language, today, *sorted(old for old, new in aliases.items() if new == today))
    return tuple(code for code in dict.fromkeys(every) if re.fullmatch("[a-z]{2,3}", code))


def code(language: str) -> str:
    """The code that CLDR has for a language today: `es` for `spa`, `he` for `iw`, `fa` for `prs`."""
    aliases = of_cldr("language_aliases")
    today = subtags(aliases.get(language, language))[0]
    return SAME.get(today, today)


def of_cldr(what: str) -> Mapping[str, str]:
    """A table of CLDR. Babel is loaded when somebody asks."""
    from babel.core import get_global

    found: Mapping[str, str] = get_global(what)  # type: ignore[arg-type]
    return found


def social_tag(name: str) -> str:
    """What networks call a locale (Open Graph): its language and a country, the likely one where it names none (`es_ES`)."""
    language, script, region = subtags(name)
    if len(region) != 2:
        known_as = of_cldr("likely_subtags")
        full = (known_as.get(f"{language}_{script}") if script else "") or known_as.get(language) or ""
        region = subtags(full)[2]
    return f"{language}_{region}" if region else language


@lru_cache
def contradicts(header: str, name: str) -> bool:
    """Whether the `Language` of a header is another language than a locale's, or the same in another script.

    A region (`es_MX` and `es_ES`) or a variant is no other language, and where one of the two says nothing of the script they
    agree. A header that names no language says nothing: it is empty, or what a tool put there for somebody to fill in.
    """
    if header == name:
        return False
    language = subtags(name)[0]
    found = TAG.match(header.strip())
    if found is None:
        there = named(header)
        return bool(there) and code(there) != code(language)
    other = f"{found[1]}{found[2]}"
    if code(subtags(other)[0]) != code(language):
        return True
    theirs, ours = (said_script(one) for one in (other, name))
    theirs = SCRIPTS.get((found[3] or "").lower(), theirs)
    return bool(theirs and ours) and theirs != ours


def said_script(name: str) -> str:
    """The script that a name says something of: its own, or that of its region (`zh_TW`); "" where it names the language alone."""
    _, script, region = subtags(name)
    return script or (likely_script(name) if region else "")


def another_script(header: str, name: str, written: str) -> bool:
    """Whether what is called by a name may be in another script than a locale: by the script that it is written in ("" for unknown),
    else by the one that the language is likely in, where the name says none (`zh` is likely `zh_Hans`)."""
    ours = likely_script(name)
    found = TAG.match(header.strip())
    other = f"{found[1]}{found[2]}" if found else subtags(name)[0]
    said = SCRIPTS.get((found[3] or "").lower(), "") if found else ""
    theirs = written or said or likely_script(other)
    return bool(theirs and ours) and theirs != ours


@lru_cache
def named(words: str) -> str:
    """The code of a language that is called by its English name, "" where none is: what older tools wrote."""
    wanted = words.strip().casefold()
    from babel import Locale

    english: Mapping[str, str] = Locale("en").languages
    return next((subtags(tag)[0] for tag, word in english.items() if word.casefold() == wanted), "")


def search_tag(name: str) -> str:
    """The tag under which search engines know a locale, "" where they know none: a language of ISO 639-1, a script, a country.

    They read no region of several countries (`es-419` is `es` to them) and no language of three letters, unless it has a code of
    two (`fil` is `tl`). Source: Google Search Central, "Localized versions of your pages".
    """
    language, script, region = subtags(name)
    short = next((one for one in (code(language), *codes(language)) if len(one) == 2), "")
    country = region if len(region) == 2 else ""
    return "-".join(part for part in (short, script, country) if part) if short else ""


@lru_cache
def known_parts() -> Mapping[str, Mapping[str, str]]:
    """What a locale name can be made of: `languages`, `scripts` and `territories` by code, each with its English name (CLDR)."""
    from babel import Locale

    english = Locale("en")
    return {"languages": english.languages, "scripts": english.scripts, "territories": english.territories}


COMMON = frozenset(
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu ha he hi hmn hr ht hu hy id ig is it ja ka kk km kn ko ku ky "  # noqa: SIM905
    "lb lo lt lv mg mi mk ml mn mr ms mt my nb ne nl nn no ny om pa pl ps pt ro ru rw sd si sk sl sm sn so sq sr st sv sw ta te tg th ti "
    "tl tn tr ts uk ur uz vi wo xh yi yo zh zu".split()
)
COMMON_PARTS = frozenset(
    [
        "Arab",
        "Cyrl",
        "Hans",
        "Hant",
        "Latn",
        "419",
        "AR",
        "AT",
        "BE",
        "BR",
        "CA",
        "CH",
        "CN",
        "CO",
        "DE",
        "ES",
        "FR",
        "GB",
        "HK",
        "IN",
        "IT",
        "MX",
        "NL",
        "PT",
        "TW",
        "US",
    ]
)
"""What most sites name, known without a look at CLDR, which takes longer to load than a command that has nothing to do."""


def unknown(name: str) -> tuple[str, str] | None:
    """What in a locale name (already matched against NAME) CLDR does not know, in words, and what to do; None where it knows all."""
    spoken, script, region = subtags(name)
    if spoken in COMMON and {script, region} - {""} <= COMMON_PARTS:
        return None
    known = known_parts()
    free = re.fullmatch("q[a-t][a-z]", spoken)  # for everybody to use as they like
    if not (free or spoken in known["languages"] or spoken in of_cldr("language_aliases")):
        return f"{spoken} is no language that CLDR knows", nearest(spoken)
    for part, kind in ((script, "scripts"), (region, "territories")):
        if part and part not in known[kind]:
            todo = f"Write {spoken} alone, or a region as in pt_BR, or a script as in zh_Hans."
            return f"{part} is no script or region that CLDR knows", todo
    return None


def language(word: str) -> str:
    """The name of a locale, as the settings have it (`pt_BR` for `pt-br`). Raises LockstepError for what CLDR knows as no language,
    script or region, with the language that it is likely to mean."""
    spoken, script, region = subtags(word.strip())
    name = "_".join(part for part in (spoken, script, region) if part)
    parts = [part for part in re.split("[_-]", word.strip()) if part]
    if not NAME.match(name) or len(parts) != name.count("_") + 1:
        raise LockstepError(f"{word!r} is no language that CLDR knows", todo=nearest(word))
    if wrong := unknown(name):
        raise LockstepError(f"{word!r}: {wrong[0]}", todo=wrong[1])
    return name


def nearest(word: str) -> str:
    """The language that somebody is likely to mean, by its English name, by its own, or by a code like it."""
    said = word.strip().casefold()
    some = known_parts()["languages"].items()
    languages = {code: name for code, name in some if NAME.match(code) and code not in ("mis", "mul", "und", "zxx")}
    by_name = {name.casefold(): code for code, name in languages.items()}
    near = by_name.get(said) or next(
        (by_name[name] for name in sorted(by_name) if len(said) > 1 and name.startswith(said)), ""
    )
    if not near:
        close = difflib.get_close_matches(said, [*by_name, *languages], 1, 0.75)
        near = by_name.get(close[0], close[0]) if close else ""
    return f"Did you mean {near} ({languages[near]})?" if near else "Write its code: es, zh_Hans, pt_BR."
