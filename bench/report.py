"""What was measured as words for people: a table in Markdown and a chart in SVG."""

from __future__ import annotations

import datetime
import html
import os
import platform
import statistics
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Cost
from bench.peers import PEERS, find, version
from bench.product import DAY, REPO

Key = tuple[str, str]
"""A stage, and the peer beside it ("": the program itself)."""


@dataclass(frozen=True, slots=True)
class Result:
    """The costs of a site's stages and peers, a round each; an empty list is a peer that is not installed."""

    name: str
    pages: int
    languages: int
    entries: int
    costs: Mapping[Key, Sequence[Cost]]

    @property
    def rounds(self) -> int:
        return max(map(len, self.costs.values()))

    def median(self, key: Key) -> Cost | None:
        """The round in the middle by CPU; None where nothing was measured or it failed."""
        found = sorted(self.costs.get(key, ()), key=lambda cost: cost.cpu)
        return found[(len(found) - 1) // 2] if found else None

    def ratio(self, key: Key) -> float | None:
        """How often the peer's CPU fits into ours: the median of the rounds."""
        pairs = list(zip(self.costs[key[0], ""], self.costs[key], strict=False))
        sound = [ours.cpu / theirs.cpu for ours, theirs in pairs if not ours.stopped and sound_peer(theirs)]
        return statistics.median(sound) if sound else None

    def done(self, stage: str, seconds: float) -> str:
        """What a stage gets through in a second of CPU."""
        verb = stage.partition(",")[0]
        if verb == "extract":
            return f"{self.pages / seconds:,.0f} pages"
        if verb in ("build", "audit"):
            return f"{self.pages * (self.languages + 1) / seconds:,.0f} pages"
        return f"{self.entries / seconds:,.0f} entries" if verb in ("update", "check", "status") else ""


def sound_peer(cost: Cost) -> bool:
    """Whether a peer's run says something: it ended by itself, and well."""
    return cost.code == 0


def table(result: Result) -> list[str]:
    """A row a stage, and below it a row for each peer beside it."""
    rows = [
        "| work | CPU s | wall s | a CPU second | peak MB | written MB | our CPU ÷ theirs |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    for stage in DAY:
        ours = result.median((stage.name, ""))
        if ours:
            rows.append(row(f"**{stage.name}**", ours, result.done(stage.name, ours.cpu), ""))
        rows += [
            peer_row(result, (peer.beside, peer.name))
            for peer in PEERS
            if (peer.beside, peer.name) in result.costs and peer.beside == stage.name
        ]
    return rows


def row(name: str, cost: Cost, done: str, ratio: str) -> str:
    over = ">" if cost.stopped else ""
    facts = (
        f"{over}{cost.cpu:.2f}",
        f"{over}{cost.wall:.2f}",
        done,
        f"{cost.memory / 1e6:,.0f}",
        f"{cost.written / 1e6:,.1f}",
        ratio,
    )
    return f"| {name} | {' | '.join(facts)} |"


def peer_row(result: Result, key: Key) -> str:
    cost, name = result.median(key), f"beside it: {key[1]}"
    if cost is None:
        return f"| {name} | not installed | | | | | |"
    if not (sound_peer(cost) or cost.stopped):
        return f"| {name} | failed: exit code {cost.code} | | | | | |"
    ratio = result.ratio(key)
    return row(name, cost, result.done(key[0], cost.cpu), "" if ratio is None else f"{ratio:.2f}")


def heading(result: Result) -> str:
    return f"{result.name}: {result.pages:,} pages, {result.languages} languages, {result.entries:,} entries; medians of {result.rounds} interleaved rounds"


def machine() -> str:
    """The machine, the day, the revision and the versions."""
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8").split("model name", 1)[1].splitlines()[0].strip("\t :")
    except (OSError, IndexError):
        told = platform.processor() or platform.machine()
    head = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=REPO, capture_output=True, text=True
    ).stdout.strip()
    facts = [
        told,
        f"{os.cpu_count()} cores",
        platform.system(),
        f"Python {platform.python_version()}",
        f"revision {head or 'unknown'}",
    ]
    return f"{', '.join(facts)}; {datetime.datetime.now(datetime.UTC).date().isoformat()}"


def versions() -> list[str]:
    """A line for each tool beside which we stand."""
    return [
        f"- `{tool}`: {version(tool) if find(tool) else 'not installed'}"
        for tool in dict.fromkeys(peer.tool for peer in PEERS)
    ]


BAR, GAP, LEFT, WIDTH = 16, 6, 250, 860
INK, OURS, THEIRS = "#1a1a1a", "#0d5c63", "#c77d0a"


def bars(result: Result) -> Iterable[tuple[str, float, bool, bool]]:
    """What the chart shows, from the top: label, seconds of CPU, whether it is ours, whether that is a lower bound."""
    for stage in DAY:
        if ours := result.median((stage.name, "")):
            yield stage.name, ours.cpu, True, ours.stopped
        for peer in PEERS:
            theirs = result.median((stage.name, peer.name)) if peer.beside == stage.name else None
            if theirs and (sound_peer(theirs) or theirs.stopped):
                yield peer.name, theirs.cpu, False, theirs.stopped


def chart(result: Result) -> str:
    """Seconds of CPU as bars on a scale of powers of ten; every bar has its name and its figure as text."""
    import math

    found = list(bars(result))
    low = 10 ** math.floor(math.log10(min(seconds for _, seconds, *_ in found)))
    high = 10 ** math.ceil(math.log10(max(seconds for _, seconds, *_ in found)))

    def across(seconds: float) -> float:
        return (WIDTH - LEFT - 90) * math.log10(seconds / low) / math.log10(high / low)

    height = 70 + len(found) * (BAR + GAP) + 30
    said = "; ".join(f"{name} {'more than ' * over}{seconds:.2f}" for name, seconds, _, over in found)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="13">',
        f'<title id="title">{html.escape(f"Seconds of CPU for each stage, {heading(result)}")}</title>',
        f'<desc id="desc">{html.escape(f"Bars on a logarithmic scale, shorter is better. {said}.")}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="24" font-size="16" font-weight="bold" fill="{INK}">Seconds of CPU, shorter is better</text>',
        f'<text x="12" y="44" fill="{INK}">{html.escape(heading(result))}</text>',
    ]
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        x = LEFT + across(10**power)
        lines.append(f'<line x1="{x:.0f}" y1="60" x2="{x:.0f}" y2="{height - 26}" stroke="#bbb"/>')
        lines.append(f'<text x="{x:.0f}" y="{height - 10}" text-anchor="middle" fill="{INK}">{10.0**power:g} s</text>')
    for at, (name, seconds, ours, over) in enumerate(found):
        y, wide = 64 + at * (BAR + GAP), max(2.0, across(seconds))
        weight = ' font-weight="bold"' if ours else ""
        lines.append(
            f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end" fill="{INK}"{weight}>{html.escape(name)}</text>'
        )
        lines.append(f'<rect x="{LEFT}" y="{y}" width="{wide:.1f}" height="{BAR}" fill="{OURS if ours else THEIRS}"/>')
        lines.append(f'<text x="{LEFT + wide + 6:.1f}" y="{y + 13}" fill="{INK}">{"over " * over}{seconds:.2f}</text>')
    return "\n".join([*lines, "</svg>", ""])


DOC, CHART = REPO / "docs/speed.md", REPO / "docs/images/speed.svg"
MARK = "<!-- What follows is written by `nox -s bench -- --docs`. -->"


def write_docs(results: Sequence[Result], command: str) -> None:
    """Put the figures below the mark in docs/speed.md, and draw the first site's."""
    words = DOC.read_text("utf-8").partition(MARK)[0]
    parts = [
        f"{words}{MARK}",
        f"Made by `{command}` on {machine()}.",
        f"![Seconds of CPU by stage](images/{CHART.name})",
    ]
    for result in results:
        parts += [f"## {heading(result)}", "\n".join(table(result))]
    parts += ["## Versions", "\n".join(versions())]
    DOC.write_text("\n\n".join(parts) + "\n", "utf-8")
    CHART.write_text(chart(results[0]), "utf-8")
