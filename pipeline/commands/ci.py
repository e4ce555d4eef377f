"""The gate of a pull request: check, verify, build and audit as one question, answered with every reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.checks.readability import is_hint
from pipeline.commands import build, check, provenance, recall, review
from pipeline.commands.audit import audit
from pipeline.commands.audit.audit import Difference
from pipeline.core.model import Finding, Level
from pipeline.project.project import Project
from pipeline.resolve.publication import unsaid
from pipeline.site.publish import Published

LINKS = frozenset({"link", "anchor"})
UNTOLD = frozenset({"history", "recall-lost"})
"""What says that something could not be told, or was lost: a person may live with it for a day, a gate may not."""


class Reason(NamedTuple):
    """Why a site is not to be published as it stands: which kind of reason, how many cases of it, and what to do."""

    kind: str
    cases: int
    todo: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it: the findings, the reasons against publishing; where there was none before the build, what was published
    and how that differs from what it says of itself."""

    findings: tuple[Finding, ...]
    reasons: tuple[Reason, ...]
    published: Published | None = None
    differences: tuple[Difference, ...] = ()


def ci(project: Project, gate: Level | None, jobs: int | None = 1) -> Judged:
    """Check the site and its ledgers; where nothing speaks against it, build it into `dist/` and audit that. `gate`: the level of a
    finding that counts as a reason, None for no level."""
    ledgers, _ = review.verify(project)
    found = check.in_order(*check.check(project, jobs), *recall.lost(project), *provenance.lost(project), *ledgers)
    reasons = tuple(against(project, found, gate))
    if reasons:
        return Judged(found, reasons)
    done = build.build(project, jobs)
    dist = project.root / "dist"
    wrong = (*audit.audit(dist, project.progress), *audit.against(project, dist))
    if not wrong:
        return Judged(found, (), done)
    said = Reason(
        "audit", len(wrong), "The pages are not what the manifest or the sources say. Mend the template, or report it."
    )
    return Judged(found, (said,), done, wrong)


def against(project: Project, found: Sequence[Finding], gate: Level | None) -> Iterator[Reason]:
    """What speaks against a site, each kind once, by its findings."""
    new = [name for name, one in project.catalogs.items() if one.body is None]
    if count := len(new) + sum(one.code == "out-of-step" for one in found):
        more = f" These languages have no catalog in git: {', '.join(new)}." if new else ""
        yield Reason("out-of-step", count, f"Run `lockstep update` and commit all it writes, new files too.{more}")
    for kind, cases, todo in (
        ("links", [one for one in found if one.code in LINKS], "Correct the links, or what they lead to."),
        (
            "unpublished",
            [one for one in found if unsaid(project.settings, one)],
            "Translate the notices, or name the language in `unpublished` of [tool.lockstep.gate].",
        ),
        (
            "unknown",
            [one for one in found if one.code in UNTOLD],
            "Give CI the whole history (`fetch-depth: 0`), or restore what was lost.",
        ),
    ):
        if cases:
            yield Reason(kind, len(cases), todo)
    if grave := [one for one in found if gate is not None and one.level >= gate and not is_hint(one)]:
        yield Reason("findings", len(grave), f"Mend what is at or over the gate ({gate}).")
