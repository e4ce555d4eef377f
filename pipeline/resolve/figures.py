"""What a page says of itself: how much of it is English, older, a machine's or unreviewed, and who reviewed it when; and
which languages may be published, listed and named to search engines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.content.pages import Site
from pipeline.core.locales import Locale
from pipeline.core.model import Finding, Key, Level, Message, Resolution, Span, State
from pipeline.core.policy import INDEXED
from pipeline.resolve.coverage import words

NOTICES = "templates/notices.html"
"""Everything that readers are told about translations: a language lacking any of it is not published."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many parts (messages, each once) a page has: all, in English, from before a rewording, made by a machine and
    unreviewed, otherwise unreviewed. `held`: the whole page is in English by the policy's word."""

    parts: int = 0
    english: int = 0
    older: int = 0
    machine: int = 0
    unreviewed: int = 0
    held: bool = False


def by_message(found: Iterable[Resolution]) -> dict[Key, list[Resolution]]:
    grouped: dict[Key, list[Resolution]] = {}
    for one in found:
        grouped.setdefault(one.message.key, []).append(one)
    return grouped


def figures(found: Iterable[Resolution], source: str, held: bool) -> Figures:
    """The figures of a page in a language other than `source`."""
    parts = by_message(found).values()
    own = [group for group in parts if all(one.spoken != source for one in group)]
    machine = [group for group in own if any(one.vouched and one.vouched.machine for one in group)]
    unreviewed = [group for group in own if group not in machine and any(unsigned(one) for one in group)]
    older = [group for group in own if any(one.older for one in group)]
    return Figures(len(parts), len(parts) - len(own), len(older), len(machine), len(unreviewed), held)


def unsigned(found: Resolution) -> bool:
    return found.vouched is not None and bool(found.vouched.missing)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The days since which all of a page is reviewed by a qualified translator and by a clinician; "" where it is not.

    `last` is the older of the two, "" where either is void: the `lastReviewed` of schema.org.
    """

    linguistic: str = ""
    clinical: str = ""
    last: str = ""


def reviewed(
    found: Mapping[int, Resolution], original: Mapping[int, Resolution], locale: Locale, source: str
) -> Reviewed:
    """Who vouches for a page: for what is shown of it and for its English, both by `id` of the block.

    The English is a translation of nothing, so there the clinician alone counts. A signature of a clinician under the
    English counts for every language, since the linguistic review says that the translation says the same.
    """
    parts = list(found.values())
    clinical = oldest(max(day(one, "clinician"), day(original.get(at), "clinician")) for at, one in found.items())
    if locale.name == source:
        whole = all(one.state is State.TRANSLATED and one.whole for one in parts)
        return Reviewed("", clinical if whole else "", clinical if whole else "")
    sound = all(one.whole and one.spoken == locale.name and one.vouched and not one.vouched.open for one in parts)
    linguistic = oldest(one.vouched.qualified if one.vouched else "" for one in parts) if sound else ""
    return Reviewed(linguistic, clinical, min(linguistic, clinical) if linguistic and clinical else "")


def day(found: Resolution | None, role: str) -> str:
    return found.vouched.day(role) if found and found.vouched else ""


def oldest(days: Iterable[str]) -> str:
    """The oldest of some days, "" where one is missing."""
    return min(days, default="")


Decide = Callable[[Message], Resolution]


def share(found: Iterable[Resolution], source: str) -> float:
    """The percentage of words shown in another language than `source`; 100 where there are none."""
    counted = [
        (words(key.msgid), all(one.spoken != source for one in group)) for key, group in by_message(found).items()
    ]
    whole = sum(count for count, _ in counted)
    return 100 * sum(count for count, own in counted if own) / whole if whole else 100.0


def unpublished(site: Site, locale: Locale, found: Iterable[Resolution], decide: Decide) -> Iterator[Finding]:
    """Why a language is not published, one finding each; nothing where it is."""
    path, source = site.settings.catalog_path(locale), site.settings.english.name
    for message in site.interface:
        shown = decide(message)
        if message.span.path == NOTICES and (shown.spoken == source or shown.state is State.RECALLED):
            text = (
                f"{locale.english} is not published: readers could not read this notice about its translations. "
                f"Translate (and have reviewed, where the policy asks for it) every message of {NOTICES}."
            )
            yield Finding("not-published", Level.WARNING, text, Span(path, 1), locale.name, message.key, message.span)
            return
    least, now = site.settings.policy.published.get(locale.name, 0.0), share(found, source)
    if now < least:
        text = f"{locale.english} is not published: {now:.1f} % of its words are shown in it; the policy asks for {least:g} %."
        yield Finding("not-published", Level.WARNING, text, Span(path, 1), locale.name)


def listed(site: Site, locale: Locale, found: Iterable[Resolution]) -> bool:
    """Whether a published language stands in the switcher and on the first page."""
    return share(found, site.settings.english.name) >= site.settings.policy.listed.get(locale.name, 0.0)


def indexed(site: Site, locale: Locale, found: Iterable[Resolution]) -> bool:
    """Whether search engines are told of a page as one of this language."""
    return share(found, site.settings.english.name) >= site.settings.policy.indexed.get(locale.name, INDEXED)
