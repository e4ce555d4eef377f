"""Where this Lockstep is from, and so what pip is asked for to have the same one elsewhere, or one with more parts."""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pipeline.core import git
from pipeline.core.errors import LockstepError

PACKAGE = "lockstep-pages"
SHORT = re.compile(r"(?P<who>[\w.-]+@[\w.-]+):(?P<path>[^/].*)")
"""How git lets an address be written that ssh reads: `git@host:owner/name`."""


def source(*, elsewhere: bool = False) -> str:
    """A folder or an address that pip installs this very Lockstep from, "" where an index had it. `elsewhere` prefers, of a checkout
    that others can fetch, the address and the commit: the folder is on this machine alone."""
    if folder := checkout():
        return (elsewhere and published(folder)) or str(folder)
    return recorded(direct_url())


def here_alone(place: str) -> bool:
    """Whether a folder or an address is on this machine alone."""
    return bool(place) and ("://" not in place or place.partition("://")[0].endswith("file"))


def checkout(ours: Path = Path(__file__).parents[2]) -> Path | None:
    """The folder of the checkout that this program runs in, None where it is installed apart from its sources."""
    with suppress(OSError, tomllib.TOMLDecodeError):
        told = tomllib.loads((ours / "pyproject.toml").read_text("utf-8"))
        return ours if told.get("project", {}).get("name") == PACKAGE else None
    return None


def published(folder: Path) -> str:
    """The address of a checkout and its commit as pip takes them; "" where others would not get what is in the folder: it is no
    clone of another machine's repository, was changed, or nobody has its commit yet."""
    with suppress(LockstepError):
        top, state, commit, address = (
            git.run(folder, *words.split()).out.decode(errors="replace").strip()
            for words in (
                "rev-parse --show-toplevel",
                "status --porcelain --untracked-files=no",
                "rev-parse HEAD",
                "remote get-url origin",
            )
        )
        if short := SHORT.fullmatch(address):
            address = f"ssh://{short['who']}/{short['path']}"
        away = urlsplit(address).scheme in {"https", "http", "ssh", "git"}
        same = away and not state and top and Path(top).samefile(folder)
        if same and git.run(folder, "branch", "--remotes", "--contains", commit).out.strip():
            return f"git+{public(address)}@{commit}"
    return ""


def direct_url() -> dict[str, Any]:
    """What the installer recorded of an address that it was given (PEP 610), {} where it was given a name, or recorded nothing."""
    from importlib.metadata import PackageNotFoundError, distribution

    with suppress(PackageNotFoundError, ValueError):
        told = json.loads(distribution(PACKAGE).read_text("direct_url.json") or "{}")
        return told if isinstance(told, dict) else {}
    return {}


def recorded(told: dict[str, Any]) -> str:
    """A record of an address as pip takes it again: a folder, or an address with its commit. "" where a folder or file is gone."""
    address = str(told.get("url", ""))
    part = f"#subdirectory={told['subdirectory']}" if told.get("subdirectory") else ""
    if isinstance(version := told.get("vcs_info"), dict):
        return f"{version.get('vcs', 'git')}+{public(address)}@{version.get('commit_id', 'HEAD')}{part}"
    if urlsplit(address).scheme != "file":
        return public(address) + (part if address else "")
    from urllib.request import url2pathname

    path = Path(url2pathname(urlsplit(address).path))
    return str(path / told.get("subdirectory", "")) if path.is_dir() else address if path.exists() else ""


def public(address: str) -> str:
    """An address without a password, and without the name of whoever has it, unless ssh needs it."""
    parts = urlsplit(address)
    name, _, host = parts.netloc.rpartition("@")
    if name and parts.scheme == "ssh":
        host = f"{name.partition(':')[0]}@{host}"
    return urlunsplit(parts._replace(netloc=host))


def more(extra: str) -> str:
    """What to do where a part of Lockstep is not installed: a command that installs it into the environment that runs."""
    import importlib.util
    import shlex
    import sys

    found = source()
    if "://" in found:
        words = [f"{PACKAGE}[{extra}] @ {found}"]
    elif found:
        words = ["--editable", f"{found}[{extra}]"] if checkout() else [f"{found}[{extra}]"]
    else:
        words = [f"{PACKAGE}[{extra}]"]
    pip = (
        [sys.executable, "-m", "pip"]
        if importlib.util.find_spec("pip")
        else ["python3", "-m", "pip", "--python", sys.executable]
    )
    return f"Install it: {shlex.join([*pip, 'install', *words])}"
