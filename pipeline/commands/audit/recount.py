"""What the manifest says of a page, counted again from its blocks: its figures, its review, and what no policy allows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.core.states import State
from pipeline.site.html_text import Seen

NEVER = frozenset(state for state in State if not state.traits.shown)
DONE = frozenset(state for state in State if state.done)
FIGURES = ("parts", "english", "older", "machine", "unreviewed")


def unlawful(block: Mapping[str, Any], source: str) -> str:
    """What no policy allows: a text shown in translation that must not be; "" where all is well."""
    own, state = block["lang"] != source, block["state"]
    if own and state in NEVER:
        return f"is {state}, and is shown in {block['lang']}"
    if own and state == "stale" and block.get("severity") == "critical":
        return f"its English changed gravely, and it is shown in {block['lang']}"
    if own and block.get("action") in {"english", "hold"} and state != "recalled":
        return f"the policy says {block['action']}, and it is shown in {block['lang']}"
    if (
        own
        and not block.get("head")
        and not block.get("notices")
        and any(lang == source for _, lang in block.get("facts", ()))
    ):
        return "a value in it is in English, and no notice says so"
    unreviewed = block.get("machine") or block.get("missing") or state == "stale" or block.get("older")
    if (
        own
        and block.get("critical")
        and unreviewed
        and state != "recalled"
        and not (block.get("beside") or block.get("head"))
    ):
        return "is critical and unreviewed or stale, and its English is not beside it"
    return ""


def recount(blocks: Iterable[Mapping[str, Any]], source: str) -> dict[str, int]:
    """The figures of a page, counted again from its blocks: each message once."""
    parts: dict[str, list[Mapping[str, Any]]] = {}
    for block in blocks:
        parts.setdefault(block["message"], []).append(block)
    own = [group for group in parts.values() if all(block["lang"] != source for block in group)]
    machine = [group for group in own if any(block.get("machine") for block in group)]
    return {
        "parts": len(parts),
        "english": len(parts) - len(own),
        "older": sum(1 for group in own if any(block.get("older") for block in group)),
        "machine": len(machine),
        "unreviewed": sum(1 for g in own if g not in machine and any(block.get("missing") for block in g)),
    }


def figures_wrong(page: Mapping[str, Any], html: Seen, source: str) -> Iterator[str]:
    """Whether the figures of the manifest, and those printed on the page, are what a recount gives."""
    if page["lang"] == source:
        if not html.idents.keys().isdisjoint({"Parts", "Held"}):
            yield "the page in its own language counts its parts"
        return
    counted = recount(page["blocks"].values(), source)
    if counted != page["figures"]:
        yield f"the manifest's figures {page['figures']} are not a recount's {counted}"
    ident = "Held" if page["held"] else "Parts"
    told = html.idents.get(ident)
    if told is None:
        if any(counted[name] for name in FIGURES[1:]):
            yield "the page does not say how much of it is in English, older, or unreviewed"
        return
    printed = {name: told.get(f"data-{name}", "") for name in FIGURES}
    if printed != {name: str(count) for name, count in counted.items()}:
        yield f"the figures on the page {printed} are not a recount's {counted}"


def data_wrong(page: Mapping[str, Any], html: Seen, found: Mapping[str, Any]) -> Iterator[str]:
    """Whether the page's JSON-LD says its language, and the day of its review as a recount gives it."""
    try:
        data = json.loads(html.data) if html.data else {}
    except ValueError:
        yield "its JSON-LD cannot be read"
        return
    if not data:
        return
    if data.get("inLanguage") != page["lang"]:
        yield f"its JSON-LD says {data.get('inLanguage')}"
    last = reviewed(page, found)
    if data.get("lastReviewed", "") != last or page["reviewed"]["last"] != last:
        yield f"its JSON-LD says it was last reviewed {data.get('lastReviewed') or 'never'}; a recount says {last or 'never'}"


def reviewed(page: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """The day since which all of a page is reviewed as it is now, counted again from its blocks; "" where it is not."""
    original: Mapping[str, Any] = found["originals"].get(page["source"], {"blocks": {}})["blocks"]

    def day(block: Mapping[str, Any], role: str) -> str:
        return str(block.get("read", {}).get(role, ""))

    clinical = [
        max(day(block, "clinician"), day(original.get(at, {}), "clinician")) for at, block in page["blocks"].items()
    ]
    if page["lang"] == found["source"]:
        whole = all(block["state"] == "translated" and facts_whole(block) for block in page["blocks"].values())
        return min(clinical, default="") if whole else ""
    blocks = page["blocks"].values()
    sound = all(
        block["state"] in DONE
        and block["lang"] == page["lang"]
        and facts_whole(block)
        and not block.get("machine")
        and not block.get("missing")
        for block in blocks
    )
    linguistic = min((day(block, "qualified") for block in blocks), default="") if sound else ""
    last = min(clinical, default="")
    return min(linguistic, last) if linguistic and last else ""


def facts_whole(block: Mapping[str, Any]) -> bool:
    """Whether the facts in a block are translated, up to date and in its language."""
    return all(state in DONE and lang == block["lang"] for state, lang in block.get("facts", ()))
