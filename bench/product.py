"""The program under measurement, through its command line alone, and the day of work that is measured."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import edits, measure
from bench.generate import Plan
from bench.measure import Cost

REPO = Path(__file__).resolve().parent.parent
PARTS = ("source", "locale", "templates", "pyproject.toml")
"""What a site is made of."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A copy of a site, and the checkout whose program works on it."""

    root: Path
    tree: Path = REPO
    limit: float | None = None

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def store(self) -> Path:
        return self.root / "store"

    def lockstep(self, *words: str) -> Cost:
        """Run the program; findings (exit code 1) are no failure here."""
        env = {"PYTHONPATH": str(self.tree), "LOCKSTEP_STORE": str(self.store)}
        return measure.run([sys.executable, "-m", "pipeline", *words], cwd=self.site, env=env, limit=self.limit)

    def forget(self) -> None:
        """Empty the store of results and take the pages away."""
        for folder in (self.store, self.site / "dist", self.site / ".lockstep"):
            shutil.rmtree(folder, ignore_errors=True)


def lay_out(site: Path, root: Path, *, tree: Path = REPO, limit: float | None = None) -> Bench:
    """Copy a site into a new folder."""
    bench = Bench(root, tree, limit)
    bench.site.mkdir(parents=True)
    for name in PARTS:
        if (site / name).is_dir():
            shutil.copytree(site / name, bench.site / name)
        elif (site / name).exists():
            shutil.copy(site / name, bench.site / name)
    return bench


def generate(root: Path, plan: Plan) -> None:
    """Make a site, in a process of its own."""
    words = [word for name, value in asdict(plan).items() if value is not None for word in (f"--{name}", str(value))]
    subprocess.run([sys.executable, "-m", "bench.generate", str(root), *words], cwd=REPO, check=True)


@dataclass(frozen=True, slots=True)
class Stage:
    """A verb as it is measured; `before` is what happens to the site just before, untimed."""

    name: str
    words: tuple[str, ...]
    before: Callable[[Bench], object] = lambda bench: None


HELP = "--help"
DAY = (
    Stage(HELP, ("--help",)),
    Stage("extract", ("extract",)),
    Stage("update, first", ("update",)),
    Stage("update, unchanged", ("update",)),
    Stage("check, cold", ("check",), Bench.forget),
    Stage("check, unchanged", ("check",)),
    Stage("build, cold", ("build",), Bench.forget),
    Stage("build, unchanged", ("build",)),
    Stage(
        "build, pages gone, store kept",
        ("build",),
        lambda bench: shutil.rmtree(bench.site / "dist", ignore_errors=True),
    ),
    Stage("status", ("status",)),
    Stage("audit", ("audit",)),
    Stage("build, one msgstr edited", ("build",), lambda bench: edits.edit_msgstr(bench.site)),
    Stage("update, one paragraph edited", ("update",), lambda bench: edits.edit_paragraph(bench.site)),
    Stage("build, one paragraph edited", ("build",)),
    Stage("build, one template line edited", ("build",), lambda bench: edits.edit_template(bench.site)),
    Stage("update, 10 % edited", ("update",), lambda bench: edits.edit_english(bench.site)),
    Stage("update, 10 % edited, again", ("update",)),
    Stage("build, 10 % edited", ("build",)),
)
"""In this order: each stage finds the site as the one before left it."""


def day(bench: Bench) -> Iterator[tuple[Stage, Cost]]:
    """Run every stage; one that the limit stopped is told of, and those that cannot do without it are passed over."""
    stopped = False
    for stage in DAY:
        stage.before(bench)
        cost = bench.lockstep(*stage.words)
        stopped |= cost.stopped
        if cost.stopped or cost.code in (0, 1):
            yield stage, cost
        elif not stopped:
            raise SystemExit(f"lockstep {' '.join(stage.words)} failed (exit code {cost.code}):\n{cost.said}")


def warm(tree: Path) -> None:
    """Compile a checkout's modules, so that no stage pays for it."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(tree / "pipeline")], check=True)
