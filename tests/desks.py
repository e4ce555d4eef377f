"""A desk as its users start it: a process that serves a site on this machine, and what a browser says to it."""

from __future__ import annotations

import http.client
import json
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import REPO


@dataclass
class Desk:
    """A running desk."""

    process: subprocess.Popen[str]
    url: str
    port: int
    cookie: str = ""
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        path: str,
        body: object = None,
        *,
        method: str = "",
        host: str = "",
        raw: bytes | None = None,
        **headers: str,
    ) -> tuple[int, Any]:
        """Status and answer; `body` is sent as JSON, `raw` as it is."""
        sent = json.dumps(body).encode() if raw is None and body is not None else raw
        said = {"Host": host or f"127.0.0.1:{self.port}", "Cookie": self.cookie}
        if sent is not None:
            said |= {"Content-Type": "application/json", "X-Desk-Token": self.token}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            link.request(method or ("POST" if sent is not None else "GET"), path, sent, said)
            answer = link.getresponse()
            self.headers = {name.lower(): value for name, value in answer.getheaders()}
            text = answer.read()
        finally:
            link.close()
        if "json" in self.headers.get("content-type", ""):
            return answer.status, json.loads(text)
        return answer.status, text.decode("utf-8", "replace")

    def get(self, name: str, **asked: str) -> Any:
        from urllib.parse import urlencode

        status, found = self.ask(f"/-desk/api/{name}?{urlencode(asked)}")
        assert status == 200, found
        return found

    def post(self, name: str, **body: Any) -> tuple[int, Any]:
        return self.ask(f"/-desk/api/{name}", body)

    def card(self, locale: str, path: str, english: str) -> Any:
        """The card of a text, found as a person finds it: by its words."""
        from pipeline.core.model import Key, ident

        return self.get("card", locale=locale, path=path, id=ident(Key(None, english)))


@contextmanager
def desk(root: Path, *words: str, verb: str = "desk", port: int = 0) -> Iterator[Desk]:
    """Start a desk, end it afterwards as Ctrl+C does."""
    more = ["--port", str(port)] if port else []
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", verb, "--root", str(root), "--no-open", *more, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=REPO,
    )
    try:
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], 60)
        line = process.stdout.readline() if ready else ""
        assert "http://" in line, line + (process.stdout.read() if process.poll() is not None else "")
        url = line.split()[-1]
        made = Desk(process, url, int(url.split(":")[2].partition("/")[0]))
        link = http.client.HTTPConnection("127.0.0.1", made.port, timeout=60)
        link.request("GET", url.partition(str(made.port))[2].partition("#")[0])
        made.cookie = (link.getresponse().getheader("set-cookie") or "").partition(";")[0]
        link.close()
        made.token = made.get("site")["token"]
        yield made
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        if process.stdout:
            process.stdout.close()
