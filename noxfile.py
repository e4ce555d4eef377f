"""The whole interface: `python3 noxfile.py` makes the pages, `python3 noxfile.py -s tests` runs the tests.

Run as a script it boots nox by itself, in a private environment under .nox/, from nothing but Python 3.11 and pip.
Under plain `nox`, `uvx nox` or `pipx run nox` the same sessions use the same environment. No session holds logic.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this line is for the Python that cannot run the rest
    sys.exit(
        "Lockstep needs Python 3.11 or newer; this is Python %d.%d (%s).\n"  # noqa: UP031
        "Run it with a newer one, for example: python3.11 noxfile.py"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

import hashlib
import importlib.util
import logging
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SITE = ("site", "[nox]")
"""The environment of the pages. Lockstep itself does not need nox; this file does."""


def environment(name: str, extras: str) -> Path:
    """The folder of programs of a private environment, made on first use and when pyproject.toml or constraints.txt change."""
    home = ROOT / ".nox" / name
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    wanted = b"".join((ROOT / file).read_bytes() for file in ("pyproject.toml", "constraints.txt"))
    stamp, made = home / "made-from", hashlib.sha256(wanted + sys.version.encode() + str(ROOT).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == made:
        return programs
    print(f"Making the environment .nox/{name} (once, about a minute) …", flush=True)
    shutil.rmtree(home, ignore_errors=True)
    install = installer(home, programs / "python")
    subprocess.run(
        [*install, "--quiet", "--constraint", str(ROOT / "constraints.txt"), "--editable", f"{ROOT}{extras}"],
        check=True,
        env=pip_environment(),
    )
    stamp.write_text(made)
    return programs


def pip_environment() -> dict[str, str]:
    """The environment for pip: what a person's own settings say about where to install does not hold in ours."""
    return {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}


def installer(home: Path, python: Path) -> list[str]:
    """Make an empty environment and return the command that installs into it, from whatever this machine has."""
    if importlib.util.find_spec("pip"):  # Debian's Python has venv but not ensurepip: pip itself is lent from outside
        import pip

        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
        if tuple(int(part) for part in re.findall(r"\d+", pip.__version__)[:2]) >= (22, 3):
            return [sys.executable, "-m", "pip", "--python", str(python), "install"]
        lent = str(home / "pip")
        lend = [sys.executable, "-m", "pip", "install", "--quiet", "--target", lent, "pip"]
        subprocess.run(lend, check=True, env=pip_environment())
        return [str(python), f"{lent}/pip", "install"]
    if importlib.util.find_spec("virtualenv"):  # nox brings it along
        subprocess.run([sys.executable, "-m", "virtualenv", "--quiet", str(home)], check=True)
        return [str(python), "-m", "pip", "install"]
    if shutil.which("uv"):
        subprocess.run(["uv", "venv", "--quiet", "--python", sys.executable, str(home)], check=True)
        return ["uv", "pip", "install", "--python", str(python)]
    sys.exit(
        f"This Python has no pip ({sys.executable}). Install it (Debian: apt install python3-pip), or run: uvx nox"
    )


if __name__ == "__main__":
    try:
        sys.exit(
            subprocess.call(
                [str(environment(*SITE) / "python"), "-m", "nox", "--noxfile", str(Path(__file__)), *sys.argv[1:]]
            )
        )
    except subprocess.CalledProcessError as problem:
        sys.exit(f"This step failed (its own message is above): {' '.join(map(str, problem.cmd))}")
    except KeyboardInterrupt:
        sys.exit(130)

import nox

nox.options.sessions = ["extract", "update", "check", "build"]
nox.options.default_venv_backend = "none"
nox.options.error_on_external_run = False


def lockstep(session: nox.Session, *words: str) -> None:
    """Run a verb; in this very process where nox itself runs in the environment, which spares four starts of Python."""
    programs = environment(*SITE)
    if Path(sys.prefix).resolve() != programs.parent.resolve():
        session.run(str(programs / "lockstep"), *words, *session.posargs, external=True)
        return
    from pipeline.cli.main import main

    logging.getLogger("markdown_it").setLevel(logging.WARNING)  # nox turns every library's debug log on
    session.log(f"lockstep {' '.join([*words, *session.posargs])}")
    if code := main([*words, *session.posargs]):
        session.error(f"lockstep {words[0]} ended with exit code {code}")


@nox.session
def extract(session: nox.Session) -> None:
    """Collect the English messages into locale/messages.pot."""
    lockstep(session, "extract")


@nox.session
def update(session: nox.Session) -> None:
    """Bring every catalog into step with the English."""
    lockstep(session, "update")


@nox.session
def check(session: nox.Session) -> None:
    """Report what is wrong in source, templates and catalogs."""
    lockstep(session, "check")


@nox.session
def build(session: nox.Session) -> None:
    """Render every page in every language into dist/."""
    lockstep(session, "build")


@nox.session
def ci(session: nox.Session) -> None:
    """Say whether this commit may be published, and every reason why not."""
    lockstep(session, "ci")


@nox.session
def status(session: nox.Session) -> None:
    """Show what is translated, stale, untranslated and unsafe."""
    lockstep(session, "status")


@nox.session
def audit(session: nox.Session) -> None:
    """Prove that every page of dist/ says of itself what is so."""
    lockstep(session, "audit")


@nox.session
def verify(session: nox.Session) -> None:
    """Recompute the review ledgers and recalls from the files."""
    lockstep(session, "verify")


@nox.session
def desk(session: nox.Session) -> None:
    """Open the pages in a browser, to translate and review them where they stand: nox -s desk -- --locale es."""
    session.run(str(environment("desk", "[desk]") / "lockstep"), "desk", *session.posargs, external=True)


def tool(session: nox.Session, *words: str) -> None:
    session.run(str(environment("tests", "[test]") / words[0]), *words[1:], external=True)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests: laws, tables, golden files, real files, real browser."""
    session.env["PYTHONDONTWRITEBYTECODE"] = ""  # else each of the programs that they start is compiled anew
    one = "tmp_path_retention_count=1"  # where files are kept in memory, those of the last run alone are
    tool(session, "pytest", "-n", "2", "-o", one, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check types, style and layers."""
    tool(session, "ruff", "check", ".")
    tool(session, "mypy")
    tool(session, "lint-imports")


@nox.session
def soak(session: nox.Session) -> None:
    """Run the laws for a long time: five thousand examples each, and every fault at every call (an hour and a half)."""
    session.env["HYPOTHESIS_PROFILE"] = "soak"
    tool(session, "pytest", "-n", "2", "--timeout", "0", "-m", "soak or not soak", "tests/laws", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Feed what reads the files of strangers for an hour: nox -s fuzz -- [TARGET ...] [--minutes 600]."""
    session.run(str(environment("fuzz", "[fuzz]") / "python"), "-m", "tests.fuzz.run", *session.posargs, external=True)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure every stage beside other tools: nox -s bench -- [SITE or 594x3 …] [--compare REV | --linear]."""
    beside_us(session)
    tool(session, "python", "-m", "bench.stages", *session.posargs)


def beside_us(session: nox.Session) -> None:
    """Make .nox/bench with the tools that Lockstep is measured beside, newest versions; one that does not install is passed over."""
    home = ROOT / ".nox" / "bench"
    stamp, wanted = home / "made-from", (ROOT / "bench" / "peers.txt").read_text()
    if "--no-peers" in session.posargs or (stamp.exists() and stamp.read_text() == wanted):
        return
    shutil.rmtree(home, ignore_errors=True)
    install = installer(home, home / ("Scripts" if os.name == "nt" else "bin") / "python")
    for package in wanted.split():
        session.log(f"Installing {package} for the benchmark …")
        subprocess.run([*install, "--quiet", package], env=pip_environment())
    stamp.write_text(wanted)
