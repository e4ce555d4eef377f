"""Completion at the prompt: a shell asks this program what may come next. The one module that knows argcomplete."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.core.errors import LockstepError

SHELLS = "bash", "zsh", "fish", "powershell"


def library() -> Any:
    """argcomplete. Raises LockstepError where it is not installed."""
    try:
        import argcomplete.shell_integration
    except ImportError as problem:
        from pipeline.core import installed

        raise LockstepError("completion needs argcomplete", todo=installed.more("completion")) from problem
    return argcomplete


def script(shell: str) -> str:
    """What a shell reads to complete `lockstep`. Raises LockstepError where argcomplete is not installed."""
    return str(library().shell_integration.shellcode(["lockstep"], shell=shell))


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell that started this process to ask, and end the process. Raises LockstepError where argcomplete is not
    installed (here: the script may be from another environment)."""
    for action in actions(parser):
        if action.dest in COMPLETERS:
            action.completer = COMPLETERS[action.dest]  # type: ignore[attr-defined]
    library().autocomplete(parser, always_complete_options="long")


def actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every argument of a parser and of the verbs below it."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from actions(one)


def languages(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
    """The languages of the site at `--root`; none where its settings cannot be read."""
    from pipeline.core import inputs

    try:
        body = inputs.read(Path(getattr(parsed_args, "root", ".")).resolve(), "pyproject.toml") or b""
        found = tomllib.loads(body.decode())
        said = found["tool"]["lockstep"]["locales"]
    except (LockstepError, OSError, ValueError, LookupError, TypeError):
        return []
    return (
        [name for name in said if isinstance(name, str) and name.startswith(prefix)] if isinstance(said, list) else []
    )


def codes(prefix: str, **_: object) -> list[str]:
    """The codes of findings; of several with commas, the last is completed."""
    from pipeline.checks.codes import every

    before, comma, last = prefix.rpartition(",")
    return [before + comma + code for code in sorted(every()) if code.startswith(last)]


COMPLETERS = {"locale": languages, "locales": languages, "select": codes, "ignore": codes}
"""What completes an argument, by its name."""
