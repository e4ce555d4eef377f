"""What is said of a template that cannot be read, with its line. Jinja names the line of a wrong tag; what nests too deeply for
it, or for the Python that it makes, rises as anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import FrameType
from typing import Any

from pipeline.core.errors import LockstepError

DEBUG = re.compile(r"^debug_info = '([\d=&]*)'", re.M)
"""In the Python that Jinja makes of a template: of which line of it a line was made."""
TOO_DEEP = "too many statically nested blocks", "too many nested parentheses", "too many levels of indentation"


KINDS = {
    "int": "a number", "float": "a number", "str": "a text", "Markup": "a text", "Said": "a text", "bool": "a yes or no",
    "NoneType": "nothing", "dict": "a mapping", "Front": "a mapping", "list": "a list", "tuple": "a list", "function": "a function",
    "method": "a function", "builtin_function_or_method": "a function", "Macro": "a macro",
}  # fmt: skip
"""What authors call what Python calls otherwise."""
CLASS = re.compile(
    r"""(["']?)(?:<class )?(["']?)(?:[a-z_]\w*\.)*([A-Za-z_]\w*)(?:\2>)?( objects?\b|)\1( objects?\b|)"""
)


def in_words(said: str) -> str:
    """What Python says of a failure, its classes by what they are: `'int' object is not callable` is a number that is not."""

    def word(found: re.Match[str]) -> str:
        quoted = bool(found[1] or found[2] or found[4] or found[5])
        if found[3] in KINDS and (quoted or found[3] == "NoneType"):
            return KINDS[found[3]]
        return "this" if quoted and found[4] + found[5] and found[3][:1].isupper() else found[0]

    return CLASS.sub(word, said)


def frames(problem: BaseException) -> Iterator[FrameType]:
    """Where an error passed, what it rose in last."""
    trace = problem.__traceback__
    while trace is not None:
        yield trace.tb_frame
        trace = trace.tb_next


def unreadable(problem: BaseException, path: str) -> LockstepError:
    """What is wrong with a template that an error rose from, at its line."""
    said = getattr(problem, "msg", None) or str(problem)
    if isinstance(problem, RecursionError | MemoryError) or said.startswith(TOO_DEEP):
        what, todo = (
            "nested too deeply",
            "Part it: give a piece of it a name with `{% set … %}`, or a macro of its own.",
        )
    elif said.startswith("Exceeds the limit"):
        what, todo = "a number of too many digits", "Write a shorter one."
    else:
        what, todo = in_words(said)[:200], "Mend the tag on this line."
    return LockstepError(f"broken template: {what}", path=path, line=line_of(problem), todo=todo)


def line_of(problem: BaseException) -> int | None:
    """The line of the template that was being read when an error rose."""
    line = None
    for frame in frames(problem):
        known = frame.f_locals
        match frame.f_globals.get("__name__"):
            case "jinja2.parser":
                line = number(known["self"].stream.current) if "self" in known else line
            case "jinja2.lexer":
                line = known.get("lineno", line)
            case "jinja2.compiler" | "jinja2.visitor" | "jinja2.idtracking" | "jinja2.optimizer":
                line = number(known.get("node")) or line
            case "jinja2.environment" if isinstance(problem, SyntaxError) and frame.f_code.co_name == "_compile":
                line = made_of(str(known.get("source")), problem.lineno) or line
    return line


def number(what: Any) -> int | None:
    found = getattr(what, "lineno", None)
    return found if isinstance(found, int) else None


def made_of(python: str, line: int | None) -> int | None:
    """The line of a template that a line of the Python that was made of it comes from."""
    found = DEBUG.search(python)
    pairs = [pair.split("=") for pair in found[1].split("&")] if found and found[1] else []
    return max((int(theirs) for theirs, ours in pairs if line is not None and int(ours) <= line), default=None)
