"""The glossary `locale/glossary.yaml`: names that no edit and no translation may change silently.

protected:
  - morphine
  - SynchroMed II
"""

from __future__ import annotations

from pathlib import Path

from pipeline import disk
from pipeline.english import name_of
from pipeline.errors import LockstepError
from pipeline.features import Names
from pipeline.formats import yaml

GLOSSARY_PATH = "locale/glossary.yaml"


def load(root: Path) -> Names:
    """The protected names of a site, each as its folded words; none where there is no glossary.

    Raises LockstepError with file:line where it is not a list of texts under `protected`.
    """
    body = disk.read(root / GLOSSARY_PATH)
    if body is None:
        return frozenset()
    try:
        text = body.decode()
    except UnicodeDecodeError as problem:
        raise LockstepError("not UTF-8", path=GLOSSARY_PATH, todo="Save the file as UTF-8.") from problem
    found = yaml.load(GLOSSARY_PATH, text)
    names = found.get("protected", [])
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise LockstepError(
            "`protected` is not a list of names",
            path=GLOSSARY_PATH,
            line=1,
            todo="Write one name a line: `  - morphine`.",
        )
    return frozenset(words for name in names if (words := name_of(name)))
