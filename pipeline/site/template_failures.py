"""What goes wrong while a template is read or rendered, as one error that names its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from pipeline.content.template_errors import frames, in_words
from pipeline.core import starter
from pipeline.core.errors import LockstepError
from pipeline.core.schema import nearest


@contextmanager
def blamed(name: str) -> Iterator[None]:
    """Turn what goes wrong inside a template into one error that names its file and line; other errors pass."""
    try:
        yield
    except TemplateSyntaxError as problem:
        raise LockstepError(
            f"broken template: {problem.message}",
            path=f"templates/{problem.name or name}",
            line=problem.lineno,
            todo="Mend the tag on this line.",
        ) from problem
    except LockstepError:
        raise
    except Exception as problem:  # a template may call anything, so anything may rise from it
        path, line = raised_in(problem, name)
        if line is None and not isinstance(problem, TemplateError):
            raise
        if isinstance(problem, TemplateNotFound):
            what = f"There is no such template: templates/{problem.name}"
            todo = "Restore it from git, or mend the name on this line." if line else "Restore it from git."
            raise LockstepError(what, path=path, line=line, todo=todo) from problem
        todo = "Mend the expression on this line."
        if (lost := LOST.fullmatch(str(problem))) and (near := nearest(lost[1], given(problem), "")):
            todo = f"{near} {todo}"
        raise LockstepError(f"the template failed: {why(problem)}", path=path, line=line, todo=todo) from problem


LOST = re.compile(r"there is no `(\w+)` here")


def why(problem: Exception) -> str:
    """What a template fell over, in words."""
    if isinstance(problem, RecursionError):
        return "it takes in itself, or is nested too deeply"
    said = (problem.message if isinstance(problem, TemplateError) else str(problem)) or "this cannot be worked out"
    return said if isinstance(problem, TemplateError) else in_words(said)


def given(problem: BaseException) -> list[str]:
    """The names that the template had that an error rose from."""
    inside = [
        frame for frame in frames(problem) if frame.f_code.co_filename.endswith(".html")
    ]  # Jinja's, with its names
    return sorted({name for frame in inside for name in frame.f_locals if not name.startswith("_")})


def raised_in(problem: BaseException, name: str) -> tuple[str, int | None]:
    """The template file and line an error rose from; no line where it rose from no template."""
    trace, path, line = problem.__traceback__, f"templates/{name}", None
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix == ".html" and (file.parent != starter.home() / "templates" or line is None):
            path, line = (f"templates/{file.name}" if file.is_absolute() else file.as_posix()), trace.tb_lineno
        trace = trace.tb_next
    return path, line
