"""Whether each language's badge says what the manifest counts."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from pipeline.core.states import State

FOLDER = "status/badges"
PART = re.compile(r"(\d+)% (translated|by machine alone|reviewed)")


def wrong(dist: Path, found: Mapping[str, Any], there: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each badge that says another thing than the manifest, and what."""
    for tag, states in found["states"].items():
        language, vouched = found["languages"][tag], found["vouched"][tag]
        total = sum(states.values())
        counts = {
            "translated": max(sum(states[str(state)] for state in State if state.done) - vouched["machine"], 0),
            "by machine alone": vouched["machine"],
            "reviewed": vouched["reviewed"],
        }
        said = {}
        for name in (f"{FOLDER}/{tag}.svg", f"{FOLDER}/{tag}.json"):
            if name in there:
                said[name] = worded(name, (dist / name).read_text("utf-8", "replace"), language["name"])
        for name, words in said.items():
            shares = {what: int(share) for share, what in PART.findall(words)}
            if any(not fits(shares.get(what, 0), some, total) for what, some in counts.items()):
                yield name, "its figures are not the manifest's"
            elif ("not published" in words) is language["published"]:
                yield name, "whether the language is published is not as the manifest has it"


def worded(name: str, text: str, label: str) -> str:
    """The words of a badge after its label; "" where it has another label, or says different things to eye and ear."""
    if name.endswith(".json"):
        try:
            read = json.loads(text)
        except ValueError:
            return ""
        return str(read.get("message")) if isinstance(read, dict) and read.get("label") == label else ""
    shown = [unescape(one) for one in re.findall(r"<text[^>]*>([^<]*)</text>", text)]
    heard = {
        unescape(one) for one in re.findall(r'aria-label="([^"]*)"|<title>([^<]*)</title>', text) for one in one if one
    }
    return shown[1] if len(shown) == 2 and shown[0] == label and heard == {": ".join(shown)} else ""


def fits(share: int, some: int, total: int) -> bool:
    """Whether a whole percentage can be that share: nothing but all is 100, nothing but none is 0."""
    if some >= total or not some:
        return share == (100 if some >= total else 0)
    return 0 < share < 100 and abs(share - 100 * some / total) <= 1
