"""What a person would write with a library over catalogs: `python bench/libraries.py babel|polib TEMPLATE CATALOG…`."""

import io
import sys
from pathlib import Path


def babel(template: str, catalogs: list[str]) -> None:
    """Read, update by the template, and write every catalog, to memory."""
    from babel.messages.pofile import read_po, write_po

    with open(template, "rb") as file:
        wanted = read_po(file)
    for path in catalogs:
        with open(path, "rb") as file:
            catalog = read_po(file, locale=Path(path).parts[-3])
        catalog.update(wanted)
        write_po(io.BytesIO(), catalog, include_previous=True, width=0)


def polib(_: str, catalogs: list[str]) -> None:
    """Read every catalog."""
    from polib import pofile

    for path in catalogs:
        pofile(path)


if __name__ == "__main__":
    {"babel": babel, "polib": polib}[sys.argv[1]](sys.argv[2], sys.argv[3:])
