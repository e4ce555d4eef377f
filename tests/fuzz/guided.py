"""One target under atheris: `python -m tests.fuzz.guided TARGET [libFuzzer's own arguments]`; tests/fuzz/run starts it."""

import sys

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from tests.fuzz import targets

name = sys.argv.pop(1)
atheris.Setup(sys.argv, lambda body: targets.run(name, body))
atheris.Fuzz()
