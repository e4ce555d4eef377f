"""Files of source/ that each language has its own of (`pump.svg`, `pump.es.svg`), and pictures with words in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from pipeline.content.links import written
from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from pipeline.core.inline import TAG as HTML_TAG
from pipeline.core.model import Finding, Level, Span
from pipeline.core.settings import Settings

OWN = re.compile(r"(.+)\.([a-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*)(\.[A-Za-z0-9]+)", re.S)
"""The name of a file that may be one language's own: what the file of all is called, the language, and the ending."""
TEXT = re.compile(rb"<(?:\w+:)?text\b[^>]*>(.*?)</(?:\w+:)?text\s*>", re.S)
TAG = re.compile(rb"<[^>]*>")
WORD = re.compile(r"[^\W\d_]{3,}")
"""What is a word and no unit or label of a part (`mg`, `A`)."""


def versions(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The files that languages may have of their own, sorted, by the name of the file of all."""
    every = sorted(names)
    known, found = {*every}, dict[str, list[str]]()
    for name in every:
        if (match := OWN.fullmatch(name)) and (base := f"{match[1]}{match[3]}") in known:
            found.setdefault(base, []).append(name)
    return {base: tuple(some) for base, some in found.items()}


def own(name: str, locales: Iterable[str], names: Collection[str]) -> str:
    """The file that a language has of its own for one of all, or that a parent of it has; "" where none has. `locales`: it and
    its parents, nearest first."""
    stem, dot, ending = name.rpartition(".")
    for locale in locales if dot and "/" not in ending else ():
        for called in dict.fromkeys((locale, locale.replace("_", "-"))):
            if (found := f"{stem}.{called}.{ending}") in names:
                return found
    return ""


def is_of(name: str, locale: str) -> bool:
    """Whether a file is one that a language has of its own."""
    match = OWN.fullmatch(name)
    return match is not None and match[2].replace("-", "_") == locale


def wordy(settings: Settings, names: Collection[str]) -> Iterator[Finding]:
    """The pictures with words in them that some language has no file of its own for, and of which nobody said what they were
    made from: its readers get the words of another language."""
    kept = versions(names)
    others = {one for some in kept.values() for one in some}
    for name in sorted(names):
        if not name.endswith(".svg") or name in others or not (said := words(settings, name)):
            continue
        lacking = [one.tag for one in settings.locales if not own(name, (one.name, *one.chain), names)]
        if lacking:
            tags = ", ".join(lacking[:5]) + (" …" if len(lacking) > 5 else "")
            what = (
                f"This picture has words in it (“{said}”), and readers in other languages get them as they are ({tags}). Put one "
                f"with their words beside it, as {name.rpartition('/')[2].removesuffix('.svg')}.{lacking[0]}.svg. Or have the text of "
                f"the page say it too, and name that text: lockstep review {settings.english.name} PAGE#block --into {name}. When that "
                "text is edited, the picture is withheld until somebody has looked at it."
            )
            yield Finding("picture-words", Level.WARNING, what, Span(f"source/{name}", 1))


def words(settings: Settings, name: str) -> str:
    """How the words of a picture begin; "" where it has none, or says what it was made from, which is held to its texts."""
    try:
        body = inputs.read(settings.root, f"source/{name}") or b""
        if b"<" not in body or inputs.read(settings.root, f"source/{name}.made-from") is not None:
            return ""
    except LockstepError:
        return ""  # which is said where it is published
    texts = (TAG.sub(b" ", match[1]).decode("utf-8", "replace") for match in TEXT.finditer(body))
    said = " ".join(" ".join(text.split()) for text in texts if WORD.search(text))
    return said if len(said) <= 40 else f"{said[:39]}…"


def swapped(owned: Mapping[str, str], html: str) -> str:
    """A piece of HTML that names a language's own files in place of those of all, in its tags alone."""
    named = "|".join(re.escape(written(name)) for name in sorted(owned, key=len, reverse=True))
    address = re.compile(rf"(\.\./assets/)({named})(?=[\"'#?\s,&)])")
    back = {written(name): written(one) for name, one in owned.items()}
    return HTML_TAG.sub(lambda found: address.sub(lambda one: one[1] + back[one[2]], found[0]), html)
