"""A verb as a value: its words, its arguments, and what it runs."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.formats import REPORTS

if TYPE_CHECKING:
    from pipeline.core.model import Finding, Level
    from pipeline.core.progress import Progress
    from pipeline.project import Project


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of the command line.

    `rank` orders the verbs in `lockstep --help`, the lowest first; `about` is its line there, and with `more` the text of
    its own help. `arguments` adds what only this verb takes. `formats` are the values of its `--format`, the first the
    default. `rooted` says whether it works on a site that is there, and so takes `--root`. `run` returns the exit code.
    `repeats` are the paths it makes in a site, () for none, where its answer rests on nothing but the site's files and the
    day, and so may be given again (`cli/again`).
    """

    rank: int
    name: str
    about: str
    more: str
    run: Callable[[Namespace], int]
    arguments: Callable[[ArgumentParser], None] = lambda parser: None
    formats: tuple[str, ...] = ()
    rooted: bool = True
    repeats: tuple[str, ...] | None = None

    def fill(self, parser: ArgumentParser) -> None:
        """Give a parser everything this verb takes, the shared arguments first."""
        parser.set_defaults(verb=self.name, run=self.run, repeats=self.repeats)
        if self.rooted:
            parser.add_argument(
                "--root",
                "-C",
                type=Path,
                default=Path(),
                metavar="DIR",
                help="the site's folder, the one with pyproject.toml (default: this one)",
            )
        if self.formats:
            parser.add_argument(
                "--format", choices=self.formats, default="text", help="how to print the result (default: text)"
            )
        self.arguments(parser)


def voiced(parser: ArgumentParser) -> None:
    """Take `--quiet` and `--verbose`."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quiet", "-q", action="store_true", help="print what is wrong, and nothing else")
    how.add_argument("--verbose", "-v", action="store_true", help="also say how long each part of the work took")


def jobs(parser: ArgumentParser) -> None:
    """Take `--jobs`."""
    parser.add_argument(
        "--jobs",
        type=number,
        metavar="N",
        help="work in N processes; the result is the same (default: one for each processor where the site is large, else 1)",
    )


def sharded(parser: ArgumentParser) -> None:
    """Take `--shard` and `--out`."""
    parser.add_argument(
        "--shard",
        type=part,
        metavar="I/N",
        help="do only the I-th of N equal parts, for `lockstep join` (docs/ci.md of Lockstep)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where that part goes (default: …-shard-I-of-N in the site)"
    )


def spoken(
    parser: ArgumentParser, about: str = "only this language, by its name in the settings; may stand several times"
) -> None:
    """Take `--locale`."""
    parser.add_argument(
        "--locale",
        "-l",
        action="append",
        default=[],
        metavar="NAME",
        help=about,
    )


def named(project: Project, names: Sequence[str]) -> tuple[str, ...] | None:
    """The languages that `--locale` asks for, None where it asks for none. Raises LockstepError for one that the site has not."""
    from pipeline.core.errors import LockstepError

    known = {spelled: one.name for one in project.settings.locales for spelled in (one.name, one.tag)}
    names = [name for said in names for name in said.split(",") if name]
    for name in names:
        if name not in known:
            here = ", ".join(one.name for one in project.settings.locales) or "none"
            raise LockstepError(f"no language of this site is called {name!r}", todo=f"It is translated into: {here}.")
    return tuple(dict.fromkeys(known[name] for name in names)) or None


def gated(parser: ArgumentParser) -> None:
    """Take `--fail-on`."""
    parser.add_argument(
        "--fail-on", choices=("error", "warning", "info", "never"), help="use this gate instead of the settings'"
    )


def gate_of(arguments: Namespace, project: Project) -> Level | None:
    """The level from which on a finding fails the run, None where none does."""
    from pipeline.core.model import Level

    said = arguments.fail_on or str(project.settings.gate.level)
    return None if said == "never" else Level[said.upper()]


def reported(parser: ArgumentParser) -> None:
    """Take `--report`."""
    parser.add_argument(
        "--report",
        type=report,
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help=f"also write the findings to a file, as one of {', '.join(REPORTS)}; may stand several times",
    )


def chosen(parser: ArgumentParser) -> None:
    """Take `--select` and `--ignore`."""
    for name, what in (
        ("select", "look for these alone"),
        ("ignore", "say nothing of these, and let them fail nothing"),
    ):
        parser.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="CODE",
            help=f"{what}: codes as printed in brackets, with commas or one by one",
        )


def heeded(arguments: Namespace, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that `--select` and `--ignore` leave. Raises LockstepError for a code that there is not."""
    from pipeline.checks import codes
    from pipeline.core.errors import LockstepError
    from pipeline.core.schema import nearest

    known = codes.every()
    selected, ignored = (
        {code.strip() for one in said for code in one.split(",")} for said in (arguments.select, arguments.ignore)
    )
    for code in sorted((selected | ignored) - known):
        raise LockstepError(
            f"no finding has the code {code!r}",
            todo=nearest(code, known, "docs/checks.md and docs/editors.md of Lockstep list them."),
        )
    return tuple(one for one in found if one.code not in ignored and (not selected or one.code in selected))


def report(text: str) -> tuple[str, Path]:
    """A format and a file, as `sarif=lockstep.sarif`. Raises ArgumentTypeError where it is none."""
    name, _, path = text.partition("=")
    if name not in REPORTS or not path:
        raise ArgumentTypeError(f"FORMAT=FILE, the format one of {', '.join(REPORTS)}, not {text!r}")
    return name, Path(path)


def part(text: str) -> tuple[int, int]:
    """One of several parts, as `2/3`. Raises ArgumentTypeError where it is none."""
    which, _, of = text.partition("/")
    found = number(which), number(of)
    if found[0] > found[1]:
        raise ArgumentTypeError(f"a part from 1 to {found[1]}, as 1/{found[1]}, not {text!r}")
    return found


def number(text: str) -> int:
    """A whole number from 1 on. Raises ArgumentTypeError where it is none."""
    if not (text.isascii() and text.isdigit() and int(text[:9])):
        raise ArgumentTypeError(f"a whole number from 1 on, not {text!r}")
    return int(text[:9])


def project_of(arguments: Namespace, progress: Progress | None = None) -> Project:
    """The site at `--root`, at the time that is now. Raises LockstepError where there is none."""
    from pipeline.cli.again import Outcome
    from pipeline.core import clock
    from pipeline.core.progress import silent
    from pipeline.project import project

    made = project.load(arguments.root.resolve(), clock.read(), progress or silent, arguments.store)
    arguments.outcome = Outcome(made)
    return made


def tidied_project_of(arguments: Namespace) -> Project:
    """The same for a verb that writes files of the site: what runs that died left beside them goes first."""
    from pipeline.content import files
    from pipeline.core import disk

    root = arguments.root.resolve()
    disk.tidied(root / path for folder in ("locale", *files.FOLDERS) for path in files.inside(str(root), folder))
    return project_of(arguments)
