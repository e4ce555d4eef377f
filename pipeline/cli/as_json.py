"""The figures and findings for programs: JSON, and JSON lines with one finding each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pipeline.changes import Log
from pipeline.cli.reports.rows import marked
from pipeline.core.model import Finding, Resolution
from pipeline.core.states import State
from pipeline.resolve import Coverage
from pipeline.resolve.coverage import Tally
from pipeline.resolve.worklist import Blocks
from pipeline.text import language as spoken
from pipeline.text.evidence import unread

if TYPE_CHECKING:
    from pipeline.commands.trend import Trend


def tally(found: Tally) -> dict[str, Any]:
    """A tally as `{messages: {state: n, total: n}, words: {…}, machine: n, reviewed: n, withheld: n,
    waits: {role: n}}`."""
    return {
        "messages": {**{state.value: count for state, count in found.messages.items()}, "total": found.total},
        "words": {**{state.value: count for state, count in found.words.items()}, "total": found.total_words},
        "machine": found.machine,
        "reviewed": found.reviewed,
        "withheld": found.withheld,
        "waits": dict(found.waits),
    }


def trend(told: Trend) -> str:
    """The days of a trend, oldest first, and why there are none."""
    found = {
        "trend": [
            {"day": one.day, "commit": one.commit, "locales": {name: n._asdict() for name, n in one.locales.items()}}
            for one in told.points
        ],
        "why": told.why,
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def opened(found: Resolution, blocks: Blocks) -> dict[str, Any]:
    """A message that waits for a translator; where its English was edited, what the translation was made for."""
    made: dict[str, Any] = {
        "state": found.state.value,
        "context": found.message.key.context,
        "msgid": found.message.key.msgid,
        "source": str(found.message.span),
        "block": blocks.get((found.message.span.path, found.message.key), ""),
        "spoken": found.spoken,
    }
    if found.change:
        made |= {
            "was": found.change.was.msgid,
            "severity": str(found.change.severity) if found.state is State.STALE else None,
            "since": found.change.since or None,
            "reasons": list(found.change.reasons),
        }
    return made


def status(measured: Iterable[Coverage], log: Log, blocks: Blocks) -> str:
    """The coverage of every language and page, and what people decided about edits."""
    found = {
        language.locale: {
            **tally(language.whole),
            "pages": {page: tally(part) for page, part in sorted(language.pages.items())},
            "open": [opened(resolution, blocks) for resolution in language.open],
            "unread": list(unread(spoken(language.locale))),
        }
        for language in measured
    }
    decided = [json.loads(edit.line()) for edit in log.rows if edit.decision]
    return json.dumps({"locales": found, "decisions": decided}, ensure_ascii=False, indent=2)


def finding(found: Finding, mark: str) -> dict[str, Any]:
    """One finding, in the fields others script against. `mark`: what it is known by in every run."""
    return {
        "file": found.span.path,
        "line": found.span.line,
        "locale": found.locale,
        "check": found.code,
        "level": str(found.level),
        "message": found.text,
        "msgctxt": found.key.context if found.key else None,
        "msgid": found.key.msgid if found.key else None,
        "source": found.source.path if found.source else None,
        "source_line": found.source.line if found.source else None,
        "fingerprint": mark,
    }


def findings(found: Iterable[Finding]) -> str:
    """All findings as one JSON document."""
    return json.dumps({"findings": [finding(one, mark) for one, mark in marked(found)]}, ensure_ascii=False, indent=2)


def lines(found: Iterable[Finding]) -> Iterator[str]:
    """All findings, one JSON object a line."""
    return (json.dumps(finding(one, mark), ensure_ascii=False, sort_keys=True) for one, mark in marked(found))
