"""What pygls leaves to do where a catalog has a hundred thousand lines: texts by line, and questions that come in whole."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import threading
from collections.abc import Sequence
from typing import Any

from lsprotocol import types as lsp
from pygls.io_ import StdoutWriter, run_async
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
TURN = 0.0005
"""Seconds after which the thread that reads gets its turn, while something is worked out."""


class Text(TextDocument):
    """A text that is open, by its lines as the protocol counts them: a change costs what it changes, and U+2028, which Python would
    end a line at, ends none."""

    def __init__(self, before: TextDocument) -> None:
        super().__init__(
            before.uri, before.source, before.version, before.language_id, position_codec=before.position_codec
        )
        self.rows = lines_of(before.source)

    @property
    def lines(self) -> Sequence[str]:
        return self.rows

    @property
    def source(self) -> str:
        if self._source is None:
            self._source = "".join(self.rows)
        return self._source

    def apply_change(self, change: lsp.TextDocumentContentChangeEvent) -> None:
        if not isinstance(change, lsp.TextDocumentContentChangePartial):
            self._source, self.rows = change.text, lines_of(change.text)
            return
        (first, start), (last, end) = self.place(change.range.start), self.place(change.range.end)
        above = max(first - 1, 0)  # a line that has no end, or half of one, is joined to what comes after it
        old, to = self.rows[above : last + 2], self.rows[first : last + 1]
        before = "".join(self.rows[above:first]) + (to[0][:start] if to else "")
        after = (self.rows[last][end:] if last < len(self.rows) else "") + "".join(self.rows[last + 1 : last + 2])
        self.rows[above : above + len(old)] = lines_of(before + change.text + after)
        self._source = None

    def place(self, at: lsp.Position) -> tuple[int, int]:
        """A line, and how many of its characters stand before a position; as the protocol has it, nothing is beyond a line's end."""
        if at.line >= len(self.rows):
            return len(self.rows), 0
        row, used = self.rows[at.line].rstrip("\r\n"), 0
        if row.isascii():
            return at.line, min(at.character, len(row))
        for index, char in enumerate(row):
            if used >= at.character:
                return at.line, index
            used += self.position_codec.client_num_units(char)
        return at.line, len(row)


def lines_of(text: str) -> list[str]:
    """A text in lines, each with its end."""
    if "\r" in text:
        return LINE.findall(text)
    rows = [f"{row}\n" for row in text.split("\n")]
    rows[-1] = rows[-1][:-1]
    return rows if rows[-1] else rows[:-1]


def by_lines(server: LanguageServer, uri: str) -> None:
    """Keep a text that was opened by its lines."""
    known = server.workspace.text_documents
    for name, one in known.items():
        if one.uri == uri and not isinstance(one, Text):
            known[name] = Text(one)  # the same key: nothing is added while it is gone through


class Questions:
    """What an editor sends, each message whole, read in a thread of its own: an asynchronous reader for pygls. `coming`: whether
    something is on its way that nobody answers yet, for whoever works on something that can wait."""

    def __init__(self, file: int) -> None:
        self.file, self.bytes, self.parts = file, b"", list[bytes]()
        self.loop = asyncio.get_running_loop()
        self.queue: asyncio.Queue[list[bytes]] = asyncio.Queue()
        self.reading = False
        threading.Thread(target=self.read, daemon=True, name="questions").start()

    @property
    def coming(self) -> bool:
        return self.reading or not self.queue.empty()

    def read(self) -> None:
        """Read until there is nothing more. By the system's own call: a buffered file is locked while somebody waits for it."""
        while True:
            length = 0
            while (head := self.until(b"\n")).strip():
                name, _, value = head.partition(b":")
                if name.strip().lower() == b"content-length" and value.strip().isdigit():
                    length = int(value)
            if not head:
                break
            if length:
                body = self.exactly(length)
                self.loop.call_soon_threadsafe(
                    self.queue.put_nowait, [b"Content-Length: %d\r\n" % length, b"\r\n", body]
                )
            self.reading = bool(self.bytes)
        self.loop.call_soon_threadsafe(self.queue.put_nowait, [])

    def more(self) -> bytes:
        found = os.read(self.file, 1 << 20)
        self.reading = bool(found)
        return found

    def until(self, mark: bytes) -> bytes:
        """What comes until a mark and with it; nothing where it ends before."""
        while mark not in self.bytes:
            if not (found := self.more()):
                return b""
            self.bytes += found
        line, _, self.bytes = self.bytes.partition(mark)
        return line + mark

    def exactly(self, count: int) -> bytes:
        parts, have = [self.bytes], len(self.bytes)
        while have < count and (found := self.more()):
            parts.append(found)
            have += len(found)
        found = b"".join(parts)
        self.bytes = found[count:]
        return found[:count]

    async def readline(self) -> bytes:
        if not self.parts:
            self.parts = await self.queue.get()
        return self.parts.pop(0) if self.parts else b""

    async def readexactly(self, count: int) -> bytes:
        return self.parts.pop(0)


def listen(server: Any) -> None:
    """Answer an editor on standard input and output until it goes. `server.questions` is where they come from."""
    sys.setswitchinterval(TURN)
    server.protocol.set_writer(StdoutWriter(sys.stdout.buffer))

    async def main() -> None:
        server.questions = Questions(sys.stdin.fileno())
        await run_async(threading.Event(), server.questions, server.protocol, error_handler=server.report_server_error)

    try:
        asyncio.run(main())
    except (BrokenPipeError, KeyboardInterrupt, SystemExit):
        return
    finally:
        server.shutdown()
