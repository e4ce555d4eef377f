"""What is told of the whole site beside a page: the impact of the edits so far, and how far every language is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.core.errors import LockstepError
from pipeline.resolve.worklist import word_diff

MOST = 40
"""How many rows of each kind are told."""


def measured(root: Path) -> dict[str, Any]:
    """The impact of what is in the working tree, as JSON; in a process of its own."""
    from pipeline.commands import impact
    from pipeline.core import cache, clock
    from pipeline.project import project

    try:
        found = impact.measure(project.load(root, clock.read(), store=cache.read()), None)
    except LockstepError as problem:
        return {"error": f"{problem.what}. {problem.todo}"}
    return {
        "empty": found.empty,
        "edited": [
            {
                "severity": str(one.severity),
                "reasons": list(one.reasons),
                "place": f"{one.places[0].path}#{one.places[0].block}",
                "path": one.places[0].path,
                "block": one.places[0].block,
                "had": len(one.had),
                "diff": [list(run) for run in word_diff(one.was.msgid, one.now.msgid)],
            }
            for one in found.edited[:MOST]
        ],
        "new": len({place.key for place in found.new}),
        "deleted": len({place.key for place in found.deleted}),
        "languages": [
            {
                "locale": one.locale,
                "strings": dict(one.strings),
                "words": dict(one.words),
                "carried": one.carried,
                "ended": one.ended,
            }
            for one in found.languages
        ],
        "english": sum(turn.to == "english" for turn in found.turns),
        "leaving": [one.locale for one in found.leaving],
        "advice": list(found.advice[:8]),
    }


def standing(root: Path) -> dict[str, Any]:
    """How far every language is, as `lockstep status` has it, as JSON; in a process of its own."""
    from pipeline.build import deciding
    from pipeline.core import cache, clock
    from pipeline.project import project
    from pipeline.resolve import worklist
    from pipeline.resolve.coverage import percent

    try:
        site = project.load(root, clock.read(), store=cache.read())
        deciding.measure(site, 1)
        covered = [(one, worklist.rows([one], site.blocks)) for one in site.coverage]
    except LockstepError as problem:
        return {"error": f"{problem.what}. {problem.todo}"}
    return {
        "languages": [
            {
                "locale": one.locale,
                "share": percent(one.whole.share),
                "machine": one.whole.machine,
                "words": one.whole.total_words,
                "done": one.whole.done_words,
                "left": worklist.left(rows),
                "critical": sum(row.grade == "critical" for row in rows),
                "states": {state.value: count for state, count in one.whole.messages.items() if count},
                "waits": dict(one.whole.waits),
            }
            for one, rows in covered
        ]
    }
