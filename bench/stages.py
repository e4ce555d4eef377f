"""Time extract, update and build on any site folder: `python bench/stages.py [SITE] [--runs N]`.

The site is copied first, so nothing of it changes. Each stage runs in a process of its own, as its users run it; the
fastest of N runs is shown, with what a bare interpreter costs, since these machines are noisy. With gettext installed,
msgmerge over the same catalogs stands beside `update`: both are measured in this one run.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent


def fastest(runs: int, *words: str) -> float:
    """Seconds of the fastest of `runs` runs of a command."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(words, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def msgmerge(root: Path, runs: int) -> float | None:
    """Seconds that msgmerge takes over all catalogs of the site, one after the other."""
    tool = shutil.which("msgmerge")
    if tool is None:
        return None
    catalogs = sorted((root / "locale").glob("*/LC_MESSAGES/*.po"))
    return sum(
        fastest(runs, tool, "-q", "-o", "/dev/null", str(path), str(root / "locale/messages.pot")) for path in catalogs
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("site", nargs="?", type=Path, default=REPO)
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        root.mkdir()
        for name in ("source", "locale", "templates", "pyproject.toml"):
            path = given.site.resolve() / name
            if path.is_dir():
                shutil.copytree(path, root / name)
            elif path.exists():
                shutil.copy(path, root / name)
        tool = (sys.executable, "-m", "pipeline")

        def run(verb: str, runs: int) -> float:
            return fastest(runs, *tool, verb, "--root", str(root))

        pages = len(list((root / "source").rglob("*.md")))
        catalogs = len(list((root / "locale").glob("*/LC_MESSAGES/*.po")))
        print(f"{given.site.resolve().name}: {pages} pages, {catalogs} catalogs; seconds, fastest of {given.runs}")
        print(f"{'interpreter alone':<34}{fastest(given.runs, sys.executable, '-c', 'pass'):7.2f}")
        print(f"{'lockstep --help':<34}{fastest(given.runs, *tool, '--help'):7.2f}")
        print(f"{'extract':<34}{run('extract', given.runs):7.2f}")
        print(f"{'update, first':<34}{run('update', 1):7.2f}")
        print(f"{'update, nothing changed':<34}{run('update', given.runs):7.2f}")
        beside = msgmerge(root, given.runs)
        if beside is not None:
            print(f"{'  msgmerge over the same catalogs':<34}{beside:7.2f}")
        print(f"{'build, first':<34}{run('build', 1):7.2f}")
        print(f"{'build, nothing changed':<34}{run('build', given.runs):7.2f}")
        outputs = sum(1 for path in (root / "dist").rglob("*") if path.is_file())
        print(f"{outputs} files in dist/")


if __name__ == "__main__":
    main()
