"""What a translated copy of a page says of itself that kept it from readers where it comes from (`draft: true`, a day that is to come)."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.content.files import FRONT_MATTER, TOML_FRONT_MATTER

JSON_FRONT_MATTER = re.compile(r"\ufeff?(\{[ \t]*\r?\n.*?^\})", re.S | re.M)
SAID = re.compile(
    r"(?:^|[{,])[ \t]*(?:-[ \t]+)?[\"']?(?P<key>[A-Za-z_]+)[\"']?[ \t]*(?:=|:(?=\s|[\"']))"
    r"(?=\s*[\"']?(?P<rest>(?P<value>[^\n\"',}\]#]*)[^\n]*))",
    re.M,
)
"""A key of a front matter and the first words of its value, at whatever depth."""
YES, NO = frozenset({"true", "yes", "on", "y", "1"}), frozenset({"false", "no", "off", "n", "0"})
NEVER = {
    **dict.fromkeys(("draft", "unlisted", "headless", "hidden"), YES),
    "published": NO,
    "render": frozenset({"never", "link", *NO}),
    "list": frozenset({"never", *NO}),
    "status": frozenset({"draft", "hidden", "private", "pending"}),
    "permalink": frozenset({"false"}),
}
"""By key, the values with which some tool publishes no page, or one that no menu has."""
FROM = frozenset({"date", "publishdate", "publish_date", "pubdate", "published", "release_date", "scheduled"})
UNTIL = frozenset({"expirydate", "expiry_date", "unpublishdate", "expires"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


class Kept(NamedTuple):
    """What keeps a copy from readers: as it is written, and its line."""

    what: str
    line: int


def kept(text: str, today: str) -> Kept | None:
    """What a copy says of itself that keeps it from readers on a day (an ISO date), whichever tool reads it so; None for nothing."""
    front = next((one for form in FRONTS if (one := form.match(text))), None)
    for found in SAID.finditer(front[1]) if front else ():
        key, value = found["key"].lower(), found["value"].strip().lower()
        later = is_after(found["rest"], today)
        if value in NEVER.get(key, ()) or (key in FROM and later) or (key in UNTIL and value and not later):
            assert front is not None
            line = text.count("\n", 0, front.start(1) + found.start("key")) + 1
            return Kept(f"{found['key']}: {found['value'].strip()}", line)
    return None


FRONTS = FRONT_MATTER, TOML_FRONT_MATTER, JSON_FRONT_MATTER


def is_after(said: str, today: str) -> bool:
    """Whether a date is after a day; by its year alone where it is not written as in ISO."""
    if day := DAY.match(said):
        return day[0] > today
    return max(YEAR.findall(said), default="") > today[:4]
