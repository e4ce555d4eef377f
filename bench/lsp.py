"""How fast the language server answers: `python -m bench.lsp [SITE] [--times 100]`. Without a site it makes one of 574 pages × 21 catalogs.

A real server process, asked by the protocol's own client library: a catalog and a page are typed in, and the time runs from the keystroke to
the diagnostics that it brings (the pause after which a text counts as typed is in it); then hovers, jumps and fixes. On a copy.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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

    async def clocked(name: str, answer: object) -> None:
        start = time.perf_counter()
        await answer  # type: ignore[misc]
        found.setdefault(name, []).append((time.perf_counter() - start) * 1000)

    await editor.start("--by", "Ana Ruiz")
    for path in (po, page):
        begun = time.perf_counter()
        await editor.open(path)
        while any("being read" in one.message for one in editor.told[editor.uri(path)]):
            await asyncio.sleep(0.05)
        print(f"{path}: all that is to be said of it after {time.perf_counter() - begun:.1f} s", flush=True)
    text, entries = (root / po).read_text("utf-8"), list(po_file.load(root, po).live().values())
    lines = text.split("\n")
    fit = [string_line(one) - 1 for one in entries if one.key.context is None and any(one.strings) and not one.plural]
    fit = [at for at in fit if lines[at].startswith('msgstr "') and len(lines[at]) > 20]
    for at in random_.sample(fit, times):
        other = [*lines[:at], lines[at][:-1] + ' 77"', *lines[at + 1 :]]
        await clocked("a translation typed, judged", editor.type(po, "\n".join(other)))
    await editor.type(po, text)
    english = (root / page).read_text("utf-8")
    rows = english.split("\n")
    prose = [at for at, one in enumerate(rows) if len(one.split()) > 5 and one[0].isalpha()]
    for number in range(times):
        at = random_.choice(prose)
        other = [*rows[:at], rows[at][: 20 + number % 20] + " never" + rows[at][20 + number % 20 :], *rows[at + 1 :]]
        await clocked("the English typed, its impact told", editor.type(page, "\n".join(other)))
    await editor.type(page, english)
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
