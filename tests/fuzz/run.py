"""Fuzz for a while: `python -m tests.fuzz.run [TARGET …] [--minutes N]`. Exit code 1 where something was found.

With atheris (the extra `fuzz`), what the code does with a case leads to the next one; without it, cases are made of the kept
ones by chance. What is new is kept in `.nox/fuzz/TARGET`; a case that fails is put into `tests/fuzz/corpus/TARGET`, where every
run of the tests tries it.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import re
import resource
import subprocess
import sys
import time
import traceback
from pathlib import Path

HOME = Path(__file__).parent
CORPUS, FOUND = HOME / "corpus", HOME.parent.parent / ".nox" / "fuzz"
NAMES = ("catalog", "page", "html", "ledgers", "settings", "glossary", "exceptions", "data", "template")
WORDS = [
    b'msgid "', b'msgstr "', b"msgstr[0] ", b"msgid_plural ", b"msgctxt ", b"#~ ", b"#, fuzzy\n", b"#| ", b"\\n", b'"\n"', b"nplurals=",
    b"charset=", b">>>>>>> x\n", b"=======\n", b"\n%%\n", b"**", b"](", b"<b>", b"</b>", b"<!--", b"-->", b"{clinic.phone}", b"&#", b"`", b"|",
    b"%(num)d", b"%(name)s", b"%%", b"{{ ", b" }}", b"{% trans %}", b"{% endtrans %}", b'{"', b'":', b"[]", b"null", b"1e999", b"\\ud800",
    b"\xff", b"\x00", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"9" * 50, b"---\n", b":\n  - ", b"[[", b"]]", b"'''", b"[tool.lockstep]\n", b"<p>", b"</p>", b"<li>", b"<table>", b"<td>", b"</div>", b"= ", b"\r", b"::: ",
]  # fmt: skip
"""Pieces of the languages that are read."""


FAILURES = 5
"""After so many a target is left."""


def seeds(name: str) -> list[bytes]:
    """The kept cases of a target, and what earlier runs found new."""
    folders = (CORPUS / name, FOUND / name)
    return [path.read_bytes() for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())]


def mutated(bodies: list[bytes], chance: random.Random) -> bytes:
    """A new case, made of others."""
    body = bytearray(chance.choice(bodies))
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at, to = sorted(chance.randrange(len(body) + 1) for _ in range(2))
        match chance.randrange(7):
            case 0:
                body[at:at] = chance.choice(WORDS)
            case 1:
                del body[at : min(to, at + 40)]
            case 2 if body:
                body[at % len(body)] = chance.randrange(256)
            case 3:
                body[at:at] = body[at : min(to, at + 200)]
            case 4:
                other = chance.choice(bodies)
                start = chance.randrange(len(other) + 1)
                body[at:to] = other[start : start + chance.randrange(200)]
            case 5:
                lines = bytes(body).split(b"\n")
                chance.shuffle(lines) if chance.random() < 0.1 else lines.pop(chance.randrange(len(lines)))
                body = bytearray(b"\n".join(lines))
            case _:
                body[at:at] = chance.choice(WORDS) * chance.choice((1, 2, 30))
    return bytes(body)


def keep(name: str, body: bytes) -> Path:
    """Put a case that failed where the tests try it."""
    path = CORPUS / name / f"found-{hashlib.sha256(body).hexdigest()[:12]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def by_chance(name: str, seconds: float, seed: int) -> tuple[int, int]:
    """Fuzz one target for a while: how many cases were tried, and how many failed."""
    from tests.fuzz import targets

    chance, bodies, runs, failed = random.Random(seed), seeds(name) or [b""], 0, 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        body = mutated(bodies, chance)[: targets.LONGEST]
        runs += 1
        try:
            targets.run(name, body)
        except Exception:
            failed += 1
            traceback.print_exc()
            print(f"{name}: kept as {keep(name, body)}", flush=True)
    return runs, failed


def guided(name: str, seconds: float) -> tuple[int, int]:
    """The same, by atheris, in a process of its own: it ends where a case fails, and is begun again."""
    end, runs, failed, folders = time.monotonic() + seconds, 0, 0, [str(CORPUS / name)]
    failing = FOUND / "failing"  # not among the cases that a run begins with: it would end at once
    for folder in (CORPUS / name, FOUND / name, failing):
        folder.mkdir(parents=True, exist_ok=True)
    while (left := int(end - time.monotonic())) > 0:
        words = (
            sys.executable, "-m", "tests.fuzz.guided", name, f"-max_total_time={left}", "-max_len=4096", "-timeout=20",
            f"-artifact_prefix={failing}/", str(FOUND / name), *folders,
        )  # fmt: skip
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
        counts = [int(found) for found in re.findall(r"^#(\d+)", done.stderr, re.M)]
        counts += [int(found) for found in re.findall(r"Done (\d+) runs", done.stderr)]
        runs += max(counts, default=0)
        if done.returncode == 0:
            break
        failed += 1
        print("\n".join(done.stdout.split("\n")[-25:] + done.stderr.split("\n")[-8:]), flush=True)
        for path in failing.iterdir():
            print(f"{name}: kept as {keep(name, path.read_bytes())}", flush=True)
            path.unlink()
            folders = []
        if not counts or failed == FAILURES:
            break
    return runs, failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(NAMES)}; without any, all")
    parser.add_argument("--minutes", type=float, default=60, help="for all targets together (60)")
    parser.add_argument("--seed", type=int, default=time.time_ns(), help="for cases by chance")
    asked = parser.parse_args()
    names = asked.targets or list(NAMES)
    if unknown := set(names) - {*NAMES}:
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    leads = importlib.util.find_spec("atheris") is not None
    print(f"{'atheris' if leads else f'by chance, seed {asked.seed}'}, {asked.minutes:g} minutes", flush=True)
    total = wrong = 0
    for name in names:
        seconds = asked.minutes * 60 / len(names)
        runs, failed = guided(name, seconds) if leads else by_chance(name, seconds, asked.seed)
        print(f"{name}: {runs:,} runs, {failed} failed", flush=True)
        total, wrong = total + runs, wrong + failed
    spent = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{total:,} runs, {spent / 60:.1f} minutes of CPU, {wrong} failed")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
