"""One target under atheris: `python -m tests.fuzz.guided TARGET [libFuzzer's own arguments]`; tests/fuzz/run starts it.

A case that fails is written down here, too: libFuzzer, stopped by its clock at that moment, loses it.
"""

import hashlib
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from tests.fuzz import targets

name = sys.argv.pop(1)
prefix = next((word.partition("=")[2] for word in sys.argv if word.startswith("-artifact_prefix=")), "")


def tried(body: bytes) -> None:
    try:
        targets.run(name, body)
    except Exception:
        Path(f"{prefix}crash-{hashlib.sha1(body, usedforsecurity=False).hexdigest()}").write_bytes(body)
        raise


atheris.Setup(sys.argv, tried)
atheris.Fuzz()
