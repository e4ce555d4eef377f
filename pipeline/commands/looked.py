"""What somebody looked at before signing: a token that `lockstep review --list` prints, and what changed since, if anything did.

The token is made of what was shown and of nothing else, so it holds on another machine and for another person's copy. Its four
parts say what kind of thing changed; where the store of this machine still has what was listed, the texts are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.commands.review import Signable
from pipeline.core.cache import digest
from pipeline.core.errors import LockstepError
from pipeline.core.model import ident
from pipeline.project.project import Project
from pipeline.review.suppressions import hash_of

PARTS = "which texts stand there", "the English", "the translation", "what the page shows beside them"
"""What each part of a token is about."""
KIND, DIGITS = "listed", 6
TOKEN = re.compile(rf"[0-9a-f]{{{DIGITS}}}(?:-[0-9a-f]{{{DIGITS}}}){{{len(PARTS) - 1}}}")

Seen = tuple[str, str, str, str]
"""What was shown of one text, a value for each part of a token."""


def seen(locale: str, found: Iterable[Signable]) -> list[Seen]:
    """What somebody sees of these texts: each where it stands, its English and what that stands under, its translation, and what
    its page shows besides (facts as they are written and as they are translated, pictures, the order)."""
    rows: list[Seen] = []
    for one in found:
        facts = [(ident(fact.message.key), fact.spoken, fact.text.source) for fact in one.shown.facts]
        rows.append(
            (
                f"{one.place.path}#{one.place.block}",
                digest(ident(one.place.key), one.place.around, one.place.critical),
                digest(
                    locale, str(one.shown.state), hash_of(one.translation), one.pair.translation if one.pair else ""
                ),
                digest(one.page, facts),
            )
        )
    return rows


def token(locale: str, found: Iterable[Signable]) -> str:
    """The token of these texts as they stand."""
    return of_rows(seen(locale, found))


def of_rows(rows: Sequence[Seen]) -> str:
    columns = zip(*rows, strict=True) if rows else ([] for _ in PARTS)
    return "-".join(digest(list(column))[:DIGITS] for column in columns)


def listed(project: Project, locale: str, found: Sequence[Signable]) -> str:
    """The token of what is listed; the store keeps what it stands for, to name later what changed."""
    rows = seen(locale, found)
    made = of_rows(rows)
    project.store.put(KIND, made, [list(row) for row in rows])
    return made


def hold(project: Project, locale: str, found: Sequence[Signable], given: str) -> None:
    """Raises LockstepError where these texts are not what was listed under a token, saying what changed since."""
    asked, rows = given.strip().casefold(), seen(locale, found)
    if not TOKEN.fullmatch(asked):
        raise LockstepError(
            f"{given!r} is no token", todo="Copy the last line that `lockstep review LOCALE PAGE --list` prints."
        )
    if (now := of_rows(rows)) == asked:
        return
    before = {row[0]: row for row in noted(project, asked)}
    texts = list(changed(before, rows)) if before else []
    if before and not texts and {row[0] for row in rows} <= before.keys():
        return  # some of the texts that were listed, and those are as they were
    kinds = [what for what, was, is_ in zip(PARTS, asked.split("-"), now.split("-"), strict=True) if was != is_]
    why = "; ".join(texts[:6]) + f"; and {len(texts) - 6} more" * (len(texts) > 6) if texts else ", ".join(kinds)
    raise LockstepError(
        f"this is not what was listed under {asked}. Changed since: {why}",
        todo="Read it again (lockstep review … --list) and sign with the new token. Nothing was written.",
    )


def noted(project: Project, asked: str) -> Iterator[Seen]:
    """What was listed under a token, if this machine still knows."""
    kept = project.store.get(KIND, asked)
    rows = [tuple(map(str, row)) for row in kept if isinstance(row, list)] if isinstance(kept, list) else []
    if all(len(row) == len(PARTS) for row in rows) and of_rows(rows) == asked:  # type: ignore[arg-type]
        yield from rows  # type: ignore[misc]


def changed(before: dict[str, Seen], rows: Sequence[Seen]) -> Iterator[str]:
    """What is not as it was listed, text by text."""
    for row in rows:
        was = before.get(row[0])
        if was is None:
            yield f"{row[0]} was not listed"
        elif kinds := [what for what, old, new in zip(PARTS, was, row, strict=True) if old != new]:
            yield f"{row[0]} ({', '.join(kinds)})"
