"""Pagefind, whose program makes an index of a search that needs no server: records → the files that a browser fetches from it.

The program is asked over its standard input, as its own wrappers do (base64 of JSON, each message ended by a comma), all at once;
its Python wrapper waits a tenth of a second after each page, and cannot take an answer of more than two megabytes.
"""

from __future__ import annotations

import base64
import json
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from pipeline.core import installed
from pipeline.core.errors import LockstepError
from pipeline.core.model import Output

LIBRARY = "pagefind.js"
KEPT = ("fragment/", "index/", "pagefind.", "pagefind-entry.json", "wasm.")
"""The files of an index; the others that come with it are faces and a worker that the pages do not use."""
UNPARTED = ("zh", "ja")
"""Languages whose words nothing parts; the program that knows them is the larger one."""
EXTRA = "search"


class Record(NamedTuple):
    """Something to be found: where, its words, their language, and what is told of it."""

    address: str
    words: str
    lang: str
    meta: Mapping[str, str]


def program() -> str:
    """Where the program is. Raises LockstepError where it is not installed."""
    try:
        from pagefind.service import get_executable
    except ImportError as problem:
        raise LockstepError(
            "the settings ask for a search, and Pagefind is not installed", todo=installed.more(EXTRA)
        ) from problem
    if (found := get_executable()) is None:
        raise LockstepError(
            "the settings ask for a search, and the program of Pagefind is not installed", todo=installed.more(EXTRA)
        )
    return str(found)


def indexed(indexes: Mapping[str, Sequence[Record]]) -> tuple[list[Output], bytes]:
    """The files of each index, by the folder that it is to stand in, and the script that reads them all. Raises LockstepError
    where the program is not there or fails."""
    path = program()
    langs = {one.lang.partition("-")[0].lower() for some in indexes.values() for one in some}
    if (unparted := sorted(langs.intersection(UNPARTED))) and "extended" not in path:
        what = f"the program of Pagefind that is installed finds no words in some languages ({', '.join(unparted)})"
        raise LockstepError(what, todo=installed.more(EXTRA).replace("it:", "the larger one:"))
    answers = asked(path, [*requests(indexes)])
    got = [answer["files"] for answer in answers if answer["type"] == "GetFiles"]
    made, library = [], b""
    for folder, files in zip(indexes, got, strict=True):
        bodies = {one["path"]: base64.b64decode(one["content"]) for one in files}
        library = bodies[LIBRARY]
        named = json.loads(bodies["pagefind-entry.json"])
        wasm = {f"wasm.{one['wasm'] or 'unknown'}.pagefind" for one in named["languages"].values()}
        for name in sorted(bodies):
            if name.startswith(KEPT) and name != LIBRARY and (not name.startswith("wasm.") or name in wasm):
                made.append(Output(f"{folder}/{name}", bodies[name]))
    return made, library


def requests(indexes: Mapping[str, Sequence[Record]]) -> Iterator[dict[str, Any]]:
    """What the program is asked."""
    for at, records in enumerate(indexes.values()):
        yield {"type": "NewIndex", "config": {}}
        for one in records:
            yield {
                "type": "AddRecord",
                "index_id": at,
                "url": one.address,
                "content": one.words,
                "language": one.lang.lower(),
                "meta": dict(one.meta),
                "filters": {},
                "sort": {},
            }
        yield {"type": "GetFiles", "index_id": at}


def asked(path: str, wanted: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The program's answers, in the order of the questions."""
    lines = (
        base64.b64encode(json.dumps({"message_id": at, "payload": one}).encode()) + b","
        for at, one in enumerate(wanted, 1)
    )
    found: dict[int, dict[str, Any]] = {}
    with subprocess.Popen([path, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        assert run.stdin and run.stdout
        into, out, held = run.stdin, run.stdout, b""

        def ask() -> None:
            with suppress(OSError):  # it went away: then there is no answer either
                for line in lines:
                    into.write(line)
                into.flush()

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            while len(found) < len(wanted) and (piece := out.read1(1 << 20)):  # type: ignore[attr-defined]
                *whole, rest = (held + piece if held else piece).split(b",")
                held = rest
                for one in whole:
                    answer = json.loads(base64.b64decode(one))
                    found[answer["message_id"]] = answer["payload"]
        finally:
            run.kill()
            asking.join()
            with suppress(OSError):  # what was not read goes with it; closed earlier, it would have ended the program
                into.close()
    wrong = [str(one.get("message")) for one in found.values() if one["type"] == "Error"]
    if wrong or len(found) < len(wanted):
        why = wrong[0] if wrong else f"it answered {len(found)} of {len(wanted)} questions"
        raise LockstepError(
            f"Pagefind made no index: {why}", todo="Nothing was published. Build again, or leave `search` out."
        )
    return [found[at] for at in sorted(found)]
