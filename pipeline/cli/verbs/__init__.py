"""The verbs, one module each: `VERB` is its record. A new module here is a new verb; nothing else is edited."""

from __future__ import annotations

import importlib.util
import pkgutil

from pipeline.cli.verb import Verb


def every() -> list[Verb]:
    """All verbs in the order of `lockstep --help`."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return sorted((module.VERB for module in modules), key=lambda verb: (verb.rank, verb.name))


def named(name: str) -> list[Verb]:
    """The verb of this name; all of them where there is none."""
    module = name.replace("-", "_")
    known = "_" not in name and module.isidentifier() and importlib.util.find_spec(f"{__name__}.{module}")
    return [importlib.import_module(f"{__name__}.{module}").VERB] if known else every()
