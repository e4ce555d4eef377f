"""How fast the language server answers: `python -m bench.lsp [SITE] [--times 100]`. Without a site it makes one of 574 pages × 21 catalogs.

A real server process, asked by the protocol's own client library: a catalog and a page are typed in, a character at a time as editors send
it, and the time runs from the keystroke to the diagnostics of that very version of the text; then hovers, jumps and fixes. The catalog is typed in
twice: while the rest of it is still being judged, and once all is. The processor's time that the server took is told too. On a copy.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from bench.desk import spread
from pipeline.catalog import po_file
from pipeline.catalog.po_entry import string_line
from pipeline.cli.main import main as lockstep
from pipeline.core import settings
from tests.test_lsp import Editor

MOST = 100
"""Milliseconds within which nineteen of twenty answers come."""


async def measured(root: Path, times: int, locale: str) -> dict[str, list[float]]:
    """Milliseconds of every answer, by what was asked."""
    known, random_ = settings.load(root), random.Random(1)
    po = known.catalog_path(known.by_name[locale])
    page = sorted(one.relative_to(root).as_posix() for one in (root / "source").rglob("*.md"))[times]
    editor, found = Editor(root), dict[str, list[float]]()

    async def clocked(name: str, answer: Awaitable[Any]) -> Any:
        start = time.perf_counter()
        made = await answer
        found.setdefault(name, []).append((time.perf_counter() - start) * 1000)
        return made

    def used() -> float:
        """Seconds of the processor that the server has used."""
        fields = Path(f"/proc/{editor.client._server.pid}/stat").read_text().rpartition(")")[2].split()  # type: ignore[union-attr]
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def typing(name: str, path: str, spots: list[tuple[int, int]], words: str) -> None:
        """Type some words at each place, and look whether something is said of that line."""
        spent, heard = used(), 0
        for line, column in spots:
            for at, char in enumerate(words):
                told = await clocked(name, editor.type(path, char, (line, column + at)))
            heard += any(abs(one.range.start.line - line) < 3 for one in told)
            await asyncio.sleep(0.3)
        each = (used() - spent) * 1000 / len(found[name])
        print(f"{name}: {heard} of {len(spots)} places are told of; {each:.0f} ms of the processor each", flush=True)

    await editor.start("--by", "Ana Ruiz")
    text, entries = (root / po).read_text("utf-8"), list(po_file.load(root, po).live().values())
    lines = text.split("\n")
    fit = [string_line(one) - 1 for one in entries if one.key.context is None and any(one.strings) and not one.plural]
    fit = [at for at in fit if lines[at].startswith('msgstr "') and len(lines[at]) > 20]
    spots = [(at, len(lines[at]) - 1) for at in random_.sample(fit, times)]
    begun = time.perf_counter()
    await editor.open(po)
    print(f"{po}: opened, and something told of it after {time.perf_counter() - begun:.1f} s", flush=True)
    await typing("a translation typed right after opening", po, spots[: times // 2], " 77")
    still = used()
    while True:  # until the rest of it is judged
        await asyncio.sleep(1)
        before, still = still, used()
        if still - before < 0.05:
            break
    await typing("a translation typed, all judged", po, spots[times // 2 :], " 77")
    begun = time.perf_counter()
    await editor.open(page)
    while any("being read" in one.message for one in editor.told[editor.uri(page)]):
        await asyncio.sleep(0.05)
    print(f"{page}: all that is to be said of it after {time.perf_counter() - begun:.1f} s", flush=True)
    rows = (root / page).read_text("utf-8").split("\n")
    prose = [at for at, one in enumerate(rows) if len(one.split()) > 5 and one[0].isalpha()]
    at = [random_.choice(prose) for _ in range(times)]
    await typing("the English typed, its impact told", page, [(one, len(rows[one].split()[0])) for one in at], " not")
    for at in random_.sample(fit, times):
        await clocked("hover in a catalog", editor.hover(po, lines[at]))
        await clocked("from a msgid to its block", editor.leads(po, lines[at]))
        await clocked("fixes in a catalog", editor.fixes(po, lines[at]))
        at = random_.choice(prose)
        await clocked("hover on a page", editor.hover(page, rows[at]))
        await clocked("from a block to its entries", editor.leads(page, rows[at]))
    await editor.client.shutdown_session()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, nargs="?")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--locale", default="es")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lsp-") as folder:
        root = Path(folder) / "site"
        if given.site:
            shutil.copytree(given.site, root, ignore=shutil.ignore_patterns("dist", ".git"))
        else:
            made = [sys.executable, "-m", "bench.generate", str(root), "--pages", "574", "--languages", "21"]
            subprocess.run(made, check=True)
        lockstep(["update", "-C", str(root)])
        found = asyncio.run(measured(root, given.times, given.locale))
    for name, times in found.items():
        print(spread(name, times))
    sys.exit(any(sorted(times)[int(0.95 * len(times))] > MOST for times in found.values()))


if __name__ == "__main__":
    main()
